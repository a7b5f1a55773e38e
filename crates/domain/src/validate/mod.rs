//! Validation (*controlli*), rules V01–V22 and V29–V36 of `domain` C: one function per rule, each giving findings.
//!
//! | entry | when | rules |
//! |---|---|---|
//! | [`before_outing`] | an outing opens | V02, V03 |
//! | [`before_contact`] | *Salva* on a contact | V04–V07, V09–V15, V18 |
//! | [`before_observation`] | *Vista* | V04, V35 |
//! | [`before_referral`] | a referral opens or goes on | V20, V21 |
//! | [`before_accompaniment`] | somebody went along | V36 |
//! | [`before_note`] | the outing's note | V30 |
//! | [`before_close`] | the team goes home | V01, V19, V22, V30 |
//! | [`before_event`] | an awareness event | V29 |
//! | [`before_change`] | any change of an outing | V32 |
//! | [`clock`] | the app starts, after each sync | V33 |
//! | [`review`] | the lead's review | all that concern what is signed, and V08, V16, V17, V31, V34 |
//!
//! An *error* blocks the save, a *warning* asks once and never blocks in the field, *review* blocks the sign-off. The
//! findings of the same state are the same on every device: no rule looks at a clock, except those that are given
//! one.

mod clock;
mod contact;
mod duplicate;
mod finding;
mod office;
mod outing;
mod referral;
mod sign_off;
mod supply;
mod text;

#[cfg(test)]
mod tests;

pub use crate::rule::RuleId;
pub use clock::clock;
pub use contact::{AliasSeen, ContactContext};
pub use finding::{Finding, Place, Severity};
pub use sign_off::{acceptance, is_acceptable, is_accepted, is_ready};
pub use text::{NOTE_LIMIT, TextMatch, TextPattern, scan};

use crate::contact::Contact;
use crate::desk_record::AwarenessEvent;
use crate::observation::Observation;
use crate::operation::{OutingState, ReferralRecord};
use crate::outing::{Outing, OutingStatus};
use crate::programme::Programme;
use crate::referral::Accompaniment;
use crate::supply::SupplyMove;
use chrono::NaiveDate;

/// Before an outing opens. `others` are the other outings of this device.
#[must_use]
pub fn before_outing(outing: &Outing, others: &[&Outing]) -> Vec<Finding> {
    let mut findings = outing::v02_one_open(outing, others);
    findings.extend(outing::v03_crew(outing, Severity::Warning));
    findings
}

/// Before a contact is saved, with what was handed out.
#[must_use]
pub fn before_contact(contact: &Contact, handouts: &[SupplyMove], context: ContactContext<'_>) -> Vec<Finding> {
    let mut findings = contact::errors(contact, context.programme);
    findings.extend(contact::warnings(contact, context.state));
    findings.extend(contact::v10_known_alias(contact, context));
    findings.extend(supply::v18_plausible(contact, handouts));
    findings.extend(supply::v18_leaflet(handouts));
    findings
}

/// Before an observation is saved.
#[must_use]
pub fn before_observation(observation: &Observation, programme: &Programme) -> Vec<Finding> {
    let mut findings = outing::v04_zone_of_observation(observation, programme);
    findings.extend(outing::v35_minors(observation));
    findings
}

/// Before a referral is opened or goes on: the referral as it would stand, and today's operational date.
#[must_use]
pub fn before_referral(record: &ReferralRecord, today: NaiveDate) -> Vec<Finding> {
    let mut findings = referral::v20_machine(record);
    findings.extend(referral::v20_not_in_the_future(record, today));
    findings.extend(referral::v21_outcome(record));
    findings.dedup();
    findings
}

/// Before an accompaniment is saved; the referral as it would stand with it.
#[must_use]
pub fn before_accompaniment(accompaniment: &Accompaniment, record: Option<&ReferralRecord>) -> Vec<Finding> {
    referral::v36_accompaniment(accompaniment, record)
}

/// Before the outing's note is saved. [`scan`] says what was matched.
#[must_use]
pub fn before_note(note: &str) -> Vec<Finding> {
    text::v30_note(note)
}

/// Before the outing is closed.
#[must_use]
pub fn before_close(state: &OutingState) -> Vec<Finding> {
    let mut findings = outing::v01_duration(&state.outing);
    findings.extend(supply::v19_over_handout(state));
    findings.extend(referral::v22_immediate(state));
    findings.extend(state.outing.note.iter().flat_map(|note| text::v30_note(note)));
    findings
}

/// Before an awareness event is saved.
#[must_use]
pub fn before_event(event: &AwarenessEvent) -> Vec<Finding> {
    office::v29_event(event)
}

/// Before anything of an outing is changed.
#[must_use]
pub fn before_change(outing: &Outing) -> Vec<Finding> {
    sign_off::v32_frozen(outing)
}

/// Everything the lead must know before signing, in a fixed order, nothing twice.
///
/// What is accepted ([`is_accepted`]) is still listed. V31 itself is [`is_ready`].
#[must_use]
pub fn review(state: &OutingState, programme: &Programme) -> Vec<Finding> {
    let mut findings = Vec::new();
    if state.outing.status != OutingStatus::Cancelled {
        findings.extend(outing::v01_duration(&state.outing));
        findings.extend(outing::v03_crew(&state.outing, Severity::Review));
        findings.extend(referral::v22_immediate(state));
    }
    for contact in state.contacts.values() {
        findings.extend(contact::errors(contact, programme));
        findings.extend(contact::warnings(contact, state));
        findings.extend(contact::v16_repeat(contact, state));
        let handouts: Vec<SupplyMove> = state.handouts_of(contact.id).cloned().collect();
        findings.extend(supply::v18_plausible(contact, &handouts));
        findings.extend(sign_off::v31_open_duplicate(contact, state));
    }
    findings.extend(contact::v06_nobody_to_split(state));
    findings.extend(contact::v16_split_before(state));
    findings.extend(duplicate::v08_alias_twice(state));
    findings.extend(duplicate::v34_look_alike(state));
    for observation in state.observations.values() {
        findings.extend(before_observation(observation, programme));
    }
    let moves: Vec<SupplyMove> = state.moves.values().cloned().collect();
    findings.extend(supply::v17_balance(state));
    findings.extend(supply::v18_leaflet(&moves));
    findings.extend(supply::v19_over_handout(state));
    for record in state.referrals.values() {
        findings.extend(referral::v20_machine(record));
        findings.extend(referral::v21_outcome(record));
    }
    findings.extend(referral::v20_off_path(state));
    for accompaniment in state.accompaniments.values() {
        // A referral opened elsewhere is not here to be looked at.
        if let Some(record) = state.referrals.get(&accompaniment.referral_id) {
            findings.extend(referral::v36_merged(accompaniment, record, state));
        }
    }
    findings.extend(state.outing.note.iter().flat_map(|note| text::v30_note(note)));
    findings.sort();
    findings.dedup();
    findings
}
