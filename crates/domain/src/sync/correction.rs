//! Corrections (*correzioni*) of what day staff noted: a slip of the hand does not stay in the figures, and does not
//! vanish either.
//!
//! Nothing is written over. A correction names the entry by its place in its author's log and says what it should say, or
//! that it should not be there at all. Every desk keeps both, counts by [`CorrectionRow::rank`], and shows the rest. A
//! night is corrected by its lead's amendment, a release by another release: neither can be named here.

use super::night_log::{DeskAccessRow, DeskEntry, DeskIncidentRow, EventRow, ReferralRow};
use crate::code::code_enum;
use crate::ids::{DeviceId, ReferralId};
use crate::referral::{Accompaniment, ReferralEvent};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

code_enum! {
    /// Why an entry is corrected.
    CorrectionReason {
        /// *Errore di battitura*.
        Mistyped = "mistyped",
        /// *Segnato due volte*.
        Twice = "twice",
        /// *Segnato sull'invio o nel giorno sbagliato*.
        Misplaced = "misplaced",
        /// *Saputo dopo*.
        LearntLater = "learnt_later",
    }
}

/// An entry of day staff: what a correction may be about, and what it may put in its place.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", content = "data", rename_all = "snake_case")]
pub enum DayEntry {
    /// A referral opened at the desk.
    ReferralOpened(ReferralRow),
    /// Steps of a referral.
    ReferralAdvanced {
        /// The referral.
        referral_id: ReferralId,
        /// The steps.
        events: Vec<ReferralEvent>,
    },
    /// Somebody went along.
    Accompanied(Accompaniment),
    /// Somebody came to the desk.
    DeskAccess(DeskAccessRow),
    /// An awareness event.
    Event(EventRow),
    /// An incident that belongs to no outing.
    Incident(DeskIncidentRow),
}

impl DayEntry {
    /// The entry, if it is one of day staff's.
    #[must_use]
    pub fn of(entry: &DeskEntry) -> Option<Self> {
        Some(match entry {
            DeskEntry::ReferralOpened(row) => Self::ReferralOpened(row.clone()),
            DeskEntry::ReferralAdvanced { referral_id, events } => {
                Self::ReferralAdvanced { referral_id: *referral_id, events: events.clone() }
            }
            DeskEntry::Accompanied(accompaniment) => Self::Accompanied(*accompaniment),
            DeskEntry::DeskAccess(row) => Self::DeskAccess(row.clone()),
            DeskEntry::Event(row) => Self::Event(row.clone()),
            DeskEntry::Incident(row) => Self::Incident(row.clone()),
            _ => return None,
        })
    }

    /// Whether this may stand in the place of `old`: of the same kind, about the same thing.
    #[must_use]
    pub fn replaces(&self, old: &DeskEntry) -> bool {
        match (self, old) {
            (Self::ReferralOpened(new), DeskEntry::ReferralOpened(old)) => new.id == old.id,
            (Self::ReferralAdvanced { referral_id: new, .. }, DeskEntry::ReferralAdvanced { referral_id: old, .. }) => {
                new == old
            }
            (Self::Accompanied(new), DeskEntry::Accompanied(old)) => {
                (new.id, new.referral_id) == (old.id, old.referral_id)
            }
            (Self::DeskAccess(new), DeskEntry::DeskAccess(old)) => new.id == old.id,
            (Self::Event(new), DeskEntry::Event(old)) => new.id == old.id,
            (Self::Incident(new), DeskEntry::Incident(old)) => new.id == old.id,
            _ => false,
        }
    }
}

impl From<DayEntry> for DeskEntry {
    fn from(entry: DayEntry) -> Self {
        match entry {
            DayEntry::ReferralOpened(row) => Self::ReferralOpened(row),
            DayEntry::ReferralAdvanced { referral_id, events } => Self::ReferralAdvanced { referral_id, events },
            DayEntry::Accompanied(accompaniment) => Self::Accompanied(accompaniment),
            DayEntry::DeskAccess(row) => Self::DeskAccess(row),
            DayEntry::Event(row) => Self::Event(row),
            DayEntry::Incident(row) => Self::Incident(row),
        }
    }
}

impl std::fmt::Debug for DayEntry {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("DayEntry")
    }
}

/// One correction of one entry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CorrectionRow {
    /// Who wrote the entry.
    pub device: DeviceId,
    /// Its place in that device's log.
    pub sequence: u64,
    /// 1, 2, 3 … of this entry, as its author knew them.
    pub number: u16,
    /// Operational date on which it was made.
    pub on: NaiveDate,
    /// Why.
    pub reason: CorrectionReason,
    /// What the entry should say; nothing if it should not be there.
    pub entry: Option<DayEntry>,
}

impl CorrectionRow {
    /// Of several corrections of one entry the greatest counts: what was taken away stays away, else the later one. Two
    /// desks that corrected it apart agree by the place of the correction, which the caller adds.
    #[must_use]
    pub const fn rank(&self) -> (bool, u16) {
        (self.entry.is_none(), self.number)
    }

    /// Whether it is about something that may be corrected so.
    #[must_use]
    pub fn fits(&self, entry: &DeskEntry) -> bool {
        match &self.entry {
            Some(new) => new.replaces(entry),
            None => DayEntry::of(entry).is_some(),
        }
    }
}
