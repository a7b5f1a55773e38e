//! The figures of the desk beside a naive fold of the same words: programmes are drawn, written by several devices, sealed,
//! delivered in any order and more than once, and counted at every halt.

mod draw;
mod naive;
mod office;
mod paths;

use crate::random::Random;
use crate::report::Report;
use anyhow::{Context, Result};
use chrono::{Days, NaiveDate};
use domain::ids::{OperatorCode, UnitId};
use domain::indicator::Tally;
use domain::time::{IsoWeek, Span};
use draw::{Drawn, OWN};
use naive::{Naive, Sent};
use notebook::notebook::Notebook;
use office::{Office, at};
use serde_json::Value;
use std::collections::BTreeMap;
use std::ops::Range;

/// Days after the last one that was drawn: until everything of which nothing is heard is lost.
const AFTERWARDS: u64 = 100;

/// Programmes of a range of numbers.
///
/// # Errors
/// If a desk cannot be made, opened, or written to: a wrong figure is a fault of the report.
pub fn run(seed: u64, runs: Range<u64>) -> Result<Report> {
    let mut report = Report::default();
    let mut office = Office::new()?;
    for number in runs {
        let seed = seed.wrapping_add(number);
        let mut random = Random::new(seed);
        let differences = programme(&mut office, &mut random, &mut report)?;
        report.runs += 1;
        report.due += 1;
        if differences.is_empty() {
            report.recovered += 1;
        }
        for what in differences {
            report.corrupt += 1;
            report.tell(seed, &what);
        }
    }
    Ok(report)
}

/// One programme. Gives what the desk counted otherwise.
fn programme(office: &mut Office, random: &mut Random, report: &mut Report) -> Result<Vec<String>> {
    let (mut desk, _folder) = office.desk()?;
    let devices = office.devices();
    let mut sequences = office.sequences(&desk)?;
    let Drawn { sent, first, last } = draw::Draw::new(random, &devices, &mut sequences).all();
    let own = devices.get(OWN).context("this desk")?;
    let mut own_left: Vec<&Sent> = sent.iter().filter(|sent| sent.device == *own).rev().collect();
    let mut others = office.seal(&sent)?;
    report.count("entries", sent.len() as u64);
    let (mut arrived, mut looked): (Vec<Sent>, Option<NaiveDate>) = (Vec::new(), None);
    while !own_left.is_empty() || !others.is_empty() {
        for _ in 0..=random.below(12) {
            if random.percent(40)
                && let Some(next) = own_left.pop()
            {
                office::save(&mut desk, next)?;
                arrived.push(next.clone());
            } else if !others.is_empty() {
                let place = random.below(others.len());
                let (sent, envelope) = others.get(place).cloned().context("an entry")?;
                desk.ingest(&envelope, at())?;
                arrived.push(sent);
                // Some come again.
                if !random.percent(15) {
                    others.swap_remove(place);
                }
            }
        }
        let mut naive = Naive::new(&arrived);
        if random.percent(50) {
            let known_until = last + Days::new(random.below(90) as u64);
            office::look(&mut desk, known_until)?;
            looked = Some(known_until);
        }
        if let Some(known_until) = looked {
            naive.lose(office::LOST_AFTER, known_until);
        }
        let differences = compare(&desk, &naive, (first, last), random)?;
        report.count("halts", 1);
        if !differences.is_empty() {
            return Ok(differences);
        }
    }
    Ok(Vec::new())
}

fn compare(
    desk: &Notebook,
    naive: &Naive,
    (first, last): (NaiveDate, NaiveDate),
    random: &mut Random,
) -> Result<Vec<String>> {
    let mut differences = Vec::new();
    let weeks: Vec<IsoWeek> = std::iter::successors(Some(IsoWeek::of(first)), |week| Some(week.next()))
        .take_while(|week| week.monday() <= last + Days::new(AFTERWARDS))
        .collect();
    // The weeks in which something was drawn, a run of any days, and all of it.
    let mut spans: Vec<Span> = weeks.iter().take(5).map(|week| Span::from(*week)).collect();
    let from = first + Days::new(random.below(25) as u64);
    let to = from + Days::new(random.below(110) as u64);
    let whole = (first - Days::new(9), last + Days::new(AFTERWARDS));
    spans.extend(Span::new(from, to).into_iter().chain(Span::new(whole.0, whole.1)));
    for span in spans {
        let tally = desk.tally(span)?;
        let expected = naive.count((span.first(), span.last()))?;
        let counted = serde_json::to_value(&tally)?;
        if counted != expected {
            differences.push(format!("{} to {}: {}", span.first(), span.last(), first_difference(&counted, &expected)));
        }
        if by_operator(&tally) != naive.operator_minutes((span.first(), span.last())) {
            differences.push(format!("{} to {}: minutes by operator", span.first(), span.last()));
        }
    }
    let Some(end) = weeks.last() else { return Ok(differences) };
    for point in desk.trend(*end, u16::try_from(weeks.len())?, None)? {
        let expected = naive.count((point.week.monday(), point.week.sunday()))?;
        for (name, counted) in [
            ("outings", point.outings),
            ("minutes", point.minutes),
            ("contacts", point.contacts),
            ("unique_min", point.unique_min),
            ("unique_max", point.unique_max),
            ("presences", point.presences),
            ("referrals_opened", point.referrals_opened),
            ("accompaniments", point.accompaniments),
            ("desk_accesses", point.desk_accesses),
        ] {
            if expected.get(name).and_then(Value::as_u64) != Some(counted) {
                differences.push(format!("{}: {name} in the trend is {counted}", point.week));
            }
        }
    }
    Ok(differences)
}

fn by_operator(tally: &Tally) -> BTreeMap<(String, String), u64> {
    let minutes = tally.nights.operator_minutes_by_operator.iter();
    let text = |(unit, operator): &(UnitId, OperatorCode)| (unit.to_string(), operator.to_string());
    minutes.map(|(who, minutes)| (text(who), *minutes)).collect()
}

fn first_difference(counted: &Value, expected: &Value) -> String {
    let names =
        |value: &Value| value.as_object().map(|map| map.keys().cloned().collect::<Vec<_>>()).unwrap_or_default();
    let mut all = [names(counted), names(expected)].concat();
    all.sort();
    all.dedup();
    let differs = |name: &&String| counted.get(name) != expected.get(name);
    let name = all.iter().find(differs).cloned().unwrap_or_default();
    let of = |value: &Value| value.get(&name).map_or_else(|| "missing".into(), Value::to_string);
    format!("{name} is {}, and should be {}", of(counted), of(expected))
}
