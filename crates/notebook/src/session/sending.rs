//! Sending: one visit to the server on request, a worker that visits it by itself, and where the records are.
//!
//! The worker is woken after every command, and by its own delays. It sends also while the notebook is locked: the
//! journal is enough. A saving never waits for the network, because the notebook is held between calls only.

use super::Session;
use super::sign::{finish_all_interrupted, lacks_night_log};
use crate::entropy::Entropy;
use crate::error::{ErrorCode, ErrorView, NotebookError, Result};
use crate::journal::{Journal, JournalState};
use crate::notebook::{Notebook, Part};
use crate::retention::{PhoneCount, Written, phone_counts};
use crate::sync::client::{HttpClient, ServerAddress};
use crate::sync::progress::Progress;
use crate::sync::round::RoundEnd;
use crate::sync::visit::{Hands, Hold, Purpose, Visitor};
use crate::view::{OutingInput, PhoneRecordsView, RecordKind, RefusedRecordView, SendState, SendView, number};
use chrono::TimeDelta;
use domain::ids::{DeviceId, OutingId};
use domain::operation::{Operation, OperationBody as Body};
use domain::outing::OutingStatus;
use domain::sync::receipt::RefusedOperation;
use domain::time::{local_clock, operational_date};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError, Weak};
use std::time::{Duration, Instant};

/// Between two visits of the worker while everything is well.
const CALM_INTERVAL: Duration = Duration::from_secs(60);
/// A locked phone asks this often whether it is to be wiped.
const ORDER_INTERVAL: Duration = Duration::from_secs(10 * 60);
/// Without a command for this long, nobody waits for the phone.
const IDLE: Duration = Duration::from_secs(5);

/// What sending remembers while the session lives.
pub(crate) struct Sending {
    visitor: Visitor,
    client: Option<HttpClient>,
    /// Whose journal it was: a device that began anew is another.
    device: Option<DeviceId>,
}

impl Sending {
    pub(super) fn new(entropy: Entropy, progress: Arc<Progress>) -> Self {
        Self { visitor: Visitor::new(entropy).telling(progress), client: None, device: None }
    }

    /// The server has another address.
    pub(super) fn forget_client(&mut self) {
        self.client = None;
    }
}

/// How the worker is woken and ended, and what came of the last visit.
#[derive(Default)]
pub(crate) struct Signal {
    state: Mutex<SignalState>,
    changed: Condvar,
}

#[derive(Default)]
struct SignalState {
    woken: bool,
    ended: bool,
    last_error: Option<ErrorCode>,
    damage: bool,
    rebuilt: bool,
}

/// Why the worker goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Rest {
    /// Something was done meanwhile.
    Woken,
    /// Nothing was.
    Undisturbed,
}

impl Signal {
    /// There may be something to send.
    pub(super) fn wake(&self) {
        self.lock().woken = true;
        self.changed.notify_all();
    }

    /// The session is over.
    pub(super) fn end(&self) {
        self.lock().ended = true;
        self.changed.notify_all();
    }

    /// Whether the server said at the last visit that this device is revoked.
    pub(super) fn is_revoked(&self) -> bool {
        self.lock().last_error == Some(ErrorCode::Revoked)
    }

    /// What the check of all pages found.
    pub(super) fn set_damage(&self, damage: bool) {
        self.lock().damage = damage;
    }

    /// The damage that it found, if it did.
    pub(super) fn damage(&self) -> Option<ErrorCode> {
        self.lock().damage.then_some(ErrorCode::Damaged)
    }

    /// The journal was damaged when the notebook was opened, and was made anew.
    pub(super) fn set_rebuilt(&self) {
        self.lock().rebuilt = true;
    }

    /// What stands in the way of what was saved: the damage of a file, or what came of the last visit. If nothing does,
    /// that the journal was made anew.
    fn error(&self) -> Option<ErrorCode> {
        let rebuilt = self.lock().rebuilt.then_some(ErrorCode::JournalRebuilt);
        self.damage().or_else(|| self.lock().last_error).or(rebuilt)
    }

    /// Waits until somebody wakes the worker or the time is over. None when the session is over.
    fn wait(&self, at_most: Duration) -> Option<Rest> {
        let state = self.lock();
        let waited = self.changed.wait_timeout_while(state, at_most, |state| !state.woken && !state.ended);
        let (mut state, _) = waited.unwrap_or_else(PoisonError::into_inner);
        let rest = if std::mem::take(&mut state.woken) { Rest::Woken } else { Rest::Undisturbed };
        (!state.ended).then_some(rest)
    }

    fn lock(&self) -> MutexGuard<'_, SignalState> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Session {
    /// Starts the worker. It ends with the session.
    ///
    /// # Errors
    /// [`NotebookError::Internal`] if the system gives no thread.
    pub fn start_sending(self: &Arc<Self>) -> Result<()> {
        let signal = Arc::clone(&self.signal);
        let session = Arc::downgrade(self);
        std::thread::Builder::new()
            .name("sending".into())
            .spawn(move || work(&signal, &session))
            .map_err(|_| NotebookError::Internal("sending thread"))?;
        self.signal.wake();
        Ok(())
    }

    /// One round with the server, then where the outing's records are. In a training there is no server.
    pub fn send(&self, input: OutingInput) -> std::result::Result<SendView, ErrorView> {
        if self.inner().training.is_some() {
            return self.send_status(input);
        }
        match self.visit_server(Purpose::Asked) {
            Ok(_) | Err(NotebookError::NotEnrolled) => {}
            Err(error) => return Err(error.into()),
        }
        self.send_status(input)
    }

    /// Where the outing's records are, without a round.
    pub fn send_status(&self, input: OutingInput) -> std::result::Result<SendView, ErrorView> {
        let mut view = self.with_notebook(|notebook, _| send_view(notebook, input.outing_id))?;
        self.add_last_try(&mut view);
        Ok(view)
    }

    /// Adds what came of the last try: the session remembers it, the notebook does not.
    pub(super) fn add_last_try(&self, view: &mut SendView) {
        // It was the real journal's.
        if self.inner().training.is_some() {
            return;
        }
        view.error = self.signal.error();
        if view.error.is_some() && view.state == SendState::Local && view.total > 0 {
            view.state = SendState::Waiting;
        }
    }

    /// One visit to the server. Waits for one that is under way.
    ///
    /// # Errors
    /// What goes wrong on this device; what goes wrong on the way is in the [`RoundEnd`].
    pub(crate) fn visit_server(&self, purpose: Purpose) -> Result<RoundEnd> {
        let mut sending = self.sending.lock().unwrap_or_else(PoisonError::into_inner);
        let Sending { visitor, client, device } = &mut *sending;
        // Before the round, so that it goes out with it; whatever it gives, what is saved is sent.
        // One that came when the app was killed.
        self.obey_order()?;
        let finished = self.inner().real_notebook().map_or(Ok(()), finish_all_interrupted);
        let mut holder = SessionHold::new(self);
        let now_of = holder.hold(|hands| Ok(hands.journal().device()))?;
        if device.replace(now_of) != Some(now_of) {
            *visitor = Visitor::new(self.inner().entropy.branch()?).telling(Arc::clone(&self.progress));
            *client = None;
        }
        let client = match client {
            Some(client) => client,
            None => {
                let address = holder.hold(|hands| hands.journal().server())?;
                client.insert(HttpClient::new(&ServerAddress::parse(&address)?)?)
            }
        };
        let end = visitor.visit(&mut holder, client, &*self.clock, purpose);
        let is_set_back = holder.hold(|hands| hands.journal().was_set_back_lately()).unwrap_or_default();
        self.signal.lock().last_error = match &end {
            Ok(RoundEnd { trouble: Some(trouble), .. }) => Some(trouble.code()),
            Ok(_) if visitor.clock_is_off() => Some(ErrorCode::ClockOff),
            Ok(_) if is_set_back => Some(ErrorCode::ServerSetBack),
            Ok(_) => finished.err().map(|error| error.code()),
            Err(error) => Some(error.code()),
        };
        // What is due does not wait for a network.
        self.forget_what_is_due();
        self.obey_order()?;
        end
    }

    /// Destroys the keys of this device if the admin ordered it. The round is over: what could be handed in has been.
    fn obey_order(&self) -> Result<()> {
        let mut inner = self.inner();
        let is_ordered = match inner.real_notebook() {
            Some(notebook) => notebook.journal().is_to_be_wiped()?,
            None => match Journal::open(self.data_dir()) {
                Ok(journal) => journal.is_to_be_wiped()?,
                Err(NotebookError::Absent) => false,
                Err(error) => return Err(error),
            },
        };
        if !is_ordered {
            return Ok(());
        }
        tracing::warn!("this device is wiped as the admin ordered");
        self.destroy_keys(&mut inner)
    }

    /// Forgets what is due, if the notebook is open. What goes wrong is tried again after the next visit.
    fn forget_what_is_due(&self) {
        let mut inner = self.inner();
        let moment = self.moment(&inner);
        let Some(notebook) = inner.real_notebook() else { return };
        if notebook.manifest().is_none() {
            return;
        }
        match crate::retention::forget(notebook, moment) {
            Ok(forgotten) if forgotten.is_any() => {
                tracing::info!(outings = forgotten.outings.len(), entries = forgotten.entries, "forgotten as agreed");
            }
            Ok(_) => {}
            Err(error) => tracing::warn!(code = %error.code(), "nothing more was forgotten"),
        }
    }

    /// Whether the worker has a reason to visit the server: something to send, now and then whether this device is to be
    /// wiped, and, while the notebook is open, others' records to read.
    pub(super) fn wants_to_visit(&self, since_last: Duration) -> Result<bool> {
        let mut inner = self.inner();
        if let Some(notebook) = inner.real_notebook() {
            let state = notebook.journal().state()?;
            let may_visit = notebook.manifest().is_some() && !notebook.journal().server()?.is_empty();
            return Ok(may_visit && (state.total > state.stored || since_last >= CALM_INTERVAL));
        }
        match Journal::open(self.data_dir()) {
            Ok(journal) => {
                let state = journal.state()?;
                let has_reason =
                    state.total > state.stored || since_last >= ORDER_INTERVAL || journal.is_to_be_wiped()?;
                Ok(has_reason && journal.server_key()?.is_some() && !journal.server()?.is_empty())
            }
            Err(NotebookError::Absent) => Ok(false),
            Err(error) => Err(error),
        }
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        self.signal.end();
        self.guard.end();
    }
}

/// The worker: visits the server when there is a reason, never sooner than the last trouble allows.
fn work(signal: &Signal, session: &Weak<Session>) {
    let mut last_visit: Option<Instant> = None;
    let mut not_before = Instant::now();
    let mut wait = CALM_INTERVAL;
    while let Some(rest) = signal.wait(wait) {
        let Some(session) = session.upgrade() else { return };
        if rest == Rest::Undisturbed {
            session.check_pages();
        }
        let now = Instant::now();
        if now < not_before {
            wait = not_before.duration_since(now);
        } else {
            let since_last = last_visit.map_or(Duration::MAX, |last| now.duration_since(last));
            let retry = match session.wants_to_visit(since_last) {
                Ok(false) => None,
                Ok(true) => {
                    last_visit = Some(now);
                    match session.visit_server(Purpose::Background) {
                        Ok(end) => end.retry_ms.map(Duration::from_millis),
                        Err(error) => Some(after_fault(&error)),
                    }
                }
                Err(error) => Some(after_fault(&error)),
            };
            wait = retry.unwrap_or(CALM_INTERVAL);
            not_before = now + retry.unwrap_or_default();
        }
        if let Some(soon) = session.send_formers() {
            wait = wait.min(soon);
        }
        if session.check_is_due() {
            wait = wait.min(IDLE);
        }
        crate::process::clear_stack();
    }
}

/// A fault of this device: it is said once, and tried again later.
fn after_fault(error: &NotebookError) -> Duration {
    tracing::warn!(code = %error.code(), "sending stopped by a fault of this device");
    CALM_INTERVAL
}

/// The notebook if it is open, else the journal.
pub(super) struct SessionHold<'a> {
    session: &'a Session,
}

impl<'a> SessionHold<'a> {
    pub(super) const fn new(session: &'a Session) -> Self {
        Self { session }
    }
}

impl Hold for SessionHold<'_> {
    fn hold<T>(&mut self, work: impl FnOnce(Hands<'_>) -> Result<T>) -> Result<T> {
        let mut inner = self.session.inner();
        if let Some(notebook) = inner.real_notebook() {
            // The first manifest comes with the enrolment, once the six words are confirmed, never with a visit.
            if notebook.manifest().is_none() {
                return Err(NotebookError::NotEnrolled);
            }
            return work(Hands::Open(notebook));
        }
        // Opened under the session's lock and for this step only: nobody moves the file meanwhile.
        work(Hands::Locked(&mut Journal::open(self.session.data_dir())?))
    }
}

/// Where this phone's records of an outing are: counts only what a receipt confirms.
pub(super) fn send_view(notebook: &Notebook, outing: OutingId) -> Result<SendView> {
    let journal = notebook.journal().state()?;
    let Part { operations, state } = notebook.whole_part(outing)?;
    let mut own: Vec<u64> = own_sequences(&operations, notebook.device()).collect();
    own.extend(notebook.list_forgotten_sequences(outing)?);
    let night_log = notebook.find_own_night_log(outing)?.map(|(_, sequence)| sequence);
    let state = state.as_deref();
    let (forgotten_on, kept) = notebook.forgotten_night(outing)?.unzip();
    let (written, phones) = match kept {
        Some(kept) => (kept.written, kept.phones),
        None => {
            let device = notebook.device();
            let phones = state.map(|state| phone_counts(&operations, device, state)).unwrap_or_default();
            (Written::of(&operations, device, state), phones)
        }
    };

    let is_refused = |sequence: u64| journal.refused.iter().any(|refused| refused.sequence == sequence);
    let with_server = |sequence: u64| sequence <= journal.stored && !is_refused(sequence);
    let count = |is_counted: &dyn Fn(u64) -> bool| number(own.iter().filter(|sequence| is_counted(**sequence)).count());
    let total = count(&|_| true);
    let received = count(&with_server);
    let refused = count(&is_refused);
    // Signed here, and a crash came before the log: the night is not where it belongs.
    let lacks_log = state.map_or(Ok(false), |state| lacks_night_log(notebook, state))?;
    let night_log_received = !lacks_log && night_log.is_some_and(with_server);
    let all_received = total > 0 && received == total && !lacks_log && night_log.is_none_or(with_server);
    let last = own.iter().copied().chain(night_log).max().unwrap_or_default();
    let is_signed = state.is_some_and(|state| state.sign_off.is_some());
    let forget_on = match notebook.will_forget_on(outing)? {
        Some(day) => Some(day),
        None if forgotten_on.is_some() || !(is_signed && night_log_received && journal.backed_up >= last) => None,
        None => forget_on(&journal, notebook)?,
    };
    Ok(SendView {
        date: state.map(|state| operational_date(state.outing.start_at)),
        review_missing: state.is_some_and(|state| state.outing.status == OutingStatus::Closed),
        state: match () {
            () if refused > 0 => SendState::Attention,
            () if all_received => SendState::Received,
            () if received > 0 => SendState::Waiting,
            () => SendState::Local,
        },
        total,
        received,
        backed_up: count(&|sequence| sequence <= journal.backed_up && !is_refused(sequence)),
        refused,
        received_at: journal.received_at.filter(|_| received > 0).map(local_clock),
        night_log_received,
        forget_on,
        forgotten_on,
        contacts: written.contacts,
        observations: written.observations,
        referrals: written.referrals,
        incidents: written.incidents,
        phones: phones.into_iter().map(phone_records).collect(),
        set_aside: set_aside(&operations, notebook.device(), &journal.refused),
        error: None,
    })
}

/// The sequence numbers of a device, ascending: what a receipt must cover.
fn own_sequences(operations: &[Operation], device: DeviceId) -> impl Iterator<Item = u64> {
    operations.iter().filter(move |operation| operation.device == device).map(|operation| operation.sequence)
}

const fn phone_records(phone: PhoneCount) -> PhoneRecordsView {
    let PhoneCount { number, own, records } = phone;
    PhoneRecordsView { number, own, records }
}

/// What the server refused of this outing, without what it says.
fn set_aside(operations: &[Operation], device: DeviceId, refused: &[RefusedOperation]) -> Vec<RefusedRecordView> {
    let own = operations.iter().filter(|operation| operation.device == device);
    own.filter_map(|operation| {
        let refused = refused.iter().find(|refused| refused.sequence == operation.sequence)?;
        Some(RefusedRecordView { number: operation.sequence, kind: kind_of(&operation.body), code: refused.code })
    })
    .collect()
}

const fn kind_of(body: &Body) -> RecordKind {
    match body {
        Body::ContactSaved { .. }
        | Body::PersonSplitOff { .. }
        | Body::ContactRevised { .. }
        | Body::DuplicateSettled { .. } => RecordKind::Contact,
        Body::ObservationSaved { .. } => RecordKind::Observation,
        Body::ReferralOpened { .. } | Body::ReferralAdvanced { .. } => RecordKind::Referral,
        Body::IncidentSaved { .. } => RecordKind::Incident,
        Body::SuppliesMoved { .. } => RecordKind::Stock,
        _ => RecordKind::Outing,
    }
}

fn forget_on(journal: &JournalState, notebook: &Notebook) -> Result<Option<chrono::NaiveDate>> {
    let days = TimeDelta::days(i64::from(crate::retention::days(&notebook.programme()?.policy)));
    Ok(journal.received_at.and_then(|at| operational_date(at).checked_add_signed(days)))
}

#[cfg(test)]
mod tests;
