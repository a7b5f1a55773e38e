//! The programme's configuration (*progetto*), class C of `domain` B: what the admin decides and the manifest's
//! sealed part carries to the devices.

pub mod beginning;
pub mod lists;

pub use lists::{Lists, Retired};

use crate::code::code_enum;
use crate::directory::ServiceEntry;
use crate::disclosure::Threshold;
use crate::ids::{ItemCode, KitCode, NationalityCode, OperatorCode, OrgId, ProgrammeId, UnitId, ZoneCode};
use crate::time::{IsoWeek, Span};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

code_enum! {
    /// The one granularity in which a recipient gets tables (D.4.5).
    BasePeriod {
        /// *Settimana*.
        Week = "week",
        /// *Mese*: the ISO weeks whose Thursday falls in it.
        Month = "month",
        /// *Trimestre*.
        Quarter = "quarter",
        /// *Semestre*: two quarters.
        HalfYear = "half_year",
    }
}

code_enum! {
    /// Macro area of a nationality, in the fixed order of external tables; `domain` B.11.
    MacroArea {
        /// *Italia*.
        Italy = "italy",
        /// *Europa dell'Est UE*.
        EuEast = "eu_east",
        /// *Europa non UE* (*altra Europa* where western origins fall in it).
        EuropeNonEu = "europe_non_eu",
        /// *Africa occidentale*.
        AfricaWest = "africa_west",
        /// *Altra Africa*.
        AfricaOther = "africa_other",
        /// *America latina*.
        LatinAmerica = "latin_america",
        /// *Asia*.
        Asia = "asia",
        /// *Non rilevata*.
        NotRecorded = "not_recorded",
    }
}

/// An organisation that works in the programme.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(export))]
pub struct Org {
    /// Short id.
    pub id: OrgId,
    /// Name; an organisation, not a person.
    pub name: String,
}

/// A unit (*unità*): a team with its phones.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(export))]
pub struct Unit {
    /// For example `BS-U1`.
    pub id: UnitId,
    /// The organisation it belongs to.
    pub org: OrgId,
}

/// A zone (*zona*), quarter-sized; no street, no landmark.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(export))]
pub struct Zone {
    /// Short code.
    pub code: ZoneCode,
    /// Name of the quarter.
    pub label: String,
    /// District for reports.
    pub district: Option<String>,
    /// Inside the municipality.
    pub in_municipality: bool,
    /// People usually present, at least 5; else zones are merged.
    pub min_expected: u16,
}

/// One entry of the nationality list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(export))]
pub struct Nationality {
    /// ISO country code or `oth_…`.
    pub code: NationalityCode,
    /// Where it belongs outside.
    pub macro_area: MacroArea,
}

/// One item of supplies.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Item {
    /// Code; labels come from the catalogue of texts.
    pub code: ItemCode,
    /// Counts of it are class S.
    pub sensitive: bool,
}

/// What is handed out in one tap.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(export))]
pub struct Kit {
    /// Code.
    pub code: KitCode,
    /// Pieces of each item.
    pub contents: Vec<(ItemCode, u16)>,
}

/// Times and limits that the admin decides. What an older manifest does not say is as by default.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(export))]
pub struct Policy {
    /// Records an unlocked member's phone shows at most (architecture 7). 1…50, default 3.
    pub visible_records: u16,
    /// Idle time before the lock, 15…300 s.
    pub lock_after_seconds: u16,
    /// Days between a `backed_up` receipt and forgetting, 1…30, default 7.
    pub forget_after_days: u16,
    /// Days without an event before a referral is `lost`, 30…180, default 60.
    pub referral_lost_after_days: u16,
    /// Weeks of cover below which something is to be ordered, 1…26, default 4.
    pub order_below_weeks: u16,
    /// Weeks that an order is to cover, more than those and at most 52, default 10.
    pub order_for_weeks: u16,
}

impl Default for Policy {
    fn default() -> Self {
        Self {
            visible_records: 3,
            lock_after_seconds: 60,
            forget_after_days: 7,
            referral_lost_after_days: 60,
            order_below_weeks: 4,
            order_for_weeks: 10,
        }
    }
}

/// The whole configuration of a programme.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Programme {
    /// Random id.
    pub id: ProgrammeId,
    /// Name on reports.
    pub name: String,
    /// First day.
    pub start: NaiveDate,
    /// Last day, extension included.
    pub end: NaiveDate,
    /// Threshold of releases (D.4), 3…20.
    pub k_external: Threshold,
    /// Granularity of the municipality's tables.
    pub base_period: BasePeriod,
    /// Organisations.
    pub orgs: Vec<Org>,
    /// Units.
    pub units: Vec<Unit>,
    /// Operators' codes; roster with names stays elsewhere.
    pub operators: Vec<OperatorCode>,
    /// For whom an operator works, where it is not the organisation of the unit she goes out with: I03 by organisation.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub operator_orgs: BTreeMap<OperatorCode, OrgId>,
    /// Zones, in the order of the tables.
    pub zones: Vec<Zone>,
    /// Nationalities, in the order of the screens.
    pub nationalities: Vec<Nationality>,
    /// Items.
    pub items: Vec<Item>,
    /// Kits.
    pub kits: Vec<Kit>,
    /// Service directory.
    pub directory: Vec<ServiceEntry>,
    /// Telephone of the coordinator, on the emergency card.
    pub coordinator_phone: Option<String>,
    /// What to do for a presumed minor, step by step as the project has agreed it (V11): shown on the minor card.
    #[serde(default)]
    pub minor_steps: Vec<String>,
    /// Words of which aliases are made (`crate::alias`), 2,000 or more in a real programme.
    pub alias_words: Vec<String>,
    /// Times and limits.
    pub policy: Policy,
    /// What is no longer in use. No code is ever deleted or given a second meaning: records keep theirs.
    #[serde(default, skip_serializing_if = "Retired::is_empty")]
    pub retired: Retired,
}

impl Programme {
    /// From its first to its last day.
    #[must_use]
    pub fn span(&self) -> Span {
        let first = self.start.min(self.end);
        Span::new(first, self.end.max(first)).unwrap_or_else(|| IsoWeek::of(first).into())
    }

    /// Macro area of a nationality, in use or retired; `not_recorded` for a code that never was on the list.
    #[must_use]
    pub fn macro_area(&self, code: &NationalityCode) -> MacroArea {
        self.find_nationality(code).map_or(MacroArea::NotRecorded, |entry| entry.macro_area)
    }

    /// The nationality with this code, in use or retired.
    #[must_use]
    pub fn find_nationality(&self, code: &NationalityCode) -> Option<&Nationality> {
        self.nationalities.iter().chain(&self.retired.nationalities).find(|entry| &entry.code == code)
    }

    /// The zone with this code, in use or retired.
    #[must_use]
    pub fn find_zone(&self, code: &ZoneCode) -> Option<&Zone> {
        self.zones_ever().find(|zone| &zone.code == code)
    }

    /// Whether the zone is in use.
    #[must_use]
    pub fn lists_zone(&self, code: &ZoneCode) -> bool {
        self.zones.iter().any(|zone| &zone.code == code)
    }

    /// Codes and names of the zones: those in use, then the retired ones.
    #[must_use]
    pub fn zone_names(&self) -> Vec<(ZoneCode, String)> {
        self.zones_ever().map(|zone| (zone.code.clone(), zone.label.clone())).collect()
    }

    /// The zones in use, then the retired ones.
    pub fn zones_ever(&self) -> impl Iterator<Item = &Zone> {
        self.zones.iter().chain(&self.retired.zones)
    }

    /// The organisation for which somebody of this unit works, if the unit is or was on the list.
    #[must_use]
    pub fn org_of(&self, unit: &UnitId, operator: &OperatorCode) -> Option<&OrgId> {
        let mut units = self.units.iter().chain(&self.retired.units);
        self.operator_orgs.get(operator).or_else(|| units.find(|listed| &listed.id == unit).map(|unit| &unit.org))
    }

    /// The kit with this code, in use or retired.
    #[must_use]
    pub fn find_kit(&self, code: &KitCode) -> Option<&Kit> {
        self.kits.iter().chain(&self.retired.kits).find(|kit| &kit.code == code)
    }

    /// Whether counts of the item are class S.
    #[must_use]
    pub fn is_sensitive_item(&self, code: &ItemCode) -> bool {
        self.items.iter().any(|item| &item.code == code && item.sensitive)
    }
}

impl std::fmt::Debug for Programme {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Programme").field("id", &self.id).finish_non_exhaustive()
    }
}
