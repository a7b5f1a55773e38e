//! One example of every message, made of fixed values.

use chrono::{DateTime, NaiveDate, Utc};
use domain::ids::{DeviceId, OutingId, ProgrammeId, UnitId};
use domain::sync::audit::{AuditHead, AuditKind, Note, origin};
use domain::sync::chain::{Bytes, Digest, genesis, head_message, link};
use domain::sync::enrol::{
    CodeAnnouncement, DeviceKeys, EnrolmentRequest, Invitation, PendingEnrolment, PendingEnrolments, code_id,
    enrolment_mac,
};
use domain::sync::error::{RefusalCode, Refused};
use domain::sync::file::NightFile;
use domain::sync::manifest::{
    DeviceStatus, FormerRecovery, Keyring, Manifest, ManifestDevice, Role, SignedManifest, manifest_message,
};
use domain::sync::pull::{Acknowledgement, Cursor, Envelope, HeldLog, Page};
use domain::sync::push::{Batch, SealedOperation};
use domain::sync::quarantine::{
    DecisionOutcome, Quarantine, QuarantineDecision, QuarantineReason, QuarantineVerdict, QuarantinedBatch,
};
use domain::sync::receipt::{Receipt, RefusedOperation, SignedReceipt, receipt_message};
use domain::sync::standing::{DeviceStanding, DeviceStandings};
use domain::sync::succession::{Succession, succession_message};
use domain::sync::turn::{PagePart, Read, ReceiptPart, Turn, TurnAnswer};
use domain::sync::version::CURRENT;
use domain::sync::vouch::Vouch;
use domain::sync::wipe::{WipeConfirmation, WipeOrder, confirmation_message, order_message};
use domain::sync::{Health, Stream};
use ring::signature::{Ed25519KeyPair, KeyPair};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use uuid::Uuid;

/// A message as it is written now, and what reads it and writes it again.
pub struct Message {
    pub name: &'static str,
    pub bytes: Vec<u8>,
    pub rewrite: fn(&[u8]) -> serde_json::Result<Vec<u8>>,
    /// It has one form in bytes, and no place for what is not known.
    pub is_canonical: bool,
}

pub fn message<T: Serialize + DeserializeOwned>(name: &'static str, value: &T) -> Message {
    fn rewrite<T: Serialize + DeserializeOwned>(bytes: &[u8]) -> serde_json::Result<Vec<u8>> {
        serde_json::to_vec(&serde_json::from_slice::<T>(bytes)?)
    }
    Message { name, bytes: serde_json::to_vec(value).unwrap(), rewrite: rewrite::<T>, is_canonical: false }
}

pub const PROGRAMME: ProgrammeId = ProgrammeId(Uuid::from_u128(0x0195_0000_0000_7000_8000_0000_0000_0001));
pub const DEVICE: DeviceId = DeviceId(Uuid::from_u128(0x6f1d_0000_0000_4000_8000_0000_0000_0002));
pub const DESK: DeviceId = DeviceId(Uuid::from_u128(0x6f1d_0000_0000_4000_8000_0000_0000_0003));
pub const SECRET: &[u8] = b"0123456789";

/// 1 of the device, 2 of the admin, 3 of the server.
pub fn key(seed: u8) -> Ed25519KeyPair {
    Ed25519KeyPair::from_seed_unchecked(&[seed; 32]).unwrap()
}

pub fn public(seed: u8) -> Bytes {
    Bytes(key(seed).public_key().as_ref().to_vec())
}

pub fn sign(seed: u8, message: &[u8]) -> Bytes {
    Bytes(key(seed).sign(message).as_ref().to_vec())
}

fn at() -> DateTime<Utc> {
    DateTime::from_timestamp(1_773_455_400, 250_000_000).unwrap()
}

pub fn day() -> NaiveDate {
    at().date_naive()
}

pub fn batch() -> Batch {
    let mut head = genesis(DEVICE);
    let mut operation = |sequence: u64, stream: Stream| {
        let sealed = vec![u8::try_from(sequence).unwrap(); 24];
        head = link(head, sequence, stream, Digest::of(&sealed));
        let signature = sign(1, &head_message(DEVICE, sequence, head));
        SealedOperation { sequence, stream, sealed: Bytes(sealed), signature }
    };
    let operations = vec![operation(1, Stream::Journal), operation(2, Stream::NightLog)];
    Batch { version: CURRENT, unit: UnitId::new("BS-U1"), device: DEVICE, previous: genesis(DEVICE), operations, head }
}

fn page() -> Page {
    let batch = batch();
    let mut previous = batch.previous;
    let mut envelope = |operation: &SealedOperation, cursor: u64| {
        let chain = link(previous, operation.sequence, operation.stream, Digest::of(&operation.sealed.0));
        let (unit, operation) = (batch.unit.clone(), operation.clone());
        let envelope =
            Envelope { cursor: Cursor(cursor), unit, device: DEVICE, operation, previous, chain, refused: None };
        previous = chain;
        envelope
    };
    let mut envelopes = vec![
        envelope(&batch.operations[0], 1_773_455_400_000_001),
        envelope(&batch.operations[1], 1_773_455_400_000_002),
    ];
    envelopes[1].operation.sealed = Bytes::default();
    envelopes[1].refused = Some(RefusalCode::TooLarge);
    Page { next: envelopes[1].cursor, more: true, envelopes }
}

fn audit() -> AuditHead {
    Note::new(day(), AuditKind::Manifest).by(DESK).with(3).follow(origin(PROGRAMME)).place
}

fn receipt() -> Receipt {
    Receipt {
        version: CURRENT,
        device: DEVICE,
        stored: 4,
        head: batch().head,
        backed_up: 2,
        refused: vec![RefusedOperation { sequence: 2, code: RefusalCode::TooLarge }],
        epoch: 1_770_000_000,
        audit: audit(),
        at: at(),
    }
}

/// A receipt, maybe changed, and the key it is signed with.
pub fn signed_receipt(edit: Option<fn(Value) -> Value>) -> (SignedReceipt, Vec<u8>) {
    let bytes = match edit {
        None => serde_json::to_vec(&receipt()).unwrap(),
        Some(edit) => edit(serde_json::to_value(receipt()).unwrap()).to_string().into_bytes(),
    };
    let signature = sign(3, &receipt_message(&bytes));
    (SignedReceipt { receipt: Bytes(bytes), signature }, public(3).0)
}

fn manifest() -> Manifest {
    let device = |id, role, status, unit: Option<&str>| ManifestDevice {
        id,
        unit: unit.map(UnitId::new),
        role,
        signing_key: public(1),
        recipient: "age1example".to_owned(),
        status,
        enrolled_on: day(),
        wipe_order: None,
        vouched: Vec::new(),
    };
    let mut lost = device(DEVICE, Role::Lead, DeviceStatus::Wipe, Some("BS-U1"));
    lost.wipe_order = Some(sign(2, &order_message(DEVICE)));
    lost.vouched = vec![Vouch { through: 2, head: batch().head }];
    Manifest {
        version: CURRENT,
        programme: PROGRAMME,
        number: 3,
        issued_at: at(),
        expires_at: at() + chrono::Duration::days(30),
        admin_key: public(2),
        server_key: public(3),
        recovery_recipient: "age1recovery".to_owned(),
        former_recovery: Vec::new(),
        succession: Vec::new(),
        devices: vec![device(DESK, Role::Admin, DeviceStatus::Active, None), lost],
        sealed: Bytes(b"sealed for the devices".to_vec()),
        sealed_for_staff: Bytes::default(),
        keyring: Keyring::default(),
    }
}

/// The one after it, after a change of keys.
fn manifest_of_next_key() -> Manifest {
    let (number, from, to) = (4, public(2), public(4));
    let signature = sign(2, &succession_message(number, &from.0, &to.0));
    Manifest {
        number,
        admin_key: to.clone(),
        recovery_recipient: "age1nextrecovery".to_owned(),
        former_recovery: vec![FormerRecovery { recipient: "age1recovery".to_owned(), until: day() }],
        succession: vec![Succession { number, from, to, signature }],
        ..manifest()
    }
}

/// A manifest, maybe changed, and the key it is signed with.
pub fn signed_manifest(edit: Option<fn(Value) -> Value>) -> (SignedManifest, Vec<u8>) {
    let bytes = match edit {
        None => serde_json::to_vec(&manifest()).unwrap(),
        Some(edit) => edit(serde_json::to_value(manifest()).unwrap()).to_string().into_bytes(),
    };
    let signature = sign(2, &manifest_message(&bytes));
    (SignedManifest { manifest: Bytes(bytes), signature }, public(2).0)
}

pub fn keys() -> DeviceKeys {
    DeviceKeys { device: DEVICE, signing_key: public(1), recipient: "age1example".to_owned() }
}

fn turn() -> Turn {
    let read = |stream, after| Read { stream, after: Cursor(after), limit: 64 };
    let reads = vec![read(Stream::Journal, 0), read(Stream::NightLog, 1_773_455_400_000_002)];
    Turn { version: CURRENT, batch: Some(batch()), reads, manifest: Some(2), audit: Some(1) }
}

fn standing() -> DeviceStanding {
    DeviceStanding {
        device: DEVICE,
        stored: 4,
        backed_up: 2,
        refused: 1,
        received_on: Some(day()),
        quarantined_on: None,
        quarantined_batches: 2,
        seen_on: Some(day()),
        wiped_on: None,
    }
}

fn quarantined() -> QuarantinedBatch {
    QuarantinedBatch {
        number: 9,
        device: DEVICE,
        first: 3,
        last: 4,
        reason: QuarantineReason::Fork,
        received_on: day(),
        dropped_on: None,
    }
}

fn answer() -> TurnAnswer {
    let refused = Refused { code: RefusalCode::NotAllowed, expected: None };
    TurnAnswer {
        receipt: ReceiptPart::Done(signed_receipt(None).0),
        pages: vec![PagePart::Done(page()), PagePart::Refused(refused)],
        manifest: Some(signed_manifest(None).0),
        audit: Some(audit().head),
    }
}

fn night() -> NightFile {
    NightFile {
        programme: PROGRAMME,
        unit: UnitId::new("BS-U1"),
        outing: OutingId(Uuid::from_u128(8)),
        from: DEVICE,
        manifest: signed_manifest(None).0,
        envelopes: page().envelopes,
    }
}

/// Every message.
pub fn all() -> Vec<Message> {
    let gap = Refused { code: RefusalCode::Gap, expected: Some(3) };
    let order = WipeOrder {
        version: CURRENT,
        device: DEVICE,
        signature: sign(2, &order_message(DEVICE)),
        succession: Vec::new(),
    };
    let confirmation =
        WipeConfirmation { version: CURRENT, device: DEVICE, signature: sign(1, &confirmation_message(DEVICE)) };
    let mac = Bytes(enrolment_mac(SECRET, &keys()));
    let unit = Some(UnitId::new("BS-U1"));
    let pending = PendingEnrolment {
        code_id: code_id(SECRET),
        unit: unit.clone(),
        keys: keys(),
        mac: mac.clone(),
        received_at: at(),
    };
    let invitation =
        Invitation { server: "https://posta.example".to_owned(), programme: PROGRAMME, admin_key: public(2) };
    let dropped = QuarantinedBatch { dropped_on: Some(day()), ..quarantined() };
    let decision =
        QuarantineDecision { version: CURRENT, device: DEVICE, through: 9, verdict: QuarantineVerdict::Release };
    let mut all = vec![
        message("batch", &batch()),
        message("receipt", &receipt()),
        message("signed_receipt", &signed_receipt(None).0),
        message("page", &page()),
        message(
            "acknowledgement",
            &Acknowledgement { held: vec![HeldLog { device: DEVICE, through: 2, head: batch().head }] },
        ),
        message("turn", &turn()),
        message("turn_answer", &answer()),
        message(
            "turn_answer_refused",
            &TurnAnswer { receipt: ReceiptPart::Refused(gap), pages: Vec::new(), manifest: None, audit: None },
        ),
        message("manifest", &manifest()),
        message("manifest_of_next_key", &manifest_of_next_key()),
        message("signed_manifest", &signed_manifest(None).0),
        message("code_announcement", &CodeAnnouncement { code_id: code_id(SECRET), unit }),
        message(
            "enrolment_request",
            &EnrolmentRequest { version: CURRENT, code_id: code_id(SECRET), keys: keys(), mac },
        ),
        message("pending_enrolments", &PendingEnrolments { pending: vec![pending] }),
        message("invitation", &invitation),
        message("device_standings", &DeviceStandings { devices: vec![standing()] }),
        message("quarantine", &Quarantine { batches: vec![quarantined()] }),
        message("quarantine_dropped", &Quarantine { batches: vec![dropped] }),
        message("quarantine_decision", &decision),
        message("quarantine_take_back", &QuarantineDecision { verdict: QuarantineVerdict::TakeBack, ..decision }),
        message("decision_outcome", &DecisionOutcome { operations: 2, left: 1 }),
        message("wipe_order", &order),
        message("wipe_confirmation", &confirmation),
        message("refused", &gap),
        message("health", &Health { alive: true, now: at(), versions: (1, 1) }),
        message("night_file", &night()),
    ];
    all.extend(crate::releases::all());
    all.extend(crate::acts::all());
    all
}
