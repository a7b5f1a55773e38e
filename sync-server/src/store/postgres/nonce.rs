//! Nonces that some instance has seen: a signed request is not done again by another one either.

use super::Work;
use crate::nonces::MEMORY_SECONDS;
use crate::store::fault::StoreFault;
use crate::store::outcome::Seen;
use domain::sync::DeviceId;

/// Remembers a nonce, and forgets what has become useless.
pub async fn see(work: Work<'_>, device: DeviceId, nonce: &[u8], now: i64) -> Result<Seen, StoreFault> {
    let oldest = now.saturating_sub(MEMORY_SECONDS);
    // Those that another instance is forgetting are left to it.
    work.execute(
        "DELETE FROM nonce WHERE ctid IN
                 (SELECT ctid FROM nonce WHERE seen_at < $1 LIMIT 16 FOR UPDATE SKIP LOCKED)",
        &[&oldest],
    )
    .await?;
    let new = work
        .execute(
            "INSERT INTO nonce (programme, device, nonce, seen_at) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING",
            &[&work.programme, &device.0, &nonce, &now],
        )
        .await?;
    Ok(if new == 0 { Seen::Again } else { Seen::First })
}
