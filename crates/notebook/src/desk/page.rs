//! The page of a period (*Settimana*, and longer), inside and outside. Pure: from what was counted to what the screen
//! shows.

use crate::view::{CellView, FigureView, RangeView, TableView, WhyHidden};
use domain::contact::{AgeBand, Concern, Depth, Gender, Language, Service};
use domain::desk_record::{DeskTopic, EventType, IncidentSeverity, IncidentType};
use domain::disclosure::{Cell, ReleasedTable, Why};
use domain::ids::{ItemCode, ZoneCode};
use domain::indicator::{Counts, External, OutingTally, Tally};
use domain::observation::ObservationReason;
use domain::outing::{CancelReason, CrewRole, OutingType};
use domain::programme::Programme;
use domain::referral::{ReferralOutcome, ReferralState, ServiceMacro, ServiceType};
use domain::supply::LeafletTopic;
use domain::time::SlotBand;

/// Key of what belongs to no district, or to no organisation.
const NONE: &str = "none";
/// Key of the languages that the outside gets added up.
const OTHER_LANGUAGES: &str = "other_languages";

/// Figures, breakdowns and range of a period.
#[derive(Clone, Debug)]
pub(crate) struct Page {
    pub(crate) figures: Vec<FigureView>,
    pub(crate) unique: Option<RangeView>,
    pub(crate) tables: Vec<TableView>,
}

/// What decides which figures a period has.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Reading {
    /// A quarter or longer: continuity and reach (I37, I38).
    pub(crate) long: bool,
    /// Thirty days have gone since its end: completion (I16b).
    pub(crate) completed: bool,
}

/// Exact numbers.
pub(crate) fn inside(tally: &Tally, programme: &Programme, reading: Reading) -> Page {
    Page {
        figures: inside_figures(tally, programme, reading),
        unique: Some(RangeView { min: tally.unique_min, max: tally.unique_max }),
        tables: inside_tables(tally, programme),
    }
}

fn inside_figures(tally: &Tally, programme: &Programme, reading: Reading) -> Vec<FigureView> {
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
        figure("referrals_ended", referrals.referrals_ended),
        figure("referrals_open_end", referrals.referrals_open_end),
        figure("accompaniments", referrals.accompaniments),
        figure("accompaniment_minutes", referrals.accompaniment_minutes),
        figure("desk_accesses", office.desk_accesses),
        figure("events", total(&office.events)),
        figure("event_participants", office.event_participants),
        figure("exit_requests", nights.exit_requests),
        figure("minor_protocol", nights.minor_protocol),
        figure("emergency_requested", referrals.emergency_requested),
        figure("emergency_placed", referrals.emergency_placed),
        figure("emergency_no_place", referrals.emergency_no_place),
        figure("presumed_minors", nights.presumed_minors),
        figure("observed_minors", nights.observed_minors),
        figure("review_48h", nights.review_48h),
        figure("amendments", tally.amendments),
    ];
    let completed = total(&referrals.referrals_completed_by_macro);
    let has_completion = reading.completed && !programme.k_external.hides(referrals.referrals_opened);
    let more = [
        ("condoms_per_contact_x10", tally.condoms_per_contact_x10),
        ("completion_pct", percent(completed, referrals.referrals_opened).filter(|_| has_completion)),
        ("continuity_x10", ratio(tally.linked_presences, tally.distinct_linked, 10).filter(|_| reading.long)),
        ("reached_twice", reading.long.then_some(tally.reached_twice)),
        ("nationality_missing_pct", percent(tally.nationality_not_recorded, nights.contacts)),
        ("age_missing_pct", percent(tally.age_not_recorded, nights.contacts)),
        ("gender_missing_pct", percent(tally.gender_not_recorded, nights.contacts)),
        ("kind_missing_pct", percent(nights.kind_unknown, nights.contacts)),
        ("review_48h_pct", percent(nights.review_48h, tally.outings)),
        ("sign_off_minutes", ratio(nights.sign_off_minutes, tally.outings, 1)),
    ];
    figures.extend(more.into_iter().filter_map(|(id, value)| Some(figure(id, value?))));
    figures
}

/// Whole hundredths, rounded half up; there are none of nothing.
fn percent(part: u64, of: u64) -> Option<u64> {
    ratio(part, of, 100)
}

fn ratio(numerator: u64, denominator: u64, times: u64) -> Option<u64> {
    let doubled = numerator.saturating_mul(times).saturating_mul(2).saturating_add(denominator);
    doubled.checked_div(denominator.saturating_mul(2))
}

fn inside_tables(tally: &Tally, programme: &Programme) -> Vec<TableView> {
    let Tally { nights, referrals, office, .. } = tally;
    let kind = [("first", nights.first), ("returning", nights.returning), ("unknown", nights.kind_unknown)];
    let zones = programme.zones.iter().map(|zone| &zone.code);
    let gone = nights.zone.keys().filter(|code| !programme.lists_zone(code));
    let nationalities = programme.nationalities.iter().chain(&programme.retired.nationalities).map(|entry| &entry.code);
    let tables = vec![
        all_of("gender", Gender::ALL, Gender::code, &nights.gender),
        all_of("age", AgeBand::ALL, AgeBand::code, &nights.age),
        some("nationality", nationalities.map(|code| (code.to_string(), get(&nights.nat, code)))),
        table("zone", zones.chain(gone).map(|code| (code.to_string(), get(&nights.zone, code)))),
        table("kind", kind.into_iter().map(|(code, n)| (code.to_owned(), n))),
        table("district", by_district(&nights.zone, programme).into_iter()),
        some_of("slot_band", SlotBand::ALL, SlotBand::code, &nights.slot_band),
        some_of("depth", Depth::ALL, Depth::code, &nights.depth),
        untotalled(some_of("services", Service::ALL, Service::code, &nights.services)),
        untotalled(some(
            "supplies",
            programme.items.iter().map(|item| (item.code.to_string(), get(&nights.supplies, &item.code))),
        )),
        some_of("leaflets", Language::ALL, Language::code, &nights.leaflets),
        some_of("leaflet_topics", LeafletTopic::ALL, LeafletTopic::code, &nights.leaflets_by_topic),
        some_of("language", Language::ALL, Language::code, &nights.language),
        some_of("concern", Concern::ALL, Concern::code, &nights.concern),
        some_of("observed_reason", ObservationReason::ALL, ObservationReason::code, &nights.observed_by_reason),
        all_of("referral_macro", ServiceMacro::ALL, ServiceMacro::code, &referrals.referrals_opened_by_macro),
        some_of("referral_service", ServiceType::ALL, ServiceType::code, &referrals.referrals_opened_by_service),
        some_of("referral_events", ReferralState::ALL, ReferralState::code, &referrals.referral_events),
        some_of(
            "referral_outcomes",
            ReferralOutcome::ALL,
            ReferralOutcome::code,
            &referrals.referrals_closed_by_outcome,
        ),
        some_of("desk_topics", DeskTopic::ALL, DeskTopic::code, &office.desk_by_topic),
        some_of("outing_type", OutingType::ALL, OutingType::code, &tally.outings_by_type),
        some("unit", tally.outings_by_unit.iter().map(|(unit, n)| (unit.to_string(), *n))),
        some_of("cancelled", CancelReason::ALL, CancelReason::code, &tally.outings_cancelled),
        some_of("type_minutes", OutingType::ALL, OutingType::code, &tally.minutes_by_type),
        some("org_minutes", by_org(nights, programme).into_iter()),
        some_of("role_minutes", CrewRole::ALL, CrewRole::code, &nights.operator_minutes_by_role),
        some_of("events", EventType::ALL, EventType::code, &office.events),
        some_of("incidents", IncidentType::ALL, IncidentType::code, &nights.incidents),
        some_of("severity", IncidentSeverity::ALL, IncidentSeverity::code, &nights.incidents_by_severity),
    ];
    // An empty breakdown says nothing that its absence does not.
    tables.into_iter().filter(|table| !table.rows.is_empty()).collect()
}

/// I30 by district, in the order of the zones. Nothing where the programme knows no districts.
fn by_district(zones: &Counts<ZoneCode>, programme: &Programme) -> Vec<(String, u64)> {
    if programme.zones.iter().all(|zone| zone.district.is_none()) {
        return Vec::new();
    }
    let district = |zone: &ZoneCode| programme.find_zone(zone).and_then(|zone| zone.district.as_deref());
    let mut rows: Vec<(String, u64)> = Vec::new();
    let listed = programme.zones.iter().map(|zone| &zone.code);
    let gone = zones.keys().filter(|code| programme.find_zone(code).is_none());
    for zone in listed.chain(gone) {
        let (name, n) = (district(zone).unwrap_or(NONE), get(zones, zone));
        match rows.iter_mut().find(|(known, _)| known == name) {
            Some((_, sum)) => *sum = sum.saturating_add(n),
            None => rows.push((name.to_owned(), n)),
        }
    }
    rows
}

/// I03 by organisation.
fn by_org(nights: &OutingTally, programme: &Programme) -> Vec<(String, u64)> {
    let minutes = nights.operator_minutes_by_org(programme);
    minutes.into_iter().map(|(org, n)| (org.map_or_else(|| NONE.to_owned(), |org| org.to_string()), n)).collect()
}

/// What may leave, and why the rest may not.
pub(crate) fn outside(external: &External) -> Page {
    let activity = &external.activity;
    let mut figures = vec![
        figure("outings", activity.outings),
        FigureView { id: "contacts".into(), value: external.contacts.into(), partial: false },
        FigureView { id: "presences".into(), value: external.presences.into(), partial: false },
        figure("minutes", activity.minutes),
        figure("operator_minutes", activity.operator_minutes),
        figure("km", activity.km),
        figure("condoms", condoms(&activity.supplies)),
        figure("events", activity.events),
        figure("event_participants", activity.event_participants),
    ];
    if let (Cell::Shown(presences), Cell::Shown(contacts)) = (external.presences, external.contacts) {
        figures.push(figure("observed", presences.saturating_sub(contacts)));
    }
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
    Page { figures, unique, tables }
}

fn released(table: &ReleasedTable) -> TableView {
    TableView {
        id: table.id.code().to_owned(),
        rows: table.rows.iter().map(|row| (row.category.clone(), row.cell.into())).collect(),
        total: Some(table.total.into()),
        why: table.why.iter().copied().map(WhyHidden::from).collect(),
        partial: false,
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
    FigureView { id: id.to_owned(), value: CellView::Shown(value), partial: false }
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
        partial: false,
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

#[cfg(test)]
mod tests;
