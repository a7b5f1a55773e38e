//! Dependencies point one way.

use super::{metadata, root};
use cargo_metadata::{DependencyKind, Metadata, PackageId};
use std::collections::{BTreeMap, BTreeSet};

/// Each package and the packages of this workspace that it may use.
const EDGES: &[(&str, &[&str])] = &[
    ("domain", &[]),
    ("notebook", &["domain"]),
    ("uscita-cli", &["domain", "notebook"]),
    ("uscita-bench", &["domain", "notebook", "uscita-load"]),
    ("uscita-load", &["domain"]),
    ("uscita-app", &["notebook"]),
    ("uscita-server", &["domain"]),
    ("e2e", &["domain", "notebook", "uscita-load", "uscita-server"]),
    ("xtask", &[]),
];

/// What must not be found below a package, however deep.
const NEVER_BELOW: &[(&str, &[&str])] = &[
    (
        "domain",
        &["age", "axum", "hyper", "notebook", "rand", "reqwest", "rusqlite", "rustls", "tauri", "tokio", "tracing"],
    ),
    ("notebook", &["axum", "fluent-templates", "tauri", "uscita-server"]),
    ("uscita-cli", &["axum", "tauri", "uscita-server"]),
    ("uscita-server", &["notebook", "reqwest", "tauri"]),
];

/// What a package must not use itself, though something below it does.
const NEVER_DIRECTLY: &[(&str, &[&str])] =
    &[("domain", &["log"]), ("uscita-app", &["age", "domain", "reqwest", "ring", "rusqlite", "rustls"])];

/// The direct dependencies of each package of the workspace, tests left out.
fn direct(metadata: &Metadata) -> BTreeMap<String, BTreeSet<String>> {
    let names = |package: &cargo_metadata::Package| {
        let used = package.dependencies.iter();
        used.filter(|used| used.kind != DependencyKind::Development).map(|used| used.name.clone()).collect()
    };
    let members = metadata.workspace_packages();
    members.into_iter().map(|package| (package.name.to_string(), names(package))).collect()
}

/// The names of all packages below `package`, tests and build scripts left out.
fn below(metadata: &Metadata, package: &str) -> BTreeSet<String> {
    let nodes: BTreeMap<&PackageId, _> =
        metadata.resolve.as_ref().unwrap().nodes.iter().map(|node| (&node.id, node)).collect();
    let start = metadata.workspace_packages().into_iter().find(|found| found.name == package);
    let mut open = vec![&start.unwrap().id];
    let mut seen = BTreeSet::new();
    while let Some(id) = open.pop() {
        for used in &nodes[id].deps {
            let is_linked = used.dep_kinds.iter().any(|how| how.kind == DependencyKind::Normal);
            if is_linked && seen.insert(&used.pkg) {
                open.push(&used.pkg);
            }
        }
    }
    seen.into_iter().map(|id| metadata[id].name.to_string()).collect()
}

#[test]
fn dependencies_point_one_way() {
    let direct = direct(&metadata());
    let known: BTreeSet<&str> = EDGES.iter().map(|(package, _)| *package).collect();
    let found: BTreeSet<&str> = direct.keys().map(String::as_str).collect();
    assert_eq!(found, known, "a package of the workspace is missing from the table");
    for (package, allowed) in EDGES {
        let used = &direct[*package];
        let inner: Vec<_> = used.iter().filter(|name| known.contains(name.as_str())).collect();
        for name in inner {
            assert!(allowed.contains(&name.as_str()), "{package} must not depend on {name}");
        }
    }
}

#[test]
fn packages_never_contain_what_they_must_not() {
    let metadata = metadata();
    for (package, forbidden) in NEVER_BELOW {
        let below = below(&metadata, package);
        assert!(!below.is_empty(), "nothing was found below {package}");
        for name in *forbidden {
            assert!(!below.contains(*name), "{name} is below {package}");
        }
    }
}

#[test]
fn window_uses_no_database_no_network_and_no_rules() {
    let direct = direct(&metadata());
    for (package, forbidden) in NEVER_DIRECTLY {
        for name in *forbidden {
            assert!(!direct[*package].contains(*name), "{package} must not use {name}");
        }
    }
}

#[test]
fn plain_cargo_test_leaves_window_and_bench_out() {
    let metadata = metadata();
    let default: BTreeSet<_> =
        metadata.workspace_default_packages().iter().map(|package| package.name.to_string()).collect();
    let all: BTreeSet<_> = metadata.workspace_packages().iter().map(|package| package.name.to_string()).collect();
    let left_out: Vec<_> = all.difference(&default).collect();
    assert_eq!(left_out, ["uscita-app", "uscita-bench"]);
}

#[test]
fn external_crates_are_named_once_in_the_root() {
    for package in metadata().workspace_packages() {
        let manifest: toml::Table = toml::from_str(&std::fs::read_to_string(&package.manifest_path).unwrap()).unwrap();
        for section in ["dependencies", "dev-dependencies", "build-dependencies"] {
            let Some(used) = manifest.get(section).and_then(toml::Value::as_table) else {
                continue;
            };
            for (name, how) in used {
                let inherited = how.get("workspace").and_then(toml::Value::as_bool);
                assert_eq!(inherited, Some(true), "{}: {name} names its own version", package.name);
            }
        }
    }
    assert!(root().join("Cargo.toml").exists());
}

#[test]
fn every_package_carries_the_licence_of_the_project() {
    for package in metadata().workspace_packages() {
        assert_eq!(package.license.as_deref(), Some("EUPL-1.2"), "{}", package.name);
    }
    let ui: serde_json::Value = serde_json::from_str(&super::read("ui/package.json")).unwrap();
    assert_eq!(ui["license"], "EUPL-1.2");
    assert!(super::read("LICENCE").starts_with("EUROPEAN UNION PUBLIC LICENCE v. 1.2"));
}
