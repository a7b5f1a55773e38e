//! What becomes of a count when it is published.

use crate::code::code_enum;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use std::collections::BTreeSet;
use std::fmt;

/// A published cell: the count, or the one marker for everything that is hidden (*n.p.*; `*` in files).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cell {
    /// Zero, or a count that nothing forbids to show.
    Shown(u64),
    /// Not published. Says nothing about why, nor how much.
    Hidden,
}

impl Cell {
    /// How a hidden cell is written in files.
    pub const MARKER: &'static str = "*";

    /// The count, if it is published.
    #[must_use]
    pub const fn shown(self) -> Option<u64> {
        match self {
            Self::Shown(count) => Some(count),
            Self::Hidden => None,
        }
    }

    /// Whether it is not published.
    #[must_use]
    pub const fn is_hidden(self) -> bool {
        matches!(self, Self::Hidden)
    }
}

impl fmt::Display for Cell {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Shown(count) => count.fmt(f),
            Self::Hidden => f.write_str(Self::MARKER),
        }
    }
}

/// A number, or the text `*`.
impl Serialize for Cell {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Shown(count) => serializer.serialize_u64(*count),
            Self::Hidden => serializer.serialize_str(Self::MARKER),
        }
    }
}

impl<'de> Deserialize<'de> for Cell {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(untagged)]
        enum Form {
            Count(u64),
            Marker(String),
        }
        match Form::deserialize(deserializer)? {
            Form::Count(count) => Ok(Self::Shown(count)),
            Form::Marker(text) if text == Self::MARKER => Ok(Self::Hidden),
            Form::Marker(_) => Err(de::Error::custom("neither a count nor *")),
        }
    }
}

code_enum! {
    /// Why something is hidden, for the coordinator's screen only: printed or exported it would help an attacker.
    Why {
        /// A count of 1…k−1 (D.4.1).
        Small = "small",
        /// It would reveal a small count (D.4.2).
        Complement = "complement",
        /// The whole table counts 1…k−1 and waits for the next period (D.4.3).
        SmallTotal = "small_total",
        /// A table of contacts of a week with few outings waits for the next (`security` 6).
        FewOutings = "few_outings",
        /// With what was given before, it would let somebody compute a small count (D.4.6d).
        Audit = "audit",
        /// Class S: not in a release of this period (D.4.7).
        Sensitive = "sensitive",
    }
}

/// One row of counts after rules 1–3.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suppressed {
    /// The cells, in the order of the counts.
    pub cells: Vec<Cell>,
    /// The total; hidden when the row must wait for the next period (D.4.3).
    pub total: Cell,
    /// Which rules hid something.
    pub why: BTreeSet<Why>,
}

impl Suppressed {
    /// Positions of the hidden cells.
    #[must_use]
    pub fn hidden(&self) -> BTreeSet<usize> {
        let hidden = |(position, cell): (usize, &Cell)| cell.is_hidden().then_some(position);
        self.cells.iter().enumerate().filter_map(hidden).collect()
    }

    /// A row of which nothing is published (D.4.3).
    pub(crate) fn withheld(cells: usize) -> Self {
        Self { cells: vec![Cell::Hidden; cells], total: Cell::Hidden, why: BTreeSet::from([Why::SmallTotal]) }
    }
}
