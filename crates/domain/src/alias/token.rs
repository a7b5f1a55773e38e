//! Person tokens: what unique persons are counted by, once the alias has stayed behind.

use super::Alias;
use crate::ids::OutingId;
use chrono::NaiveDate;
use data_encoding::HEXLOWER;
use ring::hmac;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// The key of the tokens. It lives on the unit's devices and in the admin's sealed backup, never on a server: the
/// alias list is small enough to try out, so that a token is only as good as this key.
#[derive(Clone, zeroize::ZeroizeOnDrop)]
pub struct AliasKey([u8; 32]);

impl AliasKey {
    /// Wraps 256 random bits.
    #[must_use]
    pub const fn new(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }
}

impl fmt::Debug for AliasKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("AliasKey")
    }
}

/// 128 bits that stand for an alias within one unit and one ISO year; 32 hexadecimal digits on the wire.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(value_type = String))]
pub struct PersonToken([u8; 16]);

impl PersonToken {
    /// The 128 bits.
    #[must_use]
    pub const fn bytes(&self) -> &[u8; 16] {
        &self.0
    }
}

/// A text that is not 32 hexadecimal digits. The text itself is not repeated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a token of 32 hexadecimal digits")]
pub struct TokenError;

/// The token of an alias (`domain` 0.3): HMAC-SHA256, cut to 128 bits.
///
/// `epoch` is the ISO year of the outing's operational date ([`crate::time::iso_year`]): tokens of two years cannot
/// be linked.
#[must_use]
pub fn person_token(key: &AliasKey, unit: &str, epoch: i32, alias: &Alias) -> PersonToken {
    let message = format!("uscita/person/v1|{unit}|{epoch}|{}", alias.as_str());
    let tag = hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, &key.0), message.as_bytes());
    let mut token = [0; 16];
    for (to, from) in token.iter_mut().zip(tag.as_ref()) {
        *to = *from;
    }
    PersonToken(token)
}

/// The id of the outing that a unit's phones agreed on by a spoken code, without any network: the first 16 bytes of
/// HMAC-SHA256 in the form of a UUIDv4. Phones of one unit with the same date and code get the same id; nobody
/// without the key can tell which code or night an id belongs to.
#[must_use]
pub fn outing_id_of_code(key: &AliasKey, unit: &str, date: NaiveDate, code: &str) -> OutingId {
    let message = format!("uscita/outing/1|{unit}|{date}|{code}");
    let tag = hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, &key.0), message.as_bytes());
    let mut bytes = [0; 16];
    for (to, from) in bytes.iter_mut().zip(tag.as_ref()) {
        *to = *from;
    }
    OutingId(uuid::Builder::from_random_bytes(bytes).into_uuid())
}

impl PersonToken {
    /// The token as 32 hexadecimal digits, lower case.
    #[must_use]
    pub fn to_hex(self) -> String {
        HEXLOWER.encode(&self.0)
    }
}

impl FromStr for PersonToken {
    type Err = TokenError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let bytes = HEXLOWER.decode(text.as_bytes()).map_err(|_| TokenError)?;
        bytes.try_into().map(Self).map_err(|_| TokenError)
    }
}

impl TryFrom<String> for PersonToken {
    type Error = TokenError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<PersonToken> for String {
    fn from(token: PersonToken) -> Self {
        token.to_hex()
    }
}

impl fmt::Debug for PersonToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PersonToken")
    }
}
