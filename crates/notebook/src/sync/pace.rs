//! How much at once, from where on, and how long to wait: carried from round to round, forgotten when the app closes.

use super::fault::Trouble;
use domain::sync::push::MAX_OPERATIONS;

/// The first delay after a failure.
const FIRST_DELAY_MS: u64 = 1_000;
/// The longest delay: 5 minutes.
pub const LONGEST_DELAY_MS: u64 = 300_000;

/// Size of the next batch and number of failures in a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pace {
    batch: usize,
    failures: u32,
    /// Operations up to here are in quarantine, and why.
    handed_in: Option<(u64, Trouble)>,
}

impl Default for Pace {
    fn default() -> Self {
        Self { batch: MAX_OPERATIONS, failures: 0, handed_in: None }
    }
}

impl Pace {
    /// Operations in the next batch, 1…64.
    #[must_use]
    pub const fn batch(self) -> usize {
        self.batch
    }

    /// A batch arrived: twice as much next time.
    pub fn succeeded(&mut self) {
        self.batch = self.batch.saturating_mul(2).min(MAX_OPERATIONS);
    }

    /// How far a device without standing has handed in, in this run: it gets no receipt for it.
    #[must_use]
    pub fn handed_in(self) -> u64 {
        self.handed_in.map_or(0, |(through, _)| through)
    }

    /// Why nothing that is sent counts as received.
    #[must_use]
    pub fn without_standing(self) -> Option<Trouble> {
        self.handed_in.map(|(_, trouble)| trouble)
    }

    /// Notes how far a device without standing has handed in.
    pub fn hand_in(&mut self, through: u64, trouble: Trouble) {
        self.handed_in = Some((through, trouble));
    }

    /// The server treats the device as any other again.
    pub fn regain_standing(&mut self) {
        self.handed_in = None;
    }

    /// A round failed.
    pub fn failed(&mut self) {
        self.failures = self.failures.saturating_add(1);
    }

    /// A round went through.
    pub fn calm(&mut self) {
        self.failures = 0;
    }

    /// Half of what was in a batch next time.
    pub fn halve_from(&mut self, count: usize) {
        self.batch = (count / 2).max(1);
    }

    /// Half as much next time.
    pub fn halve(&mut self) {
        self.batch = (self.batch / 2).max(1);
    }

    /// Milliseconds to wait: anywhere between 0 and the ceiling, which doubles from 1 s to 5 min (full jitter, so
    /// that phones of one van do not come back together). `random` is uniform over its type.
    #[must_use]
    pub fn delay_ms(self, random: u64) -> u64 {
        let doublings = self.failures.saturating_sub(1).min(20);
        let ceiling = FIRST_DELAY_MS.saturating_mul(1 << doublings).min(LONGEST_DELAY_MS);
        random % (ceiling + 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn halves_on_failure_down_to_one_and_doubles_on_success_up_to_the_limit() {
        let mut pace = Pace::default();
        let sizes: Vec<usize> = (0..8)
            .map(|_| {
                pace.halve();
                pace.batch()
            })
            .collect();
        assert_eq!(sizes, [32, 16, 8, 4, 2, 1, 1, 1]);
        for _ in 0..7 {
            pace.succeeded();
        }
        assert_eq!(pace.batch(), MAX_OPERATIONS);
    }

    #[test]
    fn waits_between_nothing_and_a_ceiling_that_doubles_to_five_minutes() {
        let mut pace = Pace::default();
        let ceilings: Vec<u64> = (0..12)
            .map(|_| {
                pace.failed();
                (0..2_000_000).step_by(997).map(|random| pace.delay_ms(random)).max().unwrap()
            })
            .collect();
        assert!(ceilings[0] <= 1_000 && ceilings[0] > 900, "first ceiling {}", ceilings[0]);
        assert!(ceilings[3] <= 8_000 && ceilings[3] > 7_000);
        assert!(ceilings[11] <= LONGEST_DELAY_MS && ceilings[11] > 290_000);
        assert_eq!(pace.delay_ms(0), 0, "full jitter starts at nothing");
    }
}
