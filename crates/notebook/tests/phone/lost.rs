//! The phone that is grabbed, seized, locked for good or opened under threat: what goes, and that nothing saved is lost.

use super::team::{PIN, Phone, REVIEW_PIN, Team, alias, envelopes, evening, known};
use domain::ids::{ItemCode, OutingId};
use notebook::command::Command;
use notebook::crypto::binder::{Faulty, FileBinder};
use notebook::entropy::{Entropy, Moment};
use notebook::error::ErrorCode;
use notebook::journal::Journal;
use notebook::session::{Seat, Session, SessionSetup, former};
use notebook::view::{
    DetailsInput, DiscardInput, DuressInput, InventoryInput, InventoryRow, LoadInput, Nothing, SessionState,
    UnlockInput,
};
use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

/// Unlike the unlock PIN in every way that the policy asks for.
const DURESS_PIN: &str = "850362";
const CONTACTS: u16 = 5;

/// The lead's phone beside a member's that has saved some contacts.
fn night() -> (Team, OutingId) {
    let team = Team::at(evening());
    let outing = team.start(&[("condom_ext", 100), ("lubricant", 40)], &["Z1"]);
    for _ in 0..CONTACTS {
        team.member.later(300);
        team.member.save(known(), &[("condom_ext", 6)], alias("AIRONE-12"));
    }
    (team, outing)
}

fn names(dir: &Path) -> BTreeSet<String> {
    std::fs::read_dir(dir).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
}

/// What a former self of the member's phone wrote reaches the lead, who then knows every contact.
fn recovers_everything(team: &Team, outing: OutingId, from: &Path) {
    let carried = envelopes(from);
    assert_eq!(carried.len() as u64, Journal::open(from).unwrap().len().unwrap(), "everything is in the journal");
    let now = Moment::at(team.member.now());
    let state = team.lead.with_notebook(|notebook| {
        for envelope in &carried {
            assert_eq!(notebook.ingest(envelope, now).unwrap().set_aside, 0);
        }
        notebook.outing_state(outing, domain::operation::Scope::Everything).unwrap().unwrap()
    });
    assert_eq!(state.contacts.len(), usize::from(CONTACTS), "recovered 100 %");
}

/// A session over the same folder, after a power cut.
fn reopened(phone: &Phone, binder: Arc<Faulty>) -> Arc<Session> {
    let now = phone.now();
    Session::open(SessionSetup {
        data_dir: phone.dir.clone(),
        share_dir: phone.dir.join("shared"),
        seat: Seat::Phone,
        clock: Arc::new(move || Moment::at(now)),
        entropy: Entropy::system(),
        binder,
    })
    .unwrap()
}

fn faulty(phone: &Phone) -> Arc<Faulty> {
    Arc::new(Faulty::new(Arc::new(FileBinder::new(&phone.dir))))
}

fn unlock(session: &Session, pin: &str) -> Result<SessionState, ErrorCode> {
    session.unlock(UnlockInput { pin: pin.into() }).map(|view| view.state).map_err(|error| error.code)
}

fn duress(phone: &Phone, unlock_pin: &str, duress_pin: Option<&str>) -> Result<SessionState, ErrorCode> {
    let input = DuressInput { unlock_pin: unlock_pin.into(), duress_pin: duress_pin.map(str::to_owned) };
    phone.session.set_duress_pin(input).map(|view| view.state).map_err(|error| error.code)
}

#[test]
fn leaves_nothing_that_a_pin_opens_after_panic_and_everything_in_the_sealed_journal_b7_b8() {
    for is_locked in [false, true] {
        let (team, outing) = night();
        let phone = &team.member;
        if is_locked {
            phone.session.lock(Nothing {}).unwrap();
        }
        let view = phone.session.panic(Nothing {}).unwrap();
        assert_eq!(view.state, SessionState::Absent);
        assert_eq!(unlock(&phone.session, PIN), Err(ErrorCode::Absent));
        let left = names(&phone.dir);
        assert_eq!(left, ["former-1", "notebook.lock"].map(str::to_owned).into());
        let former = phone.dir.join("former-1");
        assert_eq!(names(&former), ["journal.db".to_owned()].into());
        recovers_everything(&team, outing, &former);
    }
}

#[test]
fn finishes_a_panic_that_a_power_cut_interrupted_before_anything_else() {
    let (team, outing) = night();
    let binder = faulty(&team.member);
    // The first thing that panic writes.
    std::fs::write(team.member.dir.join("panic.begun"), "").unwrap();
    let Team { lead, member, root } = team;
    let session = reopened(&member, binder);
    assert_eq!(session.status(Nothing {}).unwrap().state, SessionState::Absent);
    let left = names(&member.dir.join("former-1"));
    assert!(left.iter().all(|name| name.starts_with("journal.db")), "{left:?}");
    let team = Team { lead, member, root };
    recovers_everything(&team, outing, &team.member.dir.join("former-1"));
}

#[test]
fn panics_also_with_a_key_store_that_does_not_answer() {
    let (team, outing) = night();
    let binder = faulty(&team.member);
    let Team { lead, member, root } = team;
    member.session.lock(Nothing {}).unwrap();
    let session = reopened(&member, Arc::clone(&binder));
    binder.die();
    assert_eq!(session.panic(Nothing {}).unwrap().state, SessionState::Absent);
    binder.revive();
    assert_eq!(unlock(&session, PIN), Err(ErrorCode::Absent), "the keyfile is gone in any case");
    let team = Team { lead, member, root };
    recovers_everything(&team, outing, &team.member.dir.join("former-1"));
}

#[test]
fn moves_a_notebook_aside_whose_pin_is_forgotten_and_loses_nothing_b8() {
    let (team, outing) = night();
    let session = &team.member.session;
    assert_eq!(session.set_aside(Nothing {}).unwrap_err().code, ErrorCode::WrongState, "it is open");
    session.lock(Nothing {}).unwrap();
    let view = session.set_aside(Nothing {}).unwrap();
    assert_eq!(view.state, SessionState::Absent);
    assert_eq!(session.set_aside(Nothing {}).unwrap_err().code, ErrorCode::Absent);
    let former = team.member.dir.join("former-1");
    let kept = names(&former);
    assert!(["notebook.db", "journal.db", "keyfile.a"].iter().all(|name| kept.contains(*name)), "nothing is deleted");
    recovers_everything(&team, outing, &former);
}

#[test]
fn opens_again_when_a_dead_key_store_comes_back_and_loses_nothing_when_it_does_not_b8() {
    let (team, outing) = night();
    let Team { lead, member, root } = team;
    member.session.lock(Nothing {}).unwrap();
    let binder = faulty(&member);
    let session = reopened(&member, Arc::clone(&binder));
    binder.die();
    for _ in 0..12 {
        assert_eq!(unlock(&session, PIN), Err(ErrorCode::HardwareKey), "no try is lost at it");
    }
    binder.revive();
    assert_eq!(unlock(&session, PIN), Ok(SessionState::Open));
    session.lock(Nothing {}).unwrap();
    binder.die();
    assert_eq!(session.set_aside(Nothing {}).unwrap().state, SessionState::Absent);
    let team = Team { lead, member, root };
    recovers_everything(&team, outing, &team.member.dir.join("former-1"));
}

#[test]
fn counts_what_is_unsent_and_discards_it_only_with_that_number() {
    let (team, _) = night();
    let session = &team.member.session;
    let kept = session.kept(Nothing {}).unwrap();
    let unsent = u32::try_from(Journal::open(&team.member.dir).unwrap().len().unwrap()).unwrap();
    assert_eq!((kept.received, kept.unsent), (0, unsent));
    let refused = session.discard_unsent(DiscardInput { unsent }).unwrap_err();
    assert_eq!(refused.code, ErrorCode::WrongState, "never on a phone in use");
    session.panic(Nothing {}).unwrap();
    assert_eq!(session.kept(Nothing {}).unwrap(), kept);
    let refused = session.discard_unsent(DiscardInput { unsent: unsent - 1 }).unwrap_err();
    assert_eq!(refused.code, ErrorCode::WrongState, "the number is what is confirmed");
    assert!(former::list(&team.member.dir).unwrap().len() == 1);
    let none = session.discard_unsent(DiscardInput { unsent }).unwrap();
    assert_eq!((none.received, none.unsent), (0, 0));
    assert_eq!(former::list(&team.member.dir).unwrap(), []);
}

#[test]
fn opens_the_stock_list_alone_with_the_duress_pin_and_deletes_nothing_t3() {
    let (team, outing) = night();
    let phone = &team.member;
    assert_eq!(duress(phone, "591837", Some(DURESS_PIN)), Err(ErrorCode::WrongSecret));
    assert_eq!(duress(phone, PIN, Some(PIN)), Err(ErrorCode::WeakSecret), "it must be another");
    assert_eq!(duress(phone, PIN, Some(DURESS_PIN)), Ok(SessionState::Open));
    let item = ItemCode::new("lubricant");
    phone.session.load_item(LoadInput { item, quantity: 5 }).unwrap();
    phone.session.lock(Nothing {}).unwrap();
    let before = envelopes(&phone.dir).len();

    assert_eq!(unlock(&phone.session, DURESS_PIN), Ok(SessionState::Inventory));
    let row = |item: &str, count| InventoryRow { item: ItemCode::new(item), count };
    let list = phone.session.inventory(Nothing {}).unwrap();
    let left = 100 - u32::from(CONTACTS) * 6;
    assert_eq!(list.rows, [row("condom_ext", left), row("lubricant", 45)], "as the bag stands now");
    let saved = vec![row("condom_ext", 7), row("lubricant", 44)];
    phone.session.save_inventory(InventoryInput { rows: saved.clone() }).unwrap();
    phone.session.lock(Nothing {}).unwrap();
    assert_eq!(phone.session.inventory(Nothing {}).unwrap_err().code, ErrorCode::Locked);
    assert_eq!(unlock(&phone.session, DURESS_PIN), Ok(SessionState::Inventory));
    assert_eq!(phone.session.inventory(Nothing {}).unwrap().rows, saved, "it behaves as any list does");
    phone.session.lock(Nothing {}).unwrap();

    phone.unlock();
    assert_eq!(envelopes(&phone.dir).len(), before, "nothing was written, nothing deleted");
    assert_eq!(phone.night().persons, u32::from(CONTACTS));
    phone.session.lock(Nothing {}).unwrap();
    assert_eq!(unlock(&phone.session, DURESS_PIN), Ok(SessionState::Inventory));
    assert_eq!(phone.session.inventory(Nothing {}).unwrap().rows, list.rows, "and follows the bag again");
    phone.session.lock(Nothing {}).unwrap();
    recovers_everything(&team, outing, &team.member.dir);
}

#[test]
fn takes_the_duress_pin_away_and_never_says_whether_there_was_one() {
    let (team, _) = night();
    let phone = &team.member;
    let sheet = |name: &str| std::fs::metadata(phone.dir.join(name)).unwrap().len();
    let before = (names(&phone.dir), sheet("stock.sealed"), sheet("keyfile.a"));
    assert_eq!(duress(phone, PIN, None), Ok(SessionState::Open), "there was none");
    assert_eq!(duress(phone, PIN, Some(DURESS_PIN)), Ok(SessionState::Open));
    assert_eq!((names(&phone.dir), sheet("stock.sealed"), sheet("keyfile.a")), before);
    assert_eq!(duress(phone, DURESS_PIN, None), Err(ErrorCode::WrongSecret), "it cannot take itself away");
    assert_eq!(duress(phone, PIN, None), Ok(SessionState::Open));
    phone.session.lock(Nothing {}).unwrap();
    assert_eq!(unlock(&phone.session, DURESS_PIN), Err(ErrorCode::WrongSecret));
}

#[test]
fn asks_the_hardware_as_often_for_the_duress_pin_as_for_the_real_one() {
    let (team, _) = night();
    let phone = &team.member;
    assert_eq!(duress(phone, PIN, Some(DURESS_PIN)), Ok(SessionState::Open));
    phone.session.lock(Nothing {}).unwrap();
    let binder = faulty(phone);
    let session = reopened(phone, Arc::clone(&binder));
    let mut calls = Vec::new();
    for (pin, state) in [(PIN, SessionState::Open), (DURESS_PIN, SessionState::Inventory)] {
        let before = binder.calls();
        assert_eq!(unlock(&session, pin), Ok(state));
        calls.push(binder.calls() - before);
        session.lock(Nothing {}).unwrap();
    }
    assert!(calls[0] >= 4 && calls[0] == calls[1], "{calls:?}");
}

#[tokio::test]
async fn answers_nothing_but_the_list_and_the_lock_while_the_list_is_shown() {
    let (team, _) = night();
    let phone = &team.lead;
    assert_eq!(duress(phone, PIN, Some(DURESS_PIN)), Ok(SessionState::Open));
    phone.session.lock(Nothing {}).unwrap();
    assert_eq!(unlock(&phone.session, DURESS_PIN), Ok(SessionState::Inventory));
    let mut asked = 0;
    for name in Command::names() {
        // Those that take nothing, and those whose argument is one of the commonest; the gate is before any of them.
        let arguments = [
            serde_json::json!({}),
            serde_json::json!({ "pin": REVIEW_PIN }),
            serde_json::json!({ "outing_id": uuid::Uuid::nil() }),
            serde_json::json!({ "card": uuid::Uuid::nil() }),
            serde_json::json!({ "unsent": 0 }),
            serde_json::json!({ "unlock_pin": PIN, "duress_pin": null }),
            serde_json::json!({ "unlock_pin": PIN, "review_pin": REVIEW_PIN }),
        ];
        let command = arguments
            .into_iter()
            .find_map(|args| serde_json::from_value::<Command>(serde_json::json!({ "name": name, "args": args })).ok());
        let Some(command) = command else { continue };
        if ["status", "lock", "unlock", "inventory", "save_inventory"].contains(&name.as_str()) {
            continue;
        }
        asked += 1;
        let answer = phone.session.handle(command).await;
        assert_eq!(answer.unwrap_err().code, ErrorCode::Locked, "{name}");
    }
    assert!(asked >= 30, "{asked} commands were asked");
    assert_eq!(phone.session.status(Nothing {}).unwrap().state, SessionState::Inventory);
}

#[test]
fn saves_go_on_as_before_beside_the_stock_list() {
    let (team, _) = night();
    let phone = &team.member;
    std::fs::remove_file(phone.dir.join("stock.sealed")).unwrap();
    std::fs::create_dir(phone.dir.join("stock.sealed")).unwrap();
    let night = phone.save(known(), &[], DetailsInput::default());
    assert_eq!(night.persons, u32::from(CONTACTS) + 1, "a list that cannot be written keeps nothing back");
}
