//! The second phone comes back after the signature: its records are counted once the lead amends, as a *rettifica*.

use super::programs::server;
use chrono::{DateTime, Utc};
use domain::contact::{ContactKind, Gender, TargetGroup};
use domain::ids::{OperationId, OutingId};
use domain::operation::AmendmentReason;
use domain::outing::{CrewMember, CrewRole, OutingType, Weather};
use domain::time::{IsoWeek, SpanKind};
use notebook::command::Command;
use notebook::error::ErrorCode;
use notebook::view::{
    AmendInput, CardInput, CellView, CloseInput, ContactInput, DetailsInput, Face, Nothing, OutingInput, PeriodInput,
    PeriodView, SignInput, StartInput,
};
use serde_json::json;
use uscita_cli::failure::Failure;
use uscita_cli::play::{Seat, Secrets, ServerProcess, ServerSite, Stage, StageSetup, before, part, programme_of};
use uscita_cli::programme::lists;
use uscita_cli::scenario::Scenario;
use zeroize::Zeroizing;

pub(super) fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

/// Starts the server of a stage, as often as it was ended.
pub(super) struct Start {
    pub(super) site: ServerSite,
    admin_key: String,
    programme: String,
}

impl Start {
    pub(super) fn start(&self) -> ServerProcess {
        self.site.start(&self.admin_key, &self.programme).unwrap()
    }
}

pub(super) fn stage(home: &std::path::Path) -> (Stage, ServerProcess) {
    let (stage, process, _) = stage_again(home);
    (stage, process)
}

pub(super) fn stage_again(home: &std::path::Path) -> (Stage, ServerProcess, Start) {
    let outing = json!({
        "id": "O1", "type": "street_night", "crew": ["OP-A", "OP-B"], "start": "2026-03-12T21:30:00+01:00",
        "end": "2026-03-13T02:45:00+01:00", "reviewed_at": "2026-03-13T10:20:00+01:00",
    });
    let week = json!({ "iso_week": "2026-W11", "team": "BS-U1", "outings": [outing] });
    let scenario = Scenario::read(&week.to_string(), &lists()).unwrap();
    let site = ServerSite::new(Some(&server()), home.join("server")).unwrap();
    let programme = programme_of(&scenario, |zone| zone.to_string()).unwrap();
    let secrets = Secrets {
        pin: Zeroizing::new("739164".to_owned()),
        review_pin: Zeroizing::new("60381947".to_owned()),
        passphrase: Zeroizing::new("una frase lunga e segreta".to_owned()),
    };
    let setup = StageSetup {
        home,
        server: site.url(),
        server_key: site.public_key().unwrap(),
        alias_key: None,
        secrets,
        now: before(&scenario),
    };
    let mut keys = None;
    let mut process = None;
    let stage = Stage::set_up(setup, programme, |admin_key, programme| {
        keys = Some((admin_key.to_owned(), programme.to_string()));
        process = Some(site.start(admin_key, &programme.to_string())?);
        Ok(())
    });
    let (admin_key, programme) = keys.unwrap();
    (stage.unwrap(), process.unwrap(), Start { site, admin_key, programme })
}

pub(super) fn start(seat: &Seat, partner_code: Option<String>) -> (OutingId, String) {
    let member = |code: &str| CrewMember { operator: domain::ids::OperatorCode::new(code), role: CrewRole::Operator };
    let input = StartInput {
        outing_type: OutingType::StreetNight,
        crew: vec![member("OP-A"), member("OP-B")],
        bag: Vec::new(),
        zones: vec![domain::ids::ZoneCode::new("Z1")],
        short_crew: None,
        partner_code,
    };
    let view = seat.ask(Command::StartOuting(input)).unwrap();
    (part(&view, "/view/outing_id").unwrap(), part(&view, "/view/code").unwrap())
}

pub(super) fn meet(seat: &Seat, gender: Gender) {
    let base = CardInput { gender, kind: ContactKind::First, target_group: TargetGroup::Person, n_persons: 1 };
    let card: OperationId = part(&seat.ask(Command::OpenCard(base.clone())).unwrap(), "/card").unwrap();
    let input = ContactInput { card, base, handouts: Vec::new(), details: DetailsInput::default() };
    seat.ask(Command::SaveContact(input)).unwrap();
}

pub(super) fn close(seat: &Seat) {
    let input = CloseInput { km: None, weather: Weather::NotRecorded, note: None, coordinator_alerted: false };
    seat.ask(Command::CloseOuting(input)).unwrap();
}

pub(super) fn week(stage: &Stage) -> PeriodView {
    stage.desk.ask(Command::DeskUpdate(Nothing {})).unwrap();
    let week: IsoWeek = "2026-W11".parse().unwrap();
    let input = PeriodInput { kind: SpanKind::Week, date: Some(week.monday()), face: Face::Internal };
    stage.desk.session().period(input).unwrap()
}

pub(super) fn figure(view: &PeriodView, id: &str) -> CellView {
    view.figures.iter().find(|figure| figure.id == id).unwrap().value
}

#[test]
fn records_that_come_after_the_signature_count_once_the_lead_amends() {
    let home = tempfile::tempdir().unwrap();
    let (stage, _server) = stage(home.path());
    let Stage { clock, lead, member, .. } = &stage;
    clock.set(at("2026-03-12T20:30:00Z"));
    let (outing_id, code) = start(lead, None);
    assert_eq!(start(member, Some(code)).0, outing_id);
    clock.set(at("2026-03-12T21:30:00Z"));
    meet(lead, Gender::Woman);
    meet(member, Gender::TransWoman);
    meet(member, Gender::TransWoman);
    clock.set(at("2026-03-13T01:45:00Z"));
    close(lead);
    close(member);

    // The member's phone is lost for a while: the lead signs what is there.
    let send = |seat: &Seat| seat.ask(Command::Send(OutingInput { outing_id })).unwrap();
    clock.set(at("2026-03-13T09:00:00Z"));
    send(lead);
    let operator = domain::ids::OperatorCode::new("OP-A");
    stage.step_up().unwrap();
    lead.ask(Command::SignOff(SignInput { outing_id, operator: operator.clone(), without: 0 })).unwrap();
    send(lead);
    let signed = week(&stage);
    assert_eq!(figure(&signed, "contacts"), CellView::Shown(1));
    assert_eq!(figure(&signed, "amendments"), CellView::Shown(0));

    clock.set(at("2026-03-14T09:00:00Z"));
    send(member);
    send(lead);
    assert_eq!(figure(&week(&stage), "contacts"), CellView::Shown(1), "what came later waits for the lead");
    let again = lead.ask(Command::Review(OutingInput { outing_id }));
    assert!(matches!(again, Err(Failure::Notebook(error)) if error.code == ErrorCode::StepUpFirst), "a day later");
    stage.step_up().unwrap();
    let review = lead.ask(Command::Review(OutingInput { outing_id })).unwrap();
    assert!(
        part::<u32>(&review, "/outing/late").unwrap() >= 4,
        "opening, stop, two contacts and close of the second phone"
    );
    lead.ask(Command::Amend(AmendInput { outing_id, operator, reason: AmendmentReason::LateDevice, without: 0 }))
        .unwrap();
    send(lead);
    let amended = week(&stage);
    assert_eq!(figure(&amended, "contacts"), CellView::Shown(3));
    assert_eq!(figure(&amended, "amendments"), CellView::Shown(1), "a rettifica of this week");
    assert_eq!(figure(&amended, "outings"), CellView::Shown(1), "the second version took the place of the first");
    assert_eq!((amended.nights.len(), amended.nights[0].amendments), (1, 1));
}
