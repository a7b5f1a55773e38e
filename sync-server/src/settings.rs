//! Settings of the program: flags before environment before file before default.

use crate::config::{AdminKey, Config};
use crate::fault::StartFault;
use clap::Args;
use domain::sync::ProgrammeId;
use serde::Deserialize;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::str::FromStr;
use tracing::level_filters::LevelFilter;

const LISTEN: &str = "127.0.0.1:8470";
const LOG: &str = "info";

/// Flags and environment. Each may also stand in the file, under the name of the flag.
#[derive(Args, Clone, Debug, Default)]
pub struct Flags {
    /// File di configurazione (TOML)
    #[arg(long, global = true, hide_env_values = true, env = "USCITA_CONFIG", value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// Indirizzo su cui ascoltare; porta 0 = una porta libera [predefinito: 127.0.0.1:8470]
    #[arg(long, global = true, hide_env_values = true, env = "USCITA_LISTEN", value_name = "INDIRIZZO:PORTA")]
    pub listen: Option<String>,
    /// Cartella dei dati
    #[arg(long, global = true, hide_env_values = true, env = "USCITA_DATA", value_name = "CARTELLA")]
    pub data: Option<PathBuf>,
    /// Chiave pubblica dell'amministratore (esadecimale o base64url)
    #[arg(
        long,
        global = true,
        allow_hyphen_values = true,
        hide_env_values = true,
        env = "USCITA_ADMIN_KEY",
        value_name = "CHIAVE"
    )]
    pub admin_key: Option<String>,
    /// Identificativo del progetto
    #[arg(long, global = true, hide_env_values = true, env = "USCITA_PROGRAMME", value_name = "UUID")]
    pub programme: Option<String>,
    /// Dettaglio del registro: error, warn, info, debug, trace [predefinito: info]
    #[arg(long, global = true, hide_env_values = true, env = "USCITA_LOG", value_name = "LIVELLO")]
    pub log: Option<String>,
}

/// The file. A key that is not here is refused by its name.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct File {
    listen: Option<String>,
    data: Option<PathBuf>,
    admin_key: Option<String>,
    programme: Option<String>,
    log: Option<String>,
}

/// Settings of one run, before the values are looked at.
#[derive(Debug)]
pub struct Settings {
    listen: Option<String>,
    data: Option<PathBuf>,
    admin_key: Option<String>,
    programme: Option<String>,
    log: Option<String>,
}

impl Settings {
    /// Joins flags (environment included) and the file they name.
    ///
    /// # Errors
    /// [`StartFault::ConfigUnreadable`], [`StartFault::ConfigInvalid`].
    pub fn load(flags: Flags) -> Result<Self, StartFault> {
        let file = match &flags.config {
            Some(path) => read(path)?,
            None => File::default(),
        };
        Ok(Self {
            listen: flags.listen.or(file.listen),
            data: flags.data.or(file.data),
            admin_key: flags.admin_key.or(file.admin_key),
            programme: flags.programme.or(file.programme),
            log: flags.log.or(file.log),
        })
    }

    /// The data directory.
    ///
    /// # Errors
    /// [`StartFault::SettingMissing`].
    pub fn data(&self) -> Result<&Path, StartFault> {
        self.data
            .as_deref()
            .filter(|path| !path.as_os_str().is_empty())
            .ok_or(StartFault::SettingMissing { name: "data" })
    }

    /// Where to listen.
    ///
    /// # Errors
    /// [`StartFault::SettingInvalid`].
    pub fn listen(&self) -> Result<SocketAddr, StartFault> {
        parse(self.listen.as_deref().unwrap_or(LISTEN), "listen")
    }

    /// How much to log.
    ///
    /// # Errors
    /// [`StartFault::SettingInvalid`].
    pub fn log(&self) -> Result<LevelFilter, StartFault> {
        parse(self.log.as_deref().unwrap_or(LOG), "log")
    }

    /// What the mailbox must know.
    ///
    /// # Errors
    /// [`StartFault::SettingMissing`], [`StartFault::SettingInvalid`].
    pub fn mailbox(&self) -> Result<Config, StartFault> {
        let needed = |value: &Option<String>, name| value.clone().ok_or(StartFault::SettingMissing { name });
        let admin_key: AdminKey = parse(&needed(&self.admin_key, "admin-key")?, "admin-key")?;
        let programme: ProgrammeId = parse(&needed(&self.programme, "programme")?, "programme")?;
        Ok(Config { data: self.data()?.to_owned(), admin_key, programme })
    }
}

fn read(path: &Path) -> Result<File, StartFault> {
    let text = std::fs::read_to_string(path).map_err(|_| StartFault::ConfigUnreadable { path: path.to_owned() })?;
    toml::from_str(&text)
        .map_err(|error| StartFault::ConfigInvalid { path: path.to_owned(), reason: error.to_string() })
}

fn parse<T: FromStr>(text: &str, name: &'static str) -> Result<T, StartFault> {
    text.trim().parse().map_err(|_| StartFault::SettingInvalid { name })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    fn file(text: &str) -> (tempfile::NamedTempFile, Flags) {
        let mut file = tempfile::NamedTempFile::new().unwrap();
        file.write_all(text.as_bytes()).unwrap();
        let config = Some(file.path().to_owned());
        (file, Flags { config, ..Flags::default() })
    }

    #[test]
    fn flag_wins_over_file_and_file_over_default() {
        let (_file, mut flags) = file("listen = '127.0.0.1:1'\nlog = 'warn'");
        flags.listen = Some("127.0.0.1:2".to_owned());
        let settings = Settings::load(flags).unwrap();
        assert_eq!(settings.listen().unwrap().port(), 2);
        assert_eq!(settings.log().unwrap(), LevelFilter::WARN);
        let default = Settings::load(Flags::default()).unwrap();
        assert_eq!(default.listen().unwrap().to_string(), LISTEN);
    }

    #[test]
    fn refuses_unknown_key_by_its_name() {
        let (_file, flags) = file("data = 'x'\nlisten-adress = '127.0.0.1:1'");
        let fault = Settings::load(flags).unwrap_err();
        assert_eq!(fault.code(), "config_invalid");
        assert!(fault.to_string().contains("listen-adress"), "{fault}");
    }

    #[test]
    fn names_the_setting_that_is_missing_or_wrong() {
        let mut flags = Flags { data: Some("x".into()), admin_key: Some("ab".repeat(32)), ..Flags::default() };
        let missing = Settings::load(flags.clone()).unwrap().mailbox();
        let missing = missing.unwrap_err();
        assert_eq!(missing.code(), "setting_missing");
        assert!(missing.to_string().contains("programme"));
        flags.programme = Some("not an id".to_owned());
        let wrong = Settings::load(flags).unwrap().mailbox().unwrap_err();
        assert_eq!(wrong.code(), "setting_invalid");
        assert!(wrong.to_string().contains("programme"));
    }

    #[test]
    fn refuses_file_that_is_not_there() {
        let flags = Flags { config: Some("/does/not/exist.toml".into()), ..Flags::default() };
        assert_eq!(Settings::load(flags).unwrap_err().code(), "config_unreadable");
    }
}
