//! The release (*rilascio*): the document that a recipient is given for a period, signed by the desk that made it.
//!
//! | module | what |
//! |---|---|
//! | [`mod@make`] | from what the desk counted and what was given before to the next document, by the rules D.4 |
//! | [`history`] | what was given before, with the counts behind it; kept at the desks |
//! | [`words`] | titles, categories and definitions, in Italian |
//! | [`sheet`] | the document as it is read, before any medium |
//! | [`page`] | the document as a page, for screen and paper |
//! | [`csv`], [`xlsx`] | the document as a file for spreadsheets |
//! | [`mod@file`] | any of these, by its format |
//!
//! A document holds nothing that was not protected, so it may lie open. It says *n.p.* of a cell and never why: the
//! reason would help an attacker ([`crate::disclosure::Why`]).
//!
//! Invariants:
//! - The bytes are canonical: reading and writing again gives the same bytes, and the same counts, history and day give
//!   the same document.
//! - A period that was given stays as it was given. A correction (*rettifica*) is a document of its own that names the
//!   one it replaces; it counts activity anew and repeats the tables of persons as they were (D.4.5).

pub mod csv;
pub mod file;
pub mod history;
pub mod make;
pub mod page;
pub mod sheet;
pub mod words;
pub mod xlsx;

#[cfg(test)]
mod tests;

pub use crate::disclosure::Cell;
use crate::disclosure::{Class, Recipient, Rules, UniqueRange};
use crate::ids::{DeviceId, ProgrammeId};
use crate::sync::chain::{Bytes, Digest};
pub use crate::time::Period;
use chrono::NaiveDate;
use ring::signature::{ED25519, UnparsedPublicKey};
use serde::{Deserialize, Serialize};

/// Version of the document's form.
pub const RELEASE_VERSION: u16 = 1;
/// Version of the definitions of [`words`], and of the indicators they are of.
pub const DEFINITIONS: u16 = 1;

/// What a recipient is given.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Release {
    /// [`RELEASE_VERSION`] of the writer.
    pub version: u16,
    /// The programme.
    pub programme: ProgrammeId,
    /// Its name, as in reports.
    pub name: String,
    /// 1, 2, 3 … in the programme.
    pub number: u32,
    /// The number of the document that this one corrects.
    pub replaces: Option<u32>,
    /// Who is given it.
    pub recipient: Recipient,
    /// For which period.
    pub period: Period,
    /// Its first day.
    pub first_day: NaiveDate,
    /// Its last day.
    pub last_day: NaiveDate,
    /// Threshold and definitions.
    pub rules: Rules,
    /// The day it was made.
    pub released_on: NaiveDate,
    /// The desk that made and signed it.
    pub desk: DeviceId,
    /// Number of the manifest that names this desk.
    pub manifest: u64,
    /// Single figures.
    pub figures: Vec<Figure>,
    /// Unique persons, if they are published.
    pub unique: Option<Unique>,
    /// Tables, in the order of the menu.
    pub tables: Vec<Table>,
    /// Crossed tables, in the order of the menu; from half a year on (D.4.4).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub crossings: Vec<Crossing>,
}

/// How a number is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Measure {
    /// A count.
    Count,
    /// Minutes, shown as hours and minutes.
    Minutes,
    /// Tenths.
    Tenths,
}

/// One figure.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Figure {
    /// Code.
    pub code: String,
    /// What it is, in Italian.
    pub label: String,
    /// How it is read.
    pub measure: Measure,
    /// For which period, where it is longer than the document's (D.4.3).
    pub period: Option<Period>,
    /// The number, or hidden.
    pub cell: Cell,
}

/// Unique persons (I09), between two bounds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Unique {
    /// For which period, where it is longer than the document's.
    pub period: Option<Period>,
    /// The bounds.
    pub range: UniqueRange,
}

/// One table with one list of categories (D.4.4).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Table {
    /// Code.
    pub code: String,
    /// Title, in Italian.
    pub title: String,
    /// What exactly is counted, in Italian.
    pub definition: String,
    /// How much its numbers say about people.
    pub class: Class,
    /// For which period, where it is longer than the document's: weeks with few people are put together (D.4.3).
    pub period: Option<Period>,
    /// Rows, in fixed order.
    pub rows: Vec<Row>,
    /// Total; none where the rows do not add up to anything.
    pub total: Option<Cell>,
}

/// A category and its cell.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Row {
    /// Code.
    pub code: String,
    /// What it is, in Italian.
    pub label: String,
    /// The number, or hidden.
    pub cell: Cell,
}

/// A table of two lists of categories, with both margins (D.4.4).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Crossing {
    /// Code.
    pub code: String,
    /// Title, in Italian.
    pub title: String,
    /// What exactly is counted, in Italian.
    pub definition: String,
    /// For which period, where it is longer than the document's (D.4.3).
    pub period: Option<Period>,
    /// Columns, in fixed order, with their totals.
    pub columns: Vec<Row>,
    /// Lines, in fixed order.
    pub lines: Vec<CrossedLine>,
    /// Total.
    pub total: Cell,
}

/// A line of a crossing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CrossedLine {
    /// Code.
    pub code: String,
    /// What it is, in Italian.
    pub label: String,
    /// The cells, one for each column.
    pub cells: Vec<Cell>,
    /// Total.
    pub total: Cell,
}

/// A document with the signature of the desk that made it, over its exact bytes.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SignedRelease {
    /// JSON of a [`Release`], the bytes that were signed.
    pub release: Bytes,
    /// Ed25519 over [`release_message`]. 64 bytes.
    pub signature: Bytes,
}

/// A release that cannot be believed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ReleaseFault {
    /// The signature does not hold.
    #[error("release is not signed by the desk it names")]
    Signature,
    /// The bytes are not a release in its one form.
    #[error("release cannot be read")]
    Form,
}

/// What the desk signs.
#[must_use]
pub fn release_message(release: &[u8]) -> Vec<u8> {
    [b"uscita/release/1\0".as_slice(), release].concat()
}

impl Release {
    /// The one form in bytes.
    ///
    /// # Errors
    /// If a value cannot be written, which none can.
    pub fn to_bytes(&self) -> Result<Vec<u8>, serde_json::Error> {
        serde_json::to_vec(self)
    }

    /// Reads the one form.
    ///
    /// # Errors
    /// [`ReleaseFault::Form`] for other bytes of the same content too.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, ReleaseFault> {
        let release: Self = serde_json::from_slice(bytes).map_err(|_| ReleaseFault::Form)?;
        let again = release.to_bytes().map_err(|_| ReleaseFault::Form)?;
        let (first, last) = release.period.bounds();
        let is_sound = again == bytes
            && release.version == RELEASE_VERSION
            && release.number > 0
            && (first.monday(), last.sunday()) == (release.first_day, release.last_day)
            && release.crossings.iter().all(Crossing::is_even);
        if is_sound { Ok(release) } else { Err(ReleaseFault::Form) }
    }
}

impl Crossing {
    /// Whether every line has a cell for every column.
    fn is_even(&self) -> bool {
        self.lines.iter().all(|line| line.cells.len() == self.columns.len())
    }
}

impl SignedRelease {
    /// The document, whoever signed it.
    ///
    /// # Errors
    /// [`ReleaseFault::Form`].
    pub fn read(&self) -> Result<Release, ReleaseFault> {
        Release::from_bytes(&self.release.0)
    }

    /// The document, if this key signed it.
    ///
    /// # Errors
    /// [`ReleaseFault`].
    pub fn verify(&self, signing_key: &[u8]) -> Result<Release, ReleaseFault> {
        UnparsedPublicKey::new(&ED25519, signing_key)
            .verify(&release_message(&self.release.0), &self.signature.0)
            .map_err(|_| ReleaseFault::Signature)?;
        self.read()
    }

    /// Its fingerprint (*impronta*).
    #[must_use]
    pub fn fingerprint(&self) -> Digest {
        Digest::of(&self.release.0)
    }
}
