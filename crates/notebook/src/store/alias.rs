//! Team aliases that this device has seen.

use crate::error::{NotebookError, Result};
use domain::alias::Alias;
use rusqlite::{Connection, OptionalExtension, params};

/// An alias with when it was seen: a month, no more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownAlias {
    /// The alias.
    pub alias: Alias,
    /// `YYYY-MM` of the last contact.
    pub last_month_seen: String,
    /// ISO year in which it was first seen.
    pub created_epoch: i32,
}

/// Notes that an alias was seen. The later month and the earlier epoch stand.
pub(crate) fn note(connection: &Connection, alias: &Alias, month: &str, epoch: i32) -> Result<()> {
    connection
        .prepare_cached(
            "INSERT INTO alias (alias, last_month_seen, created_epoch) VALUES (?1, ?2, ?3)
             ON CONFLICT (alias) DO UPDATE SET last_month_seen = max(last_month_seen, ?2),
                                               created_epoch = min(created_epoch, ?3)",
        )?
        .execute(params![alias.as_str(), month, epoch])?;
    Ok(())
}

/// An alias, if it was seen.
pub(crate) fn find(connection: &Connection, alias: &Alias) -> Result<Option<KnownAlias>> {
    let mut statement =
        connection.prepare_cached("SELECT last_month_seen, created_epoch FROM alias WHERE alias = ?1")?;
    let known = statement.query_row([alias.as_str()], |row| {
        Ok(KnownAlias { alias: alias.clone(), last_month_seen: row.get(0)?, created_epoch: row.get(1)? })
    });
    Ok(known.optional()?)
}

/// Every alias, the latest seen first.
pub(crate) fn list(connection: &Connection) -> Result<Vec<KnownAlias>> {
    let mut statement = connection.prepare_cached(
        "SELECT alias, last_month_seen, created_epoch FROM alias ORDER BY last_month_seen DESC, alias",
    )?;
    let rows = statement.query_map([], |row| Ok((row.get::<_, String>(0)?, row.get(1)?, row.get(2)?)))?;
    rows.map(|row| {
        let (alias, last_month_seen, created_epoch) = row?;
        let alias = alias.parse().map_err(|_| NotebookError::Damaged("an alias"))?;
        Ok(KnownAlias { alias, last_month_seen, created_epoch })
    })
    .collect()
}

/// Removes an alias.
pub(crate) fn remove(connection: &Connection, alias: &Alias) -> Result<()> {
    connection.prepare_cached("DELETE FROM alias WHERE alias = ?1")?.execute([alias.as_str()])?;
    Ok(())
}
