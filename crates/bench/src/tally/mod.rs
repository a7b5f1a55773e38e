//! What the desk of a region counts, and how fast: beside plain SQLite, `PostgreSQL` and `DuckDB` on the same rows.

mod desk;
mod peers;
mod print;
mod region;

use anyhow::{Context, Result, ensure};
use chrono::{Days, NaiveTime, TimeDelta};
use domain::disclosure::{Recipient, RecipientKind};
use domain::release::make::Wish;
use domain::time::{Period, Span, SpanKind};
use notebook::entropy::Moment;
use notebook::notebook::Notebook;
use notebook::view::{BoardFilter, BoardInput, DepotInput, ExplainInput, Face, NightsInput, PeriodInput};
use peers::{Answer, Asked, Told};
use region::{UNITS, WEEKS, iso_week, unit_id};
use std::collections::BTreeMap;
use std::io::Write;
use std::path::Path;
use std::time::Instant;
use uscita_load::spread::Spread;

/// Times that each question is asked.
const TIMES: usize = 7;
/// Weeks of a year, and of a quarter.
const YEAR: u32 = 52;
const QUARTER: u32 = 13;
/// The unit that is looked at by itself.
const UNIT: u32 = 41;

/// Everything that was measured.
pub struct Figures {
    made: desk::Made,
    opening: Spread,
    page: Spread,
    others: Vec<(&'static str, Spread)>,
    recount_s: f64,
    resum_s: f64,
    peak_mb: f64,
    all: Vec<Told>,
    missing: Vec<String>,
}

/// Measures and prints.
///
/// # Errors
/// If the region cannot be made, or two engines do not agree.
pub fn run(dir: &Path, python: Option<&Path>, json: bool) -> Result<()> {
    std::fs::create_dir_all(dir)?;
    let folder = dir.join("desk");
    drop(desk::open(&folder)?);
    uscita_load::memory::forget_peak(std::process::id())?;
    let mut opening = Spread::default();
    for _ in 0..3 {
        opening.time(|| -> Result<()> {
            let (desk, _) = desk::open(&folder)?;
            desk.tally(iso_week(WEEKS - 1))?;
            Ok(())
        })?;
    }
    let (mut notebook, made) = desk::open(&folder)?;
    let ours = ask_ours(&notebook)?;
    let page = week_pages(&notebook)?;
    let others = other_pages(&notebook)?;
    let peak_mb = desk::peak_mb()?;
    let began = Instant::now();
    notebook.sum_weeks()?;
    let resum_s = began.elapsed().as_secs_f64();
    let began = Instant::now();
    let mut told = 0;
    notebook.recount(|progress| {
        if progress.done >= told + 10_000 {
            told = progress.done;
            drop(writeln!(std::io::stderr(), "{} of {} counted anew", progress.done, progress.of));
        }
    })?;
    let recount_s = began.elapsed().as_secs_f64();
    drop(notebook);
    let questions = questions();
    let asked = Asked { questions: &questions, times: TIMES };
    let (mut all, mut missing) = (vec![ours], Vec::new());
    all.push(peers::sqlite(dir, &asked)?);
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    all.push(runtime.block_on(peers::postgres(&asked))?);
    match python.map(|python| peers::duckdb(python, &peers::rows(dir)?, &asked)) {
        Some(Ok(told)) => all.push(told),
        Some(Err(error)) => missing.push(format!("DuckDB: {error}")),
        None => missing.push("DuckDB: its package for Python could not be installed".into()),
    }
    agree(&all)?;
    let figures = Figures { made, opening, page, others, recount_s, resum_s, peak_mb, all, missing };
    if json { figures.print_json() } else { figures.print_table() }
}

/// The questions in SQL: per week contacts, and at most so many persons; or that of all the weeks together.
fn questions() -> BTreeMap<&'static str, String> {
    let at_most = "count(DISTINCT person) + count(*) - count(person)";
    let trend =
        |of: &str| format!("SELECT week, count(*), {at_most} FROM contact WHERE {of} GROUP BY week ORDER BY week");
    let span = |weeks: u32| format!("SELECT count(*), {at_most} FROM contact WHERE week >= {}", WEEKS - weeks);
    BTreeMap::from([
        ("ten years", trend("week >= 0")),
        ("last year", trend(&format!("week >= {}", WEEKS - YEAR))),
        ("one unit", trend(&format!("unit = {UNIT}"))),
        ("persons of a quarter", span(QUARTER)),
        ("persons of a year", span(YEAR)),
        ("persons of ten years", span(WEEKS)),
    ])
}

fn ask_ours(desk: &Notebook) -> Result<Told> {
    let mut told = Told::new("Uscita".into());
    let number = |n: u64| n.cast_signed();
    let unit = unit_id(UNIT);
    for _ in 0..TIMES {
        for (name, weeks, of) in
            [("ten years", WEEKS, None), ("last year", YEAR, None), ("one unit", WEEKS, Some(&unit))]
        {
            let began = Instant::now();
            let points = desk.trend(iso_week(WEEKS - 1), u16::try_from(weeks)?, of)?;
            let row = |(week, point): (u32, &notebook::counted::TrendPoint)| {
                vec![i64::from(week), number(point.contacts), number(point.unique_max)]
            };
            told.note(name, began, (WEEKS - weeks..).zip(&points).map(row).collect());
        }
        for (name, weeks) in
            [("persons of a quarter", QUARTER), ("persons of a year", YEAR), ("persons of ten years", WEEKS)]
        {
            let span = Span::new(region::monday(WEEKS - weeks), iso_week(WEEKS - 1).sunday())
                .unwrap_or(Span::from(iso_week(0)));
            let began = Instant::now();
            let people = desk.people(span)?;
            told.note(name, began, vec![vec![number(people.contacts), number(people.unique_max)]]);
        }
    }
    Ok(told)
}

/// The day on which everything is looked at: soon after the last night.
fn now() -> Moment {
    Moment::at((region::monday(WEEKS) + Days::new(1)).and_time(NaiveTime::MIN).and_utc() + TimeDelta::hours(9))
}

/// The page of a week as the window shows it, inside: figures and breakdowns, planned against done, what is missing,
/// thirteen weeks, the nights.
fn week_pages(desk: &Notebook) -> Result<Spread> {
    let mut page = Spread::default();
    for number in 0..104 {
        // Weeks here and there.
        let week = iso_week(13 + number * 197 % (WEEKS - 13));
        let input = PeriodInput { kind: SpanKind::Week, date: Some(week.monday()), face: Face::Internal };
        let view = page.time(|| desk.period_page(input, now()))?;
        ensure!(view.nights.len() == UNITS as usize && view.trend.len() == 13, "the page of {week}");
    }
    Ok(page)
}

/// The other pages of the desk, and the preview of releases.
fn other_pages(desk: &Notebook) -> Result<Vec<(&'static str, Spread)>> {
    let mut pages: Vec<(&'static str, Spread)> = Vec::new();
    let mut time = |name, work: &mut dyn FnMut(u32) -> Result<()>| -> Result<()> {
        let mut spread = Spread::default();
        for turn in 0..TIMES as u32 {
            spread.time(|| work(turn))?;
        }
        pages.push((name, spread));
        Ok(())
    };
    let week_of = |turn: u32| iso_week(WEEKS - 2 - turn * 7);
    time("page of a quarter, ms", &mut |turn| {
        let date = Some(week_of(turn * 4).monday());
        let input = PeriodInput { kind: SpanKind::Quarter, date, face: Face::Internal };
        desk.period_page(input, now())?;
        Ok(())
    })?;
    time("page of the project, ms", &mut |_| {
        let input = PeriodInput { kind: SpanKind::Project, date: None, face: Face::Internal };
        desk.period_page(input, now())?;
        Ok(())
    })?;
    time("where a number of a week is from, ms", &mut |turn| {
        let (id, date) = ("contacts".to_owned(), week_of(turn).monday());
        let input = ExplainInput { kind: SpanKind::Week, date, id, row: None };
        let parts = desk.explain_number(&input, now())?.parts;
        ensure!(parts.len() == UNITS as usize, "nights of a number");
        Ok(())
    })?;
    time("board of referrals, ms", &mut |turn| {
        let view = desk.board_page(BoardInput { filter: BoardFilter::All, week: Some(week_of(turn)) }, now())?;
        ensure!(view.open > 0, "nothing on the board");
        Ok(())
    })?;
    time("calendar of outings, ms", &mut |turn| {
        let view = desk.nights_page(NightsInput { last: Some(week_of(turn)), unit: None }, now())?;
        ensure!(view.tally.done == 5 * u64::from(UNITS), "nights of the calendar");
        Ok(())
    })?;
    time("depot, ms", &mut |turn| {
        let view = desk.depot_page(DepotInput { week: Some(week_of(turn)) }, now())?;
        ensure!(!view.balances.is_empty(), "nothing in the bags");
        Ok(())
    })?;
    let recipient = Recipient::new(RecipientKind::Municipality, "REG").context("a recipient")?;
    for (name, period) in [
        ("preview of a release of a week, ms", Period::week(week_of(0))),
        ("preview of a release of a quarter, ms", Period::Quarter { quarter: "2025-Q3".parse()? }),
    ] {
        time(name, &mut |_| {
            let wish = Wish { recipient: recipient.clone(), period, correct: false };
            ensure!(!desk.draft_release(&wish, now())?.release.tables.is_empty(), "tables of a release");
            Ok(())
        })?;
    }
    Ok(pages)
}

/// Every engine must say the same.
fn agree(all: &[Told]) -> Result<()> {
    let Some((first, others)) = all.split_first() else { return Ok(()) };
    for other in others {
        for (name, answer) in &first.answers {
            let same: Option<&Answer> = other.answers.get(name);
            ensure!(same == Some(answer), "{} and {} do not agree on {name}", first.engine, other.engine);
        }
    }
    Ok(())
}
