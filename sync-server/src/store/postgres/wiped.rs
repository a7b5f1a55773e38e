//! Devices that confirmed an order to wipe.

use super::{Work, audit};
use crate::store::fault::StoreFault;
use chrono::NaiveDate;
use domain::sync::DeviceId;
use domain::sync::audit::{AuditKind, Note};

/// Notes a verified confirmation. The first day stands.
pub async fn confirm(work: Work<'_>, device: DeviceId, signature: &[u8], today: NaiveDate) -> Result<(), StoreFault> {
    let new = work
        .execute(
            "INSERT INTO wiped (programme, device, signature, confirmed_on) VALUES ($1, $2, $3, $4)
             ON CONFLICT DO NOTHING",
            &[&work.programme, &device.0, &signature, &today],
        )
        .await?;
    if new > 0 {
        audit::append(work, &[Note::new(today, AuditKind::WipeConfirmed).by(device)]).await?;
    }
    Ok(())
}
