//! *Registro*: the lines that this desk keeps, and whether their chain is whole; and the notes of what leaves no other
//! trace.

use super::Session;
use crate::desk::devices;
use crate::desk::register::{Deed, Line};
use crate::desk::register_file::{self, RegisterHead, RegisterSigner};
use crate::entropy::Moment;
use crate::error::{ErrorView, NotebookError, Result, io_error};
use crate::notebook::Notebook;
use crate::store::register;
use crate::view::{DeedView, Nothing, RegisterFileView, RegisterInput, RegisterLineView, RegisterPart, RegisterView};
use data_encoding::BASE64URL_NOPAD;
use domain::ids::DeviceId;
use domain::sync::act::{Act, ActRow, DeviceAct};
use domain::sync::chain::Digest;
use domain::sync::night_log::DeskEntry;
use domain::time::{Span, operational_date};
use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::path::{Path, PathBuf};

/// Lines of one answer.
const PAGE: usize = 100;

impl Session {
    /// *Registro*.
    pub fn register(&self, input: RegisterInput) -> std::result::Result<RegisterView, ErrorView> {
        self.at_desk(|notebook, _| view(notebook, input))
    }

    /// *Esporta firmato*: the whole register as a signed file, where the person finds it.
    ///
    /// # Errors
    /// As [`Notebook::sign_register`]; if the file cannot be written.
    pub fn export_register(&self, _: Nothing) -> std::result::Result<RegisterFileView, ErrorView> {
        let (head, bytes, register) = self.at_desk(|notebook, moment| {
            let (head, bytes) = notebook.sign_register(moment)?;
            Ok((head, bytes, view(notebook, RegisterInput { part: RegisterPart::All, before: None })?))
        })?;
        let path = put(self.share_dir(), head.lines, &bytes)?;
        Ok(RegisterFileView {
            file_name: path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default(),
            path: path.to_string_lossy().into_owned(),
            lines: head.lines,
            by_programme: head.signer == RegisterSigner::Admin,
            key: BASE64URL_NOPAD.encode(&head.key.0),
            register,
        })
    }
}

impl Notebook {
    /// Notes what was done about a device, where every desk reads it.
    ///
    /// # Errors
    /// As [`Notebook::save_desk_entry`].
    pub(crate) fn note_device(&mut self, act: DeviceAct, device: DeviceId, moment: Moment) -> Result<()> {
        self.note_act(Act::Device { act, device, role: None }, None, moment)
    }

    /// Notes that a file is given out of a release: before it is, because what was given out is in the register.
    ///
    /// # Errors
    /// As [`Notebook::save_desk_entry`].
    pub fn note_release_file(&mut self, number: u32, format: &str, file: &[u8], moment: Moment) -> Result<()> {
        self.note_act(Act::ReleaseExported { number, format: format.to_owned() }, Some(Digest::of(file)), moment)
    }

    /// Notes that a file is made of exact counts: before it is.
    ///
    /// # Errors
    /// As [`Notebook::save_desk_entry`].
    pub fn note_tally_file(&mut self, span: impl Into<Span>, format: &str, file: &[u8], moment: Moment) -> Result<()> {
        let span = span.into();
        let act = Act::TallyExported { first: span.first(), last: span.last(), format: format.to_owned() };
        self.note_act(act, Some(Digest::of(file)), moment)
    }

    /// The register as a file that somebody else can check, signed with the programme's key where this desk has it, with
    /// the desk's own otherwise. That it was given out is its last line.
    ///
    /// # Errors
    /// [`NotebookError::Damaged`] if the chain is broken: nothing is vouched for that does not hold; as
    /// [`Notebook::save_desk_entry`].
    pub fn sign_register(&mut self, moment: Moment) -> Result<(RegisterHead, Vec<u8>)> {
        let (_, before) = register::list_kept(self.store.connection())?;
        if before.broken().is_some() {
            return Err(NotebookError::Damaged("register"));
        }
        self.note_act(Act::RegisterExported { lines: before.count() }, None, moment)?;
        let (lines, chain) = register::list_kept(self.store.connection())?;
        let manifest = self.manifest().ok_or(NotebookError::NotEnrolled)?;
        let (signer, admin) = match self.admin_key() {
            Ok(key) => (RegisterSigner::Admin, Some(key)),
            Err(NotebookError::NotAllowed) => (RegisterSigner::Desk, None),
            Err(error) => return Err(error),
        };
        let names = devices::names(manifest);
        let named = named(&lines);
        let head = RegisterHead {
            programme: manifest.programme,
            name: self.programme()?.name.clone(),
            desk: names.get(&self.device()).cloned().unwrap_or_default(),
            exported_on: operational_date(moment.now),
            signer,
            key: admin.as_ref().map_or_else(|| self.identity().public().signing_key, |key| key.public()),
            lines: chain.count(),
            head: chain.head(),
            names: names.into_iter().filter(|(device, _)| named.contains(device)).collect(),
        };
        let bytes = register_file::write(&head, &lines, |message| {
            admin.as_ref().map_or_else(|| self.identity().sign(message), |key| key.sign(message))
        })?;
        Ok((head, bytes))
    }

    fn note_act(&mut self, act: Act, after: Option<Digest>, moment: Moment) -> Result<()> {
        let row = ActRow { on: operational_date(moment.now), act, before: None, after };
        self.save_desk_entry(DeskEntry::Acts(vec![row])).map(drop)
    }
}

fn view(notebook: &Notebook, input: RegisterInput) -> Result<RegisterView> {
    let (lines, chain) = register::list(notebook.store.connection())?;
    let names = devices::names(notebook.manifest().ok_or(NotebookError::NotEnrolled)?);
    let is_asked = |(number, line, _): &&(u64, Line, Digest)| {
        input.before.is_none_or(|before| *number < before) && is_part(&line.deed, input.part)
    };
    let mut asked = lines.iter().rev().filter(is_asked);
    let shown: Vec<RegisterLineView> =
        asked.by_ref().take(PAGE).map(|(number, line, hash)| line_view(*number, line, *hash, &names)).collect();
    Ok(RegisterView {
        lines: shown,
        more: asked.next().is_some(),
        count: chain.count(),
        broken: chain.broken(),
        head: short(chain.head()),
    })
}

const fn is_part(deed: &Deed, part: RegisterPart) -> bool {
    match part {
        RegisterPart::All => true,
        RegisterPart::Reviews => matches!(deed, Deed::Signed { .. } | Deed::Amended { .. } | Deed::Corrected { .. }),
        RegisterPart::Releases => matches!(
            deed,
            Deed::Released { .. }
                | Deed::Published { .. }
                | Deed::Withdrawn { .. }
                | Deed::Act {
                    act: Act::ReleaseExported { .. } | Act::TallyExported { .. } | Act::RegisterExported { .. }
                }
        ),
        RegisterPart::Devices => matches!(deed, Deed::Act { act: Act::Device { .. } }),
        RegisterPart::Lists => matches!(deed, Deed::Act { act: Act::List { .. } }),
    }
}

fn line_view(number: u64, line: &Line, hash: Digest, names: &BTreeMap<DeviceId, String>) -> RegisterLineView {
    let name = |device: &DeviceId| names.get(device).cloned().unwrap_or_default();
    RegisterLineView {
        number,
        on: line.on,
        who: line.operator.as_ref().map_or_else(|| name(&line.device), ToString::to_string),
        deed: deed_view(&line.deed, name),
        before: line.before.map(short),
        after: line.after.map(short),
        hash: short(hash),
    }
}

fn deed_view(deed: &Deed, name: impl Fn(&DeviceId) -> String) -> DeedView {
    match deed.clone() {
        Deed::Signed { unit, date } => DeedView::Signed { unit: unit.to_string(), date },
        Deed::Amended { unit, date, number, reason: _ } => DeedView::Amended { unit: unit.to_string(), date, number },
        Deed::Corrected { .. } => DeedView::Corrected,
        Deed::Released { number, period, recipient } => DeedView::Released { number, period, recipient },
        Deed::Published { number } => DeedView::Published { number },
        Deed::Withdrawn { number } => DeedView::Withdrawn { number },
        Deed::Act { act } => match act {
            Act::Device { act, device, role } => DeedView::Device { act, name: name(&device), role },
            Act::List { list, code, change } => DeedView::List { list, code, change },
            Act::ReleaseExported { number, format } => DeedView::ReleaseExported { number, format },
            Act::TallyExported { first, last, format } => DeedView::TallyExported { first, last, format },
            Act::RegisterExported { lines } => DeedView::RegisterExported { lines },
        },
    }
}

/// As people compare hashes: the first eight digits, in two groups.
fn short(digest: Digest) -> String {
    let text = digest.to_string();
    text.get(..8).and_then(|start| start.split_at_checked(4)).map_or(text.clone(), |(one, two)| format!("{one} {two}"))
}

/// The devices that lines name.
fn named(lines: &[register::Kept]) -> BTreeSet<DeviceId> {
    let read = lines.iter().filter_map(|(_, json, _)| serde_json::from_slice::<Line>(json).ok());
    let about = |line: Line| match line.deed {
        Deed::Act { act: Act::Device { device, .. } } => [line.device, device],
        _ => [line.device, line.device],
    };
    read.flat_map(about).collect()
}

/// Writes a register whole or not at all, under a name that is free.
fn put(folder: &Path, lines: u64, bytes: &[u8]) -> Result<PathBuf> {
    let fault = io_error("file of the register");
    std::fs::create_dir_all(folder).map_err(&fault)?;
    let begun = folder.join(".uscita-registro.part");
    let mut file = std::fs::File::create(&begun).map_err(&fault)?;
    file.write_all(bytes).and_then(|()| file.sync_all()).map_err(&fault)?;
    // Each one has a line more than the last: a name that is taken is another desk's file.
    let path = folder.join(format!("registro-{lines}.txt"));
    let free = if path.exists() { folder.join(format!("registro-{lines}-{}.txt", short_name(bytes))) } else { path };
    std::fs::rename(&begun, &free).map_err(fault)?;
    Ok(free)
}

fn short_name(bytes: &[u8]) -> String {
    Digest::of(bytes).to_string().chars().take(8).collect()
}
