//! The calls, one module per thing they are about. Each says what it takes, who asks and what it answers; the protocol
//! itself is specified in [`domain::sync`].

pub mod acknowledge;
pub mod describe;
pub mod enrol;
pub mod health;
pub mod manifest;
pub mod pull;
pub mod push;
pub mod quarantine;
pub mod receipt;
pub mod release;
pub mod shelf;
pub mod standing;
pub mod turn;
pub mod wipe;
