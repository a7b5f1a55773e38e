//! Sums per week: of the region, and the figures of each unit.

use super::part::{self, Kind};
use super::people::{self, Set};
use super::referral::Flow;
use super::{day_of, night, number_of, referral};
use crate::error::Result;
use crate::store::{from_sql, to_sql};
use chrono::NaiveDate;
use domain::ids::UnitId;
use domain::indicator::NightSums;
use domain::referral::{Accompaniment, AccompanimentOutcome};
use domain::time::{IsoWeek, Span};
use rusqlite::{Connection, params};
use std::collections::BTreeMap;

/// The unit's place in the rows of the region.
const REGION: &str = "";

/// Figures of a week that are kept as numbers: what trends are drawn from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Figures {
    pub(super) outings: u64,
    pub(super) cancelled: u64,
    pub(super) minutes: u64,
    pub(super) operator_minutes: u64,
    pub(super) km: u64,
    pub(super) contacts: u64,
    pub(super) first: u64,
    pub(super) returning: u64,
    pub(super) observed: u64,
    pub(super) unlinked: u64,
    pub(super) distinct: u64,
    pub(super) largest_outing: u64,
    pub(super) condoms: u64,
    pub(super) referrals_opened: u64,
    pub(super) referrals_ended: u64,
    pub(super) referrals_lost: u64,
    pub(super) accompaniments: u64,
    pub(super) desk_accesses: u64,
}

impl Figures {
    const COUNT: usize = 18;

    fn of_nights(sums: &NightSums, people: &Set) -> Self {
        let nights = &sums.nights;
        let condoms = nights.supplies.iter().filter(|(item, _)| item.as_str().starts_with("condom_"));
        Self {
            outings: sums.outings,
            cancelled: sums.outings_cancelled.values().sum(),
            minutes: nights.minutes,
            operator_minutes: nights.operator_minutes,
            km: nights.km,
            contacts: nights.contacts,
            first: nights.first,
            returning: nights.returning,
            observed: nights.observed,
            unlinked: nights.unlinked,
            distinct: people.len() as u64,
            largest_outing: sums.largest_outing,
            condoms: condoms.map(|(_, n)| n).sum(),
            ..Self::default()
        }
    }

    const fn numbers(self) -> [u64; Self::COUNT] {
        let Self {
            outings,
            cancelled,
            minutes,
            operator_minutes,
            km,
            contacts,
            first,
            returning,
            observed,
            unlinked,
            distinct,
            largest_outing,
            condoms,
            referrals_opened,
            referrals_ended,
            referrals_lost,
            accompaniments,
            desk_accesses,
        } = self;
        [
            outings,
            cancelled,
            minutes,
            operator_minutes,
            km,
            contacts,
            first,
            returning,
            observed,
            unlinked,
            distinct,
            largest_outing,
            condoms,
            referrals_opened,
            referrals_ended,
            referrals_lost,
            accompaniments,
            desk_accesses,
        ]
    }

    const fn of_numbers(numbers: [u64; Self::COUNT]) -> Self {
        let [
            outings,
            cancelled,
            minutes,
            operator_minutes,
            km,
            contacts,
            first,
            returning,
            observed,
            unlinked,
            distinct,
            largest_outing,
            condoms,
            referrals_opened,
            referrals_ended,
            referrals_lost,
            accompaniments,
            desk_accesses,
        ] = numbers;
        Self {
            outings,
            cancelled,
            minutes,
            operator_minutes,
            km,
            contacts,
            first,
            returning,
            observed,
            unlinked,
            distinct,
            largest_outing,
            condoms,
            referrals_opened,
            referrals_ended,
            referrals_lost,
            accompaniments,
            desk_accesses,
        }
    }
}

/// The weeks in which there is anything, in order.
pub(super) fn list_all(connection: &Connection) -> Result<Vec<IsoWeek>> {
    let mut statement = connection.prepare_cached("SELECT DISTINCT week FROM counted_week ORDER BY week")?;
    let rows = statement.query_map([], |row| row.get(0))?;
    rows.map(|day| Ok(IsoWeek::of(day_of(day?)?))).collect()
}

/// Sums up a week anew.
pub(super) fn refresh(connection: &Connection, week: IsoWeek) -> Result<()> {
    let (mut region, mut people) = (NightSums::default(), Set::new());
    let mut units: BTreeMap<UnitId, (NightSums, Set)> = BTreeMap::new();
    let span = Span::from(week);
    night::each(connection, span, |_, unit, sums, packed| {
        let of_unit = units.entry(unit.clone()).or_default();
        people::unpack(packed, |number, bits| {
            *people.entry(number).or_default() |= bits;
            *of_unit.1.entry(number).or_default() |= bits;
        })?;
        of_unit.0.add(&sums);
        region.add(&sums);
        Ok(())
    })?;
    let monday = number_of(week.monday());
    connection.prepare_cached("DELETE FROM counted_region WHERE week = ?1")?.execute([monday])?;
    connection.prepare_cached("DELETE FROM counted_week WHERE week = ?1")?.execute([monday])?;
    if !units.is_empty() {
        connection
            .prepare_cached("INSERT INTO counted_region (week, sums, people) VALUES (?1, ?2, ?3)")?
            .execute(params![monday, night::pack(&region)?, people::pack(&people)])?;
    }
    for (unit, (sums, people)) in &units {
        put(connection, unit.as_str(), monday, Figures::of_nights(sums, people))?;
    }
    let flow = referral::count_in(connection, monday, monday.saturating_add(7))?;
    let mut accompaniments = 0;
    part::each_last(connection, Kind::Accompaniment, span, |row: Accompaniment| {
        accompaniments += u64::from(row.outcome == AccompanimentOutcome::Done);
        Ok(())
    })?;
    let desk_accesses = part::count_last(connection, Kind::Access, span)?;
    let nights = Figures::of_nights(&region, &people);
    let (referrals_opened, referrals_ended, referrals_lost) = (flow.opened, flow.ended, flow.lost);
    let figures =
        Figures { referrals_opened, referrals_ended, referrals_lost, accompaniments, desk_accesses, ..nights };
    if figures == Figures::default() { Ok(()) } else { put(connection, REGION, monday, figures) }
}

fn put(connection: &Connection, unit: &str, monday: i32, figures: Figures) -> Result<()> {
    let mut statement = connection.prepare_cached(
        "INSERT INTO counted_week (unit, week, outings, cancelled, minutes, operator_minutes, km, contacts, first,
         returned, observed, unlinked, distinct_linked, largest_outing, condoms, referrals_opened, referrals_ended,
         referrals_lost, accompaniments, desk_accesses)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20)",
    )?;
    statement.raw_bind_parameter(1, unit)?;
    statement.raw_bind_parameter(2, monday)?;
    for (place, number) in figures.numbers().into_iter().enumerate() {
        statement.raw_bind_parameter(place + 3, to_sql(number)?)?;
    }
    statement.raw_execute()?;
    Ok(())
}

/// The figures of the weeks from one to another, both included, in which there are any, in order.
pub(super) fn list(
    connection: &Connection,
    unit: Option<&UnitId>,
    first: IsoWeek,
    last: IsoWeek,
) -> Result<Vec<(IsoWeek, Figures)>> {
    let mut statement = connection.prepare_cached(
        "SELECT week, outings, cancelled, minutes, operator_minutes, km, contacts, first, returned, observed, unlinked,
         distinct_linked, largest_outing, condoms, referrals_opened, referrals_ended, referrals_lost, accompaniments,
         desk_accesses FROM counted_week WHERE unit = ?1 AND week BETWEEN ?2 AND ?3 ORDER BY week",
    )?;
    let unit = unit.map_or(REGION, UnitId::as_str);
    let mut rows = statement.query(params![unit, number_of(first.monday()), number_of(last.monday())])?;
    let mut weeks = Vec::new();
    while let Some(row) = rows.next()? {
        let mut numbers = [0; Figures::COUNT];
        for (place, number) in numbers.iter_mut().enumerate() {
            *number = from_sql(row.get(place + 1)?)?;
        }
        weeks.push((IsoWeek::of(day_of(row.get(0)?)?), Figures::of_numbers(numbers)));
    }
    Ok(weeks)
}

/// Calls with the sums and people of the region in each week from one to another, both included.
pub(super) fn each(
    connection: &Connection,
    first: IsoWeek,
    last: IsoWeek,
    mut work: impl FnMut(NaiveDate, NightSums, &[u8]) -> Result<()>,
) -> Result<()> {
    let mut statement =
        connection.prepare_cached("SELECT week, sums, people FROM counted_region WHERE week BETWEEN ?1 AND ?2")?;
    let mut rows = statement.query(params![number_of(first.monday()), number_of(last.monday())])?;
    while let Some(row) = rows.next()? {
        work(day_of(row.get(0)?)?, night::unpack(night::blob(row, 1)?)?, night::blob(row, 2)?)?;
    }
    Ok(())
}

/// Referrals that were opened, ended, or lost before a day.
pub(super) fn referrals_before(connection: &Connection, day: NaiveDate) -> Result<Flow> {
    let monday = number_of(IsoWeek::of(day).monday());
    let mut statement = connection.prepare_cached(
        "SELECT coalesce(sum(referrals_opened), 0), coalesce(sum(referrals_ended), 0), coalesce(sum(referrals_lost), 0)
         FROM counted_week WHERE unit = ?1 AND week < ?2",
    )?;
    let (opened, ended, lost): (i64, i64, i64) =
        statement.query_row(params![REGION, monday], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
    let more = referral::count_in(connection, monday, number_of(day))?;
    Ok(Flow {
        opened: from_sql(opened)?.saturating_add(more.opened),
        ended: from_sql(ended)?.saturating_add(more.ended),
        lost: from_sql(lost)?.saturating_add(more.lost),
    })
}
