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

    /// Adds a night, all but the persons.
    fn add_night(&mut self, sums: &NightSums) {
        let nights = &sums.nights;
        let condoms = nights.supplies.iter().filter(|(item, _)| item.as_str().starts_with("condom_"));
        let cancelled: u64 = sums.outings_cancelled.values().sum();
        self.outings = self.outings.saturating_add(sums.outings);
        self.cancelled = self.cancelled.saturating_add(cancelled);
        self.minutes = self.minutes.saturating_add(nights.minutes);
        self.operator_minutes = self.operator_minutes.saturating_add(nights.operator_minutes);
        self.km = self.km.saturating_add(nights.km);
        self.contacts = self.contacts.saturating_add(nights.contacts);
        self.first = self.first.saturating_add(nights.first);
        self.returning = self.returning.saturating_add(nights.returning);
        self.observed = self.observed.saturating_add(nights.observed);
        self.unlinked = self.unlinked.saturating_add(nights.unlinked);
        self.largest_outing = self.largest_outing.max(sums.largest_outing);
        self.condoms = self.condoms.saturating_add(condoms.map(|(_, n)| n).sum());
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

/// A week, summed up.
#[derive(Default, PartialEq, Eq)]
pub(super) struct Summed {
    /// Nothing where there is no night.
    region: Option<NightSums>,
    people: Set,
    /// The region's are where the unit is empty.
    units: BTreeMap<String, Figures>,
}

/// Nights on their way into the sums of a week.
#[derive(Default)]
pub(super) struct Summing {
    region: Option<NightSums>,
    people: Set,
    units: BTreeMap<UnitId, (Figures, Set)>,
}

impl Summing {
    /// Adds a night; `people` calls with each of its people.
    pub(super) fn add(
        &mut self,
        unit: &UnitId,
        sums: &NightSums,
        people: impl FnOnce(&mut dyn FnMut(u32, u8)) -> Result<()>,
    ) -> Result<()> {
        let (figures, of_unit) = self.units.entry(unit.clone()).or_default();
        figures.add_night(sums);
        self.region.get_or_insert_default().add(sums);
        let of_region = &mut self.people;
        people(&mut |number, bits| {
            *of_region.entry(number).or_default() |= bits;
            *of_unit.entry(number).or_default() |= bits;
        })
    }

    /// With the referrals and the office of the week.
    pub(super) fn finish(self, connection: &Connection, week: IsoWeek) -> Result<Summed> {
        let Self { region, people, units: by_unit } = self;
        let mut figures = Figures { distinct: people.len() as u64, ..Figures::default() };
        if let Some(region) = &region {
            figures.add_night(region);
        }
        let (span, monday) = (Span::from(week), number_of(week.monday()));
        let flow = referral::count_in(connection, monday, monday.saturating_add(7))?;
        part::each_last(connection, Kind::Accompaniment, span, |row: Accompaniment| {
            figures.accompaniments += u64::from(row.outcome == AccompanimentOutcome::Done);
            Ok(())
        })?;
        figures.desk_accesses = part::count_last(connection, Kind::Access, span)?;
        (figures.referrals_opened, figures.referrals_ended, figures.referrals_lost) =
            (flow.opened, flow.ended, flow.lost);
        let of_unit = |(unit, (figures, people)): (UnitId, (Figures, Set))| {
            (unit.as_str().to_owned(), Figures { distinct: people.len() as u64, ..figures })
        };
        let mut units: BTreeMap<String, Figures> = by_unit.into_iter().map(of_unit).collect();
        if figures != Figures::default() {
            units.insert(REGION.to_owned(), figures);
        }
        Ok(Summed { region, people, units })
    }
}

/// Sums up a week anew.
pub(super) fn refresh(connection: &Connection, week: IsoWeek) -> Result<()> {
    let mut summing = Summing::default();
    night::each(connection, Span::from(week), |_, unit, sums, packed| {
        summing.add(unit, &sums, |each| people::unpack(packed, each))
    })?;
    let Summed { region, people, units } = summing.finish(connection, week)?;
    let monday = number_of(week.monday());
    for table in ["counted_region", "counted_people", "counted_week"] {
        connection.prepare_cached(&format!("DELETE FROM {table} WHERE week = ?1"))?.execute([monday])?;
    }
    if let Some(region) = region {
        connection
            .prepare_cached("INSERT INTO counted_region (week, sums) VALUES (?1, ?2)")?
            .execute(params![monday, night::pack(&region)?])?;
        connection
            .prepare_cached("INSERT INTO counted_people (week, people) VALUES (?1, ?2)")?
            .execute(params![monday, people::pack(&people)])?;
    }
    units.iter().try_for_each(|(unit, figures)| put(connection, unit, monday, *figures))
}

/// A week as it is kept.
pub(super) fn read(connection: &Connection, week: IsoWeek) -> Result<Summed> {
    let mut kept = Summed::default();
    each(connection, week, week, |sums| {
        kept.region = Some(sums);
        Ok(())
    })?;
    each_people(connection, week, week, |_, packed| {
        kept.people = people::read(packed)?;
        Ok(())
    })?;
    let mut statement = connection.prepare_cached("SELECT DISTINCT unit FROM counted_week WHERE week = ?1")?;
    let units = statement.query_map([number_of(week.monday())], |row| row.get::<_, String>(0))?;
    for unit in units {
        let unit = unit?;
        for (_, figures) in list(connection, Some(&UnitId::new(unit.as_str())), week, week)? {
            kept.units.insert(unit.clone(), figures);
        }
    }
    Ok(kept)
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

/// Calls with the sums of the region in each week from one to another, both included.
pub(super) fn each(
    connection: &Connection,
    first: IsoWeek,
    last: IsoWeek,
    mut work: impl FnMut(NightSums) -> Result<()>,
) -> Result<()> {
    let mut statement = connection.prepare_cached("SELECT sums FROM counted_region WHERE week BETWEEN ?1 AND ?2")?;
    let mut rows = statement.query([first, last].map(|week| number_of(week.monday())))?;
    while let Some(row) = rows.next()? {
        work(night::unpack(night::blob(row, 0)?)?)?;
    }
    Ok(())
}

/// Calls with the people of the region in each week from one to another, both included.
pub(super) fn each_people(
    connection: &Connection,
    first: IsoWeek,
    last: IsoWeek,
    mut work: impl FnMut(NaiveDate, &[u8]) -> Result<()>,
) -> Result<()> {
    let mut statement =
        connection.prepare_cached("SELECT week, people FROM counted_people WHERE week BETWEEN ?1 AND ?2")?;
    let mut rows = statement.query([first, last].map(|week| number_of(week.monday())))?;
    while let Some(row) = rows.next()? {
        work(day_of(row.get(0)?)?, night::blob(row, 1)?)?;
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
