//! A scenario (*copione*): a week as a JSON file, to be played through real phones, a real server and a real desk.
//!
//! The format is that of the synthetic week of the tests (`domain` G). Keys that speak of results (`expected`, test
//! vectors) and of cases, signals, interviews and reports are not read. Lists may be absent when they are empty.
//!
//! Reading refuses, with the place, whatever a phone or the desk could not record: a file is played as it stands or
//! not at all.

mod contact;
mod error;
mod lists;
mod node;
mod office;
mod outing;
mod referral;
mod shift;
#[cfg(test)]
mod tests;

pub use contact::{ContactScript, DeviceScript};
pub use error::{Place, Problem, ScenarioError};
pub use lists::Lists;
pub use office::{AccessScript, EventScript};
pub use outing::{IncidentScript, ObservationScript, OutingScript, StockScript};
pub use referral::{AccompanimentScript, ReferralScript};

use domain::disclosure::Threshold;
use domain::ids::{UnitId, ZoneCode};
use domain::time::IsoWeek;
use node::{Node, Read};
use serde_json::Value;
use std::collections::BTreeSet;

/// Zones of a file that names no others.
const DEFAULT_ZONES: [&str; 5] = ["Z1", "Z2", "Z3", "Z4", "Z5"];

/// A week to be played.
#[derive(Clone, Debug)]
pub struct Scenario {
    /// The week that is tallied.
    pub week: IsoWeek,
    /// The unit.
    pub team: UnitId,
    /// Threshold of the external tables.
    pub k: Threshold,
    /// Outings, in the order of the file.
    pub outings: Vec<OutingScript>,
    /// Referrals, in the order of the file.
    pub referrals: Vec<ReferralScript>,
    /// Accompaniments.
    pub accompaniments: Vec<AccompanimentScript>,
    /// Awareness events.
    pub events: Vec<EventScript>,
    /// Desk accesses.
    pub accesses: Vec<AccessScript>,
}

impl Scenario {
    /// Reads a file. `lists` are the programme's own: items and nationalities.
    ///
    /// # Errors
    /// [`ScenarioError`], with the first place that is wrong.
    pub fn read(text: &str, lists: &Lists) -> Result<Self, ScenarioError> {
        let value: Value = serde_json::from_str(text).map_err(|error| ScenarioError {
            place: Place::Position { line: error.line(), column: error.column() },
            problem: Problem::Syntax,
        })?;
        Self::from_node(&Node::root(&value), lists)
    }

    fn from_node(root: &Node<'_>, lists: &Lists) -> Read<Self> {
        let week = root.member("iso_week")?.parsed(Problem::NotWeek)?;
        if let Some(zone) = root.find("timezone")? {
            zone.must(zone.text()? == "Europe/Rome", Problem::NotRome)?;
        }
        let team = UnitId::new(root.member("team")?.text()?);
        let k = match root.find("k_external")? {
            Some(k) => Threshold::new(k.whole(3, 20)?.into()).unwrap_or_default(),
            None => Threshold::default(),
        };
        let mut outings = outing::read_all(root, lists)?;
        outing::read_incidents(root, &mut outings)?;
        let referrals = referral::read_all(root)?;
        let accompaniments = referral::read_accompaniments(root, &referrals)?;
        let events = office::read_events(root)?;
        let accesses = office::read_accesses(root)?;
        for later in ["signals", "cases", "interviews", "reports"] {
            root.list(later)?;
        }
        Ok(Self { week, team, k, outings, referrals, accompaniments, events, accesses })
    }

    /// The zones of the programme: the five usual ones, then those that only the file names, by code.
    #[must_use]
    pub fn zones(&self) -> Vec<ZoneCode> {
        let usual = DEFAULT_ZONES.map(ZoneCode::new);
        let of_outing = |outing: &OutingScript| {
            let contacts = outing.contacts.iter().map(|contact| contact.zone.clone());
            contacts.chain(outing.observations.iter().map(|seen| seen.zone.clone())).collect::<Vec<_>>()
        };
        let others: BTreeSet<ZoneCode> =
            self.outings.iter().flat_map(of_outing).filter(|zone| !usual.contains(zone)).collect();
        usual.into_iter().chain(others).collect()
    }

    /// The words of the aliases in the file.
    #[must_use]
    pub fn alias_words(&self) -> BTreeSet<&str> {
        let contacts = self.outings.iter().flat_map(|outing| &outing.contacts).flat_map(|contact| &contact.aliases);
        let referrals = self.referrals.iter().filter_map(|referral| referral.alias.as_ref());
        contacts.chain(referrals).map(|alias| alias.word()).collect()
    }
}
