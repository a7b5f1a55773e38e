//! What the desk did about devices: an append-only list (*registro*).

use crate::error::{NotebookError, Result};
use chrono::{DateTime, Utc};
use domain::ids::DeviceId;
use rusqlite::{Connection, params};

/// One act.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct DeviceAct {
    /// When.
    pub(crate) at: DateTime<Utc>,
    /// About which device.
    pub(crate) device: DeviceId,
    /// What was done, by its code.
    pub(crate) kind: String,
    /// Why, by its code; none where there is nothing to choose.
    pub(crate) reason: Option<String>,
    /// Operations that were released by it.
    pub(crate) operations: Option<u32>,
}

/// Adds an act.
pub(crate) fn add(connection: &Connection, act: &DeviceAct) -> Result<()> {
    connection
        .prepare_cached("INSERT INTO device_act (at, device, kind, reason, operations) VALUES (?1, ?2, ?3, ?4, ?5)")?
        .execute(params![act.at.to_rfc3339(), act.device.0, act.kind, act.reason, act.operations])?;
    Ok(())
}

/// Every act, the first one first.
pub(crate) fn list(connection: &Connection) -> Result<Vec<DeviceAct>> {
    let mut statement =
        connection.prepare_cached("SELECT at, device, kind, reason, operations FROM device_act ORDER BY id")?;
    let rows = statement.query_map([], |row| {
        Ok((row.get::<_, String>(0)?, DeviceId(row.get(1)?), row.get(2)?, row.get(3)?, row.get(4)?))
    })?;
    rows.map(|row| {
        let (at, device, kind, reason, operations) = row?;
        let at = at.parse().map_err(|_| NotebookError::Damaged("an act about a device"))?;
        Ok(DeviceAct { at, device, kind, reason, operations })
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::{Team, at};

    #[test]
    fn acts_stay_as_they_were_written() {
        let team = Team::new();
        let desk = team.admin.open();
        let connection = desk.store.connection();
        let act = |operations| DeviceAct {
            at: at(3).now,
            device: desk.device(),
            kind: "release".into(),
            reason: None,
            operations,
        };
        add(connection, &act(Some(4))).unwrap();
        add(connection, &act(None)).unwrap();
        for change in ["UPDATE device_act SET kind = 'drop'", "DELETE FROM device_act"] {
            assert!(connection.execute(change, []).is_err(), "{change}");
        }
        assert_eq!(list(connection).unwrap(), [act(Some(4)), act(None)]);
    }
}
