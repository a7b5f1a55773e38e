use super::*;
use domain::ids::{OperatorCode, OrgId, UnitId};
use domain::indicator::ReferralTally;
use domain::programme::{Org, Unit, Zone};

const SHORT: Reading = Reading { long: false, completed: true };

fn programme() -> Programme {
    let zone = |code: &str, district: Option<&str>| Zone {
        code: ZoneCode::new(code),
        label: code.into(),
        district: district.map(Into::into),
        in_municipality: true,
        min_expected: 5,
    };
    Programme {
        zones: vec![zone("Z1", Some("Nord")), zone("Z2", None), zone("Z3", Some("Nord"))],
        units: vec![Unit { id: UnitId::new("U1"), org: OrgId::new("ONE") }],
        orgs: vec![Org { id: OrgId::new("ONE"), name: "Una".into() }],
        ..crate::desk::tests::programme()
    }
}

fn tally() -> Tally {
    let mut nights = OutingTally { contacts: 8, kind_unknown: 1, sign_off_minutes: 1_201, ..OutingTally::default() };
    nights.zone = [("Z1", 3), ("Z2", 2), ("Z3", 2), ("Z9", 1)].map(|(zone, n)| (ZoneCode::new(zone), n)).into();
    nights.operator_minutes_by_operator =
        [("U1", 300), ("U9", 60)].map(|(unit, n)| ((UnitId::new(unit), OperatorCode::new("OP-A")), n)).into();
    Tally { outings: 2, nights, distinct_linked: 4, linked_presences: 6, reached_twice: 3, ..Tally::default() }
}

fn value(page: &Page, id: &str) -> Option<u64> {
    page.figures.iter().find(|figure| figure.id == id).map(|figure| match figure.value {
        CellView::Shown(value) => value,
        _ => panic!("{id}"),
    })
}

fn rows(page: &Page, id: &str) -> Vec<(String, CellView)> {
    page.tables.iter().find(|table| table.id == id).map(|table| table.rows.clone()).unwrap_or_default()
}

fn shown(expected: &[(&str, u64)]) -> Vec<(String, CellView)> {
    expected.iter().map(|(code, n)| ((*code).to_owned(), CellView::Shown(*n))).collect()
}

#[test]
fn i30_adds_zones_up_to_districts() {
    let page = inside(&tally(), &programme(), SHORT);
    assert_eq!(rows(&page, "district"), shown(&[("Nord", 5), ("none", 3)]));
    let nowhere = Programme { zones: Vec::new(), ..programme() };
    assert!(rows(&inside(&tally(), &nowhere, SHORT), "district").is_empty());
}

#[test]
fn i03_is_told_by_organisation() {
    assert_eq!(rows(&inside(&tally(), &programme(), SHORT), "org_minutes"), shown(&[("none", 60), ("ONE", 300)]));
}

#[test]
fn i36_is_in_hundredths_rounded_half_up() {
    let page = inside(&tally(), &programme(), SHORT);
    assert_eq!(value(&page, "kind_missing_pct"), Some(13), "one of eight");
    assert_eq!(value(&page, "sign_off_minutes"), Some(601));
    assert_eq!(value(&inside(&Tally::default(), &programme(), SHORT), "kind_missing_pct"), None, "of nothing");
}

#[test]
fn i37_and_i38_are_of_a_quarter_or_longer() {
    let page = inside(&tally(), &programme(), SHORT);
    assert_eq!((value(&page, "continuity_x10"), value(&page, "reached_twice")), (None, None));
    let page = inside(&tally(), &programme(), Reading { long: true, ..SHORT });
    assert_eq!((value(&page, "continuity_x10"), value(&page, "reached_twice")), (Some(15), Some(3)));
}

#[test]
fn i16b_waits_thirty_days_and_for_enough_referrals() {
    let completed = |opened: u64, completed: bool| {
        let referrals = ReferralTally {
            referrals_opened: opened,
            referrals_completed_by_macro: [(ServiceMacro::Health, 3)].into(),
            ..ReferralTally::default()
        };
        let page = inside(&Tally { referrals, ..tally() }, &programme(), Reading { long: false, completed });
        value(&page, "completion_pct")
    };
    assert_eq!(completed(8, true), Some(38));
    assert_eq!(completed(8, false), None, "not yet");
    assert_eq!(completed(4, true), None, "below the threshold");
}
