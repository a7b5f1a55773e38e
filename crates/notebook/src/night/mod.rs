//! What a night on a phone consists of, without store, keys or clock: pure functions over entities.
//!
//! | module | what |
//! |---|---|
//! | [`bag`] | the supplies of one phone: what is left, what a count means |
//! | [`card`] | from the tile and the details to a contact with its handouts |
//! | [`code`] | the four characters by which two phones share an outing |
//! | [`last`] | the last record of a phone, and how long it can be taken back |
//! | [`month`] | one month in sums |
//! | [`path`] | the next steps of a referral |
//! | [`todo`] | what the contacts of a phone still lack |
//! | [`qr`] | the picture of that code, drawn and read |

pub mod bag;
pub mod card;
pub mod code;
pub mod last;
pub mod month;
pub mod path;
pub mod qr;
pub mod todo;
