//! What a new device is given by the desk: the text of a QR, or ten characters to type. Pure.

use super::client::ServerAddress;
use crate::entropy::Entropy;
use crate::error::{NotebookError, Result};
use data_encoding::BASE64URL_NOPAD;
use domain::alias::AliasWords;
use domain::ids::ProgrammeId;
use domain::sync::chain::Bytes;
use domain::sync::enrol::{DeviceKeys, Invitation, fingerprint_words};
use serde::{Deserialize, Serialize};
use std::fmt;
use zeroize::ZeroizeOnDrop;

/// How the text of a QR begins.
const SCHEME: &str = "uscita:";
/// The alphabet of typed codes: no I, L, O and U.
const CROCKFORD: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// Characters of a typed code: 50 bits.
const TYPED_CHARACTERS: usize = 10;
/// Bytes of the secret in a QR.
const QR_SECRET_BYTES: usize = 16;

/// How the code reaches the new device.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CodeForm {
    /// Photographed: 128 bits, with address and admin key.
    Qr,
    /// Read aloud and typed: ten characters; the six words settle the rest.
    Typed,
}

/// A one-time secret `x`. `Debug` shows nothing.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, ZeroizeOnDrop)]
pub struct CodeSecret(Vec<u8>);

impl CodeSecret {
    /// A new secret of the right strength.
    ///
    /// # Errors
    /// If there is no randomness.
    pub fn generate(form: CodeForm, entropy: &mut Entropy) -> Result<Self> {
        let secret = match form {
            CodeForm::Qr => entropy.bytes::<QR_SECRET_BYTES>()?.to_vec(),
            CodeForm::Typed => {
                let letters = entropy
                    .bytes::<TYPED_CHARACTERS>()?
                    .map(|byte| CROCKFORD.get(usize::from(byte % 32)).copied().unwrap_or(b'0'));
                letters.to_vec()
            }
        };
        Ok(Self(secret))
    }

    /// The bytes.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    /// The characters of a typed code, `K7M2P-9QX4T`; nothing for a secret that is not typed.
    #[must_use]
    pub fn spoken(&self) -> Option<String> {
        let text = std::str::from_utf8(&self.0).ok().filter(|text| text.len() == TYPED_CHARACTERS)?;
        let (first, second) = text.split_at_checked(TYPED_CHARACTERS / 2)?;
        Some(format!("{first}-{second}"))
    }
}

impl fmt::Debug for CodeSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("CodeSecret")
    }
}

/// The inside of a QR.
#[derive(Serialize, Deserialize)]
struct QrText {
    server: String,
    programme: ProgrammeId,
    admin_key: Bytes,
    secret: Bytes,
}

/// What the person at the new device entered, read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invited {
    /// Where the server is.
    pub server: ServerAddress,
    /// The one-time secret.
    pub secret: CodeSecret,
    /// Programme and admin key, if they came in the QR. Otherwise the first manifest names them, and the six words
    /// tell whether it was the right one.
    pub pinned: Option<(ProgrammeId, Bytes)>,
}

impl Invited {
    /// Reads what was entered: the text of a QR (then the address may be empty), or ten characters and an address.
    /// O is read as 0, I and L as 1; spaces and hyphens do not count.
    ///
    /// # Errors
    /// [`NotebookError::BadInvitation`].
    pub fn read(server: &str, code: &str) -> Result<Self> {
        let code = code.trim();
        if let Some(encoded) = code.strip_prefix(SCHEME) {
            let bytes = BASE64URL_NOPAD.decode(encoded.as_bytes()).map_err(|_| NotebookError::BadInvitation)?;
            let qr: QrText = serde_json::from_slice(&bytes).map_err(|_| NotebookError::BadInvitation)?;
            if qr.secret.0.len() != QR_SECRET_BYTES || qr.admin_key.0.len() != 32 {
                return Err(NotebookError::BadInvitation);
            }
            return Ok(Self {
                server: ServerAddress::parse(&qr.server)?,
                secret: CodeSecret(qr.secret.0),
                pinned: Some((qr.programme, qr.admin_key)),
            });
        }
        let server = ServerAddress::parse(server).map_err(|_| NotebookError::BadInvitation)?;
        Ok(Self { server, secret: typed(code)?, pinned: None })
    }
}

fn typed(code: &str) -> Result<CodeSecret> {
    let letters: Vec<u8> = code
        .chars()
        .filter(|letter| !letter.is_whitespace() && *letter != '-')
        .map(|letter| match letter.to_ascii_uppercase() {
            'O' => '0',
            'I' | 'L' => '1',
            other => other,
        })
        .map(|letter| u8::try_from(letter).ok().filter(|byte| CROCKFORD.contains(byte)))
        .collect::<Option<_>>()
        .ok_or(NotebookError::BadInvitation)?;
    if letters.len() == TYPED_CHARACTERS { Ok(CodeSecret(letters)) } else { Err(NotebookError::BadInvitation) }
}

/// The text for the QR.
///
/// # Errors
/// [`NotebookError::Internal`] if it cannot be written.
pub fn qr_text(invitation: &Invitation, secret: &CodeSecret) -> Result<String> {
    let text = QrText {
        server: invitation.server.clone(),
        programme: invitation.programme,
        admin_key: invitation.admin_key.clone(),
        secret: Bytes(secret.as_bytes().to_vec()),
    };
    let json = serde_json::to_vec(&text).map_err(|_| NotebookError::Internal("invitation"))?;
    Ok(format!("{SCHEME}{}", BASE64URL_NOPAD.encode(&json)))
}

/// The six words both sides compare.
#[must_use]
pub fn six_words(keys: &DeviceKeys, admin_key: &[u8]) -> Vec<String> {
    let list = AliasWords::italian();
    let words: Vec<&str> = list.iter().collect();
    fingerprint_words(keys, admin_key, &words).into_iter().map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn invitation() -> Invitation {
        Invitation {
            server: "http://127.0.0.1:4100".into(),
            programme: ProgrammeId(Uuid::from_u128(5)),
            admin_key: Bytes(vec![9; 32]),
        }
    }

    #[test]
    fn reads_back_what_the_desk_shows() {
        let mut entropy = Entropy::seeded_for_simulation(1);
        let qr = CodeSecret::generate(CodeForm::Qr, &mut entropy).unwrap();
        let read = Invited::read("", &qr_text(&invitation(), &qr).unwrap()).unwrap();
        assert_eq!((read.secret, read.server.as_str()), (qr.clone(), "http://127.0.0.1:4100"));
        assert_eq!(read.pinned, Some((invitation().programme, invitation().admin_key)));
        assert_eq!(qr.spoken(), None);

        let by_hand = CodeSecret::generate(CodeForm::Typed, &mut entropy).unwrap();
        let read = Invited::read("example.org", &by_hand.spoken().unwrap().to_lowercase()).unwrap();
        assert_eq!((read.secret, read.pinned), (by_hand, None));
    }

    #[test]
    fn forgives_what_people_confuse_and_nothing_else() {
        let read = |code: &str| Invited::read("example.org", code).map(|read| read.secret.spoken());
        assert_eq!(read("k7m2p 9qx4t"), Ok(Some("K7M2P-9QX4T".into())));
        assert_eq!(read("OIL00-00000"), Ok(Some("01100-00000".into())));
        for wrong in ["", "K7M2P-9QX4", "K7M2P-9QX4TT", "K7M2P-9QX4U", "K7M2P-9QX4È", "uscita:", "uscita:e30"] {
            assert_eq!(read(wrong), Err(NotebookError::BadInvitation), "{wrong}");
        }
        assert!(Invited::read("http://example.org", "K7M2P-9QX4T").is_err(), "plain HTTP to another machine");
    }

    #[test]
    fn shows_six_words() {
        let keys = DeviceKeys {
            device: domain::ids::DeviceId(Uuid::from_u128(1)),
            signing_key: Bytes(vec![1; 32]),
            recipient: "age1x".into(),
        };
        assert_eq!(six_words(&keys, &[1; 32]).len(), 6);
    }
}
