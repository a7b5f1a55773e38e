//! The board of referrals (*Invii*): which wait and for what, from the oldest. Pure.

pub(crate) use crate::view::ToDo;
use crate::view::{
    BoardFilter, BoardInput, BoardRow, BoardView, CompanyView, FlowView, Overdue, PlacedView, StateView, number,
};
use chrono::{Days, NaiveDate};
use domain::ids::{OutingId, ReferralId, UnitId};
use domain::indicator::{COMPLETION_DAYS, LostRule, Records, ReferralTally, Source};
use domain::programme::Programme;
use domain::referral::{Accompaniment, ReferralEvent, ReferralOrigin, ReferralState, ServiceType, Urgency};
use domain::sync::night_log::{DeskEntry, ReferralRow};
use domain::time::IsoWeek;
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// Days without an event after which somebody should ask.
const SILENT_DAYS: u32 = 14;
/// Days in which something must be arranged, after the day of the opening.
const SOON_DAYS: u32 = 3;
/// Ended referrals that are listed at most.
const ENDED_SHOWN: usize = 100;

/// How a referral stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Standing {
    pub(crate) state: ReferralState,
    pub(crate) is_open: bool,
    /// Whole days since the opening, until it ended.
    pub(crate) days: u32,
    pub(crate) overdue: Option<Overdue>,
}

/// How a referral stands today.
pub(crate) fn standing(row: &ReferralRow, today: NaiveDate) -> Standing {
    let last = row.events.last();
    let state = last.map_or(ReferralState::Proposed, |event| event.state);
    let end = row.events.iter().find(|event| event.state.is_terminal());
    let until = end.map_or(today, |event| event.date);
    let silent = days_between(last.map_or(row.opened_on, |event| event.date), today);
    let standing = Standing { state, is_open: end.is_none(), days: days_between(row.opened_on, until), overdue: None };
    let overdue = standing.is_open.then(|| overdue(row.urgency, standing, silent)).flatten();
    Standing { overdue, ..standing }
}

fn overdue(urgency: Urgency, standing: Standing, silent: u32) -> Option<Overdue> {
    use ReferralState as S;
    let in_time = match urgency {
        Urgency::Immediate => 0,
        Urgency::Within72h => SOON_DAYS,
        Urgency::Routine => u32::MAX,
    };
    let is_arranged = !matches!(standing.state, S::Proposed | S::Accepted | S::Requested | S::NoShow);
    if standing.state == S::NoPlace {
        Some(Overdue::NoPlace)
    } else if !is_arranged && standing.days > in_time {
        Some(Overdue::Urgent)
    } else {
        (silent >= SILENT_DAYS).then_some(Overdue::Silent)
    }
}

/// How many wait.
pub(crate) fn to_do(records: &Records, today: NaiveDate) -> ToDo {
    to_do_of(records.referrals().values().map(|row| standing(row, today)))
}

fn to_do_of(standings: impl Iterator<Item = Standing>) -> ToDo {
    let mut to_do = ToDo::default();
    for standing in standings {
        match standing.overdue {
            Some(Overdue::NoPlace) => to_do.no_place += 1,
            Some(Overdue::Urgent) => to_do.urgent += 1,
            Some(Overdue::Silent) => to_do.silent += 1,
            None => {}
        }
    }
    to_do
}

/// The whole page.
pub(crate) fn board(
    records: &Records,
    programme: &Programme,
    today: NaiveDate,
    input: BoardInput,
    updated_at: Option<String>,
) -> BoardView {
    let known = Known::of(records, programme, today);
    let mut rows: Vec<BoardRow> = known.shown.values().map(|row| known.row(row)).collect();
    rows.sort_by_key(rank);
    let no_place: Vec<BoardRow> = rows.iter().filter(|row| row.overdue == Some(Overdue::NoPlace)).cloned().collect();
    let open = rows.iter().filter(|row| !has_ended(row)).count();
    let (rows, more) = listed(rows, input.filter);
    BoardView {
        today,
        filter: input.filter,
        open: number(open),
        to_do: to_do_of(known.shown.values().map(|row| standing(row, today))),
        no_place,
        last_placed: last_placed(known.shown.values()),
        rows,
        more: number(more),
        many_units: programme.units.len() > 1,
        lost_after_days: programme.policy.referral_lost_after_days,
        waiting_events: u32::try_from(records.waiting_events()).unwrap_or(u32::MAX),
        flow: flow(records, known.shown.values(), programme, input.week, today),
        machine: ReferralState::ALL
            .iter()
            .map(|state| StateView { state: *state, next: state.next().to_vec() })
            .collect(),
        updated_at,
    }
}

/// Without a place first, then what is urgent and waits, then the oldest; what has ended comes last, the last to end first.
fn rank(row: &BoardRow) -> (bool, Reverse<Option<NaiveDate>>, u8, NaiveDate, Urgency, ReferralId) {
    let ended_on = row.events.iter().find(|event| event.state.is_terminal()).map(|event| event.date);
    let group = match row.overdue {
        Some(Overdue::NoPlace) => 0,
        Some(Overdue::Urgent) => 1,
        _ => 2,
    };
    (ended_on.is_some(), Reverse(ended_on), group, row.opened_on, row.urgency, row.id)
}

fn has_ended(row: &BoardRow) -> bool {
    row.events.iter().any(|event| event.state.is_terminal())
}

/// The rows that are listed, and how many more ended.
fn listed(rows: Vec<BoardRow>, filter: BoardFilter) -> (Vec<BoardRow>, usize) {
    let (mut ended, mut open): (Vec<BoardRow>, Vec<BoardRow>) = rows.into_iter().partition(has_ended);
    if filter == BoardFilter::Open {
        return (open, 0);
    }
    let more = ended.len().saturating_sub(ENDED_SHOWN);
    ended.truncate(ENDED_SHOWN);
    if filter == BoardFilter::All {
        open.append(&mut ended);
        return (open, more);
    }
    (ended, more)
}

/// What a row is made of.
struct Known<'a> {
    today: NaiveDate,
    lost_after_days: u16,
    /// Lost ones end with it.
    shown: BTreeMap<ReferralId, ReferralRow>,
    noted: BTreeMap<ReferralId, ReferralRow>,
    units: BTreeMap<OutingId, &'a UnitId>,
    children: BTreeMap<ReferralId, Vec<ReferralId>>,
    company: BTreeMap<ReferralId, Vec<Accompaniment>>,
    at_desk: BTreeMap<(ReferralId, ReferralEvent), Source>,
}

impl<'a> Known<'a> {
    fn of(records: &'a Records, programme: &Programme, today: NaiveDate) -> Self {
        let shown = records.referrals();
        let mut children: BTreeMap<ReferralId, Vec<ReferralId>> = BTreeMap::new();
        for row in shown.values() {
            if let Some(parent) = row.parent_id {
                children.entry(parent).or_default().push(row.id);
            }
        }
        let mut company: BTreeMap<ReferralId, Vec<Accompaniment>> = BTreeMap::new();
        for went in records.accompaniments().into_values() {
            company.entry(went.referral_id).or_default().push(went);
        }
        Self {
            today,
            lost_after_days: programme.policy.referral_lost_after_days,
            noted: records.paths(),
            units: records.nights().into_iter().map(|(id, log)| (id, &log.outing.unit)).collect(),
            at_desk: noted_at_desk(records),
            shown,
            children,
            company,
        }
    }

    fn row(&self, row: &ReferralRow) -> BoardRow {
        let Standing { state, is_open, days, overdue } = standing(row, self.today);
        let noted = self.noted.get(&row.id).map_or(&[][..], |noted| noted.events.as_slice());
        let last = noted.last();
        let last_noted = last.map_or(ReferralState::Proposed, |event| event.state);
        let code = |id: ReferralId| id.short_code();
        let mut company = self.company.get(&row.id).cloned().unwrap_or_default();
        company.sort_by_key(|went| (went.date, went.id));
        let was_accompanied = noted.iter().any(|event| event.state == ReferralState::Accompanied);
        BoardRow {
            id: row.id,
            code: row.id.short_code(),
            unit: match row.origin {
                ReferralOrigin::Outing(outing) => self.units.get(&outing).map(|unit| (*unit).clone()),
                ReferralOrigin::Desk => None,
            },
            service_type: row.service_type,
            urgency: row.urgency,
            consent: row.consent,
            language_need: row.language_need,
            mediator_needed: row.mediator_needed,
            accompany_needed: row.accompany_needed,
            opened_on: row.opened_on,
            days,
            state,
            events: row.events.clone(),
            next: last_noted.next().to_vec(),
            overdue,
            lost_on: is_open.then(|| LostRule::day(self.lost_after_days, &row.events)).flatten(),
            lost_by_itself: row.events.len() > noted.len(),
            takes_back: last.is_some_and(|event| self.at_desk.contains_key(&(row.id, *event))),
            allows_company: was_accompanied || last_noted.may_be_accompanied(),
            parent: row.parent_id.map(code),
            children: self.children.get(&row.id).map_or_else(Vec::new, |ids| ids.iter().copied().map(code).collect()),
            company: company.iter().map(company_view).collect(),
        }
    }
}

fn company_view(went: &Accompaniment) -> CompanyView {
    let Accompaniment { id: _, referral_id: _, date, minutes, staff_n, mode, outcome } = *went;
    CompanyView { date, minutes, staff_n, mode, outcome }
}

/// The steps that only day staff noted, with the entry that holds each: these can be corrected here. A step that a team
/// noted too is the team's, and would stay.
pub(crate) fn noted_at_desk(records: &Records) -> BTreeMap<(ReferralId, ReferralEvent), Source> {
    let mut noted = BTreeMap::new();
    for (source, entry) in records.entries() {
        let (id, events) = match entry {
            DeskEntry::ReferralOpened(row) => (row.id, &row.events),
            DeskEntry::ReferralAdvanced { referral_id, events } => (*referral_id, events),
            _ => continue,
        };
        noted.extend(events.iter().map(|event| ((id, *event), source)));
    }
    for log in records.nights().into_values() {
        let opened = log.referrals.iter().flat_map(|row| row.events.iter().map(|event| (row.id, *event)));
        let followed = log.follow_ups.iter().map(|row| (row.referral_id, row.event));
        for by_a_team in opened.chain(followed) {
            noted.remove(&by_a_team);
        }
    }
    noted
}

/// The emergency place that was found last.
fn last_placed<'a>(rows: impl Iterator<Item = &'a ReferralRow>) -> Option<PlacedView> {
    let found = rows.filter(|row| row.service_type == ServiceType::EmergencyShelter).filter_map(|row| {
        let placed = row.events.iter().find(|event| event.state == ReferralState::Placed)?;
        let asked = row.events.iter().find(|event| event.state == ReferralState::Requested);
        let asked_on = asked.map_or(row.opened_on, |event| event.date);
        Some((placed.date, row.id, PlacedView { asked_on, days: days_between(asked_on, placed.date) }))
    });
    found.max_by_key(|(placed_on, id, _)| (*placed_on, *id)).map(|(_, _, view)| view)
}

/// The stock of a week, and the cohort that was opened in it.
fn flow<'a>(
    records: &Records,
    rows: impl Iterator<Item = &'a ReferralRow>,
    programme: &Programme,
    week: Option<IsoWeek>,
    today: NaiveDate,
) -> FlowView {
    let present = IsoWeek::of(today);
    let over = present.monday().pred_opt().map_or(present, IsoWeek::of);
    let week = week.unwrap_or(over).min(present);
    let first = rows.map(|row| IsoWeek::of(row.opened_on)).min();
    let before = week.monday().pred_opt().map(IsoWeek::of);
    let tally = ReferralTally::of(records, week);
    let measured_on = week.sunday().checked_add_days(Days::new(COMPLETION_DAYS)).unwrap_or(week.sunday());
    let completed = (today > measured_on).then(|| tally.referrals_completed_by_macro.values().sum::<u64>());
    let opened = tally.referrals_opened;
    let is_enough = opened >= programme.k_external.get();
    FlowView {
        week,
        from: week.monday(),
        to: week.sunday(),
        previous: before.filter(|before| first.is_some_and(|first| first <= *before)),
        next: (week < present).then(|| week.next()),
        start: tally.referrals_open_start,
        opened,
        ended: tally.referrals_ended,
        end: tally.referrals_open_end,
        measured_on,
        completed,
        completed_percent: completed.filter(|_| is_enough).and_then(|completed| percent(completed, opened)),
    }
}

/// Rounded half up.
fn percent(part: u64, whole: u64) -> Option<u64> {
    part.saturating_mul(200).saturating_add(whole).checked_div(whole.saturating_mul(2))
}

/// Whole days from one day to another, none if it is earlier.
fn days_between(from: NaiveDate, to: NaiveDate) -> u32 {
    u32::try_from(to.signed_duration_since(from).num_days()).unwrap_or_default()
}

#[cfg(test)]
mod tests;
