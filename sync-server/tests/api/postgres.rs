//! The same calls on `PostgreSQL`, and several servers on one database.

// Helpers of tests are tests: a failure is a panic.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod acknowledge;
mod audit;
mod auth;
mod backup;
mod cluster;
mod decide;
mod enrol;
mod instances;
mod limits;
mod manifest;
mod matrix;
#[path = "on_postgres.rs"]
mod place;
mod publish;
mod pull;
mod push;
mod quarantine;
mod retention;
mod succession;
mod together;
mod turn;
mod wipe;
mod world;
