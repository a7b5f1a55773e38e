//! Where the server of a test keeps what it is sent: a file.

use crate::world::{Device, World};
use rusqlite::Connection;
use uscita_server::{Clock, Config, Database, ServerState, StartFault};

/// What must not work on the record, besides what must not work anywhere.
pub const AGAINST_THE_RECORD: &[&str] = &[
    "INSERT INTO audit_cut (number, chain, cut_on) SELECT number, chain, day FROM audit WHERE number = 1",
    "INSERT OR REPLACE INTO audit SELECT number, day, 'pulled', device, about, value, chain FROM audit WHERE number = 1",
    "INSERT INTO audit SELECT number + 7, day, kind, device, about, value, chain FROM audit WHERE number = 1",
];

/// A file in the data directory.
pub struct Place;

impl Place {
    pub fn new() -> Self {
        Self
    }

    pub fn open(&self, config: &Config, clock: Clock) -> Result<ServerState, StartFault> {
        ServerState::open(config, clock)
    }

    pub fn database(&self) -> Database {
        Database::Sqlite
    }
}

impl World {
    pub fn database(&self) -> std::path::PathBuf {
        self.config.data.join("mailbox.db")
    }

    /// The bodies in quarantine, past the server's own code.
    pub async fn quarantined(&self) -> Vec<Vec<u8>> {
        let connection = Connection::open(self.database()).unwrap();
        let mut statement = connection.prepare("SELECT body FROM quarantine ORDER BY id").unwrap();
        let bodies = statement.query_map([], |row| row.get(0)).unwrap();
        bodies.map(Result::unwrap).collect()
    }

    /// Leaves a device no room in quarantine.
    pub async fn fill_quarantine(&self, device: &Device) {
        let filled = Connection::open(self.database()).unwrap();
        filled
            .execute(
                "INSERT INTO quarantine
                     (device, first_sequence, last_sequence, head, reason, body, received_on)
                 VALUES (?1, 1, 1, zeroblob(32), 'revoked', zeroblob(64 * 1024 * 1024), '2026-03-14')",
                [device.id.0.as_bytes()],
            )
            .unwrap();
    }

    /// Who decided, when, the nonce, the signature, the body of the only decision.
    pub async fn decision(&self) -> ([u8; 16], i64, [u8; 16], Vec<u8>, Vec<u8>) {
        let database = Connection::open(self.database()).unwrap();
        let row = database.query_one("SELECT decided_by, created, nonce, signature, body FROM decision", [], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?))
        });
        row.unwrap()
    }

    /// Changes the record as somebody who can do anything to the database.
    pub async fn change_record(&self, statement: &str) {
        let database = Connection::open(self.database()).unwrap();
        let guards = "SELECT group_concat(sql, ';') FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = 'audit'";
        let guards: String = database.query_one(guards, [], |row| row.get(0)).unwrap();
        for guard in ["goes_on_without_a_gap", "is_never_changed", "is_removed_behind_a_cut"] {
            database.execute(&format!("DROP TRIGGER audit_{guard}"), []).unwrap();
        }
        assert_eq!(database.execute(statement, []).unwrap(), 1);
        database.execute_batch(&guards).unwrap();
    }

    /// Whether the database does this.
    pub async fn runs(&self, statement: &str) -> bool {
        Connection::open(self.database()).unwrap().execute(statement, []).is_ok()
    }
}
