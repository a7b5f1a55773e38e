//! What came back, into a notebook: so that a lead reviews it and a desk counts it.

use super::open::{Content, Opened, Recovered};
use crate::entropy::Moment;
use crate::error::{NotebookError, Result};
use crate::ingest::{Arrivals, is_known, may_say};
use crate::notebook::Notebook;
use crate::save::{insert_operation, observe};
use crate::store::meta::{self, MetaKey};
use crate::store::{desk_entry, forgotten, problem, sealed_copy};
use domain::sync::manifest::{ManifestDevice, Role};
use domain::time::operational_date;

impl Notebook {
    /// Takes in what came back: a lead's phone the operations of its unit, a desk a sealed copy of everything and what
    /// is counted. Believed is only what a device of this notebook's own manifest signed; what a server held apart stays
    /// apart, and what this device wrote itself stays as it is. What is here already changes nothing, and what arrives
    /// after a sign-off is late like anything else.
    ///
    /// # Errors
    /// [`NotebookError::NotAllowed`] if this device's role reads nothing of others; [`NotebookError::NotEnrolled`]; the
    /// disk. Then nothing was taken in.
    pub fn take_recovered(&mut self, recovered: &Recovered, moment: Moment) -> Result<Arrivals> {
        let is_desk = match self.role().ok_or(NotebookError::NotEnrolled)? {
            Role::Lead => false,
            Role::Coordinator | Role::Admin => true,
            Role::Member | Role::DeskWorker | Role::CaseWorker => return Err(NotebookError::NotAllowed),
        };
        let (own, unit) = (self.device(), self.unit().cloned());
        let in_force = self.in_force.as_ref().ok_or(NotebookError::NotEnrolled)?;
        let transaction = self.store.transaction()?;
        let mut arrivals = Arrivals::default();
        let mut clock = self.clock;
        for opened in &recovered.opened {
            let (device, sequence) = (opened.envelope.device, opened.envelope.operation.sequence);
            let sender = in_force.manifest.find_device(device).filter(|sender| is_proved(opened, sender));
            let (Some(sender), true) = (sender, device != own) else {
                let count = if device == own { &mut arrivals.known } else { &mut arrivals.set_aside };
                *count += 1;
                continue;
            };
            let copied = is_desk && sealed_copy::insert(&transaction, &opened.envelope)?;
            let is_new = match &opened.content {
                Content::Operation(_) if is_desk => copied,
                Content::Operation(content) if sender.unit == unit => {
                    clock = observe(clock, content.stamp, moment);
                    // Kept sealed too, until the server says that it has it: it need not have come from there.
                    let of = Some((content.body.outing_id(), operational_date(moment.now)));
                    let is_new = !is_known(&transaction, device, sequence)?
                        && insert_operation(&transaction, content, &opened.json, opened.envelope.chain)?;
                    if is_new {
                        sealed_copy::insert_of(&transaction, &opened.envelope, of)?;
                        forgotten::remove(&transaction, device, sequence)?;
                    }
                    is_new
                }
                Content::Desk(entry) if is_desk && may_say(sender, &entry.entry) => {
                    !desk_entry::contains(&transaction, device, sequence)?
                        && desk_entry::insert(&transaction, device, entry, &opened.json)?
                }
                _ => {
                    arrivals.set_aside += 1;
                    continue;
                }
            };
            problem::remove(&transaction, device, sequence)?;
            *if is_new { &mut arrivals.new } else { &mut arrivals.known } += 1;
        }
        meta::put_json(&transaction, MetaKey::Clock, &clock)?;
        transaction.commit()?;
        self.clock = clock;
        Ok(arrivals)
    }
}

/// Whether this device wrote it, by the manifest in force here.
fn is_proved(opened: &Opened, sender: &ManifestDevice) -> bool {
    let envelope = &opened.envelope;
    opened.is_counted()
        && envelope.is_whole()
        && envelope.is_signed_by(&sender.signing_key.0)
        && sender.role.writes(envelope.operation.stream)
}
