//! The order to wipe (*ordine di cancellazione*) a lost phone, and the phone's confirmation.
//!
//! The order is the admin's signature over the device's id, beside the device in the manifest. A locked phone can check
//! it: all it needs is the admin's public key, present or former, which lies in its journal. It asks with `GET /v1/orders/{device}`, without
//! a signature, because its own key is in the notebook that it cannot open. Device ids are random, and for a device that
//! is not to be wiped the answer is the same as for one that does not exist.
//!
//! The confirmation is signed long before, when the phone learns who the admin is: afterwards there is no key left to
//! sign with. It is sent once the keys are gone. What it proves is that this device said so, no more: whoever copied the
//! files of a phone has the statement too.

use super::chain::Bytes;
use super::succession::{Succession, follow};
use crate::ids::DeviceId;
use ring::signature::{ED25519, UnparsedPublicKey};
use serde::{Deserialize, Serialize};

/// Answer of `GET /v1/orders/{device}`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct WipeOrder {
    /// Protocol version.
    pub version: u16,
    /// Which device.
    pub device: DeviceId,
    /// The admin's Ed25519 over [`order_message`]. 64 bytes.
    pub signature: Bytes,
    /// How the admin's key came to be the one that signed, as the manifest says it: the phone may know a former one.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub succession: Vec<Succession>,
}

impl WipeOrder {
    /// Whether the admin gave this order, to this device: whoever holds the known key, or the one that came after it.
    #[must_use]
    pub fn is_given_by(&self, admin_key: &[u8], to: DeviceId) -> bool {
        let end = follow(admin_key, 0, &self.succession);
        self.device == to && end.is_some_and(|end| holds(end.key, &order_message(to), &self.signature))
    }
}

/// Body of `POST /v1/wipes`: the keys of this device are gone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct WipeConfirmation {
    /// Protocol version.
    pub version: u16,
    /// Which device.
    pub device: DeviceId,
    /// The device's Ed25519 over [`confirmation_message`]. 64 bytes.
    pub signature: Bytes,
}

impl WipeConfirmation {
    /// Whether the device's own key signed it.
    #[must_use]
    pub fn is_signed_by(&self, public_key: &[u8]) -> bool {
        holds(public_key, &confirmation_message(self.device), &self.signature)
    }
}

/// What the admin signs to have a device wiped.
#[must_use]
pub fn order_message(device: DeviceId) -> Vec<u8> {
    [b"uscita/wipe/1\0".as_slice(), device.0.as_bytes()].concat()
}

/// What a device signs, to be sent once its keys are gone.
#[must_use]
pub fn confirmation_message(device: DeviceId) -> Vec<u8> {
    [b"uscita/wiped/1\0".as_slice(), device.0.as_bytes()].concat()
}

fn holds(public_key: &[u8], message: &[u8], signature: &Bytes) -> bool {
    UnparsedPublicKey::new(&ED25519, public_key).verify(message, &signature.0).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sync::succession::succession_message;
    use ring::signature::{Ed25519KeyPair, KeyPair};
    use uuid::Uuid;

    const LOST: DeviceId = DeviceId(Uuid::from_u128(4));
    const OTHER: DeviceId = DeviceId(Uuid::from_u128(5));

    fn key(seed: u8) -> Ed25519KeyPair {
        Ed25519KeyPair::from_seed_unchecked(&[seed; 32]).unwrap()
    }

    fn order(admin: &Ed25519KeyPair, device: DeviceId) -> WipeOrder {
        let signature = Bytes(admin.sign(&order_message(device)).as_ref().to_vec());
        WipeOrder { version: 1, device, signature, succession: Vec::new() }
    }

    #[test]
    fn order_holds_only_for_its_device_and_under_the_admin_key() {
        let (admin, stranger) = (key(1), key(2));
        let public = admin.public_key().as_ref();
        assert!(order(&admin, LOST).is_given_by(public, LOST));
        assert!(!order(&admin, LOST).is_given_by(public, OTHER));
        assert!(!order(&stranger, LOST).is_given_by(public, LOST));
        let moved = WipeOrder { device: OTHER, ..order(&admin, LOST) };
        assert!(!moved.is_given_by(public, OTHER), "an order for one device is none for another");
    }

    #[test]
    fn order_of_the_next_key_holds_for_who_knows_the_one_before() {
        let (former, next) = (key(1), key(2));
        let (from, to) = (former.public_key().as_ref(), next.public_key().as_ref());
        let link = |signer: &Ed25519KeyPair| Succession {
            number: 4,
            from: Bytes(from.to_vec()),
            to: Bytes(to.to_vec()),
            signature: Bytes(signer.sign(&succession_message(4, from, to)).as_ref().to_vec()),
        };
        let bare = order(&next, LOST);
        assert!(!bare.is_given_by(from, LOST));
        let led = WipeOrder { succession: vec![link(&former)], ..bare.clone() };
        assert!(led.is_given_by(from, LOST) && led.is_given_by(to, LOST));
        let forged = WipeOrder { succession: vec![link(&next)], ..bare };
        assert!(!forged.is_given_by(from, LOST), "nobody names himself");
    }

    #[test]
    fn order_and_confirmation_are_never_taken_for_each_other() {
        let device = key(3);
        let signature = Bytes(device.sign(&order_message(LOST)).as_ref().to_vec());
        let confirmation = WipeConfirmation { version: 1, device: LOST, signature };
        assert!(!confirmation.is_signed_by(device.public_key().as_ref()));
        let signature = Bytes(device.sign(&confirmation_message(LOST)).as_ref().to_vec());
        assert!(WipeConfirmation { signature, ..confirmation }.is_signed_by(device.public_key().as_ref()));
    }
}
