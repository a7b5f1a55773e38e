//! A lead's phone in a process of its own, whose keys the test knows: they come from seeds.

use chrono::Utc;
use data_encoding::{BASE64URL_NOPAD, HEXLOWER};
use domain::ids::UnitId;
use domain::sync::chain::Bytes;
use domain::sync::manifest::Role;
use notebook::crypto::binder::FileBinder;
use notebook::crypto::{DataKey, KdfParams, NewSecret, keyfile};
use notebook::entropy::{Entropy, Moment};
use notebook::notebook::Notebook;
use notebook::programme_new::{ManifestChange, NewProgramme, create_programme};
use notebook::training;
use ring::hkdf::{HKDF_SHA256, Salt};
use serde_json::{Value, json};
use std::io::{BufRead, BufReader, Write};
use std::path::PathBuf;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

pub const PIN: &str = "739164";
pub const REVIEW_PIN: &str = "60381947";
pub const CONTACTS: usize = 60;
pub const ALIAS_WORD: &str = "AIRONE";
const ALIAS_KEY: [u8; 32] = *b"canary: the key of every alias.\n";
const SEED_UNLOCK: u64 = 4_101;
const SEED_REVIEW: u64 = 4_102;
const SEED_DEVICE: u64 = 4_103;

/// The process and its folder.
pub struct Phone {
    process: Child,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
    folder: tempfile::TempDir,
    /// A zone of the programme.
    pub zone: String,
}

/// Keys by name, in every form in which they might lie around.
type Keys = Vec<(String, Vec<u8>)>;

impl Phone {
    /// Makes the notebook of a lead with both PINs, confirmed by a desk, and starts the process over it.
    pub fn set_up() -> (Self, Keys) {
        let folder = tempfile::tempdir().unwrap();
        let [desk_dir, dir] = ["desk", "phone"].map(|name| folder.path().join(name));
        std::fs::create_dir(&desk_dir).unwrap();
        std::fs::create_dir(&dir).unwrap();
        let binder = FileBinder::new(&dir);
        let seeded = Entropy::seeded_for_simulation;
        let make = |set: keyfile::KeyfileSet, secret: NewSecret, seed| {
            set.create(&dir, &secret, KdfParams::FLOOR, &binder, &mut seeded(seed)).unwrap()
        };
        let key = make(keyfile::UNLOCK, NewSecret::pin(PIN).unwrap(), SEED_UNLOCK);
        make(keyfile::REVIEW, NewSecret::review_pin(REVIEW_PIN, PIN).unwrap(), SEED_REVIEW);

        let programme = training::programme().unwrap();
        let zone = programme.zones[0].code.as_str().to_owned();
        let unit = UnitId::new(programme.units[0].id.as_str());
        let new = NewProgramme {
            programme,
            // Nobody answers there: what is saved stays unsent.
            server: "http://127.0.0.1:9".into(),
            server_key: Bytes(vec![9; 32]),
            alias_key: Some(Bytes(ALIAS_KEY.to_vec())),
        };
        let moment = Moment::at(Utc::now());
        let admin_key = DataKey::generate(&mut Entropy::system()).unwrap();
        let created = create_programme(&desk_dir, &admin_key, new, moment, Entropy::system()).unwrap();
        let mut desk = created.notebook;
        let mut phone = Notebook::create(&dir, &key, &created.invitation, seeded(SEED_DEVICE)).unwrap();
        let identity = phone.identity().sealing().unwrap();
        let secrets = (identity.to_secret().unwrap().to_vec(), identity.to_text().as_bytes().to_vec());
        let added = ManifestChange::AddDevice { keys: phone.identity().public(), role: Role::Lead, unit: Some(unit) };
        desk.sign_manifest(vec![added], moment).unwrap();
        phone.apply_manifest(&desk.signed_manifest().unwrap().unwrap()).unwrap();
        drop((phone, desk));
        assert_opens(&dir.join("notebook.db"), &database_key(&seeded_bytes(SEED_UNLOCK)));

        let mut process = Command::new(env!("CARGO_BIN_EXE_uscita-memory-test"))
            .arg(&dir)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let (input, output) = (process.stdin.take().unwrap(), BufReader::new(process.stdout.take().unwrap()));
        (Self { process, input, output, folder, zone }, keys(secrets))
    }

    /// Where its files are.
    pub fn data_dir(&self) -> PathBuf {
        self.folder.path().join("phone")
    }

    pub fn pid(&self) -> u32 {
        self.process.id()
    }

    /// What a command answers; it must be no error.
    pub fn ask(&mut self, name: &str, args: Value) -> Value {
        writeln!(self.input, "{}", json!({ "name": name, "args": args })).unwrap();
        let mut line = String::new();
        self.output.read_line(&mut line).unwrap();
        let mut answer: Value = serde_json::from_str(&line).unwrap_or_else(|_| panic!("{name}: no answer"));
        assert!(answer.get("ok").is_some(), "{name}: {answer}");
        answer["ok"].take()
    }
}

impl Drop for Phone {
    fn drop(&mut self) {
        self.process.kill().unwrap();
        self.process.wait().unwrap();
    }
}

fn keys((identity, identity_text): (Vec<u8>, Vec<u8>)) -> Keys {
    // As the keyfile and the identity draw them.
    let data_key = seeded_bytes(SEED_UNLOCK);
    let review_key = seeded_bytes(SEED_REVIEW);
    let mut device = Entropy::seeded_for_simulation(SEED_DEVICE);
    device.v4().unwrap();
    let signing_seed: [u8; 32] = device.bytes().unwrap();
    let database_key = database_key(&data_key);
    let mut keys = Keys::new();
    let mut add = |name: &str, bytes: &[u8]| {
        keys.push((name.to_owned(), bytes.to_vec()));
        keys.push((format!("{name} in hexadecimal"), HEXLOWER.encode(bytes).into_bytes()));
        keys.push((format!("{name} in base 64"), BASE64URL_NOPAD.encode(bytes).into_bytes()));
    };
    add("data key", &data_key);
    add("database key", &database_key);
    add("review key", &review_key);
    add("signing seed", &signing_seed);
    add("alias key", &ALIAS_KEY);
    add("lead identity", &identity);
    keys.push(("lead identity as text".into(), identity_text));
    keys
}

fn seeded_bytes(seed: u64) -> [u8; 32] {
    Entropy::seeded_for_simulation(seed).bytes().unwrap()
}

/// The key that is looked for is the one that opens the file.
fn assert_opens(file: &std::path::Path, key: &[u8; 32]) {
    let connection = rusqlite::Connection::open(file).unwrap();
    connection.execute_batch(&format!("PRAGMA key = \"x'{}'\"", HEXLOWER.encode(key))).unwrap();
    connection.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(())).unwrap();
}

/// As the specification in `notebook::crypto` has it.
fn database_key(data_key: &[u8]) -> [u8; 32] {
    let mut out = [0; 32];
    let extracted = Salt::new(HKDF_SHA256, &[]).extract(data_key);
    extracted.expand(&[b"uscita/database/1"], HKDF_SHA256).unwrap().fill(&mut out).unwrap();
    out
}
