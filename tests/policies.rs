//! Published scoring rules, each as a policy, with its worked examples as cases.
//!
//! `tests/policies/NAME.yaml` is a rubric with its policy, or a policy alone for a rubric that comes with the library;
//! `NAME.cases.yaml` beside it says what it comes to. How cases are written, and which rule stands where, is in
//! `tests/policies/README.md`. Adding a rule is adding two files and a row there.

#![allow(clippy::panic, clippy::unwrap_used, clippy::indexing_slicing, reason = "a test that cannot go on fails")]

#[path = "policies/case.rs"]
mod case;
mod support;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use appraise::{Checked, Library, Rubric, Severity};
use serde_json::Value as Json;
use serde_yaml::Value;

use case::{Cases, Mark, Text, exact, plain};

/// The policies: name, path of the policy, cases.
fn policies() -> Vec<(String, PathBuf, Cases)> {
    let is_policy = |path: &PathBuf| !path.to_str().unwrap().ends_with(".cases.yaml");
    support::files_ending("tests/policies", ".yaml")
        .into_iter()
        .filter(is_policy)
        .map(|path| {
            let cases = path.with_extension("cases.yaml");
            let read = serde_yaml::from_str(&support::read(&cases));
            let cases = read.unwrap_or_else(|error| panic!("{}: {error}", cases.display()));
            (path.file_stem().unwrap().to_str().unwrap().to_owned(), path, cases)
        })
        .collect()
}

fn check(path: &Path, cases: &Cases) -> Checked<Rubric> {
    let name = path.file_name().unwrap().to_str().unwrap();
    let (text, library) = (support::read(path), Library::bundled());
    match &cases.rubric {
        Some(id) => library.get(id).unwrap().with_policy(name, &text),
        None => Rubric::check(name, &text, &library),
    }
}

#[test]
fn every_policy_comes_to_what_its_cases_say() {
    let mut wrong = Vec::new();
    for (name, path, cases) in policies() {
        let Checked { value: rubric, diagnostics: findings } = check(&path, &cases);
        let found: Vec<String> =
            findings.iter().map(|finding| format!("{} at {}", finding.code, finding.path)).collect();
        if found != cases.found {
            wrong.push(format!("{name}: found {found:#?}, not {:#?}:\n{findings}", cases.found));
        }
        let Some(rubric) = rubric else { continue };
        for case in &cases.cases {
            let (failures, _) = case.run(&rubric);
            wrong.extend(failures.iter().map(|failure| format!("{name}: {}\n    {failure}", case.title)));
        }
    }
    assert!(wrong.is_empty(), "{} failures\n\n{}\n", wrong.len(), wrong.join("\n\n"));
}

#[test]
fn a_policy_has_cases_or_is_refused() {
    for (name, path, cases) in policies() {
        let Checked { value: rubric, diagnostics: findings } = check(&path, &cases);
        let is_refused = findings.iter().any(|finding| finding.severity == Severity::Error);
        assert_eq!(rubric.is_none(), is_refused, "{name}");
        assert_eq!(cases.cases.is_empty(), is_refused, "{name}: cases, or an error that is found, and not both");
        let mut titles = BTreeSet::new();
        for case in &cases.cases {
            assert!(titles.insert(&case.title), "{name}: two cases are called `{}`", case.title);
        }
    }
    for path in support::files_ending("tests/policies", ".cases.yaml") {
        let policy = path.to_str().unwrap().replace(".cases.yaml", ".yaml");
        assert!(Path::new(&policy).exists(), "{} is of no policy", path.display());
    }
}

/// Every band of every step is shown, and so is a score exactly at its lower bound, where there can be one.
#[test]
fn every_cut_is_tried_at_and_on_both_sides() {
    let mut missing = Vec::new();
    for (name, path, cases) in policies() {
        let Some(rubric) = check(&path, &cases).value else { continue };
        let document: Value = serde_yaml::from_str(&support::read(&path)).unwrap();
        let cards: Vec<Json> = cases.cases.iter().map(|case| case.run(&rubric).1).collect();
        // The policy, or each of several.
        let scoring = &document["scoring"];
        let policies = scoring.as_sequence().map_or_else(|| std::slice::from_ref(scoring), Vec::as_slice);
        for step in policies.iter().flat_map(|policy| policy["steps"].as_sequence()).flatten() {
            let id = step["id"].as_str().unwrap();
            let of_step = |card: &Json| {
                let step = card["steps"].as_array()?.iter().find(|step| step["id"] == id)?.clone();
                step["results"].as_array().cloned()
            };
            let results: Vec<Json> = cards.iter().filter_map(of_step).flatten().collect();
            // Points take the place of the number; then only the reasons have it.
            let has = |line: &str| {
                results.iter().any(|result| {
                    let mut reasons = result["reasons"].as_array().unwrap().iter();
                    reasons.any(|reason| reason.as_str().unwrap().contains(line))
                })
            };
            for band in step["bands"].as_sequence().map_or(&[][..], Vec::as_slice) {
                let (from, rating) = (plain(&band["from"]), band["rating"].as_str().unwrap());
                let never = cases.never_reached.get(id).and_then(Value::as_sequence);
                let is_never = never.is_some_and(|cuts| cuts.iter().any(|cut| exact(&plain(cut)) == exact(&from)));
                let is_shown = results.iter().any(|result| result["rating"] == rating);
                if is_shown == is_never {
                    missing
                        .push(format!("{name}: {} case shows `{rating}` of `{id}`", if is_never { "a" } else { "no" }));
                }
                let number = if from.contains('.') { from.trim_end_matches('0').trim_end_matches('.') } else { &from };
                if has(&format!("{number} ≤ {number}")) == is_never {
                    missing.push(format!("{name}: {} case is at {from} of `{id}`", if is_never { "a" } else { "no" }));
                }
            }
        }
    }
    assert!(missing.is_empty(), "{}\n", missing.join("\n"));
}

/// The trap is a real one: binary fractions do land below the cut.
#[test]
#[allow(clippy::disallowed_types, reason = "to show what they do")]
fn binary_fractions_fall_below_the_cut_where_a_case_says_so() {
    let number = |text: &Text| text.0.parse::<f64>().unwrap();
    let mut count = 0;
    for (name, _, cases) in policies() {
        for case in &cases.cases {
            let Some(binary) = &case.in_binary else { continue };
            let products = binary.sum_of.iter().map(|product| product.iter().map(number).product::<f64>());
            let sum: f64 = products.fold(0.0, |sum, product| sum + product);
            assert!(sum < number(&binary.falls_below), "{name}: {}: {sum}", case.title);
            let score = case.gives.as_ref().unwrap().score.as_ref().unwrap();
            assert_eq!(exact(&score.0), exact(&binary.falls_below.0), "{name}: {}: not at the cut", case.title);
            assert_eq!(case.mark, Mark::D, "{name}");
            count += 1;
        }
    }
    assert!(count >= 7, "only {count} cases of binary fractions");
}

/// The cells of a row of a table.
fn cells(row: &str) -> Vec<&str> {
    row.trim_matches('|').split('|').map(str::trim).collect()
}

/// The README's table of instruments: the structure that is claimed is the file's, and what is missing is said.
#[test]
fn every_instrument_has_the_structure_that_the_table_claims() {
    let readme = support::read(support::project("tests/policies/README.md"));
    let rows = readme.lines().skip_while(|line| !line.starts_with("| Instrument ")).skip(2);
    let rows: Vec<Vec<&str>> = rows.take_while(|line| line.starts_with("| ")).map(cells).collect();
    let policies = policies();
    for row in &rows {
        let &[instrument, file, domains, indicators, scales, expressed, missing] = row.as_slice() else {
            panic!("{row:?} has not seven columns")
        };
        let (_, path, cases) = policies.iter().find(|(name, ..)| format!("`{name}`") == file).unwrap();
        let rubric = check(path, cases).value.unwrap();
        let has = [rubric.domains().len(), rubric.indicators().count(), rubric.scales().len()];
        assert_eq!([domains, indicators, scales], has.map(|count| count.to_string()), "{instrument}");
        assert!(["whole", "in part"].contains(&expressed), "{instrument}: {expressed}");
        assert_eq!(expressed == "whole", missing.is_empty(), "{instrument}: what is missing, or whole");
        // Something of it is worked out.
        assert!(!cases.cases.is_empty(), "{instrument}");
    }
    assert!(rows.len() >= 11, "{} instruments", rows.len());
}

/// The table of the README: rule, mark, policy, and the case that shows it or nothing.
#[test]
fn every_published_rule_has_a_policy() {
    let readme = support::read(support::project("tests/policies/README.md"));
    let rows: Vec<Vec<&str>> = readme
        .lines()
        .skip_while(|line| !line.starts_with("| § "))
        .skip(2)
        .take_while(|line| line.starts_with("| "))
        .map(cells)
        .collect();
    let policies = policies();
    let mut listed = BTreeSet::new();
    let mut wrong = Vec::new();
    for row in &rows {
        let &[number, rule, mark, policy, case] = row.as_slice() else { panic!("{row:?} has not five columns") };
        assert!(["S", "D", "S, D"].contains(&mark), "{rule}: {mark} is no mark of what is claimed");
        let Some((_, _, cases)) = policies.iter().find(|(name, ..)| format!("`{name}`") == policy) else {
            wrong.push(format!("{number} {rule}: there is no {policy}"));
            continue;
        };
        listed.insert(policy.trim_matches('`').to_owned());
        let is_there = cases.cases.iter().any(|known| known.title == case)
            || cases.found.iter().any(|found| found.starts_with(case.trim_matches('`')));
        if !case.is_empty() && !is_there {
            wrong.push(format!("{number} {rule}: {policy} has no case `{case}`"));
        }
    }
    for (name, path, _) in &policies {
        if !listed.contains(name) {
            wrong.push(format!("{name} is not in the README's table"));
        }
        let text = support::read(path);
        let comment: String = text.lines().take_while(|line| line.starts_with('#')).collect();
        if !comment.contains("[S]") && !comment.contains("[D]") {
            wrong.push(format!("{name} does not say at its top what it rests on"));
        }
    }
    let numbers: BTreeSet<&str> = rows.iter().map(|row| row[0]).collect();
    for section in (0..=17).map(|number| number.to_string()).chain(["lint".to_owned(), "trap".to_owned()]) {
        if !numbers.contains(section.as_str()) {
            wrong.push(format!("no rule of section {section} is in the README's table"));
        }
    }
    assert!(wrong.is_empty(), "{}\n", wrong.join("\n"));
}
