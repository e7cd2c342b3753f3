//! A second opinion on scoring: thousands of random rubrics, policies and evaluations, scored by the library and by a slow
//! engine that is written from the specification and shares nothing with it.

#![allow(clippy::panic, clippy::unwrap_used, clippy::indexing_slicing, reason = "a test that cannot go on fails")]
#![allow(unreachable_pub, reason = "its modules are its own")]

mod engine;
mod generate;
mod shrink;
#[path = "../support/mod.rs"]
mod support;
mod tools;

use std::collections::BTreeMap;

use appraise::{Checked, Code, Diagnostic, Evaluation, Library, Rubric, Scorecard, Severity};
use engine::Engine;
use num_rational::BigRational;
use serde_json::{Value, json};

const RUBRICS: u64 = 1_200;
const EVALUATIONS: u64 = 3;

/// A result, without the reasons.
fn shown(subject: Option<&str>, outcome: &engine::Outcome) -> Value {
    let exact = |score: &BigRational| score.to_string();
    json!({
        "subject": subject, "status": outcome.status, "score": outcome.score.as_ref().map(exact),
        "rating": outcome.rating, "flags": outcome.flags,
    })
}

fn ours(evaluation: &Evaluation) -> Value {
    results(&evaluation.score())
}

fn results(scorecard: &Scorecard) -> Value {
    let result = |outcome: &appraise::Outcome| {
        assert_eq!(outcome.score.is_some() || outcome.rating.is_some(), outcome.status.as_str() == "scored");
        json!({
            "subject": outcome.subject, "status": outcome.status.as_str(),
            "score": outcome.score.as_ref().map(ToString::to_string),
            "rating": outcome.rating.as_ref().map(|level| &level.id), "flags": outcome.flags,
        })
    };
    scorecard
        .steps()
        .iter()
        .map(|step| json!({ "step": step.id, "results": step.results.iter().map(result).collect::<Vec<_>>() }))
        .collect()
}

fn theirs(rubric: &Value, evaluation: &Value) -> Value {
    let Some(rubric) = engine::scored(rubric, evaluation) else { return json!([]) };
    let steps = Engine::new(&rubric, evaluation).all().into_iter();
    steps
        .map(|(step, results)| {
            let results = results.iter().map(|(subject, outcome)| shown(subject.as_deref(), outcome));
            json!({ "step": step, "results": results.collect::<Vec<_>>() })
        })
        .collect()
}

/// Whether both engines take the documents and come to different results.
fn differ(document: &Value, given: &Value) -> bool {
    let library = Library::empty().without_proof();
    let Some(rubric) = Rubric::check("made.json", &document.to_string(), &library).value else { return false };
    let Some(evaluation) = Evaluation::check("made.json", &given.to_string(), &rubric).value else { return false };
    let theirs = std::panic::catch_unwind(|| theirs(document, given));
    theirs.is_ok_and(|theirs| theirs != ours(&evaluation))
}

#[test]
fn a_difference_is_shrunk_to_what_shows_it() {
    let (document, given) = (json!({ "steps": [1, 2, 3], "title": "T" }), json!({ "ratings": { "a": 1, "b": 2 } }));
    let has = |document: &Value, given: &Value| {
        document["steps"].as_array().is_some_and(|steps| steps.contains(&json!(2))) && given["ratings"]["b"] == 2
    };
    let shrunk = shrink::shrunk(&document, &given, has);
    assert_eq!(shrunk, (json!({ "steps": [2] }), json!({ "ratings": { "b": 2 } })));
}

#[test]
fn every_key_of_the_language_is_made() {
    fn keys(value: &Value, found: &mut std::collections::BTreeSet<String>) {
        match value {
            Value::Object(entries) => {
                found.extend(entries.keys().cloned());
                entries.values().for_each(|value| keys(value, found));
            }
            Value::Array(items) => items.iter().for_each(|value| keys(value, found)),
            Value::String(word) => found.extend([word.clone()]),
            _ => {}
        }
    }
    let mut found = std::collections::BTreeSet::new();
    (0..200).for_each(|seed| keys(&generate::rubric(seed), &mut found));
    let schema: Value = serde_json::from_str(&support::read(support::project("rubrics/schema/rubric.json"))).unwrap();
    let mut wanted = std::collections::BTreeSet::new();
    let parts = [
        "Scoring", "For", "Input", "Step", "Rescale", "Adjust", "Clamp", "Round", "Row", "Band", "Rule", "Matrix",
        "Cell", "EnteredHow", "Scale", "NumberScale", "NotRated", "Narrative", "Practice", "DeriveByNumber",
    ];
    let conditions = ["Limit", "Flag", "Count", "Share", "Rating", "Score", "Choice", "Known", "All", "Any", "Not"];
    for part in parts.iter().chain(&conditions) {
        let properties = schema["definitions"][part]["properties"].as_object().unwrap_or_else(|| panic!("{part}"));
        wanted.extend(properties.keys().cloned());
    }
    for choices in ["Take", "RoundingMode", "Each", "Missing", "DeriveByLevel"] {
        let list = schema["definitions"][choices]["oneOf"].as_array().unwrap_or_else(|| panic!("{choices}"));
        wanted.extend(list.iter().map(|choice| choice["const"].as_str().unwrap().to_owned()));
    }
    // Keys for pages and for goals.
    let made_otherwise = ["places", "description", "described"];
    let missing: Vec<_> = wanted.iter().filter(|key| !found.contains(*key)).collect();
    assert!(missing.iter().all(|key| made_otherwise.contains(&key.as_str())), "{missing:?}");
}

/// The second engine changes an entered rating, so the limits do not allow it, or comes to none.
fn forbids(rubric: &Value, evaluation: &Value) -> bool {
    let Some(rubric) = engine::scored(rubric, evaluation) else { return false };
    let engine = Engine::new(&rubric, evaluation);
    engine.all().into_iter().any(|(step, results)| {
        let entered = &evaluation["entered"][&step];
        results.iter().any(|(subject, outcome)| {
            let entry = subject.as_ref().map_or(entered, |subject| &entered[subject]);
            let was = entry["rating"].as_str();
            let is_changed = outcome.rating.is_some() && outcome.rating.as_deref() != was;
            was.is_some() && (is_changed || ["insufficient_evidence", "blocked"].contains(&outcome.status))
        })
    })
}

#[test]
fn both_engines_agree_on_every_result() {
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    let mut sound = 0;
    for seed in 0..RUBRICS {
        let document = generate::rubric(seed);
        let text = document.to_string();
        // The proofs of random policies are compared elsewhere; here they would take most of the time.
        let library = if seed % 25 == 0 { Library::empty() } else { Library::empty().without_proof() };
        let Checked { value: rubric, diagnostics: findings } = Rubric::check("made.json", &text, &library);
        let Some(rubric) = rubric else {
            // A policy with a hole may be refused; nothing else about one may be wrong.
            let is_wrong = |code: Code| ["wrong-kind", "misplaced-key", "unknown-rating"].contains(&code.as_str());
            // A step that has nothing to take or to count may be refused too, as another leaves all of its members out by its
            // own `under`.
            let holes = ["no member of this step lies under", "no result of `", "`step", "no indicator"];
            let is_left_out = |message: &str| holes.iter().any(|begin| message.starts_with(begin));
            let is_hole = |found: &Diagnostic| !is_wrong(found.code) || is_left_out(&found.message);
            // The fault is the policy's.
            let is_policys =
                |found: &Diagnostic| found.severity == Severity::Warning || found.path.starts_with("scoring");
            assert!(findings.iter().all(is_policys), "{findings}\n{text}");
            assert!(findings.iter().next().is_some() && findings.iter().all(is_hole), "{findings}\n{text}");
            continue;
        };
        sound += 1;
        if seed % 10 == 0 {
            let yaml = serde_yaml::to_string(&document).unwrap();
            let again = Rubric::parse("made.yaml", &yaml, &library).unwrap_or_else(|found| panic!("{found}"));
            assert_eq!(rubric.scoring_fingerprint(), again.scoring_fingerprint(), "{yaml}");
        }
        for number in 0..EVALUATIONS {
            let mut given = generate::evaluation(&document, seed * 1_000 + number);
            let mut read = Evaluation::check("made.json", &given.to_string(), &rubric);
            if read.diagnostics.iter().any(|finding| finding.code == Code::EmptyScope) {
                continue;
            }
            if read.diagnostics.iter().any(|finding| finding.code == Code::ForbiddenEntry) {
                assert!(forbids(&document, &given), "{}\n{text}\n{given}", read.diagnostics);
                *seen.entry("forbidden".to_owned()).or_default() += 1;
                given["entered"] = json!({});
                read = Evaluation::check("made.json", &given.to_string(), &rubric);
            }
            let evaluation = read.value.unwrap_or_else(|| panic!("{}\n{text}\n{given}", read.diagnostics));
            let (ours, theirs) = (ours(&evaluation), theirs(&document, &given));
            let scope =
                engine::scored(&document, &given).is_some_and(|rubric| rubric["scoring"]["for"]["scope"].is_array());
            if scope && ours.as_array().is_some_and(|steps| !steps.is_empty()) {
                *seen.entry("scored by the policy for a scope".to_owned()).or_default() += 1;
            }
            if document["scales"].is_object() && !ours.as_array().is_none_or(Vec::is_empty) {
                *seen.entry("scored with several scales".to_owned()).or_default() += 1;
            }
            let is_occasion = |step: &&Value| step["step"] == "occasion";
            let on_occasions = ours.as_array().into_iter().flatten().filter(is_occasion);
            let on_occasions = on_occasions.flat_map(|step| step["results"].as_array().unwrap());
            *seen.entry("scored on an occasion".to_owned()).or_default() +=
                on_occasions.filter(|result| result["status"] == "scored").count();
            if text.contains(r#""rated":true"#) && !ours.as_array().is_none_or(Vec::is_empty) {
                *seen.entry("scored with a part that is rated itself".to_owned()).or_default() += 1;
            }
            if ours != theirs {
                let (document, given) = shrink::shrunk(&document, &given, differ);
                panic!("seed {seed}, evaluation {number}: the least that differs\n{document}\n{given}\n{text}");
            }
            for result in ours.as_array().unwrap().iter().flat_map(|step| step["results"].as_array().unwrap()) {
                *seen.entry(result["status"].as_str().unwrap().to_owned()).or_default() += 1;
            }
            every_result_is_explained(&evaluation);
            for what in past_unknown(&evaluation) {
                *seen.entry(what.to_owned()).or_default() += 1;
            }
            if number == 0 {
                let written = serde_json::to_string(&evaluation).unwrap();
                let again = Evaluation::parse("made.json", &written, &rubric).unwrap_or_else(|found| panic!("{found}"));
                assert_eq!(evaluation.fingerprint(), again.fingerprint());
            }
        }
    }
    // A kind that is never seen is never compared.
    assert!(sound > RUBRICS / 2, "{sound} policies of {RUBRICS}");
    let wanted = [
        ("scored", 5_000),
        ("insufficient_evidence", 2_000),
        ("blocked", 3_000),
        ("forbidden", 20),
        ("undecided rule", 100),
        ("undecided limit", 100),
        ("undecided adjustment", 100),
        ("undecided flag", 100),
        ("scored past an unknown condition", 100),
        ("scored by the policy for a scope", 100),
        ("scored with several scales", 500),
        ("scored with a part that is rated itself", 500),
        ("scored on an occasion", 300),
    ];
    for (what, least) in wanted {
        assert!(seen.get(what).is_some_and(|count| *count >= least), "{what}: {seen:?}");
    }
}

/// The kinds of unknown conditions that are seen: by the reasons, which only the library gives.
fn past_unknown(evaluation: &Evaluation) -> Vec<&'static str> {
    use appraise::Reason;
    let mut seen = Vec::new();
    for outcome in evaluation.score().steps().iter().flat_map(|step| &step.results) {
        let mut is_unknown = false;
        for reason in outcome.reasons() {
            let what = match reason {
                Reason::Rule { when: Some(when), .. } if when.holds.is_none() => "undecided rule",
                Reason::NotTold { would, .. } if would.starts_with("adjusted") => "undecided adjustment",
                Reason::NotTold { would, .. } if would.starts_with("flagged") => "undecided flag",
                Reason::NotTold { .. } => "undecided limit",
                _ => continue,
            };
            is_unknown = true;
            seen.push(what);
        }
        if is_unknown && outcome.status.as_str() == "scored" {
            seen.push("scored past an unknown condition");
        }
    }
    seen
}

/// Whatever has a rating says what decided it; whatever has none says why.
fn every_result_is_explained(evaluation: &Evaluation) {
    use appraise::Reason;
    for outcome in evaluation.score().steps().iter().flat_map(|step| &step.results) {
        let reasons = outcome.reasons();
        let has = |wanted: fn(&Reason) -> bool| reasons.iter().any(wanted);
        let lines: Vec<String> = reasons.iter().map(ToString::to_string).collect();
        match outcome.status.as_str() {
            "blocked" => assert!(has(|reason| matches!(reason, Reason::Blocked { by } if !by.is_empty())), "{lines:?}"),
            "insufficient_evidence" => {
                assert!(has(|reason| matches!(reason, Reason::Insufficient { .. })), "{lines:?}");
            }
            _ => {
                assert!(has(|reason| !matches!(reason, Reason::Insufficient { .. } | Reason::Blocked { .. })));
                if outcome.rating.is_some() {
                    let decides = |reason: &Reason| {
                        matches!(
                            reason,
                            Reason::Band { .. } | Reason::Rule { .. } | Reason::Cell { .. } | Reason::Entered { .. }
                        )
                    };
                    assert!(reasons.iter().any(decides), "{lines:?}");
                }
            }
        }
    }
}
