//! What is told of a failure: the same for people and for programs.

use crate::say::{Say, arguments};
use serde::Serialize;

/// A failure in words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Told {
    /// The stable code.
    pub code: String,
    /// What is wrong.
    pub what: String,
    /// Where: a file, or a place in one.
    pub place: Option<String>,
    /// Whether the data are safe.
    pub safe: String,
    /// What to do.
    pub todo: String,
    /// Rules that stand in the way.
    pub rules: Vec<ToldRule>,
    /// What another program said.
    pub output: Option<String>,
}

/// A rule of what may be recorded.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ToldRule {
    /// Its id.
    pub rule: String,
    /// What it asks for.
    pub text: String,
}

/// A failure that touched nothing: `key-what` and `key-do` say the rest.
#[must_use]
pub fn told(say: &Say, code: &str, key: &str, place: Option<String>) -> Told {
    Told {
        code: code.to_owned(),
        what: say.text(&format!("{key}-what")),
        place,
        safe: say.text("failure-none-touched"),
        todo: say.text(&format!("{key}-do")),
        rules: Vec::new(),
        output: None,
    }
}

impl Told {
    /// For people: several lines.
    #[must_use]
    pub fn text(&self, say: &Say) -> String {
        let line = |key: &str, name: &'static str, text: &str| say.with(key, &arguments([(name, text.to_owned())]));
        let what = arguments([("code", self.code.clone()), ("what", self.what.clone())]);
        let mut lines = vec![say.with("failure", &what)];
        lines.extend(self.place.as_ref().map(|place| line("failure-place", "place", place)));
        lines.push(line("failure-safe", "safe", &self.safe));
        lines.push(line("failure-do", "todo", &self.todo));
        for ToldRule { rule, text } in &self.rules {
            lines.push(say.with("failure-rule", &arguments([("rule", rule.clone()), ("text", text.clone())])));
        }
        lines.extend(self.output.as_ref().map(|output| output.trim_end().to_owned()));
        lines.join("\n")
    }
}
