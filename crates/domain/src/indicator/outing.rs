//! What one reviewed outing counts.

use super::{Counts, add_all, count};
use crate::contact::{
    AgeBand, Concern, ContactKind, ContactMode, Depth, Flag, Gender, GroupCell, Language, Service, TargetGroup,
};
use crate::desk_record::{IncidentSeverity, IncidentType};
use crate::ids::{ItemCode, NationalityCode, OperatorCode, OrgId, UnitId, ZoneCode};
use crate::observation::ObservationReason;
use crate::outing::CrewRole;
use crate::programme::Programme;
use crate::supply::{LEAFLET, LeafletTopic};
use crate::sync::night_log::{ContactRow, NightLog, ObservationRow, OutingRow, SupplyRow};
use crate::time::{SlotBand, duration_minutes};
use serde::{Deserialize, Serialize};

/// Exact counts of one outing, or of several added up. For inside use only.
///
/// "Persons" are the elements of P (`domain` D.1): people of contacts with persons, repeats of the night left out.
/// "Rows" are contacts with persons, repeats left out, a group counting one.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct OutingTally {
    /// I02, from start to end.
    pub minutes: u64,
    /// I03, minutes times crew.
    pub operator_minutes: u64,
    /// I03 by role.
    pub operator_minutes_by_role: Counts<CrewRole>,
    /// I03 by unit and operator: what organisations are added up from. Never shown by person, nor written out.
    #[serde(skip)]
    pub operator_minutes_by_operator: Counts<(UnitId, OperatorCode)>,
    /// I04.
    pub km: u64,
    /// I05, persons.
    pub contacts: u64,
    /// I06, contacts with persons, repeats included, a group counting one.
    pub contact_events: u64,
    /// I06, of these groups.
    pub groups: u64,
    /// I07, persons.
    pub first: u64,
    /// I08, persons.
    pub returning: u64,
    /// Persons neither first nor returning.
    pub kind_unknown: u64,
    /// Persons with an alias.
    pub linked: u64,
    /// Persons without one; U of I09.
    pub unlinked: u64,
    /// I10, people seen and not reached.
    pub observed: u64,
    /// I10 by reason.
    pub observed_by_reason: Counts<ObservationReason>,
    /// I10 by zone.
    pub observed_by_zone: Counts<ZoneCode>,
    /// I10 by gender.
    pub observed_by_gender: Counts<Gender>,
    /// Contacts with clients.
    pub client_contacts: u64,
    /// I29, persons.
    pub gender: Counts<Gender>,
    /// I31, persons.
    pub age: Counts<AgeBand>,
    /// I28, persons.
    pub nat: Counts<NationalityCode>,
    /// I30, persons.
    pub zone: Counts<ZoneCode>,
    /// I05 by part of the day, persons.
    pub slot_band: Counts<SlotBand>,
    /// I06, rows.
    pub depth: Counts<Depth>,
    /// I32, rows.
    pub language: Counts<Language>,
    /// I13, pairs of a contact with persons and a service.
    pub services: Counts<Service>,
    /// I20, rows.
    pub concern: Counts<Concern>,
    /// I19, contacts with the mark.
    pub exit_requests: u64,
    /// Contacts with the mark *protocollo minori*.
    pub minor_protocol: u64,
    /// I27, persons.
    pub presumed_minors: u64,
    /// I27, seen and not reached; reported apart.
    pub observed_minors: u64,
    /// I11, pieces to anybody.
    pub supplies: Counts<ItemCode>,
    /// I11, pieces to clients; leaflets are counted by language instead.
    pub supplies_to_clients: Counts<ItemCode>,
    /// Numerator of I14: condoms of any kind to persons.
    pub condoms_to_persons: u64,
    /// I12, pieces by language.
    pub leaflets: Counts<Language>,
    /// I12, pieces by topic.
    pub leaflets_by_topic: Counts<LeafletTopic>,
    /// I35.
    pub incidents: Counts<IncidentType>,
    /// I35.
    pub incidents_by_severity: Counts<IncidentSeverity>,
    /// I36, outings signed off within 48 hours of their end.
    pub review_48h: u64,
    /// I36, minutes from the end to the sign-off, with which the night leaves for the desk.
    pub sign_off_minutes: u64,
}

impl OutingTally {
    /// Counts one night log.
    #[must_use]
    pub fn of(log: &NightLog) -> Self {
        let mut tally = Self::default();
        tally.count_outing(&log.outing);
        for contact in &log.contacts {
            tally.count_contact(contact);
        }
        for observation in &log.observations {
            tally.count_observation(observation);
        }
        for supply in &log.supplies {
            tally.count_supply(supply);
        }
        for row in &log.leaflets {
            count(&mut tally.leaflets, &row.leaflet.language, pieces(row.n));
            count(&mut tally.leaflets_by_topic, &row.leaflet.topic, pieces(row.n));
        }
        for incident in &log.incidents {
            count(&mut tally.incidents, &incident.incident_type, 1);
            count(&mut tally.incidents_by_severity, &incident.severity, 1);
        }
        tally
    }

    fn count_outing(&mut self, outing: &OutingRow) {
        if outing.cancelled.is_some() {
            return;
        }
        let minutes = u64::try_from(duration_minutes(outing.start_at, outing.end_at)).unwrap_or_default();
        self.minutes = minutes;
        for member in &outing.crew {
            self.operator_minutes = self.operator_minutes.saturating_add(minutes);
            count(&mut self.operator_minutes_by_role, &member.role, minutes);
            let operator = (outing.unit.clone(), member.operator.clone());
            count(&mut self.operator_minutes_by_operator, &operator, minutes);
        }
        self.km = outing.km.map_or(0, u64::from);
        let waited = duration_minutes(outing.end_at, outing.reviewed_at);
        self.review_48h = u64::from(waited <= 48 * 60);
        self.sign_off_minutes = u64::try_from(waited).unwrap_or_default();
    }

    fn count_contact(&mut self, contact: &ContactRow) {
        if contact.target_group == TargetGroup::Client {
            self.client_contacts += 1;
        }
        if contact.target_group != TargetGroup::Person {
            return;
        }
        self.contact_events += 1;
        for service in &contact.services {
            count(&mut self.services, service, 1);
        }
        self.exit_requests += u64::from(contact.flags.contains(&Flag::ExitRequest));
        self.minor_protocol += u64::from(contact.flags.contains(&Flag::MinorProtocol));
        if contact.repeat_in_outing {
            return;
        }
        self.groups += u64::from(contact.mode == ContactMode::Group);
        count(&mut self.depth, &contact.depth, 1);
        count(&mut self.language, &contact.language, 1);
        count(&mut self.concern, &contact.concern, 1);
        let mut persons: u64 = 0;
        for cell in people(contact) {
            persons = persons.saturating_add(u64::from(cell.n));
            self.count_people(&cell);
        }
        count(&mut self.zone, &contact.zone, persons);
        count(&mut self.slot_band, &contact.slot_band, persons);
        let linked = u64::from(contact.linked_count).min(persons);
        self.linked = self.linked.saturating_add(linked);
        self.unlinked = self.unlinked.saturating_add(persons - linked);
    }

    fn count_people(&mut self, cell: &GroupCell) {
        let n = u64::from(cell.n);
        self.contacts = self.contacts.saturating_add(n);
        let kind = match cell.kind {
            ContactKind::First => &mut self.first,
            ContactKind::Returning => &mut self.returning,
            ContactKind::Unknown | ContactKind::NotApplicable => &mut self.kind_unknown,
        };
        *kind = kind.saturating_add(n);
        count(&mut self.gender, &cell.gender, n);
        count(&mut self.age, &cell.age_band, n);
        count(&mut self.nat, &cell.nationality, n);
        if cell.age_band == AgeBand::Under18Presumed {
            self.presumed_minors = self.presumed_minors.saturating_add(n);
        }
    }

    fn count_observation(&mut self, observation: &ObservationRow) {
        let n = u64::from(observation.n);
        self.observed = self.observed.saturating_add(n);
        self.observed_minors = self.observed_minors.saturating_add(u64::from(observation.apparent_minor));
        count(&mut self.observed_by_reason, &observation.reason, n);
        count(&mut self.observed_by_zone, &observation.zone, n);
        count(&mut self.observed_by_gender, &observation.gender, n);
    }

    fn count_supply(&mut self, supply: &SupplyRow) {
        for n in [supply.to_persons, supply.to_clients, supply.to_others] {
            count(&mut self.supplies, &supply.item, pieces(n));
        }
        if supply.item.as_str() != LEAFLET {
            count(&mut self.supplies_to_clients, &supply.item, pieces(supply.to_clients));
        }
        if supply.item.as_str().starts_with("condom_") {
            self.condoms_to_persons = self.condoms_to_persons.saturating_add(pieces(supply.to_persons));
        }
    }

    /// I03 by organisation; minutes of a unit that is no longer on the list belong to none.
    #[must_use]
    pub fn operator_minutes_by_org(&self, programme: &Programme) -> Counts<Option<OrgId>> {
        let mut minutes = Counts::new();
        for ((unit, operator), n) in &self.operator_minutes_by_operator {
            count(&mut minutes, &programme.org_of(unit, operator).cloned(), *n);
        }
        minutes
    }

    /// Adds another outing's counts.
    pub fn add(&mut self, other: &Self) {
        macro_rules! sums { ($($field:ident)+) => { $(self.$field = self.$field.saturating_add(other.$field);)+ } }
        macro_rules! maps { ($($field:ident)+) => { $(add_all(&mut self.$field, &other.$field);)+ } }
        sums!(minutes operator_minutes km contacts contact_events groups first returning kind_unknown);
        sums!(linked unlinked observed client_contacts exit_requests minor_protocol presumed_minors);
        sums!(observed_minors condoms_to_persons review_48h sign_off_minutes);
        maps!(operator_minutes_by_role operator_minutes_by_operator observed_by_reason observed_by_zone observed_by_gender gender age);
        maps!(nat zone slot_band depth language services concern supplies supplies_to_clients leaflets);
        maps!(leaflets_by_topic incidents incidents_by_severity);
    }
}

/// The people of a contact as cells; what a group does not say is *non rilevato* (V06).
pub(super) fn people(contact: &ContactRow) -> Vec<GroupCell> {
    match contact.mode {
        ContactMode::Individual => vec![GroupCell {
            kind: contact.kind,
            gender: contact.gender,
            age_band: contact.age_band,
            nationality: contact.nationality.clone(),
            n: 1,
        }],
        ContactMode::Group => {
            let described: u16 = contact.group_cells.iter().fold(0, |sum, cell| sum.saturating_add(cell.n));
            let rest = contact.n_persons.saturating_sub(described);
            let rest = (rest > 0).then(|| GroupCell::not_recorded(rest));
            contact.group_cells.iter().cloned().chain(rest).collect()
        }
    }
}

/// Handouts are never negative (`domain` B.8).
fn pieces(n: i64) -> u64 {
    u64::try_from(n).unwrap_or_default()
}
