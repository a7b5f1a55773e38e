//! The rules of `domain` C as the screens need them: by card, by referral, by outing.

use crate::store::alias::KnownAlias;
use domain::contact::Contact;
use domain::observation::Observation;
use domain::operation::{OutingState, ReferralRecord};
use domain::outing::Outing;
use domain::programme::Programme;
use domain::referral::Accompaniment;
use domain::validate::Finding;
use chrono::NaiveDate;

/// What the rules say about a card before it is saved.
#[must_use]
pub fn card_findings(_: &Contact, _: &OutingState, _: &Programme, _: &[KnownAlias]) -> Vec<Finding> { Vec::new() }
/// What the rules say about an observation.
#[must_use]
pub fn observation_findings(_: &Observation) -> Vec<Finding> { Vec::new() }
/// What the rules say about a referral as it would stand.
#[must_use]
pub fn referral_findings(_: &ReferralRecord, _: NaiveDate) -> Vec<Finding> { Vec::new() }
/// What the rules say about an accompaniment.
#[must_use]
pub fn accompaniment_findings(_: &Accompaniment, _: &ReferralRecord) -> Vec<Finding> { Vec::new() }
/// What the rules say about a note.
#[must_use]
pub fn note_findings(_: &str) -> Vec<Finding> { Vec::new() }
/// What is asked at the start.
#[must_use]
pub fn outing_warnings(_: &Outing) -> Vec<Finding> { Vec::new() }
/// Everything.
#[must_use]
pub(super) fn outing_findings(_: &OutingState, _: &Programme) -> Vec<Finding> { Vec::new() }
