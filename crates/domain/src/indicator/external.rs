//! The tables and figures of a period that may leave the desk (`domain` D.4).

use super::period::Tally;
use super::{Counts, count, of, total};
use crate::contact::{AgeBand, Concern, Gender, Language};
use crate::desk_record::{DeskTopic, IncidentType};
use crate::disclosure::{Cell, ReleasedTable, TableId, Threshold, UniqueRange, Why, ratio_x10};
use crate::ids::ItemCode;
use crate::outing::OutingType;
use crate::programme::{BasePeriod, MacroArea, Programme};
use crate::referral::ServiceMacro;
use crate::supply::LEAFLET;
use crate::time::Period;
use serde::Serialize;
use std::collections::BTreeSet;

/// Key under which leaflets in languages with fewer than k pieces are added up (*altre lingue*).
const OTHER_LANGUAGES: &str = "other_languages";

/// The tables whose total is the contacts (I05).
pub const CONTACT_TABLES: [TableId; 5] = [TableId::Zone, TableId::Gender, TableId::Age, TableId::Macro, TableId::Kind];

/// Tables of contacts of weeks with fewer outings wait for the next week (`security` 6).
pub const FEWEST_OUTINGS: u64 = 3;

/// Whether somebody who saw one night of these weeks could tell the others from a table of contacts.
#[must_use]
pub fn has_few_outings(period: &Period, tally: &Tally) -> bool {
    period.granularity() == BasePeriod::Week && (1..FEWEST_OUTINGS).contains(&tally.outings)
}

/// What an outside reader gets for one period.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct External {
    /// The period.
    pub period: Period,
    /// The threshold used.
    pub k: Threshold,
    /// What the unit did.
    pub activity: Activity,
    /// I05: hidden also when a table of contacts is withheld with its total.
    pub contacts: Cell,
    /// I10: hidden also when the difference to the contacts is small.
    pub presences: Cell,
    /// I09, if the lower bound reaches k and the contacts are published.
    pub unique: Option<UniqueRange>,
    /// The one-way tables that the period allows, in the order of the menu.
    pub tables: Vec<ReleasedTable>,
}

/// Class N: activity, not people. Published as it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Activity {
    /// I01.
    pub outings: u64,
    /// I01 by type.
    pub outings_by_type: Counts<OutingType>,
    /// I02.
    pub minutes: u64,
    /// I03.
    pub operator_minutes: u64,
    /// I04.
    pub km: u64,
    /// I25.
    pub events: u64,
    /// I25.
    pub event_participants: u64,
    /// I11 without leaflets and without items marked sensitive (D.4.8).
    pub supplies: Counts<ItemCode>,
    /// I12.
    pub leaflets: u64,
    /// I12 by language; languages with fewer than k pieces under `other_languages`.
    pub leaflets_by_language: Counts<String>,
    /// I14, if there are at least k contacts and their number is published.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub condoms_per_contact_x10: Option<u64>,
}

impl External {
    /// Protects a tally for a reader whose threshold is `k`.
    #[must_use]
    pub fn of(tally: &Tally, programme: &Programme, period: Period, k: Threshold) -> Self {
        let contacts = protected(tally.nights.contacts, k);
        let small_difference = contacts.is_hidden() || k.hides(tally.nights.observed);
        let presences = if small_difference { Cell::Hidden } else { Cell::Shown(tally.presences) };
        let unique = UniqueRange { min: tally.unique_min, max: tally.unique_max };
        let table = |id: &TableId| {
            let counts = categories(*id, tally, programme);
            // A table that the period does not allow is not on the menu of that period.
            ReleasedTable::new(*id, period, &counts, k).ok()
        };
        let mut external = Self {
            period,
            k,
            activity: Activity::of(tally, programme, k),
            contacts,
            presences,
            unique: unique.released(k),
            tables: TableId::ALL.iter().filter(|id| id.crossed().is_none()).filter_map(table).collect(),
        };
        let mut of_contacts = external.tables.iter().filter(|table| CONTACT_TABLES.contains(&table.id));
        if has_few_outings(&period, tally) {
            external.withhold_contacts(Why::FewOutings);
        } else if of_contacts.any(ReleasedTable::is_withheld) {
            external.withhold_contacts(Why::SmallTotal);
        }
        external
    }

    /// A table of contacts may be withheld with its total although there are k contacts: five zones with one contact
    /// each. Its total is that of its siblings, so the page then says nowhere how many contacts there were.
    fn withhold_contacts(&mut self, why: Why) {
        self.contacts = Cell::Hidden;
        self.presences = Cell::Hidden;
        self.unique = None;
        self.activity.condoms_per_contact_x10 = None;
        for table in self.tables.iter_mut().filter(|table| CONTACT_TABLES.contains(&table.id)) {
            table.rows.iter_mut().for_each(|row| row.cell = Cell::Hidden);
            table.total = Cell::Hidden;
            table.why = BTreeSet::from([why]);
        }
    }

    /// The table, if the period allows it.
    #[must_use]
    pub fn find_table(&self, id: TableId) -> Option<&ReleasedTable> {
        self.tables.iter().find(|table| table.id == id)
    }
}

impl Activity {
    fn of(tally: &Tally, programme: &Programme, k: Threshold) -> Self {
        let nights = &tally.nights;
        let is_open = |item: &ItemCode| item.as_str() != LEAFLET && !programme.is_sensitive_item(item);
        Self {
            outings: tally.outings,
            outings_by_type: tally.outings_by_type.clone(),
            minutes: nights.minutes,
            operator_minutes: nights.operator_minutes,
            km: nights.km,
            events: total(&tally.office.events),
            event_participants: tally.office.event_participants,
            supplies: nights.supplies.iter().filter(|(item, _)| is_open(item)).map(owned).collect(),
            leaflets: total(&nights.leaflets),
            leaflets_by_language: group_small(&nights.leaflets, k),
            condoms_per_contact_x10: ratio_x10(nights.condoms_to_persons, nights.contacts, k),
        }
    }
}

fn owned<K: Clone>((key, n): (&K, &u64)) -> (K, u64) {
    (key.clone(), *n)
}

/// A lone total: hidden below k (D.4.3).
fn protected(count: u64, k: Threshold) -> Cell {
    if k.hides(count) { Cell::Hidden } else { Cell::Shown(count) }
}

fn group_small(leaflets: &Counts<Language>, k: Threshold) -> Counts<String> {
    let mut grouped = Counts::new();
    for (language, n) in leaflets {
        let key = if k.hides(*n) { OTHER_LANGUAGES } else { language.code() };
        count(&mut grouped, &key.to_owned(), *n);
    }
    grouped
}

/// The exact counts of a table, in its fixed order of categories, zeros included. For the desk alone. Crossings are
/// counted by [`super::Crossed`]: a tally has nothing of them.
#[must_use]
pub fn categories(id: TableId, tally: &Tally, programme: &Programme) -> Vec<(String, u64)> {
    let nights = &tally.nights;
    let referrals = &tally.referrals;
    match id {
        TableId::Zone => by_zone(tally, programme),
        TableId::Gender => named([
            ("woman", of(&nights.gender, &Gender::Woman)),
            ("trans", sum(&nights.gender, &[Gender::TransWoman, Gender::TransMan])),
            ("man", of(&nights.gender, &Gender::Man)),
            ("other_not_recorded", sum(&nights.gender, &[Gender::Other, Gender::NotRecorded])),
        ]),
        TableId::Age => named([
            ("18_24", of(&nights.age, &AgeBand::From18To24)),
            ("25_34", of(&nights.age, &AgeBand::From25To34)),
            ("35_plus", sum(&nights.age, &[AgeBand::From35To44, AgeBand::From45])),
            ("other_not_recorded", sum(&nights.age, &[AgeBand::Under18Presumed, AgeBand::NotRecorded])),
        ]),
        TableId::Macro => {
            let mut areas: Counts<MacroArea> = Counts::new();
            for (nationality, n) in &nights.nat {
                count(&mut areas, &programme.macro_area(nationality), *n);
            }
            coded(MacroArea::ALL, MacroArea::code, &areas)
        }
        TableId::Kind => named([
            ("first", nights.first),
            ("returning_or_unknown", nights.returning.saturating_add(nights.kind_unknown)),
        ]),
        TableId::GenderAge | TableId::GenderMacro => Vec::new(),
        TableId::ReferralMacro => coded(ServiceMacro::ALL, ServiceMacro::code, &referrals.referrals_opened_by_macro),
        TableId::Accompaniments => coded(ServiceMacro::ALL, ServiceMacro::code, &referrals.accompaniments_by_macro),
        TableId::DeskTopics => coded(DeskTopic::ALL, DeskTopic::code, &tally.office.desk_by_topic),
        TableId::ExitRequests => named([("exit_requests", nights.exit_requests)]),
        TableId::Emergency => named([
            ("requested", referrals.emergency_requested),
            ("placed", referrals.emergency_placed),
            ("no_place", referrals.emergency_no_place),
        ]),
        TableId::Minors => named([("contacts", nights.presumed_minors), ("observed", nights.observed_minors)]),
        TableId::Concern => {
            let noted = [Concern::Possible, Concern::Probable, Concern::Declared];
            coded(&noted, Concern::code, &nights.concern)
        }
        TableId::Incidents => coded(IncidentType::ALL, IncidentType::code, &nights.incidents),
        TableId::SensitiveSupplies => programme
            .items
            .iter()
            .filter(|item| item.sensitive)
            .map(|item| (item.code.to_string(), of(&nights.supplies, &item.code)))
            .collect(),
    }
}

/// Zones of the programme, also those without anybody; then zones that have left the list since.
fn by_zone(tally: &Tally, programme: &Programme) -> Vec<(String, u64)> {
    let zones = &tally.nights.zone;
    let listed = programme.zones.iter().map(|zone| (zone.code.to_string(), of(zones, &zone.code)));
    let gone = zones.iter().filter(|(code, _)| !programme.lists_zone(code));
    listed.chain(gone.map(|(code, n)| (code.to_string(), *n))).collect()
}

fn sum<K: Ord>(counts: &Counts<K>, keys: &[K]) -> u64 {
    keys.iter().fold(0, |sum, key| sum.saturating_add(of(counts, key)))
}

fn named<const N: usize>(rows: [(&str, u64); N]) -> Vec<(String, u64)> {
    rows.into_iter().map(|(category, n)| (category.to_owned(), n)).collect()
}

fn coded<K: Ord + Copy>(all: &[K], code: impl Fn(K) -> &'static str, counts: &Counts<K>) -> Vec<(String, u64)> {
    all.iter().map(|key| (code(*key).to_owned(), of(counts, key))).collect()
}
