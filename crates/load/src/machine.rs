//! On what it was measured: a figure without its machine says nothing.

use serde_json::{Value, json};

/// Name of the processor, cores, and the load of the last minute.
pub struct Machine {
    /// As the system names it.
    pub name: String,
    /// Threads that run at once.
    pub cores: usize,
    /// Average number of waiting processes over the last minute, where the system tells.
    pub load: Option<f64>,
}

impl Machine {
    /// This machine, now.
    pub fn this() -> Self {
        let read = |path: &str| std::fs::read_to_string(path).unwrap_or_default();
        let processors = read("/proc/cpuinfo");
        let name = processors.lines().find(|line| line.starts_with("model name")).and_then(|line| line.split_once(':'));
        Self {
            name: name.map_or_else(|| std::env::consts::ARCH.to_owned(), |(_, name)| name.trim().to_owned()),
            cores: std::thread::available_parallelism().map_or(1, usize::from),
            load: read("/proc/loadavg").split_whitespace().next().and_then(|load| load.parse().ok()),
        }
    }

    /// For machines.
    pub fn json(&self) -> Value {
        json!({ "name": self.name, "cores": self.cores, "load": self.load })
    }
}

impl std::fmt::Display for Machine {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}, {} cores", self.name, self.cores)?;
        self.load.map_or(Ok(()), |load| write!(f, ", load {load:.2}"))
    }
}
