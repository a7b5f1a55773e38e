//! A night carried by hand: the `.uscita` file that one phone makes and another takes in, without any server.
//!
//! A phone puts in everything it wrote for the outing, and the copies it holds of what others wrote for it. The reader
//! believes nothing but the signatures: all of a file is verified before any of it is kept. A lead's phone opens what
//! is for it, by the same way as a page of the server, so that what comes twice is counted once; every phone keeps the
//! sealed copy, and hands it in for its author ([`super::on_behalf`]). An own operation that comes back from another phone's file proves that the other phone holds it.

use crate::entropy::Moment;
use crate::error::{NotebookError, Result};
use crate::ingest::Arrivals;
use crate::journal::Journal;
use crate::notebook::Notebook;
use crate::store::sealed_copy;
use domain::ids::OutingId;
use domain::sync::Stream;
use domain::sync::file::{FileFault, NightFile};
use domain::sync::manifest::{Role, SignedManifest};
use domain::sync::pull::{Cursor, Envelope};
use domain::sync::push::MAX_BODY_BYTES;
use domain::time::operational_date;
use std::collections::BTreeSet;

/// What this phone holds of an outing besides what it wrote itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HeldNight {
    /// Sealed copies of others' operations, by device and sequence.
    pub copies: Vec<Envelope>,
    /// Own operations that came back from another phone: it holds them.
    pub returned: BTreeSet<u64>,
}

impl Notebook {
    /// The file of an outing: what this phone wrote for it, and the copies it holds.
    ///
    /// # Errors
    /// [`NotebookError::NotFound`] if this phone wrote nothing for it; [`NotebookError::NotEnrolled`]; the disk.
    pub fn night_file(&self, outing: OutingId) -> Result<NightFile> {
        let unit = self.unit().ok_or(NotebookError::NotAllowed)?.clone();
        let mut envelopes = Vec::new();
        let own = self.list_own_sequences(outing)?;
        let is_kept = !self.journal_forgot(&own)?;
        let Some(last) = own.last().copied().filter(|_| is_kept) else {
            return Err(NotebookError::NotFound("outing"));
        };
        // With what lies between the server's and these, so that whoever hands them in can chain them.
        let state = self.journal().state()?;
        let unsent = state.stored.saturating_add(1)..=last;
        for sequence in own.into_iter().chain(unsent).collect::<BTreeSet<u64>>() {
            envelopes.push(own_envelope(self.journal(), sequence)?);
        }
        envelopes.extend(self.held_night(outing)?.copies);
        let programme = self.in_force()?.manifest.programme;
        let manifest = self.signed_manifest()?.ok_or(NotebookError::NotEnrolled)?;
        Ok(NightFile { programme, unit, outing, from: self.device(), manifest, envelopes })
    }

    /// Takes in a file: all of it is verified first, and then kept in one transaction. A newer manifest that the
    /// programme's admin signed comes in force before, as it would from the server: it names the phones that were
    /// enrolled since.
    ///
    /// # Errors
    /// [`NotebookError::ForeignFile`], [`NotebookError::BadFile`]: then no record was taken in.
    /// [`NotebookError::NotAllowed`] at a desk; [`NotebookError::NotEnrolled`]; the disk.
    pub fn take_file(&mut self, file: &NightFile, moment: Moment) -> Result<Arrivals> {
        self.take_newer_manifest(&file.manifest)?;
        let (own, role) = (self.device(), self.role());
        let handed_over = Some((file.outing, operational_date(moment.now)));
        self.verify_file(file)?;
        let is_kept = |envelope: &&Envelope| envelope.device != own || file.from != own;
        let keep = |connection: &rusqlite::Connection| -> Result<Arrivals> {
            let mut arrivals = Arrivals::default();
            for envelope in file.envelopes.iter().filter(is_kept) {
                let is_new = sealed_copy::insert_of(connection, envelope, handed_over)?;
                let counted = if is_new && envelope.device != own { &mut arrivals.new } else { &mut arrivals.known };
                *counted += 1;
            }
            Ok(arrivals)
        };
        let arrivals = match role {
            Some(Role::Lead) => {
                let mut envelopes = file.envelopes.clone();
                // A night log is sealed to the desk: it is only handed in.
                envelopes.retain(|envelope| envelope.operation.stream == Stream::Journal);
                self.take_in(&envelopes, moment, |connection| keep(connection).map(drop))?
            }
            Some(Role::Member) => {
                let transaction = self.store.transaction()?;
                let arrivals = keep(&transaction)?;
                transaction.commit()?;
                arrivals
            }
            _ => return Err(NotebookError::NotAllowed),
        };
        Ok(arrivals)
    }

    /// Whether any of these entries of the own journal is not kept any more.
    fn journal_forgot(&self, sequences: &[u64]) -> Result<bool> {
        let base = self.journal().base()?.sequence;
        Ok(sequences.iter().any(|sequence| *sequence <= base))
    }

    fn take_newer_manifest(&mut self, manifest: &SignedManifest) -> Result<()> {
        match self.apply_manifest(manifest) {
            Ok(_) | Err(NotebookError::StaleManifest) => Ok(()),
            Err(NotebookError::BadManifest(_) | NotebookError::OtherUnit | NotebookError::NotEnrolled) => {
                Err(NotebookError::ForeignFile)
            }
            Err(error) => Err(error),
        }
    }

    /// What this phone holds of an outing besides what it wrote itself.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn held_night(&self, outing: OutingId) -> Result<HeldNight> {
        let own = self.device();
        let all = sealed_copy::list_of(self.store.connection(), outing)?;
        let (returned, copies): (Vec<_>, Vec<_>) = all.into_iter().partition(|copy| copy.device == own);
        Ok(HeldNight { copies, returned: returned.iter().map(|copy| copy.operation.sequence).collect() })
    }

    /// Whether every operation in a file is of a phone of this unit, whole and signed; own ones as they stand here.
    fn verify_file(&self, file: &NightFile) -> Result<()> {
        let manifest = &self.in_force()?.manifest;
        let unit = self.unit().ok_or(NotebookError::NotAllowed)?;
        if file.programme != manifest.programme || &file.unit != unit {
            return Err(NotebookError::ForeignFile);
        }
        for envelope in &file.envelopes {
            if !envelope.is_whole() || envelope.refused.is_some() {
                return Err(FileFault::Damaged.into());
            }
            let sender = manifest.find_device(envelope.device).ok_or(NotebookError::ForeignFile)?;
            if !sender.role.writes(envelope.operation.stream) {
                return Err(FileFault::Damaged.into());
            }
            if &envelope.unit != unit || sender.unit.as_ref() != Some(unit) {
                return Err(NotebookError::ForeignFile);
            }
            if !envelope.is_signed_by(&sender.signing_key.0) || !self.agrees_with_own(envelope)? {
                return Err(FileFault::Damaged.into());
            }
        }
        Ok(())
    }

    /// An own operation must be the one that stands in the journal.
    fn agrees_with_own(&self, envelope: &Envelope) -> Result<bool> {
        let sequence = envelope.operation.sequence;
        // What is not kept any more cannot be compared; its signature holds.
        if envelope.device != self.device() || sequence < self.journal().base()?.sequence {
            return Ok(true);
        }
        Ok(self.journal().chain_at(sequence)? == Some(envelope.chain))
    }
}

/// An entry of the own journal as a server would hand it out.
///
/// # Errors
/// [`NotebookError::Damaged`] if it is not there; the disk.
pub(crate) fn own_envelope(journal: &Journal, sequence: u64) -> Result<Envelope> {
    let run = journal.batch_after(sequence.saturating_sub(1), 1, MAX_BODY_BYTES)?;
    let run = run.ok_or(NotebookError::Damaged("journal"))?;
    let operation = run.operations.into_iter().next().ok_or(NotebookError::Damaged("journal"))?;
    Ok(Envelope {
        cursor: Cursor::default(),
        unit: run.unit,
        device: run.device,
        operation,
        previous: run.previous,
        chain: run.head,
        refused: None,
    })
}

#[cfg(test)]
mod tests;
