use super::*;
use crate::error::ErrorCode;
use crate::sync::wire::{Reply, read};
use chrono::DateTime;
use domain::sync::Health;
use domain::sync::audit::AuditHead;
use domain::sync::chain::{Bytes, genesis};
use domain::sync::receipt::{RefusedOperation, SignedReceipt, receipt_message};
use proptest::prelude::*;
use ring::signature::{Ed25519KeyPair, KeyPair};
use uuid::Uuid;

mod turn;

const DEVICE: DeviceId = DeviceId(Uuid::from_u128(7));

fn server_keys() -> Ed25519KeyPair {
    Ed25519KeyPair::from_seed_unchecked(&[3; 32]).unwrap()
}

fn chain(sequence: u64) -> Digest {
    if sequence == 0 { genesis(DEVICE) } else { Digest::of(&sequence.to_be_bytes()) }
}

fn ours(total: u64) -> impl Fn(u64) -> Option<Digest> {
    move |sequence| (sequence <= total).then(|| chain(sequence))
}

fn locked(total: u64, received: u64) -> View {
    View {
        device: DEVICE,
        total,
        received,
        backed_up: 0,
        base: 0,
        order_due: false,
        unconfirmed_wipe: false,
        open: None,
    }
}

fn opened(total: u64, received: u64) -> View {
    View { open: Some(OpenView::default()), ..locked(total, received) }
}

/// Of a lead's phone that may ask several things in one turn, with an order to wipe to be asked for.
fn turning(total: u64, received: u64) -> View {
    let open =
        OpenView { manifest_due: true, reads: vec![(Stream::Journal, Cursor(3))], turns: true, ..OpenView::default() };
    View { open: Some(open), order_due: true, ..locked(total, received) }
}

fn receipt(stored: u64) -> Receipt {
    Receipt {
        version: version::CURRENT,
        device: DEVICE,
        stored,
        head: chain(stored),
        backed_up: 0,
        refused: Vec::new(),
        epoch: 0,
        audit: AuditHead { number: 0, head: Digest([0; 32]) },
        at: DateTime::UNIX_EPOCH,
    }
}

fn refused(code: RefusalCode) -> Answer {
    Answer::Refused(Refused::new(code))
}

fn gap(expected: u64) -> Answer {
    Answer::Refused(Refused { code: RefusalCode::Gap, expected: Some(expected) })
}

fn signed(receipt: &Receipt) -> SignedReceipt {
    let bytes = serde_json::to_vec(receipt).unwrap();
    let signature = server_keys().sign(&receipt_message(&bytes)).as_ref().to_vec();
    SignedReceipt { receipt: Bytes(bytes), signature: Bytes(signature) }
}

fn received(receipt: Receipt) -> Answer {
    let signed = signed(&receipt);
    Answer::Receipt(receipt, signed)
}

fn recorded(receipt: &Receipt) -> Effect {
    Effect::RecordReceipt(signed(receipt))
}

const fn push(first: u64, count: usize) -> Call {
    Call::Push { first, count }
}

fn empty_page(after: u64) -> Page {
    Page { envelopes: Vec::new(), next: Cursor(after), more: false }
}

#[test]
fn goes_through_a_round_in_order() {
    let mut round = Round::new(Pace::default());
    let mut view = opened(70, 0);
    view.open = Some(OpenView {
        manifest_due: true,
        reads: vec![(Stream::Journal, Cursor(3)), (Stream::NightLog, Cursor(9))],
        unacknowledged: true,
        ..OpenView::default()
    });
    let mut calls = Vec::new();
    let mut view_after = 0;
    while let Step::Ask(call) = round.next(&view) {
        calls.push(call);
        let answer = match call {
            Call::Manifest => {
                Answer::Manifest(SignedManifest { manifest: Bytes::default(), signature: Bytes::default() })
            }
            Call::Push { first, count } => {
                let through = (first - 1 + count as u64).min(view.total);
                view_after = through;
                received(receipt(through))
            }
            Call::Pull { after, .. } => Answer::Page(empty_page(after.0)),
            Call::Acknowledge => Answer::Accepted,
            Call::Health | Call::Receipt | Call::Turn(_) | Call::Order(_) | Call::ConfirmWipe => {
                unreachable!("not part of this round")
            }
        };
        if matches!(round.answered(call, answer, &view, ours(70)), Effect::RecordReceipt(_)) {
            view.received = view_after;
        }
    }
    assert_eq!(
        calls,
        [
            Call::Manifest,
            push(1, 64),
            push(65, 64),
            Call::Pull { stream: Stream::Journal, after: Cursor(3) },
            Call::Pull { stream: Stream::NightLog, after: Cursor(9) },
            Call::Acknowledge,
        ]
    );
    assert_eq!(round.end(5), RoundEnd { trouble: None, retry_ms: None, pace: Pace::default() });
}

#[test]
fn turn_that_is_lost_halves_the_batch_and_ends_the_round() {
    let mut round = Round::new(Pace::default());
    let view = turning(5, 2);
    let Step::Ask(call) = round.next(&view) else { panic!("no turn") };
    round.lost(call, Fault::Unreachable);
    assert_eq!(round.next(&view), Step::End);
    assert_eq!(round.end(0).pace.batch(), 32);
}

#[test]
fn does_nothing_but_push_while_locked() {
    let round = Round::new(Pace::default());
    assert_eq!(round.next(&locked(3, 1)), Step::Ask(push(2, 64)));
    assert_eq!(round.next(&View { backed_up: 3, ..locked(3, 3) }), Step::End);
}

#[test]
fn asks_for_the_receipt_only_while_copies_are_missing() {
    let round = Round::new(Pace::default());
    assert_eq!(round.next(&opened(3, 3)), Step::Ask(Call::Receipt));
    assert_eq!(round.next(&View { backed_up: 3, ..opened(3, 3) }), Step::End);
    assert_eq!(round.next(&opened(0, 0)), Step::End);
}

/// One refusal or receipt on a push of 2 from operation 4, of a journal of 5: what the round does then.
fn after_push(answer: Answer) -> (Option<Trouble>, Effect, Step) {
    let mut round = Round::new(Pace::default());
    let view = opened(5, 3);
    let effect = round.answered(push(4, 2), answer, &view, ours(5));
    let step = round.next(&view);
    (round.trouble, effect, step)
}

#[test]
fn every_refusal_of_a_push_is_a_state_with_a_code() {
    let ends = |answer: Answer, code: ErrorCode| {
        let (trouble, effect, step) = after_push(answer.clone());
        assert_eq!(trouble.map(Trouble::code), Some(code), "{answer:?}");
        assert_eq!((effect, step), (Effect::Nothing, Step::End), "{answer:?}");
    };
    for (refusal, code) in [
        (RefusalCode::Malformed, ErrorCode::Protocol),
        (RefusalCode::UnsupportedVersion, ErrorCode::Protocol),
        (RefusalCode::BadSignature, ErrorCode::Protocol),
        (RefusalCode::ClockOff, ErrorCode::ClockOff),
        (RefusalCode::Replayed, ErrorCode::Protocol),
        (RefusalCode::UnknownDevice, ErrorCode::NotEnrolled),
        (RefusalCode::NotAllowed, ErrorCode::NotAllowed),
        (RefusalCode::NotFound, ErrorCode::NotFound),
        (RefusalCode::Gap, ErrorCode::Protocol),
        (RefusalCode::StaleManifest, ErrorCode::StaleManifest),
        (RefusalCode::CodeSpent, ErrorCode::CodeSpent),
        (RefusalCode::Removed, ErrorCode::Protocol),
        (RefusalCode::UnsupportedMedia, ErrorCode::Protocol),
        (RefusalCode::TooMany, ErrorCode::ServerBusy),
        (RefusalCode::Internal, ErrorCode::ServerBusy),
        (RefusalCode::Unavailable, ErrorCode::ServerBusy),
    ] {
        ends(refused(refusal), code);
    }
    ends(gap(0), ErrorCode::Protocol);
    ends(gap(4), ErrorCode::Protocol);
    ends(gap(6), ErrorCode::Protocol);
    ends(gap(7), ErrorCode::Fork);
    ends(Answer::Accepted, ErrorCode::Unreachable);
    ends(Answer::Page(empty_page(0)), ErrorCode::Unreachable);
    assert_eq!(
        RefusalCode::ALL.len(),
        19,
        "a new refusal needs a line here; `revoked`, `fork` and `too_large` have their own tests"
    );
}

#[test]
fn goes_back_once_to_where_the_server_lost_its_disk() {
    let mut round = Round::new(Pace::default());
    let view = opened(5, 3);
    round.answered(push(4, 2), gap(1), &view, ours(5));
    assert_eq!(round.next(&view), Step::Ask(push(1, 64)));
    let effect = round.answered(push(1, 64), received(receipt(5)), &view, ours(5));
    assert_eq!(effect, recorded(&receipt(5)));
    let after = View { received: 5, ..view.clone() };
    assert_eq!(round.next(&after), Step::End, "the push has brought the receipt already");

    let mut stubborn = Round::new(Pace::default());
    stubborn.answered(push(4, 2), gap(1), &view, ours(5));
    stubborn.answered(push(1, 64), gap(3), &view, ours(5));
    assert_eq!(stubborn.next(&view), Step::End, "a second gap in one round must not become a loop");
}

#[test]
fn hands_in_the_last_entry_again_until_it_is_backed_up_and_everything_that_the_server_lost() {
    let view = locked(5, 5);
    let mut round = Round::new(Pace::default());
    assert_eq!(round.next(&view), Step::Ask(push(5, 1)), "locked, it can sign no question");
    assert_eq!(round.answered(push(5, 1), received(receipt(5)), &view, ours(5)), recorded(&receipt(5)));
    assert_eq!(round.next(&view), Step::End, "once per visit");

    let mut round = Round::new(Pace::default());
    assert_eq!(round.answered(push(5, 1), gap(3), &view, ours(5)), Effect::NoteGap(3));
    assert_eq!(round.next(&View { received: 2, ..view.clone() }), Step::Ask(push(3, 64)));

    let mut revoked = Round::new(Pace::default());
    let lost =
        revoked.answered(push(5, 1), refused(RefusalCode::Revoked), &View { backed_up: 1, ..view.clone() }, ours(5));
    assert_eq!(lost, Effect::NoteGap(2), "held, it would have been answered with a receipt");
    assert_eq!(revoked.next(&View { received: 1, ..view.clone() }), Step::Ask(push(2, 64)), "into quarantine");

    for settled in [View { backed_up: 5, ..view.clone() }, View { base: 5, ..view }, locked(0, 0)] {
        assert_eq!(Round::new(Pace::default()).next(&settled), Step::End);
    }
}

#[test]
fn believes_only_a_receipt_that_equals_our_own_list() {
    let believed = |receipt: Receipt| after_push(received(receipt));
    assert_eq!(believed(receipt(5)).1, recorded(&receipt(5)));

    let stuck = believed(receipt(3));
    assert_eq!(stuck.0, Some(Trouble::Stuck), "a batch was answered and nothing of it taken in");
    assert_eq!(stuck.1, recorded(&receipt(3)), "what it says is still true");

    for (bad, trouble) in [
        (Receipt { head: chain(4), ..receipt(5) }, Trouble::Mismatch),
        (Receipt { device: DeviceId(Uuid::from_u128(8)), ..receipt(5) }, Trouble::Mismatch),
        (Receipt { backed_up: 6, ..receipt(5) }, Trouble::Mismatch),
        (receipt(6), Trouble::Fork),
        (Receipt { version: 99, ..receipt(5) }, Trouble::Version),
    ] {
        let (found, effect, step) = believed(bad);
        assert_eq!((found, effect, step), (Some(trouble), Effect::Nothing, Step::End));
    }
}

#[test]
fn receipt_from_before_what_is_kept_here_is_a_gap() {
    let kept = |sequence: u64| (sequence == 0 || (3..=5).contains(&sequence)).then(|| chain(sequence));
    let view = View { base: 3, backed_up: 5, ..opened(5, 5) };
    let mut round = Round::new(Pace::default());
    let effect = round.answered(Call::Receipt, received(receipt(2)), &view, kept);
    assert_eq!(effect, Effect::NoteGap(3), "what it confirmed does not count any more");
    assert_eq!(round.trouble, Some(Trouble::Refused(RefusalCode::Gap)));

    let mut empty = Round::new(Pace::default());
    let effect = empty.answered(Call::Receipt, received(receipt(0)), &view, kept);
    assert_eq!(effect, recorded(&receipt(0)), "the beginning can be compared by everybody");
}

#[test]
fn one_record_set_aside_by_the_server_does_not_stop_the_rest() {
    let refused = vec![RefusedOperation { sequence: 4, code: RefusalCode::TooLarge }];
    let (trouble, effect, _) = after_push(received(Receipt { refused: refused.clone(), ..receipt(5) }));
    assert_eq!(trouble, None);
    assert_eq!(effect, recorded(&Receipt { refused, ..receipt(5) }));
}

#[test]
fn halves_a_batch_that_is_too_large_until_one_operation_alone_is() {
    let mut round = Round::new(Pace::default());
    let view = locked(64, 0);
    let mut sizes = Vec::new();
    while let Step::Ask(call @ Call::Push { count, .. }) = round.next(&view) {
        sizes.push(count);
        round.answered(call, refused(RefusalCode::TooLarge), &view, ours(64));
    }
    assert_eq!(sizes, [64, 32, 16, 8, 4, 2, 1]);
    assert_eq!(round.end(0).trouble, Some(Trouble::Refused(RefusalCode::TooLarge)));
}

#[test]
fn takes_the_servers_time_once_and_then_says_that_the_clock_is_off() {
    let mut round = Round::new(Pace::default());
    let view = opened(3, 3);
    round.answered(Call::Receipt, refused(RefusalCode::ClockOff), &view, ours(3));
    assert_eq!(round.next(&view), Step::Ask(Call::Health));
    let health = Health { alive: true, now: DateTime::UNIX_EPOCH, versions: (1, 1) };
    let effect = round.answered(Call::Health, Answer::Health(health), &view, ours(3));
    assert_eq!(effect, Effect::SetServerTime(DateTime::UNIX_EPOCH));
    assert_eq!(round.next(&view), Step::Ask(Call::Receipt));
    round.answered(Call::Receipt, refused(RefusalCode::ClockOff), &view, ours(3));
    assert_eq!(round.next(&view), Step::End);
    assert_eq!(round.end(0).trouble.map(Trouble::code), Some(ErrorCode::ClockOff));
}

#[test]
fn signs_anew_once_when_a_request_arrived_twice() {
    let mut round = Round::new(Pace::default());
    let view = opened(3, 3);
    round.answered(Call::Receipt, refused(RefusalCode::Replayed), &view, ours(3));
    assert_eq!(round.next(&view), Step::Ask(Call::Receipt));
    round.answered(Call::Receipt, refused(RefusalCode::Replayed), &view, ours(3));
    assert_eq!(round.next(&view), Step::End);
}

#[test]
fn stops_at_a_server_of_another_time() {
    let mut round = Round::new(Pace::default());
    let health = Health { alive: true, now: DateTime::UNIX_EPOCH, versions: (2, 4) };
    round.answered(Call::Health, Answer::Health(health), &opened(3, 3), ours(3));
    assert_eq!(round.end(0).trouble.map(Trouble::code), Some(ErrorCode::Protocol));
}

#[test]
fn lost_answer_ends_the_round_and_halves_the_next_batch() {
    let mut round = Round::new(Pace::default());
    round.lost(push(1, 64), Fault::CaptivePortal);
    assert_eq!(round.next(&locked(5, 0)), Step::End);
    let end = round.end(1_001);
    assert_eq!(end.trouble.map(Trouble::code), Some(ErrorCode::CaptivePortal));
    assert_eq!(end.retry_ms, Some(0), "1001 over a ceiling of 1000 ms");
    assert_eq!(end.pace.batch(), 32);
}

#[test]
fn batch_that_the_server_had_no_time_for_is_half_as_long_the_next_time() {
    let view = turning(5, 2);
    let round = Round::new(Pace::default());
    let Step::Ask(turn) = round.next(&view) else { panic!("no turn") };
    for call in [push(1, 64), turn] {
        let mut round = Round::new(Pace::default());
        round.answered(call, refused(RefusalCode::Unavailable), &view, ours(5));
        let end = round.end(0);
        assert_eq!((end.trouble, end.pace.batch()), (Some(Trouble::Refused(RefusalCode::Unavailable)), 32));
    }
}

#[test]
fn revoked_device_hands_everything_in_and_reads_nothing() {
    for code in [RefusalCode::Revoked, RefusalCode::Fork] {
        let mut view = opened(5, 1);
        view.open = Some(OpenView {
            manifest_due: true,
            reads: vec![(Stream::Journal, Cursor(0))],
            unacknowledged: true,
            ..OpenView::default()
        });
        let mut round = Round::new(Pace::default());
        let mut calls = Vec::new();
        while let Step::Ask(call) = round.next(&view) {
            // Three operations to a batch.
            let sent = match call {
                Call::Push { first, .. } => push(first, 3),
                other => other,
            };
            calls.push(sent);
            round.answered(sent, refused(code), &view, ours(5));
        }
        // Who is revoked also asks at once whether to be wiped.
        let asks = (code == RefusalCode::Revoked).then_some(Call::Order(DEVICE));
        let order: Vec<Call> = asks.into_iter().collect();
        assert_eq!(calls, [&[Call::Manifest], &order[..], &[push(2, 3), push(5, 3)]].concat(), "{code}");
        let end = round.end(0);
        assert!(end.trouble.is_some() && end.retry_ms == Some(LONGEST_DELAY_MS));
        let again = Round::new(end.pace);
        assert_eq!(again.next(&opened(5, 5)), Step::Ask(Call::Receipt), "not again in this run");
        assert_eq!(again.next(&locked(5, 1)), Step::Ask(push(5, 1)), "but for the end: it may have been released");
        assert_eq!(again.end(0).trouble, end.trouble, "and it is still said");
        assert_eq!(Round::new(end.pace).next(&locked(6, 1)), Step::Ask(push(6, 64)), "what was saved since");

        let mut forgiven = Round::new(end.pace);
        let manifest = SignedManifest { manifest: Bytes::default(), signature: Bytes::default() };
        forgiven.answered(Call::Manifest, Answer::Manifest(manifest), &view, ours(5));
        assert_eq!(forgiven.next(&view), Step::Ask(push(2, 64)), "who may read again offers everything again");
    }
}

#[test]
fn refused_reading_does_not_keep_saved_records_from_leaving() {
    for code in [RefusalCode::NotAllowed, RefusalCode::Internal, RefusalCode::BadSignature] {
        let mut round = Round::new(Pace::default());
        let mut view = opened(5, 3);
        view.open = Some(OpenView { manifest_due: true, ..OpenView::default() });
        round.answered(Call::Manifest, refused(code), &view, ours(5));
        assert_eq!(round.next(&view), Step::Ask(push(4, 64)));
        round.answered(push(4, 2), received(receipt(5)), &view, ours(5));
        assert_eq!(round.next(&View { received: 5, ..view }), Step::End);
        assert_eq!(round.end(0).trouble, Some(Trouble::Refused(code)), "and the code is shown");
    }
}

#[test]
fn looks_at_the_manifest_once_before_it_calls_a_sender_unknown() {
    let mut round = Round::new(Pace::default());
    let mut view = opened(0, 0);
    let call = Call::Pull { stream: Stream::Journal, after: Cursor(0) };
    view.open = Some(OpenView { reads: vec![(Stream::Journal, Cursor(0))], ..OpenView::default() });
    assert_eq!(round.next(&view), Step::Ask(call));
    round.answered(call, Answer::Page(empty_page(0)), &view, ours(0));
    assert!(round.asks_for_manifest(Stream::Journal));
    assert_eq!(round.next(&view), Step::Ask(Call::Manifest));
    let manifest = SignedManifest { manifest: Bytes::default(), signature: Bytes::default() };
    round.answered(Call::Manifest, Answer::Manifest(manifest), &view, ours(0));
    assert_eq!(round.next(&view), Step::Ask(call), "the page is asked for again");
    assert!(!round.asks_for_manifest(Stream::Journal));
}

#[test]
fn trouble_for_a_person_waits_the_longest() {
    let mut round = Round::new(Pace::default());
    round.answered(
        push(4, 2),
        Answer::Refused(Refused { code: RefusalCode::Fork, expected: Some(4) }),
        &opened(5, 3),
        ours(5),
    );
    assert_eq!(round.end(0).retry_ms, Some(LONGEST_DELAY_MS));
}

#[test]
fn a_page_that_fails_its_checks_is_asked_for_again_later() {
    let mut round = Round::new(Pace::default());
    round.unfit_page();
    assert_eq!(round.end(0).trouble, Some(Trouble::Lost(Fault::Garbled)));
}

fn calls() -> impl Strategy<Value = Call> {
    prop_oneof![
        Just(Call::Health),
        Just(Call::Manifest),
        (1_u64..5, 1_usize..64).prop_map(|(first, count)| push(first, count)),
        Just(Call::Receipt),
        (0_u64..3).prop_map(|after| Call::Pull { stream: Stream::Journal, after: Cursor(after) }),
        Just(Call::Acknowledge),
    ]
}

/// A signed receipt with some of its bytes changed.
fn spoilt_receipt() -> impl Strategy<Value = Vec<u8>> {
    (0_u64..6, proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..4)).prop_map(
        |(stored, changes)| {
            let original = serde_json::to_vec(&signed(&receipt(stored))).unwrap();
            let mut body = original.clone();
            for (index, value) in changes {
                let at = index.index(body.len());
                body[at] = value;
            }
            if body == original {
                body.pop();
            }
            body
        },
    )
}

proptest! {
    #[test]
    fn no_byte_soup_panics_or_marks_anything_received(
        call in calls(),
        status in prop_oneof![Just(200_u16), Just(204), 100_u16..600],
        json in any::<bool>(),
        body in prop_oneof![proptest::collection::vec(any::<u8>(), 0..300), spoilt_receipt()],
    ) {
        let reply = Reply { status, json, body };
        let view = opened(5, 3);
        let mut round = Round::new(Pace::default());
        let keys = server_keys();
        let effect = match read(call, &reply, keys.public_key().as_ref()) {
            Ok(answer) => round.answered(call, answer, &view, ours(5)),
            Err(fault) => round.lost(call, fault),
        };
        prop_assert!(!matches!(effect, Effect::RecordReceipt(_)), "{effect:?}");
    }
}

#[test]
fn a_whole_receipt_is_believed_by_the_same_path() {
    let body = serde_json::to_vec(&signed(&receipt(5))).unwrap();
    let reply = Reply { status: 200, json: true, body };
    assert_eq!(read(Call::Receipt, &reply, server_keys().public_key().as_ref()), Ok(received(receipt(5))));
    let other = Ed25519KeyPair::from_seed_unchecked(&[4; 32]).unwrap();
    assert_eq!(read(Call::Receipt, &reply, other.public_key().as_ref()), Err(Fault::Forged));
}

fn order() -> WipeOrder {
    WipeOrder { version: version::CURRENT, device: DEVICE, signature: Bytes(vec![7; 64]), succession: Vec::new() }
}

#[test]
fn order_is_asked_for_before_anything_can_end_the_round_and_sending_goes_on() {
    for (answer, effect) in [
        (Answer::Order(order()), Effect::TakeOrder(order())),
        (refused(RefusalCode::NotFound), Effect::Nothing),
        (refused(RefusalCode::TooMany), Effect::Nothing),
    ] {
        let mut round = Round::new(Pace::default());
        let view = View { order_due: true, ..locked(3, 0) };
        assert_eq!(round.next(&view), Step::Ask(Call::Order(DEVICE)));
        assert_eq!(round.answered(Call::Order(DEVICE), answer, &view, ours(3)), effect);
        assert_eq!(round.next(&view), Step::Ask(push(1, 64)), "asked once, and what is unsent goes out");
    }
}

#[test]
fn strange_answer_about_orders_does_not_keep_anything_from_being_sent() {
    let view = View { order_due: true, ..locked(3, 0) };
    let mut round = Round::new(Pace::default());
    round.lost(Call::Order(DEVICE), Fault::Garbled);
    assert_eq!(round.next(&view), Step::Ask(push(1, 64)));
    let mut round = Round::new(Pace::default());
    round.lost(Call::Order(DEVICE), Fault::Unreachable);
    assert_eq!(round.next(&view), Step::End);
}

#[test]
fn revoked_device_asks_at_once_whether_it_is_to_be_wiped() {
    let view = locked(3, 0);
    let mut round = Round::new(Pace::default());
    assert_eq!(round.next(&view), Step::Ask(push(1, 64)));
    round.answered(push(1, 3), refused(RefusalCode::Revoked), &view, ours(3));
    assert_eq!(round.next(&view), Step::Ask(Call::Order(DEVICE)));
}

#[test]
fn wipe_is_confirmed_after_everything_was_handed_in_and_only_once() {
    let view = View { unconfirmed_wipe: true, ..locked(3, 0) };
    let mut round = Round::new(Pace::default());
    assert_eq!(round.next(&view), Step::Ask(push(1, 64)));
    round.answered(push(1, 3), refused(RefusalCode::Revoked), &view, ours(3));
    round.answered(Call::Order(DEVICE), refused(RefusalCode::NotFound), &view, ours(3));
    assert_eq!(round.next(&view), Step::Ask(Call::ConfirmWipe));
    assert_eq!(round.answered(Call::ConfirmWipe, Answer::Accepted, &view, ours(3)), Effect::MarkWiped);
    assert_eq!(round.next(&view), Step::End);
    let mut round = Round::new(Pace::default());
    round.answered(
        Call::ConfirmWipe,
        refused(RefusalCode::NotAllowed),
        &View { unconfirmed_wipe: true, ..locked(0, 0) },
        ours(0),
    );
    assert_eq!(round.next(&View { unconfirmed_wipe: true, ..locked(0, 0) }), Step::End, "not twice in a round");
}
