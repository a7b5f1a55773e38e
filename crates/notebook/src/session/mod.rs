//! The session: one notebook, open or locked, and every command of the user interface as a blocking function.
//!
//! A command takes the lock, reads what it needs, decides in pure code ([`crate::night`], [`crate::review`],
//! `domain::validate`), saves, and answers with a view. The lock is never held across a network call.
//!
//! | module | commands |
//! |---|---|
//! | `status` | where the session stands, unlock, lock |
//! | `night` | *Stanotte*, *Contatti*: start, zone, undo |
//! | `card` | contacts, observations, aliases |
//! | `pair`, `share` | *Collega i telefoni*; the nights of two phones in one, by a file |
//! | `todo` | *Da completare* |
//! | `stock` | *Scorte* |
//! | `referral` | *Invii* |
//! | `directory`, `month` | *Rubrica*, *Cosa abbiamo fatto* |
//! | `enrol`, `restart` | first start of a device, and beginning it anew |
//! | `scan` | the desk's picture through the camera |
//! | `panic`, `forgotten` | keys destroyed; a notebook that nobody can open any more |
//! | `former` | journals of former selves, sent until the server holds them |
//! | `duress`, `inventory` | the duress PIN, and the stock list that it opens |
//! | `settings` | *Impostazioni* |
//! | `sending` | *Invio*, and the worker that sends by itself |
//! | `check`, `idle` | no command: all pages are read once a day; the core locks by itself |
//! | `close` | incidents, *Chiudi* |
//! | `step_up` | the lead's second PIN |
//! | `pins` | *Cambia il codice*, *Cambia la frase* |
//! | `review`, `sign` | the lead's review; sign-off, amendment |
//! | `night_list` | every record of an outing, corrections |
//! | `training` | *Esercitazione* |
//! | `desk` | *Settimana*, the look at the server |
//! | `pages` | no command: the pages of the desk, to be measured |
//! | `releases` | *Rilasci*: preview, make, files, publish, withdraw |
//! | `register` | *Registro* |
//! | `lists` | *Rubrica e liste* |
//! | `invite` | *Aggiungi un dispositivo*: codes, six words |
//! | `devices` | *Dispositivi*: revoke, order a wipe, quarantine |
//! | `founding`, `recover` | *Primo avvio* of a desk: a new programme; one begun anew from its recovery sheet |
//!
//! Invariant: on a member's phone no command gives more than the policy's last records while an outing is open
//! (architecture 7).

mod begun;
mod board;
mod card;
mod check;
mod close;
mod depot;
mod desk;
mod devices;
mod directory;
mod duress;
mod enrol;
mod forgotten;
pub mod former;
mod founding;
mod idle;
mod inventory;
mod invite;
mod keys;
mod lists;
mod month;
mod night;
mod night_list;
mod nights;
mod own;
mod pages;
mod pair;
mod panic;
mod period;
mod pins;
mod recover;
mod referral;
mod register;
pub mod release;
mod releases;
mod restart;
mod review;
mod scan;
mod sending;
mod settings;
mod share;
mod sign;
mod status;
mod step_up;
mod stock;
mod todo;
mod training;

use crate::crypto::binder::HardwareBinder;
use crate::entropy::{Entropy, Moment};
use crate::error::{ErrorView, NotebookError, Result};
use crate::notebook::Notebook;
use crate::settings::Settings;
use crate::sync::progress::Progress;
use crate::view::SeatView;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::Instant;

/// The clock of the device, passed in.
pub type Clock = Arc<dyn Fn() -> Moment + Send + Sync>;

/// Which of its two seats the app sits in.
pub type Seat = SeatView;

/// What a session needs from outside.
pub struct SessionSetup {
    /// The folder of the notebook; made if it is not there.
    pub data_dir: PathBuf,
    /// Where a `.uscita` file is put for others to carry on; made when it is needed. On Linux the user's downloads, on
    /// Android the cache of which the share sheet may read.
    pub share_dir: PathBuf,
    /// Phone or desk.
    pub seat: Seat,
    /// The clock.
    pub clock: Clock,
    /// Randomness.
    pub entropy: Entropy,
    /// The hardware that the PIN is bound to. Its keys do not lie in `data_dir` on a device that people work with, or a
    /// copy of that folder would be enough to guess the PIN.
    pub binder: Arc<dyn HardwareBinder>,
}

/// One notebook and what people do with it.
pub struct Session {
    data_dir: PathBuf,
    share_dir: PathBuf,
    seat: Seat,
    clock: Clock,
    /// The hardware that the PIN is bound to.
    binder: Arc<dyn HardwareBinder>,
    inner: Mutex<Inner>,
    sending: Mutex<sending::Sending>,
    progress: Arc<Progress>,
    errands: Mutex<former::Errands>,
    signal: Arc<sending::Signal>,
    guard: Arc<idle::Guard>,
    /// What else goes when the keys of this device have been destroyed.
    keys_gone: OnceLock<Box<dyn Fn() + Send + Sync>>,
}

/// What changes while the session lives.
pub(crate) struct Inner {
    /// The notebook while it is open.
    pub(crate) notebook: Option<Notebook>,
    /// Randomness for what is made while the notebook is not open.
    pub(crate) entropy: Entropy,
    /// When the outing was opened, if it was in this run.
    pub(crate) outing_opened: Option<Instant>,
    /// What is set on this device.
    pub(crate) settings: Settings,
    /// The lead has given the step-up PIN.
    pub(crate) stepped_up: Option<step_up::SteppedUp>,
    /// While somebody practises: `notebook` is then the one of the training.
    pub(crate) training: Option<training::Training>,
    /// While the duress PIN is what opened the phone: the stock list, and nothing else.
    pub(crate) inventory: Option<inventory::Inventory>,
    /// Keys of an enrolment whose answer got lost.
    pub(crate) handed_in: Option<enrol::HandedIn>,
}

impl Session {
    /// A session over a folder. Opens nothing that needs a PIN.
    ///
    /// # Errors
    /// [`NotebookError::Unreadable`] if the folder cannot be made.
    pub fn open(setup: SessionSetup) -> Result<Arc<Self>> {
        let SessionSetup { data_dir, share_dir, seat, clock, mut entropy, binder } = setup;
        std::fs::create_dir_all(&data_dir).map_err(crate::error::io_error("notebook folder"))?;
        // What fails here is tried again before anything of it would be used.
        let finished = panic::finish_if_begun(&data_dir, binder.as_ref()).and_then(|()| former::finish(&data_dir));
        if let Err(error) = finished {
            tracing::warn!(code = %error.code(), "what was begun before is not finished");
        }
        let progress = Arc::<Progress>::default();
        let sending = Mutex::new(sending::Sending::new(entropy.branch()?, Arc::clone(&progress)));
        let settings = Settings::read(&data_dir);
        let inner = Mutex::new(Inner {
            notebook: None,
            entropy,
            outing_opened: None,
            settings,
            stepped_up: None,
            training: None,
            inventory: None,
            handed_in: None,
        });
        Ok(Arc::new(Self {
            data_dir,
            share_dir,
            seat,
            clock,
            binder,
            inner,
            sending,
            progress,
            errands: Mutex::default(),
            signal: Arc::default(),
            guard: Arc::default(),
            keys_gone: OnceLock::new(),
        }))
    }

    /// Does something with the open notebook, at the present moment.
    ///
    /// # Errors
    /// [`NotebookError::Locked`] while it is not open, and whatever `f` gives.
    pub(crate) fn with_notebook<T>(
        &self,
        f: impl FnOnce(&mut Notebook, Moment) -> Result<T>,
    ) -> std::result::Result<T, ErrorView> {
        self.with_open(&mut self.inner(), f)
    }

    fn with_open<T>(
        &self,
        inner: &mut Inner,
        f: impl FnOnce(&mut Notebook, Moment) -> Result<T>,
    ) -> std::result::Result<T, ErrorView> {
        let moment = self.moment(inner);
        let notebook = inner.notebook.as_mut().ok_or(NotebookError::Locked)?;
        notebook.catch_up();
        let done = f(notebook, moment)?;
        if let Some(inventory) = &mut inner.inventory {
            inventory.refresh(&self.data_dir, notebook);
        }
        self.signal.wake();
        Ok(done)
    }

    /// What changes. A command that panicked left no half-written state: the files are transactional.
    pub(crate) fn inner(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The present moment.
    pub(crate) fn moment(&self, inner: &Inner) -> Moment {
        let moment = (self.clock)();
        let since_opening = inner.outing_opened.and_then(|opened| u64::try_from(opened.elapsed().as_millis()).ok());
        Moment { elapsed_ms: moment.elapsed_ms.or(since_opening), ..moment }
    }

    /// The folder of the notebook.
    pub(crate) fn data_dir(&self) -> &Path {
        &self.data_dir
    }

    /// Where files for others are put.
    pub(crate) fn share_dir(&self) -> &Path {
        &self.share_dir
    }

    /// Phone or desk.
    pub(crate) const fn seat(&self) -> Seat {
        self.seat
    }

    /// The hardware that the PIN is bound to.
    pub(crate) fn binder(&self) -> &dyn HardwareBinder {
        self.binder.as_ref()
    }
}

impl std::fmt::Debug for Session {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Session").field("seat", &self.seat).finish_non_exhaustive()
    }
}
