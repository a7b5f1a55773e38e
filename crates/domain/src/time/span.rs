//! Runs of days: what the desk may count inside. Outside there are only whole [`Period`]s.

use super::period::{Period, Quarter, ReportingMonth};
use super::week::{IsoWeek, iso_year};
use crate::code::code_enum;
use chrono::{Datelike, NaiveDate};

/// Days from the first to the last, both included. Calendar months and the project may begin and end inside a week.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    first: NaiveDate,
    last: NaiveDate,
}

impl Span {
    /// `None` if the last day comes before the first.
    #[must_use]
    pub fn new(first: NaiveDate, last: NaiveDate) -> Option<Self> {
        (first <= last).then_some(Self { first, last })
    }

    /// First day.
    #[must_use]
    pub const fn first(self) -> NaiveDate {
        self.first
    }

    /// Last day.
    #[must_use]
    pub const fn last(self) -> NaiveDate {
        self.last
    }

    /// Whether an outing of this operational date counts in the span.
    #[must_use]
    pub fn contains(self, date: NaiveDate) -> bool {
        (self.first..=self.last).contains(&date)
    }

    /// Every week of which it has a day, in order.
    pub fn weeks(self) -> impl Iterator<Item = IsoWeek> {
        let last = IsoWeek::of(self.last);
        std::iter::successors(Some(IsoWeek::of(self.first)), |week| Some(week.next()))
            .take_while(move |week| *week <= last)
    }
}

impl From<IsoWeek> for Span {
    fn from(week: IsoWeek) -> Self {
        Self { first: week.monday(), last: week.sunday() }
    }
}

impl From<Period> for Span {
    fn from(period: Period) -> Self {
        let (first, last) = period.bounds();
        Self { first: first.monday(), last: last.sunday() }
    }
}

impl From<&Period> for Span {
    fn from(period: &Period) -> Self {
        Self::from(*period)
    }
}

code_enum! {
    /// The lengths of time between which the desk switches.
    SpanKind {
        /// *Settimana*.
        Week = "week",
        /// *Mese di rendicontazione*: the weeks whose Thursday falls in it.
        Month = "month",
        /// *Mese di calendario*: inside only.
        CalendarMonth = "calendar_month",
        /// *Trimestre*: three reporting months.
        Quarter = "quarter",
        /// *Anno*: the four quarters, which are the weeks of the ISO year.
        Year = "year",
        /// *Tutto il progetto*: from its first to its last day.
        Project = "project",
    }
}

impl SpanKind {
    /// The span of this kind that holds a date. There is one project, whatever the date.
    #[must_use]
    pub fn around(self, date: NaiveDate, project: Span) -> Span {
        let week = IsoWeek::of(date);
        match self {
            Self::Week => week.into(),
            Self::Month => Period::Month { month: ReportingMonth::of(week) }.into(),
            Self::Quarter => Period::Quarter { quarter: Quarter::of(week) }.into(),
            Self::CalendarMonth => calendar_month(date),
            Self::Year => year(iso_year(date)).unwrap_or_else(|| week.into()),
            Self::Project => project,
        }
    }

    /// The period that may be released of the one that holds a date. There is none for what is counted inside only
    /// (D.4.5).
    #[must_use]
    pub fn released(self, date: NaiveDate) -> Option<Period> {
        let week = IsoWeek::of(date);
        match self {
            Self::Week => Some(Period::week(week)),
            Self::Month => Some(Period::Month { month: ReportingMonth::of(week) }),
            Self::Quarter => Some(Period::Quarter { quarter: Quarter::of(week) }),
            Self::CalendarMonth | Self::Year | Self::Project => None,
        }
    }

    /// How the span that holds a date is written: `2026-W11`, `2026-03`, `2026-Q1`, `2026`. The project has no number.
    #[must_use]
    pub fn label(self, date: NaiveDate) -> Option<String> {
        match self {
            Self::Week | Self::Month | Self::Quarter => self.released(date).map(|period| period.to_string()),
            Self::CalendarMonth => Some(format!("{:04}-{:02}", date.year(), date.month())),
            Self::Year => Some(format!("{:04}", iso_year(date))),
            Self::Project => None,
        }
    }
}

fn calendar_month(date: NaiveDate) -> Span {
    let first = date.with_day(1).unwrap_or(date);
    let (year, month) = if date.month() == 12 { (date.year() + 1, 1) } else { (date.year(), date.month() + 1) };
    let last = NaiveDate::from_ymd_opt(year, month, 1).and_then(|next| next.pred_opt()).unwrap_or(date);
    Span { first, last }
}

fn year(year: i32) -> Option<Span> {
    let first = IsoWeek::new(year, 1)?;
    let last = IsoWeek::new(year, 53).or_else(|| IsoWeek::new(year, 52))?;
    Some(Span { first: first.monday(), last: last.sunday() })
}
