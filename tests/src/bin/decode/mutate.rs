//! Spoiling: of bytes, as a disk or a bad line does it, and of JSON, as somebody does it who knows the form.

use crate::random::Random;
use serde_json::{Value, json};

/// Changes to one input, at most.
const MOST_CHANGES: usize = 4;
/// A repeated part makes an input so many times longer, at most.
const MOST_REPEATS: usize = 64;
/// How deep values are put into each other: beyond what a decoder may follow.
const DEEP: usize = 400;
/// Bytes of one input: a request's body has 256 KiB.
const MOST_BYTES: usize = 300 * 1024;

/// A good input, spoilt; one in twenty stays as it is. `others` are good inputs that parts may come from.
pub fn spoil(good: &[u8], others: &[Vec<u8>], is_json: bool, random: &mut Random) -> Vec<u8> {
    if random.percent(5) {
        return good.to_vec();
    }
    let mut input = good.to_vec();
    if is_json
        && random.percent(60)
        && let Ok(mut value) = serde_json::from_slice::<Value>(good)
    {
        for _ in 0..=random.below(MOST_CHANGES) {
            spoil_value(&mut value, random);
        }
        input = value.to_string().into_bytes();
        if random.percent(70) {
            return input;
        }
    }
    for _ in 0..=random.below(MOST_CHANGES) {
        spoil_bytes(&mut input, others, random);
    }
    input.truncate(MOST_BYTES);
    input
}

fn spoil_bytes(input: &mut Vec<u8>, others: &[Vec<u8>], random: &mut Random) {
    let at = random.below(input.len() + 1);
    let end = (at + 1 + random.below(32)).min(input.len());
    match random.below(9) {
        0 => {
            if let Some(byte) = input.get_mut(at) {
                *byte ^= 1 << random.below(8);
            }
        }
        1 => {
            let odd = [0, 1, 0x7f, 0x80, 0xff, b'"', b'{', b'[', b'\\', b'\n', b' ', b'9', b'-'];
            if let Some(byte) = input.get_mut(at) {
                *byte = *random.pick(&odd);
            }
        }
        2 => input.truncate(at),
        3 => drop(input.drain(at.min(end)..end)),
        4 => {
            let bytes: Vec<u8> = (0..=random.below(16)).map(|_| random.next() as u8).collect();
            drop(input.splice(at..at, bytes));
        }
        5 => {
            let part = input.get(at..end).unwrap_or_default().repeat(random.below(MOST_REPEATS));
            drop(input.splice(at..at, part));
        }
        6 => {
            let widths: [&[u8]; 4] = [&[0xff; 4], &[0xff; 8], &[0; 4], &[0x7f, 0xff, 0xff, 0xff]];
            let number = *random.pick(&widths);
            if let Some(place) = input.get_mut(at..at + number.len()) {
                place.copy_from_slice(number);
            }
        }
        7 => {
            if let Some(other) = others.get(random.below(others.len())) {
                let from = random.below(other.len());
                let part = other.get(from..(from + 1 + random.below(200)).min(other.len())).unwrap_or_default();
                drop(input.splice(at..end.max(at), part.iter().copied()));
            }
        }
        _ => {
            if let Some(part) = input.get_mut(at..end) {
                part.reverse();
            }
        }
    }
}

/// Goes down to some value inside and changes it, or what holds it.
fn spoil_value(value: &mut Value, random: &mut Random) {
    let deeper = random.percent(75);
    match value {
        Value::Object(fields) if deeper && !fields.is_empty() => {
            let place = random.below(fields.len());
            if let Some((_, field)) = fields.iter_mut().nth(place) {
                return spoil_value(field, random);
            }
        }
        Value::Array(items) if deeper && !items.is_empty() => {
            let place = random.below(items.len());
            if let Some(item) = items.get_mut(place) {
                return spoil_value(item, random);
            }
        }
        Value::Object(fields) if random.percent(60) => return spoil_fields(fields, random),
        Value::Array(items) if random.percent(60) => return spoil_items(items, random),
        _ => {}
    }
    *value = odd(value, random);
}

fn spoil_fields(fields: &mut serde_json::Map<String, Value>, random: &mut Random) {
    let name = fields.keys().nth(random.below(fields.len())).cloned().unwrap_or_default();
    match random.below(3) {
        0 => drop(fields.remove(&name)),
        1 => drop(fields.insert("unknown".to_owned(), json!([null]))),
        _ => {
            let value = fields.remove(&name).unwrap_or_default();
            fields.insert(format!("{name} "), value);
        }
    }
}

fn spoil_items(items: &mut Vec<Value>, random: &mut Random) {
    match random.below(3) {
        0 => items.clear(),
        1 => drop(items.pop()),
        _ => {
            let again = items.first().cloned().unwrap_or_default();
            let count = random.below(MOST_REPEATS * 4);
            // What is repeated may be large itself.
            let size = again.to_string().len().max(1);
            items.extend(std::iter::repeat_n(again, count.min(MOST_BYTES / size)));
        }
    }
}

fn odd(value: &Value, random: &mut Random) -> Value {
    if let Value::String(text) = value
        && random.percent(60)
    {
        return Value::String(spoil_text(text, random));
    }
    match random.below(15) {
        0 => Value::Null,
        1 => json!(0),
        2 => json!(-1),
        3 => json!(u64::MAX),
        4 => json!(i64::MIN),
        5 => json!(1e300),
        6 => json!(65_536),
        7 => json!(""),
        8 => json!("\u{0}"),
        9 => json!("x".repeat(random.below(4_096))),
        10 => json!([]),
        11 => json!({}),
        12 => json!(*random.pick(&["9999-12-31", "-262143-01-01", "2026-02-30", "0000-00-00T25:61:61Z"])),
        13 => json!(true),
        _ => (0..random.below(DEEP)).fold(Value::Null, |inside, _| Value::Array(vec![inside])),
    }
}

fn spoil_text(text: &str, random: &mut Random) -> String {
    let mut letters: Vec<char> = text.chars().collect();
    let at = random.below(letters.len() + 1);
    let letter = *random.pick(&['\u{0}', 'é', '😀', '\u{202e}', '"', '=', '-', '/', 'A', '0', '\u{301}', ' ']);
    match random.below(4) {
        0 => letters.insert(at, letter),
        1 => letters.truncate(at),
        2 => {
            if let Some(place) = letters.get_mut(at) {
                *place = letter;
            }
        }
        _ => letters.extend(letters.clone()),
    }
    letters.into_iter().collect()
}
