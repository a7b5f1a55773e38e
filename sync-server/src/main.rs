//! `uscita-server`: the blind mailbox as a program.

use clap::{Parser, Subcommand};
use data_encoding::BASE64URL_NOPAD;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use tokio::net::{TcpListener, TcpSocket};
use tracing::level_filters::LevelFilter;
use tracing_subscriber::filter::Targets;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;
use uscita_server::audit::AuditCommand;
use uscita_server::backup::command::RestoreArguments;
use uscita_server::backup::fault::BackupFault;
use uscita_server::backup::settings::Terms;
use uscita_server::backup::{self, keeper};
use uscita_server::doctor::{Outcome, examine};
use uscita_server::init::{self, Written};
use uscita_server::metrics::Metrics;
use uscita_server::settings::{Flags, Reach, Settings};
use uscita_server::tls::Tls;
use uscita_server::{
    Backups, Clock, Front, Limits, ServerState, StartFault, audit, authority, description, health, monitor, serve,
};

/// Connections that may wait for the door; the system's own limit is as high.
const BACKLOG: u32 = 4_096;

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
    /// Crea la chiave del server, se manca, e ne scrive la parte pubblica; con --config anche le impostazioni
    Init {
        /// Crea o rinnova un certificato di un'autorità propria per questo nome o indirizzo, accanto alle impostazioni
        #[arg(long = "private-ca", value_name = "NOME")]
        private_ca: Vec<String>,
    },
    /// Chiede al server in funzione se può ricevere una notte: esce con 0 se è pronto
    Healthcheck,
    /// Scrive la descrizione OpenAPI delle chiamate
    Openapi,
    /// Controlla impostazioni, chiave, banca dati, disco e copie di sicurezza, senza modificare nulla
    Doctor,
    /// Porta la banca dati alla forma di questa versione, senza avviare il server
    Migrate,
    /// Fa subito una copia di sicurezza, la porta fuori e la rilegge; anche con il server acceso
    Backup,
    /// Il registro di ciò che è accaduto: controllarlo o mostrarlo, anche con il server acceso
    Audit {
        #[command(subcommand)]
        command: AuditCommand,
    },
    /// Controlla una copia di sicurezza, o riparte da quella
    Restore(RestoreArguments),
}

fn main() -> ExitCode {
    let Arguments { command, flags } = Arguments::parse();
    let done = match command {
        Command::Serve => start(flags),
        Command::Init { private_ca } => prepare(flags, &private_ca),
        Command::Healthcheck => check_health(flags),
        Command::Openapi => describe(),
        Command::Audit { command } => read_audit(flags, command),
        Command::Migrate => migrate(flags),
        Command::Backup => back_up(flags),
        Command::Restore(given) => restore(flags, &given),
        Command::Doctor => match examine_all(flags) {
            Ok(Outcome::Broken) => return ExitCode::FAILURE,
            Ok(Outcome::Well | Outcome::Attention) => Ok(()),
            Err(error) => Err(error),
        },
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            match (error.downcast_ref::<StartFault>(), error.downcast_ref::<BackupFault>()) {
                (Some(fault), _) => eprintln!("{}: {fault}", fault.code()),
                (_, Some(fault)) => eprintln!("{}: {fault}", fault.code()),
                (None, None) => eprintln!("internal: {error:#}"),
            }
            ExitCode::FAILURE
        }
    }
}

fn start(flags: Flags) -> anyhow::Result<()> {
    let settings = Settings::load(flags)?;
    let reach = settings.reach()?;
    log_to_stderr(settings.log()?);
    let config = settings.mailbox()?;
    let keep = Keep { data: config.data.clone(), backups: settings.backups()?, terms: settings.terms()? };
    let clock: Clock = Arc::new(chrono::Utc::now);
    let tls = reach.tls.clone().map(|files| Tls::load(files, clock())).transpose()?;
    let state = ServerState::open_on(settings.database(), &config, Arc::clone(&clock))?;
    let limits = Limits::of_this_process();
    let front = Front { tls, proxies: reach.proxies.clone(), limits, metrics: Metrics::default() };
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(run(&reach, front, state, clock, keep))
}

/// What a server looks after besides answering.
struct Keep {
    data: PathBuf,
    backups: Option<Backups>,
    terms: Terms,
}

async fn run(reach: &Reach, front: Front, state: ServerState, clock: Clock, keep: Keep) -> anyhow::Result<()> {
    let listener = bind(reach.listen)?;
    let scheme = if front.tls.is_some() { "https" } else { "http" };
    let mut ready = serde_json::Map::new();
    ready.insert("listening".to_owned(), format!("{scheme}://{}", listener.local_addr()?).into());
    let mut beside = tokio::task::JoinSet::new();
    if let Some(address) = reach.monitor {
        let listener = bind(address)?;
        ready.insert("monitor".to_owned(), format!("http://{}", listener.local_addr()?).into());
        let age = keep.backups.as_ref().map(backup::examine::too_old);
        let router = monitor::router(state.clone(), front.metrics.clone(), keep.data.clone(), age);
        let plain = Front { limits: Limits { total: 16, per_network: 16 }, ..Front::default() };
        beside.spawn(serve::attend(listener, plain, router, std::future::pending()));
    }
    if let Some(tls) = front.tls.clone() {
        let gauge = front.metrics.certificate_expires.clone();
        beside.spawn(async move {
            let report = move |expires_at: chrono::DateTime<chrono::Utc>| {
                gauge.set(expires_at.timestamp());
            };
            if let Err(error) = tls.follow(clock, report).await {
                tracing::error!(code = "internal", %error, "the TLS files are not followed");
            }
        });
    }
    let shutdown = ending()?;
    tracing::info!("ready");
    write_line(&serde_json::Value::Object(ready).to_string())?;
    beside.spawn(tell_systemd());
    beside.spawn(keeper::clean_up(state.clone(), keep.terms, front.metrics.clone()));
    if let Some(backups) = keep.backups {
        beside.spawn(keeper::back_up(state.clone(), keep.data, backups, front.metrics.clone()));
    }
    serve::serve(listener, front, state, shutdown).await;
    // These hold the mailbox too: it is let go of before this returns.
    beside.shutdown().await;
    Ok(())
}

fn bind(address: std::net::SocketAddr) -> Result<TcpListener, StartFault> {
    let listen = || {
        let socket = if address.is_ipv4() { TcpSocket::new_v4() } else { TcpSocket::new_v6() }?;
        // A server that starts again takes its port back at once.
        socket.set_reuseaddr(true)?;
        socket.bind(address)?;
        socket.listen(BACKLOG)
    };
    listen().map_err(|source| StartFault::Listen { address, source })
}

/// Until somebody asks the server to end.
fn ending() -> anyhow::Result<impl Future<Output = ()> + Send> {
    let mut terminate = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate())?;
    Ok(async move {
        tokio::select! {
            interrupted = tokio::signal::ctrl_c() => if let Err(error) = interrupted {
                tracing::error!(code = "internal", %error, "interrupt cannot be awaited");
            },
            _ = terminate.recv() => {}
        }
        tracing::info!("ending");
    })
}

/// Says that the server is ready and, for as long as tasks run, alive; nothing outside systemd.
async fn tell_systemd() {
    let tell = |state: sd_notify::NotifyState<'_>| {
        if let Err(error) = sd_notify::notify(&[state]) {
            tracing::warn!(kind = %error.kind(), "systemd is not told");
        }
    };
    tell(sd_notify::NotifyState::Ready);
    let Some(within) = sd_notify::watchdog_enabled() else { return };
    let mut beat = tokio::time::interval(within / 3);
    loop {
        beat.tick().await;
        tell(sd_notify::NotifyState::Watchdog);
    }
}

fn prepare(flags: Flags, names: &[String]) -> anyhow::Result<()> {
    let issued = match names {
        [] => None,
        names => {
            let settings = flags.config.as_deref().ok_or(StartFault::SettingMissing { name: "config" })?;
            let folder = settings.parent().unwrap_or(Path::new("")).join("tls");
            Some(authority::issue(&folder, names, chrono::Utc::now())?)
        }
    };
    let written = match &flags.config {
        Some(path) => Some(init::write(path, &flags, issued.as_ref())?),
        None => None,
    };
    let settings = Settings::load(flags.clone())?;
    let key = uscita_server::state::init(settings.data()?)?;
    write_line(&BASE64URL_NOPAD.encode(&key.0))?;
    if let (Some(issued), Some(name)) = (&issued, names.first()) {
        let listen = settings.listen()?.to_string();
        write_line(&init::address(name, &listen, &issued.pins))?;
        eprintln!("Il certificato vale fino al {}.", issued.expires_at.date_naive());
    }
    if let (Some(written), Some(path)) = (written, &flags.config) {
        let path = path.display();
        match written {
            Written::New => eprintln!("Le impostazioni sono in {path}: completarle con i valori dell'ufficio."),
            Written::AlreadyThere => eprintln!("Le impostazioni in {path} c'erano già e non sono state toccate."),
        }
    }
    Ok(())
}

/// Opening does it: several servers that start on one database at once do it once.
fn migrate(flags: Flags) -> anyhow::Result<()> {
    let settings = Settings::load(flags)?;
    drop(ServerState::open_on(settings.database(), &settings.mailbox()?, Arc::new(chrono::Utc::now))?);
    write_line("La banca dati ha la forma di questa versione.")
}

fn back_up(flags: Flags) -> anyhow::Result<()> {
    write_line(&backup::command::back_up(&Settings::load(flags)?)?)
}

fn restore(flags: Flags, given: &RestoreArguments) -> anyhow::Result<()> {
    write_line(&backup::command::restore(given, Settings::load(flags)?.database())?)
}

fn check_health(flags: Flags) -> anyhow::Result<()> {
    let monitor = Settings::load(flags)?.reach()?.monitor.ok_or(StartFault::SettingMissing { name: "monitor" })?;
    Ok(health::ask(monitor)?)
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

fn read_audit(flags: Flags, command: AuditCommand) -> anyhow::Result<()> {
    let settings = Settings::load(flags)?;
    let mut written = Ok(());
    audit::answer(command, settings.database(), &settings.mailbox()?, |line| {
        if written.is_ok() {
            written = write_line(line);
        }
    })?;
    written
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
