//! Copies of a programme's part as a file in the form of `SQLite`, the way back, and which backups are proved.

use super::rows::{Links, Notes};
use super::{Work, audit};
use crate::store::backup::{Proved, Verified};
use crate::store::fault::StoreFault;
use crate::store::row::{to_digest, to_integer, to_number};
use crate::store::sqlite::open;
use crate::store::tables::{Kind, Step, out};
use chrono::{DateTime, NaiveDate};
use deadpool_postgres::{Pool, Transaction};
use domain::sync::ProgrammeId;
use rusqlite::types::Value;
use std::path::{Path, PathBuf};
use tokio::sync::mpsc;
use tokio_postgres::{IsolationLevel, Row};
use uuid::Uuid;

/// Rows on their way at once, and portions of them.
const ROWS: i32 = 100;
const PORTIONS: usize = 4;

/// Rows with the number of the step that they belong to.
type Portion = (usize, Vec<Vec<Value>>);

/// Copies everything of the programme as it stands after some commit.
pub async fn copy(pool: &Pool, programme: Uuid, target: PathBuf) -> Result<(), StoreFault> {
    let mut client = pool.get().await?;
    let begin = client.build_transaction().isolation_level(IsolationLevel::RepeatableRead).read_only(true);
    let transaction = begin.start().await?;
    let limits = "SET LOCAL statement_timeout = '5min'; SET LOCAL idle_in_transaction_session_timeout = '5min'";
    transaction.batch_execute(limits).await?;
    let question = "SELECT epoch FROM programme WHERE programme = $1";
    let epoch: i64 = transaction.query_one(question, &[&programme]).await?.try_get(0)?;
    let (send, receive) = mpsc::channel(PORTIONS);
    let writing = tokio::task::spawn_blocking(move || write(&target, ProgrammeId(programme), epoch, receive));
    let read = read(&transaction, programme, &send).await;
    drop(send);
    // If the file cannot be written the reader was stopped by it.
    writing.await.map_err(|_| StoreFault::Stopped)??;
    read?;
    Ok(transaction.commit().await?)
}

async fn read(
    transaction: &Transaction<'_>,
    programme: Uuid,
    portions: &mpsc::Sender<Portion>,
) -> Result<(), StoreFault> {
    for (place, step) in out().iter().enumerate() {
        let portal = transaction.bind(step.read.as_str(), &[&programme]).await?;
        loop {
            let rows = transaction.query_portal(&portal, ROWS).await?;
            if rows.is_empty() {
                break;
            }
            let rows = rows.iter().map(|row| values(row, step)).collect::<Result<Vec<_>, _>>()?;
            portions.send((place, rows)).await.map_err(|_| StoreFault::Stopped)?;
        }
        if step.table == "audit" {
            let rows = waiting(Work { sql: transaction, programme }).await?;
            portions.send((place, rows)).await.map_err(|_| StoreFault::Stopped)?;
        }
        tracing::debug!(table = step.table, "copied");
    }
    Ok(())
}

/// The entries of the record that have no place yet, behind the last one: what they tell of is in the copy. The server
/// may give them other places; a device that has seen those is told that the server went back, which is true.
async fn waiting(work: Work<'_>) -> Result<Vec<Vec<Value>>, StoreFault> {
    let Links { notes, numbers, chains, .. } = Links::of(audit::head(work).await?, &audit::waiting(work).await?)?;
    let id = |id: Option<Uuid>| id.map_or(Value::Null, |id| Value::Blob(id.into_bytes().to_vec()));
    let Notes { days, kinds, devices, about, values } = notes;
    let told = days.into_iter().zip(kinds).zip(devices).zip(about).zip(values);
    let rows =
        numbers.into_iter().zip(told).zip(chains).map(|((number, ((((day, kind), device), about), value)), chain)| {
            vec![
                Value::Integer(number),
                Value::Text(day.to_string()),
                Value::Text(kind.to_owned()),
                id(device),
                id(about),
                value.map_or(Value::Null, Value::Integer),
                Value::Blob(chain),
            ]
        });
    Ok(rows.collect())
}

fn values(row: &Row, step: &Step) -> Result<Vec<Value>, StoreFault> {
    let value = |(kind, place): (&Kind, usize)| {
        Ok(match kind {
            Kind::Integer => row.try_get::<_, Option<i64>>(place)?.map(Value::Integer),
            Kind::Text => row.try_get::<_, Option<String>>(place)?.map(Value::Text),
            Kind::Bytes => row.try_get::<_, Option<Vec<u8>>>(place)?.map(Value::Blob),
            Kind::Id => row.try_get::<_, Option<Uuid>>(place)?.map(|id| Value::Blob(id.into_bytes().to_vec())),
            Kind::Day => row.try_get::<_, Option<NaiveDate>>(place)?.map(|day| Value::Text(day.to_string())),
        }
        .unwrap_or(Value::Null))
    };
    step.kinds.iter().zip(0..).map(value).collect()
}

fn write(
    target: &Path,
    programme: ProgrammeId,
    epoch: i64,
    mut portions: mpsc::Receiver<Portion>,
) -> Result<(), StoreFault> {
    let copied = |fault| StoreFault::Copy(Box::new(fault));
    let mut connection = open::create_copy(target, programme, epoch).map_err(copied)?;
    let steps = out();
    let transaction = connection.transaction()?;
    while let Some((place, rows)) = portions.blocking_recv() {
        let step = steps.get(place).ok_or(StoreFault::Stopped)?;
        let mut statement = transaction.prepare_cached(&step.write)?;
        for row in rows {
            statement.execute(rusqlite::params_from_iter(row))?;
        }
    }
    transaction.commit()?;
    Ok(connection.close().map_err(|(_, error)| error)?)
}

/// Notes a backup, and that what it holds of each log has a copy off this host. Of a log that has another chain value
/// there now nothing moves.
pub async fn prove(work: Work<'_>, proved: &Proved) -> Result<(), StoreFault> {
    let Verified { name, made_at, bytes, sha256, tried } = &proved.file;
    work.execute(
        "INSERT INTO backup (programme, name, made_at, bytes, sha256, tried) VALUES ($1, $2, $3, $4, $5, $6)
         ON CONFLICT (programme, name) DO NOTHING",
        &[
            &work.programme,
            name,
            &made_at.timestamp(),
            &to_integer(*bytes, "bytes")?,
            &sha256.0.as_slice(),
            &i64::from(*tried),
        ],
    )
    .await?;
    if let Some(note) = proved.note() {
        audit::append(work, &[note]).await?;
    }
    let devices: Vec<Uuid> = proved.held.iter().map(|held| held.device.0).collect();
    let heads: Vec<&[u8]> = proved.held.iter().map(|held| held.head.0.as_slice()).collect();
    let places = proved.held.iter().map(|held| to_integer(held.through, "copied")).collect::<Result<Vec<_>, _>>()?;
    work.execute(
        "UPDATE log SET copied = greatest(copied, held.through)
         FROM unnest($2::uuid[], $3::bigint[], $4::bytea[]) AS held (device, through, head)
         WHERE log.programme = $1 AND log.device = held.device AND held.through <= log.stored
           AND held.head = CASE WHEN held.through = log.stored THEN log.head ELSE
               (SELECT chain FROM operation WHERE operation.programme = log.programme AND operation.unit = log.unit
                   AND operation.device = log.device AND operation.sequence = held.through) END",
        &[&work.programme, &devices, &places, &heads],
    )
    .await?;
    Ok(())
}

/// The backups that are known to lie elsewhere, newest first.
pub async fn list(work: Work<'_>) -> Result<Vec<Verified>, StoreFault> {
    let rows = work
        .query(
            "SELECT name, made_at, bytes, sha256, tried FROM backup WHERE programme = $1
             ORDER BY made_at DESC, name DESC",
            &[&work.programme],
        )
        .await?;
    rows.iter()
        .map(|row| {
            Ok(Verified {
                name: row.try_get(0)?,
                made_at: DateTime::from_timestamp(row.try_get(1)?, 0).ok_or(StoreFault::Column("made_at"))?,
                bytes: to_number(row.try_get(2)?, "bytes")?,
                sha256: to_digest(row.try_get(3)?, "sha256")?,
                tried: row.try_get::<_, i64>(4)? == 1,
            })
        })
        .collect()
}

/// Forgets one that was removed from where it lay.
pub async fn forget(work: Work<'_>, name: &str) -> Result<(), StoreFault> {
    work.execute("DELETE FROM backup WHERE programme = $1 AND name = $2", &[&work.programme, &name]).await?;
    Ok(())
}
