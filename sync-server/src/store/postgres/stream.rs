//! Pages of a stream. See [`super::lock`] for why nothing can appear behind a cursor that a reader has passed.

use super::{Work, lock};
use crate::store::fault::StoreFault;
use crate::store::paging::{self, Filling};
use crate::store::row::{to_code, to_digest, to_integer, to_number, to_unit};
use domain::sync::chain::{Bytes, genesis};
use domain::sync::pull::{Cursor, Envelope, Page};
use domain::sync::push::SealedOperation;
use domain::sync::{DeviceId, Stream, UnitId};
use tokio_postgres::Row;
use tokio_postgres::types::ToSql;

/// Rows on their way at once: with the largest operations six pages' worth, with usual ones a page takes few round trips.
const PORTION: i32 = 16;

macro_rules! select {
    ($condition:literal) => {
        concat!(
            "SELECT cursor, named, device, sequence, stream, chain,
                    CASE WHEN refused IS NULL THEN coalesce(sealed, ''::bytea) ELSE ''::bytea END,
                    CASE WHEN refused IS NULL AND removed_on IS NOT NULL THEN 'removed' ELSE refused END,
                    (SELECT earlier.chain FROM operation AS earlier
                     WHERE earlier.programme = operation.programme AND earlier.unit = operation.unit
                       AND earlier.device = operation.device AND earlier.sequence = operation.sequence - 1),
                    signature
             FROM operation WHERE programme = $1 AND stream = $2 AND cursor > $3 AND ",
            $condition,
            " ORDER BY cursor LIMIT $4"
        )
    };
}
const OF_ALL: &str = select!("cursor <= $5");
const OF_UNIT: &str = select!("audience = $5");

/// Up to `limit` envelopes after a position: of all units, or of one unit's own devices.
pub async fn page(
    work: Work<'_>,
    stream: Stream,
    audience: Option<&UnitId>,
    after: Cursor,
    limit: u16,
) -> Result<Page, StoreFault> {
    let position = to_integer(after.0, "cursor").unwrap_or(i64::MAX);
    let (programme, stream, rows) = (work.programme, stream.code(), paging::rows(limit));
    let mut page = Filling::new(limit);
    match audience {
        None => {
            let safe = lock::safe_cursor(work).await?;
            fill(&mut page, work, OF_ALL, &[&programme, &stream, &position, &rows, &safe]).await?;
        }
        Some(unit) => fill(&mut page, work, OF_UNIT, &[&programme, &stream, &position, &rows, &unit.as_str()]).await?,
    }
    Ok(page.page(after))
}

/// All portions are of one statement, and see what it sees.
async fn fill(page: &mut Filling, work: Work<'_>, sql: &str, values: &[&(dyn ToSql + Sync)]) -> Result<(), StoreFault> {
    let portal = work.sql.bind(&work.sql.prepare_cached(sql).await?, values).await?;
    while !page.is_full() {
        let rows = work.sql.query_portal(&portal, PORTION).await?;
        let is_last = rows.len() < PORTION as usize;
        for row in &rows {
            page.add(to_envelope(row)?);
        }
        if is_last {
            break;
        }
    }
    Ok(())
}

fn to_envelope(row: &Row) -> Result<Envelope, StoreFault> {
    let refused: Option<&str> = row.try_get(7)?;
    let previous: Option<&[u8]> = row.try_get(8)?;
    let device = DeviceId(row.try_get(2)?);
    Ok(Envelope {
        cursor: Cursor(to_number(row.try_get(0)?, "cursor")?),
        unit: to_unit(row.try_get(1)?),
        device,
        operation: SealedOperation {
            sequence: to_number(row.try_get(3)?, "sequence")?,
            stream: to_code(row.try_get(4)?, "stream")?,
            sealed: Bytes(row.try_get(6)?),
            signature: Bytes(row.try_get(9)?),
        },
        previous: previous.map_or_else(|| Ok(genesis(device)), |previous| to_digest(previous, "chain"))?,
        chain: to_digest(row.try_get(5)?, "chain")?,
        refused: refused.map(|code| to_code(code, "refused")).transpose()?,
    })
}
