//! The first start of a desk (*primo avvio*): a programme is made, or begun anew from its recovery sheet.
//!
//! The passphrase comes first. From then on everything lies in the encrypted notebook, step by step: whoever closes the
//! window in the middle, or loses the power, goes on where she was. Nothing is sent before the end, so that nobody has
//! seen the lists and what is entered can still be changed freely.

use crate::crypto::DataKey;
use crate::crypto::seal::SealIdentity;
use crate::entropy::{Entropy, Moment};
use crate::error::{NotebookError, Result};
use crate::night::qr::{QrPicture, draw_text};
use crate::notebook::Notebook;
use crate::programme_new::{CreatedProgramme, ManifestChange, NewProgramme, RecoverySecret, create_programme_with};
use crate::store::meta::{self, MetaKey};
use crate::sync::client::ServerAddress;
use chrono::Days;
use data_encoding::BASE64URL_NOPAD;
use domain::disclosure::Threshold;
use domain::ids::{ProgrammeId, UnitId};
use domain::programme::beginning::{Beginning, beginning};
use domain::programme::lists::{FaultKind, ListFault, ListName, Lists, Retired, faults};
use domain::programme::{Programme, Unit};
use domain::recovery_words;
use domain::sync::chain::Bytes;
use domain::time::operational_date;
use rusqlite::Connection;
use serde::{Deserialize, Serialize};
use std::path::Path;
use zeroize::Zeroizing;

mod restore;
#[cfg(test)]
mod tests;

pub(crate) use restore::restore;

/// How long a programme lasts if nobody says otherwise.
const A_YEAR: Days = Days::new(365);
/// Words of the sheet that are asked for, to know that it is on paper.
const ASKED_WORDS: usize = 3;
/// The server's key while there is no server: no signature holds under it.
const NO_KEY: [u8; 32] = [0; 32];
/// Operators, at least: nobody goes out alone.
const LEAST_OPERATORS: usize = 2;

/// What is left to do at a first start, in this order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum FoundingStep {
    /// Name, organisations, first unit.
    Programme,
    /// Where the server is, or that there is none yet.
    Server,
    /// The recovery sheet, on paper.
    Sheet,
    /// Zones, crews, threshold.
    Lists,
    /// The first manifest, to the server.
    Publish,
}

impl FoundingStep {
    const ALL: [Self; 5] = [Self::Programme, Self::Server, Self::Sheet, Self::Lists, Self::Publish];
}

/// How far a first start has come.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Founding {
    /// Begun from a recovery sheet.
    pub(crate) recovered: bool,
    /// What has been done.
    pub(crate) done: Vec<FoundingStep>,
}

impl Founding {
    /// The first step that has not been done.
    pub(crate) fn step(&self) -> FoundingStep {
        let left = FoundingStep::ALL.into_iter().find(|step| !self.done.contains(step));
        left.unwrap_or(FoundingStep::Publish)
    }
}

/// A recovery identity whose sheet nobody has checked yet.
#[derive(Serialize, Deserialize, zeroize::ZeroizeOnDrop)]
struct Unchecked {
    /// `AGE-SECRET-KEY-1…`
    key: String,
    /// Which words are asked for, from 1.
    #[zeroize(skip)]
    places: Vec<u8>,
}

/// What a recovery sheet shows. `Debug` shows nothing.
pub struct RecoverySheet {
    /// The words and the key.
    pub secret: RecoverySecret,
    /// The key as a picture.
    pub picture: QrPicture,
    /// Which words are asked for afterwards, from 1.
    pub places: Vec<u8>,
}

impl std::fmt::Debug for RecoverySheet {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("RecoverySheet")
    }
}

/// Makes a programme without a name, and its desk in `dir`: keys first, everything else step by step.
///
/// # Errors
/// As [`Notebook::create`].
pub fn begin(
    dir: &Path,
    key: &DataKey,
    minor_steps: Vec<String>,
    moment: Moment,
    mut entropy: Entropy,
) -> Result<Notebook> {
    let today = operational_date(moment.now);
    let programme = beginning(Beginning {
        id: ProgrammeId(entropy.v4()?),
        name: String::new(),
        days: (today, today.checked_add_days(A_YEAR).unwrap_or(today)),
        k: Threshold::DEFAULT,
        unit: None,
        operators: Vec::new(),
        zones: Vec::new(),
        minor_steps,
        words: Vec::new(),
    });
    let new = NewProgramme { programme, server: String::new(), server_key: Bytes(NO_KEY.to_vec()), alias_key: None };
    let mut draw = entropy.branch()?;
    let made = create_programme_with(dir, key, new, moment, entropy, |connection, recovery| {
        keep_sheet(connection, recovery, &mut draw)?;
        meta::put_json(connection, MetaKey::Founding, &Founding::default())
    });
    let CreatedProgramme { notebook, .. } = made?;
    Ok(notebook)
}

/// Keeps a new recovery identity until its sheet has been checked.
///
/// # Errors
/// Randomness; the file.
pub(crate) fn keep_sheet(connection: &Connection, secret: &RecoverySecret, entropy: &mut Entropy) -> Result<()> {
    let mut places: Vec<u8> = Vec::with_capacity(ASKED_WORDS);
    while places.len() < ASKED_WORDS {
        for byte in entropy.bytes::<16>()? {
            // Of 256 values 240 are ten times the 24 places: each is as likely.
            let place = byte % 24 + 1;
            if byte < 240 && places.len() < ASKED_WORDS && !places.contains(&place) {
                places.push(place);
            }
        }
    }
    places.sort_unstable();
    meta::put_json(connection, MetaKey::Sheet, &Unchecked { key: secret.as_text().to_owned(), places })
}

impl Notebook {
    /// How far the first start has come; none once it is over.
    pub(crate) fn founding(&self) -> Result<Option<Founding>> {
        meta::find_json(self.store.connection(), MetaKey::Founding)
    }

    /// Notes that a step was done. Without a first start it is nothing.
    pub(crate) fn founding_done(&self, step: FoundingStep) -> Result<()> {
        let Some(mut founding) = self.founding()? else { return Ok(()) };
        if founding.done.contains(&step) {
            return Ok(());
        }
        founding.done.push(step);
        meta::put_json(self.store.connection(), MetaKey::Founding, &founding)
    }

    /// The first start is over. The sheet must have been checked.
    ///
    /// # Errors
    /// [`NotebookError::WrongState`] before every step but the last was done.
    pub(crate) fn finish_founding(&self) -> Result<()> {
        let founding = self.founding()?.ok_or(NotebookError::WrongState("no first start"))?;
        if founding.step() != FoundingStep::Publish {
            return Err(NotebookError::WrongState("a step of the first start is left"));
        }
        meta::remove(self.store.connection(), MetaKey::Founding)
    }

    /// The recovery sheet that nobody has checked yet.
    ///
    /// # Errors
    /// [`NotebookError::NotFound`] once it was checked: the words are on paper only.
    pub fn recovery_sheet(&self) -> Result<RecoverySheet> {
        let unchecked = self.unchecked()?.ok_or(NotebookError::NotFound("recovery sheet"))?;
        let identity = SealIdentity::from_text(&unchecked.key).map_err(|_| NotebookError::Damaged("recovery sheet"))?;
        Ok(RecoverySheet {
            secret: RecoverySecret::of(&identity)?,
            picture: draw_text(&unchecked.key)?,
            places: unchecked.places.clone(),
        })
    }

    /// Whether there is a sheet that nobody has checked yet.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn has_unchecked_sheet(&self) -> Result<bool> {
        Ok(meta::find(self.store.connection(), MetaKey::Sheet)?.is_some())
    }

    /// Compares words with those that the sheet asks for, in their order. If they are right, the recovery identity is
    /// forgotten here. Gives whether they were.
    ///
    /// # Errors
    /// [`NotebookError::NotFound`] if there is no such sheet.
    pub fn check_sheet(&self, words: &[Zeroizing<String>]) -> Result<bool> {
        let sheet = self.recovery_sheet()?;
        let all: Vec<&str> = sheet.secret.as_words().split(' ').collect();
        let asked: Vec<&str> =
            sheet.places.iter().filter_map(|place| all.get(usize::from(*place).checked_sub(1)?).copied()).collect();
        let given: Vec<Zeroizing<String>> =
            words.iter().map(|word| Zeroizing::new(word.trim().to_uppercase())).collect();
        let is_right =
            asked.len() == given.len() && asked.iter().zip(&given).all(|(asked, given)| *asked == given.as_str());
        if is_right {
            meta::remove(self.store.connection(), MetaKey::Sheet)?;
            self.founding_done(FoundingStep::Sheet)?;
        }
        Ok(is_right)
    }

    /// The programme's server is this one. Phones keep the address they were given, so that it can only be said as long
    /// as there is none.
    ///
    /// # Errors
    /// [`NotebookError::NotAllowed`] where the admin's key is not; [`NotebookError::WrongState`] if there is a server;
    /// the disk.
    pub fn set_server(&mut self, address: &ServerAddress, server_key: Bytes, moment: Moment) -> Result<()> {
        if !self.holds_admin_key()? {
            return Err(NotebookError::NotAllowed);
        }
        if !self.invitation.server.is_empty() && self.founding()?.is_none() {
            return Err(NotebookError::WrongState("there is a server"));
        }
        self.journal.set_server(address.as_str())?;
        self.invitation.server = address.as_str().to_owned();
        meta::put_json(self.store.connection(), MetaKey::Invitation, &self.invitation)?;
        self.sign_manifest(vec![ManifestChange::SetServerKey(server_key)], moment).map(drop)
    }

    /// Other lists for a programme that nobody has seen yet: nothing of before has to stay.
    ///
    /// # Errors
    /// [`NotebookError::WrongState`] once the first start is over.
    pub(crate) fn found_lists(
        &mut self,
        change: impl FnOnce(&mut Lists),
        is_complete: bool,
        moment: Moment,
    ) -> Result<Vec<ListFault>> {
        if self.founding()?.is_none() {
            return Err(NotebookError::WrongState("the first start is over"));
        }
        let programme = self.programme()?.clone();
        let mut lists = programme.lists();
        change(&mut lists);
        let mut found = faults(&unseen(programme.clone()), &lists, operational_date(moment.now));
        if is_complete {
            found.extend(missing(&lists));
        }
        if found.is_empty() && lists != programme.lists() {
            self.sign_manifest(vec![ManifestChange::SetProgramme(Box::new(programme.with_lists(lists)))], moment)?;
        }
        Ok(found)
    }

    fn unchecked(&self) -> Result<Option<Unchecked>> {
        meta::find_json(self.store.connection(), MetaKey::Sheet)
    }
}

/// The same programme as if nothing had been entered yet.
fn unseen(programme: Programme) -> Programme {
    let (orgs, units, operators, zones) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    Programme { orgs, units, operators, zones, retired: Retired::default(), ..programme }
}

/// Without which nobody goes out.
fn missing(lists: &Lists) -> Vec<ListFault> {
    let empty = |list| ListFault { list, code: String::new(), fault: FaultKind::Empty };
    let mut missing = Vec::new();
    if lists.zones.is_empty() {
        missing.push(empty(ListName::Zone));
    }
    if lists.operators.len() < LEAST_OPERATORS {
        missing.push(empty(ListName::Operator));
    }
    missing
}

/// The unit of this code, of the first organisation.
pub(crate) fn first_unit(code: &str, lists: &Lists) -> Option<Unit> {
    let org = lists.orgs.first()?.id.clone();
    Some(Unit { id: UnitId::new(code.trim().to_uppercase()), org })
}

/// What somebody pasted from the server's set-up: an address with its pins, and a public key of 43 characters, in any
/// order and between other words.
///
/// # Errors
/// [`NotebookError::BadInvitation`] if one of them is not there.
pub(crate) fn read_server(text: &str) -> Result<(ServerAddress, Bytes)> {
    let tokens = || text.split(|letter: char| letter.is_whitespace() || "\"'«»<>|,;".contains(letter));
    // A comma stands between pins, too: an address is looked for among what lies between spaces.
    let pieces = || text.split(|letter: char| letter.is_whitespace() || "\"'«»<>|".contains(letter));
    let key = tokens().find_map(key_of).ok_or(NotebookError::BadInvitation)?;
    let is_address = |piece: &&str| piece.contains("://") || piece.contains('.');
    let address = pieces()
        .filter(|piece| key_of(piece).is_none())
        .filter(is_address)
        .find_map(|piece| ServerAddress::parse(piece.trim_end_matches([',', ';', '.', ':'])).ok());
    Ok((address.ok_or(NotebookError::BadInvitation)?, key))
}

fn key_of(token: &str) -> Option<Bytes> {
    BASE64URL_NOPAD.decode(token.as_bytes()).ok().filter(|key| key.len() == 32).map(Bytes)
}

/// The identity of these words.
///
/// # Errors
/// [`NotebookError::WrongWords`], which names a wrong word by its place.
pub(crate) fn identity_of(words: &str) -> Result<SealIdentity> {
    let secret = recovery_words::read(words)?;
    SealIdentity::from_secret(&secret)
}
