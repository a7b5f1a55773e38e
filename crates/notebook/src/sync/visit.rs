//! Carries a round out: does with the journal and the notebook what the round decides.

use super::fault::{Fault, Trouble};
use super::on_behalf::OnBehalf;
use super::pace::Pace;
use super::progress::Progress;
use super::round::{Effect, OpenView, Round, RoundEnd, Step, View};
use super::wire::{Answer, Call, Plan, Reply, Transport, WireRequest, read};
use crate::crypto::identity::DeviceIdentity;
use crate::enrolled::ManifestOutcome;
use crate::entropy::{Entropy, Moment};
use crate::error::{NotebookError, Result};
use crate::ingest::Arrivals;
use crate::journal::Journal;
use crate::notebook::Notebook;
use chrono::{DateTime, TimeDelta, Utc};
use domain::sync::Stream;
use domain::sync::audit::{AuditHead, was_set_back};
use domain::sync::auth::{RequestSignature, WINDOW_SECONDS, request_message};
use domain::sync::chain::Digest;
use domain::sync::error::RefusalCode;
use domain::sync::manifest::{DeviceStatus, Role};
use domain::sync::pull::{Acknowledgement, Envelope, Page};
use domain::sync::push::MAX_BODY_BYTES;
use std::sync::Arc;

/// The manifest is asked for again after this long.
const MANIFEST_AGE: TimeDelta = TimeDelta::minutes(10);
/// In the background, others' records are asked for again after this long.
const READING_AGE: TimeDelta = TimeDelta::minutes(1);

/// What a turn holds besides a batch, at most.
const TURN_BYTES: usize = 1024;

/// An order to wipe is asked for again after this long.
const ORDER_AGE: TimeDelta = TimeDelta::minutes(10);

/// What a visit has at hand: everything, or the journal alone while the notebook is locked.
pub enum Hands<'a> {
    /// The open notebook with its journal.
    Open(&'a mut Notebook),
    /// The journal beside a locked notebook.
    Locked(&'a mut Journal),
}

impl Hands<'_> {
    pub(crate) fn journal(&self) -> &Journal {
        match self {
            Self::Open(notebook) => notebook.journal(),
            Self::Locked(journal) => journal,
        }
    }

    fn journal_mut(&mut self) -> &mut Journal {
        match self {
            Self::Open(notebook) => notebook.journal_mut(),
            Self::Locked(journal) => journal,
        }
    }
}

/// Gives the notebook or journal for a moment. It is never held while the network is waited for.
pub trait Hold {
    /// Does something with what is at hand now.
    ///
    /// # Errors
    /// What `work` gives, or that there is nothing to hold.
    fn hold<T>(&mut self, work: impl FnOnce(Hands<'_>) -> Result<T>) -> Result<T>;
}

impl Hold for Notebook {
    fn hold<T>(&mut self, work: impl FnOnce(Hands<'_>) -> Result<T>) -> Result<T> {
        work(Hands::Open(self))
    }
}

impl Hold for Journal {
    fn hold<T>(&mut self, work: impl FnOnce(Hands<'_>) -> Result<T>) -> Result<T> {
        work(Hands::Locked(self))
    }
}

/// Why the server is visited.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// Somebody waits for it: everything this role may read is read.
    Asked,
    /// To get saved records out: reading only now and then.
    Background,
}

/// What is remembered from visit to visit, in memory.
#[derive(Debug)]
pub struct Visitor {
    pace: Pace,
    entropy: Entropy,
    /// Server time minus our own, as last heard.
    offset: TimeDelta,
    manifest_asked: Option<DateTime<Utc>>,
    order_asked: Option<DateTime<Utc>>,
    read_at: Option<DateTime<Utc>>,
    acknowledge: bool,
    on_behalf: OnBehalf,
    /// Envelopes whose chain value or signature did not hold when they were last seen.
    suspect: Option<Digest>,
    /// The server answers turns. It is asked for one until it says that it knows none.
    knows_turns: bool,
    /// For the journal of a self whose keys are gone: an order to wipe counts as obeyed.
    keys_are_gone: bool,
    progress: Arc<Progress>,
}

impl Visitor {
    /// A visitor who has never been there.
    #[must_use]
    pub fn new(entropy: Entropy) -> Self {
        Self {
            pace: Pace::default(),
            entropy,
            offset: TimeDelta::zero(),
            manifest_asked: None,
            order_asked: None,
            keys_are_gone: false,
            read_at: None,
            acknowledge: true,
            on_behalf: OnBehalf::default(),
            suspect: None,
            knows_turns: true,
            progress: Arc::default(),
        }
    }

    /// One who says there how far reading has come.
    #[must_use]
    pub fn telling(self, progress: Arc<Progress>) -> Self {
        Self { progress, ..self }
    }

    /// Says whether the keys of the device are gone: only then may an order to wipe be confirmed.
    pub fn set_keys_gone(&mut self, gone: bool) {
        self.keys_are_gone = gone;
    }

    /// Whether this device's clock is further from the server's than a signature may be (V33).
    #[must_use]
    pub fn clock_is_off(&self) -> bool {
        self.offset.abs() > TimeDelta::seconds(WINDOW_SECONDS)
    }

    /// One visit to the server, to its end.
    ///
    /// # Errors
    /// What goes wrong on this device: a full disk, a damaged file. What goes wrong on the way is in the
    /// [`RoundEnd`].
    pub fn visit(
        &mut self,
        holder: &mut impl Hold,
        transport: &dyn Transport,
        clock: &dyn Fn() -> Moment,
        purpose: Purpose,
    ) -> Result<RoundEnd> {
        self.progress.begin();
        let end = self.carry_out(holder, transport, clock, purpose);
        self.progress.end();
        end
    }

    fn carry_out(
        &mut self,
        holder: &mut impl Hold,
        transport: &dyn Transport,
        clock: &dyn Fn() -> Moment,
        purpose: Purpose,
    ) -> Result<RoundEnd> {
        let mut round = Round::new(self.pace);
        let started = clock();
        while let Some((call, request)) = holder.hold(|hands| self.prepare(&mut round, hands, purpose, clock()))? {
            let reply = transport.exchange(&request);
            holder.hold(|hands| self.take_in(&mut round, hands, call, reply, clock()))?;
        }
        let end = round.end(u64::from_be_bytes(self.entropy.bytes()?));
        // A desk whose acknowledgement the server does not understand: it has lost what it held.
        if matches!(end.trouble, None | Some(Trouble::Stuck)) {
            self.on_behalf.hand_in(holder, transport, end.trouble, clock().now)?;
        }
        self.pace = end.pace;
        if end.trouble.is_none() && purpose == Purpose::Asked {
            self.read_at = Some(started.now);
        }
        Ok(end)
    }

    fn view(&self, hands: &Hands<'_>, purpose: Purpose, now: DateTime<Utc>) -> Result<View> {
        let journal = hands.journal();
        let state = journal.state()?;
        let open = match hands {
            Hands::Open(notebook) => Some(self.open_view(notebook, purpose, now)?),
            Hands::Locked(_) => None,
        };
        Ok(View {
            device: journal.device(),
            total: state.total,
            received: state.stored,
            backed_up: state.backed_up,
            base: journal.base()?.sequence,
            order_due: is_older(self.order_asked, ORDER_AGE, now) && !journal.is_to_be_wiped()?,
            unconfirmed_wipe: self.keys_are_gone && journal.wipe_confirmation()?.is_some(),
            open,
        })
    }

    fn open_view(&self, notebook: &Notebook, purpose: Purpose, now: DateTime<Utc>) -> Result<OpenView> {
        let reading_due = purpose == Purpose::Asked || is_older(self.read_at, READING_AGE, now);
        let streams: &[Stream] = match notebook.role() {
            Some(Role::Lead) => &[Stream::Journal],
            Some(Role::Coordinator | Role::Admin) => &[Stream::Journal, Stream::NightLog],
            Some(Role::Member | Role::DeskWorker | Role::CaseWorker) | None => &[],
        };
        let may_read = reading_due && notebook.status() == Some(DeviceStatus::Active);
        let reads = streams
            .iter()
            .filter(|_| may_read)
            .map(|stream| Ok((*stream, notebook.cursor(*stream)?)))
            .collect::<Result<_>>()?;
        Ok(OpenView {
            // Where one waits here, another desk may have been faster: it cannot be handed in before that is known.
            manifest_due: is_older(self.manifest_asked, MANIFEST_AGE, now) || notebook.has_unpublished()?,
            reads,
            unacknowledged: may_read && self.acknowledge && streams.len() > 1,
            turns: self.knows_turns && notebook.status() == Some(DeviceStatus::Active),
            audit: notebook.journal().receipt()?.map(|receipt| receipt.audit),
        })
    }

    fn prepare(
        &mut self,
        round: &mut Round,
        mut hands: Hands<'_>,
        purpose: Purpose,
        moment: Moment,
    ) -> Result<Option<(Call, WireRequest)>> {
        if let Hands::Open(notebook) = &mut hands
            && notebook.begin_anew()?
        {
            // A desk says again what it holds, and gives back what the server does not know.
            self.acknowledge = true;
            self.on_behalf = OnBehalf::default();
            round.read_again();
        }
        loop {
            let view = self.view(&hands, purpose, moment.now)?;
            let Step::Ask(call) = round.next(&view) else { return Ok(None) };
            let (call, body) = match call {
                Call::Push { first, count } => {
                    let stored = first.saturating_sub(1);
                    let batch = hands.journal().batch_after(stored, count, MAX_BODY_BYTES)?;
                    let batch = batch.ok_or(NotebookError::Internal("empty batch"))?;
                    (Call::Push { first, count: batch.operations.len() }, json(&batch)?)
                }
                Call::Acknowledge => {
                    let held = match &hands {
                        Hands::Open(notebook) => notebook.list_held_logs()?,
                        Hands::Locked(_) => Vec::new(),
                    };
                    if held.is_empty() {
                        let chain = |_: u64| None;
                        if round.answered(call, Answer::Accepted, &view, chain) == Effect::MarkAcknowledged {
                            self.acknowledge = false;
                        }
                        continue;
                    }
                    (call, json(&Acknowledgement { held })?)
                }
                Call::ConfirmWipe => {
                    let confirmation = hands.journal().wipe_confirmation()?;
                    (call, json(&confirmation.ok_or(NotebookError::Internal("no order"))?)?)
                }
                Call::Turn(plan) => {
                    let Hands::Open(notebook) = &hands else { return Ok(None) };
                    let batch = match plan.push {
                        Some((first, count)) => {
                            hands.journal().batch_after(first.saturating_sub(1), count, MAX_BODY_BYTES - TURN_BYTES)?
                        }
                        None => None,
                    };
                    let push = batch.as_ref().zip(plan.push).map(|(batch, (first, _))| (first, batch.operations.len()));
                    let plan = Plan { push, ..plan };
                    (Call::Turn(plan), json(&plan.turn(batch, notebook.number_at_server()?))?)
                }
                Call::Health | Call::Manifest | Call::Receipt | Call::Pull { .. } | Call::Order(_) => {
                    (call, Vec::new())
                }
            };
            let (method, path) = call.target();
            let mut request = WireRequest::new(method, path, body);
            if call.is_signed() {
                let Hands::Open(notebook) = &hands else { return Ok(None) };
                let created = moment.now.checked_add_signed(self.offset).unwrap_or(moment.now);
                request.signature = Some(sign(notebook.identity(), &request, created, self.entropy.bytes()?));
            }
            return Ok(Some((call, request)));
        }
    }

    fn take_in(
        &mut self,
        round: &mut Round,
        mut hands: Hands<'_>,
        call: Call,
        reply: std::result::Result<Reply, Fault>,
        moment: Moment,
    ) -> Result<()> {
        if matches!(call, Call::Order(_)) {
            self.order_asked = Some(moment.now);
        }
        let server_key = hands.journal().server_key()?.unwrap_or_default();
        let answer = match reply.and_then(|reply| read(call, &reply, &server_key)) {
            Ok(answer) => answer,
            Err(fault) => {
                round.lost(call, fault);
                return Ok(());
            }
        };
        match (call, answer) {
            (Call::Turn(plan), Answer::Turn(parts, there)) => {
                round.took_turn();
                self.order_asked = Some(moment.now);
                self.compare_record(&mut hands, plan.audit, &parts, there)?;
                for (call, answer) in parts {
                    if round.reads() || !matches!(call, Call::Pull { .. }) {
                        self.take_in_part(round, &mut hands, call, answer, moment)?;
                    }
                }
                Ok(())
            }
            (call, answer) => {
                let is_unknown = matches!(&answer, Answer::Refused(refused) if refused.code == RefusalCode::NotFound);
                self.knows_turns &= !(is_unknown && matches!(call, Call::Turn(_)));
                self.take_in_part(round, &mut hands, call, answer, moment)
            }
        }
    }

    /// Compares the server's record with the last place of it that was seen here.
    fn compare_record(
        &mut self,
        hands: &mut Hands<'_>,
        seen: Option<AuditHead>,
        parts: &[(Call, Answer)],
        there: Option<Digest>,
    ) -> Result<()> {
        let receipt = parts.iter().find_map(|(_, part)| match part {
            Answer::Receipt(receipt, _) => Some(receipt),
            _ => None,
        });
        if let Some((seen, receipt)) = seen.zip(receipt)
            && was_set_back(seen, receipt.audit, there)
        {
            self.acknowledge = true;
            hands.journal_mut().note_set_back(receipt.at)?;
        }
        Ok(())
    }

    fn take_in_part(
        &mut self,
        round: &mut Round,
        hands: &mut Hands<'_>,
        call: Call,
        answer: Answer,
        moment: Moment,
    ) -> Result<()> {
        // A refusal of the signature is none of the question: it is asked again in this round.
        let is_again = matches!(&answer, Answer::Refused(refused) if matches!(refused.code, RefusalCode::ClockOff | RefusalCode::Replayed));
        if call == Call::Manifest && !is_again {
            self.manifest_asked = Some(moment.now);
        }
        if let Answer::Receipt(receipt, _) = &answer {
            self.set_server_time(receipt.at, moment.now);
        }
        let view = self.view(hands, Purpose::Asked, moment.now)?;
        let our_chain = our_chain(hands.journal(), &answer)?;
        let answered_stored = match &answer {
            Answer::Receipt(receipt, _) => Some(receipt.stored),
            _ => None,
        };
        match (round.answered(call, answer, &view, |_| our_chain), hands) {
            (Effect::Nothing, _) => {}
            (Effect::SetServerTime(time), _) => self.set_server_time(time, moment.now),
            (Effect::RecordReceipt(signed), hands) => {
                let before = hands.journal().receipt()?;
                let in_force = hands.journal_mut().record_receipt(&signed)?;
                // A desk says again what it holds, and gives back what the server does not know.
                self.acknowledge |= before.is_some_and(|before| in_force.tells_of_set_back(&before));
                if matches!(call, Call::Push { .. }) && Some(in_force.stored) != answered_stored {
                    round.stuck();
                }
            }
            (Effect::ApplyManifest(signed), Hands::Open(notebook)) => {
                let signs = notebook.holds_admin_key()? && !notebook.has_unpublished()?;
                match notebook.take_manifest(&signed, moment) {
                    Ok(ManifestOutcome::Applied) => {
                        let arrivals = retry_set_aside(notebook, moment)?;
                        self.acknowledge |= arrivals.new > 0;
                    }
                    Ok(ManifestOutcome::Unchanged) => {}
                    // The server lost the one that this desk had handed in.
                    Err(NotebookError::StaleManifest) if signs => {
                        Notebook::forget_published(notebook.store.connection())?;
                    }
                    Err(error) => round.unfit_manifest(unfit(error)?),
                }
            }
            (Effect::Ingest(stream, page), Hands::Open(notebook)) => {
                if !self.is_fit(round, notebook, stream, &page)? {
                    return Ok(());
                }
                let arrivals = notebook.ingest_page(stream, &page, moment)?;
                self.progress.page(page.envelopes.len(), notebook.last_night_taken_in()?);
                // Of what is set aside there is a copy too.
                self.acknowledge |= arrivals.new > 0 || arrivals.set_aside > 0;
            }
            (Effect::MarkAcknowledged, _) => self.acknowledge = false,
            (Effect::TakeOrder(order), hands) => {
                if !hands.journal_mut().take_order(&order)? {
                    tracing::warn!("an order to wipe that the admin did not give is ignored");
                }
            }
            (Effect::NoteGap(expected), hands) => hands.journal_mut().note_gap(expected)?,
            (Effect::MarkWiped, hands) => hands.journal_mut().note_wipe_confirmed()?,
            // It was locked meanwhile: what came is asked for again.
            (Effect::ApplyManifest(_) | Effect::Ingest(..), Hands::Locked(_)) => round.unfit_page(),
        }
        Ok(())
    }

    /// Whether a page may be taken in. What cannot be believed is asked for once more, in case it was spoilt on the way:
    /// an unknown sender after a look at the manifest, a chain value or signature that does not hold in the next round.
    /// If it is the same again, it is what the server holds; then it is set aside and the rest goes on.
    fn is_fit(&mut self, round: &mut Round, notebook: &Notebook, stream: Stream, page: &Page) -> Result<bool> {
        let sender =
            |envelope: &Envelope| notebook.manifest().and_then(|manifest| manifest.find_device(envelope.device));
        if page.envelopes.iter().any(|envelope| sender(envelope).is_none()) && round.asks_for_manifest(stream) {
            return Ok(false);
        }
        // A manifest that vouches for it may be on its way: with both, nothing waits.
        let is_beyond = |envelope: &Envelope| {
            sender(envelope).is_some_and(|sender| {
                let through = sender.vouched.iter().map(|vouch| vouch.through).max();
                sender.status != DeviceStatus::Active && through < Some(envelope.operation.sequence)
            })
        };
        if page.envelopes.iter().any(is_beyond) && round.asks_for_manifest(stream) {
            return Ok(false);
        }
        let is_spoilt = |envelope: &&Envelope| {
            let is_forged = || sender(envelope).is_some_and(|sender| !envelope.is_signed_by(&sender.signing_key.0));
            !envelope.is_whole() || is_forged()
        };
        let spoilt: Vec<&Envelope> = page.envelopes.iter().filter(is_spoilt).collect();
        if spoilt.is_empty() {
            return Ok(true);
        }
        let suspect = Some(Digest::of(&json(&spoilt)?));
        if self.suspect == suspect {
            return Ok(true);
        }
        self.suspect = suspect;
        round.unfit_page();
        Ok(false)
    }

    fn set_server_time(&mut self, server: DateTime<Utc>, own: DateTime<Utc>) {
        self.offset = server.signed_duration_since(own);
    }
}

/// Tries again what was set aside, if this device's role takes anything in.
///
/// # Errors
/// If the file cannot be read or written.
pub(crate) fn retry_set_aside(notebook: &mut Notebook, moment: Moment) -> Result<Arrivals> {
    let takes_in = match notebook.role() {
        Some(Role::Lead) => notebook.unit().is_some(),
        Some(Role::Coordinator | Role::Admin) => true,
        Some(Role::Member | Role::DeskWorker | Role::CaseWorker) | None => false,
    };
    if takes_in { notebook.retry_set_aside(moment) } else { Ok(Arrivals::default()) }
}

/// What a refused manifest means for the round: sending goes on without it. An error of this device's disk says nothing
/// about the manifest and is given back.
fn unfit(error: NotebookError) -> Result<Trouble> {
    match error {
        // A file that is damaged says so again as soon as it is read.
        NotebookError::BadManifest(_) | NotebookError::Damaged(_) => Ok(Trouble::BadManifest),
        NotebookError::StaleManifest => Ok(Trouble::StaleManifest),
        // Its sealed part is not addressed to this device.
        NotebookError::NotEnrolled | NotebookError::OtherUnit | NotebookError::NotAllowed => Ok(Trouble::OtherUnit),
        NotebookError::TooNew => Ok(Trouble::Version),
        error => Err(error),
    }
}

fn our_chain(journal: &Journal, answer: &Answer) -> Result<Option<Digest>> {
    match answer {
        Answer::Receipt(receipt, _) => journal.chain_at(receipt.stored),
        _ => Ok(None),
    }
}

/// A clock that was set back makes everything old: better asked once too often.
fn is_older(then: Option<DateTime<Utc>>, age: TimeDelta, now: DateTime<Utc>) -> bool {
    then.is_none_or(|then| now < then || now.signed_duration_since(then) > age)
}

fn json(value: &impl serde::Serialize) -> Result<Vec<u8>> {
    serde_json::to_vec(value).map_err(|_| NotebookError::Internal("request"))
}

/// Signs a request in the device's name.
pub(crate) fn sign(
    identity: &DeviceIdentity,
    request: &WireRequest,
    at: DateTime<Utc>,
    nonce: [u8; 16],
) -> RequestSignature {
    let device = identity.device();
    let created = at.timestamp();
    let message = request_message(request.method.as_str(), &request.path, &request.body, device, created, &nonce);
    RequestSignature { device, created, nonce, signature: identity.sign(&message).0 }
}

#[cfg(test)]
mod tests;
