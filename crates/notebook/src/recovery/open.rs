//! Proving who wrote what, opening it, and telling what did not come back.

use super::{Found, Gathered, Trouble, Trust, Why};
use crate::crypto::seal::{self, SealFault, SealIdentity};
use crate::error::{NotebookError, Result};
use domain::ids::{DeviceId, OutingId};
use domain::operation::{OPERATION_SCHEMA, Operation, OutingState, Scope, fold};
use domain::sync::Stream;
use domain::sync::chain::{Digest, head_message, link};
use domain::sync::error::RefusalCode;
use domain::sync::manifest::{Manifest, Role, SealedConfiguration, SignedManifest};
use domain::sync::night_log::{DeskEnvelope, NIGHT_LOG_SCHEMA};
use domain::sync::pull::Envelope;
use domain::sync::succession::Succession;
use ring::signature::{ED25519, UnparsedPublicKey};
use serde::Deserialize;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use zeroize::Zeroizing;

/// What an operation says.
pub enum Content {
    /// A saved action of a phone.
    Operation(Box<Operation>),
    /// A night log, or an entry of day staff.
    Desk(Box<DeskEnvelope>),
    /// Of a version that this one does not know.
    Newer,
}

/// One operation that came back.
pub struct Opened {
    /// The sealed bytes with their place, as they were found.
    pub envelope: Envelope,
    /// How well it is proved whose it is.
    pub trust: Trust,
    /// Whether the server held it apart.
    pub quarantined: bool,
    /// JSON, exactly as it was sealed.
    pub json: Zeroizing<Vec<u8>>,
    /// What it says.
    pub content: Content,
}

impl fmt::Debug for Opened {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Opened")
    }
}

impl Opened {
    /// Whether it takes part in the state of its outing, and in what is counted.
    #[must_use]
    pub fn is_counted(&self) -> bool {
        !self.quarantined && self.trust != Trust::Refuted
    }
}

/// What came back, and what did not.
pub struct Recovered {
    /// The newest manifest that is signed.
    pub manifest: Option<Manifest>,
    /// Its sealed part: zones, lists, the key of the person tokens.
    pub configuration: Option<SealedConfiguration>,
    /// The server's address, if the journals name one only.
    pub server: Option<String>,
    /// Everything that opens, by device and place.
    pub opened: Vec<Opened>,
    /// Everything that does not, or not as it should.
    pub troubles: Vec<Trouble>,
}

impl Recovered {
    /// The operations of every outing that take part in its state.
    #[must_use]
    pub fn outings(&self) -> BTreeMap<OutingId, Vec<&Opened>> {
        let mut outings: BTreeMap<OutingId, Vec<&Opened>> = BTreeMap::new();
        for opened in self.opened.iter().filter(|opened| opened.is_counted()) {
            if let Content::Operation(operation) = &opened.content {
                outings.entry(operation.body.outing_id()).or_default().push(opened);
            }
        }
        outings
    }

    /// The state of an outing; none while its opening is missing. Without a manifest nobody knows who leads, and every
    /// device is taken for a lead's: nothing is left out.
    #[must_use]
    pub fn state(&self, outing: OutingId) -> Option<OutingState> {
        let operations: Vec<Operation> = self
            .opened
            .iter()
            .filter(|opened| opened.is_counted())
            .filter_map(|opened| match &opened.content {
                Content::Operation(operation) if operation.body.outing_id() == outing => {
                    Some(operation.as_ref().clone())
                }
                _ => None,
            })
            .collect();
        let leads: BTreeSet<DeviceId> = match &self.manifest {
            Some(manifest) => {
                manifest.devices.iter().filter(|device| device.role == Role::Lead).map(|device| device.id).collect()
            }
            None => operations.iter().map(|operation| operation.device).collect(),
        };
        fold(outing, &operations, &leads, Scope::Everything)
    }

    /// What the desk would hold: entries with their sender, by device and place.
    pub fn desk_entries(&self) -> impl Iterator<Item = (DeviceId, &DeskEnvelope)> {
        self.opened.iter().filter(|opened| opened.is_counted()).filter_map(|opened| match &opened.content {
            Content::Desk(entry) => Some((opened.envelope.device, entry.as_ref())),
            _ => None,
        })
    }
}

impl Gathered {
    /// Opens everything with the recovery identity; after a change of keys with those of all sheets that are there, together
    /// ([`SealIdentity::with_former`]). `admin_key` is the programme's, 32 bytes, as a recovery sheet, present or former,
    /// names it; without it a manifest proves itself only. `watch` is called once for every place.
    ///
    /// # Errors
    /// [`NotebookError::OtherUnit`] if no manifest names the recovery identity, or named it before: the words are of
    /// another programme.
    pub fn open(
        mut self,
        identity: &SealIdentity,
        admin_key: Option<&[u8]>,
        mut watch: impl FnMut(),
    ) -> Result<Recovered> {
        let manifests = self.manifests_of(identity, admin_key)?;
        let configuration = manifests.iter().find_map(|manifest| {
            let json = seal::open(identity, &manifest.sealed.0).ok()?;
            serde_json::from_slice(&json).ok()
        });
        let manifest = manifests.into_iter().next();
        if manifest.is_some() && configuration.is_none() {
            self.troubles.insert(Trouble::general(Why::NoConfiguration));
        }
        let mut opened: Vec<Opened> = Vec::new();
        let mut before: Option<(DeviceId, u64, Digest)> = None;
        for ((device, sequence), here) in std::mem::take(&mut self.found) {
            watch();
            let key = match &manifest {
                Some(manifest) => manifest.find_device(device).map(|known| known.signing_key.0.as_slice()),
                None => None,
            };
            let (key, signed) = match key {
                Some(key) => (Some(key), Trust::Signed),
                None => (self.own_keys.get(&device).map(Vec::as_slice), Trust::OwnKey),
            };
            let follows = before.filter(|(of, last, _)| *of == device && last.checked_add(1) == Some(sequence));
            let prover = Prover { key, signed, before: follows.map(|(_, _, chain)| chain) };
            let mut proved: Vec<(Found, Trust)> = here.into_iter().map(|found| prover.prove(found)).collect();
            proved.sort_by_key(|(found, trust)| (*trust, found.quarantined));
            before = proved.first().map(|(found, _)| (device, sequence, found.envelope.chain));
            let (came_back, troubles) = open_place(identity, proved);
            opened.extend(came_back);
            self.troubles.extend(troubles);
        }
        self.tell_missing(&opened);
        let troubles = self.troubles.into_iter().collect();
        let server = (self.servers.len() == 1).then(|| self.servers.into_iter().next()).flatten();
        Ok(Recovered { manifest, configuration, server, opened, troubles })
    }

    /// The programme's manifests, the newest first.
    fn manifests_of(&mut self, identity: &SealIdentity, admin_key: Option<&[u8]>) -> Result<Vec<Manifest>> {
        let verified = |signed: &SignedManifest| {
            let named = serde_json::from_slice::<Manifest>(&signed.manifest.0).ok()?.admin_key;
            signed.verify_from(admin_key.unwrap_or(&named.0), 0).ok()
        };
        let mut signed: Vec<Manifest> = self.manifests.iter().filter_map(verified).collect();
        signed.sort_by_key(|manifest| Reverse(manifest.number));
        // A sheet of after a change names a key that did not sign what came before it: the chain says that it was the
        // programme's all the same.
        let newest = signed.first().map(|manifest| manifest.succession.clone()).unwrap_or_default();
        let was_due = |signed: &SignedManifest| {
            let proves = |link: &Succession| signed.verify(&link.from.0).ok().filter(|old| old.number < link.number);
            newest.iter().find_map(proves)
        };
        let mut refused = 0;
        for other in self.manifests.iter().filter(|signed| verified(signed).is_none()) {
            match was_due(other) {
                Some(former) => signed.push(former),
                None => refused += 1,
            }
        }
        if refused > 0 {
            self.troubles.insert(Trouble::general(Why::BadManifest));
        }
        let recipients = identity.recipients();
        let is_ours = |manifest: &Manifest| recipients.iter().any(|recipient| manifest.is_recovery(recipient));
        let (mut ours, others): (Vec<_>, Vec<_>) = signed.into_iter().partition(is_ours);
        ours.sort_by_key(|manifest| Reverse(manifest.number));
        if ours.is_empty() && !others.is_empty() { Err(NotebookError::OtherUnit) } else { Ok(ours) }
    }

    /// Tells the places below the end of a log that no source has, and those the server did not keep.
    fn tell_missing(&mut self, opened: &[Opened]) {
        let told: BTreeSet<(DeviceId, u64)> = self
            .troubles
            .iter()
            .filter_map(|trouble| trouble.device.map(|device| (device, trouble.first)))
            .chain(opened.iter().map(|opened| (opened.envelope.device, opened.envelope.operation.sequence)))
            .collect();
        let is_there = |device, place: &u64| told.contains(&(device, *place));
        for (device, last) in &self.logs {
            let mut runs: Vec<Trouble> = Vec::new();
            for place in (1..=*last).filter(|place| !is_there(*device, place)) {
                let why = match self.refused.get(&(*device, place)) {
                    Some(RefusalCode::Removed) => Why::Removed,
                    Some(_) => Why::Refused,
                    None => Why::Missing,
                };
                match runs.last_mut() {
                    Some(run) if run.why == why && run.last.checked_add(1) == Some(place) => run.last = place,
                    _ => runs.push(Trouble::at(why, *device, place)),
                }
            }
            self.troubles.extend(runs);
        }
    }
}

/// What is known where an operation is proved.
struct Prover<'a> {
    /// Its sender's public key.
    key: Option<&'a [u8]>,
    /// What a signature under that key is worth.
    signed: Trust,
    /// The chain value before it, as computed from what was read.
    before: Option<Digest>,
}

impl Prover<'_> {
    /// How well it is proved. A damaged value beside an operation must not cost one that is whole, so that the chain is
    /// tried from the value found with it and from the one computed from its forerunner. What holds stands in the
    /// envelope afterwards.
    fn prove(&self, mut found: Found) -> (Found, Trust) {
        let operation = &found.envelope.operation;
        let sealed = Digest::of(&operation.sealed.0);
        let after = |previous: Digest| link(previous, operation.sequence, operation.stream, sealed);
        let mut candidates = std::iter::once(found.envelope.previous).chain(self.before);
        let holds = |previous: &Digest| match self.key {
            Some(key) => {
                let message = head_message(found.envelope.device, operation.sequence, after(*previous));
                UnparsedPublicKey::new(&ED25519, key).verify(&message, &operation.signature.0).is_ok()
            }
            None => after(*previous) == found.envelope.chain,
        };
        let Some(previous) = candidates.find(holds) else { return (found, Trust::Refuted) };
        let chain = after(previous);
        (found.envelope.previous, found.envelope.chain) = (previous, chain);
        (found, if self.key.is_some() { self.signed } else { Trust::Unproven })
    }
}

/// Opens what was found at one place, the best proved first. What is not proved is opened only where nothing better is.
fn open_place(identity: &SealIdentity, proved: Vec<(Found, Trust)>) -> (Vec<Opened>, Vec<Trouble>) {
    let (mut opened, mut troubles): (Vec<Opened>, Vec<Trouble>) = (Vec::new(), Vec::new());
    let mut failed: Vec<Trouble> = Vec::new();
    for (found, trust) in proved {
        let place = (found.envelope.device, found.envelope.operation.sequence);
        if trust == Trust::Refuted && !opened.is_empty() {
            continue;
        }
        let is_whole = found.envelope.is_whole();
        match open_one(identity, found, trust) {
            Ok(one) => {
                if matches!(one.content, Content::Newer) {
                    troubles.push(Trouble::at(Why::TooNew, place.0, place.1));
                }
                if trust == Trust::Refuted {
                    troubles.push(Trouble::at(if is_whole { Why::Forged } else { Why::Damaged }, place.0, place.1));
                }
                if opened.iter().any(|other| other.is_counted()) && one.is_counted() {
                    troubles.push(Trouble::at(Why::Fork, place.0, place.1));
                }
                opened.push(one);
            }
            Err(why) => failed.push(Trouble::at(why, place.0, place.1)),
        }
    }
    if opened.is_empty() {
        troubles.extend(failed.into_iter().next());
    }
    (opened, troubles)
}

fn open_one(identity: &SealIdentity, found: Found, trust: Trust) -> std::result::Result<Opened, Why> {
    let Found { envelope, quarantined } = found;
    let json = seal::open(identity, &envelope.operation.sealed.0).map_err(|fault| match fault {
        SealFault::NotForUs => Why::NotForUs,
        SealFault::Damaged => Why::Damaged,
        SealFault::TooNew => Why::TooNew,
    })?;
    let content = read(&json, &envelope)?;
    Ok(Opened { envelope, trust, quarantined, json, content })
}

#[derive(Deserialize)]
struct Schema {
    schema: u16,
}

/// Reads content of a schema this version knows. A newer one is not guessed at.
fn read(json: &[u8], envelope: &Envelope) -> std::result::Result<Content, Why> {
    let damaged = |_| Why::Damaged;
    let Schema { schema } = serde_json::from_slice(json).map_err(damaged)?;
    let sequence = envelope.operation.sequence;
    match envelope.operation.stream {
        Stream::Journal if schema <= OPERATION_SCHEMA => {
            let operation: Box<Operation> = serde_json::from_slice(json).map_err(damaged)?;
            let is_here = operation.device == envelope.device && operation.sequence == sequence;
            if is_here { Ok(Content::Operation(operation)) } else { Err(Why::Mismatch) }
        }
        Stream::NightLog if schema <= NIGHT_LOG_SCHEMA => {
            let entry: Box<DeskEnvelope> = serde_json::from_slice(json).map_err(damaged)?;
            if entry.sequence == sequence { Ok(Content::Desk(entry)) } else { Err(Why::Mismatch) }
        }
        Stream::Journal | Stream::NightLog => Ok(Content::Newer),
    }
}
