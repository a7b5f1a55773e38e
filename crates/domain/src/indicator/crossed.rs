//! Persons by two of their traits at once (D.4.4). Nobody sees these but the desk, and only for releases.

use super::outing::people;
use super::{Counts, add_all, count};
use crate::contact::{AgeBand, Gender, TargetGroup};
use crate::disclosure::TableId;
use crate::ids::NationalityCode;
use crate::programme::{MacroArea, Programme};
use crate::sync::night_log::NightLog;
use crate::time::Span;

/// Lines of both crossings: genders as they are published (I29).
const GENDERS: [&str; 4] = ["woman", "trans", "man", "other_not_recorded"];
/// Ages as they are published (I31).
const AGES: [&str; 4] = ["18_24", "25_34", "35_plus", "other_not_recorded"];

/// Persons (the elements of P, `domain` D.1) of some nights, by gender and age and by gender and nationality.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Crossed {
    gender_age: Counts<(Gender, AgeBand)>,
    gender_nationality: Counts<(Gender, NationalityCode)>,
}

impl Crossed {
    /// Counts the nights of a run of days, each in the version that stands.
    #[must_use]
    pub fn of<'a>(nights: impl IntoIterator<Item = &'a NightLog>, span: impl Into<Span>) -> Self {
        let span = span.into();
        let mut crossed = Self::default();
        nights.into_iter().filter(|log| span.contains(log.outing.date)).for_each(|log| crossed.add(log));
        crossed
    }

    /// Counts one more night.
    pub fn add(&mut self, log: &NightLog) {
        if log.outing.cancelled.is_some() {
            return;
        }
        let is_counted = |contact: &&crate::sync::night_log::ContactRow| {
            contact.target_group == TargetGroup::Person && !contact.repeat_in_outing
        };
        for cell in log.contacts.iter().filter(is_counted).flat_map(people) {
            let n = u64::from(cell.n);
            count(&mut self.gender_age, &(cell.gender, cell.age_band), n);
            count(&mut self.gender_nationality, &(cell.gender, cell.nationality.clone()), n);
        }
    }

    /// Adds other nights.
    pub fn merge(&mut self, other: &Self) {
        add_all(&mut self.gender_age, &other.gender_age);
        add_all(&mut self.gender_nationality, &other.gender_nationality);
    }

    /// Lines, columns and counts of a crossing, in their fixed order, zeros included. Nothing for other tables.
    #[must_use]
    pub fn table(&self, id: TableId, programme: &Programme) -> (Vec<String>, Vec<String>, Vec<Vec<u64>>) {
        let (columns, people): (Vec<&str>, Vec<(&str, &str, u64)>) = match id {
            TableId::GenderAge => {
                let people = self.gender_age.iter().map(|((gender, age), n)| (line(*gender), age_column(*age), *n));
                (AGES.to_vec(), people.collect())
            }
            TableId::GenderMacro => {
                let area = |nationality| programme.macro_area(nationality).code();
                let people = self.gender_nationality.iter();
                let people = people.map(|((gender, nationality), n)| (line(*gender), area(nationality), *n));
                (MacroArea::ALL.iter().map(|area| area.code()).collect(), people.collect())
            }
            _ => return (Vec::new(), Vec::new(), Vec::new()),
        };
        let cell = |line: &str, column: &str| {
            let both = people.iter().filter(|(own, other, _)| (*own, *other) == (line, column));
            both.fold(0, |sum: u64, (_, _, n)| sum.saturating_add(*n))
        };
        let counts = GENDERS.iter().map(|line| columns.iter().map(|column| cell(line, column)).collect()).collect();
        let owned = |codes: &[&str]| codes.iter().map(|code| (*code).to_owned()).collect();
        (owned(&GENDERS), owned(&columns), counts)
    }
}

const fn line(gender: Gender) -> &'static str {
    match gender {
        Gender::Woman => "woman",
        Gender::TransWoman | Gender::TransMan => "trans",
        Gender::Man => "man",
        Gender::Other | Gender::NotRecorded => "other_not_recorded",
    }
}

const fn age_column(age: AgeBand) -> &'static str {
    match age {
        AgeBand::From18To24 => "18_24",
        AgeBand::From25To34 => "25_34",
        AgeBand::From35To44 | AgeBand::From45 => "35_plus",
        AgeBand::Under18Presumed | AgeBand::NotRecorded => "other_not_recorded",
    }
}
