//! Filling a programme's empty part of a database from a backup.

use super::connect::{Way, unreachable};
use super::lock::MIGRATION;
use super::open::{apart, check_version, migrate};
use crate::config::Postgres;
use crate::fault::StartFault;
use crate::store::fault::StoreFault;
use crate::store::tables::{Kind, Step, back};
use chrono::{DateTime, NaiveDate, Utc};
use domain::sync::ProgrammeId;
use domain::sync::chain::Bytes;
use rusqlite::Connection;
use tokio_postgres::Transaction;
use tokio_postgres::types::ToSql;
use uuid::Uuid;

/// Rows of one statement.
const ROWS: usize = 200;

/// Restores a backup that has been checked, whole or not at all. `place_key` makes the server's key durable where the
/// server will look for it: before the commit, because others could not open what is claimed for a key that is nowhere.
/// Blocking.
///
/// # Errors
/// [`StartFault::NotEmpty`] if the database holds anything of this programme; what `place_key` says.
pub fn restore(
    settings: &Postgres,
    programme: ProgrammeId,
    mut backup: Connection,
    server_key: &Bytes,
    now: DateTime<Utc>,
    place_key: impl FnOnce() -> Result<(), StartFault> + Send,
) -> Result<(), StartFault> {
    let way = Way::of(settings)?;
    apart(async move {
        let mut client = way.connect().await?;
        let transaction = client.transaction().await.map_err(unreachable)?;
        transaction
            .batch_execute(&format!(
                "SET LOCAL lock_timeout = '5min'; SET LOCAL statement_timeout = '5min';
                 SET LOCAL idle_in_transaction_session_timeout = '5min'; SELECT pg_advisory_xact_lock({MIGRATION}, 0)"
            ))
            .await
            .map_err(unreachable)?;
        let version = check_version(&transaction).await?;
        migrate(&transaction, version).await.map_err(unreachable)?;
        let claimed = transaction
            .execute(
                "INSERT INTO programme (programme, server_key, epoch) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING",
                &[&programme.0, &server_key.0, &now.timestamp()],
            )
            .await
            .map_err(unreachable)?;
        if claimed == 0 {
            return Err(StartFault::NotEmpty);
        }
        fill(&transaction, programme.0, &mut backup).await?;
        go_on_counting(&transaction).await.map_err(unreachable)?;
        place_key()?;
        transaction.commit().await.map_err(unreachable)
    })
}

async fn fill(transaction: &Transaction<'_>, programme: Uuid, backup: &mut Connection) -> Result<(), StartFault> {
    for step in back() {
        let mut offset = 0;
        loop {
            let columns = read(backup, &step, offset)?;
            if columns.rows == 0 {
                break;
            }
            let mut values: Vec<&(dyn ToSql + Sync)> = vec![&programme];
            values.extend(columns.arrays.iter().map(Array::as_sql));
            transaction.execute(step.write.as_str(), &values).await.map_err(unreachable)?;
            offset += columns.rows;
        }
    }
    Ok(())
}

/// One column of some rows.
enum Array {
    Integer(Vec<Option<i64>>),
    Text(Vec<Option<String>>),
    Bytes(Vec<Option<Vec<u8>>>),
    Id(Vec<Option<Uuid>>),
    Day(Vec<Option<NaiveDate>>),
}

impl Array {
    const fn new(kind: Kind) -> Self {
        match kind {
            Kind::Integer => Self::Integer(Vec::new()),
            Kind::Text => Self::Text(Vec::new()),
            Kind::Bytes => Self::Bytes(Vec::new()),
            Kind::Id => Self::Id(Vec::new()),
            Kind::Day => Self::Day(Vec::new()),
        }
    }

    fn push(&mut self, row: &rusqlite::Row<'_>, place: usize) -> rusqlite::Result<()> {
        match self {
            Self::Integer(values) => values.push(row.get(place)?),
            Self::Text(values) => values.push(row.get(place)?),
            Self::Bytes(values) => values.push(row.get(place)?),
            Self::Id(values) => values.push(row.get(place)?),
            Self::Day(values) => values.push(row.get(place)?),
        }
        Ok(())
    }

    fn as_sql(&self) -> &(dyn ToSql + Sync) {
        match self {
            Self::Integer(values) => values,
            Self::Text(values) => values,
            Self::Bytes(values) => values,
            Self::Id(values) => values,
            Self::Day(values) => values,
        }
    }
}

struct Columns {
    rows: usize,
    arrays: Vec<Array>,
}

fn read(backup: &mut Connection, step: &Step, offset: usize) -> Result<Columns, StartFault> {
    let question = format!("{} LIMIT {ROWS} OFFSET {offset}", step.read);
    let mut arrays: Vec<Array> = step.kinds.iter().map(|kind| Array::new(*kind)).collect();
    let mut count = 0;
    let mut fetch = || -> rusqlite::Result<()> {
        let mut statement = backup.prepare(&question)?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            for (place, array) in arrays.iter_mut().enumerate() {
                array.push(row, place)?;
            }
            count += 1;
        }
        Ok(())
    };
    fetch().map_err(StoreFault::from)?;
    Ok(Columns { rows: count, arrays })
}

/// Numbers are given out behind those that came back.
async fn go_on_counting(transaction: &Transaction<'_>) -> Result<(), tokio_postgres::Error> {
    let columns = transaction
        .query(
            "SELECT table_name::text, column_name::text FROM information_schema.columns
             WHERE table_schema = current_schema() AND is_identity = 'YES'",
            &[],
        )
        .await?;
    for row in columns {
        let (table, column): (String, String) = (row.try_get(0)?, row.try_get(1)?);
        let next = format!(
            "SELECT setval(pg_get_serial_sequence('{table}', '{column}'), coalesce(max({column}), 0) + 1, false) FROM {table}"
        );
        transaction.batch_execute(&next).await?;
    }
    transaction
        .batch_execute(
            "SELECT setval('operation_cursor', greatest(
                 (SELECT last_value FROM operation_cursor), (SELECT coalesce(max(cursor), 1) FROM operation)))",
        )
        .await
}
