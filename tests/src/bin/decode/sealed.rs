//! Sealed bytes: the outside, which anybody may change, and the inside, which anybody may plant who knows a recipient.

use crate::targets::{Taken, Target};
use anyhow::Result;
use domain::sync::chain::Digest;
use flate2::Compression;
use flate2::write::GzEncoder;
use notebook::crypto::seal::{Packing, SealIdentity, open, seal};
use std::io::Write;

/// An envelope may unpack to 8 MiB; a growing buffer takes up to three times that for a moment.
const UNPACKING: usize = 32 * 1024 * 1024;
/// Bytes of zeros that a bomb unpacks to.
const BOMB: usize = 64 * 1024 * 1024;

/// The decoders of sealed bytes.
///
/// # Errors
/// If a good one cannot be made.
pub fn targets() -> Result<Vec<Target>> {
    // A key of these runs only; what is sealed to it says nothing.
    let identity = SealIdentity::from_secret(&Digest::of(b"uscita-soak-decode").0)?;
    let recipient = identity.recipient();
    let content = br#"{"schema":1,"sequence":7,"entry":{"kind":"desk_access"}}"#;
    let outside = [
        seal(&[&recipient], content, Packing::Plain)?,
        seal(&[&recipient], content, Packing::Compressed)?,
        seal(&[&recipient, &SealIdentity::generate().recipient()], content, Packing::Plain)?,
    ];
    let mut planted = vec![inside('j', content)];
    for unpacked in [content.to_vec(), vec![0; BOMB]] {
        let mut gzip = GzEncoder::new(Vec::new(), Compression::best());
        gzip.write_all(&unpacked)?;
        planted.push(inside('z', &gzip.finish()?));
    }
    let (reader, planter) = (identity.clone(), identity);
    let sealed = Target::of("sealed", outside.to_vec(), move |bytes| Taken::from(open(&reader, bytes).is_ok()));
    let inside = Target::of("inside the sealed", planted, move |bytes| {
        let sealed = age_file(&recipient, bytes);
        Taken::from(sealed.is_some_and(|sealed| open(&planter, &sealed).is_ok()))
    });
    Ok(vec![Target { weight: 8, base: UNPACKING, ..sealed }, Target { weight: 1, base: UNPACKING, ..inside }])
}

/// The head of what is inside, and what is inside.
fn inside(letter: char, packed: &[u8]) -> Vec<u8> {
    let mut plain = format!("usc1 {letter} {:08}\n", packed.len()).into_bytes();
    plain.extend_from_slice(packed);
    plain
}

/// These very bytes, sealed as any stranger can.
fn age_file(recipient: &str, plain: &[u8]) -> Option<Vec<u8>> {
    let recipient: age::x25519::Recipient = recipient.parse().ok()?;
    age::encrypt(&recipient, plain).ok()
}
