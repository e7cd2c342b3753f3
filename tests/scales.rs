//! A rubric with several scales: what is counted, compared, proposed and written.

#![allow(clippy::panic, clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod support;

use std::time::{Duration, Instant};

use appraise::{DocumentKind, Error, Evaluation, Library, Rubric, diff};
use serde_json::{Value, json};

const RUBRIC: &str = "
id: r
version: 1.0.0
title: R
scale:
  levels: [{ id: basic, label: Basic }, { id: proficient, label: Proficient }, { id: advanced, label: Advanced }]
  meets_at: proficient
  not_rated: [{ id: not_applicable, label: Not applicable }]
scales:
  compliance:
    levels: [{ id: not_in_place, label: Not in place }, { id: in_place, label: In place }]
    meets_at: in_place
    not_rated: [{ id: not_applicable, label: Not applicable }, { id: not_seen, label: Not seen }]
comment_required: [not_in_place]
domains:
  - { id: records, title: Records, scale: compliance, indicators: [{ id: files, statement: Keeps files. }, { id: notes, statement: Keeps notes. }] }
  - id: practice
    title: Practice
    competencies:
      - { id: planning, title: Planning, statement: Plans., indicators: [{ id: plans, statement: Plans. }, { id: goals_set, statement: Sets goals. }] }
      - { id: form, title: Form, statement: Fills in forms., scale: compliance, indicators: [{ id: forms, statement: Fills in. }, { id: talks, statement: Talks., scale: default }] }
";

fn rubric(more: &str) -> Rubric {
    support::parsed(&format!("{RUBRIC}{more}"))
}

fn scorecard(rubric: &Rubric, ratings: &str) -> Value {
    serde_json::to_value(support::draft(rubric, ratings).score()).unwrap()
}

#[test]
fn a_tally_has_the_levels_of_the_scales_under_its_node() {
    let rubric = rubric("");
    let ratings = "files: in_place, notes: not_applicable, plans: advanced, goals_set: basic, \
        forms: { level: not_in_place, comment: Late. }";
    let card = scorecard(&rubric, ratings);
    let compliance = json!({ "not_in_place": 0, "in_place": 1, "not_applicable": 1, "not_seen": 0 });
    assert_eq!(card["domains"][0]["tally"], compliance);
    let planning = json!({ "basic": 1, "proficient": 0, "advanced": 1, "not_applicable": 0 });
    assert_eq!(card["domains"][1]["competencies"][0]["tally"], planning);
    // The default scale's come first.
    let text = serde_json::to_string(&support::draft(&rubric, ratings).score()).unwrap();
    let overall = r#""overall":{"tally":{"basic":1,"proficient":0,"advanced":1,"not_applicable":1,"not_in_place":1,"in_place":1,"not_seen":0}"#;
    assert!(text.contains(overall), "{text}");
    let count = |key: &str| card["overall"][key].as_u64().unwrap();
    assert_eq!((count("indicators"), count("rated"), count("met"), count("unrated")), (6, 4, 2, 1));
    assert_eq!(card["overall"]["share_met"]["exact"], "1/2");
    assert_eq!(card["domains"][0]["ratings"][0]["label"], "In place");
    assert_eq!(card["domains"][0]["ratings"][1]["label"], "Not applicable");
}

#[test]
fn a_document_is_written_as_it_was_read() {
    let rubric = rubric("");
    let evaluation = support::draft(&rubric, "files: in_place, plans: not_applicable, talks: basic");
    let again = Evaluation::parse("e.yaml", &evaluation.to_yaml(), &rubric).unwrap();
    assert_eq!(again.fingerprint(), evaluation.fingerprint());
    let again = Rubric::parse("r.yaml", &rubric.to_yaml(), &Library::empty()).unwrap();
    assert_eq!(again.fingerprint(), rubric.fingerprint());
    let ids: Vec<_> = again.scales().iter().map(|scale| scale.id().unwrap_or("default")).collect();
    assert_eq!(ids, ["default", "compliance"]);
    let scale = |id: &str| again.scale_of(again.indicator(id).unwrap()).unwrap().id();
    assert_eq!((scale("forms"), scale("talks"), scale("files")), (Some("compliance"), None, Some("compliance")));
}

#[test]
fn an_indicator_takes_only_the_levels_of_its_scale() {
    let rubric = rubric("");
    let mut evaluation = support::draft(&rubric, "");
    assert!(matches!(evaluation.rate("files", "proficient"), Err(Error::UnknownLevel { .. })));
    assert!(matches!(evaluation.rate("talks", "in_place"), Err(Error::UnknownLevel { .. })));
    evaluation.rate("files", "in_place").unwrap();
    evaluation.rate("talks", "not_applicable").unwrap();
}

#[test]
fn a_mean_takes_the_points_of_each_scale() {
    let rubric = rubric(
        "scoring:
  points: { basic: 1, proficient: 2, advanced: 3, not_in_place: 0, in_place: 3 }
  steps:
    - { id: mean, of: indicators, take: mean }
    - { id: lowest, of: indicators, take: lowest }
    - { id: middle, of: indicators, take: median }
    - { id: met, of: indicators, take: share_meeting }
    - { id: all, of: [mean, lowest, middle, met], take: sum }
",
    );
    let card = scorecard(
        &rubric,
        "files: in_place, notes: not_seen, plans: proficient, goals_set: basic, forms: { level: not_in_place, comment: Late. }, talks: advanced",
    );
    let score = |step: usize| card["steps"][step]["results"][0]["score"]["exact"].as_str().unwrap().to_owned();
    // 3 + 2 + 1 + 0 + 3 of five.
    assert_eq!([score(0), score(1), score(2), score(3)], ["9/5", "0", "2", "60"]);
}

#[test]
fn a_condition_looks_only_at_indicators_on_the_scale_of_its_level() {
    let rubric = rubric(
        "scoring:
  levels: [{ id: lacking, label: Lacking }, { id: sound, label: Sound }]
  meets_at: sound
  steps:
    - id: practice_rating
      rules: [{ rating: sound, when: { share: indicators, rated_at_least: proficient, at_least: 60 } }, { rating: lacking }]
    - id: records_rating
      rules: [{ rating: sound, when: { count: indicators, rated_below: in_place, at_most: 0 } }, { rating: lacking }]
    - id: both
      rules: [{ rating: sound, when: { all: [{ rating: practice_rating, is: sound }, { rating: records_rating, is: sound }] } }, { rating: lacking }]
",
    );
    // Two of three on the default scale are proficient; of all six it would be half, or five of six.
    let card = scorecard(
        &rubric,
        "files: in_place, notes: in_place, forms: in_place, plans: basic, goals_set: proficient, talks: proficient",
    );
    let rating = |step: usize| card["steps"][step]["results"][0]["rating"].clone();
    assert_eq!([rating(0), rating(1), rating(2)], ["sound", "sound", "sound"]);
    let card = scorecard(
        &rubric,
        "files: { level: not_in_place, comment: No. }, notes: in_place, forms: in_place, plans: advanced, goals_set: advanced, talks: basic",
    );
    let rating = |step: usize| card["steps"][step]["results"][0]["rating"].clone();
    assert_eq!([rating(0), rating(1), rating(2)], ["sound", "lacking", "lacking"]);
}

#[test]
fn a_condition_does_not_wait_for_ratings_on_another_scale() {
    let rubric = rubric(
        "scoring:
  levels: [{ id: lacking, label: Lacking }, { id: sound, label: Sound }]
  meets_at: sound
  steps:
    - id: records_rating
      rules: [{ rating: sound, when: { count: indicators, rated_below: in_place, at_most: 0 } }, { rating: lacking }]
    - id: either
      rules: [{ rating: sound, when: { count: indicators, rated: [in_place, basic], at_least: 1 } }, { rating: lacking }]
    - id: both
      rules: [{ rating: sound, when: { all: [{ rating: records_rating, is: sound }, { rating: either, is: sound }] } }, { rating: lacking }]
",
    );
    // `plans` is unrated, which is on the scale of no level that the first step names.
    let card = scorecard(&rubric, "files: in_place, notes: in_place, forms: in_place, goals_set: basic, talks: basic");
    let result = |step: usize, key: &str| card["steps"][step]["results"][0][key].clone();
    assert_eq!(result(0, "rating"), "sound", "{}", result(0, "reasons"));
    assert_eq!((result(1, "status"), result(2, "status")), (json!("blocked"), json!("blocked")));
    assert_eq!(result(1, "reasons"), json!(["blocked: 1 indicator is unrated: 2.1.1"]));
    let card = scorecard(&rubric, "files: in_place, notes: in_place, plans: basic, goals_set: basic, talks: basic");
    assert_eq!(card["steps"][0]["results"][0]["reasons"], json!(["blocked: 1 indicator is unrated: 2.2.1"]));
}

#[test]
fn a_step_that_takes_no_number_has_a_member_that_is_rated_with_one() {
    let text = "id: r
version: 1.0.0
title: R
scales: { points: { from: 0, to: 15 } }
domains: [{ id: d, title: D, indicators: [{ id: portfolio, statement: Keeps a portfolio., scale: points }, { id: plans, statement: Plans. }] }]
scoring:
  steps:
    - id: rated
      of: indicators
      missing: block
      minimum_rated: 100
      rules: [{ rating: has_met, when: { rating: portfolio, at_least: 9 } }, { rating: has_not_met }]
";
    let rubric = support::parsed(text);
    let card = scorecard(&rubric, "portfolio: 12.5, plans: has_met");
    assert_eq!(card["summative"]["rating"], "has_met", "{}", card["summative"]["reasons"]);
    let card = scorecard(&rubric, "portfolio: 12.5, plans: no_opportunity_to_practice");
    assert_eq!(card["summative"]["status"], "blocked");
}

#[test]
fn a_template_of_a_goal_means_the_level_that_it_names() {
    let rubric =
        rubric("goals: { templates: [{ id: mend, when: not_in_place, statement: \"{{ indicator.statement }}\" }] }\n");
    let ratings = "files: in_place, notes: not_seen, plans: advanced, forms: { level: not_in_place, comment: Late. }";
    let goals = serde_json::to_value(support::draft(&rubric, ratings).score().goals()).unwrap();
    let goals: Vec<&Value> = goals["goals"].as_array().unwrap().iter().map(|goal| &goal["statement"]).collect();
    assert_eq!(goals, ["Fills in."]);
}

#[test]
fn goals_speak_of_the_scale_of_their_indicator() {
    let rubric = rubric("");
    let scorecard =
        support::draft(&rubric, "files: { level: not_in_place, comment: No. }, plans: basic, talks: not_applicable")
            .score();
    let goals = scorecard.goals();
    let measures: Vec<_> = goals.goals.iter().map(|goal| goal.measure.clone().unwrap()).collect();
    assert_eq!(goals.goals.len(), 2);
    assert!(measures[0].starts_with("Rated “Proficient” by"), "{measures:?}");
    assert!(measures[1].starts_with("Rated “In place” by"), "{measures:?}");
}

#[test]
fn another_scale_for_an_indicator_orphans_its_rating() {
    let old = rubric("");
    let text = RUBRIC.replace("statement: Talks., scale: default", "statement: Talks.").replace("1.0.0", "1.1.0");
    let new = Rubric::parse("r.yaml", &text, &Library::empty()).unwrap();
    let difference = diff::compare(&old, &new);
    assert_eq!(difference.class, diff::Class::Orphaned);
    let change = difference.changes.iter().find(|change| change.id == "talks").unwrap();
    assert_eq!(
        (change.key.as_deref(), change.old.as_deref(), change.new.as_deref()),
        (Some("scale"), None, Some("compliance"))
    );
    let text = support::draft(&old, "talks: basic, plans: basic").to_yaml();
    let moved = appraise::migrate::migrate("e.yaml", &text, &new, Some(&old))
        .unwrap_or_else(|found| panic!("{found}"))
        .evaluation;
    assert_eq!((moved.orphaned().len(), moved.score().overall().rated), (1, 1));
}

#[test]
fn an_overlay_changes_adds_and_replaces_scales() {
    let mut library = Library::empty();
    library.add(rubric(""));
    let text = "
id: own
version: 1.0.0
title: Own
extends: r@1
scales:
  compliance:
    levels: [{ id: not_in_place, label: Missing }, { id: in_place, label: There }]
    meets_at: in_place
    not_rated: [{ id: not_applicable, label: Not applicable }]
change: { plans: { scale: compliance } }
add: [{ id: extra, title: Extra, scale: compliance, indicators: [{ id: more, statement: More. }] }]
";
    let rubric = Rubric::parse("own.yaml", text, &library).unwrap_or_else(|found| panic!("{found}"));
    let labels = |id: &str| {
        let scale = rubric.scale_of(rubric.indicator(id).unwrap()).unwrap();
        scale.rated().iter().map(|level| level.label.clone()).collect::<Vec<_>>()
    };
    assert_eq!(labels("plans"), ["Missing", "There"]);
    assert_eq!(labels("more"), ["Missing", "There"]);
    assert_eq!(labels("goals_set"), ["Basic", "Proficient", "Advanced"]);
}

#[cfg(feature = "render")]
#[test]
fn a_report_and_a_form_have_every_level_of_every_scale() {
    use appraise::{Form, Format, Renderer};

    let rubric = rubric("");
    let evaluation = support::draft(&rubric, "files: in_place, notes: not_seen, plans: advanced, talks: basic");
    let (scorecard, renderer) = (evaluation.score(), Renderer::default());
    for format in [Format::Html, Format::Markdown] {
        let page = renderer.report(&scorecard, format).unwrap();
        for label in ["In place", "Not seen", "Advanced", "Basic"] {
            assert!(page.contains(label), "{label} in {page}");
        }
    }
    // The YAML form names the levels of each indicator.
    let yaml = Form::of(&evaluation).yaml();
    assert!(yaml.contains("One of not_in_place, in_place, not_applicable, not_seen"), "{yaml}");
    assert!(Evaluation::check("e.yaml", &yaml, &rubric).value.is_some());
}

#[test]
fn a_comparison_tells_of_a_level_that_is_of_another_scale_now() {
    let changed = |edits: &[(&str, &str)]| {
        let text = edits.iter().fold(RUBRIC.to_owned(), |text, (from, to)| {
            assert!(text.contains(from), "{from}");
            text.replacen(from, to, 1)
        });
        let new = support::parsed(&text);
        (diff::compare(&rubric(""), &new), diff::compare(&new, &rubric("")))
    };
    let found = |difference: &diff::Difference, id: &str| {
        let change = difference.changes.iter().find(|change| change.id == id && change.key.as_deref() == Some("scale"));
        change.map(|change| (change.class, change.old.clone().unwrap(), change.new.clone().unwrap()))
    };
    // A choice that several scales have, taken from one of them.
    let (less, more) = changed(&[(
        "not_rated: [{ id: not_applicable, label: Not applicable }, { id: not_seen",
        "not_rated: [{ id: not_seen",
    )]);
    let (default, both) = ("default".to_owned(), "default, compliance".to_owned());
    assert_eq!(found(&less, "not_applicable"), Some((diff::Class::Orphaned, both.clone(), default.clone())));
    assert_eq!(found(&more, "not_applicable"), Some((diff::Class::None, default, both)));
    // A level that changes places with one of another scale.
    let (there, back) = changed(&[
        ("{ id: basic, label: Basic }", "{ id: moved, label: Not in place }"),
        ("{ id: not_in_place, label: Not in place }", "{ id: basic, label: Basic }"),
        ("{ id: moved, label: Not in place }", "{ id: not_in_place, label: Not in place }"),
    ]);
    for difference in [there, back] {
        for id in ["basic", "not_in_place"] {
            assert_eq!(found(&difference, id).map(|(class, ..)| class), Some(diff::Class::Orphaned), "{id}");
        }
    }
}

/// A rubric of so many indicators on twelve scales, each with three practices.
fn on_twelve_scales(indicators: usize) -> String {
    let mut text = "id: r\nversion: 1.0.0\ntitle: R\nderive: cumulative\nscales:\n".to_owned();
    for scale in 0..12 {
        let level = |level: &str| format!("{{ id: {level}_{scale}, label: {level} {scale} }}");
        let levels = ["low", "fair", "good", "best"].map(level).join(", ");
        text += &format!("  scale_{scale}: {{ meets_at: good_{scale}, levels: [{levels}] }}\n");
    }
    text += "domains:\n";
    for number in 0..indicators {
        let scale = number % 12;
        if number % 10 == 0 {
            text += &format!("  - id: d{number}\n    title: Domain {number}\n    indicators:\n");
        }
        text += &format!("      - id: i{number}\n        statement: Part {number}.\n        scale: scale_{scale}\n");
        text += "        practices:\n";
        for (level, practice) in [("fair", "Plans"), ("good", "Delivers"), ("best", "Reviews")] {
            text += &format!(
                "          - {{ id: {level}_i{number}, level: {level}_{scale}, statement: {practice} part {number}. }}\n"
            );
        }
    }
    text
}

/// Whether one work takes less than so many times as long as another, each by the run that was disturbed least: both are run
/// in turn until it does, on a busy machine many times.
fn is_within<A, B>(times: u32, one: impl Fn() -> A, other: impl Fn() -> B) -> bool {
    let timed = |work: &dyn Fn()| {
        let began = Instant::now();
        work();
        began.elapsed()
    };
    let (mut least, mut least_other) = (Duration::MAX, Duration::MAX);
    (0..60).any(|_| {
        least = least.min(timed(&|| drop(one())));
        least_other = least_other.min(timed(&|| drop(other())));
        least < times * least_other
    })
}

/// Parsing takes the most of it, whatever the machine and the profile; ten times the rubric takes ten times the time.
#[test]
fn many_scales_and_practices_are_checked_about_as_fast_as_they_are_parsed() {
    let check = |text: &str| Rubric::check("r.yaml", text, &Library::empty());
    let (text, grown) = (on_twelve_scales(200), on_twelve_scales(1_000));
    let found = check(&text);
    assert!(found.value.is_some() && found.diagnostics.is_empty(), "{}", found.diagnostics);
    assert!(
        is_within(4, || check(&text), || DocumentKind::of(&text)),
        "checked in more than 4 times the time to parse"
    );
    assert!(is_within(10, || check(&grown), || check(&text)), "5 times the rubric takes more than 10 times the time");
}

#[test]
fn a_scale_with_another_id_and_nothing_else_affects_no_rating() {
    let changed = |edits: &[(&str, &str)]| {
        let text = edits.iter().fold(RUBRIC.to_owned(), |text, (from, to)| text.replace(from, to));
        let new = support::parsed(&text);
        diff::compare(&rubric(""), &new)
    };
    let told = |difference: &diff::Difference| -> Vec<String> {
        let line = |change: &diff::RubricChange| {
            let part = |text: &Option<String>| text.clone().unwrap_or_default();
            format!(
                "{} {} {}: {} > {}",
                change.class,
                change.id,
                part(&change.key),
                part(&change.old),
                part(&change.new)
            )
        };
        difference.changes.iter().map(line).collect()
    };
    let renamed = changed(&[("compliance", "checks")]);
    assert_eq!(told(&renamed), ["none r scales.checks: compliance > checks"]);
    assert_eq!(renamed.class, diff::Class::None);
    // A further change of the scale is told beside the id.
    let more = changed(&[("compliance", "checks"), ("meets_at: in_place", "meets_at: not_in_place")]);
    let meets = "rescored r scales.checks.meets_at: in_place > not_in_place";
    assert_eq!(told(&more), ["none r scales.checks: compliance > checks", meets]);
    // Other indicators on it: another scale, with the same levels.
    let other = changed(&[("compliance", "checks"), ("statement: Talks., scale: default", "statement: Talks.")]);
    assert!(
        other.class > diff::Class::None && !told(&other).iter().any(|line| line.starts_with("none r scales")),
        "{other:?}"
    );
}
