//! The manifest in force.

use crate::world::{Device, Edit, World, ask, new_key};
use domain::sync::chain::Bytes;
use domain::sync::error::RefusalCode;
use domain::sync::manifest::{Manifest, Role, SignedManifest, manifest_message};
use domain::sync::{DeviceId, ProgrammeId};
use tokio::task::JoinSet;
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
    let edits: [Edit<Manifest>; 4] = [
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

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
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
    let mut putting = JoinSet::new();
    for signed in manifests.iter().rev() {
        let body = serde_json::to_vec(signed).unwrap();
        let request = world.admin.sign("PUT", "/v1/manifest", body, world.now());
        putting.spawn(ask(world.router(), request));
    }
    let answers = putting.join_all().await;
    let in_force = answers.iter().filter(|answer| answer.status == 204).count();
    assert!(in_force >= 1);
    let before: SignedManifest = world.get(&world.lead, "/v1/manifest").await.json();
    assert_eq!(before.verify(&world.config.admin_key.0).unwrap().number, 9);
    world.restart();
    let after: SignedManifest = world.get(&world.lead, "/v1/manifest").await.json();
    assert_eq!(after, before, "memory and file agree");
}
