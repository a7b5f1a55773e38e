//! Other engines with the same rows, asked the same questions in SQL.

use super::region::{UNITS, WEEKS, contacts};
use anyhow::{Context, Result, bail};
use rusqlite::Connection;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;
use tokio_postgres::NoTls;
use uscita_load::cluster;
use uscita_load::spread::Spread;

/// Rows of an answer.
pub type Answer = Vec<Vec<i64>>;

/// A question with its name, and how many times it is asked.
pub struct Asked<'a> {
    pub questions: &'a BTreeMap<&'static str, String>,
    pub times: usize,
}

/// What an engine said, and how long it took.
pub struct Told {
    pub engine: String,
    pub times: BTreeMap<String, Spread>,
    pub answers: BTreeMap<String, Answer>,
}

/// The rows as text, with a first line of names.
pub fn rows(dir: &Path) -> Result<PathBuf> {
    let path = dir.join("contacts.csv");
    let mut file = std::io::BufWriter::new(std::fs::File::create(&path)?);
    writeln!(file, "unit,week,person")?;
    each(|unit, week, person| {
        let person = person.map(|person| person.to_string()).unwrap_or_default();
        Ok(writeln!(file, "{unit},{week},{person}")?)
    })?;
    file.flush()?;
    Ok(path)
}

fn each(mut work: impl FnMut(u32, u32, Option<i64>) -> Result<()>) -> Result<()> {
    for week in 0..WEEKS {
        for unit in 0..UNITS {
            for contact in contacts(unit, week) {
                work(unit, week, contact.person.map(u64::cast_signed))?;
            }
        }
    }
    Ok(())
}

/// Plain SQLite with covering indexes, in memory where it can be.
pub fn sqlite(dir: &Path, asked: &Asked<'_>) -> Result<Told> {
    let path = dir.join("contacts.db");
    if path.exists() {
        std::fs::remove_file(&path)?;
    }
    let mut base = Connection::open(path)?;
    base.execute_batch(
        "PRAGMA cache_size = -200000; CREATE TABLE contact (unit INTEGER, week INTEGER, person INTEGER) STRICT",
    )?;
    let filling = base.transaction()?;
    {
        let mut insert = filling.prepare("INSERT INTO contact VALUES (?1, ?2, ?3)")?;
        each(|unit, week, person| {
            insert.execute((unit, week, person))?;
            Ok(())
        })?;
    }
    filling.commit()?;
    base.execute_batch(
        "CREATE INDEX by_week ON contact (week, person); CREATE INDEX by_unit ON contact (unit, week, person); ANALYZE",
    )?;
    let mut told = Told::new(format!("SQLite {}", rusqlite::version()));
    for (name, question) in asked.questions {
        let mut statement = base.prepare(question)?;
        let columns = statement.column_count();
        for _ in 0..asked.times {
            let began = Instant::now();
            let rows = statement.query_map([], |row| (0..columns).map(|column| row.get(column)).collect())?;
            let answer: Answer = rows.collect::<rusqlite::Result<_>>()?;
            told.note(name, began, answer);
        }
    }
    Ok(told)
}

/// A throw-away `PostgreSQL` with covering indexes.
pub async fn postgres(asked: &Asked<'_>) -> Result<Told> {
    let (client, connection) = tokio_postgres::connect(&cluster::database(), NoTls).await?;
    tokio::spawn(connection);
    client.batch_execute("CREATE TABLE contact (unit integer, week integer, person bigint)").await?;
    // In lists: as fast as a copy for what is not measured.
    for week in 0..WEEKS {
        let mut values = Vec::new();
        for unit in 0..UNITS {
            for contact in contacts(unit, week) {
                let person = contact.person.map_or_else(|| "NULL".into(), |person| person.to_string());
                values.push(format!("({unit},{week},{person})"));
            }
        }
        client.batch_execute(&format!("INSERT INTO contact VALUES {}", values.join(","))).await?;
    }
    client
        .batch_execute(
            "CREATE INDEX by_week ON contact (week, person); CREATE INDEX by_unit ON contact (unit, week, person);
             SET work_mem = '256MB'",
        )
        .await?;
    client.batch_execute("VACUUM ANALYZE contact").await?;
    let version: String = client.query_one("SHOW server_version", &[]).await?.get(0);
    let mut told = Told::new(format!("PostgreSQL {}", version.split(' ').next().unwrap_or_default()));
    for (name, question) in asked.questions {
        for _ in 0..asked.times {
            let began = Instant::now();
            let rows = client.query(question.as_str(), &[]).await?;
            let number = |row: &tokio_postgres::Row, column: usize| {
                row.try_get::<_, i64>(column).or_else(|_| row.try_get::<_, i32>(column).map(i64::from))
            };
            let answer: Result<Answer, _> =
                rows.iter().map(|row| (0..row.len()).map(|column| number(row, column)).collect()).collect();
            told.note(name, began, answer?);
        }
    }
    Ok(told)
}

#[derive(Deserialize)]
struct OfDuck {
    version: String,
    answers: BTreeMap<String, OneOfDuck>,
}

#[derive(Deserialize)]
struct OneOfDuck {
    ms: Vec<f64>,
    answer: Answer,
}

/// `DuckDB`, through its package for Python.
pub fn duckdb(python: &Path, rows: &Path, asked: &Asked<'_>) -> Result<Told> {
    let questions = serde_json::to_string(asked.questions)?;
    let mut command = Command::new(python);
    command.args(["-c", include_str!("duck.py")]).arg(rows).arg(asked.times.to_string()).arg(questions);
    let output = command.output().context("python does not start")?;
    if !output.status.success() {
        bail!("{}", String::from_utf8_lossy(&output.stderr));
    }
    let of_duck: OfDuck = serde_json::from_slice(&output.stdout)?;
    let mut told = Told::new(format!("DuckDB {}", of_duck.version));
    for (name, one) in of_duck.answers {
        let times = told.times.entry(name.clone()).or_default();
        one.ms.iter().for_each(|ms| times.add_ms(*ms));
        told.answers.insert(name, one.answer);
    }
    Ok(told)
}

impl Told {
    /// Of an engine that was not asked yet.
    pub fn new(engine: String) -> Self {
        Self { engine, times: BTreeMap::new(), answers: BTreeMap::new() }
    }

    /// Notes an answer.
    pub fn note(&mut self, name: &str, began: Instant, answer: Answer) {
        self.times.entry(name.to_owned()).or_default().add(began.elapsed());
        self.answers.insert(name.to_owned(), answer);
    }
}
