//! Handing in for another device: the copies that this one holds of its log.
//!
//! A batch is not signed by whoever sends it: each operation carries its author's signature, and the server takes it
//! into the author's log or not at all. So a phone that holds the other's sealed night hands it in too, and if the
//! other phone is lost the night still arrives; where both do, the second changes nothing. A desk does the same for
//! everybody when the server has lost what it held.
//!
//! Of what a lead's phone reads from the server it keeps the last envelope of each device, and hands that in too: by the
//! answer it knows how far the other's log is safe, before it forgets what it read ([`crate::retention`]).
//!
//! A phone keeps the copies until the server's receipt for the other device says that they have a copy off its host: then
//! they go, and nothing else lets them go. What the server puts in quarantine, or cannot chain, stays here.
//!
//! Of a log that is in order the server says what it lacks, so the last copy is asked about first. Of one that it puts
//! apart it says nothing: there all copies are handed in, from the first on.

use super::fault::Trouble;
use super::visit::{Hands, Hold};
use super::wire::{Answer, Call, Transport, WireRequest, read};
use crate::error::{NotebookError, Result};
use crate::notebook::Notebook;
use crate::store::meta::{self, MetaKey};
use crate::store::sealed_copy;
use chrono::{DateTime, TimeDelta, Utc};
use domain::ids::DeviceId;
use domain::sync::chain::Digest;
use domain::sync::error::RefusalCode;
use domain::sync::manifest::Role;
use domain::sync::pull::Envelope;
use domain::sync::push::{Batch, MAX_BODY_BYTES, MAX_OPERATIONS};
use domain::sync::receipt::Receipt;
use domain::sync::version;
use std::collections::BTreeMap;

/// The server is asked again about copies it has after this long.
const ASKED_AGE: TimeDelta = TimeDelta::minutes(1);
/// Batches for one device in one visit.
const BATCHES: usize = 32;
/// What an operation costs in JSON besides its sealed bytes.
const OPERATION_BYTES: usize = 200;

/// What is remembered of a device between visits, in memory.
#[derive(Clone, Copy, Debug, Default)]
struct Known {
    /// The last of our copies that the server took or refused.
    through: u64,
    /// When that was.
    asked: Option<DateTime<Utc>>,
    /// It puts the rest apart: asking again changes nothing.
    refused: bool,
    /// It puts them apart, and they are handed in from here on.
    apart: Option<u64>,
}

/// What was handed in for others, in memory.
#[derive(Debug, Default)]
pub(crate) struct OnBehalf {
    known: BTreeMap<DeviceId, Known>,
}

/// Copies of one device's log.
struct Copies {
    device: DeviceId,
    first: u64,
    last: u64,
}

/// How one batch went.
enum Handed {
    /// Go on from here.
    From(u64),
    /// There is no more to do for this device now.
    Done,
    /// No answer: nothing more now for anybody.
    Unreachable,
}

impl OnBehalf {
    /// Hands in what is held of others. Silent where the server does not answer: the next visit tries again.
    ///
    /// # Errors
    /// What goes wrong on this device.
    pub(crate) fn hand_in(
        &mut self,
        holder: &mut impl Hold,
        transport: &dyn Transport,
        trouble: Option<Trouble>,
        now: DateTime<Utc>,
    ) -> Result<()> {
        for copies in holder.hold(|hands| list(&hands, trouble))? {
            let known = self.known.entry(copies.device).or_default();
            if known.through >= copies.last {
                let is_fresh = known.asked.is_some_and(|asked| asked <= now && now - asked < ASKED_AGE);
                if known.refused || is_fresh {
                    continue;
                }
            } else {
                known.refused = false;
            }
            // The last one first: the server says what it lacks.
            let mut next = known.apart.map_or(copies.last, |next| next.min(copies.last));
            for _ in 0..BATCHES {
                let run = holder.hold(|hands| run_from(&hands, copies.device, next))?;
                let Some(batch) = batch(&run) else { break };
                let last = batch.operations.last().map_or(next, |operation| operation.sequence);
                let body = serde_json::to_vec(&batch).map_err(|_| NotebookError::Internal("request"))?;
                let call = Call::Push { first: next, count: batch.operations.len() };
                let (method, path) = call.target();
                let reply = transport.exchange(&WireRequest::new(method, path, body));
                let answer = holder.hold(|hands| {
                    let server_key = hands.journal().server_key()?.unwrap_or_default();
                    let answer = reply.and_then(|reply| read(call, &reply, &server_key));
                    if let (Ok(Answer::Receipt(receipt, _)), Hands::Open(notebook)) = (&answer, hands) {
                        notebook.let_copies_go(copies.device, last, batch.head, receipt)?;
                    }
                    Ok(answer)
                })?;
                match known.judge(answer.ok(), &copies, (next, last), now) {
                    Handed::From(first) => next = first,
                    Handed::Done => break,
                    Handed::Unreachable => return Ok(()),
                }
            }
        }
        Ok(())
    }
}

impl Known {
    fn judge(
        &mut self,
        answer: Option<Answer>,
        copies: &Copies,
        (first, last): (u64, u64),
        now: DateTime<Utc>,
    ) -> Handed {
        match answer {
            Some(Answer::Receipt(receipt, _)) if receipt.device == copies.device && receipt.stored >= last => {
                (self.through, self.asked) = (last, Some(now));
                last.checked_add(1).filter(|next| *next <= copies.last).map_or(Handed::Done, Handed::From)
            }
            Some(Answer::Refused(refused)) if refused.code == RefusalCode::Gap => match refused.expected {
                Some(expected) if (copies.first..first).contains(&expected) => Handed::From(expected),
                // What lies between is held by its author only.
                _ => {
                    (self.through, self.asked) = (copies.last, Some(now));
                    Handed::Done
                }
            },
            Some(Answer::Refused(refused)) => {
                let is_set_apart = matches!(refused.code, RefusalCode::Revoked | RefusalCode::Fork);
                if is_set_apart {
                    // It takes whatever comes and never says what lies before: all of it, so that all can be released.
                    let is_probe = self.apart.is_none() && copies.first < first;
                    let next = if is_probe { copies.first } else { last.saturating_add(1) };
                    self.apart = Some(next);
                    if next <= copies.last {
                        return Handed::From(next);
                    }
                }
                (self.through, self.asked, self.refused) = (copies.last, Some(now), is_set_apart);
                Handed::Done
            }
            Some(_) => Handed::Done,
            None => Handed::Unreachable,
        }
    }
}

/// What a phone holds of others, or a desk of everybody else.
fn list(hands: &Hands<'_>, trouble: Option<Trouble>) -> Result<Vec<Copies>> {
    let Hands::Open(notebook) = hands else { return Ok(Vec::new()) };
    let connection = notebook.store.connection();
    let held = match notebook.role() {
        Some(Role::Lead | Role::Member) if trouble.is_none() => {
            sealed_copy::list_handed_over(connection, notebook.device())?
        }
        Some(Role::Coordinator | Role::Admin) if trouble.is_some() => {
            sealed_copy::list_extents(connection, notebook.device())?
        }
        _ => Vec::new(),
    };
    Ok(held.into_iter().map(|(device, first, last)| Copies { device, first, last }).collect())
}

/// The copies from a place on that fit into one batch.
fn run_from(hands: &Hands<'_>, device: DeviceId, first: u64) -> Result<Vec<Envelope>> {
    let Hands::Open(notebook) = hands else { return Ok(Vec::new()) };
    let mut run = sealed_copy::run_from(notebook.store.connection(), device, first, MAX_OPERATIONS)?;
    let mut bytes = OPERATION_BYTES;
    let fitting = run.iter().take_while(|copy| {
        bytes += OPERATION_BYTES + data_encoding::BASE64URL_NOPAD.encode_len(copy.operation.sealed.0.len());
        bytes <= MAX_BODY_BYTES
    });
    let fitting = fitting.count().max(1);
    run.truncate(fitting);
    Ok(run)
}

fn batch(run: &[Envelope]) -> Option<Batch> {
    let (first, last) = (run.first()?, run.last()?);
    Some(Batch {
        version: version::CURRENT,
        unit: first.unit.clone(),
        device: first.device,
        previous: first.previous,
        operations: run.iter().map(|copy| copy.operation.clone()).collect(),
        head: last.chain,
    })
}

impl Notebook {
    /// Lets go of the copies of another device that a receipt covers, where it was the answer to a batch that ended at
    /// `last` with this chain value: the server compared it with its own, and so everything before.
    fn let_copies_go(&mut self, device: DeviceId, last: u64, head: Digest, receipt: &Receipt) -> Result<()> {
        let is_other = receipt.stored == last && receipt.head != head;
        if receipt.device != device || receipt.stored < last || receipt.backed_up > receipt.stored || is_other {
            return Ok(());
        }
        let refused = receipt.refused.iter().map(|refused| refused.sequence).min();
        let through = refused.map_or(receipt.backed_up, |first| receipt.backed_up.min(first.saturating_sub(1)));
        let through = through.min(last);
        let mut safe = self.safe_logs()?;
        let known = safe.entry(device).or_default();
        *known = through.max(*known);
        let transaction = self.store.transaction()?;
        sealed_copy::drop_handed_over(&transaction, device, through)?;
        meta::put_json(&transaction, MetaKey::SafeLogs, &safe)?;
        Ok(transaction.commit()?)
    }

    /// How far the log of each other device has a copy off the server, as its receipts said.
    pub(crate) fn safe_logs(&self) -> Result<BTreeMap<DeviceId, u64>> {
        Ok(meta::find_json(self.store.connection(), MetaKey::SafeLogs)?.unwrap_or_default())
    }
}

#[cfg(test)]
mod tests;
