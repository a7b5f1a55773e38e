//! Batches that come at once are committed together, as on `SQLite`: one message to the database, one wait for its disk.
//!
//! Nobody is waited for: while one group is with the database the next one gathers. Two groups at a time would be
//! smaller ones, and more of them, and were measured to be slower. What [`many`] cannot do (a log that is
//! new, a batch that was sent before, a fork) is done alone afterwards, as if it had come alone; so is every batch of a
//! group that failed.

use super::many::{Part, append};
use crate::store::fault::StoreFault;
use crate::store::incoming::Incoming;
use deadpool_postgres::Pool;
use domain::sync::DeviceId;
use std::collections::{BTreeSet, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::sync::oneshot;
use uuid::Uuid;

/// Batches in one transaction, and about how many bytes of them.
const GROUP: usize = 64;
const GROUP_BYTES: usize = 4 * 1024 * 1024;

/// The batches that wait.
pub struct Together {
    pool: Pool,
    programme: Uuid,
    waiting: Mutex<Waiting>,
}

#[derive(Default)]
struct Waiting {
    asked: VecDeque<Asked>,
    /// Whether somebody takes them.
    is_served: bool,
}

struct Asked {
    incoming: Arc<Incoming>,
    tell: oneshot::Sender<Part>,
}

impl Together {
    /// On a database that is ready.
    #[must_use]
    pub const fn new(pool: Pool, programme: Uuid) -> Self {
        let waiting = Waiting { asked: VecDeque::new(), is_served: false };
        Self { pool, programme, waiting: Mutex::new(waiting) }
    }

    /// Appends a batch with those that come at the same time. An asker who goes away takes nothing from the others.
    pub async fn append(self: &Arc<Self>, incoming: Arc<Incoming>) -> Part {
        let (tell, told) = oneshot::channel();
        let is_served = {
            let mut waiting = self.waiting();
            waiting.asked.push_back(Asked { incoming, tell });
            std::mem::replace(&mut waiting.is_served, true)
        };
        if !is_served {
            tokio::spawn(Serving(Arc::clone(self)).serve());
        }
        // Whoever is told nothing does it alone.
        told.await.unwrap_or(Part::Alone)
    }

    fn waiting(&self) -> MutexGuard<'_, Waiting> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Takes groups until none waits. However it ends, nobody is left waiting.
struct Serving(Arc<Together>);

impl Serving {
    async fn serve(self) {
        while let Some(group) = self.next() {
            let (group, alone) = one_of_each(group);
            let batches: Vec<&Incoming> = group.iter().map(|asked| asked.incoming.as_ref()).collect();
            match append(&self.0.pool, self.0.programme, &batches).await {
                Ok(parts) => group.into_iter().zip(parts).for_each(|(asked, part)| tell(asked, part)),
                Err(fault) => group.into_iter().for_each(|asked| tell(asked, after(&fault))),
            }
            alone.into_iter().for_each(|asked| tell(asked, Part::Alone));
        }
    }

    /// The next group; without one there is nobody who serves.
    fn next(&self) -> Option<Vec<Asked>> {
        let mut waiting = self.0.waiting();
        let mut bytes = 0_usize;
        let fits = |asked: &Asked| {
            bytes = bytes.saturating_add(asked.incoming.body.len());
            bytes <= GROUP_BYTES
        };
        let count = waiting.asked.iter().take(GROUP).map(fits).take_while(|fits| *fits).count();
        let count = count.max(1).min(waiting.asked.len());
        // Seen by the one who comes next: he does it.
        waiting.is_served = count > 0;
        waiting.is_served.then(|| waiting.asked.drain(..count).collect())
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        if std::thread::panicking() {
            let mut waiting = self.0.waiting();
            waiting.is_served = false;
            waiting.asked.clear();
        }
    }
}

/// What becomes of each batch of a group that failed.
fn after(fault: &StoreFault) -> Part {
    if matches!(fault, StoreFault::NoConnection(_)) {
        tracing::warn!(error = %fault, "the database is not there");
        return Part::Unanswered;
    }
    tracing::debug!(error = %fault, "each is tried alone");
    Part::Alone
}

/// A log is extended once in a statement.
fn one_of_each(group: Vec<Asked>) -> (Vec<Asked>, Vec<Asked>) {
    let mut devices: BTreeSet<DeviceId> = BTreeSet::new();
    group.into_iter().partition(|asked| devices.insert(asked.incoming.device))
}

fn tell(asked: Asked, part: Part) {
    if asked.tell.send(part).is_err() {
        tracing::debug!("the asker has gone; what was committed stays");
    }
}
