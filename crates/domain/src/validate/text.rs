//! V30: the one free text there is, the outing's note, says nothing that finds a person.

use super::finding::{Finding, Place, Severity};
use crate::code::code_enum;
use crate::rule::RuleId;
use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

/// Most characters of a note.
pub const NOTE_LIMIT: usize = 280;

code_enum! {
    /// What was recognised in a note.
    TextPattern {
        /// Five digits or more in a row, or a number written like a telephone number.
        Digits = "digits",
        /// A number plate.
        Plate = "plate",
        /// An e-mail address.
        Email = "email",
        /// A web address.
        Url = "url",
        /// A street.
        Street = "street",
        /// A date in figures.
        Date = "date",
        /// Two words with capital letters, as names have.
        Name = "name",
        /// More than [`NOTE_LIMIT`] characters.
        TooLong = "too_long",
    }
}

impl TextPattern {
    /// The expression that recognises it; none for the length.
    const fn expression(self) -> Option<&'static str> {
        Some(match self {
            // Single separators inside a number do not hide it: 333 12 34 567.
            Self::Digits => r"\d{5,}|\+?\d(?:[ ./-]?\d){6,}",
            Self::Plate => r"(?i)\b[a-z]{2}[ -]?\d{3}[ -]?[a-z]{2}\b",
            Self::Email => r"[^\s@]+@[^\s@]+",
            Self::Url => r"(?i)\bhttps?://\S+|\bwww\.\S+|\b[\w-]+\.(?:it|com|org|net|eu|info|me|ly)\b",
            Self::Street => r"(?i)\b(?:via|viale|piazza|piazzale|corso|strada|v\.le|p\.za|p\.zza|c\.so)\s+[\p{L}\d]+",
            Self::Date => {
                r"\b\d{4}-\d{1,2}-\d{1,2}\b|\b\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}\b|\b(?:0?[1-9]|[12]\d|3[01])/(?:0[1-9]|1[0-2])\b"
            }
            // Also all in capitals, from four letters on: shorter ones are abbreviations (STP, CAS).
            Self::Name => r"\b(?:\p{Lu}[\p{Ll}'’]+|\p{Lu}{4,})[ \t]+(?:\p{Lu}[\p{Ll}'’]+\p{L}*|\p{Lu}{4,})",
            Self::TooLong => return None,
        })
    }
}

/// Part of a note, in bytes, and what it looks like.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextMatch {
    /// What it looks like.
    pub pattern: TextPattern,
    /// Where it stands.
    pub range: Range<usize>,
}

static PATTERNS: LazyLock<Result<Vec<(TextPattern, Regex)>, regex::Error>> = LazyLock::new(|| {
    let known = TextPattern::ALL.iter().filter_map(|pattern| Some((*pattern, pattern.expression()?)));
    known.map(|(pattern, expression)| Regex::new(expression).map(|regex| (pattern, regex))).collect()
});

/// Everything in a note that must not be there (V30), in the order of the text.
///
/// Should the expressions themselves be broken, the whole text is refused.
#[must_use]
pub fn scan(note: &str) -> Vec<TextMatch> {
    let Ok(patterns) = &*PATTERNS else {
        return vec![TextMatch { pattern: TextPattern::TooLong, range: 0..note.len() }];
    };
    let found = patterns.iter().flat_map(|(pattern, regex)| {
        regex.find_iter(note).map(|found| TextMatch { pattern: *pattern, range: found.range() })
    });
    let mut matches: Vec<TextMatch> = found.collect();
    if let Some((start, _)) = note.char_indices().nth(NOTE_LIMIT) {
        matches.push(TextMatch { pattern: TextPattern::TooLong, range: start..note.len() });
    }
    matches.sort_by_key(|found| (found.range.start, found.range.end, found.pattern));
    matches
}

/// V30 as findings.
pub(super) fn v30_note(note: &str) -> Vec<Finding> {
    let position = |byte: usize| u32::try_from(byte).unwrap_or(u32::MAX);
    let finding = |found: TextMatch| {
        let place = Place::Note { start: position(found.range.start), end: position(found.range.end) };
        Finding { rule: RuleId::V30, severity: Severity::Error, place }
    };
    let mut findings: Vec<Finding> = scan(note).into_iter().map(finding).collect();
    findings.dedup();
    findings
}
