//! The code by which two phones share an outing without any network.
//!
//! The first phone draws three Crockford base-32 characters and adds a fourth that checks them; the partner types all
//! four. Both make the same outing id from the unit's key, the unit, the operational date and the code
//! ([`domain::alias::outing_id_of_code`]). The check matters: a mistyped code would open an outing of its own.
//!
//! The lowest bit of the third character is the parity of the operational date. So a partner who starts after
//! midnight, or whose clock is a day off, still finds the night the first phone meant. 14 random bits remain; they only
//! have to tell the outings of one unit and day apart, and the id is made with a key.

use chrono::{DateTime, Days, NaiveDate, NaiveTime, Timelike, Utc};
use domain::alias::AliasWords;
use domain::ids::OutingId;
use domain::time::{instant_of, operational_date};

/// Crockford base 32: no I, L, O, U.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// Characters of a code, the check included.
const LENGTH: u32 = 4;
/// Weights of the check. Odd: changing any one character changes the check.
const WEIGHTS: [u32; 3] = [3, 5, 7];
/// A partner who types the code before this local hour joins a night that began the day before.
const NIGHT_ENDS_AT: u32 = 12;

/// A code that both phones of a night know.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OutingCode(u32);

impl OutingCode {
    /// A new code for an outing of this date.
    #[must_use]
    pub fn new(random: u32, date: NaiveDate) -> Self {
        let drawn = (random & 0x7fff & !1) | parity(date);
        Self((drawn << 5) | check(drawn))
    }

    /// Reads what somebody typed: case does not matter, `O` is zero, `I` and `L` are one, spaces and hyphens are
    /// skipped. `None` if it is not four such characters, or if the last one does not fit the others.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let digits: Vec<u32> = text
            .chars()
            .filter(|letter| !letter.is_whitespace() && *letter != '-')
            .map(digit)
            .collect::<Option<_>>()?;
        let is_whole = u32::try_from(digits.len()).is_ok_and(|length| length == LENGTH);
        let code = digits.into_iter().fold(0, |code, digit| (code << 5) | digit);
        (is_whole && check(code >> 5) == code & 31).then_some(Self(code))
    }

    /// The four characters.
    #[must_use]
    pub fn text(self) -> String {
        (0..LENGTH)
            .rev()
            .filter_map(|place| usize::try_from((self.0 >> (5 * place)) & 31).ok())
            .filter_map(|index| ALPHABET.get(index).copied())
            .map(char::from)
            .collect()
    }

    /// When an outing with this code began, for a phone that joins it at `now`: now if the dates agree, else the last
    /// minute of the day before or the first of the day after.
    #[must_use]
    pub fn joined_start(self, now: DateTime<Utc>) -> DateTime<Utc> {
        let today = operational_date(now);
        if (self.0 >> 5) & 1 == parity(today) {
            return now;
        }
        let midnight = instant_of(today, NaiveTime::MIN);
        let is_after_midnight = now.signed_duration_since(midnight).num_hours() < i64::from(NIGHT_ENDS_AT);
        if is_after_midnight {
            midnight.checked_sub_signed(chrono::TimeDelta::minutes(1)).unwrap_or(now)
        } else {
            today.checked_add_days(Days::new(1)).map_or(now, |tomorrow| instant_of(tomorrow, NaiveTime::MIN))
        }
    }
}

/// The word (*parola*) that both phones show and people say aloud: phones that show the same one write to one outing.
/// It is made from the outing's id alone, so that it needs neither radio nor the programme's lists.
#[must_use]
pub fn spoken_word(outing: OutingId) -> String {
    let words = AliasWords::italian();
    // The id comes from an HMAC: its first four bytes are as good as random.
    let (number, ..) = outing.0.as_fields();
    let place = usize::try_from(number).unwrap_or_default().checked_rem(words.len()).unwrap_or_default();
    words.iter().nth(place).unwrap_or_default().to_lowercase()
}

/// The instant without seconds: outings have minute precision.
#[must_use]
pub fn minute_of(at: DateTime<Utc>) -> DateTime<Utc> {
    at.with_second(0).and_then(|at| at.with_nanosecond(0)).unwrap_or(at)
}

/// The last character: a weighted sum of the three before it, modulo 32.
fn check(drawn: u32) -> u32 {
    let places = [drawn >> 10, drawn >> 5, drawn];
    places.iter().zip(WEIGHTS).map(|(place, weight)| (place & 31) * weight).sum::<u32>() & 31
}

fn parity(date: NaiveDate) -> u32 {
    let days = date.signed_duration_since(NaiveDate::default()).num_days();
    u32::from(days.rem_euclid(2) == 1)
}

fn digit(letter: char) -> Option<u32> {
    let plain = match letter.to_ascii_uppercase() {
        'O' => '0',
        'I' | 'L' => '1',
        other => other,
    };
    let index = ALPHABET.iter().position(|known| char::from(*known) == plain)?;
    u32::try_from(index).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    fn code_at(start: DateTime<Utc>) -> OutingCode {
        OutingCode::new(0xdead_beef, operational_date(start))
    }

    #[test]
    fn reads_what_it_writes_and_forgives_look_alikes() {
        let date = operational_date(at("2026-03-12T20:30:00Z"));
        for random in [0, 1, 31, 0xffff_ffff, 0x1234_5678] {
            let code = OutingCode::new(random, date);
            assert_eq!(code.text().len(), 4);
            assert_eq!(OutingCode::parse(&code.text()), Some(code));
        }
        assert_eq!(OutingCode::parse("o1-lc"), OutingCode::parse("011C"));
        assert!(OutingCode::parse("011C").is_some());
        assert_eq!(OutingCode::parse("abc"), None);
        assert_eq!(OutingCode::parse("ABCDE"), None);
        assert_eq!(OutingCode::parse("AB€D"), None);
        assert_eq!(OutingCode::parse("ABCU"), None, "there is no U");
    }

    #[test]
    fn outings_have_words_that_tell_them_apart() {
        let word = |id: u128| spoken_word(OutingId(uuid::Uuid::from_u128(id)));
        assert_eq!(word(5 << 96), word(5 << 96), "both phones say the same");
        assert_ne!(word(5 << 96), word(6 << 96));
        assert!(word(u128::MAX).chars().all(|letter| letter.is_ascii_lowercase()));
    }

    #[test]
    fn refuses_a_code_with_one_wrong_character() {
        let code = OutingCode::new(0x2b67, operational_date(at("2026-03-12T20:30:00Z"))).text();
        for place in 0..4 {
            for letter in ALPHABET.iter().map(|letter| char::from(*letter)) {
                let typed: String = code
                    .chars()
                    .enumerate()
                    .map(|(index, right)| if index == place { letter } else { right })
                    .collect();
                assert_eq!(OutingCode::parse(&typed).is_some(), typed == code, "{typed} for {code}");
            }
        }
    }

    #[test]
    fn joins_the_night_that_began_before_midnight() {
        let start = at("2026-03-12T22:50:00Z");
        let joined = code_at(start).joined_start(at("2026-03-12T23:20:00Z"));
        assert_eq!(joined, at("2026-03-12T22:59:00Z"), "00:20 in Rome: the last minute of the 12th");
        assert_eq!(operational_date(joined), operational_date(start));
    }

    #[test]
    fn joins_at_the_present_minute_on_the_same_date() {
        let start = at("2026-03-12T20:30:00Z");
        let now = at("2026-03-12T20:41:00Z");
        assert_eq!(code_at(start).joined_start(now), now);
    }

    #[test]
    fn finds_the_date_when_its_own_clock_is_a_day_behind() {
        let start = at("2026-03-12T20:30:00Z");
        let joined = code_at(start).joined_start(at("2026-03-11T20:35:00Z"));
        assert_eq!(operational_date(joined), operational_date(start));
    }
}
