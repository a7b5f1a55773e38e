//! People split off a group (F13): nobody is counted twice, nobody gets lost, whatever the order.

use super::*;
use crate::contact::GroupCell;

const GROUP: u128 = 50;

fn cell(kind: ContactKind, gender: Gender, n: u16) -> GroupCell {
    GroupCell { kind, gender, ..GroupCell::not_recorded(n) }
}

fn group(device: DeviceId, n: u16, cells: Vec<GroupCell>) -> Operation {
    let contact = Contact {
        mode: ContactMode::Group,
        n_persons: n,
        kind: ContactKind::Unknown,
        gender: Gender::NotRecorded,
        group_cells: cells,
        ..contact(GROUP, device)
    };
    let handouts = vec![supply(2_050, device, MoveKind::Handout, 24, Some(contact.id))];
    operation(device, 2, 10, OperationBody::ContactSaved { contact, handouts })
}

fn split(device: DeviceId, sequence: u64, minute: i64, n: u128, after: &[OperationId]) -> Operation {
    split_as(sequence, minute, contact(n, device), after)
}

fn split_as(sequence: u64, minute: i64, contact: Contact, after: &[OperationId]) -> Operation {
    let device = contact.device_id;
    let body =
        OperationBody::PersonSplitOff { outing_id: OUTING, group: contact_id(GROUP), after: after.to_vec(), contact };
    operation(device, sequence, minute, body)
}

fn retracted(device: DeviceId, sequence: u64, minute: i64, n: u128) -> Operation {
    let record = RecordRef::Contact(contact_id(n));
    operation(device, sequence, minute, OperationBody::Retracted { outing_id: OUTING, record })
}

fn number(device: DeviceId, sequence: u64, minute: i64, after: &[OperationId], n: u16) -> Operation {
    revised(device, sequence, minute, GROUP, after, vec![ContactChange::NPersons(n)])
}

fn persons(state: &OutingState) -> u32 {
    state.contacts.values().map(|contact| u32::from(contact.n_persons)).sum()
}

fn left(state: &OutingState) -> &Contact {
    &state.contacts[&contact_id(GROUP)]
}

#[test]
fn takes_one_from_the_group_and_leaves_its_supplies() {
    let cells = vec![cell(ContactKind::Returning, Gender::Woman, 2), GroupCell::not_recorded(2)];
    let saved = group(MEMBER, 4, cells);
    let one = split(MEMBER, 3, 20, 1, &[saved.id]);
    let state = everything(&[opened(LEAD, 1, 0, 1), saved, one.clone()]);
    assert_eq!(persons(&state), 4);
    let expected = [cell(ContactKind::Returning, Gender::Woman, 1), GroupCell::not_recorded(2)];
    assert_eq!((left(&state).n_persons, left(&state).group_cells.as_slice()), (3, expected.as_slice()));
    assert_eq!(state.handouts_of(contact_id(GROUP)).map(|supply| supply.quantity).sum::<i32>(), 24);
    assert_eq!(state.handouts_of(contact_id(1)).count(), 0);
    assert_eq!(state.contact_heads[&contact_id(GROUP)], BTreeSet::from([one.id]), "the next revision names the split");
    assert!(state.refusals.is_empty());
}

#[test]
fn takes_somebody_of_whom_nothing_was_noted_when_nobody_fits() {
    let cells = vec![cell(ContactKind::First, Gender::Man, 2), GroupCell::not_recorded(1)];
    let saved = group(MEMBER, 3, cells);
    let state = everything(&[opened(LEAD, 1, 0, 1), saved.clone(), split(MEMBER, 3, 20, 1, &[saved.id])]);
    assert_eq!(left(&state).group_cells, [cell(ContactKind::First, Gender::Man, 2)]);
}

#[test]
fn group_of_which_one_remains_is_an_individual() {
    let cells = vec![cell(ContactKind::First, Gender::TransWoman, 1), cell(ContactKind::Returning, Gender::Woman, 1)];
    let saved = group(MEMBER, 2, cells);
    let one = split(MEMBER, 3, 20, 1, &[saved.id]);
    let state = everything(&[opened(LEAD, 1, 0, 1), saved.clone(), one.clone()]);
    let rest = left(&state);
    assert_eq!((rest.mode, rest.n_persons), (ContactMode::Individual, 1));
    assert_eq!((rest.kind, rest.gender), (ContactKind::First, Gender::TransWoman));
    assert!(rest.group_cells.is_empty());

    let corrected = revised(MEMBER, 4, 30, GROUP, &[one.id], vec![ContactChange::Gender(Gender::Woman)]);
    let state = everything(&[opened(LEAD, 1, 0, 1), saved, one, corrected]);
    assert_eq!((left(&state).kind, left(&state).gender), (ContactKind::First, Gender::Woman), "a correction stays");
}

#[test]
fn two_phones_that_split_one_group_take_two_people() {
    let saved = group(MEMBER, 4, vec![GroupCell::not_recorded(4)]);
    let mine = split(MEMBER, 3, 20, 1, &[saved.id]);
    let theirs = split(LEAD, 2, 20, 2, &[saved.id]);
    let state = everything(&[opened(LEAD, 1, 0, 1), saved, mine, theirs]);
    assert_eq!((left(&state).n_persons, persons(&state)), (2, 4));
}

#[test]
fn taking_the_split_contact_back_gives_the_person_to_the_group() {
    let saved = group(MEMBER, 4, vec![cell(ContactKind::Returning, Gender::Woman, 4)]);
    let one = split(MEMBER, 3, 20, 1, &[saved.id]);
    let back = retracted(MEMBER, 4, 21, 1);
    let state = everything(&[opened(LEAD, 1, 0, 1), saved.clone(), one.clone(), back.clone()]);
    assert_eq!((left(&state).n_persons, persons(&state)), (4, 4));
    assert_eq!(left(&state).group_cells, [cell(ContactKind::Returning, Gender::Woman, 4)]);

    // Somebody counted the rest of the group in between, and then again when she was back.
    let rest = revised(LEAD, 2, 20, GROUP, &[one.id], vec![ContactChange::NPersons(3)]);
    let state = everything(&[opened(LEAD, 1, 0, 1), saved.clone(), one.clone(), rest.clone(), back.clone()]);
    assert_eq!((left(&state).n_persons, persons(&state)), (4, 4), "three without her, four with her");
    let all = number(LEAD, 3, 22, &[rest.id, back.id], 4);
    let state = everything(&[opened(LEAD, 1, 0, 1), saved, one, rest, back, all]);
    assert_eq!((left(&state).n_persons, persons(&state)), (4, 4), "four were counted when she was back");
}

#[test]
fn correction_unaware_of_a_split_does_not_undo_it() {
    let saved = group(MEMBER, 4, vec![GroupCell::not_recorded(4)]);
    let one = split(MEMBER, 3, 20, 1, &[saved.id]);
    let all = vec![ContactChange::GroupCells(vec![cell(ContactKind::Returning, Gender::Woman, 4)])];
    let unaware = revised(LEAD, 2, 30, GROUP, &[saved.id], all);
    let state = everything(&[opened(LEAD, 1, 0, 1), saved.clone(), one.clone(), unaware]);
    assert_eq!(left(&state).group_cells, [cell(ContactKind::Returning, Gender::Woman, 3)]);

    let three = vec![ContactChange::GroupCells(vec![cell(ContactKind::Returning, Gender::Woman, 3)])];
    let aware = revised(LEAD, 2, 30, GROUP, &[one.id], three);
    let state = everything(&[opened(LEAD, 1, 0, 1), saved, one, aware]);
    assert_eq!(left(&state).group_cells, [cell(ContactKind::Returning, Gender::Woman, 3)]);
    assert_eq!(persons(&state), 4);
}

#[test]
fn group_is_never_less_than_one_and_the_split_contact_stands() {
    let saved = group(MEMBER, 2, vec![GroupCell::not_recorded(2)]);
    let first = split(MEMBER, 3, 20, 1, &[saved.id]);
    let second = split(LEAD, 2, 21, 2, &[saved.id]);
    let state = everything(&[opened(LEAD, 1, 0, 1), saved, first, second.clone()]);
    assert_eq!((left(&state).n_persons, state.contacts.len()), (1, 3));
    assert_eq!(
        state.refusals,
        BTreeSet::from([Refusal::NobodyToSplit { operation: second.id, contact: contact_id(2) }])
    );

    let nowhere = split(MEMBER, 2, 20, 1, &[]);
    let state = everything(&[opened(LEAD, 1, 0, 1), nowhere.clone()]);
    assert_eq!(
        (persons(&state), state.refusals),
        (1, BTreeSet::from([Refusal::NobodyToSplit { operation: nowhere.id, contact: contact_id(1) }]))
    );
}

fn settled(minute: i64, first: u128, second: u128, decision: DuplicateDecision) -> Operation {
    let (first, second) = (contact_id(first), contact_id(second));
    operation(LEAD, 9, minute, OperationBody::DuplicateSettled { outing_id: OUTING, first, second, decision })
}

/// The same group of four on the other phone.
fn twin() -> Operation {
    let mut twin = group(LEAD, 4, vec![GroupCell::not_recorded(4)]);
    if let OperationBody::ContactSaved { contact, handouts } = &mut twin.body {
        contact.id = contact_id(51);
        handouts.clear();
    }
    twin
}

#[test]
fn split_off_a_group_written_twice_counts_against_the_one_that_stands() {
    let saved = group(MEMBER, 4, vec![GroupCell::not_recorded(4)]);
    let night = [opened(LEAD, 1, 0, 1), saved.clone(), twin()];
    let twice = settled(15, 51, GROUP, DuplicateDecision::WrittenTwice);
    let one = split(MEMBER, 3, 20, 1, &[saved.id]);
    let all = [&night[..], &[twice.clone(), one.clone()][..]].concat();
    let state = everything(&all);
    assert_eq!((persons(&state), state.contacts[&contact_id(51)].n_persons), (4, 3));
    assert!(state.refusals.is_empty());
    assert!(state.contact_heads[&contact_id(51)].contains(&one.id), "the next revision names the split");

    let earlier = split(MEMBER, 3, 12, 1, &[saved.id]);
    let state = everything(&[&night[..], &[twice, earlier.clone()][..]].concat());
    let refusal = Refusal::NobodyToSplit { operation: earlier.id, contact: contact_id(1) };
    assert_eq!(state.refusals, BTreeSet::from([refusal]), "the lead may have seen both: it is asked");
}

#[test]
fn split_off_a_group_that_came_back_is_a_repeat() {
    let saved = group(MEMBER, 4, vec![GroupCell::not_recorded(4)]);
    let back = settled(15, 51, GROUP, DuplicateDecision::CameBack);
    let one = split(MEMBER, 3, 20, 1, &[saved.id]);
    let state = everything(&[opened(LEAD, 1, 0, 1), saved, twin(), back, one]);
    let counted: u16 = state.contacts.values().filter(|it| it.counts_persons()).map(|it| it.n_persons).sum();
    assert_eq!((counted, state.contacts.len()), (4, 3));
    assert!(state.contacts[&contact_id(1)].repeat_in_outing);
}

#[test]
fn member_splits_no_group_of_another_phone() {
    let saved = group(LEAD, 4, vec![GroupCell::not_recorded(4)]);
    let foreign = split(MEMBER, 3, 20, 1, &[saved.id]);
    let state = everything(&[opened(LEAD, 1, 0, 1), saved, foreign.clone()]);
    assert_eq!((persons(&state), state.refusals), (4, BTreeSet::from([Refusal::NotOwner(foreign.id)])));
}

#[test]
fn same_card_saved_again_is_one_person() {
    let saved = group(MEMBER, 4, vec![GroupCell::not_recorded(4)]);
    let first = split(MEMBER, 3, 20, 1, &[saved.id]);
    let older = Contact { age_band: AgeBand::From25To34, ..contact(1, MEMBER) };
    let again = split_as(4, 21, older.clone(), &[first.id]);
    let state = everything(&[opened(LEAD, 1, 0, 1), saved, first, again]);
    assert_eq!((left(&state).n_persons, persons(&state)), (3, 4));
    assert_eq!(state.contacts[&contact_id(1)], older);
}

#[test]
fn group_saved_again_keeps_who_was_split_off() {
    let saved = group(MEMBER, 4, vec![GroupCell::not_recorded(4)]);
    let one = split(MEMBER, 3, 20, 1, &[saved.id]);
    let again = operation(MEMBER, 4, 30, saved.body.clone());
    let state = everything(&[opened(LEAD, 1, 0, 1), saved.clone(), one.clone(), again.clone()]);
    assert_eq!((left(&state).n_persons, persons(&state)), (3, 4));
    let heads: Vec<OperationId> = state.contact_heads[&contact_id(GROUP)].iter().copied().collect();
    let three = number(MEMBER, 5, 31, &heads, 3);
    let state = everything(&[opened(LEAD, 1, 0, 1), saved, one, again, three]);
    assert_eq!((left(&state).n_persons, persons(&state)), (3, 4), "three were counted without her");
}

#[test]
fn alias_goes_with_its_person() {
    let alias: crate::alias::Alias = "AIRONE-12".parse().unwrap();
    let mut saved = group(MEMBER, 3, vec![GroupCell::not_recorded(3)]);
    if let OperationBody::ContactSaved { contact, .. } = &mut saved.body {
        contact.aliases = vec![alias.clone()];
    }
    let one = Contact { aliases: vec![alias.clone()], ..contact(1, MEMBER) };
    let state = everything(&[opened(LEAD, 1, 0, 1), saved.clone(), split_as(3, 20, one, &[saved.id])]);
    assert!(left(&state).aliases.is_empty());
    assert_eq!(state.contacts[&contact_id(1)].aliases, [alias]);
}

#[test]
fn asks_of_one_split_off_before_the_group_was_said_to_have_come_back_v16() {
    let saved = group(MEMBER, 4, vec![GroupCell::not_recorded(4)]);
    let one = split(MEMBER, 3, 20, 1, &[saved.id]);
    let came_back = |minute| {
        let (first, second) = (contact_id(7), contact_id(GROUP));
        let decision = DuplicateDecision::CameBack;
        operation(LEAD, 3, minute, OperationBody::DuplicateSettled { outing_id: OUTING, first, second, decision })
    };
    let night = [opened(LEAD, 1, 0, 1), super::saved(7, LEAD, 2, 5), saved.clone(), one.clone()];
    let asked = |more: &[Operation]| everything(&[&night[..], more].concat()).split_before_return;
    assert!(asked(&[]).is_empty());
    assert_eq!(asked(&[came_back(30)]), BTreeSet::from([contact_id(1)]));
    assert!(asked(&[came_back(15)]).is_empty(), "whoever is split off a group that has come back has come back too");
    for is_back in [true, false] {
        let said = revised(LEAD, 4, 40, 1, &[one.id], vec![ContactChange::RepeatInOuting(is_back)]);
        assert!(asked(&[came_back(30), said]).is_empty(), "the lead has said it");
    }
    assert!(asked(&[came_back(30), retracted(MEMBER, 4, 41, 1)]).is_empty());
}

/// A group of six; each number is what happens to it next, on one of two phones that know only their own doings.
fn scene(deeds: &[u8]) -> Vec<Operation> {
    let saved = group(MEMBER, 6, vec![cell(ContactKind::Returning, Gender::Woman, 3), GroupCell::not_recorded(3)]);
    let mut operations = vec![opened(LEAD, 1, 0, 1), saved.clone()];
    let mut heads = [vec![saved.id], vec![saved.id]];
    let mut out: [Vec<u128>; 2] = [Vec::new(), Vec::new()];
    let mut next = 1;
    for (step, deed) in deeds.iter().enumerate() {
        let side = usize::from(deed % 2);
        let device = if side == 0 { LEAD } else { MEMBER };
        let (sequence, minute) = (3 + step as u64, 20 + step as i64);
        let done = match deed / 2 {
            0 | 1 if out[0].len() + out[1].len() < 5 => {
                next += 1;
                out[side].push(next);
                split(device, sequence, minute, next, &heads[side])
            }
            2 => match out[side].pop() {
                Some(n) => retracted(device, sequence, minute, n),
                None => continue,
            },
            _ => {
                let rest = 6 - out[side].len() as u16;
                let cells = vec![GroupCell::not_recorded(rest)];
                let changes = vec![ContactChange::NPersons(rest), ContactChange::GroupCells(cells)];
                revised(device, sequence, minute, GROUP, &heads[side], changes)
            }
        };
        heads[side] = match deed / 2 {
            2 => heads[side].iter().copied().chain([done.id]).collect(),
            _ => vec![done.id],
        };
        operations.push(done);
    }
    operations
}

proptest! {
    #[test]
    fn splits_never_change_how_many_people_were_met(
        (deeds, order) in proptest::collection::vec(0_u8..8, 0..12).prop_flat_map(|deeds| {
            let operations = scene(&deeds);
            (Just(deeds), Just(operations).prop_shuffle())
        })
    ) {
        let state = everything(&order);
        prop_assert_eq!(persons(&state), 6, "{:?}", deeds);
        let cells: u16 = left(&state).group_cells.iter().map(|cell| cell.n).sum();
        let is_whole = left(&state).mode == ContactMode::Individual || cells == left(&state).n_persons;
        prop_assert!(is_whole && left(&state).n_persons >= 1, "the composition adds up (V06)");
        prop_assert!(state.refusals.is_empty());
        prop_assert_eq!(everything(&scene(&deeds)), state, "in whatever order they arrive");
    }
}
