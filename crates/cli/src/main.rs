//! `uscita`: the program.

use std::process::ExitCode;
use uscita_cli::commands;

fn main() -> ExitCode {
    commands::main(std::env::args_os().collect())
}
