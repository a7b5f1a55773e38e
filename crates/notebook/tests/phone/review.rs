//! The lead's review, sign-off and amendments.

use super::team::{Phone, Team, alias, evening, known, open, start_input};
use chrono::{DateTime, TimeDelta, Utc};
use domain::contact::{AgeBand, ContactKind};
use domain::ids::{ItemCode, NationalityCode, OperatorCode, OutingId};
use domain::operation::{AmendmentReason, DuplicateDecision, OperationBody, OutingField, RecordRef, Scope, SignOff};
use domain::outing::{OutingStatus, ShortCrewReason, Weather};
use domain::sync::chain::Digest;
use domain::sync::night_log::{DeskEntry, NightLog};
use domain::sync::{ProjectionContext, project};
use domain::time::operational_date;
use domain::validate::{RuleId, Severity};
use notebook::entropy::Moment;
use notebook::error::ErrorCode;
use notebook::notebook::Notebook;
use notebook::view::{
    AcceptInput, AmendInput, CardInput, CloseInput, CountInput, DetailsInput, DifferenceReason, Nothing, OutingInput,
    RefusalReason, RefusalView, ReviewView, SettleInput, SignInput, StartInput,
};

const BAG: &[(&str, u16)] = &[("condom_ext", 60)];

fn review(team: &Team, outing_id: OutingId) -> ReviewView {
    team.lead.stepped_up().review(OutingInput { outing_id }).unwrap()
}

pub fn sign(outing_id: OutingId) -> SignInput {
    SignInput { outing_id, operator: OperatorCode::new("OP-A"), without: 0 }
}

fn close_at(phone: &Phone, end: &str, km: u16) {
    phone.set_clock(end.parse().unwrap());
    let input = CloseInput { km: Some(km), weather: Weather::Clear, note: None, coordinator_alerted: false };
    phone.session.close_outing(input).unwrap();
}

/// What is left in the bag is counted, so that it balances.
pub fn count_rest(phone: &Phone) {
    for row in phone.session.stock(Nothing {}).unwrap().rows {
        let count = CountInput { item: row.item, counted: row.expected, difference: None };
        phone.session.count_item(count).unwrap();
    }
}

pub fn close_both(team: &Team) {
    for phone in [&team.lead, &team.member] {
        count_rest(phone);
        close_at(phone, "2026-03-13T00:30:00Z", 40);
    }
}

pub fn logs(phone: &Phone) -> Vec<NightLog> {
    phone.with_notebook(|notebook| {
        let entries = notebook.list_desk_entries().unwrap();
        entries
            .into_iter()
            .filter_map(|stored| match stored.envelope.entry {
                DeskEntry::NightLog(log) => Some(log),
                _ => None,
            })
            .collect()
    })
}

fn condoms_out(log: &NightLog) -> i64 {
    log.supplies.iter().find(|row| row.item == ItemCode::new("condom_ext")).map_or(0, |row| row.to_persons)
}

/// One alias on both phones, 6 condoms on the lead's, 4 on the member's.
fn night_with_a_repeat() -> (Team, OutingId) {
    let team = Team::at(evening());
    let outing = team.start(BAG, &["Z1"]);
    team.lead.save(known(), &[("condom_ext", 6)], alias("AIRONE-12"));
    team.member.later(90 * 60);
    team.member.save(known(), &[("condom_ext", 4)], alias("AIRONE-12"));
    close_both(&team);
    team.carry();
    (team, outing)
}

fn settle(team: &Team, outing_id: OutingId, decision: DuplicateDecision) -> ReviewView {
    let before = review(team, outing_id);
    let [pair] = before.pairs.as_slice() else { panic!("one pair: {:?}", before.pairs) };
    let promised = pair.effects.iter().find(|effect| effect.decision == decision).unwrap().persons;
    let input = SettleInput { outing_id, first: pair.first.contact, second: pair.second.contact, decision };
    let after = team.lead.stepped_up().settle(input).unwrap();
    assert_eq!(after.counts.persons, promised, "what the screen promised is what happens");
    assert!(after.pairs.is_empty() && after.can_sign);
    after
}

fn settled_log(decision: DuplicateDecision) -> (ReviewView, NightLog) {
    let (team, outing) = night_with_a_repeat();
    let view = settle(&team, outing, decision);
    team.lead.stepped_up().sign_off(sign(outing)).unwrap();
    let mut all = logs(&team.lead);
    assert_eq!(all.len(), 1);
    (view, all.remove(0))
}

#[test]
fn counts_one_person_and_all_supplies_when_she_came_back_v08() {
    let (view, log) = settled_log(DuplicateDecision::CameBack);
    assert_eq!((view.counts.persons, view.counts.contacts), (1, 2));
    assert_eq!(condoms_out(&log), 10);
    assert_eq!(log.contacts.iter().filter(|row| row.repeat_in_outing).count(), 1);
    assert_eq!(log.presence.len(), 1);
}

#[test]
fn counts_two_persons_of_whom_one_loses_the_alias_v08() {
    let (view, log) = settled_log(DuplicateDecision::TwoPeople);
    assert_eq!((view.counts.persons, view.counts.contacts), (2, 2));
    assert_eq!(condoms_out(&log), 10);
    let mut linked: Vec<u16> = log.contacts.iter().map(|row| row.linked_count).collect();
    linked.sort_unstable();
    assert_eq!(linked, [0, 1]);
}

#[test]
fn merges_two_cards_and_keeps_the_sum_of_their_supplies_v08() {
    let (view, log) = settled_log(DuplicateDecision::WrittenTwice);
    assert_eq!((view.counts.persons, view.counts.contacts), (1, 1));
    assert_eq!(condoms_out(&log), 10);
    assert_eq!(log.contacts.len(), 1);
}

#[test]
fn suspects_two_like_cards_of_two_phones_and_never_merges_them_itself_v34() {
    let team = Team::at(evening());
    let outing = team.start(BAG, &["Z1"]);
    let like = || DetailsInput {
        age_band: Some(AgeBand::From25To34),
        nationality: Some(NationalityCode::new("RO")),
        ..DetailsInput::default()
    };
    team.lead.save(known(), &[("condom_ext", 6)], like());
    team.member.later(25 * 60);
    team.member.save(known(), &[("condom_ext", 6)], like());
    let other = DetailsInput { age_band: Some(AgeBand::From45), ..like() };
    team.member.save(known(), &[("condom_ext", 6)], other);
    close_both(&team);
    team.carry();
    let view = review(&team, outing);
    assert_eq!(view.counts.persons, 3, "suspicion changes no number");
    assert_eq!(view.pairs.len(), 1);
    assert!(!view.pairs[0].same_alias && !view.can_sign);
    assert_eq!(view.pairs[0].proposed, DuplicateDecision::WrittenTwice, "the same handouts");
    let after = {
        let pair = &view.pairs[0];
        let decision = DuplicateDecision::TwoPeople;
        let input = SettleInput { outing_id: outing, first: pair.first.contact, second: pair.second.contact, decision };
        team.lead.stepped_up().settle(input).unwrap()
    };
    assert!(after.pairs.is_empty() && after.counts.persons == 3);
}

#[test]
fn does_not_count_what_comes_after_the_sign_off_until_it_is_amended() {
    let team = Team::at(evening());
    let outing = team.start(BAG, &["Z1"]);
    team.lead.save(known(), &[("condom_ext", 6)], alias("AIRONE-12"));
    team.member.save(known(), &[("condom_ext", 6)], alias("CEDRO-07"));
    count_rest(&team.lead);
    close_at(&team.lead, "2026-03-13T00:30:00Z", 40);
    // The second phone is not there: the night is signed without it.
    assert!(review(&team, outing).can_sign);
    team.lead.later(9 * 3600);
    team.lead.stepped_up().sign_off(sign(outing)).unwrap();

    count_rest(&team.member);
    close_at(&team.member, "2026-03-13T00:30:00Z", 40);
    team.carry();
    let counted = |notebook: &mut Notebook| notebook.outing_state(outing, Scope::Counted).unwrap().unwrap();
    assert_eq!(team.lead.with_notebook(counted).contacts.len(), 1);
    let late = review(&team, outing);
    assert!(late.outing.late > 0 && !late.can_sign && late.can_amend);
    let amendment = late.amendment.unwrap();
    assert_eq!((amendment.number, amendment.before.persons, late.counts.persons), (1, 1, 2), "before and after");
    let phones: Vec<_> = late.phones.iter().map(|phone| (phone.number, phone.is_this, phone.late_new)).collect();
    assert_eq!(phones, [(1, true, 0), (2, false, 1)], "whose records came late");

    let again = team.lead.stepped_up().sign_off(sign(outing)).unwrap_err();
    assert_eq!(again.code, ErrorCode::WrongState);
    let operator = OperatorCode::new("OP-B");
    let input = AmendInput { outing_id: outing, operator, reason: AmendmentReason::LateDevice, without: 0 };
    let amended = team.lead.stepped_up().amend(input.clone()).unwrap();
    assert_eq!((amended.outing.late, amended.outing.amendments, amended.counts.persons), (0, 1, 2));
    assert!(amended.amendment.is_none() && !amended.can_amend);
    let state = team.lead.with_notebook(counted);
    assert_eq!(state.contacts.len(), 2);

    let versions: Vec<(u16, usize)> = logs(&team.lead).iter().map(|log| (log.version(), log.contacts.len())).collect();
    assert_eq!(versions, [(0, 1), (1, 2)]);
    let nothing = team.lead.stepped_up().amend(input).unwrap_err();
    assert_eq!(nothing.code, ErrorCode::WrongState, "there is nothing more to amend");
}

#[test]
fn signs_exactly_what_is_counted() {
    let (team, outing) = night_with_a_repeat();
    settle(&team, outing, DuplicateDecision::CameBack);
    team.lead.stepped_up().sign_off(sign(outing)).unwrap();
    let (counted, key) = team.lead.with_notebook(|notebook| {
        let counted = notebook.outing_state(outing, Scope::Counted).unwrap().unwrap();
        let key = notebook.alias_key(operational_date(counted.outing.start_at)).unwrap();
        (counted, key)
    });
    let projected = project(&counted, ProjectionContext { alias_key: &key }).unwrap();
    assert_eq!(logs(&team.lead), std::slice::from_ref(&projected));
    let digest = Digest::of(&serde_json::to_vec(&projected).unwrap());
    assert_eq!(counted.sign_off.unwrap().digest, digest);
}

#[test]
fn writes_the_night_log_that_a_crash_kept_back_when_the_notebook_is_opened() {
    let (team, outing) = night_with_a_repeat();
    settle(&team, outing, DuplicateDecision::CameBack);
    let at: DateTime<Utc> = team.lead.now();
    let by = OperatorCode::new("OP-A");
    // The signature is saved, and the power goes before the night log is.
    team.lead.with_notebook(|notebook| {
        let mut state = notebook.outing_state(outing, Scope::Everything).unwrap().unwrap();
        state.outing.status = OutingStatus::Reviewed;
        state.outing.reviewed_at = Some(at);
        state.outing.reviewed_by = Some(by.clone());
        let key = notebook.alias_key(operational_date(state.outing.start_at)).unwrap();
        let log = project(&state, ProjectionContext { alias_key: &key }).unwrap();
        let digest = Digest::of(&serde_json::to_vec(&log).unwrap());
        let included = notebook.list_included(outing).unwrap();
        let sign_off = SignOff { by: by.clone(), at, included, digest };
        let signed = OperationBody::OutingSignedOff { outing_id: outing, sign_off };
        notebook.save(signed, None, Moment::at(at), None).unwrap();
        assert!(notebook.find_own_night_log(outing).unwrap().is_none());
    });
    assert_eq!(logs(&team.lead).len(), 1, "nobody has looked at the outing");
    review(&team, outing);
    let again = team.lead.stepped_up().sign_off(sign(outing)).unwrap_err();
    assert_eq!((again.code, logs(&team.lead).len()), (ErrorCode::WrongState, 1), "written once");
}

#[test]
fn shows_the_lead_what_two_people_changed_unaware_of_each_other() {
    let team = Team::at(evening());
    let outing = team.start(BAG, &["Z1"]);
    count_rest(&team.lead);
    count_rest(&team.member);
    close_at(&team.member, "2026-03-13T00:30:00Z", 61);
    close_at(&team.lead, "2026-03-13T00:33:00Z", 60);
    team.carry();
    let view = review(&team, outing);
    let mut fields: Vec<Option<OutingField>> = view.conflicts.iter().map(|conflict| conflict.outing_field).collect();
    fields.sort_unstable();
    assert_eq!(fields, [Some(OutingField::EndAt), Some(OutingField::Km)]);
    assert!(view.can_sign, "a conflict is shown; the later value stands");
}

#[test]
fn does_not_sign_while_the_stock_does_not_balance_until_the_lead_lets_it_stand_v17() {
    let team = Team::at(evening());
    let outing = team.start(BAG, &["Z1"]);
    team.lead.save(known(), &[("condom_ext", 6)], DetailsInput::default());
    close_at(&team.lead, "2026-03-13T00:30:00Z", 40);
    let before = review(&team, outing);
    let [open] = before.blocking.as_slice() else { panic!("{:?}", before.blocking) };
    assert_eq!((open.finding.rule, open.finding.severity), (RuleId::V17, Severity::Review), "nobody counted");
    let refused = team.lead.stepped_up().sign_off(sign(outing)).unwrap_err();
    assert!(refused.findings.iter().any(|finding| finding.rule == RuleId::V31));
    let input = AcceptInput { outing_id: outing, finding: open.finding.clone() };
    let after = team.lead.stepped_up().accept_finding(input).unwrap();
    assert!(after.blocking.is_empty() && after.can_sign);
    team.lead.stepped_up().sign_off(sign(outing)).unwrap();
}

#[test]
fn leaves_review_and_signature_to_the_lead() {
    let team = Team::at(evening());
    let outing = team.start(&[], &["Z1"]);
    close_both(&team);
    let session = &team.member.session;
    let code = |error: notebook::error::ErrorView| error.code;
    assert_eq!(code(session.review(OutingInput { outing_id: outing }).unwrap_err()), ErrorCode::NotAllowed);
    assert_eq!(code(session.sign_off(sign(outing)).unwrap_err()), ErrorCode::NotAllowed);
    let reason = AmendmentReason::RecordingMistake;
    let amend = AmendInput { outing_id: outing, operator: OperatorCode::new("OP-B"), reason, without: 0 };
    assert_eq!(code(session.amend(amend).unwrap_err()), ErrorCode::NotAllowed);
}

#[test]
fn refuses_a_signature_of_somebody_who_was_not_there_or_of_an_open_outing() {
    let team = Team::at(evening());
    let outing = team.start(&[], &["Z1"]);
    assert!(!review(&team, outing).can_sign, "still open");
    close_both(&team);
    let stranger = SignInput { outing_id: outing, operator: OperatorCode::new("OP-C"), without: 0 };
    assert_eq!(team.lead.stepped_up().sign_off(stranger).unwrap_err().code, ErrorCode::InvalidInput);
    team.lead.stepped_up().sign_off(sign(outing)).unwrap();
}

#[test]
fn waits_for_a_second_event_or_the_coordinator_when_it_is_urgent_v22() {
    let team = Team::at(evening());
    let outing = team.start(&[], &["Z1"]);
    let referral = notebook::view::ReferralInput {
        card: None,
        alias: None,
        service_type: domain::referral::ServiceType::MinorProtection,
        urgency: domain::referral::Urgency::Immediate,
        reason: None,
        language_need: None,
        mediator_needed: false,
        accompany_needed: false,
        consent: domain::referral::Consent::NotNeededYet,
        parent_id: None,
        answer: None,
    };
    team.lead.session.open_referral(referral).unwrap();
    assert_eq!(team.lead.session.close_status(Nothing {}).unwrap().immediate_open, 1);
    close_both(&team);
    let view = review(&team, outing);
    assert_eq!(view.blocking.iter().map(|open| open.finding.rule).collect::<Vec<_>>(), [RuleId::V22]);
}

#[test]
fn keeps_a_first_contact_apart_from_a_known_one_when_it_proposes() {
    let team = Team::at(evening());
    let outing = team.start(BAG, &["Z1"]);
    let like = || DetailsInput {
        age_band: Some(AgeBand::From25To34),
        nationality: Some(NationalityCode::new("RO")),
        ..DetailsInput::default()
    };
    team.lead.save(known(), &[("condom_ext", 6)], like());
    team.member.save(CardInput { kind: ContactKind::First, ..known() }, &[("condom_ext", 6)], like());
    close_both(&team);
    team.carry();
    let view = review(&team, outing);
    assert_eq!(view.pairs.iter().map(|pair| pair.proposed).collect::<Vec<_>>(), [DuplicateDecision::TwoPeople]);
}

#[test]
fn explains_a_difference_before_it_signs() {
    let team = Team::at(evening());
    let outing = team.start(BAG, &["Z1"]);
    let count =
        CountInput { item: ItemCode::new("condom_ext"), counted: 58, difference: Some(DifferenceReason::LoadMistake) };
    team.lead.session.count_item(count).unwrap();
    count_rest(&team.member);
    close_at(&team.lead, "2026-03-13T00:30:00Z", 40);
    close_at(&team.member, "2026-03-13T00:30:00Z", 40);
    team.carry();
    team.lead.stepped_up().sign_off(sign(outing)).unwrap();
    let log = logs(&team.lead).remove(0);
    let row = log.supplies.iter().find(|row| row.item == ItemCode::new("condom_ext")).unwrap();
    assert_eq!((row.loaded, row.returned, row.wasted, row.adjusted), (120, 118, 0, 2));
}

#[test]
fn leaves_quick_cards_that_say_nothing_as_a_note_v34() {
    let team = Team::at(evening());
    let outing = team.start(BAG, &["Z1"]);
    for _ in 0..3 {
        team.lead.save(known(), &[("condom_ext", 6)], DetailsInput::default());
        team.member.save(known(), &[("condom_ext", 6)], DetailsInput::default());
    }
    close_both(&team);
    team.carry();
    let view = review(&team, outing);
    assert!(view.pairs.is_empty() && view.can_sign, "nine questions that nobody could answer");
    let [note] = view.notes.as_slice() else { panic!("{:?}", view.notes) };
    assert_eq!((note.finding.rule, note.count), (RuleId::V34, 9));
    assert_eq!(view.counts.persons, 6);
}

#[test]
fn counts_a_double_that_is_found_after_the_sign_off_only_once_amended() {
    let (team, outing) = night_with_a_repeat();
    let pair = review(&team, outing).pairs.remove(0);
    settle(&team, outing, DuplicateDecision::TwoPeople);
    team.lead.stepped_up().sign_off(sign(outing)).unwrap();
    let (first, second) = (pair.first.contact, pair.second.contact);
    let input = SettleInput { outing_id: outing, first, second, decision: DuplicateDecision::WrittenTwice };
    let found = team.lead.stepped_up().settle(input).unwrap();
    assert_eq!((found.outing.late, found.counts.persons), (1, 1));
    let counted = team.lead.with_notebook(|notebook| notebook.outing_state(outing, Scope::Counted).unwrap().unwrap());
    assert_eq!(counted.contacts.len(), 2, "what was signed still counts");
    let reason = AmendmentReason::DuplicateFound;
    let amended = team.lead.stepped_up().amend(AmendInput {
        outing_id: outing,
        operator: OperatorCode::new("OP-A"),
        reason,
        without: 0,
    });
    assert_eq!(amended.unwrap().outing.amendments, 1);
    let last = logs(&team.lead).pop().unwrap();
    assert_eq!((last.contacts.len(), condoms_out(&last), last.version()), (1, 10, 1));
}

#[test]
fn says_why_somebody_went_out_alone_v03() {
    let team = Team::at(evening());
    let mut alone = start_input(BAG, &["Z1"], None);
    alone.crew.truncate(1);
    alone.short_crew = Some(ShortCrewReason::Absent);
    let outing = open(team.lead.session.start_outing(alone).unwrap()).outing_id;
    team.lead.close();
    let view = review(&team, outing);
    assert_eq!(view.short_crew, Some(ShortCrewReason::Absent));
    assert!(view.blocking.iter().any(|blocking| blocking.finding.rule == RuleId::V03));

    let whole = Team::at(evening());
    let two = StartInput { short_crew: Some(ShortCrewReason::Absent), ..start_input(BAG, &["Z1"], None) };
    let outing = open(whole.lead.session.start_outing(two).unwrap()).outing_id;
    whole.lead.close();
    assert_eq!(review(&whole, outing).short_crew, None, "two went out");
}

#[test]
fn shows_the_lead_what_had_no_effect_and_on_which_phone() {
    let team = Team::at(evening());
    let outing_id = team.start(&[], &["Z1"]);
    team.lead.save(known(), &[], DetailsInput::default());
    let of_lead = team.lead.with_notebook(|lead| lead.outing_state(outing_id, Scope::Everything).unwrap().unwrap());
    let contact = *of_lead.contacts.keys().next().unwrap();
    let take_back = || OperationBody::Retracted { outing_id, record: RecordRef::Contact(contact) };
    // A phone that knows nothing of the other's card lets it pass; the lead's does not.
    for minute in [1, 2] {
        let moment = Moment::at(evening() + TimeDelta::minutes(minute));
        team.member.with_notebook(|member| member.save(take_back(), None, moment, None).unwrap());
    }
    close_both(&team);
    team.carry();
    let found = review(&team, outing_id);
    assert_eq!(found.refusals, [RefusalView { phone: 2, reason: RefusalReason::NotOwner, count: 2 }]);
    assert_eq!(found.counts.contacts, 1);
}
