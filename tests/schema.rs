//! The published JSON Schemas are current, and agree with the loader about shape.

#![cfg(feature = "schema")]
#![allow(clippy::indexing_slicing, clippy::panic, clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod support;

use std::collections::BTreeMap;

use appraise::{Checked, Code, Evaluation, Rubric, schema};
use serde_json::Value;

fn validator(schema: &str) -> jsonschema::Validator {
    jsonschema::validator_for(&serde_json::from_str(schema).unwrap()).unwrap()
}

#[test]
fn the_committed_schemas_are_current() {
    let documents = [
        ("rubric", schema::rubric()),
        ("overlay", schema::overlay()),
        ("evaluation", schema::evaluation()),
        ("normalized", schema::normalized()),
        ("policy", schema::policy()),
        ("scorecard", schema::scorecard()),
        ("what-if", schema::what_if()),
        ("goals", schema::goals()),
        ("difference", schema::difference()),
        ("summary", schema::summary()),
        ("changes", schema::changes()),
        ("history", schema::history()),
        ("status", schema::status()),
        ("verifications", schema::verifications()),
        ("diagnostics", schema::diagnostics()),
    ];
    #[cfg(feature = "render")]
    let pages = [
        ("report", schema::report()),
        ("goals-page", schema::goals_page()),
        ("form", schema::form()),
        ("summary-page", schema::summary_page()),
        ("history-page", schema::history_page()),
        ("program", schema::program()),
        ("program-page", schema::program_page()),
        ("status-page", schema::status_page()),
    ];
    #[cfg(not(feature = "render"))]
    let pages: [(&str, String); 0] = [];
    for (name, schema) in documents.iter().chain(&pages) {
        support::expect(support::project(&format!("rubrics/schema/{name}.json")), schema);
    }
}

/// Faults that a JSON Schema can refuse, and so must. It cannot refuse a fault that only the text shows: a key twice, a comment
/// that cuts.
const SHAPE: [Code; 13] = [
    Code::WrongType,
    Code::NotText,
    Code::UnknownKey,
    Code::MissingKey,
    Code::UnknownChoice,
    // Values with a form.
    Code::MalformedId,
    Code::BlankText,
    Code::BadVersion,
    Code::MalformedBase,
    Code::BadDate,
    Code::LongTitle,
    Code::UnsupportedFormat,
    Code::UnknownCode,
];

/// Overlays whose shape depends on what their ids are in the base.
const OF_THE_TIER: [&str; 2] = ["not-text--cleared.yaml", "not-changeable.yaml"];

/// Codes after which there is no value to compare, or another value than the one that was written.
fn is_about_the_text(code: Code) -> bool {
    matches!(
        code,
        Code::NotYaml
            | Code::TooDeep
            | Code::EmptyDocument
            | Code::SeveralDocuments
            | Code::Tag
            | Code::MergeKey
            | Code::DuplicateKey
            | Code::DuplicateRating
            | Code::NotUtf8
            | Code::BadNumber
            | Code::LeadingZero
            | Code::CutText
            | Code::LookalikeCharacter
    )
}

/// A key such as `1` is a number to YAML, and text once it is JSON.
fn is_at_a_key(finding: &appraise::Diagnostic, text: &str) -> bool {
    let line = text.lines().nth(finding.end.line as usize - 1).unwrap_or_default();
    let rest: String = line.chars().skip(finding.end.column as usize - 1).collect();
    let is_value = finding.message.starts_with("text is missing");
    finding.code == Code::NotText && !is_value && rest.trim_start().starts_with(':')
}

/// Whether a value is missing, of whatever kind it is.
fn says_nothing(finding: &appraise::Diagnostic) -> bool {
    finding.message.ends_with("but this is nothing") || finding.message.starts_with("text is missing")
}

#[test]
fn schema_and_loader_agree_about_the_shape_of_every_test_document() {
    let library = support::library();
    let mut compared = BTreeMap::new();
    let documents =
        [("rubric", schema::rubric()), ("overlay", schema::overlay()), ("evaluation", schema::evaluation())];
    for (kind, schema) in documents {
        let validator = validator(&schema);
        for path in support::files(&format!("tests/documents/{kind}")) {
            let Ok(text) = std::fs::read_to_string(&path) else { continue };
            let name = path.file_name().unwrap().to_str().unwrap();
            if name.ends_with(".txt") {
                continue;
            }
            let findings = if kind != "evaluation" {
                Rubric::check(name, &text, &library).diagnostics
            } else {
                // The shape depends on the rubric for its narratives, its observations and its supervision only.
                let asks = |rubric: &Rubric| {
                    !rubric.narratives().is_empty() || rubric.observations().is_some() || rubric.supervision().is_some()
                };
                let named = library.rubric_for(name, &text).ok().filter(asks);
                Evaluation::check(name, &text, &named.or_else(|| library.get("small")).unwrap()).diagnostics
            };
            if findings.iter().any(|finding| is_about_the_text(finding.code)) {
                continue;
            }
            let Ok(value) = serde_yaml::from_str::<Value>(&text) else { continue };
            // A companion that stands by itself is no overlay; and what a change clears, or what an addition lacks, is a matter of
            // the tier that its id has.
            if kind == "overlay" && (value.get("extends").is_none() || OF_THE_TIER.contains(&name)) {
                continue;
            }
            let loader_minds = findings.iter().any(|finding| {
                // `yes` as an id is text to YAML 1.2 and so to the schema; a key is always text there, and within `extra` any is
                // allowed; and the kinds of evaluation and of observation, whom an evaluation is about, the events of the record,
                // whether a narrative is one text, and whether a rating is a number depend on the rubric.
                SHAPE.contains(&finding.code)
                    && !is_at_a_key(finding, &text)
                    && !finding.message.starts_with("some YAML readers")
                    && !finding.message.ends_with("is no kind of evaluation of the rubric")
                    && !finding.message.ends_with("is no event of an evaluation")
                    && !finding.message.ends_with("is no kind of observation of this rubric")
                    && !finding.message.contains(" is rated at a level, but ")
                    && !finding.message.contains(" is rated with a number, ")
                    && (!finding.path.starts_with("service_data.") || says_nothing(finding))
                    && !finding.path.starts_with("extra")
                    && !(finding.code == Code::WrongType && finding.message.contains("about "))
                    && !matches!(finding.message.as_str(), "`employee` is missing" | "`organization` is missing")
            });
            let schema_minds = !validator.is_valid(&value);
            assert_eq!(
                schema_minds,
                loader_minds,
                "{}: the schema says {:?}\nthe loader says\n{findings}",
                path.display(),
                validator.iter_errors(&value).map(|error| error.to_string()).collect::<Vec<_>>()
            );
            *compared.entry((kind, loader_minds)).or_insert(0) += 1;
        }
    }
    // A comparison of nothing would agree too.
    for kind in ["rubric", "overlay", "evaluation"] {
        for minds in [false, true] {
            assert!(compared.get(&(kind, minds)).is_some_and(|count| *count >= 3), "{compared:?}");
        }
    }
}

/// Every mapping in a document, by the keys and places that lead to it.
fn mappings(value: &Value, at: &str, found: &mut Vec<String>) {
    match value {
        Value::Object(entries) => {
            found.push(at.to_owned());
            entries.iter().for_each(|(key, value)| mappings(value, &format!("{at}/{key}"), found));
        }
        Value::Array(items) => {
            items.iter().enumerate().for_each(|(place, item)| mappings(item, &format!("{at}/{place}"), found));
        }
        _ => {}
    }
}

/// Keys that must have a value on one tier, for one subject or one kind of orphan, and may be empty on another.
fn depends(kind: &str, at: &str, key: &str) -> bool {
    match kind {
        "overlay" => at.starts_with("/add") || at.starts_with("/change"),
        "evaluation" => key == "employee" || key == "organization" || at.starts_with("/orphaned"),
        _ => false,
    }
}

/// Nothing for a value is the same as no key at all, where a key may be absent.
#[test]
fn schema_and_loader_agree_about_keys_without_a_value() {
    let library = support::library();
    let small = library.get("small").unwrap();
    let documents =
        [("rubric", schema::rubric()), ("overlay", schema::overlay()), ("evaluation", schema::evaluation())];
    let mut compared = BTreeMap::new();
    let mut seen = std::collections::BTreeSet::new();
    for (kind, schema) in documents {
        let validator = validator(&schema);
        let schema: Value = serde_json::from_str(&schema).unwrap();
        let at_the_top: Vec<String> = schema["properties"].as_object().unwrap().keys().cloned().collect();
        for path in support::files_ending(&format!("tests/documents/{kind}"), ".ok.yaml") {
            let Ok(sound) = serde_yaml::from_str::<Value>(&support::read(&path)) else { continue };
            let check = |value: &Value| match kind {
                "evaluation" => Evaluation::check("d.json", &value.to_string(), &small).diagnostics,
                _ => Rubric::check("d.json", &value.to_string(), &library).diagnostics,
            };
            let minds = |value: &Value| check(value).iter().any(|finding| SHAPE.contains(&finding.code));
            // Some are of another rubric, or extend one that is not at hand.
            if !validator.is_valid(&sound) || minds(&sound) || check(&sound).has_errors() {
                continue;
            }
            let mut found = Vec::new();
            mappings(&sound, "", &mut found);
            for at in found.iter().filter(|at| !at.starts_with("/extra")) {
                let there: Vec<String> = sound.pointer(at).unwrap().as_object().unwrap().keys().cloned().collect();
                let more: &[String] = if at.is_empty() { &at_the_top } else { &[] };
                for key in there.iter().chain(more) {
                    let place: String = at.chars().filter(|character| !character.is_ascii_digit()).collect();
                    if depends(kind, at, key) || !seen.insert((kind, place, key.clone())) {
                        continue;
                    }
                    let mut value = sound.clone();
                    value.pointer_mut(at).unwrap()[key] = Value::Null;
                    let (schema_minds, loader_minds) = (!validator.is_valid(&value), minds(&value));
                    assert_eq!(schema_minds, loader_minds, "{}: {at}/{key}\n{}", path.display(), check(&value));
                    *compared.entry((kind, loader_minds)).or_insert(0) += 1;
                }
            }
        }
    }
    for kind in ["rubric", "overlay", "evaluation"] {
        for minds in [false, true] {
            assert!(compared.get(&(kind, minds)).is_some_and(|count| *count >= 5), "{compared:?}");
        }
    }
}

#[test]
fn the_scorecards_and_goals_of_the_examples_are_as_their_schemas_say() {
    let library = support::library_of_examples();
    let scorecards = validator(&schema::scorecard());
    let goals = validator(&schema::goals());
    let evaluations = validator(&schema::evaluation());
    for path in support::files_ending("examples/evaluations", ".yaml") {
        let text = support::read(&path);
        let rubric = library.rubric_for("example.yaml", &text).unwrap();
        let evaluation = Evaluation::parse("example.yaml", &text, &rubric).unwrap();
        let scorecard = evaluation.score();
        for (validator, value) in [
            (&scorecards, serde_json::to_value(&scorecard).unwrap()),
            (&goals, serde_json::to_value(scorecard.goals()).unwrap()),
            (&evaluations, serde_json::to_value(&evaluation).unwrap()),
        ] {
            let errors: Vec<_> = validator.iter_errors(&value).map(|error| error.to_string()).collect();
            assert!(errors.is_empty(), "{}: {errors:?}", path.display());
        }
    }
}

/// Takes away what pages have of a rating besides what the JSON has.
#[cfg(feature = "render")]
fn without_what_pages_add(value: &mut Value) {
    match value {
        Value::Object(map) => {
            if map.remove("has_more").is_some() {
                ["by_name", "run", "checks", "has_source", "rated_itself", "titled", "untitled"]
                    .into_iter()
                    .for_each(|key| drop(map.remove(key)));
                map.remove("given");
                map.remove("bar");
            }
            map.values_mut().for_each(without_what_pages_add);
        }
        Value::Array(list) => list.iter_mut().for_each(without_what_pages_add),
        _ => {}
    }
}

/// A template that prints what it sees under the keys of its schema, as JSON.
#[cfg(feature = "render")]
fn mirror(schema: &Value) -> String {
    let keys = schema["properties"].as_object().unwrap().keys();
    let pairs: Vec<String> = keys.map(|key| format!("\"{key}\": {{{{ {key}|json }}}}")).collect();
    format!("{{{}}}", pairs.join(", "))
}

/// Adds the path of every key of a value that its schema does not describe.
#[cfg(feature = "render")]
fn undescribed(root: &Value, schema: &Value, value: &Value, path: &str, found: &mut Vec<String>) {
    if let Some(reference) = schema.get("$ref").and_then(Value::as_str) {
        return undescribed(root, root.pointer(reference.trim_start_matches('#')).unwrap(), value, path, found);
    }
    if let Some(choices) = schema.get("anyOf").and_then(Value::as_array) {
        let choice = choices.iter().find(|choice| choice.get("type").is_none_or(|of| of != "null")).unwrap();
        return undescribed(root, choice, value, path, found);
    }
    match value {
        Value::Array(items) if schema.get("items").is_some() => {
            items.iter().for_each(|item| undescribed(root, &schema["items"], item, path, found));
        }
        Value::Object(map) if schema.get("properties").is_some() => {
            for (key, value) in map {
                let path = format!("{path}.{key}");
                match schema["properties"].get(key) {
                    Some(property) if property.get("description").is_some() => {
                        undescribed(root, property, value, &path, found);
                    }
                    _ => found.push(path),
                }
            }
        }
        _ => {}
    }
}

#[cfg(feature = "render")]
#[test]
fn every_key_that_a_template_sees_is_described_by_its_schema() {
    let schemas = [
        schema::report(),
        schema::goals_page(),
        schema::form(),
        schema::summary_page(),
        schema::history_page(),
        schema::status_page(),
        schema::program_page(),
    ];
    let schemas = schemas.map(|schema| serde_json::from_str::<Value>(&schema).unwrap());
    let names =
        ["report.html", "goals.html", "form.html", "summary.html", "history.html", "status.html", "program.html"];
    let renderer = names.iter().zip(&schemas).fold(appraise::Renderer::new(), |renderer, (name, schema)| {
        renderer.with_template(name, &mirror(schema)).unwrap()
    });
    let library = support::library_of_examples();
    let staff = {
        let text = support::read(support::project("examples/evaluations/rivera_final.yaml"));
        let member = library.check("rivera.yaml", &text).value.unwrap();
        let mut summary = appraise::summary::Summary::new(member.rubric());
        summary.add(&member.score()).unwrap();
        let mut all = appraise::summary::Summaries::from([summary.overviews(5), summary.overviews(0)].concat());
        all.staff.extend(summary.staff(0));
        assert!(!all.staff.is_empty());
        all
    };
    for path in support::files_ending("examples/evaluations", ".yaml") {
        let evaluation = library.check("example.yaml", &support::read(&path)).value.unwrap();
        let scorecard = evaluation.score();
        let mut summary = appraise::summary::Summary::new(evaluation.rubric());
        summary.add(&scorecard).unwrap();
        let mut standings = appraise::progress::Standings::default();
        standings.add(&evaluation);
        let format = appraise::Format::Html;
        let pages = [
            renderer.report(&scorecard, format).unwrap(),
            renderer.goals(&scorecard, format).unwrap(),
            renderer.form(&appraise::Form::of(&evaluation), format).unwrap(),
            renderer.summary(&[summary.overviews(5), summary.overviews(0)].concat().into()).unwrap(),
            // A self-evaluation has no history.
            appraise::history::of(std::slice::from_ref(&evaluation), appraise::history::Drafts::Counted)
                .value
                .map_or("{}".to_owned(), |history| renderer.history(&history, format).unwrap()),
            renderer.status(&standings.on("2026-03-20").unwrap(), format).unwrap(),
            // An evaluation of an employee has no program page.
            appraise::summary::Program::new(scorecard.clone(), staff.clone())
                .map_or("{}".to_owned(), |program| renderer.program(&program, format).unwrap()),
        ];
        for ((page, schema), name) in pages.iter().zip(&schemas).zip(names) {
            let mut found = Vec::new();
            undescribed(schema, schema, &serde_json::from_str(page).unwrap(), "", &mut found);
            assert!(found.is_empty(), "{name}: {}: {found:?}", path.display());
        }
    }
}

/// A template's values are made one by one, apart from what their schema is made of.
#[cfg(feature = "render")]
#[test]
fn the_context_of_templates_follows_its_schema() {
    let schema: Value = serde_json::from_str(&schema::report()).unwrap();
    let keys = |at: &str| -> Vec<String> { schema.pointer(at).unwrap().as_object().unwrap().keys().cloned().collect() };
    // No key is listed without being made.
    let undefined = "{% for item in [evaluation, overall_bar, bars[0], scorecard.domains[0]] + scorecard.domains[0].competencies %}\
                     {% for key in item if item[key] is undefined %}{{ key }} {% endfor %}{% endfor %}";
    let mirrored = mirror(&schema);
    let template = format!("{}, \"undefined\": \"{undefined}\"}}", mirrored.strip_suffix('}').unwrap());
    let renderer = appraise::Renderer::new().with_template("report.html", &template).unwrap();
    let pages = jsonschema::validator_for(&schema).unwrap();
    let library = support::library_of_examples();
    for path in support::files_ending("examples/evaluations", ".yaml") {
        let scorecard = library.check("example.yaml", &support::read(&path)).value.unwrap().score();
        let page = renderer.report(&scorecard, appraise::Format::Html).unwrap();
        let mut page: Value = serde_json::from_str(&page).unwrap();
        let errors: Vec<_> = pages.iter_errors(&page).map(|error| error.to_string()).collect();
        assert!(errors.is_empty(), "{}: {errors:?}", path.display());
        assert_eq!(page["undefined"], "", "{}", path.display());
        for (value, described) in [
            ("/evaluation", "/definitions/EvaluationView/properties"),
            ("/bars/0", "/definitions/Bar/properties"),
            ("/overall_bar", "/definitions/Bar/properties"),
        ] {
            let value: Vec<String> = page.pointer(value).unwrap().as_object().unwrap().keys().cloned().collect();
            assert_eq!(value, keys(described), "{}", path.display());
        }
        without_what_pages_add(&mut page);
        assert_eq!(page.get("scorecard"), Some(&serde_json::to_value(&scorecard).unwrap()), "{}", path.display());
    }
}

#[test]
fn a_policy_alone_and_what_it_would_change_are_as_their_schemas_say() {
    let text = support::read(support::project("examples/rubrics/riverside_school_counselor.yaml"));
    let mut policy = serde_yaml::from_str::<Value>(&text).unwrap()["scoring"].take();
    let policies = validator(&schema::policy());
    assert!(policies.is_valid(&policy));
    let evaluation = support::read(support::project("examples/evaluations/novak_scored.yaml"));
    let scorecard = support::library_of_examples().check("novak.yaml", &evaluation).value.unwrap().score();
    let what_ifs = validator(&schema::what_if());
    // The same policy changes nothing; without its last step there is less.
    for differences in [0, 1] {
        let Checked { value: what_if, diagnostics: found } = scorecard.what_if("policy.json", &policy.to_string());
        let json = serde_json::to_value(what_if.unwrap_or_else(|| panic!("{found}"))).unwrap();
        assert!(what_ifs.is_valid(&json), "{json:#}");
        assert_eq!(json["differences"].as_array().unwrap().len(), differences, "{json:#}");
        policy["steps"].as_array_mut().unwrap().pop();
    }
    policy["steps"][0]["take"] = "middle".into();
    assert!(!policies.is_valid(&policy));
}

fn schemas() -> Vec<(&'static str, Value)> {
    let mut all = vec![
        ("rubric", schema::rubric()),
        ("policy", schema::policy()),
        ("evaluation", schema::evaluation()),
        ("scorecard", schema::scorecard()),
        ("what-if", schema::what_if()),
        ("goals", schema::goals()),
        ("difference", schema::difference()),
        ("status", schema::status()),
        ("verifications", schema::verifications()),
        ("diagnostics", schema::diagnostics()),
    ];
    #[cfg(feature = "render")]
    all.extend([
        ("report", schema::report()),
        ("goals-page", schema::goals_page()),
        ("form", schema::form()),
        ("summary-page", schema::summary_page()),
        ("history-page", schema::history_page()),
        ("program", schema::program()),
        ("program-page", schema::program_page()),
        ("status-page", schema::status_page()),
    ]);
    all.drain(..).map(|(name, schema)| (name, serde_json::from_str(&schema).unwrap())).collect()
}

/// Every schema within a schema, each with the keys that lead to it.
fn walk<'s>(path: &str, schema: &'s Value, visit: &mut impl FnMut(&str, &'s Value)) {
    match schema {
        Value::Object(entries) => {
            visit(path, schema);
            for (key, value) in
                entries.iter().filter(|(key, _)| *key != "examples" && *key != "const" && *key != "default")
            {
                walk(&format!("{path}/{key}"), value, visit);
            }
        }
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                walk(&format!("{path}/{index}"), item, visit);
            }
        }
        _ => {}
    }
}

/// An editor explains every key that it completes.
#[test]
fn every_key_of_every_schema_has_a_title_and_a_description() {
    let mut keys = 0;
    for (name, schema) in schemas() {
        let mut faults = Vec::new();
        walk(name, &schema, &mut |path, schema| {
            if path.ends_with("/properties") {
                return;
            }
            for (key, property) in schema.get("properties").and_then(Value::as_object).into_iter().flatten() {
                keys += 1;
                let text = |what: &str| property.get(what).and_then(Value::as_str).unwrap_or_default();
                let description = text("description");
                let is_said = description.starts_with(|first: char| first.is_uppercase() || first == '`')
                    && description.ends_with(['.', '`'])
                    && !description.contains('\n');
                if text("title").is_empty() || !is_said {
                    faults.push(format!("{path}: {key}: {property}"));
                }
            }
        });
        assert!(faults.is_empty(), "give them a doc comment that ends with a point:\n{}", faults.join("\n"));
    }
    assert!(keys > 300, "only {keys} keys were seen");
}

/// The form of every text: it says something.
const NOT_BLANK: &str = "[^\\s\\u00ad\\u200b-\\u200f\\u202a-\\u202e\\u2060-\\u2064\\u2066-\\u2069\\ufeff]";

/// Every value with a form has an example of it, and every example has the form.
#[test]
fn every_command_with_a_form_shows_it() {
    let mut examples = 0;
    for (name, root) in schemas().into_iter().filter(|(name, _)| ["rubric", "evaluation"].contains(name)) {
        walk(name, &root, &mut |path, schema| {
            let has_form = ["format", "maxLength", "exclusiveMaximum"].iter().any(|key| schema.get(key).is_some())
                || schema.get("pattern").is_some_and(|pattern| pattern != NOT_BLANK);
            let is_schema = schema.get("type").is_some() && !path.ends_with("/properties");
            let given = schema.get("examples").and_then(Value::as_array).filter(|_| !path.ends_with("/properties"));
            assert!(!(is_schema && has_form) || given.is_some(), "{path} has no example: {schema}");
            let Some(given) = given else { return };
            let mut alone = schema.clone();
            alone.as_object_mut().unwrap().insert("definitions".to_owned(), root["definitions"].clone());
            let validator = validator(&alone.to_string());
            for example in given {
                assert!(validator.is_valid(example), "{path}: {example} is no example of {schema}");
                examples += 1;
            }
        });
    }
    assert!(examples > 60, "only {examples} examples were seen");
}

#[test]
fn whatever_the_loader_accepts_is_valid() {
    let validators = [("rubric", validator(&schema::rubric())), ("evaluation", validator(&schema::evaluation()))];
    let folders = [
        ("rubric", "rubrics"),
        ("rubric", "tests/documents/rubrics"),
        ("rubric", "tests/documents/rubric"),
        ("evaluation", "tests/documents/evaluation"),
        ("evaluation", "examples/evaluations"),
    ];
    let mut seen = 0;
    for (kind, folder) in folders {
        let validator = &validators.iter().find(|(name, _)| *name == kind).unwrap().1;
        for path in support::files(folder) {
            let name = path.file_name().unwrap().to_str().unwrap();
            if !(name.ends_with(".ok.yaml")
                || name.ends_with(".ok.json")
                || (!folder.contains("documents/") && name.ends_with(".yaml")))
            {
                continue;
            }
            // Another library takes a lone `---` at the end for a document.
            let Ok(value) = serde_yaml::from_str::<Value>(&support::read(&path)) else { continue };
            let errors: Vec<_> = validator.iter_errors(&value).map(|error| error.to_string()).collect();
            assert!(errors.is_empty(), "{}: {errors:?}", path.display());
            seen += 1;
        }
    }
    assert!(seen > 80, "only {seen} documents were seen");
}

/// Whoever opens one of our files in an editor has it checked and explained.
#[test]
fn every_file_that_is_read_as_an_example_names_its_schema() {
    for (folder, schema) in
        [("rubrics", "rubric"), ("examples/evaluations", "evaluation"), ("examples/mistakes", "evaluation")]
    {
        let paths = support::files_ending(folder, ".yaml");
        assert!(!paths.is_empty(), "{folder}");
        for path in paths {
            let text = support::read(&path);
            let named = text.lines().next().unwrap().strip_prefix("# yaml-language-server: $schema=");
            let named = named.unwrap_or_else(|| panic!("{} names no schema in its first line", path.display()));
            let leads = path.parent().unwrap().join(named).canonicalize().unwrap();
            let expected = support::project(&format!("rubrics/schema/{schema}.json")).canonicalize().unwrap();
            assert_eq!(leads, expected, "{}", path.display());
        }
    }
}
