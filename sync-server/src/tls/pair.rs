//! A certificate with its key, checked before it is used.

use super::TlsFiles;
use crate::fault::StartFault;
use chrono::{DateTime, Utc};
use data_encoding::BASE64URL_NOPAD;
use ring::digest::{SHA256, digest};
use rustls::ServerConfig;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use std::sync::Arc;
use x509_parser::prelude::{FromDer, X509Certificate};

/// A sound pair.
pub struct Pair {
    chain: Vec<CertificateDer<'static>>,
    key: PrivateKeyDer<'static>,
    /// When the first certificate begins to count.
    pub valid_from: DateTime<Utc>,
    /// When the first certificate expires.
    pub expires_at: DateTime<Utc>,
    /// SHA-256 over the public key (`SubjectPublicKeyInfo`) of each certificate, base64url, as in RFC 7469.
    pub pins: Vec<String>,
}

impl Pair {
    /// Reads certificate chain and key; that they belong together is checked.
    ///
    /// # Errors
    /// [`StartFault::TlsInvalid`], [`StartFault::TlsMismatch`].
    pub fn read(files: &TlsFiles, certificate: &[u8], key: &[u8]) -> Result<Self, StartFault> {
        let broken_certificate = || StartFault::TlsInvalid { path: files.certificate.clone() };
        let chain: Vec<CertificateDer<'static>> =
            CertificateDer::pem_slice_iter(certificate).collect::<Result<_, _>>().map_err(|_| broken_certificate())?;
        let key = PrivateKeyDer::from_pem_slice(key).map_err(|_| StartFault::TlsInvalid { path: files.key.clone() })?;
        let parsed: Vec<X509Certificate<'_>> = chain
            .iter()
            .map(|der| X509Certificate::from_der(der).map(|(_, parsed)| parsed))
            .collect::<Result<_, _>>()
            .map_err(|_| broken_certificate())?;
        let pins = parsed.iter().map(|parsed| pin(parsed.public_key().raw)).collect();
        let first = parsed.first().ok_or_else(broken_certificate)?;
        let at = |seconds| DateTime::from_timestamp(seconds, 0).ok_or_else(broken_certificate);
        let valid_from = at(first.validity().not_before.timestamp())?;
        let expires_at = at(first.validity().not_after.timestamp())?;
        let pair = Self { chain, key, valid_from, expires_at, pins };
        match pair.config() {
            Ok(_) => Ok(pair),
            Err(rustls::Error::InconsistentKeys(_)) => Err(StartFault::TlsMismatch),
            Err(_) => Err(StartFault::TlsInvalid { path: files.key.clone() }),
        }
    }

    /// The pair, if it counts already.
    ///
    /// # Errors
    /// [`StartFault::TlsNotYet`].
    pub fn begun(self, now: DateTime<Utc>) -> Result<Self, StartFault> {
        if self.valid_from > now { Err(StartFault::TlsNotYet { on: self.valid_from.date_naive() }) } else { Ok(self) }
    }

    /// For a listener, with when it expires.
    ///
    /// # Errors
    /// [`StartFault::TlsMismatch`]; not after [`Pair::read`].
    pub fn into_config(self) -> Result<(Arc<ServerConfig>, DateTime<Utc>), StartFault> {
        self.config().map(|config| (Arc::new(config), self.expires_at)).map_err(|_| StartFault::TlsMismatch)
    }

    fn config(&self) -> Result<ServerConfig, rustls::Error> {
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        ServerConfig::builder_with_provider(provider)
            .with_protocol_versions(&[&rustls::version::TLS13])?
            .with_no_client_auth()
            .with_single_cert(self.chain.clone(), self.key.clone_key())
    }
}

/// The pin of a public key: SHA-256 over its DER, base64url without padding, 43 characters.
#[must_use]
pub fn pin(public_key: &[u8]) -> String {
    BASE64URL_NOPAD.encode(digest(&SHA256, public_key).as_ref())
}
