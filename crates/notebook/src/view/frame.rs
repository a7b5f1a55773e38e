//! The frame around every page of the desk: whose desk it is, and what is open on which page.

use chrono::NaiveDate;
use domain::ids::UnitId;
use serde::Serialize;
use ts_rs::TS;

/// The frame.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct DeskFrameView {
    /// The programme's name.
    pub programme: String,
    /// The operational date, for the print.
    pub today: NaiveDate,
    /// Its units, in the order of the lists.
    pub units: Vec<UnitId>,
    /// What people call this device: `S1`.
    pub device: String,
    /// What is open.
    pub open: OpenView,
}

/// How many things wait for somebody, page by page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct OpenView {
    /// Referrals that have not ended.
    pub referrals: u32,
    /// Planned outings of the weeks that the calendar shows at first, over and not counted.
    pub outings: u32,
    /// Heaps of the depot of which something is to be ordered.
    pub depot: u32,
    /// Devices of which something waits for this desk's word, and the manifest if it runs out within a week or the server
    /// does not have it.
    pub devices: u32,
    /// Proposals, and services that nobody checked for more than 90 days.
    pub lists: u32,
}
