//! Every call × every role × every state of a device. The table below is the whole truth about who may do what; it
//! does not use the server's own.

use crate::publish;
use crate::world::{Device, World, get, post};
use axum::body::Body;
use axum::http::Request;
use domain::sync::UnitId;
use domain::sync::chain::Bytes;
use domain::sync::enrol::{CodeAnnouncement, DeviceKeys, EnrolmentRequest, code_id, enrolment_mac};
use domain::sync::error::RefusalCode::{self, NotAllowed, NotFound, Revoked, UnknownDevice};
use domain::sync::manifest::{DeviceStatus, Role};
use domain::sync::publish::{Withdrawal, path};
use domain::sync::pull::Acknowledgement;
use domain::sync::quarantine::{QuarantineDecision, QuarantineVerdict};
use domain::sync::turn::Turn;
use domain::sync::version::CURRENT;
use std::collections::BTreeSet;
use uscita_server::endpoint::TABLE;

/// Who asks: a state of the device, besides its role.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stands {
    Active,
    Revoked,
    Wipe,
    Unknown,
    Enrolling,
    /// Active, and asks in the name of another unit than its own.
    OtherUnit,
}

pub const STANDS: [Stands; 6] =
    [Stands::Active, Stands::Revoked, Stands::Wipe, Stands::Unknown, Stands::Enrolling, Stands::OtherUnit];

/// The calls, with the two streams apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asks {
    Push,
    Turn,
    PullJournal,
    PullNightLog,
    Acknowledge,
    Receipt,
    Devices,
    Quarantine,
    Decide,
    Order,
    ConfirmWipe,
    GetManifest,
    PutManifest,
    Announce,
    Enrol,
    ListEnrolments,
    Publish,
    Withdraw,
    OpenShelf,
    ReadShelf,
    Health,
    Description,
}

pub const ASKS: [(Asks, &str, &str); 22] = [
    (Asks::Push, "POST", "/v1/batches"),
    (Asks::Turn, "POST", "/v1/turns"),
    (Asks::PullJournal, "GET", "/v1/streams/{stream}"),
    (Asks::PullNightLog, "GET", "/v1/streams/{stream}"),
    (Asks::Acknowledge, "POST", "/v1/acknowledgements"),
    (Asks::Receipt, "GET", "/v1/receipt"),
    (Asks::Devices, "GET", "/v1/devices"),
    (Asks::Quarantine, "GET", "/v1/quarantine"),
    (Asks::Decide, "POST", "/v1/quarantine"),
    (Asks::Order, "GET", "/v1/orders/{device}"),
    (Asks::ConfirmWipe, "POST", "/v1/wipes"),
    (Asks::GetManifest, "GET", "/v1/manifest"),
    (Asks::PutManifest, "PUT", "/v1/manifest"),
    (Asks::Announce, "POST", "/v1/enrolment-codes"),
    (Asks::Enrol, "POST", "/v1/enrolments"),
    (Asks::ListEnrolments, "GET", "/v1/enrolments"),
    (Asks::Publish, "PUT", "/v1/releases"),
    (Asks::Withdraw, "POST", "/v1/withdrawals"),
    (Asks::OpenShelf, "GET", "/r/{link}"),
    (Asks::ReadShelf, "POST", "/r/{link}"),
    (Asks::Health, "GET", "/v1/health"),
    (Asks::Description, "GET", "/openapi.json"),
];

/// What must come of it.
pub fn expected(asks: Asks, role: Role, stands: Stands) -> Result<(), RefusalCode> {
    let is_desk = matches!(role, Role::Coordinator | Role::Admin);
    let for_whom = match asks {
        // Anyone, whoever they are. Enrolling needs a code, not a device.
        Asks::Health | Asks::Description | Asks::Enrol => return Ok(()),
        // A recipient is no device: the link and the password decide.
        Asks::OpenShelf | Asks::ReadShelf => return Ok(()),
        // Anyone may ask; there is an order only for a device that is to be wiped.
        Asks::Order if stands == Stands::Wipe => return Ok(()),
        Asks::Order => return Err(NotFound),
        Asks::ConfirmWipe => stands == Stands::Wipe,
        Asks::Push | Asks::Turn | Asks::Receipt | Asks::GetManifest => true,
        Asks::PullJournal => is_desk || role == Role::Lead,
        Asks::PullNightLog | Asks::Acknowledge | Asks::Devices | Asks::Quarantine | Asks::Decide => is_desk,
        Asks::Publish | Asks::Withdraw => is_desk,
        Asks::PutManifest | Asks::Announce | Asks::ListEnrolments => role == Role::Admin,
    };
    match stands {
        Stands::Unknown => Err(UnknownDevice),
        Stands::Enrolling if asks == Asks::GetManifest => Ok(()),
        Stands::Enrolling => Err(UnknownDevice),
        Stands::Wipe if matches!(asks, Asks::GetManifest | Asks::ConfirmWipe) => Ok(()),
        Stands::Revoked | Stands::Wipe => Err(Revoked),
        // Only a batch names a unit, and a device at the desk has none that it could differ from.
        Stands::OtherUnit if asks == Asks::Push && has_unit(role) => Err(NotAllowed),
        Stands::Active | Stands::OtherUnit if for_whom => Ok(()),
        Stands::Active | Stands::OtherUnit => Err(NotAllowed),
    }
}

fn has_unit(role: Role) -> bool {
    matches!(role, Role::Member | Role::Lead)
}

async fn subject(world: &mut World, role: Role, stands: Stands) -> Device {
    let mut device = Device::new(role, has_unit(role).then_some("U1"));
    match stands {
        Stands::Active | Stands::OtherUnit => {}
        Stands::Revoked => device.status = DeviceStatus::Revoked,
        Stands::Wipe => device.status = DeviceStatus::Wipe,
        Stands::Unknown => return device,
        Stands::Enrolling => {
            announce_for(world, b"waits").await;
            let answer = world.call(enrolment(&device, b"waits")).await;
            assert_eq!(answer.status, 202);
            return device;
        }
    }
    world.put_manifest_with(&[&device]).await;
    device
}

async fn announce_for(world: &World, secret: &[u8]) {
    let code = CodeAnnouncement { code_id: code_id(secret), unit: None };
    let answer = world.signed(&world.admin, "POST", "/v1/enrolment-codes", &code).await;
    assert_eq!(answer.status, 204);
}

fn enrolment(device: &Device, secret: &[u8]) -> Request<Body> {
    let keys = DeviceKeys { device: device.id, signing_key: device.public_key(), recipient: "age1new".to_owned() };
    let request =
        EnrolmentRequest { version: CURRENT, code_id: code_id(secret), mac: Bytes(enrolment_mac(secret, &keys)), keys };
    post("/v1/enrolments", &request)
}

async fn request(world: &World, device: &mut Device, asks: Asks, stands: Stands) -> Request<Body> {
    let now = world.now();
    match asks {
        Asks::Push => {
            let mut batch = device.journal(1);
            if stands == Stands::OtherUnit {
                batch.unit = UnitId::new("U2");
            }
            post("/v1/batches", &batch)
        }
        Asks::Turn => {
            let body = Turn { version: CURRENT, batch: None, reads: Vec::new(), manifest: Some(0), audit: Some(0) };
            device.sign("POST", "/v1/turns", json(&body), now)
        }
        Asks::PullJournal => device.sign("GET", "/v1/streams/journal", Vec::new(), now),
        Asks::PullNightLog => device.sign("GET", "/v1/streams/night_log", Vec::new(), now),
        Asks::Acknowledge => {
            let body = Acknowledgement { held: Vec::new() };
            device.sign("POST", "/v1/acknowledgements", json(&body), now)
        }
        Asks::Receipt => device.sign("GET", "/v1/receipt", Vec::new(), now),
        Asks::Devices => device.sign("GET", "/v1/devices", Vec::new(), now),
        Asks::Quarantine => device.sign("GET", "/v1/quarantine", Vec::new(), now),
        Asks::Decide => {
            // About a device that is always on the manifest.
            let decision = QuarantineDecision {
                version: CURRENT,
                device: world.member.id,
                through: 1,
                verdict: QuarantineVerdict::Release,
            };
            device.sign("POST", "/v1/quarantine", json(&decision), now)
        }
        Asks::Order => get(&format!("/v1/orders/{}", device.id)),
        Asks::ConfirmWipe => post("/v1/wipes", &device.confirms_wipe()),
        Asks::GetManifest => device.sign("GET", "/v1/manifest", Vec::new(), now),
        Asks::PutManifest => {
            // As the admin would sign it next: with the device as it stands.
            let is_named = !matches!(stands, Stands::Unknown | Stands::Enrolling);
            let next = match is_named {
                true => world.next_manifest(&[device]),
                false => world.next_manifest(&[]),
            };
            let body = world.sign_manifest(&next);
            device.sign("PUT", "/v1/manifest", json(&body), now)
        }
        Asks::Announce => {
            let body = CodeAnnouncement { code_id: code_id(b"announced"), unit: None };
            device.sign("POST", "/v1/enrolment-codes", json(&body), now)
        }
        Asks::Enrol => {
            announce_for(world, b"for anyone").await;
            enrolment(device, b"for anyone")
        }
        Asks::ListEnrolments => device.sign("GET", "/v1/enrolments", Vec::new(), now),
        Asks::Publish => {
            let body = json(&publish::usual(world, 1));
            device.sign("PUT", "/v1/releases", body, now)
        }
        Asks::Withdraw => {
            lay(world, 2).await;
            device.sign("POST", "/v1/withdrawals", json(&Withdrawal { version: CURRENT, number: 2 }), now)
        }
        Asks::OpenShelf => {
            lay(world, 3).await;
            get(&path(&publish::LINK))
        }
        Asks::ReadShelf => {
            lay(world, 3).await;
            publish::form(publish::LINK, &format!("password={}", publish::PASSWORD))
        }
        Asks::Health => device.sign("GET", "/v1/health", Vec::new(), now),
        Asks::Description => device.sign("GET", "/openapi.json", Vec::new(), now),
    }
}

/// The coordinator publishes a release.
async fn lay(world: &World, number: u32) {
    let answer = world.signed(&world.coordinator, "PUT", "/v1/releases", &publish::usual(world, number)).await;
    assert_eq!(answer.status, 204);
}

fn json(body: &impl serde::Serialize) -> Vec<u8> {
    serde_json::to_vec(body).unwrap()
}

#[tokio::test]
async fn matrix_holds_for_every_call_role_and_state() {
    let mut cells = 0;
    for stands in STANDS {
        for role in Role::ALL {
            let mut world = World::new().await;
            let mut device = subject(&mut world, *role, stands).await;
            for (asks, _, _) in ASKS {
                let request = request(&world, &mut device, asks, stands).await;
                let answer = world.call(request).await;
                let outcome = match answer.status.is_success() {
                    true => Ok(()),
                    false => Err(answer.code()),
                };
                let cell = format!("{asks:?} by {role} that is {stands:?}");
                assert_eq!(outcome, expected(asks, *role, stands), "{cell}");
                if asks == Asks::PutManifest && outcome.is_ok() {
                    world.number += 1;
                }
                cells += 1;
            }
        }
    }
    assert_eq!(cells, STANDS.len() * Role::ALL.len() * ASKS.len());
}

#[tokio::test]
async fn matrix_leaves_out_no_call() {
    let asked: BTreeSet<_> = ASKS.iter().map(|(_, method, path)| (*method, *path)).collect();
    let table: BTreeSet<_> = TABLE.iter().map(|row| (row.method.name(), row.path)).collect();
    assert_eq!(asked, table);
}

#[tokio::test]
async fn unsigned_requests_read_nothing_and_change_nothing() {
    let world = World::new().await;
    for (asks, method, path) in ASKS {
        if matches!(
            asks,
            Asks::Health | Asks::Description | Asks::Enrol | Asks::Order | Asks::OpenShelf | Asks::ReadShelf
        ) {
            continue;
        }
        let path = path.replace("{stream}", "journal");
        let request = Request::builder()
            .method(method)
            .uri(path)
            .header("content-type", "application/json")
            .body(Body::from("{}"))
            .unwrap();
        let code = world.call(request).await.code();
        let is_refused = match asks {
            // Its signature is in the body, which is not there.
            Asks::Push | Asks::ConfirmWipe => code == RefusalCode::Malformed,
            _ => code == RefusalCode::BadSignature,
        };
        assert!(is_refused, "{asks:?}: {code}");
    }
}
