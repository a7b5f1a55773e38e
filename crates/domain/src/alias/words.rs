//! The word list, and the proposal of new aliases.

use super::Alias;
use std::collections::BTreeSet;

/// Numbers that one word may carry, 00…99.
const PER_WORD: u32 = 100;

/// The words of which aliases are made: neutral Italian nouns, no names, no places, nothing about people.
#[derive(Clone, PartialEq, Eq)]
pub struct AliasWords(BTreeSet<String>);

impl AliasWords {
    /// The built-in list of 2,000 words and more.
    #[must_use]
    pub fn italian() -> Self {
        Self::new(include_str!("../alias_words_it.txt").lines())
    }

    /// A programme's own list. Words that could not be part of an alias are left out.
    pub fn new<W: AsRef<str>>(words: impl IntoIterator<Item = W>) -> Self {
        let is_word = |word: &str| !word.is_empty() && word.chars().all(char::is_alphabetic);
        Self(words.into_iter().map(|word| word.as_ref().trim().to_uppercase()).filter(|word| is_word(word)).collect())
    }

    /// Whether the word is on the list.
    #[must_use]
    pub fn contains(&self, word: &str) -> bool {
        self.0.contains(word)
    }

    /// The words, in alphabetical order.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(String::as_str)
    }

    /// How many words.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether the list is empty.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl std::fmt::Debug for AliasWords {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "AliasWords({})", self.0.len())
    }
}

/// One new alias for each random number, all with different words, none of them used.
///
/// Words that are in use already come last, so that the team does not have to tell `AIRONE-12` from `AIRONE-47`.
/// Shorter than `random` only when the list is exhausted. The choice depends on nothing but the arguments: an alias
/// is never derived from a person.
pub fn propose(words: &AliasWords, used: &BTreeSet<Alias>, random: &[u32]) -> Vec<Alias> {
    let words_in_use: BTreeSet<&str> = used.iter().map(Alias::word).collect();
    let (known, fresh): (Vec<&str>, Vec<&str>) = words.iter().partition(|word| words_in_use.contains(word));
    let mut proposals: Vec<Alias> = Vec::with_capacity(random.len());
    for &number in random {
        let next =
            first_free(&fresh, used, &proposals, number).or_else(|| first_free(&known, used, &proposals, number));
        proposals.extend(next);
    }
    proposals
}

/// Starts at the word and number that `random` points to and takes the first alias that is free.
fn first_free(words: &[&str], used: &BTreeSet<Alias>, proposals: &[Alias], random: u32) -> Option<Alias> {
    let count = u32::try_from(words.len()).ok().filter(|count| *count > 0)?;
    let start = usize::try_from(random % count).ok()?;
    let first_number = (random / count) % PER_WORD;
    (0..PER_WORD).find_map(|step| {
        let number = (first_number + step) % PER_WORD;
        words.iter().cycle().skip(start).take(words.len()).find_map(|word| {
            if proposals.iter().any(|proposal| proposal.word() == *word) {
                return None;
            }
            let alias = Alias(format!("{word}-{number:02}"));
            (!used.contains(&alias)).then_some(alias)
        })
    })
}
