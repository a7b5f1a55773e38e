//! End to end: phones, server and desk together, and the edges of the repository.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "in a test a panic is the message; the helpers here are called by tests only"
)]

mod attacker;
mod bridge;
mod client;
mod edges;
mod flows;
#[cfg(feature = "common-programs")]
mod manual;
mod memory;
mod recovery;
mod simulation;
#[cfg(feature = "common-programs")]
mod spreadsheet;
