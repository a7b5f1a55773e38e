//! Writes the map of commands beside the types that `ts-rs` writes.

use super::typescript;
use std::path::PathBuf;

#[test]
fn export_bindings_commands() {
    let folder = std::env::var_os("TS_RS_EXPORT_DIR").map(PathBuf::from).expect("set by .cargo/config.toml");
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("Commands.ts"), typescript()).unwrap();
    let text = typescript();
    assert!(text.contains("status: { args: Nothing; result: SessionView }"), "{text}");
    assert!(text.contains("outings: { args: Nothing; result: Array<OutingSummaryView> }"), "{text}");
    let imported = text.matches("import type").count();
    assert!(imported > 30 && !text.contains("import type { Array"), "{text}");
}
