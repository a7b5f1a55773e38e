//! Hybrid logical clock: the order of operations across phones whose clocks disagree.
//!
//! A stamp is (milliseconds, counter); ties between devices are broken by the device id. The clock is a value with
//! pure steps, because the simulation gives every device its own wrong time (`docs/adr/0005`).

use serde::{Deserialize, Serialize};

/// How far a remote stamp may lead our own clock and still move it: 24 h. Beyond, it is recorded and flagged (V33).
pub const MAX_LEAD_MS: i64 = 24 * 60 * 60 * 1000;

/// A point in logical time. Ordered by milliseconds, then counter.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Stamp {
    /// Milliseconds since 1970 UTC, as the device believed.
    pub ms: i64,
    /// Counts events within one millisecond or behind a faster clock.
    pub counter: u32,
}

impl Stamp {
    /// The stamp of the next local event: later than this one, and not before the physical clock.
    #[must_use]
    pub fn tick(self, now_ms: i64) -> Self {
        if now_ms > self.ms { Self { ms: now_ms, counter: 0 } } else { self.successor() }
    }

    /// The clock after seeing a remote stamp. A stamp more than [`MAX_LEAD_MS`] ahead of `now_ms` does not move it.
    #[must_use]
    pub fn observe(self, remote: Self, now_ms: i64) -> Self {
        if remote.ms > now_ms.saturating_add(MAX_LEAD_MS) { self } else { self.max(remote) }
    }

    fn successor(self) -> Self {
        match self.counter.checked_add(1) {
            Some(counter) => Self { ms: self.ms, counter },
            None => Self { ms: self.ms.saturating_add(1), counter: 0 },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_forward_even_when_the_clock_goes_back() {
        let first = Stamp::default().tick(1_000);
        let second = first.tick(900);
        assert!(second > first, "a clock set back must not reorder what one person did");
    }

    #[test]
    fn follows_a_faster_partner_but_not_an_absurd_one() {
        let local = Stamp { ms: 1_000, counter: 0 };
        let ahead = Stamp { ms: 5_000, counter: 7 };
        assert!(local.observe(ahead, 1_000).tick(1_001) > ahead);
        let absurd = Stamp { ms: 1_000 + MAX_LEAD_MS + 1, counter: 0 };
        assert_eq!(local.observe(absurd, 1_000), local);
    }
}
