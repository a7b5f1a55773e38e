//! What day staff write is saved, counted once, and held to the rules.

use super::{NewAccess, NewAccompaniment, NewEvent, NewReferral};
use crate::crypto::DataKey;
use crate::entropy::{Entropy, Moment};
use crate::error::{ErrorCode, NotebookError, Result};
use crate::notebook::Notebook;
use crate::programme_new::{NewProgramme, create_programme};
use chrono::NaiveDate;
use domain::contact::TargetGroup;
use domain::desk_record::{DeskTopic, EventType, MinutesBand};
use domain::disclosure::{Recipient, RecipientKind, Threshold};
use domain::ids::{ItemCode, OperatorCode, OrgId, OutingId, ProgrammeId, ReferralId, UnitId};
use domain::indicator::{ReferralTally, Source};
use domain::outing::{OutingType, Weather};
use domain::programme::{BasePeriod, Item, Policy, Programme, Unit};
use domain::referral::{
    AccompanimentOutcome, Consent, ReferralEvent, ReferralOutcome, ReferralState as S, ServiceType, TravelMode, Urgency,
};
use domain::release::make::Wish;
use domain::sync::chain::Bytes;
use domain::sync::correction::{CorrectionReason, DayEntry};
use domain::sync::night_log::{DeskEntry, EventRow, NightLog, OutingRow};
use domain::sync::publish::hash_password;
use domain::time::{IsoWeek, Period};
use domain::validate::RuleId;
use std::collections::BTreeMap;
use uuid::Uuid;

pub(super) fn day(day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 3, day).unwrap()
}

pub(super) fn noon(date: u32) -> Moment {
    Moment::at(day(date).and_hms_opt(12, 0, 0).unwrap().and_utc())
}

fn item(code: &str) -> Item {
    Item { code: ItemCode::new(code), sensitive: false }
}

pub(super) fn programme() -> Programme {
    Programme {
        id: ProgrammeId(uuid::Uuid::from_u128(1)),
        name: "Prova".into(),
        start: day(1),
        end: day(31),
        k_external: Threshold::DEFAULT,
        base_period: BasePeriod::Week,
        orgs: Vec::new(),
        units: vec![Unit { id: UnitId::new("BS-U1"), org: OrgId::new("O") }],
        operators: Vec::new(),
        operator_orgs: BTreeMap::new(),
        retired: domain::programme::Retired::default(),
        zones: Vec::new(),
        nationalities: Vec::new(),
        items: vec![item("condom_ext"), item("leaflet")],
        kits: Vec::new(),
        directory: Vec::new(),
        coordinator_phone: None,
        minor_steps: Vec::new(),
        alias_words: Vec::new(),
        policy: Policy::default(),
    }
}

/// A desk in a folder of its own, which must outlive it.
pub(super) fn desk() -> (Notebook, tempfile::TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let mut entropy = Entropy::seeded_for_simulation(1);
    let key = DataKey::generate(&mut entropy).unwrap();
    let new = NewProgramme {
        programme: programme(),
        server: "http://127.0.0.1:1".into(),
        server_key: Bytes(vec![0; 32]),
        alias_key: None,
    };
    let created = create_programme(folder.path(), &key, new, noon(1), entropy).unwrap();
    (created.notebook, folder)
}

/// A night of the only unit, from nine in the evening on, on which nothing was recorded.
pub(super) fn night_log(id: u128, date: u32) -> NightLog {
    let start_at = noon(date).now + chrono::Duration::hours(9);
    NightLog {
        outing: OutingRow {
            id: OutingId(Uuid::from_u128(id)),
            unit: UnitId::new("BS-U1"),
            outing_type: OutingType::StreetNight,
            date: day(date),
            start_at,
            end_at: start_at + chrono::Duration::hours(4),
            crew: vec![],
            km: None,
            weather: Weather::NotRecorded,
            cancelled: None,
            reviewed_at: start_at + chrono::Duration::hours(14),
            reviewed_by: OperatorCode::new("OP-A"),
        },
        contacts: vec![],
        observations: vec![],
        supplies: vec![],
        leaflets: vec![],
        referrals: vec![],
        follow_ups: vec![],
        accompaniments: vec![],
        incidents: vec![],
        presence: vec![],
        amendments: vec![],
    }
}

fn event(date: u32, state: S) -> ReferralEvent {
    ReferralEvent { date: day(date), state, outcome: None }
}

fn open(desk: &mut Notebook, service_type: ServiceType) -> ReferralId {
    let new = NewReferral {
        opened_on: day(10),
        service_type,
        urgency: Urgency::Routine,
        consent: Consent::Verbal,
        reason: None,
        language_need: None,
        mediator_needed: false,
        accompany_needed: false,
        parent_id: None,
        events: vec![event(10, S::Proposed), event(10, S::Accepted)],
    };
    desk.open_desk_referral(new, noon(15)).unwrap()
}

fn rule_of<T: std::fmt::Debug>(answer: Result<T>) -> RuleId {
    match answer.unwrap_err() {
        NotebookError::Rules(findings) => findings[0].rule,
        other => panic!("{other:?}"),
    }
}

fn week() -> IsoWeek {
    "2026-W11".parse().unwrap()
}

#[test]
fn counts_accesses_and_events_of_the_week() {
    let (mut desk, _folder) = desk();
    for (date, topic) in [(9, DeskTopic::Legal), (15, DeskTopic::Legal), (16, DeskTopic::Medical)] {
        let (target_group, minutes_band) = (TargetGroup::Person, MinutesBand::Under15);
        desk.record_access(NewAccess { date: day(date), topic, target_group, minutes_band }, noon(20)).unwrap();
    }
    let new = NewEvent { date: day(11), event_type: EventType::Citizens, participants: 24, minutes: 90 };
    desk.record_event(new, noon(20)).unwrap();
    let tally = desk.week_tally(week()).unwrap();
    assert_eq!(tally.office.desk_accesses, 2, "the sixteenth belongs to the next week");
    assert_eq!(tally.office.event_participants, 24);
}

#[test]
fn refuses_an_event_outside_its_limits_v29() {
    let (mut desk, _folder) = desk();
    for (participants, minutes) in [(5001, 90), (10, 4), (10, 601)] {
        let new = NewEvent { date: day(11), event_type: EventType::School, participants, minutes };
        assert_eq!(rule_of(desk.record_event(new, noon(20))), RuleId::V29);
    }
    assert!(desk.list_desk_entries().unwrap().is_empty(), "nothing was written");
}

#[test]
fn refuses_a_day_that_is_yet_to_come() {
    let (mut desk, _folder) = desk();
    let new = NewEvent { date: day(12), event_type: EventType::School, participants: 1, minutes: 60 };
    assert!(matches!(desk.record_event(new, noon(11)), Err(NotebookError::InvalidInput(_))));
}

#[test]
fn follows_a_referral_along_the_machine_v20() {
    let (mut desk, _folder) = desk();
    let referral = open(&mut desk, ServiceType::StiClinic);
    desk.follow_up(referral, vec![event(13, S::Attended), event(12, S::Booked)], noon(15)).unwrap();
    let states: Vec<_> =
        desk.records().unwrap().referrals()[&referral].events.iter().map(|event| event.state).collect();
    assert_eq!(states, [S::Proposed, S::Accepted, S::Booked, S::Attended]);
    assert_eq!(rule_of(desk.follow_up(referral, vec![event(14, S::Booked)], noon(15))), RuleId::V20, "after attended");
    assert_eq!(rule_of(desk.follow_up(referral, vec![event(12, S::Booked)], noon(15))), RuleId::V20, "known already");
    assert_eq!(rule_of(desk.follow_up(referral, vec![event(9, S::Booked)], noon(15))), RuleId::V20, "before opening");
    let closed = ReferralEvent { outcome: Some(ReferralOutcome::ServiceReceived), ..event(20, S::Closed) };
    assert_eq!(rule_of(desk.follow_up(referral, vec![closed], noon(15))), RuleId::V20, "in the future");
    assert_eq!(rule_of(desk.follow_up(referral, vec![event(14, S::Closed)], noon(15))), RuleId::V21);
    assert_eq!(desk.list_desk_entries().unwrap().len(), 2, "refused events are not written");
}

#[test]
fn rolls_the_type_up_before_it_is_written() {
    let (mut desk, _folder) = desk();
    let referral = open(&mut desk, ServiceType::PregnancyTermination);
    assert_eq!(desk.records().unwrap().referrals()[&referral].service_type, ServiceType::FamilyClinic);
}

#[test]
fn notes_company_only_where_the_path_allows_it_v36() {
    let (mut desk, _folder) = desk();
    let referral = open(&mut desk, ServiceType::StiClinic);
    let company = |date| NewAccompaniment {
        referral_id: referral,
        date: day(date),
        minutes: 60,
        staff_n: 1,
        mode: TravelMode::Car,
        outcome: AccompanimentOutcome::Done,
    };
    let closed = ReferralEvent { outcome: Some(ReferralOutcome::ServiceReceived), ..event(12, S::Closed) };
    let steps = vec![event(12, S::Accompanied), event(12, S::Attended), closed];
    desk.follow_up(referral, steps, noon(15)).unwrap();
    desk.record_accompaniment(company(12), noon(15)).unwrap();
    let other = open(&mut desk, ServiceType::Serd);
    desk.follow_up(other, vec![event(11, S::Cancelled)], noon(15)).unwrap();
    let late = NewAccompaniment { referral_id: other, ..company(13) };
    assert_eq!(rule_of(desk.record_accompaniment(late, noon(15))), RuleId::V36);
    let tally = desk.week_tally(week()).unwrap();
    assert_eq!((tally.referrals.accompaniments, tally.referrals.accompaniment_minutes), (1, 60));
}

#[test]
fn finds_no_referral_that_has_not_arrived() {
    let (mut desk, _folder) = desk();
    let unknown = ReferralId(uuid::Uuid::from_u128(9));
    let answer = desk.follow_up(unknown, vec![event(12, S::Booked)], noon(15));
    assert_eq!(answer, Err(NotebookError::NotFound("referral")));
}

fn first_week(correct: bool) -> Wish {
    let recipient = Recipient { kind: RecipientKind::Municipality, code: "Brescia".into() };
    Wish { recipient, period: Period::week(week()), correct }
}

#[test]
fn makes_a_release_once_and_every_desk_would_know_it() {
    let (mut desk, _folder) = desk();
    assert_eq!(desk.make_release(&first_week(false), false, noon(15)).unwrap_err().code(), ErrorCode::ReleaseTooEarly);
    let preview = desk.draft_release(&first_week(false), noon(16)).unwrap();
    assert!(desk.list_releases().unwrap().is_empty(), "a preview writes nothing");
    let made = desk.make_release(&first_week(false), false, noon(16)).unwrap();
    assert_eq!(made, preview, "what was shown is what was made");
    let known = desk.list_releases().unwrap();
    assert_eq!((known.len(), &known[0].release), (1, &made.release));
    assert_eq!(known[0].signed.release.0, made.release.to_bytes().unwrap());
    let own = desk.manifest().unwrap().find_device(desk.device()).unwrap().signing_key.0.clone();
    assert_eq!(known[0].signed.verify(&own), Ok(made.release));
    assert_eq!(desk.make_release(&first_week(false), false, noon(17)).unwrap_err().code(), ErrorCode::ReleaseFrozen);
    assert_eq!(desk.make_release(&first_week(true), false, noon(17)).unwrap().release.replaces, Some(1));
}

#[test]
fn a_recipient_keeps_link_and_password() {
    let (mut desk, _folder) = desk();
    let second = Wish { period: Period::week(week().next()), ..first_week(false) };
    let other = Recipient { kind: RecipientKind::Network, code: "rete".into() };
    for wish in [first_week(false), second, Wish { recipient: other, ..first_week(false) }] {
        desk.make_release(&wish, false, noon(31)).unwrap();
    }
    let first = desk.ready_publication(1, false).unwrap();
    let password = first.password.unwrap();
    let hash = hash_password(&password, &first.publication.password.salt.0).unwrap();
    assert_eq!(first.publication.password.hash.0, hash);
    assert!(first.publication.is_sound());
    desk.note_publication(&first.publication, noon(31)).unwrap();
    let again = desk.ready_publication(2, false).unwrap();
    assert!(again.password.is_none());
    assert_eq!(
        (&again.publication.link, &again.publication.password),
        (&first.publication.link, &first.publication.password)
    );
    let renewed = desk.ready_publication(2, true).unwrap();
    assert!(renewed.password.is_some_and(|drawn| drawn != password));
    assert_eq!(renewed.publication.link, first.publication.link, "the link stays");
    let network = desk.ready_publication(3, false).unwrap();
    assert!(network.password.is_some() && network.publication.link != first.publication.link);
    assert_eq!(desk.ready_publication(4, false).unwrap_err(), NotebookError::NotFound("release"));
    desk.note_withdrawal(1, noon(31)).unwrap();
    assert_eq!(desk.ready_publication(1, false).unwrap_err().code(), ErrorCode::ReleaseWithdrawn);
    let known = desk.find_release(1).unwrap();
    assert_eq!((known.published_on, known.withdrawn_on), (Some(day(31)), Some(day(31))));
}

fn entry_of(desk: &Notebook) -> (Source, DayEntry) {
    let stored = desk.list_desk_entries().unwrap().remove(0);
    let source = Source { device: stored.device, sequence: stored.sequence };
    (source, DayEntry::of(&stored.envelope.entry).unwrap())
}

#[test]
fn a_wrong_number_is_corrected_and_the_first_one_stays_written() {
    let (mut desk, _folder) = desk();
    let new = NewEvent { date: day(11), event_type: EventType::School, participants: 200, minutes: 60 };
    desk.record_event(new, noon(12)).unwrap();
    let (place, DayEntry::Event(row)) = entry_of(&desk) else { panic!() };
    let right = |participants| DayEntry::Event(EventRow { participants, ..row.clone() });
    let mut correct = |entry| desk.correct_entry(place, CorrectionReason::Mistyped, entry, noon(13));
    assert_eq!(rule_of(correct(Some(right(5001)))), RuleId::V29);
    correct(Some(right(20))).unwrap();
    correct(Some(right(21))).unwrap();
    correct(None).unwrap();
    assert_eq!(correct(Some(right(20))), Err(NotebookError::NotFound("desk entry")), "it was taken away");
    assert_eq!(desk.week_tally(week()).unwrap().office.event_participants, 0);
    assert_eq!(desk.records().unwrap().written().count(), 4, "nothing was written over");
}

#[test]
fn the_last_step_is_taken_back_and_the_first_one_with_the_referral_v20() {
    let (mut desk, _folder) = desk();
    let referral = open(&mut desk, ServiceType::StiClinic);
    desk.follow_up(referral, vec![event(12, S::Booked), event(13, S::NoShow)], noon(15)).unwrap();
    let states = |desk: &Notebook| -> Vec<S> {
        let paths = desk.records().unwrap().paths();
        paths.get(&referral).map_or_else(Vec::new, |row| row.events.iter().map(|event| event.state).collect())
    };
    for left in [&[S::Proposed, S::Accepted, S::Booked][..], &[S::Proposed, S::Accepted], &[S::Proposed], &[]] {
        desk.take_back_step(referral, CorrectionReason::Misplaced, noon(15)).unwrap();
        assert_eq!(states(&desk), left);
    }
    let again = desk.take_back_step(referral, CorrectionReason::Misplaced, noon(15));
    assert_eq!(again, Err(NotebookError::NotFound("referral")));
}

#[test]
fn a_step_that_somebody_was_accompanied_on_stays_v36() {
    let (mut desk, _folder) = desk();
    let referral = open(&mut desk, ServiceType::StiClinic);
    let company = NewAccompaniment {
        referral_id: referral,
        date: day(12),
        minutes: 60,
        staff_n: 1,
        mode: TravelMode::Car,
        outcome: AccompanimentOutcome::Done,
    };
    let closed = ReferralEvent { outcome: Some(ReferralOutcome::ServiceReceived), ..event(12, S::Closed) };
    let steps = vec![event(12, S::Accompanied), event(12, S::Attended), closed];
    let too_long = NewAccompaniment { minutes: 721, ..company };
    assert!(desk.follow_up_together(steps.clone(), too_long, noon(15)).is_err());
    assert_eq!(desk.list_desk_entries().unwrap().len(), 1, "neither is written unless both may be");
    desk.follow_up_together(steps, company, noon(15)).unwrap();
    for _ in 0..2 {
        desk.take_back_step(referral, CorrectionReason::Mistyped, noon(15)).unwrap();
    }
    assert_eq!(desk.records().unwrap().paths()[&referral].events.len(), 3);
}

#[test]
fn a_path_that_others_broke_keeps_nobody_from_going_on() {
    let (mut desk, _folder) = desk();
    let referral = open(&mut desk, ServiceType::StiClinic);
    desk.follow_up(referral, vec![event(12, S::Booked)], noon(15)).unwrap();
    let broken = DeskEntry::ReferralAdvanced { referral_id: referral, events: vec![event(13, S::Placed)] };
    desk.save_desk_entry(broken).unwrap();
    assert_eq!(rule_of(desk.follow_up(referral, vec![event(14, S::Booked)], noon(15))), RuleId::V20);
    let closed = ReferralEvent { outcome: Some(ReferralOutcome::PlacedElsewhere), ..event(14, S::Closed) };
    desk.follow_up(referral, vec![closed], noon(15)).unwrap();
}

#[test]
fn the_board_knows_what_the_entries_say() {
    let (mut desk, _folder) = desk();
    let (first, second) = (open(&mut desk, ServiceType::StiClinic), open(&mut desk, ServiceType::Serd));
    desk.follow_up(second, vec![event(11, S::Cancelled)], noon(15)).unwrap();
    let company = NewAccompaniment {
        referral_id: first,
        date: day(12),
        minutes: 60,
        staff_n: 1,
        mode: TravelMode::Car,
        outcome: AccompanimentOutcome::ServiceClosed,
    };
    desk.record_accompaniment(company, noon(15)).unwrap();
    let (data, records) = (desk.board_data(week(), day(15), 10).unwrap(), desk.records().unwrap());
    assert_eq!(data.flow, ReferralTally::of(&records, week()));
    assert_eq!((data.ended, data.first_opened), (1, Some(day(10))));
    let paths: BTreeMap<_, _> = data.paths.into_iter().map(|row| (row.id, row)).collect();
    assert_eq!(paths, records.paths());
    let detail = desk.board_detail(&paths[&first]).unwrap();
    assert_eq!((detail.is_last_of_desk, detail.company.len()), (true, 1));
    let waiting = desk.waiting_referrals(day(25)).unwrap();
    assert_eq!((waiting.open, waiting.to_do.silent), (1, 1), "fifteen days without news, and one has ended");
}

#[test]
fn the_week_of_day_staff_holds_what_was_corrected_from_another_week() {
    let (mut desk, _folder) = desk();
    let new = NewEvent { date: day(3), event_type: EventType::School, participants: 20, minutes: 60 };
    desk.record_event(new, noon(12)).unwrap();
    let (place, DayEntry::Event(row)) = entry_of(&desk) else { panic!() };
    let moved = DayEntry::Event(EventRow { date: day(11), ..row });
    desk.correct_entry(place, CorrectionReason::Misplaced, Some(moved), noon(13)).unwrap();
    let records = desk.records_of_week(week()).unwrap();
    assert_eq!(records.events().values().map(|event| event.date).collect::<Vec<_>>(), [day(11)]);
}
