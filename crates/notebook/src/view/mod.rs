//! What the screens need: `*View` goes out, `*Input` comes in.
//!
//! Codes and numbers only; every word is the catalogue's. A view is made for one screen and says no more than the
//! screen may show (architecture 7: a grabbed member's phone yields at most the last three records). The types are
//! exported to TypeScript by `cargo xtask generate`.

mod desk;
mod field;
mod night;
mod review;
mod sending;
mod session;

pub use desk::{
    CellView, DeskStatusView, Face, FigureView, NightRowView, RangeView, TableView, WeekInput, WeekView, WhyHidden,
};
pub use field::{
    AccompanimentInput, AdvanceInput, AliasPickerInput, AliasPickerView, CloseInput, CloseView, CountInput,
    DifferenceReason, IncidentInput, LoadInput, ReferralCardView, ReferralInput, ReferralsView, StockRowView,
    StockView,
};
pub use night::{
    BagItemView, CardInput, CardView, ContactInput, DetailsInput, DropCardInput, HandoutInput, ItemCount, KitView,
    LastActionView, NightView, ObservationInput, RecordSummary, StartInput, StartView, TonightView, UndoInput,
    ZoneChangeInput, ZoneView,
};
pub use review::{
    AcceptInput, AmendInput, ConflictView, FindingView, OutingInput, OutingSummaryView, PairEffectView, PairSideView,
    PairView, ReviewView, SettleInput, SignInput,
};
pub use sending::{SendState, SendView};
pub use session::{
    EnrolInput, EnrolmentInput, Nothing, ReviewAccess, SeatView, SessionState, SessionView, SetReviewPinInput,
    StepUpInput, UnlockInput,
};
