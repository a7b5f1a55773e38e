//! How the log of every device stands: what makes a quarantined phone, or one that has fallen silent, visible.

use crate::ids::DeviceId;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// Answer of `GET /v1/devices`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DeviceStandings {
    /// Every device that ever sent something or confirmed an order, by id.
    pub devices: Vec<DeviceStanding>,
}

/// One device's log as the server holds it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DeviceStanding {
    /// The device.
    pub device: DeviceId,
    /// Operations 1…`stored` are held.
    pub stored: u64,
    /// Operations 1…`backed_up` have a copy off the server's host.
    pub backed_up: u64,
    /// Operations set aside.
    pub refused: u64,
    /// Day (UTC) of the last operation taken in; none when everything went to quarantine.
    pub received_on: Option<NaiveDate>,
    /// Day (UTC) of a fork: a clone, or a phone that was rolled back. It is enrolled again under a new id.
    pub quarantined_on: Option<NaiveDate>,
    /// Batches held in quarantine, after a fork or a revocation.
    pub quarantined_batches: u64,
    /// Day (UTC) on which anything of it arrived last, into its log or into quarantine; none if nothing is held.
    pub seen_on: Option<NaiveDate>,
    /// Day (UTC) of its confirmation that it destroyed its keys as ordered.
    pub wiped_on: Option<NaiveDate>,
}
