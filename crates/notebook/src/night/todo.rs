//! *Da completare*: what a phone's contacts still lack, one question at a time, and what an answer changes (F10).
//!
//! Only persons are asked about, and nothing is asked twice: *non so* is an answer. A repeat of the night is the same
//! person again and has been asked about already.

use domain::contact::{AgeBand, Contact, ContactKind, ContactMode, Flag, Gender, GroupCell, TargetGroup};
use domain::ids::{ContactId, NationalityCode};
use domain::operation::{ContactChange, ContactField, Operation, OperationBody as Body, OutingState};
use domain::programme::Programme;
use serde::{Deserialize, Serialize};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use ts_rs::TS;

/// Genders offered at once for a group.
const PLAUSIBLE: usize = 2;

/// What may be missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export, rename = "TodoQuestion")]
pub enum Question {
    /// Who the people of a group were.
    Composition,
    /// Origin.
    Origin,
    /// Age.
    Age,
}

impl Question {
    /// In the order in which they are asked.
    pub const ALL: [Self; 3] = [Self::Composition, Self::Origin, Self::Age];

    /// The stable code, as the notebook keeps it.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Composition => "composition",
            Self::Origin => "origin",
            Self::Age => "age",
        }
    }

    /// The question of a code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|question| question.code() == code)
    }

    /// Whether nothing was noted that would answer it.
    #[must_use]
    pub fn is_open(self, contact: &Contact) -> bool {
        if contact.target_group != TargetGroup::Person || contact.repeat_in_outing {
            return false;
        }
        let is_group = contact.mode == ContactMode::Group;
        match self {
            Self::Composition => {
                let says_nothing =
                    |cell: &GroupCell| cell.kind == ContactKind::Unknown && cell.gender == Gender::NotRecorded;
                is_group && contact.group_cells.iter().all(says_nothing) && common(contact).is_some()
            }
            Self::Origin => !is_group && contact.nationality == NationalityCode::not_recorded(),
            Self::Age => !is_group && contact.age_band == AgeBand::NotRecorded,
        }
    }
}

/// A contact that lacks something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Missing {
    /// The contact.
    pub contact: ContactId,
    /// Its number on this phone tonight: 1 for the first card that was saved, also if that was taken back later.
    pub number: u16,
    /// What is asked first.
    pub question: Question,
}

/// The contacts of a phone that stand, with their numbers, the one saved last first.
#[must_use]
pub fn numbered(operations: &[Operation], state: &OutingState) -> Vec<(ContactId, u16)> {
    let mut seen = BTreeSet::new();
    let mut all: Vec<(ContactId, u16)> = Vec::new();
    for operation in operations {
        let contact = match &operation.body {
            Body::ContactSaved { contact, .. } | Body::PersonSplitOff { contact, .. } => contact.id,
            _ => continue,
        };
        if seen.insert(contact) {
            all.push((contact, u16::try_from(seen.len()).unwrap_or(u16::MAX)));
        }
    }
    all.retain(|(contact, _)| state.contacts.contains_key(contact));
    all.reverse();
    all
}

/// What is open on each contact, the one saved last first. `unknown` are the questions answered with *non so*.
#[must_use]
pub fn missing(
    operations: &[Operation],
    state: &OutingState,
    unknown: &BTreeSet<(ContactId, Question)>,
) -> Vec<Missing> {
    numbered(operations, state)
        .into_iter()
        .filter_map(|(id, number)| {
            let question = open_questions(state.contacts.get(&id)?, unknown).next()?;
            Some(Missing { contact: id, number, question })
        })
        .collect()
}

/// The questions that are open on a contact, in the order in which they are asked.
pub fn open_questions<'a>(
    contact: &'a Contact,
    unknown: &'a BTreeSet<(ContactId, Question)>,
) -> impl Iterator<Item = Question> + 'a {
    Question::ALL
        .into_iter()
        .filter(|question| question.is_open(contact) && !unknown.contains(&(contact.id, *question)))
}

/// Origins to offer: tonight's most frequent first, then the programme's in their order.
#[must_use]
pub fn frequent_origins(state: &OutingState, programme: &Programme) -> Vec<NationalityCode> {
    let mut met: BTreeMap<&NationalityCode, u32> = BTreeMap::new();
    for contact in state.contacts.values() {
        *met.entry(&contact.nationality).or_default() += 1;
        for cell in &contact.group_cells {
            *met.entry(&cell.nationality).or_default() += u32::from(cell.n);
        }
    }
    let mut origins: Vec<NationalityCode> = programme
        .nationalities
        .iter()
        .map(|entry| entry.code.clone())
        .filter(|code| *code != NationalityCode::not_recorded())
        .collect();
    origins.sort_by_key(|code| Reverse(met.get(code).copied().unwrap_or_default()));
    origins
}

/// Genders to offer for a group: tonight's most frequent ones, women while nobody was met.
#[must_use]
pub fn plausible_genders(state: &OutingState) -> Vec<Gender> {
    let mut met: BTreeMap<Gender, u32> = BTreeMap::new();
    for contact in state.contacts.values().filter(|contact| contact.counts_persons()) {
        if contact.mode == ContactMode::Individual && contact.gender != Gender::NotRecorded {
            *met.entry(contact.gender).or_default() += 1;
        }
    }
    let mut genders: Vec<(Gender, u32)> = met.into_iter().collect();
    genders.sort_by_key(|(gender, n)| (Reverse(*n), *gender));
    let mut genders: Vec<Gender> = genders.into_iter().map(|(gender, _)| gender).take(PLAUSIBLE).collect();
    if genders.is_empty() {
        genders.push(Gender::Woman);
    }
    genders
}

/// Age and origin of everybody in a group, if one answer holds for all.
fn common(group: &Contact) -> Option<(AgeBand, NationalityCode)> {
    let mut cells = group.group_cells.iter().map(|cell| (cell.age_band, cell.nationality.clone()));
    let first = cells.next().unwrap_or_else(|| (AgeBand::NotRecorded, NationalityCode::not_recorded()));
    cells.all(|cell| cell == first).then_some(first)
}

/// The changes that write a composition: those who were said, and the rest *non rilevato* (V06). Age and origin that
/// held for everybody still do.
#[must_use]
pub fn compose(group: &Contact, said: Vec<GroupCell>) -> Vec<ContactChange> {
    let (age_band, nationality) =
        common(group).unwrap_or_else(|| (AgeBand::NotRecorded, NationalityCode::not_recorded()));
    let with_common = |cell: GroupCell| GroupCell { age_band, nationality: nationality.clone(), ..cell };
    let mut cells: Vec<GroupCell> = said.into_iter().filter(|cell| cell.n > 0).map(with_common).collect();
    let sum = cells.iter().fold(0_u16, |sum, cell| sum.saturating_add(cell.n));
    let rest = group.n_persons.saturating_sub(sum);
    if rest > 0 {
        cells.push(with_common(GroupCell::not_recorded(rest)));
    }
    vec![ContactChange::GroupCells(cells)]
}

/// The changes that write an age: a presumed minor carries the mark of the minor card (V11).
#[must_use]
pub fn age(contact: &Contact, age_band: AgeBand) -> Vec<ContactChange> {
    let mut flags = contact.flags.clone();
    if age_band == AgeBand::Under18Presumed {
        flags.insert(Flag::MinorProtocol);
    } else if contact.age_band == AgeBand::Under18Presumed {
        flags.remove(&Flag::MinorProtocol);
    }
    let mut changes = vec![ContactChange::AgeBand(age_band)];
    if flags != contact.flags {
        changes.push(ContactChange::Flags(flags));
    }
    changes
}

/// The changes that take an answer back: what was noted before it stands again. Somebody may have been split off the
/// group meanwhile: then its composition is open, as far as it was.
#[must_use]
pub fn take_back(operations: &[Operation], contact: &Contact, question: Question) -> Vec<ContactChange> {
    let before = before_answer(operations, contact.id, question);
    match (question, before) {
        (Question::Composition, Some(before)) if before.n_persons == contact.n_persons => {
            vec![ContactChange::GroupCells(before.group_cells)]
        }
        (Question::Composition, _) => compose(contact, Vec::new()),
        (Question::Origin, before) => {
            let origin = before.map(|before| before.nationality);
            vec![ContactChange::Nationality(origin.unwrap_or_else(NationalityCode::not_recorded))]
        }
        (Question::Age, Some(before)) => {
            let mut changes = age(contact, before.age_band);
            if before.flags.contains(&Flag::MinorProtocol) {
                changes.retain(|change| change.field() != ContactField::Flags);
            }
            changes
        }
        (Question::Age, None) => age(contact, AgeBand::NotRecorded),
    }
}

/// A contact as it was saved and corrected on this phone before the last answer to a question.
fn before_answer(operations: &[Operation], id: ContactId, question: Question) -> Option<Contact> {
    let field = match question {
        Question::Composition => ContactField::GroupCells,
        Question::Origin => ContactField::Nationality,
        Question::Age => ContactField::AgeBand,
    };
    let mut known: Option<Contact> = None;
    let mut before = None;
    for operation in operations {
        match &operation.body {
            Body::ContactSaved { contact, .. } | Body::PersonSplitOff { contact, .. } if contact.id == id => {
                known = Some(contact.clone());
            }
            Body::ContactRevised { contact_id, changes, .. } if *contact_id == id => {
                if changes.iter().any(|change| change.field() == field) {
                    before.clone_from(&known);
                }
                if let Some(known) = &mut known {
                    changes.iter().for_each(|change| change.apply(known));
                }
            }
            _ => {}
        }
    }
    before
}

#[cfg(test)]
mod tests;
