//! `uscita tally`: a period as a table, as exact figures, or as what may leave.

use super::{print, print_json};
use crate::arguments::TallyArguments;
use crate::failure::Failure;
use crate::say::Say;
use crate::table::period_table;
use domain::indicator::External;
use domain::time::operational_date;
use notebook::error::NotebookError;
use notebook::view::{Face, PeriodInput};
use serde_json::{Map, Value, json};

pub(super) fn run(given: &TallyArguments, say: &Say) -> Result<(), Failure> {
    let session = given.home.open_session(say)?;
    let (kind, date) = given.period.chosen();
    let face = if given.external { Face::External } else { Face::Internal };
    if !say.is_json() {
        return print(&period_table(&session.period(PeriodInput { kind, date, face })?, say));
    }
    let figures = session.at_desk(|notebook, moment| {
        let date = date.unwrap_or_else(|| operational_date(moment.now));
        let programme = notebook.programme()?;
        if !given.external {
            return Ok(serde_json::to_value(notebook.tally(kind.around(date, programme.span()))?).ok());
        }
        let period = kind.released(date).ok_or(NotebookError::InvalidInput("external face"))?;
        Ok(external(&External::of(&notebook.tally(period)?, programme, period, programme.k_external)))
    })?;
    let figures = figures.ok_or(Failure::internal("figures"))?;
    print_json(&figures)
}

/// Released figures and tables: `*` for everything that is hidden, and never why.
fn external(released: &External) -> Option<Value> {
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
