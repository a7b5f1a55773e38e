//! The recovery sheet (*foglio di recupero*): the words of a programme, once, for paper. For the terminal as text, for
//! the printer as one page of HTML that loads nothing.

use crate::failure::Failure;
use crate::say::{Say, arguments};
use chrono::NaiveDate;
use notebook::night::qr::draw_text;
use notebook::programme_new::RecoverySecret;
use std::fmt::Write as _;
use std::fs::OpenOptions;
use std::io::Write as _;
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;
use zeroize::Zeroizing;

/// Words on a line of the sheet.
const ON_A_LINE: usize = 4;
/// Modules of white around a QR picture (ISO/IEC 18004).
const QUIET: u16 = 4;

/// What a sheet shows.
pub struct Sheet<'a> {
    /// The programme's name.
    pub programme: &'a str,
    /// The programme's public key, as the server takes it.
    pub admin_key: &'a str,
    /// The secret.
    pub secret: &'a RecoverySecret,
    /// Day of making.
    pub date: NaiveDate,
    /// There is a sheet of before, which still opens what came before this one.
    pub follows: bool,
}

impl Sheet<'_> {
    /// The words and the key, numbered, for the terminal.
    #[must_use]
    pub fn text(&self, say: &Say) -> Zeroizing<String> {
        let words: Vec<&str> = self.secret.as_words().split(' ').collect();
        let mut text = Zeroizing::new(String::with_capacity(1024));
        for (line, words) in words.chunks(ON_A_LINE).enumerate() {
            for (place, word) in words.iter().enumerate() {
                let number = line * ON_A_LINE + place + 1;
                text.push_str(&Zeroizing::new(format!("{number:2}. {word:<16}")));
            }
            text.push('\n');
        }
        text.push_str(&say.text("sheet-key"));
        text.push('\n');
        text.push_str(self.secret.as_text());
        text.push('\n');
        text.push_str(&say.text("sheet-admin"));
        text.push('\n');
        text.push_str(self.admin_key);
        if self.follows {
            text.push('\n');
            text.push_str(&say.text("sheet-former"));
        }
        text
    }

    /// The page to print.
    ///
    /// # Errors
    /// If the QR picture cannot be drawn.
    pub fn page(&self, say: &Say) -> Result<Zeroizing<String>, Failure> {
        let picture = draw_text(self.secret.as_text())?;
        let mut items = Zeroizing::new(String::with_capacity(1024));
        for word in self.secret.as_words().split(' ') {
            write!(items, "<li>{word}</li>").map_err(|_| Failure::internal("sheet"))?;
        }
        let side = picture.size + 2 * QUIET;
        let name = say.with("sheet-programme", &arguments([("name", escape(self.programme))]));
        let date = say.with("sheet-date", &arguments([("date", self.date.to_string())]));
        let former =
            if self.follows { format!("<p><strong>{}</strong></p>", say.text("sheet-former")) } else { String::new() };
        let [language, title, what, keep, words, key, admin, how] = [
            "sheet-language",
            "sheet-title",
            "sheet-what",
            "sheet-keep",
            "sheet-words",
            "sheet-key",
            "sheet-admin",
            "sheet-how",
        ]
        .map(|line| say.text(line));
        Ok(Zeroizing::new(format!(
            "<!doctype html>
<html lang=\"{language}\"><head><meta charset=\"utf-8\"><title>{title}</title>
<style>
@page {{ size: A4; margin: 18mm }}
body {{ font: 12pt/1.4 sans-serif; color: #000; background: #fff; max-width: 170mm }}
ol {{ columns: 3; font-size: 14pt; line-height: 1.9 }}
li {{ break-inside: avoid }}
code {{ font-size: 10pt; overflow-wrap: anywhere }}
svg {{ float: right; width: 48mm; height: 48mm; margin-left: 6mm }}
</style></head><body>
<h1>{title}</h1>
<p>{name}<br>{date}</p>
<p>{what}</p>
<p><strong>{keep}</strong></p>
{former}
<h2>{words}</h2>
<ol>{items}</ol>
<svg viewBox=\"-{QUIET} -{QUIET} {side} {side}\" role=\"img\" aria-label=\"QR\"><path d=\"{path}\"/></svg>
<h2>{key}</h2>
<p><code>{secret}</code></p>
<h2>{admin}</h2>
<p><code>{admin_key}</code></p>
<p>{how}</p>
</body></html>
",
            items = items.as_str(),
            path = picture.path,
            secret = self.secret.as_text(),
            admin_key = self.admin_key,
        )))
    }

    /// Writes the page to a new file that only its owner reads.
    ///
    /// # Errors
    /// [`Failure::Unwritable`].
    pub fn write(&self, path: &Path, say: &Say) -> Result<(), Failure> {
        let unwritable = |_| Failure::Unwritable(path.to_owned());
        let page = self.page(say)?;
        let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(path).map_err(unwritable)?;
        file.write_all(page.as_bytes()).and_then(|()| file.sync_all()).map_err(unwritable)
    }
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
