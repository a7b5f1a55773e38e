//! *La notte*: the lead reads every record of both phones, corrects it or takes it back.

use super::review::{close_both, logs, sign};
use super::team::{Team, alias, evening, known, open, start_input};
use domain::contact::{Depth, Gender};
use domain::desk_record::{IncidentAction, IncidentSeverity, IncidentType};
use domain::ids::{ContactId, ItemCode, OperatorCode, OutingId, ZoneCode};
use domain::observation::ObservationReason;
use domain::operation::{AmendmentReason, RecordRef};
use domain::outing::OutingStatus;
use domain::validate::{Place, RuleId};
use notebook::error::ErrorCode;
use notebook::view::{
    AcceptInput, AmendInput, ContactRecordView, DetailsInput, HandoutInput, IncidentInput, NightListView, Nothing,
    ObservationInput, OutingInput, RecordBodyView, ReviewView, ReviseContactInput, TakeBackInput,
};

const BAG: &[(&str, u16)] = &[("condom_ext", 60), ("lubricant", 20)];

fn list(team: &Team, outing_id: OutingId) -> NightListView {
    team.lead.stepped_up().night_list(OutingInput { outing_id }).unwrap()
}

fn review(team: &Team, outing_id: OutingId) -> ReviewView {
    team.lead.stepped_up().review(OutingInput { outing_id }).unwrap()
}

fn contacts(view: &NightListView) -> Vec<(ContactId, ContactRecordView)> {
    let of = |record: RecordRef, body: &RecordBodyView| match (record, body) {
        (RecordRef::Contact(id), RecordBodyView::Contact(contact)) => Some((id, contact.clone())),
        _ => None,
    };
    view.records.iter().filter_map(|record| of(record.record, &record.body)).collect()
}

fn correct(
    team: &Team,
    outing_id: OutingId,
    change: impl FnOnce(&mut ContactRecordView),
) -> Result<NightListView, notebook::error::ErrorView> {
    let (contact, shown) = contacts(&list(team, outing_id)).remove(0);
    let mut corrected = shown.clone();
    change(&mut corrected);
    team.lead.stepped_up().revise_contact(ReviseContactInput { outing_id, contact, shown, corrected })
}

fn pieces(item: &str, quantity: u16) -> HandoutInput {
    HandoutInput { item: ItemCode::new(item), quantity, leaflet: None }
}

#[test]
fn lists_every_record_of_both_phones_in_the_order_of_the_night() {
    let team = Team::at(evening());
    let outing = team.start(BAG, &["Z1"]);
    team.lead.save(known(), &[("condom_ext", 6)], alias("AIRONE-12"));
    team.member.later(40 * 60);
    team.member.save(known(), &[("condom_ext", 4)], alias("CEDRO-07"));
    team.lead.later(80 * 60);
    let seen = ObservationInput { reason: ObservationReason::Busy, n: 2, gender: Gender::Woman, apparent_minor: 0 };
    team.lead.session.save_observation(seen).unwrap();
    team.lead.later(30 * 60);
    let incident = IncidentInput {
        incident_type: IncidentType::ThirdPartyControl,
        severity: IncidentSeverity::Low,
        action: IncidentAction::LeftZone,
        debrief_needed: false,
        zone: None,
    };
    team.lead.session.save_incident(incident).unwrap();
    team.carry();
    let view = list(&team, outing);
    let rows: Vec<(&str, u16)> = view.records.iter().map(|record| (record.slot.as_str(), record.phone)).collect();
    assert_eq!(rows, [("21:30", 1), ("22:00", 2), ("22:30", 1), ("23:00", 1)]);
    assert!(matches!(view.records[3].body, RecordBodyView::Incident { .. }));
    assert!(view.records.iter().all(|record| !record.late));
    let phones: Vec<_> = review(&team, outing).phones.iter().map(|phone| (phone.is_this, phone.records)).collect();
    assert_eq!(phones, [(true, 3), (false, 1)]);
}

#[test]
fn corrects_fields_and_handouts_of_a_contact_before_the_signature() {
    let team = Team::at(evening());
    let outing = team.start(BAG, &["Z1"]);
    team.member.save(known(), &[("condom_ext", 6)], alias("AIRONE-12"));
    team.carry();
    let after = correct(&team, outing, |contact| {
        contact.gender = Gender::TransWoman;
        contact.zone = ZoneCode::new("Z2");
        contact.depth = Depth::Talk;
        contact.handouts = vec![pieces("condom_ext", 24), pieces("lubricant", 12)];
    });
    let (_, corrected) = contacts(&after.unwrap()).remove(0);
    assert_eq!((corrected.gender, corrected.depth), (Gender::TransWoman, Depth::Talk));
    assert_eq!(corrected.zone, ZoneCode::new("Z2"));
    assert_eq!(corrected.handouts, [pieces("condom_ext", 24), pieces("lubricant", 12)]);
    assert_eq!(corrected.aliases, ["AIRONE-12".parse().unwrap()], "what was not touched stays");
    let operations = team.lead.with_notebook(|notebook| notebook.operations_of(outing).unwrap().len());
    correct(&team, outing, |_| {}).unwrap();
    let again = team.lead.with_notebook(|notebook| notebook.operations_of(outing).unwrap().len());
    assert_eq!(operations, again, "looking writes nothing");
}

#[test]
fn refuses_a_correction_that_no_rule_allows_v05_v11() {
    let team = Team::at(evening());
    let outing = team.start(BAG, &["Z1"]);
    team.lead.save(known(), &[], DetailsInput::default());
    let rules = |change: fn(&mut ContactRecordView)| -> Vec<RuleId> {
        let refused = correct(&team, outing, change).unwrap_err();
        refused.findings.iter().map(|finding| finding.rule).collect()
    };
    assert_eq!(rules(|contact| contact.n_persons = 31), [RuleId::V05]);
    assert_eq!(rules(|contact| contact.zone = ZoneCode::new("ZZ")), [RuleId::V04]);
    let minor = |contact: &mut ContactRecordView| contact.age_band = domain::contact::AgeBand::Under18Presumed;
    assert_eq!(rules(minor), [RuleId::V11]);
    let unknown = correct(&team, outing, |contact| contact.handouts = vec![pieces("cannone", 1)]).unwrap_err();
    assert_eq!(unknown.code, ErrorCode::InvalidInput);
}

#[test]
fn takes_a_record_back_with_its_handouts_and_only_what_stands() {
    let team = Team::at(evening());
    let outing = team.start(BAG, &["Z1"]);
    team.member.save(known(), &[("condom_ext", 6)], DetailsInput::default());
    team.carry();
    let record = list(&team, outing).records[0].record;
    let input = TakeBackInput { outing_id: outing, record };
    assert!(team.lead.stepped_up().take_back(input).unwrap().records.is_empty());
    assert_eq!(review(&team, outing).counts.contacts, 0);
    let again = team.lead.stepped_up().take_back(input).unwrap_err();
    assert_eq!(again.code, ErrorCode::NotFound);
}

#[test]
fn corrects_a_signed_night_only_through_an_amendment() {
    let team = Team::at(evening());
    let outing = team.start(BAG, &["Z1"]);
    team.lead.save(known(), &[("condom_ext", 6)], DetailsInput::default());
    close_both(&team);
    team.carry();
    team.lead.stepped_up().sign_off(sign(outing)).unwrap();
    assert!(!review(&team, outing).can_amend, "nothing has changed");

    let corrected = correct(&team, outing, |contact| contact.n_persons = 2).unwrap();
    assert!(corrected.records[0].late);
    let waiting = review(&team, outing);
    let before = waiting.amendment.unwrap().before;
    assert_eq!((before.persons, waiting.counts.persons, waiting.phones[0].late_changed), (1, 2, 1));
    assert_eq!(logs(&team.lead).len(), 1, "what was signed stays signed until then");
    let reason = AmendmentReason::RecordingMistake;
    let amend = AmendInput { outing_id: outing, operator: OperatorCode::new("OP-A"), reason, without: 0 };
    team.lead.stepped_up().amend(amend).unwrap();
    let log = logs(&team.lead).pop().unwrap();
    assert_eq!((log.version(), log.contacts[0].n_persons), (1, 2));
}

#[test]
fn lets_one_item_stand_at_a_time_v17() {
    let team = Team::at(evening());
    let outing = team.start(BAG, &["Z1"]);
    for phone in [&team.lead, &team.member] {
        phone.later(3600);
        phone.close();
    }
    let open = |view: &ReviewView| -> Vec<RuleId> { view.blocking.iter().map(|open| open.finding.rule).collect() };
    let before = review(&team, outing);
    assert_eq!(open(&before), [RuleId::V17, RuleId::V17]);
    let accept = AcceptInput { outing_id: outing, finding: before.blocking[0].finding.clone() };
    let after = team.lead.stepped_up().accept_finding(accept).unwrap();
    assert_eq!(open(&after), [RuleId::V17], "the other item is still to be explained");
    assert_ne!(after.blocking[0].finding.place, before.blocking[0].finding.place);
    assert!(matches!(after.blocking[0].finding.place, Place::Item { .. }));
}

#[test]
fn closes_and_signs_the_outing_of_a_phone_that_is_lost() {
    let team = Team::at(evening());
    // Somebody else's outing: this phone never began it, and nobody closed it.
    let begun = open(team.member.session.start_outing(start_input(&[], &["Z1"], None)).unwrap());
    team.member.later(3 * 3600);
    team.member.save(known(), &[], DetailsInput::default());
    team.carry();
    let outing_id = begun.outing_id;
    let listed = team.lead.session.outings(Nothing {}).unwrap();
    let summary: Vec<_> = listed.iter().map(|outing| (outing.outing_id, outing.status, outing.phones)).collect();
    assert_eq!(summary, [(outing_id, OutingStatus::Open, 1)]);

    let shown = review(&team, outing_id);
    assert!(!shown.can_sign && !shown.phones[0].is_this && !shown.phones[0].closed);
    assert_eq!(shown.last_record_at.as_deref(), Some("00:30"));
    team.lead.later(12 * 3600);
    let closed = team.lead.stepped_up().close_lost(OutingInput { outing_id }).unwrap();
    assert!(closed.can_sign && closed.last_record_at.is_none());
    team.lead.stepped_up().sign_off(sign(outing_id)).unwrap();
    assert_eq!(logs(&team.lead).len(), 1);
    let again = team.lead.stepped_up().close_lost(OutingInput { outing_id }).unwrap_err();
    assert_eq!(again.code, ErrorCode::WrongState);
}

#[test]
fn leaves_the_outing_under_way_to_its_own_close() {
    let team = Team::at(evening());
    let outing_id = team.start(BAG, &["Z1"]);
    let error = team.lead.stepped_up().close_lost(OutingInput { outing_id }).unwrap_err();
    assert_eq!(error.code, ErrorCode::WrongState);
}

#[test]
fn says_at_the_start_only_what_waits() {
    let team = Team::at(evening());
    let outing = team.start(BAG, &["Z1"]);
    close_both(&team);
    team.carry();
    let waiting = |team: &Team| match team.lead.session.tonight(Nothing {}).unwrap() {
        notebook::view::TonightView::Start(start) => start.recent.len(),
        notebook::view::TonightView::Open(_) => panic!("the outing is closed"),
    };
    assert_eq!(waiting(&team), 1);
    team.lead.stepped_up().sign_off(sign(outing)).unwrap();
    assert_eq!(waiting(&team), 1, "signed, and not yet with the server");
}
