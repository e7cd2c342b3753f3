//! Published scoring rules, each as a policy, with its worked examples as cases.
//!
//! `tests/policies/NAME.yaml` is a rubric with its policy, or a policy alone for a rubric that comes with the library;
//! `NAME.cases.yaml` beside it says what it comes to. How cases are written, and which rule stands where, is in
//! `tests/policies/README.md`. Adding a rule is adding two files and a row there.

#![allow(clippy::panic, clippy::unwrap_used, clippy::indexing_slicing, reason = "a test that cannot go on fails")]

mod support;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use appraise::{Diagnostics, Evaluation, Library, Rubric, Severity};
use serde::Deserialize;
use serde_json::{Value as Json, json};
use serde_yaml::{Mapping, Value};

/// The cases of a policy.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Cases {
    /// Which rubric of the library the policy is for, where it stands alone.
    rubric: Option<String>,
    /// What checking the policy finds: `code at path`. One that is refused has no cases.
    #[serde(default)]
    found: Vec<String>,
    /// Lower bounds of bands that no score reaches, by step.
    #[serde(default)]
    never_reached: Mapping,
    #[serde(default)]
    cases: Vec<Case>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    title: String,
    /// `S`: the source prints this case. `D`: it follows from the source's rule.
    mark: Mark,
    /// Where it is printed, or how it was reckoned; for readers.
    #[serde(rename = "note")]
    _note: Option<String>,
    #[serde(default)]
    ratings: Mapping,
    /// Rated without the comment that every other rating has.
    #[serde(default)]
    without_comment: Vec<String>,
    r#type: Option<String>,
    status: Option<String>,
    scope: Option<Value>,
    not_assigned: Option<Value>,
    inputs: Option<Value>,
    entered: Option<Value>,
    /// The codes of what checking the evaluation finds.
    #[serde(default)]
    found: Vec<String>,
    /// What the last step comes to; absent where the evaluation is refused.
    gives: Option<Gives>,
    /// What other steps come to: by id, and for a step with several results by domain or competency.
    #[serde(default)]
    steps: Mapping,
    in_binary: Option<InBinary>,
}

#[derive(Deserialize, Debug, Clone, Copy, PartialEq)]
enum Mark {
    S,
    D,
}

/// What a result comes to. What is not said must not be there.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Gives {
    /// `scored` when absent; `none` where there is no result at all.
    status: Option<String>,
    /// A decimal or a fraction.
    score: Option<Text>,
    rating: Option<String>,
    #[serde(default)]
    flags: Vec<String>,
    /// Lines that must be among the reasons.
    #[serde(default)]
    reasons: Vec<String>,
}

/// How binary fractions get it wrong: the products, added up from left to right, are below the cut.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct InBinary {
    sum_of: Vec<Vec<Text>>,
    falls_below: Text,
}

/// A number or a text, as text.
#[derive(Deserialize)]
#[serde(from = "Value")]
struct Text(String);

impl From<Value> for Text {
    fn from(value: Value) -> Self {
        Self(plain(&value))
    }
}

fn plain(value: &Value) -> String {
    value.as_str().map_or_else(|| serde_yaml::to_string(value).unwrap().trim_end().to_owned(), str::to_owned)
}

/// A decimal or a fraction, in lowest terms.
fn exact(text: &str) -> (i128, i128) {
    let (above, below) = text.split_once('/').unwrap_or((text, "1"));
    let (whole, places) = above.split_once('.').unwrap_or((above, ""));
    let number = format!("{whole}{places}").parse::<i128>().unwrap_or_else(|_| panic!("`{text}` is no number"));
    let below = below.parse::<i128>().unwrap() * 10_i128.pow(u32::try_from(places.len()).unwrap());
    let divisor = greatest_divisor(number.abs(), below).max(1);
    (number / divisor, below / divisor)
}

fn greatest_divisor(a: i128, b: i128) -> i128 {
    if b == 0 { a } else { greatest_divisor(b, a % b) }
}

fn shown((above, below): (i128, i128)) -> String {
    if below == 1 { above.to_string() } else { format!("{above}/{below}") }
}

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

fn check(path: &Path, cases: &Cases) -> (Option<Rubric>, Diagnostics) {
    let name = path.file_name().unwrap().to_str().unwrap();
    let (text, library) = (support::read(path), Library::bundled());
    match &cases.rubric {
        Some(id) => library.get(id).unwrap().with_policy(name, &text),
        None => Rubric::check(name, &text, &library),
    }
}

/// An indicator, with the domain and the competency it is under.
fn places(rubric: &Rubric) -> Vec<[&str; 3]> {
    let mut places = Vec::new();
    for domain in rubric.domains() {
        places.extend(domain.indicators.iter().map(|indicator| [&*indicator.id, &*domain.id, ""]));
        for competency in &domain.competencies {
            let under = competency.indicators.iter().map(|i| [&*i.id, &*domain.id, &*competency.id]);
            places.extend(under);
        }
    }
    places
}

impl Case {
    /// The ratings, one for each indicator: those that are listed, then so many in order, then the rest.
    fn ratings(&self, rubric: &Rubric) -> Result<Json, String> {
        let places = places(rubric);
        let mut levels: Vec<Option<&str>> = vec![None; places.len()];
        let entries: Vec<(&str, &Value)> =
            self.ratings.iter().map(|(level, which)| (level.as_str().unwrap(), which)).collect();
        for (level, which) in &entries {
            for id in which.as_sequence().into_iter().flatten() {
                let id = id.as_str().unwrap();
                let under: Vec<usize> = (0..places.len()).filter(|at| places[*at].contains(&id)).collect();
                if under.is_empty() {
                    return Err(format!("`{id}` is no part of the rubric"));
                }
                for at in under {
                    if let Some(other) = levels[at].replace(level) {
                        return Err(format!("{} is rated {other} and {level}", places[at][0]));
                    }
                }
            }
        }
        for (level, which) in &entries {
            let free: Vec<usize> = (0..places.len()).filter(|at| levels[*at].is_none()).collect();
            let count = match which.as_u64() {
                Some(count) => usize::try_from(count).unwrap(),
                None if which.as_str() == Some("rest") => free.len(),
                None => continue,
            };
            if count > free.len() {
                return Err(format!("{count} are rated {level}, and only {} are left", free.len()));
            }
            for at in &free[..count] {
                levels[*at] = Some(level);
            }
        }
        let ratings = places.iter().zip(levels).filter(|(_, level)| *level != Some("unrated"));
        let rating = |id: &str, level: &str| {
            let comment = (!self.without_comment.iter().any(|other| other == id)).then_some("As discussed.");
            json!({ "level": level, "comment": comment, "evidence": [{ "note": "Seen." }] })
        };
        let ratings = ratings.filter_map(|(place, level)| Some((place[0].to_owned(), rating(place[0], level?))));
        Ok(Json::Object(ratings.collect()))
    }

    fn evaluation(&self, rubric: &Rubric) -> Result<String, String> {
        let mut document = json!({
            "rubric": { "id": rubric.id() },
            "employee": { "id": "E-1", "name": "Somebody" },
            "evaluators": [{ "id": "E-2", "name": "Somebody else", "qualifications": qualifications(rubric) }],
            "period": { "from": "2025-08-25", "to": "2026-06-12" },
            "ratings": self.ratings(rubric)?,
        });
        let mut add = |key: &str, value: Option<Json>| {
            if let Some(value) = value {
                document[key] = value;
            }
        };
        let converted = |value: &Option<Value>| value.as_ref().map(|value| serde_json::to_value(value).unwrap());
        add("type", self.r#type.clone().map(Json::from));
        add("status", self.status.clone().map(Json::from));
        add("scope", converted(&self.scope));
        add("not_assigned", converted(&self.not_assigned));
        add("inputs", converted(&self.inputs));
        add("entered", converted(&self.entered));
        Ok(document.to_string())
    }

    /// Everything that is not as it should be.
    fn run(&self, rubric: &Rubric) -> (Vec<String>, Json) {
        let mut wrong = Vec::new();
        let text = match self.evaluation(rubric) {
            Ok(text) => text,
            Err(message) => return (vec![message], Json::Null),
        };
        let (evaluation, findings) = Evaluation::check("case.json", &text, rubric);
        let found: Vec<&str> = findings.iter().map(|finding| finding.code.as_str()).collect();
        if found != self.found {
            wrong.push(format!("found {found:?}, not {:?}:\n{findings}", self.found));
        }
        let Some(evaluation) = evaluation else {
            if self.gives.is_some() {
                wrong.push("it is refused".to_owned());
            }
            return (wrong, Json::Null);
        };
        let card = serde_json::to_value(evaluation.score()).unwrap();
        match &self.gives {
            Some(gives) => wrong.extend(gives.compare("", &card["summative"])),
            None => wrong.push("it does not say what this gives".to_owned()),
        }
        for (id, gives) in &self.steps {
            let id = id.as_str().unwrap();
            let Some(step) = card["steps"].as_array().unwrap().iter().find(|step| step["id"] == id) else {
                wrong.push(format!("there is no step `{id}`"));
                continue;
            };
            let results = step["results"].as_array().unwrap();
            let alone = results.iter().find(|result| result["subject"].is_null());
            if let Some(result) = alone {
                let gives: Gives = serde_yaml::from_value(gives.clone()).unwrap();
                wrong.extend(gives.compare(id, result));
                continue;
            }
            for (subject, gives) in gives.as_mapping().unwrap() {
                let subject = subject.as_str().unwrap();
                let result = results.iter().find(|result| result["subject"] == subject);
                let gives: Gives = serde_yaml::from_value(gives.clone()).unwrap();
                wrong.extend(gives.compare(&format!("{id} of {subject}"), result.unwrap_or(&Json::Null)));
            }
        }
        (wrong, card)
    }
}

fn qualifications(rubric: &Rubric) -> Vec<&str> {
    rubric.qualifications().iter().map(|qualification| &*qualification.id).collect()
}

impl Gives {
    fn compare(&self, what: &str, result: &Json) -> Vec<String> {
        let mut wrong = Vec::new();
        let mut same = |name: &str, expected: Json, actual: &Json| {
            if expected != *actual {
                wrong.push(format!("{what} {name} should be {expected}, and is {actual}"));
            }
        };
        let status = self.status.as_deref().unwrap_or("scored");
        if status == "none" {
            same("result", Json::Null, result);
            return wrong;
        }
        same("status", status.into(), &result["status"]);
        same("score", self.score.as_ref().map(|score| shown(exact(&score.0))).into(), &result["score"]["exact"]);
        same("rating", self.rating.clone().into(), &result["rating"]);
        same("flags", self.flags.clone().into(), &result["flags"]);
        let reasons = result["reasons"].as_array().map_or(&[][..], Vec::as_slice);
        for line in &self.reasons {
            if !reasons.iter().any(|reason| reason == line) {
                wrong.push(format!("{what} the reasons lack `{line}`; they are {reasons:#?}"));
            }
        }
        wrong
    }
}

#[test]
fn every_policy_comes_to_what_its_cases_say() {
    let mut wrong = Vec::new();
    for (name, path, cases) in policies() {
        let (rubric, findings) = check(&path, &cases);
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
        let (rubric, findings) = check(&path, &cases);
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
        let (Some(rubric), _) = check(&path, &cases) else { continue };
        let document: Value = serde_yaml::from_str(&support::read(&path)).unwrap();
        let cards: Vec<Json> = cases.cases.iter().map(|case| case.run(&rubric).1).collect();
        let steps = document["scoring"]["steps"].as_sequence().map_or(&[][..], Vec::as_slice);
        for step in steps {
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

/// The table of the README: rule, mark, policy, and the case that shows it or nothing.
#[test]
fn every_published_rule_has_a_policy() {
    let readme = support::read(support::project("tests/policies/README.md"));
    let rows: Vec<Vec<&str>> = readme
        .lines()
        .filter(|line| line.starts_with("| ") && !line.starts_with("| § ") && !line.starts_with("|-"))
        .map(|line| line.trim_matches('|').split('|').map(str::trim).collect())
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
