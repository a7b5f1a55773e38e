use super::*;
use crate::fixture::{Device, Team, at, contact, envelopes, opened, outing, page};
use crate::journal::Journal;
use crate::store::Draft;
use domain::alias::Alias;
use domain::contact::Contact;
use domain::ids::{DeviceId, NationalityCode, OperationId, OperatorCode, ZoneCode};
use domain::operation::SignOff;
use domain::referral::{Consent, Referral, ReferralEvent, ReferralOrigin, ReferralState, ServiceType, Urgency};
use domain::sync::chain::Digest;
use domain::sync::night_log::DeskEntry;
use domain::sync::{ProjectionContext, Stream, project};
use domain::time::operational_date;
use proptest::prelude::*;
use uuid::Uuid;

const OUTING: OutingId = OutingId(Uuid::from_u128(1));
/// Minutes of a day.
const DAY: i64 = 24 * 60;
/// What must not be found any more.
const CANARY: &str = "CANARINO";

fn contact_with_canary(number: u128, device: DeviceId) -> Body {
    let Body::ContactSaved { contact: saved, handouts } = contact(1, number, device, "AIRONE-12", 2) else { panic!() };
    let saved = Contact { zone: ZoneCode::new(CANARY), nationality: NationalityCode::new(CANARY), ..saved };
    Body::ContactSaved { contact: saved, handouts }
}

fn referral(id: u128, states: &[(NaiveDate, ReferralState)]) -> Body {
    let referral = Referral {
        id: ReferralId(Uuid::from_u128(id)),
        origin: ReferralOrigin::Outing(OUTING),
        opened_on: states[0].0,
        contact_id: None,
        alias: Some("LINCE-04".parse().unwrap()),
        service_type: ServiceType::FamilyClinic,
        service_id: None,
        urgency: Urgency::Routine,
        reason: None,
        language_need: None,
        mediator_needed: false,
        accompany_needed: false,
        consent: Consent::Verbal,
        parent_id: None,
    };
    let events = states.iter().map(|(date, state)| ReferralEvent { date: *date, state: *state, outcome: None });
    Body::ReferralOpened { outing_id: OUTING, referral, events: events.collect() }
}

/// An outing with a note, two contacts, a referral and a card that was never saved; over after five hours.
fn night(device: &Device) -> Notebook {
    let mut phone = device.open();
    let id = phone.device();
    phone.save(opened(1), None, at(0), None).unwrap();
    for number in [100, 101] {
        phone.save(contact_with_canary(number, id), None, at(1), None).unwrap();
    }
    let today = operational_date(at(2).now);
    phone.save(referral(7, &[(today, ReferralState::Proposed)]), None, at(2), None).unwrap();
    let draft = Draft {
        outing: OUTING,
        operation: OperationId(Uuid::from_u128(55)),
        saved_at: at(3).now,
        json: CANARY.as_bytes().to_vec(),
    };
    phone.save_draft(&draft).unwrap();
    close(&mut phone);
    phone
}

fn close(phone: &mut Notebook) {
    let changes = vec![
        OutingChange::EndAt(Some(at(299).now)),
        OutingChange::Status(OutingStatus::Closed),
        OutingChange::Note(Some(CANARY.into())),
    ];
    let after = phone.outing_state(OUTING, Scope::Everything).unwrap().unwrap().outing_heads.into_iter().collect();
    phone.save(Body::OutingRevised { outing_id: OUTING, after, changes }, None, at(300), None).unwrap();
}

fn sign(phone: &mut Notebook, minutes: i64) {
    let mut state = phone.outing_state(OUTING, Scope::Everything).unwrap().unwrap();
    let by = OperatorCode::new("OP-A");
    state.outing.status = OutingStatus::Reviewed;
    state.outing.reviewed_at = Some(at(minutes).now);
    state.outing.reviewed_by = Some(by.clone());
    let key = phone.alias_key(operational_date(state.outing.start_at)).unwrap();
    let log = project(&state, ProjectionContext { alias_key: &key }).unwrap();
    let digest = Digest::of(&serde_json::to_vec(&log).unwrap());
    let included = phone.list_included(OUTING).unwrap();
    let sign_off = SignOff { by, at: at(minutes).now, included, digest };
    phone.save(Body::OutingSignedOff { outing_id: OUTING, sign_off }, None, at(minutes), None).unwrap();
    phone.save_desk_entry(DeskEntry::NightLog(log)).unwrap();
}

fn receipt(team: &Team, phone: &mut Notebook, backed_up: u64) {
    let total = phone.journal().len().unwrap();
    let receipt = team.receipt(phone.journal(), total, backed_up, at(400).now);
    phone.journal_mut().record_receipt(&receipt).unwrap();
}

fn all_backed_up(team: &Team, phone: &mut Notebook) {
    let total = phone.journal().len().unwrap();
    receipt(team, phone, total);
}

fn contacts(phone: &Notebook) -> usize {
    phone.outing_state(OUTING, Scope::Everything).unwrap().unwrap().contacts.len()
}

/// Every page of the notebook as it is inside the encryption, free ones too, and the log of writes.
fn plain_pages(phone: &Notebook) -> Vec<u8> {
    let connection = phone.store.connection();
    assert_eq!(std::fs::metadata(connection.path().unwrap().to_owned() + "-wal").unwrap().len(), 0);
    connection.serialize("main").unwrap().to_vec()
}

fn hits(bytes: &[u8], what: &[u8]) -> usize {
    bytes.windows(what.len()).filter(|window| *window == what).count()
}

#[test]
fn forgets_a_members_night_when_the_days_after_its_copy_are_over() {
    let team = Team::new();
    let mut phone = night(&team.member);
    for (minutes, backed_up) in [(DAY, 0), (40 * DAY, 3), (80 * DAY, 4)] {
        receipt(&team, &mut phone, backed_up);
        assert_eq!(forget(&mut phone, at(minutes)).unwrap(), Forgotten::default(), "{backed_up} of 5 have a copy");
    }
    all_backed_up(&team, &mut phone);
    assert_eq!(forget(&mut phone, at(50 * DAY)).unwrap(), Forgotten::default(), "found safe");
    receipt(&team, &mut phone, 4);
    assert_eq!(forget(&mut phone, at(60 * DAY)).unwrap(), Forgotten::default(), "the server lost one again");
    all_backed_up(&team, &mut phone);
    assert_eq!(forget(&mut phone, at(90 * DAY)).unwrap(), Forgotten::default(), "found safe today");
    let first_day = operational_date(at(90 * DAY).now);
    assert_eq!(phone.will_forget_on(OUTING).unwrap(), first_day.checked_add_days(Days::new(7)));
    assert_eq!(forget(&mut phone, at(96 * DAY)).unwrap(), Forgotten::default());
    assert_eq!(contacts(&phone), 2);
    let done = forget(&mut phone, at(97 * DAY)).unwrap();
    assert_eq!((done.outings, done.entries), (vec![OUTING], 5));
    let (on, count) = phone.forgotten_night(OUTING).unwrap().unwrap();
    assert_eq!((on, count.persons, count.written.contacts), (operational_date(at(97 * DAY).now), 2, 2));
    let state = phone.outing_state(OUTING, Scope::Everything).unwrap().unwrap();
    assert_eq!((state.contacts.len(), state.moves.len(), state.outing.note), (0, 0, None));
    assert_eq!(state.referrals.len(), 1, "it is followed up");
    assert_eq!(state.outing.status, OutingStatus::Closed);
    assert!(phone.list_drafts(OUTING).unwrap().is_empty());
    assert_eq!(forget(&mut phone, at(98 * DAY)).unwrap(), Forgotten::default(), "once");
}

#[test]
fn keeps_a_night_of_which_the_server_lost_its_copy() {
    let team = Team::new();
    let mut phone = night(&team.member);
    all_backed_up(&team, &mut phone);
    assert_eq!(forget(&mut phone, at(50 * DAY)).unwrap(), Forgotten::default(), "found safe");
    phone.journal_mut().note_gap(1).unwrap();
    assert_eq!(forget(&mut phone, at(60 * DAY)).unwrap(), Forgotten::default(), "it may be the last holder");
    assert_eq!(contacts(&phone), 2);
    all_backed_up(&team, &mut phone);
    assert_eq!(forget(&mut phone, at(61 * DAY)).unwrap(), Forgotten::default(), "the days begin anew");
    assert_eq!(forget(&mut phone, at(68 * DAY)).unwrap().entries, 5);
}

#[test]
fn leaves_no_byte_of_a_forgotten_night_in_any_file() {
    let team = Team::new();
    let mut phone = night(&team.member);
    phone.store.checkpoint().unwrap();
    assert!(hits(&plain_pages(&phone), CANARY.as_bytes()) > 4, "the scan sees what is there");
    let sealed: Vec<Vec<u8>> = envelopes(phone.journal(), Stream::Journal)
        .into_iter()
        .map(|envelope| envelope.operation.sealed.0[200..232].to_vec())
        .collect();
    let files = ["journal.db", "journal.db-wal", "journal.db-shm", "notebook.db", "notebook.db-wal", "notebook.db-shm"];
    let in_files = || -> usize {
        let bytes = files.iter().map(|file| std::fs::read(team.member.dir.join(file)).unwrap_or_default());
        bytes.map(|bytes| sealed.iter().map(|part| hits(&bytes, part)).sum::<usize>()).sum()
    };
    assert!(in_files() >= sealed.len());
    all_backed_up(&team, &mut phone);
    forget(&mut phone, at(2 * DAY)).unwrap();
    assert_eq!(forget(&mut phone, at(9 * DAY)).unwrap().outings, [OUTING]);
    assert_eq!(hits(&plain_pages(&phone), CANARY.as_bytes()), 0);
    assert_eq!(in_files(), 0);
}

#[test]
fn goes_on_with_the_log_where_it_was() {
    let team = Team::new();
    let mut phone = night(&team.member);
    all_backed_up(&team, &mut phone);
    forget(&mut phone, at(2 * DAY)).unwrap();
    forget(&mut phone, at(9 * DAY)).unwrap();
    let key = phone.identity().public().signing_key.0;
    let head = phone.journal().head().unwrap();
    assert_eq!((head.sequence, phone.journal().base().unwrap()), (5, head), "the end is the base");
    drop(phone);
    let mut phone = team.member.open();
    let next = Body::OutingOpened { outing: outing(2), load: Vec::new() };
    assert_eq!(phone.save(next, None, at(10 * DAY), None).unwrap().sequence, 6);
    let batch = phone.journal().batch_after(5, 64, 10_000).unwrap().unwrap();
    assert_eq!((batch.previous, batch.operations.len()), (head.chain, 1));
    batch.verify(&key).unwrap();
    phone.journal().verify().unwrap();
    assert!(phone.journal().batch_after(4, 64, 10_000).is_err(), "nothing below the base is sent");
    assert!(phone.journal().connection().execute("DELETE FROM entry", []).is_err());
    assert!(phone.journal().connection().execute("DELETE FROM base", []).is_err());
    assert!(phone.journal().connection().execute("UPDATE base SET sequence = 1", []).is_err());
}

#[test]
fn keeps_the_night_under_way_and_one_whose_record_the_server_refused() {
    let team = Team::new();
    let mut phone = team.member.open();
    let id = phone.device();
    phone.save(opened(1), None, at(0), None).unwrap();
    phone.save(contact_with_canary(100, id), None, at(1), None).unwrap();
    all_backed_up(&team, &mut phone);
    forget(&mut phone, at(DAY)).unwrap();
    assert_eq!(forget(&mut phone, at(60 * DAY)).unwrap(), Forgotten::default(), "it is not over");
    close(&mut phone);
    let refused =
        domain::sync::receipt::RefusedOperation { sequence: 2, code: domain::sync::error::RefusalCode::TooLarge };
    let whole = domain::sync::receipt::Receipt {
        version: domain::sync::version::CURRENT,
        device: id,
        stored: 3,
        head: phone.journal().head().unwrap().chain,
        backed_up: 3,
        refused: vec![refused],
        epoch: 0,
        audit: domain::sync::audit::AuditHead { number: 0, head: domain::sync::chain::Digest([0; 32]) },
        at: at(500).now,
    };
    phone.journal_mut().record_receipt(&team.sign_receipt(&whole)).unwrap();
    forget(&mut phone, at(61 * DAY)).unwrap();
    assert_eq!(forget(&mut phone, at(99 * DAY)).unwrap(), Forgotten::default(), "nobody else has that record");
    assert_eq!((contacts(&phone), phone.journal().base().unwrap().sequence), (1, 0));
}

/// The lead with both nights, signed; the member's journal as the server hands it out.
fn signed_by_lead(team: &Team) -> (Notebook, domain::sync::pull::Page) {
    let mut member = team.member.open();
    let id = member.device();
    member.save(opened(1), None, at(0), None).unwrap();
    member.save(contact_with_canary(200, id), None, at(5), None).unwrap();
    let from_server = page(envelopes(member.journal(), Stream::Journal));
    drop(member);
    let mut lead = night(&team.lead);
    lead.ingest_page(Stream::Journal, &from_server, at(310)).unwrap();
    (lead, from_server)
}

#[test]
fn leads_phone_waits_for_signature_night_log_and_everything_that_came_late() {
    let team = Team::new();
    let (mut lead, _) = signed_by_lead(&team);
    all_backed_up(&team, &mut lead);
    forget(&mut lead, at(DAY)).unwrap();
    assert_eq!(forget(&mut lead, at(30 * DAY)).unwrap(), Forgotten::default(), "not signed");
    sign(&mut lead, 31 * DAY);
    let total = lead.journal().len().unwrap();
    receipt(&team, &mut lead, total - 1);
    forget(&mut lead, at(32 * DAY)).unwrap();
    assert_eq!(forget(&mut lead, at(50 * DAY)).unwrap(), Forgotten::default(), "the night log has no copy");
    all_backed_up(&team, &mut lead);
    forget(&mut lead, at(51 * DAY)).unwrap();
    // On the last day the member's phone sends one more.
    let mut member = team.member.open();
    let id = member.device();
    member.save(contact_with_canary(201, id), None, at(6), None).unwrap();
    let late = envelopes(member.journal(), Stream::Journal);
    lead.ingest(late.last().unwrap(), at(57 * DAY)).unwrap();
    assert_eq!(forget(&mut lead, at(90 * DAY)).unwrap(), Forgotten::default(), "it waits for an amendment");
    assert_eq!(contacts(&lead), 4);
}

#[test]
fn leads_phone_keeps_what_others_wrote_until_something_later_of_its_own_has_a_copy() {
    let team = Team::new();
    let (mut lead, from_server) = signed_by_lead(&team);
    let mut desk = team.admin.open();
    let mut second = team.enrol_lead(&mut desk);
    second.save(opened(1), None, at(20), None).unwrap();
    let of_second = envelopes(second.journal(), Stream::Journal);
    lead.apply_manifest(&desk.signed_manifest().unwrap().unwrap()).unwrap();
    lead.ingest(&of_second[0], at(320)).unwrap();
    sign(&mut lead, 330);
    all_backed_up(&team, &mut lead);
    forget(&mut lead, at(DAY)).unwrap();
    assert_eq!(forget(&mut lead, at(9 * DAY)).unwrap().outings, [OUTING], "the signature came after all of it");
    assert_eq!(
        lead.operations_of(OUTING).unwrap().iter().filter(|op| op.device == from_server.envelopes[0].device).count(),
        1
    );

    // The other lead signed nothing: it knows the signature from the server, and wrote nothing since.
    let arrivals = second.ingest_page(Stream::Journal, &from_server, at(340)).unwrap();
    assert_eq!(arrivals.set_aside, 2, "sealed before the second lead was there");
    all_backed_up(&team, &mut second);
    forget(&mut second, at(DAY)).unwrap();
    assert_eq!(forget(&mut second, at(99 * DAY)).unwrap(), Forgotten::default());
}

#[test]
fn what_is_forgotten_stays_so_until_it_is_called_back_for_an_amendment() {
    let team = Team::new();
    let (mut lead, from_server) = signed_by_lead(&team);
    sign(&mut lead, 330);
    let own = envelopes(lead.journal(), Stream::Journal);
    let before = lead.outing_state(OUTING, Scope::Everything).unwrap().unwrap();
    all_backed_up(&team, &mut lead);
    forget(&mut lead, at(DAY)).unwrap();
    forget(&mut lead, at(9 * DAY)).unwrap();
    assert_eq!(contacts(&lead), 0);
    let everything = page(from_server.envelopes.iter().chain(&own).cloned().collect());
    let again = lead.ingest_page(Stream::Journal, &everything, at(10 * DAY)).unwrap();
    assert_eq!((again.new, again.set_aside, contacts(&lead)), (0, 0, 0), "it does not come back by itself");
    assert!(lead.is_partly_forgotten(OUTING).unwrap());

    lead.recall(OUTING).unwrap();
    assert_eq!(lead.cursor(Stream::Journal).unwrap(), Cursor::default());
    assert!(lead.is_partly_forgotten(OUTING).unwrap(), "nothing is signed from a part of it");
    forget(&mut lead, at(30 * DAY)).unwrap();
    lead.ingest_page(Stream::Journal, &everything, at(30 * DAY)).unwrap();
    assert!(!lead.is_partly_forgotten(OUTING).unwrap());
    let after = lead.outing_state(OUTING, Scope::Everything).unwrap().unwrap();
    assert_eq!((&after.contacts, &after.moves, &after.seen), (&before.contacts, &before.moves, &before.seen));
    assert_eq!(lead.forgotten_night(OUTING).unwrap(), None);
}

#[test]
fn referrals_go_twelve_months_after_their_end_and_aliases_unseen_as_long() {
    let team = Team::new();
    let mut phone = night(&team.member);
    let ended = operational_date(at(20 * DAY).now);
    let events = [ReferralState::Accepted, ReferralState::Lost]
        .map(|state| ReferralEvent { date: ended, state, outcome: None })
        .to_vec();
    let id = ReferralId(Uuid::from_u128(7));
    let step = Body::ReferralAdvanced { outing_id: OUTING, referral_id: id, events, accompaniment: None };
    all_backed_up(&team, &mut phone);
    forget(&mut phone, at(2 * DAY)).unwrap();
    forget(&mut phone, at(9 * DAY)).unwrap();
    phone.save(step, None, at(20 * DAY), None).unwrap();
    all_backed_up(&team, &mut phone);
    let known = |phone: &Notebook| phone.list_outlines(None).unwrap()[0].referrals.len();
    let aliases = |phone: &Notebook| phone.list_aliases().unwrap().iter().map(|known| known.alias.clone()).collect();
    forget(&mut phone, at(300 * DAY)).unwrap();
    assert_eq!(known(&phone), 1);
    let both: Vec<Alias> = aliases(&phone);
    assert_eq!(both.len(), 2);
    forget(&mut phone, at(384 * DAY)).unwrap();
    assert_eq!(known(&phone), 1, "a day before the twelve months are over");
    let done = forget(&mut phone, at(385 * DAY)).unwrap();
    assert_eq!((done.referral_operations, known(&phone)), (2, 0));
    assert_eq!(forget(&mut phone, at(420 * DAY)).unwrap().aliases, 2);
    assert_eq!(aliases(&phone), Vec::<Alias>::new());
    phone.store.checkpoint().unwrap();
    assert_eq!(hits(&plain_pages(&phone), b"LINCE-04"), 0);
}

#[test]
fn keeps_an_alias_whose_last_record_has_no_copy_yet() {
    let team = Team::new();
    let mut phone = night(&team.member);
    let known = |phone: &Notebook| phone.list_aliases().unwrap().len();
    assert_eq!(known(&phone), 2);
    for backed_up in [0, 2, 4] {
        receipt(&team, &mut phone, backed_up);
        assert_eq!(forget(&mut phone, at(420 * DAY)).unwrap().aliases, 0, "{backed_up} of 5 have a copy");
        assert_eq!(known(&phone), 2);
    }
    all_backed_up(&team, &mut phone);
    assert_eq!(forget(&mut phone, at(420 * DAY)).unwrap().aliases, 2);
    assert_eq!(known(&phone), 0);
}

#[test]
fn keeps_details_for_one_to_thirty_days_and_signs_no_other_policy() {
    let policy = |forget_after_days| Policy { forget_after_days, ..Policy::default() };
    let team = Team::new();
    let mut desk = team.admin.open();
    for (written, kept) in [(0, 1), (1, 1), (7, 7), (30, 30), (31, 30), (u16::MAX, 30)] {
        assert_eq!(days(&policy(written)), kept);
        let mut programme = desk.programme().unwrap().clone();
        programme.policy = policy(written);
        let change = crate::programme_new::ManifestChange::SetProgramme(Box::new(programme));
        let signed = desk.sign_manifest(vec![change], at(0));
        let refused = NotebookError::InvalidInput("days until details are forgotten: 1 to 30");
        assert_eq!(signed.err(), (written != kept).then_some(refused));
    }
}

#[derive(Clone, Debug)]
enum Deed {
    Save,
    Correct,
    Receipt { backed_up: prop::sample::Index },
    Days(i64),
    Restart,
}

fn deed() -> impl Strategy<Value = Deed> {
    prop_oneof![
        3 => Just(Deed::Save),
        1 => Just(Deed::Correct),
        4 => any::<prop::sample::Index>().prop_map(|backed_up| Deed::Receipt { backed_up }),
        4 => (0_i64..12).prop_map(Deed::Days),
        1 => Just(Deed::Restart),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]
    /// Whatever receipts say and in whatever order things happen: what has no copy is here, in both files; what has none
    /// of the days behind it is here too; and the log goes on without a gap.
    #[test]
    fn nothing_goes_that_has_no_copy(deeds in prop::collection::vec(deed(), 4..30)) {
        let team = Team::new();
        let mut phone = night(&team.member);
        let id = phone.device();
        let (mut now, mut number, mut best) = (DAY, 300_u128, 0_u64);
        let mut safe_since: Option<i64> = None;
        for deed in deeds {
            match deed {
                Deed::Save => {
                    number += 1;
                    phone.save(contact_with_canary(number, id), None, at(now), None).unwrap();
                }
                Deed::Correct => {
                    let after = Vec::new();
                    let changes = vec![OutingChange::Km(Some(10))];
                    phone.save(Body::OutingRevised { outing_id: OUTING, after, changes }, None, at(now), None).unwrap();
                }
                Deed::Receipt { backed_up } => {
                    let total = phone.journal().len().unwrap();
                    let base = phone.journal().base().unwrap().sequence;
                    let backed_up = base + backed_up.index(usize::try_from(total - base + 1).unwrap()) as u64;
                    // A later receipt may say less: the server lost something.
                    let signed = team.receipt(phone.journal(), total, backed_up, at(now).now);
                    phone.journal_mut().record_receipt(&signed).unwrap();
                    best = best.max(phone.journal().state().unwrap().backed_up);
                }
                Deed::Days(days) => now += days * DAY,
                Deed::Restart => {
                    drop(phone);
                    phone = team.member.open();
                }
            }
            let total = phone.journal().len().unwrap();
            let state = phone.journal().state().unwrap();
            let was_here: BTreeSet<u64> = phone.list_own_sequences(OUTING).unwrap().into_iter().collect();
            forget(&mut phone, at(now)).unwrap();
            let here: BTreeSet<u64> = phone.list_own_sequences(OUTING).unwrap().into_iter().collect();
            let gone: BTreeSet<u64> = phone.list_forgotten_sequences(OUTING).unwrap().into_iter().collect();
            prop_assert_eq!(here.union(&gone).copied().collect::<Vec<_>>(), (1..=total).collect::<Vec<_>>());
            let newly: Vec<u64> = was_here.difference(&here).copied().collect();
            if !newly.is_empty() {
                prop_assert!(state.backed_up == total, "all of the night has a copy by the receipt in force");
                let since = safe_since.expect("it was found safe before");
                prop_assert!(now - since >= 7 * DAY);
            }
            safe_since = if state.backed_up == total { safe_since.or(Some(now)) } else { None };
            let base = phone.journal().base().unwrap().sequence;
            prop_assert!(base <= best);
            let kept: Vec<u64> = Journal::open(&team.member.dir).unwrap()
                .batch_after(base, 64, usize::MAX).unwrap()
                .map(|batch| batch.operations.iter().map(|operation| operation.sequence).collect())
                .unwrap_or_default();
            prop_assert_eq!(kept, (base + 1..=total).collect::<Vec<_>>());
            phone.journal().verify().unwrap();
        }
    }
}
