//! *Registro*: the lines that this desk keeps, and whether their chain is whole; and the notes of what leaves no other
//! trace.

use super::Session;
use crate::desk::devices;
use crate::desk::register::{Deed, Line};
use crate::entropy::Moment;
use crate::error::{ErrorView, NotebookError, Result};
use crate::notebook::Notebook;
use crate::store::register;
use crate::view::{DeedView, RegisterInput, RegisterLineView, RegisterPart, RegisterView};
use domain::ids::DeviceId;
use domain::sync::act::{Act, ActRow, DeviceAct};
use domain::sync::chain::Digest;
use domain::sync::night_log::DeskEntry;
use domain::time::{Span, operational_date};
use std::collections::BTreeMap;

/// Lines of one answer.
const PAGE: usize = 100;

impl Session {
    /// *Registro*.
    pub fn register(&self, input: RegisterInput) -> std::result::Result<RegisterView, ErrorView> {
        self.at_desk(|notebook, _| view(notebook, input))
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
                | Deed::Act { act: Act::ReleaseExported { .. } | Act::TallyExported { .. } }
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
        },
    }
}

/// As people compare hashes: the first eight digits, in two groups.
fn short(digest: Digest) -> String {
    let text = digest.to_string();
    text.get(..8).and_then(|start| start.split_at_checked(4)).map_or(text.clone(), |(one, two)| format!("{one} {two}"))
}
