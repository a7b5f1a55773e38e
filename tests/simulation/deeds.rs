//! What people do in a run: each deed is saved through a real notebook and noted as a fact.

use super::programme::{ITEMS, ZONES};
use super::truth::{Deed, Fact, is_included};
use super::world::World;
use chrono::TimeDelta;
use domain::contact::{AgeBand, Concern, Contact, ContactKind, ContactMode, Depth, Gender, Language, TargetGroup};
use domain::ids::{
    ContactId, ItemCode, NationalityCode, ObservationId, OperationId, OperatorCode, OutingId, ReferralId, SupplyMoveId,
    UnitId, ZoneCode,
};
use domain::observation::{Observation, ObservationReason};
use domain::operation::{
    Amendment, AmendmentReason, ContactChange, DuplicateDecision, OperationBody as Body, OutingChange, OutingState,
    RecordRef, Scope, SignOff,
};
use domain::outing::{CrewMember, CrewRole, Outing, OutingStatus, OutingType, Weather};
use domain::referral::{Consent, Referral, ReferralEvent, ReferralOrigin, ReferralState, ServiceType, Urgency};
use domain::supply::{MoveKind, SupplyMove};
use domain::sync::chain::Digest;
use domain::sync::night_log::{DeskEntry, NightLog};
use domain::sync::{ProjectionContext, project};
use domain::time::{Slot, operational_date};
use notebook::store::Draft;
use std::collections::BTreeSet;

impl World {
    pub fn open_outing(&mut self, phone: usize) {
        let start_at = self.time.now();
        let crew = ["OP-A", "OP-B"]
            .map(|code| CrewMember { operator: OperatorCode::new(code), role: CrewRole::Operator })
            .to_vec();
        let outing = Outing {
            id: self.outing,
            unit: UnitId::new("BS-U1"),
            outing_type: OutingType::StreetNight,
            status: OutingStatus::Open,
            cancel_reason: None,
            start_at,
            end_at: None,
            crew,
            short_crew: None,
            vehicle: None,
            km: None,
            weather: Weather::Clear,
            planned_zones: Vec::new(),
            note: None,
            reviewed_at: None,
            reviewed_by: None,
            coordinator_alerted: false,
        };
        let load: Vec<(String, i64)> =
            ITEMS.iter().map(|item| ((*item).to_owned(), self.random.between(20, 60))).collect();
        let moves = load.iter().map(|(item, n)| self.supply(phone, item, MoveKind::Load, *n, None)).collect();
        self.save(phone, Body::OutingOpened { outing, load: moves }, Deed::Loaded(load));
    }

    /// The next night begins on one phone.
    pub fn open_another_outing(&mut self, phone: usize) {
        let first = self.outing;
        self.outing = OutingId(self.id());
        self.open_outing(phone);
        self.outing = first;
    }

    pub fn save_contact(&mut self, phone: usize) {
        let contact = ContactId(self.id());
        self.write_card(phone, contact);
    }

    /// The same card a second time: as it was, which must change nothing, or with other handouts, which replaces it.
    pub fn save_contact_again(&mut self, phone: usize) {
        let Some(contact) = self.own_contact(phone) else { return };
        if self.random.percent(50) {
            self.save_same_operation_again(phone, contact);
        } else if !self.is_touched_by_lead(contact) {
            self.write_card(phone, contact);
        }
    }

    fn save_same_operation_again(&mut self, phone: usize, contact: ContactId) {
        let outing = self.outing;
        let device = &mut self.phones[phone];
        let (own, moment) = (device.id, device.moment());
        let operations = device.notebook().operations_of(outing).expect("operations");
        let of_card = |body: &Body| matches!(body, Body::ContactSaved { contact: saved, .. } if saved.id == contact);
        let Some(before) = operations.into_iter().find(|op| op.device == own && of_card(&op.body)) else { return };
        let (id, sequence) = (before.id, before.sequence);
        let again = device.notebook().save(before.body, Some(id), moment, None).expect("it is here already");
        assert_eq!((again.id, again.sequence), (id, sequence), "invariant 2: a card saved twice is one operation");
    }

    fn write_card(&mut self, phone: usize, id: ContactId) {
        self.write_card_as(phone, id, None);
    }

    fn write_card_as(&mut self, phone: usize, id: ContactId, card: Option<OperationId>) {
        let people = if self.random.percent(80) { 1 } else { self.random.between(2, 6) as u64 };
        let zone = (*self.random.pick(&ZONES)).to_owned();
        let mode = if people == 1 { ContactMode::Individual } else { ContactMode::Group };
        let mut handed: Vec<(String, i64)> = Vec::new();
        for item in ITEMS {
            if self.random.percent(60) {
                handed.push((item.to_owned(), self.random.between(1, 9)));
            }
        }
        let contact = Contact {
            id,
            outing_id: self.outing,
            stop_id: None,
            device_id: self.phones[phone].id,
            mode,
            target_group: TargetGroup::Person,
            n_persons: people as u16,
            zone: ZoneCode::new(&zone),
            slot: Slot::of(self.time.now()),
            kind: ContactKind::Unknown,
            gender: Gender::NotRecorded,
            age_band: AgeBand::NotRecorded,
            nationality: NationalityCode::not_recorded(),
            language: Language::NotRecorded,
            depth: Depth::Brief,
            services: BTreeSet::new(),
            aliases: Vec::new(),
            group_cells: Vec::new(),
            concern: Concern::NotAssessed,
            flags: BTreeSet::new(),
            repeat_in_outing: false,
            notice_given: true,
            possible_duplicate_of: None,
        };
        let handouts =
            handed.iter().map(|(item, n)| self.supply(phone, item, MoveKind::Handout, *n, Some(id))).collect();
        let deed = Deed::Met { contact: id, people, zone, handed };
        self.save_as(phone, card, Body::ContactSaved { contact, handouts }, deed);
    }

    pub fn save_observation(&mut self, phone: usize) {
        let (id, n) = (ObservationId(self.id()), self.random.between(1, 5));
        let observation = Observation {
            id,
            outing_id: self.outing,
            zone: ZoneCode::new(*self.random.pick(&ZONES)),
            n: n as u16,
            gender: Gender::NotRecorded,
            apparent_minor: 0,
            reason: ObservationReason::Busy,
        };
        let deed = Deed::Seen { observation: id, n: n as u64 };
        self.save(phone, Body::ObservationSaved { observation }, deed);
    }

    pub fn move_supplies(&mut self, phone: usize) {
        let item = *self.random.pick(&ITEMS);
        let n = self.random.between(1, 10);
        let (kind, deed) = match self.random.below(3) {
            0 => (MoveKind::Load, Deed::Loaded(vec![(item.to_owned(), n)])),
            1 => (MoveKind::Return, Deed::Returned(item.to_owned(), n)),
            _ => (MoveKind::Waste, Deed::Wasted(item.to_owned(), n)),
        };
        let moves = vec![self.supply(phone, item, kind, n, None)];
        self.save(phone, Body::SuppliesMoved { outing_id: self.outing, moves }, deed);
    }

    pub fn save_referral(&mut self, phone: usize) {
        let device = self.phones[phone].id;
        let date = operational_date(self.time.now());
        let opened: Vec<ReferralId> = self
            .facts
            .iter()
            .filter_map(|fact| match fact.deed {
                Deed::Referred { referral } if fact.device == device => Some(referral),
                _ => None,
            })
            .collect();
        if !opened.is_empty() && self.random.percent(40) {
            let referral = *self.random.pick(&opened);
            let events = vec![ReferralEvent { date, state: ReferralState::Accepted, outcome: None }];
            let body =
                Body::ReferralAdvanced { outing_id: self.outing, referral_id: referral, events, accompaniment: None };
            self.save(phone, body, Deed::ReferralAdvanced);
            return;
        }
        let id = ReferralId(self.id());
        let referral = Referral {
            id,
            origin: ReferralOrigin::Outing(self.outing),
            opened_on: date,
            contact_id: None,
            alias: None,
            service_type: ServiceType::ALL[0],
            service_id: None,
            urgency: Urgency::ALL[0],
            reason: None,
            language_need: None,
            mediator_needed: false,
            accompany_needed: false,
            consent: Consent::Verbal,
            parent_id: None,
        };
        let events = vec![ReferralEvent { date, state: ReferralState::Proposed, outcome: None }];
        let body = Body::ReferralOpened { outing_id: self.outing, referral, events };
        self.save(phone, body, Deed::Referred { referral: id });
    }

    /// The author counts again.
    pub fn correct_people(&mut self, phone: usize) {
        let Some(contact) = self.own_contact(phone) else { return };
        let people = self.random.between(1, 6) as u64;
        let apart = self.seen_apart(phone, contact);
        let change = ContactChange::NPersons(people as u16);
        self.revise(phone, contact, change, Deed::PeopleCorrected { contact, people, apart });
    }

    /// One person of a group gets a card of her own: of an own group, or on the lead's phone of any that is known.
    pub fn split_group(&mut self, phone: usize) {
        let Some(state) = self.state(phone) else { return };
        let device = self.phones[phone].id;
        let may = |contact: &&Contact| {
            (contact.device_id == device || phone == self.leading) && !self.is_merged_away(contact.id)
        };
        let groups: Vec<Contact> =
            state.contacts.values().filter(|contact| contact.n_persons > 1).filter(may).cloned().collect();
        if groups.is_empty() {
            return;
        }
        let group = self.random.pick(&groups).clone();
        let contact = Contact {
            id: ContactId(self.id()),
            device_id: device,
            mode: ContactMode::Individual,
            n_persons: 1,
            group_cells: Vec::new(),
            ..group.clone()
        };
        let after = state.contact_heads.get(&group.id).into_iter().flatten().copied().collect();
        let deed = Deed::SplitOff { group: group.id, contact: contact.id, zone: group.zone.as_str().to_owned() };
        self.save(phone, Body::PersonSplitOff { outing_id: self.outing, group: group.id, after, contact }, deed);
    }

    /// Who was split off a contact and stands, as far as a phone knows.
    fn seen_apart(&mut self, phone: usize, of: ContactId) -> BTreeSet<ContactId> {
        let seen = self.state(phone).map(|state| state.seen).unwrap_or_default();
        let known = |fact: &&Fact| seen.get(&fact.device).is_some_and(|last| fact.sequence <= *last);
        let mut apart = BTreeSet::new();
        for fact in self.facts.iter().filter(known) {
            match &fact.deed {
                Deed::SplitOff { group, contact, .. } if *group == of => drop(apart.insert(*contact)),
                Deed::ContactRetracted { contact } => drop(apart.remove(contact)),
                _ => {}
            }
        }
        apart
    }

    /// Half-filled cards: one is begun, filled in further, given up or given back, or saved.
    pub fn fill_in(&mut self, phone: usize) {
        let outing = self.outing;
        let json = self.random.next().to_be_bytes().to_vec();
        let open: Vec<Draft> = self.phones[phone].drafts.clone();
        let device = &mut self.phones[phone];
        let saved_at = device.moment().now;
        let chance = self.random.below(10);
        let draft = match open.len() {
            n if n == 0 || chance < 3 => Draft { outing, operation: OperationId(self.id()), saved_at, json },
            _ => Draft { saved_at, json, ..self.random.pick(&open).clone() },
        };
        let device = &mut self.phones[phone];
        device.notebook().save_draft(&draft).expect("a card is kept");
        device.drafts.retain(|other| other.operation != draft.operation);
        // It keeps its place among the others.
        let place = open.iter().position(|other| other.operation == draft.operation).unwrap_or(open.len());
        device.drafts.insert(place, draft.clone());
        match chance {
            7 => {
                device.notebook().drop_draft(draft.operation).expect("a card is given up");
                device.drafts.retain(|other| other.operation != draft.operation);
            }
            8 => {
                device.notebook().drop_draft(draft.operation).expect("a card is given up");
                device.notebook().restore_draft(draft.operation, draft.outing).expect("it is there again");
            }
            9 => {
                device.drafts.retain(|other| other.operation != draft.operation);
                let contact = ContactId(self.id());
                self.write_card_as(phone, contact, Some(draft.operation));
            }
            _ => {}
        }
        self.cards_are_kept(phone);
    }

    /// What was chosen on a card that is not saved is there, through whatever happened to the phone.
    pub fn cards_are_kept(&mut self, phone: usize) {
        let outing = self.outing;
        let device = &mut self.phones[phone];
        let kept = device.notebook().list_drafts(outing).expect("cards");
        assert!(kept == device.drafts, "invariant 1: {} does not show the cards it was told to keep", device.name);
    }

    pub fn retract_contact(&mut self, phone: usize) {
        let Some(contact) = self.own_contact(phone) else { return };
        if !self.is_touched_by_lead(contact) {
            let body = Body::Retracted { outing_id: self.outing, record: RecordRef::Contact(contact) };
            self.save(phone, body, Deed::ContactRetracted { contact });
        }
    }

    pub fn retract_observation(&mut self, phone: usize) {
        let device = self.phones[phone].id;
        let own: Vec<ObservationId> = self
            .facts
            .iter()
            .filter_map(|fact| match fact.deed {
                Deed::Seen { observation, .. } if fact.device == device => Some(observation),
                _ => None,
            })
            .collect();
        if own.is_empty() {
            return;
        }
        let observation = *self.random.pick(&own);
        let body = Body::Retracted { outing_id: self.outing, record: RecordRef::Observation(observation) };
        self.save(phone, body, Deed::SeenRetracted { observation });
    }

    /// The lead corrects a zone, takes a contact back, or settles a pair, of what is known on the lead's phone.
    pub fn lead_decides(&mut self) {
        let lead = self.leading;
        let Some(state) = self.state(lead) else { return };
        let known: Vec<ContactId> =
            state.contacts.keys().copied().filter(|id| self.is_fully_known(*id, &state)).collect();
        if known.len() < 2 {
            return;
        }
        let (first, second) = (*self.random.pick(&known), *self.random.pick(&known));
        match self.random.below(3) {
            0 => {
                let zone = (*self.random.pick(&ZONES)).to_owned();
                let change = ContactChange::Zone(ZoneCode::new(&zone));
                self.revise(lead, first, change, Deed::ZoneCorrected { contact: first, zone });
            }
            1 => {
                let body = Body::Retracted { outing_id: self.outing, record: RecordRef::Contact(first) };
                self.save(lead, body, Deed::ContactRetracted { contact: first });
            }
            _ if first != second && !self.is_settled(first) && !self.is_settled(second) => {
                let decision = DuplicateDecision::WrittenTwice;
                let body = Body::DuplicateSettled { outing_id: self.outing, first, second, decision };
                self.save(lead, body, Deed::WrittenTwice { first, second });
            }
            _ => {}
        }
    }

    /// The lead closes and signs what is known now. Nothing is signed while the outing is unknown.
    pub fn sign_off(&mut self) {
        let lead = self.leading;
        let Some(state) = self.state(lead) else { return };
        let end = self.time.now() + TimeDelta::minutes(1);
        let changes = vec![OutingChange::Status(OutingStatus::Closed), OutingChange::EndAt(Some(end))];
        let after = state.outing_heads.iter().copied().collect();
        self.save(lead, Body::OutingRevised { outing_id: self.outing, after, changes }, Deed::Paperwork);

        let (outing, at) = (self.outing, self.phones[lead].moment().now);
        let by = OperatorCode::new("OP-A");
        let mut state = self.state(lead).expect("it was there");
        state.outing.reviewed_at = Some(at);
        state.outing.reviewed_by = Some(by.clone());
        let log = self.project(lead, &state);
        let included = self.phones[lead].notebook().list_included(outing).expect("operations");
        let sign_off = SignOff { by, at, included, digest: digest(&log) };
        self.save(lead, Body::OutingSignedOff { outing_id: outing, sign_off: sign_off.clone() }, Deed::Paperwork);
        self.phones[lead].notebook().save_desk_entry(DeskEntry::NightLog(log.clone())).expect("a night log");
        self.signed = true;
        super::checks::night_log_equals_the_count(self, &log, &sign_off.included);
    }

    /// The lead includes what came late.
    pub fn amend(&mut self) {
        let lead = self.leading;
        if !self.signed {
            return;
        }
        let Some(mut state) = self.state(lead).filter(|state| !state.late.is_empty()) else { return };
        let (outing, at) = (self.outing, self.phones[lead].moment().now);
        let included = self.phones[lead].notebook().list_included(outing).expect("operations");
        let mut amendment = Amendment {
            number: self.amendments + 1,
            by: OperatorCode::new("OP-A"),
            at,
            reason: AmendmentReason::LateDevice,
            included,
            digest: Digest::of(&[]),
        };
        state.amendments.push(amendment.clone());
        let log = self.project(lead, &state);
        amendment.digest = digest(&log);
        self.amendments += 1;
        let included = amendment.included.clone();
        self.save(lead, Body::OutingAmended { outing_id: outing, amendment }, Deed::Paperwork);
        self.phones[lead].notebook().save_desk_entry(DeskEntry::NightLog(log.clone())).expect("a night log");
        super::checks::night_log_equals_the_count(self, &log, &included);
    }

    /// The state as a phone shows it.
    pub fn state(&mut self, phone: usize) -> Option<OutingState> {
        let outing = self.outing;
        self.phones[phone].notebook().outing_state(outing, Scope::Everything).expect("operations")
    }

    fn project(&mut self, phone: usize, state: &OutingState) -> NightLog {
        let alias_key =
            self.phones[phone].notebook().alias_key(operational_date(state.outing.start_at)).expect("enrolled");
        project(state, ProjectionContext { alias_key: &alias_key }).expect("a reviewed outing")
    }

    fn revise(&mut self, phone: usize, contact: ContactId, change: ContactChange, deed: Deed) {
        let state = self.state(phone).expect("the outing is known");
        let heads = state.contact_heads.get(&contact).expect("the contact is known");
        let after = heads.iter().copied().collect();
        let body = Body::ContactRevised {
            outing_id: self.outing,
            contact_id: contact,
            after,
            changes: vec![change],
            moves_added: Vec::new(),
            moves_retracted: Vec::new(),
        };
        self.save(phone, body, deed);
    }

    fn own_contact(&mut self, phone: usize) -> Option<ContactId> {
        let device = self.phones[phone].id;
        let state = self.state(phone)?;
        let own: Vec<ContactId> =
            state.contacts.values().filter(|contact| contact.device_id == device).map(|contact| contact.id).collect();
        (!own.is_empty()).then(|| *self.random.pick(&own))
    }

    /// Two people changing one thing unaware of each other have no "right" order, so the plain count has none either:
    /// the author leaves alone what the lead has decided on.
    fn is_touched_by_lead(&self, id: ContactId) -> bool {
        self.facts.iter().any(|fact| match &fact.deed {
            Deed::ZoneCorrected { contact, .. } => *contact == id,
            Deed::WrittenTwice { first, second } => *first == id || *second == id,
            _ => false,
        })
    }

    /// Whether the lead has counted a contact as another one. Who splits a person off it unaware of that stands before
    /// or after the decision by the clocks alone: the unit tests of the fold say what either gives.
    fn is_merged_away(&self, id: ContactId) -> bool {
        self.facts.iter().any(|fact| matches!(&fact.deed, Deed::WrittenTwice { second, .. } if *second == id))
    }

    fn is_settled(&self, id: ContactId) -> bool {
        self.facts
            .iter()
            .any(|fact| matches!(&fact.deed, Deed::WrittenTwice { first, second } if *first == id || *second == id))
    }

    /// Whether the lead's phone knows everything that was written about a contact.
    fn is_fully_known(&self, id: ContactId, state: &OutingState) -> bool {
        let known = |fact: &Fact| state.seen.get(&fact.device).is_some_and(|seen| fact.sequence <= *seen);
        self.facts
            .iter()
            .filter(|fact| match &fact.deed {
                Deed::Met { contact, .. }
                | Deed::ZoneCorrected { contact, .. }
                | Deed::PeopleCorrected { contact, .. }
                | Deed::ContactRetracted { contact } => *contact == id,
                Deed::SplitOff { group, contact, .. } => *group == id || *contact == id,
                Deed::WrittenTwice { first, second } => *first == id || *second == id,
                _ => false,
            })
            .all(known)
    }

    fn supply(&mut self, phone: usize, item: &str, kind: MoveKind, n: i64, contact: Option<ContactId>) -> SupplyMove {
        SupplyMove {
            id: SupplyMoveId(self.id()),
            outing_id: self.outing,
            device_id: self.phones[phone].id,
            item: ItemCode::new(item),
            kind,
            quantity: n as i32,
            contact_id: contact,
            to_target_group: contact.map(|_| TargetGroup::Person),
            leaflet: None,
            reason: None,
        }
    }

    /// The facts that a signature includes, of those that outlived their phone.
    pub fn included_facts(&self, included: &[domain::operation::Included]) -> Vec<Fact> {
        self.facts.iter().filter(|fact| is_included(fact, included)).cloned().collect()
    }
}

fn digest(log: &NightLog) -> Digest {
    Digest::of(&serde_json::to_vec(log).expect("JSON"))
}
