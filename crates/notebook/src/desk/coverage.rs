//! How much of a period has come. Zero, missing and not signed yet are three different things: a number that is counted
//! from nights alone does not exist where none of them is here, and is too small where some are not.

use super::page::Page;
use super::period::Unsigned;
use crate::view::{CellView, PlanView};
use domain::time::Span;

/// What is known of the nights of a period.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Coverage {
    /// Nothing is known to be missing.
    Whole,
    /// Some nights are here, some are not.
    Partial,
    /// None is here, and of some nothing has come.
    Missing,
    /// None is here; all have come, and wait for a signature.
    Unsigned,
}

/// What a number is counted from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum From {
    /// Nights alone.
    Nights,
    /// Nights, and what day staff noted.
    Both,
    /// What day staff noted, or days before the period.
    Office,
}

/// The figures that are not of nights alone.
const FIGURES: [(&str, From); 14] = [
    ("referrals_opened", From::Both),
    ("referrals_open_start", From::Office),
    ("referrals_ended", From::Both),
    ("referrals_open_end", From::Both),
    ("accompaniments", From::Both),
    ("accompaniment_minutes", From::Both),
    ("emergency_requested", From::Both),
    ("emergency_placed", From::Both),
    ("emergency_no_place", From::Both),
    ("completion_pct", From::Both),
    ("amendments", From::Both),
    ("desk_accesses", From::Office),
    ("events", From::Office),
    ("event_participants", From::Office),
];

/// The breakdowns that are not of nights alone. Outings that did not take place are told by plans too.
const TABLES: [(&str, From); 11] = [
    ("referral_macro", From::Both),
    ("referral_service", From::Both),
    ("referral_events", From::Both),
    ("referral_outcomes", From::Both),
    ("referrals", From::Both),
    ("accompaniments", From::Both),
    ("incidents", From::Both),
    ("severity", From::Both),
    ("cancelled", From::Both),
    ("desk_topics", From::Office),
    ("events", From::Office),
];

fn source(list: &[(&str, From)], id: &str) -> From {
    list.iter().find(|(known, _)| *known == id).map_or(From::Nights, |(_, from)| *from)
}

impl Coverage {
    /// From the plan of a period, and from what waits for a signature.
    pub(crate) fn of(plan: &PlanView, unsigned: &Unsigned, span: Span) -> Self {
        let waits = unsigned.waits_in(span);
        match (plan.done > 0, plan.silent.is_empty()) {
            (_, true) if !waits => Self::Whole,
            (true, _) => Self::Partial,
            (false, true) => Self::Unsigned,
            (false, false) if plan.silent.iter().all(|night| night.unsigned) => Self::Unsigned,
            (false, false) => Self::Missing,
        }
    }

    /// Says on every number of a page what is known of it. A breakdown of which nothing is known is left out.
    pub(crate) fn tell(self, mut page: Page) -> Page {
        for figure in &mut page.figures {
            let from = source(&FIGURES, &figure.id);
            figure.value = self.cell(from, figure.value);
            figure.partial = self.is_partial(from);
        }
        page.tables.retain(|table| self.has(source(&TABLES, &table.id)));
        for table in &mut page.tables {
            table.partial = self.is_partial(source(&TABLES, &table.id));
        }
        page.unique = page.unique.filter(|_| self.has(From::Nights));
        page
    }

    fn has(self, from: From) -> bool {
        from != From::Nights || matches!(self, Self::Whole | Self::Partial)
    }

    fn cell(self, from: From, cell: CellView) -> CellView {
        match self {
            Self::Missing if from == From::Nights => CellView::Missing,
            Self::Unsigned if from == From::Nights => CellView::Unsigned,
            _ => cell,
        }
    }

    fn is_partial(self, from: From) -> bool {
        match from {
            From::Nights => self == Self::Partial,
            From::Both => self != Self::Whole,
            From::Office => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::{FigureView, RangeView, SilentNightView, TableView};
    use chrono::NaiveDate;
    use domain::ids::UnitId;
    use std::collections::BTreeMap;

    fn day(day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 3, day).unwrap()
    }

    fn week() -> Span {
        Span::new(day(9), day(15)).unwrap()
    }

    fn coverage(done: u64, silent: &[bool], records: u64) -> Coverage {
        let unit = UnitId::new("U1");
        let night = |unsigned: &bool| SilentNightView { date: day(12), unit: unit.clone(), unsigned: *unsigned };
        let plan = PlanView { done, silent: silent.iter().map(night).collect(), ..PlanView::default() };
        let waiting = (records > 0).then(|| (unit.clone(), records));
        let unsigned =
            Unsigned { records: waiting.into_iter().collect(), last: BTreeMap::from([(unit.clone(), day(8))]) };
        Coverage::of(&plan, &unsigned, week())
    }

    fn page() -> Page {
        let figure = |id: &str, n| FigureView { id: id.into(), value: CellView::Shown(n), partial: false };
        let table =
            |id: &str| TableView { id: id.into(), rows: Vec::new(), total: None, why: Vec::new(), partial: false };
        Page {
            figures: vec![figure("contacts", 0), figure("referrals_opened", 2), figure("desk_accesses", 0)],
            unique: Some(RangeView { min: 0, max: 0 }),
            tables: ["gender", "referral_macro", "desk_topics"].map(table).into(),
        }
    }

    /// Figures and tables, each with whether it is partial, and whether the range of persons is there.
    type Told = (Vec<(CellView, bool)>, Vec<(String, bool)>, bool);

    fn told(coverage: Coverage) -> Told {
        let page = coverage.tell(page());
        (
            page.figures.iter().map(|figure| (figure.value, figure.partial)).collect(),
            page.tables.into_iter().map(|table| (table.id, table.partial)).collect(),
            page.unique.is_some(),
        )
    }

    #[test]
    fn tells_whole_partial_missing_and_unsigned_periods_apart() {
        assert_eq!(coverage(0, &[], 0), Coverage::Whole, "nobody was to go out");
        assert_eq!(coverage(2, &[], 0), Coverage::Whole);
        assert_eq!(coverage(2, &[false], 0), Coverage::Partial);
        assert_eq!(coverage(0, &[false, true], 9), Coverage::Missing);
        assert_eq!(coverage(0, &[true], 9), Coverage::Unsigned);
        assert_eq!(coverage(0, &[], 9), Coverage::Unsigned, "it was not planned, and waits all the same");
        assert_eq!(coverage(1, &[], 9), Coverage::Partial);
    }

    #[test]
    fn zero_missing_and_unsigned_are_three_different_things() {
        let (zero, two) = (CellView::Shown(0), CellView::Shown(2));
        let all = |partial| ["gender", "referral_macro", "desk_topics"].map(|id| (id.to_owned(), partial)).to_vec();
        assert_eq!(told(Coverage::Whole), (vec![(zero, false), (two, false), (zero, false)], all(false), true));
        let (figures, tables, unique) = told(Coverage::Partial);
        assert_eq!(figures, [(zero, true), (two, true), (zero, false)]);
        assert_eq!(tables.iter().map(|(_, partial)| *partial).collect::<Vec<_>>(), [true, true, false]);
        assert!(unique);
        for (coverage, cell) in [(Coverage::Missing, CellView::Missing), (Coverage::Unsigned, CellView::Unsigned)] {
            let (figures, tables, unique) = told(coverage);
            assert_eq!(figures, [(cell, false), (two, true), (zero, false)], "referrals of the office are not all");
            assert_eq!(tables, [("referral_macro".to_owned(), true), ("desk_topics".to_owned(), false)]);
            assert!(!unique);
        }
    }
}
