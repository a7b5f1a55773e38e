//! `uscita desk`: fetching nights, and what day staff note; the same calls as the window's.

use super::{noted, print, print_done};
use crate::arguments::{AccompanyArguments, DeskCommand, FollowUpArguments, HomeArguments, OpenArguments};
use crate::failure::Failure;
use crate::say::{Say, arguments};
use domain::ids::ReferralId;
use domain::referral::ReferralState;
use indicatif::ProgressBar;
use notebook::error::{ErrorView, NotebookError};
use notebook::session::Session;
use notebook::view::{
    AccompanimentInput, BoardFilter, BoardInput, BoardStepInput, CountingView, DeskReferralInput, NoteOfficeInput,
    Nothing, OfficeEntry, OfficeInput, TakeBackStepInput,
};
use serde_json::json;
use std::collections::BTreeSet;
use std::time::Duration;

/// What is shown is not looked at here.
const BOARD: BoardInput = BoardInput { filter: BoardFilter::Open, week: None };

pub(super) fn run(command: &DeskCommand, say: &Say) -> Result<(), Failure> {
    match command {
        DeskCommand::Update(home) => update(home, say),
        DeskCommand::List(given) => noted::list(given, say),
        DeskCommand::Access(given) => {
            let (date, topic, target_group, minutes_band) = (given.date, given.topic, given.who, given.time);
            note(OfficeEntry::Access { date, topic, target_group, minutes_band }, &given.home, say)
        }
        DeskCommand::Event(given) => {
            let (date, event_type) = (given.date, given.event_type);
            let (participants, minutes) = (given.participants, given.minutes);
            note(OfficeEntry::Event { date, event_type, participants, minutes }, &given.home, say)
        }
        DeskCommand::Incident(given) => {
            let (date, incident_type, severity) = (given.date, given.incident_type, given.severity);
            let (action, debrief_needed) = (given.action, given.debrief);
            note(OfficeEntry::Incident { date, incident_type, severity, action, debrief_needed }, &given.home, say)
        }
        DeskCommand::Correct(given) => noted::correct(given, say),
        DeskCommand::Open(given) => open(given, say),
        DeskCommand::FollowUp(given) => follow_up(given, say),
        DeskCommand::Accompany(given) => accompany(given, say),
        DeskCommand::TakeBack(given) => {
            let session = given.home.open_session(say)?;
            let referral = find_referral(&session, &given.referral)?;
            session.take_back_step(TakeBackStepInput { board: BOARD, referral, reason: given.reason })?;
            saved_referral(referral, say)
        }
    }
}

fn update(home: &HomeArguments, say: &Say) -> Result<(), Failure> {
    let session = home.open_session(say)?;
    let bar = ProgressBar::new_spinner();
    bar.enable_steady_tick(Duration::from_millis(200));
    bar.set_message(say.text("desk-updating"));
    let (told, words) = (bar.clone(), say.clone());
    session.on_pull(move |progress| told.set_message(words.counted("desk-updating-received", progress.received)));
    let status = session.desk_update(Nothing {}).and_then(|status| {
        count(&session, &bar, say)?;
        Ok(status)
    });
    bar.finish_and_clear();
    let status = status?;
    if let Some(code) = status.error {
        return Err(code.into());
    }
    let fields = json!({ "new_nights": status.new_nights, "set_aside": status.set_aside });
    print_done(say, &say.counted("desk-updated", status.new_nights.into()), &fields)?;
    match status.set_aside {
        _ if say.is_json() => Ok(()),
        0 => Ok(()),
        envelopes => print(&say.counted("desk-set-aside", envelopes.into())),
    }
}

/// Counts what came, as long as it takes: broken off, it goes on where it was.
fn count(session: &Session, bar: &ProgressBar, say: &Say) -> Result<(), ErrorView> {
    loop {
        let CountingView { done, of } = session.count_some(Nothing {})?;
        let numbers = arguments([("done", done.to_string()), ("of", of.to_string())]);
        bar.set_message(say.with("desk-counting", &numbers));
        if done >= of {
            return Ok(());
        }
    }
}

/// Notes something; tells its name, by which it is corrected.
fn note(entry: OfficeEntry, home: &HomeArguments, say: &Say) -> Result<(), Failure> {
    let session = home.open_session(say)?;
    let view = session.note_office(NoteOfficeInput { office: OfficeInput { week: Some(week_of(&entry)) }, entry })?;
    let (own, names) = session.at_day_desk(|notebook, _| Ok((notebook.device(), notebook.device_names())))?;
    let places = view.rows.iter().filter_map(|row| row.place).filter(|place| place.device == own);
    let last = places.max_by_key(|place| place.sequence).ok_or(Failure::internal("what was noted"))?;
    let name = noted::name_of(last, &names);
    print_done(say, &say.with("desk-noted", &arguments([("entry", name.clone())])), &json!({ "saved": name }))
}

fn week_of(entry: &OfficeEntry) -> domain::time::IsoWeek {
    let (OfficeEntry::Access { date, .. } | OfficeEntry::Event { date, .. } | OfficeEntry::Incident { date, .. }) =
        entry;
    domain::time::IsoWeek::of(*date)
}

fn open(given: &OpenArguments, say: &Say) -> Result<(), Failure> {
    let session = given.home.open_session(say)?;
    let known = open_referrals(&session)?;
    let parent_id = given.parent.as_deref().map(|code| find_referral(&session, code)).transpose()?;
    session.open_at_desk(DeskReferralInput {
        board: BOARD,
        date: given.date,
        service_type: given.service,
        urgency: given.urgency,
        consent: given.consent,
        reason: given.reason,
        language_need: given.language,
        mediator_needed: given.mediator,
        accompany_needed: given.accompany,
        parent_id,
        answer: given.answer,
    })?;
    let opened = open_referrals(&session)?.difference(&known).next().copied();
    match opened {
        Some(referral) => saved_referral(referral, say),
        // The answer ended it at once.
        None => print_done(say, &say.text("desk-saved"), &json!({ "saved": null })),
    }
}

fn follow_up(given: &FollowUpArguments, say: &Say) -> Result<(), Failure> {
    advance(&given.home, &given.referral, given.date, &given.state, given.outcome, None, say)
}

fn accompany(given: &AccompanyArguments, say: &Say) -> Result<(), Failure> {
    let AccompanyArguments { minutes, staff, mode, outcome, .. } = *given;
    let company = AccompanimentInput { minutes, staff_n: staff, mode, outcome };
    advance(&given.home, &given.referral, given.date, &given.state, None, Some(company), say)
}

fn advance(
    home: &HomeArguments,
    code: &str,
    date: chrono::NaiveDate,
    states: &[ReferralState],
    outcome: Option<domain::referral::ReferralOutcome>,
    company: Option<AccompanimentInput>,
    say: &Say,
) -> Result<(), Failure> {
    let session = home.open_session(say)?;
    let referral = find_referral(&session, code)?;
    let states = states.to_vec();
    session.advance_at_desk(BoardStepInput { board: BOARD, referral, date, states, outcome, company })?;
    saved_referral(referral, say)
}

fn saved_referral(referral: ReferralId, say: &Say) -> Result<(), Failure> {
    let code = referral.short_code();
    print_done(say, &say.with("desk-noted", &arguments([("entry", code.clone())])), &json!({ "saved": code }))
}

fn open_referrals(session: &Session) -> Result<BTreeSet<ReferralId>, Failure> {
    Ok(session.at_day_desk(|notebook, _| notebook.open_referrals())?.into_iter().collect())
}

/// The referral that people call by these four characters. One that is lost of view goes on when news comes; the last that
/// ended can be taken up too. Two with the same code cannot be told apart here.
fn find_referral(session: &Session, code: &str) -> Result<ReferralId, Failure> {
    let wanted = code.trim().to_uppercase();
    let mut known = open_referrals(session)?;
    known.extend(
        session.board(BoardInput { filter: BoardFilter::Ended, week: None })?.rows.into_iter().map(|row| row.id),
    );
    let mut found = known.into_iter().filter(|id| id.short_code() == wanted);
    match (found.next(), found.next()) {
        (Some(referral), None) => Ok(referral),
        _ => Err(NotebookError::NotFound("referral").into()),
    }
}
