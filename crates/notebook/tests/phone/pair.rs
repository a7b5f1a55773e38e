//! Two phones without any network: one outing by a code, one night by a file.

use super::team::{Phone, Team, alias, evening, known, open, start_input};
use data_encoding::BASE64;
use domain::ids::{OperatorCode, OutingId};
use domain::operation::{DuplicateDecision, Scope};
use domain::outing::OutingStatus;
use notebook::error::ErrorCode;
use notebook::night::qr;
use notebook::view::{
    CodeInput, CountInput, DetailsInput, ExportView, FrameInput, ImportInput, ImportView, JoinInput, Nothing,
    OutingInput, SettleInput, SignInput, TonightView, UnionPhoneView, UnionView,
};

const BAG: [(&str, u16); 1] = [("condom_ext", 60)];

fn export(phone: &Phone, outing_id: OutingId) -> ExportView {
    phone.session.export_night(OutingInput { outing_id }).unwrap()
}

fn import(phone: &Phone, path: &str) -> ImportView {
    let content_base64 = BASE64.encode(&std::fs::read(path).unwrap());
    phone.session.import_records(ImportInput { content_base64 }).unwrap()
}

fn union(phone: &Phone, outing_id: OutingId) -> UnionView {
    phone.session.union(OutingInput { outing_id }).unwrap()
}

fn typed(code: &str) -> CodeInput {
    CodeInput { code: code.into() }
}

/// The other phone's outing stays, whatever the codes say.
pub fn recorded(code: &str) -> JoinInput {
    JoinInput { code: code.into(), other_recorded: true }
}

/// What a camera in front of the first phone sees.
fn photograph(path: &str, size: u16) -> FrameInput {
    let (scale, quiet, modules) = (5, 4, usize::from(size));
    let side = (modules + 2 * quiet) * scale;
    let mut luma = vec![150_u8; side * side];
    for run in path.split('M').skip(1) {
        let numbers: Vec<usize> = run
            .split(|letter: char| !letter.is_ascii_digit())
            .filter(|number| !number.is_empty())
            .map(|number| number.parse().unwrap())
            .collect();
        let (x, y, length) = (numbers[0] + quiet, numbers[1] + quiet, numbers[2]);
        for row in y * scale..(y + 1) * scale {
            luma[row * side + x * scale..row * side + (x + length) * scale].fill(10);
        }
    }
    let side = u32::try_from(side).unwrap();
    FrameInput { width: side, height: side, luma_base64: BASE64.encode(&luma) }
}

#[test]
fn a_picture_brings_the_second_phone_to_the_same_outing_and_word() {
    let team = Team::at(evening());
    let lead = open(team.lead.session.start_outing(start_input(&BAG, &["Z1"], None)).unwrap());
    let shown = team.lead.session.pair(Nothing {}).unwrap();
    assert_eq!((shown.code.as_str(), shown.can_join), (lead.code.as_str(), true));

    team.member.later(120);
    let found = team.member.session.read_qr(photograph(&shown.qr_path, shown.qr_size)).unwrap().found.unwrap();
    assert_eq!((found.code.as_str(), found.word.as_str()), (shown.code.as_str(), shown.word.as_str()));
    let said = team.member.session.check_code(typed(&shown.code.to_lowercase())).unwrap().found.unwrap();
    assert_eq!(said, found, "typing it is as good");
    let member = start_input(&BAG, &["Z1"], Some(found.code));
    assert_eq!(open(team.member.session.start_outing(member).unwrap()).outing_id, lead.outing_id);
    assert_eq!(team.member.session.pair(Nothing {}).unwrap().word, shown.word);
}

#[test]
fn a_wrong_character_and_an_empty_frame_are_no_code() {
    let team = Team::at(evening());
    for text in ["", "ABCD", "0000!", "USC1:0000"] {
        assert_eq!(team.member.session.check_code(typed(text)).unwrap().found, None, "{text}");
    }
    let side = 64;
    let grey = FrameInput { width: side, height: side, luma_base64: BASE64.encode(&[128; 64 * 64]) };
    assert_eq!(team.member.session.read_qr(grey).unwrap().found, None);
    let short = FrameInput { width: side, height: side, luma_base64: BASE64.encode(&[128; 64]) };
    assert_eq!(team.member.session.read_qr(short).unwrap_err().code, ErrorCode::InvalidInput);
    team.member.session.lock(Nothing {}).unwrap();
    let frame = FrameInput { width: qr::MAX_SIDE, height: 1, luma_base64: BASE64.encode(&[0; 1280]) };
    assert_eq!(team.member.session.read_qr(frame).unwrap_err().code, ErrorCode::Locked);
}

#[test]
fn both_had_started_and_the_empty_one_joins() {
    for lead_joins in [true, false] {
        let team = Team::at(evening());
        let (joins, stays) = if lead_joins { (&team.lead, &team.member) } else { (&team.member, &team.lead) };
        let kept = open(stays.session.start_outing(start_input(&BAG, &["Z1"], None)).unwrap());
        let given_up = open(joins.session.start_outing(start_input(&[("condom_ext", 30)], &["Z2"], None)).unwrap());
        assert_ne!(given_up.outing_id, kept.outing_id);
        joins.later(60);
        let night = open(joins.session.join_outing(recorded(&kept.code)).unwrap());
        assert_eq!((night.outing_id, night.zone.as_str()), (kept.outing_id, "Z2"));
        assert_eq!(night.bag[0].left, 30, "with its own bag");
        assert_eq!(open(joins.session.join_outing(recorded(&kept.code)).unwrap()).outing_id, kept.outing_id, "twice");
        let state = joins.with_notebook(|notebook| notebook.outing_state(given_up.outing_id, Scope::Everything));
        assert_eq!(state.unwrap().unwrap().outing.status, OutingStatus::Cancelled);
    }
}

#[test]
fn an_outing_with_records_is_never_given_up() {
    let team = Team::at(evening());
    let lead = open(team.lead.session.start_outing(start_input(&BAG, &["Z1"], None)).unwrap());
    let member = open(team.member.session.start_outing(start_input(&BAG, &["Z1"], None)).unwrap());
    team.member.session.open_card(known()).unwrap();
    let refused = team.member.session.join_outing(recorded(&lead.code)).unwrap_err();
    assert_eq!(refused.code, ErrorCode::WrongState, "a card is a record");
    team.lead.save(known(), &[], DetailsInput::default());
    assert!(!team.lead.session.pair(Nothing {}).unwrap().can_join);
    assert_eq!(team.lead.session.join_outing(recorded(&member.code)).unwrap_err().code, ErrorCode::WrongState);
    assert_eq!(team.lead.night().outing_id, lead.outing_id);
    assert_eq!(team.lead.session.join_outing(recorded("ABCD")).unwrap_err().code, ErrorCode::InvalidInput);
}

#[test]
fn two_phones_without_a_server_end_in_one_signed_night() {
    let team = Team::at(evening());
    let outing_id = team.start(&BAG, &["Z1"]);
    team.lead.save(known(), &[("condom_ext", 6)], alias("AIRONE-12"));
    team.lead.save(known(), &[("condom_ext", 6)], alias("CEDRO-10"));
    team.member.later(600);
    team.member.save(known(), &[("condom_ext", 6)], alias("AIRONE-12"));
    assert_eq!(union(&team.lead, outing_id).phones.len(), 1);

    // The lead's file first: the member's phone keeps it sealed.
    let kept = import(&team.member, &export(&team.lead, outing_id).path);
    assert!(!kept.own_file && kept.set_aside == 0 && kept.new > 0);
    let [own, other] = kept.night.phones.as_slice() else { panic!("two phones: {kept:?}") };
    assert_eq!((own.own, own.cards), (true, Some(1)));
    assert_eq!(*other, UnionPhoneView { own: false, cards: None, records: kept.new });
    assert_eq!((kept.night.together, kept.night.pairs), (None, None), "a member's phone opens nothing of it");
    assert_eq!(team.member.night().persons, 1);

    // Back with the member's: the lead's phone opens it, and learns that its own night is held there.
    let file = export(&team.member, outing_id);
    let opened = import(&team.lead, &file.path);
    assert_eq!((opened.new + opened.known, opened.set_aside), (file.records, 0));
    assert_eq!((opened.night.together, opened.night.pairs), (Some(3), Some(1)));
    assert_eq!(opened.night.phones[1].cards, Some(1));
    assert!(opened.night.held_elsewhere);
    assert_eq!(import(&team.lead, &file.path).new, 0, "the same file again");
    assert_eq!(import(&team.lead, &file.path).night, opened.night);
    let own = import(&team.lead, &export(&team.lead, outing_id).path);
    assert!(own.own_file && own.new == 0);

    team.lead.save(known(), &[], alias("LINCE-10"));
    assert!(!union(&team.lead, outing_id).held_elsewhere, "no longer: there is a new record");

    for phone in [&team.member, &team.lead] {
        for row in phone.session.stock(Nothing {}).unwrap().rows {
            phone.session.count_item(CountInput { item: row.item, counted: row.expected, difference: None }).unwrap();
        }
        phone.later(3 * 3600);
        phone.close();
    }
    let last = import(&team.lead, &export(&team.member, outing_id).path);
    assert!(last.new > 0 && last.set_aside == 0, "a second file brings what came after the first");
    let phone = team.lead.stepped_up();
    let view = phone.review(OutingInput { outing_id }).unwrap();
    let [pair] = view.pairs.as_slice() else { panic!("one pair: {:?}", view.pairs) };
    let settled = SettleInput {
        outing_id,
        first: pair.first.contact,
        second: pair.second.contact,
        decision: DuplicateDecision::CameBack,
    };
    let view = phone.settle(settled).unwrap();
    assert_eq!((view.pairs.len(), view.counts.persons, view.counts.contacts), (0, 3, 4));
    phone.sign_off(SignInput { outing_id, operator: OperatorCode::new("OP-A"), without: 0 }).unwrap();

    // The server hands the same operations out much later: nothing doubles, nothing is late.
    team.carry();
    let state = team.lead.with_notebook(|notebook| notebook.outing_state(outing_id, Scope::Everything));
    let state = state.unwrap().unwrap();
    assert_eq!((state.contacts.len(), state.late.len(), state.outing.status), (4, 0, OutingStatus::Reviewed));
}

#[test]
fn a_damaged_or_foreign_file_has_its_code_and_changes_nothing() {
    let team = Team::at(evening());
    let outing_id = team.start(&BAG, &["Z1"]);
    team.member.save(known(), &[], DetailsInput::default());
    let bytes = std::fs::read(export(&team.member, outing_id).path).unwrap();
    let refused = |bytes: &[u8]| {
        let content_base64 = BASE64.encode(bytes);
        let error = team.lead.session.import_records(ImportInput { content_base64 }).unwrap_err();
        assert_eq!(union(&team.lead, outing_id).phones.len(), 1);
        error.code
    };
    let mut changed = bytes.clone();
    changed[bytes.len() / 2] ^= 1;
    assert_eq!(refused(&changed), ErrorCode::BadFile);
    assert_eq!(refused(&bytes[..bytes.len() - 1]), ErrorCode::BadFile);
    assert_eq!(refused(b"a photograph"), ErrorCode::BadFile);
    assert_eq!(refused(&[]), ErrorCode::BadFile);
    assert_eq!(refused(&[b"USCITA-NIGHT-2".as_slice(), &bytes[14..]].concat()), ErrorCode::FileTooNew);
    let other = Team::at(evening());
    let foreign = other.start(&BAG, &["Z1"]);
    assert_eq!(refused(&std::fs::read(export(&other.member, foreign).path).unwrap()), ErrorCode::ForeignFile);
    let not_base64 = ImportInput { content_base64: "è".into() };
    assert_eq!(team.lead.session.import_records(not_base64).unwrap_err().code, ErrorCode::BadFile);
    assert!(matches!(team.lead.session.tonight(Nothing {}).unwrap(), TonightView::Open(_)));
}
