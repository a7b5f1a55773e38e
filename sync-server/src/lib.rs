//! The blind mailbox (*cassetta postale cieca*): stores sealed operations of enrolled devices, hands them to those who
//! may pull them, and signs what it holds. It has no key that opens anything.
//!
//! The protocol is specified in [`domain::sync`]; this crate is the server's side of it.
//!
//! | module | what |
//! |---|---|
//! | [`config`], [`settings`] | what a deployment decides |
//! | [`fault`] | why the server does not start: a code and an Italian sentence |
//! | [`state`] | everything a running server holds |
//! | [`endpoint`] | the table of calls; `endpoints/` answers them |
//! | `access` | who may do what: one function, deny by default |
//! | `auth`, `nonces`, `rates` | signed requests, replay, limits |
//! | `store` | the database |
//! | [`mod@serve`] | connections, timeouts, orderly end |
//! | [`description`] | the `OpenAPI` document |
//! | [`doctor`] | checks for the operator |
//!
//! Invariants:
//! - Nothing is answered before it is durable.
//! - A route cannot exist without an action that `access::authorise` decides on.
//! - No address, body or content is stored or logged.

mod access;
mod auth;
mod call;
pub mod config;
pub mod description;
mod directory;
pub mod doctor;
pub mod endpoint;
mod endpoints;
pub mod fault;
mod nonces;
mod rates;
mod receipt_key;
mod refusal;
pub mod serve;
pub mod settings;
pub mod state;
mod store;

pub use config::{AdminKey, Config};
pub use endpoint::router;
pub use fault::StartFault;
pub use serve::serve;
pub use state::{Clock, ServerState};
