//! Tries at a PIN, counted before each of them is made; each keyfile has its own counter, by its `name`.
//!
//! Two 64-byte records in one file, written in place by turns: no space is needed on a full disk, and a torn write
//! leaves the other record. Waiting is measured with a clock that cannot be set; when that clock starts again (a
//! reboot), so does the wait. A file that is missing or unreadable counts as the longest wait.
//!
//! Record: magic 8 ‖ generation 8 ‖ tries 4 ‖ uptime in ms 8 ‖ zero 4 ‖ SHA-256 of the 32 bytes before it, 32.

use super::durable;
use crate::error::{NotebookError, Result, io_error};
use ring::digest;
use std::fs::OpenOptions;
use std::io::{Read, Seek, SeekFrom, Write};
use std::path::Path;

const MAGIC: &[u8; 8] = b"USCTRY1\n";
const RECORD: usize = 64;
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
    tries: u32,
    /// Uptime at the last try.
    since_ms: u64,
}

/// Starts counting for a new keyfile.
pub(super) fn start(dir: &Path, name: &str) -> Result<()> {
    let state = State { generation: 1, tries: 0, since_ms: 0 };
    let record = encode(state);
    durable::replace(dir, name, &[record, record].concat(), "tries")
}

/// Milliseconds left before the next try. A clock that started again starts the wait again, durably.
pub(super) fn wait_ms(dir: &Path, name: &str, uptime_ms: u64) -> Result<u64> {
    let state = load(dir, name)?;
    let wait = wait_after(state.tries);
    if wait > 0 && uptime_ms < state.since_ms {
        store(dir, name, State { since_ms: uptime_ms, ..state })?;
        return Ok(wait);
    }
    Ok(wait.saturating_sub(uptime_ms.saturating_sub(state.since_ms)))
}

/// Counts a try that is about to be made.
pub(super) fn count(dir: &Path, name: &str, uptime_ms: u64) -> Result<()> {
    let wait_ms = wait_ms(dir, name, uptime_ms)?;
    if wait_ms > 0 {
        return Err(NotebookError::MustWait { wait_ms });
    }
    let state = load(dir, name)?;
    store(dir, name, State { tries: state.tries.saturating_add(1), since_ms: uptime_ms, ..state })
}

/// The try came to no answer: nothing was learnt from it, and it does not count.
pub(super) fn give_back(dir: &Path, name: &str) -> Result<()> {
    let state = load(dir, name)?;
    store(dir, name, State { tries: state.tries.saturating_sub(1), ..state })
}

/// The try was right.
pub(super) fn forgive(dir: &Path, name: &str) -> Result<()> {
    let state = load(dir, name)?;
    store(dir, name, State { tries: 0, ..state })
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
    Ok(best.unwrap_or(State { generation: 0, tries: MOST, since_ms: u64::MAX }))
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
    let body = [
        MAGIC.as_slice(),
        &state.generation.to_be_bytes(),
        &state.tries.to_be_bytes(),
        &state.since_ms.to_be_bytes(),
        &[0; 4],
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
    let (body, checksum) = record.split_at_checked(32)?;
    if checksum != digest::digest(&digest::SHA256, body).as_ref() {
        return None;
    }
    let (magic, rest) = body.split_first_chunk::<8>()?;
    let (generation, rest) = rest.split_first_chunk::<8>()?;
    let (tries, rest) = rest.split_first_chunk::<4>()?;
    let (since_ms, _) = rest.split_first_chunk::<8>()?;
    (magic == MAGIC).then_some(State {
        generation: u64::from_be_bytes(*generation),
        tries: u32::from_be_bytes(*tries),
        since_ms: u64::from_be_bytes(*since_ms),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const NAME: &str = "tries";
    const MINUTE: u64 = 60_000;

    #[test]
    fn lets_four_tries_through_and_then_waits_longer_and_longer() {
        let dir = tempfile::tempdir().unwrap();
        start(dir.path(), NAME).unwrap();
        let mut now = 1_000;
        for wait in [0, 0, 0, 0, 30_000, MINUTE, 5 * MINUTE, 15 * MINUTE, 60 * MINUTE, 60 * MINUTE] {
            assert_eq!(wait_ms(dir.path(), NAME, now).unwrap(), wait);
            if wait > 0 {
                let error = count(dir.path(), NAME, now + wait - 1).unwrap_err();
                assert_eq!(error, NotebookError::MustWait { wait_ms: 1 });
            }
            now += wait;
            assert!(!is_last(dir.path(), NAME).unwrap());
            count(dir.path(), NAME, now).unwrap();
        }
        assert!(is_last(dir.path(), NAME).unwrap(), "the tenth");
        forgive(dir.path(), NAME).unwrap();
        assert_eq!(wait_ms(dir.path(), NAME, now).unwrap(), 0);
    }

    #[test]
    fn starts_the_wait_again_after_a_reboot() {
        let dir = tempfile::tempdir().unwrap();
        start(dir.path(), NAME).unwrap();
        for _ in 0..4 {
            count(dir.path(), NAME, 10 * MINUTE).unwrap();
        }
        assert_eq!(wait_ms(dir.path(), NAME, 5_000).unwrap(), 30_000, "uptime fell: the phone was restarted");
        assert_eq!(wait_ms(dir.path(), NAME, 25_000).unwrap(), 10_000, "and the wait runs from there");
        assert_eq!(wait_ms(dir.path(), NAME, 35_000).unwrap(), 0);
    }

    #[test]
    fn treats_a_missing_or_torn_counter_as_the_longest_wait() {
        let dir = tempfile::tempdir().unwrap();
        assert_eq!(wait_ms(dir.path(), NAME, 500).unwrap(), 60 * MINUTE);
        std::fs::write(dir.path().join(NAME), [7; 128]).unwrap();
        assert_eq!(wait_ms(dir.path(), NAME, 500).unwrap(), 60 * MINUTE);
        assert_eq!(wait_ms(dir.path(), NAME, 500 + 60 * MINUTE).unwrap(), 0, "the wait must end one day");
    }

    #[test]
    fn survives_a_torn_write_of_either_record() {
        let dir = tempfile::tempdir().unwrap();
        start(dir.path(), NAME).unwrap();
        for _ in 0..4 {
            count(dir.path(), NAME, MINUTE).unwrap();
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
