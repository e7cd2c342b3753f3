//! `appraise score` with a scoring policy: how a rating came about, for people.

#![cfg(feature = "cli")]
#![allow(clippy::panic, clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod support;

use std::process::Command;

const RIVERSIDE: &str = "examples/rubrics/riverside_school_counselor.yaml";
const NOVAK: &str = "examples/evaluations/novak_scored.yaml";
const CLINIC: &str = "tests/scored/rubric.yaml";

fn appraise(arguments: &[&str]) -> (i32, String, String) {
    let run = Command::new(env!("CARGO_BIN_EXE_appraise"))
        .args(arguments)
        .current_dir(support::project(""))
        .env("NO_COLOR", "1")
        .output()
        .unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (run.status.code().unwrap(), text(run.stdout), text(run.stderr))
}

fn score(evaluation: &str, rubric: &str, more: &[&str]) -> String {
    let (status, output, errors) = appraise(&[&["score", evaluation, "--rubric", rubric], more].concat());
    assert_eq!(status, 0, "{errors}");
    output
}

#[test]
fn a_number_without_a_mark_is_in_neither_part_of_the_fraction() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| {
        let path = folder.path().join(name);
        std::fs::write(&path, text).unwrap();
        path.to_str().unwrap().to_owned()
    };
    let rubric = write(
        "m.yaml",
        "id: m\nversion: 1.0.0\ntitle: M\nscales: { v: { from: 0, to: 20, places: 0 } }\ndomains:\n  - id: a\n    title: A\n    \
         indicators: [{ id: a1, statement: One. }, { id: a2, statement: Two., scale: v }]\n",
    );
    let evaluation = write(
        "e.yaml",
        "rubric: { id: m }\nemployee: { id: E-1, name: Pat }\nevaluators: [{ id: E-2, name: Sam }]\n\
         period: { from: 2025-08-25, to: 2026-06-12 }\nratings: { a1: has_met, a2: 3 }\n",
    );
    let output = score(&evaluation, &rubric, &[]);
    let all = output.lines().find(|line| line.starts_with("All ")).unwrap();
    assert!(all.ends_with(" 1/1 100 %"), "{output}");
}

#[test]
fn the_outline_can_be_followed_with_pencil_and_paper() {
    let cases = [
        ("novak", NOVAK, RIVERSIDE),
        ("final", "tests/scored/final.yaml", CLINIC),
        ("draft", "tests/scored/draft.yaml", CLINIC),
    ];
    for (name, evaluation, rubric) in cases {
        let output = score(evaluation, rubric, &[]);
        let outline = output.split_once("\nStep 1: ").unwrap().1;
        assert!(outline.lines().all(|line| line.chars().count() <= 100), "{outline}");
        support::expect(support::project(&format!("tests/expected/score-{name}.txt")), &output);
    }
}

#[test]
fn a_type_that_is_not_scored_is_said_to_be_so() {
    let folder = tempfile::tempdir().unwrap();
    let text = support::read(support::project("tests/scored/draft.yaml")).replace("ratings:", "type: self\nratings:");
    let path = folder.path().join("self.yaml");
    std::fs::write(&path, text).unwrap();
    let output = score(path.to_str().unwrap(), CLINIC, &[]);
    assert!(
        output.contains("\nNo summative rating: the scoring policy does not score a self-evaluation.\n"),
        "{output}"
    );
    assert!(!output.contains("Step 1"), "{output}");
}

#[test]
fn what_if_shows_both_results_where_they_differ() {
    let other = "tests/scored/other_policy.yaml";
    let output = score("tests/scored/final.yaml", CLINIC, &["--policy", other]);
    support::expect(support::project("tests/expected/score-what-if.txt"), &output);
    let json: serde_json::Value =
        serde_json::from_str(&score("tests/scored/final.yaml", CLINIC, &["--policy", other, "--format", "json"]))
            .unwrap();
    let summative = json.get("summative").unwrap();
    assert_eq!(summative.pointer("/old/rating").unwrap(), "at");
    assert_eq!(summative.pointer("/new/status").unwrap(), "blocked");
    let differences = json.get("differences").unwrap().as_array().unwrap();
    let gone = differences.iter().find(|change| change.get("step").unwrap() == "measures").unwrap();
    assert!(gone.get("new").unwrap().is_null() && !gone.get("old").unwrap().is_null());
    assert_eq!(json.pointer("/not_used/0/id").unwrap(), "growth");
    assert_ne!(json.pointer("/scoring/old"), json.pointer("/scoring/new"));
}

#[test]
fn a_faulty_policy_is_reported_at_its_place() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("policy.yaml");
    std::fs::write(&path, "steps: [{ id: overall, of: indicator, take: mean }]\n").unwrap();
    let path = path.to_str().unwrap();
    let (status, output, errors) = appraise(&["score", NOVAK, "--rubric", RIVERSIDE, "--policy", path]);
    assert_eq!((status, output.as_str()), (1, ""));
    assert!(errors.contains("unknown-step") && errors.contains("policy.yaml:1:28"), "{errors}");
}

#[test]
fn a_policy_is_checked_with_the_rubric_it_is_for() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("policy.yaml");
    let path = path.to_str().unwrap();
    std::fs::write(path, "steps: [{ id: overall, of: indicators, take: share_meeting }]\n").unwrap();
    let (status, output, _) = appraise(&["check", path, "--rubric", CLINIC]);
    assert_eq!((status, output.as_str()), (0, format!("{path}: scoring policy for `clinic`: no findings\n").as_str()));
    let (status, _, errors) = appraise(&["check", path]);
    assert_eq!(status, 2);
    assert!(errors.contains("is checked together with a rubric"), "{errors}");
    std::fs::write(path, "scoring: { steps: [{ id: overall, of: indicator, take: share_meeting }] }\n").unwrap();
    let (status, output, _) = appraise(&["check", CLINIC, path, "--format", "json"]);
    let found: serde_json::Value = serde_json::from_str(&output).unwrap();
    assert_eq!(status, 1);
    assert_eq!(found.pointer("/files/1/kind").unwrap(), "policy");
    assert_eq!(found.pointer("/files/1/diagnostics/0/code").unwrap(), "unknown-step");
}

#[test]
fn a_partial_evaluation_says_so() {
    let rubric = "rubrics/connecticut_school_social_work.yaml";
    let part = score("examples/evaluations/okafor_interim.yaml", rubric, &[]);
    assert!(part.contains("\nAnswers for: "), "{part}");
    let whole = score("examples/evaluations/rivera_final.yaml", rubric, &[]);
    assert!(!whole.contains("Answers for"), "{whole}");
}

#[test]
fn the_table_leaves_a_level_blank_where_a_domain_has_another_scale() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("e.yaml");
    let text = "rubric: { id: scales }\nemployee: { id: E-1, name: Ann }\nevaluators: [{ id: E-2, name: Bo }]\n\
        period: { from: 2025-08-25, to: 2026-06-12 }\nratings: { plans: has_met, files: in_place }";
    std::fs::write(&path, text).unwrap();
    let output = score(path.to_str().unwrap(), "tests/documents/rubrics/scales.yaml", &[]);
    let row =
        |name: &str| output.lines().find(|line| line.starts_with(name)).unwrap().split_whitespace().collect::<Vec<_>>();
    // Four levels of the default scale; the second domain has these and the other scale's three.
    assert_eq!(row("1 Practice"), ["1", "Practice", "·", "1", "·", "·", "1", "1/1", "100", "%"]);
    assert_eq!(row("2 Records"), ["2", "Records", "·", "·", "·", "·", "·", "1", "·", "2", "1/1", "100", "%"]);
}

const YEARS: &str = "
id: years
version: 1.0.0
title: Years
domains: [{ id: a, title: A, indicators: [{ id: a1, statement: One. }] }]
scoring:
  points: { has_not_met: 1, has_met: 2, exceeds_expectations: 3 }
  inputs: [{ id: last_year, label: Last year, from: 1, to: 3, from_history: { step: together, years_ago: 1 } }]
  steps:
    - { id: practice, of: indicators, take: mean }
    - { id: together, of: [practice, last_year], take: mean }
";

/// A rubric whose result takes that of the year before, and evaluations of three years: the first gives the value itself.
fn years(folder: &std::path::Path) -> Vec<String> {
    let path = |name: &str| folder.join(name).to_str().unwrap().to_owned();
    std::fs::write(path("years.yaml"), YEARS).unwrap();
    let of_year = |year: i32, level: &str, more: &str| {
        let text = format!(
            "rubric: {{ id: years }}\nemployee: {{ id: E-1, name: Ann }}\nevaluators: [{{ id: E-2, name: Bo }}]\n\
             period: {{ from: {}-08-25, to: {year}-06-12 }}\nstatus: final\ncompleted_on: {year}-06-01\n\
             ratings: {{ a1: {{ level: {level}, comment: Seen. }} }}\n{more}",
            year - 1
        );
        let path = path(&format!("{year}.yaml"));
        std::fs::write(&path, text).unwrap();
        path
    };
    vec![
        path("years.yaml"),
        of_year(2024, "has_met", "inputs: { last_year: 1 }\n"),
        of_year(2025, "exceeds_expectations", ""),
        of_year(2026, "has_met", ""),
    ]
}

#[test]
fn earlier_evaluations_are_scored_in_turn_and_give_the_value_of_the_year_before() {
    let folder = tempfile::tempdir().unwrap();
    let paths = years(folder.path());
    let [rubric, first, second, now] = paths.as_slice() else { panic!("four files") };
    // In any order: 2024 is 1.5, so 2025 is 2.25 and 2026 is 2.125.
    let output = score(now, rubric, &["--history", second, "--history", first]);
    assert!(output.contains("    - Last year: 2024-25, together: 2.25\n"), "{output}");
    assert!(output.contains("Result: score 2.125"), "{output}");
    let (status, report, _) = appraise(&["report", now, "--rubric", rubric, "--history", second, "--history", first]);
    assert!(status == 0 && report.contains("- Last year: 2.25 (2024-25, together: 2.25)"), "{report}");
    // Without the first year, the second has no result.
    let (status, output, errors) = appraise(&["score", now, "--rubric", rubric, "--history", second]);
    assert!(status == 0 && output.contains("blocked"), "{output}");
    assert!(
        errors.contains("warning[missing-input]: this evaluation of 2024-25 has no result of the step `together`"),
        "{errors}"
    );
    assert!(errors.contains(&format!("--> {second}:1:1")), "{errors}");
    let (_, _, errors) = appraise(&["score", now, "--rubric", rubric]);
    assert!(errors.contains("warning[missing-input]: no evaluation of 2024-25 is at hand"), "{errors}");
    assert!(errors.contains("with --history, or write `last_year` under `inputs:`"), "{errors}");
}

#[test]
fn an_earlier_evaluation_of_another_person_or_by_an_unknown_rubric_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let paths = years(folder.path());
    let [rubric, _, second, now] = paths.as_slice() else { panic!("four files") };
    let text = support::read(second);
    for (old, new, code) in [("E-1", "E-7", "other-evaluation"), ("id: years", "id: hours", "unknown-rubric")] {
        std::fs::write(second, text.replace(old, new)).unwrap();
        let (status, output, errors) = appraise(&["score", now, "--rubric", rubric, "--history", second]);
        assert!(status == 1 && output.is_empty() && errors.contains(code), "{errors}");
    }
}

/// Evaluations of several people take the earlier ones of the same id, from folders and NDJSON, all years in one or not.
#[test]
fn batch_gives_each_evaluation_the_earlier_ones_of_the_same_person() {
    let folder = tempfile::tempdir().unwrap();
    let paths = years(folder.path());
    let [rubric, first, second, now] = paths.as_slice() else { panic!("four files") };
    let (old, new) = (folder.path().join("old"), folder.path().join("new"));
    for (folder, files) in [(&old, &[first, second][..]), (&new, &[now])] {
        std::fs::create_dir(folder).unwrap();
        for file in files {
            let text = support::read(file);
            let name = std::path::Path::new(file).file_name().unwrap().to_str().unwrap();
            std::fs::write(folder.join(format!("a{name}")), &text).unwrap();
            // The other person has no first year, and so no result of the second.
            if file != &first {
                std::fs::write(folder.join(format!("b{name}")), text.replace("E-1", "E-7")).unwrap();
            }
        }
    }
    let [old, new] = [old, new].map(|path| path.to_str().unwrap().to_owned());
    let run = |history: &[&str], more: &[&str]| {
        let named: Vec<&str> = history.iter().flat_map(|path| ["--history", path]).collect();
        appraise(&[&["batch", &new, "--rubric", rubric], &named[..], more].concat())
    };
    let (status, scorecards, errors) = run(&[&old], &[]);
    let results = |scorecards: &str| -> Vec<String> {
        let score = |line: &str| {
            let scorecard: serde_json::Value = serde_json::from_str(line).unwrap();
            scorecard["steps"][1]["results"][0]["score"]["exact"].as_str().unwrap_or("none").to_owned()
        };
        scorecards.lines().map(score).collect()
    };
    assert_eq!((status, results(&scorecards)), (0, vec!["17/8".to_owned(), "none".to_owned()]), "{errors}");
    let place = format!("{}:1:1", std::path::Path::new(&old).join("b2025.yaml").display());
    assert!(errors.contains("this evaluation of 2024-25 has no result of the step `together`"), "{errors}");
    assert!(errors.contains(&place) && !errors.contains("a2025.yaml"), "{errors}");
    // As lines of NDJSON the finding names the line.
    let line = |file: &str, id: &str| {
        let text = support::read(file).replace("E-1", id);
        let rubric = appraise::Rubric::parse("years.yaml", YEARS, &appraise::Library::empty()).unwrap();
        serde_json::to_string(&appraise::Evaluation::parse("e.yaml", &text, &rubric).unwrap()).unwrap() + "\n"
    };
    let lines = folder.path().join("old.ndjson");
    std::fs::write(&lines, line(first, "E-1") + &line(second, "E-1") + &line(second, "E-7")).unwrap();
    let lines = lines.to_str().unwrap();
    let (_, of_lines, errors) = run(&[lines], &[]);
    assert_eq!(
        (results(&of_lines), errors.contains(&format!("{lines}:3:1"))),
        (results(&scorecards), true),
        "{errors}"
    );
    // A faulty earlier evaluation is shown, and stops no other; the command tells it.
    std::fs::write(std::path::Path::new(&old).join("c.yaml"), "rubric: { id: years }\n").unwrap();
    let (status, of_rest, errors) = run(&[&old], &[]);
    assert_eq!((status, results(&of_rest)), (1, results(&scorecards)), "{errors}");
    assert!(errors.contains("1 earlier evaluation could not be read"), "{errors}");
}

#[test]
fn a_report_is_made_again_where_an_earlier_evaluation_has_changed() {
    let folder = tempfile::tempdir().unwrap();
    let paths = years(folder.path());
    let [rubric, first, _, _] = paths.as_slice() else { panic!("four files") };
    let out = folder.path().join("reports");
    let next = &paths[2];
    let run = || {
        let out = out.to_str().unwrap();
        appraise(&["batch", next, "--rubric", rubric, "--history", first, "--out", out, "--resume"]).2
    };
    assert!(run().contains("1 report written"));
    assert!(run().contains("0 reports written, 1 done before"));
    let text = support::read(first);
    std::fs::write(first, text.replace("last_year: 1", "last_year: 2")).unwrap();
    assert!(run().contains("1 report written"));
}
