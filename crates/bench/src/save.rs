//! A durable save with a full notebook, beside what it cannot do without.
//!
//! ```text
//! save      Session::save_contact: rules, seal, note, journal, notebook, and the view that the screen gets
//! writing   Notebook::save alone: seal, note, journal, notebook
//! sealing   age to the same recipients, the same content
//! raw       two commits of the same bytes, one to a plain and one to an encrypted SQLite with the same settings
//! fsync     4 KiB written and synced, twice
//! ```
//!
//! They are taken by turns in one run, because a disk is not the same a minute later: only the ratios are worth much.

use crate::fill::{card, resume_at, said};
use crate::programme::Phone;
use anyhow::{Context, Result};
use domain::contact::{ContactKind, Gender, TargetGroup};
use domain::ids::{ContactId, SupplyMoveId};
use domain::operation::OperationBody as Body;
use notebook::crypto::binder::FileBinder;
use notebook::crypto::keyfile;
use notebook::crypto::seal::{Packing, SealIdentity, seal};
use notebook::entropy::{Entropy, Moment};
use notebook::journal::Journal;
use notebook::notebook::Notebook;
use notebook::training::PIN;
use notebook::uptime::Uptime;
use notebook::view::{CardInput, DetailsInput, Nothing};
use rusqlite::{Connection, TransactionBehavior, params};
use serde_json::json;
use std::fs::File;
use std::io::{Seek, SeekFrom, Write};
use std::path::Path;
use uscita_load::machine::Machine;
use uscita_load::spread::Spread;

/// Saves that are measured if nothing else is said: the night that is open then has as many contacts as a long one.
pub const SAVES: usize = 120;
/// Bytes of an operation, and of the same sealed for two recipients.
const OPERATION_BYTES: usize = 1_950;
const SEALED_BYTES: usize = 2_450;

#[derive(Default)]
struct Measured {
    save: Spread,
    writing: Spread,
    open_card: Spread,
    tonight: Spread,
    sealing: Spread,
    raw: Spread,
    raw_beside_writing: Spread,
    fsync: Spread,
}

/// Measures on a phone that `fill` made, and prints.
///
/// # Errors
/// What the notebook or the disk refuses.
pub fn run(dir: &Path, saves: usize, as_json: bool) -> Result<()> {
    let rows = Journal::open(dir)?.len()?;
    let phone = Phone::open(dir, resume_at())?;
    let floor = tempfile::TempDir::new_in(dir.parent().context("a folder above")?)?;
    let mut raw = Raw::make(floor.path())?;
    let recipients = [SealIdentity::generate().recipient(), SealIdentity::generate().recipient()];
    let recipients: Vec<&str> = recipients.iter().map(String::as_str).collect();
    let content = vec![b'x'; OPERATION_BYTES];
    let mut measured = Measured::default();
    for _ in 0..saves {
        phone.later(5);
        let base = CardInput {
            gender: Gender::Woman,
            kind: ContactKind::Returning,
            target_group: TargetGroup::Person,
            n_persons: 1,
        };
        let input = measured.open_card.time(|| card(&phone, base, DetailsInput::default(), 6))?;
        said(measured.save.time(|| phone.session.save_contact(input)))?;
        said(measured.tonight.time(|| phone.session.tonight(Nothing {})))?;
        measured.sealing.time(|| seal(&recipients, &content, Packing::Plain))?;
        measured.raw.time(|| raw.commit_both())?;
        measured.fsync.time(|| raw.sync_twice())?;
    }
    said(phone.session.lock(Nothing {}))?;
    drop(phone);
    write(dir, saves, &mut raw, &mut measured)?;
    if as_json { print_json(&measured, rows) } else { print_table(&measured, rows) }
}

/// The same without rules and view: a contact like the last one, again and again.
fn write(dir: &Path, saves: usize, raw: &mut Raw, measured: &mut Measured) -> Result<()> {
    let key = keyfile::UNLOCK.unlock(dir, PIN, &FileBinder::new(dir), Uptime::now())?.into_key()?;
    let mut notebook = Notebook::open(dir, &key, Entropy::system())?;
    let outing = notebook.find_last_outing_id()?.context("an outing")?;
    let operations = notebook.operations_of(outing)?;
    let contacts = operations.into_iter().rev().filter(|operation| operation.device == notebook.device());
    let mut body = contacts.map(|operation| operation.body).find(|body| matches!(body, Body::ContactSaved { .. }));
    let body = body.as_mut().context("a contact")?;
    for _ in 0..saves {
        if let Body::ContactSaved { contact, handouts } = body {
            contact.id = ContactId(notebook.entropy().v4()?);
            for supply in handouts {
                supply.id = SupplyMoveId(notebook.entropy().v4()?);
                supply.contact_id = Some(contact.id);
            }
        }
        let content = body.clone();
        measured.writing.time(|| notebook.save(content, None, Moment::at(resume_at()), None))?;
        measured.raw_beside_writing.time(|| raw.commit_both())?;
    }
    Ok(notebook.lock()?)
}

fn print_json(measured: &Measured, rows: u64) -> Result<()> {
    let Measured { save, writing, open_card, tonight, sealing, raw, raw_beside_writing, fsync } = measured;
    let figures = json!({
        "machine": Machine::this().json(),
        "rows": rows,
        "save": save.json(),
        "writing": writing.json(),
        "open_card": open_card.json(),
        "tonight": tonight.json(),
        "sealing": sealing.json(),
        "raw_commits": raw.json(),
        "raw_fsync": fsync.json(),
        "save_to_raw": save.median() / raw.median(),
        "writing_to_raw": writing.median() / raw_beside_writing.median(),
        "sealing_share": sealing.median() / save.median(),
        "goal": { "save_p95_ms": 50, "writing_to_raw": 1.25, "sealing_share": 0.1 },
    });
    writeln!(std::io::stdout(), "{figures}")?;
    Ok(())
}

fn print_table(measured: &Measured, rows: u64) -> Result<()> {
    let Measured { save, writing, open_card, tonight, sealing, raw, raw_beside_writing, fsync } = measured;
    let mut out = std::io::stdout();
    writeln!(out, "{}", Machine::this())?;
    writeln!(out, "{rows} entries in the journal\n")?;
    writeln!(out, "{:<26} {:>8} {:>8} {:>8}", "", "p50", "p95", "p99")?;
    for (name, spread) in [
        ("durable save, with view", save),
        ("durable save alone", writing),
        ("first tap, card kept", open_card),
        ("Contatti read", tonight),
        ("age, two recipients", sealing),
        ("floor: two raw commits", raw),
        ("floor: two raw fsyncs", fsync),
    ] {
        writeln!(out, "{name:<26} {spread}")?;
    }
    writeln!(out, "\nsave alone / raw    {:.2}  (goal 1.25)", writing.median() / raw_beside_writing.median())?;
    writeln!(out, "with view / raw     {:.2}", save.median() / raw.median())?;
    writeln!(out, "sealing / save      {:.2}  (goal 0.10)", sealing.median() / save.median())?;
    writeln!(out, "save p95            {:.1} ms  (goal 50)", save.quantile(0.95))?;
    Ok(())
}

/// The two commits that no order of saving can do without, and the disk under them.
struct Raw {
    journal: Connection,
    notebook: Connection,
    file: File,
    row: i64,
}

impl Raw {
    fn make(dir: &Path) -> Result<Self> {
        let journal = connect(&dir.join("journal.db"), "")?;
        let notebook = connect(&dir.join("notebook.db"), &format!("PRAGMA key = \"x'{}'\";", "7a".repeat(32)))?;
        Ok(Self { journal, notebook, file: File::create(dir.join("file"))?, row: 0 })
    }

    fn commit_both(&mut self) -> Result<()> {
        self.row += 1;
        for (connection, bytes) in [(&mut self.journal, SEALED_BYTES), (&mut self.notebook, OPERATION_BYTES)] {
            let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            transaction
                .prepare_cached("INSERT INTO entry (sequence, content) VALUES (?1, ?2)")?
                .execute(params![self.row, vec![b'x'; bytes]])?;
            transaction.commit()?;
        }
        Ok(())
    }

    fn sync_twice(&mut self) -> Result<()> {
        for _ in 0..2 {
            self.file.seek(SeekFrom::Start(0))?;
            self.file.write_all(&[b'x'; 4_096])?;
            self.file.sync_data()?;
        }
        Ok(())
    }
}

/// With the pragmas of the notebook's own files.
fn connect(path: &Path, key: &str) -> Result<Connection> {
    let connection = Connection::open(path)?;
    connection.execute_batch(key)?;
    if !key.is_empty() {
        connection.execute_batch("PRAGMA cipher_memory_security = ON; PRAGMA secure_delete = ON;")?;
    }
    connection.execute_batch(
        "PRAGMA journal_mode = WAL;
         PRAGMA synchronous = FULL;
         PRAGMA temp_store = MEMORY;
         PRAGMA mmap_size = 0;
         PRAGMA trusted_schema = OFF;
         PRAGMA cell_size_check = ON;
         PRAGMA wal_autocheckpoint = 200;
         CREATE TABLE entry (sequence INTEGER PRIMARY KEY, content BLOB NOT NULL) STRICT;",
    )?;
    Ok(connection)
}
