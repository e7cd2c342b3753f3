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
            "The rating is blocked: Practice is blocked; Measures is blocked; Judgment is blocked for Records.",
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
