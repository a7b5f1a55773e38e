//! What the desk counts from: folded from its entries, whatever their order and however often each is given.

use super::path::in_order;
use crate::store::desk_entry::StoredDeskEntry;
use chrono::{DateTime, NaiveDate, Utc};
use domain::ids::{AccompanimentId, DeskAccessId, DeviceId, EventId, OutingId, ReferralId};
use domain::referral::{Accompaniment, ReferralEvent, ReferralState};
use domain::sync::night_log::{DeskAccessRow, DeskEntry, EventRow, NightLog, ReferralRow};
use std::collections::{BTreeMap, BTreeSet};

/// Everything that stands, each thing once.
#[derive(Clone, Debug, Default)]
pub struct Ledger {
    /// The night log that counts of each outing: the highest version; of equal ones the first signed.
    pub nights: BTreeMap<OutingId, NightLog>,
    /// Referrals with all their events in order, from night logs and from the desk.
    pub referrals: BTreeMap<ReferralId, ReferralRow>,
    /// Accompaniments.
    pub accompaniments: BTreeMap<AccompanimentId, Accompaniment>,
    /// Desk accesses.
    pub accesses: BTreeMap<DeskAccessId, DeskAccessRow>,
    /// Awareness events.
    pub events: BTreeMap<EventId, EventRow>,
}

impl Ledger {
    /// Folds the entries.
    #[must_use]
    pub fn fold(entries: &[StoredDeskEntry]) -> Self {
        let mut ledger = Self { nights: standing_nights(entries), ..Self::default() };
        let mut steps: BTreeMap<ReferralId, BTreeSet<ReferralEvent>> = BTreeMap::new();
        for night in ledger.nights.values() {
            for referral in &night.referrals {
                ledger.referrals.insert(referral.id, referral.clone());
            }
            for follow_up in &night.follow_ups {
                steps.entry(follow_up.referral_id).or_default().insert(follow_up.event);
            }
            for accompaniment in &night.accompaniments {
                ledger.accompaniments.insert(accompaniment.id, *accompaniment);
            }
        }
        for entry in in_log_order(entries) {
            match &entry.envelope.entry {
                DeskEntry::NightLog(_) => {}
                DeskEntry::ReferralOpened(referral) => {
                    ledger.referrals.entry(referral.id).or_insert_with(|| referral.clone());
                }
                DeskEntry::ReferralAdvanced { referral_id, events } => {
                    steps.entry(*referral_id).or_default().extend(events);
                }
                DeskEntry::Accompanied(accompaniment) => {
                    ledger.accompaniments.entry(accompaniment.id).or_insert(*accompaniment);
                }
                DeskEntry::DeskAccess(access) => {
                    ledger.accesses.entry(access.id).or_insert_with(|| access.clone());
                }
                DeskEntry::Event(event) => {
                    ledger.events.entry(event.id).or_insert_with(|| event.clone());
                }
            }
        }
        for (id, referral) in &mut ledger.referrals {
            let mut events: BTreeSet<ReferralEvent> = referral.events.iter().copied().collect();
            events.extend(steps.remove(id).unwrap_or_default());
            referral.events = in_order(&events);
        }
        ledger
    }

    /// Where a referral stands; nothing for one whose opening has not arrived.
    #[must_use]
    pub fn state_of(&self, referral: ReferralId) -> Option<ReferralState> {
        self.referrals.get(&referral).and_then(|row| row.events.last()).map(|event| event.state)
    }

    /// The last event of a referral.
    #[must_use]
    pub fn last_event(&self, referral: ReferralId) -> Option<ReferralEvent> {
        self.referrals.get(&referral).and_then(|row| row.events.last()).copied()
    }

    /// Amendments made on days for which `chosen` holds: *rettifiche* count when they are made (V32).
    pub fn rectifications(&self, chosen: impl Fn(NaiveDate) -> bool) -> usize {
        let amendments = self.nights.values().flat_map(|night| &night.amendments);
        amendments.filter(|amendment| chosen(amendment.date)).count()
    }
}

/// Entries by device and sequence, each place of a log once.
fn in_log_order(entries: &[StoredDeskEntry]) -> impl Iterator<Item = &StoredDeskEntry> {
    let by_place: BTreeMap<(DeviceId, u64), &StoredDeskEntry> =
        entries.iter().map(|entry| ((entry.device, entry.sequence), entry)).collect();
    by_place.into_values()
}

/// Two leads may both have signed: equal versions are settled by the time of the signature, then by device.
fn standing_nights(entries: &[StoredDeskEntry]) -> BTreeMap<OutingId, NightLog> {
    type Rank = (u16, std::cmp::Reverse<(DateTime<Utc>, DeviceId, u64)>);
    let mut best: BTreeMap<OutingId, (Rank, &NightLog)> = BTreeMap::new();
    for entry in entries {
        if let DeskEntry::NightLog(log) = &entry.envelope.entry {
            let signed = (log.outing.reviewed_at, entry.device, entry.sequence);
            let rank: Rank = (log.version(), std::cmp::Reverse(signed));
            if best.get(&log.outing.id).is_none_or(|(standing, _)| rank > *standing) {
                best.insert(log.outing.id, (rank, log));
            }
        }
    }
    best.into_iter().map(|(outing, (_, log))| (outing, log.clone())).collect()
}
