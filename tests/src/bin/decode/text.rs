//! What people type, and what a camera sees.

use crate::targets::{Taken, Target};
use anyhow::Result;
use data_encoding::BASE64URL_NOPAD;
use domain::alias::{Alias, AliasWords};
use domain::ids::{DeviceId, ProgrammeId};
use domain::recovery_words;
use domain::sync::chain::Bytes;
use domain::sync::enrol::Invitation;
use notebook::crypto::seal::SealIdentity;
use notebook::entropy::Entropy;
use notebook::night::code::OutingCode;
use notebook::night::qr;
use notebook::sync::client::ServerAddress;
use notebook::sync::invitation::{CodeForm, CodeSecret, Invited, qr_text};
use uuid::Uuid;

/// Pixels of a module in a frame.
const SCALE: usize = 3;
/// Modules of white around a picture.
const QUIET: usize = 4;
/// The reader of pictures keeps several copies of a frame.
const FRAME_MEMORY: usize = 8 * 1024 * 1024;

/// The decoders of text and pictures.
///
/// # Errors
/// If a good one cannot be made.
pub fn targets() -> Result<Vec<Target>> {
    let mut entropy = Entropy::seeded_for_simulation(1);
    let pin = BASE64URL_NOPAD.encode(&[7; 32]);
    let address = format!("https://uscita.example.org:8470#sha256={pin},{pin}");
    let invitation = Invitation {
        server: address.clone(),
        programme: ProgrammeId(Uuid::from_u128(5)),
        admin_key: Bytes(vec![9; 32]),
    };
    let photographed = qr_text(&invitation, &CodeSecret::generate(CodeForm::Qr, &mut entropy)?)?;
    let typed = CodeSecret::generate(CodeForm::Typed, &mut entropy)?.spoken().unwrap_or_default();
    let day = "2026-03-12".parse()?;
    let code = OutingCode::new(0x1234, day);
    let words = recovery_words::write(&[3; 32]).to_string();
    let known = AliasWords::italian();
    let identity = SealIdentity::generate().to_text().to_string();
    let device = DeviceId(Uuid::from_u128(9)).to_string();
    Ok(vec![
        Target::of_text("invitation", &[photographed, typed], |text| Invited::read("uscita.example.org", text).is_ok()),
        Target::of_text("address", &[address, "uscita.example.org".to_owned()], |text| {
            ServerAddress::parse(text).is_ok()
        }),
        Target::of_text("outing code", &[code.text()], |text| OutingCode::parse(text).is_some()),
        Target::of_text("recovery words", &[words], |text| recovery_words::read(text).is_ok()),
        Target::of_text("alias", &["AIRONE-12".to_owned()], move |text| Alias::parse(text, &known).is_ok()),
        Target::of_text("age identity", &[identity], |text| SealIdentity::from_text(text).is_ok()),
        Target::of_text("device", &[device], |text| text.parse::<DeviceId>().is_ok()),
        Target { weight: 1, base: FRAME_MEMORY, ..Target::of("picture", vec![frame(&qr::draw(code)?)], picture) },
    ])
}

fn picture(luma: &[u8]) -> Taken {
    let side = luma.len().isqrt();
    let (Ok(width), Some(luma)) = (u32::try_from(side), luma.get(..side * side)) else { return Taken::No };
    Taken::from(qr::read(width, width, luma).is_ok_and(|code| code.is_some()))
}

/// The picture as a camera would see it, row by row.
fn frame(picture: &qr::QrPicture) -> Vec<u8> {
    let side = (usize::from(picture.size) + 2 * QUIET) * SCALE;
    let mut luma = vec![200; side * side];
    // Runs of dark modules: `Mx yhNv1h-Nz`.
    for run in picture.path.split('M').skip(1) {
        let mut numbers = run.split(|letter: char| !letter.is_ascii_digit()).filter_map(|text| text.parse().ok());
        let (Some(x), Some(y), Some(length)) = (numbers.next(), numbers.next(), numbers.next()) else { continue };
        let (x, y, length): (usize, usize, usize) = (x, y, length);
        for row in (y + QUIET) * SCALE..(y + QUIET + 1) * SCALE {
            let from = row * side + (x + QUIET) * SCALE;
            luma.get_mut(from..from + length * SCALE).unwrap_or_default().fill(20);
        }
    }
    luma
}
