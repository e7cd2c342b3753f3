//! A rubric with number scales: what is read, written, counted and proposed.

#![allow(clippy::indexing_slicing, clippy::panic, clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod support;

use appraise::{Error, Evaluation, Library, Rubric};
use serde_json::{Value, json};

const RUBRIC: &str = "
id: r
version: 1.0.0
title: R
scales:
  fifteen_points: { from: 0, to: 15, places: 2, meets_at: 9, unit: points, not_rated: [{ id: not_seen, label: Not seen }] }
  visits: { from: -5, to: 40, places: 0 }
domains:
  - { id: practice, title: Practice, indicators: [{ id: plans, statement: Plans. }, { id: talks, statement: Talks. }] }
  - id: records
    title: Records
    scale: fifteen_points
    indicators:
      - { id: portfolio, statement: Keeps a portfolio. }
      - { id: files, statement: Keeps files. }
      - { id: homes, statement: Visits homes., scale: visits }
";

fn rubric(more: &str) -> Rubric {
    support::parsed(&format!("{RUBRIC}{more}"))
}

fn scorecard(rubric: &Rubric, ratings: &str) -> Value {
    serde_json::to_value(support::draft(rubric, ratings).score()).unwrap()
}

#[test]
fn a_number_is_read_exactly_and_written_with_the_digits_it_was_read_with() {
    let rubric = rubric("");
    let evaluation =
        support::draft(&rubric, "portfolio: 12.50, files: { level: 9.10, comment: Late. }, homes: -3, plans: has_met");
    let number = |id: &str| {
        let rating = evaluation.rating(rubric.indicator(id).unwrap()).unwrap();
        assert_eq!(evaluation.level(rating).is_none(), id != "plans");
        evaluation.number(rating).map(|number| number.shown())
    };
    assert_eq!(number("portfolio"), Some("12.5".to_owned()));
    assert_eq!(number("homes"), Some("-3".to_owned()));
    assert_eq!(number("plans"), None);
    let yaml = evaluation.to_yaml();
    assert!(
        yaml.contains("portfolio: 12.50\n") && yaml.contains("level: 9.10\n") && yaml.contains("homes: -3\n"),
        "{yaml}"
    );
    let text = serde_json::to_string(&evaluation).unwrap();
    assert!(text.contains(r#""portfolio":12.50"#), "{text}");
    for text in [yaml, text] {
        let again = Evaluation::parse("e", &text, &rubric).unwrap();
        assert_eq!((again.fingerprint(), again.to_yaml()), (evaluation.fingerprint(), evaluation.to_yaml()));
    }
    // The same number with other digits is the same evaluation.
    let shorter =
        support::draft(&rubric, "portfolio: 12.5, files: { level: 9.1, comment: Late. }, homes: -3, plans: has_met");
    assert_eq!(shorter.fingerprint(), evaluation.fingerprint());
    let other =
        support::draft(&rubric, "portfolio: 12.51, files: { level: 9.1, comment: Late. }, homes: -3, plans: has_met");
    assert_ne!(other.fingerprint(), evaluation.fingerprint());
}

#[test]
fn a_rubric_is_written_as_it_was_read() {
    let rubric = rubric("");
    let again = Rubric::parse("r.yaml", &rubric.to_yaml(), &Library::empty()).unwrap();
    assert_eq!((again.fingerprint(), again.to_yaml()), (rubric.fingerprint(), rubric.to_yaml()));
    let range = again.scales()[1].range().unwrap();
    assert_eq!((range.places, range.unit.as_deref()), (2, Some("points")));
    assert!(again.scales()[1].meets_at().is_none() && again.scales()[1].rated().is_empty());
    assert_eq!(again.scales()[1].not_rated()[0].id, "not_seen");
    assert!(again.scales()[0].range().is_none());
}

#[test]
fn a_host_rates_with_a_number_in_plain_digits() {
    let rubric = rubric("");
    let mut evaluation = support::draft(&rubric, "");
    for (indicator, number) in [("portfolio", "15.01"), ("portfolio", "1.005"), ("homes", "1.5"), ("homes", "1e1")] {
        let error = evaluation.rate(indicator, number).unwrap_err();
        assert!(matches!(error, Error::Number { .. }), "{error}");
    }
    assert_eq!(
        evaluation.rate("homes", "41").unwrap_err().to_string(),
        "`homes`: `41` is not a whole number from -5 to 40"
    );
    assert!(matches!(evaluation.rate("plans", "2"), Err(Error::UnknownLevel { .. })));
    evaluation.rate("homes", "40").unwrap().comment = Some("Every week.".to_owned());
    evaluation.rate("portfolio", "not_seen").unwrap();
    evaluation.rate("files", "9.50").unwrap();
    assert!(evaluation.to_yaml().contains("files: 9.50"));
    let card = serde_json::to_value(evaluation.score()).unwrap();
    assert_eq!(card["domains"][1]["ratings"][2]["comment"], "Every week.");
    assert_eq!((&card["overall"]["rated"], &card["overall"]["tally"]["not_seen"]), (&json!(2), &json!(1)));
}

#[test]
fn a_number_is_rated_and_in_a_share_only_where_its_scale_says_what_meets_expectations() {
    let rubric = rubric("");
    let card = scorecard(
        &rubric,
        "plans: has_met, talks: { level: has_not_met, comment: No. }, portfolio: 9.00, files: 8.99, homes: 0",
    );
    let overall = &card["overall"];
    let count = |key: &str| overall[key].as_u64().unwrap();
    assert_eq!((count("rated"), count("met"), count("in_no_share"), count("unrated")), (5, 2, 1, 0));
    assert_eq!(overall["share_met"]["exact"], "1/2");
    let records = &card["domains"][1];
    assert_eq!((&records["rated"], &records["met"], &records["in_no_share"]), (&json!(3), &json!(1), &json!(1)));
    assert!(card["domains"][0].get("in_no_share").is_none());
    let rating = &records["ratings"][0];
    assert_eq!(
        (&rating["level"], &rating["label"], &rating["unit"]),
        (&Value::Null, &json!("9.00 points"), &json!("points"))
    );
    assert_eq!(rating["number"], json!({ "exact": "9", "decimal": "9" }));
    assert!(card["domains"][0]["ratings"][0].get("number").is_none());
    // Numbers of a scale without expectations alone are no share at all.
    let card = scorecard(&rubric, "homes: 0");
    assert_eq!((&card["overall"]["rated"], &card["overall"]["share_met"]), (&json!(1), &Value::Null));
}

const POLICY: &str = "scoring:
  levels: [{ id: lacking, label: Lacking }, { id: sound, label: Sound }]
  meets_at: sound
  points: { has_not_met: 0, has_met: 6, exceeds_expectations: 10 }
  steps:
";

fn scored(steps: &str, ratings: &str) -> Value {
    scorecard(&rubric(&format!("{POLICY}{steps}")), ratings)
}

fn result(card: &Value, step: usize) -> &Value {
    &card["steps"][step]["results"][0]
}

fn lines(card: &Value, step: usize) -> Vec<String> {
    let reasons = result(card, step)["reasons"].as_array().unwrap().iter();
    reasons.map(|reason| reason.as_str().unwrap().to_owned()).collect()
}

#[test]
fn a_number_is_its_own_points_however_it_is_taken() {
    let steps = "    - { id: mean, of: indicators, take: mean }
    - { id: sum, of: indicators, take: sum, missing: block }
    - { id: lowest, of: indicators, take: lowest }
    - { id: highest, of: indicators, take: highest }
    - { id: middle, of: indicators, take: median }
    - { id: weighed, under: [records], of: indicators, take: mean, weights: { portfolio: 3, others: 1 }, clamp: { to: 11 } }
    - { id: all, of: [mean, sum, lowest, highest, middle, weighed], take: sum }
";
    let card = scored(steps, "plans: has_met, talks: exceeds_expectations, portfolio: 12.50, files: 8.25, homes: -3");
    let score = |step: usize| result(&card, step)["score"]["exact"].as_str().unwrap().to_owned();
    // 6 + 10 + 12.5 + 8.25 - 3 = 33.75
    assert_eq!([score(0), score(1), score(2), score(3), score(4)], ["27/4", "135/4", "-3", "25/2", "33/4"]);
    // (3 × 12.5 + 8.25 - 3) / 5
    assert_eq!(score(5), "171/20");
    let sum = lines(&card, 1);
    assert!(sum[0].contains("12.5 (2.1)") && sum[1].contains("of 90 possible"), "{sum:#?}");
    let weighed = lines(&card, 5);
    assert!(weighed[0].contains("3 × 12.5 (2.1)"), "{weighed:#?}");
    // A choice of the number scale is no rating, and in no mean.
    let card = scored(steps, "plans: has_met, talks: has_met, portfolio: not_seen, files: 9, homes: 0");
    assert_eq!(result(&card, 0)["score"]["exact"], "21/4");
    assert_eq!(result(&card, 1)["status"], "blocked");
}

#[test]
fn a_share_leaves_out_numbers_without_expectations_and_says_so() {
    let steps = "    - { id: met, of: indicators, take: share_meeting, minimum_rated: 100 }
    - { id: all, of: met, take: mean }
";
    let card =
        scored(steps, "plans: has_met, talks: { level: has_not_met, comment: No. }, portfolio: 9, files: 8, homes: 40");
    assert_eq!(result(&card, 0)["score"]["exact"], "50");
    let lines = lines(&card, 0);
    assert!(lines[0].contains("rated on a scale without expectations: 2.3"), "{lines:#?}");
}

#[test]
fn a_condition_compares_the_number_of_one_indicator() {
    let rule = |when: &str| {
        format!(
            "    - {{ id: s, rules: [{{ rating: sound, when: {{ rating: portfolio, {when} }} }}, {{ rating: lacking }}] }}\n"
        )
    };
    let rating = |when: &str, given: &str| {
        let card =
            scored(&rule(when), &format!("plans: has_met, talks: has_met, files: 9, homes: 0, portfolio: {given}"));
        result(&card, 0)["rating"].clone()
    };
    assert_eq!([rating("at_least: 9", "9.00"), rating("at_least: 9", "8.99")], ["sound", "lacking"]);
    assert_eq!([rating("below: 9", "9.00"), rating("below: 9", "8.99")], ["lacking", "sound"]);
    assert_eq!([rating("is: 9", "9.0"), rating("is: 9", "9.01")], ["sound", "lacking"]);
    assert_eq!([rating("is: not_seen", "not_seen"), rating("is: not_seen", "9")], ["sound", "lacking"]);
    // Nothing is compared with a choice that is no rating.
    assert_eq!(rating("at_least: 9", "not_seen"), Value::Null);
    let card = scored(&rule("at_least: 9.5"), "plans: has_met, talks: has_met, files: 9, homes: 0, portfolio: 9");
    let said = lines(&card, 0);
    assert!(said[0].contains("2.1 is rated 9 (needs at least 9.5)"), "{said:#?}");
}

#[test]
fn levels_are_counted_among_indicators_on_their_scale_alone() {
    let steps = "    - id: s
      rules:
        - { rating: sound, when: { all: [{ share: indicators, rated_at_least: has_met, at_least: 100 }, { count: indicators, rated: [not_seen], at_most: 1 }, { known: homes }] } }
        - { rating: lacking }
";
    let card = scored(steps, "plans: has_met, talks: has_met, portfolio: not_seen, files: 0, homes: 0");
    assert_eq!(result(&card, 0)["rating"], "sound");
    let card = scored(steps, "plans: has_met, talks: has_met, portfolio: not_seen, files: not_seen, homes: 0");
    assert_eq!(result(&card, 0)["rating"], "lacking");
}

#[test]
fn a_number_below_expectations_calls_for_a_goal_and_one_without_expectations_never() {
    let rubric = rubric("");
    let card = support::draft(&rubric, "portfolio: 8.99, files: 9, homes: -5, talks: has_met").score();
    let goals = card.goals();
    let goals: Vec<(&str, &str)> =
        goals.goals.iter().map(|goal| (goal.indicator.as_str(), goal.measure.as_deref().unwrap_or_default())).collect();
    assert_eq!(goals[0].0, "portfolio");
    assert!(goals[0].1.starts_with("Rated “9 points or more” by"), "{goals:?}");
    assert_eq!(goals.iter().map(|(indicator, _)| *indicator).collect::<Vec<_>>(), ["portfolio", "talks"]);
}

#[test]
fn a_difference_tells_of_a_number_scale_what_befalls_ratings() {
    let (old, more) = (rubric(""), "{ from: 0, to: 15, places: 2, meets_at: 9, unit: points,");
    let with = |scale: &str| {
        let text = RUBRIC.replace(more, scale);
        let new = support::parsed(&text);
        let changes = appraise::diff::compare(&old, &new).changes;
        let texts = changes.iter().map(|change| serde_json::to_value(change).unwrap());
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        texts.map(|change| (text(&change["key"]), text(&change["class"]))).collect::<Vec<_>>()
    };
    let narrower = with("{ from: 1, to: 10, places: 0, meets_at: 9, unit: points,");
    let class = |list: &[(String, String)], key: &str| {
        let key = format!("scales.fifteen_points.{key}");
        list.iter().find(|(known, _)| *known == key).map(|(_, class)| class.clone())
    };
    for key in ["from", "to", "places"] {
        assert_eq!(class(&narrower, key).as_deref(), Some("orphaned"), "{narrower:#?}");
    }
    let wider = with("{ from: -1, to: 20, places: 3, meets_at: 10, unit: marks,");
    for (key, wanted) in [("to", "none"), ("places", "none"), ("meets_at", "rescored"), ("unit", "wording")] {
        assert_eq!(class(&wider, key).as_deref(), Some(wanted), "{wider:#?}");
    }
}

#[test]
fn a_number_that_the_new_scale_lacks_is_kept_as_an_orphan_and_comes_home() {
    let old = rubric("");
    let text = RUBRIC.replace("to: 15, places: 2", "to: 10, places: 1").replace("version: 1.0.0", "version: 2.0.0");
    let new = support::parsed(&text);
    let written = support::draft(&old, "portfolio: { level: 12.50, comment: Much. }, files: 9.5, homes: 3").to_yaml();
    let migrated = appraise::migrate::migrate("e.yaml", &written, &new, Some(&old)).unwrap();
    let orphan = &migrated.evaluation.orphaned()[0];
    assert_eq!(
        (orphan.id.as_str(), orphan.level.as_deref(), orphan.label.as_deref()),
        ("portfolio", Some("12.50"), Some("12.50 points"))
    );
    assert_eq!(orphan.comment.as_deref(), Some("Much."));
    let yaml = migrated.evaluation.to_yaml();
    assert!(yaml.contains("level: 12.50\n") && yaml.contains("files: 9.5\n"), "{yaml}");
    let back = appraise::migrate::migrate("e.yaml", &yaml, &old, Some(&new)).unwrap().evaluation;
    assert!(back.orphaned().is_empty(), "{}", back.to_yaml());
    assert!(back.to_yaml().contains("level: 12.50\n"), "{}", back.to_yaml());
}

#[cfg(feature = "render")]
#[test]
fn pages_show_a_number_with_its_unit_and_say_what_is_in_no_share() {
    use appraise::{Form, Format, Renderer};
    let rubric = rubric("");
    let evaluation =
        support::draft(&rubric, "plans: has_met, portfolio: 12.50, files: { level: 8.25, comment: Late. }, homes: 3");
    let scorecard = evaluation.score();
    let renderer = Renderer::new();
    let md = renderer.report(&scorecard, Format::Markdown).unwrap();
    assert!(md.contains("(2.1): 12.50 points**") && md.contains("8.25 points") && md.contains("(2.3): 3**"), "{md}");
    assert!(md.contains("The scale does not say what meets expectations, so there is no share."), "{md}");
    assert!(
        md.contains("### A number with at most 2 places, from 0 to 15 points; 9 points or more meets expectations: 2"),
        "{md}"
    );
    assert!(
        md.contains("Growth areas") && md.contains("2 (67%)\n- Rated with a number that no share counts: 1"),
        "{md}"
    );
    let html = renderer.report(&scorecard, Format::Html).unwrap();
    assert!(
        html.contains("class=\"within\"") && html.contains("12.50 points") && html.contains("fill-with-number"),
        "{html}"
    );
    let form = Form::new(&rubric);
    let page = renderer.form(&form, Format::Html).unwrap();
    assert!(
        page.contains(r#"data-key="level" data-kind="measure" data-rated data-from="0" data-to="15" data-places="2""#),
        "{page}"
    );
    assert!(page.contains("a number with at most 2 places, from 0 to 15 points"), "{page}");
    let sheet = renderer.form(&form, Format::Markdown).unwrap();
    for text in [
        "Mark one level for each indicator, or write a number; they are rated on several scales.",
        "**Numbers** (2 indicators): a number with at most 2 places, from 0 to 15 points. 9 or more meets expectations.",
        "**Numbers** (1 indicator): a whole number from -5 to 40. A number is in no share of what meets expectations.",
    ] {
        assert!(sheet.contains(text), "{text}: {sheet}");
    }
    assert!(!sheet.contains("“”") && !sheet.contains("****"), "{sheet}");
    let yaml = form.yaml();
    assert!(yaml.contains("A number with at most 2 places, from 0 to 15 points, or one of not_seen"), "{yaml}");
}

#[cfg(feature = "render")]
#[test]
fn pages_name_no_mark_where_no_scale_has_one() {
    use appraise::{Format, Renderer};
    let text = "id: r\nversion: 1.0.0\ntitle: R\nscales: { visits: { from: 0, to: 40, places: 0 } }\n\
                domains: [{ id: d, title: D, scale: visits, indicators: [{ id: homes, statement: Visits homes. }] }]";
    let rubric = support::parsed(text);
    let scorecard = support::draft(&rubric, "homes: 3").score();
    for format in [Format::Html, Format::Markdown] {
        let page = Renderer::new().report(&scorecard, format).unwrap();
        assert!(
            !page.contains("“”") && page.to_lowercase().contains("rated with a number that no share counts"),
            "{page}"
        );
    }
}

#[cfg(feature = "table")]
#[test]
fn a_table_of_a_rubric_with_number_scales_comes_back_whole() {
    let rubric = rubric("");
    let csv = appraise::table::export(&rubric);
    let mut options = appraise::table::Options::default();
    options.from = Some(rubric.clone());
    let yaml = appraise::table::import("r.csv", &csv, &options).value.unwrap();
    let again = Rubric::parse("r.yaml", &yaml, &Library::empty()).unwrap_or_else(|found| panic!("{found}"));
    assert_eq!(again.fingerprint(), rubric.fingerprint(), "{yaml}");
}

#[cfg(feature = "render")]
#[test]
fn a_form_schema_bounds_the_numbers_of_a_scale_and_asks_for_no_multiple_that_binary_numbers_miss() {
    use appraise::Form;
    let rubric = rubric("");
    let schema: Value = serde_json::from_str(&Form::new(&rubric).json_schema()).unwrap();
    let level = &schema["definitions"]["rating_visits"]["properties"]["level"];
    assert_eq!(
        (&level["type"], &level["minimum"], &level["maximum"]),
        (&json!("integer"), &json!(-5), &json!(40)),
        "{level}"
    );
    let level = &schema["definitions"]["rating_fifteen_points"]["properties"]["level"];
    let numbers = json!({
        "type": "number", "minimum": 0, "maximum": 15,
        "description": "A number with at most 2 places, from 0 to 15 points",
    });
    assert_eq!((&level["anyOf"][0], &level["anyOf"][1]["enum"]), (&numbers, &json!(["not_seen"])), "{level}");
    let ui: Value = serde_json::from_str(&Form::new(&rubric).ui_schema()).unwrap();
    assert_eq!(ui["ratings"]["portfolio"]["level"], json!({}), "a field, not buttons");
    assert_eq!(ui["ratings"]["plans"]["level"]["ui:widget"], "radio");
}

#[test]
fn a_number_that_a_condition_compares_with_is_one_number_however_it_is_written() {
    let policy = |number: &str| {
        format!(
            "scoring: {{ steps: [{{ id: s, rules: [{{ rating: has_met, when: {{ rating: portfolio, at_least: {number} }} }}, \
             {{ rating: has_not_met }}] }}] }}"
        )
    };
    let plain = rubric(&policy("6.5"));
    for number in ["06.5", "6.50"] {
        let written = rubric(&policy(number));
        assert_eq!(written.scoring_fingerprint(), plain.scoring_fingerprint(), "{number}");
        assert_eq!(support::parsed(&written.to_yaml()).scoring_fingerprint(), plain.scoring_fingerprint(), "{number}");
    }
}
