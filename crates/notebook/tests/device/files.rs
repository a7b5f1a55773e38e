//! What lies on the disk: no clear text, ever (invariants 5 and 7), and damage is told, not repaired away.

use super::fixture::{Team, at, contact, outing};
use domain::ids::{OperatorCode, OutingId, ZoneCode};
use domain::operation::OperationBody;
use domain::outing::{CrewMember, CrewRole};
use notebook::entropy::Entropy;
use notebook::error::{ErrorCode, NotebookError};
use notebook::notebook::Notebook;
use notebook::store::Draft;
use std::path::Path;
use uuid::Uuid;

const CANARIES: &[&str] =
    &["CANARINO", "canarino-zona", "canarino-nota", "canarino-operatore", "canarino-bozza", "Quartiere"];

fn write_canaries(phone: &mut Notebook) {
    let device = phone.device();
    let mut first = outing(1);
    first.note = Some("canarino-nota".into());
    first.vehicle = Some("canarino-veicolo".into());
    first.planned_zones = vec![ZoneCode::new("canarino-zona")];
    first.crew = vec![CrewMember { operator: OperatorCode::new("canarino-operatore"), role: CrewRole::Operator }];
    phone.save(OperationBody::OutingOpened { outing: first, load: Vec::new() }, None, at(0), None).unwrap();
    for number in 0..30 {
        let body = contact(1, 100 + number, device, "CANARINO-12", 2);
        phone.save(body, None, at(1), Some(OperatorCode::new("canarino-operatore"))).unwrap();
    }
    let draft = Draft {
        outing: OutingId(Uuid::from_u128(1)),
        operation: domain::ids::OperationId(Uuid::from_u128(9)),
        saved_at: at(2).now,
        json: b"{\"note\":\"canarino-bozza\"}".to_vec(),
    };
    phone.save_draft(&draft).unwrap();
}

/// Every canary found in any file below a folder, with the file's name.
fn find_canaries(dir: &Path) -> Vec<String> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(find_canaries(&path));
            continue;
        }
        let bytes = std::fs::read(&path).unwrap();
        let lower = bytes.to_ascii_lowercase();
        for canary in CANARIES {
            let needle = canary.to_ascii_lowercase();
            if lower.windows(needle.len()).any(|window| window == needle.as_bytes()) {
                found.push(format!("{canary} in {}", path.display()));
            }
        }
    }
    found
}

#[test]
fn no_word_of_a_night_is_in_any_file_in_the_clear() {
    let team = Team::new();
    let root = team.lead.dir.parent().unwrap();
    let mut phone = team.lead.open();
    write_canaries(&mut phone);
    assert!(team.lead.dir.join("notebook.db-wal").exists(), "the write-ahead log is part of what is searched");
    assert_eq!(find_canaries(root), Vec::<String>::new(), "while it is open");
    drop(phone);
    assert_eq!(find_canaries(root), Vec::<String>::new(), "and after");
    // The search itself works.
    std::fs::write(root.join("plain"), "…canarino-nota…").unwrap();
    assert_ne!(find_canaries(root), Vec::<String>::new());
}

#[test]
fn the_folder_is_its_owners_alone() {
    use std::os::unix::fs::PermissionsExt;
    let team = Team::new();
    let mode = std::fs::metadata(&team.member.dir).unwrap().permissions().mode();
    assert_eq!(mode & 0o077, 0, "whatever rights SQLite gives its files");
}

#[test]
fn locking_empties_the_write_ahead_log() {
    let team = Team::new();
    let mut phone = team.lead.open();
    write_canaries(&mut phone);
    phone.lock().unwrap();
    let left = std::fs::metadata(team.lead.dir.join("notebook.db-wal")).map_or(0, |log| log.len());
    assert_eq!(left, 0);
}

#[test]
fn a_damaged_notebook_is_a_code_and_stays_byte_for_byte() {
    let team = Team::new();
    let mut phone = team.lead.open();
    write_canaries(&mut phone);
    drop(phone);
    let path = team.lead.dir.join("notebook.db");
    let mut bytes = std::fs::read(&path).unwrap();
    // Every page but the first, which opens the file; what a single one does is told beside the check of all pages.
    for byte in bytes.iter_mut().skip(4_096 + 1_000).step_by(4_096) {
        *byte ^= 1;
    }
    std::fs::write(&path, &bytes).unwrap();
    let error = team.lead.try_open().unwrap_err();
    assert_eq!(error.code(), ErrorCode::Damaged);
    assert_eq!(std::fs::read(&path).unwrap(), bytes);
    assert_eq!(
        notebook::journal::Journal::open(&team.lead.dir).unwrap().verify().unwrap().sequence,
        31,
        "the journal is whole"
    );
}

#[test]
fn the_key_of_another_notebook_is_told_from_damage() {
    let team = Team::new();
    let error = Notebook::open(&team.lead.dir, &team.member.key, Entropy::system()).unwrap_err();
    assert_eq!(error, NotebookError::WrongKey);
    assert!(team.lead.try_open().is_ok(), "and nothing was touched");
}

#[test]
fn survives_a_copy_of_its_files_taken_while_it_is_open() {
    // What a killed process leaves: the files as they are, the log not folded in.
    let team = Team::new();
    let mut phone = team.lead.open();
    write_canaries(&mut phone);
    let after_crash = tempfile::tempdir().unwrap();
    for entry in std::fs::read_dir(&team.lead.dir).unwrap() {
        let path = entry.unwrap().path();
        std::fs::copy(&path, after_crash.path().join(path.file_name().unwrap())).unwrap();
    }
    let found = Notebook::open(after_crash.path(), &team.lead.key, Entropy::system()).unwrap();
    let outing = OutingId(Uuid::from_u128(1));
    assert_eq!(found.operations_of(outing).unwrap(), phone.operations_of(outing).unwrap());
    assert_eq!(found.list_drafts(outing).unwrap().len(), 1);
}

#[test]
fn tells_busy_to_a_second_process() {
    let team = Team::new();
    let phone = team.lead.open();
    // A second open file description is what a second process would have.
    assert_eq!(team.lead.try_open().unwrap_err().code(), ErrorCode::Busy);
    let journal = notebook::journal::Journal::open(&team.lead.dir);
    assert!(journal.is_ok(), "but the journal can be sent meanwhile");
    drop(phone);
}
