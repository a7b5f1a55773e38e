//! Merging revisions by field, and noticing where two people changed the same field unaware of each other.

use super::Operation;
use crate::ids::OperationId;
use std::collections::{BTreeMap, BTreeSet};

/// Which operations each operation builds on, over the records that can be revised.
#[derive(Default)]
pub(super) struct Ancestry {
    parents: BTreeMap<OperationId, Vec<OperationId>>,
}

impl Ancestry {
    /// Remembers what an operation says it had seen.
    pub(super) fn add(&mut self, operation: OperationId, after: &[OperationId]) {
        self.parents.insert(operation, after.to_vec());
    }

    /// Whether `older` was known to the author of `newer`.
    pub(super) fn knows(&self, newer: OperationId, older: OperationId) -> bool {
        let mut open = vec![newer];
        let mut seen = BTreeSet::new();
        while let Some(next) = open.pop() {
            if next == older {
                return true;
            }
            if seen.insert(next)
                && let Some(parents) = self.parents.get(&next)
            {
                open.extend(parents.iter().copied());
            }
        }
        false
    }
}

/// The last writer of each field of one record.
pub(super) struct FieldWriters<F> {
    writers: BTreeMap<F, OperationId>,
}

impl<F: Ord + Copy> FieldWriters<F> {
    /// A record nobody has revised.
    pub(super) fn new() -> Self {
        Self { writers: BTreeMap::new() }
    }

    /// Notes that `operation` writes `field`. Gives the earlier writer if the two were unaware of each other.
    pub(super) fn write(&mut self, field: F, operation: &Operation, ancestry: &Ancestry) -> Option<OperationId> {
        let earlier = self.writers.insert(field, operation.id)?;
        (!ancestry.knows(operation.id, earlier)).then_some(earlier)
    }

    /// Who wrote a field last; none if it stands as it was saved.
    pub(super) fn last(&self, field: F) -> Option<OperationId> {
        self.writers.get(&field).copied()
    }
}
