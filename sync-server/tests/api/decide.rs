//! What the desk decides about quarantine: release behind everything else, drop, and nothing decided unseen.

use crate::world::{Device, Who, World};
use chrono::Duration;
use domain::sync::audit::AuditKind;
use domain::sync::auth::request_message;
use domain::sync::error::RefusalCode;
use domain::sync::manifest::DeviceStatus;
use domain::sync::pull::Page;
use domain::sync::quarantine::{
    DecisionOutcome, Quarantine, QuarantineDecision, QuarantineReason, QuarantineVerdict, QuarantinedBatch,
};
use domain::sync::version::CURRENT;
use ring::signature::{ED25519, UnparsedPublicKey};
use uscita_server::backup::keeper::remove_all_due;
use uscita_server::backup::settings::Terms;

const TERMS: Terms = Terms { sealed_days: 90, quarantine_days: 30, has_backups: false };

impl World {
    async fn quarantine(&self) -> Quarantine {
        self.get(&self.coordinator, "/v1/quarantine").await.json()
    }

    /// What waits for a decision.
    async fn waiting(&self) -> Vec<QuarantinedBatch> {
        self.quarantine().await.batches.into_iter().filter(|batch| batch.dropped_on.is_none()).collect()
    }

    async fn decide(&self, device: &Device, through: u64, verdict: QuarantineVerdict) -> DecisionOutcome {
        let decision = QuarantineDecision { version: CURRENT, device: device.id, through, verdict };
        self.signed(&self.coordinator, "POST", "/v1/quarantine", &decision).await.json()
    }

    async fn revoke_member(&mut self) {
        self.member.status = DeviceStatus::Revoked;
        self.put_manifest().await;
    }

    async fn journal(&self, after: u64) -> Page {
        self.get(&self.lead, &format!("/v1/streams/journal?after={after}")).await.json()
    }
}

#[tokio::test]
async fn released_operations_come_behind_everything_that_was_read() {
    let mut world = World::new().await;
    world.send(Who::Member, 1).await;
    world.revoke_member().await;
    world.send(Who::Member, 2).await;
    world.send(Who::Member, 1).await;
    world.send(Who::Lead, 1).await;
    let read = world.journal(0).await;
    assert_eq!(read.envelopes.len(), 2, "one before the revocation, and the lead's own");

    let listed = world.quarantine().await.batches;
    let shown: Vec<_> = listed.iter().map(|batch| (batch.device, batch.first, batch.last, batch.reason)).collect();
    let member = world.member.id;
    assert_eq!(shown, [(member, 2, 3, QuarantineReason::Revoked), (member, 4, 4, QuarantineReason::Revoked)]);
    let through = listed[1].number;
    let outcome = world.decide(&world.member, through, QuarantineVerdict::Release).await;
    assert_eq!(outcome, DecisionOutcome { operations: 3, left: 0 });

    let new = world.journal(read.next.0).await.envelopes;
    assert_eq!(new.iter().map(|envelope| envelope.operation.sequence).collect::<Vec<_>>(), [2, 3, 4]);
    let key = world.member.public_key();
    assert!(new.iter().all(|envelope| envelope.is_whole() && envelope.is_signed_by(&key.0)));
    assert!(world.quarantine().await.batches.is_empty());
    let standing = world.standing(&world.member).await;
    assert_eq!((standing.stored, standing.quarantined_batches), (4, 0));

    let again = world.decide(&world.member, through, QuarantineVerdict::Release).await;
    assert_eq!(again, DecisionOutcome { operations: 0, left: 0 }, "decided again, nothing happens");
    let later = world.send(Who::Member, 1).await;
    assert_eq!(later.code(), RefusalCode::Revoked, "it stays revoked");
    assert_eq!(world.quarantine().await.batches.len(), 1);
}

#[tokio::test]
async fn nothing_that_came_after_the_list_is_decided() {
    let mut world = World::new().await;
    world.revoke_member().await;
    world.send(Who::Member, 1).await;
    let seen = world.quarantine().await.batches[0].number;
    world.send(Who::Member, 1).await;
    let outcome = world.decide(&world.member, seen, QuarantineVerdict::Drop).await;
    assert_eq!(outcome, DecisionOutcome { operations: 0, left: 0 });
    let left = world.waiting().await;
    assert_eq!(left.iter().map(|batch| batch.first).collect::<Vec<_>>(), [2], "the later one is still there");
    let outcome = world.decide(&world.member, left[0].number, QuarantineVerdict::Release).await;
    assert_eq!(outcome, DecisionOutcome { operations: 0, left: 1 }, "it does not continue the log without the first");
}

#[tokio::test]
async fn what_was_dropped_stays_thirty_days_and_can_be_taken_back() {
    let mut world = World::new().await;
    world.revoke_member().await;
    let batch = world.member.journal(2);
    world.push(&batch).await;
    let kept = world.quarantined().await;
    let seen = world.quarantine().await.batches[0].number;
    let outcome = world.decide(&world.member, seen, QuarantineVerdict::Drop).await;
    assert_eq!(outcome, DecisionOutcome { operations: 0, left: 0 });
    assert_eq!(world.standing(&world.member).await.quarantined_batches, 0, "nothing waits for a decision");
    let dropped = world.quarantine().await.batches;
    assert_eq!(dropped[0].dropped_on, Some(world.now().date_naive()));
    assert_eq!(world.quarantined().await, kept, "its bytes are there");
    assert_eq!(world.push(&batch).await.code(), RefusalCode::Revoked);
    assert_eq!(world.quarantine().await.batches, dropped, "sent again, it is still dropped");
    let outcome = world.decide(&world.member, seen, QuarantineVerdict::Release).await;
    assert_eq!(outcome, DecisionOutcome { operations: 0, left: 0 }, "no release reaches it");
    assert!(world.journal(0).await.envelopes.is_empty());

    world.pass(Duration::days(29));
    remove_all_due(&world.state(), TERMS).await.unwrap();
    let outcome = world.decide(&world.member, seen, QuarantineVerdict::TakeBack).await;
    assert_eq!(outcome, DecisionOutcome { operations: 0, left: 1 });
    let back = world.quarantine().await.batches;
    assert_eq!((back[0].number, back[0].dropped_on), (seen, None));
    let outcome = world.decide(&world.member, seen, QuarantineVerdict::Release).await;
    assert_eq!(outcome, DecisionOutcome { operations: 2, left: 0 });
    assert_eq!(world.journal(0).await.envelopes.len(), 2);
    let kinds: Vec<AuditKind> = world.record().unwrap().1.iter().map(|entry| entry.note.kind).collect();
    let decided = [AuditKind::Dropped, AuditKind::Released, AuditKind::TakenBack, AuditKind::Released];
    assert_eq!(kinds.iter().filter(|kind| decided.contains(kind)).copied().collect::<Vec<_>>(), decided);
}

#[tokio::test]
async fn what_was_dropped_is_gone_after_thirty_days_and_the_record_of_it_stays() {
    let mut world = World::new().await;
    world.revoke_member().await;
    world.send(Who::Member, 1).await;
    world.send(Who::Member, 1).await;
    let first = world.quarantine().await.batches[0].number;
    world.decide(&world.member, first, QuarantineVerdict::Drop).await;
    world.pass(Duration::days(30));
    remove_all_due(&world.state(), TERMS).await.unwrap();
    let left = world.quarantine().await.batches;
    assert_eq!(left.iter().map(|batch| batch.first).collect::<Vec<_>>(), [2], "what waits for a decision waits");
    assert_eq!(world.quarantined().await.len(), 1);
    let outcome = world.decide(&world.member, first, QuarantineVerdict::TakeBack).await;
    assert_eq!(outcome, DecisionOutcome { operations: 0, left: 0 }, "too late");
    let dropped = world.record().unwrap().1.into_iter().find(|entry| entry.note.kind == AuditKind::Dropped).unwrap();
    assert_eq!((dropped.note.device, dropped.note.about), (Some(world.coordinator.id), Some(world.member.id)));
}

#[tokio::test]
async fn what_the_log_holds_already_does_not_come_to_quarantine() {
    let mut world = World::new().await;
    let (first, last) = (world.member.journal(2), world.member.journal(1));
    assert_eq!(world.push(&first).await.status, 200);
    assert_eq!(world.push(&last).await.status, 200);
    world.revoke_member().await;
    assert_eq!(world.push(&first).await.code(), RefusalCode::Revoked, "another phone may hand it in again");
    assert_eq!(world.push(&last).await.status, 200, "nothing is missing");
    assert!(world.quarantine().await.batches.is_empty());
}

#[tokio::test]
async fn numbers_are_not_given_twice() {
    let mut world = World::new().await;
    world.revoke_member().await;
    world.send(Who::Member, 1).await;
    let first = world.quarantine().await.batches[0].number;
    world.decide(&world.member, first, QuarantineVerdict::Drop).await;
    world.pass(Duration::days(30));
    remove_all_due(&world.state(), TERMS).await.unwrap();
    assert!(world.quarantine().await.batches.is_empty());
    world.send(Who::Member, 1).await;
    assert!(world.quarantine().await.batches[0].number > first);
}

#[tokio::test]
async fn only_what_continues_the_log_of_a_forked_device_is_released() {
    let mut world = World::new().await;
    world.send(Who::Member, 2).await;
    let true_log = (world.member.sequence, world.member.head);
    (world.member.sequence, world.member.head) = (0, domain::sync::chain::genesis(world.member.id));
    let other = world.member.batch(&[(domain::sync::Stream::Journal, crate::world::sealed(99))]);
    (world.member.sequence, world.member.head) = true_log;
    assert_eq!(world.push(&other).await.code(), RefusalCode::Fork);
    assert_eq!(world.send(Who::Member, 1).await.code(), RefusalCode::Fork, "the true one goes there too");

    let outcome = world.decide(&world.member, u64::MAX, QuarantineVerdict::Release).await;
    assert_eq!(outcome, DecisionOutcome { operations: 1, left: 1 });
    let left = world.quarantine().await.batches;
    assert_eq!((left[0].first, left[0].reason), (1, QuarantineReason::Fork), "the other branch stays");
    assert_eq!(world.journal(0).await.envelopes.len(), 3);
}

#[tokio::test]
async fn decision_is_kept_with_its_signature_and_never_changed() {
    let mut world = World::new().await;
    world.revoke_member().await;
    world.send(Who::Member, 1).await;
    world.decide(&world.member, 1, QuarantineVerdict::Drop).await;
    let (by, created, nonce, signature, body) = world.decision().await;
    assert_eq!(&by, world.coordinator.id.0.as_bytes());
    let message = request_message("POST", "/v1/quarantine", &body, world.coordinator.id, created, &nonce);
    let key = world.coordinator.public_key();
    assert!(UnparsedPublicKey::new(&ED25519, &key.0).verify(&message, &signature).is_ok());
    let decided: QuarantineDecision = serde_json::from_slice(&body).unwrap();
    assert_eq!((decided.device, decided.verdict), (world.member.id, QuarantineVerdict::Drop));
    for change in ["UPDATE decision SET created = 0", "DELETE FROM decision"] {
        assert!(!world.runs(change).await, "{change}");
    }
}

#[tokio::test]
async fn decision_about_a_device_that_is_not_there_is_not_found() {
    let world = World::new().await;
    let stranger = Device::new(domain::sync::manifest::Role::Member, Some("U1"));
    let decision =
        QuarantineDecision { version: CURRENT, device: stranger.id, through: 1, verdict: QuarantineVerdict::Release };
    let answer = world.signed(&world.coordinator, "POST", "/v1/quarantine", &decision).await;
    assert_eq!(answer.code(), RefusalCode::NotFound);
}
