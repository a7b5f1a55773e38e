//! `uscita release` and `uscita publish`, the programs themselves, against a real server: from the desk's counts to what a
//! recipient reads in a browser.

use super::amendment::{stage, stage_again};
use super::programs::uscita;
use notebook::command::Command as Asked;
use notebook::crypto::binder::FileBinder;
use notebook::entropy::{Entropy, Moment};
use notebook::session::{Seat, Session, SessionSetup};
use notebook::view::{EnrolInput, EnrolmentInput};
use serde_json::{Value, json};
use std::io::{Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::sync::Arc;

const WISH: &str = "--recipient municipality:Brescia --period 2026-W11";

const PASSPHRASE: &str = "una frase lunga e segreta";

fn ask(home: &Path, words: &str) -> Output {
    ask_each(home, &words.split(' ').collect::<Vec<_>>())
}

fn ask_each(home: &Path, words: &[&str]) -> Output {
    let mut command = Command::new(uscita());
    command.args(words).arg("--home").arg(home);
    command.env("USCITA_PASSPHRASE", PASSPHRASE).stdin(Stdio::null()).output().unwrap()
}

/// The same with other surroundings.
fn ask_in(home: &Path, words: &str, surroundings: &[(&str, &str)]) -> Output {
    let mut command = Command::new(uscita());
    command.args(words.split(' ')).arg("--home").arg(home).envs(surroundings.iter().copied());
    command.env("USCITA_PASSPHRASE", PASSPHRASE).stdin(Stdio::null()).output().unwrap()
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
    let thursday =
        json!({ "unit": "BS-U1", "outing_type": "street_night", "from": "2026-03-12", "weeks": 1, "shown": {} });
    stage.desk.session().plan_outings(serde_json::from_value(thursday).unwrap()).unwrap();
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
    let early = ask(desk, &format!("release make {WISH}"));
    assert!(String::from_utf8_lossy(&early.stderr).contains("RILASCIO-07"), "a night of the week has not come");
    assert!(said(desk, &format!("release preview {WISH}")).contains("Mancano ancora: 2026-03-12"));
    assert!(said(desk, &format!("release make {WISH} --incomplete")).contains("Rilascio n. 1 fatto"));
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
    let file = folder.path().join("rilascio.xlsx");
    said(desk, &format!("export release 1 --output {}", file.display()));
    let workbook = browse(address, &format!("password={password}&format=xlsx")).1;
    assert_eq!(std::fs::read(&file).unwrap(), workbook, "the same workbook at the desk and on the server");
    assert!(said(desk, "export release 1 --format html").contains("Soglia k = 5"));
    for format in ["json", "csv", "xlsx", "html"] {
        let words = format!("export release 1 --format {format}");
        let elsewhere =
            ask_in(desk, &words, &[("TZ", "Pacific/Auckland"), ("LC_ALL", "tr_TR.UTF-8"), ("USER", "altra")]);
        assert_eq!(elsewhere.stdout, ask(desk, &words).stdout, "{format}: the same bytes wherever it is written");
    }
    let inside = said(desk, "export tally --period 2026-W11");
    assert!(inside.contains(";desk_by_topic;legal;6;uso interno – non pubblicabile\r\n"), "{inside}");
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
    let again = ask(desk, "publish 2");
    assert!(String::from_utf8_lossy(&again.stderr).contains("RILASCIO-06"), "it stays withdrawn");
}

/// A second coordinator's desk in a folder of its own, enrolled by the first.
fn second_desk(first: &Path, server: &str, home: &Path) {
    let invited = said(first, "devices invite --role coordinator");
    let code = invited.trim().rsplit(' ').next().unwrap().to_owned();
    let session = Session::open(SessionSetup {
        data_dir: home.to_owned(),
        share_dir: home.join("shared"),
        seat: Seat::Desk,
        clock: Arc::new(|| Moment::at(chrono::Utc::now())),
        entropy: Entropy::system(),
        binder: Arc::new(FileBinder::new(home)),
    })
    .unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let asked = |command| -> Value { runtime.block_on(session.handle(command)).unwrap() };
    let enrol = EnrolInput { server: server.to_owned(), code, pin: PASSPHRASE.to_owned() };
    let view = asked(Asked::Enrol(enrol));
    let words: Vec<&str> = view["words"].as_array().unwrap().iter().map(|word| word.as_str().unwrap()).collect();
    let approved = ask_each(first, &["devices", "approve", "--words", &words.join(" ")]);
    assert!(approved.status.success(), "{}", String::from_utf8_lossy(&approved.stderr));
    assert_eq!(asked(Asked::EnrolmentStatus(EnrolmentInput { words_match: true }))["state"], "open");
}

/// Its release of a number, from the list.
fn of_number(home: &Path, number: u32) -> Vec<Value> {
    let list = told(home, "release list --json");
    list.as_array().unwrap().iter().filter(|one| one["number"] == number).cloned().collect()
}

#[test]
fn two_desks_that_release_at_once_publish_under_two_numbers() {
    let folder = tempfile::tempdir().unwrap();
    let (stage, server, start) = stage_again(folder.path());
    stage.desk.session().lock(notebook::view::Nothing {}).unwrap();
    let (first, second) = (stage.desk.folder.as_path(), &folder.path().join("second"));
    second_desk(first, server.url(), second);
    for topic in ["legal", "legal", "legal", "legal", "legal", "medical"] {
        said(first, &format!("desk access --date 2026-03-10 --topic {topic}"));
    }
    said(first, "desk update");
    said(second, "desk update");

    // Neither hears of the other: the server is down while they make theirs.
    drop(server);
    said(first, &format!("release make {WISH}"));
    said(second, "release make --recipient funder:Regione --period 2026-W11");
    let _server = start.start();

    let published = told(first, "publish 1 --json");
    let refused = ask(second, "publish 1");
    let sentence = String::from_utf8_lossy(&refused.stderr).into_owned();
    assert_eq!(refused.status.code(), Some(3), "{sentence}");
    assert!(sentence.contains("RILASCIO-05") && sentence.contains("prende il numero dopo"), "{sentence}");
    for desk in [first, second] {
        said(desk, "desk update");
        let ones = of_number(desk, 1);
        assert_eq!(ones.len(), 2, "both desks know both documents");
        for one in ones {
            let is_published = one["recipient"]["kind"] == "municipality";
            assert_eq!(
                (one["published_on"].is_null(), one["contested"] == true),
                (!is_published, !is_published),
                "{one}"
            );
        }
    }
    assert!(said(second, "release list").contains("il numero è di un altro sportello"));
    assert!(
        String::from_utf8_lossy(&ask(second, "publish 1").stderr).contains("RILASCIO-05"),
        "nor does it publish the other's"
    );

    assert!(said(second, "release make --recipient funder:Regione --period 2026-W11").contains("Rilascio n. 2 fatto"));
    assert!(
        String::from_utf8_lossy(&ask(second, "release make --recipient funder:Regione --period 2026-W11").stderr)
            .contains("RILASCIO-01")
    );
    let other = told(second, "publish 2 --json");
    assert_ne!(other["address"], published["address"], "each recipient has its own link");
    let page = |published: &Value| {
        let password = published["password"].as_str().unwrap();
        let (status, page) = browse(published["address"].as_str().unwrap(), &format!("password={password}"));
        assert_eq!(status, 200);
        String::from_utf8(page).unwrap()
    };
    assert!(page(&published).contains("Comune, Brescia") && !page(&published).contains("Regione"));
    assert!(page(&other).contains("Regione") && !page(&other).contains("Brescia"));
}
