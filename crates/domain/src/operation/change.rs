//! Field-by-field changes: what a revision consists of, so that two unrelated revisions merge by field.

use crate::alias::Alias;
use crate::contact::{
    AgeBand, Concern, Contact, ContactKind, ContactMode, Depth, Flag, Gender, GroupCell, Language, Service, TargetGroup,
};
use crate::ids::{NationalityCode, StopId, ZoneCode};
use crate::outing::{CancelReason, CrewMember, Outing, OutingStatus, OutingType, Weather};
use crate::time::Slot;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

macro_rules! changes {
    ($(#[$doc:meta])* $change:ident / $field_enum:ident on $entity:ident { $($(#[$vdoc:meta])* $variant:ident($type:ty) = $field:ident,)+ }) => {
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(tag = "field", content = "value", rename_all = "snake_case")]
        pub enum $change { $($(#[$vdoc])* $variant($type),)+ }

        /// The field a change is about.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        #[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(export))]
        pub enum $field_enum { $($(#[$vdoc])* $variant,)+ }

        impl $change {
            /// The field it is about.
            #[must_use]
            pub const fn field(&self) -> $field_enum { match self { $(Self::$variant(_) => $field_enum::$variant,)+ } }

            /// Writes the value into the record.
            pub fn apply(&self, record: &mut $entity) { match self { $(Self::$variant(value) => record.$field = value.clone(),)+ } }
        }
        impl std::fmt::Debug for $change {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result { write!(f, "{}({:?})", stringify!($change), self.field()) }
        }
    };
}

changes! {
    /// A change of one field of a contact.
    ContactChange / ContactField on Contact {
        /// The stop.
        Stop(Option<StopId>) = stop_id,
        /// Individual or group.
        Mode(ContactMode) = mode,
        /// Who it was.
        TargetGroup(TargetGroup) = target_group,
        /// How many.
        NPersons(u16) = n_persons,
        /// Where.
        Zone(ZoneCode) = zone,
        /// When.
        Slot(Slot) = slot,
        /// First or known.
        Kind(ContactKind) = kind,
        /// Gender.
        Gender(Gender) = gender,
        /// Age band.
        AgeBand(AgeBand) = age_band,
        /// Nationality.
        Nationality(NationalityCode) = nationality,
        /// Language.
        Language(Language) = language,
        /// How far it went.
        Depth(Depth) = depth,
        /// What was done.
        Services(BTreeSet<Service>) = services,
        /// Team aliases.
        Aliases(Vec<Alias>) = aliases,
        /// Composition of a group.
        GroupCells(Vec<GroupCell>) = group_cells,
        /// Concern.
        Concern(Concern) = concern,
        /// Marks.
        Flags(BTreeSet<Flag>) = flags,
        /// Same person again.
        RepeatInOuting(bool) = repeat_in_outing,
        /// Notice given.
        NoticeGiven(bool) = notice_given,
    }
}

changes! {
    /// A change of one field of an outing.
    OutingChange / OutingField on Outing {
        /// Kind of outing.
        OutingType(OutingType) = outing_type,
        /// Where it stands: `open`, `closed` or, by a lead, `cancelled`; later states follow from sign-off and
        /// receipts, and once signed off no revision changes it.
        Status(OutingStatus) = status,
        /// Why it was cancelled.
        CancelReason(Option<CancelReason>) = cancel_reason,
        /// Start.
        StartAt(DateTime<Utc>) = start_at,
        /// End.
        EndAt(Option<DateTime<Utc>>) = end_at,
        /// Crew.
        Crew(Vec<CrewMember>) = crew,
        /// Fleet code.
        Vehicle(Option<String>) = vehicle,
        /// Kilometres.
        Km(Option<u16>) = km,
        /// Weather.
        Weather(Weather) = weather,
        /// Zones on the plan.
        PlannedZones(Vec<ZoneCode>) = planned_zones,
        /// Note.
        Note(Option<String>) = note,
        /// Coordinator told of an open immediate referral.
        CoordinatorAlerted(bool) = coordinator_alerted,
    }
}
