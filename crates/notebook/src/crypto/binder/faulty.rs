//! A key store that fails on command, for tests and for the long runs.

use super::{HardwareBinder, KeyLevel};
use crate::error::{NotebookError, Result};
use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

/// Another key store whose calls can be made to fail or to lie. It counts them, creations and deletions included.
pub struct Faulty {
    inner: Arc<dyn HardwareBinder>,
    calls: AtomicU64,
    fails_from: AtomicU64,
    lies_from: AtomicU64,
    is_better: AtomicBool,
}

impl Faulty {
    /// One that works like `inner` until it is told otherwise.
    #[must_use]
    pub fn new(inner: Arc<dyn HardwareBinder>) -> Self {
        Self {
            inner,
            calls: AtomicU64::new(0),
            fails_from: AtomicU64::new(u64::MAX),
            lies_from: AtomicU64::new(u64::MAX),
            is_better: AtomicBool::new(false),
        }
    }

    /// From the `n`-th call from now on (the next is 0) every one fails.
    pub fn fail_from(&self, n: u64) {
        self.fails_from.store(self.calls().saturating_add(n), Ordering::SeqCst);
    }

    /// From the `n`-th call from now on (the next is 0) every HMAC is wrong.
    pub fn lie_from(&self, n: u64) {
        self.lies_from.store(self.calls().saturating_add(n), Ordering::SeqCst);
    }

    /// Every call fails from now on.
    pub fn die(&self) {
        self.fail_from(0);
    }

    /// It works again, with the keys it had.
    pub fn revive(&self) {
        self.fails_from.store(u64::MAX, Ordering::SeqCst);
        self.lies_from.store(u64::MAX, Ordering::SeqCst);
    }

    /// From now on a new key would be kept in hardware, and every key after the first is.
    pub fn become_hardware(&self) {
        self.is_better.store(true, Ordering::SeqCst);
    }

    /// Calls so far.
    #[must_use]
    pub fn calls(&self) -> u64 {
        self.calls.load(Ordering::SeqCst)
    }

    fn call(&self) -> Result<u64> {
        let number = self.calls.fetch_add(1, Ordering::SeqCst);
        if number >= self.fails_from.load(Ordering::SeqCst) {
            return Err(NotebookError::HardwareKey);
        }
        Ok(number)
    }
}

impl HardwareBinder for Faulty {
    fn create(&self, epoch: u32) -> Result<()> {
        self.call()?;
        self.inner.create(epoch)
    }

    fn hmac(&self, epoch: u32, message: &[u8]) -> Result<[u8; 32]> {
        let number = self.call()?;
        let tag = self.inner.hmac(epoch, message)?;
        Ok(if number >= self.lies_from.load(Ordering::SeqCst) { tag.map(|byte| !byte) } else { tag })
    }

    fn delete(&self, epoch: u32) -> Result<()> {
        self.call()?;
        self.inner.delete(epoch)
    }

    fn level(&self, epoch: u32) -> Result<KeyLevel> {
        self.call()?;
        let level = self.inner.level(epoch)?;
        let is_hardware = self.is_better.load(Ordering::SeqCst) && epoch > 1 && level > KeyLevel::None;
        Ok(if is_hardware { KeyLevel::Hardware } else { level })
    }

    fn best_level(&self) -> KeyLevel {
        if self.is_better.load(Ordering::SeqCst) { KeyLevel::Hardware } else { self.inner.best_level() }
    }
}

impl fmt::Debug for Faulty {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Faulty")
    }
}
