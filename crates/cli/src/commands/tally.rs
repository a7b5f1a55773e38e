//! `uscita tally`: a week as a table, as exact figures, or as what may leave.

use super::print;
use crate::arguments::TallyArguments;
use crate::failure::Failure;
use crate::say::Say;
use crate::table::week_table;
use notebook::view::{Face, WeekInput};
use serde_json::{Map, Value, json};

pub(super) fn run(given: &TallyArguments, say: &Say) -> Result<(), Failure> {
    let session = given.home.open_session(say)?;
    if given.json {
        let figures = session.at_desk(|notebook, _| {
            Ok(match given.external {
                true => external(&notebook.week_release(given.week)?),
                false => serde_json::to_value(notebook.week_tally(given.week)?).ok(),
            })
        })?;
        let figures = figures.ok_or(Failure::internal("figures"))?;
        return print(&serde_json::to_string_pretty(&figures).map_err(|_| Failure::internal("figures"))?);
    }
    let face = if given.external { Face::External } else { Face::Internal };
    let view = session.week(WeekInput { week: Some(given.week), face })?;
    print(&week_table(&view, say))
}

/// Released figures and tables: `*` for everything that is hidden, and never why.
fn external(released: &domain::indicator::External) -> Option<Value> {
    let mut tables = Map::new();
    for table in &released.tables {
        tables.insert(table.id.code().to_owned(), serde_json::to_value(table).ok()?);
    }
    let unique = released.unique.map(|range| json!({ "min": range.min, "max": range.max }));
    Some(json!({
        "k": released.k.get(),
        "activity": serde_json::to_value(&released.activity).ok()?,
        "contacts": serde_json::to_value(released.contacts).ok()?,
        "presences": serde_json::to_value(released.presences).ok()?,
        "unique": unique.unwrap_or(json!("*")),
        "tables": tables,
    }))
}
