//! Several things asked in one request: each is judged as its own call would be.

use crate::world::{Device, Who, World};
use chrono::Duration;
use domain::sync::Stream;
use domain::sync::chain::genesis;
use domain::sync::error::{RefusalCode, Refused};
use domain::sync::manifest::DeviceStatus;
use domain::sync::pull::Cursor;
use domain::sync::push::Batch;
use domain::sync::receipt::Receipt;
use domain::sync::turn::{PagePart, Read, ReceiptPart, Turn, TurnAnswer};
use domain::sync::version::CURRENT;

fn nothing() -> Turn {
    Turn { version: CURRENT, batch: None, reads: Vec::new(), manifest: None, audit: None }
}

fn read(stream: Stream) -> Read {
    Read { stream, after: Cursor(0), limit: 64 }
}

impl World {
    async fn turn(&self, device: &Device, turn: &Turn) -> TurnAnswer {
        self.signed(device, "POST", "/v1/turns", turn).await.json()
    }

    fn opened(&self, answer: &TurnAnswer) -> Receipt {
        let ReceiptPart::Done(signed) = &answer.receipt else { panic!("{:?}", answer.receipt) };
        signed.verify(&self.state().server_key().0).unwrap()
    }
}

fn with(batch: Batch) -> Turn {
    Turn { batch: Some(batch), ..nothing() }
}

#[tokio::test]
async fn one_turn_hands_in_reads_and_brings_the_manifest() {
    let mut world = World::new().await;
    world.send(Who::Member, 2).await;
    let batch = world.lead.journal(3);
    let turn = Turn { reads: vec![read(Stream::Journal)], manifest: Some(0), audit: Some(0), ..with(batch) };
    let answer = world.turn(&world.lead, &turn).await;
    let receipt = world.opened(&answer);
    assert_eq!((receipt.stored, receipt.head), (3, world.lead.head));
    let [PagePart::Done(page)] = &answer.pages[..] else { panic!("{:?}", answer.pages) };
    assert_eq!(page.envelopes.len(), 5, "with what has just been handed in");
    let manifest = answer.manifest.clone().unwrap().verify(&world.config.admin_key.0).unwrap();
    assert_eq!(manifest.number, 1);
    assert_eq!(answer.audit, Some(domain::sync::audit::origin(world.config.programme).head));

    let again = Turn { manifest: Some(1), audit: Some(99), ..turn };
    let answer = world.turn(&world.lead, &again).await;
    assert_eq!(world.opened(&answer).stored, 3, "the same batch again changes nothing");
    assert_eq!((answer.manifest, answer.audit), (None, None));
}

#[tokio::test]
async fn turn_without_a_batch_gives_the_receipt_of_what_is_held() {
    let mut world = World::new().await;
    world.send(Who::Member, 2).await;
    let answer = world.turn(&world.member, &nothing()).await;
    assert_eq!(world.opened(&answer), world.read_receipt(&world.member).await);
}

#[tokio::test]
async fn refused_part_keeps_no_other_from_its_answer() {
    let mut world = World::new().await;
    world.member.journal(1);
    let gap = world.member.journal(1);
    let reads = vec![read(Stream::Journal), read(Stream::NightLog)];
    let turn = Turn { reads, manifest: Some(0), ..with(gap) };
    let answer = world.turn(&world.member, &turn).await;
    assert_eq!(answer.receipt, ReceiptPart::Refused(Refused { code: RefusalCode::Gap, expected: Some(1) }));
    let refused = PagePart::Refused(Refused::new(RefusalCode::NotAllowed));
    assert_eq!(answer.pages, [refused.clone(), refused.clone()], "a member reads nothing");
    assert!(answer.manifest.is_some());

    let reads = vec![read(Stream::Journal), read(Stream::NightLog)];
    let answer = world.turn(&world.lead, &Turn { reads, ..nothing() }).await;
    assert!(matches!(answer.pages[0], PagePart::Done(_)));
    assert_eq!(answer.pages[1], refused, "nor does a lead read night logs");
}

#[tokio::test]
async fn nobody_hands_in_for_another_in_a_turn_and_a_fork_is_one() {
    let mut world = World::new().await;
    let others = world.member.journal(1);
    let answer = world.turn(&world.lead, &with(others.clone())).await;
    assert_eq!(answer.receipt, ReceiptPart::Refused(Refused::new(RefusalCode::NotAllowed)));
    assert_eq!(world.read_receipt(&world.member).await.stored, 0);

    let mut elsewhere = others.clone();
    elsewhere.unit = domain::sync::UnitId::new("U2");
    let answer = world.turn(&world.member, &with(elsewhere)).await;
    assert_eq!(answer.receipt, ReceiptPart::Refused(Refused::new(RefusalCode::NotAllowed)));

    world.push(&others).await;
    (world.member.sequence, world.member.head) = (0, genesis(world.member.id));
    let fork = world.member.batch(&[(Stream::Journal, vec![9; 512])]);
    let answer = world.turn(&world.member, &with(fork)).await;
    assert_eq!(answer.receipt, ReceiptPart::Refused(Refused { code: RefusalCode::Fork, expected: Some(2) }));
    assert!(world.standing(&world.member).await.quarantined_on.is_some());
}

#[tokio::test]
async fn turn_of_a_revoked_device_is_refused_whole_and_stores_nothing() {
    let mut world = World::new().await;
    world.member.status = DeviceStatus::Wipe;
    world.put_manifest().await;
    let batch = world.member.journal(1);
    let code = world.signed(&world.member, "POST", "/v1/turns", &with(batch)).await.code();
    assert_eq!(code, RefusalCode::Revoked);
    assert!(world.quarantined().await.is_empty());
}

#[tokio::test]
async fn turn_of_wrong_form_time_or_version_is_refused() {
    let world = World::new().await;
    let ask = async |turn: &Turn| world.signed(&world.lead, "POST", "/v1/turns", turn).await.code();
    let three = Turn { reads: vec![read(Stream::Journal); 3], ..nothing() };
    assert_eq!(ask(&three).await, RefusalCode::Malformed);
    let empty = Turn { reads: vec![Read { limit: 0, ..read(Stream::Journal) }], ..nothing() };
    assert_eq!(ask(&empty).await, RefusalCode::Malformed);
    assert_eq!(ask(&Turn { version: 99, ..nothing() }).await, RefusalCode::UnsupportedVersion);
    let body = serde_json::to_vec(&nothing()).unwrap();
    let late = world.lead.sign("POST", "/v1/turns", body, world.now() - Duration::minutes(11));
    assert_eq!(world.call(late).await.code(), RefusalCode::ClockOff);
}
