//! Random rubrics and evaluations through the other tools: tables, overlays, `diff`, `migrate`, `combine`, `what_if`, pages.

use std::collections::BTreeMap;

use appraise::migrate::migrate;
use appraise::{Evaluation, Library, OrphanKind, Rating, Rubric, agreement, diff};
use serde_json::{Map, Value, json};

use super::{generate, ours, theirs};

const RUBRICS: u64 = 160;

fn library() -> Library {
    Library::empty().without_proof()
}

/// Random rubrics that are sound, each with its seed and its document.
fn sound() -> impl Iterator<Item = (u64, Value, Rubric)> {
    let read = |seed: u64| {
        let document = generate::rubric(seed);
        let rubric = Rubric::check("made.json", &document.to_string(), &library()).value?;
        Some((seed, document, rubric))
    };
    (0..RUBRICS).filter_map(read)
}

/// An evaluation that is sound, and its document.
fn evaluation(document: &Value, rubric: &Rubric, seed: u64) -> Option<(Evaluation, Value)> {
    let given = generate::evaluation(document, seed);
    Some((Evaluation::check("e.json", &given.to_string(), rubric).value?, given))
}

fn ratings(evaluation: &Evaluation) -> Map<String, Value> {
    serde_json::to_value(evaluation).unwrap()["ratings"].as_object().unwrap().clone()
}

/// The lists of indicators of a rubric's document.
fn lists(document: &mut Value) -> Vec<&mut Vec<Value>> {
    let mut lists = Vec::new();
    for domain in document["domains"].as_array_mut().unwrap() {
        match domain.get("competencies").is_some() {
            true => {
                let competencies = domain["competencies"].as_array_mut().unwrap().iter_mut();
                lists.extend(competencies.filter_map(|competency| competency.get_mut("indicators")?.as_array_mut()));
            }
            false => lists.extend(domain.get_mut("indicators").and_then(Value::as_array_mut)),
        }
    }
    lists
}

/// Takes the last indicator of a list that has others.
fn take(document: &mut Value) -> Option<Value> {
    lists(document).into_iter().find(|list| list.len() > 1)?.pop()
}

/// Whether a document uses a key.
fn uses(document: &Value, key: &str) -> bool {
    document.to_string().contains(&format!("\"{key}\":"))
}

/// Counts what was tried, so that a kind that is never tried is told.
#[derive(Default)]
struct Tried(BTreeMap<&'static str, usize>);

impl Tried {
    fn note(&mut self, what: &'static str) {
        *self.0.entry(what).or_default() += 1;
    }

    fn demand(&self, wanted: &[(&'static str, usize)]) {
        for (what, least) in wanted {
            assert!(self.0.get(what).is_some_and(|count| count >= least), "{what}: {:?}", self.0);
        }
    }
}

#[test]
fn random_rubrics_read_as_the_same_from_yaml_and_from_their_table() {
    let mut tried = Tried::default();
    for (seed, document, rubric) in sound() {
        for key in ["practices", "scales", "counts_as", "points", "rated", "narratives"] {
            if uses(&document["domains"], key) || uses(&document, key) {
                tried.note(key);
            }
        }
        let again =
            Rubric::parse("again.yaml", &rubric.to_yaml(), &library()).unwrap_or_else(|found| panic!("{found}"));
        assert_eq!(again.fingerprint(), rubric.fingerprint(), "seed {seed}");
        assert_eq!(again.scoring_fingerprint(), rubric.scoring_fingerprint(), "seed {seed}");
        assert!(diff::compare(&rubric, &again).changes.is_empty(), "seed {seed}");
        #[cfg(feature = "table")]
        {
            // The policy of a rubric comes with it, and a table is read with proofs, which random policies do not stand.
            let mut without = document.clone();
            without.as_object_mut().unwrap().remove("scoring");
            let Some(rubric) = Rubric::check("made.json", &without.to_string(), &library()).value else { continue };
            let mut options = appraise::table::Options::default();
            options.from = Some(rubric.clone());
            let text = appraise::table::export(&rubric);
            let appraise::Checked { value: yaml, diagnostics: found } =
                appraise::table::import("t.csv", &text, &options);
            let yaml = yaml.unwrap_or_else(|| panic!("seed {seed}: {found}\n{text}"));
            let again =
                Rubric::parse("t.yaml", &yaml, &library()).unwrap_or_else(|found| panic!("seed {seed}: {found}"));
            assert_eq!(again.fingerprint(), rubric.fingerprint(), "seed {seed}\n{text}");
        }
    }
    tried.demand(&[
        ("practices", 40),
        ("scales", 40),
        ("counts_as", 20),
        ("points", 20),
        ("rated", 20),
        ("narratives", 20),
    ]);
}

/// A rubric that extends another is the rubric that is written as a whole.
#[test]
fn a_random_overlay_makes_the_rubric_that_is_written_whole() {
    let mut tried = Tried::default();
    for (seed, document, _) in sound() {
        let mut whole = document.clone();
        let Some(gone) = take(&mut whole) else { continue };
        let (mut change, mut added) = (Map::new(), json!({ "id": "added", "statement": "New." }));
        if let Some(list) = lists(&mut whole).into_iter().next() {
            list[0]["statement"] = "In other words.".into();
            list[0]["points"] = Value::Null;
            change.insert(
                list[0]["id"].as_str().unwrap().to_owned(),
                json!({ "statement": "In other words.", "points": null }),
            );
            list[0].as_object_mut().unwrap().remove("points");
        }
        // The practices of the one that is gone, under other ids.
        if gone["practices"].is_array() {
            let practices = gone["practices"].as_array().unwrap().iter().cloned().map(|mut practice| {
                practice["id"] = format!("new_{}", practice["id"].as_str().unwrap()).into();
                practice
            });
            added["practices"] = practices.collect();
            for key in ["derive", "scale"].into_iter().filter(|key| !gone[*key].is_null()) {
                added[key] = gone[key].clone();
            }
        }
        let scoring = json!({ "points": whole["scoring"]["points"], "steps": [{ "id": "all", "of": "indicators", "take": "mean" }] });
        whole["scoring"] = if scoring["points"].is_null() { Value::Null } else { scoring };
        let domains = whole["domains"].as_array_mut().unwrap();
        domains.push(json!({ "id": "added_domain", "title": "A", "indicators": [added.clone()] }));
        for (key, value) in [("id", "over"), ("title", "Over")] {
            whole[key] = value.into();
        }
        let overlay = json!({
            "extends": "made@1", "id": "over", "version": "1.0.0", "title": "Over", "omit": { (gone["id"].as_str().unwrap()): "Not here." },
            "change": change, "add": [{ "id": "added_domain", "title": "A", "indicators": [added] }], "scoring": whole["scoring"],
        });
        let whole = Rubric::check("whole.json", &whole.to_string(), &library());
        let mut known = library();
        let (base, overlay) = (document.to_string(), overlay.to_string());
        let over = known.read(&[("over.json", overlay.as_str()), ("made.json", base.as_str())]).swap_remove(0);
        match (&whole.value, &over.value) {
            (Some(whole), Some(over)) => {
                assert_eq!(whole.fingerprint(), over.fingerprint(), "seed {seed}\n{overlay}");
                assert_eq!(whole.scoring_fingerprint(), over.scoring_fingerprint(), "seed {seed}\n{overlay}");
                tried.note("made");
                tried.note(if overlay.contains("\"practices\"") { "with practices" } else { "without" });
            }
            (None, None) => tried.note("refused"),
            _ => panic!("seed {seed}: one is refused\n{}\n{}\n{overlay}", whole.diagnostics, over.diagnostics),
        }
    }
    tried.demand(&[("made", 60), ("with practices", 10)]);
}

/// A rubric without one indicator, with another range, and with one level less.
fn edited(document: &Value, seed: u64) -> Value {
    let mut edited = document.clone();
    edited["version"] = "2.0.0".into();
    edited.as_object_mut().unwrap().remove("scoring");
    edited.as_object_mut().unwrap().remove("observations");
    take(&mut edited);
    for scale in edited["scales"].as_object_mut().into_iter().flat_map(|scales| scales.values_mut()) {
        if scale["from"].is_number() {
            scale["to"] = 4.into();
            scale.as_object_mut().unwrap().remove("meets_at");
        }
    }
    if seed.is_multiple_of(2) {
        // Fewer practices.
        for indicator in lists(&mut edited).into_iter().flatten() {
            let practices = indicator.get_mut("practices").and_then(Value::as_array_mut);
            practices.into_iter().filter(|list| list.len() > 2).for_each(|list| drop(list.pop()));
        }
    }
    edited
}

#[test]
fn nothing_of_a_random_evaluation_is_lost_by_migration_and_all_of_it_finds_back() {
    let mut tried = Tried::default();
    for (seed, document, rubric) in sound() {
        // Practices and observations of an evaluation with observations are not restored.
        if uses(&document, "observations") {
            continue;
        }
        let edited = edited(&document, seed);
        let Some(new) = Rubric::check("new.json", &edited.to_string(), &library()).value else { continue };
        for number in 0..2 {
            let Some((old, _)) = evaluation(&document, &rubric, seed * 1_000 + number) else { continue };
            let text = serde_json::to_string(&old).unwrap();
            let same =
                migrate("e.json", &text, &rubric, Some(&rubric)).unwrap_or_else(|found| panic!("{found}\n{text}"));
            assert_eq!(ratings(&same.evaluation), ratings(&old), "seed {seed}");
            let Ok(moved) = migrate("e.json", &text, &new, Some(&rubric)) else { continue };
            let (before, after) = (ratings(&old), ratings(&moved.evaluation));
            let orphaned: Vec<&str> = moved
                .evaluation
                .orphaned()
                .iter()
                .filter(|orphan| orphan.kind == OrphanKind::Rating)
                .map(|orphan| orphan.id.as_str())
                .collect();
            for id in before.keys() {
                assert!(after.contains_key(id) != orphaned.contains(&id.as_str()), "seed {seed}: {id}\n{text}");
            }
            assert!(after.keys().all(|id| before.contains_key(id)), "seed {seed}");
            let there = serde_json::to_string(&moved.evaluation).unwrap();
            let again =
                Evaluation::parse("moved.json", &there, &new).unwrap_or_else(|found| panic!("{found}\n{there}"));
            assert_eq!(again.fingerprint(), moved.evaluation.fingerprint());
            let back =
                migrate("moved.json", &there, &rubric, Some(&new)).unwrap_or_else(|found| panic!("{found}\n{there}"));
            for indicator in rubric.indicators() {
                let (was, is) = (old.rating(indicator), back.evaluation.rating(indicator));
                let said = |rating: Option<&Rating>| {
                    rating.map(|rating| (old.level(rating).map(|level| level.id.clone()), rating.comment.clone()))
                };
                assert_eq!(said(was), said(is), "seed {seed}\n{text}\n{there}\n{edited}");
                if was.is_some_and(|rating| old.level(rating).is_none()) {
                    let number = |all: &Map<String, Value>| all[&indicator.id].clone();
                    assert_eq!(number(&ratings(&back.evaluation)), number(&before), "seed {seed}");
                }
                // A practice stays under `orphaned` where somebody gave another level than the one that followed.
                let seen = was.and_then(Rating::practices).unwrap_or_default();
                let again = is.and_then(Rating::practices).unwrap_or_default();
                let kept = back.evaluation.orphaned().iter().filter(|orphan| orphan.kind == OrphanKind::Practice);
                let kept: Vec<&str> = kept.map(|orphan| orphan.id.as_str()).collect();
                for practice in seen {
                    assert!(
                        again.contains(practice) != kept.contains(&practice.as_str()),
                        "seed {seed}: {practice}\n{text}\n{there}"
                    );
                }
            }
            tried.note("moved");
            if !orphaned.is_empty() {
                tried.note("orphaned");
            }
            if text.contains("\"practices\"") {
                tried.note("practices");
            }
        }
    }
    tried.demand(&[("moved", 80), ("orphaned", 30), ("practices", 20)]);
}

/// Parts by different evaluators, each of its domains, are together what one evaluator wrote of all.
#[test]
fn a_random_evaluation_in_parts_is_combined_to_the_whole() {
    let mut tried = Tried::default();
    for (seed, document, rubric) in sound() {
        let Some((whole, given)) = evaluation(&document, &rubric, seed * 1_000) else { continue };
        let domains: Vec<&str> =
            document["domains"].as_array().unwrap().iter().map(|domain| domain["id"].as_str().unwrap()).collect();
        if domains.len() < 2 || ["scope", "not_assigned", "observations"].iter().any(|key| !given[*key].is_null()) {
            continue;
        }
        let part = |number: usize, domains: &[&str]| {
            let mut part = given.clone();
            part["scope"] = domains.into();
            part["evaluators"] = json!([{ "id": format!("E-{number}"), "name": "Bo" }]);
            // The ids of parts begin with that of their domain; those of indicators do not.
            let is_own = |id: &str| {
                let own = document["domains"].as_array().unwrap().iter();
                own.filter(|domain| domains.contains(&domain["id"].as_str().unwrap()))
                    .any(|domain| domain.to_string().contains(&format!("\"id\":\"{id}\"")))
            };
            part["ratings"].as_object_mut().unwrap().retain(|id, _| is_own(id));
            for entries in part["entered"].as_object_mut().into_iter().flat_map(|entered| entered.values_mut()) {
                if let Some(entries) = entries.as_object_mut().filter(|entries| !entries.contains_key("rating")) {
                    entries.retain(|id, _| is_own(id));
                }
            }
            part.to_string()
        };
        let (first, second) = (part(7, &domains[..1]), part(8, &domains[1..]));
        let (joined, found) = Evaluation::combine(&[("a.json", &first), ("b.json", &second)], &rubric);
        // A policy may be for the whole only, or for a part; then there is an input or an entry that it has no use for.
        let Some(joined) = joined else {
            tried.note("refused");
            assert!(found.iter().any(appraise::Diagnostics::has_errors));
            continue;
        };
        let plain = |all: Map<String, Value>| -> BTreeMap<String, Value> {
            let bare = |rating: Value| match rating {
                Value::Object(mut keys) => {
                    keys.remove("by");
                    if keys.len() == 1 && keys.contains_key("level") { keys["level"].clone() } else { keys.into() }
                }
                level => level,
            };
            all.into_iter().map(|(id, rating)| (id, bare(rating))).collect()
        };
        assert_eq!(plain(ratings(&joined)), plain(ratings(&whole)), "seed {seed}\n{first}\n{second}");
        assert_eq!(ours(&joined), ours(&whole), "seed {seed}\n{first}\n{second}");
        tried.note("joined");
    }
    tried.demand(&[("joined", 10)]);
}

#[test]
fn a_random_evaluation_under_another_policy_is_scored_as_by_a_rubric_with_that_policy() {
    let mut tried = Tried::default();
    // A policy is proven each time, which takes long.
    for (seed, document, rubric) in sound().take(30) {
        let Some(steps) = document["scoring"]["steps"].as_array() else { continue };
        let mut other = document.clone();
        other["scoring"]["steps"].as_array_mut().unwrap().truncate(steps.len().div_ceil(2));
        // Members that have points only there are points without a use.
        let Some(with_other) = Rubric::check("other.json", &other.to_string(), &library()).value else { continue };
        for number in 0..2 {
            let Some((evaluation, given)) = evaluation(&document, &rubric, seed * 1_000 + number) else { continue };
            let scorecard = evaluation.score();
            // The policy is proven here, and a random one may have a hole.
            let Some(own) = scorecard.what_if("p.json", &document["scoring"].to_string()).value else { continue };
            assert!(own.differences().is_empty() && own.not_used.is_empty(), "seed {seed}");
            let Some(what_if) = scorecard.what_if("p.json", &other["scoring"].to_string()).value else { continue };
            let mut left = given.clone();
            let known: Vec<&str> =
                other["scoring"]["steps"].as_array().unwrap().iter().map(|step| step["id"].as_str().unwrap()).collect();
            left["entered"].as_object_mut().unwrap().retain(|step, _| known.contains(&step.as_str()));
            assert_eq!(super::results(&what_if.new), theirs(&other, &left), "seed {seed}\n{given}\n{other}");
            if let Some(read) = Evaluation::check("left.json", &left.to_string(), &with_other).value {
                assert_eq!(super::results(&what_if.new), ours(&read), "seed {seed}");
            }
            tried.note("compared");
        }
    }
    tried.demand(&[("compared", 4)]);
}

#[test]
fn every_page_and_count_is_made_of_random_evaluations() {
    for (seed, document, rubric) in sound().take(60) {
        let Some((evaluation, given)) = evaluation(&document, &rubric, seed * 1_000) else { continue };
        let scorecard = evaluation.score();
        let same = agreement::compare([&evaluation, &evaluation]).unwrap();
        assert_eq!(same.differences().count(), 0, "seed {seed}\n{given}");
        let mut summary = appraise::summary::Summary::new(&rubric);
        summary.add(&scorecard).unwrap();
        serde_json::to_string(&summary.overviews(0)).unwrap();
        #[cfg(feature = "render")]
        {
            let form = appraise::Form::of(&evaluation);
            let filled = Evaluation::check("form.yaml", &form.yaml(), &rubric);
            let filled = filled.value.unwrap_or_else(|| panic!("seed {seed}: {}\n{}", filled.diagnostics, form.yaml()));
            assert_eq!(ratings(&filled), ratings(&evaluation), "seed {seed}\n{}", form.yaml());
            let renderer = appraise::Renderer::new();
            for format in [appraise::Format::Html, appraise::Format::Markdown] {
                renderer.report(&scorecard, format).unwrap();
                renderer.goals(&scorecard, format).unwrap();
                renderer.form(&form, format).unwrap();
            }
        }
    }
}
