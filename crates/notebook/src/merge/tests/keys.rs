//! A change of keys, or of what the admin's key signs, that another desk's manifest came before.

use super::*;
use crate::entropy::Entropy;
use crate::journal::Journal;
use crate::sync::enrol_desk;
use crate::sync::fault::Fault;
use crate::sync::visit::{Purpose, Visitor};
use crate::sync::wire::{Method, Reply, Transport, WireRequest};
use chrono::NaiveDate;
use domain::sync::error::{RefusalCode, Refused};
use domain::sync::turn::{PagePart, ReceiptPart, Turn, TurnAnswer};
use domain::sync::version;
use domain::sync::wipe::WipeOrder;
use std::cell::RefCell;
use std::path::Path;

/// Changes the keys at a desk; gives what was signed.
fn change_keys(desk: &mut Notebook, admin_too: bool, minutes: i64) -> SignedManifest {
    let pending = desk.begin_rotation(admin_too, at(minutes)).unwrap();
    let all: Vec<&str> = pending.recovery.as_words().split(' ').collect();
    let words: Vec<&str> = pending.asked.iter().map(|place| all[usize::from(*place) - 1]).collect();
    desk.confirm_rotation(&words, at(minutes)).unwrap().unwrap()
}

fn read(signed: &SignedManifest) -> Manifest {
    serde_json::from_slice(&signed.manifest.0).unwrap()
}

/// A server that does with manifests what the true one does, and nothing else.
struct Server {
    manifest: RefCell<SignedManifest>,
    /// What it says to every manifest.
    refuses: RefCell<Option<RefusalCode>>,
}

impl Server {
    /// One that holds what a desk has in force.
    fn of(desk: &Notebook) -> Self {
        Self { manifest: RefCell::new(desk.signed_manifest().unwrap().unwrap()), refuses: RefCell::default() }
    }

    fn put(&self, offered: &SignedManifest) -> std::result::Result<(), RefusalCode> {
        if let Some(code) = *self.refuses.borrow() {
            return Err(code);
        }
        let before = read(&self.manifest.borrow());
        let opened = offered.verify_from(&before.admin_key.0, before.number).map_err(|_| RefusalCode::BadSignature)?;
        if opened.number <= before.number {
            return Err(RefusalCode::StaleManifest);
        }
        self.manifest.replace(offered.clone());
        Ok(())
    }
}

fn done<T: serde::Serialize>(body: &T) -> Reply {
    Reply { status: 200, json: true, body: serde_json::to_vec(body).unwrap() }
}

fn refused(code: RefusalCode) -> Reply {
    Reply { status: 409, body: serde_json::to_vec(&Refused::new(code)).unwrap(), ..done(&()) }
}

impl Transport for Server {
    fn exchange(&self, request: &WireRequest) -> std::result::Result<Reply, Fault> {
        Ok(match (request.method, request.path.as_str()) {
            (Method::Put, enrol_desk::MANIFEST) => {
                let offered = serde_json::from_slice(&request.body).unwrap();
                self.put(&offered).map_or_else(refused, |()| Reply { status: 204, json: false, body: Vec::new() })
            }
            (Method::Get, enrol_desk::MANIFEST) => done(&*self.manifest.borrow()),
            (Method::Post, "/v1/turns") => {
                let turn: Turn = serde_json::from_slice(&request.body).unwrap();
                let held = self.manifest.borrow();
                let manifest = turn.manifest.filter(|known| *known != read(&held).number).map(|_| held.clone());
                let receipt = ReceiptPart::Refused(Refused::new(RefusalCode::Unavailable));
                let pages =
                    turn.reads.iter().map(|_| PagePart::Refused(Refused::new(RefusalCode::NotAllowed))).collect();
                done(&TurnAnswer { receipt, pages, manifest, audit: None })
            }
            _ => refused(RefusalCode::NotFound),
        })
    }
}

/// What the programme's keys are, as a device has them: of the admin, of the sheet, of a night in two years.
fn keys(notebook: &Notebook) -> (Vec<u8>, String, Vec<u8>) {
    let manifest = notebook.manifest().unwrap();
    let configuration = &notebook.in_force().unwrap().configuration;
    let later = configuration.alias_key_of(NaiveDate::from_ymd_opt(2028, 6, 1).unwrap());
    (manifest.admin_key.0.clone(), manifest.recovery_recipient.clone(), later.0.clone())
}

fn zones(notebook: &Notebook) -> Vec<&str> {
    notebook.programme().unwrap().zones.iter().map(|zone| zone.code.as_str()).collect()
}

/// The second desk changes the keys and does not reach the server; the first one was faster with a list.
fn change_that_comes_too_late(admin_too: bool) {
    let team = Team::new();
    let (_folder, mut first, mut second) = two_desks(&team);
    let (mut lead, mut member) = (team.lead.open(), team.member.open());
    let server = Server::of(&first);
    change_keys(&mut second, admin_too, 1);
    let confirmed = keys(&second);
    let list = first.sign_manifest(vec![with_zone(&first, "Z8")], at(2)).unwrap();
    server.put(&list).unwrap();
    first.note_published().unwrap();
    lead.apply_manifest(&list).unwrap();

    enrol_desk::publish(&mut second, &server, at(3)).unwrap();
    let merged = server.manifest.borrow().clone();
    for device in [&mut first, &mut lead, &mut member] {
        device.take_manifest(&merged, at(4)).unwrap();
    }
    for device in [&first, &second, &lead, &member] {
        assert_eq!(keys(device), confirmed, "what was confirmed is in force for everybody");
        assert!(zones(device).contains(&"Z8"), "and so is what the other one changed");
        let manifest = device.manifest().unwrap();
        let former: Vec<_> = manifest.former_recovery.iter().map(|former| former.recipient.as_str()).collect();
        assert_eq!(former, [read(&list).recovery_recipient], "its paper opens what came before");
        assert_eq!(manifest.succession.len(), usize::from(admin_too));
    }
    assert_ne!(confirmed.1, read(&list).recovery_recipient);
    assert!(!second.has_unpublished().unwrap());
    let next = first.sign_manifest(Vec::new(), at(5)).unwrap();
    server.put(&next).unwrap();
    lead.apply_manifest(&next).unwrap();
}

#[test]
fn recovery_sheet_that_was_confirmed_stays_in_force_when_another_desk_was_faster() {
    change_that_comes_too_late(false);
}

#[test]
fn admin_key_that_was_changed_is_handed_over_anew_when_another_desk_was_faster() {
    change_that_comes_too_late(true);
}

#[test]
fn two_changes_of_keys_at_the_same_time_follow_each_other() {
    for (admin_first, admin_second) in [(true, true), (true, false), (false, true), (false, false)] {
        let team = Team::new();
        let (_folder, mut first, mut second) = two_desks(&team);
        let (mut lead, server) = (team.lead.open(), Server::of(&first));
        server.put(&change_keys(&mut first, admin_first, 1)).unwrap();
        first.note_published().unwrap();
        let theirs = keys(&first);
        change_keys(&mut second, admin_second, 2);
        let mine = keys(&second);
        enrol_desk::publish(&mut second, &server, at(3)).unwrap();
        let merged = server.manifest.borrow().clone();
        first.take_manifest(&merged, at(4)).unwrap();
        lead.take_manifest(&merged, at(4)).unwrap();
        let admin = if admin_second { mine.0 } else { theirs.0 };
        for device in [&first, &second, &lead] {
            assert_eq!(keys(device), (admin.clone(), mine.1.clone(), mine.2.clone()), "the later one counts");
            let manifest = device.manifest().unwrap();
            assert_eq!(manifest.succession.len(), usize::from(admin_first) + usize::from(admin_second));
            let former = manifest.former_recovery.last().unwrap();
            assert_eq!(former.recipient, theirs.1, "what was sealed to the first one's sheet is opened with it");
        }
        server.put(&first.sign_manifest(Vec::new(), at(5)).unwrap()).unwrap();
    }
}

#[test]
fn change_of_keys_is_done_again_as_often_as_another_desk_is_faster() {
    let team = Team::new();
    let (_folder, mut first, mut second) = two_desks(&team);
    let server = Server::of(&first);
    change_keys(&mut second, true, 1);
    let confirmed = keys(&second);
    for minutes in [2, 3, 4] {
        let renewed = first.sign_manifest(Vec::new(), at(minutes)).unwrap();
        server.put(&renewed).unwrap();
        assert!(second.settle(&renewed, at(minutes)).unwrap());
    }
    enrol_desk::publish(&mut second, &server, at(5)).unwrap();
    let manifest = read(&server.manifest.borrow());
    assert_eq!((manifest.succession.len(), manifest.former_recovery.len()), (1, 1), "one change, done once");
    assert_eq!(keys(&second), confirmed);
}

#[test]
fn change_of_keys_that_the_server_has_after_all_is_not_done_again() {
    let team = Team::new();
    let (_folder, mut first, mut second) = two_desks(&team);
    let server = Server::of(&first);
    // The answer is lost, and the other desk goes on from what was put.
    let mine = change_keys(&mut second, true, 1);
    server.put(&mine).unwrap();
    first.take_manifest(&mine, at(2)).unwrap();
    server.put(&first.sign_manifest(Vec::new(), at(3)).unwrap()).unwrap();
    enrol_desk::publish(&mut second, &server, at(4)).unwrap();
    let manifest = read(&server.manifest.borrow());
    assert_eq!((manifest.succession.len(), manifest.former_recovery.len()), (1, 1));
    assert_eq!(manifest.succession, read(&mine).succession);
}

#[test]
fn former_key_counts_no_more_once_the_server_has_the_change() {
    let team = Team::new();
    let (_folder, mut first, mut second) = two_desks(&team);
    let server = Server::of(&first);
    change_keys(&mut second, true, 1);
    let before = server.manifest.borrow().clone();
    assert!(second.settle(&before, at(2)).unwrap(), "what the change was made on is older than it");
    enrol_desk::publish(&mut second, &server, at(3)).unwrap();
    first.sign_manifest(Vec::new(), at(4)).unwrap();
    let by_the_old_one = first.sign_manifest(Vec::new(), at(5)).unwrap();
    assert!(read(&by_the_old_one).number > second.manifest().unwrap().number);
    assert!(matches!(second.settle(&by_the_old_one, at(6)), Err(NotebookError::BadManifest(_))));
    assert_eq!(second.take_manifest(&by_the_old_one, at(6)).unwrap_err().code(), crate::error::ErrorCode::BadManifest);
}

#[test]
fn desk_that_is_up_to_date_knows_what_the_server_has() {
    let team = Team::new();
    let (_folder, mut first, mut second) = two_desks(&team);
    let server = Server::of(&first);
    server.put(&first.sign_manifest(vec![with_zone(&first, "Z8")], at(1)).unwrap()).unwrap();
    enrol_desk::be_up_to_date(&mut second, &server, at(2)).unwrap();
    assert!(zones(&second).contains(&"Z8") && !second.has_unpublished().unwrap());
    let agreed = server.manifest.borrow().clone();
    first.take_manifest(&agreed, at(2)).unwrap();
    // What the other one put in and takes out again is not this one's to keep.
    change_keys(&mut second, false, 3);
    let mut programme = first.programme().unwrap().clone();
    programme.zones.retain(|zone| zone.code.as_str() != "Z8");
    let taken_out = ManifestChange::SetProgramme(Box::new(programme));
    server.put(&first.sign_manifest(vec![taken_out], at(4)).unwrap()).unwrap();
    enrol_desk::publish(&mut second, &server, at(5)).unwrap();
    assert!(!zones(&second).contains(&"Z8"));
}

#[test]
fn change_of_keys_done_again_in_a_later_year_leaves_its_nights_to_the_key_that_phones_have() {
    let team = Team::new();
    let (_folder, mut first, mut second) = two_desks(&team);
    let server = Server::of(&first);
    let mut lead = team.lead.open();
    change_keys(&mut second, false, 1);
    let drawn = second.in_force().unwrap().configuration.later_alias_keys.clone();
    // The eleventh of January.
    let later = 306 * 24 * 60;
    let renewed = first.sign_manifest(Vec::new(), at(later)).unwrap();
    server.put(&renewed).unwrap();
    lead.apply_manifest(&renewed).unwrap();
    enrol_desk::publish(&mut second, &server, at(later)).unwrap();
    let night = NaiveDate::from_ymd_opt(2027, 1, 12).unwrap();
    let key = |desk: &Notebook| desk.in_force().unwrap().configuration.alias_key_of(night).clone();
    assert_eq!(key(&second), key(&lead), "a team whose phones are not updated on the same day agrees on its night");
    let again = &second.in_force().unwrap().configuration.later_alias_keys;
    assert_eq!((drawn[0].from, again[0].from, &again[0].key), (2027, 2028, &drawn[0].key));
}

#[test]
fn publishing_says_what_the_server_refuses_where_there_is_nothing_to_settle() {
    let team = Team::new();
    let (_folder, mut first, _second) = two_desks(&team);
    let server = Server::of(&first);
    let mine = first.sign_manifest(Vec::new(), at(1)).unwrap();
    server.refuses.replace(Some(RefusalCode::BadSignature));
    assert_eq!(
        enrol_desk::publish(&mut first, &server, at(2)).unwrap_err(),
        NotebookError::Refused(RefusalCode::BadSignature)
    );
    assert_eq!(first.signed_manifest().unwrap(), Some(mine));
    server.manifest.borrow_mut().manifest.0.push(b' ');
    assert!(matches!(enrol_desk::publish(&mut first, &server, at(2)), Err(NotebookError::BadManifest(_))));
}

/// Whether a locked phone that knows the key of the first day obeys what a manifest orders.
fn obeys(phone: &Path, manifest: &Manifest) -> bool {
    let mut journal = Journal::open(phone).unwrap();
    let device = journal.device();
    let Some(signature) = manifest.find_device(device).unwrap().wipe_order.clone() else { return false };
    let order = WipeOrder { version: version::CURRENT, device, signature, succession: manifest.succession.clone() };
    journal.take_order(&order).unwrap()
}

#[test]
fn order_to_wipe_is_given_again_by_the_key_that_another_desk_changed_to() {
    // The change of keys has the number of the order, or one above it.
    for renewals in [0, 1] {
        let team = Team::new();
        let (_folder, mut first, mut second) = two_desks(&team);
        let server = Server::of(&first);
        let member = team.member.open().device();
        let wipe = ManifestChange::SetStatus { device: member, status: DeviceStatus::Wipe };
        second.sign_manifest(vec![wipe], at(1)).unwrap();
        for _ in 0..renewals {
            server.put(&first.sign_manifest(Vec::new(), at(2)).unwrap()).unwrap();
        }
        server.put(&change_keys(&mut first, true, 3)).unwrap();
        first.note_published().unwrap();
        enrol_desk::publish(&mut second, &server, at(4)).unwrap();
        let manifest = read(&server.manifest.borrow());
        assert_eq!(keys(&second), keys(&first), "the order changes no keys");
        assert_eq!(manifest.find_device(member).unwrap().status, DeviceStatus::Wipe);
        assert!(obeys(&team.member.dir, &manifest));
        assert_eq!(second.admin_key().unwrap().public(), manifest.admin_key, "this desk signs with the new key now");
    }
}

#[test]
fn order_to_wipe_that_another_desk_gave_is_given_again_by_the_key_of_a_change_done_again() {
    let team = Team::new();
    let (_folder, mut first, mut second) = two_desks(&team);
    let server = Server::of(&first);
    let member = team.member.open().device();
    change_keys(&mut second, true, 1);
    let wipe = ManifestChange::SetStatus { device: member, status: DeviceStatus::Wipe };
    server.put(&first.sign_manifest(vec![wipe], at(2)).unwrap()).unwrap();
    enrol_desk::publish(&mut second, &server, at(3)).unwrap();
    assert!(obeys(&team.member.dir, &read(&server.manifest.borrow())));
}

#[test]
fn look_at_the_server_brings_a_manifest_of_the_same_number() {
    for admin_too in [false, true] {
        let team = Team::new();
        let (_folder, mut first, mut second) = two_desks(&team);
        let server = Server::of(&first);
        let mut visitor = Visitor::new(Entropy::seeded_for_simulation(5));
        let mut look = |desk: &mut Notebook, minutes: i64| {
            visitor.visit(desk, &server, &|| at(minutes), Purpose::Asked).unwrap();
        };
        look(&mut second, 1);
        change_keys(&mut second, admin_too, 2);
        let confirmed = keys(&second);
        server.put(&first.sign_manifest(Vec::new(), at(3)).unwrap()).unwrap();
        look(&mut second, 4);
        let settled = second.signed_manifest().unwrap().unwrap();
        assert_eq!(server.put(&settled), Ok(()), "what was settled at the look is what the server takes");
        assert_eq!(keys(&second), confirmed);
        look(&mut second, 5);
        assert!(!second.has_unpublished().unwrap());
    }
}

#[test]
fn what_another_desk_signed_between_two_that_were_never_sent_is_not_lost() {
    let team = Team::new();
    let (_folder, mut first, mut second) = two_desks(&team);
    let server = Server::of(&first);
    second.note_published().unwrap();
    for code in ["Z7", "Z8"] {
        second.sign_manifest(vec![with_zone(&second, code)], at(1)).unwrap();
    }
    let other = first.sign_manifest(vec![with_zone(&first, "Z9")], at(2)).unwrap();
    server.put(&other).unwrap();
    enrol_desk::publish(&mut second, &server, at(3)).unwrap();
    let merged = server.manifest.borrow().clone();
    first.note_published().unwrap();
    first.take_manifest(&merged, at(4)).unwrap();
    for desk in [&first, &second] {
        assert!(["Z7", "Z8", "Z9"].iter().all(|code| zones(desk).contains(code)), "{:?}", zones(desk));
    }
}

#[test]
fn what_the_other_desk_hands_on_is_handed_on() {
    let team = Team::new();
    let (_folder, mut first, mut second) = two_desks(&team);
    let server = Server::of(&first);
    second.sign_manifest(vec![with_zone(&second, "Z8")], at(1)).unwrap();
    server.put(&change_keys(&mut first, false, 2)).unwrap();
    let archive = |signed: &SignedManifest, desk: &Notebook| {
        crate::desk_keys::open(&read(signed).keyring, desk.identity().sealing().unwrap()).unwrap().archive
    };
    let theirs = archive(&server.manifest.borrow(), &second);
    assert!(!theirs.is_empty());
    enrol_desk::publish(&mut second, &server, at(3)).unwrap();
    let merged = archive(&server.manifest.borrow(), &second);
    assert!(theirs.iter().all(|text| merged.contains(text)), "who is new at the other desk reads what came before");
}
