//! Finding out who asks: the signature in the headers, its window, its nonce.

use crate::access::Actor;
use crate::call::Call;
use crate::nonces::Seen;
use crate::refusal::Refusal;
use crate::state::ServerState;
use axum::http::HeaderMap;
use data_encoding::{BASE64URL_NOPAD, HEXLOWER};
use domain::sync::DeviceId;
use domain::sync::auth::{
    CREATED_HEADER, DEVICE_HEADER, NONCE_HEADER, RequestSignature, SIGNATURE_HEADER, WINDOW_SECONDS,
};
use domain::sync::error::RefusalCode;

/// The device that signed a call.
///
/// # Errors
/// `bad_signature`, `unknown_device`, `clock_off`, `replayed`, `too_many`.
pub async fn identify(state: &ServerState, call: &Call) -> Result<Actor, Refusal> {
    let signature = read(&call.headers)?;
    let device = signature.device;
    let known = state.directory().await?.and_then(|directory| directory.find(device).cloned());
    let (actor, key) = match known {
        Some(known) => (Actor::from(&known), known.signing_key.0),
        None => {
            let pending = state.store().pending_key(device).await?;
            let key = pending.ok_or(RefusalCode::UnknownDevice)?;
            (Actor::Enrolling(device), key)
        }
    };
    accept(state, call, &signature, &key).await?;
    Ok(actor)
}

/// Checks a call's signature with a key, then window, rate and nonce.
///
/// # Errors
/// `bad_signature`, `clock_off`, `replayed`, `too_many`.
pub async fn accept(state: &ServerState, call: &Call, signature: &RequestSignature, key: &[u8]) -> Result<(), Refusal> {
    if !signature.holds(key, call.method.as_str(), call.target(), &call.body) {
        return Err(RefusalCode::BadSignature.into());
    }
    let now = state.now();
    if now.timestamp().abs_diff(signature.created) > WINDOW_SECONDS.unsigned_abs() {
        return Err(RefusalCode::ClockOff.into());
    }
    // Before the nonce is remembered: what one device asks too fast takes no room from the others.
    state.rates().take_device(signature.device, now.timestamp_millis())?;
    match state.store().see(signature.device, signature.nonce, now.timestamp()).await? {
        Seen::First => Ok(()),
        Seen::Again => {
            // Anybody who saw the request can repeat it, and must not use up what the device may ask.
            state.rates().give_back(signature.device);
            Err(RefusalCode::Replayed.into())
        }
        Seen::NoRoom => Err(RefusalCode::TooMany.into()),
    }
}

/// The signature in the headers.
///
/// # Errors
/// `bad_signature` when one is missing, doubled or unreadable.
pub fn read(headers: &HeaderMap) -> Result<RequestSignature, Refusal> {
    find(headers).ok_or_else(|| RefusalCode::BadSignature.into())
}

fn find(headers: &HeaderMap) -> Option<RequestSignature> {
    let only = |name: &str| {
        let mut values = headers.get_all(name).iter();
        let value = values.next()?.to_str().ok()?;
        values.next().is_none().then_some(value)
    };
    let nonce = HEXLOWER.decode(only(NONCE_HEADER)?.as_bytes()).ok()?;
    let device: DeviceId = only(DEVICE_HEADER)?.parse().ok()?;
    Some(RequestSignature {
        device,
        created: only(CREATED_HEADER)?.parse().ok()?,
        nonce: nonce.try_into().ok()?,
        signature: BASE64URL_NOPAD.decode(only(SIGNATURE_HEADER)?.as_bytes()).ok()?,
    })
}
