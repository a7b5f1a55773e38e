//! A look at a write-ahead log before SQLite reads it.
//!
//! SQLite takes a frame whose checksum does not hold for the place where a crash cut the log short: it drops that frame
//! and everything after it, and says nothing. For a crash that is right. For a bit that turned over in the middle it would
//! take back what was acknowledged, and write over it. The two can be told apart: each commit is synced before the one
//! after the next begins, so behind a cut there is at most the rest of what was not synced yet.
//!
//! Format: header 32 bytes (magic, version, page size, count, two salts, checksum), then frames of a 24-byte header (page,
//! pages of the database if it commits, the salts, checksum) and a page; integers big-endian. The checksum goes on from
//! frame to frame. Frames of an earlier round have other salts. Source: SQLite's file format, section 4.
//!
//! What it cannot tell: a bit in the last commit itself looks like a power cut during that commit.

use crate::error::{NotebookError, Result, io_error};
use std::path::Path;

const HEADER: usize = 32;
const FRAME_HEADER: usize = 24;
/// The lowest bit says how the words of the checksum are stored.
const MAGIC: u32 = 0x377f_0682;
/// Readings before a log counts as damaged: somebody may be writing to it.
const READINGS: u32 = 3;

/// Refuses a log that is damaged before its end. At most `unsynced` commits may stand behind a place that does not hold.
///
/// # Errors
/// [`NotebookError::Damaged`]; the disk. Nothing is written.
pub(crate) fn check(path: &Path, unsynced: usize) -> Result<()> {
    for _ in 0..READINGS {
        let log = match std::fs::read(path) {
            Ok(log) => log,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(()),
            Err(error) => return Err(io_error("write-ahead log")(error)),
        };
        if is_whole(&log, unsynced).unwrap_or(false) {
            return Ok(());
        }
    }
    Err(NotebookError::Damaged("write-ahead log"))
}

/// The running checksum, and how its words are stored.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Sum {
    big_endian: bool,
    words: [u32; 2],
}

impl Sum {
    fn over(self, bytes: &[u8]) -> Self {
        let [mut first, mut second] = self.words;
        for pair in bytes.chunks_exact(8) {
            let (one, other) = pair.split_at(4);
            first = first.wrapping_add(self.word(one)).wrapping_add(second);
            second = second.wrapping_add(self.word(other)).wrapping_add(first);
        }
        Self { words: [first, second], ..self }
    }

    fn word(self, bytes: &[u8]) -> u32 {
        let bytes = bytes.try_into().unwrap_or_default();
        if self.big_endian { u32::from_be_bytes(bytes) } else { u32::from_le_bytes(bytes) }
    }
}

/// None if the file ends in its header.
fn is_whole(log: &[u8], unsynced: usize) -> Option<bool> {
    let Some((header, frames)) = log.split_at_checked(HEADER) else { return Some(true) };
    if header.iter().all(|byte| *byte == 0) {
        return Some(true);
    }
    let magic = number(header, 0)?;
    let sum = Sum { big_endian: magic & 1 == 1, words: [0, 0] }.over(header.get(..24)?);
    if magic & !1 != MAGIC || sum.words != [number(header, 24)?, number(header, 28)?] {
        return Some(false);
    }
    let salts = [number(header, 16)?, number(header, 20)?];
    let page = usize::try_from(number(header, 8)?).ok()?;
    let mut sum = Some(sum);
    let mut commits = 0;
    for frame in frames.chunks_exact(FRAME_HEADER.checked_add(page)?) {
        let its_salts = [number(frame, 8)?, number(frame, 12)?];
        let next = sum.map(|sum| Some(sum.over(frame.get(..8)?).over(frame.get(FRAME_HEADER..)?)));
        let next = match next {
            Some(next) => Some(next?),
            None => None,
        };
        let continues =
            next.is_some_and(|sum| number(frame, 16) == Some(sum.words[0]) && number(frame, 20) == Some(sum.words[1]));
        if continues && its_salts != salts {
            return Some(false);
        }
        sum = if continues { next } else { None };
        let is_of_this_round = its_salts.iter().zip(salts).any(|(its, ours)| *its == ours);
        if !continues && is_of_this_round && number(frame, 4)? != 0 {
            commits += 1;
        }
    }
    Some(commits <= unsynced)
}

fn number(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_be_bytes(bytes.get(at..at.checked_add(4)?)?.try_into().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use rusqlite::Connection;

    /// A log of `commits` transactions of one row each, as a crash leaves it.
    fn log(commits: u32) -> Vec<u8> {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("a.db");
        let connection = Connection::open(&path).unwrap();
        connection.execute_batch("PRAGMA journal_mode = WAL; CREATE TABLE a (b BLOB)").unwrap();
        for _ in 0..commits {
            connection.execute("INSERT INTO a VALUES (randomblob(2000))", []).unwrap();
        }
        std::fs::read(dir.path().join("a.db-wal")).unwrap()
    }

    fn holds(log: &[u8]) -> bool {
        is_whole(log, 1).unwrap_or(false)
    }

    #[test]
    fn lets_a_whole_log_and_every_cut_of_it_pass() {
        let log = log(5);
        for end in 0..=log.len() {
            let is_cut_in_header = (1..HEADER).contains(&end);
            assert!(holds(&log[..end]) || is_cut_in_header, "cut at {end}");
        }
        assert!(holds(&[0; 64]), "a file that was only made longer");
    }

    #[test]
    fn finds_every_bit_before_the_last_commit() {
        let log = log(5);
        let frame = FRAME_HEADER + 4_096;
        let frames = log[HEADER..].chunks_exact(frame).enumerate();
        let commits: Vec<usize> = frames.filter(|(_, frame)| number(frame, 4) != Some(0)).map(|(at, _)| at).collect();
        let last = HEADER + (commits[commits.len() - 2] + 1) * frame;
        for at in (0..last).step_by(7) {
            let mut damaged = log.clone();
            damaged[at] ^= 1 << (at % 8);
            assert!(!holds(&damaged), "at {at} of {}", log.len());
        }
    }

    #[test]
    fn takes_frames_of_an_earlier_round_for_what_they_are() {
        let (mut now, earlier) = (log(2), log(6));
        now.extend_from_slice(&earlier[now.len()..]);
        assert!(holds(&now));
    }

    #[test]
    fn lets_a_last_commit_pass_that_a_power_cut_tore() {
        let mut log = log(4);
        let end = log.len();
        log[end - 2_000..end - 1_000].fill(0);
        assert!(holds(&log));
    }
}
