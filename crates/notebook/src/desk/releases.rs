//! The page of the releases (*Rilasci*). Pure: from what was given and what is wanted to what the screen shows.

use super::release::KnownRelease;
use crate::view::{
    HiddenCellView, PreviewTableView, PreviewView, RangeView, RecipientKindView, RecipientView, ReleaseBlockView,
    ReleaseDocumentView, ReleaseGridLineView, ReleaseGridView, ReleaseLineView, ReleasePeriodView, ReleaseRowView,
    ReleasesView, ToComeView, number,
};
use chrono::NaiveDate;
use domain::disclosure::{Class, Ledger, Recipient, RecipientKind, Refusal, TableId, pair};
use domain::programme::{BasePeriod, Programme};
use domain::release::history::{Exact, History};
use domain::release::make::{Draft, Note, Wish};
use domain::release::sheet::{Block, Grid, GridLine, Line, Sheet};
use domain::release::{Cell, CrossedLine, Crossing, Release, Table};
use domain::time::{IsoWeek, Period};
use std::collections::BTreeSet;

#[cfg(test)]
mod tests;

/// The figures that are drawn from contacts.
const OF_CONTACTS: [&str; 2] = ["contacts", "presences"];

/// Before today, what can be given of each length: so many.
const fn how_many(granularity: BasePeriod) -> usize {
    match granularity {
        BasePeriod::Week => 53,
        BasePeriod::Month => 24,
        BasePeriod::Quarter => 12,
        BasePeriod::HalfYear => 6,
    }
}

/// The page as it stands.
pub(crate) fn page(
    programme: &Programme,
    history: &History,
    known: &[KnownRelease],
    first: Option<IsoWeek>,
    today: NaiveDate,
) -> ReleasesView {
    // The programme's first week, or that of an earlier night.
    let start = IsoWeek::of(programme.start);
    let first = first.map_or(start, |night| night.min(start));
    let ledger = history.ledger();
    let recipients: BTreeSet<&Recipient> = history.given().iter().map(|given| &given.release.recipient).collect();
    let over = |granularity| periods_over(granularity, first, today);
    let mut rows: Vec<ReleaseRowView> = known.iter().map(|one| row(one, known)).collect();
    rows.reverse();
    ReleasesView {
        base_period: programme.base_period,
        kinds: RecipientKind::ALL
            .iter()
            .map(|kind| RecipientKindView { kind: *kind, k: kind.threshold(programme.k_external).get() })
            .collect(),
        recipients: recipients
            .into_iter()
            .map(|recipient| {
                let step = step(&ledger, recipient);
                let open = lengths(step).iter().flat_map(|granularity| over(*granularity));
                let periods = open.filter(|period| history.find(recipient, period).is_none());
                RecipientView {
                    kind: recipient.kind,
                    code: recipient.code.clone(),
                    k: recipient.kind.threshold(programme.k_external).get(),
                    step,
                    periods: periods.map(|period| period_view(&period)).collect(),
                }
            })
            .collect(),
        periods: lengths(None)
            .iter()
            .flat_map(|granularity| over(*granularity))
            .map(|period| period_view(&period))
            .collect(),
        ledger: rows,
        zones: programme.zones.iter().map(|zone| (zone.code.clone(), zone.label.clone())).collect(),
    }
}

/// In which length the recipient gets its tables of persons.
fn step(ledger: &Ledger, recipient: &Recipient) -> Option<BasePeriod> {
    let is_its = |entry: &&domain::disclosure::LedgerEntry| {
        let is_one_way = entry.table.crossed().is_none();
        entry.recipient == *recipient && entry.table.class() == Class::Person && is_one_way
    };
    ledger.entries().iter().find(is_its).map(|entry| entry.period.granularity())
}

/// Which lengths make sense for that step: with weeks, the sensitive tables come by the month; crossed ones come by the
/// half-year to everybody.
const fn lengths(step: Option<BasePeriod>) -> &'static [BasePeriod] {
    match step {
        None => &[BasePeriod::Week, BasePeriod::Month, BasePeriod::Quarter, BasePeriod::HalfYear],
        Some(BasePeriod::Week) => &[BasePeriod::Week, BasePeriod::Month, BasePeriod::HalfYear],
        Some(BasePeriod::Month) => &[BasePeriod::Month, BasePeriod::HalfYear],
        Some(BasePeriod::Quarter) => &[BasePeriod::Quarter, BasePeriod::HalfYear],
        Some(BasePeriod::HalfYear) => &[BasePeriod::HalfYear],
    }
}

/// The periods that are over, the latest first, back to the one of the first week.
fn periods_over(granularity: BasePeriod, first: IsoWeek, today: NaiveDate) -> Vec<Period> {
    let now = granularity.holding(IsoWeek::of(today));
    std::iter::successors(Some(now.previous()), |period| Some(period.previous()))
        .take_while(|period| period.bounds().1 >= first)
        .take(how_many(granularity))
        .collect()
}

/// A period for the screen.
pub(crate) fn period_view(period: &Period) -> ReleasePeriodView {
    let (first, last) = period.bounds();
    ReleasePeriodView {
        code: period.to_string(),
        granularity: period.granularity(),
        from: first.monday(),
        to: last.sunday(),
    }
}

fn row(known: &KnownRelease, all: &[KnownRelease]) -> ReleaseRowView {
    let release = &known.release;
    let corrects = |other: &&KnownRelease| {
        other.release.replaces == Some(release.number) && other.release.recipient == release.recipient
    };
    ReleaseRowView {
        number: release.number,
        replaces: release.replaces,
        corrected_by: all.iter().rev().find(corrects).map(|other| other.release.number),
        kind: release.recipient.kind,
        code: release.recipient.code.clone(),
        period: period_view(&release.period),
        k: release.rules.k.get(),
        definitions: release.rules.definitions,
        released_on: release.released_on,
        fingerprint: known.signed.fingerprint().to_string(),
        published_on: known.published_on,
        withdrawn_on: known.withdrawn_on,
        contested: known.contested,
    }
}

/// What the document would be, and what it would go out without.
pub(crate) fn preview(draft: &Draft, to_come: Option<ToComeView>) -> PreviewView {
    let Draft { release, exact, notes } = draft;
    let activity = |table: &&domain::release::Table| table.class == Class::Activity;
    let figures = release.figures.iter().filter(|figure| !OF_CONTACTS.contains(&figure.code.as_str())).count();
    let cells: usize = release.tables.iter().filter(activity).map(|table| table.rows.len()).sum();
    let of_contacts: Vec<bool> = release
        .figures
        .iter()
        .filter(|figure| OF_CONTACTS.contains(&figure.code.as_str()))
        .map(|figure| !figure.cell.is_hidden())
        .collect();
    PreviewView {
        refusal: None,
        clash: None,
        number: Some(release.number),
        k: release.rules.k.get(),
        activity: number(figures.saturating_add(cells)),
        contacts: (!of_contacts.is_empty()).then(|| number(of_contacts.iter().filter(|shown| **shown).count())),
        tables: notes.iter().map(|note| table(note, release, exact)).collect(),
        unique: release.unique.map(|unique| RangeView { min: unique.range.min, max: unique.range.max }),
        to_come,
    }
}

/// What stands in the way of a document.
pub(crate) fn refused(wish: &Wish, refusal: Refusal, history: &History, programme: &Programme) -> PreviewView {
    let theirs = history.given().iter().rev().filter(|given| given.release.recipient == wish.recipient);
    let clash = match refusal {
        Refusal::PeriodFrozen | Refusal::PeriodOverlaps | Refusal::RulesChanged => {
            theirs.map(|given| given.release.period).find(|period| period.overlaps(&wish.period))
        }
        Refusal::GranularityChanged => {
            theirs.map(|given| given.release.period).find(|period| period.granularity() != wish.period.granularity())
        }
        Refusal::PeriodTooShort | Refusal::ThresholdTooLow | Refusal::PeriodOpen => None,
    };
    PreviewView {
        refusal: Some(refusal),
        clash: clash.map(|period| period_view(&period)),
        number: None,
        k: wish.recipient.kind.threshold(programme.k_external).get(),
        activity: 0,
        contacts: None,
        tables: Vec::new(),
        unique: None,
        to_come: None,
    }
}

fn table(note: &Note, release: &Release, exact: &[Exact]) -> PreviewTableView {
    let Note { table: id, why, left_out } = note;
    let exact = exact.iter().find(|exact| exact.table == *id);
    let crossed = release.crossings.iter().find(|crossing| crossing.code == id.code());
    let crossed = crossed.map(|crossing| (cells_of(crossing), crossing.total.is_hidden(), crossing.period));
    let given = release.tables.iter().find(|table| table.code == id.code());
    let of_table = |given: &Table| (cells(given), given.total.is_none_or(Cell::is_hidden), given.period);
    let (rows, is_withheld, period) = crossed.or_else(|| given.map(of_table)).unwrap_or_default();
    let k = id.threshold(release.rules.k);
    let hidden = |(code, _): &(String, Cell)| HiddenCellView {
        category: code.clone(),
        is_small: exact.is_some_and(|exact| k.hides(exact.count(code))),
    };
    let sum = || exact.map(|exact| exact.counts.iter().fold(0, |sum: u64, count| sum.saturating_add(*count)));
    let all_hidden = || rows.iter().filter(|(_, cell)| cell.is_hidden());
    PreviewTableView {
        id: *id,
        class: TableId::class(*id),
        k: k.get(),
        shown: number(rows.len().saturating_sub(all_hidden().count())),
        all: number(rows.len()),
        hidden: if is_withheld { Vec::new() } else { all_hidden().map(hidden).collect() },
        waiting: sum().filter(|_| is_withheld),
        why: why.iter().copied().collect(),
        left_out: *left_out,
        period: period.map(|period| period_view(&period)),
    }
}

fn cells(table: &Table) -> Vec<(String, Cell)> {
    table.rows.iter().map(|row| (row.code.clone(), row.cell)).collect()
}

/// The cells of a crossing, without its margins.
fn cells_of(crossing: &Crossing) -> Vec<(String, Cell)> {
    let of = |line: &CrossedLine| -> Vec<(String, Cell)> {
        let columns = crossing.columns.iter().zip(&line.cells);
        columns.map(|(column, cell)| (pair(&line.code, &column.code), *cell)).collect()
    };
    crossing.lines.iter().flat_map(of).collect()
}

/// A document as its recipient reads it.
pub(crate) fn document(known: &KnownRelease) -> ReleaseDocumentView {
    let Sheet { name, period, about, figures, blocks, grids, notes } =
        Sheet::of(&known.release, &known.signed.fingerprint());
    ReleaseDocumentView {
        name,
        period,
        about: about.into_iter().map(|(label, value)| (label.to_owned(), value)).collect(),
        figures: figures.into_iter().map(line).collect(),
        blocks: blocks.into_iter().map(block).collect(),
        grids: grids.into_iter().map(grid).collect(),
        notes,
    }
}

fn line(line: Line) -> ReleaseLineView {
    let width = line.width();
    let Line { label, value, is_hidden, .. } = line;
    ReleaseLineView { label, value, is_hidden, width }
}

fn grid(grid: Grid) -> ReleaseGridView {
    let Grid { title, definition, columns, lines } = grid;
    let line = |line: GridLine| ReleaseGridLineView { label: line.label, values: line.values };
    ReleaseGridView { title, definition, columns, lines: lines.into_iter().map(line).collect() }
}

fn block(block: Block) -> ReleaseBlockView {
    let Block { title, definition, lines, total } = block;
    ReleaseBlockView { title, definition, lines: lines.into_iter().map(line).collect(), total: total.map(line) }
}
