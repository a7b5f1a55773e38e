//! What a process occupies, in KiB, and how long it has been at work, as the system counts it.

use anyhow::{Context, Result};

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
    // The name may hold spaces; after it the fields are counted from the third.
    let (_, fields) = text.rsplit_once(')').with_context(|| path.clone())?;
    let ticks = fields.split_whitespace().skip(11).take(2).map(str::parse::<u64>).sum::<Result<u64, _>>()?;
    Ok(ticks * 1_000_000 / rustix::param::clock_ticks_per_second())
}

fn read(path: &str, name: &str) -> Result<u64> {
    let text = std::fs::read_to_string(path).with_context(|| path.to_owned())?;
    let line = text.lines().find_map(|line| line.strip_prefix(name)).with_context(|| name.to_owned())?;
    Ok(line.trim().trim_end_matches(" kB").parse()?)
}
