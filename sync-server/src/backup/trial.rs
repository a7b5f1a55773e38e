//! The trial (*prova di ripristino*): once a week a backup is not only fetched back but started from.
//!
//! A server holds no identity that opens backups. For the backup of a trial it makes one more recipient whose identity is
//! in memory until the trial is over, and nowhere else, so that nobody opens that backup by it afterwards. What was fetched
//! back is opened, checked page by page and chain by chain, put into a new folder as an operator would, opened there as a
//! server does, and compared with what was copied.

use super::check::Contents;
use super::fault::BackupFault;
use super::restore;
use super::seal::Throwaway;
use crate::config::Database;
use crate::store::backup::Verified;
use chrono::{DateTime, TimeDelta, Utc};
use std::path::PathBuf;

/// Between two trials.
pub const EVERY: TimeDelta = TimeDelta::days(7);
/// A server is not well whose last trial is older than this.
pub const TOO_OLD: TimeDelta = TimeDelta::days(8);

/// Where one is started, in the folder of the backup.
const TRIED: &str = "tried";

/// When the backup of the last trial was made.
#[must_use]
pub fn last(backups: &[Verified]) -> Option<DateTime<Utc>> {
    backups.iter().filter(|backup| backup.tried).map(|backup| backup.made_at).max()
}

/// Whether the next backup is to be tried.
#[must_use]
pub fn is_due(backups: &[Verified], now: DateTime<Utc>) -> bool {
    last(backups).is_none_or(|last| now - last >= EVERY)
}

/// Starts from a backup that was fetched back. False for one in which a log is not whole: it was not before either, and the
/// other logs are to have their copy all the same.
///
/// # Errors
/// [`BackupFault`]: nobody could start from it.
pub async fn run(
    key: Throwaway,
    fetched: PathBuf,
    folder: PathBuf,
    copied: Contents,
    now: DateTime<Utc>,
) -> Result<bool, BackupFault> {
    let work = move || {
        let opened = match restore::open_with(key.identity(), &fetched, &folder) {
            Err(BackupFault::Broken { logs }) => {
                tracing::error!(code = "trial_broken", logs, "nobody could start from the backup: logs are not whole");
                return Ok(false);
            }
            other => other?,
        };
        let found = opened.into_place(&folder.join(TRIED), &Database::Sqlite, now)?;
        if found == copied { Ok(true) } else { Err(BackupFault::Differs) }
    };
    tokio::task::spawn_blocking(work).await.map_err(|_| BackupFault::Seal)?
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::sync::chain::Digest;

    #[test]
    fn is_due_a_week_after_the_last_that_succeeded() {
        let now = DateTime::UNIX_EPOCH + TimeDelta::days(20_000);
        let backup = |days: i64, tried| Verified {
            name: days.to_string(),
            made_at: now - TimeDelta::days(days),
            bytes: 1,
            sha256: Digest([0; 32]),
            tried,
        };
        assert!(is_due(&[], now), "the first of all is tried");
        assert!(is_due(&[backup(0, false), backup(7, true), backup(14, true)], now));
        assert!(!is_due(&[backup(0, false), backup(6, true)], now));
        assert_eq!(last(&[backup(1, false), backup(9, true), backup(16, true)]), Some(now - TimeDelta::days(9)));
    }
}
