//! What each command does.

pub(crate) mod board;
mod demo;
mod desk;
mod device;
mod device_list;
mod export;
mod lists;
mod nights;
mod programme;
mod recover;
mod register;
mod release;
mod replay;
mod stock;
mod tally;

use crate::arguments::{Arguments, Command, HomeArguments};
use crate::failure::Failure;
use crate::office;
use crate::say::Say;
use chrono::Utc;
use notebook::crypto::binder::FileBinder;
use notebook::entropy::{Entropy, Moment};
use notebook::error::NotebookError;
use notebook::notebook::Notebook;
use notebook::session::{Seat as SeatKind, Session, SessionSetup};
use notebook::view::UnlockInput;
use std::io::{IsTerminal, Write};
use std::sync::Arc;
use zeroize::Zeroizing;

/// Where the passphrase may be given, for programs.
const PASSPHRASE_VARIABLE: &str = "USCITA_PASSPHRASE";

/// Does what the command line says.
///
/// # Errors
/// [`Failure`].
pub fn run(arguments: Arguments) -> Result<(), Failure> {
    let say = Say::new(arguments.lang);
    match arguments.command {
        Command::Tally(given) => tally::run(&given, &say),
        Command::Replay(given) => replay::run(&given, &say),
        Command::Demo(given) => demo::run(&given, &say),
        Command::Recover(given) => recover::run(&given, &say),
        Command::Programme(given) => programme::run(&given, &say),
        Command::Register(given) => register::run(&given, &say),
        Command::Device(given) => device::run(&given, &say),
        Command::Desk(given) => desk::run(&given, &say),
        Command::Board(given) => board::run(&given, &say),
        Command::Nights(given) => nights::run(&given, &say),
        Command::Stock(given) => stock::run(&given, &say),
        Command::Release(given) => release::run(&given, &say),
        Command::Export(given) => export::run(&given, &say),
        Command::Publish(given) => release::publish(&given, &say),
        Command::Withdraw(given) => release::withdraw(&given, &say),
    }
}

/// The present moment. Everything below gets it as an argument.
fn now() -> Moment {
    Moment::at(Utc::now())
}

/// Writes a line to standard output. A reader that has gone is no failure of ours.
fn print(text: &str) -> Result<(), Failure> {
    let mut out = std::io::stdout().lock();
    match writeln!(out, "{text}").and_then(|()| out.flush()) {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => Err(Failure::internal("standard output")),
        _ => Ok(()),
    }
}

impl HomeArguments {
    /// The passphrase: from the file, from the environment, or asked for.
    fn passphrase(&self, say: &Say) -> Result<Zeroizing<String>, Failure> {
        if let Some(path) = &self.passphrase_file {
            let text = std::fs::read_to_string(path).map_err(|_| Failure::Unreadable(path.clone()))?;
            return Ok(Zeroizing::new(text.trim_end_matches(['\r', '\n']).to_owned()));
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
