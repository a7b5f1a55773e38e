//! How a desk stands: its pages, its sums, its register, its manifest, what of it has a copy elsewhere. Only looked at.

use super::devices::days_until;
use crate::counted::{CountProgress, Unequal};
use crate::entropy::Moment;
use crate::error::{ErrorCode, NotebookError, Result};
use crate::notebook::Notebook;
use crate::store::meta::{self, MetaKey};
use crate::store::register;
use crate::sync::ask::server_time;
use crate::sync::enrol_device::ask_manifest;
use crate::sync::wire::Transport;
use crate::view::number;
use chrono::{DateTime, TimeDelta, Utc};
use domain::sync::manifest::{DeviceStatus, Role};
use domain::time::IsoWeek;

/// How a desk stands on its own machine.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeskHealth {
    /// What reading every page of the notebook came upon; nothing if all are whole.
    pub pages: Option<ErrorCode>,
    /// Whether the journal was damaged at this opening and made anew from the notebook.
    pub journal_was_rebuilt: bool,
    /// Weeks whose sums are not what their nights say; or why that could not be seen.
    pub sums: Result<Vec<IsoWeek>, ErrorCode>,
    /// Lines of the register, and the first that does not follow from the one before it; or why it cannot be read.
    pub register: Result<(u64, Option<u64>), ErrorCode>,
    /// What this device is in the manifest in force; none if it is in none.
    pub role: Option<Role>,
    /// Whether it is revoked there.
    pub is_revoked: bool,
    /// Whether the manifest is signed by the pinned key of the programme.
    pub manifest: Result<u64, ErrorCode>,
    /// Days until the manifest runs out; negative once it has.
    pub expires_in_days: Option<i32>,
    /// Whether the manifest in force, signed here, is not known to be with the server.
    pub manifest_waits: bool,
    /// When the desk last looked at the server with success.
    pub looked_at: Option<DateTime<Utc>>,
    /// Envelopes set aside.
    pub set_aside: u32,
    /// Entries written here that the server has not acknowledged.
    pub unsent: u64,
    /// Entries with the server that have no copy off its host.
    pub not_backed_up: u64,
}

/// How the server answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ServerHealth {
    /// This device's clock less the server's.
    pub clock_ahead: TimeDelta,
    /// Number of the manifest that the server has.
    pub manifest: u64,
}

impl Notebook {
    /// Looks at everything that can be seen without the server. What is damaged is told, not an error.
    ///
    /// # Errors
    /// If the notebook cannot be read at all.
    pub fn examine(&self, moment: Moment, on_progress: impl FnMut(CountProgress)) -> Result<DeskHealth> {
        let connection = self.store.connection();
        let state = self.journal().state()?;
        let in_force = self.manifest();
        let published: Option<u64> = meta::find_json(connection, MetaKey::PublishedManifest)?;
        let waits = |number: u64| published.is_none_or(|known| known < number);
        let register = register::list_kept(connection).map(|(_, chain)| (chain.count(), chain.broken()));
        let sums = self.check_sums(on_progress).map(|weeks| weeks.into_iter().map(|Unequal(week)| week).collect());
        Ok(DeskHealth {
            pages: self.store.whole_check().run().err().map(|error| error.code()),
            journal_was_rebuilt: self.journal_is_rebuilt(),
            sums: sums.map_err(|error| error.code()),
            register: register.map_err(|error| error.code()),
            role: self.role(),
            is_revoked: self.status().is_some_and(|status| status != DeviceStatus::Active),
            manifest: self.check_manifest().map_err(|error| error.code()),
            expires_in_days: in_force.map(|manifest| days_until(manifest.expires_at, moment.now)),
            manifest_waits: self.holds_admin_key()? && in_force.is_some_and(|manifest| waits(manifest.number)),
            looked_at: meta::find_json(connection, MetaKey::DeskLook)?,
            set_aside: number(self.list_problems()?.len()),
            unsent: state.total.saturating_sub(state.stored),
            not_backed_up: state.stored.saturating_sub(state.backed_up),
        })
    }

    /// The number of the manifest, if the pinned key signed it.
    fn check_manifest(&self) -> Result<u64> {
        let signed = self.signed_manifest()?.ok_or(NotebookError::NotEnrolled)?;
        Ok(signed.verify(&self.invitation().admin_key.0)?.number)
    }

    /// Asks the server two questions that change nothing: what time it is, and for the manifest, in this device's name.
    ///
    /// # Errors
    /// What the network and the server say; [`NotebookError::BadManifest`].
    pub fn examine_server(&self, transport: &dyn Transport, moment: Moment) -> Result<ServerHealth> {
        let clock_ahead = moment.now.signed_duration_since(server_time(transport)?);
        let mut entropy = crate::entropy::Entropy::system();
        let signed = ask_manifest(transport, self.identity(), &mut entropy, moment)?;
        Ok(ServerHealth { clock_ahead, manifest: signed.verify(&self.invitation().admin_key.0)?.number })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::{Team, at};
    use domain::sync::act::{Act, ActRow, DeviceAct};
    use domain::sync::night_log::DeskEntry;
    use domain::time::operational_date;

    fn examined(desk: &Notebook) -> DeskHealth {
        desk.examine(at(0), |_| {}).unwrap()
    }

    #[test]
    fn a_desk_that_has_just_begun_is_well_and_says_what_waits() {
        let team = Team::new();
        let mut desk = team.admin.open();
        let health = examined(&desk);
        assert_eq!((health.pages, health.sums.clone(), health.register), (None, Ok(vec![]), Ok((0, None))));
        assert!(!health.is_revoked && health.role == Some(Role::Admin));
        assert_eq!(health.manifest, Ok(desk.manifest().unwrap().number));
        assert!(health.manifest_waits, "no server has it");
        let act = Act::Device { act: DeviceAct::Revoked, device: desk.device(), role: None };
        let row = ActRow { on: operational_date(at(0).now), act, before: None, after: None };
        desk.save_desk_entry(DeskEntry::Acts(vec![row])).unwrap();
        let later = examined(&desk);
        assert_eq!((later.register, later.unsent), (Ok((1, None)), health.unsent + 1));
    }

    #[test]
    fn looking_changes_no_byte_of_the_notebook() {
        let team = Team::new();
        let bytes = || {
            let names = ["notebook.db", "journal.db"];
            names.map(|name| std::fs::read(team.admin.dir.join(name)).unwrap())
        };
        drop(team.admin.open());
        let before = bytes();
        let desk = team.admin.open();
        examined(&desk);
        drop(desk);
        assert!(bytes() == before);
    }

    #[test]
    fn a_line_that_was_taken_away_is_told() {
        let team = Team::new();
        let mut desk = team.admin.open();
        let act = Act::RegisterExported { lines: 0 };
        let row = ActRow { on: operational_date(at(0).now), act, before: None, after: None };
        desk.save_desk_entry(DeskEntry::Acts(vec![row.clone(), row])).unwrap();
        desk.store
            .connection()
            .execute_batch("DROP TRIGGER register_is_never_removed; DELETE FROM register WHERE number = 1")
            .unwrap();
        assert_eq!(examined(&desk).register, Ok((2, Some(1))));
        assert_eq!(desk.sign_register(at(0)).unwrap_err(), NotebookError::Damaged("register"));
    }
}
