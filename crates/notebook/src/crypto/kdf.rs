//! Key derivation: Argon2id over the PIN, HKDF-SHA256 for everything after it.

use crate::error::{NotebookError, Result};
use argon2::{Algorithm, Argon2, Params, Version};
use ring::hkdf::{HKDF_SHA256, KeyType, Salt};
use zeroize::Zeroizing;

/// What one try at a PIN costs: Argon2id, and the length of the hardware chain after it. Never below
/// [`KdfParams::FLOOR`]: a file that asks for less is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KdfParams {
    memory_kib: u32,
    passes: u32,
    lanes: u32,
    chain_length: u32,
}

/// Milliseconds that Argon2id should take on the device that makes a keyfile.
const STRETCH_MS: u64 = 700;
/// Milliseconds up to which a device is held to [`KdfParams::DEFAULT`] rather than given less: with the hardware chain
/// an unlock stays within 1.2 s.
const STRETCH_MOST_MS: u64 = 800;
/// Milliseconds that the hardware chain should take at least.
const CHAIN_MS: u64 = 400;

impl KdfParams {
    /// 32 MiB, 3 passes, 4 steps of hardware: the least that is accepted (OWASP's minimum is 19 MiB, 2 passes).
    pub const FLOOR: Self = Self { memory_kib: 32 * 1024, passes: 3, lanes: 1, chain_length: 4 };
    /// 64 MiB, 3 passes, 64 steps: about half a second on a desktop core, where a chain in a file costs nothing.
    pub const DEFAULT: Self = Self { memory_kib: 64 * 1024, passes: 3, lanes: 1, chain_length: 64 };
    /// 128 MiB, 4 passes, 64 steps: the most that is accepted, so that a planted file cannot exhaust a phone.
    pub const CEILING: Self = Self { memory_kib: 128 * 1024, passes: 4, lanes: 1, chain_length: 64 };
    /// What calibration chooses from beside the floor, the dearest first: memory in KiB, passes.
    const CHOICE: [(u32, u32); 6] =
        [(128 * 1024, 4), (128 * 1024, 3), (96 * 1024, 3), (80 * 1024, 3), (64 * 1024, 3), (48 * 1024, 3)];

    /// Parameters between floor and ceiling, with one lane.
    #[must_use]
    pub fn new(memory_kib: u32, passes: u32, lanes: u32, chain_length: u32) -> Option<Self> {
        let fits = (Self::FLOOR.memory_kib..=Self::CEILING.memory_kib).contains(&memory_kib)
            && (Self::FLOOR.passes..=Self::CEILING.passes).contains(&passes)
            && lanes == 1
            && (Self::FLOOR.chain_length..=Self::CEILING.chain_length).contains(&chain_length);
        fits.then_some(Self { memory_kib, passes, lanes, chain_length })
    }

    /// What suits a device on which Argon2id at [`KdfParams::DEFAULT`] took `stretch_ms`, and `FLOOR.chain_length` steps
    /// of its key store `chain_ms`.
    #[must_use]
    pub fn suited(stretch_ms: u64, chain_ms: u64) -> Self {
        let work = |(memory_kib, passes): (u32, u32)| u64::from(memory_kib).saturating_mul(u64::from(passes));
        let measured = (Self::DEFAULT.memory_kib, Self::DEFAULT.passes);
        let expected = |choice| stretch_ms.saturating_mul(work(choice)) / work(measured);
        let most = |choice| if choice == measured { STRETCH_MOST_MS } else { STRETCH_MS };
        let fits = |choice: &(u32, u32)| expected(*choice) <= most(*choice);
        let floor = (Self::FLOOR.memory_kib, Self::FLOOR.passes);
        let (memory_kib, passes) = Self::CHOICE.into_iter().find(fits).unwrap_or(floor);
        let steps = u64::from(Self::FLOOR.chain_length).saturating_mul(CHAIN_MS).div_ceil(chain_ms.max(1));
        let steps = u32::try_from(steps).unwrap_or(u32::MAX);
        let chain_length = steps.clamp(Self::FLOOR.chain_length, Self::CEILING.chain_length);
        Self { memory_kib, passes, lanes: 1, chain_length }
    }

    /// Memory in KiB, passes, lanes, steps of the hardware chain: in the order of the keyfile.
    #[must_use]
    pub const fn parts(self) -> [u32; 4] {
        [self.memory_kib, self.passes, self.lanes, self.chain_length]
    }

    /// Steps of the hardware chain.
    pub(super) const fn chain_length(self) -> u32 {
        self.chain_length
    }
}

/// Argon2id of a PIN or passphrase.
pub(super) fn stretch(secret: &str, salt: &[u8; 16], params: KdfParams) -> Result<Zeroizing<[u8; 32]>> {
    let fault = |_| NotebookError::Internal("argon2");
    let cost = Params::new(params.memory_kib, params.passes, params.lanes, Some(32)).map_err(fault)?;
    let mut out = Zeroizing::new([0; 32]);
    #[cfg(test)]
    if memo::recall(secret, salt, params, &mut out) {
        return Ok(out);
    }
    Argon2::new(Algorithm::Argon2id, Version::V0x13, cost)
        .hash_password_into(secret.as_bytes(), salt, out.as_mut_slice())
        .map_err(fault)?;
    #[cfg(test)]
    memo::remember(secret, salt, params, &out);
    Ok(out)
}

/// What was stretched before on this thread: tests that cut the power at every step stretch the same hundreds of times.
#[cfg(test)]
mod memo {
    use super::KdfParams;
    use std::cell::RefCell;

    struct Known {
        secret: String,
        salt: [u8; 16],
        params: KdfParams,
        stretched: [u8; 32],
    }

    thread_local! {
        static KNOWN: RefCell<Vec<Known>> = const { RefCell::new(Vec::new()) };
    }

    pub(super) fn recall(secret: &str, salt: &[u8; 16], params: KdfParams, out: &mut [u8; 32]) -> bool {
        let is_it = |known: &&Known| (known.secret.as_str(), &known.salt, known.params) == (secret, salt, params);
        KNOWN.with_borrow(|known| known.iter().find(is_it).inspect(|known| *out = known.stretched).is_some())
    }

    pub(super) fn remember(secret: &str, salt: &[u8; 16], params: KdfParams, out: &[u8; 32]) {
        let known = Known { secret: secret.to_owned(), salt: *salt, params, stretched: *out };
        KNOWN.with_borrow_mut(|all| all.push(known));
    }
}

struct Bytes32;

impl KeyType for Bytes32 {
    fn len(&self) -> usize {
        32
    }
}

/// HKDF-SHA256 (RFC 5869) over the parts of the input key, one after the other.
pub(super) fn hkdf(salt: &[u8], input: &[&[u8]], info: &[u8]) -> Result<Zeroizing<[u8; 32]>> {
    let fault = |_| NotebookError::Internal("hkdf");
    let input = Zeroizing::new(input.concat());
    let mut out = Zeroizing::new([0; 32]);
    Salt::new(HKDF_SHA256, salt)
        .extract(&input)
        .expand(&[info], Bytes32)
        .map_err(fault)?
        .fill(out.as_mut_slice())
        .map_err(fault)?;
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn refuses_parameters_outside_floor_and_ceiling() {
        assert_eq!(KdfParams::new(32 * 1024, 3, 1, 4), Some(KdfParams::FLOOR));
        assert_eq!(KdfParams::new(32 * 1024 - 1, 3, 1, 4), None, "a lowered file must not open");
        assert_eq!(KdfParams::new(64 * 1024, 2, 1, 4), None);
        assert_eq!(KdfParams::new(64 * 1024, 3, 1, 3), None);
        assert_eq!(KdfParams::new(4 * 1024 * 1024, 3, 1, 4), None, "nor one that eats all memory");
        assert_eq!(KdfParams::new(64 * 1024, 3, 1, 65), None);
        assert_eq!(KdfParams::new(64 * 1024, 3, 4, 4), None);
    }

    #[test]
    fn suits_the_stretching_to_the_device() {
        let mib_and_passes = |ms| {
            let [memory, passes, ..] = KdfParams::suited(ms, 0).parts();
            (memory / 1024, passes)
        };
        assert_eq!(mib_and_passes(0), (128, 4), "never above the ceiling");
        assert_eq!(mib_and_passes(300), (128, 3));
        assert_eq!(mib_and_passes(466), (96, 3), "699 ms");
        assert_eq!(mib_and_passes(468), (80, 3));
        assert_eq!(mib_and_passes(700), (64, 3));
        assert_eq!(mib_and_passes(800), (64, 3), "a phone that manages it is held to it");
        assert_eq!(mib_and_passes(801), (48, 3));
        assert_eq!(mib_and_passes(935), (32, 3));
        assert_eq!(mib_and_passes(u64::MAX), (32, 3), "never below the floor");
    }

    #[test]
    fn lengthens_the_chain_to_four_tenths_of_a_second() {
        let steps = |ms| KdfParams::suited(500, ms).chain_length();
        assert_eq!(steps(0), 64, "a fast key store is asked as often as may be");
        assert_eq!(steps(25), 64);
        assert_eq!(steps(100), 16, "25 ms each");
        assert_eq!(steps(120), 14, "30 ms each: 420 ms");
        assert_eq!(steps(400), 4);
        assert_eq!(steps(20_000), 4);
    }

    #[test]
    fn derives_what_rfc_5869_says() {
        // RFC 5869, test case 1, first 32 of 42 bytes.
        let salt: Vec<u8> = (0..=0x0c).collect();
        let info: Vec<u8> = (0xf0..=0xf9).collect();
        let out = hkdf(&salt, &[&[0x0b; 11], &[0x0b; 11]], &info).unwrap();
        let expected = "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf";
        assert_eq!(data_encoding::HEXLOWER.encode(out.as_slice()), expected);
    }
}
