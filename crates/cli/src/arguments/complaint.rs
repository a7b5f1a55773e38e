//! Why a command line is refused, as what the library tells of it; the sentence is [`crate::failure`]'s.

use super::ValueFault;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use std::error::Error as _;

/// What is wrong with a command line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Complaint {
    /// Key of the sentence in the catalogue.
    pub key: &'static str,
    /// The option or command it is about.
    pub about: String,
    /// The value that was given for it, or the option that does not go with it.
    pub other: String,
    /// Why a value does not do, if that is known.
    pub fault: Option<ValueFault>,
    /// What would do: codes, or the nearest name.
    pub instead: Vec<String>,
    /// The command whose help says more, `uscita tally`.
    pub command: String,
}

impl Complaint {
    /// What the library found, in a line whose words were these.
    #[must_use]
    pub fn of(error: &clap::Error, words: &[String]) -> Self {
        let text = |kind| error.get(kind).map(said).unwrap_or_default();
        let first =
            |kinds: &[ContextKind]| kinds.iter().find_map(|kind| error.get(*kind)).map(said).unwrap_or_default();
        let (key, about, other) = match error.kind() {
            ErrorKind::InvalidValue if text(ContextKind::InvalidValue).is_empty() => {
                ("arguments-empty", text(ContextKind::InvalidArg), String::new())
            }
            ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
                ("arguments-value", text(ContextKind::InvalidArg), text(ContextKind::InvalidValue))
            }
            ErrorKind::UnknownArgument => ("arguments-unknown", text(ContextKind::InvalidArg), String::new()),
            ErrorKind::InvalidSubcommand => ("arguments-command", text(ContextKind::InvalidSubcommand), String::new()),
            ErrorKind::MissingRequiredArgument => ("arguments-missing", text(ContextKind::InvalidArg), String::new()),
            ErrorKind::MissingSubcommand | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
                ("arguments-no-command", String::new(), String::new())
            }
            ErrorKind::ArgumentConflict => {
                let prior = error.get(ContextKind::PriorArg).map(said).unwrap_or_default();
                let about = text(ContextKind::InvalidArg);
                if prior == about || prior.is_empty() {
                    ("arguments-twice", about, String::new())
                } else {
                    ("arguments-conflict", about, prior)
                }
            }
            ErrorKind::InvalidUtf8 => ("arguments-utf8", String::new(), String::new()),
            _ => ("arguments-other", first(&[ContextKind::InvalidArg, ContextKind::InvalidValue]), String::new()),
        };
        let suggested = [
            ContextKind::ValidValue,
            ContextKind::SuggestedArg,
            ContextKind::SuggestedValue,
            ContextKind::SuggestedSubcommand,
        ];
        Self {
            key,
            about,
            other,
            fault: error.source().and_then(|source| source.downcast_ref::<ValueFault>()).copied(),
            instead: suggested.into_iter().find_map(|kind| error.get(kind)).map(list).unwrap_or_default(),
            command: named(words),
        }
    }
}

/// `uscita tally`: the words that are commands.
fn named(words: &[String]) -> String {
    let mut command = super::command();
    let mut name = vec!["uscita".to_owned()];
    for word in words {
        let Some(inner) = command.find_subcommand(word).cloned() else { continue };
        name.push(inner.get_name().to_owned());
        command = inner;
    }
    name.join(" ")
}

fn said(value: &ContextValue) -> String {
    match value {
        ContextValue::String(text) => text.clone(),
        ContextValue::Strings(texts) => texts.join(", "),
        ContextValue::StyledStr(text) => text.to_string(),
        ContextValue::Number(number) => number.to_string(),
        _ => String::new(),
    }
}

fn list(value: &ContextValue) -> Vec<String> {
    match value {
        ContextValue::Strings(texts) => texts.clone(),
        other => vec![said(other)],
    }
}
