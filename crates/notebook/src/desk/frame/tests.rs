//! What the menu counts, of a desk on which things are left open and then settled.

use super::super::tests::{day, desk, noon};
use super::*;
use crate::desk::{NewPlan, NewReferral};
use domain::depot::{DepotMove, Pile};
use domain::ids::{ItemCode, ReferralId, UnitId};
use domain::outing::OutingType;
use domain::referral::{Consent, ReferralEvent, ReferralOutcome, ReferralState, ServiceType, Urgency};

fn open_referral(desk: &mut Notebook) -> ReferralId {
    let new = NewReferral {
        opened_on: day(10),
        service_type: ServiceType::LegalAdvice,
        urgency: Urgency::Routine,
        consent: Consent::Verbal,
        reason: None,
        language_need: None,
        mediator_needed: false,
        accompany_needed: false,
        parent_id: None,
        events: vec![
            ReferralEvent { date: day(10), state: ReferralState::Proposed, outcome: None },
            ReferralEvent { date: day(10), state: ReferralState::Accepted, outcome: None },
        ],
    };
    desk.open_desk_referral(new, noon(10)).unwrap()
}

#[test]
fn a_new_desk_has_nothing_open_and_says_whose_it_is() {
    let (desk, _folder) = desk();
    let frame = frame(&desk, noon(2)).unwrap();
    assert_eq!((frame.programme.as_str(), frame.device.as_str()), ("Prova", "S1"));
    assert_eq!((frame.units, frame.today), (vec![UnitId::new("BS-U1")], day(2)));
    // The first manifest is made before the server is asked.
    assert_eq!(frame.open, OpenView { devices: 1, ..OpenView::default() });
}

#[test]
fn counts_referrals_until_they_end() {
    let (mut desk, _folder) = desk();
    let [first, _] = [open_referral(&mut desk), open_referral(&mut desk)];
    assert_eq!(frame(&desk, noon(12)).unwrap().open.referrals, 2);
    let event = |state, outcome| ReferralEvent { date: day(12), state, outcome };
    let steps = [
        event(ReferralState::Booked, None),
        event(ReferralState::Attended, None),
        event(ReferralState::Closed, Some(ReferralOutcome::ServiceReceived)),
    ];
    desk.follow_up(first, steps.into(), noon(12)).unwrap();
    assert_eq!(frame(&desk, noon(12)).unwrap().open.referrals, 1);
}

#[test]
fn counts_planned_nights_once_their_day_is_over() {
    let (mut desk, _folder) = desk();
    let plan = NewPlan { unit: UnitId::new("BS-U1"), outing_type: OutingType::StreetNight, from: day(5), weeks: 3 };
    assert_eq!(desk.plan_outings(&plan).unwrap(), 3);
    let missing = |desk: &Notebook, date| frame(desk, noon(date)).unwrap().open.outings;
    assert_eq!((missing(&desk, 4), missing(&desk, 14), missing(&desk, 24)), (0, 2, 3));
}

#[test]
fn asks_for_the_manifest_while_the_server_does_not_have_it_and_before_it_runs_out() {
    let (desk, _folder) = desk();
    let number = desk.manifest().unwrap().number;
    meta::put_json(desk.store.connection(), MetaKey::PublishedManifest, &Some(number)).unwrap();
    let waiting = |date| frame(&desk, noon(date)).unwrap().open.devices;
    assert_eq!((waiting(2), waiting(30)), (0, 1));
}

#[test]
fn asks_for_an_order_only_where_the_rhythm_is_known() {
    let (mut desk, _folder) = desk();
    desk.note_depot(DepotMove::Count, &[(Pile::of(ItemCode::new("condom_ext")), 3)], noon(10)).unwrap();
    assert_eq!(frame(&desk, noon(12)).unwrap().open.depot, 0, "nothing goes out");
}
