//! An attacker who has everything that was ever given of a table and tries whole numbers, one after the other. It knows
//! nothing of how the desk audits: no linear program, no fraction, no tolerance.

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
const PATIENCE: u32 = 20_000;
/// A count that nothing bounds is tried up to here.
const ENOUGH: u64 = 60;

/// Whether whole numbers fit everything that is known, the first ones tried being those of `likely`.
pub fn fits(known: &[Known], likely: &[u64]) -> Answer {
    let bounds = vec![(0, ENOUGH); likely.len()];
    let mut search = Search { known, likely, steps: 0 };
    search.go(bounds)
}

struct Search<'a> {
    known: &'a [Known],
    likely: &'a [u64],
    steps: u32,
}

type Bounds = Vec<(u64, u64)>;

impl Search<'_> {
    fn go(&mut self, mut bounds: Bounds) -> Answer {
        self.steps += 1;
        if self.steps > PATIENCE {
            return Answer::GaveUp;
        }
        if !self.tighten(&mut bounds) {
            return Answer::No;
        }
        let open = bounds.iter().enumerate().filter(|(_, (low, high))| low < high);
        let Some((place, (low, high))) = open.min_by_key(|(_, (low, high))| high - low) else { return Answer::Yes };
        let (low, high) = (*low, *high);
        let likely = self.likely.get(place).copied().unwrap_or_default().clamp(low, high);
        let mut values: Vec<u64> = (low..=high).collect();
        values.sort_by_key(|value| value.abs_diff(likely));
        for value in values {
            let mut next = bounds.clone();
            if let Some(bound) = next.get_mut(place) {
                *bound = (value, value);
            }
            match self.go(next) {
                Answer::No => {}
                answer => return answer,
            }
        }
        Answer::No
    }

    /// Draws the bounds in until nothing moves; false if nothing fits.
    fn tighten(&self, bounds: &mut Bounds) -> bool {
        loop {
            let mut moved = false;
            for known in self.known {
                let at = |place: &usize| bounds.get(*place).copied().unwrap_or_default();
                let low: u64 = known.of.iter().map(|place| at(place).0).sum();
                let high: u64 = known.of.iter().map(|place| at(place).1).sum();
                if high < known.least || known.most.is_some_and(|most| low > most) {
                    return false;
                }
                for place in &known.of {
                    let (own_low, own_high) = bounds.get(*place).copied().unwrap_or_default();
                    let need = (known.least + own_high).saturating_sub(high).max(own_low);
                    let room = known.most.map_or(own_high, |most| (most + own_low - low).min(own_high));
                    if need > room {
                        return false;
                    }
                    if (need, room) != (own_low, own_high)
                        && let Some(bound) = bounds.get_mut(*place)
                    {
                        *bound = (need, room);
                        moved = true;
                        break;
                    }
                }
            }
            if !moved {
                return true;
            }
        }
    }
}
