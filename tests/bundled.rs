//! The bundled rubrics: clean, and word for word what their source says.

#![allow(clippy::panic, clippy::unwrap_used, clippy::indexing_slicing, reason = "a test that cannot go on fails")]

mod support;

use std::collections::HashMap;

use appraise::{Checked, Domain, Library, Rubric, Subject};

#[test]
fn every_file_in_rubrics_is_bundled_and_clean() {
    let library = Library::bundled();
    let mut ids = library.ids();
    for path in support::files("rubrics") {
        let text = support::read(&path);
        let Checked { value: rubric, diagnostics: findings } =
            Rubric::check(path.to_str().unwrap(), &text, &Library::empty());
        assert!(findings.is_empty(), "{findings}");
        let rubric = rubric.unwrap();
        assert_eq!(path.file_stem().unwrap().to_str(), Some(rubric.id()));
        assert_eq!(library.text(rubric.id()), Some(text.as_str()));
        assert_eq!(library.get(rubric.id()).unwrap().fingerprint(), rubric.fingerprint());
        assert!(text.starts_with("# yaml-language-server: $schema=schema/rubric.json\n"), "{}", path.display());
        ids.retain(|id| id != rubric.id());
    }
    assert!(ids.is_empty(), "bundled without a file: {ids:?}");
}

/// A list of the source, kept apart from the rubrics: number and text.
fn source(section: &str) -> Vec<(String, String)> {
    let text = support::read(support::project("tests/sources/connecticut.txt"));
    let mut lines = text.lines().skip_while(|line| line.strip_prefix("== ") != Some(section));
    assert!(lines.next().is_some(), "no section {section}");
    lines
        .take_while(|line| !line.starts_with("== "))
        .filter_map(|line| line.split_once('\t'))
        .map(|(number, text)| (number.to_owned(), text.to_owned()))
        .collect()
}

fn bundled(id: &str) -> Rubric {
    Library::bundled().get(id).unwrap()
}

#[test]
fn the_social_work_rubric_is_the_source_word_for_word_in_order() {
    let rubric = bundled("connecticut_school_social_work");
    let mut statements: Vec<(String, String)> = Vec::new();
    for domain in rubric.domains() {
        statements.push((domain.code.clone(), domain.statement.clone().unwrap()));
        for indicator in &domain.indicators {
            statements.push((indicator.code.clone(), indicator.statement.clone()));
        }
        for competency in &domain.competencies {
            statements.push((competency.code.clone(), competency.statement.clone()));
            for indicator in &competency.indicators {
                statements.push((indicator.code.clone(), indicator.statement.clone()));
            }
        }
    }
    assert_eq!(statements, source("competencies and indicators"));
    assert_eq!(rubric.domains().len(), 8);
    assert_eq!(rubric.domains().iter().map(|domain| domain.competencies.len()).sum::<usize>(), 12);
    assert_eq!(rubric.indicators().count(), 67);
    let sizes: Vec<usize> = rubric.domains().iter().map(|domain| domain.all_indicators().count()).collect();
    assert_eq!(sizes, [6, 4, 5, 12, 9, 11, 8, 12]);
}

#[test]
fn its_scale_is_the_four_ratings_of_the_source() {
    let rubric = bundled("connecticut_school_social_work");
    let ids = |levels: &[appraise::Level]| levels.iter().map(|level| level.id.clone()).collect::<Vec<_>>();
    assert_eq!(ids(rubric.scale().rated()), ["has_not_met", "has_met", "exceeds_expectations"]);
    assert_eq!(ids(rubric.scale().not_rated()), ["no_opportunity_to_practice"]);
    assert_eq!(rubric.scale().meets_at().unwrap().id, "has_met");
}

#[test]
fn clinical_practice_wants_a_qualified_evaluator_and_nothing_else_does() {
    let rubric = bundled("connecticut_school_social_work");
    let wants = |domain: &Domain| {
        let wanting =
            domain.all_indicators().filter(|indicator| indicator.evaluated_by.as_deref() == Some("school_social_work"));
        match (wanting.count(), domain.all_indicators().count()) {
            (0, _) => false,
            (wanting, all) => {
                assert_eq!(wanting, all, "{}", domain.id);
                true
            }
        }
    };
    let by_domain: HashMap<&str, bool> =
        rubric.domains().iter().map(|domain| (domain.id.as_str(), wants(domain))).collect();
    for (id, wanted) in by_domain {
        assert_eq!(wanted, ["assessment", "counselor"].contains(&id), "{id}");
    }
}

#[test]
fn contact_hours_are_a_yardstick_with_their_history() {
    let rubric = bundled("connecticut_school_social_work");
    let hours = rubric.professional_development().unwrap();
    assert_eq!((hours.contact_hours.to_string().as_str(), hours.years), ("90", 5));
    assert!(hours.note.as_ref().unwrap().contains("12-116"));
    assert!(hours.source.is_some());
    assert_eq!(rubric.service_data().len(), 14);
    for item in rubric.service_data() {
        assert!(item.source.as_ref().unwrap().contains("Data, Record Keeping and Personal Notes"), "{}", item.id);
    }
}

#[test]
fn the_district_supports_are_the_two_lists_of_the_source() {
    let rubric = bundled("connecticut_district_supports");
    assert_eq!(rubric.subject(), Subject::Organization);
    for (domain, section) in rubric.domains().iter().zip(["each LEA should ensure", "programs should have"]) {
        let statements: Vec<&str> = domain.all_indicators().map(|indicator| indicator.statement.as_str()).collect();
        let expected = source(section);
        assert_eq!(statements, expected.iter().map(|(_, text)| text.as_str()).collect::<Vec<_>>());
    }
    assert_eq!(rubric.domains().len(), 2);
    assert_eq!(rubric.indicators().count(), 12);
}

#[test]
fn the_areas_of_administrative_oversight_are_those_of_the_source() {
    let rubric = bundled("connecticut_administrative_oversight");
    let plain = |text: &str| text.to_lowercase().trim_end_matches('.').to_owned();
    let statements: Vec<String> = rubric.indicators().map(|indicator| plain(&indicator.statement)).collect();
    let expected: Vec<String> = source("areas of performance").iter().map(|(_, text)| plain(text)).collect();
    assert_eq!(statements, expected);
    assert_eq!(statements.len(), 10);
}

/// Final and complete, with a record of these events on the same day.
fn final_with(events: &[&str]) -> appraise::Evaluation {
    let rubric = bundled("connecticut_school_social_work");
    let record: Vec<String> = events.iter().map(|event| format!("{{ date: 2026-06-01, event: {event} }}")).collect();
    let text = format!(
        "rubric: {{ id: connecticut_school_social_work }}\nemployee: {{ id: E-1042, name: Jordan Rivera }}\n\
         evaluators: [{{ id: E-0007, name: Priya Shah }}]\nperiod: {{ from: 2025-08-25, to: 2026-06-12 }}\n\
         scope: [deadlines]\nstatus: final\ncompleted_on: 2026-06-01\nratings: {{ deadlines: has_met }}\nrecord: [{}]\n",
        record.join(", ")
    );
    appraise::Evaluation::parse("e.yaml", &text, &rubric).unwrap_or_else(|found| panic!("{found}"))
}

#[test]
fn the_example_of_a_process_asks_for_three_steps_and_makes_nobody_late() {
    let rubric = bundled("connecticut_school_social_work");
    let process = rubric.own_process().unwrap();
    assert!(process.note().unwrap().starts_with("An example, which a district replaces"));
    assert_eq!(process.shared_from().unwrap().id, "delivered");
    let required: Vec<&str> =
        process.steps().iter().filter(|step| !step.optional).map(|step| step.id.as_str()).collect();
    assert_eq!(required, ["conferred", "delivered", "acknowledged", "final"]);

    let found = |events: &[&str]| {
        let evaluation = final_with(events);
        let found = evaluation.diagnostics().iter();
        found.map(|finding| format!("{}: {}", finding.code, finding.message)).collect::<Vec<_>>()
    };
    assert_eq!(
        found(&["observed"]),
        ["missing-event: this evaluation is final, but its record lacks `conferred`, `delivered`, `acknowledged`"]
    );
    assert_eq!(found(&["conferred", "delivered", "acknowledged"]), [""; 0]);
    // Without a deadline nobody is late, whatever the day.
    assert_eq!(final_with(&[]).progress("2030-01-01").unwrap().late, 0);
    // An event that every evaluation could record before is called as it was.
    let supports = bundled("connecticut_district_supports");
    for step in supports.process().steps() {
        assert_eq!(process.step(&step.id).map(|own| &own.label), Some(&step.label));
    }
}
