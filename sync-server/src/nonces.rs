//! Nonces seen within the window: the same signed request is not done twice.
//!
//! In memory only. After a restart a request of the last minutes could be repeated; every call is built so that
//! repeating it changes nothing.

use domain::sync::DeviceId;
use domain::sync::auth::WINDOW_SECONDS;
use std::collections::{HashSet, VecDeque};

/// Nonces remembered at once, about 5 MiB.
const ROOM: usize = 65_536;
/// A request may be signed up to one window ahead and is accepted until one window after.
pub const MEMORY_SECONDS: i64 = 2 * WINDOW_SECONDS;

type Nonce = (DeviceId, [u8; 16]);

/// What became of a nonce.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Seen {
    /// For the first time.
    First,
    /// Before.
    Again,
    /// There is no room to remember it, so the request cannot be accepted.
    NoRoom,
}

/// The nonces seen.
#[derive(Debug, Default)]
pub struct Nonces {
    seen: HashSet<Nonce>,
    by_age: VecDeque<(i64, Nonce)>,
}

impl Nonces {
    /// Remembers a nonce. `now` in seconds since 1970 UTC.
    pub fn see(&mut self, device: DeviceId, nonce: [u8; 16], now: i64) -> Seen {
        while let Some((at, oldest)) = self.by_age.front()
            && now.saturating_sub(*at) > MEMORY_SECONDS
        {
            self.seen.remove(oldest);
            self.by_age.pop_front();
        }
        let nonce = (device, nonce);
        if self.seen.contains(&nonce) {
            return Seen::Again;
        }
        if self.seen.len() >= ROOM {
            return Seen::NoRoom;
        }
        self.seen.insert(nonce);
        self.by_age.push_back((now, nonce));
        Seen::First
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    const DEVICE: DeviceId = DeviceId(Uuid::from_u128(1));

    #[test]
    fn knows_a_nonce_again_for_as_long_as_it_could_be_used() {
        let mut nonces = Nonces::default();
        assert_eq!(nonces.see(DEVICE, [1; 16], 0), Seen::First);
        assert_eq!(nonces.see(DEVICE, [1; 16], MEMORY_SECONDS), Seen::Again);
        assert_eq!(nonces.see(DEVICE, [1; 16], MEMORY_SECONDS + 1), Seen::First);
        let other = DeviceId(Uuid::from_u128(2));
        assert_eq!(nonces.see(other, [1; 16], MEMORY_SECONDS + 1), Seen::First);
    }

    #[test]
    fn is_bounded_and_forgets_nothing_that_is_still_valid() {
        let mut nonces = Nonces::default();
        for n in 0..ROOM as u128 {
            assert_eq!(nonces.see(DEVICE, n.to_be_bytes(), 0), Seen::First);
        }
        assert_eq!(nonces.see(DEVICE, [255; 16], 0), Seen::NoRoom);
        assert_eq!(nonces.see(DEVICE, [0; 16], 0), Seen::Again);
        let later = MEMORY_SECONDS + 1;
        assert_eq!(nonces.see(DEVICE, [255; 16], later), Seen::First);
        assert_eq!(nonces.seen.len(), 1);
    }
}
