//! The decoders, each with good inputs and the memory it may use.

use crate::random::Random;
use crate::{files, mutate, protocol, releases, sealed, text};
use anyhow::Result;
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::path::Path;

/// Memory that any decoder may use besides what grows with its input.
const BASE: usize = 256 * 1024;
/// Bytes of memory for each byte of input: a value of JSON takes many times its text.
const PER_BYTE: usize = 96;

/// What a decoder did with an input.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Taken {
    /// It was refused.
    No,
    /// It was taken.
    Yes,
    /// It was taken, and not read the same when written again.
    Differently,
}

impl From<bool> for Taken {
    fn from(is_taken: bool) -> Self {
        if is_taken { Self::Yes } else { Self::No }
    }
}

/// How an input is made right again after it was spoilt, where a checksum stands before all else.
pub type Mend = fn(&mut Vec<u8>);

/// What reads an input.
pub type Decode = Box<dyn Fn(&[u8]) -> Taken>;

/// A decoder.
pub struct Target {
    /// What it reads.
    pub name: &'static str,
    /// How often it has its turn, beside others.
    pub weight: usize,
    /// What it takes.
    pub good: Vec<Vec<u8>>,
    /// The good inputs are JSON.
    pub is_json: bool,
    /// Applied to half of the inputs.
    pub mend: Option<Mend>,
    /// Memory it may use whatever the input is, in bytes.
    pub base: usize,
    /// The decoder.
    pub decode: Decode,
}

impl Target {
    /// A decoder of bytes.
    pub fn of(name: &'static str, good: Vec<Vec<u8>>, decode: impl Fn(&[u8]) -> Taken + 'static) -> Self {
        Self { name, weight: 32, good, is_json: false, mend: None, base: BASE, decode: Box::new(decode) }
    }

    /// A decoder of text.
    pub fn of_text(name: &'static str, good: &[String], decode: impl Fn(&str) -> bool + 'static) -> Self {
        let good = good.iter().map(|text| text.clone().into_bytes()).collect();
        Self::of(name, good, move |bytes| decode(&String::from_utf8_lossy(bytes)).into())
    }

    /// A message that is JSON, read and written again; `more` is done with what was read.
    pub fn of_json<T>(name: &'static str, good: &[T], more: impl Fn(&T) + 'static) -> Self
    where
        T: Serialize + DeserializeOwned + PartialEq + 'static,
    {
        let good = good.iter().filter_map(|value| serde_json::to_vec(value).ok()).collect();
        let decode = move |bytes: &[u8]| {
            let Ok(value) = serde_json::from_slice::<T>(bytes) else { return Taken::No };
            more(&value);
            let again = serde_json::to_vec(&value).ok().and_then(|text| serde_json::from_slice::<T>(&text).ok());
            if again.as_ref() == Some(&value) { Taken::Yes } else { Taken::Differently }
        };
        Self { is_json: true, ..Self::of(name, good, decode) }
    }

    /// One of its good inputs, spoilt.
    pub fn spoil(&self, random: &mut Random) -> Vec<u8> {
        let good = self.good.get(random.below(self.good.len())).map_or(&[][..], Vec::as_slice);
        let mut input = mutate::spoil(good, &self.good, self.is_json, random);
        if let Some(mend) = self.mend
            && random.percent(50)
        {
            mend(&mut input);
        }
        input
    }

    /// The memory it may use for an input of this length, in bytes.
    pub const fn bound(&self, length: usize) -> usize {
        self.base + PER_BYTE * length
    }
}

/// All of them. `folder` is for those that read files.
///
/// # Errors
/// If a good input cannot be made.
pub fn all(folder: &Path) -> Result<Vec<Target>> {
    let mut targets = protocol::targets()?;
    targets.extend(releases::targets()?);
    targets.extend(sealed::targets()?);
    targets.extend(text::targets()?);
    targets.extend(files::targets(folder)?);
    Ok(targets)
}
