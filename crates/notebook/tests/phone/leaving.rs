//! Leaving an outing and going over to another one: what a phone may give up, and what must not get lost on the way.

use super::team::{Team, alias, evening, known};
use domain::ids::OperatorCode;
use notebook::error::ErrorCode;
use notebook::view::{OutingInput, SignInput, UnsavedCardInput};

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
