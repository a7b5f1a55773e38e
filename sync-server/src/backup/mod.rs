//! Backups (*copie di sicurezza*): made, checked, sealed, taken off this host, read back; and the way back from one.
//!
//! | module | what |
//! |---|---|
//! | [`settings`] | `[backup]` and `[retention]` |
//! | [`seal`] | the only module that knows `age`: it seals here, and opens what an operator brings the identity for |
//! | [`check`] | whether a copy is whole, and what it holds |
//! | [`program`] | the commands that carry a file away and back |
//! | [`make`] | one backup, from the database to the proof that it lies elsewhere |
//! | [`trial`] | once a week, whether anybody could start from it |
//! | [`rotation`] | which ones have become too old |
//! | [`restore`] | verifying a backup, and starting from it |
//! | [`keeper`] | what a running server does by itself, with what has been kept long enough too |
//! | [`examine`] | what `doctor` says |
//! | [`command`] | `uscita-server backup` and `restore` |
//! | [`fault`] | what can go wrong |
//!
//! A backup is one `age` file. In it is the mailbox in the form of `SQLite`, whichever database it came from, with one
//! table more: `origin`, with the key that signs receipts. Content is sealed in it as it was in the database; the second
//! seal hides who sent when, and keeps the key.
//!
//! Invariant: `backed_up` moves only for what is in a file that was fetched back from elsewhere with the same SHA-256, and
//! only as far as the chain of that log held in it.

pub mod check;
pub mod command;
pub mod examine;
pub mod fault;
pub mod keeper;
pub mod make;
pub mod program;
pub mod restore;
pub mod rotation;
pub mod seal;
pub mod settings;
pub mod trial;

pub use settings::Backups;
