//! `uscita nights`: what was planned, done, cancelled, and what of it is missing.

use super::{print, print_json};
use crate::arguments::NightsArguments;
use crate::failure::Failure;
use crate::say::{Say, arguments};
use crate::table::empty_table;
use notebook::view::{CalendarNightView, NightStanding, NightsInput, NightsView};

pub(super) fn run(given: &NightsArguments, say: &Say) -> Result<(), Failure> {
    let session = given.home.open_session(say)?;
    let view = session.nights(NightsInput { last: given.last, unit: given.unit.clone() })?;
    if say.is_json() {
        return print_json(&view);
    }
    print(&text(&view, say))
}

fn text(view: &NightsView, say: &Say) -> String {
    let mut table = empty_table();
    table.set_header(["nights-day", "outings-unit", "outings-type", "nights-standing"].map(|key| say.text(key)));
    let days = view.weeks.iter().flat_map(|week| &week.days);
    for (day, night) in days.flat_map(|day| day.nights.iter().map(move |night| (day, night))) {
        let kind = say.text(&format!("type-{}", night.outing_type));
        table.add_row([day.date.format("%Y-%m-%d").to_string(), night.unit.to_string(), kind, standing(night, say)]);
    }
    let tally = arguments([
        ("planned", view.tally.planned.to_string()),
        ("done", view.tally.done.to_string()),
        ("as_planned", view.tally.done_as_planned.to_string()),
        ("cancelled", view.tally.cancelled.to_string()),
    ]);
    let mut parts = vec![table.to_string(), say.with("outings-planned-done", &tally)];
    for unsigned in &view.unsigned {
        parts.push(format!("{}: {}", unsigned.unit, say.counted("outings-unsigned-note", unsigned.records)));
    }
    parts.join("\n\n")
}

fn standing(night: &CalendarNightView, say: &Say) -> String {
    let word = match night.standing {
        NightStanding::Done => "outings-done",
        NightStanding::Cancelled => "outings-cancelled",
        NightStanding::Planned => "outings-planned",
        NightStanding::Unsigned => "outings-unsigned",
        NightStanding::NoNews => "outings-no-news",
    };
    let mut words = vec![say.text(word)];
    if let Some(reason) = night.reason {
        words.push(say.text(&format!("outings-reason-{reason}")));
    }
    if night.standing == NightStanding::Done {
        words.push(say.counted("outings-people", night.contacts));
        if night.plan.is_none() {
            words.push(say.text("outings-unplanned"));
        }
    }
    if night.amendments > 0 {
        words.push(say.counted("week-amended", night.amendments.into()));
    }
    words.join(", ")
}
