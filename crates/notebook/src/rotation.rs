//! Other keys for a programme (*cambio delle chiavi*): once a year, after a sheet was seen, after a desk was lost.
//!
//! New are the recovery identity, this desk's own identity, from a later year on the key of the person tokens, and, if the
//! admin's key may be known to somebody, that key too.
//! Nothing is taken away: what was sealed so far opens with what opened it before. This desk keeps its former identities
//! ([`crate::desk_keys`]); the former sheets open what came before, and nothing that comes after.
//!
//! ```text
//! begin    → the new secrets lie in this notebook and nowhere else; the old ones are in force
//! confirm  → three words of the new sheet were read from paper: journal pinned, then ONE transaction:
//!            manifest, identity, admin key; the new recovery secret is forgotten
//! publish  → the server, the phones, the other desks follow the chain of signatures
//! ```
//!
//! Killed before the transaction, everything is as it was, and the same sheet is shown again; after it, the manifest waits to
//! be published like every other. Where another desk published first, the change is done again on top of that one's
//! ([`crate::merge`]): what was confirmed stays in force. No state has a recovery recipient in force whose words nobody
//! wrote down.

use crate::crypto::identity::SigningKey;
use crate::crypto::seal::SealIdentity;
use crate::desk_keys;
use crate::enrolled::{InForce, Renewed};
use crate::entropy::Moment;
use crate::error::{NotebookError, Result};
use crate::notebook::Notebook;
use crate::programme_new::{MANIFEST_LIFE_DAYS, RecoverySecret, sign};
use crate::store::meta::{self, MetaKey};
use chrono::{NaiveDate, TimeDelta};
use domain::sync::act::DeviceAct;
use domain::sync::chain::{Bytes, Digest};
use domain::sync::manifest::{
    DeviceStatus, FormerRecovery, LaterAliasKey, Manifest, SealedConfiguration, SignedManifest,
};
use domain::sync::succession::{MAX_SUCCESSIONS, Succession, succession_message};
use domain::sync::wipe::order_message;
use domain::time::{iso_year, operational_date};
use serde::{Deserialize, Serialize};
use std::fmt;
use zeroize::{ZeroizeOnDrop, Zeroizing};

#[cfg(test)]
mod tests;

/// Words that are asked for before a new sheet comes into force.
pub const WORDS_ASKED: usize = 3;

/// The new secrets, as the notebook keeps them while they wait.
#[derive(Serialize, Deserialize, ZeroizeOnDrop)]
struct Waiting {
    recovery: String,
    desk: String,
    admin: Option<String>,
    #[zeroize(skip)]
    begun_on: NaiveDate,
}

/// A change of keys that was begun. `Debug` shows nothing.
pub struct PendingRotation {
    /// Day.
    pub begun_on: NaiveDate,
    /// The admin's key changes too.
    pub admin_too: bool,
    /// The programme's public key that the new sheet names, 32 bytes.
    pub admin_key: Bytes,
    /// The new recovery identity.
    pub recovery: RecoverySecret,
    /// The words that are asked for, by their places on the sheet, 1…24, ascending.
    pub asked: [u8; WORDS_ASKED],
}

impl fmt::Debug for PendingRotation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PendingRotation")
    }
}

impl PendingRotation {
    /// Whether these are the words that are asked for. Case and blanks around do not count.
    #[must_use]
    pub fn is_written_down(&self, given: &[impl AsRef<str>]) -> bool {
        let words: Vec<&str> = self.recovery.as_words().split(' ').collect();
        let is_right = |(place, given): (u8, &str)| {
            words.get(usize::from(place.saturating_sub(1))).is_some_and(|word| word.eq_ignore_ascii_case(given.trim()))
        };
        given.len() == WORDS_ASKED
            && self.asked.into_iter().zip(given).all(|(place, given)| is_right((place, given.as_ref())))
    }
}

impl Notebook {
    /// Draws the new keys. They wait in this notebook, and change nothing yet. If a change was begun already it is that one.
    ///
    /// # Errors
    /// [`NotebookError::NotAllowed`] where the admin's key is not; [`NotebookError::WrongState`] if the one that was begun
    /// is of the other kind, if the admin's key was changed too often, or before the first start is over; randomness.
    pub fn begin_rotation(&mut self, admin_too: bool, moment: Moment) -> Result<PendingRotation> {
        self.admin_key()?;
        if self.founding()?.is_some() {
            return Err(NotebookError::WrongState("the first start is not over"));
        }
        if let Some(pending) = self.pending_rotation()? {
            let is_same = pending.admin_too == admin_too;
            return if is_same { Ok(pending) } else { Err(NotebookError::WrongState("keys are being changed")) };
        }
        if admin_too && self.in_force()?.manifest.succession.len() >= MAX_SUCCESSIONS {
            return Err(NotebookError::WrongState("admin key was changed too often"));
        }
        let admin =
            if admin_too { Some(SigningKey::generate(&mut self.entropy)?.to_hex().as_str().to_owned()) } else { None };
        let waiting = Waiting {
            recovery: SealIdentity::generate().to_text().as_str().to_owned(),
            desk: SealIdentity::generate().to_text().as_str().to_owned(),
            admin,
            begun_on: operational_date(moment.now),
        };
        let json = serde_json::to_vec(&waiting).map(Zeroizing::new);
        let json = json.map_err(|_| NotebookError::Internal("rotation"))?;
        meta::put(self.store.connection(), MetaKey::Rotation, &json)?;
        self.pending_rotation()?.ok_or(NotebookError::Internal("rotation"))
    }

    /// The change of keys that was begun and is not in force yet.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn pending_rotation(&self) -> Result<Option<PendingRotation>> {
        let Some(waiting) = self.waiting()? else { return Ok(None) };
        let recovery = SealIdentity::from_text(&waiting.recovery)?;
        let admin_key = match &waiting.admin {
            Some(seed) => SigningKey::from_hex(seed)?.public(),
            None => self.invitation.admin_key.clone(),
        };
        Ok(Some(PendingRotation {
            begun_on: waiting.begun_on,
            admin_too: waiting.admin.is_some(),
            admin_key,
            asked: places(&recovery.recipient()),
            recovery: RecoverySecret::of(&recovery)?,
        }))
    }

    /// The new keys come into force here; the server is told by the caller. None if `words` are not those that are asked
    /// for: nothing is ever sealed to a sheet that nobody has.
    ///
    /// # Errors
    /// [`NotebookError::NotFound`] if no change was begun; the disk. Then the old keys are in force, and the change may be
    /// confirmed again.
    pub fn confirm_rotation(&mut self, words: &[impl AsRef<str>], moment: Moment) -> Result<Option<SignedManifest>> {
        let admin = self.admin_key()?;
        let missing = NotebookError::NotFound("change of keys");
        let pending = self.pending_rotation()?.ok_or_else(|| missing.clone())?;
        if !pending.is_written_down(words) {
            return Ok(None);
        }
        let waiting = self.waiting()?.ok_or(missing)?;
        let identity = self.identity.renewed(SealIdentity::from_text(&waiting.desk)?)?;
        let next = waiting.admin.as_deref().map(SigningKey::from_hex).transpose()?;
        // Noted first: a change that is in force is in the register.
        self.note_device(DeviceAct::KeysChanged, self.device(), moment)?;

        let (own, today) = (self.device(), operational_date(moment.now));
        let alias_key = Zeroizing::new(self.entropy.bytes::<32>()?);
        let in_force = self.in_force()?;
        let mut manifest = in_force.manifest.clone();
        manifest.number = manifest.number.saturating_add(1);
        let recovery = SealIdentity::from_text(&waiting.recovery)?.recipient();
        change_sheet(&mut manifest, recovery, today);
        let found = manifest.devices.iter_mut().find(|device| device.id == own);
        found.ok_or(NotebookError::NotFound("device"))?.recipient = identity.public().recipient;
        if let Some(next) = &next {
            hand_over(&mut manifest, &admin, next);
        }
        let handed = desk_keys::handed(&identity);
        let signer = next.as_ref().unwrap_or(&admin);
        let configuration = with_next_alias_key(in_force.configuration.clone(), Bytes(alias_key.to_vec()), today);
        let signed = sign(&mut manifest, &configuration, signer, Some(&handed), moment)?;
        self.put_in_force(&signed, Some(Renewed { identity, admin: next, at: Some(moment.now) }))?;
        // The log beside the file holds the secret of the sheet until then.
        self.store.checkpoint()?;
        Ok(Some(signed))
    }

    /// Forgets a change that was begun: the keys stay as they are, and its sheet is worth nothing.
    ///
    /// # Errors
    /// If the file cannot be written.
    pub fn give_up_rotation(&mut self) -> Result<()> {
        meta::remove(self.store.connection(), MetaKey::Rotation)?;
        self.store.checkpoint()
    }

    fn waiting(&self) -> Result<Option<Waiting>> {
        let Some(bytes) = meta::find(self.store.connection(), MetaKey::Rotation)? else { return Ok(None) };
        let bytes = Zeroizing::new(bytes);
        serde_json::from_slice(&bytes).map(Some).map_err(|_| NotebookError::Damaged("change of keys"))
    }
}

/// The year from which a new key of the person tokens holds: the next that begins when no phone goes by a manifest any more
/// that does not have it. Two phones of a team that had different ones would not agree on a night, and would count a person
/// twice.
fn year_of_next_alias_key(today: NaiveDate) -> i32 {
    let outlived = today.checked_add_signed(TimeDelta::days(MANIFEST_LIFE_DAYS)).unwrap_or(today);
    iso_year(outlived).saturating_add(1)
}

/// Does a change of keys again that `mine` has and the server does not, on top of what another desk published before it:
/// `onto` as it will be signed, `configuration` with it. It is the change that was confirmed, with its sheet, as if it had
/// been made now: until now phones sealed to the sheet of before, and had no manifest with the next alias key. What
/// `onto` knows of already is left as it is there.
pub(crate) fn change_again(
    mine: &InForce,
    onto: &mut Manifest,
    configuration: SealedConfiguration,
    moment: Moment,
) -> SealedConfiguration {
    let recovery = &mine.manifest.recovery_recipient;
    if onto.is_recovery(recovery) {
        return configuration;
    }
    let today = operational_date(moment.now);
    change_sheet(onto, recovery.clone(), today);
    match mine.configuration.later_alias_keys.last() {
        Some(later) => with_next_alias_key(configuration, later.key.clone(), today),
        None => configuration,
    }
}

/// The old key names the next one. Orders to wipe are given again: the next key is the one that counts.
pub(crate) fn hand_over(manifest: &mut Manifest, admin: &SigningKey, next: &SigningKey) {
    let (number, from, to) = (manifest.number, admin.public(), next.public());
    let signature = admin.sign(&succession_message(number, &from.0, &to.0));
    manifest.admin_key = to.clone();
    manifest.succession.push(Succession { number, from, to, signature });
    order_again(manifest, next);
}

/// Gives every order to wipe with this key: a phone obeys the newest key that it is led to, and no former one.
pub(crate) fn order_again(manifest: &mut Manifest, admin: &SigningKey) {
    for device in manifest.devices.iter_mut().filter(|device| device.status == DeviceStatus::Wipe) {
        device.wipe_order = Some(admin.sign(&order_message(device.id)));
    }
}

fn change_sheet(manifest: &mut Manifest, recovery: String, today: NaiveDate) {
    let recipient = std::mem::replace(&mut manifest.recovery_recipient, recovery);
    manifest.former_recovery.push(FormerRecovery { recipient, until: today });
}

fn with_next_alias_key(configuration: SealedConfiguration, key: Bytes, today: NaiveDate) -> SealedConfiguration {
    let later = LaterAliasKey { from: year_of_next_alias_key(today), key };
    configuration.with_alias_key(later, iso_year(today).saturating_sub(1))
}

/// Which words of a sheet are asked for: always the same of one sheet, so that who begins again is asked alike. One of
/// each third.
fn places(recipient: &str) -> [u8; WORDS_ASKED] {
    const THIRD: u8 = 8;
    let [first, second, third, ..] = Digest::of(recipient.as_bytes()).0;
    [(first, 0), (second, 1), (third, 2)].map(|(byte, part)| part * THIRD + byte % THIRD + 1)
}
