//! Forks, revocations, and what becomes of what such devices send.

use crate::world::{Device, Who, World, sealed};
use domain::sync::Stream;
use domain::sync::chain::genesis;
use domain::sync::error::RefusalCode;
use domain::sync::manifest::DeviceStatus;
use domain::sync::push::Batch;
use domain::sync::standing::{DeviceStanding, DeviceStandings};

impl World {
    pub async fn standing(&self, device: &Device) -> DeviceStanding {
        let all: DeviceStandings = self.get(&self.coordinator, "/v1/devices").await.json();
        let found = all.devices.iter().find(|found| found.device == device.id);
        *found.unwrap()
    }
}

/// The member's phone sent two operations; this is what a copy of it, made before them, sends.
async fn forked(world: &mut World) -> Batch {
    let batch = world.member.journal(2);
    assert_eq!(world.push(&batch).await.status, 200);
    let true_log = (world.member.sequence, world.member.head);
    (world.member.sequence, world.member.head) = (0, genesis(world.member.id));
    let other = world.member.batch(&[(Stream::Journal, sealed(99))]);
    (world.member.sequence, world.member.head) = true_log;
    other
}

fn bytes(batch: &Batch) -> Vec<u8> {
    serde_json::to_vec(batch).unwrap()
}

#[tokio::test]
async fn same_number_with_other_bytes_is_a_fork_and_quarantines_the_device() {
    let mut world = World::new().await;
    let fork = forked(&mut world).await;
    let held = world.read_receipt(&world.member).await;
    for _ in 0..2 {
        let refused = world.push(&fork).await.refused();
        assert_eq!((refused.code, refused.expected), (RefusalCode::Fork, Some(3)));
    }
    assert_eq!(world.quarantined().await, [bytes(&fork)], "kept once, whole");
    let standing = world.standing(&world.member).await;
    assert_eq!(standing.quarantined_on, Some(world.now().date_naive()));
    assert_eq!(standing.quarantined_batches, 1);
    assert_eq!(standing.stored, 2);
    let now = world.read_receipt(&world.member).await;
    assert_eq!((now.stored, now.head, now.refused), (held.stored, held.head, held.refused), "untouched");
}

#[tokio::test]
async fn quarantined_device_goes_on_into_quarantine_and_loses_nothing() {
    let mut world = World::new().await;
    let fork = forked(&mut world).await;
    world.push(&fork).await;
    let genuine = world.member.journal(1);
    let refused = world.push(&genuine).await.refused();
    assert_eq!(refused.code, RefusalCode::Fork);
    world.restart();
    let later = world.member.journal(1);
    assert_eq!(world.push(&later).await.code(), RefusalCode::Fork);
    assert_eq!(world.quarantined().await, [bytes(&fork), bytes(&genuine), bytes(&later)]);
    assert_eq!(world.read_receipt(&world.member).await.stored, 2);
}

#[tokio::test]
async fn log_that_does_not_begin_at_its_device_is_a_fork() {
    let mut world = World::new().await;
    world.member.head = genesis(world.lead.id);
    let batch = world.member.journal(1);
    let refused = world.push(&batch).await.refused();
    assert_eq!((refused.code, refused.expected), (RefusalCode::Fork, Some(1)));
    let standing = world.standing(&world.member).await;
    assert_eq!((standing.stored, standing.received_on), (0, None));
}

#[tokio::test]
async fn continuation_of_another_history_is_a_fork() {
    let mut world = World::new().await;
    world.send(Who::Member, 2).await;
    world.member.head = domain::sync::chain::Digest::of(b"another history");
    let refused = world.send(Who::Member, 1).await.refused();
    assert_eq!((refused.code, refused.expected), (RefusalCode::Fork, Some(3)));
}

#[tokio::test]
async fn other_devices_are_not_touched_by_a_fork() {
    let mut world = World::new().await;
    let fork = forked(&mut world).await;
    world.push(&fork).await;
    let answer = world.send(Who::Lead, 1).await;
    let receipt = world.receipt(&answer);
    assert_eq!(receipt.stored, 1);
    let page = world.get(&world.lead, "/v1/streams/journal").await;
    let page: domain::sync::pull::Page = page.json();
    assert_eq!(page.envelopes.len(), 3, "what was held is still delivered");
}

#[tokio::test]
async fn revoked_device_hands_in_to_quarantine_and_is_told() {
    for status in [DeviceStatus::Revoked, DeviceStatus::Wipe] {
        let mut world = World::new().await;
        world.send(Who::Member, 1).await;
        world.member.status = status;
        world.put_manifest().await;
        let batch = world.member.journal(2);
        for _ in 0..2 {
            let answer = world.push(&batch).await;
            assert_eq!(answer.code(), RefusalCode::Revoked);
        }
        assert_eq!(world.quarantined().await, [bytes(&batch)]);
        let standing = world.standing(&world.member).await;
        assert_eq!((standing.stored, standing.quarantined_batches), (1, 1));
        assert_eq!(standing.quarantined_on, None, "not a fork");
        let page = world.get(&world.lead, "/v1/streams/journal").await;
        let page: domain::sync::pull::Page = page.json();
        assert_eq!(page.envelopes.len(), 1, "nothing of it is delivered");
    }
}

#[tokio::test]
async fn quarantine_of_an_unsigned_batch_does_not_happen() {
    let mut world = World::new().await;
    world.member.status = DeviceStatus::Revoked;
    world.put_manifest().await;
    let mut batch = world.member.journal(1);
    batch.operations[0].signature.0[0] ^= 1;
    assert_eq!(world.push(&batch).await.code(), RefusalCode::BadSignature);
    assert_eq!(world.quarantined().await, Vec::<Vec<u8>>::new());
}

#[tokio::test]
async fn quarantine_of_a_device_has_bounded_room() {
    let mut world = World::new().await;
    world.member.status = DeviceStatus::Revoked;
    world.put_manifest().await;
    world.fill_quarantine(&world.member).await;
    let code = world.send(Who::Member, 1).await.code();
    assert_eq!(code, RefusalCode::TooLarge, "not told as kept");
    assert_eq!(world.quarantined().await.len(), 1);
}

#[tokio::test]
async fn number_beyond_a_database_integer_is_malformed_for_a_revoked_device_too() {
    let mut world = World::new().await;
    world.member.sequence = i64::MAX as u64;
    let beyond = world.member.journal(1);
    world.member.status = DeviceStatus::Revoked;
    world.put_manifest().await;
    assert_eq!(world.push(&beyond).await.code(), RefusalCode::Malformed);
}
