//! How every device's log stands. Three plain questions, put together here: a join would not distribute.

use super::Work;
use crate::store::fault::StoreFault;
use crate::store::row::to_number;
use chrono::NaiveDate;
use domain::sync::DeviceId;
use domain::sync::standing::{DeviceStanding, DeviceStandings};
use std::collections::BTreeMap;

/// Every device that ever sent something or confirmed an order, by id.
pub async fn list(work: Work<'_>) -> Result<DeviceStandings, StoreFault> {
    work.sql.batch_execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY").await?;
    let mut known: BTreeMap<DeviceId, DeviceStanding> = BTreeMap::new();
    let logs = work
        .query(
            "SELECT device, stored, backed_up, received_on, quarantined_on,
                    (SELECT count(*) FROM operation
                     WHERE operation.programme = log.programme AND operation.unit = log.unit
                       AND operation.device = log.device AND refused IS NOT NULL)
             FROM log WHERE programme = $1",
            &[&work.programme],
        )
        .await?;
    for row in logs {
        let standing = of(&mut known, DeviceId(row.try_get(0)?));
        standing.stored = to_number(row.try_get(1)?, "stored")?;
        standing.backed_up = to_number(row.try_get(2)?, "backed_up")?;
        standing.received_on = if standing.stored > 0 { row.try_get(3)? } else { None };
        standing.seen_on = standing.received_on;
        standing.quarantined_on = row.try_get(4)?;
        standing.refused = to_number(row.try_get(5)?, "refused")?;
    }
    let quarantined = work
        .query(
            "SELECT device, count(*) FILTER (WHERE dropped_on IS NULL), max(received_on) FROM quarantine
             WHERE programme = $1 GROUP BY device",
            &[&work.programme],
        )
        .await?;
    for row in quarantined {
        let standing = of(&mut known, DeviceId(row.try_get(0)?));
        standing.quarantined_batches = to_number(row.try_get(1)?, "quarantine")?;
        standing.seen_on = standing.seen_on.max(row.try_get::<_, Option<NaiveDate>>(2)?);
    }
    let wiped = work.query("SELECT device, confirmed_on FROM wiped WHERE programme = $1", &[&work.programme]).await?;
    for row in wiped {
        of(&mut known, DeviceId(row.try_get(0)?)).wiped_on = row.try_get(1)?;
    }
    Ok(DeviceStandings { devices: known.into_values().collect() })
}

fn of(known: &mut BTreeMap<DeviceId, DeviceStanding>, device: DeviceId) -> &mut DeviceStanding {
    known.entry(device).or_insert_with(|| DeviceStanding {
        device,
        stored: 0,
        backed_up: 0,
        refused: 0,
        received_on: None,
        quarantined_on: None,
        quarantined_batches: 0,
        seen_on: None,
        wiped_on: None,
    })
}
