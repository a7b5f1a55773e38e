//! `[backup]` and `[retention]` in the settings.

use super::program::{FILE, NAME};
use super::seal::Recipients;
use crate::fault::StartFault;
pub use crate::store::retention::Terms;
use serde::Deserialize;
use std::time::Duration;

/// Minutes between two backups, unless told otherwise.
const MINUTES: u16 = 15;
const MOST_MINUTES: u16 = 24 * 60;
/// Days for which sealed bytes stay after a desk holds them, unless told otherwise; and within what it may be told.
const SEALED_DAYS: u16 = 90;
const LEAST_SEALED_DAYS: u16 = 30;
/// The same for quarantine after a decision.
const QUARANTINE_DAYS: u16 = 30;
const LEAST_QUARANTINE_DAYS: u16 = 30;
const MOST_DAYS: u16 = 365;

/// Backups that leave this host.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Backups {
    /// Who can open them.
    pub recipients: Recipients,
    /// The program, with its arguments, that carries a file away.
    pub send: Vec<String>,
    /// The one that brings it back.
    pub fetch: Vec<String>,
    /// The one that removes it from where it lies, if it is this server that rotates.
    pub remove: Option<Vec<String>>,
    /// Time between two.
    pub every: Duration,
}

/// `[backup]` in the file.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct BackupSection {
    recipients: Vec<String>,
    send: Vec<String>,
    fetch: Vec<String>,
    remove: Option<Vec<String>>,
    minutes: Option<u16>,
}

/// `[retention]` in the file.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct RetentionSection {
    sealed_days: Option<u16>,
    quarantine_days: Option<u16>,
}

impl BackupSection {
    /// The values, looked at.
    ///
    /// # Errors
    /// [`StartFault::SettingInvalid`], [`StartFault::SettingOutOfRange`].
    pub(crate) fn check(&self) -> Result<Backups, StartFault> {
        let invalid = |name| StartFault::SettingInvalid { name };
        let recipients = Recipients::parse(&self.recipients).ok_or_else(|| invalid("backup.recipients"))?;
        let command = |words: &[String], name, places: &[&str]| {
            let is_complete = places.iter().all(|place| words.iter().skip(1).any(|word| word.contains(place)));
            if is_complete && words.len() > 1 { Ok(words.to_vec()) } else { Err(invalid(name)) }
        };
        let minutes = within("backup.minutes", self.minutes.unwrap_or(MINUTES), 1, MOST_MINUTES)?;
        Ok(Backups {
            recipients,
            send: command(&self.send, "backup.send", &[FILE])?,
            fetch: command(&self.fetch, "backup.fetch", &[FILE, NAME])?,
            remove: self.remove.as_ref().map(|words| command(words, "backup.remove", &[NAME])).transpose()?,
            every: Duration::from_secs(60 * u64::from(minutes)),
        })
    }
}

impl RetentionSection {
    /// The values, looked at.
    ///
    /// # Errors
    /// [`StartFault::SettingOutOfRange`].
    pub(crate) fn check(&self, has_backups: bool) -> Result<Terms, StartFault> {
        let sealed = self.sealed_days.unwrap_or(SEALED_DAYS);
        let quarantine = self.quarantine_days.unwrap_or(QUARANTINE_DAYS);
        Ok(Terms {
            sealed_days: within("retention.sealed-days", sealed, LEAST_SEALED_DAYS, MOST_DAYS)?,
            quarantine_days: within("retention.quarantine-days", quarantine, LEAST_QUARANTINE_DAYS, MOST_DAYS)?,
            has_backups,
        })
    }
}

fn within(name: &'static str, value: u16, least: u16, most: u16) -> Result<u16, StartFault> {
    if (least..=most).contains(&value) { Ok(value) } else { Err(StartFault::SettingOutOfRange { name, least, most }) }
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEY: &str = "age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p";

    fn backup(text: &str) -> Result<Backups, String> {
        let section: BackupSection = toml::from_str(text).map_err(|error| error.message().to_owned())?;
        section.check().map_err(|fault| fault.to_string())
    }

    fn good() -> String {
        format!(
            "recipients = ['{KEY}']\nsend = ['cp', '{{file}}', '/x/{{name}}']\nfetch = ['cp', '/x/{{name}}', '{{file}}']\n"
        )
    }

    #[test]
    fn reads_a_section_that_is_complete() {
        let backups = backup(&good()).unwrap();
        assert_eq!((backups.every, backups.remove), (Duration::from_secs(15 * 60), None));
        let backups = backup(&(good() + "minutes = 60\nremove = ['rm', '/x/{name}']")).unwrap();
        assert_eq!((backups.every.as_secs(), backups.remove.unwrap().len()), (3_600, 2));
    }

    #[test]
    fn refuses_by_its_name_what_is_unknown_missing_or_wrong() {
        for (text, named) in [
            (good() + "minute = 5", "minute"),
            (good().replace("fetch", "fetched"), "fetched"),
            (good() + "minutes = 0", "backup.minutes"),
            (good().replace(KEY, "age1nobody"), "backup.recipients"),
            (good().replace(&format!("'{KEY}'"), ""), "backup.recipients"),
            (good().replace("'{file}', '/x", "'/x"), "backup.send"),
            (good().replace("'/x/{name}', '{file}'", "'{file}'"), "backup.fetch"),
            (good() + "remove = ['rm']", "backup.remove"),
        ] {
            let refused = backup(&text).unwrap_err();
            assert!(refused.contains(named), "{text}: {refused}");
        }
    }

    #[test]
    fn retention_has_a_floor() {
        let terms = |text: &str| {
            let section: RetentionSection = toml::from_str(text).map_err(|error| error.message().to_owned())?;
            section.check(true).map_err(|fault| fault.to_string())
        };
        let usual = terms("").unwrap();
        assert_eq!((usual.sealed_days, usual.quarantine_days, usual.has_backups), (90, 30, true));
        assert_eq!(terms("sealed-days = 30").unwrap().sealed_days, 30);
        for (text, named) in [
            ("sealed-days = 29", "retention.sealed-days"),
            ("sealed-days = 366", "retention.sealed-days"),
            ("quarantine-days = 1", "retention.quarantine-days"),
            ("days = 90", "days"),
        ] {
            assert!(terms(text).unwrap_err().contains(named), "{text}");
        }
    }
}
