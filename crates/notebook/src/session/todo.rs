//! *Da completare*: cards that were not saved, and what the saved ones of this phone lack.

use super::Session;
use super::begun::unsaved_views;
use super::card::{drafts, find_draft, last_drafts, refuse_errors, save_contact, splittable};
use super::own::{OwnNight, require_open};
use crate::entropy::Moment;
use crate::error::{ErrorView, NotebookError, Result};
use crate::night::card::filled;
use crate::night::todo::{
    Question, age, compose, frequent_origins, missing, numbered, open_questions, plausible_genders, take_back,
};
use crate::notebook::Notebook;
use crate::store;
use crate::view::{
    AnswerInput, GroupCardView, MissingView, Nothing, TakeBackAnswerInput, TodoAnswer, TodoView, UnsavedCardInput,
    UnsavedCardView, WhoView,
};
use domain::contact::{AgeBand, Contact, GroupCell};
use domain::ids::{ContactId, NationalityCode, OperationId};
use domain::operation::{ContactChange, OperationBody as Body};
use domain::validate::{ContactContext, before_contact};
use std::collections::BTreeSet;

type Answer<T> = std::result::Result<T, ErrorView>;

impl Session {
    /// What is open on this phone tonight.
    pub fn todo(&self, _: Nothing) -> Answer<TodoView> {
        self.with_notebook(|notebook, _| todo_view(notebook))
    }

    /// *Salva così*: a card that was not saved becomes a contact with what was chosen on it.
    pub fn save_card(&self, input: UnsavedCardInput) -> Answer<TodoView> {
        self.with_notebook(|notebook, moment| {
            let draft = find_draft(notebook, input.card)?;
            let programme = notebook.programme()?;
            let input = filled(&draft, &[programme.kits.as_slice(), &programme.retired.kits].concat());
            save_contact(notebook, moment, &input)?;
            todo_view(notebook)
        })
    }

    /// Answers one question about a contact of this phone. *Non so* is remembered here and written nowhere else.
    pub fn answer_todo(&self, input: AnswerInput) -> Answer<TodoView> {
        self.with_notebook(|notebook, moment| {
            answer(notebook, moment, &input)?;
            todo_view(notebook)
        })
    }

    /// Takes an answer back: the question is open again.
    pub fn take_back_answer(&self, input: TakeBackAnswerInput) -> Answer<TodoView> {
        self.with_notebook(|notebook, moment| {
            let night = require_open(notebook)?;
            let contact = own_contact(&night, input.contact)?;
            store::unknown::remove(notebook.store.connection(), input.contact, input.question)?;
            if !input.question.is_open(contact) {
                revise(notebook, moment, &night, contact, take_back(&night.operations, contact, input.question))?;
            }
            todo_view(notebook)
        })
    }

    /// *Rispondi «non so» a tutto*: every question that is open on a saved contact.
    pub fn answer_all_unknown(&self, _: Nothing) -> Answer<TodoView> {
        self.with_notebook(|notebook, _| {
            let night = require_open(notebook)?;
            let outing = night.state.id();
            let unknown = store::unknown::list(notebook.store.connection(), outing)?;
            let transaction = notebook.store.transaction()?;
            for (id, _) in numbered(&night.operations, &night.state) {
                for question in night.state.contacts.get(&id).into_iter().flat_map(|it| open_questions(it, &unknown)) {
                    store::unknown::put(&transaction, outing, id, question)?;
                }
            }
            transaction.commit()?;
            todo_view(notebook)
        })
    }
}

/// How many cards and referrals are open: not saved, and lacking something.
pub(super) fn open_cards(notebook: &Notebook, night: &OwnNight) -> Result<(u16, u16)> {
    let outing = night.state.id();
    let unknown = store::unknown::list(notebook.store.connection(), outing)?;
    let unsaved = notebook.list_drafts(outing)?.len().saturating_add(notebook.list_begun_referrals(outing)?.len());
    let lacking = missing(&night.operations, &night.state, &unknown).len();
    let number = |n: usize| u16::try_from(n).unwrap_or(u16::MAX);
    Ok((number(unsaved), number(unsaved.saturating_add(lacking))))
}

/// Who it was is said of the policy's last records only, those that are not saved counted first.
fn todo_view(notebook: &Notebook) -> Result<TodoView> {
    let night = require_open(notebook)?;
    let programme = notebook.programme()?;
    let limit = usize::from(programme.policy.visible_records);
    let unknown = store::unknown::list(notebook.store.connection(), night.state.id())?;
    let mut drafts = drafts(notebook, &night.state)?;
    drafts.reverse();
    let resumable: BTreeSet<OperationId> =
        last_drafts(notebook, &night.state)?.into_iter().map(|draft| draft.card).collect();
    let contacts = numbered(&night.operations, &night.state).into_iter().map(|(contact, _)| contact);
    let saved: BTreeSet<ContactId> = notebook
        .last_of(contacts, limit, |contact| contact.0)
        .into_iter()
        .take(limit.saturating_sub(drafts.len()))
        .collect();
    let missing = missing(&night.operations, &night.state, &unknown).into_iter().filter_map(|open| {
        let contact = night.state.contacts.get(&open.contact)?;
        let who = WhoView { gender: contact.gender, kind: contact.kind };
        Some(MissingView {
            contact: open.contact,
            card: card_of(&night, open.contact)?,
            number: open.number,
            zone: contact.zone.clone(),
            slot: contact.slot,
            n_persons: contact.n_persons,
            who: saved.contains(&open.contact).then_some(who),
            question: open.question,
        })
    });
    let groups = numbered(&night.operations, &night.state).into_iter().filter_map(|(id, number)| {
        let group = splittable(&night, id)?;
        Some(GroupCardView {
            contact: group.id,
            number,
            zone: group.zone.clone(),
            slot: group.slot,
            n_persons: group.n_persons,
        })
    });
    Ok(TodoView {
        groups: groups.collect(),
        referrals: unsaved_views(notebook, &night)?,
        missing: missing.collect(),
        unsaved: drafts
            .into_iter()
            .map(|draft| UnsavedCardView {
                card: draft.card,
                zone: draft.zone,
                slot: draft.slot,
                n_persons: draft.input.n_persons,
                who: resumable
                    .contains(&draft.card)
                    .then_some(WhoView { gender: draft.input.gender, kind: draft.input.kind }),
            })
            .collect(),
        origins: frequent_origins(&night.state, programme),
        genders: plausible_genders(&night.state),
    })
}

/// The card that a contact of this phone was saved from.
fn card_of(night: &OwnNight, id: ContactId) -> Option<OperationId> {
    let is_it = |body: &Body| match body {
        Body::ContactSaved { contact, .. } | Body::PersonSplitOff { contact, .. } => contact.id == id,
        _ => false,
    };
    night.operations.iter().find(|operation| is_it(&operation.body)).map(|operation| operation.id)
}

fn own_contact(night: &OwnNight, id: ContactId) -> Result<&Contact> {
    let is_own = numbered(&night.operations, &night.state).iter().any(|(own, _)| *own == id);
    night.state.contacts.get(&id).filter(|_| is_own).ok_or(NotebookError::NotFound("contact"))
}

fn answer(notebook: &mut Notebook, moment: Moment, input: &AnswerInput) -> Result<()> {
    let night = require_open(notebook)?;
    let contact = own_contact(&night, input.contact)?;
    let (question, changes) = match &input.answer {
        TodoAnswer::Unknown(question) => {
            return store::unknown::put(notebook.store.connection(), night.state.id(), contact.id, *question);
        }
        TodoAnswer::Composition(said) => {
            let cells = said.iter().map(|who| GroupCell {
                kind: who.kind,
                gender: who.gender,
                ..GroupCell::not_recorded(who.n)
            });
            (Question::Composition, compose(contact, cells.collect()))
        }
        TodoAnswer::Origin(code) => (Question::Origin, vec![ContactChange::Nationality(listed(notebook, code)?)]),
        TodoAnswer::Age(AgeBand::NotRecorded) => return Err(NotebookError::InvalidInput("no age")),
        TodoAnswer::Age(band) => (Question::Age, age(contact, *band)),
    };
    if !question.is_open(contact) {
        return Err(NotebookError::WrongState("answered already"));
    }
    revise(notebook, moment, &night, contact, changes)
}

fn listed(notebook: &Notebook, code: &NationalityCode) -> Result<NationalityCode> {
    let is_listed = notebook.programme()?.find_nationality(code).is_some();
    if is_listed { Ok(code.clone()) } else { Err(NotebookError::InvalidInput("nationality not on the list")) }
}

/// Saves a correction that no rule forbids.
fn revise(
    notebook: &mut Notebook,
    moment: Moment,
    night: &OwnNight,
    contact: &Contact,
    changes: Vec<ContactChange>,
) -> Result<()> {
    let mut corrected = contact.clone();
    for change in &changes {
        change.apply(&mut corrected);
    }
    let context = ContactContext { state: &night.state, programme: notebook.programme()?, seen: &[] };
    refuse_errors(&before_contact(&corrected, &[], context))?;
    let revision = Body::ContactRevised {
        outing_id: night.state.id(),
        contact_id: contact.id,
        after: night.state.contact_heads.get(&contact.id).into_iter().flatten().copied().collect(),
        changes,
        moves_added: Vec::new(),
        moves_retracted: Vec::new(),
    };
    notebook.save(revision, None, moment, None)?;
    Ok(())
}
