//! Every code is shown by a document, and by one nearly the same that does not show it.
//!
//! `tests/documents/KIND/CODE.yaml` (a table is `.csv`), or `CODE--what.yaml`, has at least one finding with that code;
//! `CODE.txt` beside it is everything found, drawn, and then each finding's code, severity, path, start and end.
//! `CODE.ok.yaml` is clean. What is read along with a document is in `CODE.with.yaml`, `CODE.with2.yaml` beside it. Adding a
//! case is adding a file.

#![allow(clippy::panic, clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod support;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

#[cfg(feature = "table")]
use appraise::table;
use appraise::{Code, Diagnostics, Evaluation, Library, Rubric, decode};

use support::project;

/// Codes whose documents are too large to keep, or are no documents; `hostile.rs` and `cli.rs` make them.
const MADE: [Code; 5] =
    [Code::Unreadable, Code::TooLarge, Code::TooManyNodes, Code::TooManyIndicators, Code::TooManySteps];

#[cfg(feature = "table")]
/// The documents of `combined` are combined with the one in `combined/first`.
const KINDS: [&str; 5] = ["rubric", "overlay", "evaluation", "combined", "table"];
#[cfg(not(feature = "table"))]
const KINDS: [&str; 4] = ["rubric", "overlay", "evaluation", "combined"];

/// Codes that only the documents of a kind that is left out show.
fn is_left_out(code: Code) -> bool {
    !cfg!(feature = "table") && project("tests/documents/table").join(format!("{code}.csv")).exists()
}

fn check(kind: &str, path: &Path, library: &Library) -> Diagnostics {
    let name = path.file_name().unwrap().to_str().unwrap();
    let bytes = fs::read(path).unwrap();
    #[cfg(feature = "table")]
    if kind == "table" {
        return match table::decode(name, &bytes) {
            Ok(text) => import(name, text),
            Err(diagnostics) => diagnostics,
        };
    }
    let text = match decode(name, &bytes) {
        Ok(text) => text,
        Err(diagnostics) => return diagnostics,
    };
    match kind {
        "rubric" => return Rubric::check(name, text, library).1,
        "overlay" => return check_along(path, name, text, library),
        _ => {}
    }
    match library.rubric_for(name, text) {
        Ok(rubric) if kind == "combined" => {
            let first = support::read(support::project("tests/documents/combined/first/first.yaml"));
            let (_, mut found) = Evaluation::combine(&[("first.yaml", &first), (name, text)], &rubric);
            assert!(found.remove(0).is_empty(), "the first is clean");
            found.remove(0)
        }
        _ => library.check(name, text).1,
    }
}

/// Checks a rubric together with what is read along with it.
fn check_along(path: &Path, name: &str, text: &str, library: &Library) -> Diagnostics {
    let stem = path.file_stem().unwrap().to_str().unwrap();
    let companions = support::files("tests/documents/overlay").into_iter().filter(|other| {
        let other = other.file_name().unwrap().to_str().unwrap();
        other.strip_prefix(stem).is_some_and(|rest| rest.starts_with(".with"))
    });
    let companions: Vec<(String, String)> =
        companions.map(|path| (path.file_name().unwrap().to_str().unwrap().to_owned(), support::read(path))).collect();
    let mut documents = vec![(name, text)];
    documents.extend(companions.iter().map(|(name, text)| (name.as_str(), text.as_str())));
    library.clone().read(&documents).swap_remove(0).1
}

/// What is found in a table; one that can be used becomes a rubric in which no error is found, and no other warning.
#[cfg(feature = "table")]
fn import(name: &str, text: &str) -> Diagnostics {
    let (yaml, diagnostics) = table::import(name, text, &table::Options::default());
    assert_eq!(yaml.is_none(), diagnostics.has_errors(), "{diagnostics}");
    if let Some(yaml) = yaml {
        let (rubric, found) = Rubric::check("made.yaml", &yaml, &Library::empty());
        assert!(rubric.is_some(), "{found}");
        // What stands above the table is no part of the rubric.
        let of_both = |code: &Code| *code != Code::TitleRow;
        let codes = |all: &Diagnostics| all.iter().map(|finding| finding.code).filter(of_both).collect::<Vec<_>>();
        assert_eq!(codes(&found), codes(&diagnostics), "{yaml}\n{found}");
    }
    diagnostics
}

/// `duplicate-id--across-tiers.yaml` is about `duplicate-id`.
fn code_of(path: &Path) -> &str {
    let name = path.file_name().unwrap().to_str().unwrap();
    let stem = name.split('.').next().unwrap();
    stem.split("--").next().unwrap()
}

fn is_document(path: &Path) -> bool {
    let is_companion = path.file_stem().unwrap().to_str().unwrap().contains(".with");
    let is_text = path.extension().is_some_and(|ending| ending == "yaml" || ending == "json" || ending == "csv");
    is_text && !is_companion
}

fn is_clean(path: &Path) -> bool {
    path.file_stem().unwrap().to_str().unwrap().ends_with(".ok")
}

#[test]
fn every_document_shows_its_code_as_expected() {
    let library = support::library();
    for kind in KINDS {
        for path in support::files(&format!("tests/documents/{kind}"))
            .iter()
            .filter(|path| is_document(path) && !is_clean(path))
        {
            let diagnostics = check(kind, path, &library);
            let code = code_of(path);
            assert!(
                diagnostics.iter().any(|finding| finding.code.as_str() == code),
                "{} shows no {code}:\n{diagnostics}",
                path.display()
            );
            let mut actual = diagnostics.to_string();
            actual.push('\n');
            for finding in &diagnostics {
                let (start, end) = (finding.start, finding.end);
                let base = if finding.file == diagnostics.file() { "" } else { "in the base: " };
                actual.push_str(&format!(
                    "{base}{} {} `{}` {}:{} to {}:{}\n",
                    finding.severity, finding.code, finding.path, start.line, start.column, end.line, end.column
                ));
            }
            support::expect(path.with_extension("txt"), &actual);
        }
    }
}

#[test]
fn every_clean_document_is_clean() {
    let library = support::library();
    for kind in KINDS {
        for path in
            support::files(&format!("tests/documents/{kind}")).iter().filter(|path| is_document(path) && is_clean(path))
        {
            let diagnostics = check(kind, path, &library);
            assert!(diagnostics.is_empty(), "{}:\n{diagnostics}", path.display());
        }
    }
}

#[test]
fn every_code_has_a_document_that_shows_it_and_one_that_does_not() {
    let mut shown = BTreeSet::new();
    let mut clean = BTreeSet::new();
    for kind in KINDS {
        for path in support::files(&format!("tests/documents/{kind}")).iter().filter(|path| is_document(path)) {
            let code = code_of(path).to_owned();
            assert!(Code::ALL.iter().any(|known| known.as_str() == code), "{} is named for no code", path.display());
            if is_clean(path) {
                clean.insert(code)
            } else {
                shown.insert(code)
            };
        }
    }
    let missing = |there: &BTreeSet<String>| -> Vec<&str> {
        let all =
            Code::ALL.iter().filter(|code| !MADE.contains(code) && !is_left_out(**code)).map(|code| code.as_str());
        all.filter(|code| !there.contains(*code)).collect()
    };
    assert_eq!(missing(&shown), [""; 0], "codes without a document that shows them");
    assert_eq!(missing(&clean), [""; 0], "codes without a document that is nearly the same and clean");
}

#[test]
fn every_expected_output_has_a_document() {
    for kind in KINDS {
        for path in support::files_ending(&format!("tests/documents/{kind}"), ".txt") {
            let there = ["yaml", "json", "csv"].iter().any(|ending| path.with_extension(ending).exists());
            assert!(there, "{} belongs to no document", path.display());
        }
    }
}
