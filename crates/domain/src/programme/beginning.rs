//! The lists a programme begins with (B.8, B.9, B.11), to be changed by the coordinator.

use super::lists::LEAST_EXPECTED;
use super::{BasePeriod, Item, Kit, MacroArea, Nationality, Org, Policy, Programme, Retired, Unit, Zone};
use crate::alias::AliasWords;
use crate::disclosure::Threshold;
use crate::ids::{ItemCode, KitCode, NationalityCode, OperatorCode, OrgId, ProgrammeId, UnitId, ZoneCode};
use chrono::NaiveDate;
use std::collections::BTreeMap;

/// Items, and whether counts of them are class S.
const ITEMS: [(&str, bool); 18] = [
    ("condom_ext", false),
    ("condom_ext_xl", false),
    ("condom_int", false),
    ("lubricant", false),
    ("dental_dam", false),
    ("sponge", false),
    ("wipes", false),
    ("pads", false),
    ("hygiene_kit", false),
    ("pregnancy_test", true),
    ("hiv_self_test", true),
    ("syringe_kit", true),
    ("naloxone", true),
    ("personal_alarm", false),
    ("thermal", false),
    ("hot_drink", false),
    ("snack", false),
    ("leaflet", false),
];

const KITS: [(&str, &[(&str, u16)]); 4] = [
    ("base", &[("condom_ext", 6), ("lubricant", 2)]),
    ("double", &[("condom_ext", 12), ("lubricant", 4)]),
    ("trans", &[("condom_ext", 24), ("lubricant", 12)]),
    ("hot", &[("hot_drink", 1)]),
];

const NATIONALITIES: [(&str, MacroArea); 19] = [
    ("RO", MacroArea::EuEast),
    ("NG", MacroArea::AfricaWest),
    ("AL", MacroArea::EuropeNonEu),
    ("BG", MacroArea::EuEast),
    ("BR", MacroArea::LatinAmerica),
    ("PE", MacroArea::LatinAmerica),
    ("HU", MacroArea::EuEast),
    ("MD", MacroArea::EuropeNonEu),
    ("UA", MacroArea::EuropeNonEu),
    ("MA", MacroArea::AfricaOther),
    ("CN", MacroArea::Asia),
    ("IT", MacroArea::Italy),
    ("oth_eu_east", MacroArea::EuEast),
    ("oth_europe", MacroArea::EuropeNonEu),
    ("oth_africa_west", MacroArea::AfricaWest),
    ("oth_africa", MacroArea::AfricaOther),
    ("oth_latam", MacroArea::LatinAmerica),
    ("oth_asia", MacroArea::Asia),
    ("not_recorded", MacroArea::NotRecorded),
];

/// What is decided when a programme begins.
#[derive(Clone, Debug)]
pub struct Beginning {
    /// Random id.
    pub id: ProgrammeId,
    /// Name on reports.
    pub name: String,
    /// First and last day.
    pub days: (NaiveDate, NaiveDate),
    /// Threshold of releases.
    pub k: Threshold,
    /// The first unit; none if that is said later.
    pub unit: Option<UnitId>,
    /// Operators' codes.
    pub operators: Vec<OperatorCode>,
    /// Zones with their names, in the order of the tables.
    pub zones: Vec<(ZoneCode, String)>,
    /// What is done for a presumed minor as long as the project has not agreed on anything else (V11).
    pub minor_steps: Vec<String>,
    /// Words for aliases besides the Italian list.
    pub words: Vec<String>,
}

/// The programme with which one begins. Its directory is empty: what a service offers, somebody has to check first.
#[must_use]
pub fn beginning(beginning: Beginning) -> Programme {
    let org = organisation(1);
    let words = AliasWords::italian();
    let more = beginning.words.iter().filter(|word| !words.contains(word)).cloned();
    let alias_words = words.iter().map(str::to_owned).chain(more).collect();
    Programme {
        id: beginning.id,
        orgs: vec![Org { id: org.clone(), name: beginning.name.clone() }],
        name: beginning.name,
        start: beginning.days.0,
        end: beginning.days.1,
        k_external: beginning.k,
        base_period: BasePeriod::Week,
        units: beginning.unit.into_iter().map(|id| Unit { id, org: org.clone() }).collect(),
        operators: beginning.operators,
        operator_orgs: BTreeMap::new(),
        retired: Retired::default(),
        zones: beginning.zones.into_iter().map(zone).collect(),
        nationalities: NATIONALITIES
            .iter()
            .map(|(code, macro_area)| Nationality { code: NationalityCode::new(*code), macro_area: *macro_area })
            .collect(),
        items: ITEMS
            .iter()
            .map(|(code, sensitive)| Item { code: ItemCode::new(*code), sensitive: *sensitive })
            .collect(),
        kits: KITS.iter().map(kit).collect(),
        directory: Vec::new(),
        coordinator_phone: None,
        minor_steps: beginning.minor_steps,
        alias_words,
        policy: Policy::default(),
    }
}

/// The id of the organisation of this number, from 1.
#[must_use]
pub fn organisation(number: usize) -> OrgId {
    OrgId::new(format!("ORG-{number}"))
}

/// Codes of items and nationalities of the lists.
#[must_use]
pub fn codes() -> (Vec<&'static str>, Vec<&'static str>) {
    (ITEMS.iter().map(|(code, _)| *code).collect(), NATIONALITIES.iter().map(|(code, _)| *code).collect())
}

fn zone((code, label): (ZoneCode, String)) -> Zone {
    Zone { code, label, district: None, in_municipality: true, min_expected: LEAST_EXPECTED }
}

fn kit((code, contents): &(&str, &[(&str, u16)])) -> Kit {
    let contents = contents.iter().map(|(item, pieces)| (ItemCode::new(*item), *pieces)).collect();
    Kit { code: KitCode::new(*code), contents }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn programme() -> Programme {
        let day = NaiveDate::from_ymd_opt(2026, 1, 1).unwrap();
        let beginning_of_tests = Beginning {
            id: ProgrammeId(uuid::Uuid::from_u128(1)),
            name: "Prova".into(),
            days: (day, day),
            k: Threshold::DEFAULT,
            unit: Some(UnitId::new("BS-U1")),
            operators: vec![OperatorCode::new("OP-A")],
            zones: vec![(ZoneCode::new("Z1"), "Ovest".into())],
            minor_steps: vec!["Restate".into()],
            words: vec!["AIRONE".into(), "ZZPAROLA".into()],
        };
        beginning(beginning_of_tests)
    }

    #[test]
    fn kits_hold_items_of_the_list() {
        let programme = programme();
        let items = programme.kits.iter().flat_map(|kit| &kit.contents).map(|(item, _)| item);
        for item in items {
            assert!(programme.items.iter().any(|known| &known.code == item), "{item}");
        }
    }

    #[test]
    fn has_twelve_countries_and_every_macro_area() {
        let programme = programme();
        let countries = programme.nationalities.iter().filter(|entry| entry.code.as_str().len() == 2).count();
        assert_eq!(countries, 12, "domain B.1 allows no more");
        for area in MacroArea::ALL {
            assert!(programme.nationalities.iter().any(|entry| entry.macro_area == *area), "{area}");
        }
    }

    #[test]
    fn adds_words_of_a_programme_once() {
        let words = programme().alias_words;
        assert!(words.len() > 2_000);
        assert_eq!(words.iter().filter(|word| *word == "AIRONE").count(), 1);
        assert_eq!(words.iter().filter(|word| *word == "ZZPAROLA").count(), 1);
    }
}
