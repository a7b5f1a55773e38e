//! Where the database is. Its address has a password in it, so it comes from a file of its own and is never shown.

use crate::config::Postgres;
use crate::fault::StartFault;
use deadpool_postgres::{Manager, ManagerConfig, Pool, RecyclingMethod, Runtime};
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use rustls::{ClientConfig, RootCertStore};
use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio_postgres::config::{Host, SslMode};
use tokio_postgres_rustls::MakeRustlsConnect;

/// Connections of one instance.
const CONNECTIONS: usize = 16;
/// How long a connection may take, to be made or to become free.
const TIMEOUT: Duration = Duration::from_secs(5);
/// A server that stops in the middle of a transaction must not hold up the others. Durable means durable.
const OPTIONS: &str = "-c synchronous_commit=on -c idle_in_transaction_session_timeout=10s \
                       -c statement_timeout=20s -c lock_timeout=10s";

/// The way to a database.
pub struct Way {
    config: tokio_postgres::Config,
    tls: MakeRustlsConnect,
}

impl Way {
    /// Reads the address. Outside this machine the database must speak TLS; on it, if an authority is named.
    ///
    /// # Errors
    /// [`StartFault::ConfigUnreadable`], [`StartFault::SettingInvalid`], [`StartFault::TlsUnreadable`],
    /// [`StartFault::TlsInvalid`].
    pub fn of(settings: &Postgres) -> Result<Self, StartFault> {
        let text = std::fs::read_to_string(&settings.url_file)
            .map_err(|_| StartFault::ConfigUnreadable { path: settings.url_file.clone() })?;
        let invalid = StartFault::SettingInvalid { name: "database.postgres.url-file" };
        let mut config: tokio_postgres::Config = text.trim().parse().map_err(|_| invalid)?;
        let is_here = config.get_hosts().iter().all(is_here) && config.get_hostaddrs().iter().all(IpAddr::is_loopback);
        match (is_here, &settings.authority) {
            (false, _) => config.ssl_mode(SslMode::Require),
            // The one that a distribution gives its database is signed by nobody.
            (true, None) => config.ssl_mode(SslMode::Disable),
            (true, Some(_)) => &mut config,
        };
        config.connect_timeout(TIMEOUT).application_name("uscita-server").options(OPTIONS);
        Ok(Self { config, tls: MakeRustlsConnect::new(client(settings)?) })
    }

    /// The pool of a running server.
    ///
    /// # Errors
    /// [`StartFault::DatabaseUnreachable`].
    pub fn pool(self) -> Result<Pool, StartFault> {
        let recycling = ManagerConfig { recycling_method: RecyclingMethod::Fast };
        Pool::builder(Manager::from_config(self.config, self.tls, recycling))
            .max_size(CONNECTIONS)
            .wait_timeout(Some(TIMEOUT))
            .create_timeout(Some(TIMEOUT))
            .runtime(Runtime::Tokio1)
            .build()
            .map_err(|error| StartFault::DatabaseUnreachable { reason: error.to_string() })
    }

    /// One connection, for a start. It ends with the runtime.
    ///
    /// # Errors
    /// [`StartFault::DatabaseUnreachable`].
    pub async fn connect(&self) -> Result<tokio_postgres::Client, StartFault> {
        let (client, connection) = self.config.connect(self.tls.clone()).await.map_err(unreachable)?;
        tokio::spawn(async move {
            if let Err(error) = connection.await {
                tracing::debug!(%error, "database connection ended");
            }
        });
        Ok(client)
    }
}

/// The fault of a database that does not do what it is asked at a start.
pub fn unreachable(error: tokio_postgres::Error) -> StartFault {
    let reason = error.as_db_error().map_or_else(|| error.to_string(), |error| error.message().to_owned());
    StartFault::DatabaseUnreachable { reason }
}

fn is_here(host: &Host) -> bool {
    match host {
        Host::Unix(_) => true,
        Host::Tcp(name) => name == "localhost" || name.parse().is_ok_and(|address: IpAddr| address.is_loopback()),
    }
}

fn client(settings: &Postgres) -> Result<ClientConfig, StartFault> {
    let mut roots = RootCertStore::empty();
    if let Some(path) = &settings.authority {
        let invalid = || StartFault::TlsInvalid { path: path.clone() };
        let pem = std::fs::read(path).map_err(|source| StartFault::TlsUnreadable { path: path.clone(), source })?;
        for certificate in CertificateDer::pem_slice_iter(&pem) {
            roots.add(certificate.map_err(|_| invalid())?).map_err(|_| invalid())?;
        }
        if roots.is_empty() {
            return Err(invalid());
        }
    }
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let client = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|error| StartFault::DatabaseUnreachable { reason: error.to_string() })?;
    Ok(client.with_root_certificates(roots).with_no_client_auth())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn way(url: &str) -> Result<Way, StartFault> {
        let folder = tempfile::tempdir().unwrap();
        let url_file = folder.path().join("url");
        std::fs::write(&url_file, url).unwrap();
        Way::of(&Postgres { url_file, authority: None })
    }

    #[test]
    fn outside_this_machine_only_with_tls_whatever_the_address_says() {
        let mode = |url: &str| way(url).unwrap().config.get_ssl_mode();
        assert_eq!(mode("postgres://u:p@db.example.org/uscita?sslmode=disable\n"), SslMode::Require);
        assert_eq!(mode("postgres://u:p@10.0.0.4/uscita"), SslMode::Require);
        assert_eq!(mode("hostaddr=10.0.0.4 user=u sslmode=disable"), SslMode::Require);
    }

    #[test]
    fn on_this_machine_without_tls_where_nobody_vouches_for_it() {
        for url in ["postgres://u:p@127.0.0.1/uscita", "host=/run/postgresql user=u dbname=uscita"] {
            assert_eq!(way(url).unwrap().config.get_ssl_mode(), SslMode::Disable);
        }
    }

    #[test]
    fn fault_never_shows_the_password() {
        let Err(fault) = way("postgres://u:geheim@host:not-a-port/") else { panic!("it is no address") };
        assert_eq!(fault.code(), "setting_invalid");
        assert!(!format!("{fault} {fault:?}").contains("geheim"));
    }
}
