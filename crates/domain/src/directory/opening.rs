//! When a service is open: spans of local time, over midnight and over the change of the clock.
//!
//! A span is turned into instants on each of its days; whether a service is open is a question about instants, so
//! that a night service is open for as long as its door is, on the nights of 23 and of 25 hours too.

use crate::code::code_enum;
use crate::time::{instant_of, operational_date};
use chrono::{DateTime, Datelike, Days, NaiveDate, NaiveTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::fmt;
use std::str::FromStr;

/// How far ahead an opening is looked for: every weekday comes once.
const HORIZON_DAYS: u64 = 8;

code_enum! {
    /// A day of the week, Monday first.
    Weekday {
        /// *Lunedì*.
        Monday = "mon",
        /// *Martedì*.
        Tuesday = "tue",
        /// *Mercoledì*.
        Wednesday = "wed",
        /// *Giovedì*.
        Thursday = "thu",
        /// *Venerdì*.
        Friday = "fri",
        /// *Sabato*.
        Saturday = "sat",
        /// *Domenica*.
        Sunday = "sun",
    }
}

impl Weekday {
    /// The weekday of a date.
    #[must_use]
    pub fn of(date: NaiveDate) -> Self {
        match date.weekday() {
            chrono::Weekday::Mon => Self::Monday,
            chrono::Weekday::Tue => Self::Tuesday,
            chrono::Weekday::Wed => Self::Wednesday,
            chrono::Weekday::Thu => Self::Thursday,
            chrono::Weekday::Fri => Self::Friday,
            chrono::Weekday::Sat => Self::Saturday,
            chrono::Weekday::Sun => Self::Sunday,
        }
    }

    /// Its ISO number, 1 Monday … 7 Sunday.
    #[must_use]
    pub const fn number(self) -> u8 {
        match self {
            Self::Monday => 1,
            Self::Tuesday => 2,
            Self::Wednesday => 3,
            Self::Thursday => 4,
            Self::Friday => 5,
            Self::Saturday => 6,
            Self::Sunday => 7,
        }
    }
}

/// A time of the local clock, whole minutes, 00:00…23:59. Written `09:00`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(type = "string"))]
pub struct ClockTime(u16);

impl ClockTime {
    /// Minutes of a day.
    const PER_DAY: u16 = 24 * 60;

    /// The time this many minutes after midnight, 0…1439.
    #[must_use]
    pub fn from_minutes(minutes: u16) -> Option<Self> {
        (minutes < Self::PER_DAY).then_some(Self(minutes))
    }

    /// Minutes since midnight, 0…1439.
    #[must_use]
    pub const fn minutes(self) -> u16 {
        self.0
    }

    fn naive(self) -> NaiveTime {
        NaiveTime::from_num_seconds_from_midnight_opt(u32::from(self.0) * 60, 0).unwrap_or_default()
    }
}

/// A text that is no time of the clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a time such as 09:00")]
pub struct ParseClockError;

impl FromStr for ClockTime {
    type Err = ParseClockError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (hour, minute) = text.split_once(':').ok_or(ParseClockError)?;
        let number = |digits: &str| -> Option<u16> {
            (digits.len() == 2 && digits.bytes().all(|byte| byte.is_ascii_digit())).then(|| digits.parse().ok())?
        };
        let (hour, minute) = number(hour).zip(number(minute)).ok_or(ParseClockError)?;
        if minute > 59 {
            return Err(ParseClockError);
        }
        Self::from_minutes(hour * 60 + minute).ok_or(ParseClockError)
    }
}

impl fmt::Display for ClockTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}:{:02}", self.0 / 60, self.0 % 60)
    }
}

impl TryFrom<String> for ClockTime {
    type Error = ParseClockError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<ClockTime> for String {
    fn from(time: ClockTime) -> Self {
        time.to_string()
    }
}

/// Days on which the door opens, with one pair of times. A closing time that is not later than the opening time is
/// that of the next day: 22:00–02:00 passes midnight, 00:00–00:00 is the whole day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(export))]
pub struct OpeningSpan {
    /// Days on which it opens.
    pub days: BTreeSet<Weekday>,
    /// Opens at.
    pub from: ClockTime,
    /// Closes at.
    pub to: ClockTime,
}

impl OpeningSpan {
    /// Half-open instants of the span that begins on `date`. None on other days, and where the clock skips all of it.
    fn on(&self, date: NaiveDate) -> Option<(DateTime<Utc>, DateTime<Utc>)> {
        if !self.days.contains(&Weekday::of(date)) {
            return None;
        }
        let end_date = if self.to > self.from { date } else { date.checked_add_days(Days::new(1))? };
        let (start, end) = (instant_of(date, self.from.naive()), instant_of(end_date, self.to.naive()));
        (start < end).then_some((start, end))
    }
}

/// Whether a service is open at an instant, and until when or from when.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Opening {
    /// Nobody has written down when it is open.
    Unknown,
    /// Open.
    Open {
        /// When it closes; `None` for a door that never does.
        closes_at: Option<DateTime<Utc>>,
    },
    /// Closed.
    Closed {
        /// When it opens next; `None` for a span without days.
        opens_at: Option<DateTime<Utc>>,
    },
}

/// Whether a service with these spans is open at an instant.
#[must_use]
pub fn is_open_at(spans: &[OpeningSpan], at: DateTime<Utc>) -> bool {
    around(spans, at).iter().any(|(start, end)| *start <= at && at < *end)
}

/// The next instant after `at` at which a closed service opens; `None` if it is open, or never opens.
#[must_use]
pub fn next_opening(spans: &[OpeningSpan], at: DateTime<Utc>) -> Option<DateTime<Utc>> {
    if is_open_at(spans, at) {
        return None;
    }
    around(spans, at).into_iter().map(|(start, _)| start).filter(|start| *start > at).min()
}

/// Everything one wants to know of a door at an instant.
#[must_use]
pub fn opening_at(spans: &[OpeningSpan], at: DateTime<Utc>) -> Opening {
    if spans.is_empty() {
        return Opening::Unknown;
    }
    if is_open_at(spans, at) {
        return Opening::Open { closes_at: closing(spans, at) };
    }
    Opening::Closed { opens_at: next_opening(spans, at) }
}

/// When an open service closes: spans that touch are one. `None` if it stays open for a week.
fn closing(spans: &[OpeningSpan], at: DateTime<Utc>) -> Option<DateTime<Utc>> {
    let known = around(spans, at);
    let mut until = at;
    while let Some(end) = known.iter().filter(|(start, end)| *start <= until && until < *end).map(|(_, end)| *end).max()
    {
        until = end;
    }
    (until - at < TimeDelta::days(7)).then_some(until)
}

/// The intervals from yesterday's to those of the next week.
fn around(spans: &[OpeningSpan], at: DateTime<Utc>) -> Vec<(DateTime<Utc>, DateTime<Utc>)> {
    let yesterday = operational_date(at).checked_sub_days(Days::new(1));
    let days = (0..=HORIZON_DAYS + 1).filter_map(|day| yesterday?.checked_add_days(Days::new(day)));
    days.flat_map(|date| spans.iter().filter_map(move |span| span.on(date))).collect()
}
