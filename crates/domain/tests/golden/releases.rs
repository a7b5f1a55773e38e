//! Releases: the document, its signature, what the server is sent and keeps, and what desks tell each other of it.

use crate::messages::{DESK, Message, PROGRAMME, day, message, sign};
use domain::disclosure::{Cell, Class, Recipient, RecipientKind, Rules, TableId, Threshold, UniqueRange};
use domain::release::history::Exact;
use domain::release::{
    CrossedLine, Crossing, DEFINITIONS, Figure, Measure, Period, RELEASE_VERSION, Release, Row, SignedRelease, Table,
    Unique, release_message,
};
use domain::sync::chain::Bytes;
use domain::sync::night_log::{DeskEntry, DeskEnvelope, NIGHT_LOG_SCHEMA, PublishedRow, ReleasedRow};
use domain::sync::publish::{LINK_BYTES, PasswordHash, Publication, Withdrawal, hash_password};
use domain::sync::version::CURRENT;

pub const PASSWORD: &str = "K7QD-2MX9-04TV-ZB8H";

/// A correction with a figure of each measure, persons, a table of each class, hidden cells and merged weeks.
fn release() -> Release {
    let period = Period::week("2026-W11".parse().unwrap());
    let merged = Some(Period::Weeks { first: "2026-W10".parse().unwrap(), last: "2026-W11".parse().unwrap() });
    let figure = |code: &str, label: &str, measure, period, cell| Figure {
        code: code.to_owned(),
        label: label.to_owned(),
        measure,
        period,
        cell,
    };
    let row = |code: &str, label: &str, cell| Row { code: code.to_owned(), label: label.to_owned(), cell };
    let table = |code: &str, class, period, total| Table {
        code: code.to_owned(),
        title: "Genere".to_owned(),
        definition: "Contatti con persone, per genere.".to_owned(),
        class,
        period,
        rows: vec![row("woman", "Donna", Cell::Shown(21)), row("man", "Uomo", Cell::Hidden)],
        total,
    };
    Release {
        version: RELEASE_VERSION,
        programme: PROGRAMME,
        name: "Strada «aperta»".to_owned(),
        number: 7,
        replaces: Some(3),
        recipient: Recipient { kind: RecipientKind::Municipality, code: "Brescia".to_owned() },
        period,
        first_day: "2026-03-09".parse().unwrap(),
        last_day: "2026-03-15".parse().unwrap(),
        rules: Rules { k: Threshold::DEFAULT, definitions: DEFINITIONS },
        released_on: "2026-03-16".parse().unwrap(),
        desk: DESK,
        manifest: 3,
        figures: vec![
            figure("minutes", "Tempo di uscita", Measure::Minutes, None, Cell::Shown(645)),
            figure("contacts", "Contatti", Measure::Count, merged, Cell::Shown(30)),
            figure("condoms_per_contact_x10", "Profilattici per contatto", Measure::Tenths, None, Cell::Hidden),
        ],
        unique: Some(Unique { period: merged, range: UniqueRange { min: 18, max: 24 } }),
        tables: vec![
            table("gender", Class::Person, merged, Some(Cell::Shown(30))),
            table("leaflets", Class::Activity, None, None),
            table("minors", Class::Sensitive, None, Some(Cell::Hidden)),
        ],
        crossings: Vec::new(),
    }
}

/// A first document of half a year, with a crossing of merged half-years.
fn half_year() -> Release {
    let half = |code: &str| code.parse().unwrap();
    let merged = Some(Period::HalfYears { first: half("2025-H2"), last: half("2026-H1") });
    let row = |code: &str, label: &str, cell| Row { code: code.to_owned(), label: label.to_owned(), cell };
    let line = |code: &str, label: &str, cells: [Cell; 2], total| CrossedLine {
        code: code.to_owned(),
        label: label.to_owned(),
        cells: cells.to_vec(),
        total,
    };
    Release {
        replaces: None,
        period: Period::HalfYear { half: half("2026-H1") },
        first_day: "2025-12-29".parse().unwrap(),
        last_day: "2026-06-28".parse().unwrap(),
        released_on: "2026-07-01".parse().unwrap(),
        tables: Vec::new(),
        crossings: vec![Crossing {
            code: "gender_age".to_owned(),
            title: "Genere ed età".to_owned(),
            definition: "Contatti con persone, per genere ed età stimata insieme.".to_owned(),
            period: merged,
            columns: vec![row("18_24", "18–24", Cell::Shown(121)), row("25_34", "25–34", Cell::Shown(210))],
            lines: vec![
                line("woman", "Donna", [Cell::Hidden, Cell::Hidden], Cell::Shown(300)),
                line("man", "Uomo", [Cell::Hidden, Cell::Hidden], Cell::Shown(31)),
            ],
            total: Cell::Shown(331),
        }],
        ..release()
    }
}

fn signed() -> SignedRelease {
    let bytes = release().to_bytes().unwrap();
    SignedRelease { signature: sign(1, &release_message(&bytes)), release: Bytes(bytes) }
}

fn password() -> PasswordHash {
    let salt = [3; 16];
    let hash = hash_password(PASSWORD, &salt).unwrap();
    PasswordHash { salt: Bytes(salt.to_vec()), hash: Bytes(hash.to_vec()) }
}

fn link() -> Bytes {
    Bytes(vec![9; LINK_BYTES])
}

/// Every message about releases.
pub fn all() -> Vec<Message> {
    let publication = Publication { version: CURRENT, link: link(), password: password(), release: signed() };
    let exact = Exact {
        table: TableId::Gender,
        period: release().period,
        categories: vec!["woman".to_owned(), "man".to_owned()],
        counts: vec![21, 9],
    };
    let envelope = |entry| DeskEnvelope { schema: NIGHT_LOG_SCHEMA, sequence: 5, entry };
    let made = ReleasedRow { signed: signed(), exact: vec![exact] };
    let published = PublishedRow { number: 7, desk: DESK, link: link(), password: password(), on: day() };
    vec![
        Message { is_canonical: true, ..message("release", &release()) },
        Message { is_canonical: true, ..message("release_half_year", &half_year()) },
        message("signed_release", &signed()),
        message("publication", &publication),
        message("withdrawal", &Withdrawal { version: CURRENT, number: 7 }),
        message("desk_released", &envelope(DeskEntry::Released(made))),
        message("desk_published", &envelope(DeskEntry::Published(published))),
        message("desk_withdrawn", &envelope(DeskEntry::Withdrawn { number: 7, on: day() })),
    ]
}

#[test]
fn the_signed_release_is_read_and_no_other_bytes_of_it() {
    let key = crate::messages::public(1);
    assert_eq!(signed().verify(&key.0), Ok(release()));
    let text = String::from_utf8(signed().release.0).unwrap();
    for other in [
        text.replacen('{', "{ ", 1),
        text.replacen('{', "{\"later\":1,", 1),
        text.replace("\"number\":7", "\"number\":0"),
    ] {
        assert!(Release::from_bytes(other.as_bytes()).is_err(), "{other}");
    }
}
