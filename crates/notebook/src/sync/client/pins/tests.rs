//! Every case against a real listener: the phone must break off before it sends a byte of a request.

mod hostile;

use super::super::{HttpClient, ServerAddress};
use super::*;
use crate::sync::fault::Fault;
use crate::sync::wire::{Method, Transport, WireRequest};
use rcgen::{
    BasicConstraints, CertificateParams, CertifiedIssuer, ExtendedKeyUsagePurpose, IsCa, KeyPair, KeyUsagePurpose,
    PublicKeyData, date_time_ymd,
};
use rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};
use rustls::{ServerConfig, ServerConnection, StreamOwned, SupportedProtocolVersion};
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::thread::JoinHandle;

const BOTH: &[&SupportedProtocolVersion] = &[&rustls::version::TLS12, &rustls::version::TLS13];

/// An authority, and what it issues for this machine.
struct Authority(CertifiedIssuer<'static, KeyPair>);

impl Authority {
    fn new() -> Self {
        let mut parameters = CertificateParams::default();
        parameters.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        parameters.key_usages = vec![KeyUsagePurpose::KeyCertSign];
        Self(CertifiedIssuer::self_signed(parameters, KeyPair::generate().unwrap()).unwrap())
    }

    fn certificate(&self) -> CertificateDer<'static> {
        self.0.der().clone()
    }

    fn pin(&self) -> String {
        pin(self.0.key())
    }

    fn issue(&self, change: impl FnOnce(&mut CertificateParams)) -> Identity {
        let mut parameters = CertificateParams::new(vec!["127.0.0.1".to_owned()]).unwrap();
        change(&mut parameters);
        let key = KeyPair::generate().unwrap();
        let certificate = parameters.signed_by(&key, &self.0).unwrap();
        Identity { chain: vec![certificate.der().clone(), self.certificate()], key }
    }
}

struct Identity {
    chain: Vec<CertificateDer<'static>>,
    key: KeyPair,
}

fn pin(key: &KeyPair) -> String {
    BASE64URL_NOPAD.encode(digest(&SHA256, &key.subject_public_key_info()).as_ref())
}

/// A server of one connection. Joining tells whether a request arrived.
fn listen(identity: &Identity, versions: &[&'static SupportedProtocolVersion]) -> (u16, JoinHandle<bool>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(identity.key.serialize_der()));
    let config = ServerConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
        .with_protocol_versions(versions)
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(identity.chain.clone(), key)
        .unwrap();
    let thread = std::thread::spawn(move || {
        let (socket, _) = listener.accept().unwrap();
        let mut stream = StreamOwned::new(ServerConnection::new(Arc::new(config)).unwrap(), socket);
        let mut request = [0; 2048];
        let arrived = stream.read(&mut request).is_ok_and(|length| length > 0);
        let answer = "HTTP/1.1 200 OK\r\ncontent-length: 0\r\nconnection: close\r\n\r\n";
        assert!(!arrived || stream.write_all(answer.as_bytes()).is_ok());
        arrived
    });
    (port, thread)
}

fn client(port: u16, pins: &[String], roots: &[&Authority]) -> HttpClient {
    let fragment = if pins.is_empty() { String::new() } else { format!("#sha256={}", pins.join(",")) };
    let address = ServerAddress::parse(&format!("https://127.0.0.1:{port}{fragment}")).unwrap();
    // There are always web roots, whoever they are.
    let mut trusted = RootCertStore::empty();
    trusted.add(Authority::new().certificate()).unwrap();
    for authority in roots {
        trusted.add(authority.certificate()).unwrap();
    }
    HttpClient::trusting(&address, trusted).unwrap()
}

fn ask(client: &HttpClient) -> std::result::Result<u16, Fault> {
    client.exchange(&WireRequest::new(Method::Get, "/v1/health", Vec::new())).map(|reply| reply.status)
}

fn accept(identity: &Identity, pins: &[String], roots: &[&Authority]) {
    let (port, server) = listen(identity, BOTH);
    assert_eq!(ask(&client(port, pins, roots)), Ok(200));
    assert!(server.join().unwrap());
}

fn refuse(what: &str, identity: &Identity, pins: &[String], roots: &[&Authority]) {
    let (port, server) = listen(identity, BOTH);
    assert_eq!(ask(&client(port, pins, roots)), Err(Fault::Certificate), "{what}");
    assert!(!server.join().unwrap(), "{what}: a request was sent");
}

fn nothing(_: &mut CertificateParams) {}

#[test]
fn pinned_authority_vouches_and_so_does_the_web_for_a_pinned_key() {
    let (private, public) = (Authority::new(), Authority::new());
    accept(&private.issue(nothing), &[private.pin()], &[&public]);
    let known = public.issue(nothing);
    accept(&known, &[pin(&known.key)], &[&public]);
    accept(&known, &[public.pin()], &[&public]);
    accept(&known, &[], &[&public]);
}

#[test]
fn change_of_keys_locks_no_phone_out() {
    let (first, second, third) = (Authority::new(), Authority::new(), Authority::new());
    let pins = [first.pin(), second.pin()];
    accept(&first.issue(nothing), &pins, &[]);
    accept(&second.issue(nothing), &pins, &[]);
    refuse("a pin that was taken back", &first.issue(nothing), &[second.pin(), third.pin()], &[]);
}

#[test]
fn strangers_with_the_right_name_are_refused() {
    let (ours, other, public) = (Authority::new(), Authority::new(), Authority::new());
    let pins = [ours.pin()];
    let key = KeyPair::generate().unwrap();
    let own = CertificateParams::new(vec!["127.0.0.1".to_owned()]).unwrap().self_signed(&key).unwrap();
    let alone = Identity { chain: vec![own.der().clone()], key };
    refuse("self-signed, another key", &alone, &pins, &[&public]);
    refuse("self-signed, no pins", &alone, &[], &[&public]);
    refuse("another authority", &other.issue(nothing), &pins, &[&public]);
    refuse("an authority nobody embedded", &other.issue(nothing), &[], &[&public]);
    refuse("a public authority, not pinned", &public.issue(nothing), &pins, &[&public]);

    let mut dressed = public.issue(nothing);
    dressed.chain.push(ours.certificate());
    refuse("our authority sent along by a stranger", &dressed, &pins, &[&public]);
    let mut dressed = other.issue(nothing);
    dressed.chain.insert(1, ours.certificate());
    refuse("our authority put into another's chain", &dressed, &pins, &[&public]);
}

#[test]
fn our_own_authority_does_not_vouch_for_everything() {
    let ours = Authority::new();
    let pins = [ours.pin()];
    refuse("expired", &ours.issue(|certificate| certificate.not_after = date_time_ymd(2020, 1, 1)), &pins, &[]);
    refuse("of the future", &ours.issue(|certificate| certificate.not_before = date_time_ymd(2090, 1, 1)), &pins, &[]);
    let elsewhere = ours.issue(|certificate| {
        certificate.subject_alt_names =
            CertificateParams::new(vec!["uscita.example.org".to_owned()]).unwrap().subject_alt_names;
    });
    refuse("another name", &elsewhere, &pins, &[]);
    let of_a_client = |certificate: &mut CertificateParams| {
        certificate.extended_key_usages = vec![ExtendedKeyUsagePurpose::ClientAuth];
    };
    refuse("not for a server", &ours.issue(of_a_client), &pins, &[]);
    let mut stripped = ours.issue(nothing);
    stripped.chain.truncate(1);
    refuse("without the authority's certificate", &stripped, &pins, &[]);

    // Who stole the server's key cannot issue with it.
    let server = ours.issue(nothing);
    let params = CertificateParams::default();
    let issuer = rcgen::Issuer::from_params(&params, &server.key);
    let key = KeyPair::generate().unwrap();
    let forged = CertificateParams::new(vec!["127.0.0.1".to_owned()]).unwrap().signed_by(&key, &issuer).unwrap();
    let chain = vec![forged.der().clone(), server.chain[0].clone(), ours.certificate()];
    refuse("issued with the server's key", &Identity { chain, key }, &pins, &[]);
}

/// Carries what the phone says to the server, changed.
fn upwards(phone: &TcpStream, server: &TcpStream, change: fn(&mut [u8])) -> JoinHandle<()> {
    let (mut phone, mut server) = (phone.try_clone().unwrap(), server.try_clone().unwrap());
    std::thread::spawn(move || {
        let mut bytes = [0; 16_384];
        while let Ok(length @ 1..) = phone.read(&mut bytes) {
            change(&mut bytes[..length]);
            if server.write_all(&bytes[..length]).is_err() {
                break;
            }
        }
        // The other side may have gone first.
        drop(server.shutdown(std::net::Shutdown::Write));
    })
}

/// Carries one connection to `port`, the bytes of the client changed on the way; gives what the server said.
fn carry(port: u16, change: fn(&mut [u8])) -> (u16, JoinHandle<Vec<u8>>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let between = listener.local_addr().unwrap().port();
    let thread = std::thread::spawn(move || {
        let (mut phone, _) = listener.accept().unwrap();
        let mut server = TcpStream::connect(("127.0.0.1", port)).unwrap();
        let up = upwards(&phone, &server, change);
        let mut said = Vec::new();
        let mut bytes = [0; 16_384];
        while let Ok(length @ 1..) = server.read(&mut bytes) {
            said.extend_from_slice(&bytes[..length]);
            if phone.write_all(&bytes[..length]).is_err() {
                break;
            }
        }
        drop(phone.shutdown(std::net::Shutdown::Both));
        up.join().unwrap();
        said
    });
    (between, thread)
}

#[test]
fn reads_one_to_four_pins_over_tls_only() {
    let pin = BASE64URL_NOPAD.encode(&[7; 32]);
    let read = |text: &str| ServerAddress::parse(text).map(|address| address.as_str().to_owned());
    let good = format!("https://uscita.example.org:8470#sha256={pin},{pin}");
    assert_eq!(read(&good), Ok(good.clone()), "as it is stored");
    assert_eq!(
        read(&format!("uscita.example.org/#sha256={pin}")),
        Ok(format!("https://uscita.example.org#sha256={pin}"))
    );
    for wrong in [
        "https://uscita.example.org#".to_owned(),
        "https://uscita.example.org#sha256=".to_owned(),
        format!("https://uscita.example.org#sha1={pin}"),
        format!("https://uscita.example.org#sha256={}", &pin[1..]),
        format!("https://uscita.example.org#sha256={}", [pin.as_str(); 5].join(",")),
        format!("http://127.0.0.1:4100#sha256={pin}"),
    ] {
        assert_eq!(read(&wrong), Err(NotebookError::BadInvitation), "{wrong}");
    }
}
