//! What a new PIN or passphrase must be.

use crate::error::{NotebookError, Result, SecretFault};
use std::fmt;
use unicode_normalization::UnicodeNormalization;
use zeroize::Zeroizing;

/// Digits of a PIN, at least.
pub const MIN_PIN_DIGITS: usize = 6;
/// Digits of the lead's step-up PIN, at least.
pub const MIN_REVIEW_PIN_DIGITS: usize = 8;
/// Characters of a passphrase, at least.
pub const MIN_PASSPHRASE_CHARS: usize = 12;

/// A PIN or passphrase that passed the policy. `Debug` shows nothing.
pub struct NewSecret(Zeroizing<String>);

impl NewSecret {
    /// A phone's PIN: six digits or more, not easy to guess.
    ///
    /// # Errors
    /// [`NotebookError::WeakSecret`], by what is wrong.
    pub fn pin(text: &str) -> Result<Self> {
        if !text.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(NotebookError::WeakSecret(SecretFault::NotDigits));
        }
        if text.len() < MIN_PIN_DIGITS {
            return Err(NotebookError::WeakSecret(SecretFault::TooShort));
        }
        if is_easy(text) {
            return Err(NotebookError::WeakSecret(SecretFault::TooEasy));
        }
        Ok(Self(Zeroizing::new(text.to_owned())))
    }

    /// A lead's step-up PIN: eight digits or more, not easy to guess, and not to be had from the unlock PIN.
    ///
    /// # Errors
    /// [`NotebookError::WeakSecret`], by what is wrong.
    pub fn review_pin(text: &str, unlock_pin: &str) -> Result<Self> {
        let pin = Self::pin(text)?;
        if text.len() < MIN_REVIEW_PIN_DIGITS {
            return Err(NotebookError::WeakSecret(SecretFault::TooShort));
        }
        if text.contains(unlock_pin) || unlock_pin.contains(text) {
            return Err(NotebookError::WeakSecret(SecretFault::LikeUnlock));
        }
        Ok(pin)
    }

    /// A duress PIN: as an unlock PIN, and not to be mistaken for the real one.
    ///
    /// # Errors
    /// [`NotebookError::WeakSecret`], by what is wrong.
    pub fn decoy_pin(text: &str, unlock_pin: &str) -> Result<Self> {
        let pin = Self::pin(text)?;
        if text.contains(unlock_pin) || unlock_pin.contains(text) {
            return Err(NotebookError::WeakSecret(SecretFault::LikeUnlock));
        }
        Ok(pin)
    }

    /// A desk's passphrase: twelve characters or more, not one of them over and over.
    ///
    /// # Errors
    /// [`NotebookError::WeakSecret`], by what is wrong.
    pub fn passphrase(text: &str) -> Result<Self> {
        let normal = normalised(text);
        if normal.chars().count() < MIN_PASSPHRASE_CHARS {
            return Err(NotebookError::WeakSecret(SecretFault::TooShort));
        }
        let distinct: std::collections::BTreeSet<char> = normal.chars().collect();
        if distinct.len() < 5 {
            return Err(NotebookError::WeakSecret(SecretFault::TooEasy));
        }
        Ok(Self(normal))
    }

    pub(super) fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for NewSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("NewSecret")
    }
}

/// How hard a passphrase is to guess for somebody who has the files and time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, ts_rs::TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum Strength {
    /// Refused ([`NewSecret::passphrase`]).
    Refused,
    /// Allowed; longer is better.
    Fair,
    /// Five different words of four letters, or twenty characters of twelve kinds: about 55 bits if drawn at random.
    Good,
}

impl Strength {
    /// Of a passphrase as it is typed.
    #[must_use]
    pub fn of(text: &str) -> Self {
        if NewSecret::passphrase(text).is_err() {
            return Self::Refused;
        }
        let normal = Zeroizing::new(normalised(text).to_lowercase());
        let is_word = |word: &&str| word.chars().count() >= 4;
        let words = normal.split(|letter: char| !letter.is_alphabetic()).filter(is_word);
        let words: std::collections::BTreeSet<&str> = words.collect();
        let kinds: std::collections::BTreeSet<char> = normal.chars().collect();
        let is_long = normal.chars().count() >= 20 && kinds.len() >= 12;
        if words.len() >= 5 || (words.len() < 2 && is_long) { Self::Good } else { Self::Fair }
    }
}

/// The form in which a typed secret is compared: NFC, because keyboards differ in how they write *è*.
pub(super) fn normalised(text: &str) -> Zeroizing<String> {
    Zeroizing::new(text.nfc().collect())
}

/// The 1,000 PINs of six to ten digits, one a line, that people choose beyond what [`is_easy`] finds by its form. They
/// were put together by family, without those that a rule refuses already: two lines of the keypad, its snakes and
/// corners, figures of mathematics and physics, emergency numbers side by side; three numbers in a row (`101112`) or ten
/// apart; five digits in a row with one more at either end; Italian first names, cities and the commonest passwords on
/// the letters of a keypad; two years in a row, as many as make the thousand.
const COMMON: &str = include_str!("common_pins.txt");

fn is_easy(pin: &str) -> bool {
    let digits: Vec<u8> = pin.bytes().map(|byte| byte - b'0').collect();
    is_run(&digits)
        || is_repeat(&digits)
        || is_mirror(&digits)
        || has_few_digits(&digits)
        || is_pairs(&digits)
        || is_date(&digits)
        || COMMON.lines().any(|common| common == pin)
}

/// Constant step between neighbours, also across 9 and 0: `123456`, `864208`.
fn is_run(digits: &[u8]) -> bool {
    let mut steps = digits.windows(2).filter_map(|pair| match pair {
        [one, next] => Some((next + 10 - one) % 10),
        _ => None,
    });
    let first = steps.next();
    steps.all(|step| Some(step) == first)
}

/// A group over and over: `121212`, `123123`, `1234123412`.
fn is_repeat(digits: &[u8]) -> bool {
    (1..=digits.len() / 2).any(|length| digits.iter().zip(digits.iter().skip(length)).all(|(one, later)| one == later))
}

fn is_mirror(digits: &[u8]) -> bool {
    digits.iter().eq(digits.iter().rev())
}

fn has_few_digits(digits: &[u8]) -> bool {
    digits.iter().collect::<std::collections::BTreeSet<_>>().len() < 3
}

/// `112233`, `557799`.
fn is_pairs(digits: &[u8]) -> bool {
    digits.len().is_multiple_of(2) && digits.chunks_exact(2).all(|pair| matches!(pair, [one, other] if one == other))
}

/// `DDMMYY`, `MMDDYY`, `YYMMDD`, and with four figures for the year `DDMMYYYY`, `MMDDYYYY` and `YYYYMMDD`.
fn is_date(digits: &[u8]) -> bool {
    let number = |range: std::ops::Range<usize>| {
        digits.get(range).map(|part| part.iter().fold(0_u32, |sum, digit| sum * 10 + u32::from(*digit)))
    };
    let is_day = |day: Option<u32>, month: Option<u32>| {
        day.is_some_and(|day| (1..=31).contains(&day)) && month.is_some_and(|month| (1..=12).contains(&month))
    };
    let is_year = |year: Option<u32>| year.is_some_and(|year| (1920..=2050).contains(&year));
    let begins_with_day = is_day(number(0..2), number(2..4)) || is_day(number(2..4), number(0..2));
    match digits.len() {
        6 => begins_with_day || is_day(number(4..6), number(2..4)),
        8 => {
            (begins_with_day && is_year(number(4..8))) || (is_day(number(6..8), number(4..6)) && is_year(number(0..4)))
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fault(pin: &str) -> Option<SecretFault> {
        match NewSecret::pin(pin) {
            Ok(_) => None,
            Err(NotebookError::WeakSecret(fault)) => Some(fault),
            Err(other) => panic!("unexpected {other}"),
        }
    }

    #[test]
    fn refuses_short_and_strange_pins() {
        assert_eq!(fault("83051"), Some(SecretFault::TooShort));
        assert_eq!(fault(""), Some(SecretFault::TooShort));
        assert_eq!(fault("83051a"), Some(SecretFault::NotDigits));
        assert_eq!(fault("８３０５１９"), Some(SecretFault::NotDigits), "only the digits of the keypad");
    }

    #[test]
    fn refuses_runs_repeats_common_ones_and_dates() {
        let easy = [
            "123456",
            "654321",
            "890123",
            "864208",
            "111111",
            "121212",
            "123123",
            "112233",
            "123321",
            "100000",
            "159753",
            "147258",
            "240785",
            "010100",
            "311299",
            "12345678",
            "24071985",
            "19850724",
            "850724",
            "072485",
            "07241985",
            "101112",
            "263732",
            "31415926",
            "1234512345",
        ];
        for pin in easy {
            assert_eq!(fault(pin), Some(SecretFault::TooEasy), "{pin}");
        }
    }

    #[test]
    fn refuses_a_thousand_common_ones_that_no_rule_finds() {
        let common: Vec<&str> = COMMON.lines().collect();
        assert_eq!(common.len(), 1_000);
        assert!(common.is_sorted_by_key(|pin| (pin.len(), *pin)), "so that a doubled line is seen");
        let distinct: std::collections::BTreeSet<&str> = common.iter().copied().collect();
        assert_eq!(distinct.len(), 1_000);
        for pin in common {
            assert_eq!(fault(pin), Some(SecretFault::TooEasy), "{pin}");
            let digits: Vec<u8> = pin.bytes().map(|byte| byte - b'0').collect();
            assert!(!is_run(&digits) && !is_repeat(&digits) && !is_date(&digits), "{pin} is refused without the list");
        }
    }

    #[test]
    fn refuses_a_duress_pin_that_is_easy_or_near_the_unlock_pin() {
        assert!(NewSecret::decoy_pin("418026", "830591").is_ok());
        for pin in ["123456", "830591", "8305914"] {
            assert!(NewSecret::decoy_pin(pin, "830591").is_err(), "{pin}");
        }
    }

    #[test]
    fn accepts_what_is_not_easy() {
        for pin in ["830591", "739164", "48205917", "90417358"] {
            assert_eq!(fault(pin), None, "{pin}");
        }
    }

    #[test]
    fn refuses_a_review_pin_that_is_short_easy_or_near_the_unlock_pin() {
        let fault = |pin: &str, unlock: &str| match NewSecret::review_pin(pin, unlock) {
            Ok(_) => None,
            Err(NotebookError::WeakSecret(fault)) => Some(fault),
            Err(other) => panic!("unexpected {other}"),
        };
        assert_eq!(fault("4820591", "830591"), Some(SecretFault::TooShort));
        assert_eq!(fault("12345678", "830591"), Some(SecretFault::TooEasy));
        assert_eq!(fault("24071985", "830591"), Some(SecretFault::TooEasy), "a date");
        assert_eq!(fault("48830591", "830591"), Some(SecretFault::LikeUnlock), "contains it");
        assert_eq!(fault("48205917", "48205917"), Some(SecretFault::LikeUnlock), "is it");
        assert_eq!(fault("48205917", "9482059173"), Some(SecretFault::LikeUnlock), "is part of it");
        assert_eq!(fault("48205917", "830591"), None);
    }

    #[test]
    fn refuses_a_short_or_monotonous_passphrase() {
        assert!(NewSecret::passphrase("undici car.").is_err());
        assert!(NewSecret::passphrase("aaaaaaaaaaaaaaaa").is_err());
        assert!(NewSecret::passphrase("quattro sedie blu").is_ok());
    }

    #[test]
    fn reads_composed_and_decomposed_letters_alike() {
        let composed = NewSecret::passphrase("perch\u{e9} no, domani").unwrap();
        assert_eq!(composed.as_str(), normalised("perche\u{301} no, domani").as_str());
    }
}
