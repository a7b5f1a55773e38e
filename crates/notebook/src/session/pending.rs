//! Commands whose module is not in yet.

use super::Session;
use crate::error::Result;
use crate::notebook::Notebook;
use crate::view::SendState;
use domain::ids::OutingId;
use crate::error::ErrorView;
use crate::view::{DeskStatusView, EnrolInput, Nothing, OutingInput, SendView, SessionView, WeekInput, WeekView};

impl Session {
    pub(crate) fn enrol(&self, _: EnrolInput) -> std::result::Result<SessionView, ErrorView> { Err(ErrorView::internal("enrol")) }
    pub(crate) fn enrolment_status(&self, _: Nothing) -> std::result::Result<SessionView, ErrorView> { Err(ErrorView::internal("enrolment_status")) }
    pub(crate) fn send(&self, _: OutingInput) -> std::result::Result<SendView, ErrorView> { Err(ErrorView::internal("send")) }
    pub(crate) fn send_status(&self, _: OutingInput) -> std::result::Result<SendView, ErrorView> { Err(ErrorView::internal("send_status")) }
    pub(crate) fn desk_update(&self, _: Nothing) -> std::result::Result<DeskStatusView, ErrorView> { Err(ErrorView::internal("desk_update")) }
    pub(crate) fn week(&self, _: WeekInput) -> std::result::Result<WeekView, ErrorView> { Err(ErrorView::internal("week")) }
}

pub(super) fn send_view(notebook: &Notebook, outing: OutingId) -> Result<SendView> {
    let total = u32::try_from(notebook.list_own_sequences(outing)?.len()).unwrap_or(u32::MAX);
    Ok(SendView { state: SendState::Local, total, received: 0, backed_up: 0, refused: 0, received_at: None,
        night_log_received: false, forget_on: None, contacts: 0, observations: 0, referrals: 0, incidents: 0, error: None })
}
