//! *Stanotte* and *Contatti*: the start of an outing, its home screen, the zone, and taking the last record back.

use super::Session;
use super::card::refuse_errors;
use super::own::{OwnNight, find_code, keep_code, open_night, own_night, require_open};
use super::sending::send_view;
use crate::entropy::Moment;
use crate::error::{ErrorView, NotebookError, Result};
use crate::night::bag::bag;
use crate::night::code::{OutingCode, minute_of};
use crate::night::last::{LastRecord, last_record, last_view};
use crate::notebook::Notebook;
use crate::review::counts;
use crate::view::{
    BagItemView, ItemCount, KitView, NightView, Nothing, StartInput, StartView, TonightView, UndoInput,
    ZoneChangeInput, ZoneView,
};
use domain::alias::outing_id_of_code;
use domain::contact::ContactMode;
use domain::ids::{ContactId, OperatorCode, OutingId, StopId, SupplyMoveId, ZoneCode};
use domain::operation::{ContactChange, Operation, OperationBody as Body, OutingChange, RecordRef, Scope, fold};
use domain::outing::{Outing, OutingStatus, OutingType, Stop, Weather};
use domain::programme::Programme;
use domain::supply::{MoveKind, SupplyMove};
use domain::time::{Slot, local_clock, operational_date};
use domain::validate::{Finding, before_outing, clock};
use std::collections::BTreeSet;

impl Session {
    /// *Stanotte* while no outing is open, *Contatti* while one is.
    pub fn tonight(&self, _: Nothing) -> std::result::Result<TonightView, ErrorView> {
        let mut view = self.with_notebook(|notebook, moment| {
            let last = open_night(notebook)?.and_then(|night| night.operations.last().map(|operation| operation.at));
            tonight_view(notebook, moment, clock(moment.now, last, None))
        })?;
        if let TonightView::Open(night) = &mut view {
            self.add_last_try(&mut night.sending);
        }
        Ok(view)
    }

    /// *Inizia l'uscita*: opens the outing with the bag of this phone. With the partner's code both phones write to one
    /// outing.
    pub fn start_outing(&self, input: StartInput) -> std::result::Result<TonightView, ErrorView> {
        let view = self.with_notebook(|notebook, moment| {
            let warnings = start(notebook, moment, &input)?;
            tonight_view(notebook, moment, warnings)
        })?;
        // The monotonic reading of later records counts from here.
        self.inner().outing_opened = Some(std::time::Instant::now());
        Ok(view)
    }

    /// Another zone: a new stop. `also_last` contacts of this phone move with it.
    pub fn change_zone(&self, input: ZoneChangeInput) -> std::result::Result<TonightView, ErrorView> {
        self.with_notebook(|notebook, moment| {
            change_zone(notebook, moment, &input)?;
            tonight_view(notebook, moment, Vec::new())
        })
    }

    /// *Annulla*: takes the last record of this phone back, within ten seconds.
    pub fn undo(&self, input: UndoInput) -> std::result::Result<TonightView, ErrorView> {
        self.with_notebook(|notebook, moment| {
            undo(notebook, moment, input)?;
            tonight_view(notebook, moment, Vec::new())
        })
    }
}

/// What a phone shows when it is opened. `warnings` are about what the command has just saved.
pub(super) fn tonight_view(notebook: &Notebook, moment: Moment, warnings: Vec<Finding>) -> Result<TonightView> {
    Ok(match open_night(notebook)? {
        Some(night) => TonightView::Open(Box::new(night_view(notebook, &night, moment, warnings)?)),
        None => TonightView::Start(start_view(notebook)?),
    })
}

/// An outing that may be opened: nothing is written before all of it is checked.
pub(super) struct Opening {
    outing: Outing,
    code: String,
    load: Vec<SupplyMove>,
    first_zone: ZoneCode,
    warnings: Vec<Finding>,
    /// This phone had given it up: it goes back to it.
    before: Option<OwnNight>,
}

/// Opens the outing, and gives what the rules ask about it.
fn start(notebook: &mut Notebook, moment: Moment, input: &StartInput) -> Result<Vec<Finding>> {
    let opening = prepare(notebook, moment, input, None)?;
    begin(notebook, moment, opening)
}

/// Checks that an outing may be opened once this phone has left `leaving`.
pub(super) fn prepare(
    notebook: &mut Notebook,
    moment: Moment,
    input: &StartInput,
    leaving: Option<OutingId>,
) -> Result<Opening> {
    let first_zone = input.zones.first().ok_or(NotebookError::InvalidInput("no zone"))?.clone();
    let programme = notebook.programme()?;
    if input.zones.iter().any(|zone| programme.find_zone(zone).is_none()) {
        return Err(NotebookError::InvalidInput("zone not on the list"));
    }
    if input.crew.is_empty() {
        return Err(NotebookError::InvalidInput("no crew"));
    }
    let now = minute_of(moment.now);
    let typed = input.partner_code.as_deref().filter(|typed| !typed.trim().is_empty());
    let (code, start_at) = match typed {
        Some(typed) => {
            let code = OutingCode::parse(typed).ok_or(NotebookError::InvalidInput("partner's code"))?;
            (code, code.joined_start(now))
        }
        None => (OutingCode::new(u32::from_be_bytes(notebook.entropy().bytes()?), operational_date(now)), now),
    };
    let unit = notebook.unit().ok_or(NotebookError::NotAllowed)?.clone();
    let date = operational_date(start_at);
    let id = outing_id_of_code(&notebook.alias_key(date)?, unit.as_str(), date, &code.text());
    let outing = Outing {
        id,
        unit,
        outing_type: input.outing_type,
        status: OutingStatus::Open,
        cancel_reason: None,
        start_at,
        end_at: None,
        crew: input.crew.clone(),
        short_crew: input.short_crew.filter(|_| is_short(input)),
        vehicle: None,
        km: None,
        weather: Weather::NotRecorded,
        planned_zones: input.zones.clone(),
        note: None,
        reviewed_at: None,
        reviewed_by: None,
        coordinator_alerted: false,
    };
    let earlier = notebook.list_outlines(Some(notebook.device()))?;
    let others: Vec<&Outing> =
        earlier.iter().map(|state| &state.outing).filter(|other| Some(other.id) != leaving).collect();
    let warnings = before_outing(&outing, &others);
    refuse_errors(&warnings)?;
    let before = match others.iter().find(|other| other.id == id) {
        Some(other) => Some(given_up(notebook, other)?),
        None => None,
    };
    let mut load = Vec::new();
    for line in input.bag.iter().filter(|line| line.quantity > 0) {
        load.push(load_move(notebook, id, line)?);
    }
    Ok(Opening { outing, code: code.text(), load, first_zone, warnings, before })
}

/// An outing that this phone gave up while it had only begun, and that nobody has signed: it may go back to it.
fn given_up(notebook: &Notebook, outing: &Outing) -> Result<OwnNight> {
    let merged = notebook.outing_state(outing.id, Scope::Everything)?;
    let is_signed = merged.is_some_and(|state| state.sign_off.is_some());
    if outing.status != OutingStatus::Cancelled || is_signed {
        return Err(NotebookError::WrongState("this outing is over on this phone"));
    }
    own_night(notebook, outing.id)?.ok_or(NotebookError::NotFound("outing"))
}

/// Opens what was prepared.
pub(super) fn begin(notebook: &mut Notebook, moment: Moment, opening: Opening) -> Result<Vec<Finding>> {
    let Opening { outing, code, load, first_zone, warnings, before } = opening;
    let id = outing.id;
    // The code first: without it the partner could not join, and it says nothing by itself.
    keep_code(notebook, id, &code)?;
    let mut stops = 0;
    if let Some(before) = &before {
        stops = before.stop().map_or(0, |stop| stop.sequence);
        // The bag is the one that goes on now.
        for supply in before.state.moves.keys() {
            let record = RecordRef::SupplyMove(*supply);
            notebook.save(Body::Retracted { outing_id: id, record }, None, moment, None)?;
        }
        let merged = notebook.outing_state(id, Scope::Everything)?;
        let after = merged.map(|state| state.outing_heads).unwrap_or_default().into_iter().collect();
        let changes =
            vec![OutingChange::Status(OutingStatus::Open), OutingChange::CancelReason(None), OutingChange::EndAt(None)];
        notebook.save(Body::OutingRevised { outing_id: id, after, changes }, None, moment, None)?;
    }
    notebook.save(Body::OutingOpened { outing, load }, None, moment, None)?;
    open_stop(notebook, moment, id, first_zone, stops.saturating_add(1))?;
    Ok(warnings)
}

/// V03: fewer people than this kind of outing needs.
fn is_short(input: &StartInput) -> bool {
    let people: BTreeSet<&OperatorCode> = input.crew.iter().map(|member| &member.operator).collect();
    input.outing_type.needs_two() && people.len() < 2
}

/// A load of this phone's bag.
pub(super) fn load_move(notebook: &mut Notebook, outing: OutingId, line: &ItemCount) -> Result<SupplyMove> {
    if u32::from(line.quantity) > crate::night::bag::MOVE_LIMIT {
        return Err(NotebookError::InvalidInput("more than 2000 pieces"));
    }
    if !notebook.programme()?.items.iter().any(|item| item.code == line.item) {
        return Err(NotebookError::InvalidInput("item not on the list"));
    }
    Ok(SupplyMove {
        id: SupplyMoveId(notebook.entropy().v4()?),
        outing_id: outing,
        device_id: notebook.device(),
        item: line.item.clone(),
        kind: MoveKind::Load,
        quantity: i32::from(line.quantity),
        contact_id: None,
        to_target_group: None,
        leaflet: None,
        reason: None,
    })
}

fn open_stop(
    notebook: &mut Notebook,
    moment: Moment,
    outing: OutingId,
    zone: ZoneCode,
    sequence: u16,
) -> Result<StopId> {
    let id = StopId(notebook.entropy().v4()?);
    let stop = Stop { id, outing_id: outing, sequence, zone, from_slot: Slot::of(moment.now) };
    notebook.save(Body::StopOpened { stop }, None, moment, None)?;
    Ok(id)
}

fn change_zone(notebook: &mut Notebook, moment: Moment, input: &ZoneChangeInput) -> Result<()> {
    let night = require_open(notebook)?;
    if notebook.programme()?.find_zone(&input.zone).is_none() {
        return Err(NotebookError::InvalidInput("zone not on the list"));
    }
    let next = night.stop().map_or(1, |stop| stop.sequence.saturating_add(1));
    let stop = open_stop(notebook, moment, night.state.id(), input.zone.clone(), next)?;
    for contact in night.last_contacts(usize::from(input.also_last)) {
        let changes = vec![ContactChange::Zone(input.zone.clone()), ContactChange::Stop(Some(stop))];
        revise(notebook, moment, &night, contact.id, changes)?;
    }
    Ok(())
}

fn undo(notebook: &mut Notebook, moment: Moment, input: UndoInput) -> Result<()> {
    let night = require_open(notebook)?;
    let (records, sequence) = {
        let last = last_record(&night.operations, notebook.device()).ok_or(NotebookError::NotFound("last record"))?;
        if last.operation.id != input.operation {
            return Err(NotebookError::WrongState("not the last record"));
        }
        if last.records.is_empty() || moment.now > last.undo_until() {
            return Err(NotebookError::WrongState("too late to undo"));
        }
        (last.records, last.operation.sequence)
    };
    for record in records {
        if let RecordRef::Stop(stop) = record {
            move_back(notebook, moment, &night, stop, sequence)?;
        }
        notebook.save(Body::Retracted { outing_id: night.state.id(), record }, None, moment, None)?;
    }
    Ok(())
}

/// The contacts that a change of zone took along stand again where they stood before operation `sequence`.
fn move_back(notebook: &mut Notebook, moment: Moment, night: &OwnNight, stop: StopId, sequence: u64) -> Result<()> {
    let earlier: Vec<Operation> =
        night.operations.iter().filter(|operation| operation.sequence < sequence).cloned().collect();
    let Some(before) = fold(night.state.id(), &earlier, &notebook.leads(), Scope::Everything) else { return Ok(()) };
    for moved in night.state.contacts.values().filter(|contact| contact.stop_id == Some(stop)) {
        let Some(contact) = before.contacts.get(&moved.id) else { continue };
        let changes = vec![ContactChange::Zone(contact.zone.clone()), ContactChange::Stop(contact.stop_id)];
        revise(notebook, moment, night, moved.id, changes)?;
    }
    Ok(())
}

fn revise(
    notebook: &mut Notebook,
    moment: Moment,
    night: &OwnNight,
    contact_id: ContactId,
    changes: Vec<ContactChange>,
) -> Result<()> {
    let after = night.state.contact_heads.get(&contact_id).into_iter().flatten().copied().collect();
    let revision = Body::ContactRevised {
        outing_id: night.state.id(),
        contact_id,
        after,
        changes,
        moves_added: Vec::new(),
        moves_retracted: Vec::new(),
    };
    notebook.save(revision, None, moment, None)?;
    Ok(())
}

fn start_view(notebook: &Notebook) -> Result<StartView> {
    let programme = notebook.programme()?;
    let (outing_type, crew, planned_zones, load) = match notebook.find_last_opening()?.map(|last| last.body) {
        Some(Body::OutingOpened { outing, load }) => (outing.outing_type, outing.crew, outing.planned_zones, load),
        _ => (OutingType::StreetNight, Vec::new(), Vec::new(), Vec::new()),
    };
    Ok(StartView {
        outing_type,
        needs_two: OutingType::ALL.iter().copied().filter(|kind| kind.needs_two()).collect(),
        crew,
        operators: programme.operators.clone(),
        bag: usual_bag(programme, &load),
        items: programme.items.iter().map(|item| item.code.clone()).collect(),
        planned_zones,
        zones: zone_views(programme, &[]),
        recent: super::review::waiting(notebook)?,
    })
}

/// One line for each item of the last load and of the kits, in the programme's order.
fn usual_bag(programme: &Programme, load: &[SupplyMove]) -> Vec<ItemCount> {
    let loaded = crate::night::last::item_counts(load);
    let in_kit = |code| programme.kits.iter().flat_map(|kit| &kit.contents).any(|(item, _)| item == code);
    programme
        .items
        .iter()
        .filter_map(|item| {
            let line = loaded.iter().find(|line| line.item == item.code);
            (line.is_some() || in_kit(&item.code))
                .then(|| ItemCount { item: item.code.clone(), quantity: line.map_or(0, |line| line.quantity) })
        })
        .collect()
}

fn zone_views(programme: &Programme, tonight: &[ZoneCode]) -> Vec<ZoneView> {
    let planned = tonight.iter().filter_map(|code| programme.find_zone(code));
    let others = programme.zones.iter().filter(|zone| !tonight.contains(&zone.code));
    planned.chain(others).map(|zone| ZoneView { code: zone.code.clone(), label: zone.label.clone() }).collect()
}

/// A card or a referral that was too old to be read says no more of itself once it is saved.
fn hides(notebook: &Notebook, last: &LastRecord<'_>) -> bool {
    last.records.iter().any(|record| match record {
        RecordRef::Contact(id) => notebook.hides(id.0),
        RecordRef::Referral(id) => notebook.hides(id.0),
        _ => false,
    })
}

fn night_view(notebook: &Notebook, night: &OwnNight, moment: Moment, warnings: Vec<Finding>) -> Result<NightView> {
    let programme = notebook.programme()?;
    let outing = &night.state.outing;
    let numbers = counts(&night.state);
    let bag = bag(night.state.moves.values(), notebook.device());
    let last = last_record(&night.operations, notebook.device());
    let (drafts, todo) = super::todo::open_cards(notebook, night)?;
    Ok(NightView {
        outing_id: outing.id,
        outing_type: outing.outing_type,
        date: operational_date(outing.start_at),
        started_at: local_clock(outing.start_at),
        slot: Slot::of(moment.now),
        code: find_code(notebook, outing.id)?.unwrap_or_default(),
        zone: night.zone(programme),
        zones: zone_views(programme, &outing.planned_zones),
        persons: numbers.persons,
        seen: numbers.seen,
        bag: programme
            .items
            .iter()
            .filter_map(|item| Some((item, bag.get(&item.code)?)))
            .map(|(item, in_bag)| BagItemView {
                item: item.code.clone(),
                left: u32::try_from(in_bag.left().max(0)).unwrap_or(u32::MAX),
                low: in_bag.is_low(),
                over: in_bag.expected() < 0,
            })
            .collect(),
        kits: programme
            .kits
            .iter()
            .map(|kit| KitView {
                code: kit.code.clone(),
                contents: kit
                    .contents
                    .iter()
                    .map(|(item, quantity)| ItemCount { item: item.clone(), quantity: *quantity })
                    .collect(),
            })
            .collect(),
        nationalities: programme.nationalities.iter().map(|entry| entry.code.clone()).collect(),
        last: last.as_ref().filter(|last| !hides(notebook, last)).and_then(|last| last_view(last, &programme.kits)),
        warnings,
        card: super::card::last_drafts(notebook, &night.state)?.into_iter().next().map(super::card::card_view),
        referral: super::begun::last_begun(notebook, night)?,
        drafts,
        todo,
        last_group: last
            .as_ref()
            .and_then(|last| match last.records.as_slice() {
                [RecordRef::Contact(contact)] => night.state.contacts.get(contact),
                _ => None,
            })
            .filter(|contact| contact.mode == ContactMode::Group)
            .map(|contact| contact.id),
        sending: send_view(notebook, outing.id)?,
        coordinator_phone: programme.coordinator_phone.clone(),
        minor_steps: programme.minor_steps.clone(),
    })
}
