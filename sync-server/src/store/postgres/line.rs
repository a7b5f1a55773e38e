//! A connection for a transaction whose messages are sent without waiting for answers.

use super::audit::{INSERT, to_head, to_note};
use super::lock;
use super::rows::{Entries, Links, Locks, Logs, Notes};
use crate::store::fault::StoreFault;
use crate::store::row::to_number;
use deadpool_postgres::{Client, Pool};
use domain::sync::audit::{AuditHead, Note};
use std::collections::BTreeMap;
use tokio_postgres::{Row, Statement};
use uuid::Uuid;

const LOCK: &str = "SELECT pg_advisory_xact_lock(class, key) FROM unnest($1::int[], $2::int[]) AS lock (class, key)";
/// As [`lock::cursors`], without the units.
const FLOOR: &str = "SELECT pg_advisory_xact_lock_shared(last_value) FROM operation_cursor";
/// Without a join of logs and batches: what the database believes of the number of either would lead it astray. Cursors
/// are given out in the order of the list: the rows are sorted before the outer list is worked out.
const EXTEND: &str = "
    WITH extended AS (
        UPDATE log SET stored = ($5::bigint[])[array_position($2, device)],
                       head = ($6::bytea[])[array_position($2, device)],
                       received_on = ($7::date[])[array_position($2, device)]
        WHERE programme = $1 AND device = ANY ($2::uuid[]) AND quarantined_on IS NULL
          AND stored = ($3::bigint[])[array_position($2, device)] AND head = ($4::bytea[])[array_position($2, device)]
        RETURNING array_position($2, device) AS place, unit, device, backed_up
    ), place AS (
        SELECT array_agg(unit ORDER BY place) AS units
        FROM generate_subscripts($2, 1) AS place LEFT JOIN extended USING (place)
    ), kept AS (
        INSERT INTO operation (programme, unit, device, named, audience,
                               sequence, stream, chain, signature, sealed, refused, cursor)
        SELECT $1, units[place], ($2)[place], ($8::text[])[place], ($9::text[])[place],
               sequence, stream, chain, signature, sealed, refused, nextval('operation_cursor')
        FROM (SELECT entry.*, units FROM place, unnest($10::int[], $11::bigint[], $12::text[], $13::bytea[],
                                                       $14::bytea[], $15::bytea[], $16::text[])
                  AS entry (place, sequence, stream, chain, signature, sealed, refused)
              WHERE units[entry.place] IS NOT NULL ORDER BY place, sequence) AS entry
    )
    SELECT place, backed_up,
           EXISTS (SELECT 1 FROM operation WHERE operation.programme = $1 AND operation.unit = extended.unit
                      AND operation.device = extended.device AND operation.refused IS NOT NULL)
    FROM extended";
const HEAD: &str = "SELECT number, chain FROM audit WHERE programme = $1 ORDER BY number DESC LIMIT 1";
const FREE: &str = "SELECT pg_try_advisory_xact_lock($1, $2)";
const WAITING: &str = "SELECT id, day, kind, device, about, value FROM audit_waiting WHERE programme = $1 ORDER BY id";
const TAKE: &str = "DELETE FROM audit_waiting WHERE programme = $1 AND id = ANY ($2)";
const WAIT: &str = "INSERT INTO audit_waiting (programme, day, kind, device, about, value)
    SELECT $1, day, kind, device, about, value
    FROM (SELECT * FROM unnest($2::date[], $3::text[], $4::uuid[], $5::uuid[], $6::bigint[])
              WITH ORDINALITY AS note (day, kind, device, about, value, place) ORDER BY place) AS note";

/// A connection that may be in the middle of a transaction. Dropped before [`Line::end`] it is closed, and the database
/// undoes what was not committed.
pub struct Line {
    client: Option<Client>,
    programme: Uuid,
}

impl Line {
    /// One of the pool.
    ///
    /// # Errors
    /// None is to be had.
    pub async fn open(pool: &Pool, programme: Uuid) -> Result<Self, StoreFault> {
        Ok(Self { client: Some(pool.get().await?), programme })
    }

    /// The statements, which are prepared once on a connection.
    ///
    /// # Errors
    /// The database refuses one.
    pub async fn sql(&self) -> Result<Sql<'_>, StoreFault> {
        let client = self.client.as_ref().ok_or(StoreFault::Stopped)?;
        Ok(Sql {
            client,
            programme: self.programme,
            lock: client.prepare_cached(LOCK).await?,
            floor: client.prepare_cached(FLOOR).await?,
            extend: client.prepare_cached(EXTEND).await?,
            head: client.prepare_cached(HEAD).await?,
            free: client.prepare_cached(FREE).await?,
            waiting: client.prepare_cached(WAITING).await?,
            take: client.prepare_cached(TAKE).await?,
            wait: client.prepare_cached(WAIT).await?,
            link: client.prepare_cached(INSERT).await?,
        })
    }

    /// The transaction is over: the connection serves others.
    pub fn end(mut self) {
        drop(self.client.take());
    }
}

impl Drop for Line {
    fn drop(&mut self) {
        if let Some(client) = self.client.take() {
            drop(Client::take(client));
        }
    }
}

/// The statements of a transaction of many. Each is sent when it is first polled.
pub struct Sql<'a> {
    client: &'a Client,
    programme: Uuid,
    lock: Statement,
    floor: Statement,
    extend: Statement,
    head: Statement,
    free: Statement,
    waiting: Statement,
    take: Statement,
    wait: Statement,
    link: Statement,
}

/// A log that was extended.
pub struct Extended {
    /// Operations that are held elsewhere.
    pub backed_up: u64,
    /// Whether something of it was set aside before.
    pub has_refused: bool,
}

impl Sql<'_> {
    pub(super) async fn begin(&self) -> Result<(), StoreFault> {
        Ok(self.client.batch_execute("BEGIN").await?)
    }

    /// After a fault in the transaction this undoes it, and says nothing.
    pub(super) async fn commit(&self) -> Result<(), StoreFault> {
        Ok(self.client.batch_execute("COMMIT").await?)
    }

    pub(super) async fn lock(&self, locks: &Locks) -> Result<(), StoreFault> {
        self.client.execute(&self.lock, &[&locks.classes, &locks.keys]).await?;
        Ok(())
    }

    pub(super) async fn floor(&self) -> Result<(), StoreFault> {
        self.client.execute(&self.floor, &[]).await?;
        Ok(())
    }

    /// Extends the logs that stand as they should, by their entries. Gives them by their places in the list, from 1.
    pub(super) async fn extend(
        &self,
        logs: &Logs<'_>,
        entries: &Entries<'_>,
    ) -> Result<BTreeMap<i32, Extended>, StoreFault> {
        let rows = self
            .client
            .query(
                &self.extend,
                &[
                    &self.programme,
                    &logs.devices,
                    &logs.earlier,
                    &logs.previous,
                    &logs.stored,
                    &logs.heads,
                    &logs.days,
                    &logs.named,
                    &logs.audiences,
                    &entries.places,
                    &entries.sequences,
                    &entries.streams,
                    &entries.chains,
                    &entries.signatures,
                    &entries.sealed,
                    &entries.refused,
                ],
            )
            .await?;
        rows.iter().map(to_extended).collect()
    }

    pub(super) async fn head(&self) -> Result<Option<AuditHead>, StoreFault> {
        let found = self.client.query_opt(&self.head, &[&self.programme]).await?;
        found.map(|row| to_head(&row)).transpose()
    }

    /// As [`lock::is_free_to_link`].
    pub(super) async fn is_free_to_link(&self) -> Result<bool, StoreFault> {
        let (class, key) = lock::record_keys(self.programme);
        Ok(self.client.query_one(&self.free, &[&class, &key]).await?.try_get(0)?)
    }

    /// The entries that wait for their places.
    pub(super) async fn waiting(&self) -> Result<Vec<(i64, Note)>, StoreFault> {
        let rows = self.client.query(&self.waiting, &[&self.programme]).await?;
        rows.iter().map(|row| Ok((row.try_get(0)?, to_note(row, 1)?))).collect()
    }

    /// They wait no longer.
    pub(super) async fn take(&self, ids: &[i64]) -> Result<(), StoreFault> {
        if !ids.is_empty() {
            self.client.execute(&self.take, &[&self.programme, &ids]).await?;
        }
        Ok(())
    }

    /// Lets entries wait.
    pub(super) async fn wait(&self, notes: &Notes) -> Result<(), StoreFault> {
        let values = &notes.values;
        let Notes { days, kinds, devices, about, .. } = notes;
        self.client.execute(&self.wait, &[&self.programme, days, kinds, devices, about, values]).await?;
        Ok(())
    }

    /// Puts entries behind the last one.
    pub(super) async fn link(&self, links: &Links) -> Result<(), StoreFault> {
        let Links { notes, numbers, chains, .. } = links;
        let Notes { days, kinds, devices, about, values } = notes;
        self.client
            .execute(&self.link, &[&self.programme, numbers, days, kinds, devices, about, values, chains])
            .await?;
        Ok(())
    }
}

fn to_extended(row: &Row) -> Result<(i32, Extended), StoreFault> {
    let backed_up = to_number(row.try_get(1)?, "backed_up")?;
    Ok((row.try_get(0)?, Extended { backed_up, has_refused: row.try_get(2)? }))
}
