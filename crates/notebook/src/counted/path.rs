//! The path of a referral as a few bytes: what it is for, when it was opened, every event. Rows of a week lie together and
//! each holds the whole path, so that any span is counted without looking a referral up.

use super::{day_of, number_of};
use crate::error::{NotebookError, Result};
use chrono::NaiveDate;
use domain::indicator::{LostRule, ReferralPath};
use domain::referral::{ReferralEvent, ReferralOutcome, ReferralState, ServiceType};
use domain::sync::night_log::ReferralRow;

/// Beside an outcome's place: there is none.
const NO_OUTCOME: u8 = u8::MAX;
/// Bytes before the events, and of each.
const HEAD: usize = 5;
const EVENT: usize = 6;

/// A path that was read, in a place that is used again for the next one.
#[derive(Default)]
pub(super) struct Path {
    service_type: Option<ServiceType>,
    opened_on: NaiveDate,
    events: Vec<ReferralEvent>,
}

/// A path in bytes: places in the lists of codes ([`super::codes`]), days as numbers.
pub(super) fn pack(row: &ReferralRow) -> Result<Vec<u8>> {
    let mut bytes = Vec::with_capacity(HEAD + EVENT * row.events.len());
    bytes.push(place(ServiceType::ALL, row.service_type)?);
    bytes.extend(number_of(row.opened_on).to_le_bytes());
    for event in &row.events {
        bytes.extend(number_of(event.date).to_le_bytes());
        bytes.push(place(ReferralState::ALL, event.state)?);
        bytes.push(event.outcome.map_or(Ok(NO_OUTCOME), |outcome| place(ReferralOutcome::ALL, outcome))?);
    }
    Ok(bytes)
}

/// The place of a code in its list.
pub(super) fn place<T: Copy + PartialEq>(all: &[T], one: T) -> Result<u8> {
    let place = all.iter().position(|known| *known == one);
    place.and_then(|place| u8::try_from(place).ok()).ok_or(NotebookError::Internal("place of a code"))
}

impl Path {
    /// Reads a path in the place of the one before.
    pub(super) fn read(&mut self, bytes: &[u8]) -> Result<()> {
        let (head, events) = bytes.split_first_chunk::<HEAD>().ok_or(DAMAGED)?;
        let [service, day @ ..] = *head;
        self.service_type = Some(at(ServiceType::ALL, service)?);
        self.opened_on = day_of(i32::from_le_bytes(day))?;
        self.events.clear();
        let (events, rest) = events.as_chunks::<EVENT>();
        for [a, b, c, d, state, outcome] in events {
            let outcome = (*outcome != NO_OUTCOME).then_some(*outcome);
            self.events.push(ReferralEvent {
                date: day_of(i32::from_le_bytes([*a, *b, *c, *d]))?,
                state: at(ReferralState::ALL, *state)?,
                outcome: outcome.map(|outcome| at(ReferralOutcome::ALL, outcome)).transpose()?,
            });
        }
        if rest.is_empty() { Ok(()) } else { Err(DAMAGED) }
    }

    /// The first Monday, as a number and not before one, of the weeks that it has to do with.
    pub(super) fn first_week(&self, lost_after: u16, not_before: i32) -> Option<i32> {
        let lost = LostRule::day(lost_after, &self.events);
        let opened = self.events.first().map_or(self.opened_on, |event| event.date);
        let days = self.events.iter().map(|event| event.date).chain([opened]).chain(lost);
        days.map(|day| monday_of(number_of(day))).filter(|monday| *monday >= not_before).min()
    }

    /// As it is counted, the end of one that is lost included.
    pub(super) fn counted(&mut self, lost: Option<LostRule>) -> Result<ReferralPath<'_>> {
        if let Some(rule) = lost {
            rule.apply(&mut self.events);
        }
        let Self { service_type, opened_on, events } = self;
        Ok(ReferralPath { service_type: service_type.ok_or(DAMAGED)?, opened_on: *opened_on, events })
    }
}

/// The Monday of a day, both as numbers: the first day of the year 1 was one.
const fn monday_of(day: i32) -> i32 {
    day - (day - 1).rem_euclid(7)
}

/// The code at a place of its list.
pub(super) fn at<T: Copy>(all: &[T], place: u8) -> Result<T> {
    all.get(usize::from(place)).copied().ok_or(DAMAGED)
}

const DAMAGED: NotebookError = NotebookError::Damaged("a counted referral");

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::Datelike;
    use domain::time::IsoWeek;

    #[test]
    fn weeks_begin_on_mondays() {
        for number in 735_000..735_400 {
            let day = day_of(number).unwrap();
            assert_eq!(monday_of(number), number_of(IsoWeek::of(day).monday()), "{day} {}", day.weekday());
        }
    }

    #[test]
    fn refuses_bytes_that_are_no_path() {
        let mut path = Path::default();
        for bytes in
            [&[][..], &[0, 1, 2], &[200, 0, 0, 11, 0], &[0, 0, 0, 11, 0, 1], &[0, 0, 0, 11, 0, 0, 0, 11, 0, 90, 255]]
        {
            assert!(path.read(bytes).is_err(), "{bytes:?}");
        }
    }
}
