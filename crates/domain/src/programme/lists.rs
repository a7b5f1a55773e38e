//! What of a programme the desk may change (*rubrica e liste*): lists that grow, and settings.
//!
//! A code is added, changed in what it says, retired and taken into use again. It is never deleted and never given to
//! something else: records of earlier years keep their meaning.

mod check;
mod difference;
mod proposal;
#[cfg(test)]
mod tests;

pub use check::{FaultKind, LEAST_EXPECTED, ListFault, MOST_COUNTRIES, faults};
pub use difference::{ChangeKind, Difference, FieldChange, ListName, differences};
pub use proposal::{Proposal, ProposalKind, proposals};

use super::{BasePeriod, Kit, Nationality, Org, Policy, Programme, Unit, Zone};
use crate::directory::ServiceEntry;
use crate::disclosure::Threshold;
use crate::ids::{OperatorCode, OrgId};
use crate::sync::chain::Digest;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What is no longer in use.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(export))]
pub struct Retired {
    /// Units that go out no more.
    pub units: Vec<Unit>,
    /// Codes of people who left.
    pub operators: Vec<OperatorCode>,
    /// Zones that were merged or left.
    pub zones: Vec<Zone>,
    /// Nationalities that are so rare that naming one would name a person.
    pub nationalities: Vec<Nationality>,
    /// Kits that are packed no more.
    pub kits: Vec<Kit>,
    /// Services that closed.
    pub directory: Vec<ServiceEntry>,
}

impl Retired {
    /// Whether everything is in use.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        let Self { units, operators, zones, nationalities, kits, directory } = self;
        units.is_empty()
            && operators.is_empty()
            && zones.is_empty()
            && nationalities.is_empty()
            && kits.is_empty()
            && directory.is_empty()
    }
}

/// The part of a programme that the desk may change.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(export))]
pub struct Lists {
    /// Name on reports.
    pub name: String,
    /// Last day, extension included.
    pub end: NaiveDate,
    /// Threshold of releases, 3…20.
    pub k_external: Threshold,
    /// Granularity of the municipality's tables.
    pub base_period: BasePeriod,
    /// Telephone of the coordinator.
    pub coordinator_phone: Option<String>,
    /// What to do for a presumed minor, step by step.
    pub minor_steps: Vec<String>,
    /// Times and limits.
    pub policy: Policy,
    /// Organisations.
    pub orgs: Vec<Org>,
    /// Units.
    pub units: Vec<Unit>,
    /// Operators' codes.
    pub operators: Vec<OperatorCode>,
    /// For whom an operator works, where it is not her unit's organisation.
    #[serde(default)]
    pub operator_orgs: BTreeMap<OperatorCode, OrgId>,
    /// Zones.
    pub zones: Vec<Zone>,
    /// Nationalities.
    pub nationalities: Vec<Nationality>,
    /// Kits.
    pub kits: Vec<Kit>,
    /// Service directory.
    pub directory: Vec<ServiceEntry>,
    /// What is no longer in use.
    #[serde(default)]
    pub retired: Retired,
}

impl std::fmt::Debug for Lists {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Lists")
    }
}

impl Lists {
    /// What these lists are, in 32 bytes: who changes them says which ones she saw.
    #[must_use]
    pub fn digest(&self) -> Digest {
        Digest::of(&serde_json::to_vec(self).unwrap_or_default())
    }
}

impl Programme {
    /// What of it the desk may change.
    #[must_use]
    pub fn lists(&self) -> Lists {
        // Every field by its name: a new one does not build until somebody says whether the desk may change it.
        let Self {
            id: _,
            start: _,
            items: _,
            alias_words: _,
            name,
            end,
            k_external,
            base_period,
            orgs,
            units,
            operators,
            operator_orgs,
            zones,
            nationalities,
            kits,
            directory,
            coordinator_phone,
            minor_steps,
            policy,
            retired,
        } = self.clone();
        Lists {
            name,
            end,
            k_external,
            base_period,
            coordinator_phone,
            minor_steps,
            policy,
            orgs,
            units,
            operators,
            operator_orgs,
            zones,
            nationalities,
            kits,
            directory,
            retired,
        }
    }

    /// The same programme with other lists.
    #[must_use]
    pub fn with_lists(self, lists: Lists) -> Self {
        let Lists {
            name,
            end,
            k_external,
            base_period,
            coordinator_phone,
            minor_steps,
            policy,
            orgs,
            units,
            operators,
            operator_orgs,
            zones,
            nationalities,
            kits,
            directory,
            retired,
        } = lists;
        Self {
            name,
            end,
            k_external,
            base_period,
            orgs,
            units,
            operators,
            operator_orgs,
            zones,
            nationalities,
            kits,
            directory,
            coordinator_phone,
            minor_steps,
            policy,
            retired,
            ..self
        }
    }
}
