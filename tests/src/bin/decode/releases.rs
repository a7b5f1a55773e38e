//! Releases: what a desk sends, what the server keeps and reads again for its pages, and what desks tell each other.

use crate::targets::{Taken, Target};
use anyhow::Result;
use domain::disclosure::{Cell, Class, Recipient, RecipientKind, Rules, Threshold, UniqueRange};
use domain::ids::{DeviceId, ProgrammeId};
use domain::release::{
    CrossedLine, Crossing, DEFINITIONS, Figure, Measure, Period, RELEASE_VERSION, Release, Row, SignedRelease, Table,
    Unique, csv, release_message,
};
use domain::sync::chain::Bytes;
use domain::sync::publish::{LINK_BYTES, PasswordHash, Publication, Withdrawal};
use ring::signature::{Ed25519KeyPair, KeyPair};
use uuid::Uuid;

/// The decoders of releases.
///
/// # Errors
/// If a good one cannot be made.
pub fn targets() -> Result<Vec<Target>> {
    let key = Ed25519KeyPair::from_seed_unchecked(&[7; 32]).map_err(|_| anyhow::anyhow!("a key"))?;
    let public = key.public_key().as_ref().to_vec();
    let document = document()?;
    let bytes = document.to_bytes()?;
    let signature = Bytes(key.sign(&release_message(&bytes)).as_ref().to_vec());
    let signed = SignedRelease { release: Bytes(bytes.clone()), signature };
    let password = PasswordHash { salt: Bytes(vec![3; 16]), hash: Bytes(vec![4; 32]) };
    let publication = Publication { version: 1, link: Bytes(vec![9; LINK_BYTES]), password, release: signed.clone() };
    Ok(vec![
        Target { is_json: true, ..Target::of("release", vec![bytes], read) },
        Target::of_json("signed release", &[signed], move |signed: &SignedRelease| {
            std::hint::black_box((signed.verify(&public).is_ok(), signed.fingerprint()));
        }),
        Target::of_json("publication", &[publication], |publication: &Publication| {
            std::hint::black_box((publication.is_sound(), publication.release.read().is_ok()));
        }),
        Target::of_json("withdrawal", &[Withdrawal { version: 1, number: 7 }], |_| {}),
    ])
}

/// As the server reads it for a page or a file: one form in bytes, and whatever is in it can be written.
fn read(bytes: &[u8]) -> Taken {
    let Ok(release) = Release::from_bytes(bytes) else { return Taken::No };
    let is_same = release.to_bytes().is_ok_and(|again| again == bytes);
    if is_same && csv::write(&release).is_ok() { Taken::Yes } else { Taken::Differently }
}

fn document() -> Result<Release> {
    let figure = |code: &str, measure, cell| Figure {
        code: code.to_owned(),
        label: "Tempo di uscita".to_owned(),
        measure,
        period: None,
        cell,
    };
    let row = |code: &str, label: &str, cell| Row { code: code.to_owned(), label: label.to_owned(), cell };
    let merged = Some(Period::Weeks { first: "2026-W10".parse()?, last: "2026-W11".parse()? });
    Ok(Release {
        version: RELEASE_VERSION,
        programme: ProgrammeId(Uuid::from_u128(0x22)),
        name: "Strada".to_owned(),
        number: 7,
        replaces: Some(3),
        recipient: Recipient { kind: RecipientKind::Municipality, code: "Brescia".to_owned() },
        period: Period::week("2026-W11".parse()?),
        first_day: "2026-03-09".parse()?,
        last_day: "2026-03-15".parse()?,
        rules: Rules { k: Threshold::DEFAULT, definitions: DEFINITIONS },
        released_on: "2026-03-16".parse()?,
        desk: DeviceId(Uuid::from_u128(0x11)),
        manifest: 3,
        figures: vec![
            figure("minutes", Measure::Minutes, Cell::Shown(645)),
            figure("condoms_per_contact_x10", Measure::Tenths, Cell::Hidden),
        ],
        unique: Some(Unique { period: merged, range: UniqueRange { min: 18, max: 24 } }),
        tables: vec![Table {
            code: "gender".to_owned(),
            title: "Genere".to_owned(),
            definition: "Contatti con persone, per genere.".to_owned(),
            class: Class::Person,
            period: merged,
            rows: vec![row("woman", "Donna", Cell::Hidden), row("man", "=Uomo", Cell::Shown(9))],
            total: Some(Cell::Shown(30)),
        }],
        crossings: vec![Crossing {
            code: "gender_age".to_owned(),
            title: "Genere ed età".to_owned(),
            definition: "Contatti con persone, per genere ed età.".to_owned(),
            period: merged,
            columns: vec![row("18_24", "18–24", Cell::Hidden)],
            lines: vec![CrossedLine {
                code: "woman".to_owned(),
                label: "Donna".to_owned(),
                cells: vec![Cell::Hidden],
                total: Cell::Shown(30),
            }],
            total: Cell::Shown(30),
        }],
    })
}
