//! The encrypted notebook (*taccuino*) of one device: its store, its journal, its keys, and what people do with them.
//!
//! | module | what |
//! |---|---|
//! | [`command`] | the one list of what the user interface may ask |
//! | [`session`] | the functions behind it: lock, night, stock, referrals, close, review, sending, desk |
//! | [`night`], [`review`] | their pure cores |
//! | [`sync`] | rounds with the mailbox server |
//! | [`view`] | what screens get and give |
//! | [`notebook`], [`save`], [`ingest`] | the open notebook; what it writes; what it takes in |
//! | [`desk`] | the desk's pages, and what day staff write |
//! | [`counted`] | the sums that the desk counts with |
//! | `desk_keys` | what desks hand on to each other and to the paper |
//! | [`settings`] | how the app looks, and when it locks |
//! | [`enrolled`], [`programme_new`] | the manifest in force; making a programme and its manifests |
//! | `merge` | two desks that sign at the same time |
//! | [`founding`] | the first start of a desk, step by step |
//! | [`rotation`], [`desk_keys`] | other keys for a programme; what opens what was sealed before |
//! | [`store`] | the encrypted database |
//! | [`journal`] | the sealed log beside it |
//! | [`crypto`] | keys, keyfile, sealing |
//! | [`training`] | a second notebook with made-up data, beside the real one |
//! | [`recovery`] | opening everything with the recovery identity, without any device |
//! | [`error`] | what can go wrong, by what the caller can do about it |
//! | [`entropy`] | randomness and time, passed in |
//! | [`process`] | what the process gives away of itself |
//!
//! Invariants:
//! - A save is sealed, committed to the journal, then to the notebook, and only then acknowledged.
//! - Nothing deletes a notebook on an error.
//! - An unlocked member's phone shows no more than the policy's last records.

pub mod command;
pub mod counted;
pub mod crypto;
pub mod desk;
mod desk_keys;
pub mod enrolled;
pub mod entropy;
pub mod error;
pub mod founding;
pub mod ingest;
pub mod journal;
mod merge;
pub mod night;
pub mod notebook;
pub mod process;
pub mod programme_new;
pub mod recovery;
pub mod retention;
pub mod review;
pub mod rotation;
pub mod save;
pub mod session;
pub mod settings;
pub mod store;
pub mod sync;
pub mod training;
pub mod uptime;
pub mod view;

// The tests beside the code share the fixture of the tests outside.
#[cfg(test)]
#[path = "../tests/device/fixture.rs"]
mod fixture;
