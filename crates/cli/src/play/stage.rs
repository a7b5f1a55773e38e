//! A programme with its server, two phones and a desk, enrolled by the real protocol.

use super::night::view_of;
use super::seat::{SceneClock, Seat, part, runtime};
use crate::failure::Failure;
use crate::office::{self, Founded};
use crate::programme::{Beginning, beginning, minor_steps};
use crate::scenario::Scenario;
use chrono::{DateTime, TimeDelta, Utc};
use data_encoding::BASE64URL_NOPAD;
use domain::ids::{OperatorCode, ProgrammeId, UnitId, ZoneCode};
use domain::programme::Programme;
use domain::sync::chain::Bytes;
use domain::sync::manifest::Role;
use notebook::command::Command;
use notebook::entropy::{Entropy, Moment};
use notebook::error::ErrorCode;
use notebook::notebook::Notebook;
use notebook::programme_new::{NewProgramme, RecoverySecret};
use notebook::session::Seat as SeatKind;
use notebook::sync::client::HttpClient;
use notebook::sync::enrol_desk;
use notebook::sync::invitation::CodeForm;
use notebook::view::{EnrolInput, EnrolmentInput, Nothing, SetReviewPinInput, StepUpInput, UnlockInput};
use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;
use tokio::runtime::Runtime;
use zeroize::Zeroizing;

/// Name of the programme that scenarios play in.
const NAME: &str = "Progetto di prova";
/// Days between the making of a synthetic programme and its first outing.
const LEAD_TIME: TimeDelta = TimeDelta::days(60);

/// What opens the devices of a stage.
#[derive(Clone)]
pub struct Secrets {
    /// PIN of both phones.
    pub pin: Zeroizing<String>,
    /// Step-up PIN of the lead's phone, chosen when it is first needed.
    pub review_pin: Zeroizing<String>,
    /// Passphrase of the desk.
    pub passphrase: Zeroizing<String>,
}

/// How a stage is made.
pub struct StageSetup<'a> {
    /// Folder of the devices: `lead`, `member`, `desk`.
    pub home: &'a Path,
    /// Address at which the server will answer.
    pub server: String,
    /// The server's public key, as the server writes it.
    pub server_key: String,
    /// Key of the person tokens; drawn at random if absent.
    pub alias_key: Option<Bytes>,
    /// What opens the devices.
    pub secrets: Secrets,
    /// The time at which everything begins.
    pub now: DateTime<Utc>,
}

/// Programme, server and enrolled devices, open.
pub struct Stage {
    /// The time of the scenario.
    pub clock: SceneClock,
    /// The lead's phone, D1.
    pub lead: Seat,
    /// The member's phone, D2.
    pub member: Seat,
    /// The desk.
    pub desk: Seat,
    /// What opens them.
    pub secrets: Secrets,
    /// What opens everything without them.
    pub recovery: RecoverySecret,
}

impl Stage {
    /// Makes the programme, has the server started with its keys, and enrols the devices.
    ///
    /// # Errors
    /// What founding, the server and enrolling give.
    pub fn set_up(
        setup: StageSetup<'_>,
        programme: Programme,
        start: impl FnOnce(&str, ProgrammeId) -> Result<(), Failure>,
    ) -> Result<Self, Failure> {
        let StageSetup { home, server, server_key, alias_key, secrets, now } = setup;
        let key = BASE64URL_NOPAD.decode(server_key.as_bytes()).map_err(|_| Failure::internal("server key"))?;
        let unit = programme.units.first().map(|unit| unit.id.clone()).ok_or(Failure::internal("unit"))?;
        let new = NewProgramme { programme, server: server.clone(), server_key: Bytes(key), alias_key };
        let (clock, runtime) = (SceneClock::at(now), runtime()?);
        let desk_folder = home.join("desk");
        let founded = office::found(&desk_folder, &secrets.passphrase, new, Moment::at(now))?;
        let Founded { mut notebook, programme, admin_key, recovery } = founded;
        start(&admin_key, programme)?;
        let client = office::client(&notebook)?;
        enrol_desk::publish(&mut notebook, &client, Moment::at(now))?;
        let mut phones = Vec::new();
        for (name, role) in [("lead", Role::Lead), ("member", Role::Member)] {
            let seat = Seat::open(&home.join(name), SeatKind::Phone, clock.for_device(), &runtime)?;
            let enrolment = Enrolment { server: &server, pin: &secrets.pin, role, unit: &unit, now };
            enrolment.carry_out(&mut notebook, &client, &seat)?;
            phones.push(seat);
        }
        notebook.lock()?;
        let desk = unlocked_desk(&desk_folder, &secrets, &clock, &runtime)?;
        let [lead, member]: [Seat; 2] = phones.try_into().map_err(|_| Failure::internal("phones"))?;
        Ok(Self { clock, lead, member, desk, secrets, recovery })
    }

    /// The lead gives the step-up PIN, as before every review.
    ///
    /// # Errors
    /// What the notebook says.
    pub fn step_up(&self) -> Result<(), Failure> {
        step_up(&self.lead, &self.secrets)
    }

    /// Opens the notebook of a device whose session is locked.
    ///
    /// # Errors
    /// What opening gives.
    pub fn open_notebook(&self, seat: &Seat, secret: &str) -> Result<Notebook, Failure> {
        office::open(&seat.folder, secret)
    }
}

/// Gives the step-up PIN on a lead's phone; chooses it where there is none yet.
pub(super) fn step_up(lead: &Seat, secrets: &Secrets) -> Result<(), Failure> {
    let [pin, review_pin] = [&secrets.pin, &secrets.review_pin].map(|secret| secret.to_string());
    match part::<String>(&lead.ask(Command::Status(Nothing {}))?, "/review")?.as_str() {
        "unset" => lead.ask(Command::SetReviewPin(SetReviewPinInput { unlock_pin: pin, review_pin })),
        _ => lead.ask(Command::StepUp(StepUpInput { pin: review_pin })),
    }?;
    Ok(())
}

fn unlocked_desk(
    folder: &Path,
    secrets: &Secrets,
    clock: &SceneClock,
    runtime: &Arc<Runtime>,
) -> Result<Seat, Failure> {
    let desk = Seat::open(folder, SeatKind::Desk, clock.for_device(), runtime)?;
    desk.ask(Command::Unlock(UnlockInput { pin: secrets.passphrase.to_string() }))?;
    Ok(desk)
}

/// One phone that is to take part.
struct Enrolment<'a> {
    server: &'a str,
    pin: &'a str,
    role: Role,
    unit: &'a UnitId,
    now: DateTime<Utc>,
}

impl Enrolment<'_> {
    /// Code, keys, six words, signature.
    fn carry_out(&self, notebook: &mut Notebook, client: &HttpClient, seat: &Seat) -> Result<(), Failure> {
        let moment = Moment::at(self.now);
        let unit = Some(self.unit.clone());
        let code = enrol_desk::announce(notebook, client, self.role, unit, CodeForm::Typed, moment)?;
        let code = code.spoken.ok_or(Failure::internal("code"))?;
        let input = EnrolInput { server: self.server.to_owned(), code, pin: self.pin.to_owned() };
        let view = seat.ask(Command::Enrol(input))?;
        let shown: Vec<String> = part(&view, "/words")?;
        let pending = enrol_desk::list_pending(notebook, client, moment)?;
        let same_words = pending.into_iter().find(|device| device.words == shown);
        let device = same_words.ok_or(Failure::Notebook(view_of(ErrorCode::NotEnrolled)))?;
        enrol_desk::approve(notebook, client, device.device, moment)?;
        let view = seat.ask(Command::EnrolmentStatus(EnrolmentInput { words_match: true }))?;
        match part::<String>(&view, "/state")?.as_str() {
            "open" => Ok(()),
            _ => Err(Failure::Notebook(view_of(ErrorCode::NotEnrolled))),
        }
    }
}

/// The programme that a scenario plays in: its unit, its zones, its crews, its words.
///
/// # Errors
/// If the system has no randomness to give.
pub fn programme_of(scenario: &Scenario, zone_name: impl Fn(&ZoneCode) -> String) -> Result<Programme, Failure> {
    let operators: BTreeSet<&OperatorCode> = scenario.outings.iter().flat_map(|outing| &outing.crew).collect();
    let beginning_of_scenario = Beginning {
        id: ProgrammeId(Entropy::system().v4()?),
        name: NAME.to_owned(),
        days: (scenario.week.monday() - LEAD_TIME, scenario.week.sunday() + LEAD_TIME),
        k: scenario.k,
        unit: Some(scenario.team.clone()),
        operators: operators.into_iter().cloned().collect(),
        zones: scenario.zones().into_iter().map(|zone| (zone.clone(), zone_name(&zone))).collect(),
        minor_steps: minor_steps(),
        words: scenario.alias_words().into_iter().map(str::to_owned).collect(),
    };
    Ok(beginning(beginning_of_scenario))
}

/// When a scenario's devices are enrolled: before everything in it.
#[must_use]
pub fn before(scenario: &Scenario) -> DateTime<Utc> {
    let first = scenario.outings.iter().map(|outing| outing.start).min();
    let monday = scenario.week.monday().and_time(chrono::NaiveTime::MIN).and_utc();
    first.unwrap_or(monday).min(monday) - TimeDelta::days(1)
}
