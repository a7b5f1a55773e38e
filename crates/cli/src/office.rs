//! The admin's desk from the command line: founding a programme, drawing codes, signing for devices.

use crate::failure::Failure;
use data_encoding::BASE64URL_NOPAD;
use domain::ids::ProgrammeId;
use notebook::crypto::binder::FileBinder;
use notebook::crypto::{NewSecret, keyfile};
use notebook::entropy::{Entropy, Moment};
use notebook::error::NotebookError;
use notebook::notebook::Notebook;
use notebook::programme_new::{NewProgramme, RecoverySecret, create_programme};
use notebook::sync::client::{HttpClient, ServerAddress};
use notebook::uptime::Uptime;
use std::path::{Path, PathBuf};
use std::time::Instant;

/// Settings of the server, beside the desk's folder.
pub const SERVER_SETTINGS: &str = "server.toml";

/// A programme that has just been made.
pub struct Founded {
    /// The admin's desk, open.
    pub notebook: Notebook,
    /// The programme.
    pub programme: ProgrammeId,
    /// The admin's public key, as the server takes it.
    pub admin_key: String,
    /// To be shown once.
    pub recovery: RecoverySecret,
}

/// Makes a programme and the admin's desk in `folder`.
///
/// # Errors
/// A passphrase that is too easy; a notebook that is there already; the disk.
pub fn found(folder: &Path, passphrase: &str, new: NewProgramme, moment: Moment) -> Result<Founded, Failure> {
    let secret = NewSecret::passphrase(passphrase)?;
    std::fs::create_dir_all(folder).map_err(|_| Failure::Unwritable(folder.to_owned()))?;
    let mut entropy = Entropy::system();
    let programme = new.programme.id;
    let binder = FileBinder::new(folder);
    let start = Instant::now();
    let now_ms = || u64::try_from(start.elapsed().as_millis()).unwrap_or(u64::MAX);
    let params = keyfile::calibrate(&binder, &now_ms)?;
    let key = keyfile::UNLOCK.create(folder, &secret, params, &binder, &mut entropy)?;
    let created = create_programme(folder, &key, new, moment, entropy)?;
    Ok(Founded {
        programme,
        admin_key: BASE64URL_NOPAD.encode(&created.invitation.admin_key.0),
        notebook: created.notebook,
        recovery: created.recovery,
    })
}

/// Opens the notebook in `folder`.
///
/// # Errors
/// What opening gives: wrong secret, absent, damaged, too new, open elsewhere.
pub fn open(folder: &Path, secret: &str) -> Result<Notebook, Failure> {
    let unlocked = match keyfile::UNLOCK.unlock(folder, secret, &FileBinder::new(folder), Uptime::now()) {
        // There is an end to the tries on a phone, which anybody may hold; a desk only makes wait.
        Err(NotebookError::TriesSpent) => return Err(NotebookError::WrongSecret.into()),
        other => other?,
    };
    Ok(Notebook::open(folder, &unlocked.into_key()?, Entropy::system())?)
}

/// The way to the server of a notebook.
///
/// # Errors
/// If the address cannot be used.
pub fn client(notebook: &Notebook) -> Result<HttpClient, Failure> {
    Ok(HttpClient::new(&ServerAddress::parse(&notebook.invitation().server)?)?)
}

/// What a server must know of a programme before it starts.
#[derive(Debug)]
pub struct ServerSettings<'a> {
    /// Address and port to listen on.
    pub listen: String,
    /// Folder of its data.
    pub data: &'a Path,
    /// The admin's public key.
    pub admin_key: &'a str,
    /// The programme.
    pub programme: ProgrammeId,
    /// Public key of the recovery sheet, to which backups are sealed too; written as a comment.
    pub recovery: Option<String>,
}

impl ServerSettings<'_> {
    /// Writes `server.toml` into `folder`.
    ///
    /// # Errors
    /// [`Failure::Unwritable`].
    pub fn write(&self, folder: &Path) -> Result<PathBuf, Failure> {
        let path = folder.join(SERVER_SETTINGS);
        let data = std::path::absolute(self.data).map_err(|_| Failure::Unwritable(self.data.to_owned()))?;
        let mut table = toml::Table::new();
        for (key, value) in [
            ("listen", self.listen.clone()),
            ("data", data.to_string_lossy().into_owned()),
            ("admin-key", self.admin_key.to_owned()),
            ("programme", self.programme.to_string()),
        ] {
            table.insert(key.to_owned(), toml::Value::String(value));
        }
        let backups = self.recovery.as_ref().map_or(String::new(), |key| {
            format!("\n# Per le copie di sicurezza, il foglio di recupero:\n# recipients = [\"{key}\"]\n")
        });
        std::fs::write(&path, table.to_string() + &backups).map_err(|_| Failure::Unwritable(path.clone()))?;
        Ok(path)
    }
}
