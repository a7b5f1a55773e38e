//! `uscita-server backup` and `uscita-server restore`: what they do, and what they say.

use super::check::Contents;
use super::fault::BackupFault;
use super::make::make;
use super::program::Words;
use super::restore;
use crate::config::Database;
use crate::settings::Settings;
use crate::state::{Clock, ServerState};
use chrono::Utc;
use clap::Args;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// What to do with a backup.
#[derive(Args, Clone, Debug)]
#[command(group = clap::ArgGroup::new("what").required(true))]
pub struct RestoreArguments {
    /// La copia sigillata
    pub file: PathBuf,
    /// File con la chiave AGE-SECRET-KEY-1… di uno dei destinatari
    #[arg(long, value_name = "FILE")]
    pub identity: PathBuf,
    /// Apre e controlla tutto, e dice che cosa contiene; non ripristina nulla
    #[arg(long, group = "what")]
    pub verify: bool,
    /// Ripristina in questa cartella, nuova o vuota; con [database] nelle impostazioni anche nella banca dati PostgreSQL
    #[arg(long, group = "what", value_name = "CARTELLA")]
    pub into: Option<PathBuf>,
    /// Scrive JSON
    #[arg(long)]
    pub json: bool,
}

/// Makes one backup now, beside a running server or without one. Gives what to say.
///
/// # Errors
/// [`BackupFault`].
pub fn back_up(settings: &Settings) -> Result<String, BackupFault> {
    let backups = settings.backups()?.ok_or(BackupFault::NotSetUp)?;
    let config = settings.mailbox()?;
    let clock: Clock = Arc::new(Utc::now);
    let state = ServerState::open_beside(settings.database(), &config, clock)?;
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    let runtime = runtime.map_err(BackupFault::of(&config.data))?;
    let made = runtime.block_on(make(state.store(), &config.data, &backups, Utc::now(), Words::Shown))?;
    let left = match made.left.len() {
        0 => String::new(),
        left => format!("\n{left} copie vecchie non si sono potute togliere: si riproverà."),
    };
    let tried = if made.file.tried { " È stata anche ripristinata per prova, ed è uguale." } else { "" };
    Ok(format!(
        "La copia {} è fuori da questa macchina ed è stata riletta: {} byte, SHA-256 {}.{tried}\n{}{left}",
        made.file.name,
        made.file.bytes,
        made.file.sha256,
        describe(&made.contents)
    ))
}

/// Verifies a backup or starts from it. Gives what to say.
///
/// # Errors
/// [`BackupFault`].
pub fn restore(given: &RestoreArguments, database: &Database) -> Result<String, BackupFault> {
    let beside = match given.into.as_deref().map(Path::parent) {
        Some(Some(parent)) if !parent.as_os_str().is_empty() => parent.to_owned(),
        Some(_) => PathBuf::from("."),
        None => std::env::temp_dir(),
    };
    let opened = restore::open(&given.file, &given.identity, &beside)?;
    let contents = match &given.into {
        Some(target) => opened.into_place(target, database, Utc::now())?,
        None => opened.contents.clone(),
    };
    if given.json {
        return serde_json::to_string_pretty(&contents).map_err(|_| BackupFault::Damaged);
    }
    let done = match &given.into {
        Some(target) => format!(
            "\nRipristinata in {}. All'avvio telefoni e sportello rimandano da sé ciò che manca.",
            target.display()
        ),
        None => "\nLa copia è intera e si può ripristinare.".to_owned(),
    };
    Ok(describe(&contents) + &done)
}

fn describe(contents: &Contents) -> String {
    let Contents { devices, operations, sealed, removed, refused, quarantined, version, .. } = contents;
    let made =
        contents.made_at.map_or(String::new(), |at| format!("Fatta il {} UTC. ", at.format("%Y-%m-%d %H:%M:%S")));
    let manifest = contents.manifest.map_or("nessun manifesto".to_owned(), |number| format!("manifesto {number}"));
    let last = contents.received_on.map_or(String::new(), |day| format!(", ultimo arrivo il {day}"));
    let broken = match contents.broken {
        0 => "tutte le catene sono intere".to_owned(),
        broken => format!("ATTENZIONE: le catene di {broken} dispositivi non sono intere"),
    };
    format!(
        "{made}Versione {version}, progetto {}, {manifest}: {devices} dispositivi, {operations} operazioni ({sealed} con il contenuto sigillato, {removed} tolte a fine conservazione, {refused} messe da parte), {quarantined} invii in quarantena{last}; {broken}.",
        contents.programme
    )
}
