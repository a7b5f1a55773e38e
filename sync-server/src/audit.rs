//! The record (*registro*) for the operator, beside a running server: following its chain, and showing it.

use crate::config::{Config, Database};
use crate::fault::StartFault;
use crate::store::audit::follow;
use crate::store::sqlite::{self, open};
use crate::store::{fault::StoreFault, postgres};
use clap::Subcommand;
use domain::sync::audit::{AuditEntry, AuditHead};
use serde::Serialize;

/// Entries read at once.
const PAGE: u16 = 1_000;

/// What the operator asks.
#[derive(Clone, Copy, Debug, Subcommand)]
pub enum AuditCommand {
    /// Ricalcola la catena del registro dall'inizio: esce con 0 se è intatta
    Verify {
        /// Scrive JSON
        #[arg(long)]
        json: bool,
    },
    /// Mostra il registro, una voce per riga, dalla più vecchia
    Show {
        /// Solo le voci dopo questo numero
        #[arg(long, value_name = "NUMERO", default_value_t = 0)]
        after: u64,
        /// Scrive una voce JSON per riga
        #[arg(long)]
        json: bool,
    },
}

/// A chain that holds, from its first kept entry to its last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Followed {
    /// The place before the first kept entry; number 0 if nothing was ever removed.
    pub start: AuditHead,
    /// The last place.
    pub last: AuditHead,
}

/// Answers the operator, a line at a time.
///
/// # Errors
/// [`StartFault::AuditBroken`] at the first entry that does not follow; that the database cannot be read.
pub fn answer(
    command: AuditCommand,
    database: &Database,
    config: &Config,
    mut line: impl FnMut(&str) + Send,
) -> Result<(), StartFault> {
    match command {
        AuditCommand::Verify { json } => {
            let followed = walk(database, config, |_| ())?;
            line(&if json { to_json(&followed) } else { sentence(&followed) });
        }
        AuditCommand::Show { after, json } => {
            let shown = |entry: &AuditEntry| {
                if entry.place.number > after {
                    line(&if json { to_json(entry) } else { row(entry) });
                }
            };
            walk(database, config, shown)?;
        }
    }
    Ok(())
}

/// Follows the whole chain, and gives each entry that holds.
///
/// # Errors
/// As [`answer`].
pub fn walk(
    database: &Database,
    config: &Config,
    mut each: impl FnMut(&AuditEntry) + Send,
) -> Result<Followed, StartFault> {
    match database {
        Database::Sqlite => walk_file(config, &mut each),
        Database::Postgres(settings) => postgres::open::walk_audit(settings, config.programme, &mut each),
    }
}

fn walk_file(config: &Config, each: &mut (dyn FnMut(&AuditEntry) + Send)) -> Result<Followed, StartFault> {
    let path = config.data.join(open::FILE);
    if !path.exists() {
        return Err(StartFault::NoDatabase);
    }
    let mut connection = open::open_reader(&path)?;
    open::check_owner(&connection, config.programme)?;
    // One view of it all, whatever the server adds or removes meanwhile.
    let view = connection.transaction().map_err(open::OpenFault::from)?;
    let content = |fault: StoreFault| StartFault::from(open::OpenFault::from(fault));
    let start = sqlite::audit::start(&view).map_err(content)?;
    let mut last = start;
    loop {
        let page = sqlite::audit::page(&view, last.number, PAGE).map_err(content)?;
        if page.is_empty() {
            return Ok(Followed { start, last });
        }
        last = step(last, &page, each)?;
    }
}

/// One page of the chain.
///
/// # Errors
/// [`StartFault::AuditBroken`].
pub(crate) fn step(
    last: AuditHead,
    page: &[AuditEntry],
    each: &mut (dyn FnMut(&AuditEntry) + Send),
) -> Result<AuditHead, StartFault> {
    let next = follow(last, page).map_err(|entry| StartFault::AuditBroken { number: entry.place.number })?;
    page.iter().for_each(each);
    Ok(next)
}

fn sentence(followed: &Followed) -> String {
    let Followed { start, last } = followed;
    let count = last.number.saturating_sub(start.number);
    let first = start.number.saturating_add(1);
    format!(
        "bene  audit: Il registro è intatto: {count} voci dalla numero {first}; la testa è {} {}.",
        last.number, last.head
    )
}

fn row(entry: &AuditEntry) -> String {
    let AuditEntry { place, note } = entry;
    let mut row = format!("{}  {}  {}", place.number, note.day, note.kind);
    let device = note.device.map(|device| format!("  da {device}"));
    let about = note.about.map(|device| format!("  su {device}"));
    let value = note.value.map(|value| format!("  n. {value}"));
    for part in [device, about, value].into_iter().flatten() {
        row.push_str(&part);
    }
    row
}

/// Numbers, codes and hashes are always JSON.
fn to_json(value: &impl Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default()
}
