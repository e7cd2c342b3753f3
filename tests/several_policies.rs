//! Several scoring policies in one rubric: the first whose `for` fits an evaluation scores it.

#![cfg(all(feature = "render", feature = "cli"))]
#![allow(clippy::panic, clippy::unwrap_used, clippy::indexing_slicing, reason = "a test that cannot go on fails")]

mod support;

use std::process::Command;

use appraise::diff::compare;
use appraise::migrate::migrate;
use appraise::{Checked, Code, Evaluation, Form, Format, Library, Renderer, Rubric};
use serde_json::Value;

fn text_of_rubric() -> String {
    support::read(support::project("tests/documents/rubrics/years.yaml"))
}

fn parsed(text: &str) -> Rubric {
    Rubric::parse("years.yaml", text, &Library::empty()).unwrap_or_else(|found| panic!("{found}"))
}

fn rubric() -> Rubric {
    parsed(&text_of_rubric())
}

fn document(rest: &str) -> String {
    format!(
        "rubric: {{ id: years }}\nemployee: {{ id: E-1, name: Pat Doe }}\nevaluators: [{{ id: E-2, name: Sam Roe }}]\n\
         period: {{ from: 2025-08-25, to: 2026-06-12 }}\n{rest}"
    )
}

fn evaluation(rest: &str) -> Evaluation {
    let Checked { value: evaluation, diagnostics: findings } = Evaluation::check("e.yaml", &document(rest), &rubric());
    evaluation.unwrap_or_else(|| panic!("{findings}"))
}

const FOCUSED: &str = "type: focused\nscope: [planning]\ninputs: { basis: criterion }\nratings: { plans: has_met, growth: exceeds_expectations }\n";
const WHOLE: &str =
    "inputs: { survey: 3 }\nratings: { plans: has_met, growth: has_met, notes: exceeds_expectations }\n";

/// The summative rating, or how it stands, and the policy's id.
fn result(evaluation: &Evaluation) -> (String, Option<String>) {
    let scorecard = evaluation.score();
    let summative = scorecard.summative().map(|outcome| match &outcome.rating {
        Some(level) => level.id.clone(),
        None => outcome.status.as_str().to_owned(),
    });
    (summative.unwrap_or_else(|| "none".to_owned()), scorecard.scored_by().and_then(|by| by.id.map(str::to_owned)))
}

#[test]
fn each_evaluation_is_scored_by_the_policy_for_its_type_and_scope() {
    let id = |text: &str| Some(text.to_owned());
    assert_eq!(result(&evaluation(FOCUSED)), ("has_met".to_owned(), id("focused_year")));
    assert_eq!(result(&evaluation(WHOLE)), ("has_met".to_owned(), id("comprehensive_year")));
    // By its indicators, however the scope is written.
    let by_indicators = FOCUSED.replace("[planning]", "[growth, plans]");
    assert_eq!(result(&evaluation(&by_indicators)), ("has_met".to_owned(), id("focused_year")));
    for other in ["[records]", "[planning, records]", "[plans]"] {
        let other = "type: focused\nscope: OTHER\nratings: {}\n".replace("OTHER", other);
        assert_eq!(result(&evaluation(&other)), ("none".to_owned(), None), "{other}");
    }
    assert_eq!(result(&evaluation("type: interim\nratings: {}\n")), ("none".to_owned(), None));
    // A node that was not assigned is no other scope: under `missing: block` it blocks the sum.
    let not_assigned = FOCUSED
        .replace("ratings:", "not_assigned: { growth: On leave. }\nratings:")
        .replace(", growth: exceeds_expectations", "");
    assert_eq!(result(&evaluation(&not_assigned)), ("blocked".to_owned(), id("focused_year")));
    let rest = "type: focused\nnot_assigned: { notes: On leave. }\nratings: { plans: has_met }\n";
    assert_eq!(result(&evaluation(rest)), ("none".to_owned(), None));
}

#[test]
fn the_policy_is_named_in_json_and_on_every_page() {
    let focused = evaluation(FOCUSED);
    let scorecard: Value = serde_json::to_value(focused.score()).unwrap();
    assert_eq!(scorecard["scoring"]["policy"], "focused_year");
    assert_eq!(scorecard["scoring"]["policy_label"], "Focused year");
    let report = Renderer::new().report(&focused.score(), Format::Markdown).unwrap();
    assert!(report.contains("By the scoring policy “Focused year” of the rubric"), "{report}");
    assert!(!report.contains("of the part that this evaluation answers for"), "{report}");
    let other = evaluation("type: focused\nscope: [records]\nratings: { notes: has_met }\n");
    for format in [Format::Html, Format::Markdown] {
        let page = Renderer::new().report(&other.score(), format).unwrap();
        assert!(page.contains("no scoring policy of the rubric is for the scope of this focused evaluation"), "{page}");
    }
}

#[test]
fn an_evaluation_of_any_policy_is_written_back_as_it_was_read() {
    for text in [FOCUSED, WHOLE] {
        let evaluation = evaluation(text);
        for again in [evaluation.to_yaml(), serde_json::to_string(&evaluation).unwrap()] {
            let again = Evaluation::parse("again.yaml", &again, &rubric()).unwrap();
            assert_eq!(again.fingerprint(), evaluation.fingerprint());
            assert_eq!(result(&again), result(&evaluation));
        }
    }
    // Where no policy is for the type, the first one asks.
    let Checked { diagnostics: findings, .. } =
        Evaluation::check("e.yaml", &document("type: interim\ninputs: { survey: 1 }\nratings: {}\n"), &rubric());
    assert_eq!(findings.iter().map(|finding| finding.code).collect::<Vec<_>>(), [Code::UnknownInput]);
}

#[test]
fn a_form_asks_for_the_inputs_of_the_policy_that_applies() {
    let rubric = rubric();
    let focused = || {
        let form = Form::new(&rubric).kind(rubric.type_of("focused").unwrap());
        form.scope(["planning"]).unwrap()
    };
    let asks = |text: &str| (text.contains("basis"), text.contains("survey"));
    assert_eq!(asks(&focused().yaml()), (true, false));
    assert_eq!(asks(&Form::new(&rubric).yaml()), (false, true));
    assert_eq!(asks(&focused().json_schema()), (true, false));
    assert_eq!(asks(&Form::new(&rubric).json_schema()), (false, true));
    assert_eq!(asks(&focused().ui_schema()), (true, false));
    let sheet = |form: &Form| Renderer::new().form(form, Format::Markdown).unwrap();
    assert!(sheet(&focused()).contains("**Basis**") && !sheet(&focused()).contains("**Survey**"));
    assert!(sheet(&Form::new(&rubric)).contains("**Survey**"));
    // The page shows the other policy's inputs once its type is chosen.
    let page = Renderer::new().form(&focused(), Format::Html).unwrap();
    assert!(page.contains(r#"<section id="scoring" data-types="focused">"#), "{page}");
    assert!(page.contains(r#"<section data-types="formal" hidden>"#), "{page}");
}

#[test]
fn fingerprints_of_one_policy_stay_and_those_of_several_cover_all() {
    let one = "scoring:\n  for: [formal]\n  points: { has_not_met: 1, has_met: 2, exceeds_expectations: 3 }\n  steps: [{ id: summative, of: indicators, take: mean }]\n";
    let small = support::read(support::project("tests/documents/rubrics/small.yaml"));
    let rubric = |policy: &str| Rubric::parse("r.yaml", &format!("{small}{policy}"), &support::library()).unwrap();
    let fingerprint = rubric(one).scoring_fingerprint().unwrap().to_owned();
    assert_eq!(fingerprint, "sha256:ea187305718898967e38defee28c33415f669c2fcfaafd02062311625fbefe6a");
    let changed = text_of_rubric().replace("places: 0", "places: 1");
    assert_ne!(parsed(&changed).scoring_fingerprint(), parsed(&text_of_rubric()).scoring_fingerprint());
    assert_eq!(parsed(&changed).fingerprint(), parsed(&text_of_rubric()).fingerprint());
}

#[test]
fn a_comparison_tells_the_changes_of_each_policy() {
    let changes = |new: &str| -> Vec<String> {
        let difference = compare(&rubric(), &parsed(new));
        let line = |change: &appraise::diff::RubricChange| {
            let key = change.key.clone().unwrap_or_default();
            format!("{} {} {} {key}", change.class, change.what, change.id)
        };
        difference.changes.iter().map(line).collect()
    };
    let text = text_of_rubric();
    assert_eq!(
        changes(&text.replace("from: 4, rating: has_met }", "from: 5, rating: has_met }")),
        ["rescored step focused_year.summative bands.has_met.from"]
    );
    assert_eq!(
        changes(&text.replace("scope: [planning] }", "scope: [plans, growth] }")),
        ["rescored scoring focused_year for.scope"]
    );
    assert_eq!(changes(&text.replace("label: Focused year", "label: Focus")), ["none scoring focused_year label"]);
    assert_eq!(changes(&text.replace("places: 0", "places: 1")), ["rescored input comprehensive_year.survey places"]);
    let at = text.find("  - id: comprehensive_year").unwrap();
    assert_eq!(changes(&text[..at]), ["rescored policy comprehensive_year "]);
    let (head, policies) = text.split_at(text.find("  - id: focused_year").unwrap());
    let (first, second) = policies.split_at(policies.find("  - id: comprehensive_year").unwrap());
    assert_eq!(changes(&format!("{head}{second}{first}")), ["rescored scoring years order"]);
    let back = compare(&parsed(&text[..at]), &rubric());
    assert_eq!((back.changes.len(), back.changes[0].what, back.changes[0].class.as_str()), (1, "policy", "rescored"));
}

#[test]
fn another_list_of_policies_can_be_tried_on_an_evaluation() {
    let text = text_of_rubric();
    let policies = &text[text.find("scoring:").unwrap()..];
    let tried = policies.replace("from: 6, rating: exceeds", "from: 5, rating: exceeds");
    let Checked { value: what_if, diagnostics: findings } =
        evaluation(FOCUSED).score().what_if("policies.yaml", &tried);
    let what_if = what_if.unwrap_or_else(|| panic!("{findings}"));
    let summative = what_if.new.summative().unwrap();
    assert_eq!(summative.rating.as_ref().unwrap().id, "exceeds_expectations");
    assert!(what_if.not_used.is_empty());
    // A document is a group of keys, so a list of policies stands under `scoring`.
    let Checked { value: refused, diagnostics: findings } =
        rubric().with_policy("policies.yaml", &tried.replace("scoring:\n", ""));
    assert!(refused.is_none() && findings.iter().all(|finding| finding.code == Code::WrongType), "{findings}");
}

#[test]
fn the_results_of_a_rubric_are_those_of_all_its_policies_each_once() {
    let rubric = rubric();
    let results: Vec<_> = rubric.results().collect();
    assert_eq!(results, [("summative", None), ("practice", None)]);
}

#[test]
fn the_command_line_names_the_policy_and_says_why_none_applies() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("years.yaml"), text_of_rubric()).unwrap();
    let score = |rest: &str| {
        std::fs::write(folder.path().join("e.yaml"), document(rest)).unwrap();
        let run = Command::new(env!("CARGO_BIN_EXE_appraise"))
            .args(["score", "e.yaml", "--rubric", "years.yaml"])
            .current_dir(folder.path())
            .output()
            .unwrap();
        String::from_utf8(run.stdout).unwrap()
    };
    assert!(score(FOCUSED).contains("Summative rating, by “Focused year”: Has met, score 5"), "{}", score(FOCUSED));
    let other = score("type: focused\nscope: [records]\nratings: { notes: has_met }\n");
    assert!(
        other.contains(
            "No summative rating: no scoring policy of the rubric is for the scope of this focused evaluation."
        ),
        "{other}"
    );
}

#[test]
fn the_policies_of_an_overlay_replace_those_of_its_base() {
    let mut library = Library::empty();
    library.add(rubric());
    let overlay = "id: ours\nversion: 1.0.0\ntitle: Ours\nextends: years@1\nscoring:\n  for: { type: [formal, focused] }\n  points: { has_not_met: 1, has_met: 2, exceeds_expectations: 3 }\n  steps: [{ id: overall, of: indicators, take: mean }]\n";
    let ours = Rubric::parse("ours.yaml", overlay, &library).unwrap_or_else(|found| panic!("{found}"));
    assert_eq!(ours.results().collect::<Vec<_>>(), [("overall", None)]);
}

#[test]
fn migrating_keeps_apart_the_inputs_that_the_policy_of_the_type_and_scope_does_not_ask_for() {
    let text = text_of_rubric();
    let inputs = "inputs: { survey: 3 }";
    let whole = |version: &str| parsed(&text.replace("version: 1.0.0", &format!("version: {version}")));
    let one_scope = text.replace("scope: [planning]", "scope: [planning, records]");
    let widened =
        parsed(&one_scope.replace("version: 1.0.0", "version: 2.0.0").replace("for: [formal]", "for: [self]"));
    let orphans =
        |migrated: &Evaluation| -> Vec<String> { migrated.orphaned().iter().map(|orphan| orphan.id.clone()).collect() };
    // The policy for formal evaluations is for self-evaluations now, so another one asks.
    let formal = document(&WHOLE.replace("inputs: { survey: 3 }", inputs));
    let moved = migrate("e.yaml", &formal, &widened, Some(&rubric())).unwrap_or_else(|found| panic!("{found}"));
    assert_eq!(orphans(&moved.evaluation), ["survey"]);
    let again = Evaluation::parse("again.yaml", &moved.evaluation.to_yaml(), &widened).unwrap();
    assert_eq!(again.fingerprint(), moved.evaluation.fingerprint());
    // And it comes home once the policy asks for it again.
    let back = migrate("e.yaml", &moved.evaluation.to_yaml(), &whole("3.0.0"), Some(&widened)).unwrap();
    assert_eq!(orphans(&back.evaluation), [""; 0]);
    assert_eq!(result(&back.evaluation).1, Some("comprehensive_year".to_owned()));
    let stays = migrate("e.yaml", &formal, &whole("2.0.0"), Some(&rubric())).unwrap();
    assert_eq!(orphans(&stays.evaluation), [""; 0]);
}

#[test]
fn a_blank_form_is_for_a_kind_that_a_policy_scores() {
    let kind = |form: Form| {
        let schema: Value = serde_json::from_str(&form.json_schema()).unwrap();
        schema["properties"]["type"]["default"].clone()
    };
    assert_eq!(kind(Form::new(&rubric())), "formal");
    let two_kinds = text_of_rubric()
        .replace("kinds: [{ id", "kinds: [{ id: whole, label: Comprehensive evaluation }, { id")
        .replace("for: [formal]", "for: [whole]");
    let two_kinds = parsed(&two_kinds);
    assert_eq!(kind(Form::new(&two_kinds)), "whole");
    assert_eq!(kind(Form::new(&two_kinds).kind(two_kinds.type_of("formal").unwrap())), "formal");
    // Only a part is scored.
    let only_focused = parsed(&text_of_rubric().replace("for: [formal]", "for: [interim]"));
    assert_eq!(kind(Form::new(&only_focused)), "focused");
}
