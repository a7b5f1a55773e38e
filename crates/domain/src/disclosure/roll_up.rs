//! Rule 6: a longer period for somebody who already has the shorter ones.
//!
//! A month minus its weeks must not give away what a week hides.

use super::cell::{Cell, Suppressed, Why};
use super::exact::{Edge, Node, known};
use super::suppress::{complete, next_to_hide, sum, suppress};
use super::threshold::Threshold;
use std::collections::BTreeSet;

/// The shorter rows as they were published, and the longer one that may be published beside them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RollUp {
    /// The shorter rows after rules 1–3.
    pub rows: Vec<Suppressed>,
    /// The longer row.
    pub sums: Suppressed,
    /// Nothing of the longer row but its total is published.
    pub totals_only: bool,
}

/// Why a longer row cannot be made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum RollUpError {
    /// A shorter row has too few people and was never published: it must be merged first (D.4.3).
    #[error("a row was withheld and must be merged with its neighbour first")]
    WithheldRow,
    /// The rows do not have the same categories.
    #[error("rows differ in their categories")]
    Ragged,
}

/// Makes the longer row of a table whose shorter rows the recipient has (D.4.6).
///
/// Every row holds the counts of the same categories, in the same order.
///
/// # Errors
/// [`RollUpError`].
pub fn roll_up(rows: &[Vec<u64>], k: Threshold) -> Result<RollUp, RollUpError> {
    let width = rows.first().map_or(0, Vec::len);
    if rows.iter().any(|row| row.len() != width) {
        return Err(RollUpError::Ragged);
    }
    let published: Vec<Suppressed> = rows.iter().map(|row| suppress(row, k, &BTreeSet::new())).collect();
    if published.iter().any(|row| row.total.is_hidden()) {
        return Err(RollUpError::WithheldRow);
    }
    let column = |position: usize| rows.iter().filter_map(move |row| row.get(position));
    let sums: Vec<u64> = (0..width).map(|position| sum(column(position))).collect();
    let guard = Guard { rows, hidden: published.iter().map(Suppressed::hidden).collect(), sums: &sums, k };
    let hidden = guard.hidden_sums();
    let total = Cell::Shown(sum(sums.iter()));
    let why = match &hidden {
        Some(hidden) if hidden.is_empty() => BTreeSet::new(),
        _ => BTreeSet::from([Why::Small, Why::Complement]),
    };
    let cell = |(position, count): (usize, &u64)| match &hidden {
        Some(hidden) if !hidden.contains(&position) => Cell::Shown(*count),
        _ => Cell::Hidden,
    };
    let cells = sums.iter().enumerate().map(cell).collect();
    Ok(RollUp { rows: published, totals_only: hidden.is_none(), sums: Suppressed { cells, total, why } })
}

struct Guard<'a> {
    rows: &'a [Vec<u64>],
    hidden: Vec<BTreeSet<usize>>,
    sums: &'a [u64],
    k: Threshold,
}

impl Guard<'_> {
    /// Positions of the longer row to hide; `None` for the total alone.
    fn hidden_sums(&self) -> Option<BTreeSet<usize>> {
        let prefer: BTreeSet<usize> = self.hidden.iter().flatten().copied().collect();
        // a. Rules 1–2, with complements first among what is hidden in a shorter row.
        let mut hidden = suppress(self.sums, self.k, &prefer).hidden();
        // b. What one shorter row hides alone, or several with fewer than k people. A zero stays shown.
        let is_zero = |position: &usize| self.sums.get(*position) == Some(&0);
        let exposed = |position: &usize| !is_zero(position) && self.is_exposed_by_its_sum(*position);
        hidden.extend(prefer.iter().copied().filter(exposed));
        loop {
            // c. Complements again.
            hidden = complete(self.sums, hidden, self.k, &prefer)?;
            // d. Audit, and hide one more as long as something small can be computed.
            let next = match self.audit(&hidden) {
                Finding::Safe => return Some(hidden),
                Finding::Exposed(position) if !hidden.contains(&position) => position,
                Finding::Exposed(_) => next_to_hide(self.sums, &hidden, &prefer)?,
            };
            hidden.insert(next);
        }
    }

    fn is_exposed_by_its_sum(&self, position: usize) -> bool {
        let cells: Vec<&u64> = self
            .rows
            .iter()
            .zip(&self.hidden)
            .filter(|(_, hidden)| hidden.contains(&position))
            .filter_map(|(row, _)| row.get(position))
            .collect();
        cells.len() == 1 || sum(cells.into_iter()) < self.k.get()
    }

    /// Looks for a hidden small count that has only one possible value. Reports one whose column sum is still
    /// visible, if there is any.
    fn audit(&self, hidden_sums: &BTreeSet<usize>) -> Finding {
        let columns: Vec<usize> = known(&self.edges(hidden_sums))
            .into_iter()
            .filter(|edge| self.k.hides(edge.count))
            .filter_map(|edge| match (edge.from, edge.to) {
                (Node::Column(column), _) | (_, Node::Column(column)) => Some(column),
                _ => None,
            })
            .collect();
        match columns.iter().find(|column| !hidden_sums.contains(column)).or(columns.first()) {
            Some(column) => Finding::Exposed(*column),
            None => Finding::Safe,
        }
    }

    /// Every hidden count, row by row, then the hidden sums.
    fn edges(&self, hidden_sums: &BTreeSet<usize>) -> Vec<Edge> {
        let mut edges = Vec::new();
        for (row, (counts, hidden)) in self.rows.iter().zip(&self.hidden).enumerate() {
            let at = |column: &usize| counts.get(*column).map(|count| (*column, *count));
            // A hidden zero means that only the total of the row was published.
            let least = u64::from(!hidden.iter().filter_map(at).any(|(_, count)| count == 0));
            edges.extend(hidden.iter().filter_map(at).map(|(column, count)| Edge {
                from: Node::Row(row),
                to: Node::Column(column),
                count,
                least,
            }));
        }
        let at = |column: &usize| self.sums.get(*column).map(|count| (*column, *count));
        edges.extend(hidden_sums.iter().filter_map(at).map(|(column, count)| Edge {
            from: Node::Column(column),
            to: Node::Grand,
            count,
            least: 1,
        }));
        edges
    }
}

enum Finding {
    Safe,
    /// A small count in this column can be computed.
    Exposed(usize),
}
