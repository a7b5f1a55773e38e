//! What becomes of a request with a one-time code.

use super::outcome::Enrolled;
use chrono::{DateTime, Duration, Utc};
use domain::sync::audit::{AuditKind, Note};
use domain::sync::chain::Digest;
use domain::sync::enrol::{CODE_LIFE_MINUTES, MAX_TRIES};

/// Bytes that a guess must have in common with the id of a code to be counted against it.
///
/// Who guesses codes hits the beginning of a certain one once in 65,536 times, and five such hits burn it: after some
/// 300,000 guesses at 2^50 codes or more, so the chance to have found it is below 1 in 10^9, whatever the limits of
/// networks ([`crate::rates`]) hold back besides. Who wants to burn the codes of others needs as many, each time, within
/// the quarter of an hour that a code lives. Counted against every code, five requests did it. Two bytes are between
/// the two: a byte less and 1,300 requests burn a code, a byte more and burning means nothing.
pub const NEAR_BYTES: usize = 2;

/// How long a code is remembered, so that a phone that asks again after its answer was lost is told the same.
const MEMORY: Duration = Duration::days(1);

/// A code as it was announced.
pub struct Announced {
    /// When, in seconds since 1970 UTC.
    pub at: i64,
    /// Guesses that were counted against it.
    pub wrong_tries: i64,
    /// Fingerprint of the request that used it.
    pub used_by: Option<Digest>,
}

/// What to do with a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Judged {
    /// Nothing: this is the answer.
    Settled(Enrolled),
    /// It names no code. It counts against those that are alive and begin as it does: [`NEAR_BYTES`].
    Guess,
    /// The code is good for it.
    Good,
}

/// Judges a request by the code that it names, if there is one.
#[must_use]
pub fn judge(code: Option<&Announced>, fingerprint: Digest, now: DateTime<Utc>) -> Judged {
    let Some(code) = code else {
        return Judged::Guess;
    };
    if let Some(used_by) = code.used_by {
        return Judged::Settled(if used_by == fingerprint { Enrolled::Waiting } else { Enrolled::Spent });
    }
    let is_alive = code.at > born_after(now) && code.wrong_tries < i64::from(MAX_TRIES);
    if is_alive { Judged::Good } else { Judged::Settled(Enrolled::Spent) }
}

/// A code announced at this second or before has expired.
#[must_use]
pub fn born_after(now: DateTime<Utc>) -> i64 {
    (now - Duration::minutes(CODE_LIFE_MINUTES)).timestamp()
}

/// A code announced before this second is forgotten.
#[must_use]
pub fn remembered_since(now: DateTime<Utc>) -> i64 {
    (now - MEMORY).timestamp()
}

/// For the record, when codes have now had as many wrong guesses as they bear: `tries` of those that a guess counted
/// against.
#[must_use]
pub fn burnt_note(tries: &[i64], now: DateTime<Utc>) -> Option<Note> {
    let burnt = tries.iter().filter(|tries| **tries == i64::from(MAX_TRIES)).count();
    (burnt > 0).then(|| Note::new(now.date_naive(), AuditKind::CodeBurnt).with(burnt as u64))
}
