//! The pages of the desk, for whoever has the notebook itself open: what measures them.

use super::{board, depot, nights, period};
use crate::desk::explain;
use crate::entropy::Moment;
use crate::error::Result;
use crate::notebook::Notebook;
use crate::view::{
    BoardInput, BoardView, DepotInput, DepotView, ExplainInput, ExplainView, NightsInput, NightsView, PeriodInput,
    PeriodView,
};
use domain::time::operational_date;

impl Notebook {
    /// *Settimana*, and longer periods.
    ///
    /// # Errors
    /// As [`super::Session::period`].
    pub fn period_page(&self, input: PeriodInput, moment: Moment) -> Result<PeriodView> {
        period::period_view(self, moment, input)
    }

    /// Where an exact number comes from.
    ///
    /// # Errors
    /// As [`super::Session::explain`].
    pub fn explain_number(&self, input: &ExplainInput, moment: Moment) -> Result<ExplainView> {
        explain::explain(self, input, operational_date(moment.now))
    }

    /// *Invii*.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn board_page(&self, input: BoardInput, moment: Moment) -> Result<BoardView> {
        board::board_view(self, moment, input)
    }

    /// *Uscite*.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn nights_page(&self, input: NightsInput, moment: Moment) -> Result<NightsView> {
        nights::nights_view(self, moment, input)
    }

    /// *Scorte*.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn depot_page(&self, input: DepotInput, moment: Moment) -> Result<DepotView> {
        depot::depot_view(self, moment, input)
    }
}
