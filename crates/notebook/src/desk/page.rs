//! The page of a week (*Settimana*), inside and outside. Pure: from what was counted to what the screen shows.

use crate::view::{CellView, FigureView, NightRowView, RangeView, TableView, WhyHidden};
use domain::contact::{AgeBand, Concern, Depth, Gender, Language, Service};
use domain::desk_record::{DeskTopic, EventType, IncidentType};
use domain::disclosure::{Cell, ReleasedTable, Why};
use domain::ids::ItemCode;
use domain::indicator::{Counts, External, OutingTally, Records, Tally};
use domain::observation::ObservationReason;
use domain::outing::OutingType;
use domain::programme::Programme;
use domain::referral::{ReferralState, ServiceMacro, ServiceType};
use domain::time::{IsoWeek, Period};

/// Key of the languages that the outside gets added up.
const OTHER_LANGUAGES: &str = "other_languages";

/// Figures, breakdowns and range of a week.
#[derive(Clone, Debug)]
pub(crate) struct Page {
    pub(crate) figures: Vec<FigureView>,
    pub(crate) unique: Option<RangeView>,
    pub(crate) tables: Vec<TableView>,
    pub(crate) nights: Vec<NightRowView>,
}

/// Exact numbers.
pub(crate) fn inside(records: &Records, week: IsoWeek, programme: &Programme) -> Page {
    let tally = Tally::of(records, &Period::week(week));
    let is_of_week = |night: &&domain::sync::night_log::NightLog| week.contains(night.outing.date);
    let mut nights: Vec<NightRowView> = records
        .nights()
        .into_values()
        .filter(is_of_week)
        .filter(|night| night.outing.cancelled.is_none())
        .map(|night| {
            let counted = OutingTally::of(night);
            NightRowView {
                outing_id: night.outing.id,
                unit: night.outing.unit.clone(),
                date: night.outing.date,
                outing_type: night.outing.outing_type,
                minutes: u32::try_from(counted.minutes).unwrap_or(u32::MAX),
                contacts: counted.contacts,
                amendments: night.version(),
            }
        })
        .collect();
    nights.sort_by_key(|night| (night.date, night.outing_id));
    Page {
        figures: inside_figures(&tally),
        unique: Some(RangeView { min: tally.unique_min, max: tally.unique_max }),
        tables: inside_tables(&tally, programme),
        nights,
    }
}

fn inside_figures(tally: &Tally) -> Vec<FigureView> {
    let Tally { nights, referrals, office, .. } = tally;
    let mut figures = vec![
        figure("outings", tally.outings),
        figure("contacts", nights.contacts),
        figure("contact_events", nights.contact_events),
        figure("groups", nights.groups),
        figure("first", nights.first),
        figure("returning", nights.returning),
        figure("kind_unknown", nights.kind_unknown),
        figure("linked", nights.linked),
        figure("unlinked", nights.unlinked),
        figure("observed", nights.observed),
        figure("presences", tally.presences),
        figure("client_contacts", nights.client_contacts),
        figure("minutes", nights.minutes),
        figure("operator_minutes", nights.operator_minutes),
        figure("km", nights.km),
        figure("condoms", condoms(&nights.supplies)),
        figure("referrals_opened", referrals.referrals_opened),
        figure("referrals_open_start", referrals.referrals_open_start),
        figure("referrals_open_end", referrals.referrals_open_end),
        figure("accompaniments", referrals.accompaniments),
        figure("accompaniment_minutes", referrals.accompaniment_minutes),
        figure("desk_accesses", office.desk_accesses),
        figure("events", total(&office.events)),
        figure("event_participants", office.event_participants),
        figure("exit_requests", nights.exit_requests),
        figure("minor_protocol", nights.minor_protocol),
        figure("review_48h", nights.review_48h),
        figure("amendments", tally.amendments),
    ];
    figures.extend(tally.condoms_per_contact_x10.map(|tenths| figure("condoms_per_contact_x10", tenths)));
    figures
}

fn inside_tables(tally: &Tally, programme: &Programme) -> Vec<TableView> {
    let Tally { nights, referrals, office, .. } = tally;
    let kind = [("first", nights.first), ("returning", nights.returning), ("unknown", nights.kind_unknown)];
    let zones = programme.zones.iter().map(|zone| &zone.code);
    let gone = nights.zone.keys().filter(|code| programme.find_zone(code).is_none());
    let nationalities = programme.nationalities.iter().map(|entry| &entry.code);
    let tables = vec![
        all_of("gender", Gender::ALL, Gender::code, &nights.gender),
        all_of("age", AgeBand::ALL, AgeBand::code, &nights.age),
        some("nationality", nationalities.map(|code| (code.to_string(), get(&nights.nat, code)))),
        table("zone", zones.chain(gone).map(|code| (code.to_string(), get(&nights.zone, code)))),
        table("kind", kind.into_iter().map(|(code, n)| (code.to_owned(), n))),
        some_of("depth", Depth::ALL, Depth::code, &nights.depth),
        untotalled(some_of("services", Service::ALL, Service::code, &nights.services)),
        untotalled(some(
            "supplies",
            programme.items.iter().map(|item| (item.code.to_string(), get(&nights.supplies, &item.code))),
        )),
        some_of("leaflets", Language::ALL, Language::code, &nights.leaflets),
        some_of("language", Language::ALL, Language::code, &nights.language),
        some_of("concern", Concern::ALL, Concern::code, &nights.concern),
        some_of("observed_reason", ObservationReason::ALL, ObservationReason::code, &nights.observed_by_reason),
        all_of("referral_macro", ServiceMacro::ALL, ServiceMacro::code, &referrals.referrals_opened_by_macro),
        some_of("referral_service", ServiceType::ALL, ServiceType::code, &referrals.referrals_opened_by_service),
        some_of("referral_events", ReferralState::ALL, ReferralState::code, &referrals.referral_events),
        some_of("desk_topics", DeskTopic::ALL, DeskTopic::code, &office.desk_by_topic),
        some_of("outing_type", OutingType::ALL, OutingType::code, &tally.outings_by_type),
        some_of("events", EventType::ALL, EventType::code, &office.events),
        some_of("incidents", IncidentType::ALL, IncidentType::code, &nights.incidents),
    ];
    // An empty breakdown says nothing that its absence does not.
    tables.into_iter().filter(|table| !table.rows.is_empty()).collect()
}

/// What may leave, and why the rest may not.
pub(crate) fn outside(external: &External) -> Page {
    let activity = &external.activity;
    let mut figures = vec![
        figure("outings", activity.outings),
        FigureView { id: "contacts".into(), value: external.contacts.into() },
        FigureView { id: "presences".into(), value: external.presences.into() },
        figure("minutes", activity.minutes),
        figure("operator_minutes", activity.operator_minutes),
        figure("km", activity.km),
        figure("condoms", condoms(&activity.supplies)),
        figure("events", activity.events),
        figure("event_participants", activity.event_participants),
    ];
    figures.extend(activity.condoms_per_contact_x10.map(|tenths| figure("condoms_per_contact_x10", tenths)));
    let mut tables: Vec<TableView> = external.tables.iter().map(released).collect();
    let languages = activity.leaflets_by_language.iter();
    let language =
        |code: &String| if code == OTHER_LANGUAGES { Language::Other.code().to_owned() } else { code.clone() };
    tables.extend([
        untotalled(table("supplies", activity.supplies.iter().map(|(item, n)| (item.to_string(), *n)))),
        table("leaflets", languages.map(|(code, n)| (language(code), *n))),
        some_of("outing_type", OutingType::ALL, OutingType::code, &activity.outings_by_type),
    ]);
    tables.retain(|table| !table.rows.is_empty());
    let unique = external.unique.map(|range| RangeView { min: range.min, max: range.max });
    Page { figures, unique, tables, nights: Vec::new() }
}

fn released(table: &ReleasedTable) -> TableView {
    TableView {
        id: table.id.code().to_owned(),
        rows: table.rows.iter().map(|row| (row.category.clone(), row.cell.into())).collect(),
        total: Some(table.total.into()),
        why: table.why.iter().copied().map(WhyHidden::from).collect(),
    }
}

impl From<Cell> for CellView {
    fn from(cell: Cell) -> Self {
        match cell {
            Cell::Shown(count) => Self::Shown(count),
            Cell::Hidden => Self::Hidden,
        }
    }
}

impl From<Why> for WhyHidden {
    fn from(why: Why) -> Self {
        match why {
            Why::Small => Self::Small,
            Why::Complement => Self::Complement,
            Why::SmallTotal => Self::SmallTotal,
            Why::FewOutings => Self::FewOutings,
            Why::Audit => Self::Audit,
            Why::Sensitive => Self::Sensitive,
        }
    }
}

fn figure(id: &str, value: u64) -> FigureView {
    FigureView { id: id.to_owned(), value: CellView::Shown(value) }
}

fn get<K: Ord>(counts: &Counts<K>, key: &K) -> u64 {
    counts.get(key).copied().unwrap_or_default()
}

fn total<K>(counts: &Counts<K>) -> u64 {
    counts.values().sum()
}

fn condoms(supplies: &Counts<ItemCode>) -> u64 {
    supplies.iter().filter(|(item, _)| item.as_str().starts_with("condom_")).map(|(_, n)| n).sum()
}

/// A breakdown whose rows add up to its total.
fn table(id: &str, rows: impl Iterator<Item = (String, u64)>) -> TableView {
    let rows: Vec<(String, u64)> = rows.collect();
    let total = rows.iter().map(|(_, n)| n).sum();
    TableView {
        id: id.to_owned(),
        rows: rows.into_iter().map(|(code, n)| (code, CellView::Shown(n))).collect(),
        total: Some(CellView::Shown(total)),
        why: Vec::new(),
    }
}

/// As [`table`], without the rows that count nothing.
fn some(id: &str, rows: impl Iterator<Item = (String, u64)>) -> TableView {
    table(id, rows.filter(|(_, n)| *n > 0))
}

fn all_of<K: Ord + Copy>(id: &str, all: &[K], code: impl Fn(K) -> &'static str, counts: &Counts<K>) -> TableView {
    table(id, all.iter().map(|key| (code(*key).to_owned(), get(counts, key))))
}

fn some_of<K: Ord + Copy>(id: &str, all: &[K], code: impl Fn(K) -> &'static str, counts: &Counts<K>) -> TableView {
    some(id, all.iter().map(|key| (code(*key).to_owned(), get(counts, key))))
}

/// Pieces of different things have no sum.
fn untotalled(table: TableView) -> TableView {
    TableView { total: None, ..table }
}
