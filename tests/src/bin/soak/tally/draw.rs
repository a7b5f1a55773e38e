//! A programme of some weeks, drawn: nights about midnight, about the change of the clock, about the turn of the year;
//! amended, signed by two leads, late; what day staff noted, twice, wrong, and taken back.

use super::naive::Sent;
use crate::random::Random;
use chrono::{DateTime, Datelike, Days, NaiveDate, TimeDelta, Utc};
use serde_json::{Value, json};
use uuid::Uuid;

/// Who writes, and for which unit: leads first.
pub const WRITERS: [(&str, Option<&str>); 6] = [
    ("lead", Some("U1")),
    ("lead", Some("U1")),
    ("lead", Some("U2")),
    ("desk_worker", None),
    ("coordinator", None),
    ("this desk", None),
];
/// The place of the desk that counts.
pub const OWN: usize = 5;

/// First days of the weeks: with a change of the clock, with a week 53, with a leap day, and one with nothing.
const BEGINNINGS: [(i32, u32, u32); 7] =
    [(2026, 3, 16), (2026, 10, 12), (2026, 12, 14), (2025, 12, 15), (2028, 2, 14), (2026, 6, 1), (2020, 12, 21)];
const LENGTH: u64 = 27;

const ZONES: [&str; 4] = ["Z1", "Z2", "Z3", "Z4"];
const GENDERS: [&str; 6] = ["woman", "trans_woman", "trans_man", "man", "other", "not_recorded"];
const AGES: [&str; 6] = ["under_18_presumed", "18_24", "25_34", "35_44", "45_plus", "not_recorded"];
const NATIONS: [&str; 5] = ["RO", "NG", "BR", "oth_asia", "not_recorded"];
const KINDS: [&str; 4] = ["first", "returning", "unknown", "not_applicable"];
const LANGUAGES: [&str; 6] = ["it", "en", "ro", "pcm", "other", "not_recorded"];
const SERVICES: [&str; 5] =
    ["emergency_shelter", "sti_clinic", "legal_advice", "housing_low_threshold", "emergency_shelter"];
const STATES: [&str; 14] = [
    "proposed",
    "accepted",
    "declined",
    "booked",
    "requested",
    "accompanied",
    "attended",
    "no_show",
    "handed_over",
    "placed",
    "no_place",
    "closed",
    "cancelled",
    "lost",
];
const OUTCOMES: [&str; 4] = ["service_received", "documents_missing", "taken_in_charge", "unknown"];

/// The offset of Rome in minutes: summer time lasts from 01:00 UTC on the last Sunday of March to that of October.
fn offset(at: DateTime<Utc>) -> i64 {
    let change = |month: u32| {
        let last = NaiveDate::from_ymd_opt(at.year(), month, 31).unwrap_or_default();
        let sunday = last - Days::new(u64::from(last.weekday().num_days_from_sunday()));
        sunday.and_hms_opt(1, 0, 0).unwrap_or_default().and_utc()
    };
    if change(3) <= at && at < change(10) { 120 } else { 60 }
}

/// The local date of an instant.
pub fn local_date(at: DateTime<Utc>) -> NaiveDate {
    (at + TimeDelta::minutes(offset(at))).date_naive()
}

/// What was drawn.
pub struct Drawn {
    pub sent: Vec<Sent>,
    pub first: NaiveDate,
    pub last: NaiveDate,
}

/// A programme on its way.
pub struct Draw<'a> {
    random: &'a mut Random,
    devices: &'a [String],
    first: NaiveDate,
    sequences: &'a mut [u64],
    referrals: Vec<String>,
    tokens: Vec<String>,
}

fn id(random: &mut Random) -> String {
    uuid::Builder::from_random_bytes(pair(random).to_be_bytes()).into_uuid().to_string()
}

fn pair(random: &mut Random) -> u128 {
    u128::from(random.next()) << 64 | u128::from(random.next())
}

impl<'a> Draw<'a> {
    /// For these devices, whose logs have come so far.
    pub fn new(random: &'a mut Random, devices: &'a [String], sequences: &'a mut [u64]) -> Self {
        let (year, month, day) = *random.pick(&BEGINNINGS);
        let first = NaiveDate::from_ymd_opt(year, month, day).unwrap_or_default();
        let referrals = (0..random.between(2, 7)).map(|_| id(random)).collect();
        let tokens = (0..random.between(2, 9)).map(|_| format!("{:032x}", pair(random))).collect();
        Self { random, devices, first, sequences, referrals, tokens }
    }

    /// All of it, in the order in which it was written.
    pub fn all(mut self) -> Drawn {
        let mut sent = Vec::new();
        for _ in 0..self.random.between(1, 6) {
            self.outing(&mut sent);
        }
        for _ in 0..self.random.between(0, 14) {
            self.day_staff(&mut sent);
        }
        Drawn { sent, first: self.first, last: self.first + Days::new(LENGTH) }
    }

    fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        *self.random.pick(from)
    }

    fn up_to(&mut self, most: i64) -> i64 {
        self.random.between(0, most)
    }

    fn percent(&mut self, chance: u64) -> bool {
        self.random.percent(chance)
    }

    fn date(&mut self) -> NaiveDate {
        let days = self.random.below(usize::try_from(LENGTH).unwrap_or_default());
        self.first + Days::new(days as u64)
    }

    fn push(&mut self, sent: &mut Vec<Sent>, writer: usize, kind: &str, data: Value) {
        let (Some(sequence), Some(device)) = (self.sequences.get_mut(writer), self.devices.get(writer)) else { return };
        *sequence += 1;
        sent.push(Sent { device: device.clone(), sequence: *sequence, entry: json!({ "kind": kind, "data": data }) });
    }

    /// A night in all its versions; now and then a second lead signs another one.
    fn outing(&mut self, sent: &mut Vec<Sent>) {
        let writer = self.random.below(3);
        let unit = WRITERS.get(writer).and_then(|(_, unit)| *unit).unwrap_or_default();
        let (outing, start) = (id(self.random), self.start());
        let contacts: Vec<Value> = (0..self.up_to(9)).map(|_| self.contact()).collect();
        let mut amendments = Vec::new();
        for version in 0..=self.up_to(2) {
            if version > 0 {
                let by = self.pick(&["OP-A", "OP-B"]);
                let reason = self.pick(&["late_device", "recording_mistake", "duplicate_found", "stock_recount"]);
                amendments.push(json!({ "number": version, "by": by, "date": self.date(), "reason": reason }));
            }
            let writer = if unit == "U1" && self.percent(20) { 1 - writer } else { writer };
            // Some contacts are retracted, some come late.
            let mut rows: Vec<Value> = Vec::new();
            for row in &contacts {
                if self.percent(85) {
                    rows.push(row.clone());
                }
            }
            let late = (0..self.up_to(2)).map(|_| self.contact()).collect::<Vec<_>>();
            rows.extend(late);
            let log = self.night(&outing, unit, start, rows, &amendments);
            self.push(sent, writer, "night_log", log.clone());
            if unit == "U1" && self.percent(10) {
                let log = self.night(&outing, unit, start, Vec::new(), &amendments);
                self.push(sent, 1 - writer.min(1), "night_log", log);
            }
        }
    }

    /// Often about midnight, or about the hour at which the clock is changed.
    fn start(&mut self) -> DateTime<Utc> {
        let date = self.date();
        let minute = match self.random.below(4) {
            0 => self.random.between(21 * 60 + 50, 23 * 60 + 10),
            1 => self.random.between(0, 130),
            _ => self.random.between(0, 24 * 60 - 1),
        };
        date.and_hms_opt(0, 0, 0).unwrap_or_default().and_utc() + TimeDelta::minutes(minute)
    }

    fn night(
        &mut self,
        id_of: &str,
        unit: &str,
        start: DateTime<Utc>,
        contacts: Vec<Value>,
        amendments: &[Value],
    ) -> Value {
        let is_cancelled = self.percent(12);
        let end = if is_cancelled { start } else { start + TimeDelta::seconds(self.random.between(0, 9 * 3_600)) };
        let reviewed = end + TimeDelta::minutes(self.pick(&[0, 600, 2_879, 2_880, 2_881, 5_000]));
        let crew: Vec<Value> = (0..self.up_to(3))
            .map(|number| json!({ "operator": format!("OP-{number}"), "role": self.pick(&["operator", "mediator", "driver"]) }))
            .collect();
        let supplies: Vec<Value> =
            ["condom_ext", "condom_int", "lubricant", "leaflet"].iter().map(|item| self.supply(item)).collect();
        let referrals: Vec<Value> = if is_cancelled {
            Vec::new()
        } else {
            (0..self.up_to(2)).map(|_| self.referral("outing", id_of)).collect()
        };
        json!({
            "outing": {
                "id": id_of, "unit": unit, "outing_type": self.pick(&["street_night", "street_day", "indoor", "mapping"]),
                "date": local_date(start), "start_at": start, "end_at": end, "crew": crew,
                "km": self.pick(&[None, Some(0), Some(31)]), "weather": "clear",
                "cancelled": is_cancelled.then(|| self.pick(&["weather", "staff", "other"])),
                "reviewed_at": reviewed, "reviewed_by": "OP-A",
            },
            "contacts": contacts,
            "observations": (0..self.up_to(2)).map(|_| self.observation()).collect::<Vec<_>>(),
            "supplies": supplies,
            "leaflets": (0..self.up_to(2)).map(|_| json!({
                "leaflet": { "topic": self.pick(&["hiv_sti", "safety"]), "language": self.pick(&LANGUAGES) }, "n": self.up_to(9),
            })).collect::<Vec<_>>(),
            "referrals": referrals,
            "follow_ups": (0..self.up_to(2)).map(|_| json!({ "referral_id": self.known(), "event": self.step() })).collect::<Vec<_>>(),
            "accompaniments": (0..self.up_to(1)).map(|_| self.accompaniment()).collect::<Vec<_>>(),
            "incidents": (0..self.up_to(1)).map(|_| json!({
                "id": id(self.random), "incident_type": self.pick(&["robbery", "vehicle"]), "severity": self.pick(&["low", "high"]),
                "action": "none", "debrief_needed": false,
            })).collect::<Vec<_>>(),
            "presence": (0..self.up_to(5)).map(|_| json!({ "token": self.token(), "bits": self.up_to(7) })).collect::<Vec<_>>(),
            "amendments": amendments,
        })
    }

    fn token(&mut self) -> String {
        self.random.pick(&self.tokens).clone()
    }

    fn known(&mut self) -> String {
        // One in so many has not arrived, and may never.
        if self.percent(6) { id(self.random) } else { self.random.pick(&self.referrals).clone() }
    }

    fn supply(&mut self, item: &str) -> Value {
        let [persons, clients, others] = [0; 3].map(|_: u8| self.up_to(12));
        json!({
            "item": item, "loaded": 100, "to_persons": persons, "to_clients": clients, "to_others": others,
            "returned": 100 - persons - clients - others, "wasted": 0, "found": self.up_to(2), "adjusted": 0,
        })
    }

    fn observation(&mut self) -> Value {
        json!({
            "id": id(self.random), "zone": self.pick(&ZONES), "n": self.up_to(6), "gender": self.pick(&GENDERS),
            "apparent_minor": self.up_to(1), "reason": self.pick(&["busy", "refused", "with_client"]),
        })
    }

    fn contact(&mut self) -> Value {
        let is_group = self.percent(20);
        let persons = if is_group { self.random.between(2, 7) } else { 1 };
        let mut described = 0;
        let mut cells = Vec::new();
        while is_group && described < persons && self.percent(70) {
            let n = self.random.between(1, persons - described);
            described += n;
            cells.push(json!({
                "kind": self.pick(&KINDS), "gender": self.pick(&GENDERS), "age_band": self.pick(&AGES),
                "nationality": self.pick(&NATIONS), "n": n,
            }));
        }
        let mut services = vec!["hr_info", "sti_info", "unit_intro"];
        services.truncate(self.random.below(4));
        let mut flags = vec!["exit_request", "minor_protocol", "health_urgency"];
        flags.truncate(self.random.below(3));
        json!({
            "id": id(self.random), "mode": if is_group { "group" } else { "individual" },
            "target_group": self.pick(&["person", "person", "person", "person", "client", "resident", "third_party"]),
            "n_persons": persons, "zone": self.pick(&ZONES), "slot_band": self.pick(&["evening", "late_evening", "night"]),
            "kind": self.pick(&KINDS), "gender": self.pick(&GENDERS), "age_band": self.pick(&AGES),
            "nationality": self.pick(&NATIONS), "language": self.pick(&LANGUAGES),
            "depth": self.pick(&["brief", "talk", "supplies_only", "interrupted"]), "services": services,
            "linked_count": self.up_to(2), "group_cells": cells,
            "concern": self.pick(&["not_assessed", "none_noted", "possible", "declared"]), "flags": flags,
            "repeat_in_outing": self.percent(12), "notice_given": true,
        })
    }

    fn step(&mut self) -> Value {
        let state = self.pick(&STATES);
        json!({ "date": self.date(), "state": state, "outcome": (state == "closed").then(|| self.pick(&OUTCOMES)) })
    }

    /// The beginning of a way through the machine.
    fn beginning(&mut self, on: NaiveDate) -> Vec<Value> {
        let way = self.pick(&[
            ["proposed", "accepted", "booked", "attended", "closed"],
            ["proposed", "accepted", "requested", "placed", "closed"],
            ["proposed", "accepted", "requested", "no_place", "closed"],
            ["proposed", "accepted", "booked", "no_show", "lost"],
            ["proposed", "declined", "declined", "declined", "declined"],
        ]);
        let (mut date, mut steps) = (on, Vec::new());
        for state in way.into_iter().take(self.random.below(6)) {
            steps.push(
                json!({ "date": date, "state": state, "outcome": (state == "closed").then(|| self.pick(&OUTCOMES)) }),
            );
            date = date + Days::new(self.pick(&[0, 0, 1, 6]));
        }
        steps
    }

    fn referral(&mut self, origin: &str, outing: &str) -> Value {
        let on = self.date();
        let origin = if origin == "outing" { json!({ "outing": outing }) } else { json!("desk") };
        json!({
            "id": self.known(), "origin": origin, "opened_on": on, "service_type": self.pick(&SERVICES), "urgency": "routine",
            "reason": null, "language_need": null, "mediator_needed": false, "accompany_needed": false, "consent": "verbal",
            "parent_id": null, "events": self.beginning(on),
        })
    }

    fn accompaniment(&mut self) -> Value {
        json!({
            "id": id(self.random), "referral_id": self.known(), "date": self.date(), "minutes": self.random.between(1, 90),
            "staff_n": 1, "mode": "car", "outcome": self.pick(&["done", "done", "person_absent", "cancelled"]),
        })
    }

    /// An entry of day staff, or a correction of an earlier one.
    fn day_staff(&mut self, sent: &mut Vec<Sent>) {
        let writer = self.random.below(3) + 3;
        let (kind, data) = self.day_entry();
        let is_of_staff = |sent: &&Sent| self.devices.iter().skip(3).any(|device| *device == sent.device);
        let old: Vec<Sent> = sent
            .iter()
            .filter(is_of_staff)
            .filter(|sent| sent.entry.get("kind") != Some(&json!("corrected")))
            .cloned()
            .collect();
        if old.is_empty() || !self.random.percent(25) {
            return self.push(sent, writer, kind, data);
        }
        let old = self.random.pick(&old).clone();
        // Day staff correct their own.
        let writer = if writer == 3 && self.devices.get(3) != Some(&old.device) { 4 } else { writer };
        let mut new = old.entry.clone();
        match self.random.below(4) {
            0 => new = Value::Null,
            1 => new = json!({ "kind": kind, "data": data }),
            _ => self.mistype(&mut new),
        }
        let row = json!({
            "device": old.device, "sequence": old.sequence, "number": self.up_to(2), "on": self.date(), "reason": "mistyped",
            "entry": new,
        });
        self.push(sent, writer, "corrected", row);
    }

    fn mistype(&mut self, entry: &mut Value) {
        let date = self.date();
        let steps = (0..self.up_to(2)).map(|_| self.step()).collect::<Vec<_>>();
        if let Some(data) = entry.get_mut("data").and_then(Value::as_object_mut) {
            for (name, new) in
                [("date", json!(date)), ("opened_on", json!(date)), ("minutes", json!(5)), ("events", json!(steps))]
            {
                if let Some(old) = data.get_mut(name) {
                    *old = new;
                }
            }
        }
    }

    fn day_entry(&mut self) -> (&'static str, Value) {
        let date = self.date();
        match self.random.below(6) {
            0 => ("referral_opened", self.referral("desk", "")),
            1 => {
                let events = (0..self.up_to(2)).map(|_| self.step()).collect::<Vec<_>>();
                ("referral_advanced", json!({ "referral_id": self.known(), "events": events }))
            }
            2 => ("accompanied", self.accompaniment()),
            3 => {
                let topic = self.pick(&["legal", "medical", "work"]);
                let row = json!({ "id": id(self.random), "date": date, "topic": topic, "target_group": "person", "minutes_band": "under_15" });
                ("desk_access", row)
            }
            4 => {
                let kind = self.pick(&["school", "press"]);
                (
                    "event",
                    json!({ "id": id(self.random), "date": date, "event_type": kind, "participants": self.up_to(40), "minutes": 60 }),
                )
            }
            _ => {
                let kind = self.pick(&["robbery", "data_breach_suspected"]);
                let row = json!({
                    "id": id(self.random), "date": date, "incident_type": kind, "severity": "medium", "action": "none",
                    "debrief_needed": true,
                });
                ("incident", row)
            }
        }
    }
}

/// A random id.
pub fn device_id(random: &mut Random) -> Uuid {
    uuid::Builder::from_random_bytes(pair(random).to_be_bytes()).into_uuid()
}
