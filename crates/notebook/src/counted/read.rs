//! Tallies, trends, and the nights of a span, from the sums.

use super::part::{self, Kind};
use super::people::Union;
use super::{CountProgress, CountedNight, clear, is_current, night, referral, take_in_some, week};
use crate::entropy::Moment;
use crate::error::Result;
use crate::notebook::Notebook;
use crate::store::meta::{self, MetaKey};
use chrono::NaiveDate;
use domain::ids::{DeviceId, ReferralId, UnitId};
use domain::indicator::{LostRule, NightSums, OfficeTally, Records, ReferralTally, Source, Tally};
use domain::referral::Accompaniment;
use domain::sync::manifest::Role;
use domain::sync::night_log::{DeskAccessRow, DeskEntry, DeskIncidentRow, EventRow, ReferralRow};
use domain::time::{IsoWeek, Span, iso_year};
use rusqlite::Connection;
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use week::Figures;

/// The figures of a week, for a trend. Of one unit the last three are zero: they are the office's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TrendPoint {
    /// The week.
    pub week: IsoWeek,
    /// I01, outings that took place.
    pub outings: u64,
    /// I01, outings that did not.
    pub cancelled: u64,
    /// I02.
    pub minutes: u64,
    /// I03.
    pub operator_minutes: u64,
    /// I04.
    pub km: u64,
    /// I05.
    pub contacts: u64,
    /// I07.
    pub first: u64,
    /// I08.
    pub returning: u64,
    /// I10, people seen and not reached.
    pub observed: u64,
    /// I10, with the contacts.
    pub presences: u64,
    /// I09, at least so many persons.
    pub unique_min: u64,
    /// I09, at most so many persons.
    pub unique_max: u64,
    /// I11, condoms of any kind.
    pub condoms: u64,
    /// I15.
    pub referrals_opened: u64,
    /// I17.
    pub accompaniments: u64,
    /// I33.
    pub desk_accesses: u64,
}

/// How many persons were met.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PeopleCount {
    /// I05.
    pub contacts: u64,
    /// I09, at least so many.
    pub unique_min: u64,
    /// I09, at most so many.
    pub unique_max: u64,
}

impl TrendPoint {
    const fn of(week: IsoWeek, figures: Figures) -> Self {
        let largest = if figures.distinct > figures.largest_outing { figures.distinct } else { figures.largest_outing };
        Self {
            week,
            outings: figures.outings,
            cancelled: figures.cancelled,
            minutes: figures.minutes,
            operator_minutes: figures.operator_minutes,
            km: figures.km,
            contacts: figures.contacts,
            first: figures.first,
            returning: figures.returning,
            observed: figures.observed,
            presences: figures.contacts.saturating_add(figures.observed),
            unique_min: largest,
            unique_max: figures.distinct.saturating_add(figures.unlinked),
            condoms: figures.condoms,
            referrals_opened: figures.referrals_opened,
            accompaniments: figures.accompaniments,
            desk_accesses: figures.desk_accesses,
        }
    }
}

impl Notebook {
    /// The exact tally of a run of days: *uso interno – non pubblicabile*. The same as [`Tally::of`] over
    /// [`Notebook::records`], from sums that are kept.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn tally(&self, span: impl Into<Span>) -> Result<Tally> {
        let span = span.into();
        if !self.keeps_sums() {
            return Ok(Tally::of(&self.records()?, span));
        }
        self.count_all(|_| {})?;
        let connection = self.store.connection();
        let sums = sums_of(connection, span)?;
        let people = people_of(connection, span)?;
        let amendments = part::count_all(connection, Kind::Amendment, span)?;
        let referrals = referrals_of(connection, span, self.lost_rule()?, self.lost_after())?;
        Ok(Tally::assemble(sums, people.reached(), amendments, referrals, office_of(connection, span)?))
    }

    /// How many persons were met in a run of days, as far as that is known (I05, I09); without all the rest of a tally.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn people(&self, span: impl Into<Span>) -> Result<PeopleCount> {
        self.count_all(|_| {})?;
        let (connection, span) = (self.store.connection(), span.into());
        let reached = people_of(connection, span)?.reached();
        let Parts { weeks, edges } = Parts::of(span);
        let (mut contacts, mut unlinked, mut largest) = (0_u64, 0_u64, 0);
        let mut add = |(of, without, most): (u64, u64, u64)| {
            contacts = contacts.saturating_add(of);
            unlinked = unlinked.saturating_add(without);
            largest = most.max(largest);
        };
        if let Some((first, last)) = weeks {
            for (_, week) in week::list(connection, None, first, last)? {
                add((week.contacts, week.unlinked, week.largest_outing));
            }
        }
        for edge in edges {
            night::each(connection, edge, |_, _, night, _| {
                add((night.nights.contacts, night.nights.unlinked, night.largest_outing));
                Ok(())
            })?;
        }
        Ok(PeopleCount {
            contacts,
            unique_min: reached.largest_year.max(largest),
            unique_max: reached.distinct.saturating_add(unlinked),
        })
    }

    /// Sums every week up anew from its nights and referrals.
    ///
    /// # Errors
    /// If the file cannot be read or written.
    pub fn sum_weeks(&mut self) -> Result<()> {
        self.count_all(|_| {})?;
        let transaction = self.store.transaction()?;
        for week in week::list_all(&transaction)? {
            week::refresh(&transaction, week)?;
        }
        Ok(transaction.commit()?)
    }

    /// The figures of so many weeks up to one, of the region or of one unit, the oldest first; weeks without anything too.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn trend(&self, last: IsoWeek, weeks: u16, unit: Option<&UnitId>) -> Result<Vec<TrendPoint>> {
        self.count_all(|_| {})?;
        let mut run: Vec<IsoWeek> =
            std::iter::successors(Some(last), |week| Some(week.previous())).take(weeks.into()).collect();
        run.reverse();
        let Some(first) = run.first() else { return Ok(Vec::new()) };
        let mut found = week::list(self.store.connection(), unit, *first, last)?.into_iter().peekable();
        let point = |week: IsoWeek| {
            let figures = found.next_if(|(of, _)| *of == week).map(|(_, figures)| figures);
            TrendPoint::of(week, figures.unwrap_or_default())
        };
        Ok(run.into_iter().map(point).collect())
    }

    /// The nights of a span, each in its version that stands, by date and outing.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn counted_nights(&self, span: impl Into<Span>) -> Result<Vec<CountedNight>> {
        self.count_all(|_| {})?;
        night::list(self.store.connection(), span.into())
    }

    /// A referral with every event that somebody noted, if it has arrived.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn referral(&self, id: ReferralId) -> Result<Option<ReferralRow>> {
        self.count_all(|_| {})?;
        referral::find(self.store.connection(), id)
    }

    /// The referrals of which nobody noted an end.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn open_referrals(&self) -> Result<Vec<ReferralId>> {
        self.count_all(|_| {})?;
        let open = referral::list_open(self.store.connection(), None)?;
        Ok(open.into_iter().map(|(id, _)| id).collect())
    }

    /// Takes in what was not counted yet: nothing, unless the sums were thrown away or come from an older version. Going
    /// on after it was broken off begins where it was.
    ///
    /// # Errors
    /// If the file cannot be read or written.
    pub fn count_all(&self, mut on_progress: impl FnMut(CountProgress)) -> Result<()> {
        while !is_current(self.store.connection(), self.lost_after())? {
            on_progress(self.count_some()?);
        }
        Ok(())
    }

    /// As [`Notebook::count_all`], at most so much at once that nobody waits long.
    ///
    /// # Errors
    /// If the file cannot be read or written.
    pub(crate) fn count_some(&self) -> Result<CountProgress> {
        let transaction = self.store.connection().unchecked_transaction()?;
        let progress = take_in_some(&transaction, self.lost_after())?;
        transaction.commit()?;
        Ok(progress)
    }

    /// Takes in some of what has just come, so that the next reading need not. What it cannot, the next reading takes in, or
    /// says why not: nothing that arrives waits for a sum.
    pub(crate) fn count_new(&mut self) {
        if !self.keeps_sums() {
            return;
        }
        let lost_after = self.lost_after();
        if let Err(error) = self.store.write_redoable(|transaction| take_in_some(transaction, lost_after).map(drop)) {
            tracing::warn!(code = %error.code(), "what came is not yet summed up");
        }
    }

    /// Throws the sums away and makes them anew.
    ///
    /// # Errors
    /// If the file cannot be read or written.
    pub fn recount(&mut self, on_progress: impl FnMut(CountProgress)) -> Result<()> {
        self.forget_sums()?;
        self.count_all(on_progress)
    }

    /// Throws the sums away; the next reading makes them anew.
    ///
    /// # Errors
    /// If the file cannot be written.
    pub(crate) fn forget_sums(&mut self) -> Result<()> {
        let lost_after = self.lost_after();
        let transaction = self.store.transaction()?;
        clear(&transaction, lost_after)?;
        Ok(transaction.commit()?)
    }

    /// Notes that the desk has looked at the server: what happened up to then has come, as far as it was sent.
    ///
    /// # Errors
    /// If the file cannot be written.
    pub fn note_look(&mut self, moment: Moment) -> Result<()> {
        meta::put_json(self.store.connection(), MetaKey::DeskLook, &moment.now)
    }

    /// Whether this device counts; a phone must not keep what it has forgotten.
    pub(crate) fn keeps_sums(&self) -> bool {
        !matches!(self.role(), None | Some(Role::Lead | Role::Member))
    }

    /// A desk keeps more of its file at hand than a phone: what it counts with lies wide apart.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub(crate) fn make_room(&self) -> Result<()> {
        if self.keeps_sums() {
            self.store.connection().execute_batch("PRAGMA cache_size = -65536")?;
        }
        Ok(())
    }

    /// Days without an event after which a referral is lost.
    pub(crate) fn lost_after(&self) -> u16 {
        self.programme().map_or(u16::MAX, |programme| programme.policy.referral_lost_after_days)
    }
}

/// A span as whole weeks, and what is left at its ends.
struct Parts {
    weeks: Option<(IsoWeek, IsoWeek)>,
    edges: Vec<Span>,
}

impl Parts {
    fn of(span: Span) -> Self {
        let (begin, end) = (IsoWeek::of(span.first()), IsoWeek::of(span.last()));
        let first = if begin.monday() == span.first() { begin } else { begin.next() };
        let last = if end.sunday() == span.last() { end } else { end.previous() };
        if first > last {
            return Self { weeks: None, edges: vec![span] };
        }
        let before = first.monday().pred_opt().and_then(|eve| Span::new(span.first(), eve));
        let after = last.sunday().succ_opt().and_then(|day| Span::new(day, span.last()));
        Self { weeks: Some((first, last)), edges: before.into_iter().chain(after).collect() }
    }
}

/// Sums of the nights of a span: whole weeks as they are, days at its ends night by night.
fn sums_of(connection: &Connection, span: Span) -> Result<NightSums> {
    let mut sums = NightSums::default();
    let Parts { weeks, edges } = Parts::of(span);
    if let Some((first, last)) = weeks {
        week::each(connection, first, last, |more| {
            sums.add(&more);
            Ok(())
        })?;
    }
    for edge in edges {
        night::each(connection, edge, |_, _, more, _| {
            sums.add(&more);
            Ok(())
        })?;
    }
    Ok(sums)
}

/// The people of the nights of a span, likewise.
fn people_of(connection: &Connection, span: Span) -> Result<Union> {
    let mut people = Union::default();
    let Parts { weeks, edges } = Parts::of(span);
    if let Some((first, last)) = weeks {
        week::each_people(connection, first, last, |day, packed| people.add(iso_year(day), packed))?;
    }
    for edge in edges {
        night::each(connection, edge, |day, _, _, packed| people.add(iso_year(day), packed))?;
    }
    Ok(people)
}

/// Entries that were made for counting: their places say nothing.
struct Made {
    records: Records,
    next: u64,
}

impl Made {
    fn new() -> Self {
        Self { records: Records::default(), next: 1 }
    }

    fn add(&mut self, entry: DeskEntry) {
        self.records.add(Source { device: DeviceId(uuid::Uuid::nil()), sequence: self.next }, entry);
        self.next += 1;
    }
}

/// Referrals and accompaniments that have to do with a span, counted as all are; what is open is a matter of all, and is
/// taken from the sums.
fn referrals_of(connection: &Connection, span: Span, lost: Option<LostRule>, lost_after: u16) -> Result<ReferralTally> {
    let mut tally = ReferralTally::default();
    referral::each_touching(connection, span, lost_after, |path| {
        tally.add_path(path.counted(lost)?, span);
        Ok(())
    })?;
    let mut company: Vec<Accompaniment> = Vec::new();
    part::each_last(connection, Kind::Accompaniment, span, |row| {
        company.push(row);
        Ok(())
    })?;
    let mut services = BTreeMap::new();
    for row in &company {
        if let Entry::Vacant(place) = services.entry(row.referral_id)
            && let Some(found) = referral::find(connection, row.referral_id)?
        {
            place.insert(found.service_type);
        }
    }
    tally.add_accompaniments(company, span, |id| services.get(&id).copied());
    tally.referrals_open_start = open_before(connection, span.first(), lost)?;
    let next = span.last().succ_opt().unwrap_or(span.last());
    tally.referrals_open_end = open_before(connection, next, lost)?;
    tally.referral_events_waiting = referral::count_waiting(connection)?;
    Ok(tally)
}

/// Referrals that were open when a day began.
fn open_before(connection: &Connection, day: NaiveDate, lost: Option<LostRule>) -> Result<u64> {
    let flow = week::referrals_before(connection, day)?;
    let lost = match lost {
        // What is lost later than the desk has looked is not lost yet.
        Some(rule) if rule.known_until < day => {
            let known = rule.known_until.succ_opt().unwrap_or(rule.known_until);
            week::referrals_before(connection, known)?.lost
        }
        Some(_) => flow.lost,
        None => 0,
    };
    Ok(flow.opened.saturating_sub(flow.ended).saturating_sub(lost))
}

fn office_of(connection: &Connection, span: Span) -> Result<OfficeTally> {
    let mut made = Made::new();
    part::each_last(connection, Kind::Access, span, |row: DeskAccessRow| {
        made.add(DeskEntry::DeskAccess(row));
        Ok(())
    })?;
    part::each_last(connection, Kind::Event, span, |row: EventRow| {
        made.add(DeskEntry::Event(row));
        Ok(())
    })?;
    part::each_last(connection, Kind::Incident, span, |row: DeskIncidentRow| {
        made.add(DeskEntry::Incident(row));
        Ok(())
    })?;
    Ok(OfficeTally::of(&made.records, span))
}
