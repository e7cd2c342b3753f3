//! The work of the fuzz targets on their bytes, and of `tests/fuzzed.rs` on every test document.

pub mod accepted;
pub mod choices;
pub mod tree;

use std::hash::{DefaultHasher, Hasher};
use std::sync::OnceLock;

use appraise::batch::{Batch, Document};
use appraise::{Checked, Code, Diagnostics, Evaluation, Library, Rubric, Severity, decode};

use self::choices::Choices;
use self::tree::Tree;

/// A target: its name, which that of its corpus is, and what it does.
pub type Target = (&'static str, fn(&[u8], Effort));

/// How much is done with what is accepted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effort {
    /// The document is scored, written, and read again. Scoring policies are not proven, and read under their key only.
    Least,
    /// Everything that there is.
    Whole,
}

impl Effort {
    /// The whole for one input in 64, always for the same: what is made of accepted documents takes a hundred times as long as
    /// to read what mostly is refused, and a fuzzer finds more in many inputs.
    pub fn of(bytes: &[u8]) -> Self {
        let mut hasher = DefaultHasher::new();
        hasher.write(bytes);
        if hasher.finish().is_multiple_of(64) { Self::Whole } else { Self::Least }
    }
}

pub const TARGETS: [Target; 7] = [
    ("rubric", rubric),
    ("overlay", overlay),
    ("evaluation", evaluation),
    ("policy", policy),
    ("ndjson", ndjson),
    ("structured", structured),
    ("paths", paths),
];

const CONNECTICUT: &str = "connecticut_school_social_work";
const RIVERSIDE: &str = include_str!("../../../examples/rubrics/riverside_school_counselor.yaml");

/// An evaluation under a scoring policy.
const NOVAK: &str = include_str!("../../../examples/evaluations/novak_scored.yaml");

/// The number of rubrics at the head of `SOUND` that the evaluations and policies are read with.
const AT_HAND: usize = 6;

/// Sound documents to be damaged: whether each is a rubric, and its text. They are small, so that much can be tried.
const SOUND: [(bool, &str); 15] = [
    (true, RIVERSIDE),
    (true, include_str!("../../../examples/rubrics/provo_school_social_work.yaml")),
    (true, include_str!("../../documents/rubrics/small.yaml")),
    (true, include_str!("../../documents/rubrics/scored.yaml")),
    (true, include_str!("../../../examples/rubrics/harlow_school_social_work.yaml")),
    (true, include_str!("../../documents/rubrics/observed.yaml")),
    (true, include_str!("../../policies/colorado.yaml")),
    (true, include_str!("../../policies/dc_impact.yaml")),
    (true, include_str!("../../../rubrics/connecticut_administrative_oversight.yaml")),
    (false, NOVAK),
    (false, include_str!("../../../examples/evaluations/rivera_self.yaml")),
    (false, include_str!("../../../examples/evaluations/okafor_interim.yaml")),
    (false, include_str!("../../../examples/evaluations/elm_hill_supports.yaml")),
    (false, include_str!("../../../examples/evaluations/santos_two_evaluators.yaml")),
    (false, include_str!("../../../examples/evaluations/okoye_harlow.yaml")),
];

/// The bundled rubrics, those of the examples and those of the test documents.
fn library() -> &'static Library {
    static LIBRARY: OnceLock<Library> = OnceLock::new();
    LIBRARY.get_or_init(|| {
        let mut library = Library::bundled();
        let named: Vec<(&str, &str)> = SOUND.iter().take(AT_HAND).map(|(_, text)| ("rubric.yaml", *text)).collect();
        for Checked { value: rubric, diagnostics: found } in library.read(&named) {
            assert!(rubric.is_some(), "{found}");
        }
        library
    })
}

/// As above, for reading rubrics: with the least effort their policies are not proven.
fn library_for(effort: Effort) -> &'static Library {
    static UNPROVEN: OnceLock<Library> = OnceLock::new();
    match effort {
        Effort::Whole => library(),
        Effort::Least => UNPROVEN.get_or_init(|| library().clone().without_proof()),
    }
}

fn get(id: &str) -> Rubric {
    library().get(id).unwrap()
}

/// Any bytes as a rubric.
pub fn rubric(bytes: &[u8], effort: Effort) {
    let Ok(text) = decode("rubric.yaml", bytes) else { return };
    checked_rubric(text, effort);
}

fn checked_rubric(text: &str, effort: Effort) {
    let Checked { value: rubric, diagnostics: found } = Rubric::check("rubric.yaml", text, library_for(effort));
    accepted::found(text, &found, rubric.is_some());
    if let Some(rubric) = rubric {
        accepted::rubric(&rubric, effort);
    }
}

/// Any bytes as a rubric that extends another, and as one of two that are read together.
pub fn overlay(bytes: &[u8], effort: Effort) {
    let Ok(text) = decode("overlay.yaml", bytes) else { return };
    let Checked { value: rubric, diagnostics: found } = Rubric::check("overlay.yaml", text, library_for(effort));
    accepted::found(text, &found, rubric.is_some());
    let mut known = library_for(effort).clone();
    let base = SOUND.get(2).map_or("", |(_, text)| *text);
    let mut read = known.read(&[("overlay.yaml", text), ("small.yaml", base)]);
    let Checked { value: rubric, diagnostics: found } = read.swap_remove(0);
    accepted::found(text, &found, rubric.is_some());
    if let Some(rubric) = rubric {
        accepted::rubric(&rubric, effort);
    }
}

/// Any bytes as an evaluation: for the rubric that it names, for Connecticut's, and for one with a scoring policy.
pub fn evaluation(bytes: &[u8], effort: Effort) {
    let Ok(text) = decode("evaluation.yaml", bytes) else { return };
    checked_evaluation(text, effort);
}

fn checked_evaluation(text: &str, effort: Effort) {
    let own = library().check("evaluation.yaml", text);
    let other = |id: &str| Evaluation::check("evaluation.yaml", text, &get(id));
    for Checked { value: evaluation, diagnostics: found } in
        [own, other(CONNECTICUT), other("riverside_school_counselor")]
    {
        accepted::found(text, &found, evaluation.is_some());
        if let Some(evaluation) = evaluation {
            accepted::evaluation(&evaluation, effort);
        }
    }
}

/// Any bytes as the scoring policy of a rubric, under its key and alone.
pub fn policy(bytes: &[u8], effort: Effort) {
    let Ok(text) = decode("policy.yaml", bytes) else { return };
    let under_key =
        text.lines().fold("extends: small@1\nid: s\nversion: 1.0.0\ntitle: S\nscoring:\n".to_owned(), |above, line| {
            above + "  " + line + "\n"
        });
    checked_rubric(&under_key, effort);
    if effort == Effort::Least {
        return;
    }
    for id in ["small", "riverside_school_counselor"] {
        let Checked { value: rubric, diagnostics: found } = get(id).with_policy("policy.yaml", text);
        accepted::found(text, &found, rubric.is_some());
        let Some(rubric) = rubric else { continue };
        assert_eq!(rubric.fingerprint(), get(id).fingerprint());
        accepted::rubric(&rubric, effort);
    }
    let scored = library().check("novak.yaml", NOVAK).value.unwrap().score();
    if let Some(other) = scored.what_if("policy.yaml", text).value {
        other.differences();
    }
}

/// Any bytes as evaluations a line each, as `batch` reads them. With the least effort the first eight: a long document of another
/// form has a finding in each of its lines.
pub fn ndjson(bytes: &[u8], effort: Effort) {
    static BATCH: OnceLock<Batch> = OnceLock::new();
    let batch = BATCH.get_or_init(|| Batch::new(library().clone()));
    let most = if effort == Effort::Whole { usize::MAX } else { 8 };
    for (number, line) in (1..).zip(bytes.split(|byte| *byte == b'\n').take(most)) {
        let read = batch.evaluation(&Document::new("all.ndjson", line).at_line(number));
        let alone = batch.evaluation(&Document::new("all.ndjson", line));
        let found = match (&read, &alone) {
            (Ok(read), Ok(alone)) => {
                assert_eq!(read.fingerprint(), alone.fingerprint());
                read.diagnostics().clone()
            }
            (Err(read), Err(_)) => read.clone(),
            _ => panic!("a line is read otherwise than a file"),
        };
        // A line may hold what counts as an end of line elsewhere; its findings are below the lines above it.
        assert!(found.iter().all(|finding| finding.start.line >= number), "{found}");
        assert_eq!(found.to_string().is_empty(), found.is_empty());
        if let Ok(evaluation) = read {
            accepted::evaluation(&evaluation, effort);
        }
    }
}

/// A sound document, damaged as the bytes say.
pub fn structured(bytes: &[u8], effort: Effort) {
    let mut choices = Choices(bytes);
    let (is_rubric, tree) = damaged(&mut choices, &SOUND);
    if is_rubric {
        checked_rubric(&tree.yaml(), effort);
        agree(&tree, |name, text| {
            let Checked { value: rubric, diagnostics: found } = Rubric::check(name, text, library_for(effort));
            Checked { value: rubric.map(|rubric| rubric.fingerprint().to_owned()), diagnostics: found }
        });
    } else {
        checked_evaluation(&tree.json(), effort);
        read_alike(&tree);
    }
}

fn damaged(choices: &mut Choices<'_>, documents: &[(bool, &str)]) -> (bool, Tree) {
    static TREES: OnceLock<Vec<(&'static str, Tree)>> = OnceLock::new();
    let trees = TREES.get_or_init(|| SOUND.iter().map(|(_, text)| (*text, Tree::of(text).unwrap())).collect());
    let (is_rubric, text) = documents.get(choices.below(documents.len())).copied().unwrap();
    let mut tree = trees.iter().find(|(other, _)| *other == text).map(|(_, tree)| tree.clone()).unwrap();
    tree.damage(choices);
    (is_rubric, tree)
}

/// The ways an evaluation is read agree: JSON that is sound is read straight into the document, all else through a tree
/// that knows the places. A faster way for JSON has to keep this too.
///
/// Bytes that begin with a brace are JSON, or nearly; those that are a YAML document are that document in both forms; all
/// others are choices, by which a sound evaluation is damaged.
pub fn paths(bytes: &[u8], _: Effort) {
    if bytes.first() == Some(&b'{') {
        if let Ok(text) = std::str::from_utf8(bytes) {
            raw_paths(text);
        }
        return;
    }
    // The second reader takes long over what is nested deeply.
    let text = std::str::from_utf8(bytes).ok().filter(|text| text.len() < 20_000 && !text.contains("[[[["));
    match text.and_then(Tree::of) {
        Some(tree @ Tree::Map(_)) => read_alike(&tree),
        _ => {
            let evaluations: Vec<(bool, &str)> = SOUND.into_iter().filter(|(is_rubric, _)| !is_rubric).collect();
            read_alike(&damaged(&mut Choices(bytes), &evaluations).1);
        }
    }
}

/// JSON and the same text with a line before it that only YAML may have: it is then read through the tree.
fn raw_paths(text: &str) {
    let is_json = serde_json::from_str::<serde::de::IgnoredAny>(text).is_ok();
    // YAML has other escapes, refuses some characters, breaks lines at others and knows no long key on one line.
    if !is_json
        || text.contains('\\')
        || text.contains(tree::is_refused)
        || text.contains(['\t', '\u{85}', '\u{2028}', '\u{2029}'])
    {
        let Checked { value: evaluation, diagnostics: found } = library().check("e.json", text);
        accepted::found(text, &found, evaluation.is_some());
        return;
    }
    let Checked { value: json, diagnostics: found_in_json } = library().check("e.json", text);
    let Checked { value: yaml, diagnostics: found_in_yaml } = library().check("e.yaml", &format!("# not JSON\n{text}"));
    same("the text", text, (&json, &found_in_json), (&yaml, &found_in_yaml));
}

fn read_alike(tree: &Tree) {
    agree(tree, |name, text| {
        let Checked { value: evaluation, diagnostics: found } = library().check(name, text);
        Checked { value: evaluation.map(|evaluation| comparable(&evaluation)), diagnostics: found }
    });
}

/// The same data reads as the same from JSON and from YAML: what comes of it, and what is found in which part of it.
fn agree<T: PartialEq + std::fmt::Debug>(tree: &Tree, check: impl Fn(&str, &str) -> Checked<T>) {
    if !tree.is_plain_in_yaml() {
        return;
    }
    let text = tree.json();
    let Checked { value: json, diagnostics: found_in_json } = check("e.json", &text);
    let Checked { value: yaml, diagnostics: found_in_yaml } = check("e.yaml", &tree.yaml());
    assert_eq!(json, yaml, "{found_in_json}\n{found_in_yaml}\n{text}");
    assert_eq!(places(&found_in_json), places(&found_in_yaml), "{found_in_json}\n{found_in_yaml}\n{text}");
}

fn same(what: &str, text: &str, json: (&Option<Evaluation>, &Diagnostics), yaml: (&Option<Evaluation>, &Diagnostics)) {
    assert_eq!(
        json.0.as_ref().map(comparable),
        yaml.0.as_ref().map(comparable),
        "{what}\n{}\n{}\n{text}",
        json.1,
        yaml.1
    );
    assert_eq!(places(json.1), places(yaml.1), "{what}\n{text}");
}

/// Everything that is computed from an evaluation, without the findings, which have places.
fn comparable(evaluation: &Evaluation) -> (String, serde_json::Value) {
    let mut scorecard = serde_json::to_value(evaluation.score()).unwrap();
    scorecard.as_object_mut().unwrap().remove("diagnostics");
    (evaluation.fingerprint().to_owned(), scorecard)
}

/// The findings with their places, in any order: the places of two forms of one document are in different orders where a
/// finding is about a missing value.
fn places(found: &Diagnostics) -> Vec<(Code, Severity, String)> {
    let mut places: Vec<_> =
        found.iter().map(|finding| (finding.code, finding.severity, finding.path.clone())).collect();
    places.sort_by_key(|(code, severity, path)| (code.as_str(), severity.to_string(), path.clone()));
    places
}
