//! The record of what happened: what goes into it, that nothing of it changes, and how long it is kept.

use crate::world::{Device, Who, World, get, post};
use chrono::Duration;
use domain::sync::Stream;
use domain::sync::audit::{AuditEntry, AuditKind, origin};
use domain::sync::auth::DEVICE_HEADER;
use domain::sync::chain::Bytes;
use domain::sync::enrol::{CodeAnnouncement, DeviceKeys, EnrolmentRequest, code_id, enrolment_mac};
use domain::sync::error::RefusalCode;
use domain::sync::manifest::{DeviceStatus, Role};
use domain::sync::pull::Acknowledgement;
use domain::sync::quarantine::{QuarantineDecision, QuarantineVerdict};
use domain::sync::version::CURRENT;
use uscita_server::StartFault;
use uscita_server::audit::{Followed, walk};

impl World {
    /// The whole record, followed from its first kept entry as the operator's command does it.
    pub fn record(&self) -> Result<(Followed, Vec<AuditEntry>), StartFault> {
        let mut entries = Vec::new();
        let followed = walk(&self.place.database(), &self.config, |entry| entries.push(*entry))?;
        Ok((followed, entries))
    }

    /// Kind, who and to whom of every entry.
    fn happened(&self) -> Vec<(AuditKind, Option<&'static str>, Option<&'static str>)> {
        let name =
            |id| self.devices().iter().zip(NAMES).find(|(device, _)| device.id == id).map_or("new", |(_, name)| name);
        let shown = |entry: &AuditEntry| (entry.note.kind, entry.note.device.map(name), entry.note.about.map(name));
        self.record().unwrap().1.iter().map(shown).collect()
    }
}

const NAMES: [&str; 6] = ["admin", "coordinator", "lead", "member", "other lead", "other member"];

fn night_log(device: &mut Device) -> domain::sync::push::Batch {
    device.batch(&[(Stream::NightLog, vec![7; 512])])
}

#[tokio::test]
async fn record_names_what_happened_who_did_it_and_the_day() {
    let mut world = World::new().await;
    let phone = Device::new(Role::Member, Some("U1"));
    let announcement = CodeAnnouncement { code_id: code_id(b"secret"), unit: None };
    world.signed(&world.admin, "POST", "/v1/enrolment-codes", &announcement).await;
    let keys = DeviceKeys { device: phone.id, signing_key: phone.public_key(), recipient: "age1new".to_owned() };
    let mac = Bytes(enrolment_mac(b"secret", &keys));
    let request = EnrolmentRequest { version: CURRENT, code_id: code_id(b"secret"), keys, mac };
    for _ in 0..2 {
        assert_eq!(world.call(post("/v1/enrolments", &request)).await.status, 202);
    }
    world.send(Who::Member, 3).await;
    let batch = night_log(&mut world.lead);
    for _ in 0..2 {
        assert_eq!(world.push(&batch).await.status, 200);
    }
    for _ in 0..3 {
        world.get(&world.lead, "/v1/streams/journal").await;
        world.get(&world.coordinator, "/v1/streams/night_log").await;
        let nothing = Acknowledgement { held: Vec::new() };
        world.signed(&world.coordinator, "POST", "/v1/acknowledgements", &nothing).await;
    }
    world.member.status = DeviceStatus::Wipe;
    world.other_member.status = DeviceStatus::Revoked;
    world.put_manifest().await;
    for _ in 0..2 {
        world.call(post("/v1/wipes", &world.member.confirms_wipe())).await;
    }
    for verdict in [QuarantineVerdict::Release, QuarantineVerdict::Drop, QuarantineVerdict::TakeBack] {
        let decision = QuarantineDecision { version: CURRENT, device: world.other_member.id, through: 9, verdict };
        world.signed(&world.coordinator, "POST", "/v1/quarantine", &decision).await;
    }
    let (admin, desk) = (Some("admin"), Some("coordinator"));
    assert_eq!(
        world.happened(),
        [
            (AuditKind::Manifest, admin, None),
            (AuditKind::Enrolled, Some("new"), None),
            (AuditKind::NightLog, Some("lead"), None),
            (AuditKind::Pulled, Some("lead"), None),
            (AuditKind::Pulled, desk, None),
            (AuditKind::Acknowledged, desk, None),
            (AuditKind::Manifest, admin, None),
            (AuditKind::WipeOrdered, admin, Some("member")),
            (AuditKind::Revoked, admin, Some("other member")),
            (AuditKind::WipeConfirmed, Some("member"), None),
            (AuditKind::Released, desk, Some("other member")),
            (AuditKind::Dropped, desk, Some("other member")),
            (AuditKind::TakenBack, desk, Some("other member")),
        ]
    );
    let (_, entries) = world.record().unwrap();
    assert!(entries.iter().all(|entry| entry.note.day == world.now().date_naive()));
    let values: Vec<_> = entries.iter().filter_map(|entry| entry.note.value).collect();
    assert_eq!(values, [1, 1, 2, 9, 9, 9], "manifests, the night log's number, the batches decided on");
    world.pass(Duration::days(1));
    world.get(&world.lead, "/v1/streams/journal").await;
    assert_eq!(world.happened().last(), Some(&(AuditKind::Pulled, Some("lead"), None)), "each day anew");
}

#[tokio::test]
async fn failed_signature_is_on_record_once_a_day_under_a_known_name_only() {
    let world = World::new().await;
    let before = world.happened().len();
    let stranger = Device::new(Role::Admin, None);
    for _ in 0..20 {
        let code = world.get(&stranger, "/v1/receipt").await.code();
        assert_eq!(code, RefusalCode::UnknownDevice);
        let mut forged = stranger.sign("GET", "/v1/receipt", Vec::new(), world.now());
        let name = world.coordinator.id.to_string().parse().unwrap();
        forged.headers_mut().insert(DEVICE_HEADER, name);
        assert_eq!(world.call(forged).await.code(), RefusalCode::BadSignature);
        assert_eq!(world.call(get("/v1/receipt")).await.code(), RefusalCode::BadSignature);
    }
    let failed = [(AuditKind::AuthFailed, None, None), (AuditKind::AuthFailed, Some("coordinator"), None)];
    assert_eq!(world.happened().split_off(before), failed);
}

#[tokio::test]
async fn fork_is_on_record() {
    let mut world = World::new().await;
    world.send(Who::Member, 1).await;
    (world.member.sequence, world.member.head) = (0, domain::sync::chain::genesis(world.member.id));
    let other = world.member.batch(&[(Stream::Journal, vec![9; 512])]);
    assert_eq!(world.push(&other).await.code(), RefusalCode::Fork);
    assert_eq!(world.happened().last(), Some(&(AuditKind::Forked, Some("member"), None)));
}

#[tokio::test]
async fn head_travels_in_every_receipt_and_grows() {
    let mut world = World::new().await;
    let first = world.read_receipt(&world.member).await.audit;
    assert_eq!(first, world.record().unwrap().0.last);
    let batch = night_log(&mut world.lead);
    world.push(&batch).await;
    let answer = world.send(Who::Member, 1).await;
    let second = world.receipt(&answer).audit;
    assert_eq!(second.number, first.number + 1);
    assert_eq!(second, world.record().unwrap().0.last);
    world.restart();
    assert_eq!(world.read_receipt(&world.member).await.audit, second, "also after a restart");
}

#[tokio::test]
async fn nothing_of_the_record_is_changed_or_removed() {
    let mut world = World::new().await;
    let batch = night_log(&mut world.lead);
    world.push(&batch).await;
    let before = world.record().unwrap();
    let everywhere = [
        "UPDATE audit SET kind = 'pulled' WHERE number = 1",
        "UPDATE audit SET chain = chain WHERE number = 1",
        "DELETE FROM audit WHERE number = 1",
        "DELETE FROM audit",
    ];
    for statement in everywhere.iter().chain(crate::place::AGAINST_THE_RECORD) {
        assert!(!world.runs(statement).await, "{statement}");
        assert_eq!(world.record().unwrap(), before, "{statement}");
    }
}

#[tokio::test]
async fn record_that_was_changed_past_its_guards_is_told() {
    let mut world = World::new().await;
    let batch = night_log(&mut world.lead);
    world.push(&batch).await;
    world.get(&world.lead, "/v1/streams/journal").await;
    assert_eq!(world.record().unwrap().1.len(), 3);
    world.change_record("UPDATE audit SET kind = 'acknowledged' WHERE number = 2").await;
    assert!(matches!(world.record(), Err(StartFault::AuditBroken { number: 2 })));
    world.change_record("UPDATE audit SET kind = 'night_log' WHERE number = 2").await;
    assert_eq!(world.record().unwrap().1.len(), 3);
    world.change_record("DELETE FROM audit WHERE number = 1").await;
    assert!(matches!(world.record(), Err(StartFault::AuditBroken { number: 2 })));
}

#[tokio::test]
async fn old_entries_go_after_24_months_and_the_chain_goes_on() {
    let world = World::new().await;
    let state = world.state();
    for days in [1, 1, 1] {
        world.get(&world.lead, "/v1/streams/journal").await;
        world.pass(Duration::days(days));
    }
    world.pass(Duration::days(900));
    assert_eq!(state.forget_record().await.unwrap(), 0, "counted from the last entry, not from today");
    let whole = world.record().unwrap();
    assert_eq!((whole.0.start, whole.1.len()), (origin(world.config.programme), 4));
    // The third day, two years later: entries of the first two days are older than that.
    world.pass(-Duration::days(901));
    world.pass(chrono::NaiveDate::from_ymd_opt(2028, 3, 16).unwrap() - world.now().date_naive());
    world.get(&world.lead, "/v1/streams/journal").await;
    let whole = world.record().unwrap();
    assert_eq!(state.forget_record().await.unwrap(), 3);
    let (followed, kept) = world.record().unwrap();
    assert_eq!(followed.start, whole.1[2].place, "the head there is kept");
    assert_eq!(kept[..2], whole.1[3..], "the others are as they were");
    assert_eq!((kept[2].note.kind, kept[2].note.value), (AuditKind::Forgotten, Some(3)));
    assert_eq!(state.forget_record().await.unwrap(), 0);
    assert!(!world.runs("DELETE FROM audit WHERE number = 4").await, "what is younger stays");
    assert_eq!(world.read_receipt(&world.lead).await.audit, followed.last);
}
