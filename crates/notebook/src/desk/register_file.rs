//! The register as a file that somebody else can check: a text that common programs read (`docs/registro.md`).
//!
//! ```text
//! uscita/registro/1
//! {"programme":…,"desk":"S1","signer":"admin","key":…,"lines":2,"head":…,"names":{…}}
//! 1⇥<hash>⇥<line>
//! 2⇥<hash>⇥<line>
//! <signature>
//! ```
//!
//! Each hash covers the hash before it, the number and the line ([`super::register::link`]); the signature covers
//! everything above it. The admin's desk signs with the key that is printed on the recovery sheet, another desk with its
//! own. Pure.

use super::register::{Chain, Line};
use crate::error::{NotebookError, Result};
use chrono::NaiveDate;
use data_encoding::{BASE64URL_NOPAD, HEXLOWER};
use domain::ids::{DeviceId, ProgrammeId};
use domain::sync::chain::{Bytes, Digest};
use ring::signature::{ED25519, UnparsedPublicKey};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The first line of the file.
const FORM: &str = "uscita/registro/1";
/// What stands before the text where it is signed.
const SIGNED: &[u8] = b"uscita/register-file/1\0";

/// Whose key signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RegisterSigner {
    /// The programme's: it is printed on the recovery sheet.
    Admin,
    /// That of the desk.
    Desk,
}

/// What a register says of itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RegisterHead {
    /// The programme.
    pub programme: ProgrammeId,
    /// Its name on reports.
    pub name: String,
    /// Name of the desk whose register it is, `S1`.
    pub desk: String,
    /// The day on which the file was made.
    pub exported_on: NaiveDate,
    /// Whose key signed.
    pub signer: RegisterSigner,
    /// The public key, 32 bytes.
    pub key: Bytes,
    /// How many lines there are.
    pub lines: u64,
    /// The hash of the last line.
    pub head: Digest,
    /// The devices that the lines name, as people call them.
    pub names: BTreeMap<DeviceId, String>,
}

/// A file that is no register, or one that was changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RegisterFault {
    /// Not a register, or one of a newer version.
    #[error("not an exported register")]
    Form,
    /// The chain does not hold at this line.
    #[error("chain of the register breaks at line {0}")]
    Chain(u64),
    /// Everything fits, and the signature is of something else.
    #[error("register is not signed by the key it names")]
    Signature,
    /// It is signed, by another key than the expected one.
    #[error("register is signed by another key")]
    OtherKey,
}

impl RegisterFault {
    /// The line at which the chain breaks.
    #[must_use]
    pub const fn line(self) -> Option<u64> {
        match self {
            Self::Chain(line) => Some(line),
            Self::Form | Self::Signature | Self::OtherKey => None,
        }
    }
}

/// Writes a register. The lines are the bytes that the hashes cover; `sign` signs with the key that the head names.
pub(crate) fn write(
    head: &RegisterHead,
    lines: &[(u64, Vec<u8>, Digest)],
    sign: impl FnOnce(&[u8]) -> Bytes,
) -> Result<Vec<u8>> {
    let json = serde_json::to_string(head).map_err(|_| NotebookError::Internal("head of the register"))?;
    let mut text = format!("{FORM}\n{json}\n").into_bytes();
    for (number, line, hash) in lines {
        text.extend_from_slice(format!("{number}\t{hash}\t").as_bytes());
        text.extend_from_slice(line);
        text.push(b'\n');
    }
    let signature = BASE64URL_NOPAD.encode(&sign(&message(&text)).0);
    text.extend_from_slice(signature.as_bytes());
    text.push(b'\n');
    Ok(text)
}

fn message(text: &[u8]) -> Vec<u8> {
    [SIGNED, text].concat()
}

/// Checks a register: its form, its chain from the first line to the last, its signature, and, if a key is expected,
/// that it is that one.
///
/// # Errors
/// [`RegisterFault`].
pub fn verify_register(file: &[u8], expected: Option<&[u8]>) -> Result<RegisterHead, RegisterFault> {
    let (text, signature) = split_last_line(file).ok_or(RegisterFault::Form)?;
    let mut rows = text.split(|byte| *byte == b'\n');
    if rows.next() != Some(FORM.as_bytes()) {
        return Err(RegisterFault::Form);
    }
    let head: RegisterHead =
        rows.next().and_then(|json| serde_json::from_slice(json).ok()).ok_or(RegisterFault::Form)?;
    let mut chain = Chain::begin();
    // Behind the last line break there is nothing.
    for row in rows.filter(|row| !row.is_empty()) {
        let (number, hash, line) = parts(row).ok_or(RegisterFault::Form)?;
        chain.follow(number, line, hash);
    }
    if let Some(line) = chain.broken() {
        return Err(RegisterFault::Chain(line));
    }
    if (chain.count(), chain.head()) != (head.lines, head.head) {
        return Err(RegisterFault::Chain(chain.count().min(head.lines).saturating_add(1)));
    }
    let signature = BASE64URL_NOPAD.decode(signature).map_err(|_| RegisterFault::Form)?;
    UnparsedPublicKey::new(&ED25519, &head.key.0)
        .verify(&message(text), &signature)
        .map_err(|_| RegisterFault::Signature)?;
    match expected {
        Some(key) if key != head.key.0 => Err(RegisterFault::OtherKey),
        _ => Ok(head),
    }
}

/// What is above the last line, its line break included, and that line.
fn split_last_line(file: &[u8]) -> Option<(&[u8], &[u8])> {
    let file = file.strip_suffix(b"\n").unwrap_or(file);
    let end = file.iter().rposition(|byte| *byte == b'\n')?;
    file.split_at_checked(end.saturating_add(1))
}

fn parts(row: &[u8]) -> Option<(u64, Digest, &[u8])> {
    let mut parts = row.splitn(3, |byte| *byte == b'\t');
    let number = std::str::from_utf8(parts.next()?).ok()?.parse().ok()?;
    let hash = HEXLOWER.decode(parts.next()?).ok()?.try_into().ok()?;
    let line = parts.next()?;
    serde_json::from_slice::<Line>(line).ok()?;
    Some((number, Digest(hash), line))
}

#[cfg(test)]
mod tests {
    use super::super::register::{Deed, genesis, link};
    use super::*;
    use crate::crypto::identity::SigningKey;
    use crate::entropy::Entropy;
    use domain::ids::UnitId;

    fn key(seed: u64) -> SigningKey {
        SigningKey::generate(&mut Entropy::seeded_for_simulation(seed)).unwrap()
    }

    fn file(signing: &SigningKey) -> (RegisterHead, Vec<u8>) {
        let on = "2026-03-12".parse().unwrap();
        let device = DeviceId(uuid::Uuid::from_u128(9));
        let (mut last, mut lines) = (genesis(), Vec::new());
        for number in 1..=3 {
            let deed = Deed::Signed { unit: UnitId::new("BS-U1"), date: on };
            let line = Line { on, device, operator: None, deed, before: None, after: None };
            let json = serde_json::to_vec(&line).unwrap();
            last = link(last, number, &json);
            lines.push((number, json, last));
        }
        let head = RegisterHead {
            programme: ProgrammeId(uuid::Uuid::from_u128(7)),
            name: "Sirena\n\"città\"".into(),
            desk: "S1".into(),
            exported_on: on,
            signer: RegisterSigner::Admin,
            key: signing.public(),
            lines: 3,
            head: last,
            names: [(device, "D1".to_owned())].into(),
        };
        let file = write(&head, &lines, |message| signing.sign(message)).unwrap();
        (head, file)
    }

    #[test]
    fn a_register_says_whose_it_is_under_the_key_on_paper_alone() {
        let signing = key(1);
        let (head, file) = file(&signing);
        assert_eq!(verify_register(&file, None), Ok(head.clone()));
        assert_eq!(verify_register(&file, Some(&signing.public().0)), Ok(head));
        assert_eq!(verify_register(&file, Some(&key(2).public().0)), Err(RegisterFault::OtherKey));
    }

    #[test]
    fn no_byte_of_it_can_be_changed_and_no_line_taken_away_moved_or_added() {
        let (_, file) = file(&key(1));
        for place in 0..file.len() - 1 {
            let mut changed = file.clone();
            changed[place] ^= 1;
            assert!(verify_register(&changed, None).is_err(), "byte {place}");
        }
        let text = String::from_utf8(file).unwrap();
        let rows: Vec<&str> = text.lines().collect();
        let without = |gone: usize| [&rows[..gone], &rows[gone + 1..]].concat().join("\n");
        assert_eq!(verify_register(without(2).as_bytes(), None), Err(RegisterFault::Chain(1)));
        assert_eq!(verify_register(without(3).as_bytes(), None), Err(RegisterFault::Chain(2)));
        assert_eq!(verify_register(without(4).as_bytes(), None), Err(RegisterFault::Chain(3)), "the last line");
        let mut moved = rows.clone();
        moved.swap(2, 3);
        assert!(matches!(verify_register(moved.join("\n").as_bytes(), None), Err(RegisterFault::Chain(_))));
        for no_register in ["", "x", "uscita/registro/1\n{}\n\n", "uscita/registro/2\n{}\nx\n"] {
            assert_eq!(verify_register(no_register.as_bytes(), None), Err(RegisterFault::Form), "{no_register:?}");
        }
    }

    #[test]
    fn who_forges_the_chain_anew_lacks_the_key() {
        let (mut head, _) = file(&key(1));
        let own = key(2);
        head.lines = 0;
        head.head = genesis();
        let forged = write(&head, &[], |message| own.sign(message)).unwrap();
        assert_eq!(verify_register(&forged, None), Err(RegisterFault::Signature), "it names the programme's key");
    }
}
