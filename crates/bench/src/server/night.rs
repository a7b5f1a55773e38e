//! How large a typical night is when it is sealed: recorded, closed and signed on a real phone.

use crate::fill::{card, close, input, refer, said, start};
use crate::programme::Phone;
use anyhow::{Context, Result};
use chrono::{TimeDelta, Utc};
use domain::alias::AliasWords;
use domain::sync::Stream;
use notebook::journal::Journal;

/// Contacts of a typical night; with 120 handouts and 20 referrals 200 records.
const CONTACTS: u32 = 60;

/// Lengths of sealed bytes.
pub struct Night {
    /// The night log, sealed once at the signing.
    pub log: usize,
    /// The journal's operations, in the order of the night.
    pub operations: Vec<usize>,
}

impl Night {
    /// Records one.
    ///
    /// # Errors
    /// What the notebook refuses.
    pub fn record() -> Result<Self> {
        let folder = tempfile::tempdir()?;
        let dir = folder.path().join("phone");
        let now = Utc::now();
        Phone::make(&dir, now - TimeDelta::days(30))?;
        let phone = Phone::open(&dir, now - TimeDelta::hours(6))?;
        let words: Vec<String> = AliasWords::italian().iter().map(str::to_owned).collect();
        let outing = start(&phone)?;
        for number in 0..CONTACTS {
            phone.later(240);
            let (base, details, pieces) = input(&phone, 1, number, &words)?;
            said(phone.session.save_contact(card(&phone, base, details, pieces)?))?;
            if number % 3 == 1 {
                refer(&phone, number)?;
            }
        }
        close(&phone, outing)?;
        drop(phone);
        lengths(&Journal::open(&dir)?)
    }
}

fn lengths(journal: &Journal) -> Result<Night> {
    let (mut sent, mut operations, mut log) = (0, Vec::new(), None);
    while let Some(batch) = journal.batch_after(sent, 64, usize::MAX)? {
        for operation in batch.operations {
            sent = operation.sequence;
            match operation.stream {
                Stream::Journal => operations.push(operation.sealed.0.len()),
                Stream::NightLog => log = Some(operation.sealed.0.len()),
            }
        }
    }
    Ok(Night { log: log.context("the night was signed")?, operations })
}
