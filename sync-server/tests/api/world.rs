//! A programme on a server: an admin's desk, a coordinator's, two units with their phones.

use crate::place::Place;
use axum::Router;
use axum::body::Body;
use axum::http::{Request, StatusCode};
use chrono::{DateTime, Duration, TimeZone, Utc};
use data_encoding::{BASE64URL_NOPAD, HEXLOWER};
use domain::sync::auth::{CREATED_HEADER, DEVICE_HEADER, NONCE_HEADER, SIGNATURE_HEADER, request_message};
use domain::sync::chain::{Bytes, Digest, genesis, head_message, link};
use domain::sync::error::{RefusalCode, Refused};
use domain::sync::manifest::{DeviceStatus, Keyring, Manifest, ManifestDevice, Role, SignedManifest, manifest_message};
use domain::sync::push::{Batch, SealedOperation};
use domain::sync::receipt::{Receipt, SignedReceipt};
use domain::sync::succession::{Succession, succession_message};
use domain::sync::version::CURRENT;
use domain::sync::wipe::{WipeConfirmation, confirmation_message, order_message};
use domain::sync::{DeviceId, ProgrammeId, Stream, UnitId};
use http_body_util::BodyExt;
use ring::rand::SystemRandom;
use ring::signature::{Ed25519KeyPair, KeyPair};
use serde::de::DeserializeOwned;
use std::sync::{Arc, Mutex};
use tower::ServiceExt;
use uscita_server::{AdminKey, Clock, Config, ServerState, router};
use uuid::Uuid;

/// A new Ed25519 key.
pub fn new_key() -> Ed25519KeyPair {
    let document = Ed25519KeyPair::generate_pkcs8(&SystemRandom::new()).unwrap();
    Ed25519KeyPair::from_pkcs8(document.as_ref()).unwrap()
}

/// A device with its key and its own log.
pub struct Device {
    pub id: DeviceId,
    pub key: Ed25519KeyPair,
    pub unit: Option<UnitId>,
    pub role: Role,
    pub status: DeviceStatus,
    pub sequence: u64,
    pub head: Digest,
}

impl Device {
    pub fn new(role: Role, unit: Option<&str>) -> Self {
        let id = DeviceId(Uuid::new_v4());
        Self {
            id,
            key: new_key(),
            unit: unit.map(UnitId::new),
            role,
            status: DeviceStatus::Active,
            sequence: 0,
            head: genesis(id),
        }
    }

    pub fn public_key(&self) -> Bytes {
        Bytes(self.key.public_key().as_ref().to_vec())
    }

    /// The device's word that its keys are gone.
    pub fn confirms_wipe(&self) -> WipeConfirmation {
        let signature = Bytes(self.key.sign(&confirmation_message(self.id)).as_ref().to_vec());
        WipeConfirmation { version: CURRENT, device: self.id, signature }
    }

    /// The unit a batch of this device names.
    pub fn names_unit(&self) -> UnitId {
        self.unit.clone().unwrap_or_else(|| UnitId::new("desk"))
    }

    /// Saves operations and signs them as a batch.
    pub fn batch(&mut self, contents: &[(Stream, Vec<u8>)]) -> Batch {
        let previous = self.head;
        let operations: Vec<_> = contents
            .iter()
            .map(|(stream, sealed)| {
                self.sequence += 1;
                self.head = link(self.head, self.sequence, *stream, Digest::of(sealed));
                let message = head_message(self.id, self.sequence, self.head);
                let signature = Bytes(self.key.sign(&message).as_ref().to_vec());
                SealedOperation { sequence: self.sequence, stream: *stream, sealed: Bytes(sealed.clone()), signature }
            })
            .collect();
        Batch { version: CURRENT, unit: self.names_unit(), device: self.id, previous, operations, head: self.head }
    }

    /// As [`Device::batch`], with small journal operations that tell their number.
    pub fn journal(&mut self, count: usize) -> Batch {
        let contents: Vec<_> = (1..=count as u64).map(|n| (Stream::Journal, sealed(self.sequence + n))).collect();
        self.batch(&contents)
    }

    /// Signs a request in its headers.
    pub fn sign(&self, method: &str, target: &str, body: Vec<u8>, created: DateTime<Utc>) -> Request<Body> {
        let nonce = *Uuid::new_v4().as_bytes();
        let created = created.timestamp();
        let message = request_message(method, target, &body, self.id, created, &nonce);
        let signature = self.key.sign(&message);
        Request::builder()
            .method(method)
            .uri(target)
            .header("content-type", "application/json")
            .header(DEVICE_HEADER, self.id.to_string())
            .header(CREATED_HEADER, created.to_string())
            .header(NONCE_HEADER, HEXLOWER.encode(&nonce))
            .header(SIGNATURE_HEADER, BASE64URL_NOPAD.encode(signature.as_ref()))
            .body(Body::from(body))
            .unwrap()
    }

    fn entry(&self, admin_key: &Ed25519KeyPair) -> ManifestDevice {
        let order = || Bytes(admin_key.sign(&order_message(self.id)).as_ref().to_vec());
        ManifestDevice {
            id: self.id,
            unit: self.unit.clone(),
            role: self.role,
            signing_key: self.public_key(),
            recipient: "age1test".to_owned(),
            status: self.status,
            enrolled_on: start().date_naive(),
            wipe_order: (self.status == DeviceStatus::Wipe).then(order),
            vouched: Vec::new(),
        }
    }
}

/// 512 bytes as they would come from sealing.
pub fn sealed(n: u64) -> Vec<u8> {
    n.to_be_bytes().repeat(64)
}

/// When the tests begin.
pub fn start() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 3, 14, 2, 30, 0).unwrap()
}

/// A named change that makes something wrong.
pub type Edit<T> = (&'static str, fn(&mut T));

/// An answer, read whole.
#[derive(Debug)]
pub struct Answer {
    pub status: StatusCode,
    pub headers: axum::http::HeaderMap,
    pub body: Vec<u8>,
}

impl Answer {
    pub fn json<T: DeserializeOwned>(&self) -> T {
        assert!(self.status.is_success(), "{:?}", self.refused());
        serde_json::from_slice(&self.body).unwrap()
    }

    pub fn refused(&self) -> Refused {
        let refused: Refused =
            serde_json::from_slice(&self.body).unwrap_or_else(|_| panic!("{} without a code", self.status));
        assert_eq!(refused.code.status(), self.status.as_u16());
        refused
    }

    pub fn code(&self) -> RefusalCode {
        self.refused().code
    }
}

/// Phones that send.
#[derive(Clone, Copy)]
pub enum Who {
    Member,
    Lead,
    OtherMember,
}

/// The server and who takes part.
pub struct World {
    pub place: Place,
    pub folder: tempfile::TempDir,
    pub now: Arc<Mutex<DateTime<Utc>>>,
    pub admin_key: Ed25519KeyPair,
    /// How it came to be the admin's.
    pub succession: Vec<Succession>,
    pub config: Config,
    pub state: Option<ServerState>,
    pub number: u64,
    pub admin: Device,
    pub coordinator: Device,
    pub lead: Device,
    pub member: Device,
    pub other_lead: Device,
    pub other_member: Device,
}

impl World {
    /// A server on which no manifest was ever put.
    pub fn empty() -> Self {
        Self::at(Place::new())
    }

    /// The same, in this place.
    pub fn at(place: Place) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let admin_key = new_key();
        let config = Config {
            data: folder.path().join("data"),
            admin_key: AdminKey(admin_key.public_key().as_ref().try_into().unwrap()),
            programme: ProgrammeId(Uuid::from_u128(7)),
        };
        let mut world = Self {
            place,
            folder,
            now: Arc::new(Mutex::new(start())),
            admin_key,
            succession: Vec::new(),
            config,
            state: None,
            number: 0,
            admin: Device::new(Role::Admin, None),
            coordinator: Device::new(Role::Coordinator, None),
            lead: Device::new(Role::Lead, Some("U1")),
            member: Device::new(Role::Member, Some("U1")),
            other_lead: Device::new(Role::Lead, Some("U2")),
            other_member: Device::new(Role::Member, Some("U2")),
        };
        world.open();
        world
    }

    /// A server with everybody on the manifest.
    pub async fn new() -> Self {
        let mut world = Self::empty();
        world.put_manifest().await;
        world
    }

    pub fn open(&mut self) {
        self.state = Some(self.place.open(&self.config, self.clock()).unwrap());
    }

    /// Ends the server and starts it on the same files.
    pub fn restart(&mut self) {
        self.state = None;
        self.open();
    }

    pub fn clock(&self) -> Clock {
        let now = Arc::clone(&self.now);
        Arc::new(move || *now.lock().unwrap())
    }

    pub fn state(&self) -> ServerState {
        self.state.clone().unwrap()
    }

    pub fn router(&self) -> Router {
        router(self.state())
    }

    pub fn now(&self) -> DateTime<Utc> {
        *self.now.lock().unwrap()
    }

    pub fn pass(&self, time: Duration) {
        *self.now.lock().unwrap() += time;
    }

    pub fn devices(&self) -> [&Device; 6] {
        [&self.admin, &self.coordinator, &self.lead, &self.member, &self.other_lead, &self.other_member]
    }

    /// The next manifest with all devices as they stand, and these.
    pub fn next_manifest(&self, more: &[&Device]) -> Manifest {
        let devices = self.devices();
        Manifest {
            version: CURRENT,
            programme: self.config.programme,
            number: self.number + 1,
            issued_at: self.now(),
            expires_at: self.now() + Duration::days(30),
            admin_key: Bytes(self.admin_key.public_key().as_ref().to_vec()),
            server_key: self.state().server_key(),
            recovery_recipient: "age1recovery".to_owned(),
            former_recovery: Vec::new(),
            succession: self.succession.clone(),
            devices: devices.iter().chain(more).map(|device| device.entry(&self.admin_key)).collect(),
            sealed: Bytes(b"sealed configuration".to_vec()),
            sealed_for_staff: Bytes::default(),
            keyring: Keyring::default(),
        }
    }

    pub fn sign_manifest(&self, manifest: &Manifest) -> SignedManifest {
        let manifest = serde_json::to_vec(manifest).unwrap();
        let signature = self.admin_key.sign(&manifest_message(&manifest));
        SignedManifest { signature: Bytes(signature.as_ref().to_vec()), manifest: Bytes(manifest) }
    }

    /// From the next manifest on the admin has another key. Gives the one of before.
    pub fn change_admin_key(&mut self) -> Ed25519KeyPair {
        let former = std::mem::replace(&mut self.admin_key, new_key());
        self.succession.push(names(self.number + 1, &former, &former, &self.admin_key));
        former
    }

    /// Signs and puts the next manifest.
    pub async fn put_manifest(&mut self) {
        self.put_manifest_with(&[]).await;
    }

    pub async fn put_manifest_with(&mut self, more: &[&Device]) {
        let signed = self.sign_manifest(&self.next_manifest(more));
        let answer = self.signed(&self.admin, "PUT", "/v1/manifest", &signed).await;
        assert_eq!(answer.status, 204, "{answer:?}");
        self.number += 1;
    }

    pub async fn call(&self, request: Request<Body>) -> Answer {
        ask(self.router(), request).await
    }

    pub async fn get(&self, device: &Device, target: &str) -> Answer {
        self.call(device.sign("GET", target, Vec::new(), self.now())).await
    }

    pub async fn signed(&self, device: &Device, method: &str, target: &str, body: &impl serde::Serialize) -> Answer {
        let body = serde_json::to_vec(body).unwrap();
        self.call(device.sign(method, target, body, self.now())).await
    }

    pub async fn push(&self, batch: &Batch) -> Answer {
        self.call(post("/v1/batches", batch)).await
    }

    /// Saves and sends small journal operations.
    pub async fn send(&mut self, who: Who, count: usize) -> Answer {
        let device = match who {
            Who::Member => &mut self.member,
            Who::Lead => &mut self.lead,
            Who::OtherMember => &mut self.other_member,
        };
        let batch = device.journal(count);
        self.push(&batch).await
    }

    /// Opens a receipt under the server's key.
    pub fn receipt(&self, answer: &Answer) -> Receipt {
        answer.json::<SignedReceipt>().verify(&self.state().server_key().0).unwrap()
    }

    pub async fn read_receipt(&self, device: &Device) -> Receipt {
        self.receipt(&self.get(device, "/v1/receipt").await)
    }
}

/// What one key says of two others.
pub fn names(number: u64, signer: &Ed25519KeyPair, from: &Ed25519KeyPair, to: &Ed25519KeyPair) -> Succession {
    let (from, to) = (from.public_key().as_ref(), to.public_key().as_ref());
    let signature = signer.sign(&succession_message(number, from, to));
    Succession {
        number,
        from: Bytes(from.to_vec()),
        to: Bytes(to.to_vec()),
        signature: Bytes(signature.as_ref().to_vec()),
    }
}

/// An unsigned question.
pub fn get(target: &str) -> Request<Body> {
    Request::builder().uri(target).body(Body::empty()).unwrap()
}

/// An unsigned JSON request.
pub fn post(target: &str, body: &impl serde::Serialize) -> Request<Body> {
    Request::builder()
        .method("POST")
        .uri(target)
        .header("content-type", "application/json")
        .body(Body::from(serde_json::to_vec(body).unwrap()))
        .unwrap()
}

pub async fn ask(router: Router, request: Request<Body>) -> Answer {
    let response = router.oneshot(request).await.unwrap();
    let (parts, body) = response.into_parts();
    Answer { status: parts.status, headers: parts.headers, body: body.collect().await.unwrap().to_bytes().to_vec() }
}
