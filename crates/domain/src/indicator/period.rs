//! The exact tally of a period.

use super::office::OfficeTally;
use super::outing::OutingTally;
use super::records::Records;
use super::referral::ReferralTally;
use super::{Counts, count};
use crate::alias::PersonToken;
use crate::contact::{AgeBand, Gender};
use crate::ids::{NationalityCode, UnitId};
use crate::outing::{CancelReason, OutingType};
use crate::time::Period;
use serde::Serialize;
use std::collections::BTreeSet;

/// Exact counts of a period: *uso interno – non pubblicabile*. What may leave is [`super::External`].
///
/// An outing, an event and an access belong to the period of their operational date. All nights counted here are
/// signed off: nothing else reaches the desk.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Tally {
    /// I01, outings that took place.
    pub outings: u64,
    /// I01 by type.
    pub outings_by_type: Counts<OutingType>,
    /// I01 by unit.
    pub outings_by_unit: Counts<UnitId>,
    /// I01, outings that did not take place.
    pub outings_cancelled: Counts<CancelReason>,
    /// I02 by type.
    pub minutes_by_type: Counts<OutingType>,
    /// Sums over the outings.
    #[serde(flatten)]
    pub nights: OutingTally,
    /// L of I09: distinct tokens.
    pub distinct_linked: u64,
    /// I09, at least so many persons.
    pub unique_min: u64,
    /// I09, at most so many persons.
    pub unique_max: u64,
    /// I10, contacts and people seen.
    pub presences: u64,
    /// I14, tenths, rounded half up; absent without contacts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub condoms_per_contact_x10: Option<u64>,
    /// I36, persons of whom the nationality was not recorded.
    pub nationality_not_recorded: u64,
    /// I36, persons whose age was not recorded.
    pub age_not_recorded: u64,
    /// I36, persons whose gender was not recorded.
    pub gender_not_recorded: u64,
    /// Amendments (*rettifiche*) made in the period, to outings of any date; V32.
    pub amendments: u64,
    /// I15–I18.
    #[serde(flatten)]
    pub referrals: ReferralTally,
    /// I25, I33.
    #[serde(flatten)]
    pub office: OfficeTally,
}

impl Tally {
    /// Counts a period.
    #[must_use]
    pub fn of(records: &Records, period: &Period) -> Self {
        let mut tally = Self {
            referrals: ReferralTally::of(records, period),
            office: OfficeTally::of(records, period),
            ..Self::default()
        };
        let mut tokens: BTreeSet<PersonToken> = BTreeSet::new();
        let mut largest_outing = 0;
        for log in records.nights().into_values() {
            let amended = log.amendments.iter().filter(|amendment| period.contains(amendment.date)).count();
            tally.amendments += u64::try_from(amended).unwrap_or(u64::MAX);
            if !period.contains(log.outing.date) {
                continue;
            }
            if let Some(reason) = log.outing.cancelled {
                count(&mut tally.outings_cancelled, &reason, 1);
                continue;
            }
            let night = OutingTally::of(log);
            tally.outings += 1;
            count(&mut tally.outings_by_type, &log.outing.outing_type, 1);
            count(&mut tally.outings_by_unit, &log.outing.unit, 1);
            count(&mut tally.minutes_by_type, &log.outing.outing_type, night.minutes);
            largest_outing = night.contacts.max(largest_outing);
            tokens.extend(log.presence.iter().map(|row| row.token));
            tally.nights.add(&night);
        }
        tally.derive(u64::try_from(tokens.len()).unwrap_or(u64::MAX), largest_outing);
        tally
    }

    fn derive(&mut self, distinct_linked: u64, largest_outing: u64) {
        let nights = &self.nights;
        self.distinct_linked = distinct_linked;
        self.unique_min = distinct_linked.max(largest_outing);
        self.unique_max = distinct_linked.saturating_add(nights.unlinked);
        self.presences = nights.contacts.saturating_add(nights.observed);
        self.condoms_per_contact_x10 = tenths(nights.condoms_to_persons, nights.contacts);
        self.nationality_not_recorded = super::of(&nights.nat, &NationalityCode::not_recorded());
        self.age_not_recorded = super::of(&nights.age, &AgeBand::NotRecorded);
        self.gender_not_recorded = super::of(&nights.gender, &Gender::NotRecorded);
    }
}

/// Ten times a ratio, rounded half up.
fn tenths(numerator: u64, denominator: u64) -> Option<u64> {
    let doubled = numerator.saturating_mul(20).saturating_add(denominator);
    doubled.checked_div(denominator.saturating_mul(2))
}
