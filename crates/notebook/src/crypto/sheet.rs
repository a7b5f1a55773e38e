//! A sheet: a small file of one fixed size, sealed under a key of its own.
//!
//! ```text
//! sheet = nonce 12 ‖ AES-256-GCM(key, nonce, aad "uscita/sheet/1", content padded with spaces to 4,096) ‖ tag 16
//! ```

use super::key::DataKey;
use crate::entropy::Entropy;
use crate::error::{NotebookError, Result};
use ring::aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use zeroize::Zeroizing;

const CONTENT_BYTES: usize = 4_096;
const AAD: &[u8] = b"uscita/sheet/1";

/// Seals a text that does not end in spaces.
///
/// # Errors
/// [`NotebookError::TooLarge`] above 4,096 bytes; randomness.
pub(crate) fn seal_sheet(key: &DataKey, content: &[u8], entropy: &mut Entropy) -> Result<Vec<u8>> {
    if content.len() > CONTENT_BYTES {
        return Err(NotebookError::TooLarge);
    }
    let mut padded = Zeroizing::new(content.to_vec());
    padded.resize(CONTENT_BYTES, b' ');
    let nonce: [u8; NONCE_LEN] = entropy.bytes()?;
    let tag = aead(key)?
        .seal_in_place_separate_tag(Nonce::assume_unique_for_key(nonce), Aad::from(AAD), &mut padded)
        .map_err(|_| NotebookError::Internal("sheet"))?;
    Ok([nonce.as_slice(), &padded, tag.as_ref()].concat())
}

/// Opens a sheet; the text without its padding.
///
/// # Errors
/// [`NotebookError::Damaged`] if it is not what was sealed under this key.
pub(crate) fn open_sheet(key: &DataKey, sheet: &[u8]) -> Result<Zeroizing<Vec<u8>>> {
    let damaged = || NotebookError::Damaged("sheet");
    let (nonce, sealed) = sheet.split_first_chunk::<NONCE_LEN>().ok_or_else(damaged)?;
    let mut sealed = Zeroizing::new(sealed.to_vec());
    let nonce = Nonce::assume_unique_for_key(*nonce);
    let content = aead(key)?.open_in_place(nonce, Aad::from(AAD), &mut sealed).map_err(|_| damaged())?;
    Ok(Zeroizing::new(content.trim_ascii_end().to_vec()))
}

fn aead(key: &DataKey) -> Result<LessSafeKey> {
    UnboundKey::new(&AES_256_GCM, key.as_bytes()).map(LessSafeKey::new).map_err(|_| NotebookError::Internal("sheet"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn opens_under_its_key_only_and_has_one_size_whatever_it_holds() {
        let mut entropy = Entropy::seeded_for_simulation(1);
        let [key, other] = [(); 2].map(|()| DataKey::generate(&mut entropy).unwrap());
        let sheets = [b"[]".to_vec(), vec![b'x'; CONTENT_BYTES]].map(|content| {
            let sheet = seal_sheet(&key, &content, &mut entropy).unwrap();
            assert_eq!(*open_sheet(&key, &sheet).unwrap(), content);
            assert!(open_sheet(&other, &sheet).is_err());
            sheet
        });
        assert_eq!(sheets.each_ref().map(Vec::len), [CONTENT_BYTES + 28; 2]);
        assert_eq!(seal_sheet(&key, &[b'x'; CONTENT_BYTES + 1], &mut entropy), Err(NotebookError::TooLarge));
    }
}
