//! The half-hour in which a contact took place, and the coarse band that the desk gets instead.

use super::local;
use super::week::ParseTimeError;
use crate::code::code_enum;
use chrono::{DateTime, TimeDelta, Timelike, Utc};
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// Half-hours in a day on which the clock does not change.
const PER_DAY: u8 = 48;

/// A half-hour of local time, named by its start: `21:30`. Stays on the team's devices; see [`SlotBand`].
///
/// It has no order of its own, because a night passes midnight: ask [`Slot::position_after`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(type = "string"))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(value_type = String))]
pub struct Slot(u8);

impl Slot {
    /// The slot that contains this instant.
    #[must_use]
    pub fn of(at: DateTime<Utc>) -> Self {
        let half_hours = local(at).time().num_seconds_from_midnight() / 1800;
        Self(u8::try_from(half_hours).unwrap_or_default() % PER_DAY)
    }

    /// Hour of the local clock, 0…23.
    #[must_use]
    pub const fn hour(self) -> u8 {
        self.0 / 2
    }

    /// Minute at which it starts, 0 or 30.
    #[must_use]
    pub const fn minute(self) -> u8 {
        (self.0 % 2) * 30
    }

    /// The band that travels to the desk.
    #[must_use]
    pub const fn band(self) -> SlotBand {
        match self.hour() {
            0..=2 => SlotBand::Night,
            3..=5 => SlotBand::LateNight,
            6..=17 => SlotBand::Day,
            18..=20 => SlotBand::Evening,
            _ => SlotBand::LateEvening,
        }
    }

    /// Half-hours between the one in which an outing started and this one: the order within the outing, right over
    /// midnight and over the change of the clock. `None` for a half-hour that the clock skips on that night.
    #[must_use]
    pub fn position_after(self, outing_start: DateTime<Utc>) -> Option<usize> {
        half_hours_from(outing_start).position(|slot| slot == self)
    }
}

/// Half-hours that lie between two slots of one outing, at their closest; 0 for the same slot.
///
/// `None` when the clock never shows one of them within a day of the start.
#[must_use]
pub fn half_hours_between(one: Slot, other: Slot, outing_start: DateTime<Utc>) -> Option<usize> {
    let positions = |wanted: Slot| {
        half_hours_from(outing_start).enumerate().filter(move |(_, slot)| *slot == wanted).map(|(position, _)| position)
    };
    positions(one).flat_map(|a| positions(other).map(move |b| a.abs_diff(b))).min()
}

/// Whether two slots of one outing are the same or follow each other (V34), over midnight and over the change of
/// the clock.
#[must_use]
pub fn are_adjacent(one: Slot, other: Slot, outing_start: DateTime<Utc>) -> bool {
    half_hours_between(one, other, outing_start).is_some_and(|distance| distance <= 1)
}

/// The slots of the 24 hours from the half-hour in which an outing started, in the order in which they pass.
fn half_hours_from(start: DateTime<Utc>) -> impl Iterator<Item = Slot> {
    (0..i32::from(PER_DAY))
        .filter_map(move |step| start.checked_add_signed(TimeDelta::minutes(30).checked_mul(step)?))
        .map(Slot::of)
}

impl fmt::Display for Slot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}:{:02}", self.hour(), self.minute())
    }
}

impl FromStr for Slot {
    type Err = ParseTimeError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        const EXPECTED: ParseTimeError = ParseTimeError { expected: "half-hour such as 21:30" };
        let (hour, minute) = text.split_once(':').ok_or(EXPECTED)?;
        let half = match minute {
            "00" => 0,
            "30" => 1,
            _ => return Err(EXPECTED),
        };
        if hour.len() != 2 || !hour.bytes().all(|b| b.is_ascii_digit()) {
            return Err(EXPECTED);
        }
        let hour: u8 = hour.parse().map_err(|_| EXPECTED)?;
        if hour > 23 {
            return Err(EXPECTED);
        }
        Ok(Self(hour * 2 + half))
    }
}

impl TryFrom<String> for Slot {
    type Error = ParseTimeError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<Slot> for String {
    fn from(slot: Slot) -> Self {
        slot.to_string()
    }
}

code_enum! {
    /// Part of the day (*fascia oraria*), all that the desk learns about the time of a contact.
    SlotBand {
        /// *Giorno*, 06–18.
        Day = "day",
        /// *Sera*, 18–21.
        Evening = "evening",
        /// *Tarda sera*, 21–24.
        LateEvening = "late_evening",
        /// *Notte*, 00–03.
        Night = "night",
        /// *Notte fonda*, 03–06.
        LateNight = "late_night",
    }
}
