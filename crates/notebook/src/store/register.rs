//! The lines of the register, each with its hash. Only ever added to.

use super::{from_sql, to_sql};
use crate::desk::register::{Chain, Line, genesis, lines, link};
use crate::error::{NotebookError, Result};
use domain::ids::DeviceId;
use domain::sync::chain::Digest;
use domain::sync::night_log::{DeskEntry, DeskEnvelope};
use rusqlite::{Connection, OptionalExtension, params};

/// Notes what an entry that has just been taken in says was done.
pub(crate) fn note(connection: &Connection, device: DeviceId, envelope: &DeskEnvelope, json: &[u8]) -> Result<()> {
    let before = before(connection, &envelope.entry)?;
    for line in lines(device, envelope, json, before) {
        add(connection, &line)?;
    }
    Ok(())
}

/// What an amendment or a correction stands in the place of, if it is here.
fn before(connection: &Connection, entry: &DeskEntry) -> Result<Option<Digest>> {
    let json: Option<Vec<u8>> = match entry {
        DeskEntry::NightLog(log) if log.version() > 0 => connection
            .prepare_cached(
                "SELECT json FROM desk_entry WHERE kind = 'night_log' AND outing = ?1 AND version = ?2 AND length(json) > 0",
            )?
            .query_row(params![log.outing.id.0, log.version().saturating_sub(1)], |row| row.get(0))
            .optional()?,
        DeskEntry::Corrected(row) => connection
            .prepare_cached("SELECT json FROM desk_entry WHERE device = ?1 AND sequence = ?2")?
            .query_row(params![row.device.0, to_sql(row.sequence)?], |row| row.get(0))
            .optional()?,
        _ => None,
    };
    Ok(json.map(|json| Digest::of(&json)))
}

fn add(connection: &Connection, line: &Line) -> Result<()> {
    let last: Option<(i64, [u8; 32])> = connection
        .prepare_cached("SELECT number, hash FROM register ORDER BY number DESC LIMIT 1")?
        .query_row([], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    let (number, head) = match last {
        Some((number, hash)) => (from_sql(number)?.saturating_add(1), Digest(hash)),
        None => (1, genesis()),
    };
    let json = serde_json::to_vec(line).map_err(|_| NotebookError::Internal("line of the register"))?;
    let hash = link(head, number, &json);
    connection.prepare_cached("INSERT INTO register (number, line, hash) VALUES (?1, ?2, ?3)")?.execute(params![
        to_sql(number)?,
        json,
        hash.0
    ])?;
    Ok(())
}

/// A line that can be read, with its number and hash.
pub(crate) type Numbered = (u64, Line, Digest);
/// A line as it is kept, with its number and hash.
pub(crate) type Kept = (u64, Vec<u8>, Digest);

/// Every line with its number and hash, the first one first; and the chain followed to the end.
pub(crate) fn list_kept(connection: &Connection) -> Result<(Vec<Kept>, Chain)> {
    let mut statement = connection.prepare_cached("SELECT number, line, hash FROM register ORDER BY number")?;
    let mut rows = statement.query([])?;
    let mut chain = Chain::begin();
    let mut lines = Vec::new();
    while let Some(row) = rows.next()? {
        let number = from_sql(row.get(0)?)?;
        let json: Vec<u8> = row.get(1)?;
        let hash = Digest(row.get(2)?);
        chain.follow(number, &json, hash);
        lines.push((number, json, hash));
    }
    Ok((lines, chain))
}

/// As [`list_kept`], read. A line that cannot be read is left out: the chain says where.
pub(crate) fn list(connection: &Connection) -> Result<(Vec<Numbered>, Chain)> {
    let (kept, chain) = list_kept(connection)?;
    let read = |(number, json, hash): Kept| Some((number, serde_json::from_slice(&json).ok()?, hash));
    Ok((kept.into_iter().filter_map(read).collect(), chain))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::{Team, at};
    use domain::sync::act::{Act, ActRow, DeviceAct};
    use domain::time::operational_date;

    #[test]
    fn lines_are_only_added_and_a_line_taken_away_is_seen() {
        let team = Team::new();
        let mut desk = team.admin.open();
        let act = Act::Device { act: DeviceAct::Revoked, device: desk.device(), role: None };
        let row = ActRow { on: operational_date(at(0).now), act, before: None, after: None };
        desk.save_desk_entry(DeskEntry::Acts(vec![row.clone(), row.clone()])).unwrap();
        desk.save_desk_entry(DeskEntry::Acts(vec![row])).unwrap();
        let connection = desk.store.connection();
        let (lines, chain) = list(connection).unwrap();
        assert_eq!((lines.len(), chain.count(), chain.broken()), (3, 3, None));
        assert_eq!(chain.head(), lines[2].2);
        for change in ["UPDATE register SET line = x'7b7d'", "DELETE FROM register"] {
            assert!(connection.execute(change, []).is_err(), "{change}");
        }
        connection
            .execute_batch("DROP TRIGGER register_is_never_removed; DELETE FROM register WHERE number = 2")
            .unwrap();
        assert_eq!(list(connection).unwrap().1.broken(), Some(2));
    }
}
