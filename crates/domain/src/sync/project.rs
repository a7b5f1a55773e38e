//! From the reviewed outing to its night log.
//!
//! Every entity is taken apart field by field, without `..`: a new field does not compile until somebody writes here
//! that it stays, travels, or is made coarser.

use super::night_log::{
    AmendmentRow, ContactRow, DeskAccessRow, EventRow, FollowUpRow, IncidentRow, LeafletRow, NightLog, ObservationRow,
    OutingRow, PresenceRow, ReferralRow, SupplyRow,
};
use crate::alias::{AliasKey, PersonToken, person_token};
use crate::contact::{Contact, Flag, TargetGroup};
use crate::desk_record::{AwarenessEvent, DeskAccess, Incident};
use crate::ids::ItemCode;
use crate::observation::Observation;
use crate::operation::{Amendment, OutingState, ReferralRecord};
use crate::outing::{Outing, OutingStatus};
use crate::referral::{Referral, ServiceMacro};
use crate::supply::{Leaflet, MoveKind, SupplyMove};
use crate::time::{iso_year, operational_date};
use std::collections::BTreeMap;

/// What a projection needs besides the outing.
#[derive(Clone, Copy)]
pub struct ProjectionContext<'a> {
    /// Key of the person tokens.
    pub alias_key: &'a AliasKey,
}

/// Writes the night log of a reviewed or cancelled outing. Gives `None` while it is neither signed off nor ended.
#[must_use]
pub fn project(state: &OutingState, context: ProjectionContext<'_>) -> Option<NightLog> {
    let outing = project_outing(&state.outing)?;
    Some(NightLog {
        contacts: state.contacts.values().map(project_contact).collect(),
        observations: state.observations.values().map(project_observation).collect(),
        supplies: project_supplies(state.moves.values()),
        leaflets: project_leaflets(state.moves.values()),
        referrals: state.referrals.values().map(project_referral).collect(),
        follow_ups: state
            .follow_ups
            .iter()
            .map(|(referral_id, event)| FollowUpRow { referral_id: *referral_id, event: *event })
            .collect(),
        accompaniments: state.accompaniments.values().copied().collect(),
        incidents: state.incidents.values().map(project_incident).collect(),
        presence: project_presence(state, &outing, context.alias_key),
        amendments: state.amendments.iter().map(project_amendment).collect(),
        outing,
    })
}

fn project_outing(outing: &Outing) -> Option<OutingRow> {
    let Outing {
        id,
        unit,
        outing_type,
        status,
        cancel_reason,
        start_at,
        end_at,
        crew,
        short_crew: _, // stays: the lead's decision at review travels in the signature
        vehicle: _,    // stays
        km,
        weather,
        planned_zones: _, // stays
        note: _,          // stays
        reviewed_at,
        reviewed_by,
        coordinator_alerted: _, // stays: the desk sees the referral itself
    } = outing;
    let cancelled = match status {
        OutingStatus::Cancelled => *cancel_reason,
        _ => None,
    };
    Some(OutingRow {
        id: *id,
        unit: unit.clone(),
        outing_type: *outing_type,
        date: operational_date(*start_at),
        start_at: *start_at,
        end_at: end_at.or(cancelled.map(|_| *start_at))?,
        crew: crew.clone(),
        km: *km,
        weather: *weather,
        cancelled,
        reviewed_at: (*reviewed_at)?,
        reviewed_by: reviewed_by.clone()?,
    })
}

fn project_contact(contact: &Contact) -> ContactRow {
    let linked_count = contact.linked_count();
    let Contact {
        id,
        outing_id: _, // the night log says it once
        stop_id: _,   // stays
        device_id: _, // stays
        mode,
        target_group,
        n_persons,
        zone,
        slot,
        kind,
        gender,
        age_band,
        nationality,
        language,
        depth,
        services,
        aliases: _, // stay: only how many, and tokens apart
        group_cells,
        concern,
        flags,
        repeat_in_outing,
        notice_given,
        possible_duplicate_of: _, // stays
    } = contact;
    ContactRow {
        id: *id,
        mode: *mode,
        target_group: *target_group,
        n_persons: *n_persons,
        zone: zone.clone(),
        slot_band: slot.band(),
        kind: *kind,
        gender: *gender,
        age_band: *age_band,
        nationality: nationality.clone(),
        language: *language,
        depth: *depth,
        services: services.clone(),
        linked_count,
        group_cells: group_cells.clone(),
        concern: *concern,
        flags: flags.iter().copied().filter(|flag| *flag != Flag::FollowUp).collect(),
        repeat_in_outing: *repeat_in_outing,
        notice_given: *notice_given,
    }
}

fn project_observation(observation: &Observation) -> ObservationRow {
    let Observation { id, outing_id: _, zone, n, gender, apparent_minor, reason } = observation;
    ObservationRow {
        id: *id,
        zone: zone.clone(),
        n: *n,
        gender: *gender,
        apparent_minor: *apparent_minor,
        reason: *reason,
    }
}

fn project_supplies<'a>(moves: impl Iterator<Item = &'a SupplyMove>) -> Vec<SupplyRow> {
    let mut rows: BTreeMap<ItemCode, SupplyRow> = BTreeMap::new();
    for supply in moves {
        let SupplyMove {
            id: _,
            outing_id: _,
            device_id: _, // stays
            item,
            kind,
            quantity,
            contact_id: _, // stays: totals only
            to_target_group,
            leaflet: _, // apart
            reason: _,  // stays
        } = supply;
        let row = rows.entry(item.clone()).or_insert_with(|| SupplyRow {
            item: item.clone(),
            loaded: 0,
            to_persons: 0,
            to_clients: 0,
            to_others: 0,
            returned: 0,
            wasted: 0,
            found: 0,
            adjusted: 0,
        });
        let total = match (kind, to_target_group) {
            (MoveKind::Load, _) => &mut row.loaded,
            (MoveKind::Handout, None | Some(TargetGroup::Person)) => &mut row.to_persons,
            (MoveKind::Handout, Some(TargetGroup::Client)) => &mut row.to_clients,
            (MoveKind::Handout, Some(TargetGroup::Resident | TargetGroup::ThirdParty)) => &mut row.to_others,
            (MoveKind::Return, _) => &mut row.returned,
            (MoveKind::Waste, _) => &mut row.wasted,
            (MoveKind::FoundReturn, _) => &mut row.found,
            (MoveKind::Adjust, _) => &mut row.adjusted,
        };
        *total = total.saturating_add(i64::from(*quantity));
    }
    rows.into_values().collect()
}

fn project_leaflets<'a>(moves: impl Iterator<Item = &'a SupplyMove>) -> Vec<LeafletRow> {
    let mut totals: BTreeMap<Leaflet, i64> = BTreeMap::new();
    for supply in moves.filter(|supply| supply.kind == MoveKind::Handout) {
        if let Some(leaflet) = supply.leaflet {
            *totals.entry(leaflet).or_default() += i64::from(supply.quantity);
        }
    }
    totals.into_iter().map(|(leaflet, n)| LeafletRow { leaflet, n }).collect()
}

fn project_referral(record: &ReferralRecord) -> ReferralRow {
    let ReferralRecord { referral, events } = record;
    let Referral {
        id,
        origin,
        opened_on,
        contact_id: _, // stays: the link from contact to referral never leaves
        alias: _,      // stays
        service_type,
        service_id: _, // stays
        urgency,
        reason,
        language_need,
        mediator_needed,
        accompany_needed,
        consent,
        parent_id,
    } = referral;
    ReferralRow {
        id: *id,
        origin: *origin,
        opened_on: *opened_on,
        service_type: service_type.outside_team(),
        urgency: *urgency,
        reason: *reason,
        language_need: *language_need,
        mediator_needed: *mediator_needed,
        accompany_needed: *accompany_needed,
        consent: *consent,
        parent_id: *parent_id,
        events: events.clone(),
    }
}

fn project_incident(incident: &Incident) -> IncidentRow {
    let Incident { id, outing_id: _, incident_type, severity, action, debrief_needed, zone: _ } = incident;
    IncidentRow {
        id: *id,
        incident_type: *incident_type,
        severity: *severity,
        action: *action,
        debrief_needed: *debrief_needed,
    }
}

fn project_amendment(amendment: &Amendment) -> AmendmentRow {
    let Amendment { number, by, at, reason, included: _, digest: _ } = amendment;
    AmendmentRow { number: *number, by: by.clone(), date: operational_date(*at), reason: *reason }
}

/// The coarse form of a desk access.
impl From<&DeskAccess> for DeskAccessRow {
    fn from(access: &DeskAccess) -> Self {
        let DeskAccess { id, date, topic, target_group, minutes_band } = access;
        Self { id: *id, date: *date, topic: *topic, target_group: *target_group, minutes_band: *minutes_band }
    }
}

/// The coarse form of an awareness event.
impl From<&AwarenessEvent> for EventRow {
    fn from(event: &AwarenessEvent) -> Self {
        let AwarenessEvent { id, date, event_type, participants, minutes, partner_org: _ } = event;
        Self { id: *id, date: *date, event_type: *event_type, participants: *participants, minutes: *minutes }
    }
}

const CONDOMS_OR_LUBRICANT: u8 = 1;
const INFORMATION: u8 = 2;
const HEALTH_REFERRAL: u8 = 4;

fn project_presence(state: &OutingState, outing: &OutingRow, key: &AliasKey) -> Vec<PresenceRow> {
    let epoch = iso_year(outing.date);
    let mut presence: BTreeMap<PersonToken, u8> = BTreeMap::new();
    for contact in state.contacts.values() {
        let mut bits = 0;
        if state.handouts_of(contact.id).any(|supply| is_condom_or_lubricant(&supply.item)) {
            bits |= CONDOMS_OR_LUBRICANT;
        }
        if contact.services.iter().any(|service| service.is_information()) {
            bits |= INFORMATION;
        }
        for alias in &contact.aliases {
            let token = person_token(key, outing.unit.as_str(), epoch, alias);
            *presence.entry(token).or_default() |= bits;
        }
    }
    for record in state.referrals.values() {
        let is_health = record.referral.service_type.macro_area() == ServiceMacro::Health;
        if let Some(alias) = record.referral.alias.as_ref().filter(|_| is_health)
            && record.events.iter().any(|event| event.state.is_accepted_or_later())
        {
            let token = person_token(key, outing.unit.as_str(), epoch, alias);
            if let Some(bits) = presence.get_mut(&token) {
                *bits |= HEALTH_REFERRAL;
            }
        }
    }
    presence.into_iter().map(|(token, bits)| PresenceRow { token, bits }).collect()
}

fn is_condom_or_lubricant(item: &ItemCode) -> bool {
    item.as_str().starts_with("condom_") || item.as_str() == "lubricant"
}
