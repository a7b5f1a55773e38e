//! People split off a group later (F13): who of a group stands as a contact of her own, and what is left of the group.
//!
//! A group keeps the number and the composition that were written last; a split is taken from them only if whoever
//! wrote them had not seen it. So two phones that split one group take two people from it, a correction made unaware
//! of a split does not undo it, and taking the split contact back gives the person to the group again, in whatever
//! order the operations arrive. A group of which one remains is an individual; it is never less than one.

use super::merge::{Ancestry, FieldWriters};
use super::{ContactField, OutingState, RecordRef, Refusal};
use crate::contact::{AgeBand, Contact, ContactKind, ContactMode, Gender, GroupCell, TargetGroup};
use crate::ids::{ContactId, NationalityCode, OperationId};
use std::collections::{BTreeMap, BTreeSet};

/// One person split off.
pub(super) struct Split<'a> {
    pub(super) operation: OperationId,
    pub(super) group: ContactId,
    /// As it was when it was split off: what it takes from the composition.
    pub(super) contact: &'a Contact,
}

impl Split<'_> {
    fn refusal(&self) -> Refusal {
        Refusal::NobodyToSplit { operation: self.operation, contact: self.contact.id }
    }
}

/// What the fold knows when it has seen every operation.
pub(super) struct Splits<'a> {
    /// In the order of the operations.
    pub(super) all: &'a [Split<'a>],
    pub(super) ancestry: &'a Ancestry,
    pub(super) writers: &'a BTreeMap<ContactId, FieldWriters<ContactField>>,
    pub(super) retracted: &'a BTreeMap<RecordRef, OperationId>,
}

impl Splits<'_> {
    /// Takes from every group what was split off.
    pub(super) fn apply(&self, state: &mut OutingState) {
        for split in self.all {
            let was_here = self.retracted.contains_key(&RecordRef::Contact(split.group));
            if !state.contacts.contains_key(&split.group) && !was_here && self.is_out(split) {
                state.refusals.insert(split.refusal());
            }
        }
        let groups: BTreeSet<ContactId> = self.all.iter().map(|split| split.group).collect();
        for group in groups {
            let Some(mut contact) = state.contacts.get(&group).cloned() else { continue };
            let splits: Vec<&Split<'_>> = self.all.iter().filter(|split| split.group == group).collect();
            let refused = self.count(&mut contact, &splits);
            let is_refused = |split: &&&Split<'_>| refused.contains(&split.operation);
            state.refusals.extend(splits.iter().filter(is_refused).map(|split| split.refusal()));
            self.compose(&mut contact, &splits, &refused);
            let gone: Vec<&Contact> = splits.iter().filter_map(|split| state.contacts.get(&split.contact.id)).collect();
            contact.aliases.retain(|alias| !gone.iter().any(|one| one.aliases.contains(alias)));
            let is_split = splits.iter().any(|split| self.is_out(split) && !refused.contains(&split.operation));
            if contact.n_persons == 1 && contact.mode == ContactMode::Group && is_split {
                self.become_individual(&mut contact);
            }
            state.contacts.insert(group, contact);
        }
    }

    /// A group was said to have come back after somebody was split off it: whether she had come back too, nobody has said.
    pub(super) fn find_asked(&self, state: &mut OutingState) {
        let has_returned = |id: &ContactId| state.contacts.get(id).map(|contact| contact.repeat_in_outing);
        let is_asked = |split: &&Split<'_>| {
            has_returned(&split.group) == Some(true)
                && has_returned(&split.contact.id) == Some(false)
                && self.writer(split.contact.id, ContactField::RepeatInOuting).is_none()
        };
        let asked: BTreeSet<ContactId> = self.all.iter().filter(is_asked).map(|split| split.contact.id).collect();
        state.split_before_return = asked;
    }

    /// The number of people left; gives the splits for which nobody was left.
    fn count(&self, group: &mut Contact, splits: &[&Split<'_>]) -> Vec<OperationId> {
        let writer = self.writer(group.id, ContactField::NPersons);
        let back = splits.iter().filter(|split| self.change_since(split, writer) == Change::Back).count();
        group.n_persons = group.n_persons.saturating_add(u16::try_from(back).unwrap_or(u16::MAX));
        let mut refused = Vec::new();
        for split in splits.iter().filter(|split| self.change_since(split, writer) == Change::Out) {
            if group.n_persons > 1 {
                group.n_persons -= 1;
            } else {
                refused.push(split.operation);
            }
        }
        refused
    }

    fn compose(&self, group: &mut Contact, splits: &[&Split<'_>], refused: &[OperationId]) {
        let writer = self.writer(group.id, ContactField::GroupCells);
        if group.group_cells.is_empty() {
            return;
        }
        for split in splits {
            match self.change_since(split, writer) {
                Change::Back => give(&mut group.group_cells, split.contact),
                Change::Out if !refused.contains(&split.operation) => take(&mut group.group_cells, split.contact),
                Change::Out | Change::Seen => {}
            }
        }
    }

    /// Whoever corrected the individual had seen what is left of the group: those answers stay.
    fn become_individual(&self, contact: &mut Contact) {
        let is_written = |field| self.writer(contact.id, field).is_some();
        if let [last] = contact.group_cells.as_slice() {
            if !is_written(ContactField::Kind) {
                contact.kind = last.kind;
            }
            if !is_written(ContactField::Gender) {
                contact.gender = last.gender;
            }
            if !is_written(ContactField::AgeBand) {
                contact.age_band = last.age_band;
            }
            if !is_written(ContactField::Nationality) {
                contact.nationality = last.nationality.clone();
            }
        }
        if contact.target_group != TargetGroup::Person {
            contact.kind = ContactKind::NotApplicable;
        }
        contact.mode = ContactMode::Individual;
        contact.group_cells.clear();
    }

    fn writer(&self, contact: ContactId, field: ContactField) -> Option<OperationId> {
        self.writers.get(&contact).and_then(|writers| writers.last(field))
    }

    /// Whether the person stands as a contact of her own, or was merged into another one.
    fn is_out(&self, split: &Split<'_>) -> bool {
        !self.retracted.contains_key(&RecordRef::Contact(split.contact.id))
    }

    /// What has happened to a split since the group's number or composition was written.
    fn change_since(&self, split: &Split<'_>, writer: Option<OperationId>) -> Change {
        let had_seen = |operation| writer.is_some_and(|writer| self.ancestry.knows(writer, operation));
        let taken_back = self.retracted.get(&RecordRef::Contact(split.contact.id));
        let was_out = had_seen(split.operation) && !taken_back.is_some_and(|operation| had_seen(*operation));
        match (was_out, self.is_out(split)) {
            (false, true) => Change::Out,
            (true, false) => Change::Back,
            (true, true) | (false, false) => Change::Seen,
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Change {
    /// One fewer than was written.
    Out,
    /// One more than was written.
    Back,
    /// What was written holds.
    Seen,
}

/// Takes one person from the cell that fits best: nothing in it speaks against her, and as much as possible for her.
fn take(cells: &mut Vec<GroupCell>, contact: &Contact) {
    let best = cells.iter().enumerate().max_by_key(|(index, cell)| (fit(cell, contact), std::cmp::Reverse(*index)));
    let Some(index) = best.map(|(index, _)| index) else { return };
    if let Some(cell) = cells.get_mut(index) {
        cell.n = cell.n.saturating_sub(1);
    }
    cells.retain(|cell| cell.n > 0);
}

/// Gives a person back: to the cell of her like, else to those of whom nothing was noted.
fn give(cells: &mut Vec<GroupCell>, contact: &Contact) {
    let is_like = |cell: &GroupCell| fit(cell, contact) == (0, 4);
    let says_nothing = |cell: &GroupCell| *cell == GroupCell::not_recorded(cell.n);
    let index = cells.iter().position(is_like).or_else(|| cells.iter().position(says_nothing));
    match index.and_then(|index| cells.get_mut(index)) {
        Some(cell) => cell.n = cell.n.saturating_add(1),
        None => cells.push(GroupCell::not_recorded(1)),
    }
}

/// How a cell fits a person: minus the answers that differ, then the answers that are the same.
fn fit(cell: &GroupCell, contact: &Contact) -> (i8, i8) {
    let answers = [
        compare(&cell.kind, &contact.kind, &ContactKind::Unknown),
        compare(&cell.gender, &contact.gender, &Gender::NotRecorded),
        compare(&cell.age_band, &contact.age_band, &AgeBand::NotRecorded),
        compare(&cell.nationality, &contact.nationality, &NationalityCode::not_recorded()),
    ];
    answers.iter().fold((0, 0), |(against, for_her), (differs, same)| (against - differs, for_her + same))
}

fn compare<T: PartialEq>(one: &T, other: &T, open: &T) -> (i8, i8) {
    if one == other { (0, 1) } else { (i8::from(one != open && other != open), 0) }
}
