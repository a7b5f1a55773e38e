//! A release as a file: the same bytes whoever writes it, whenever.

use super::{Release, csv, page, xlsx};
use crate::code::code_enum;
use crate::sync::chain::Digest;

code_enum! {
    /// What a release can be written as.
    ReleaseFormat {
        /// A page to read and print.
        Page = "page",
        /// A workbook.
        Xlsx = "xlsx",
        /// A list for spreadsheets.
        Csv = "csv",
        /// The signed document, byte for byte.
        Json = "json",
    }
}

impl ReleaseFormat {
    /// Its media type.
    #[must_use]
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Page => "text/html; charset=utf-8",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Csv => "text/csv; charset=utf-8",
            Self::Json => "application/json",
        }
    }

    /// The end of a file's name.
    #[must_use]
    pub const fn extension(self) -> &'static str {
        match self {
            Self::Page => "html",
            Self::Xlsx => "xlsx",
            Self::Csv => "csv",
            Self::Json => "json",
        }
    }
}

/// A file cannot be written, which memory always can.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("release cannot be written as {0}")]
pub struct CannotWrite(pub ReleaseFormat);

/// The file of the release that these bytes are.
///
/// # Errors
/// [`CannotWrite`].
pub fn write(document: &[u8], release: &Release, format: ReleaseFormat) -> Result<Vec<u8>, CannotWrite> {
    let fingerprint = Digest::of(document);
    let fault = CannotWrite(format);
    match format {
        ReleaseFormat::Page => page::write(release, &fingerprint).map_err(|_| fault),
        ReleaseFormat::Xlsx => xlsx::write(release, &fingerprint).map_err(|_| fault),
        ReleaseFormat::Csv => csv::write(release).map_err(|_| fault),
        ReleaseFormat::Json => Ok(document.to_vec()),
    }
}

/// The file's name: number and period, not the recipient's; `again` counts from 1, for when a name is taken.
#[must_use]
pub fn name(release: &Release, format: ReleaseFormat, again: u32) -> String {
    let end = if again > 1 { format!("-{again}") } else { String::new() };
    format!("rilascio-{}-{}{end}.{}", release.number, release.period, format.extension())
}
