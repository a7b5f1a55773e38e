//! The lists of the programme that a scenario's codes must be on.

/// Items and nationalities of a programme.
#[derive(Clone, Debug)]
pub struct Lists {
    /// Codes of the items.
    pub items: Vec<String>,
    /// Codes of the nationalities.
    pub nationalities: Vec<String>,
}
