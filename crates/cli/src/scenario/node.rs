//! A value of the file that knows where it stands, so that every complaint can say so.

use super::error::{Place, Problem, ScenarioError};
use chrono::{DateTime, NaiveDate, Utc};
use serde_json::{Map, Value};
use std::fmt::Display;
use std::str::FromStr;

/// The answer of this module.
pub(super) type Read<T> = Result<T, ScenarioError>;

/// A value and its path.
#[derive(Clone)]
pub(super) struct Node<'a> {
    value: &'a Value,
    path: String,
}

impl<'a> Node<'a> {
    /// The whole file.
    pub(super) fn root(value: &'a Value) -> Self {
        Self { value, path: String::new() }
    }

    /// Where it stands.
    pub(super) fn path(&self) -> &str {
        &self.path
    }

    /// The complaint about this value.
    pub(super) fn wrong(&self, problem: Problem) -> ScenarioError {
        ScenarioError { place: Place::Value(self.path.clone()), problem }
    }

    /// Refuses the value unless the condition holds.
    pub(super) fn must(&self, holds: bool, problem: Problem) -> Read<()> {
        if holds { Ok(()) } else { Err(self.wrong(problem)) }
    }

    fn object(&self) -> Read<&'a Map<String, Value>> {
        self.value.as_object().ok_or_else(|| self.wrong(Problem::NotObject))
    }

    fn at_key(&self, key: &str, value: &'a Value) -> Self {
        let path = if self.path.is_empty() { key.to_owned() } else { format!("{}.{key}", self.path) };
        Self { value, path }
    }

    /// A member that may be absent or null.
    pub(super) fn find(&self, key: &str) -> Read<Option<Self>> {
        let value = self.object()?.get(key).filter(|value| !value.is_null());
        Ok(value.map(|value| self.at_key(key, value)))
    }

    /// A member that must be there.
    pub(super) fn member(&self, key: &str) -> Read<Self> {
        match self.find(key)? {
            Some(node) => Ok(node),
            None => Err(self.at_key(key, &Value::Null).wrong(Problem::Missing)),
        }
    }

    /// All members, in the order of their keys.
    pub(super) fn members(&self) -> Read<Vec<(&'a str, Self)>> {
        Ok(self.object()?.iter().map(|(key, value)| (key.as_str(), self.at_key(key, value))).collect())
    }

    /// The values of a list that may be absent.
    pub(super) fn list(&self, key: &str) -> Read<Vec<Self>> {
        self.find(key)?.map_or_else(|| Ok(Vec::new()), |node| node.values())
    }

    /// The values of this list.
    pub(super) fn values(&self) -> Read<Vec<Self>> {
        let values = self.value.as_array().ok_or_else(|| self.wrong(Problem::NotList))?;
        let at = |(index, value)| Self { value, path: format!("{}[{index}]", self.path) };
        Ok(values.iter().enumerate().map(at).collect())
    }

    /// A text that is not empty.
    pub(super) fn text(&self) -> Read<&'a str> {
        let text = self.value.as_str().filter(|text| !text.trim().is_empty());
        text.ok_or_else(|| self.wrong(Problem::NotText))
    }

    /// True or false.
    pub(super) fn flag(&self) -> Read<bool> {
        self.value.as_bool().ok_or_else(|| self.wrong(Problem::NotFlag))
    }

    /// A whole number from `min` to `max`.
    pub(super) fn whole(&self, min: u16, max: u16) -> Read<u16> {
        let number = self.value.as_u64().and_then(|number| u16::try_from(number).ok());
        let limits = Problem::NotWhole { min: min.into(), max: max.into() };
        number.filter(|number| (min..=max).contains(number)).ok_or_else(|| self.wrong(limits))
    }

    /// One code of a closed list.
    pub(super) fn code<T: Copy + Display>(&self, all: &[T]) -> Read<T> {
        let text = self.text()?;
        let found = all.iter().copied().find(|code| code.to_string() == text);
        found.ok_or_else(|| self.wrong(Problem::NotCode { allowed: joined(all) }))
    }

    /// A member with one code of a closed list; `default` where it is absent.
    pub(super) fn code_or<T: Copy + Display>(&self, key: &str, all: &[T], default: T) -> Read<T> {
        self.find(key)?.map_or(Ok(default), |node| node.code(all))
    }

    /// One text of a list of the programme.
    pub(super) fn one_of(&self, all: &[String]) -> Read<&'a str> {
        let text = self.text()?;
        self.must(all.iter().any(|code| code == text), Problem::NotCode { allowed: joined(all) })?;
        Ok(text)
    }

    /// Anything that is read from text.
    pub(super) fn parsed<T: FromStr>(&self, problem: Problem) -> Read<T> {
        self.text()?.parse().map_err(|_| self.wrong(problem))
    }

    /// A date.
    pub(super) fn date(&self) -> Read<NaiveDate> {
        self.parsed(Problem::NotDate)
    }

    /// An instant with its offset.
    pub(super) fn instant(&self) -> Read<DateTime<Utc>> {
        let at = DateTime::parse_from_rfc3339(self.text()?).map_err(|_| self.wrong(Problem::NotInstant))?;
        Ok(at.with_timezone(&Utc))
    }
}

fn joined<T: Display>(all: &[T]) -> String {
    all.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
}
