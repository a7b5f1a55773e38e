//! Values of the command line: each is read here, and refused with a sentence of its own.

use chrono::NaiveDate;
use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use domain::disclosure::Recipient;
use domain::ids::UnitId;
use domain::time::{IsoWeek, Period, Quarter, ReportingMonth};
use std::fmt;
use std::str::FromStr;

/// A value that cannot be read: the key of its sentence, and the bounds of a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ValueFault {
    /// Key in the catalogue.
    pub key: &'static str,
    /// The lowest number that would do.
    pub least: u64,
    /// The highest.
    pub most: u64,
}

impl ValueFault {
    const fn of(key: &'static str) -> Self {
        Self { key, least: 0, most: 0 }
    }
}

impl fmt::Display for ValueFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.key)
    }
}

impl std::error::Error for ValueFault {}

fn read<T: FromStr>(text: &str, key: &'static str) -> Result<T, ValueFault> {
    text.parse().map_err(|_| ValueFault::of(key))
}

/// An ISO week that exists.
pub(super) fn week(text: &str) -> Result<IsoWeek, ValueFault> {
    read(text, "value-week")
}

/// A month, `2026-03`.
pub(super) fn month(text: &str) -> Result<ReportingMonth, ValueFault> {
    read(text, "value-month")
}

/// A quarter, `2026-Q1`.
pub(super) fn quarter(text: &str) -> Result<Quarter, ValueFault> {
    read(text, "value-quarter")
}

/// A week, a month or a quarter.
pub(super) fn period(text: &str) -> Result<Period, ValueFault> {
    read(text, "value-period")
}

/// A year.
pub(super) fn year(text: &str) -> Result<u16, ValueFault> {
    whole(1, 9999)(text).and_then(|year| u16::try_from(year).map_err(|_| ValueFault::of("value-whole")))
}

/// A day of the calendar.
pub(super) fn day(text: &str) -> Result<NaiveDate, ValueFault> {
    read(text, "value-day")
}

/// The code of a unit.
pub(super) fn unit(text: &str) -> Result<UnitId, ValueFault> {
    read(text, "value-unit")
}

/// `municipality:Brescia`.
pub(super) fn recipient(text: &str) -> Result<Recipient, ValueFault> {
    let wrong = ValueFault::of("value-recipient");
    let (kind, code) = text.split_once(':').ok_or(wrong)?;
    Recipient::new(kind.parse().map_err(|_| wrong)?, code).ok_or(wrong)
}

/// The number of a release, or of what else is numbered from one.
pub(super) fn number(text: &str) -> Result<u32, ValueFault> {
    let number = whole(1, u64::from(u32::MAX))(text)?;
    u32::try_from(number).map_err(|_| ValueFault::of("value-whole"))
}

/// A whole number within bounds.
pub(super) fn whole(least: u64, most: u64) -> impl Fn(&str) -> Result<u64, ValueFault> + Clone {
    move |text| {
        let fits = |number: &u64| (least..=most).contains(number);
        text.parse().ok().filter(fits).ok_or(ValueFault { key: "value-whole", least, most })
    }
}

/// As [`whole`], for a smaller kind of number.
pub(super) fn small<T: TryFrom<u64>>(least: u64, most: u64) -> impl Fn(&str) -> Result<T, ValueFault> + Clone {
    move |text| {
        let number = whole(least, most)(text)?;
        T::try_from(number).map_err(|_| ValueFault { key: "value-whole", least, most })
    }
}

/// One code of a closed list; help and completions show them all.
pub(super) fn codes<T>(codes: impl IntoIterator<Item = &'static str>) -> impl TypedValueParser<Value = T>
where
    T: FromStr<Err: std::error::Error + Send + Sync + 'static> + Clone + Send + Sync + 'static,
{
    PossibleValuesParser::new(codes.into_iter().map(PossibleValue::new)).try_map(|text| text.parse::<T>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn takes_only_weeks_that_exist() {
        assert!(week("2026-W53").is_ok(), "a year of 53 weeks");
        for text in ["2025-W53", "2026-W54", "2026-W00", "2026W11", "W11", ""] {
            assert_eq!(week(text).unwrap_err().key, "value-week", "{text}");
        }
    }

    #[test]
    fn takes_only_days_of_the_calendar() {
        assert!(day("2028-02-29").is_ok());
        for text in ["2026-02-29", "2026-2-30", "29/02/2028", "ieri"] {
            assert_eq!(day(text).unwrap_err().key, "value-day", "{text}");
        }
    }

    #[test]
    fn a_number_out_of_bounds_says_its_bounds() {
        let minutes = small::<u16>(5, 600);
        assert_eq!(minutes("600"), Ok(600));
        for text in ["4", "601", "-5", "5.5", "cinque"] {
            assert_eq!(minutes(text), Err(ValueFault { key: "value-whole", least: 5, most: 600 }), "{text}");
        }
    }
}
