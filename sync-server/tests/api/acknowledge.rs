//! Stating that logs are held at the desk.

use crate::world::{Answer, Who, World};
use domain::sync::chain::{Digest, genesis};
use domain::sync::error::RefusalCode;
use domain::sync::pull::{Acknowledgement, HeldLog};

impl World {
    async fn acknowledge(&self, held: Vec<HeldLog>) -> Answer {
        let body = Acknowledgement { held };
        self.signed(&self.coordinator, "POST", "/v1/acknowledgements", &body).await
    }

    async fn backed_up(&self) -> u64 {
        self.read_receipt(&self.member).await.backed_up
    }
}

#[tokio::test]
async fn moves_backed_up_and_never_back() {
    let mut world = World::new().await;
    world.send(Who::Member, 2).await;
    let early = held(&world, 2);
    world.send(Who::Member, 1).await;
    let late = held(&world, 3);
    assert_eq!(world.acknowledge(vec![late]).await.status, 204);
    assert_eq!(world.backed_up().await, 3);
    assert_eq!(world.acknowledge(vec![early]).await.status, 204);
    assert_eq!(world.backed_up().await, 3, "an early one that comes late");
    world.restart();
    assert_eq!(world.backed_up().await, 3);
}

#[tokio::test]
async fn takes_only_the_chain_value_that_is_stored() {
    let mut world = World::new().await;
    world.send(Who::Member, 1).await;
    let first = held(&world, 1);
    world.send(Who::Member, 1).await;
    let wrong = HeldLog { head: Digest::of(b"other"), ..held(&world, 2) };
    let code = world.acknowledge(vec![wrong]).await.code();
    assert_eq!(code, RefusalCode::Fork);
    let head_of_another_place = HeldLog { through: 2, ..first };
    let code = world.acknowledge(vec![head_of_another_place]).await.code();
    assert_eq!(code, RefusalCode::Fork);
    assert_eq!(world.backed_up().await, 0);
}

#[tokio::test]
async fn does_not_go_beyond_what_is_stored() {
    let mut world = World::new().await;
    world.send(Who::Member, 2).await;
    world.member.journal(1);
    let refused = world.acknowledge(vec![held(&world, 3)]).await.refused();
    assert_eq!((refused.code, refused.expected), (RefusalCode::Gap, Some(3)));
    let nothing_stored = HeldLog { device: world.lead.id, through: 1, head: Digest::of(b"any") };
    let refused = world.acknowledge(vec![nothing_stored]).await.refused();
    assert_eq!(refused.expected, Some(1));
}

#[tokio::test]
async fn one_wrong_entry_does_not_hold_up_the_others() {
    let mut world = World::new().await;
    world.send(Who::Member, 2).await;
    world.send(Who::Lead, 1).await;
    let wrong = HeldLog { device: world.lead.id, through: 1, head: Digest::of(b"other") };
    let answer = world.acknowledge(vec![wrong, held(&world, 2)]).await;
    assert_eq!(answer.code(), RefusalCode::Fork);
    assert_eq!(world.backed_up().await, 2);
    assert_eq!(world.read_receipt(&world.lead).await.backed_up, 0);
}

#[tokio::test]
async fn nothing_held_of_a_log_is_no_fault() {
    let mut world = World::new().await;
    world.send(Who::Member, 1).await;
    for device in [world.member.id, world.lead.id] {
        let none = HeldLog { device, through: 0, head: genesis(device) };
        assert_eq!(world.acknowledge(vec![none]).await.status, 204);
    }
    assert_eq!(world.acknowledge(Vec::new()).await.status, 204);
    assert_eq!(world.backed_up().await, 0);
}

/// The member's log as it stands.
fn held(world: &World, through: u64) -> HeldLog {
    HeldLog { device: world.member.id, through, head: world.member.head }
}
