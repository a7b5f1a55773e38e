//! The admin's key changes: the server follows the chain of signatures, from the key in its settings and from the one in
//! force, and nobody else's.

use crate::place::Place;
use crate::world::{Device, World, get, names, new_key};
use domain::sync::chain::Bytes;
use domain::sync::error::RefusalCode;
use domain::sync::manifest::{DeviceStatus, Manifest, Role, SignedManifest, manifest_message};
use domain::sync::succession::Succession;
use domain::sync::wipe::WipeOrder;
use ring::signature::{Ed25519KeyPair, KeyPair};
use uscita_server::{AdminKey, Config};

fn public(key: &Ed25519KeyPair) -> AdminKey {
    AdminKey(key.public_key().as_ref().try_into().unwrap())
}

fn signed_by(key: &Ed25519KeyPair, manifest: &Manifest) -> SignedManifest {
    let bytes = serde_json::to_vec(manifest).unwrap();
    let signature = Bytes(key.sign(&manifest_message(&bytes)).as_ref().to_vec());
    SignedManifest { manifest: Bytes(bytes), signature }
}

/// The next manifest of the world, as if these keys were the admin's.
fn claimed(world: &World, key: &Ed25519KeyPair, succession: Vec<Succession>) -> SignedManifest {
    let admin_key = Bytes(key.public_key().as_ref().to_vec());
    signed_by(key, &Manifest { admin_key, succession, ..world.next_manifest(&[]) })
}

async fn refusal(world: &World, offered: &SignedManifest) -> RefusalCode {
    world.signed(&world.admin, "PUT", "/v1/manifest", offered).await.code()
}

#[tokio::test]
async fn key_that_the_one_before_names_takes_its_place_and_that_one_signs_nothing_more() {
    let mut world = World::new().await;
    let former = world.change_admin_key();
    world.put_manifest().await;
    assert_eq!(refusal(&world, &claimed(&world, &former, Vec::new())).await, RefusalCode::BadSignature);
    // Nor does it lead on to anybody else.
    let stranger = new_key();
    let aside = names(world.number + 1, &former, &former, &stranger);
    assert_eq!(refusal(&world, &claimed(&world, &stranger, vec![aside])).await, RefusalCode::BadSignature);
    world.put_manifest().await;
    assert_eq!(world.get(&world.admin, "/v1/enrolments").await.status, 200);
}

#[tokio::test]
async fn forged_successors_are_refused() {
    let world = World::new().await;
    let (owner, stranger) = (&world.admin_key, new_key());
    let next = world.number + 1;
    let itself = names(next, &stranger, owner, &stranger);
    let turned = Succession { number: next + 1, ..names(next, owner, owner, &stranger) };
    let past = names(world.number, owner, owner, &stranger);
    let early = names(next + 1, owner, owner, &stranger);
    for links in [Vec::new(), vec![itself], vec![turned], vec![past], vec![early]] {
        assert_eq!(refusal(&world, &claimed(&world, &stranger, links)).await, RefusalCode::BadSignature);
    }
}

#[tokio::test]
async fn server_starts_with_the_key_of_the_first_day_or_of_today_and_no_other() {
    let mut world = World::new().await;
    let first = world.config.admin_key;
    world.change_admin_key();
    world.put_manifest().await;
    world.change_admin_key();
    world.put_manifest().await;
    world.restart();
    let read: SignedManifest = world.get(&world.lead, "/v1/manifest").await.json();
    assert_eq!(read.verify_from(&first.0, 1).unwrap().number, 3, "who was away for both changes follows them");
    world.config.admin_key = public(&world.admin_key);
    world.restart();
    world.put_manifest().await;
    world.state = None;
    world.config.admin_key = public(&new_key());
    let refused = world.place.open(&world.config, world.clock());
    assert_eq!(refused.map(drop).unwrap_err().code(), "other_admin");
}

#[tokio::test]
async fn server_begun_anew_takes_the_newest_manifest_from_the_key_in_its_settings() {
    let mut old = World::new().await;
    old.change_admin_key();
    old.put_manifest().await;
    old.change_admin_key();
    old.put_manifest().await;
    let mut anew = World::empty();
    let (place, data) = (Place::new(), anew.folder.path().join("anew"));
    anew.state = Some(place.open(&Config { data, ..old.config.clone() }, anew.clock()).unwrap());
    let manifest = Manifest { server_key: anew.state().server_key(), ..old.next_manifest(&[]) };
    let answer = anew.signed(&old.admin, "PUT", "/v1/manifest", &old.sign_manifest(&manifest)).await;
    assert_eq!(answer.status, 204, "{answer:?}");
}

#[tokio::test]
async fn order_to_wipe_carries_the_way_to_the_key_that_gave_it() {
    let mut world = World::new().await;
    let known = world.config.admin_key;
    world.change_admin_key();
    world.member.status = DeviceStatus::Wipe;
    world.put_manifest().await;
    let order: WipeOrder = world.call(get(&format!("/v1/orders/{}", world.member.id))).await.json();
    assert!(order.is_given_by(&known.0, world.member.id));
    assert!(order.is_given_by(&public(&world.admin_key).0, world.member.id));
    let without = WipeOrder { succession: Vec::new(), ..order };
    assert!(!without.is_given_by(&known.0, world.member.id));
}

#[tokio::test]
async fn admin_device_that_the_new_key_names_is_let_in_and_the_lost_one_is_not() {
    let mut world = World::new().await;
    let lost = std::mem::replace(&mut world.admin, Device::new(Role::Admin, None));
    world.change_admin_key();
    world.put_manifest().await;
    assert_eq!(world.get(&world.admin, "/v1/enrolments").await.status, 200);
    assert_eq!(world.get(&lost, "/v1/enrolments").await.code(), RefusalCode::UnknownDevice);
}
