//! The release ledger (*registro dei rilasci*): what every recipient already has, rules D.4.5 and D.4.10.

use super::table::TableId;
use super::threshold::Threshold;
use crate::code::code_enum;
use crate::sync::chain::Digest;
use crate::time::Period;
use serde::{Deserialize, Serialize};

code_enum! {
    /// Who receives tables.
    RecipientKind {
        /// *Comune*.
        Municipality = "municipality",
        /// *Ente finanziatore*.
        Funder = "funder",
        /// *Rete antitratta*.
        Network = "network",
        /// *Stampa*.
        Press = "press",
    }
}

impl RecipientKind {
    /// The threshold that holds for this kind of recipient: the programme's, and at least 10 for the press.
    #[must_use]
    pub fn threshold(self, programme: Threshold) -> Threshold {
        match self {
            Self::Press => programme.max(Threshold::PRESS),
            Self::Municipality | Self::Funder | Self::Network => programme,
        }
    }
}

/// One recipient: an office or a body, not a person.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Recipient {
    /// Kind.
    pub kind: RecipientKind,
    /// Code that the coordinator gave it.
    pub code: String,
}

/// At most so many characters in a recipient's code.
const LONGEST_CODE: usize = 60;

impl Recipient {
    /// A recipient under the code that the coordinator gives it: 1…60 characters in one line.
    #[must_use]
    pub fn new(kind: RecipientKind, code: &str) -> Option<Self> {
        let code = code.trim();
        let is_plain = !code.is_empty() && code.chars().count() <= LONGEST_CODE && !code.chars().any(char::is_control);
        is_plain.then(|| Self { kind, code: code.to_owned() })
    }
}

/// The rules under which a table was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Rules {
    /// Threshold.
    pub k: Threshold,
    /// Version of the indicator definitions.
    pub definitions: u16,
}

/// One table, for one period, as one recipient got it. Kept for good.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LedgerEntry {
    /// Who got it.
    pub recipient: Recipient,
    /// Which table.
    pub table: TableId,
    /// For which period.
    pub period: Period,
    /// Under which rules.
    pub rules: Rules,
    /// SHA-256 of the exact bytes given.
    pub output: Digest,
}

code_enum! {
    /// Why a table is not given.
    Refusal {
        /// The recipient gets this table in another granularity (D.4.5).
        GranularityChanged = "granularity_changed",
        /// The period shares a week with one already given (D.4.5).
        PeriodOverlaps = "period_overlaps",
        /// The period was given with other numbers and is frozen: corrections are counted later (D.4.5).
        PeriodFrozen = "period_frozen",
        /// The same outings were given under another threshold or other definitions (D.4.10).
        RulesChanged = "rules_changed",
        /// Class S needs at least a reporting month (D.4.7).
        PeriodTooShort = "period_too_short",
        /// The threshold is lower than this recipient's.
        ThresholdTooLow = "threshold_too_low",
        /// The period is not over yet.
        PeriodOpen = "period_open",
    }
}

impl std::error::Error for Refusal {}

/// How a table may be given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Admission {
    /// For the first time.
    New,
    /// Again, byte for byte.
    Again,
}

/// Everything given so far.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Ledger {
    entries: Vec<LedgerEntry>,
}

impl Ledger {
    /// A ledger with these entries, oldest first.
    #[must_use]
    pub const fn new(entries: Vec<LedgerEntry>) -> Self {
        Self { entries }
    }

    /// What was given, oldest first.
    #[must_use]
    pub fn entries(&self) -> &[LedgerEntry] {
        &self.entries
    }

    /// Whether the table may be given.
    ///
    /// # Errors
    /// The first [`Refusal`] that applies, in the order of that list's weight: rules, then granularity, then period.
    pub fn admit(&self, wanted: &LedgerEntry) -> Result<Admission, Refusal> {
        if !wanted.table.allows(&wanted.period) {
            return Err(Refusal::PeriodTooShort);
        }
        if wanted.recipient.kind.threshold(wanted.rules.k) != wanted.rules.k {
            return Err(Refusal::ThresholdTooLow);
        }
        let earlier = || self.entries.iter().filter(|entry| entry.recipient == wanted.recipient);
        // All tables draw on the same outings, so the rules must agree across tables too.
        if earlier().any(|entry| entry.period.overlaps(&wanted.period) && entry.rules != wanted.rules) {
            return Err(Refusal::RulesChanged);
        }
        let same_table = || earlier().filter(|entry| entry.table == wanted.table);
        if same_table().any(|entry| entry.period.granularity() != wanted.period.granularity()) {
            return Err(Refusal::GranularityChanged);
        }
        match same_table().find(|entry| entry.period.overlaps(&wanted.period)) {
            None => Ok(Admission::New),
            Some(entry) if entry.period != wanted.period => Err(Refusal::PeriodOverlaps),
            Some(entry) if entry.output != wanted.output => Err(Refusal::PeriodFrozen),
            Some(_) => Ok(Admission::Again),
        }
    }

    /// Writes a table into the ledger if it may be given.
    ///
    /// # Errors
    /// As [`Ledger::admit`]; the ledger is unchanged.
    pub fn record(&mut self, entry: LedgerEntry) -> Result<Admission, Refusal> {
        let admission = self.admit(&entry)?;
        if admission == Admission::New {
            self.entries.push(entry);
        }
        Ok(admission)
    }
}
