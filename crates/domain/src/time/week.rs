//! The ISO week, in which the work is planned, reviewed and counted.

use chrono::{Datelike, Days, NaiveDate, Weekday};
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// A text that is not a slot, week, month or quarter. The text itself is not repeated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a {expected}")]
pub struct ParseTimeError {
    /// What was expected, with its form, for example `week such as 2026-W11`.
    pub expected: &'static str,
}

/// An ISO 8601 week (*settimana*), Monday to Sunday, written `2026-W11`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(type = "string"))]
pub struct IsoWeek {
    monday: NaiveDate,
}

impl IsoWeek {
    /// The week with this ISO year (1…9999) and number (1…53); `None` where the year has no such week.
    #[must_use]
    pub fn new(year: i32, number: u32) -> Option<Self> {
        if !(1..=9999).contains(&year) {
            return None;
        }
        NaiveDate::from_isoywd_opt(year, number, Weekday::Mon).map(|monday| Self { monday })
    }

    /// The week that contains this date.
    #[must_use]
    pub fn of(date: NaiveDate) -> Self {
        let since_monday = Days::new(u64::from(date.weekday().num_days_from_monday()));
        Self { monday: date.checked_sub_days(since_monday).unwrap_or(date) }
    }

    /// ISO year, which differs from the calendar year around New Year.
    #[must_use]
    pub fn year(self) -> i32 {
        self.monday.iso_week().year()
    }

    /// Number within the ISO year, 1…53.
    #[must_use]
    pub fn number(self) -> u32 {
        self.monday.iso_week().week()
    }

    /// First day.
    #[must_use]
    pub fn monday(self) -> NaiveDate {
        self.monday
    }

    /// The day that decides to which month and year the week belongs.
    #[must_use]
    pub fn thursday(self) -> NaiveDate {
        self.day(3)
    }

    /// Last day.
    #[must_use]
    pub fn sunday(self) -> NaiveDate {
        self.day(6)
    }

    /// Whether the date lies in this week.
    #[must_use]
    pub fn contains(self, date: NaiveDate) -> bool {
        Self::of(date) == self
    }

    /// The week after.
    #[must_use]
    pub fn next(self) -> Self {
        Self { monday: self.day(7) }
    }

    /// The week before.
    #[must_use]
    pub fn previous(self) -> Self {
        Self { monday: self.monday.checked_sub_days(Days::new(7)).unwrap_or(self.monday) }
    }

    fn day(self, after_monday: u64) -> NaiveDate {
        self.monday.checked_add_days(Days::new(after_monday)).unwrap_or(self.monday)
    }
}

impl fmt::Display for IsoWeek {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-W{:02}", self.year(), self.number())
    }
}

impl FromStr for IsoWeek {
    type Err = ParseTimeError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        parse_pair(text, "-W", 2)
            .and_then(|(year, number)| Self::new(year, number))
            .ok_or(ParseTimeError { expected: "week such as 2026-W11" })
    }
}

impl TryFrom<String> for IsoWeek {
    type Error = ParseTimeError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<IsoWeek> for String {
    fn from(week: IsoWeek) -> Self {
        week.to_string()
    }
}

/// ISO year of a date: the epoch of person tokens (`domain` 0.3).
#[must_use]
pub fn iso_year(date: NaiveDate) -> i32 {
    date.iso_week().year()
}

/// Reads four digits, a separator and exactly `digits` digits.
pub(super) fn parse_pair(text: &str, separator: &str, digits: usize) -> Option<(i32, u32)> {
    let (year, number) = text.split_once(separator)?;
    let plain = |part: &str, length: usize| part.len() == length && part.bytes().all(|b| b.is_ascii_digit());
    if !plain(year, 4) || !plain(number, digits) {
        return None;
    }
    Some((year.parse().ok()?, number.parse().ok()?))
}
