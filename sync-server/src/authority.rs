//! A private certificate authority for a programme without a public name: made once, in a folder beside the settings.
//!
//! | file | what | where it should live |
//! |---|---|---|
//! | `ca.pem` | the authority's certificate, 20 years | here |
//! | `ca-key.pem` | its key, to renew | here, or off this machine until the next renewal |
//! | `spare-key.pem` | the key of the authority after this one; phones hold its pin already | off this machine |
//! | `server.pem` | the server's certificate, two years, with the authority's behind it | here |
//! | `server-key.pem` | its key | here |
//!
//! Phones pin the authority's public key and the spare one. A renewal keeps all keys and only makes `server.pem` anew.

use crate::fault::StartFault;
use crate::tls::{TlsFiles, inspect, pin};
use chrono::{DateTime, Datelike, Duration, Utc};
use rcgen::{
    BasicConstraints, CertificateParams, DnType, ExtendedKeyUsagePurpose, IsCa, Issuer, KeyPair, KeyUsagePurpose,
    PublicKeyData, date_time_ymd,
};
use std::fs::{DirBuilder, File, OpenOptions};
use std::io::{ErrorKind, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::Path;

/// Phones with a slow clock must not find a certificate of the future.
const BEFORE: Duration = Duration::days(30);
const AUTHORITY_LIFE: Duration = Duration::days(20 * 365);
const SERVER_LIFE: Duration = Duration::days(730);

const CA: &str = "ca.pem";
const CA_KEY: &str = "ca-key.pem";
const SPARE_KEY: &str = "spare-key.pem";
const SERVER: &str = "server.pem";
const SERVER_KEY: &str = "server-key.pem";

/// A certificate with its key, and what phones must know of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Issued {
    /// For the settings.
    pub files: TlsFiles,
    /// Pins of the authority and of the spare key, in this order.
    pub pins: Vec<String>,
    /// When the server's certificate expires.
    pub expires_at: DateTime<Utc>,
}

/// Makes what is missing in `folder` and a new certificate for these names (host names or addresses). Keys that are
/// there stay.
///
/// # Errors
/// [`StartFault::NameInvalid`], [`StartFault::TlsInvalid`] for a key or an authority that cannot be read,
/// [`StartFault::DataUnwritable`], [`StartFault::DiskFull`], [`StartFault::NoRandomness`].
pub fn issue(folder: &Path, names: &[String], now: DateTime<Utc>) -> Result<Issued, StartFault> {
    DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(folder)
        .map_err(|error| StartFault::of_directory(folder, error))?;
    let server = server_parameters(names, now)?;
    let is_new = find(folder, CA)?.is_none();
    let ca_key = key(folder, CA_KEY)?;
    let mut pins = vec![pin(&ca_key.subject_public_key_info())];
    let ca = if is_new { make_authority(folder, &ca_key, now)? } else { text(folder, CA)? };
    let broken = || StartFault::TlsInvalid { path: folder.join(CA) };
    if pin_of(&ca).as_ref() != pins.first() {
        return Err(broken());
    }
    // Once the spare key has been taken away it is not made again: phones know the pin of the first.
    if is_new || find(folder, SPARE_KEY)?.is_some() {
        pins.push(pin(&key(folder, SPARE_KEY)?.subject_public_key_info()));
    }
    let server_key = key(folder, SERVER_KEY)?;
    let issuer = Issuer::from_ca_cert_pem(&ca, &ca_key).map_err(|_| broken())?;
    let certificate = server.signed_by(&server_key, &issuer).map_err(|_| broken())?;
    write(folder, SERVER, &format!("{}{ca}", certificate.pem()), 0o644)?;
    let files = TlsFiles { certificate: folder.join(SERVER), key: folder.join(SERVER_KEY) };
    let (expires_at, _) = inspect(&files)?;
    Ok(Issued { files, pins, expires_at })
}

fn server_parameters(names: &[String], now: DateTime<Utc>) -> Result<CertificateParams, StartFault> {
    let invalid = || StartFault::NameInvalid { names: names.join(", ") };
    let first = names.first().ok_or_else(invalid)?;
    let is_name = |name: &String| {
        !name.is_empty() && name.chars().all(|letter| letter.is_ascii_alphanumeric() || ".-:".contains(letter))
    };
    if !names.iter().all(is_name) {
        return Err(invalid());
    }
    let mut server = CertificateParams::new(names.to_vec()).map_err(|_| invalid())?;
    server.distinguished_name.push(DnType::CommonName, first.as_str());
    limit(&mut server, now, SERVER_LIFE);
    server.key_usages = vec![KeyUsagePurpose::DigitalSignature];
    server.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
    server.use_authority_key_identifier_extension = true;
    Ok(server)
}

fn make_authority(folder: &Path, key: &KeyPair, now: DateTime<Utc>) -> Result<String, StartFault> {
    let mut authority = CertificateParams::default();
    authority.distinguished_name.push(DnType::CommonName, "Uscita private authority");
    limit(&mut authority, now, AUTHORITY_LIFE);
    authority.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
    authority.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
    let certificate = authority.self_signed(key).map_err(|_| StartFault::NoRandomness)?;
    write(folder, CA, &certificate.pem(), 0o644)?;
    Ok(certificate.pem())
}

/// The key of this name, made if there is none.
fn key(folder: &Path, name: &str) -> Result<KeyPair, StartFault> {
    if let Some(pem) = find(folder, name)? {
        return KeyPair::from_pem(&pem).map_err(|_| StartFault::TlsInvalid { path: folder.join(name) });
    }
    let key = KeyPair::generate().map_err(|_| StartFault::NoRandomness)?;
    write(folder, name, &key.serialize_pem(), 0o600)?;
    Ok(key)
}

fn text(folder: &Path, name: &str) -> Result<String, StartFault> {
    find(folder, name)?.ok_or_else(|| StartFault::TlsInvalid { path: folder.join(name) })
}

fn find(folder: &Path, name: &str) -> Result<Option<String>, StartFault> {
    match std::fs::read_to_string(folder.join(name)) {
        Ok(text) => Ok(Some(text)),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) if error.kind() == ErrorKind::InvalidData => Err(StartFault::TlsInvalid { path: folder.join(name) }),
        Err(error) => Err(StartFault::of_directory(folder, error)),
    }
}

/// Either the whole file is there afterwards or what was there before.
fn write(folder: &Path, name: &str, text: &str, mode: u32) -> Result<(), StartFault> {
    let unfinished = folder.join(format!("{name}.new"));
    let attempt = || {
        let mut file = OpenOptions::new().write(true).create(true).truncate(true).mode(mode).open(&unfinished)?;
        file.write_all(text.as_bytes())?;
        file.sync_all()?;
        std::fs::rename(&unfinished, folder.join(name))?;
        File::open(folder)?.sync_all()
    };
    attempt().map_err(|error| StartFault::of_directory(folder, error))
}

/// Whole days: from a month ago, for as long as `life` from now.
fn limit(certificate: &mut CertificateParams, now: DateTime<Utc>, life: Duration) {
    let (from, until) = ((now - BEFORE).date_naive(), (now + life).date_naive());
    // Months and days of a calendar fit.
    let part = |number: u32| u8::try_from(number).unwrap_or(1);
    certificate.not_before = date_time_ymd(from.year(), part(from.month()), part(from.day()));
    certificate.not_after = date_time_ymd(until.year(), part(until.month()), part(until.day()));
}

/// The pin of a certificate in PEM.
fn pin_of(pem: &str) -> Option<String> {
    let (_, block) = x509_parser::pem::parse_x509_pem(pem.as_bytes()).ok()?;
    let certificate = block.parse_x509().ok()?;
    Some(pin(certificate.public_key().raw))
}

#[cfg(test)]
mod tests;
