//! Whatever comes, in whatever order and however often: the sums are those of a full count.

use super::{CountProgress, PeopleCount};
use crate::crypto::DataKey;
use crate::desk::board::{Course, rank_open};
use crate::entropy::{Entropy, Moment};
use crate::fixture::{at, programme};
use crate::notebook::Notebook;
use crate::programme_new::{NewProgramme, create_programme};
use crate::store::desk_entry;
use crate::store::meta::{self, MetaKey};
use chrono::{Days, NaiveDate, TimeDelta};
use domain::contact::TargetGroup;
use domain::desk_record::{DeskTopic, EventType, IncidentAction, IncidentSeverity, IncidentType, MinutesBand};
use domain::ids::{
    AccompanimentId, DeskAccessId, DeviceId, EventId, IncidentId, OperatorCode, OutingId, PlanId, ReferralId, UnitId,
};
use domain::indicator::Tally;
use domain::operation::AmendmentReason;
use domain::outing::{CancelReason, OutingType, Weather};
use domain::plan::{PlanState, PlannedRow, plans};
use domain::referral::{
    Accompaniment, AccompanimentOutcome, Consent, ReferralEvent, ReferralOrigin, ReferralState, ServiceType,
    TravelMode, Urgency,
};
use domain::sync::chain::Bytes;
use domain::sync::correction::{CorrectionReason, CorrectionRow, DayEntry};
use domain::sync::night_log::{
    AmendmentRow, DeskAccessRow, DeskEntry, DeskEnvelope, DeskIncidentRow, EventRow, FollowUpRow, NIGHT_LOG_SCHEMA,
    NightLog, OutingRow, PresenceRow, ReferralRow,
};
use domain::time::{IsoWeek, Period, Span, operational_date};
use proptest::prelude::*;
use std::collections::BTreeSet;
use uuid::Uuid;

/// Small numbers, one after the other.
struct Draw(u64);

impl Draw {
    fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % end
    }

    fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        from[self.below(from.len() as u64) as usize]
    }
}

fn desk() -> (Notebook, tempfile::TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let mut entropy = Entropy::seeded_for_simulation(1);
    let key = DataKey::generate(&mut entropy).unwrap();
    let new = NewProgramme {
        programme: programme(),
        server: "http://127.0.0.1:1".into(),
        server_key: Bytes(vec![0; 32]),
        alias_key: None,
    };
    (create_programme(folder.path(), &key, new, at(0), entropy).unwrap().notebook, folder)
}

fn deliver(desk: &mut Notebook, (device, sequence, entry): &(u64, u64, DeskEntry)) {
    let envelope = DeskEnvelope { schema: NIGHT_LOG_SCHEMA, sequence: *sequence, entry: entry.clone() };
    let json = serde_json::to_vec(&envelope).unwrap();
    let transaction = desk.store.transaction().unwrap();
    desk_entry::insert(&transaction, DeviceId(Uuid::from_u128((*device).into())), &envelope, &json).unwrap();
    transaction.commit().unwrap();
}

/// Around the end of a year that has 53 weeks.
fn date(draw: &mut Draw) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 12, 10).unwrap() + Days::new(draw.below(40))
}

fn event(draw: &mut Draw) -> ReferralEvent {
    let state = draw.pick(ReferralState::ALL);
    ReferralEvent { date: date(draw), state, outcome: None }
}

fn referral(draw: &mut Draw) -> ReferralRow {
    let opened_on = date(draw);
    ReferralRow {
        id: ReferralId(Uuid::from_u128(draw.below(6).into())),
        origin: ReferralOrigin::Desk,
        opened_on,
        service_type: draw.pick(&[ServiceType::StiClinic, ServiceType::EmergencyShelter, ServiceType::Court]),
        urgency: draw.pick(Urgency::ALL),
        reason: None,
        language_need: None,
        mediator_needed: false,
        accompany_needed: false,
        consent: Consent::Verbal,
        parent_id: (draw.below(2) == 0).then(|| ReferralId(Uuid::from_u128(draw.below(6).into()))),
        events: (0..draw.below(3)).map(|_| event(draw)).collect(),
    }
}

fn accompaniment(draw: &mut Draw) -> Accompaniment {
    Accompaniment {
        id: AccompanimentId(Uuid::from_u128(draw.below(4).into())),
        referral_id: ReferralId(Uuid::from_u128(draw.below(6).into())),
        date: date(draw),
        minutes: 30,
        staff_n: 1,
        mode: TravelMode::Car,
        outcome: draw.pick(AccompanimentOutcome::ALL),
    }
}

fn night(draw: &mut Draw) -> NightLog {
    let day = date(draw);
    let start_at = day.and_hms_opt(21, 0, 0).unwrap().and_utc();
    let end_at = start_at + TimeDelta::minutes(draw.below(400).cast_signed());
    let amendments = (1..=draw.below(3))
        .map(|number| AmendmentRow {
            number: u16::try_from(number).unwrap(),
            by: OperatorCode::new("OP-A"),
            date: date(draw),
            reason: AmendmentReason::ALL[0],
        })
        .collect();
    NightLog {
        outing: OutingRow {
            id: OutingId(Uuid::from_u128(draw.below(5).into())),
            unit: UnitId::new(draw.pick(&["U1", "U2"])),
            outing_type: draw.pick(OutingType::ALL),
            date: operational_date(start_at),
            start_at,
            end_at,
            crew: Vec::new(),
            km: Some(3),
            weather: Weather::Clear,
            cancelled: (draw.below(5) == 0).then_some(CancelReason::Staff),
            reviewed_at: end_at + TimeDelta::hours(draw.below(3).cast_signed()),
            reviewed_by: OperatorCode::new("OP-A"),
        },
        contacts: Vec::new(),
        observations: Vec::new(),
        supplies: Vec::new(),
        leaflets: Vec::new(),
        referrals: (0..draw.below(3)).map(|_| referral(draw)).collect(),
        follow_ups: (0..draw.below(3))
            .map(|_| FollowUpRow { referral_id: ReferralId(Uuid::from_u128(draw.below(6).into())), event: event(draw) })
            .collect(),
        accompaniments: (0..draw.below(2)).map(|_| accompaniment(draw)).collect(),
        incidents: Vec::new(),
        presence: (0..draw.below(4))
            .map(|_| PresenceRow {
                token: format!("{:032x}", draw.below(6)).parse().unwrap(),
                bits: u8::try_from(draw.below(8)).unwrap(),
            })
            .collect(),
        amendments,
    }
}

fn day_entry(draw: &mut Draw) -> DayEntry {
    match draw.below(6) {
        0 => DayEntry::ReferralOpened(referral(draw)),
        1 => DayEntry::ReferralAdvanced {
            referral_id: ReferralId(Uuid::from_u128(draw.below(6).into())),
            events: (0..draw.below(3)).map(|_| event(draw)).collect(),
        },
        2 => DayEntry::Accompanied(accompaniment(draw)),
        3 => DayEntry::DeskAccess(DeskAccessRow {
            id: DeskAccessId(Uuid::from_u128(draw.below(4).into())),
            date: date(draw),
            topic: draw.pick(DeskTopic::ALL),
            target_group: TargetGroup::Person,
            minutes_band: MinutesBand::Under15,
        }),
        4 => DayEntry::Event(EventRow {
            id: EventId(Uuid::from_u128(draw.below(3).into())),
            date: date(draw),
            event_type: EventType::School,
            participants: 7,
            minutes: 60,
        }),
        _ => DayEntry::Incident(DeskIncidentRow {
            id: IncidentId(Uuid::from_u128(draw.below(3).into())),
            date: date(draw),
            incident_type: draw.pick(IncidentType::ALL),
            severity: IncidentSeverity::Low,
            action: IncidentAction::None,
            debrief_needed: false,
        }),
    }
}

fn planned(draw: &mut Draw) -> PlannedRow {
    let reason = CancelReason::Weather;
    PlannedRow {
        id: PlanId(Uuid::from_u128(draw.below(3).into())),
        revision: u32::try_from(draw.below(3)).unwrap(),
        unit: UnitId::new("U1"),
        outing_type: OutingType::StreetNight,
        date: date(draw),
        state: draw.pick(&[PlanState::Planned, PlanState::Withdrawn, PlanState::Cancelled { reason }]),
    }
}

/// Entries of three devices; ids so few that they meet, corrections of what may be there.
fn entries(draw: &mut Draw) -> Vec<(u64, u64, DeskEntry)> {
    (1..=18)
        .map(|sequence| {
            let entry = match draw.below(12) {
                0..4 => DeskEntry::NightLog(night(draw)),
                4..8 => day_entry(draw).into(),
                8..10 => DeskEntry::Planned((0..=draw.below(2)).map(|_| planned(draw)).collect()),
                _ => DeskEntry::Corrected(CorrectionRow {
                    device: DeviceId(Uuid::from_u128(draw.below(3).into())),
                    sequence: draw.below(18) + 1,
                    number: u16::try_from(draw.below(3)).unwrap(),
                    on: date(draw),
                    reason: CorrectionReason::Mistyped,
                    entry: (draw.below(3) > 0).then(|| day_entry(draw)),
                }),
            };
            (draw.below(3), sequence, entry)
        })
        .collect()
}

fn assert_equal(desk: &Notebook, what: &str) {
    let records = desk.records().unwrap();
    let first: IsoWeek = "2026-W49".parse().unwrap();
    let weeks: Vec<IsoWeek> = std::iter::successors(Some(first), |week| Some(week.next())).take(20).collect();
    let runs = [(3, 17), (0, 1), (8, 8), (21, 60), (25, 31)].map(|(from, to)| {
        let first = first.monday();
        Span::new(first + Days::new(from), first + Days::new(to)).unwrap()
    });
    let month = Span::from(Period::Month { month: "2026-12".parse().unwrap() });
    for span in weeks.iter().map(|week| Span::from(*week)).chain(runs).chain([month]) {
        let tally = Tally::of(&records, span);
        let PeopleCount { contacts, unique_min, unique_max } = desk.people(span).unwrap();
        let people = (tally.nights.contacts, tally.unique_min, tally.unique_max);
        assert_eq!((contacts, unique_min, unique_max), people, "{what}: {span:?}");
        assert_eq!(desk.tally(span).unwrap(), tally, "{what}: {span:?}");
        let planned = desk.planned(span).unwrap();
        let expected = plans(&records).into_iter().filter(|(_, row)| span.contains(row.date));
        assert!(plans(&planned).into_iter().eq(expected), "{what}: {span:?}");
    }
    for (point, week) in desk.trend(weeks[19], 20, None).unwrap().into_iter().zip(&weeks) {
        let tally = Tally::of(&records, *week);
        let kept = (point.week, point.outings, point.unique_min, point.unique_max, point.referrals_opened);
        let counted = (*week, tally.outings, tally.unique_min, tally.unique_max, tally.referrals.referrals_opened);
        assert_eq!(kept, counted, "{what}");
        let kept = (point.minutes, point.km, point.accompaniments, point.desk_accesses);
        let Tally { nights, referrals, office, .. } = tally;
        assert_eq!(kept, (nights.minutes, nights.km, referrals.accompaniments, office.desk_accesses), "{what}");
    }
    let paths = records.paths();
    for id in (0..6).map(|id| ReferralId(Uuid::from_u128(id))) {
        assert_eq!(desk.referral(id).unwrap().as_ref(), paths.get(&id), "{what}");
        let children = || paths.values().filter(|row| row.parent_id == Some(id)).map(|row| row.id);
        let Some(path) = paths.get(&id) else { continue };
        let kept: BTreeSet<_> = desk.board_detail(path).unwrap().children.into_iter().collect();
        assert_eq!(kept, children().collect(), "{what}");
    }
    let mut counted = records.clone();
    desk.lost_rule().unwrap().into_iter().for_each(|rule| counted.lose_silent(rule));
    let courses = counted.referrals().into_iter().map(|(id, row)| (id, Course::of(&row)));
    let open: Vec<_> = courses.filter(|(_, course)| course.ended_on.is_none()).collect();
    let today = weeks[19].sunday();
    assert_eq!(desk.waiting_referrals(today).unwrap(), rank_open(open, today).0, "{what}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn keeps_the_sums_of_a_full_count(seed in any::<u64>()) {
        let mut draw = Draw(seed);
        let (mut desk, _folder) = desk();
        let mut left = entries(&mut draw);
        let look = |day: u32| Moment::at(NaiveDate::from_ymd_opt(2027, 2, day).unwrap().and_hms_opt(12, 0, 0).unwrap().and_utc());
        while !left.is_empty() {
            for _ in 0..=draw.below(6) {
                if !left.is_empty() {
                    let entry = left.swap_remove(draw.below(left.len() as u64) as usize);
                    deliver(&mut desk, &entry);
                    deliver(&mut desk, &entry);
                }
            }
            if draw.below(2) == 0 {
                let seen = look(u32::try_from(draw.below(28)).unwrap() + 1).now;
                meta::put_json(desk.store.connection(), MetaKey::DeskLook, &seen).unwrap();
            }
            assert_equal(&desk, "as they came");
        }
        let mut progress = Vec::new();
        desk.recount(|step| progress.push(step)).unwrap();
        prop_assert_eq!(progress.last(), Some(&CountProgress { done: 18, of: 18 }));
        assert_equal(&desk, "made anew");
        prop_assert_eq!(desk.check_sums(|_| {}).unwrap(), vec![]);
    }
}

#[test]
fn finds_what_is_kept_and_is_not_what_the_entries_say() {
    let mut draw = Draw(7);
    let (mut desk, _folder) = desk();
    let some = NightLog {
        presence: vec![PresenceRow { token: format!("{:032x}", 3).parse().unwrap(), bits: 1 }],
        ..night(&mut draw)
    };
    let log = NightLog { outing: OutingRow { cancelled: None, ..some.outing.clone() }, ..some };
    let opened = ReferralRow { opened_on: log.outing.date, events: Vec::new(), ..referral(&mut draw) };
    let week = IsoWeek::of(log.outing.date);
    deliver(&mut desk, &(1, 1, DeskEntry::NightLog(log)));
    deliver(&mut desk, &(1, 2, DeskEntry::ReferralOpened(opened)));
    assert_eq!(desk.check_sums(|_| {}).unwrap(), []);
    for change in [
        "UPDATE counted_region SET sums = CAST(replace(CAST(sums AS TEXT), '\"km\":3', '\"km\":4') AS BLOB)",
        "UPDATE counted_night_sums SET sums = CAST(replace(CAST(sums AS TEXT), '\"km\":3', '\"km\":4') AS BLOB)",
        "UPDATE counted_night_sums SET people = x''",
        "UPDATE counted_night_log SET json = CAST(replace(CAST(json AS TEXT), '\"km\":3', '\"km\":4') AS BLOB)",
        "UPDATE counted_people SET people = x'0501'",
        "UPDATE counted_week SET km = km + 1 WHERE unit <> ''",
        "UPDATE counted_week SET referrals_opened = 7 WHERE unit = ''",
        "DELETE FROM counted_referral_week",
        "UPDATE counted_referral SET state = state + 1",
        "UPDATE counted_referral SET parent = zeroblob(16)",
    ] {
        assert_ne!(desk.store.connection().execute(change, []).unwrap(), 0, "{change}");
        let found = desk.check_sums(|_| {}).unwrap();
        assert!(found.iter().any(|unequal| unequal.0 == week), "{change}");
        assert_eq!(desk.check_recent_sums().unwrap(), found);
        desk.recount(|_| {}).unwrap();
        assert_eq!(desk.check_sums(|_| {}).unwrap(), [], "{change}");
    }
}

#[test]
fn makes_the_sums_anew_when_the_programme_loses_referrals_sooner() {
    let (mut desk, _folder) = desk();
    let mut draw = Draw(11);
    let row = ReferralRow { events: Vec::new(), ..referral(&mut draw) };
    deliver(&mut desk, &(1, 1, DeskEntry::ReferralOpened(row)));
    desk.count_all(|_| {}).unwrap();
    assert!(super::is_current(desk.store.connection(), desk.lost_after()).unwrap());
    assert!(!super::is_current(desk.store.connection(), 30).unwrap());
    let transaction = desk.store.transaction().unwrap();
    super::take_in_some(&transaction, 30).unwrap();
    transaction.commit().unwrap();
    assert!(super::is_current(desk.store.connection(), 30).unwrap());
}

#[test]
fn a_file_of_the_first_schema_is_counted_anew() {
    let (mut desk, folder) = desk();
    let mut draw = Draw(11);
    let row = ReferralRow { events: Vec::new(), ..referral(&mut draw) };
    deliver(&mut desk, &(1, 1, DeskEntry::ReferralOpened(row)));
    let first = include_str!("../store/migrations/0001_first.sql");
    let (_, table) = first.split_once("CREATE TABLE counted_referral (").unwrap();
    let (table, _) = table.split_once("CREATE TABLE counted_referral_week").unwrap();
    let connection = desk.store.connection();
    let old = format!("DROP TABLE counted_referral; CREATE TABLE counted_referral ({table} PRAGMA user_version = 1;");
    connection.execute_batch(&old).unwrap();
    let through = serde_json::json!({ "form": 2, "codes": 0, "row": 1, "lost_after": 60 });
    meta::put_json(connection, MetaKey::CountedThrough, &through).unwrap();
    drop(desk);
    let desk = Notebook::open(
        folder.path(),
        &DataKey::generate(&mut Entropy::seeded_for_simulation(1)).unwrap(),
        Entropy::system(),
    )
    .unwrap();
    assert_equal(&desk, "after the change of schema");
    assert_eq!(desk.open_referrals().unwrap().len(), 1);
}
