//! Two desks that sign: what one of them changed while it did not see the other's change is put on top of it.
//!
//! The server holds one row of manifests. A desk whose manifest comes too late takes the one that is there, and does its
//! own changes again: those since the last manifest of which it knows that the server had it. Where both changed the same
//! thing, a device stands where it may do less, and of a list's entry the later word counts. The register has both.
//!
//! A change of keys is one of its changes. The other desk went on from the keys that the server has, so they count here as
//! well until the server has the new ones: theirs is checked by them, and the key of theirs hands over to the confirmed one,
//! under the number that the manifest will have. To forget the change instead would put a sheet in force again that
//! somebody may have seen, while the words on the new one open nothing.

use crate::desk_keys;
use crate::enrolled::ManifestOutcome;
use crate::entropy::Moment;
use crate::error::{NotebookError, Result};
use crate::notebook::Notebook;
use crate::programme_new::sign;
use crate::rotation;
use crate::store::meta::{self, MetaKey};
use domain::programme::Programme;
use domain::sync::manifest::{DeviceStatus, Manifest, ManifestDevice, SealedConfiguration, SignedManifest};
use rusqlite::Connection;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

#[cfg(test)]
mod tests;

/// Names by which entries of lists are known, the first that an entry has.
const KEYS: [&str; 2] = ["code", "id"];

/// A manifest that the server is known to have, with its sealed part.
#[derive(Serialize, Deserialize)]
struct Base {
    devices: Vec<ManifestDevice>,
    programme: Programme,
}

impl Notebook {
    /// Remembers that the server has the manifest in force.
    ///
    /// # Errors
    /// [`NotebookError::NotEnrolled`]; the file.
    pub(crate) fn note_published(&self) -> Result<()> {
        let in_force = self.in_force()?;
        let devices = in_force.manifest.devices.clone();
        let base = Base { devices, programme: in_force.configuration.programme.clone() };
        let connection = self.store.connection();
        meta::put_json(connection, MetaKey::PublishedBase, &base)?;
        meta::put_json(connection, MetaKey::PublishedManifest, &Some(in_force.manifest.number))
    }

    /// Takes for granted no more that the server has the manifest in force: it is put again. How the devices stood there is
    /// not known either, so that no revocation is taken for one that the other desk took back; the lists of before still
    /// tell whose change came later.
    ///
    /// # Errors
    /// If the file cannot be read or written.
    pub(crate) fn forget_published(connection: &Connection) -> Result<()> {
        meta::remove(connection, MetaKey::PublishedManifest)?;
        match meta::find_json::<Base>(connection, MetaKey::PublishedBase)? {
            Some(base) => meta::put_json(connection, MetaKey::PublishedBase, &Base { devices: Vec::new(), ..base }),
            None => Ok(()),
        }
    }

    /// Takes a manifest that came from the server. Where this desk has signed one that the server does not have, its
    /// changes are not given up.
    ///
    /// # Errors
    /// As [`Notebook::apply_manifest`].
    pub(crate) fn take_manifest(&mut self, signed: &SignedManifest, moment: Moment) -> Result<ManifestOutcome> {
        if self.has_unpublished()? {
            let before = self.in_force()?.manifest.number;
            if !self.settle(signed, moment)? {
                self.note_published()?;
            }
            let is_new = self.in_force()?.manifest.number > before;
            return Ok(if is_new { ManifestOutcome::Applied } else { ManifestOutcome::Unchanged });
        }
        let outcome = self.apply_manifest(signed)?;
        if outcome == ManifestOutcome::Applied && self.holds_admin_key()? {
            self.note_published()?;
        }
        Ok(outcome)
    }

    /// Whether this desk has signed a manifest of which it does not know that the server has it.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub(crate) fn has_unpublished(&self) -> Result<bool> {
        let Some(number) = self.manifest().map(|manifest| manifest.number) else { return Ok(false) };
        Ok(self.published()? != Some(number) && self.holds_admin_key()?)
    }

    /// Whether the server would take the manifest in force in the place of another desk's without a word: between the one
    /// that it is known to have and this one lies a number that another desk may have used.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub(crate) fn may_overtake(&self) -> Result<bool> {
        let Some(number) = self.manifest().map(|manifest| manifest.number) else { return Ok(false) };
        Ok(self.published()?.is_some_and(|published| published.saturating_add(1) < number))
    }

    /// Number of the manifest that the server is taken to have; 0 if it is known to have none. Of what waits here it has
    /// nothing, and what it has instead may bear the same number.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub(crate) fn number_at_server(&self) -> Result<u64> {
        let in_force = self.manifest().map(|manifest| manifest.number);
        let number = if self.has_unpublished()? { self.published()? } else { in_force };
        Ok(number.unwrap_or_default())
    }

    /// Settles with the manifest that the server has. Gives whether there is one to be published afterwards.
    ///
    /// # Errors
    /// [`NotebookError::BadManifest`] if it is not the admin's; as [`Notebook::apply_manifest`].
    pub(crate) fn settle(&mut self, theirs: &SignedManifest, moment: Moment) -> Result<bool> {
        let mine = self.signed_manifest()?.ok_or(NotebookError::NotEnrolled)?;
        if mine == *theirs {
            return Ok(false);
        }
        let number = self.in_force()?.manifest.number;
        let other = self.verify_theirs(theirs)?;
        // Of several that wait here the first was never sent: another desk's may stand under its number.
        let seen = self.published()?.map_or(number.saturating_sub(1), |seen| seen.min(number.saturating_sub(1)));
        if other.number <= seen {
            return Ok(true);
        }
        let is_out = other.find_device(self.device()).is_none_or(|own| own.status != DeviceStatus::Active);
        if is_out {
            return self.put_settled(theirs).map(|()| false);
        }
        let base: Option<Base> = meta::find_json(self.store.connection(), MetaKey::PublishedBase)?;
        let sealing = self.identity.sealing().ok_or(NotebookError::StepUpFirst)?;
        let opened = crate::crypto::seal::open(sealing, &other.sealed.0)?;
        let ring = desk_keys::open(&other.keyring, sealing).ok();
        let (archive, handed) = ring.map_or((Vec::new(), None), |ring| (ring.archive, ring.signer));
        let theirs: SealedConfiguration = serde_json::from_slice(&opened).map_err(|_| NotebookError::TooNew)?;
        let in_force = self.in_force()?;
        let programme = merge_programme(
            base.as_ref().map(|base| &base.programme),
            &in_force.configuration.programme,
            &theirs.programme,
        )?;
        let mut devices = merge_devices(
            base.as_ref().map(|base| base.devices.as_slice()),
            &in_force.manifest.devices,
            &other.devices,
        );
        let keys = self.identity.public();
        if let Some(own) = devices.iter_mut().find(|device| device.id == keys.device) {
            (own.signing_key, own.recipient) = (keys.signing_key, keys.recipient);
        }
        let mut manifest = Manifest { devices, number: other.number.saturating_add(1), ..other };
        let configuration = SealedConfiguration { programme, ..theirs };
        let configuration = rotation::change_again(in_force, &mut manifest, configuration, moment);
        let mut admin = match handed {
            Some(admin) => admin,
            None => self.admin_key()?,
        };
        if admin.public() != manifest.admin_key {
            return Err(NotebookError::StaleManifest);
        }
        let own_key = &in_force.manifest.admin_key;
        let is_theirs = manifest.admin_key == *own_key || manifest.succession.iter().any(|link| link.from == *own_key);
        if is_theirs {
            // Mine may have been given with a key that another desk has replaced.
            rotation::order_again(&mut manifest, &admin);
        } else {
            let next = self.admin_key()?;
            rotation::hand_over(&mut manifest, &admin, &next);
            admin = next;
        }
        let handed = desk_keys::handed_with(&self.identity, archive);
        let signed = sign(&mut manifest, &configuration, &admin, Some(&handed), moment)?;
        self.put_settled(&signed)?;
        Ok(true)
    }

    /// Opens the manifest of the server. The other desk has seen nothing of what waits here, so it is checked by what the
    /// server had before that: by the key of then, if this desk changes it.
    fn verify_theirs(&self, theirs: &SignedManifest) -> Result<Manifest> {
        let fault = match self.verify(theirs) {
            Ok(manifest) => return Ok(manifest),
            Err(fault) => fault,
        };
        let Some(published) = self.published()? else { return Err(fault) };
        let mine = &self.in_force()?.manifest;
        let change = mine.succession.iter().find(|link| link.number > published);
        let known = change.map_or(&mine.admin_key, |link| &link.from);
        theirs.verify_from(&known.0, published).map_err(|_| fault)
    }

    /// Puts in force what was settled, in the place of what the server never had. That one's number counts for nothing:
    /// another desk may have handed over the admin's key under the same.
    fn put_settled(&mut self, signed: &SignedManifest) -> Result<()> {
        let number = self.in_force()?.manifest.number;
        let published = self.published()?.map_or(number, |published| published.min(number));
        self.set_number_in_force(published);
        let done = self.apply_manifest(signed);
        if self.in_force()?.manifest.number == published {
            self.set_number_in_force(number);
        }
        done.map(drop)
    }

    fn set_number_in_force(&mut self, number: u64) {
        if let Some(in_force) = &mut self.in_force {
            in_force.manifest.number = number;
        }
    }

    /// Number of the last manifest that the server is known to have.
    fn published(&self) -> Result<Option<u64>> {
        meta::find_json(self.store.connection(), MetaKey::PublishedManifest)
    }
}

/// Devices of both. One that both changed stands where it may do less.
fn merge_devices(
    base: Option<&[ManifestDevice]>,
    mine: &[ManifestDevice],
    theirs: &[ManifestDevice],
) -> Vec<ManifestDevice> {
    let find =
        |list: &[ManifestDevice], device: &ManifestDevice| list.iter().find(|other| other.id == device.id).cloned();
    let mut merged: Vec<ManifestDevice> = theirs
        .iter()
        .map(|their| {
            let Some(my) = find(mine, their) else { return their.clone() };
            let before = base.and_then(|base| find(base, their));
            match before {
                Some(before) if my == before => their.clone(),
                Some(before) if *their == before => my,
                _ if rank(my.status) > rank(their.status) => my,
                _ => their.clone(),
            }
        })
        .collect();
    merged.extend(mine.iter().filter(|my| find(theirs, my).is_none()).cloned());
    merged
}

const fn rank(status: DeviceStatus) -> u8 {
    match status {
        DeviceStatus::Active => 0,
        DeviceStatus::Revoked => 1,
        DeviceStatus::Wipe => 2,
    }
}

fn merge_programme(base: Option<&Programme>, mine: &Programme, theirs: &Programme) -> Result<Programme> {
    let value =
        |programme: &Programme| serde_json::to_value(programme).map_err(|_| NotebookError::Internal("programme"));
    let base = base.map(value).transpose()?;
    let merged = merge(base.as_ref(), value(mine)?, value(theirs)?);
    serde_json::from_value(merged).map_err(|_| NotebookError::Internal("merged programme"))
}

/// Three-way: what one side left as it was is the other's; where both changed it, mine.
fn merge(base: Option<&Value>, mine: Value, theirs: Value) -> Value {
    if mine == theirs || base == Some(&theirs) {
        return mine;
    }
    if base == Some(&mine) {
        return theirs;
    }
    match (mine, theirs) {
        (Value::Object(mine), Value::Object(theirs)) => Value::Object(merge_fields(base, mine, theirs)),
        (Value::Array(mine), Value::Array(theirs)) if has_keys(&mine) && has_keys(&theirs) => {
            Value::Array(merge_entries(base, mine, theirs))
        }
        (mine, _) => mine,
    }
}

fn merge_fields(base: Option<&Value>, mine: Map<String, Value>, mut theirs: Map<String, Value>) -> Map<String, Value> {
    let mut merged = Map::new();
    for (name, my) in mine {
        let before = base.and_then(|base| base.get(&name));
        match theirs.remove(&name) {
            Some(their) => drop(merged.insert(name, merge(before, my, their))),
            // They took it away, and I left it as it was.
            None if before == Some(&my) => {}
            None => drop(merged.insert(name, my)),
        }
    }
    for (name, their) in theirs {
        if base.and_then(|base| base.get(&name)) != Some(&their) {
            merged.insert(name, their);
        }
    }
    merged
}

fn key_of(entry: &Value) -> Option<&Value> {
    // An operator is her code and nothing else.
    if entry.is_string() { Some(entry) } else { KEYS.iter().find_map(|key| entry.get(key)) }
}

fn has_keys(entries: &[Value]) -> bool {
    entries.iter().all(|entry| key_of(entry).is_some())
}

/// In the order of mine, what only they have at the end.
fn merge_entries(base: Option<&Value>, mine: Vec<Value>, theirs: Vec<Value>) -> Vec<Value> {
    let find = |list: &[Value], entry: &Value| list.iter().find(|other| key_of(other) == key_of(entry)).cloned();
    let base = base.and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    let mut merged = Vec::new();
    for my in &mine {
        let before = find(base, my);
        match find(&theirs, my) {
            Some(their) => merged.push(merge(before.as_ref(), my.clone(), their)),
            None if before.as_ref() == Some(my) => {}
            None => merged.push(my.clone()),
        }
    }
    let only_theirs = theirs.into_iter().filter(|their| find(&mine, their).is_none());
    merged.extend(only_theirs.filter(|their| find(base, their).as_ref() != Some(their)));
    merged
}
