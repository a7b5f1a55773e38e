//! What becomes of a request with a one-time code.

use super::outcome::Enrolled;
use chrono::{DateTime, Duration, Utc};
use domain::sync::chain::Digest;
use domain::sync::enrol::{CODE_LIFE_MINUTES, MAX_TRIES};

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
    /// A guess at one code is a guess at all: count it against every code that is alive.
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
