use super::*;
use crate::crypto::seal;
use crate::fixture::at;
use domain::ids::{OperatorCode, OrgId, ZoneCode};
use domain::programme::{Org, Zone};
use domain::sync::manifest::Role;

struct Desk {
    folder: tempfile::TempDir,
    key: DataKey,
}

impl Desk {
    fn new() -> (Self, Notebook) {
        let folder = tempfile::tempdir().unwrap();
        let mut entropy = Entropy::seeded_for_simulation(5);
        let key = DataKey::generate(&mut entropy).unwrap();
        let notebook = begin(folder.path(), &key, vec!["Restate".into()], at(0), entropy).unwrap();
        (Self { folder, key }, notebook)
    }

    fn open(&self) -> Notebook {
        Notebook::open(self.folder.path(), &self.key, Entropy::system()).unwrap()
    }
}

fn step(notebook: &Notebook) -> Option<FoundingStep> {
    notebook.founding().unwrap().map(|founding| founding.step())
}

fn words_of(sheet: &RecoverySheet) -> Vec<Zeroizing<String>> {
    let all: Vec<&str> = sheet.secret.as_words().split(' ').collect();
    sheet.places.iter().map(|place| Zeroizing::new(all[usize::from(*place) - 1].to_lowercase())).collect()
}

fn zone(code: &str, min_expected: u16) -> Zone {
    Zone { code: ZoneCode::new(code), label: "Ovest".into(), district: None, in_municipality: true, min_expected }
}

fn crews(lists: &mut Lists) {
    lists.zones = vec![zone("Z1", 5)];
    lists.operators = ["A1", "B2"].map(OperatorCode::new).to_vec();
}

fn name(lists: &mut Lists) {
    lists.name = "Progetto".into();
    lists.orgs = vec![Org { id: OrgId::new("ORG-1"), name: "Associazione".into() }];
    lists.units = first_unit("u1", lists).into_iter().collect();
}

#[test]
fn goes_on_where_it_was_left_after_every_step() {
    let (desk, notebook) = Desk::new();
    assert_eq!(step(&notebook), Some(FoundingStep::Programme));
    assert!(notebook.role() == Some(Role::Admin) && notebook.holds_admin_key().unwrap());
    drop(notebook);

    let mut notebook = desk.open();
    assert!(notebook.found_lists(name, false, at(1)).unwrap().is_empty());
    notebook.founding_done(FoundingStep::Programme).unwrap();
    drop(notebook);

    let notebook = desk.open();
    assert_eq!(
        (step(&notebook), notebook.programme().unwrap().name.as_str()),
        (Some(FoundingStep::Server), "Progetto")
    );
    notebook.founding_done(FoundingStep::Server).unwrap();
    let before = notebook.recovery_sheet().unwrap();
    drop(notebook);

    let notebook = desk.open();
    assert_eq!(step(&notebook), Some(FoundingStep::Sheet));
    let sheet = notebook.recovery_sheet().unwrap();
    assert_eq!((sheet.secret.as_words(), &sheet.places), (before.secret.as_words(), &before.places), "the same paper");
    assert!(notebook.check_sheet(&words_of(&sheet)).unwrap());
    drop(notebook);

    let mut notebook = desk.open();
    assert_eq!(step(&notebook), Some(FoundingStep::Lists));
    assert!(notebook.finish_founding().is_err());
    assert!(notebook.found_lists(crews, true, at(2)).unwrap().is_empty());
    notebook.founding_done(FoundingStep::Lists).unwrap();
    drop(notebook);

    let notebook = desk.open();
    assert_eq!(step(&notebook), Some(FoundingStep::Publish));
    notebook.finish_founding().unwrap();
    assert_eq!((step(&notebook), step(&desk.open_after(notebook))), (None, None));
}

impl Desk {
    fn open_after(&self, notebook: Notebook) -> Notebook {
        drop(notebook);
        self.open()
    }
}

#[test]
fn forgets_the_recovery_identity_only_once_three_words_were_read_from_the_paper() {
    let (_desk, notebook) = Desk::new();
    let sheet = notebook.recovery_sheet().unwrap();
    assert_eq!(sheet.places.len(), 3);
    assert!(
        sheet.places.windows(2).all(|pair| pair[0] < pair[1])
            && sheet.places.iter().all(|place| (1..=24).contains(place))
    );
    let mut wrong = words_of(&sheet);
    wrong.reverse();
    for given in [Vec::new(), wrong, words_of(&sheet)[..2].to_vec()] {
        assert!(!notebook.check_sheet(&given).unwrap());
        assert!(notebook.has_unchecked_sheet().unwrap());
    }
    let recipient = SealIdentity::from_text(sheet.secret.as_text()).unwrap().recipient();
    assert_eq!(notebook.manifest().unwrap().recovery_recipient, recipient);
    assert!(notebook.check_sheet(&words_of(&sheet)).unwrap());
    assert!(!notebook.has_unchecked_sheet().unwrap());
    assert_eq!(notebook.recovery_sheet().unwrap_err(), NotebookError::NotFound("recovery sheet"));
    assert!(!format!("{sheet:?}").contains("AGE"));
}

#[test]
fn lists_are_judged_whole_and_may_still_lose_what_was_entered() {
    let (_desk, mut notebook) = Desk::new();
    assert!(notebook.found_lists(name, false, at(1)).unwrap().is_empty());
    let faults = notebook.found_lists(|_| (), true, at(1)).unwrap();
    assert_eq!(faults.iter().map(|fault| fault.list).collect::<Vec<_>>(), [ListName::Zone, ListName::Operator]);
    let thin = notebook.found_lists(
        |lists| {
            crews(lists);
            lists.zones.push(zone("Z2", 4));
        },
        true,
        at(2),
    );
    assert_eq!(thin.unwrap().iter().map(|fault| fault.fault).collect::<Vec<_>>(), [FaultKind::Thin]);
    assert!(notebook.programme().unwrap().zones.is_empty(), "nothing of it was taken");
    assert!(notebook.found_lists(crews, true, at(3)).unwrap().is_empty());
    let other = |lists: &mut Lists| lists.zones = vec![zone("Z9", 7)];
    assert!(notebook.found_lists(other, true, at(4)).unwrap().is_empty(), "nobody has seen the first one");
}

#[test]
fn reads_what_the_server_s_set_up_wrote_in_any_order() {
    let key = BASE64URL_NOPAD.encode(&[7; 32]);
    let pins = format!("{},{}", data_encoding::HEXLOWER.encode(&[1; 32]), data_encoding::HEXLOWER.encode(&[2; 32]));
    for text in [
        format!("chiave: {key}\nindirizzo: https://posta.example:8470"),
        format!("https://posta.example:8470 {key}"),
        format!("«posta.example:8470»\n\n  \"{key}\"  \n"),
    ] {
        let (address, read) = read_server(&text).unwrap();
        assert_eq!((address.as_str(), &read.0), ("https://posta.example:8470", &vec![7; 32]), "{text}");
    }
    let pinned = read_server(&format!("https://posta.example:8470#sha256={pins} {key}"));
    assert!(
        pinned.is_err() || pinned.unwrap().0.as_str().contains("#sha256="),
        "pins are kept or refused, never dropped"
    );
    for missing in
        [key.clone(), "https://posta.example".to_owned(), String::new(), format!("http://posta.example {key}")]
    {
        assert_eq!(read_server(&missing).unwrap_err(), NotebookError::BadInvitation, "{missing}");
    }
}

#[test]
fn a_server_may_be_said_later_but_not_moved() {
    let (_desk, mut notebook) = Desk::new();
    let address = ServerAddress::parse("https://posta.example").unwrap();
    notebook.set_server(&address, Bytes(vec![3; 32]), at(1)).unwrap();
    assert_eq!(notebook.journal().server().unwrap(), "https://posta.example");
    assert_eq!(notebook.manifest().unwrap().server_key.0, vec![3; 32]);
    notebook.set_server(&address, Bytes(vec![4; 32]), at(1)).unwrap();
    for step in FoundingStep::ALL {
        notebook.founding_done(step).unwrap();
    }
    meta::remove(notebook.store.connection(), MetaKey::Founding).unwrap();
    let moved = notebook.set_server(&address, Bytes(vec![5; 32]), at(2));
    assert_eq!(moved, Err(NotebookError::WrongState("there is a server")));
}

#[test]
fn the_sheet_begins_a_lost_desk_anew_with_everything_that_was_sealed() {
    use crate::fixture::{Team, opened};
    use crate::recovery::{Folder, Gathered};
    let team = Team::new();
    let mut lead = team.lead.open();
    lead.save(opened(1), None, at(0), None).unwrap();
    drop(lead);
    let paper = identity_of(team.recovery.as_words()).unwrap();
    let copies = tempfile::tempdir().unwrap();
    for (name, device) in [("lead", &team.lead), ("member", &team.member)] {
        let folder = copies.path().join(name);
        std::fs::create_dir(&folder).unwrap();
        std::fs::copy(device.dir.join(crate::journal::FILE), folder.join("journal.db")).unwrap();
    }
    std::fs::write(copies.path().join("note.txt"), "altro").unwrap();
    let Folder { mut gathered, unread } = Folder::read(copies.path(), &paper).unwrap();
    assert!(unread.is_empty(), "{unread:?}");
    let before = team.admin.open().signed_manifest().unwrap().unwrap();
    gathered.add_manifest(before.clone());
    let recovered = gathered.open(&paper, None, || ()).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let mut entropy = Entropy::seeded_for_simulation(9);
    let key = DataKey::generate(&mut entropy).unwrap();
    let mut desk = restore(folder.path(), &key, &recovered, &paper, at(5), entropy).unwrap();
    assert!(desk.holds_admin_key().unwrap());
    assert_eq!(desk.invitation().server, "https://posta.example", "a journal said it");
    assert_eq!(step(&desk), Some(FoundingStep::Sheet));
    let new = desk.recovery_sheet().unwrap();
    assert_ne!(new.secret.as_words(), team.recovery.as_words());
    // The phones follow it, and what they seal from now on is for the new desk and the new paper.
    let signed = desk.signed_manifest().unwrap().unwrap();
    let mut lead = team.lead.open();
    lead.apply_manifest(&signed).unwrap();
    let sealed = seal::seal(&lead.manifest().unwrap().night_log_recipients(), b"x", seal::Packing::Plain).unwrap();
    let fresh = SealIdentity::from_text(new.secret.as_text()).unwrap();
    assert!(seal::open(desk.identity().sealing().unwrap(), &sealed).is_ok() && seal::open(&fresh, &sealed).is_ok());
    assert!(seal::open(&paper, &sealed).is_err());
    // What was sealed to the desk that is lost opens too.
    let manifest = before.verify(&team.invitation.admin_key.0).unwrap();
    let old = seal::seal(&manifest.night_log_recipients(), b"old", seal::Packing::Plain).unwrap();
    assert!(seal::open(desk.identity().sealing().unwrap(), &old).is_ok());
    assert!(desk.sign_manifest(Vec::new(), at(6)).is_ok());
    // Without a manifest nothing is begun.
    let bare = Gathered::default().open(&paper, None, || ()).unwrap();
    let other = tempfile::tempdir().unwrap();
    let refused = restore(other.path(), &key, &bare, &paper, at(5), Entropy::seeded_for_simulation(10));
    assert_eq!(refused.unwrap_err(), NotebookError::NoSigner);
    assert!(!other.path().join(crate::store::open::FILE).exists());
}

#[test]
fn a_folder_without_copies_is_said_to_be_one() {
    let folder = tempfile::tempdir().unwrap();
    let paper = SealIdentity::generate();
    let read = |path: &Path| crate::recovery::Folder::read(path, &paper).map(|_| ());
    assert_eq!(read(folder.path()), Err(NotebookError::NothingFound));
    assert_eq!(read(&folder.path().join("none")), Err(NotebookError::NothingFound));
    std::fs::write(folder.path().join("uscita.age"), b"age-encryption.org/v1\nbroken").unwrap();
    assert_eq!(read(folder.path()), Err(NotebookError::NothingFound), "nothing could be read");
}
