//! The door of the server: slow and hostile connections, TLS, the program as an operator runs it.

// Helpers of tests are tests: a failure is a panic.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod backup;
mod bad_input;
mod door;
mod house;
mod log;
mod operator;
mod record;
mod tls;
