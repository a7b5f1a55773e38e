//! Where the records are: the line on *Contatti*, *Invio* and *Ricevuta*.

use crate::error::ErrorCode;
use chrono::NaiveDate;
use domain::sync::error::RefusalCode;
use serde::Serialize;
use ts_rs::TS;

/// The state of what this phone wrote for an outing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum SendState {
    /// *Solo su questo telefono*.
    Local,
    /// *In attesa di invio*: some is with the server, or a try has failed.
    Waiting,
    /// *Ricevuti*: a receipt whose list equals the phone's own. Nothing else gives this.
    Received,
    /// *Da guardare*: the server refused an operation.
    Attention,
}

/// Counts only what the server has confirmed.
#[derive(Clone, Debug, Serialize, TS)]
#[ts(export)]
pub struct SendView {
    /// Operational date of the outing, where its opening is here.
    pub date: Option<NaiveDate>,
    /// The outing is closed, and as far as this phone knows no lead has signed it.
    pub review_missing: bool,
    /// State.
    pub state: SendState,
    /// Operations this phone wrote for the outing.
    pub total: u32,
    /// Of these, covered by a receipt.
    pub received: u32,
    /// Of these, with a verified copy off the server's host.
    pub backed_up: u32,
    /// Of these, refused: kept here, to be looked at.
    pub refused: u32,
    /// Local time of the receipt, `04:12`.
    pub received_at: Option<String>,
    /// The night log has been signed and is covered by a receipt.
    pub night_log_received: bool,
    /// The day on which this phone forgets the details; none before the review is backed up.
    pub forget_on: Option<NaiveDate>,
    /// The day on which it did.
    pub forgotten_on: Option<NaiveDate>,
    /// Contacts among the operations.
    pub contacts: u32,
    /// Lines of people seen.
    pub observations: u32,
    /// Referrals.
    pub referrals: u32,
    /// Incidents.
    pub incidents: u32,
    /// Operations of each phone known here, this one's first.
    pub phones: Vec<PhoneRecordsView>,
    /// *Da guardare*: what the server refused. It stays here, sealed.
    pub set_aside: Vec<RefusedRecordView>,
    /// Why the last try did not succeed.
    pub error: Option<ErrorCode>,
}

/// How much of the outing one phone wrote, as far as it is known here.
#[derive(Clone, Debug, Serialize, TS)]
#[ts(export)]
pub struct PhoneRecordsView {
    /// 1 is the phone that opened the outing.
    pub number: u16,
    /// It is this one.
    pub own: bool,
    /// Operations.
    pub records: u32,
}

/// A record that the server refused. What it says stays unsaid (architecture 7).
#[derive(Clone, Debug, Serialize, TS)]
#[ts(export)]
pub struct RefusedRecordView {
    /// Its number in this phone's journal, to speak about it with whoever helps.
    pub number: u64,
    /// What kind of record.
    pub kind: RecordKind,
    /// Why the server refused it.
    pub code: RefusalCode,
}

/// The kind of a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum RecordKind {
    /// A contact, or a correction of one.
    Contact,
    /// People seen.
    Observation,
    /// A referral, or a step of one.
    Referral,
    /// An incident.
    Incident,
    /// Supplies.
    Stock,
    /// The outing itself: start, zone, close, review.
    Outing,
}
