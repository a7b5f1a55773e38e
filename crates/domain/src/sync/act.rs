//! What desks did (*registro*) that leaves no other trace in the stream: about devices, about the lists, files given out.
//!
//! Codes and hashes only: nothing about a person fits in here.

use super::chain::Digest;

use super::manifest::Role;
use crate::code::code_enum;
use crate::ids::DeviceId;
use crate::programme::lists::{ChangeKind, Difference, ListName};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

code_enum! {
    /// What was done about a device.
    DeviceAct {
        /// The desk signed for it.
        Enrolled = "enrolled",
        /// *Revoca*.
        Revoked = "revoked",
        /// *Ordine di cancellazione*.
        WipeOrdered = "wipe_ordered",
        /// What it had in quarantine was released.
        Released = "released",
        /// What it had in quarantine was dropped.
        Dropped = "dropped",
        /// What was dropped waits for a decision again.
        TakenBack = "taken_back",
        /// The programme's keys were changed, at this desk.
        KeysChanged = "keys_changed",
    }
}

/// One act.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "about", rename_all = "snake_case")]
pub enum Act {
    /// About a device.
    Device {
        /// What.
        act: DeviceAct,
        /// Which.
        device: DeviceId,
        /// Its role, for one that was signed for.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        role: Option<Role>,
    },
    /// A line of the lists, or a setting.
    List {
        /// Of which list.
        list: ListName,
        /// Its code.
        code: String,
        /// What became of it.
        change: ChangeKind,
    },
    /// A file was made of a release.
    ReleaseExported {
        /// Its number.
        number: u32,
        /// The ending of the file.
        format: String,
    },
    /// A file was made of exact counts: *uso interno*.
    TallyExported {
        /// First day counted.
        first: NaiveDate,
        /// Last day counted.
        last: NaiveDate,
        /// The ending of the file.
        format: String,
    },
    /// The register was given out, signed.
    RegisterExported {
        /// How many lines there were before this one.
        lines: u64,
    },
}

/// One act with its day, and what it changed by its hashes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ActRow {
    /// The day; never the hour.
    pub on: NaiveDate,
    /// What.
    pub act: Act,
    /// SHA-256 of what was there before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before: Option<Digest>,
    /// SHA-256 of what is there since, or of the file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<Digest>,
}

impl ActRow {
    /// A change of the lists.
    #[must_use]
    pub fn of_list(on: NaiveDate, difference: &Difference) -> Self {
        let Difference { list, code, change, before, after, label: _, fields: _ } = difference;
        let act = Act::List { list: *list, code: code.clone(), change: *change };
        Self { on, act, before: *before, after: *after }
    }
}
