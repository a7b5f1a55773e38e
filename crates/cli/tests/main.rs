//! The program as it is run: from a shell, from a script, from cron.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "in a test a panic is the message; the helpers here are called by tests only"
)]

mod command_line;
