//! Referrals on the phones.

use super::team::{Phone, Team, alias, evening, known, open, start_input};
use domain::ids::{OperationId, ReferralId};
use domain::operation::Scope;
use domain::referral::{
    AccompanimentOutcome, Consent, ReferralOutcome, ReferralState as S, ServiceType, TravelMode, Urgency,
};
use domain::validate::RuleId;
use notebook::view::{
    AccompanimentInput, AdvanceInput, BegunReferralInput, BegunReferralView, CardInput, CorrectReferralInput,
    DetailsInput, FollowUpsInput, KeepReferralInput, Nothing, RecordSummary, ReferralCardView, ReferralFill,
    ReferralInput, ReferralsView, ResumeReferralInput, SplitInput, UndoInput, UnsavedCardInput,
};

fn proposed(answer: Option<S>) -> ReferralInput {
    ReferralInput {
        card: None,
        alias: Some("LINCE-04".parse().unwrap()),
        service_type: ServiceType::FamilyClinic,
        urgency: Urgency::Within72h,
        reason: None,
        language_need: None,
        mediator_needed: true,
        accompany_needed: true,
        consent: Consent::Verbal,
        parent_id: None,
        answer,
    }
}

fn steps(referral: ReferralId, states: &[S], outcome: Option<ReferralOutcome>) -> AdvanceInput {
    AdvanceInput { referral, states: states.to_vec(), outcome, accompaniment: None }
}

fn only(view: ReferralsView) -> ReferralCardView {
    let [card] = view.referrals.try_into().unwrap_or_else(|_| panic!("one referral"));
    card
}

fn refused(team: &Team, input: AdvanceInput) -> Vec<RuleId> {
    let error = team.lead.session.advance_referral(input).unwrap_err();
    error.findings.iter().map(|finding| finding.rule).collect()
}

#[test]
fn goes_only_along_the_machine_v20_v21() {
    let team = Team::at(evening());
    team.start(&[], &["Z1"]);
    let unknown = team.lead.session.open_referral(proposed(Some(S::Booked))).unwrap_err();
    assert_eq!(unknown.findings.first().map(|finding| finding.rule), Some(RuleId::V20), "no booking before a yes");

    let card = only(team.lead.session.open_referral(proposed(Some(S::Accepted))).unwrap());
    assert_eq!((card.state, card.events.len(), card.code.len()), (S::Accepted, 2, 4));
    assert!(card.next.contains(&S::Booked) && !card.next.contains(&S::Placed));
    assert_eq!(refused(&team, steps(card.id, &[S::Placed], None)), [RuleId::V20]);
    assert_eq!(refused(&team, steps(card.id, &[S::Attended, S::Closed], None)), [RuleId::V21]);

    let received = Some(ReferralOutcome::ServiceReceived);
    let closed = only(team.lead.session.advance_referral(steps(card.id, &[S::Attended, S::Closed], received)).unwrap());
    assert_eq!((closed.state, closed.next.len()), (S::Closed, 0));
    assert_eq!(closed.events.last().unwrap().outcome, received);
}

#[test]
fn goes_along_only_where_somebody_could_v36() {
    let team = Team::at(evening());
    team.start(&[], &["Z1"]);
    let card = only(team.lead.session.open_referral(proposed(Some(S::Accepted))).unwrap());
    let company =
        AccompanimentInput { minutes: 60, staff_n: 2, mode: TravelMode::Car, outcome: AccompanimentOutcome::Done };
    let handed_over = AdvanceInput { accompaniment: Some(company), ..steps(card.id, &[S::HandedOver], None) };
    assert_eq!(refused(&team, handed_over), [RuleId::V36]);
    let accompanied =
        AdvanceInput { accompaniment: Some(company), ..steps(card.id, &[S::Accompanied, S::Attended], None) };
    assert_eq!(only(team.lead.session.advance_referral(accompanied).unwrap()).state, S::Attended);
}

#[test]
fn notes_a_step_of_an_earlier_night_in_the_night_it_was_heard() {
    let team = Team::at(evening());
    team.start(&[], &["Z1"]);
    let card = only(team.lead.session.open_referral(proposed(Some(S::Accepted))).unwrap());
    team.lead.close();
    team.lead.set_clock("2026-03-14T20:30:00Z".parse().unwrap());
    let second = open(team.lead.session.start_outing(start_input(&[], &["Z1"], None)).unwrap()).outing_id;
    assert!(team.lead.session.referrals(Nothing {}).unwrap().referrals.is_empty(), "nobody was met yet");
    team.lead.save(known(), &[], alias("LINCE-04"));
    let again = only(team.lead.session.referrals(Nothing {}).unwrap());
    assert_eq!((again.state, again.age_days, again.seen_tonight, again.tonight), (S::Accepted, 2, true, false));

    team.lead.later(4 * 3600);
    let booked = only(team.lead.session.advance_referral(steps(card.id, &[S::Booked], None)).unwrap());
    let dates: Vec<String> = booked.events.iter().map(|event| event.date.to_string()).collect();
    assert_eq!(dates, ["2026-03-12", "2026-03-12", "2026-03-14"], "past midnight, still the night of the 14th");
    let attended = only(team.lead.session.advance_referral(steps(card.id, &[S::Attended], None)).unwrap());
    assert_eq!(attended.state, S::Attended, "a step builds on the ones noted elsewhere");
    let state = team.lead.with_notebook(|notebook| notebook.outing_state(second, Scope::Everything).unwrap().unwrap());
    assert_eq!((state.referrals.len(), state.follow_ups.len()), (0, 2));
}

#[test]
fn takes_a_referral_back_within_ten_seconds() {
    let team = Team::at(evening());
    team.start(&[], &["Z1"]);
    team.lead.session.open_referral(proposed(None)).unwrap();
    let last = team.lead.night().last.unwrap();
    team.lead.session.undo(UndoInput { operation: last.operation }).unwrap();
    assert!(team.lead.session.referrals(Nothing {}).unwrap().referrals.is_empty());
    assert!(team.lead.night().last.is_none());
}

#[test]
fn takes_a_whole_path_of_one_evening_in_one_operation() {
    let team = Team::at(evening());
    team.start(&[], &["Z1"]);
    let view = team.lead.session.open_referral(proposed(None)).unwrap();
    let follows = |state: S| view.machine.iter().find(|one| one.state == state).unwrap().next.clone();
    let path = [S::Accepted, S::Booked, S::Accompanied, S::Attended];
    assert!(path.windows(2).all(|pair| follows(pair[0]).contains(&pair[1])), "the screen offers each of them");
    let opened = view.opened.unwrap();
    assert_eq!(only(view).id, opened);

    let before = team.lead.with_notebook(|notebook| notebook.journal().len().unwrap());
    let company =
        AccompanimentInput { minutes: 120, staff_n: 2, mode: TravelMode::OnFoot, outcome: AccompanimentOutcome::Done };
    let chain = AdvanceInput { accompaniment: Some(company), ..steps(opened, &path, None) };
    let card = only(team.lead.session.advance_referral(chain).unwrap());
    assert_eq!((card.state, card.events.len(), card.accompanied_minutes), (S::Attended, 5, Some(120)));
    assert_eq!(team.lead.with_notebook(|notebook| notebook.journal().len().unwrap()), before + 1);
}

#[test]
fn shows_open_referrals_of_an_alias_only_once_it_is_chosen() {
    let team = Team::at(evening());
    team.start(&[], &["Z1"]);
    team.member.session.open_referral(proposed(Some(S::Accepted))).unwrap();
    team.member.close();
    team.member.set_clock("2026-03-14T20:30:00Z".parse().unwrap());
    open(team.member.session.start_outing(start_input(&[], &["Z1"], None)).unwrap());
    let follow =
        |text: &str| team.member.session.follow_ups(FollowUpsInput { alias: text.parse().unwrap() }).unwrap().referrals;
    assert!(follow("LINCE-04").is_empty(), "nobody has been met yet");
    assert!(team.member.session.referrals(Nothing {}).unwrap().referrals.is_empty(), "not as a list");
    team.member.save(known(), &[], alias("FALCO-05"));
    assert!(follow("FALCO-05").is_empty());
    team.member.save(known(), &[], alias("LINCE-04"));
    let [card] = follow("LINCE-04").try_into().unwrap_or_else(|_| panic!("one referral"));
    assert_eq!((card.state, card.opened_on.to_string().as_str(), card.tonight), (S::Accepted, "2026-03-12", false));
    team.member.session.advance_referral(steps(card.id, &[S::Declined], None)).unwrap_err();
    team.member.session.advance_referral(steps(card.id, &[S::Cancelled], None)).unwrap();
    assert!(follow("LINCE-04").is_empty(), "what is over asks for nothing");
}

#[test]
fn forgets_who_was_met_before_the_last_records() {
    let team = Team::at(evening());
    team.start(&[], &["Z1"]);
    team.member.session.open_referral(proposed(Some(S::Accepted))).unwrap();
    let follow =
        || team.member.session.follow_ups(FollowUpsInput { alias: "LINCE-04".parse().unwrap() }).unwrap().referrals;
    team.member.save(known(), &[], alias("LINCE-04"));
    assert_eq!(follow().len(), 1);
    for _ in 0..3 {
        team.member.save(known(), &[], DetailsInput::default());
    }
    assert!(follow().is_empty());
}

#[test]
fn shows_a_members_phone_no_more_than_the_last_ones_of_tonight() {
    let team = Team::at(evening());
    team.start(&[], &["Z1"]);
    for _ in 0..5 {
        team.member.session.open_referral(ReferralInput { alias: None, ..proposed(None) }).unwrap();
    }
    let view = team.member.session.referrals(Nothing {}).unwrap();
    assert_eq!((view.referrals.len(), view.whole_unit), (3, false));
}

#[test]
fn shows_a_lead_who_stepped_up_what_the_whole_unit_follows() {
    let team = Team::at(evening());
    team.start(&[], &["Z1"]);
    for _ in 0..5 {
        team.member.session.open_referral(proposed(None)).unwrap();
    }
    let none =
        ReferralInput { alias: None, service_type: ServiceType::EmergencyShelter, ..proposed(Some(S::Accepted)) };
    let no_place = team.member.session.open_referral(none).unwrap().opened.unwrap();
    team.member.session.advance_referral(steps(no_place, &[S::Requested, S::NoPlace], None)).unwrap();
    team.carry();
    assert!(team.lead.session.referrals(Nothing {}).unwrap().referrals.is_empty());

    team.lead.stepped_up();
    let view = team.lead.session.referrals(Nothing {}).unwrap();
    assert_eq!((view.referrals.len(), view.whole_unit), (6, true));
    assert_eq!(view.referrals.first().map(|card| card.id), Some(no_place), "without a place comes first");
    team.lead.session.step_down(Nothing {}).unwrap();
    assert!(team.lead.session.referrals(Nothing {}).unwrap().referrals.is_empty());
}

#[test]
fn says_the_step_of_a_referral_and_does_not_offer_to_undo_it() {
    let team = Team::at(evening());
    team.start(&[], &["Z1"]);
    let card = only(team.lead.session.open_referral(proposed(Some(S::Accepted))).unwrap());
    team.lead.session.advance_referral(steps(card.id, &[S::Booked], None)).unwrap();
    let last = team.lead.night().last.unwrap();
    assert!(matches!(last.record, RecordSummary::Step { state: S::Booked }));
    assert!(last.undo_until <= team.lead.now());
    team.lead.session.undo(UndoInput { operation: last.operation }).unwrap_err();
}

#[test]
fn same_step_of_both_phones_leaves_a_night_that_can_be_signed_v20() {
    let team = Team::at(evening());
    let outing = team.start(&[], &["Z1"]);
    let card = only(team.member.session.open_referral(proposed(Some(S::Accepted))).unwrap());
    team.carry();
    team.lead.save(known(), &[], alias("LINCE-04"));
    for phone in [&team.lead, &team.member] {
        phone.session.advance_referral(steps(card.id, &[S::Attended], None)).unwrap();
    }
    team.carry();
    let state = team.lead.with_notebook(|notebook| notebook.outing_state(outing, Scope::Everything).unwrap().unwrap());
    assert_eq!(state.referrals[&card.id].events.len(), 3);
    assert_eq!(refused(&team, steps(card.id, &[S::Attended], None)), [RuleId::V20], "once more on one phone");
    let received = Some(ReferralOutcome::ServiceReceived);
    team.lead.session.advance_referral(steps(card.id, &[S::Closed], received)).unwrap();
}

#[test]
fn opens_from_the_card_of_the_one_who_is_left_of_a_group() {
    let team = Team::at(evening());
    let outing = team.start(&[], &["Z1"]);
    let session = &team.lead.session;
    let group = team.lead.save(CardInput { n_persons: 2, ..known() }, &[], DetailsInput::default()).last_group.unwrap();
    let cards = [(); 2].map(|()| session.open_split(SplitInput { group }).unwrap().card);
    for card in cards {
        session.save_card(UnsavedCardInput { card }).unwrap();
    }
    let opened = session.open_referral(ReferralInput { card: Some(cards[1]), ..proposed(None) }).unwrap().opened;
    let state = team.lead.with_notebook(|notebook| notebook.outing_state(outing, Scope::Everything).unwrap().unwrap());
    assert_eq!(state.referrals[&opened.unwrap()].referral.contact_id, Some(group));
}

fn fill(service_type: Option<ServiceType>) -> ReferralFill {
    ReferralFill {
        alias: Some("LINCE-04".parse().unwrap()),
        service_type,
        urgency: Urgency::Within72h,
        reason: None,
        language_need: None,
        mediator_needed: true,
        accompany_needed: false,
        consent: Consent::Verbal,
        answer: Some(S::Accepted),
    }
}

fn begin(phone: &Phone, card: Option<OperationId>, service_type: Option<ServiceType>) -> OperationId {
    let input = KeepReferralInput { draft: None, card, fill: fill(service_type) };
    phone.session.keep_referral(input).unwrap().draft
}

fn resumed(phone: &Phone, draft: Option<OperationId>, card: Option<OperationId>) -> Option<BegunReferralView> {
    phone.session.resume_referral(ResumeReferralInput { draft, card }).unwrap().pop()
}

#[test]
fn keeps_a_referral_that_was_begun_through_a_lock_and_a_restart() {
    let team = Team::at(evening());
    team.start(&[], &["Z1"]);
    let card = team.lead.session.open_card(known()).unwrap().card;
    let draft = begin(&team.lead, Some(card), None);
    let chosen = KeepReferralInput { draft: Some(draft), card: None, fill: fill(Some(ServiceType::StiClinic)) };
    assert_eq!(team.lead.session.keep_referral(chosen).unwrap().draft, draft, "one referral, filled in further");
    let night = team.lead.night();
    assert_eq!((night.referral, night.drafts, night.todo), (Some(draft), 2, 2));

    team.lead.session.lock(Nothing {}).unwrap();
    team.lead.unlock();
    let lead = team.lead.restarted();
    assert_eq!(lead.night().referral, Some(draft));
    let back = resumed(&lead, None, Some(card)).unwrap();
    assert_eq!((back.draft, back.card, back.card_is_open), (draft, Some(card), true));
    assert_eq!(back.fill.service_type, Some(ServiceType::StiClinic));
    assert!(back.fill.mediator_needed && back.fill.answer == Some(S::Accepted));
    assert!(resumed(&lead, None, None).is_none(), "from no card none was begun");

    let opened = lead.session.open_begun_referral(BegunReferralInput { draft }).unwrap().opened;
    let again = lead.session.open_begun_referral(BegunReferralInput { draft }).unwrap();
    assert_eq!((again.opened, again.opened_tonight), (opened, 1), "saved twice it is one");
    assert_eq!((lead.night().referral, lead.night().drafts), (None, 1));
    let late = KeepReferralInput { draft: Some(draft), card: None, fill: fill(None) };
    assert!(lead.session.keep_referral(late).is_err(), "what is saved is not begun again");
    let refused = lead.session.drop_card(UnsavedCardInput { card });
    assert!(refused.is_err(), "the referral names its contact");
}

#[test]
fn asks_for_a_service_and_holds_the_close_until_a_begun_referral_is_saved_or_left() {
    let team = Team::at(evening());
    team.start(&[], &["Z1"]);
    let draft = begin(&team.lead, None, None);
    assert!(team.lead.session.open_begun_referral(BegunReferralInput { draft }).is_err());
    assert_eq!(team.lead.session.close_status(Nothing {}).unwrap().open_cards, 1);
    let left = team.lead.session.drop_card(UnsavedCardInput { card: draft }).unwrap();
    assert_eq!(open(left).referral, None);
    let back = team.lead.session.restore_card(UnsavedCardInput { card: draft }).unwrap();
    assert_eq!(open(back).referral, Some(draft));
    team.lead.session.drop_card(UnsavedCardInput { card: draft }).unwrap();
    team.lead.close();
}

#[test]
fn keeps_a_begun_referral_whose_card_was_given_up() {
    let team = Team::at(evening());
    team.start(&[], &["Z1"]);
    let card = team.lead.session.open_card(known()).unwrap().card;
    let draft = begin(&team.lead, Some(card), Some(ServiceType::StiClinic));
    team.lead.session.drop_card(UnsavedCardInput { card }).unwrap();
    let opened = team.lead.session.open_begun_referral(BegunReferralInput { draft }).unwrap();
    assert_eq!(opened.referrals.len(), 1);
}

#[test]
fn shows_no_more_begun_referrals_than_the_last_records() {
    let team = Team::at(evening());
    team.start(&[], &["Z1"]);
    let drafts: Vec<OperationId> = (0..5).map(|_| begin(&team.lead, None, Some(ServiceType::MentalHealth))).collect();
    let rows = team.lead.session.todo(Nothing {}).unwrap().referrals;
    let said: Vec<bool> = rows.iter().map(|row| row.service_type.is_some()).collect();
    assert_eq!(said, [true, true, true, false, false]);
    let can_resume = |draft: &OperationId| resumed(&team.lead, Some(*draft), None).is_some();
    assert_eq!(drafts.iter().map(can_resume).collect::<Vec<_>>(), [false, false, true, true, true]);
}

#[test]
fn its_author_corrects_a_referral_until_the_outing_closes() {
    let team = Team::at(evening());
    let outing = team.start(&[], &["Z1"]);
    let card = only(team.lead.session.open_referral(proposed(Some(S::Accepted))).unwrap());
    assert!(card.can_correct);
    team.lead.session.advance_referral(steps(card.id, &[S::Booked], None)).unwrap();
    let correction = || CorrectReferralInput {
        referral: card.id,
        alias: None,
        service_type: ServiceType::MigrantClinic,
        urgency: Urgency::Immediate,
    };
    let corrected = only(team.lead.session.correct_referral(correction()).unwrap());
    assert_eq!((corrected.alias, corrected.service_type), (None, ServiceType::MigrantClinic));
    assert_eq!((corrected.urgency, corrected.state), (Urgency::Immediate, S::Booked));
    let last = team.lead.night().last.unwrap();
    assert!(last.undo_until <= team.lead.now(), "a correction is corrected, not taken back");
    assert!(team.lead.session.undo(UndoInput { operation: last.operation }).is_err());

    team.carry();
    let seen = team.lead.with_notebook(|lead| lead.outing_state(outing, Scope::Everything).unwrap().unwrap());
    assert_eq!((seen.referrals.len(), seen.refusals.len()), (1, 0));
    assert!(team.member.session.correct_referral(correction()).is_err(), "another phone's is not its to correct");
    let late = only(team.lead.session.advance_referral(steps(card.id, &[S::Lost], None)).unwrap());
    assert_eq!(late.state, S::Lost);
    team.lead.close();
    assert!(team.lead.session.correct_referral(correction()).is_err());
}
