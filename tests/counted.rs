//! A choice that is no rating and counts as a level: what is counted, computed, printed, proposed and compared.

#![allow(clippy::panic, clippy::unwrap_used, clippy::indexing_slicing, reason = "a test that cannot go on fails")]

mod support;

use appraise::migrate::migrate;
use appraise::{Evaluation, Library, Rubric, diff};
use serde_json::{Value, json};

const RUBRIC: &str = "
id: r
version: 1.0.0
title: R
scale:
  levels: [{ id: ni, label: Needs improvement }, { id: me, label: Meets expectations }]
  meets_at: me
  not_rated: [{ id: na, label: No opportunity, COUNTS }, { id: gone, label: Away }]
domains:
  - { id: job, title: Job, indicators: [{ id: duties, statement: Performs duties. }, { id: records, statement: Keeps records. }, { id: care, statement: Cares. }] }
scoring:
  points: { ni: 0, me: 1 }
  steps:
    - { id: share, of: indicators, take: share_meeting }
    - { id: points, of: indicators, take: mean }
    - { id: one, rules: [{ rating: me, when: { rating: care, is: me } }, { rating: ni }] }
    - { id: all, of: [share, points], take: sum, rules: [{ rating: me, when: { share: indicators, rated: [me], at_least: 60 } }, { rating: ni }] }
allow: [{ code: compensation-paradox, because: A test. }, { code: unused-step, because: A test. }, { code: lowered-sum, because: A test. }]
";

fn rubric(counts: &str) -> Rubric {
    let text = RUBRIC.replace(", COUNTS", counts);
    support::parsed(&text)
}

fn evaluation(counts: &str, ratings: &str) -> Evaluation {
    support::draft(&rubric(counts), ratings)
}

const COUNTS: &str = ", counts_as: me";

fn results(evaluation: &Evaluation) -> Vec<String> {
    evaluation.score().steps().iter().map(|step| step.results[0].to_string()).collect()
}

#[test]
fn a_choice_counts_as_its_level_only_where_the_rubric_says_so() {
    let ratings = "duties: ni, records: me, care: na";
    let card = |counts: &str, ratings: &str| serde_json::to_value(evaluation(counts, ratings).score()).unwrap();
    let (counted, plain) = (card(COUNTS, ratings), card("", ratings));
    let tally = json!({ "ni": 1, "me": 1, "na": 1, "gone": 0 });
    assert_eq!((&counted["overall"]["tally"], &plain["overall"]["tally"]), (&tally, &tally), "its own column");
    let counts = |card: &Value| (card["overall"]["rated"].clone(), card["overall"]["met"].clone());
    assert_eq!((counts(&counted), counts(&plain)), ((json!(3), json!(2)), (json!(2), json!(1))));
    let rating = |card: &Value| card["domains"][0]["ratings"][2].clone();
    assert_eq!((&rating(&counted)["level"], &rating(&counted)["counts_as"]), (&json!("na"), &json!("me")));
    assert_eq!(rating(&plain).get("counts_as"), None);
    // Every result is that of the level itself.
    assert_eq!(results(&evaluation(COUNTS, ratings)), results(&evaluation("", "duties: ni, records: me, care: me")));
    assert_ne!(results(&evaluation(COUNTS, ratings)), results(&evaluation("", ratings)));
}

#[test]
fn reasons_name_the_choice_wherever_it_counts() {
    let scorecard = evaluation(COUNTS, "duties: ni, records: na, care: na").score();
    let lines =
        |step: usize| scorecard.steps()[step].results[0].reasons().iter().map(ToString::to_string).collect::<Vec<_>>();
    let said = "counted as “Meets expectations”: 2 with “No opportunity”: 1.2, 1.3";
    assert_eq!(lines(0), [said, "2 of 3 ratings meet expectations, which is 200/3 (≈ 66.666667) %"]);
    assert_eq!(lines(1)[..2], [said, "1 × 0 (Needs improvement) + 2 × 1 (Meets expectations) = 2"]);
    assert_eq!(lines(2)[0], "counted as “Meets expectations”: 1 with “No opportunity”: 1.3", "the one that it names");
    assert_eq!(lines(3)[0], said);
    let other = evaluation(COUNTS, "duties: ni, records: me, care: gone").score();
    assert!(!other.steps()[1].results[0].reasons().iter().any(|line| line.to_string().contains("counted as")));
}

#[test]
fn reasons_of_a_share_or_count_name_the_choice_where_indicators_have_two_scales() {
    let said = |scale: &str, rating: &str, condition: &str| {
        let text = format!(
            "
id: sh
version: 1.0.0
title: Share
scale: {{ levels: [{{ id: l1, label: Low }}, {{ id: l2, label: High }}], meets_at: l2, not_rated: [{{ id: na, label: Not applicable, counts_as: l2 }}] }}
scales: {{ other: {{ {scale} }} }}
domains:
  - {{ id: d, title: D, indicators: [{{ id: a1, statement: A. }}, {{ id: a2, statement: B. }}, {{ id: a3, statement: C. }}, {{ id: n1, statement: N., scale: other }}] }}
scoring: {{ steps: [{{ id: s, rules: [{{ rating: l2, when: {{ {condition} }} }}, {{ rating: l1 }}] }}] }}
"
        );
        let rubric = Rubric::parse("sh.yaml", &text, &Library::empty()).unwrap_or_else(|found| panic!("{found}"));
        let text = format!(
            "rubric: {{ id: sh }}\nemployee: {{ id: E-1, name: Ann }}\nevaluators: [{{ id: E-2, name: Bo }}]\n\
             period: {{ from: 2025-08-25, to: 2026-06-12 }}\nratings: {{ n1: {rating}, a1: na, a2: na, a3: l1 }}"
        );
        let evaluation = Evaluation::parse("e.yaml", &text, &rubric).unwrap_or_else(|found| panic!("{found}"));
        let scorecard = evaluation.score();
        scorecard.steps()[0].results[0].reasons().iter().map(ToString::to_string).collect::<Vec<_>>()
    };
    let number = ("from: 0, to: 15, meets_at: 9", "10");
    let levels = (
        "levels: [{ id: absent, label: Absent }, { id: present, label: Present }], meets_at: present, not_rated: [{ id: out, label: Out, counts_as: present }]",
        "out",
    );
    let counted = "counted as “High”: 2 with “Not applicable”: 1.1, 1.2";
    for (scale, rating) in [number, levels] {
        for condition in [
            "share: indicators, rated_at_least: l2, at_least: 50",
            "count: indicators, rated_at_least: l2, at_least: 2",
        ] {
            let lines = said(scale, rating, condition);
            let choices: Vec<&String> = lines.iter().filter(|line| line.starts_with("counted as")).collect();
            assert_eq!(choices, [counted], "the choice on the scale of `l2` alone: {condition}: {lines:?}");
        }
    }
}

#[test]
fn no_goal_is_proposed_from_a_choice_that_counts() {
    let goals = |counts: &str| evaluation(counts, "duties: me, records: me, care: na").score().goals().goals.len();
    assert_eq!((goals(COUNTS), goals("")), (0, 1));
}

#[test]
fn a_choice_that_counts_from_now_on_gives_ratings_another_result() {
    let difference = diff::compare(&rubric(""), &rubric(COUNTS));
    let told: Vec<String> = difference
        .changes
        .iter()
        .filter(|change| change.what == "level")
        .map(|change| format!("{} {} {:?} {:?}", change.class, change.id, change.key, change.new))
        .collect();
    assert_eq!(told, [r#"rescored na Some("counts_as") Some("me")"#]);
}

#[test]
fn a_migration_names_the_ratings_whose_choice_counts_from_now_on_or_no_longer() {
    let text = "rubric: { id: r }\nemployee: { id: E-1, name: Ann }\nevaluators: [{ id: E-2, name: Bo }]\n\
                period: { from: 2025-08-25, to: 2026-06-12 }\nratings: { duties: na, records: me, care: gone }";
    let rescored = |old: &str, new: &str| {
        let (old, new) = (rubric(old), rubric(new));
        migrate("e.yaml", text, &new, Some(&old)).unwrap_or_else(|found| panic!("{found}")).changes.rescored
    };
    assert_eq!(rescored("", COUNTS), ["duties"]);
    assert_eq!(rescored(COUNTS, ""), ["duties"]);
    assert_eq!(rescored(COUNTS, ", counts_as: ni"), ["duties"]);
}

#[cfg(feature = "render")]
#[test]
fn pages_print_the_level_beside_the_choice() {
    use appraise::{Form, Format, Renderer};

    let renderer = Renderer::new();
    let scorecard = evaluation(COUNTS, "duties: { level: ni, comment: Late. }, records: me, care: na").score();
    let report = |format| renderer.report(&scorecard, format).unwrap();
    let (html, sheet) = (report(Format::Html), report(Format::Markdown));
    assert_eq!(html.matches("No opportunity, counts as Meets expectations").count(), 2, "in the legend and beside it");
    // The choice is drawn once, in its own segment, though it counts among the rated.
    assert!(html.contains(r#"aria-label=""#) && !html.contains("Rated with a number"), "{html}");
    assert!(sheet.contains("- **Cares. (1.3): No opportunity, counts as Meets expectations**"), "{sheet}");
    assert!(
        sheet.contains("- “No opportunity” counts as “Meets expectations”\n") && !sheet.contains("- Away: "),
        "{sheet}"
    );
    let form = Form::new(&rubric(COUNTS));
    let counts = "“No opportunity” counts as “Meets expectations”.";
    for format in [Format::Html, Format::Markdown] {
        let page = renderer.form(&form, format).unwrap();
        assert!(page.contains(counts) && page.contains("“Away” is no rating and counts in no share."), "{page}");
    }
    assert!(form.yaml().contains("#   na: No opportunity (counts as me)\n"), "{}", form.yaml());
    let plain = renderer.form(&Form::new(&rubric("")), Format::Markdown).unwrap();
    assert!(!plain.contains("counts as"), "{plain}");
}

#[test]
fn a_summary_counts_the_choice_in_its_own_column_and_says_what_it_counts_as() {
    let mut summary = appraise::summary::Summary::new(&rubric(COUNTS));
    let level = |number: usize| ["ni", "me", "na", "gone"][number % 4];
    for number in 0..60 {
        let rating = |id: &str, level: &str| format!("{id}: {{ level: {level}, comment: Seen. }}");
        let ids = ["duties", "records", "care"].into_iter().enumerate();
        let ratings: Vec<String> = ids.map(|(place, id)| rating(id, level(number + place))).collect();
        let text = evaluation(COUNTS, &ratings.join(", ")).to_yaml().replace("E-1", &format!("E-{}", number + 10));
        summary.add(&Evaluation::parse("e.yaml", &text, &rubric(COUNTS)).unwrap().score()).unwrap();
    }
    let overview = summary.overviews(5).remove(0);
    let json = serde_json::to_value(&overview).unwrap();
    assert_eq!(json["overall"]["tally"], json!({ "ni": 45, "me": 45, "na": 45, "gone": 45 }));
    assert_eq!(json["levels"][2]["counts_as"], "Meets expectations");
    assert_eq!((&json["levels"][2]["meets"], &json["levels"][3]["meets"]), (&json!(true), &json!(false)));
    assert_eq!(json["levels"][3].get("counts_as"), None);
}

#[cfg(feature = "render")]
#[test]
fn a_checklist_says_at_its_line_what_a_choice_counts_as() {
    use appraise::{Format, Renderer};
    let text = "
id: r
version: 1.0.0
title: List
scales: { done: { levels: [{ id: absent, label: Absent }, { id: there, label: There }], meets_at: there, not_rated: [{ id: out, label: Out, counts_as: there }] } }
domains:
  - { id: work, title: Work, indicators: [{ id: quality, statement: Works well. }] }
  - { id: rules, title: Rules, scale: done, indicators: [{ id: trained, statement: Is trained. }, { id: badge, statement: Has a badge. }] }";
    let evaluation = support::draft(&support::parsed(text), "quality: has_met, trained: there, badge: out");
    let [html, markdown] =
        [Format::Html, Format::Markdown].map(|format| Renderer::new().report(&evaluation.score(), format).unwrap());
    let line = html.split("id=\"rating-").find(|part| part.starts_with("badge")).unwrap();
    assert!(line.split("</th>").next().unwrap().contains("Out, counts as There"), "{line}");
    assert_eq!(html.matches("Out, counts as There").count(), 2, "in the legend, and at the line: {html}");
    assert!(markdown.contains("Has a badge. (2.2): Out, counts as There"), "{markdown}");
}
