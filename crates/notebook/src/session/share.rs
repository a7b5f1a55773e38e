//! *Unisci le notti*: the file for the other phone, the file of the other phone, and both nights in numbers.
//!
//! Works without network and without the step-up PIN. What is shown holds no record: a member's phone cannot open the
//! other's night, and a lead's shows it at the review only. Until the PIN opens what came, a lead's phone says of it what
//! a member's does: how many records it holds.

use super::Session;
use super::own::own_night;
use crate::entropy::Entropy;
use crate::error::{ErrorView, NotebookError, Result, io_error};
use crate::notebook::Notebook;
use crate::review::review;
use crate::view::{ExportView, ImportInput, ImportView, OutingInput, UnionPhoneView, UnionView, number};
use data_encoding::BASE64;
use domain::ids::{DeviceId, OutingId};
use domain::operation::Scope;
use domain::sync::file::{FILE_EXTENSION, FileFault, MAX_FILE_BYTES, NightFile};
use domain::sync::manifest::Role;
use std::collections::BTreeMap;
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

/// Characters of a file's name: no `0`, `1`, `l` and `o`, which are taken for each other.
const NAME_LETTERS: &[u8; 32] = b"23456789abcdefghijkmnpqrstuvwxyz";
/// How many of them.
const NAME_LENGTH: usize = 4;
/// How often another name is drawn when a file is there already.
const NAME_TRIES: usize = 20;

impl Session {
    /// *Salva il file per l'altro telefono*: writes it where others can take it from.
    pub fn export_night(&self, input: OutingInput) -> std::result::Result<ExportView, ErrorView> {
        // Nothing leaves a training.
        let mut inner = self.inner();
        if inner.training.is_some() {
            return Err(NotebookError::WrongState("training").into());
        }
        self.with_open(&mut inner, |notebook, _| {
            let file = notebook.night_file(input.outing_id)?;
            let records = number(file.envelopes.len());
            let (file_name, path) = write(self.share_dir(), &file.to_bytes()?, notebook.entropy())?;
            Ok(ExportView { file_name, path: path.to_string_lossy().into_owned(), records })
        })
    }

    /// *Apri il file dell'altro telefono*. The same file twice changes nothing.
    pub fn import_records(&self, input: ImportInput) -> std::result::Result<ImportView, ErrorView> {
        if input.content_base64.len() > BASE64.encode_len(MAX_FILE_BYTES) {
            return Err(NotebookError::BadFile(FileFault::TooLarge).into());
        }
        let decoded = BASE64.decode(input.content_base64.as_bytes());
        let bytes = decoded.map_err(|_| NotebookError::BadFile(FileFault::Damaged))?;
        let file = NightFile::read(&bytes).map_err(NotebookError::from)?;
        self.with_notebook(|notebook, moment| {
            let arrivals = notebook.take_file(&file, moment)?;
            Ok(ImportView {
                new: arrivals.new,
                known: arrivals.known,
                set_aside: arrivals.set_aside,
                own_file: file.from == notebook.device(),
                night: union_view(notebook, file.outing)?,
            })
        })
    }

    /// Both nights in numbers.
    pub fn union(&self, input: OutingInput) -> std::result::Result<UnionView, ErrorView> {
        self.with_notebook(|notebook, _| union_view(notebook, input.outing_id))
    }
}

fn union_view(notebook: &Notebook, outing: OutingId) -> Result<UnionView> {
    let own = notebook.device();
    let held = notebook.held_night(outing)?;
    let written = notebook.list_own_sequences(outing)?;
    let mut others: BTreeMap<DeviceId, UnionPhoneView> = BTreeMap::new();
    let sealed = || UnionPhoneView { own: false, cards: None, records: 0 };
    for copy in &held.copies {
        others.entry(copy.device).or_insert_with(sealed).records += 1;
    }
    let is_lead = notebook.role() == Some(Role::Lead);
    let state = if is_lead { notebook.outing_state(outing, Scope::Everything)? } else { None };
    let is_waiting = notebook.count_waiting()? > 0;
    if let Some(state) = &state {
        if !is_waiting {
            // What is opened counts as opened, whether a file or the server brought it.
            others.clear();
        }
        let mut opened: BTreeMap<DeviceId, u32> = BTreeMap::new();
        for operation in notebook.operations_of(outing)?.iter().filter(|operation| operation.device != own) {
            *opened.entry(operation.device).or_default() += 1;
        }
        for (device, records) in opened {
            let phone = others.entry(device).or_insert_with(sealed);
            phone.records = phone.records.max(records);
            let cards = state.contacts.values().filter(|contact| contact.device_id == device).count();
            phone.cards = Some(number(cards)).filter(|_| !is_waiting);
        }
    }
    let own_night = own_night(notebook, outing)?;
    let own_cards = own_night.map_or(0, |night| night.state.contacts.len());
    let own_phone = UnionPhoneView { own: true, cards: Some(number(own_cards)), records: number(written.len()) };
    let state = state.filter(|_| !is_waiting);
    let pairs = match &state {
        Some(state) => Some(number(review(state, notebook.programme()?).pairs.len())),
        None => None,
    };
    let together = state.filter(|_| !others.is_empty()).map(|state| number(state.contacts.len()));
    Ok(UnionView {
        outing_id: outing,
        phones: std::iter::once(own_phone).chain(others.into_values()).collect(),
        together,
        pairs,
        held_elsewhere: !written.is_empty() && written.iter().all(|sequence| held.returned.contains(sequence)),
    })
}

/// Writes a new file under a name that says nothing.
fn write(folder: &Path, bytes: &[u8], entropy: &mut Entropy) -> Result<(String, PathBuf)> {
    let fault = io_error("shared file");
    std::fs::create_dir_all(folder).map_err(&fault)?;
    for _ in 0..NAME_TRIES {
        let name = draw_name(entropy.bytes()?);
        let path = folder.join(&name);
        let mut file = match std::fs::OpenOptions::new().write(true).create_new(true).open(&path) {
            Ok(file) => file,
            Err(error) if error.kind() == ErrorKind::AlreadyExists => continue,
            Err(error) => return Err(fault(error)),
        };
        file.write_all(bytes).and_then(|()| file.sync_all()).map_err(&fault)?;
        return Ok((name, path));
    }
    Err(NotebookError::AlreadyExists("shared file"))
}

fn draw_name(random: [u8; NAME_LENGTH]) -> String {
    let letter = |byte: &u8| NAME_LETTERS.get(usize::from(byte % 32)).copied().map(char::from);
    let drawn: String = random.iter().filter_map(letter).collect();
    format!("uscita-{drawn}.{FILE_EXTENSION}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn writes_a_new_file_under_a_name_that_says_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let shared = folder.path().join("a").join("b");
        let mut entropy = Entropy::seeded_for_simulation(1);
        let (name, path) = write(&shared, b"night", &mut entropy).unwrap();
        assert!(name.starts_with("uscita-") && name.ends_with(".uscita") && name.len() == "uscita-0000.uscita".len());
        assert_eq!(std::fs::read(path).unwrap(), b"night");
        // The same numbers again: the file that is there stays.
        let (again, _) = write(&shared, b"other", &mut Entropy::seeded_for_simulation(1)).unwrap();
        assert_ne!(again, name);
        assert_eq!(std::fs::read(shared.join(name)).unwrap(), b"night");
    }
}
