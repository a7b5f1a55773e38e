//! What is kept for how long: sealed bytes go when they have been held elsewhere for long enough, and never otherwise.

use crate::backup::Elsewhere;
use crate::world::{Who, World};
use chrono::{DateTime, Duration, Utc};
use domain::sync::error::RefusalCode;
use domain::sync::pull::{Acknowledgement, HeldLog, Page};
use domain::sync::quarantine::{QuarantineDecision, QuarantineVerdict};
use domain::sync::version::CURRENT;
use domain::sync::{Stream, chain::genesis};
use proptest::prelude::*;
use std::collections::BTreeSet;
use uscita_server::backup::keeper::remove_all_due;
use uscita_server::backup::settings::Terms;

const TERMS: Terms = Terms { sealed_days: 90, quarantine_days: 30, has_backups: true };

#[derive(Clone, Debug)]
enum Step {
    Send(usize),
    /// The desk holds so many of a hundred parts.
    Acknowledge(u64),
    BackUp,
    Pass(i64),
    CleanUp,
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        (1_usize..6).prop_map(Step::Send),
        (0_u64..=100).prop_map(Step::Acknowledge),
        Just(Step::BackUp),
        (1_i64..70).prop_map(Step::Pass),
        Just(Step::CleanUp),
    ]
}

/// When the operations of the member's log came to be held elsewhere, from the first.
#[derive(Default)]
struct Truth {
    acknowledged: Vec<DateTime<Utc>>,
    copied: Vec<DateTime<Utc>>,
    heads: Vec<HeldLog>,
}

impl World {
    async fn clean_up(&self, terms: Terms) -> u64 {
        remove_all_due(&self.state(), terms).await.unwrap().operations
    }

    /// The member's operations without their bytes, as a desk that begins now reads them; the chain holds all the same.
    async fn removed(&self) -> BTreeSet<u64> {
        let (mut removed, mut after) = (BTreeSet::new(), 0);
        loop {
            let page: Page = self.get(&self.coordinator, &format!("/v1/streams/journal?after={after}")).await.json();
            after = page.next.0;
            for envelope in page.envelopes {
                assert!(envelope.is_whole() && envelope.is_signed_by(&self.member.public_key().0));
                if envelope.refused == Some(RefusalCode::Removed) {
                    assert!(envelope.operation.sealed.0.is_empty());
                    removed.insert(envelope.operation.sequence);
                }
            }
            if !page.more {
                return removed;
            }
        }
    }

    async fn acknowledge_member(&self, held: HeldLog) {
        let body = Acknowledgement { held: vec![held] };
        let answer = self.signed(&self.coordinator, "POST", "/v1/acknowledgements", &body).await;
        assert_eq!(answer.status, 204);
    }
}

async fn perform(steps: Vec<Step>) {
    let (mut world, to) = (World::new().await, Elsewhere::new());
    let mut truth = Truth::default();
    for step in steps {
        match step {
            Step::Send(count) => {
                for _ in 0..count {
                    world.send(Who::Member, 1).await;
                    let (device, through, head) = (world.member.id, world.member.sequence, world.member.head);
                    truth.heads.push(HeldLog { device, through, head });
                }
            }
            Step::Acknowledge(part) => {
                let through = truth.heads.len() * usize::try_from(part).unwrap() / 100;
                let Some(held) = through.checked_sub(1).map(|last| truth.heads[last]) else { continue };
                world.acknowledge_member(held).await;
                let now = world.now();
                truth.acknowledged.resize(truth.acknowledged.len().max(through), now);
            }
            Step::BackUp => {
                world.pass(Duration::minutes(15));
                world.back_up(&to).await.unwrap();
                truth.copied.resize(truth.heads.len(), world.now());
            }
            Step::Pass(days) => world.pass(Duration::days(days)),
            Step::CleanUp => {
                world.clean_up(TERMS).await;
            }
        }
        let long_ago = |times: &[DateTime<Utc>], sequence: u64| {
            let at = times.get(usize::try_from(sequence).unwrap() - 1);
            at.is_some_and(|at| (world.now().date_naive() - at.date_naive()).num_days() >= 90)
        };
        for sequence in world.removed().await {
            assert!(long_ago(&truth.acknowledged, sequence), "operation {sequence}: no desk has held it for so long");
            assert!(long_ago(&truth.copied, sequence), "operation {sequence}: no backup has had it for so long");
        }
        // A phone that sends all of it again changes nothing.
        assert_eq!(world.read_receipt(&world.member).await.stored, truth.heads.len() as u64);
    }
    // Seen once, and once more when the time is over: all that is held elsewhere goes, and nothing else.
    world.clean_up(TERMS).await;
    world.pass(Duration::days(90));
    world.clean_up(TERMS).await;
    let both = truth.acknowledged.len().min(truth.copied.len()) as u64;
    assert_eq!(world.removed().await, (1..=both).collect());
    assert_eq!(world.clean_up(TERMS).await, 0);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn only_what_is_held_elsewhere_for_long_enough_is_removed(steps in prop::collection::vec(step(), 1..25)) {
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
        runtime.block_on(perform(steps));
    }
}

#[tokio::test]
async fn a_log_is_removed_in_portions_and_a_backup_alone_removes_nothing() {
    let (mut world, to) = (World::new().await, Elsewhere::new());
    for _ in 0..9 {
        assert_eq!(world.send(Who::Member, 64).await.status, 200);
    }
    world.back_up(&to).await.unwrap();
    for _ in 0..2 {
        world.clean_up(TERMS).await;
        world.pass(Duration::days(200));
    }
    assert_eq!(world.removed().await.len(), 0, "no desk holds it");
    let held = HeldLog { device: world.member.id, through: world.member.sequence, head: world.member.head };
    world.acknowledge_member(held).await;
    world.clean_up(TERMS).await;
    world.pass(Duration::days(90));
    assert_eq!(world.clean_up(TERMS).await, 9 * 64);
    assert_eq!(world.removed().await.len(), 9 * 64);
    // What comes later goes on from there.
    assert_eq!(world.send(Who::Member, 3).await.status, 200);
    world.pass(Duration::minutes(15));
    world.back_up(&to).await.unwrap();
    let receipt = world.read_receipt(&world.member).await;
    assert_eq!((receipt.stored, receipt.backed_up, receipt.refused), (9 * 64 + 3, 9 * 64 + 3, Vec::new()));
    let contents = to.open(to.files().last().unwrap()).unwrap().contents.clone();
    assert_eq!((contents.sealed, contents.removed, contents.broken), (3, 9 * 64, 0));
}

#[tokio::test]
async fn without_backups_the_desks_word_is_enough() {
    let mut world = World::new().await;
    let terms = Terms { has_backups: false, ..TERMS };
    world.send(Who::Member, 4).await;
    let held = HeldLog { device: world.member.id, through: 4, head: world.member.head };
    world.send(Who::Member, 2).await;
    world.acknowledge_member(held).await;
    for removed in [0, 4] {
        assert_eq!(world.clean_up(terms).await, removed);
        world.pass(Duration::days(90));
    }
    assert_eq!(world.clean_up(terms).await, 0);
    assert_eq!(world.removed().await, (1..=4).collect());
}

#[tokio::test]
async fn what_was_set_aside_and_what_a_release_left_waits_for_a_backup() {
    let (mut world, to) = (World::new().await, Elsewhere::new());
    world.send(Who::Member, 2).await;
    let true_log = (world.member.sequence, world.member.head);
    (world.member.sequence, world.member.head) = (0, genesis(world.member.id));
    let forked = world.member.batch(&[(Stream::Journal, b"another history".to_vec())]);
    (world.member.sequence, world.member.head) = true_log;
    assert_eq!(world.push(&forked).await.status, 409);
    let waits = async |world: &World| world.standing(&world.member).await.quarantined_batches;
    world.pass(Duration::days(400));
    world.back_up(&to).await.unwrap();
    world.clean_up(TERMS).await;
    assert_eq!(waits(&world).await, 1, "nobody has decided");

    let verdict = QuarantineVerdict::Release;
    let decision = QuarantineDecision { version: CURRENT, device: world.member.id, through: 1_000, verdict };
    let answer = world.signed(&world.coordinator, "POST", "/v1/quarantine", &decision).await;
    assert_eq!(answer.status, 200);
    world.pass(Duration::days(29));
    world.clean_up(TERMS).await;
    assert_eq!(waits(&world).await, 1, "it may still be released");
    world.pass(Duration::days(1));
    world.clean_up(Terms { has_backups: false, ..TERMS }).await;
    assert_eq!(waits(&world).await, 1, "there is no other copy of it");
    world.clean_up(TERMS).await;
    assert_eq!(waits(&world).await, 0);
}
