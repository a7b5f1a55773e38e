//! What Uscita records, checks, counts and lets out. Pure: no input or output, no clock, no randomness.
//!
//! | module | Italian | what |
//! |---|---|---|
//! | [`programme`] | progetto | zones, lists, kits, thresholds: what the admin decides |
//! | [`directory`] | rubrica | services: when they are open, what they ask for |
//! | [`outing`] | uscita, sosta | one night (or day) out |
//! | [`contact`] | contatto | people met, alone or in a group |
//! | [`observation`] | presenza | people seen, not reached |
//! | [`supply`] | scorte | signed moves of supplies |
//! | [`referral`] | invio, accompagnamento | the way to a service |
//! | [`plan`] | pianificazione | what a coordinator intends, and what became of it |
//! | [`depot`] | magazzino | what is delivered, counted, ordered; how long it lasts |
//! | [`desk_record`] | accesso, incontro, episodio | what is not a contact |
//! | [`operation`] | operazione | one saved user action; the fold from operations to state |
//! | [`validate`], [`rule`] | controlli | rules V01… |
//! | [`indicator`] | indicatori | indicators I01… |
//! | [`disclosure`] | rilascio | what may leave the desk (`domain` D.4) |
//! | [`release`] | documento di rilascio | what a recipient is given, signed |
//! | [`sync`] | – | the protocol, and the coarse night log |
//! | [`time`], [`stamp`] | data operativa | local dates and weeks; order across wrong clocks |
//! | [`alias`] | codice della persona | team aliases and their tokens |
//! | [`recovery_words`] | parole di recupero | the programme's recovery secret as words on paper |
//!
//! Invariants:
//! - State is folded from operations; equal sets of operations give equal states.
//! - A type that leaves the team is in [`sync::night_log`] and is written only by [`sync::project`].
//! - No published table lets anyone compute a cell below the threshold.

pub mod alias;
pub mod code;
pub mod contact;
pub mod depot;
pub mod desk_record;
pub mod directory;
pub mod disclosure;
pub mod ids;
pub mod indicator;
pub mod observation;
pub mod operation;
pub mod outing;
pub mod plan;
pub mod programme;
pub mod recovery_words;
pub mod referral;
pub mod release;
pub mod rule;
pub mod stamp;
pub mod supply;
pub mod sync;
pub mod time;
pub mod validate;
