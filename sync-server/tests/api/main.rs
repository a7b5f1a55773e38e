//! The server through its calls: the real router, real keys, a real file, an injected clock. Nothing is simulated
//! inside.

// Helpers of tests are tests: a failure is a panic.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod acknowledge;
mod audit;
mod auth;
mod backup;
mod decide;
mod durability;
mod enrol;
mod full_disk;
mod generated;
mod limits;
mod manifest;
mod matrix;
#[path = "on_sqlite.rs"]
mod place;
mod program;
mod publish;
mod pull;
mod push;
mod quarantine;
mod retention;
mod socket;
mod succession;
mod turn;
mod wipe;
mod world;
