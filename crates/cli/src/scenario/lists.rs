//! The lists of the programme that a scenario's codes must be on.

use domain::programme::Programme;

/// Items and nationalities of a programme.
#[derive(Clone, Debug)]
pub struct Lists {
    /// Codes of the items.
    pub items: Vec<String>,
    /// Codes of the nationalities.
    pub nationalities: Vec<String>,
}

impl From<&Programme> for Lists {
    fn from(programme: &Programme) -> Self {
        Self {
            items: programme.items.iter().map(|item| item.code.to_string()).collect(),
            nationalities: programme.nationalities.iter().map(|entry| entry.code.to_string()).collect(),
        }
    }
}
