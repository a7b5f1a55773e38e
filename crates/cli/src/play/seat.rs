//! One device with its session, asked as the user interface asks it.

use crate::failure::Failure;
use chrono::{DateTime, Utc};
use notebook::command::Command;
use notebook::crypto::binder::FileBinder;
use notebook::entropy::{Entropy, Moment};
use notebook::session::{Clock, Seat as SeatKind, Session, SessionSetup};
use serde::de::DeserializeOwned;
use serde_json::Value;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use tokio::runtime::Runtime;

/// The time of the scenario, the same for all devices, set by hand.
#[derive(Clone, Debug)]
pub struct SceneClock(Arc<Mutex<DateTime<Utc>>>);

impl SceneClock {
    /// A clock that stands at `now`.
    #[must_use]
    pub fn at(now: DateTime<Utc>) -> Self {
        Self(Arc::new(Mutex::new(now)))
    }

    /// Sets it.
    pub fn set(&self, now: DateTime<Utc>) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = now;
    }

    /// What it shows.
    #[must_use]
    pub fn now(&self) -> DateTime<Utc> {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// As a device reads it.
    #[must_use]
    pub fn for_device(&self) -> Clock {
        let clock = self.clone();
        Arc::new(move || Moment::at(clock.now()))
    }
}

/// A device.
pub struct Seat {
    /// Its notebook's folder.
    pub folder: PathBuf,
    session: Arc<Session>,
    runtime: Arc<Runtime>,
}

impl Seat {
    /// A device with its notebook in `folder`.
    ///
    /// # Errors
    /// If the folder cannot be used.
    pub fn open(folder: &Path, kind: SeatKind, clock: Clock, runtime: &Arc<Runtime>) -> Result<Self, Failure> {
        let setup = SessionSetup {
            data_dir: folder.to_owned(),
            share_dir: folder.join("shared"),
            seat: kind,
            clock,
            entropy: Entropy::system(),
            // A played device is carried about as one folder.
            binder: Arc::new(FileBinder::new(folder)),
        };
        let session = Session::open(setup)?;
        Ok(Self { folder: folder.to_owned(), session, runtime: Arc::clone(runtime) })
    }

    /// Gives a command, as a screen does.
    ///
    /// # Errors
    /// What the notebook says.
    pub fn ask(&self, command: Command) -> Result<Value, Failure> {
        Ok(self.runtime.block_on(self.session.handle(command))?)
    }

    /// The session itself, for what no screen asks.
    #[must_use]
    pub fn session(&self) -> &Session {
        &self.session
    }
}

/// A runtime for commands that wait for the network.
///
/// # Errors
/// If the system has no threads to give.
pub fn runtime() -> Result<Arc<Runtime>, Failure> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    runtime.map(Arc::new).map_err(|_| Failure::internal("runtime"))
}

/// A part of an answer, by its JSON pointer.
///
/// # Errors
/// If the answer has another shape.
pub fn part<T: DeserializeOwned>(answer: &Value, pointer: &str) -> Result<T, Failure> {
    let found = answer.pointer(pointer).cloned().ok_or(Failure::internal("answer"))?;
    serde_json::from_value(found).map_err(|_| Failure::internal("answer"))
}
