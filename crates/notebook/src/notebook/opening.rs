//! Making and opening a notebook: its journal is checked first, and made anew where it is damaged.

use super::{Notebook, behind_pin};
use crate::counted::board::WaitingAtHand;
use crate::crypto::DataKey;
use crate::crypto::identity::DeviceIdentity;
use crate::desk::depot::OrdersAtHand;
use crate::enrolled::InForce;
use crate::entropy::Entropy;
use crate::error::{NotebookError, Result};
use crate::journal::{self, Head, Journal, Known, NewJournal, Rebuilt};
use crate::store::lock::FolderLock;
use crate::store::meta::MetaKey;
use crate::store::open::KeyCheck;
use crate::store::own_entry::OwnEntry;
use crate::store::pending::Pending;
use crate::store::{self, Store};
use domain::sync::chain::genesis;
use domain::sync::enrol::{DeviceKeys, Invitation};
use domain::sync::wipe::confirmation_message;
use rusqlite::Connection;
use std::cell::RefCell;
use std::path::Path;

impl Notebook {
    /// Makes the notebook of a new device, with a new identity. It belongs to nobody until a manifest names it.
    ///
    /// # Errors
    /// `AlreadyExists`, and what opening gives.
    pub fn create(dir: &Path, key: &DataKey, invitation: &Invitation, mut entropy: Entropy) -> Result<Self> {
        let identity = DeviceIdentity::generate(&mut entropy)?;
        Self::create_as(dir, key, invitation, identity, entropy, |_| Ok(()))
    }

    /// As [`Notebook::create`], for an identity that exists, with more to be written before the file has its name.
    pub(crate) fn create_as(
        dir: &Path,
        key: &DataKey,
        invitation: &Invitation,
        identity: DeviceIdentity,
        entropy: Entropy,
        fill: impl FnOnce(&mut Store) -> Result<()>,
    ) -> Result<Self> {
        crate::crypto::close_folder(dir, "notebook folder")?;
        let lock = FolderLock::take(dir)?;
        if dir.join(store::open::FILE).exists() {
            return Err(NotebookError::AlreadyExists("notebook"));
        }
        let keys = identity.public();
        drop(Journal::create(dir, &new_journal(key, &identity, &keys, invitation)?)?);
        store::open::create(dir, key, |store| {
            store::meta::put(store.connection(), MetaKey::Identity, &identity.to_stored()?)?;
            store::meta::put_json(store.connection(), MetaKey::Invitation, invitation)?;
            fill(store)
        })?;
        Self::open_locked(dir, key, entropy, lock)
    }

    /// Opens the notebook, and settles a save that a crash interrupted.
    ///
    /// # Errors
    /// `Absent`, `Busy`, `WrongKey`, `Damaged`, `TooNew`, `DiskFull`, `Unreadable`. The files stay as they are.
    pub fn open(dir: &Path, key: &DataKey, entropy: Entropy) -> Result<Self> {
        if !dir.join(store::open::FILE).exists() {
            return Err(NotebookError::Absent);
        }
        let lock = FolderLock::take(dir)?;
        Self::open_locked(dir, key, entropy, lock)
    }

    fn open_locked(dir: &Path, key: &DataKey, entropy: Entropy, lock: FolderLock) -> Result<Self> {
        let journal = Journal::open(dir).and_then(|journal| {
            journal.leave_log_on_close(true)?;
            Ok(journal)
        });
        let check = match journal.as_ref().map(|journal| journal.key_check_is(&key.check()?)) {
            Ok(Ok(false)) => KeyCheck::Foreign,
            // A damaged journal keeps nobody out of a whole notebook.
            Ok(Ok(true)) => KeyCheck::Ours,
            Ok(Err(error)) if is_damage(&error) => KeyCheck::Ours,
            Err(error) if is_damage(error) => KeyCheck::Ours,
            Ok(Err(error)) => return Err(error),
            Err(error) => return Err(error.clone()),
        };
        let store = store::open::open(dir, key, check)?;
        let connection = store.connection();
        let identity = store::meta::find(connection, MetaKey::Identity)?;
        let mut identity = DeviceIdentity::from_stored(&identity.ok_or(NotebookError::Damaged("identity"))?)?;
        identity.learn(crate::desk_keys::archive(connection)?);
        behind_pin::is_whole(connection, identity.sealing().is_some())?;
        if journal.as_ref().is_ok_and(|journal| journal.device() != identity.device()) {
            return Err(NotebookError::Damaged("journal of another device"));
        }
        let invitation = store::meta::find_json(connection, MetaKey::Invitation)?;
        let invitation: Invitation = invitation.ok_or(NotebookError::Damaged("invitation"))?;
        let in_force = InForce::load(connection, &invitation.admin_key.0, identity.device())?;
        let clock = store::meta::find_json(connection, MetaKey::Clock)?.unwrap_or_default();
        let checked = journal.and_then(|journal| journal.check().map(|()| journal));
        let (journal, journal_is_rebuilt) = match checked {
            Ok(journal) => (journal, false),
            Err(error) if is_damage(&error) => {
                tracing::error!(code = %error.code(), "the journal is damaged, and is made anew");
                (rebuild(dir, key, connection, &identity, &invitation, in_force.as_ref())?, true)
            }
            Err(error) => return Err(error),
        };
        let mut notebook = Self {
            store,
            journal,
            identity,
            entropy,
            in_force,
            clock,
            invitation,
            journal_is_behind: false,
            journal_is_rebuilt,
            at_hand: RefCell::new(None),
            shown: RefCell::default(),
            waiting_at_hand: WaitingAtHand::default(),
            orders_at_hand: OrdersAtHand::default(),
            _lock: lock,
        };
        notebook.make_room()?;
        notebook.reconcile()?;
        if let Err(error) = store::draft::remove_given_up(notebook.store.connection()) {
            tracing::debug!(code = %error.code(), "cards that were given up are still kept");
        }
        notebook.store.trust()?;
        notebook.journal.leave_log_on_close(false)?;
        Ok(notebook)
    }
}

/// What a journal of this device says on its first day.
fn new_journal<'a>(
    key: &DataKey,
    identity: &DeviceIdentity,
    keys: &'a DeviceKeys,
    invitation: &'a Invitation,
) -> Result<NewJournal<'a>> {
    Ok(NewJournal {
        device: keys.device,
        signing_key: &keys.signing_key.0,
        server: &invitation.server,
        key_check: key.check()?,
        admin_key: &invitation.admin_key.0,
        wipe_statement: identity.sign(&confirmation_message(keys.device)),
    })
}

/// Errors of a journal that stands in nobody's way, because the notebook makes it anew.
fn is_damage(error: &NotebookError) -> bool {
    // A damaged schema has no tables, and a damaged header may say that nobody may write.
    matches!(
        error,
        NotebookError::Absent
            | NotebookError::Damaged(_)
            | NotebookError::JournalValue
            | NotebookError::ReceiptMismatch
            | NotebookError::Unreadable("database")
            | NotebookError::Internal("database")
    )
}

/// The journal, made anew from the notebook's copies of its entries.
fn rebuild(
    dir: &Path,
    key: &DataKey,
    connection: &Connection,
    identity: &DeviceIdentity,
    invitation: &Invitation,
    in_force: Option<&InForce>,
) -> Result<Journal> {
    let keys = identity.public();
    let base = store::own_entry::base(connection)?;
    let mut entries = store::own_entry::list_after(connection, base.map_or(0, |base| base.sequence))?;
    let end = entries.last().map(|last| Head { sequence: last.sequence, chain: last.chain }).or(base);
    let end = end.unwrap_or(Head { sequence: 0, chain: genesis(keys.device) });
    // Whether the journal had the save under way, nobody knows any more. The same bytes are no second record.
    if let Some(pending) = store::pending::find(connection)?
        && Some(pending.sequence) == end.sequence.checked_add(1)
    {
        let chain = end.after(pending.stream, &pending.sealed).chain;
        let Pending { sequence, stream, sealed, .. } = pending;
        entries.push(OwnEntry { sequence, stream, sealed, chain });
    }
    let known = Known {
        new: new_journal(key, identity, &keys, invitation)?,
        unit: in_force.and_then(|in_force| in_force.own.unit.as_ref()),
        server_key: in_force.map(|in_force| in_force.manifest.server_key.0.as_slice()),
        base,
        entries,
    };
    let Rebuilt { journal, lost_after } = journal::rebuild(dir, known, |message| identity.sign(message))?;
    if let Some(last) = lost_after {
        // Their numbers are used: going on after the end that is here would be a fork.
        store::meta::put_json(connection, MetaKey::JournalSeen, &last)?;
    }
    Ok(journal)
}
