//! Leaving an outing and going over to another one: what a phone may give up, and what must not get lost on the way.

use super::pair::recorded;
use super::review::count_rest;
use super::team::{Phone, Team, alias, evening, known, open, start_input};
use domain::ids::OperatorCode;
use domain::outing::OutingStatus;
use domain::referral::{Consent, ServiceType, Urgency};
use notebook::error::ErrorCode;
use notebook::view::{JoinInput, MonthInput, Nothing, OutingInput, ReferralInput, SignInput, UnsavedCardInput};

const BAG: &[(&str, u16)] = &[("condom_ext", 60)];

#[test]
fn an_outing_that_a_member_gave_up_counts_nowhere_and_waits_for_nobody() {
    let team = Team::at(evening());
    let stays = open(team.lead.session.start_outing(start_input(BAG, &["Z1"], None)).unwrap());
    let begun = open(team.member.session.start_outing(start_input(BAG, &["Z1"], None)).unwrap());
    team.member.later(1200);
    open(team.member.session.join_outing(recorded(&stays.code)).unwrap());
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
fn two_phones_that_scan_each_other_end_in_one_outing() {
    let team = Team::at(evening());
    let begin = |phone: &Phone| open(phone.session.start_outing(start_input(BAG, &["Z1"], None)).unwrap());
    let (lead, member) = (begin(&team.lead), begin(&team.member));
    let unknown = |code: &str| JoinInput { code: code.into(), other_recorded: false };
    let joined =
        [team.lead.session.join_outing(unknown(&member.code)), team.member.session.join_outing(unknown(&lead.code))];
    assert_eq!(joined.iter().filter(|one| one.is_ok()).count(), 1);
    let stays = if lead.code < member.code { lead.outing_id } else { member.outing_id };
    assert_eq!([team.lead.night().outing_id, team.member.night().outing_id], [stays, stays]);
}

#[test]
fn a_phone_goes_back_to_what_it_gave_up_with_the_bag_it_has() {
    for lead_joins in [true, false] {
        let team = Team::at(evening());
        let (joins, other) = if lead_joins { (&team.lead, &team.member) } else { (&team.member, &team.lead) };
        let begin = |phone: &Phone| open(phone.session.start_outing(start_input(BAG, &["Z1"], None)).unwrap());
        let (first, second) = (begin(joins), begin(other));
        open(joins.session.join_outing(recorded(&second.code)).unwrap());
        let back = open(joins.session.join_outing(recorded(&first.code)).unwrap());
        assert_eq!((back.outing_id, back.bag[0].left), (first.outing_id, 60));
        joins.save(known(), &[], alias("AIRONE-12"));
        let back = open(other.session.join_outing(recorded(&first.code)).unwrap());
        assert_eq!(back.outing_id, first.outing_id);
    }
}

#[test]
fn nothing_is_given_up_for_an_outing_that_cannot_be_joined() {
    let team = Team::at(evening());
    let over = open(team.member.session.start_outing(start_input(&[], &["Z1"], None)).unwrap());
    team.member.later(3600);
    team.member.close();
    let night = open(team.member.session.start_outing(start_input(&[], &["Z1"], None)).unwrap());
    assert_eq!(team.member.session.join_outing(recorded(&over.code)).unwrap_err().code, ErrorCode::WrongState);
    assert_eq!(team.member.night().outing_id, night.outing_id);
}

#[test]
fn an_outing_in_which_the_partner_records_is_never_given_up() {
    let team = Team::at(evening());
    let outing_id = team.start(&[], &["Z1"]);
    team.member.save(known(), &[], alias("AIRONE-12"));
    let other = Team::at(evening());
    let elsewhere = open(other.member.session.start_outing(start_input(&[], &["Z1"], None)).unwrap());
    team.carry();
    assert!(!team.lead.session.pair(Nothing {}).unwrap().can_join);
    assert_eq!(team.lead.session.join_outing(recorded(&elsewhere.code)).unwrap_err().code, ErrorCode::WrongState);
    assert_eq!(team.lead.night().outing_id, outing_id);
}

#[test]
fn the_lead_closes_and_signs_what_was_given_up_while_the_partner_recorded_in_it() {
    let team = Team::at(evening());
    let begin = |phone: &Phone| open(phone.session.start_outing(start_input(&[], &["Z1"], None)).unwrap());
    let (given_up, other) = (begin(&team.lead), begin(&team.member));
    open(team.lead.session.join_outing(recorded(&other.code)).unwrap());
    let outing_id = given_up.outing_id;
    let close = || team.lead.stepped_up().close_lost(OutingInput { outing_id });
    assert_eq!(close().unwrap_err().code, ErrorCode::WrongState, "nothing is in it");
    open(team.member.session.join_outing(recorded(&given_up.code)).unwrap());
    team.member.save(known(), &[], alias("AIRONE-12"));
    team.carry();
    assert_eq!(close().unwrap().outing.status, OutingStatus::Closed);
    let view = team.lead.stepped_up().review(OutingInput { outing_id }).unwrap();
    assert_eq!(view.counts.contacts, 1);
}

#[test]
fn a_card_that_was_given_up_comes_back_only_in_its_own_outing() {
    let team = Team::at(evening());
    let stays = open(team.lead.session.start_outing(start_input(&[], &["Z1"], None)).unwrap());
    open(team.member.session.start_outing(start_input(&[], &["Z1"], None)).unwrap());
    let input = UnsavedCardInput { card: team.member.session.open_card(known()).unwrap().card };
    team.member.session.drop_card(input).unwrap();
    let join = || team.member.session.join_outing(recorded(&stays.code));
    assert_eq!(join().unwrap_err().code, ErrorCode::WrongState, "it may still come back");
    assert_eq!(open(team.member.session.restore_card(input).unwrap()).drafts, 1);
    team.member.session.drop_card(input).unwrap();
    team.member.close();
    open(team.member.session.start_outing(start_input(&[], &["Z1"], None)).unwrap());
    assert_eq!(team.member.session.restore_card(input).unwrap_err().code, ErrorCode::NotFound);
}

#[test]
fn a_card_from_which_a_referral_was_opened_is_not_given_up() {
    let team = Team::at(evening());
    team.start(&[], &["Z1"]);
    let input = UnsavedCardInput { card: team.lead.session.open_card(known()).unwrap().card };
    let referral = ReferralInput {
        card: Some(input.card),
        alias: None,
        service_type: ServiceType::FamilyClinic,
        urgency: Urgency::Within72h,
        reason: None,
        language_need: None,
        mediator_needed: false,
        accompany_needed: false,
        consent: Consent::Verbal,
        parent_id: None,
        answer: None,
    };
    team.lead.session.open_referral(referral).unwrap();
    assert_eq!(team.lead.session.drop_card(input).unwrap_err().code, ErrorCode::CardInUse);
    assert_eq!(team.lead.night().drafts, 1);
    team.lead.session.save_card(input).unwrap();
    assert_eq!(team.lead.night().persons, 1);
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
    let input = SignInput { outing_id, operator: OperatorCode::new("OP-A"), without: 0 };
    assert_eq!(team.lead.session.sign_off(input.clone()).unwrap_err().code, ErrorCode::WrongState);
    assert_eq!(team.lead.night().drafts, 1, "the card is there");
    team.lead.session.save_card(UnsavedCardInput { card }).unwrap();
    team.lead.close();
    let signed = team.lead.stepped_up().sign_off(input).unwrap();
    assert_eq!(signed.counts.contacts, 2);
}
