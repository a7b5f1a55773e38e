//! *Collega i telefoni*: the picture, the code and the word by which two phones write to one outing.
//!
//! Nothing is sent. Both make the same outing id from the code and the unit's key, and the word from that id, so that
//! the same word aloud means the same outing. A code is never taken over in silence: a phone whose outing already holds
//! records keeps it, and the lead then sees two outings.

use super::Session;
use super::night::{begin, prepare, tonight_view};
use super::own::{OwnNight, find_code, require_open};
use crate::entropy::Moment;
use crate::error::{ErrorView, NotebookError, Result};
use crate::night::code::{OutingCode, minute_of, spoken_word};
use crate::night::last::item_counts;
use crate::night::qr;
use crate::notebook::Notebook;
use crate::view::{CodeInput, CodeView, FoundCode, FrameInput, JoinInput, LinkView, Nothing, StartInput, TonightView};
use data_encoding::BASE64;
use domain::alias::outing_id_of_code;
use domain::ids::OutingId;
use domain::operation::{Operation, OperationBody as Body, OutingChange, RecordRef};
use domain::outing::{CancelReason, OutingStatus};
use domain::supply::MoveKind;
use domain::time::operational_date;

impl Session {
    /// What this phone shows the other one.
    pub fn pair(&self, _: Nothing) -> std::result::Result<LinkView, ErrorView> {
        self.with_notebook(|notebook, _| pair_view(notebook))
    }

    /// What a code stands for, before anything is done with it.
    pub fn check_code(&self, input: CodeInput) -> std::result::Result<CodeView, ErrorView> {
        self.with_notebook(|notebook, moment| {
            let Some(code) = OutingCode::parse(&input.code) else { return Ok(CodeView { found: None }) };
            let word = spoken_word(outing_of(notebook, moment, code)?);
            Ok(CodeView { found: Some(FoundCode { code: code.text(), word }) })
        })
    }

    /// Looks for the other phone's code in a frame of the camera, without holding the notebook.
    pub fn read_qr(&self, input: FrameInput) -> std::result::Result<CodeView, ErrorView> {
        let bytes = BASE64.decode(input.luma_base64.as_bytes()).map_err(|_| NotebookError::InvalidInput("frame"))?;
        match qr::read(input.width, input.height, &bytes)? {
            Some(code) => self.check_code(CodeInput { code: code.text() }),
            None => self.with_notebook(|_, _| Ok(CodeView { found: None })),
        }
    }

    /// Both phones had started on their own: this one gives its outing up, while nothing is recorded in it, and goes
    /// on in the other one's with the same crew, bag and zones. Of two that could join each other, the outing with the
    /// smaller code stays, so that both never give up theirs; the other joins a recorded one all the same.
    pub fn join_outing(&self, input: JoinInput) -> std::result::Result<TonightView, ErrorView> {
        self.with_notebook(|notebook, moment| {
            let warnings = join(notebook, moment, &input)?;
            tonight_view(notebook, moment, warnings)
        })
    }
}

fn pair_view(notebook: &Notebook) -> Result<LinkView> {
    let night = require_open(notebook)?;
    let outing = night.state.id();
    let code = find_code(notebook, outing)?.ok_or(NotebookError::NotFound("outing code"))?;
    let picture = qr::draw(OutingCode::parse(&code).ok_or(NotebookError::Damaged("outing code"))?)?;
    Ok(LinkView {
        code,
        word: spoken_word(outing),
        qr_size: picture.size,
        qr_path: picture.path,
        can_join: is_empty(notebook, &night)?,
    })
}

fn outing_of(notebook: &Notebook, moment: Moment, code: OutingCode) -> Result<OutingId> {
    let unit = notebook.unit().ok_or(NotebookError::NotAllowed)?;
    let date = operational_date(code.joined_start(minute_of(moment.now)));
    Ok(outing_id_of_code(&notebook.alias_key(date)?, unit.as_str(), date, &code.text()))
}

/// Whether the outing has only begun: no record of anybody, and no card, not even one that was just given up.
fn is_empty(notebook: &Notebook, night: &OwnNight) -> Result<bool> {
    let outing = night.state.id();
    let own = notebook.device();
    let is_beginning = |operation: &Operation| match &operation.body {
        Body::OutingOpened { .. } | Body::StopOpened { .. } | Body::SuppliesMoved { .. } => operation.device == own,
        // What giving it up and coming back to it leaves.
        Body::OutingRevised { .. } | Body::Retracted { record: RecordRef::SupplyMove(_), .. } => {
            operation.device == own
        }
        _ => false,
    };
    Ok(notebook.operations_of(outing)?.iter().all(is_beginning)
        && notebook.held_night(outing)?.copies.is_empty()
        && !notebook.holds_draft(outing)?)
}

fn join(notebook: &mut Notebook, moment: Moment, wanted: &JoinInput) -> Result<Vec<domain::validate::Finding>> {
    let code = OutingCode::parse(&wanted.code).ok_or(NotebookError::InvalidInput("partner's code"))?;
    let night = require_open(notebook)?;
    if outing_of(notebook, moment, code)? == night.state.id() {
        return Ok(Vec::new());
    }
    if !is_empty(notebook, &night)? {
        return Err(NotebookError::WrongState("this outing holds records"));
    }
    let stays = find_code(notebook, night.state.id())?.is_some_and(|own| own < code.text());
    if stays && !wanted.other_recorded {
        return Err(NotebookError::WrongState("the other phone joins this outing"));
    }
    let outing = &night.state.outing;
    let input = StartInput {
        outing_type: outing.outing_type,
        crew: outing.crew.clone(),
        bag: item_counts(night.state.moves.values().filter(|supply| supply.kind == MoveKind::Load)),
        zones: outing.planned_zones.clone(),
        partner_code: Some(code.text()),
        short_crew: outing.short_crew,
    };
    let opening = prepare(notebook, moment, &input, Some(night.state.id()))?;
    give_up(notebook, moment, &night)?;
    begin(notebook, moment, opening)
}

/// What was only begun is cancelled: it counts nowhere, and waits for nobody.
fn give_up(notebook: &mut Notebook, moment: Moment, night: &OwnNight) -> Result<()> {
    let changes =
        vec![OutingChange::CancelReason(Some(CancelReason::Other)), OutingChange::Status(OutingStatus::Cancelled)];
    let after = night.state.outing_heads.iter().copied().collect();
    notebook.save(Body::OutingRevised { outing_id: night.state.id(), after, changes }, None, moment, None)?;
    Ok(())
}
