//! An attacker who has everything that was ever given of a table and tries whole numbers, one after the other. It knows
//! nothing of how the desk audits: no linear program, no fraction, no tolerance.

use std::collections::BTreeSet;

/// A sum of counts of which something is known.
#[derive(Clone, Debug)]
pub struct Known {
    /// Places of the counts.
    pub of: Vec<usize>,
    /// The least that it can be.
    pub least: u64,
    /// The most; nothing if nobody knows.
    pub most: Option<u64>,
}

/// What became of a question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// There are such numbers.
    Yes,
    /// There are none.
    No,
    /// The search was given up.
    GaveUp,
}

/// Steps of a search before it is given up.
const PATIENCE: u32 = 3_000;
/// A count that nothing bounds is tried up to here.
const ENOUGH: u64 = 60;

/// Whether whole numbers fit everything that is known, the first ones tried being those of `likely`. Only what hangs
/// together with the last thing known is looked at: the rest has numbers that fit, the true ones.
pub fn fits(known: &[Known], likely: &[u64]) -> Answer {
    let mut touching = vec![Vec::new(); likely.len()];
    for (number, sum) in known.iter().enumerate() {
        for place in &sum.of {
            touching.get_mut(*place).into_iter().for_each(|of: &mut Vec<usize>| of.push(number));
        }
    }
    let (mut places, mut sums) = (BTreeSet::new(), BTreeSet::new());
    let mut next: Vec<usize> = known.len().checked_sub(1).into_iter().collect();
    while let Some(number) = next.pop() {
        if sums.insert(number) {
            let of = known.get(number).map(|sum| sum.of.as_slice()).unwrap_or_default();
            for place in of.iter().filter(|place| places.insert(**place)) {
                next.extend(touching.get(*place).into_iter().flatten());
            }
        }
    }
    let mut search = Search { known, touching, places: places.into_iter().collect(), likely, steps: 0 };
    search.go(vec![(0, ENOUGH); likely.len()], sums)
}

struct Search<'a> {
    known: &'a [Known],
    /// Of each place the sums that it is in.
    touching: Vec<Vec<usize>>,
    /// What is looked at.
    places: Vec<usize>,
    likely: &'a [u64],
    steps: u32,
}

type Bounds = Vec<(u64, u64)>;

impl Search<'_> {
    /// Goes on from bounds that have changed in the places of these sums.
    fn go(&mut self, mut bounds: Bounds, changed: BTreeSet<usize>) -> Answer {
        self.steps += 1;
        if self.steps > PATIENCE {
            return Answer::GaveUp;
        }
        if !self.tighten(&mut bounds, changed) {
            return Answer::No;
        }
        let range = |place: usize| bounds.get(place).copied().unwrap_or_default();
        let open = self.places.iter().map(|place| (*place, range(*place))).filter(|(_, (low, high))| low < high);
        let Some((place, (low, high))) = open.min_by_key(|(_, (low, high))| high - low) else { return Answer::Yes };
        let likely = self.likely.get(place).copied().unwrap_or_default().clamp(low, high);
        let mut values: Vec<u64> = (low..=high).collect();
        values.sort_by_key(|value| value.abs_diff(likely));
        for value in values {
            let mut next = bounds.clone();
            if let Some(bound) = next.get_mut(place) {
                *bound = (value, value);
            }
            match self.go(next, self.touching.get(place).into_iter().flatten().copied().collect()) {
                Answer::No => {}
                answer => return answer,
            }
        }
        Answer::No
    }

    /// Draws the bounds in until nothing moves; false if nothing fits.
    fn tighten(&self, bounds: &mut Bounds, mut changed: BTreeSet<usize>) -> bool {
        while let Some(number) = changed.pop_first() {
            let Some(sum) = self.known.get(number) else { continue };
            let at = |place: &usize| bounds.get(*place).copied().unwrap_or_default();
            let mut low: u64 = sum.of.iter().map(|place| at(place).0).sum();
            let mut high: u64 = sum.of.iter().map(|place| at(place).1).sum();
            for place in &sum.of {
                if high < sum.least || sum.most.is_some_and(|most| low > most) {
                    return false;
                }
                let Some(bound) = bounds.get_mut(*place) else { continue };
                let (own_low, own_high) = *bound;
                let need = (sum.least + own_high).saturating_sub(high).max(own_low);
                let room = sum.most.map_or(own_high, |most| (most + own_low - low).min(own_high));
                if need > room {
                    return false;
                }
                if (need, room) != (own_low, own_high) {
                    *bound = (need, room);
                    (low, high) = (low + need - own_low, high + room - own_high);
                    changed.extend(self.touching.get(*place).into_iter().flatten());
                }
            }
        }
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sum(of: &[usize], is: u64) -> Known {
        Known { of: of.to_vec(), least: is, most: Some(is) }
    }

    fn at_least_one(place: usize) -> Known {
        Known { of: vec![place], least: 1, most: None }
    }

    /// What the numbers 0 to 9 can be at a place, given these sums.
    fn values(sums: &[Known], place: usize, likely: &[u64]) -> Vec<u64> {
        let can_be = |value: &u64| {
            let known: Vec<Known> = sums.iter().cloned().chain([sum(&[place], *value)]).collect();
            fits(&known, likely) == Answer::Yes
        };
        (0..10).filter(can_be).collect()
    }

    #[test]
    fn one_hidden_cell_is_the_total_less_the_others() {
        let row = [sum(&[0, 1, 2], 12), sum(&[1], 6), sum(&[2], 4)];
        assert_eq!(values(&row, 0, &[2, 6, 4]), [2]);
    }

    #[test]
    fn two_hidden_cells_share_what_is_left() {
        let row = [sum(&[0, 1, 2], 12), sum(&[2], 6), at_least_one(0), at_least_one(1)];
        assert_eq!(values(&row, 0, &[2, 4, 6]), [1, 2, 3, 4, 5]);
    }

    #[test]
    fn a_month_less_its_weeks_leaves_the_one_that_was_hidden() {
        // Places: what each of four weeks has, and what another table has.
        let given = [sum(&[0, 1, 2, 3], 20), sum(&[0], 6), sum(&[1, 2], 11), sum(&[4, 5], 9)];
        assert_eq!(values(&given, 3, &[6, 5, 6, 3, 4, 5]), [3]);
        assert_eq!(values(&given, 1, &[6, 5, 6, 3, 4, 5]), (0..10).collect::<Vec<_>>(), "two of them share eleven");
    }

    #[test]
    fn sums_that_cross_each_other_are_followed_around() {
        // A square with its lines and columns: one cell more makes it known.
        let square = [sum(&[0, 1], 5), sum(&[2, 3], 7), sum(&[0, 2], 4), sum(&[1, 3], 8)];
        assert_eq!(values(&square, 3, &[2, 3, 2, 5]), [3, 4, 5, 6, 7]);
        let known: Vec<Known> = square.into_iter().chain([sum(&[0], 2)]).collect();
        assert_eq!(values(&known, 3, &[2, 3, 2, 5]), [5]);
    }
}
