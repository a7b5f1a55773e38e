//! Reading streams.

use crate::world::{Device, Who, World, ask, sealed};
use domain::sync::error::RefusalCode;
use domain::sync::manifest::Role;
use domain::sync::pull::{Cursor, MAX_PAGE, Page};
use domain::sync::{Stream, UnitId};
use std::collections::BTreeSet;

impl World {
    async fn page(&self, device: &Device, stream: &str, after: Cursor, limit: u16) -> Page {
        let target = format!("/v1/streams/{stream}?after={}&limit={limit}", after.0);
        self.get(device, &target).await.json()
    }
}

#[tokio::test]
async fn lead_pulls_the_journal_of_its_own_unit_only() {
    let mut world = World::new().await;
    world.send(Who::Member, 2).await;
    world.send(Who::OtherMember, 3).await;
    world.send(Who::Lead, 1).await;
    let page = world.page(&world.lead, "journal", Cursor(0), MAX_PAGE).await;
    let units: BTreeSet<_> = page.envelopes.iter().map(|e| e.unit.clone()).collect();
    assert_eq!(units, BTreeSet::from([UnitId::new("U1")]));
    assert_eq!(page.envelopes.len(), 3);
    assert!(!page.more);
    let own = &page.envelopes[1];
    assert_eq!((own.device, own.operation.sequence), (world.member.id, 2));
    assert_eq!(own.operation.sealed.0, sealed(2));
    assert_eq!(own.chain, world.member.head);
}

#[tokio::test]
async fn coordinator_pulls_both_streams_of_all_units() {
    let mut world = World::new().await;
    let batch = world.lead.batch(&[(Stream::Journal, sealed(1)), (Stream::NightLog, sealed(2))]);
    world.push(&batch).await;
    world.send(Who::OtherMember, 1).await;
    let journal = world.page(&world.coordinator, "journal", Cursor(0), MAX_PAGE).await;
    let night_log = world.page(&world.coordinator, "night_log", Cursor(0), MAX_PAGE).await;
    assert_eq!(journal.envelopes.len(), 2);
    assert_eq!(night_log.envelopes.len(), 1);
    assert_eq!(night_log.envelopes[0].operation.sequence, 2);
}

#[tokio::test]
async fn desk_that_names_a_unit_does_not_reach_its_leads() {
    let mut world = World::new().await;
    let mut batch = world.coordinator.journal(1);
    batch.unit = UnitId::new("U1");
    assert_eq!(world.push(&batch).await.status, 200);
    let page = world.page(&world.lead, "journal", Cursor(0), MAX_PAGE).await;
    assert_eq!(page.envelopes.len(), 0);
}

#[tokio::test]
async fn pages_follow_each_other_without_loss_or_repetition() {
    let mut world = World::new().await;
    world.send(Who::Member, 7).await;
    let mut position = Cursor(0);
    let mut sequences = Vec::new();
    for expected in [3, 3, 1] {
        let page = world.page(&world.lead, "journal", position, 3).await;
        assert_eq!(page.envelopes.len(), expected);
        assert_eq!(page.more, expected == 3);
        sequences.extend(page.envelopes.iter().map(|e| e.operation.sequence));
        position = page.next;
    }
    assert_eq!(sequences, [1, 2, 3, 4, 5, 6, 7]);
    let page = world.page(&world.lead, "journal", position, 3).await;
    assert_eq!((page.envelopes.len(), page.next), (0, position));
    let beyond = world.page(&world.lead, "journal", Cursor(u64::MAX), 3).await;
    assert_eq!(beyond.envelopes.len(), 0);
}

#[tokio::test]
async fn page_of_large_operations_ends_early_and_says_that_more_is_waiting() {
    let mut world = World::new().await;
    for _ in 0..4 {
        let batch = world.member.batch(&[(Stream::Journal, vec![1; 90_000])]);
        assert_eq!(world.push(&batch).await.status, 200);
    }
    let page = world.page(&world.lead, "journal", Cursor(0), MAX_PAGE).await;
    assert_eq!((page.envelopes.len(), page.more), (2, true));
    let page = world.page(&world.lead, "journal", page.next, MAX_PAGE).await;
    assert_eq!((page.envelopes.len(), page.more), (2, false));
}

#[tokio::test]
async fn what_does_not_go_on_a_page_is_not_read_for_it() {
    let mut world = World::new().await;
    for _ in 0..17 {
        let batch = world.member.batch(&[(Stream::Journal, vec![1; 90_000])]);
        assert_eq!(world.push(&batch).await.status, 200);
    }
    // Whoever reads this one can make nothing of it.
    assert!(world.runs("UPDATE operation SET refused = 'by chance' WHERE sequence = 17").await);
    let page = world.page(&world.lead, "journal", Cursor(0), MAX_PAGE).await;
    assert_eq!((page.envelopes.len(), page.more), (2, true));
    let beyond = format!("/v1/streams/journal?after={}", page.next.0 + 13);
    assert_eq!(world.get(&world.lead, &beyond).await.code(), RefusalCode::Internal);
}

#[tokio::test]
async fn pages_end_where_their_limit_says_also_behind_what_is_read_at_once() {
    let mut world = World::new().await;
    world.send(Who::Member, 40).await;
    for (limit, more) in [(15, true), (16, true), (17, true), (32, true), (39, true), (40, false), (41, false)] {
        let page = world.page(&world.coordinator, "journal", Cursor(0), limit).await;
        assert_eq!((page.envelopes.len(), page.more), (usize::from(limit).min(40), more), "{limit}");
    }
}

#[tokio::test]
async fn wrong_questions_are_refused() {
    let world = World::new().await;
    for (target, code) in [
        ("/v1/streams/diary", RefusalCode::NotFound),
        ("/v1/streams/journal?limit=0", RefusalCode::Malformed),
        ("/v1/streams/journal?limit=-1", RefusalCode::Malformed),
        ("/v1/streams/journal?after=x", RefusalCode::Malformed),
        ("/v1/streams/journal?after=", RefusalCode::Malformed),
        ("/v1/streams/journal?unit=U2", RefusalCode::Malformed),
        ("/v1/streams/night_log", RefusalCode::NotAllowed),
    ] {
        assert_eq!(world.get(&world.lead, target).await.code(), code, "{target}");
    }
    let page = world.page(&world.lead, "journal", Cursor(0), u16::MAX).await;
    assert!(!page.more, "a limit above the largest page is read as that");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn cursor_never_skips_under_concurrent_pushes() {
    const SENDERS: usize = 8;
    const BATCHES: usize = 12;
    let mut world = World::new().await;
    let mut senders: Vec<_> = (0..SENDERS).map(|_| Device::new(Role::Member, Some("U1"))).collect();
    world.put_manifest_with(&senders.iter().collect::<Vec<_>>()).await;
    let mut sending = tokio::task::JoinSet::new();
    let everything: BTreeSet<_> =
        senders.iter().flat_map(|sender| (1..=2 * BATCHES as u64).map(|n| (sender.id, n))).collect();
    for sender in &mut senders {
        let batches: Vec<_> = (0..BATCHES).map(|_| sender.journal(2)).collect();
        let router = world.router();
        sending.spawn(async move {
            for batch in batches {
                let request = crate::world::post("/v1/batches", &batch);
                assert_eq!(ask(router.clone(), request).await.status, 200);
            }
        });
    }
    // A reader that never looks back must still see everything.
    let mut position = Cursor(0);
    let mut seen = BTreeSet::new();
    let mut finished = false;
    loop {
        let page = world.page(&world.lead, "journal", position, 3).await;
        for envelope in &page.envelopes {
            assert!(envelope.cursor > position, "ascending");
            position = envelope.cursor;
            let is_new = seen.insert((envelope.device, envelope.operation.sequence));
            assert!(is_new, "twice");
        }
        if page.envelopes.is_empty() && finished {
            break;
        }
        while let Some(done) = sending.try_join_next() {
            done.unwrap();
        }
        finished = sending.is_empty();
    }
    assert_eq!(seen, everything);
}
