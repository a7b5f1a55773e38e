use super::*;
use chrono::TimeZone;
use std::os::unix::fs::PermissionsExt;

fn now() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 3, 14, 2, 30, 0).unwrap()
}

fn names(names: &[&str]) -> Vec<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

#[test]
fn renewal_keeps_all_keys_and_pins() {
    let folder = tempfile::tempdir().unwrap();
    let first = issue(folder.path(), &names(&["uscita.example.org", "10.0.0.1"]), now()).unwrap();
    assert_eq!(first.pins.len(), 2);
    assert_ne!(first.pins[0], first.pins[1]);
    let (_, chain) = inspect(&first.files).unwrap();
    assert_eq!(chain.last(), first.pins.first(), "the authority is sent along, or nobody could find its pin");
    let later = now() + Duration::days(700);
    let second = issue(folder.path(), &names(&["uscita.example.org"]), later).unwrap();
    assert_eq!(second.pins, first.pins);
    assert_eq!(inspect(&second.files).unwrap().1, chain);
    assert_eq!((second.expires_at - later).num_days(), 729, "whole days, the last one not counted");
}

#[test]
fn keys_are_their_owners_only() {
    let folder = tempfile::tempdir().unwrap();
    issue(folder.path(), &names(&["uscita.example.org"]), now()).unwrap();
    for name in [CA_KEY, SPARE_KEY, SERVER_KEY] {
        let mode = std::fs::metadata(folder.path().join(name)).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "{name}");
    }
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 5);
}

#[test]
fn spare_key_that_was_taken_away_is_not_made_again() {
    let folder = tempfile::tempdir().unwrap();
    issue(folder.path(), &names(&["uscita.example.org"]), now()).unwrap();
    std::fs::remove_file(folder.path().join(SPARE_KEY)).unwrap();
    let again = issue(folder.path(), &names(&["uscita.example.org"]), now()).unwrap();
    assert_eq!(again.pins.len(), 1);
    assert!(!folder.path().join(SPARE_KEY).exists());
}

#[test]
fn spare_key_takes_over_when_the_first_is_lost() {
    let folder = tempfile::tempdir().unwrap();
    let first = issue(folder.path(), &names(&["uscita.example.org"]), now()).unwrap();
    let at = |name: &str| folder.path().join(name);
    std::fs::rename(at(SPARE_KEY), at(CA_KEY)).unwrap();
    let wrong = issue(folder.path(), &names(&["uscita.example.org"]), now()).unwrap_err();
    assert_eq!(wrong.code(), "tls_invalid", "a key that is not the authority's");
    std::fs::remove_file(at(CA)).unwrap();
    std::fs::remove_file(at(SERVER_KEY)).unwrap();
    let second = issue(folder.path(), &names(&["uscita.example.org"]), now()).unwrap();
    assert_eq!(second.pins[0], first.pins[1], "phones know it already");
}

#[test]
fn refuses_what_is_no_name_and_writes_nothing_broken() {
    let folder = tempfile::tempdir().unwrap();
    for wrong in [&[][..], &[""], &["città.example"], &["a b"], &["https://x"], &["x", "y/z"]] {
        let fault = issue(folder.path(), &names(wrong), now()).unwrap_err();
        assert_eq!(fault.code(), "name_invalid", "{wrong:?}");
    }
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
    std::fs::write(folder.path().join(CA_KEY), "rubbish").unwrap();
    let fault = issue(folder.path(), &names(&["x.example"]), now()).unwrap_err();
    assert_eq!(fault.code(), "tls_invalid");
    assert_eq!(std::fs::read(folder.path().join(CA_KEY)).unwrap(), b"rubbish");
}
