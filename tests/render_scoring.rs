//! Reports of evaluations that a policy scores.

#![cfg(feature = "render")]
#![allow(clippy::panic, clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod support;

use appraise::{Evaluation, Format, Renderer, Rubric, Scorecard};

fn scorecard(name: &str, edit: impl Fn(String) -> String) -> Scorecard {
    let read = |name: &str| support::read(support::project(&format!("tests/scored/{name}.yaml")));
    let rubric = Rubric::parse("rubric.yaml", &read("rubric"), &support::library()).unwrap();
    Evaluation::parse(name, &edit(read(name)), &rubric).unwrap().score()
}

fn pages(scorecard: &Scorecard) -> [String; 2] {
    [Format::Html, Format::Markdown].map(|format| Renderer::new().report(scorecard, format).unwrap())
}

/// A page without its tags, white space as one space.
fn text(page: &str) -> String {
    let outside = page.split('<').map(|part| part.split_once('>').map_or(part, |(_, text)| text));
    outside.collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn the_summative_rating_stands_first_with_its_reasons_and_clause() {
    let scorecard = scorecard("final", |text| text);
    let [html, markdown] = pages(&scorecard);
    let html = text(&html);
    for page in [&html, &markdown.replace("**", "").replace("\\<", "&lt;")] {
        let place = |what: &str| page.find(what).unwrap_or_else(|| panic!("{what}\n{page}"));
        assert!(place("Summative rating") < place("score 1.9375"));
        assert!(place("1.8 ≤ 1.9375 &lt; 2.6: At") < place("From: Handbook, page 5"));
        assert!(place("conference") < place("How it was computed"));
        assert!(place("How it was computed") < place("indicators in scope".get(1..).unwrap()));
        // The steps, what was given, and the words of the person who entered a rating.
        let steps = place("How the rating was computed");
        for what in
            ["Step 3: Practice", "Growth of patients", "Charts were late, as #12 shows.", "not given, and need not be"]
        {
            assert!(steps < place(what), "{what}");
        }
        place(scorecard.evaluation().rubric().scoring_fingerprint().unwrap());
    }
}

#[test]
fn the_rating_of_a_part_is_called_so() {
    let whole = scorecard("final", |text| text);
    let of_a_part = |text: String| {
        text.replace("status: final", "status: final\nscope: [care]")
            .replace("  writes: { level: below, evidence: [{ date: 2026-02-01, note: Twelve charts. }] }\n", "")
            .replace("  files: not_seen\n", "")
            .replace("    records: { rating: below, rationale: \"Charts were late, as #12 shows.\" }\n", "")
    };
    let part = scorecard("final", of_a_part);
    assert!(part.summative().unwrap().score.is_some(), "{:?}", part.summative());
    for (whole, part) in pages(&whole).iter().zip(&pages(&part)) {
        let label = "Summative rating of the part that this evaluation answers for";
        assert!(part.contains(label) && !whole.contains(label), "{part}");
    }
}

#[test]
fn a_blocked_result_names_the_next_step() {
    let [html, markdown] = pages(&scorecard("draft", |text| text));
    for page in [text(&html), markdown] {
        for what in [
            "computed yet",
            "The policy computes no rating yet:",
            "Judgment, Records: the evaluator has not entered the rating",
            "Measures: Growth of patients is not given",
            "Practice: 2 indicators are unrated: 2.1, 2.2",
            "rate the 2 indicators that have no entry yet",
            "give “Growth of patients”",
            "enter “Judgment” for “Records”, with a rationale",
        ] {
            assert!(page.contains(what), "{what}\n{page}");
        }
        assert!(!page.contains("“Survey of families”"), "it may be missing");
    }
}

#[test]
fn a_final_evaluation_without_a_rating_says_why_and_promises_none() {
    let rubric = "
id: whole
version: 1.0.0
title: All or nothing
domains: [{ id: a, title: A, indicators: [{ id: a1, statement: One. }, { id: a2, statement: Two. }] }]
scoring:
  points: { has_not_met: 1, has_met: 2, exceeds_expectations: 3 }
  steps:
    - { id: practice, label: Practice, of: indicators, take: mean, missing: block }
    - { id: total, label: Total, of: [practice], take: mean, missing: block }";
    let evaluation = "
rubric: { id: whole }
employee: { id: E-1, name: Cy Dorn }
evaluators: [{ id: E-2, name: Bo Chan }]
period: { from: 2025-08-25, to: 2026-06-12 }
completed_on: 2026-06-01
status: final
not_assigned: { a2: Done by others }
ratings: { a1: has_met }";
    let rubric = Rubric::parse("rubric.yaml", rubric, &support::library()).unwrap();
    let scorecard = Evaluation::parse("final.yaml", evaluation, &rubric).unwrap().score();
    let [html, markdown] = pages(&scorecard);
    for page in [text(&html), markdown] {
        for what in [
            "This evaluation is final, and complete in its scope. The policy computes no rating from it:",
            "Practice: 1.2 is not in the scope; all must have a score",
        ] {
            assert!(page.contains(what), "{what}\n{page}");
        }
        assert!(!page.contains("computed yet") && !page.contains("To do"), "{page}");
    }
}

#[test]
fn too_little_evidence_is_said_in_words() {
    let few = |text: String| text.replace("listens: above", "listens: not_seen");
    let [html, markdown] = pages(&scorecard("final", few));
    for page in [text(&html), markdown] {
        assert!(page.contains("insufficient evidence: 2 of 4 have a score, which is less than 75 %"), "{page}");
    }
}

#[test]
fn a_type_that_is_not_scored_has_its_profile() {
    let not_scored = |text: String| format!("type: self\n{text}");
    let [html, markdown] = pages(&scorecard("draft", not_scored));
    for page in [text(&html), markdown] {
        assert!(page.contains("the scoring policy is not for this type of evaluation"), "{page}");
        assert!(!page.contains("How the rating was computed"));
    }
}

#[test]
fn a_goal_says_which_result_called_for_it() {
    let read = |name: &str| support::read(support::project(&format!("tests/scored/{name}.yaml")));
    let goals = "goals: { templates: [{ id: improve, when: { rating: overall, is: at }, statement: Better. }] }\n";
    let rubric = Rubric::parse("rubric.yaml", &format!("{}{goals}", read("rubric")), &support::library()).unwrap();
    let card = Evaluation::parse("final.yaml", &read("final"), &rubric).unwrap().score();
    for format in [Format::Html, Format::Markdown] {
        for page in [Renderer::new().goals(&card, format).unwrap(), Renderer::new().report(&card, format).unwrap()] {
            assert!(text(&page).contains("Called for by: Overall: At"), "{page}");
        }
    }
    // The document that an evaluation carries knows no such key.
    assert!(!serde_json::to_string(&card.goals()).unwrap().contains("called"));
}
