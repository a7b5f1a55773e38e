//! *Cosa abbiamo fatto*: one month in sums.

use super::team::{Phone, Team, alias, evening, known, open, start_input};
use chrono::{DateTime, NaiveDate, Utc};
use domain::contact::Gender;
use domain::ids::{ItemCode, OperatorCode, OutingId};
use domain::observation::ObservationReason;
use domain::outing::Weather;
use domain::referral::{AccompanimentOutcome, Consent, ReferralState, ServiceType, TravelMode, Urgency};
use notebook::view::{
    AccompanimentInput, AdvanceInput, CardInput, CloseInput, CountInput, DetailsInput, MonthInput, MonthSupplyView,
    MonthView, Nothing, ObservationInput, OutingInput, ReferralInput, SignInput,
};

const BAG: &[(&str, u16)] = &[("condom_ext", 60), ("pregnancy_test", 2)];

fn month(phone: &Phone, day: Option<&str>) -> MonthView {
    let input = MonthInput { month: day.map(|day| day.parse().unwrap()) };
    phone.session.month(input).unwrap()
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn close(phone: &Phone, at: DateTime<Utc>) {
    for row in phone.session.stock(Nothing {}).unwrap().rows {
        let count = CountInput { item: row.item, counted: row.expected, difference: None };
        phone.session.count_item(count).unwrap();
    }
    phone.set_clock(at);
    let input = CloseInput { km: None, weather: Weather::Clear, note: None, coordinator_alerted: true };
    phone.session.close_outing(input).unwrap();
}

/// One person with six pieces and a test, three seen, a referral that was accompanied and attended; closed three
/// hours after it began.
fn night(phone: &Phone, start: DateTime<Utc>) -> OutingId {
    phone.set_clock(start);
    let outing = open(phone.session.start_outing(start_input(BAG, &["Z1"], None)).unwrap()).outing_id;
    phone.save(known(), &[("condom_ext", 6), ("pregnancy_test", 1)], alias("LINCE-04"));
    let seen = ObservationInput { reason: ObservationReason::Refused, n: 3, gender: Gender::Woman, apparent_minor: 0 };
    phone.session.save_observation(seen).unwrap();
    let input = ReferralInput {
        card: None,
        alias: Some("LINCE-04".parse().unwrap()),
        service_type: ServiceType::FamilyClinic,
        urgency: Urgency::Routine,
        reason: None,
        language_need: None,
        mediator_needed: false,
        accompany_needed: true,
        consent: Consent::Verbal,
        parent_id: None,
        answer: Some(ReferralState::Accepted),
    };
    let opened = phone.session.open_referral(input).unwrap();
    let referral = opened.referrals.iter().find(|card| card.state == ReferralState::Accepted).unwrap().id;
    let accompaniment =
        AccompanimentInput { minutes: 60, staff_n: 1, mode: TravelMode::Car, outcome: AccompanimentOutcome::Done };
    let advance = AdvanceInput {
        referral,
        states: vec![ReferralState::Booked, ReferralState::Accompanied, ReferralState::Attended],
        outcome: None,
        accompaniment: Some(accompaniment),
    };
    phone.session.advance_referral(advance).unwrap();
    close(phone, start + chrono::Duration::hours(3));
    outing
}

#[test]
fn counts_a_member_s_own_records_by_the_date_on_which_the_night_began() {
    let team = Team::at(evening());
    // 31 March, 23:00: the night belongs to March although most of it is in April.
    night(&team.member, "2026-03-31T21:00:00Z".parse().unwrap());
    night(&team.member, "2026-04-02T20:00:00Z".parse().unwrap());
    night(&team.member, "2026-04-09T20:00:00Z".parse().unwrap());

    let april = month(&team.member, None);
    assert_eq!((april.month, april.previous, april.next), (day("2026-04-01"), Some(day("2026-03-01")), None));
    assert!(!april.whole_unit);
    assert_eq!((april.outings, april.minutes, april.met, april.seen), (2, 360, 2, 6), "one person met twice is two");
    assert_eq!(
        (april.referrals_opened, april.referrals_accepted, april.referrals_attended, april.accompaniments),
        (2, 2, 2, 2)
    );
    let march = month(&team.member, Some("2026-03-15"));
    assert_eq!((march.month, march.previous, march.next), (day("2026-03-01"), None, Some(day("2026-04-01"))));
    assert_eq!((march.outings, march.met), (1, 1));
}

#[test]
fn leaves_out_sensitive_supplies_and_a_night_that_is_not_over() {
    let team = Team::at(evening());
    night(&team.member, evening());
    team.member.set_clock("2026-03-19T20:00:00Z".parse().unwrap());
    team.member.session.start_outing(start_input(BAG, &["Z1"], None)).unwrap();
    team.member.save(known(), &[("condom_ext", 6)], DetailsInput::default());
    let view = month(&team.member, None);
    assert_eq!((view.outings, view.met), (1, 1));
    assert_eq!(view.supplies, [MonthSupplyView { item: ItemCode::new("condom_ext"), n: 6 }]);
}

#[test]
fn says_nothing_where_nothing_was_done() {
    let team = Team::at(evening());
    let view = month(&team.member, None);
    assert_eq!((view.month, view.previous, view.next), (day("2026-03-01"), None, None));
    assert_eq!((view.outings, view.met, view.supplies.len()), (0, 0, 0));
}

fn sign(team: &Team, outing_id: OutingId) {
    let input = SignInput { outing_id, operator: OperatorCode::new("OP-A"), without: 0 };
    assert!(team.lead.stepped_up().sign_off(input).is_ok());
}

#[test]
fn counts_the_unit_s_nights_on_a_lead_s_phone_once_they_are_signed() {
    let team = Team::at(evening());
    let outing = team.start(&[("condom_ext", 60)], &["Z1"]);
    team.lead.save(known(), &[("condom_ext", 6)], alias("LINCE-04"));
    let group = CardInput { n_persons: 3, ..known() };
    team.member.save(group, &[("condom_ext", 18)], DetailsInput::default());
    for phone in [&team.lead, &team.member] {
        close(phone, "2026-03-13T00:30:00Z".parse().unwrap());
    }
    team.carry();
    let before = month(&team.lead, None);
    assert_eq!((before.outings, before.met, before.whole_unit), (0, 0, true), "not signed yet");
    sign(&team, outing);
    let after = month(&team.lead, None);
    assert_eq!((after.outings, after.minutes, after.met), (1, 240, 4));
    assert_eq!(after.supplies, [MonthSupplyView { item: ItemCode::new("condom_ext"), n: 24 }]);
    assert_eq!(month(&team.member, None).met, 3, "what this phone wrote");
}

/// *Cosa abbiamo fatto* and *Invio*, as the screens get them.
fn pages(phone: &Phone, outing_id: OutingId) -> (serde_json::Value, serde_json::Value) {
    let sent = phone.session.send_status(OutingInput { outing_id }).unwrap();
    (serde_json::to_value(month(phone, None)).unwrap(), serde_json::to_value(sent).unwrap())
}

/// The night is forgotten on this phone: both pages say what they said, and *Invio* the day besides.
fn says_the_same_when_it_has_forgotten(phone: &Phone, outing_id: OutingId) {
    phone.back_up();
    let (month_before, sent_before) = pages(phone, outing_id);
    assert_eq!((&month_before["met"], &sent_before["contacts"]), (&1.into(), &1.into()));
    let on = phone.forget_in_a_month();
    let (month, mut sent) = pages(phone, outing_id);
    assert_eq!(month, month_before);
    assert_eq!(sent["forgotten_on"], serde_json::to_value(on).unwrap());
    for day in ["forgotten_on", "forget_on"] {
        sent[day] = sent_before[day].clone();
    }
    assert_eq!(sent, sent_before);
}

#[test]
fn a_forgotten_night_counts_as_before_on_a_member_s_phone() {
    let team = Team::at(evening());
    let outing = night(&team.member, evening());
    says_the_same_when_it_has_forgotten(&team.member, outing);
}

#[test]
fn a_forgotten_night_counts_as_before_on_a_lead_s_phone() {
    let team = Team::at(evening());
    let outing = night(&team.lead, evening());
    sign(&team, outing);
    says_the_same_when_it_has_forgotten(&team.lead, outing);
}
