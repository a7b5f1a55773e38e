use super::*;
use domain::contact::{Depth, Flag, Language, Service};
use domain::ids::{ContactId, DeviceId, OutingId, ZoneCode};
use domain::operation::ContactField;
use domain::supply::LeafletTopic;
use std::collections::BTreeSet;
use uuid::Uuid;

fn contact() -> Contact {
    Contact {
        id: ContactId(Uuid::from_u128(1)),
        outing_id: OutingId(Uuid::from_u128(2)),
        stop_id: None,
        device_id: DeviceId(Uuid::from_u128(3)),
        mode: ContactMode::Individual,
        target_group: TargetGroup::Person,
        n_persons: 1,
        zone: ZoneCode::new("Z1"),
        slot: "22:00".parse().unwrap(),
        kind: ContactKind::Returning,
        gender: Gender::Woman,
        age_band: AgeBand::NotRecorded,
        nationality: NationalityCode::new("RO"),
        language: Language::Ro,
        depth: Depth::Brief,
        services: BTreeSet::from([Service::HrInfo]),
        aliases: vec!["AIRONE-12".parse().unwrap()],
        group_cells: Vec::new(),
        concern: Concern::NotAssessed,
        flags: BTreeSet::new(),
        repeat_in_outing: false,
        notice_given: true,
        possible_duplicate_of: None,
    }
}

fn shown(contact: &Contact) -> ContactRecordView {
    contact_record(contact, &[])
}

fn fields(changes: &[ContactChange]) -> Vec<ContactField> {
    changes.iter().map(ContactChange::field).collect()
}

fn applied(contact: &Contact, changes: &[ContactChange]) -> Contact {
    let mut after = contact.clone();
    for change in changes {
        change.apply(&mut after);
    }
    after
}

fn supply(number: u128, item: &str, quantity: i32, leaflet: Option<Leaflet>) -> SupplyMove {
    SupplyMove {
        id: SupplyMoveId(Uuid::from_u128(number)),
        outing_id: contact().outing_id,
        device_id: contact().device_id,
        item: ItemCode::new(item),
        kind: MoveKind::Handout,
        quantity,
        contact_id: Some(contact().id),
        to_target_group: Some(TargetGroup::Person),
        leaflet,
        reason: None,
    }
}

fn pieces_of(item: &str, quantity: u16) -> HandoutInput {
    HandoutInput { item: ItemCode::new(item), quantity, leaflet: None }
}

#[test]
fn writes_the_fields_that_were_corrected_and_no_others() {
    let contact = contact();
    let before = shown(&contact);
    assert_eq!(changes(&contact, &before, &before), [], "looking changes nothing");
    let after = ContactRecordView {
        zone: ZoneCode::new("Z2"),
        flags: vec![Flag::HealthUrgency, Flag::ExitRequest],
        ..before.clone()
    };
    let written = changes(&contact, &before, &after);
    assert_eq!(fields(&written), [ContactField::Zone, ContactField::Flags]);
    assert_eq!(applied(&contact, &written).flags.len(), 2);
}

#[test]
fn leaves_what_somebody_else_wrote_meanwhile() {
    let before = shown(&contact());
    let meanwhile = Contact { depth: Depth::Talk, ..contact() };
    let after = ContactRecordView { gender: Gender::TransWoman, ..before.clone() };
    let written = changes(&meanwhile, &before, &after);
    assert_eq!(fields(&written), [ContactField::Gender]);
    assert_eq!(applied(&meanwhile, &written).depth, Depth::Talk);
}

#[test]
fn makes_a_group_of_one_and_one_of_a_group_v05_v06() {
    let one = contact();
    let before = shown(&one);
    let written = changes(&one, &before, &ContactRecordView { n_persons: 3, ..before.clone() });
    let group = applied(&one, &written);
    assert_eq!((group.mode, group.n_persons, group.gender), (ContactMode::Group, 3, Gender::NotRecorded));
    let described = GroupCell {
        kind: ContactKind::Returning,
        gender: Gender::Woman,
        age_band: AgeBand::NotRecorded,
        nationality: NationalityCode::new("RO"),
        n: 1,
    };
    assert_eq!(group.group_cells, [described, GroupCell::not_recorded(2)], "what is known of one is not lost");

    let before = shown(&group);
    let back = ContactRecordView { n_persons: 1, group_cells: before.group_cells[..1].to_vec(), ..before.clone() };
    let again = applied(&group, &changes(&group, &before, &back));
    assert_eq!((again.mode, again.gender, again.nationality), (one.mode, one.gender, one.nationality));
    assert!(again.group_cells.is_empty());
}

#[test]
fn mends_a_composition_that_does_not_add_up_v06() {
    let broken = Contact { mode: ContactMode::Group, n_persons: 4, group_cells: Vec::new(), ..contact() };
    let before = shown(&broken);
    let mended = applied(&broken, &changes(&broken, &before, &before));
    assert_eq!(mended.group_cells.iter().map(|cell| cell.n).sum::<u16>(), 4, "opening and saving is enough");
}

#[test]
fn says_nothing_of_a_person_about_a_client_v09() {
    let contact = contact();
    let before = shown(&contact);
    let client = ContactRecordView { target_group: TargetGroup::Client, ..before.clone() };
    let after = applied(&contact, &changes(&contact, &before, &client));
    assert_eq!((after.kind, after.concern), (ContactKind::NotApplicable, Concern::NotAssessed));
    assert!(after.aliases.is_empty());
}

#[test]
fn changes_only_the_handouts_whose_number_is_another() {
    let leaflet = |language| Leaflet { topic: LeafletTopic::ServicesMap, language };
    let moves = [
        supply(1, "condom_ext", 6, None),
        supply(2, "condom_ext", 6, None),
        supply(3, "lubricant", 2, None),
        supply(4, "leaflet", 1, Some(leaflet(Language::Ro))),
    ];
    let before = contact_record(&contact(), &moves).handouts;
    assert_eq!(before.len(), 3, "twelve of one item are one line");
    assert_eq!(handout_changes(moves.iter(), &before, &before), HandoutChanges::default());

    let romanian = HandoutInput { leaflet: Some(leaflet(Language::Ro)), ..pieces_of("leaflet", 1) };
    let wanted = [pieces_of("condom_ext", 4), pieces_of("lubricant", 2), pieces_of("hot_drink", 1), romanian];
    let changed = handout_changes(moves.iter(), &before, &wanted);
    assert_eq!(changed.retracted, [moves[0].id, moves[1].id]);
    assert_eq!(changed.added, [pieces_of("condom_ext", 4), pieces_of("hot_drink", 1)]);

    let none = handout_changes(moves.iter(), &before, &[]);
    assert_eq!((none.retracted.len(), none.added.len()), (4, 0));
}
