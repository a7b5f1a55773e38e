//! From the tile and the optional details to a contact with its handouts.

use crate::view::{CardFill, CardInput, ContactInput, DetailsInput, HandoutInput, KitChoice};
use domain::contact::{
    AgeBand, Concern, Contact, ContactKind, ContactMode, Depth, Gender, GroupCell, Language, Service, TargetGroup,
};
use domain::ids::{
    ContactId, DeviceId, ItemCode, NationalityCode, OperationId, OutingId, StopId, SupplyMoveId, ZoneCode,
};
use domain::operation::ContactChange;
use domain::programme::Kit;
use domain::supply::{LEAFLET, MoveKind, SupplyMove};
use domain::time::Slot;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// A card from its first tap on: durable, so that a lock, a crash or an empty battery does not lose it.
///
/// The ids of the contact and of its operation are fixed here; saving the same card twice gives one contact.
#[derive(Clone, Serialize, Deserialize)]
pub struct Draft {
    /// Becomes the id of the operation.
    pub card: OperationId,
    /// Becomes the id of the contact.
    pub contact: ContactId,
    /// The outing.
    pub outing: OutingId,
    /// The stop at the first tap.
    pub stop: Option<StopId>,
    /// The zone at the first tap.
    pub zone: ZoneCode,
    /// The half-hour of the first tap.
    pub slot: Slot,
    /// What was chosen on the tile.
    pub input: CardInput,
    /// Everything chosen since.
    pub fill: CardFill,
    /// The group that the person is split off (F13).
    pub group: Option<ContactId>,
}

impl std::fmt::Debug for Draft {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Draft").field("card", &self.card).finish_non_exhaustive()
    }
}

/// The contact of a card, with everything that was not said at its default (`domain` E.3).
#[must_use]
pub fn contact(draft: &Draft, base: &CardInput, details: &DetailsInput, device: DeviceId) -> Contact {
    let is_group = base.n_persons != 1;
    let kind = kind_of(base);
    let mut contact = Contact {
        id: draft.contact,
        outing_id: draft.outing,
        stop_id: draft.stop,
        device_id: device,
        mode: if is_group { ContactMode::Group } else { ContactMode::Individual },
        target_group: base.target_group,
        n_persons: base.n_persons,
        zone: draft.zone.clone(),
        slot: draft.slot,
        kind,
        gender: base.gender,
        age_band: details.age_band.unwrap_or(AgeBand::NotRecorded),
        nationality: details.nationality.clone().unwrap_or_else(NationalityCode::not_recorded),
        language: details.language.unwrap_or(Language::NotRecorded),
        depth: details.depth.unwrap_or(Depth::Brief),
        services: details.services.clone().unwrap_or_else(|| usual_services(base)),
        aliases: details.aliases.clone(),
        group_cells: Vec::new(),
        concern: details.concern.unwrap_or(Concern::NotAssessed),
        flags: details.flags.clone(),
        repeat_in_outing: details.repeat_in_outing,
        notice_given: details.notice_given,
        possible_duplicate_of: None,
    };
    if is_group {
        contact.group_cells = composition(&contact, &details.group_cells);
        contact.kind = if base.target_group == TargetGroup::Person { ContactKind::Unknown } else { kind };
        contact.gender = Gender::NotRecorded;
        contact.age_band = AgeBand::NotRecorded;
        contact.nationality = NationalityCode::not_recorded();
    }
    contact
}

/// What a card of one person says of the one who is left of a group: what it leaves open stays as it is. Services and
/// marks come on top.
#[must_use]
pub fn said_of_one(left: &Contact, card: &Contact) -> Vec<ContactChange> {
    let said = [
        (card.kind != ContactKind::Unknown, ContactChange::Kind(card.kind)),
        (card.gender != Gender::NotRecorded, ContactChange::Gender(card.gender)),
        (card.age_band != AgeBand::NotRecorded, ContactChange::AgeBand(card.age_band)),
        (card.nationality != NationalityCode::not_recorded(), ContactChange::Nationality(card.nationality.clone())),
        (card.language != Language::NotRecorded, ContactChange::Language(card.language)),
        (card.depth != Depth::Brief, ContactChange::Depth(card.depth)),
        (true, ContactChange::Services(left.services.union(&card.services).copied().collect())),
        (!card.aliases.is_empty(), ContactChange::Aliases(card.aliases.clone())),
        (card.concern != Concern::NotAssessed, ContactChange::Concern(card.concern)),
        (true, ContactChange::Flags(left.flags.union(&card.flags).copied().collect())),
        (card.repeat_in_outing, ContactChange::RepeatInOuting(true)),
        (card.notice_given, ContactChange::NoticeGiven(true)),
    ];
    let is_new = |change: &ContactChange| {
        let mut after = left.clone();
        change.apply(&mut after);
        after != *left
    };
    said.into_iter().filter(|(is_said, change)| *is_said && is_new(change)).map(|(_, change)| change).collect()
}

/// V09: first or known is a question about persons only.
fn kind_of(base: &CardInput) -> ContactKind {
    match (base.target_group, base.kind) {
        (TargetGroup::Person, ContactKind::NotApplicable) => ContactKind::Unknown,
        (TargetGroup::Person, kind) => kind,
        _ => ContactKind::NotApplicable,
    }
}

fn usual_services(base: &CardInput) -> BTreeSet<Service> {
    let is_first = base.target_group == TargetGroup::Person && base.kind == ContactKind::First;
    is_first.then_some(Service::UnitIntro).into_iter().collect()
}

/// The composition of a group. Without any, what was said of the group holds for all; with some, the rest is
/// *non rilevato* (V06). Cells for more people than there are stay as they are: the rule refuses them.
fn composition(group: &Contact, cells: &[GroupCell]) -> Vec<GroupCell> {
    let said = cells.iter().fold(0_u16, |sum, cell| sum.saturating_add(cell.n));
    let rest = group.n_persons.saturating_sub(said);
    let mut all = cells.to_vec();
    if rest > 0 {
        let last = if cells.is_empty() {
            GroupCell {
                kind: group.kind,
                gender: group.gender,
                age_band: group.age_band,
                nationality: group.nationality.clone(),
                n: rest,
            }
        } else {
            GroupCell::not_recorded(rest)
        };
        all.push(last);
    }
    all
}

/// A card as it was filled in, to be saved as it is: a kit for everybody and the other pieces, one line for each item.
#[must_use]
pub fn filled(draft: &Draft, kits: &[Kit]) -> ContactInput {
    let CardFill { kit, others, leaflet, details } = &draft.fill;
    let chosen = kits.iter().find(|listed| *kit == KitChoice::Kit(listed.code.clone()));
    let mut pieces: BTreeMap<&ItemCode, u16> = BTreeMap::new();
    for (item, quantity) in chosen.into_iter().flat_map(|kit| &kit.contents) {
        let line = pieces.entry(item).or_default();
        *line = line.saturating_add(quantity.saturating_mul(draft.input.n_persons));
    }
    for other in others {
        let line = pieces.entry(&other.item).or_default();
        *line = line.saturating_add(other.quantity);
    }
    let handout = |(item, quantity): (&ItemCode, u16)| HandoutInput {
        item: item.clone(),
        quantity,
        leaflet: leaflet.filter(|_| item.as_str() == LEAFLET),
    };
    ContactInput {
        card: draft.card,
        base: draft.input.clone(),
        handouts: pieces.into_iter().map(handout).collect(),
        details: details.clone(),
    }
}

/// The handouts of a card, one move for each; what is zero was not handed out. Takes one id for each.
pub fn handouts(
    input: &ContactInput,
    contact: &Contact,
    mut ids: impl FnMut() -> crate::error::Result<SupplyMoveId>,
) -> crate::error::Result<Vec<SupplyMove>> {
    input
        .handouts
        .iter()
        .filter(|handout| handout.quantity > 0)
        .map(|handout| Ok(handed(handout, contact, ids()?)))
        .collect()
}

fn handed(handout: &HandoutInput, contact: &Contact, id: SupplyMoveId) -> SupplyMove {
    SupplyMove {
        id,
        outing_id: contact.outing_id,
        device_id: contact.device_id,
        item: handout.item.clone(),
        kind: MoveKind::Handout,
        quantity: i32::from(handout.quantity),
        contact_id: Some(contact.id),
        to_target_group: Some(contact.target_group),
        leaflet: handout.leaflet,
        reason: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::ItemCount;
    use domain::ids::KitCode;
    use domain::supply::{Leaflet, LeafletTopic};
    use uuid::Uuid;

    fn draft(input: CardInput) -> Draft {
        Draft {
            card: OperationId(Uuid::from_u128(1)),
            contact: ContactId(Uuid::from_u128(2)),
            outing: OutingId(Uuid::from_u128(3)),
            stop: None,
            zone: ZoneCode::new("Z1"),
            slot: "21:30".parse().unwrap(),
            input,
            fill: CardFill::default(),
            group: None,
        }
    }

    fn tile(kind: ContactKind, target_group: TargetGroup, n_persons: u16) -> CardInput {
        CardInput { gender: Gender::Woman, kind, target_group, n_persons }
    }

    fn saved(base: CardInput, details: &DetailsInput) -> Contact {
        contact(&draft(base.clone()), &base, details, DeviceId(Uuid::from_u128(4)))
    }

    #[test]
    fn fills_what_three_taps_leave_open() {
        let known = saved(tile(ContactKind::Returning, TargetGroup::Person, 1), &DetailsInput::default());
        assert_eq!(known.depth, Depth::Brief);
        assert_eq!(known.concern, Concern::NotAssessed);
        assert_eq!(known.age_band, AgeBand::NotRecorded);
        assert_eq!(known.nationality, NationalityCode::not_recorded());
        assert!(known.services.is_empty() && known.mode == ContactMode::Individual);

        let first = saved(tile(ContactKind::First, TargetGroup::Person, 1), &DetailsInput::default());
        assert_eq!(first.services, BTreeSet::from([Service::UnitIntro]));
        let unticked = DetailsInput { services: Some(BTreeSet::new()), ..DetailsInput::default() };
        let first = saved(tile(ContactKind::First, TargetGroup::Person, 1), &unticked);
        assert!(first.services.is_empty(), "what somebody unticked stays unticked");
    }

    #[test]
    fn keeps_first_or_known_for_persons_v09() {
        let client = saved(tile(ContactKind::First, TargetGroup::Client, 1), &DetailsInput::default());
        assert_eq!(client.kind, ContactKind::NotApplicable);
        assert!(client.services.is_empty(), "the unit introduces itself to persons");
    }

    #[test]
    fn fills_the_rest_of_a_group_v06() {
        let some = GroupCell {
            kind: ContactKind::First,
            gender: Gender::Woman,
            age_band: AgeBand::From18To24,
            nationality: NationalityCode::new("NG"),
            n: 1,
        };
        let details = DetailsInput { group_cells: vec![some.clone()], ..DetailsInput::default() };
        let group = saved(tile(ContactKind::Unknown, TargetGroup::Person, 4), &details);
        assert_eq!(group.group_cells, vec![some, GroupCell::not_recorded(3)]);
        assert_eq!((group.mode, group.gender), (ContactMode::Group, Gender::NotRecorded));

        let unknown = CardInput { gender: Gender::NotRecorded, ..tile(ContactKind::Unknown, TargetGroup::Person, 5) };
        let group = saved(unknown, &DetailsInput::default());
        assert_eq!(group.group_cells, vec![GroupCell::not_recorded(5)]);

        let group = saved(tile(ContactKind::Returning, TargetGroup::Person, 3), &DetailsInput::default());
        let all: Vec<_> = group.group_cells.iter().map(|cell| (cell.kind, cell.gender, cell.n)).collect();
        assert_eq!(all, [(ContactKind::Returning, Gender::Woman, 3)], "what was said of the group holds for all");
    }

    #[test]
    fn saves_a_card_as_it_was_filled_in() {
        let item = |code: &str, n| ItemCount { item: ItemCode::new(code), quantity: n };
        let kits = [Kit {
            code: KitCode::new("base"),
            contents: vec![(ItemCode::new("condom_ext"), 6), (ItemCode::new("lubricant"), 2)],
        }];
        let mut draft = draft(tile(ContactKind::Unknown, TargetGroup::Person, 4));
        let pieces = |draft: &Draft| -> Vec<(String, u16, bool)> {
            let handouts = filled(draft, &kits).handouts;
            handouts.into_iter().map(|it| (it.item.as_str().to_owned(), it.quantity, it.leaflet.is_some())).collect()
        };
        assert_eq!(pieces(&draft), [], "nothing was tapped");
        draft.fill.kit = KitChoice::Kit(KitCode::new("base"));
        draft.fill.others = vec![item("condom_ext", 1), item("leaflet", 2)];
        draft.fill.leaflet = Some(Leaflet { topic: LeafletTopic::HivSti, language: Language::Ro });
        let expected = [("condom_ext", 25, false), ("leaflet", 2, true), ("lubricant", 8, false)];
        assert_eq!(pieces(&draft), expected.map(|(code, n, is_leaflet)| (code.to_owned(), n, is_leaflet)));
        draft.fill.kit = KitChoice::Nothing;
        draft.fill.others.clear();
        assert_eq!(pieces(&draft), []);
    }
}
