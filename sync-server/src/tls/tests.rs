use super::*;
use crate::authority::issue;
use chrono::TimeZone;
use rcgen::{CertificateParams, KeyPair};

fn now() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 3, 14, 2, 30, 0).unwrap()
}

fn pair(folder: &std::path::Path, at: DateTime<Utc>) -> TlsFiles {
    issue(folder, &["uscita.example.org".to_owned()], at).unwrap().files
}

/// The certificate in use, as the bytes of its acceptor's identity: other pairs have other keys.
fn in_use(tls: &Tls) -> *const ServerConfig {
    Arc::as_ptr(&tls.0.current.read().unwrap().config)
}

#[test]
fn new_pair_is_used_once() {
    let folder = tempfile::tempdir().unwrap();
    let files = pair(folder.path(), now());
    let tls = Tls::load(files.clone(), now()).unwrap();
    let first = in_use(&tls);
    assert_eq!(tls.reload(now(), false).unwrap(), Reloaded::Same);
    let later = now() + chrono::Duration::days(300);
    pair(folder.path(), later);
    assert_eq!(tls.reload(later, false).unwrap(), Reloaded::Replaced);
    assert_ne!(in_use(&tls), first);
    assert!(tls.expires_at() > later + chrono::Duration::days(700));
    assert_eq!(tls.reload(later, false).unwrap(), Reloaded::Same);
}

#[test]
fn unsound_pair_changes_nothing_and_is_told_once() {
    let folder = tempfile::tempdir().unwrap();
    let files = pair(folder.path(), now());
    let tls = Tls::load(files.clone(), now()).unwrap();
    let first = in_use(&tls);
    let sound = (std::fs::read(&files.certificate).unwrap(), std::fs::read(&files.key).unwrap());
    let other = KeyPair::generate().unwrap();
    let expired = {
        let elsewhere = tempfile::tempdir().unwrap();
        let files = pair(elsewhere.path(), now() - chrono::Duration::days(900));
        (std::fs::read(files.certificate).unwrap(), std::fs::read(files.key).unwrap())
    };
    let half = sound.0[..sound.0.len() / 3].to_vec();
    for (certificate, key, code) in [
        (half, sound.1.clone(), "tls_invalid"),
        (Vec::new(), sound.1.clone(), "tls_invalid"),
        (sound.0.clone(), b"-----BEGIN".to_vec(), "tls_invalid"),
        (sound.0.clone(), other.serialize_pem().into_bytes(), "tls_mismatch"),
        (expired.0, expired.1, "tls_expired"),
    ] {
        std::fs::write(&files.certificate, certificate).unwrap();
        std::fs::write(&files.key, key).unwrap();
        assert_eq!(tls.reload(now(), false).unwrap_err().code(), code);
        assert_eq!(tls.reload(now(), false).unwrap(), Reloaded::Same, "{code} is told once");
        assert_eq!(in_use(&tls), first, "{code}");
    }
    std::fs::remove_file(&files.key).unwrap();
    assert_eq!(tls.reload(now(), false).unwrap_err().code(), "tls_unreadable");
    assert_eq!(in_use(&tls), first);
    std::fs::write(&files.certificate, sound.0).unwrap();
    std::fs::write(&files.key, sound.1).unwrap();
    assert_eq!(tls.reload(now(), false).unwrap(), Reloaded::Same, "the pair in use is back");
    std::fs::write(&files.key, "half").unwrap();
    assert_eq!(tls.reload(now(), false).unwrap_err().code(), "tls_invalid", "that is told anew");
}

#[test]
fn who_asks_is_told_again_why_a_pair_is_not_used() {
    let folder = tempfile::tempdir().unwrap();
    let files = pair(folder.path(), now());
    let tls = Tls::load(files.clone(), now()).unwrap();
    assert_eq!(tls.reload(now(), true).unwrap(), Reloaded::Same);
    std::fs::write(&files.key, "half").unwrap();
    assert_eq!(tls.reload(now(), false).unwrap_err().code(), "tls_invalid");
    assert_eq!(tls.reload(now(), true).unwrap_err().code(), "tls_invalid");
}

#[test]
fn pair_that_was_refused_for_the_time_is_used_when_its_time_has_come() {
    let folder = tempfile::tempdir().unwrap();
    let files = pair(folder.path(), now());
    let tls = Tls::load(files, now()).unwrap();
    let first = in_use(&tls);
    let later = now() + chrono::Duration::days(300);
    pair(folder.path(), later);
    assert_eq!(tls.reload(now(), false).unwrap_err().code(), "tls_not_yet");
    assert_eq!(tls.reload(now(), false).unwrap(), Reloaded::Same, "told once");
    assert_eq!(in_use(&tls), first, "phones would refuse the new one");
    assert_eq!(tls.reload(later, false).unwrap(), Reloaded::Replaced);
    assert_ne!(in_use(&tls), first);
}

#[test]
fn start_with_a_pair_of_the_future_is_better_than_none() {
    let folder = tempfile::tempdir().unwrap();
    let files = pair(folder.path(), now());
    assert!(Tls::load(files, now() - chrono::Duration::days(300)).is_ok(), "a clock that is behind at a start");
}

#[test]
fn start_with_an_unsound_pair_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let files = pair(folder.path(), now());
    let late = now() + chrono::Duration::days(800);
    assert_eq!(Tls::load(files.clone(), late).unwrap_err().code(), "tls_expired");
    assert!(inspect(&files).is_ok(), "the doctor still reads it");
    let absent = TlsFiles { certificate: folder.path().join("none"), key: files.key };
    assert_eq!(Tls::load(absent, now()).unwrap_err().code(), "tls_unreadable");
}

#[test]
fn pin_is_the_digest_of_the_public_key() {
    use rcgen::PublicKeyData;
    let folder = tempfile::tempdir().unwrap();
    let key = KeyPair::generate().unwrap();
    let certificate = CertificateParams::new(vec!["x.example".to_owned()]).unwrap().self_signed(&key).unwrap();
    let files = TlsFiles { certificate: folder.path().join("c"), key: folder.path().join("k") };
    std::fs::write(&files.certificate, certificate.pem()).unwrap();
    std::fs::write(&files.key, key.serialize_pem()).unwrap();
    let (_, pins) = inspect(&files).unwrap();
    assert_eq!(pins, [pin(&key.subject_public_key_info())]);
    assert_eq!(pins[0].len(), 43);
}
