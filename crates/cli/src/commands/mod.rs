//! What each command does.

pub(crate) mod board;
mod demo;
mod desk;
mod device;
mod device_list;
mod doctor;
mod export;
mod lists;
mod machine;
mod nights;
mod noted;
mod programme;
mod programme_rotate;
mod recover;
mod register;
mod release;
mod replay;
mod stock;
mod tally;

use crate::arguments::{Arguments, Command, Complaint, HomeArguments, in_italian};
use crate::failure::Failure;
use crate::office;
use crate::say::{Language, Say};
use chrono::Utc;
use clap::error::ErrorKind;
use notebook::crypto::binder::FileBinder;
use notebook::entropy::{Entropy, Moment};
use notebook::error::NotebookError;
use notebook::notebook::Notebook;
use notebook::session::{Seat as SeatKind, Session, SessionSetup};
use notebook::view::UnlockInput;
use serde::Serialize;
use std::ffi::OsString;
use std::io::{ErrorKind as IoKind, IsTerminal, Write};
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;
use zeroize::Zeroizing;

/// Where the passphrase may be given, for programs.
const PASSPHRASE_VARIABLE: &str = "USCITA_PASSPHRASE";

/// The whole program: does what these words say, tells what went wrong, gives the exit code.
#[must_use]
pub fn main(words: Vec<OsString>) -> ExitCode {
    let said: Vec<String> = words.iter().skip(1).map(|word| word.to_string_lossy().into_owned()).collect();
    let say = Say::new(language_of(&said)).for_programs(said.iter().any(|word| word == "--json"));
    let done = match Arguments::read(words) {
        Ok(arguments) => run(arguments),
        Err(error) => refuse(&error, &said),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            let message = failure.message(&say);
            // Where standard error is gone too there is nobody left to tell: the exit code does.
            if !message.is_empty() {
                writeln!(std::io::stderr(), "{message}").unwrap_or_default();
            }
            ExitCode::from(failure.exit_code())
        }
    }
}

/// The language that a command line asks for, before it is read: it may be wrong elsewhere.
fn language_of(words: &[String]) -> Language {
    let after = words.iter().position(|word| word == "--lang").and_then(|place| words.get(place.saturating_add(1)));
    match after.map(String::as_str).or_else(|| words.iter().find_map(|word| word.strip_prefix("--lang="))) {
        Some("en") => Language::En,
        _ => Language::It,
    }
}

/// A line that asks for help gets it; another one is complained of.
fn refuse(error: &clap::Error, words: &[String]) -> Result<(), Failure> {
    match error.kind() {
        ErrorKind::DisplayHelp => print(help_text(error).trim_end()),
        ErrorKind::DisplayVersion => print(error.to_string().trim_end()),
        _ => Err(Failure::Arguments(Box::new(Complaint::of(error, words)))),
    }
}

fn help_text(error: &clap::Error) -> String {
    let text = error.render();
    in_italian(&if std::io::stdout().is_terminal() { text.ansi().to_string() } else { text.to_string() })
}

/// Does what the command line says.
///
/// # Errors
/// [`Failure`].
pub fn run(arguments: Arguments) -> Result<(), Failure> {
    let say = Say::new(arguments.lang).for_programs(arguments.json);
    match arguments.command {
        Command::Tally(given) => tally::run(&given, &say),
        Command::Board(given) => board::run(&given, &say),
        Command::Nights(given) => nights::run(&given, &say),
        Command::Stock(given) => stock::run(&given, &say),
        Command::Desk(given) => desk::run(&given, &say),
        Command::Release(given) => release::run(&given, &say),
        Command::Export(given) => export::run(&given, &say),
        Command::Publish(given) => release::publish(&given, &say),
        Command::Withdraw(given) => release::withdraw(&given, &say),
        Command::Devices(given) => device::run(&given, &say),
        Command::Programme(given) => programme::run(&given, &say),
        Command::Register(given) => register::run(&given, &say),
        Command::Doctor(given) => doctor::run(&given, &say),
        Command::Recover(given) => recover::run(&given, &say),
        Command::Replay(given) => replay::run(&given, &say),
        Command::Demo(given) => demo::run(&given, &say),
        Command::Completions(given) => machine::completions(&given),
        Command::Man(given) => machine::man(&given, &say),
    }
}

/// The present moment. Everything below gets it as an argument.
fn now() -> Moment {
    Moment::at(Utc::now())
}

/// Writes a line to standard output.
fn print(text: &str) -> Result<(), Failure> {
    write_bytes(format!("{text}\n").as_bytes())
}

/// To standard output, byte for byte. A reader that has gone is no failure of ours.
fn write_bytes(bytes: &[u8]) -> Result<(), Failure> {
    let mut out = std::io::stdout().lock();
    match out.write_all(bytes).and_then(|()| out.flush()) {
        Err(error) if error.kind() != IoKind::BrokenPipe => Err(Failure::Output),
        _ => Ok(()),
    }
}

/// One object, for programs.
fn print_json(value: &impl Serialize) -> Result<(), Failure> {
    print(&serde_json::to_string_pretty(value).map_err(|_| Failure::internal("json"))?)
}

/// That something was done: a sentence for people, for programs the fields that matter.
fn print_done(say: &Say, sentence: &str, fields: &serde_json::Value) -> Result<(), Failure> {
    if say.is_json() { print_json(fields) } else { print(sentence) }
}

/// The text of a small file that somebody wrote.
fn text_of_file(path: &Path) -> Result<Zeroizing<String>, Failure> {
    std::fs::read_to_string(path).map(Zeroizing::new).map_err(|_| Failure::Unreadable(path.to_owned()))
}

/// A file whole or not at all.
fn write_whole(bytes: &[u8], path: &Path) -> Result<(), Failure> {
    put_whole(bytes, path, |file| file.persist(path).is_ok())
}

/// A file whole or not at all; what is there already stays.
fn write_new(bytes: &[u8], path: &Path) -> Result<(), Failure> {
    if path.exists() {
        return Err(Failure::Exists(path.to_owned()));
    }
    put_whole(bytes, path, |file| file.persist_noclobber(path).is_ok())
}

fn put_whole(bytes: &[u8], path: &Path, persist: impl FnOnce(tempfile::NamedTempFile) -> bool) -> Result<(), Failure> {
    let unwritable = || Failure::Unwritable(path.to_owned());
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut file = tempfile::NamedTempFile::new_in(folder).map_err(|_| unwritable())?;
    file.write_all(bytes).and_then(|()| file.as_file().sync_all()).map_err(|_| unwritable())?;
    if persist(file) { Ok(()) } else { Err(unwritable()) }
}

impl HomeArguments {
    /// The passphrase: from the file, from the environment, or asked for.
    fn passphrase(&self, say: &Say) -> Result<Zeroizing<String>, Failure> {
        if let Some(path) = &self.passphrase_file {
            let text = Zeroizing::new(text_of_file(path)?.trim_end_matches(['\r', '\n']).to_owned());
            // A file that is not filled yet is no wrong passphrase, and takes no try.
            return if text.is_empty() { Err(Failure::NoPassphrase) } else { Ok(text) };
        }
        if let Some(given) = std::env::var(PASSPHRASE_VARIABLE).ok().filter(|given| !given.is_empty()) {
            return Ok(Zeroizing::new(given));
        }
        if !std::io::stdin().is_terminal() {
            return Err(Failure::NoPassphrase);
        }
        let typed = rpassword::prompt_password(say.text("passphrase-ask")).map_err(|_| Failure::NoPassphrase)?;
        Ok(Zeroizing::new(typed))
    }

    /// The notebook of the desk, open.
    fn open_notebook(&self, say: &Say) -> Result<Notebook, Failure> {
        office::open(&self.home, &self.passphrase(say)?)
    }

    /// The session of the desk, open.
    fn open_session(&self, say: &Say) -> Result<Arc<Session>, Failure> {
        if !self.home.is_dir() {
            return Err(NotebookError::Absent.into());
        }
        let passphrase = self.passphrase(say)?;
        let setup = SessionSetup {
            data_dir: self.home.clone(),
            share_dir: self.home.join("shared"),
            seat: SeatKind::Desk,
            clock: Arc::new(now),
            entropy: Entropy::system(),
            binder: Arc::new(FileBinder::new(&self.home)),
        };
        let session = Session::open(setup)?;
        session.unlock(UnlockInput { pin: passphrase.to_string() })?;
        Ok(session)
    }
}
