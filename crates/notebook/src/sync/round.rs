//! One visit to the server as a pure state machine: from what the device knows to the next call, and from an answer
//! to what must be done about it.

use super::fault::{Fault, Trouble};
use super::pace::{LONGEST_DELAY_MS, Pace};
use super::wire::{Answer, Call, Plan};
use chrono::{DateTime, Utc};
use domain::ids::DeviceId;
use domain::sync::Stream;
use domain::sync::audit::AuditHead;
use domain::sync::chain::Digest;
use domain::sync::error::{RefusalCode, Refused};
use domain::sync::manifest::SignedManifest;
use domain::sync::pull::{Cursor, Page};
use domain::sync::receipt::{Receipt, SignedReceipt};
use domain::sync::version;
use domain::sync::wipe::WipeOrder;
use std::collections::BTreeSet;

/// What the device knows of itself. Made afresh before every step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct View {
    /// This device.
    pub device: DeviceId,
    /// Operations in the journal.
    pub total: u64,
    /// Operations that the last believed receipt covers.
    pub received: u64,
    /// Operations that it says have a copy off the server.
    pub backed_up: u64,
    /// Operations that are not kept here any more: a copy off the server has them.
    pub base: u64,
    /// An order to wipe should be asked for.
    pub order_due: bool,
    /// The keys are gone as ordered, and the server does not know yet.
    pub unconfirmed_wipe: bool,
    /// What only an open notebook can do; nothing while it is locked.
    pub open: Option<OpenView>,
}

/// What an open notebook wants of this round.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OpenView {
    /// The manifest should be looked at again.
    pub manifest_due: bool,
    /// Streams this role reads, with where to go on; empty if reading is not due.
    pub reads: Vec<(Stream, Cursor)>,
    /// This is a desk that holds copies it has not acknowledged.
    pub unacknowledged: bool,
    /// Several things may be asked in one turn.
    pub turns: bool,
    /// The last place of the server's record that was seen here.
    pub audit: Option<AuditHead>,
}

/// What comes next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// Ask the server.
    Ask(Call),
    /// The round is over.
    End,
}

/// What an answer asks the device to do, before the next step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Nothing.
    Nothing,
    /// Take this as the server's time, for signing.
    SetServerTime(DateTime<Utc>),
    /// Check and apply a manifest.
    ApplyManifest(SignedManifest),
    /// Note that the server misses this operation, which it had confirmed.
    NoteGap(u64),
    /// Keep this receipt: it is signed and equals our chain.
    RecordReceipt(SignedReceipt),
    /// Ingest a page and move the cursor, in one transaction.
    Ingest(Stream, Page),
    /// The server knows of our copies.
    MarkAcknowledged,
    /// Check an order to wipe. It is obeyed after the round, when what is unsent has been handed in.
    TakeOrder(WipeOrder),
    /// The server knows that this device was wiped.
    MarkWiped,
}

/// How a round ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RoundEnd {
    /// What kept it from finishing, if anything.
    pub trouble: Option<Trouble>,
    /// Milliseconds before the next round by itself, after trouble.
    pub retry_ms: Option<u64>,
    /// Carried into the next round.
    pub pace: Pace,
}

/// One visit to the server.
#[derive(Clone, Debug)]
pub struct Round {
    pace: Pace,
    /// Ends the round.
    trouble: Option<Trouble>,
    /// Ends reading, not sending: what was saved must get out, whoever may not read any more.
    no_reading: Option<Trouble>,
    /// Where the server said it expects us, until a receipt tells.
    resume: Option<u64>,
    pushed: bool,
    manifest_asked: bool,
    manifest_wanted: bool,
    receipt_asked: bool,
    acknowledged: bool,
    read: BTreeSet<Stream>,
    went_back: bool,
    time_due: bool,
    time_asked: bool,
    signed_anew: bool,
    order_asked: bool,
    wipe_told: bool,
    turned: bool,
}

impl Round {
    /// A round at the given pace.
    #[must_use]
    pub const fn new(pace: Pace) -> Self {
        Self {
            pace,
            trouble: None,
            no_reading: None,
            resume: None,
            pushed: false,
            manifest_asked: false,
            manifest_wanted: false,
            receipt_asked: false,
            acknowledged: false,
            read: BTreeSet::new(),
            went_back: false,
            time_due: false,
            time_asked: false,
            signed_anew: false,
            order_asked: false,
            wipe_told: false,
            turned: false,
        }
    }

    /// What to do now.
    #[must_use]
    pub fn next(&self, view: &View) -> Step {
        if self.trouble.is_some() {
            return Step::End;
        }
        if self.time_due {
            return Step::Ask(Call::Health);
        }
        if let Some(plan) = self.plan(view) {
            return Step::Ask(Call::Turn(plan));
        }
        // Asked before anything else can end the round, and obeyed after it. A device that is revoked asks at once.
        let is_revoked = self.no_reading == Some(Trouble::Refused(RefusalCode::Revoked));
        if (view.order_due || is_revoked) && !self.order_asked {
            return Step::Ask(Call::Order(view.device));
        }
        let open = view.open.as_ref().filter(|_| self.no_reading.is_none());
        if open.is_some_and(|open| open.manifest_due || self.manifest_wanted) && !self.manifest_asked {
            return Step::Ask(Call::Manifest);
        }
        let first = self.first_unsent(view);
        if first <= view.total {
            return Step::Ask(Call::Push { first, count: self.pace.batch() });
        }
        // Without its keys a device can ask for no receipt. The last entry once more changes nothing at the server and
        // is answered with one; or the server went back to an older state, and says what it misses.
        let is_unsure = view.open.is_none() && view.base < view.total && view.backed_up < view.total;
        if is_unsure && !self.pushed && self.no_reading.is_none() {
            return Step::Ask(Call::Push { first: view.total, count: 1 });
        }
        if view.unconfirmed_wipe && !self.wipe_told {
            return Step::Ask(Call::ConfirmWipe);
        }
        let Some(open) = open else { return Step::End };
        if !self.pushed && !self.receipt_asked && view.backed_up < view.total {
            return Step::Ask(Call::Receipt);
        }
        if let Some((stream, after)) = open.reads.iter().find(|(stream, _)| !self.read.contains(stream)) {
            return Step::Ask(Call::Pull { stream: *stream, after: *after });
        }
        if open.unacknowledged && !self.acknowledged {
            return Step::Ask(Call::Acknowledge);
        }
        Step::End
    }

    /// What can be asked in one turn, if that is more than operations to hand in or a receipt: those have calls that
    /// cost less.
    fn plan(&self, view: &View) -> Option<Plan> {
        let may_turn = !self.turned && self.no_reading.is_none();
        let open = view.open.as_ref().filter(|open| open.turns && may_turn)?;
        let first = self.first_unsent(view);
        let mut reads = open.reads.iter().filter(|(stream, _)| !self.read.contains(stream)).copied();
        let plan = Plan {
            manifest: (open.manifest_due || self.manifest_wanted) && !self.manifest_asked,
            push: (first <= view.total).then(|| (first, self.pace.batch())),
            reads: [reads.next(), reads.next()],
            audit: open.audit,
        };
        (plan.manifest || plan.reads.iter().any(Option::is_some)).then_some(plan)
    }

    /// Where handing in goes on.
    fn first_unsent(&self, view: &View) -> u64 {
        let unsent = view.received.max(self.pace.handed_in()).max(view.base).saturating_add(1);
        self.resume.unwrap_or(unsent)
    }

    /// A turn was answered; its parts are taken in one by one. Whoever is answered is active, and the manifest would say
    /// otherwise: there is no order to ask for.
    pub const fn took_turn(&mut self) {
        self.turned = true;
        self.order_asked = true;
    }

    /// Whether pages are still wanted.
    #[must_use]
    pub const fn reads(&self) -> bool {
        self.trouble.is_none() && self.no_reading.is_none()
    }

    /// The streams are read from the first place again.
    pub fn read_again(&mut self) {
        self.read.clear();
    }

    /// Takes in an answer; `count` of a push is the number of operations that were in it. `our_chain` is the chain value of our own journal at a sequence number, if it reaches so far.
    pub fn answered(
        &mut self,
        call: Call,
        answer: Answer,
        view: &View,
        our_chain: impl Fn(u64) -> Option<Digest>,
    ) -> Effect {
        match (call, answer) {
            (_, Answer::Refused(refused)) => self.refused(call, refused, view),
            (Call::Health, Answer::Health(health)) => {
                self.time_due = false;
                let (oldest, newest) = health.versions;
                if !(oldest..=newest).contains(&version::CURRENT) {
                    return self.stop(Trouble::Version);
                }
                Effect::SetServerTime(health.now)
            }
            (Call::Manifest, Answer::Manifest(manifest)) => {
                self.manifest_asked = true;
                // Who may read may have been forgiven: what is in quarantine is offered again.
                self.pace.regain_standing();
                Effect::ApplyManifest(manifest)
            }
            // The one that is here is in force.
            (Call::Manifest, Answer::Accepted) => {
                self.manifest_asked = true;
                self.pace.regain_standing();
                Effect::Nothing
            }
            (Call::Push { .. } | Call::Receipt, Answer::Receipt(receipt, signed)) => {
                self.receipt(call, &receipt, signed, view, our_chain)
            }
            (Call::Pull { stream, .. }, Answer::Page(page)) => {
                if !page.more {
                    self.read.insert(stream);
                }
                if page.envelopes.is_empty() { Effect::Nothing } else { Effect::Ingest(stream, page) }
            }
            (Call::Acknowledge, Answer::Accepted) => {
                self.acknowledged = true;
                Effect::MarkAcknowledged
            }
            (Call::Order(_), Answer::Order(order)) => {
                self.order_asked = true;
                Effect::TakeOrder(order)
            }
            (Call::ConfirmWipe, Answer::Accepted) => {
                self.wipe_told = true;
                Effect::MarkWiped
            }
            _ => self.lost(call, Fault::Garbled),
        }
    }

    /// There is no usable answer.
    pub fn lost(&mut self, call: Call, fault: Fault) -> Effect {
        match call {
            // A server that began anew may have another key, which only the manifest can tell: that is asked for by
            // itself, and what the next receipt is signed with is believed or not by it.
            Call::Turn(_) if fault == Fault::Forged && !self.manifest_asked => {
                self.turned = true;
                self.manifest_wanted = true;
                return Effect::Nothing;
            }
            Call::Push { .. } | Call::Turn(Plan { push: Some(_), .. }) => self.pace.halve(),
            // A strange answer about orders must not keep what was saved from being sent.
            Call::Order(_) if fault == Fault::Garbled => {
                self.order_asked = true;
                return Effect::Nothing;
            }
            _ => {}
        }
        self.stop(Trouble::Lost(fault))
    }

    /// A manifest does not pass its checks. Nothing of it is in force, and sending goes on.
    pub fn unfit_manifest(&mut self, trouble: Trouble) {
        self.no_reading = Some(trouble);
    }

    /// The receipt of a push is not kept, as it is older than the one in force and says less: the same batch would be
    /// handed in again and again.
    pub fn stuck(&mut self) {
        self.stop(Trouble::Stuck);
    }

    /// A page names a sender who is not on the manifest. Gives true if the manifest is asked for first and the page
    /// again after it: a device may be new. Gives false if the manifest is fresh: the sender is not known.
    pub fn asks_for_manifest(&mut self, stream: Stream) -> bool {
        if self.manifest_asked {
            return false;
        }
        self.manifest_wanted = true;
        self.read.remove(&stream);
        true
    }

    /// A page does not pass its checks: as if it had been lost on the way.
    pub fn unfit_page(&mut self) {
        self.stop(Trouble::Lost(Fault::Garbled));
    }

    /// Ends the round. `random` is uniform over its type.
    #[must_use]
    pub fn end(mut self, random: u64) -> RoundEnd {
        let trouble = self.trouble.or(self.no_reading).or(self.pace.without_standing());
        let retry_ms = trouble.map(|trouble| {
            self.pace.failed();
            if trouble.needs_a_person() { LONGEST_DELAY_MS } else { self.pace.delay_ms(random) }
        });
        if trouble.is_none() {
            self.pace.calm();
        }
        RoundEnd { trouble, retry_ms, pace: self.pace }
    }

    fn stop(&mut self, trouble: Trouble) -> Effect {
        self.trouble = Some(trouble);
        Effect::Nothing
    }

    fn receipt(
        &mut self,
        call: Call,
        receipt: &Receipt,
        signed: SignedReceipt,
        view: &View,
        our_chain: impl Fn(u64) -> Option<Digest>,
    ) -> Effect {
        if !version::is_supported(receipt.version) {
            return self.stop(Trouble::Version);
        }
        if receipt.device != view.device || receipt.backed_up > receipt.stored {
            return self.stop(Trouble::Mismatch);
        }
        if receipt.stored > view.total {
            return self.stop(Trouble::Fork);
        }
        // The server went back to before what is kept here: there is nothing to compare it with. It is a gap all the
        // same, and nothing may be forgotten by what was confirmed before.
        if receipt.stored < view.base && our_chain(receipt.stored).is_none() {
            self.stop(Trouble::Refused(RefusalCode::Gap));
            return lost(receipt.stored.saturating_add(1), view);
        }
        if our_chain(receipt.stored) != Some(receipt.head) {
            return self.stop(Trouble::Mismatch);
        }
        self.resume = None;
        self.pace.regain_standing();
        match call {
            Call::Push { first, .. } if receipt.stored < first => {
                self.trouble = Some(Trouble::Stuck);
            }
            Call::Push { .. } => {
                self.pushed = true;
                self.pace.succeeded();
            }
            _ => self.receipt_asked = true,
        }
        Effect::RecordReceipt(signed)
    }

    fn refused(&mut self, call: Call, refused: Refused, view: &View) -> Effect {
        match (refused.code, call) {
            (RefusalCode::Gap, Call::Push { first, .. }) => match refused.expected {
                Some(expected) if expected > view.total.saturating_add(1) => return self.stop(Trouble::Fork),
                // One step per round, and only to where there is something to send.
                // What is not kept here any more is for a desk to give back: until then there is a gap.
                Some(expected)
                    if expected > view.base && expected != first && expected <= view.total && !self.went_back =>
                {
                    self.went_back = true;
                    self.resume = Some(expected);
                    self.pace.regain_standing();
                    return lost(expected, view);
                }
                expected => {
                    self.stop(Trouble::Refused(RefusalCode::Gap));
                    return expected.map_or(Effect::Nothing, |expected| lost(expected, view));
                }
            },
            // It would have answered with a receipt if it still held what it had confirmed: all of it is handed in.
            (RefusalCode::Revoked, Call::Push { first, .. })
                if first <= view.received && self.pace.handed_in() == 0 =>
            {
                self.resume = None;
                return lost(view.backed_up.max(view.base).saturating_add(1), view);
            }
            // The server has put the batch into quarantine: the rest is handed in too, and nothing is read any more.
            (RefusalCode::Revoked | RefusalCode::Fork, Call::Push { first, count }) => {
                let through = first.saturating_sub(1).saturating_add(count as u64);
                self.resume = None;
                self.pace.hand_in(through.min(view.total), trouble(refused.code));
                self.no_reading = Some(trouble(refused.code));
            }
            // On a bad link a body may be too long for the time that the server waits for it.
            (RefusalCode::Unavailable, Call::Push { .. } | Call::Turn(Plan { push: Some(_), .. })) => {
                self.pace.halve();
                return self.stop(trouble(refused.code));
            }
            (RefusalCode::TooMany | RefusalCode::Unavailable | RefusalCode::Internal, Call::Turn(_)) => {
                return self.stop(trouble(refused.code));
            }
            // Single calls say what is the matter, or are answered by a server that knows no turns.
            (_, Call::Turn(_)) => self.turned = true,
            // There is no order.
            (_, Call::Order(_)) => self.order_asked = true,
            // The order was taken back, or the server lost its manifest: said again in the next round.
            (code, Call::ConfirmWipe) => {
                self.wipe_told = true;
                self.no_reading = Some(trouble(code));
            }
            (RefusalCode::ClockOff, _) if call.is_signed() && !self.time_asked => {
                self.time_due = true;
                self.time_asked = true;
            }
            // The same signed request arrived twice and this is the answer to the second: ask again, signed anew.
            (RefusalCode::Replayed, _) if call.is_signed() && !self.signed_anew => self.signed_anew = true,
            (RefusalCode::TooLarge, Call::Push { count, .. }) if count > 1 => self.pace.halve_from(count),
            // The server has lost, or never had, what a desk holds.
            (RefusalCode::Gap, Call::Acknowledge) => self.no_reading = Some(Trouble::Stuck),
            (RefusalCode::Fork, Call::Acknowledge) => self.no_reading = Some(Trouble::Mismatch),
            (code, _) if call.is_signed() => self.no_reading = Some(trouble(code)),
            (code, _) => return self.stop(trouble(code)),
        }
        Effect::Nothing
    }
}

/// What the server confirmed and does not hold any more counts as received no longer.
const fn lost(expected: u64, view: &View) -> Effect {
    if 0 < expected && expected <= view.received { Effect::NoteGap(expected) } else { Effect::Nothing }
}

const fn trouble(code: RefusalCode) -> Trouble {
    match code {
        RefusalCode::Fork => Trouble::Fork,
        RefusalCode::UnsupportedVersion => Trouble::Version,
        other => Trouble::Refused(other),
    }
}

#[cfg(test)]
mod tests;
