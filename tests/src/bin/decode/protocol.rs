//! Messages of the protocol, the file of a night, and what lies inside what is sealed.

use crate::build::Week;
use crate::targets::{Taken, Target};
use anyhow::{Context, Result};
use chrono::{DateTime, NaiveDate, Utc};
use domain::contact::Language;
use domain::depot::{DepotMove, DepotRow, Pile};
use domain::ids::{DepotMoveId, DeviceId, ItemCode, OperationId, OutingId, PlanId, ProgrammeId, UnitId};
use domain::operation::{OPERATION_SCHEMA, Operation, OperationBody, Scope, fold};
use domain::outing::{CancelReason, OutingType};
use domain::plan::{PlanState, PlannedRow};
use domain::programme::lists::{ChangeKind, ListName};
use domain::stamp::Stamp;
use domain::sync::act::{Act, ActRow, DeviceAct};
use domain::sync::chain::{Bytes, Digest, genesis, head_message, link};
use domain::sync::enrol::{
    CodeAnnouncement, DeviceKeys, EnrolmentRequest, PendingEnrolment, PendingEnrolments, code_id, enrolment_mac,
};
use domain::sync::error::{RefusalCode, Refused};
use domain::sync::file::NightFile;
use domain::sync::manifest::{
    DeviceStatus, Keyring, Manifest, ManifestDevice, Role, SealedConfiguration, SignedManifest, manifest_message,
};
use domain::sync::night_log::{DeskEntry, DeskEnvelope, NIGHT_LOG_SCHEMA};
use domain::sync::pull::{Acknowledgement, Cursor, Envelope, HeldLog, Page};
use domain::sync::push::{Batch, SealedOperation};
use domain::sync::quarantine::{
    DecisionOutcome, Quarantine, QuarantineDecision, QuarantineReason, QuarantineVerdict, QuarantinedBatch,
};
use domain::sync::standing::{DeviceStanding, DeviceStandings};
use domain::sync::vouch::{Place, Vouch, vouched_places};
use domain::sync::wipe::{WipeConfirmation, WipeOrder, confirmation_message, order_message};
use domain::sync::{Health, Stream};
use notebook::sync::wire::{Answer, Call, Reply, read};
use ring::signature::{Ed25519KeyPair, KeyPair};
use std::collections::BTreeSet;
use std::convert::Infallible;
use uuid::Uuid;

const DEVICE: DeviceId = DeviceId(Uuid::from_u128(0x11));
const PROGRAMME: ProgrammeId = ProgrammeId(Uuid::from_u128(0x22));
const OUTING: OutingId = OutingId(Uuid::from_u128(0x33));

/// The decoders of messages.
///
/// # Errors
/// If a good message cannot be made.
pub fn targets() -> Result<Vec<Target>> {
    let good = Good::make()?;
    let key = good.key.public_key().as_ref().to_vec();
    let mut targets = of_devices(&good, &key);
    targets.extend(of_desks(&good));
    targets.extend(of_contents()?);
    targets.extend(answers(&good, &key)?);
    targets.extend(of_files(&good)?);
    Ok(targets)
}

/// Good messages.
struct Good {
    key: Ed25519KeyPair,
    now: DateTime<Utc>,
    day: NaiveDate,
    batch: Batch,
    envelopes: Vec<Envelope>,
    manifest: Manifest,
    signed: SignedManifest,
    keys: DeviceKeys,
}

impl Good {
    fn make() -> Result<Self> {
        let key = Ed25519KeyPair::from_seed_unchecked(&[7; 32]).map_err(|_| anyhow::anyhow!("a key"))?;
        let public = Bytes(key.public_key().as_ref().to_vec());
        let now: DateTime<Utc> = "2026-03-14T02:30:00Z".parse()?;
        let envelopes = envelopes(&key);
        let head = envelopes.last().context("an envelope")?.chain;
        let operations = envelopes.iter().map(|envelope| envelope.operation.clone()).collect();
        let previous = genesis(DEVICE);
        let batch = Batch { version: 1, unit: UnitId::new("BS-U1"), device: DEVICE, previous, operations, head };
        let recipient = "age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p".to_owned();
        let device = |status| ManifestDevice {
            id: DEVICE,
            unit: Some(UnitId::new("BS-U1")),
            role: Role::Lead,
            signing_key: public.clone(),
            recipient: recipient.clone(),
            status,
            enrolled_on: now.date_naive(),
            wipe_order: (status == DeviceStatus::Wipe).then(|| sign(&key, &order_message(DEVICE))),
            vouched: vec![Vouch { through: 3, head }],
        };
        let manifest = Manifest {
            version: 1,
            programme: PROGRAMME,
            number: 3,
            issued_at: now,
            expires_at: now + chrono::Duration::days(30),
            admin_key: public.clone(),
            server_key: public.clone(),
            recovery_recipient: recipient.clone(),
            former_recovery: Vec::new(),
            succession: Vec::new(),
            devices: [DeviceStatus::Active, DeviceStatus::Wipe].map(device).to_vec(),
            sealed: Bytes(b"sealed configuration".to_vec()),
            sealed_for_staff: Bytes::default(),
            keyring: Keyring::default(),
        };
        let text = serde_json::to_vec(&manifest)?;
        let signed = SignedManifest { signature: sign(&key, &manifest_message(&text)), manifest: Bytes(text) };
        let keys = DeviceKeys { device: DEVICE, signing_key: public, recipient };
        Ok(Self { key, now, day: now.date_naive(), batch, envelopes, manifest, signed, keys })
    }
}

fn sign(key: &Ed25519KeyPair, message: &[u8]) -> Bytes {
    Bytes(key.sign(message).as_ref().to_vec())
}

fn envelopes(key: &Ed25519KeyPair) -> Vec<Envelope> {
    let mut previous = genesis(DEVICE);
    let streams = [Stream::Journal, Stream::NightLog, Stream::Journal];
    let envelopes = streams.into_iter().zip(1_u64..).map(|(stream, sequence)| {
        let sealed = Bytes(sequence.to_be_bytes().repeat(16));
        let chain = link(previous, sequence, stream, Digest::of(&sealed.0));
        let signature = sign(key, &head_message(DEVICE, sequence, chain));
        let envelope = Envelope {
            cursor: Cursor(sequence),
            unit: UnitId::new("BS-U1"),
            device: DEVICE,
            operation: SealedOperation { sequence, stream, sealed, signature },
            previous,
            chain,
            refused: (sequence == 3).then_some(RefusalCode::TooLarge),
        };
        previous = chain;
        envelope
    });
    envelopes.collect()
}

fn of_devices(good: &Good, key: &[u8]) -> Vec<Target> {
    let (batch_key, page_key, admin_key, order_key) = (key.to_vec(), key.to_vec(), key.to_vec(), key.to_vec());
    let confirmation_key = key.to_vec();
    let page = Page { envelopes: good.envelopes.clone(), next: Cursor(3), more: false };
    let enrolment = EnrolmentRequest {
        version: 1,
        code_id: code_id(b"secret"),
        mac: Bytes(enrolment_mac(b"secret", &good.keys)),
        keys: good.keys.clone(),
    };
    let order = WipeOrder {
        version: 1,
        device: DEVICE,
        signature: sign(&good.key, &order_message(DEVICE)),
        succession: Vec::new(),
    };
    let confirmation =
        WipeConfirmation { version: 1, device: DEVICE, signature: sign(&good.key, &confirmation_message(DEVICE)) };
    vec![
        Target::of_json("batch", std::slice::from_ref(&good.batch), move |batch: &Batch| {
            std::hint::black_box(batch.verify(&batch_key).is_ok());
        }),
        Target::of_json("page", &[page], move |page: &Page| {
            let places: Vec<Place> = page.envelopes.iter().map(Place::from).collect();
            for envelope in &page.envelopes {
                std::hint::black_box((envelope.is_whole(), envelope.is_signed_by(&page_key)));
            }
            let vouch = page.envelopes.iter().map(|one| Vouch { through: one.operation.sequence, head: one.chain });
            let vouches: Vec<Vouch> = vouch.collect();
            drop(vouched_places(&vouches, &places, |_| Ok::<_, Infallible>(true)));
        }),
        Target::of_json("signed manifest", std::slice::from_ref(&good.signed), move |signed: &SignedManifest| {
            drop(signed.verify_from(&admin_key, 0));
        }),
        Target::of_json("manifest", std::slice::from_ref(&good.manifest), |manifest: &Manifest| {
            std::hint::black_box(manifest.find_device(DEVICE));
        }),
        Target::of_json("enrolment", &[enrolment], |request: &EnrolmentRequest| {
            std::hint::black_box(domain::sync::enrol::mac_holds(b"secret", &request.keys, &request.mac.0));
            std::hint::black_box(notebook::sync::invitation::six_words(&request.keys, &request.mac.0));
        }),
        Target::of_json("wipe order", &[order], move |order: &WipeOrder| {
            std::hint::black_box(order.is_given_by(&order_key, DEVICE));
        }),
        Target::of_json("wipe confirmation", &[confirmation], move |said: &WipeConfirmation| {
            std::hint::black_box(said.is_signed_by(&confirmation_key));
        }),
    ]
}

fn of_desks(good: &Good) -> Vec<Target> {
    let held = HeldLog { device: DEVICE, through: 3, head: good.batch.head };
    let pending = PendingEnrolment {
        code_id: code_id(b"secret"),
        unit: Some(UnitId::new("BS-U1")),
        keys: good.keys.clone(),
        mac: Bytes(vec![1; 32]),
        received_at: good.now,
    };
    let batch = QuarantinedBatch {
        number: 1,
        device: DEVICE,
        first: 1,
        last: 3,
        reason: QuarantineReason::Fork,
        received_on: good.day,
        dropped_on: Some(good.day),
    };
    let decision = QuarantineDecision { version: 1, device: DEVICE, through: 1, verdict: QuarantineVerdict::Release };
    let standing = DeviceStanding {
        device: DEVICE,
        stored: 3,
        backed_up: 2,
        refused: 1,
        received_on: Some(good.day),
        quarantined_on: None,
        quarantined_batches: 0,
        seen_on: Some(good.day),
        wiped_on: None,
    };
    let code = CodeAnnouncement { code_id: code_id(b"secret"), unit: None };
    vec![
        Target::of_json("acknowledgement", &[Acknowledgement { held: vec![held; 3] }], |_| {}),
        Target::of_json("code", &[code], |_| {}),
        Target::of_json("pending enrolments", &[PendingEnrolments { pending: vec![pending] }], |_| {}),
        Target::of_json("quarantine", &[Quarantine { batches: vec![batch; 2] }], |_| {}),
        Target::of_json("decision", &[decision], |_| {}),
        Target::of_json("outcome", &[DecisionOutcome { operations: 3, left: 1 }], |_| {}),
        Target::of_json("standings", &[DeviceStandings { devices: vec![standing; 2] }], |_| {}),
        Target::of_json("health", &[Health { alive: true, now: good.now, versions: (1, 1) }], |_| {}),
        Target::of_json("refusal", &[Refused { code: RefusalCode::Gap, expected: Some(4) }], |_| {}),
    ]
}

/// What is read once an envelope is opened.
fn of_contents() -> Result<Vec<Target>> {
    let text = include_str!("../../../../crates/domain/tests/fixtures/week-2026-W11.json");
    let week = Week::read(serde_json::from_str(text)?);
    let mut entries: Vec<DeskEnvelope> = week
        .entries()
        .into_iter()
        .map(|(source, entry)| DeskEnvelope { schema: NIGHT_LOG_SCHEMA, sequence: source.sequence, entry })
        .collect();
    let planning = planning().into_iter().zip(900_u64..);
    entries.extend(planning.map(|(entry, sequence)| DeskEnvelope { schema: NIGHT_LOG_SCHEMA, sequence, entry }));
    let now: DateTime<Utc> = "2026-03-14T02:30:00Z".parse()?;
    let bodies = week.nights.values().flat_map(|(state, _)| {
        let moves: Vec<_> = state.moves.values().take(2).cloned().collect();
        let opened = OperationBody::OutingOpened { outing: state.outing.clone(), load: moves.clone() };
        let contacts = state.contacts.values().take(4).cloned();
        let saved = contacts.map(move |contact| OperationBody::ContactSaved { contact, handouts: moves.clone() });
        let incidents = state.incidents.values().cloned().map(|incident| OperationBody::IncidentSaved { incident });
        let observed = state.observations.values().take(2).cloned();
        let observed = observed.map(|observation| OperationBody::ObservationSaved { observation });
        std::iter::once(opened).chain(saved).chain(incidents).chain(observed)
    });
    let operations: Vec<Operation> = bodies
        .zip(1_u64..)
        .map(|(body, sequence)| Operation {
            id: OperationId(Uuid::from_u128(u128::from(sequence))),
            schema: OPERATION_SCHEMA,
            device: DEVICE,
            sequence,
            stamp: Stamp { ms: now.timestamp_millis(), counter: 0 },
            at: now,
            offset_minutes: 60,
            elapsed_ms: Some(1),
            operator: None,
            body,
        })
        .collect();
    let opening = operations.first().context("an operation")?.clone();
    let configuration =
        SealedConfiguration { programme: week.programme, alias_key: Bytes(vec![5; 32]), later_alias_keys: Vec::new() };
    Ok(vec![
        Target::of_json("night log", &entries, |_| {}),
        Target::of_json("operation", &operations, move |operation: &Operation| {
            let both = [opening.clone(), operation.clone()];
            let leads = BTreeSet::from([DEVICE]);
            for scope in [Scope::Everything, Scope::Counted] {
                drop(fold(operation.body.outing_id(), &both, &leads, scope));
            }
        }),
        Target::of_json("configuration", &[configuration], |_| {}),
    ])
}

/// What a coordinator plans, notes of the depot, what a desk did.
fn planning() -> Vec<DeskEntry> {
    let reason = CancelReason::Weather;
    let states = [
        PlanState::Planned,
        PlanState::Moved { from: NaiveDate::default(), reason },
        PlanState::Cancelled { reason },
        PlanState::Withdrawn,
    ];
    let planned = states.into_iter().zip(1_u32..).map(|(state, revision)| PlannedRow {
        id: PlanId(Uuid::nil()),
        revision,
        unit: UnitId::new("BS-U1"),
        outing_type: OutingType::StreetNight,
        date: NaiveDate::default(),
        state,
    });
    let piles = [Pile::of(ItemCode::new("condom_ext")), Pile::leaflets(Language::En)];
    let noted = piles.into_iter().zip(DepotMove::ALL).map(|(pile, kind)| DepotRow {
        id: DepotMoveId(Uuid::nil()),
        at: DateTime::default(),
        pile,
        kind: *kind,
        quantity: 60,
    });
    let acts = [
        Act::Device { act: DeviceAct::Enrolled, device: DEVICE, role: Some(Role::Member) },
        Act::List { list: ListName::Zone, code: "Z5".to_owned(), change: ChangeKind::Retired },
        Act::ReleaseExported { number: 7, format: "xlsx".to_owned() },
    ];
    let act = |act| ActRow { on: NaiveDate::default(), act, before: None, after: Some(Digest::of(b"")) };
    let acts = acts.map(act).to_vec();
    vec![DeskEntry::Planned(planned.collect()), DeskEntry::Depot(noted.collect()), DeskEntry::Acts(acts)]
}

/// What a phone reads of a server's answers.
fn answers(good: &Good, key: &[u8]) -> Result<Vec<Target>> {
    let page = Page { envelopes: good.envelopes.iter().take(1).cloned().collect(), next: Cursor(1), more: false };
    let receipt = domain::sync::receipt::SignedReceipt {
        receipt: Bytes(RECEIPT.to_vec()),
        signature: sign(&good.key, &domain::sync::receipt::receipt_message(RECEIPT)),
    };
    let bodies = [
        (Call::Receipt, serde_json::to_vec(&receipt)?),
        (Call::Pull { stream: Stream::Journal, after: Cursor(0) }, serde_json::to_vec(&page)?),
        (Call::Manifest, serde_json::to_vec(&good.signed)?),
    ];
    let targets =
        bodies.into_iter().zip(["answer: receipt", "answer: page", "answer: manifest"]).map(|((call, body), name)| {
            let key = key.to_vec();
            let decode = move |bytes: &[u8]| {
                let reply = Reply { status: 200, json: true, body: bytes.to_vec() };
                Taken::from(matches!(read(call, &reply, &key), Ok(answer) if answer != Answer::Accepted))
            };
            Target { is_json: true, ..Target::of(name, vec![body], decode) }
        });
    Ok(targets.collect())
}

/// The text of a receipt as servers write it.
const RECEIPT: &[u8] = br#"{"version":1,"device":"00000000-0000-0000-0000-000000000011","stored":27,"head":"00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff","backed_up":20,"refused":[{"sequence":3,"code":"too_large"}],"epoch":1773455400,"audit":{"number":12,"head":"00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff"},"at":"2026-03-14T02:30:00Z"}"#;

fn of_files(good: &Good) -> Result<Vec<Target>> {
    let file = NightFile {
        programme: PROGRAMME,
        unit: UnitId::new("BS-U1"),
        outing: OUTING,
        from: DEVICE,
        manifest: good.signed.clone(),
        envelopes: good.envelopes.clone(),
    };
    let whole = file.to_bytes()?;
    let decode = |bytes: &[u8]| {
        let Ok(file) = NightFile::read(bytes) else { return Taken::No };
        let again = file.to_bytes().ok().and_then(|again| NightFile::read(&again).ok());
        if again == Some(file) { Taken::Yes } else { Taken::Differently }
    };
    let inside = serde_json::to_vec(&file)?;
    let dressed = move |bytes: &[u8]| {
        let head = format!("USCITA-NIGHT-1 {}\n", Digest::of(bytes));
        decode(&[head.as_bytes(), bytes].concat())
    };
    Ok(vec![
        Target::of("file of a night", vec![whole], decode),
        Target { is_json: true, ..Target::of("inside the file", vec![inside], dressed) },
    ])
}
