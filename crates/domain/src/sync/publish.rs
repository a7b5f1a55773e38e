//! Publishing (*pubblicazione*): a release laid open on the server for its recipient, behind a link and a password.
//!
//! A recipient has one link for good, of 128 random bits, and one password; whoever has both reads every release that was
//! published for it and not withdrawn. The desk draws both. The server gets the link and Argon2id of the password, so
//! whoever takes the server's disk learns what is published and not how to pass for a recipient elsewhere; a release holds
//! nothing that was not protected before ([`crate::release`]).
//!
//! Publishing the same release again changes only link and password hash. Another one under its number is refused with
//! `fork`: two desks made it without knowing of each other.

use super::chain::Bytes;
use crate::release::SignedRelease;
use argon2::{Algorithm, Argon2, Params, Version};
use serde::{Deserialize, Serialize};

/// Bytes of a link.
pub const LINK_BYTES: usize = 16;
/// Memory of one hash of a password, in KiB.
pub const HASH_MEMORY_KIB: u32 = 19 * 1024;
/// Passes of one hash of a password.
pub const HASH_PASSES: u32 = 2;
/// Bytes that a password is drawn from: 80 bits, 16 characters.
pub const PASSWORD_BYTES: usize = 10;

/// Crockford base 32: no I, L, O, U.
const LETTERS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// Argon2id of a password, with [`HASH_MEMORY_KIB`], [`HASH_PASSES`] and one lane: always the same cost.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PasswordHash {
    /// 16 random bytes.
    pub salt: Bytes,
    /// 32 bytes.
    pub hash: Bytes,
}

impl std::fmt::Debug for PasswordHash {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("PasswordHash")
    }
}

/// Body of `PUT /v1/releases`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Publication {
    /// Protocol version.
    pub version: u16,
    /// The recipient's link: [`LINK_BYTES`] random bytes.
    pub link: Bytes,
    /// Of the recipient's password.
    pub password: PasswordHash,
    /// What is published.
    pub release: SignedRelease,
}

impl Publication {
    /// Whether link and hash have their form.
    #[must_use]
    pub fn is_sound(&self) -> bool {
        let PasswordHash { salt, hash } = &self.password;
        self.link.0.len() == LINK_BYTES && salt.0.len() == 16 && hash.0.len() == 32
    }
}

/// Body of `POST /v1/withdrawals`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Withdrawal {
    /// Protocol version.
    pub version: u16,
    /// Number of the release.
    #[cfg_attr(feature = "openapi", schema(minimum = 1))]
    pub number: u32,
}

/// A cost that the library does not take, which it always does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("password cannot be hashed")]
pub struct HashFault;

/// Argon2id of a password as somebody typed it: small letters, spaces and dashes do not matter, O is 0, I and L are 1.
///
/// # Errors
/// [`HashFault`].
pub fn hash_password(typed: &str, salt: &[u8]) -> Result<[u8; 32], HashFault> {
    let cost = Params::new(HASH_MEMORY_KIB, HASH_PASSES, 1, Some(32)).map_err(|_| HashFault)?;
    let mut hash = [0; 32];
    Argon2::new(Algorithm::Argon2id, Version::V0x13, cost)
        .hash_password_into(plain(typed).as_bytes(), salt, &mut hash)
        .map_err(|_| HashFault)?;
    Ok(hash)
}

/// A password of these bytes as people read it: `K7QD-2MX9-04TV-ZB8H`.
#[must_use]
pub fn password(drawn: [u8; PASSWORD_BYTES]) -> String {
    let bits = drawn.iter().fold(0_u128, |bits, byte| (bits << 8) | u128::from(*byte));
    let letters = (0..16_u32).map(|place| {
        let index = usize::try_from((bits >> (75 - 5 * place)) & 31).unwrap_or_default();
        char::from(LETTERS.get(index).copied().unwrap_or(b'0'))
    });
    let mut text = String::new();
    for (place, letter) in letters.enumerate() {
        if place > 0 && place.is_multiple_of(4) {
            text.push('-');
        }
        text.push(letter);
    }
    text
}

fn plain(typed: &str) -> String {
    let letters = typed.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_uppercase);
    letters
        .map(|letter| match letter {
            'O' => '0',
            'I' | 'L' => '1',
            other => other,
        })
        .collect()
}

/// The path of a link on the server.
#[must_use]
pub fn path(link: &[u8]) -> String {
    format!("/r/{}", data_encoding::BASE64URL_NOPAD.encode(link))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_read_aloud_and_typed_as_it_comes() {
        assert_eq!(password([0; 10]), "0000-0000-0000-0000");
        assert_eq!(password([255; 10]), "ZZZZ-ZZZZ-ZZZZ-ZZZZ");
        let drawn = password([0b0000_0000, 0b0100_0100, 3, 4, 5, 6, 7, 8, 9, 10]);
        assert!(drawn.starts_with("0120-"), "{drawn}");
        let salt = [7; 16];
        let hash = hash_password("1A0B-CDEF-GHJK-MNPQ", &salt);
        assert_eq!(hash, hash_password(" iaOb cdef ghjk mnpq ", &salt));
        assert_ne!(hash, hash_password("1A0B-CDEF-GHJK-MNPR", &salt));
        assert_ne!(hash, hash_password("1A0B-CDEF-GHJK-MNPQ", &[8; 16]));
    }

    #[test]
    fn a_link_is_a_path_without_anything_to_escape() {
        assert_eq!(path(&[255; LINK_BYTES]), "/r/_____________________w");
    }
}
