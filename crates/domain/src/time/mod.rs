//! Local time: the only module that knows the time zone.
//!
//! Instants are `chrono::DateTime<Utc>` and dates `chrono::NaiveDate` everywhere; the Europe/Rome rules are asked
//! here and nowhere else. The zone is compiled in, so that a phone with old or missing zone files counts the same
//! night as the desk.
//!
//! Three rules hold everywhere (`domain` D.1): an outing belongs to the local date on which it started; its week,
//! month and year follow from that date; a duration is a difference of instants.

mod half;
mod period;
mod slot;
mod span;
mod week;

#[cfg(test)]
mod tests;

pub use half::HalfYear;
pub use period::{Period, PeriodError, Quarter, ReportingMonth};
pub use slot::{Slot, SlotBand, are_adjacent, half_hours_between};
pub use span::{Span, SpanKind};
pub use week::{IsoWeek, ParseTimeError, iso_year};

use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Timelike, Utc};
use jiff::tz::TimeZone;

static ROME: TimeZone = jiff::tz::get!("Europe/Rome");

/// The operational date (*data dell'uscita*) of an outing that starts at this instant: the local date.
#[must_use]
pub fn operational_date(start_at: DateTime<Utc>) -> NaiveDate {
    local(start_at).date()
}

/// Local clock time as the team reads it, `HH:MM`. Never leaves the device for a contact (`N06`).
#[must_use]
pub fn local_clock(at: DateTime<Utc>) -> String {
    let time = local(at).time();
    format!("{:02}:{:02}", time.hour(), time.minute())
}

/// Minutes that local time is ahead of UTC at this instant: 60 in winter, 120 in summer.
#[must_use]
pub fn offset_minutes(at: DateTime<Utc>) -> i32 {
    offset_seconds(at) / 60
}

/// Whole minutes from one instant to a later one; negative when the second is the earlier.
///
/// Right across the change of the clock: 21:30 to 03:30 on 28–29 March 2026 is 300 minutes.
#[must_use]
pub fn duration_minutes(from: DateTime<Utc>, to: DateTime<Utc>) -> i64 {
    to.signed_duration_since(from).num_minutes()
}

/// The instant of a local date and time: the earlier one where the clock shows the time twice. Where it never shows it,
/// as if it had not been moved yet: 02:30 in the gap is the instant that the clock shows as 03:30.
#[must_use]
pub fn instant_of(date: NaiveDate, time: NaiveTime) -> DateTime<Utc> {
    let wall = date.and_time(time);
    // Both offsets that are in force within a day of the wall time; the larger one gives the earlier instant.
    let around = [TimeDelta::days(-1), TimeDelta::days(1)]
        .map(|shift| offset_seconds(shifted(wall, shift.num_seconds()).and_utc()));
    let earliest = around.iter().copied().max().unwrap_or_default();
    let latest = around.iter().copied().min().unwrap_or_default();
    let candidates = [earliest, latest].map(|offset| shifted(wall, -i64::from(offset)).and_utc());
    candidates.into_iter().find(|at| local(*at) == wall).unwrap_or_else(|| shifted(wall, -i64::from(latest)).and_utc())
}

fn local(at: DateTime<Utc>) -> NaiveDateTime {
    shifted(at.naive_utc(), i64::from(offset_seconds(at)))
}

/// Dates beyond chrono's range stay as they are; no outing is there.
fn shifted(at: NaiveDateTime, seconds: i64) -> NaiveDateTime {
    at.checked_add_signed(TimeDelta::seconds(seconds)).unwrap_or(at)
}

fn offset_seconds(at: DateTime<Utc>) -> i32 {
    let limit = if at.timestamp() < 0 { jiff::Timestamp::MIN } else { jiff::Timestamp::MAX };
    let timestamp = jiff::Timestamp::from_second(at.timestamp()).unwrap_or(limit);
    ROME.to_offset(timestamp).seconds()
}
