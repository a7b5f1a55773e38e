//! `uscita`: the desk without a window, and the player of scenarios.
//!
//! | module | what |
//! |---|---|
//! | [`scenario`] | reading a week from a file, refusing what could not be recorded |

pub mod scenario;
