//! Releases on the server: a desk lays them open, their recipient reads them in a browser, and nobody else does.

use crate::world::{Answer, Device, World, get};
use axum::body::Body;
use axum::http::Request;
use chrono::Duration;
use domain::disclosure::{Cell, Class, Recipient, RecipientKind, Rules, Threshold};
use domain::release::{Figure, Measure, RELEASE_VERSION, Release, Row, SignedRelease, Table, release_message};
use domain::sync::ProgrammeId;
use domain::sync::chain::Bytes;
use domain::sync::error::RefusalCode;
use domain::sync::manifest::DeviceStatus;
use domain::sync::publish::{LINK_BYTES, PasswordHash, Publication, Withdrawal, hash_password, path};
use domain::sync::version::CURRENT;
use domain::time::Period;
use uuid::Uuid;

pub const LINK: [u8; LINK_BYTES] = [7; LINK_BYTES];
pub const PASSWORD: &str = "K7QD-2MX9-04TV-ZB8H";

pub fn release(world: &World, desk: &Device, number: u32) -> Release {
    let row = |code: &str, label: &str, cell| Row { code: code.into(), label: label.into(), cell };
    Release {
        version: RELEASE_VERSION,
        programme: world.config.programme,
        name: "Strada <script>alert(1)</script>".into(),
        number,
        replaces: None,
        recipient: Recipient { kind: RecipientKind::Municipality, code: "Brescia".into() },
        period: Period::week("2026-W10".parse().unwrap()),
        first_day: "2026-03-02".parse().unwrap(),
        last_day: "2026-03-08".parse().unwrap(),
        rules: Rules { k: Threshold::DEFAULT, definitions: 1 },
        released_on: "2026-03-09".parse().unwrap(),
        desk: desk.id,
        manifest: 1,
        figures: vec![Figure {
            code: "minutes".into(),
            label: "Tempo di uscita".into(),
            measure: Measure::Minutes,
            period: None,
            cell: Cell::Shown(645),
        }],
        unique: None,
        tables: vec![Table {
            code: "gender".into(),
            title: "Genere".into(),
            definition: "Contatti con persone, per genere.".into(),
            class: Class::Person,
            period: None,
            rows: vec![row("woman", "Donna", Cell::Hidden), row("man", "=Uomo", Cell::Shown(0))],
            total: Some(Cell::Shown(30)),
        }],
        crossings: Vec::new(),
    }
}

pub fn sign(desk: &Device, release: &Release) -> SignedRelease {
    let bytes = release.to_bytes().unwrap();
    let signature = Bytes(desk.key.sign(&release_message(&bytes)).as_ref().to_vec());
    SignedRelease { release: Bytes(bytes), signature }
}

pub fn publication(signed: SignedRelease, link: [u8; LINK_BYTES], password: &str) -> Publication {
    let salt = [3; 16];
    let hash = hash_password(password, &salt).unwrap();
    let password = PasswordHash { salt: Bytes(salt.to_vec()), hash: Bytes(hash.to_vec()) };
    Publication { version: CURRENT, link: Bytes(link.to_vec()), password, release: signed }
}

/// The coordinator's release of this number, under the usual link.
pub fn usual(world: &World, number: u32) -> Publication {
    let signed = sign(&world.coordinator, &release(world, &world.coordinator, number));
    publication(signed, LINK, PASSWORD)
}

/// What a browser sends.
pub fn form(link: [u8; LINK_BYTES], fields: &str) -> Request<Body> {
    Request::builder()
        .method("POST")
        .uri(path(&link))
        .header("content-type", "application/x-www-form-urlencoded")
        .body(Body::from(fields.to_owned()))
        .unwrap()
}

async fn put(world: &World, by: &Device, publication: &Publication) -> Answer {
    world.signed(by, "PUT", "/v1/releases", publication).await
}

async fn read(world: &World, fields: &str) -> (u16, String) {
    let answer = world.call(form(LINK, fields)).await;
    (answer.status.as_u16(), String::from_utf8(answer.body).unwrap())
}

fn with_password(more: &str) -> String {
    format!("password={PASSWORD}{more}")
}

fn ticket(page: &str) -> String {
    let rest = page.split_once("name=\"ticket\" value=\"").unwrap().1;
    rest.split_once('"').unwrap().0.to_owned()
}

#[tokio::test]
async fn recipient_reads_a_page_without_scripts_and_keeps_the_files() {
    let world = World::new().await;
    assert_eq!(put(&world, &world.coordinator, &usual(&world, 1)).await.status, 204);
    let door = world.call(get(&path(&LINK))).await;
    assert_eq!(door.status, 200);
    let text = String::from_utf8(door.body).unwrap();
    assert!(text.contains("name=\"password\"") && !text.contains("Genere"), "nothing before the password");

    let answer = world.call(form(LINK, "password=k7qd+2mx9+o4tv+zb8h")).await;
    assert_eq!(answer.status, 200);
    for (name, wanted) in
        [("cache-control", "no-store"), ("referrer-policy", "no-referrer"), ("x-frame-options", "DENY")]
    {
        assert_eq!(answer.headers[name], wanted);
    }
    let policy = answer.headers["content-security-policy"].to_str().unwrap();
    assert!(policy.starts_with("default-src 'none'; style-src 'sha256-") && !policy.contains("unsafe"), "{policy}");
    assert!(!answer.headers.contains_key("set-cookie"));
    let page = String::from_utf8(answer.body).unwrap();
    for shown in ["lang=\"it\"", "settimana W10, 2–8 marzo 2026", "10:45", "n.p.", "Comune, Brescia", "&#60;script"] {
        assert!(page.contains(shown), "{shown}\n{page}");
    }
    assert!(!page.contains("<script") && !page.contains("http"), "nothing runs and nothing comes from elsewhere");

    let ticket = ticket(&page);
    let csv = world.call(form(LINK, &format!("ticket={ticket}&release=1&format=csv"))).await;
    assert_eq!(csv.headers["content-type"], "text/csv; charset=utf-8");
    assert_eq!(csv.headers["content-disposition"], "attachment; filename=\"rilascio-1-2026-W10.csv\"");
    let text = String::from_utf8(csv.body).unwrap();
    assert!(text.starts_with('\u{feff}') && text.contains("Genere;woman;Donna;*;2026-W10;"), "{text}");
    assert!(text.contains(";'=Uomo;0;"), "no formula");
    let json = world.call(form(LINK, &format!("ticket={ticket}&format=json"))).await;
    assert_eq!(json.body, usual(&world, 1).release.release.0, "byte for byte as it was signed");
    world.pass(Duration::minutes(31));
    assert_eq!(read(&world, &format!("ticket={ticket}&format=json")).await.0, 403, "a ticket ends");
}

#[tokio::test]
async fn without_link_or_password_nobody_reads() {
    let world = World::new().await;
    put(&world, &world.coordinator, &usual(&world, 1)).await;
    for fields in ["", "password=", "password=K7QD-2MX9-04TV-ZB8J", "ticket=1.abc"] {
        let (status, page) = read(&world, fields).await;
        assert_eq!(status, 403, "{fields}");
        assert!(page.contains("La password non è questa") && !page.contains("Genere"));
    }
    for link in [path(&[8; LINK_BYTES]), "/r/nothing".to_owned(), "/r/%20".to_owned()] {
        assert_eq!(world.call(get(&link)).await.status, 404, "{link}");
    }
    assert_eq!(world.call(form([8; LINK_BYTES], &with_password(""))).await.status, 404);
}

#[tokio::test]
async fn guesses_are_slowed_for_their_link_alone() {
    let world = World::new().await;
    put(&world, &world.coordinator, &usual(&world, 1)).await;
    let other = publication(sign(&world.admin, &release(&world, &world.admin, 2)), [9; LINK_BYTES], PASSWORD);
    put(&world, &world.admin, &other).await;
    for _ in 0..10 {
        assert_eq!(read(&world, "password=0000").await.0, 403);
    }
    let refused = world.call(form(LINK, &with_password(""))).await;
    assert_eq!((refused.status.as_u16(), &refused.headers["retry-after"]), (429, &"30".parse().unwrap()));
    assert!(String::from_utf8(refused.body).unwrap().contains("Riprova fra 1 minuto."));
    assert_eq!(world.call(form([9; LINK_BYTES], &with_password(""))).await.status, 200);
    world.pass(Duration::seconds(30));
    assert_eq!(read(&world, &with_password("")).await.0, 200);
}

#[tokio::test]
async fn only_what_a_desk_that_takes_part_signed_is_published() {
    let mut world = World::new().await;
    let refused = |answer: Answer| answer.code();
    let by_lead = publication(sign(&world.lead, &release(&world, &world.lead, 1)), LINK, PASSWORD);
    assert_eq!(refused(put(&world, &world.coordinator, &by_lead).await), RefusalCode::BadSignature);
    let named = sign(&world.lead, &release(&world, &world.coordinator, 1));
    assert_eq!(
        refused(put(&world, &world.coordinator, &publication(named, LINK, PASSWORD)).await),
        RefusalCode::BadSignature
    );
    let mut foreign = release(&world, &world.coordinator, 1);
    foreign.programme = ProgrammeId(Uuid::from_u128(99));
    let foreign = publication(sign(&world.coordinator, &foreign), LINK, PASSWORD);
    assert_eq!(refused(put(&world, &world.coordinator, &foreign).await), RefusalCode::Malformed);
    let mut spaced = usual(&world, 1);
    spaced.release.release.0.push(b' ');
    assert_eq!(refused(put(&world, &world.coordinator, &spaced).await), RefusalCode::Malformed);
    let mut short = usual(&world, 1);
    short.link.0.pop();
    assert_eq!(refused(put(&world, &world.coordinator, &short).await), RefusalCode::Malformed);
    assert_eq!(refused(put(&world, &world.lead, &usual(&world, 1)).await), RefusalCode::NotAllowed);

    let second = Device::new(world.coordinator.role, None);
    let mut second = second;
    second.status = DeviceStatus::Revoked;
    world.put_manifest_with(&[&second]).await;
    let revoked = publication(sign(&second, &release(&world, &second, 1)), LINK, PASSWORD);
    assert_eq!(refused(put(&world, &world.coordinator, &revoked).await), RefusalCode::BadSignature);
    assert_eq!(world.call(get(&path(&LINK))).await.status, 404, "nothing of it is there");
    // One coordinator may publish what the other made.
    assert_eq!(put(&world, &world.admin, &usual(&world, 1)).await.status, 204);
}

#[tokio::test]
async fn a_number_stands_for_one_release_for_good() {
    let mut world = World::new().await;
    put(&world, &world.coordinator, &usual(&world, 1)).await;
    let mut other = release(&world, &world.coordinator, 1);
    other.name = "Altro".into();
    let other = publication(sign(&world.coordinator, &other), LINK, "AAAA-AAAA-AAAA-AAAA");
    assert_eq!(put(&world, &world.coordinator, &other).await.code(), RefusalCode::Fork);
    assert_eq!(read(&world, &with_password("")).await.0, 200, "the password is as it was");

    let renewed = publication(usual(&world, 1).release, LINK, "BBBB-BBBB-BBBB-BBBB");
    assert_eq!(put(&world, &world.coordinator, &renewed).await.status, 204);
    assert_eq!(read(&world, &with_password("")).await.0, 403);
    world.restart();
    assert_eq!(read(&world, "password=BBBB-BBBB-BBBB-BBBB").await.0, 200);
}

#[tokio::test]
async fn what_is_withdrawn_is_gone_and_the_page_says_so() {
    let world = World::new().await;
    for number in [1, 2] {
        put(&world, &world.coordinator, &usual(&world, number)).await;
    }
    let withdraw = |number| {
        let body = Withdrawal { version: CURRENT, number };
        let world = &world;
        async move { world.signed(&world.coordinator, "POST", "/v1/withdrawals", &body).await }
    };
    assert_eq!(withdraw(3).await.code(), RefusalCode::NotFound);
    assert_eq!(withdraw(2).await.status, 204);
    assert_eq!(withdraw(2).await.status, 204, "said again, nothing changes");
    let (status, page) = read(&world, &with_password("&release=2")).await;
    assert!(status == 200 && page.contains("Il rilascio n. 2 è stato ritirato il 14 marzo 2026."), "{page}");
    let (_, page) = read(&world, &with_password("&release=2&format=json")).await;
    assert!(!page.contains("645"));
    let (_, newest) = read(&world, &with_password("")).await;
    assert!(newest.contains("n. 1, 9 marzo 2026") && newest.contains("ritirato il 14 marzo 2026"), "{newest}");
    assert_eq!(
        put(&world, &world.coordinator, &usual(&world, 2)).await.code(),
        RefusalCode::Fork,
        "it stays withdrawn"
    );
    withdraw(1).await;
    assert!(read(&world, &with_password("")).await.1.contains("è stato ritirato"));
}
