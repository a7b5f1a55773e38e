//! Plays a scenario through two real phones, a real server process and a real desk.
//!
//! Nothing is put into a notebook from behind: the phones get the commands that the screens give, in the order of the
//! scenario's time; the lead reviews and signs; the desk fetches from the server and counts. The devices live in the
//! scenario's time, the server in its own: rounds with the server settle the difference as they do for a phone whose
//! clock is wrong.
//!
//! | module | what |
//! |---|---|
//! | [`plan`] | who writes what, when; pure |
//! | [`server`] | the server's process |
//! | [`seat`] | one device, and the time of the scenario |
//! | [`stage`] | programme, server and enrolled devices |
//! | [`night`] | a night on two phones, and its review |
//! | [`unfinished`] | what is still to be reviewed when the week is over |
//! | [`office`] | what the desk writes |
//! | [`report`] | the figures of a play |

mod night;
mod office;
mod plan;
mod report;
mod seat;
mod server;
mod stage;
mod unfinished;

pub use report::Report;
pub use seat::{SceneClock, Seat, part, runtime};
pub use server::{ServerProcess, ServerSite};
pub use stage::{Secrets, Stage, StageSetup, before, programme_of};
pub use unfinished::{FollowUp, LateStep, Unfinished};

use crate::failure::Failure;
use crate::scenario::{DeviceScript, Scenario};
use chrono::{DateTime, Utc};
use night::{Made, Phones, with_patience};
use notebook::command::Command;
use notebook::view::Nothing;
use plan::{Plan, Step};

/// What is going on, for whoever watches.
#[derive(Clone, Debug)]
pub enum Progress {
    /// A night begins: outing by index.
    Night(usize),
    /// The lead reviews: outing by index.
    Review(usize),
    /// The desk fetches and writes.
    Desk,
}

/// How many times [`play`] tells how far it is.
#[must_use]
pub fn steps(scenario: &Scenario) -> usize {
    scenario.outings.len() * 2 + 1
}

/// Plays the scenario to its end and tells what the desk has counted. The desk does its work two days after the last
/// date of the scenario, but `not_after` this instant.
///
/// # Errors
/// [`Failure::Refused`] with the place in the file, where a notebook does not record something; whatever goes wrong
/// between devices and server.
pub fn play(
    stage: &Stage,
    scenario: &Scenario,
    not_after: DateTime<Utc>,
    watch: impl FnMut(Progress),
) -> Result<Report, Failure> {
    play_with(stage, scenario, None, not_after, watch)
}

/// As [`play`], with what the unit still has to look at when the week is over.
///
/// # Errors
/// As [`play`].
pub fn play_with(
    stage: &Stage,
    scenario: &Scenario,
    unfinished: Option<&Unfinished>,
    not_after: DateTime<Utc>,
    mut watch: impl FnMut(Progress),
) -> Result<Report, Failure> {
    let plan = Plan::of(scenario);
    let mut made = Made::default();
    let phones =
        Phones { scenario, clock: &stage.clock, lead: &stage.lead, member: &stage.member, secrets: &stage.secrets };
    for step in &plan.steps {
        match step {
            Step::Night(night) => {
                watch(Progress::Night(night.outing));
                phones.play(night, &mut made)?;
            }
            Step::Review(outing) => {
                watch(Progress::Review(*outing));
                phones.review(*outing, &made)?;
            }
        }
    }
    if let Some(unfinished) = unfinished {
        unfinished.play(&phones, &made)?;
    }
    watch(Progress::Desk);
    stage.clock.set(plan.closing.min(not_after).max(stage.clock.now()));
    update(stage)?;
    for step in &plan.office {
        office::write(&stage.desk, scenario, step, &mut made)?;
    }
    update(stage)?;
    // The desk holds copies now: the phones hear that theirs are safe.
    for outing in made.outings.values() {
        phones.send(DeviceScript::D1, *outing)?;
    }
    let aliases = {
        stage.lead.ask(Command::Lock(Nothing {}))?;
        let lead = stage.open_notebook(&stage.lead, &stage.secrets.pin)?;
        report::aliases(&lead, &made)?
    };
    stage.desk.session().at_desk(|notebook, _| Ok(report::report(scenario, notebook, &made, &aliases)))?
}

/// The desk's look at the server.
fn update(stage: &Stage) -> Result<(), Failure> {
    with_patience(|| stage.desk.ask(Command::DeskUpdate(Nothing {})))
}
