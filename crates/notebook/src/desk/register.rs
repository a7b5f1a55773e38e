//! The register (*registro*): who did what on which day, without contents: codes and hashes.
//!
//! Every entry of the stream that is an act gives lines, in the order in which this desk took them in. Each line's hash
//! covers the line before it, so that a line that is changed or taken away breaks the chain from there on, and is seen.
//! Nothing is added up by person. This module is pure; [`crate::store::register`] keeps the lines.

use chrono::NaiveDate;
use domain::ids::{DeviceId, OperatorCode, UnitId};
use domain::sync::act::{Act, ActRow};
use domain::sync::chain::Digest;
use domain::sync::night_log::{DeskEntry, DeskEnvelope, NightLog};
use domain::time::operational_date;
use serde::{Deserialize, Serialize};

/// What stands before the first line.
const FIRST: &[u8] = b"uscita/register/1\0";

/// What was done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "what", rename_all = "snake_case")]
pub(crate) enum Deed {
    /// A lead signed a night.
    Signed {
        /// Whose.
        unit: UnitId,
        /// Of which day.
        date: NaiveDate,
    },
    /// A lead amended a night that was signed.
    Amended {
        /// Whose.
        unit: UnitId,
        /// Of which day.
        date: NaiveDate,
        /// Number of the amendment.
        number: u16,
        /// Why, by its code.
        reason: String,
    },
    /// An entry of day staff was corrected.
    Corrected {
        /// Number of the correction.
        number: u32,
        /// Why, by its code.
        reason: String,
    },
    /// A release was made.
    Released {
        /// Its number.
        number: u32,
        /// Its period.
        period: String,
        /// To whom, by the coordinator's code.
        recipient: String,
    },
    /// It was published.
    Published {
        /// Its number.
        number: u32,
    },
    /// It was withdrawn.
    Withdrawn {
        /// Its number.
        number: u32,
    },
    /// What leaves no other trace.
    Act {
        /// What.
        act: Act,
    },
}

/// One line, as it is kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Line {
    /// The day; never the hour.
    pub(crate) on: NaiveDate,
    /// The device that wrote it.
    pub(crate) device: DeviceId,
    /// The operator's code, where an act is signed with one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) operator: Option<OperatorCode>,
    /// What.
    pub(crate) deed: Deed,
    /// SHA-256 of what was there before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) before: Option<Digest>,
    /// SHA-256 of what is there since.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) after: Option<Digest>,
}

/// The lines that an entry gives: none for what day staff note from day to day.
pub(crate) fn lines(device: DeviceId, envelope: &DeskEnvelope, json: &[u8], before: Option<Digest>) -> Vec<Line> {
    let after = Some(Digest::of(json));
    let line = |on, deed| vec![Line { on, device, operator: None, deed, before, after }];
    match &envelope.entry {
        DeskEntry::NightLog(log) => vec![of_night(device, log, before, after)],
        DeskEntry::Corrected(row) => {
            let reason = row.reason.code().to_owned();
            line(row.on, Deed::Corrected { number: row.number.into(), reason })
        }
        DeskEntry::Released(row) => row.signed.read().map_or_else(
            |_| Vec::new(),
            |release| {
                let (period, recipient) = (release.period.to_string(), release.recipient.code.clone());
                line(release.released_on, Deed::Released { number: release.number, period, recipient })
            },
        ),
        DeskEntry::Published(row) => line(row.on, Deed::Published { number: row.number }),
        DeskEntry::Withdrawn { number, on } => line(*on, Deed::Withdrawn { number: *number }),
        DeskEntry::Acts(rows) => rows.iter().map(|row| of_act(device, row)).collect(),
        DeskEntry::ReferralOpened(_)
        | DeskEntry::ReferralAdvanced { .. }
        | DeskEntry::Accompanied(_)
        | DeskEntry::DeskAccess(_)
        | DeskEntry::Event(_)
        | DeskEntry::Incident(_)
        | DeskEntry::Planned(_)
        | DeskEntry::Depot(_) => Vec::new(),
    }
}

fn of_night(device: DeviceId, log: &NightLog, before: Option<Digest>, after: Option<Digest>) -> Line {
    let (unit, date) = (log.outing.unit.clone(), log.outing.date);
    match log.amendments.last() {
        None => Line {
            on: operational_date(log.outing.reviewed_at),
            device,
            operator: Some(log.outing.reviewed_by.clone()),
            deed: Deed::Signed { unit, date },
            before,
            after,
        },
        Some(amendment) => Line {
            on: amendment.date,
            device,
            operator: Some(amendment.by.clone()),
            deed: Deed::Amended { unit, date, number: amendment.number, reason: amendment.reason.code().to_owned() },
            before,
            after,
        },
    }
}

fn of_act(device: DeviceId, row: &ActRow) -> Line {
    let ActRow { on, act, before, after } = row.clone();
    Line { on, device, operator: None, deed: Deed::Act { act }, before, after }
}

/// The hash of a line: over the line before it, its number, and its bytes as they are kept.
pub(crate) fn link(previous: Digest, number: u64, line: &[u8]) -> Digest {
    Digest::of_parts(&[FIRST, &previous.0, &number.to_be_bytes(), line])
}

/// What the chain begins with.
pub(crate) fn genesis() -> Digest {
    Digest::of(FIRST)
}

/// Follows the chain from line to line. Gives the number of the first line that does not fit, if there is one: a number
/// that is missing, or a hash that is not that of the line.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Chain {
    head: Digest,
    count: u64,
    broken: Option<u64>,
}

impl Chain {
    pub(crate) fn begin() -> Self {
        Self { head: genesis(), count: 0, broken: None }
    }

    pub(crate) fn follow(&mut self, number: u64, line: &[u8], hash: Digest) {
        let expected = self.count.saturating_add(1);
        let is_next = number == expected && link(self.head, number, line) == hash;
        if !is_next && self.broken.is_none() {
            self.broken = Some(expected.min(number));
        }
        self.head = hash;
        self.count = number;
    }

    /// The hash of the last line.
    pub(crate) const fn head(&self) -> Digest {
        self.head
    }

    /// Lines followed.
    pub(crate) const fn count(&self) -> u64 {
        self.count
    }

    /// The first line that does not fit.
    pub(crate) const fn broken(&self) -> Option<u64> {
        self.broken
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn followed(lines: &[(u64, &[u8], Digest)]) -> Option<u64> {
        let mut chain = Chain::begin();
        lines.iter().for_each(|(number, line, hash)| chain.follow(*number, line, *hash));
        chain.broken()
    }

    #[test]
    fn chain_breaks_where_a_line_was_changed_moved_or_taken_away() {
        let one = link(genesis(), 1, b"a");
        let two = link(one, 2, b"b");
        let three = link(two, 3, b"c");
        let whole: [(u64, &[u8], Digest); 3] = [(1, b"a", one), (2, b"b", two), (3, b"c", three)];
        assert_eq!(followed(&whole), None);
        assert_eq!(followed(&[(1, b"a", one), (2, b"x", two), (3, b"c", three)]), Some(2));
        assert_eq!(followed(&[(1, b"a", one), (3, b"c", three)]), Some(2));
        assert_eq!(followed(&[(2, b"b", two), (3, b"c", three)]), Some(1));
        let forged = link(one, 2, b"x");
        assert_eq!(
            followed(&[(1, b"a", one), (2, b"x", forged), (3, b"c", three)]),
            Some(3),
            "the rest does not follow"
        );
    }
}
