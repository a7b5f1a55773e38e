//! `uscita`: the desk without a window, and the player of scenarios.
//!
//! | module | what |
//! |---|---|
//! | [`scenario`] | reading a week from a file, refusing what could not be recorded |
//! | [`failure`] | how a command fails: code, sentence, exit code |
//! | [`say`] | the words, Italian and English |

pub mod failure;
pub mod say;
pub mod scenario;
