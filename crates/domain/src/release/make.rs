//! Making a release: from what the desk counted and what was given before to the next document (D.4).
//!
//! | rule | how |
//! |---|---|
//! | 3 | weeks, months and quarters in which a table was withheld are counted with the next; the tables of contacts, and the figures that go with them, together |
//! | 3 | tables of contacts wait, too, while their weeks have few outings ([`has_few_outings`]) |
//! | 4 | [`crossed`]: from half a year on, after the tables of contacts |
//! | 5 | a period that is not over, or was given, is refused; tables that the recipient has in another granularity are left out |
//! | 5 | numbers that anybody was given stay as they were given, also in a longer period and for another recipient |
//! | 6 | [`protect`] |
//! | 7, 8 | class S is left out of a week |

mod crossed;

use super::history::{Exact, Given, History, entry};
use super::{DEFINITIONS, Figure, Measure, RELEASE_VERSION, Release, Row, Table, Unique, words};
use crate::disclosure::{
    Candidate, Cell, Class, PublishedRow, Recipient, Refusal, Rules, Suppressed, TableId, Threshold, UniqueRange, Why,
    protect,
};
use crate::ids::DeviceId;
use crate::indicator::{Activity, CONTACT_TABLES, Crossed, External, Records, Tally, categories, has_few_outings};
use crate::programme::Programme;
use crate::time::{IsoWeek, Period};
use chrono::NaiveDate;
use crossed::MadeCrossing;
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

/// What is wanted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wish {
    /// Who is to get it.
    pub recipient: Recipient,
    /// For which period.
    pub period: Period,
    /// Instead of what was given for it: a *rettifica*.
    pub correct: bool,
}

/// Who makes it, and when.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stamp {
    /// The desk.
    pub desk: DeviceId,
    /// Number of the manifest in force.
    pub manifest: u64,
    /// The day.
    pub today: NaiveDate,
}

/// A document that is ready to be signed, with what stays at the desk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// The document.
    pub release: Release,
    /// The counts behind its tables of persons.
    pub exact: Vec<Exact>,
    /// What became of every table of the menu.
    pub notes: Vec<Note>,
}

/// What became of a table. For the coordinator alone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// Which.
    pub table: TableId,
    /// Which rules hid something, or all of it.
    pub why: BTreeSet<Why>,
    /// Why it is not in the document at all.
    pub left_out: Option<Refusal>,
}

/// Makes the next document.
///
/// # Errors
/// A [`Refusal`].
pub fn make(
    records: &Records,
    programme: &Programme,
    history: &History,
    wish: &Wish,
    stamp: &Stamp,
) -> Result<Draft, Refusal> {
    let known: RefCell<BTreeMap<(IsoWeek, IsoWeek), Tally>> = RefCell::default();
    let tally = |period: Period| {
        let mut known = known.borrow_mut();
        known.entry(period.bounds()).or_insert_with(|| Tally::of(records, period)).clone()
    };
    let crossed = |period: Period| Crossed::of(records.nights().into_values(), period);
    make_with(&Counter { tally: &tally, crossed: &crossed }, programme, history, wish, stamp)
}

/// What counts the exact figures of a period, the same for the same period.
#[derive(Clone, Copy)]
pub struct Counter<'a> {
    /// All figures.
    pub tally: &'a dyn Fn(Period) -> Tally,
    /// Persons by two traits.
    pub crossed: &'a dyn Fn(Period) -> Crossed,
}

/// As [`make`], for a desk that keeps its sums.
///
/// # Errors
/// A [`Refusal`].
pub fn make_with(
    counter: &Counter<'_>,
    programme: &Programme,
    history: &History,
    wish: &Wish,
    stamp: &Stamp,
) -> Result<Draft, Refusal> {
    if stamp.today <= wish.period.bounds().1.sunday() {
        return Err(Refusal::PeriodOpen);
    }
    let k = wish.recipient.kind.threshold(programme.k_external);
    let maker = Maker { count: counter.tally, crossed: counter.crossed, programme, history, wish, k };
    match (history.find(&wish.recipient, &wish.period), wish.correct) {
        (None, _) => {
            let mut draft = maker.first(stamp)?;
            if let Some(displaced) = history.find_displaced(&wish.recipient, &wish.period) {
                keep_persons(&mut draft.release, &displaced.release);
            }
            Ok(draft)
        }
        (Some(_), false) => Err(Refusal::PeriodFrozen),
        (Some(given), true) => Ok(maker.correction(given, stamp)),
    }
}

/// A document whose number is another desk's, made again: what it told of persons stays as it was, or is hidden.
fn keep_persons(release: &mut Release, displaced: &Release) {
    for figure in release.figures.iter_mut().filter(|figure| is_of_persons(figure) && !figure.cell.is_hidden()) {
        let before = displaced.figures.iter().find(|before| before.code == figure.code);
        figure.cell = before.map_or(Cell::Hidden, |before| before.cell);
    }
    release.unique = release.unique.and(displaced.unique);
}

fn is_of_persons(figure: &Figure) -> bool {
    matches!(figure.code.as_str(), "contacts" | "presences" | "condoms_per_contact_x10")
}

struct Maker<'a> {
    count: &'a dyn Fn(Period) -> Tally,
    crossed: &'a dyn Fn(Period) -> Crossed,
    programme: &'a Programme,
    history: &'a History,
    wish: &'a Wish,
    k: Threshold,
}

/// A table on its way: its counts, and what may be shown of them.
struct Made {
    exact: Exact,
    shown: Suppressed,
}

impl Maker<'_> {
    fn first(&self, stamp: &Stamp) -> Result<Draft, Refusal> {
        let (ids, mut notes) = self.menu()?;
        let one_way = ids.iter().filter(|id| id.crossed().is_none());
        let mut made: Vec<Made> = one_way.map(|id| self.make_table(*id)).collect();
        withhold_together(&mut made);
        let crossings = self.make_crossings(&ids, &made);
        let contacts = self.contact_figures(&made);
        let mut release = self.document(stamp, contacts);
        for Made { exact, shown } in &made {
            notes.push(Note { table: exact.table, why: shown.why.clone(), left_out: None });
            release.tables.push(self.table(exact, shown));
        }
        for MadeCrossing { table, shown } in &crossings {
            notes.push(Note { table: table.table, why: shown.why.clone(), left_out: None });
            release.crossings.push(self.crossing(table, shown));
        }
        let mut exact: Vec<Exact> = made.into_iter().map(|made| made.exact).collect();
        exact.extend(self.exact_crossings(&crossings, &exact));
        notes.sort_by_key(|note| note.table);
        let draft = Draft { release, exact, notes };
        self.admit(&draft)?;
        Ok(draft)
    }

    /// A *rettifica*: activity is counted anew; what was given of persons stays as it was given, under the threshold of then.
    fn correction(&self, given: &Given, stamp: &Stamp) -> Draft {
        let figures = given.release.figures.iter().filter(|figure| is_of_persons(figure)).cloned().collect();
        let mut release = self.document(stamp, ContactFigures { figures, unique: given.release.unique });
        release.replaces = Some(given.release.number);
        release.rules = given.release.rules;
        release.tables.extend(given.release.tables.iter().filter(|table| table.class != Class::Activity).cloned());
        release.crossings.clone_from(&given.release.crossings);
        let note = |id: &TableId| Note { table: *id, why: BTreeSet::new(), left_out: None };
        let notes = TableId::ALL.iter().filter(|id| given.outcome(**id).is_some()).map(note).collect();
        Draft { release, exact: given.exact.clone(), notes }
    }

    /// The tables that this recipient may have for this period, and why not the others.
    fn menu(&self) -> Result<(Vec<TableId>, Vec<Note>), Refusal> {
        let ledger = self.history.ledger();
        let of_recipient = || ledger.entries().iter().filter(|entry| entry.recipient == self.wish.recipient);
        let granularity = self.wish.period.granularity();
        let (mut ids, mut notes) = (Vec::new(), Vec::new());
        for id in TableId::ALL {
            let other = |entry: &&_| -> bool {
                let entry: &crate::disclosure::LedgerEntry = entry;
                entry.table == *id && entry.period.granularity() != granularity
            };
            if !id.allows(&self.wish.period) {
                // A crossing is not on the menu of a shorter period at all.
                if id.crossed().is_some() {
                    continue;
                }
                notes.push(Note {
                    table: *id,
                    why: BTreeSet::from([Why::Sensitive]),
                    left_out: Some(Refusal::PeriodTooShort),
                });
            } else if of_recipient().any(|entry| other(&entry)) {
                notes.push(Note { table: *id, why: BTreeSet::new(), left_out: Some(Refusal::GranularityChanged) });
            } else {
                ids.push(*id);
            }
        }
        if ids.is_empty() { Err(Refusal::GranularityChanged) } else { Ok((ids, notes)) }
    }

    /// Every table is entered in the ledger as it is given: what the ledger refuses is not made.
    fn admit(&self, draft: &Draft) -> Result<(), Refusal> {
        let mut ledger = self.history.ledger();
        let given = Given { release: draft.release.clone(), exact: draft.exact.clone() };
        for id in TableId::ALL {
            if let Some((period, false, output)) = given.outcome(*id) {
                ledger.record(entry(&given.release, *id, period, output))?;
            }
        }
        Ok(())
    }

    fn make_table(&self, id: TableId) -> Made {
        let period = self.period_of(id);
        let rows = self.rows_about(id, period);
        let (categories, counts): (Vec<String>, Vec<u64>) = self.counts(id, period).into_iter().unzip();
        let candidate = Candidate { table: id, period, categories, counts };
        if CONTACT_TABLES.contains(&id) && has_few_outings(&period, &(self.count)(period)) {
            let cells = vec![Cell::Hidden; candidate.counts.len()];
            let Candidate { period, categories, counts, .. } = candidate;
            let shown = Suppressed { cells, total: Cell::Hidden, why: BTreeSet::from([Why::FewOutings]) };
            return Made { exact: Exact { table: id, period, categories, counts }, shown };
        }
        let shown = protect(&candidate, &rows, self.k, self.programme.k_external.min(self.k));
        let Candidate { period, categories, counts, .. } = candidate;
        Made { exact: Exact { table: id, period, categories, counts }, shown }
    }

    /// The weeks of longer periods that nobody was given by themselves, nor is given now.
    fn silent(&self, id: TableId, period: Period, rows: &[PublishedRow]) -> Vec<PublishedRow> {
        let is_short = |period: &Period| matches!(period, Period::Weeks { .. });
        let longer = rows.iter().map(|row| row.period).chain([period]).filter(|period| !is_short(period));
        let weeks: BTreeSet<IsoWeek> = longer.flat_map(|period| period.weeks().collect::<Vec<_>>()).collect();
        let has = |given: &Period, week: IsoWeek| is_short(given) && given.overlaps(&Period::week(week));
        let is_silent = |week: &IsoWeek| !has(&period, *week) && !rows.iter().any(|row| has(&row.period, *week));
        let row = |week: IsoWeek| {
            let counted = categories(id, &(self.count)(Period::week(week)), self.programme);
            let (categories, counts): (Vec<String>, Vec<u64>) = counted.into_iter().unzip();
            let cells = vec![Cell::Hidden; counts.len()];
            let period = Period::week(week);
            PublishedRow {
                table: id,
                period,
                categories,
                counts,
                cells,
                total: Cell::Hidden,
                k: self.k,
                is_given: false,
                blank: BTreeSet::new(),
            }
        };
        let is_new = rows.iter().any(|row| row.period.overlaps(&period));
        weeks.into_iter().filter(is_silent).filter(|_| is_new).map(row).collect()
    }

    /// The period of a table: the periods just before in which it was withheld come along (D.4.3).
    fn period_of(&self, id: TableId) -> Period {
        let mut period = self.wish.period;
        loop {
            let before = self.history.find(&self.wish.recipient, &period.previous());
            match before.and_then(|given| given.outcome(id)) {
                Some((earlier, true, _)) => period = period.merged_with(&earlier),
                _ => return period,
            }
        }
    }

    /// The counts of a table: as they were given to whomever, and counted now where nobody has them. What was withheld
    /// was given to nobody: nights that came since are counted when it is told at last.
    fn counts(&self, id: TableId, period: Period) -> Vec<(String, u64)> {
        let (mut next, last) = period.bounds();
        let mut rows = self.history.rows(id);
        rows.retain(|row| !row.total.is_hidden());
        let mut counts = categories(id, &(self.count)(period), self.programme);
        if !rows.iter().any(|row| row.period.overlaps(&period)) {
            return counts;
        }
        counts.iter_mut().for_each(|(_, count)| *count = 0);
        let mut add = |code: &str, count: u64| match counts.iter_mut().find(|(known, _)| known == code) {
            Some((_, sum)) => *sum = sum.saturating_add(count),
            None => counts.push((code.to_owned(), count)),
        };
        while next <= last {
            // The longest one: two that were put together are not known apart.
            let fits = |row: &&_| -> bool {
                let row: &PublishedRow = row;
                row.period.bounds().0 == next && row.period.bounds().1 <= last
            };
            let longest = rows.iter().filter(fits).max_by_key(|row| row.period.bounds().1);
            match longest {
                Some(row) => {
                    row.categories.iter().zip(&row.counts).for_each(|(code, count)| add(code, *count));
                    next = row.period.bounds().1.next();
                }
                None => {
                    let week = (self.count)(Period::week(next));
                    let counted = categories(id, &week, self.programme);
                    counted.iter().for_each(|(code, count)| add(code, *count));
                    next = next.next();
                }
            }
        }
        counts
    }

    fn document(&self, stamp: &Stamp, contacts: ContactFigures) -> Release {
        let Wish { recipient, period, .. } = self.wish;
        let tally = (self.count)(*period);
        let activity = External::of(&tally, self.programme, *period, self.k).activity;
        let mut figures = activity_figures(&activity);
        figures.extend(contacts.figures);
        let (first, last) = period.bounds();
        Release {
            version: RELEASE_VERSION,
            programme: self.programme.id,
            name: self.programme.name.clone(),
            number: self.history.next_number(),
            replaces: None,
            recipient: recipient.clone(),
            period: *period,
            first_day: first.monday(),
            last_day: last.sunday(),
            rules: Rules { k: self.k, definitions: DEFINITIONS },
            released_on: stamp.today,
            desk: stamp.desk,
            manifest: stamp.manifest,
            figures,
            unique: contacts.unique,
            tables: self.activity_tables(&activity),
            crossings: Vec::new(),
        }
    }

    /// What goes with the tables of contacts, of their period; nothing if the recipient does not get them.
    fn contact_figures(&self, made: &[Made]) -> ContactFigures {
        let Some(zone) = made.iter().find(|made| made.exact.table == TableId::Zone) else {
            return ContactFigures::default();
        };
        let period = zone.exact.period;
        let tally = (self.count)(period);
        let counted = zone.exact.counts.iter().fold(0_u64, |sum, count| sum.saturating_add(*count));
        let observed = tally.nights.observed;
        // What somebody has of a part of the period would give the rest away.
        let is_new = !self
            .history
            .given()
            .iter()
            .any(|given| given.release.period != self.wish.period && given.release.period.overlaps(&period));
        let is_shown = !zone.shown.total.is_hidden();
        // Who came late is not the difference of what two recipients have.
        let presences = self.history.presences(&period).unwrap_or(counted.saturating_add(observed));
        let presences = match is_shown && is_new && !self.k.hides(presences.saturating_sub(counted)) {
            true => Cell::Shown(presences),
            false => Cell::Hidden,
        };
        let longer = (period != self.wish.period).then_some(period);
        let mut figures = vec![figure("contacts", zone.shown.total, longer), figure("presences", presences, longer)];
        let external = External::of(&tally, self.programme, period, self.k);
        let ratio = external.activity.condoms_per_contact_x10.filter(|_| is_shown && longer.is_none());
        figures.extend(
            ratio
                .filter(|_| counted == tally.nights.contacts)
                .map(|tenths| figure("condoms_per_contact_x10", Cell::Shown(tenths), None)),
        );
        // Nor the difference of contacts that stay as they were given and persons who are counted today.
        let range = UniqueRange { min: tally.unique_min, max: tally.unique_max };
        let range = self.history.unique(&period).or((counted == tally.nights.contacts).then_some(range));
        let unique = range.and_then(|range| range.released(self.k)).filter(|_| is_shown);
        let unique = unique.map(|range| Unique { period: longer, range });
        ContactFigures { figures, unique }
    }

    fn table(&self, exact: &Exact, shown: &Suppressed) -> Table {
        let id = exact.table;
        let (title, definition) = words::table(id);
        let row = |(code, cell): (&String, &Cell)| Row {
            code: code.clone(),
            label: words::category(id.code(), code, self.programme.zones_ever()),
            cell: *cell,
        };
        Table {
            code: id.code().to_owned(),
            title: title.to_owned(),
            definition: definition.to_owned(),
            class: id.class(),
            period: (exact.period != self.wish.period).then_some(exact.period),
            rows: exact.categories.iter().zip(&shown.cells).map(row).collect(),
            total: Some(shown.total),
        }
    }

    fn activity_tables(&self, activity: &Activity) -> Vec<Table> {
        let types = activity.outings_by_type.iter().map(|(kind, count)| (kind.code().to_owned(), *count)).collect();
        let supplies = activity.supplies.iter().map(|(item, count)| (item.to_string(), *count)).collect();
        let leaflets = activity.leaflets_by_language.clone();
        let table = |code: &str, counts: BTreeMap<String, u64>, total: Option<Cell>| {
            let (title, definition) = words::activity(code);
            let row = |(category, count): (String, u64)| Row {
                label: words::category(code, &category, self.programme.zones_ever()),
                code: category,
                cell: Cell::Shown(count),
            };
            Table {
                code: code.to_owned(),
                title: title.to_owned(),
                definition: definition.to_owned(),
                class: Class::Activity,
                period: None,
                rows: counts.into_iter().map(row).collect(),
                total,
            }
        };
        let tables = [
            table(words::OUTING_TYPES, types, Some(Cell::Shown(activity.outings))),
            table(words::SUPPLIES, supplies, None),
            table(words::LEAFLETS, leaflets, Some(Cell::Shown(activity.leaflets))),
        ];
        tables.into_iter().filter(|table| !table.rows.is_empty()).collect()
    }
}

/// Figures that are drawn from contacts.
#[derive(Default)]
struct ContactFigures {
    figures: Vec<Figure>,
    unique: Option<Unique>,
}

fn activity_figures(activity: &Activity) -> Vec<Figure> {
    let counted = [
        ("outings", activity.outings),
        ("minutes", activity.minutes),
        ("operator_minutes", activity.operator_minutes),
        ("km", activity.km),
        ("events", activity.events),
        ("event_participants", activity.event_participants),
    ];
    counted.into_iter().map(|(code, count)| figure(code, Cell::Shown(count), None)).collect()
}

fn figure(code: &str, cell: Cell, period: Option<Period>) -> Figure {
    let (label, measure): (&str, Measure) = words::figure(code);
    Figure { code: code.to_owned(), label: label.to_owned(), measure, period, cell }
}

/// The tables of contacts have one total: where one of them is withheld, none says it.
fn withhold_together(made: &mut [Made]) {
    let is_contacts = |made: &Made| CONTACT_TABLES.contains(&made.exact.table);
    if !made.iter().any(|made| is_contacts(made) && made.shown.total.is_hidden()) {
        return;
    }
    for made in made.iter_mut().filter(|made| is_contacts(made) && !made.shown.total.is_hidden()) {
        made.shown = Suppressed {
            cells: vec![Cell::Hidden; made.shown.cells.len()],
            total: Cell::Hidden,
            why: BTreeSet::from([Why::SmallTotal]),
        };
    }
}
