//! Cards that survive, *Da completare*, and one person split off a group.

use super::team::{Phone, Team, alias, evening, known, open};
use domain::contact::{AgeBand, Contact, ContactKind, ContactMode, Flag, Gender, GroupCell, TargetGroup};
use domain::ids::{ItemCode, KitCode, NationalityCode, OutingId};
use domain::operation::{OutingState, Scope};
use domain::supply::{Leaflet, LeafletTopic};
use notebook::error::ErrorCode;
use notebook::night::todo::Question;
use notebook::view::{
    AnswerInput, CardFill, CardInput, ContactInput, DetailsInput, ItemCount, KitChoice, Nothing, SplitInput,
    TakeBackAnswerInput, TodoAnswer, TodoView, UndoInput, UnsavedCardInput, UpdateCardInput, WhoCount,
};

fn group(n_persons: u16) -> CardInput {
    CardInput { gender: Gender::NotRecorded, kind: ContactKind::Unknown, target_group: TargetGroup::Person, n_persons }
}

fn filled(name: &str) -> CardFill {
    CardFill {
        kit: KitChoice::Kit(KitCode::new("base")),
        others: vec![ItemCount { item: ItemCode::new("leaflet"), quantity: 1 }],
        leaflet: Some(Leaflet { topic: LeafletTopic::HelplineCard, language: domain::contact::Language::Ro }),
        details: DetailsInput { age_band: Some(AgeBand::From25To34), ..alias(name) },
    }
}

fn state(phone: &Phone, outing: OutingId) -> OutingState {
    phone.with_notebook(|notebook| notebook.outing_state(outing, Scope::Everything).unwrap().unwrap())
}

fn todo(phone: &Phone) -> TodoView {
    phone.session.todo(Nothing {}).unwrap()
}

fn questions(view: &TodoView) -> Vec<(u16, Question)> {
    view.missing.iter().map(|open| (open.number, open.question)).collect()
}

fn answer(phone: &Phone, number: u16, answer: TodoAnswer) -> TodoView {
    let contact = todo(phone).missing.iter().find(|open| open.number == number).expect("it is open").contact;
    phone.session.answer_todo(AnswerInput { contact, answer }).unwrap()
}

#[test]
fn keeps_every_open_card_with_everything_chosen_through_a_kill() {
    let team = Team::at(evening());
    team.start(&[("condom_ext", 30), ("lubricant", 10), ("leaflet", 5)], &["Z2"]);
    let Team { lead, root: _root, .. } = team;
    let first = lead.session.open_card(known()).unwrap().card;
    let update = UpdateCardInput { card: first, base: known(), fill: filled("AIRONE-12") };
    lead.session.update_card(update).unwrap();
    let second = lead.session.open_card(group(3)).unwrap().card;
    let lead = lead.restarted();
    let night = lead.night();
    assert_eq!((night.drafts, night.todo), (2, 2));
    assert_eq!(night.card.unwrap().card, second, "the one begun last is offered");

    let resumed = lead.session.resume_card(UnsavedCardInput { card: first }).unwrap();
    assert_eq!(resumed.fill.kit, KitChoice::Kit(KitCode::new("base")));
    assert_eq!(resumed.fill.details.aliases, alias("AIRONE-12").aliases);
    assert_eq!(resumed.fill.details.age_band, Some(AgeBand::From25To34));
    assert_eq!(resumed.fill.others.len(), 1);

    let view = lead.session.save_card(UnsavedCardInput { card: first }).unwrap();
    assert_eq!(view.unsaved.iter().map(|card| card.card).collect::<Vec<_>>(), [second]);
    let night = lead.night();
    let left: Vec<u32> = night.bag.iter().map(|item| item.left).collect();
    assert_eq!((night.persons, left), (1, vec![24, 8, 4]), "the kit and the leaflet went out");
    let gone = lead.session.save_card(UnsavedCardInput { card: first }).unwrap_err();
    assert_eq!(gone.code, ErrorCode::NotFound, "saved once");
}

#[test]
fn gives_a_card_back_that_was_given_up_until_the_notebook_is_locked() {
    let team = Team::at(evening());
    team.start(&[], &["Z1"]);
    let session = &team.lead.session;
    let card = UnsavedCardInput { card: session.open_card(known()).unwrap().card };
    session.update_card(UpdateCardInput { card: card.card, base: known(), fill: filled("AIRONE-12") }).unwrap();
    assert_eq!(open(session.drop_card(card).unwrap()).drafts, 0);
    let late = UpdateCardInput { card: card.card, base: known(), fill: CardFill::default() };
    assert_eq!(session.update_card(late).unwrap_err().code, ErrorCode::NotFound, "a late change does not revive it");
    let night = open(session.restore_card(card).unwrap());
    assert_eq!(night.card.unwrap().fill.details.aliases.len(), 1);
    session.drop_card(card).unwrap();
    session.lock(Nothing {}).unwrap();
    team.lead.unlock();
    assert_eq!(session.restore_card(card).unwrap_err().code, ErrorCode::NotFound);
}

#[test]
fn says_who_it_was_only_of_the_last_records() {
    let team = Team::at(evening());
    team.start(&[], &["Z1"]);
    let member = &team.member;
    for name in ["AIRONE-12", "CEDRO-07", "FALCO-05"] {
        member.save(known(), &[], alias(name));
    }
    let draft = member.session.open_card(known()).unwrap().card;
    let view = todo(member);
    assert_eq!(view.missing.iter().map(|open| open.number).collect::<Vec<_>>(), [3, 2, 1]);
    let said: Vec<bool> = view.missing.iter().map(|open| open.who.is_some()).collect();
    assert_eq!((view.unsaved[0].who.is_some(), said), (true, vec![true, true, false]), "three in all");
    let json = serde_json::to_string(&view).unwrap();
    assert!(["AIRONE", "CEDRO", "FALCO"].iter().all(|word| !json.contains(word)), "no alias");

    for _ in 0..3 {
        member.session.open_card(known()).unwrap();
    }
    let old = member.session.resume_card(UnsavedCardInput { card: draft }).unwrap_err();
    assert_eq!(old.code, ErrorCode::NotFound, "an older card can be saved or given up, not looked at");
    assert!(todo(member).missing.iter().all(|open| open.who.is_none()));
    member.session.save_card(UnsavedCardInput { card: draft }).unwrap();
}

#[test]
fn completes_one_question_a_card_in_one_answer() {
    let team = Team::at(evening());
    let outing = team.start(&[], &["Z1"]);
    let lead = &team.lead;
    lead.save(known(), &[], DetailsInput::default());
    lead.save(group(4), &[], DetailsInput::default());
    assert_eq!(questions(&todo(lead)), [(2, Question::Composition), (1, Question::Origin)]);
    assert_eq!(lead.night().todo, 2);

    let who = |gender, kind, n| WhoCount { gender, kind, n };
    let mixed = vec![who(Gender::Woman, ContactKind::Returning, 2), who(Gender::Man, ContactKind::First, 1)];
    let view = answer(lead, 2, TodoAnswer::Composition(mixed));
    assert_eq!(questions(&view), [(1, Question::Origin)]);
    answer(lead, 1, TodoAnswer::Origin(NationalityCode::new("RO")));
    let view = answer(lead, 1, TodoAnswer::Age(AgeBand::From25To34));
    assert!(view.missing.is_empty());
    assert_eq!(lead.night().todo, 0);

    let state = state(lead, outing);
    let find = |mode| state.contacts.values().find(|contact| contact.mode == mode).unwrap();
    let one = find(ContactMode::Individual);
    assert_eq!((one.nationality.as_str(), one.age_band), ("RO", AgeBand::From25To34));
    let cells: Vec<(ContactKind, Gender, u16)> =
        find(ContactMode::Group).group_cells.iter().map(|cell| (cell.kind, cell.gender, cell.n)).collect();
    let expected = [
        (ContactKind::Returning, Gender::Woman, 2),
        (ContactKind::First, Gender::Man, 1),
        (ContactKind::Unknown, Gender::NotRecorded, 1),
    ];
    assert_eq!(cells, expected, "the rest is «non rilevato»");
    assert!(state.conflicts.is_empty(), "each answer knows the one before");
    let answered = AnswerInput { contact: one.id, answer: TodoAnswer::Age(AgeBand::From18To24) };
    assert_eq!(lead.session.answer_todo(answered).unwrap_err().code, ErrorCode::WrongState);
}

#[test]
fn takes_every_answer_back() {
    let team = Team::at(evening());
    let outing = team.start(&[], &["Z1"]);
    let lead = &team.lead;
    lead.save(known(), &[], DetailsInput::default());
    lead.save(group(2), &[], DetailsInput::default());
    let before = state(lead, outing).contacts;
    let open = todo(lead).missing;
    let take_back = |contact, question| {
        lead.session.take_back_answer(TakeBackAnswerInput { contact, question }).unwrap();
    };
    let women = WhoCount { gender: Gender::Woman, kind: ContactKind::First, n: 2 };
    answer(lead, 2, TodoAnswer::Composition(vec![women]));
    take_back(open[0].contact, Question::Composition);
    answer(lead, 1, TodoAnswer::Unknown(Question::Origin));
    answer(lead, 1, TodoAnswer::Age(AgeBand::Under18Presumed));
    let minor = state(lead, outing).contacts[&open[1].contact].clone();
    assert!(minor.flags.contains(&Flag::MinorProtocol), "a presumed minor opens the minor card (V11)");
    take_back(open[1].contact, Question::Age);
    take_back(open[1].contact, Question::Origin);
    assert_eq!(state(lead, outing).contacts, before);
    assert_eq!(questions(&todo(lead)), [(2, Question::Composition), (1, Question::Origin)]);
}

#[test]
fn takes_an_answer_back_to_what_was_noted_before() {
    let team = Team::at(evening());
    let outing = team.start(&[], &["Z1"]);
    let lead = &team.lead;
    let cell = GroupCell { nationality: NationalityCode::new("NG"), ..GroupCell::not_recorded(4) };
    lead.save(group(4), &[], DetailsInput { group_cells: vec![cell], ..DetailsInput::default() });
    let marked = DetailsInput { flags: [Flag::MinorProtocol].into_iter().collect(), ..DetailsInput::default() };
    lead.save(known(), &[], marked);
    let before = state(lead, outing).contacts;
    let open = todo(lead).missing;
    let women = WhoCount { gender: Gender::Woman, kind: ContactKind::First, n: 4 };
    answer(lead, 1, TodoAnswer::Composition(vec![women]));
    let cells = state(lead, outing).contacts[&open[1].contact].group_cells.clone();
    assert_eq!(cells.iter().map(|cell| (cell.n, cell.nationality.as_str())).collect::<Vec<_>>(), [(4, "NG")]);
    let presumed = AnswerInput { contact: open[0].contact, answer: TodoAnswer::Age(AgeBand::Under18Presumed) };
    lead.session.answer_todo(presumed).unwrap();
    for (contact, question) in [(open[1].contact, Question::Composition), (open[0].contact, Question::Age)] {
        lead.session.take_back_answer(TakeBackAnswerInput { contact, question }).unwrap();
    }
    assert_eq!(state(lead, outing).contacts, before, "the mark of the minor card had another reason");
}

#[test]
fn remembers_that_nobody_knows() {
    let team = Team::at(evening());
    let outing = team.start(&[], &["Z1"]);
    let lead = &team.lead;
    lead.save(known(), &[], DetailsInput::default());
    lead.save(group(4), &[], DetailsInput::default());
    let card = lead.session.open_card(known()).unwrap().card;
    let before = lead.with_notebook(|notebook| notebook.operations_of(outing).unwrap().len());
    let view = lead.session.answer_all_unknown(Nothing {}).unwrap();
    assert!(view.missing.is_empty());
    assert_eq!(view.unsaved.len(), 1, "a card that is not saved is no question");
    lead.session.lock(Nothing {}).unwrap();
    lead.unlock();
    assert!(todo(lead).missing.is_empty());
    assert_eq!(lead.night().todo, 1);
    let after = lead.with_notebook(|notebook| notebook.operations_of(outing).unwrap().len());
    assert_eq!(after, before, "nothing is written about it");
    lead.session.drop_card(UnsavedCardInput { card }).unwrap();
}

#[test]
fn offers_what_tonight_makes_likely() {
    let team = Team::at(evening());
    team.start(&[], &["Z1"]);
    assert_eq!(todo(&team.lead).genders, [Gender::Woman]);
    let trans = CardInput { gender: Gender::TransWoman, ..known() };
    let origin = |code| DetailsInput { nationality: Some(NationalityCode::new(code)), ..DetailsInput::default() };
    team.lead.save(trans.clone(), &[], origin("RO"));
    team.lead.save(trans, &[], origin("RO"));
    team.lead.save(known(), &[], origin("NG"));
    let view = todo(&team.lead);
    assert_eq!(view.genders, [Gender::TransWoman, Gender::Woman]);
    assert_eq!(view.origins.iter().take(2).map(NationalityCode::as_str).collect::<Vec<_>>(), ["RO", "NG"]);
}

/// The group's contact, and a card for one of its people.
fn split_card(lead: &Phone, n: u16) -> (Contact, notebook::view::CardView) {
    let night = lead.save(group(n), &[("condom_ext", 6 * n)], DetailsInput::default());
    let id = night.last_group.expect("a group was saved last");
    let outing = night.outing_id;
    let card = lead.session.open_split(SplitInput { group: id }).unwrap();
    (state(lead, outing).contacts[&id].clone(), card)
}

#[test]
fn splits_one_person_off_a_group_without_counting_anybody_twice() {
    let team = Team::at(evening());
    let outing = team.start(&[("condom_ext", 60)], &["Z1"]);
    let lead = &team.lead;
    let (whole, card) = split_card(lead, 3);
    lead.later(40 * 60);
    let base = CardInput { gender: Gender::Woman, kind: ContactKind::Returning, ..card.input };
    let input = ContactInput { card: card.card, base, handouts: Vec::new(), details: alias("AIRONE-12") };
    let night = open(lead.session.save_contact(input.clone()).unwrap());
    assert_eq!((night.persons, night.drafts), (3, 0));
    open(lead.session.save_contact(input).unwrap());
    let after = state(lead, outing);
    let rest = &after.contacts[&whole.id];
    assert_eq!((rest.n_persons, rest.group_cells.clone()), (2, vec![GroupCell::not_recorded(2)]));
    let one = after.contacts.values().find(|contact| contact.mode == ContactMode::Individual).unwrap();
    assert_eq!((one.slot, &one.zone), (whole.slot, &whole.zone), "where and when the group was met");
    assert_eq!(after.handouts_of(one.id).count(), 0);
    assert_eq!(after.handouts_of(whole.id).map(|supply| supply.quantity).sum::<i32>(), 18, "supplies stay");

    let last = night.last.unwrap();
    let night = open(lead.session.undo(UndoInput { operation: last.operation }).unwrap());
    assert_eq!(night.persons, 3);
    assert_eq!(state(lead, outing).contacts[&whole.id], whole, "she is back in the group");
}

#[test]
fn both_of_a_group_of_two_split_off_are_two_people() {
    let team = Team::at(evening());
    let outing = team.start(&[("condom_ext", 60)], &["Z1"]);
    let lead = &team.lead;
    let (whole, first) = split_card(lead, 2);
    let second = lead.session.open_split(SplitInput { group: whole.id }).unwrap();
    assert_eq!(lead.night().card.unwrap().group, Some(whole.id), "through lock and unlock");
    let third = lead.session.open_split(SplitInput { group: whole.id }).unwrap_err();
    assert_eq!(third.code, ErrorCode::WrongState, "a card for each of them is begun");
    let supplies = ContactInput {
        card: first.card,
        base: first.input,
        handouts: vec![notebook::view::HandoutInput { item: ItemCode::new("condom_ext"), quantity: 6, leaflet: None }],
        details: DetailsInput::default(),
    };
    assert_eq!(lead.session.save_contact(supplies).unwrap_err().code, ErrorCode::InvalidInput);
    lead.session.save_card(UnsavedCardInput { card: first.card }).unwrap();
    let after = state(lead, outing);
    assert_eq!(after.contacts[&whole.id].mode, ContactMode::Individual);
    let nobody = lead.session.open_split(SplitInput { group: whole.id }).unwrap_err();
    assert_eq!(nobody.code, ErrorCode::WrongState);
    let base = CardInput { gender: Gender::TransWoman, kind: ContactKind::Returning, ..second.input };
    let other = ContactInput { card: second.card, base, handouts: Vec::new(), details: alias("AIRONE-12") };
    let night = open(lead.session.save_contact(other.clone()).unwrap());
    assert_eq!((night.persons, night.drafts), (2, 0), "two were met");
    let after = state(lead, outing);
    let left = &after.contacts[&whole.id];
    assert_eq!((left.gender, left.kind, left.aliases.len()), (Gender::TransWoman, ContactKind::Returning, 1));
    assert_eq!(open(lead.session.save_contact(other).unwrap()).persons, 2, "the answer to the first save got lost");
    assert_eq!(state(lead, outing), after);
    assert!(after.refusals.is_empty() && after.conflicts.is_empty());
}

#[test]
fn card_of_a_group_that_was_taken_back_is_saved_like_any_other() {
    let team = Team::at(evening());
    team.start(&[], &["Z1"]);
    let night = team.lead.save(group(3), &[], DetailsInput::default());
    let card = team.lead.session.open_split(SplitInput { group: night.last_group.unwrap() }).unwrap().card;
    team.lead.session.undo(UndoInput { operation: night.last.unwrap().operation }).unwrap();
    team.lead.session.save_card(UnsavedCardInput { card }).unwrap();
    assert_eq!(team.lead.night().persons, 1);
}

#[test]
fn split_of_a_group_that_came_back_stays_a_repeat_when_it_is_saved_twice() {
    let team = Team::at(evening());
    team.start(&[], &["Z1"]);
    let again = DetailsInput { repeat_in_outing: true, ..DetailsInput::default() };
    let night = team.lead.save(group(2), &[], again);
    let card = team.lead.session.open_split(SplitInput { group: night.last_group.unwrap() }).unwrap();
    let input =
        ContactInput { card: card.card, base: card.input, handouts: Vec::new(), details: DetailsInput::default() };
    assert_eq!(open(team.lead.session.save_contact(input.clone()).unwrap()).persons, 0);
    assert_eq!(open(team.lead.session.save_contact(input).unwrap()).persons, 0);
}
