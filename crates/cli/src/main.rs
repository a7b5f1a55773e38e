//! `uscita`: the program.

use clap::Parser;
use std::process::ExitCode;
use uscita_cli::arguments::Arguments;
use uscita_cli::commands;
use uscita_cli::say::Say;

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let say = Say::new(arguments.lang);
    match commands::run(arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("{}", failure.message(&say));
            failure.exit_code()
        }
    }
}
