//! The next steps of a referral.

use crate::view::{AccompanimentInput, AdvanceInput};
use chrono::NaiveDate;
use domain::ids::{AccompanimentId, ReferralId};
use domain::operation::ReferralRecord;
use domain::referral::{Accompaniment, ReferralEvent, ReferralState, Urgency};

/// The steps somebody notes at once ("accompagnata e arrivata"), all on the same day. An outcome belongs to `closed`.
#[must_use]
pub fn events(input: &AdvanceInput, date: NaiveDate) -> Vec<ReferralEvent> {
    input
        .states
        .iter()
        .map(|state| ReferralEvent {
            date,
            state: *state,
            outcome: if *state == ReferralState::Closed { input.outcome } else { None },
        })
        .collect()
}

/// Going along with somebody.
#[must_use]
pub fn accompaniment(
    id: AccompanimentId,
    referral: ReferralId,
    date: NaiveDate,
    input: AccompanimentInput,
) -> Accompaniment {
    let AccompanimentInput { minutes, staff_n, mode, outcome } = input;
    Accompaniment { id, referral_id: referral, date, minutes, staff_n, mode, outcome }
}

/// Order on the screen: what is still open first, then by urgency, then by day of opening.
#[must_use]
pub fn rank(record: &ReferralRecord) -> (bool, Urgency, NaiveDate, ReferralId) {
    (record.state().is_terminal(), record.referral.urgency, record.referral.opened_on, record.referral.id)
}

/// V22: an immediate referral of which nothing more is known than that it was proposed.
#[must_use]
pub fn is_immediate_open(record: &ReferralRecord) -> bool {
    record.referral.urgency == Urgency::Immediate && record.events.len() < 2
}
