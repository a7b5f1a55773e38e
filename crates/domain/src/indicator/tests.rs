use super::*;
use crate::alias::PersonToken;
use crate::contact::{
    AgeBand, Concern, ContactKind, ContactMode, Depth, Flag, Gender, GroupCell, Language, TargetGroup,
};
use crate::disclosure::{Cell, Threshold};
use crate::ids::{
    AccompanimentId, ContactId, DeviceId, NationalityCode, ObservationId, OperatorCode, OutingId, ReferralId, UnitId,
    ZoneCode,
};
use crate::observation::ObservationReason;
use crate::operation::AmendmentReason;
use crate::outing::{CancelReason, CrewMember, CrewRole, OutingType, Weather};
use crate::programme::{BasePeriod, Policy, Programme};
use crate::referral::{
    Accompaniment, AccompanimentOutcome, Consent, ReferralEvent, ReferralOrigin, ReferralState, ServiceType,
    TravelMode, Urgency,
};
use crate::sync::night_log::{
    AmendmentRow, ContactRow, DeskEntry, FollowUpRow, NightLog, ObservationRow, OutingRow, PresenceRow, ReferralRow,
};
use crate::time::{IsoWeek, Period, SlotBand};
use chrono::{DateTime, Duration, NaiveDate, Utc};
use proptest::prelude::*;
use std::collections::BTreeSet;
use uuid::Uuid;

mod correction;
mod spans;

const W11: &str = "2026-W11";

fn w11() -> Period {
    Period::week(W11.parse().expect("week"))
}

fn day(text: &str) -> NaiveDate {
    text.parse().expect("date")
}

fn night(number: u128, start: &str, minutes: i64) -> NightLog {
    let start_at: DateTime<Utc> = start.parse().expect("instant");
    let end_at = start_at + Duration::minutes(minutes);
    NightLog {
        outing: OutingRow {
            id: OutingId(Uuid::from_u128(number)),
            unit: UnitId::new("BS-U1"),
            outing_type: OutingType::StreetNight,
            date: crate::time::operational_date(start_at),
            start_at,
            end_at,
            crew: ["OP-A", "OP-B"]
                .map(|code| CrewMember { operator: OperatorCode::new(code), role: CrewRole::Operator })
                .into(),
            km: Some(30),
            weather: Weather::Clear,
            cancelled: None,
            reviewed_at: end_at + Duration::hours(10),
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

fn thursday() -> NightLog {
    night(1, "2026-03-12T20:30:00Z", 300)
}

fn person(number: u128) -> ContactRow {
    ContactRow {
        id: ContactId(Uuid::from_u128(number)),
        mode: ContactMode::Individual,
        target_group: TargetGroup::Person,
        n_persons: 1,
        zone: ZoneCode::new("Z1"),
        slot_band: SlotBand::LateEvening,
        kind: ContactKind::Returning,
        gender: Gender::Woman,
        age_band: AgeBand::From25To34,
        nationality: NationalityCode::new("RO"),
        language: Language::Ro,
        depth: Depth::Brief,
        services: BTreeSet::new(),
        linked_count: 0,
        group_cells: vec![],
        concern: Concern::NotAssessed,
        flags: BTreeSet::new(),
        repeat_in_outing: false,
        notice_given: false,
    }
}

fn token(number: u128) -> PersonToken {
    format!("{number:032x}").parse().expect("token")
}

fn records(entries: impl IntoIterator<Item = DeskEntry>) -> Records {
    let mut records = Records::default();
    for (entry, sequence) in entries.into_iter().zip(1..) {
        records.add(Source { device: DeviceId(Uuid::nil()), sequence }, entry);
    }
    records
}

fn tally(logs: impl IntoIterator<Item = NightLog>) -> Tally {
    Tally::of(&records(logs.into_iter().map(DeskEntry::NightLog)), w11())
}

fn referral(number: u128, service_type: ServiceType, events: &[(&str, ReferralState)]) -> ReferralRow {
    ReferralRow {
        id: ReferralId(Uuid::from_u128(number)),
        origin: ReferralOrigin::Desk,
        opened_on: day(events[0].0),
        service_type,
        urgency: Urgency::Routine,
        reason: None,
        language_need: None,
        mediator_needed: false,
        accompany_needed: false,
        consent: Consent::Verbal,
        parent_id: None,
        events: events.iter().map(|(date, state)| event(date, *state)).collect(),
    }
}

fn event(date: &str, state: ReferralState) -> ReferralEvent {
    ReferralEvent { date: day(date), state, outcome: None }
}

#[test]
fn i05_counts_a_group_without_composition_as_not_recorded() {
    let mut log = thursday();
    log.contacts = vec![ContactRow { mode: ContactMode::Group, n_persons: 5, ..person(1) }];
    let tally = tally([log]);
    assert_eq!((tally.nights.contacts, tally.nights.contact_events, tally.nights.groups), (5, 1, 1));
    assert_eq!(of(&tally.nights.age, &AgeBand::NotRecorded), 5);
    assert_eq!((tally.distinct_linked, tally.unique_max), (0, 5), "nobody of them is linked");
}

#[test]
fn i05_leaves_out_clients_and_repeats() {
    let mut log = thursday();
    log.contacts = vec![
        person(1),
        ContactRow { repeat_in_outing: true, linked_count: 1, ..person(2) },
        ContactRow { target_group: TargetGroup::Client, kind: ContactKind::NotApplicable, ..person(3) },
        ContactRow { target_group: TargetGroup::Resident, kind: ContactKind::NotApplicable, ..person(4) },
    ];
    let tally = tally([log]);
    assert_eq!((tally.nights.contacts, tally.nights.contact_events, tally.nights.client_contacts), (1, 2, 1));
    assert_eq!((tally.nights.linked, tally.nights.unlinked), (0, 1), "an alias on a repeat links nobody anew");
}

#[test]
fn i09_stays_between_the_largest_outing_and_everybody() {
    let mut first = thursday();
    first.contacts = (0..6).map(person).collect();
    first.contacts[0].linked_count = 1;
    first.presence = vec![PresenceRow { token: token(1), bits: 0 }];
    let mut second = night(2, "2026-03-14T20:30:00Z", 300);
    second.contacts = vec![ContactRow { linked_count: 1, ..person(10) }];
    second.presence = first.presence.clone();
    let tally = tally([first, second]);
    assert_eq!(tally.distinct_linked, 1);
    assert_eq!((tally.unique_min, tally.unique_max), (6, 6), "the linked person came on both nights");
}

#[test]
fn i01_counts_cancelled_outings_apart() {
    let mut log = thursday();
    log.outing.cancelled = Some(CancelReason::Weather);
    log.contacts = vec![person(1)];
    let tally = tally([log]);
    assert_eq!((tally.outings, tally.nights.contacts, tally.nights.minutes), (0, 0, 0));
    assert_eq!(of(&tally.outings_cancelled, &CancelReason::Weather), 1);
}

#[test]
fn i02_is_right_on_the_night_of_the_clock_change() {
    let start = "2026-03-28T20:30:00Z".parse::<DateTime<Utc>>().expect("instant");
    let log = night(1, "2026-03-28T20:30:00Z", 300);
    assert_eq!(crate::time::local_clock(start + Duration::minutes(300)), "03:30");
    let records = records([DeskEntry::NightLog(log)]);
    let week: IsoWeek = "2026-W13".parse().expect("week");
    assert_eq!(Tally::of(&records, Period::week(week)).nights.operator_minutes, 600);
}

#[test]
fn counts_a_sunday_night_in_its_week() {
    let sunday = night(1, "2026-03-15T21:00:00Z", 240);
    assert_eq!(tally([sunday]).outings, 1);
    let monday = night(2, "2026-03-15T23:30:00Z", 60); // half past midnight on Monday
    assert_eq!(tally([monday]).outings, 0);
}

#[test]
fn v32_counts_the_amended_version_once() {
    let signed = NightLog { contacts: vec![person(1)], ..thursday() };
    let mut amended = NightLog { contacts: vec![person(1), person(2)], ..thursday() };
    let reason = AmendmentReason::LateDevice;
    amended.amendments =
        vec![AmendmentRow { number: 1, by: OperatorCode::new("OP-A"), date: day("2026-03-18"), reason }];
    for logs in [[signed.clone(), amended.clone()], [amended, signed]] {
        let records = records(logs.map(DeskEntry::NightLog));
        let tally = Tally::of(&records, w11());
        assert_eq!((tally.outings, tally.nights.contacts, tally.amendments), (1, 2, 0));
        let w12 = Period::week("2026-W12".parse().expect("week"));
        assert_eq!(Tally::of(&records, w12).amendments, 1, "a rettifica counts when it is made");
    }
}

#[test]
fn i16_joins_what_night_and_day_staff_noted() {
    use ReferralState as S;
    let opened = referral(1, ServiceType::StiClinic, &[("2026-03-12", S::Proposed), ("2026-03-12", S::Accepted)]);
    let id = opened.id;
    let mut log = NightLog { referrals: vec![opened], ..thursday() };
    log.follow_ups =
        vec![FollowUpRow { referral_id: ReferralId(Uuid::from_u128(99)), event: event("2026-03-12", S::Lost) }];
    // Day staff's entries arrive before the night, and within the day out of order.
    let advanced = |state| DeskEntry::ReferralAdvanced { referral_id: id, events: vec![event("2026-03-13", state)] };
    let records = records([advanced(S::Accompanied), advanced(S::Booked), DeskEntry::NightLog(log)]);
    let states: Vec<ReferralState> = records.referrals()[&id].events.iter().map(|event| event.state).collect();
    assert_eq!(states, [S::Proposed, S::Accepted, S::Booked, S::Accompanied]);
    let tally = Tally::of(&records, w11()).referrals;
    assert_eq!((tally.referrals_opened, tally.referrals_open_end), (1, 1));
    assert_eq!(tally.referral_events_waiting, 1, "an event of a referral that has not come yet");
    assert_eq!(of(&tally.referral_events, &S::Lost), 0);
}

#[test]
fn i16_counts_a_new_appointment_as_an_event_of_its_own() {
    use ReferralState as S;
    let events = [
        ("2026-03-12", S::Proposed),
        ("2026-03-12", S::Accepted),
        ("2026-03-13", S::Booked),
        ("2026-03-14", S::Booked),
    ];
    let row = referral(1, ServiceType::StiClinic, &events);
    let tally = Tally::of(&records([DeskEntry::ReferralOpened(row)]), w11()).referrals;
    assert_eq!(of(&tally.referral_events, &S::Booked), 2);
}

#[test]
fn i16_counts_a_step_once_that_night_and_desk_both_noted() {
    use ReferralState as S;
    let opened = referral(1, ServiceType::StiClinic, &[("2026-03-12", S::Proposed), ("2026-03-12", S::Accepted)]);
    let referral_id = opened.id;
    let booked = event("2026-03-13", S::Booked);
    let follow_ups = vec![FollowUpRow { referral_id, event: booked }];
    let night = NightLog { referrals: vec![opened], follow_ups, ..thursday() };
    let at_desk = DeskEntry::ReferralAdvanced { referral_id, events: vec![booked, event("2026-03-14", S::Attended)] };
    let records = records([DeskEntry::NightLog(night), at_desk]);
    let states: Vec<ReferralState> = records.referrals()[&referral_id].events.iter().map(|event| event.state).collect();
    assert_eq!(states, [S::Proposed, S::Accepted, S::Booked, S::Attended]);
    assert_eq!(of(&Tally::of(&records, w11()).referrals.referral_events, &S::Booked), 1);
}

#[test]
fn i16b_measures_completion_thirty_days_after_the_period() {
    use ReferralState as S;
    let opened = [("2026-03-12", S::Proposed), ("2026-03-12", S::Accepted)];
    let rows = [("2026-04-14", 1), ("2026-04-15", 0)].map(|(attended, completed)| {
        let row = referral(1, ServiceType::StiClinic, &[opened[0], opened[1], (attended, S::Attended)]);
        (row, completed)
    });
    for (row, completed) in rows {
        let tally = Tally::of(&records([DeskEntry::ReferralOpened(row)]), w11()).referrals;
        assert_eq!(total(&tally.referrals_completed_by_macro), completed);
    }
}

#[test]
fn i17_counts_done_accompaniments_and_the_referrals_they_served() {
    let accompaniment = |number, outcome| Accompaniment {
        id: AccompanimentId(Uuid::from_u128(number)),
        referral_id: ReferralId(Uuid::from_u128(1)),
        date: day("2026-03-13"),
        minutes: 40,
        staff_n: 1,
        mode: TravelMode::OnFoot,
        outcome,
    };
    let done = AccompanimentOutcome::Done;
    let all = [accompaniment(1, done), accompaniment(2, done), accompaniment(3, AccompanimentOutcome::PersonAbsent)];
    let tally = Tally::of(&records(all.map(DeskEntry::Accompanied)), w11()).referrals;
    assert_eq!((tally.accompaniments, tally.accompaniment_minutes, tally.accompanied_referrals), (2, 80, 1));
}

#[test]
fn i19_and_i27_count_marks_and_minors_apart() {
    let mut log = thursday();
    log.contacts = vec![
        ContactRow { flags: BTreeSet::from([Flag::ExitRequest]), ..person(1) },
        ContactRow { age_band: AgeBand::Under18Presumed, flags: BTreeSet::from([Flag::MinorProtocol]), ..person(2) },
    ];
    log.observations = vec![observation(1, 3, 2)];
    let nights = tally([log]).nights;
    assert_eq!((nights.exit_requests, nights.minor_protocol), (1, 1));
    assert_eq!((nights.presumed_minors, nights.observed_minors, nights.observed), (1, 2, 3));
}

fn observation(number: u128, n: u16, apparent_minor: u16) -> ObservationRow {
    ObservationRow {
        id: ObservationId(Uuid::from_u128(number)),
        zone: ZoneCode::new("Z1"),
        n,
        gender: Gender::Woman,
        apparent_minor,
        reason: ObservationReason::Busy,
    }
}

fn programme() -> Programme {
    Programme {
        id: crate::ids::ProgrammeId(Uuid::nil()),
        name: "P".into(),
        start: day("2026-01-01"),
        end: day("2026-12-31"),
        k_external: Threshold::DEFAULT,
        base_period: BasePeriod::Week,
        orgs: vec![],
        units: vec![],
        operators: vec![],
        operator_orgs: std::collections::BTreeMap::new(),
        retired: crate::programme::Retired::default(),
        zones: vec![],
        nationalities: vec![],
        items: vec![],
        kits: vec![],
        directory: vec![],
        coordinator_phone: None,
        minor_steps: Vec::new(),
        alias_words: vec![],
        policy: Policy::default(),
    }
}

/// With two nights on which nobody was met: few outings alone withhold the contacts.
fn of_three(log: NightLog) -> [NightLog; 3] {
    [log, night(901, "2026-03-10T20:30:00Z", 60), night(902, "2026-03-11T20:30:00Z", 60)]
}

#[test]
fn contacts_of_a_week_with_few_outings_are_not_released() {
    let log = NightLog { contacts: (0..20).map(person).collect(), ..thursday() };
    let [log, second, _] = of_three(log);
    let external = External::of(&tally([log, second]), &programme(), w11(), Threshold::DEFAULT);
    assert_eq!((external.contacts, external.presences, external.unique), (Cell::Hidden, Cell::Hidden, None));
    let zones = external.find_table(crate::disclosure::TableId::Zone).expect("zone");
    assert!(zones.is_withheld() && zones.why.contains(&crate::disclosure::Why::FewOutings));
}

#[test]
fn i10_hides_presences_when_their_difference_to_the_contacts_is_small() {
    let external = |observed| {
        let mut log = NightLog { contacts: (0..20).map(person).collect(), ..thursday() };
        log.observations = vec![observation(1, observed, 0)];
        External::of(&tally(of_three(log)), &programme(), w11(), Threshold::DEFAULT)
    };
    assert_eq!(external(5).presences, Cell::Shown(25));
    assert_eq!(external(2).presences, Cell::Hidden, "presences minus contacts would be 2");
    assert_eq!(external(2).contacts, Cell::Shown(20));
}

#[test]
fn releases_no_figure_of_people_from_a_small_week() {
    let log = NightLog { contacts: (0..3).map(person).collect(), ..thursday() };
    let external = External::of(&tally(of_three(log)), &programme(), w11(), Threshold::DEFAULT);
    assert_eq!((external.contacts, external.presences, external.unique), (Cell::Hidden, Cell::Hidden, None));
    assert_eq!(external.activity.condoms_per_contact_x10, None);
    assert_eq!(external.activity.outings, 3, "activity is not about people");
}

#[test]
fn says_nowhere_how_many_contacts_there_were_when_one_table_cannot() {
    let external = |per_zone: [u128; 5]| {
        let zone_of = |zone: usize| ZoneCode::new(format!("Z{zone}"));
        let zones = per_zone.iter().enumerate().flat_map(|(zone, n)| (0..*n).map(move |_| zone_of(zone)));
        let mut log = thursday();
        log.contacts = zones.zip(1..).map(|(zone, number)| ContactRow { zone, ..person(number) }).collect();
        log.observations = vec![observation(1, 10, 0)];
        External::of(&tally(of_three(log)), &programme(), w11(), Threshold::DEFAULT)
    };
    let ones = external([1; 5]);
    assert!(!format!("{ones:?}").contains("Shown(5)"), "neither a table nor a figure gives the total");
    assert_eq!((ones.contacts, ones.presences, ones.unique), (Cell::Hidden, Cell::Hidden, None));
    assert_eq!(ones.activity.condoms_per_contact_x10, None);
    let six = external([2, 1, 1, 1, 1]);
    assert_eq!(
        (six.contacts, six.presences),
        (Cell::Shown(6), Cell::Shown(16)),
        "where nothing is withheld, all stays"
    );
    assert!(six.unique.is_some() && six.activity.condoms_per_contact_x10.is_some());
}

#[test]
fn keeps_a_zone_that_has_left_the_list_in_the_table() {
    let log = NightLog { contacts: (0..7).map(person).collect(), ..thursday() };
    let external = External::of(&tally(of_three(log)), &programme(), w11(), Threshold::DEFAULT);
    let zones = external.find_table(crate::disclosure::TableId::Zone).expect("zone");
    assert_eq!(zones.total, Cell::Shown(7), "nobody is lost when the list changes");
}

fn any_of<T: Copy + std::fmt::Debug + 'static>(all: &'static [T]) -> impl Strategy<Value = T> {
    prop::sample::select(all)
}

prop_compose! {
    fn cell()(kind in any_of(ContactKind::ALL), gender in any_of(Gender::ALL), age_band in any_of(AgeBand::ALL),
              nationality in prop::sample::select(vec!["RO", "NG", "not_recorded"]), n in 1..5_u16) -> GroupCell {
        GroupCell { kind, gender, age_band, nationality: NationalityCode::new(nationality), n }
    }
}

prop_compose! {
    fn contact()(
        target_group in any_of(TargetGroup::ALL),
        cells in prop::collection::vec(cell(), 0..4),
        silent in 0..3_u16,
        linked in 0..4_u16,
        zone in prop::sample::select(vec!["Z1", "Z2", "Z3"]),
        slot_band in any_of(SlotBand::ALL),
        concern in any_of(Concern::ALL),
        repeat_in_outing in prop::bool::weighted(0.2),
    ) -> ContactRow {
        let described: u16 = cells.iter().map(|cell| cell.n).sum();
        let n_persons = (described + silent).max(1);
        let single = cells.first().filter(|_| n_persons == 1).cloned().unwrap_or(GroupCell::not_recorded(1));
        ContactRow {
            mode: if n_persons == 1 { ContactMode::Individual } else { ContactMode::Group },
            target_group,
            n_persons,
            zone: ZoneCode::new(zone),
            slot_band,
            kind: single.kind,
            gender: single.gender,
            age_band: single.age_band,
            nationality: single.nationality,
            linked_count: linked.min(n_persons),
            group_cells: if n_persons == 1 { vec![] } else { cells },
            concern,
            repeat_in_outing,
            ..person(0)
        }
    }
}

fn log_of(number: u128, days: i64, contacts: Vec<ContactRow>, seen: Vec<u16>) -> NightLog {
    let start = "2026-03-02T20:30:00Z".parse::<DateTime<Utc>>().expect("instant") + Duration::days(days);
    let mut log = night(number, &start.to_rfc3339(), 240);
    log.contacts = contacts;
    log.observations = (0..).zip(seen).map(|(number, n)| observation(number, n, 0)).collect();
    log.presence = (0..number % 4).map(|n| PresenceRow { token: token(n), bits: 1 }).collect();
    log
}

fn logs() -> impl Strategy<Value = Vec<NightLog>> {
    let log = (0..21_i64, prop::collection::vec(contact(), 0..12), prop::collection::vec(1..20_u16, 0..4));
    prop::collection::vec(log, 0..6).prop_map(|nights| {
        (1..).zip(nights).map(|(number, (days, contacts, seen))| log_of(number, days, contacts, seen)).collect()
    })
}

/// A walk along the machine, one state a day at most every other day.
fn walk() -> impl Strategy<Value = Vec<(u32, ReferralState)>> {
    prop::collection::vec((0..3_u32, any::<prop::sample::Index>()), 0..7).prop_map(|steps| {
        let mut days = 0;
        let mut walk = vec![(0, ReferralState::Proposed)];
        for (wait, choice) in steps {
            let next = walk.last().map_or(&[][..], |(_, state)| state.next());
            if next.is_empty() {
                break;
            }
            days += wait;
            walk.push((days, *choice.get(next)));
        }
        walk
    })
}

proptest! {
    #[test]
    fn breakdowns_add_up_to_the_contacts(logs in logs()) {
        let nights = tally(logs.clone()).nights;
        let people = nights.contacts;
        for sum in [total(&nights.gender), total(&nights.age), total(&nights.nat), total(&nights.zone),
                    total(&nights.slot_band)] {
            prop_assert_eq!(sum, people);
        }
        prop_assert_eq!(nights.first + nights.returning + nights.kind_unknown, people, "I07 + I08 + unknown = I05");
        prop_assert_eq!(nights.linked + nights.unlinked, people);
        let rows = total(&nights.depth);
        prop_assert_eq!(rows, total(&nights.language));
        prop_assert_eq!(rows, total(&nights.concern));
        prop_assert!(rows <= nights.contact_events && nights.groups <= rows);
        prop_assert_eq!(total(&nights.observed_by_zone), nights.observed);
        prop_assert_eq!(total(&nights.observed_by_reason), nights.observed);
        // Said once more, without the code under test.
        let week: IsoWeek = W11.parse().expect("week");
        let naive: u64 = logs
            .iter()
            .filter(|log| week.contains(log.outing.date))
            .flat_map(|log| &log.contacts)
            .filter(|row| row.target_group == TargetGroup::Person && !row.repeat_in_outing)
            .map(|row| u64::from(row.n_persons))
            .sum();
        prop_assert_eq!(people, naive);
    }

    #[test]
    fn unique_persons_lie_between_their_bounds(logs in logs()) {
        let tally = tally(logs);
        prop_assert!(tally.unique_min >= tally.distinct_linked);
        prop_assert_eq!(tally.unique_max, tally.distinct_linked + tally.nights.unlinked);
        prop_assert_eq!(tally.presences, tally.nights.contacts + tally.nights.observed);
    }

    #[test]
    fn neither_order_nor_repetition_changes_a_number(logs in logs(), seed in prop::collection::vec(any::<u16>(), 24)) {
        let device = DeviceId(Uuid::nil());
        let entries: Vec<(Source, DeskEntry)> = logs
            .into_iter()
            .zip(1..)
            .map(|(log, sequence)| (Source { device, sequence }, DeskEntry::NightLog(log)))
            .collect();
        let mut doubled: Vec<_> = entries.iter().chain(&entries).cloned().zip(seed).collect();
        doubled.sort_by_key(|(_, key)| *key);
        let mut plain = Records::default();
        let mut shuffled = Records::default();
        entries.into_iter().for_each(|(source, entry)| plain.add(source, entry));
        doubled.into_iter().for_each(|((source, entry), _)| shuffled.add(source, entry));
        prop_assert_eq!(Tally::of(&plain, w11()), Tally::of(&shuffled, w11()));
    }

    #[test]
    fn weeks_add_up_to_their_sum(logs in logs()) {
        let records = records(logs.into_iter().map(DeskEntry::NightLog));
        let week = |text: &str| text.parse::<IsoWeek>().expect("week");
        let all = Period::Weeks { first: week("2026-W10"), last: week("2026-W12") };
        let together = Tally::of(&records, all);
        let mut sum = OutingTally::default();
        for part in all.weeks() {
            sum.add(&Tally::of(&records, Period::week(part)).nights);
        }
        prop_assert_eq!(&together.nights, &sum);
    }

    #[test]
    fn the_stock_of_referrals_balances(walks in prop::collection::vec((0..30_u64, walk()), 0..12)) {
        let rows = (1..).zip(walks).map(|(number, (start, walk))| {
            let from = day("2026-02-20") + chrono::Days::new(start);
            let dated: Vec<(String, ReferralState)> = walk
                .into_iter()
                .map(|(days, state)| ((from + chrono::Days::new(u64::from(days))).to_string(), state))
                .collect();
            let events: Vec<(&str, ReferralState)> = dated.iter().map(|(date, state)| (date.as_str(), *state)).collect();
            DeskEntry::ReferralOpened(referral(number, ServiceType::StiClinic, &events))
        });
        let tally = Tally::of(&records(rows), w11()).referrals;
        prop_assert_eq!(
            tally.referrals_open_start + tally.referrals_opened - tally.referrals_ended,
            tally.referrals_open_end
        );
        let terminal: u64 = ReferralState::ALL
            .iter()
            .filter(|state| state.is_terminal())
            .map(|state| of(&tally.referral_events, state))
            .sum();
        prop_assert_eq!(tally.referrals_ended, terminal);
        prop_assert_eq!(total(&tally.referrals_opened_by_service), tally.referrals_opened);
    }
}
