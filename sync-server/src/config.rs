//! What the mailbox must know before it opens.

use data_encoding::{BASE64URL_NOPAD, HEXLOWER_PERMISSIVE};
use domain::sync::ProgrammeId;
use std::path::PathBuf;
use std::str::FromStr;

/// Where the mailbox lies and whom it obeys.
#[derive(Clone, Debug)]
pub struct Config {
    /// Directory of the database and of the server's key. Created when absent.
    pub data: PathBuf,
    /// The programme's admin: signs manifests.
    pub admin_key: AdminKey,
    /// The only programme this server takes part in.
    pub programme: ProgrammeId,
}

/// Where what is sent is kept.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Database {
    /// A file in the data directory.
    #[default]
    Sqlite,
    /// A database that several servers may share.
    Postgres(Postgres),
}

/// A `PostgreSQL` database.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Postgres {
    /// The file with its address, `postgres://…`, password included.
    pub url_file: PathBuf,
    /// Certificates of the authorities that its certificate may come from, PEM. Needed outside this machine.
    pub authority: Option<PathBuf>,
}

/// The admin's Ed25519 public key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AdminKey(pub [u8; 32]);

/// A text that is not a public key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a public key: 64 hex digits or 43 base64url characters expected")]
pub struct NotAKey;

impl FromStr for AdminKey {
    type Err = NotAKey;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let bytes = match text.len() {
            64 => HEXLOWER_PERMISSIVE.decode(text.as_bytes()),
            _ => BASE64URL_NOPAD.decode(text.as_bytes()),
        };
        let bytes = bytes.map_err(|_| NotAKey)?;
        bytes.try_into().map(Self).map_err(|_| NotAKey)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_key_in_hex_and_base64url() {
        let key = AdminKey([0xfb; 32]);
        assert_eq!("fb".repeat(32).parse(), Ok(key));
        assert_eq!("FB".repeat(32).parse(), Ok(key));
        assert_eq!(BASE64URL_NOPAD.encode(&key.0).parse(), Ok(key));
    }

    #[test]
    fn refuses_what_is_not_a_key() {
        for text in ["", "fb", &"fb".repeat(31), &"zz".repeat(32), "++++"] {
            assert_eq!(text.parse::<AdminKey>(), Err(NotAKey), "{text}");
        }
    }
}
