//! What an operator can get wrong: each is refused at the start, with a code, a sentence that says what to do, and every
//! file as it was.

use crate::operator::{Program, run, settings};
use rusqlite::Connection;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use uscita_server::authority;

/// Something wrong in the folder of a server that ran well.
struct Wrong {
    what: &'static str,
    code: &'static str,
    /// What the sentence tells the operator to do, or what it names.
    says: &'static str,
    spoil: fn(&Path) -> PathBuf,
}

const WRONG: [Wrong; 15] = [
    Wrong {
        what: "a key nobody knows",
        code: "config_invalid",
        says: "`lissen`",
        spoil: |folder| more(folder, "lissen = 1\n"),
    },
    Wrong {
        what: "a key nobody knows in [tls]",
        code: "config_invalid",
        says: "`chain`",
        spoil: |folder| more(folder, "[tls]\ncertificate = 'a'\nkey = 'b'\nchain = 'c'\n"),
    },
    Wrong {
        what: "a database nobody knows",
        code: "config_invalid",
        says: "`mysql`",
        spoil: |folder| more(folder, "[database]\nmysql = { url-file = 'a' }\n"),
    },
    Wrong {
        what: "a key nobody knows of the database",
        code: "config_invalid",
        says: "`password`",
        spoil: |folder| more(folder, "[database]\npostgres = { url-file = 'a', password = 'b' }\n"),
    },
    Wrong {
        what: "a database that does not answer",
        code: "database_unreachable",
        says: "La banca dati non risponde",
        spoil: |folder| {
            std::fs::write(folder.join("url"), "host=/nowhere user=nobody dbname=none").unwrap();
            let url = folder.join("url");
            more(folder, &format!("[database]\npostgres = {{ url-file = {url:?} }}\n"))
        },
    },
    Wrong {
        what: "a database of a later server",
        code: "too_new",
        says: "installare la versione nuova",
        spoil: |folder| {
            Connection::open(database(folder)).unwrap().pragma_update(None, "user_version", 99).unwrap();
            more(folder, "")
        },
    },
    Wrong {
        what: "a database that is none",
        code: "damaged",
        says: "ripristinare l'ultima copia",
        spoil: |folder| {
            std::fs::write(database(folder), "this is no database, long enough to be looked at".repeat(99)).unwrap();
            more(folder, "")
        },
    },
    Wrong {
        what: "a key of the server that was cut",
        code: "key_damaged",
        says: "rimettere la copia della chiave",
        spoil: |folder| {
            let key = folder.join("data/server.key");
            let whole = std::fs::read(&key).unwrap();
            std::fs::write(&key, &whole[..whole.len() / 2]).unwrap();
            more(folder, "")
        },
    },
    Wrong {
        what: "the data of another programme",
        code: "other_programme",
        says: "il progetto giusto",
        spoil: |folder| replace(folder, "5f0c8b0e", "6f0c8b0e"),
    },
    Wrong {
        what: "an admin key that is none",
        code: "setting_invalid",
        says: "admin-key",
        spoil: |folder| replace(folder, "abab", "zzzz"),
    },
    Wrong {
        what: "a certificate that has expired",
        code: "tls_expired",
        says: "rinnovarlo e riavviare",
        spoil: |folder| {
            let long_ago = chrono::Utc::now() - chrono::Duration::days(3 * 365);
            let files = authority::issue(&folder.join("tls"), &["localhost".to_owned()], long_ago).unwrap().files;
            more(folder, &format!("[tls]\ncertificate = {:?}\nkey = {:?}\n", files.certificate, files.key))
        },
    },
    Wrong {
        what: "a certificate and a key that do not belong together",
        code: "tls_mismatch",
        says: "la coppia di file giusta",
        spoil: |folder| {
            let issue = |name| authority::issue(&folder.join(name), &["localhost".to_owned()], chrono::Utc::now());
            let (one, other) = (issue("one").unwrap().files, issue("other").unwrap().files);
            more(folder, &format!("[tls]\ncertificate = {:?}\nkey = {:?}\n", one.certificate, other.key))
        },
    },
    Wrong {
        what: "a certificate that is not there",
        code: "tls_unreadable",
        says: "controllare percorso e permessi",
        spoil: |folder| more(folder, "[tls]\ncertificate = '/nowhere/a.pem'\nkey = '/nowhere/b.pem'\n"),
    },
    Wrong {
        what: "a monitor for everybody",
        code: "monitor_outside",
        says: "127.0.0.1:8471",
        spoil: |folder| replace(folder, "monitor = '127.0.0.1:0'", "monitor = '0.0.0.0:0'"),
    },
    Wrong {
        what: "settings that are no TOML",
        code: "config_invalid",
        says: "correggere il punto indicato",
        spoil: |folder| replace(folder, "data = ", "data : "),
    },
];

fn database(folder: &Path) -> PathBuf {
    folder.join("data/mailbox.db")
}

/// The settings, with this at their end.
fn more(folder: &Path, more: &str) -> PathBuf {
    let path = folder.join("server.toml");
    let text = std::fs::read_to_string(&path).unwrap();
    std::fs::write(&path, text + more).unwrap();
    path
}

fn replace(folder: &Path, from: &str, to: &str) -> PathBuf {
    let path = folder.join("server.toml");
    let text = std::fs::read_to_string(&path).unwrap();
    assert!(text.contains(from), "{from}");
    std::fs::write(&path, text.replace(from, to)).unwrap();
    path
}

/// Every file below a folder.
fn contents(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut files = BTreeMap::new();
    let mut open = vec![folder.to_owned()];
    while let Some(folder) = open.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else {
                files.insert(path.clone(), std::fs::read(&path).unwrap());
            }
        }
    }
    files
}

#[test]
fn whatever_is_wrong_is_refused_with_a_sentence_and_nothing_is_touched() {
    for Wrong { what, code, says, spoil } in WRONG {
        let folder = tempfile::tempdir().unwrap();
        Program::start(&settings(folder.path(), ""), "error").end();
        let file = spoil(folder.path());
        let before = contents(folder.path());
        let (done, out, err) = run(&["serve", "--listen", "127.0.0.1:0", "--config", file.to_str().unwrap()]);
        assert!(!done && out.is_empty(), "{what}: {out}");
        assert!(err.starts_with(&format!("{code}: ")), "{what}: {err}");
        assert!(err.contains(says), "{what}: {err}");
        assert_eq!(contents(folder.path()), before, "{what}");
    }
}

#[test]
fn second_server_on_the_same_data_is_refused_while_both_start() {
    let folder = tempfile::tempdir().unwrap();
    let file = settings(folder.path(), "");
    // The folder is new: whoever comes first makes the tables, and the others touch nothing.
    let outcomes: Vec<_> = std::thread::scope(|scope| {
        let starts: Vec<_> = (0..4).map(|_| scope.spawn(|| Program::try_start(&file, "error"))).collect();
        starts.into_iter().map(|start| start.join().unwrap()).collect()
    });
    let (running, refused): (Vec<_>, Vec<_>) = outcomes.into_iter().partition(Result::is_ok);
    assert_eq!(running.len(), 1);
    for refused in refused.into_iter().filter_map(Result::err) {
        assert!(refused.starts_with("in_use: "), "{refused}");
    }
    drop(running);
    Program::start(&file, "error").end();
}
