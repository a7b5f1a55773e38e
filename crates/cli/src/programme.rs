//! The lists a programme starts with, in the words of the command line.

use crate::say::{Language, Say};
use crate::scenario::Lists;
use domain::programme::beginning::codes;
pub use domain::programme::beginning::{Beginning, beginning};

/// What a project that has not agreed on anything else does for a presumed minor (V11).
const MINOR_STEPS: [&str; 4] = ["minor-step-stay", "minor-step-danger", "minor-step-call", "minor-step-ask"];

/// The codes that a scenario may use.
#[must_use]
pub fn lists() -> Lists {
    let (items, nationalities) = codes();
    let owned = |codes: Vec<&str>| codes.into_iter().map(str::to_owned).collect();
    Lists { items: owned(items), nationalities: owned(nationalities) }
}

/// The steps, in Italian: the team reads them on its phones.
#[must_use]
pub fn minor_steps() -> Vec<String> {
    let say = Say::new(Language::It);
    MINOR_STEPS.iter().map(|key| say.text(key)).collect()
}
