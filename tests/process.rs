//! The process of a rubric in documents: what is read, written back, compared, migrated and extended.

#![allow(clippy::panic, clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod support;

use appraise::{Evaluation, Library, Milestone, OrphanKind, Rubric, Who, diff, migrate};

const YEAR: &str = include_str!("documents/rubrics/year.yaml");

const EVALUATION: &str = "
rubric: { id: year }
employee: { id: E-1042, name: Jordan Rivera }
evaluators: [{ id: E-0007, name: Priya Shah }]
period: { from: 2025-08-25, to: 2026-06-12 }
ratings: { plans: has_met }
record:
  - { date: 2025-10-20, event: first_conference, by: E-0007, note: Goals for the year. }
  - { date: 2026-02-18, event: delivered }
";

fn rubric(text: &str) -> Rubric {
    Rubric::parse("year.yaml", text, &Library::empty()).unwrap_or_else(|found| panic!("{found}"))
}

fn changed(from: &str, to: &str) -> String {
    assert!(YEAR.contains(from), "{from}");
    YEAR.replace(from, to)
}

#[test]
fn a_process_is_read_with_what_its_steps_leave_out() {
    let rubric = rubric(YEAR);
    let process = rubric.process();
    let steps: Vec<_> = process.steps().iter().map(|step| (step.label.as_str(), step.who, step.means)).collect();
    assert_eq!(steps[0], ("Self-evaluation", Who::Employee, Some(Milestone::SelfEvaluation)));
    assert_eq!(steps[1], ("Goal conference", Who::Both, None));
    assert_eq!(steps[2], ("Observation", Who::Evaluator, Some(Milestone::Observed)));
    assert_eq!(steps[6], ("Final", Who::Evaluator, Some(Milestone::Completed)));
    assert_eq!(process.shared_from().unwrap().id, "delivered");
    assert_eq!(process.calendar().school_day_after("2025-12-23", 2).as_deref(), Some("2026-01-06"));
    assert_eq!(process.calendar().school_days_between("2025-11-24", "2025-12-01"), Some(4));
    assert_eq!(process.calendar().school_day_after("2026-06-10", 5), None, "the calendar ends before");
}

#[test]
fn a_process_is_written_back_and_no_part_of_the_fingerprint() {
    let with = rubric(YEAR);
    for text in [with.to_yaml(), serde_json::to_string(&with).unwrap()] {
        let again = rubric(&text);
        assert_eq!(serde_json::to_value(&again).unwrap(), serde_json::to_value(&with).unwrap());
        assert_eq!(again.process().steps(), with.process().steps());
    }
    let moved = rubric(&changed("by: 09-30", "by: 10-15"));
    assert_eq!(moved.fingerprint(), with.fingerprint(), "no rating means anything else by another deadline");
}

#[test]
fn an_overlay_replaces_the_process() {
    let mut library = Library::empty();
    library.add(rubric(YEAR));
    let text =
        "id: mine\nversion: 1.0.0\nextends: year@1\nprocess: { steps: [{ id: handed_over, means: delivered }] }\n";
    let mine = Rubric::parse("mine.yaml", text, &library).unwrap_or_else(|found| panic!("{found}"));
    assert_eq!(mine.process().steps().len(), 1);
    assert_eq!(mine.process().step("delivered").unwrap().id, "handed_over", "an old word finds the step that means it");
}

#[test]
fn a_comparison_tells_of_steps_and_orphans_only_events_without_a_place() {
    let old = rubric(YEAR);
    let new = changed("first_conference, label: Goal conference, who: both, by: 10-31", "goals, by: 11-15")
        .replace("{ id: delivered, label: Draft given to the employee,", "{ id: handed_over, means: delivered,")
        .replace("after: delivered", "after: handed_over")
        .replace("shared_from: delivered", "shared_from: handed_over")
        .replace("count: 2, by: 03-15", "count: 3, by: 04-15")
        .replace("2025-11-27", "2025-11-28");
    let difference = diff::compare(&old, &rubric(&new));
    let lines: Vec<String> = difference
        .changes
        .iter()
        .map(|change| {
            let key = change.key.as_deref().unwrap_or_default();
            let value = |value: &Option<String>| value.clone().unwrap_or_default();
            format!(
                "{} {} {} {key} {} > {}",
                change.class,
                change.what,
                change.id,
                value(&change.old),
                value(&change.new)
            )
        })
        .collect();
    support::expect(support::project("tests/expected/process_difference.txt"), &(lines.join("\n") + "\n"));
}

#[test]
fn an_event_without_a_step_is_kept_by_a_migration_and_comes_home() {
    let old = rubric(YEAR);
    let new = rubric(
        &YEAR.replace("version: 1.0.0", "version: 2.0.0").replace("first_conference, label: Goal conference", "goals"),
    );
    let migrated = migrate::migrate("e.yaml", EVALUATION, &new, Some(&old)).unwrap_or_else(|found| panic!("{found}"));
    let evaluation = migrated.evaluation;
    let events: Vec<_> = evaluation.record().iter().map(|event| event.event.as_str()).collect();
    assert_eq!(events, ["delivered"]);
    let orphan = &evaluation.orphaned()[0];
    assert_eq!((orphan.kind, orphan.id.as_str()), (OrphanKind::Event, "first_conference"));
    assert_eq!(
        (orphan.label.as_deref(), orphan.text.as_deref()),
        (Some("Goal conference"), Some("Goals for the year."))
    );
    assert_eq!((orphan.date().as_deref(), orphan.by.as_deref()), (Some("2025-10-20"), Some("E-0007")));
    let third = rubric(&YEAR.replace("version: 1.0.0", "version: 3.0.0"));
    let text = serde_json::to_string(&evaluation).unwrap();
    let home = migrate::migrate("e.json", &text, &third, Some(&new)).unwrap_or_else(|found| panic!("{found}"));
    let events: Vec<_> = home.evaluation.record().iter().map(|event| event.event.as_str()).collect();
    assert_eq!(events, ["delivered", "first_conference"]);
    assert!(home.evaluation.orphaned().is_empty());
}

#[test]
fn an_evaluation_with_the_five_events_stays_readable_by_any_process() {
    let text = EVALUATION.replace("first_conference", "conferred");
    let checked = Evaluation::check("e.yaml", &text, &rubric(YEAR));
    assert!(checked.diagnostics.is_empty(), "{}", checked.diagnostics);
    let evaluation = checked.value.unwrap();
    assert_eq!(evaluation.event_label(&evaluation.record()[0]), "Conferred");
}

#[cfg(feature = "render")]
#[test]
fn pages_print_the_names_of_the_steps() {
    let evaluation = Evaluation::check("e.yaml", EVALUATION, &rubric(YEAR)).value.unwrap();
    for format in [appraise::Format::Html, appraise::Format::Markdown] {
        let page = appraise::Renderer::new().report(&evaluation.score(), format).unwrap();
        assert!(page.contains("Goal conference") && page.contains("Draft given to the employee"), "{page}");
    }
}

/// Two evaluators, each with a part of the rubric and the events that each wrote down: an event that both have happened once.
#[test]
fn parts_with_events_of_a_process_of_its_own_are_combined_with_every_event_once() {
    let text = YEAR
        .replace("count: 2, ", "")
        .replace("statement: Writes plans. }", "statement: Writes plans. }, { id: budget, statement: Keeps to it. }");
    let rubric = rubric(&text);
    let part = |by: &str, scope: &str, record: &str| {
        format!(
            "rubric: {{ id: year }}\nemployee: {{ id: E-1042, name: Jordan Rivera }}\nevaluators: [{{ id: {by}, name: Person {by} }}]\n\
             period: {{ from: 2025-08-25, to: 2026-06-12 }}\nscope: [{scope}]\nratings: {{ {scope}: has_met }}\nrecord: [{record}]\n"
        )
    };
    let conference = "{ date: 2025-10-20, event: first_conference }";
    let first = part("E-0007", "plans", &format!("{conference}, {{ date: 2025-12-02, event: observation }}"));
    let second = part("E-0008", "budget", &format!("{conference}, {{ date: 2026-02-18, event: delivered }}"));
    let (joined, found) = Evaluation::combine(&[("first.yaml", &first), ("second.yaml", &second)], &rubric);
    let joined = joined.unwrap_or_else(|| panic!("{found:?}"));
    let events: Vec<&str> = joined.record().iter().map(|event| event.event.as_str()).collect();
    assert_eq!(events, ["first_conference", "observation", "delivered"]);
    let progress = joined.progress("2026-02-20").unwrap();
    let done = progress.steps.iter().filter(|step| step.state == appraise::progress::StepState::Done);
    assert_eq!(
        done.map(|step| (step.id.as_str(), step.times)).collect::<Vec<_>>(),
        [("first_conference", 1), ("observation", 1), ("delivered", 1)]
    );
}
