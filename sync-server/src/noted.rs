//! What is on record today already, of things that are worth one entry a day. In memory: after a restart there may be a
//! second one.

use chrono::NaiveDate;
use domain::sync::DeviceId;
use domain::sync::audit::AuditKind;
use std::collections::BTreeSet;

/// The kinds and devices of one day. No larger than the manifest: devices that it does not name have no entry of theirs.
#[derive(Debug, Default)]
pub struct Noted {
    day: NaiveDate,
    done: BTreeSet<(AuditKind, Option<DeviceId>)>,
}

impl Noted {
    /// Whether there is no entry today; then it counts as made.
    pub fn is_new(&mut self, today: NaiveDate, kind: AuditKind, device: Option<DeviceId>) -> bool {
        if self.day != today {
            *self = Self { day: today, done: BTreeSet::new() };
        }
        self.done.insert((kind, device))
    }

    /// It was not made after all.
    pub fn forget(&mut self, kind: AuditKind, device: Option<DeviceId>) {
        self.done.remove(&(kind, device));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn is_new_once_a_day_for_each_kind_and_device_unless_it_failed() {
        let mut noted = Noted::default();
        let day = NaiveDate::from_ymd_opt(2026, 3, 14).unwrap();
        let device = Some(DeviceId(uuid::Uuid::from_u128(1)));
        assert!(noted.is_new(day, AuditKind::Pulled, device));
        assert!(!noted.is_new(day, AuditKind::Pulled, device));
        assert!(noted.is_new(day, AuditKind::Pulled, None));
        assert!(noted.is_new(day, AuditKind::AuthFailed, device));
        noted.forget(AuditKind::Pulled, device);
        assert!(noted.is_new(day, AuditKind::Pulled, device));
        assert!(noted.is_new(day.succ_opt().unwrap(), AuditKind::Pulled, device));
    }
}
