//! Everything that a folder holds, read through the notebook's own functions, in a form that can be compared.

use crate::team::Device;
use anyhow::Result;
use domain::ids::DeviceId;
use domain::sync::Stream;
use notebook::crypto::seal::SealIdentity;
use notebook::error::NotebookError;
use notebook::journal::Journal;
use notebook::notebook::Notebook;
use notebook::recovery::{Content, Gathered};
use std::collections::BTreeMap;
use std::path::Path;

/// Operations as JSON, by device and place.
pub type Operations = BTreeMap<(DeviceId, u64), String>;

/// What the notebook shows.
#[derive(Clone, PartialEq, Eq)]
pub struct InNotebook {
    /// Records of all outings.
    pub operations: Operations,
    /// The rest, line by line: cards, aliases, manifest, invitation, keys, cursors.
    pub rest: Vec<String>,
}

impl InNotebook {
    /// Reads all of it.
    pub fn read(notebook: &Notebook) -> notebook::error::Result<Self> {
        let mut operations = Operations::new();
        let mut rest = Vec::new();
        for outing in notebook.list_outings()? {
            for one in notebook.operations_of(outing.id())? {
                operations.insert((one.device, one.sequence), json(&one)?);
            }
            for draft in notebook.list_drafts(outing.id())? {
                rest.push(format!("{:?} {}", draft.operation, String::from_utf8_lossy(&draft.json)));
            }
        }
        for alias in notebook.list_aliases()? {
            rest.push(format!("{} {} {}", alias.alias.as_str(), alias.last_month_seen, alias.created_epoch));
        }
        for entry in notebook.list_desk_entries()? {
            rest.push(json(&(entry.device, entry.sequence, entry.envelope))?);
        }
        rest.push(json(&notebook.identity().public())?);
        rest.push(json(notebook.invitation())?);
        rest.push(json(&notebook.signed_manifest()?)?);
        rest.push(json(notebook.programme()?)?);
        rest.push(notebook.list_problems()?.len().to_string());
        rest.push(json(&notebook.cursor(Stream::Journal)?)?);
        Ok(Self { operations, rest })
    }
}

/// What the journal holds, each entry proved by chain and signature.
#[derive(Clone, PartialEq, Eq)]
pub struct InJournal(Vec<String>);

impl InJournal {
    /// Reads all of it.
    pub fn read(dir: &Path) -> notebook::error::Result<Self> {
        let journal = Journal::open(dir)?;
        let head = journal.verify()?;
        let state = journal.state()?;
        let mut lines = vec![
            format!("{:?} {:?}", journal.device(), head),
            journal.server()?,
            format!("{:?} {:?}", journal.unit()?, journal.server_key()?),
            format!("{} {} {:?}", state.stored, state.backed_up, state.received_at),
        ];
        let mut sent = 0;
        while let Some(batch) = journal.batch_after(sent, 64, usize::MAX)? {
            sent += u64::try_from(batch.operations.len()).unwrap_or_default();
            lines.push(json(&batch)?);
        }
        Ok(Self(lines))
    }
}

/// Both, each as far as it can be read; the notebook first, as the app opens it.
pub struct Seen {
    pub notebook: notebook::error::Result<InNotebook>,
    pub journal: notebook::error::Result<InJournal>,
}

impl Seen {
    /// Opens and reads.
    pub fn read(device: &Device) -> Self {
        let notebook = device.open().and_then(|notebook| InNotebook::read(&notebook));
        Self { notebook, journal: InJournal::read(&device.dir) }
    }
}

/// What one device saved, as this notebook has it.
pub fn operations_of(notebook: &Notebook, device: DeviceId) -> notebook::error::Result<Operations> {
    let mut operations = InNotebook::read(notebook)?.operations;
    operations.retain(|(whose, _), _| *whose == device);
    Ok(operations)
}

/// What the recovery identity gets out of a phone's journal: operations that are signed and open.
pub fn from_journal(path: &Path, identity: &SealIdentity) -> notebook::error::Result<Operations> {
    let mut gathered = Gathered::default();
    gathered.add_journal(path)?;
    opened(gathered, identity)
}

/// What it gets out of a copy of the server's database, quarantine left out.
pub fn from_mailbox(path: &Path, identity: &SealIdentity) -> notebook::error::Result<Operations> {
    let mut gathered = Gathered::default();
    gathered.add_mailbox(path)?;
    opened(gathered, identity)
}

fn opened(gathered: Gathered, identity: &SealIdentity) -> notebook::error::Result<Operations> {
    let recovered = gathered.open(identity, None, || {})?;
    let counted = recovered.opened.iter().filter(|one| one.is_counted());
    Ok(counted
        .filter_map(|one| match &one.content {
            Content::Operation(operation) => {
                Some(((operation.device, operation.sequence), String::from_utf8_lossy(&one.json).into_owned()))
            }
            _ => None,
        })
        .collect())
}

fn json<T: serde::Serialize>(value: &T) -> notebook::error::Result<String> {
    serde_json::to_string(value).map_err(|_| NotebookError::Internal("JSON"))
}

/// The bytes of some files; an absent one is an empty one.
pub fn bytes_of(dir: &Path, names: &[&str]) -> Result<Vec<Vec<u8>>> {
    names
        .iter()
        .map(|name| match std::fs::read(dir.join(name)) {
            Ok(bytes) => Ok(bytes),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(Vec::new()),
            Err(error) => Err(error.into()),
        })
        .collect()
}
