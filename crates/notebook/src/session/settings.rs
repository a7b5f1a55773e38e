//! *Impostazioni*: what can be set on one device, before and after any PIN.

use super::Session;
use crate::error::ErrorView;
use crate::settings::Settings;
use crate::view::SessionView;

impl Session {
    /// Saves the settings; they hold from the answer on.
    pub fn save_settings(&self, settings: Settings) -> std::result::Result<SessionView, ErrorView> {
        let mut inner = self.inner();
        settings.write(self.data_dir())?;
        inner.settings = settings;
        Ok(self.session_view(&inner)?)
    }
}
