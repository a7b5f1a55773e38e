//! Rules 1–3: one row of counts whose total is published.

use super::cell::{Cell, Suppressed, Why};
use super::threshold::Threshold;
use std::collections::BTreeSet;

/// Hides what rules D.4.1–3 say, in a row of counts in category order.
///
/// 1. Zeros and counts ≥ k are shown; counts of 1…k−1 are hidden.
/// 2. While something is hidden, the hidden cells must be at least two, sum to at least k, **and** sum to more than
///    their number: five hidden cells that sum to five could only be five ones. The next cell to hide is the
///    smallest non-zero visible one, the earlier category first; those at the positions in `prefer` come before all
///    others. If none is left, the total alone is published, zeros hidden too; and if there is no zero to keep
///    company with the ones, not even the total.
/// 3. A total of 1…k−1 is not published at all; see [`super::merge_small_weeks`].
#[must_use]
pub fn suppress(counts: &[u64], k: Threshold, prefer: &BTreeSet<usize>) -> Suppressed {
    let total = sum(counts.iter());
    if k.hides(total) {
        return Suppressed::withheld(counts.len());
    }
    let small: BTreeSet<usize> = positions(counts, |count| k.hides(count)).collect();
    let mut why = BTreeSet::new();
    if !small.is_empty() {
        why.insert(Why::Small);
    }
    match complete(counts, small.clone(), k, prefer) {
        Some(hidden) => {
            if hidden.len() > small.len() {
                why.insert(Why::Complement);
            }
            let cell = |(position, count): (usize, &u64)| {
                if hidden.contains(&position) { Cell::Hidden } else { Cell::Shown(*count) }
            };
            Suppressed { cells: counts.iter().enumerate().map(cell).collect(), total: Cell::Shown(total), why }
        }
        None if counts.contains(&0) => {
            why.insert(Why::Complement);
            Suppressed { cells: vec![Cell::Hidden; counts.len()], total: Cell::Shown(total), why }
        }
        None => Suppressed::withheld(counts.len()),
    }
}

/// Adds complements (D.4.2) to the hidden positions until they protect each other. `None` if there are not enough
/// cells to do so.
pub(super) fn complete(
    counts: &[u64],
    mut hidden: BTreeSet<usize>,
    k: Threshold,
    prefer: &BTreeSet<usize>,
) -> Option<BTreeSet<usize>> {
    while !protects(counts, &hidden, k) {
        hidden.insert(next_to_hide(counts, &hidden, prefer)?);
    }
    Some(hidden)
}

/// Whether the hidden cells, of which an attacker knows the sum, protect each other.
pub(super) fn protects(counts: &[u64], hidden: &BTreeSet<usize>, k: Threshold) -> bool {
    let sum = sum(hidden.iter().filter_map(|position| counts.get(*position)));
    let slack = u64::try_from(hidden.len()).is_ok_and(|number| sum > number);
    hidden.is_empty() || (hidden.len() >= 2 && sum >= k.get() && slack)
}

/// The smallest non-zero visible cell; preferred ones first, ties by category order.
pub(super) fn next_to_hide(counts: &[u64], hidden: &BTreeSet<usize>, prefer: &BTreeSet<usize>) -> Option<usize> {
    counts
        .iter()
        .enumerate()
        .filter(|(position, count)| **count > 0 && !hidden.contains(position))
        .min_by_key(|(position, count)| (!prefer.contains(position), **count, *position))
        .map(|(position, _)| position)
}

fn positions(counts: &[u64], wanted: impl Fn(u64) -> bool) -> impl Iterator<Item = usize> {
    counts.iter().enumerate().filter(move |(_, count)| wanted(**count)).map(|(position, _)| position)
}

pub(super) fn sum<'a>(counts: impl Iterator<Item = &'a u64>) -> u64 {
    counts.fold(0, |sum, count| sum.saturating_add(*count))
}
