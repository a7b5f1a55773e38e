//! What a visit costs: requests and bytes, counted on the wire.

use super::server::Server;
use super::*;
use crate::flows::wire::Tap;

/// What went to the server while something was done: the first lines, and all bytes.
fn asked(tap: &Tap, work: impl FnOnce()) -> (Vec<String>, usize) {
    let count = || tap.with(|tapped| (tapped.requests().len(), tapped.sent.iter().map(Vec::len).sum::<usize>()));
    let (requests, bytes) = count();
    work();
    let lines = tap.with(|tapped| tapped.requests().split_off(requests));
    (lines.into_iter().map(|(line, _)| line).collect(), count().1 - bytes)
}

const TURN: &str = "POST /v1/turns HTTP/1.1";

#[test]
fn visit_of_an_open_phone_is_one_request_and_a_locked_one_costs_no_more() {
    let port = Server::free_port();
    let tap = Tap::before(port);
    let mut office = Office::at(port, tap.url.clone());
    let lead = office.enrolled("lead", Role::Lead);
    let outing_id = start_outing(&lead);
    for _ in 0..40 {
        see_somebody(&lead);
    }
    let send = |expected: SendState| {
        let sent = lead.send(OutingInput { outing_id }).unwrap();
        assert_eq!((sent.state, sent.error), (expected, None));
    };
    let (first, with_all) = asked(&tap, || send(SendState::Received));
    assert_eq!(first, [TURN], "operations, receipt, manifest and page in one");
    let (again, with_nothing) = asked(&tap, || send(SendState::Received));
    assert_eq!(again, [TURN], "receipt and page");
    see_somebody(&lead);
    let (one_more, _) = asked(&tap, || send(SendState::Received));
    assert_eq!(one_more, [TURN]);
    println!("a visit with 41 operations: {with_all} bytes; with nothing to say: {with_nothing}");
    assert!(with_nothing <= 640, "{with_nothing} bytes");

    see_somebody(&lead);
    lead.lock(Nothing {}).unwrap();
    let mut visitor = Visitor::new(Entropy::system());
    let mut journal = Journal::open(&office.folder.path().join("lead")).unwrap();
    let client = HttpClient::new(&ServerAddress::parse(&tap.url).unwrap()).unwrap();
    let (locked, _) = asked(&tap, || {
        let end = visitor.visit(&mut journal, &client, &|| Moment::at(now()), Purpose::Background).unwrap();
        assert_eq!(end.trouble, None);
    });
    assert_eq!(locked.len(), 2, "an order is asked for now and then");
    assert!(locked[0].starts_with("GET /v1/orders/") && locked[1].starts_with("POST /v1/batches"), "{locked:?}");
}

#[test]
fn visit_of_the_desk_is_one_request_and_its_acknowledgement() {
    let port = Server::free_port();
    let tap = Tap::before(port);
    let mut office = Office::at(port, tap.url.clone());
    let lead = office.enrolled("lead", Role::Lead);
    let outing_id = start_outing(&lead);
    lead.send(OutingInput { outing_id }).unwrap();
    let client = office.client();
    let mut visitor = Visitor::new(Entropy::system());
    let mut visit = || {
        let end = visitor.visit(&mut office.desk, &client, &|| Moment::at(now()), Purpose::Asked).unwrap();
        assert_eq!(end.trouble, None);
    };
    let (lines, _) = asked(&tap, &mut visit);
    assert_eq!(lines, [TURN, "POST /v1/acknowledgements HTTP/1.1"]);
    let (lines, _) = asked(&tap, &mut visit);
    assert_eq!(lines, [TURN], "both streams and a receipt");
}

fn copy(from: &std::path::Path, to: &std::path::Path) {
    if from.is_dir() {
        std::fs::create_dir_all(to).unwrap();
        for entry in std::fs::read_dir(from).unwrap() {
            let entry = entry.unwrap();
            copy(&entry.path(), &to.join(entry.file_name()));
        }
    } else {
        std::fs::copy(from, to).unwrap();
    }
}

impl Office {
    /// All that a phone keeps, on another phone.
    fn clone_phone(&self, from: &str, to: &str) {
        for (from, to) in [(from.to_owned(), to.to_owned()), (format!("{from}-keys"), format!("{to}-keys"))] {
            copy(&self.folder.path().join(from), &self.folder.path().join(to));
        }
    }

    fn unlocked(&self, name: &str) -> Arc<Session> {
        let phone = self.phone(name);
        assert_eq!(phone.unlock(UnlockInput { pin: PIN.into() }).unwrap().state, SessionState::Open);
        phone
    }
}

#[test]
fn copy_of_a_phone_is_found_at_the_first_contact_after_both_wrote() {
    let mut office = Office::new();
    let phone = office.enrolled("phone", Role::Lead);
    let outing_id = start_outing(&phone);
    phone.send(OutingInput { outing_id }).unwrap();
    drop(phone);
    office.clone_phone("phone", "copy");
    let (phone, copy) = (office.unlocked("phone"), office.unlocked("copy"));
    see_somebody(&phone);
    see_somebody(&copy);
    assert_eq!(phone.send(OutingInput { outing_id }).unwrap().error, None);
    assert_eq!(copy.send(OutingInput { outing_id }).unwrap().error, Some(ErrorCode::Fork));
    see_somebody(&phone);
    let sent = phone.send(OutingInput { outing_id }).unwrap();
    assert_eq!(sent.error, Some(ErrorCode::Fork), "and the other one learns of it at its own");
}

#[test]
fn phone_that_was_set_back_is_found_at_its_first_contact_though_it_has_nothing_to_say() {
    let mut office = Office::new();
    let phone = office.enrolled("phone", Role::Lead);
    let outing_id = start_outing(&phone);
    phone.send(OutingInput { outing_id }).unwrap();
    drop(phone);
    office.clone_phone("phone", "old");
    let phone = office.unlocked("phone");
    see_somebody(&phone);
    assert_eq!(phone.send(OutingInput { outing_id }).unwrap().error, None);
    let old = office.unlocked("old");
    assert_eq!(old.send(OutingInput { outing_id }).unwrap().error, Some(ErrorCode::Fork));
}

#[test]
fn phone_with_a_wrong_clock_sends_everything_at_its_first_visit_and_says_that_the_clock_is_wrong() {
    for days in [-3_650, 1, 3_650] {
        let mut office = Office::new();
        drop(office.enrolled("phone", Role::Lead));
        let setup = SessionSetup {
            data_dir: office.folder.path().join("phone"),
            share_dir: office.folder.path().join("shared"),
            seat: SeatView::Phone,
            clock: Arc::new(move || Moment::at(now() + chrono::TimeDelta::days(days))),
            entropy: Entropy::system(),
            binder: Arc::new(FileBinder::new(&office.folder.path().join("phone-keys"))),
        };
        let phone = Session::open(setup).unwrap();
        phone.unlock(UnlockInput { pin: PIN.into() }).unwrap();
        let outing_id = start_outing(&phone);
        see_somebody(&phone);
        let sent = phone.send(OutingInput { outing_id }).unwrap();
        assert_eq!((sent.state, sent.error), (SendState::Received, Some(ErrorCode::ClockOff)), "{days} days");
    }
}
