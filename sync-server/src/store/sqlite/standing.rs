//! How every device's log stands.

use crate::store::fault::StoreFault;
use crate::store::row::{to_device, to_number};
use domain::sync::standing::{DeviceStanding, DeviceStandings};
use rusqlite::Connection;

const LIST: &str = "
    SELECT known.device, coalesce(log.stored, 0), coalesce(log.backed_up, 0),
           (SELECT count(*) FROM operation WHERE log_id = log.id AND refused IS NOT NULL),
           CASE WHEN log.stored > 0 THEN log.received_on END, log.quarantined_on,
           (SELECT count(*) FROM quarantine WHERE quarantine.device = known.device AND dropped_on IS NULL),
           (SELECT max(received_on) FROM
               (SELECT CASE WHEN log.stored > 0 THEN log.received_on END AS received_on
                UNION ALL SELECT received_on FROM quarantine WHERE quarantine.device = known.device)),
           wiped.confirmed_on
    FROM (SELECT device FROM log UNION SELECT device FROM quarantine UNION SELECT device FROM wiped) AS known
    LEFT JOIN log ON log.device = known.device
    LEFT JOIN wiped ON wiped.device = known.device
    ORDER BY known.device";

/// Every device that ever sent something or confirmed an order, by id.
pub fn list(connection: &Connection) -> Result<DeviceStandings, StoreFault> {
    let mut statement = connection.prepare_cached(LIST)?;
    let mut rows = statement.query([])?;
    let mut devices = Vec::new();
    while let Some(row) = rows.next()? {
        devices.push(DeviceStanding {
            device: to_device(&row.get::<_, Vec<u8>>(0)?)?,
            stored: to_number(row.get(1)?, "stored")?,
            backed_up: to_number(row.get(2)?, "backed_up")?,
            refused: to_number(row.get(3)?, "refused")?,
            received_on: row.get(4)?,
            quarantined_on: row.get(5)?,
            quarantined_batches: to_number(row.get(6)?, "quarantine")?,
            seen_on: row.get(7)?,
            wiped_on: row.get(8)?,
        });
    }
    Ok(DeviceStandings { devices })
}
