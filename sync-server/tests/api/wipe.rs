//! The order to wipe, for a phone that may be locked, and its confirmation.

use crate::world::{World, get, post};
use domain::sync::error::RefusalCode;
use domain::sync::manifest::DeviceStatus;
use domain::sync::wipe::WipeOrder;

#[tokio::test]
async fn order_is_shown_to_its_device_alone_and_holds_under_the_admin_key() {
    let mut world = World::new().await;
    world.member.status = DeviceStatus::Wipe;
    world.other_member.status = DeviceStatus::Revoked;
    world.put_manifest().await;
    let order: WipeOrder = world.call(get(&format!("/v1/orders/{}", world.member.id))).await.json();
    assert!(order.is_given_by(&world.config.admin_key.0, world.member.id));
    assert!(!order.is_given_by(&world.config.admin_key.0, world.lead.id));
    for other in [world.lead.id.to_string(), world.other_member.id.to_string(), "nobody".to_owned()] {
        let answer = world.call(get(&format!("/v1/orders/{other}"))).await;
        assert_eq!(answer.code(), RefusalCode::NotFound, "{other}");
    }
}

#[tokio::test]
async fn confirmation_is_noted_once_and_only_by_the_device_itself() {
    let mut world = World::new().await;
    assert_eq!(world.call(post("/v1/wipes", &world.member.confirms_wipe())).await.code(), RefusalCode::NotAllowed);
    world.member.status = DeviceStatus::Wipe;
    world.put_manifest().await;
    let mut forged = world.lead.confirms_wipe();
    forged.device = world.member.id;
    assert_eq!(world.call(post("/v1/wipes", &forged)).await.code(), RefusalCode::BadSignature);
    assert!(
        world.get(&world.coordinator, "/v1/devices").await.json::<serde_json::Value>()["devices"]
            .as_array()
            .unwrap()
            .is_empty()
    );

    assert_eq!(world.call(post("/v1/wipes", &world.member.confirms_wipe())).await.status, 204);
    let day = world.now().date_naive();
    world.pass(chrono::Duration::days(3));
    assert_eq!(
        world.call(post("/v1/wipes", &world.member.confirms_wipe())).await.status,
        204,
        "again, nothing changes"
    );
    let standing = world.standing(&world.member).await;
    assert_eq!((standing.wiped_on, standing.stored, standing.seen_on), (Some(day), 0, None));
}
