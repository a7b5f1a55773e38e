//! Sizes, forms, speeds: whatever is sent, the answer is a code.

use crate::world::{Who, World, ask, post};
use axum::body::Body;
use axum::http::{Method, Request};
use chrono::Duration;
use domain::sync::enrol::{CodeAnnouncement, code_id};
use domain::sync::error::RefusalCode;
use domain::sync::manifest::{DeviceStatus, MAX_MANIFEST_BYTES, Manifest, ManifestDevice, SignedManifest};
use domain::sync::push::{Batch, MAX_BODY_BYTES};
use domain::sync::turn::{Turn, TurnAnswer};
use domain::sync::version::CURRENT;
use domain::sync::{DeviceId, UnitId};
use proptest::prelude::*;

fn raw(method: &str, target: &str, body: impl Into<Body>) -> Request<Body> {
    Request::builder().method(method).uri(target).header("content-type", "application/json").body(body.into()).unwrap()
}

/// Keys are new in every run, so a case of an earlier run would say nothing: what failed is printed whole.
fn cases(cases: u32) -> ProptestConfig {
    ProptestConfig { cases, failure_persistence: None, ..ProptestConfig::default() }
}

#[tokio::test]
async fn body_over_the_limit_is_too_large_announced_or_not() {
    let world = World::new().await;
    let announced = raw("POST", "/v1/batches", vec![b' '; MAX_BODY_BYTES + 1]);
    assert_eq!(world.call(announced).await.code(), RefusalCode::TooLarge);
    let mut lying = raw("POST", "/v1/batches", vec![b' '; MAX_BODY_BYTES + 1]);
    lying.headers_mut().insert("content-length", "17".parse().unwrap());
    assert_eq!(world.call(lying).await.code(), RefusalCode::TooLarge);
    let mut huge = raw("POST", "/v1/batches", "{}");
    huge.headers_mut().insert("content-length", u64::MAX.into());
    assert_eq!(world.call(huge).await.code(), RefusalCode::TooLarge);
    let largest = raw("POST", "/v1/batches", vec![b' '; MAX_BODY_BYTES]);
    assert_eq!(world.call(largest).await.code(), RefusalCode::Malformed);
}

#[tokio::test]
async fn content_encoding_is_refused_on_every_call() {
    let world = World::new().await;
    for row in uscita_server::endpoint::TABLE {
        for encoding in ["gzip", "br", "zstd", "identity", ""] {
            let target = row.path.replace("{stream}", "journal");
            let mut request = raw(row.method.name(), &target, "{}");
            request.headers_mut().insert("content-encoding", encoding.parse().unwrap());
            let code = world.call(request).await.code();
            assert_eq!(code, RefusalCode::UnsupportedMedia, "{target} {encoding}");
        }
    }
}

#[tokio::test]
async fn only_json_is_taken() {
    let mut world = World::new().await;
    let batch = world.member.journal(1);
    for (kind, is_json) in [
        (Some("text/plain"), false),
        (Some("application/jsonx"), false),
        (Some(""), false),
        (None, false),
        (Some("application/json; charset=utf-8"), true),
        (Some("Application/JSON"), true),
    ] {
        let mut request = post("/v1/batches", &batch);
        request.headers_mut().remove("content-type");
        if let Some(kind) = kind {
            request.headers_mut().insert("content-type", kind.parse().unwrap());
        }
        let answer = world.call(request).await;
        if is_json {
            assert_eq!(answer.status, 200, "{kind:?}");
        } else {
            assert_eq!(answer.code(), RefusalCode::UnsupportedMedia, "{kind:?}");
        }
    }
}

#[tokio::test]
async fn wrong_paths_and_methods_get_a_code_too() {
    let world = World::new().await;
    for (method, target) in [
        ("GET", "/"),
        ("GET", "/v1"),
        ("GET", "/v2/health"),
        ("GET", "/v1/health/"),
        ("GET", "/v1/streams"),
        ("GET", "/v1/streams/"),
        ("GET", "/v1/streams/journal/more"),
        ("GET", "/../etc/passwd"),
        ("DELETE", "/v1/manifest"),
        ("GET", "/v1/batches"),
        ("POST", "/v1/health"),
        ("OPTIONS", "/v1/batches"),
        ("PATCH", "/nowhere"),
    ] {
        let answer = world.call(raw(method, target, "")).await;
        assert_eq!(answer.code(), RefusalCode::NotFound, "{method} {target}");
        assert_eq!(answer.headers["cache-control"], "no-store");
    }
}

#[tokio::test]
async fn malformed_json_of_many_kinds_is_malformed() {
    let mut world = World::new().await;
    let batch = serde_json::to_value(world.member.journal(1)).unwrap();
    let changed = |edit: &dyn Fn(&mut serde_json::Value)| {
        let mut batch = batch.clone();
        edit(&mut batch);
        batch.to_string().into_bytes()
    };
    let mut bodies: Vec<Vec<u8>> = [
        "",
        " ",
        "{",
        "null",
        "[]",
        "1",
        "\"text\"",
        "{}",
        "{\"version\":1}",
        "\u{feff}{}",
        "NaN",
        "{\"version\":1,\"version\":1}",
        "{\"version\":-1}",
        "{\"version\":1e400}",
        "\0",
        "{}{}",
    ]
    .map(|text| text.as_bytes().to_vec())
    .into();
    bodies.push(b"\xff\xfe{".to_vec());
    bodies.push(b"[".repeat(100_000));
    bodies.push(b"{\"a\":".repeat(40_000));
    for field in ["version", "unit", "device", "previous", "operations", "head"] {
        bodies.push(changed(&|batch| {
            batch.as_object_mut().unwrap().remove(field);
        }));
        bodies.push(changed(&|batch| batch[field] = serde_json::json!({})));
        bodies.push(changed(&|batch| batch[field] = serde_json::Value::Null));
    }
    bodies.push(changed(&|batch| batch["operations"][0]["stream"] = "diary".into()));
    bodies.push(changed(&|batch| batch["operations"][0]["sealed"] = "=*=".into()));
    bodies.push(changed(&|batch| {
        batch["operations"][0].as_object_mut().unwrap().remove("signature");
    }));
    bodies.push(changed(&|batch| batch["operations"][0]["sequence"] = 1.5.into()));
    bodies.push(changed(&|batch| batch["head"] = "AB".repeat(32).into()));
    for body in bodies {
        let start = String::from_utf8_lossy(&body[..body.len().min(60)]).into_owned();
        let code = world.call(raw("POST", "/v1/batches", body)).await.code();
        assert_eq!(code, RefusalCode::Malformed, "{start}");
    }
    assert_eq!(world.call(raw("POST", "/v1/batches", batch.to_string())).await.status, 200);
}

#[tokio::test]
async fn field_of_a_later_version_is_ignored() {
    let mut world = World::new().await;
    let mut batch = serde_json::to_value(world.member.journal(1)).unwrap();
    batch["later"] = serde_json::json!({ "any": ["thing"] });
    batch["operations"][0]["later"] = 1.into();
    let answer = world.call(raw("POST", "/v1/batches", batch.to_string())).await;
    assert_eq!(world.receipt(&answer).stored, 1);
}

#[tokio::test]
async fn malformed_bodies_of_signed_calls_are_malformed() {
    let world = World::new().await;
    for (method, target) in [("POST", "/v1/acknowledgements"), ("PUT", "/v1/manifest"), ("POST", "/v1/enrolment-codes")]
    {
        for body in ["", "{}", "[]", "{\"held\":[{}]}", "nonsense"] {
            let body = body.as_bytes().to_vec();
            let request = world.admin.sign(method, target, body, world.now());
            let code = world.call(request).await.code();
            assert_eq!(code, RefusalCode::Malformed, "{target}");
        }
    }
}

#[tokio::test]
async fn refusal_never_repeats_what_was_sent() {
    let world = World::new().await;
    let canary = "canarino-sul-filo";
    let target = format!("/v1/{canary}?{canary}={canary}");
    for request in [
        raw("POST", &target, canary),
        raw("POST", "/v1/batches", format!("{{\"{canary}\":1}}")),
        raw("POST", "/v1/enrolments", format!("{{\"version\":1,\"{canary}\":1}}")),
    ] {
        let answer = world.call(request).await;
        let text = String::from_utf8(answer.body).unwrap();
        assert!(text.starts_with("{\"code\":"), "{text}");
        assert!(!text.contains(canary), "{text}");
    }
}

#[tokio::test]
async fn device_that_asks_too_fast_is_slowed_and_others_are_not() {
    let world = World::new().await;
    let ask_receipt = async || world.get(&world.member, "/v1/receipt").await;
    let mut answer = ask_receipt().await;
    let mut answered = 0;
    while answer.status == 200 {
        answered += 1;
        assert!(answered < 5_000, "never slowed");
        answer = ask_receipt().await;
    }
    assert!(answered >= 1_000, "a backlog passes: {answered}");
    assert_eq!(answer.code(), RefusalCode::TooMany);
    assert_eq!(answer.headers["retry-after"], "1");
    assert_eq!(world.get(&world.lead, "/v1/receipt").await.status, 200);
    world.pass(Duration::seconds(1));
    assert_eq!(ask_receipt().await.status, 200);
}

#[tokio::test]
async fn who_holds_a_copy_of_anothers_batches_uses_up_nothing_of_what_that_device_may_send() {
    let mut world = World::new().await;
    let (first, second, third) = (world.member.journal(1), world.member.journal(1), world.member.journal(1));
    assert_eq!(world.push(&first).await.status, 200);
    for _ in 0..450 {
        world.push(&first).await;
        world.push(&third).await;
        let batch = Some(first.clone());
        let turn = Turn { version: CURRENT, batch, reads: Vec::new(), manifest: None, audit: None };
        world.signed(&world.lead, "POST", "/v1/turns", &turn).await;
    }
    assert_eq!(world.push(&first).await.status, 200, "it is held");
    assert_eq!(world.push(&third).await.code(), RefusalCode::Gap);
    assert_eq!(world.push(&second).await.status, 200);
    assert_eq!(world.push(&third).await.status, 200);
}

#[tokio::test]
async fn copies_of_what_is_in_quarantine_use_up_nothing_either() {
    let mut world = World::new().await;
    world.member.status = DeviceStatus::Revoked;
    world.put_manifest().await;
    let (first, second) = (world.member.journal(1), world.member.journal(1));
    for _ in 0..1_300 {
        assert_eq!(world.push(&first).await.code(), RefusalCode::Revoked);
    }
    assert_eq!(world.push(&second).await.code(), RefusalCode::Revoked);
}

#[tokio::test]
async fn what_a_device_sends_counts_like_what_it_asks() {
    let mut world = World::new().await;
    let (first, second) = (world.member.journal(1), world.member.journal(1));
    while world.get(&world.member, "/v1/receipt").await.status == 200 {}
    world.pass(Duration::seconds(1));
    assert_eq!(world.push(&first).await.status, 200);
    assert_eq!(world.push(&second).await.code(), RefusalCode::TooMany);
    world.pass(Duration::seconds(1));
    assert_eq!(world.push(&second).await.status, 200);
}

#[test]
fn random_bytes_never_break_the_server() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let world = runtime.block_on(World::new());
    let router = world.router();
    let methods = prop::sample::select(vec!["GET", "POST", "PUT", "DELETE", "PATCH", "HEAD"]);
    let paths = prop::sample::select(
        uscita_server::endpoint::TABLE.iter().map(|row| row.path.replace("{stream}", "journal")).collect::<Vec<_>>(),
    );
    let query =
        "[ -~]{0,40}".prop_map(|text| text.replace([' ', '#', '"', '<', '>', '`', '{', '}', '|', '\\', '^'], ""));
    let bodies = prop_oneof![
        prop::collection::vec(any::<u8>(), 0..600),
        "[\\[\\]{}\",:0-9a-z]{0,200}".prop_map(String::into_bytes),
    ];
    let headers = prop::collection::vec(
        (
            prop::sample::select(vec![
                "uscita-device",
                "uscita-created",
                "uscita-nonce",
                "uscita-signature",
                "content-type",
                "content-length",
            ]),
            prop::collection::vec(prop_oneof![0x20_u8..0x7f, 0x80_u8..=0xff], 0..80),
        ),
        0..6,
    );
    proptest!(cases(1_500), |(
        method in methods, path in paths, query in query, body in bodies, headers in headers
    )| {
        let mut request = Request::new(Body::from(body));
        *request.method_mut() = method.parse::<Method>().unwrap();
        if let Ok(uri) = format!("{path}?{query}").parse() {
            *request.uri_mut() = uri;
        }
        request.headers_mut().insert("content-type", "application/json".parse().unwrap());
        for (name, value) in headers {
            request.headers_mut().append(name, value.as_slice().try_into().unwrap());
        }
        let answer = runtime.block_on(ask(router.clone(), request));
        prop_assert!(answer.status.as_u16() < 500, "{}", answer.status);
        // A shelf answers people, with a page.
        if !answer.status.is_success() && method != "HEAD" && !path.starts_with("/r/") {
            answer.refused();
        }
    });
}

#[test]
fn changed_bytes_of_a_good_batch_never_break_the_server() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let mut world = runtime.block_on(World::new());
    let batch = world.member.journal(2);
    let good = serde_json::to_vec(&batch).unwrap();
    let router = world.router();
    let edits = prop::collection::vec((0..good.len(), any::<u8>()), 1..4);
    proptest!(cases(800), |(edits in edits)| {
        let mut body = good.clone();
        for (at, byte) in edits {
            body[at] = byte;
        }
        let answer = runtime.block_on(ask(router.clone(), raw("POST", "/v1/batches", body.clone())));
        prop_assert!(answer.status.as_u16() < 500, "{}", answer.status);
        // Some other bytes say the same, for example an id in capitals. Nothing that says something else is taken.
        if answer.status == 200 {
            prop_assert_eq!(serde_json::from_slice::<Batch>(&body).unwrap(), batch.clone());
        }
    });
}

/// Codes of units that a database could not keep, or not as a key.
fn odd_units() -> [String; 5] {
    ["\0", "U1\0", "U1\n", "", &"U".repeat(3_000)].map(str::to_owned)
}

#[tokio::test]
async fn unit_that_no_database_keeps_is_malformed_wherever_it_stands() {
    let mut world = World::new().await;
    for unit in odd_units() {
        let unit = UnitId::new(unit);
        let good = world.member.journal(1);
        let batch = Batch { unit: unit.clone(), ..good.clone() };
        assert_eq!(world.push(&batch).await.code(), RefusalCode::Malformed, "batch");
        assert_eq!(world.push(&good).await.status, 200, "the same operations in a good one");
        let turn = Turn { version: CURRENT, batch: Some(batch), reads: Vec::new(), manifest: None, audit: None };
        let answer = world.signed(&world.member, "POST", "/v1/turns", &turn).await;
        assert_eq!(answer.code(), RefusalCode::Malformed, "turn");
        let code = CodeAnnouncement { code_id: code_id(b"0123456789"), unit: Some(unit.clone()) };
        let answer = world.signed(&world.admin, "POST", "/v1/enrolment-codes", &code).await;
        assert_eq!(answer.code(), RefusalCode::Malformed, "code");
        let mut manifest = world.next_manifest(&[]);
        manifest.devices[3].unit = Some(unit);
        let answer = world.signed(&world.admin, "PUT", "/v1/manifest", &world.sign_manifest(&manifest)).await;
        assert_eq!(answer.code(), RefusalCode::Malformed, "manifest");
    }
}

/// A manifest of many devices whose request has exactly this many bytes.
fn manifest_of(world: &World, bytes: usize) -> Vec<u8> {
    let mut manifest = world.next_manifest(&[]);
    let device = manifest.devices[3].clone();
    let fill = |manifest: &Manifest| serde_json::to_vec(&world.sign_manifest(manifest)).unwrap();
    let (empty, one) = (fill(&manifest).len(), serde_json::to_vec(&device).unwrap().len() + 1);
    for _ in 0..(bytes - empty) * 3 / 4 / one - 1 {
        manifest.devices.push(ManifestDevice { id: DeviceId(uuid::Uuid::new_v4()), ..device.clone() });
    }
    let mut body = fill(&manifest);
    assert!(body.len() <= bytes && body.len() + 4_000 > bytes, "{} of {bytes}", body.len());
    // A text of JSON may end with spaces.
    body.resize(bytes, b' ');
    body
}

#[tokio::test]
async fn manifest_of_two_mebibytes_is_put_and_read_and_one_byte_more_is_too_large() {
    let mut world = World::new().await;
    let largest = manifest_of(&world, MAX_MANIFEST_BYTES);
    let put = |body: Vec<u8>| world.admin.sign("PUT", "/v1/manifest", body, world.now());
    let beyond = [largest.as_slice(), b" "].concat();
    assert_eq!(world.call(put(beyond)).await.code(), RefusalCode::TooLarge);
    assert_eq!(world.call(put(largest.clone())).await.status, 204);
    let sent: SignedManifest = serde_json::from_slice(&largest).unwrap();
    let read: SignedManifest = world.get(&world.member, "/v1/manifest").await.json();
    assert_eq!(read, sent);
    assert!(read.verify(&world.config.admin_key.0).unwrap().devices.len() > 3_000);
    world.number += 1;
    world.restart();
    let turn = Turn { version: CURRENT, batch: None, reads: Vec::new(), manifest: Some(1), audit: None };
    let answer: TurnAnswer = world.signed(&world.member, "POST", "/v1/turns", &turn).await.json();
    assert_eq!(answer.manifest, Some(sent), "after a restart, in a turn");
    assert_eq!(world.send(Who::Member, 1).await.status, 200);
}
