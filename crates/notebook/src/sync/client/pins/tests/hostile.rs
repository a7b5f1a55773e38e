//! Who stands between a phone and its server, or in the server's place: one line for each way to try it (B19). The phone
//! breaks off each time before it sends a byte of a request, and says why as far as it can know.

use super::*;

/// What a hostile server is, and what a phone that is sent to it knows.
struct Hostile {
    what: &'static str,
    /// A refused certificate is told apart from a server that is not there.
    fault: Option<Fault>,
    refused: Box<dyn Fn() -> (std::result::Result<u16, Fault>, bool)>,
}

/// A server with this identity, and a phone that pins `pins` and has `roots` for web roots.
fn server(
    what: &'static str,
    versions: &'static [&'static SupportedProtocolVersion],
    make: impl Fn() -> (Identity, Vec<String>, Vec<Authority>) + 'static,
) -> Hostile {
    let refused = move || {
        let (identity, pins, roots) = make();
        let (port, server) = listen(&identity, versions);
        let answer = ask(&client(port, &pins, &roots.iter().collect::<Vec<_>>()));
        (answer, server.join().unwrap())
    };
    let fault = (versions == BOTH).then_some(Fault::Certificate);
    Hostile { what, fault, refused: Box::new(refused) }
}

/// The right server, with somebody on the line who changes what is said.
fn line(what: &'static str, up: fn(&mut [u8]), down: fn(&mut Vec<u8>)) -> Hostile {
    let refused = move || {
        let ours = Authority::new();
        let (port, server) = listen(&ours.issue(nothing), BOTH);
        let (between, carrier) = carry_both(port, up, down);
        let answer = ask(&client(between, &[ours.pin()], &[]));
        carrier.join().unwrap();
        (answer, server.join().unwrap())
    };
    Hostile { what, fault: None, refused: Box::new(refused) }
}

/// Issued by the pinned authority, with something wrong about it.
fn ours_but(what: &'static str, change: fn(&mut CertificateParams)) -> Hostile {
    server(what, BOTH, move || {
        let ours = Authority::new();
        (ours.issue(change), vec![ours.pin()], Vec::new())
    })
}

/// What a server spoke before.
const OLD: &[&SupportedProtocolVersion] = &[&rustls::version::TLS12];

fn cases() -> Vec<Hostile> {
    vec![
        server("self-signed", BOTH, || {
            let key = KeyPair::generate().unwrap();
            let own = CertificateParams::new(vec!["127.0.0.1".to_owned()]).unwrap().self_signed(&key).unwrap();
            (Identity { chain: vec![own.der().clone()], key }, Vec::new(), Vec::new())
        }),
        server("another authority, the right name", BOTH, || {
            (Authority::new().issue(nothing), vec![Authority::new().pin()], Vec::new())
        }),
        ours_but("expired", |certificate| certificate.not_after = date_time_ymd(2020, 1, 1)),
        ours_but("not valid yet", |certificate| certificate.not_before = date_time_ymd(2090, 1, 1)),
        ours_but("another host", |certificate| {
            certificate.subject_alt_names =
                CertificateParams::new(vec!["uscita.example.org".to_owned()]).unwrap().subject_alt_names;
        }),
        ours_but("a certificate of a client", |certificate| {
            certificate.extended_key_usages = vec![ExtendedKeyUsagePurpose::ClientAuth];
        }),
        server("TLS 1.2", OLD, || {
            let ours = Authority::new();
            (ours.issue(nothing), vec![ours.pin()], Vec::new())
        }),
        server("the right authority, another pin", BOTH, || {
            let ours = Authority::new();
            (ours.issue(nothing), vec![BASE64URL_NOPAD.encode(&[7; 32])], vec![ours])
        }),
        server("a chain without the authority", BOTH, || {
            let ours = Authority::new();
            let mut stripped = ours.issue(nothing);
            stripped.chain.truncate(1);
            (stripped, vec![ours.pin()], Vec::new())
        }),
        server("the authority's certificate in a stranger's chain", BOTH, || {
            let (ours, other) = (Authority::new(), Authority::new());
            let mut dressed = other.issue(nothing);
            dressed.chain.insert(1, ours.certificate());
            (dressed, vec![ours.pin()], Vec::new())
        }),
        server("an authority that was put on the phone", BOTH, || {
            // The system's own store is never asked: what the phone trusts is inside the app.
            (Authority::new().issue(nothing), Vec::new(), Vec::new())
        }),
        server("a pin that was taken back", BOTH, || {
            let (old, new) = (Authority::new(), Authority::new());
            (old.issue(nothing), vec![new.pin()], Vec::new())
        }),
        line("a greeting lowered to TLS 1.2", lower_greeting, |_| {}),
        line("a cipher that was not offered", |_| {}, |bytes| choose_unknown_cipher(bytes)),
        line("a handshake that breaks off", |_| {}, |bytes| bytes.truncate(bytes.len() / 2)),
        line(
            "a handshake with one bit turned over",
            |_| {},
            |bytes| {
                if let Some(byte) = bytes.last_mut() {
                    *byte ^= 1;
                }
            },
        ),
        Hostile { what: "a session that was recorded", fault: None, refused: Box::new(replayed) },
        Hostile {
            what: "the wrong name for the one asked",
            fault: Some(Fault::Certificate),
            refused: Box::new(misnamed),
        },
        Hostile { what: "plain HTTP", fault: None, refused: Box::new(plain) },
    ]
}

#[test]
fn every_hostile_server_is_refused_before_a_request_is_sent() {
    let cases = cases();
    assert!(cases.len() >= 12);
    for Hostile { what, fault, refused } in cases {
        let (answer, arrived) = refused();
        match fault {
            Some(fault) => assert_eq!(answer, Err(fault), "{what}"),
            None => assert!(answer.is_err(), "{what}: {answer:?}"),
        }
        assert!(!arrived, "{what}: a request was sent");
    }
}

/// No request goes out before the server has proved itself: nothing that was recorded can be played to it again.
#[test]
fn nothing_is_sent_early() {
    let (pinned, unpinned) = (Pins(vec![[7; 32]]), Pins::default());
    for pins in [pinned, unpinned] {
        let mut roots = RootCertStore::empty();
        roots.add(Authority::new().certificate()).unwrap();
        assert!(!tls_config(&pins, roots).unwrap().enable_early_data);
    }
}

/// The offer of TLS 1.3 (extension 43, one version) becomes one of TLS 1.2.
fn lower_greeting(bytes: &mut [u8]) {
    let offer = [0, 43, 0, 3, 2, 3, 4];
    if let Some(at) = bytes.windows(offer.len()).position(|window| window == offer) {
        bytes[at + offer.len() - 1] = 3;
    }
}

/// In the server's greeting: record 5, message 4, version 2, random 32, session and its length, then the cipher.
fn choose_unknown_cipher(bytes: &mut [u8]) {
    if bytes.first() == Some(&22) && bytes.get(5) == Some(&2) {
        let at = 44 + usize::from(bytes[43]);
        bytes[at..at + 2].copy_from_slice(&[0x00, 0x04]);
    }
}

/// As [`carry`], with what the server says changed too.
fn carry_both(port: u16, up: fn(&mut [u8]), down: fn(&mut Vec<u8>)) -> (u16, JoinHandle<()>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let between = listener.local_addr().unwrap().port();
    let thread = std::thread::spawn(move || {
        let (mut phone, _) = listener.accept().unwrap();
        let mut server = TcpStream::connect(("127.0.0.1", port)).unwrap();
        let upwards = upwards(&phone, &server, up);
        let mut bytes = vec![0; 16_384];
        // One flight of the server is all there is before the phone breaks off, or goes on.
        if let Ok(length @ 1..) = server.read(&mut bytes) {
            bytes.truncate(length);
            down(&mut bytes);
            drop(phone.write_all(&bytes));
        }
        drop(phone.shutdown(std::net::Shutdown::Both));
        drop(server.shutdown(std::net::Shutdown::Both));
        upwards.join().unwrap();
    });
    (between, thread)
}

/// What the right server said to another phone is said again.
fn replayed() -> (std::result::Result<u16, Fault>, bool) {
    let ours = Authority::new();
    let (port, server) = listen(&ours.issue(nothing), BOTH);
    let (between, carrier) = carry(port, |_| {});
    assert_eq!(ask(&client(between, &[ours.pin()], &[])), Ok(200));
    assert!(server.join().unwrap());
    let said = carrier.join().unwrap();
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let replay = std::thread::spawn(move || {
        let (mut phone, _) = listener.accept().unwrap();
        let mut greeting = [0; 16_384];
        assert!(phone.read(&mut greeting).unwrap() > 0);
        phone.write_all(&said).unwrap();
        // Whatever the phone still says: an alert, or nothing.
        drop(phone.read(&mut greeting));
    });
    let answer = ask(&client(port, &[ours.pin()], &[]));
    replay.join().unwrap();
    (answer, false)
}

/// The phone asks for a name, and the server shows a certificate for its address.
fn misnamed() -> (std::result::Result<u16, Fault>, bool) {
    let ours = Authority::new();
    let (port, server) = listen(&ours.issue(nothing), BOTH);
    let address = ServerAddress::parse(&format!("https://localhost:{port}#sha256={}", ours.pin())).unwrap();
    let mut roots = RootCertStore::empty();
    roots.add(Authority::new().certificate()).unwrap();
    let answer = ask(&HttpClient::trusting(&address, roots).unwrap());
    (answer, server.join().unwrap())
}

/// Somebody answers without TLS.
fn plain() -> (std::result::Result<u16, Fault>, bool) {
    let ours = Authority::new();
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let thread = std::thread::spawn(move || {
        let (mut phone, _) = listener.accept().unwrap();
        let mut said = [0; 16_384];
        let length = phone.read(&mut said).unwrap();
        drop(phone.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n"));
        String::from_utf8_lossy(&said[..length]).contains("/v1/health")
    });
    let answer = ask(&client(port, &[ours.pin()], &[]));
    (answer, thread.join().unwrap())
}
