//! What the lead's review proposes for two cards with one alias.

use super::team::{Team, alias, evening, known};
use domain::contact::{ContactKind, Gender};
use domain::operation::DuplicateDecision;
use notebook::view::{CardInput, OutingInput};

#[test]
fn proposes_two_people_when_the_alias_came_back_within_a_group_v08() {
    let team = Team::at(evening());
    let outing_id = team.start(&[("condom_ext", 60)], &["Z1"]);
    team.lead.save(known(), &[("condom_ext", 6)], alias("AIRONE-12"));
    team.member.later(90 * 60);
    let group = CardInput { gender: Gender::NotRecorded, kind: ContactKind::Unknown, n_persons: 4, ..known() };
    team.member.save(group, &[("condom_ext", 4)], alias("AIRONE-12"));
    team.carry();
    let view = team.lead.stepped_up().review(OutingInput { outing_id }).unwrap();
    let [pair] = view.pairs.as_slice() else { panic!("one pair: {:?}", view.pairs) };
    assert!(pair.same_alias);
    assert_eq!(pair.proposed, DuplicateDecision::TwoPeople, "as a repeat none of the four would count");
    let kept = pair.effects.iter().find(|effect| effect.decision == pair.proposed).unwrap().persons;
    assert_eq!(kept, 5);
}
