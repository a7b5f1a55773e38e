//! The desk (*sportello*): counting from night logs, and what day staff write.
//!
//! Opened envelopes are kept as they came ([`crate::store`]); every number is computed from them anew by
//! [`domain::indicator`], so that order and repetition of deliveries do not matter (architecture 10, invariants 2 to 4).
//! An envelope that cannot be opened, or is too new, is set aside by [`crate::ingest`] and blocks nothing.
//!
//! | module | what |
//! |---|---|
//! | [`board`] | the board of referrals |
//! | [`coverage`] | zero, missing and not signed yet, told apart |
//! | [`correct`] | corrections of what day staff noted |
//! | [`count`] | the exact tally of a week, and what of it may leave |
//! | [`depot`] | the depot: what is there, how long it lasts, what is to be ordered |
//! | [`devices`] | the devices, where each stands, what was done about them |
//! | [`frame`] | what is open on which page |
//! | [`health`] | how the desk stands |
//! | [`explain`] | where a number of the page comes from |
//! | [`office`] | the week of day staff: accesses, events, incidents, corrections |
//! | [`lists`] | what the desk may change of the programme |
//! | [`nights`], [`plan`] | the calendar of outings; what is planned |
//! | [`page`] | the page of a period, inside and outside |
//! | [`period`] | its neighbours, its plan, what is missing, the weeks before |
//! | [`register`], [`register_file`] | who did what on which day, in a chain; as a signed file |
//! | [`release`] | releases: made, listed, published |
//! | [`releases`] | their page |
//! | [`write`] | accesses, events, referrals and follow-ups of day staff |

pub(crate) mod board;
mod correct;
mod count;
pub(crate) mod coverage;
pub(crate) mod depot;
pub(crate) mod devices;
pub(crate) mod explain;
pub(crate) mod frame;
mod health;
mod lists;
pub(crate) mod nights;
pub(crate) mod office;
pub(crate) mod page;
pub(crate) mod period;
mod plan;
pub(crate) mod register;
pub(crate) mod register_file;
mod release;
pub(crate) mod releases;
#[cfg(test)]
mod tests;
mod write;

pub use health::{DeskHealth, ServerHealth};
pub use lists::ListsChange;
pub use plan::{NewPlan, PlanChange};
pub use register_file::{RegisterFault, RegisterHead, RegisterSigner, verify_register};
pub use release::{KnownRelease, ReadyPublication};
pub use write::{NewAccess, NewAccompaniment, NewEvent, NewIncident, NewReferral};
