//! `uscita-server`: the blind mailbox as a program.

use clap::{Parser, Subcommand};
use data_encoding::BASE64URL_NOPAD;
use std::io::Write;
use std::process::ExitCode;
use std::sync::Arc;
use tracing::level_filters::LevelFilter;
use tracing_subscriber::filter::Targets;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;
use uscita_server::doctor::{Outcome, examine};
use uscita_server::settings::{Flags, Settings};
use uscita_server::state::init;
use uscita_server::{ServerState, StartFault, description, serve};

/// La cassetta postale cieca di Uscita: conserva le operazioni sigillate, non le apre mai.
#[derive(Parser)]
#[command(name = "uscita-server", version)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
    #[command(flatten)]
    flags: Flags,
}

#[derive(Subcommand)]
enum Command {
    /// Avvia il server; quando è pronto scrive una riga JSON con l'indirizzo
    Serve,
    /// Crea la chiave del server, se manca, e ne scrive la parte pubblica
    Init,
    /// Scrive la descrizione OpenAPI delle chiamate
    Openapi,
    /// Controlla impostazioni, chiave, banca dati e disco, senza modificare nulla
    Doctor,
}

fn main() -> ExitCode {
    let Arguments { command, flags } = Arguments::parse();
    let done = match command {
        Command::Serve => start(flags),
        Command::Init => make_key(flags),
        Command::Openapi => describe(),
        Command::Doctor => match examine_all(flags) {
            Ok(Outcome::Broken) => return ExitCode::FAILURE,
            Ok(Outcome::Well | Outcome::Attention) => Ok(()),
            Err(error) => Err(error),
        },
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            match error.downcast_ref::<StartFault>() {
                Some(fault) => eprintln!("{}: {fault}", fault.code()),
                None => eprintln!("internal: {error:#}"),
            }
            ExitCode::FAILURE
        }
    }
}

fn start(flags: Flags) -> anyhow::Result<()> {
    let settings = Settings::load(flags)?;
    let address = settings.listen()?;
    log_to_stderr(settings.log()?);
    let state = ServerState::open(&settings.mailbox()?, Arc::new(chrono::Utc::now))?;
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(async {
        let listener =
            tokio::net::TcpListener::bind(address).await.map_err(|source| StartFault::Listen { address, source })?;
        let mut terminate = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate())?;
        let shutdown = async move {
            tokio::select! {
                interrupted = tokio::signal::ctrl_c() => if let Err(error) = interrupted {
                    tracing::error!(code = "internal", %error, "interrupt cannot be awaited");
                },
                _ = terminate.recv() => {}
            }
            tracing::info!("ending");
        };
        let url = format!("http://{}", listener.local_addr()?);
        tracing::info!("ready");
        write_line(&serde_json::json!({ "listening": url }).to_string())?;
        serve(listener, state, shutdown).await;
        Ok(())
    })
}

fn make_key(flags: Flags) -> anyhow::Result<()> {
    let key = init(Settings::load(flags)?.data()?)?;
    write_line(&BASE64URL_NOPAD.encode(&key.0))
}

fn describe() -> anyhow::Result<()> {
    write_line(&serde_json::to_string_pretty(&description::document())?)
}

fn examine_all(flags: Flags) -> anyhow::Result<Outcome> {
    let checks = match Settings::load(flags) {
        Ok(settings) => examine(&settings, chrono::Utc::now()),
        Err(fault) => vec![fault.into()],
    };
    for check in &checks {
        write_line(&check.to_string())?;
    }
    let worst = checks.iter().map(|check| check.outcome).max();
    Ok(worst.unwrap_or(Outcome::Well))
}

/// One line on standard output, complete when this returns: others wait for it.
fn write_line(line: &str) -> anyhow::Result<()> {
    let mut out = std::io::stdout().lock();
    writeln!(out, "{line}")?;
    Ok(out.flush()?)
}

/// Only this program's own events: a library's might name an address.
fn log_to_stderr(level: LevelFilter) {
    tracing_subscriber::registry()
        .with(Targets::new().with_target("uscita_server", level))
        .with(tracing_subscriber::fmt::layer().json().with_writer(std::io::stderr))
        .init();
}
