//! Completions in a real shell; help that people read.

use super::program;
use std::process::{Command, Stdio};

fn said(words: &[&str]) -> String {
    let output = program().args(words).output().unwrap();
    assert!(output.status.success(), "{words:?}: {}", super::error_of(&output));
    String::from_utf8(output.stdout).unwrap()
}

/// What bash offers after these words.
fn offered(words: &[&str]) -> Vec<String> {
    let folder = tempfile::tempdir().unwrap();
    let script = folder.path().join("uscita.bash");
    std::fs::write(&script, said(&["completions", "bash"])).unwrap();
    let list: String = words.iter().map(|word| format!("'{word}' ")).collect();
    let line = format!(
        "source '{}' || exit 9; COMP_WORDS=({list}); COMP_CWORD={}; _uscita uscita '{}' '{}'; printf '%s\\n' \"${{COMPREPLY[@]}}\"",
        script.display(),
        words.len() - 1,
        words.last().unwrap(),
        words.iter().rev().nth(1).unwrap(),
    );
    let output = Command::new("bash").args(["--norc", "-uc", &line]).stdin(Stdio::null()).output().unwrap();
    assert!(output.status.success() && output.stderr.is_empty(), "{}", super::error_of(&output));
    String::from_utf8(output.stdout).unwrap().lines().map(str::to_owned).collect()
}

#[test]
fn bash_completes_commands_options_and_codes() {
    assert_eq!(offered(&["uscita", "ta"]), ["tally"]);
    assert_eq!(offered(&["uscita", "desk", "acc"]), ["access", "accompany"]);
    assert!(offered(&["uscita", "tally", "--w"]).contains(&"--week".to_owned()));
    let topics = offered(&["uscita", "desk", "access", "--topic", ""]);
    assert!(topics.contains(&"legal".to_owned()) && topics.contains(&"work".to_owned()), "{topics:?}");
}

#[test]
fn every_shell_gets_a_script_that_names_every_command() {
    for shell in ["bash", "zsh", "fish"] {
        let script = said(&["completions", shell]);
        for command in ["tally", "doctor", "follow-up", "register"] {
            assert!(script.contains(command), "{shell}: {command}");
        }
    }
}

/// Every command with its help, the commands below it included.
fn helps(words: &[String], all: &mut Vec<(String, String)>) {
    let mut asked: Vec<&str> = words.iter().map(String::as_str).collect();
    asked.push("--help");
    let text = said(&asked);
    let inner = text.split("Comandi:").nth(1).map(|list| list.split("\n\n").next().unwrap_or_default().to_owned());
    all.push((words.join(" "), text));
    for line in inner.unwrap_or_default().lines() {
        // A name stands two blanks in; what it does may go on below, further in.
        let name =
            line.strip_prefix("  ").filter(|rest| !rest.starts_with(' ')).and_then(|rest| rest.split(' ').next());
        if let Some(name) = name.filter(|name| !name.is_empty()) {
            helps(&[words, &[name.to_owned()]].concat(), all);
        }
    }
}

#[test]
fn help_is_italian_in_every_command() {
    let mut all = Vec::new();
    helps(&[], &mut all);
    assert!(all.len() > 40, "{}", all.len());
    for (name, text) in &all {
        assert!(text.contains("Uso: uscita"), "{name}: {text}");
        for english in
            ["Usage", "Options:", "Commands:", "Arguments:", "Print ", "[default", "[possible", "Possible values"]
        {
            assert!(!text.contains(english), "«uscita {name}» says {english}: {text}");
        }
        assert!(text.lines().all(|line| line.starts_with("Uso: ") || line.chars().count() <= 110), "{name}: {text}");
    }
}
