//! Enrolment by one-time code.

use crate::world::{Answer, Device, Edit, World, post};
use chrono::Duration;
use domain::sync::UnitId;
use domain::sync::audit::AuditKind;
use domain::sync::chain::{Bytes, Digest};
use domain::sync::enrol::{
    CodeAnnouncement, DeviceKeys, EnrolmentRequest, MAX_TRIES, PendingEnrolments, code_id, enrolment_mac, mac_holds,
};
use domain::sync::error::RefusalCode;
use domain::sync::manifest::Role;
use domain::sync::version::CURRENT;

const SECRET: &[u8] = b"0123456789";

impl World {
    async fn announce(&self, secret: &[u8]) -> Answer {
        let announcement = CodeAnnouncement { code_id: code_id(secret), unit: Some(UnitId::new("U1")) };
        self.signed(&self.admin, "POST", "/v1/enrolment-codes", &announcement).await
    }

    async fn enrol(&self, request: &EnrolmentRequest) -> Answer {
        self.call(post("/v1/enrolments", request)).await
    }

    async fn pending(&self) -> PendingEnrolments {
        self.get(&self.admin, "/v1/enrolments").await.json()
    }
}

fn request(device: &Device, secret: &[u8]) -> EnrolmentRequest {
    let keys = DeviceKeys { device: device.id, signing_key: device.public_key(), recipient: "age1new".to_owned() };
    EnrolmentRequest { version: CURRENT, code_id: code_id(secret), mac: Bytes(enrolment_mac(secret, &keys)), keys }
}

fn phone() -> Device {
    Device::new(Role::Member, Some("U1"))
}

#[tokio::test]
async fn new_phone_gets_from_the_code_to_its_first_receipt() {
    let mut world = World::new().await;
    let mut phone = phone();
    assert_eq!(world.announce(SECRET).await.status, 204);
    assert_eq!(world.enrol(&request(&phone, SECRET)).await.status, 202);
    // It may ask for the manifest, with the key that waits, and for nothing else.
    assert_eq!(world.get(&phone, "/v1/manifest").await.status, 200);
    let code = world.get(&phone, "/v1/receipt").await.code();
    assert_eq!(code, RefusalCode::UnknownDevice);
    let pending = world.pending().await.pending;
    assert_eq!(pending.len(), 1);
    assert_eq!(pending[0].unit, Some(UnitId::new("U1")));
    assert_eq!(pending[0].received_at, world.now());
    assert!(mac_holds(SECRET, &pending[0].keys, &pending[0].mac.0));
    world.put_manifest_with(&[&phone]).await;
    assert_eq!(world.pending().await.pending, [], "settled by the manifest");
    let batch = phone.journal(1);
    assert_eq!(world.receipt(&world.push(&batch).await).stored, 1);
}

#[tokio::test]
async fn code_is_good_once() {
    let world = World::new().await;
    world.announce(SECRET).await;
    assert_eq!(world.enrol(&request(&phone(), SECRET)).await.status, 202);
    let code = world.enrol(&request(&phone(), SECRET)).await.code();
    assert_eq!(code, RefusalCode::CodeSpent);
    assert_eq!(world.pending().await.pending.len(), 1);
}

#[tokio::test]
async fn phone_that_asks_again_after_a_lost_answer_is_told_the_same() {
    let mut world = World::new().await;
    let phone = phone();
    world.announce(SECRET).await;
    for _ in 0..2 {
        assert_eq!(world.enrol(&request(&phone, SECRET)).await.status, 202);
    }
    assert_eq!(world.announce(SECRET).await.status, 204, "so does the desk");
    assert_eq!(world.pending().await.pending.len(), 1);
    world.put_manifest_with(&[&phone]).await;
    world.pass(Duration::hours(1));
    assert_eq!(world.enrol(&request(&phone, SECRET)).await.status, 202);
    assert_eq!(world.pending().await.pending, [], "and waits no second time");
}

#[tokio::test]
async fn code_lives_15_minutes() {
    let world = World::new().await;
    world.announce(SECRET).await;
    world.announce(b"another").await;
    world.pass(Duration::minutes(15) - Duration::seconds(1));
    assert_eq!(world.enrol(&request(&phone(), SECRET)).await.status, 202);
    world.pass(Duration::seconds(1));
    let code = world.enrol(&request(&phone(), b"another")).await.code();
    assert_eq!(code, RefusalCode::CodeSpent);
    world.announce(b"another").await;
    let code = world.enrol(&request(&phone(), b"another")).await.code();
    assert_eq!(code, RefusalCode::CodeSpent, "it is not made young again");
}

/// A guess whose code id begins as that of a real code does, and is another one.
fn near(secret: &[u8], guess: u8) -> EnrolmentRequest {
    let Digest(mut id) = code_id(secret);
    id[2..].fill(guess);
    EnrolmentRequest { code_id: Digest(id), ..request(&phone(), &[guess]) }
}

#[tokio::test]
async fn code_is_burnt_after_five_guesses_that_came_near_it_and_no_other_code_with_it() {
    let mut world = World::new().await;
    let others: Vec<[u8; 4]> = (0..20_u32).map(u32::to_be_bytes).collect();
    assert!(others.iter().all(|other| code_id(other).0[..2] != code_id(SECRET).0[..2]));
    for other in &others {
        world.announce(other).await;
    }
    world.announce(SECRET).await;
    for guess in 0..MAX_TRIES as u8 {
        assert_eq!(world.enrol(&near(SECRET, guess)).await.code(), RefusalCode::CodeSpent);
        world.restart();
    }
    let code = world.enrol(&request(&phone(), SECRET)).await.code();
    assert_eq!(code, RefusalCode::CodeSpent, "burnt, and it stays so");
    for other in &others {
        assert_eq!(world.enrol(&request(&phone(), other)).await.status, 202, "everybody else enrols");
    }
    let (_, record) = world.record().unwrap();
    let burnt: Vec<_> = record.iter().filter(|entry| entry.note.kind == AuditKind::CodeBurnt).collect();
    assert_eq!(burnt.len(), 1);
    assert_eq!(burnt[0].note.value, Some(1));
}

#[tokio::test]
async fn code_with_four_near_guesses_is_still_good() {
    let world = World::new().await;
    world.announce(SECRET).await;
    for guess in 1..MAX_TRIES as u8 {
        world.enrol(&near(SECRET, guess)).await;
    }
    assert_eq!(world.enrol(&request(&phone(), SECRET)).await.status, 202);
}

#[tokio::test]
async fn guesses_at_anything_burn_nobodys_code() {
    let world = World::new().await;
    world.announce(SECRET).await;
    for guess in 0..200_u32 {
        let wrong = request(&phone(), &guess.to_be_bytes());
        assert_ne!(wrong.code_id.0[..2], code_id(SECRET).0[..2]);
        assert_eq!(world.enrol(&wrong).await.code(), RefusalCode::CodeSpent);
    }
    assert_eq!(world.enrol(&request(&phone(), SECRET)).await.status, 202, "five such guesses burnt all codes before");
}

#[tokio::test]
async fn nobody_enrols_under_the_id_of_another_device() {
    let mut world = World::new().await;
    let waiting = phone();
    world.announce(SECRET).await;
    world.enrol(&request(&waiting, SECRET)).await;
    for victim in [waiting.id, world.coordinator.id] {
        let secret = victim.to_string();
        world.announce(secret.as_bytes()).await;
        let mut thief = phone();
        thief.id = victim;
        let code = world.enrol(&request(&thief, secret.as_bytes())).await.code();
        assert_eq!(code, RefusalCode::NotAllowed);
    }
    world.put_manifest().await;
    let pending = world.pending().await.pending;
    assert_eq!(pending[0].keys.signing_key, waiting.public_key());
}

#[tokio::test]
async fn same_phone_may_use_a_second_code() {
    let world = World::new().await;
    let phone = phone();
    for secret in [SECRET, b"second"] {
        world.announce(secret).await;
        assert_eq!(world.enrol(&request(&phone, secret)).await.status, 202);
    }
    let pending = world.pending().await.pending;
    assert_eq!(pending.len(), 1);
    assert_eq!(pending[0].code_id, code_id(b"second"));
}

#[tokio::test]
async fn keys_of_wrong_form_are_malformed_and_cost_no_try() {
    let world = World::new().await;
    world.announce(SECRET).await;
    let phone = phone();
    let edits: [Edit<EnrolmentRequest>; 5] = [
        ("key", |request| request.keys.signing_key = Bytes(vec![1; 31])),
        ("mac", |request| request.mac = Bytes(vec![1; 33])),
        ("recipient", |request| {
            request.keys.recipient = "ssh-ed25519 AAAA".to_owned();
        }),
        ("long recipient", |request| {
            request.keys.recipient = format!("age1{}", "q".repeat(200));
        }),
        ("empty mac", |request| request.mac = Bytes::default()),
    ];
    for (part, edit) in edits {
        let mut wrong = request(&phone, SECRET);
        edit(&mut wrong);
        let code = world.enrol(&wrong).await.code();
        assert_eq!(code, RefusalCode::Malformed, "{part}");
    }
    let mut later = request(&phone, SECRET);
    later.version = 99;
    let code = world.enrol(&later).await.code();
    assert_eq!(code, RefusalCode::UnsupportedVersion);
    assert_eq!(world.enrol(&request(&phone, SECRET)).await.status, 202);
}

#[tokio::test]
async fn code_that_was_never_announced_enrols_nobody() {
    let world = World::new().await;
    let mut guess = request(&phone(), SECRET);
    guess.code_id = Digest([0; 32]);
    assert_eq!(world.enrol(&guess).await.code(), RefusalCode::CodeSpent);
    assert_eq!(world.pending().await.pending, []);
}

#[tokio::test]
async fn keys_with_a_text_that_no_database_keeps_are_malformed() {
    let world = World::new().await;
    world.announce(SECRET).await;
    for recipient in ["age1\0", "age1new\n", "age1n\u{e9}w", &format!("age1{}", "q".repeat(125)), "new"] {
        let mut asked = request(&phone(), SECRET);
        asked.keys.recipient = recipient.to_owned();
        assert_eq!(world.enrol(&asked).await.code(), RefusalCode::Malformed, "{recipient:?}");
    }
    assert_eq!(world.enrol(&request(&phone(), SECRET)).await.status, 202, "the code is still good");
}
