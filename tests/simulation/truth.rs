//! What really happened, as a plain list, and the simplest count over it that could work. It shares no code with
//! fold, projection or tally: that is its purpose.

use domain::ids::{ContactId, DeviceId, ObservationId, ReferralId};
use domain::operation::Included;
use std::collections::{BTreeMap, BTreeSet};

/// One thing somebody saved.
#[derive(Clone, Debug)]
pub struct Fact {
    pub device: DeviceId,
    pub sequence: u64,
    pub deed: Deed,
}

/// What was saved. Quantities are pieces, people are people.
#[derive(Clone, Debug)]
pub enum Deed {
    Loaded(Vec<(String, i64)>),
    Returned(String, i64),
    Wasted(String, i64),
    /// Also when the same card is saved again: the later one replaces the earlier.
    Met {
        contact: ContactId,
        people: u64,
        zone: String,
        handed: Vec<(String, i64)>,
    },
    ZoneCorrected {
        contact: ContactId,
        zone: String,
    },
    /// `apart` are those whom the author had seen split off: they are not among the people counted.
    PeopleCorrected {
        contact: ContactId,
        people: u64,
        apart: BTreeSet<ContactId>,
    },
    /// One person of a group, from now on on a card of her own.
    SplitOff {
        group: ContactId,
        contact: ContactId,
        zone: String,
    },
    ContactRetracted {
        contact: ContactId,
    },
    /// `second` was the same card as `first`: its handouts stay, its people do not.
    WrittenTwice {
        first: ContactId,
        second: ContactId,
    },
    Seen {
        observation: ObservationId,
        n: u64,
    },
    SeenRetracted {
        observation: ObservationId,
    },
    Referred {
        referral: ReferralId,
    },
    ReferralAdvanced,
    /// Closing, signing, amending: nothing to count.
    Paperwork,
}

/// The sums of one night.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    pub contacts: u64,
    pub people: u64,
    pub people_by_zone: BTreeMap<String, u64>,
    pub handed: BTreeMap<String, i64>,
    pub loaded: BTreeMap<String, i64>,
    pub returned: BTreeMap<String, i64>,
    pub wasted: BTreeMap<String, i64>,
    pub seen: u64,
    pub referrals: u64,
    pub referral_events: u64,
}

/// Whether a signature includes a fact.
pub fn is_included(fact: &Fact, included: &[Included]) -> bool {
    included.iter().any(|entry| entry.covers(fact.device, fact.sequence))
}

/// People, zone, what was handed out, and who was not counted among the people.
type Meeting = (u64, String, Vec<(String, i64)>, BTreeSet<ContactId>);

/// Counts.
pub fn count<'a>(facts: impl Iterator<Item = &'a Fact> + Clone) -> Tally {
    let mut tally = Tally::default();
    let gone = |id: &ContactId| {
        facts.clone().any(|fact| matches!(&fact.deed, Deed::ContactRetracted { contact } if contact == id))
    };
    // The decision holds where both cards are: a lead whose notebook was put back from before the first one came signs
    // without it, and the second is then the only card of that person.
    let is_written = |id: &ContactId| {
        facts.clone().any(
            |fact| matches!(&fact.deed, Deed::Met { contact, .. } | Deed::SplitOff { contact, .. } if contact == id),
        )
    };
    let doubled: BTreeMap<ContactId, ContactId> = facts
        .clone()
        .filter_map(|fact| match &fact.deed {
            Deed::WrittenTwice { first, second } if is_written(first) => Some((*second, *first)),
            _ => None,
        })
        .collect();

    let mut met: BTreeMap<ContactId, Meeting> = BTreeMap::new();
    let mut seen: BTreeMap<ObservationId, u64> = BTreeMap::new();
    for fact in facts.clone() {
        match &fact.deed {
            Deed::Loaded(load) => load.iter().for_each(|(item, n)| add(&mut tally.loaded, item, *n)),
            Deed::Returned(item, n) => add(&mut tally.returned, item, *n),
            Deed::Wasted(item, n) => add(&mut tally.wasted, item, *n),
            Deed::Met { contact, people, zone, handed } => {
                met.insert(*contact, (*people, zone.clone(), handed.clone(), BTreeSet::new()));
            }
            Deed::ZoneCorrected { contact, zone } => {
                if let Some(known) = met.get_mut(contact) {
                    known.1 = zone.clone();
                }
            }
            Deed::PeopleCorrected { contact, people, apart } => {
                if let Some(known) = met.get_mut(contact) {
                    known.0 = *people;
                    known.3 = apart.clone();
                }
            }
            Deed::SplitOff { contact, zone, .. } => {
                met.insert(*contact, (1, zone.clone(), Vec::new(), BTreeSet::new()));
            }
            Deed::Seen { observation, n } => {
                seen.insert(*observation, *n);
            }
            Deed::Referred { .. } => {
                tally.referrals += 1;
                tally.referral_events += 1;
            }
            Deed::ReferralAdvanced => tally.referral_events += 1,
            Deed::ContactRetracted { .. }
            | Deed::SeenRetracted { .. }
            | Deed::WrittenTwice { .. }
            | Deed::Paperwork => {}
        }
    }
    let split_off: Vec<(ContactId, ContactId)> = facts
        .clone()
        .filter_map(|fact| match &fact.deed {
            Deed::SplitOff { group, contact, .. } => Some((*group, *contact)),
            _ => None,
        })
        .collect();
    for (id, (people, zone, handed, apart)) in &met {
        // What was handed out stays handed out while the person it went to is written down somewhere.
        let keeper = doubled.get(id).unwrap_or(id);
        if gone(id) || (keeper != id && gone(keeper)) {
            continue;
        }
        handed.iter().for_each(|(item, n)| add(&mut tally.handed, item, *n));
        if keeper == id {
            let of_this = || split_off.iter().filter(|(group, _)| group == id).map(|(_, contact)| contact);
            let all = people + of_this().filter(|contact| apart.contains(contact)).count() as u64;
            let people = all.saturating_sub(of_this().filter(|contact| !gone(contact)).count() as u64).max(1);
            tally.contacts += 1;
            tally.people += people;
            *tally.people_by_zone.entry(zone.clone()).or_default() += people;
        }
    }
    for (id, n) in &seen {
        let taken_back =
            facts.clone().any(|fact| matches!(&fact.deed, Deed::SeenRetracted { observation } if observation == id));
        if !taken_back {
            tally.seen += n;
        }
    }
    tally
}

fn add(sums: &mut BTreeMap<String, i64>, item: &str, n: i64) {
    *sums.entry(item.to_owned()).or_default() += n;
}

#[test]
fn counts_the_second_card_of_a_person_where_the_first_is_not_signed() {
    let device = DeviceId(uuid::Uuid::from_u128(1));
    let [first, second] = [1, 2].map(|n| ContactId(uuid::Uuid::from_u128(n)));
    let met = |contact| Deed::Met { contact, people: 1, zone: "Z1".into(), handed: Vec::new() };
    let fact = |sequence, deed| Fact { device, sequence, deed };
    let facts = [fact(1, met(second)), fact(2, Deed::WrittenTwice { first, second }), fact(3, met(first))];
    assert_eq!(count(facts[..2].iter()).contacts, 1);
    assert_eq!(count(facts.iter()).contacts, 1);
    assert_eq!(count(facts[1..].iter()).contacts, 1);
}
