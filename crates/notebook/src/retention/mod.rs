//! Retention (*conservazione*): what this phone forgets, and when (`domain` F.3, architecture 5).
//!
//! The details of a night go once three things are true: nothing about it is left to do here, all of it that is here
//! has a verified copy off the server, and the programme's days since then are over. On a lead's phone nothing is left
//! to do after a signature that includes everything; a member's phone never hears of the signature, so there the end of
//! the outing counts.
//!
//! That *all of it* has a copy is known of this phone's own operations from the receipt, and of another device's from the
//! receipt for that device ([`crate::sync::on_behalf`]). Of a device that is revoked there is none; what came of it from
//! the server is known to be safe by order: the server hands out and the desk takes in by one cursor, so that a desk that
//! holds an operation which this phone wrote after it had read the other's holds that too.
//!
//! | goes | stays |
//! |---|---|
//! | contacts, observations, supplies, incidents, stops, decisions, cards not saved, the note | opening, closing, signatures: date, zones, crew, load |
//! | the night log that was sent to the desk, the sealed entries of the journal | their places and the chain, so that the log goes on |
//! | referrals twelve months after their end, aliases twelve months unseen | referrals that are followed up |
//! | | the sums of the night ([`NightCount`]) |
//!
//! What is forgotten stays forgotten when it comes again, until somebody needs it for an amendment
//! ([`Notebook::recall`]): then the server hands out everything once more.

mod count;

pub use count::{NightCount, PhoneCount, Written, phone_counts};

use crate::entropy::Moment;
use crate::error::{NotebookError, Result};
use crate::night::path::followed;
use crate::notebook::Notebook;
use crate::save::aliases_of;
use crate::store::meta::{self, MetaKey};
use crate::store::night_count::{self, Covered};
use crate::store::{alias, desk_entry, draft, forgotten, operation, own_entry, sealed_copy, unknown};
use chrono::{Days, Months, NaiveDate};
use domain::ids::{OutingId, ReferralId};
use domain::operation::{Operation, OperationBody as Body, OutingChange, OutingState, RecordRef, Scope};
use domain::outing::OutingStatus;
use domain::programme::Policy;
use domain::sync::manifest::Role;
use domain::sync::pull::Cursor;
use domain::time::operational_date;
use std::collections::BTreeSet;

/// Details stay at least and at most so many days after their copy is safe, whatever the policy says.
const FEWEST_DAYS: u16 = 1;
const LONGEST_DAYS: u16 = 30;
/// An alias that nobody met for so long goes.
const ALIAS_MONTHS: u32 = 12;
/// A referral goes so long after its end.
const REFERRAL_MONTHS: u32 = 12;

/// Days for which the details of a night stay after its copy is safe.
#[must_use]
pub fn days(policy: &Policy) -> u16 {
    policy.forget_after_days.clamp(FEWEST_DAYS, LONGEST_DAYS)
}

/// Refuses a policy that would be carried out otherwise than it is written.
///
/// # Errors
/// [`NotebookError::InvalidInput`] if the days are not 1 to 30.
pub(crate) fn require_days(policy: &Policy) -> Result<()> {
    if policy.forget_after_days == days(policy) {
        return Ok(());
    }
    Err(NotebookError::InvalidInput("days until details are forgotten: 1 to 30"))
}

/// What one run forgot.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Forgotten {
    /// Outings whose details went.
    pub outings: Vec<OutingId>,
    /// Operations of referrals that ended long ago.
    pub referral_operations: usize,
    /// Aliases that nobody met for a year.
    pub aliases: usize,
    /// Sealed entries of the journal.
    pub entries: u64,
}

impl Forgotten {
    /// Whether anything went.
    #[must_use]
    pub const fn is_any(&self) -> bool {
        !self.outings.is_empty() || self.referral_operations > 0 || self.aliases > 0 || self.entries > 0
    }
}

/// Forgets what is due. Each outing goes in a transaction of its own, so that a crash leaves whole ones; the files are
/// cleared of what went before this returns. At a desk nothing is forgotten.
///
/// # Errors
/// If a file cannot be read or written. What went by then is gone, the rest is tried again at the next run.
pub fn forget(notebook: &mut Notebook, now: Moment) -> Result<Forgotten> {
    let mut done = Forgotten::default();
    if !matches!(notebook.role(), Some(Role::Lead | Role::Member)) || notebook.journal_is_behind {
        return Ok(done);
    }
    let today = operational_date(now.now);
    let days = u64::from(self::days(&notebook.programme()?.policy));
    let last_opened = notebook.find_last_outing_id()?;
    for outline in notebook.list_outlines(None)? {
        let is_last = Some(outline.id()) == last_opened;
        let Some(covered) = cover(notebook, &outline, is_last, today)? else { continue };
        let is_due = covered.on.checked_add_days(Days::new(days)).is_some_and(|day| day <= today);
        if is_due && covered.forgotten_on.is_none() {
            forget_outing(notebook, outline.id(), today)?;
            done.outings.push(outline.id());
        }
    }
    done.referral_operations = forget_referrals(notebook, today)?;
    done.aliases = forget_aliases(notebook, today)?;
    if done.is_any() {
        notebook.drop_at_hand();
        notebook.store.checkpoint()?;
    }
    done.entries = forget_entries(notebook)?;
    Ok(done)
}

/// Since when all of an outing is safe elsewhere; none while it is not, or while something is left to do with it. Notes
/// the day on which that is first found, and anew when something was added.
fn cover(
    notebook: &Notebook,
    outline: &OutingState,
    is_last_opened: bool,
    today: NaiveDate,
) -> Result<Option<Covered>> {
    let connection = notebook.store.connection();
    let known = night_count::find(connection, outline.id())?;
    let (_, row) = operation::extent(connection, outline.id())?;
    let is_forgotten = known.as_ref().is_some_and(|known| known.forgotten_on.is_some());
    if is_forgotten && known.as_ref().is_some_and(|known| known.row == row) {
        return Ok(known);
    }
    // Called back and not all here yet.
    let is_partial = !is_forgotten && forgotten::is_any(connection, outline.id())?;
    if is_partial || !is_settled(notebook, outline, is_last_opened)? || !is_safe(notebook, outline.id())? {
        // The server may have lost what it had: the days begin anew.
        if known.is_some() && !is_forgotten {
            night_count::uncover(connection, outline.id())?;
        }
        return Ok(None);
    }
    if let Some(known) = known.filter(|known| known.row == row) {
        return Ok(Some(known));
    }
    night_count::put_covered(connection, outline.id(), row, today)?;
    night_count::find(connection, outline.id())
}

/// Whether nothing is left to do with an outing on this phone.
fn is_settled(notebook: &Notebook, outline: &OutingState, is_last_opened: bool) -> Result<bool> {
    if notebook.role() != Some(Role::Lead) {
        return Ok(outline.outing.status != OutingStatus::Open || !is_last_opened);
    }
    let Some(state) = notebook.outing_state(outline.id(), Scope::Everything)? else { return Ok(false) };
    let is_empty = state.contacts.is_empty()
        && state.observations.is_empty()
        && state.referrals.is_empty()
        && state.incidents.is_empty();
    let is_given_up = state.outing.status == OutingStatus::Cancelled && is_empty;
    Ok(is_given_up || (state.sign_off.is_some() && state.late.is_empty()))
}

/// Whether all that is here of an outing has a verified copy off the server.
fn is_safe(notebook: &Notebook, outing: OutingId) -> Result<bool> {
    let (connection, own) = (notebook.store.connection(), notebook.device());
    let journal = notebook.journal().state()?;
    let is_safe = |sequence: u64| {
        sequence <= journal.backed_up && !journal.refused.iter().any(|refused| refused.sequence == sequence)
    };
    let log = notebook.find_own_night_log(outing)?.map(|(_, sequence)| sequence);
    let signatures = notebook.list_last_signatures()?;
    // A log that a crash kept back is still to be written.
    let lacks_log = signatures.iter().any(|(of, signature)| *of == outing && log < Some(*signature));
    let own_sequences = notebook.list_own_sequences(outing)?;
    if lacks_log || !own_sequences.into_iter().chain(log).all(is_safe) {
        return Ok(false);
    }
    let safe_logs = notebook.safe_logs()?;
    let last_safe = operation::last_row_through(connection, own, journal.backed_up)?;
    for (device, last, row) in operation::list_others(connection, outing, own)? {
        let is_receipted = safe_logs.get(&device).is_some_and(|through| *through >= last);
        let is_before = last_safe.is_some_and(|safe| safe > row) && !sealed_copy::holds_of(connection, outing, device)?;
        if !is_receipted && !is_before {
            return Ok(false);
        }
    }
    Ok(true)
}

/// All of one outing in one transaction.
fn forget_outing(notebook: &mut Notebook, outing: OutingId, today: NaiveDate) -> Result<()> {
    let own = notebook.device();
    let sums = count(notebook, outing)?;
    let operations = notebook.operations_of(outing)?;
    let outlines = notebook.list_outlines(None)?;
    let kept: BTreeSet<ReferralId> = outlines
        .iter()
        .flat_map(|state| state.referrals.keys().chain(state.follow_ups.iter().map(|(id, _)| id)))
        .copied()
        .collect();
    let transaction = notebook.store.transaction()?;
    for found in &operations {
        match stays(found, &operations, &kept) {
            Stays::Not => forgotten::put(&transaction, found.device, found.sequence, outing)?,
            Stays::Without(without) => operation::put_json(&transaction, &without)?,
            Stays::Whole => {}
        }
    }
    draft::remove_of(&transaction, outing)?;
    unknown::remove_of(&transaction, outing)?;
    desk_entry::empty_of(&transaction, outing)?;
    sealed_copy::remove_returned(&transaction, outing, own)?;
    let (_, row) = operation::extent(&transaction, outing)?;
    night_count::put_covered(&transaction, outing, row, today)?;
    night_count::put_forgotten(&transaction, outing, today, &sums)?;
    transaction.commit()?;
    notebook.drop_at_hand();
    Ok(())
}

/// The sums of an outing, as they are counted now.
fn count(notebook: &Notebook, outing: OutingId) -> Result<NightCount> {
    let own = notebook.device();
    let all = notebook.operations_of(outing)?;
    let Some(state) = notebook.outing_state(outing, Scope::Everything)? else { return Ok(NightCount::default()) };
    let programme = notebook.programme()?;
    let counted = if notebook.role() == Some(Role::Lead) {
        state.sign_off.is_some().then(|| notebook.outing_state(outing, Scope::Counted)).transpose()?.flatten()
    } else {
        notebook.own_part(outing)?.state.map(std::sync::Arc::unwrap_or_clone)
    };
    let sums =
        NightCount::of(&all, own, &state, counted.as_ref().unwrap_or(&state), |item| programme.is_sensitive_item(item));
    Ok(if counted.is_some() { sums } else { NightCount { share: None, ..sums } })
}

/// What becomes of an operation of an outing whose details go.
enum Stays {
    /// It goes.
    Not,
    /// It stays without the note.
    Without(Box<Operation>),
    /// It stays.
    Whole,
}

fn stays(operation: &Operation, all: &[Operation], kept: &BTreeSet<ReferralId>) -> Stays {
    match &operation.body {
        Body::OutingOpened { outing, load } if outing.note.is_some() => {
            let mut outing = outing.clone();
            outing.note = None;
            let body = Body::OutingOpened { outing, load: load.clone() };
            Stays::Without(Box::new(Operation { body, ..operation.clone() }))
        }
        Body::OutingRevised { outing_id, after, changes } if changes.iter().any(is_note) => {
            let changes = changes.iter().filter(|change| !is_note(change)).cloned().collect();
            let body = Body::OutingRevised { outing_id: *outing_id, after: after.clone(), changes };
            Stays::Without(Box::new(Operation { body, ..operation.clone() }))
        }
        Body::OutingOpened { .. }
        | Body::OutingRevised { .. }
        | Body::OutingSignedOff { .. }
        | Body::OutingAmended { .. } => Stays::Whole,
        body => match referral_of(body, all) {
            Some(referral) if kept.contains(&referral) => Stays::Whole,
            _ => Stays::Not,
        },
    }
}

const fn is_note(change: &OutingChange) -> bool {
    matches!(change, OutingChange::Note(_))
}

/// The referral that an operation is about.
fn referral_of(body: &Body, all: &[Operation]) -> Option<ReferralId> {
    match body {
        Body::ReferralOpened { referral, .. } => Some(referral.id),
        Body::ReferralAdvanced { referral_id, .. } => Some(*referral_id),
        Body::Retracted { record: RecordRef::Referral(id), .. } => Some(*id),
        Body::Retracted { record: RecordRef::Accompaniment(id), .. } => {
            all.iter().find_map(|operation| match &operation.body {
                Body::ReferralAdvanced { referral_id, accompaniment: Some(company), .. } if company.id == *id => {
                    Some(*referral_id)
                }
                _ => None,
            })
        }
        _ => None,
    }
}

/// Referrals that ended twelve months ago, in outings whose other details are gone.
fn forget_referrals(notebook: &mut Notebook, today: NaiveDate) -> Result<usize> {
    let Some(before) = today.checked_sub_months(Months::new(REFERRAL_MONTHS)) else { return Ok(0) };
    let outlines = notebook.list_outlines(None)?;
    let is_over = |one: &crate::night::path::Followed| {
        let last = one.record.events.iter().map(|event| event.date).max();
        one.record.state().is_terminal() && last.is_some_and(|last| last <= before)
    };
    let over: BTreeSet<ReferralId> =
        followed(&outlines).iter().filter(|one| is_over(one)).map(|one| one.record.referral.id).collect();
    if over.is_empty() {
        return Ok(0);
    }
    let mut count = 0;
    for outline in outlines {
        let outing = outline.id();
        let connection = notebook.store.connection();
        let covered = night_count::find(connection, outing)?;
        let (_, row) = operation::extent(connection, outing)?;
        if !covered.is_some_and(|covered| covered.forgotten_on.is_some() && covered.row == row) {
            continue;
        }
        let operations = notebook.operations_of(outing)?;
        let of_it = |operation: &&Operation| {
            referral_of(&operation.body, &operations).is_some_and(|referral| over.contains(&referral))
        };
        let gone: Vec<&Operation> = operations.iter().filter(of_it).collect();
        if gone.is_empty() {
            continue;
        }
        let transaction = notebook.store.transaction()?;
        for operation in &gone {
            forgotten::put(&transaction, operation.device, operation.sequence, outing)?;
        }
        let (_, row) = operation::extent(&transaction, outing)?;
        night_count::put_covered(&transaction, outing, row, today)?;
        transaction.commit()?;
        count += gone.len();
        notebook.drop_at_hand();
    }
    Ok(count)
}

/// Aliases that nobody met for twelve months, and that nothing here names whose copy is still to come.
fn forget_aliases(notebook: &mut Notebook, today: NaiveDate) -> Result<usize> {
    let Some(before) = today.checked_sub_months(Months::new(ALIAS_MONTHS)) else { return Ok(0) };
    let month = before.format("%Y-%m").to_string();
    let old = alias::list(notebook.store.connection())?.into_iter().filter(|known| known.last_month_seen < month);
    let mut old: Vec<_> = old.map(|known| known.alias).collect();
    if old.is_empty() {
        return Ok(0);
    }
    for outline in notebook.list_outlines(None)? {
        let outing = outline.id();
        if is_safe(notebook, outing)? {
            continue;
        }
        let operations = notebook.operations_of(outing)?;
        let needed: BTreeSet<_> = operations.iter().flat_map(|operation| aliases_of(&operation.body)).collect();
        old.retain(|alias| !needed.contains(alias));
    }
    let transaction = notebook.store.transaction()?;
    for alias in &old {
        alias::remove(&transaction, alias)?;
    }
    transaction.commit()?;
    Ok(old.len())
}

/// The part of the journal that nothing here needs any more: it has a copy off the server, and so has all before it.
fn forget_entries(notebook: &mut Notebook) -> Result<u64> {
    let own = notebook.device();
    let journal = notebook.journal().state()?;
    let needed = night_count::find_first_needed(notebook.store.connection(), own)?;
    let refused = journal.refused.iter().map(|refused| refused.sequence).min();
    let last = [needed, refused].into_iter().flatten().min().map_or(u64::MAX, |first| first.saturating_sub(1));
    let gone = notebook.journal_mut().forget_through(last.min(journal.backed_up))?;
    // Also what a crash left of an earlier run.
    own_entry::forget_through(notebook.store.connection(), notebook.journal().base()?)?;
    if gone > 0 {
        notebook.store.checkpoint()?;
    }
    Ok(gone)
}

impl Notebook {
    /// When the details of an outing were forgotten, and what is left of them; none while they are here.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn forgotten_night(&self, outing: OutingId) -> Result<Option<(NaiveDate, NightCount)>> {
        let covered = night_count::find(self.store.connection(), outing)?;
        let Some(on) = covered.and_then(|covered| covered.forgotten_on) else { return Ok(None) };
        Ok(night_count::find_sums(self.store.connection(), outing)?.map(|sums| (on, sums)))
    }

    /// The day on which the details of an outing will be forgotten, as far as that is known; none once they are.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn will_forget_on(&self, outing: OutingId) -> Result<Option<NaiveDate>> {
        let connection = self.store.connection();
        let (_, row) = operation::extent(connection, outing)?;
        let covered = night_count::find(connection, outing)?;
        let Some(covered) = covered.filter(|covered| covered.row == row && covered.forgotten_on.is_none()) else {
            return Ok(None);
        };
        let days = u64::from(self::days(&self.programme()?.policy));
        Ok(covered.on.checked_add_days(Days::new(days)))
    }

    /// The places of this device's own forgotten operations of an outing, ascending.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn list_forgotten_sequences(&self, outing: OutingId) -> Result<Vec<u64>> {
        forgotten::list_sequences(self.store.connection(), outing, self.device())
    }

    /// Whether some of an outing's operations are forgotten: what is here of it must not be signed or amended.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn is_partly_forgotten(&self, outing: OutingId) -> Result<bool> {
        forgotten::is_any(self.store.connection(), outing)
    }

    /// Calls the details of an outing back: the next visits to the server read everything once more and take in what is
    /// missing. Without forgotten details it does nothing.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn recall(&mut self, outing: OutingId) -> Result<()> {
        if self.forgotten_night(outing)?.is_none() {
            return Ok(());
        }
        let transaction = self.store.transaction()?;
        night_count::recall(&transaction, outing)?;
        meta::put_json(&transaction, MetaKey::JournalCursor, &Cursor::default())?;
        Ok(transaction.commit()?)
    }
}

#[cfg(test)]
mod tests;
