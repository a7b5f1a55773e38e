//! The exact tally of a period.

use super::Counts;
use super::office::OfficeTally;
use super::outing::OutingTally;
use super::records::Records;
use super::referral::ReferralTally;
use super::sums::{NightSums, Reached};
use crate::alias::PersonToken;
use crate::ids::UnitId;
use crate::outing::{CancelReason, OutingType};
use crate::sync::night_log::NightLog;
use crate::time::{Span, iso_year};
use serde::Serialize;
use std::collections::BTreeMap;

/// Exact counts of a run of days: *uso interno – non pubblicabile*. What may leave is [`super::External`].
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
    /// I09, at least so many persons. Tokens of different ISO years do not link: over several years it is the largest
    /// year's number of tokens that is certain, not their sum.
    pub unique_min: u64,
    /// I09, at most so many persons.
    pub unique_max: u64,
    /// I10, contacts and people seen.
    pub presences: u64,
    /// I14, tenths, rounded half up; absent without contacts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub condoms_per_contact_x10: Option<u64>,
    /// I37, numerator: linked people, counted once for each outing.
    pub linked_presences: u64,
    /// I38: distinct tokens reached with two or more kinds of help. Who is not linked is left out.
    pub reached_twice: u64,
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
    /// Counts a run of days.
    #[must_use]
    pub fn of(records: &Records, span: impl Into<Span>) -> Self {
        let span = span.into();
        let (mut sums, mut people, mut amendments) = (NightSums::default(), People::default(), 0);
        for log in records.nights().into_values() {
            let amended = log.amendments.iter().filter(|amendment| span.contains(amendment.date)).count();
            amendments += whole(amended);
            if span.contains(log.outing.date) {
                people.add(log);
                sums.add(&NightSums::of(log));
            }
        }
        let (referrals, office) = (ReferralTally::of(records, span), OfficeTally::of(records, span));
        Self::assemble(sums, people.reached(), amendments, referrals, office)
    }
}

/// Who was met, as far as tokens tell.
#[derive(Default)]
struct People {
    /// By ISO year, the epoch of tokens: what each was reached with, over all nights.
    tokens: BTreeMap<i32, BTreeMap<PersonToken, u8>>,
}

impl People {
    fn add(&mut self, log: &NightLog) {
        if log.outing.cancelled.is_some() {
            return;
        }
        let tokens = self.tokens.entry(iso_year(log.outing.date)).or_default();
        for row in &log.presence {
            *tokens.entry(row.token).or_default() |= row.bits;
        }
    }

    fn reached(&self) -> Reached {
        let years = self.tokens.values().map(|tokens| whole(tokens.len()));
        let bits = self.tokens.values().flat_map(BTreeMap::values);
        Reached {
            distinct: years.clone().sum(),
            largest_year: years.max().unwrap_or_default(),
            twice: whole(bits.filter(|bits| bits.count_ones() >= 2).count()),
        }
    }
}

fn whole(n: usize) -> u64 {
    u64::try_from(n).unwrap_or(u64::MAX)
}
