//! The manifest in force.

use super::{Work, audit};
use crate::store::fault::StoreFault;
use crate::store::outcome::Put;
use crate::store::row::{to_integer, to_number};
use deadpool_postgres::Client;
use domain::sync::DeviceId;
use domain::sync::audit::Note;
use domain::sync::chain::Bytes;
use domain::sync::manifest::SignedManifest;
use uuid::Uuid;

/// The number of the manifest in force; 0 for none.
pub async fn number(client: &Client, programme: Uuid) -> Result<u64, StoreFault> {
    let statement = client.prepare_cached("SELECT number FROM manifest WHERE programme = $1").await?;
    let found = client.query_opt(&statement, &[&programme]).await?;
    found.map_or(Ok(0), |row| to_number(row.try_get(0)?, "number"))
}

/// The manifest in force, if its number is higher than this.
pub async fn newer(client: &Client, programme: Uuid, known: u64) -> Result<Option<SignedManifest>, StoreFault> {
    let known = to_integer(known, "number")?;
    let statement =
        client.prepare_cached("SELECT manifest, signature FROM manifest WHERE programme = $1 AND number > $2").await?;
    let found = client.query_opt(&statement, &[&programme, &known]).await?;
    let Some(row) = found else {
        return Ok(None);
    };
    Ok(Some(SignedManifest { manifest: Bytes(row.try_get(0)?), signature: Bytes(row.try_get(1)?) }))
}

/// Puts a manifest in force that was verified by the one with the number `follows`.
pub async fn put(
    work: Work<'_>,
    (number, follows): (u64, u64),
    signed: &SignedManifest,
    named: &[DeviceId],
    notes: &[Note],
) -> Result<Put, StoreFault> {
    if number == 0 {
        return Ok(Put::Stale);
    }
    let changed = work
        .execute(
            "INSERT INTO manifest (programme, number, manifest, signature) VALUES ($1, $2, $3, $4)
             ON CONFLICT (programme) DO UPDATE
             SET number = excluded.number, manifest = excluded.manifest, signature = excluded.signature
             WHERE excluded.number > manifest.number AND manifest.number = $5",
            &[
                &work.programme,
                &to_integer(number, "number")?,
                &signed.manifest.0,
                &signed.signature.0,
                &to_integer(follows, "number")?,
            ],
        )
        .await?;
    if changed == 0 {
        let newer = "SELECT 1 FROM manifest WHERE programme = $1 AND number >= $2";
        let is_newer = work.query_opt(newer, &[&work.programme, &to_integer(number, "number")?]).await?.is_some();
        return Ok(if is_newer { Put::Stale } else { Put::Overtaken });
    }
    let named: Vec<Uuid> = named.iter().map(|device| device.0).collect();
    work.execute("DELETE FROM enrolment WHERE programme = $1 AND device = ANY ($2)", &[&work.programme, &named])
        .await?;
    audit::append(work, notes).await?;
    Ok(Put::InForce)
}

/// Writes the programme's row as it is.
pub async fn touch(work: Work<'_>) -> Result<(), StoreFault> {
    work.execute("UPDATE programme SET server_key = server_key WHERE programme = $1", &[&work.programme]).await?;
    Ok(())
}
