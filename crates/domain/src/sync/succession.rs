//! The succession (*successione*) of the admin's keys: how a device or a server that knows a former one finds the present one.
//!
//! A key that may be known to somebody is replaced: the old one signs, as its last act, which key comes after it and from
//! which manifest on. These links travel in the manifest, all of them, so that whoever was away for several changes
//! follows them from the key it has, and needs none of the manifests in between. A link of another key, a number that
//! does not rise, or one below what is in force already, leads nowhere.
//!
//! Whoever holds a former key can lead astray only those who still believe in it: a device that has followed a link
//! never goes back, because nothing leads on from a key that it does not have.

use super::chain::Bytes;
use ring::signature::{ED25519, UnparsedPublicKey};
use serde::{Deserialize, Serialize};

/// Links that are followed: a change in every season for a quarter of a century.
pub const MAX_SUCCESSIONS: usize = 100;

/// One change of the admin's key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Succession {
    /// Number of the first manifest that the new key signs.
    pub number: u64,
    /// The key of before, 32 bytes.
    pub from: Bytes,
    /// The key since then, 32 bytes.
    pub to: Bytes,
    /// The old key's Ed25519 over [`succession_message`]. 64 bytes.
    pub signature: Bytes,
}

impl Succession {
    fn holds(&self) -> bool {
        let message = succession_message(self.number, &self.from.0, &self.to.0);
        UnparsedPublicKey::new(&ED25519, &self.from.0).verify(&message, &self.signature.0).is_ok()
    }
}

/// What the old key signs.
#[must_use]
pub fn succession_message(number: u64, from: &[u8], to: &[u8]) -> Vec<u8> {
    [b"uscita/succession/1\0".as_slice(), &number.to_be_bytes(), from, to].concat()
}

/// Where the links lead from a key that is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Successor<'a> {
    /// The key at the end: the known one itself, if no link leads on from it.
    pub key: &'a [u8],
    /// Number of the first manifest that it signs; `after` if no link was followed.
    pub since: u64,
}

/// Follows the links, which stand in the order of the changes, from a known key. `after` is the number of the manifest
/// in force, which the known key signed: no link may say that its time was over by then. None if a link does not hold.
#[must_use]
pub fn follow<'a>(known: &'a [u8], after: u64, links: &'a [Succession]) -> Option<Successor<'a>> {
    if links.len() > MAX_SUCCESSIONS {
        return None;
    }
    let mut found = Successor { key: known, since: after };
    for link in links {
        // Changes from before the known key are of no concern.
        if link.from.0 != found.key {
            continue;
        }
        if link.number <= found.since || !link.holds() {
            return None;
        }
        found = Successor { key: &link.to.0, since: link.number };
    }
    Some(found)
}

#[cfg(test)]
mod tests {
    use super::*;
    use ring::signature::{Ed25519KeyPair, KeyPair};

    fn key(seed: u8) -> Ed25519KeyPair {
        Ed25519KeyPair::from_seed_unchecked(&[seed; 32]).unwrap()
    }

    fn public(seed: u8) -> Vec<u8> {
        key(seed).public_key().as_ref().to_vec()
    }

    fn link(number: u64, from: u8, to: u8) -> Succession {
        signed_by(from, number, from, to)
    }

    fn signed_by(signer: u8, number: u64, from: u8, to: u8) -> Succession {
        let (from, to) = (public(from), public(to));
        let signature = Bytes(key(signer).sign(&succession_message(number, &from, &to)).as_ref().to_vec());
        Succession { number, from: Bytes(from), to: Bytes(to), signature }
    }

    fn end(known: u8, after: u64, links: &[Succession]) -> Option<(Vec<u8>, u64)> {
        follow(&public(known), after, links).map(|found| (found.key.to_vec(), found.since))
    }

    #[test]
    fn leads_from_every_former_key_to_the_present_one() {
        let links = [link(4, 1, 2), link(9, 2, 3)];
        assert_eq!(end(1, 3, &links), Some((public(3), 9)), "away for both changes");
        assert_eq!(end(2, 8, &links), Some((public(3), 9)));
        assert_eq!(end(3, 12, &links), Some((public(3), 12)));
        assert_eq!(end(7, 2, &links), Some((public(7), 2)), "nothing leads on from a key that is not among them");
    }

    #[test]
    fn link_of_another_key_or_with_a_number_that_does_not_rise_leads_nowhere() {
        for forged in [signed_by(2, 4, 1, 2), signed_by(9, 4, 1, 2), Succession { number: 5, ..link(4, 1, 2) }] {
            assert_eq!(end(1, 3, &[forged]), None);
        }
        assert_eq!(end(1, 4, &[link(4, 1, 2)]), None, "manifest 4 is in force, and the old key signed it");
        assert_eq!(end(1, 3, &[link(4, 1, 2), link(4, 2, 3)]), None);
        assert_eq!(end(1, 3, &vec![link(4, 1, 2); MAX_SUCCESSIONS + 1]), None);
    }

    #[test]
    fn former_key_leads_nobody_back() {
        let astray = [link(4, 1, 2), link(9, 1, 8)];
        assert_eq!(end(2, 6, &astray), Some((public(2), 6)), "who has followed stays");
        assert_eq!(end(1, 3, &astray), Some((public(2), 4)), "and so does who follows now");
    }
}
