//! Files of the repository that are made from the server: the description of its calls, and who may make them. With
//! [`REWRITE`] set the tests write them, as `cargo xtask generate` does; otherwise they compare.

use crate::matrix::{ASKS, Asks, STANDS, expected};
use domain::sync::manifest::Role;
use std::fmt::Write;
use std::path::Path;

/// Set to anything: write instead of comparing.
const REWRITE: &str = "USCITA_REWRITE";

fn check_current(path: &str, text: &str) {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(path);
    if std::env::var_os(REWRITE).is_some() {
        std::fs::write(&file, text).unwrap();
    }
    let committed = std::fs::read_to_string(&file).unwrap_or_default();
    assert!(committed == text, "{path} is not current: run `cargo xtask generate`");
}

#[test]
fn description_of_the_calls_is_current() {
    let text = serde_json::to_string_pretty(&uscita_server::description::document()).unwrap();
    check_current("sync-server/openapi.json", &format!("{text}\n"));
}

#[test]
fn page_of_who_may_do_what_is_current() {
    check_current("docs/matrice-accessi.md", &matrix_page());
}

/// The whole table as a page of the documentation: one table for each state, one cell for each call and role.
fn matrix_page() -> String {
    let mut page = PAGE_HEAD.to_owned();
    for (stands, title) in STANDS.into_iter().zip(STAND_TITLES) {
        write!(page, "\n## {title}\n\n| chiamata |").unwrap();
        for role in Role::ALL {
            write!(page, " {role} |").unwrap();
        }
        write!(page, "\n|---|{}\n", "---|".repeat(Role::ALL.len())).unwrap();
        for (asks, method, path) in ASKS {
            let path = match asks {
                Asks::PullJournal => path.replace("{stream}", "journal"),
                Asks::PullNightLog => path.replace("{stream}", "night_log"),
                _ => path.to_owned(),
            };
            write!(page, "| `{method} {path}` |").unwrap();
            for role in Role::ALL {
                match expected(asks, *role, stands) {
                    Ok(()) => write!(page, " **sì** |"),
                    Err(code) => write!(page, " {code} |"),
                }
                .unwrap();
            }
            page.push('\n');
        }
    }
    page
}

const PAGE_HEAD: &str = "\
# Chi può fare che cosa

Ogni chiamata del server, per ogni ruolo e ogni stato del dispositivo che la firma. **sì**: il server la esegue; altrimenti il codice con
cui la rifiuta. La tabella nasce dalle prove che interrogano il server cella per cella, su SQLite e su PostgreSQL; si riscrive con
`cargo xtask generate`. Senza firma, o con una che non tiene, ogni chiamata che ne chiede una riceve `bad_signature`, e niente altro.
";

/// One for each of [`STANDS`].
const STAND_TITLES: [&str; 6] = [
    "Dispositivo attivo",
    "Dispositivo revocato (ciò che consegna va in quarantena)",
    "Dispositivo da cancellare",
    "Dispositivo che il manifesto non nomina",
    "Dispositivo che ha consegnato le chiavi e aspetta",
    "Dispositivo attivo che scrive a nome di un'altra unità",
];
