//! One night on two phones, tap by tap, and the lead's review.

use super::plan::{BagPlan, Entry, NightPlan, Timed};
use super::seat::{SceneClock, Seat, part};
use super::stage::{Secrets, step_up};
use crate::failure::Failure;
use crate::scenario::{ContactScript, DeviceScript, OutingScript, ReferralScript, Scenario};
use domain::alias::Alias;
use domain::contact::{ContactKind, ContactMode, Gender, TargetGroup};
use domain::ids::{ContactId, ItemCode, OperationId, OutingId, ReferralId, ZoneCode};
use domain::operation::DuplicateDecision;
use domain::outing::{CrewMember, CrewRole, Weather};
use domain::referral::{Consent, ReferralEvent, ReferralState};
use domain::supply::{LEAFLET, Leaflet, LeafletTopic};
use domain::validate::Finding;
use notebook::command::Command;
use notebook::error::{ErrorCode, ErrorView};
use notebook::view::{
    AcceptInput, AccompanimentInput, AdvanceInput, CardFill, CardInput, CloseInput, ContactInput, CountInput,
    DetailsInput, FollowUpsInput, HandoutInput, IncidentInput, ItemCount, ObservationInput, OutingInput, ReferralInput,
    SettleInput, SignInput, StartInput, UnsavedCardInput, UpdateCardInput, ZoneChangeInput,
};
use serde_json::Value;
use std::collections::BTreeMap;
use std::time::Duration;

/// A scenario names the language of a leaflet and not its topic.
const TOPIC: LeafletTopic = LeafletTopic::ServicesMap;

/// How long a device waits before it tries again.
const PAUSES: [Duration; 4] =
    [Duration::from_millis(100), Duration::from_millis(500), Duration::from_secs(1), Duration::from_secs(2)];

/// What the phones have made so far.
#[derive(Debug, Default)]
pub(super) struct Made {
    /// Outings by index.
    pub(super) outings: BTreeMap<usize, OutingId>,
    /// Referrals by index.
    pub(super) referrals: BTreeMap<usize, ReferralId>,
}

/// The two phones and the time.
pub(super) struct Phones<'a> {
    pub(super) scenario: &'a Scenario,
    pub(super) clock: &'a SceneClock,
    pub(super) lead: &'a Seat,
    pub(super) member: &'a Seat,
    pub(super) secrets: &'a Secrets,
}

impl Phones<'_> {
    fn seat(&self, device: DeviceScript) -> &Seat {
        match device {
            DeviceScript::D1 => self.lead,
            DeviceScript::D2 => self.member,
        }
    }

    fn outing(&self, index: usize) -> Result<&OutingScript, Failure> {
        self.scenario.outings.get(index).ok_or(Failure::internal("plan"))
    }

    /// Plays a night from the start to the first sending.
    pub(super) fn play(&self, night: &NightPlan, made: &mut Made) -> Result<(), Failure> {
        let outing = self.outing(night.outing)?;
        self.clock.set(outing.start);
        let id = self.start(outing, night).map_err(|failure| failure.at(&outing.place))?;
        made.outings.insert(night.outing, id);
        let mut zones: BTreeMap<DeviceScript, ZoneCode> = BTreeMap::new();
        let mut cards: BTreeMap<usize, OperationId> = BTreeMap::new();
        for timed in &night.entries {
            self.clock.set(timed.at);
            self.write(outing, timed, &mut zones, &mut cards, made)?;
        }
        self.clock.set(self.clock.now().max(outing.end));
        for (device, bag) in &night.bags {
            self.close(outing, *device, bag, night.alert).map_err(|failure| failure.at(&outing.place))?;
        }
        for device in night.bags.keys() {
            self.send(*device, id)?;
        }
        Ok(())
    }

    /// Both phones open the outing; the member types the lead's code.
    fn start(&self, outing: &OutingScript, night: &NightPlan) -> Result<OutingId, Failure> {
        let mut code = None;
        let mut id = None;
        for (device, bag) in &night.bags {
            let input = StartInput {
                outing_type: outing.outing_type,
                crew: outing
                    .crew
                    .iter()
                    .map(|operator| CrewMember { operator: operator.clone(), role: CrewRole::Operator })
                    .collect(),
                bag: bag
                    .iter()
                    .filter(|(_, plan)| plan.load > 0)
                    .map(|(item, plan)| ItemCount { item: item.clone(), quantity: plan.load })
                    .collect(),
                zones: self.zones_of(outing),
                short_crew: None,
                partner_code: code.clone(),
            };
            let answer = self.seat(*device).ask(Command::StartOuting(input))?;
            code = Some(part(&answer, "/view/code")?);
            id = Some(part(&answer, "/view/outing_id")?);
        }
        id.ok_or(Failure::internal("no phone goes along"))
    }

    /// Zones of the outing in the order of the file; the programme's first where nobody was met or seen.
    fn zones_of(&self, outing: &OutingScript) -> Vec<ZoneCode> {
        let met = outing.contacts.iter().map(|contact| &contact.zone);
        let mut zones: Vec<ZoneCode> = Vec::new();
        for zone in met.chain(outing.observations.iter().map(|seen| &seen.zone)) {
            if !zones.contains(zone) {
                zones.push(zone.clone());
            }
        }
        if zones.is_empty() {
            zones.extend(self.scenario.zones().into_iter().next());
        }
        zones
    }

    fn write(
        &self,
        outing: &OutingScript,
        timed: &Timed,
        zones: &mut BTreeMap<DeviceScript, ZoneCode>,
        cards: &mut BTreeMap<usize, OperationId>,
        made: &mut Made,
    ) -> Result<(), Failure> {
        let seat = self.seat(timed.device);
        let missing = || Failure::internal("plan");
        match &timed.entry {
            Entry::Contact(number) => {
                let contact = outing.contacts.get(*number).ok_or_else(missing)?;
                let mut save = || -> Result<OperationId, Failure> {
                    go_to(seat, timed.device, &contact.zone, zones)?;
                    save_contact(seat, contact)
                };
                cards.insert(*number, save().map_err(|failure| failure.at(&contact.place))?);
            }
            Entry::Observation(number) => {
                let seen = outing.observations.get(*number).ok_or_else(missing)?;
                let input = ObservationInput {
                    reason: seen.reason,
                    n: seen.n,
                    gender: seen.gender,
                    apparent_minor: seen.apparent_minor,
                };
                let moved = go_to(seat, timed.device, &seen.zone, zones);
                let saved = moved.and_then(|()| seat.ask(Command::SaveObservation(input)));
                saved.map_err(|failure| failure.at(&seen.place))?;
            }
            Entry::Incident(number) => {
                let incident = outing.incidents.get(*number).ok_or_else(missing)?;
                let input = IncidentInput {
                    incident_type: incident.incident_type,
                    severity: incident.severity,
                    action: incident.action,
                    debrief_needed: false,
                    zone: None,
                };
                seat.ask(Command::SaveIncident(input)).map_err(|failure| failure.at(&incident.place))?;
            }
            Entry::FollowUp { alias, states } => follow_up(seat, alias, states)?,
            Entry::Referral { referral, contact, accompaniment } => {
                let script = self.scenario.referrals.get(*referral).ok_or_else(missing)?;
                let card = contact.and_then(|number| cards.get(&number).copied());
                let company = accompaniment.and_then(|number| self.scenario.accompaniments.get(number));
                let company = company.map(|company| AccompanimentInput {
                    minutes: company.minutes,
                    staff_n: company.staff_n,
                    mode: company.mode,
                    outcome: company.outcome,
                });
                let known: Vec<ReferralId> = made.referrals.values().copied().collect();
                let opened = open_referral(seat, script, card, company, &known);
                made.referrals.insert(*referral, opened.map_err(|failure| failure.at(&script.place))?);
            }
        }
        Ok(())
    }

    fn close(
        &self,
        outing: &OutingScript,
        device: DeviceScript,
        bag: &BTreeMap<ItemCode, BagPlan>,
        alert: bool,
    ) -> Result<(), Failure> {
        let seat = self.seat(device);
        for (item, plan) in bag {
            let count = CountInput { item: item.clone(), counted: plan.counted.into(), difference: plan.difference };
            seat.ask(Command::CountItem(count))?;
        }
        let input = CloseInput {
            km: outing.km,
            weather: Weather::NotRecorded,
            note: outing.note.clone(),
            coordinator_alerted: alert,
        };
        seat.ask(Command::CloseOuting(input))?;
        Ok(())
    }

    /// Rounds with the server until one ends well.
    pub(super) fn send(&self, device: DeviceScript, outing: OutingId) -> Result<(), Failure> {
        with_patience(|| self.seat(device).ask(Command::Send(OutingInput { outing_id: outing })))
    }

    /// The lead fetches, settles what looks double, lets stand what may stand, signs and sends.
    pub(super) fn review(&self, index: usize, made: &Made) -> Result<(), Failure> {
        let outing = self.outing(index)?;
        let outing_id = *made.outings.get(&index).ok_or(Failure::internal("plan"))?;
        self.clock.set(outing.reviewed_at);
        self.send(DeviceScript::D1, outing_id)?;
        self.sign(outing, outing_id).map_err(|failure| failure.at(&outing.place))?;
        self.send(DeviceScript::D1, outing_id)?;
        Ok(())
    }

    fn sign(&self, outing: &OutingScript, outing_id: OutingId) -> Result<(), Failure> {
        step_up(self.lead, self.secrets)?;
        let mut review = self.lead.ask(Command::Review(OutingInput { outing_id }))?;
        // Every turn settles one pair or accepts one finding, so that there are fewer left.
        loop {
            let pairs: Vec<Value> = part(&review, "/pairs")?;
            let blocking: Vec<Value> = part(&review, "/blocking")?;
            if let Some(pair) = pairs.first() {
                // The file says that they are two: it has them as two contacts and marks no repeat.
                let (first, second): (ContactId, ContactId) =
                    (part(pair, "/first/contact")?, part(pair, "/second/contact")?);
                let decision = DuplicateDecision::TwoPeople;
                review = self.lead.ask(Command::Settle(SettleInput { outing_id, first, second, decision }))?;
            } else if let Some(found) = blocking.first() {
                let finding: Finding = part(found, "/finding")?;
                if !part::<bool>(found, "/acceptable")? {
                    return Err(in_the_way(finding));
                }
                review = self.lead.ask(Command::AcceptFinding(AcceptInput { outing_id, finding }))?;
            } else {
                break;
            }
        }
        let operator = outing.crew.first().cloned().ok_or(Failure::internal("crew"))?;
        self.lead.ask(Command::SignOff(SignInput { outing_id, operator, without: 0 }))?;
        Ok(())
    }
}

fn in_the_way(finding: Finding) -> Failure {
    Failure::Notebook(ErrorView { findings: vec![finding], ..view_of(ErrorCode::InvalidInput) })
}

/// An error as the notebook would give it.
pub(super) const fn view_of(code: ErrorCode) -> ErrorView {
    ErrorView { code, place: None, wait_seconds: None, findings: Vec::new() }
}

/// Tries a round with the server again while there is no answer, as a phone does by itself.
pub(super) fn with_patience(round: impl Fn() -> Result<Value, Failure>) -> Result<(), Failure> {
    for pause in PAUSES {
        match refuse_trouble(&round()?) {
            Err(Failure::Notebook(ErrorView { code: ErrorCode::Unreachable | ErrorCode::ServerBusy, .. })) => {
                std::thread::sleep(pause);
            }
            other => return other,
        }
    }
    refuse_trouble(&round()?)
}

/// The error that a screen would show after a round with the server. That the device's clock is off is no news: the
/// scenario has its own time.
fn refuse_trouble(answer: &Value) -> Result<(), Failure> {
    match part::<Option<ErrorCode>>(answer, "/error")? {
        Some(ErrorCode::ClockOff | ErrorCode::ServerSetBack) | None => Ok(()),
        Some(code) => Err(Failure::Notebook(view_of(code))),
    }
}

/// A new stop, where the phone is not in this zone already.
fn go_to(
    seat: &Seat,
    device: DeviceScript,
    zone: &ZoneCode,
    zones: &mut BTreeMap<DeviceScript, ZoneCode>,
) -> Result<(), Failure> {
    if zones.get(&device) != Some(zone) {
        let now: ZoneCode = part(&seat.ask(Command::Tonight(notebook::view::Nothing {}))?, "/view/zone")?;
        if now != *zone {
            seat.ask(Command::ChangeZone(ZoneChangeInput { zone: zone.clone(), also_last: 0 }))?;
        }
        zones.insert(device, zone.clone());
    }
    Ok(())
}

/// First tap, details, *Salva*.
fn save_contact(seat: &Seat, contact: &ContactScript) -> Result<OperationId, Failure> {
    let is_group = contact.mode == ContactMode::Group;
    let base = CardInput {
        gender: contact.gender,
        kind: if is_group { ContactKind::Unknown } else { contact.kind },
        target_group: contact.target_group,
        n_persons: contact.n_persons,
    };
    let card: OperationId = part(&seat.ask(Command::OpenCard(base.clone()))?, "/card")?;
    let supplies = contact.supplies.iter().map(|(item, quantity)| HandoutInput {
        item: item.clone(),
        quantity: *quantity,
        leaflet: None,
    });
    let leaflets = contact.leaflets.iter().map(|(language, quantity)| HandoutInput {
        item: ItemCode::new(LEAFLET),
        quantity: *quantity,
        leaflet: Some(Leaflet { topic: TOPIC, language: *language }),
    });
    let details = DetailsInput {
        aliases: contact.aliases.clone(),
        age_band: Some(contact.age_band),
        nationality: Some(contact.nationality.clone()),
        language: Some(contact.language),
        depth: Some(contact.depth),
        services: Some(contact.services.clone()),
        concern: Some(contact.concern),
        flags: contact.flags.clone(),
        group_cells: contact.cells.clone(),
        repeat_in_outing: contact.repeat_in_outing,
        notice_given: false,
    };
    let handouts = supplies.chain(leaflets).collect();
    seat.ask(Command::SaveContact(ContactInput { card, base, handouts, details }))?;
    Ok(card)
}

/// Opens a referral and takes the steps of the day of opening.
fn open_referral(
    seat: &Seat,
    script: &ReferralScript,
    card: Option<OperationId>,
    company: Option<AccompanimentInput>,
    known: &[ReferralId],
) -> Result<ReferralId, Failure> {
    let today: Vec<ReferralEvent> =
        script.events.iter().copied().filter(|event| event.date == script.opened_on).collect();
    let answer = today.get(1).map(|event| event.state);
    let answer = answer.filter(|state| matches!(state, ReferralState::Accepted | ReferralState::Declined));
    let input = ReferralInput {
        card,
        alias: script.alias.clone(),
        service_type: script.service_type,
        urgency: script.urgency,
        reason: None,
        language_need: None,
        mediator_needed: false,
        accompany_needed: company.is_some(),
        consent: consent_of(script),
        parent_id: None,
        answer,
    };
    let before = ids_of(&seat.ask(Command::Referrals(notebook::view::Nothing {}))?)?;
    let after = ids_of(&seat.ask(Command::OpenReferral(input))?)?;
    let is_new = |id: &ReferralId| !before.contains(id) && !known.contains(id);
    let id = after.into_iter().find(is_new).ok_or(Failure::internal("referral is not shown"))?;
    let said = if answer.is_some() { 2 } else { 1 };
    let later = today.get(said..).unwrap_or_default();
    if !later.is_empty() {
        let advance = AdvanceInput {
            referral: id,
            states: later.iter().map(|event| event.state).collect(),
            outcome: later.iter().find_map(|event| event.outcome),
            accompaniment: company,
        };
        seat.ask(Command::AdvanceReferral(advance))?;
    }
    Ok(id)
}

/// Steps of the open referral that belongs to an alias. It is shown once the alias stands on a card, which is then
/// given up: nobody was met again.
fn follow_up(seat: &Seat, alias: &Alias, states: &[ReferralState]) -> Result<(), Failure> {
    let base = CardInput {
        gender: Gender::NotRecorded,
        kind: ContactKind::Returning,
        target_group: TargetGroup::Person,
        n_persons: 1,
    };
    let card: OperationId = part(&seat.ask(Command::OpenCard(base.clone()))?, "/card")?;
    let details = DetailsInput { aliases: vec![alias.clone()], ..DetailsInput::default() };
    let fill = CardFill { details, ..CardFill::default() };
    seat.ask(Command::UpdateCard(UpdateCardInput { card, base, fill }))?;
    let found = seat.ask(Command::FollowUps(FollowUpsInput { alias: alias.clone() }))?;
    seat.ask(Command::DropCard(UnsavedCardInput { card }))?;
    let referral: ReferralId = part(&found, "/referrals/0/id")?;
    let states = states.to_vec();
    seat.ask(Command::AdvanceReferral(AdvanceInput { referral, states, outcome: None, accompaniment: None }))?;
    Ok(())
}

fn ids_of(view: &Value) -> Result<Vec<ReferralId>, Failure> {
    part::<Vec<Value>>(view, "/referrals")?.iter().map(|referral| part(referral, "/id")).collect()
}

/// A scenario does not say it: whoever went along with a referral has agreed.
pub(super) fn consent_of(script: &ReferralScript) -> Consent {
    let agreed = script.events.iter().any(|event| event.state == ReferralState::Accepted);
    if agreed { Consent::Verbal } else { Consent::NotNeededYet }
}
