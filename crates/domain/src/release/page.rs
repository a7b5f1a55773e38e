//! A release as a page: plain HTML with one style sheet, no script, nothing from elsewhere. On paper it is A4. The server
//! shows the same article between its own forms.

use super::Release;
use super::sheet::Sheet;
use crate::sync::chain::Digest;
use askama::Template;

/// The style sheet of the article. It names no picture and no font that would have to be fetched.
pub const STYLE: &str = include_str!("../../templates/release.css");

#[derive(Template)]
#[template(path = "article.html")]
struct Article<'a> {
    sheet: &'a Sheet,
}

#[derive(Template)]
#[template(path = "page.html")]
struct Page<'a> {
    sheet: &'a Sheet,
    style: &'static str,
    article: String,
}

/// The article alone, to stand in a page that has [`STYLE`].
///
/// # Errors
/// If it cannot be written, which memory always can.
pub fn article(release: &Release, fingerprint: &Digest) -> Result<String, askama::Error> {
    Article { sheet: &Sheet::of(release, fingerprint) }.render()
}

/// The page as a file of its own.
///
/// # Errors
/// As [`article`].
pub fn write(release: &Release, fingerprint: &Digest) -> Result<Vec<u8>, askama::Error> {
    let sheet = Sheet::of(release, fingerprint);
    let article = Article { sheet: &sheet }.render()?;
    Ok(Page { sheet: &sheet, style: STYLE, article }.render()?.into_bytes())
}
