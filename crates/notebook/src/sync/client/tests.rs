use super::*;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};
use rustls::{ServerConfig, ServerConnection};
use std::net::TcpListener;
use std::sync::Arc;

/// A certificate for 127.0.0.1 that nobody vouches for, with its key: of these tests only.
const UNKNOWN_CERTIFICATE: &[u8] = include_bytes!("unknown-certificate.der");
const UNKNOWN_KEY: &[u8] = include_bytes!("unknown-key.der");

#[test]
fn accepts_https_anywhere_and_plain_http_only_on_this_machine() {
    let check = |text: &str, expected: Option<&str>| {
        let parsed = ServerAddress::parse(text).ok();
        assert_eq!(parsed.as_ref().map(ServerAddress::as_str), expected, "{text}");
    };
    check("https://uscita.example.org", Some("https://uscita.example.org"));
    check(" uscita.example.org:8443 ", Some("https://uscita.example.org:8443"));
    check("http://127.0.0.1:4100", Some("http://127.0.0.1:4100"));
    check("http://[::1]:4100/", Some("http://[::1]:4100"));
    check("http://localhost:4100", None);
    check("http://uscita.example.org", None);
    check("http://127.0.0.1.example.org", None);
    check("http://127.0.0.1@example.org", None);
    check("https://user:word@example.org", None);
    check("https://example.org/path", None);
    check("https://example.org/?q", None);
    check("ftp://example.org", None);
    check("", None);
}

#[test]
fn is_dropped_where_waiting_is_not_allowed() {
    let address = ServerAddress::parse("http://127.0.0.1:1").unwrap();
    let client = HttpClient::new(&address).unwrap();
    let outer = Builder::new_current_thread().build().unwrap();
    outer.block_on(async move { drop(client) });
}

#[test]
fn refuses_a_certificate_that_nobody_vouches_for() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("https://{}", listener.local_addr().unwrap());
    let server = std::thread::spawn(move || {
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(UNKNOWN_KEY));
        let config = ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(vec![CertificateDer::from(UNKNOWN_CERTIFICATE)], key)
            .unwrap();
        let (mut socket, _) = listener.accept().unwrap();
        let mut connection = ServerConnection::new(Arc::new(config)).unwrap();
        // The client breaks off: that is what is tested.
        connection.complete_io(&mut socket).is_err()
    });
    let client = HttpClient::new(&ServerAddress::parse(&address).unwrap()).unwrap();
    let request = WireRequest::new(Method::Get, "/v1/health", Vec::new());
    assert_eq!(client.exchange(&request), Err(Fault::Certificate));
    assert!(server.join().unwrap(), "no byte of a request was sent");
}
