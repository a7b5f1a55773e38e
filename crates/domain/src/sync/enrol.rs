//! Enrolment in person: a one-time code lets a new phone hand its public keys to the desk, past a server that
//! cannot replace them.
//!
//! 1. The desk draws a secret `x` of 128 bits (QR) or ten Crockford characters (by hand), and announces
//!    [`CodeAnnouncement`]: SHA-256 of a tag and `x`, never `x`.
//! 2. The phone sends its keys with [`enrolment_mac`] = HMAC-SHA256(x, keys). The server knows no `x`.
//! 3. The desk checks the MAC; both sides show the same six words ([`fingerprint_words`]).
//! 4. The desk signs a manifest that names the device. The phone asks for the manifest until it is on it.

use super::chain::{Bytes, Digest};
use crate::ids::{DeviceId, ProgrammeId, UnitId};
use chrono::{DateTime, Utc};
use ring::hmac;
use serde::{Deserialize, Serialize};

/// How long a code lives, in minutes.
pub const CODE_LIFE_MINUTES: i64 = 15;
/// Wrong guesses that a code bears. A guess is one at a code only if it comes near it: the server compares the first
/// bytes of the ids, so that guesses at nothing in particular burn nobody's code.
pub const MAX_TRIES: u32 = 5;

/// The admin announces a code.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CodeAnnouncement {
    /// [`code_id`] of the secret.
    pub code_id: Digest,
    /// The unit the device will belong to; none for a desk.
    pub unit: Option<UnitId>,
}

/// A new device hands in its keys.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct EnrolmentRequest {
    /// Protocol version.
    pub version: u16,
    /// [`code_id`] of the secret.
    pub code_id: Digest,
    /// The keys.
    pub keys: DeviceKeys,
    /// [`enrolment_mac`]. 32 bytes.
    pub mac: Bytes,
}

/// The public keys of a device.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DeviceKeys {
    /// The id the device drew for itself.
    pub device: DeviceId,
    /// Ed25519 public key, 32 bytes.
    pub signing_key: Bytes,
    /// `age1…` recipient.
    pub recipient: String,
}

/// Enrolments that wait for the admin.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PendingEnrolments {
    /// Oldest first.
    pub pending: Vec<PendingEnrolment>,
}

/// One enrolment that waits.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PendingEnrolment {
    /// Which code.
    pub code_id: Digest,
    /// The unit named when the code was announced.
    pub unit: Option<UnitId>,
    /// The keys handed in.
    pub keys: DeviceKeys,
    /// The MAC handed in.
    pub mac: Bytes,
    /// When.
    pub received_at: DateTime<Utc>,
}

/// What the phone needs besides the code: in the QR, or typed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Invitation {
    /// The server's address.
    pub server: String,
    /// The programme.
    pub programme: ProgrammeId,
    /// The admin's Ed25519 public key, 32 bytes: pinned from here on.
    pub admin_key: Bytes,
}

/// The public name of a secret.
#[must_use]
pub fn code_id(secret: &[u8]) -> Digest {
    Digest::of_parts(&[b"uscita/code/1\0", secret])
}

fn keys_message(keys: &DeviceKeys) -> Vec<u8> {
    [b"uscita/enrol/1\0".as_slice(), keys.device.0.as_bytes(), &keys.signing_key.0, keys.recipient.as_bytes()].concat()
}

/// Proof that whoever holds the secret handed in exactly these keys.
#[must_use]
pub fn enrolment_mac(secret: &[u8], keys: &DeviceKeys) -> Vec<u8> {
    hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, secret), &keys_message(keys)).as_ref().to_vec()
}

/// Whether the MAC is right, compared in constant time.
#[must_use]
pub fn mac_holds(secret: &[u8], keys: &DeviceKeys, mac: &[u8]) -> bool {
    hmac::verify(&hmac::Key::new(hmac::HMAC_SHA256, secret), &keys_message(keys), mac).is_ok()
}

/// Six words that two people compare aloud, from a list of at least 2,000: about 66 bits of a hash over the device's
/// keys and the admin key it pins. Who was given another admin key, or whose keys were replaced, hears other words.
#[must_use]
pub fn fingerprint_words<'a>(keys: &DeviceKeys, admin_key: &[u8], words: &[&'a str]) -> Vec<&'a str> {
    let keys = Digest::of(&keys_message(keys));
    let digest = Digest::of_parts(&[b"uscita/fingerprint/1\0", &keys.0, &Digest::of(admin_key).0]);
    let count = words.len().max(1);
    digest
        .0
        .chunks_exact(4)
        .take(6)
        .filter_map(|chunk| {
            let number = chunk.iter().fold(0_usize, |sum, byte| (sum << 8) | usize::from(*byte));
            words.get(number % count).copied()
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::alias::AliasWords;
    use uuid::Uuid;

    fn keys(device: u128) -> DeviceKeys {
        DeviceKeys {
            device: DeviceId(Uuid::from_u128(device)),
            signing_key: Bytes(vec![1; 32]),
            recipient: "age1example".into(),
        }
    }

    #[test]
    fn fingerprint_changes_with_the_device_and_with_the_admin_key() {
        let list = AliasWords::italian();
        let words: Vec<&str> = list.iter().collect();
        assert!(words.len() >= 2_000);
        let fingerprint = |keys: &DeviceKeys, admin: u8| fingerprint_words(keys, &[admin; 32], &words).join(" ");
        let own = fingerprint(&keys(1), 7);
        assert_eq!(own.split(' ').count(), 6);
        assert_eq!(own, fingerprint(&keys(1), 7));
        assert_ne!(own, fingerprint(&keys(1), 8), "a server that shows another admin key must be heard");
        assert_ne!(own, fingerprint(&keys(2), 7));
        let replaced = DeviceKeys { signing_key: Bytes(vec![2; 32]), ..keys(1) };
        assert_ne!(own, fingerprint(&replaced, 7));
    }

    #[test]
    fn mac_holds_only_for_the_same_keys_and_secret() {
        let mac = enrolment_mac(b"secret", &keys(1));
        assert!(mac_holds(b"secret", &keys(1), &mac));
        assert!(!mac_holds(b"other", &keys(1), &mac));
        assert!(!mac_holds(b"secret", &keys(2), &mac));
        assert_ne!(code_id(b"secret"), code_id(b"other"));
    }
}
