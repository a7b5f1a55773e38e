//! Where the server keeps what it is sent.

use crate::cluster;
use anyhow::Result;
use uscita_server::{Clock, Config, Database, Postgres, ServerState, StartFault};

/// A file in the data directory, or a database of its own in a throw-away `PostgreSQL`.
pub struct Place {
    postgres: Option<(Postgres, tempfile::TempDir)>,
}

impl Place {
    /// A file.
    pub const fn new() -> Self {
        Self { postgres: None }
    }

    /// A database.
    ///
    /// # Errors
    /// If its address cannot be written down.
    pub fn postgres() -> Result<Self> {
        let folder = tempfile::tempdir()?;
        let settings = Postgres { url_file: folder.path().join("url"), authority: None };
        std::fs::write(&settings.url_file, cluster::database())?;
        Ok(Self { postgres: Some((settings, folder)) })
    }

    /// For the report.
    pub const fn name(&self) -> &'static str {
        if self.postgres.is_some() { "postgres" } else { "sqlite" }
    }

    /// Opens the server there.
    ///
    /// # Errors
    /// [`StartFault`].
    pub fn open(&self, config: &Config, clock: Clock) -> Result<ServerState, StartFault> {
        match &self.postgres {
            Some((settings, _)) => ServerState::open_on(&Database::Postgres(settings.clone()), config, clock),
            None => ServerState::open(config, clock),
        }
    }
}
