//! Lock, first start, who this device is.

use crate::settings::Settings;
use domain::sync::manifest::Role;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// The arguments of a command that takes none.
#[derive(Clone, Copy, Debug, Default, Deserialize, TS)]
#[ts(export)]
pub struct Nothing {}

/// Which of its two seats the app sits in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum SeatView {
    /// A team's phone, with a PIN.
    Phone,
    /// The office PC (*sportello*), with a passphrase.
    Desk,
}

/// Where the session stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum SessionState {
    /// No notebook on this device yet: first start.
    Absent,
    /// A desk in its first start: open, and not everything is said yet.
    Founding,
    /// Keys handed in; waiting for the desk to sign.
    Enrolling,
    /// A notebook, locked.
    Locked,
    /// Open.
    Open,
    /// The duress PIN opened the stock list.
    Inventory,
}

/// Where the lead's step-up PIN stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum ReviewAccess {
    /// Not a lead's phone, or not open.
    NotLead,
    /// No step-up PIN has been chosen yet.
    Unset,
    /// It has to be given.
    Locked,
    /// It was given, less than five minutes of use ago.
    Open,
}

/// The state of the session.
#[derive(Clone, Debug, Serialize, TS)]
#[ts(export)]
pub struct SessionView {
    /// Where it stands.
    pub state: SessionState,
    /// Phone or desk.
    pub seat: SeatView,
    /// Role in the manifest, once open.
    pub role: Option<Role>,
    /// What only the lead sees.
    pub review: ReviewAccess,
    /// Six words to compare aloud with the desk, while enrolling.
    pub words: Vec<String>,
    /// Seconds to wait before the next try at the PIN that is asked for: while locked the unlock PIN, while open the
    /// step-up PIN.
    pub wait_seconds: u32,
    /// Idle seconds before the lock: as set, never longer than the policy.
    pub lock_after_seconds: u16,
    /// Lock times that the policy leaves to choose from, in seconds, ascending.
    pub lock_choices: Vec<u16>,
    /// What is set on this device; also while it is locked.
    pub settings: Settings,
    /// While somebody practises, what the screens say of it.
    pub training: Option<TrainingView>,
}

/// A training (*esercitazione*): its PINs are shown, because they are no secrets.
#[derive(Clone, Debug, Serialize, TS)]
#[ts(export)]
pub struct TrainingView {
    /// Opens it again after *Nascondi*.
    pub pin: String,
    /// Its step-up PIN.
    pub review_pin: String,
}

/// First start of a phone: hands its keys to the desk.
#[derive(Clone, Deserialize, TS)]
#[ts(export)]
pub struct EnrolInput {
    /// The server's address, `https://…` (`http://127.0.0.1:…` only on this machine).
    pub server: String,
    /// The one-time code: ten characters, or the text of the QR.
    pub code: String,
    /// The PIN chosen, at least six digits; a passphrase of at least twelve characters at the desk.
    pub pin: String,
}

/// A look at whether the desk has signed.
#[derive(Clone, Copy, Debug, Deserialize, TS)]
#[ts(export)]
pub struct EnrolmentInput {
    /// Somebody in front of the phone has said that the six words are the same at the desk. Until then nothing that the
    /// server answers is taken.
    pub words_match: bool,
}

/// Opening the notebook.
#[derive(Clone, Deserialize, TS)]
#[ts(export)]
pub struct UnlockInput {
    /// PIN or passphrase.
    pub pin: String,
}

/// The step-up PIN is chosen.
#[derive(Clone, Deserialize, TS)]
#[ts(export)]
pub struct SetReviewPinInput {
    /// The PIN that opens the notebook, asked again.
    pub unlock_pin: String,
    /// The new one: eight digits or more.
    pub review_pin: String,
}

/// The PIN of the phone, or the passphrase of the desk, is changed.
#[derive(Clone, Deserialize, TS)]
#[ts(export)]
pub struct ChangePinInput {
    /// The one in force.
    pub old_pin: String,
    /// The one to come: at least six digits; at the desk at least twelve characters.
    pub new_pin: String,
}

/// The step-up PIN is changed.
#[derive(Clone, Deserialize, TS)]
#[ts(export)]
pub struct ChangeReviewPinInput {
    /// The PIN that opens the notebook, asked again.
    pub unlock_pin: String,
    /// The step-up PIN in force.
    pub old_pin: String,
    /// The one to come: eight digits or more.
    pub new_pin: String,
}

/// The step-up PIN is given.
#[derive(Clone, Deserialize, TS)]
#[ts(export)]
pub struct StepUpInput {
    /// The PIN.
    pub pin: String,
}

impl std::fmt::Debug for SetReviewPinInput {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SetReviewPinInput")
    }
}
impl std::fmt::Debug for ChangePinInput {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("ChangePinInput")
    }
}
impl std::fmt::Debug for ChangeReviewPinInput {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("ChangeReviewPinInput")
    }
}
impl std::fmt::Debug for StepUpInput {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("StepUpInput")
    }
}
impl std::fmt::Debug for EnrolInput {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("EnrolInput")
    }
}
impl std::fmt::Debug for UnlockInput {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("UnlockInput")
    }
}
