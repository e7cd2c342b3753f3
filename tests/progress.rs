//! How far evaluations are in their process: deadlines, who is late, whose turn it is; and `appraise status`.

#![cfg(feature = "cli")]
#![allow(clippy::panic, clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod support;

use std::fs;
use std::path::Path;
use std::process::Command;

use appraise::progress::{Progress, Standings, StepState};
use appraise::{Evaluation, Format, Renderer, Rubric, Who};

const YEAR: &str = include_str!("documents/rubrics/year.yaml");

fn evaluation(rubric: &Rubric, id: &str, more: &str) -> Evaluation {
    let kind = if more.contains("type:") { "" } else { "type: formal\n" };
    let text = format!(
        "rubric: {{ id: {} }}\nemployee: {{ id: {id}, name: Person {id} }}\nevaluators: [{{ id: E-0007, name: Priya Shah }}]\n\
         period: {{ from: 2025-08-25, to: 2026-06-12 }}\nratings: {{ plans: has_met }}\n{kind}{more}",
        rubric.id()
    );
    Evaluation::parse("e.yaml", &text, rubric).unwrap_or_else(|found| panic!("{found}"))
}

fn rubric(steps: &str) -> Rubric {
    support::parsed(&format!(
        "id: r\nversion: 1.0.0\ntitle: R\nprocess:\n  calendar: {{ closed: [2026-02-16, 2026-02-17] }}\n  steps: {steps}\n\
         domains: [{{ id: planning, title: Planning, indicators: [{{ id: plans, statement: Plans. }}] }}]\n"
    ))
}

/// By step: the state, the last day in time and the days late.
fn told(progress: &Progress) -> Vec<String> {
    let line = |step: &appraise::progress::StepProgress| {
        let due = step.due.as_deref().unwrap_or("-");
        format!("{} {} {}/{} {due} {}", step.id, step.state.as_str(), step.times, step.of, step.late)
    };
    progress.steps.iter().map(line).collect()
}

#[test]
fn a_year_is_told_step_by_step_as_it_goes_on() {
    let rubric = support::parsed(YEAR);
    let person = evaluation(
        &rubric,
        "E-1",
        "record:\n  - { date: 2025-10-20, event: first_conference }\n  - { date: 2025-12-02, event: observation }\n  \
         - { date: 2026-02-10, event: observation }\n  - { date: 2026-02-23, event: delivered }\n\
         responses: [{ date: 2026-03-02, text: Thanks. }]\n",
    );
    let on = |day: &str| told(&person.progress(day).unwrap());
    assert_eq!(
        on("2025-10-01"),
        [
            "self_evaluation overdue 0/1 2025-09-30 1",
            "first_conference due 0/1 2025-10-31 0",
            "observation due 0/2 2026-03-15 0",
            "delivered waiting 0/1 - 0",
            "response waiting 0/1 - 0",
            "acknowledged waiting 0/1 - 0",
            "final due 0/1 2026-06-15 0"
        ],
        "events of later days do not count"
    );
    assert_eq!(
        on("2026-03-20")[2..],
        [
            "observation done 2/2 2026-03-15 0", "delivered done 1/1 2026-02-20 3", "response done 1/1 2026-03-16 0",
            "acknowledged overdue 0/1 2026-03-02 18", "final due 0/1 2026-06-15 0"
        ]
    );
    let progress = person.progress("2026-03-20").unwrap();
    assert_eq!(
        (progress.late, progress.next.as_deref(), progress.turn),
        (171, Some("self_evaluation"), Some(Who::Employee))
    );
    assert_eq!(person.progress("2026-02-30"), None);
}

#[test]
fn a_deadline_by_the_day_is_of_the_school_year_in_which_the_period_ends() {
    let rubric = rubric("[{ id: a, by: 07-01 }, { id: b, by: 06-30 }, { id: c, by: 02-29 }]");
    let due: Vec<_> = evaluation(&rubric, "E-1", "")
        .progress("2025-09-01")
        .unwrap()
        .steps
        .into_iter()
        .filter_map(|step| step.due)
        .collect();
    assert_eq!(due, ["2025-07-01", "2026-06-30", "2026-02-28"]);
}

#[test]
fn the_earlier_of_two_deadlines_counts_and_a_step_follows_each_time() {
    let rubric = rubric(
        "[{ id: observed, count: 2 }, { id: talk, count: 2, within: { school_days: 3, after: observed } }, \
         { id: draft, by: 03-01, within: { days: 30, after: observed } }]",
    );
    let of = |record: &str| {
        told(&evaluation(&rubric, "E-1", &format!("record: [{record}]\n")).progress("2026-02-24").unwrap())
    };
    let first = "{ date: 2026-02-13, event: observed }";
    assert_eq!(of(first)[1..], ["talk overdue 0/2 2026-02-20 4", "draft waiting 0/1 2026-03-01 0"]);
    let talk = "{ date: 2026-02-18, event: talk }";
    assert_eq!(of(&format!("{first}, {talk}"))[1], "talk waiting 1/2 - 0");
    let second = "{ date: 2026-02-20, event: observed }";
    assert_eq!(of(&format!("{first}, {talk}, {second}"))[1], "talk due 1/2 2026-02-25 0");
    assert_eq!(
        of("{ date: 2026-01-02, event: observed }, { date: 2026-01-05, event: observed }")[2],
        "draft overdue 0/1 2026-02-04 20"
    );
}

#[test]
fn responses_self_evaluations_and_final_evaluations_count_without_an_event() {
    let rubric = support::parsed(YEAR);
    let mut standings = Standings::default();
    let own = "type: self\nstatus: final\ncompleted_on: 2025-09-20\n";
    standings.add(&evaluation(&rubric, "e-1 ", &own.replace("type", "shared: true\ntype")));
    standings.add(&evaluation(&rubric, "E-1", "record: [{ date: 2025-12-02, event: observed }]\n"));
    let more =
        "type: interim\nrecord: [{ date: 2025-12-02, event: observed }, { date: 2026-02-10, event: observed }]\n";
    standings.add(&evaluation(&rubric, "E-1", more));
    let board = standings.on("2026-02-20").unwrap();
    assert_eq!(board.people.len(), 1, "a self-evaluation, an interim one and a draft are of one process");
    let told = told(&board.people[0]);
    assert_eq!(told[0], "self_evaluation done 1/1 2025-09-30 0");
    assert_eq!(told[2], "observation done 2/2 2026-03-15 0", "an event that two documents have happened once");
    let finished = evaluation(
        &rubric,
        "E-1",
        "status: final\ncompleted_on: 2026-06-16\nallow: [{ code: missing-event, because: It is on paper. }]\n",
    );
    assert_eq!(finished.progress("2026-06-20").unwrap().steps[6].late, 1);
    assert_eq!(finished.progress("2026-06-15").unwrap().steps[6].state, StepState::Due);
}

#[test]
fn a_step_is_done_on_the_last_day_that_it_had_to_happen_though_it_happened_again() {
    let rubric = rubric("[{ id: talk, means: conferred, by: 10-31 }, { id: visit, means: observed, count: 2 }]");
    let record = "record: [{ date: 2025-10-08, event: talk }, { date: 2026-01-28, event: conferred }, \
                  { date: 2025-11-03, event: visit }]\n";
    let steps = evaluation(&rubric, "E-1", record).progress("2026-02-20").unwrap().steps;
    let days = |step: usize| (steps[step].done_on.as_deref(), steps[step].last_on.as_deref());
    assert_eq!(days(0), (Some("2025-10-08"), Some("2026-01-28")));
    assert_eq!(days(1), (None, Some("2025-11-03")), "one of two");
}

#[test]
fn without_a_process_the_five_events_are_told_without_deadlines() {
    let rubric = support::parsed(
        "id: r\nversion: 1.0.0\ntitle: R\ndomains: [{ id: d, title: D, indicators: [{ id: plans, statement: Plans. }] }]\n",
    );
    let progress = evaluation(&rubric, "E-1", "record: [{ date: 2026-06-01, event: conferred }]\n")
        .progress("2026-06-08")
        .unwrap();
    assert_eq!((progress.late, progress.next.as_deref(), progress.done()), (0, Some("delivered"), (1, 3)));
}

/// A folder with a year's evaluations.
fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let head = |id: &str, name: &str| {
        format!(
            "rubric: {{ id: year }}\nemployee: {{ id: {id}, name: {name} }}\nevaluators: [{{ id: E-0007, name: Priya Shah }}]\n\
             period: {{ from: 2025-08-25, to: 2026-06-12 }}\nratings: {{}}\n"
        )
    };
    let all = "record: [{ date: 2025-09-20, event: self_evaluation }, { date: 2025-10-20, event: first_conference }, \
               { date: 2025-12-02, event: observation }, { date: 2026-02-10, event: observation }, { date: 2026-02-18, event: delivered }";
    let write = |name: &str, text: String| fs::write(folder.path().join(name), text).unwrap();
    write("a.yaml", head("E-1", "Ana <b>Novak</b>") + all + ", { date: 2026-02-20, event: acknowledged }]\n");
    write("b.yaml", head("E-2", "=Bo Shah") + all + "]\n");
    write("c.yaml", head("E-3", "Cy Young"));
    folder
}

fn status(folder: &Path, more: &[&str]) -> (i32, String, String) {
    let rubric = support::project("tests/documents/rubrics/year.yaml");
    let run = Command::new(env!("CARGO_BIN_EXE_appraise"))
        .arg("status")
        .arg(folder)
        .arg("--rubric")
        .arg(rubric)
        .args(more)
        .env("NO_COLOR", "1")
        .output()
        .unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (run.status.code().unwrap(), text(run.stdout), text(run.stderr))
}

#[test]
fn status_lists_who_is_late_longest_first_and_ends_well() {
    let folder = folder();
    let (code, text, messages) = status(folder.path(), &["--on", "2026-03-20"]);
    assert_eq!((code, messages.as_str()), (0, "3 evaluations of 3 people on 2026-03-20, 2 late\n"));
    support::expect(support::project("tests/expected/status.txt"), &text);
    for (format, ending) in [("csv", "csv"), ("json", "json"), ("md", "md"), ("html", "html")] {
        let (code, page, _) = status(folder.path(), &["--on", "2026-03-20", "--format", format]);
        assert_eq!(code, 0);
        support::expect(support::project(&format!("tests/expected/status.{ending}")), &page);
    }
}

#[test]
fn status_looks_at_today_unless_it_is_told_a_day() {
    let folder = folder();
    let (code, _, messages) = status(folder.path(), &[]);
    let today = jiff_today();
    assert!(code == 0 && today.iter().any(|day| messages.contains(day)), "{messages} {today:?}");
    let (code, _, messages) = status(folder.path(), &["--on", "2026-02-30"]);
    assert!(code == 2 && messages.contains("write a day as 2026-06-30"), "{messages}");
}

/// The days that today can be in any time zone.
fn jiff_today() -> Vec<String> {
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap().as_secs();
    let noon = jiff::civil::date(1970, 1, 1);
    let days = i64::try_from(now / 86_400).unwrap();
    (days - 1..=days + 1).map(|days| noon.checked_add(jiff::Span::new().days(days)).unwrap().to_string()).collect()
}

#[test]
fn a_file_that_cannot_be_read_is_said_and_the_others_are_told() {
    let folder = folder();
    fs::write(folder.path().join("d.yaml"), "rubric: { id: year }\nratings: { plan: has_met }\n").unwrap();
    let (code, text, messages) = status(folder.path(), &["--on", "2026-03-20"]);
    assert!(code == 1 && text.contains("Cy Young") && messages.contains("1 cannot be read"), "{messages}");
}

#[test]
fn a_district_replaces_a_part_of_the_page() {
    let rubric = support::parsed(YEAR);
    let mut standings = Standings::default();
    standings.add(&evaluation(&rubric, "E-1", ""));
    let board = standings.on("2026-03-20").unwrap();
    let template = "{% extends \"builtin/status.html\" %}{% block header %}<h1>Riverside</h1>{% endblock %}";
    let page = Renderer::new().with_template("status.html", template).unwrap().status(&board, Format::Html).unwrap();
    assert!(page.contains("<h1>Riverside</h1>") && page.contains("Person E-1"), "{page}");
}

#[test]
fn ndjson_is_read_as_files_are() {
    let folder = tempfile::tempdir().unwrap();
    let line = |id: usize| {
        let evaluation = evaluation(&support::parsed(YEAR), &format!("E-{id}"), "");
        format!("{}\n", serde_json::to_string(&evaluation).unwrap())
    };
    fs::write(folder.path().join("all.ndjson"), (0..40).map(line).collect::<String>()).unwrap();
    let (code, text, messages) = status(folder.path(), &["--on", "2025-09-29"]);
    assert!(code == 0 && messages.starts_with("40 evaluations of 40 people on 2025-09-29, 0 late"), "{messages}");
    assert_eq!(text.lines().filter(|line| line.contains("Self-evaluation")).count(), 40);
}

#[test]
fn a_final_evaluation_without_a_seal_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let rubric = support::parsed(YEAR);
    let done = "status: final\ncompleted_on: 2026-06-01\n";
    let mut sealed = evaluation(&rubric, "E-1", done);
    sealed.finish("2026-06-02", "E-0007").unwrap();
    let write = |name: &str, text: &Evaluation| fs::write(folder.path().join(name), text.to_yaml()).unwrap();
    // The copy from before the sealing lies beside it.
    write("a.yaml", &evaluation(&rubric, "E-1", done));
    write("b.yaml", &sealed);
    write("c.yaml", &evaluation(&rubric, "E-2", done));
    write("d.yaml", &evaluation(&rubric, "E-3", ""));
    let (_, text, _) = status(folder.path(), &["--on", "2026-06-03"]);
    assert!(text.contains("\n1 final evaluation has no seal: `appraise finish` seals it\n"), "{text}");
    let marked: Vec<&str> = text.lines().filter(|line| line.contains(", no seal")).collect();
    assert!(matches!(marked[..], [one] if one.contains("(E-2)")), "{text}");
    let (_, json, _) = status(folder.path(), &["--on", "2026-06-03", "--format", "json"]);
    let board: serde_json::Value = serde_json::from_str(&json).unwrap();
    let of = |id: &str| {
        let all = board["people"].as_array().unwrap();
        all.iter().find(|person| person["id"] == id).map(|person| person["sealed"].clone()).unwrap()
    };
    assert_eq!([of("E-1"), of("E-2"), of("E-3")], [true.into(), false.into(), serde_json::Value::Null]);
    assert_eq!(board["unsealed"], 1);
    for (format, mark) in [("md", "; final, no seal"), ("html", "final, no seal")] {
        let (_, page, _) = status(folder.path(), &["--on", "2026-06-03", "--format", format]);
        assert!(page.contains("1 final evaluation has no seal") && page.matches(mark).count() == 1, "{page}");
    }
}

const OBSERVED: &str = "
id: r
version: 1.0.0
title: R
observations: { kinds: [{ id: announced, label: Announced }, { id: walkthrough, label: Walkthrough }] }
process:
  steps:
    - { id: first, kind: announced, by: 11-30 }
    - { id: second, kind: announced, by: 03-15 }
    - { id: visits, means: observed, count: 2, optional: true }
    - { id: draft, within: { days: 10, after: second } }
domains: [{ id: planning, title: Planning, indicators: [{ id: plans, statement: Plans. }] }]
";

/// Observations by their kind and day.
fn observations(occasions: &[(&str, &str)]) -> String {
    let list = occasions.iter().enumerate();
    let list = list.map(|(number, (kind, date))| format!("{{ id: o{number}, kind: {kind}, date: {date} }}"));
    format!("observations: [{}]\n", list.collect::<Vec<_>>().join(", "))
}

#[test]
fn an_observation_is_the_step_of_its_kind_with_its_day() {
    let rubric = support::parsed(OBSERVED);
    let occasions = [("announced", "2026-03-20"), ("walkthrough", "2026-01-12"), ("announced", "2025-10-14")];
    let person = evaluation(&rubric, "E-1", &observations(&occasions));
    assert_eq!(
        told(&person.progress("2026-02-01").unwrap()),
        ["first done 1/1 2025-11-30 0", "second due 0/1 2026-03-15 0", "visits due 1/2 - 0", "draft waiting 0/1 - 0"],
        "observations of later days do not count"
    );
    let progress = person.progress("2026-04-01").unwrap();
    assert_eq!(
        told(&progress),
        [
            "first done 1/1 2025-11-30 0", "second done 1/1 2026-03-15 5", "visits due 1/2 - 0",
            "draft overdue 0/1 2026-03-30 2"
        ]
    );
    let days: Vec<_> = progress.steps.iter().map(|step| step.last_on.as_deref()).collect();
    assert_eq!(days, [Some("2025-10-14"), Some("2026-03-20"), Some("2026-01-12"), None]);
}

#[test]
fn an_event_and_an_observation_of_one_day_are_one_occasion() {
    let rubric = support::parsed(OBSERVED);
    let occasions = observations(&[("announced", "2025-10-14"), ("announced", "2025-10-15")]);
    let of = |event: &str| {
        let record = format!("{occasions}record: [{{ date: 2025-10-14, event: {event} }}]\n");
        told(&evaluation(&rubric, "E-1", &record).progress("2025-11-01").unwrap())
    };
    for event in ["first", "second"] {
        assert_eq!(of(event)[..2], ["first done 1/1 2025-11-30 0", "second done 1/1 2026-03-15 0"], "{event}");
    }
    // Evaluations of one person that both tell of an observation tell of one.
    let mut standings = Standings::default();
    let one = evaluation(&rubric, "E-1", &observations(&[("announced", "2025-10-14")]));
    standings.add(&one);
    standings.add(&evaluation(&rubric, "E-1", &format!("type: interim\n{occasions}")));
    let board = standings.on("2025-11-01").unwrap();
    assert_eq!(told(&board.people[0])[..2], ["first done 1/1 2025-11-30 0", "second done 1/1 2026-03-15 0"]);
    standings.add(&one);
    assert_eq!(standings.on("2025-11-01").unwrap(), board);
}

#[test]
fn without_a_process_of_the_rubrics_own_an_observation_is_the_event_that_every_evaluation_can_have() {
    let text = OBSERVED.replace("process:\n", "extra:\n");
    let rubric = support::parsed(&text);
    let person = evaluation(&rubric, "E-1", &observations(&[("walkthrough", "2026-01-12")]));
    assert_eq!(told(&person.progress("2026-02-01").unwrap())[0], "observed done 1/1 - 0");
}
