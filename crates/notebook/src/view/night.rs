//! *Stanotte* and *Contatti*: the start of an outing and its home screen.

use super::sending::SendView;
use super::todo::CardView;
use chrono::{DateTime, NaiveDate, Utc};
use domain::alias::Alias;
use domain::contact::{AgeBand, Concern, ContactKind, Depth, Flag, Gender, GroupCell, Language, Service, TargetGroup};
use domain::desk_record::IncidentType;
use domain::ids::{ContactId, ItemCode, KitCode, NationalityCode, OperationId, OperatorCode, OutingId, ZoneCode};
use domain::observation::ObservationReason;
use domain::outing::{CrewMember, OutingType, ShortCrewReason};
use domain::referral::{ReferralState, ServiceType};
use domain::supply::Leaflet;
use domain::time::Slot;
use domain::validate::Finding;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use ts_rs::TS;

/// Either the open outing, or what is needed to start one.
#[derive(Clone, Debug, Serialize, TS)]
#[serde(tag = "state", content = "view", rename_all = "snake_case")]
#[ts(export)]
pub enum TonightView {
    /// No outing is open.
    Start(StartView),
    /// An outing is open.
    Open(Box<NightView>),
}

/// A number of pieces.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct ItemCount {
    /// What.
    pub item: ItemCode,
    /// How many.
    pub quantity: u16,
}

/// A zone as a chip.
#[derive(Clone, Debug, Serialize, TS)]
#[ts(export)]
pub struct ZoneView {
    /// Code.
    pub code: ZoneCode,
    /// Name of the quarter.
    pub label: String,
}

/// A kit as a button.
#[derive(Clone, Debug, Serialize, TS)]
#[ts(export)]
pub struct KitView {
    /// Code.
    pub code: KitCode,
    /// What is in it.
    pub contents: Vec<ItemCount>,
}

/// *Stanotte*: everything prefilled from the last outing, so that the usual start is one tap.
#[derive(Clone, Debug, Serialize, TS)]
#[ts(export)]
pub struct StartView {
    /// Type of the last outing, `street_night` at first.
    pub outing_type: OutingType,
    /// Types for which rule V03 asks for a crew of two.
    pub needs_two: Vec<OutingType>,
    /// Crew of the last outing; empty on a new phone.
    pub crew: Vec<CrewMember>,
    /// All operators of the programme.
    pub operators: Vec<OperatorCode>,
    /// Load of the last outing, one line per item of the programme's usual bag.
    pub bag: Vec<ItemCount>,
    /// All items that can be loaded.
    pub items: Vec<ItemCode>,
    /// Zones of the last outing.
    pub planned_zones: Vec<ZoneCode>,
    /// All zones.
    pub zones: Vec<ZoneView>,
    /// The outings of this phone that wait for review or sending, newest first.
    pub recent: Vec<super::review::OutingSummaryView>,
}

/// Starts an outing.
#[derive(Clone, Debug, Deserialize, TS)]
#[ts(export)]
pub struct StartInput {
    /// Type.
    pub outing_type: OutingType,
    /// Crew, codes and roles.
    pub crew: Vec<CrewMember>,
    /// Why there are fewer than two where two are needed (V03).
    pub short_crew: Option<ShortCrewReason>,
    /// Bag of this phone.
    pub bag: Vec<ItemCount>,
    /// Zones on the plan, in order; the first one is where it begins.
    pub zones: Vec<ZoneCode>,
    /// The partner's outing code, if the partner's phone has started already.
    pub partner_code: Option<String>,
}

/// An item that runs out.
#[derive(Clone, Debug, Serialize, TS)]
#[ts(export)]
pub struct BagItemView {
    /// What.
    pub item: ItemCode,
    /// Left in this phone's bag; never shown below zero (V19).
    pub left: u32,
    /// It runs out: less than a fifth of what was loaded is left.
    pub low: bool,
    /// More handed out than loaded: correct the load at close.
    pub over: bool,
}

/// *Contatti*, the home of the night. Holds no more than the policy's last records.
#[derive(Clone, Debug, Serialize, TS)]
#[ts(export)]
pub struct NightView {
    /// The outing.
    pub outing_id: OutingId,
    /// Type.
    pub outing_type: OutingType,
    /// Operational date.
    pub date: NaiveDate,
    /// Local time of the start, `21:30`.
    pub started_at: String,
    /// The half-hour in which a record would stand now.
    pub slot: Slot,
    /// Four characters the partner types to join, without network.
    pub code: String,
    /// Where the van is.
    pub zone: ZoneCode,
    /// Zones of tonight first, then the others.
    pub zones: Vec<ZoneView>,
    /// Persons met tonight, as written on this phone.
    pub persons: u32,
    /// People seen, not reached.
    pub seen: u32,
    /// What is left in this phone's bag, in the programme's order.
    pub bag: Vec<BagItemView>,
    /// Kits.
    pub kits: Vec<KitView>,
    /// Nationalities of the list.
    pub nationalities: Vec<NationalityCode>,
    /// What was saved last.
    pub last: Option<LastActionView>,
    /// What the rules ask about what this very command saved; asked once, never in the way (V03, V10, V12–V14, V18); and whether the clock is off (V33).
    pub warnings: Vec<Finding>,
    /// The card begun last and not saved, with everything chosen on it: after a lock, a crash, or when it was left.
    pub card: Option<CardView>,
    /// The referral begun last and not saved.
    pub referral: Option<OperationId>,
    /// Cards and referrals begun and not saved.
    pub drafts: u16,
    /// Cards of *Da completare*: those, and the saved ones that lack something.
    pub todo: u16,
    /// The contact saved last, if it is a group of which one may be split off.
    pub last_group: Option<ContactId>,
    /// Where the records are.
    pub sending: SendView,
    /// Telephone of the coordinator, for the emergency card.
    pub coordinator_phone: Option<String>,
    /// The project's own steps for a presumed minor (V11).
    pub minor_steps: Vec<String>,
}

/// What the last action was, so that the screen can say it.
#[derive(Clone, Debug, Serialize, TS)]
#[serde(tag = "type", rename_all = "snake_case")]
#[ts(export)]
pub enum RecordSummary {
    /// A contact.
    Contact {
        /// Gender.
        gender: Gender,
        /// First or known.
        kind: ContactKind,
        /// How many.
        n_persons: u16,
        /// Kit handed out, if exactly one was.
        kit: Option<KitCode>,
    },
    /// People seen.
    Observation {
        /// Why no contact.
        reason: ObservationReason,
        /// How many.
        n: u16,
    },
    /// A referral was opened.
    Referral {
        /// Where to.
        service_type: ServiceType,
    },
    /// A referral went on.
    Step {
        /// Where it stands now.
        state: ReferralState,
    },
    /// An incident.
    Incident {
        /// What happened.
        incident_type: IncidentType,
    },
    /// Another zone.
    Zone {
        /// Where.
        zone: ZoneCode,
    },
    /// More was loaded.
    Load {
        /// What, and how many.
        loaded: ItemCount,
    },
}

/// The last action and how long it can be undone.
#[derive(Clone, Debug, Serialize, TS)]
#[ts(export)]
pub struct LastActionView {
    /// The operation to undo.
    pub operation: OperationId,
    /// What it was.
    pub record: RecordSummary,
    /// Until when *Annulla* is shown: ten seconds after the save, not at all for a step of a referral.
    pub undo_until: DateTime<Utc>,
}

/// First tap on a tile: the card is durable from here.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct CardInput {
    /// Gender.
    pub gender: Gender,
    /// First or known.
    pub kind: ContactKind,
    /// Whom: a person unless said otherwise.
    pub target_group: TargetGroup,
    /// 1, or the size of the group.
    pub n_persons: u16,
}

/// Pieces handed out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct HandoutInput {
    /// What.
    pub item: ItemCode,
    /// How many, in all.
    pub quantity: u16,
    /// Topic and language, for leaflets (V18).
    pub leaflet: Option<Leaflet>,
}

/// Saves a card as a contact with its handouts.
#[derive(Clone, Debug, Deserialize, TS)]
#[ts(export)]
pub struct ContactInput {
    /// The card; saving it twice gives one contact.
    pub card: OperationId,
    /// What was chosen on the tile.
    pub base: CardInput,
    /// What was handed out, kits already multiplied.
    pub handouts: Vec<HandoutInput>,
    /// Optional details.
    pub details: DetailsInput,
}

/// *Aggiungi dettagli, se vuoi*: all optional; what is absent is *non rilevato*.
#[derive(Clone, Default, Serialize, Deserialize, TS)]
#[serde(default)]
#[ts(export)]
pub struct DetailsInput {
    /// Team aliases, at most as many as persons.
    pub aliases: Vec<Alias>,
    /// Age band.
    pub age_band: Option<AgeBand>,
    /// Nationality.
    pub nationality: Option<NationalityCode>,
    /// Language.
    pub language: Option<Language>,
    /// How far it went; `brief` if not said.
    pub depth: Option<Depth>,
    /// Topics; if not said, *presentazione unità* for a first contact and none otherwise.
    pub services: Option<BTreeSet<Service>>,
    /// Concern.
    pub concern: Option<Concern>,
    /// Marks.
    pub flags: BTreeSet<Flag>,
    /// Composition of a group; the rest is filled with *non rilevato* (V06).
    pub group_cells: Vec<GroupCell>,
    /// The same person again tonight.
    pub repeat_in_outing: bool,
    /// The spoken notice was given.
    pub notice_given: bool,
}

impl std::fmt::Debug for DetailsInput {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("DetailsInput")
    }
}

/// *Vista*: people seen, not reached.
#[derive(Clone, Debug, Deserialize, TS)]
#[ts(export)]
pub struct ObservationInput {
    /// Why.
    pub reason: ObservationReason,
    /// How many, 1…50.
    pub n: u16,
    /// Gender, `woman` if not said otherwise on the screen.
    pub gender: Gender,
    /// Of these, apparently under age.
    pub apparent_minor: u16,
}

/// Another zone: a new stop.
#[derive(Clone, Debug, Deserialize, TS)]
#[ts(export)]
pub struct ZoneChangeInput {
    /// Where.
    pub zone: ZoneCode,
    /// The change had been forgotten: it also holds for the last n contacts of this phone.
    pub also_last: u16,
}

/// *Annulla*.
#[derive(Clone, Copy, Debug, Deserialize, TS)]
#[ts(export)]
pub struct UndoInput {
    /// The operation.
    pub operation: OperationId,
}
