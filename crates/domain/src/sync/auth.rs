//! Signed requests: who asks, and that nobody asks again in their name.
//!
//! Headers: `Uscita-Device`, `Uscita-Created` (seconds since 1970 UTC), `Uscita-Nonce` (32 hex digits),
//! `Uscita-Signature` (base64url). The window is [`WINDOW_SECONDS`] around server time; a phone whose clock is off
//! takes the offset from `GET /v1/health`.

use super::chain::Digest;
use crate::ids::DeviceId;
use ring::signature::{ED25519, UnparsedPublicKey};

/// How far `created` may be from server time.
pub const WINDOW_SECONDS: i64 = 600;
/// Header names, lower case.
pub const DEVICE_HEADER: &str = "uscita-device";
/// When the request was signed.
pub const CREATED_HEADER: &str = "uscita-created";
/// Random, once per request.
pub const NONCE_HEADER: &str = "uscita-nonce";
/// The signature.
pub const SIGNATURE_HEADER: &str = "uscita-signature";

/// The signature of one request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RequestSignature {
    /// Who asks.
    pub device: DeviceId,
    /// Seconds since 1970 UTC.
    pub created: i64,
    /// 16 random bytes.
    pub nonce: [u8; 16],
    /// Ed25519 over [`request_message`]. 64 bytes.
    pub signature: Vec<u8>,
}

/// What is signed: method, path with query, body, time and nonce, each on its own line after a tag.
#[must_use]
pub fn request_message(
    method: &str,
    path: &str,
    body: &[u8],
    device: DeviceId,
    created: i64,
    nonce: &[u8; 16],
) -> Vec<u8> {
    let nonce = data_encoding::HEXLOWER.encode(nonce);
    let body = Digest::of(body);
    format!("uscita/request/1\n{method}\n{path}\n{body}\n{device}\n{created}\n{nonce}").into_bytes()
}

impl RequestSignature {
    /// Whether the signature holds for this request. The time window and the nonce are the server's to check.
    #[must_use]
    pub fn holds(&self, public_key: &[u8], method: &str, path: &str, body: &[u8]) -> bool {
        let message = request_message(method, path, body, self.device, self.created, &self.nonce);
        UnparsedPublicKey::new(&ED25519, public_key).verify(&message, &self.signature).is_ok()
    }
}
