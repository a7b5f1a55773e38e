//! A recovery (*recupero*) with the words on paper: what comes back, as files that any program reads.
//!
//! | file | what |
//! |---|---|
//! | `summary.json` | how many, of which sources, proved how well, and what did not come back |
//! | `outing-DATE-ID.json` | one outing: its folded state, and every operation as it was sealed |
//! | `desk.json` | night logs and entries of day staff |
//! | `programme.json` | zones, lists, key of the person tokens |
//! | `set-aside.json` | what is not proved to be its sender's, what the server held apart, what is too new |
//!
//! All of it is readable: the folder belongs to its owner only, and is to be deleted after use.

mod stage;
mod write;

pub use stage::Staged;
pub use write::{IntoSummary, OutingSummary, SourceSummary, Summary, TrustCount, write};

use crate::failure::Failure;
use data_encoding::BASE64URL_NOPAD;
use domain::recovery_words;
use notebook::crypto::seal::SealIdentity;
use std::path::Path;

/// The identity in the words of a text.
///
/// # Errors
/// [`Failure::Words`], which names a wrong word by its place.
pub fn identity_of_words(text: &str) -> Result<SealIdentity, Failure> {
    Ok(SealIdentity::from_secret(&*recovery_words::read(text)?)?)
}

/// The identity in a file as `age` takes it: comments, and a line `AGE-SECRET-KEY-1…`.
///
/// # Errors
/// [`Failure::NoIdentity`].
pub fn identity_of_file(text: &str, path: &Path) -> Result<SealIdentity, Failure> {
    let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
    let key = lines.next().ok_or_else(|| Failure::NoIdentity(path.to_owned()))?;
    SealIdentity::from_text(key).map_err(|_| Failure::NoIdentity(path.to_owned()))
}

/// The programme's public key as the sheet writes it, 32 bytes.
///
/// # Errors
/// [`Failure::NoAdminKey`].
pub fn admin_key_of(text: &str) -> Result<Vec<u8>, Failure> {
    let key = BASE64URL_NOPAD.decode(text.trim().as_bytes()).ok().filter(|key| key.len() == 32);
    key.ok_or(Failure::NoAdminKey)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_a_key_as_the_stock_program_writes_it() {
        let identity = SealIdentity::generate();
        let text = format!("# created: 2026-03-12\n# public key: {}\n{}\n", identity.recipient(), *identity.to_text());
        assert_eq!(identity_of_file(&text, Path::new("k")).unwrap().recipient(), identity.recipient());
        for none in ["", "# only a comment", "abaco abete"] {
            assert!(matches!(identity_of_file(none, Path::new("k")), Err(Failure::NoIdentity(_))));
        }
    }

    #[test]
    fn names_a_wrong_word_by_its_place() {
        let words = vec!["abaco"; 24].join(" ");
        assert!(matches!(identity_of_words(&words), Err(Failure::Words(recovery_words::WordsFault::Checksum))));
        let wrong = words.replacen("abaco", "abaca", 1);
        assert!(matches!(identity_of_words(&wrong), Err(Failure::Words(recovery_words::WordsFault::Unknown(1)))));
    }

    #[test]
    fn takes_a_key_of_32_bytes_only() {
        assert_eq!(admin_key_of(&BASE64URL_NOPAD.encode(&[7; 32])).unwrap(), [7; 32]);
        assert!(matches!(admin_key_of("c2hvcnQ"), Err(Failure::NoAdminKey)));
    }
}
