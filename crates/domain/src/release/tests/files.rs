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
