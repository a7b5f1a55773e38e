//! Preparing the database at a start: version, migrations, the programme's place. One server does, the others wait.

use super::PostgresStore;
use super::connect::{Way, unreachable};
use super::lock::MIGRATION;
use crate::audit::{Followed, step};
use crate::config::Postgres;
use crate::fault::StartFault;
use crate::receipt_key::ReceiptKey;
use crate::store::backup::Newest;
use crate::store::fault::StoreFault;
use crate::store::{Opened, Store};
use chrono::{DateTime, Utc};
use domain::sync::ProgrammeId;
use domain::sync::audit::AuditEntry;
use domain::sync::chain::Bytes;
use domain::sync::manifest::SignedManifest;
use std::path::Path;
use std::sync::Arc;
use tokio_postgres::{Client, Transaction};
use uuid::Uuid;

/// Name and text of every step, in order. The names are those of `SQLite`.
const STEPS: &[(&str, &str)] =
    &[("0001_create_mailbox", include_str!("../../../migrations/postgres/0001_create_mailbox.sql"))];

/// Opens, or creates, a programme's part of a database. `data` holds the key that signs receipts. Blocking.
///
/// # Errors
/// [`StartFault`]. A newer database is not touched.
pub fn open(
    settings: &Postgres,
    programme: ProgrammeId,
    data: &Path,
    now: DateTime<Utc>,
) -> Result<Opened, StartFault> {
    let way = Way::of(settings)?;
    let programme = programme.0;
    let (manifest, epoch) = apart(async {
        let mut client = way.connect().await?;
        prepare(&mut client, programme, data, now).await
    })?;
    let store = PostgresStore::new(way.pool()?, programme);
    Ok(Opened { store: Arc::new(store), manifest, epoch })
}

/// Version of the schema in a database; 0 for a new one. Changes nothing. Blocking.
///
/// # Errors
/// [`StartFault::TooNew`], [`StartFault::DatabaseUnreachable`].
pub fn examine(settings: &Postgres) -> Result<i64, StartFault> {
    let way = Way::of(settings)?;
    apart(async {
        let mut client = way.connect().await?;
        let transaction = client.transaction().await.map_err(unreachable)?;
        check_version(&transaction).await
    })
}

/// When the newest backup was made that lies elsewhere. Blocking.
///
/// # Errors
/// [`StartFault::DatabaseUnreachable`].
pub fn newest_backup(settings: &Postgres, programme: ProgrammeId) -> Result<Newest, StartFault> {
    let way = Way::of(settings)?;
    apart(async {
        let mut client = way.connect().await?;
        let transaction = client.transaction().await.map_err(unreachable)?;
        if find_version(&transaction).await.map_err(unreachable)? == 0 {
            return Ok(Newest::default());
        }
        let question = "SELECT max(made_at), max(made_at) FILTER (WHERE tried = 1) FROM backup WHERE programme = $1";
        let row = transaction.query_one(question, &[&programme.0]).await.map_err(unreachable)?;
        Ok(Newest::of(row.try_get(0).map_err(unreachable)?, row.try_get(1).map_err(unreachable)?))
    })
}

/// Follows the record, beside running servers. Blocking.
///
/// # Errors
/// [`StartFault::AuditBroken`], [`StartFault::TooNew`], [`StartFault::DatabaseUnreachable`].
pub fn walk_audit(
    settings: &Postgres,
    programme: ProgrammeId,
    each: &mut (dyn FnMut(&AuditEntry) + Send),
) -> Result<Followed, StartFault> {
    const PAGE: u16 = 1_000;
    let way = Way::of(settings)?;
    let store = PostgresStore::new(way.pool()?, programme.0);
    let failed = |fault: StoreFault| StartFault::DatabaseUnreachable { reason: fault.to_string() };
    apart(async {
        let start = store.audit_start().await.map_err(failed)?;
        let mut last = start;
        loop {
            let page = store.audit_page(last.number, PAGE).await.map_err(failed)?;
            if page.is_empty() {
                return Ok(Followed { start, last });
            }
            match step(last, &page, each) {
                Ok(next) => last = next,
                // What is old was removed meanwhile.
                Err(_) if store.audit_start().await.map_err(failed)? != start => return Err(StartFault::DatabaseBusy),
                Err(broken) => return Err(broken),
            }
        }
    })
}

/// Runs work to its end in a runtime of its own: a start may be called from inside one, or from outside.
///
/// # Errors
/// What the work says, or [`StartFault::DatabaseUnreachable`] if there is no runtime to be had.
pub fn apart<T: Send>(work: impl Future<Output = Result<T, StartFault>> + Send) -> Result<T, StartFault> {
    let broken = |reason: String| StartFault::DatabaseUnreachable { reason };
    std::thread::scope(|scope| {
        let thread = scope.spawn(|| {
            let runtime = tokio::runtime::Builder::new_current_thread()
                .enable_all()
                .build()
                .map_err(|error| broken(error.to_string()))?;
            runtime.block_on(work)
        });
        thread.join().map_err(|_| broken("panic".to_owned()))?
    })
}

async fn prepare(
    client: &mut Client,
    programme: Uuid,
    data: &Path,
    now: DateTime<Utc>,
) -> Result<(Option<SignedManifest>, i64), StartFault> {
    let transaction = client.transaction().await.map_err(unreachable)?;
    // Others may be migrating for longer than a lock is usually waited for.
    transaction
        .batch_execute(&format!(
            "SET LOCAL lock_timeout = '5min'; SET LOCAL statement_timeout = '5min';
             SELECT pg_advisory_xact_lock({MIGRATION}, 0)"
        ))
        .await
        .map_err(unreachable)?;
    let version = check_version(&transaction).await?;
    migrate(&transaction, version).await.map_err(unreachable)?;
    let epoch = claim(&transaction, programme, data, now).await?;
    pass_old_cursors(&transaction, now).await.map_err(unreachable)?;
    let manifest = find_manifest(&transaction, programme).await.map_err(unreachable)?;
    transaction.commit().await.map_err(unreachable)?;
    Ok((manifest, epoch))
}

pub(super) async fn check_version(transaction: &Transaction<'_>) -> Result<i64, StartFault> {
    let known = i64::try_from(STEPS.len()).unwrap_or(i64::MAX);
    let found = find_version(transaction).await.map_err(unreachable)?;
    if found > known { Err(StartFault::TooNew { found, known }) } else { Ok(found) }
}

async fn find_version(transaction: &Transaction<'_>) -> Result<i64, tokio_postgres::Error> {
    let is_there: bool =
        transaction.query_one("SELECT to_regclass('schema_step') IS NOT NULL", &[]).await?.try_get(0)?;
    if !is_there {
        return Ok(0);
    }
    transaction.query_one("SELECT coalesce(max(number), 0) FROM schema_step", &[]).await?.try_get(0)
}

pub(super) async fn migrate(transaction: &Transaction<'_>, version: i64) -> Result<(), tokio_postgres::Error> {
    transaction
        .batch_execute("CREATE TABLE IF NOT EXISTS schema_step (number bigint PRIMARY KEY, name text NOT NULL)")
        .await?;
    for ((name, step), number) in STEPS.iter().zip(1_i64..).filter(|(_, number)| *number > version) {
        transaction.batch_execute(step).await?;
        transaction.execute("INSERT INTO schema_step (number, name) VALUES ($1, $2)", &[&number, name]).await?;
    }
    Ok(())
}

/// Every instance signs receipts with one key: the first one's. A second one is not made by accident. Gives the epoch.
async fn claim(
    transaction: &Transaction<'_>,
    programme: Uuid,
    data: &Path,
    now: DateTime<Utc>,
) -> Result<i64, StartFault> {
    let found = transaction
        .query_opt("SELECT server_key, epoch FROM programme WHERE programme = $1", &[&programme])
        .await
        .map_err(unreachable)?;
    let read = |row: tokio_postgres::Row| Ok((Bytes(row.try_get(0)?), row.try_get(1)?));
    let claimed: Option<(Bytes, i64)> = found.map(read).transpose().map_err(unreachable)?;
    match claimed {
        Some((claimed, epoch)) => {
            let own = ReceiptKey::find(data)?;
            if own.is_some_and(|own| own.public() == claimed) { Ok(epoch) } else { Err(StartFault::OtherKey) }
        }
        None => {
            let own = ReceiptKey::load_or_create(data)?.public();
            transaction
                .execute(
                    "INSERT INTO programme (programme, server_key, epoch) VALUES ($1, $2, $3)",
                    &[&programme, &own.0, &now.timestamp()],
                )
                .await
                .map_err(unreachable)?;
            Ok(now.timestamp())
        }
    }
}

/// As on `SQLite`: a database that was put back from an older copy must not give out cursors that readers have passed.
/// The table's lock lets no cursor be given out meanwhile.
async fn pass_old_cursors(transaction: &Transaction<'_>, now: DateTime<Utc>) -> Result<(), tokio_postgres::Error> {
    transaction.batch_execute("LOCK TABLE operation IN SHARE ROW EXCLUSIVE MODE").await?;
    transaction
        .execute(
            "SELECT setval('operation_cursor', greatest(last_value, $1)) FROM operation_cursor",
            &[&now.timestamp_micros().max(1)],
        )
        .await?;
    Ok(())
}

async fn find_manifest(
    transaction: &Transaction<'_>,
    programme: Uuid,
) -> Result<Option<SignedManifest>, tokio_postgres::Error> {
    let found =
        transaction.query_opt("SELECT manifest, signature FROM manifest WHERE programme = $1", &[&programme]).await?;
    found
        .map(|row| Ok(SignedManifest { manifest: Bytes(row.try_get(0)?), signature: Bytes(row.try_get(1)?) }))
        .transpose()
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::sync::chain::Digest;

    #[test]
    fn steps_have_the_names_of_sqlite_and_released_ones_are_never_edited() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("migrations");
        let names = |database: &str| {
            let mut names: Vec<_> = std::fs::read_dir(folder.join(database))
                .unwrap()
                .map(|file| file.unwrap().path().file_stem().unwrap().to_str().unwrap().to_owned())
                .collect();
            names.sort();
            names
        };
        let ours: Vec<_> = STEPS.iter().map(|(name, _)| (*name).to_owned()).collect();
        assert_eq!(names("postgres"), ours);
        assert_eq!(names("sqlite"), ours);
        let released = ["0870e47dd0e73169006536e8aabfe607cd65850faf4377367f58a41564f45041"];
        assert_eq!(released.len(), STEPS.len());
        for ((_, step), hash) in STEPS.iter().zip(released) {
            assert_eq!(Digest::of(step.as_bytes()).to_string(), hash);
        }
    }
}
