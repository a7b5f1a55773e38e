//! *Primo avvio*: the steps of a new programme, each of them durable before the next is shown.

use super::inventory::Inventory;
use super::{Seat, Session};
use crate::crypto::{NewSecret, Strength, keyfile};
use crate::entropy::Moment;
use crate::error::{ErrorView, NotebookError, Result};
use crate::founding::{self, Founding, FoundingStep, first_unit, read_server};
use crate::journal;
use crate::notebook::Notebook;
use crate::store;
use crate::sync::ask::server_answers;
use crate::sync::client::{HttpClient, ServerAddress};
use crate::view::{
    CheckSheetInput, FinishInput, FinishView, FoundInput, FoundListsInput, FoundProgrammeInput, FoundingView, Nothing,
    PublishTrouble, QrView, RecoverySheetView, ServerInput, ServerLinesView, ServerView, SessionView, SheetCheckView,
    WeighInput, WeighView,
};
use data_encoding::BASE64URL_NOPAD;
use domain::ids::OperatorCode;
use domain::programme::Org;
use domain::programme::beginning::organisation;
use domain::programme::lists::ListFault;
use domain::sync::error::RefusalCode;
use domain::sync::manifest::Manifest;
use domain::time::operational_date;
use std::sync::PoisonError;
use zeroize::Zeroizing;

impl Session {
    /// *Nuovo progetto*: makes the keys. From here on nothing that is entered is lost.
    pub fn found(&self, input: FoundInput) -> std::result::Result<SessionView, ErrorView> {
        let FoundInput { passphrase, minor_steps } = input;
        let passphrase = Zeroizing::new(passphrase);
        self.begin_desk(&passphrase, |dir, key, moment, entropy| {
            founding::begin(dir, key, minor_steps, moment, entropy)
        })?;
        Ok(self.session_view(&self.inner())?)
    }

    /// How hard a passphrase is to guess. Nothing is kept of it.
    pub fn weigh_passphrase(&self, input: WeighInput) -> std::result::Result<WeighView, ErrorView> {
        if self.seat() != Seat::Desk {
            return Err(NotebookError::NotAllowed.into());
        }
        Ok(WeighView { strength: Strength::of(&Zeroizing::new(input.passphrase)) })
    }

    /// Makes a keyfile, and a notebook behind it, where there is none.
    pub(super) fn begin_desk(
        &self,
        passphrase: &str,
        make: impl FnOnce(&std::path::Path, &crate::crypto::DataKey, Moment, crate::entropy::Entropy) -> Result<Notebook>,
    ) -> Result<()> {
        if self.seat() != Seat::Desk {
            return Err(NotebookError::NotAllowed);
        }
        let secret = NewSecret::passphrase(passphrase)?;
        let (mut entropy, moment) = {
            let mut inner = self.inner();
            super::former::finish(self.data_dir())?;
            let dir = self.data_dir();
            if inner.notebook.is_some() || dir.join(store::open::FILE).exists() {
                return Err(NotebookError::AlreadyExists("notebook"));
            }
            // What a crash left of an earlier try opens nothing; it is kept aside.
            if keyfile::UNLOCK.exists(dir) || dir.join(journal::FILE).exists() {
                super::former::set_aside(dir)?;
            }
            (inner.entropy.branch()?, self.moment(&inner))
        };
        let key = self.make_keyfile(&secret, passphrase, &mut entropy)?;
        let notebook = make(self.data_dir(), &key, moment, entropy)?;
        let mut inner = self.inner();
        inner.inventory = Some(Inventory::of(&key)?);
        inner.notebook = Some(notebook);
        Ok(())
    }

    /// How far the first start has come.
    pub fn founding(&self, _: Nothing) -> std::result::Result<FoundingView, ErrorView> {
        self.at_desk(|notebook, _| view(notebook, Vec::new()))
    }

    /// Name, organisations, first unit.
    pub fn found_programme(&self, input: FoundProgrammeInput) -> std::result::Result<FoundingView, ErrorView> {
        self.at_desk(|notebook, moment| {
            let FoundProgrammeInput { name, orgs, unit } = input;
            let orgs: Vec<String> =
                orgs.iter().map(|org| org.trim().to_owned()).filter(|org| !org.is_empty()).collect();
            let orgs = if orgs.is_empty() { vec![name.trim().to_owned()] } else { orgs };
            let faults = notebook.found_lists(
                |lists| {
                    lists.name = name.trim().to_owned();
                    let numbered = orgs.into_iter().zip(1..);
                    lists.orgs = numbered.map(|(name, number)| Org { id: organisation(number), name }).collect();
                    lists.units = first_unit(&unit, lists).into_iter().collect();
                },
                false,
                moment,
            )?;
            if faults.is_empty() {
                notebook.founding_done(FoundingStep::Programme)?;
            }
            view(notebook, faults)
        })
    }

    /// Where the server is, or that there is none for now; and whether it answers. What is said is kept whether it does
    /// or not.
    pub fn choose_server(&self, input: ServerInput) -> std::result::Result<ServerView, ErrorView> {
        let address = self.at_desk(|notebook, moment| {
            let Some(text) = input.text.as_deref().map(str::trim).filter(|text| !text.is_empty()) else {
                notebook.founding_done(FoundingStep::Server)?;
                return Ok(None);
            };
            let (address, key) = read_server(text)?;
            notebook.set_server(&address, key, moment)?;
            notebook.founding_done(FoundingStep::Server)?;
            Ok(Some(address))
        })?;
        let Some(address) = address else { return Ok(ServerView { server: None, error: None }) };
        self.sending.lock().unwrap_or_else(PoisonError::into_inner).forget_client();
        let error = answers(&address).err().map(|error| error.code());
        Ok(ServerView { server: Some(address.as_str().to_owned()), error })
    }

    /// The recovery sheet, until it was checked.
    pub fn recovery_sheet(&self, _: Nothing) -> std::result::Result<RecoverySheetView, ErrorView> {
        self.at_desk(|notebook, moment| {
            let sheet = notebook.recovery_sheet()?;
            let manifest = notebook.manifest().ok_or(NotebookError::NotEnrolled)?;
            Ok(RecoverySheetView {
                name: notebook.programme()?.name.clone(),
                date: operational_date(moment.now),
                words: sheet.secret.as_words().split(' ').map(str::to_owned).collect(),
                key: sheet.secret.as_text().to_owned(),
                picture: QrView { size: sheet.picture.size, path: sheet.picture.path },
                admin_key: BASE64URL_NOPAD.encode(&manifest.admin_key.0),
                places: sheet.places,
            })
        })
    }

    /// Words copied from the paper. If they are right, the words are nowhere else any more.
    pub fn check_sheet(&self, input: CheckSheetInput) -> std::result::Result<SheetCheckView, ErrorView> {
        let words: Vec<Zeroizing<String>> = input.words.into_iter().map(Zeroizing::new).collect();
        self.at_desk(|notebook, _| Ok(SheetCheckView { right: notebook.check_sheet(&words)? }))
    }

    /// Zones, crews, threshold.
    pub fn found_lists(&self, input: FoundListsInput) -> std::result::Result<FoundingView, ErrorView> {
        self.at_desk(|notebook, moment| {
            let FoundListsInput { zones, operators, k, base_period, coordinator_phone } = input;
            let operators = operators.iter().map(|code| code.trim().to_uppercase()).filter(|code| !code.is_empty());
            let operators: Vec<OperatorCode> = operators.map(OperatorCode::new).collect();
            let faults = notebook.found_lists(
                |lists| {
                    (lists.zones, lists.operators) = (zones, operators);
                    (lists.k_external, lists.base_period) = (k, base_period);
                    lists.coordinator_phone =
                        coordinator_phone.map(|phone| phone.trim().to_owned()).filter(|phone| !phone.is_empty());
                },
                true,
                moment,
            )?;
            if faults.is_empty() {
                notebook.founding_done(FoundingStep::Lists)?;
            }
            view(notebook, faults)
        })
    }

    /// The last step: the manifest goes to the server. If it cannot, it waits here and goes with the next look.
    pub fn finish_founding(&self, input: FinishInput) -> std::result::Result<FinishView, ErrorView> {
        self.at_desk(|notebook, _| {
            let founding = notebook.founding()?.ok_or(NotebookError::WrongState("no first start"))?;
            match founding.step() {
                FoundingStep::Publish => Ok(()),
                _ => Err(NotebookError::WrongState("a step of the first start is left")),
            }
        })?;
        let has_server = self.at_desk(|notebook, _| Ok(!notebook.invitation().server.is_empty()))?;
        let published = if has_server { self.publish_manifest() } else { Err(NotebookError::NoServer) };
        let trouble = published.as_ref().err().map(trouble_of);
        let over = trouble.is_none() || trouble == Some(PublishTrouble::NoServer) || input.later;
        if over {
            self.at_desk(|notebook, _| notebook.finish_founding())?;
        }
        Ok(FinishView { trouble, error: published.err().map(|error| error.code()), over })
    }
}

/// Whether a server answers there.
fn answers(address: &ServerAddress) -> Result<()> {
    server_answers(&HttpClient::new(address)?)
}

const fn trouble_of(error: &NotebookError) -> PublishTrouble {
    match error {
        NotebookError::NoServer => PublishTrouble::NoServer,
        NotebookError::Refused(RefusalCode::BadSignature) => PublishTrouble::UnknownProgramme,
        NotebookError::Refused(RefusalCode::Malformed) => PublishTrouble::OtherServer,
        _ => PublishTrouble::Other,
    }
}

/// What the server's settings need.
pub(super) fn server_lines(manifest: &Manifest) -> ServerLinesView {
    ServerLinesView {
        admin_key: BASE64URL_NOPAD.encode(&manifest.admin_key.0),
        programme: manifest.programme,
        recovery_recipient: manifest.recovery_recipient.clone(),
    }
}

fn view(notebook: &Notebook, faults: Vec<ListFault>) -> Result<FoundingView> {
    let Founding { recovered, done } = notebook.founding()?.ok_or(NotebookError::WrongState("no first start"))?;
    let step = Founding { recovered, done }.step();
    let programme = notebook.programme()?;
    let manifest = notebook.manifest().ok_or(NotebookError::NotEnrolled)?;
    let server = &notebook.invitation().server;
    Ok(FoundingView {
        step,
        recovered,
        name: programme.name.clone(),
        orgs: programme.orgs.iter().map(|org| org.name.clone()).collect(),
        unit: programme.units.first().map(|unit| unit.id.clone()),
        server: (!server.is_empty()).then(|| server.clone()),
        lines: server_lines(manifest),
        operators: programme.operators.clone(),
        zones: programme.zones.clone(),
        k: programme.k_external,
        base_period: programme.base_period,
        coordinator_phone: programme.coordinator_phone.clone(),
        faults,
    })
}
