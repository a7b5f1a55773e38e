//! A clock that nobody can set and that goes on while a phone sleeps: the waits of the PIN are measured with it.
//!
//! It counts from the start of the system (`CLOCK_BOOTTIME`), so that it goes on when the app is closed and opened again,
//! and it knows one start from another by the kernel's boot id. Elsewhere than on Linux and Android it counts from the
//! start of this process.

use ring::digest;
#[cfg(not(any(target_os = "linux", target_os = "android")))]
use std::time::Instant;

/// Where the kernel names the present start of the system.
#[cfg(any(target_os = "linux", target_os = "android"))]
const BOOT_ID: &str = "/proc/sys/kernel/random/boot_id";

/// A moment on that clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Uptime {
    /// Which start of the system: a digest of its name. Zeros where there is none to be read.
    pub(crate) boot: [u8; 16],
    /// Milliseconds since then.
    pub(crate) ms: u64,
}

impl Uptime {
    /// The present moment.
    #[must_use]
    pub fn now() -> Self {
        now()
    }

    /// Milliseconds that have surely passed since `earlier`: never more than in truth, whatever was done in between. None
    /// if it cannot be said, because the clock ran backwards without another start of the system.
    ///
    /// After another start it is the time since that start.
    #[must_use]
    pub(crate) fn since(self, earlier: Self) -> Option<u64> {
        let is_named = self.boot != [0; 16] && earlier.boot != [0; 16];
        if is_named && self.boot != earlier.boot { Some(self.ms) } else { self.ms.checked_sub(earlier.ms) }
    }

    /// A moment of a start of the system that a test names.
    #[cfg(test)]
    pub(crate) const fn of(boot: u8, ms: u64) -> Self {
        Self { boot: [boot; 16], ms }
    }
}

/// What stands for a start of the system: the name itself is in the system's logs.
fn boot(name: &str) -> [u8; 16] {
    let digest = digest::digest(&digest::SHA256, name.as_bytes());
    digest.as_ref().first_chunk().copied().unwrap_or_default()
}

#[cfg(any(target_os = "linux", target_os = "android"))]
fn now() -> Uptime {
    use rustix::time::{ClockId, clock_gettime};
    let time = clock_gettime(ClockId::Boottime);
    let seconds = u64::try_from(time.tv_sec).unwrap_or_default();
    let millis = u64::try_from(time.tv_nsec).unwrap_or_default() / 1_000_000;
    let boot = std::fs::read_to_string(BOOT_ID).map(|name| boot(name.trim())).unwrap_or_default();
    Uptime { boot, ms: seconds.saturating_mul(1_000).saturating_add(millis) }
}

#[cfg(not(any(target_os = "linux", target_os = "android")))]
fn now() -> Uptime {
    static STARTED: std::sync::OnceLock<Instant> = std::sync::OnceLock::new();
    let started = STARTED.get_or_init(Instant::now);
    Uptime { boot: boot(""), ms: u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_on_one_clock_and_from_the_start_on_another() {
        assert_eq!(Uptime::of(1, 70).since(Uptime::of(1, 50)), Some(20));
        assert_eq!(
            Uptime::of(2, 70).since(Uptime::of(1, 50)),
            Some(70),
            "the last start is known, the one before is not"
        );
        assert_eq!(Uptime::of(2, 20).since(Uptime::of(1, 50)), Some(20));
        assert_eq!(Uptime::of(1, 20).since(Uptime::of(1, 50)), None);
    }

    #[test]
    fn takes_no_unnamed_start_for_another_one() {
        assert_eq!(Uptime::of(0, 70).since(Uptime::of(1, 50)), Some(20));
        assert_eq!(Uptime::of(1, 70).since(Uptime::of(0, 50)), Some(20));
        assert_eq!(Uptime::of(0, 20).since(Uptime::of(0, 50)), None);
    }

    #[test]
    #[cfg(target_os = "linux")]
    fn counts_from_the_start_of_the_system_and_names_it() {
        let first = Uptime::now();
        let system = std::fs::read_to_string("/proc/uptime").unwrap();
        let seconds: f64 = system.split(' ').next().unwrap().parse().unwrap();
        let later = Uptime::now();
        assert!(first.ms as f64 <= seconds * 1_000.0 + 10.0 && seconds * 1_000.0 <= later.ms as f64 + 10.0);
        assert_eq!(first.boot, later.boot);
        assert_ne!(first.boot, [0; 16]);
    }
}
