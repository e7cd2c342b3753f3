//! The result of a policy where a condition is unknown: every way in which the condition could turn out counts.

#![allow(clippy::panic, clippy::unwrap_used, clippy::indexing_slicing, reason = "a test that cannot go on fails")]

use appraise::{Checked, Evaluation, Library, OutcomeStatus, Rubric};

const RUBRIC: &str = "
id: r
version: 1.0.0
title: R
scale:
  levels: [{ id: unsat, label: Unsatisfactory }, { id: prof, label: Proficient }, { id: dist, label: Distinguished }]
  meets_at: prof
  not_rated: [{ id: na, label: N/A }]
domains:
  - { id: practice, title: Practice, indicators: [{ id: a, statement: A. }, { id: b, statement: B. }] }
  - { id: growth, title: Student growth, indicators: [{ id: g1, statement: Growth 1. }, { id: g2, statement: Growth 2. }] }
";

/// A mean of the growth indicators, of which each must be rated.
const GROWTH: &str = "
points: { unsat: 1, prof: 2, dist: 3 }
inputs:
  - { id: survey, label: Family survey, from: 0, to: 4, optional: true }
  - { id: stage, label: Career stage, one_of: [novice, experienced], optional: true }
steps:
  - { id: measures, label: Student growth, of: indicators, under: [growth], take: mean, minimum_rated: 100, bands: [{ from: 1, rating: unsat }, { from: 1.5, rating: prof }, { from: 2.5, rating: dist }] }
";

/// All rated as they are named, in the order of the rubric.
fn evaluation(ratings: &str, more: &str) -> String {
    let ratings: Vec<String> =
        ["a", "b", "g1", "g2"].iter().zip(ratings.split(' ')).map(|(id, level)| format!("{id}: {level}")).collect();
    format!(
        "rubric: {{ id: r }}\nemployee: {{ id: E-1, name: Ann }}\nevaluators: [{{ id: E-2, name: Bo }}]\n\
         period: {{ from: 2025-08-25, to: 2026-06-12 }}\nratings: {{ {} }}\n{more}",
        ratings.join(", ")
    )
}

fn policy(last: &str) -> Rubric {
    let rubric = Rubric::parse("r.yaml", RUBRIC, &Library::empty()).unwrap();
    let Checked { value: rubric, diagnostics: findings } =
        rubric.with_policy("policy.yaml", &format!("{GROWTH}{last}"));
    rubric.unwrap_or_else(|| panic!("{findings}"))
}

/// The result of the last step, in words.
fn comes_to(rubric: &Rubric, evaluation: &str) -> String {
    let evaluation = Evaluation::parse("e.yaml", evaluation, rubric).unwrap_or_else(|found| panic!("{found}"));
    evaluation.score().summative().unwrap().to_string()
}

/// The result of the last step with `prof dist` of practice, no second growth rating, and so no result of `measures`.
fn without_growth(last: &str) -> String {
    comes_to(&policy(last), &evaluation("prof dist unsat na", ""))
}

#[test]
fn a_last_rule_without_a_condition_does_not_rate_what_is_missing() {
    let rules = "  - { id: summative, rules: [{ rating: prof, when: { rating: measures, at_least: prof } }, { rating: unsat }] }\n";
    assert_eq!(
        without_growth(rules),
        "insufficient evidence: Unsatisfactory or Proficient, depending on missing evidence: Student growth has no result (2.2 has “N/A”)"
    );
    assert_eq!(comes_to(&policy(rules), &evaluation("prof dist unsat unsat", "")), "Unsatisfactory");
    assert_eq!(comes_to(&policy(rules), &evaluation("prof dist prof dist", "")), "Proficient");
}

#[test]
fn a_number_that_may_be_below_a_look_up_table_depends_on_what_is_missing() {
    // Whoever is proficient at `a` has a number of 1.5 at least; where `a` is not rated the number may be 0.5.
    let last = "  - { id: total, of: indicators, under: [practice], take: highest, \
        adjust: [{ add: -0.5, when: { rating: a, at_least: prof } }], \
        convert: [{ from: 1, to: 10 }, { from: 2, to: 20 }], \
        bands: [{ from: 10, rating: unsat }, { from: 20, rating: dist }] }\n";
    let depends = "insufficient evidence: no score or a score of 10, depending on missing evidence: 1.1 has “N/A”";
    assert_eq!(comes_to(&policy(last), &evaluation("na unsat prof prof", "")), depends);
    assert_eq!(comes_to(&policy(last), &evaluation("unsat unsat prof prof", "")), "Unsatisfactory, score 10");
    // An entry under it waits for the evidence, and is no mistake.
    let entered = last.split(", bands").next().unwrap().replace("id: total", "id: judged") + ", entered: true }\n";
    let given = evaluation("na unsat prof prof", "entered: { judged: { rating: unsat, rationale: Seen. } }\n");
    assert_eq!(comes_to(&policy(&entered), &given), depends);
}

#[test]
fn rules_that_give_the_same_rating_whatever_is_missing_decide() {
    let rules = "  - { id: summative, rules: [{ rating: prof, when: { rating: measures, is: dist } }, { rating: unsat, when: { rating: b, is: unsat } }, { rating: prof }] }\n";
    assert_eq!(without_growth(rules), "Proficient");
    // One rating is enough where a limit leaves no other.
    let limited = "  - { id: summative, rules: [{ rating: dist, when: { rating: measures, is: dist } }, { rating: prof }], limits: [{ at_most: prof, when: { rating: a, is: prof } }] }\n";
    assert_eq!(without_growth(limited), "Proficient");
}

#[test]
fn rules_that_may_end_without_a_rating_decide_nothing() {
    let rules = "  - { id: summative, rules: [{ rating: prof, when: { rating: g2, at_least: prof } }, { rating: unsat, when: { rating: g2, below: prof } }] }\n";
    assert_eq!(
        without_growth(rules),
        "insufficient evidence: no rating, Unsatisfactory or Proficient, depending on missing evidence: 2.2 has “N/A”"
    );
}

#[test]
fn a_limit_that_is_unknown_is_not_dropped() {
    let step = |limits: &str| {
        format!(
            "  - {{ id: summative, of: indicators, under: [practice], take: highest, bands: [{{ from: 1, rating: unsat }}, {{ from: 2, rating: prof }}, {{ from: 3, rating: dist }}], limits: [{limits}] }}\n"
        )
    };
    let unknown = "{ at_most: prof, when: { rating: measures, below: prof } }";
    assert_eq!(
        without_growth(&step(unknown)),
        "insufficient evidence: Proficient or Distinguished, depending on missing evidence: Student growth has no result (2.2 has “N/A”)"
    );
    assert_eq!(comes_to(&policy(&step(unknown)), &evaluation("prof prof unsat na", "")), "Proficient, score 2");
    // A later limit leaves one rating, whether or not the first one holds.
    let later = format!("{unknown}, {{ at_most: unsat, when: {{ rating: g1, is: unsat }} }}");
    assert_eq!(without_growth(&step(&later)), "Unsatisfactory, score 3");
}

#[test]
fn an_adjustment_that_is_unknown_leaves_a_number_only_where_both_are_the_same() {
    let step = |more: &str| {
        format!(
            "  - {{ id: summative, of: indicators, under: [practice], take: highest, adjust: [{{ add: -0.5, when: {{ score: survey, below: 2 }} }}], {more} }}\n"
        )
    };
    assert_eq!(
        without_growth(&step("round: { places: 2, mode: half_up }")),
        "insufficient evidence: a score of 2.5 or a score of 3, depending on missing evidence: Family survey is not given"
    );
    assert_eq!(without_growth(&step("round: { places: 0, mode: half_up }")), "score 3");
    assert_eq!(without_growth(&step("clamp: { to: 2 }")), "score 2");
    // Points take the place of the number, so that the same rating is the same result.
    let bands =
        "bands: [{ from: 0, rating: unsat }, { from: 2, rating: prof }], points: { unsat: 0, prof: 10, dist: 20 }";
    assert_eq!(without_growth(&step(bands)), "Proficient, score 10");
    assert_eq!(
        comes_to(&policy(&step("clamp: { from: 0 }")), &evaluation("prof dist unsat na", "inputs: { survey: 1 }\n")),
        "score 2.5"
    );
}

#[test]
fn adjustments_that_lead_to_too_many_numbers_decide_nothing() {
    let adjust: Vec<String> =
        (0..7).map(|power| format!("{{ add: {}, when: {{ rating: g2, is: dist }} }}", 1 << power)).collect();
    let step = format!(
        "  - {{ id: summative, of: indicators, take: mean, adjust: [{}], clamp: {{ to: 1 }} }}\n",
        adjust.join(", ")
    );
    let said = without_growth(&step);
    assert!(said.starts_with("insufficient evidence: from a score of"), "{said}");
    assert!(said.ends_with("depending on missing evidence: 2.2 has “N/A”"), "{said}");
}

#[test]
fn a_flag_that_is_unknown_leaves_no_result() {
    let step = |flags: &str| {
        format!("  - {{ id: summative, of: indicators, under: [practice], take: mean, flags: [{flags}] }}\n")
    };
    let unknown = "{ flag: review, when: { rating: measures, is: unsat } }";
    assert_eq!(
        without_growth(&step(unknown)),
        "insufficient evidence: flagged review or not flagged, depending on missing evidence: Student growth has no result (2.2 has “N/A”)"
    );
    let raised = format!("{unknown}, {{ flag: review, when: {{ rating: g1, is: unsat }} }}");
    assert_eq!(without_growth(&step(&raised)), "score 2.5, flagged review");
    let known = "{ flag: review, when: { all: [{ known: measures }, { rating: measures, is: unsat }] } }";
    assert_eq!(without_growth(&step(known)), "score 2.5");
}

#[test]
fn a_result_that_depends_on_what_is_missing_is_missing_for_later_steps() {
    let steps = "  - { id: between, label: Between, rules: [{ rating: prof, when: { rating: measures, at_least: prof } }, { rating: unsat }] }
  - { id: summative, rules: [{ rating: prof, when: { rating: between, is: prof } }, { rating: unsat }] }\n";
    assert_eq!(
        without_growth(steps),
        "insufficient evidence: Unsatisfactory or Proficient, depending on missing evidence: Between has no result"
    );
}

#[test]
fn known_says_whether_something_is_rated_scored_or_given() {
    let cases = [
        ("known: g1", "Proficient"),
        ("known: g2", "Unsatisfactory"),
        ("known: measures", "Unsatisfactory"),
        ("known: survey", "Proficient"),
        ("known: stage", "Unsatisfactory"),
        ("known: each_domain, subject: practice", "Proficient"),
        ("known: each_domain, subject: growth", "Unsatisfactory"),
    ];
    for (condition, wanted) in cases {
        let steps = format!(
            "  - {{ id: each_domain, each: domain, of: indicators, take: mean, minimum_rated: 100 }}
  - {{ id: summative, rules: [{{ rating: prof, when: {{ {condition} }} }}, {{ rating: unsat, when: {{ not: {{ {condition} }} }} }}] }}\n"
        );
        let evaluation = evaluation("prof dist unsat na", "inputs: { survey: 0 }\n");
        assert_eq!(comes_to(&policy(&steps), &evaluation), wanted, "{condition}");
    }
}

#[test]
fn known_is_false_of_what_is_not_in_the_scope_and_waits_for_what_is_unrated() {
    let steps = "  - { id: summative, rules: [{ rating: prof, when: { known: g1 } }, { rating: unsat }] }\n";
    let of = |more: &str| {
        let text = evaluation("prof dist", more);
        let evaluation = Evaluation::parse("e.yaml", &text, &policy(steps)).unwrap_or_else(|found| panic!("{found}"));
        let scorecard = evaluation.score();
        let summative = scorecard.summative().unwrap();
        (summative.status, summative.reasons()[0].to_string())
    };
    assert_eq!(
        of("scope: [practice]\n"),
        (
            OutcomeStatus::Scored,
            "rule 1, for Proficient, does not apply: 2.1 is not in the scope (needs a rating)".into()
        )
    );
    assert_eq!(of(""), (OutcomeStatus::Blocked, "blocked: 2.1 is unrated".into()));
}

#[test]
fn a_count_or_share_of_nothing_that_is_rated_is_unknown() {
    for condition in [
        "count: indicators, rated: [unsat], at_most: 0",
        "count: indicators, rated: [unsat], at_least: 1",
        "share: indicators, rated: [unsat], at_most: 50",
    ] {
        let step = format!(
            "  - {{ id: summative, of: survey, take: mean, adjust: [{{ add: 1, when: {{ {condition} }} }}] }}\n"
        );
        assert_eq!(
            comes_to(&policy(&step), &evaluation("na na na na", "inputs: { survey: 1 }\n")),
            "insufficient evidence: a score of 1 or a score of 2, depending on missing evidence: \
             no indicator is rated of 1.1, 1.2, 2.1, 2.2",
            "{condition}"
        );
    }
    let counted = |condition: &str| {
        format!(
            "  - {{ id: each_domain, label: Domain rating, each: domain, of: indicators, take: lowest, minimum_rated: 100, bands: [{{ from: 1, rating: unsat }}, {{ from: 2, rating: prof }}, {{ from: 3, rating: dist }}] }}
  - {{ id: summative, rules: [{{ rating: prof, when: {{ {condition} }} }}, {{ rating: unsat }}] }}\n"
        )
    };
    for condition in [
        "count: each_domain, rated: [unsat], at_most: 0",
        "count: each_domain, rated: [unsat], at_least: 1",
        "share: each_domain, rated: [unsat], less_than: 1",
    ] {
        assert_eq!(
            comes_to(&policy(&counted(condition)), &evaluation("prof na unsat na", "")),
            "insufficient evidence: Unsatisfactory or Proficient, depending on missing evidence: Domain rating has no result for Practice, Student growth",
            "{condition}"
        );
    }
    // Of domains that are rated in part, those that have a result are counted.
    assert_eq!(
        comes_to(
            &policy(&counted("count: each_domain, rated: [unsat], at_most: 0")),
            &evaluation("prof dist unsat na", "")
        ),
        "Proficient"
    );
    // Whoever counts what is not rated means it.
    let unrated = "  - { id: each_domain, each: domain, of: indicators, take: mean }
  - { id: summative, rules: [{ rating: unsat, when: { count: indicators, rated: [na], at_least: 3 } }, { rating: prof }] }\n";
    assert_eq!(comes_to(&policy(unrated), &evaluation("prof na na na", "")), "Unsatisfactory");
}

#[test]
fn a_table_with_an_unknown_row_or_column_gives_what_all_possible_cells_agree_on() {
    let table = |cells: &str| {
        policy(&format!(
            "  - {{ id: summative, matrix: {{ rows: measures, columns: stage, cells: {{ {cells} }} }} }}\n"
        ))
    };
    let cells = "unsat: { novice: prof, experienced: unsat }, prof: { novice: prof, experienced: prof }, \
                 dist: { novice: prof, experienced: dist }";
    let comes_to = |cells: &str, growth: &str, stage: &str| {
        let more = if stage.is_empty() { String::new() } else { format!("inputs: {{ stage: {stage} }}\n") };
        self::comes_to(&table(cells), &evaluation(&format!("prof dist {growth}"), &more))
    };
    let none = |what: &str| format!("insufficient evidence: {what} has no rating");
    for (growth, stage, expected) in [
        ("unsat unsat", "experienced", "Unsatisfactory".to_owned()),
        ("unsat na", "novice", "Proficient".to_owned()),
        ("unsat na", "experienced", none("Student growth")),
        ("prof prof", "", "Proficient".to_owned()),
        ("dist dist", "", none("Career stage")),
        ("unsat na", "", none("Student growth")),
    ] {
        assert_eq!(comes_to(cells, growth, stage), expected, "{growth} {stage}");
    }
    let all = "unsat: { novice: prof, experienced: prof }, prof: { novice: prof, experienced: prof }, \
               dist: { novice: prof, experienced: prof }";
    assert_eq!(comes_to(all, "unsat na", ""), "Proficient");
    // A flag that depends on what is unknown leaves no result.
    let flagged = cells.replace("unsat: { novice: prof,", "unsat: { novice: { rating: prof, flag: review },");
    assert_eq!(comes_to(&flagged, "unsat na", "novice"), none("Student growth"));
}

#[test]
fn an_entered_rating_under_an_unknown_limit_is_no_result_and_is_not_refused() {
    let steps =
        "  - { id: summative, entered: true, limits: [{ at_most: prof, when: { rating: measures, below: prof } }] }\n";
    let entered = |rating: &str| {
        let more = format!("entered: {{ summative: {{ rating: {rating}, rationale: Seen. }} }}\n");
        let text = evaluation("prof dist unsat na", &more);
        let Checked { value: evaluation, diagnostics: findings } = Evaluation::check("e.yaml", &text, &policy(steps));
        let codes: Vec<&str> = findings.iter().map(|finding| finding.code.as_str()).collect();
        (codes.contains(&"forbidden-entry"), evaluation.unwrap().score().summative().unwrap().to_string())
    };
    let insufficient = "insufficient evidence: Proficient or Distinguished, depending on missing evidence: Student growth has no result (2.2 has “N/A”)";
    assert_eq!(entered("dist"), (false, insufficient.to_owned()));
    assert_eq!(entered("prof"), (false, "Proficient".to_owned()));
}

/// Washington's focused year, scored by the policy of the comprehensive one: seven criteria are not in the scope.
#[test]
fn a_focused_year_under_a_comprehensive_policy_is_not_unsatisfactory() {
    let rubric = "
id: washington
version: 1.0.0
title: Washington
scale:
  levels: [{ id: unsat, label: Unsatisfactory }, { id: prof, label: Proficient }]
  meets_at: prof
domains:
  - { id: c1, title: Criterion 1, indicators: [{ id: c1_rating, statement: Criterion 1. }] }
  - { id: c2, title: Criterion 2, indicators: [{ id: c2_rating, statement: Criterion 2. }, { id: c3_rating, statement: Criterion 3. }] }
scoring:
  points: { unsat: 1, prof: 2 }
  steps:
    - { id: preliminary, label: Preliminary, of: indicators, take: sum, missing: block, bands: [{ from: 3, rating: unsat }, { from: 5, rating: prof }] }
    - { id: summative, rules: [{ rating: prof, when: { rating: preliminary, is: prof } }, { rating: unsat }] }
";
    let rubric = Rubric::parse("washington.yaml", rubric, &Library::empty()).unwrap();
    for rating in ["unsat", "prof"] {
        let text = format!(
            "rubric: {{ id: washington }}\nemployee: {{ id: E-1, name: Ann }}\nevaluators: [{{ id: E-2, name: Bo }}]\n\
             period: {{ from: 2025-08-25, to: 2026-06-12 }}\nscope: [c1]\nratings: {{ c1_rating: {rating} }}\n"
        );
        let evaluation = Evaluation::parse("e.yaml", &text, &rubric).unwrap_or_else(|found| panic!("{found}"));
        let scorecard = evaluation.score();
        let summative = scorecard.summative().unwrap();
        assert_ne!(summative.status, OutcomeStatus::Scored, "{summative}");
        assert_eq!(summative.rating.as_ref().map(|level| &level.id), None);
    }
}
