//! How fast a device, or a part of the network, may ask. In memory only: no address is stored or logged.

use domain::sync::DeviceId;
use domain::sync::publish::LINK_BYTES;
use std::collections::HashMap;
use std::hash::Hash;
use std::net::IpAddr;

/// Buckets kept at once, per kind.
const ROOM: usize = 65_536;

/// A whole backlog of a week at once, then one request per second.
const DEVICE: Rate = Rate { burst: 1_200.0, per_second: 1.0 };
/// A thousand phones may share one address of a mobile network.
const PEER: Rate = Rate { burst: 4_000.0, per_second: 50.0 };
/// Enrolment is rare and done in person.
const ENROLMENT: Rate = Rate { burst: 20.0, per_second: 10.0 / 60.0 };
/// A password of 80 bits is not guessed; this spares the processor.
const LINK: Rate = Rate { burst: 10.0, per_second: 2.0 / 60.0 };

/// The network part of a peer's address: /24 of IPv4, /56 of IPv6. Loopback is a proxy of this machine and counts only
/// for enrolment, or one phone behind it would slow down all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Peer {
    /// This machine.
    Loopback,
    /// Somewhere else.
    Network([u8; 7]),
}

impl From<IpAddr> for Peer {
    fn from(address: IpAddr) -> Self {
        let address = address.to_canonical();
        if address.is_loopback() {
            return Self::Loopback;
        }
        Self::Network(match address {
            IpAddr::V4(v4) => {
                let [a, b, c, _] = v4.octets();
                [0, 0, 0, 0, a, b, c]
            }
            IpAddr::V6(v6) => {
                let [a, b, c, d, e, f, g, ..] = v6.octets();
                [a, b, c, d, e, f, g]
            }
        })
    }
}

/// Asked too fast.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TooFast {
    /// Seconds after which one more request passes.
    pub retry_after_seconds: u64,
}

/// All counters. Times are milliseconds since 1970 UTC.
#[derive(Debug, Default)]
pub struct Rates {
    devices: Buckets<DeviceId>,
    peers: Buckets<Peer>,
    enrolments: Buckets<Peer>,
    links: Buckets<[u8; LINK_BYTES]>,
}

impl Rates {
    /// Counts one request of an identified device.
    ///
    /// # Errors
    /// [`TooFast`].
    pub fn take_device(&mut self, device: DeviceId, now_ms: i64) -> Result<(), TooFast> {
        self.devices.take(device, DEVICE, now_ms)
    }

    /// Takes back what [`Rates::take_device`] counted: it was not the device that asked, or nothing came of it.
    pub fn give_back(&mut self, device: DeviceId) {
        self.devices.give_back(&device, DEVICE);
    }

    /// Counts one request before anything is known of it.
    ///
    /// # Errors
    /// [`TooFast`].
    pub fn take_peer(&mut self, peer: Peer, now_ms: i64) -> Result<(), TooFast> {
        match peer {
            Peer::Loopback => Ok(()),
            Peer::Network(_) => self.peers.take(peer, PEER, now_ms),
        }
    }

    /// Counts one try to enrol.
    ///
    /// # Errors
    /// [`TooFast`].
    pub fn take_enrolment(&mut self, peer: Peer, now_ms: i64) -> Result<(), TooFast> {
        self.enrolments.take(peer, ENROLMENT, now_ms)
    }

    /// Counts one password for a recipient's link.
    ///
    /// # Errors
    /// [`TooFast`].
    pub fn take_link(&mut self, link: [u8; LINK_BYTES], now_ms: i64) -> Result<(), TooFast> {
        self.links.take(link, LINK, now_ms)
    }
}

#[derive(Clone, Copy)]
struct Rate {
    burst: f64,
    per_second: f64,
}

#[derive(Clone, Copy, Debug)]
struct Bucket {
    left: f64,
    at_ms: i64,
}

#[derive(Debug)]
struct Buckets<K>(HashMap<K, Bucket>);

impl<K> Default for Buckets<K> {
    fn default() -> Self {
        Self(HashMap::new())
    }
}

impl<K: Eq + Hash> Buckets<K> {
    fn take(&mut self, key: K, rate: Rate, now_ms: i64) -> Result<(), TooFast> {
        if self.0.len() >= ROOM && !self.0.contains_key(&key) {
            self.0.retain(|_, bucket| refilled(*bucket, rate, now_ms).left < rate.burst);
        }
        if self.0.len() >= ROOM && !self.0.contains_key(&key) {
            return Err(TooFast { retry_after_seconds: 60 });
        }
        let full = Bucket { left: rate.burst, at_ms: now_ms };
        let bucket = self.0.entry(key).or_insert(full);
        *bucket = refilled(*bucket, rate, now_ms);
        if bucket.left < 1.0 {
            let seconds = ((1.0 - bucket.left) / rate.per_second).ceil();
            // At most some minutes with the rates above, and never negative.
            return Err(TooFast { retry_after_seconds: (seconds as u64).max(1) });
        }
        bucket.left -= 1.0;
        Ok(())
    }

    fn give_back(&mut self, key: &K, rate: Rate) {
        // One that is forgotten by now is full.
        if let Some(bucket) = self.0.get_mut(key) {
            bucket.left = (bucket.left + 1.0).min(rate.burst);
        }
    }
}

/// A clock that jumps back refills nothing.
fn refilled(bucket: Bucket, rate: Rate, now_ms: i64) -> Bucket {
    let elapsed_ms = now_ms.saturating_sub(bucket.at_ms).clamp(0, 86_400_000);
    // At most a day of milliseconds: exact in an f64.
    let refill = elapsed_ms as f64 / 1_000.0 * rate.per_second;
    Bucket { left: (bucket.left + refill).min(rate.burst), at_ms: now_ms }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SLOW: Rate = Rate { burst: 2.0, per_second: 0.1 };

    #[test]
    fn lets_a_burst_pass_and_then_one_at_a_time() {
        let mut buckets = Buckets::default();
        assert!(buckets.take(1, SLOW, 0).is_ok());
        assert!(buckets.take(1, SLOW, 0).is_ok());
        let refused = buckets.take(1, SLOW, 0).unwrap_err();
        assert_eq!(refused.retry_after_seconds, 10);
        assert!(buckets.take(2, SLOW, 0).is_ok(), "others are not slowed");
        assert!(buckets.take(1, SLOW, 9_000).is_err());
        assert!(buckets.take(1, SLOW, 10_000).is_ok());
        assert!(buckets.take(1, SLOW, 10_000).is_err());
    }

    #[test]
    fn what_is_given_back_can_be_taken_again_and_no_more() {
        let mut buckets = Buckets::default();
        buckets.take(1, SLOW, 0).unwrap();
        buckets.take(1, SLOW, 0).unwrap();
        for _ in 0..5 {
            buckets.give_back(&1, SLOW);
        }
        buckets.give_back(&2, SLOW);
        assert!(buckets.take(1, SLOW, 0).is_ok());
        assert!(buckets.take(1, SLOW, 0).is_ok());
        assert!(buckets.take(1, SLOW, 0).is_err(), "never more than a burst");
    }

    #[test]
    fn clock_that_jumps_back_gives_nothing_and_locks_nobody_out() {
        let mut buckets = Buckets::default();
        for _ in 0..2 {
            buckets.take(1, SLOW, 1_000_000).unwrap();
        }
        assert!(buckets.take(1, SLOW, 0).is_err());
        assert!(buckets.take(1, SLOW, 10_000).is_ok());
    }

    #[test]
    fn is_bounded() {
        let mut buckets = Buckets::default();
        for key in 0..ROOM {
            buckets.take(key, SLOW, 0).unwrap();
        }
        assert!(buckets.take(ROOM, SLOW, 0).is_err());
        assert!(buckets.take(ROOM, SLOW, 60_000).is_ok());
        assert_eq!(buckets.0.len(), 1, "full buckets are forgotten");
    }

    #[test]
    fn peer_is_the_network_and_loopback_is_apart() {
        let peer = |text: &str| Peer::from(text.parse::<IpAddr>().unwrap());
        assert_eq!(peer("192.0.2.1"), peer("192.0.2.77"));
        assert_ne!(peer("192.0.2.1"), peer("192.0.3.1"));
        assert_eq!(peer("2001:db8:0:11::1"), peer("2001:db8:0:22::9"));
        assert_ne!(peer("2001:db8:0:100::1"), peer("2001:db8:0:200::1"));
        assert_eq!(peer("127.0.0.1"), Peer::Loopback);
        assert_eq!(peer("::ffff:127.0.0.1"), Peer::Loopback);
    }
}
