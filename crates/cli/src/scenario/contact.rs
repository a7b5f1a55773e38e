//! Contacts of an outing, as the phones will write them.

use super::Problem;
use super::lists::Lists;
use super::node::{Node, Read};
use domain::alias::Alias;
use domain::contact::{
    AgeBand, Concern, ContactKind, ContactMode, Depth, Flag, Gender, GroupCell, Language, Service, TargetGroup,
};
use domain::ids::{ItemCode, NationalityCode, ZoneCode};
use domain::supply::LEAFLET;
use domain::time::Slot;
use domain::validate::RuleId;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

/// Which of the two phones writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum DeviceScript {
    /// The lead's phone.
    D1,
    /// The member's phone.
    D2,
}

impl DeviceScript {
    /// Both phones.
    pub const ALL: &'static [Self] = &[Self::D1, Self::D2];
}

impl fmt::Display for DeviceScript {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::D1 => "D1",
            Self::D2 => "D2",
        })
    }
}

/// A contact.
#[derive(Clone)]
pub struct ContactScript {
    /// Where it stands in the file.
    pub place: String,
    /// The phone.
    pub device: DeviceScript,
    /// Individual or group.
    pub mode: ContactMode,
    /// Who it was.
    pub target_group: TargetGroup,
    /// How many.
    pub n_persons: u16,
    /// Where.
    pub zone: ZoneCode,
    /// When.
    pub slot: Slot,
    /// First or known; `unknown` for a group, whose composition stands in the cells.
    pub kind: ContactKind,
    /// Gender.
    pub gender: Gender,
    /// Age band.
    pub age_band: AgeBand,
    /// Nationality.
    pub nationality: NationalityCode,
    /// Language.
    pub language: Language,
    /// How far it went.
    pub depth: Depth,
    /// What was done.
    pub services: BTreeSet<Service>,
    /// Aliases.
    pub aliases: Vec<Alias>,
    /// Composition of a group; may be short of `n_persons`.
    pub cells: Vec<GroupCell>,
    /// Concern.
    pub concern: Concern,
    /// Marks.
    pub flags: BTreeSet<Flag>,
    /// The same person again tonight.
    pub repeat_in_outing: bool,
    /// Handed out, leaflets apart.
    pub supplies: BTreeMap<ItemCode, u16>,
    /// Leaflets by language.
    pub leaflets: BTreeMap<Language, u16>,
}

impl fmt::Debug for ContactScript {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ContactScript").field("place", &self.place).finish_non_exhaustive()
    }
}

pub(super) fn read(node: &Node<'_>, lists: &Lists) -> Read<ContactScript> {
    let mode = node.member("mode")?.code(ContactMode::ALL)?;
    let target_group = node.code_or("target_group", TargetGroup::ALL, TargetGroup::Person)?;
    let n_persons = read_number(node, mode)?;
    let is_group = mode == ContactMode::Group;
    let mut contact = ContactScript {
        place: node.path().to_owned(),
        device: node.member("device")?.code(DeviceScript::ALL)?,
        mode,
        target_group,
        n_persons,
        zone: ZoneCode::new(node.member("zone")?.text()?),
        slot: node.member("slot")?.parsed(Problem::NotSlot)?,
        kind: if is_group { ContactKind::Unknown } else { node.member("kind")?.code(ContactKind::ALL)? },
        gender: if is_group { Gender::NotRecorded } else { node.member("gender")?.code(Gender::ALL)? },
        age_band: if is_group { AgeBand::NotRecorded } else { node.member("age_band")?.code(AgeBand::ALL)? },
        nationality: if is_group {
            NationalityCode::not_recorded()
        } else {
            NationalityCode::new(node.member("nationality")?.one_of(&lists.nationalities)?)
        },
        language: node.code_or("language", Language::ALL, Language::NotRecorded)?,
        depth: node.code_or("depth", Depth::ALL, Depth::NotRecorded)?,
        services: node.list("services")?.iter().map(|code| code.code(Service::ALL)).collect::<Read<_>>()?,
        aliases: read_aliases(node, n_persons)?,
        cells: if is_group { read_cells(node, n_persons, lists)? } else { Vec::new() },
        concern: node.code_or("concern", Concern::ALL, Concern::NotAssessed)?,
        flags: node.list("flags")?.iter().map(|code| code.code(Flag::ALL)).collect::<Read<_>>()?,
        repeat_in_outing: node.find("repeat_in_outing")?.map_or(Ok(false), |flag| flag.flag())?,
        supplies: read_supplies(node, lists)?,
        leaflets: read_leaflets(node)?,
    };
    check_target(node, &contact)?;
    open_minor_card(&mut contact);
    Ok(contact)
}

/// V11: the minor card opens with a presumed minor, and leaves its mark; a file may not say so.
fn open_minor_card(contact: &mut ContactScript) {
    let in_group = contact.cells.iter().any(|cell| cell.age_band == AgeBand::Under18Presumed);
    let is_person = contact.target_group == TargetGroup::Person;
    if is_person && (in_group || contact.age_band == AgeBand::Under18Presumed) {
        contact.flags.insert(Flag::MinorProtocol);
    }
}

/// V05.
fn read_number(node: &Node<'_>, mode: ContactMode) -> Read<u16> {
    let (min, max) = match mode {
        ContactMode::Individual => (1, 1),
        ContactMode::Group => (2, 30),
    };
    let number = match (node.find("n_persons")?, mode) {
        (None, ContactMode::Individual) => return Ok(1),
        (found, _) => match found {
            Some(number) => number,
            None => node.member("n_persons")?,
        },
    };
    number.whole(0, u16::MAX)?;
    number.whole(min, max).map_err(|_| number.wrong(Problem::Rule(RuleId::V05)))
}

/// V07.
fn read_aliases(node: &Node<'_>, n_persons: u16) -> Read<Vec<Alias>> {
    let mut aliases = Vec::new();
    for entry in node.list("aliases")? {
        let alias: Alias = entry.parsed(Problem::NotAlias)?;
        entry.must(!aliases.contains(&alias), Problem::Twice)?;
        aliases.push(alias);
        entry.must(aliases.len() <= usize::from(n_persons), Problem::Rule(RuleId::V07))?;
    }
    Ok(aliases)
}

/// V06: fewer are filled up by the phone, more are refused.
fn read_cells(node: &Node<'_>, n_persons: u16, lists: &Lists) -> Read<Vec<GroupCell>> {
    let mut cells = Vec::new();
    let mut sum: u32 = 0;
    for entry in node.list("cells")? {
        let cell = GroupCell {
            kind: entry.member("kind")?.code(ContactKind::ALL)?,
            gender: entry.member("gender")?.code(Gender::ALL)?,
            age_band: entry.member("age_band")?.code(AgeBand::ALL)?,
            nationality: NationalityCode::new(entry.member("nationality")?.one_of(&lists.nationalities)?),
            n: entry.member("n")?.whole(1, 30)?,
        };
        sum += u32::from(cell.n);
        entry.must(sum <= u32::from(n_persons), Problem::Rule(RuleId::V06))?;
        cells.push(cell);
    }
    Ok(cells)
}

fn read_supplies(node: &Node<'_>, lists: &Lists) -> Read<BTreeMap<ItemCode, u16>> {
    let mut supplies = BTreeMap::new();
    let Some(given) = node.find("supplies")? else { return Ok(supplies) };
    for (code, quantity) in given.members()? {
        quantity.must(code != LEAFLET, Problem::LeafletWithoutLanguage)?;
        let known = lists.items.iter().any(|item| item == code);
        quantity.must(known, Problem::NotCode { allowed: lists.items.join(", ") })?;
        let pieces = quantity.whole(0, 2000)?;
        if pieces > 0 {
            supplies.insert(ItemCode::new(code), pieces);
        }
    }
    Ok(supplies)
}

fn read_leaflets(node: &Node<'_>) -> Read<BTreeMap<Language, u16>> {
    let mut leaflets = BTreeMap::new();
    let Some(given) = node.find("leaflets")? else { return Ok(leaflets) };
    for (code, quantity) in given.members()? {
        let language = Language::ALL.iter().copied().find(|language| language.code() == code);
        let allowed = || Language::ALL.iter().map(|language| language.code()).collect::<Vec<_>>().join(", ");
        let language = language.ok_or_else(|| quantity.wrong(Problem::NotCode { allowed: allowed() }))?;
        let pieces = quantity.whole(0, 2000)?;
        if pieces > 0 {
            leaflets.insert(language, pieces);
        }
    }
    Ok(leaflets)
}

/// V09: about clients, residents and third persons nothing about a person is written. V15: for whom a demonstration is.
fn check_target(node: &Node<'_>, contact: &ContactScript) -> Read<()> {
    let rule = |key: &str, rule| -> Read<()> { Err(node.member(key)?.wrong(Problem::Rule(rule))) };
    if contact.target_group == TargetGroup::Person {
        if contact.kind == ContactKind::NotApplicable {
            return rule("kind", RuleId::V09);
        }
        return Ok(());
    }
    if contact.mode == ContactMode::Individual && contact.kind != ContactKind::NotApplicable {
        return rule("kind", RuleId::V09);
    }
    if !contact.aliases.is_empty() {
        return rule("aliases", RuleId::V09);
    }
    if contact.concern != Concern::NotAssessed {
        return rule("concern", RuleId::V09);
    }
    if contact.services.contains(&Service::CondomDemo) && contact.target_group != TargetGroup::Client {
        return rule("services", RuleId::V15);
    }
    Ok(())
}
