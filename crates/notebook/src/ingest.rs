//! Taking in what others wrote: idempotent, and never blocked by one bad envelope.
//!
//! A lead's phone opens its unit's journal. A coordinator's desk keeps a sealed copy of everything it may pull and
//! opens the night-log stream. What cannot be taken in is set aside whole, with a reason, and tried again on request.
//!
//! Of a device that takes part no more, what the manifest vouches for is taken in; the rest waits for the desk's word.
//!
//! While a lead's identity is behind the step-up PIN, what is sealed to it is kept whole where the faults are, with a
//! reason of its own, and opened right after the PIN: no night's work waits for it.

use crate::crypto::identity::DeviceIdentity;
use crate::crypto::seal::{self, SealFault};
use crate::enrolled::InForce;
use crate::entropy::Moment;
use crate::error::{NotebookError, Result};
use crate::notebook::{Notebook, cursor_key};
use crate::save::{insert_operation, observe};
use crate::store::meta::{self, MetaKey};
use crate::store::problem::{Again, ProblemCode};
use crate::store::{desk_entry, draft, forgotten, night_count, operation, problem, register, sealed_copy};
use domain::ids::{DeviceId, UnitId};
use domain::operation::{OPERATION_SCHEMA, Operation};
use domain::stamp::Stamp;
use domain::sync::Stream;
use domain::sync::chain::Digest;
use domain::sync::error::RefusalCode;
use domain::sync::manifest::{DeviceStatus, ManifestDevice, Role};
use domain::sync::night_log::{DeskEntry, DeskEnvelope, NIGHT_LOG_SCHEMA};
use domain::sync::pull::{Envelope, Page};
use domain::sync::vouch::{Place, vouched_places};
use domain::time::operational_date;
use rusqlite::Connection;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use std::collections::{BTreeMap, BTreeSet};

/// What became of an envelope.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Arrival {
    /// Taken in.
    New,
    /// Here already, by (device, sequence).
    Known,
    /// Set aside.
    SetAside(ProblemCode),
    /// Kept whole until the lead's step-up PIN.
    Waiting {
        /// It was not waiting before.
        is_new: bool,
    },
}

/// What became of a page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Arrivals {
    /// Taken in, or kept whole until the lead's step-up PIN.
    pub new: u32,
    /// Here already, opened or not.
    pub known: u32,
    /// Set aside.
    pub set_aside: u32,
}

impl Arrivals {
    const fn count(&mut self, arrival: Arrival) {
        match arrival {
            Arrival::New | Arrival::Waiting { is_new: true } => self.new += 1,
            Arrival::Known | Arrival::Waiting { is_new: false } => self.known += 1,
            Arrival::SetAside(_) => self.set_aside += 1,
        }
    }
}

impl Notebook {
    /// Takes in a page of a stream and moves its cursor, in one transaction.
    ///
    /// # Errors
    /// [`NotebookError::NotAllowed`] if this device's role does not pull; [`NotebookError::NotEnrolled`]; the disk.
    pub fn ingest_page(&mut self, stream: Stream, page: &Page, moment: Moment) -> Result<Arrivals> {
        let asks = self.last_of_others(stream, page)?;
        let today = operational_date(moment.now);
        self.take_in(&page.envelopes, moment, |connection| {
            for envelope in &asks {
                sealed_copy::insert_last(connection, envelope, today)?;
            }
            meta::put_json(connection, cursor_key(stream), &page.next)
        })
    }

    /// On a lead's phone, the last envelope of each other device on a page: by it the server is asked how far that
    /// device's log is safe. Of a revoked device it says nothing.
    fn last_of_others(&self, stream: Stream, page: &Page) -> Result<Vec<Envelope>> {
        if self.role() != Some(Role::Lead) || stream != Stream::Journal {
            return Ok(Vec::new());
        }
        let (manifest, safe) = (&self.in_force()?.manifest, self.safe_logs()?);
        let is_asked = |envelope: &&Envelope| {
            let sender = manifest.find_device(envelope.device);
            envelope.device != self.device()
                && envelope.refused.is_none()
                && sender.is_some_and(|sender| {
                    sender.status == DeviceStatus::Active && envelope.is_signed_by(&sender.signing_key.0)
                })
                && envelope.is_whole()
                && safe.get(&envelope.device).is_none_or(|through| *through < envelope.operation.sequence)
        };
        let mut last: BTreeMap<DeviceId, Envelope> = BTreeMap::new();
        for envelope in page.envelopes.iter().filter(is_asked) {
            last.insert(envelope.device, envelope.clone());
        }
        Ok(last.into_values().collect())
    }

    /// Takes in one envelope.
    ///
    /// # Errors
    /// As [`Notebook::ingest_page`].
    pub fn ingest(&mut self, envelope: &Envelope, moment: Moment) -> Result<Arrivals> {
        self.take_in(std::slice::from_ref(envelope), moment, |_| Ok(()))
    }

    /// Tries again what was set aside: after an update, when a newer manifest names the sender, or after the step-up.
    ///
    /// # Errors
    /// As [`Notebook::ingest_page`].
    pub fn retry_set_aside(&mut self, moment: Moment) -> Result<Arrivals> {
        let again = if self.identity_is_open() { Again::All } else { Again::Faults };
        let envelopes = problem::list_envelopes(self.store.connection(), again)?;
        self.take_in(&envelopes, moment, |_| Ok(()))
    }

    /// Takes in envelopes, in one transaction with `finish`.
    pub(crate) fn take_in(
        &mut self,
        envelopes: &[Envelope],
        moment: Moment,
        finish: impl FnOnce(&Connection) -> Result<()>,
    ) -> Result<Arrivals> {
        let in_force = self.in_force.as_ref().ok_or(NotebookError::NotEnrolled)?;
        let reader = Reader::new(in_force, &self.identity)?;
        let transaction = self.store.transaction()?;
        let mut arrivals = Arrivals::default();
        let mut clock = self.clock;
        let (waiting, vouched) = reader.vouched(&transaction, envelopes)?;
        for envelope in envelopes.iter().chain(&waiting) {
            let (arrival, stamp) = reader.take_in(&transaction, envelope, &vouched)?;
            match arrival {
                Arrival::SetAside(code) => problem::put(&transaction, envelope, code)?,
                Arrival::Waiting { is_new: true } => problem::put(&transaction, envelope, ProblemCode::Locked)?,
                Arrival::Waiting { is_new: false } => {}
                Arrival::New | Arrival::Known => {
                    problem::remove(&transaction, envelope.device, envelope.operation.sequence)?;
                }
            }
            if let Some(stamp) = stamp {
                clock = observe(clock, stamp, moment);
            }
            arrivals.count(arrival);
        }
        meta::put_json(&transaction, MetaKey::Clock, &clock)?;
        finish(&transaction)?;
        transaction.commit()?;
        self.clock = clock;
        self.count_new();
        Ok(arrivals)
    }
}

/// Who reads, and as what.
struct Reader<'a> {
    in_force: &'a InForce,
    identity: &'a DeviceIdentity,
    seat: Seat<'a>,
}

enum Seat<'a> {
    Lead(&'a UnitId),
    Desk,
}

/// Places that the desk vouches for, of devices that take part no more.
type Vouched = BTreeSet<(DeviceId, u64, Digest)>;

/// An arrival with the stamp of what was opened, if something was.
type Taken = (Arrival, Option<Stamp>);

impl<'a> Reader<'a> {
    fn new(in_force: &'a InForce, identity: &'a DeviceIdentity) -> Result<Self> {
        let own = in_force.manifest.find_device(identity.device()).ok_or(NotebookError::NotEnrolled)?;
        let seat = match (own.role, &own.unit) {
            (Role::Lead, Some(unit)) => Seat::Lead(unit),
            (Role::Coordinator | Role::Admin, _) => Seat::Desk,
            _ => return Err(NotebookError::NotAllowed),
        };
        Ok(Self { in_force, identity, seat })
    }

    /// Of the devices that take part no more and that these envelopes come from: what waited for the desk's word and has
    /// it now, and all places that the desk vouches for.
    fn vouched(&self, connection: &Connection, envelopes: &[Envelope]) -> Result<(Vec<Envelope>, Vouched)> {
        let (mut waiting, mut vouched) = (Vec::new(), Vouched::new());
        let senders: BTreeSet<DeviceId> = envelopes.iter().map(|envelope| envelope.device).collect();
        for sender in senders.into_iter().filter_map(|device| self.in_force.manifest.find_device(device)) {
            if sender.status == DeviceStatus::Active {
                continue;
            }
            let here = envelopes.iter().filter(|envelope| envelope.device == sender.id);
            let aside = problem::list_of(connection, sender.id)?;
            let mut places = sealed_copy::list_places(connection, sender.id)?;
            let is_true = |envelope: &&Envelope| envelope.is_whole() && envelope.is_signed_by(&sender.signing_key.0);
            places.extend(here.chain(aside.iter().map(|(envelope, _)| envelope)).filter(is_true).map(Place::from));
            let is_followed = |sequence: u64| is_known(connection, sender.id, sequence.saturating_add(1));
            let found = vouched_places(&sender.vouched, &places, is_followed)?;
            let is_found = |envelope: &Envelope| found.contains(&(envelope.operation.sequence, envelope.chain));
            let found_now = aside.into_iter().filter(|(envelope, waits)| *waits && is_found(envelope));
            waiting.extend(found_now.map(|(envelope, _)| envelope).filter(|envelope| !envelopes.contains(envelope)));
            vouched.extend(found.into_iter().map(|(sequence, chain)| (sender.id, sequence, chain)));
        }
        Ok((waiting, vouched))
    }

    fn take_in(&self, connection: &Connection, envelope: &Envelope, vouched: &Vouched) -> Result<Taken> {
        let is_vouched = |sender: &ManifestDevice| {
            let place = (sender.id, envelope.operation.sequence, envelope.chain);
            sender.status == DeviceStatus::Active || vouched.contains(&place)
        };
        let aside = |code| Ok((Arrival::SetAside(code), None));
        if !envelope.is_whole() {
            return aside(ProblemCode::Damaged);
        }
        let Some(sender) = self.in_force.manifest.find_device(envelope.device) else {
            return aside(ProblemCode::UnknownDevice);
        };
        // `age` does not say who sealed, and the server knows every recipient: the sender's signature does.
        if !envelope.is_signed_by(&sender.signing_key.0) {
            return aside(ProblemCode::Forged);
        }
        if !sender.role.writes(envelope.operation.stream) {
            return aside(ProblemCode::NotAllowed);
        }
        match (&self.seat, envelope.operation.stream) {
            (Seat::Lead(unit), Stream::Journal) => {
                if sender.unit.as_ref() != Some(*unit) {
                    return aside(ProblemCode::UnknownDevice);
                }
                match envelope.refused {
                    // A desk has had it for long: there is nothing left to take in.
                    Some(RefusalCode::Removed) => return Ok((Arrival::Known, None)),
                    Some(_) => return aside(ProblemCode::Refused),
                    None => {}
                }
                // What is here already came before.
                if !is_vouched(sender) && !is_known(connection, envelope.device, envelope.operation.sequence)? {
                    return aside(ProblemCode::Unvouched);
                }
                self.take_operation(connection, envelope)
            }
            // A lead has no part in the night-log stream.
            (Seat::Lead(_), Stream::NightLog) => aside(ProblemCode::NotForUs),
            (Seat::Desk, stream) => {
                let sequence = envelope.operation.sequence;
                let is_new = sealed_copy::insert(connection, envelope)?;
                match stream {
                    _ if envelope.refused == Some(RefusalCode::Removed) => Ok((Arrival::Known, None)),
                    _ if envelope.refused.is_some() => aside(ProblemCode::Refused),
                    Stream::NightLog if desk_entry::contains(connection, envelope.device, sequence)? => {
                        Ok((Arrival::Known, None))
                    }
                    Stream::Journal if !is_new && !problem::is_unvouched(connection, envelope.device, sequence)? => {
                        Ok((Arrival::Known, None))
                    }
                    // Kept for its author; it counts for nothing.
                    _ if !is_vouched(sender) => aside(ProblemCode::Unvouched),
                    Stream::NightLog => self.take_desk_entry(connection, envelope, sender),
                    Stream::Journal => Ok((Arrival::New, None)),
                }
            }
        }
    }

    fn take_operation(&self, connection: &Connection, envelope: &Envelope) -> Result<Taken> {
        let sequence = envelope.operation.sequence;
        if is_known(connection, envelope.device, sequence)? {
            return Ok((Arrival::Known, None));
        }
        let Some(sealing) = self.identity.sealing() else {
            let is_new = !problem::is_locked(connection, envelope.device, sequence)?;
            return Ok((Arrival::Waiting { is_new }, None));
        };
        let json = match seal::open(sealing, &envelope.operation.sealed.0) {
            Ok(json) => json,
            Err(fault) => return Ok((Arrival::SetAside(problem_of(fault)), None)),
        };
        let opened: Operation = match parse(&json, OPERATION_SCHEMA) {
            Ok(opened) => opened,
            Err(code) => return Ok((Arrival::SetAside(code), None)),
        };
        if opened.device != envelope.device || opened.sequence != sequence {
            return Ok((Arrival::SetAside(ProblemCode::Mismatch), None));
        }
        insert_operation(connection, &opened, &json, envelope.chain)?;
        forgotten::remove(connection, opened.device, sequence)?;
        // An own one that only the journal had: its card is saved.
        if opened.device == self.identity.device() {
            draft::remove(connection, opened.id)?;
        }
        Ok((Arrival::New, Some(opened.stamp)))
    }

    fn take_desk_entry(&self, connection: &Connection, envelope: &Envelope, sender: &ManifestDevice) -> Result<Taken> {
        let sequence = envelope.operation.sequence;
        let sealing = self.identity.sealing().ok_or(NotebookError::StepUpFirst)?;
        let json = match seal::open(sealing, &envelope.operation.sealed.0) {
            Ok(json) => json,
            Err(fault) => return Ok((Arrival::SetAside(problem_of(fault)), None)),
        };
        let opened: DeskEnvelope = match parse(&json, NIGHT_LOG_SCHEMA) {
            Ok(opened) => opened,
            Err(code) => return Ok((Arrival::SetAside(code), None)),
        };
        if opened.sequence != sequence || !may_say(sender, &opened.entry) {
            return Ok((Arrival::SetAside(ProblemCode::Mismatch), None));
        }
        if desk_entry::insert(connection, envelope.device, &opened, &json)? {
            register::note(connection, envelope.device, &opened, &json)?;
        }
        Ok((Arrival::New, None))
    }
}

/// Whether an operation is here, or was and is forgotten: unless its outing is called back, it stays so.
pub(crate) fn is_known(connection: &Connection, device: DeviceId, sequence: u64) -> Result<bool> {
    if operation::contains(connection, device, sequence)? {
        return Ok(true);
    }
    let Some(outing) = forgotten::find(connection, device, sequence)? else { return Ok(false) };
    Ok(night_count::find(connection, outing)?.is_some_and(|night| night.forgotten_on.is_some()))
}

/// Whether an entry is its sender's to write: a night is its unit's lead's, the rest is day staff's. Otherwise whoever
/// writes to the stream could put another night in the place of one that was signed. A release is a coordinator's, and
/// signed by the very desk that sends it.
pub(crate) fn may_say(sender: &ManifestDevice, entry: &DeskEntry) -> bool {
    match entry {
        DeskEntry::NightLog(log) => sender.role == Role::Lead && sender.unit.as_ref() == Some(&log.outing.unit),
        DeskEntry::ReferralOpened(_)
        | DeskEntry::ReferralAdvanced { .. }
        | DeskEntry::Accompanied(_)
        | DeskEntry::DeskAccess(_)
        | DeskEntry::Event(_)
        | DeskEntry::Incident(_) => {
            matches!(sender.role, Role::DeskWorker | Role::CaseWorker | Role::Coordinator | Role::Admin)
        }
        // A coordinator corrects anybody's entry, day staff their own.
        DeskEntry::Corrected(correction) => match sender.role {
            Role::Coordinator | Role::Admin => true,
            Role::DeskWorker | Role::CaseWorker => correction.device == sender.id,
            Role::Member | Role::Lead => false,
        },
        DeskEntry::Released(released) => may_release(sender) && released.signed.verify(&sender.signing_key.0).is_ok(),
        DeskEntry::Planned(_)
        | DeskEntry::Depot(_)
        | DeskEntry::Acts(_)
        | DeskEntry::Published(_)
        | DeskEntry::Withdrawn { .. } => may_release(sender),
    }
}

const fn may_release(sender: &ManifestDevice) -> bool {
    matches!(sender.role, Role::Coordinator | Role::Admin)
}

const fn problem_of(fault: SealFault) -> ProblemCode {
    match fault {
        SealFault::NotForUs => ProblemCode::NotForUs,
        SealFault::Damaged => ProblemCode::Damaged,
        SealFault::TooNew => ProblemCode::TooNew,
    }
}

#[derive(Deserialize)]
struct Schema {
    schema: u16,
}

/// Reads content of a schema this version knows. A newer one is not guessed at.
fn parse<T: DeserializeOwned>(json: &[u8], newest: u16) -> std::result::Result<T, ProblemCode> {
    let Schema { schema } = serde_json::from_slice(json).map_err(|_| ProblemCode::Damaged)?;
    if schema > newest {
        return Err(ProblemCode::TooNew);
    }
    serde_json::from_slice(json).map_err(|_| ProblemCode::Damaged)
}

#[cfg(test)]
mod tests;
