use super::*;
use crate::fixture::{Device, Team, at, contact, envelopes, opened, page};
use crate::store::problem::ProblemCode;
use crate::sync::wire::Method;
use domain::ids::OutingId;
use domain::operation::Scope;
use domain::sync::chain::Bytes;
use domain::sync::manifest::SignedManifest;
use std::cell::RefCell;
use uuid::Uuid;

const OUTING: OutingId = OutingId(Uuid::from_u128(1));

/// A server with one manifest and one page, which notes what it is asked.
struct Scripted {
    manifest: SignedManifest,
    page: RefCell<Page>,
    asked: RefCell<Vec<String>>,
}

impl Transport for Scripted {
    fn exchange(&self, request: &WireRequest) -> std::result::Result<Reply, Fault> {
        // What a lead's phone hands in for others has its own tests.
        if request.path == "/v1/batches" {
            return Err(Fault::Unreachable);
        }
        // An older server.
        if request.path == "/v1/turns" {
            return Ok(no_order());
        }
        assert_eq!(request.method, Method::Get);
        let path = request.path.split('?').next().unwrap_or_default();
        if path.starts_with("/v1/orders/") {
            return Ok(no_order());
        }
        self.asked.borrow_mut().push(path.to_owned());
        let body = match path {
            "/v1/manifest" => serde_json::to_vec(&self.manifest),
            "/v1/streams/journal" => serde_json::to_vec(&*self.page.borrow()),
            "/v1/streams/night_log" => serde_json::to_vec(&page(Vec::new())),
            other => panic!("nobody asks {other} here"),
        };
        Ok(Reply { status: 200, json: true, body: body.unwrap() })
    }
}

/// Nobody is to be wiped.
fn no_order() -> Reply {
    Reply { status: 404, json: true, body: br#"{"code":"not_found"}"#.to_vec() }
}

/// A member's phone that saved three operations, and the server that has them.
fn with_three_operations(team: &Team) -> Scripted {
    let mut member = team.member.open();
    let device = member.device();
    member.save(opened(1), None, at(0), None).unwrap();
    for number in [100, 101] {
        member.save(contact(1, number, device, "AIRONE-12", 2), None, at(1), None).unwrap();
    }
    let manifest = team.admin.open().signed_manifest().unwrap().unwrap();
    let page = RefCell::new(page(envelopes(member.journal(), Stream::Journal)));
    Scripted { manifest, page, asked: RefCell::default() }
}

fn visit(visitor: &mut Visitor, lead: &mut Notebook, server: &Scripted) -> RoundEnd {
    visitor.visit(lead, server, &|| at(60), Purpose::Asked).unwrap()
}

fn spoil(server: &Scripted, index: usize) {
    server.page.borrow_mut().envelopes[index].operation.signature = Bytes(vec![1; 64]);
}

fn contacts(lead: &Notebook) -> usize {
    lead.outing_state(OUTING, Scope::Everything).unwrap().map_or(0, |state| state.contacts.len())
}

#[test]
fn lead_takes_in_a_page_and_moves_on() {
    let team = Team::new();
    let server = with_three_operations(&team);
    let mut lead = team.lead.open();
    let mut visitor = Visitor::new(Entropy::seeded_for_simulation(1));
    assert_eq!(visit(&mut visitor, &mut lead, &server).trouble, None);
    assert_eq!(*server.asked.borrow(), ["/v1/manifest", "/v1/streams/journal"]);
    assert_eq!((contacts(&lead), lead.cursor(Stream::Journal).unwrap()), (2, server.page.borrow().next));
}

#[test]
fn signature_spoilt_on_the_way_is_asked_for_again_and_nothing_is_skipped() {
    let team = Team::new();
    let server = with_three_operations(&team);
    let whole = server.page.borrow().clone();
    let mut lead = team.lead.open();
    let mut visitor = Visitor::new(Entropy::seeded_for_simulation(1));
    spoil(&server, 1);
    let end = visit(&mut visitor, &mut lead, &server);
    assert_eq!(end.trouble, Some(Trouble::Lost(Fault::Garbled)));
    assert_eq!((contacts(&lead), lead.cursor(Stream::Journal).unwrap().0), (0, 0), "the cursor has not moved");
    *server.page.borrow_mut() = whole;
    assert_eq!(visit(&mut visitor, &mut lead, &server).trouble, None);
    assert_eq!((contacts(&lead), lead.list_problems().unwrap().len()), (2, 0));
}

#[test]
fn forged_envelope_that_comes_again_is_set_aside_and_the_rest_goes_on() {
    let team = Team::new();
    let server = with_three_operations(&team);
    let mut lead = team.lead.open();
    let mut visitor = Visitor::new(Entropy::seeded_for_simulation(1));
    spoil(&server, 1);
    visit(&mut visitor, &mut lead, &server);
    assert_eq!(visit(&mut visitor, &mut lead, &server).trouble, None);
    assert_eq!((contacts(&lead), lead.list_problems().unwrap().len()), (1, 1));
    assert_eq!(lead.cursor(Stream::Journal).unwrap(), server.page.borrow().next);
}

#[test]
fn envelope_with_a_flipped_bit_is_asked_for_again_and_then_blocks_nothing() {
    let team = Team::new();
    let server = with_three_operations(&team);
    let mut lead = team.lead.open();
    let mut visitor = Visitor::new(Entropy::seeded_for_simulation(1));
    server.page.borrow_mut().envelopes[1].operation.sealed.0[40] ^= 1;
    assert_eq!(visit(&mut visitor, &mut lead, &server).trouble, Some(Trouble::Lost(Fault::Garbled)));
    assert_eq!(visit(&mut visitor, &mut lead, &server).trouble, None);
    let problems: Vec<ProblemCode> = lead.list_problems().unwrap().iter().map(|problem| problem.code).collect();
    assert_eq!((contacts(&lead), problems), (1, vec![ProblemCode::Damaged]));
    assert_eq!(lead.cursor(Stream::Journal).unwrap(), server.page.borrow().next);
}

#[test]
fn desk_that_signs_puts_its_manifest_again_when_the_server_has_an_older_one() {
    let team = Team::new();
    let mut desk = team.admin.open();
    let manifest = desk.signed_manifest().unwrap().unwrap();
    let server = Scripted { manifest, page: RefCell::new(page(Vec::new())), asked: RefCell::default() };
    desk.sign_manifest(Vec::new(), at(1)).unwrap();
    desk.note_published().unwrap();
    let mut visitor = Visitor::new(Entropy::seeded_for_simulation(1));
    assert_eq!(visit(&mut visitor, &mut desk, &server).trouble, None, "it goes on reading");
    assert!(desk.has_unpublished().unwrap(), "the server lost it");
}

/// A server that answers batches with what it was given, the last first, and is asked for no more than that.
struct Answering(RefCell<Vec<(u16, Vec<u8>)>>);

impl Answering {
    fn receipt(team: &Team, stored: u64, minutes: i64) -> (u16, Vec<u8>) {
        let receipt = team.receipt(&journal_of(&team.member), stored, 0, at(minutes).now);
        (201, serde_json::to_vec(&receipt).unwrap())
    }
}

impl Transport for Answering {
    fn exchange(&self, request: &WireRequest) -> std::result::Result<Reply, Fault> {
        if request.path.starts_with("/v1/orders/") {
            return Ok(no_order());
        }
        assert_eq!((request.method, request.path.as_str()), (Method::Post, "/v1/batches"));
        let (status, body) = self.0.borrow_mut().pop().expect("the same batch again");
        Ok(Reply { status, json: true, body })
    }
}

fn journal_of(device: &Device) -> Journal {
    Journal::open(&device.dir).unwrap()
}

/// A locked phone with three operations, the first two received by a server whose clock ran ahead, and one visit.
fn after_the_clock_was_set_back(team: &Team, answers: Vec<(u16, Vec<u8>)>) -> (Option<Trouble>, u64) {
    let received = team.receipt(&journal_of(&team.member), 2, 0, at(500).now);
    journal_of(&team.member).record_receipt(&received).unwrap();
    let server = Answering(RefCell::new(answers));
    let mut visitor = Visitor::new(Entropy::seeded_for_simulation(1));
    let mut journal = journal_of(&team.member);
    let end = visitor.visit(&mut journal, &server, &|| at(60), Purpose::Background).unwrap();
    assert!(server.0.borrow().is_empty());
    (end.trouble, journal.state().unwrap().stored)
}

#[test]
fn a_server_whose_clock_was_set_back_is_handed_a_batch_once() {
    let team = Team::new();
    with_three_operations(&team);
    let answers = vec![Answering::receipt(&team, 3, 60)];
    assert_eq!(after_the_clock_was_set_back(&team, answers), (None, 3));
}

#[test]
fn a_receipt_of_a_push_that_is_not_kept_ends_the_visit() {
    let team = Team::new();
    with_three_operations(&team);
    let gap = (409, br#"{"code":"gap","expected":1}"#.to_vec());
    let answers = vec![Answering::receipt(&team, 1, 60), gap];
    // It said that it misses the first: nothing counts as received until a receipt is kept.
    assert_eq!(after_the_clock_was_set_back(&team, answers), (Some(Trouble::Stuck), 0));
}

#[test]
fn sender_unknown_to_a_fresh_manifest_is_set_aside_in_the_same_visit() {
    let team = Team::new();
    let server = with_three_operations(&team);
    let mut lead = team.lead.open();
    let mut visitor = Visitor::new(Entropy::seeded_for_simulation(1));
    visit(&mut visitor, &mut lead, &server);
    let stranger = domain::ids::DeviceId(Uuid::from_u128(99));
    {
        let mut page = server.page.borrow_mut();
        let mut envelope = page.envelopes.pop().unwrap();
        envelope.device = stranger;
        envelope.cursor.0 += 1;
        page.envelopes = vec![envelope];
        page.next.0 += 1;
    }
    server.asked.borrow_mut().clear();
    assert_eq!(visit(&mut visitor, &mut lead, &server).trouble, None);
    assert_eq!(*server.asked.borrow(), ["/v1/streams/journal", "/v1/manifest", "/v1/streams/journal"]);
    assert_eq!(lead.list_problems().unwrap().iter().filter(|problem| problem.device == stranger).count(), 1);
}

#[test]
fn what_was_set_aside_is_tried_again_when_a_manifest_names_the_sender() {
    let team = Team::new();
    let mut desk = team.admin.open();
    let mut second = team.enrol_lead(&mut desk);
    second.save(opened(1), None, at(0), None).unwrap();
    let mut lead = team.lead.open();
    let arrived = page(envelopes(second.journal(), Stream::Journal));
    assert_eq!(lead.ingest_page(Stream::Journal, &arrived, at(5)).unwrap().set_aside, 1);
    let manifest = desk.signed_manifest().unwrap().unwrap();
    let nothing_more = Page { envelopes: Vec::new(), ..arrived };
    let server = Scripted { manifest, page: RefCell::new(nothing_more), asked: RefCell::default() };
    let mut visitor = Visitor::new(Entropy::seeded_for_simulation(1));
    assert_eq!(visit(&mut visitor, &mut lead, &server).trouble, None);
    assert_eq!((lead.list_problems().unwrap().len(), lead.operations_of(OUTING).unwrap().len()), (0, 1));
    assert_eq!(retry_set_aside(&mut team.member.open(), at(6)), Ok(Arrivals::default()), "a member takes nothing in");
}

#[test]
fn a_manifest_that_cannot_be_opened_stops_no_sending_and_a_full_disk_is_said() {
    for (refusal, trouble) in [
        (NotebookError::TooNew, Trouble::Version),
        (NotebookError::NotAllowed, Trouble::OtherUnit),
        (NotebookError::Damaged("sealed bytes"), Trouble::BadManifest),
    ] {
        assert_eq!(unfit(refusal), Ok(trouble));
    }
    for fault in [NotebookError::DiskFull, NotebookError::Busy, NotebookError::Unreadable("database")] {
        assert_eq!(unfit(fault.clone()), Err(fault));
    }
}
