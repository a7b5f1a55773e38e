//! Sending operations.

use crate::world::{Device, Who, World, post, sealed};
use chrono::Duration;
use domain::sync::chain::{Bytes, Digest, genesis, head_message, link};
use domain::sync::error::RefusalCode;
use domain::sync::manifest::Role;
use domain::sync::push::{Batch, MAX_OPERATIONS, MAX_SEALED_BYTES};
use domain::sync::receipt::RefusedOperation;
use domain::sync::{Stream, UnitId};

#[tokio::test]
async fn receipt_verifies_and_equals_the_senders_own_chain() {
    let mut world = World::new().await;
    let batch = world.member.journal(3);
    let receipt = world.receipt(&world.push(&batch).await);
    assert_eq!(receipt.device, world.member.id);
    assert_eq!((receipt.stored, receipt.head), (3, world.member.head));
    assert_eq!(receipt.backed_up, 0);
    assert_eq!(receipt.refused, []);
    assert_eq!(receipt.at, world.now());
    assert_eq!(world.read_receipt(&world.member).await, receipt);
}

#[tokio::test]
async fn receipt_of_a_device_that_never_sent_holds_nothing() {
    let world = World::new().await;
    let receipt = world.read_receipt(&world.member).await;
    assert_eq!((receipt.stored, receipt.head, receipt.backed_up), (0, genesis(world.member.id), 0));
}

#[tokio::test]
async fn receipt_does_not_verify_under_another_key_or_with_another_byte() {
    let mut world = World::new().await;
    let batch = world.member.journal(1);
    let mut signed: domain::sync::receipt::SignedReceipt = world.push(&batch).await.json();
    assert!(signed.verify(&world.member.public_key().0).is_err());
    signed.receipt.0[20] ^= 1;
    assert!(signed.verify(&world.state().server_key().0).is_err());
}

#[tokio::test]
async fn same_batch_again_changes_nothing() {
    let mut world = World::new().await;
    let batch = world.member.journal(3);
    let first = world.receipt(&world.push(&batch).await);
    world.pass(Duration::minutes(1));
    let again = world.receipt(&world.push(&batch).await);
    assert_eq!((first.stored, first.head), (again.stored, again.head));
    let page = world.get(&world.lead, "/v1/streams/journal").await;
    let page: domain::sync::pull::Page = page.json();
    assert_eq!(page.envelopes.len(), 3, "nothing is there twice");
}

#[tokio::test]
async fn batch_that_overlaps_what_is_held_adds_only_what_is_new() {
    let mut world = World::new().await;
    let contents: Vec<_> = (1..=5).map(|n| (Stream::Journal, sealed(n))).collect();
    let mut earlier = Device::new(Role::Member, Some("U1"));
    earlier.id = world.member.id;
    earlier.head = world.member.head;
    earlier.key = std::mem::replace(&mut world.member.key, crate::world::new_key());
    let first = earlier.batch(&contents[..3]);
    (earlier.sequence, earlier.head) = (0, genesis(earlier.id));
    let whole = earlier.batch(&contents);
    world.receipt(&world.push(&first).await);
    let receipt = world.receipt(&world.push(&whole).await);
    assert_eq!((receipt.stored, receipt.head), (5, earlier.head));
    // The first batch once more, late and out of order: still nothing to say against it.
    let late = world.receipt(&world.push(&first).await);
    assert_eq!((late.stored, late.head), (5, earlier.head));
}

#[tokio::test]
async fn gap_is_answered_with_the_number_expected() {
    let mut world = World::new().await;
    let first = world.member.journal(2);
    let second = world.member.journal(2);
    let third = world.member.journal(2);
    let refused = world.push(&second).await.refused();
    assert_eq!((refused.code, refused.expected), (RefusalCode::Gap, Some(1)));
    world.receipt(&world.push(&first).await);
    let refused = world.push(&third).await.refused();
    assert_eq!((refused.code, refused.expected), (RefusalCode::Gap, Some(3)));
    world.receipt(&world.push(&second).await);
    let receipt = world.receipt(&world.push(&third).await);
    assert_eq!((receipt.stored, receipt.head), (6, world.member.head));
}

#[tokio::test]
async fn oversize_operation_is_set_aside_and_blocks_nothing() {
    let mut world = World::new().await;
    let oversize = vec![7; MAX_SEALED_BYTES + 1];
    let batch =
        world.member.batch(&[(Stream::Journal, sealed(1)), (Stream::Journal, oversize), (Stream::Journal, sealed(3))]);
    let receipt = world.receipt(&world.push(&batch).await);
    assert_eq!((receipt.stored, receipt.head), (3, world.member.head));
    let set_aside = RefusedOperation { sequence: 2, code: RefusalCode::TooLarge };
    assert_eq!(receipt.refused, [set_aside]);
    let next = world.member.journal(1);
    let receipt = world.receipt(&world.push(&next).await);
    assert_eq!(receipt.refused, [set_aside], "it stays visible");
    let page: domain::sync::pull::Page = world.get(&world.lead, "/v1/streams/journal").await.json();
    let skeleton = &page.envelopes[1];
    assert_eq!(skeleton.refused, Some(RefusalCode::TooLarge));
    assert_eq!(skeleton.operation.sealed, Bytes::default());
    assert_eq!(skeleton.chain, batch_chain(&batch, 2));
    assert_eq!(page.envelopes[2].refused, None);
}

#[tokio::test]
async fn largest_operation_is_kept() {
    let mut world = World::new().await;
    let batch = world.member.batch(&[(Stream::Journal, vec![7; MAX_SEALED_BYTES])]);
    assert_eq!(world.receipt(&world.push(&batch).await).refused, []);
}

#[tokio::test]
async fn operation_on_a_stream_of_another_role_is_set_aside() {
    let mut world = World::new().await;
    let batch = world.member.batch(&[(Stream::NightLog, sealed(1)), (Stream::Journal, sealed(2))]);
    let receipt = world.receipt(&world.push(&batch).await);
    assert_eq!(receipt.refused, [RefusedOperation { sequence: 1, code: RefusalCode::NotAllowed }]);
    let page = world.get(&world.coordinator, "/v1/streams/night_log").await;
    let page: domain::sync::pull::Page = page.json();
    assert_eq!(page.envelopes[0].operation.sealed, Bytes::default(), "unread");
}

#[tokio::test]
async fn batch_of_wrong_form_is_malformed() {
    let mut world = World::new().await;
    let good = world.member.journal(3);
    let mut cases: Vec<(&str, Batch)> = Vec::new();
    let mut change = |name, edit: fn(&mut Batch)| {
        let mut batch = good.clone();
        edit(&mut batch);
        cases.push((name, batch));
    };
    change("empty", |batch| batch.operations.clear());
    change("from 0", |batch| batch.operations[0].sequence = 0);
    change("a hole", |batch| {
        batch.operations.remove(1);
    });
    change("other bytes", |batch| {
        batch.operations[1].sealed = Bytes(vec![1]);
    });
    change("other stream", |batch| {
        batch.operations[1].stream = Stream::NightLog;
    });
    change("other head", |batch| batch.head = Digest::of(b"other"));
    change("other previous", |batch| {
        batch.previous = Digest::of(b"other");
    });
    change("last number there is", |batch| {
        batch.operations[0].sequence = u64::MAX;
    });
    let many = world.lead.journal(MAX_OPERATIONS + 1);
    cases.push(("too many", many));
    for (name, batch) in &cases {
        let code = world.push(batch).await.code();
        assert_eq!(code, RefusalCode::Malformed, "{name}");
    }
    assert_eq!(world.read_receipt(&world.member).await.stored, 0);
    assert_eq!(world.push(&good).await.status, 200);
}

#[tokio::test]
async fn batch_is_refused_without_the_devices_own_signature() {
    let mut world = World::new().await;
    let good = world.member.journal(2);
    let mut unsigned = good.clone();
    unsigned.operations[0].signature = Bytes(Vec::new());
    let code = world.push(&unsigned).await.code();
    assert_eq!(code, RefusalCode::BadSignature);
    let mut by_another = good;
    let message = head_message(world.member.id, 2, by_another.head);
    by_another.operations[1].signature = Bytes(world.lead.key.sign(&message).as_ref().to_vec());
    let code = world.push(&by_another).await.code();
    assert_eq!(code, RefusalCode::BadSignature);
}

#[tokio::test]
async fn unknown_device_and_unknown_version_are_told() {
    let mut world = World::new().await;
    let mut stranger = Device::new(Role::Member, Some("U1"));
    let code = world.push(&stranger.journal(1)).await.code();
    assert_eq!(code, RefusalCode::UnknownDevice);
    let mut batch = world.member.journal(1);
    batch.version = 99;
    let code = world.push(&batch).await.code();
    assert_eq!(code, RefusalCode::UnsupportedVersion);
    let later = serde_json::json!({ "version": 99, "something": "else" });
    let code = world.call(post("/v1/batches", &later)).await.code();
    assert_eq!(code, RefusalCode::UnsupportedVersion);
}

#[tokio::test]
async fn nothing_is_taken_before_there_is_a_manifest() {
    let mut world = World::empty();
    let code = world.send(Who::Member, 1).await.code();
    assert_eq!(code, RefusalCode::UnknownDevice);
}

#[tokio::test]
async fn phone_does_not_send_in_the_name_of_another_unit() {
    let mut world = World::new().await;
    let mut batch = world.member.journal(1);
    batch.unit = UnitId::new("U2");
    assert_eq!(world.push(&batch).await.code(), RefusalCode::NotAllowed);
    assert_eq!(world.read_receipt(&world.member).await.stored, 0);
}

#[tokio::test]
async fn device_goes_on_with_its_log_after_a_new_manifest() {
    let mut world = World::new().await;
    assert_eq!(world.send(Who::Member, 2).await.status, 200);
    world.put_manifest().await;
    let answer = world.send(Who::Member, 2).await;
    let receipt = world.receipt(&answer);
    assert_eq!((receipt.stored, receipt.head), (4, world.member.head));
}

fn batch_chain(batch: &Batch, operations: usize) -> Digest {
    let done = &batch.operations[..operations];
    done.iter().fold(batch.previous, |chain, operation| {
        let sealed = Digest::of(&operation.sealed.0);
        link(chain, operation.sequence, operation.stream, sealed)
    })
}
