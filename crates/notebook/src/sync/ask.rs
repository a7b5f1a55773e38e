//! One signed question outside of a round: what the admin's desk and an enrolling device ask.

use super::fault::Fault;
use super::visit::sign;
use super::wire::{Answer, Call, Method, Reply, Transport, WireRequest, read};
use crate::crypto::identity::DeviceIdentity;
use crate::entropy::{Entropy, Moment};
use crate::error::{NotebookError, Result};
use chrono::{DateTime, Utc};
use domain::sync::auth::RequestSignature;
use domain::sync::error::{RefusalCode, Refused};
use domain::sync::receipt::ReceiptFault;
use serde::Serialize;
use serde::de::DeserializeOwned;

impl From<Fault> for NotebookError {
    fn from(fault: Fault) -> Self {
        match fault {
            Fault::Unreachable | Fault::Garbled => Self::Unreachable,
            Fault::CaptivePortal => Self::CaptivePortal,
            Fault::Certificate => Self::ServerIdentity,
            Fault::Forged => Self::BadReceipt(ReceiptFault::Signature),
        }
    }
}

/// Asks in the device's name. When the server says that the clock is off, its time is taken once.
pub(super) fn ask_signed<T: DeserializeOwned>(
    identity: &DeviceIdentity,
    entropy: &mut Entropy,
    transport: &dyn Transport,
    method: Method,
    path: &str,
    body: Vec<u8>,
    moment: Moment,
) -> Result<T> {
    ask_with(transport, method, path, body, moment.now, |request, at| Ok(sign(identity, request, at, entropy.bytes()?)))
}

/// As [`ask_signed`], for whoever holds the device's keys only for a moment.
pub(crate) fn ask_with<T: DeserializeOwned>(
    transport: &dyn Transport,
    method: Method,
    path: &str,
    body: Vec<u8>,
    now: DateTime<Utc>,
    mut sign: impl FnMut(&WireRequest, DateTime<Utc>) -> Result<RequestSignature>,
) -> Result<T> {
    let mut request = WireRequest::new(method, path, body);
    request.signature = Some(sign(&request, now)?);
    match understand(&transport.exchange(&request)?) {
        Err(NotebookError::Refused(RefusalCode::ClockOff)) => {
            let server_time = server_time(transport)?;
            request.signature = Some(sign(&request, server_time)?);
            understand(&transport.exchange(&request)?)
        }
        answer => answer,
    }
}

/// What an answer says, or the refusal as an error. An answer without content reads as `null`.
pub(super) fn understand<T: DeserializeOwned>(reply: &Reply) -> Result<T> {
    let garbled = |_| NotebookError::Unreachable;
    match reply.status {
        202 | 204 if reply.body.is_empty() => serde_json::from_slice(b"null").map_err(garbled),
        200..=299 if reply.json => serde_json::from_slice(&reply.body).map_err(garbled),
        200..=399 | 511 => Err(NotebookError::CaptivePortal),
        _ if reply.json => {
            let refused: Refused = serde_json::from_slice(&reply.body).map_err(garbled)?;
            Err(NotebookError::Refused(refused.code))
        }
        _ => Err(NotebookError::Unreachable),
    }
}

/// The server's clock.
pub(crate) fn server_time(transport: &dyn Transport) -> Result<DateTime<Utc>> {
    let (method, path) = Call::Health.target();
    let reply = transport.exchange(&WireRequest::new(method, path, Vec::new()))?;
    match read(Call::Health, &reply, &[])? {
        Answer::Health(health) => Ok(health.now),
        _ => Err(NotebookError::Unreachable),
    }
}

/// Whether there is a server of ours, and whether it can be believed.
///
/// # Errors
/// What the network says.
pub(crate) fn server_answers(transport: &dyn Transport) -> Result<()> {
    server_time(transport).map(drop)
}

/// A body.
pub(crate) fn json(value: &impl Serialize) -> Result<Vec<u8>> {
    serde_json::to_vec(value).map_err(|_| NotebookError::Internal("request"))
}
