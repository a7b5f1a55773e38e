//! *Rubrica e liste*: what the desk may change of the programme. A change is a new manifest, signed by the admin's desk,
//! and lines of the register; what it must not do is said by [`domain::programme::lists`].

use crate::entropy::Moment;
use crate::error::{NotebookError, Result};
use crate::notebook::Notebook;
use crate::programme_new::ManifestChange;
use crate::store::meta::{self, MetaKey};
use chrono::{Days, NaiveDate};
use domain::ids::UnitId;
use domain::programme::lists::{
    Difference, FaultKind, ListFault, ListName, Lists, Proposal, ProposalKind, differences, faults, proposals,
};
use domain::sync::act::ActRow;
use domain::sync::manifest::DeviceStatus;
use domain::sync::night_log::DeskEntry;
use domain::time::{Span, operational_date};
use std::collections::{BTreeMap, BTreeSet};

#[cfg(test)]
mod tests;

/// Days that counts are looked at for proposals, and for which an answer holds.
const YEAR_DAYS: u64 = 365;

/// What a change of the lists would do, and why it is refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListsChange {
    /// What differs.
    pub differences: Vec<Difference>,
    /// Empty if nothing is wrong with it.
    pub faults: Vec<ListFault>,
}

impl Notebook {
    /// What other lists would change.
    ///
    /// # Errors
    /// [`NotebookError::NotEnrolled`].
    pub fn check_lists(&self, lists: &Lists, moment: Moment) -> Result<ListsChange> {
        let programme = self.programme()?;
        let mut faults = faults(programme, lists, operational_date(moment.now));
        let in_use = self.units_in_use()?;
        let left = lists.retired.units.iter().filter(|unit| in_use.contains(&unit.id));
        let has_devices = |code: String| ListFault { list: ListName::Unit, code, fault: FaultKind::InUse };
        faults.extend(left.map(|unit| has_devices(unit.id.to_string())));
        Ok(ListsChange { differences: differences(programme, lists), faults })
    }

    /// Signs a manifest with other lists, and notes in the register what differs. `base` is the digest of the lists that
    /// were changed. Lists that are the ones in force change nothing.
    ///
    /// # Errors
    /// [`NotebookError::NotAllowed`] where the admin's key is not; [`NotebookError::WrongState`] if the lists in force
    /// are not the ones that were changed; [`NotebookError::InvalidInput`] if [`Notebook::check_lists`] finds faults.
    pub fn change_lists(&mut self, base: &str, lists: Lists, moment: Moment) -> Result<Vec<Difference>> {
        if !self.holds_admin_key()? {
            return Err(NotebookError::NotAllowed);
        }
        let programme = self.programme()?.clone();
        if programme.lists().digest().to_string() != base {
            return Err(NotebookError::WrongState("lists were changed meanwhile"));
        }
        let ListsChange { differences, faults } = self.check_lists(&lists, moment)?;
        if !faults.is_empty() {
            return Err(NotebookError::InvalidInput("lists"));
        }
        if programme.lists() == lists {
            return Ok(differences);
        }
        // Noted first: a change that is in force is in the register.
        let on = operational_date(moment.now);
        let acts: Vec<ActRow> = differences.iter().map(|difference| ActRow::of_list(on, difference)).collect();
        if !acts.is_empty() {
            self.save_desk_entry(DeskEntry::Acts(acts))?;
        }
        self.sign_manifest(vec![ManifestChange::SetProgramme(Box::new(programme.with_lists(lists)))], moment)?;
        Ok(differences)
    }

    /// Units to which devices belong that take part.
    ///
    /// # Errors
    /// [`NotebookError::NotEnrolled`].
    pub fn units_in_use(&self) -> Result<BTreeSet<UnitId>> {
        let devices = &self.in_force()?.manifest.devices;
        let active = devices.iter().filter(|device| device.status == DeviceStatus::Active);
        Ok(active.filter_map(|device| device.unit.clone()).collect())
    }

    /// What the counts of the last twelve months propose, without what somebody has answered within as many.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn list_proposals(&self, moment: Moment) -> Result<Vec<Proposal>> {
        let today = operational_date(moment.now);
        let from = year_before(today);
        let span = Span::new(from, today).ok_or(NotebookError::Internal("span"))?;
        let contacts = self.tally(span)?.nights.nat;
        let kept = self.kept()?;
        let is_open = |proposal: &Proposal| {
            let answered = kept.get(&key(proposal.kind, &proposal.code));
            answered.is_none_or(|on| *on <= from)
        };
        Ok(proposals(self.programme()?, &contacts, today).into_iter().filter(is_open).collect())
    }

    /// *Lascia*: a proposal is not followed, and not made again for twelve months. This desk remembers it.
    ///
    /// # Errors
    /// [`NotebookError::NotAllowed`] where the admin's key is not.
    pub fn keep_as_is(&mut self, kind: ProposalKind, code: &str, moment: Moment) -> Result<()> {
        if !self.holds_admin_key()? {
            return Err(NotebookError::NotAllowed);
        }
        let today = operational_date(moment.now);
        let mut kept = self.kept()?;
        kept.retain(|_, on| *on > year_before(today));
        kept.insert(key(kind, code), today);
        meta::put_json(self.store.connection(), MetaKey::KeptProposals, &kept)
    }

    fn kept(&self) -> Result<BTreeMap<String, NaiveDate>> {
        Ok(meta::find_json(self.store.connection(), MetaKey::KeptProposals)?.unwrap_or_default())
    }
}

fn key(kind: ProposalKind, code: &str) -> String {
    format!("{kind} {code}")
}

fn year_before(today: NaiveDate) -> NaiveDate {
    today.checked_sub_days(Days::new(YEAR_DAYS)).unwrap_or(today)
}
