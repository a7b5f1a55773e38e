//! A lead's phone that belongs to a programme and to no server, as for training, with a PIN that opens it.

use crate::fill::said;
use anyhow::{Result, bail};
use chrono::{DateTime, Utc};
use notebook::crypto::binder::FileBinder;
use notebook::crypto::{KdfParams, NewSecret, keyfile};
use notebook::entropy::{Entropy, Moment};
use notebook::session::{Seat, Session, SessionSetup};
use notebook::training::{PIN, REVIEW_PIN, create_alone, programme};
use notebook::view::{StepUpInput, UnlockInput};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

/// A session whose clock the bench moves.
pub struct Phone {
    /// The session, unlocked.
    pub session: Arc<Session>,
    now_ms: Arc<AtomicI64>,
}

impl Phone {
    /// Makes the files of a new phone in `dir`.
    ///
    /// # Errors
    /// If it is there already, and what the disk says.
    pub fn make(dir: &Path, now: DateTime<Utc>) -> Result<()> {
        if dir.exists() {
            bail!("{} is there already", dir.display());
        }
        std::fs::create_dir_all(dir)?;
        let mut entropy = Entropy::system();
        let binder = FileBinder::new(dir);
        let key = keyfile::UNLOCK.create(dir, &NewSecret::pin(PIN)?, KdfParams::FLOOR, &binder, &mut entropy)?;
        let review = NewSecret::review_pin(REVIEW_PIN, PIN)?;
        keyfile::REVIEW.create(dir, &review, KdfParams::FLOOR, &binder, &mut entropy)?;
        drop(create_alone(dir, &key, programme()?, Moment::at(now), Entropy::system())?);
        Ok(())
    }

    /// Opens and unlocks the phone in `dir`.
    ///
    /// # Errors
    /// If it cannot be opened.
    pub fn open(dir: &Path, now: DateTime<Utc>) -> Result<Self> {
        let now_ms = Arc::new(AtomicI64::new(now.timestamp_millis()));
        let clock = Arc::clone(&now_ms);
        let session = Session::open(SessionSetup {
            data_dir: dir.to_owned(),
            share_dir: dir.join("shared"),
            seat: Seat::Phone,
            clock: Arc::new(move || Moment::at(instant(clock.load(Ordering::Relaxed)))),
            entropy: Entropy::system(),
            binder: Arc::new(FileBinder::new(dir)),
        })?;
        said(session.unlock(UnlockInput { pin: PIN.into() }))?;
        Ok(Self { session, now_ms })
    }

    /// Gives the step-up PIN, as the lead does before a review.
    ///
    /// # Errors
    /// If it is refused.
    pub fn step_up(&self) -> Result<()> {
        said(self.session.step_up(StepUpInput { pin: REVIEW_PIN.into() }))?;
        Ok(())
    }

    /// Sets its clock.
    pub fn set_clock(&self, now: DateTime<Utc>) {
        self.now_ms.store(now.timestamp_millis(), Ordering::Relaxed);
    }

    /// Lets seconds pass.
    pub fn later(&self, seconds: i64) {
        self.now_ms.fetch_add(seconds * 1_000, Ordering::Relaxed);
    }
}

fn instant(ms: i64) -> DateTime<Utc> {
    DateTime::from_timestamp_millis(ms).unwrap_or_default()
}
