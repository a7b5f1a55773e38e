//! Every command of the user interface, in one list: name, arguments, result, and the function that does it.
//!
//! The window's IPC and the loopback bridge both hand a [`Command`] to [`Session::handle`]; the TypeScript map
//! `Commands` is generated from the same list, so the three cannot drift apart.

use crate::error::ErrorView;
use crate::process::clear_stack;
use crate::session::Session;
use crate::settings::Settings;
use crate::view::{
    AcceptInput, AdvanceInput, AliasPickerInput, AliasPickerView, AmendInput, AnswerInput, ApproveInput,
    BegunReferralInput, BegunReferralView, BoardInput, BoardStepInput, BoardView, CardInput, CardView, ChangeKeysInput,
    ChangePinInput, ChangePlanInput, ChangeReviewPinInput, ChangedKeysView, CheckSheetInput, CloseInput, CloseNotes,
    CloseView, CodeInput, CodeView, ContactInput, CorrectOfficeInput, CorrectReferralInput, CountInput, CountingView,
    DecideInput, DepotInput, DepotNoteInput, DepotView, DeskFrameView, DeskNightInput, DeskNightView,
    DeskReferralInput, DeskStatusView, DevicesView, DirectoryView, DiscardInput, DuressInput, EnrolInput,
    EnrolmentInput, ExplainInput, ExplainView, ExportView, FinishInput, FinishView, FollowUpsInput, FollowUpsView,
    FoundInput, FoundListsInput, FoundProgrammeInput, FoundingView, FrameInput, ImportInput, ImportView, IncidentInput,
    InventoryInput, InventoryView, InvitationView, InviteInput, InviteView, JoinInput, KeepInput, KeepReferralInput,
    KeptView, LinkView, ListsInput, ListsPreview, ListsView, LoadInput, MadeReleaseView, MakeReleaseInput, MonthInput,
    MonthView, NightListView, NightsInput, NightsView, NoteOfficeInput, Nothing, ObservationInput, OfficeInput,
    OfficeView, OutingInput, OutingSummaryView, PendingView, PeriodInput, PeriodView, PlanInput, PreviewView,
    PublishInput, PublishedView, PullProgressView, RecoverInput, RecoverView, RecoverySheetView, ReferralInput,
    ReferralsView, RegisterFileView, RegisterInput, RegisterView, ReleaseDocumentView, ReleaseFileView, ReleaseInput,
    ReleasesView, ResumeReferralInput, ReviewView, ReviseContactInput, RevokeInput, SaveReleaseInput, SendView,
    ServerInput, ServerView, SessionView, SetReviewPinInput, SettleInput, SheetCheckView, SignInput, SplitInput,
    StandingView, StartInput, StepUpInput, StockView, TakeBackAnswerInput, TakeBackInput, TakeBackStepInput, TodoView,
    TonightView, UndoInput, UnionView, UnlockInput, UnsavedCardInput, UpdateCardInput, WeighInput, WeighView,
    WipeInput, WishInput, WithdrawInput, ZoneChangeInput,
};
use serde::Deserialize;
use std::sync::Arc;
use ts_rs::TS;

macro_rules! commands {
    ($($(#[$doc:meta])* $variant:ident($args:ty) -> $result:ty = $function:ident;)+) => {
        /// A command with its arguments: `{"name": "save_contact", "args": {…}}`.
        #[derive(Debug, Deserialize)]
        #[serde(tag = "name", content = "args", rename_all = "snake_case")]
        pub enum Command { $($(#[$doc])* $variant($args),)+ }

        impl Command {
            /// The names of all commands.
            #[must_use]
            pub fn names() -> Vec<String> {
                [$(stringify!($variant)),+].into_iter().map(snake_case).collect()
            }
        }

        impl Session {
            /// Does what a command says, on a thread where waiting is allowed.
            ///
            /// # Errors
            /// An [`ErrorView`]: a code, and nothing from below.
            pub async fn handle(self: &Arc<Self>, command: Command) -> Result<serde_json::Value, ErrorView> {
                // In a box: what is moved about leaves copies on the way.
                let (session, command) = (Arc::clone(self), Box::new(command));
                let work = move || {
                    let done = session.run(command);
                    clear_stack();
                    done
                };
                let done = tokio::task::spawn_blocking(work).await;
                done.unwrap_or_else(|_| Err(ErrorView::internal("command")))
            }

            #[inline(never)]
            fn run(&self, command: Box<Command>) -> Result<serde_json::Value, ErrorView> {
                self.note_use();
                self.may_answer(&command)?;
                match *command {
                    $(Command::$variant(args) => {
                        let result: $result = self.$function(args)?;
                        serde_json::to_value(result).map_err(|_| ErrorView::internal("command result"))
                    })+
                }
            }
        }

        /// The TypeScript map from command name to arguments and result.
        #[must_use]
        pub fn typescript() -> String {
            let config = ts_rs::Config::from_env();
            let mut names = std::collections::BTreeSet::new();
            let mut map = String::new();
            $({
                let args = <$args as TS>::name(&config);
                let result = <$result as TS>::name(&config);
                let plain = |name: &str| name.trim_start_matches("Array<").trim_end_matches('>').to_owned();
                names.insert(plain(&args));
                names.insert(plain(&result));
                let name = snake_case(stringify!($variant));
                map.push_str(&format!("  {name}: {{ args: {args}; result: {result} }}\n"));
            })+
            let imports: String =
                names.iter().map(|name| format!("import type {{ {name} }} from './{name}'\n")).collect();
            format!("// Generated by `cargo xtask generate`. Do not edit.\n{imports}\nexport interface Commands {{\n{map}}}\n")
        }
    };
}

fn snake_case(name: &str) -> String {
    let mut out = String::new();
    for (index, letter) in name.chars().enumerate() {
        if letter.is_uppercase() && index > 0 {
            out.push('_');
        }
        out.extend(letter.to_lowercase());
    }
    out
}

commands! {
    /// Where the session stands.
    Status(Nothing) -> SessionView = status;
    /// First start: makes the notebook and hands the keys to the desk.
    Enrol(EnrolInput) -> SessionView = enrol;
    /// Looks for the desk's picture in a frame of the camera, before there is a notebook.
    ReadInvitation(FrameInput) -> InvitationView = read_invitation;
    /// Asks whether the desk has signed.
    EnrolmentStatus(EnrolmentInput) -> SessionView = enrolment_status;
    /// Begins the first start anew, while nobody has confirmed this device.
    RestartEnrolment(Nothing) -> SessionView = restart_enrolment;
    /// *Impostazioni*.
    SaveSettings(Settings) -> SessionView = save_settings;
    /// *Inizia l'esercitazione*.
    EnterTraining(Nothing) -> SessionView = enter_training;
    /// *Esci dall'esercitazione*.
    LeaveTraining(Nothing) -> SessionView = leave_training;
    /// Opens the notebook.
    Unlock(UnlockInput) -> SessionView = unlock;
    /// *Cambia il codice*, and the desk's *Cambia la frase*.
    ChangePin(ChangePinInput) -> SessionView = change_pin;
    /// *Cambia il codice di verifica*.
    ChangeReviewPin(ChangeReviewPinInput) -> SessionView = change_review_pin;
    /// *Nascondi*: closes it.
    Lock(Nothing) -> SessionView = lock;
    /// Panic: the keys go, the sealed journal stays.
    Panic(Nothing) -> SessionView = panic;
    /// A notebook that nobody can open is moved aside.
    SetAside(Nothing) -> SessionView = set_aside;
    /// How much the journals of this phone hold, sent and unsent.
    Kept(Nothing) -> KeptView = kept;
    /// *Cancella anche ciò che non è partito*.
    DiscardUnsent(DiscardInput) -> KeptView = discard_unsent;
    /// The duress PIN is chosen, or taken away.
    SetDuressPin(DuressInput) -> SessionView = set_duress_pin;
    /// *Inventario*, which it opens.
    Inventory(Nothing) -> InventoryView = inventory;
    /// *Salva* there.
    SaveInventory(InventoryInput) -> InventoryView = save_inventory;

    /// *Stanotte* or *Contatti*.
    Tonight(Nothing) -> TonightView = tonight;
    /// *Inizia l'uscita*.
    StartOuting(StartInput) -> TonightView = start_outing;
    /// First tap: the card is durable.
    OpenCard(CardInput) -> CardView = open_card;
    /// One person of a group gets a card of her own.
    OpenSplit(SplitInput) -> CardView = open_split;
    /// The card as it now stands on the screen.
    UpdateCard(UpdateCardInput) -> CardView = update_card;
    /// Back to a card that was not saved.
    ResumeCard(UnsavedCardInput) -> CardView = resume_card;
    /// The card is given up.
    DropCard(UnsavedCardInput) -> TonightView = drop_card;
    /// It is not given up after all.
    RestoreCard(UnsavedCardInput) -> TonightView = restore_card;
    /// *Salva*.
    SaveContact(ContactInput) -> TonightView = save_contact;
    /// *Vista*.
    SaveObservation(ObservationInput) -> TonightView = save_observation;
    /// *Annulla*.
    Undo(UndoInput) -> TonightView = undo;
    /// Another zone.
    ChangeZone(ZoneChangeInput) -> TonightView = change_zone;
    /// *Da completare*.
    Todo(Nothing) -> TodoView = todo;
    /// *Salva così*: a card that was not saved, as it is.
    SaveCard(UnsavedCardInput) -> TodoView = save_card;
    /// An answer to what is missing.
    AnswerTodo(AnswerInput) -> TodoView = answer_todo;
    /// The answer is taken back.
    TakeBackAnswer(TakeBackAnswerInput) -> TodoView = take_back_answer;
    /// *Rispondi «non so» a tutto*.
    AnswerAllUnknown(Nothing) -> TodoView = answer_all_unknown;
    /// Aliases to choose from.
    PickAlias(AliasPickerInput) -> AliasPickerView = pick_alias;

    /// *Collega i telefoni*: what this phone shows the other one.
    Pair(Nothing) -> LinkView = pair;
    /// What the other phone's code stands for.
    CheckCode(CodeInput) -> CodeView = check_code;
    /// Looks for a code in a frame of the camera.
    ReadQr(FrameInput) -> CodeView = read_qr;
    /// Both had started: this phone goes over to the other one's outing.
    JoinOuting(JoinInput) -> TonightView = join_outing;
    /// *Unisci le notti*: both nights in numbers.
    Union(OutingInput) -> UnionView = union;
    /// The file for the other phone.
    ExportNight(OutingInput) -> ExportView = export_night;
    /// The file of the other phone.
    ImportRecords(ImportInput) -> ImportView = import_records;

    /// *Scorte*.
    Stock(Nothing) -> StockView = stock;
    /// More is loaded.
    LoadItem(LoadInput) -> StockView = load_item;
    /// The count at close.
    CountItem(CountInput) -> StockView = count_item;
    /// *Invii*.
    Referrals(Nothing) -> ReferralsView = referrals;
    /// Open referrals of an alias that was chosen on a card.
    FollowUps(FollowUpsInput) -> FollowUpsView = follow_ups;
    /// A new referral.
    OpenReferral(ReferralInput) -> ReferralsView = open_referral;
    /// A referral as it now stands on the screen.
    KeepReferral(KeepReferralInput) -> BegunReferralView = keep_referral;
    /// Back to one that was not saved.
    ResumeReferral(ResumeReferralInput) -> Vec<BegunReferralView> = resume_referral;
    /// *Salva* of one that was begun.
    OpenBegunReferral(BegunReferralInput) -> ReferralsView = open_begun_referral;
    /// *Correggi*.
    CorrectReferral(CorrectReferralInput) -> ReferralsView = correct_referral;
    /// A referral goes on.
    AdvanceReferral(AdvanceInput) -> ReferralsView = advance_referral;
    /// *Rubrica*.
    Directory(Nothing) -> DirectoryView = directory;
    /// *Cosa abbiamo fatto*.
    Month(MonthInput) -> MonthView = month;
    /// *Episodio*.
    SaveIncident(IncidentInput) -> CloseView = save_incident;
    /// *Chiudi*: what is open.
    CloseStatus(Nothing) -> CloseView = close_status;
    /// What was said of the close so far.
    NoteClose(CloseNotes) -> CloseView = note_close;
    /// *Chiudi e prepara l'invio*.
    CloseOuting(CloseInput) -> SendView = close_outing;

    /// The lead's step-up PIN is chosen.
    SetReviewPin(SetReviewPinInput) -> SessionView = set_review_pin;
    /// It is given.
    StepUp(StepUpInput) -> SessionView = step_up;
    /// *Chiudi* of what stands behind it.
    StepDown(Nothing) -> SessionView = step_down;
    /// The lead's list of outings.
    Outings(Nothing) -> Vec<OutingSummaryView> = outings;
    /// *Verifica*.
    Review(OutingInput) -> ReviewView = review;
    /// A pair is settled.
    Settle(SettleInput) -> ReviewView = settle;
    /// An outing of a lost phone is closed.
    CloseLost(OutingInput) -> ReviewView = close_lost;
    /// A finding may stand.
    AcceptFinding(AcceptInput) -> ReviewView = accept_finding;
    /// *Firma e manda la verifica*.
    SignOff(SignInput) -> ReviewView = sign_off;
    /// *Rettifica*.
    Amend(AmendInput) -> ReviewView = amend;

    /// *La notte*: every record, for the lead.
    NightList(OutingInput) -> NightListView = night_list;
    /// A contact is corrected.
    ReviseContact(ReviseContactInput) -> NightListView = revise_contact;
    /// A record is taken back.
    TakeBack(TakeBackInput) -> NightListView = take_back;
    /// The note is taken away.
    DropNote(OutingInput) -> NightListView = drop_note;

    /// One round with the server, then where the outing's records are.
    Send(OutingInput) -> SendView = send;
    /// Where the outing's records are, without a round.
    SendStatus(OutingInput) -> SendView = send_status;

    /// The desk looks at the server.
    DeskUpdate(Nothing) -> DeskStatusView = desk_update;
    /// How far that has come.
    DeskProgress(Nothing) -> PullProgressView = desk_progress;
    /// Counts some of what is not counted yet.
    CountSome(Nothing) -> CountingView = count_some;
    /// The frame around every page of the desk.
    DeskFrame(Nothing) -> DeskFrameView = desk_frame;
    /// *Settimana*, and longer periods.
    Period(PeriodInput) -> PeriodView = period;
    /// Where a number comes from.
    Explain(ExplainInput) -> ExplainView = explain;
    /// *Invii* at the desk.
    Board(BoardInput) -> BoardView = board;
    /// *Segna*: a referral goes on.
    AdvanceAtDesk(BoardStepInput) -> BoardView = advance_at_desk;
    /// *Nuovo invio* at the desk.
    OpenAtDesk(DeskReferralInput) -> BoardView = open_at_desk;
    /// *Togli l'ultimo passo*.
    TakeBackStep(TakeBackStepInput) -> BoardView = take_back_step;
    /// *Accessi e incontri*.
    Office(OfficeInput) -> OfficeView = office;
    /// *Salva* there.
    NoteOffice(NoteOfficeInput) -> OfficeView = note_office;
    /// *Correggi* there.
    CorrectOffice(CorrectOfficeInput) -> OfficeView = correct_office;
    /// *Rilasci*.
    Releases(Nothing) -> ReleasesView = releases;
    /// *Anteprima*: what a document would be.
    PreviewRelease(WishInput) -> PreviewView = preview_release;
    /// *Crea e scrivi nel registro*.
    MakeRelease(MakeReleaseInput) -> MadeReleaseView = write_release;
    /// A document as its recipient reads it.
    ReleaseDocument(ReleaseInput) -> ReleaseDocumentView = release_document;
    /// A file of it.
    SaveRelease(SaveReleaseInput) -> ReleaseFileView = save_release;
    /// *Pubblica*.
    PublishRelease(PublishInput) -> PublishedView = publish;
    /// *Ritira*.
    WithdrawRelease(WithdrawInput) -> ReleasesView = withdraw;
    /// *Uscite*.
    Nights(NightsInput) -> NightsView = nights;
    /// One night of them.
    DeskNight(DeskNightInput) -> DeskNightView = desk_night;
    /// *Pianifica*.
    PlanOutings(PlanInput) -> NightsView = plan_outings;
    /// A plan is moved, cancelled, restored, taken away.
    ChangePlan(ChangePlanInput) -> NightsView = change_plan;
    /// *Scorte* of the desk.
    Depot(DepotInput) -> DepotView = depot;
    /// What is delivered, counted, ordered there.
    NoteDepot(DepotNoteInput) -> DepotView = note_depot;
    /// *Dispositivi*.
    Devices(Nothing) -> DevicesView = devices;
    /// *Revoca*.
    RevokeDevice(RevokeInput) -> DevicesView = revoke_device;
    /// *Ordina la cancellazione*.
    OrderWipe(WipeInput) -> DevicesView = order_wipe;
    /// Release from quarantine, or drop.
    DecideQuarantine(DecideInput) -> DevicesView = decide_quarantine;
    /// *Rinnova* the manifest.
    RenewManifest(Nothing) -> DevicesView = renew_manifest;
    /// *Cambia le chiavi del programma*: new ones, which wait until their sheet was checked.
    ChangeKeys(ChangeKeysInput) -> RecoverySheetView = change_keys;
    /// The words that the new sheet asks for.
    ConfirmKeys(CheckSheetInput) -> ChangedKeysView = confirm_keys;
    /// The change is given up.
    KeepKeys(Nothing) -> DevicesView = keep_keys;
    /// *Aggiungi un dispositivo*: a code for it.
    InviteDevice(InviteInput) -> InviteView = invite_device;
    /// Who came with a code.
    PendingDevices(Nothing) -> PendingView = pending_devices;
    /// The six words are the same.
    ApproveDevice(ApproveInput) -> DevicesView = approve_device;
    /// They are not.
    TurnAwayDevice(ApproveInput) -> PendingView = turn_away_device;
    /// *Rubrica e liste*.
    Lists(Nothing) -> ListsView = lists;
    /// What a change of them would do.
    CheckLists(ListsInput) -> ListsPreview = check_lists;
    /// *Firma e manda*.
    ChangeLists(ListsInput) -> ListsView = change_lists;
    /// *Manda*: the lists in force, to the server.
    PublishLists(Nothing) -> ListsView = publish_lists;
    /// *Lascia*: a proposal is not followed.
    KeepAsIs(KeepInput) -> ListsView = keep_as_is;
    /// *Registro*.
    Register(RegisterInput) -> RegisterView = register;
    /// *Esporta firmato*.
    ExportRegister(Nothing) -> RegisterFileView = export_register;
    /// How hard a passphrase is to guess, while it is chosen.
    WeighPassphrase(WeighInput) -> WeighView = weigh_passphrase;
    /// *Nuovo progetto*: the keys of a new programme.
    Found(FoundInput) -> SessionView = found;
    /// *Riprendi da un foglio di recupero*.
    RecoverProgramme(RecoverInput) -> RecoverView = recover_programme;
    /// How far the first start has come.
    Founding(Nothing) -> FoundingView = founding;
    /// Name, organisations, first unit.
    FoundProgramme(FoundProgrammeInput) -> FoundingView = found_programme;
    /// Where the server is.
    ChooseServer(ServerInput) -> ServerView = choose_server;
    /// The recovery sheet, until it was checked.
    RecoverySheet(Nothing) -> RecoverySheetView = recovery_sheet;
    /// Words copied from the paper.
    CheckSheet(CheckSheetInput) -> SheetCheckView = check_sheet;
    /// Zones, crews, threshold.
    FoundLists(FoundListsInput) -> FoundingView = found_lists;
    /// The first manifest goes to the server.
    FinishFounding(FinishInput) -> FinishView = finish_founding;
    /// Where this device stands: how fresh its manifest is, whether it is revoked.
    Standing(Nothing) -> StandingView = standing;
}

#[cfg(test)]
mod tests;
