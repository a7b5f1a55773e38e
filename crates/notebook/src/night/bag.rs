//! The supplies of one phone: each phone has its own bag, so that its counters are true without radio.
//!
//! Balance of an item (V17): `load = handout + return + waste + adjust`.

use domain::ids::{DeviceId, ItemCode, SupplyMoveId};
use domain::supply::{AdjustReason, MoveKind, SupplyMove};
use std::collections::BTreeMap;

/// Most pieces one move may hold; `domain` B.8.
pub const MOVE_LIMIT: u32 = 2000;

/// Where one item of a bag stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct BagItem {
    /// Loaded.
    pub loaded: i64,
    /// Handed out.
    pub out: i64,
    /// Came back at the count.
    pub returned: i64,
    /// Broken or lost.
    pub wasted: i64,
    /// Adjusted; positive for pieces that were never in the bag.
    pub adjusted: i64,
    /// A count was made, or a loss noted.
    pub counted: bool,
}

impl BagItem {
    /// What should be in the bag before the count; negative if more was handed out than loaded (V19).
    #[must_use]
    pub const fn expected(&self) -> i64 {
        self.loaded - self.out
    }

    /// What is still in the bag and not yet counted back.
    #[must_use]
    pub const fn left(&self) -> i64 {
        self.expected() - self.returned - self.wasted - self.adjusted
    }

    /// It runs out: less than a fifth of the load is left.
    #[must_use]
    pub const fn is_low(&self) -> bool {
        self.loaded > 0 && self.left() * 5 < self.loaded
    }

    /// V17: everything loaded is accounted for.
    #[must_use]
    pub const fn is_balanced(&self) -> bool {
        self.left() == 0
    }
}

/// The items of one phone's bag.
#[must_use]
pub fn bag<'a>(moves: impl IntoIterator<Item = &'a SupplyMove>, device: DeviceId) -> BTreeMap<ItemCode, BagItem> {
    let mut bag: BTreeMap<ItemCode, BagItem> = BTreeMap::new();
    for supply in moves.into_iter().filter(|supply| supply.device_id == device) {
        let quantity = i64::from(supply.quantity);
        let item = bag.entry(supply.item.clone()).or_default();
        match supply.kind {
            MoveKind::Load => item.loaded += quantity,
            MoveKind::Handout => item.out += quantity,
            MoveKind::Return => item.returned += quantity,
            MoveKind::Waste => item.wasted += quantity,
            MoveKind::Adjust => item.adjusted += quantity,
            // Given back by people: never part of the balance.
            MoveKind::FoundReturn => {}
        }
        item.counted |= is_count(supply);
    }
    bag
}

/// Whether a move was made by a count, and is replaced by the next one.
#[must_use]
pub const fn is_count(supply: &SupplyMove) -> bool {
    matches!(supply.kind, MoveKind::Return | MoveKind::Waste | MoveKind::Adjust)
}

/// The earlier count of an item, to be taken back when it is counted again.
#[must_use]
pub fn count_moves<'a>(
    moves: impl IntoIterator<Item = &'a SupplyMove>,
    device: DeviceId,
    item: &ItemCode,
) -> Vec<SupplyMoveId> {
    moves
        .into_iter()
        .filter(|supply| supply.device_id == device && &supply.item == item && is_count(supply))
        .map(|supply| supply.id)
        .collect()
}

/// Why a count differs from what is expected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Difference {
    /// *Rotti o persi*.
    Waste,
    /// *Errore nel carico*.
    LoadMistake,
}

/// One line of a count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CountLine {
    /// Return, waste or adjustment.
    pub kind: MoveKind,
    /// Pieces; an adjustment may be negative.
    pub quantity: i32,
    /// Only for an adjustment.
    pub reason: Option<AdjustReason>,
}

/// The moves that make an item balance once `counted` pieces were found: what is there comes back, the difference is
/// waste or an adjustment of the load.
///
/// `None` if the count differs and no reason explains it: a loss cannot explain that there is more than expected.
#[must_use]
pub fn count(expected: i64, counted: u32, difference: Option<Difference>) -> Option<Vec<CountLine>> {
    let missing = expected - i64::from(counted);
    let explained = match (missing, difference) {
        (0, _) => None,
        (1.., Some(Difference::Waste)) => Some((MoveKind::Waste, None)),
        (_, Some(Difference::LoadMistake)) => Some((MoveKind::Adjust, Some(AdjustReason::LoadMistake))),
        _ => return None,
    };
    let mut lines = split(MoveKind::Return, i64::from(counted), None);
    if let Some((kind, reason)) = explained {
        lines.extend(split(kind, missing, reason));
    }
    Some(lines)
}

/// Pieces in moves of at most [`MOVE_LIMIT`].
fn split(kind: MoveKind, pieces: i64, reason: Option<AdjustReason>) -> Vec<CountLine> {
    let limit = i64::from(MOVE_LIMIT);
    let mut rest = pieces;
    let mut lines = Vec::new();
    while rest != 0 {
        let part = rest.clamp(-limit, limit);
        lines.push(CountLine { kind, quantity: i32::try_from(part).unwrap_or_default(), reason });
        rest -= part;
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(expected: i64, counted: u32, difference: Option<Difference>) -> Option<Vec<(MoveKind, i32)>> {
        count(expected, counted, difference).map(|all| all.iter().map(|line| (line.kind, line.quantity)).collect())
    }

    #[test]
    fn balances_every_count_it_accepts_v17() {
        for expected in [-5, 0, 1, 130, 4500] {
            for counted in [0, 1, 128, 4001] {
                for difference in [None, Some(Difference::Waste), Some(Difference::LoadMistake)] {
                    if let Some(lines) = count(expected, counted, difference) {
                        let total: i64 = lines.iter().map(|line| i64::from(line.quantity)).sum();
                        assert_eq!(total, expected, "{expected} {counted} {difference:?}");
                        let fits = |line: &CountLine| line.quantity != 0 && line.quantity.unsigned_abs() <= MOVE_LIMIT;
                        assert!(lines.iter().all(fits), "{lines:?}");
                    }
                }
            }
        }
    }

    #[test]
    fn asks_why_when_the_count_differs() {
        assert_eq!(lines(130, 128, None), None);
        assert_eq!(lines(130, 128, Some(Difference::Waste)), Some(vec![(MoveKind::Return, 128), (MoveKind::Waste, 2)]));
        assert_eq!(lines(9, 0, Some(Difference::Waste)), Some(vec![(MoveKind::Waste, 9)]));
        assert_eq!(lines(48, 48, None), Some(vec![(MoveKind::Return, 48)]));
    }

    #[test]
    fn runs_low_below_a_fifth_of_the_load() {
        let item = |loaded, out| BagItem { loaded, out, ..BagItem::default() };
        assert!(!item(20, 16).is_low());
        assert!(item(20, 17).is_low() && item(20, 30).is_low());
        assert!(!item(0, 0).is_low(), "what was never loaded does not run out");
    }

    #[test]
    fn explains_a_surplus_only_by_the_load() {
        assert_eq!(lines(10, 12, Some(Difference::Waste)), None, "nothing is lost when there is more");
        assert_eq!(
            lines(10, 12, Some(Difference::LoadMistake)),
            Some(vec![(MoveKind::Return, 12), (MoveKind::Adjust, -2)])
        );
        assert_eq!(
            lines(-3, 0, Some(Difference::LoadMistake)),
            Some(vec![(MoveKind::Adjust, -3)]),
            "more handed out than loaded (V19)"
        );
    }
}
