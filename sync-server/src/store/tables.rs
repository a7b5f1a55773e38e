//! From rows of one database to rows of the other, table by table: a backup of either is one file in the form of
//! `SQLite`, which anybody can read without us, and which either can be restored from.
//!
//! Every table of the schema is here but these: `programme`, which each database writes for itself, `nonce`, which
//! outlives nothing, `audit_waiting`, whose entries are copied with places in `audit`, and the list of migration steps.

/// How a column is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A number.
    Integer,
    /// Text.
    Text,
    /// Bytes.
    Bytes,
    /// A UUID; 16 bytes in `SQLite`.
    Id,
    /// A day; text in `SQLite`.
    Day,
}

use Kind::{Bytes, Day, Id, Integer, Text};

/// A table that has the same columns in both, but for the programme.
struct Same(&'static str, &'static [(&'static str, Kind)]);

const SAME: &[Same] = &[
    Same("audit_cut", &[("number", Integer), ("chain", Bytes), ("cut_on", Day)]),
    Same(
        "audit",
        &[
            ("number", Integer),
            ("day", Day),
            ("kind", Text),
            ("device", Id),
            ("about", Id),
            ("value", Integer),
            ("chain", Bytes),
        ],
    ),
    Same(
        "quarantine",
        &[
            ("device", Id),
            ("id", Integer),
            ("first_sequence", Integer),
            ("last_sequence", Integer),
            ("head", Bytes),
            ("reason", Text),
            ("body", Bytes),
            ("received_on", Day),
            ("decided_on", Day),
            ("dropped_on", Day),
        ],
    ),
    Same(
        "decision",
        &[
            ("id", Integer),
            ("decided_by", Id),
            ("created", Integer),
            ("nonce", Bytes),
            ("signature", Bytes),
            ("body", Bytes),
        ],
    ),
    Same("wiped", &[("device", Id), ("signature", Bytes), ("confirmed_on", Day)]),
    Same("shelf", &[("link", Bytes), ("salt", Bytes), ("hash", Bytes)]),
    Same(
        "published",
        &[
            ("number", Integer),
            ("link", Bytes),
            ("fingerprint", Bytes),
            ("document", Bytes),
            ("signature", Bytes),
            ("published_on", Day),
            ("withdrawn_on", Day),
        ],
    ),
    Same(
        "enrolment_code",
        &[("id", Bytes), ("unit", Text), ("announced_at", Integer), ("wrong_tries", Integer), ("used_by", Bytes)],
    ),
    Same(
        "enrolment",
        &[
            ("device", Id),
            ("code_id", Bytes),
            ("unit", Text),
            ("signing_key", Bytes),
            ("recipient", Text),
            ("mac", Bytes),
            ("received_at", Integer),
        ],
    ),
    Same("backup", &[("name", Text), ("made_at", Integer), ("bytes", Integer), ("sha256", Bytes), ("tried", Integer)]),
];

/// Reads rows of one database and writes them into the other.
pub struct Step {
    /// The table.
    pub table: &'static str,
    /// The question. To `PostgreSQL`, `$1` is the programme.
    pub read: String,
    /// What writes one row into `SQLite`, or many into `PostgreSQL`: `$1` is the programme, then one array for each column.
    pub write: String,
    /// The columns.
    pub kinds: Vec<Kind>,
}

impl Step {
    fn new(table: &'static str, read: &str, write: &str, kinds: &[Kind]) -> Self {
        Self { table, read: read.to_owned(), write: write.to_owned(), kinds: kinds.to_vec() }
    }
}

impl Same {
    fn names(&self) -> String {
        self.1.iter().map(|(name, _)| *name).collect::<Vec<_>>().join(", ")
    }

    fn kinds(&self) -> Vec<Kind> {
        self.1.iter().map(|(_, kind)| *kind).collect()
    }

    fn out(&self) -> Step {
        let Self(table, columns) = self;
        let names = self.names();
        let places = (1..=columns.len()).map(|place| format!("?{place}")).collect::<Vec<_>>().join(", ");
        Step {
            table,
            // In the order in which they were given their numbers: entries of the record follow each other.
            read: format!("SELECT {names} FROM {table} WHERE programme = $1 ORDER BY 1, 2"),
            write: format!("INSERT INTO {table} ({names}) VALUES ({places})"),
            kinds: self.kinds(),
        }
    }

    fn back(&self) -> Step {
        let Self(table, _) = self;
        let (names, arrays) = (self.names(), arrays(&self.kinds()));
        Step {
            table,
            read: format!("SELECT {names} FROM {table} ORDER BY 1, 2"),
            write: format!(
                "INSERT INTO {table} (programme, {names}) OVERRIDING SYSTEM VALUE
                 SELECT $1, row.* FROM unnest({arrays}) AS row"
            ),
            kinds: self.kinds(),
        }
    }
}

/// `$2::bigint[], $3::text[], …`
fn arrays(kinds: &[Kind]) -> String {
    let array = |(kind, place): (&Kind, usize)| match kind {
        Integer => format!("${place}::bigint[]"),
        Text => format!("${place}::text[]"),
        Bytes => format!("${place}::bytea[]"),
        Id => format!("${place}::uuid[]"),
        Day => format!("${place}::date[]"),
    };
    kinds.iter().zip(2..).map(array).collect::<Vec<_>>().join(", ")
}

const LOG: &[Kind] = &[Id, Integer, Bytes, Integer, Integer, Integer, Day, Day];
const OPERATION: &[Kind] = &[Id, Integer, Integer, Text, Text, Text, Bytes, Bytes, Bytes, Text, Day];
const MARK: &[Kind] = &[Id, Day, Integer];
const MANIFEST: &[Kind] = &[Integer, Bytes, Bytes];

/// From `PostgreSQL` into a file, in an order in which references are there before what refers to them.
#[must_use]
pub fn out() -> Vec<Step> {
    let mut steps = vec![
        Step::new(
            "manifest",
            "SELECT number, manifest, signature FROM manifest WHERE programme = $1",
            "INSERT INTO manifest (only_row, number, manifest, signature) VALUES (1, ?1, ?2, ?3)",
            MANIFEST,
        ),
        Step::new(
            "log",
            "SELECT device, stored, head, acknowledged, copied, removed, received_on, quarantined_on FROM log
             WHERE programme = $1",
            "INSERT INTO log (device, stored, head, acknowledged, copied, removed, received_on, quarantined_on)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
            LOG,
        ),
        Step::new(
            "operation",
            "SELECT device, sequence, cursor, stream, named, audience, chain, signature, sealed, refused, removed_on
             FROM operation WHERE programme = $1",
            "INSERT INTO operation (log_id, sequence, cursor, stream, unit, audience, chain, signature, sealed, refused,
                                    removed_on)
             VALUES ((SELECT id FROM log WHERE device = ?1), ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
            OPERATION,
        ),
        Step::new(
            "mark",
            "SELECT device, day, through FROM mark WHERE programme = $1",
            "INSERT INTO mark (log_id, day, through) VALUES ((SELECT id FROM log WHERE device = ?1), ?2, ?3)",
            MARK,
        ),
    ];
    steps.extend(SAME.iter().map(Same::out));
    steps
}

/// From a file into `PostgreSQL`. A log lies in the unit for which its first operation was.
#[must_use]
pub fn back() -> Vec<Step> {
    let log: Vec<Kind> = LOG.iter().copied().chain([Text]).collect();
    let mut steps = vec![
        Step::new(
            "manifest",
            "SELECT number, manifest, signature FROM manifest",
            &format!(
                "INSERT INTO manifest (programme, number, manifest, signature) SELECT $1, row.* FROM unnest({}) AS row",
                arrays(MANIFEST)
            ),
            MANIFEST,
        ),
        Step::new(
            "log",
            "SELECT device, stored, head, acknowledged, copied, removed, received_on, quarantined_on,
                    coalesce((SELECT audience FROM operation WHERE log_id = log.id ORDER BY sequence LIMIT 1), '')
             FROM log ORDER BY id",
            &format!(
                "INSERT INTO log (programme, device, stored, head, acknowledged, copied, removed, received_on,
                                  quarantined_on, unit)
                 SELECT $1, row.* FROM unnest({}) AS row",
                arrays(&log)
            ),
            &log,
        ),
        Step::new(
            "operation",
            "SELECT device, sequence, cursor, stream, unit, audience, chain, signature, sealed, refused, removed_on
             FROM operation JOIN log ON log.id = log_id ORDER BY cursor",
            &format!(
                "INSERT INTO operation (programme, unit, device, sequence, cursor, stream, named, audience, chain,
                                        signature, sealed, refused, removed_on)
                 SELECT $1, log.unit, row.* FROM unnest({}) AS row (device, sequence, cursor, stream, named, audience,
                                        chain, signature, sealed, refused, removed_on)
                 JOIN log ON log.programme = $1 AND log.device = row.device",
                arrays(OPERATION)
            ),
            OPERATION,
        ),
        Step::new(
            "mark",
            "SELECT device, day, through FROM mark JOIN log ON log.id = log_id",
            &format!(
                "INSERT INTO mark (programme, unit, device, day, through)
                 SELECT $1, log.unit, row.* FROM unnest({}) AS row (device, day, through)
                 JOIN log ON log.programme = $1 AND log.device = row.device",
                arrays(MARK)
            ),
            MARK,
        ),
    ];
    steps.extend(SAME.iter().map(Same::back));
    steps
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::sqlite::open;
    use domain::sync::ProgrammeId;
    use std::collections::BTreeSet;

    /// What each database keeps for itself.
    const OWN: &[&str] = &["programme", "nonce", "audit_waiting"];

    /// The columns of every table that a migration of `PostgreSQL` makes, but for generated ones.
    fn of_postgres() -> Vec<(String, BTreeSet<String>)> {
        let text = include_str!("../../migrations/postgres/0001_create_mailbox.sql");
        let tables = text.split("CREATE ").filter_map(|part| {
            let (name, rest) = part.trim_start_matches("UNLOGGED ").strip_prefix("TABLE ")?.split_once(" (")?;
            let body = rest.split("\n);").next()?;
            let column = |line: &str| {
                let word = line.trim().split(' ').next()?;
                let is_column = line.starts_with("    ") && !line.starts_with("     ") && word == word.to_lowercase();
                (is_column && !word.starts_with("--") && !line.contains("AS (")).then(|| word.to_owned())
            };
            Some((name.to_owned(), body.lines().filter_map(column).collect()))
        });
        tables.collect()
    }

    fn of_sqlite() -> Vec<(String, BTreeSet<String>)> {
        let folder = tempfile::tempdir().unwrap();
        let connection = open::create_copy(&folder.path().join("c"), ProgrammeId(uuid::Uuid::nil()), 0).unwrap();
        let question = "SELECT m.name, c.name FROM sqlite_master AS m, pragma_table_xinfo(m.name) AS c
                        WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%' AND c.hidden = 0 ORDER BY 1, 2";
        let mut statement = connection.prepare(question).unwrap();
        let rows = statement.query_map([], |row| Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?))).unwrap();
        let mut tables: Vec<(String, BTreeSet<String>)> = Vec::new();
        for row in rows {
            let (table, column) = row.unwrap();
            match tables.last_mut().filter(|(name, _)| *name == table) {
                Some((_, columns)) => drop(columns.insert(column)),
                None => tables.push((table, BTreeSet::from([column]))),
            }
        }
        tables
    }

    #[test]
    fn every_table_and_column_of_both_databases_is_copied_both_ways() {
        for (steps, tables) in [(out(), of_postgres()), (back(), of_sqlite())] {
            assert!(tables.len() > 8, "the schema was not read");
            for (table, columns) in tables.iter().filter(|(table, _)| !OWN.contains(&table.as_str())) {
                let step = steps.iter().find(|step| step.table == *table);
                let step = step.unwrap_or_else(|| panic!("{table} is in no backup"));
                let words: BTreeSet<&str> =
                    step.read.split(|letter: char| !letter.is_alphanumeric() && letter != '_').collect();
                for column in columns {
                    // Numbers of rows are each database's own; a device stands for its log.
                    let is_own = matches!(column.as_str(), "only_row" | "log_id" | "programme")
                        || (table == "log" && matches!(column.as_str(), "id" | "unit"))
                        || (table == "operation" && column == "unit")
                        || (table == "mark" && column == "unit");
                    assert!(is_own || words.contains(column.as_str()), "{table}.{column} is in no backup");
                }
            }
        }
    }
}
