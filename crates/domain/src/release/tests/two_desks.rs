//! Two desks that make a release at once, and give it one number.

use super::*;
use std::collections::BTreeSet;

fn other_desk() -> Stamp {
    Stamp { desk: DeviceId(Uuid::from_u128(8)), ..stamp() }
}

fn made(history: &History, records: &Records, wish: &Wish, stamp: &Stamp) -> Given {
    let draft = make(records, &programme(), history, wish, stamp).expect("a document");
    Given { release: draft.release, exact: draft.exact }
}

/// What both desks know once each has heard of the other's document.
fn both(records: &Records, first: &Wish, second: &Wish) -> History {
    let nothing = History::default();
    History::new(vec![made(&nothing, records, first, &stamp()), made(&nothing, records, second, &other_desk())])
}

#[test]
fn the_document_whose_number_went_to_another_desk_is_made_again_under_the_next() {
    let records = records(&[(11, [6, 7, 8])]);
    let history = both(&records, &wish("A", weekly(11)), &wish("B", weekly(11)));
    let history = history.published(BTreeSet::from([(1, stamp().desk)]));
    let [theirs, ours] = [other_desk(), stamp()].map(|stamp| {
        let is_its = |given: &&Given| given.release.desk == stamp.desk;
        history.given().iter().find(is_its).expect("both are known").release.clone()
    });
    assert_eq!((theirs.number, ours.number), (1, 1));
    assert!(history.is_contested(&theirs) && !history.is_contested(&ours));
    let again = make(&records, &programme(), &history, &wish("B", weekly(11)), &other_desk()).expect("made again");
    assert_eq!((again.release.number, again.release.replaces), (2, None));
    assert_eq!((&again.release.tables, &again.release.figures), (&theirs.tables, &theirs.figures));
    let frozen = make(&records, &programme(), &history, &wish("A", weekly(11)), &stamp());
    assert_eq!(frozen.err(), Some(Refusal::PeriodFrozen), "the published one stands");
    let given = Given { release: again.release, exact: again.exact };
    let history = History::new(history.given().iter().cloned().chain([given]).collect())
        .published(BTreeSet::from([(1, stamp().desk)]));
    let twice = make(&records, &programme(), &history, &wish("B", weekly(11)), &other_desk());
    assert_eq!(twice.err(), Some(Refusal::PeriodFrozen), "it is made again once");
}

#[test]
fn what_both_desks_made_for_one_recipient_is_not_given_a_third_time() {
    let records = records(&[(11, [6, 7, 8])]);
    let history = both(&records, &wish("A", weekly(11)), &wish("A", weekly(11)));
    let third = make(&records, &programme(), &history, &wish("A", weekly(11)), &stamp());
    assert_eq!(third.err(), Some(Refusal::PeriodFrozen));
}

#[test]
fn what_is_made_again_hides_what_the_other_desks_document_would_give_away() {
    let records = records(&[(10, [1, 9, 9]), (11, [6, 6, 6])]);
    let month = Wish { recipient: recipient("B"), period: march(), correct: false };
    let history = both(&records, &wish("A", weekly(11)), &month);
    let history = history.published(BTreeSet::from([(1, stamp().desk)]));
    let displaced = history.find_displaced(&month.recipient, &month.period).expect("displaced").release.clone();
    let shown = displaced.tables.iter().find(|table| table.code == TableId::DeskTopics.code()).expect("topics");
    assert_eq!(cells(shown), ["7", "15", "15"], "alone it gives nothing away");
    let again = make(&records, &programme(), &history, &month, &other_desk()).expect("made again");
    assert!(topics(&again).rows.iter().any(|row| row.cell.is_hidden()), "7 less 6 is one person");
}

#[test]
fn persons_whose_records_came_meanwhile_are_not_counted_by_making_it_again() {
    let before = records(&[(11, [6, 7, 8])]);
    let history = both(&before, &wish("A", weekly(12)), &wish("B", weekly(11)));
    let history = history.published(BTreeSet::from([(1, stamp().desk)]));
    let after = records(&[(11, [9, 9, 9])]);
    let again = make(&after, &programme(), &history, &wish("B", weekly(11)), &other_desk()).expect("made again");
    assert_eq!(cells(topics(&again)), ["6", "7", "8"]);
}
