//! The recovery words (*parole di recupero*): a secret of 256 bits as 24 Italian words that people write on paper.
//!
//! ```text
//! bits  = secret, 256 bits ‖ first 8 bits of SHA-256(secret)          264 bits
//! words = each 11 bits, from the left, number a word of the list      24 words
//! ```
//!
//! It is the way of BIP-39 with 24 words, with a list of its own: the first 2,048 words of the aliases' list in
//! alphabetical order. The list of a released version never changes: what is on paper must always open. A test holds
//! its hash. `docs/recupero.md` carries the list and reads the words without this program.

use ring::digest::{SHA256, digest};
use zeroize::Zeroizing;

/// Words on a sheet.
pub const WORDS: usize = 24;
/// Words in the list: 11 bits each.
pub const LIST_WORDS: usize = 2048;

const SECRET_BYTES: usize = 32;
const BITS_PER_WORD: usize = 11;
const BITS_PER_BYTE: usize = 8;

/// Why some words are not a secret. The words themselves are not repeated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum WordsFault {
    /// Not 24 words.
    #[error("{0} words instead of 24")]
    Count(usize),
    /// A word is not on the list.
    #[error("word {0} is not on the list")]
    Unknown(
        /// Its place, from 1.
        usize,
    ),
    /// Every word is on the list, but together they do not fit: one was taken for another, or two are exchanged. One
    /// mistake of this kind in 256 goes unnoticed here.
    #[error("the words do not fit together")]
    Checksum,
}

/// The list, in alphabetical order. A word's number is its place, from 0.
pub fn list() -> impl Iterator<Item = &'static str> {
    include_str!("alias_words_it.txt").lines().take(LIST_WORDS)
}

/// The words of a secret, separated by spaces.
#[must_use]
pub fn write(secret: &[u8; SECRET_BYTES]) -> Zeroizing<String> {
    let list: Vec<&str> = list().collect();
    let mut text = Zeroizing::new(String::with_capacity(WORDS * 16));
    let (mut bits, mut held) = (0_usize, 0_usize);
    for byte in secret.iter().copied().chain([check(secret)]) {
        bits = (bits << BITS_PER_BYTE) | usize::from(byte);
        held += BITS_PER_BYTE;
        if held >= BITS_PER_WORD {
            held -= BITS_PER_WORD;
            if !text.is_empty() {
                text.push(' ');
            }
            text.push_str(list.get(bits >> held).copied().unwrap_or_default());
            bits &= (1 << held) - 1;
        }
    }
    text
}

/// Reads words: in capitals or not, numbered or not, on one line or on many.
///
/// # Errors
/// [`WordsFault`]: the first word that is not on the list, else that they do not fit together.
pub fn read(text: &str) -> Result<Zeroizing<[u8; SECRET_BYTES]>, WordsFault> {
    let list: Vec<&str> = list().collect();
    let typed = Zeroizing::new(text.to_uppercase());
    let typed: Vec<&str> =
        typed.split(|letter: char| !letter.is_alphabetic()).filter(|word| !word.is_empty()).collect();
    if typed.len() != WORDS {
        return Err(WordsFault::Count(typed.len()));
    }
    let mut bytes = Zeroizing::new(Vec::with_capacity(SECRET_BYTES + 1));
    let (mut bits, mut held) = (0_usize, 0_usize);
    for (place, word) in typed.iter().enumerate() {
        let number = list.binary_search(word).map_err(|_| WordsFault::Unknown(place + 1))?;
        bits = (bits << BITS_PER_WORD) | number;
        held += BITS_PER_WORD;
        while held >= BITS_PER_BYTE {
            held -= BITS_PER_BYTE;
            bytes.push(u8::try_from(bits >> held).map_err(|_| WordsFault::Checksum)?);
            bits &= (1 << held) - 1;
        }
    }
    let (secret, given) = bytes.split_first_chunk::<SECRET_BYTES>().ok_or(WordsFault::Checksum)?;
    if given == [check(secret)] { Ok(Zeroizing::new(*secret)) } else { Err(WordsFault::Checksum) }
}

fn check(secret: &[u8; SECRET_BYTES]) -> u8 {
    digest(&SHA256, secret).as_ref().first().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sync::chain::Digest;
    use proptest::prelude::*;

    /// SHA-256 of the list, one word a line. What is on paper depends on it: a change of the list of aliases that moves
    /// these words needs a list of its own here.
    const LIST_SHA256: &str = "b00822de562c3ef0469f578717bb57931a1f15309a86ad35d04a16fe73ed4270";

    #[test]
    fn list_never_changes() {
        let words: Vec<&str> = list().collect();
        assert_eq!(words.len(), LIST_WORDS);
        assert!(words.is_sorted_by(|a, b| a < b), "each word once, in order");
        assert!(words.iter().all(|word| word.bytes().all(|letter| letter.is_ascii_uppercase())));
        let text = words.iter().fold(String::new(), |text, word| text + word + "\n");
        assert_eq!(Digest::of(text.as_bytes()).to_string(), LIST_SHA256);
    }

    #[test]
    fn first_and_last_secret_have_the_words_that_a_sheet_of_today_shows() {
        let zeros = write(&[0; 32]);
        let words: Vec<&str> = zeros.split(' ').collect();
        // SHA-256 of 32 zero bytes begins with 0x66.
        assert_eq!(words.len(), WORDS);
        assert!(words.iter().take(23).all(|word| *word == "ABACO"));
        assert_eq!(words.last().copied(), list().nth(0x66));
        let ones = write(&[0xff; 32]);
        assert!(ones.split(' ').take(23).all(|word| Some(word) == list().last()));
    }

    #[test]
    fn reads_what_people_type() {
        let secret: [u8; 32] = std::array::from_fn(|place| u8::try_from(place * 7).unwrap());
        let text = write(&secret);
        let numbered = text.to_lowercase().split(' ').zip(1..).fold(String::new(), |typed, (word, number)| {
            typed + &format!("{number}. {word},") + if number % 6 == 0 { "\n" } else { "\t" }
        });
        assert_eq!(read(&numbered).unwrap(), read(&text).unwrap());
    }

    #[test]
    fn names_a_wrong_word_by_its_place_and_never_by_itself() {
        let text = write(&[3; 32]);
        let wrong: Vec<&str> =
            text.split(' ').enumerate().map(|(place, word)| if place == 6 { "ABACA" } else { word }).collect();
        let fault = read(&wrong.join(" ")).unwrap_err();
        assert_eq!(fault, WordsFault::Unknown(7));
        assert!(!fault.to_string().contains("ABACA"));
        assert_eq!(read(&wrong[1..].join(" ")).unwrap_err(), WordsFault::Count(23));
        assert_eq!(read("").unwrap_err(), WordsFault::Count(0));
    }

    #[test]
    fn checksum_finds_nearly_every_exchange_of_two_words() {
        let secret: [u8; 32] = std::array::from_fn(|place| u8::try_from(place * 41 % 256).unwrap());
        let text = write(&secret);
        let (mut exchanges, mut missed) = (0, 0);
        for first in 0..WORDS {
            for second in first + 1..WORDS {
                let mut words: Vec<&str> = text.split(' ').collect();
                words.swap(first, second);
                exchanges += 1;
                missed += usize::from(read(&words.join(" ")).is_ok());
            }
        }
        assert_eq!(exchanges, 276);
        assert!(missed <= 5, "{missed} of {exchanges} went unnoticed");
    }

    proptest! {
        #[test]
        fn every_secret_comes_back(secret: [u8; 32]) {
            prop_assert_eq!(*read(&write(&secret)).unwrap(), secret);
        }

        #[test]
        fn no_text_makes_it_fall_over(text: String) {
            prop_assert!(read(&text).is_err());
        }
    }
}
