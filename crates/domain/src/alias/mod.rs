//! Team aliases (*soprannomi di squadra*) and the tokens that leave the phone in their place; `domain` 0.3.
//!
//! An alias is a word of a neutral list and two digits, `AIRONE-12`. It is never derived from anything about the
//! person; the memory of who it is stays with the team. The alias never leaves the team's devices: the night log
//! carries [`PersonToken`]s, apart from the contact rows, and only to count unique persons.

mod token;
mod words;

#[cfg(test)]
mod tests;

pub use token::{AliasKey, PersonToken, outing_id_of_code, person_token};
pub use words::{AliasWords, propose};

use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;
use unicode_normalization::UnicodeNormalization;

/// A team alias: upper-case word, hyphen, two digits. Local to the team's devices.
///
/// `Debug` does not print it, and there is no `Display`: [`Alias::as_str`] makes every use visible.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(type = "string"))]
pub struct Alias(String);

/// Why a text is not an alias (V07). The text itself is not repeated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum AliasError {
    /// Not a word, a hyphen and two digits.
    #[error("an alias is a word, a hyphen and two digits")]
    Shape,
    /// The word is not on the programme's list.
    #[error("the word of the alias is not on the list")]
    UnknownWord,
}

impl Alias {
    /// Reads an alias whose word must be on the programme's list (V07).
    ///
    /// # Errors
    /// [`AliasError`], by what is wrong.
    pub fn parse(text: &str, words: &AliasWords) -> Result<Self, AliasError> {
        let alias: Self = text.parse()?;
        if words.contains(alias.word()) { Ok(alias) } else { Err(AliasError::UnknownWord) }
    }

    /// The alias as the team reads it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Its word, without the digits.
    #[must_use]
    pub fn word(&self) -> &str {
        self.0.split_once('-').map_or(self.0.as_str(), |(word, _)| word)
    }
}

impl FromStr for Alias {
    type Err = AliasError;

    /// Reads the form only: what a device stored may use a word that has since left the list.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let normal = text.nfkc().collect::<String>().trim().to_uppercase();
        let (word, number) = normal.split_once('-').ok_or(AliasError::Shape)?;
        let is_word = !word.is_empty() && word.chars().all(char::is_alphabetic);
        let is_number = number.len() == 2 && number.bytes().all(|b| b.is_ascii_digit());
        if is_word && is_number { Ok(Self(normal)) } else { Err(AliasError::Shape) }
    }
}

impl TryFrom<String> for Alias {
    type Error = AliasError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<Alias> for String {
    fn from(alias: Alias) -> Self {
        alias.0
    }
}

impl fmt::Debug for Alias {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Alias")
    }
}
