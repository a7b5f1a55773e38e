//! Saving: the order that makes "Salvato" true.
//!
//! ```text
//! 1  seal to the recipients of the manifest           nothing written yet
//! 2  note the save in `pending`, encrypted            notebook commit
//! 3  append the sealed bytes, signed, to the journal  journal commit: from here on the save exists
//! 4  move the note to its table, drop the draft       notebook commit: from here on it is shown; not synced by itself,
//!                                                     as 2 and 3 are enough to do it again
//! 5  answer                                           "Salvato"
//! ```
//!
//! Two SQLite files cannot commit together, so a crash may fall between 3 and 4. The note of step 2 is what settles it:
//! a member's phone cannot open its own sealed bytes. At the next opening (and before the next command, after a full disk)
//!
//! - the journal has the noted entry, same number and same sealed bytes: step 4 is done now. The card is saved, its
//!   draft goes, and nothing doubles because there is no second operation;
//! - the journal does not have it: the note goes. Nobody was told "Salvato", and the draft is still there.
//!
//! An error in step 4 is no failure of the save, and is not answered as one: told of it, people would save the same again,
//! under a new id. The next command that finds room does the step; until then a further save is refused.
//!
//! A save with an operation id that this device has used before adds nothing if its content is the same: it answers
//! with the operation that exists. With another content (the card was changed after a save whose answer got lost) it
//! becomes a new operation with an id of its own, because devices that know both must keep the later one: the fold
//! takes the same contact saved again as a replacement, and two operations with one id as one.
//!
//! Two more cases come from files that were put back from a copy. The journal has entries that the notebook has
//! neither noted nor seen: a lead's phone opens them and takes them over (with the step-up PIN, where one is set), a
//! member's cannot; they are with the lead and the recovery key either way, and the next save goes on behind them. The notebook has seen more than the journal has:
//! it holds the sealed bytes of every entry and appends them again. Where it cannot, writing on would give old numbers to new records, a fork; so it opens for reading and refuses to save.

use crate::crypto::seal::{self, Packing};
use crate::entropy::Moment;
use crate::error::{NotebookError, Result};
use crate::journal::Head;
use crate::notebook::Notebook;
use crate::store::pending::Pending;
use crate::store::problem::ProblemCode;
use crate::store::{self, meta, meta::MetaKey};
use crate::sync::file::own_envelope;
use domain::alias::Alias;
use domain::ids::{OperationId, OperatorCode};
use domain::operation::{ContactChange, OPERATION_SCHEMA, Operation, OperationBody};
use domain::stamp::Stamp;
use domain::sync::Stream;
use domain::sync::chain::Digest;
use domain::sync::manifest::Role;
use domain::sync::night_log::{DeskEntry, DeskEnvelope, NIGHT_LOG_SCHEMA};
use domain::sync::push::MAX_SEALED_BYTES;
use domain::time::{iso_year, offset_minutes, operational_date};
use rusqlite::Connection;
use zeroize::Zeroizing;

#[cfg(test)]
mod tests;

impl Notebook {
    /// Saves an operation: durable in the journal when this returns, and shown from here on, or after a full disk from
    /// the next command that finds room. `id` is the one that was drawn when the
    /// card was opened.
    ///
    /// # Errors
    /// [`NotebookError::NotEnrolled`]; [`NotebookError::NotAllowed`] at the desk, and for a member where only a lead
    /// may; [`NotebookError::TooLarge`]; [`NotebookError::JournalBehind`]; [`NotebookError::DiskFull`]. On an error
    /// nothing was acknowledged and the draft is still there.
    pub fn save(
        &mut self,
        body: OperationBody,
        id: Option<OperationId>,
        moment: Moment,
        operator: Option<OperatorCode>,
    ) -> Result<Operation> {
        self.settle_pending()?;
        let id = match id {
            Some(id) => match self.find_own_operation(id)? {
                Some(saved) if saved.body == body => return Ok(saved),
                Some(_) => OperationId(self.entropy.v7(moment.now)?),
                None => id,
            },
            None => OperationId(self.entropy.v7(moment.now)?),
        };
        let (operation, pending) = self.prepare_operation(body, id, moment, operator)?;
        self.write(&pending)?;
        Ok(operation)
    }

    /// Saves an entry for the desk: the night log of a sign-off, or one of day staff. Gives its place in the journal.
    ///
    /// # Errors
    /// [`NotebookError::NotEnrolled`]; [`NotebookError::NotAllowed`] for a member;
    /// [`NotebookError::TooLarge`]; [`NotebookError::JournalBehind`]; [`NotebookError::DiskFull`].
    pub fn save_desk_entry(&mut self, entry: DeskEntry) -> Result<u64> {
        self.settle_pending()?;
        let in_force = self.in_force()?;
        if self.role().is_none_or(|role| role == Role::Member) {
            return Err(NotebookError::NotAllowed);
        }
        let recipients = in_force.manifest.night_log_recipients();
        let sequence = self.next_sequence()?;
        let envelope = DeskEnvelope { schema: NIGHT_LOG_SCHEMA, sequence, entry };
        let json = serde_json::to_vec(&envelope).map_err(|_| NotebookError::Internal("desk entry"))?;
        let pending = prepare(Stream::NightLog, sequence, json, &recipients, Packing::Compressed)?;
        self.write(&pending)?;
        Ok(sequence)
    }

    fn prepare_operation(
        &self,
        body: OperationBody,
        id: OperationId,
        moment: Moment,
        operator: Option<OperatorCode>,
    ) -> Result<(Operation, Pending)> {
        let in_force = self.in_force()?;
        let unit = self.unit().ok_or(NotebookError::NotAllowed)?;
        match self.role() {
            Some(Role::Lead) => {}
            Some(Role::Member) if !body.needs_lead() => {}
            _ => return Err(NotebookError::NotAllowed),
        }
        // After everything its author knows of the outing, however far off the partner's clock was: a correction must
        // not be sorted before what it corrects. The device's own clock is not dragged along.
        let known = store::operation::latest_stamp(self.store.connection(), body.outing_id())?;
        let operation = Operation {
            id,
            schema: OPERATION_SCHEMA,
            device: self.device(),
            sequence: self.next_sequence()?,
            stamp: self.clock.max(known).tick(moment.now.timestamp_millis()),
            at: moment.now,
            offset_minutes: i16::try_from(offset_minutes(moment.now)).unwrap_or_default(),
            elapsed_ms: moment.elapsed_ms,
            operator,
            body,
        };
        let json = serde_json::to_vec(&operation).map_err(|_| NotebookError::Internal("operation"))?;
        let recipients = in_force.manifest.journal_recipients(unit);
        let pending = prepare(Stream::Journal, operation.sequence, json, &recipients, Packing::Plain)?;
        Ok((operation, pending))
    }

    fn next_sequence(&self) -> Result<u64> {
        if self.journal_is_behind {
            return Err(NotebookError::JournalBehind);
        }
        self.journal.len()?.checked_add(1).ok_or(NotebookError::Internal("journal length"))
    }

    fn write(&mut self, pending: &Pending) -> Result<()> {
        self.note(pending)?;
        let head = self.append(pending.sequence, pending.stream, &pending.sealed)?;
        if let Err(error) = self.take_over(pending, head) {
            tracing::error!(code = %error.code(), "saved in the journal, and not yet in the notebook");
        }
        Ok(())
    }

    /// Before a command reads: finishes a save that only the journal has. What still keeps it from that is what the
    /// next save gives as its error; reading goes on.
    pub(crate) fn catch_up(&mut self) {
        if self.journal_is_behind {
            return;
        }
        if let Err(error) = self.settle_pending() {
            tracing::debug!(code = %error.code(), "a save is not yet in the notebook");
        }
    }

    /// Step 2.
    fn note(&mut self, pending: &Pending) -> Result<()> {
        store::pending::put(self.store.connection(), pending)
    }

    /// Step 3.
    fn append(&mut self, sequence: u64, stream: Stream, sealed: &[u8]) -> Result<Head> {
        let identity = &self.identity;
        self.journal.append(sequence, stream, sealed, |message| identity.sign(message))
    }

    /// Step 4, all of it or nothing. It need not reach the disk by itself: until it has, the note of step 2 and the entry
    /// of step 3 are there, and it is done again.
    fn take_over(&mut self, pending: &Pending, head: Head) -> Result<()> {
        let device = self.device();
        let mut clock = self.clock;
        self.store.write_redoable(|transaction| {
            match pending.stream {
                Stream::Journal => {
                    let operation: Operation =
                        serde_json::from_slice(&pending.json).map_err(|_| NotebookError::Damaged("pending save"))?;
                    clock = clock.observe(operation.stamp, operation.at.timestamp_millis());
                    insert_operation(transaction, &operation, &pending.json, head.chain)?;
                    store::draft::remove(transaction, operation.id)?;
                }
                Stream::NightLog => {
                    let envelope: DeskEnvelope =
                        serde_json::from_slice(&pending.json).map_err(|_| NotebookError::Damaged("pending save"))?;
                    let is_new = store::desk_entry::insert(transaction, device, &envelope, &pending.json)?;
                    // A phone keeps no register: what it forgets would stay in it.
                    if is_new && !matches!(envelope.entry, DeskEntry::NightLog(_)) {
                        store::register::note(transaction, device, &envelope, &pending.json)?;
                    }
                }
            }
            store::own_entry::insert(transaction, pending.stream, &pending.sealed, head)?;
            meta::put_json(transaction, MetaKey::Clock, &clock)?;
            meta::put_json(transaction, MetaKey::JournalSeen, &head.sequence)?;
            store::pending::clear(transaction)
        })?;
        self.clock = clock;
        Ok(())
    }

    /// Finishes or forgets the save under way. Without one it writes nothing.
    fn settle_pending(&mut self) -> Result<()> {
        let Some(pending) = store::pending::find(self.store.connection())? else { return Ok(()) };
        match self.journal.find_sealed(pending.sequence)? {
            Some((stream, sealed)) if stream == pending.stream && sealed == pending.sealed => {
                let chain = self.journal.chain_at(pending.sequence)?.ok_or(NotebookError::Damaged("journal"))?;
                self.take_over(&pending, Head { sequence: pending.sequence, chain })
            }
            _ => store::pending::clear(self.store.connection()),
        }
    }

    /// Brings notebook and journal into step when the notebook is opened.
    pub(crate) fn reconcile(&mut self) -> Result<()> {
        let length = self.journal.len()?;
        let seen = |connection: &Connection| -> Result<u64> {
            Ok(meta::find_json(connection, MetaKey::JournalSeen)?.unwrap_or_default())
        };
        let known = seen(self.store.connection())?;
        if known > length && !self.bring_up_to_date(length, known)? {
            tracing::error!("journal is behind the notebook: saving is refused");
            self.journal_is_behind = true;
            return Ok(());
        }
        let length = self.journal.len()?;
        self.settle_pending()?;
        // What lies below the base has a copy off the server: a lead reads it from there again.
        let known = seen(self.store.connection())?.max(self.journal.base()?.sequence);
        for sequence in known.saturating_add(1)..=length {
            self.recover_own(sequence)?;
        }
        Ok(())
    }

    /// Appends what the journal lacks and the notebook has, byte for byte, and the save under way. Gives false if that is not all of it,
    /// or if the journal is another one.
    fn bring_up_to_date(&mut self, length: u64, known: u64) -> Result<bool> {
        let entries = store::own_entry::list_after(self.store.connection(), length)?;
        let mut head = self.journal.head()?;
        for entry in &entries {
            let next = head.after(entry.stream, &entry.sealed);
            if (next.sequence, next.chain) != (entry.sequence, entry.chain) {
                return Ok(false);
            }
            head = next;
        }
        if head.sequence != known {
            return Ok(false);
        }
        for entry in entries {
            self.append(entry.sequence, entry.stream, &entry.sealed)?;
        }
        // Whether the lost end of the journal had it, nobody knows any more. The same bytes are no second record.
        if let Some(pending) = store::pending::find(self.store.connection())?
            && Some(pending.sequence) == known.checked_add(1)
        {
            self.append(pending.sequence, pending.stream, &pending.sealed)?;
        }
        tracing::warn!("the journal had lost its end, and has it again");
        self.journal_is_rebuilt = true;
        Ok(true)
    }

    /// An entry of the own journal that the notebook knows nothing of.
    fn recover_own(&mut self, sequence: u64) -> Result<()> {
        let (stream, sealed) = self.journal.find_sealed(sequence)?.ok_or(NotebookError::Damaged("journal"))?;
        let chain = self.journal.chain_at(sequence)?.ok_or(NotebookError::Damaged("journal"))?;
        let head = Head { sequence, chain };
        let Some(sealing) = self.identity.sealing() else {
            let transaction = self.store.transaction()?;
            // A lead cannot open its own night logs, with or without the PIN.
            if stream == Stream::Journal {
                let envelope = own_envelope(&self.journal, sequence)?;
                store::problem::put(&transaction, &envelope, ProblemCode::Locked)?;
            }
            store::own_entry::insert(&transaction, stream, &sealed, head)?;
            meta::put_json(&transaction, MetaKey::JournalSeen, &sequence)?;
            return Ok(transaction.commit()?);
        };
        match seal::open(sealing, &sealed) {
            Ok(json) => {
                let pending = Pending { sequence, stream, sealed, json: json.to_vec() };
                self.take_over(&pending, head)
            }
            // A member's phone: the lead and the recovery key can open it, nothing is lost.
            Err(_) => {
                tracing::warn!(sequence, "own journal entry cannot be opened here");
                let transaction = self.store.transaction()?;
                store::own_entry::insert(&transaction, stream, &sealed, head)?;
                meta::put_json(&transaction, MetaKey::JournalSeen, &sequence)?;
                Ok(transaction.commit()?)
            }
        }
    }
}

fn prepare(stream: Stream, sequence: u64, json: Vec<u8>, recipients: &[&str], packing: Packing) -> Result<Pending> {
    let json = Zeroizing::new(json);
    let sealed = seal::seal(recipients, &json, packing)?;
    if sealed.len() > MAX_SEALED_BYTES {
        return Err(NotebookError::TooLarge);
    }
    Ok(Pending { sequence, stream, sealed, json: json.to_vec() })
}

/// Adds an opened operation and what is kept beside it. Gives false if it was known.
pub(crate) fn insert_operation(
    connection: &Connection,
    operation: &Operation,
    json: &[u8],
    chain: Digest,
) -> Result<bool> {
    let is_new = store::operation::insert(connection, operation, json, chain)?;
    if is_new {
        let date = operational_date(operation.at);
        let month = date.format("%Y-%m").to_string();
        for alias in aliases_of(&operation.body) {
            store::alias::note(connection, alias, &month, iso_year(date))?;
        }
    }
    Ok(is_new)
}

/// The aliases that an operation names.
pub(crate) fn aliases_of(body: &OperationBody) -> Vec<&Alias> {
    match body {
        OperationBody::ContactSaved { contact, .. } | OperationBody::PersonSplitOff { contact, .. } => {
            contact.aliases.iter().collect()
        }
        OperationBody::ContactRevised { changes, .. } => changes
            .iter()
            .flat_map(|change| match change {
                ContactChange::Aliases(aliases) => aliases.iter().collect(),
                _ => Vec::new(),
            })
            .collect(),
        OperationBody::ReferralOpened { referral, .. } => referral.alias.iter().collect(),
        _ => Vec::new(),
    }
}

/// The clock after a stamp was seen.
pub(crate) fn observe(clock: Stamp, seen: Stamp, moment: Moment) -> Stamp {
    clock.observe(seen, moment.now.timestamp_millis())
}
