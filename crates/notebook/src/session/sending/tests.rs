use super::*;
use crate::fixture::{Team, at, contact, opened};
use chrono::{DateTime, NaiveDate, Utc};
use domain::ids::OperatorCode;
use domain::operation::{Scope, SignOff};
use domain::sync::chain::Digest;
use domain::sync::error::RefusalCode;
use domain::sync::night_log::{DeskEntry, NightLog};
use domain::sync::receipt::RefusedOperation;
use domain::sync::{ProjectionContext, project};
use domain::time::operational_date;
use uuid::Uuid;

const OUTING: OutingId = OutingId(Uuid::from_u128(1));

/// A lead's phone with an opened outing and two contacts: three operations.
fn night(team: &Team) -> Notebook {
    let mut phone = team.lead.open();
    let device = phone.device();
    phone.save(opened(1), None, at(0), None).unwrap();
    for number in [100, 101] {
        phone.save(contact(1, number, device, "AIRONE-12", 2), None, at(1), None).unwrap();
    }
    phone
}

fn sign(phone: &mut Notebook) {
    let log = sign_only(phone);
    phone.save_desk_entry(DeskEntry::NightLog(log)).unwrap();
}

/// The signature alone, as a crash leaves it; gives the night log that should follow.
fn sign_only(phone: &mut Notebook) -> NightLog {
    let mut state = phone.outing_state(OUTING, Scope::Everything).unwrap().unwrap();
    let by = OperatorCode::new("OP-A");
    let sign_off = SignOff {
        by: by.clone(),
        at: at(300).now,
        included: phone.list_included(OUTING).unwrap(),
        digest: Digest::of(&[]),
    };
    state.outing.end_at = Some(at(299).now);
    state.outing.reviewed_at = Some(sign_off.at);
    state.outing.reviewed_by = Some(by);
    let key = phone.alias_key(operational_date(state.outing.start_at)).unwrap();
    let log = project(&state, ProjectionContext { alias_key: &key }).unwrap();
    phone.save(Body::OutingSignedOff { outing_id: OUTING, sign_off }, None, at(300), None).unwrap();
    log
}

fn received_at() -> DateTime<Utc> {
    at(400).now
}

fn after_receipt(team: &Team, phone: &mut Notebook, stored: u64, backed_up: u64) -> SendView {
    let receipt = team.receipt(phone.journal(), stored, backed_up, received_at());
    phone.journal_mut().record_receipt(&receipt).unwrap();
    send_view(phone, OUTING).unwrap()
}

#[test]
fn counts_only_what_a_receipt_covers() {
    let team = Team::new();
    let mut phone = night(&team);
    let view = send_view(&phone, OUTING).unwrap();
    assert_eq!((view.state, view.total, view.received, view.received_at), (SendState::Local, 3, 0, None));
    assert_eq!((view.contacts, view.observations, view.referrals), (2, 0, 0));

    let some = after_receipt(&team, &mut phone, 2, 0);
    assert_eq!((some.state, some.received, some.backed_up), (SendState::Waiting, 2, 0));
    let all = after_receipt(&team, &mut phone, 3, 1);
    assert_eq!((all.state, all.received, all.backed_up), (SendState::Received, 3, 1));
    assert_eq!(all.received_at, Some(local_clock(received_at())));

    let device = phone.device();
    phone.save(contact(1, 102, device, "AIRONE-12", 2), None, at(2), None).unwrap();
    assert_eq!(send_view(&phone, OUTING).unwrap().state, SendState::Waiting, "one more is only here");
}

#[test]
fn an_operation_set_aside_is_shown_and_not_counted_as_received() {
    let team = Team::new();
    let mut phone = night(&team);
    let mut receipt = team
        .receipt(phone.journal(), 3, 3, received_at())
        .verify(&phone.journal().server_key().unwrap().unwrap())
        .unwrap();
    receipt.refused = vec![RefusedOperation { sequence: 2, code: RefusalCode::TooLarge }];
    phone.journal_mut().record_receipt(&team.sign_receipt(&receipt)).unwrap();
    let view = send_view(&phone, OUTING).unwrap();
    assert_eq!((view.state, view.refused, view.received, view.backed_up), (SendState::Attention, 1, 2, 2));
}

#[test]
fn a_signed_outing_is_received_with_its_night_log_and_forgotten_only_after_its_copy() {
    let team = Team::new();
    let mut phone = night(&team);
    sign(&mut phone);
    assert_eq!(phone.journal().len().unwrap(), 5, "three records, the signature, the night log");

    let without_log = after_receipt(&team, &mut phone, 4, 4);
    assert_eq!((without_log.state, without_log.received), (SendState::Waiting, 4));
    assert_eq!((without_log.night_log_received, without_log.forget_on), (false, None));

    let without_copy = after_receipt(&team, &mut phone, 5, 4);
    assert_eq!((without_copy.state, without_copy.night_log_received), (SendState::Received, true));
    assert_eq!(without_copy.forget_on, None, "the only copy of the log is on the server's own disk");

    let with_copy = after_receipt(&team, &mut phone, 5, 5);
    let day = NaiveDate::from_ymd_opt(2026, 3, 19).unwrap();
    assert_eq!(with_copy.forget_on, Some(day), "seven days after the receipt");
}

#[test]
fn a_signature_without_its_night_log_does_not_count_as_received() {
    let team = Team::new();
    let mut phone = night(&team);
    let log = sign_only(&mut phone);
    let signed = after_receipt(&team, &mut phone, 4, 4);
    assert_eq!((signed.state, signed.received, signed.total), (SendState::Waiting, 4, 4));
    assert_eq!((signed.night_log_received, signed.forget_on), (false, None));
    phone.save_desk_entry(DeskEntry::NightLog(log)).unwrap();
    assert_eq!(after_receipt(&team, &mut phone, 5, 4).state, SendState::Received);
}

#[test]
fn wakes_the_worker_and_ends_it() {
    let signal = Signal::default();
    signal.wake();
    assert_eq!(signal.wait(Duration::from_secs(3_600)), Some(Rest::Woken), "woken before it waited");
    assert_eq!(signal.wait(Duration::ZERO), Some(Rest::Undisturbed), "nobody woke it, and its time is over");
    signal.end();
    assert_eq!(signal.wait(Duration::from_secs(3_600)), None);
}
