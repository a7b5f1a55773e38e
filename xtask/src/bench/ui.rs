//! `cargo xtask bench ui`.

use super::{build, filled_phone, last_json, on_phone, run};
use crate::children::Running;
use crate::node::{self, npm};
use crate::paths;
use crate::stage::{self, Part};
use anyhow::{Context, Result};
use serde_json::{Value, json};
use std::process::Command;

/// Builds interface and bridge, fills a phone, lets Chromium tap on it, and adds up the bundle.
pub(super) fn bench(json: bool) -> Result<()> {
    node::check()?;
    run("interface", npm(&["run", "build"]))?;
    build(&["uscita-bench", "e2e"])?;
    let (_scratch, phone) = filled_phone()?;
    let opening = last_json(&run("opening in the core", on_phone("unlock", &phone))?)?;
    let pin = text(&opening, "pin")?;
    let (bridge, url) = stage::bridge_of(&paths::released("uscita-bridge"), Part::Phone, &phone)?;
    let taps = last_json(&tap(&url, pin)?)?;
    drop::<Running>(bridge);
    let mut bundle = Command::new("node");
    bundle.arg("scripts/budget.mjs").current_dir(paths::ui());
    let (_, bundle) = Running::start("bundle", bundle)?.finish(|_| {})?;
    let bundle: Value = serde_json::from_str(&bundle).context("ui/scripts/budget.mjs prints no JSON")?;
    let derivation = number(&opening, "/key_derivation/p50_ms");
    let figures = json!({
        "machine": opening.get("machine"),
        "rows": opening.get("rows"),
        "core": { "key_derivation": opening.get("key_derivation"), "rest_of_unlock": opening.get("rest") },
        "interactive_ms": number(&taps, "/unlock/p50_ms") - derivation,
        "interactive_p95_ms": number(&taps, "/unlock/p95_ms") - derivation,
        "ui": taps,
        "bundle_gzip_bytes": bundle.get("gzip_bytes"),
        "goal": { "interactive_ms": 300, "tap_p95_ms": 100, "hide_ms": 300, "bundle_gzip_bytes": 60_000 },
    });
    if json {
        println!("{figures}");
    } else {
        print_table(&figures);
    }
    Ok(())
}

fn tap(url: &str, pin: &str) -> Result<String> {
    let mut command = Command::new("node");
    command.arg(paths::root().join("tests/ui/bench.mjs")).current_dir(paths::root());
    command.args(["--url", url, "--pin", pin]);
    run("taps", command)
}

fn print_table(figures: &Value) {
    let name = figures.pointer("/machine/name").and_then(Value::as_str).unwrap_or("?");
    let of = |pointer| number(figures, pointer);
    println!("{name}, {} cores, load {:.2}", of("/machine/cores"), of("/machine/load"));
    println!("{} entries in the journal; Chromium slowed {} times\n", of("/rows"), of("/ui/cpu_slowed"));
    println!("{:<34} {:>8} {:>8} {:>8}", "", "n", "p50", "p95");
    for (name, kind) in [
        ("last digit to Contatti", "unlock"),
        ("all taps to their answer", "taps"),
        ("  tile to the kit", "tile"),
        ("  kit", "kit"),
        ("  Salva to Contatti", "save"),
        ("  Annulla", "undo"),
        ("  zone", "zone"),
        ("Nascondi to black", "hide"),
    ] {
        let of = |what: &str| number(figures, &format!("/ui/{kind}/{what}"));
        println!("{name:<34} {:>8} {:>8.1} {:>8.1} ms", of("n"), of("p50_ms"), of("p95_ms"));
    }
    println!("\nin the core: key derivation       {:>8.1} ms", number(figures, "/core/key_derivation/p50_ms"));
    println!("             rest of the unlock   {:>8.1} ms", number(figures, "/core/rest_of_unlock/p50_ms"));
    println!("Contatti without the derivation   {:>8.1} ms  (goal 300)", number(figures, "/interactive_ms"));
    println!("taps, p95                         {:>8.1} ms  (goal 100)", number(figures, "/ui/taps/p95_ms"));
    println!("Nascondi, p95                     {:>8.1} ms  (goal 300)", number(figures, "/ui/hide/p95_ms"));
    println!("bundle, gzipped                   {:>8} bytes  (goal 60000)", of("/bundle_gzip_bytes"));
}

fn number(value: &Value, pointer: &str) -> f64 {
    value.pointer(pointer).and_then(Value::as_f64).unwrap_or_default()
}

fn text<'a>(value: &'a Value, name: &str) -> Result<&'a str> {
    value.get(name).and_then(Value::as_str).with_context(|| format!("the phone does not say its {name}"))
}
