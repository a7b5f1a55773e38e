//! Randomness and time as arguments: the notebook draws no number and reads no clock on its own.
//!
//! One exception, on purpose: `age` draws its file keys and nonces from the operating system and takes no source from
//! outside, so sealed bytes differ between two runs of the same seed; their sizes, ids and order do not.

use crate::error::{NotebookError, Result};
use chrono::{DateTime, Utc};
use ring::digest;
use ring::rand::{SecureRandom, SystemRandom};
use std::fmt;
use uuid::Uuid;

/// When something happens, as the device believes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moment {
    /// The device's guess of UTC.
    pub now: DateTime<Utc>,
    /// Monotonic milliseconds since the outing was opened on this device, if it was opened in this run.
    pub elapsed_ms: Option<u64>,
}

impl Moment {
    /// A moment outside of any outing of this run.
    #[must_use]
    pub const fn at(now: DateTime<Utc>) -> Self {
        Self { now, elapsed_ms: None }
    }
}

/// A source of random bytes. `Debug` shows nothing of its state.
pub struct Entropy(Source);

enum Source {
    System(SystemRandom),
    Seeded { seed: [u8; 32], drawn: u64 },
}

impl Entropy {
    /// The operating system's generator.
    #[must_use]
    pub fn system() -> Self {
        Self(Source::System(SystemRandom::new()))
    }

    /// A reproducible stream for the simulation: SHA-256 of seed and counter. Never for a real notebook.
    #[must_use]
    pub fn seeded_for_simulation(seed: u64) -> Self {
        let mut bytes = [0; 32];
        bytes.copy_from_slice(digest::digest(&digest::SHA256, &seed.to_be_bytes()).as_ref());
        Self(Source::Seeded { seed: bytes, drawn: 0 })
    }

    /// Another source of the same kind: the system's, or a stream that follows from this one.
    ///
    /// # Errors
    /// As [`Entropy::fill`].
    pub fn branch(&mut self) -> Result<Self> {
        if matches!(self.0, Source::System(_)) {
            return Ok(Self::system());
        }
        Ok(Self(Source::Seeded { seed: self.bytes()?, drawn: 0 }))
    }

    /// Fills a buffer.
    ///
    /// # Errors
    /// [`NotebookError::Internal`] if the system has no randomness to give.
    pub fn fill(&mut self, out: &mut [u8]) -> Result<()> {
        match &mut self.0 {
            Source::System(system) => system.fill(out).map_err(|_| NotebookError::Internal("system randomness")),
            Source::Seeded { seed, drawn } => {
                for chunk in out.chunks_mut(32) {
                    let mut context = digest::Context::new(&digest::SHA256);
                    context.update(seed.as_slice());
                    context.update(&drawn.to_be_bytes());
                    *drawn = drawn.wrapping_add(1);
                    for (to, from) in chunk.iter_mut().zip(context.finish().as_ref()) {
                        *to = *from;
                    }
                }
                Ok(())
            }
        }
    }

    /// An array of random bytes.
    ///
    /// # Errors
    /// As [`Entropy::fill`].
    pub fn bytes<const N: usize>(&mut self) -> Result<[u8; N]> {
        let mut out = [0; N];
        self.fill(&mut out)?;
        Ok(out)
    }

    /// A random UUIDv4, for ids that reach the desk.
    ///
    /// # Errors
    /// As [`Entropy::fill`].
    pub fn v4(&mut self) -> Result<Uuid> {
        Ok(uuid::Builder::from_random_bytes(self.bytes()?).into_uuid())
    }

    /// A UUIDv7 of this moment, only for inside sealed payloads.
    ///
    /// # Errors
    /// As [`Entropy::fill`].
    pub fn v7(&mut self, now: DateTime<Utc>) -> Result<Uuid> {
        let ms = u64::try_from(now.timestamp_millis()).unwrap_or_default();
        Ok(uuid::Builder::from_unix_timestamp_millis(ms, &self.bytes()?).into_uuid())
    }
}

impl fmt::Debug for Entropy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Entropy")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gives_the_same_stream_for_the_same_seed_and_another_for_another() {
        let draw = |seed| Entropy::seeded_for_simulation(seed).bytes::<100>().unwrap();
        assert_eq!(draw(7), draw(7));
        assert_ne!(draw(7), draw(8));
        let stream = draw(7);
        assert_ne!(stream[..32], stream[32..64], "the counter must enter every block");
    }

    #[test]
    fn makes_ids_of_the_right_version_and_the_right_time() {
        let mut entropy = Entropy::system();
        let now = DateTime::from_timestamp_millis(1_773_000_000_123).unwrap();
        assert_eq!(entropy.v4().unwrap().get_version_num(), 4);
        let id = entropy.v7(now).unwrap();
        assert_eq!(id.get_version_num(), 7);
        assert_eq!(id.as_u128() >> 80, 1_773_000_000_123);
    }
}
