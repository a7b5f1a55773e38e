//! A small programme: one unit, three zones, three items.

use chrono::NaiveDate;
use domain::alias::AliasWords;
use domain::disclosure::Threshold;
use domain::ids::{ItemCode, OperatorCode, OrgId, ProgrammeId, UnitId, ZoneCode};
use domain::programme::{BasePeriod, Item, Org, Policy, Programme, Unit, Zone};

pub const UNIT: &str = "BS-U1";
pub const ZONES: [&str; 3] = ["Z1", "Z2", "Z3"];
pub const ITEMS: [&str; 3] = ["condom_ext", "lubricant", "water"];
pub const OPERATORS: [&str; 2] = ["OP-A", "OP-B"];

pub fn programme(id: ProgrammeId) -> Programme {
    let date = |year, month, day| NaiveDate::from_ymd_opt(year, month, day).expect("a date");
    Programme {
        id,
        name: "Simulazione".into(),
        start: date(2026, 1, 1),
        end: date(2026, 12, 31),
        k_external: Threshold::DEFAULT,
        base_period: BasePeriod::Week,
        orgs: vec![Org { id: OrgId::new("ORG"), name: "Ente".into() }],
        units: vec![Unit { id: UnitId::new(UNIT), org: OrgId::new("ORG") }],
        operators: OPERATORS.map(OperatorCode::new).to_vec(),
        operator_orgs: std::collections::BTreeMap::new(),
        retired: domain::programme::Retired::default(),
        zones: ZONES
            .map(|code| Zone {
                code: ZoneCode::new(code),
                label: code.into(),
                district: None,
                in_municipality: true,
                min_expected: 5,
            })
            .to_vec(),
        nationalities: Vec::new(),
        items: ITEMS.map(|code| Item { code: ItemCode::new(code), sensitive: false }).to_vec(),
        kits: Vec::new(),
        directory: Vec::new(),
        coordinator_phone: None,
        minor_steps: Vec::new(),
        alias_words: AliasWords::italian().iter().take(40).map(str::to_owned).collect(),
        policy: Policy::default(),
    }
}
