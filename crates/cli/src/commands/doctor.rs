//! `uscita doctor`: how the desk stands. Looks, and changes nothing.

use super::{now, print, print_json, replay::progress};
use crate::arguments::DoctorArguments;
use crate::failure::Failure;
use crate::office;
use crate::room::Room;
use crate::say::{Arguments, Say, arguments};
use chrono::{DateTime, TimeDelta, Utc};
use domain::sync::manifest::Role;
use notebook::desk::{DeskHealth, ServerHealth};
use notebook::error::{ErrorCode, NotebookError};
use serde::Serialize;

/// A desk that has not looked at the server for longer than this may not know what came.
const LOOK_DAYS: i64 = 8;
/// Days before the end of a manifest in which it should be signed anew.
const RENEW_DAYS: i32 = 7;
/// A clock that is off by more than this is refused by the server.
const CLOCK_OFF: TimeDelta = TimeDelta::minutes(5);

/// How a check ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
enum Outcome {
    /// Nothing to do.
    Well,
    /// Somebody should look.
    Attention,
    /// Data are in danger, or the desk does not work.
    Broken,
}

impl Outcome {
    const fn key(self) -> &'static str {
        match self {
            Self::Well => "doctor-well",
            Self::Attention => "doctor-attention",
            Self::Broken => "doctor-broken",
        }
    }

    const fn exit(self) -> u8 {
        match self {
            Self::Well => 0,
            Self::Attention => 1,
            Self::Broken => 2,
        }
    }
}

/// One finding.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
struct Check {
    /// What was looked at.
    about: &'static str,
    outcome: Outcome,
    /// The code of the fault, where there is one.
    code: Option<ErrorCode>,
    sentence: String,
}

/// Everything that was seen.
struct Seen {
    desk: Result<DeskHealth, ErrorCode>,
    /// None if it was not asked.
    server: Option<Result<ServerHealth, ErrorCode>>,
    room: Option<Room>,
    now: DateTime<Utc>,
}

pub(super) fn run(given: &DoctorArguments, say: &Say) -> Result<(), Failure> {
    let seen = look(given, say)?;
    let checks = Examiner { say }.checks(&seen);
    let worst = checks.iter().map(|check| check.outcome).max().unwrap_or(Outcome::Well);
    if say.is_json() {
        print_json(&serde_json::json!({ "outcome": worst, "checks": checks }))?;
    } else {
        for check in &checks {
            print(&format!("{:<10}  {}", say.text(check.outcome.key()), check.sentence))?;
        }
    }
    if worst == Outcome::Well { Ok(()) } else { Err(Failure::Unhealthy(worst.exit())) }
}

fn look(given: &DoctorArguments, say: &Say) -> Result<Seen, Failure> {
    let moment = now();
    let room = Room::of(&given.home.home);
    let unopened = |error| Seen { desk: Err(error), server: None, room, now: moment.now };
    let notebook = match given.home.open_notebook(say) {
        Ok(notebook) => notebook,
        Err(Failure::Notebook(error)) => return Ok(unopened(error.code)),
        Err(failure) => return Err(failure),
    };
    let bar = progress(0);
    bar.set_message(say.text("doctor-counting"));
    let desk = notebook.examine(moment, |counted| {
        bar.set_length(counted.of);
        bar.set_position(counted.done);
    });
    bar.finish_and_clear();
    let ask = || notebook.examine_server(&office::client(&notebook)?, moment).map_err(Failure::from);
    let server = (!given.offline).then(ask).map(|answer| match answer {
        Ok(health) => Ok(Ok(health)),
        Err(Failure::Notebook(error)) => Ok(Err(error.code)),
        Err(failure) => Err(failure),
    });
    Ok(Seen {
        desk: desk.map_err(|error| NotebookError::code(&error)),
        server: server.transpose()?,
        room,
        now: moment.now,
    })
}

/// Makes sentences of what was seen.
struct Examiner<'a> {
    say: &'a Say,
}

impl Examiner<'_> {
    fn checks(&self, seen: &Seen) -> Vec<Check> {
        let mut checks = match &seen.desk {
            Ok(desk) => self.desk(desk, seen.now),
            Err(code) => vec![self.notebook(*code)],
        };
        if let Some(server) = &seen.server {
            checks.extend(self.server(server, seen.desk.as_ref().ok()));
        }
        checks.extend(seen.room.map(|room| self.room(room)));
        checks
    }

    fn check(&self, about: &'static str, outcome: Outcome, key: &str) -> Check {
        self.check_with(about, outcome, key, &Arguments::new())
    }

    fn check_with(&self, about: &'static str, outcome: Outcome, key: &str, words: &Arguments) -> Check {
        Check { about, outcome, code: None, sentence: self.say.with(key, words) }
    }

    fn counted(&self, about: &'static str, outcome: Outcome, key: &str, n: u64) -> Check {
        Check { about, outcome, code: None, sentence: self.say.counted(key, n) }
    }

    /// What a code says: what is wrong, and what to do.
    fn fault(&self, about: &'static str, outcome: Outcome, code: ErrorCode) -> Check {
        let line = |part: &str| self.say.text(&format!("error-{code}-{part}"));
        let safe = self.say.with("failure-safe", &arguments([("safe", line("safe"))]));
        let sentence = format!("{code}: {} {safe} {}", line("what"), line("do"));
        Check { about, outcome, code: Some(code), sentence }
    }

    /// A notebook that does not open. One that is open in the window is well as far as can be seen.
    fn notebook(&self, code: ErrorCode) -> Check {
        let outcome = if code == ErrorCode::Busy { Outcome::Attention } else { Outcome::Broken };
        self.fault("notebook", outcome, code)
    }

    fn desk(&self, desk: &DeskHealth, now: DateTime<Utc>) -> Vec<Check> {
        use Outcome::{Attention, Broken, Well};
        let mut checks = vec![match desk.pages {
            None => self.check("notebook", Well, "doctor-notebook"),
            Some(code) => self.fault("notebook", Broken, code),
        }];
        if desk.journal_was_rebuilt {
            checks.push(self.check("journal", Attention, "doctor-journal-rebuilt"));
        }
        checks.push(match &desk.sums {
            Ok(weeks) if weeks.is_empty() => self.check("sums", Well, "doctor-sums"),
            Ok(weeks) => {
                let weeks: Vec<String> = weeks.iter().map(ToString::to_string).collect();
                self.check_with("sums", Attention, "doctor-sums-unequal", &arguments([("weeks", weeks.join(", "))]))
            }
            Err(code) => self.fault("sums", Broken, *code),
        });
        checks.push(match desk.register {
            Ok((lines, None)) => self.counted("register", Well, "doctor-register", lines),
            Ok((_, Some(line))) => self.counted("register", Broken, "doctor-register-broken", line),
            Err(code) => self.fault("register", Broken, code),
        });
        checks.push(self.role(desk));
        checks.push(self.manifest(desk));
        checks.push(match desk.looked_at.map(|at| now.signed_duration_since(at).num_days()) {
            None => self.check("look", Attention, "doctor-look-never"),
            Some(days) if days > LOOK_DAYS => {
                self.counted("look", Attention, "doctor-look-old", u64::try_from(days).unwrap_or_default())
            }
            Some(days) => self.counted("look", Well, "doctor-look", u64::try_from(days).unwrap_or_default()),
        });
        checks.push(match (desk.unsent, desk.not_backed_up) {
            (0, 0) => self.check("copies", Well, "doctor-copies"),
            (0, waiting) => self.counted("copies", Well, "doctor-copies-waiting", waiting),
            (unsent, _) => self.counted("copies", Attention, "doctor-unsent", unsent),
        });
        if desk.set_aside > 0 {
            checks.push(self.counted("set_aside", Attention, "doctor-set-aside", desk.set_aside.into()));
        }
        checks
    }

    fn role(&self, desk: &DeskHealth) -> Check {
        match desk.role {
            _ if desk.is_revoked => self.fault("keys", Outcome::Broken, ErrorCode::Revoked),
            None => self.fault("keys", Outcome::Broken, ErrorCode::NotEnrolled),
            Some(Role::Member | Role::Lead) => self.fault("keys", Outcome::Broken, ErrorCode::NotAllowed),
            Some(role) => {
                let role = self.say.text(&format!("devices-role-{role}"));
                self.check_with("keys", Outcome::Well, "doctor-keys", &arguments([("role", role)]))
            }
        }
    }

    fn manifest(&self, desk: &DeskHealth) -> Check {
        use Outcome::{Attention, Broken, Well};
        let days = desk.expires_in_days.unwrap_or_default();
        match desk.manifest {
            Err(code) => self.fault("manifest", Broken, code),
            Ok(_) if days < 0 => self.check("manifest", Attention, "doctor-manifest-over"),
            Ok(_) if desk.manifest_waits => self.check("manifest", Attention, "doctor-manifest-waits"),
            Ok(_) => {
                let outcome = if days < RENEW_DAYS { Attention } else { Well };
                self.counted("manifest", outcome, "doctor-manifest", u64::try_from(days).unwrap_or_default())
            }
        }
    }

    fn server(&self, server: &Result<ServerHealth, ErrorCode>, desk: Option<&DeskHealth>) -> Vec<Check> {
        use Outcome::{Attention, Broken, Well};
        let health = match server {
            Ok(health) => *health,
            Err(code @ (ErrorCode::ServerIdentity | ErrorCode::BadManifest)) => {
                return vec![self.fault("server", Broken, *code)];
            }
            Err(code) => return vec![self.fault("server", Attention, *code)],
        };
        let is_behind = desk.is_some_and(|desk| desk.manifest.is_ok_and(|own| own != health.manifest));
        let answers = match is_behind {
            true => self.check("server", Attention, "doctor-server-other"),
            false => self.check("server", Well, "doctor-server"),
        };
        let minutes = health.clock_ahead.num_minutes();
        let off = arguments([("minutes", minutes.abs().to_string())]);
        let clock = if health.clock_ahead.abs() <= CLOCK_OFF {
            self.check("clock", Well, "doctor-clock")
        } else if minutes > 0 {
            self.check_with("clock", Attention, "doctor-clock-ahead", &off)
        } else {
            self.check_with("clock", Attention, "doctor-clock-behind", &off)
        };
        vec![answers, clock]
    }

    fn room(&self, room: Room) -> Check {
        let words = arguments([("mib", room.free_mib.to_string()), ("percent", room.percent.to_string())]);
        let (outcome, key) =
            if room.is_enough() { (Outcome::Well, "doctor-disk") } else { (Outcome::Attention, "doctor-disk-low") };
        self.check_with("disk", outcome, key, &words)
    }
}

#[cfg(test)]
mod tests;
