//! From an entry to its parts, and what they touch.

use super::part::{self, Kind, Part, Place};
use super::{night, referral, week};
use crate::error::{NotebookError, Result};
use chrono::NaiveDate;
use domain::ids::{DeviceId, ReferralId};
use domain::indicator::{NightRank, Records, Source};
use domain::referral::Accompaniment;
use domain::sync::correction::{CorrectionRow, DayEntry};
use domain::sync::night_log::{DeskEntry, DeskEnvelope, NightLog};
use domain::time::IsoWeek;
use rusqlite::{Connection, Row};
use serde::Serialize;
use std::collections::BTreeSet;
use uuid::Uuid;

/// Entries on their way in, and what they touched so far.
pub(super) struct Fold<'a> {
    connection: &'a Connection,
    /// Days without an event after which a referral is lost.
    lost_after: u16,
    referrals: BTreeSet<ReferralId>,
    weeks: BTreeSet<IsoWeek>,
}

impl<'a> Fold<'a> {
    pub(super) const fn new(connection: &'a Connection, lost_after: u16) -> Self {
        Self { connection, lost_after, referrals: BTreeSet::new(), weeks: BTreeSet::new() }
    }

    /// Takes in a row of the entries: number, device, sequence, content.
    pub(super) fn take_in(&mut self, row: &Row<'_>) -> Result<()> {
        let source = Source { device: DeviceId(row.get(1)?), sequence: crate::store::from_sql(row.get(2)?)? };
        let json = row.get_ref(3)?.as_blob().map_err(|_| NotebookError::Damaged("a desk entry"))?;
        if json.is_empty() {
            return Ok(());
        }
        let envelope: DeskEnvelope =
            serde_json::from_slice(json).map_err(|_| NotebookError::Damaged("a desk entry"))?;
        self.take_in_entry(row.get(0)?, source, envelope.entry)
    }

    fn take_in_entry(&mut self, entry: i64, source: Source, content: DeskEntry) -> Result<()> {
        match content {
            DeskEntry::NightLog(log) => self.take_in_night(entry, source, &log),
            DeskEntry::Corrected(row) => self.correct(entry, &row),
            DeskEntry::Planned(rows) => {
                for row in &rows {
                    // Of two of one revision in one entry the first stands.
                    let place = Place::plan(row.revision, source);
                    self.put(&place, Kind::Plan, row.id.0, entry, 0, row.date, row)?;
                }
                Ok(())
            }
            // The depot, releases, acts: nothing that is summed up here.
            other if DayEntry::of(&other).is_none() => Ok(()),
            other => self.take_in_day_entry(entry, source, other),
        }
    }

    /// Notes a correction, and takes in anew what it is about, if that is here.
    fn correct(&mut self, entry: i64, row: &CorrectionRow) -> Result<()> {
        let place = Source { device: row.device, sequence: row.sequence };
        part::put_correction(self.connection, place, entry)?;
        match part::find_entry(self.connection, place)? {
            Some((entry, content)) if DayEntry::of(&content).is_some() => self.take_in_day_entry(entry, place, content),
            // Nothing but day staff's entries is corrected so.
            _ => Ok(()),
        }
    }

    /// An entry of day staff, as its corrections leave it.
    fn take_in_day_entry(&mut self, entry: i64, source: Source, content: DeskEntry) -> Result<()> {
        for gone in part::remove_of(self.connection, entry)? {
            self.weeks.insert(IsoWeek::of(gone.day));
            self.touch(gone.kind, gone.id)?;
        }
        let mut records = Records::default();
        records.add(source, content);
        for (of, correction) in part::list_corrections(self.connection, source)? {
            records.add(of, correction);
        }
        let standing = records.entries().find(|(of, _)| *of == source);
        let Some(standing) = standing.and_then(|(_, entry)| DayEntry::of(entry)) else { return Ok(()) };
        let place = Place::desk(source);
        match standing {
            DayEntry::ReferralOpened(row) => self.put(&place, Kind::Opening, row.id.0, entry, 0, row.opened_on, &row),
            DayEntry::ReferralAdvanced { referral_id, events } => {
                for (position, event) in events.iter().enumerate() {
                    self.put(&place, Kind::Later, referral_id.0, entry, position, event.date, event)?;
                }
                Ok(())
            }
            DayEntry::Accompanied(row) => self.put_company(&place, entry, 0, &row),
            DayEntry::DeskAccess(row) => self.put(&place, Kind::Access, row.id.0, entry, 0, row.date, &row),
            DayEntry::Event(row) => self.put(&place, Kind::Event, row.id.0, entry, 0, row.date, &row),
            DayEntry::Incident(row) => self.put(&place, Kind::Incident, row.id.0, entry, 0, row.date, &row),
        }
    }

    fn take_in_night(&mut self, entry: i64, source: Source, log: &NightLog) -> Result<()> {
        if let Some(standing) = night::find(self.connection, log.outing.id)? {
            if NightRank::of(log, source) <= standing.rank {
                return Ok(());
            }
            for gone in part::remove_of(self.connection, standing.entry)? {
                self.weeks.insert(IsoWeek::of(gone.day));
                self.touch(gone.kind, gone.id)?;
            }
            self.weeks.insert(IsoWeek::of(standing.day));
        }
        night::put(self.connection, entry, source, log)?;
        self.weeks.insert(IsoWeek::of(log.outing.date));
        let place = Place::night(log.outing.id);
        for (position, row) in log.referrals.iter().enumerate() {
            self.put(&place, Kind::Opening, row.id.0, entry, position, row.opened_on, row)?;
        }
        for (position, row) in log.follow_ups.iter().enumerate() {
            self.put(&place, Kind::Later, row.referral_id.0, entry, position, row.event.date, &row.event)?;
        }
        for (position, row) in log.accompaniments.iter().enumerate() {
            self.put_company(&place, entry, position, row)?;
        }
        for (position, row) in log.amendments.iter().enumerate() {
            self.put(&place, Kind::Amendment, log.outing.id.0, entry, position, row.date, &())?;
        }
        Ok(())
    }

    #[expect(clippy::too_many_arguments, reason = "what a part is made of, in one place")]
    fn put<T: Serialize>(
        &mut self,
        place: &Place,
        kind: Kind,
        id: Uuid,
        entry: i64,
        position: usize,
        day: NaiveDate,
        content: &T,
    ) -> Result<()> {
        part::put(self.connection, place, &Part { kind, id, entry, position, day, referral: None, content })?;
        self.touch(kind.code(), id)
    }

    fn put_company(&mut self, place: &Place, entry: i64, position: usize, row: &Accompaniment) -> Result<()> {
        let (kind, id, day) = (Kind::Accompaniment, row.id.0, row.date);
        let referral = Some(row.referral_id);
        part::put(self.connection, place, &Part { kind, id, entry, position, day, referral, content: row })?;
        self.touch(kind.code(), id)
    }

    /// Everything that a part with this id bears on must be summed up anew: also the day of another part with the same
    /// id, which may stand no more, or again.
    fn touch(&mut self, kind: i64, id: Uuid) -> Result<()> {
        if kind == Kind::Opening.code() || kind == Kind::Later.code() {
            self.referrals.insert(ReferralId(id));
        } else if ![Kind::Amendment, Kind::Plan].map(Kind::code).contains(&kind) {
            self.weeks.extend(part::list_days(self.connection, kind, id)?.into_iter().map(IsoWeek::of));
        }
        Ok(())
    }

    /// Sums up what was touched.
    pub(super) fn finish(mut self) -> Result<()> {
        for id in &self.referrals {
            self.weeks.extend(referral::refresh(self.connection, *id, self.lost_after)?);
        }
        for touched in &self.weeks {
            week::refresh(self.connection, *touched)?;
        }
        Ok(())
    }
}
