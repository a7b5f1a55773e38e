//! Putting what is good where the form was right: so that the questions reach what lies behind the signatures.

use crate::askers::{Asker, Inner};
use crate::random::Random;
use crate::shelf::Shelves;
use crate::world::Device;
use axum::body::Bytes;
use axum::http::request::Parts;
use domain::sync::DeviceId;
use domain::sync::chain::{self, Digest, genesis, head_message, link};
use domain::sync::enrol::{CodeAnnouncement, EnrolmentRequest};
use domain::sync::error::{RefusalCode, Refused};
use domain::sync::manifest::SignedManifest;
use domain::sync::pull::{Acknowledgement, HeldLog};
use domain::sync::push::Batch;
use domain::sync::quarantine::QuarantineDecision;
use domain::sync::receipt::SignedReceipt;
use domain::sync::turn::{ReceiptPart, Turn, TurnAnswer};
use domain::sync::version::CURRENT;
use domain::sync::wipe::WipeConfirmation;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

/// Highest number of a quarantined batch that a decision names.
const THROUGH: u64 = 50;

/// What is known of the programme besides its devices.
pub struct Dresser {
    pub random: Random,
    /// What is known of the recipients' shelves.
    pub shelves: Shelves,
    /// Codes that were announced and not used.
    codes: Vec<Digest>,
    /// The number of the manifest that was offered last.
    offered: u64,
}

impl Dresser {
    /// Nothing yet.
    pub const fn new(random: Random) -> Self {
        Self { random, shelves: Shelves::new(), codes: Vec::new(), offered: 0 }
    }
}

impl Inner {
    /// The body to send instead; one time in four, and where the form is wrong, it stays as it came.
    pub fn dress(&mut self, asker: Asker, call: &str, parts: &mut Parts, body: Bytes) -> Bytes {
        if self.dresser.random.percent(25) {
            return body;
        }
        let dressed = match call {
            "POST /v1/batches" => self.dress_batch(asker, &body),
            "POST /v1/turns" => self.dress_turn(asker, &body),
            "PUT /v1/manifest" => self.dress_manifest(&body),
            "POST /v1/enrolments" => self.dress_enrolment(&body),
            "POST /v1/acknowledgements" => self.dress_acknowledgement(&body),
            "POST /v1/quarantine" => self.dress_decision(&body),
            "POST /v1/wipes" => self.dress_confirmation(asker, &body),
            "PUT /v1/releases" => self.dress_release(asker, &body),
            "POST /v1/withdrawals" => self.dress_withdrawal(&body),
            "POST /r/{link}" => Some(self.dress_reading(parts)),
            "GET /r/{link}" => {
                self.dress_door(parts);
                None
            }
            "GET /v1/orders/{device}" => {
                self.dress_order(parts);
                None
            }
            _ => None,
        };
        dressed.unwrap_or(body)
    }

    fn dress_batch(&mut self, asker: Asker, body: &[u8]) -> Option<Bytes> {
        let mut batch: Batch = read(body)?;
        self.dress_operations(asker, &mut batch)?;
        write(&batch)
    }

    fn dress_turn(&mut self, asker: Asker, body: &[u8]) -> Option<Bytes> {
        let mut turn: Turn = read(body)?;
        turn.version = CURRENT;
        if let Some(batch) = &mut turn.batch {
            self.dress_operations(asker, batch)?;
        }
        write(&turn)
    }

    /// The operations as the device would have saved them: next, again, or after a gap.
    fn dress_operations(&mut self, asker: Asker, batch: &mut Batch) -> Option<()> {
        let kind = self.dresser.random.below(10);
        let device = self.device(asker)?;
        batch.device = device.id;
        batch.version = CURRENT;
        if kind > 0 {
            batch.unit = device.names_unit();
        }
        let (before, previous) = match kind {
            1 => (0, genesis(device.id)),
            2 => (device.sequence + 5, device.head),
            3 => ((i64::MAX - 3) as u64, device.head),
            _ => (device.sequence, device.head),
        };
        batch.previous = previous;
        batch.head = previous;
        for (operation, sequence) in batch.operations.iter_mut().zip(before + 1..) {
            operation.sequence = sequence;
            batch.head = link(batch.head, sequence, operation.stream, Digest::of(&operation.sealed.0));
            operation.signature = sign(device, &head_message(device.id, sequence, batch.head));
        }
        Some(())
    }

    /// The next manifest with one value that is odd, or whatever came, under the admin's signature.
    fn dress_manifest(&mut self, body: &[u8]) -> Option<Bytes> {
        let came: SignedManifest = read(body)?;
        let next = self.world.next_manifest(&[]);
        self.dresser.offered = next.number;
        let manifest = match self.dresser.random.below(4) {
            0 => came.manifest.0,
            1 => serde_json::to_vec(&next).ok()?,
            _ => {
                let mut value = serde_json::to_value(&next).ok()?;
                self.spoil(&mut value);
                // Nobody could put another one in force after the highest.
                if let Some(fields) = value.as_object_mut() {
                    fields.insert("number".to_owned(), next.number.into());
                }
                serde_json::to_vec(&value).ok()?
            }
        };
        let message = domain::sync::manifest::manifest_message(&manifest);
        let signature = chain::Bytes(self.world.admin_key.sign(&message).as_ref().to_vec());
        write(&SignedManifest { manifest: chain::Bytes(manifest), signature })
    }

    /// Replaces one value somewhere inside.
    pub fn spoil(&mut self, value: &mut Value) {
        let random = &mut self.dresser.random;
        let deeper = random.percent(80);
        match value {
            Value::Object(fields) if deeper && !fields.is_empty() => {
                let place = random.below(fields.len());
                if let Some((_, field)) = fields.iter_mut().nth(place) {
                    self.spoil(field);
                }
            }
            Value::Array(items) if deeper && !items.is_empty() => {
                let place = random.below(items.len());
                if let Some(item) = items.get_mut(place) {
                    self.spoil(item);
                }
            }
            _ => {
                let odd = [
                    json!(null),
                    json!(""),
                    json!("\u{0}"),
                    json!("A".repeat(20_000)),
                    json!(0),
                    json!(-1),
                    json!(u64::MAX),
                    json!(1.5),
                    json!([]),
                    json!({}),
                    json!("9999-12-31"),
                    json!("9999-12-31T23:59:59Z"),
                ];
                *value = random.pick(&odd).clone();
            }
        }
    }

    /// With a code that was announced.
    fn dress_enrolment(&mut self, body: &[u8]) -> Option<Bytes> {
        let mut request: EnrolmentRequest = read(body)?;
        request.code_id = self.dresser.codes.pop()?;
        request.version = CURRENT;
        request.keys.signing_key = self.stranger.public_key();
        request.keys.recipient = format!("age1{}", request.keys.recipient.chars().take(60).collect::<String>());
        request.mac = chain::Bytes(vec![7; 32]);
        write(&request)
    }

    /// Of devices that there are; sometimes with a number or a head that is wrong.
    fn dress_acknowledgement(&mut self, body: &[u8]) -> Option<Bytes> {
        let mut held: Acknowledgement = read(body)?;
        for (entry, device) in held.held.iter_mut().zip(self.world.devices()) {
            *entry = match self.dresser.random.below(4) {
                0 => HeldLog { device: device.id, ..*entry },
                1 => HeldLog { device: device.id, head: device.head, ..*entry },
                _ => HeldLog { device: device.id, through: device.sequence, head: device.head },
            };
        }
        write(&held)
    }

    /// About a device that has something in quarantine.
    fn dress_decision(&mut self, body: &[u8]) -> Option<Bytes> {
        let mut decision: QuarantineDecision = read(body)?;
        decision.device = self.world.other_member.id;
        decision.version = CURRENT;
        if self.dresser.random.percent(80) {
            decision.through %= THROUGH;
        }
        write(&decision)
    }

    fn dress_confirmation(&mut self, asker: Asker, body: &[u8]) -> Option<Bytes> {
        let _: WipeConfirmation = read(body)?;
        write(&self.device(asker)?.confirms_wipe())
    }

    /// Of the device that is to be wiped.
    fn dress_order(&self, parts: &mut Parts) {
        let is_device = |id: &str| id.parse::<DeviceId>().is_ok();
        if parts.uri.path().rsplit('/').next().is_some_and(is_device)
            && let Ok(uri) = format!("/v1/orders/{}", self.world.other_lead.id).parse()
        {
            parts.uri = uri;
        }
    }

    /// Takes note of what was done. Whether the manifest must be put right again.
    pub fn learn(&mut self, asker: Asker, call: &str, status: u16, sent: &[u8], answer: &[u8]) -> bool {
        match (call, status) {
            ("POST /v1/batches" | "GET /v1/receipt", 200) => {
                if let Some(signed) = read(answer) {
                    self.learn_receipt(asker, &signed);
                }
                false
            }
            ("POST /v1/turns", 200) => match read(answer).map(|turn: TurnAnswer| turn.receipt) {
                Some(ReceiptPart::Done(signed)) => {
                    self.learn_receipt(asker, &signed);
                    false
                }
                Some(ReceiptPart::Refused(refused)) => refused.code == RefusalCode::Fork && self.replace(asker),
                None => false,
            },
            ("POST /v1/batches", 409) => {
                let is_fork = read::<Refused>(answer).is_some_and(|refused| refused.code == RefusalCode::Fork);
                is_fork && self.replace(asker)
            }
            ("POST /v1/enrolment-codes", 204) => {
                self.dresser.codes.extend(read::<CodeAnnouncement>(sent).map(|code| code.code_id));
                false
            }
            ("POST /r/{link}", 200) => {
                self.learn_page(answer);
                false
            }
            ("PUT /v1/manifest", 204) => {
                self.world.number = self.world.number.max(self.dresser.offered);
                true
            }
            _ => false,
        }
    }

    /// A device whose log has forked is enrolled again under a new id.
    fn replace(&mut self, asker: Asker) -> bool {
        let Some(device) = self.device(asker) else { return false };
        let unit = device.unit.as_ref().map(ToString::to_string);
        let status = device.status;
        *device = Device::new(device.role, unit.as_deref());
        device.status = status;
        true
    }

    fn learn_receipt(&mut self, asker: Asker, signed: &SignedReceipt) {
        if let Ok(receipt) = signed.verify(&self.world.state().server_key().0)
            && let Some(device) = self.device(asker)
        {
            (device.sequence, device.head) = (receipt.stored, receipt.head);
        }
    }
}

fn sign(device: &Device, message: &[u8]) -> chain::Bytes {
    chain::Bytes(device.key.sign(message).as_ref().to_vec())
}

fn read<T: DeserializeOwned>(body: &[u8]) -> Option<T> {
    serde_json::from_slice(body).ok()
}

fn write(value: &impl Serialize) -> Option<Bytes> {
    serde_json::to_vec(value).ok().map(Bytes::from)
}
