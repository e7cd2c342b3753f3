//! Whatever changes in a rubric, nothing of an evaluation is lost on the way to it, and all of it finds back.

#![allow(clippy::panic, clippy::unwrap_used, clippy::indexing_slicing, reason = "a test that cannot go on fails")]

mod support;

use std::collections::BTreeMap;

use appraise::migrate::migrate;
use appraise::{Evaluation, Library, Rubric};
use proptest::prelude::*;
use serde_json::{Value, json};

/// One edit of a rubric; numbers are taken as far as there is something to count.
#[derive(Debug, Clone)]
enum Edit {
    RemoveIndicator(usize),
    RenameIndicator(usize),
    MoveIndicator(usize, usize),
    Reword(usize),
    AddIndicator(usize),
    RemoveDomain(usize),
    RenameDomain(usize),
    RemoveLevel(usize),
    RenameLevel(usize),
    RelabelLevel(usize),
    RemoveServiceData(usize),
    ServiceDataToText(usize),
    RemoveQualifications,
    RenameRubric,
}

fn edit() -> impl Strategy<Value = Edit> {
    let at = || 0usize..100;
    prop_oneof![
        4 => at().prop_map(Edit::RemoveIndicator),
        2 => at().prop_map(Edit::RenameIndicator),
        4 => (at(), at()).prop_map(|(from, to)| Edit::MoveIndicator(from, to)),
        3 => at().prop_map(Edit::Reword),
        2 => at().prop_map(Edit::AddIndicator),
        1 => at().prop_map(Edit::RemoveDomain),
        1 => at().prop_map(Edit::RenameDomain),
        1 => at().prop_map(Edit::RemoveLevel),
        1 => at().prop_map(Edit::RenameLevel),
        1 => at().prop_map(Edit::RelabelLevel),
        1 => at().prop_map(Edit::RemoveServiceData),
        1 => at().prop_map(Edit::ServiceDataToText),
        1 => Just(Edit::RemoveQualifications),
        1 => Just(Edit::RenameRubric),
    ]
}

/// Every list of indicators in the rubric.
fn lists(rubric: &mut Value) -> Vec<&mut Vec<Value>> {
    let mut lists = Vec::new();
    for domain in rubric["domains"].as_array_mut().unwrap() {
        if domain.get("competencies").is_some() {
            for competency in domain["competencies"].as_array_mut().unwrap() {
                lists.push(competency["indicators"].as_array_mut().unwrap());
            }
        } else {
            lists.push(domain["indicators"].as_array_mut().unwrap());
        }
    }
    lists
}

fn indicator<'a>(lists: &'a mut [&mut Vec<Value>], at: usize) -> &'a mut Value {
    let count: usize = lists.iter().map(|list| list.len()).sum();
    lists.iter_mut().flat_map(|list| list.iter_mut()).nth(at % count).unwrap()
}

fn take_indicator(rubric: &mut Value, at: usize) -> Value {
    let mut lists = lists(rubric);
    let count: usize = lists.iter().map(|list| list.len()).sum();
    let mut at = at % count;
    for list in &mut lists {
        if at < list.len() {
            return list.remove(at);
        }
        at -= list.len();
    }
    panic!("it is one of them")
}

fn apply(edit: &Edit, rubric: &mut Value, number: usize) {
    match edit {
        Edit::RemoveIndicator(at) => drop(take_indicator(rubric, *at)),
        Edit::RenameIndicator(at) => indicator(&mut lists(rubric), *at)["id"] = json!(format!("renamed_{number}")),
        Edit::MoveIndicator(from, to) => {
            let moved = take_indicator(rubric, *from);
            let mut lists = lists(rubric);
            let to = to % lists.len();
            lists[to].push(moved);
        }
        Edit::Reword(at) => {
            indicator(&mut lists(rubric), *at)["statement"] = json!(format!("In other words {number}."));
        }
        Edit::AddIndicator(at) => {
            let mut lists = lists(rubric);
            let at = at % lists.len();
            lists[at].push(json!({ "id": format!("added_{number}"), "statement": "Something new." }));
        }
        Edit::RemoveDomain(at) => {
            let domains = rubric["domains"].as_array_mut().unwrap();
            domains.remove(at % domains.len());
        }
        Edit::RenameDomain(at) => {
            let domains = rubric["domains"].as_array_mut().unwrap();
            let at = at % domains.len();
            domains[at]["id"] = json!(format!("domain_{number}"));
        }
        Edit::RemoveLevel(at) => {
            let levels = rubric["scale"]["levels"].as_array_mut().unwrap();
            if levels.len() > 2 {
                levels.remove(at % levels.len());
            }
        }
        Edit::RenameLevel(at) => {
            let levels = rubric["scale"]["levels"].as_array_mut().unwrap();
            let at = at % levels.len();
            levels[at]["id"] = json!(format!("level_{number}"));
        }
        Edit::RelabelLevel(at) => {
            let levels = rubric["scale"]["levels"].as_array_mut().unwrap();
            let at = at % levels.len();
            levels[at]["label"] = json!(format!("Label {number}"));
        }
        Edit::RemoveServiceData(at) => {
            let list = rubric["service_data"].as_array_mut().unwrap();
            if !list.is_empty() {
                list.remove(at % list.len());
            }
        }
        Edit::ServiceDataToText(at) => {
            let list = rubric["service_data"].as_array_mut().unwrap();
            let count = list.len().max(1);
            if let Some(item) = list.get_mut(at % count) {
                item["kind"] = json!("text");
            }
        }
        Edit::RemoveQualifications => {
            rubric["qualifications"] = json!([]);
            for domain in rubric["domains"].as_array_mut().unwrap() {
                domain.as_object_mut().unwrap().remove("evaluated_by");
            }
        }
        Edit::RenameRubric => rubric["id"] = json!("a_districts_own"),
    }
}

/// The rubric after the edits, so far as it can still be one.
fn edited(edits: &[Edit]) -> Rubric {
    let text = Library::bundled().text("connecticut_school_social_work").unwrap();
    let mut rubric: Value = serde_yaml::from_str(text).unwrap();
    rubric.as_object_mut().unwrap().remove("goals");
    rubric.as_object_mut().unwrap().remove("comment_required");
    for (number, edit) in edits.iter().enumerate() {
        if rubric["domains"].as_array().is_some_and(|domains| domains.len() > 1) {
            apply(edit, &mut rubric, number);
        }
        // A list that is empty now is none.
        for domain in rubric["domains"].as_array_mut().unwrap() {
            if let Some(competencies) = domain.get_mut("competencies") {
                let is_full = |one: &Value| !one["indicators"].as_array().unwrap().is_empty();
                competencies.as_array_mut().unwrap().retain(is_full);
            }
        }
        let is_full = |domain: &Value| {
            ["competencies", "indicators"]
                .iter()
                .any(|key| domain[*key].as_array().is_some_and(|list| !list.is_empty()))
        };
        rubric["domains"].as_array_mut().unwrap().retain(is_full);
    }
    rubric["version"] = json!("9.0.0");
    rubric["scale"]["meets_at"] = rubric["scale"]["levels"][1]["id"].clone();
    Rubric::parse("edited.json", &rubric.to_string(), &Library::empty()).unwrap_or_else(|found| panic!("{found}"))
}

/// How often each text stands in a document: values, and keys that people choose.
fn texts(value: &Value, key: &str, found: &mut BTreeMap<String, usize>) {
    let mut note = |text: &str| *found.entry(text.to_owned()).or_default() += 1;
    match value {
        Value::String(text) => note(text),
        Value::Number(number) => note(number.to_string().trim_end_matches(".0")),
        Value::Array(items) => items.iter().for_each(|item| texts(item, key, found)),
        Value::Object(entries) => {
            for (own, value) in entries {
                if ["ratings", "not_assigned", "service_data", "extra"].contains(&key) {
                    *found.entry(own.clone()).or_default() += 1;
                }
                texts(value, if key == "extra" { key } else { own }, found);
            }
        }
        _ => {}
    }
}

fn document(name: &str) -> String {
    support::read(support::project(&format!("examples/evaluations/{name}.yaml")))
}

/// Values that are not written where they are what is taken when they are absent.
const DEFAULTS: [&str; 3] = ["1", "formal", "draft"];

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn nothing_is_lost_and_all_of_it_finds_back(
        edits in prop::collection::vec(edit(), 1..25),
        name in prop::sample::select(&["rivera_final", "okafor_interim", "chen_draft", "santos_two_evaluators"][..]),
        is_known: bool,
    ) {
        let text = document(name);
        let new = edited(&edits);
        let old = Library::bundled().made_against(name, &text).unwrap();
        let migrated = match migrate(name, &text, &new, is_known.then_some(&old)) {
            Ok(migrated) => migrated,
            // Of what an interim evaluation answers for, nothing may be left.
            Err(found) => {
                let codes: Vec<&str> = found.iter().filter(|finding| finding.severity == appraise::Severity::Error).map(|finding| finding.code.as_str()).collect();
                prop_assert!(codes == ["empty-scope"] || (!is_known && codes.contains(&"out-of-scope")), "{}", found);
                return Ok(());
            }
        };
        let evaluation = &migrated.evaluation;

        // Every text is there as often as before.
        let (mut before, mut after) = (BTreeMap::new(), BTreeMap::new());
        texts(&serde_yaml::from_str(&text).unwrap(), "", &mut before);
        let written = serde_json::to_value(evaluation).unwrap();
        texts(&written, "", &mut after);
        for (text, count) in &before {
            let is_prose = text.len() > 25;
            let wanted = if is_prose { *count } else { 1 };
            let there = after.get(text).copied().unwrap_or_default();
            prop_assert!(there >= wanted || DEFAULTS.contains(&text.as_str()), "{text}: {count} before, {there} after");
        }

        // Nothing is rated that nobody rated, and every rating is either kept or orphaned.
        let signed = Evaluation::parse(name, &text, &old).unwrap();
        let was = serde_json::to_value(&signed).unwrap();
        let mut ratings = was["ratings"].as_object().unwrap().clone();
        for (id, rating) in written["ratings"].as_object().unwrap() {
            let given = ratings.remove(id);
            prop_assert_eq!(given.as_ref(), Some(rating));
        }
        let orphaned = evaluation.orphaned().iter().filter(|orphan| orphan.kind == appraise::OrphanKind::Rating);
        let mut orphaned: Vec<String> = orphaned.map(|orphan| orphan.id.clone()).collect();
        orphaned.sort();
        prop_assert_eq!(orphaned, ratings.keys().cloned().collect::<Vec<_>>());

        // The written text is an evaluation that reads as the same.
        for text in [written.to_string(), serde_yaml::to_string(evaluation).unwrap()] {
            let again = Evaluation::parse("again", &text, &new).unwrap_or_else(|found| panic!("{found}\n{text}"));
            prop_assert_eq!(again.fingerprint(), evaluation.fingerprint());
        }

        // Back with the rubric it comes from, every rating is as it was, where the words it was given for are known.
        let back = migrate("back.json", &written.to_string(), &old, Some(&new)).unwrap_or_else(|found| panic!("{found}"));
        let back = serde_json::to_value(&back.evaluation).unwrap();
        if is_known {
            prop_assert_eq!(&back["ratings"], &was["ratings"]);
            prop_assert_eq!(&back["service_data"], &was["service_data"]);
            prop_assert_eq!(back["goals"].as_array().map(Vec::len), was["goals"].as_array().map(Vec::len));
            prop_assert_eq!(back["responses"].as_array().map(Vec::len), was["responses"].as_array().map(Vec::len));
        }
    }
    /// A sound document with a piece cut out or doubled.
    #[test]
    fn any_damage_is_found_or_kept(from in 0usize..12000, length in 0usize..400, double: bool, is_known: bool) {
        let sound = document("rivera_final");
        let boundary = |mut at: usize| { at = at.min(sound.len()); while !sound.is_char_boundary(at) { at -= 1 } at };
        let (start, end) = (boundary(from), boundary(from + length));
        let damaged = if double {
            format!("{}{}{}", &sound[..end], &sound[start..end], &sound[end..])
        } else {
            format!("{}{}", &sound[..start], &sound[end..])
        };
        let old = Library::bundled().get("connecticut_school_social_work").unwrap();
        let new = edited(&[Edit::RemoveDomain(3), Edit::RemoveLevel(0), Edit::RemoveServiceData(1), Edit::RenameRubric]);
        match migrate("t", &damaged, &new, is_known.then_some(&old)) {
            Ok(migrated) => {
                let written = serde_json::to_string(&migrated.evaluation).unwrap();
                let again = Evaluation::parse("again", &written, &new).unwrap_or_else(|found| panic!("{found}"));
                prop_assert_eq!(again.fingerprint(), migrated.evaluation.fingerprint());
                serde_json::to_value(again.score()).unwrap();
            }
            Err(found) => prop_assert!(found.has_errors()),
        }
    }
}
