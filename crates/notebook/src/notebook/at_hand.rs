//! The outing that was read last, as it was read: a save opens the one row that it adds, and folds once.

use crate::error::Result;
use crate::store::operation::{extent, list, list_above};
use domain::ids::{DeviceId, OutingId};
use domain::operation::{Operation, OutingState, Scope, fold};
use rusqlite::Connection;
use std::collections::BTreeSet;
use std::sync::Arc;

/// Operations of one outing, by device and sequence, and what they fold to; no state while the opening is missing.
#[derive(Clone)]
pub(crate) struct Part {
    /// The operations.
    pub(crate) operations: Arc<Vec<Operation>>,
    /// Their state, all of them taking part.
    pub(crate) state: Option<Arc<OutingState>>,
}

/// What is kept of the outing that was read last.
pub(super) struct AtHand {
    outing: OutingId,
    count: i64,
    last_row: i64,
    operations: Arc<Vec<Operation>>,
    /// Folded on demand, with the leads of then.
    all: Option<Part>,
    own: Option<Part>,
    leads: BTreeSet<DeviceId>,
}

impl AtHand {
    /// What is in the table of an outing: of `before` only what is new since then is opened.
    pub(super) fn read(connection: &Connection, outing: OutingId, before: Option<Self>) -> Result<Self> {
        let (count, last_row) = extent(connection, outing)?;
        let operations = match before.filter(|before| before.outing == outing) {
            Some(before) if (before.count, before.last_row) == (count, last_row) => return Ok(before),
            Some(before) => {
                let AtHand { mut operations, last_row: known, all, own, .. } = before;
                // Else they would be copied.
                drop((all, own));
                let new = list_above(connection, outing, known)?;
                let known = Arc::make_mut(&mut operations);
                known.extend(new);
                known.sort_by_key(|operation| (operation.device, operation.sequence));
                operations
            }
            None => Arc::new(list(connection, outing)?),
        };
        // Rows are only ever added; if some went, all are read again.
        let is_whole = i64::try_from(operations.len()) == Ok(count);
        let operations = if is_whole { operations } else { Arc::new(list(connection, outing)?) };
        Ok(Self { outing, count, last_row, operations, all: None, own: None, leads: BTreeSet::new() })
    }

    /// The operations, by device and sequence.
    pub(super) fn operations(&self) -> Arc<Vec<Operation>> {
        Arc::clone(&self.operations)
    }

    /// Everything that is here of the outing.
    pub(super) fn all(&mut self, leads: BTreeSet<DeviceId>) -> Part {
        self.forget_other(leads);
        let Self { outing, operations, leads, .. } = self;
        self.all.get_or_insert_with(|| folded(*outing, Arc::clone(operations), leads)).clone()
    }

    /// What one device wrote of it: while no other did, the same.
    pub(super) fn own(&mut self, device: DeviceId, leads: BTreeSet<DeviceId>) -> Part {
        if self.operations.iter().all(|operation| operation.device == device) {
            return self.all(leads);
        }
        self.forget_other(leads);
        let Self { outing, operations, leads, .. } = self;
        let own = || operations.iter().filter(|operation| operation.device == device).cloned().collect();
        self.own.get_or_insert_with(|| folded(*outing, Arc::new(own()), leads)).clone()
    }

    /// Another manifest may name other leads.
    fn forget_other(&mut self, leads: BTreeSet<DeviceId>) {
        if leads != self.leads {
            (self.all, self.own, self.leads) = (None, None, leads);
        }
    }
}

fn folded(outing: OutingId, operations: Arc<Vec<Operation>>, leads: &BTreeSet<DeviceId>) -> Part {
    let state = fold(outing, &operations, leads, Scope::Everything).map(Arc::new);
    Part { operations, state }
}
