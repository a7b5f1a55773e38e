//! What is published: recipients' shelves and the releases on them.

use super::audit;
use crate::store::fault::StoreFault;
use crate::store::outcome::{Laid, OnShelf, Publish, Shelf};
use chrono::NaiveDate;
use domain::sync::audit::Note;
use domain::sync::publish::LINK_BYTES;
use rusqlite::{Connection, OptionalExtension, params};

/// Lays a verified release on its recipient's shelf. The same one again moves it, and may renew the password.
pub fn publish(connection: &Connection, publish: &Publish, note: Note) -> Result<Laid, StoreFault> {
    let held: Option<(Vec<u8>, bool)> = connection
        .prepare_cached("SELECT fingerprint, withdrawn_on IS NOT NULL FROM published WHERE number = ?1")?
        .query_row([publish.number], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    if held.is_some_and(|(fingerprint, withdrawn)| withdrawn || fingerprint != publish.fingerprint.0) {
        return Ok(Laid::OtherUnderNumber);
    }
    connection
        .prepare_cached(
            "INSERT INTO shelf (link, salt, hash) VALUES (?1, ?2, ?3)
             ON CONFLICT (link) DO UPDATE SET salt = excluded.salt, hash = excluded.hash",
        )?
        .execute(params![publish.link, publish.salt, publish.hash])?;
    connection
        .prepare_cached(
            "INSERT INTO published (number, link, fingerprint, document, signature, published_on)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT (number) DO UPDATE SET link = excluded.link",
        )?
        .execute(params![
            publish.number,
            publish.link,
            publish.fingerprint.0,
            publish.document,
            publish.signature,
            note.day
        ])?;
    audit::append(connection, &[note])?;
    Ok(Laid::Yes)
}

/// Takes a release's content away for good. False for one that was never published.
pub fn withdraw(connection: &Connection, number: u32, note: Note) -> Result<bool, StoreFault> {
    let withdrawn = connection
        .prepare_cached(
            "UPDATE published SET document = NULL, withdrawn_on = ?2 WHERE number = ?1 AND withdrawn_on IS NULL",
        )?
        .execute(params![number, note.day])?;
    if withdrawn == 1 {
        audit::append(connection, &[note])?;
        return Ok(true);
    }
    Ok(connection.prepare_cached("SELECT 1 FROM published WHERE number = ?1")?.exists([number])?)
}

/// A recipient's shelf.
pub fn find(connection: &Connection, link: [u8; LINK_BYTES]) -> Result<Option<Shelf>, StoreFault> {
    let secret: Option<(Vec<u8>, Vec<u8>)> = connection
        .prepare_cached("SELECT salt, hash FROM shelf WHERE link = ?1")?
        .query_row([link], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    let Some((salt, hash)) = secret else { return Ok(None) };
    let mut statement = connection
        .prepare_cached("SELECT number, document, withdrawn_on FROM published WHERE link = ?1 ORDER BY number DESC")?;
    let rows = statement.query_map([link], |row| {
        let withdrawn_on: Option<NaiveDate> = row.get(2)?;
        Ok(OnShelf { number: row.get(0)?, document: row.get(1)?, withdrawn_on })
    })?;
    Ok(Some(Shelf { salt, hash, releases: rows.collect::<Result<_, _>>()? }))
}
