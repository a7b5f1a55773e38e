//! How a command fails: a code, what is wrong, whether the data are safe, what to do, and an exit code.
//!
//! | exit | when |
//! |---|---|
//! | 1 | a fault of the program |
//! | 2 | what was given cannot be used: arguments, a scenario file |
//! | 3 | the notebook says no: secret, missing, damaged, too new, disk full |
//! | 4 | the server cannot be used |
//! | 5 | a recovery brought back a part; it is written |
//! | 6 | all went well, and referrals wait for somebody |

use crate::commands::board::waiting;
use crate::say::{Arguments, Say, arguments};
use crate::scenario::{Place, Problem, ScenarioError};
use domain::recovery_words::WordsFault;
use domain::validate::{Finding, RuleId};
use notebook::error::{ErrorCode, ErrorView, NotebookError};
use notebook::view::ToDo;
use std::path::PathBuf;
use std::process::ExitCode;

/// Why a command did not do what was asked.
#[derive(Debug)]
pub enum Failure {
    /// A scenario file that cannot be played.
    Scenario(ScenarioError),
    /// A phone or the desk refused a record of the scenario.
    Refused {
        /// The record's place in the file.
        place: String,
        /// What the notebook said.
        error: ErrorView,
    },
    /// A file that cannot be read.
    Unreadable(PathBuf),
    /// A place that cannot be written.
    Unwritable(PathBuf),
    /// No server program.
    NoServer(PathBuf),
    /// The server did not come up; with what it wrote.
    ServerSilent(String),
    /// No passphrase was given.
    NoPassphrase,
    /// Recovery words that are not.
    Words(WordsFault),
    /// A text that is no recovery key.
    NoIdentity(PathBuf),
    /// A text that is no programme's key.
    NoAdminKey,
    /// The recovery words are another programme's.
    OtherWords,
    /// A place where something is already.
    Exists(PathBuf),
    /// Not everything came back; what did is written here.
    Partial(PathBuf),
    /// Referrals wait for somebody: no fault, but somebody should look.
    Waiting(ToDo),
    /// The notebook says no.
    Notebook(ErrorView),
}

impl From<WordsFault> for Failure {
    fn from(fault: WordsFault) -> Self {
        Self::Words(fault)
    }
}

impl From<ScenarioError> for Failure {
    fn from(error: ScenarioError) -> Self {
        Self::Scenario(error)
    }
}

impl From<ErrorView> for Failure {
    fn from(error: ErrorView) -> Self {
        Self::Notebook(error)
    }
}

impl From<NotebookError> for Failure {
    fn from(error: NotebookError) -> Self {
        Self::Notebook(error.into())
    }
}

impl Failure {
    /// A fault of this program, with its place.
    #[must_use]
    pub const fn internal(place: &'static str) -> Self {
        Self::Notebook(ErrorView::internal(place))
    }

    /// The same failure, at the place of the scenario that was being played. Only what the record itself is to blame
    /// for becomes a complaint about the file.
    #[must_use]
    pub fn at(self, place: &str) -> Self {
        match self {
            Self::Notebook(error) if error.code == ErrorCode::InvalidInput => {
                Self::Refused { place: place.to_owned(), error }
            }
            other => other,
        }
    }

    /// The exit code.
    #[must_use]
    pub fn exit_code(&self) -> ExitCode {
        ExitCode::from(match self {
            Self::Scenario(_)
            | Self::Refused { .. }
            | Self::Unreadable(_)
            | Self::NoPassphrase
            | Self::Words(_)
            | Self::NoIdentity(_)
            | Self::NoAdminKey
            | Self::OtherWords
            | Self::Exists(_) => 2,
            Self::Unwritable(_) => 3,
            Self::Partial(_) => 5,
            Self::Waiting(_) => 6,
            Self::NoServer(_) | Self::ServerSilent(_) => 4,
            Self::Notebook(error) => match error.code {
                ErrorCode::Internal => 1,
                ErrorCode::Unreachable
                | ErrorCode::CaptivePortal
                | ErrorCode::ServerIdentity
                | ErrorCode::ServerBusy
                | ErrorCode::Protocol => 4,
                _ => 3,
            },
        })
    }

    /// The whole message, several lines.
    #[must_use]
    pub fn message(&self, say: &Say) -> String {
        match self {
            Self::Scenario(error) => {
                let why = say.with(error.problem.key(), &problem_arguments(say, &error.problem));
                scenario_message(say, &error.place, &why, &[])
            }
            Self::Refused { place, error } => {
                scenario_message(say, &Place::Value(place.clone()), &say.text("scenario-refused"), &error.findings)
            }
            Self::Unreadable(path) => file_message(say, "FILE-02", "file-unreadable", &path.display().to_string()),
            Self::Unwritable(path) => file_message(say, "FILE-03", "file-unwritable", &path.display().to_string()),
            Self::NoServer(path) => file_message(say, "SERVER-01", "server-missing", &path.display().to_string()),
            Self::NoPassphrase => file_message(say, "FRASE-01", "passphrase-missing", ""),
            Self::Words(fault) => lines(say, "PAROLE-01", &words_what(say, *fault), None, &say.text("words-do")),
            Self::NoIdentity(path) => file_message(say, "PAROLE-02", "identity-missing", &path.display().to_string()),
            Self::NoAdminKey => file_message(say, "PAROLE-03", "admin-key", ""),
            Self::OtherWords => file_message(say, "PAROLE-04", "words-other", ""),
            Self::Exists(path) => file_message(say, "FILE-04", "file-exists", &path.display().to_string()),
            Self::Partial(path) => file_message(say, "RECUPERO-01", "recover-partial", &path.display().to_string()),
            Self::ServerSilent(output) => {
                let said =
                    lines(say, "SERVER-02", &say.text("server-silent-what"), None, &say.text("server-silent-do"));
                format!("{said}\n{}", output.trim_end())
            }
            Self::Waiting(to_do) => say.counted("board-waiting", waiting(*to_do)),
            Self::Notebook(error) => notebook_message(say, error),
        }
    }
}

fn problem_arguments(say: &Say, problem: &Problem) -> Arguments {
    match problem {
        Problem::NotWhole { min, max } => arguments([("min", min.to_string()), ("max", max.to_string())]),
        Problem::NotCode { allowed } => arguments([("allowed", allowed.clone())]),
        Problem::Rule(rule) => arguments([("rule", rule.to_string()), ("text", rule_text(say, *rule))]),
        _ => Arguments::new(),
    }
}

fn rule_text(say: &Say, rule: RuleId) -> String {
    say.text(&format!("finding-{rule}"))
}

fn words_what(say: &Say, fault: WordsFault) -> String {
    let number = |n: usize| u64::try_from(n).unwrap_or(u64::MAX);
    match fault {
        WordsFault::Count(count) => say.counted("words-count", number(count)),
        WordsFault::Unknown(place) => say.counted("words-unknown", number(place)),
        WordsFault::Checksum => say.text("words-checksum"),
    }
}

fn scenario_message(say: &Say, place: &Place, why: &str, findings: &[Finding]) -> String {
    let what = say.with("scenario-wrong", &arguments([("why", why.to_owned())]));
    let place = place.to_string();
    let place = (!place.is_empty()).then_some(place);
    let mut message = lines(say, "FILE-01", &what, place.as_deref(), &say.text("scenario-do"));
    for finding in findings {
        let rule = arguments([("rule", finding.rule.to_string()), ("text", rule_text(say, finding.rule))]);
        message.push('\n');
        message.push_str(&say.with("failure-rule", &rule));
    }
    message
}

fn file_message(say: &Say, code: &str, key: &str, place: &str) -> String {
    let place = (!place.is_empty()).then_some(place);
    lines(say, code, &say.text(&format!("{key}-what")), place, &say.text(&format!("{key}-do")))
}

fn notebook_message(say: &Say, error: &ErrorView) -> String {
    let code = error.code.code();
    let line = |part: &str| say.text(&format!("error-{code}-{part}"));
    let mut message = say.with("failure", &arguments([("code", error.to_string()), ("what", line("what"))]));
    message.push('\n');
    message.push_str(&say.with("failure-safe", &arguments([("safe", line("safe"))])));
    message.push('\n');
    message.push_str(&say.with("failure-do", &arguments([("todo", line("do"))])));
    for finding in &error.findings {
        let rule = arguments([("rule", finding.rule.to_string()), ("text", rule_text(say, finding.rule))]);
        message.push('\n');
        message.push_str(&say.with("failure-rule", &rule));
    }
    message
}

/// Code and what is wrong, place, whether the data are safe, what to do.
fn lines(say: &Say, code: &str, what: &str, place: Option<&str>, todo: &str) -> String {
    let mut lines = vec![say.with("failure", &arguments([("code", code.to_owned()), ("what", what.to_owned())]))];
    if let Some(place) = place {
        lines.push(say.with("failure-place", &arguments([("place", place.to_owned())])));
    }
    lines.push(say.with("failure-safe", &arguments([("safe", say.text("failure-none-touched"))])));
    lines.push(say.with("failure-do", &arguments([("todo", todo.to_owned())])));
    lines.join("\n")
}
