//! Contacts, observations and the aliases to choose from.

use super::Session;
use super::begun::last_begun_referrals;
use super::night::tonight_view;
use super::own::{OwnNight, require_open};
use super::referral::Reach;
use crate::entropy::Moment;
use crate::error::{ErrorView, NotebookError, Result};
use crate::night::card::{Draft, contact, handouts, said_of_one};
use crate::notebook::Notebook;
use crate::store;
use crate::view::{
    AliasPickerInput, AliasPickerView, CardFill, CardInput, CardView, ContactInput, ObservationInput, SplitInput,
    TonightView, UnsavedCardInput, UpdateCardInput,
};
use domain::alias::{Alias, AliasWords, propose};
use domain::contact::{Contact, ContactKind, ContactMode, Gender};
use domain::ids::{ContactId, ItemCode, NationalityCode, ObservationId, OperationId, OutingId, SupplyMoveId};
use domain::observation::Observation;
use domain::operation::{OperationBody as Body, OutingState};
use domain::programme::Programme;
use domain::supply::{LEAFLET, Leaflet, SupplyMove};
use domain::time::Slot;
use domain::validate::{AliasSeen, ContactContext, Finding, Severity, before_contact, before_observation};
use std::collections::BTreeSet;

/// Aliases shown before anybody types a letter.
const LAST_USED: usize = 6;
/// Aliases shown that begin with what was typed.
const FOUND: usize = 12;
/// New aliases proposed at a time.
const PROPOSALS: usize = 3;

impl Session {
    /// First tap on a tile: the card is durable from here. Cards that were left open stay.
    pub fn open_card(&self, input: CardInput) -> std::result::Result<CardView, ErrorView> {
        self.with_notebook(|notebook, moment| {
            let night = require_open(notebook)?;
            let draft = Draft {
                card: OperationId(notebook.entropy().v7(moment.now)?),
                contact: ContactId(notebook.entropy().v4()?),
                outing: night.state.id(),
                stop: night.stop().map(|stop| stop.id),
                zone: night.zone(notebook.programme()?),
                slot: Slot::of(moment.now),
                input,
                fill: CardFill::default(),
                group: None,
            };
            keep_draft(notebook, moment, &draft)?;
            Ok(card_view(draft))
        })
    }

    /// One person of a group gets a card of her own, where and when the group was met (F13).
    pub fn open_split(&self, input: SplitInput) -> std::result::Result<CardView, ErrorView> {
        self.with_notebook(|notebook, moment| {
            let draft = split_draft(notebook, moment, input.group)?;
            keep_draft(notebook, moment, &draft)?;
            Ok(card_view(draft))
        })
    }

    /// The card as it now stands on the screen: durable, so that everything chosen is there again after a lock, a crash
    /// or an empty battery.
    pub fn update_card(&self, input: UpdateCardInput) -> std::result::Result<CardView, ErrorView> {
        self.with_notebook(|notebook, moment| {
            let kept = find_draft(notebook, input.card)?;
            require_tonight(&require_open(notebook)?, kept.outing)?;
            let draft = Draft { input: input.base, fill: input.fill, ..kept };
            keep_draft(notebook, moment, &draft)?;
            Ok(card_view(draft))
        })
    }

    /// *Riprendi*: a card that was not saved, if it is among the policy's last records.
    pub fn resume_card(&self, input: UnsavedCardInput) -> std::result::Result<CardView, ErrorView> {
        self.with_notebook(|notebook, _| {
            let night = require_open(notebook)?;
            let mut last = last_drafts(notebook, &night.state)?.into_iter();
            last.find(|draft| draft.card == input.card).map(card_view).ok_or(NotebookError::NotFound("card"))
        })
    }

    /// The card, or the referral that was begun, is given up. Others stay, and so does this one for a moment:
    /// [`Session::restore_card`]. A card from which a referral was opened stays: the referral names its contact. Only
    /// one of the policy's last records, unless the lead has stepped up: whoever grabbed the phone ends nothing older.
    pub fn drop_card(&self, input: UnsavedCardInput) -> std::result::Result<TonightView, ErrorView> {
        let reach = self.reach();
        self.with_notebook(|notebook, moment| {
            let night = require_open(notebook)?;
            if reach == Reach::Tonight && !is_among_last(notebook, &night, input.card)? {
                return Err(NotebookError::NotFound("card"));
            }
            if let Some(kept) = notebook.find_draft(input.card)? {
                let contact = read_draft(&kept)?.contact;
                if night.state.referrals.values().any(|record| record.referral.contact_id == Some(contact)) {
                    return Err(NotebookError::CardInUse);
                }
            }
            notebook.drop_draft(input.card)?;
            tonight_view(notebook, moment, Vec::new())
        })
    }

    /// *Annulla* after a card was given up: it is there again, with everything chosen on it. Only in the outing in which
    /// it was begun.
    pub fn restore_card(&self, input: UnsavedCardInput) -> std::result::Result<TonightView, ErrorView> {
        self.with_notebook(|notebook, moment| {
            let night = require_open(notebook)?;
            notebook.restore_draft(input.card, night.state.id())?;
            tonight_view(notebook, moment, Vec::new())
        })
    }

    /// *Salva*: a contact with its handouts is one operation. Saving a card twice gives one contact.
    pub fn save_contact(&self, input: ContactInput) -> std::result::Result<TonightView, ErrorView> {
        self.with_notebook(|notebook, moment| {
            let warnings = save_contact(notebook, moment, &input)?;
            tonight_view(notebook, moment, warnings)
        })
    }

    /// *Vista*: people seen, not reached.
    pub fn save_observation(&self, input: ObservationInput) -> std::result::Result<TonightView, ErrorView> {
        self.with_notebook(|notebook, moment| {
            let night = require_open(notebook)?;
            let observation = Observation {
                id: ObservationId(notebook.entropy().v4()?),
                outing_id: night.state.id(),
                zone: night.zone(notebook.programme()?),
                n: input.n,
                gender: input.gender,
                apparent_minor: input.apparent_minor,
                reason: input.reason,
            };
            refuse_errors(&before_observation(&observation, notebook.programme()?))?;
            notebook.save(Body::ObservationSaved { observation }, None, moment, None)?;
            tonight_view(notebook, moment, Vec::new())
        })
    }

    /// The aliases this phone used last, or those that begin with some letters, and three new ones. Never anything
    /// about the person.
    pub fn pick_alias(&self, input: AliasPickerInput) -> std::result::Result<AliasPickerView, ErrorView> {
        self.with_notebook(|notebook, _| pick_alias(notebook, &input.prefix))
    }
}

/// Stops a save if a rule forbids it. Warnings pass: nothing else blocks in the field.
pub(super) fn refuse_errors(findings: &[Finding]) -> Result<()> {
    let is_error = |finding: &&Finding| finding.severity == Severity::Error;
    let errors: Vec<Finding> = findings.iter().filter(is_error).cloned().collect();
    if errors.is_empty() { Ok(()) } else { Err(NotebookError::Rules(errors)) }
}

fn keep_draft(notebook: &mut Notebook, moment: Moment, draft: &Draft) -> Result<()> {
    let json = serde_json::to_vec(draft).map_err(|_| NotebookError::Internal("card"))?;
    notebook.save_draft(&store::draft::Draft {
        outing: draft.outing,
        operation: draft.card,
        saved_at: moment.now,
        json,
    })
}

/// The cards of an outing that were begun and not saved, the one begun first at the start.
pub(super) fn drafts(notebook: &Notebook, outing: &OutingState) -> Result<Vec<Draft>> {
    notebook.list_drafts(outing.id())?.iter().map(read_draft).collect()
}

/// Those of them that may be read: the policy's last ones, the latest first. One that stays hidden does so as a contact
/// too.
pub(super) fn last_drafts(notebook: &Notebook, outing: &OutingState) -> Result<Vec<Draft>> {
    let limit = usize::from(notebook.programme()?.policy.visible_records);
    let drafts = drafts(notebook, outing)?.into_iter().rev();
    Ok(notebook.last_of(drafts, limit, |draft| draft.contact.0))
}

/// Whether a card or a referral that was begun is one of the policy's last, or is no more.
fn is_among_last(notebook: &Notebook, night: &OwnNight, id: OperationId) -> Result<bool> {
    let is_begun = notebook.find_draft(id)?.is_some() || notebook.find_begun_referral(id)?.is_some();
    Ok(!is_begun
        || last_drafts(notebook, &night.state)?.iter().any(|draft| draft.card == id)
        || last_begun_referrals(notebook, night)?.contains(&id))
}

/// The card of an outing that was begun last and not saved.
pub(super) fn open_draft(notebook: &Notebook, outing: &OutingState) -> Result<Option<Draft>> {
    notebook.list_drafts(outing.id())?.last().map(read_draft).transpose()
}

/// A card that was begun and not saved.
pub(super) fn find_draft(notebook: &Notebook, card: OperationId) -> Result<Draft> {
    read_draft(&notebook.find_draft(card)?.ok_or(NotebookError::NotFound("card"))?)
}

/// A card belongs to the outing in which it was begun.
fn require_tonight(night: &OwnNight, outing: OutingId) -> Result<()> {
    if night.state.id() == outing { Ok(()) } else { Err(NotebookError::WrongState("a card of another outing")) }
}

fn read_draft(kept: &store::draft::Draft) -> Result<Draft> {
    serde_json::from_slice(&kept.json).map_err(|_| NotebookError::Damaged("a card"))
}

/// What a screen needs to go on with a card.
pub(super) fn card_view(draft: Draft) -> CardView {
    CardView { card: draft.card, input: draft.input, fill: draft.fill, group: draft.group }
}

/// The card of somebody who is split off: nothing is said of her but what holds for the whole group, and not that of one
/// that is too old to be read.
fn split_draft(notebook: &mut Notebook, moment: Moment, group: ContactId) -> Result<Draft> {
    let night = require_open(notebook)?;
    let begun = drafts(notebook, &night.state)?.iter().filter(|draft| draft.group == Some(group)).count();
    let group = splittable(&night, group)
        .filter(|group| begun < usize::from(group.n_persons))
        .ok_or(NotebookError::WrongState("nobody to split off"))?;
    let (gender, kind) = match group.group_cells.as_slice() {
        [all] if !notebook.hides(group.id.0) => (all.gender, all.kind),
        _ => (Gender::NotRecorded, ContactKind::Unknown),
    };
    Ok(Draft {
        card: OperationId(notebook.entropy().v7(moment.now)?),
        contact: ContactId(notebook.entropy().v4()?),
        outing: night.state.id(),
        stop: group.stop_id,
        zone: group.zone.clone(),
        slot: group.slot,
        input: CardInput { gender, kind, target_group: group.target_group, n_persons: 1 },
        fill: CardFill::default(),
        group: Some(group.id),
    })
}

/// A group of this phone, while it is one.
pub(super) fn splittable(night: &OwnNight, group: ContactId) -> Option<&Contact> {
    night.state.contacts.get(&group).filter(|contact| contact.mode == ContactMode::Group && contact.n_persons > 1)
}

/// What saving a card writes. Of a group of which one is left the card is that person; a group that was taken back
/// leaves her a contact like others.
fn body_of(night: &OwnNight, draft: &Draft, contact: Contact, handouts: Vec<SupplyMove>) -> Result<Body> {
    let Some(group) = draft.group.and_then(|group| night.state.contacts.get(&group)) else {
        return Ok(Body::ContactSaved { contact, handouts });
    };
    if contact.mode != ContactMode::Individual || !handouts.is_empty() {
        return Err(NotebookError::InvalidInput("one person, and supplies stay with the group"));
    }
    let outing_id = night.state.id();
    let after = night.state.contact_heads.get(&group.id).into_iter().flatten().copied().collect();
    if splittable(night, group.id).is_none() {
        return Ok(Body::ContactRevised {
            outing_id,
            contact_id: group.id,
            after,
            changes: said_of_one(group, &contact),
            moves_added: Vec::new(),
            moves_retracted: Vec::new(),
        });
    }
    Ok(Body::PersonSplitOff {
        outing_id,
        group: group.id,
        after,
        contact: Contact {
            target_group: group.target_group,
            repeat_in_outing: contact.repeat_in_outing || group.repeat_in_outing,
            ..contact
        },
    })
}

/// Saves a card, and gives what the rules ask about it.
pub(super) fn save_contact(notebook: &mut Notebook, moment: Moment, input: &ContactInput) -> Result<Vec<Finding>> {
    let night = require_open(notebook)?;
    let (draft, written) = match notebook.find_draft(input.card)? {
        Some(kept) => (read_draft(&kept)?, None),
        None => saved_card(notebook, &night, input)?,
    };
    require_tonight(&night, draft.outing)?;
    let mut contact = contact(&draft, &input.base, &input.details, notebook.device());
    if let Some(Body::PersonSplitOff { contact: written, .. }) = &written {
        contact.target_group = written.target_group;
        contact.repeat_in_outing |= written.repeat_in_outing;
    }
    let handouts = handouts(input, &contact, || Ok(SupplyMoveId(notebook.entropy().v4()?)))?;
    let programme = notebook.programme()?;
    check_lists(programme, input)?;
    let findings = {
        let aliases = notebook.find_aliases(&contact.aliases)?;
        let seen: Vec<AliasSeen<'_>> =
            aliases.iter().map(|known| AliasSeen { alias: &known.alias, last_month: &known.last_month_seen }).collect();
        before_contact(&contact, &handouts, ContactContext { state: &night.state, programme, seen: &seen })
    };
    refuse_errors(&findings)?;
    let body = match written {
        Some(written) => written_again(&written, contact, handouts),
        None => Some(body_of(&night, &draft, contact, handouts)?),
    };
    if let Some(body) = body {
        notebook.save(body, Some(draft.card), moment, None)?;
    }
    Ok(findings)
}

/// A card that was saved already, when the answer to the first save got lost: the same contact, once more, and what
/// was written of it.
fn saved_card(notebook: &Notebook, night: &OwnNight, input: &ContactInput) -> Result<(Draft, Option<Body>)> {
    let written = notebook.find_own_operation(input.card)?.ok_or(NotebookError::NotFound("card"))?.body;
    let (contact, group) = match &written {
        Body::ContactSaved { contact, .. } => (contact.clone(), None),
        Body::PersonSplitOff { contact, group, .. } => (contact.clone(), Some(*group)),
        Body::ContactRevised { contact_id, .. } => {
            let one = night.state.contacts.get(contact_id).ok_or(NotebookError::NotFound("card"))?;
            (one.clone(), Some(*contact_id))
        }
        _ => return Err(NotebookError::NotFound("card")),
    };
    let draft = Draft {
        card: input.card,
        contact: contact.id,
        outing: contact.outing_id,
        stop: contact.stop_id,
        zone: contact.zone,
        slot: contact.slot,
        input: input.base.clone(),
        fill: CardFill::default(),
        group,
    };
    Ok((draft, Some(written)))
}

/// What a card that was saved already writes, if it says anything else than the first time.
fn written_again(written: &Body, contact: Contact, handouts: Vec<SupplyMove>) -> Option<Body> {
    match written {
        Body::ContactSaved { contact: before, handouts: given } => {
            let is_same = *before == contact && pieces(given) == pieces(&handouts);
            (!is_same).then_some(Body::ContactSaved { contact, handouts })
        }
        Body::PersonSplitOff { outing_id, group, after, contact: before } => {
            let split =
                |contact| Body::PersonSplitOff { outing_id: *outing_id, group: *group, after: after.clone(), contact };
            (*before != contact).then(|| split(contact))
        }
        // Who was left of a group is corrected like anybody else.
        _ => None,
    }
}

/// Items, numbers and leaflets of handouts, whatever their order.
fn pieces(handouts: &[SupplyMove]) -> Vec<(&ItemCode, i32, Option<Leaflet>)> {
    let mut pieces: Vec<_> = handouts.iter().map(|supply| (&supply.item, supply.quantity, supply.leaflet)).collect();
    pieces.sort();
    pieces
}

/// What the screens can only send if the lists have changed meanwhile.
fn check_lists(programme: &Programme, input: &ContactInput) -> Result<()> {
    let is_listed = |code: &ItemCode| programme.items.iter().any(|item| &item.code == code);
    for handout in &input.handouts {
        if !is_listed(&handout.item) {
            return Err(NotebookError::InvalidInput("item not on the list"));
        }
        if handout.leaflet.is_some() && handout.item.as_str() != LEAFLET {
            return Err(NotebookError::InvalidInput("topic of something that is no leaflet"));
        }
        if u32::from(handout.quantity) > crate::night::bag::MOVE_LIMIT {
            return Err(NotebookError::InvalidInput("more than 2000 pieces"));
        }
    }
    let nationality = input.details.nationality.as_ref();
    let cells = input.details.group_cells.iter().map(|cell| &cell.nationality);
    let is_known = |code: &NationalityCode| {
        code.as_str() == NationalityCode::NOT_RECORDED || programme.find_nationality(code).is_some()
    };
    if nationality.into_iter().chain(cells).all(is_known) {
        Ok(())
    } else {
        Err(NotebookError::InvalidInput("nationality not on the list"))
    }
}

fn pick_alias(notebook: &mut Notebook, prefix: &str) -> Result<AliasPickerView> {
    let prefix = prefix.trim().to_uppercase();
    let mut known = used_tonight(notebook)?;
    for entry in notebook.list_aliases()? {
        if !known.contains(&entry.alias) {
            known.push(entry.alias);
        }
    }
    let used: BTreeSet<Alias> = known.iter().cloned().collect();
    known.retain(|alias| alias.as_str().starts_with(&prefix));
    known.truncate(if prefix.is_empty() { LAST_USED } else { FOUND });
    let words = AliasWords::new(&notebook.programme()?.alias_words);
    let mut random = [0; PROPOSALS];
    for number in &mut random {
        *number = u32::from_be_bytes(notebook.entropy().bytes()?);
    }
    Ok(AliasPickerView { known, proposals: propose(&words, &used, &random) })
}

/// Aliases of this outing, the last used first: a month does not order them.
fn used_tonight(notebook: &Notebook) -> Result<Vec<Alias>> {
    let Some(night) = super::own::open_night(notebook)? else { return Ok(Vec::new()) };
    let mut aliases: Vec<Alias> = Vec::new();
    for contact in night.last_contacts(usize::MAX) {
        for alias in &contact.aliases {
            if !aliases.contains(alias) {
                aliases.push(alias.clone());
            }
        }
    }
    Ok(aliases)
}
