//! Arguments of `uscita tally`: a period, one alone.

use super::{HomeArguments, values};
use chrono::NaiveDate;
use clap::Args;
use domain::time::{IsoWeek, Quarter, ReportingMonth, SpanKind};

/// Conta una settimana.
#[derive(Args, Debug)]
#[command(
    after_help = "Esempi:\n  uscita tally --week 2026-W11\n  uscita tally --month 2026-03 --external\n  uscita tally --project --json"
)]
pub struct TallyArguments {
    /// Il periodo
    #[command(flatten)]
    pub period: SpanArguments,
    /// Solo ciò che si può pubblicare: settimane, mesi a settimane intere, trimestri
    #[arg(long, conflicts_with_all = ["calendar_month", "year", "project"])]
    pub external: bool,
    /// Il taccuino
    #[command(flatten)]
    pub home: HomeArguments,
}

/// Un periodo, uno solo.
#[derive(Args, Debug)]
#[group(required = true, multiple = false)]
pub struct SpanArguments {
    /// Settimana ISO, come 2026-W11
    #[arg(long, value_name = "SETTIMANA", value_parser = values::week)]
    pub week: Option<IsoWeek>,
    /// Mese a settimane intere (quelle il cui giovedì vi cade), come 2026-03
    #[arg(long, value_name = "MESE", value_parser = values::month)]
    pub month: Option<ReportingMonth>,
    /// Mese di calendario, solo per uso interno
    #[arg(long, value_name = "MESE", value_parser = values::month)]
    pub calendar_month: Option<ReportingMonth>,
    /// Trimestre, come 2026-Q1
    #[arg(long, value_name = "TRIMESTRE", value_parser = values::quarter)]
    pub quarter: Option<Quarter>,
    /// Anno: le sue settimane ISO
    #[arg(long, value_name = "ANNO", value_parser = values::year)]
    pub year: Option<u16>,
    /// Tutto il progetto
    #[arg(long)]
    pub project: bool,
}

impl SpanArguments {
    /// Which kind, and a day of it; the project needs none.
    #[must_use]
    pub fn chosen(&self) -> (SpanKind, Option<NaiveDate>) {
        let of_year = |year: u16| IsoWeek::new(i32::from(year), 1);
        let choices = [
            (SpanKind::Week, self.week),
            (SpanKind::Month, self.month.map(|month| month.bounds().0)),
            (SpanKind::CalendarMonth, self.calendar_month.map(|month| month.bounds().0)),
            (SpanKind::Quarter, self.quarter.map(|quarter| quarter.bounds().0)),
            (SpanKind::Year, self.year.and_then(of_year)),
        ];
        // The Thursday decides to which month and year a week belongs.
        let chosen = choices.into_iter().find_map(|(kind, week)| Some((kind, Some(week?.thursday()))));
        chosen.unwrap_or((SpanKind::Project, None))
    }
}
