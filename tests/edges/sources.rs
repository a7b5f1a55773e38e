//! What no file may hold.

use super::{read, root};
use std::path::{Path, PathBuf};

/// The longest file of code, in lines.
const LINES: usize = 600;
/// Folders that are made, not written.
const MADE: &[&str] = &[".git", ".uscita", "target", "node_modules", "dist", "test-results", "gen/schemas"];
/// Kinds of file that people write code in.
const CODE: &[&str] = &["css", "js", "mjs", "rs", "sql", "svelte", "ts"];
/// Kinds of file that are text, besides code.
const TEXT: &[&str] = &["ftl", "html", "json", "lock", "md", "svg", "toml", "tsv", "txt", "yaml"];

/// The files below a folder of the checkout whose extension is one of `kinds`, as relative paths.
pub(super) fn files(folder: &str, kinds: &[&str]) -> Vec<String> {
    let mut open = vec![root().join(folder)];
    let mut found = Vec::new();
    while let Some(dir) = open.pop() {
        for entry in std::fs::read_dir(&dir).unwrap() {
            let entry = entry.unwrap();
            let path = entry.path();
            let relative = relative(&path);
            if entry.file_type().unwrap().is_dir() {
                if !MADE.iter().any(|made| Path::new(&relative).ends_with(made)) {
                    open.push(path);
                }
            } else if kinds.iter().any(|kind| path.extension().is_some_and(|end| end == *kind)) {
                found.push(relative);
            }
        }
    }
    assert!(!found.is_empty(), "{folder} holds no such file");
    found.sort();
    found
}

fn relative(path: &Path) -> String {
    let path: PathBuf = path.strip_prefix(root()).unwrap().to_path_buf();
    path.to_str().unwrap().to_owned()
}

/// The first name after each `domain::` of a source, and what a `use domain::{…}` would hide.
fn names_after_domain(source: &str) -> Vec<&str> {
    let is_name = |letter: char| letter.is_alphanumeric() || letter == '_';
    let mut names = Vec::new();
    for (at, text) in source.match_indices("domain::") {
        let before = source[..at].chars().next_back();
        if before.is_some_and(is_name) {
            continue;
        }
        let rest = &source[at + text.len()..];
        let end = rest.find(|letter| !is_name(letter)).unwrap_or(rest.len());
        names.push(&rest[..end]);
    }
    names
}

#[test]
fn finds_the_names_after_domain() {
    let source = "use domain::sync::Push; let x = domain::{contact::Id}; subdomain::thing(domain::ids)";
    assert_eq!(names_after_domain(source), ["sync", "", "ids"]);
}

#[test]
fn server_knows_only_the_wire_types_of_the_domain() {
    let mut uses = 0;
    for file in files("sync-server/src", &["rs"]) {
        for name in names_after_domain(&read(&file)) {
            // A release is the one thing that the server shows, and it holds nothing that was not protected before.
            assert!(["release", "sync"].contains(&name), "{file} uses domain::{name}");
            uses += 1;
        }
    }
    assert!(uses > 0, "the server uses no wire type, or the scan is blind");
}

#[test]
fn server_seals_and_opens_in_one_module_alone() {
    let names_age = |file: &String| {
        let text = read(file);
        // `storage::`, `message::` and the like are other names.
        let is_name = |letter: char| letter.is_alphanumeric() || letter == '_';
        text.match_indices("age::").any(|(at, _)| !text[..at].ends_with(is_name))
    };
    let sealing: Vec<String> = files("sync-server/src", &["rs"]).into_iter().filter(names_age).collect();
    assert_eq!(sealing, ["sync-server/src/backup/seal.rs"]);
}

#[test]
fn only_the_backend_of_the_interface_speaks_to_tauri() {
    let mut doors = 0;
    for file in files("ui/src", &["js", "svelte", "ts"]) {
        if !read(&file).contains("@tauri-apps/") {
            continue;
        }
        assert!(file.starts_with("ui/src/lib/backend/"), "{file} speaks to Tauri");
        doors += 1;
    }
    assert!(doors > 0, "nothing speaks to Tauri, or the scan is blind");
}

#[test]
fn window_offers_exactly_the_command_that_its_capability_allows() {
    let offered = between(&read("src-tauri/src/lib.rs"), "generate_handler![", "]");
    let declared = between(&read("src-tauri/build.rs"), ".commands(&[", "]");
    let capability: serde_json::Value = serde_json::from_str(&read("src-tauri/capabilities/main.json")).unwrap();
    assert_eq!(offered, "commands::core");
    assert_eq!(declared, "\"core\"");
    assert_eq!(capability["permissions"], serde_json::json!(["allow-core"]));
}

#[test]
fn window_loads_nothing_from_outside() {
    let configuration: serde_json::Value = serde_json::from_str(&read("src-tauri/tauri.conf.json")).unwrap();
    let build = &configuration["build"];
    assert_eq!(build["frontendDist"], "../ui/dist");
    assert!(build.get("devUrl").is_none(), "with devUrl a plain build loads a development server");
    let app = &configuration["app"];
    assert_eq!(app["withGlobalTauri"], false);
    assert_eq!(app["security"]["freezePrototype"], true);
    let policy = app["security"]["csp"].as_object().unwrap();
    assert_eq!(policy["default-src"], "'none'");
    assert_eq!(policy["script-src"], "'self'");
    assert_eq!(policy["style-src"], "'self'");
    for (directive, sources) in policy {
        let sources = sources.as_str().unwrap();
        assert!(!sources.contains("unsafe"), "{directive}: {sources}");
        let remote = sources.replace("http://ipc.localhost", "");
        assert!(!remote.contains("://") && !remote.contains('*'), "{directive}: {sources}");
    }
}

#[test]
fn no_file_of_code_is_longer_than_600_lines() {
    for file in files("", CODE) {
        let text = read(&file);
        // Lists that a program writes are as long as they are.
        let is_generated = text.lines().next().is_some_and(|line| line.contains("Do not edit"));
        let lines = text.lines().count();
        assert!(is_generated || lines <= LINES, "{file} has {lines} lines");
    }
}

#[test]
fn no_file_names_this_machine() {
    let checkout = format!("{}/", root().display());
    let home = std::env::var("HOME").map(|home| format!("{}/", home.trim_end_matches('/')));
    for file in files("", CODE).into_iter().chain(files("", TEXT)) {
        let text = read(&file);
        assert!(!text.contains(&checkout), "{file} names the folder of this checkout");
        if let Ok(home) = &home
            && home.len() > 1
        {
            assert!(!text.contains(home.as_str()), "{file} names the home folder");
        }
    }
}

#[test]
fn lock_file_of_the_interface_names_no_registry() {
    let lock: serde_json::Value = serde_json::from_str(&read("ui/package-lock.json")).unwrap();
    let packages = lock["packages"].as_object().unwrap();
    assert!(packages.len() > 50, "the lock file was not read");
    for (name, package) in packages {
        assert!(package.get("resolved").is_none(), "{name} names where it was downloaded");
    }
}

fn between(text: &str, start: &str, end: &str) -> String {
    let (_, rest) = text.split_once(start).unwrap_or_else(|| panic!("{start} is missing"));
    let (found, _) = rest.split_once(end).unwrap();
    found.trim().to_owned()
}
