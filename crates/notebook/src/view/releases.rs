//! *Rilasci*: what may be given to whom, what it would show, what was given.
//!
//! A preview says why something is hidden. That stays on the screen: what goes out, and the view of a document, never say
//! it.

use super::{RangeView, SilentNightView};
use chrono::NaiveDate;
use domain::disclosure::{Class, RecipientKind, Refusal, TableId, Why};
use domain::ids::{UnitId, ZoneCode};
use domain::programme::BasePeriod;
use domain::release::file::ReleaseFormat;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A period that can be given: whole weeks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct ReleasePeriodView {
    /// `2026-W11`, `2026-03`, `2026-Q1`, `2026-H1`; merged ones as `2026-W11–2026-W12`.
    pub code: String,
    /// How long it is.
    pub granularity: BasePeriod,
    /// First day.
    pub from: NaiveDate,
    /// Last day.
    pub to: NaiveDate,
}

/// A recipient who was given something before: the rules are settled.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct RecipientView {
    /// Kind.
    pub kind: RecipientKind,
    /// Code that the coordinator gave it.
    pub code: String,
    /// Threshold.
    pub k: u64,
    /// The step of its tables of persons; none while it got activity or sensitive tables only.
    pub step: Option<BasePeriod>,
    /// What it can be given now, the latest first: not over yet and given already are left out.
    pub periods: Vec<ReleasePeriodView>,
}

/// A kind of recipient, and the threshold that holds for it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct RecipientKindView {
    /// Kind.
    pub kind: RecipientKind,
    /// Threshold.
    pub k: u64,
}

/// A release as the ledger has it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct ReleaseRowView {
    /// Number.
    pub number: u32,
    /// The number of the one that it corrects.
    pub replaces: Option<u32>,
    /// The number of the one that corrects it.
    pub corrected_by: Option<u32>,
    /// Kind of recipient.
    pub kind: RecipientKind,
    /// The recipient.
    pub code: String,
    /// Its period.
    pub period: ReleasePeriodView,
    /// Threshold.
    pub k: u64,
    /// Version of the definitions.
    pub definitions: u16,
    /// The day it was made.
    pub released_on: NaiveDate,
    /// SHA-256 of the document, in hex: what files and paper are compared by.
    pub fingerprint: String,
    /// Since when it lies on the server.
    pub published_on: Option<NaiveDate>,
    /// When it was withdrawn from the server.
    pub withdrawn_on: Option<NaiveDate>,
    /// Another desk's document has its number, and this one is not the published one.
    pub contested: bool,
}

/// The page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct ReleasesView {
    /// The step that the programme agreed on, for a new recipient.
    pub base_period: BasePeriod,
    /// Every kind of recipient.
    pub kinds: Vec<RecipientKindView>,
    /// Who was given something before, in alphabetical order.
    pub recipients: Vec<RecipientView>,
    /// What a new recipient can be given, the latest first.
    pub periods: Vec<ReleasePeriodView>,
    /// What was given, the latest first.
    pub ledger: Vec<ReleaseRowView>,
    /// Name of each zone.
    pub zones: Vec<(ZoneCode, String)>,
}

/// What is wanted.
#[derive(Clone, Debug, Deserialize, TS)]
#[ts(export)]
pub struct WishInput {
    /// Kind of recipient.
    pub kind: RecipientKind,
    /// The recipient.
    pub code: String,
    /// Code of the period.
    pub period: String,
    /// Instead of what was given for it: a *rettifica*.
    pub correct: bool,
}

/// What is to be made, and which file of it is wanted at once.
#[derive(Clone, Debug, Deserialize, TS)]
#[ts(export)]
pub struct MakeReleaseInput {
    /// What.
    pub wish: WishInput,
    /// As which file.
    pub format: ReleaseFormat,
    /// Also without the nights that are to come.
    pub incomplete: bool,
}

/// A hidden cell, for the coordinator.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct HiddenCellView {
    /// Code of its category.
    pub category: String,
    /// It is small itself; otherwise it is hidden because of others.
    pub is_small: bool,
}

/// What becomes of a table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct PreviewTableView {
    /// Which.
    pub id: TableId,
    /// How much its numbers say about people.
    pub class: Class,
    /// Its threshold.
    pub k: u64,
    /// Cells that are shown.
    pub shown: u32,
    /// Cells.
    pub all: u32,
    /// Those that are not, where the total is.
    pub hidden: Vec<HiddenCellView>,
    /// So many are counted, and wait for the next period: nothing of the table is given.
    pub waiting: Option<u64>,
    /// Which rules hid something.
    pub why: Vec<Why>,
    /// Why it is not in the document at all.
    pub left_out: Option<Refusal>,
    /// Its period, where earlier ones that waited come along.
    pub period: Option<ReleasePeriodView>,
}

/// What a document would be. Nothing is written.
#[derive(Clone, Debug, Serialize, TS)]
#[ts(export)]
pub struct PreviewView {
    /// Why it cannot be made.
    pub refusal: Option<Refusal>,
    /// What the recipient has that stands in the way.
    pub clash: Option<ReleasePeriodView>,
    /// Number that it would get.
    pub number: Option<u32>,
    /// Threshold.
    pub k: u64,
    /// Figures and cells of activity, which are all shown.
    pub activity: u32,
    /// Contacts and presences: so many of them are shown.
    pub contacts: Option<u32>,
    /// Tables of the menu.
    pub tables: Vec<PreviewTableView>,
    /// Unique persons, if they are given.
    pub unique: Option<RangeView>,
    /// Nights that it would go out without, for good.
    pub to_come: Option<ToComeView>,
}

/// Nights of a period that are not counted yet.
#[derive(Clone, Debug, Serialize, TS)]
#[ts(export)]
pub struct ToComeView {
    /// Planned ones of which nothing has come, or which wait for their signature.
    pub nights: Vec<SilentNightView>,
    /// Units of which something waits for its signature that may be of the period, and of no night that was planned.
    pub units: Vec<UnitId>,
}

/// Which document, by its fingerprint.
#[derive(Clone, Debug, Deserialize, TS)]
#[ts(export)]
pub struct ReleaseInput {
    /// SHA-256 in hex.
    pub fingerprint: String,
}

/// Which document, and as which file.
#[derive(Clone, Debug, Deserialize, TS)]
#[ts(export)]
pub struct SaveReleaseInput {
    /// SHA-256 in hex.
    pub fingerprint: String,
    /// As which file.
    pub format: ReleaseFormat,
}

/// A file that was written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct ReleaseFileView {
    /// Its name.
    pub file_name: String,
    /// Where it is, for the person to find it.
    pub path: String,
}

/// What was made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct MadeReleaseView {
    /// Fingerprint of the document.
    pub fingerprint: String,
    /// The file; none if it could not be written. The document is in the ledger all the same, and can be saved again.
    pub file: Option<ReleaseFileView>,
    /// The page.
    pub page: ReleasesView,
}

/// A line of a document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct ReleaseLineView {
    /// What it is, in Italian.
    pub label: String,
    /// The number as it is read, or *n.p.*
    pub value: String,
    /// It is not published.
    pub is_hidden: bool,
    /// Length of its bar, `43.3%`; empty where it has none.
    pub width: String,
}

/// A table of a document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct ReleaseBlockView {
    /// Title.
    pub title: String,
    /// What exactly is counted.
    pub definition: String,
    /// Rows.
    pub lines: Vec<ReleaseLineView>,
    /// Total, where there is one.
    pub total: Option<ReleaseLineView>,
}

/// A crossed table of a document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct ReleaseGridView {
    /// Title.
    pub title: String,
    /// What exactly is counted.
    pub definition: String,
    /// What the columns are; the last is that of the totals.
    pub columns: Vec<String>,
    /// Lines; the last is that of the totals.
    pub lines: Vec<ReleaseGridLineView>,
}

/// A line of a crossed table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct ReleaseGridLineView {
    /// What it is.
    pub label: String,
    /// What stands in the columns, and whether it is hidden.
    pub values: Vec<(String, bool)>,
}

/// A document as its recipient reads it: in Italian, without any reason.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct ReleaseDocumentView {
    /// The programme's name.
    pub name: String,
    /// The period in words.
    pub period: String,
    /// Label and value: to whom, which number, of which day, fingerprint.
    pub about: Vec<(String, String)>,
    /// Single figures.
    pub figures: Vec<ReleaseLineView>,
    /// Tables.
    pub blocks: Vec<ReleaseBlockView>,
    /// Crossed tables.
    pub grids: Vec<ReleaseGridView>,
    /// What stands under every copy.
    pub notes: Vec<String>,
}

/// What is to be published.
#[derive(Clone, Debug, Deserialize, TS)]
#[ts(export)]
pub struct PublishInput {
    /// Number of the release.
    pub number: u32,
    /// The recipient gets another password.
    pub new_password: bool,
}

/// Where a release is read now. The password is shown once.
#[derive(Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct PublishedView {
    /// The recipient's address.
    pub address: String,
    /// The recipient's password, if it was drawn just now.
    pub password: Option<String>,
    /// Whether the other desks have been told.
    pub told: bool,
    /// The page.
    pub page: ReleasesView,
}

impl std::fmt::Debug for PublishedView {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("PublishedView")
    }
}

/// What is to be withdrawn.
#[derive(Clone, Copy, Debug, Deserialize, TS)]
#[ts(export)]
pub struct WithdrawInput {
    /// Number of the release.
    pub number: u32,
}
