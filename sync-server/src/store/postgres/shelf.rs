//! What is published: recipients' shelves and the releases on them.

use super::{Work, audit, lock};
use crate::store::fault::StoreFault;
use crate::store::outcome::{Laid, OnShelf, Publish, Shelf};
use domain::sync::DeviceId;
use domain::sync::audit::Note;
use domain::sync::publish::LINK_BYTES;

/// Lays a verified release on its recipient's shelf. The same one again moves it, and may renew the password.
pub async fn publish(work: Work<'_>, publish: &Publish, note: Note) -> Result<Laid, StoreFault> {
    let number = i64::from(publish.number);
    // Two desks that publish at once wait for each other: no device has the programme's id.
    lock::device(work, DeviceId(work.programme)).await?;
    let held = work
        .query_opt(
            "SELECT fingerprint, withdrawn_on IS NOT NULL FROM published WHERE programme = $1 AND number = $2",
            &[&work.programme, &number],
        )
        .await?;
    if let Some(row) = held {
        let (fingerprint, is_withdrawn): (&[u8], bool) = (row.try_get(0)?, row.try_get(1)?);
        if is_withdrawn || fingerprint != publish.fingerprint.0 {
            return Ok(Laid::OtherUnderNumber);
        }
    }
    work.execute(
        "INSERT INTO shelf (programme, link, salt, hash) VALUES ($1, $2, $3, $4)
             ON CONFLICT (programme, link) DO UPDATE SET salt = excluded.salt, hash = excluded.hash",
        &[&work.programme, &publish.link.as_slice(), &publish.salt, &publish.hash],
    )
    .await?;
    work.execute(
        "INSERT INTO published (programme, number, link, fingerprint, document, signature, published_on)
             VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (programme, number) DO UPDATE SET link = excluded.link",
        &[
            &work.programme,
            &number,
            &publish.link.as_slice(),
            &publish.fingerprint.0.as_slice(),
            &publish.document,
            &publish.signature,
            &note.day,
        ],
    )
    .await?;
    audit::append(work, &[note]).await?;
    Ok(Laid::Yes)
}

/// Takes a release's content away for good. False for one that was never published.
pub async fn withdraw(work: Work<'_>, number: u32, note: Note) -> Result<bool, StoreFault> {
    let number = i64::from(number);
    let withdrawn = work
        .execute(
            "UPDATE published SET document = NULL, withdrawn_on = $3
             WHERE programme = $1 AND number = $2 AND withdrawn_on IS NULL",
            &[&work.programme, &number, &note.day],
        )
        .await?;
    if withdrawn == 1 {
        audit::append(work, &[note]).await?;
        return Ok(true);
    }
    let known = "SELECT 1 FROM published WHERE programme = $1 AND number = $2";
    Ok(work.query_opt(known, &[&work.programme, &number]).await?.is_some())
}

/// A recipient's shelf.
pub async fn find(work: Work<'_>, link: [u8; LINK_BYTES]) -> Result<Option<Shelf>, StoreFault> {
    let secret = "SELECT salt, hash FROM shelf WHERE programme = $1 AND link = $2";
    let Some(row) = work.query_opt(secret, &[&work.programme, &link.as_slice()]).await? else { return Ok(None) };
    let rows = work
        .query(
            "SELECT number, document, withdrawn_on FROM published
             WHERE programme = $1 AND link = $2 ORDER BY number DESC",
            &[&work.programme, &link.as_slice()],
        )
        .await?;
    let on_shelf = |row: &tokio_postgres::Row| -> Result<OnShelf, StoreFault> {
        let number: i64 = row.try_get(0)?;
        let number = u32::try_from(number).map_err(|_| StoreFault::Column("number"))?;
        Ok(OnShelf { number, document: row.try_get(1)?, withdrawn_on: row.try_get(2)? })
    };
    let releases = rows.iter().map(on_shelf).collect::<Result<_, _>>()?;
    Ok(Some(Shelf { salt: row.try_get(0)?, hash: row.try_get(1)?, releases }))
}
