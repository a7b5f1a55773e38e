//! Half-years: the least that crossed tables are given for (D.4.4).

use super::period::Quarter;
use super::week::{IsoWeek, ParseTimeError, parse_pair};
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// A half-year (*semestre*) of two quarters. Written `2026-H1`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(type = "string"))]
pub struct HalfYear {
    first: Quarter,
}

impl HalfYear {
    /// The half 1 or 2 of the year 1…9999.
    #[must_use]
    pub fn new(year: i32, number: u32) -> Option<Self> {
        (1..=2).contains(&number).then(|| Quarter::new(year, number * 2 - 1)).flatten().map(|first| Self { first })
    }

    /// The half to which a week belongs.
    #[must_use]
    pub fn of(week: IsoWeek) -> Self {
        let quarter = Quarter::of(week);
        let is_second = |quarter: Quarter| quarter.number().is_multiple_of(2);
        Self { first: if is_second(quarter) { Quarter::of(quarter.bounds().0.previous()) } else { quarter } }
    }

    /// First and last week.
    #[must_use]
    pub fn bounds(self) -> (IsoWeek, IsoWeek) {
        let (first, last) = self.first.bounds();
        (first, Quarter::of(last.next()).bounds().1)
    }
}

impl fmt::Display for HalfYear {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-H{}", self.first.year(), self.first.number().div_ceil(2))
    }
}

impl FromStr for HalfYear {
    type Err = ParseTimeError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        parse_pair(text, "-H", 1)
            .and_then(|(year, number)| Self::new(year, number))
            .ok_or(ParseTimeError { expected: "half-year such as 2026-H1" })
    }
}

impl TryFrom<String> for HalfYear {
    type Error = ParseTimeError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<HalfYear> for String {
    fn from(half: HalfYear) -> Self {
        half.to_string()
    }
}
