//! Arguments of `uscita doctor`, `uscita completions` and `uscita man`.

use super::HomeArguments;
use clap::Args;
use clap_complete::Shell;
use std::path::PathBuf;

/// Guarda se lo sportello sta bene; non cambia nulla.
#[derive(Args, Debug)]
#[command(
    after_help = "Codice di uscita: 0 bene, 1 qualcuno guardi, 2 guasto.\n\nEsempi:\n  uscita doctor\n  uscita doctor --offline --json"
)]
pub struct DoctorArguments {
    /// Non cerca il server
    #[arg(long)]
    pub offline: bool,
    /// Il taccuino
    #[command(flatten)]
    pub home: HomeArguments,
}

/// Il completamento per una shell.
#[derive(Args, Debug)]
#[command(
    after_help = "Esempi:\n  uscita completions bash > ~/.local/share/bash-completion/completions/uscita\n  uscita completions zsh > ~/.zfunc/_uscita\n  uscita completions fish > ~/.config/fish/completions/uscita.fish"
)]
pub struct CompletionsArguments {
    /// La shell
    #[arg(value_name = "SHELL", value_enum)]
    pub shell: Shell,
}

/// Le pagine di manuale.
#[derive(Args, Debug)]
#[command(
    after_help = "Esempi:\n  uscita man | man -l -\n  uscita man desk correct | man -l -\n  uscita man --dir ~/.local/share/man/man1"
)]
pub struct ManArguments {
    /// Di quale comando; se manca, quella di uscita
    #[arg(value_name = "COMANDO")]
    pub command: Vec<String>,
    /// Scrive qui tutte le pagine
    #[arg(long, value_name = "CARTELLA", conflicts_with = "command")]
    pub dir: Option<PathBuf>,
}
