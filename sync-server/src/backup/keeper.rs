//! What a running server does by itself: backups, and removing what has been kept long enough.

use super::fault::BackupFault;
use super::make::{Made, make};
use super::program::Words;
use super::{Backups, trial};
use crate::metrics::Metrics;
use crate::state::ServerState;
use crate::store::fault::StoreFault;
use crate::store::retention::{Due, Removed, Terms};
use chrono::{DateTime, Utc};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// After a backup that failed.
const RETRY: Duration = Duration::from_secs(60);
/// Between two looks at what is due.
const LOOK: Duration = Duration::from_secs(60 * 60);

/// Makes backups for as long as the server runs. Of several servers on one database the first whose turn it is.
pub async fn back_up(state: ServerState, data: PathBuf, backups: Backups, metrics: Metrics) {
    loop {
        let wait = match back_up_if_due(&state, &data, &backups).await {
            Ok(wait) => wait,
            Err(fault) => {
                tracing::error!(code = fault.code(), "no backup was made");
                metrics.backups_failed.inc();
                RETRY.min(backups.every)
            }
        };
        tokio::time::sleep(wait).await;
    }
}

/// Makes a backup if the newest is old enough. How long to wait for the next.
///
/// # Errors
/// [`BackupFault`].
pub async fn back_up_if_due(state: &ServerState, data: &Path, backups: &Backups) -> Result<Duration, BackupFault> {
    let newest = newest(state).await.map_err(BackupFault::Note)?;
    let age = newest.and_then(|newest| (state.now() - newest).to_std().ok());
    if let Some(wait) = age.and_then(|age| backups.every.checked_sub(age)).filter(|wait| !wait.is_zero()) {
        return Ok(wait);
    }
    let made = make(state.store(), data, backups, state.now(), Words::Hidden).await?;
    let Made { file, contents, .. } = made;
    tracing::info!(bytes = file.bytes, operations = contents.operations, tried = file.tried, "a backup lies elsewhere");
    Ok(backups.every)
}

/// When the newest backup was made that is known to lie elsewhere.
///
/// # Errors
/// [`StoreFault`].
pub async fn newest(state: &ServerState) -> Result<Option<DateTime<Utc>>, StoreFault> {
    Ok(state.store().backups().await?.first().map(|backup| backup.made_at))
}

/// When the newest backup was made that was started from on trial.
///
/// # Errors
/// [`StoreFault`].
pub async fn newest_tried(state: &ServerState) -> Result<Option<DateTime<Utc>>, StoreFault> {
    Ok(trial::last(&state.store().backups().await?))
}

/// Removes what has been kept long enough, for as long as the server runs.
pub async fn clean_up(state: ServerState, terms: Terms, metrics: Metrics) {
    loop {
        match remove_all_due(&state, terms).await {
            Ok(removed) => {
                metrics.operations_removed.inc_by(removed.operations);
                if removed != Removed::default() {
                    let Removed { operations, batches, enrolments, .. } = removed;
                    tracing::info!(operations, batches, enrolments, "kept long enough and removed");
                }
            }
            Err(error) => tracing::error!(code = "retention", %error, "what was kept long enough is not removed"),
        }
        tokio::time::sleep(LOOK).await;
    }
}

/// Removes all that is due now, a little at a time: phones that send go in between.
///
/// # Errors
/// [`StoreFault`]; what was removed before stays so.
pub async fn remove_all_due(state: &ServerState, terms: Terms) -> Result<Removed, StoreFault> {
    let mut all = Removed::default();
    loop {
        let removed = state.store().remove_due(Due { terms, now: state.now() }).await?;
        all.operations += removed.operations;
        all.batches += removed.batches;
        all.enrolments += removed.enrolments;
        if !removed.more {
            state.store().forget_audit(state.now().date_naive()).await?;
            return Ok(all);
        }
    }
}
