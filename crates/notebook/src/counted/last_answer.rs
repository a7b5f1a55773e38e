//! What every page asks for, and what only a new entry, a new rule or a new day changes.

use crate::error::Result;
use std::cell::RefCell;

/// The last answer, and what it was an answer to.
pub(crate) struct LastAnswer<K, V>(RefCell<Option<(K, V)>>);

impl<K, V> Default for LastAnswer<K, V> {
    fn default() -> Self {
        Self(RefCell::new(None))
    }
}

impl<K: PartialEq, V: Copy> LastAnswer<K, V> {
    /// The answer at hand if it is one to this question, or another one, which is kept.
    ///
    /// # Errors
    /// Those of `find`; then nothing is kept.
    pub(crate) fn find_or(&self, question: K, find: impl FnOnce() -> Result<V>) -> Result<V> {
        if let Some((known, answer)) = self.0.borrow().as_ref()
            && *known == question
        {
            return Ok(*answer);
        }
        let answer = find()?;
        *self.0.borrow_mut() = Some((question, answer));
        Ok(answer)
    }
}
