use super::*;
use crate::fixture::{Team, at, contact, opened};
use crate::sync::fault::Fault;
use crate::sync::wire::Reply;
use domain::ids::OutingId;
use domain::sync::file::NightFile;
use std::cell::{Cell, RefCell};
use uuid::Uuid;

const OUTING: OutingId = OutingId(Uuid::from_u128(1));
/// Operations of the lost phone: more than go into one batch.
const WHOLE: u64 = MAX_OPERATIONS as u64 + 7;

/// A server that puts everything apart, and never says what it lacks.
struct Apart {
    code: &'static str,
    /// First and last of the batches that came.
    came: RefCell<Vec<(u64, u64)>>,
    /// Batches before the connection breaks.
    left: Cell<usize>,
}

impl Apart {
    fn new(code: &'static str) -> Self {
        Self { code, came: RefCell::default(), left: Cell::new(usize::MAX) }
    }

    fn came(&self) -> Vec<(u64, u64)> {
        self.came.take()
    }
}

impl Transport for Apart {
    fn exchange(&self, request: &WireRequest) -> std::result::Result<Reply, Fault> {
        self.left.set(self.left.get().checked_sub(1).ok_or(Fault::Unreachable)?);
        let batch: Batch = serde_json::from_slice(&request.body).unwrap();
        let (first, last) = (batch.operations.first().unwrap(), batch.operations.last().unwrap());
        self.came.borrow_mut().push((first.sequence, last.sequence));
        Ok(Reply { status: 403, json: true, body: format!("{{\"code\":\"{}\"}}", self.code).into_bytes() })
    }
}

/// A member's phone that holds the night of the lead's, sealed.
fn holder(team: &Team) -> Notebook {
    let mut lead = team.lead.open();
    let device = lead.device();
    lead.save(opened(1), None, at(0), None).unwrap();
    for number in 1..WHOLE {
        lead.save(contact(1, 100 + u128::from(number), device, "AIRONE-12", 2), None, at(1), None).unwrap();
    }
    let file = NightFile::read(&lead.night_file(OUTING).unwrap().to_bytes().unwrap()).unwrap();
    let mut member = team.member.open();
    member.take_file(&file, at(5)).unwrap();
    member
}

#[test]
fn hands_in_all_of_a_log_that_is_set_apart_and_not_the_last_of_it_only() {
    let team = Team::new();
    let mut member = holder(&team);
    for code in ["revoked", "fork"] {
        let server = Apart::new(code);
        let mut on_behalf = OnBehalf::default();
        let mut visit = |minutes: i64| on_behalf.hand_in(&mut member, &server, None, at(minutes).now).unwrap();
        visit(6);
        assert_eq!(server.came(), [(WHOLE, WHOLE), (1, 64), (65, WHOLE)], "{code}");
        visit(60);
        assert_eq!(server.came(), [], "{code}: once");
    }
    assert_eq!(member.held_night(OUTING).unwrap().copies.len() as u64, WHOLE, "and keeps them");
}

#[test]
fn goes_on_where_the_connection_broke() {
    let team = Team::new();
    let mut member = holder(&team);
    let server = Apart::new("revoked");
    let mut on_behalf = OnBehalf::default();
    for (batches, came) in [(2, vec![(WHOLE, WHOLE), (1, 64)]), (1, vec![(65, WHOLE)]), (1, vec![])] {
        server.left.set(batches);
        on_behalf.hand_in(&mut member, &server, None, at(6).now).unwrap();
        assert_eq!(server.came(), came);
    }
}
