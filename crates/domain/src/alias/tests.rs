use super::*;
use proptest::prelude::*;
use serde_json::Value;
use std::collections::BTreeSet;

fn key() -> AliasKey {
    AliasKey::new(std::array::from_fn(|index| u8::try_from(index).expect("below 32")))
}

fn alias(text: &str) -> Alias {
    text.parse().expect("alias")
}

#[test]
fn makes_the_tokens_of_the_fixture() {
    let fixture: Value =
        serde_json::from_str(include_str!("../../tests/fixtures/week-2026-W11.json")).expect("fixture");
    let vectors = &fixture["expected"]["hmac_vectors"];
    let bytes = data_encoding::HEXLOWER.decode(vectors["key_hex"].as_str().expect("key").as_bytes()).expect("hex");
    let key = AliasKey::new(bytes.try_into().expect("32 bytes"));
    let epoch = vectors["epoch"].as_str().expect("epoch").parse().expect("year");
    let unit = fixture["team"].as_str().expect("team");
    let tokens = vectors["tokens"].as_object().expect("tokens");
    assert_eq!(tokens.len(), 4);
    for (text, expected) in tokens {
        let token = person_token(&key, unit, epoch, &alias(text));
        assert_eq!(Some(token.to_hex().as_str()), expected.as_str(), "{text}");
    }
}

#[test]
fn separates_units_and_years() {
    let airone = alias("AIRONE-12");
    let here = person_token(&key(), "BS-U1", 2026, &airone);
    assert_ne!(here, person_token(&key(), "BS-U2", 2026, &airone));
    assert_ne!(here, person_token(&key(), "BS-U1", 2027, &airone));
    assert_ne!(here, person_token(&AliasKey::new([7; 32]), "BS-U1", 2026, &airone));
}

#[test]
fn v07_accepts_a_word_of_the_list_with_two_digits() {
    let words = AliasWords::italian();
    assert_eq!(Alias::parse(" airone-12 ", &words), Ok(alias("AIRONE-12")));
    // Full-width letters and digits are the same characters to a reader.
    assert_eq!(Alias::parse("ＡＩＲＯＮＥ-１２", &words), Ok(alias("AIRONE-12")));
    assert_eq!(Alias::parse("MARIA-12", &words), Err(AliasError::UnknownWord));
    for text in ["", "AIRONE", "AIRONE-1", "AIRONE-123", "AIRONE12", "-12", "AI RONE-12", "AIRONE-1A", "AIRONE-12-12"] {
        assert_eq!(Alias::parse(text, &words), Err(AliasError::Shape), "{text}");
    }
}

#[test]
fn debug_prints_the_type_only() {
    let airone = alias("AIRONE-12");
    assert_eq!(format!("{airone:?}"), "Alias");
    assert_eq!(format!("{:?}", key()), "AliasKey");
    assert_eq!(format!("{:?}", person_token(&key(), "BS-U1", 2026, &airone)), "PersonToken");
}

#[test]
fn a_token_travels_as_hex() {
    let token = person_token(&key(), "BS-U1", 2026, &alias("AIRONE-12"));
    let json = serde_json::to_string(&token).expect("json");
    assert_eq!(json, "\"eba9ce53f8fcc6d8368962e525096a8b\"");
    assert_eq!(serde_json::from_str::<PersonToken>(&json).ok(), Some(token));
    for bad in ["", "eba9", "EBA9CE53F8FCC6D8368962E525096A8B", "eba9ce53f8fcc6d8368962e525096a8b00"] {
        assert!(bad.parse::<PersonToken>().is_err(), "{bad}");
    }
}

#[test]
fn the_word_list_is_long_sorted_and_neutral() {
    let lines: Vec<&str> = include_str!("../alias_words_it.txt").lines().collect();
    assert!(lines.len() >= 2_000, "{} words", lines.len());
    assert!(lines.is_sorted_by(|a, b| a < b), "sorted, each word once");
    assert!(lines.iter().all(|word| (4..=11).contains(&word.len()) && word.bytes().all(|b| b.is_ascii_uppercase())));
    assert_eq!(AliasWords::italian().len(), lines.len());
    for used in [
        "AIRONE", "BETULLA", "CEDRO", "DELFINO", "EDERA", "FALCO", "GELSO", "IBIS", "LINCE", "MIRTO", "NIBBIO", "OLMO",
        "PINO", "QUERCIA", "RONDINE", "SALICE",
    ] {
        assert!(lines.contains(&used), "{used}");
    }
    // Words that mean or suggest people, bodies, places, the work, or an offence must never come in.
    for unfit in [
        "ALBA",
        "ALICE",
        "AURORA",
        "BIONDA",
        "BOCCIA",
        "CHIARA",
        "CREMA",
        "DONNA",
        "FARFALLA",
        "FINOCCHIO",
        "GAZZELLA",
        "LUCCIOLA",
        "LUPA",
        "MARGHERITA",
        "MORA",
        "NAPOLI",
        "PATATA",
        "PRATO",
        "RAZZA",
        "REGINA",
        "ROMA",
        "ROSA",
        "SQUILLO",
        "STAZIONE",
        "STRADA",
        "TROTA",
        "VACCA",
        "VETRINA",
        "VIA",
        "VIOLA",
    ] {
        assert!(!lines.contains(&unfit), "{unfit}");
    }
}

#[test]
fn proposes_three_words_that_nobody_uses_yet() {
    let words = AliasWords::italian();
    let used = BTreeSet::from([alias("AIRONE-12"), alias("BETULLA-03")]);
    let proposals = propose(&words, &used, &[0, 0, u32::MAX]);
    assert_eq!(proposals.len(), 3);
    let distinct: BTreeSet<&str> = proposals.iter().map(Alias::word).collect();
    assert_eq!(distinct.len(), 3, "three different words, whatever the random numbers");
    assert!(!distinct.contains("AIRONE") && !distinct.contains("BETULLA"));
}

#[test]
fn proposes_the_last_free_alias_and_then_none() {
    let words = AliasWords::new(["airone"]);
    let mut used: BTreeSet<Alias> = (0..99).map(|n| alias(&format!("AIRONE-{n:02}"))).collect();
    assert_eq!(propose(&words, &used, &[5, 6, 7]), [alias("AIRONE-99")]);
    used.insert(alias("AIRONE-99"));
    assert_eq!(propose(&words, &used, &[5]), []);
    assert_eq!(propose(&AliasWords::new([""]), &used, &[5]), []);
}

proptest! {
    #[test]
    fn proposals_are_free_and_different(
        used in prop::collection::btree_set((0..6_usize, 0..100_u32), 0..300),
        random in prop::array::uniform3(any::<u32>()),
    ) {
        let list = ["AIRONE", "CEDRO", "FALCO", "GELSO", "LINCE", "MIRTO"];
        let words = AliasWords::new(list);
        let used: BTreeSet<Alias> = used.iter().map(|(word, n)| alias(&format!("{}-{n:02}", list[*word]))).collect();
        let proposals = propose(&words, &used, &random);
        prop_assert_eq!(proposals.len(), 3);
        let distinct: BTreeSet<&Alias> = proposals.iter().collect();
        prop_assert_eq!(distinct.len(), 3);
        prop_assert!(proposals.iter().all(|proposal| !used.contains(proposal)));
        prop_assert_eq!(&propose(&words, &used, &random), &proposals);
    }

    #[test]
    fn any_text_is_read_without_panic(text in "\\PC{0,20}") {
        if let Ok(alias) = text.parse::<Alias>() {
            prop_assert_eq!(alias.as_str().parse::<Alias>().ok(), Some(alias.clone()), "reading is stable");
        }
    }
}
