//! Rules about the outing itself, and about where and what was observed.

use super::finding::{Finding, Place, Severity};
use crate::ids::{OperatorCode, ZoneCode};
use crate::observation::Observation;
use crate::operation::OutingField;
use crate::outing::{Outing, OutingStatus};
use crate::programme::Programme;
use crate::rule::RuleId;
use crate::time::duration_minutes;
use std::collections::BTreeSet;

/// Shortest plausible outing.
const MIN_MINUTES: i64 = 15;
/// Longest plausible outing.
const MAX_MINUTES: i64 = 12 * 60;

/// V01: a closed outing ends after its start; 15 minutes to 12 hours is plausible.
pub(super) fn v01_duration(outing: &Outing) -> Vec<Finding> {
    let at = |severity| vec![finding(RuleId::V01, severity, Some(OutingField::EndAt))];
    match outing.end_at.map(|end| duration_minutes(outing.start_at, end)) {
        None if matches!(outing.status, OutingStatus::Planned | OutingStatus::Open) => Vec::new(),
        None => at(Severity::Review),
        Some(minutes) if minutes <= 0 => at(Severity::Review),
        Some(minutes) if !(MIN_MINUTES..=MAX_MINUTES).contains(&minutes) => at(Severity::Warning),
        Some(_) => Vec::new(),
    }
}

/// V02: one open outing per device.
pub(super) fn v02_one_open(outing: &Outing, others: &[&Outing]) -> Vec<Finding> {
    let is_open = |other: &&&Outing| other.status == OutingStatus::Open && other.id != outing.id;
    others.iter().find(is_open).map(|_| finding(RuleId::V02, Severity::Error, None)).into_iter().collect()
}

/// V03: street work needs two people. Asked before the outing opens, decided by the lead at review.
pub(super) fn v03_crew(outing: &Outing, severity: Severity) -> Vec<Finding> {
    let people: BTreeSet<&OperatorCode> = outing.crew.iter().map(|member| &member.operator).collect();
    let needed = if outing.outing_type.needs_two() { 2 } else { 1 };
    if people.len() >= needed { Vec::new() } else { vec![finding(RuleId::V03, severity, Some(OutingField::Crew))] }
}

/// Whether the zone is on the programme's list (V04).
pub(super) fn is_listed(zone: &ZoneCode, programme: &Programme) -> bool {
    programme.find_zone(zone).is_some()
}

/// V04 for an observation.
pub(super) fn v04_zone_of_observation(observation: &Observation, programme: &Programme) -> Vec<Finding> {
    if is_listed(&observation.zone, programme) { Vec::new() } else { vec![about(RuleId::V04, observation)] }
}

/// V35: not more minors than people seen.
pub(super) fn v35_minors(observation: &Observation) -> Vec<Finding> {
    if observation.n >= observation.apparent_minor { Vec::new() } else { vec![about(RuleId::V35, observation)] }
}

fn about(rule: RuleId, observation: &Observation) -> Finding {
    Finding { rule, severity: Severity::Error, place: Place::Observation { observation: observation.id } }
}

fn finding(rule: RuleId, severity: Severity, field: Option<OutingField>) -> Finding {
    Finding { rule, severity, place: Place::Outing { field } }
}
