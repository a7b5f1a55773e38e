use super::*;

fn seal_to(identity: &SealIdentity, content: &[u8], packing: Packing) -> Vec<u8> {
    seal(&[&identity.recipient()], content, packing).unwrap()
}

/// What a stock `age` program shows.
fn age_plaintext(identity: &SealIdentity, sealed: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    let decryptor = age::Decryptor::new_buffered(sealed).unwrap();
    let mut reader = decryptor.decrypt(identity.as_keys()).unwrap();
    reader.read_to_end(&mut out).unwrap();
    out
}

#[test]
fn opens_for_every_recipient_and_for_nobody_else() {
    let [lead, recovery, stranger] = [(); 3].map(|()| SealIdentity::generate());
    let sealed = seal(&[&lead.recipient(), &recovery.recipient()], b"{}", Packing::Plain).unwrap();
    assert_eq!(open(&lead, &sealed).unwrap().as_slice(), b"{}");
    assert_eq!(open(&recovery, &sealed).unwrap().as_slice(), b"{}");
    assert_eq!(open(&stranger, &sealed).unwrap_err(), SealFault::NotForUs);
    assert_eq!(seal(&[], b"{}", Packing::Plain).unwrap_err(), NotebookError::InvalidInput("recipients"));
}

#[test]
fn pads_operations_to_powers_of_two_with_what_json_ignores() {
    let identity = SealIdentity::generate();
    for (length, padded) in [(0, 512), (1, 512), (496, 512), (497, 1_024), (2_000, 2_048), (5_000, 8_192)] {
        let content = vec![b'1'; length];
        let plaintext = age_plaintext(&identity, &seal_to(&identity, &content, Packing::Plain));
        assert_eq!(plaintext.len(), padded, "{length} bytes");
        assert_eq!(open(&identity, &seal_to(&identity, &content, Packing::Plain)).unwrap().as_slice(), content);
    }
    let sealed = seal_to(&identity, br#"{"id":7}"#, Packing::Plain);
    let plaintext = age_plaintext(&identity, &sealed);
    // `tail -n +2`: everything after the first line is JSON to any reader.
    let line_end = plaintext.iter().position(|byte| *byte == b'\n').unwrap();
    let value: serde_json::Value = serde_json::from_slice(&plaintext[line_end + 1..]).unwrap();
    assert_eq!(value["id"], 7);
}

#[test]
fn packs_night_logs_so_that_gunzip_reads_them_and_pads_by_twelve_percent_at_most() {
    let identity = SealIdentity::generate();
    // Incompressible content, so that its length is that of the packed form.
    let content = crate::entropy::Entropy::seeded_for_simulation(3).bytes::<9_000>().unwrap();
    let plaintext = age_plaintext(&identity, &seal_to(&identity, &content, Packing::Compressed));
    assert!(plaintext.starts_with(b"usc1 z "));
    let mut out = Vec::new();
    GzDecoder::new(&plaintext[16..]).read_to_end(&mut out).unwrap();
    assert_eq!(out, content, "the decoder stops where the content ends");
    assert_eq!(open(&identity, &seal_to(&identity, &content, Packing::Compressed)).unwrap().as_slice(), content);
    for length in (512..200_000).step_by(97) {
        let padded = padme(length);
        assert!(padded >= length && (padded - length) * 100 <= length * 12, "{length} becomes {padded}");
    }
}

#[test]
fn says_damaged_for_every_flipped_byte() {
    let identity = SealIdentity::generate();
    let sealed = seal_to(&identity, b"{\"id\":1}", Packing::Plain);
    for position in 0..sealed.len() {
        let mut damaged = sealed.clone();
        damaged[position] ^= 0x04;
        assert!(open(&identity, &damaged).is_err(), "byte {position} of {}", sealed.len());
    }
    assert_eq!(open(&identity, b"").unwrap_err(), SealFault::Damaged);
}

#[test]
fn does_not_guess_at_a_newer_packing() {
    assert_eq!(unpack(b"usc2 j 00000002\n{}").unwrap_err(), SealFault::TooNew);
    assert_eq!(unpack(b"usc1 q 00000002\n{}").unwrap_err(), SealFault::TooNew);
    assert_eq!(unpack(b"usc1 j 00000009\n{}").unwrap_err(), SealFault::Damaged);
    assert_eq!(unpack(b"usc1 j xxxxxxxx\n{}").unwrap_err(), SealFault::Damaged);
}

#[test]
fn refuses_to_unpack_a_bomb() {
    let identity = SealIdentity::generate();
    let zeros = vec![0; usize::try_from(MOST_BYTES).unwrap() + 1];
    let sealed = seal_to(&identity, &zeros, Packing::Compressed);
    assert!(sealed.len() < 20_000);
    assert_eq!(open(&identity, &sealed).unwrap_err(), SealFault::Damaged);
}

proptest::proptest! {
    #[test]
    fn any_content_comes_back(content in proptest::collection::vec(proptest::num::u8::ANY, 0..3_000)) {
        for packing in [Packing::Plain, Packing::Compressed] {
            let back = unpack(&pack(&content, packing).unwrap()).unwrap();
            proptest::prop_assert_eq!(back.as_slice(), &content[..]);
        }
    }

    #[test]
    fn any_plaintext_is_read_without_a_panic(
        kind in "usc[12] [jzx] [0-9]{8}\n", rest in proptest::collection::vec(proptest::num::u8::ANY, 0..600)
    ) {
        let plaintext = [kind.as_bytes(), &rest].concat();
        if let Ok(content) = unpack(&plaintext) {
            proptest::prop_assert!(content.len() as u64 <= MOST_BYTES);
        }
    }
}
