//! The file that carries a night (*notte*) from one phone to another without any network: `.uscita`.
//!
//! It holds what a pull page holds: sealed operations, each with its place in its sender's log, so that a reader
//! verifies them one by one as if a server had handed them out. Whoever carries the file reads what the server reads:
//! programme, unit, device ids, sequence numbers and sizes; never content.
//!
//! ```text
//! USCITA-NIGHT-1 <SHA-256 of the rest: 64 lower-case hexadecimal digits>\n
//! {"programme": …, "unit": …, "outing": …, "from": …, "manifest": …, "envelopes": […]}
//! ```
//!
//! The digest tells a damaged file from a whole one; it is no proof of anything: only signatures are.

use super::chain::Digest;
use super::manifest::SignedManifest;
use super::pull::Envelope;
use crate::ids::{DeviceId, OutingId, ProgrammeId, UnitId};
use serde::{Deserialize, Serialize};

/// Bytes of a file: ten times a long night of two phones.
pub const MAX_FILE_BYTES: usize = 4 * 1024 * 1024;
/// How such a file is called after its name's dot.
pub const FILE_EXTENSION: &str = "uscita";

const MAGIC: &[u8] = b"USCITA-NIGHT-";
const VERSION: &[u8] = b"1";
/// Digits of the longest version number that is still believed to be one.
const VERSION_DIGITS: usize = 5;

/// Operations of one outing: of the phone that made the file, and of others that it holds copies of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NightFile {
    /// The programme of the phone that made it.
    pub programme: ProgrammeId,
    /// Its unit.
    pub unit: UnitId,
    /// The outing, as the phone that made it says: what is inside says so for itself once it is opened.
    pub outing: OutingId,
    /// The phone that made it.
    pub from: DeviceId,
    /// The manifest in force there: a reader that has an older one learns of a phone that was enrolled since.
    pub manifest: SignedManifest,
    /// Operations by device and sequence. The cursor of an envelope means nothing here.
    pub envelopes: Vec<Envelope>,
}

/// Why some bytes are not taken for a night.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FileFault {
    /// It does not begin like one.
    #[error("not a file of a night")]
    Foreign,
    /// Something in it was changed or is missing.
    #[error("file is damaged")]
    Damaged,
    /// A newer version made it.
    #[error("file of a newer version")]
    TooNew,
    /// More than [`MAX_FILE_BYTES`].
    #[error("file is too large")]
    TooLarge,
}

impl NightFile {
    /// The bytes of the file.
    ///
    /// # Errors
    /// [`FileFault::TooLarge`]; [`FileFault::Damaged`] if it cannot be written as JSON.
    pub fn to_bytes(&self) -> Result<Vec<u8>, FileFault> {
        let body = serde_json::to_vec(self).map_err(|_| FileFault::Damaged)?;
        let head = format!(" {}\n", Digest::of(&body));
        let bytes = [MAGIC, VERSION, head.as_bytes(), &body].concat();
        if bytes.len() > MAX_FILE_BYTES { Err(FileFault::TooLarge) } else { Ok(bytes) }
    }

    /// Reads a file. Believes nothing of what is inside: envelopes prove themselves.
    ///
    /// # Errors
    /// [`FileFault`].
    pub fn read(bytes: &[u8]) -> Result<Self, FileFault> {
        if bytes.len() > MAX_FILE_BYTES {
            return Err(FileFault::TooLarge);
        }
        let rest = bytes.strip_prefix(MAGIC).ok_or(FileFault::Foreign)?;
        let end = rest.iter().position(|byte| *byte == b' ').ok_or(FileFault::Damaged)?;
        let (version, rest) = rest.split_at_checked(end).ok_or(FileFault::Damaged)?;
        if version != VERSION {
            let is_number = (1..=VERSION_DIGITS).contains(&version.len()) && version.iter().all(u8::is_ascii_digit);
            return Err(if is_number { FileFault::TooNew } else { FileFault::Damaged });
        }
        let line = rest.iter().position(|byte| *byte == b'\n').ok_or(FileFault::Damaged)?;
        let (digest, body) = rest.split_at_checked(line).ok_or(FileFault::Damaged)?;
        let body = body.strip_prefix(b"\n").ok_or(FileFault::Damaged)?;
        if digest != format!(" {}", Digest::of(body)).as_bytes() {
            return Err(FileFault::Damaged);
        }
        serde_json::from_slice(body).map_err(|_| FileFault::Damaged)
    }
}

#[cfg(test)]
mod tests {
    use super::super::chain::Bytes;
    use super::*;
    use proptest::prelude::*;
    use uuid::Uuid;

    fn file() -> NightFile {
        NightFile {
            programme: ProgrammeId(Uuid::from_u128(1)),
            unit: UnitId::new("BS-U1"),
            outing: OutingId(Uuid::from_u128(2)),
            from: DeviceId(Uuid::from_u128(3)),
            manifest: SignedManifest { manifest: Bytes(vec![1]), signature: Bytes(vec![2]) },
            envelopes: Vec::new(),
        }
    }

    #[test]
    fn reads_what_it_writes() {
        let bytes = file().to_bytes().unwrap();
        assert_eq!(NightFile::read(&bytes), Ok(file()));
    }

    #[test]
    fn no_changed_byte_goes_unnoticed() {
        let bytes = file().to_bytes().unwrap();
        for place in 0..bytes.len() {
            let mut changed = bytes.clone();
            changed[place] ^= 1;
            assert!(NightFile::read(&changed).is_err(), "byte {place}");
            assert!(NightFile::read(&bytes[..place]).is_err(), "cut at {place}");
        }
    }

    #[test]
    fn tells_a_newer_version_from_anything_else() {
        let rest = &file().to_bytes().unwrap()[MAGIC.len() + VERSION.len()..];
        let of_version = |version: &[u8]| NightFile::read(&[MAGIC, version, rest].concat());
        assert_eq!(of_version(b"2"), Err(FileFault::TooNew));
        assert_eq!(of_version(b"x"), Err(FileFault::Damaged));
        assert_eq!(of_version(b""), Err(FileFault::Damaged));
        assert_eq!(NightFile::read(b"PK\x03\x04"), Err(FileFault::Foreign));
        assert_eq!(NightFile::read(&vec![b' '; MAX_FILE_BYTES + 1]), Err(FileFault::TooLarge));
    }

    #[test]
    fn ignores_a_field_of_a_later_version_and_misses_one_that_is_not_there() {
        let of = |body: &[u8]| {
            NightFile::read(&[MAGIC, VERSION, format!(" {}\n", Digest::of(body)).as_bytes(), body].concat())
        };
        let mut body = serde_json::to_value(file()).unwrap();
        body["later"] = 1.into();
        assert_eq!(of(body.to_string().as_bytes()), Ok(file()));
        body.as_object_mut().unwrap().remove("unit");
        assert_eq!(of(body.to_string().as_bytes()), Err(FileFault::Damaged));
    }

    proptest! {
        #[test]
        fn random_bytes_are_no_file(bytes in prop::collection::vec(any::<u8>(), 0..600)) {
            prop_assert!(NightFile::read(&bytes).is_err());
            prop_assert!(NightFile::read(&[MAGIC, VERSION, b" ", &bytes].concat()).is_err());
        }
    }
}
