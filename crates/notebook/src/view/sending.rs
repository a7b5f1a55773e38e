//! Where the records are: the line on *Contatti*, *Invio* and *Ricevuta*.

use crate::error::ErrorCode;
use chrono::NaiveDate;
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
    /// Contacts among the operations.
    pub contacts: u32,
    /// Lines of people seen.
    pub observations: u32,
    /// Referrals.
    pub referrals: u32,
    /// Incidents.
    pub incidents: u32,
    /// Why the last try did not succeed.
    pub error: Option<ErrorCode>,
}
