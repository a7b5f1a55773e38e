use super::*;
use crate::crypto::seal;
use crate::enrolled::ManifestOutcome;
use crate::entropy::Entropy;
use crate::fixture::{Device, Team, UNIT, at, contact, envelopes, opened, page};
use crate::journal::Journal;
use crate::programme_new::ManifestChange;
use crate::recovery::{Gathered, Why};
use domain::ids::{OperatorCode, OutingId};
use domain::operation::Scope;
use domain::recovery_words;
use domain::sync::manifest::{ManifestFault, Role, SealedConfiguration, manifest_message};
use domain::sync::night_log::DeskEntry;
use domain::sync::pull::Envelope;
use domain::sync::wipe::WipeOrder;
use domain::sync::{ProjectionContext, Stream, project, version};
use std::path::Path;
use uuid::Uuid;

/// The words that a begun change asks for.
fn words(pending: &PendingRotation) -> Vec<String> {
    let all: Vec<&str> = pending.recovery.as_words().split(' ').collect();
    pending.asked.iter().map(|place| format!(" {} ", all[usize::from(*place) - 1].to_lowercase())).collect()
}

fn change(desk: &mut Notebook, admin_too: bool, minutes: i64) -> SignedManifest {
    let pending = desk.begin_rotation(admin_too, at(minutes)).unwrap();
    desk.confirm_rotation(&words(&pending), at(minutes)).unwrap().unwrap()
}

fn sheet(pending: &PendingRotation) -> SealIdentity {
    SealIdentity::from_secret(&recovery_words::read(pending.recovery.as_words()).unwrap()).unwrap()
}

/// A lead's phone signs off the night `id` and seals it for the desks.
fn sign_off(lead: &mut Notebook, id: u128, minutes: i64) -> Envelope {
    lead.save(opened(id), None, at(minutes), None).unwrap();
    let mut state = lead.outing_state(OutingId(Uuid::from_u128(id)), Scope::Everything).unwrap().unwrap();
    state.outing.end_at = Some(at(minutes + 299).now);
    state.outing.reviewed_at = Some(at(minutes + 300).now);
    state.outing.reviewed_by = Some(OperatorCode::new("OP-A"));
    let log = project(
        &state,
        ProjectionContext { alias_key: &lead.alias_key(operational_date(state.outing.start_at)).unwrap() },
    )
    .unwrap();
    lead.save_desk_entry(DeskEntry::NightLog(log)).unwrap();
    envelopes(lead.journal(), Stream::NightLog).pop().unwrap()
}

fn opens(identity: &SealIdentity, envelope: &Envelope) -> bool {
    seal::open(identity, &envelope.operation.sealed.0).is_ok()
}

fn copy_files(from: &Path, to: &Path, only: &str) {
    for file in std::fs::read_dir(from).unwrap().map(Result::unwrap) {
        let name = file.file_name().into_string().unwrap();
        if file.file_type().unwrap().is_file() && name.starts_with(only) {
            std::fs::copy(file.path(), to.join(name)).unwrap();
        }
    }
}

#[test]
fn new_things_are_sealed_to_the_new_keys_and_old_ones_open_as_before() {
    let team = Team::new();
    let (mut desk, mut lead) = (team.admin.open(), team.lead.open());
    let before = sign_off(&mut lead, 1, 0);
    let former = desk.identity().sealing().unwrap().to_text();
    let former = SealIdentity::from_text(&former).unwrap();
    let old_sheet = SealIdentity::from_text(team.recovery.as_text()).unwrap();

    let pending = desk.begin_rotation(false, at(400)).unwrap();
    let new_sheet = sheet(&pending);
    let signed = desk.confirm_rotation(&words(&pending), at(401)).unwrap().unwrap();
    assert_eq!(lead.apply_manifest(&signed).unwrap(), ManifestOutcome::Applied);
    let after = sign_off(&mut lead, 2, 500);

    assert!(opens(&former, &before) && !opens(&former, &after), "a copy of the old key opens nothing new");
    assert!(opens(&old_sheet, &before) && !opens(&old_sheet, &after), "nor does the old sheet");
    assert!(!opens(&new_sheet, &before) && opens(&new_sheet, &after));
    drop(desk);
    let mut desk = team.admin.open();
    let arrivals = desk.ingest_page(Stream::NightLog, &page(vec![before, after]), at(900)).unwrap();
    assert_eq!((arrivals.new, arrivals.set_aside), (2, 0), "the desk reads both, also when it is opened again");
    let former = &desk.manifest().unwrap().former_recovery[0];
    assert_eq!((&former.recipient, former.until), (&old_sheet.recipient(), operational_date(at(401).now)));
    assert_eq!(desk.manifest().unwrap().admin_key, team.invitation.admin_key, "it was not to change");
}

#[test]
fn new_sheet_opens_what_desks_were_sent_before_through_what_the_manifest_hands_on() {
    let team = Team::new();
    let (mut desk, mut lead) = (team.admin.open(), team.lead.open());
    let before = sign_off(&mut lead, 1, 0);
    let pending = desk.begin_rotation(true, at(400)).unwrap();
    let new_sheet = sheet(&pending);
    desk.confirm_rotation(&words(&pending), at(401)).unwrap().unwrap();
    let manifest = desk.manifest().unwrap();
    let handed = crate::desk_keys::open(&manifest.keyring, &new_sheet).unwrap();
    let archive = handed.archive.iter().map(|text| SealIdentity::from_text(text).unwrap());
    assert!(opens(&new_sheet.with_former(archive), &before));
    assert_eq!(handed.signer.unwrap().public(), manifest.admin_key, "and a lost desk is begun anew with it");
    let old_sheet = SealIdentity::from_text(team.recovery.as_text()).unwrap();
    assert!(crate::desk_keys::open(&manifest.keyring, &old_sheet).is_err(), "the old one is handed nothing");
}

#[test]
fn words_that_are_wrong_or_missing_change_nothing() {
    let team = Team::new();
    let mut desk = team.admin.open();
    let pending = desk.begin_rotation(true, at(0)).unwrap();
    let right = words(&pending);
    let mut swapped = right.clone();
    swapped.swap(0, 2);
    for wrong in [&right[..2], &swapped[..], &["".to_owned(), String::new(), String::new()]] {
        assert!(desk.confirm_rotation(wrong, at(1)).unwrap().is_none());
    }
    assert_eq!(desk.manifest().unwrap().number, 3);
    assert!(desk.confirm_rotation(&right, at(2)).unwrap().is_some());
    let again = desk.confirm_rotation(&right, at(3)).unwrap_err();
    assert_eq!(again, NotebookError::NotFound("change of keys"), "the new secret is forgotten");
}

#[test]
fn change_that_was_begun_waits_with_the_same_sheet_until_it_is_confirmed_or_given_up() {
    let team = Team::new();
    let begun = team.admin.open().begin_rotation(true, at(0)).unwrap();
    let mut desk = team.admin.open();
    assert_eq!(desk.manifest().unwrap().number, 3, "killed here, nothing has changed for anybody");
    let same = desk.begin_rotation(true, at(60)).unwrap();
    assert_eq!(
        (same.recovery.as_words(), same.asked, same.begun_on),
        (begun.recovery.as_words(), begun.asked, begun.begun_on)
    );
    assert_eq!(same.admin_key, begun.admin_key);
    let other = desk.begin_rotation(false, at(61)).unwrap_err();
    assert_eq!(other, NotebookError::WrongState("keys are being changed"));
    desk.give_up_rotation().unwrap();
    assert!(desk.pending_rotation().unwrap().is_none());
    let anew = desk.begin_rotation(true, at(62)).unwrap();
    assert_ne!(anew.recovery.as_words(), begun.recovery.as_words());
    assert!(
        desk.confirm_rotation(&words(&begun), at(63)).unwrap().is_none(),
        "the sheet that was given up is waste paper"
    );
    let lead = team.lead.open().begin_rotation(false, at(64)).unwrap_err();
    assert_eq!(lead, NotebookError::NotAllowed);
}

#[test]
fn power_that_fails_between_journal_and_notebook_leaves_the_change_to_be_confirmed_again() {
    let team = Team::new();
    let mut lead = team.lead.open();
    let before = sign_off(&mut lead, 1, 0);
    let pending = team.admin.open().begin_rotation(true, at(400)).unwrap();
    let aside = tempfile::tempdir().unwrap();
    copy_files(&team.admin.dir, aside.path(), "notebook");
    team.admin.open().confirm_rotation(&words(&pending), at(401)).unwrap().unwrap();
    // The journal is pinned to the new key, and has the entry of the register; the notebook knows of neither.
    for file in std::fs::read_dir(&team.admin.dir).unwrap().map(Result::unwrap) {
        if file.file_name().to_string_lossy().starts_with("notebook") {
            std::fs::remove_file(file.path()).unwrap();
        }
    }
    copy_files(aside.path(), &team.admin.dir, "notebook");

    let mut desk = team.admin.open();
    assert_eq!(desk.manifest().unwrap().number, 3);
    assert_eq!(desk.pending_rotation().unwrap().unwrap().recovery.as_words(), pending.recovery.as_words());
    let signed = desk.confirm_rotation(&words(&pending), at(402)).unwrap().unwrap();
    lead.apply_manifest(&signed).unwrap();
    let after = sign_off(&mut lead, 2, 500);
    drop(desk);
    let mut desk = team.admin.open();
    assert_eq!(desk.ingest_page(Stream::NightLog, &page(vec![before, after]), at(900)).unwrap().new, 2);
    assert!(desk.holds_admin_key().unwrap() && desk.sign_manifest(Vec::new(), at(901)).is_ok());
}

#[test]
fn phone_that_was_away_for_two_changes_follows_both_at_once() {
    let team = Team::new();
    let (mut desk, mut lead, mut member) = (team.admin.open(), team.lead.open(), team.member.open());
    let before = sign_off(&mut lead, 1, 0);
    let first = change(&mut desk, true, 400);
    assert_eq!(member.apply_manifest(&first).unwrap(), ManifestOutcome::Applied);
    change(&mut desk, true, 500);
    let newest = desk.sign_manifest(Vec::new(), at(600)).unwrap();
    let meanwhile = sign_off(&mut lead, 2, 700);
    assert_eq!(lead.apply_manifest(&newest).unwrap(), ManifestOutcome::Applied);
    assert_eq!(member.apply_manifest(&newest).unwrap(), ManifestOutcome::Applied);
    assert_eq!(lead.invitation().admin_key, desk.manifest().unwrap().admin_key);
    assert_eq!(member.apply_manifest(&first).unwrap_err(), NotebookError::StaleManifest, "old, not forged");
    drop(lead);
    let mut lead = team.lead.open();
    let after = sign_off(&mut lead, 3, 1200);
    let arrivals = desk.ingest_page(Stream::NightLog, &page(vec![before, meanwhile, after]), at(1600)).unwrap();
    assert_eq!((arrivals.new, arrivals.set_aside), (3, 0), "what was sealed a year ago opens as well");
}

/// A manifest changed at will and signed.
fn forged(base: &SignedManifest, signer: &SigningKey, edit: impl FnOnce(&mut Manifest)) -> SignedManifest {
    let mut manifest: Manifest = serde_json::from_slice(&base.manifest.0).unwrap();
    edit(&mut manifest);
    manifest.number += 10;
    let bytes = serde_json::to_vec(&manifest).unwrap();
    SignedManifest { signature: signer.sign(&manifest_message(&bytes)), manifest: Bytes(bytes) }
}

#[test]
fn forged_successors_are_refused() {
    let team = Team::new();
    let (mut desk, mut lead, mut away) = (team.admin.open(), team.lead.open(), team.member.open());
    let former = desk.admin_key().unwrap();
    let stranger = SigningKey::generate(&mut Entropy::system()).unwrap();
    let (from, to) = (former.public(), stranger.public());
    let link = |number: u64, signer: &SigningKey| Succession {
        number,
        from: from.clone(),
        to: to.clone(),
        signature: signer.sign(&succession_message(number, &from.0, &to.0)),
    };
    let naming = |links: Vec<Succession>| {
        let to = to.clone();
        move |manifest: &mut Manifest| {
            manifest.admin_key = to;
            manifest.succession = links;
        }
    };
    let refused = |phone: &mut Notebook, offered: &SignedManifest| match phone.apply_manifest(offered).unwrap_err() {
        NotebookError::BadManifest(fault) => fault,
        other => panic!("{other}"),
    };
    let base = &team.manifest;
    // The stranger names himself; has no link; turns the number of a true link; takes one whose time is over.
    let itself = forged(base, &stranger, naming(vec![link(4, &stranger)]));
    assert_eq!(refused(&mut away, &itself), ManifestFault::AdminKey);
    assert_eq!(refused(&mut away, &forged(base, &stranger, naming(Vec::new()))), ManifestFault::Signature);
    let turned = Succession { number: 5, ..link(4, &former) };
    assert_eq!(refused(&mut away, &forged(base, &stranger, naming(vec![turned]))), ManifestFault::AdminKey);
    let over = forged(base, &stranger, naming(vec![link(3, &former)]));
    assert_eq!(refused(&mut away, &over), ManifestFault::AdminKey, "manifest 3 is in force, and the old key signed it");
    let early = forged(base, &stranger, naming(vec![link(99, &former)]));
    assert_eq!(refused(&mut away, &early), ManifestFault::AdminKey, "its time has not come");

    // After a true change the old key, which somebody may know by now, is worth nothing to whoever followed.
    let changed = change(&mut desk, true, 400);
    lead.apply_manifest(&changed).unwrap();
    let by_the_old_one = forged(base, &former, |_| {});
    assert_eq!(refused(&mut lead, &by_the_old_one), ManifestFault::Signature);
    let aside = forged(base, &stranger, naming(vec![link(20, &former)]));
    assert_eq!(refused(&mut lead, &aside), ManifestFault::Signature);
    let number = lead.manifest().unwrap().number;
    assert_eq!((number, lead.invitation().admin_key.clone()), (4, desk.manifest().unwrap().admin_key.clone()));
}

#[test]
fn locked_phone_obeys_the_order_of_a_key_that_it_has_never_seen() {
    let team = Team::new();
    let mut desk = team.admin.open();
    let [member, lead] = [&team.member, &team.lead].map(|device: &Device| device.open().device());
    let wipe = |device| vec![ManifestChange::SetStatus { device, status: DeviceStatus::Wipe }];
    desk.sign_manifest(wipe(lead), at(300)).unwrap();
    change(&mut desk, true, 400);
    desk.sign_manifest(wipe(member), at(500)).unwrap();
    let manifest = desk.manifest().unwrap();
    for (device, phone) in [(member, &team.member), (lead, &team.lead)] {
        let signature = manifest.find_device(device).unwrap().wipe_order.clone().unwrap();
        let order = WipeOrder { version: version::CURRENT, device, signature, succession: manifest.succession.clone() };
        let mut journal = Journal::open(&phone.dir).unwrap();
        let without = WipeOrder { succession: Vec::new(), ..order.clone() };
        assert!(!journal.take_order(&without).unwrap(), "nothing leads there from the key that it knows");
        assert!(journal.take_order(&order).unwrap(), "ordered before the change, and after it");
    }
}

#[test]
fn phone_that_comes_with_a_picture_of_before_is_enrolled_by_the_new_key() {
    let team = Team::new();
    let mut desk = team.admin.open();
    let dir = tempfile::tempdir().unwrap();
    let key = crate::crypto::DataKey::generate(&mut Entropy::system()).unwrap();
    let mut phone = Notebook::create(dir.path(), &key, &team.invitation, Entropy::system()).unwrap();
    change(&mut desk, true, 400);
    let add = ManifestChange::AddDevice {
        keys: phone.identity().public(),
        role: Role::Member,
        unit: Some(domain::ids::UnitId::new(UNIT)),
    };
    let signed = desk.sign_manifest(vec![add], at(500)).unwrap();
    assert_eq!(phone.apply_manifest(&signed).unwrap(), ManifestOutcome::Applied);
}

#[test]
fn both_sheets_together_recover_what_came_before_and_after() {
    let team = Team::new();
    let (mut desk, mut lead) = (team.admin.open(), team.lead.open());
    lead.save(opened(1), None, at(0), None).unwrap();
    let pending = desk.begin_rotation(true, at(10)).unwrap();
    let signed = desk.confirm_rotation(&words(&pending), at(11)).unwrap().unwrap();
    lead.apply_manifest(&signed).unwrap();
    lead.save(contact(1, 100, lead.device(), "AIRONE-07", 2), None, at(20), None).unwrap();
    let file = lead.night_file(OutingId(Uuid::from_u128(1))).unwrap().to_bytes().unwrap();
    let old = || SealIdentity::from_text(team.recovery.as_text()).unwrap();
    let recover = |identity: &SealIdentity, admin: &[u8]| {
        let mut gathered = Gathered::default();
        gathered.add_night_file(&file).unwrap();
        let recovered = gathered.open(identity, Some(admin), || {}).unwrap();
        let why: Vec<(Why, u64)> = recovered.troubles.iter().map(|trouble| (trouble.why, trouble.first)).collect();
        (recovered.opened.len(), recovered.configuration.is_some(), why)
    };
    let (first, second) = (&team.invitation.admin_key.0, &pending.admin_key.0);
    let alone = recover(&old(), first);
    assert_eq!(alone, (1, false, vec![(Why::NotForUs, 2), (Why::NoConfiguration, 0)]), "only what came before");
    assert_eq!(recover(&sheet(&pending), second), (1, true, vec![(Why::NotForUs, 1)]));
    let both = sheet(&pending).with_former([old()]);
    for admin in [first, second] {
        assert_eq!(recover(&both, admin), (2, true, Vec::new()), "either sheet names a key that proves the manifest");
    }
}

#[test]
fn tokens_of_a_later_year_have_another_key_and_those_of_this_one_the_same() {
    let team = Team::new();
    let (mut desk, mut lead) = (team.admin.open(), team.lead.open());
    let today = operational_date(at(0).now);
    let day = |year: i32| NaiveDate::from_ymd_opt(year, 6, 1).unwrap();
    let this_year = iso_year(today);
    let alias = "AIRONE-12".parse().unwrap();
    let token = |phone: &Notebook, year: i32| {
        domain::alias::person_token(&phone.alias_key(day(year)).unwrap(), UNIT, this_year, &alias)
    };
    let (now, then) = (token(&lead, this_year), token(&lead, this_year + 1));
    assert_eq!(now, then, "one key so far: what differs is said by the year");
    let stolen = team.member.open();
    lead.apply_manifest(&change(&mut desk, false, 0)).unwrap();
    assert_eq!(token(&lead, this_year), now, "nobody is counted twice");
    let next = token(&lead, this_year + 1);
    assert_ne!(next, token(&stolen, this_year + 1), "who took a phone and was revoked has not the next one");
    lead.apply_manifest(&change(&mut desk, true, 10)).unwrap();
    assert_ne!(token(&lead, this_year + 1), next, "a second change in a year replaces what was to come");
    assert_eq!(token(&lead, this_year), now);
}

#[test]
fn next_alias_key_waits_until_every_phone_in_use_has_it() {
    let from = |text: &str| year_of_next_alias_key(text.parse().unwrap());
    assert_eq!((from("2026-03-01"), from("2026-12-04")), (2027, 2027));
    assert_eq!((from("2026-12-05"), from("2026-12-31")), (2028, 2028), "thirty days on, 2027 has begun");
}

#[test]
fn alias_keys_that_no_night_needs_any_more_are_forgotten() {
    let team = Team::new();
    let desk = team.admin.open();
    let key = |byte: u8| Bytes(vec![byte; 32]);
    let mut configuration = desk.in_force().unwrap().configuration.clone();
    let first = configuration.alias_key.clone();
    for (from, byte) in [(2027, 1), (2028, 2), (2028, 3)] {
        configuration = configuration.with_alias_key(LaterAliasKey { from, key: key(byte) }, 2025);
    }
    let of = |configuration: &SealedConfiguration, year: i32| {
        configuration.alias_key_of(NaiveDate::from_ymd_opt(year, 6, 1).unwrap()).clone()
    };
    assert_eq!([2026, 2027, 2028, 2040].map(|year| of(&configuration, year)), [first, key(1), key(3), key(3)]);
    let later = configuration.with_alias_key(LaterAliasKey { from: 2030, key: key(4) }, 2028);
    assert_eq!([2028, 2029, 2030].map(|year| of(&later, year)), [key(3), key(3), key(4)]);
    assert_eq!((later.alias_key.clone(), later.later_alias_keys.len()), (key(3), 1), "2027 is over");
    let staff = later.for_staff();
    assert!(staff.alias_key.0.is_empty() && staff.later_alias_keys.is_empty());
}
