//! What two states of the lists differ in, line by line: for the eye before signing, and for the register.

use super::Lists;
use crate::code::code_enum;
use crate::programme::Programme;
use crate::sync::chain::Digest;
use serde::Serialize;
use serde_json::Value;
use std::collections::BTreeMap;

code_enum! {
    /// One of the lists, or the settings.
    ListName {
        /// *Impostazioni del progetto*.
        Setting = "setting",
        /// *Enti*.
        Org = "org",
        /// *Unità*.
        Unit = "unit",
        /// *Operatori*.
        Operator = "operator",
        /// *Zone*.
        Zone = "zone",
        /// *Origini*.
        Nationality = "nationality",
        /// *Kit*.
        Kit = "kit",
        /// *Servizi*.
        Service = "service",
    }
}

code_enum! {
    /// What became of a line.
    ChangeKind {
        /// It is new.
        Added = "added",
        /// It says something else.
        Changed = "changed",
        /// It is no longer in use.
        Retired = "retired",
        /// It is in use again.
        Restored = "restored",
        /// It is gone: never allowed.
        Removed = "removed",
    }
}

/// What one part of a line said and says. Texts, numbers and yes or no are given; longer parts only as changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(export))]
pub struct FieldChange {
    /// Name of the part.
    pub field: String,
    /// What it said.
    pub from: Option<String>,
    /// What it says.
    pub to: Option<String>,
}

/// A line that differs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(export))]
pub struct Difference {
    /// Of which list.
    pub list: ListName,
    /// Its code.
    pub code: String,
    /// Its name, as it is now; empty where the code is all there is.
    pub label: String,
    /// What became of it.
    pub change: ChangeKind,
    /// In what it differs; empty for a line that is new or only retired.
    pub fields: Vec<FieldChange>,
    /// SHA-256 of the line before; none for a new one.
    #[serde(skip)]
    #[cfg_attr(feature = "typescript", ts(skip))]
    pub before: Option<Digest>,
    /// SHA-256 of the line after; none for one that is gone.
    #[serde(skip)]
    #[cfg_attr(feature = "typescript", ts(skip))]
    pub after: Option<Digest>,
}

/// A line of a list, whatever list it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Line {
    value: Value,
    retired: bool,
}

impl Line {
    fn digest(&self) -> Digest {
        Digest::of_parts(&[self.value.to_string().as_bytes(), &[u8::from(self.retired)]])
    }

    fn label(&self) -> String {
        let named = self.value.get("label").or_else(|| self.value.get("name"));
        named.and_then(Value::as_str).unwrap_or_default().to_owned()
    }
}

/// The lines with their codes; a code that occurs twice gives two.
pub(super) fn lines(lists: &Lists) -> Vec<((ListName, String), Line)> {
    let Lists {
        name,
        end,
        k_external,
        base_period,
        coordinator_phone,
        minor_steps,
        policy,
        orgs,
        units,
        operators,
        operator_orgs,
        zones,
        nationalities,
        kits,
        directory,
        retired,
    } = lists;
    let mut lines = Vec::new();
    let settings = [
        ("name", value(name)),
        ("end", value(end)),
        ("k_external", value(k_external)),
        ("base_period", value(base_period)),
        ("coordinator_phone", value(coordinator_phone)),
        ("minor_steps", value(minor_steps)),
    ];
    let policy = match value(policy) {
        Value::Object(parts) => parts.into_iter().collect(),
        _ => Vec::new(),
    };
    let settings = settings.into_iter().map(|(code, value)| (code.to_owned(), value)).chain(policy);
    for (code, value) in settings {
        let value = Value::Object([("value".to_owned(), value)].into_iter().collect());
        lines.push(((ListName::Setting, code), Line { value, retired: false }));
    }
    for org in orgs {
        lines.push(((ListName::Org, org.id.to_string()), Line { value: value(org), retired: false }));
    }
    for (of, is_retired) in [(operators, false), (&retired.operators, true)] {
        for code in of {
            let parts = [("code".to_owned(), value(code)), ("org".to_owned(), value(&operator_orgs.get(code)))];
            let line = Line { value: Value::Object(parts.into_iter().collect()), retired: is_retired };
            lines.push(((ListName::Operator, code.to_string()), line));
        }
    }
    let mut add = |list, code: &dyn std::fmt::Display, value, retired| {
        lines.push(((list, code.to_string()), Line { value, retired }));
    };
    for (of, is_retired) in [(units, false), (&retired.units, true)] {
        of.iter().for_each(|unit| add(ListName::Unit, &unit.id, value(unit), is_retired));
    }
    for (of, is_retired) in [(zones, false), (&retired.zones, true)] {
        of.iter().for_each(|zone| add(ListName::Zone, &zone.code, value(zone), is_retired));
    }
    for (of, is_retired) in [(nationalities, false), (&retired.nationalities, true)] {
        of.iter().for_each(|entry| add(ListName::Nationality, &entry.code, value(entry), is_retired));
    }
    for (of, is_retired) in [(kits, false), (&retired.kits, true)] {
        of.iter().for_each(|kit| add(ListName::Kit, &kit.code, value(kit), is_retired));
    }
    for (of, is_retired) in [(directory, false), (&retired.directory, true)] {
        of.iter().for_each(|entry| add(ListName::Service, &entry.id, value(entry), is_retired));
    }
    lines
}

fn value(of: &impl Serialize) -> Value {
    serde_json::to_value(of).unwrap_or_default()
}

/// In what these lists differ from those in force: by list, then by code. The order of a list's lines alone is no
/// difference.
#[must_use]
pub fn differences(programme: &Programme, new: &Lists) -> Vec<Difference> {
    let before: BTreeMap<_, Line> = lines(&programme.lists()).into_iter().collect();
    let after: BTreeMap<_, Line> = lines(new).into_iter().collect();
    let keys: std::collections::BTreeSet<_> = before.keys().chain(after.keys()).collect();
    keys.into_iter()
        .filter_map(|key| {
            let (from, to) = (before.get(key), after.get(key));
            let change = change(from, to)?;
            Some(Difference {
                list: key.0,
                code: key.1.clone(),
                label: to.or(from).map(Line::label).unwrap_or_default(),
                change,
                fields: from.zip(to).map(|(from, to)| fields(&from.value, &to.value)).unwrap_or_default(),
                before: from.map(Line::digest),
                after: to.map(Line::digest),
            })
        })
        .collect()
}

fn change(from: Option<&Line>, to: Option<&Line>) -> Option<ChangeKind> {
    match (from, to) {
        (None, None) => None,
        (None, Some(_)) => Some(ChangeKind::Added),
        (Some(_), None) => Some(ChangeKind::Removed),
        (Some(from), Some(to)) if from == to => None,
        (Some(from), Some(to)) => Some(match (from.retired, to.retired) {
            (false, true) => ChangeKind::Retired,
            (true, false) => ChangeKind::Restored,
            (false, false) | (true, true) => ChangeKind::Changed,
        }),
    }
}

fn fields(from: &Value, to: &Value) -> Vec<FieldChange> {
    let (Value::Object(from), Value::Object(to)) = (from, to) else { return Vec::new() };
    to.iter()
        .filter(|(field, value)| from.get(*field) != Some(*value))
        .map(|(field, value)| FieldChange {
            field: field.clone(),
            from: from.get(field).and_then(plain),
            to: plain(value),
        })
        .collect()
}

fn plain(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(yes) => Some(yes.to_string()),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}
