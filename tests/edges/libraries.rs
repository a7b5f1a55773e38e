//! Which libraries and licences are let in. The lists are those of `deny.toml`, so that a machine
//! without cargo-deny holds the same rules.

use super::{metadata, read};
use std::collections::BTreeMap;

/// Libraries of which the whole tree must hold exactly one version: one that is linked to C code, one
/// that holds keys, one that others share by type.
const SINGLE: &[&str] = &["age", "argon2", "libsqlite3-sys", "ring", "rusqlite", "rustls", "serde", "tauri", "tokio"];
const CRATES_IO: &str = "registry+https://github.com/rust-lang/crates.io-index";

fn deny() -> toml::Table {
    toml::from_str(&read("deny.toml")).unwrap()
}

/// Every package of the lock file, on whatever platform it is used, with its versions and sources.
fn locked() -> BTreeMap<String, Vec<(String, Option<String>)>> {
    let lock: toml::Table = toml::from_str(&read("Cargo.lock")).unwrap();
    let mut packages = BTreeMap::<_, Vec<_>>::new();
    for package in lock["package"].as_array().unwrap() {
        let text = |key: &str| package.get(key).and_then(toml::Value::as_str).map(str::to_owned);
        packages.entry(text("name").unwrap()).or_default().push((text("version").unwrap(), text("source")));
    }
    packages
}

/// The packages of the lock file that use this one.
fn users_of(name: &str) -> Vec<String> {
    let lock: toml::Table = toml::from_str(&read("Cargo.lock")).unwrap();
    let uses = |package: &&toml::Value| {
        let used = package.get("dependencies").and_then(toml::Value::as_array);
        // A dependency is a name, or a name and a version where there are several.
        used.is_some_and(|used| used.iter().any(|used| used.as_str().unwrap().split(' ').next() == Some(name)))
    };
    let packages = lock["package"].as_array().unwrap().iter().filter(uses);
    packages.map(|package| package["name"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn lock_file_holds_none_of_the_denied_libraries() {
    let locked = locked();
    let denied = deny()["bans"]["deny"].as_array().unwrap().clone();
    assert!(denied.len() > 5, "the list of denied libraries was not read");
    for entry in denied {
        let name = entry["crate"].as_str().unwrap();
        let reason = &entry["reason"];
        // Some are let in below the one library that may use them.
        let Some(wrappers) = entry.get("wrappers").and_then(toml::Value::as_array) else {
            assert!(!locked.contains_key(name), "{name}: {reason}");
            continue;
        };
        for user in users_of(name) {
            let is_wrapper = wrappers.iter().any(|wrapper| wrapper.as_str() == Some(user.as_str()));
            assert!(is_wrapper, "{user} uses {name}: {reason}");
        }
    }
}

#[test]
fn lock_file_holds_one_version_where_two_would_do_harm() {
    let locked = locked();
    for name in SINGLE {
        let versions = locked.get(*name).map_or(0, Vec::len);
        assert_eq!(versions, 1, "{name} is there {versions} times");
    }
}

#[test]
fn libraries_come_from_the_public_registry_alone() {
    for (name, versions) in locked() {
        for (version, source) in versions {
            // Without a source it is a package of this workspace.
            assert!(source.is_none_or(|source| source == CRATES_IO), "{name} {version}");
        }
    }
}

#[test]
fn licences_of_all_libraries_are_allowed() {
    let deny = deny();
    let allowed: Vec<spdx::Licensee> = deny["licenses"]["allow"]
        .as_array()
        .unwrap()
        .iter()
        .map(|licence| spdx::Licensee::parse(licence.as_str().unwrap()).unwrap())
        .collect();
    let packages = metadata().packages;
    assert!(packages.len() > 200, "the dependency graph was not read");
    for package in packages {
        let licence = package.license.unwrap_or_default();
        let expression = spdx::Expression::parse_mode(&licence, spdx::ParseMode::LAX)
            .unwrap_or_else(|error| panic!("{}: {licence}: {error}", package.name));
        let is_allowed = expression.evaluate(|wanted| allowed.iter().any(|licence| licence.satisfies(wanted)));
        assert!(is_allowed, "{}: {licence}", package.name);
    }
}
