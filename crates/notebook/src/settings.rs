//! How the app looks and how soon it locks (*impostazioni*): a small plain file beside the notebook.
//!
//! It is readable before any PIN, because the lock screen needs language, hand, size and theme; so it holds nothing
//! about anybody: JSON, and its SHA-256 on a second line, so that a flipped bit sets nothing else. A file that cannot be read means the defaults, and is only replaced when somebody saves again.

use crate::crypto::replace;
use crate::error::{NotebookError, Result};
use domain::programme::Policy;
use domain::sync::chain::Digest;
use serde::{Deserialize, Serialize};
use std::io::ErrorKind;
use std::path::Path;
use ts_rs::TS;

/// The file inside the notebook's folder.
pub(crate) const FILE: &str = "settings.json";

/// The idle times offered before the lock, in seconds (F06).
pub const LOCK_CHOICES: [u16; 4] = [15, 30, 60, 120];

/// The hand that holds the phone.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum Hand {
    /// The layout as drawn.
    #[default]
    Right,
    /// The mirrored layout (F01).
    Left,
}

/// The size of the text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum TextSize {
    /// 100 %.
    #[default]
    Normal,
    /// 130 %.
    Large,
}

/// The language of the interface.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum UiLanguage {
    /// Italian.
    #[default]
    It,
    /// English.
    En,
}

/// The colours of the phone. The desk has its own.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum Theme {
    /// Amber on black (*notte*, F04).
    #[default]
    Night,
    /// Ink on paper (*giorno*).
    Day,
}

/// The name and icon under which a phone's launcher shows the app. They only turn a glance away.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum LauncherEntry {
    /// Its own name.
    #[default]
    Uscita,
    /// *Turni*, a calendar.
    Shifts,
    /// *Note*, a page.
    Notes,
    /// *Inventario*, a box.
    Stock,
}

/// Everything that can be set on one device.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default)]
#[ts(export)]
pub struct Settings {
    /// The hand that holds the phone.
    pub hand: Hand,
    /// The size of the text.
    pub text_size: TextSize,
    /// The language of the interface.
    pub language: UiLanguage,
    /// The colours of the phone.
    pub theme: Theme,
    /// Idle seconds before the lock, one of [`LOCK_CHOICES`]. The programme's policy may lock sooner.
    pub lock_after_seconds: u16,
    /// How the launcher shows the app, where there is one.
    pub launcher_entry: LauncherEntry,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            hand: Hand::default(),
            text_size: TextSize::default(),
            language: UiLanguage::default(),
            theme: Theme::default(),
            lock_after_seconds: 30,
            launcher_entry: LauncherEntry::default(),
        }
    }
}

impl Settings {
    /// Reads the settings of a folder; the defaults where there are none, or none that can be read.
    #[must_use]
    pub fn read(dir: &Path) -> Self {
        match std::fs::read(dir.join(FILE)) {
            Ok(bytes) => whole(&bytes)
                .and_then(|json| serde_json::from_slice(json).ok())
                .filter(Self::is_valid)
                .unwrap_or_else(|| {
                    tracing::warn!("the settings are damaged: the defaults hold");
                    Self::default()
                }),
            Err(error) if error.kind() == ErrorKind::NotFound => Self::default(),
            Err(_) => {
                tracing::warn!("the settings cannot be read: the defaults hold");
                Self::default()
            }
        }
    }

    /// Writes the settings of a folder; durable when this returns, and never half.
    ///
    /// # Errors
    /// `InvalidInput` for a lock time that is not offered; `DiskFull`, `Unreadable`.
    pub fn write(&self, dir: &Path) -> Result<()> {
        if !self.is_valid() {
            return Err(NotebookError::InvalidInput("lock time"));
        }
        let mut bytes = serde_json::to_vec(self).map_err(|_| NotebookError::Internal("settings"))?;
        let check = Digest::of(&bytes).to_string();
        bytes.push(b'\n');
        bytes.extend_from_slice(check.as_bytes());
        replace(dir, FILE, &bytes, "settings")
    }

    /// The idle seconds before the lock: as set, never longer than the policy.
    #[must_use]
    pub fn lock_after_seconds(&self, policy: &Policy) -> u16 {
        self.lock_after_seconds.min(policy.lock_after_seconds)
    }

    fn is_valid(&self) -> bool {
        LOCK_CHOICES.contains(&self.lock_after_seconds)
    }
}

/// The JSON of a file, unless the SHA-256 on its second line is that of something else.
fn whole(bytes: &[u8]) -> Option<&[u8]> {
    let mut lines = bytes.splitn(2, |byte| *byte == b'\n');
    let json = lines.next()?;
    let holds = lines.next().is_none_or(|check| check == Digest::of(json).to_string().as_bytes());
    holds.then_some(json)
}

/// The lock times that a policy leaves to choose from, in seconds, ascending.
#[must_use]
pub fn lock_choices(policy: &Policy) -> Vec<u16> {
    LOCK_CHOICES.into_iter().filter(|seconds| *seconds <= policy.lock_after_seconds).collect()
}

#[cfg(test)]
mod tests;
