//! Inputs that are results of earlier evaluations: which is taken, what is found, and where the source is printed.

#![allow(clippy::panic, clippy::unwrap_used, clippy::indexing_slicing, reason = "a test that cannot go on fails")]

use appraise::{Checked, Diagnostic, Evaluation, Library, Rubric};
use serde_json::json;

const RUBRIC: &str = "
id: r
version: 1.0.0
title: R
kinds: [{ id: focused, label: Focused evaluation }]
domains: [{ id: a, title: A, indicators: [{ id: a1, statement: One. }, { id: a2, statement: Two. }, { id: a3, statement: Three. }] }]
scoring:
  points: { has_not_met: 1, has_met: 2, exceeds_expectations: 3 }
  inputs:
    - { id: last_score, label: Last year's score, from: 1, to: 3, places: 1, from_history: { step: practice, years_ago: 1 } }
    - { id: last_rating, label: Rating two years ago, one_of: [has_not_met, has_met, exceeds_expectations], optional: true, from_history: { step: rating, years_ago: 2 } }
  steps:
    - { id: practice, label: Practice, of: indicators, take: mean }
    - { id: rating, label: Practice rating, of: [practice], take: mean, bands: [{ from: 1, rating: has_not_met }, { from: 2, rating: has_met }, { from: 3, rating: exceeds_expectations }] }
    - { id: together, label: Both years, of: [practice, last_score], take: mean }
    - id: summative
      label: Summative rating
      rules:
        - { rating: exceeds_expectations, when: { all: [{ known: last_rating }, { input: last_rating, is: exceeds_expectations }] } }
        - { rating: has_met, when: { score: together, at_least: 2 } }
        - { rating: has_not_met }
";

fn rubric() -> Rubric {
    Rubric::parse("r.yaml", RUBRIC, &Library::empty()).unwrap_or_else(|found| panic!("{found}"))
}

/// An evaluation of a school year, by the year in which that ends, with all indicators but the last at a level.
fn of_year(year: i32, level: &str, last: &str, more: &str) -> Evaluation {
    let rating = |level: &str| format!("{{ level: {level}, comment: Seen. }}");
    let text = format!(
        "rubric: {{ id: r }}\nemployee: {{ id: E-1, name: Ann }}\nevaluators: [{{ id: E-2, name: Bo }}]\n\
         period: {{ from: {}-08-25, to: {year}-06-12 }}\nratings: {{ a1: {}, a2: {}, a3: {} }}\n{more}",
        year - 1,
        rating(level),
        rating(level),
        rating(last)
    );
    Evaluation::parse("e.yaml", &text, &rubric()).unwrap_or_else(|found| panic!("{found}"))
}

fn finished(year: i32, level: &str, last: &str, more: &str) -> Evaluation {
    of_year(year, level, last, &format!("status: final\ncompleted_on: {year}-06-01\n{more}"))
}

/// The summative result, and what is found.
fn with(now: &Evaluation, earlier: &[Evaluation]) -> (String, Vec<String>) {
    let Checked { value, diagnostics } = now.with_history(earlier);
    let found = diagnostics.iter().map(|found| format!("{} {}", found.severity, found.message)).collect();
    let result = value.map_or_else(|| "refused".to_owned(), |now| now.score().summative().unwrap().to_string());
    (result, found)
}

const BLOCKED: &str = "blocked: Both years is blocked";

#[test]
fn the_result_of_the_school_year_that_is_asked_for_is_taken() {
    let now = finished(2026, "has_met", "has_met", "");
    let years =
        [finished(2025, "has_met", "has_met", ""), finished(2024, "exceeds_expectations", "exceeds_expectations", "")];
    assert_eq!(with(&now, &years), ("Exceeds expectations".to_owned(), vec![]));
    assert_eq!(with(&now, &years[..1]), ("Has met".to_owned(), vec![]), "the other may be missing");
    let filled = now.with_history(&years).value.unwrap();
    let scorecard = filled.score();
    let lines: Vec<String> = scorecard.steps()[2].results[0].reasons().iter().map(ToString::to_string).collect();
    assert_eq!(lines[0], "Last year's score: 2024-25, Practice: 2");
    assert_eq!(lines[1], "2 (Practice) + 2 (Last year's score) = 4");
    let json = serde_json::to_value(&scorecard).unwrap();
    assert_eq!(
        json["from_history"],
        json!([
            { "input": "last_score", "label": "Last year's score", "source": "2024-25, Practice: 2" },
            { "input": "last_rating", "label": "Rating two years ago", "source": "2023-24, Practice rating: Exceeds expectations" },
        ])
    );
    // The document holds no value from an earlier evaluation.
    assert_eq!((filled.fingerprint(), filled.to_yaml()), (now.fingerprint(), now.to_yaml()));
}

#[test]
fn a_result_that_is_not_there_or_not_one_is_told_and_stays_missing() {
    let now = finished(2026, "has_met", "has_met", "");
    let told = |message: &str| (BLOCKED.to_owned(), vec![format!("warning {message}")]);
    assert_eq!(with(&now, &[]), told("no evaluation of 2024-25 is at hand, which would give `last_score`"));
    let draft = of_year(2025, "has_met", "has_met", "");
    assert_eq!(
        with(&now, std::slice::from_ref(&draft)),
        told("this evaluation of 2024-25 is a draft, and gives no `last_score`")
    );
    let thirds = finished(2025, "has_met", "exceeds_expectations", "");
    assert_eq!(
        with(&now, std::slice::from_ref(&thirds)),
        told("`last_score` takes a number with at most 1 place, from 1 to 3, and this evaluation of 2024-25 gives 7/3")
    );
    let other = finished(2025, "exceeds_expectations", "exceeds_expectations", "type: focused\n");
    let met = finished(2025, "has_met", "has_met", "");
    assert_eq!(
        with(&now, &[met.clone(), other.clone()]),
        told("several evaluations of 2024-25 give `last_score`: 2 in `e.yaml`, and 3 here")
    );
    // A draft beside a final one, an interim one, and one that says the same leave no doubt.
    let interim = finished(2025, "exceeds_expectations", "exceeds_expectations", "type: interim\n");
    let same = finished(2025, "has_met", "has_met", "type: focused\n");
    assert_eq!(with(&now, &[draft, met, interim, same]), ("Has met".to_owned(), vec![]));
}

/// Only where no evaluation is of the year is an optional input missing without a word.
#[test]
fn an_optional_input_that_an_earlier_evaluation_cannot_give_is_reported() {
    let now = finished(2026, "has_met", "has_met", "");
    let last_year = finished(2025, "has_met", "has_met", "");
    let with_two_years_ago = |more: &[Evaluation]| {
        let earlier: Vec<Evaluation> = std::iter::once(&last_year).chain(more).cloned().collect();
        with(&now, &earlier)
    };
    let told = |message: &str| ("Has met".to_owned(), vec![format!("warning {message}")]);
    let met = finished(2024, "has_met", "has_met", "");
    let other = finished(2024, "exceeds_expectations", "exceeds_expectations", "type: focused\n");
    assert_eq!(with_two_years_ago(&[]), ("Has met".to_owned(), vec![]));
    assert_eq!(
        with_two_years_ago(&[met, other]),
        told("several evaluations of 2023-24 give `last_rating`: Has met in `e.yaml`, and Exceeds expectations here")
    );
    assert_eq!(
        with_two_years_ago(&[of_year(2024, "has_met", "has_met", "")]),
        told("this evaluation of 2023-24 is a draft, and gives no `last_rating`")
    );
    // A result outside the range of an optional number.
    let optional = RUBRIC.replace("places: 1, from", "places: 1, optional: true, from");
    let rubric = Rubric::parse("r.yaml", &optional, &Library::empty()).unwrap();
    let now = Evaluation::parse("e.yaml", &now.to_yaml(), &rubric).unwrap();
    let thirds = finished(2025, "has_met", "exceeds_expectations", "");
    assert_eq!(
        with(&now, &[thirds]).1,
        [
            "warning `last_score` takes a number with at most 1 place, from 1 to 3, and this evaluation of 2024-25 gives 7/3"
        ]
    );
    assert_eq!(with(&now, &[]).1, [""; 0]);
    let written = now.to_yaml() + "inputs: { last_score: 2 }\n";
    let written = Evaluation::parse("e.yaml", &written, &rubric).unwrap();
    assert_eq!(with(&written, &[finished(2025, "has_met", "exceeds_expectations", "")]).1, [""; 0]);
}

#[test]
fn a_value_that_is_written_counts_and_one_that_differs_is_told() {
    let now = finished(2026, "has_met", "has_met", "inputs: { last_score: 1.5 }\n");
    let source = |now: &Evaluation| {
        let json = serde_json::to_value(now.score()).unwrap();
        json["from_history"][0]["source"].as_str().map(str::to_owned)
    };
    assert_eq!((with(&now, &[]), source(&now)), (("Has not met".to_owned(), vec![]), Some("entered".to_owned())));
    let before = finished(2025, "has_met", "has_met", "");
    let told = "warning `last_score` is another value here than the 2 of 2024-25".to_owned();
    assert_eq!(with(&now, std::slice::from_ref(&before)), ("Has not met".to_owned(), vec![told]));
    let filled = now.with_history(std::slice::from_ref(&before)).value.unwrap();
    assert_eq!(source(&filled).as_deref(), Some("entered, other than 2024-25, Practice: 2"));
    let same = finished(2026, "has_met", "has_met", "inputs: { last_score: 2.0 }\n");
    assert_eq!(with(&same, std::slice::from_ref(&before)), ("Has met".to_owned(), vec![]));
    assert_eq!(source(&same.with_history(&[before]).value.unwrap()).as_deref(), Some("2024-25, Practice: 2"));
}

#[test]
fn an_evaluation_of_another_person_is_refused() {
    let now = finished(2026, "has_met", "has_met", "");
    let text = finished(2025, "has_met", "has_met", "").to_yaml().replace("E-1", "E-9");
    let other = Evaluation::parse("o.yaml", &text, &rubric()).unwrap();
    let told = "error this evaluation is of `E-9`, and is given as an earlier one of `E-1`".to_owned();
    assert_eq!(with(&now, &[other]), ("refused".to_owned(), vec![told]));
}

/// Each finding is in the evaluation at fault: in an earlier one by its file, in this one at the input or at `inputs`.
#[test]
fn a_finding_about_history_stands_in_the_evaluation_at_fault() {
    let places = |now: &Evaluation, earlier: &[Evaluation]| -> Vec<(String, u32, u32, String)> {
        let place = |found: &Diagnostic| (found.file.clone(), found.start.line, found.start.column, found.path.clone());
        now.with_history(earlier).diagnostics.iter().map(place).collect()
    };
    let read =
        |name: &str, text: &str| Evaluation::parse(name, text, &rubric()).unwrap_or_else(|found| panic!("{found}"));
    let text = finished(2025, "has_met", "has_met", "").to_yaml();
    let (met, draft) =
        (read("fall.yaml", &text), read("draft.yaml", &of_year(2025, "has_met", "has_met", "").to_yaml()));
    let at = |file: &str, line: u32, column: u32, path: &str| vec![(file.to_owned(), line, column, path.to_owned())];
    let now = "rubric: { id: r }\nemployee: { id: E-1, name: Ann }\nevaluators: [{ id: E-2, name: Bo }]\n\
               period: { from: 2025-08-25, to: 2026-06-12 }\nratings: {}\n";
    let now = |more: &str| read("now.yaml", &format!("{now}{more}"));
    assert_eq!(places(&now(""), std::slice::from_ref(&draft)), at("draft.yaml", 1, 1, ""));
    assert_eq!(places(&now(""), &[]), at("now.yaml", 1, 1, ""));
    let with_rating = now("inputs: { last_rating: has_met }\n");
    assert_eq!(places(&with_rating, &[]), at("now.yaml", 6, 9, "inputs"));
    let other = now("inputs:\n  last_rating: has_met\n  last_score: 1.5\n");
    assert_eq!(places(&other, std::slice::from_ref(&met)), at("now.yaml", 8, 15, "inputs.last_score"));
    let drawn = other.with_history(&[met]).diagnostics.to_string();
    assert!(drawn.contains("8 |   last_score: 1.5") && drawn.contains("the result in `fall.yaml` counts"), "{drawn}");
    let of_another = read("other.yaml", &text.replace("E-1", "E-9"));
    assert_eq!(places(&now(""), &[of_another]), at("other.yaml", 1, 1, ""));
    // After a change in code the places are those of the JSON that it would be written as.
    let mut changed = other;
    changed.set_summary("A good year.").unwrap();
    assert_eq!(places(&changed, &[read("fall.yaml", &text)])[0].3, "inputs.last_score");
}

#[test]
fn an_input_that_no_earlier_evaluation_gives_says_the_result_that_is_looked_for() {
    let now = finished(2026, "has_met", "has_met", "");
    let filled = now.with_history(&[finished(2025, "has_met", "has_met", "")]).value.unwrap();
    let scorecard = filled.score();
    let lines: Vec<String> = scorecard.summative().unwrap().reasons().iter().map(ToString::to_string).collect();
    assert_eq!(lines[0], "Rating two years ago: 2023-24, Practice rating: not at hand");
    let sources = serde_json::to_value(&scorecard).unwrap()["from_history"].clone();
    assert_eq!(sources.as_array().unwrap().len(), 1, "an input without a value has no source: {sources}");
}

#[test]
fn another_policy_takes_the_same_results_of_earlier_evaluations() {
    let now = finished(2026, "has_met", "has_met", "");
    let filled = now.with_history(&[finished(2025, "exceeds_expectations", "exceeds_expectations", "")]).value.unwrap();
    let policy = |years: u32| {
        format!(
            "points: {{ has_not_met: 1, has_met: 2, exceeds_expectations: 3 }}\n\
             inputs: [{{ id: last_score, label: L, from: 1, to: 3, from_history: {{ step: practice, years_ago: {years} }} }}]\n\
             steps: [{{ id: practice, of: indicators, take: mean }}, {{ id: both, of: [practice, last_score], take: mean }}]"
        )
    };
    let then = |years: u32| {
        let what_if = filled.score().what_if("p.yaml", &policy(years));
        what_if.value.unwrap_or_else(|| panic!("{}", what_if.diagnostics)).new.summative().unwrap().to_string()
    };
    assert_eq!(then(1), "score 2.5");
    assert_eq!(then(2), "blocked: L is not given", "the year before is not two years before");
}

#[cfg(feature = "render")]
#[test]
fn pages_print_the_source_and_forms_say_where_the_value_comes_from() {
    use appraise::{Form, Format, Renderer};

    let now = finished(2026, "has_met", "has_met", "");
    let filled = now.with_history(&[finished(2025, "has_met", "has_met", "")]).value.unwrap();
    let (renderer, scorecard) = (Renderer::new(), filled.score());
    let sheet = renderer.report(&scorecard, Format::Markdown).unwrap();
    assert!(
        sheet.contains("- Last year’s score: 2 (2024-25, Practice: 2)")
            || sheet.contains("- Last year's score: 2 (2024-25, Practice: 2)"),
        "{sheet}"
    );
    let page = renderer.report(&scorecard, Format::Html).unwrap();
    assert!(page.contains("(<bdi>2024-25, Practice: 2</bdi>)"), "{page}");
    for format in [Format::Html, Format::Markdown] {
        let page = renderer.report(&scorecard, format).unwrap();
        assert!(
            page.replace("<bdi>", "").contains("not given, and need not be (2023-24, Practice rating: not at hand"),
            "{page}"
        );
    }
    let form = Form::new(&rubric());
    let says = "taken from the evaluation of the school year before where it stays empty";
    for format in [Format::Html, Format::Markdown] {
        assert!(renderer.form(&form, format).unwrap().contains(says));
    }
    let words = form.yaml().split(['#', ' ', '\n']).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
    assert!(words.contains(says) && words.contains("taken from the evaluation of 2 school years before"), "{words}");
}
