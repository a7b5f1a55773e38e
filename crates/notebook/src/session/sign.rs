//! Sign-off and amendment: the lead's signature, and the night log that goes to the desk.
//!
//! The signature is saved first, the night log second. A crash between the two leaves a signed outing without its
//! night log; the next opening of the notebook, visit to the server or look at it writes the log, from exactly what was
//! signed.

use super::Session;
use super::card::refuse_errors;
use super::review::{load_outing, missing_views, refuse_under_way, review_view};
use crate::entropy::Moment;
use crate::error::{ErrorView, NotebookError, Result};
use crate::notebook::Notebook;
use crate::review::{can_amend, can_sign, review};
use crate::view::{AmendInput, ReviewView, SignInput};
use domain::ids::{OperatorCode, OutingId};
use domain::operation::{Amendment, OperationBody as Body, OutingState, Scope, SignOff};
use domain::outing::OutingStatus;
use domain::sync::chain::Digest;
use domain::sync::manifest::Role;
use domain::sync::night_log::{DeskEntry, NightLog};
use domain::sync::{ProjectionContext, project};
use domain::time::operational_date;
use domain::validate::{Finding, Place, RuleId, Severity, before_change};

impl Session {
    /// *Firma e manda la verifica*: allowed once nothing is left to decide (V31). Works without the second phone, and
    /// without records that are known to be missing, once their number is named; what comes later is shown as late, and
    /// counted once the lead amends. This phone must be back: a card that is open on
    /// it would be of an outing that is over.
    pub fn sign_off(&self, input: SignInput) -> std::result::Result<ReviewView, ErrorView> {
        self.with_review(|notebook, moment| {
            sign_off(notebook, moment, &input)?;
            review_view(notebook, input.outing_id)
        })
    }

    /// *Rettifica*: a signed-off outing changes only so. It includes everything that is known now.
    pub fn amend(&self, input: AmendInput) -> std::result::Result<ReviewView, ErrorView> {
        self.with_review(|notebook, moment| {
            amend(notebook, moment, &input)?;
            review_view(notebook, input.outing_id)
        })
    }
}

fn sign_off(notebook: &mut Notebook, moment: Moment, input: &SignInput) -> Result<()> {
    // Signed here already, and a crash came between: this finishes it.
    if finish_interrupted(notebook, input.outing_id)? {
        return Ok(());
    }
    let mut state = load_outing(notebook, input.outing_id)?;
    let found = review(&state, notebook.programme()?);
    if state.sign_off.is_some() {
        return Err(NotebookError::WrongState("signed off already"));
    }
    refuse_under_way(notebook, input.outing_id)?;
    if !can_sign(&state, &found) {
        return Err(not_ready(found.blocking));
    }
    require_crew(&state, &input.operator)?;
    require_named(notebook, &state, input.without)?;
    state.outing.status = OutingStatus::Reviewed;
    state.outing.reviewed_at = Some(moment.now);
    state.outing.reviewed_by = Some(input.operator.clone());
    let log = projected(notebook, &state)?;
    let sign_off = SignOff {
        by: input.operator.clone(),
        at: moment.now,
        included: notebook.list_included(input.outing_id)?,
        digest: digest(&log)?,
    };
    let signed = Body::OutingSignedOff { outing_id: input.outing_id, sign_off };
    notebook.save(signed, None, moment, Some(input.operator.clone()))?;
    notebook.save_desk_entry(DeskEntry::NightLog(log))?;
    Ok(())
}

fn amend(notebook: &mut Notebook, moment: Moment, input: &AmendInput) -> Result<()> {
    finish_interrupted(notebook, input.outing_id)?;
    call_back(notebook, input.outing_id)?;
    let mut state = load_outing(notebook, input.outing_id)?;
    refuse_errors(&before_change(&state.outing))?;
    let found = review(&state, notebook.programme()?);
    if state.sign_off.is_none() {
        return Err(NotebookError::WrongState("not signed off"));
    }
    if state.late.is_empty() {
        return Err(NotebookError::WrongState("nothing to amend"));
    }
    if !can_amend(&state, &found) {
        return Err(not_ready(found.blocking));
    }
    require_crew(&state, &input.operator)?;
    require_named(notebook, &state, input.without)?;
    let number = state.amendments.last().map_or(0, |last| last.number).checked_add(1);
    let mut amendment = Amendment {
        number: number.ok_or(NotebookError::WrongState("too many amendments"))?,
        by: input.operator.clone(),
        at: moment.now,
        reason: input.reason,
        included: notebook.list_included(input.outing_id)?,
        digest: Digest::of(&[]),
    };
    // The log names the amendment, but neither its list nor its digest.
    state.amendments.push(amendment.clone());
    let log = projected(notebook, &state)?;
    amendment.digest = digest(&log)?;
    let amended = Body::OutingAmended { outing_id: input.outing_id, amendment };
    notebook.save(amended, None, moment, Some(input.operator.clone()))?;
    notebook.save_desk_entry(DeskEntry::NightLog(log))?;
    Ok(())
}

/// Before an outing is amended all of it must be here: what was forgotten is called back, and comes with the next visits
/// to the server.
///
/// # Errors
/// [`NotebookError::DetailsForgotten`] until it is here; the disk.
pub(super) fn call_back(notebook: &mut Notebook, outing: OutingId) -> Result<()> {
    notebook.recall(outing)?;
    if notebook.is_partly_forgotten(outing)? { Err(NotebookError::DetailsForgotten) } else { Ok(()) }
}

/// Writes every night log that a crash kept back, of the outings this device signed. One that cannot be written does
/// not keep the others back.
///
/// # Errors
/// The first of what [`finish_interrupted`] gives.
pub(super) fn finish_all_interrupted(notebook: &mut Notebook) -> Result<()> {
    if notebook.role() != Some(Role::Lead) {
        return Ok(());
    }
    notebook.catch_up();
    let mut done = Ok(());
    for (outing, signature) in notebook.list_last_signatures()? {
        // A log that follows the last signature stands for it.
        let log = notebook.find_own_night_log(outing)?.map(|(_, sequence)| sequence);
        if log < Some(signature) {
            done = done.and(finish_interrupted(notebook, outing).map(drop));
        }
    }
    done
}

/// Writes the night log of a signature of this device whose log is missing, after a crash between the two saves.
/// Gives whether there was one to write.
///
/// # Errors
/// [`NotebookError::Damaged`] if what is here is not what was signed; the disk.
pub(super) fn finish_interrupted(notebook: &mut Notebook, outing: OutingId) -> Result<bool> {
    let Some(state) = notebook.outing_state(outing, Scope::Counted)? else { return Ok(false) };
    if !lacks_night_log(notebook, &state)? {
        return Ok(false);
    }
    let log = projected(notebook, &state)?;
    // Equal by construction; if not, something was lost, and nothing else may be sent under this signature.
    if Some(digest(&log)?) != signed_digest(&state) {
        return Err(NotebookError::Damaged("a signed outing"));
    }
    notebook.save_desk_entry(DeskEntry::NightLog(log))?;
    Ok(true)
}

/// Whether this device wrote the last signature of an outing, but not yet the night log it stands for.
pub(super) fn lacks_night_log(notebook: &Notebook, state: &OutingState) -> Result<bool> {
    if state.sign_off.is_none() {
        return Ok(false);
    }
    let version = state.amendments.last().map_or(0, |amendment| amendment.number);
    let written = notebook.find_own_night_log(state.id())?.map(|(written, _)| written);
    if written.is_some_and(|written| written >= version) {
        return Ok(false);
    }
    let is_last = |body: &Body| match body {
        Body::OutingSignedOff { .. } => version == 0,
        Body::OutingAmended { amendment, .. } => amendment.number == version,
        _ => false,
    };
    let operations = notebook.operations_of(state.id())?;
    Ok(operations.iter().any(|operation| operation.device == notebook.device() && is_last(&operation.body)))
}

fn signed_digest(state: &OutingState) -> Option<Digest> {
    let amended = state.amendments.last().map(|amendment| amendment.digest);
    amended.or_else(|| state.sign_off.as_ref().map(|sign_off| sign_off.digest))
}

fn projected(notebook: &Notebook, state: &OutingState) -> Result<NightLog> {
    let key = notebook.alias_key(operational_date(state.outing.start_at))?;
    project(state, ProjectionContext { alias_key: &key }).ok_or(NotebookError::WrongState("the outing is not closed"))
}

/// SHA-256 of the night log's bytes: what the signature stands for.
fn digest(log: &NightLog) -> Result<Digest> {
    let bytes = serde_json::to_vec(log).map_err(|_| NotebookError::Internal("night log"))?;
    Ok(Digest::of(&bytes))
}

fn require_crew(state: &OutingState, operator: &OperatorCode) -> Result<()> {
    let is_crew = state.outing.crew.iter().any(|member| &member.operator == operator);
    if is_crew { Ok(()) } else { Err(NotebookError::InvalidInput("not of the crew")) }
}

/// A signature stands for what is here. What is missing was shown to her who signs, or she signs nothing.
fn require_named(notebook: &Notebook, state: &OutingState, without: u32) -> Result<()> {
    let missing = missing_views(notebook, state)?.iter().fold(0, |sum: u32, part| sum.saturating_add(part.count));
    if missing == without { Ok(()) } else { Err(NotebookError::WrongState("more or less is missing than was shown")) }
}

/// V31, with what stands in the way.
fn not_ready(mut blocking: Vec<Finding>) -> NotebookError {
    let place = Place::Outing { field: None };
    blocking.push(Finding { rule: RuleId::V31, severity: Severity::Review, place });
    NotebookError::Rules(blocking)
}
