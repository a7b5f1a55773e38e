//! A history of releases, drawn.

use super::cell_text;
use super::system::{Row, rows};
use crate::random::Random;
use chrono::{Days, NaiveDate, TimeDelta};
use domain::contact::{AgeBand, Concern, ContactKind, ContactMode, Depth, Gender, Language, TargetGroup};
use domain::desk_record::{DeskTopic, MinutesBand};
use domain::disclosure::{Recipient, RecipientKind, TableId, Threshold};
use domain::ids::{
    ContactId, DeskAccessId, DeviceId, NationalityCode, OperatorCode, OutingId, ProgrammeId, UnitId, ZoneCode,
};
use domain::indicator::{Records, Source};
use domain::outing::{OutingType, Weather};
use domain::programme::{BasePeriod, MacroArea, Nationality, Policy, Programme, Retired};
use domain::release::history::{Given, History};
use domain::release::make::{Stamp, Wish, make};
use domain::sync::night_log::{ContactRow, DeskAccessRow, DeskEntry, NightLog, OutingRow};
use domain::time::{IsoWeek, SlotBand};
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

/// What was given, and the least threshold: under it nothing may be computed by anybody.
pub struct Drawn {
    pub given: Vec<Given>,
    pub floor: Threshold,
}

const TOPICS: [DeskTopic; 3] = [DeskTopic::Medical, DeskTopic::Legal, DeskTopic::Work];
const GENDERS: [Gender; 3] = [Gender::Woman, Gender::TransWoman, Gender::Man];
const AGES: [AgeBand; 3] = [AgeBand::From25To34, AgeBand::From25To34, AgeBand::From35To44];
const ORIGINS: [(&str, MacroArea); 2] = [("RO", MacroArea::EuEast), ("NG", MacroArea::AfricaWest)];
const COUNTS: [u64; 9] = [0, 0, 1, 1, 2, 3, 4, 6, 11];

/// Records that arrive bit by bit.
struct Desk {
    records: Records,
    next: u64,
}

impl Desk {
    fn add(&mut self, entry: DeskEntry) {
        self.next += 1;
        self.records.add(Source { device: DeviceId(Uuid::nil()), sequence: self.next }, entry);
    }

    fn accesses(&mut self, week: IsoWeek, topic: DeskTopic, count: u64) {
        for _ in 0..count {
            let id = DeskAccessId(Uuid::from_u128(self.next.into()));
            self.add(DeskEntry::DeskAccess(DeskAccessRow {
                id,
                date: week.monday(),
                topic,
                target_group: TargetGroup::Person,
                minutes_band: MinutesBand::NotRecorded,
            }));
        }
    }

    fn night(&mut self, week: IsoWeek, meets: bool, random: &mut Random) {
        let mut contacts = Vec::new();
        for gender in GENDERS.into_iter().filter(|_| meets) {
            for number in 0..*random.pick(&COUNTS) {
                let id = u128::from(self.next) << 32 | u128::from(number) << 8 | gender as u128;
                let mut contact = contact(Uuid::from_u128(id), gender, random.percent(30));
                contact.age_band = *random.pick(&AGES);
                contact.nationality = NationalityCode::new(random.pick(&ORIGINS).0);
                contacts.push(contact);
            }
        }
        let start_at = week.monday().and_hms_opt(20, 0, 0).unwrap_or_default().and_utc();
        let outing = OutingRow {
            id: OutingId(Uuid::from_u128(self.next.into())),
            unit: UnitId::new("U1"),
            outing_type: OutingType::StreetNight,
            date: week.monday(),
            start_at,
            end_at: start_at + TimeDelta::hours(4),
            crew: Vec::new(),
            km: None,
            weather: Weather::Clear,
            cancelled: None,
            reviewed_at: start_at + TimeDelta::hours(9),
            reviewed_by: OperatorCode::new("OP-A"),
        };
        self.add(DeskEntry::NightLog(NightLog {
            outing,
            contacts,
            observations: Vec::new(),
            supplies: Vec::new(),
            leaflets: Vec::new(),
            referrals: Vec::new(),
            follow_ups: Vec::new(),
            accompaniments: Vec::new(),
            incidents: Vec::new(),
            presence: Vec::new(),
            amendments: Vec::new(),
        }));
    }
}

fn contact(id: Uuid, gender: Gender, first: bool) -> ContactRow {
    ContactRow {
        id: ContactId(id),
        mode: ContactMode::Individual,
        target_group: TargetGroup::Person,
        n_persons: 1,
        zone: ZoneCode::new("Z1"),
        slot_band: SlotBand::Night,
        kind: if first { ContactKind::First } else { ContactKind::Returning },
        gender,
        age_band: AgeBand::From25To34,
        nationality: NationalityCode::new("RO"),
        language: Language::It,
        depth: Depth::Brief,
        services: BTreeSet::new(),
        linked_count: 0,
        group_cells: Vec::new(),
        concern: Concern::NotAssessed,
        flags: BTreeSet::new(),
        repeat_in_outing: false,
        notice_given: true,
    }
}

fn programme(k_external: Threshold) -> Programme {
    Programme {
        id: ProgrammeId(Uuid::from_u128(7)),
        name: "Prova".into(),
        start: NaiveDate::from_ymd_opt(2026, 1, 1).unwrap_or_default(),
        end: NaiveDate::from_ymd_opt(2026, 12, 31).unwrap_or_default(),
        k_external,
        base_period: BasePeriod::Week,
        orgs: Vec::new(),
        units: Vec::new(),
        operators: Vec::new(),
        operator_orgs: BTreeMap::new(),
        retired: Retired::default(),
        zones: Vec::new(),
        nationalities: ORIGINS
            .iter()
            .map(|(code, macro_area)| Nationality { code: NationalityCode::new(*code), macro_area: *macro_area })
            .collect(),
        items: Vec::new(),
        kits: Vec::new(),
        directory: Vec::new(),
        coordinator_phone: None,
        minor_steps: Vec::new(),
        alias_words: Vec::new(),
        policy: Policy::default(),
    }
}

/// A history. What is refused is not given.
pub fn history(random: &mut Random) -> Drawn {
    let k = |random: &mut Random| Threshold::new(random.between(3, 7).unsigned_abs()).unwrap_or_default();
    let mut floor = k(random);
    let first = IsoWeek::new(2026, 5).unwrap_or_else(|| IsoWeek::of(NaiveDate::default()));
    let weeks: Vec<IsoWeek> =
        std::iter::successors(Some(first), |week| Some(week.next())).take(random.below(6) + 4).collect();
    let mut desk = Desk { records: Records::default(), next: 0 };
    for week in &weeks {
        for topic in TOPICS {
            desk.accesses(*week, topic, *random.pick(&COUNTS));
        }
        // Three outings, or the contacts of the week wait.
        desk.night(*week, true, random);
        for _ in 0..if random.percent(85) { 2 } else { 1 } {
            desk.night(*week, false, random);
        }
    }
    let recipients = [("A", RecipientKind::Municipality), ("B", RecipientKind::Funder), ("C", RecipientKind::Press)];
    let mut given: Vec<Given> = Vec::new();
    let mut current = floor;
    for number in 0..random.between(2, 9) {
        // A record comes late, or the programme changes its threshold.
        if random.percent(20) {
            desk.accesses(*random.pick(&weeks), *random.pick(&TOPICS), *random.pick(&[1, 2, 5]));
        }
        if random.percent(8) {
            desk.night(*random.pick(&weeks), true, random);
        }
        if random.percent(5) {
            current = k(random);
            floor = floor.min(current);
        }
        let week = *random.pick(&weeks);
        let length = match random.below(12) {
            0..7 => BasePeriod::Week,
            7 | 8 => BasePeriod::Month,
            9 => BasePeriod::Quarter,
            _ => BasePeriod::HalfYear,
        };
        let period = length.holding(week);
        let (code, kind) = *random.pick(&recipients);
        let wish = Wish { recipient: Recipient { kind, code: code.into() }, period, correct: random.percent(15) };
        let today = NaiveDate::from_ymd_opt(2026, 8, 1).unwrap_or_default() + Days::new(number.unsigned_abs());
        let stamp = Stamp { desk: DeviceId(Uuid::from_u128(9)), manifest: 1, today };
        let history = History::new(given.clone());
        if let Ok(draft) = make(&desk.records, &programme(current), &history, &wish, &stamp) {
            given.push(Given { release: draft.release, exact: draft.exact });
        }
    }
    Drawn { given, floor }
}

/// A table in all that was given, in words.
pub fn told(given: &[Given], table: TableId) -> String {
    let text = |row: &Row| {
        let cells: Vec<String> = row.cells.iter().map(|cell| cell_text(*cell)).collect();
        let of = format!("{:?} of {:?}", row.counts, row.categories);
        format!("{}: {of} as {} = {}", row.period, cells.join(" "), cell_text(row.total))
    };
    let all: Vec<String> = rows(given, table).iter().map(text).collect();
    all.join(" | ")
}
