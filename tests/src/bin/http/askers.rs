//! Who asks: one port for each kind, with a layer that signs.

use crate::dress::Dresser;
use crate::place::Place;
use crate::random::Random;
use crate::report::Tally;
use crate::world::{Device, World};
use anyhow::Result;
use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{MatchedPath, Request, State};
use axum::http::header::CONTENT_LENGTH;
use axum::http::request::Parts;
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use chrono::Duration;
use domain::sync::manifest::{DeviceStatus, Role};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::net::TcpListener;
use uscita_server::{Front, router, serve};

/// Bytes of a request that are read here: more than the server takes.
const MOST_BYTES: usize = 4 * 1024 * 1024;

/// A kind of asker.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Asker {
    /// Signs nothing.
    Nobody,
    /// Signs with a key that nobody knows.
    Stranger,
    Member,
    Lead,
    Coordinator,
    Admin,
    Revoked,
    /// Is to be wiped.
    Wiped,
}

/// All of them.
pub const ASKERS: [Asker; 8] = [
    Asker::Nobody,
    Asker::Member,
    Asker::Coordinator,
    Asker::Revoked,
    Asker::Stranger,
    Asker::Lead,
    Asker::Admin,
    Asker::Wiped,
];

/// The server with everybody who asks it.
pub struct Stage {
    /// Held for as long as a request is made ready, and never while it is answered.
    inner: Mutex<Inner>,
    router: axum::Router,
}

/// What changes from request to request.
pub struct Inner {
    pub world: World,
    pub stranger: Device,
    pub dresser: Dresser,
    asked: BTreeMap<Asker, u64>,
    tally: Tally,
}

impl Stage {
    /// A programme with everybody on the manifest, one revoked and one to be wiped.
    pub async fn open(place: Place, seed: u64) -> Arc<Self> {
        let mut world = World::at(place);
        world.other_member.status = DeviceStatus::Revoked;
        world.other_lead.status = DeviceStatus::Wipe;
        world.put_manifest().await;
        let router = router(world.state());
        let inner = Inner {
            world,
            stranger: Device::new(Role::Member, Some("U1")),
            dresser: Dresser::new(Random::new(seed)),
            asked: BTreeMap::new(),
            tally: Tally::default(),
        };
        Arc::new(Self { inner: Mutex::new(inner), router })
    }

    /// Opens a port for every asker, for as long as the runtime lives.
    ///
    /// # Errors
    /// If the system gives no port.
    pub async fn serve(self: &Arc<Self>) -> Result<Vec<u16>> {
        let mut ports = Vec::new();
        for asker in ASKERS {
            let listener = TcpListener::bind("127.0.0.1:0").await?;
            ports.push(listener.local_addr()?.port());
            let router = self.router.clone().layer(from_fn_with_state((Arc::clone(self), asker), pass));
            tokio::spawn(serve::attend(listener, Front::default(), router, std::future::pending()));
        }
        Ok(ports)
    }

    /// How often this one has asked.
    pub fn asked(&self, asker: Asker) -> u64 {
        self.inner().asked.get(&asker).copied().unwrap_or_default()
    }

    /// Everything that was answered.
    pub fn tally(&self) -> Tally {
        self.inner().tally.clone()
    }

    fn inner(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Makes a request ready, hands it on, and takes note of the answer.
async fn pass(State((stage, asker)): State<(Arc<Stage>, Asker)>, request: Request, next: Next) -> Response {
    let (mut parts, body) = request.into_parts();
    let Ok(body) = to_bytes(body, MOST_BYTES).await else {
        return axum::http::StatusCode::BAD_REQUEST.into_response();
    };
    let path = parts.extensions.get::<MatchedPath>().map(|path| path.as_str().to_owned());
    let call = format!("{} {}", parts.method, path.as_deref().unwrap_or("elsewhere"));
    let body = stage.inner().make_ready(asker, &call, &mut parts, body);
    let shown = format!("{asker:?} {} {}", parts.method, parts.uri);
    let response = next.run(Request::from_parts(parts, Body::from(body.clone()))).await;
    let (head, answer) = response.into_parts();
    let Ok(answer) = to_bytes(answer, usize::MAX).await else {
        return axum::http::StatusCode::BAD_GATEWAY.into_response();
    };
    let amends = {
        let mut inner = stage.inner();
        let status = head.status.as_u16();
        *inner.asked.entry(asker).or_default() += 1;
        inner.tally.count(call.clone(), status, || format!("{status} {shown} {}", String::from_utf8_lossy(&body)));
        inner.learn(asker, &call, status, &body, &answer)
    };
    if amends {
        let request = stage.inner().next_manifest();
        drop(tower::ServiceExt::oneshot(stage.router.clone(), request).await);
    }
    let is_description = asker != Asker::Nobody && call == "GET /openapi.json";
    Response::from_parts(head, Body::from(if is_description { without_signatures(&answer) } else { answer }))
}

/// The description for somebody whose requests are signed on the way: no call needs a signature of his own.
fn without_signatures(description: &[u8]) -> Bytes {
    let mut document: serde_json::Value = serde_json::from_slice(description).unwrap_or_default();
    let paths = document.get_mut("paths").and_then(|paths| paths.as_object_mut());
    for call in paths.into_iter().flatten().filter_map(|(_, path)| path.as_object_mut()).flatten() {
        if let Some(call) = call.1.as_object_mut() {
            call.remove("security");
        }
    }
    Bytes::from(document.to_string())
}

impl Inner {
    /// The device that asks; none signs for nobody.
    pub fn device(&mut self, asker: Asker) -> Option<&mut Device> {
        match asker {
            Asker::Nobody => None,
            Asker::Stranger => Some(&mut self.stranger),
            Asker::Member => Some(&mut self.world.member),
            Asker::Lead => Some(&mut self.world.lead),
            Asker::Coordinator => Some(&mut self.world.coordinator),
            Asker::Admin => Some(&mut self.world.admin),
            Asker::Revoked => Some(&mut self.world.other_member),
            Asker::Wiped => Some(&mut self.world.other_lead),
        }
    }

    /// Dresses and signs a request. A second passes, so that nobody asks too fast.
    fn make_ready(&mut self, asker: Asker, call: &str, parts: &mut Parts, body: Bytes) -> Bytes {
        self.world.pass(Duration::seconds(1));
        let body = self.dress(asker, call, parts, body);
        if parts.headers.contains_key(CONTENT_LENGTH) {
            parts.headers.insert(CONTENT_LENGTH, body.len().into());
        }
        let now = self.world.now();
        let target = parts.uri.path_and_query().map_or("/", |target| target.as_str()).to_owned();
        let method = parts.method.clone();
        if let Some(device) = self.device(asker) {
            let signed = device.sign(method.as_str(), &target, body.to_vec(), now);
            for (name, value) in signed.headers().iter().filter(|(name, _)| name.as_str().starts_with("uscita-")) {
                parts.headers.insert(name, value.clone());
            }
        }
        body
    }

    /// The manifest as it should be, signed by the admin.
    fn next_manifest(&mut self) -> Request {
        let signed = self.world.sign_manifest(&self.world.next_manifest(&[]));
        self.world.number += 1;
        let body = serde_json::to_vec(&signed).unwrap_or_default();
        self.world.admin.sign("PUT", "/v1/manifest", body, self.world.now())
    }
}
