//! The duress PIN (*codice sotto minaccia*): chosen, changed and taken away with the unlock PIN. Nothing on the phone
//! tells whether there is one, not even the answer of these commands.

use super::{Seat, Session};
use crate::crypto::{NewSecret, keyfile};
use crate::error::{ErrorView, NotebookError};
use crate::uptime::Uptime;
use crate::view::{DuressInput, SessionView};
use zeroize::Zeroizing;

impl Session {
    /// Chooses the duress PIN, in the place of an earlier one, or takes it away. The unlock PIN is asked again, so that
    /// whoever holds an unlocked phone can do neither.
    pub fn set_duress_pin(&self, input: DuressInput) -> std::result::Result<SessionView, ErrorView> {
        let unlock_pin = Zeroizing::new(input.unlock_pin);
        let duress_pin = input.duress_pin.map(Zeroizing::new);
        let mut inner = self.inner();
        if self.seat() != Seat::Phone {
            return Err(NotebookError::NotAllowed.into());
        }
        if inner.training.is_some() {
            return Err(NotebookError::WrongState("a training").into());
        }
        inner.notebook.as_ref().ok_or(NotebookError::Locked)?;
        let mut entropy = inner.entropy.branch()?;
        let (dir, binder, now) = (self.data_dir(), self.binder(), Uptime::now());
        let done = match duress_pin {
            Some(duress_pin) => NewSecret::decoy_pin(&duress_pin, &unlock_pin).and_then(|secret| {
                keyfile::UNLOCK.set_decoy(dir, &unlock_pin, &secret, binder, now, &mut entropy).map(drop)
            }),
            None => keyfile::UNLOCK.clear_decoy(dir, &unlock_pin, binder, now, &mut entropy),
        };
        done.map_err(|error| self.after_miss(&mut inner, error))?;
        Ok(self.session_view(&inner)?)
    }
}
