//! Sending and fetching: how a device talks to the mailbox server.
//!
//! A *round* is one visit to the server. What it does next is decided by a pure state machine ([`round`]): no I/O, no
//! clock, no randomness. A [`visit`] carries it out with the journal and the notebook, and a
//! [`wire::Transport`] carries the bytes. The order of a round:
//!
//! 1. an order to wipe, if asking is due: from time to time, and at once when the server says that the device is revoked;
//! 2. the manifest, if it is due;
//! 3. batches of the journal, until the receipt covers everything; a locked phone does only this and the first;
//! 4. the receipt, if nothing was sent and copies off the server are still missing;
//! 5. pages of the streams this role reads, each ingested together with its cursor;
//! 6. the acknowledgement, if this is a desk with new copies;
//! 7. when all went well: the copies of another phone's log, in its name ([`on_behalf`]); a desk's, if the server lost them.
//!
//! A device that destroyed its keys as ordered says so after its batches, with the signature it made long before.
//! What the admin ordered is obeyed when the round is over, so that what was unsent went first.
//!
//! | what happens | what the round does |
//! |---|---|
//! | no answer, a cut one, a sign-in page | halves the batch, ends, waits 1 s … 5 min with full jitter |
//! | 200 with a receipt that is signed and equals our chain | records it; nothing else makes anything *received* |
//! | a receipt that is not signed, or differs from our chain | ends with `RICEVUTA-01` or `RICEVUTA-02` |
//! | `gap` | goes back once to what the server expects: it may have lost its disk |
//! | `fork`, or the server holds more than we wrote | ends with `REV-02` |
//! | `clock_off` | takes the server's time once, then ends with `ORA-01` |
//! | `replayed` | signs anew once |
//! | `too_large` for several operations | halves the batch and goes on |
//! | `unavailable` for a batch | ends with its code; the next batch is half as long |
//! | `revoked`, unknown version, any other refusal | ends with its code |
//!
//! With a server that was set back what stands on its memory is begun anew, once ([`restored`]).
//!
//! Whoever waits is told by [`progress`] how far reading has come. What was read is kept page by page: broken off, it goes on
//! where it was.
//!
//! A round that ends with a code never starts over by itself before its delay; no state is final, because the desk or
//! the server's keeper may put things right in the meantime.

pub(crate) mod ask;
pub mod client;
pub mod enrol_desk;
pub mod enrol_device;
pub mod fault;
pub mod file;
pub mod invitation;
pub(crate) mod on_behalf;
pub mod pace;
pub mod progress;
pub(crate) mod restored;
pub mod round;
pub mod visit;
pub mod wire;
