//! Rows on their way into one statement: a list for each column.

use super::lock;
use crate::store::fault::StoreFault;
use crate::store::incoming::{Entry, Incoming};
use crate::store::row::to_integer;
use chrono::NaiveDate;
use domain::sync::UnitId;
use domain::sync::audit::{AuditHead, Note};
use domain::sync::error::RefusalCode;
use std::collections::BTreeSet;
use uuid::Uuid;

/// Locks in the order in which they are taken: devices before units, each kind ascending.
pub struct Locks {
    /// The first key of each.
    pub classes: Vec<i32>,
    /// The second.
    pub keys: Vec<i32>,
}

impl Locks {
    /// Of all that these batches change.
    #[must_use]
    pub fn of(programme: Uuid, batches: &[&Incoming]) -> Self {
        let devices = batches.iter().map(|batch| lock::device_keys(programme, batch.device));
        let units = batches.iter().map(|batch| lock::unit_keys(programme, batch.audience.as_ref()));
        let locks: BTreeSet<(i32, i32)> = devices.chain(units).collect();
        let (classes, keys) = locks.into_iter().unzip();
        Self { classes, keys }
    }
}

/// How the logs stand before and after.
#[derive(Default)]
pub struct Logs<'a> {
    /// Whose.
    pub devices: Vec<Uuid>,
    /// The number before the first new one.
    pub earlier: Vec<i64>,
    /// The chain value there.
    pub previous: Vec<&'a [u8]>,
    /// The last number.
    pub stored: Vec<i64>,
    /// The chain value there.
    pub heads: Vec<&'a [u8]>,
    /// The day of arrival.
    pub days: Vec<NaiveDate>,
    /// The unit that the batch names.
    pub named: Vec<&'a str>,
    /// The unit whose leads may pull it.
    pub audiences: Vec<Option<&'a str>>,
}

impl<'a> Logs<'a> {
    /// Of batches with at least one entry each.
    ///
    /// # Errors
    /// A number beyond what the database can hold, or a batch with nothing in it.
    pub fn of(batches: &[&'a Incoming]) -> Result<Self, StoreFault> {
        let mut logs = Self::default();
        for batch in batches {
            let (Some(first), Some(last)) = (batch.entries.first(), batch.entries.last()) else {
                return Err(StoreFault::Column("sequence"));
            };
            logs.devices.push(batch.device.0);
            logs.earlier.push(to_integer(first.sequence.saturating_sub(1), "stored")?);
            logs.previous.push(&batch.previous.0);
            logs.stored.push(to_integer(last.sequence, "stored")?);
            logs.heads.push(&last.chain.0);
            logs.days.push(batch.today);
            logs.named.push(batch.unit.as_str());
            logs.audiences.push(batch.audience.as_ref().map(UnitId::as_str));
        }
        Ok(logs)
    }
}

/// Operations.
#[derive(Default)]
pub struct Entries<'a> {
    /// The place of the batch among the others, from 1.
    pub places: Vec<i32>,
    /// The number of each in its log.
    pub sequences: Vec<i64>,
    /// Where each goes.
    pub streams: Vec<&'a str>,
    /// The chain value after each.
    pub chains: Vec<&'a [u8]>,
    /// The sender's.
    pub signatures: Vec<&'a [u8]>,
    /// The sealed bytes, if they are kept.
    pub sealed: Vec<Option<&'a [u8]>>,
    /// Why each was set aside.
    pub refused: Vec<Option<&'a str>>,
}

impl<'a> Entries<'a> {
    /// Of all batches.
    ///
    /// # Errors
    /// A number beyond what the database can hold.
    pub fn of(batches: &[&'a Incoming]) -> Result<Self, StoreFault> {
        let mut entries = Self::default();
        for (batch, place) in batches.iter().zip(1..) {
            entries.add(place, &batch.entries)?;
        }
        Ok(entries)
    }

    /// Some of one batch.
    ///
    /// # Errors
    /// As [`Entries::of`].
    pub fn add(&mut self, place: i32, of_batch: &'a [Entry]) -> Result<(), StoreFault> {
        for entry in of_batch {
            self.places.push(place);
            self.sequences.push(to_integer(entry.sequence, "sequence")?);
            self.streams.push(entry.stream.code());
            self.chains.push(&entry.chain.0);
            self.signatures.push(&entry.signature);
            self.sealed.push(entry.sealed.as_deref());
            self.refused.push(entry.refused.map(RefusalCode::code));
        }
        Ok(())
    }
}

/// Entries of the record.
#[derive(Default)]
pub struct Notes {
    /// The day of each.
    pub days: Vec<NaiveDate>,
    /// What happened.
    pub kinds: Vec<&'static str>,
    /// Who did it.
    pub devices: Vec<Option<Uuid>>,
    /// To whom.
    pub about: Vec<Option<Uuid>>,
    /// A number that the kind explains.
    pub values: Vec<Option<i64>>,
}

impl Notes {
    /// In this order.
    ///
    /// # Errors
    /// A number beyond what the database can hold.
    pub fn of(notes: &[Note]) -> Result<Self, StoreFault> {
        let mut rows = Self::default();
        for note in notes {
            rows.days.push(note.day);
            rows.kinds.push(note.kind.code());
            rows.devices.push(note.device.map(|device| device.0));
            rows.about.push(note.about.map(|device| device.0));
            rows.values.push(note.value.map(|value| to_integer(value, "value")).transpose()?);
        }
        Ok(rows)
    }
}

/// Entries of the record with their places.
pub struct Links {
    /// The entries.
    pub notes: Notes,
    /// The number of each.
    pub numbers: Vec<i64>,
    /// The chain value after each.
    pub chains: Vec<Vec<u8>>,
    /// The last place.
    pub last: AuditHead,
}

impl Links {
    /// Behind a place, in this order.
    ///
    /// # Errors
    /// A number beyond what the database can hold.
    pub fn of(mut last: AuditHead, notes: &[Note]) -> Result<Self, StoreFault> {
        let (mut numbers, mut chains) = (Vec::new(), Vec::new());
        for note in notes {
            last = note.follow(last).place;
            numbers.push(to_integer(last.number, "number")?);
            chains.push(last.head.0.to_vec());
        }
        Ok(Self { notes: Notes::of(notes)?, numbers, chains, last })
    }
}
