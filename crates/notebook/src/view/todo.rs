//! *Da completare*: cards that were begun, and what the saved ones lack.
//!
//! A card shows its number, zone and half-hour; who it was only for the policy's last records (architecture 7).

use super::begun::UnsavedReferralView;
use super::night::{CardInput, DetailsInput, ItemCount};
use crate::night::todo::Question;
use domain::contact::{AgeBand, ContactKind, Gender};
use domain::ids::{ContactId, KitCode, NationalityCode, OperationId, ZoneCode};
use domain::supply::Leaflet;
use domain::time::Slot;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What was chosen for the kit.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "type", content = "code", rename_all = "snake_case")]
#[ts(export)]
pub enum KitChoice {
    /// Nothing tapped yet.
    #[default]
    Open,
    /// *Niente*.
    Nothing,
    /// This kit, for everybody.
    Kit(KitCode),
}

/// Everything on a card besides its tile.
#[derive(Clone, Debug, Default, Serialize, Deserialize, TS)]
#[serde(default)]
#[ts(export)]
pub struct CardFill {
    /// The kit.
    pub kit: KitChoice,
    /// Pieces besides the kit.
    pub others: Vec<ItemCount>,
    /// Topic and language of the leaflets among them (V18).
    pub leaflet: Option<Leaflet>,
    /// Optional details.
    pub details: DetailsInput,
}

/// A card as it now stands on the screen.
#[derive(Clone, Debug, Deserialize, TS)]
#[ts(export)]
pub struct UpdateCardInput {
    /// The card.
    pub card: OperationId,
    /// What was chosen on the tile.
    pub base: CardInput,
    /// Everything else.
    pub fill: CardFill,
}

/// A card begun, with everything chosen on it.
#[derive(Clone, Debug, Serialize, TS)]
#[ts(export)]
pub struct CardView {
    /// Becomes the operation's id when saved.
    pub card: OperationId,
    /// What was chosen on the tile.
    pub input: CardInput,
    /// Everything else.
    pub fill: CardFill,
    /// The group that the person is split off.
    pub group: Option<ContactId>,
}

/// A card that was begun and not saved.
#[derive(Clone, Copy, Debug, Deserialize, TS)]
#[ts(export)]
pub struct UnsavedCardInput {
    /// The card.
    pub card: OperationId,
}

/// One person is to be split off a group (F13).
#[derive(Clone, Copy, Debug, Deserialize, TS)]
#[ts(export)]
pub struct SplitInput {
    /// The group.
    pub group: ContactId,
}

/// *Da completare*.
#[derive(Clone, Debug, Serialize, TS)]
#[ts(export)]
pub struct TodoView {
    /// Cards begun and not saved, the latest first.
    pub unsaved: Vec<UnsavedCardView>,
    /// Referrals begun and not saved, the latest first.
    pub referrals: Vec<UnsavedReferralView>,
    /// Saved contacts that lack something, the latest first.
    pub missing: Vec<MissingView>,
    /// Groups of this phone of which one may be split off, the latest first.
    pub groups: Vec<GroupCardView>,
    /// Origins to offer, the most frequent first.
    pub origins: Vec<NationalityCode>,
    /// Genders to offer for a group, the most frequent first.
    pub genders: Vec<Gender>,
}

/// Who it was, for the last records.
#[derive(Clone, Copy, Debug, Serialize, TS)]
#[ts(export)]
pub struct WhoView {
    /// Gender.
    pub gender: Gender,
    /// First or known.
    pub kind: ContactKind,
}

/// A card that was begun and not saved.
#[derive(Clone, Debug, Serialize, TS)]
#[ts(export)]
pub struct UnsavedCardView {
    /// The card.
    pub card: OperationId,
    /// Zone of its first tap.
    pub zone: ZoneCode,
    /// Half-hour of its first tap, `21:30`.
    pub slot: Slot,
    /// 1, or the size of the group.
    pub n_persons: u16,
    /// Who it was, if it is among the last records: only then can it be filled in further.
    pub who: Option<WhoView>,
}

/// A contact that lacks something.
#[derive(Clone, Debug, Serialize, TS)]
#[ts(export)]
pub struct MissingView {
    /// The contact.
    pub contact: ContactId,
    /// The card that it was saved from.
    pub card: OperationId,
    /// Number of the card on this phone tonight.
    pub number: u16,
    /// Zone.
    pub zone: ZoneCode,
    /// Half-hour, `21:30`.
    pub slot: Slot,
    /// 1, or the size of the group.
    pub n_persons: u16,
    /// Who it was, if it is among the last records.
    pub who: Option<WhoView>,
    /// What is asked.
    pub question: Question,
}

/// A group.
#[derive(Clone, Debug, Serialize, TS)]
#[ts(export)]
pub struct GroupCardView {
    /// The contact.
    pub contact: ContactId,
    /// Number of the card on this phone tonight.
    pub number: u16,
    /// Zone.
    pub zone: ZoneCode,
    /// Half-hour, `21:30`.
    pub slot: Slot,
    /// How many are left in it.
    pub n_persons: u16,
}

/// People of a group of whom the same was said.
#[derive(Clone, Copy, Debug, Deserialize, TS)]
#[ts(export)]
pub struct WhoCount {
    /// Gender.
    pub gender: Gender,
    /// First or known.
    pub kind: ContactKind,
    /// How many.
    pub n: u16,
}

/// An answer.
#[derive(Clone, Debug, Deserialize, TS)]
#[serde(tag = "type", content = "value", rename_all = "snake_case")]
#[ts(export)]
pub enum TodoAnswer {
    /// Who the people of a group were; the rest is *non rilevato* (V06).
    Composition(Vec<WhoCount>),
    /// Origin.
    Origin(NationalityCode),
    /// Age.
    Age(AgeBand),
    /// *Non so*.
    Unknown(Question),
}

/// Answers a question about a contact.
#[derive(Clone, Debug, Deserialize, TS)]
#[ts(export)]
pub struct AnswerInput {
    /// The contact.
    pub contact: ContactId,
    /// The answer.
    pub answer: TodoAnswer,
}

/// Takes an answer back.
#[derive(Clone, Copy, Debug, Deserialize, TS)]
#[ts(export)]
pub struct TakeBackAnswerInput {
    /// The contact.
    pub contact: ContactId,
    /// The question that is open again.
    pub question: Question,
}
