//! *Rubrica*: the programme's services as they stand at this moment. Nothing is asked of the network, nothing of what
//! is looked up is kept.

use super::Session;
use crate::error::{ErrorView, Result};
use crate::notebook::Notebook;
use crate::view::{
    DirectoryEntryView, DirectoryView, NextOpeningView, Nothing, OpeningSpanView, OpeningView, QuickNumbersView,
};
use chrono::{DateTime, Utc};
use domain::contact::Language;
use domain::directory::{
    ANTIVIOLENCE_NUMBER, EMERGENCY_NUMBER, HELPLINE_NUMBER, Opening, OpeningSpan, ServiceEntry, opening_at,
};
use domain::time::{offset_minutes, operational_date};
use std::cmp::Reverse;
use std::collections::BTreeMap;

#[cfg(test)]
mod tests;

impl Session {
    /// The directory: what is open, what asks for what, whom to call.
    pub fn directory(&self, _: Nothing) -> std::result::Result<DirectoryView, ErrorView> {
        self.with_notebook(|notebook, moment| directory_view(notebook, moment.now))
    }
}

fn directory_view(notebook: &Notebook, now: DateTime<Utc>) -> Result<DirectoryView> {
    let programme = notebook.programme()?;
    let mut entries: Vec<DirectoryEntryView> = programme.directory.iter().map(|entry| view(entry, now)).collect();
    entries.sort_by_key(|entry| rank(&entry.opening));
    Ok(DirectoryView {
        numbers: QuickNumbersView {
            emergency: EMERGENCY_NUMBER.to_owned(),
            helpline: HELPLINE_NUMBER.to_owned(),
            antiviolence: ANTIVIOLENCE_NUMBER.to_owned(),
            coordinator: programme.coordinator_phone.clone(),
        },
        languages: languages(&programme.directory),
        entries,
    })
}

/// Open ones first; then by the minutes until the door opens.
fn rank(opening: &OpeningView) -> (u8, u32) {
    match opening {
        OpeningView::Open { .. } => (0, 0),
        OpeningView::Closed { opens: Some(opens) } => (1, opens.minutes),
        OpeningView::Closed { opens: None } => (2, 0),
        OpeningView::Unknown => (3, 0),
    }
}

/// Languages to filter by: those of the services, the most frequent first. Everybody on the team speaks Italian.
fn languages(directory: &[ServiceEntry]) -> Vec<Language> {
    let mut counts: BTreeMap<Language, usize> = BTreeMap::new();
    for language in directory.iter().flat_map(|entry| &entry.languages) {
        *counts.entry(*language).or_default() += 1;
    }
    counts.remove(&Language::It);
    let mut languages: Vec<(Language, usize)> = counts.into_iter().collect();
    languages.sort_by_key(|(language, count)| (Reverse(*count), *language));
    languages.into_iter().map(|(language, _)| language).collect()
}

fn view(entry: &ServiceEntry, now: DateTime<Utc>) -> DirectoryEntryView {
    let today = operational_date(now);
    DirectoryEntryView {
        id: entry.id.clone(),
        service_type: entry.service_type,
        macro_area: entry.service_type.macro_area(),
        label: (!entry.is_protected()).then(|| entry.label.clone()),
        phone: entry.phone.clone(),
        spans: entry.opening.iter().map(span).collect(),
        opening: opening(&entry.opening, now),
        languages: entry.languages.clone(),
        needs_document: entry.needs_document,
        free: entry.free,
        walk_in: entry.walk_in,
        accompany_advised: entry.accompany_advised,
        women_only: entry.women_only,
        verified_on: entry.verified_on,
        checked_days_ago: entry.days_since_check(today),
        stale: entry.is_stale(today),
        can_show: !entry.is_protected() && !entry.opening.is_empty(),
    }
}

fn span(span: &OpeningSpan) -> OpeningSpanView {
    OpeningSpanView {
        days: span.days.iter().map(|day| day.number()).collect(),
        from_minute: span.from.minutes(),
        to_minute: span.to.minutes(),
    }
}

fn opening(spans: &[OpeningSpan], now: DateTime<Utc>) -> OpeningView {
    match opening_at(spans, now) {
        Opening::Unknown => OpeningView::Unknown,
        Opening::Open { closes_at } => OpeningView::Open { minutes: closes_at.map(|at| minutes_until(at, now)) },
        Opening::Closed { opens_at } => OpeningView::Closed { opens: opens_at.map(|at| next(at, now)) },
    }
}

fn next(at: DateTime<Utc>, now: DateTime<Utc>) -> NextOpeningView {
    let local_minutes = at.timestamp() / 60 + i64::from(offset_minutes(at));
    let minute = u16::try_from(local_minutes.rem_euclid(24 * 60)).unwrap_or_default();
    NextOpeningView { minutes: minutes_until(at, now), date: operational_date(at), minute }
}

/// Whole minutes, the one that has begun included.
fn minutes_until(at: DateTime<Utc>, now: DateTime<Utc>) -> u32 {
    let seconds = at.signed_duration_since(now).num_seconds().max(0);
    u32::try_from((seconds + 59) / 60).unwrap_or(u32::MAX).max(1)
}
