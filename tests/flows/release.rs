//! `uscita release` and `uscita publish`, the programs themselves, against a real server: from the desk's counts to what a
//! recipient reads in a browser.

use super::amendment::stage;
use super::programs::uscita;
use serde_json::Value;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Command, Output, Stdio};

const WISH: &str = "--recipient municipality:Brescia --period 2026-W11";

fn ask(home: &Path, words: &str) -> Output {
    let mut command = Command::new(uscita());
    command.args(words.split(' ')).arg("--home").arg(home);
    command.env("USCITA_PASSPHRASE", "una frase lunga e segreta").stdin(Stdio::null()).output().unwrap()
}

fn said(home: &Path, words: &str) -> String {
    let output = ask(home, words);
    assert!(output.status.success(), "{words}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

fn told(home: &Path, words: &str) -> Value {
    serde_json::from_str(&said(home, words)).unwrap()
}

/// What a browser gets that sends a form.
fn browse(address: &str, form: &str) -> (u16, Vec<u8>) {
    let (host, path) = address.strip_prefix("http://").unwrap().split_once('/').unwrap();
    let mut stream = TcpStream::connect(host).unwrap();
    let head = format!(
        "POST /{path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\nContent-Type: application/x-www-form-urlencoded\r\n\
         Content-Length: {}\r\n\r\n{form}",
        form.len()
    );
    stream.write_all(head.as_bytes()).unwrap();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).unwrap();
    let end = answer.windows(4).position(|four| four == b"\r\n\r\n").unwrap();
    let status = String::from_utf8_lossy(&answer[..end]).split(' ').nth(1).unwrap().parse().unwrap();
    (status, answer[end + 4..].to_vec())
}

#[test]
fn a_release_goes_from_the_desk_to_its_recipient_and_back() {
    let folder = tempfile::tempdir().unwrap();
    let (stage, _server) = stage(folder.path());
    stage.desk.session().lock(notebook::view::Nothing {}).unwrap();
    let desk = stage.desk.folder.as_path();
    for topic in ["legal", "legal", "legal", "legal", "legal", "legal", "medical", "work"] {
        said(desk, &format!("desk access --date 2026-03-10 --topic {topic}"));
    }

    let preview = told(desk, &format!("release preview {WISH} --json"));
    assert_eq!(preview["release"]["number"], 1);
    let table = said(desk, &format!("release preview {WISH}"));
    assert!(table.contains("Accessi allo sportello") && table.contains("numeri sotto 5"), "{table}");
    assert!(said(desk, "release list").contains("Nessun rilascio."), "a preview writes nothing");
    assert!(said(desk, &format!("release make {WISH}")).contains("Rilascio n. 1 fatto"));
    let again = ask(desk, &format!("release make {WISH}"));
    assert_eq!(again.status.code(), Some(3));
    assert!(String::from_utf8_lossy(&again.stderr).contains("RILASCIO-01"));
    assert_eq!(ask(desk, "release make --recipient press:x --period 2026-W60").status.code(), Some(2));
    assert!(said(desk, "release list").contains("Comune Brescia · 2026-W11 · k = 5"));
    assert_eq!(told(desk, "release show 1")["tables"], preview["release"]["tables"], "what was shown is what was made");

    let published = told(desk, "publish 1 --json");
    assert_eq!(published["told"], true);
    let (address, password) = (published["address"].as_str().unwrap(), published["password"].as_str().unwrap());
    let (status, page) = browse(address, &format!("password={password}"));
    let page = String::from_utf8(page).unwrap();
    assert_eq!(status, 200);
    for shown in ["settimana W11, 9–15 marzo 2026", "Accessi allo sportello", "n.p.", "Comune, Brescia"] {
        assert!(page.contains(shown), "{shown}\n{page}");
    }
    let csv = browse(address, &format!("password={password}&format=csv")).1;
    assert_eq!(String::from_utf8(csv).unwrap(), said(desk, "release show 1 --format csv"));
    let json = browse(address, &format!("password={password}&format=json")).1;
    assert_eq!(String::from_utf8(json).unwrap(), said(desk, "release show 1"), "byte for byte");
    assert_eq!(browse(address, "password=0000-0000-0000-0000").0, 403);

    said(desk, "release make --recipient municipality:Brescia --period 2026-W12");
    let second = told(desk, "publish 2 --json");
    assert_eq!((second["address"].as_str(), second["password"].is_null()), (Some(address), true), "one link for good");
    let renewed = told(desk, "publish 2 --new-password --json");
    assert_eq!(browse(address, &format!("password={password}")).0, 403);
    let password = renewed["password"].as_str().unwrap();
    said(desk, "withdraw 2");
    let (_, page) = browse(address, &format!("password={password}&release=2"));
    assert!(String::from_utf8(page).unwrap().contains("Il rilascio n. 2 è stato ritirato"));
    assert_eq!(browse(address, &format!("password={password}&release=1")).0, 200);
    assert!(said(desk, "release list").contains("ritirato il"));
    assert!(!ask(desk, "publish 2").status.success(), "it stays withdrawn");
}
