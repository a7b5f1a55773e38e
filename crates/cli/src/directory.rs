//! The directory of the demonstration: invented services with real-looking times, checked some days before the week
//! that is played, so that one of them is always due for another check.

use chrono::{Days, NaiveDate};
use domain::directory::ServiceEntry;
use serde::Deserialize;
use serde_json::{Map, Value};

const SERVICES: &str = include_str!("../demo/directory.json");

/// One service of the file: its last check is told in days before the week.
#[derive(Deserialize)]
struct Service {
    checked_days_before: u64,
    entry: Map<String, Value>,
}

/// The services, as checked before this Monday.
///
/// # Errors
/// If the file that is built in cannot be read: a test reads it.
pub fn demo_directory(monday: NaiveDate) -> Result<Vec<ServiceEntry>, serde_json::Error> {
    let services: Vec<Service> = serde_json::from_str(SERVICES)?;
    let entry = |service: Service| {
        let verified_on = monday.checked_sub_days(Days::new(service.checked_days_before)).unwrap_or(monday);
        let mut entry = service.entry;
        entry.insert("verified_on".to_owned(), serde_json::to_value(verified_on)?);
        serde_json::from_value(Value::Object(entry))
    };
    services.into_iter().map(entry).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::contact::Language;
    use domain::directory::is_open_at;
    use std::collections::BTreeSet;

    fn directory() -> Vec<ServiceEntry> {
        demo_directory(NaiveDate::from_ymd_opt(2026, 3, 9).unwrap()).unwrap()
    }

    #[test]
    fn offers_something_to_every_filter() {
        let directory = directory();
        assert!(directory.len() >= 8);
        let night = "2026-03-12T23:30:00+01:00".parse().unwrap();
        assert!(directory.iter().any(|entry| is_open_at(&entry.opening, night)), "open at night");
        assert!(directory.iter().any(|entry| !is_open_at(&entry.opening, night)));
        for language in [Language::Ro, Language::Es, Language::Fr, Language::En] {
            assert!(directory.iter().any(|entry| entry.languages.contains(&language)), "{language}");
        }
        let today = NaiveDate::from_ymd_opt(2026, 3, 12).unwrap();
        assert_eq!(directory.iter().filter(|entry| entry.is_stale(today)).count(), 1);
        assert!(directory.iter().any(ServiceEntry::is_protected));
    }

    #[test]
    fn names_no_place_n07() {
        for entry in directory() {
            let label = entry.label.to_lowercase();
            for word in ["via ", "viale ", "piazza ", "corso ", "casa ", "n."] {
                assert!(!label.contains(word), "{label}");
            }
            assert!(!label.chars().any(|letter| letter.is_ascii_digit()), "{label}");
        }
    }

    #[test]
    fn lists_every_service_once() {
        let directory = directory();
        let ids: BTreeSet<_> = directory.iter().map(|entry| &entry.id).collect();
        assert_eq!(ids.len(), directory.len());
    }
}
