//! What a play has to tell: the figures of every outing and of the week, from the desk, in the exchange format.

use super::night::Made;
use crate::failure::Failure;
use crate::scenario::Scenario;
use domain::alias::Alias;
use domain::disclosure::TableId;
use domain::ids::OutingId;
use domain::indicator::{External, OutingTally, Records, Tally};
use domain::operation::Scope;
use domain::time::Period;
use notebook::notebook::Notebook;
use serde::Serialize;
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// Figures of an outing.
const PER_OUTING: [&str; 22] = [
    "minutes",
    "operator_minutes",
    "contacts",
    "contact_events",
    "groups",
    "first",
    "returning",
    "kind_unknown",
    "linked",
    "unlinked",
    "observed",
    "client_contacts",
    "gender",
    "age",
    "nat",
    "zone",
    "depth",
    "services",
    "concern",
    "supplies",
    "supplies_to_clients",
    "leaflets",
];

/// Figures of the week.
const WEEK: [&str; 48] = [
    "outings",
    "outings_by_type",
    "minutes",
    "operator_minutes",
    "contacts",
    "contact_events",
    "groups",
    "first",
    "returning",
    "kind_unknown",
    "linked",
    "unlinked",
    "observed",
    "client_contacts",
    "km",
    "gender",
    "age",
    "nat",
    "zone",
    "depth",
    "services",
    "concern",
    "supplies",
    "supplies_to_clients",
    "leaflets",
    "distinct_linked",
    "unique_min",
    "unique_max",
    "presences",
    "referrals_opened",
    "referrals_opened_by_service",
    "referral_events",
    "referrals_closed_by_outcome",
    "referrals_open_end",
    "referrals_open_start",
    "accompaniments",
    "accompaniment_minutes",
    "emergency_requested",
    "emergency_placed",
    "exit_requests",
    "minor_protocol",
    "events",
    "event_participants",
    "incidents",
    "desk_accesses",
    "desk_by_topic",
    "condoms_per_contact_x10",
    "review_48h",
];

/// Tables of the exchange format.
const TABLES: [TableId; 6] =
    [TableId::Zone, TableId::Gender, TableId::Age, TableId::Macro, TableId::Kind, TableId::ReferralMacro];

/// What was played, told by the desk and, for the aliases, by the lead's phone.
#[derive(Clone, Debug)]
pub struct Report {
    /// `per_outing`, `week`, `external_k5`, `server_token_presence`.
    pub json: Value,
    /// The tally of the week.
    pub tally: Tally,
}

/// Aliases of each outing, from the lead's notebook: the desk does not know them.
pub(super) fn aliases(lead: &Notebook, made: &Made) -> Result<BTreeMap<OutingId, BTreeSet<Alias>>, Failure> {
    let mut found = BTreeMap::new();
    for outing in made.outings.values() {
        let state = lead.outing_state(*outing, Scope::Counted)?;
        let contacts = state.into_iter().flat_map(|state| state.contacts.into_values());
        found.insert(*outing, contacts.flat_map(|contact| contact.aliases).collect());
    }
    Ok(found)
}

/// Tells what the desk has.
pub(super) fn report(
    scenario: &Scenario,
    desk: &mut Notebook,
    made: &Made,
    aliases: &BTreeMap<OutingId, BTreeSet<Alias>>,
) -> Result<Report, Failure> {
    let records: Records = desk.records()?;
    let period = Period::week(scenario.week);
    let tally = Tally::of(&records, period);
    let programme = desk.programme()?;
    let external = External::of(&tally, programme, period, programme.k_external);
    let nights = records.nights();
    let (mut per_outing, mut presence) = (Map::new(), Map::new());
    for (index, outing) in scenario.outings.iter().enumerate() {
        let id = made.outings.get(&index).ok_or(Failure::internal("plan"))?;
        let log = nights.get(id).ok_or(Failure::internal("night log did not reach the desk"))?;
        let mut figures = chosen(&OutingTally::of(log), &PER_OUTING)?;
        let codes: Vec<&str> = aliases.get(id).into_iter().flatten().map(Alias::as_str).collect();
        figures.insert("aliases".to_owned(), json!(codes));
        per_outing.insert(outing.name.clone(), Value::Object(figures));
        let rows = log.presence.iter().map(|row| json!({ "token": row.token.to_hex(), "bits": row.bits }));
        presence.insert(outing.name.clone(), rows.collect());
    }
    let mut tables = Map::new();
    for id in TABLES {
        if let Some(table) = external.find_table(id) {
            tables.insert(id.code().to_owned(), value(table)?);
        }
    }
    let json = json!({
        "per_outing": per_outing,
        "week": chosen(&tally, &WEEK)?,
        "external_k5": tables,
        "server_token_presence": presence,
    });
    Ok(Report { json, tally })
}

fn value(from: &impl Serialize) -> Result<Value, Failure> {
    serde_json::to_value(from).map_err(|_| Failure::internal("report"))
}

fn chosen(from: &impl Serialize, keys: &[&str]) -> Result<Map<String, Value>, Failure> {
    let Value::Object(mut all) = value(from)? else { return Err(Failure::internal("report")) };
    Ok(keys.iter().filter_map(|key| all.remove_entry(*key)).collect())
}
