//! Rules about what happens away from the street.

use super::finding::{Finding, Place, Severity};
use crate::desk_record::AwarenessEvent;
use crate::rule::RuleId;

/// Most participants of an awareness event.
const MAX_PARTICIPANTS: u16 = 5000;
/// Minutes that an awareness event may take.
const MINUTES: std::ops::RangeInclusive<u16> = 5..=600;

/// V29: an awareness event has 0…5000 participants and takes 5…600 minutes.
pub(super) fn v29_event(event: &AwarenessEvent) -> Vec<Finding> {
    if event.participants <= MAX_PARTICIPANTS && MINUTES.contains(&event.minutes) {
        return Vec::new();
    }
    vec![Finding { rule: RuleId::V29, severity: Severity::Error, place: Place::Event }]
}
