//! Supplies (*scorte*): signed moves, never totals; `domain` B.8.

use crate::code::code_enum;
use crate::contact::{Language, TargetGroup};
use crate::ids::{ContactId, DeviceId, ItemCode, OutingId, SupplyMoveId};
use serde::{Deserialize, Serialize};

code_enum! {
    /// What happened to the pieces.
    MoveKind {
        /// *Carico*.
        Load = "load",
        /// *Consegna*.
        Handout = "handout",
        /// *Rientro*.
        Return = "return",
        /// *Scarto o perdita*.
        Waste = "waste",
        /// *Restituito dalla persona*, e.g. sharps.
        FoundReturn = "found_return",
        /// *Rettifica*, with a reason.
        Adjust = "adjust",
    }
}

code_enum! {
    /// Why a count was adjusted.
    AdjustReason {
        /// *Errore nel carico*.
        LoadMistake = "load_mistake",
        /// *Errore di conteggio*.
        CountMistake = "count_mistake",
        /// *Scambio con l'altra borsa*.
        BagExchange = "bag_exchange",
    }
}

code_enum! {
    /// Subject of a leaflet.
    LeafletTopic {
        /// *HIV e infezioni*.
        HivSti = "hiv_sti",
        /// *Contraccezione e gravidanza*.
        ContraceptionPregnancy = "contraception_pregnancy",
        /// *Diritti e documenti*.
        RightsDocuments = "rights_documents",
        /// *Numero verde*.
        HelplineCard = "helpline_card",
        /// *Mappa dei servizi*.
        ServicesMap = "services_map",
        /// *Sostanze*.
        Substances = "substances",
        /// *Sicurezza*.
        Safety = "safety",
        /// *Salute, STP/ENI*.
        HealthAccess = "health_access",
    }
}

/// Topic and language of a leaflet (V18).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(export))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Leaflet {
    /// Subject.
    pub topic: LeafletTopic,
    /// Language it is written in.
    pub language: Language,
}

/// The code of the item that carries a topic and a language.
pub const LEAFLET: &str = "leaflet";

/// One move of supplies. Quantities are never overwritten: a correction is another move.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SupplyMove {
    /// Random v4.
    pub id: SupplyMoveId,
    /// The outing.
    pub outing_id: OutingId,
    /// Whose bag: each phone has its own.
    pub device_id: DeviceId,
    /// What.
    pub item: ItemCode,
    /// Which way.
    pub kind: MoveKind,
    /// 1…2000 pieces; an `adjust` may be negative. V17: load = handout + return + waste + adjust.
    pub quantity: i32,
    /// The contact it was handed to. Local only: the desk gets totals per outing and item.
    pub contact_id: Option<ContactId>,
    /// Whom it went to, for handouts.
    pub to_target_group: Option<TargetGroup>,
    /// Only and always for the item `leaflet`.
    pub leaflet: Option<Leaflet>,
    /// Only and always for `adjust`.
    pub reason: Option<AdjustReason>,
}
