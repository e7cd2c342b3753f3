//! The scoring policy's results in a scorecard, and their reasons.

#![allow(clippy::panic, clippy::unwrap_used, clippy::indexing_slicing, reason = "a test that cannot go on fails")]

mod support;

use appraise::{Checked, Evaluation, Library, Rubric};
use serde_json::json;

const RUBRIC: &str = "
id: r
version: 1.0.0
title: R
domains:
  - { id: practice, title: Practice, indicators: [{ id: plans, statement: P. }, { id: counsels, statement: C. }, { id: listens, statement: L. }] }
  - { id: program, title: Program, indicators: [{ id: budget, statement: B. }, { id: space, statement: S. }] }
";

const POLICY: &str = "
points: { has_not_met: 1, has_met: 2, exceeds_expectations: 3 }
inputs:
  - { id: growth, label: Student growth, from: 0, to: 4 }
  - { id: survey, label: Family survey, from: 0, to: 4, optional: true }
  - { id: stage, label: Career stage, one_of: [novice, experienced] }
steps:
  - id: domain_rating
    each: domain
    of: indicators
    take: mean
    bands: [{ from: 1, rating: has_not_met }, { from: 1.5, rating: has_met }, { from: 2.5, rating: exceeds_expectations }]
  - id: total
    label: Total score
    of: domain_rating
    take: mean
    weights: { practice: 75, program: 25 }
    rescale: { from: [1, 3], to: [0, 100] }
    adjust: [{ add: -10, when: { count: indicators, rated: [has_not_met], at_least: 1 } }, { add: 60 }]
    clamp: { to: 100 }
    round: [{ places: 1, mode: truncate }, { places: 0, mode: half_up }]
  - { id: measures, of: [growth, survey], take: highest }
  - id: judged
    label: Judgment
    entered: true
    limits: [{ at_most: has_met, when: { rating: plans, is: has_not_met } }]
    points: { has_not_met: 1, has_met: 2, exceeds_expectations: 3 }
  - id: grid
    matrix:
      rows: judged
      columns: stage
      cells:
        has_not_met: { novice: has_not_met, experienced: has_not_met }
        has_met: { novice: { rating: has_met, flag: mentor }, experienced: has_met }
        exceeds_expectations: { novice: exceeds_expectations, experienced: exceeds_expectations }
  - id: summative
    rules:
      - { rating: exceeds_expectations, when: { all: [{ score: total, at_least: 50 }, { score: measures, at_least: 3.5 }] } }
      - { rating: has_met, when: { share: domain_rating, rated_at_least: has_met, at_least: 50 } }
      - { rating: has_not_met }
    limits: [{ at_most: has_not_met, when: { any: [{ rating: grid, below: has_met }, { not: { input: stage, is: novice } }] } }]
    flags: [{ flag: review, when: { rating: domain_rating, subject: program, is: exceeds_expectations } }]
    because: Agreement, article 12
";

fn rubric() -> Rubric {
    Rubric::parse("r.yaml", RUBRIC, &Library::empty()).unwrap()
}

fn scored() -> Rubric {
    let Checked { value: rubric, diagnostics: findings } = rubric().with_policy("policy.yaml", POLICY);
    rubric.unwrap_or_else(|| panic!("{findings}"))
}

fn evaluation(rubric: &Rubric, more: &str) -> Evaluation {
    let text = format!(
        "rubric: {{ id: r }}\nemployee: {{ id: E-1, name: Ann }}\nevaluators: [{{ id: E-2, name: Bo }}]\n\
         period: {{ from: 2025-08-25, to: 2026-06-12 }}\n{more}"
    );
    Evaluation::parse("e.yaml", &text, rubric).unwrap_or_else(|found| panic!("{found}"))
}

const WHOLE: &str = "
ratings: { plans: has_not_met, counsels: exceeds_expectations, listens: no_opportunity_to_practice, budget: exceeds_expectations, space: exceeds_expectations }
inputs: { growth: 3.25, stage: experienced }
entered: { judged: { rating: has_met, rationale: As seen in May. } }
";

fn lines(evaluation: &Evaluation, step: &str) -> Vec<String> {
    let scorecard = evaluation.score();
    let step = scorecard.steps().iter().find(|known| known.id == step).unwrap();
    step.results[0].reasons().iter().map(ToString::to_string).collect()
}

#[test]
fn every_result_can_be_followed_with_pencil_and_paper() {
    let evaluation = evaluation(&scored(), WHOLE);
    assert_eq!(
        lines(&evaluation, "domain_rating"),
        [
            "left out: 1 with “No opportunity to practice”: 1.3",
            "1 × 1 (Has not met) + 1 × 3 (Exceeds expectations) = 4",
            "mean of 2 ratings = 2",
            "1.5 ≤ 2 < 2.5: Has met",
        ]
    );
    assert_eq!(
        lines(&evaluation, "total"),
        [
            "75 × 2 (Practice) + 25 × 3 (Program) = 225",
            "mean of 2 scores, divided by their weights of 100 together, = 2.25",
            "moved from 1–3 into 0–100: 2.25 becomes 62.5",
            "adjusted by -10: 62.5 becomes 52.5, because 1 of 5 indicators is rated “Has not met” (needs at least 1)",
            "adjusted by +60: 52.5 becomes 112.5",
            "112.5 becomes 100, the greatest there is",
            "cut off to 1 place: 100 becomes 100",
            "rounded, a half up, to 0 places: 100 becomes 100",
        ]
    );
    assert_eq!(
        lines(&evaluation, "measures"),
        ["left out: 1 not given: Family survey", "3.25 (Student growth)", "highest of 1 score = 3.25"]
    );
    assert_eq!(
        lines(&evaluation, "judged"),
        ["entered by the evaluator: Has met, because: As seen in May.", "Has met counts 2"]
    );
    assert_eq!(lines(&evaluation, "grid"), ["row Judgment = Has met, column Career stage = experienced: Has met"]);
    assert_eq!(
        lines(&evaluation, "summative"),
        [
            "rule 1, for Exceeds expectations, does not apply: measures is 3.25 (needs at least 3.5)",
            "rule 2 decides: Has met, because 2 of the 2 rated results of domain_rating are rated “Has met” or “Exceeds expectations”, which is 100 % (needs at least 50 %)",
            "at most Has not met: Has met becomes Has not met, because Career stage is “experienced” (needs anything but “novice”)",
            "flagged review, because domain_rating of Program is rated “Exceeds expectations”",
            "from: Agreement, article 12",
        ]
    );
}

#[test]
fn missing_values_are_named() {
    let scored = scored();
    let draft = evaluation(&scored, "ratings: { plans: has_met }\nscope: [practice]\n");
    assert_eq!(lines(&draft, "domain_rating"), ["blocked: 2 indicators are unrated: 1.2, 1.3"]);
    assert_eq!(
        lines(&draft, "total"),
        ["blocked: domain_rating is blocked for Practice; 2 indicators are unrated: 1.2, 1.3"]
    );
    assert_eq!(lines(&draft, "measures"), ["blocked: Student growth is not given"]);
    assert_eq!(lines(&draft, "judged"), ["blocked: the evaluator has not entered the rating"]);
    assert_eq!(lines(&draft, "grid"), ["blocked: Judgment is blocked; Career stage is not given"]);
    let unseen = evaluation(
        &scored,
        "ratings: { plans: no_opportunity_to_practice, counsels: no_opportunity_to_practice, listens: no_opportunity_to_practice }\n\
         scope: [practice]\ninputs: { growth: 1, stage: novice }\nentered: { judged: { rating: has_met, rationale: As seen. } }\n",
    );
    assert_eq!(
        lines(&unseen, "domain_rating"),
        [
            "left out: 3 with “No opportunity to practice”: 1.1, 1.2, 1.3",
            "insufficient evidence: nothing that goes into it has a score"
        ]
    );
    assert_eq!(lines(&unseen, "judged"), ["insufficient evidence: no indicator is rated"]);
    let scorecard = unseen.score();
    assert_eq!(scorecard.steps()[0].results.len(), 1, "what is not in the scope has no result");
    assert_eq!(scorecard.summative().unwrap().status.to_string(), "insufficient_evidence");
}

#[test]
fn the_json_is_as_documented() {
    let evaluation = evaluation(&scored(), WHOLE);
    let scorecard = evaluation.score();
    let value = serde_json::to_value(&scorecard).unwrap();
    assert_eq!(value["scoring"]["fingerprint"], evaluation.rubric().scoring_fingerprint().unwrap());
    assert_eq!(
        value["steps"][0]["results"][0],
        json!({
            "subject": "practice", "label": "Practice", "status": "scored",
            "score": { "exact": "2", "decimal": "2" }, "rating": "has_met", "rating_label": "Has met", "meets": true,
            "flags": [], "reasons": lines(&evaluation, "domain_rating"),
        })
    );
    assert_eq!(
        value["summative"],
        json!({
            "step": "summative", "status": "scored", "score": null, "rating": "has_not_met",
            "rating_label": "Has not met", "meets": false, "flags": ["review"], "reasons": lines(&evaluation, "summative"),
        })
    );
    #[cfg(feature = "schema")]
    {
        let schema = serde_json::from_str(&appraise::schema::scorecard()).unwrap();
        let validator = jsonschema::validator_for(&schema).unwrap();
        let errors: Vec<_> = validator.iter_errors(&value).map(|error| error.to_string()).collect();
        assert!(errors.is_empty(), "{errors:?}");
    }
}

#[test]
fn a_policy_of_another_document_takes_the_place_of_the_rubrics_own() {
    let (plain, scored) = (rubric(), scored());
    assert_eq!(plain.scoring_fingerprint(), None);
    assert_eq!(plain.fingerprint(), scored.fingerprint());
    let indented: String = POLICY.lines().map(|line| format!("  {line}\n")).collect();
    let Checked { value: under_key, diagnostics: findings } =
        plain.with_policy("policy.yaml", &format!("scoring:\n{indented}"));
    assert!(!findings.has_errors(), "{findings}");
    assert_eq!(under_key.unwrap().scoring_fingerprint(), scored.scoring_fingerprint());
    let other = "points: { has_not_met: 0, has_met: 1, exceeds_expectations: 2 }\nsteps: [{ id: sum, of: indicators, take: sum }]\n";
    let again = scored.with_policy("other.yaml", other).value.unwrap();
    assert_ne!(again.scoring_fingerprint(), scored.scoring_fingerprint());
    let card = evaluation(&again, &WHOLE[..WHOLE.find("inputs").unwrap()]).score();
    assert_eq!(card.summative().unwrap().score.as_ref().unwrap().to_string(), "6");
    let Checked { value: none, diagnostics: findings } =
        plain.with_policy("policy.yaml", &other.replace("indicators", "indicator"));
    assert!(none.is_none());
    let finding = findings.iter().next().unwrap();
    assert_eq!(
        (finding.code.as_str(), finding.file.as_str(), finding.path.as_str()),
        ("unknown-step", "policy.yaml", "steps[0].of")
    );
    assert_eq!((finding.start.line, finding.start.column), (2, 24));
}

#[test]
fn a_type_that_the_policy_does_not_score_has_the_profile_alone() {
    let rubric = rubric().with_policy("policy.yaml", &format!("for: [formal]\n{POLICY}")).value.unwrap();
    let card = evaluation(&rubric, "type: self\nratings: { plans: has_met }\n").score();
    assert!(card.steps().is_empty() && card.summative().is_none());
    let value = serde_json::to_value(&card).unwrap();
    assert!(value["scoring"].is_null() && value["summative"].is_null() && value["steps"] == json!([]));
    assert_eq!(value["overall"]["rated"], 1);
}

#[test]
fn a_policy_can_rate_domains_without_a_summative_rating() {
    let policy = "steps: [{ id: domain_share, each: domain, of: indicators, take: share_meeting }]\n";
    let rubric = rubric().with_policy("policy.yaml", policy).value.unwrap();
    let card = evaluation(&rubric, &WHOLE[..WHOLE.find("inputs").unwrap()]).score();
    assert!(card.summative().is_none());
    let shares: Vec<_> =
        card.steps()[0].results.iter().map(|result| result.score.as_ref().unwrap().to_string()).collect();
    assert_eq!(shares, ["50", "100"]);
    let reasons = card.steps()[0].results[0].reasons();
    assert_eq!(reasons[1].to_string(), "1 of 2 ratings meet expectations, which is 50 %");
}

#[test]
fn a_rubric_with_another_policy_is_written_with_it() {
    let plain = rubric();
    for text in [POLICY.to_owned(), format!("scoring:\n{}", POLICY.replace('\n', "\n  "))] {
        let Checked { value: scored, diagnostics: findings } = plain.with_policy("policy.yaml", &text);
        let scored = scored.unwrap_or_else(|| panic!("{findings}"));
        let again = Rubric::parse("again.yaml", &scored.to_yaml(), &Library::empty()).unwrap();
        assert_eq!(again.scoring_fingerprint(), scored.scoring_fingerprint());
        assert_eq!(again.fingerprint(), plain.fingerprint());
        assert_eq!(serde_json::to_value(&scored).unwrap()["scoring"]["steps"][0]["id"], "domain_rating");
        // One in place of another, not beside it.
        let other = "points: { has_not_met: 0, has_met: 1, exceeds_expectations: 2 }\nsteps: [{ id: total, of: indicators, take: sum }]\n";
        let other = scored.with_policy("other.yaml", other).value.unwrap();
        assert_eq!(other.to_yaml().matches("scoring:").count(), 1);
        assert!(!other.to_yaml().contains("domain_rating") && other.to_yaml().contains("id: total"));
    }
    assert!(!plain.to_yaml().contains("scoring"));
}

#[test]
fn what_if_leaves_the_evaluation_as_it_is() {
    let evaluation = evaluation(&scored(), WHOLE);
    let card = evaluation.score();
    let Checked { value: same, diagnostics: findings } = card.what_if("policy.yaml", POLICY);
    let same = same.unwrap_or_else(|| panic!("{findings}"));
    assert!(same.differences().is_empty() && same.not_used.is_empty());
    assert_eq!(same.new.summative().unwrap().to_string(), card.summative().unwrap().to_string());
    // An input that the other policy asks for in another way is not used, and its absence then blocks.
    let narrower = POLICY.replace("experienced", "seasoned");
    assert_ne!(narrower, POLICY);
    let Checked { value: other, diagnostics: findings } = card.what_if("policy.yaml", &narrower);
    let other = other.unwrap_or_else(|| panic!("{findings}"));
    assert_eq!(other.not_used.iter().map(|unused| unused.id.as_str()).collect::<Vec<_>>(), ["stage"]);
    assert_eq!(other.new.summative().unwrap().status.as_str(), "blocked");
    assert_eq!(serde_json::to_value(&evaluation).unwrap()["inputs"]["stage"], "experienced");
}

/// A step with a result for each domain asks another of these for the domain that it is about.
#[test]
fn a_condition_is_about_the_same_subject_where_both_steps_have_one() {
    let policy = "
levels: [{ id: low, label: Low }, { id: high, label: High }]
meets_at: high
steps:
  - { id: first, each: domain, rules: [{ rating: high, when: { count: indicators, rated_at_least: exceeds_expectations, at_least: 1 } }, { rating: low }] }
  - { id: second, each: domain, rules: [{ rating: high, when: { rating: first, is: low } }, { rating: low }] }
  - { id: summative, rules: [{ rating: high, when: { count: second, rated: [high], at_least: 1 } }, { rating: low }] }
";
    let Checked { value: rubric, diagnostics: findings } = rubric().with_policy("policy.yaml", policy);
    let rubric = rubric.unwrap_or_else(|| panic!("{findings}"));
    let all = |practice: &str, program: &str| {
        let ratings = format!(
            "ratings: {{ plans: {practice}, counsels: {practice}, listens: {practice}, budget: {program}, space: {program} }}"
        );
        let scorecard = evaluation(&rubric, &ratings).score();
        let json = serde_json::to_value(&scorecard).unwrap();
        let second = json["steps"].as_array().unwrap().iter().find(|step| step["id"] == "second").unwrap();
        let rating = |number: usize| second["results"][number]["rating"].as_str().unwrap().to_owned();
        (rating(0), rating(1))
    };
    assert_eq!(all("exceeds_expectations", "has_met"), ("low".to_owned(), "high".to_owned()));
    assert_eq!(all("has_met", "exceeds_expectations"), ("high".to_owned(), "low".to_owned()));
}

#[test]
fn of_several_conditions_those_that_decide_are_named() {
    let because = |condition: &str, ratings: &str| {
        let policy = format!(
            "points: {{ has_not_met: 1, has_met: 2, exceeds_expectations: 3 }}\n\
             inputs: [{{ id: growth, label: Growth, from: 0, to: 4 }}, {{ id: stage, label: Stage, one_of: [novice, experienced] }}]\n\
             steps:\n\
             \x20 - {{ id: each_domain, label: Domain rating, each: domain, of: indicators, take: mean, bands: [{{ from: 1, rating: has_not_met }}, {{ from: 1.5, rating: has_met }}, {{ from: 2.5, rating: exceeds_expectations }}] }}\n\
             \x20 - {{ id: s, rules: [{{ rating: has_met, when: {condition} }}, {{ rating: has_not_met }}] }}\n"
        );
        let Checked { value: rubric, diagnostics: findings } = rubric().with_policy("policy.yaml", &policy);
        let rubric = rubric.unwrap_or_else(|| panic!("{findings}"));
        let more = format!("ratings: {{ {ratings} }}\ninputs: {{ growth: 3, stage: novice }}\n");
        lines(&evaluation(&rubric, &more), "s").remove(0)
    };
    let all = |practice: &str, program: &str| {
        format!("plans: {practice}, counsels: {practice}, listens: {practice}, budget: {program}, space: {program}")
    };
    let (low, met, none) = ("has_not_met", "has_met", "no_opportunity_to_practice");
    let cases = [
        // A condition that does not hold is told with its actual value, and the wanted one turned round.
        (
            "{ not: { rating: each_domain, subject: practice, at_least: has_met } }",
            all(low, met),
            "rule 1 decides: Has met, because Domain rating of Practice is rated “Has not met” (needs below “Has met”)",
        ),
        (
            "{ not: { score: growth, at_least: 3 } }",
            all(met, met),
            "rule 1, for Has met, does not apply: Growth is 3 (needs less than 3)",
        ),
        (
            "{ not: { input: stage, is: novice } }",
            all(met, met),
            "rule 1, for Has met, does not apply: Stage is “novice” (needs anything but “novice”)",
        ),
        // Of `any` what is true, of `all` what is not.
        (
            "{ any: [{ input: stage, is: experienced }, { score: growth, at_least: 2 }] }",
            all(met, met),
            "rule 1 decides: Has met, because Growth is 3 (needs at least 2)",
        ),
        (
            "{ any: [{ input: stage, is: experienced }, { score: growth, at_least: 3.5 }] }",
            all(met, met),
            "rule 1, for Has met, does not apply: Stage is “novice” (needs “experienced”) and Growth is 3 (needs at least 3.5), of which one would be enough",
        ),
        (
            "{ all: [{ input: stage, is: novice }, { score: growth, at_least: 3.5 }, { count: indicators, rated: [has_met], at_least: 5 }] }",
            all(low, met),
            "rule 1, for Has met, does not apply: Growth is 3 (needs at least 3.5) and 2 of 5 indicators are rated “Has met” (needs at least 5)",
        ),
        // Not all of them: one that is not is enough.
        (
            "{ not: { all: [{ input: stage, is: novice }, { score: growth, at_least: 3.5 }] } }",
            all(met, met),
            "rule 1 decides: Has met, because Growth is 3 (needs less than 3.5)",
        ),
        (
            "{ not: { any: [{ input: stage, is: experienced }, { not: { score: growth, at_least: 2 } }] } }",
            all(met, met),
            "rule 1 decides: Has met, because Stage is “novice” (needs anything but “experienced”) and Growth is 3 (needs at least 2)",
        ),
        // An unknown condition names the missing value.
        (
            "{ all: [{ input: stage, is: novice }, { rating: each_domain, subject: practice, is: has_met }] }",
            all(none, met),
            "rule 1, for Has met, is undecided: Domain rating of Practice has no rating (needs “Has met”)",
        ),
        (
            "{ all: [{ share: each_domain, rated: [has_met], at_least: 50 }, { rating: plans, is: has_met }] }",
            format!("plans: {none}, counsels: {met}, listens: {met}, budget: {met}, space: {met}"),
            "rule 1, for Has met, is undecided: 1.1 has “No opportunity to practice”, which is no rating (needs “Has met”)",
        ),
    ];
    for (condition, ratings, wanted) in cases {
        assert_eq!(because(condition, &ratings), wanted, "{condition}");
    }
}

#[test]
fn an_adjustment_and_a_limit_that_are_undecided_are_named_with_what_is_missing() {
    let policy = "points: { has_not_met: 1, has_met: 2, exceeds_expectations: 3 }
steps:
  - { id: each_domain, label: Domain rating, each: domain, of: indicators, take: mean, bands: [{ from: 1, rating: has_not_met }, { from: 1.5, rating: has_met }, { from: 2.5, rating: exceeds_expectations }] }
  - id: s
    of: each_domain
    take: mean
    adjust: [{ add: -0.25, when: { score: each_domain, subject: practice, below: 2 } }]
    bands: [{ from: 0, rating: has_not_met }, { from: 1.5, rating: has_met }, { from: 2.5, rating: exceeds_expectations }]
    limits: [{ at_most: has_not_met, when: { rating: each_domain, subject: practice, below: has_met } }]
";
    let Checked { value: rubric, diagnostics: findings } = rubric().with_policy("policy.yaml", policy);
    let rubric = rubric.unwrap_or_else(|| panic!("{findings}"));
    let none = "no_opportunity_to_practice";
    let ratings = format!("plans: {none}, counsels: {none}, listens: {none}, budget: has_met, space: has_met");
    assert_eq!(
        lines(&evaluation(&rubric, &format!("ratings: {{ {ratings} }}\n")), "s"),
        [
            "left out: 1 without a result: Practice",
            "2 (Program)",
            "mean of 1 score = 2",
            "undecided whether adjusted by -0.25: Domain rating of Practice has no score (needs less than 2)",
            "1.5 ≤ 2 < 2.5: Has met",
            "1.5 ≤ 1.75 < 2.5: Has met",
            "undecided whether limited to at most Has not met: Domain rating of Practice has no rating (needs below “Has met”)",
            "insufficient evidence: Has not met or Has met, depending on missing evidence: Domain rating of Practice has no result (1.1 has “No opportunity to practice”, 1.2 has “No opportunity to practice”, 1.3 has “No opportunity to practice”)",
        ]
    );
}

/// The states of the results of every step, under a policy of sums that must have all members.
fn states(evaluation: &str) -> Vec<(String, Vec<String>)> {
    const SUMS: &str = "
points: { has_not_met: 1, has_met: 2, exceeds_expectations: 3 }
steps:
  - { id: part, each: domain, of: indicators, take: sum, missing: block }
  - { id: all, of: indicators, take: sum, missing: block }
  - { id: parts, of: part, take: mean, missing: block }
  - { id: practice_mean, of: indicators, under: [practice], take: mean, missing: block }
  - { id: listed, of: [all, practice_mean], take: sum, missing: block }
";
    let Checked { value: rubric, diagnostics: findings } = rubric().with_policy("policy.yaml", SUMS);
    let rubric = rubric.unwrap_or_else(|| panic!("{findings}"));
    let scorecard = self::evaluation(&rubric, evaluation).score();
    let results = |step: &appraise::Step| step.results.iter().map(|result| result.status.as_str().to_owned()).collect();
    scorecard.steps().iter().map(|step| (step.id.clone(), results(step))).collect()
}

#[test]
fn a_step_that_needs_all_members_has_no_result_without_those_out_of_scope() {
    let is = |evaluation: &str, wanted: &[(&str, &[&str])]| {
        let found = states(evaluation);
        let found: Vec<(&str, Vec<&str>)> =
            found.iter().map(|(id, states)| (id.as_str(), states.iter().map(String::as_str).collect())).collect();
        let wanted: Vec<(&str, Vec<&str>)> = wanted.iter().map(|(id, states)| (*id, states.to_vec())).collect();
        assert_eq!(found, wanted, "{evaluation}");
    };
    is(
        "scope: [practice]\nratings: { plans: has_met, counsels: has_met, listens: has_met }",
        &[
            ("part", &["scored"]),
            ("all", &["blocked"]),
            ("parts", &["blocked"]),
            ("practice_mean", &["scored"]),
            ("listed", &["blocked"]),
        ],
    );
    is(
        "not_assigned: { listens: Done by others. }\n\
         ratings: { plans: has_met, counsels: has_met, budget: has_met, space: has_met }",
        &[
            ("part", &["blocked", "scored"]),
            ("all", &["blocked"]),
            ("parts", &["blocked"]),
            ("practice_mean", &["blocked"]),
            ("listed", &["blocked"]),
        ],
    );
}

#[test]
fn a_result_without_members_out_of_scope_names_them() {
    let policy = "
points: { has_not_met: 1, has_met: 2, exceeds_expectations: 3 }
steps: [{ id: part, each: domain, of: indicators, take: sum, missing: block }, { id: all, of: part, take: sum, missing: block }]
";
    let Checked { value: rubric, .. } = rubric().with_policy("policy.yaml", policy);
    let scope = "scope: [practice]\nratings: { plans: has_met, counsels: has_met, listens: has_met }";
    let scorecard = evaluation(&rubric.unwrap(), scope).score();
    let reasons: Vec<String> = scorecard.summative().unwrap().reasons().iter().map(ToString::to_string).collect();
    assert_eq!(reasons, ["blocked: Program is not in the scope; all must have a score"]);
}

#[test]
fn a_choice_of_an_input_is_printed_by_its_label() {
    let policy = "
inputs: [{ id: conduct, label: Conduct, one_of: [meets, { id: slightly_below, label: Slightly below }] }]
steps:
  - { id: summative, rules: [{ rating: has_not_met, when: { input: conduct, is: slightly_below } }, { rating: has_met }] }
";
    let Checked { value: rubric, diagnostics: findings } = rubric().with_policy("policy.yaml", policy);
    let rubric = rubric.unwrap_or_else(|| panic!("{findings}"));
    let reasons = |conduct: &str| {
        let ratings =
            "ratings: { plans: has_met, counsels: has_met, listens: has_met, budget: has_met, space: has_met }";
        let scorecard = evaluation(&rubric, &format!("{ratings}\ninputs: {{ conduct: {conduct} }}")).score();
        scorecard.summative().unwrap().reasons().iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")
    };
    let below = reasons("slightly_below");
    assert!(below.contains("Conduct is “Slightly below”") && !below.contains("slightly_below"), "{below}");
    let meets = reasons("meets");
    assert!(meets.contains("“meets”") && !meets.contains("slightly_below"), "{meets}");
}
