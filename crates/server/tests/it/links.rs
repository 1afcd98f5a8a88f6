//! Links and mentions of documents have existing targets.

use std::{
    fs,
    path::{Path, PathBuf},
};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// All files below a folder whose names end with this, without build results and installed packages.
fn files(folder: &Path, endings: &[&str], found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if path.is_dir() {
            if !name.starts_with('.') && name != "target" && name != "node_modules" {
                files(&path, endings, found);
            }
        } else if endings.iter().any(|ending| name.ends_with(ending)) {
            found.push(path);
        }
    }
}

#[test]
fn every_relative_link_of_a_document_has_a_target() {
    let mut documents = Vec::new();
    files(&root(), &[".md"], &mut documents);
    let mut links = 0;
    for document in documents {
        // Text in backquotes is code.
        let text = fs::read_to_string(&document).unwrap();
        let text: String = text.lines().flat_map(|line| line.split('`').step_by(2).chain(["\n"])).collect();
        for target in text.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
            let target = target.split('#').next().unwrap_or_default();
            if target.is_empty() || target.contains(':') {
                continue;
            }
            links += 1;
            assert!(document.parent().unwrap().join(target).exists(), "{}: {target}", document.display());
        }
    }
    assert!(links > 20, "the search finds links");
}

#[test]
fn every_document_that_code_mentions_exists() {
    let mut sources = Vec::new();
    files(&root(), &[".rs", ".toml", ".mjs"], &mut sources);
    for source in sources {
        let text = fs::read_to_string(&source).unwrap();
        for rest in text.split("docs/").skip(1) {
            let name: String = rest.chars().take_while(|c| c.is_ascii_alphanumeric() || "-_./".contains(*c)).collect();
            if let Some((name, _)) = name.split_once(".md") {
                let document = root().join("docs").join(format!("{name}.md"));
                assert!(document.is_file(), "{}: docs/{name}.md", source.display());
            }
        }
    }
}
