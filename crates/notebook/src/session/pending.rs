//! Commands whose module is not in yet.

use super::Session;
use crate::error::ErrorView;
use crate::view::{DeskStatusView, Nothing, WeekInput, WeekView};

impl Session {
    pub(crate) fn desk_update(&self, _: Nothing) -> std::result::Result<DeskStatusView, ErrorView> { Err(ErrorView::internal("desk_update")) }
    pub(crate) fn week(&self, _: WeekInput) -> std::result::Result<WeekView, ErrorView> { Err(ErrorView::internal("week")) }
}
