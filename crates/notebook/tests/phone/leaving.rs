//! Leaving an outing and going over to another one: what a phone may give up, and what must not get lost on the way.

use super::review::count_rest;
use super::team::{Team, alias, evening, known, open, start_input};
use domain::ids::OperatorCode;
use domain::outing::OutingStatus;
use notebook::error::ErrorCode;
use notebook::view::{CodeInput, MonthInput, Nothing, OutingInput, SignInput, UnsavedCardInput};

const BAG: &[(&str, u16)] = &[("condom_ext", 60)];

#[test]
fn an_outing_that_a_member_gave_up_counts_nowhere_and_waits_for_nobody() {
    let team = Team::at(evening());
    let stays = open(team.lead.session.start_outing(start_input(BAG, &["Z1"], None)).unwrap());
    let begun = open(team.member.session.start_outing(start_input(BAG, &["Z1"], None)).unwrap());
    team.member.later(1200);
    open(team.member.session.join_outing(CodeInput { code: stays.code }).unwrap());
    team.carry();
    let outings = team.lead.stepped_up().outings(Nothing {}).unwrap();
    let given_up = outings.iter().find(|outing| outing.outing_id == begun.outing_id).unwrap();
    assert_eq!(given_up.status, OutingStatus::Cancelled);
    count_rest(&team.member);
    team.member.later(7200);
    team.member.close();
    assert_eq!(team.member.session.month(MonthInput { month: None }).unwrap().outings, 1);
}

#[test]
fn nobody_signs_while_the_own_phone_is_out_with_a_card_open() {
    let team = Team::at(evening());
    let outing_id = team.start(&[], &["Z1"]);
    team.member.save(known(), &[], alias("AIRONE-12"));
    for phone in [&team.member, &team.lead] {
        phone.later(3600);
    }
    team.member.close();
    team.carry();
    let card = team.lead.session.open_card(known()).unwrap().card;
    assert!(!team.lead.stepped_up().review(OutingInput { outing_id }).unwrap().can_sign);
    let input = SignInput { outing_id, operator: OperatorCode::new("OP-A") };
    assert_eq!(team.lead.session.sign_off(input.clone()).unwrap_err().code, ErrorCode::WrongState);
    assert_eq!(team.lead.night().drafts, 1, "the card is there");
    team.lead.session.save_card(UnsavedCardInput { card }).unwrap();
    team.lead.close();
    let signed = team.lead.stepped_up().sign_off(input).unwrap();
    assert_eq!(signed.counts.contacts, 2);
}
