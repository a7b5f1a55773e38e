//! `uscita programme`: founding one, and handing its manifest to the server.

use super::{lists, now, print, print_done, print_json, programme_rotate};
use crate::arguments::{NewArguments, ProgrammeCommand};
use crate::failure::Failure;
use crate::office::{self, SERVER_SETTINGS, ServerSettings};
use crate::play::ServerSite;
use crate::programme::{Beginning, beginning, minor_steps};
use crate::recovery_sheet::Sheet;
use crate::say::{Say, arguments};
use chrono::Days;
use data_encoding::BASE64URL_NOPAD;
use domain::disclosure::Threshold;
use domain::ids::{OperatorCode, ProgrammeId, ZoneCode};
use domain::sync::chain::Bytes;
use domain::time::operational_date;
use notebook::crypto::seal::SealIdentity;
use notebook::entropy::Entropy;
use notebook::error::NotebookError;
use notebook::programme_new::{ManifestChange, NewProgramme};
use notebook::sync::enrol_desk;
use serde_json::json;

/// Where a server behind a proxy listens.
const LISTEN: &str = "127.0.0.1:8470";
/// How long a programme lasts if nobody says otherwise.
const A_YEAR: Days = Days::new(365);

pub(super) fn run(command: &ProgrammeCommand, say: &Say) -> Result<(), Failure> {
    match command {
        ProgrammeCommand::New(given) => new(given, say),
        ProgrammeCommand::Show(home) => lists::show(home, say),
        ProgrammeCommand::Edit(given) => lists::edit(given, say),
        ProgrammeCommand::Rotate(given) => programme_rotate::run(given, say),
        ProgrammeCommand::Publish(given) => {
            let mut notebook = given.home.open_notebook(say)?;
            if let Some(key) = &given.server_key {
                notebook.sign_manifest(vec![ManifestChange::SetServerKey(read_key(key)?)], now())?;
            }
            let client = office::client(&notebook)?;
            enrol_desk::publish(&mut notebook, &client, now())?;
            print_done(say, &say.text("desk-saved"), &json!({ "published": true }))
        }
    }
}

fn new(given: &NewArguments, say: &Say) -> Result<(), Failure> {
    let home = &given.home.home;
    // Before anything is made: the words go onto a sheet of their own, or are not drawn.
    if let Some(path) = given.sheet.as_deref().filter(|path| path.exists()) {
        return Err(Failure::Exists(path.to_owned()));
    }
    let passphrase = given.home.passphrase(say)?;
    let moment = now();
    let today = operational_date(moment.now);
    let server_data = home.join("server");
    let server_key = match &given.server_key {
        Some(key) => key.clone(),
        None => ServerSite::at(None, server_data.clone(), 0)?.public_key()?,
    };
    let server_key = read_key(&server_key)?;
    let programme = Beginning {
        id: ProgrammeId(Entropy::system().v4()?),
        name: given.name.clone(),
        days: (today, today.checked_add_days(A_YEAR).unwrap_or(today)),
        k: Threshold::DEFAULT,
        unit: Some(given.unit.clone()),
        operators: given.operators.iter().map(OperatorCode::new).collect(),
        zones: given.zones.iter().map(|zone| zone_of(zone)).collect(),
        minor_steps: minor_steps(),
        words: Vec::new(),
    };
    let new =
        NewProgramme { programme: beginning(programme), server: given.server.clone(), server_key, alias_key: None };
    let founded = office::found(home, &passphrase, new, moment)?;
    let listen = given.server.strip_prefix("http://").map_or(LISTEN, |address| address.trim_end_matches('/'));
    let settings = ServerSettings {
        listen: listen.to_owned(),
        data: &server_data,
        admin_key: &founded.admin_key,
        programme: founded.programme,
        recovery: Some(SealIdentity::from_text(founded.recovery.as_text())?.recipient()),
    };
    let sheet = Sheet {
        programme: &given.name,
        admin_key: &founded.admin_key,
        secret: &founded.recovery,
        date: today,
        follows: false,
    };
    // The words come first, and are shown whatever becomes of the files: they are nowhere else.
    let shown = show_words(given, &sheet, say);
    let written = given.sheet.as_deref().map_or(Ok(()), |path| sheet.write(path, say));
    let file = settings.write(home);
    shown?;
    written?;
    let file = file?;
    if say.is_json() {
        return Ok(());
    }
    print(&say.with("programme-made", &arguments([("dir", home.display().to_string())])))?;
    print(&say.with("programme-server", &arguments([("file", file.display().to_string())])))?;
    let Some(path) = &given.sheet else { return Ok(()) };
    print(&say.with("sheet-written", &arguments([("file", path.display().to_string())])))
}

fn show_words(given: &NewArguments, sheet: &Sheet<'_>, say: &Say) -> Result<(), Failure> {
    if say.is_json() {
        let words: Vec<&str> = sheet.secret.as_words().split(' ').collect();
        return print_json(&json!({
            "home": given.home.home,
            "server_settings": given.home.home.join(SERVER_SETTINGS),
            "admin_key": sheet.admin_key,
            "recovery_words": words,
            "sheet": given.sheet,
        }));
    }
    print(&say.text("programme-words"))?;
    print(&sheet.text(say))
}

/// As `uscita-server init` writes it.
fn read_key(text: &str) -> Result<Bytes, NotebookError> {
    let key = BASE64URL_NOPAD.decode(text.trim().as_bytes()).ok().filter(|key| key.len() == 32);
    key.map(Bytes).ok_or(NotebookError::InvalidInput("server key"))
}

/// `Z1=Ovest`; a zone without a name is called by its code.
fn zone_of(text: &str) -> (ZoneCode, String) {
    let (code, name) = text.split_once('=').unwrap_or((text, text));
    (ZoneCode::new(code.trim()), name.trim().to_owned())
}
