//! A correction of a contact: which fields and handouts differ, and nothing else.

use crate::view::{ContactRecordView, HandoutInput};
use domain::contact::{AgeBand, Concern, Contact, ContactKind, ContactMode, Gender, GroupCell, TargetGroup};
use domain::ids::{ItemCode, NationalityCode, SupplyMoveId};
use domain::operation::ContactChange;
use domain::supply::{Leaflet, MoveKind, SupplyMove};
use std::collections::{BTreeMap, BTreeSet};

/// Handouts that go and handouts that come.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HandoutChanges {
    /// Taken back.
    pub retracted: Vec<SupplyMoveId>,
    /// To be written, without an id yet.
    pub added: Vec<HandoutInput>,
}

/// A contact as the screen of corrections shows it.
#[must_use]
pub fn contact_record<'a>(contact: &Contact, handouts: impl IntoIterator<Item = &'a SupplyMove>) -> ContactRecordView {
    let pieces = pieces(handouts).into_iter();
    ContactRecordView {
        target_group: contact.target_group,
        n_persons: contact.n_persons,
        zone: contact.zone.clone(),
        kind: contact.kind,
        gender: contact.gender,
        age_band: contact.age_band,
        nationality: contact.nationality.clone(),
        language: contact.language,
        depth: contact.depth,
        services: contact.services.iter().copied().collect(),
        aliases: contact.aliases.clone(),
        group_cells: contact.group_cells.clone(),
        concern: contact.concern,
        flags: contact.flags.iter().copied().collect(),
        repeat_in_outing: contact.repeat_in_outing,
        handouts: pieces
            .filter_map(|((item, leaflet), quantity)| {
                let quantity = u16::try_from(quantity).ok().filter(|quantity| *quantity > 0)?;
                Some(HandoutInput { item: item.clone(), quantity, leaflet })
            })
            .collect(),
    }
}

/// What was changed on the screen, over how the contact stands now: a field that the lead did not touch keeps what
/// somebody else wrote meanwhile. What does not fit together is made to fit, touched or not.
#[must_use]
pub fn changes(contact: &Contact, shown: &ContactRecordView, corrected: &ContactRecordView) -> Vec<ContactChange> {
    let corrected = whole(corrected);
    let mut changes = Vec::new();
    let mut change = |is_touched: bool, change: ContactChange| {
        let mut after = contact.clone();
        change.apply(&mut after);
        if is_touched && after != *contact {
            changes.push(change);
        }
    };
    let c = &corrected;
    let number_is_ours = shown.n_persons != c.n_persons || contact.n_persons == shown.n_persons;
    change(number_is_ours, ContactChange::Mode(mode(c)));
    change(shown.target_group != c.target_group, ContactChange::TargetGroup(c.target_group));
    change(shown.n_persons != c.n_persons, ContactChange::NPersons(c.n_persons));
    change(shown.zone != c.zone, ContactChange::Zone(c.zone.clone()));
    change(shown.kind != c.kind, ContactChange::Kind(c.kind));
    change(shown.gender != c.gender, ContactChange::Gender(c.gender));
    change(shown.age_band != c.age_band, ContactChange::AgeBand(c.age_band));
    change(shown.nationality != c.nationality, ContactChange::Nationality(c.nationality.clone()));
    change(shown.language != c.language, ContactChange::Language(c.language));
    change(shown.depth != c.depth, ContactChange::Depth(c.depth));
    change(shown.services != c.services, ContactChange::Services(c.services.iter().copied().collect()));
    change(shown.aliases != c.aliases, ContactChange::Aliases(c.aliases.clone()));
    change(shown.group_cells != c.group_cells, ContactChange::GroupCells(c.group_cells.clone()));
    change(shown.concern != c.concern, ContactChange::Concern(c.concern));
    change(shown.flags != c.flags, ContactChange::Flags(c.flags.iter().copied().collect()));
    change(shown.repeat_in_outing != c.repeat_in_outing, ContactChange::RepeatInOuting(c.repeat_in_outing));
    changes
}

/// A record in which mode and composition fit the number of people: one person has no cells; in a group what was said
/// of one person stands in a cell, and who is not described is *non rilevato* (V05, V06, V09).
fn whole(record: &ContactRecordView) -> ContactRecordView {
    let mut whole = record.clone();
    whole.services.sort_unstable();
    whole.flags.sort_unstable();
    if mode(record) == ContactMode::Individual {
        if let [only] = record.group_cells.as_slice() {
            whole.kind = only.kind;
            whole.gender = only.gender;
            whole.age_band = only.age_band;
            whole.nationality = only.nationality.clone();
        }
        whole.group_cells.clear();
    } else {
        whole.group_cells.retain(|cell| cell.n > 0);
        if whole.group_cells.is_empty() {
            whole.group_cells.push(GroupCell {
                kind: record.kind,
                gender: record.gender,
                age_band: record.age_band,
                nationality: record.nationality.clone(),
                n: 1,
            });
        }
        let said = whole.group_cells.iter().fold(0_u16, |sum, cell| sum.saturating_add(cell.n));
        let rest = record.n_persons.saturating_sub(said);
        if rest > 0 {
            whole.group_cells.push(GroupCell::not_recorded(rest));
        }
        whole.kind = ContactKind::Unknown;
        whole.gender = Gender::NotRecorded;
        whole.age_band = AgeBand::NotRecorded;
        whole.nationality = NationalityCode::not_recorded();
    }
    if record.target_group != TargetGroup::Person {
        whole.kind = ContactKind::NotApplicable;
        whole.aliases.clear();
        whole.concern = Concern::NotAssessed;
        for cell in &mut whole.group_cells {
            cell.kind = ContactKind::Unknown;
        }
    } else if whole.kind == ContactKind::NotApplicable {
        whole.kind = ContactKind::Unknown;
    }
    whole
}

const fn mode(record: &ContactRecordView) -> ContactMode {
    if record.n_persons == 1 { ContactMode::Individual } else { ContactMode::Group }
}

/// Moves that turn the handouts of a contact into those wanted. Of an item whose number is right nothing changes.
#[must_use]
pub fn handout_changes<'a>(
    moves: impl IntoIterator<Item = &'a SupplyMove>,
    shown: &[HandoutInput],
    wanted: &[HandoutInput],
) -> HandoutChanges {
    let key = |handout: &HandoutInput| (handout.item.clone(), handout.leaflet);
    let sum = |handouts: &[HandoutInput]| {
        let mut sums: BTreeMap<(ItemCode, Option<Leaflet>), u32> = BTreeMap::new();
        for handout in handouts {
            let all = sums.entry(key(handout)).or_default();
            *all = all.saturating_add(handout.quantity.into());
        }
        sums
    };
    let (shown, wanted) = (sum(shown), sum(wanted));
    let all: BTreeSet<_> = shown.keys().chain(wanted.keys()).collect();
    let touched = all.into_iter().filter(|key| shown.get(*key) != wanted.get(*key));
    let handed: Vec<&SupplyMove> = moves.into_iter().filter(is_handout).collect();
    let mut changes = HandoutChanges::default();
    for what in touched {
        let is_of = |supply: &&SupplyMove| supply.item == what.0 && supply.leaflet == what.1;
        changes.retracted.extend(handed.iter().filter(|supply| is_of(supply)).map(|supply| supply.id));
        if let Some(quantity) = wanted.get(what).and_then(|quantity| u16::try_from(*quantity).ok())
            && quantity > 0
        {
            changes.added.push(HandoutInput { item: what.0.clone(), quantity, leaflet: what.1 });
        }
    }
    changes
}

fn is_handout(supply: &&SupplyMove) -> bool {
    supply.kind == MoveKind::Handout
}

fn pieces<'a>(moves: impl IntoIterator<Item = &'a SupplyMove>) -> BTreeMap<(&'a ItemCode, Option<Leaflet>), i64> {
    let mut pieces = BTreeMap::new();
    for supply in moves.into_iter().filter(is_handout) {
        *pieces.entry((&supply.item, supply.leaflet)).or_default() += i64::from(supply.quantity);
    }
    pieces
}

#[cfg(test)]
mod tests;
