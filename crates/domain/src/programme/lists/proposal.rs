//! What the lists should lose, as far as the counts say (B.11): proposed, never done by itself.

use super::check::LEAST_EXPECTED;
use crate::code::code_enum;
use crate::ids::{NationalityCode, ZoneCode};
use crate::indicator::Counts;
use crate::programme::{MacroArea, Programme};
use chrono::{Days, NaiveDate};
use serde::Serialize;

/// Contacts in twelve months, at least: below, an origin is left to its area.
const LEAST_CONTACTS: u64 = 5;
/// A programme younger than this has nothing to judge by.
const YOUNG_DAYS: u64 = 91;

code_enum! {
    /// What is proposed.
    ProposalKind {
        /// A nationality so rare that it names a person: retire it, its area stays.
        RareNationality = "rare_nationality",
        /// A zone with too few people: merge it with another one.
        ThinZone = "thin_zone",
    }
}

/// Something a person should decide.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(export))]
pub struct Proposal {
    /// What.
    pub kind: ProposalKind,
    /// Which code.
    pub code: String,
    /// Contacts in the last twelve months, or people usually there.
    #[cfg_attr(feature = "typescript", ts(type = "number"))]
    pub count: u64,
    /// Where a nationality would be counted instead.
    pub area: Option<MacroArea>,
}

/// What the counts of the last twelve months propose. Nothing about origins before the programme is a quarter old.
#[must_use]
pub fn proposals(programme: &Programme, contacts: &Counts<NationalityCode>, today: NaiveDate) -> Vec<Proposal> {
    let is_young = programme.start.checked_add_days(Days::new(YOUNG_DAYS)).is_none_or(|grown| today < grown);
    let of = |code: &NationalityCode| contacts.get(code).copied().unwrap_or_default();
    let countries = programme.nationalities.iter().filter(|entry| entry.code.as_str().len() == 2);
    let rare = countries.filter(|entry| !is_young && of(&entry.code) < LEAST_CONTACTS).map(|entry| Proposal {
        kind: ProposalKind::RareNationality,
        code: entry.code.to_string(),
        count: of(&entry.code),
        area: Some(entry.macro_area),
    });
    let thin = programme.zones.iter().filter(|zone| zone.min_expected < LEAST_EXPECTED).map(|zone| Proposal {
        kind: ProposalKind::ThinZone,
        code: ZoneCode::to_string(&zone.code),
        count: zone.min_expected.into(),
        area: None,
    });
    rare.chain(thin).collect()
}
