//! *Registro*: who did what on which day.

use chrono::NaiveDate;
use domain::programme::lists::{ChangeKind, ListName};
use domain::sync::act::DeviceAct;
use domain::sync::manifest::Role;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Which lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum RegisterPart {
    /// *Tutto*.
    All,
    /// *Verifiche*: nights signed and amended, entries corrected.
    Reviews,
    /// *Rilasci*: made, published, withdrawn, given out as files.
    Releases,
    /// *Dispositivi*.
    Devices,
    /// *Liste*.
    Lists,
}

/// Asks for lines.
#[derive(Clone, Copy, Debug, Deserialize, TS)]
#[ts(export)]
pub struct RegisterInput {
    /// Which.
    pub part: RegisterPart,
    /// Only lines before this number; none: the last ones.
    #[ts(type = "number | null")]
    pub before: Option<u64>,
}

/// The register.
#[derive(Clone, Debug, Serialize, TS)]
#[ts(export)]
pub struct RegisterView {
    /// The last ones first, 100 at most.
    pub lines: Vec<RegisterLineView>,
    /// There are earlier ones.
    pub more: bool,
    /// Lines in all.
    #[ts(type = "number")]
    pub count: u64,
    /// Number of the first line that does not follow from the one before it; none while the chain is whole.
    #[ts(type = "number | null")]
    pub broken: Option<u64>,
    /// The first eight digits of the last line's hash.
    pub head: String,
}

/// The register, written as a signed file.
#[derive(Clone, Debug, Serialize, TS)]
#[ts(export)]
pub struct RegisterFileView {
    /// Its name.
    pub file_name: String,
    /// Where it is, for the person to find it.
    pub path: String,
    /// How many lines it holds.
    #[ts(type = "number")]
    pub lines: u64,
    /// Whether it is signed with the key that is printed on the recovery sheet; otherwise with the desk's own.
    pub by_programme: bool,
    /// The public key, as the recovery sheet prints it.
    pub key: String,
    /// The register as it now stands.
    pub register: RegisterView,
}

/// One line.
#[derive(Clone, Debug, Serialize, TS)]
#[ts(export)]
pub struct RegisterLineView {
    /// Its number.
    #[ts(type = "number")]
    pub number: u64,
    /// The day.
    pub on: NaiveDate,
    /// The operator's code, or the name of the device.
    pub who: String,
    /// What.
    pub deed: DeedView,
    /// The first eight digits of the hash of what was there before.
    pub before: Option<String>,
    /// Of what is there since.
    pub after: Option<String>,
    /// Of the line itself.
    pub hash: String,
}

/// What was done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "what", rename_all = "snake_case")]
#[ts(export)]
pub enum DeedView {
    /// A night was signed.
    Signed {
        /// Whose.
        unit: String,
        /// Of which day.
        date: NaiveDate,
    },
    /// A night was amended.
    Amended {
        /// Whose.
        unit: String,
        /// Of which day.
        date: NaiveDate,
        /// Number of the amendment.
        number: u16,
    },
    /// An entry of day staff was corrected.
    Corrected,
    /// A release was made.
    Released {
        /// Its number.
        number: u32,
        /// Its period.
        period: String,
        /// To whom.
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
    /// A file was made of it.
    ReleaseExported {
        /// Its number.
        number: u32,
        /// The ending of the file.
        format: String,
    },
    /// A file was made of exact counts.
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
        #[ts(type = "number")]
        lines: u64,
    },
    /// About a device.
    Device {
        /// What.
        act: DeviceAct,
        /// Its name.
        name: String,
        /// Its role, for one that was signed for.
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
}
