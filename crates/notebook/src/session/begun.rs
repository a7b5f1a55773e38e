//! A referral that was begun: kept as the cards are, so that a lock, a crash or an empty battery does not lose what was
//! chosen. One that is given up, and taken back, is so by [`Session::drop_card`] and [`Session::restore_card`].

use super::Session;
use super::card::find_draft;
use super::own::{OwnNight, require_open};
use super::referral::{open_referral, referrals_view};
use crate::entropy::Moment;
use crate::error::{ErrorView, NotebookError, Result};
use crate::notebook::Notebook;
use crate::store;
use crate::view::{
    BegunReferralInput, BegunReferralView, KeepReferralInput, ReferralFill, ReferralInput, ReferralsView,
    ResumeReferralInput, UnsavedReferralView,
};
use domain::ids::{OperationId, OutingId, ReferralId};
use domain::operation::OperationBody as Body;
use serde::{Deserialize, Serialize};

/// A referral from the first answer on. The ids of the referral and of its operation are fixed here; saving it twice
/// gives one referral.
#[derive(Serialize, Deserialize)]
struct Begun {
    /// Becomes the id of the operation.
    draft: OperationId,
    /// Becomes the id of the referral.
    referral: ReferralId,
    outing: OutingId,
    /// The card it comes from.
    card: Option<OperationId>,
    fill: ReferralFill,
}

impl Session {
    /// *Nuovo invio* as it now stands on the screen: durable.
    pub fn keep_referral(&self, input: KeepReferralInput) -> std::result::Result<BegunReferralView, ErrorView> {
        self.with_notebook(|notebook, moment| {
            let night = require_open(notebook)?;
            let KeepReferralInput { draft, card, fill } = input;
            let begun = match draft {
                Some(draft) => Begun { fill, ..find(notebook, draft)? },
                None => Begun {
                    draft: OperationId(notebook.entropy().v7(moment.now)?),
                    referral: ReferralId(notebook.entropy().v4()?),
                    outing: night.state.id(),
                    card,
                    fill,
                },
            };
            if begun.outing != night.state.id() {
                return Err(NotebookError::WrongState("a referral of another outing"));
            }
            let json = serde_json::to_vec(&begun).map_err(|_| NotebookError::Internal("referral"))?;
            let (outing, operation) = (begun.outing, begun.draft);
            notebook.save_begun_referral(&store::Draft { outing, operation, saved_at: moment.now, json })?;
            view(notebook, begun)
        })
    }

    /// Back to a referral that was begun, if it is among the policy's last records; the one, or none.
    pub fn resume_referral(
        &self,
        input: ResumeReferralInput,
    ) -> std::result::Result<Vec<BegunReferralView>, ErrorView> {
        self.with_notebook(|notebook, _| {
            let night = require_open(notebook)?;
            let is_it = |begun: &Begun| match input.draft {
                Some(draft) => begun.draft == draft,
                None => begun.card == input.card,
            };
            let found = last(notebook, &night)?.into_iter().find(is_it);
            found.map(|begun| view(notebook, begun)).into_iter().collect()
        })
    }

    /// *Salva* of a referral that was begun.
    pub fn open_begun_referral(&self, input: BegunReferralInput) -> std::result::Result<ReferralsView, ErrorView> {
        let reach = self.reach();
        self.with_notebook(|notebook, moment| {
            let opened = open(notebook, moment, input.draft)?;
            Ok(ReferralsView { opened: Some(opened), ..referrals_view(notebook, moment, reach)? })
        })
    }
}

fn open(notebook: &mut Notebook, moment: Moment, draft: OperationId) -> Result<ReferralId> {
    // The answer to the first save got lost.
    if let Some(saved) = notebook.find_own_operation(draft)? {
        return match saved.body {
            Body::ReferralOpened { referral, .. } => Ok(referral.id),
            _ => Err(NotebookError::NotFound("referral")),
        };
    }
    let Begun { referral, card, fill, .. } = find(notebook, draft)?;
    let ReferralFill {
        alias,
        service_type,
        urgency,
        reason,
        language_need,
        mediator_needed,
        accompany_needed,
        consent,
        answer,
    } = fill;
    let service_type = service_type.ok_or(NotebookError::InvalidInput("no service"))?;
    // A card that was given up meanwhile is no reason to lose the referral.
    let card = card.filter(|card| is_card(notebook, *card));
    let input = ReferralInput {
        card,
        alias,
        service_type,
        urgency,
        reason,
        language_need,
        mediator_needed,
        accompany_needed,
        consent,
        parent_id: None,
        answer,
    };
    open_referral(notebook, moment, input, Some((draft, referral)))
}

fn is_card(notebook: &Notebook, card: OperationId) -> bool {
    find_draft(notebook, card).is_ok() || matches!(notebook.find_own_operation(card), Ok(Some(_)))
}

fn view(notebook: &Notebook, begun: Begun) -> Result<BegunReferralView> {
    let Begun { draft, card, fill, .. } = begun;
    let card_is_open = match card {
        Some(card) => notebook.find_draft(card)?.is_some(),
        None => false,
    };
    Ok(BegunReferralView { draft, card, card_is_open, fill })
}

/// Those of tonight, the one begun first at the start.
fn list(notebook: &Notebook, night: &OwnNight) -> Result<Vec<Begun>> {
    notebook.list_begun_referrals(night.state.id())?.iter().map(read).collect()
}

/// Those of them that may be read: the policy's last ones, the latest first. One that stays hidden does so once it was
/// opened too.
fn last(notebook: &Notebook, night: &OwnNight) -> Result<Vec<Begun>> {
    let limit = usize::from(notebook.programme()?.policy.visible_records);
    Ok(notebook.last_of(list(notebook, night)?.into_iter().rev(), limit, |begun| begun.referral.0))
}

/// Which those are.
pub(super) fn last_begun_referrals(notebook: &Notebook, night: &OwnNight) -> Result<Vec<OperationId>> {
    Ok(last(notebook, night)?.into_iter().map(|begun| begun.draft).collect())
}

/// The one begun last.
pub(super) fn last_begun(notebook: &Notebook, night: &OwnNight) -> Result<Option<OperationId>> {
    Ok(notebook.list_begun_referrals(night.state.id())?.last().map(|begun| begun.operation))
}

/// Those of tonight for *Da completare*, the latest first: what they say only of the policy's last records.
pub(super) fn unsaved_views(notebook: &Notebook, night: &OwnNight) -> Result<Vec<UnsavedReferralView>> {
    let last = last_begun_referrals(notebook, night)?;
    let begun = list(notebook, night)?;
    let view = |begun: &Begun| {
        let can_resume = last.contains(&begun.draft);
        let service_type = begun.fill.service_type.filter(|_| can_resume);
        UnsavedReferralView { draft: begun.draft, service_type, can_resume }
    };
    Ok(begun.iter().rev().map(view).collect())
}

fn find(notebook: &Notebook, draft: OperationId) -> Result<Begun> {
    read(&notebook.find_begun_referral(draft)?.ok_or(NotebookError::NotFound("referral"))?)
}

fn read(kept: &store::Draft) -> Result<Begun> {
    serde_json::from_slice(&kept.json).map_err(|_| NotebookError::Damaged("a referral"))
}
