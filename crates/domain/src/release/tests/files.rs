//! The files of a release.

use super::super::file::{self, ReleaseFormat};
use super::super::sheet::Sheet;
use super::*;

fn release(records: &Records) -> Release {
    let mut programme = programme();
    programme.name = "Città & <b>notte</b>".into();
    make(records, &programme, &History::default(), &wish("A", weekly(11)), &stamp()).expect("made").release
}

fn written(release: &Release, format: ReleaseFormat) -> Vec<u8> {
    file::write(&release.to_bytes().expect("bytes"), release, format).expect("file")
}

#[test]
fn the_same_release_gives_the_same_bytes_in_every_format() {
    let release = release(&records(&[(11, [6, 7, 2])]));
    for format in ReleaseFormat::ALL {
        let bytes = written(&release, *format);
        assert_eq!(bytes, written(&release, *format), "{format}");
        assert!(!bytes.is_empty());
    }
    assert_eq!(file::name(&release, ReleaseFormat::Xlsx, 1), "rilascio-1-2026-W11.xlsx");
    assert_eq!(file::name(&release, ReleaseFormat::Page, 2), "rilascio-1-2026-W11-2.html");
}

/// What every machine writes of the release of the test below, whatever its clock, zone, language or user: SHA-256.
const EVERYWHERE: [(&str, &str); 4] = [
    ("page", "838cc46a956c29c2ae22f038484cfb3278645d243dc939f8f9b44b8edc05b136"),
    ("xlsx", "4f29afb3298239c2ae8fea248fa4e8ea1e4a10bb18c2179badf99ab08ad29b3a"),
    ("csv", "55e60dd0500b3035afb0902a655ab7fef604d1a93cc43cc0e8e54e19a452e1af"),
    ("json", "cef4b32a4568f19f43ff7ea397ef900ec6241813c19f0ad28b053378e7ea2952"),
];

#[test]
fn every_machine_writes_the_same_bytes_of_the_same_release() {
    let release = release(&records(&[(11, [6, 7, 2])]));
    let digest = |format: &ReleaseFormat| (format.code(), Digest::of(&written(&release, *format)).to_string());
    let digests: Vec<(&str, String)> = ReleaseFormat::ALL.iter().map(digest).collect();
    let expected = EVERYWHERE.map(|(code, digest)| (code, digest.to_owned()));
    assert_eq!(
        digests, expected,
        "words, style or library changed: what was given before is written otherwise from now on"
    );
}

#[test]
fn the_page_says_what_is_hidden_and_never_why() {
    let release = release(&records(&[(11, [6, 7, 2])]));
    let page = String::from_utf8(written(&release, ReleaseFormat::Page)).expect("text");
    assert!(page.contains("Città &#38; &#60;b&#62;notte"), "{page}");
    assert!(!page.contains("<b>notte"), "a name is text");
    assert!(page.contains("n.p.") && page.contains("Soglia k = 5"));
    for inside in ["complement", "small", "ricaverebbe dal totale", "<script", "http:", "https:", "url("] {
        assert!(!page.contains(inside), "{inside}");
    }
}

#[test]
fn bars_have_the_scale_of_their_table_and_hidden_cells_have_none() {
    let release = release(&records(&[(11, [12, 6, 2])]));
    let sheet = Sheet::of(&release, &Digest::of(b""));
    let block = sheet.blocks.iter().find(|block| block.title == "Accessi allo sportello").expect("desk topics");
    let bars: Vec<Option<u16>> = block.lines.iter().filter(|line| line.value != "0").map(|line| line.bar).collect();
    assert_eq!(bars, [Some(1000), None, None]);
    assert!(block.lines.iter().filter(|line| line.value == "0").all(|line| line.bar == Some(0)), "zero is drawn");
    assert!(
        block.lines.iter().filter(|line| line.is_hidden).all(|line| line.value == "n.p." && line.width().is_empty())
    );
    assert_eq!(block.total.as_ref().map(|total| total.value.as_str()), Some("20"));
}

#[test]
fn a_fingerprint_is_read_in_fours() {
    assert_eq!(words::fingerprint(&Digest::of(b"")), "e3b0 c442 98fc 1c14");
}
