//! The depot (*magazzino*): what is delivered, counted and ordered there. What the bags take and bring back is in the
//! night logs; [`Depot`] lays the two together.

mod balance;
mod cover;
#[cfg(test)]
mod tests;

pub use balance::{Balance, BalanceLine, balances};
pub use cover::{Cover, Depot, LastCount, PileStanding, RHYTHM_WEEKS, ToOrder, to_order};

use crate::code::code_enum;
use crate::contact::Language;
use crate::ids::{DepotMoveId, ItemCode};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// What lies on one heap: an item, and of leaflets those in one language.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Pile {
    /// The item.
    pub item: ItemCode,
    /// Only and always for leaflets.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<Language>,
}

impl Pile {
    /// An item that is not a leaflet.
    #[must_use]
    pub const fn of(item: ItemCode) -> Self {
        Self { item, language: None }
    }

    /// Leaflets in a language.
    #[must_use]
    pub fn leaflets(language: Language) -> Self {
        Self { item: ItemCode::new(crate::supply::LEAFLET), language: Some(language) }
    }

    /// Whether a language is named where one belongs, and nowhere else.
    #[must_use]
    pub fn is_sound(&self) -> bool {
        (self.item.as_str() == crate::supply::LEAFLET) == self.language.is_some()
    }
}

code_enum! {
    /// What happened in the depot.
    DepotMove {
        /// *Arrivo*: pieces were delivered.
        Delivery = "delivery",
        /// *Conta*: so many are there, whatever was reckoned before.
        Count = "count",
        /// *Ordine*: so many were ordered; open until the next delivery.
        Order = "order",
    }
}

/// One entry of the depot's book. A mistake is mended by a count.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DepotRow {
    /// Random v4.
    pub id: DepotMoveId,
    /// When, to the minute: it decides which nights a count has seen.
    pub at: DateTime<Utc>,
    /// Which heap.
    pub pile: Pile,
    /// What.
    pub kind: DepotMove,
    /// 1…1,000,000 pieces; a count may be 0.
    pub quantity: u32,
}

/// Most pieces of one entry.
pub const MAX_PIECES: u32 = 1_000_000;
