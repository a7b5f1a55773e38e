//! A grabbed phone whose holder goes step by step: what one command gives up makes room for nothing else (B13); and what
//! the duress PIN gives to whoever was told it.

use super::team::{PIN, Phone, REVIEW_PIN, Team, alias, evening, known};
use domain::referral::{Consent, ReferralState, ServiceType, Urgency};
use notebook::error::ErrorCode;
use notebook::view::{
    AliasPickerInput, ChangePinInput, DuressInput, FollowUpsInput, FollowUpsView, Nothing, ReferralInput, StepUpInput,
    TonightView, UnlockInput, UnsavedCardInput, UpdateCardInput,
};
use std::collections::BTreeSet;

const MOST: usize = 3;
const DURESS_PIN: &str = "850362";

fn referral(of: &str) -> ReferralInput {
    ReferralInput {
        card: None,
        alias: Some(of.parse().unwrap()),
        service_type: ServiceType::FamilyClinic,
        urgency: Urgency::Within72h,
        reason: None,
        language_need: None,
        mediator_needed: true,
        accompany_needed: true,
        consent: Consent::Verbal,
        parent_id: None,
        answer: Some(ReferralState::Accepted),
    }
}

/// Twenty people with a referral each, met an hour ago.
fn twenty(phone: &Phone) -> Vec<String> {
    let aliases: Vec<String> = (10..30).map(|n| format!("AIRONE-{n}")).collect();
    for name in &aliases {
        phone.save(known(), &[], alias(name));
        phone.session.open_referral(referral(name)).unwrap();
        phone.later(60);
    }
    aliases
}

/// What is said once an alias stands on a card.
fn asked(phone: &Phone, name: &str) -> FollowUpsView {
    let card = phone.session.open_card(known()).unwrap();
    let mut fill = card.fill;
    fill.details.aliases = vec![name.parse().unwrap()];
    phone.session.update_card(UpdateCardInput { card: card.card, base: known(), fill }).unwrap();
    let said = phone.session.follow_ups(FollowUpsInput { alias: name.parse().unwrap() }).unwrap();
    phone.session.drop_card(UnsavedCardInput { card: card.card }).unwrap();
    said
}

#[test]
fn tells_of_three_aliases_until_the_code_is_given_again_b13() {
    let team = Team::at(evening());
    team.start(&[], &["Z1"]);
    let aliases = twenty(&team.lead);
    let told = |names: &[String]| names.iter().filter(|name| !asked(&team.lead, name).referrals.is_empty()).count();
    assert_eq!(told(&aliases), MOST);
    assert!(asked(&team.lead, "CEDRO-07").code_first, "the same answer for somebody without any");
    assert_eq!(told(&aliases[..MOST]), MOST, "those go on to be told of");
    team.lead.session.lock(Nothing {}).unwrap();
    team.lead.unlock();
    assert_eq!(told(&aliases[MOST..]), MOST);
    team.lead.session.step_up(StepUpInput { pin: REVIEW_PIN.into() }).unwrap();
    assert_eq!(told(&aliases), aliases.len(), "a lead who stepped up");
}

#[test]
fn lists_the_referrals_of_three_aliases_beside_the_last_ones_b13() {
    let team = Team::at(evening());
    team.start(&[], &["Z1"]);
    let aliases = twenty(&team.lead);
    let mut read = BTreeSet::new();
    for name in &aliases {
        team.lead.save(known(), &[], alias(name));
        read.extend(team.lead.session.referrals(Nothing {}).unwrap().referrals.into_iter().map(|card| card.id));
    }
    assert!(read.len() <= 2 * MOST, "{} referrals read", read.len());
    assert!(read.len() > MOST, "of whoever is met again it does tell");
}

#[test]
fn offers_six_aliases_before_a_letter_is_typed() {
    let team = Team::at(evening());
    team.start(&[], &["Z1"]);
    twenty(&team.lead);
    let known = team.lead.session.pick_alias(AliasPickerInput { prefix: String::new() }).unwrap().known;
    assert_eq!(known.len(), 6);
}

#[test]
fn giving_cards_up_or_saving_them_brings_no_older_ones_to_light_b13() {
    for saves in [false, true] {
        let team = Team::at(evening());
        team.start(&[], &["Z1"]);
        let phone = &team.member;
        for n in 10..30 {
            let card = phone.session.open_card(known()).unwrap();
            let mut fill = card.fill;
            fill.details.aliases = vec![format!("AIRONE-{n}").parse().unwrap()];
            phone.session.update_card(UpdateCardInput { card: card.card, base: known(), fill }).unwrap();
            phone.later(60);
        }
        let mut read = BTreeSet::new();
        for unsaved in phone.session.todo(Nothing {}).unwrap().unsaved {
            let card = UnsavedCardInput { card: unsaved.card };
            let resumed = phone.session.resume_card(card);
            read.extend(resumed.into_iter().flat_map(|view| view.fill.details.aliases));
            if let TonightView::Open(night) = phone.session.tonight(Nothing {}).unwrap() {
                read.extend(night.card.into_iter().flat_map(|view| view.fill.details.aliases));
            }
            if saves {
                phone.session.save_card(card).unwrap();
            } else {
                assert_eq!(phone.session.drop_card(card).is_ok(), unsaved.who.is_some(), "only what can be read");
            }
        }
        assert_eq!(read.len(), MOST, "saving them: {saves}");
    }
}

#[test]
fn the_duress_pin_gives_no_tries_back() {
    let team = Team::at(evening());
    let session = &team.member.session;
    let unlock = |pin: &str| session.unlock(UnlockInput { pin: pin.into() });
    session.set_duress_pin(DuressInput { unlock_pin: PIN.into(), duress_pin: Some(DURESS_PIN.into()) }).unwrap();
    session.lock(Nothing {}).unwrap();
    for n in 0..3 {
        assert_eq!(unlock(&format!("90417{n}")).unwrap_err().code, ErrorCode::WrongSecret);
    }
    unlock(DURESS_PIN).unwrap();
    session.lock(Nothing {}).unwrap();
    assert_eq!(session.status(Nothing {}).unwrap().wait_seconds, 0);
    assert_eq!(unlock("904173").unwrap_err().code, ErrorCode::WrongSecret);
    assert!(session.status(Nothing {}).unwrap().wait_seconds > 0, "the fourth miss, whatever came between");
}

#[test]
fn the_step_up_pin_does_not_become_the_unlock_pin() {
    let team = Team::at(evening());
    let change = |old: &str, new: &str| {
        team.lead.session.change_pin(ChangePinInput { old_pin: old.into(), new_pin: new.into() })
    };
    assert_eq!(change("904173", REVIEW_PIN).unwrap_err().code, ErrorCode::WrongSecret, "the old one first");
    assert_eq!(change(PIN, REVIEW_PIN).unwrap_err().code, ErrorCode::WeakSecret);
    change(PIN, "48205917").unwrap();
    change("48205917", "830591").unwrap();
}
