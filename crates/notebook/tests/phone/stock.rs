//! The bag of one phone.

use super::team::{Team, evening, known};
use domain::ids::ItemCode;
use domain::validate::RuleId;
use notebook::error::ErrorCode;
use notebook::view::{
    CountInput, DetailsInput, DifferenceReason, LoadInput, Nothing, RecordSummary, StockRowView, UndoInput,
};

fn condoms() -> ItemCode {
    ItemCode::new("condom_ext")
}

fn row(team: &Team) -> StockRowView {
    let view = team.lead.session.stock(Nothing {}).unwrap();
    view.rows.into_iter().find(|row| row.item == condoms()).unwrap()
}

fn count(counted: u32, difference: Option<DifferenceReason>) -> CountInput {
    CountInput { item: condoms(), counted, difference }
}

#[test]
fn balances_a_count_and_lets_it_be_corrected_v17() {
    let team = Team::at(evening());
    team.start(&[("condom_ext", 20)], &["Z1"]);
    team.lead.save(known(), &[("condom_ext", 6)], DetailsInput::default());
    assert_eq!(team.lead.session.close_status(Nothing {}).unwrap().stock_open, [condoms()]);

    let refused = team.lead.session.count_item(count(12, None)).unwrap_err();
    assert_eq!(refused.code, ErrorCode::InvalidInput);
    assert_eq!(refused.findings.first().map(|finding| finding.rule), Some(RuleId::V17), "two are missing: why?");

    team.lead.session.count_item(count(12, Some(DifferenceReason::Waste))).unwrap();
    assert_eq!((row(&team).counted, row(&team).expected), (Some(12), 14));
    assert_eq!(team.lead.session.close_status(Nothing {}).unwrap().stock_open, []);

    team.lead.session.count_item(count(14, None)).unwrap();
    assert_eq!(row(&team).counted, Some(14), "the second count replaces the first");
    assert_eq!(team.lead.session.close_status(Nothing {}).unwrap().stock_open, []);
}

#[test]
fn never_goes_below_zero_and_asks_for_the_load_v19() {
    let team = Team::at(evening());
    team.start(&[("condom_ext", 4)], &["Z1"]);
    let night = team.lead.save(known(), &[("condom_ext", 6)], DetailsInput::default());
    let left = night.bag.iter().find(|item| item.item == condoms()).unwrap();
    assert_eq!((left.left, left.over), (0, true));
    assert!(row(&team).over && row(&team).expected == 0);
    let view = team.lead.session.load_item(LoadInput { item: condoms(), quantity: 8 }).unwrap();
    let corrected = view.rows.iter().find(|row| row.item == condoms()).unwrap();
    assert_eq!((corrected.loaded, corrected.expected, corrected.over), (12, 6, false));
}

#[test]
fn keeps_the_bags_of_two_phones_apart() {
    let team = Team::at(evening());
    team.start(&[("condom_ext", 20)], &["Z1"]);
    team.member.save(known(), &[("condom_ext", 6)], DetailsInput::default());
    team.carry();
    assert_eq!((row(&team).loaded, row(&team).out), (20, 0), "what the partner handed out came from the other bag");
}

#[test]
fn says_what_runs_low_and_takes_a_load_back() {
    let team = Team::at(evening());
    team.start(&[("condom_ext", 20)], &["Z1"]);
    let night = team.lead.save(known(), &[("condom_ext", 17)], DetailsInput::default());
    assert!(night.bag.iter().any(|item| item.item == condoms() && item.low && item.left == 3));

    team.lead.session.load_item(LoadInput { item: condoms(), quantity: 50 }).unwrap();
    let night = team.lead.night();
    assert!(night.bag.iter().all(|item| !item.low));
    let last = night.last.unwrap();
    assert!(matches!(&last.record, RecordSummary::Load { loaded } if loaded.quantity == 50));
    team.lead.session.undo(UndoInput { operation: last.operation }).unwrap();
    assert_eq!(row(&team).loaded, 20);
}
