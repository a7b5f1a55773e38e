//! The paths of referrals, as `domain` B.5 and I15 to I18 say: an opening, and what was noted of it later.

use super::naive::{Days2, Sums, after, day, is_in};
use chrono::NaiveDate;
use serde_json::Value;
use std::collections::BTreeMap;

/// A step: its day, its state, its outcome.
type Step = (NaiveDate, String, String);

/// A referral with all its steps in order.
pub struct Path {
    opened_on: NaiveDate,
    pub(super) service: String,
    steps: Vec<Step>,
}

fn text(value: &Value, name: &str) -> String {
    value.get(name).and_then(Value::as_str).unwrap_or_default().to_owned()
}

fn step(value: &Value) -> Step {
    (day(value, "date"), text(value, "state"), text(value, "outcome"))
}

fn list<'a>(value: &'a Value, name: &str) -> &'a [Value] {
    value.get(name).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

/// Every referral, and how many steps speak of one that nobody opened. Nights come by outing, day staff's entries by place.
pub fn all<'a>(nights: impl Iterator<Item = &'a Value> + Clone, office: &[Value]) -> (BTreeMap<String, Path>, u64) {
    let mut paths: BTreeMap<String, Path> = BTreeMap::new();
    let at_night = nights.clone().flat_map(|log| list(log, "referrals"));
    let of_kind = |kind: &'static str| {
        office.iter().filter(move |entry| text(entry, "kind") == kind).filter_map(|entry| entry.get("data"))
    };
    for row in at_night.chain(of_kind("referral_opened")) {
        let path = || Path {
            opened_on: day(row, "opened_on"),
            service: text(row, "service_type"),
            steps: list(row, "events").iter().map(step).collect(),
        };
        paths.entry(text(row, "id")).or_insert_with(path);
    }
    let noted = nights
        .flat_map(|log| list(log, "follow_ups"))
        .filter_map(|row| Some((text(row, "referral_id"), step(row.get("event")?))));
    let at_desk = of_kind("referral_advanced")
        .flat_map(|row| list(row, "events").iter().map(|event| (text(row, "referral_id"), step(event))));
    let mut waiting = 0;
    for (id, step) in noted.chain(at_desk) {
        match paths.get_mut(&id) {
            Some(path) => path.steps.push(step),
            None => waiting += 1,
        }
    }
    for path in paths.values_mut() {
        path.put_in_order();
    }
    (paths, waiting)
}

/// What may follow, from the picture in B.5.
fn may_follow(state: &str) -> &'static str {
    match state {
        "" => "proposed",
        "proposed" => "accepted declined cancelled handed_over",
        "accepted" => "booked requested accompanied attended handed_over cancelled lost",
        "booked" => "accompanied attended no_show booked cancelled lost",
        "accompanied" => "attended no_show placed no_place",
        "no_show" => "booked closed lost",
        "attended" | "handed_over" | "placed" | "no_place" => "closed",
        "requested" => "placed no_place accompanied cancelled",
        _ => "nothing",
    }
}

fn follows(before: &str, state: &str) -> bool {
    may_follow(before).split(' ').any(|allowed| allowed == state)
}

fn is_end(state: &str) -> bool {
    matches!(state, "declined" | "closed" | "cancelled" | "lost")
}

fn is_success((_, state, outcome): &Step) -> bool {
    let good = ["service_received", "taken_in_charge", "follow_up_planned", "placed_elsewhere", "authority_informed"];
    match state.as_str() {
        "attended" | "placed" | "handed_over" => true,
        "closed" => good.contains(&outcome.as_str()),
        _ => false,
    }
}

/// The area of a service (B.9).
pub(super) fn area(service: &str) -> &'static str {
    match service {
        "sti_clinic"
        | "infectious_disease"
        | "family_clinic"
        | "pregnancy_termination"
        | "emergency_dept"
        | "migrant_clinic"
        | "mental_health"
        | "serd" => "health",
        "emergency_shelter"
        | "escape_house"
        | "semi_autonomy"
        | "antitrafficking_desk"
        | "helpline"
        | "antiviolence_centre"
        | "law_enforcement"
        | "minor_protection"
        | "assisted_return" => "protection",
        "legal_advice" | "asylum_commission" | "cas" | "questura_permit" | "court" => "legal_asylum",
        _ => "social_work_training",
    }
}

/// Every order of these places, the first ones first.
fn orders(places: usize) -> Vec<Vec<usize>> {
    if places == 0 {
        return vec![Vec::new()];
    }
    let mut all = Vec::new();
    for first in 0..places {
        for rest in orders(places - 1) {
            let others = rest.into_iter().map(|place| if place >= first { place + 1 } else { place });
            all.push(std::iter::once(first).chain(others).collect());
        }
    }
    all
}

impl Path {
    /// By day. Within a day in the first order in which each may follow the one before; as it came where there is none.
    fn put_in_order(&mut self) {
        let mut seen = std::collections::BTreeSet::new();
        self.steps.retain(|step| seen.insert(step.clone()));
        let mut by_day: BTreeMap<NaiveDate, Vec<Step>> = BTreeMap::new();
        for step in std::mem::take(&mut self.steps) {
            by_day.entry(step.0).or_default().push(step);
        }
        for steps in by_day.into_values() {
            let mut last = self.steps.last().map(|step| step.1.clone()).unwrap_or_default();
            let fits = |order: &Vec<usize>| {
                let mut before = last.clone();
                order.iter().all(|place| {
                    let state = steps.get(*place).map(|step| step.1.clone()).unwrap_or_default();
                    let follows = follows(&before, &state);
                    before = state;
                    follows
                })
            };
            let order = if steps.len() <= 8 { orders(steps.len()).into_iter().find(fits) } else { None };
            last.clear();
            let order = order.unwrap_or_else(|| (0..steps.len()).collect());
            self.steps.extend(order.into_iter().filter_map(|place| steps.get(place).cloned()));
        }
    }

    /// Its steps, with the one that says it is lost.
    fn with_loss(&self, lost: Option<(u64, NaiveDate)>) -> Vec<Step> {
        let mut steps = self.steps.clone();
        if let (Some((days, known_until)), Some(last)) = (lost, steps.last()) {
            let on = after(last.0, days);
            if on <= known_until && follows(&last.1, "lost") {
                steps.push((on, "lost".into(), String::new()));
            }
        }
        steps
    }

    pub(super) fn count(&self, sums: &mut Sums, days: Days2, lost: Option<(u64, NaiveDate)>) {
        let steps = self.with_loss(lost);
        let opened = steps.first().map_or(self.opened_on, |step| step.0);
        let end = steps.iter().find(|step| is_end(&step.1)).map(|step| step.0);
        if is_in(opened, days) {
            sums.add("referrals_opened", 1);
            sums.count("referrals_opened_by_service", &self.service, 1);
            sums.count("referrals_opened_by_macro", area(&self.service), 1);
            let measured = after(days.1, 30);
            if steps.iter().rfind(|step| step.0 <= measured).is_some_and(is_success) {
                sums.count("referrals_completed_by_macro", area(&self.service), 1);
            }
        }
        let ended_before = end.is_some_and(|end| end < days.0);
        let ended = end.is_some_and(|end| end <= days.1);
        sums.add("referrals_open_start", u64::from(opened < days.0 && !ended_before));
        sums.add("referrals_open_end", u64::from(opened <= days.1 && !ended));
        sums.add("referrals_ended", u64::from(ended && !ended_before));
        let inside: Vec<&Step> = steps.iter().filter(|step| is_in(step.0, days)).collect();
        for (_, state, outcome) in &inside {
            sums.count("referral_events", state, 1);
            if state == "closed" && !outcome.is_empty() {
                sums.count("referrals_closed_by_outcome", outcome, 1);
            }
        }
        if self.service == "emergency_shelter" {
            for (name, state) in [
                ("emergency_requested", "requested"),
                ("emergency_placed", "placed"),
                ("emergency_no_place", "no_place"),
            ] {
                sums.add(name, u64::from(inside.iter().any(|step| step.1 == state)));
            }
        }
    }
}
