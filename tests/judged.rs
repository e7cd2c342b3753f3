//! Instruments whose parts are judged as a whole, as Delaware's and Kentucky's are: an indicator of such a part needs no level.

#![cfg(feature = "render")]
#![allow(clippy::panic, clippy::unwrap_used, clippy::indexing_slicing, reason = "a test that cannot go on fails")]

mod support;

use appraise::summary::Summary;
use appraise::{Checked, Employee, Evaluation, Evaluator, Format, Library, Period, Renderer, Rubric, Whom};

/// 14 DE Admin. Code 107A, sections 5 and 6: five components, each judged from criteria, and a sum of 5 to 20.
const DELAWARE: &str = "
id: delaware
version: 1.0.0
title: DPAS II for specialists
scale:
  levels:
    - { id: ineffective, label: Ineffective }
    - { id: needs_improvement, label: Needs improvement }
    - { id: effective, label: Effective }
    - { id: highly_effective, label: Highly effective }
  meets_at: effective
domains:
  - id: planning
    title: Planning and preparation
    indicators:
      - { id: c1a, code: 1a, statement: Designs coherent programs. }
      - { id: c1b, code: 1b, statement: Uses best practice and models of delivery. }
  - { id: practice, title: Practice and delivery, indicators: [{ id: c2, statement: Delivers services. }] }
  - { id: consultation, title: Consultation, indicators: [{ id: c3, statement: Consults with staff. }] }
  - { id: responsibilities, title: Responsibilities, indicators: [{ id: c4, statement: Keeps records. }] }
  - { id: improvement, title: Student improvement, indicators: [{ id: c5, statement: Shows growth. }] }
scoring:
  compensatory: true
  because: The regulation adds the components up.
  steps:
    - { id: component, label: Component rating, each: domain, entered: { without_ratings: true }, points: { ineffective: 1, needs_improvement: 2, effective: 3, highly_effective: 4 } }
    - id: summative
      of: component
      take: sum
      missing: block
      bands: [{ from: 5, to: 8, rating: ineffective }, { from: 9, to: 13, rating: needs_improvement }, { from: 14, to: 18, rating: effective }, { from: 19, to: 20, rating: highly_effective }]
";

/// The structure of Kentucky's OPGES: judged domains, a judged practice within limits, and a table of practice by growth.
const KENTUCKY: &str = "
id: kentucky
version: 1.0.0
title: Professional growth and effectiveness of other professionals
scale:
  levels: [{ id: ineffective, label: Ineffective }, { id: developing, label: Developing }, { id: accomplished, label: Accomplished }, { id: exemplary, label: Exemplary }]
  meets_at: accomplished
domains:
  - { id: planning, title: Planning, indicators: [{ id: p1, statement: Plans services. }, { id: p2, statement: Knows students. }] }
  - { id: environment, title: Environment, indicators: [{ id: e1, statement: Keeps a safe room. }] }
  - { id: delivery, title: Delivery, indicators: [{ id: d1, statement: Delivers services. }] }
  - { id: professional, title: Responsibilities, indicators: [{ id: r1, statement: Keeps records. }] }
scoring:
  inputs: [{ id: trend, label: Growth trend, one_of: [low, expected, high] }]
  steps:
    - { id: domain_rating, label: Domain rating, each: domain, entered: { without_ratings: true } }
    - id: practice
      label: Professional practice
      entered: { without_ratings: true }
      limits: [{ at_most: developing, when: { count: domain_rating, rated: [ineffective], at_least: 1 } }]
    - id: overall
      matrix:
        rows: practice
        columns: trend
        cells:
          ineffective: { low: ineffective, expected: ineffective, high: developing }
          developing: { low: ineffective, expected: developing, high: accomplished }
          accomplished: { low: developing, expected: accomplished, high: exemplary }
          exemplary: { low: developing, expected: exemplary, high: exemplary }
";

fn rubric(text: &str) -> Rubric {
    Rubric::parse("rubric.yaml", text, &Library::empty()).unwrap_or_else(|found| panic!("{found}"))
}

const HEAD: &str = "employee: { id: E-1, name: Pat Doe }\nevaluators: [{ id: E-2, name: Sam Roe }]\n\
                    period: { from: 2025-08-25, to: 2026-06-12 }\ncompleted_on: 2026-06-10\nstatus: final\n";

fn delaware(ratings: &str, entered: &[(&str, &str)]) -> (Option<Evaluation>, Vec<String>) {
    let entered = entered.iter().map(|(domain, rating)| format!("{domain}: {{ rating: {rating}, rationale: Seen. }}"));
    let entered = entered.collect::<Vec<_>>().join(", ");
    let text = format!(
        "rubric: {{ id: delaware }}\n{HEAD}ratings: {{ {ratings} }}\nentered: {{ component: {{ {entered} }} }}\n\
         allow: [{{ code: missing-evidence, because: It is kept in the portfolio. }}]\n"
    );
    let Checked { value: evaluation, diagnostics: found } = Evaluation::check("doe.yaml", &text, &rubric(DELAWARE));
    (evaluation, found.iter().map(|finding| finding.code.to_string()).filter(|code| code != "unused-allow").collect())
}

const ALL: [(&str, &str); 5] = [
    ("planning", "highly_effective"),
    ("practice", "highly_effective"),
    ("consultation", "highly_effective"),
    ("responsibilities", "effective"),
    ("improvement", "effective"),
];

fn has(text: &str, parts: &[&str]) {
    for part in parts {
        assert!(text.contains(part), "`{part}` is not in:\n{text}");
    }
}

#[test]
fn components_entered_as_a_whole_complete_an_evaluation_of_delaware() {
    let (evaluation, found) = delaware("", &ALL);
    assert_eq!(found, [""; 0]);
    let scorecard = evaluation.unwrap().score();
    assert!(scorecard.is_complete());
    let overall = scorecard.overall();
    assert_eq!((overall.indicators, overall.rated, overall.unrated, overall.judged), (6, 0, 0, 6));
    let json = serde_json::to_value(&scorecard).unwrap();
    assert_eq!((&json["complete"], json["unrated"].as_array().unwrap().len()), (&true.into(), 0));
    assert_eq!((&json["overall"]["judged"], &json["domains"][0]["judged"]), (&6.into(), &2.into()));
    assert_eq!(json["domains"][0]["ratings"][0]["judged"], true);
    assert_eq!(
        (&json["summative"]["rating"], &json["summative"]["score"]["exact"]),
        (&"effective".into(), &"18".into())
    );
}

#[test]
fn a_rating_of_its_own_counts_as_rated_beside_those_that_are_judged() {
    let (evaluation, found) = delaware("c1a: effective, c3: needs_improvement", &ALL);
    assert_eq!(found, [""; 0]);
    let evaluation = evaluation.unwrap();
    let judged: Vec<&str> =
        evaluation.rubric().indicators().filter(|one| evaluation.is_judged(one)).map(|one| one.id.as_str()).collect();
    assert_eq!(judged, ["c1b", "c2", "c4", "c5"]);
    let scorecard = evaluation.score();
    let overall = scorecard.overall();
    assert_eq!((overall.rated, overall.met, overall.unrated, overall.judged), (2, 1, 0, 4));
    assert_eq!(serde_json::to_value(&scorecard).unwrap()["overall"].get("unrated"), Some(&0.into()));
}

#[test]
fn an_indicator_that_no_entry_judges_is_still_unrated() {
    let (evaluation, found) = delaware("", &ALL[..4]);
    assert!(evaluation.is_none());
    assert_eq!(found, ["incomplete", "missing-entry"]);
    // In code, an entry that is added judges its part from then on.
    let mut evaluation = Evaluation::new(
        &rubric(DELAWARE),
        Whom::Employee(Employee::new("E-1", "Pat Doe")),
        Evaluator::new("E-2", "Sam Roe"),
        Period::new("2025-08-25", "2026-06-12").unwrap(),
    )
    .unwrap();
    assert_eq!(evaluation.unrated().count(), 6);
    for (domain, rating) in &ALL[..4] {
        evaluation.enter("component", Some(domain), rating, "Seen.").unwrap();
    }
    let unrated: Vec<&str> = evaluation.unrated().map(|indicator| indicator.id.as_str()).collect();
    assert_eq!(unrated, ["c5"]);
    let scorecard = evaluation.score();
    assert_eq!((scorecard.is_complete(), scorecard.overall().judged, scorecard.overall().unrated), (false, 5, 1));
}

#[test]
fn a_policy_that_wants_ratings_leaves_them_unrated() {
    let wants = rubric(&DELAWARE.replace("entered: { without_ratings: true }", "entered: true"));
    let text = format!(
        "rubric: {{ id: delaware }}\n{}ratings: {{}}\nentered: {{ component: {{ planning: {{ rating: effective, rationale: Seen. }} }} }}\n",
        HEAD.replace("completed_on: 2026-06-10\nstatus: final\n", "")
    );
    let Checked { value: evaluation, diagnostics: found } = Evaluation::check("doe.yaml", &text, &wants);
    assert_eq!(found.iter().map(|finding| finding.code.to_string()).collect::<Vec<_>>(), ["forbidden-entry"]);
    let scorecard = evaluation.unwrap().score();
    assert_eq!((scorecard.overall().unrated, scorecard.overall().judged), (6, 0));
}

#[test]
fn reports_say_what_is_judged_and_call_nothing_of_it_not_rated_yet() {
    let scorecard = delaware("c3: needs_improvement", &ALL).0.unwrap().score();
    for format in [Format::Markdown, Format::Html] {
        let report = Renderer::new().report(&scorecard, format).unwrap();
        has(
            &report,
            &["This evaluation is complete: every indicator in scope has an entry, or is judged as part of a whole."],
        );
        for word in ["Not rated yet", "not rated yet", "Unrated"] {
            assert!(!report.contains(word), "{word}: {report}");
        }
    }
    let report = Renderer::new().report(&scorecard, Format::Markdown).unwrap();
    has(
        &report,
        &[
            "- Judged as a whole: 5\n",
            "| Judged as a whole | Rated |",
            "| 1 Planning and preparation | 0 | 0 | 0 | 0 | 2 | 0 |",
            "- **Designs coherent programs. (1a): Judged as a whole**",
            "- **Consults with staff. (3.1): Needs improvement**",
        ],
    );
    let report = Renderer::new().report(&scorecard, Format::Html).unwrap();
    has(&report, &["<dt>judged as a whole</dt><dd>5</dd>", "</svg>Judged as a whole</span>"]);
    // Where nothing is judged, nothing is said of it.
    let rated = "c1a: effective, c1b: effective, c2: effective, c3: effective, c4: effective, c5: effective";
    let scorecard = delaware(rated, &ALL).0.unwrap().score();
    for format in [Format::Markdown, Format::Html] {
        let report = Renderer::new().report(&scorecard, format).unwrap();
        assert!(!report.to_lowercase().contains("judged"), "{report}");
    }
    assert!(!serde_json::to_string(&scorecard).unwrap().contains("judged"));
}

#[test]
fn a_summary_counts_what_is_judged_as_no_entry() {
    let mut summary = Summary::new(&rubric(DELAWARE));
    for _ in 0..6 {
        summary.add(&delaware("c3: effective", &ALL).0.unwrap().score()).unwrap();
    }
    let overview = summary.overviews(0).remove(0);
    assert_eq!((overview.overall.no_entry, overview.overall.total), (Some(30), Some(36)));
}

fn kentucky(ratings: &str, domains: [&str; 4], practice: &str, trend: &str) -> (Option<Evaluation>, Vec<String>) {
    let ids = ["planning", "environment", "delivery", "professional"];
    let entries = ids.iter().zip(domains).map(|(id, rating)| format!("{id}: {{ rating: {rating}, rationale: Seen. }}"));
    let text = format!(
        "rubric: {{ id: kentucky }}\n{HEAD}ratings: {{ {ratings} }}\ninputs: {{ trend: {trend} }}\n\
         entered: {{ domain_rating: {{ {} }}, practice: {{ rating: {practice}, rationale: Two visits. }} }}\n",
        entries.collect::<Vec<_>>().join(", ")
    );
    let Checked { value: evaluation, diagnostics: found } = Evaluation::check("doe.yaml", &text, &rubric(KENTUCKY));
    let codes = found.iter().map(|finding| finding.code.to_string()).filter(|code| code != "missing-evidence");
    (evaluation, codes.collect())
}

#[test]
fn an_evaluation_of_kentucky_is_judged_step_by_step_without_a_rating_of_an_indicator() {
    let domains = ["exemplary", "accomplished", "exemplary", "accomplished"];
    for ratings in ["", "p1: exemplary, e1: accomplished, d1: exemplary, r1: accomplished"] {
        for (practice, trend, overall) in [
            ("exemplary", "expected", "exemplary"),
            ("exemplary", "low", "developing"),
            ("accomplished", "high", "exemplary"),
            ("developing", "expected", "developing"),
        ] {
            let (evaluation, found) = kentucky(ratings, domains, practice, trend);
            assert_eq!(found, [""; 0], "{ratings} {practice} {trend}");
            let scorecard = evaluation.unwrap().score();
            assert!(scorecard.is_complete());
            let json = serde_json::to_value(&scorecard).unwrap();
            assert_eq!(json["summative"]["rating"], overall, "{practice} {trend}");
        }
    }
}

#[test]
fn an_entry_beyond_kentuckys_limit_is_refused_although_nothing_is_rated() {
    let domains = ["ineffective", "accomplished", "exemplary", "accomplished"];
    let (evaluation, found) = kentucky("", domains, "accomplished", "high");
    assert!(evaluation.is_none());
    assert_eq!(found, ["forbidden-entry"]);
    let (evaluation, found) = kentucky("", domains, "developing", "high");
    assert_eq!(found, [""; 0]);
    let json = serde_json::to_value(evaluation.unwrap().score()).unwrap();
    assert_eq!(json["summative"]["rating"], "accomplished");
}
