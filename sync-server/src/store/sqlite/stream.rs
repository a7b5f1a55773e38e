//! Pages of a stream, in the order of commits.
//!
//! A cursor is given out inside the write transaction and only one transaction writes at a time, so no operation can
//! appear behind a cursor that a reader has already passed.

use crate::store::fault::StoreFault;
use crate::store::paging::{self, Filling};
use crate::store::row::{to_code, to_device, to_digest, to_integer, to_number, to_unit};
use domain::sync::chain::{Bytes, genesis};
use domain::sync::pull::{Cursor, Envelope, Page};
use domain::sync::push::SealedOperation;
use domain::sync::{Stream, UnitId};
use rusqlite::{Connection, Row, params};

macro_rules! select {
    ($condition:literal) => {
        concat!(
            "SELECT cursor, unit, device, sequence, stream, chain,
                    CASE WHEN refused IS NULL THEN coalesce(sealed, x'') ELSE x'' END,
                    CASE WHEN refused IS NULL AND removed_on IS NOT NULL THEN 'removed' ELSE refused END,
                    (SELECT earlier.chain FROM operation AS earlier
                     WHERE earlier.log_id = operation.log_id AND earlier.sequence = operation.sequence - 1), signature
             FROM operation JOIN log ON log.id = log_id
             WHERE stream = ?1 AND cursor > ?2 ",
            $condition,
            " ORDER BY cursor LIMIT ?3"
        )
    };
}
const OF_ALL: &str = select!("");
const OF_UNIT: &str = select!("AND audience = ?4");

/// Up to `limit` envelopes after a position: of all units, or of one unit's own devices.
pub fn page(
    connection: &Connection,
    stream: Stream,
    audience: Option<&UnitId>,
    after: Cursor,
    limit: u16,
) -> Result<Page, StoreFault> {
    let position = to_integer(after.0, "cursor").unwrap_or(i64::MAX);
    let rows = paging::rows(limit);
    let mut page = Filling::new(limit);
    match audience {
        None => fill(&mut page, connection, OF_ALL, params![stream.code(), position, rows])?,
        Some(unit) => fill(&mut page, connection, OF_UNIT, params![stream.code(), position, rows, unit.as_str()])?,
    }
    Ok(page.page(after))
}

fn fill(
    page: &mut Filling,
    connection: &Connection,
    sql: &'static str,
    values: &[&dyn rusqlite::ToSql],
) -> Result<(), StoreFault> {
    let mut statement = connection.prepare_cached(sql)?;
    let mut rows = statement.query(values)?;
    while !page.is_full()
        && let Some(row) = rows.next()?
    {
        page.add(to_envelope(row)?);
    }
    Ok(())
}

fn to_envelope(row: &Row<'_>) -> Result<Envelope, StoreFault> {
    let stream: String = row.get(4)?;
    let refused: Option<String> = row.get(7)?;
    let previous: Option<Vec<u8>> = row.get(8)?;
    let device = to_device(&row.get::<_, Vec<u8>>(2)?)?;
    Ok(Envelope {
        cursor: Cursor(to_number(row.get(0)?, "cursor")?),
        unit: to_unit(row.get(1)?),
        device,
        operation: SealedOperation {
            sequence: to_number(row.get(3)?, "sequence")?,
            stream: to_code(&stream, "stream")?,
            sealed: Bytes(row.get(6)?),
            signature: Bytes(row.get(9)?),
        },
        previous: match previous {
            Some(previous) => to_digest(&previous, "chain")?,
            None => genesis(device),
        },
        chain: to_digest(&row.get::<_, Vec<u8>>(5)?, "chain")?,
        refused: refused.map(|code| to_code(&code, "refused")).transpose()?,
    })
}
