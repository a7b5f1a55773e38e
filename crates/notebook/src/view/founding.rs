//! *Primo avvio* of a desk: a new programme, or one begun anew from its recovery sheet.

use crate::crypto::Strength;
use crate::error::ErrorCode;
use crate::founding::FoundingStep;
use crate::view::{QrView, SessionView};
use chrono::NaiveDate;
use domain::disclosure::Threshold;
use domain::ids::{OperatorCode, ProgrammeId, UnitId};
use domain::programme::lists::ListFault;
use domain::programme::{BasePeriod, Zone};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Makes the keys of a new programme, behind a passphrase.
#[derive(Clone, Deserialize, TS)]
#[ts(export)]
pub struct FoundInput {
    /// Twelve characters or more.
    pub passphrase: String,
    /// What is done for a presumed minor as long as the project has not agreed on anything else, in the words of the
    /// interface.
    pub minor_steps: Vec<String>,
}

/// A passphrase while it is chosen.
#[derive(Clone, Deserialize, TS)]
#[ts(export)]
pub struct WeighInput {
    /// As typed.
    pub passphrase: String,
}

/// How hard it is to guess.
#[derive(Clone, Copy, Debug, Serialize, TS)]
#[ts(export)]
pub struct WeighView {
    /// Of three.
    pub strength: Strength,
}

/// Begins the desk of a programme anew, from its recovery sheet and a folder of copies.
#[derive(Clone, Deserialize, TS)]
#[ts(export)]
pub struct RecoverInput {
    /// Of the new desk: twelve characters or more.
    pub passphrase: String,
    /// The 24 words of the sheet.
    pub words: String,
    /// A folder on this machine, with copies of the server's database or its backups, of journals, of night files.
    pub folder: String,
}

/// What came of it.
#[derive(Clone, Debug, Serialize, TS)]
#[ts(export)]
pub struct RecoverView {
    /// Place of the first word that is on no sheet, from 1; then nothing was begun.
    pub wrong_word: Option<u32>,
    /// Records that opened.
    pub opened: u32,
    /// Places that did not, or that no copy has.
    pub missing: u32,
    /// Files that could not be read.
    pub unread: Vec<String>,
    /// Where the session stands now.
    pub session: SessionView,
}

/// What the server's settings need from the programme. None of it is secret.
#[derive(Clone, Debug, Serialize, TS)]
#[ts(export)]
pub struct ServerLinesView {
    /// The programme's public key.
    pub admin_key: String,
    /// The programme's id.
    pub programme: ProgrammeId,
    /// The recovery sheet's public key, for backups.
    pub recovery_recipient: String,
}

/// How far the first start has come, and what was entered.
#[derive(Clone, Debug, Serialize, TS)]
#[ts(export)]
pub struct FoundingView {
    /// The first step that is left.
    pub step: FoundingStep,
    /// Begun from a recovery sheet: the lists are there.
    pub recovered: bool,
    /// The programme's name; empty before it is said.
    pub name: String,
    /// Organisations, the first one the unit's.
    pub orgs: Vec<String>,
    /// The first unit.
    pub unit: Option<UnitId>,
    /// The server's address; none if there is none yet.
    pub server: Option<String>,
    /// What the server's settings need.
    pub lines: ServerLinesView,
    /// Codes of those who go out.
    pub operators: Vec<OperatorCode>,
    /// Zones, in the order of the tables.
    pub zones: Vec<Zone>,
    /// Threshold of releases.
    pub k: Threshold,
    /// Granularity of the municipality's tables.
    pub base_period: BasePeriod,
    /// Telephone of the coordinator.
    pub coordinator_phone: Option<String>,
    /// Why what was entered last was not taken; empty if it was.
    pub faults: Vec<ListFault>,
}

/// Name, organisations, first unit.
#[derive(Clone, Debug, Deserialize, TS)]
#[ts(export)]
pub struct FoundProgrammeInput {
    /// Name on reports.
    pub name: String,
    /// Names of organisations; the first unit belongs to the first one.
    pub orgs: Vec<String>,
    /// Code of the first unit.
    pub unit: String,
}

/// Zones, crews, threshold.
#[derive(Clone, Debug, Deserialize, TS)]
#[ts(export)]
pub struct FoundListsInput {
    /// Zones, in the order of the tables.
    pub zones: Vec<Zone>,
    /// Codes of those who go out: two at least.
    pub operators: Vec<String>,
    /// Threshold of releases.
    pub k: Threshold,
    /// Granularity of the municipality's tables.
    pub base_period: BasePeriod,
    /// Telephone of the coordinator.
    pub coordinator_phone: Option<String>,
}

/// Where the server is.
#[derive(Clone, Debug, Deserialize, TS)]
#[ts(export)]
pub struct ServerInput {
    /// What its set-up wrote: address with pins, and public key. None: there is no server for now.
    pub text: Option<String>,
}

/// What was understood of it, and whether it answers.
#[derive(Clone, Debug, Serialize, TS)]
#[ts(export)]
pub struct ServerView {
    /// The address.
    pub server: Option<String>,
    /// Why it does not answer as it should; it is kept all the same.
    pub error: Option<ErrorCode>,
}

/// The recovery sheet. Shown until it was checked; not kept by the interface.
#[derive(Clone, Serialize, TS)]
#[ts(export)]
pub struct RecoverySheetView {
    /// The programme's name.
    pub name: String,
    /// Day of making.
    pub date: NaiveDate,
    /// 24 words, in their order.
    pub words: Vec<String>,
    /// The same as the program `age` takes it.
    pub key: String,
    /// The same as a picture.
    pub picture: QrView,
    /// The programme's public key.
    pub admin_key: String,
    /// Which words are asked for afterwards, from 1.
    pub places: Vec<u8>,
}

impl std::fmt::Debug for RecoverySheetView {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("RecoverySheetView")
    }
}

/// Words copied from the paper.
#[derive(Clone, Deserialize, TS)]
#[ts(export)]
pub struct CheckSheetInput {
    /// Those that [`RecoverySheetView::places`] asks for, in that order.
    pub words: Vec<String>,
}

/// Whether they were right.
#[derive(Clone, Copy, Debug, Serialize, TS)]
#[ts(export)]
pub struct SheetCheckView {
    /// Then the words are nowhere any more but on the paper.
    pub right: bool,
}

/// Why the first manifest did not reach the server.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum PublishTrouble {
    /// There is no server yet.
    NoServer,
    /// The server does not know this programme's key: its settings lack two lines.
    UnknownProgramme,
    /// The server has another key, or another programme, than was said here.
    OtherServer,
    /// It does not answer, or says something else.
    Other,
}

/// The end of a first start.
#[derive(Clone, Debug, Serialize, TS)]
#[ts(export)]
pub struct FinishView {
    /// Why the manifest waits here; none if the server has it.
    pub trouble: Option<PublishTrouble>,
    /// The code that goes with it.
    pub error: Option<ErrorCode>,
    /// The first start is over.
    pub over: bool,
}

/// Whether the first start ends although the server does not have the manifest.
#[derive(Clone, Copy, Debug, Deserialize, TS)]
#[ts(export)]
pub struct FinishInput {
    /// It waits here, and goes with the next look.
    pub later: bool,
}

macro_rules! silent {
    ($($name:ident),+) => { $(
        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(stringify!($name))
            }
        }
    )+ };
}
silent!(WeighInput, FoundInput, RecoverInput, CheckSheetInput);
