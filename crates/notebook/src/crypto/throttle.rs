//! Tries at a PIN, counted before each of them is made; each keyfile has its own counter, by its `name`.
//!
//! Two 96-byte records in one file, written in place by turns: no space is needed on a full disk, and a torn write
//! leaves the other record. Waiting is measured with a clock that cannot be set ([`Uptime`]): it goes on while the app is
//! closed and while the phone sleeps, and after a reboot only the time since then counts. So no wait ends before its time
//! has passed. A file that is missing or unreadable counts as the longest wait.
//!
//! The duress PIN ends a wait as the real one does, but only the real one gives tries back: [`pardon`] keeps the misses,
//! so that the next one waits as long as it would have, and the end comes at the tenth all the same.
//!
//! Record: magic 8 ‖ generation 8 ‖ tries 4 ‖ no wait 4 ‖ uptime in ms 8 ‖ digest of the boot id 16 ‖ zero 16 ‖ SHA-256 of the
//! 64 bytes before it, 32.

use super::durable;
use crate::error::{NotebookError, Result, io_error};
use crate::uptime::Uptime;
use ring::digest;
use std::fs::OpenOptions;
use std::io::{Read, Seek, SeekFrom, Write};
use std::path::Path;

const MAGIC: &[u8; 8] = b"USCTRY2\n";
const RECORD: usize = 96;
/// Bytes of a record that its checksum covers.
const BODY: usize = 64;
/// Tries after which every further one waits the longest.
const MOST: u32 = 8;

/// Misses in a row after which there are no more tries, where there is an end to them.
const LAST: u32 = 10;

/// Milliseconds to wait before the next try, after so many without success: four are free.
const fn wait_after(tries: u32) -> u64 {
    match tries {
        0..=3 => 0,
        4 => 30_000,
        5 => 60_000,
        6 => 5 * 60_000,
        7 => 15 * 60_000,
        _ => 60 * 60_000,
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct State {
    generation: u64,
    /// Misses since the real PIN was given last, and the try that is being made.
    tries: u32,
    /// The last try was right: nothing is waited for.
    no_wait: bool,
    /// When the last try was made. None if nothing tells: the wait is then still to begin.
    since: Option<Uptime>,
}

/// Starts counting for a new keyfile.
pub(super) fn start(dir: &Path, name: &str) -> Result<()> {
    let state = State { generation: 1, tries: 0, no_wait: false, since: Some(Uptime { boot: [0; 16], ms: 0 }) };
    let record = encode(state);
    durable::replace(dir, name, &[record, record].concat(), "tries")
}

/// Milliseconds left before the next try. A wait of which nothing tells when it began begins now, durably.
pub(super) fn wait_ms(dir: &Path, name: &str, now: Uptime) -> Result<u64> {
    let state = load(dir, name)?;
    let wait = if state.no_wait { 0 } else { wait_after(state.tries) };
    let passed = state.since.and_then(|since| now.since(since));
    if wait > 0 && passed.is_none() {
        store(dir, name, State { since: Some(now), ..state })?;
    }
    Ok(wait.saturating_sub(passed.unwrap_or_default()))
}

/// Counts a try that is about to be made.
pub(super) fn count(dir: &Path, name: &str, now: Uptime) -> Result<()> {
    let wait_ms = wait_ms(dir, name, now)?;
    if wait_ms > 0 {
        return Err(NotebookError::MustWait { wait_ms });
    }
    let state = load(dir, name)?;
    store(dir, name, State { tries: state.tries.saturating_add(1), no_wait: false, since: Some(now), ..state })
}

/// The try came to no answer: nothing was learnt from it, and it does not count.
pub(super) fn give_back(dir: &Path, name: &str) -> Result<()> {
    let state = load(dir, name)?;
    // None was waited for, or it could not have been made.
    store(dir, name, State { tries: state.tries.saturating_sub(1), no_wait: true, ..state })
}

/// The try was right.
pub(super) fn forgive(dir: &Path, name: &str) -> Result<()> {
    let state = load(dir, name)?;
    store(dir, name, State { tries: 0, no_wait: true, ..state })
}

/// The try was the duress PIN: it waits no longer, and the misses before it stay.
pub(super) fn pardon(dir: &Path, name: &str) -> Result<()> {
    let state = load(dir, name)?;
    store(dir, name, State { tries: state.tries.saturating_sub(1), no_wait: true, ..state })
}

/// The try that was just made and missed was the last.
pub(super) fn is_last(dir: &Path, name: &str) -> Result<bool> {
    load(dir, name).map(|state| state.tries >= LAST)
}

fn load(dir: &Path, name: &str) -> Result<State> {
    let bytes = match std::fs::read(dir.join(name)) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Vec::new(),
        Err(error) => return Err(io_error("tries")(error)),
    };
    let best = bytes.chunks(RECORD).filter_map(decode).max_by_key(|state| state.generation);
    // Whoever removes the counter gains nothing by it.
    Ok(best.unwrap_or(State { generation: 0, tries: MOST, no_wait: false, since: None }))
}

fn store(dir: &Path, name: &str, state: State) -> Result<()> {
    let fault = io_error("tries");
    let generation = state.generation.saturating_add(1);
    let next = State { generation, ..state };
    let path = dir.join(name);
    let mut file = durable::private(OpenOptions::new().read(true).write(true).create(true).truncate(false))
        .open(path)
        .map_err(&fault)?;
    let mut old = Vec::new();
    file.read_to_end(&mut old).map_err(&fault)?;
    let position = if generation.is_multiple_of(2) { 0 } else { RECORD as u64 };
    file.seek(SeekFrom::Start(position)).map_err(&fault)?;
    durable::step("tries")?;
    file.write_all(&encode(next)).map_err(&fault)?;
    durable::step("tries")?;
    file.sync_all().map_err(&fault)
}

fn encode(state: State) -> [u8; RECORD] {
    // Later than any moment: the wait is still to begin.
    let since = state.since.unwrap_or(Uptime { boot: [0; 16], ms: u64::MAX });
    let body = [
        MAGIC.as_slice(),
        &state.generation.to_be_bytes(),
        &state.tries.to_be_bytes(),
        &u32::from(state.no_wait).to_be_bytes(),
        &since.ms.to_be_bytes(),
        &since.boot,
        &[0; 16],
    ]
    .concat();
    let mut record = [0; RECORD];
    let checksum = digest::digest(&digest::SHA256, &body);
    for (to, from) in record.iter_mut().zip(body.iter().chain(checksum.as_ref())) {
        *to = *from;
    }
    record
}

fn decode(record: &[u8]) -> Option<State> {
    let (body, checksum) = record.split_at_checked(BODY)?;
    if checksum != digest::digest(&digest::SHA256, body).as_ref() {
        return None;
    }
    let (magic, rest) = body.split_first_chunk::<8>()?;
    let (generation, rest) = rest.split_first_chunk::<8>()?;
    let (tries, rest) = rest.split_first_chunk::<4>()?;
    let (no_wait, rest) = rest.split_first_chunk::<4>()?;
    let (ms, rest) = rest.split_first_chunk::<8>()?;
    let (boot, _) = rest.split_first_chunk::<16>()?;
    (magic == MAGIC).then_some(State {
        generation: u64::from_be_bytes(*generation),
        tries: u32::from_be_bytes(*tries),
        no_wait: u32::from_be_bytes(*no_wait) == 1,
        since: Some(Uptime { boot: *boot, ms: u64::from_be_bytes(*ms) }),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const NAME: &str = "tries";
    const MINUTE: u64 = 60_000;

    fn up(ms: u64) -> Uptime {
        Uptime::of(1, ms)
    }

    #[test]
    fn lets_four_tries_through_and_then_waits_longer_and_longer() {
        let dir = tempfile::tempdir().unwrap();
        start(dir.path(), NAME).unwrap();
        let mut now = 1_000;
        for wait in [0, 0, 0, 0, 30_000, MINUTE, 5 * MINUTE, 15 * MINUTE, 60 * MINUTE, 60 * MINUTE] {
            assert_eq!(wait_ms(dir.path(), NAME, up(now)).unwrap(), wait);
            if wait > 0 {
                let error = count(dir.path(), NAME, up(now + wait - 1)).unwrap_err();
                assert_eq!(error, NotebookError::MustWait { wait_ms: 1 });
            }
            now += wait;
            assert!(!is_last(dir.path(), NAME).unwrap());
            count(dir.path(), NAME, up(now)).unwrap();
        }
        assert!(is_last(dir.path(), NAME).unwrap(), "the tenth");
        forgive(dir.path(), NAME).unwrap();
        assert_eq!(wait_ms(dir.path(), NAME, up(now)).unwrap(), 0);
    }

    #[test]
    fn a_wait_goes_on_over_restarts_of_the_app_and_sleep() {
        let dir = tempfile::tempdir().unwrap();
        start(dir.path(), NAME).unwrap();
        for _ in 0..4 {
            count(dir.path(), NAME, up(10 * MINUTE)).unwrap();
        }
        // Nothing but the file and the clock of the system is known of it.
        assert_eq!(wait_ms(dir.path(), NAME, up(10 * MINUTE + 20_000)).unwrap(), 10_000);
        assert_eq!(wait_ms(dir.path(), NAME, up(10 * MINUTE + 30_000)).unwrap(), 0);
    }

    #[test]
    fn counts_only_the_time_since_a_reboot() {
        let dir = tempfile::tempdir().unwrap();
        start(dir.path(), NAME).unwrap();
        for _ in 0..4 {
            count(dir.path(), NAME, up(10_000)).unwrap();
        }
        // Later on its own clock than the try was on the other: no more than this has surely passed.
        for (uptime_ms, left) in [(0, 30_000), (5_000, 25_000), (12_000, 18_000), (29_999, 1), (30_000, 0)] {
            assert_eq!(wait_ms(dir.path(), NAME, Uptime::of(2, uptime_ms)).unwrap(), left, "{uptime_ms}");
        }
    }

    #[test]
    fn begins_a_wait_anew_when_the_clock_ran_backwards() {
        let dir = tempfile::tempdir().unwrap();
        start(dir.path(), NAME).unwrap();
        for _ in 0..4 {
            count(dir.path(), NAME, up(10 * MINUTE)).unwrap();
        }
        assert_eq!(wait_ms(dir.path(), NAME, up(5_000)).unwrap(), 30_000);
        assert_eq!(wait_ms(dir.path(), NAME, up(25_000)).unwrap(), 10_000, "and it runs from there");
    }

    /// What somebody who wants to guess may do between two tries.
    #[derive(Clone, Copy, Debug)]
    enum Deed {
        Wait(u64),
        Reboot,
        Remove,
        Look,
    }

    fn deeds() -> impl Strategy<Value = Vec<Deed>> {
        let deed = prop_oneof![
            (0..90 * MINUTE).prop_map(Deed::Wait),
            (0..60_000_u64).prop_map(Deed::Wait),
            Just(Deed::Reboot),
            Just(Deed::Remove),
            Just(Deed::Look),
        ];
        proptest::collection::vec(deed, 0..40)
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        /// Whatever is done: between the last miss and a further try the whole wait has passed. (A wall clock has no part
        /// in it.)
        #[test]
        fn no_deed_shortens_a_wait(misses in 4_u32..10, deeds in deeds()) {
            let dir = tempfile::tempdir().unwrap();
            // In truth, and on a clock that starts with each boot.
            let (mut truth, mut boot, mut booted) = (MINUTE, 1, 0);
            start(dir.path(), NAME).unwrap();
            let state = load(dir.path(), NAME).unwrap();
            store(dir.path(), NAME, State { tries: misses, since: Some(Uptime::of(boot, truth)), ..state }).unwrap();
            let missed = truth;
            for deed in deeds {
                match deed {
                    Deed::Wait(ms) => truth += ms,
                    Deed::Reboot => (boot, booted) = (boot + 1, truth),
                    Deed::Remove => drop(std::fs::remove_file(dir.path().join(NAME))),
                    Deed::Look => drop(wait_ms(dir.path(), NAME, Uptime::of(boot, truth - booted)).unwrap()),
                }
                let left = wait_ms(dir.path(), NAME, Uptime::of(boot, truth - booted)).unwrap();
                prop_assert!(left >= wait_after(misses).saturating_sub(truth - missed), "{deed:?}: {left}");
            }
        }
    }

    #[test]
    fn treats_a_missing_or_torn_counter_as_the_longest_wait() {
        let dir = tempfile::tempdir().unwrap();
        assert_eq!(wait_ms(dir.path(), NAME, up(500)).unwrap(), 60 * MINUTE);
        std::fs::write(dir.path().join(NAME), [7; 128]).unwrap();
        assert_eq!(wait_ms(dir.path(), NAME, up(500)).unwrap(), 60 * MINUTE);
        assert_eq!(wait_ms(dir.path(), NAME, up(500 + 60 * MINUTE)).unwrap(), 0, "the wait must end one day");
    }

    #[test]
    fn survives_a_torn_write_of_either_record() {
        let dir = tempfile::tempdir().unwrap();
        start(dir.path(), NAME).unwrap();
        for _ in 0..4 {
            count(dir.path(), NAME, up(MINUTE)).unwrap();
        }
        let whole = std::fs::read(dir.path().join(NAME)).unwrap();
        for position in 0..whole.len() {
            let mut torn = whole.clone();
            torn[position] ^= 1;
            std::fs::write(dir.path().join(NAME), &torn).unwrap();
            let tries = load(dir.path(), NAME).unwrap().tries;
            assert!(tries == 4 || tries == 3, "at most the last count is lost, at byte {position}");
        }
    }
}
