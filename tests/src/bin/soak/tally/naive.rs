//! The naive fold: counts entries by what `domain` D.1 and D.2 say, one after the other, from the words that were sent.
//! It shares no type and no line with what the desk counts with.

use super::paths::{self, Path};
use anyhow::{Context, Result};
use chrono::{DateTime, Datelike, Days, NaiveDate};
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// An entry: who wrote it, where in its log, what it says.
#[derive(Clone)]
pub struct Sent {
    pub device: String,
    pub sequence: u64,
    pub entry: Value,
}

impl Sent {
    pub fn place(&self) -> (String, u64) {
        (self.device.clone(), self.sequence)
    }
}

/// Days from one to another, both included.
pub type Days2 = (NaiveDate, NaiveDate);

/// Everything that is to be counted: nights by outing, day staff's entries by place, corrected.
pub struct Naive {
    nights: BTreeMap<String, Value>,
    office: Vec<Value>,
    paths: BTreeMap<String, Path>,
    waiting: u64,
    lost: Option<(u64, NaiveDate)>,
}

fn text<'a>(value: &'a Value, name: &str) -> &'a str {
    value.get(name).and_then(Value::as_str).unwrap_or_default()
}

fn number(value: &Value, name: &str) -> u64 {
    value.get(name).and_then(Value::as_u64).unwrap_or_default()
}

fn list<'a>(value: &'a Value, name: &str) -> &'a [Value] {
    value.get(name).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

pub(super) fn day(value: &Value, name: &str) -> NaiveDate {
    text(value, name).parse().unwrap_or_default()
}

fn minutes_between(from: &str, to: &str) -> i64 {
    let at = |text: &str| DateTime::parse_from_rfc3339(text).map(|at| at.timestamp()).unwrap_or_default();
    (at(to) - at(from)) / 60
}

fn version(log: &Value) -> u64 {
    list(log, "amendments").last().map_or(0, |amendment| number(amendment, "number"))
}

/// The version of every night that stands: the later one; of two alike the one signed first; then the one of the first place.
fn standing_nights(sent: &BTreeMap<(String, u64), Value>) -> BTreeMap<String, Value> {
    let mut nights: BTreeMap<String, (u64, String, (String, u64), Value)> = BTreeMap::new();
    for (place, entry) in sent.iter().filter(|(_, entry)| text(entry, "kind") == "night_log") {
        let Some(log) = entry.get("data") else { continue };
        let outing = log.get("outing").cloned().unwrap_or_default();
        let new = (version(log), text(&outing, "reviewed_at").to_owned(), place.clone(), log.clone());
        let is_better = |old: &(u64, String, (String, u64), Value)| {
            let signed =
                |at: &str| DateTime::parse_from_rfc3339(at).map(|at| at.timestamp_micros()).unwrap_or_default();
            let (new_at, old_at) = (signed(&new.1), signed(&old.1));
            new.0 > old.0 || new.0 == old.0 && (new_at < old_at || new_at == old_at && new.2 < old.2)
        };
        let id = text(&outing, "id").to_owned();
        if nights.get(&id).is_none_or(is_better) {
            nights.insert(id, new);
        }
    }
    nights.into_iter().map(|(id, (_, _, _, log))| (id, log)).collect()
}

/// Takes away, number, place, what the entry should say.
type Correction = (bool, u64, (String, u64), Value);

/// Day staff's entries by place, as their corrections leave them.
fn corrected(sent: &BTreeMap<(String, u64), Value>) -> Vec<Value> {
    let mut corrections: BTreeMap<(String, u64), Vec<Correction>> = BTreeMap::new();
    for (place, entry) in sent.iter().filter(|(_, entry)| text(entry, "kind") == "corrected") {
        let Some(row) = entry.get("data") else { continue };
        let new = row.get("entry").cloned().unwrap_or_default();
        let of = (text(row, "device").to_owned(), number(row, "sequence"));
        corrections.entry(of).or_default().push((new.is_null(), number(row, "number"), place.clone(), new));
    }
    let mut standing = Vec::new();
    for (place, entry) in sent {
        let kind = text(entry, "kind");
        if matches!(kind, "night_log" | "corrected" | "released" | "published" | "withdrawn" | "planned" | "depot") {
            continue;
        }
        let mut of_place = corrections.remove(place).unwrap_or_default();
        of_place.sort_by(|a, b| (a.0, a.1, &a.2).cmp(&(b.0, b.1, &b.2)));
        match of_place.pop() {
            Some((true, ..)) => {}
            Some((false, _, _, new)) if same_thing(entry, &new) => standing.push(new),
            _ => standing.push(entry.clone()),
        }
    }
    standing
}

/// A correction speaks of the same thing, or is none.
fn same_thing(old: &Value, new: &Value) -> bool {
    let (a, b) = (old.get("data").unwrap_or(&Value::Null), new.get("data").unwrap_or(&Value::Null));
    let same = |name: &str| a.get(name) == b.get(name);
    text(old, "kind") == text(new, "kind")
        && match text(old, "kind") {
            "referral_advanced" => same("referral_id"),
            "accompanied" => same("id") && same("referral_id"),
            _ => same("id"),
        }
}

impl Naive {
    /// What was sent, each once.
    pub fn new(sent: &[Sent]) -> Self {
        let by_place: BTreeMap<(String, u64), Value> =
            sent.iter().map(|sent| (sent.place(), sent.entry.clone())).collect();
        let nights = standing_nights(&by_place);
        let office = corrected(&by_place);
        let (paths, waiting) = paths::all(nights.values(), &office);
        Self { nights, office, paths, waiting, lost: None }
    }

    /// Referrals without an event for so many days are lost, as far as the desk has looked.
    pub fn lose(&mut self, after: u64, known_until: NaiveDate) {
        self.lost = Some((after, known_until));
    }

    fn of_office<'a>(&'a self, kind: &'a str) -> impl Iterator<Item = &'a Value> {
        self.office.iter().filter(move |entry| text(entry, "kind") == kind).filter_map(|entry| entry.get("data"))
    }

    /// Of several with one id the last one counts.
    fn last_of<'a>(rows: impl Iterator<Item = &'a Value>) -> Vec<&'a Value> {
        rows.map(|row| (text(row, "id"), row)).collect::<BTreeMap<_, _>>().into_values().collect()
    }

    /// The figures of a run of days.
    pub fn count(&self, days: Days2) -> Result<Value> {
        let mut sums = Sums::default();
        let mut tokens: BTreeMap<i32, BTreeMap<&str, u64>> = BTreeMap::new();
        let (mut largest, mut amendments, mut presences) = (0, 0, 0);
        for log in self.nights.values() {
            let inside = list(log, "amendments").iter().filter(|row| is_in(day(row, "date"), days));
            amendments += inside.count() as u64;
            let outing = log.get("outing").context("an outing")?;
            let date = day(outing, "date");
            if !is_in(date, days) {
                continue;
            }
            let reason = text(outing, "cancelled");
            if !reason.is_empty() {
                sums.count("outings_cancelled", reason, 1);
                continue;
            }
            largest = largest.max(sums.night(log, outing));
            let of_year = tokens.entry(date.iso_week().year()).or_default();
            for row in list(log, "presence") {
                *of_year.entry(text(row, "token")).or_default() |= number(row, "bits");
                presences += 1;
            }
        }
        self.count_office(&mut sums, days);
        self.count_accompaniments(&mut sums, days);
        for path in self.paths.values() {
            path.count(&mut sums, days, self.lost);
        }
        sums.add("referral_events_waiting", self.waiting);
        let distinct: u64 = tokens.values().map(|of_year| of_year.len() as u64).sum();
        let most = tokens.values().map(|of_year| of_year.len() as u64).max().unwrap_or_default();
        let twice = tokens.values().flat_map(BTreeMap::values).filter(|bits| bits.count_ones() > 1).count();
        for (name, n) in [
            ("distinct_linked", distinct),
            ("unique_min", most.max(largest)),
            ("unique_max", distinct + sums.get("unlinked")),
            ("presences", sums.get("contacts") + sums.get("observed")),
            ("linked_presences", presences),
            ("reached_twice", twice as u64),
            ("amendments", amendments),
            ("nationality_not_recorded", sums.of("nat", "not_recorded")),
            ("age_not_recorded", sums.of("age", "not_recorded")),
            ("gender_not_recorded", sums.of("gender", "not_recorded")),
        ] {
            sums.add(name, n);
        }
        // Half a tenth goes up.
        let (pieces, people) = (sums.get("condoms_to_persons"), sums.get("contacts"));
        if let (Some(tenths), Some(rest)) = ((pieces * 10).checked_div(people), (pieces * 10).checked_rem(people)) {
            sums.add("condoms_per_contact_x10", tenths + u64::from(rest * 2 >= people));
        }
        Ok(sums.json())
    }

    fn count_office(&self, sums: &mut Sums, days: Days2) {
        for row in Self::last_of(self.of_office("event")).into_iter().filter(|row| is_in(day(row, "date"), days)) {
            sums.count("events", text(row, "event_type"), 1);
            sums.add("event_participants", number(row, "participants"));
            sums.add("event_minutes", number(row, "minutes"));
        }
        for row in Self::last_of(self.of_office("desk_access")).into_iter().filter(|row| is_in(day(row, "date"), days))
        {
            sums.add("desk_accesses", 1);
            sums.count("desk_by_topic", text(row, "topic"), 1);
        }
        for row in Self::last_of(self.of_office("incident")).into_iter().filter(|row| is_in(day(row, "date"), days)) {
            sums.count("incidents", text(row, "incident_type"), 1);
            sums.count("incidents_by_severity", text(row, "severity"), 1);
        }
    }

    fn count_accompaniments(&self, sums: &mut Sums, days: Days2) {
        let at_night = self.nights.values().flat_map(|log| list(log, "accompaniments"));
        let mut served = BTreeSet::new();
        for row in Self::last_of(at_night.chain(self.of_office("accompanied"))) {
            if text(row, "outcome") != "done" || !is_in(day(row, "date"), days) {
                continue;
            }
            sums.add("accompaniments", 1);
            sums.add("accompaniment_minutes", number(row, "minutes"));
            sums.add("accompanied_referrals", u64::from(served.insert(text(row, "referral_id"))));
            if let Some(path) = self.paths.get(text(row, "referral_id")) {
                sums.count("accompaniments_by_macro", paths::area(&path.service), 1);
            }
        }
    }

    /// Minutes of operators, which the figures do not show.
    pub fn operator_minutes(&self, days: Days2) -> BTreeMap<(String, String), u64> {
        let mut by_operator = BTreeMap::new();
        for outing in self.nights.values().filter_map(|log| log.get("outing")) {
            if is_in(day(outing, "date"), days) && text(outing, "cancelled").is_empty() {
                let minutes = minutes_between(text(outing, "start_at"), text(outing, "end_at")).max(0).unsigned_abs();
                for member in list(outing, "crew") {
                    let key = (text(outing, "unit").to_owned(), text(member, "operator").to_owned());
                    *by_operator.entry(key).or_default() += minutes;
                }
            }
        }
        by_operator.retain(|_, minutes| *minutes > 0);
        by_operator
    }
}

pub(super) fn is_in(date: NaiveDate, (first, last): Days2) -> bool {
    first <= date && date <= last
}

/// So many days after.
pub(super) fn after(date: NaiveDate, days: u64) -> NaiveDate {
    date.checked_add_days(Days::new(days)).unwrap_or(date)
}

/// Figures by name, breakdowns by name and code.
#[derive(Default)]
pub struct Sums {
    figures: BTreeMap<String, u64>,
    breakdowns: BTreeMap<String, BTreeMap<String, u64>>,
}

/// Every figure there is; one that counts nothing is zero.
const FIGURES: [&str; 45] = [
    "outings",
    "minutes",
    "operator_minutes",
    "km",
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
    "exit_requests",
    "minor_protocol",
    "presumed_minors",
    "observed_minors",
    "condoms_to_persons",
    "review_48h",
    "sign_off_minutes",
    "distinct_linked",
    "unique_min",
    "unique_max",
    "presences",
    "linked_presences",
    "reached_twice",
    "nationality_not_recorded",
    "age_not_recorded",
    "gender_not_recorded",
    "amendments",
    "referrals_opened",
    "referrals_open_start",
    "referrals_open_end",
    "referrals_ended",
    "accompaniments",
    "accompaniment_minutes",
    "accompanied_referrals",
    "emergency_requested",
    "emergency_placed",
    "emergency_no_place",
    "referral_events_waiting",
    "event_participants",
    "event_minutes",
    "desk_accesses",
];

/// Every breakdown there is; one without rows is empty.
const BREAKDOWNS: [&str; 31] = [
    "outings_by_type",
    "outings_by_unit",
    "outings_cancelled",
    "minutes_by_type",
    "operator_minutes_by_role",
    "observed_by_reason",
    "observed_by_zone",
    "observed_by_gender",
    "gender",
    "age",
    "nat",
    "zone",
    "slot_band",
    "depth",
    "language",
    "services",
    "concern",
    "supplies",
    "supplies_to_clients",
    "leaflets",
    "leaflets_by_topic",
    "incidents",
    "incidents_by_severity",
    "referrals_opened_by_service",
    "referrals_opened_by_macro",
    "referral_events",
    "referrals_closed_by_outcome",
    "referrals_completed_by_macro",
    "accompaniments_by_macro",
    "events",
    "desk_by_topic",
];

impl Sums {
    pub(super) fn add(&mut self, name: &str, n: u64) {
        *self.figures.entry(name.to_owned()).or_default() += n;
    }

    pub(super) fn count(&mut self, name: &str, code: &str, n: u64) {
        if n > 0 {
            *self.breakdowns.entry(name.to_owned()).or_default().entry(code.to_owned()).or_default() += n;
        }
    }

    fn get(&self, name: &str) -> u64 {
        self.figures.get(name).copied().unwrap_or_default()
    }

    fn of(&self, name: &str, code: &str) -> u64 {
        self.breakdowns.get(name).and_then(|rows| rows.get(code)).copied().unwrap_or_default()
    }

    /// Counts a night; gives its persons.
    fn night(&mut self, log: &Value, outing: &Value) -> u64 {
        let before = self.get("contacts");
        let minutes = minutes_between(text(outing, "start_at"), text(outing, "end_at")).max(0).unsigned_abs();
        let (kind, waited) =
            (text(outing, "outing_type"), minutes_between(text(outing, "end_at"), text(outing, "reviewed_at")));
        self.add("outings", 1);
        self.count("outings_by_type", kind, 1);
        self.count("outings_by_unit", text(outing, "unit"), 1);
        self.count("minutes_by_type", kind, minutes);
        self.add("minutes", minutes);
        self.add("km", number(outing, "km"));
        self.add("review_48h", u64::from(waited <= 2_880));
        self.add("sign_off_minutes", waited.max(0).unsigned_abs());
        for member in list(outing, "crew") {
            self.add("operator_minutes", minutes);
            self.count("operator_minutes_by_role", text(member, "role"), minutes);
        }
        for row in list(log, "contacts") {
            self.contact(row);
        }
        for row in list(log, "observations") {
            let n = number(row, "n");
            self.add("observed", n);
            self.add("observed_minors", number(row, "apparent_minor"));
            for (name, field) in
                [("observed_by_reason", "reason"), ("observed_by_zone", "zone"), ("observed_by_gender", "gender")]
            {
                self.count(name, text(row, field), n);
            }
        }
        for row in list(log, "supplies") {
            let item = text(row, "item");
            for field in ["to_persons", "to_clients", "to_others"] {
                self.count("supplies", item, number(row, field));
            }
            if item != "leaflet" {
                self.count("supplies_to_clients", item, number(row, "to_clients"));
            }
            if item.starts_with("condom_") {
                self.add("condoms_to_persons", number(row, "to_persons"));
            }
        }
        for row in list(log, "leaflets") {
            let leaflet = row.get("leaflet").cloned().unwrap_or_default();
            self.count("leaflets", text(&leaflet, "language"), number(row, "n"));
            self.count("leaflets_by_topic", text(&leaflet, "topic"), number(row, "n"));
        }
        for row in list(log, "incidents") {
            self.count("incidents", text(row, "incident_type"), 1);
            self.count("incidents_by_severity", text(row, "severity"), 1);
        }
        self.get("contacts") - before
    }

    fn contact(&mut self, row: &Value) {
        match text(row, "target_group") {
            "client" => return self.add("client_contacts", 1),
            "person" => {}
            _ => return,
        }
        self.add("contact_events", 1);
        for service in list(row, "services") {
            self.count("services", service.as_str().unwrap_or_default(), 1);
        }
        for (name, mark) in [("exit_requests", "exit_request"), ("minor_protocol", "minor_protocol")] {
            self.add(name, u64::from(list(row, "flags").iter().any(|flag| flag.as_str() == Some(mark))));
        }
        if row.get("repeat_in_outing") == Some(&Value::Bool(true)) {
            return;
        }
        for name in ["depth", "language", "concern"] {
            self.count(name, text(row, name), 1);
        }
        let is_group = text(row, "mode") == "group";
        self.add("groups", u64::from(is_group));
        let mut persons = 0;
        if is_group {
            for cell in list(row, "group_cells") {
                persons += self.people(cell, number(cell, "n"));
            }
            let silent = number(row, "n_persons").saturating_sub(persons);
            let nothing = json!({"kind": "unknown", "gender": "not_recorded", "age_band": "not_recorded", "nationality": "not_recorded"});
            persons += self.people(&nothing, silent);
        } else {
            persons = self.people(row, 1);
        }
        self.count("zone", text(row, "zone"), persons);
        self.count("slot_band", text(row, "slot_band"), persons);
        let linked = number(row, "linked_count").min(persons);
        self.add("linked", linked);
        self.add("unlinked", persons - linked);
    }

    fn people(&mut self, of: &Value, n: u64) -> u64 {
        self.add("contacts", n);
        let kind = match text(of, "kind") {
            "first" => "first",
            "returning" => "returning",
            _ => "kind_unknown",
        };
        self.add(kind, n);
        self.count("gender", text(of, "gender"), n);
        self.count("age", text(of, "age_band"), n);
        self.count("nat", text(of, "nationality"), n);
        if text(of, "age_band") == "under_18_presumed" {
            self.add("presumed_minors", n);
        }
        n
    }

    /// As the desk writes its figures.
    fn json(&self) -> Value {
        let mut whole = Map::new();
        for name in FIGURES {
            whole.insert(name.to_owned(), json!(self.get(name)));
        }
        for name in BREAKDOWNS {
            whole.insert(name.to_owned(), json!(self.breakdowns.get(name).cloned().unwrap_or_default()));
        }
        if let Some(tenths) = self.figures.get("condoms_per_contact_x10") {
            whole.insert("condoms_per_contact_x10".to_owned(), json!(tenths));
        }
        // What is not on the lists would otherwise not be compared.
        for name in self.figures.keys().chain(self.breakdowns.keys()) {
            whole.entry(name.clone()).or_insert(Value::Null);
        }
        Value::Object(whole)
    }
}
