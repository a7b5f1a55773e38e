//! The server's record of what happened to it (*registro*): one chain of entries that is only ever added to.
//!
//! Every receipt carries the chain's head, signed by the server. A device keeps the last one it saw, so that a server
//! that was set back, or whose record was rewritten, gives itself away at the next visit. It is then told to people and
//! nothing is refused: a server that was honestly put back from a backup looks the same, and must stay usable.
//!
//! An entry says which device did what on which day. No content, no address, no time of day. Head 0 is [`origin`];
//! head n is [`Note::follow`] of head n - 1:
//!
//! ```text
//! SHA-256(head n-1 ‖ "uscita/audit/1\n<n>\n<day>\n<kind>\n<device>\n<about>\n<value>")
//! ```
//!
//! The day is written `2026-03-14`, devices as hyphenated lower-case UUIDs, numbers in decimal, what is missing as `-`.

use super::chain::Digest;
use crate::code::code_enum;
use crate::ids::{DeviceId, ProgrammeId};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::fmt::Display;

code_enum! {
    /// What happened.
    AuditKind {
        /// A new device handed in its keys with a code.
        Enrolled = "enrolled",
        /// A manifest came into force; `value` is its number.
        Manifest = "manifest",
        /// With it `about` was revoked.
        Revoked = "revoked",
        /// With it `about` was ordered to be wiped.
        WipeOrdered = "wipe_ordered",
        /// The device said that its keys are gone.
        WipeConfirmed = "wipe_confirmed",
        /// Night logs or desk entries were stored; `value` is the sequence number of the last one.
        NightLog = "night_log",
        /// The device's log has two continuations: it was quarantined.
        Forked = "forked",
        /// The device read a stream. Once a day.
        Pulled = "pulled",
        /// The desk said what it holds. Once a day.
        Acknowledged = "acknowledged",
        /// The desk released quarantine of `about`, up to batch `value`.
        Released = "released",
        /// The desk dropped quarantine of `about`, up to batch `value`.
        Dropped = "dropped",
        /// The desk took back what it had dropped of `about`, up to batch `value`.
        TakenBack = "taken_back",
        /// Tables were published; `value` is the number of the release.
        Published = "published",
        /// They were taken back.
        Withdrawn = "withdrawn",
        /// A request was signed with a wrong key, in the name of `device` if it is one of the programme's. Once a day.
        AuthFailed = "auth_failed",
        /// Wrong guesses burnt enrolment codes; `value` is how many.
        CodeBurnt = "code_burnt",
        /// The database was put back from a backup.
        Restored = "restored",
        /// A backup was started from on trial, and was whole.
        Tried = "tried",
        /// Entries up to number `value` were removed: they were older than 24 months.
        Forgotten = "forgotten",
    }
}

/// A place in the chain.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AuditHead {
    /// Entries up to here; 0 before the first.
    pub number: u64,
    /// Chain value there.
    pub head: Digest,
}

/// What happened, before it has a place in the chain.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    /// On which day, UTC.
    pub day: NaiveDate,
    /// What.
    pub kind: AuditKind,
    /// Who did it; none for the server itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub device: Option<DeviceId>,
    /// To whom it was done.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub about: Option<DeviceId>,
    /// A number that the kind explains.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<u64>,
}

/// An entry of the chain.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditEntry {
    /// The place.
    #[serde(flatten)]
    pub place: AuditHead,
    /// What happened.
    #[serde(flatten)]
    pub note: Note,
}

/// The place before the first entry: bound to the programme, so that chains cannot be exchanged.
#[must_use]
pub fn origin(programme: ProgrammeId) -> AuditHead {
    AuditHead { number: 0, head: Digest::of_parts(&[b"uscita/audit/1\0", programme.0.as_bytes()]) }
}

impl Note {
    /// That something happened on a day.
    #[must_use]
    pub const fn new(day: NaiveDate, kind: AuditKind) -> Self {
        Self { day, kind, device: None, about: None, value: None }
    }

    /// Done by this device.
    #[must_use]
    pub const fn by(self, device: DeviceId) -> Self {
        Self { device: Some(device), ..self }
    }

    /// Done to this device.
    #[must_use]
    pub const fn about(self, device: DeviceId) -> Self {
        Self { about: Some(device), ..self }
    }

    /// With this number.
    #[must_use]
    pub const fn with(self, value: u64) -> Self {
        Self { value: Some(value), ..self }
    }

    /// The entry that this note becomes behind a place.
    #[must_use]
    pub fn follow(self, previous: AuditHead) -> AuditEntry {
        fn or_dash(value: Option<impl Display>) -> String {
            value.map_or_else(|| "-".to_owned(), |value| value.to_string())
        }
        let Self { day, kind, device, about, value } = self;
        let number = previous.number.saturating_add(1);
        let (device, about, value) = (or_dash(device), or_dash(about), or_dash(value));
        let entry = format!("uscita/audit/1\n{number}\n{day}\n{kind}\n{device}\n{about}\n{value}");
        let head = Digest::of_parts(&[&previous.head.0, entry.as_bytes()]);
        AuditEntry { place: AuditHead { number, head }, note: self }
    }
}

impl AuditEntry {
    /// Whether this is the entry behind a place.
    #[must_use]
    pub fn follows(&self, previous: AuditHead) -> bool {
        *self == self.note.follow(previous)
    }
}

/// What a device that saw `pinned` can say of the chain now. `at_pin` is the chain value that the server has now where
/// the pin is, if it said so.
#[must_use]
pub fn was_set_back(pinned: AuditHead, now: AuditHead, at_pin: Option<Digest>) -> bool {
    let there = if now.number == pinned.number { Some(now.head) } else { at_pin };
    now.number < pinned.number || there.is_some_and(|there| there != pinned.head)
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn note(value: u64) -> Note {
        let day = NaiveDate::from_ymd_opt(2026, 3, 14).unwrap();
        Note::new(day, AuditKind::Released)
            .by(DeviceId(Uuid::from_u128(1)))
            .about(DeviceId(Uuid::from_u128(2)))
            .with(value)
    }

    #[test]
    fn chain_value_is_the_documented_one() {
        let start = origin(ProgrammeId(Uuid::from_u128(7)));
        let text = "uscita/audit/1\n1\n2026-03-14\nreleased\n00000000-0000-0000-0000-000000000001\n\
                    00000000-0000-0000-0000-000000000002\n5";
        let entry = note(5).follow(start);
        assert_eq!(entry.place.head, Digest::of(&[start.head.0.as_slice(), text.as_bytes()].concat()));
        let bare = Note::new(note(5).day, AuditKind::Restored).follow(entry.place);
        let text = "uscita/audit/1\n2\n2026-03-14\nrestored\n-\n-\n-";
        assert_eq!(bare.place.head, Digest::of(&[entry.place.head.0.as_slice(), text.as_bytes()].concat()));
        assert_eq!(bare.place.number, 2);
    }

    #[test]
    fn no_changed_entry_follows() {
        let start = origin(ProgrammeId(Uuid::from_u128(7)));
        let entry = note(5).follow(start);
        assert!(entry.follows(start));
        assert!(!entry.follows(origin(ProgrammeId(Uuid::from_u128(8)))), "chains are not exchanged");
        for changed in [
            note(6),
            Note { kind: AuditKind::Dropped, ..note(5) },
            Note { about: None, ..note(5) },
            Note { device: note(5).about, ..note(5) },
            Note { day: note(5).day.succ_opt().unwrap(), ..note(5) },
        ] {
            assert!(!AuditEntry { note: changed, ..entry }.follows(start), "{changed:?}");
        }
    }

    #[test]
    fn tells_a_chain_that_went_back_or_another_one_from_one_that_grew() {
        let start = origin(ProgrammeId(Uuid::from_u128(7)));
        let first = note(1).follow(start).place;
        let second = note(2).follow(first).place;
        let other = note(3).follow(first).place;
        let third = note(4).follow(other).place;
        assert!(!was_set_back(second, second, None));
        assert!(!was_set_back(first, second, Some(first.head)));
        assert!(!was_set_back(first, second, None), "nothing was said of the place");
        assert!(was_set_back(second, first, None));
        assert!(was_set_back(second, other, None));
        assert!(was_set_back(second, third, Some(other.head)), "it grew past the pin again");
    }
}
