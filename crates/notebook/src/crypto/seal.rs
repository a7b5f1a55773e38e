//! Sealing with `age`: the only module that knows the crate. The format is specified in [`super`].

use crate::error::{NotebookError, Result};
use age::secrecy::ExposeSecret;
use age::x25519;
use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;
use std::fmt;
use std::io::{BufRead, Read, Write};
use std::str::FromStr;
use zeroize::Zeroizing;

const HEADER_BYTES: usize = 16;
const LEAST_BYTES: usize = 512;
/// What an opened envelope may unpack to: a planted one must not exhaust a phone.
const MOST_BYTES: u64 = 8 * 1024 * 1024;

/// What the text of an identity begins with (Bech32, BIP-173), before the separator `1`.
const SECRET_PREFIX: &str = "AGE-SECRET-KEY-";

/// How the content is written inside.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Packing {
    /// As it is, padded to the next power of two from 512: operations.
    Plain,
    /// Gzip, padded by at most 12 %: night logs.
    Compressed,
}

/// Why sealed bytes do not open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SealFault {
    /// Sealed to others.
    #[error("not sealed to this identity")]
    NotForUs,
    /// The bytes are not what was sealed.
    #[error("sealed bytes are damaged")]
    Damaged,
    /// Sealed in a way of a newer version.
    #[error("sealed by a newer version")]
    TooNew,
}

impl From<SealFault> for NotebookError {
    fn from(fault: SealFault) -> Self {
        match fault {
            SealFault::NotForUs => Self::NotAllowed,
            SealFault::Damaged => Self::Damaged("sealed bytes"),
            SealFault::TooNew => Self::TooNew,
        }
    }
}

/// A secret X25519 identity that opens what is sealed to its recipient, and those that went before it. `Debug` shows
/// nothing.
#[derive(Clone)]
pub struct SealIdentity {
    current: x25519::Identity,
    /// They still open what was sealed to them; nothing is sealed to them any more.
    former: Vec<x25519::Identity>,
}

impl SealIdentity {
    /// A new identity, from the operating system's randomness.
    #[must_use]
    pub fn generate() -> Self {
        Self { current: x25519::Identity::generate(), former: Vec::new() }
    }

    /// Reads `AGE-SECRET-KEY-1…`.
    ///
    /// # Errors
    /// [`NotebookError::InvalidInput`] if it is something else.
    pub fn from_text(text: &str) -> Result<Self> {
        let fault = |_| NotebookError::InvalidInput("age identity");
        let current = x25519::Identity::from_str(text.trim()).map_err(fault)?;
        Ok(Self { current, former: Vec::new() })
    }

    /// `AGE-SECRET-KEY-1…`, as the stock `age` program takes it.
    #[must_use]
    pub fn to_text(&self) -> Zeroizing<String> {
        Zeroizing::new(self.current.to_string().expose_secret().to_owned())
    }

    /// The identity whose secret key these 32 bytes are, as recovery words carry it.
    ///
    /// # Errors
    /// [`NotebookError::Internal`] if the library refuses it, which it does for none.
    pub fn from_secret(secret: &[u8; 32]) -> Result<Self> {
        let fault = NotebookError::Internal("age identity");
        let prefix = bech32::Hrp::parse(SECRET_PREFIX).map_err(|_| fault.clone())?;
        let text = bech32::encode_upper::<bech32::Bech32>(prefix, secret).map(Zeroizing::new).map_err(|_| fault)?;
        Self::from_text(&text)
    }

    /// The 32 bytes of its secret key.
    ///
    /// # Errors
    /// [`NotebookError::Internal`] if the library writes it otherwise than it reads it.
    pub fn to_secret(&self) -> Result<Zeroizing<[u8; 32]>> {
        let fault = NotebookError::Internal("age identity");
        let (_, bytes) = bech32::decode(&self.to_text()).map_err(|_| fault.clone())?;
        let bytes = Zeroizing::new(bytes);
        Ok(Zeroizing::new(bytes.as_slice().try_into().map_err(|_| fault)?))
    }

    /// `age1…`, public.
    #[must_use]
    pub fn recipient(&self) -> String {
        self.current.to_public().to_string()
    }

    /// The same, opening also what the others open.
    #[must_use]
    pub fn with_former(mut self, others: impl IntoIterator<Item = Self>) -> Self {
        for Self { current, former } in others {
            for other in std::iter::once(current).chain(former) {
                let known = other.to_public().to_string();
                let is_new = self.all().all(|own| own.to_public().to_string() != known);
                if is_new {
                    self.former.push(other);
                }
            }
        }
        self
    }

    /// Every recipient that it opens for, the current one first.
    #[must_use]
    pub fn recipients(&self) -> Vec<String> {
        self.all().map(|identity| identity.to_public().to_string()).collect()
    }

    /// Itself and each that went before, one by one, as `age` takes them.
    #[must_use]
    pub fn to_texts(&self) -> Vec<Zeroizing<String>> {
        self.all().map(|identity| Zeroizing::new(identity.to_string().expose_secret().to_owned())).collect()
    }

    fn all(&self) -> impl Iterator<Item = &x25519::Identity> {
        std::iter::once(&self.current).chain(&self.former)
    }

    fn as_keys(&self) -> impl Iterator<Item = &dyn age::Identity> {
        self.all().map(|identity| identity as &dyn age::Identity)
    }
}

impl fmt::Debug for SealIdentity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SealIdentity")
    }
}

/// Seals content to every one of the recipients (`age1…`).
///
/// # Errors
/// [`NotebookError::InvalidInput`] if there is no recipient or one cannot be read.
pub fn seal(recipients: &[&str], content: &[u8], packing: Packing) -> Result<Vec<u8>> {
    let fault = |_| NotebookError::Internal("seal");
    let keys: Vec<x25519::Recipient> = recipients
        .iter()
        .map(|text| text.parse().map_err(|_| NotebookError::InvalidInput("recipient")))
        .collect::<Result<_>>()?;
    let encryptor = age::Encryptor::with_recipients(keys.iter().map(|key| key as &dyn age::Recipient))
        .map_err(|_| NotebookError::InvalidInput("recipients"))?;
    let plaintext = pack(content, packing)?;
    let mut sealed = Vec::new();
    let mut writer = encryptor.wrap_output(&mut sealed).map_err(fault)?;
    writer.write_all(&plaintext).and_then(|()| writer.finish().map(drop)).map_err(fault)?;
    Ok(sealed)
}

/// Opens sealed bytes and takes off packing and padding.
///
/// # Errors
/// [`SealFault`], by what is wrong.
pub fn open(identity: &SealIdentity, sealed: &[u8]) -> std::result::Result<Zeroizing<Vec<u8>>, SealFault> {
    let decryptor = age::Decryptor::new_buffered(sealed).map_err(seal_fault)?;
    let reader = decryptor.decrypt(identity.as_keys()).map_err(seal_fault)?;
    let mut plaintext = Zeroizing::new(Vec::with_capacity(sealed.len()));
    reader.take(MOST_BYTES).read_to_end(&mut plaintext).map_err(|_| SealFault::Damaged)?;
    unpack(&plaintext)
}

/// Whether a file that begins like this is sealed.
#[must_use]
pub fn is_sealed(beginning: &[u8]) -> bool {
    beginning.starts_with(b"age-encryption.org/v1\n")
}

/// The content of a file that was sealed without packing: a server's backup. What is read is genuine; a file that was
/// spoilt or cut off ends in an error.
///
/// # Errors
/// [`SealFault`], by what is wrong with its beginning.
pub fn open_file<'a>(
    identity: &SealIdentity,
    sealed: impl BufRead + 'a,
) -> std::result::Result<impl Read + 'a, SealFault> {
    let decryptor = age::Decryptor::new_buffered(sealed).map_err(seal_fault)?;
    decryptor.decrypt(identity.as_keys()).map_err(seal_fault)
}

fn seal_fault(error: age::DecryptError) -> SealFault {
    match error {
        age::DecryptError::NoMatchingKeys => SealFault::NotForUs,
        age::DecryptError::UnknownFormat => SealFault::TooNew,
        _ => SealFault::Damaged,
    }
}

fn pack(content: &[u8], packing: Packing) -> Result<Zeroizing<Vec<u8>>> {
    let (letter, filler, packed) = match packing {
        Packing::Plain => ('j', b' ', Zeroizing::new(content.to_vec())),
        Packing::Compressed => {
            let mut gzip = GzEncoder::new(Vec::new(), Compression::best());
            let packed = gzip.write_all(content).and_then(|()| gzip.finish());
            ('z', 0, Zeroizing::new(packed.map_err(|_| NotebookError::Internal("gzip"))?))
        }
    };
    if packed.len() > 99_999_999 {
        return Err(NotebookError::TooLarge);
    }
    let bare = HEADER_BYTES + packed.len();
    let padded = match packing {
        Packing::Plain => bare.next_power_of_two().max(LEAST_BYTES),
        Packing::Compressed => padme(bare).max(LEAST_BYTES),
    };
    let mut plaintext = Zeroizing::new(Vec::with_capacity(padded));
    plaintext.extend_from_slice(format!("usc1 {letter} {:08}\n", packed.len()).as_bytes());
    plaintext.extend_from_slice(&packed);
    plaintext.resize(padded, filler);
    Ok(plaintext)
}

fn unpack(plaintext: &[u8]) -> std::result::Result<Zeroizing<Vec<u8>>, SealFault> {
    let (header, rest) = plaintext.split_first_chunk::<HEADER_BYTES>().ok_or(SealFault::Damaged)?;
    let header = std::str::from_utf8(header).map_err(|_| SealFault::Damaged)?;
    let fields = header.strip_suffix('\n').and_then(|line| line.strip_prefix("usc")).ok_or(SealFault::Damaged)?;
    let mut fields = fields.split(' ');
    let (Some(version), Some(letter), Some(length), None) =
        (fields.next(), fields.next(), fields.next(), fields.next())
    else {
        return Err(SealFault::Damaged);
    };
    if version != "1" {
        return Err(SealFault::TooNew);
    }
    let length: usize = length.parse().map_err(|_| SealFault::Damaged)?;
    let content = rest.get(..length).ok_or(SealFault::Damaged)?;
    match letter {
        "j" => Ok(Zeroizing::new(content.to_vec())),
        "z" => {
            let mut out = Zeroizing::new(Vec::new());
            GzDecoder::new(content).take(MOST_BYTES + 1).read_to_end(&mut out).map_err(|_| SealFault::Damaged)?;
            if out.len() as u64 > MOST_BYTES { Err(SealFault::Damaged) } else { Ok(out) }
        }
        _ => Err(SealFault::TooNew),
    }
}

/// Padmé (Nikitin and others, *Reducing Metadata Leakage from Encrypted Files*, 2019, 4): at most 12 % more, and the
/// number of different sizes grows only with the logarithm of the logarithm.
fn padme(length: usize) -> usize {
    let exponent = length.max(2).ilog2();
    let significant = exponent.ilog2() + 1;
    let mask = (1_usize << exponent.saturating_sub(significant)) - 1;
    (length + mask) & !mask
}

#[cfg(test)]
mod tests;
