//! The notebook of one device while it is open: store, journal, identity, manifest.
//!
//! Saving is in [`crate::save`], taking in what others wrote in [`crate::ingest`], the manifest in
//! [`crate::enrolled`]. Locking is dropping: the database is closed and every key cleared.

use crate::counted::board::WaitingAtHand;
use crate::crypto::identity::DeviceIdentity;
use crate::desk::depot::OrdersAtHand;
use crate::enrolled::InForce;
use crate::entropy::Entropy;
use crate::error::Result;
use crate::journal::Journal;
use crate::store::alias::KnownAlias;
use crate::store::check::WholeCheck;
use crate::store::desk_entry::StoredDeskEntry;
use crate::store::included::Missing;
use crate::store::lock::FolderLock;
use crate::store::meta::MetaKey;
use crate::store::operation::Mark;
use crate::store::problem::Problem;
use crate::store::{self, Store};
use chrono::NaiveDate;
use domain::alias::Alias;
use domain::ids::{DeviceId, OperationId, OutingId};
use domain::operation::{Included, Operation, OutingState, Scope, fold};
use domain::outing::OutingStatus;
use domain::stamp::Stamp;
use domain::sync::Stream;
use domain::sync::enrol::Invitation;
use domain::sync::pull::{Cursor, HeldLog};
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

mod at_hand;
mod behind_pin;
mod drafts;
mod opening;
mod shown;

use at_hand::AtHand;
pub(crate) use at_hand::Part;

/// The open notebook of one device.
pub struct Notebook {
    // Fields are dropped in this order: the lock goes last.
    pub(crate) store: Store,
    pub(crate) journal: Journal,
    pub(crate) identity: DeviceIdentity,
    pub(crate) entropy: Entropy,
    pub(crate) in_force: Option<InForce>,
    pub(crate) clock: Stamp,
    pub(crate) invitation: Invitation,
    /// The journal has fewer entries than the notebook knows of.
    pub(crate) journal_is_behind: bool,
    /// The journal was damaged when the notebook was opened, and was made anew.
    pub(crate) journal_is_rebuilt: bool,
    /// The outing that was read last.
    at_hand: RefCell<Option<AtHand>>,
    /// What was told since it was opened.
    shown: RefCell<shown::Shown>,
    /// How the open referrals stand.
    pub(crate) waiting_at_hand: WaitingAtHand,
    /// How many heaps of the depot are to be filled.
    pub(crate) orders_at_hand: OrdersAtHand,
    _lock: FolderLock,
}

impl Notebook {
    /// Closes the notebook. Dropping it does the same; this tells whether all went well.
    ///
    /// # Errors
    /// If the write-ahead log could not be folded in: nothing is lost, the next opening does it.
    pub fn lock(self) -> Result<()> {
        self.store.checkpoint()
    }

    /// The check of all pages, if it has not been made on this day.
    pub(crate) fn due_check(&self, today: NaiveDate) -> Result<Option<Arc<WholeCheck>>> {
        let check = self.store.whole_check();
        if !check.is_ready() {
            return Ok(None);
        }
        let last: Option<NaiveDate> = store::meta::find_json(self.store.connection(), MetaKey::CheckedOn)?;
        Ok((last != Some(today)).then_some(check))
    }

    /// All pages were found whole.
    pub(crate) fn keep_checked(&mut self, today: NaiveDate) -> Result<()> {
        store::meta::put_json(self.store.connection(), MetaKey::CheckedOn, &today)
    }

    /// Whether the journal was damaged at this opening, and was made anew or got its lost end back. Nothing is lost by that.
    #[must_use]
    pub const fn journal_is_rebuilt(&self) -> bool {
        self.journal_is_rebuilt
    }

    /// The device's id.
    #[must_use]
    pub const fn device(&self) -> DeviceId {
        self.identity.device()
    }

    /// The device's keys.
    #[must_use]
    pub const fn identity(&self) -> &DeviceIdentity {
        &self.identity
    }

    /// Server, programme and pinned admin key.
    #[must_use]
    pub const fn invitation(&self) -> &Invitation {
        &self.invitation
    }

    /// The journal beside the notebook.
    #[must_use]
    pub const fn journal(&self) -> &Journal {
        &self.journal
    }

    /// The journal, to record a receipt.
    pub const fn journal_mut(&mut self) -> &mut Journal {
        &mut self.journal
    }

    /// The source of ids and numbers.
    pub const fn entropy(&mut self) -> &mut Entropy {
        &mut self.entropy
    }

    /// All operations of an outing, by device and sequence. Of the outing that was read last only what is new since
    /// then is opened.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn operations_of(&self, outing: OutingId) -> Result<Vec<Operation>> {
        self.at_hand(outing, |at_hand| at_hand.operations()).map(Arc::unwrap_or_clone)
    }

    /// Everything that is here of an outing, folded once until something is added.
    pub(crate) fn whole_part(&self, outing: OutingId) -> Result<Part> {
        self.at_hand(outing, |at_hand| at_hand.all(self.leads()))
    }

    /// As [`Notebook::whole_part`], of this device's operations only.
    pub(crate) fn own_part(&self, outing: OutingId) -> Result<Part> {
        self.at_hand(outing, |at_hand| at_hand.own(self.device(), self.leads()))
    }

    /// Rows of the outing that was read last may have gone.
    pub(crate) fn drop_at_hand(&self) {
        self.at_hand.replace(None);
    }

    fn at_hand<T>(&self, outing: OutingId, take: impl FnOnce(&mut AtHand) -> T) -> Result<T> {
        let before = self.at_hand.take();
        let mut now = AtHand::read(self.store.connection(), outing, before)?;
        let taken = take(&mut now);
        self.at_hand.replace(Some(now));
        Ok(taken)
    }

    /// The state of an outing, folded; none while its opening is missing.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn outing_state(&self, outing: OutingId, scope: Scope) -> Result<Option<OutingState>> {
        Ok(fold(outing, &self.operations_of(outing)?, &self.leads(), scope))
    }

    /// The ids of the outings that this device opened, the last one first.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn list_own_outing_ids(&self) -> Result<Vec<OutingId>> {
        store::operation::list_outings_marked(self.store.connection(), self.device(), Mark::Opening)
    }

    /// The id of the outing that this device opened last.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn find_last_outing_id(&self) -> Result<Option<OutingId>> {
        Ok(self.find_last_opening()?.map(|opening| opening.body.outing_id()))
    }

    /// The operation with which this device opened an outing last.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn find_last_opening(&self) -> Result<Option<Operation>> {
        store::operation::find_last_marked(self.store.connection(), self.device(), Mark::Opening)
    }

    /// The outings that this device signed or amended, each with the number of its last signature there.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn list_last_signatures(&self) -> Result<Vec<(OutingId, u64)>> {
        store::operation::list_last_signatures(self.store.connection(), self.device())
    }

    /// Every outing, the latest start first, without contacts, presence and supplies: what became of the outing and of
    /// its referrals. As one device's operations have it, if it is named. Much faster than [`Notebook::list_outings`].
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn list_outlines(&self, device: Option<DeviceId>) -> Result<Vec<OutingState>> {
        let mut by_outing: BTreeMap<OutingId, Vec<Operation>> = BTreeMap::new();
        for operation in store::operation::list_marked(self.store.connection(), device)? {
            by_outing.entry(operation.body.outing_id()).or_default().push(operation);
        }
        let leads = self.leads();
        let folded = by_outing.iter().filter_map(|(id, operations)| fold(*id, operations, &leads, Scope::Everything));
        let mut outlines: Vec<OutingState> = folded.collect();
        outlines.sort_by_key(|state| std::cmp::Reverse((state.outing.start_at, state.outing.id)));
        Ok(outlines)
    }

    /// Which operations of an outing are here: device and sequence.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn list_positions(&self, outing: OutingId) -> Result<Vec<(DeviceId, u64)>> {
        store::operation::list_positions(self.store.connection(), outing)
    }

    /// Every outing here, the latest start first.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn list_outings(&self) -> Result<Vec<OutingState>> {
        let mut states = Vec::new();
        for outing in store::operation::list_outings(self.store.connection())? {
            states.extend(self.outing_state(outing, Scope::Everything)?);
        }
        states.sort_by_key(|state| std::cmp::Reverse((state.outing.start_at, state.outing.id)));
        Ok(states)
    }

    /// The outing that is under way.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn open_outing(&self) -> Result<Option<OutingState>> {
        Ok(self.list_outings()?.into_iter().find(|state| state.outing.status == OutingStatus::Open))
    }

    /// The parts of each device's log that are here of an outing: what a sign-off includes.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn list_included(&self, outing: OutingId) -> Result<Vec<Included>> {
        store::included::list(self.store.connection(), outing)
    }

    /// What is missing of the other phones of an outing, as far as that can be known here.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub(crate) fn list_missing(&self, outing: OutingId) -> Result<Missing> {
        store::included::list_missing(self.store.connection(), outing, self.device())
    }

    /// The sequence numbers of this device's own operations for an outing: what a receipt must cover.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn list_own_sequences(&self, outing: OutingId) -> Result<Vec<u64>> {
        store::operation::list_sequences(self.store.connection(), outing, self.device())
    }

    /// The operation of this device with an id.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn find_own_operation(&self, id: OperationId) -> Result<Option<Operation>> {
        store::operation::find(self.store.connection(), self.device(), id)
    }

    /// Team aliases seen on this device, the latest first.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn list_aliases(&self) -> Result<Vec<KnownAlias>> {
        store::alias::list(self.store.connection())
    }

    /// What this device knows of some team aliases.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn find_aliases(&self, aliases: &[Alias]) -> Result<Vec<KnownAlias>> {
        let found = aliases.iter().map(|alias| store::alias::find(self.store.connection(), alias));
        Ok(found.collect::<Result<Vec<_>>>()?.into_iter().flatten().collect())
    }

    /// Every entry of the night-log stream, own and pulled.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn list_desk_entries(&self) -> Result<Vec<StoredDeskEntry>> {
        store::desk_entry::list(self.store.connection())
    }

    /// Night logs of the operational dates `from` to `to`, both included: every version that arrived, by date, outing
    /// and version.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn list_night_logs(&self, from: NaiveDate, to: NaiveDate) -> Result<Vec<StoredDeskEntry>> {
        store::desk_entry::list_night_logs(self.store.connection(), from, to)
    }

    /// The latest night log this device wrote for an outing: its version, and its place in the journal.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn find_own_night_log(&self, outing: OutingId) -> Result<Option<(u16, u64)>> {
        store::desk_entry::find_night_log(self.store.connection(), self.device(), outing)
    }

    /// The operational date of the night log that was taken in last.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub(crate) fn last_night_taken_in(&self) -> Result<Option<NaiveDate>> {
        store::desk_entry::find_last_taken_in(self.store.connection())
    }

    /// Envelopes set aside for a fault; see [`Notebook::count_waiting`] for the others.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn list_problems(&self) -> Result<Vec<Problem>> {
        store::problem::list(self.store.connection())
    }

    /// How far this device holds everybody's log: what the desk acknowledges.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn list_held_logs(&self) -> Result<Vec<HeldLog>> {
        store::sealed_copy::list_held(self.store.connection())
    }

    /// Where to go on pulling a stream.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn cursor(&self, stream: Stream) -> Result<Cursor> {
        Ok(store::meta::find_json(self.store.connection(), cursor_key(stream))?.unwrap_or_default())
    }
}

/// Where the cursor of a stream is kept.
pub(crate) const fn cursor_key(stream: Stream) -> MetaKey {
    match stream {
        Stream::Journal => MetaKey::JournalCursor,
        Stream::NightLog => MetaKey::NightLogCursor,
    }
}

impl fmt::Debug for Notebook {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Notebook").field("device", &self.identity.device()).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests;
