//! What adds up over nights, and what a tally is put together from.

use super::office::OfficeTally;
use super::outing::OutingTally;
use super::period::Tally;
use super::records::Source;
use super::referral::ReferralTally;
use super::{Counts, add_all, count, of};
use crate::contact::{AgeBand, Gender};
use crate::ids::{NationalityCode, UnitId};
use crate::outing::{CancelReason, OutingType};
use crate::sync::night_log::NightLog;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use std::cmp::Reverse;

/// Which of two versions of a night stands: the greater one. That is the later version; of two with one number the one
/// signed first, as with the sign-off itself. Amendments keep the instant of the sign-off: of two that two leads made
/// apart under one number, that of the smaller device stands, on phones too.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct NightRank(u16, Reverse<DateTime<Utc>>, Reverse<Source>);

impl NightRank {
    /// Of a version's number, when it was signed, and where it stands in the log of its device.
    #[must_use]
    pub const fn new(version: u16, reviewed_at: DateTime<Utc>, source: Source) -> Self {
        Self(version, Reverse(reviewed_at), Reverse(source))
    }

    /// Of a night log.
    #[must_use]
    pub fn of(log: &NightLog, source: Source) -> Self {
        Self::new(log.version(), log.outing.reviewed_at, source)
    }
}

/// Sums over nights, in whatever order they are added.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct NightSums {
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
    /// Sums over the outings that took place.
    pub nights: OutingTally,
    /// The largest number of persons of one outing (I09). The greatest, not a sum.
    pub largest_outing: u64,
    /// I37, numerator: rows of presence.
    pub linked_presences: u64,
}

impl NightSums {
    /// Counts one night.
    #[must_use]
    pub fn of(log: &NightLog) -> Self {
        let mut sums = Self::default();
        if let Some(reason) = log.outing.cancelled {
            count(&mut sums.outings_cancelled, &reason, 1);
            return sums;
        }
        sums.nights = OutingTally::of(log);
        sums.outings = 1;
        count(&mut sums.outings_by_type, &log.outing.outing_type, 1);
        count(&mut sums.outings_by_unit, &log.outing.unit, 1);
        count(&mut sums.minutes_by_type, &log.outing.outing_type, sums.nights.minutes);
        sums.largest_outing = sums.nights.contacts;
        sums.linked_presences = u64::try_from(log.presence.len()).unwrap_or(u64::MAX);
        sums
    }

    /// Adds other nights.
    pub fn add(&mut self, other: &Self) {
        let Self {
            outings,
            outings_by_type,
            outings_by_unit,
            outings_cancelled,
            minutes_by_type,
            nights,
            largest_outing,
            linked_presences,
        } = other;
        self.outings = self.outings.saturating_add(*outings);
        add_all(&mut self.outings_by_type, outings_by_type);
        add_all(&mut self.outings_by_unit, outings_by_unit);
        add_all(&mut self.outings_cancelled, outings_cancelled);
        add_all(&mut self.minutes_by_type, minutes_by_type);
        self.nights.add(nights);
        self.largest_outing = self.largest_outing.max(*largest_outing);
        self.linked_presences = self.linked_presences.saturating_add(*linked_presences);
    }
}

/// Who was met, as far as tokens tell: what does not add up.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Reached {
    /// Distinct tokens, each ISO year for itself.
    pub distinct: u64,
    /// Distinct tokens of the ISO year that has the most.
    pub largest_year: u64,
    /// I38: distinct tokens with two or more kinds of help.
    pub twice: u64,
}

impl Tally {
    /// Puts a tally together from its parts.
    #[must_use]
    pub fn assemble(
        sums: NightSums,
        reached: Reached,
        amendments: u64,
        referrals: ReferralTally,
        office: OfficeTally,
    ) -> Self {
        let NightSums {
            outings,
            outings_by_type,
            outings_by_unit,
            outings_cancelled,
            minutes_by_type,
            mut nights,
            largest_outing,
            linked_presences,
        } = sums;
        add_all(&mut nights.incidents, &office.desk_incidents);
        add_all(&mut nights.incidents_by_severity, &office.desk_incidents_by_severity);
        Self {
            outings,
            outings_by_type,
            outings_by_unit,
            outings_cancelled,
            minutes_by_type,
            distinct_linked: reached.distinct,
            unique_min: reached.largest_year.max(largest_outing),
            unique_max: reached.distinct.saturating_add(nights.unlinked),
            linked_presences,
            reached_twice: reached.twice,
            presences: nights.contacts.saturating_add(nights.observed),
            condoms_per_contact_x10: tenths(nights.condoms_to_persons, nights.contacts),
            nationality_not_recorded: of(&nights.nat, &NationalityCode::not_recorded()),
            age_not_recorded: of(&nights.age, &AgeBand::NotRecorded),
            gender_not_recorded: of(&nights.gender, &Gender::NotRecorded),
            nights,
            amendments,
            referrals,
            office,
        }
    }
}

/// Ten times a ratio, rounded half up.
fn tenths(numerator: u64, denominator: u64) -> Option<u64> {
    let doubled = numerator.saturating_mul(20).saturating_add(denominator);
    doubled.checked_div(denominator.saturating_mul(2))
}
