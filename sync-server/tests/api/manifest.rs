//! The manifest in force.

use crate::world::{Device, World, new_key};
use domain::sync::chain::Bytes;
use domain::sync::error::RefusalCode;
use domain::sync::manifest::{Manifest, Role, SignedManifest, manifest_message};
use domain::sync::{DeviceId, ProgrammeId};
use uuid::Uuid;

impl World {
    async fn put(&self, device: &Device, signed: &SignedManifest) -> crate::world::Answer {
        self.signed(device, "PUT", "/v1/manifest", signed).await
    }
}

#[tokio::test]
async fn every_device_reads_it_byte_for_byte() {
    let world = World::new().await;
    for device in world.devices() {
        let read: SignedManifest = world.get(device, "/v1/manifest").await.json();
        let manifest = read.verify(&world.config.admin_key.0).unwrap();
        assert_eq!(manifest.number, 1);
    }
}

#[tokio::test]
async fn older_and_equal_ones_are_refused() {
    let mut world = World::new().await;
    world.put_manifest().await;
    for number in [0, 1, 2] {
        let mut manifest = world.next_manifest(&[]);
        manifest.number = number;
        let answer = world.put(&world.admin, &world.sign_manifest(&manifest)).await;
        assert_eq!(answer.code(), RefusalCode::StaleManifest, "{number}");
    }
    let in_force: SignedManifest = world.get(&world.lead, "/v1/manifest").await.json();
    let in_force = in_force.verify(&world.config.admin_key.0).unwrap();
    assert_eq!(in_force.number, 2);
}

#[tokio::test]
async fn only_the_admins_key_puts_one_in_force() {
    let world = World::new().await;
    let manifest = serde_json::to_vec(&world.next_manifest(&[])).unwrap();
    let forged = SignedManifest {
        signature: Bytes(new_key().sign(&manifest_message(&manifest)).as_ref().to_vec()),
        manifest: Bytes(manifest),
    };
    let code = world.put(&world.admin, &forged).await.code();
    assert_eq!(code, RefusalCode::BadSignature);
}

#[tokio::test]
async fn one_that_no_phone_could_use_is_malformed() {
    let world = World::new().await;
    let edits: [(&str, fn(&mut Manifest)); 4] = [
        ("programme", |manifest| {
            manifest.programme = ProgrammeId(Uuid::from_u128(8));
        }),
        ("server key", |manifest| {
            manifest.server_key = Bytes(vec![1; 32]);
        }),
        ("device twice", |manifest| {
            let again = manifest.devices[0].clone();
            manifest.devices.push(again);
        }),
        ("number", |manifest| manifest.number = u64::MAX),
    ];
    for (part, edit) in edits {
        let mut manifest = world.next_manifest(&[]);
        edit(&mut manifest);
        let answer = world.put(&world.admin, &world.sign_manifest(&manifest)).await;
        assert_eq!(answer.code(), RefusalCode::Malformed, "{part}");
    }
    let mut later = world.next_manifest(&[]);
    later.version = 99;
    let answer = world.put(&world.admin, &world.sign_manifest(&later)).await;
    assert_eq!(answer.code(), RefusalCode::UnsupportedVersion);
    let unreadable = Bytes(b"{}".to_vec());
    let signature = world.admin_key.sign(&manifest_message(&unreadable.0));
    let unreadable = SignedManifest { signature: Bytes(signature.as_ref().to_vec()), manifest: unreadable };
    let code = world.put(&world.admin, &unreadable).await.code();
    assert_eq!(code, RefusalCode::Malformed);
}

#[tokio::test]
async fn first_one_is_put_by_the_admin_device_that_it_names() {
    let mut world = World::empty();
    let signed = world.sign_manifest(&world.next_manifest(&[]));
    let stranger = Device::new(Role::Admin, None);
    let code = world.put(&stranger, &signed).await.code();
    assert_eq!(code, RefusalCode::UnknownDevice);
    let code = world.put(&world.lead, &signed).await.code();
    assert_eq!(code, RefusalCode::NotAllowed);
    world.put_manifest().await;
}

#[tokio::test]
async fn admin_device_that_is_lost_is_replaced_by_the_admins_key() {
    let mut world = World::new().await;
    world.admin = Device::new(Role::Admin, None);
    world.put_manifest().await;
    assert_eq!(world.get(&world.admin, "/v1/enrolments").await.status, 200);
}

#[tokio::test]
async fn device_that_is_not_named_any_more_is_unknown() {
    let mut world = World::new().await;
    let left = std::mem::replace(&mut world.member, Device::new(Role::Member, Some("U1")));
    assert_eq!(world.get(&left, "/v1/receipt").await.status, 200);
    world.put_manifest().await;
    let code = world.get(&left, "/v1/receipt").await.code();
    assert_eq!(code, RefusalCode::UnknownDevice);
}

#[tokio::test]
async fn concurrent_ones_leave_the_highest_in_force() {
    let mut world = World::new().await;
    let mut manifests = Vec::new();
    for number in 2..=9 {
        let mut manifest = world.next_manifest(&[]);
        manifest.number = number;
        let extra = DeviceId(Uuid::from_u128(u128::from(number)));
        manifest.devices[5].id = extra;
        manifests.push(world.sign_manifest(&manifest));
    }
    let answers = manifests.iter().rev().map(|signed| world.put(&world.admin, signed));
    let mut in_force = 0;
    for answer in join_all(answers).await {
        in_force += usize::from(answer.status == 204);
    }
    assert!(in_force >= 1);
    let read = |world: &World| {
        let state = world.router();
        let request = world.lead.sign("GET", "/v1/manifest", Vec::new(), world.now());
        async { crate::world::ask(state, request).await.json::<SignedManifest>() }
    };
    let before = read(&world).await;
    assert_eq!(before.verify(&world.config.admin_key.0).unwrap().number, 9);
    world.restart();
    assert_eq!(read(&world).await, before, "memory and file agree");
}

async fn join_all<T>(futures: impl Iterator<Item = impl Future<Output = T>>) -> Vec<T> {
    let mut waiting: Vec<_> = futures.map(Box::pin).collect();
    let mut done: Vec<Option<T>> = waiting.iter().map(|_| None).collect();
    std::future::poll_fn(|context| {
        for (future, slot) in waiting.iter_mut().zip(&mut done) {
            if slot.is_none()
                && let std::task::Poll::Ready(value) = future.as_mut().poll(context)
            {
                *slot = Some(value);
            }
        }
        if done.iter().all(Option::is_some) { std::task::Poll::Ready(()) } else { std::task::Poll::Pending }
    })
    .await;
    done.into_iter().flatten().collect()
}
