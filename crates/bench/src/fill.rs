//! As many rows as a busy year leaves: nights of a real shape, recorded through the real session, all but the last one
//! closed, counted and signed. The same rows every time, but for ids, keys and the dates, which end today.

use crate::programme::Phone;
use anyhow::{Result, anyhow, bail};
use chrono::{DateTime, TimeDelta, Timelike, Utc};
use domain::alias::{Alias, AliasWords};
use domain::contact::{AgeBand, ContactKind, Gender, TargetGroup};
use domain::ids::{ItemCode, NationalityCode, OperatorCode, OutingId, ZoneCode};
use domain::observation::ObservationReason;
use domain::outing::{CrewMember, CrewRole, OutingType, Weather};
use domain::referral::{Consent, ReferralState, ServiceType, Urgency};
use notebook::error::ErrorView;
use notebook::training::{PIN, REVIEW_PIN, programme};
use notebook::view::{
    CardInput, CloseInput, ContactInput, CountInput, DetailsInput, HandoutInput, ItemCount, Nothing, ObservationInput,
    OutingInput, ReferralInput, SignInput, StartInput, TonightView, ZoneChangeInput,
};
use serde_json::json;
use std::io::Write;
use std::path::Path;

/// Rows of the budget: `cargo xtask bench` measures with these.
pub const ROWS: u64 = 20_000;
/// Contacts of a night that is over. With all that goes with them 166 rows: 120 nights are 20,000.
const CONTACTS: u32 = 132;
/// Contacts of the night that is open.
const TONIGHT: u32 = 60;
/// Different people.
const PEOPLE: u32 = 800;

/// Makes the phone, and prints where it is and what opens it.
///
/// # Errors
/// If the folder is there already, or the notebook refuses something.
pub fn run(dir: &Path, rows: u64) -> Result<()> {
    if dir.exists() {
        bail!("{} is there already", dir.display());
    }
    // In memory where the system offers it: what is measured comes later, and a disk syncs a few hundred times a second.
    let memory = Path::new("/dev/shm");
    let scratch = if memory.is_dir() { tempfile::TempDir::new_in(memory) } else { tempfile::TempDir::new() }?;
    let made = scratch.path().join("phone");
    record_nights(&made, rows)?;
    std::fs::create_dir_all(dir)?;
    for file in std::fs::read_dir(&made)? {
        let file = file?;
        std::fs::copy(file.path(), dir.join(file.file_name()))?;
    }
    let made = json!({ "dir": dir.display().to_string(), "pin": PIN, "review_pin": REVIEW_PIN, "rows": rows });
    writeln!(std::io::stdout(), "{made}")?;
    Ok(())
}

fn record_nights(dir: &Path, rows: u64) -> Result<()> {
    let now = Utc::now();
    Phone::make(dir, now - TimeDelta::days(400))?;
    let words: Vec<String> = AliasWords::italian().iter().map(str::to_owned).collect();
    let nights = i64::try_from(rows / u64::from(CONTACTS + 34))?;
    let tonight = now.with_nanosecond(0).unwrap_or(now) - TimeDelta::hours(2);
    let phone = Phone::open(dir, tonight - TimeDelta::days(nights + 1))?;
    for night in 0..nights {
        phone.set_clock(tonight - TimeDelta::days(nights - night));
        let seed = u32::try_from(night)?;
        let outing = record(&phone, seed, CONTACTS, &words)?;
        close(&phone, outing)?;
        if night % 20 == 19 {
            writeln!(std::io::stderr(), "{} of {nights} nights", night + 1)?;
        }
    }
    phone.set_clock(tonight);
    record(&phone, u32::try_from(nights)?, TONIGHT, &words)?;
    said(phone.session.lock(Nothing {}))?;
    Ok(())
}

/// What the notebook answers, with its code if it refuses.
pub fn said<T>(answer: std::result::Result<T, ErrorView>) -> Result<T> {
    answer.map_err(|error| anyhow!("the notebook refuses: {} {:?}", error.code, error.findings))
}

/// One night up to its last contact.
fn record(phone: &Phone, night: u32, contacts: u32, words: &[String]) -> Result<OutingId> {
    let zones = ["P1", "P2", "P3", "P4"];
    let outing = start(phone)?;
    for number in 0..contacts {
        if number % 33 == 32 {
            let zone = zones.get((number / 33 % 4) as usize).copied().unwrap_or("P1");
            said(phone.session.change_zone(ZoneChangeInput { zone: ZoneCode::new(zone), also_last: 0 }))?;
        }
        phone.later(90);
        save_contact(phone, input(phone, night, number, words)?)?;
        if number % 9 == 4 {
            let reason = ObservationReason::Busy;
            let seen = ObservationInput { reason, n: 1, gender: Gender::Woman, apparent_minor: 0 };
            said(phone.session.save_observation(seen))?;
        }
        if number % 13 == 6 {
            refer(phone, night + number)?;
        }
    }
    Ok(outing)
}

pub(crate) fn start(phone: &Phone) -> Result<OutingId> {
    let member = |code: &str, role| CrewMember { operator: OperatorCode::new(code), role };
    let programme = programme()?;
    let input = StartInput {
        outing_type: OutingType::StreetNight,
        crew: vec![member("PROVA-A", CrewRole::Operator), member("PROVA-B", CrewRole::Mediator)],
        short_crew: None,
        bag: ["condom_ext", "lubricant"].map(|item| ItemCount { item: ItemCode::new(item), quantity: 2_000 }).to_vec(),
        zones: programme.zones.iter().map(|zone| zone.code.clone()).collect(),
        partner_code: None,
    };
    match said(phone.session.start_outing(input))? {
        TonightView::Open(night) => Ok(night.outing_id),
        TonightView::Start(_) => bail!("the outing did not open"),
    }
}

/// A card as the screens send it: every third person with an alias, an age and an origin.
pub(crate) fn input(
    phone: &Phone,
    night: u32,
    number: u32,
    words: &[String],
) -> Result<(CardInput, DetailsInput, u16)> {
    let draw = night.wrapping_mul(2_654_435_761).wrapping_add(number.wrapping_mul(40_503));
    let pick = |of: u32, shift: u32| (draw >> shift) % of;
    let base = CardInput {
        gender: match pick(10, 3) {
            0..=5 => Gender::Woman,
            6..=7 => Gender::TransWoman,
            _ => Gender::Man,
        },
        kind: if number.is_multiple_of(3) || pick(3, 7) > 0 { ContactKind::Returning } else { ContactKind::First },
        target_group: TargetGroup::Person,
        n_persons: 1,
    };
    let mut details = DetailsInput::default();
    if number.is_multiple_of(3) {
        // Each person at most once a night.
        let person = (night * 37 + number) % PEOPLE;
        details.aliases = vec![alias(words, person)?];
        details.age_band = Some(AgeBand::From25To34);
        let origins = ["RO", "NG", "AL", "BR"];
        details.nationality = origins.get((person % 4) as usize).map(|code| NationalityCode::new(*code));
    }
    phone.later(1);
    Ok((base, details, u16::try_from(pick(3, 5) * 3 + 3)?))
}

fn alias(words: &[String], person: u32) -> Result<Alias> {
    let word = words.get((person * 3) as usize % words.len()).ok_or_else(|| anyhow!("no words"))?;
    format!("{word}-{:02}", person % 90 + 10).parse().map_err(|_| anyhow!("{word} is no alias"))
}

/// First tap and *Salva*.
pub fn save_contact(phone: &Phone, (base, details, pieces): (CardInput, DetailsInput, u16)) -> Result<()> {
    said(phone.session.save_contact(card(phone, base, details, pieces)?))?;
    Ok(())
}

/// First tap: a card that is ready to be saved.
pub fn card(phone: &Phone, base: CardInput, details: DetailsInput, pieces: u16) -> Result<ContactInput> {
    let card = said(phone.session.open_card(base.clone()))?.card;
    let handout = |item, quantity| HandoutInput { item: ItemCode::new(item), quantity, leaflet: None };
    let handouts = vec![handout("condom_ext", pieces), handout("lubricant", 2)];
    Ok(ContactInput { card, base, handouts, details })
}

pub(crate) fn refer(phone: &Phone, draw: u32) -> Result<()> {
    let answer = if draw.is_multiple_of(2) { ReferralState::Accepted } else { ReferralState::Declined };
    let input = ReferralInput {
        card: None,
        alias: None,
        service_type: ServiceType::StiClinic,
        urgency: Urgency::Routine,
        reason: None,
        language_need: None,
        mediator_needed: false,
        accompany_needed: false,
        consent: Consent::NotNeededYet,
        parent_id: None,
        answer: Some(answer),
    };
    said(phone.session.open_referral(input))?;
    Ok(())
}

/// The stock is counted, the outing closed and signed.
pub(crate) fn close(phone: &Phone, outing_id: OutingId) -> Result<()> {
    for row in said(phone.session.stock(Nothing {}))?.rows {
        said(phone.session.count_item(CountInput { item: row.item, counted: row.expected, difference: None }))?;
    }
    phone.later(600);
    let input = CloseInput { km: Some(40), weather: Weather::Clear, note: None, coordinator_alerted: false };
    said(phone.session.close_outing(input))?;
    phone.later(600);
    phone.step_up()?;
    let review = said(phone.session.review(OutingInput { outing_id }))?;
    if !review.can_sign {
        let rules: Vec<_> = review.blocking.iter().map(|view| view.finding.rule).collect();
        bail!("the night cannot be signed: {rules:?}, {} pairs", review.pairs.len());
    }
    said(phone.session.sign_off(SignInput { outing_id, operator: OperatorCode::new("PROVA-A"), without: 0 }))?;
    Ok(())
}

/// The moment at which a filled phone stands: its outing is two hours old.
pub fn resume_at() -> DateTime<Utc> {
    Utc::now()
}
