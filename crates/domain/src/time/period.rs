//! Reporting periods: whole ISO weeks, and the months, quarters and half-years made of them.
//!
//! External tables know no other periods (D.4.5), so that no two of them can be subtracted to a single night.

use super::half::HalfYear;
use super::week::{IsoWeek, ParseTimeError, parse_pair};
use crate::programme::BasePeriod;
use chrono::{Datelike, NaiveDate, Weekday};
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// A reporting month (*mese di rendicontazione*): the ISO weeks whose Thursday falls in the calendar month.
/// Written `2026-03`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(type = "string"))]
pub struct ReportingMonth {
    year: i32,
    month: u32,
}

impl ReportingMonth {
    /// The month 1…12 of the year 1…9999.
    #[must_use]
    pub fn new(year: i32, month: u32) -> Option<Self> {
        ((1..=9999).contains(&year) && (1..=12).contains(&month)).then_some(Self { year, month })
    }

    /// The month to which a week belongs.
    #[must_use]
    pub fn of(week: IsoWeek) -> Self {
        let thursday = week.thursday();
        Self { year: thursday.year(), month: thursday.month() }
    }

    /// First and last week.
    #[must_use]
    pub fn bounds(self) -> (IsoWeek, IsoWeek) {
        let first = first_week(self.year, self.month);
        (first, first_week_of_next_month(self.year, self.month).map_or(first, IsoWeek::previous))
    }

    /// Its four or five weeks, in order.
    pub fn weeks(self) -> impl Iterator<Item = IsoWeek> {
        let (first, last) = self.bounds();
        weeks_between(first, last)
    }
}

impl fmt::Display for ReportingMonth {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.year, self.month)
    }
}

impl FromStr for ReportingMonth {
    type Err = ParseTimeError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        parse_pair(text, "-", 2)
            .and_then(|(year, month)| Self::new(year, month))
            .ok_or(ParseTimeError { expected: "month such as 2026-03" })
    }
}

impl TryFrom<String> for ReportingMonth {
    type Error = ParseTimeError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<ReportingMonth> for String {
    fn from(month: ReportingMonth) -> Self {
        month.to_string()
    }
}

/// A quarter (*trimestre*) of three reporting months. Written `2026-Q1`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(type = "string"))]
pub struct Quarter {
    year: i32,
    number: u32,
}

impl Quarter {
    /// The quarter 1…4 of the year 1…9999.
    #[must_use]
    pub fn new(year: i32, number: u32) -> Option<Self> {
        ((1..=9999).contains(&year) && (1..=4).contains(&number)).then_some(Self { year, number })
    }

    /// The quarter to which a week belongs.
    #[must_use]
    pub fn of(week: IsoWeek) -> Self {
        let month = ReportingMonth::of(week);
        Self { year: month.year, number: month.month.div_ceil(3) }
    }

    /// First and last week.
    #[must_use]
    pub fn bounds(self) -> (IsoWeek, IsoWeek) {
        let month = |month| ReportingMonth { year: self.year, month };
        (month(self.number * 3 - 2).bounds().0, month(self.number * 3).bounds().1)
    }

    pub(super) const fn year(self) -> i32 {
        self.year
    }

    /// 1…4.
    pub(super) const fn number(self) -> u32 {
        self.number
    }
}

impl fmt::Display for Quarter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-Q{}", self.year, self.number)
    }
}

impl FromStr for Quarter {
    type Err = ParseTimeError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        parse_pair(text, "-Q", 1)
            .and_then(|(year, number)| Self::new(year, number))
            .ok_or(ParseTimeError { expected: "quarter such as 2026-Q1" })
    }
}

impl TryFrom<String> for Quarter {
    type Error = ParseTimeError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<Quarter> for String {
    fn from(quarter: Quarter) -> Self {
        quarter.to_string()
    }
}

/// The period of a released table: whole weeks, one after the other, without a gap.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "granularity", rename_all = "snake_case")]
pub enum Period {
    /// One week, or several that were merged because the first had too few people (D.4.3).
    Weeks {
        /// First week.
        first: IsoWeek,
        /// Last week, the same as `first` when nothing was merged.
        last: IsoWeek,
    },
    /// One reporting month.
    Month {
        /// Which.
        month: ReportingMonth,
    },
    /// Several months that were merged because the first had too few people (D.4.3).
    Months {
        /// First month.
        first: ReportingMonth,
        /// Last month.
        last: ReportingMonth,
    },
    /// One quarter.
    Quarter {
        /// Which.
        quarter: Quarter,
    },
    /// Several quarters that were merged because the first had too few people (D.4.3).
    Quarters {
        /// First quarter.
        first: Quarter,
        /// Last quarter.
        last: Quarter,
    },
    /// One half-year.
    HalfYear {
        /// Which.
        half: HalfYear,
    },
    /// Several half-years that were merged because the first had too few people (D.4.3).
    HalfYears {
        /// First half-year.
        first: HalfYear,
        /// Last half-year.
        last: HalfYear,
    },
}

impl Period {
    /// One week.
    #[must_use]
    pub const fn week(week: IsoWeek) -> Self {
        Self::Weeks { first: week, last: week }
    }

    /// The one just before it, of its granularity.
    #[must_use]
    pub fn previous(&self) -> Self {
        self.granularity().holding(self.bounds().0.previous())
    }

    /// The two and what lies between them. Both are of one granularity.
    #[must_use]
    pub fn merged_with(&self, other: &Self) -> Self {
        let ((a_first, a_last), (b_first, b_last)) = (self.bounds(), other.bounds());
        let (first, last) = (a_first.min(b_first), a_last.max(b_last));
        match (self.granularity().holding(first), self.granularity().holding(last)) {
            (Self::Month { month: first }, Self::Month { month: last }) if first != last => {
                Self::Months { first, last }
            }
            (Self::Quarter { quarter: first }, Self::Quarter { quarter: last }) if first != last => {
                Self::Quarters { first, last }
            }
            (Self::HalfYear { half: first }, Self::HalfYear { half: last }) if first != last => {
                Self::HalfYears { first, last }
            }
            (Self::Weeks { .. }, _) => Self::Weeks { first, last },
            (one, _) => one,
        }
    }

    /// Its granularity; merged ones keep theirs.
    #[must_use]
    pub const fn granularity(&self) -> BasePeriod {
        match self {
            Self::Weeks { .. } => BasePeriod::Week,
            Self::Month { .. } | Self::Months { .. } => BasePeriod::Month,
            Self::Quarter { .. } | Self::Quarters { .. } => BasePeriod::Quarter,
            Self::HalfYear { .. } | Self::HalfYears { .. } => BasePeriod::HalfYear,
        }
    }

    /// First and last week.
    #[must_use]
    pub fn bounds(&self) -> (IsoWeek, IsoWeek) {
        match self {
            Self::Weeks { first, last } => (*first, *last),
            Self::Month { month } => month.bounds(),
            Self::Months { first, last } => (first.bounds().0, last.bounds().1),
            Self::Quarter { quarter } => quarter.bounds(),
            Self::Quarters { first, last } => (first.bounds().0, last.bounds().1),
            Self::HalfYear { half } => half.bounds(),
            Self::HalfYears { first, last } => (first.bounds().0, last.bounds().1),
        }
    }

    /// Its weeks, in order.
    pub fn weeks(&self) -> impl Iterator<Item = IsoWeek> {
        let (first, last) = self.bounds();
        weeks_between(first, last)
    }

    /// Whether an outing of this operational date counts in the period.
    #[must_use]
    pub fn contains(&self, date: NaiveDate) -> bool {
        let (first, last) = self.bounds();
        (first..=last).contains(&IsoWeek::of(date))
    }

    /// Whether the two periods share a week.
    #[must_use]
    pub fn overlaps(&self, other: &Self) -> bool {
        let ((a_first, a_last), (b_first, b_last)) = (self.bounds(), other.bounds());
        a_first <= b_last && b_first <= a_last
    }

    /// The period of this granularity whose first and last days are the given dates.
    ///
    /// # Errors
    /// [`PeriodError`] for any other pair of dates: there are no free date ranges outside (D.4.5).
    pub fn exactly(granularity: BasePeriod, from: NaiveDate, to: NaiveDate) -> Result<Self, PeriodError> {
        let period = granularity.holding(IsoWeek::of(from));
        let (first, last) = period.bounds();
        if first.monday() == from && last.sunday() == to { Ok(period) } else { Err(PeriodError) }
    }
}

impl BasePeriod {
    /// The period of this granularity to which a week belongs.
    #[must_use]
    pub fn holding(self, week: IsoWeek) -> Period {
        match self {
            Self::Week => Period::week(week),
            Self::Month => Period::Month { month: ReportingMonth::of(week) },
            Self::Quarter => Period::Quarter { quarter: Quarter::of(week) },
            Self::HalfYear => Period::HalfYear { half: HalfYear::of(week) },
        }
    }
}

impl FromStr for Period {
    type Err = ParseTimeError;

    /// One week, one month, one quarter or one half-year, as [`fmt::Display`] writes it.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let week = || text.parse().map(Self::week).ok();
        let month = || text.parse().map(|month| Self::Month { month }).ok();
        let quarter = || text.parse().map(|quarter| Self::Quarter { quarter }).ok();
        let half = || text.parse().map(|half| Self::HalfYear { half }).ok();
        let found = week().or_else(month).or_else(quarter).or_else(half);
        found.ok_or(ParseTimeError { expected: "period such as 2026-W11, 2026-03, 2026-Q1 or 2026-H1" })
    }
}

impl fmt::Display for Period {
    /// `2026-W11`, `2026-W11–2026-W12`, `2026-03`, `2026-Q1`, `2026-H1`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Weeks { first, last } if first == last => first.fmt(f),
            Self::Weeks { first, last } => write!(f, "{first}–{last}"),
            Self::Month { month } => month.fmt(f),
            Self::Months { first, last } => write!(f, "{first}–{last}"),
            Self::Quarter { quarter } => quarter.fmt(f),
            Self::Quarters { first, last } => write!(f, "{first}–{last}"),
            Self::HalfYear { half } => half.fmt(f),
            Self::HalfYears { first, last } => write!(f, "{first}–{last}"),
        }
    }
}

/// The dates are not the first and last day of one base period (D.4.5).
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a whole base period")]
pub struct PeriodError;

fn weeks_between(first: IsoWeek, last: IsoWeek) -> impl Iterator<Item = IsoWeek> {
    std::iter::successors(Some(first), |week| Some(week.next())).take_while(move |week| *week <= last)
}

/// The week with the first Thursday of a month.
fn first_week(year: i32, month: u32) -> IsoWeek {
    let thursday = NaiveDate::from_weekday_of_month_opt(year, month, Weekday::Thu, 1);
    IsoWeek::of(thursday.unwrap_or_default())
}

fn first_week_of_next_month(year: i32, month: u32) -> Option<IsoWeek> {
    let (year, month) = if month == 12 { (year.checked_add(1)?, 1) } else { (year, month.checked_add(1)?) };
    Some(first_week(year, month))
}
