//! Questions of *Da completare* that were answered with *non so*. They stay on this phone: an operation would say
//! nothing that the contact does not say already.

use crate::error::Result;
use crate::night::todo::Question;
use domain::ids::{ContactId, OutingId};
use rusqlite::{Connection, params};
use std::collections::BTreeSet;

/// Remembers an answer.
pub(crate) fn put(connection: &Connection, outing: OutingId, contact: ContactId, question: Question) -> Result<()> {
    connection
        .prepare_cached(
            "INSERT INTO unknown_answer (outing, contact, question) VALUES (?1, ?2, ?3)
             ON CONFLICT (contact, question) DO NOTHING",
        )?
        .execute(params![outing.0, contact.0, question.code()])?;
    Ok(())
}

/// The question is open again.
pub(crate) fn remove(connection: &Connection, contact: ContactId, question: Question) -> Result<()> {
    connection
        .prepare_cached("DELETE FROM unknown_answer WHERE contact = ?1 AND question = ?2")?
        .execute(params![contact.0, question.code()])?;
    Ok(())
}

/// The answers of an outing.
pub(crate) fn list(connection: &Connection, outing: OutingId) -> Result<BTreeSet<(ContactId, Question)>> {
    let mut statement = connection.prepare_cached("SELECT contact, question FROM unknown_answer WHERE outing = ?1")?;
    let rows = statement.query_map([outing.0], |row| Ok((ContactId(row.get(0)?), row.get::<_, String>(1)?)))?;
    let mut answers = BTreeSet::new();
    for row in rows {
        let (contact, code) = row?;
        answers.extend(Question::from_code(&code).map(|question| (contact, question)));
    }
    Ok(answers)
}

/// Forgets the answers about an outing's contacts.
pub(crate) fn remove_of(connection: &Connection, outing: OutingId) -> Result<()> {
    connection.prepare_cached("DELETE FROM unknown_answer WHERE outing = ?1")?.execute([outing.0])?;
    Ok(())
}
