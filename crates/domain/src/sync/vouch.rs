//! What the desk vouches for (*ciò di cui l'ufficio risponde*) of a device that takes part no more.
//!
//! The keys of a lost phone may be in strange hands, and whoever holds them can sign; so a signature under a revoked
//! device's key says nothing by itself, whoever runs the server. The desk's record of what it saw decides: the manifest
//! names, beside a revoked device, the places up to which the desk held its log when it was revoked, and further ones
//! with every release. A reader takes in what leads up to such a place, by the chain, and nothing else; the rest waits
//! whole where it is, for the next manifest.
//!
//! A chain can only be followed back through operations whose bytes are at hand. Who reads one stream of two cannot go
//! past an operation of the other, nor anybody past one that was set aside; so the places are the ends of the runs
//! between such operations. A phone that writes one stream has one run.

use super::Stream;
use super::chain::Digest;
use super::pull::Envelope;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// Places named of one device, the latest ones: the manifest has a size. A lead's phone has two for each night signed.
pub const MAX_VOUCHES: usize = 64;

/// A device's log is as the desk saw it, up to here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Vouch {
    /// Sequence number, from 1.
    pub through: u64,
    /// Chain value there.
    pub head: Digest,
}

/// A place of a device's log that was checked by itself: whole, and signed by its device.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// Sequence number, from 1.
    pub sequence: u64,
    /// Of which stream the operation is.
    pub stream: Stream,
    /// Chain value before it.
    pub previous: Digest,
    /// Chain value after it.
    pub chain: Digest,
    /// The operation was set aside: `chain` cannot be recomputed from `previous`.
    pub is_refused: bool,
}

impl From<&Envelope> for Place {
    fn from(envelope: &Envelope) -> Self {
        Self {
            sequence: envelope.operation.sequence,
            stream: envelope.operation.stream,
            previous: envelope.previous,
            chain: envelope.chain,
            is_refused: envelope.refused.is_some(),
        }
    }
}

/// What to vouch for of a log that is held without a gap, in order: the end of each run, [`MAX_VOUCHES`] at most.
#[must_use]
pub fn vouches(held: &[Place]) -> Vec<Vouch> {
    let followers = held.iter().skip(1).map(Some).chain(std::iter::once(None));
    let ends = held.iter().zip(followers).filter(|(place, next)| {
        !place.is_refused && next.is_none_or(|next| next.is_refused || next.stream != place.stream)
    });
    let ends: Vec<Vouch> = ends.map(|(place, _)| Vouch { through: place.sequence, head: place.chain }).collect();
    ends.iter().skip(ends.len().saturating_sub(MAX_VOUCHES)).copied().collect()
}

/// Which places lead up to one that is vouched for, as (sequence, chain value). `is_followed` says of a place whether
/// the reader took in the one after it already, when the device still took part: nothing can be put behind that.
///
/// # Errors
/// What `is_followed` gives.
pub fn vouched_places<E>(
    vouches: &[Vouch],
    places: &[Place],
    is_followed: impl Fn(u64) -> Result<bool, E>,
) -> Result<BTreeSet<(u64, Digest)>, E> {
    let Some(last) = vouches.iter().map(|vouch| vouch.through).max() else { return Ok(BTreeSet::new()) };
    let mut before: BTreeMap<(u64, Digest), Digest> = BTreeMap::new();
    let mut ends: Vec<(u64, Digest)> = vouches.iter().map(|vouch| (vouch.through, vouch.head)).collect();
    for place in places.iter().filter(|place| !place.is_refused) {
        before.insert((place.sequence, place.chain), place.previous);
        if place.sequence < last && is_followed(place.sequence)? {
            ends.push((place.sequence, place.chain));
        }
    }
    let mut vouched = BTreeSet::new();
    for mut end in ends {
        while let Some(previous) = before.get(&end) {
            if !vouched.insert(end) {
                break;
            }
            end = (end.0.saturating_sub(1), *previous);
        }
    }
    Ok(vouched)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::DeviceId;
    use crate::sync::chain::{genesis, link};
    use proptest::prelude::*;
    use std::convert::Infallible;
    use uuid::Uuid;

    /// A log: `n` journal, `l` night log, `x` a journal operation that was set aside. `salt` makes another branch.
    fn log(kinds: &str, from: Option<&Place>, salt: u8) -> Vec<Place> {
        let (mut sequence, mut previous) =
            from.map_or((0, genesis(DeviceId(Uuid::from_u128(7)))), |place| (place.sequence, place.chain));
        let place = |kind| {
            sequence += 1;
            let stream = if kind == 'l' { Stream::NightLog } else { Stream::Journal };
            let chain = link(previous, sequence, stream, Digest::of(&[salt]));
            let place = Place { sequence, stream, previous, chain, is_refused: kind == 'x' };
            previous = chain;
            place
        };
        kinds.chars().map(place).collect()
    }

    fn read(vouches: &[Vouch], places: &[Place]) -> Vec<u64> {
        let read = vouched_places(vouches, places, |_| Ok::<_, Infallible>(false)).unwrap();
        read.into_iter().map(|(sequence, _)| sequence).collect()
    }

    fn ends(vouches: &[Vouch]) -> Vec<u64> {
        vouches.iter().map(|vouch| vouch.through).collect()
    }

    #[test]
    fn one_stream_has_one_place_and_is_read_up_to_it() {
        let held = log("nnnn", None, 0);
        let vouches = vouches(&held);
        assert_eq!(ends(&vouches), [4]);
        let mut all = held.clone();
        all.extend(log("nn", held.last(), 0));
        assert_eq!(read(&vouches, &all), [1, 2, 3, 4], "what comes later waits");
        assert_eq!(read(&vouches, &all[1..3]), [] as [u64; 0], "nothing leads up to it yet");
        assert_eq!(read(&[], &all), [] as [u64; 0]);
    }

    #[test]
    fn another_branch_under_the_same_numbers_is_not_vouched_for() {
        let held = log("nnnn", None, 0);
        let other = log("nnn", held.first(), 9);
        assert_eq!(read(&vouches(&held), &other), [] as [u64; 0]);
        let both: Vec<Place> = held.iter().chain(&other).copied().collect();
        let read = vouched_places(&vouches(&held), &both, |_| Ok::<_, Infallible>(false)).unwrap();
        assert!(other.iter().all(|place| !read.contains(&(place.sequence, place.chain))));
        assert_eq!(read.len(), 4);
    }

    #[test]
    fn a_place_before_what_was_taken_in_needs_nothing_after_it() {
        let held = log("nnnn", None, 0);
        let read = vouched_places(&vouches(&held), &held[..2], |sequence| Ok::<_, Infallible>(sequence == 2)).unwrap();
        assert_eq!(read.len(), 2);
        let beyond = log("nn", held.last(), 0);
        let read = vouched_places(&vouches(&held), &beyond, |_| Ok::<_, Infallible>(true)).unwrap();
        assert!(read.is_empty(), "only before the last place");
    }

    #[test]
    fn a_manifest_names_the_latest_places() {
        let held = log(&"nl".repeat(100), None, 0);
        let vouches = vouches(&held);
        assert_eq!((vouches.len(), vouches[0].through, vouches[63].through), (MAX_VOUCHES, 137, 200));
    }

    proptest! {
        #[test]
        fn each_reader_reads_all_of_its_stream_and_nothing_behind(kinds in "[nlx]{1,40}", more in "[nl]{0,8}") {
            let held = log(&kinds, None, 0);
            let vouches = vouches(&held);
            let mut all = held.clone();
            all.extend(log(&more, held.last(), 0));
            for stream in [Stream::Journal, Stream::NightLog] {
                let seen: Vec<Place> = all.iter().filter(|place| place.stream == stream).copied().collect();
                let expected: Vec<u64> = held
                    .iter()
                    .filter(|place| place.stream == stream && !place.is_refused)
                    .map(|place| place.sequence)
                    .collect();
                prop_assert_eq!(read(&vouches, &seen), expected);
            }
        }
    }
}
