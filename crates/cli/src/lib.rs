//! `uscita`: the desk without a window, and the player of scenarios.
//!
//! | module | what |
//! |---|---|
//! | [`arguments`] | the command line |
//! | [`commands`] | what each command does |
//! | [`office`] | the admin's desk: founding a programme, opening a notebook |
//! | [`programme`] | the lists a programme starts with |
//! | [`scenario`] | reading a week from a file, refusing what could not be recorded |
//! | [`play`] | playing it through two phones, a server and a desk |
//! | [`recover`], [`recovery_sheet`] | what comes back with the recovery words; the sheet that they are printed on |
//! | [`directory`] | the services of the demonstration |
//! | [`failure`], [`told`] | how a command fails: code, sentences, exit code |
//! | [`room`] | room on a disk |
//! | [`table`] | a week as text for the terminal |
//! | [`say`] | the words, Italian and English |

pub mod arguments;
pub mod commands;
pub mod directory;
pub mod failure;
pub mod office;
pub mod play;
pub mod programme;
pub mod recover;
pub mod recovery_sheet;
pub mod room;
pub mod say;
pub mod scenario;
pub mod table;
pub mod told;
