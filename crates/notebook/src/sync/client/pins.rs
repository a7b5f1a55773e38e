//! Pins of a server: the public keys one of which must vouch for it, given in person with the address.
//!
//! A pin is SHA-256 over a `SubjectPublicKeyInfo` (RFC 7469), base64url. Without pins the embedded web roots decide. With
//! pins, either an authority of the chain is pinned and signs the path, or the server's own key is pinned and the web
//! roots vouch for its certificate. Path, name and dates are checked either way.

use crate::error::{NotebookError, Result};
use data_encoding::BASE64URL_NOPAD;
use ring::digest::{SHA256, digest};
use rustls::client::WebPkiServerVerifier;
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::client::{verify_server_cert_signed_by_trust_anchor, verify_server_name};
use rustls::crypto::CryptoProvider;
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::server::ParsedCertificate;
use rustls::{CertificateError, ClientConfig, DigitallySignedStruct, Error, RootCertStore, SignatureScheme};
use std::sync::Arc;

/// How a fragment with pins begins: `https://host#sha256=PIN,PIN`.
const FORM: &str = "sha256=";
/// The current ones and those of the next keys.
const MOST: usize = 4;

/// The pins of one server; none for a server with a public certificate and nothing more.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pins(Vec<[u8; 32]>);

impl Pins {
    /// Reads the fragment of an address.
    ///
    /// # Errors
    /// [`NotebookError::BadInvitation`] for anything but one to four pins.
    pub fn read(fragment: Option<&str>) -> Result<Self> {
        let Some(fragment) = fragment else { return Ok(Self::default()) };
        let listed = fragment.strip_prefix(FORM).ok_or(NotebookError::BadInvitation)?;
        let pins: Vec<[u8; 32]> = listed
            .split(',')
            .map(|pin| BASE64URL_NOPAD.decode(pin.as_bytes()).ok().and_then(|bytes| bytes.try_into().ok()))
            .collect::<Option<_>>()
            .ok_or(NotebookError::BadInvitation)?;
        if pins.len() > MOST { Err(NotebookError::BadInvitation) } else { Ok(Self(pins)) }
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    fn hold(&self, certificate: &CertificateDer<'_>) -> bool {
        webpki::EndEntityCert::try_from(certificate).is_ok_and(|parsed| {
            let key = parsed.subject_public_key_info();
            let found = digest(&SHA256, &key);
            self.0.iter().any(|pin| pin == found.as_ref())
        })
    }
}

/// TLS 1.3 with trust in `roots`, narrowed by pins.
///
/// # Errors
/// [`NotebookError::Internal`] if the TLS library cannot be set up.
pub fn tls_config(pins: &Pins, roots: RootCertStore) -> Result<ClientConfig> {
    let failed = || NotebookError::Internal("tls");
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let builder = ClientConfig::builder_with_provider(Arc::clone(&provider))
        .with_protocol_versions(&[&rustls::version::TLS13])
        .map_err(|_| failed())?;
    if pins.is_empty() {
        return Ok(builder.with_root_certificates(roots).with_no_client_auth());
    }
    let web = WebPkiServerVerifier::builder_with_provider(Arc::new(roots), Arc::clone(&provider))
        .build()
        .map_err(|_| failed())?;
    let verifier = Arc::new(PinnedVerifier { pins: pins.clone(), web, provider });
    Ok(builder.dangerous().with_custom_certificate_verifier(verifier).with_no_client_auth())
}

/// Accepts nobody whom the web roots would refuse, unless a pinned authority vouches.
#[derive(Debug)]
struct PinnedVerifier {
    pins: Pins,
    web: Arc<WebPkiServerVerifier>,
    provider: Arc<CryptoProvider>,
}

impl PinnedVerifier {
    /// Whether an authority of the chain that is pinned signs the path. Merely being sent along counts for nothing.
    fn verify_authority(
        &self,
        certificate: &CertificateDer<'_>,
        chain: &[CertificateDer<'_>],
        name: &ServerName<'_>,
        now: UnixTime,
    ) -> std::result::Result<(), Error> {
        let mut pinned = RootCertStore::empty();
        for authority in chain.iter().filter(|sent| self.pins.hold(sent)) {
            pinned.add(authority.clone().into_owned())?;
        }
        let parsed = ParsedCertificate::try_from(certificate)?;
        let algorithms = self.provider.signature_verification_algorithms.all;
        verify_server_cert_signed_by_trust_anchor(&parsed, &pinned, chain, now, algorithms)?;
        verify_server_name(&parsed, name)
    }
}

impl ServerCertVerifier for PinnedVerifier {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        server_name: &ServerName<'_>,
        ocsp_response: &[u8],
        now: UnixTime,
    ) -> std::result::Result<ServerCertVerified, Error> {
        match self.verify_authority(end_entity, intermediates, server_name, now) {
            Ok(()) => Ok(ServerCertVerified::assertion()),
            Err(_) if self.pins.hold(end_entity) => {
                self.web.verify_server_cert(end_entity, intermediates, server_name, ocsp_response, now)
            }
            Err(Error::InvalidCertificate(why)) => Err(Error::InvalidCertificate(why)),
            Err(_) => Err(Error::InvalidCertificate(CertificateError::ApplicationVerificationFailure)),
        }
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> std::result::Result<HandshakeSignatureValid, Error> {
        self.web.verify_tls12_signature(message, certificate, signed)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> std::result::Result<HandshakeSignatureValid, Error> {
        self.web.verify_tls13_signature(message, certificate, signed)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.web.supported_verify_schemes()
    }
}

#[cfg(test)]
mod tests;
