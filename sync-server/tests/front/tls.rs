//! TLS of the server, seen from the other side.

use crate::house::{HEALTH, House, ask, now};
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, ServerName};
use rustls::{ClientConfig, RootCertStore, SupportedProtocolVersion};
use std::path::Path;
use std::sync::Arc;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;
use uscita_server::authority::issue;
use uscita_server::tls::{Reloaded, Tls, TlsFiles};
use uscita_server::{Front, HEAD_TIMEOUT};

/// A certificate that holds today: clients ask the real clock.
pub fn certify(folder: &Path) -> TlsFiles {
    issue(folder, &["localhost".to_owned()], chrono::Utc::now()).unwrap().files
}

/// Greets the server as a client that trusts the authority in `folder`.
pub async fn greet(
    address: std::net::SocketAddr,
    folder: &Path,
    version: &'static SupportedProtocolVersion,
) -> std::io::Result<TlsStream<TcpStream>> {
    let mut roots = RootCertStore::empty();
    roots.add(CertificateDer::from_pem_file(folder.join("ca.pem")).unwrap()).unwrap();
    let config = ClientConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
        .with_protocol_versions(&[version])
        .unwrap()
        .with_root_certificates(roots)
        .with_no_client_auth();
    let stream = TcpStream::connect(address).await?;
    let name = ServerName::try_from("localhost").unwrap();
    TlsConnector::from(Arc::new(config)).connect(name, stream).await
}

async fn secure(folder: &Path) -> (House, Tls) {
    let tls = Tls::load(certify(folder), now()).unwrap();
    (House::open(Front { tls: Some(tls.clone()), ..Front::default() }).await, tls)
}

#[tokio::test]
async fn speaks_only_the_newest_tls() {
    let folder = tempfile::tempdir().unwrap();
    let (house, _tls) = secure(folder.path()).await;
    let mut stream = greet(house.address, folder.path(), &rustls::version::TLS13).await.unwrap();
    let answer = ask(&mut stream, HEALTH).await.unwrap();
    assert!(answer.starts_with("HTTP/1.1 200 OK"), "{answer}");
    assert!(greet(house.address, folder.path(), &rustls::version::TLS12).await.is_err());
    let mut plain = house.connect().await;
    assert!(ask(&mut plain, HEALTH).await.is_err(), "plain HTTP is not answered");
}

#[tokio::test]
async fn silent_greeting_is_cut() {
    let folder = tempfile::tempdir().unwrap();
    let (house, _tls) = secure(folder.path()).await;
    let mut silent = house.connect().await;
    tokio::time::pause();
    let begun = tokio::time::Instant::now();
    let mut rest = Vec::new();
    silent.read_to_end(&mut rest).await.unwrap();
    assert!(rest.is_empty());
    assert!(begun.elapsed() <= 2 * HEAD_TIMEOUT);
}

#[tokio::test]
async fn new_certificate_serves_new_connections_and_old_ones_go_on() {
    let folder = tempfile::tempdir().unwrap();
    let (house, tls) = secure(folder.path()).await;
    let mut old = greet(house.address, folder.path(), &rustls::version::TLS13).await.unwrap();
    let before = old.get_ref().1.peer_certificates().unwrap()[0].clone();
    std::fs::write(folder.path().join("server-key.pem"), "half").unwrap();
    assert!(tls.reload(chrono::Utc::now(), false).is_err());
    let mut meanwhile = greet(house.address, folder.path(), &rustls::version::TLS13).await.unwrap();
    assert_eq!(meanwhile.get_ref().1.peer_certificates().unwrap()[0], before, "the pair in use stays");
    assert!(ask(&mut meanwhile, HEALTH).await.is_ok());

    std::fs::remove_file(folder.path().join("server-key.pem")).unwrap();
    certify(folder.path());
    assert_eq!(tls.reload(chrono::Utc::now(), false).unwrap(), Reloaded::Replaced);
    let new = greet(house.address, folder.path(), &rustls::version::TLS13).await.unwrap();
    assert_ne!(new.get_ref().1.peer_certificates().unwrap()[0], before);
    assert!(ask(&mut old, HEALTH).await.unwrap().starts_with("HTTP/1.1 200 OK"));
}

/// A second visit may be shorter, and still no request goes out, or is answered, before the handshake is done: what was
/// recorded on the line is worth nothing.
#[tokio::test]
async fn takes_nothing_early_from_who_comes_back() {
    let folder = tempfile::tempdir().unwrap();
    let (house, _tls) = secure(folder.path()).await;
    let mut roots = RootCertStore::empty();
    roots.add(CertificateDer::from_pem_file(folder.path().join("ca.pem")).unwrap()).unwrap();
    let mut config = ClientConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
        .with_protocol_versions(&[&rustls::version::TLS13])
        .unwrap()
        .with_root_certificates(roots)
        .with_no_client_auth();
    config.enable_early_data = true;
    let connector = TlsConnector::from(Arc::new(config));
    for _ in 0..2 {
        let stream = house.connect().await;
        let name = ServerName::try_from("localhost").unwrap();
        let mut may_be_early = true;
        let mut stream = connector
            .connect_with(name, stream, |connection| may_be_early = connection.early_data().is_some())
            .await
            .unwrap();
        assert!(!may_be_early && !stream.get_ref().1.is_early_data_accepted());
        assert!(ask(&mut stream, HEALTH).await.unwrap().starts_with("HTTP/1.1 200 OK"));
    }
}

/// Greetings that are none: cut off, spoilt, of another protocol, without end.
#[tokio::test]
async fn broken_greeting_ends_the_connection_and_nothing_else() {
    let folder = tempfile::tempdir().unwrap();
    let (house, _tls) = secure(folder.path()).await;
    let record = |kind: u8, length: u16, body: &[u8]| [&[kind, 3, 1], length.to_be_bytes().as_slice(), body].concat();
    let greetings = [
        record(22, 200, &[1, 0, 0, 196]),
        record(22, 4, &[1, 0xff, 0xff, 0xff]),
        record(23, 5, b"early"),
        record(21, 2, &[2, 40]),
        record(22, 0xffff, &[0; 64]),
        record(22, 0, &[]).repeat(64),
        b"SSH-2.0-OpenSSH_9.2\r\n".to_vec(),
        vec![0x80, 46, 1, 3, 1, 0, 21, 0, 0, 0, 16],
        vec![0; 64],
    ];
    for greeting in greetings {
        let mut stream = house.connect().await;
        // Whoever is cut off while he still speaks may see an error.
        drop(stream.write_all(&greeting).await);
        drop(stream.shutdown().await);
        let mut said = Vec::new();
        drop(stream.read_to_end(&mut said).await);
        assert!(!String::from_utf8_lossy(&said).contains("HTTP"), "{greeting:?}");
    }
    let mut honest = greet(house.address, folder.path(), &rustls::version::TLS13).await.unwrap();
    assert!(ask(&mut honest, HEALTH).await.unwrap().starts_with("HTTP/1.1 200 OK"));
}
