//! People as numbers: a token of an ISO year gets one, and a set of people is a list of numbers with what each was
//! reached with.

use crate::error::{NotebookError, Result};
use domain::alias::PersonToken;
use domain::indicator::Reached;
use rusqlite::{Connection, OptionalExtension, params};
use std::collections::BTreeMap;

/// People of a night or week: numbers, rising, each with its bits (I38).
pub(super) type Set = BTreeMap<u32, u8>;

/// The number of a token in an ISO year, if it has one.
pub(super) fn find(connection: &Connection, year: i32, token: PersonToken) -> Result<Option<u32>> {
    let find = "SELECT id FROM counted_person WHERE year = ?1 AND token = ?2";
    let mut statement = connection.prepare_cached(find)?;
    Ok(statement.query_row(params![year, token.bytes().as_slice()], |row| row.get(0)).optional()?)
}

/// The number of a token in an ISO year; a new one if there is none yet.
pub(super) fn number(connection: &Connection, year: i32, token: PersonToken) -> Result<u32> {
    if let Some(known) = find(connection, year, token)? {
        return Ok(known);
    }
    connection
        .prepare_cached("INSERT INTO counted_person (year, token) VALUES (?1, ?2)")?
        .execute(params![year, token.bytes().as_slice()])?;
    u32::try_from(connection.last_insert_rowid()).map_err(|_| NotebookError::Internal("too many people"))
}

/// Seven bits a byte, the last one without the high bit: the distance to the number before, then the bits.
pub(super) fn pack(set: &Set) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(set.len() * 3);
    let mut before = 0;
    for (number, bits) in set {
        let mut rest = number - before;
        before = *number;
        while rest >= 0x80 {
            bytes.push(0x80 | (rest & 0x7f) as u8);
            rest >>= 7;
        }
        bytes.push(rest as u8);
        bytes.push(*bits);
    }
    bytes
}

/// The people of a set.
pub(super) fn read(bytes: &[u8]) -> Result<Set> {
    let mut set = Set::new();
    unpack(bytes, |number, bits| {
        set.insert(number, bits);
    })?;
    Ok(set)
}

/// Calls with every number and its bits.
pub(super) fn unpack(bytes: &[u8], mut each: impl FnMut(u32, u8)) -> Result<()> {
    let mut number = 0_u32;
    let mut left = bytes.iter();
    while let Some(first) = left.next() {
        let (mut byte, mut distance, mut shift) = (*first, u32::from(*first & 0x7f), 7);
        while byte >= 0x80 {
            byte = *left.next().ok_or(DAMAGED)?;
            distance |= u32::from(byte & 0x7f).checked_shl(shift).ok_or(DAMAGED)?;
            shift += 7;
        }
        number = number.checked_add(distance).ok_or(DAMAGED)?;
        each(number, *left.next().ok_or(DAMAGED)?);
    }
    Ok(())
}

const DAMAGED: NotebookError = NotebookError::Damaged("counted people");
/// Beside the bits: the person is there.
const THERE: u16 = 0x100;
/// More than any desk will ever know.
const MOST: usize = 1 << 26;

/// Everybody of several sets, once each.
#[derive(Default)]
pub(super) struct Union {
    flags: Vec<u16>,
    by_year: BTreeMap<i32, u64>,
}

impl Union {
    /// Adds the people of a set of an ISO year.
    pub(super) fn add(&mut self, year: i32, packed: &[u8]) -> Result<()> {
        let flags = &mut self.flags;
        let (mut new, mut too_many) = (0, false);
        unpack(packed, |number, bits| {
            let place = number as usize;
            if place >= flags.len() {
                too_many |= place >= MOST;
                flags.resize((place + 1).min(MOST).next_power_of_two(), 0);
            }
            if let Some(flag) = flags.get_mut(place) {
                new += u64::from(*flag == 0);
                *flag |= THERE | u16::from(bits);
            }
        })?;
        *self.by_year.entry(year).or_default() += new;
        if too_many { Err(DAMAGED) } else { Ok(()) }
    }

    /// What they come to.
    pub(super) fn reached(&self) -> Reached {
        Reached {
            distinct: self.by_year.values().sum(),
            largest_year: self.by_year.values().copied().max().unwrap_or_default(),
            twice: self.flags.iter().map(|flag| u64::from((flag & 0xff).count_ones() >= 2)).sum(),
        }
    }
}
