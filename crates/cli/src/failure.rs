//! How a command fails: a code, what is wrong, whether the data are safe, what to do, and an exit code.
//!
//! | exit | when |
//! |---|---|
//! | 1 | a fault of the program |
//! | 2 | what was given cannot be used: arguments, a file, a key, a place where something is already |
//! | 3 | the notebook says no: secret, missing, damaged, too new, disk full; or a place cannot be written |
//! | 4 | the server cannot be used |
//! | 5 | a recovery brought back a part; it is written |
//! | 6 | all went well, and referrals wait for somebody |
//!
//! `uscita doctor` has its own: 0 well, 1 somebody should look, 2 broken.

use crate::arguments::{Complaint, ValueFault};
use crate::commands::board::waiting;
use crate::say::{Arguments, Say, arguments};
use crate::scenario::{Place, Problem, ScenarioError};
use crate::told::{Told, ToldRule, told};
use domain::recovery_words::WordsFault;
use domain::validate::{Finding, RuleId};
use notebook::desk::RegisterFault;
use notebook::error::{ErrorCode, ErrorView, NotebookError};
use notebook::view::ToDo;
use serde_json::json;
use std::path::{Path, PathBuf};

/// Why a command did not do what was asked.
#[derive(Debug)]
pub enum Failure {
    /// A command line that cannot be used.
    Arguments(Box<Complaint>),
    /// Standard output cannot be written.
    Output,
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
    /// A text that holds no lists, as `uscita programme show` writes them.
    NotLists(PathBuf),
    /// A file that is no exported register, or was changed since.
    Register(PathBuf, RegisterFault),
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
    /// Words of a new recovery sheet that are not those at these places.
    OtherSheet(String),
    /// A place where something is already.
    Exists(PathBuf),
    /// Not everything came back; what did is written here.
    Partial(PathBuf),
    /// Referrals wait for somebody: no fault, but somebody should look.
    Waiting(ToDo),
    /// What is wrong with this desk was said already; with the exit code.
    Unhealthy(u8),
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

impl From<ErrorCode> for Failure {
    fn from(code: ErrorCode) -> Self {
        Self::Notebook(ErrorView { code, place: None, wait_seconds: None, findings: Vec::new() })
    }
}

impl Failure {
    /// The codes of this program's own failures; the notebook's are [`ErrorCode`]'s.
    pub const CODES: &'static [&'static str] = &[
        "ARGOMENTI-01",
        "COPIONE-01",
        "PERCORSO-01",
        "PERCORSO-02",
        "PERCORSO-03",
        "PERCORSO-04",
        "LISTE-01",
        "REGISTRO-01",
        "REGISTRO-02",
        "REGISTRO-03",
        "REGISTRO-04",
        "PROGRAMMA-01",
        "PROGRAMMA-02",
        "FRASE-01",
        "PAROLE-01",
        "PAROLE-02",
        "PAROLE-03",
        "PAROLE-04",
        "PAROLE-05",
        "RECUPERO-01",
    ];

    /// A fault of this program, with its place.
    #[must_use]
    pub const fn internal(place: &'static str) -> Self {
        Self::Notebook(ErrorView::internal(place))
    }

    /// A command line that cannot be used, for a reason that shows only later: the key of the sentence, what it is about,
    /// and the value that does not do.
    #[must_use]
    pub fn arguments(key: &'static str, about: &str, value: Option<(&str, ValueFault)>) -> Self {
        Self::Arguments(Box::new(Complaint {
            key,
            about: about.to_owned(),
            other: value.map(|(text, _)| text.to_owned()).unwrap_or_default(),
            fault: value.map(|(_, fault)| fault),
            instead: Vec::new(),
            command: "uscita".to_owned(),
        }))
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
    pub fn exit_code(&self) -> u8 {
        match self {
            Self::Arguments(_)
            | Self::Scenario(_)
            | Self::Refused { .. }
            | Self::Unreadable(_)
            | Self::NotLists(_)
            | Self::Register(..)
            | Self::NoPassphrase
            | Self::Words(_)
            | Self::NoIdentity(_)
            | Self::NoAdminKey
            | Self::OtherWords
            | Self::OtherSheet(_)
            | Self::Exists(_) => 2,
            Self::Unwritable(_) | Self::Output => 3,
            Self::Partial(_) => 5,
            Self::Waiting(_) => 6,
            Self::NoServer(_) | Self::ServerSilent(_) => 4,
            Self::Unhealthy(exit) => *exit,
            Self::Notebook(error) => match error.code {
                ErrorCode::Internal => 1,
                ErrorCode::Unreachable
                | ErrorCode::CaptivePortal
                | ErrorCode::ServerIdentity
                | ErrorCode::ServerBusy
                | ErrorCode::ServerSetBack
                | ErrorCode::Protocol => 4,
                _ => 3,
            },
        }
    }

    /// The whole message: several lines, or one object for programs. Nothing where all is said.
    #[must_use]
    pub fn message(&self, say: &Say) -> String {
        match self.told(say) {
            Ok(told) if say.is_json() => json!({ "exit": self.exit_code(), "error": told }).to_string(),
            Ok(told) => told.text(say),
            Err(said) if say.is_json() && !said.is_empty() => {
                json!({ "exit": self.exit_code(), "said": said }).to_string()
            }
            Err(said) => said,
        }
    }

    /// What is wrong; or, where nothing is, what is to be said all the same.
    fn told(&self, say: &Say) -> Result<Told, String> {
        let at = |path: &Path| Some(path.display().to_string());
        Ok(match self {
            Self::Arguments(complaint) => of_arguments(say, complaint),
            Self::Output => {
                Told { safe: say.text("output-unwritable-safe"), ..told(say, "PERCORSO-04", "output-unwritable", None) }
            }
            Self::Scenario(error) => {
                let why = say.with(error.problem.key(), &problem_arguments(say, &error.problem));
                of_scenario(say, &error.place, why, &[])
            }
            Self::Refused { place, error } => {
                of_scenario(say, &Place::Value(place.clone()), say.text("scenario-refused"), &error.findings)
            }
            Self::Unreadable(path) => told(say, "PERCORSO-01", "file-unreadable", at(path)),
            Self::Unwritable(path) => told(say, "PERCORSO-02", "file-unwritable", at(path)),
            Self::Exists(path) => told(say, "PERCORSO-03", "file-exists", at(path)),
            Self::NotLists(path) => told(say, "LISTE-01", "lists-unreadable", at(path)),
            Self::Register(path, fault) => {
                let (code, key) = register_words(*fault);
                let line = fault.line().map(|line| say.with("register-at-line", &arguments([("n", line.to_string())])));
                let place =
                    line.map_or_else(|| path.display().to_string(), |line| format!("{}, {line}", path.display()));
                told(say, code, key, Some(place))
            }
            Self::NoServer(path) => told(say, "PROGRAMMA-01", "server-missing", at(path)),
            Self::ServerSilent(output) => {
                Told { output: Some(output.clone()), ..told(say, "PROGRAMMA-02", "server-silent", None) }
            }
            Self::NoPassphrase => told(say, "FRASE-01", "passphrase-missing", None),
            Self::Words(fault) => Told { what: words_what(say, *fault), ..told(say, "PAROLE-01", "words", None) },
            Self::NoIdentity(path) => told(say, "PAROLE-02", "identity-missing", at(path)),
            Self::NoAdminKey => told(say, "PAROLE-03", "admin-key", None),
            Self::OtherWords => told(say, "PAROLE-04", "words-other", None),
            Self::OtherSheet(places) => told(say, "PAROLE-05", "sheet-other", Some(places.clone())),
            Self::Partial(path) => told(say, "RECUPERO-01", "recover-partial", at(path)),
            Self::Waiting(to_do) => return Err(say.counted("board-waiting", waiting(*to_do))),
            Self::Unhealthy(_) => return Err(String::new()),
            Self::Notebook(error) => of_notebook(say, error),
        })
    }
}

const fn register_words(fault: RegisterFault) -> (&'static str, &'static str) {
    match fault {
        RegisterFault::Form => ("REGISTRO-01", "register-form"),
        RegisterFault::Chain(_) => ("REGISTRO-02", "register-chain"),
        RegisterFault::Signature => ("REGISTRO-03", "register-signature"),
        RegisterFault::OtherKey => ("REGISTRO-04", "register-other-key"),
    }
}

fn of_arguments(say: &Say, complaint: &Complaint) -> Told {
    let Complaint { key, about, other, fault, instead, command } = complaint;
    let mut what = vec![say.with(key, &arguments([("about", about.clone()), ("other", other.clone())]))];
    what.extend(fault.map(|fault| {
        let bounds = arguments([("least", fault.least.to_string()), ("most", fault.most.to_string())]);
        say.with(fault.key, &bounds)
    }));
    if !instead.is_empty() {
        what.push(say.with("arguments-instead", &arguments([("list", instead.join(", "))])));
    }
    let help = arguments([("command", command.clone())]);
    Told { what: what.join(" "), todo: say.with("arguments-do", &help), ..told(say, "ARGOMENTI-01", "arguments", None) }
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

fn rules(say: &Say, findings: &[Finding]) -> Vec<ToldRule> {
    let rule = |finding: &Finding| ToldRule { rule: finding.rule.to_string(), text: rule_text(say, finding.rule) };
    findings.iter().map(rule).collect()
}

fn words_what(say: &Say, fault: WordsFault) -> String {
    let number = |n: usize| u64::try_from(n).unwrap_or(u64::MAX);
    match fault {
        WordsFault::Count(count) => say.counted("words-count", number(count)),
        WordsFault::Unknown(place) => say.counted("words-unknown", number(place)),
        WordsFault::Checksum => say.text("words-checksum"),
    }
}

fn of_scenario(say: &Say, place: &Place, why: String, findings: &[Finding]) -> Told {
    let place = Some(place.to_string()).filter(|place| !place.is_empty());
    Told {
        what: say.with("scenario-wrong", &arguments([("why", why)])),
        rules: rules(say, findings),
        ..told(say, "COPIONE-01", "scenario", place)
    }
}

fn of_notebook(say: &Say, error: &ErrorView) -> Told {
    let code = error.code.code();
    let line = |part: &str| say.text(&format!("error-{code}-{part}"));
    Told {
        code: error.to_string(),
        what: line("what"),
        place: None,
        safe: line("safe"),
        todo: line("do"),
        rules: rules(say, &error.findings),
        output: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::say::Language;
    use std::collections::BTreeSet;

    #[test]
    fn no_code_stands_for_two_things() {
        let own: BTreeSet<&str> = Failure::CODES.iter().copied().collect();
        assert_eq!(own.len(), Failure::CODES.len());
        assert!(ErrorCode::ALL.iter().all(|code| !own.contains(code.code())), "a code of the notebook");
    }

    #[test]
    fn every_code_of_the_notebook_is_told_whole_in_both_languages() {
        for language in [Language::It, Language::En] {
            let say = Say::new(language);
            for code in ErrorCode::ALL {
                let told = Failure::from(*code).told(&say).unwrap();
                for text in [&told.what, &told.safe, &told.todo] {
                    assert!(!text.is_empty() && !text.starts_with("error-"), "{code}: {text}");
                }
            }
        }
    }

    #[test]
    fn a_program_gets_the_same_words_in_one_object() {
        let say = Say::new(Language::It).for_programs(true);
        let message = Failure::NoPassphrase.message(&say);
        let read: serde_json::Value = serde_json::from_str(&message).unwrap();
        assert_eq!((read["exit"].as_u64(), read["error"]["code"].as_str()), (Some(2), Some("FRASE-01")));
        assert!(!message.contains('\n'), "{message}");
        assert_eq!(Failure::Unhealthy(1).message(&say), "");
    }
}
