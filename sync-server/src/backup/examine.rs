//! What `doctor` says about backups.

use super::Backups;
use crate::doctor::{Check, Outcome};
use chrono::{DateTime, TimeDelta, Utc};

/// A server is not well when its newest backup is older than this, or than two turns.
pub const LEAST_AGE: TimeDelta = TimeDelta::minutes(30);

/// The age at which a backup is too old.
#[must_use]
pub fn too_old(backups: &Backups) -> TimeDelta {
    let turns = TimeDelta::from_std(backups.every.saturating_mul(2)).unwrap_or(LEAST_AGE);
    turns.max(LEAST_AGE)
}

/// Whether copies lie elsewhere.
#[must_use]
pub fn examine(backups: Option<&Backups>, newest: Option<DateTime<Utc>>, now: DateTime<Utc>) -> Check {
    let Some(backups) = backups else {
        return Check::new(
            Outcome::Attention,
            "backup_absent",
            "Non ci sono copie di sicurezza fuori da questa macchina: aggiungere [backup] alle impostazioni. I telefoni tengono ciò che lo sportello non ha confermato.",
        );
    };
    match newest {
        None => Check::new(
            Outcome::Attention,
            "backup_none",
            "Nessuna copia di sicurezza è ancora arrivata fuori da questa macchina: provare con «uscita-server backup».",
        ),
        Some(newest) if now - newest > too_old(backups) => Check::new(
            Outcome::Attention,
            "backup_old",
            format!(
                "L'ultima copia di sicurezza è del {} UTC: vedere perché con «uscita-server backup». I telefoni tengono ciò che non ha una copia.",
                newest.format("%Y-%m-%d %H:%M")
            ),
        ),
        Some(newest) => Check::new(
            Outcome::Well,
            "backup",
            format!("L'ultima copia di sicurezza, riletta, è del {} UTC.", newest.format("%Y-%m-%d %H:%M")),
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::backup::seal::Recipients;

    #[test]
    fn says_how_old_the_newest_is() {
        let key = "age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p";
        let recipients = Recipients::parse(&[key.to_owned()]).unwrap();
        let every = std::time::Duration::from_secs(15 * 60);
        let backups = Backups { recipients, send: Vec::new(), fetch: Vec::new(), remove: None, every };
        let now = DateTime::UNIX_EPOCH + TimeDelta::days(20_000);
        let found = |minutes: Option<i64>| {
            let check = examine(Some(&backups), minutes.map(|minutes| now - TimeDelta::minutes(minutes)), now);
            (check.code, check.outcome)
        };
        assert_eq!(found(None), ("backup_none", Outcome::Attention));
        assert_eq!(found(Some(0)), ("backup", Outcome::Well));
        assert_eq!(found(Some(30)), ("backup", Outcome::Well));
        assert_eq!(found(Some(31)), ("backup_old", Outcome::Attention));
        assert_eq!(examine(None, None, now).code, "backup_absent");
        let slow = Backups { every: every * 8, ..backups.clone() };
        assert_eq!(too_old(&slow), TimeDelta::minutes(240), "two turns");
    }
}
