//! Batches that come at once, on `PostgreSQL`: committed together, judged each by itself.

use crate::backup::Elsewhere;
use crate::place::Place;
use crate::world::{Answer, Device, Who, World, ask, post, sealed};
use domain::sync::audit::AuditKind;
use domain::sync::chain::{Digest, genesis};
use domain::sync::error::RefusalCode;
use domain::sync::manifest::Role;
use domain::sync::pull::Page;
use domain::sync::push::Batch;
use domain::sync::receipt::RefusedOperation;
use domain::sync::{DeviceId, Stream};
use std::collections::BTreeMap;

const PHONES: usize = 24;

impl World {
    /// Phones of four units, leads among them, on the manifest; each has sent one operation.
    async fn phones(&mut self) -> Vec<Device> {
        let role = |n| if n % 3 == 0 { Role::Lead } else { Role::Member };
        let mut phones: Vec<Device> =
            (0..PHONES).map(|n| Device::new(role(n), Some(&format!("U{}", 1 + n % 4)))).collect();
        self.put_manifest_with(&phones.iter().collect::<Vec<_>>()).await;
        for phone in &mut phones {
            let batch = phone.journal(1);
            assert_eq!(self.push(&batch).await.status, 200);
        }
        phones
    }

    /// The answers to batches that are all sent before one is answered.
    async fn push_at_once(&self, batches: &[Batch]) -> Vec<Answer> {
        let mut sending = tokio::task::JoinSet::new();
        for (number, batch) in batches.iter().enumerate() {
            let asked = ask(self.router(), post("/v1/batches", batch));
            sending.spawn(async move { (number, asked.await) });
        }
        let answers: BTreeMap<usize, Answer> = sending.join_all().await.into_iter().collect();
        answers.into_values().collect()
    }

    /// How many transactions wrote the operations with this number in their logs.
    async fn transactions(&self, sequence: i64) -> i64 {
        let question = "SELECT count(DISTINCT xmin::text) FROM operation WHERE sequence = $1";
        self.place.connect().await.query_one(question, &[&sequence]).await.unwrap().get(0)
    }

    /// The numbers of each device's operations, in the order of the coordinator's cursors.
    async fn read(&self, stream: &str) -> BTreeMap<DeviceId, Vec<u64>> {
        let page: Page = self.get(&self.coordinator, &format!("/v1/streams/{stream}?limit=1000")).await.json();
        assert!(!page.more);
        let mut read: BTreeMap<DeviceId, Vec<u64>> = BTreeMap::new();
        for envelope in page.envelopes {
            read.entry(envelope.device).or_default().push(envelope.operation.sequence);
        }
        read
    }
}

#[tokio::test]
async fn batches_that_come_at_once_share_their_transactions() {
    let mut world = World::new().await;
    let mut phones = world.phones().await;
    assert_eq!(world.transactions(1).await, PHONES as i64, "they came one after the other");
    let batches: Vec<Batch> = phones.iter_mut().map(|phone| phone.journal(3)).collect();
    for (phone, answer) in phones.iter().zip(world.push_at_once(&batches).await) {
        let receipt = world.receipt(&answer);
        assert_eq!((receipt.device, receipt.stored, receipt.head), (phone.id, 4, phone.head));
        assert_eq!(world.read_receipt(phone).await, receipt);
    }
    assert!(world.transactions(2).await < PHONES as i64 / 2, "{}", world.transactions(2).await);
    let read = world.read("journal").await;
    assert!(phones.iter().all(|phone| read[&phone.id] == [1, 2, 3, 4]), "{read:?}");
}

#[tokio::test]
async fn night_logs_that_come_at_once_have_their_places_in_the_record_when_they_are_answered() {
    let mut world = World::new().await;
    let mut phones = world.phones().await;
    let before = world.record().unwrap().0.last;
    let log = |phone: &mut Device| phone.batch(&[(Stream::Journal, sealed(2)), (Stream::NightLog, vec![7; 5_000])]);
    let batches: Vec<Batch> = phones.iter_mut().filter(|phone| phone.role == Role::Lead).map(log).collect();
    let answers = world.push_at_once(&batches).await;
    let (followed, entries) = world.record().unwrap();
    assert_eq!(followed.last.number, before.number + batches.len() as u64);
    for (batch, answer) in batches.iter().zip(&answers) {
        let of = |kind| entries.iter().filter(move |entry| entry.note.kind == kind);
        let mut own = of(AuditKind::NightLog).filter(|entry| entry.note.device == Some(batch.device));
        let entry = own.next().unwrap();
        assert_eq!((entry.note.value, own.next()), (Some(3), None));
        let receipt = world.receipt(answer);
        assert_eq!((receipt.stored, receipt.head), (3, batch.head));
        assert!(entries.iter().any(|entry| entry.place == receipt.audit), "the receipt tells a place of the record");
    }
}

/// Class and key of the lock of whoever gives entries of the record their places.
fn record_lock(world: &World) -> (i32, i32) {
    let digest = Digest::of(world.config.programme.0.as_bytes());
    (4, i32::from_be_bytes(digest.0[..4].try_into().unwrap()))
}

#[tokio::test]
async fn backup_has_the_entries_of_the_record_that_still_wait_for_their_places() {
    let (mut world, to) = (World::new().await, Elsewhere::new());
    let before = world.record().unwrap().0.last.number;
    // Another server is at it, and has not come to the end.
    let other = world.place.connect().await;
    let (class, key) = record_lock(&world);
    other.execute("SELECT pg_advisory_lock($1, $2)", &[&class, &key]).await.unwrap();
    for n in 1..=2 {
        let batch = world.lead.batch(&[(Stream::NightLog, sealed(n))]);
        assert_eq!(world.push(&batch).await.status, 200);
    }
    assert_eq!(world.record().unwrap().0.last.number, before, "they wait");
    world.back_up(&to).await.unwrap();

    world.state = None;
    world.place = Place::new();
    world.config.data = world.folder.path().join("restored");
    let opened = to.open(&to.files()[0]).unwrap();
    opened.into_place(&world.config.data, &world.place.database(), world.now()).unwrap();
    world.open();
    assert_eq!(world.read_receipt(&world.lead).await.stored, 2);
    let logs = world.record().unwrap().1.into_iter().filter(|entry| entry.note.kind == AuditKind::NightLog);
    let told: Vec<_> = logs.map(|entry| (entry.note.device, entry.note.value)).collect();
    assert_eq!(told, [(Some(world.lead.id), Some(1)), (Some(world.lead.id), Some(2))]);
}

#[tokio::test]
async fn each_of_those_that_come_at_once_is_judged_by_itself() {
    let mut world = World::new().await;
    let mut phones = world.phones().await;
    let mut batches: Vec<Batch> = phones.iter_mut().map(|phone| phone.journal(2)).collect();
    // The first sends from behind what is held, the second from another history, the third twice, the fourth what it
    // may not, the fifth for the first time.
    phones[0].journal(1);
    batches[0] = phones[0].journal(1);
    (phones[1].sequence, phones[1].head) = (0, genesis(phones[1].id));
    batches[1] = phones[1].batch(&[(Stream::Journal, vec![9; 512])]);
    batches.push(batches[2].clone());
    (phones[4].sequence, phones[4].head) = (1, batches[4].previous);
    batches[4] = phones[4].batch(&[(Stream::NightLog, sealed(2)), (Stream::Journal, sealed(3))]);
    batches.push(world.member.journal(2));

    let mut answers = world.push_at_once(&batches).await;
    let new = world.receipt(&answers.pop().unwrap());
    assert_eq!((new.device, new.stored, new.head), (world.member.id, 2, world.member.head));
    let again = world.receipt(&answers.pop().unwrap());
    assert_eq!((again.stored, again.head), (3, phones[2].head));
    assert_eq!((answers[0].refused().code, answers[0].refused().expected), (RefusalCode::Gap, Some(2)));
    assert_eq!((answers[1].refused().code, answers[1].refused().expected), (RefusalCode::Fork, Some(2)));
    let refused = world.receipt(&answers[4]).refused;
    assert_eq!(refused, [RefusedOperation { sequence: 2, code: RefusalCode::NotAllowed }]);
    for (phone, answer) in phones.iter().zip(&answers).skip(2) {
        let receipt = world.receipt(answer);
        assert_eq!((receipt.stored, receipt.head), (3, phone.head));
    }
    // What was refused once is told again with whatever comes later.
    let later = phones[4].journal(1);
    assert_eq!(world.receipt(&world.push(&later).await).refused, refused);
    let read = world.read("journal").await;
    assert_eq!((&read[&phones[0].id], &read[&phones[1].id]), (&vec![1], &vec![1]), "nothing of the first two");
    assert_eq!(read[&phones[4].id], [1, 3, 4]);
    assert!(phones[5..].iter().chain(&phones[2..4]).all(|phone| read[&phone.id] == [1, 2, 3]), "{read:?}");
}

#[tokio::test]
async fn operation_is_never_without_its_log_and_a_log_stays_where_it_is() {
    let mut world = World::new().await;
    world.send(Who::Member, 2).await;
    let copy = |device: &str| {
        format!(
            "INSERT INTO operation (programme, unit, device, sequence, cursor, stream, named, audience, chain,
                                    signature, sealed)
             SELECT programme, unit, {device}, 7, 1, stream, named, audience, chain, signature, sealed FROM operation
             WHERE sequence = 1"
        )
    };
    assert!(world.runs(&copy("device")).await, "it has a log");
    assert!(!world.runs(&copy("programme")).await, "it has none");
    for statement in [
        "UPDATE operation SET device = programme WHERE sequence = 7",
        "UPDATE operation SET unit = 'U9' WHERE sequence = 7",
        "DELETE FROM log",
        "TRUNCATE log CASCADE",
        "UPDATE log SET unit = 'U9'",
        "UPDATE log SET device = programme",
    ] {
        assert!(!world.runs(statement).await, "{statement}");
    }
    assert!(world.runs("UPDATE operation SET cursor = cursor").await);
}
