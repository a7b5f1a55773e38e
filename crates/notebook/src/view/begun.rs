//! Referrals that were begun and not saved, and the correction of one that was.

use domain::alias::Alias;
use domain::contact::Language;
use domain::ids::{OperationId, ReferralId};
use domain::referral::{Consent, ReferralReason, ReferralState, ServiceType, Urgency};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What was chosen on *Nuovo invio*.
#[derive(Clone, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct ReferralFill {
    /// Alias, to find the person again.
    pub alias: Option<Alias>,
    /// Kind of service; a referral without one cannot be saved.
    pub service_type: Option<ServiceType>,
    /// How soon.
    pub urgency: Urgency,
    /// Whose idea.
    pub reason: Option<ReferralReason>,
    /// Language needed.
    pub language_need: Option<Language>,
    /// Mediator needed.
    pub mediator_needed: bool,
    /// Company needed.
    pub accompany_needed: bool,
    /// Consent.
    pub consent: Consent,
    /// The answer given at once: `accepted`, `declined`, or none.
    pub answer: Option<ReferralState>,
}

impl std::fmt::Debug for ReferralFill {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("ReferralFill")
    }
}

/// *Nuovo invio* as it now stands on the screen.
#[derive(Clone, Debug, Deserialize, TS)]
#[ts(export)]
pub struct KeepReferralInput {
    /// The referral; none for one that begins now.
    pub draft: Option<OperationId>,
    /// The contact's card it comes from.
    pub card: Option<OperationId>,
    /// What was chosen.
    pub fill: ReferralFill,
}

/// Looks for a referral that was begun: by its id, else the last one begun from a card, or from none.
#[derive(Clone, Copy, Debug, Deserialize, TS)]
#[ts(export)]
pub struct ResumeReferralInput {
    /// The referral.
    pub draft: Option<OperationId>,
    /// The contact's card it comes from.
    pub card: Option<OperationId>,
}

/// A referral that was begun.
#[derive(Clone, Copy, Debug, Deserialize, TS)]
#[ts(export)]
pub struct BegunReferralInput {
    /// The referral.
    pub draft: OperationId,
}

/// A referral that was begun, with everything chosen.
#[derive(Clone, Debug, Serialize, TS)]
#[ts(export)]
pub struct BegunReferralView {
    /// Becomes the operation's id when saved.
    pub draft: OperationId,
    /// The contact's card it comes from.
    pub card: Option<OperationId>,
    /// That card is not saved either.
    pub card_is_open: bool,
    /// What was chosen.
    pub fill: ReferralFill,
}

/// A referral that was begun, in *Da completare*.
#[derive(Clone, Copy, Debug, Serialize, TS)]
#[ts(export)]
pub struct UnsavedReferralView {
    /// The referral.
    pub draft: OperationId,
    /// Kind of service, if it was chosen and the referral is among the last records.
    pub service_type: Option<ServiceType>,
    /// It is among the last records: only then can it be filled in further.
    pub can_resume: bool,
}

/// Corrects a referral of tonight; its path, and the contact it comes from, stay.
#[derive(Clone, Deserialize, TS)]
#[ts(export)]
pub struct CorrectReferralInput {
    /// The referral.
    pub referral: ReferralId,
    /// Alias.
    pub alias: Option<Alias>,
    /// Kind of service.
    pub service_type: ServiceType,
    /// How soon.
    pub urgency: Urgency,
}

impl std::fmt::Debug for CorrectReferralInput {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("CorrectReferralInput")
    }
}
