//! What the desk received, made independent of the order and number of deliveries.

use super::lost::LostRule;
use super::sums::NightRank;
use crate::ids::{AccompanimentId, DeskAccessId, DeviceId, EventId, IncidentId, OutingId, ReferralId};
use crate::referral::{Accompaniment, ReferralEvent, ReferralState};
use crate::sync::correction::CorrectionRow;
use crate::sync::night_log::{DeskAccessRow, DeskEntry, DeskIncidentRow, EventRow, NightLog, ReferralRow};
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
    /// What entries should say, by the place of the entry: the correction that counts.
    corrections: BTreeMap<Source, Correction>,
    lost: Option<LostRule>,
}

#[derive(Clone)]
struct Correction {
    rank: (bool, u16, Source),
    row: CorrectionRow,
    /// What its row says, as an entry.
    entry: Option<DeskEntry>,
}

impl std::fmt::Debug for Records {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Records({})", self.entries.len())
    }
}

impl Records {
    /// Takes in an entry. The same source a second time changes nothing.
    pub fn add(&mut self, source: Source, entry: DeskEntry) {
        if let DeskEntry::Corrected(row) = &entry {
            self.correct(source, row);
        }
        self.entries.entry(source).or_insert(entry);
    }

    fn correct(&mut self, source: Source, row: &CorrectionRow) {
        let (is_taken_away, number) = row.rank();
        let rank = (is_taken_away, number, source);
        let place = Source { device: row.device, sequence: row.sequence };
        if self.corrections.get(&place).is_none_or(|known| known.rank < rank) {
            let entry = row.entry.clone().map(DeskEntry::from);
            self.corrections.insert(place, Correction { rank, row: row.clone(), entry });
        }
    }

    /// Ends the paths of which nothing is heard any more.
    pub fn lose_silent(&mut self, rule: LostRule) {
        self.lost = Some(rule);
    }

    /// Every entry with its place, as it stands: corrected, and without what was taken away.
    pub fn entries(&self) -> impl Iterator<Item = (Source, &DeskEntry)> {
        self.entries.iter().filter_map(|(source, entry)| match self.corrections.get(source) {
            Some(correction) if correction.row.fits(entry) => correction.entry.as_ref().map(|entry| (*source, entry)),
            _ => Some((*source, entry)),
        })
    }

    /// Every entry with its place, as it was written.
    pub fn written(&self) -> impl Iterator<Item = (Source, &DeskEntry)> {
        self.entries.iter().map(|(source, entry)| (*source, entry))
    }

    fn standing(&self) -> impl Iterator<Item = &DeskEntry> {
        self.entries().map(|(_, entry)| entry)
    }

    /// The version of every night that stands, by outing ([`NightRank`]).
    #[must_use]
    pub fn nights(&self) -> BTreeMap<OutingId, &NightLog> {
        let mut nights: BTreeMap<OutingId, (&Source, &NightLog)> = BTreeMap::new();
        for (source, entry) in &self.entries {
            let DeskEntry::NightLog(log) = entry else { continue };
            let known = nights.entry(log.outing.id).or_insert((source, log));
            if NightRank::of(log, *source) > NightRank::of(known.1, *known.0) {
                *known = (source, log);
            }
        }
        nights.into_iter().map(|(id, (_, log))| (id, log)).collect()
    }

    /// Every referral with all its events, in the order of the machine; the path of one that is lost ends with it.
    #[must_use]
    pub fn referrals(&self) -> BTreeMap<ReferralId, ReferralRow> {
        let mut referrals = self.paths();
        if let Some(rule) = self.lost {
            referrals.values_mut().for_each(|referral| rule.apply(&mut referral.events));
        }
        referrals
    }

    /// As [`Records::referrals`], with only the events that somebody noted: what may still be noted follows from these.
    #[must_use]
    pub fn paths(&self) -> BTreeMap<ReferralId, ReferralRow> {
        let nights = self.nights();
        let mut referrals: BTreeMap<ReferralId, ReferralRow> = BTreeMap::new();
        let opened_at_desk = self.standing().filter_map(|entry| match entry {
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
        let known = self.paths();
        let waiting = self.later_events(&self.nights()).filter(|(id, _)| !known.contains_key(id)).count();
        u64::try_from(waiting).unwrap_or(u64::MAX)
    }

    fn later_events<'a>(
        &'a self,
        nights: &BTreeMap<OutingId, &'a NightLog>,
    ) -> impl Iterator<Item = (ReferralId, ReferralEvent)> + use<'a> {
        let noted: Vec<_> = nights.values().flat_map(|log| &log.follow_ups).collect();
        let at_desk = self.standing().filter_map(|entry| match entry {
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
        let at_desk = self.standing().filter_map(|entry| match entry {
            DeskEntry::Accompanied(accompaniment) => Some(accompaniment),
            _ => None,
        });
        let all = nights.values().flat_map(|log| &log.accompaniments).chain(at_desk);
        all.map(|accompaniment| (accompaniment.id, *accompaniment)).collect()
    }

    /// Every desk access.
    #[must_use]
    pub fn desk_accesses(&self) -> BTreeMap<DeskAccessId, &DeskAccessRow> {
        let accesses = self.standing().filter_map(|entry| match entry {
            DeskEntry::DeskAccess(row) => Some((row.id, row)),
            _ => None,
        });
        accesses.collect()
    }

    /// Every awareness event.
    #[must_use]
    pub fn events(&self) -> BTreeMap<EventId, &EventRow> {
        let events = self.standing().filter_map(|entry| match entry {
            DeskEntry::Event(row) => Some((row.id, row)),
            _ => None,
        });
        events.collect()
    }

    /// Every incident that belongs to no outing.
    #[must_use]
    pub fn desk_incidents(&self) -> BTreeMap<IncidentId, &DeskIncidentRow> {
        let incidents = self.standing().filter_map(|entry| match entry {
            DeskEntry::Incident(row) => Some((row.id, row)),
            _ => None,
        });
        incidents.collect()
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
