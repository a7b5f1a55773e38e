//! Nothing that anybody sends, and nobody's address, comes into the log, not even at its most talkative.

use crate::house::ask;
use crate::operator::{Program, settings};
use tokio::io::AsyncWriteExt;
use tokio::net::TcpStream;

const CANARY: &str = "canarino7";

#[tokio::test(flavor = "multi_thread")]
async fn log_at_trace_holds_nothing_that_was_sent() {
    let folder = tempfile::tempdir().unwrap();
    let program = Program::start(&settings(folder.path(), "behind-proxy = ['127.0.0.1']\n"), "trace");
    let address = program.address("listening");
    let body = format!(r#"{{"version":1,"code_id":"{CANARY}","keys":"{CANARY}"}}"#);
    let mut asked = 0;
    for method in ["GET", "POST", "PUT", CANARY] {
        for path in ["/v1/batches", "/v1/enrolments", "/v1/manifest", "/v1/streams/journal", "/v1/health", "/", CANARY]
        {
            let request = format!(
                "{method} {path}?{CANARY}={CANARY} HTTP/1.1\r\nHost: {CANARY}\r\nContent-Type: application/json\r\n\
                 User-Agent: {CANARY}\r\nX-Forwarded-For: 203.0.113.77\r\nUscita-Device: {CANARY}\r\n\
                 Uscita-Signature: {CANARY}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
                body.len()
            );
            let mut stream = TcpStream::connect(address).await.unwrap();
            // A path without a slash is no HTTP: that connection ends without an answer.
            asked += usize::from(ask(&mut stream, &request).await.is_ok());
        }
    }
    assert!(asked >= 20, "{asked}");
    let mut broken = TcpStream::connect(address).await.unwrap();
    broken.write_all(format!("{CANARY}\r\n{CANARY}: \0\r\n\r\n").as_bytes()).await.unwrap();
    let log = program.end();
    assert!(log.contains("\"refused\""), "it does talk: {log}");
    for canary in [CANARY, "127.0.0.1", "203.0.113", &address.port().to_string()] {
        assert!(!log.contains(canary), "{canary}: {log}");
    }
}
