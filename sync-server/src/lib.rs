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
//! | `noted` | what the record has of today already |
//! | `store` | the database |
//! | [`mod@serve`], `foyer`, `large`, `pace`, `crowd`, [`proxies`] | the door: connections, limits, orderly end |
//! | [`tls`], [`authority`] | certificates: from files, or of a private authority |
//! | [`init`] | the first settings |
//! | [`backup`] | copies off this host, and the way back; what is kept for how long |
//! | `page`, `ticket` | what a recipient of releases sees |
//! | [`metrics`], [`monitor`], [`health`], `disk` | how the server is |
//! | [`description`] | the `OpenAPI` document |
//! | [`doctor`], [`audit`] | checks for the operator; the record of what happened |
//!
//! Invariants:
//! - Nothing is answered before it is durable.
//! - A route cannot exist without an action that `access::authorise` decides on.
//! - No address, body or content is stored or logged.

mod access;
pub mod audit;
mod auth;
pub mod authority;
pub mod backup;
mod call;
pub mod config;
mod crowd;
pub mod description;
mod directory;
mod disk;
pub mod doctor;
pub mod endpoint;
mod endpoints;
pub mod fault;
mod foyer;
pub mod health;
pub mod init;
mod large;
pub mod metrics;
pub mod monitor;
mod nonces;
mod noted;
mod pace;
mod page;
pub mod proxies;
mod rates;
mod receipt_key;
mod refusal;
pub mod serve;
pub mod settings;
pub mod state;
mod store;
mod ticket;
pub mod tls;

pub use backup::Backups;
pub use config::{AdminKey, Config, Database, Postgres};
pub use crowd::Limits;
pub use endpoint::router;
pub use fault::StartFault;
pub use pace::{HEAD_TIMEOUT, IDLE_TIMEOUT};
pub use serve::{Front, serve};
pub use state::{Clock, ServerState};
