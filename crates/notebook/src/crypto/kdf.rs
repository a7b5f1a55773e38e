//! Key derivation: Argon2id over the PIN, HKDF-SHA256 for everything after it.

use crate::error::{NotebookError, Result};
use argon2::{Algorithm, Argon2, Params, Version};
use ring::hkdf::{HKDF_SHA256, KeyType, Salt};
use zeroize::Zeroizing;

/// Cost of Argon2id. Never below [`KdfParams::FLOOR`]: a file that asks for less is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KdfParams {
    memory_kib: u32,
    passes: u32,
    lanes: u32,
}

impl KdfParams {
    /// 32 MiB, 3 passes: the least that is accepted (OWASP's minimum is 19 MiB, 2 passes).
    pub const FLOOR: Self = Self { memory_kib: 32 * 1024, passes: 3, lanes: 1 };
    /// 64 MiB, 3 passes: about half a second on a desktop core.
    pub const DEFAULT: Self = Self { memory_kib: 64 * 1024, passes: 3, lanes: 1 };
    /// 128 MiB, 4 passes: the most that is accepted, so that a planted file cannot exhaust a phone.
    pub const CEILING: Self = Self { memory_kib: 128 * 1024, passes: 4, lanes: 1 };

    /// Parameters between floor and ceiling, with one lane.
    #[must_use]
    pub fn new(memory_kib: u32, passes: u32, lanes: u32) -> Option<Self> {
        let fits = (Self::FLOOR.memory_kib..=Self::CEILING.memory_kib).contains(&memory_kib)
            && (Self::FLOOR.passes..=Self::CEILING.passes).contains(&passes)
            && lanes == 1;
        fits.then_some(Self { memory_kib, passes, lanes })
    }

    /// Memory in KiB, passes, lanes.
    #[must_use]
    pub const fn parts(self) -> (u32, u32, u32) {
        (self.memory_kib, self.passes, self.lanes)
    }
}

/// Argon2id of a PIN or passphrase.
pub(super) fn stretch(secret: &str, salt: &[u8; 16], params: KdfParams) -> Result<Zeroizing<[u8; 32]>> {
    let fault = |_| NotebookError::Internal("argon2");
    let cost = Params::new(params.memory_kib, params.passes, params.lanes, Some(32)).map_err(fault)?;
    let mut out = Zeroizing::new([0; 32]);
    Argon2::new(Algorithm::Argon2id, Version::V0x13, cost)
        .hash_password_into(secret.as_bytes(), salt, out.as_mut_slice())
        .map_err(fault)?;
    Ok(out)
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
        assert_eq!(KdfParams::new(32 * 1024, 3, 1), Some(KdfParams::FLOOR));
        assert_eq!(KdfParams::new(32 * 1024 - 1, 3, 1), None, "a lowered file must not open");
        assert_eq!(KdfParams::new(64 * 1024, 2, 1), None);
        assert_eq!(KdfParams::new(4 * 1024 * 1024, 3, 1), None, "nor one that eats all memory");
        assert_eq!(KdfParams::new(64 * 1024, 3, 4), None);
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
