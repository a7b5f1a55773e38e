//! First start of a device: its keys are made, handed in under a one-time code, and wait for the admin's signature.

use super::inventory::Inventory;
use super::{Seat, Session};
use crate::crypto::identity::DeviceIdentity;
use crate::crypto::{DataKey, NewSecret, keyfile};
use crate::entropy::{Entropy, Moment};
use crate::error::{ErrorView, NotebookError, Result};
use crate::notebook::Notebook;
use crate::store;
use crate::sync::client::{HttpClient, ServerAddress};
use crate::sync::enrol_device::{ask_manifest, hand_in, pin};
use crate::sync::invitation::Invited;
use crate::uptime::Uptime;
use crate::view::{EnrolInput, EnrolmentInput, SessionView};
use domain::sync::enrol::Invitation;
use zeroize::Zeroizing;

/// Keys that were handed in under a code whose answer got lost. The same code hands in the same keys again.
pub(crate) struct HandedIn {
    code: Zeroizing<String>,
    identity: DeviceIdentity,
}

impl Session {
    /// First start: makes the notebook and hands the keys to the desk.
    pub fn enrol(&self, input: EnrolInput) -> std::result::Result<SessionView, ErrorView> {
        let pin = Zeroizing::new(input.pin);
        let code = Zeroizing::new(input.code);
        let secret = match self.seat() {
            Seat::Phone => NewSecret::pin(&pin)?,
            Seat::Desk => NewSecret::passphrase(&pin)?,
        };
        let invited = Invited::read(&input.server, &code)?;
        let (identity, mut entropy, moment) = {
            let mut inner = self.inner();
            super::panic::finish_if_begun(self.data_dir(), self.binder())?;
            super::former::finish(self.data_dir())?;
            if inner.notebook.is_some() || self.data_dir().join(store::open::FILE).exists() {
                return Err(NotebookError::AlreadyExists("notebook").into());
            }
            let identity = match inner.handed_in.take() {
                Some(before) if *before.code == *code => before.identity,
                _ => DeviceIdentity::generate(&mut inner.entropy)?,
            };
            (identity, inner.entropy.branch()?, self.moment(&inner))
        };

        let handed = hand_over(&invited, &identity, &mut entropy, moment);
        let invitation = match handed {
            Ok(invitation) => invitation,
            Err(error) => {
                self.inner().handed_in = Some(HandedIn { code, identity });
                return Err(error.into());
            }
        };

        let key = self.make_keyfile(&secret, &pin, &mut entropy)?;
        let notebook = Notebook::create_as(self.data_dir(), &key, &invitation, identity, entropy, |_| Ok(()))?;
        let mut inner = self.inner();
        inner.inventory = Some(Inventory::of(&key)?);
        inner.notebook = Some(notebook);
        Ok(self.session_view(&inner)?)
    }

    /// Asks whether the desk has signed. Once it has, the session is open. Before the six words are confirmed nobody is
    /// asked: under a typed code the admin key is the server's word, and only the words settle whose it is.
    pub fn enrolment_status(&self, input: EnrolmentInput) -> std::result::Result<SessionView, ErrorView> {
        let asked = {
            let mut inner = self.inner();
            let moment = self.moment(&inner);
            match &mut inner.notebook {
                Some(notebook) if input.words_match && notebook.manifest().is_none() => {
                    let address = notebook.journal().server()?;
                    // A copy, because the notebook is not held while the network is waited for.
                    let identity = DeviceIdentity::from_stored(&notebook.identity().to_stored()?)?;
                    Some((address, identity, notebook.entropy().branch()?, moment))
                }
                _ => None,
            }
        };
        if let Some((address, identity, mut entropy, moment)) = asked {
            let client = HttpClient::new(&ServerAddress::parse(&address)?)?;
            let manifest = ask_manifest(&client, &identity, &mut entropy, moment)?;
            if let Some(notebook) = &mut self.inner().notebook {
                match notebook.take_manifest(&manifest, moment) {
                    Ok(_) => self.signal.wake(),
                    Err(NotebookError::NotEnrolled) => {}
                    Err(error) => return Err(error.into()),
                }
            }
        }
        Ok(self.session_view(&self.inner())?)
    }

    /// A keyfile that a crash left without a notebook opens with the PIN it was made with.
    pub(super) fn make_keyfile(&self, secret: &NewSecret, pin: &str, entropy: &mut Entropy) -> Result<DataKey> {
        if keyfile::UNLOCK.exists(self.data_dir()) {
            return self.open_keyfile(pin, entropy)?.into_key();
        }
        let params = keyfile::calibrate(self.binder(), &|| Uptime::now().ms)?;
        keyfile::UNLOCK.create(self.data_dir(), secret, params, self.binder(), entropy)
    }
}

fn hand_over(
    invited: &Invited,
    identity: &DeviceIdentity,
    entropy: &mut Entropy,
    moment: Moment,
) -> Result<Invitation> {
    let client = HttpClient::new(&invited.server)?;
    hand_in(&client, &invited.secret, identity)?;
    let manifest = ask_manifest(&client, identity, entropy, moment)?;
    pin(invited, &manifest)
}
