//! The device's clock.

use super::finding::{Finding, Place, Severity};
use crate::rule::RuleId;
use chrono::{DateTime, TimeDelta, Utc};

/// How far a device may be ahead of the server.
const MAX_LEAD_HOURS: i64 = 24;

/// V33: the clock is not behind what was stored last, and was not a day ahead of the server at the last sync.
///
/// `lead` is device time minus server time at that sync. A finding means: times are approximate; the order of
/// operations does not depend on them ([`crate::stamp`]).
#[must_use]
pub fn clock(now: DateTime<Utc>, last_stored: Option<DateTime<Utc>>, lead: Option<TimeDelta>) -> Vec<Finding> {
    let is_behind = last_stored.is_some_and(|stored| now < stored);
    let is_ahead = lead.is_some_and(|lead| lead > TimeDelta::hours(MAX_LEAD_HOURS));
    if is_behind || is_ahead {
        vec![Finding { rule: RuleId::V33, severity: Severity::Warning, place: Place::Clock }]
    } else {
        Vec::new()
    }
}
