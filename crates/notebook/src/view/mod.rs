//! What the screens need: `*View` goes out, `*Input` comes in.
//!
//! Codes and numbers only; every word is the catalogue's. A view is made for one screen and says no more than the
//! screen may show (architecture 7: a grabbed member's phone yields at most the last three records). The types are
//! exported to TypeScript by `cargo xtask generate`.

mod begun;
mod board;
mod depot;
mod desk;
mod devices;
mod directory;
mod enrol;
mod field;
mod founding;
mod frame;
mod keys;
mod lists;
mod lost;
mod month;
mod night;
mod night_list;
mod nights;
mod office;
mod pair;
mod period;
mod register;
mod releases;
mod review;
mod sending;
mod session;
mod share;
mod todo;

pub use begun::{
    BegunReferralInput, BegunReferralView, CorrectReferralInput, KeepReferralInput, ReferralFill, ResumeReferralInput,
    UnsavedReferralView,
};
pub use board::{
    BoardFilter, BoardInput, BoardRow, BoardStepInput, BoardView, CompanyView, DeskReferralInput, FlowView, Overdue,
    PlacedView, TakeBackStepInput, ToDo,
};
pub use depot::{
    BalanceLineView, BalanceNightView, BalanceView, DepotInput, DepotLineInput, DepotNoteInput, DepotView,
    LastCountView, OrderView, PileView,
};
pub use desk::{
    CellView, CountingView, DeskStatusView, Face, FigureView, PullProgressView, RangeView, TableView, WhyHidden,
};
pub use devices::{
    DecideInput, DeviceActKind, DeviceActView, DeviceReason, DeviceView, DevicesView, DroppedView, QuarantineView,
    RevokeInput, StandingView, WipeInput, WipeState,
};
pub use directory::{
    DirectoryEntryView, DirectoryView, NextOpeningView, OpeningSpanView, OpeningView, QuickNumbersView,
};
pub use enrol::{
    ApproveInput, FoundInvitation, InvitationView, InviteInput, InviteView, PendingDeviceView, PendingView, QrView,
};
pub use field::{
    AccompanimentInput, AdvanceInput, AliasPickerInput, AliasPickerView, CloseInput, CloseNotes, CloseView, CountInput,
    DifferenceReason, FollowUpsInput, FollowUpsView, ImmediateView, IncidentInput, LoadInput, ReferralCardView,
    ReferralInput, ReferralsView, StateView, StockRowView, StockView,
};
pub use founding::{
    CheckSheetInput, FinishInput, FinishView, FoundInput, FoundListsInput, FoundProgrammeInput, FoundingView,
    PublishTrouble, RecoverInput, RecoverView, RecoverySheetView, ServerInput, ServerLinesView, ServerView,
    SheetCheckView, WeighInput, WeighView,
};
pub use frame::{DeskFrameView, OpenView};
pub use keys::{BegunKeysView, ChangeKeysInput, ChangedKeysView, KeysView};
pub use lists::{KeepInput, ListsInput, ListsPreview, ListsView, ServiceCheckView};
pub use lost::{DiscardInput, DuressInput, InventoryInput, InventoryRow, InventoryView, KeptView};
pub use month::{MonthInput, MonthSupplyView, MonthView};
pub use night::{
    BagItemView, CardInput, ContactInput, DetailsInput, HandoutInput, ItemCount, KitView, LastActionView, NightView,
    ObservationInput, RecordSummary, StartInput, StartView, TonightView, UndoInput, ZoneChangeInput, ZoneView,
};
pub use night_list::{
    ContactRecordView, NightListView, NightRecordView, RecordBodyView, ReviseContactInput, TakeBackInput,
};
pub use nights::{
    CalendarDayView, CalendarNightView, CalendarWeekView, ChangePlanInput, DeskNightInput, DeskNightView,
    NightStanding, NightVersionView, NightsInput, NightsView, PlanInput, PlanTallyView, UnsignedView,
};
pub use office::{
    CorrectOfficeInput, CorrectedEntry, CorrectionView, EntryPlace, NoteOfficeInput, OfficeEntry, OfficeInput,
    OfficeRow, OfficeView,
};
pub use pair::{CodeInput, CodeView, FoundCode, FrameInput, JoinInput, LinkView};
pub use period::{
    ExplainInput, ExplainView, GapKind, GapView, NightRowView, PartView, PeriodInput, PeriodView, PlanView,
    SilentNightView, TrendWeekView, WeekStanding,
};
pub use register::{DeedView, RegisterFileView, RegisterInput, RegisterLineView, RegisterPart, RegisterView};
pub use releases::{
    HiddenCellView, MadeReleaseView, MakeReleaseInput, PreviewTableView, PreviewView, PublishInput, PublishedView,
    RecipientKindView, RecipientView, ReleaseBlockView, ReleaseDocumentView, ReleaseFileView, ReleaseGridLineView,
    ReleaseGridView, ReleaseInput, ReleaseLineView, ReleasePeriodView, ReleaseRowView, ReleasesView, SaveReleaseInput,
    ToComeView, WishInput, WithdrawInput,
};
pub use review::{
    AcceptInput, AmendInput, AmendmentView, ConflictView, CountsView, FindingView, MissingReason, MissingRecordsView,
    OutingInput, OutingSummaryView, PairEffectView, PairSideView, PairView, PhoneView, RefusalReason, RefusalView,
    ReviewView, SettleInput, SignInput,
};
pub use sending::{PhoneRecordsView, RecordKind, RefusedRecordView, SendState, SendView};
pub use session::{
    ChangePinInput, ChangeReviewPinInput, EnrolInput, EnrolmentInput, Nothing, ReviewAccess, SeatView, SessionState,
    SessionView, SetReviewPinInput, StepUpInput, TrainingView, UnlockInput,
};
pub use share::{ExportView, ImportInput, ImportView, UnionPhoneView, UnionView};
pub use todo::{
    AnswerInput, CardFill, CardView, GroupCardView, KitChoice, MissingView, SplitInput, TakeBackAnswerInput,
    TodoAnswer, TodoView, UnsavedCardInput, UnsavedCardView, UpdateCardInput, WhoCount, WhoView,
};

/// How many, as the screens have it.
pub(crate) fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
