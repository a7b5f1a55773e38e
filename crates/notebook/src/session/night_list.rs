//! *La notte*: every record of an outing for the lead, and what the lead corrects in it.
//!
//! Before the signature a correction is simply part of what will be signed. After it, it waits as late until the lead
//! amends: nothing of a signed night changes without a *rettifica*.

use super::Session;
use super::card::refuse_errors;
use super::review::{load_outing, phone_number, summary};
use crate::entropy::Moment;
use crate::error::{ErrorView, NotebookError, Result};
use crate::night::bag::MOVE_LIMIT;
use crate::notebook::Notebook;
use crate::review::{
    changes, contact_record, handout_changes, is_standing_record, late_records, makers, phones, record_of, review,
};
use crate::view::{
    ContactRecordView, HandoutInput, NightListView, NightRecordView, OutingInput, RecordBodyView, ReviseContactInput,
    TakeBackInput, ZoneView,
};
use domain::contact::Contact;
use domain::ids::{DeviceId, NationalityCode, SupplyMoveId, ZoneCode};
use domain::operation::{Operation, OperationBody as Body, OutingChange, OutingState, RecordRef};
use domain::programme::Programme;
use domain::rule::RuleId;
use domain::supply::{LEAFLET, MoveKind, SupplyMove};
use domain::time::Slot;
use domain::validate::{ContactContext, before_change, before_contact};
use std::collections::{BTreeMap, BTreeSet};

impl Session {
    /// Every record of an outing.
    pub fn night_list(&self, input: OutingInput) -> std::result::Result<NightListView, ErrorView> {
        self.with_review(|notebook, _| night_list_view(notebook, &load_outing(notebook, input.outing_id)?))
    }

    /// A contact is corrected: only what differs is written.
    pub fn revise_contact(&self, input: ReviseContactInput) -> std::result::Result<NightListView, ErrorView> {
        self.with_review(|notebook, moment| {
            revise_contact(notebook, moment, &input)?;
            night_list_view(notebook, &load_outing(notebook, input.outing_id)?)
        })
    }

    /// A record is taken back: a contact with its handouts, an observation, a referral, an accompaniment, an incident.
    pub fn take_back(&self, input: TakeBackInput) -> std::result::Result<NightListView, ErrorView> {
        self.with_review(|notebook, moment| {
            let TakeBackInput { outing_id, record } = input;
            let state = load_outing(notebook, outing_id)?;
            refuse_errors(&before_change(&state.outing))?;
            if !is_standing_record(&state, record) {
                return Err(NotebookError::NotFound("record"));
            }
            notebook.save(Body::Retracted { outing_id, record }, None, moment, None)?;
            night_list_view(notebook, &load_outing(notebook, outing_id)?)
        })
    }

    /// The note of an outing is taken away (V30).
    pub fn drop_note(&self, input: OutingInput) -> std::result::Result<NightListView, ErrorView> {
        self.with_review(|notebook, moment| {
            let state = load_outing(notebook, input.outing_id)?;
            refuse_errors(&before_change(&state.outing))?;
            if state.outing.note.is_some() {
                let after = state.outing_heads.iter().copied().collect();
                let changes = vec![OutingChange::Note(None)];
                notebook.save(Body::OutingRevised { outing_id: state.id(), after, changes }, None, moment, None)?;
            }
            night_list_view(notebook, &load_outing(notebook, input.outing_id)?)
        })
    }
}

fn revise_contact(notebook: &mut Notebook, moment: Moment, input: &ReviseContactInput) -> Result<()> {
    let state = load_outing(notebook, input.outing_id)?;
    refuse_errors(&before_change(&state.outing))?;
    let contact = state.contacts.get(&input.contact).ok_or(NotebookError::NotFound("contact"))?;
    check_lists(notebook.programme()?, &input.corrected)?;
    let changes = changes(contact, &input.shown, &input.corrected);
    let handouts = handout_changes(state.handouts_of(contact.id), &input.shown.handouts, &input.corrected.handouts);
    if changes.is_empty() && handouts.retracted.is_empty() && handouts.added.is_empty() {
        return Ok(());
    }
    let mut corrected = contact.clone();
    for change in &changes {
        change.apply(&mut corrected);
    }
    let mut moves_added = Vec::new();
    for handout in &handouts.added {
        moves_added.push(handed(notebook, &corrected, handout)?);
    }
    // What an alias was met as before is asked while the card is written, not when the lead corrects it.
    let context = ContactContext { state: &state, programme: notebook.programme()?, seen: &[] };
    refuse_errors(&before_contact(&corrected, &moves_added, context))?;
    let revision = Body::ContactRevised {
        outing_id: state.id(),
        contact_id: contact.id,
        after: state.contact_heads.get(&contact.id).into_iter().flatten().copied().collect(),
        changes,
        moves_added,
        moves_retracted: handouts.retracted,
    };
    notebook.save(revision, None, moment, None)?;
    Ok(())
}

/// A handout out of the bag of the phone that wrote the contact.
fn handed(notebook: &mut Notebook, contact: &Contact, handout: &HandoutInput) -> Result<SupplyMove> {
    Ok(SupplyMove {
        id: SupplyMoveId(notebook.entropy().v4()?),
        outing_id: contact.outing_id,
        device_id: contact.device_id,
        item: handout.item.clone(),
        kind: MoveKind::Handout,
        quantity: i32::from(handout.quantity),
        contact_id: Some(contact.id),
        to_target_group: Some(contact.target_group),
        leaflet: handout.leaflet,
        reason: None,
    })
}

/// What the screen can only send if the lists have changed meanwhile.
fn check_lists(programme: &Programme, record: &ContactRecordView) -> Result<()> {
    for handout in &record.handouts {
        if !programme.items.iter().any(|item| item.code == handout.item) {
            return Err(NotebookError::InvalidInput("item not on the list"));
        }
        if (handout.item.as_str() == LEAFLET) != handout.leaflet.is_some() {
            return Err(NotebookError::InvalidInput("topic of a leaflet"));
        }
        if u32::from(handout.quantity) > MOVE_LIMIT {
            return Err(NotebookError::InvalidInput("more than 2000 pieces"));
        }
    }
    let cells = record.group_cells.iter().map(|cell| &cell.nationality);
    let is_known = |code: &NationalityCode| {
        code.as_str() == NationalityCode::NOT_RECORDED || programme.find_nationality(code).is_some()
    };
    if std::iter::once(&record.nationality).chain(cells).all(is_known) {
        Ok(())
    } else {
        Err(NotebookError::InvalidInput("nationality not on the list"))
    }
}

fn night_list_view(notebook: &Notebook, state: &OutingState) -> Result<NightListView> {
    let programme = notebook.programme()?;
    let operations = notebook.operations_of(state.id())?;
    let zone = |zone: &domain::programme::Zone| ZoneView { code: zone.code.clone(), label: zone.label.clone() };
    Ok(NightListView {
        outing: summary(notebook, state)?,
        records: records(state, programme, &operations),
        note: state.outing.note.clone(),
        zones: programme.zones.iter().map(zone).collect(),
        nationalities: programme.nationalities.iter().map(|entry| entry.code.clone()).collect(),
        items: programme.items.iter().map(|item| item.code.clone()).collect(),
    })
}

/// A record before it has its place in the list.
struct Found {
    record: RecordRef,
    slot: Option<Slot>,
    zone: Option<ZoneCode>,
    device: Option<DeviceId>,
    body: RecordBodyView,
}

fn records(state: &OutingState, programme: &Programme, operations: &[Operation]) -> Vec<NightRecordView> {
    let makers = makers(operations);
    let late = late_records(state, operations);
    let rules = rules_by_record(state, programme);
    let phones = phones(state);
    let mut found = found(state);
    let start = state.outing.start_at;
    // A record without a half-hour of its own stands at that of its operation.
    let slot = |one: &Found| one.slot.or_else(|| makers.get(&one.record).map(|maker| Slot::of(maker.at)));
    found.sort_by_key(|one| {
        let place = slot(one).and_then(|slot| slot.position_after(start)).unwrap_or(usize::MAX);
        (place, makers.get(&one.record).map(|maker| maker.order()), one.record)
    });
    found
        .into_iter()
        .map(|one| NightRecordView {
            record: one.record,
            phone: one
                .device
                .or_else(|| makers.get(&one.record).map(|maker| maker.device))
                .map_or(0, |device| phone_number(&phones, device)),
            slot: slot(&one).map(|slot| slot.to_string()).unwrap_or_default(),
            late: late.contains(&one.record),
            rules: rules.get(&one.record).map(|rules| rules.iter().copied().collect()).unwrap_or_default(),
            zone: one.zone,
            body: one.body,
        })
        .collect()
}

fn found(state: &OutingState) -> Vec<Found> {
    let contacts = state.contacts.values().map(|contact| Found {
        record: RecordRef::Contact(contact.id),
        slot: Some(contact.slot),
        zone: Some(contact.zone.clone()),
        device: Some(contact.device_id),
        body: RecordBodyView::Contact(contact_record(contact, state.handouts_of(contact.id))),
    });
    let seen = state.observations.values().map(|seen| Found {
        record: RecordRef::Observation(seen.id),
        slot: None,
        zone: Some(seen.zone.clone()),
        device: None,
        body: RecordBodyView::Observation { reason: seen.reason, n: seen.n, apparent_minor: seen.apparent_minor },
    });
    let referrals = state.referrals.values().map(|record| {
        let contact = record.referral.contact_id.and_then(|id| state.contacts.get(&id));
        Found {
            record: RecordRef::Referral(record.referral.id),
            slot: None,
            zone: contact.map(|contact| contact.zone.clone()),
            device: None,
            body: RecordBodyView::Referral {
                service_type: record.referral.service_type,
                urgency: record.referral.urgency,
                state: record.state(),
                alias: record.referral.alias.clone(),
            },
        }
    });
    let went = state.accompaniments.values().map(|went| Found {
        record: RecordRef::Accompaniment(went.id),
        slot: None,
        zone: None,
        device: None,
        body: RecordBodyView::Accompaniment { minutes: went.minutes },
    });
    let incidents = state.incidents.values().map(|incident| Found {
        record: RecordRef::Incident(incident.id),
        slot: None,
        zone: incident.zone.clone(),
        device: None,
        body: RecordBodyView::Incident {
            incident_type: incident.incident_type,
            severity: incident.severity,
            action: incident.action,
        },
    });
    contacts.chain(seen).chain(referrals).chain(went).chain(incidents).collect()
}

/// What stands in the way of the signature or is worth knowing, by the record it is about.
fn rules_by_record(state: &OutingState, programme: &Programme) -> BTreeMap<RecordRef, BTreeSet<RuleId>> {
    let found = review(state, programme);
    let mut rules: BTreeMap<RecordRef, BTreeSet<RuleId>> = BTreeMap::new();
    for finding in found.blocking.iter().chain(&found.notes) {
        if let Some(record) = record_of(&finding.place) {
            rules.entry(record).or_default().insert(finding.rule);
        }
    }
    rules
}
