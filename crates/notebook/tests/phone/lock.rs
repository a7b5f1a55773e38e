//! PIN, lock, restart.

use super::team::{PIN, REVIEW_PIN, Team, evening, known};
use domain::outing::Weather;
use notebook::crypto::binder::FileBinder;
use notebook::entropy::{Entropy, Moment};
use notebook::error::ErrorCode;
use notebook::session::{Seat, Session, SessionSetup};
use notebook::settings::{Hand, LauncherEntry, Settings, TextSize, Theme, UiLanguage};
use notebook::view::{
    ChangePinInput, ChangeReviewPinInput, CloseNotes, ContactInput, DetailsInput, Nothing, ReviewAccess, SessionState,
    StepUpInput, UnlockInput,
};
use std::sync::Arc;

#[test]
fn answers_a_wrong_pin_with_a_code_and_waits_after_some() {
    let team = Team::at(evening());
    let session = &team.lead.session;
    let locked = session.lock(Nothing {}).unwrap();
    assert_eq!(locked.state, SessionState::Locked);
    assert_eq!(session.tonight(Nothing {}).unwrap_err().code, ErrorCode::Locked);
    let mut codes = Vec::new();
    let mut wait = None;
    for _ in 0..7 {
        let refused = session.unlock(UnlockInput { pin: "591837".into() }).unwrap_err();
        codes.push(refused.code);
        wait = refused.wait_seconds.or(wait);
    }
    assert_eq!(codes.first(), Some(&ErrorCode::WrongSecret));
    assert_eq!(codes.last(), Some(&ErrorCode::MustWait));
    assert!(wait.is_some_and(|seconds| (1..=60).contains(&seconds)), "{wait:?}");
    let view = session.status(Nothing {}).unwrap();
    assert_eq!(view.state, SessionState::Locked);
    assert!(view.wait_seconds > 0, "the keypad says how long");
    let early = session.unlock(UnlockInput { pin: PIN.into() }).unwrap_err();
    assert_eq!(early.code, ErrorCode::MustWait, "the right PIN waits too, or waiting would tell it apart");
}

#[test]
fn opens_nothing_without_the_hardware_that_both_pins_are_bound_to() {
    let Team { lead, root: _root, .. } = Team::at(evening());
    lead.session.lock(Nothing {}).unwrap();
    let hardware = tempfile::tempdir().unwrap();
    let key = "device-key.1";
    std::fs::copy(lead.dir.join(key), hardware.path().join(key)).unwrap();
    std::fs::remove_file(lead.dir.join(key)).unwrap();
    let unlock = |session: &Session| session.unlock(UnlockInput { pin: PIN.into() }).map(|view| view.state);
    assert_eq!(unlock(&lead.session).unwrap_err().code, ErrorCode::HardwareKey);
    let setup = SessionSetup {
        data_dir: lead.dir.clone(),
        share_dir: lead.dir.join("shared"),
        seat: Seat::Phone,
        clock: Arc::new(|| Moment::at(evening())),
        entropy: Entropy::system(),
        binder: Arc::new(FileBinder::new(hardware.path())),
    };
    let bound = Session::open(setup).unwrap();
    assert_eq!(unlock(&bound).unwrap(), SessionState::Open);
    let view = bound.step_up(StepUpInput { pin: REVIEW_PIN.into() }).unwrap();
    assert_eq!(view.review, ReviewAccess::Open);
}

#[test]
fn empties_the_write_ahead_log_when_it_locks() {
    let team = Team::at(evening());
    team.start(&[], &["Z1"]);
    team.lead.session.lock(Nothing {}).unwrap();
    let wal = team.lead.dir.join("notebook.db-wal");
    let length = std::fs::metadata(&wal).map_or(0, |file| file.len());
    assert_eq!(length, 0);
}

#[test]
fn keeps_an_open_card_through_lock_and_power_cut() {
    let team = Team::at(evening());
    team.start(&[("condom_ext", 10)], &["Z2"]);
    let Team { lead, root: _root, .. } = team;
    let card = lead.session.open_card(known()).unwrap();
    let lead = lead.restarted();
    let restored = lead.night().card.expect("durable from the first tap");
    assert_eq!(restored.card, card.card);
    lead.later(40 * 60);
    let input =
        ContactInput { card: card.card, base: restored.input, handouts: Vec::new(), details: DetailsInput::default() };
    lead.session.save_contact(input.clone()).unwrap();
    lead.session.save_contact(input).unwrap();
    let night = lead.night();
    assert!(night.card.is_none());
    assert_eq!(night.persons, 1, "saving the same card twice gives one contact");
}

#[test]
fn says_that_the_clock_was_set_back_v33() {
    let team = Team::at(evening());
    team.start(&[], &["Z1"]);
    assert!(team.lead.night().warnings.is_empty());
    team.lead.later(-3 * 3600);
    let rules: Vec<_> = team.lead.night().warnings.iter().map(|finding| finding.rule).collect();
    assert_eq!(rules, [domain::validate::RuleId::V33]);
    let night = team.lead.save(known(), &[], DetailsInput::default());
    assert_eq!(night.persons, 1, "it keeps recording");
}

#[test]
fn knows_its_settings_before_any_pin_and_after_a_restart_f01() {
    let team = Team::at(evening());
    let Team { lead, root: _root, .. } = team;
    let shown = lead.session.status(Nothing {}).unwrap();
    assert_eq!((shown.settings, shown.lock_after_seconds), (Settings::default(), 30), "F06");
    let settings = Settings {
        hand: Hand::Left,
        text_size: TextSize::Large,
        language: UiLanguage::En,
        theme: Theme::Day,
        lock_after_seconds: 120,
        launcher_entry: LauncherEntry::Notes,
    };
    lead.session.lock(Nothing {}).unwrap();
    let locked = lead.session.save_settings(settings).unwrap();
    assert_eq!((locked.state, locked.settings), (SessionState::Locked, settings));
    let lead = lead.restarted();
    let open = lead.session.status(Nothing {}).unwrap();
    assert_eq!(open.settings, settings);
    assert_eq!(open.lock_choices, [15, 30, 60]);
    assert_eq!(open.lock_after_seconds, 60, "the policy of this programme is shorter than what was asked for");
    let refused = lead.session.save_settings(Settings { lock_after_seconds: 20, ..settings }).unwrap_err();
    assert_eq!(refused.code, ErrorCode::InvalidInput);
    assert_eq!(lead.session.status(Nothing {}).unwrap().settings, settings);
}

#[test]
fn keeps_what_was_said_of_the_close_and_forgets_it_with_the_outing() {
    let team = Team::at(evening());
    team.start(&[], &["Z1"]);
    let session = &team.lead.session;
    let said = CloseNotes { km: Some(34), weather: Weather::Rain, coordinator_alerted: true };
    session.note_close(said).unwrap();
    session.open_card(known()).unwrap();
    session.lock(Nothing {}).unwrap();
    session.unlock(UnlockInput { pin: PIN.into() }).unwrap();
    let view = session.close_status(Nothing {}).unwrap();
    assert_eq!((view.noted, view.open_cards), (said, 1));
    assert_eq!(team.member.session.close_status(Nothing {}).unwrap().noted, CloseNotes::default());
}

#[test]
fn changes_the_pin_with_the_old_one_only() {
    let Team { lead, root: _root, .. } = Team::at(evening());
    let change = |old: &str, new: &str| {
        lead.session.change_pin(ChangePinInput { old_pin: old.into(), new_pin: new.into() }).map_err(|error| error.code)
    };
    assert_eq!(change("591837", "830591").unwrap_err(), ErrorCode::WrongSecret);
    assert_eq!(change(PIN, "240785").unwrap_err(), ErrorCode::WeakSecret);
    assert_eq!(change(PIN, "830591").unwrap().state, SessionState::Open);
    lead.session.lock(Nothing {}).unwrap();
    assert_eq!(change("830591", PIN).unwrap_err(), ErrorCode::Locked);
    let unlock = |pin: &str| lead.session.unlock(UnlockInput { pin: pin.into() }).map(|view| view.state);
    assert_eq!(unlock(PIN).unwrap_err().code, ErrorCode::WrongSecret);
    assert_eq!(unlock("830591").unwrap(), SessionState::Open);
}

#[test]
fn changes_the_step_up_pin_and_what_is_behind_it_stays() {
    let Team { lead, member, root: _root, .. } = Team::at(evening());
    let session = &lead.session;
    let change = |unlock: &str, old: &str, new: &str| {
        let input = ChangeReviewPinInput { unlock_pin: unlock.into(), old_pin: old.into(), new_pin: new.into() };
        session.change_review_pin(input).map_err(|error| error.code)
    };
    assert_eq!(change("591837", REVIEW_PIN, "48205917").unwrap_err(), ErrorCode::WrongSecret);
    assert_eq!(change(PIN, "90417358", "48205917").unwrap_err(), ErrorCode::WrongSecret);
    assert_eq!(change(PIN, REVIEW_PIN, &format!("{PIN}48")).unwrap_err(), ErrorCode::WeakSecret);
    change(PIN, REVIEW_PIN, "48205917").unwrap();
    let step_up = |pin: &str| session.step_up(StepUpInput { pin: pin.into() }).map(|view| view.review);
    assert_eq!(step_up(REVIEW_PIN).unwrap_err().code, ErrorCode::WrongSecret);
    assert_eq!(step_up("48205917").unwrap(), ReviewAccess::Open);
    let theirs =
        ChangeReviewPinInput { unlock_pin: PIN.into(), old_pin: REVIEW_PIN.into(), new_pin: "48205917".into() };
    assert_eq!(member.session.change_review_pin(theirs).unwrap_err().code, ErrorCode::NotAllowed);
}
