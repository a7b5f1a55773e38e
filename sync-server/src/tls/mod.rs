//! TLS from two files: TLS 1.3 only, `rustls` with `ring`.
//!
//! The pair is read again on SIGHUP and when the files change. A pair that cannot be used (half written, mismatched,
//! expired, of the future) changes nothing: the one in use stays, and the log says why. It is tried again at every look:
//! its time may come.

mod pair;

use crate::fault::StartFault;
use crate::state::Clock;
use chrono::{DateTime, Utc};
use pair::Pair;
pub use pair::pin;
use ring::digest::{SHA256, digest};
use rustls::ServerConfig;
use std::path::PathBuf;
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;
use tokio::signal::unix::{Signal, SignalKind, signal};
use tokio_rustls::TlsAcceptor;

/// How often the files are looked at.
pub const LOOK_EVERY: Duration = Duration::from_secs(15);
/// An expiring certificate is warned of from here on.
pub const EXPIRES_SOON: chrono::Duration = chrono::Duration::days(14);

/// Where certificate and key lie, in PEM.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TlsFiles {
    /// The certificate, then those above it up to the authority. Phones look for their pins among these.
    pub certificate: PathBuf,
    /// The private key.
    pub key: PathBuf,
}

/// The pair in use. Clones share it.
#[derive(Clone)]
pub struct Tls(Arc<Inner>);

struct Inner {
    files: TlsFiles,
    current: RwLock<Current>,
}

struct Current {
    config: Arc<ServerConfig>,
    expires_at: DateTime<Utc>,
    /// Of what is in use.
    used: Vec<u8>,
    /// Of what was complained of last.
    refused: Option<Vec<u8>>,
}

/// What reading the files again came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reloaded {
    /// The files are as they were, used or not.
    Same,
    /// The new pair is in use.
    Replaced,
}

impl std::fmt::Debug for Tls {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Tls")
    }
}

impl Tls {
    /// Reads the pair.
    ///
    /// # Errors
    /// [`StartFault::TlsUnreadable`], [`StartFault::TlsInvalid`], [`StartFault::TlsMismatch`],
    /// [`StartFault::TlsExpired`].
    pub fn load(files: TlsFiles, now: DateTime<Utc>) -> Result<Self, StartFault> {
        let read = Read::of(&files)?;
        // A clock may be behind at a start, and there is no other pair: one of the future is used.
        let (config, expires_at) = read.open(&files, now)?.into_config()?;
        let current = Current { config, expires_at, used: read.digest(), refused: None };
        Ok(Self(Arc::new(Inner { files, current: RwLock::new(current) })))
    }

    /// Reads the files again and uses them if they are a sound pair.
    ///
    /// # Errors
    /// As [`Tls::load`], and [`StartFault::TlsNotYet`]; the pair in use stays. Once for each content of the files, and
    /// always to somebody who asked.
    pub fn reload(&self, now: DateTime<Utc>, is_asked: bool) -> Result<Reloaded, StartFault> {
        let read = Read::of(&self.0.files)?;
        let digest = read.digest();
        let mut current = self.0.current.write().unwrap_or_else(PoisonError::into_inner);
        if current.used == digest {
            current.refused = None;
            return Ok(Reloaded::Same);
        }
        match read.open(&self.0.files, now).and_then(|pair| pair.begun(now)?.into_config()) {
            Ok((config, expires_at)) => {
                *current = Current { config, expires_at, used: digest, refused: None };
                Ok(Reloaded::Replaced)
            }
            Err(_) if !is_asked && current.refused.as_ref() == Some(&digest) => Ok(Reloaded::Same),
            Err(fault) => {
                current.refused = Some(digest);
                Err(fault)
            }
        }
    }

    /// When the certificate in use expires.
    #[must_use]
    pub fn expires_at(&self) -> DateTime<Utc> {
        self.0.current.read().unwrap_or_else(PoisonError::into_inner).expires_at
    }

    /// Greets one connection, with the pair in use now.
    #[must_use]
    pub fn acceptor(&self) -> TlsAcceptor {
        let current = self.0.current.read().unwrap_or_else(PoisonError::into_inner);
        TlsAcceptor::from(Arc::clone(&current.config))
    }

    /// Follows the files for as long as the server runs, on SIGHUP at once. Tells `report` when the certificate expires.
    ///
    /// # Errors
    /// When the system gives no signals.
    pub async fn follow(self, clock: Clock, report: impl Fn(DateTime<Utc>) + Send) -> std::io::Result<()> {
        let mut hangup: Signal = signal(SignalKind::hangup())?;
        let mut look = tokio::time::interval(LOOK_EVERY);
        let mut warned_on = None;
        loop {
            let is_asked = tokio::select! {
                _ = look.tick() => false,
                _ = hangup.recv() => true,
            };
            let now = clock();
            match self.reload(now, is_asked) {
                Ok(Reloaded::Replaced) => tracing::info!("the new TLS certificate is in use"),
                Ok(Reloaded::Same) if is_asked => tracing::info!("the TLS certificate is as it was"),
                Ok(Reloaded::Same) => {}
                Err(fault) => {
                    tracing::error!(code = fault.code(), "the TLS files cannot be used, the pair in use stays")
                }
            }
            let expires_at = self.expires_at();
            report(expires_at);
            // Once a day.
            if warned_on != Some(now.date_naive()) && expires_at - now < EXPIRES_SOON {
                warned_on = Some(now.date_naive());
                if expires_at <= now {
                    tracing::error!(code = "tls_expired", "the TLS certificate has expired: phones refuse it");
                } else {
                    let days = (expires_at - now).num_days();
                    tracing::warn!(code = "tls_expiring", days, "the TLS certificate expires soon");
                }
            }
        }
    }
}

/// The two files, read.
struct Read {
    certificate: Vec<u8>,
    key: Vec<u8>,
}

impl Read {
    fn of(files: &TlsFiles) -> Result<Self, StartFault> {
        let read = |path: &PathBuf| {
            std::fs::read(path).map_err(|source| StartFault::TlsUnreadable { path: path.clone(), source })
        };
        Ok(Self { certificate: read(&files.certificate)?, key: read(&files.key)? })
    }

    fn digest(&self) -> Vec<u8> {
        [digest(&SHA256, &self.certificate).as_ref(), digest(&SHA256, &self.key).as_ref()].concat()
    }

    fn open(&self, files: &TlsFiles, now: DateTime<Utc>) -> Result<Pair, StartFault> {
        let pair = Pair::read(files, &self.certificate, &self.key)?;
        if pair.expires_at <= now {
            return Err(StartFault::TlsExpired { on: pair.expires_at.date_naive() });
        }
        Ok(pair)
    }
}

/// Reads the pair for the operator: when it expires, and the pins that phones may hold.
///
/// # Errors
/// As [`Tls::load`], but an expired pair is read too.
pub fn inspect(files: &TlsFiles) -> Result<(DateTime<Utc>, Vec<String>), StartFault> {
    let read = Read::of(files)?;
    let pair = Pair::read(files, &read.certificate, &read.key)?;
    Ok((pair.expires_at, pair.pins))
}

#[cfg(test)]
mod tests;
