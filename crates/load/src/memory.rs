//! What a process occupies, in KiB, and how long it has been at work, as the system counts it.

use anyhow::{Context, Result, ensure};

/// Resident now.
///
/// # Errors
/// The process is gone.
pub fn resident(process: u32) -> Result<u64> {
    read(&format!("/proc/{process}/status"), "VmRSS:")
}

/// The most that was resident since [`forget_peak`], or since the start.
///
/// # Errors
/// The process is gone.
pub fn peak(process: u32) -> Result<u64> {
    read(&format!("/proc/{process}/status"), "VmHWM:")
}

/// Begins to look for the peak anew.
///
/// # Errors
/// The system does not allow it.
pub fn forget_peak(process: u32) -> Result<()> {
    Ok(std::fs::write(format!("/proc/{process}/clear_refs"), "5")?)
}

/// Its share: what it has with others counts in part.
///
/// # Errors
/// The process is gone.
pub fn share(process: u32) -> Result<u64> {
    read(&format!("/proc/{process}/smaps_rollup"), "Pss:")
}

/// Time on processors since its start, in microseconds.
///
/// # Errors
/// The process is gone.
pub fn cpu_us(process: u32) -> Result<u64> {
    let path = format!("/proc/{process}/stat");
    let text = std::fs::read_to_string(&path).with_context(|| path.clone())?;
    Times::read(&text).map(|times| to_us(times.own)).with_context(|| path)
}

/// The same of a process with its children, those that have ended too.
///
/// # Errors
/// The process is gone.
pub fn family_cpu_us(process: u32) -> Result<u64> {
    let mut ticks = 0;
    let mut is_there = false;
    for entry in std::fs::read_dir("/proc")?.flatten() {
        // One that has ended meanwhile is counted with its parent.
        let Ok(text) = std::fs::read_to_string(entry.path().join("stat")) else { continue };
        let Some(times) = Times::read(&text) else { continue };
        if entry.file_name().to_str() == Some(&process.to_string()) {
            is_there = true;
            ticks += times.own + times.ended;
        } else if times.parent == u64::from(process) {
            ticks += times.own;
        }
    }
    ensure!(is_there, "the process {process} is gone");
    Ok(to_us(ticks))
}

fn to_us(ticks: u64) -> u64 {
    ticks * 1_000_000 / rustix::param::clock_ticks_per_second()
}

/// Times on processors, in ticks.
#[derive(Debug, PartialEq, Eq)]
struct Times {
    parent: u64,
    own: u64,
    /// Of children that have ended.
    ended: u64,
}

impl Times {
    /// From the text of `stat`.
    fn read(text: &str) -> Option<Self> {
        // The name may hold spaces; after it the fields are counted from the third.
        let (_, fields) = text.rsplit_once(')')?;
        let fields: Vec<&str> = fields.split_whitespace().collect();
        let field = |number: usize| fields.get(number - 3)?.parse::<u64>().ok();
        Some(Self { parent: field(4)?, own: field(14)? + field(15)?, ended: field(16)? + field(17)? })
    }
}

fn read(path: &str, name: &str) -> Result<u64> {
    let text = std::fs::read_to_string(path).with_context(|| path.to_owned())?;
    let line = text.lines().find_map(|line| line.strip_prefix(name)).with_context(|| name.to_owned())?;
    Ok(line.trim().trim_end_matches(" kB").parse()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_the_times_of_a_process_whatever_it_is_called() {
        let text = "7 (a ) b) S 3 7 7 0 -1 4194560 1 2 3 4 50 6 70 8 20 0 1 0 9 10 11";
        assert_eq!(Times::read(text), Some(Times { parent: 3, own: 56, ended: 78 }));
        assert_eq!(Times::read("7 (a"), None);
    }

    #[test]
    fn family_is_never_less_than_its_head() {
        let process = std::process::id();
        assert!(family_cpu_us(process).unwrap() >= cpu_us(process).unwrap());
        assert!(family_cpu_us(u32::MAX).is_err());
    }
}
