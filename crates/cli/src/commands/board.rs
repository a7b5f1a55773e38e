//! `uscita board`: who waits, and the stock of a week.

use super::{print, print_json};
use crate::arguments::BoardArguments;
use crate::failure::Failure;
use crate::say::{Say, arguments};
use crate::table::empty_table;
use comfy_table::{CellAlignment, ColumnConstraint, Width};
use notebook::view::{BoardInput, BoardRow, BoardView, FlowView, Nothing, Overdue, ToDo};
use serde_json::json;

/// Widths of the columns: together they fit a terminal.
const WIDTHS: [u16; 6] = [7, 20, 14, 8, 14, 12];

pub(super) fn run(given: &BoardArguments, say: &Say) -> Result<(), Failure> {
    let session = given.home.open_session(say)?;
    if given.update
        && let Some(code) = session.desk_update(Nothing {})?.error
    {
        return Err(code.into());
    }
    let view = session.board(BoardInput { filter: given.show.into(), week: given.week })?;
    let waiting = waiting(view.to_do);
    if waiting > 0 || !given.quiet {
        if say.is_json() { print_json(&as_json(&view))? } else { print(&text(&view, say))? }
    }
    if waiting == 0 { Ok(()) } else { Err(Failure::Waiting(view.to_do)) }
}

/// How many wait.
pub(crate) fn waiting(to_do: ToDo) -> u64 {
    let ToDo { no_place, urgent, silent } = to_do;
    u64::from(no_place) + u64::from(urgent) + u64::from(silent)
}

fn as_json(view: &BoardView) -> serde_json::Value {
    let BoardView { today, open, to_do, rows, more, lost_after_days, waiting_events, flow, updated_at, .. } = view;
    json!({
        "today": today,
        "open": open,
        "waiting": to_do,
        "referrals": rows,
        "more_ended": more,
        "lost_after_days": lost_after_days,
        "referral_events_waiting": waiting_events,
        "flow": flow,
        "updated_at": updated_at,
    })
}

fn text(view: &BoardView, say: &Say) -> String {
    let mut parts = vec![say.counted("board-no-place", view.no_place.len().try_into().unwrap_or(u64::MAX))];
    if view.rows.is_empty() {
        parts.push(say.text("board-none-open"));
    } else {
        parts.push(table(&view.rows, say));
    }
    if view.more > 0 {
        parts.push(say.counted("board-more", view.more.into()));
    }
    parts.push(flow(&view.flow, say));
    parts.join("\n\n")
}

fn table(rows: &[BoardRow], say: &Say) -> String {
    let mut table = empty_table();
    let header = ["board-head-code", "ref-where", "ref-when", "board-days", "board-state", "board-head-waits"];
    table.set_header(header.map(|key| say.text(key)));
    for row in rows {
        table.add_row([
            row.code.clone(),
            say.text(&format!("dest-{}", row.service_type)),
            say.text(&format!("board-head-{}", row.urgency)),
            row.days.to_string(),
            say.text(&format!("state-{}", row.state)),
            row.overdue.map_or_else(String::new, |overdue| say.text(overdue_key(overdue))),
        ]);
    }
    for (index, width) in WIDTHS.into_iter().enumerate() {
        if let Some(column) = table.column_mut(index) {
            column.set_constraint(ColumnConstraint::Absolute(Width::Fixed(width)));
            column.set_cell_alignment(if index == 3 { CellAlignment::Right } else { CellAlignment::Left });
        }
    }
    table.trim_fmt()
}

const fn overdue_key(overdue: Overdue) -> &'static str {
    match overdue {
        Overdue::NoPlace => "board-overdue-no-place",
        Overdue::Urgent => "board-overdue-urgent",
        Overdue::Silent => "board-overdue-silent",
    }
}

fn flow(flow: &FlowView, say: &Say) -> String {
    let FlowView { partial, week, start, opened, ended, end, .. } = flow;
    let numbers = [("week", week.to_string()), ("start", start.to_string()), ("opened", opened.to_string())];
    let mut numbers = arguments(numbers);
    numbers.extend(arguments([("ended", ended.to_string()), ("end", end.to_string())]));
    let line = say.with("board-flow", &numbers);
    if *partial { format!("{line}\n{}", say.text("week-partial")) } else { line }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::say::Language;
    use domain::referral::{Consent, ReferralEvent, ReferralState, ServiceType, Urgency};

    fn row() -> BoardRow {
        let day = "2026-03-05".parse().unwrap();
        BoardRow {
            id: "00000000-0000-4000-8000-000000000001".parse().unwrap(),
            code: "K7QP".into(),
            from_desk: true,
            unit: None,
            service_type: ServiceType::AsylumCommission,
            urgency: Urgency::Within72h,
            consent: Consent::Verbal,
            language_need: None,
            mediator_needed: false,
            accompany_needed: false,
            opened_on: day,
            days: 11,
            state: ReferralState::NoShow,
            events: vec![ReferralEvent { date: day, state: ReferralState::Proposed, outcome: None }],
            next: Vec::new(),
            overdue: Some(Overdue::Urgent),
            lost_on: None,
            lost_by_itself: false,
            takes_back: false,
            allows_company: true,
            parent: None,
            children: Vec::new(),
            company: Vec::new(),
        }
    }

    #[test]
    fn a_row_says_who_waits_and_fits_a_terminal() {
        for language in [Language::It, Language::En] {
            let text = table(&[row()], &Say::new(language));
            let line = text.lines().find(|line| line.contains("K7QP")).unwrap_or_default();
            assert!(line.contains("11"), "{text}");
            assert!(text.lines().all(|line| line.chars().count() <= 80), "{text}");
            assert!(!text.contains("board-") && !text.contains("dest-") && !text.contains("state-"), "{text}");
        }
    }

    #[test]
    fn the_stock_reads_as_a_sum() {
        let flow = FlowView {
            partial: false,
            week: "2026-W11".parse().unwrap(),
            from: "2026-03-09".parse().unwrap(),
            to: "2026-03-15".parse().unwrap(),
            previous: None,
            next: None,
            start: 2,
            opened: 8,
            ended: 6,
            end: 4,
            measured_on: "2026-04-14".parse().unwrap(),
            completed: None,
            completed_percent: None,
        };
        let text = super::flow(&flow, &Say::new(Language::It));
        assert!(text.contains("2") && text.contains("+ 8") && text.contains("− 6") && text.contains("= 4"), "{text}");
    }
}
