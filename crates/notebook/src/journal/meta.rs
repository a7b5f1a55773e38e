//! Single values of the journal, each with a check, and all of them twice.
//!
//! Plain SQLite does not notice a flipped bit. A value counts only with the SHA-256 over its name and its bytes; where one
//! copy does not hold, the other does. A row that is gone altogether would read as a value that never was: a list of all
//! names, kept in the same way, tells the two apart.
//!
//! Invariant: both copies are written in one transaction.

use crate::error::{NotebookError, Result};
use domain::sync::chain::Digest;
use rusqlite::{Connection, OptionalExtension, params};

/// The list of the others, each on a line.
const NAMES: &str = "names";
/// The two copies: far from each other in the file, so that a damaged page does not take both.
const COPIES: [Copy; 2] = [
    Copy {
        find: "SELECT value, digest FROM meta WHERE key = ?1",
        put: "INSERT INTO meta (key, value, digest) VALUES (?1, ?2, ?3)
              ON CONFLICT (key) DO UPDATE SET value = ?2, digest = ?3",
        remove: "DELETE FROM meta WHERE key = ?1",
    },
    Copy {
        find: "SELECT value, digest FROM meta_copy WHERE key = ?1",
        put: "INSERT INTO meta_copy (key, value, digest) VALUES (?1, ?2, ?3)
              ON CONFLICT (key) DO UPDATE SET value = ?2, digest = ?3",
        remove: "DELETE FROM meta_copy WHERE key = ?1",
    },
];

struct Copy {
    find: &'static str,
    put: &'static str,
    remove: &'static str,
}

impl Copy {
    /// A value that holds. What is damaged counts as not there.
    fn find(&self, connection: &Connection, key: &str) -> Result<Option<Vec<u8>>> {
        let read = || -> Result<Option<(Vec<u8>, Vec<u8>)>> {
            let mut statement = connection.prepare_cached(self.find)?;
            Ok(statement.query_row([key], |row| Ok((row.get(0)?, row.get(1)?))).optional()?)
        };
        match read() {
            Ok(row) => Ok(row.and_then(|(value, digest)| (digest == check(key, &value).0).then_some(value))),
            Err(NotebookError::Damaged(_)) => Ok(None),
            Err(other) => Err(other),
        }
    }
}

/// A value; none if it was never written.
///
/// # Errors
/// [`NotebookError::JournalValue`] if neither copy of it holds; the disk.
pub(super) fn find(connection: &Connection, key: &str) -> Result<Option<Vec<u8>>> {
    for copy in &COPIES {
        if let Some(value) = copy.find(connection, key)? {
            return Ok(Some(value));
        }
    }
    if names(connection)?.iter().any(|name| name == key) { Err(NotebookError::JournalValue) } else { Ok(None) }
}

/// A value of a fixed length.
///
/// # Errors
/// As [`find`].
pub(super) fn find_array<const N: usize>(connection: &Connection, key: &str) -> Result<Option<[u8; N]>> {
    let value = find(connection, key)?;
    value.map(|value| value.try_into().map_err(|_| NotebookError::JournalValue)).transpose()
}

/// Writes a value. The caller's transaction holds both copies together.
pub(super) fn put(connection: &Connection, key: &str, value: &[u8]) -> Result<()> {
    let mut names = names(connection)?;
    if !names.iter().any(|name| name == key) {
        names.push(key.to_owned());
        write(connection, NAMES, names.join("\n").as_bytes())?;
    }
    write(connection, key, value)
}

/// Removes a value.
pub(super) fn remove(connection: &Connection, key: &str) -> Result<()> {
    let mut names = names(connection)?;
    names.retain(|name| name != key);
    write(connection, NAMES, names.join("\n").as_bytes())?;
    for copy in &COPIES {
        connection.prepare_cached(copy.remove)?.execute([key])?;
    }
    Ok(())
}

/// Removes every value.
pub(super) fn clear(connection: &Connection) -> Result<()> {
    connection.execute_batch("DELETE FROM meta; DELETE FROM meta_copy")?;
    write(connection, NAMES, b"")
}

/// Whether both copies of every value hold.
///
/// # Errors
/// [`NotebookError::JournalValue`] if one does not; the disk.
pub(super) fn check_all(connection: &Connection) -> Result<()> {
    let mut names = names(connection)?;
    names.push(NAMES.to_owned());
    for name in &names {
        let [one, other] = &COPIES;
        let (one, other) = (one.find(connection, name)?, other.find(connection, name)?);
        if one.is_none() || one != other {
            return Err(NotebookError::JournalValue);
        }
    }
    Ok(())
}

fn names(connection: &Connection) -> Result<Vec<String>> {
    for copy in &COPIES {
        if let Some(names) = copy.find(connection, NAMES)? {
            let names = String::from_utf8(names).map_err(|_| NotebookError::JournalValue)?;
            return Ok(names.lines().map(str::to_owned).collect());
        }
    }
    Err(NotebookError::JournalValue)
}

fn write(connection: &Connection, key: &str, value: &[u8]) -> Result<()> {
    for copy in &COPIES {
        connection.prepare_cached(copy.put)?.execute(params![key, value, check(key, value).0])?;
    }
    Ok(())
}

/// What holds a value to its name. A name has no byte 0.
fn check(key: &str, value: &[u8]) -> Digest {
    Digest::of(&[key.as_bytes(), &[0], value].concat())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written() -> Connection {
        let connection = Connection::open_in_memory().unwrap();
        connection.execute_batch(include_str!("migrations/0001_first.sql")).unwrap();
        clear(&connection).unwrap();
        put(&connection, "server", b"https://posta.example").unwrap();
        put(&connection, "unit", b"BS-U1").unwrap();
        connection
    }

    #[test]
    fn reads_a_value_from_the_copy_that_holds_and_tells_when_none_does() {
        let connection = written();
        check_all(&connection).unwrap();
        connection
            .execute("UPDATE meta SET value = CAST('https://posta.exampld' AS BLOB) WHERE key = 'server'", [])
            .unwrap();
        assert_eq!(find(&connection, "server").unwrap().unwrap(), b"https://posta.example");
        assert_eq!(check_all(&connection), Err(NotebookError::JournalValue), "it is told nevertheless");
        connection.execute("UPDATE meta_copy SET digest = zeroblob(32) WHERE key = 'server'", []).unwrap();
        assert_eq!(find(&connection, "server"), Err(NotebookError::JournalValue));
        assert_eq!(find(&connection, "unit").unwrap().unwrap(), b"BS-U1", "the others are not in its way");
    }

    #[test]
    fn tells_a_value_that_is_gone_from_one_that_never_was() {
        let connection = written();
        assert_eq!(find(&connection, "server_key").unwrap(), None);
        connection
            .execute_batch("UPDATE meta SET key = 'unjt' WHERE key = 'unit'; DELETE FROM meta_copy WHERE key = 'unit'")
            .unwrap();
        assert_eq!(find(&connection, "unit"), Err(NotebookError::JournalValue));
        let connection = written();
        remove(&connection, "unit").unwrap();
        assert_eq!(find(&connection, "unit").unwrap(), None);
        check_all(&connection).unwrap();
        connection.execute_batch("DELETE FROM meta WHERE key = 'names'").unwrap();
        assert_eq!(find(&connection, "unit").unwrap(), None, "the list is there twice too");
        connection.execute_batch("DELETE FROM meta_copy WHERE key = 'names'").unwrap();
        assert_eq!(find(&connection, "unit"), Err(NotebookError::JournalValue));
    }
}
