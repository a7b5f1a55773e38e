//! Settings of the program: flags before environment before file before default.

use crate::backup::settings::{BackupSection, Backups, RetentionSection};
use crate::config::{AdminKey, Config, Database, Postgres};
use crate::fault::StartFault;
use crate::proxies::Proxies;
use crate::store::retention::Terms;
use crate::tls::TlsFiles;
use clap::Args;
use domain::sync::ProgrammeId;
use serde::Deserialize;
use std::net::{IpAddr, SocketAddr};
use std::path::{Path, PathBuf};
use std::str::FromStr;
use tracing::level_filters::LevelFilter;

/// Where the server listens unless told otherwise.
pub const LISTEN: &str = "127.0.0.1:8470";
const LOG: &str = "info";

/// Set by systemd: a folder with the files of `LoadCredential=`.
const CREDENTIALS: &str = "CREDENTIALS_DIRECTORY";

/// Flags and environment. Each may also stand in the file, under the name of the flag. Everything else
/// stands in the file only.
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
    tls: Option<TlsSection>,
    #[serde(default)]
    behind_proxy: Vec<IpAddr>,
    monitor: Option<SocketAddr>,
    #[serde(default)]
    database: DatabaseSection,
    backup: Option<BackupSection>,
    #[serde(default)]
    retention: RetentionSection,
}

/// `database = "sqlite"`, or `[database]` with `postgres = { url-file = "…" }`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum DatabaseSection {
    #[default]
    Sqlite,
    Postgres(PostgresSection),
}

/// `postgres` in `[database]`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct PostgresSection {
    url_file: PathBuf,
    authority: Option<PathBuf>,
}

/// `[tls]` in the file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct TlsSection {
    certificate: PathBuf,
    key: PathBuf,
}

/// Settings of one run, before the values are looked at.
#[derive(Debug)]
pub struct Settings {
    listen: Option<String>,
    data: Option<PathBuf>,
    admin_key: Option<String>,
    programme: Option<String>,
    log: Option<String>,
    tls: Option<TlsFiles>,
    proxies: Proxies,
    monitor: Option<SocketAddr>,
    database: Database,
    backup: Option<BackupSection>,
    retention: RetentionSection,
}

/// Where and how the server is reached.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reach {
    /// Where it listens.
    pub listen: SocketAddr,
    /// Its certificate, when it speaks TLS itself.
    pub tls: Option<TlsFiles>,
    /// The proxies in front of it.
    pub proxies: Proxies,
    /// Where this machine asks how it is.
    pub monitor: Option<SocketAddr>,
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
            tls: file.tls.map(TlsSection::files),
            proxies: Proxies::new(file.behind_proxy),
            monitor: file.monitor,
            database: file.database.choose(),
            backup: file.backup,
            retention: file.retention,
        })
    }

    /// Where and how the server is reached. Plain HTTP without a proxy stays on loopback.
    ///
    /// # Errors
    /// [`StartFault::SettingInvalid`], [`StartFault::PlainOutside`], [`StartFault::MonitorOutside`].
    pub fn reach(&self) -> Result<Reach, StartFault> {
        let listen = self.listen()?;
        if self.tls.is_none() && self.proxies.is_empty() && !listen.ip().is_loopback() {
            return Err(StartFault::PlainOutside { address: listen });
        }
        if self.monitor.is_some_and(|monitor| !monitor.ip().is_loopback()) {
            return Err(StartFault::MonitorOutside);
        }
        Ok(Reach { listen, tls: self.tls.clone(), proxies: self.proxies.clone(), monitor: self.monitor })
    }

    /// Where what is sent is kept.
    #[must_use]
    pub const fn database(&self) -> &Database {
        &self.database
    }

    /// Backups, if any are set up.
    ///
    /// # Errors
    /// [`StartFault::SettingInvalid`], [`StartFault::SettingOutOfRange`].
    pub fn backups(&self) -> Result<Option<Backups>, StartFault> {
        self.backup.as_ref().map(BackupSection::check).transpose()
    }

    /// What is kept for how long.
    ///
    /// # Errors
    /// [`StartFault::SettingOutOfRange`].
    pub fn terms(&self) -> Result<Terms, StartFault> {
        self.retention.check(self.backup.is_some())
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

impl TlsSection {
    fn files(self) -> TlsFiles {
        TlsFiles { certificate: handed(self.certificate), key: handed(self.key) }
    }
}

impl DatabaseSection {
    fn choose(self) -> Database {
        match self {
            Self::Sqlite => Database::Sqlite,
            Self::Postgres(PostgresSection { url_file, authority }) => {
                Database::Postgres(Postgres { url_file: handed(url_file), authority: authority.map(handed) })
            }
        }
    }
}

/// A file that systemd hands over goes before the one of the same name in the settings.
fn handed(named: PathBuf) -> PathBuf {
    let folder = std::env::var_os(CREDENTIALS).map(PathBuf::from);
    let credential = folder.as_deref().zip(named.file_name()).map(|(folder, name)| folder.join(name));
    credential.filter(|credential| credential.exists()).unwrap_or(named)
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
    fn plain_http_stays_on_this_machine_unless_a_proxy_is_named() {
        let reach = |text: &str| {
            let (_file, flags) = file(text);
            Settings::load(flags).unwrap().reach().map_err(|fault| fault.code())
        };
        assert_eq!(reach("listen = '0.0.0.0:8470'"), Err("plain_outside"));
        assert_eq!(reach("listen = '[::]:8470'"), Err("plain_outside"));
        assert!(reach("listen = '[::1]:8470'").is_ok());
        assert!(reach("listen = '0.0.0.0:8470'\nbehind-proxy = ['10.0.0.1']").is_ok());
        let tls = reach("listen = '0.0.0.0:8470'\n[tls]\ncertificate = 'c'\nkey = 'k'").unwrap();
        assert_eq!(tls.tls, Some(TlsFiles { certificate: "c".into(), key: "k".into() }));
        assert_eq!(reach("monitor = '0.0.0.0:1'"), Err("monitor_outside"));
        assert!(reach("monitor = '127.0.0.1:1'").is_ok());
    }

    #[test]
    fn refuses_half_a_tls_section_and_a_proxy_that_is_no_address() {
        for text in ["[tls]\nkey = 'k'", "behind-proxy = ['proxy.example.org']", "monitor = 'here'"] {
            let (_file, flags) = file(text);
            assert_eq!(Settings::load(flags).unwrap_err().code(), "config_invalid", "{text}");
        }
    }

    #[test]
    fn database_is_a_file_unless_another_is_named() {
        let database = |text: &str| {
            let (_file, flags) = file(text);
            Settings::load(flags).map(|settings| settings.database().clone()).map_err(|fault| fault.code())
        };
        assert_eq!(database(""), Ok(Database::Sqlite));
        assert_eq!(database("database = 'sqlite'"), Ok(Database::Sqlite));
        let shared = Postgres { url_file: "/etc/uscita/url".into(), authority: None };
        let named = "[database]\npostgres = { url-file = '/etc/uscita/url' }";
        assert_eq!(database(named), Ok(Database::Postgres(shared)));
        for text in [
            "database = 'mysql'",
            "[database]\npostgres = { url = 'postgres://x' }",
            "[database]\npostgres = { url-file = 'x', authorty = 'y' }",
        ] {
            assert_eq!(database(text), Err("config_invalid"), "{text}");
        }
    }

    #[test]
    fn refuses_file_that_is_not_there() {
        let flags = Flags { config: Some("/does/not/exist.toml".into()), ..Flags::default() };
        assert_eq!(Settings::load(flags).unwrap_err().code(), "config_unreadable");
    }
}
