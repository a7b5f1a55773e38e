//! The admin's order to wipe this device (*ordine di cancellazione*), as far as a locked phone takes part in it.
//!
//! The journal holds the admin's public key, to check an order by, and the confirmation that the device signed when the
//! journal was made: once its keys are gone it can sign nothing. Neither opens anything.

use super::{Journal, meta};
use crate::error::{NotebookError, Result};
use domain::sync::chain::Bytes;
use domain::sync::version;
use domain::sync::wipe::{WipeConfirmation, WipeOrder};

/// The admin's public key.
pub(super) const ADMIN_KEY: &str = "admin_key";
/// The device's signature over its confirmation.
pub(super) const STATEMENT: &str = "wipe_statement";
/// The order, once it has come.
pub(super) const ORDER: &str = "wipe_order";
/// The server knows that it was obeyed.
pub(super) const CONFIRMED: &str = "wipe_confirmed";

impl Journal {
    /// Takes an order in, if the admin gave it to this device. It stands from then on. Gives whether it does.
    ///
    /// # Errors
    /// If the file cannot be read or written.
    pub fn take_order(&mut self, order: &WipeOrder) -> Result<bool> {
        let admin_key: Vec<u8> =
            meta::find(&self.connection, ADMIN_KEY)?.ok_or(NotebookError::Damaged("journal key"))?;
        let is_given = order.is_given_by(&admin_key, self.device);
        if is_given {
            self.put(ORDER, &order.signature.0)?;
        }
        Ok(is_given)
    }

    /// Whether the admin ordered to wipe this device.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn is_to_be_wiped(&self) -> Result<bool> {
        Ok(meta::find(&self.connection, ORDER)?.is_some())
    }

    /// What tells the server that the order was obeyed; none without an order, and once it is told.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn wipe_confirmation(&self) -> Result<Option<WipeConfirmation>> {
        let is_told = meta::find(&self.connection, CONFIRMED)?.is_some();
        if is_told || !self.is_to_be_wiped()? {
            return Ok(None);
        }
        let signature: Vec<u8> =
            meta::find(&self.connection, STATEMENT)?.ok_or(NotebookError::Damaged("journal key"))?;
        Ok(Some(WipeConfirmation { version: version::CURRENT, device: self.device, signature: Bytes(signature) }))
    }

    /// The server knows.
    ///
    /// # Errors
    /// If the file cannot be written.
    pub(crate) fn note_wipe_confirmed(&mut self) -> Result<()> {
        self.put(CONFIRMED, &[1])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::Team;
    use domain::ids::DeviceId;

    #[test]
    fn takes_only_the_admins_order_to_this_device_and_confirms_once() {
        let team = Team::new();
        let mut admin = team.admin.open();
        let member = team.member.open();
        let mut journal = Journal::open(&team.member.dir).unwrap();
        let public = member.identity().public();
        let change = |device: DeviceId| {
            let status = domain::sync::manifest::DeviceStatus::Wipe;
            vec![crate::programme_new::ManifestChange::SetStatus { device, status }]
        };
        let mut order = |device: DeviceId| {
            admin.sign_manifest(change(device), crate::fixture::at(0)).unwrap();
            let found = admin.manifest().unwrap().find_device(device).unwrap();
            WipeOrder {
                version: version::CURRENT,
                device,
                signature: found.wipe_order.clone().unwrap(),
                succession: Vec::new(),
            }
        };
        let lead = team.lead.open().device();
        let foreign = WipeOrder { device: member.device(), ..order(lead) };
        assert!(!journal.take_order(&foreign).unwrap(), "the signature is for another device");
        assert!(!journal.is_to_be_wiped().unwrap() && journal.wipe_confirmation().unwrap().is_none());

        assert!(journal.take_order(&order(member.device())).unwrap());
        assert!(journal.is_to_be_wiped().unwrap());
        let said = journal.wipe_confirmation().unwrap().unwrap();
        assert!(said.is_signed_by(&public.signing_key.0));
        journal.note_wipe_confirmed().unwrap();
        assert!(journal.wipe_confirmation().unwrap().is_none() && journal.is_to_be_wiped().unwrap());
    }
}
