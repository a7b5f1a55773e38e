use super::*;
use crate::directory::{DocumentNeeded, OpeningSpan};
use crate::ids::{ItemCode, KitCode, NationalityCode, ProgrammeId, ServiceEntryId, UnitId, ZoneCode};
use crate::indicator::Counts;
use crate::programme::{Item, MacroArea};
use crate::referral::ServiceType;
use std::collections::BTreeSet;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn zone(code: &str, label: &str, min_expected: u16) -> Zone {
    Zone { code: ZoneCode::new(code), label: label.into(), district: None, in_municipality: true, min_expected }
}

fn country(code: &str, macro_area: MacroArea) -> Nationality {
    Nationality { code: NationalityCode::new(code), macro_area }
}

fn service(id: &str, service_type: ServiceType) -> ServiceEntry {
    ServiceEntry {
        id: ServiceEntryId::new(id),
        service_type,
        label: "Consultorio".into(),
        phone: Some("030 000 0102".into()),
        opening: Vec::new(),
        languages: Vec::new(),
        needs_document: DocumentNeeded::None,
        free: true,
        walk_in: true,
        accompany_advised: false,
        women_only: false,
        verified_on: day("2026-03-01"),
    }
}

fn programme() -> Programme {
    let org = OrgId::new("ORG-1");
    Programme {
        id: ProgrammeId(uuid::Uuid::from_u128(1)),
        name: "Prova".into(),
        start: day("2026-01-01"),
        end: day("2026-12-31"),
        k_external: Threshold::DEFAULT,
        base_period: BasePeriod::Week,
        orgs: vec![Org { id: org.clone(), name: "Ente".into() }],
        units: vec![Unit { id: UnitId::new("BS-U1"), org }],
        operators: vec![OperatorCode::new("OP-A"), OperatorCode::new("OP-B")],
        operator_orgs: BTreeMap::new(),
        zones: vec![zone("Z1", "Ovest", 8), zone("Z5", "Nord", 3)],
        nationalities: vec![
            country("RO", MacroArea::EuEast),
            country("PE", MacroArea::LatinAmerica),
            country("oth_latam", MacroArea::LatinAmerica),
            country("not_recorded", MacroArea::NotRecorded),
        ],
        items: vec![Item { code: ItemCode::new("condom_ext"), sensitive: false }],
        kits: vec![Kit { code: KitCode::new("base"), contents: vec![(ItemCode::new("condom_ext"), 6)] }],
        directory: vec![service("consultorio", ServiceType::FamilyClinic)],
        coordinator_phone: None,
        minor_steps: Vec::new(),
        alias_words: Vec::new(),
        policy: Policy::default(),
        retired: Retired::default(),
    }
}

/// What is refused after a change, as `list code fault`.
fn refused(change: impl FnOnce(&mut Lists)) -> Vec<String> {
    let programme = programme();
    let mut lists = programme.lists();
    change(&mut lists);
    let faults = faults(&programme, &lists, day("2026-06-01"));
    faults.iter().map(|fault| format!("{} {} {}", fault.list, fault.code, fault.fault)).collect()
}

fn retire_peru(lists: &mut Lists) {
    let gone = lists.nationalities.remove(1);
    lists.retired.nationalities.push(gone);
}

#[test]
fn lists_that_stay_differ_in_nothing_and_are_not_refused() {
    let programme = programme();
    assert_eq!(programme.clone().with_lists(programme.lists()), programme);
    assert!(differences(&programme, &programme.lists()).is_empty());
    assert_eq!(refused(|_| ()), [""; 0], "a zone that was thin before is proposed, not refused");
}

#[test]
fn retired_codes_keep_their_meaning_and_are_offered_no_more() {
    let before = programme();
    let mut lists = before.lists();
    retire_peru(&mut lists);
    assert!(faults(&before, &lists, day("2026-06-01")).is_empty());
    let changed = differences(&before, &lists);
    assert_eq!(changed.len(), 1);
    assert_eq!((changed[0].code.as_str(), changed[0].change), ("PE", ChangeKind::Retired));
    assert_ne!(changed[0].before, changed[0].after);
    let after = before.with_lists(lists);
    assert_eq!(after.macro_area(&NationalityCode::new("PE")), MacroArea::LatinAmerica);
    assert!(after.nationalities.iter().all(|entry| entry.code.as_str() != "PE"));
    let mut back = after.lists();
    let peru = back.retired.nationalities.remove(0);
    back.nationalities.push(peru);
    assert_eq!(differences(&after, &back)[0].change, ChangeKind::Restored);
    let text = serde_json::to_string(&after).unwrap();
    assert_eq!(serde_json::from_str::<Programme>(&text).unwrap(), after);
    assert!(!serde_json::to_string(&programme()).unwrap().contains("retired"), "older devices read what they know");
}

#[test]
fn codes_are_neither_deleted_nor_given_twice() {
    assert_eq!(refused(|lists| drop(lists.zones.remove(0))), ["zone Z1 removed"]);
    assert_eq!(refused(|lists| lists.zones.push(zone("Z1", "Altrove", 9))), ["zone Z1 twice"]);
    let again = |lists: &mut Lists| {
        retire_peru(lists);
        lists.nationalities.push(country("PE", MacroArea::LatinAmerica));
    };
    assert_eq!(refused(again), ["nationality PE twice"]);
    assert_eq!(refused(|lists| lists.operators.push(OperatorCode::new("op c"))), ["operator op c code"]);
}

#[test]
fn zones_are_quarters_with_five_people_at_least() {
    assert_eq!(refused(|lists| lists.zones.push(zone("Z6", "Fiera", 4))), ["zone Z6 thin"]);
    assert_eq!(refused(|lists| lists.zones.push(zone("Z6", "Fiera", 5))), [""; 0]);
    assert_eq!(refused(|lists| lists.zones[0].min_expected = 4), ["zone Z1 thin"]);
    assert_eq!(refused(|lists| lists.zones[1].label = "Nord-est".into()), ["zone Z5 thin"], "now it is touched");
    assert_eq!(refused(|lists| lists.zones[0].label = "Via Milano".into()), ["zone Z1 street"]);
    assert_eq!(refused(|lists| lists.zones[0].label = "Viadotto".into()), [""; 0]);
    let merge = |lists: &mut Lists| {
        let thin = lists.zones.remove(1);
        lists.retired.zones.push(thin);
        lists.zones[0].label = "Ovest e Nord".into();
    };
    assert_eq!(refused(merge), [""; 0]);
}

#[test]
fn origins_stay_few_and_in_their_area() {
    assert_eq!(refused(|lists| lists.nationalities[0].macro_area = MacroArea::Asia), ["nationality RO area"]);
    let residual = |lists: &mut Lists| {
        let gone = lists.nationalities.remove(2);
        lists.retired.nationalities.push(gone);
    };
    assert_eq!(refused(residual), ["nationality oth_latam residual"]);
    let many = |lists: &mut Lists| {
        for code in ["AL", "BG", "BR", "CN", "HU", "IT", "MA", "MD", "NG", "UA", "RS"] {
            lists.nationalities.push(country(code, MacroArea::EuropeNonEu));
        }
    };
    assert_eq!(refused(many), ["nationality  countries"]);
}

#[test]
fn says_what_is_wrong_with_every_other_line() {
    let base = |lists: &mut Lists, contents| lists.kits[0].contents = contents;
    assert_eq!(refused(|lists| base(lists, Vec::new())), ["kit base contents"]);
    assert_eq!(refused(|lists| base(lists, vec![(ItemCode::new("gold"), 1)])), ["kit base contents"]);
    assert_eq!(refused(|lists| base(lists, vec![(ItemCode::new("condom_ext"), 0)])), ["kit base contents"]);
    assert_eq!(refused(|lists| lists.directory[0].phone = Some("chiedi".into())), ["service consultorio phone"]);
    assert_eq!(refused(|lists| lists.directory[0].verified_on = day("2026-06-02")), ["service consultorio date"]);
    let span = OpeningSpan { days: BTreeSet::new(), from: "09:00".parse().unwrap(), to: "13:00".parse().unwrap() };
    assert_eq!(refused(|lists| lists.directory[0].opening.push(span)), ["service consultorio opening"]);
    let house = ServiceEntry { label: "Via Roma 3".into(), ..service("casa", ServiceType::EscapeHouse) };
    assert_eq!(refused(|lists| lists.directory.push(house)), ["service casa street"]);
    assert_eq!(refused(|lists| lists.policy.forget_after_days = 31), ["setting forget_after_days range"]);
    assert_eq!(refused(|lists| lists.policy.order_below_weeks = 0), ["setting order_below_weeks range"]);
    assert_eq!(refused(|lists| lists.policy.order_for_weeks = 4), ["setting order_for_weeks range"]);
    assert_eq!(refused(|lists| lists.end = day("2025-12-31")), ["setting end date"]);
    assert_eq!(refused(|lists| lists.operators.truncate(1)), ["operator OP-B removed", "operator  empty"]);
    assert_eq!(refused(|lists| lists.units[0].org = OrgId::new("NOBODY")), ["unit BS-U1 org"]);
}

#[test]
fn differences_name_what_a_line_said_and_says() {
    let programme = programme();
    let mut lists = programme.lists();
    lists.k_external = Threshold::new(7).unwrap();
    lists.directory[0].verified_on = day("2026-05-30");
    let changed = differences(&programme, &lists);
    let said: Vec<_> = changed
        .iter()
        .flat_map(|difference| difference.fields.iter().map(move |field| (difference.code.as_str(), field)))
        .map(|(code, field)| format!("{code} {} {:?} {:?}", field.field, field.from.as_deref(), field.to.as_deref()))
        .collect();
    assert_eq!(
        said,
        [r#"k_external value Some("5") Some("7")"#, r#"consultorio verified_on Some("2026-03-01") Some("2026-05-30")"#]
    );
}

#[test]
fn proposes_rare_origins_after_a_quarter_and_thin_zones_at_once() {
    let programme = programme();
    let contacts: Counts<NationalityCode> =
        [(NationalityCode::new("RO"), 5), (NationalityCode::new("PE"), 4)].into_iter().collect();
    let codes = |today| -> Vec<String> {
        proposals(&programme, &contacts, day(today)).into_iter().map(|proposal| proposal.code).collect()
    };
    assert_eq!(codes("2026-04-01"), ["Z5"]);
    assert_eq!(codes("2026-04-02"), ["PE", "Z5"]);
}
