//! Every example runs and prints what lies beside it, and every evaluation among them is clean.

#![cfg(feature = "render")]
#![allow(clippy::panic, clippy::unwrap_used, clippy::indexing_slicing, reason = "a test that cannot go on fails")]

mod support;

use std::process::Command;

use appraise::{Checked, Evaluation, Rubric};

#[test]
fn every_example_prints_what_lies_beside_it() {
    // Cargo builds the examples beside the tests, whose own folder is `deps`.
    let built = std::env::current_exe().unwrap().parent().unwrap().parent().unwrap().join("examples");
    let mut run = 0;
    for path in support::files_ending("examples", ".rs") {
        let name = path.file_stem().unwrap().to_str().unwrap();
        let output = Command::new(built.join(name)).output().unwrap_or_else(|error| {
            panic!("example {name}: {error}; `cargo test` builds the examples, `--test` alone does not")
        });
        assert!(output.status.success(), "{name}: {}", String::from_utf8_lossy(&output.stderr));
        support::expect(path.with_extension("txt"), &String::from_utf8(output.stdout).unwrap());
        run += 1;
    }
    assert!(run >= 3);
}

#[test]
fn every_example_evaluation_is_clean() {
    let library = support::library_of_examples();
    let paths = support::files_ending("examples/evaluations", ".yaml");
    assert!(paths.len() >= 5);
    for path in paths {
        let text = support::read(&path);
        let name = path.file_name().unwrap().to_str().unwrap();
        let rubric = library.rubric_for(name, &text).unwrap_or_else(|found| panic!("{found}"));
        let Checked { diagnostics: findings, .. } = Evaluation::check(name, &text, &rubric);
        assert!(findings.is_empty(), "{findings}");
    }
}

#[test]
fn every_example_rubric_is_clean() {
    let paths = support::files_ending("examples/rubrics", ".yaml");
    assert!(paths.len() >= 2);
    for path in paths {
        let text = support::read(&path);
        let Checked { value: rubric, diagnostics: findings } =
            Rubric::check("r.yaml", &text, &support::library_of_examples());
        assert!(rubric.is_some() && findings.is_empty(), "{}:\n{findings}", path.display());
    }
}

/// A district's changes are named as the district's: nothing of the state's is left where it would be wrong.
#[test]
fn the_provo_rubric_is_connecticuts_with_the_districts_services() {
    let library = support::library_of_examples();
    let (provo, base) = (library.get("provo_school_social_work").unwrap(), "connecticut_school_social_work");
    assert_eq!(provo.base().map(Rubric::id), Some(base));
    let services = provo.domains().iter().find(|domain| domain.id == "district_services").unwrap();
    assert_eq!((services.code.as_str(), services.all_indicators().count()), ("4", 13));
    assert!(provo.professional_development().is_none());
    let rubric = serde_json::to_value(&provo).unwrap();
    let nodes = rubric["domains"].to_string();
    assert!(nodes.contains("Utah") && !nodes.contains("Connecticut"));
}

#[test]
fn the_rubric_from_scratch_describes_every_level_of_every_indicator() {
    let text = support::read(support::project("examples/rubrics/riverside_school_counselor.yaml"));
    let document: serde_json::Value = serde_yaml::from_str(&text).unwrap();
    let levels = document["scale"]["levels"].as_array().unwrap().len();
    assert_eq!(levels, 4);
    let indicators =
        document["domains"].as_array().unwrap().iter().flat_map(|domain| domain["indicators"].as_array().unwrap());
    let described: Vec<usize> =
        indicators.map(|indicator| indicator["descriptors"].as_object().unwrap().len()).collect();
    assert!(described.len() >= 10 && described.iter().all(|count| *count == levels), "{described:?}");
}

/// The rubric has every kind of item that an instrument has, and anybody can work its rating out.
#[test]
fn the_whole_instrument_rates_by_levels_numbers_practices_and_a_checklist() {
    let library = support::library_of_examples();
    let rubric = library.get("harlow_school_social_work").unwrap();
    let scales: Vec<_> = rubric.scales().iter().map(|scale| (scale.id(), scale.levels().len())).collect();
    let default = (None, 5);
    assert_eq!(scales, [default, (Some("portfolio_points"), 0), (Some("training"), 3), (Some("checklist"), 3)]);
    let practices: usize = rubric.indicators().map(|indicator| indicator.practices().len()).sum();
    assert_eq!((practices, rubric.narratives().len()), (13, 2));
    let document = serde_json::to_value(&rubric).unwrap();
    for key in ["points", "derive", "descriptors", "narratives", "weights", "convert", "limits", "comment_required"] {
        assert!(document.to_string().contains(&format!("\"{key}\":")), "{key}");
    }
    let text = support::read(support::project("examples/evaluations/okoye_harlow.yaml"));
    let scorecard = Evaluation::parse("okoye_harlow.yaml", &text, &rubric).unwrap().score();
    let result = |step: usize| scorecard.steps()[step].results[0].to_string();
    // (2 × 3 + 2 × 2 + 2 × 4 + 3 + 2) / 8 = 23/8; 12.5 + 5 points are a 4; 0.8 × 2.88 + 0.2 × 4 = 3.104.
    assert_eq!([result(0), result(1), result(2)], ["score 2.88", "score 4", "Complete"]);
    assert_eq!(scorecard.summative().unwrap().to_string(), "Accomplished, score 3.1");
    assert_eq!((scorecard.overall().rated, scorecard.overall().met), (11, 10));
    let goals: Vec<_> = scorecard.goals().goals.into_iter().map(|goal| goal.statement).collect();
    assert_eq!(goals, ["Puts in place: Reports for eligibility meetings are filed five days before the meeting."]);
}
