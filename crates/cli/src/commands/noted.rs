//! `uscita desk list|correct`: what is noted for a week away from the street, and corrections of it.

use super::{print, print_json};
use crate::arguments::{CorrectArguments, OfficeArguments, ValueFault};
use crate::failure::Failure;
use crate::say::{Say, arguments};
use crate::table::empty_table;
use domain::ids::DeviceId;
use domain::indicator::Source;
use domain::sync::correction::DayEntry;
use notebook::error::{ErrorView, NotebookError};
use notebook::session::Session;
use notebook::view::{
    CellView, CorrectedEntry, CorrectionView, EntryPlace, OfficeEntry, OfficeInput, OfficeRow, OfficeView, TableView,
};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::str::FromStr;

/// How people call the devices.
type Names = BTreeMap<DeviceId, String>;

pub(super) fn list(given: &OfficeArguments, say: &Say) -> Result<(), Failure> {
    let session = given.home.open_session(say)?;
    let view = session.office(OfficeInput { week: given.week })?;
    let names = names(&session)?;
    if say.is_json() {
        return print_json(&as_json(&view, &names));
    }
    print(&text(&view, &names, say))
}

pub(super) fn correct(given: &CorrectArguments, say: &Say) -> Result<(), Failure> {
    let session = given.home.open_session(say)?;
    let place = place_of(&given.entry, &names(&session)?)?;
    let found = session.at_day_desk(|notebook, _| {
        let records = notebook.records()?;
        let entry = records.entries().find(|(source, _)| *source == place).and_then(|(_, entry)| DayEntry::of(entry));
        entry.ok_or(NotebookError::NotFound("desk entry"))
    })?;
    let entry = if given.remove { None } else { Some(changed(found, given)?) };
    session.at_day_desk(|notebook, moment| notebook.correct_entry(place, given.reason, entry, moment))?;
    super::print_done(say, &say.text("desk-corrected"), &json!({ "corrected": given.entry.to_uppercase() }))
}

pub(super) fn names(session: &Session) -> Result<Names, ErrorView> {
    session.at_day_desk(|notebook, _| Ok(notebook.device_names()))
}

/// `S1-12`: the desk that noted it, and its number there.
pub(super) fn name_of(place: EntryPlace, names: &Names) -> String {
    format!("{}-{}", names.get(&place.device).map_or("?", String::as_str), place.sequence)
}

fn place_of(text: &str, names: &Names) -> Result<Source, NotebookError> {
    let missing = NotebookError::NotFound("desk entry");
    let (name, sequence) = text.trim().rsplit_once('-').ok_or(missing.clone())?;
    let is_it = |entry: &(&DeviceId, &String)| entry.1.eq_ignore_ascii_case(name);
    let (device, _) = names.iter().find(is_it).ok_or(missing.clone())?;
    Ok(Source { device: *device, sequence: sequence.parse().map_err(|_| missing)? })
}

/// The entry with what is named changed. What it does not have cannot be named.
fn changed(entry: DayEntry, given: &CorrectArguments) -> Result<DayEntry, Failure> {
    let of_access = given.topic.is_some() || given.who.is_some() || given.time.is_some();
    let of_event = given.participants.is_some() || given.minutes.is_some();
    let of_incident = given.severity.is_some() || given.action.is_some() || given.debrief.is_some();
    let kind = given.kind.as_deref();
    Ok(match entry {
        DayEntry::DeskAccess(mut row) if !of_event && !of_incident && kind.is_none() => {
            row.date = given.date.unwrap_or(row.date);
            row.topic = given.topic.unwrap_or(row.topic);
            row.target_group = given.who.unwrap_or(row.target_group);
            row.minutes_band = given.time.unwrap_or(row.minutes_band);
            DayEntry::DeskAccess(row)
        }
        DayEntry::Event(mut row) if !of_access && !of_incident => {
            row.date = given.date.unwrap_or(row.date);
            row.event_type = kind.map(code).transpose()?.unwrap_or(row.event_type);
            row.participants = given.participants.unwrap_or(row.participants);
            row.minutes = given.minutes.unwrap_or(row.minutes);
            DayEntry::Event(row)
        }
        DayEntry::Incident(mut row) if !of_access && !of_event => {
            row.date = given.date.unwrap_or(row.date);
            row.incident_type = kind.map(code).transpose()?.unwrap_or(row.incident_type);
            row.severity = given.severity.unwrap_or(row.severity);
            row.action = given.action.unwrap_or(row.action);
            row.debrief_needed = given.debrief.unwrap_or(row.debrief_needed);
            DayEntry::Incident(row)
        }
        // Steps of a referral are taken back, not changed.
        DayEntry::DeskAccess(_)
        | DayEntry::Event(_)
        | DayEntry::Incident(_)
        | DayEntry::ReferralOpened(_)
        | DayEntry::ReferralAdvanced { .. }
        | DayEntry::Accompanied(_) => return Err(Failure::arguments("arguments-other-kind", &given.entry, None)),
    })
}

fn code<T: FromStr>(text: &str) -> Result<T, Failure> {
    let fault = ValueFault { key: "value-type", least: 0, most: 0 };
    text.parse().map_err(|_| Failure::arguments("arguments-value", "--type", Some((text, fault))))
}

fn as_json(view: &OfficeView, names: &Names) -> Value {
    let row = |row: &OfficeRow| {
        json!({
            "entry": row.place.map(|place| name_of(place, names)),
            "unit": row.unit,
            "noted": row.entry,
            "corrections": row.corrections,
        })
    };
    let tables: serde_json::Map<String, Value> = view.tables.iter().map(table).collect();
    let correction = |one: &CorrectionView| json!({ "on": one.on, "by": one.by, "reason": one.reason, "before": one.before, "after": one.after });
    json!({
        "week": view.week,
        "from": view.from,
        "to": view.to,
        "rows": view.rows.iter().map(row).collect::<Vec<_>>(),
        "tables": tables,
        "participants": view.participants,
        "minutes": view.minutes,
        "debriefs": view.debriefs,
        "corrections": view.corrections.iter().map(correction).collect::<Vec<_>>(),
    })
}

fn table(table: &TableView) -> (String, Value) {
    let shown = |(code, cell): &(String, CellView)| match cell {
        CellView::Shown(n) => Some((code.clone(), Value::from(*n))),
        _ => None,
    };
    (table.id.clone(), Value::Object(table.rows.iter().filter_map(shown).collect()))
}

fn text(view: &OfficeView, names: &Names, say: &Say) -> String {
    let span =
        arguments([("label", view.week.to_string()), ("from", view.from.to_string()), ("to", view.to.to_string())]);
    let mut parts = vec![say.with("tally-title-week", &span)];
    if view.rows.is_empty() {
        parts.push(say.text("office-none"));
    } else {
        let mut table = empty_table();
        table.set_header(["desk-entry", "nights-day", "office-kind", "office-what"].map(|key| say.text(key)));
        for row in &view.rows {
            let entry = row.place.map(|place| name_of(place, names));
            let entry = entry.or_else(|| row.unit.as_ref().map(ToString::to_string)).unwrap_or_default();
            let (day, kind, mut what) = words(&row.entry, say);
            if row.corrections > 0 {
                what = format!("{what} ({})", say.counted("office-corrected", row.corrections.into()));
            }
            table.add_row([entry, day, kind, what]);
        }
        parts.push(table.trim_fmt());
    }
    if !view.corrections.is_empty() {
        let lines = view.corrections.iter().map(|one| correction_line(one, say));
        parts.push(std::iter::once(say.text("office-register")).chain(lines).collect::<Vec<_>>().join("\n"));
    }
    parts.join("\n\n")
}

/// Day, kind, and the rest in a line.
fn words(entry: &OfficeEntry, say: &Say) -> (String, String, String) {
    match entry {
        OfficeEntry::Access { date, topic, target_group, minutes_band } => {
            let parts = [
                say.text(&format!("desk-topic-{topic}")),
                say.text(&format!("target-{target_group}")),
                say.text(&format!("desk-time-{minutes_band}")),
            ];
            (date.to_string(), say.text("office-access"), parts.join(", "))
        }
        OfficeEntry::Event { date, event_type, participants, minutes } => {
            let numbers = arguments([("people", *participants), ("minutes", *minutes)]);
            let what =
                format!("{}, {}", say.text(&format!("event-{event_type}")), say.with("desk-event-numbers", &numbers));
            (date.to_string(), say.text("office-event"), what)
        }
        OfficeEntry::Incident { date, incident_type, severity, action, debrief_needed } => {
            let mut parts = vec![
                say.text(&format!("incident-{incident_type}")),
                say.text(&format!("inc-{severity}")),
                say.text(&format!("inc-{action}")),
            ];
            parts.extend(debrief_needed.then(|| say.text("inc-debrief")));
            (date.to_string(), say.text("office-incident"), parts.join(", "))
        }
    }
}

/// `2026-03-14  S1  errore di battitura: Incontro 2026-03-12 … → tolto`
fn correction_line(one: &CorrectionView, say: &Say) -> String {
    let said = |entry: &CorrectedEntry| match entry {
        CorrectedEntry::Office { entry } => {
            let (day, kind, what) = words(entry, say);
            format!("{kind} {day}, {what}")
        }
        CorrectedEntry::Steps { code, events, .. } => {
            let steps: Vec<String> = events.iter().map(|event| say.text(&format!("state-{}", event.state))).collect();
            let code = say.with("office-referral", &arguments([("code", code.clone())]));
            format!("{code}, {}", steps.join(", "))
        }
        CorrectedEntry::Company { code, .. } => say.with("office-company", &arguments([("code", code.clone())])),
    };
    let after = one.after.as_ref().map_or_else(|| say.text("office-taken-away"), said);
    let reason = say.text(&format!("desk-why-{}", one.reason));
    format!("{}  {}  {reason}: {} → {after}", one.on, one.by, said(&one.before))
}
