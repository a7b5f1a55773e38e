//! Devices with real keys that send to a real server process: what `cargo xtask bench server` and `cargo xtask soak
//! devices|hostile|server-kill` measure and count with.
//!
//! | module | what |
//! |---|---|
//! | [`programme`] | the admin, the manifest, the settings of a server |
//! | [`device`] | a device with its log: sealed operations, batches, signed requests |
//! | [`caller`] | one connection; counts the bytes on it |
//! | [`server`] | the server as a process: start, kill, orderly end |
//! | [`memory`] | what a process occupies |
//! | [`cluster`] | a throw-away `PostgreSQL` |
//! | [`spread`], [`machine`] | quantiles, and on what they were measured |
//!
//! What is sent is random bytes of the right length: the server opens nothing, and nothing shrinks.

pub mod caller;
#[allow(clippy::expect_used, clippy::unwrap_used, clippy::panic, reason = "without a database there is nothing to run")]
#[path = "../../../sync-server/tests/api/cluster.rs"]
pub mod cluster;
pub mod device;
pub mod machine;
pub mod memory;
pub mod programme;
pub mod server;
pub mod spread;
