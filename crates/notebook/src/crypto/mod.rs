//! Keys and sealing: the specification of everything that protects a notebook.
//!
//! # From PIN to database
//!
//! ```text
//! s    = Argon2id(PIN or passphrase, salt, memory, passes, lanes)           32 bytes        kdf
//! h0   = s ;  h_i = hardware HMAC("usc1" ‖ i as 4 bytes BE ‖ h_{i-1}),  i = 1…k             binder
//! KEK  = HKDF-SHA256(salt, s ‖ h_k, info "uscita/kek/1")                    32 bytes        keyfile
//! slot = AES-256-GCM(KEK, random nonce, aad = header, key ‖ purpose ‖ duress PIN ‖ zeros)   keyfile
//! database key = HKDF-SHA256(no salt, data key, info "uscita/database/1")   → PRAGMA key    key, store
//! decoy key    = HKDF-SHA256(no salt, data key, info "uscita/decoy/1")      → the duress PIN's slot  key
//! key check    = HKDF-SHA256(no salt, data key, info "uscita/key-check/1")  → journal.db    key, journal
//! ```
//!
//! The data key is random and never changes with the PIN. The key check lies in the clear beside the notebook, so that
//! a wrong key and a damaged first page can be told apart; of a 256-bit key it tells nothing else.
//!
//! # Keyfile (`keyfile.a`, `keyfile.b`, and for the lead's step-up PIN `review.a`, `review.b`; 4,096 bytes each,
//! integers big-endian)
//!
//! | offset | bytes | what |
//! |---|---|---|
//! | 0 | 8 | `USCKEY1\n` |
//! | 8 | 4 | version, 1 |
//! | 12 | 4 · 3 | Argon2id memory in KiB, passes, lanes |
//! | 24 | 4 | k, length of the hardware chain, 4…64 |
//! | 28 | 4 | epoch of the hardware key |
//! | 32 | 16 | salt |
//! | 48 | 8 | generation: the valid copy with the higher one is in force |
//! | 56 | 8 | zero |
//! | 64 | 4 · 76 | slots: nonce 12 ‖ ciphertext 48 ‖ tag 16; unused ones are random bytes |
//! | 368 | 3,696 | random bytes |
//! | 4,064 | 32 | SHA-256 of all before |
//!
//! Plaintext of a slot, 48 bytes: key 32 ‖ purpose 1 ‖ length of the duress PIN 1 ‖ duress PIN at most 14 ‖ zeros. Purposes:
//! 1 the data key, 2 the review key, 3 the decoy key. Only the slot of purpose 1 holds a duress PIN, if there is one; a
//! slot of purpose 3 opens with that PIN, in the same header.
//!
//! The additional data of a slot is bytes 0…48, so no parameter can be lowered. The checksum tells a damaged copy from
//! a wrong PIN; it covers no secret. Every unlock costs one Argon2id run, one chain and four slot openings, whatever
//! the outcome. Every change writes salt, slots and filler anew: two generations differ everywhere, whether the PIN was
//! changed, a duress PIN set or removed, or the keyfile moved to another hardware key.
//!
//! # Sealed bytes (the two streams, and the sealed part of the manifest)
//!
//! A standard `age` file (X25519 recipients). Its plaintext is a 16-byte header, the content, and padding:
//!
//! ```text
//! usc1 j 00000123\n{"id":…}␠␠␠␠…      j: JSON, padded with spaces
//! usc1 z 00000456\n\x1f\x8b…\0\0\0…   z: gzip of JSON, padded with zero bytes
//! ```
//!
//! The eight digits are the length of the content in bytes. Size of the whole plaintext: for `j` the next of 512,
//! 1,024, 2,048, 4,096 … (doubling); for `z` at least 512, else rounded up by at most 12 % (Padmé). Both kinds of
//! padding are ignored by ordinary tools, so stock programs are enough for a recovery:
//!
//! ```text
//! age -d -i recovery.txt file | tail -n +2              # j
//! age -d -i recovery.txt file | tail -n +2 | gunzip     # z
//! ```

pub mod binder;
mod durable;
pub mod identity;
mod kdf;
mod key;
pub mod keyfile;
pub mod seal;
mod secret;
mod sheet;
mod throttle;

pub(crate) use durable::{close_folder, replace, sync_folder};
pub use kdf::KdfParams;
pub use key::DataKey;
pub use secret::{MIN_REVIEW_PIN_DIGITS, NewSecret, Strength};
pub(crate) use sheet::{open_sheet, seal_sheet};
