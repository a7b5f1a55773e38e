//! What opening a full notebook costs in the core: stretching the PIN, and all the rest.

use crate::fill::said;
use crate::programme::Phone;
use anyhow::Result;
use chrono::Utc;
use notebook::crypto::binder::FileBinder;
use notebook::crypto::keyfile;
use notebook::journal::Journal;
use notebook::training::PIN;
use notebook::uptime::Uptime;
use notebook::view::{Nothing, UnlockInput};
use serde_json::json;
use std::io::Write;
use std::path::Path;
use uscita_load::machine::Machine;
use uscita_load::spread::Spread;

/// Openings that are measured.
const TIMES: u64 = 9;

/// Opens the phone again and again, and prints one JSON object with the PIN that opens it.
///
/// # Errors
/// If it does not open.
pub fn run(dir: &Path) -> Result<()> {
    let rows = Journal::open(dir)?.len()?;
    let phone = Phone::open(dir, Utc::now())?;
    let (mut derivation, mut whole, mut rest) = (Spread::default(), Spread::default(), Spread::default());
    for _ in 0..TIMES {
        said(phone.session.lock(Nothing {}))?;
        let stretched = derivation.time(|| keyfile::UNLOCK.unlock(dir, PIN, &FileBinder::new(dir), Uptime::now()));
        drop(stretched?);
        said(whole.time(|| {
            phone.session.unlock(UnlockInput { pin: PIN.into() })?;
            phone.session.tonight(Nothing {})
        }))?;
    }
    rest.add_ms((whole.median() - derivation.median()).max(0.0));
    let figures = json!({
        "machine": Machine::this().json(),
        "rows": rows,
        "pin": PIN,
        "key_derivation": derivation.json(),
        "whole": whole.json(),
        "rest": rest.json(),
    });
    writeln!(std::io::stdout(), "{figures}")?;
    Ok(())
}
