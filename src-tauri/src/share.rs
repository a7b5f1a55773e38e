//! Which file an answer of the notebook puts in the hands of others: on a phone the share sheet carries it on.

use serde_json::Value;
use std::path::Path;

/// The file that an answer names, if it lies in the shared folder.
pub(crate) fn file_for_others<'a>(answer: &'a Value, folder: &Path) -> Option<&'a Path> {
    let path = Path::new(answer.get("path")?.as_str()?);
    (path.parent() == Some(folder)).then_some(path)
}

#[cfg(test)]
mod tests {
    use super::file_for_others;
    use serde_json::json;
    use std::path::Path;

    #[test]
    fn finds_a_file_of_the_shared_folder() {
        let answer = json!({ "file_name": "ab2c.uscita", "path": "/cache/shared/ab2c.uscita" });
        assert_eq!(file_for_others(&answer, Path::new("/cache/shared")), Some(Path::new("/cache/shared/ab2c.uscita")));
    }

    #[test]
    fn gives_nothing_from_elsewhere() {
        let folder = Path::new("/cache/shared");
        for path in ["/data/notebook.db", "/cache/shared", "/cache/shared/../notebook.db", "ab2c.uscita", ""] {
            assert_eq!(file_for_others(&json!({ "path": path }), folder), None, "{path}");
        }
        assert_eq!(file_for_others(&json!({ "path": 1 }), folder), None);
        assert_eq!(file_for_others(&json!(null), folder), None);
    }
}
