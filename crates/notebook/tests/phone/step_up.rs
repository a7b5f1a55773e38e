//! What only the lead sees, and only behind the step-up PIN.

use super::team::{PIN, Phone, REVIEW_PIN, Team, evening, known};
use domain::ids::{ContactId, OperatorCode, OutingId};
use domain::operation::{AmendmentReason, DuplicateDecision, RecordRef};
use domain::validate::{Finding, Place, RuleId, Severity};
use notebook::error::{ErrorCode, ErrorView};
use notebook::view::{
    AcceptInput, AmendInput, DetailsInput, Nothing, OutingInput, ReviewAccess, SetReviewPinInput, SettleInput,
    SignInput, StepUpInput, TakeBackInput,
};
use uuid::Uuid;

fn access(phone: &Phone) -> ReviewAccess {
    phone.session.status(Nothing {}).unwrap().review
}

fn step_up(phone: &Phone, pin: &str) -> Result<ReviewAccess, ErrorCode> {
    let answer = phone.session.step_up(StepUpInput { pin: pin.into() });
    answer.map(|view| view.review).map_err(|error| error.code)
}

/// What every command behind the PIN says now.
fn answers(phone: &Phone, outing_id: OutingId) -> Vec<Option<ErrorCode>> {
    let session = &phone.session;
    let operator = OperatorCode::new("OP-A");
    let record = ContactId(Uuid::from_u128(1));
    let place = Place::Outing { field: None };
    let finding = Finding { rule: RuleId::V01, severity: Severity::Review, place };
    let settle = SettleInput { outing_id, first: record, second: record, decision: DuplicateDecision::CameBack };
    let reason = AmendmentReason::LateDevice;
    let of = OutingInput { outing_id };
    let code = |error: Option<ErrorView>| error.map(|error| error.code);
    vec![
        code(session.review(of).err()),
        code(session.night_list(of).err()),
        code(session.close_lost(of).err()),
        code(session.drop_note(of).err()),
        code(session.settle(settle).err()),
        code(session.accept_finding(AcceptInput { outing_id, finding }).err()),
        code(session.take_back(TakeBackInput { outing_id, record: RecordRef::Contact(record) }).err()),
        code(session.sign_off(SignInput { outing_id, operator: operator.clone(), without: 0 }).err()),
        code(session.amend(AmendInput { outing_id, operator, reason, without: 0 }).err()),
    ]
}

fn is_all(answers: &[Option<ErrorCode>], code: ErrorCode) -> bool {
    answers.iter().all(|answer| *answer == Some(code))
}

#[test]
fn shows_nothing_of_the_night_before_the_step_up_pin_d5() {
    let team = Team::at(evening());
    let outing = team.start(&[], &["Z1"]);
    assert_eq!(access(&team.lead), ReviewAccess::Locked);
    assert!(is_all(&answers(&team.lead, outing), ErrorCode::StepUpFirst));
    assert_eq!(team.lead.session.outings(Nothing {}).unwrap().len(), 1, "dates and states say nothing of anybody");
    assert_eq!(access(&team.member), ReviewAccess::NotLead);
    assert!(is_all(&answers(&team.member, outing), ErrorCode::NotAllowed));
    assert_eq!(step_up(&team.member, REVIEW_PIN), Err(ErrorCode::NotAllowed));

    assert_eq!(step_up(&team.lead, REVIEW_PIN), Ok(ReviewAccess::Open));
    assert!(!answers(&team.lead, outing).contains(&Some(ErrorCode::StepUpFirst)));
}

#[test]
fn closes_with_the_lock_with_the_screen_and_after_five_minutes_d5() {
    let team = Team::at(evening());
    let outing = team.start(&[], &["Z1"]);
    let list = || team.lead.session.night_list(OutingInput { outing_id: outing });
    step_up(&team.lead, REVIEW_PIN).unwrap();
    assert_eq!(team.lead.session.step_down(Nothing {}).unwrap().review, ReviewAccess::Locked);
    assert_eq!(list().unwrap_err().code, ErrorCode::StepUpFirst);

    step_up(&team.lead, REVIEW_PIN).unwrap();
    team.lead.session.lock(Nothing {}).unwrap();
    team.lead.unlock();
    assert_eq!(list().unwrap_err().code, ErrorCode::StepUpFirst);

    step_up(&team.lead, REVIEW_PIN).unwrap();
    for _ in 0..3 {
        team.lead.later(4 * 60);
        assert!(list().is_ok(), "whoever works is not asked again");
    }
    team.lead.later(4 * 60);
    team.lead.save(known(), &[], DetailsInput::default());
    team.lead.later(60);
    assert_eq!(access(&team.lead), ReviewAccess::Locked, "recording is no use of it");
    assert_eq!(list().unwrap_err().code, ErrorCode::StepUpFirst);
}

#[test]
fn counts_tries_at_the_step_up_pin_apart_from_those_at_the_lock() {
    let team = Team::at(evening());
    for _ in 0..4 {
        assert_eq!(step_up(&team.lead, PIN), Err(ErrorCode::WrongSecret), "the unlock PIN opens nothing here");
    }
    let waiting = team.lead.session.step_up(StepUpInput { pin: REVIEW_PIN.into() }).unwrap_err();
    assert_eq!(waiting.code, ErrorCode::MustWait);
    assert!(team.lead.session.status(Nothing {}).unwrap().wait_seconds > 0);
    team.lead.session.lock(Nothing {}).unwrap();
    assert_eq!(team.lead.session.status(Nothing {}).unwrap().wait_seconds, 0);
    team.lead.unlock();
}

#[test]
fn lets_the_lead_choose_the_pin_once_and_only_with_the_unlock_pin() {
    let team = Team::at(evening());
    for name in ["review.a", "review.b", "review.tries"] {
        std::fs::remove_file(team.lead.dir.join(name)).unwrap();
    }
    assert_eq!(access(&team.lead), ReviewAccess::Unset);
    assert_eq!(step_up(&team.lead, REVIEW_PIN), Err(ErrorCode::WrongState));
    let choose = |unlock_pin: &str, review_pin: &str| {
        let input = SetReviewPinInput { unlock_pin: unlock_pin.into(), review_pin: review_pin.into() };
        team.lead.session.set_review_pin(input).map(|view| view.review).map_err(|error| error.code)
    };
    assert_eq!(choose("830591", REVIEW_PIN), Err(ErrorCode::WrongSecret), "whoever holds the phone is not enough");
    assert_eq!(choose(PIN, "6038194"), Err(ErrorCode::WeakSecret), "seven digits");
    assert_eq!(choose(PIN, &format!("60{PIN}")), Err(ErrorCode::WeakSecret), "contains the unlock PIN");
    assert_eq!(access(&team.lead), ReviewAccess::Unset, "nothing was made");
    assert_eq!(choose(PIN, REVIEW_PIN), Ok(ReviewAccess::Open));
    assert_eq!(choose(PIN, "92745518"), Err(ErrorCode::WrongState), "nobody replaces it");
    team.lead.session.step_down(Nothing {}).unwrap();
    assert_eq!(step_up(&team.lead, REVIEW_PIN), Ok(ReviewAccess::Open));
}
