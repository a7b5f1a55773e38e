//! What `doctor` says about backups.

use super::{Backups, trial};
use crate::doctor::{Check, Outcome};
use crate::store::backup::Newest;
use chrono::{DateTime, TimeDelta, Utc};

/// A server is not well when its newest backup is older than this, or than two turns.
pub const LEAST_AGE: TimeDelta = TimeDelta::minutes(30);

/// The age at which a backup is too old.
#[must_use]
pub fn too_old(backups: &Backups) -> TimeDelta {
    let turns = TimeDelta::from_std(backups.every.saturating_mul(2)).unwrap_or(LEAST_AGE);
    turns.max(LEAST_AGE)
}

/// Whether copies lie elsewhere, and whether anybody could start from one.
#[must_use]
pub fn examine(backups: Option<&Backups>, newest: Newest, now: DateTime<Utc>) -> Vec<Check> {
    let made = examine_newest(backups, newest.made, now);
    let tried = newest.made.filter(|_| backups.is_some()).map(|_| examine_trial(newest.tried, now));
    std::iter::once(made).chain(tried).collect()
}

fn examine_trial(tried: Option<DateTime<Utc>>, now: DateTime<Utc>) -> Check {
    match tried {
        Some(tried) if now - tried <= trial::TOO_OLD => Check::new(
            Outcome::Well,
            "trial",
            format!(
                "La copia del {} UTC è stata ripristinata per prova, ed era uguale.",
                tried.format("%Y-%m-%d %H:%M")
            ),
        ),
        _ => Check::new(
            Outcome::Attention,
            "trial_old",
            "Da più di una settimana nessuna copia è stata ripristinata per prova: vedere perché con «uscita-server backup», e nei messaggi del server.",
        ),
    }
}

fn examine_newest(backups: Option<&Backups>, newest: Option<DateTime<Utc>>, now: DateTime<Utc>) -> Check {
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
            let check = examine_newest(Some(&backups), minutes.map(|minutes| now - TimeDelta::minutes(minutes)), now);
            (check.code, check.outcome)
        };
        assert_eq!(found(None), ("backup_none", Outcome::Attention));
        assert_eq!(found(Some(0)), ("backup", Outcome::Well));
        assert_eq!(found(Some(30)), ("backup", Outcome::Well));
        assert_eq!(found(Some(31)), ("backup_old", Outcome::Attention));
        assert_eq!(examine_newest(None, None, now).code, "backup_absent");
        let codes = |newest: Newest| -> Vec<_> {
            examine(Some(&backups), newest, now).iter().map(|check| (check.code, check.outcome)).collect()
        };
        let (made, well) = (Some(now), ("backup", Outcome::Well));
        let tried = |days| Some(now - TimeDelta::days(days));
        assert_eq!(codes(Newest::default()), [("backup_none", Outcome::Attention)], "one thing at a time");
        assert_eq!(codes(Newest { made, tried: None }), [well, ("trial_old", Outcome::Attention)]);
        assert_eq!(codes(Newest { made, tried: tried(8) }), [well, ("trial", Outcome::Well)]);
        assert_eq!(codes(Newest { made, tried: tried(9) }), [well, ("trial_old", Outcome::Attention)]);
        assert_eq!(examine(None, Newest::default(), now).len(), 1);
        let slow = Backups { every: every * 8, ..backups.clone() };
        assert_eq!(too_old(&slow), TimeDelta::minutes(240), "two turns");
    }
}
