//! Where the server of a test keeps what it is sent: a database of its own in a throw-away `PostgreSQL`.

use crate::cluster;
use crate::world::{Device, World};
use tokio_postgres::{Client, NoTls};
use uscita_server::{Clock, Config, Database, Postgres, ServerState, StartFault};

/// What must not work on the record, besides what must not work anywhere.
pub const AGAINST_THE_RECORD: &[&str] = &[
    "INSERT INTO audit_cut (programme, number, chain, cut_on)
     SELECT programme, number, chain, day FROM audit WHERE number = 1",
    "INSERT INTO audit SELECT programme, number + 7, day, kind, device, about, value, chain FROM audit WHERE number = 1",
    "TRUNCATE audit",
    "TRUNCATE audit_cut",
];

/// A database of its own.
pub struct Place {
    pub settings: Postgres,
    url: String,
    _folder: tempfile::TempDir,
}

impl Place {
    pub fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let settings = Postgres { url_file: folder.path().join("url"), authority: None };
        let url = cluster::database();
        std::fs::write(&settings.url_file, &url).unwrap();
        Self { settings, url, _folder: folder }
    }

    pub fn open(&self, config: &Config, clock: Clock) -> Result<ServerState, StartFault> {
        ServerState::open_on(&self.database(), config, clock)
    }

    pub fn database(&self) -> Database {
        Database::Postgres(self.settings.clone())
    }

    /// A connection past the server's own code.
    pub async fn connect(&self) -> Client {
        connect(&self.url).await
    }
}

impl World {
    /// The bodies in quarantine, past the server's own code.
    pub async fn quarantined(&self) -> Vec<Vec<u8>> {
        let rows = self.place.connect().await.query("SELECT body FROM quarantine ORDER BY id", &[]).await.unwrap();
        rows.iter().map(|row| row.get(0)).collect()
    }

    /// Leaves a device no room in quarantine.
    pub async fn fill_quarantine(&self, device: &Device) {
        let body = vec![0_u8; 64 * 1024 * 1024];
        let head = [0_u8; 32];
        self.place
            .connect()
            .await
            .execute(
                "INSERT INTO quarantine
                     (programme, device, first_sequence, last_sequence, head, reason, body, received_on)
                 VALUES ($1, $2, 1, 1, $3, 'revoked', $4, '2026-03-14')",
                &[&self.config.programme.0, &device.id.0, &head.as_slice(), &body],
            )
            .await
            .unwrap();
    }

    /// Who decided, when, the nonce, the signature, the body of the only decision.
    pub async fn decision(&self) -> ([u8; 16], i64, [u8; 16], Vec<u8>, Vec<u8>) {
        let question = "SELECT decided_by, created, nonce, signature, body FROM decision";
        let row = self.place.connect().await.query_one(question, &[]).await.unwrap();
        let nonce: Vec<u8> = row.get(2);
        (row.get::<_, uuid::Uuid>(0).into_bytes(), row.get(1), nonce.try_into().unwrap(), row.get(3), row.get(4))
    }

    /// Changes the record as somebody who can do anything to the database.
    pub async fn change_record(&self, statement: &str) {
        let database = self.place.connect().await;
        database.batch_execute("ALTER TABLE audit DISABLE TRIGGER USER").await.unwrap();
        assert_eq!(database.execute(statement, &[]).await.unwrap(), 1);
        database.batch_execute("ALTER TABLE audit ENABLE TRIGGER USER").await.unwrap();
    }

    /// Whether the database does this.
    pub async fn runs(&self, statement: &str) -> bool {
        self.place.connect().await.execute(statement, &[]).await.is_ok()
    }
}

async fn connect(url: &str) -> Client {
    let (client, connection) = tokio_postgres::connect(url, NoTls).await.unwrap();
    tokio::spawn(connection);
    client
}
