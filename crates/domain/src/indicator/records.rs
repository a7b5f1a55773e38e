//! What the desk received, made independent of the order and number of deliveries.

use crate::ids::{AccompanimentId, DeskAccessId, DeviceId, EventId, OutingId, ReferralId};
use crate::referral::{Accompaniment, ReferralEvent, ReferralState};
use crate::sync::night_log::{DeskAccessRow, DeskEntry, EventRow, NightLog, ReferralRow};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// Where an entry stands in the log of the device that wrote it: its identity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Source {
    /// The device.
    pub device: DeviceId,
    /// Its sequence number.
    pub sequence: u64,
}

/// Every entry the desk holds, once each.
#[derive(Clone, Default)]
pub struct Records {
    entries: BTreeMap<Source, DeskEntry>,
}

impl std::fmt::Debug for Records {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Records({})", self.entries.len())
    }
}

impl Records {
    /// Takes in an entry. The same source a second time changes nothing.
    pub fn add(&mut self, source: Source, entry: DeskEntry) {
        self.entries.entry(source).or_insert(entry);
    }

    /// The latest version of every night, by outing.
    ///
    /// Of two different logs with one version number the one signed first stands, as with the sign-off itself.
    #[must_use]
    pub fn nights(&self) -> BTreeMap<OutingId, &NightLog> {
        let mut nights: BTreeMap<OutingId, (&Source, &NightLog)> = BTreeMap::new();
        for (source, entry) in &self.entries {
            let DeskEntry::NightLog(log) = entry else { continue };
            let rank =
                |source: &Source, log: &NightLog| (log.version(), Reverse(log.outing.reviewed_at), Reverse(*source));
            let known = nights.entry(log.outing.id).or_insert((source, log));
            if rank(source, log) > rank(known.0, known.1) {
                *known = (source, log);
            }
        }
        nights.into_iter().map(|(id, (_, log))| (id, log)).collect()
    }

    /// Every referral with all its events, in the order of the machine.
    #[must_use]
    pub fn referrals(&self) -> BTreeMap<ReferralId, ReferralRow> {
        let nights = self.nights();
        let mut referrals: BTreeMap<ReferralId, ReferralRow> = BTreeMap::new();
        let opened_at_desk = self.entries.values().filter_map(|entry| match entry {
            DeskEntry::ReferralOpened(row) => Some(row),
            _ => None,
        });
        for row in nights.values().flat_map(|log| &log.referrals).chain(opened_at_desk) {
            referrals.entry(row.id).or_insert_with(|| row.clone());
        }
        for (id, event) in self.later_events(&nights) {
            if let Some(referral) = referrals.get_mut(&id) {
                referral.events.push(event);
            }
        }
        for referral in referrals.values_mut() {
            referral.events = in_order(without_repeats(std::mem::take(&mut referral.events)));
        }
        referrals
    }

    /// Events that name a referral the desk has not received yet.
    #[must_use]
    pub fn waiting_events(&self) -> u64 {
        let known = self.referrals();
        let waiting = self.later_events(&self.nights()).filter(|(id, _)| !known.contains_key(id)).count();
        u64::try_from(waiting).unwrap_or(u64::MAX)
    }

    fn later_events<'a>(
        &'a self,
        nights: &BTreeMap<OutingId, &'a NightLog>,
    ) -> impl Iterator<Item = (ReferralId, ReferralEvent)> + use<'a> {
        let noted: Vec<_> = nights.values().flat_map(|log| &log.follow_ups).collect();
        let at_desk = self.entries.values().filter_map(|entry| match entry {
            DeskEntry::ReferralAdvanced { referral_id, events } => Some((*referral_id, events)),
            _ => None,
        });
        let at_desk = at_desk.flat_map(|(id, events)| events.iter().map(move |event| (id, *event)));
        noted.into_iter().map(|row| (row.referral_id, row.event)).chain(at_desk)
    }

    /// Every accompaniment.
    #[must_use]
    pub fn accompaniments(&self) -> BTreeMap<AccompanimentId, Accompaniment> {
        let nights = self.nights();
        let at_desk = self.entries.values().filter_map(|entry| match entry {
            DeskEntry::Accompanied(accompaniment) => Some(accompaniment),
            _ => None,
        });
        let all = nights.values().flat_map(|log| &log.accompaniments).chain(at_desk);
        all.map(|accompaniment| (accompaniment.id, *accompaniment)).collect()
    }

    /// Every desk access.
    #[must_use]
    pub fn desk_accesses(&self) -> BTreeMap<DeskAccessId, &DeskAccessRow> {
        let accesses = self.entries.values().filter_map(|entry| match entry {
            DeskEntry::DeskAccess(row) => Some((row.id, row)),
            _ => None,
        });
        accesses.collect()
    }

    /// Every awareness event.
    #[must_use]
    pub fn events(&self) -> BTreeMap<EventId, &EventRow> {
        let events = self.entries.values().filter_map(|entry| match entry {
            DeskEntry::Event(row) => Some((row.id, row)),
            _ => None,
        });
        events.collect()
    }

    /// The ISO weeks in which something was counted, in order.
    #[must_use]
    pub fn weeks(&self) -> BTreeSet<crate::time::IsoWeek> {
        self.nights().values().map(|log| crate::time::IsoWeek::of(log.outing.date)).collect()
    }
}

/// Night and day staff may both note one step: the same state and outcome on the same day count once. A new
/// appointment on another day is a step of its own.
fn without_repeats(events: Vec<ReferralEvent>) -> Vec<ReferralEvent> {
    let mut seen = BTreeSet::new();
    events.into_iter().filter(|event| seen.insert(*event)).collect()
}

/// Events of one day beyond which no order is searched for; nobody notes so many.
const MAX_SEARCHED: usize = 8;

/// Orders events by date, and within a date as the machine allows: night and day staff note the same day apart. A
/// day that fits no way through the machine stays in the order of arrival.
fn in_order(mut events: Vec<ReferralEvent>) -> Vec<ReferralEvent> {
    events.sort_by_key(|event| event.date);
    let mut ordered: Vec<ReferralEvent> = Vec::with_capacity(events.len());
    for day in events.chunk_by(|a, b| a.date == b.date) {
        let after = ordered.last().map(|event| event.state);
        let way = if day.len() <= MAX_SEARCHED { way_through(after, day) } else { None };
        ordered.extend(way.unwrap_or_else(|| day.to_vec()));
    }
    ordered
}

/// The first order of these events in which each may follow the one before.
fn way_through(after: Option<ReferralState>, events: &[ReferralEvent]) -> Option<Vec<ReferralEvent>> {
    if events.is_empty() {
        return Some(Vec::new());
    }
    let allowed = after.map_or(&[ReferralState::Proposed][..], ReferralState::next);
    let choices = events.iter().enumerate().filter(|(_, event)| allowed.contains(&event.state));
    choices.into_iter().find_map(|(position, event)| {
        let others: Vec<ReferralEvent> =
            events.iter().enumerate().filter(|(other, _)| *other != position).map(|(_, event)| *event).collect();
        let rest = way_through(Some(event.state), &others)?;
        Some([vec![*event], rest].concat())
    })
}
