//! What is read from the disk of a device or of the server: others may have written there.

use crate::targets::{Taken, Target};
use anyhow::Result;
use domain::sync::chain::Digest;
use notebook::crypto::keyfile::UNLOCK;
use notebook::settings::{Settings, Theme};
use notebook::uptime::Uptime;
use std::path::{Path, PathBuf};
use uscita_server::settings::Flags;
use uscita_server::tls::inspect;

/// Bytes of a keyfile that its checksum covers.
const KEYFILE_CHECKED: usize = 4_096 - 32;
/// Bytes of a record of tries that its checksum covers.
const TRIES_CHECKED: usize = 64;

/// The decoders of files, each in a folder of its own.
///
/// # Errors
/// If a folder or a good file cannot be made.
pub fn targets(folder: &Path) -> Result<Vec<Target>> {
    let [keys, tries, settings, server, tls] =
        ["keys", "tries", "settings", "server", "tls"].map(|name| folder.join(name));
    for folder in [&keys, &tries, &settings, &server, &tls] {
        std::fs::create_dir_all(folder)?;
    }
    let day = Settings { theme: Theme::Day, ..Settings::default() };
    day.write(&settings)?;
    let setting = std::fs::read(settings.join("settings.json"))?;
    let authority = uscita_server::authority::issue(&tls, &["localhost".to_owned()], chrono::Utc::now())?;
    let pem = std::fs::read(&authority.files.certificate)?;
    let targets = vec![
        Target { mend: Some(mend_keyfile), ..of_file("keyfile", keyfile(), &keys, "keyfile.a", of_keys(keys.clone())) },
        Target { mend: Some(mend_tries), ..of_file("tries", record(), &tries, "tries", of_tries(tries.clone())) },
        Target {
            mend: Some(mend_settings),
            ..of_file("settings", setting, &settings, "settings.json", of_settings(settings.clone()))
        },
        of_file("server settings", SERVER.as_bytes().to_vec(), &server, "server.toml", of_server(server.clone())),
        of_file("certificate", pem, &tls, "server.pem", move || inspect(&authority.files).is_ok()),
    ];
    Ok(targets.into_iter().map(|target| Target { weight: 8, ..target }).collect())
}

/// A decoder that finds its input in a file.
fn of_file(
    name: &'static str,
    good: Vec<u8>,
    folder: &Path,
    file: &str,
    decode: impl Fn() -> bool + 'static,
) -> Target {
    let path = folder.join(file);
    Target::of(name, vec![good], move |bytes| Taken::from(std::fs::write(&path, bytes).is_ok() && decode()))
}

fn of_keys(folder: PathBuf) -> impl Fn() -> bool {
    move || UNLOCK.params(&folder).is_ok()
}

fn of_tries(folder: PathBuf) -> impl Fn() -> bool {
    move || UNLOCK.wait_ms(&folder, Uptime::now()).is_ok_and(|wait| wait == 0)
}

fn of_settings(folder: PathBuf) -> impl Fn() -> bool {
    move || Settings::read(&folder) != Settings::default()
}

fn of_server(folder: PathBuf) -> impl Fn() -> bool {
    let flags = Flags { config: Some(folder.join("server.toml")), ..Flags::default() };
    move || {
        let settings = uscita_server::settings::Settings::load(flags.clone());
        settings.is_ok_and(|settings| settings.reach().is_ok() && settings.mailbox().is_ok())
    }
}

const SERVER: &str = "\
listen = '0.0.0.0:8470'
data = '/var/lib/uscita'
admin-key = 'abababababababababababababababababababababababababababababababab'
programme = '5f0c8b0e-3f0a-4b56-9d8e-0f6a7c1d2e3f'
monitor = '127.0.0.1:8471'
behind-proxy = ['127.0.0.1']
[database]
postgres = { url-file = '/etc/uscita/url' }
[tls]
certificate = '/etc/uscita/tls/server.pem'
key = '/etc/uscita/tls/server-key.pem'
";

/// 64 MiB, 3 passes, one lane, 64 steps, the first hardware key.
fn keyfile() -> Vec<u8> {
    let numbers = [1_u32, 64 * 1024, 3, 1, 64, 1].map(u32::to_be_bytes).concat();
    let mut file = [b"USCKEY1\n".as_slice(), &numbers, &[5; 16], &7_u64.to_be_bytes(), &[0; 8]].concat();
    file.resize(KEYFILE_CHECKED, 0xa5);
    mend_keyfile(&mut file);
    file
}

fn mend_keyfile(file: &mut Vec<u8>) {
    file.truncate(KEYFILE_CHECKED);
    let check = Digest::of(file);
    file.extend_from_slice(&check.0);
}

/// No miss so far.
fn record() -> Vec<u8> {
    let mut record = [b"USCTRY2\n".as_slice(), &1_u64.to_be_bytes(), &[0; 48]].concat();
    mend_tries(&mut record);
    record
}

fn mend_tries(record: &mut Vec<u8>) {
    record.truncate(TRIES_CHECKED);
    let check = Digest::of(record);
    record.extend_from_slice(&check.0);
}

fn mend_settings(file: &mut Vec<u8>) {
    let end = file.iter().position(|byte| *byte == b'\n').unwrap_or(file.len());
    file.truncate(end);
    let check = Digest::of(file).to_string();
    file.push(b'\n');
    file.extend_from_slice(check.as_bytes());
}
