//! Rounds that ask several things at once.

use super::*;

#[test]
fn asks_all_that_it_can_know_of_in_one_turn() {
    let mut round = Round::new(Pace::default());
    let view = turning(5, 2);
    let plan =
        Plan { manifest: true, push: Some((3, 64)), reads: [Some((Stream::Journal, Cursor(3))), None], audit: None };
    assert_eq!(round.next(&view), Step::Ask(Call::Turn(plan)));
    round.took_turn();
    round.answered(Call::Manifest, Answer::Accepted, &view, ours(5));
    round.answered(push(3, 3), received(receipt(5)), &view, ours(5));
    let page = Page { envelopes: Vec::new(), next: Cursor(3), more: false };
    round.answered(Call::Pull { stream: Stream::Journal, after: Cursor(3) }, Answer::Page(page), &view, ours(5));
    assert_eq!(round.next(&View { received: 5, backed_up: 5, ..view }), Step::End, "nothing is left to ask");
    assert_eq!(round.end(0).trouble, None);
}

#[test]
fn takes_no_turn_for_operations_or_a_receipt_alone_nor_while_locked() {
    let round = Round::new(Pace::default());
    let bare = OpenView { turns: true, ..OpenView::default() };
    assert_eq!(round.next(&View { open: Some(bare.clone()), ..locked(5, 2) }), Step::Ask(push(3, 64)));
    assert_eq!(round.next(&View { open: Some(bare), ..locked(5, 5) }), Step::Ask(Call::Receipt));
    assert_eq!(round.next(&locked(5, 2)), Step::Ask(push(3, 64)));
}

#[test]
fn asks_a_server_with_another_key_for_the_manifest_before_it_believes_or_gives_up() {
    let mut round = Round::new(Pace::default());
    let view = turning(5, 2);
    let Step::Ask(turn) = round.next(&view) else { panic!("no turn") };
    round.lost(turn, Fault::Forged);
    assert_eq!(round.next(&view), Step::Ask(Call::Order(DEVICE)));
    round.answered(Call::Order(DEVICE), refused(RefusalCode::NotFound), &view, ours(5));
    assert_eq!(round.next(&view), Step::Ask(Call::Manifest));
    round.answered(Call::Manifest, Answer::Accepted, &view, ours(5));
    let Step::Ask(call @ Call::Push { first: 3, .. }) = round.next(&view) else { panic!("nothing is handed in") };
    round.lost(call, Fault::Forged);
    assert_eq!(round.next(&view), Step::End);
    assert_eq!(round.end(0).trouble, Some(Trouble::Lost(Fault::Forged)));
}

#[test]
fn goes_on_with_single_calls_after_a_refused_turn_and_stops_when_the_server_is_busy() {
    for code in RefusalCode::ALL {
        let mut round = Round::new(Pace::default());
        let view = turning(5, 2);
        let Step::Ask(call @ Call::Turn(_)) = round.next(&view) else { panic!("no turn") };
        round.answered(call, refused(*code), &view, ours(5));
        let is_busy = matches!(code, RefusalCode::TooMany | RefusalCode::Unavailable | RefusalCode::Internal);
        let next = if is_busy { Step::End } else { Step::Ask(Call::Order(DEVICE)) };
        assert_eq!(round.next(&view), next, "{code}");
        assert_eq!(round.end(0).trouble.is_some(), is_busy, "{code}");
    }
}
