//! The board of referrals (*Invii*): which wait and for what, from the oldest. Pure.

use crate::error::Result;
pub(crate) use crate::view::ToDo;
use crate::view::{
    BoardFilter, BoardInput, BoardRow, BoardView, CompanyView, FlowView, Overdue, PlacedView, StateView, number,
};
use chrono::{Days, NaiveDate};
use domain::ids::{ReferralId, UnitId};
use domain::indicator::{COMPLETION_DAYS, LostRule, Records, ReferralTally, Source};
use domain::programme::Programme;
use domain::referral::{Accompaniment, ReferralEvent, ReferralOrigin, ReferralState, Urgency};
use domain::sync::night_log::{DeskEntry, ReferralRow};
use domain::time::IsoWeek;
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// Days without an event after which somebody should ask.
const SILENT_DAYS: u32 = 14;
/// Days in which something must be arranged, after the day of the opening.
const SOON_DAYS: u32 = 3;
/// Open referrals that are listed at most.
const OPEN_SHOWN: usize = 300;
/// Ended referrals that are listed at most.
pub(crate) const ENDED_SHOWN: usize = 100;

/// How a referral stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Standing {
    pub(crate) state: ReferralState,
    pub(crate) is_open: bool,
    /// Whole days since the opening, until it ended.
    pub(crate) days: u32,
    pub(crate) overdue: Option<Overdue>,
}

/// What decides how a referral stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Course {
    pub(crate) opened_on: NaiveDate,
    pub(crate) urgency: Urgency,
    pub(crate) state: ReferralState,
    /// Of the last event.
    pub(crate) last_on: NaiveDate,
    pub(crate) ended_on: Option<NaiveDate>,
}

impl Course {
    pub(crate) fn of(row: &ReferralRow) -> Self {
        let last = row.events.last();
        Self {
            opened_on: row.opened_on,
            urgency: row.urgency,
            state: last.map_or(ReferralState::Proposed, |event| event.state),
            last_on: last.map_or(row.opened_on, |event| event.date),
            ended_on: row.events.iter().find(|event| event.state.is_terminal()).map(|event| event.date),
        }
    }
}

/// How a referral stands today.
pub(crate) fn standing(course: Course, today: NaiveDate) -> Standing {
    let Course { opened_on, urgency, state, last_on, ended_on } = course;
    let days = days_between(opened_on, ended_on.unwrap_or(today));
    let standing = Standing { state, is_open: ended_on.is_none(), days, overdue: None };
    let silent = days_between(last_on, today);
    let overdue = standing.is_open.then(|| overdue(urgency, standing, silent)).flatten();
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

/// Referrals that are open.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Waiting {
    pub(crate) open: usize,
    /// Those of them that wait for somebody.
    pub(crate) to_do: ToDo,
}

/// Counts the open referrals, and gives the first in rank: as many as are listed, and all without a place.
pub(crate) fn rank_open(open: Vec<(ReferralId, Course)>, today: NaiveDate) -> (Waiting, Vec<ReferralId>) {
    let mut waiting = Waiting { open: open.len(), to_do: ToDo::default() };
    let mut ranks: Vec<Rank> = Vec::with_capacity(open.len());
    for (id, course) in open {
        let overdue = standing(course, today).overdue;
        match overdue {
            Some(Overdue::NoPlace) => waiting.to_do.no_place += 1,
            Some(Overdue::Urgent) => waiting.to_do.urgent += 1,
            Some(Overdue::Silent) => waiting.to_do.silent += 1,
            None => {}
        }
        ranks.push(rank(id, course, overdue));
    }
    let without = usize::try_from(waiting.to_do.no_place).unwrap_or(usize::MAX);
    let shown = OPEN_SHOWN.max(without).min(ranks.len());
    if shown < ranks.len() {
        ranks.select_nth_unstable(shown);
    }
    ranks.truncate(shown);
    (waiting, ranks.into_iter().map(|(.., id)| id).collect())
}

/// What the board is made of.
#[derive(Clone, Debug, Default)]
pub(crate) struct BoardData {
    /// How many are open.
    pub(crate) waiting: Waiting,
    /// The first in rank of those that are open, the last that somebody ended, and the last that were lost: with what was
    /// noted.
    pub(crate) paths: Vec<ReferralRow>,
    /// When one is lost of view.
    pub(crate) lost: Option<LostRule>,
    /// How many have ended or are lost, listed or not.
    pub(crate) ended: u64,
    /// The day on which the first one was opened.
    pub(crate) first_opened: Option<NaiveDate>,
    /// The emergency place that was found last.
    pub(crate) last_placed: Option<ReferralRow>,
    /// Of the week whose stock is proved.
    pub(crate) flow: ReferralTally,
}

/// What a row says besides its path.
#[derive(Clone, Debug, Default)]
pub(crate) struct Detail {
    /// The unit that opened it.
    pub(crate) unit: Option<UnitId>,
    /// Whether its last step was noted by day staff alone.
    pub(crate) is_last_of_desk: bool,
    /// Who went along.
    pub(crate) company: Vec<Accompaniment>,
    /// Those that follow from it.
    pub(crate) children: Vec<ReferralId>,
}

/// A path on its way to the page.
struct Path {
    noted: ReferralRow,
    /// With the end of one that is lost.
    shown: ReferralRow,
    course: Course,
    standing: Standing,
}

impl Path {
    fn of(noted: ReferralRow, lost: Option<LostRule>, today: NaiveDate) -> Self {
        let mut shown = noted.clone();
        if let Some(rule) = lost {
            rule.apply(&mut shown.events);
        }
        let course = Course::of(&shown);
        Self { noted, shown, course, standing: standing(course, today) }
    }
}

/// The week whose stock is proved: the one asked for, at most the present one; else the last that is over.
pub(crate) fn week_of(input: BoardInput, today: NaiveDate) -> IsoWeek {
    let present = IsoWeek::of(today);
    input.week.unwrap_or(present.previous()).min(present)
}

/// The whole page. `detail` is asked for the rows that are listed.
pub(crate) fn board(
    data: BoardData,
    programme: &Programme,
    today: NaiveDate,
    input: BoardInput,
    updated_at: Option<String>,
    detail: impl Fn(&ReferralRow) -> Result<Detail>,
) -> Result<BoardView> {
    let BoardData { waiting, paths, lost, ended, first_opened, last_placed, flow } = data;
    let mut paths: Vec<Path> = paths.into_iter().map(|noted| Path::of(noted, lost, today)).collect();
    paths.sort_by_key(|path| rank(path.shown.id, path.course, path.standing.overdue));
    let ended = usize::try_from(ended).unwrap_or(usize::MAX);
    let lost_after_days = programme.policy.referral_lost_after_days;
    let maker = Rows { lost_after_days, detail };
    let rows = |paths: Vec<&Path>| paths.into_iter().map(|path| maker.row(path)).collect::<Result<Vec<_>>>();
    let (listed, more) = listed(&paths, input.filter, waiting.open, ended);
    let without = paths.iter().filter(|path| path.standing.overdue == Some(Overdue::NoPlace)).collect();
    Ok(BoardView {
        today,
        filter: input.filter,
        open: number(waiting.open),
        to_do: waiting.to_do,
        no_place: rows(without)?,
        last_placed: last_placed.as_ref().and_then(placed_view),
        rows: rows(listed)?,
        more: number(more),
        many_units: programme.units.len() > 1,
        lost_after_days,
        waiting_events: u32::try_from(flow.referral_events_waiting).unwrap_or(u32::MAX),
        flow: flow_view(&flow, first_opened, programme, week_of(input, today), today),
        machine: ReferralState::ALL
            .iter()
            .map(|state| StateView { state: *state, next: state.next().to_vec() })
            .collect(),
        updated_at,
    })
}

type Rank = (bool, Reverse<Option<NaiveDate>>, u8, NaiveDate, Urgency, ReferralId);

/// Without a place first, then what is urgent and waits, then the oldest; what has ended comes last, the last to end first.
fn rank(id: ReferralId, course: Course, overdue: Option<Overdue>) -> Rank {
    let group = match overdue {
        Some(Overdue::NoPlace) => 0,
        Some(Overdue::Urgent) => 1,
        _ => 2,
    };
    let Course { opened_on, urgency, ended_on, .. } = course;
    (ended_on.is_some(), Reverse(ended_on), group, opened_on, urgency, id)
}

/// The paths that are listed, and how many more there are of these.
fn listed(paths: &[Path], filter: BoardFilter, all_open: usize, all_ended: usize) -> (Vec<&Path>, usize) {
    let (open, ended): (Vec<&Path>, Vec<&Path>) = paths.iter().partition(|path| path.standing.is_open);
    let more_open = all_open.saturating_sub(OPEN_SHOWN.min(open.len()));
    let more_ended = all_ended.saturating_sub(ENDED_SHOWN.min(ended.len()));
    let open = open.into_iter().take(OPEN_SHOWN);
    let ended = ended.into_iter().take(ENDED_SHOWN);
    match filter {
        BoardFilter::Open => (open.collect(), more_open),
        BoardFilter::Ended => (ended.collect(), more_ended),
        BoardFilter::All => (open.chain(ended).collect(), more_open.saturating_add(more_ended)),
    }
}

/// Makes rows.
struct Rows<F> {
    lost_after_days: u16,
    detail: F,
}

impl<F: Fn(&ReferralRow) -> Result<Detail>> Rows<F> {
    fn row(&self, Path { noted, shown, standing, course: _ }: &Path) -> Result<BoardRow> {
        let Detail { unit, is_last_of_desk, mut company, children } = (self.detail)(noted)?;
        company.sort_by_key(|went| (went.date, went.id));
        let last_noted = noted.events.last().map_or(ReferralState::Proposed, |event| event.state);
        let was_accompanied = noted.events.iter().any(|event| event.state == ReferralState::Accompanied);
        let may_be_lost = || LostRule::day(self.lost_after_days, &shown.events);
        Ok(BoardRow {
            id: shown.id,
            code: shown.id.short_code(),
            from_desk: shown.origin == ReferralOrigin::Desk,
            unit,
            service_type: shown.service_type,
            urgency: shown.urgency,
            consent: shown.consent,
            language_need: shown.language_need,
            mediator_needed: shown.mediator_needed,
            accompany_needed: shown.accompany_needed,
            opened_on: shown.opened_on,
            days: standing.days,
            state: standing.state,
            events: shown.events.clone(),
            next: last_noted.next().to_vec(),
            overdue: standing.overdue,
            lost_on: standing.is_open.then(may_be_lost).flatten(),
            lost_by_itself: shown.events.len() > noted.events.len(),
            takes_back: is_last_of_desk,
            allows_company: was_accompanied || last_noted.may_be_accompanied(),
            parent: shown.parent_id.map(|parent| parent.short_code()),
            children: children.iter().map(|child| child.short_code()).collect(),
            company: company.iter().map(company_view).collect(),
        })
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

/// When an emergency place was asked for, and how long it took.
fn placed_view(row: &ReferralRow) -> Option<PlacedView> {
    let placed = row.events.iter().find(|event| event.state == ReferralState::Placed)?;
    let asked = row.events.iter().find(|event| event.state == ReferralState::Requested);
    let asked_on = asked.map_or(row.opened_on, |event| event.date);
    Some(PlacedView { asked_on, days: days_between(asked_on, placed.date) })
}

/// The stock of a week, and the cohort that was opened in it.
fn flow_view(
    tally: &ReferralTally,
    first_opened: Option<NaiveDate>,
    programme: &Programme,
    week: IsoWeek,
    today: NaiveDate,
) -> FlowView {
    let measured_on = week.sunday().checked_add_days(Days::new(COMPLETION_DAYS)).unwrap_or(week.sunday());
    let completed = (today > measured_on).then(|| tally.referrals_completed_by_macro.values().sum::<u64>());
    let opened = tally.referrals_opened;
    let is_enough = opened >= programme.k_external.get();
    FlowView {
        partial: false,
        week,
        from: week.monday(),
        to: week.sunday(),
        previous: first_opened.filter(|first| *first < week.monday()).map(|_| week.previous()),
        next: (week < IsoWeek::of(today)).then(|| week.next()),
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
