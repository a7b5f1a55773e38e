//! Who may do what. One function decides, for every call; what it does not name is refused.

use domain::sync::error::RefusalCode;
use domain::sync::manifest::{DeviceStatus, ManifestDevice, Role};
use domain::sync::{DeviceId, Stream, UnitId};

/// What a call does. Every endpoint has exactly one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Action {
    /// Ask whether the server is alive, and its clock.
    ReadHealth,
    /// Read the description of the calls.
    ReadDescription,
    /// Hand in keys with a one-time code.
    Enrol,
    /// Send a batch of one's own log.
    PushBatch,
    /// Read what the server holds of one's own log.
    ReadReceipt,
    /// Read the manifest in force.
    ReadManifest,
    /// Ask several of these at once; each is decided by itself besides.
    TakeTurn,
    /// Read a page of a stream.
    PullStream,
    /// State that logs are held elsewhere.
    Acknowledge,
    /// See how every device stands.
    ReadStandings,
    /// See what is in quarantine.
    ListQuarantine,
    /// Release it, or drop it.
    DecideQuarantine,
    /// Ask whether one is to be wiped.
    ReadOrder,
    /// Say that one's keys are gone.
    ConfirmWipe,
    /// Put a manifest in force.
    PutManifest,
    /// Announce a one-time code.
    AnnounceCode,
    /// See who wants to enrol.
    ListEnrolments,
    /// Lay a release open for its recipient.
    PublishRelease,
    /// Take it back.
    WithdrawRelease,
    /// Open a recipient's link.
    OpenShelf,
    /// Read what lies there, with the password.
    ReadShelf,
}

/// Who asks, as far as it was proved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Actor {
    /// Nobody in particular.
    Anyone,
    /// Holds the key handed in with a code; the admin has not decided.
    Enrolling(DeviceId),
    /// Holds the key of a device of the manifest.
    Device {
        /// Which.
        id: DeviceId,
        /// Its unit; none at the desk.
        unit: Option<UnitId>,
        /// What it may do.
        role: Role,
        /// Where it stands.
        status: DeviceStatus,
    },
}

impl From<&ManifestDevice> for Actor {
    fn from(device: &ManifestDevice) -> Self {
        Self::Device { id: device.id, unit: device.unit.clone(), role: device.role, status: device.status }
    }
}

/// On what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Object {
    /// The programme as a whole, or the asker itself.
    Programme,
    /// A device's log, in the name of a unit.
    Log {
        /// Whose log.
        device: DeviceId,
        /// The unit named.
        unit: UnitId,
    },
    /// One of the streams.
    Stream(Stream),
}

/// How far a permission reaches. Only [`authorise`] makes one, and every handler takes one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grant {
    /// Who was let in.
    pub actor: Actor,
    /// How far.
    pub reach: Reach,
}

/// How far a permission reaches.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reach {
    /// All of the object.
    Whole,
    /// What the devices of this unit sent.
    Unit(UnitId),
    /// Handing in, to quarantine.
    Quarantine,
}

/// Decides. Deny by default.
///
/// # Errors
/// `unknown_device` for one that the manifest does not name, `revoked`, or `not_allowed`.
pub fn authorise(actor: Actor, action: Action, object: &Object) -> Result<Grant, RefusalCode> {
    let reach = match &actor {
        Actor::Anyone => may_anyone(action).ok_or(RefusalCode::BadSignature)?,
        Actor::Enrolling(_) => match action {
            Action::ReadManifest => Reach::Whole,
            _ => may_anyone(action).ok_or(RefusalCode::UnknownDevice)?,
        },
        Actor::Device { status, .. } if *status != DeviceStatus::Active => {
            may_revoked(&actor, action, object).ok_or(RefusalCode::Revoked)?
        }
        Actor::Device { .. } => may_active(&actor, action, object).ok_or(RefusalCode::NotAllowed)?,
    };
    Ok(Grant { actor, reach })
}

const fn may_anyone(action: Action) -> Option<Reach> {
    match action {
        // A locked phone cannot sign its question, and an order is worth nothing to anybody else.
        Action::ReadHealth | Action::ReadDescription | Action::Enrol | Action::ReadOrder => Some(Reach::Whole),
        // A recipient is no device: the link and the password decide.
        Action::OpenShelf | Action::ReadShelf => Some(Reach::Whole),
        _ => None,
    }
}

fn may_revoked(actor: &Actor, action: Action, object: &Object) -> Option<Reach> {
    let Actor::Device { status, .. } = actor else {
        return None;
    };
    match action {
        Action::PushBatch if is_own_log(actor, object) => Some(Reach::Quarantine),
        // The order to wipe is obeyed on the admin's signature, so the manifest must reach the phone.
        Action::ReadManifest | Action::ConfirmWipe if *status == DeviceStatus::Wipe => Some(Reach::Whole),
        _ => may_anyone(action),
    }
}

fn may_active(actor: &Actor, action: Action, object: &Object) -> Option<Reach> {
    let Actor::Device { unit, role, .. } = actor else {
        return None;
    };
    match action {
        Action::PushBatch => (is_own_log(actor, object) && is_own_unit(unit.as_ref(), object)).then_some(Reach::Whole),
        Action::ReadReceipt | Action::ReadManifest | Action::TakeTurn => Some(Reach::Whole),
        Action::PullStream => match (role, object) {
            (Role::Coordinator | Role::Admin, Object::Stream(_)) => Some(Reach::Whole),
            (Role::Lead, Object::Stream(Stream::Journal)) => unit.clone().map(Reach::Unit),
            _ => None,
        },
        Action::Acknowledge
        | Action::ReadStandings
        | Action::ListQuarantine
        | Action::DecideQuarantine
        | Action::PublishRelease
        | Action::WithdrawRelease => matches!(role, Role::Coordinator | Role::Admin).then_some(Reach::Whole),
        Action::PutManifest | Action::AnnounceCode | Action::ListEnrolments => {
            (*role == Role::Admin).then_some(Reach::Whole)
        }
        // Nobody ordered it.
        Action::ConfirmWipe => None,
        Action::ReadHealth
        | Action::ReadDescription
        | Action::Enrol
        | Action::ReadOrder
        | Action::OpenShelf
        | Action::ReadShelf => may_anyone(action),
    }
}

fn is_own_log(actor: &Actor, object: &Object) -> bool {
    match (actor, object) {
        (Actor::Device { id, .. }, Object::Log { device, .. }) => id == device,
        _ => false,
    }
}

/// A device without a unit (at the desk) may name any: it follows up the referrals of all.
fn is_own_unit(own: Option<&UnitId>, object: &Object) -> bool {
    match object {
        Object::Log { unit, .. } => own.is_none_or(|own| own == unit),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    const ID: DeviceId = DeviceId(Uuid::from_u128(1));

    fn device(role: Role, status: DeviceStatus, unit: Option<&str>) -> Actor {
        Actor::Device { id: ID, unit: unit.map(UnitId::new), role, status }
    }

    fn log(id: u128, unit: &str) -> Object {
        Object::Log { device: DeviceId(Uuid::from_u128(id)), unit: UnitId::new(unit) }
    }

    #[test]
    fn nobody_sends_in_the_name_of_another_device() {
        for status in DeviceStatus::ALL {
            let asked = authorise(device(Role::Lead, *status, Some("U1")), Action::PushBatch, &log(2, "U1"));
            assert!(asked.is_err(), "{status}");
        }
    }

    #[test]
    fn lead_without_a_unit_pulls_nothing() {
        let asked = authorise(
            device(Role::Lead, DeviceStatus::Active, None),
            Action::PullStream,
            &Object::Stream(Stream::Journal),
        );
        assert_eq!(asked, Err(RefusalCode::NotAllowed));
    }

    #[test]
    fn action_on_an_object_of_another_kind_is_refused() {
        let admin = device(Role::Admin, DeviceStatus::Active, None);
        for (action, object) in [
            (Action::PullStream, Object::Programme),
            (Action::PushBatch, Object::Programme),
            (Action::PushBatch, Object::Stream(Stream::Journal)),
        ] {
            let asked = authorise(admin.clone(), action, &object);
            assert_eq!(asked, Err(RefusalCode::NotAllowed), "{action:?}");
        }
    }

    #[test]
    fn member_writes_no_night_log() {
        for role in Role::ALL {
            assert!(role.writes(Stream::Journal));
            assert_eq!(role.writes(Stream::NightLog), *role != Role::Member);
        }
    }
}
