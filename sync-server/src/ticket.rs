//! Tickets (*contrassegni*): who gave a recipient's password just now need not give it again for the next file. Pages set
//! no cookie; the ticket stands in their forms. The server keeps nothing of it, so any instance takes it.

use crate::receipt_key::ReceiptKey;
use data_encoding::BASE64URL_NOPAD;
use domain::sync::publish::LINK_BYTES;
use ring::signature::{ED25519, UnparsedPublicKey};

/// For how long it holds, in seconds.
const HOLDS: i64 = 30 * 60;

/// A ticket for a link, until half an hour from now. With a new password it ends.
#[must_use]
pub fn issue(key: &ReceiptKey, link: [u8; LINK_BYTES], password: &[u8], now: i64) -> String {
    let until = now.saturating_add(HOLDS);
    format!("{until}.{}", BASE64URL_NOPAD.encode(&key.sign_message(&message(link, password, until))))
}

/// Whether a ticket holds.
#[must_use]
pub fn holds(key: &ReceiptKey, ticket: &str, link: [u8; LINK_BYTES], password: &[u8], now: i64) -> bool {
    let Some((until, signature)) = ticket.split_once('.') else { return false };
    let (Ok(until), Ok(signature)) = (until.parse::<i64>(), BASE64URL_NOPAD.decode(signature.as_bytes())) else {
        return false;
    };
    let is_fresh = now <= until && until <= now.saturating_add(HOLDS);
    let signed = UnparsedPublicKey::new(&ED25519, key.public().0);
    is_fresh && signed.verify(&message(link, password, until), &signature).is_ok()
}

fn message(link: [u8; LINK_BYTES], password: &[u8], until: i64) -> Vec<u8> {
    [b"uscita/ticket/1\0".as_slice(), &link, password, &until.to_be_bytes()].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn holds_for_its_link_its_password_and_half_an_hour() {
        let folder = tempfile::tempdir().unwrap();
        let key = ReceiptKey::load_or_create(folder.path()).unwrap();
        let ticket = issue(&key, [1; 16], b"hash", 1_000);
        assert!(holds(&key, &ticket, [1; 16], b"hash", 1_000) && holds(&key, &ticket, [1; 16], b"hash", 2_800));
        assert!(!holds(&key, &ticket, [1; 16], b"hash", 2_801), "over");
        assert!(!holds(&key, &ticket, [2; 16], b"hash", 1_000), "another link");
        assert!(!holds(&key, &ticket, [1; 16], b"other", 1_000), "another password");
        let longer = ticket.replacen("2800", "9800", 1);
        assert!(longer != ticket && !holds(&key, &longer, [1; 16], b"hash", 1_000));
        assert!(!holds(&key, "", [1; 16], b"hash", 1_000) && !holds(&key, "x.y", [1; 16], b"hash", 1_000));
    }
}
