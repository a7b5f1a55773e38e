//! A device with its log, and what it sends.

use anyhow::{Result, anyhow};
use chrono::{DateTime, NaiveDate, Utc};
use data_encoding::{BASE64URL_NOPAD, HEXLOWER};
use domain::sync::auth::{CREATED_HEADER, DEVICE_HEADER, NONCE_HEADER, SIGNATURE_HEADER, request_message};
use domain::sync::chain::{Bytes, Digest, genesis, head_message, link};
use domain::sync::manifest::{DeviceStatus, ManifestDevice, Role};
use domain::sync::push::{Batch, SealedOperation};
use domain::sync::receipt::{Receipt, SignedReceipt};
use domain::sync::version::CURRENT;
use domain::sync::{DeviceId, Stream, UnitId};
use ring::rand::{SecureRandom, SystemRandom};
use ring::signature::{Ed25519KeyPair, KeyPair};
use uuid::Uuid;

/// The unit that a device of the desk names.
const DESK: &str = "desk";
/// As long as a real one.
const RECIPIENT: &str = "age1qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqq";

/// A device. Its log knows every chain value it ever had.
pub struct Device {
    /// Which.
    pub id: DeviceId,
    /// Its unit; none at the desk.
    pub unit: Option<UnitId>,
    /// What it may do.
    pub role: Role,
    key: Ed25519KeyPair,
    // The chain value before the first operation, and after each.
    heads: Vec<Digest>,
}

impl std::fmt::Debug for Device {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:?}", self.id)
    }
}

impl Device {
    /// A new one with an empty log.
    ///
    /// # Errors
    /// The system gives no randomness.
    pub fn new(role: Role, unit: Option<UnitId>) -> Result<Self> {
        let id = DeviceId(Uuid::new_v4());
        Ok(Self { id, unit, role, key: new_key()?, heads: vec![genesis(id)] })
    }

    /// Operations in its log.
    #[must_use]
    pub fn len(&self) -> u64 {
        self.heads.len() as u64 - 1
    }

    /// Whether nothing was ever saved.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The chain value after so many operations.
    #[must_use]
    pub fn head_at(&self, sequence: u64) -> Option<Digest> {
        self.heads.get(usize::try_from(sequence).ok()?).copied()
    }

    /// Saves operations and signs them as a batch.
    pub fn batch(&mut self, contents: Vec<(Stream, Vec<u8>)>) -> Batch {
        let previous = self.head();
        let operations = contents.into_iter().map(|(stream, sealed)| self.save(stream, sealed)).collect();
        let unit = self.unit.clone().unwrap_or_else(|| UnitId::new(DESK));
        Batch { version: CURRENT, unit, device: self.id, previous, operations, head: self.head() }
    }

    fn save(&mut self, stream: Stream, sealed: Vec<u8>) -> SealedOperation {
        let sequence = self.len() + 1;
        let head = link(self.head(), sequence, stream, Digest::of(&sealed));
        self.heads.push(head);
        let signature = self.key.sign(&head_message(self.id, sequence, head));
        SealedOperation { sequence, stream, sealed: Bytes(sealed), signature: Bytes(signature.as_ref().to_vec()) }
    }

    fn head(&self) -> Digest {
        self.heads.last().copied().unwrap_or_else(|| genesis(self.id))
    }

    /// A request with its signature in the headers, as it goes over the wire.
    ///
    /// # Errors
    /// The system gives no randomness.
    pub fn signed(&self, method: &str, target: &str, body: &[u8], now: DateTime<Utc>) -> Result<Vec<u8>> {
        let (nonce, created) = (*Uuid::new_v4().as_bytes(), now.timestamp());
        let signature = self.key.sign(&request_message(method, target, body, self.id, created, &nonce));
        let headers = format!(
            "{DEVICE_HEADER}: {}\r\n{CREATED_HEADER}: {created}\r\n{NONCE_HEADER}: {}\r\n{SIGNATURE_HEADER}: {}\r\n",
            self.id,
            HEXLOWER.encode(&nonce),
            BASE64URL_NOPAD.encode(signature.as_ref()),
        );
        Ok(request(method, target, &headers, body))
    }

    /// Its line in the manifest.
    #[must_use]
    pub fn entry(&self, enrolled_on: NaiveDate) -> ManifestDevice {
        ManifestDevice {
            id: self.id,
            unit: self.unit.clone(),
            role: self.role,
            signing_key: Bytes(self.key.public_key().as_ref().to_vec()),
            recipient: RECIPIENT.to_owned(),
            status: DeviceStatus::Active,
            enrolled_on,
            wipe_order: None,
            vouched: Vec::new(),
        }
    }

    /// Opens a receipt, and compares it with this log. How many operations it confirms.
    ///
    /// # Errors
    /// It is not the server's, or states something else than this log.
    pub fn confirmed(&self, body: &[u8], server_key: &Bytes) -> Result<Receipt> {
        let signed: SignedReceipt = serde_json::from_slice(body)?;
        let receipt = signed.verify(&server_key.0).map_err(|fault| anyhow!("{fault}"))?;
        let ours = self.head_at(receipt.stored);
        if receipt.device != self.id || ours != Some(receipt.head) || !receipt.refused.is_empty() {
            return Err(anyhow!("the receipt over {} operations is not that of this log", receipt.stored));
        }
        Ok(receipt)
    }
}

/// A new Ed25519 key.
pub(crate) fn new_key() -> Result<Ed25519KeyPair> {
    let document = Ed25519KeyPair::generate_pkcs8(&SystemRandom::new()).map_err(|_| anyhow!("no randomness"))?;
    Ed25519KeyPair::from_pkcs8(document.as_ref()).map_err(|_| anyhow!("no key"))
}

/// So many bytes as they could come from sealing.
///
/// # Errors
/// The system gives no randomness.
pub fn sealed(bytes: usize) -> Result<Vec<u8>> {
    let mut sealed = vec![0; bytes];
    SystemRandom::new().fill(&mut sealed).map_err(|_| anyhow!("no randomness"))?;
    Ok(sealed)
}

/// `POST /v1/batches` as it goes over the wire.
///
/// # Errors
/// The batch cannot be written as JSON.
pub fn push(batch: &Batch) -> Result<Vec<u8>> {
    Ok(request("POST", "/v1/batches", "", &serde_json::to_vec(batch)?))
}

/// Any request as it goes over the wire. `headers` end with a line break, if there are any.
#[must_use]
pub fn request(method: &str, target: &str, headers: &str, body: &[u8]) -> Vec<u8> {
    let kind = if body.is_empty() { "" } else { "content-type: application/json\r\n" };
    let head =
        format!("{method} {target} HTTP/1.1\r\nhost: uscita\r\n{kind}content-length: {}\r\n{headers}\r\n", body.len());
    [head.as_bytes(), body].concat()
}
