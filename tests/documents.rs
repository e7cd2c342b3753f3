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
use appraise::{Code, Diagnostic, Diagnostics, Evaluation, Library, Rubric, decode};

use support::project;

/// Codes whose documents are too large to keep, or are no documents; `hostile.rs` and `cli.rs` make them.
const MADE: [Code; 6] = [
    Code::Unreadable,
    Code::TooLarge,
    Code::TooManyNodes,
    Code::TooManyIndicators,
    Code::TooManyPractices,
    Code::TooManySteps,
];

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
    check_bytes(kind, path, &fs::read(path).unwrap(), library)
}

fn check_bytes(kind: &str, path: &Path, bytes: &[u8], library: &Library) -> Diagnostics {
    let name = path.file_name().unwrap().to_str().unwrap();
    #[cfg(feature = "table")]
    if kind == "table" {
        return match table::decode(name, bytes) {
            Ok(text) => import(path, name, text),
            Err(diagnostics) => diagnostics,
        };
    }
    let text = match decode(name, bytes) {
        Ok(text) => text,
        Err(diagnostics) => return diagnostics,
    };
    match kind {
        "rubric" => return Rubric::check(name, text, library).diagnostics,
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
        _ => library.check(name, text).diagnostics,
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
    library.clone().read(&documents).swap_remove(0).diagnostics
}

/// The findings about a table, imported with the rubric `CODE.with.yaml` beside it, if there is one. A table that can be used becomes
/// a rubric in which no error is found, and no other warning.
#[cfg(feature = "table")]
fn import(path: &Path, name: &str, text: &str) -> Diagnostics {
    let mut options = table::Options::default();
    let beside = path.with_extension("with.yaml");
    options.from =
        beside.exists().then(|| Rubric::parse("from.yaml", &support::read(&beside), &Library::empty()).unwrap());
    let appraise::Checked { value: yaml, diagnostics } = table::import(name, text, &options);
    assert_eq!(yaml.is_none(), diagnostics.has_errors(), "{diagnostics}");
    if let Some(yaml) = yaml {
        let appraise::Checked { value: rubric, diagnostics: found } =
            Rubric::check("made.yaml", &yaml, &Library::empty());
        assert!(rubric.is_some(), "{found}");
        // A title above the table is no part of the rubric.
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

/// The findings that an edit of the document is proposed for, and the text with the first of these edits made.
fn edited<'f>(text: &str, found: &'f Diagnostics) -> Vec<(&'f Diagnostic, String)> {
    let own = found.iter().filter(|finding| finding.file == found.file());
    let made = own.flat_map(|finding| finding.edits.iter().map(move |edit| (finding, edit)));
    made.map(|(finding, edit)| {
        let mut mended = text.to_owned();
        mended.replace_range(edit.start..edit.end, &edit.text);
        (finding, mended)
    })
    .collect()
}

#[test]
fn an_edit_removes_the_finding_that_proposes_it() {
    let library = support::library();
    let mut shown = BTreeSet::new();
    for kind in KINDS {
        for path in support::files(&format!("tests/documents/{kind}")).iter().filter(|path| is_document(path)) {
            let found = check(kind, path, &library);
            let Ok(text) = fs::read_to_string(path) else { continue };
            for (finding, mended) in edited(&text, &found) {
                let left = check_bytes(kind, path, mended.as_bytes(), &library);
                let is_same = |other: &&Diagnostic| {
                    (other.code, &other.path, &other.message) == (finding.code, &finding.path, &finding.message)
                };
                let count = |all: &Diagnostics| all.iter().filter(is_same).count();
                assert!(
                    count(&left) < count(&found),
                    "{}: {}\n{}\n{mended}",
                    path.display(),
                    finding.message,
                    finding.help
                );
                shown.insert(finding.code.as_str());
            }
        }
    }
    for code in ["bad-date", "bad-language", "bad-version", "garbled-text", "leading-zero", "malformed-id", "not-text"]
    {
        assert!(shown.contains(code), "{code} has no edit in {shown:?}");
    }
    for code in
        ["unknown-key", "unknown-choice", "unknown-level", "unknown-indicator", "unknown-step", "unknown-member"]
    {
        assert!(shown.contains(code), "{code} has no edit in {shown:?}");
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

/// Codes that no short example can show.
const WITHOUT_EXAMPLE: [Code; 11] = [
    Code::Unreadable,
    Code::NotUtf8,
    Code::TooLarge,
    Code::TooDeep,
    Code::TooManyNodes,
    Code::TooManyIndicators,
    Code::TooManyPractices,
    Code::TooManySteps,
    Code::LongScale,
    Code::FaultyBase,
    Code::NotProven,
];

/// The keys of a document that an example leaves out.
fn frame(kind: &str) -> &'static [(&'static str, &'static str)] {
    match kind {
        "rubric" => &[
            ("id", "example"),
            ("version", "1.0.0"),
            ("title", "Example"),
            (
                "domains",
                "\n  - { id: planning, title: Planning, indicators: [{ id: plans, statement: Writes plans. }, \
                 { id: reviews, statement: Reviews plans. }] }\n  - { id: program, title: Program, \
                 indicators: [{ id: budget, statement: Keeps to the budget. }] }",
            ),
        ],
        "overlay" => &[("id", "district"), ("version", "1.0.0"), ("extends", "district_base")],
        "combined" => &[
            ("rubric", "{ id: small }"),
            ("employee", "{ id: E-1042, name: Jordan Rivera }"),
            ("evaluators", "[{ id: E-0100, name: Dana Cole, qualifications: [fiscal] }]"),
            ("period", "{ from: 2025-08-25, to: 2026-06-12 }"),
        ],
        "evaluation" => &[
            ("rubric", "{ id: small }"),
            ("employee", "{ id: E-1042, name: Jordan Rivera }"),
            ("evaluators", "[{ id: E-0007, name: Priya Shah }]"),
            ("period", "{ from: 2025-08-25, to: 2026-06-12 }"),
            ("ratings", "{ plans: has_met }"),
        ],
        _ => &[],
    }
}

/// The findings about an example, with the keys that the example leaves out written above it.
fn check_example(kind: &str, example: &str, library: &Library) -> Diagnostics {
    let has = |key: &str| example.lines().any(|line| line.starts_with(&format!("{key}:")));
    let missing = frame(kind).iter().filter(|(key, _)| !has(key) && (*key != "employee" || !has("organization")));
    let head: String = missing.map(|(key, value)| format!("{key}: {value}\n")).collect();
    let name = if kind == "table" { "example.csv" } else { "example.yaml" };
    check_bytes(kind, Path::new(name), format!("{head}{example}").as_bytes(), library)
}

/// The examples of a text: the kind of document and the text of each.
fn examples(text: &str) -> Vec<(&str, &str)> {
    let fenced = text.split("```").skip(1).step_by(2);
    fenced
        .map(|block| block.split_once('\n').unwrap())
        .map(|(info, text)| (info.split_once(' ').unwrap().1, text))
        .collect()
}

/// The faults of the two examples of a code.
fn wrong_with_examples(code: Code, library: &Library) -> Option<String> {
    let text = code.explanation();
    let examples = examples(&text);
    if WITHOUT_EXAMPLE.contains(&code) {
        return (!examples.is_empty()).then(|| format!("{code} has examples"));
    }
    let [(kind, wrong), (right_kind, right)] = examples[..] else { return Some(format!("{code} wants two examples")) };
    if kind != right_kind || !KINDS.contains(&kind) {
        return (kind != right_kind || cfg!(feature = "table")).then(|| format!("{code}: {kind}, {right_kind}"));
    }
    let found = check_example(kind, wrong, library);
    let mut of_code = found.iter().filter(|finding| finding.code == code).peekable();
    let severity = text.lines().find_map(|line| line.strip_prefix("Severity: ")).unwrap_or_default();
    if of_code.peek().is_none() || of_code.any(|finding| !severity.contains(&finding.severity.to_string())) {
        return Some(format!("the first example does not show {code}, {severity}\n{found}"));
    }
    let found = check_example(kind, right, library);
    let is_right = !found.has_errors() && found.iter().all(|finding| finding.code != code);
    (!is_right).then(|| format!("the second example of {code}:\n{found}"))
}

#[test]
fn the_first_example_of_a_code_shows_it_and_the_second_does_not() {
    let library = support::library();
    let wrong: Vec<String> = Code::ALL.iter().filter_map(|code| wrong_with_examples(*code, &library)).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

#[test]
fn a_warning_is_accepted_as_its_documentation_says() {
    let library = support::library();
    for code in Code::ALL {
        let text = code.explanation();
        let Some((kind, wrong)) = examples(&text).first().copied().filter(|(kind, _)| *kind != "table") else {
            continue;
        };
        let found = check_example(kind, wrong, &library);
        let warns =
            found.iter().any(|finding| finding.code == *code && finding.severity == appraise::Severity::Warning);
        assert!(!warns || text.contains(&format!("allow: [{{ code: {code}, because: ")) || wrong.contains("allow:"));
        if !warns || wrong.contains("allow:") {
            continue;
        }
        let accepted = format!("{wrong}allow: [{{ code: {code}, because: It is meant. }}]\n");
        let found = check_example(kind, &accepted, &library);
        assert!(found.iter().all(|finding| finding.code != *code), "{code}:\n{found}");
    }
}
