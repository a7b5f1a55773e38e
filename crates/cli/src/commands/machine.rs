//! `uscita completions` and `uscita man`: what other programs are told about this one.

use super::{print, print_json, write_bytes, write_whole};
use crate::arguments::{CompletionsArguments, ManArguments, command, page_in_italian};
use crate::failure::Failure;
use crate::say::{Say, arguments};
use clap::Command;
use clap_mangen::Man;
use std::path::Path;

/// When the pages last changed.
const CHANGED_ON: &str = "2026-11-22";
/// The program's name.
const NAME: &str = "uscita";

pub(super) fn completions(given: &CompletionsArguments) -> Result<(), Failure> {
    let mut script = Vec::new();
    clap_complete::generate(given.shell, &mut command(), NAME, &mut script);
    write_bytes(&script)
}

pub(super) fn man(given: &ManArguments, say: &Say) -> Result<(), Failure> {
    let whole = whole();
    match &given.dir {
        Some(dir) => {
            let written = write_pages(&whole, dir)?;
            if say.is_json() {
                return print_json(&serde_json::json!({ "pages": written, "dir": dir }));
            }
            let words = arguments([("n", written.to_string()), ("dir", dir.display().to_string())]);
            print(&say.with("man-written", &words))
        }
        None => write_bytes(page(find(&whole, &given.command)?)?.as_bytes()),
    }
}

/// The command line as it is for a page: every command knows its whole name.
fn whole() -> Command {
    let mut whole = command();
    whole.build();
    whole
}

fn find<'a>(whole: &'a Command, names: &[String]) -> Result<&'a Command, Failure> {
    let mut found = whole;
    for name in names {
        let inner = found.find_subcommand(name);
        found = inner.ok_or_else(|| Failure::arguments("arguments-command", name, None))?;
    }
    Ok(found)
}

/// A manual page. Its name is that of the file, `uscita-tally`.
fn page(command: &Command) -> Result<String, Failure> {
    let mut text = Vec::new();
    let page = Man::new(command.clone())
        .manual("Uscita")
        .source(concat!("uscita ", env!("CARGO_PKG_VERSION")))
        .date(CHANGED_ON);
    page.render(&mut text).map_err(|_| Failure::internal("manual page"))?;
    Ok(page_in_italian(&String::from_utf8(text).map_err(|_| Failure::internal("manual page"))?))
}

/// Writes the page of every command; gives how many there are.
fn write_pages(command: &Command, dir: &Path) -> Result<usize, Failure> {
    std::fs::create_dir_all(dir).map_err(|_| Failure::Unwritable(dir.to_owned()))?;
    let name = command.get_display_name().unwrap_or(NAME);
    write_whole(page(command)?.as_bytes(), &dir.join(format!("{name}.1")))?;
    command.get_subcommands().try_fold(1, |written, inner| Ok(written + write_pages(inner, dir)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_command_has_a_page_in_italian() {
        let folder = tempfile::tempdir().unwrap();
        let written = write_pages(&whole(), folder.path()).unwrap();
        assert!(written > 40, "{written}");
        for entry in std::fs::read_dir(folder.path()).unwrap() {
            let path = entry.unwrap().path();
            let text = std::fs::read_to_string(&path).unwrap();
            assert!(text.contains(".SH NOME") && text.contains(".SH SINTASSI"), "{}", path.display());
            for english in ["SYNOPSIS", "OPTIONS", "Possible values", "Print help", "[default:"] {
                assert!(!text.contains(english), "{} says {english}", path.display());
            }
        }
    }

    #[test]
    fn a_page_of_a_command_that_is_not_there_is_refused() {
        assert!(find(&whole(), &["desk".to_owned(), "correct".to_owned()]).is_ok());
        assert!(matches!(find(&whole(), &["desk".to_owned(), "x".to_owned()]), Err(Failure::Arguments(_))));
    }
}
