//! Who is connected: at most so many in all and per network. Who comes when it is full takes the place of the one that
//! has kept the server waiting longest; a call that is being answered is never cut.

use crate::pace::{Pace, Phase};
use crate::rates::Peer;
use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// How many connections at once.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// In all. One that has asked for nothing yet costs 6 KiB, one that was answered and waits 17 KiB.
    pub total: usize,
    /// From one network, that is one [`Peer::Network`]. Phones of one operator share addresses.
    pub per_network: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { total: 1_200, per_network: 128 }
    }
}

/// File descriptors kept for the database, the listeners and the log.
const RESERVED: u64 = 64;

impl Limits {
    /// As many as the system lets this process have open, after asking it for all it may give.
    #[must_use]
    pub fn of_this_process() -> Self {
        use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
        let Rlimit { current, maximum } = getrlimit(Resource::Nofile);
        let files = match setrlimit(Resource::Nofile, Rlimit { current: maximum, maximum }) {
            Ok(()) => maximum,
            Err(_) => current,
        };
        let most = Self::default();
        let room = files.map_or(usize::MAX, |files| usize::try_from(files.saturating_sub(RESERVED)).unwrap_or(0));
        Self { total: most.total.min(room).max(1), ..most }
    }
}

/// Everybody who is connected.
#[derive(Debug)]
pub struct Crowd {
    limits: Limits,
    inside: Mutex<Inside>,
}

#[derive(Debug, Default)]
struct Inside {
    next: u64,
    // In the order of arrival.
    seats: BTreeMap<u64, Seat>,
    networks: HashMap<Peer, usize>,
}

#[derive(Debug)]
struct Seat {
    peer: Peer,
    pace: Arc<Pace>,
}

/// A place of one connection, free again when dropped.
#[derive(Debug)]
pub struct Place {
    crowd: Arc<Crowd>,
    number: u64,
    /// The connection's pace.
    pub pace: Arc<Pace>,
}

/// What it took to let somebody in.
#[derive(Debug)]
pub enum Admitted {
    /// There was room.
    Freely(Place),
    /// A connection that kept the server waiting was cut.
    InsteadOf(Place),
    /// All are being answered.
    NoRoom,
}

impl Crowd {
    /// Nobody yet.
    #[must_use]
    pub fn new(limits: Limits) -> Arc<Self> {
        Arc::new(Self { limits, inside: Mutex::default() })
    }

    /// Lets a connection in, if need be in place of one that waits.
    #[must_use]
    pub fn admit(self: &Arc<Self>, peer: Peer) -> Admitted {
        let mut inside = self.inside();
        let from_network = inside.networks.get(&peer).copied().unwrap_or(0);
        let is_network_full = matches!(peer, Peer::Network(_)) && from_network >= self.limits.per_network;
        let is_full = inside.seats.len() >= self.limits.total;
        if is_network_full && !inside.cut_oldest(|seat| seat.peer == peer) {
            return Admitted::NoRoom;
        }
        if !is_network_full && is_full && !inside.cut_oldest(|_| true) {
            return Admitted::NoRoom;
        }
        let number = inside.next;
        inside.next = number.wrapping_add(1);
        let pace = Arc::new(Pace::default());
        inside.seats.insert(number, Seat { peer, pace: Arc::clone(&pace) });
        *inside.networks.entry(peer).or_default() += 1;
        let place = Place { crowd: Arc::clone(self), number, pace };
        if is_network_full || is_full { Admitted::InsteadOf(place) } else { Admitted::Freely(place) }
    }

    /// Cuts the connection that has waited longest, for want of file descriptors. Whether there was one.
    pub fn make_room(&self) -> bool {
        self.inside().cut_oldest(|_| true)
    }

    /// Cuts everybody who has asked for nothing yet, because the server ends.
    pub fn send_away(&self) {
        let inside = self.inside();
        inside.seats.values().filter(|seat| seat.pace.phase() == Phase::Head).for_each(|seat| seat.pace.cut());
    }

    /// How many are connected.
    #[must_use]
    pub fn len(&self) -> usize {
        self.inside().seats.len()
    }

    fn inside(&self) -> MutexGuard<'_, Inside> {
        self.inside.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Inside {
    fn cut_oldest(&mut self, may: impl Fn(&Seat) -> bool) -> bool {
        let oldest = self
            .seats
            .iter()
            .find(|(_, seat)| seat.pace.phase() != Phase::Work && may(seat))
            .map(|(number, _)| *number);
        oldest.and_then(|number| self.leave(number)).map(|seat| seat.pace.cut()).is_some()
    }

    fn leave(&mut self, number: u64) -> Option<Seat> {
        let seat = self.seats.remove(&number)?;
        if let Some(count) = self.networks.get_mut(&seat.peer) {
            *count -= 1;
            if *count == 0 {
                self.networks.remove(&seat.peer);
            }
        }
        Some(seat)
    }
}

impl Place {
    /// Whose place it is.
    #[must_use]
    pub fn crowd(&self) -> Arc<Crowd> {
        Arc::clone(&self.crowd)
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.crowd.inside().leave(self.number);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn crowd() -> Arc<Crowd> {
        Crowd::new(Limits { total: 4, per_network: 2 })
    }

    fn network(n: u8) -> Peer {
        Peer::Network([0, 0, 0, 0, 10, 0, n])
    }

    fn place(admitted: Admitted) -> Place {
        match admitted {
            Admitted::Freely(place) | Admitted::InsteadOf(place) => place,
            Admitted::NoRoom => panic!("no room"),
        }
    }

    async fn is_cut(place: &Place) -> bool {
        tokio::time::timeout(std::time::Duration::from_millis(1), place.pace.until_cut()).await.is_ok()
    }

    #[tokio::test(start_paused = true)]
    async fn full_network_cuts_its_own_oldest_and_nobody_else() {
        let crowd = crowd();
        let other = place(crowd.admit(network(1)));
        let first = place(crowd.admit(network(2)));
        let second = place(crowd.admit(network(2)));
        assert!(matches!(crowd.admit(network(2)), Admitted::InsteadOf(_)));
        assert!(is_cut(&first).await && !is_cut(&second).await && !is_cut(&other).await);
    }

    #[tokio::test(start_paused = true)]
    async fn call_being_answered_is_never_cut() {
        let crowd = crowd();
        let first = place(crowd.admit(network(1)));
        let second = place(crowd.admit(network(1)));
        first.pace.enter(Phase::Work);
        let third = place(crowd.admit(network(1)));
        assert!(is_cut(&second).await && !is_cut(&first).await);
        third.pace.enter(Phase::Work);
        assert!(matches!(crowd.admit(network(1)), Admitted::NoRoom));
        assert!(matches!(crowd.admit(network(2)), Admitted::Freely(_)), "others still come in");
    }

    #[test]
    fn place_is_free_again_once_and_only_once() {
        let crowd = crowd();
        let mut places: Vec<_> = (0..4).map(|_| place(crowd.admit(Peer::Loopback))).collect();
        assert_eq!(crowd.len(), 4, "this machine is not a network");
        let fifth = crowd.admit(Peer::Loopback);
        assert!(matches!(fifth, Admitted::InsteadOf(_)));
        assert_eq!(crowd.len(), 4);
        // The one that was cut leaves when its task ends, and frees nothing a second time.
        drop(places.remove(0));
        assert_eq!(crowd.len(), 4);
        drop(places);
        drop(fifth);
        assert_eq!(crowd.len(), 0);
        assert!(crowd.inside().networks.is_empty());
        assert!(!crowd.make_room());
    }
}
