//! Helpers of several tests: the project's files, and expected outputs that lie beside their inputs.

#![allow(dead_code, unreachable_pub, reason = "each test uses a part of it")]
#![allow(clippy::panic, clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::fs;
use std::path::{Path, PathBuf};

use appraise::{Checked, Evaluation, Library, Rubric};

/// A path in the project.
pub fn project(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// The files of a folder, by name.
pub fn files(folder: &str) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = fs::read_dir(project(folder))
        .unwrap_or_else(|error| panic!("{folder}: {error}"))
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.is_file())
        .collect();
    files.sort();
    files
}

/// The files of a folder whose name ends so.
pub fn files_ending(folder: &str, ending: &str) -> Vec<PathBuf> {
    files(folder).into_iter().filter(|path| path.to_str().unwrap().ends_with(ending)).collect()
}

pub fn read(path: impl AsRef<Path>) -> String {
    let path = path.as_ref();
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Compares with a committed file. `cargo bless` rewrites it instead.
pub fn expect(path: impl AsRef<Path>, actual: &str) {
    let path = path.as_ref();
    if std::env::var_os("APPRAISE_BLESS").is_some() {
        fs::write(path, actual).unwrap();
        return;
    }
    let expected = fs::read_to_string(path).unwrap_or_default();
    assert!(
        expected == actual,
        "{} is not what it was; if it is right now, `cargo bless` writes it.\n--- expected\n{expected}\n--- actual\n{actual}",
        path.display(),
    );
}

/// The bundled rubrics and those of the test documents; the old ones are there to be compared with.
pub fn library() -> Library {
    let mut library = library_with(&["tests/documents/rubrics"]);
    for path in files("tests/documents/rubrics/old") {
        library.add_old(rubric(path));
    }
    library
}

/// The bundled rubrics and those of the examples.
pub fn library_of_examples() -> Library {
    library_with(&["examples/rubrics"])
}

fn library_with(folders: &[&str]) -> Library {
    let named = |path: PathBuf| (path.file_name().unwrap().to_str().unwrap().to_owned(), read(&path));
    let texts: Vec<(String, String)> = folders.iter().flat_map(|folder| files(folder)).map(named).collect();
    let documents: Vec<(&str, &str)> = texts.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    let mut library = Library::bundled();
    for Checked { value: rubric, diagnostics: found } in library.read(&documents) {
        assert!(rubric.is_some(), "{found}");
    }
    library
}

/// A rubric by its file, which is sound.
pub fn rubric(path: impl AsRef<Path>) -> Rubric {
    let name = path.as_ref().file_name().unwrap().to_str().unwrap().to_owned();
    Rubric::parse(&name, &read(path), &Library::empty()).unwrap_or_else(|found| panic!("{found}"))
}

/// A sound rubric from its text.
pub fn parsed(text: &str) -> Rubric {
    Rubric::parse("r.yaml", text, &Library::empty()).unwrap_or_else(|found| panic!("{found}"))
}

/// A draft by a rubric with the id `r`, with ratings as they stand between the braces; it is sound.
pub fn draft(rubric: &Rubric, ratings: &str) -> Evaluation {
    let text = format!(
        "rubric: {{ id: r }}\nemployee: {{ id: E-1, name: Ann }}\nevaluators: [{{ id: E-2, name: Bo }}]\n\
         period: {{ from: 2025-08-25, to: 2026-06-12 }}\nratings: {{ {ratings} }}"
    );
    Evaluation::parse("e.yaml", &text, rubric).unwrap_or_else(|found| panic!("{found}"))
}
