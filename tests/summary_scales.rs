//! Evaluations of a rubric with several scales counted together: each scale by itself.

#![allow(clippy::panic, clippy::unwrap_used, clippy::indexing_slicing, reason = "a test that cannot go on fails")]

#[cfg(feature = "render")]
use appraise::summary::Summaries;
use appraise::summary::{Overview, Summary};
use appraise::{Evaluation, Library, Rubric};
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
    order: highest_first
    levels: [{ id: in_place, label: In place }, { id: not_in_place, label: Not in place }]
    meets_at: in_place
    not_rated: [{ id: not_applicable, label: Not applicable }]
domains:
  - { id: records, title: Records, scale: compliance, indicators: [{ id: files, statement: Keeps files. }, { id: notes, statement: Keeps notes. }] }
  - id: practice
    title: Practice
    competencies:
      - { id: planning, title: Planning, statement: Plans., indicators: [{ id: plans, statement: Plans. }, { id: forms, statement: Fills in., scale: compliance }] }
      - { id: talking, title: Talking, statement: Talks., indicators: [{ id: talks, statement: Talks. }] }
";

fn rubric() -> Rubric {
    Rubric::parse("r.yaml", RUBRIC, &Library::empty()).unwrap()
}

/// The evaluation of the person with a number: by indicator, the level; none for one without an entry.
fn evaluation(number: usize) -> Value {
    let grade = |place: usize| ["basic", "proficient", "proficient", "advanced", "not_applicable"][place % 5];
    let check = |place: usize| ["in_place", "not_in_place", "not_applicable", "in_place"][place % 4];
    let mut ratings = json!({
        "files": check(number), "notes": check(number / 2), "forms": check(number / 3),
        "plans": grade(number), "talks": grade(number / 2),
    });
    if number.is_multiple_of(7) {
        ratings.as_object_mut().unwrap().remove(["files", "plans"][number % 2]);
    }
    json!({
        "rubric": { "id": "r" }, "employee": { "id": format!("E-{number}"), "name": "Ann" },
        "evaluators": [{ "id": "S", "name": "Bo" }], "period": { "from": "2025-08-25", "to": "2026-06-12" },
        "ratings": ratings,
    })
}

fn summary(people: usize) -> Summary {
    let rubric = rubric();
    let mut summary = Summary::new(&rubric);
    for number in 0..people {
        let evaluation = Evaluation::parse("e.json", &evaluation(number).to_string(), &rubric).unwrap();
        summary.add(&evaluation.score()).unwrap();
    }
    summary
}

/// How many of these indicators have a level, or no entry.
fn counted(people: usize, indicators: &[&str], level: Option<&str>) -> u64 {
    let ratings = (0..people).map(|number| evaluation(number)["ratings"].clone());
    let of = |ratings: Value| indicators.iter().filter(|it| ratings.get(it).and_then(Value::as_str) == level).count();
    ratings.map(of).sum::<usize>() as u64
}

#[test]
fn each_scale_is_counted_by_itself() {
    let overviews = summary(40).overviews(0);
    let [grades, checks] = overviews.as_slice() else { panic!("{overviews:?}") };
    assert_eq!((grades.scale.as_deref(), checks.scale.as_deref()), (Some("default"), Some("compliance")));
    assert_eq!((grades.meets_at.as_str(), checks.meets_at.as_str()), ("Proficient", "In place"));
    let expected = |overview: &Overview, levels: &[&str], parts: &[(&str, &[&str])]| {
        let nodes = overview.domains.iter().flat_map(|domain| domain.nodes().map(|(_, node)| (&*node.id, &node.tally)));
        let nodes: Vec<_> = std::iter::once(("", &overview.overall)).chain(nodes).collect();
        assert_eq!(
            nodes.iter().map(|(id, _)| *id).collect::<Vec<_>>(),
            parts.iter().map(|(id, _)| *id).collect::<Vec<_>>()
        );
        for ((id, tally), (_, indicators)) in nodes.iter().zip(parts) {
            let counts: Vec<_> = tally.tally.iter().map(|(level, count)| (level.as_str(), count.unwrap())).collect();
            let own: Vec<_> = levels.iter().map(|level| (*level, counted(40, indicators, Some(level)))).collect();
            assert_eq!(counts, own, "{id}");
            assert_eq!(tally.no_entry, Some(counted(40, indicators, None)), "{id}");
            assert_eq!(tally.total, Some(40 * indicators.len() as u64), "{id}");
        }
    };
    expected(
        grades,
        &["basic", "proficient", "advanced", "not_applicable"],
        &[
            ("", &["plans", "talks"]),
            ("practice", &["plans", "talks"]),
            ("planning", &["plans"]),
            ("plans", &["plans"]),
            ("talking", &["talks"]),
            ("talks", &["talks"]),
        ],
    );
    expected(
        checks,
        &["in_place", "not_in_place", "not_applicable"],
        &[
            ("", &["files", "notes", "forms"]),
            ("records", &["files", "notes"]),
            ("files", &["files"]),
            ("notes", &["notes"]),
            ("practice", &["forms"]),
            ("planning", &["forms"]),
            ("forms", &["forms"]),
        ],
    );
    // Counts below are those of their own scale.
    assert_eq!(grades.needs[0].below, counted(40, &[&*grades.needs[0].id], Some("basic")));
    assert_eq!(checks.needs[0].below, counted(40, &[&*checks.needs[0].id], Some("not_in_place")));
}

#[test]
fn a_level_that_an_indicator_cannot_have_is_neither_counted_nor_withheld() {
    for overview in summary(12).overviews(5) {
        let levels: Vec<&str> = overview.levels.iter().map(|level| level.id.as_str()).collect();
        for (_, node) in overview.domains.iter().flat_map(appraise::summary::DomainCounts::nodes) {
            assert_eq!(node.tally.tally.iter().map(|(level, _)| level.as_str()).collect::<Vec<_>>(), levels);
        }
    }
    // Fewer people than the threshold: nothing on any scale.
    for overview in summary(4).overviews(5) {
        assert_eq!((overview.evaluations, overview.overall.total), (None, None));
        assert!(overview.overall.tally.iter().all(|(_, count)| count.is_none()));
    }
}

#[test]
fn halves_of_a_summary_of_several_scales_merge() {
    let json = |summary: &Summary| serde_json::to_value(summary.overviews(5)).unwrap();
    let (mut merged, rubric) = (summary(17), rubric());
    let mut rest = Summary::new(&rubric);
    for number in 17..40 {
        rest.add(&Evaluation::parse("e.json", &evaluation(number).to_string(), &rubric).unwrap().score()).unwrap();
    }
    merged.merge(&rest).unwrap();
    assert_eq!(json(&merged), json(&summary(40)));
}

#[cfg(feature = "render")]
#[test]
fn a_page_has_a_part_for_each_scale() {
    let summaries: Summaries = summary(40).overviews(5).into();
    let page = appraise::Renderer::new().summary(&summaries).unwrap();
    for text in [
        "version 1.0.0: Basic, Proficient, Advanced</h2>",
        "version 1.0.0: In place, Not in place</h2>",
        "The rubric has several scales.",
        "below “Proficient”",
        "below “In place”",
        "All on this scale",
    ] {
        assert!(page.contains(text), "{text}");
    }
    let (grades, checks) = page.split_once("version 1.0.0: In place").unwrap();
    assert!(!grades.contains("Not in place") && !checks.contains("Proficient"));
    // Each pattern is defined once.
    for pattern in ["fill-basic", "fill-not_applicable", "fill-2-in_place", "fill-2-not_applicable"] {
        assert_eq!(page.matches(&format!("<pattern id=\"{pattern}\"")).count(), 1, "{pattern}");
    }
}

/// One indicator on a number scale, and another.
fn of_numbers(meets_at: &str) -> Rubric {
    let text = format!(
        "id: num\nversion: 1.0.0\ntitle: N\nscales: {{ points: {{ from: 0, to: 15, places: 1{meets_at}, unit: points, not_rated: [{{ id: unseen, label: Unseen }}] }} }}\n\
         domains: [{{ id: d, title: D, scale: points, indicators: [{{ id: a, statement: A. }}, {{ id: b, statement: B. }}] }}]\n"
    );
    Rubric::parse("n.yaml", &text, &Library::empty()).unwrap_or_else(|found| panic!("{found}"))
}

fn numbers_summary(rubric: &Rubric, given: &[(&str, &str)]) -> Summary {
    let mut summary = Summary::new(rubric);
    for (number, (a, b)) in given.iter().enumerate() {
        let text = format!(
            "rubric: {{ id: num }}\nemployee: {{ id: E-{number}, name: Ann }}\nevaluators: [{{ id: S, name: Bo }}]\n\
             period: {{ from: 2025-08-25, to: 2026-06-12 }}\nratings: {{ a: {a}, b: {b} }}"
        );
        let evaluation = Evaluation::parse("e.yaml", &text, rubric).unwrap_or_else(|found| panic!("{found}"));
        summary.add(&evaluation.score()).unwrap();
    }
    summary
}

#[test]
fn numbers_are_counted_below_and_from_what_meets_expectations_on() {
    let given = [("3", "15"), ("8.5", "9"), ("9", "9.0"), ("12.5", "14"), ("unseen", "10"), ("10", "11")];
    let summary = numbers_summary(&of_numbers(", meets_at: 9"), &given);
    let overview = summary.overviews(0).remove(0);
    assert_eq!((overview.range.as_deref(), overview.meets_at.as_str()), (Some("0 to 15 points"), "9 points"));
    let labels: Vec<&str> = overview.levels.iter().map(|level| level.label.as_str()).collect();
    assert_eq!(labels, ["Below 9 points", "9 points or more", "Unseen"]);
    let counts =
        |tally: &appraise::summary::Counts| tally.tally.iter().map(|(_, count)| count.unwrap()).collect::<Vec<_>>();
    assert_eq!(counts(&overview.overall), [2, 9, 1]);
    let indicators: Vec<_> = overview.domains[0].all_indicators().collect();
    assert_eq!((counts(&indicators[0].tally), counts(&indicators[1].tally)), (vec![2, 3, 1], vec![0, 6, 0]));
    let shown = |number: usize| {
        let numbers = indicators[number].numbers.clone().unwrap();
        [numbers.lowest, numbers.median, numbers.highest].map(|number| number.map(|number| number.shown()))
    };
    assert_eq!(shown(0), ["3", "9", "12.5"].map(|number| Some(number.to_owned())));
    assert_eq!(shown(1), ["9", "10.5", "15"].map(|number| Some(number.to_owned())));
    assert_eq!((overview.needs.len(), overview.needs[0].below), (1, 2));
    // Halves that are merged are the whole.
    let rubric = of_numbers(", meets_at: 9");
    let mut merged = numbers_summary(&rubric, &given[..2]);
    merged.merge(&numbers_summary(&rubric, &given[2..])).unwrap();
    let json = |summary: &Summary| serde_json::to_value(summary.overviews(0)).unwrap();
    assert_eq!(json(&merged), json(&summary));
}

#[test]
fn the_lowest_and_the_highest_number_of_few_are_withheld() {
    // Of `a` five are below and five are not; of `b` one is below.
    let given: Vec<(String, String)> = (0..10)
        .map(|number| (if number < 5 { "3" } else { "12" }.to_owned(), if number == 0 { "1" } else { "10" }.to_owned()))
        .collect();
    let given: Vec<(&str, &str)> = given.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
    let overview = numbers_summary(&of_numbers(", meets_at: 9"), &given).overviews(5).remove(0);
    let indicators: Vec<_> = overview.domains[0].all_indicators().collect();
    let b = indicators[1].numbers.clone().unwrap();
    assert_eq!((b.lowest, b.median, b.highest), (None, None, None));
    for indicator in &indicators {
        let is_shown = indicator.tally.tally[..2].iter().all(|(_, count)| count.is_some());
        let numbers = indicator.numbers.clone().unwrap();
        assert_eq!([numbers.lowest, numbers.median, numbers.highest].map(|number| number.is_some()), [is_shown; 3]);
    }
    // Without a number that meets expectations nothing is below it, and the numbers are one column.
    let more = [given.as_slice(), &[("unseen", "unseen"); 6]].concat();
    let overview = numbers_summary(&of_numbers(""), &more).overviews(5).remove(0);
    assert_eq!((overview.meets_at.as_str(), overview.needs.len()), ("", 0));
    assert_eq!(overview.levels[0].label, "0 to 15 points");
    let b = overview.domains[0].all_indicators().nth(1).unwrap();
    assert_eq!(b.tally.tally[0].1, Some(10));
    assert_eq!(b.numbers.as_ref().unwrap().lowest.as_ref().unwrap().shown(), "1");
    #[cfg(feature = "render")]
    {
        let page = appraise::Renderer::new().summary(&vec![overview].into()).unwrap();
        assert!(
            page.contains(">Median</th>")
                && page.contains("0 to 15 points")
                && !page.contains("Professional development"),
            "{page}"
        );
    }
}

#[cfg(feature = "cli")]
#[test]
fn a_table_says_of_each_count_on_what_scale_it_is() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("r.yaml"), RUBRIC).unwrap();
    let lines: String = (0..40).map(|number| format!("{}\n", evaluation(number))).collect();
    std::fs::write(folder.path().join("all.ndjson"), lines).unwrap();
    let run = |format: &str| {
        let arguments =
            ["summarize", "all.ndjson", "--drafts", "--rubric", "r.yaml", "--threshold", "0", "--format", format];
        let run = std::process::Command::new(env!("CARGO_BIN_EXE_appraise"))
            .args(arguments)
            .current_dir(folder.path())
            .output();
        let run = run.unwrap();
        assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
        String::from_utf8(run.stdout).unwrap()
    };
    let csv = run("csv");
    let records = appraise::table::records("summary.csv", &csv).unwrap();
    let header = &records[0].cells;
    assert_eq!(header.last().map(String::as_str), Some("scale"));
    let at = |name: &str| header.iter().position(|column| column == name).unwrap();
    let keys: Vec<Vec<&str>> = records[1..]
        .iter()
        .map(|row| ["tier", "id", "level", "scale"].iter().map(|name| &*row.cells[at(name)]).collect())
        .collect();
    assert!(
        keys.iter().enumerate().all(|(number, key)| !keys[..number].contains(key)),
        "each count has a key of its own"
    );
    let count = |key: [&str; 4]| &*records[1 + keys.iter().position(|other| *other == key).unwrap()].cells[at("count")];
    for (scale, indicators) in [("default", &["plans", "talks"][..]), ("compliance", &["forms"])] {
        let expected = counted(40, indicators, Some("not_applicable")).to_string();
        assert_eq!(count(["domain", "practice", "not_applicable", scale]), expected, "{scale}");
    }
    let text = run("text");
    assert!(text.contains("Indicators rated Basic, Proficient, Advanced\n"), "{text}");
    assert!(text.contains("Indicators rated In place, Not in place\n"), "{text}");
    let json: Value = serde_json::from_str(&run("json")).unwrap();
    assert_eq!([&json["summaries"][0]["scale"], &json["summaries"][1]["scale"]], ["default", "compliance"]);
}
