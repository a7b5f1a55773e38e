use super::*;
use crate::entropy::Entropy;
use crate::fixture::{Team, at, contact, envelopes, opened, page};
use crate::ingest::Arrivals;
use crate::journal::Journal;
use crate::programme_new::ManifestChange;
use domain::ids::{OutingId, ZoneCode};
use domain::operation::Scope;
use domain::programme::Zone;
use domain::sync::Stream;
use domain::sync::pull::Page;
use uuid::Uuid;

const OUTING: OutingId = OutingId(Uuid::from_u128(1));

fn review_key() -> DataKey {
    DataKey::generate(&mut Entropy::seeded_for_simulation(7)).unwrap()
}

/// The lead's notebook with a step-up PIN that has been given once and is closed again.
fn closed_lead(team: &Team) -> Notebook {
    let mut lead = team.lead.open();
    lead.open_identity(&review_key(), at(0)).unwrap();
    lead.close_identity().unwrap();
    lead
}

/// The member's outing with three contacts.
fn members_night(team: &Team) -> Page {
    let mut phone = team.member.open();
    let device = phone.device();
    phone.save(opened(1), None, at(0), None).unwrap();
    for number in 0..3 {
        phone.save(contact(1, 100 + number, device, "AIRONE-12", 2), None, at(1), None).unwrap();
    }
    drop(phone);
    page(envelopes(&Journal::open(&team.member.dir).unwrap(), Stream::Journal))
}

fn contacts(notebook: &Notebook) -> usize {
    notebook.outing_state(OUTING, Scope::Everything).unwrap().map_or(0, |state| state.contacts.len())
}

#[test]
fn leaves_no_secret_in_the_stored_identity_once_a_step_up_pin_is_chosen() {
    let team = Team::new();
    let secret = team.lead.open().identity().sealing().unwrap().to_text();
    let stored = |notebook: &Notebook, key| meta::find(notebook.store.connection(), key).unwrap();
    let mut lead = team.lead.open();
    lead.wrap_identity(&review_key()).unwrap();
    let log = std::fs::metadata(team.lead.dir.join("notebook.db-wal")).map_or(0, |file| file.len());
    assert_eq!(log, 0, "the page of before is not in the log either");
    let identity = String::from_utf8(stored(&lead, MetaKey::Identity).unwrap()).unwrap();
    assert!(!identity.contains(secret.as_str()) && !identity.contains("AGE-SECRET"));
    assert!(stored(&lead, MetaKey::SealedIdentity).is_some());
    drop(lead);
    let mut lead = team.lead.open();
    assert!(!lead.identity_is_open(), "a restart closes it too");
    let other = DataKey::generate(&mut Entropy::seeded_for_simulation(8)).unwrap();
    assert_eq!(lead.open_identity(&other, at(1)), Err(NotebookError::Damaged("lead identity")));
    assert!(!lead.identity_is_open());
    lead.open_identity(&review_key(), at(1)).unwrap();
    assert_eq!(*lead.identity().sealing().unwrap().to_text(), *secret);
}

#[test]
fn keeps_what_comes_before_the_pin_sealed_and_opens_all_of_it_after() {
    let team = Team::new();
    let sent = members_night(&team);
    let mut lead = closed_lead(&team);
    assert_eq!(lead.ingest_page(Stream::Journal, &sent, at(2)).unwrap(), Arrivals { new: 4, known: 0, set_aside: 0 });
    assert_eq!(lead.ingest_page(Stream::Journal, &sent, at(3)).unwrap(), Arrivals { new: 0, known: 4, set_aside: 0 });
    assert_eq!((contacts(&lead), lead.count_waiting().unwrap(), lead.list_problems().unwrap().len()), (0, 4, 0));
    assert_eq!(lead.retry_set_aside(at(4)).unwrap(), Arrivals::default(), "it is not even looked at");
    drop(lead);
    let mut lead = team.lead.open();
    assert_eq!((contacts(&lead), lead.count_waiting().unwrap()), (0, 4));
    lead.open_identity(&review_key(), at(5)).unwrap();
    assert_eq!((contacts(&lead), lead.count_waiting().unwrap()), (3, 0));
    assert_eq!(lead.ingest_page(Stream::Journal, &sent, at(6)).unwrap(), Arrivals { new: 0, known: 4, set_aside: 0 });
}

#[test]
fn says_of_what_waited_and_does_not_open_that_it_is_a_fault() {
    let team = Team::new();
    let mut sent = members_night(&team).envelopes;
    let mut lead = closed_lead(&team);
    // Signed by the member and sealed to somebody else.
    let stranger = crate::crypto::seal::SealIdentity::generate().recipient();
    let envelope = &mut sent[0];
    let packing = crate::crypto::seal::Packing::Plain;
    envelope.operation.sealed.0 = crate::crypto::seal::seal(&[&stranger], b"{}", packing).unwrap();
    let digest = domain::sync::chain::Digest::of(&envelope.operation.sealed.0);
    envelope.chain = domain::sync::chain::link(envelope.previous, 1, Stream::Journal, digest);
    let message = domain::sync::chain::head_message(envelope.device, 1, envelope.chain);
    envelope.operation.signature = team.member.open().identity().sign(&message);
    assert_eq!(lead.ingest(&sent[0], at(2)).unwrap().new, 1);
    lead.open_identity(&review_key(), at(3)).unwrap();
    let codes: Vec<_> = lead.list_problems().unwrap().iter().map(|problem| problem.code).collect();
    assert_eq!((codes, lead.count_waiting().unwrap()), (vec![crate::store::ProblemCode::NotForUs], 0));
}

#[test]
fn opens_the_lists_of_a_manifest_that_came_before_the_pin_after_it() {
    let team = Team::new();
    let mut desk = team.admin.open();
    let mut lead = closed_lead(&team);
    let mut programme = lead.programme().unwrap().clone();
    let before = programme.zones.len();
    programme.zones.push(Zone {
        code: ZoneCode::new("Z9"),
        label: "Nuova".into(),
        district: None,
        in_municipality: true,
        min_expected: 5,
    });
    let signed = desk.sign_manifest(vec![ManifestChange::SetProgramme(Box::new(programme))], at(1)).unwrap();
    lead.apply_manifest(&signed).unwrap();
    let number = lead.manifest().unwrap().number;
    assert_eq!((number, lead.programme().unwrap().zones.len()), (desk.manifest().unwrap().number, before));
    drop(lead);
    let mut lead = team.lead.open();
    assert_eq!(lead.manifest().unwrap().number, number, "who takes part is in force at once");
    lead.open_identity(&review_key(), at(2)).unwrap();
    assert_eq!(lead.programme().unwrap().zones.len(), before + 1);
    drop(lead);
    assert_eq!(team.lead.open().programme().unwrap().zones.len(), before + 1);
}

#[test]
fn takes_over_own_journal_entries_that_an_older_copy_lacks_after_the_pin() {
    let team = Team::new();
    let mut lead = closed_lead(&team);
    let device = lead.device();
    lead.save(opened(1), None, at(0), None).unwrap();
    drop(lead);
    let old = std::fs::read(team.lead.dir.join("notebook.db")).unwrap();
    let mut lead = team.lead.open();
    lead.save(contact(1, 100, device, "AIRONE-12", 2), None, at(2), None).unwrap();
    drop(lead);
    std::fs::write(team.lead.dir.join("notebook.db"), old).unwrap();
    let mut lead = team.lead.open();
    assert_eq!((contacts(&lead), lead.count_waiting().unwrap()), (0, 1));
    let saved = lead.save(contact(1, 101, device, "AIRONE-13", 1), None, at(3), None).unwrap();
    assert_eq!(saved.sequence, 3, "the next save goes on behind it");
    lead.open_identity(&review_key(), at(4)).unwrap();
    assert_eq!((contacts(&lead), lead.count_waiting().unwrap()), (2, 0));
}
