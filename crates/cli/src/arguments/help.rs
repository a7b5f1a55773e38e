//! How help and manual pages read: in Italian, headings included. What the library itself says in English is replaced
//! where it stands.

use super::Arguments;
use clap::{Arg, ArgAction, Command, CommandFactory};

/// How a help text is laid out.
const TEMPLATE: &str = "{about-with-newline}\nUso: {usage}\n\n{all-args}{after-help}";
/// What the library says in help, and what is said instead.
const WORDS: [(&str, &str); 9] = [
    ("[OPTIONS]", "[OPZIONI]"),
    ("[default: ", "[se manca: "),
    ("[possible values: ", "[valori: "),
    ("Possible values:", "Valori:"),
    ("[env: ", "[ambiente: "),
    ("[aliases: ", "[anche: "),
    ("[alias: ", "[anche: "),
    ("[COMMAND]", "[COMANDO]"),
    ("<COMMAND>", "<COMANDO>"),
];
/// The same for manual pages.
const PAGE_WORDS: [(&str, &str); 13] = [
    // An empty line between two breaks: one space does for both.
    ("\n.br\n\n.br\n", "\n.sp\n"),
    (".SH NAME", ".SH NOME"),
    (".SH SYNOPSIS", ".SH SINTASSI"),
    (".SH DESCRIPTION", ".SH DESCRIZIONE"),
    (".SH OPTIONS", ".SH OPZIONI"),
    (".SH SUBCOMMANDS", ".SH COMANDI"),
    (".SH EXTRA", ".SH ESEMPI"),
    (".SH VERSION", ".SH VERSIONE"),
    ("[\\fIOPTIONS\\fR]", "[\\fIOPZIONI\\fR]"),
    ("\\fIPossible values:\\fR", "\\fIValori:\\fR"),
    ("[possible values: ", "[valori: "),
    ("[default: ", "[se manca: "),
    ("May also be specified with the ", "Anche con la variabile d’ambiente "),
];

/// The command line with its help in Italian.
#[must_use]
pub fn command() -> Command {
    let version = Arg::new("version").short('V').long("version").action(ArgAction::Version).help("Mostra la versione");
    localized(Arguments::command().disable_version_flag(true).arg(version))
}

fn localized(command: Command) -> Command {
    let help = Arg::new("help").short('h').long("help").action(ArgAction::Help).help("Mostra questo aiuto");
    command
        .disable_help_flag(true)
        .disable_help_subcommand(true)
        .arg(help)
        .help_template(TEMPLATE)
        .subcommand_help_heading("Comandi")
        .subcommand_value_name("COMANDO")
        .mut_args(|argument| {
            let heading = heading(&argument);
            argument.help_heading(heading).hide_env_values(true)
        })
        .mut_subcommands(localized)
}

/// Under what an argument stands: what is this command's own first.
fn heading(argument: &Arg) -> &'static str {
    match argument.get_id().as_str() {
        _ if argument.is_positional() => "Argomenti",
        "home" | "passphrase_file" => "Taccuino",
        "lang" | "json" | "help" | "version" => "Sempre",
        _ => "Opzioni",
    }
}

/// A help text as people read it.
#[must_use]
pub fn in_italian(text: &str) -> String {
    replaced(text, &WORDS)
}

/// A manual page as people read it.
#[must_use]
pub fn page_in_italian(text: &str) -> String {
    replaced(text, &PAGE_WORDS)
}

fn replaced(text: &str, words: &[(&str, &str)]) -> String {
    words.iter().fold(text.to_owned(), |text, (theirs, ours)| text.replace(theirs, ours))
}
