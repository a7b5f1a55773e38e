//! Checks for the operator: each ends in a code and an Italian sentence. Reads only; a running server is not disturbed.

use crate::config::{Config, Database, Postgres};
use crate::disk::Room;
use crate::fault::StartFault;
use crate::receipt_key::{self, ReceiptKey};
use crate::settings::Settings;
use crate::store::fault::StoreFault;
use crate::store::postgres;
use crate::store::sqlite::{backup, manifest, open, standing};
use crate::tls::{self, EXPIRES_SOON, TlsFiles};
use chrono::{DateTime, Utc};
use rusqlite::Connection;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

/// How a check ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Outcome {
    /// Nothing to do.
    Well,
    /// Somebody should look.
    Attention,
    /// The server does not start, or data are in danger.
    Broken,
}

/// One finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Check {
    /// How it ended.
    pub outcome: Outcome,
    /// The stable code.
    pub code: &'static str,
    /// For the operator.
    pub sentence: String,
}

impl std::fmt::Display for Check {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let sign = match self.outcome {
            Outcome::Well => "bene      ",
            Outcome::Attention => "attenzione",
            Outcome::Broken => "guasto    ",
        };
        write!(f, "{sign}  {}: {}", self.code, self.sentence)
    }
}

impl From<StartFault> for Check {
    fn from(fault: StartFault) -> Self {
        Self::new(Outcome::Broken, fault.code(), fault.to_string())
    }
}

impl Check {
    pub(crate) fn new(outcome: Outcome, code: &'static str, sentence: impl Into<String>) -> Self {
        Self { outcome, code, sentence: sentence.into() }
    }
}

/// Looks at everything a start needs.
#[must_use]
pub fn examine(settings: &Settings, now: DateTime<Utc>) -> Vec<Check> {
    let config = match examine_settings(settings) {
        Ok(config) => config,
        Err(fault) => return vec![fault.into()],
    };
    let mut checks = vec![Check::new(Outcome::Well, "settings", "Le impostazioni sono complete.")];
    if let Ok(reach) = settings.reach() {
        checks.extend(reach.tls.map(|files| examine_certificate(&files, now).unwrap_or_else(Check::from)));
    }
    if !config.data.is_dir() {
        checks.push(Check::new(
            Outcome::Attention,
            "data_absent",
            "La cartella dei dati non esiste ancora: la crea il primo avvio.",
        ));
        return checks;
    }
    checks.push(examine_key(&config.data).unwrap_or_else(Check::from));
    let database = match settings.database() {
        Database::Sqlite => examine_database(&config, now),
        Database::Postgres(shared) => examine_shared(shared).map(|check| vec![check]),
    };
    checks.extend(database.unwrap_or_else(|fault| vec![Check::from(fault)]));
    checks.push(examine_disk(&config.data));
    // Of a database that cannot be read it was said already.
    checks.extend(examine_backups(settings, &config, now).into_iter().flatten());
    checks
}

fn examine_settings(settings: &Settings) -> Result<Config, StartFault> {
    settings.reach()?;
    settings.log()?;
    settings.backups()?;
    settings.terms()?;
    settings.mailbox()
}

fn examine_certificate(files: &TlsFiles, now: DateTime<Utc>) -> Result<Check, StartFault> {
    let (expires_at, _) = tls::inspect(files)?;
    let on = expires_at.date_naive();
    let metadata = std::fs::metadata(&files.key)
        .map_err(|source| StartFault::TlsUnreadable { path: files.key.clone(), source })?;
    Ok(if expires_at <= now {
        StartFault::TlsExpired { on }.into()
    } else if expires_at - now < EXPIRES_SOON {
        Check::new(
            Outcome::Attention,
            "tls_expiring",
            format!("Il certificato TLS scade il {on}: rinnovarlo, poi i telefoni non inviano più."),
        )
    } else if metadata.permissions().mode() & 0o077 != 0 {
        Check::new(
            Outcome::Attention,
            "tls_key_exposed",
            format!(
                "La chiave TLS è leggibile da altri utenti di questa macchina: togliere i permessi (chmod 600 {}).",
                files.key.display()
            ),
        )
    } else {
        Check::new(Outcome::Well, "tls", format!("Il certificato TLS vale fino al {on}."))
    })
}

fn examine_key(data: &Path) -> Result<Check, StartFault> {
    if ReceiptKey::find(data)?.is_none() {
        return Ok(Check::new(
            Outcome::Attention,
            "key_absent",
            "La chiave del server non c'è ancora: la crea «uscita-server init» o il primo avvio.",
        ));
    }
    let metadata =
        std::fs::metadata(data.join(receipt_key::FILE)).map_err(|error| StartFault::of_directory(data, error))?;
    Ok(if metadata.permissions().mode() & 0o077 == 0 {
        Check::new(Outcome::Well, "key", "La chiave del server è leggibile e protetta.")
    } else {
        Check::new(
            Outcome::Attention,
            "key_exposed",
            "La chiave del server è leggibile da altri utenti di questa macchina: togliere i permessi (chmod 600 server.key).",
        )
    })
}

fn examine_shared(settings: &Postgres) -> Result<Check, StartFault> {
    Ok(match postgres::open::examine(settings)? {
        0 => Check::new(Outcome::Attention, "database_absent", "La banca dati è vuota: la prepara il primo avvio."),
        version => Check::new(
            Outcome::Well,
            "database",
            format!("La banca dati PostgreSQL (versione {version}) risponde; dell'integrità si occupa PostgreSQL."),
        ),
    })
}

fn examine_database(config: &Config, now: DateTime<Utc>) -> Result<Vec<Check>, StartFault> {
    let path = config.data.join(open::FILE);
    if !path.exists() {
        return Ok(vec![Check::new(
            Outcome::Attention,
            "database_absent",
            "La banca dati non c'è ancora: la crea il primo avvio.",
        )]);
    }
    let connection = open::open_reader(&path)?;
    let version = open::version(&connection)?;
    if version == 0 {
        return Ok(vec![Check::new(
            Outcome::Attention,
            "database_absent",
            "La banca dati è vuota: la prepara il primo avvio.",
        )]);
    }
    open::check_owner(&connection, config.programme)?;
    examine_integrity(&connection)?;
    let sound = Check::new(Outcome::Well, "database", format!("La banca dati (versione {version}) è integra."));
    Ok(vec![sound, examine_manifest(&connection, config, now)?, examine_devices(&connection)?])
}

fn examine_integrity(connection: &Connection) -> Result<(), StartFault> {
    let verdict: String =
        connection.query_row("PRAGMA integrity_check(1)", [], |row| row.get(0)).map_err(StoreFault::from)?;
    if verdict == "ok" { Ok(()) } else { Err(StartFault::Damaged) }
}

fn examine_manifest(connection: &Connection, config: &Config, now: DateTime<Utc>) -> Result<Check, StartFault> {
    let Some(signed) = manifest::load(connection)? else {
        return Ok(Check::new(
            Outcome::Attention,
            "manifest_absent",
            "Nessun manifesto è ancora in vigore: il server rifiuta ogni dispositivo finché l'ufficio non lo invia.",
        ));
    };
    let manifest = signed.verify_from(&config.admin_key.0, 0).map_err(|_| StartFault::OtherAdmin)?;
    let (number, devices) = (manifest.number, manifest.devices.len());
    Ok(if manifest.expires_at <= now {
        Check::new(
            Outcome::Attention,
            "manifest_expired",
            format!(
                "Il manifesto {number} è scaduto: i telefoni registrano ancora, l'ufficio deve firmarne uno nuovo."
            ),
        )
    } else {
        Check::new(Outcome::Well, "manifest", format!("È in vigore il manifesto {number}, con {devices} dispositivi."))
    })
}

fn examine_devices(connection: &Connection) -> Result<Check, StartFault> {
    let devices = standing::list(connection)?.devices;
    let quarantined =
        devices.iter().filter(|device| device.quarantined_on.is_some() || device.quarantined_batches > 0).count();
    Ok(if quarantined == 0 {
        Check::new(
            Outcome::Well,
            "devices",
            format!("Hanno inviato {} dispositivi, nessuno è in quarantena.", devices.len()),
        )
    } else {
        Check::new(
            Outcome::Attention,
            "quarantine",
            format!(
                "Invii in quarantena da {quarantined} dispositivi: nulla è perduto, l'ufficio decida in «Dispositivi» se rilasciarli o scartarli."
            ),
        )
    })
}

fn examine_backups(settings: &Settings, config: &Config, now: DateTime<Utc>) -> Result<Vec<Check>, StartFault> {
    let newest = match settings.database() {
        Database::Sqlite => {
            let path = config.data.join(open::FILE);
            let is_there = path.exists();
            let connection = is_there.then(|| open::open_reader(&path)).transpose()?;
            let connection = connection.filter(|connection| open::version(connection).is_ok_and(|version| version > 0));
            connection.map(|connection| backup::newest(&connection)).transpose()?.unwrap_or_default()
        }
        Database::Postgres(shared) => postgres::open::newest_backup(shared, config.programme)?,
    };
    Ok(crate::backup::examine::examine(settings.backups()?.as_ref(), newest, now))
}

fn examine_disk(data: &Path) -> Check {
    let Some(room) = Room::of(data) else {
        return Check::new(
            Outcome::Broken,
            "disk_unreadable",
            "Lo spazio su disco non si può leggere: controllare il disco.",
        );
    };
    let Room { free_mib, percent } = room;
    if room.is_enough() {
        Check::new(Outcome::Well, "disk", format!("Restano {free_mib} MiB ({percent} %)."))
    } else {
        Check::new(
            Outcome::Attention,
            "disk_low",
            format!("Restano {free_mib} MiB ({percent} %): liberare spazio prima che il disco sia pieno."),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::settings::Flags;
    use crate::state::ServerState;
    use std::sync::Arc;

    fn settings(data: &Path) -> Settings {
        Settings::load(Flags {
            data: Some(data.to_owned()),
            admin_key: Some("ab".repeat(32)),
            programme: Some("5f0c8b0e-3f0a-4b56-9d8e-0f6a7c1d2e3f".to_owned()),
            ..Flags::default()
        })
        .unwrap()
    }

    fn codes(data: &Path) -> Vec<(&'static str, Outcome)> {
        examine(&settings(data), DateTime::UNIX_EPOCH)
            .into_iter()
            .filter(|check| !check.code.starts_with("disk"))
            .map(|check| (check.code, check.outcome))
            .collect()
    }

    #[test]
    fn finds_nothing_broken_beside_a_running_server() {
        let folder = tempfile::tempdir().unwrap();
        let data = folder.path().join("new");
        assert_eq!(codes(&data), [("settings", Outcome::Well), ("data_absent", Outcome::Attention)]);
        let config = settings(&data).mailbox().unwrap();
        let clock = Arc::new(|| DateTime::UNIX_EPOCH);
        let running = ServerState::open(&config, clock).unwrap();
        assert_eq!(
            codes(&data),
            [
                ("settings", Outcome::Well),
                ("key", Outcome::Well),
                ("database", Outcome::Well),
                ("manifest_absent", Outcome::Attention),
                ("devices", Outcome::Well),
                ("backup_absent", Outcome::Attention)
            ]
        );
        drop(running);
    }

    #[test]
    fn says_what_is_broken_and_changes_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let database = folder.path().join(open::FILE);
        std::fs::write(&database, b"rubbish".repeat(500)).unwrap();
        std::fs::write(folder.path().join(receipt_key::FILE), b"rubbish").unwrap();
        assert_eq!(
            codes(folder.path()),
            [("settings", Outcome::Well), ("key_damaged", Outcome::Broken), ("damaged", Outcome::Broken)]
        );
        assert_eq!(std::fs::read(&database).unwrap(), b"rubbish".repeat(500));
    }

    #[test]
    fn warns_of_a_key_that_others_may_read() {
        let folder = tempfile::tempdir().unwrap();
        ReceiptKey::load_or_create(folder.path()).unwrap();
        let key = folder.path().join(receipt_key::FILE);
        std::fs::set_permissions(&key, std::fs::Permissions::from_mode(0o644)).unwrap();
        let check = examine_key(folder.path()).unwrap();
        assert_eq!(check.code, "key_exposed");
    }

    #[test]
    fn warns_of_a_certificate_before_it_expires_and_of_its_key() {
        let folder = tempfile::tempdir().unwrap();
        let now = DateTime::UNIX_EPOCH + chrono::Duration::days(20_000);
        let names = ["uscita.example.org".to_owned()];
        let files = crate::authority::issue(folder.path(), &names, now).unwrap().files;
        let found = |days: i64| {
            let check = examine_certificate(&files, now + chrono::Duration::days(days)).unwrap_or_else(Check::from);
            (check.code, check.outcome)
        };
        assert_eq!(found(0), ("tls", Outcome::Well));
        assert_eq!(found(700), ("tls", Outcome::Well));
        assert_eq!(found(720), ("tls_expiring", Outcome::Attention));
        assert_eq!(found(731), ("tls_expired", Outcome::Broken));
        std::fs::set_permissions(&files.key, std::fs::Permissions::from_mode(0o640)).unwrap();
        assert_eq!(found(0), ("tls_key_exposed", Outcome::Attention));
        std::fs::write(&files.key, "half").unwrap();
        assert_eq!(found(0), ("tls_invalid", Outcome::Broken));
    }
}
