//! Which backups have become too old: every one of the last day stays, then the last of each day for thirty days.

use crate::store::backup::Verified;
use chrono::{DateTime, TimeDelta, Utc};
use std::collections::BTreeSet;

/// For so long all of them stay.
const ALL: TimeDelta = TimeDelta::days(1);
/// For so long one of each day stays.
const DAILY: TimeDelta = TimeDelta::days(30);

/// Of backups, newest first, the names of those that go. The newest of all never does.
#[must_use]
pub fn outdated(backups: &[Verified], now: DateTime<Utc>) -> Vec<String> {
    let mut days = BTreeSet::new();
    let mut gone = Vec::new();
    for (place, backup) in backups.iter().enumerate() {
        let age = now.signed_duration_since(backup.made_at);
        let is_last_of_its_day = days.insert(backup.made_at.date_naive());
        if place > 0 && (age > DAILY || (age > ALL && !is_last_of_its_day)) {
            gone.push(backup.name.clone());
        }
    }
    gone
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::TimeZone;
    use domain::sync::chain::Digest;
    use proptest::prelude::*;

    fn backup(at: DateTime<Utc>) -> Verified {
        Verified { name: at.to_rfc3339(), made_at: at, bytes: 1, sha256: Digest([0; 32]), tried: false }
    }

    fn now() -> DateTime<Utc> {
        Utc.with_ymd_and_hms(2026, 3, 14, 12, 0, 0).unwrap()
    }

    #[test]
    fn keeps_a_day_whole_and_a_month_by_days() {
        let mut kept: Vec<_> = Vec::new();
        let quarters = 45 * 24 * 4;
        for quarter in 0..quarters {
            let at = now() - TimeDelta::days(45) + TimeDelta::minutes(15 * quarter);
            kept.insert(0, backup(at));
            let gone = outdated(&kept, at);
            kept.retain(|backup| !gone.contains(&backup.name));
        }
        let of_last_day = kept.iter().filter(|backup| now() - backup.made_at <= TimeDelta::days(1)).count();
        assert_eq!(of_last_day, 96);
        assert!((96 + 28..=96 + 31).contains(&kept.len()), "{}", kept.len());
        let oldest = kept.last().unwrap().made_at;
        assert!(now() - oldest <= TimeDelta::days(30) + TimeDelta::minutes(15), "{oldest}");
    }

    #[test]
    fn the_newest_stays_however_old_it_is() {
        let old = backup(now() - TimeDelta::days(400));
        assert_eq!(outdated(std::slice::from_ref(&old), now()), Vec::<String>::new());
        assert_eq!(outdated(&[], now()), Vec::<String>::new());
    }

    proptest! {
        #[test]
        fn nothing_of_the_last_day_goes_and_nothing_older_than_a_month_stays(hours in prop::collection::vec(0_i64..2_000, 1..60)) {
            let mut hours = hours;
            hours.sort_unstable();
            hours.dedup();
            let all: Vec<_> = hours.iter().map(|hours| backup(now() - TimeDelta::hours(*hours))).collect();
            let gone = outdated(&all, now());
            for (place, backup) in all.iter().enumerate() {
                let age = now() - backup.made_at;
                let is_gone = gone.contains(&backup.name);
                prop_assert!(!(is_gone && age <= ALL));
                prop_assert!(place == 0 || is_gone || age <= DAILY);
                // Of each day within the month one is left.
                let day = backup.made_at.date_naive();
                let is_left = all.iter().any(|other| other.made_at.date_naive() == day && !gone.contains(&other.name));
                prop_assert!(age > DAILY || is_left);
            }
        }
    }
}
