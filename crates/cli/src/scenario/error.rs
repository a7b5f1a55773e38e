//! What can be wrong with a scenario file, and where.

use domain::validate::RuleId;
use std::fmt;

/// A place in a scenario file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// A position in the text, for a file that is no JSON at all. Both from 1.
    Position {
        /// Line.
        line: usize,
        /// Column.
        column: usize,
    },
    /// A value, as `outings[1].contacts[3].zone`; empty for the file as a whole.
    Value(String),
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Position { line, column } => write!(f, "{line}:{column}"),
            Self::Value(path) => f.write_str(path),
        }
    }
}

/// What is wrong. The wrong value itself is not repeated.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Problem {
    /// The text is no JSON.
    Syntax,
    /// The value is missing.
    Missing,
    /// Not a JSON object.
    NotObject,
    /// Not a JSON array.
    NotList,
    /// Not a text, or an empty one.
    NotText,
    /// Neither true nor false.
    NotFlag,
    /// Not a whole number within these limits.
    NotWhole {
        /// Least.
        min: u64,
        /// Greatest.
        max: u64,
    },
    /// Not one of these codes.
    NotCode {
        /// The codes, separated by commas.
        allowed: String,
    },
    /// Not a date such as `2026-03-12`.
    NotDate,
    /// Not an instant with its offset, such as `2026-03-12T21:30:00+01:00`.
    NotInstant,
    /// Not a half-hour such as `21:30`.
    NotSlot,
    /// Not an ISO week such as `2026-W11`, or one that its year does not have.
    NotWeek,
    /// Not a word, a hyphen and two digits.
    NotAlias,
    /// The time zone is another one.
    NotRome,
    /// The same id twice.
    Twice,
    /// It names something that is not in the file.
    Unknown,
    /// It ends before it starts, or is reviewed before its end.
    Order,
    /// The date is not the local date of the start.
    NotStartDate,
    /// The half-hour lies outside the outing.
    OutsideOuting,
    /// Leaflets are given by language, not as a plain item.
    LeafletWithoutLanguage,
    /// A rule of `domain` C does not allow it.
    Rule(RuleId),
}

impl Problem {
    /// Key of its sentence in the catalogue of texts.
    #[must_use]
    pub const fn key(&self) -> &'static str {
        match self {
            Self::Syntax => "scenario-syntax",
            Self::Missing => "scenario-missing",
            Self::NotObject => "scenario-not-object",
            Self::NotList => "scenario-not-list",
            Self::NotText => "scenario-not-text",
            Self::NotFlag => "scenario-not-flag",
            Self::NotWhole { .. } => "scenario-not-whole",
            Self::NotCode { .. } => "scenario-not-code",
            Self::NotDate => "scenario-not-date",
            Self::NotInstant => "scenario-not-instant",
            Self::NotSlot => "scenario-not-slot",
            Self::NotWeek => "scenario-not-week",
            Self::NotAlias => "scenario-not-alias",
            Self::NotRome => "scenario-not-rome",
            Self::Twice => "scenario-twice",
            Self::Unknown => "scenario-unknown",
            Self::Order => "scenario-order",
            Self::NotStartDate => "scenario-not-start-date",
            Self::OutsideOuting => "scenario-outside-outing",
            Self::LeafletWithoutLanguage => "scenario-leaflet",
            Self::Rule(_) => "scenario-rule",
        }
    }
}

/// A scenario file that cannot be played.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{place}: {}", .problem.key())]
pub struct ScenarioError {
    /// Where.
    pub place: Place,
    /// What.
    pub problem: Problem,
}
