//! Observations: occasions of a period, and the ratings of record that follow from them.

#![allow(clippy::panic, clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod support;

use appraise::{Checked, Code, Diagnostics, Evaluation, Library, Rubric, migrate};

/// Kinds of observation, one of which rates the planning only; a number scale, practices, and a choice that is no rating.
const RUBRIC: &str = "
id: seen
version: 1.0.0
title: Seen
scale:
  levels: [{ id: low, label: Low }, { id: mid, label: Mid }, { id: high, label: High }]
  meets_at: mid
  not_rated: [{ id: unseen, label: Not observed }]
scales: { points: { from: 0, to: 10, places: 1, meets_at: 6, unit: points } }
observations:
  kinds: [{ id: announced, label: Announced observation }, { id: walkthrough, label: Walkthrough, scope: [planning] }]
  rating: latest
domains:
  - { id: planning, title: Planning, indicators: [{ id: plans, statement: Writes plans. }, { id: budget, statement: Keeps to it., scale: points }] }
  - id: practice
    title: Practice
    derive: cumulative
    indicators:
      - id: circles
        statement: Leads circles.
        practices: [{ id: opens, level: mid, statement: Opens. }, { id: closes, level: high, statement: Closes. }]
";

const HEAD: &str = "
rubric: { id: seen }
employee: { id: E-1042, name: Jordan Rivera }
evaluators: [{ id: E-0007, name: Priya Shah }, { id: E-0008, name: Sam Roe }]
period: { from: 2025-08-25, to: 2026-06-12 }
";

fn rubric(text: &str) -> Rubric {
    Rubric::parse("seen.yaml", text, &Library::empty()).unwrap_or_else(|found| panic!("{found}"))
}

fn by_rule(rule: &str) -> Rubric {
    rubric(&RUBRIC.replace("rating: latest", &format!("rating: {rule}")))
}

fn check(rubric: &Rubric, rest: &str) -> (Option<Evaluation>, Diagnostics) {
    let Checked { value, diagnostics } = Evaluation::check("rivera.yaml", &format!("{HEAD}{rest}"), rubric);
    (value, diagnostics)
}

fn evaluation(rubric: &Rubric, rest: &str) -> Evaluation {
    let (value, found) = check(rubric, rest);
    value.unwrap_or_else(|| panic!("{found}"))
}

/// The rating of record of an indicator as people say it, and the reason.
fn followed(evaluation: &Evaluation, indicator: &str) -> (String, String) {
    let indicator = evaluation.rubric().indicator(indicator).unwrap();
    let rating = evaluation.rating(indicator).unwrap();
    assert!(rating.is_followed());
    let said = evaluation.level(rating).map(|level| level.label.clone());
    let said = said.unwrap_or_else(|| evaluation.number(rating).unwrap().shown());
    (said, evaluation.followed(indicator).unwrap().reason)
}

/// Observations of an indicator, on these days, with these ratings.
fn seen(indicator: &str, given: &[(&str, &str)]) -> String {
    let one = |(at, (date, rating)): (usize, &(&str, &str))| {
        format!(
            "\n  - {{ id: o{at}, kind: announced, date: {date}, by: E-0007, ratings: {{ {indicator}: {rating} }} }}"
        )
    };
    let list: String = given.iter().enumerate().map(one).collect();
    format!("ratings: {{}}\nobservations:{list}\n")
}

#[test]
fn the_rating_of_record_follows_by_the_rule() {
    let (fall, winter, spring) = ("2025-10-14", "2026-01-20", "2026-03-02");
    type Case<'a> = (&'a str, &'a str, &'a [(&'a str, &'a str)], &'a str, &'a str);
    let cases: [Case<'_>; 18] = [
        (
            "latest",
            "plans",
            &[(fall, "high"), (spring, "mid"), (winter, "low")],
            "Mid",
            "latest of 3: Mid on 2026-03-02",
        ),
        // Of one day, the one that stands later in the document is the later.
        ("latest", "plans", &[(fall, "high"), (fall, "low")], "Low", "latest of 2: Low on 2025-10-14"),
        ("latest", "plans", &[(fall, "mid")], "Mid", "the one observation with a rating: Mid on 2025-10-14"),
        // A choice that is no rating is passed over, were it the latest.
        (
            "latest",
            "plans",
            &[(fall, "high"), (winter, "mid"), (spring, "unseen")],
            "Mid",
            "latest of 2: Mid on 2026-01-20",
        ),
        (
            "latest",
            "plans",
            &[(spring, "unseen"), (fall, "unseen")],
            "Not observed",
            "no observation has a rating: Not observed on 2026-03-02",
        ),
        (
            "highest",
            "plans",
            &[(fall, "high"), (winter, "high"), (spring, "mid")],
            "High",
            "highest of 3: High on 2026-01-20",
        ),
        (
            "highest",
            "plans",
            &[(fall, "low"), (spring, "unseen")],
            "Low",
            "the one observation with a rating: Low on 2025-10-14",
        ),
        (
            "lowest",
            "plans",
            &[(fall, "high"), (winter, "mid"), (spring, "mid")],
            "Mid",
            "lowest of 3: Mid on 2026-03-02",
        ),
        (
            "most_frequent",
            "plans",
            &[(fall, "low"), (winter, "low"), (spring, "high")],
            "Low",
            "most frequent of 3, 2 times: Low on 2026-01-20",
        ),
        // Of a tie, the rating that was given later.
        (
            "most_frequent",
            "plans",
            &[(fall, "mid"), (winter, "low"), (spring, "mid"), (spring, "low")],
            "Low",
            "most frequent of 4, the later of a tie, 2 times: Low on 2026-03-02",
        ),
        (
            "most_frequent",
            "plans",
            &[(spring, "mid"), (winter, "low")],
            "Mid",
            "most frequent of 2, the later of a tie, once: Mid on 2026-03-02",
        ),
        (
            "most_frequent",
            "plans",
            &[(fall, "unseen"), (winter, "unseen"), (spring, "low")],
            "Low",
            "the one observation with a rating: Low on 2026-03-02",
        ),
        ("latest", "budget", &[(fall, "9.5"), (spring, "7")], "7", "latest of 2: 7 points on 2026-03-02"),
        ("highest", "budget", &[(fall, "9.5"), (spring, "10")], "10", "highest of 2: 10 points on 2026-03-02"),
        ("lowest", "budget", &[(fall, "9.5"), (spring, "10")], "9.5", "lowest of 2: 9.5 points on 2025-10-14"),
        // 7.0 and 7 are one number.
        (
            "most_frequent",
            "budget",
            &[(fall, "7.0"), (winter, "7"), (spring, "8")],
            "7",
            "most frequent of 3, 2 times: 7 points on 2026-01-20",
        ),
        // The level of an observation follows from its practices.
        (
            "latest",
            "circles",
            &[(fall, "{ practices: [opens, closes] }"), (spring, "{ practices: [opens] }")],
            "Mid",
            "latest of 2: Mid on 2026-03-02",
        ),
        (
            "highest",
            "circles",
            &[(fall, "{ practices: [opens] }"), (spring, "high")],
            "High",
            "highest of 2: High on 2026-03-02",
        ),
    ];
    for (rule, indicator, given, label, reason) in cases {
        let evaluation = evaluation(&by_rule(rule), &seen(indicator, given));
        let expected = (label.to_owned(), reason.to_owned());
        assert_eq!(followed(&evaluation, indicator), expected, "{rule} {given:?}");
    }
}

#[test]
fn nothing_follows_where_people_enter_the_ratings_of_record() {
    let rubric = by_rule("entered");
    let evaluation = evaluation(&rubric, &seen("plans", &[("2025-10-14", "high")]));
    let plans = rubric.indicator("plans").unwrap();
    assert!(evaluation.rating(plans).is_none() && evaluation.followed(plans).is_none());
    assert_eq!(evaluation.score().overall().unrated, 3);
}

#[test]
fn a_rating_that_follows_is_of_the_one_who_observed() {
    let text = "
ratings: { circles: { comment: Better each time., by: E-0008 } }
observations:
  - { id: fall, kind: announced, date: 2025-10-14, by: E-0007, ratings: { plans: low, budget: { level: 5, by: E-0008, comment: Over it. }, circles: mid } }";
    let rubric = by_rule("latest");
    let evaluation = evaluation(&rubric, text);
    let json = serde_json::to_value(evaluation.score()).unwrap();
    let ratings = &json["domains"][0]["ratings"];
    assert_eq!((&ratings[0]["by"], &ratings[1]["by"]), (&"E-0007".into(), &"E-0008".into()), "{ratings:#}");
    let circles = &json["domains"][1]["ratings"][0];
    assert_eq!((&circles["comment"], &circles["level"]), (&"Better each time.".into(), &"mid".into()), "{circles:#}");
}

#[test]
fn a_document_with_observations_is_written_as_it_was_read() {
    let text = "
ratings: { plans: { level: mid, by: E-0007 }, circles: { comment: Better each time., by: E-0008 } }
observations:
  - id: fall
    kind: announced
    date: 2025-10-14
    by: E-0007
    minutes: 40
    at: Elm Hill
    notes: 'Two circles, #2 in grade 6.'
    ratings:
      plans: mid
      budget: 7.50
      circles: { practices: [opens], comment: Calm., evidence: [{ date: 2025-10-14, note: A plan. }] }
  - { id: spring, kind: walkthrough, date: 2026-03-02, by: E-0008, ratings: { plans: { comment: Not seen yet. }, budget: {} } }";
    let rubric = by_rule("latest");
    let read = evaluation(&rubric, text);
    for written in [read.to_yaml(), serde_json::to_string(&read).unwrap()] {
        let again =
            Evaluation::parse("again.yaml", &written, &rubric).unwrap_or_else(|found| panic!("{found}\n{written}"));
        assert_eq!(again.fingerprint(), read.fingerprint(), "{written}");
        assert_eq!(again.to_yaml(), read.to_yaml());
        for part in ["notes", "7.50", "practices", "Not seen yet.", "minutes"] {
            assert!(written.contains(part), "{part} is in\n{written}");
        }
        // A rating that follows is not written as if a person had given it.
        let ratings = serde_json::to_value(&again).unwrap()["ratings"].clone();
        assert_eq!(ratings["budget"], serde_json::Value::Null, "{ratings:#}");
        assert_eq!(ratings["circles"]["level"], serde_json::Value::Null, "{ratings:#}");
    }
}

#[test]
fn a_fingerprint_tells_observations_apart() {
    let rubric = by_rule("latest");
    let of = |text: &str| evaluation(&rubric, text).fingerprint().to_owned();
    let fall = seen("plans", &[("2025-10-14", "high")]);
    assert_ne!(of(&fall), of("ratings: { plans: { level: high, by: E-0007 } }"));
    assert_ne!(of(&fall), of(&fall.replace("2025-10-14", "2025-10-15")));
    let of_rubric = |from: &str, to: &str| rubric_with(from, to).fingerprint().to_owned();
    let same = of_rubric("", "");
    for (from, to) in [
        ("rating: latest", "rating: highest"),
        ("scope: [planning]", "scope: [plans]"),
        ("label: Walkthrough", "label: Visit"),
    ] {
        assert_ne!(of_rubric(from, to), same, "{to}");
    }
    assert_eq!(of_rubric("label: Walkthrough,", "label: Walkthrough, at_least: 0,"), same);
    let (entered, silent) = (of_rubric("rating: latest", "rating: entered"), of_rubric("  rating: latest\n", ""));
    assert_eq!(entered, silent);
}

fn rubric_with(from: &str, to: &str) -> Rubric {
    rubric(&RUBRIC.replace(from, to))
}

#[test]
fn a_rating_given_in_code_stays_and_one_taken_back_follows_again() {
    let rubric = by_rule("latest");
    let mut evaluation = evaluation(&rubric, &seen("plans", &[("2025-10-14", "high"), ("2026-03-02", "mid")]));
    let plans = rubric.indicator("plans").unwrap();
    evaluation.rate("plans", "low").unwrap().comment = Some("The plan of May was missing.".to_owned());
    assert!(!evaluation.rating(plans).unwrap().is_followed());
    let found = evaluation.diagnostics().iter().map(|finding| finding.code).collect::<Vec<_>>();
    assert!(found.contains(&Code::OtherThanDerived), "{found:?}");
    evaluation.unrate("plans").unwrap();
    assert_eq!(followed(&evaluation, "plans").0, "Mid");
    let again = Evaluation::parse("again.yaml", &evaluation.to_yaml(), &rubric).unwrap();
    assert_eq!(again.rating(plans).unwrap().comment.as_deref(), Some("The plan of May was missing."));
}

/// Migrates the evaluation below to a rubric that was edited.
fn migrated(edits: &[(&str, &str)]) -> migrate::Migrated {
    let text = "
ratings: { plans: { comment: In August. } }
observations:
  - { id: fall, kind: walkthrough, date: 2025-10-14, by: E-0007, notes: Short., ratings: { plans: high, budget: { level: 7, comment: Tight. } } }
  - { id: spring, kind: announced, date: 2026-03-02, by: E-0008, ratings: { plans: mid, circles: { practices: [opens, closes] } } }";
    let new = edits.iter().fold(RUBRIC.replace("1.0.0", "2.0.0"), |text, (from, to)| {
        assert!(text.contains(from), "{from}");
        text.replace(from, to)
    });
    let (old, new) = (rubric(RUBRIC), rubric(&new));
    migrate::migrate("rivera.yaml", &format!("{HEAD}{text}"), &new, Some(&old))
        .unwrap_or_else(|found| panic!("{found}"))
}

fn orphans(migrated: &migrate::Migrated) -> Vec<(String, String)> {
    let orphans = migrated.evaluation.orphaned().iter();
    orphans.map(|orphan| (orphan.kind.label().to_owned(), orphan.id.clone())).collect()
}

#[test]
fn a_migration_keeps_observations_and_what_followed_from_them() {
    let same = migrated(&[]);
    assert_eq!((same.evaluation.observations().len(), orphans(&same)), (2, vec![]));
    assert_eq!(followed(&same.evaluation, "plans"), ("Mid".to_owned(), "latest of 2: Mid on 2026-03-02".to_owned()));

    let other_rule = migrated(&[("rating: latest", "rating: highest")]);
    assert_eq!(followed(&other_rule.evaluation, "plans").0, "High");
    let derived = &other_rule.changes.derived[0];
    assert_eq!((derived.indicator.as_str(), derived.old.as_str(), derived.new.as_str()), ("plans", "mid", "high"));

    // Nothing follows any more: what followed stays, with who gave it.
    let entered = migrated(&[("rating: latest", "rating: entered")]);
    let ratings = serde_json::to_value(&entered.evaluation).unwrap()["ratings"].clone();
    assert_eq!(ratings["plans"], serde_json::json!({ "level": "mid", "by": "E-0008", "comment": "In August." }));
    assert_eq!(ratings["budget"], serde_json::json!({ "level": 7, "by": "E-0007" }));
}

#[test]
fn a_migration_orphans_what_has_no_home_among_observations() {
    let kind = migrated(&[(", { id: walkthrough, label: Walkthrough, scope: [planning] }", "")]);
    let expected =
        [("Observation", "walkthrough"), ("Rating of an observation", "plans"), ("Rating of an observation", "budget")];
    assert_eq!(orphans(&kind), expected.map(|(kind, id)| (kind.to_owned(), id.to_owned())));
    let orphan = &kind.evaluation.orphaned()[0];
    assert_eq!(
        (orphan.about.as_deref(), orphan.text.as_deref(), orphan.label.as_deref()),
        (Some("fall"), Some("Short."), Some("Walkthrough"))
    );
    let value = serde_json::to_value(orphan.value()).unwrap();
    let own = serde_json::json!({
        "id": "fall", "kind": "walkthrough", "date": "2025-10-14", "by": "E-0007", "notes": "Short.",
    });
    assert_eq!(value, own);
    let budget = &kind.evaluation.orphaned()[2];
    assert_eq!(
        (budget.about.as_deref(), budget.level.as_deref(), budget.comment.as_deref()),
        (Some("fall"), Some("7"), Some("Tight."))
    );
    // The rating of record that followed from it stays.
    let ratings = serde_json::to_value(&kind.evaluation).unwrap()["ratings"].clone();
    assert_eq!(ratings["budget"]["level"], 7);

    let scope = migrated(&[("scope: [planning]", "scope: [plans]")]);
    assert_eq!(orphans(&scope), [("Rating of an observation".to_owned(), "budget".to_owned())]);
    let level =
        migrated(&[(", { id: closes, level: high, statement: Closes. }", ""), (", { id: high, label: High }", "")]);
    let expected = [("Rating of an observation", "plans"), ("Practice that was seen", "closes")];
    assert!(
        expected.iter().all(|(kind, id)| orphans(&level).contains(&((*kind).to_owned(), (*id).to_owned()))),
        "{:?}",
        orphans(&level)
    );
    let none = migrated(&[(&RUBRIC[RUBRIC.find("observations:").unwrap()..RUBRIC.find("domains:").unwrap()], "")]);
    let observed =
        ["plans", "budget", "plans", "circles"].map(|id| ("Rating of an observation".to_owned(), id.to_owned()));
    let mut expected = observed.to_vec();
    expected.insert(0, ("Observation".to_owned(), "walkthrough".to_owned()));
    expected.insert(3, ("Observation".to_owned(), "announced".to_owned()));
    assert_eq!(orphans(&none), expected);
    let circles = &none.evaluation.orphaned()[5];
    assert_eq!((circles.level.as_deref(), circles.label.as_deref()), (Some("high"), Some("High")));
    assert!(none.evaluation.observations().is_empty());
}

/// An observation without a home is printed in the words of the old rubric: no ids, no keys, no value that is absent.
#[cfg(feature = "render")]
#[test]
fn a_report_prints_an_observation_without_a_home_in_words() {
    let kind = migrated(&[(", { id: walkthrough, label: Walkthrough, scope: [planning] }", "")]);
    let renderer = appraise::Renderer::new();
    for format in [appraise::Format::Html, appraise::Format::Markdown] {
        let page = renderer.report(&kind.evaluation.score(), format).unwrap();
        let part = &page[page.find("From an earlier rubric").unwrap()..];
        assert!(part.contains("Walkthrough") && part.contains("Short.") && part.contains("Tight."), "{part}");
        assert!(part.contains("Writes plans.") && part.contains("High") && part.contains("Priya Shah"), "{part}");
        assert!(!part.contains("None") && !part.contains("{'") && !part.contains("'fall'"), "{part}");
    }
}

/// A policy that scores each observation, and the year by them.
fn scored(take: &str, year: &str) -> Rubric {
    let scoring = format!(
        "
scoring:
  points: {{ low: 1, mid: 2, high: 4 }}
  steps:
    - {{ id: each_score, each: observation, of: indicators, take: {take} }}
    - {{ id: year, of: each_score, {year} }}
"
    );
    let text = RUBRIC.replace("rating: latest", "at_most: 4\n  rating: latest");
    let text = text.replace(", { id: budget, statement: Keeps to it., scale: points }", "");
    rubric(
        &text
            .replace("scales: { points: { from: 0, to: 10, places: 1, meets_at: 6, unit: points } }\n", "")
            .replace("domains:", &format!("{scoring}domains:")),
    )
}

/// The results of a step: the subject, and the score as a fraction.
fn results(evaluation: &Evaluation, step: &str) -> Vec<(Option<String>, Option<String>)> {
    let scorecard = evaluation.score();
    let step = scorecard.steps().iter().find(|known| known.id == step).unwrap();
    let score = |outcome: &appraise::Outcome| outcome.score.as_ref().map(appraise::Exact::shown);
    step.results.iter().map(|outcome| (outcome.subject.clone(), score(outcome))).collect()
}

#[test]
fn each_observation_has_a_result_of_what_is_rated_on_it() {
    let rubric = scored("mean", "take: mean");
    let text = "
ratings: {}
observations:
  - { id: spring, kind: announced, date: 2026-03-02, by: E-0007, ratings: { plans: high, circles: mid } }
  - { id: fall, kind: announced, date: 2025-10-14, by: E-0007, ratings: { plans: low } }
  - { id: visit, kind: walkthrough, date: 2025-11-20, by: E-0008, ratings: { plans: unseen } }
  - { id: empty, kind: walkthrough, date: 2025-12-20, by: E-0008, notes: Nobody was there. }";
    let evaluation = evaluation(&rubric, text);
    let expected = [("announced_1", Some("1")), ("announced_2", Some("3")), ("walkthrough_1", None)];
    let expected = expected.map(|(subject, score)| (Some(subject.to_owned()), score.map(str::to_owned)));
    assert_eq!(results(&evaluation, "each_score"), expected);
    assert_eq!(results(&evaluation, "year"), [(None, Some("2".to_owned()))]);
    let scorecard = evaluation.score();
    let labels: Vec<_> = scorecard.steps()[0].results.iter().map(|one| one.label.clone().unwrap()).collect();
    assert_eq!(labels[1], "Announced observation 2, 2026-03-02");
    let reasons: Vec<String> = scorecard.steps()[1].results[0].reasons().iter().map(ToString::to_string).collect();
    assert!(reasons.iter().any(|reason| reason.contains("Announced observation 2")), "{reasons:#?}");
}

#[test]
fn observations_are_weighed_by_their_kind() {
    let rubric = scored("mean", "take: mean, weights: { announced: 3, walkthrough: 1 }");
    let text = "
ratings: {}
observations:
  - { id: fall, kind: announced, date: 2025-10-14, by: E-0007, ratings: { plans: low, circles: low } }
  - { id: visit, kind: walkthrough, date: 2025-11-20, by: E-0008, ratings: { plans: high } }
  - { id: visit_2, kind: walkthrough, date: 2026-02-20, by: E-0008, ratings: { plans: high } }";
    // (1 × 3 + 4 × 1 + 4 × 1) ÷ 5
    assert_eq!(results(&evaluation(&rubric, text), "year"), [(None, Some("2.2".to_owned()))]);
}

/// Every observation is scored as an evaluation of its own ratings alone is.
#[test]
fn an_observation_is_scored_as_an_evaluation_of_its_own() {
    let mut state = 7_u64;
    let mut roll = |sides: u64| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) % sides
    };
    let ids = ["a", "b", "c", "d"];
    let levels = ["low", "mid", "high", "unseen"];
    let text = |scoring: &str| {
        format!(
            "
id: seen
version: 1.0.0
title: Seen
scale:
  levels: [{{ id: low, label: Low }}, {{ id: mid, label: Mid }}, {{ id: high, label: High }}]
  meets_at: mid
  not_rated: [{{ id: unseen, label: Not observed }}]
observations: {{ kinds: [{{ id: visit, label: Visit }}], at_most: 4 }}
domains:
  - {{ id: one, title: One, indicators: [{{ id: a, statement: A. }}, {{ id: b, statement: B. }}] }}
  - {{ id: two, title: Two, indicators: [{{ id: c, statement: C. }}, {{ id: d, statement: D. }}] }}
scoring:
  points: {{ low: 1, mid: 2, high: 4 }}
  steps: [{scoring}]"
        )
    };
    let mut scored = 0;
    for take in
        ["mean", "sum", "median", "lowest", "highest", "share_meeting", "mean, weights: { a: 3, one: 2, others: 1 }"]
    {
        let alone = rubric(&text(&format!("{{ id: score, of: indicators, take: {take} }}")));
        let each = format!("{{ id: each_score, each: observation, of: indicators, take: {take} }}");
        let each = rubric(&text(&format!("{each}, {{ id: year, of: each_score, take: highest }}")));
        for _ in 0..40 {
            let observations: Vec<Vec<(&str, &str)>> = (0..=roll(4).min(3))
                .map(|_| {
                    ids.into_iter()
                        .filter_map(|id| Some((id, *levels.get(usize::try_from(roll(5)).unwrap())?)))
                        .collect()
                })
                .collect();
            let ratings = |of: &[(&str, &str)]| {
                of.iter().map(|(id, level)| format!("{id}: {level}")).collect::<Vec<_>>().join(", ")
            };
            let one = |(at, of): (usize, &Vec<_>)| {
                format!(
                    "  - {{ id: v{at}, kind: visit, date: 2025-{:02}-14, by: E-0007, ratings: {{ {} }} }}\n",
                    9 + at,
                    ratings(of)
                )
            };
            let list: String = observations.iter().enumerate().map(one).collect();
            let found = results(&evaluation(&each, &format!("ratings: {{}}\nobservations:\n{list}")), "each_score");
            let expected: Vec<_> = observations
                .iter()
                .enumerate()
                .filter(|(_, of)| !of.is_empty())
                .map(|(at, of)| {
                    let scope: Vec<&str> = of.iter().map(|(id, _)| *id).collect();
                    let signed: Vec<String> =
                        of.iter().map(|(id, level)| format!("{id}: {{ level: {level}, by: E-0007 }}")).collect();
                    let own = format!("scope: [{}]\nratings: {{ {} }}", scope.join(", "), signed.join(", "));
                    let (_, score) = results(&evaluation(&alone, &own), "score").remove(0);
                    (Some(format!("visit_{}", at + 1)), score)
                })
                .collect();
            assert_eq!(found, expected, "{take} {observations:?}");
            scored += expected.iter().filter(|(_, score)| score.is_some()).count();
        }
    }
    assert!(scored > 300, "only {scored} were scored");
}

fn combined(rubric: &Rubric, parts: &[(&str, &str)]) -> (Option<Evaluation>, Vec<String>) {
    let (joined, found) = Evaluation::combine(parts, rubric);
    (
        joined,
        found
            .iter()
            .flat_map(Diagnostics::iter)
            .map(|finding| format!("{}: {}", finding.code, finding.message))
            .collect(),
    )
}

#[test]
fn evaluations_that_differ_in_their_observations_only_are_joined() {
    let rubric = by_rule("latest");
    let head =
        |by: &str| HEAD.replace("evaluators: [{ id: E-0007, name: Priya Shah }, { id: E-0008, name: Sam Roe }]", by);
    let draft = format!(
        "{}ratings: {{ plans: {{ comment: In August. }} }}\nobservations: [{{ id: fall, kind: announced, date: 2025-10-14, ratings: {{ plans: mid }} }}]",
        head("evaluators: [{ id: E-0007, name: Priya Shah }]")
    );
    let visit = format!(
        "{}ratings: {{}}\nobservations: [{{ id: spring, kind: walkthrough, date: 2026-03-02, ratings: {{ plans: high }} }}]",
        head("evaluators: [{ id: E-0008, name: Sam Roe }]")
    );
    let (joined, found) = combined(&rubric, &[("draft.yaml", &draft), ("visit.yaml", &visit)]);
    let joined = joined.unwrap_or_else(|| panic!("{found:?}"));
    let by: Vec<_> = joined.observations().iter().map(|one| (one.id.as_str(), one.by.as_deref())).collect();
    assert_eq!(by, [("fall", Some("E-0007")), ("spring", Some("E-0008"))]);
    assert_eq!(followed(&joined, "plans"), ("High".to_owned(), "latest of 2: High on 2026-03-02".to_owned()));
    // The part that was joined is in it once, however often it is joined.
    let text = joined.to_yaml();
    let (again, found) = combined(&rubric, &[("joined.yaml", &text), ("visit.yaml", &visit)]);
    assert_eq!(again.unwrap_or_else(|| panic!("{found:?}")).observations().len(), 2);

    let other = visit.replace("plans: high", "plans: low");
    let (none, found) = combined(&rubric, &[("joined.yaml", &text), ("visit.yaml", &other)]);
    assert!(none.is_none(), "{found:?}");
    assert!(
        found.iter().any(|one| one == "conflicting-value: the observation `spring` differs from that in joined.yaml"),
        "{found:?}"
    );
    // Other ratings of the same indicators are two evaluations.
    let rated = visit.replace("ratings: {}", "ratings: { circles: { level: mid, practices: [opens] } }");
    let (none, found) = combined(&rubric, &[("joined.yaml", &text), ("visit.yaml", &rated)]);
    assert!(none.is_none() && found.iter().any(|one| one.starts_with("overlapping-scope")), "{found:?}");
}

#[test]
#[cfg(feature = "render")]
fn a_report_has_a_column_for_each_observation() {
    use appraise::{Format, Renderer};
    let rubric = by_rule("latest");
    let text = "
ratings: { circles: { level: high, by: E-0007, comment: The spring circle was interrupted. } }
observations:
  - { id: fall, kind: announced, date: 2025-10-14, by: E-0007, minutes: 40, at: Elm Hill, notes: 'Six students, <b>calm</b>.', ratings: { plans: low, circles: { practices: [opens], comment: One left. } } }
  - { id: spring, kind: walkthrough, date: 2026-03-02, by: E-0008, ratings: { plans: { level: mid, by: E-0007, evidence: [{ note: The plan of May. }] } } }";
    let scorecard = evaluation(&rubric, text).score();
    let markdown = Renderer::new().report(&scorecard, Format::Markdown).unwrap();
    for line in [
        "| Indicator | Announced observation, October 14, 2025 | Walkthrough, March 2, 2026 | Of record |",
        "| 1.1 Writes plans. | Low | Mid | Mid |",
        "| 2.1 Leads circles. | Mid | – | High (given otherwise than it follows) |",
        "- **Announced observation, October 14, 2025**, by Priya Shah, at Elm Hill, 40 minutes",
        "  - Why this rating: latest of 2: Mid on 2026-03-02.",
    ] {
        assert!(markdown.lines().any(|known| known == line), "{line}\n{markdown}");
    }
    let html = Renderer::new().report(&scorecard, Format::Html).unwrap();
    for part in [
        "Six students, &lt;b&gt;calm",
        "The plan of May.",
        "“Mid” follows from the observations, and the evaluator gave “High”.",
    ] {
        assert!(html.contains(part), "{part}");
    }
    // A report without observations has nothing of them.
    let none = evaluation(&rubric, "ratings: {}").score();
    let html = Renderer::new().report(&none, Format::Html).unwrap();
    assert!(!html.contains("id=\"observations\"") && !html.contains("Observations"));
}

#[test]
#[cfg(feature = "render")]
fn a_form_for_an_observation_asks_for_what_its_kind_rates() {
    use appraise::{Error, Form, Format, Renderer};
    let rubric = by_rule("latest");
    let text = "
ratings: { plans: { comment: In August., by: E-0007 } }
summary: A good year.
observations: [{ id: fall, kind: announced, date: 2025-10-14, by: E-0007, ratings: { plans: mid } }]";
    let form = Form::of(&evaluation(&rubric, text)).observation("walkthrough").unwrap();
    let page = Renderer::new().form(&form, Format::Html).unwrap();
    assert!(page.contains("data-key=\"observation.date\"") && page.contains("data-rating=\"plans\""));
    for other in
        ["data-rating=\"circles\"", "A good year.", "In August.", "data-key=\"summary\"", "data-list=\"goals\""]
    {
        assert!(!page.contains(other), "{other}");
    }
    let sheet = Renderer::new().form(&form, Format::Markdown).unwrap();
    assert!(
        sheet.starts_with("# Walkthrough: Seen\n") && sheet.contains("| Day | |") && !sheet.contains("## Goals"),
        "{sheet}"
    );
    // Who evaluates is named with the identifier that the file has; what the draft says of the employee is not asked anew.
    assert!(sheet.contains("| Identifier | E-0007 |"), "{sheet}");
    assert!(!page.contains("employee.hired_on"));

    // The day is still to be written; with it, the form is a sound evaluation.
    let yaml = form.yaml();
    let (none, found) = (
        Evaluation::check("visit.yaml", &yaml, &rubric).value,
        Evaluation::check("visit.yaml", &yaml, &rubric).diagnostics,
    );
    assert!(none.is_none() && found.iter().any(|finding| finding.path == "observations[0].date"), "{found}\n{yaml}");
    let filled = yaml
        .replace("    date:\n", "    date: 2026-03-02\n    by: E-0008\n")
        .replace("      plans:\n", "      plans: high\n");
    let visit = Evaluation::parse("visit.yaml", &filled, &rubric).unwrap_or_else(|found| panic!("{found}\n{filled}"));
    assert_eq!(visit.observations()[0].id, "walkthrough_1");
    let draft = format!("{HEAD}{text}");
    let (joined, found) = combined(&rubric, &[("draft.yaml", &draft), ("visit.yaml", &filled)]);
    let joined = joined.unwrap_or_else(|| panic!("{found:?}"));
    assert_eq!(followed(&joined, "plans").1, "latest of 2: High on 2026-03-02");

    // A second one of the kind has an id of its own.
    let second = Form::of(&joined).observation("walkthrough").unwrap();
    assert!(second.yaml().contains("  - id: walkthrough_2\n"), "{}", second.yaml());
    let page = Renderer::new().form(&second, Format::Html).unwrap();
    assert!(page.contains(r#""taken":["fall","walkthrough_1"]"#));

    // As YAML the form of the whole keeps every observation.
    let kept = Form::of(&joined).yaml();
    let kept = Evaluation::parse("kept.yaml", &kept, &rubric).unwrap_or_else(|found| panic!("{found}\n{kept}"));
    assert_eq!(kept.observations().len(), 2);
    let observed = |evaluation: &Evaluation| serde_json::to_value(evaluation).unwrap()["observations"].clone();
    assert_eq!(observed(&kept), observed(&joined));

    // The form of the whole shows what follows, and needs no other rating.
    let page = Renderer::new().form(&Form::of(&joined), Format::Html).unwrap();
    assert!(page.contains("latest of 2: High on 2026-03-02") && page.contains("data-followed"));
    let unknown = Form::new(&rubric).observation("conference").unwrap_err();
    assert!(matches!(unknown, Error::UnknownObservation { .. }), "{unknown}");
}

#[cfg(feature = "cli")]
#[test]
fn a_batch_as_a_table_has_columns_for_observations_where_the_rubric_has_kinds_of_them() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("rubric.yaml"), RUBRIC).unwrap();
    let observations = "ratings: {}\nobservations:\n\
        \x20 - { id: fall, kind: walkthrough, date: 2025-10-14, by: E-0007, minutes: 12, ratings: { plans: high } }\n\
        \x20 - { id: winter, kind: walkthrough, date: 2026-01-14, by: E-0007, ratings: { plans: mid } }\n\
        \x20 - { id: spring, kind: announced, date: 2026-03-02, by: E-0008, minutes: 40, ratings: { plans: mid } }\n";
    std::fs::write(folder.path().join("a.yaml"), format!("{HEAD}{observations}")).unwrap();
    std::fs::write(folder.path().join("b.yaml"), format!("{}ratings: {{}}\n", HEAD.replace("E-1042", "E-1043")))
        .unwrap();
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_appraise"))
        .args(["batch", "a.yaml", "b.yaml", "--rubric", "rubric.yaml", "--format", "csv"])
        .current_dir(folder.path())
        .output()
        .unwrap();
    let table = String::from_utf8(output.stdout).unwrap();
    let rows: Vec<Vec<&str>> = table.lines().map(|line| line.split(',').collect()).collect();
    let names =
        ["number", "minutes", "announced.number", "announced.minutes", "walkthrough.number", "walkthrough.minutes"];
    let of = |row: usize| {
        names.map(|name| {
            let name = format!("observations.{name}");
            rows[row][rows[0].iter().position(|known| *known == name).unwrap()]
        })
    };
    assert_eq!(of(1), ["3", "52", "1", "40", "2", "12"]);
    assert_eq!(of(2), ["0", "", "0", "", "0", ""]);
}

/// No evaluation had an observation before: nothing loses its place, and nothing counts otherwise.
#[test]
fn the_first_observations_of_a_rubric_touch_no_rating_given_before() {
    let observed = rubric(
        &RUBRIC.replace("version: 1.0.0", "version: 2.0.0").replace("rating: latest", "rating: latest\n  at_most: 4"),
    );
    let (from, to) = (RUBRIC.find("observations:").unwrap(), RUBRIC.find("domains:").unwrap());
    let plain = rubric(&format!("{}{}", &RUBRIC[..from], &RUBRIC[to..]));
    let difference = appraise::diff::compare(&plain, &observed);
    assert!(difference.changes.len() > 3, "{difference:?}");
    for change in &difference.changes {
        assert_eq!(change.class, appraise::diff::Class::None, "{change:?}");
    }
    let head = HEAD.replace(", { id: E-0008, name: Sam Roe }", "");
    let before = format!("{head}ratings: {{ plans: mid, budget: 7, circles: {{ practices: [opens] }} }}");
    let migrated = migrate::migrate("before.yaml", &before, &observed, Some(&plain)).unwrap();
    assert_eq!((migrated.changes.rescored.len(), migrated.changes.orphaned.len(), migrated.changes.ratings), (0, 0, 3));
    // The other way, the rating of record no more follows, and a limit that was not there may leave an observation out.
    let limited = rubric(&RUBRIC.replace("rating: latest", "rating: latest\n  at_most: 4"));
    let classes = |old: &Rubric, new: &Rubric| -> Vec<_> {
        appraise::diff::compare(old, new).changes.iter().map(|change| change.class).collect()
    };
    assert!(classes(&rubric(RUBRIC), &limited).contains(&appraise::diff::Class::Orphaned));
    assert!(classes(&observed, &plain).contains(&appraise::diff::Class::Rescored));
}
