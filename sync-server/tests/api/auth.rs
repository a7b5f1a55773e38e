//! Signed requests.

use crate::world::{Device, Edit, World};
use axum::body::Body;
use axum::http::{HeaderValue, Request};
use chrono::Duration;
use domain::sync::auth::{CREATED_HEADER, DEVICE_HEADER, NONCE_HEADER, SIGNATURE_HEADER, WINDOW_SECONDS};
use domain::sync::error::RefusalCode;
use domain::sync::manifest::Role;

fn copy(request: &Request<Body>) -> Request<Body> {
    let mut copy = Request::new(Body::empty());
    *copy.method_mut() = request.method().clone();
    *copy.uri_mut() = request.uri().clone();
    *copy.headers_mut() = request.headers().clone();
    copy
}

fn receipt_request(world: &World, device: &Device, ahead: Duration) -> Request<Body> {
    device.sign("GET", "/v1/receipt", Vec::new(), world.now() + ahead)
}

#[tokio::test]
async fn same_signed_request_is_answered_once() {
    let world = World::new().await;
    let request = receipt_request(&world, &world.member, Duration::zero());
    let again = copy(&request);
    assert_eq!(world.call(request).await.status, 200);
    assert_eq!(world.call(again).await.code(), RefusalCode::Replayed);
}

#[tokio::test]
async fn clock_may_be_off_by_the_window_and_no_more() {
    let world = World::new().await;
    for (seconds, is_accepted) in [
        (WINDOW_SECONDS, true),
        (-WINDOW_SECONDS, true),
        (WINDOW_SECONDS + 1, false),
        (-WINDOW_SECONDS - 1, false),
        (86_400 * 365 * 10, false),
    ] {
        let ahead = Duration::seconds(seconds);
        let answer = world.call(receipt_request(&world, &world.member, ahead)).await;
        if is_accepted {
            assert_eq!(answer.status, 200, "{seconds}");
        } else {
            assert_eq!(answer.code(), RefusalCode::ClockOff, "{seconds}");
        }
    }
}

#[tokio::test]
async fn time_far_out_of_range_is_no_accident() {
    let world = World::new().await;
    for created in [i64::MIN, i64::MAX] {
        let mut request = receipt_request(&world, &world.member, Duration::zero());
        let nonce = [9; 16];
        let message = domain::sync::auth::request_message("GET", "/v1/receipt", b"", world.member.id, created, &nonce);
        let signature = data_encoding::BASE64URL_NOPAD.encode(world.member.key.sign(&message).as_ref());
        let headers = request.headers_mut();
        headers.insert(CREATED_HEADER, created.into());
        headers.insert(NONCE_HEADER, HeaderValue::from_static("09090909090909090909090909090909"));
        headers.insert(SIGNATURE_HEADER, signature.parse().unwrap());
        assert_eq!(world.call(request).await.code(), RefusalCode::ClockOff);
    }
}

#[tokio::test]
async fn every_part_of_a_request_is_signed() {
    let world = World::new().await;
    let stream = || world.lead.sign("GET", "/v1/streams/journal?after=0&limit=5", Vec::new(), world.now());
    assert_eq!(world.call(stream()).await.status, 200);
    let edits: [Edit<Request<Body>>; 6] = [
        ("query", |request| {
            *request.uri_mut() = "/v1/streams/journal?after=0&limit=6".parse().unwrap();
        }),
        ("path", |request| {
            *request.uri_mut() = "/v1/receipt".parse().unwrap();
        }),
        ("body", |request| *request.body_mut() = Body::from("{}")),
        ("nonce", |request| {
            let nonce = HeaderValue::from_static("00000000000000000000000000000000");
            request.headers_mut().insert(NONCE_HEADER, nonce);
        }),
        ("method", |request| {
            *request.method_mut() = axum::http::Method::HEAD;
        }),
        ("time", |request| {
            let later = crate::world::start().timestamp() + 1;
            request.headers_mut().insert(CREATED_HEADER, later.into());
        }),
    ];
    for (part, edit) in edits {
        let mut request = stream();
        edit(&mut request);
        let answer = world.call(request).await;
        assert_eq!(answer.status, 401, "{part}");
    }
}

#[tokio::test]
async fn missing_doubled_and_unreadable_headers_are_bad_signatures() {
    let world = World::new().await;
    for header in [DEVICE_HEADER, CREATED_HEADER, NONCE_HEADER, SIGNATURE_HEADER] {
        let mut missing = receipt_request(&world, &world.member, Duration::zero());
        missing.headers_mut().remove(header);
        let code = world.call(missing).await.code();
        assert_eq!(code, RefusalCode::BadSignature, "{header} missing");
        let mut doubled = receipt_request(&world, &world.member, Duration::zero());
        let value = doubled.headers()[header].clone();
        doubled.headers_mut().append(header, value);
        let code = world.call(doubled).await.code();
        assert_eq!(code, RefusalCode::BadSignature, "{header} doubled");
        let mut unreadable = receipt_request(&world, &world.member, Duration::zero());
        let value = HeaderValue::from_bytes(b"\xff?").unwrap();
        unreadable.headers_mut().insert(header, value);
        let code = world.call(unreadable).await.code();
        assert_eq!(code, RefusalCode::BadSignature, "{header} unreadable");
    }
}

#[tokio::test]
async fn device_with_another_key_is_not_that_device() {
    let world = World::new().await;
    let mut thief = Device::new(Role::Coordinator, None);
    thief.id = world.coordinator.id;
    let code = world.get(&thief, "/v1/streams/journal").await.code();
    assert_eq!(code, RefusalCode::BadSignature);
}

#[tokio::test]
async fn refused_request_does_not_use_up_its_nonce() {
    let world = World::new().await;
    let request = receipt_request(&world, &world.member, Duration::zero());
    let mut tampered = copy(&request);
    *tampered.uri_mut() = "/v1/manifest".parse().unwrap();
    assert_eq!(world.call(tampered).await.code(), RefusalCode::BadSignature);
    assert_eq!(world.call(request).await.status, 200);
}

/// Asks as fast as a device may, and more.
async fn exhaust(world: &World, device: &Device) {
    for _ in 0..5_000 {
        if world.get(device, "/v1/receipt").await.status != 200 {
            return;
        }
    }
    panic!("never slowed");
}

#[tokio::test]
async fn what_is_asked_too_fast_takes_no_room_among_the_nonces() {
    let world = World::new().await;
    exhaust(&world, &world.member).await;
    let request = receipt_request(&world, &world.member, Duration::zero());
    let again = copy(&request);
    assert_eq!(world.call(request).await.code(), RefusalCode::TooMany);
    world.pass(Duration::seconds(1));
    assert_eq!(world.call(again).await.status, 200, "its nonce was not remembered");
}

#[tokio::test]
async fn who_repeats_anothers_request_uses_up_nothing_of_what_that_device_may_ask() {
    let world = World::new().await;
    let request = receipt_request(&world, &world.member, Duration::zero());
    for _ in 0..1_300 {
        world.call(copy(&request)).await;
    }
    assert_eq!(world.call(request).await.code(), RefusalCode::Replayed);
    assert_eq!(world.get(&world.member, "/v1/receipt").await.status, 200);
}
