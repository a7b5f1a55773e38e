//! Planned outings (*uscite pianificate*): what a coordinator intends, and what became of it.
//!
//! A plan is an entry of the night-log stream, so that every desk has the same one. Each row is the whole plan of one
//! outing; a change is a further row with the next revision. Of two desks that change one plan apart, the greater
//! revision counts, and of equal ones that of the greater [`Source`]: the order of deliveries decides nothing.

mod calendar;
#[cfg(test)]
mod tests;

pub use calendar::{Calendar, CalendarNight, PlanTally, Standing};

use crate::ids::{PlanId, UnitId};
use crate::indicator::{Records, Source};
use crate::outing::{CancelReason, OutingType};
use crate::sync::night_log::DeskEntry;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The plan of one outing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlannedRow {
    /// Random v4.
    pub id: PlanId,
    /// 1 as first planned, then one more with each change.
    pub revision: u32,
    /// Who is to go out.
    pub unit: UnitId,
    /// Kind of outing.
    pub outing_type: OutingType,
    /// Operational date, after a move the new one.
    pub date: NaiveDate,
    /// What became of it.
    pub state: PlanState,
}

/// What became of a plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum PlanState {
    /// *Pianificata*.
    Planned,
    /// *Spostata*.
    Moved {
        /// The date before.
        from: NaiveDate,
        /// Why.
        reason: CancelReason,
    },
    /// *Annullata*.
    Cancelled {
        /// Why.
        reason: CancelReason,
    },
    /// *Tolta*: planned by mistake. It counts for nothing.
    Withdrawn,
}

/// Every plan as it now stands, those planned by mistake left out.
#[must_use]
pub fn plans(records: &Records) -> BTreeMap<PlanId, &PlannedRow> {
    let mut plans: BTreeMap<PlanId, (u32, Source, &PlannedRow)> = BTreeMap::new();
    for (source, entry) in records.written() {
        let DeskEntry::Planned(rows) = entry else { continue };
        for row in rows {
            let known = plans.entry(row.id).or_insert((row.revision, source, row));
            if (row.revision, source) > (known.0, known.1) {
                *known = (row.revision, source, row);
            }
        }
    }
    let stands = plans.into_iter().map(|(id, (_, _, row))| (id, row));
    stands.filter(|(_, row)| row.state != PlanState::Withdrawn).collect()
}
