//! Reading the memory of another process, everything that it may write to, and the files of a folder.

use std::fs::File;
use std::io::ErrorKind;
use std::os::unix::fs::FileExt;
use std::path::Path;

/// Bytes read at once. Pieces overlap by the longest pattern.
const PIECE: usize = 1 << 20;

/// Looks for several patterns at once: their first two bytes decide whether one is compared at all.
pub struct Scan<'a> {
    patterns: &'a [&'a [u8]],
    /// The patterns that begin with two bytes.
    starts: Vec<Vec<usize>>,
    longest: usize,
}

impl<'a> Scan<'a> {
    pub fn of(patterns: &'a [&'a [u8]]) -> Self {
        let mut starts = vec![Vec::new(); 1 << 16];
        for (index, pattern) in patterns.iter().enumerate() {
            starts[usize::from(u16::from_be_bytes([pattern[0], pattern[1]]))].push(index);
        }
        Self { patterns, starts, longest: patterns.iter().map(|pattern| pattern.len()).max().unwrap() }
    }

    /// How often each pattern is in the writable memory of a process.
    pub fn process(&self, pid: u32) -> Vec<usize> {
        let maps = std::fs::read_to_string(format!("/proc/{pid}/maps")).unwrap();
        let memory = File::open(format!("/proc/{pid}/mem")).unwrap();
        let mut hits = vec![0; self.patterns.len()];
        let mut seen = 0;
        for line in maps.lines() {
            let mut fields = line.split_whitespace();
            let (range, access) = (fields.next().unwrap(), fields.next().unwrap());
            // What the kernel maps into every process cannot be read.
            if !access.starts_with("rw") || line.ends_with("[vvar]") {
                continue;
            }
            let (start, end) = range.split_once('-').unwrap();
            let [start, end] = [start, end].map(|text| u64::from_str_radix(text, 16).unwrap());
            seen += self.range(&memory, start, end, &mut hits);
        }
        assert!(seen > 1 << 20, "only {seen} bytes of memory were read");
        hits
    }

    /// How often each pattern is in the files of a folder, and how many bytes those have.
    pub fn folder(&self, folder: &Path) -> (Vec<usize>, usize) {
        let mut hits = vec![0; self.patterns.len()];
        let mut seen = 0;
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                let (more, bytes) = self.folder(&path);
                hits.iter_mut().zip(more).for_each(|(times, more)| *times += more);
                seen += bytes;
            } else {
                let content = match std::fs::read(path) {
                    // What the sending thread has just folded in.
                    Err(error) if error.kind() == ErrorKind::NotFound => continue,
                    read => read.unwrap(),
                };
                self.bytes(&content, content.len(), &mut hits);
                seen += content.len();
            }
        }
        (hits, seen)
    }

    fn range(&self, memory: &File, start: u64, end: u64, hits: &mut [usize]) -> usize {
        let mut piece = vec![0; PIECE + self.longest];
        let mut at = start;
        let mut seen = 0;
        while at < end {
            let wanted = piece.len().min(usize::try_from(end - at).unwrap());
            let Ok(read) = memory.read_at(&mut piece[..wanted], at) else { break };
            // What begins in the overlap belongs to the next piece.
            let own = if wanted > PIECE { PIECE } else { read };
            self.bytes(&piece[..read], own.min(read), hits);
            seen += own;
            at += PIECE as u64;
        }
        seen
    }

    fn bytes(&self, bytes: &[u8], own: usize, hits: &mut [usize]) {
        for (offset, pair) in bytes.windows(2).enumerate().take(own) {
            for index in &self.starts[usize::from(u16::from_be_bytes([pair[0], pair[1]]))] {
                if bytes[offset..].starts_with(self.patterns[*index]) {
                    hits[*index] += 1;
                }
            }
        }
    }
}

#[test]
fn finds_what_lies_on_the_edge_of_two_pieces_once() {
    let patterns: [&[u8]; 2] = [b"at the edge", b"nowhere"];
    let scan = Scan::of(&patterns);
    let mut file = tempfile::tempfile().unwrap();
    let mut content = vec![b' '; 2 * PIECE + 40];
    content[PIECE - 4..PIECE + 7].copy_from_slice(b"at the edge");
    std::io::Write::write_all(&mut file, &content).unwrap();
    let mut hits = [0; 2];
    scan.range(&file, 0, content.len() as u64, &mut hits);
    assert_eq!(hits, [1, 0]);
}
