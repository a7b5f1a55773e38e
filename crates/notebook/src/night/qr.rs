//! The QR picture (*codice da inquadrare*) of an outing's code: `USC1:` and its four characters, nothing else.
//!
//! Whoever photographs it learns a code that opens nothing without the unit's key, so that the picture needs no
//! lifetime. Drawing and reading are pure; a frame of the camera is read and forgotten.

use super::code::OutingCode;
use crate::error::{NotebookError, Result};
use fast_qr::{ECL, QRBuilder};
use std::fmt::Write;

/// What a picture of ours begins with.
const PREFIX: &str = "USC1:";
/// Bytes of a text that is long: an invitation is, a key is not.
const LONG: usize = 120;
/// Pixels on the longer side of a frame.
pub const MAX_SIDE: u32 = 1280;

/// A QR picture as the screen draws it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QrPicture {
    /// Modules on a side, without the quiet zone: 21 for an outing's code.
    pub size: u16,
    /// SVG path of the dark modules, one unit each, from 0,0.
    pub path: String,
}

/// Draws the picture of a code.
///
/// # Errors
/// [`NotebookError::Internal`] if the text does not fit, which no code does.
pub fn draw(code: OutingCode) -> Result<QrPicture> {
    draw_text(&format!("{PREFIX}{}", code.text()))
}

/// Draws the picture of any text, for a sheet of paper or a screen.
///
/// # Errors
/// [`NotebookError::Internal`] if the text does not fit.
pub fn draw_text(text: &str) -> Result<QrPicture> {
    // A long text is read from a screen, where nothing is torn or stained: larger modules help a camera more.
    let level = if text.len() > LONG { ECL::M } else { ECL::Q };
    let qr = QRBuilder::new(text).ecl(level).build().map_err(|_| NotebookError::Internal("qr"))?;
    let modules: Vec<&[fast_qr::Module]> = qr.data.chunks(qr.size).take(qr.size).collect();
    let mut path = String::new();
    for (y, row) in modules.iter().enumerate() {
        let mut x = 0;
        // A run of equal modules is one rectangle: no seams between them.
        for run in row.chunk_by(|left, right| left.value() == right.value()) {
            if run.first().is_some_and(|module| module.value()) {
                write!(path, "M{x} {y}h{0}v1h-{0}z", run.len()).map_err(|_| NotebookError::Internal("qr"))?;
            }
            x += run.len();
        }
    }
    Ok(QrPicture { size: u16::try_from(qr.size).unwrap_or(u16::MAX), path })
}

/// Looks for the picture of a code in a grey frame, as [`find`].
///
/// # Errors
/// As [`find`].
pub fn read(width: u32, height: u32, luma: &[u8]) -> Result<Option<OutingCode>> {
    find(width, height, luma, parse)
}

/// Looks in a grey frame, row by row, 0 black, for a picture whose text says something to `parse`. Anything else in it is
/// passed over.
///
/// # Errors
/// [`NotebookError::InvalidInput`] if the frame is too large, or is not `width` times `height` bytes.
pub fn find<T>(width: u32, height: u32, luma: &[u8], parse: impl Fn(&str) -> Option<T>) -> Result<Option<T>> {
    let bad = || NotebookError::InvalidInput("frame");
    if width == 0 || height == 0 || width > MAX_SIDE || height > MAX_SIDE {
        return Err(bad());
    }
    let (columns, rows) = (usize::try_from(width).map_err(|_| bad())?, usize::try_from(height).map_err(|_| bad())?);
    if luma.len() != columns * rows {
        return Err(bad());
    }
    let pixel = |x: usize, y: usize| luma.get(y * columns + x).copied().unwrap_or(u8::MAX);
    let mut image = rqrr::PreparedImage::prepare_from_greyscale(columns, rows, pixel);
    let texts = image.detect_grids().into_iter().filter_map(|grid| grid.decode().ok()).map(|(_, text)| text);
    Ok(texts.into_iter().find_map(|text| parse(&text)))
}

/// The code in a text of ours, as a picture or another app's camera gives it.
fn parse(text: &str) -> Option<OutingCode> {
    OutingCode::parse(text.strip_prefix(PREFIX)?)
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use chrono::NaiveDate;

    fn code(random: u32) -> OutingCode {
        OutingCode::new(random, NaiveDate::from_ymd_opt(2026, 3, 12).unwrap())
    }

    /// The picture as a camera would see it: `scale` pixels a module, `quiet` modules around it, dim and uneven.
    pub(crate) fn frame(picture: &QrPicture, scale: usize, quiet: usize) -> (u32, Vec<u8>) {
        let modules = usize::from(picture.size);
        let side = (modules + 2 * quiet) * scale;
        let mut luma = vec![0; side * side];
        for (place, pixel) in luma.iter_mut().enumerate() {
            *pixel = 110 + u8::try_from(place % 13).unwrap();
        }
        for run in picture.path.split('M').skip(1) {
            let (x, rest) = run.split_once(' ').unwrap();
            let (y, rest) = rest.split_once('h').unwrap();
            let (length, _) = rest.split_once('v').unwrap();
            let [x, y, length]: [usize; 3] = [x, y, length].map(|number| number.parse().unwrap());
            for row in (y + quiet) * scale..(y + quiet + 1) * scale {
                for column in (x + quiet) * scale..(x + quiet + length) * scale {
                    luma[row * side + column] = 20;
                }
            }
        }
        (u32::try_from(side).unwrap(), luma)
    }

    #[test]
    fn reads_every_picture_it_draws() {
        for random in [0, 1, 0x1234, 0x5678, 0xffff_ffff] {
            let picture = draw(code(random)).unwrap();
            assert_eq!(picture.size, 21, "the smallest picture there is");
            let (side, luma) = frame(&picture, 4, 4);
            assert_eq!(read(side, side, &luma).unwrap(), Some(code(random)));
        }
    }

    #[test]
    fn draws_a_recovery_key_that_any_camera_reads() {
        let text = "AGE-SECRET-KEY-1QQPQSZQGPQYQSZQGPQYQSZQGPQYQSZQGPQYQSZQGPQYQSZQGPQYQSXQK7E";
        let (side, luma) = frame(&draw_text(text).unwrap(), 4, 4);
        let side = usize::try_from(side).unwrap();
        let mut image = rqrr::PreparedImage::prepare_from_greyscale(side, side, |x, y| luma[y * side + x]);
        let read: Vec<String> = image.detect_grids().into_iter().map(|grid| grid.decode().unwrap().1).collect();
        assert_eq!(read, [text]);
    }

    #[test]
    fn sees_no_code_where_there_is_none() {
        assert_eq!(read(64, 48, &[128; 64 * 48]).unwrap(), None);
        for text in ["ABCD", "USC1:", "USC1:ABCU", "https://example.org"] {
            assert_eq!(parse(text), None, "{text}");
        }
    }

    #[test]
    fn refuses_a_frame_whose_size_does_not_fit() {
        for (width, height, length) in [(0, 0, 0), (10, 10, 99), (MAX_SIDE + 1, 1, 1281), (u32::MAX, u32::MAX, 1)] {
            let refused = read(width, height, &vec![0; length]).unwrap_err();
            assert_eq!(refused, NotebookError::InvalidInput("frame"), "{width} × {height}");
        }
    }

    #[test]
    fn damaged_pictures_and_noise_do_no_harm() {
        let (side, clean) = frame(&draw(code(7)).unwrap(), 3, 4);
        let mut state = 1_u64;
        for _ in 0..300 {
            let mut luma = clean.clone();
            for _ in 0..200 {
                state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                let place = usize::try_from(state >> 33).unwrap() % luma.len();
                luma[place] = u8::try_from(state >> 56).unwrap();
            }
            assert!(read(side, side, &luma).unwrap().is_none_or(|found| found == code(7)));
            luma.iter_mut().for_each(|pixel| {
                state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                *pixel = u8::try_from(state >> 56).unwrap();
            });
            read(side, side, &luma).unwrap();
        }
    }
}
