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

/// The form in which a typed secret is compared: NFC, because keyboards differ in how they write *è*.
pub(super) fn normalised(text: &str) -> Zeroizing<String> {
    Zeroizing::new(text.nfc().collect())
}

/// Figures and patterns of a keypad that people choose most, beyond what [`is_easy`] finds by its form.
const COMMON: &[&str] = &[
    "142536", "147258", "147852", "147896", "159357", "159753", "258456", "258369", "321654", "357159", "357951",
    "369258", "456123", "456789", "741852", "741963", "753159", "753951", "789456", "852456", "852741", "951753",
    "963258", "963852", "123654", "123789", "987456", "123987", "654123", "654789", "102030", "010203", "112358",
    "314159", "271828", "141421", "696969", "420420", "007007", "555666", "666999", "123455", "123457", "234567",
    "345678", "567890", "098765", "909090", "147369", "135790", "246810", "135791", "024680", "192837", "918273",
    "12345678", "87654321", "14725836", "14789632", "12344321", "78945612", "15935746", "25802580", "01234567",
    "10203040", "13579246", "24681357", "11235813", "31415926", "27182818", "19283746",
];

fn is_easy(pin: &str) -> bool {
    let digits: Vec<u8> = pin.bytes().map(|byte| byte - b'0').collect();
    is_run(&digits)
        || is_repeat(&digits)
        || is_mirror(&digits)
        || has_few_digits(&digits)
        || is_pairs(&digits)
        || is_date(&digits)
        || COMMON.contains(&pin)
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

/// `DDMMYY`, and with four figures for the year `DDMMYYYY` and `YYYYMMDD`.
fn is_date(digits: &[u8]) -> bool {
    let number = |range: std::ops::Range<usize>| {
        digits.get(range).map(|part| part.iter().fold(0_u32, |sum, digit| sum * 10 + u32::from(*digit)))
    };
    let is_day = |day: Option<u32>, month: Option<u32>| {
        day.is_some_and(|day| (1..=31).contains(&day)) && month.is_some_and(|month| (1..=12).contains(&month))
    };
    let is_year = |year: Option<u32>| year.is_some_and(|year| (1920..=2050).contains(&year));
    match digits.len() {
        6 => is_day(number(0..2), number(2..4)),
        8 => {
            (is_day(number(0..2), number(2..4)) && is_year(number(4..8)))
                || (is_day(number(6..8), number(4..6)) && is_year(number(0..4)))
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
            "1234512345",
        ];
        for pin in easy {
            assert_eq!(fault(pin), Some(SecretFault::TooEasy), "{pin}");
        }
    }

    #[test]
    fn accepts_what_is_not_easy() {
        for pin in ["830519", "739164", "48205917", "90417358"] {
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
        assert_eq!(fault("4820591", "830519"), Some(SecretFault::TooShort));
        assert_eq!(fault("12345678", "830519"), Some(SecretFault::TooEasy));
        assert_eq!(fault("24071985", "830519"), Some(SecretFault::TooEasy), "a date");
        assert_eq!(fault("48830519", "830519"), Some(SecretFault::LikeUnlock), "contains it");
        assert_eq!(fault("48205917", "48205917"), Some(SecretFault::LikeUnlock), "is it");
        assert_eq!(fault("48205917", "9482059173"), Some(SecretFault::LikeUnlock), "is part of it");
        assert_eq!(fault("48205917", "830519"), None);
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
