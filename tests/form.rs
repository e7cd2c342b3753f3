//! Forms: everything of the rubric is on them, nothing in it can break them, and what they ask for can be read.

#![cfg(feature = "render")]
#![allow(clippy::panic, clippy::unwrap_used, clippy::indexing_slicing, reason = "a test that cannot go on fails")]

mod support;

#[cfg(feature = "schema")]
use std::collections::BTreeMap;

use appraise::{Checked, Code, Employee, Error, Evaluation, Form, Format, Library, Renderer, Rubric, Type, Whom};
use pulldown_cmark::{Event, Options, Parser};
use serde_json::{Value, json};

fn connecticut() -> Rubric {
    Library::bundled().get("connecticut_school_social_work").unwrap()
}

fn example(name: &str) -> Evaluation {
    let text = support::read(support::project(&format!("examples/evaluations/{name}.yaml")));
    let rubric = support::library_of_examples().rubric_for(name, &text).unwrap();
    Evaluation::parse(name, &text, &rubric).unwrap_or_else(|found| panic!("{found}"))
}

fn examples() -> Vec<Evaluation> {
    let names = support::files_ending("examples/evaluations", ".yaml");
    names.iter().map(|path| example(path.file_stem().unwrap().to_str().unwrap())).collect()
}

fn html(form: &Form) -> String {
    Renderer::new().form(form, Format::Html).unwrap()
}

fn markdown(form: &Form) -> String {
    Renderer::new().form(form, Format::Markdown).unwrap()
}

/// The data that the page's script works with.
fn data(page: &str) -> Value {
    let rest = page.split("id=\"data\">").nth(1).unwrap();
    serde_json::from_str(rest.split("</script>").next().unwrap()).unwrap()
}

/// HTML's escapes undone.
fn plain(html: &str) -> String {
    let entities = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#x27;", "'"), ("&#x2f;", "/"), ("&amp;", "&")];
    entities.iter().fold(html.to_owned(), |text, (entity, character)| text.replace(entity, character))
}

/// Words that break a page, a script, a document or a table that does not take care.
fn hostile() -> String {
    let words = "</script><script>alert(1)</script> \"q\" 'q' ]]> <!-- {{ x }} {% y %} {# z #} `b` | pipe\n# head\n---\n\
                 no: yes\t& \u{2028} \u{7} שלום עולם 😀 \\";
    format!("{words} {}", "long ".repeat(2000))
}

/// A rubric in which every text is hostile, with descriptors, guidance, qualifications and service data.
fn hostile_rubric() -> Rubric {
    let (long, short) = (hostile(), "</script> & \" ' ]]> {{ x }} | *b*");
    let indicator = json!({ "id": "a", "title": short, "statement": long, "guidance": long, "evaluated_by": "q",
        "descriptors": { "no": long, "yes_": "plain", "never": short } });
    let rubric = json!({ "id": "r", "version": "1.0.0", "title": short, "publisher": long, "source": long,
        "scale": { "levels": [{ "id": "no", "label": short, "description": long }, { "id": "yes_", "label": "Yes" }],
                   "meets_at": "yes_", "not_rated": [{ "id": "never", "label": "Never" }] },
        "comment_required": ["no"],
        "qualifications": [{ "id": "q", "label": long, "enforce": "error" }],
        "service_data": [{ "id": "s", "label": long, "kind": "text", "note": long, "source": long }],
        "professional_development": { "contact_hours": 7.5, "years": 1, "note": long },
        "domains": [{ "id": "d", "title": short, "statement": long, "indicators": [indicator] },
                    { "id": "e", "title": "E", "competencies": [{ "id": "c", "title": short, "statement": long,
                      "indicators": [{ "id": "b", "statement": long }] }] }] });
    Rubric::parse("r.json", &rubric.to_string(), &Library::empty()).unwrap_or_else(|found| panic!("{found}"))
}

/// An evaluation with hostile texts in every place.
fn hostile_evaluation(rubric: &Rubric) -> Evaluation {
    let long = hostile();
    let evaluation = json!({ "rubric": { "id": "r" }, "employee": { "id": "E \"1\"", "name": "</script>" , "title": long },
        "evaluators": [{ "id": "E: 2", "name": long, "qualifications": ["q"] }],
        "period": { "from": "2025-08-25", "to": "2026-06-12" },
        "ratings": { "a": { "level": "no", "comment": long, "evidence": [{ "note": long, "kind": long, "at": "# no" }] } },
        "goals": [{ "statement": long, "activities": [long, "- x"] }], "service_data": { "s": long },
        "summary": long, "responses": [{ "text": long, "by": "~" }],
        "extra": { "</script>": [null, true, 1, long], "": { "- x": "null" } } });
    let Checked { value: evaluation, diagnostics: found } =
        Evaluation::check("e.json", &evaluation.to_string(), rubric);
    evaluation.unwrap_or_else(|| panic!("{found}"))
}

#[test]
fn the_page_has_every_indicator_with_every_level_and_is_small() {
    let rubric = connecticut();
    let page = html(&Form::new(&rubric));
    assert!(page.len() < 250_000, "{}", page.len());
    let text = plain(&page);
    for indicator in rubric.indicators() {
        assert!(text.contains(&indicator.statement), "{}", indicator.id);
        for level in rubric.scale().levels() {
            let radio = format!("<input type=\"radio\" name=\"level-{}\" value=\"{}\"", indicator.id, level.id);
            assert_eq!(page.matches(&radio).count(), 1, "{radio}");
        }
    }
    assert_eq!(page.matches("<fieldset").count(), 67);
    for domain in rubric.domains() {
        assert!(text.contains(&domain.title) && text.contains(domain.statement.as_deref().unwrap()));
    }
    for item in rubric.service_data() {
        assert!(page.contains(&format!("data-key=\"service_data.{}\"", item.id)));
    }
    assert_eq!(page, html(&Form::new(&rubric)));
}

#[test]
fn the_page_may_use_its_own_script_and_nothing_else() {
    let page = html(&Form::new(&connecticut()));
    let policy = plain(page.split("Content-Security-Policy\" content=\"").nth(1).unwrap().split('"').next().unwrap());
    for part in ["default-src 'none'", "connect-src 'none'", "form-action 'none'", "base-uri 'none'"] {
        assert!(policy.contains(part), "{part} in {policy}");
    }
    assert_eq!(policy.matches("'sha256-").count(), 2, "{policy}");
    assert!(!policy.contains("unsafe"), "{policy}");
    for outside in ["<link", "<img", "<iframe", "@import", "url(", " src=", "http://", "https://", " style=", " on"] {
        let markup = page.split("<script>").next().unwrap().split("</style>").nth(1).unwrap();
        let found = outside != " on" || markup.contains(" onclick") || markup.contains(" onload");
        assert!(!markup.contains(outside) || !found, "{outside}");
    }
    let own = Renderer::new().with_template("_form.js", "go();").unwrap();
    let other = own.form(&Form::new(&connecticut()), Format::Html).unwrap();
    let hash = |page: &str| plain(page).split("script-src ").nth(1).unwrap().split(';').next().unwrap().to_owned();
    assert!(other.contains("go();") && hash(&other) != hash(&page), "the policy names another script");
}

#[test]
fn hostile_texts_are_on_the_page_as_themselves_and_end_nothing() {
    let rubric = hostile_rubric();
    let evaluation = hostile_evaluation(&rubric);
    let page = html(&Form::of(&evaluation));
    assert_eq!((page.matches("<script").count(), page.matches("</script>").count()), (2, 2));
    assert_eq!(page.matches("<!--").count(), 0);
    let text = plain(&page);
    for indicator in rubric.indicators() {
        assert!(text.contains(&indicator.statement), "{}", indicator.id);
    }
    assert_eq!(data(&page)["document"], serde_json::to_value(&evaluation).unwrap());
    assert_eq!(data(&page)["rubric"]["fingerprint"], rubric.fingerprint());
}

#[test]
fn hostile_texts_are_text_in_the_sheet() {
    let rubric = hostile_rubric();
    let sheet = markdown(&Form::of(&hostile_evaluation(&rubric)));
    let mut headings = Vec::new();
    let mut heading = None;
    for event in Parser::new_ext(&sheet, Options::ENABLE_TABLES) {
        match event {
            Event::Html(html) => panic!("{html}"),
            Event::InlineHtml(html) => assert_eq!(&*html, "<br>"),
            Event::Start(pulldown_cmark::Tag::Heading { .. }) => heading = Some(String::new()),
            Event::End(pulldown_cmark::TagEnd::Heading(_)) => headings.extend(heading.take()),
            Event::Text(text) => heading.iter_mut().for_each(|heading| heading.push_str(&text)),
            _ => {}
        }
    }
    assert!(!headings.iter().any(|heading| heading == "head"), "{headings:?}");
    assert!(headings.iter().any(|heading| heading.contains("{{ x }} | *b*")), "{headings:?}");
    assert!(sheet.contains("שלום עולם 😀"));
}

#[test]
fn the_sheet_has_a_box_for_every_level_and_those_that_are_given_are_marked() {
    let rubric = connecticut();
    let blank = markdown(&Form::new(&rubric));
    assert_eq!((blank.matches('☐').count(), blank.matches('☒').count()), (67 * 4, 0));
    let sheet = markdown(&Form::of(&example("chen_draft")));
    assert_eq!((sheet.matches('☐').count(), sheet.matches('☒').count()), (67 * 4 - 33, 33));
    assert!(sheet.contains("Mei Chen") && sheet.contains("Comes to supervision with questions"));
    for text in [blank, sheet] {
        assert!(text.ends_with('\n') && !text.lines().any(|line| line.ends_with(' ')) && !text.contains("\n\n\n"));
    }
}

#[test]
fn the_yaml_of_a_blank_form_is_a_draft_with_nothing_wrong_but_its_placeholders() {
    let library = support::library_of_examples();
    let rubrics = library.ids().into_iter().map(|id| library.get(&id).unwrap());
    for rubric in rubrics.chain([hostile_rubric()]) {
        let text = Form::new(&rubric).yaml();
        let Checked { value: draft, diagnostics: found } = Evaluation::check("form.yaml", &text, &rubric);
        let paths: Vec<&str> = found.iter().map(|finding| finding.path.as_str()).collect();
        // Texts that the rubric requires are not asked for before there is any rating.
        assert!(found.iter().all(|finding| finding.code == Code::UnfilledPlaceholder), "{found}");
        assert_eq!(paths.contains(&"period"), rubric.effective().is_none(), "{found}");
        assert!(paths.contains(&"evaluators[0].name"), "{found}");
        assert_eq!(draft.unwrap().unrated().count(), rubric.indicators().count());
        for indicator in rubric.indicators() {
            assert!(text.lines().any(|line| line == format!("  {}:", indicator.id)), "{}", indicator.id);
        }
        let words = |text: &str| -> String { text.replace('#', " ").split_whitespace().collect::<Vec<_>>().join(" ") };
        let statements = rubric
            .indicators()
            .all(|indicator| words(&text).contains(&words(&indicator.statement.replace(['\u{2028}', '\u{7}'], " "))));
        assert!(statements, "every statement is there to be read");
    }
}

#[test]
fn the_yaml_of_an_evaluation_is_that_evaluation() {
    let rubric = hostile_rubric();
    let all = examples().into_iter().chain([hostile_evaluation(&rubric)]);
    for evaluation in all {
        let text = Form::of(&evaluation).yaml();
        let again =
            Evaluation::parse("form.yaml", &text, evaluation.rubric()).unwrap_or_else(|found| panic!("{found}"));
        let written = |evaluation: &Evaluation| {
            let mut value = serde_json::to_value(evaluation).unwrap();
            // The form names the rubric's text, which an evaluation need not.
            value.as_object_mut().unwrap().remove("rubric");
            value
        };
        assert_eq!(written(&again), written(&evaluation));
    }
}

fn validator(form: &Form) -> jsonschema::Validator {
    let schema: Value = serde_json::from_str(&form.json_schema()).unwrap();
    assert_eq!(schema["$schema"], "http://json-schema.org/draft-07/schema#");
    jsonschema::validator_for(&schema).unwrap()
}

/// An evaluation as JSON with every rating in its long form, as the schema has it.
fn long(evaluation: &Evaluation) -> Value {
    let mut value = serde_json::to_value(evaluation).unwrap();
    for rating in value["ratings"].as_object_mut().unwrap().values_mut() {
        if rating.is_string() {
            *rating = json!({ "level": rating });
        }
    }
    value
}

/// Whether a rating has no comment where the rubric asks for one: a form insists, and a document may do without.
fn lacks_comment(stored: &Value, rubric: &Rubric) -> bool {
    let document: Value = serde_yaml::from_str(&rubric.to_yaml()).unwrap();
    let asks = |level: &Value| document["comment_required"].as_array().is_some_and(|asking| asking.contains(level));
    let mut ratings = stored["ratings"].as_object().unwrap().values();
    ratings.any(|rating| asks(rating) || asks(&rating["level"]) && rating["comment"].is_null())
}

#[test]
fn the_schema_of_a_rubric_takes_every_stored_evaluation_that_is_sound() {
    let (library, of_tests) = (support::library_of_examples(), support::library());
    let mut taken = 0;
    let documents = support::files_ending("tests/documents/evaluation", ".ok.yaml");
    for path in support::files_ending("examples/evaluations", ".yaml").into_iter().chain(documents) {
        let text = support::read(&path);
        let rubric = library.rubric_for("e", &text).or_else(|_| of_tests.rubric_for("e", &text));
        let Some((rubric, Checked { value: Some(evaluation), diagnostics: found })) =
            rubric.ok().map(|rubric| (rubric.clone(), Evaluation::check("e", &text, &rubric)))
        else {
            continue;
        };
        let stored = serde_json::to_value(&evaluation).unwrap();
        if found.has_errors() || lacks_comment(&stored, &rubric) {
            continue;
        }
        let validator = validator(&Form::new(&rubric));
        let errors: Vec<String> =
            validator.iter_errors(&stored).map(|error| format!("{}: {error}", error.instance_path())).collect();
        assert!(errors.is_empty(), "{}: {errors:?}", path.display());
        taken += 1;
    }
    assert!(taken > 80, "{taken}");
    // The keys that a migration writes, levels alone, accepted warnings.
    let connecticut = connecticut();
    let whole = validator(&Form::new(&connecticut));
    let stored = serde_json::to_value(example("chen_draft")).unwrap();
    type Addition = (&'static str, Value, bool);
    let additions: [Addition; 13] = [
        (
            "orphaned",
            json!([{ "kind": "input", "id": "z", "given_for": { "rubric": "old" }, "value": [null, 1.5] }]),
            true,
        ),
        ("migrated_from", json!([{ "rubric": { "id": "old" }, "status": "final" }]), true),
        ("allow", json!([{ "code": "missing-evidence", "because": "why", "at": "self_growth" }]), true),
        ("ratings", json!({ "self_growth": "has_met" }), true),
        ("ratings", json!({ "self_growth": "met" }), false),
        // At the lowest level a comment is asked for.
        ("ratings", json!({ "self_growth": "has_not_met" }), false),
        ("ratings", json!({ "self_growth": 3 }), false),
        ("ratings", json!({ "self_growth": ["has_met"] }), false),
        ("allow", json!([{ "code": "missing-evidence" }]), false),
        ("scope", json!(["self_growth"]), true),
        ("scope", json!([]), false),
        ("scope", json!("self_growth"), false),
        ("scope", json!(["none"]), false),
    ];
    for (key, addition, is_taken) in additions {
        let mut value = stored.clone();
        value[key] = addition;
        assert_eq!(whole.is_valid(&value), is_taken, "{key}: {}", value[key]);
    }
}

#[test]
fn the_schema_of_a_rubric_takes_its_evaluations_and_no_others() {
    for evaluation in examples() {
        let validator = validator(&Form::new(evaluation.rubric()));
        let mut sound = long(&evaluation);
        sound["rubric"] = json!({ "id": evaluation.rubric().id() });
        let errors: Vec<String> = validator.iter_errors(&sound).map(|error| error.to_string()).collect();
        assert!(errors.is_empty(), "{errors:?}");
    }
    let form = Form::new(&connecticut());
    let validator = validator(&form);
    let draft = long(&example("chen_draft"));
    type Fault = (&'static str, fn(&mut Value));
    let faults: [Fault; 11] = [
        ("unknown indicator", |value| value["ratings"]["none"] = json!({ "level": "has_met" })),
        ("unknown level", |value| value["ratings"]["policy_change"] = json!({ "level": "met" })),
        ("comment asked for", |value| value["ratings"]["policy_change"] = json!({ "level": "has_not_met" })),
        ("blank name", |value| value["employee"]["name"] = json!(" ")),
        ("no evaluator", |value| value["evaluators"] = json!([])),
        ("no period", |value| value["period"] = json!({ "from": "2025-08-25" })),
        ("unknown key", |value| value["colour"] = json!("red")),
        ("other rubric", |value| value["rubric"]["id"] = json!("other")),
        ("half a certificate", |value| value["employee"]["certificate"] = json!({ "from": "2025-08-25" })),
        ("final and incomplete", |value| value["status"] = json!("final")),
        ("service data", |value| value["service_data"] = json!({ "sessions": "many" })),
    ];
    assert!(validator.is_valid(&draft));
    let mut early = draft.clone();
    early["ratings"]["policy_change"] = json!({ "comment": "x", "evidence": [] });
    assert!(validator.is_valid(&early), "a comment before there is a level");
    for (name, fault) in faults {
        let mut value = draft.clone();
        fault(&mut value);
        assert!(!validator.is_valid(&value), "{name}");
    }
}

#[test]
fn a_document_that_the_schema_accepts_can_be_read() {
    let rubric = connecticut();
    let validator = validator(&Form::new(&rubric));
    let mut value = json!({ "rubric": { "id": rubric.id(), "version": rubric.version() }, "type": "self", "format": 1,
        "employee": { "id": "E-1", "name": "Ann", "certificate": null, "assignments": [{ "school": "Elm" }] },
        "evaluators": [{ "id": "E-1", "name": "Ann", "qualifications": ["school_social_work"] }],
        "period": { "from": "2025-08-25", "to": "2026-06-12" }, "not_assigned": { "inventories": "by others" },
        "ratings": {}, "goals": [{ "statement": "x", "indicator": "policy_change", "status": "met" }],
        "service_data": { "sessions": 3, "special_education": 2.5, "issues": "x" },
        "professional_development": [{ "date": "2025-10-14", "title": "x", "contact_hours": 6 }],
        "responses": [{ "text": "x", "about": "counselor" }], "record": [{ "date": "2025-10-14", "event": "observed" }] });
    for (number, indicator) in rubric.indicators().enumerate().filter(|(_, indicator)| indicator.id != "inventories") {
        let level = &rubric.scale().levels()[number % 4].id;
        // An empty group is how some pages send what was not filled in.
        let empty = number % 5 == 0;
        value["ratings"][&indicator.id] = if empty { json!({}) } else { json!({ "level": level, "comment": "x" }) };
    }
    let errors: Vec<String> = validator.iter_errors(&value).map(|error| error.to_string()).collect();
    assert!(errors.is_empty(), "{errors:?}");
    let evaluation = Evaluation::parse("e.json", &value.to_string(), &rubric).unwrap_or_else(|found| panic!("{found}"));
    assert_eq!(evaluation.score().overall().unrated, 14);
}

/// The keys of each group in a shape, by the group's name.
#[cfg(feature = "schema")]
fn groups(shape: &Value, found: &mut BTreeMap<String, Vec<String>>) {
    let Some((kind, of)) = shape.as_object().and_then(|shape| shape.iter().next()) else { return };
    if kind != "keys" {
        return groups(of, found);
    }
    let keys = of[1].as_array().unwrap();
    let mut names: Vec<String> = keys.iter().map(|key| key[0].as_str().unwrap().to_owned()).collect();
    names.sort();
    found.insert(of[0].as_str().unwrap().to_owned(), names);
    keys.iter().for_each(|key| groups(&key[1], found));
}

/// The script checks and orders a file by the shape in the page's data.
#[cfg(feature = "schema")]
#[test]
fn a_form_knows_every_key_of_an_evaluation() {
    let form = Form::new(&connecticut());
    let mut known = BTreeMap::new();
    groups(&data(&html(&form))["shape"], &mut known);
    let described: Value = serde_json::from_str(&appraise::schema::evaluation()).unwrap();
    let keys_of = |schema: &Value| schema["properties"].as_object().unwrap().keys().cloned().collect::<Vec<_>>();
    assert!(known.len() > 12, "{known:?}");
    for (group, keys) in &known {
        let schema = if group == "Evaluation" { &described } else { &described["definitions"][group] };
        assert_eq!(*keys, keys_of(schema), "{group}");
    }
    // The form's schema has them too; an employee is no organization.
    let schema: Value = serde_json::from_str(&form.json_schema()).unwrap();
    let mut keys = keys_of(&schema);
    keys.extend(["entered", "inputs", "narratives", "observations", "organization"].map(str::to_owned));
    keys.sort();
    assert_eq!(keys, known["Evaluation"]);
    assert_eq!(keys_of(&schema["properties"]["employee"]), known["Employee"]);
    // Practices are asked for where an indicator has some.
    let mut keys = keys_of(&schema["definitions"]["rating"]);
    keys.push("practices".to_owned());
    assert_eq!(keys, known["Rating"]);
}

#[test]
fn the_ui_schema_orders_what_the_schema_has() {
    for rubric in [connecticut(), hostile_rubric()] {
        let form = Form::new(&rubric);
        let schema: Value = serde_json::from_str(&form.json_schema()).unwrap();
        let ui: Value = serde_json::from_str(&form.ui_schema()).unwrap();
        let ids: Vec<&str> = rubric.indicators().map(|indicator| indicator.id.as_str()).collect();
        assert_eq!(ui["ratings"]["ui:order"], json!(ids));
        for id in ids {
            assert_eq!(ui["ratings"][id]["level"]["ui:widget"], "radio");
            assert!(schema["properties"]["ratings"]["properties"][id]["title"].is_string());
        }
        let level = &schema["definitions"]["rating"]["properties"]["level"];
        let levels: Vec<&String> = rubric.scale().levels().iter().map(|level| &level.id).collect();
        // JSON Forms takes nothing else for a choice.
        assert_eq!(level["enum"], json!(levels));
        assert!(level.get("allOf").is_none() && schema.get("allOf").is_none());
        for id in rubric.indicators().map(|indicator| &indicator.id) {
            assert_eq!(ui["ratings"][id]["level"]["ui:enumNames"].as_array().unwrap().len(), levels.len());
        }
    }
}

#[test]
fn the_form_after_an_evaluation_has_its_people_and_open_goals_and_no_rating() {
    let before = example("rivera_final");
    let document = data(&html(&Form::after(&before)))["document"].clone();
    let keys: Vec<&String> = document.as_object().unwrap().keys().collect();
    assert_eq!(keys, ["contact_hours_before", "employee", "evaluators", "goals"]);
    assert_eq!(document["employee"]["name"], "Jordan Rivera");
    let goals = document["goals"].as_array().unwrap();
    let open = |goal: &&Value| ["agreed", "in_progress"].contains(&goal["status"].as_str().unwrap());
    assert!(!goals.is_empty() && goals.iter().filter(open).count() == goals.len(), "{goals:?}");
    assert!(goals.len() < before.goals().len(), "one of the example's goals is met");
}

/// The page's script writes the values into the file that is saved; `tests/browser/files.test.mjs` looks at that.
#[test]
fn a_value_that_no_field_shows_is_in_a_page_and_in_yaml_digit_for_digit() {
    let (orphaned, extra) = (
        r#"[{"kind":"input","id":"z","given_for":{"rubric":"old"},"value":[null,1.50,-0.0,12345678901234567890123]}]"#,
        r#"{"f":1.10,"l":[null,[null]],"n":null,"big":0.1000000000000000055511151231257827}"#,
    );
    let text = format!(
        r#"{{"rubric":{{"id":"connecticut_school_social_work"}},"employee":{{"id":"E-1","name":"Ann"}},"evaluators":[{{"id":"E-2","name":"Bo"}}],"period":{{"from":"2025-08-25","to":"2026-06-12"}},"ratings":{{}},"orphaned":{orphaned},"extra":{extra}}}"#
    );
    let evaluation = Evaluation::parse("e.json", &text, &connecticut()).unwrap_or_else(|found| panic!("{found}"));
    assert_eq!(serde_json::to_string(&evaluation).unwrap(), text);
    let carried = format!(r#"{{"orphaned":{orphaned},"extra":{extra}}}"#);
    for form in [Form::of(&evaluation), Form::response_to(&evaluation)] {
        assert_eq!(data(&html(&form))["carried"], *carried);
    }
    let yaml = Form::of(&evaluation).yaml();
    let again = Evaluation::parse("f.yaml", &yaml, &connecticut()).unwrap_or_else(|found| panic!("{found}"));
    assert!(serde_json::to_string(&again).unwrap().ends_with(&carried[1..]), "{yaml}");
    // Next year's form carries nothing of this.
    for form in [Form::after(&evaluation), Form::of(&evaluation).kind(Type::SelfEvaluation)] {
        assert_eq!(data(&html(&form))["carried"], Value::Null);
    }
}

#[test]
fn numbers_of_the_hosts_stay_digit_for_digit_in_a_form_in_yaml() {
    let text = "
rubric: { id: connecticut_school_social_work }
employee: { id: E-1, name: Ann }
evaluators: [{ id: E-2, name: Bo }]
period: { from: 2025-08-25, to: 2026-06-12 }
ratings: {}
extra: { account: 12345678901234567890123, share: 1.10, nothing: -0.0, hex: 0x1F }
";
    let evaluation = Evaluation::parse("e.yaml", text, &connecticut()).unwrap_or_else(|found| panic!("{found}"));
    let yaml = Form::of(&evaluation).yaml();
    for line in ["  account: 12345678901234567890123\n", "  share: 1.10\n", "  nothing: -0.0\n", "  hex: 0x1F\n"] {
        assert!(yaml.contains(line), "{yaml}");
    }
    let again = Evaluation::parse("f.yaml", &yaml, &connecticut()).unwrap_or_else(|found| panic!("{found}"));
    let extra = |evaluation: &Evaluation| evaluation.to_yaml().split_once("extra:").unwrap().1.to_owned();
    assert_eq!(extra(&again), extra(&evaluation));
}

const YEAR: &str = "
rubric: { id: connecticut_school_social_work }
type: interim
status: final
completed_on: 2026-01-28
employee: { id: E-1, name: Ann, certificate: { from: 2023-07-01, to: 2028-06-30 } }
evaluators: [{ id: E-2, name: Bo, qualifications: [school_social_work] }]
period: { from: 2025-08-25, to: 2026-01-30 }
scope: [self_growth, deadlines]
ratings: { self_growth: has_met, deadlines: { level: has_met, comment: In nine of ten weeks. } }
goals: [{ statement: Agreed., status: agreed }, { statement: Reached., status: met }]
service_data: { sessions: 212 }
professional_development:
  - { date: 2025-09-14, title: One, contact_hours: 3.5 }
  - { date: 2023-06-30, title: Before the cycle, contact_hours: 8 }
contact_hours_before: 31
summary: A good half.
responses: [{ text: I agree. }]
record:
  - { date: 2025-10-15, event: observed, by: E-2 }
  - { date: 2025-10-22, event: conferred, by: E-2, note: Supervision. }
  - { date: 2026-01-28, event: delivered, by: E-2 }
  - { date: 2026-01-29, event: acknowledged, by: E-1 }
";

fn year(changes: &[(&str, &str)]) -> Evaluation {
    let text = changes.iter().fold(YEAR.to_owned(), |text, (was, is)| {
        assert!(text.contains(was), "{was}");
        text.replace(was, is)
    });
    Evaluation::parse("e.yaml", &text, &connecticut()).unwrap_or_else(|found| panic!("{found}"))
}

#[test]
fn the_form_after_an_interim_evaluation_goes_on_with_the_year() {
    let before = year(&[]);
    let form = Form::after(&before);
    let document = data(&html(&form))["document"].clone();
    let was = serde_json::to_value(&before).unwrap();
    for key in ["employee", "evaluators", "goals", "service_data", "professional_development", "contact_hours_before"] {
        assert_eq!(document[key], was[key], "{key}");
    }
    let events: Vec<&Value> = document["record"].as_array().unwrap().iter().map(|event| &event["event"]).collect();
    assert_eq!(events, ["observed", "conferred"]);
    for key in ["ratings", "responses", "summary", "scope", "status", "completed_on", "period"] {
        assert!(document.get(key).is_none(), "{key}");
    }
    // Ratings given before can be read on the page.
    for page in [html(&form), markdown(&form), form.yaml()] {
        assert!(page.contains("In nine of ten weeks."), "{page}");
    }
}

#[test]
fn contact_hours_add_up_from_year_to_year_while_the_certificates_cycle_goes_on() {
    let hours = |changes: &[(&str, &str)]| {
        let formal: Vec<(&str, &str)> = [("type: interim", "type: formal")].iter().chain(changes).copied().collect();
        let document = data(&html(&Form::after(&year(&formal))))["document"].clone();
        assert!(["record", "professional_development", "service_data"].iter().all(|key| document.get(key).is_none()));
        document["contact_hours_before"].clone()
    };
    let certificate = ", certificate: { from: 2023-07-01, to: 2028-06-30 }";
    let before = "contact_hours_before: 31\n";
    assert_eq!(hours(&[]), 34.5);
    assert_eq!(hours(&[(before, "")]), 3.5);
    assert_eq!(hours(&[("to: 2028-06-30", "to: 2026-01-30")]), Value::Null);
    // Without a certificate nobody knows the cycle; what was counted is counted on.
    assert_eq!(hours(&[(certificate, "")]), 42.5);
    assert_eq!(hours(&[(certificate, ""), (before, "")]), Value::Null);
}

#[test]
fn a_self_evaluation_that_follows_anothers_evaluation_has_none_of_its_ratings() {
    let form = Form::of(&example("chen_draft")).kind(Type::SelfEvaluation);
    let document = data(&html(&form))["document"].clone();
    let keys: Vec<&String> = document.as_object().unwrap().keys().collect();
    assert_eq!(keys, ["employee", "evaluators", "goals", "period", "type"]);
    assert_eq!(
        document["evaluators"],
        json!([{ "id": document["employee"]["id"], "name": "Mei Chen", "title": document["employee"]["title"] }])
    );
    // One's own is gone on with.
    let own = Form::of(&example("rivera_self")).kind(Type::SelfEvaluation);
    assert!(data(&html(&own))["document"]["ratings"].as_object().is_some_and(|ratings| !ratings.is_empty()));
}

#[test]
fn the_sheet_of_an_evaluation_has_all_that_was_written() {
    let sheet = |name: &str| markdown(&Form::response_to(&example(name)));
    let okafor = sheet("okafor_interim");
    for part in [
        "Not assigned: Done by school psychologists",
        "- Activity: Begin with the grade 9 team",
        "| 2025-10-08 | Observed | E-0007 | Transition group, first meeting, 45 minutes. |",
    ] {
        assert!(okafor.contains(part), "{part}\n{okafor}");
    }
    let santos = sheet("santos_two_evaluators");
    for part in [
        "Rated by: Dana Cole",
        "- Evidence, February 12, 2026, meeting: Team leaders",
        "| Certificate | professional, July 1, 2024",
    ] {
        assert!(santos.contains(part), "{part}\n{santos}");
    }
    // Who responds marks nothing.
    assert!(!santos.contains("Mark one level") && markdown(&Form::new(&connecticut())).contains("Mark one level"));
    let beside = Form::new(&connecticut()).beside(&example("santos_two_evaluators"));
    assert!(markdown(&beside).contains("> Evidence, February 12, 2026, meeting: Team leaders"));
}

#[test]
fn a_form_of_a_part_has_that_part_only() {
    let form = Form::of(&example("rivera_final")).scope(["counselor", "informed_consent"]).unwrap();
    let page = html(&form);
    let document = data(&page)["document"].clone();
    assert_eq!(document["scope"], json!(["counselor", "informed_consent"]));
    let size = connecticut().domains()[3].all_indicators().count() + 1;
    assert_eq!(page.matches("<fieldset").count(), size);
    assert!(document["ratings"].as_object().unwrap().len() <= size);
    assert!(!page.contains("level-policy_change") && !form.yaml().contains("\n  policy_change"));
    let error = Form::new(&connecticut()).scope(["none"]).unwrap_err();
    assert!(matches!(error, Error::UnknownNode { .. }) && error.to_string().contains("`none`"), "{error}");
}

#[test]
fn ratings_beside_are_shown_and_not_taken() {
    let other = example("rivera_final");
    let form = Form::new(&connecticut()).beside(&other);
    let page = html(&form);
    assert_eq!(data(&page)["document"], json!({}));
    assert!(!page.contains(" checked>"));
    let rated = other.rubric().indicators().filter(|indicator| other.rating(indicator).is_some()).count();
    assert_eq!(page.matches("class=\"beside\"").count(), rated);
    for indicator in other.rubric().indicators() {
        if let Some(comment) = other.rating(indicator).and_then(|rating| rating.comment.as_deref()) {
            assert!(plain(&page).contains(comment), "{}", indicator.id);
        }
    }
    assert_eq!(markdown(&form).matches("\n> Formal evaluation: ").count(), rated);
}

#[test]
fn a_form_says_whom_and_what_it_is_for() {
    let rubric = connecticut();
    let ann = Whom::Employee(Employee::new("E-1", "Ann"));
    let page = html(&Form::new(&rubric).about(&ann).unwrap().kind(Type::SelfEvaluation));
    assert_eq!(data(&page)["document"], json!({ "employee": { "id": "E-1", "name": "Ann" }, "type": "self" }));
    assert!(page.contains("<span class=\"kind\"><span id=\"kind\">Self-evaluation"));
    let supports = Library::bundled().get("connecticut_district_supports").unwrap();
    assert!(matches!(Form::new(&supports).about(&ann), Err(Error::OtherSubject { .. })));
    let organization = html(&Form::new(&supports));
    assert!(organization.contains("key=\"organization.name") && !organization.contains("key=\"employee.name"));
    let response = html(&Form::response_to(&example("rivera_final")));
    assert_eq!(data(&response)["purpose"], "respond");
    assert!(response.contains("Acknowledge receipt"));
}

/// The texts that people wrote, wherever they stand.
fn texts(value: &Value) -> Vec<&str> {
    match value {
        Value::String(text) => vec![text],
        Value::Array(items) => items.iter().flat_map(texts).collect(),
        Value::Object(entries) => {
            entries.iter().filter(|(key, _)| *key != "rubric").flat_map(|(_, value)| texts(value)).collect()
        }
        _ => Vec::new(),
    }
}

#[test]
fn filled_in_values_are_present_before_any_script_runs() {
    for evaluation in examples() {
        let page = html(&Form::of(&evaluation));
        let (fields, _) = page.split_once("<datalist").unwrap();
        let fields = plain(fields);
        let written = long(&evaluation);
        for text in texts(&written) {
            assert!(fields.contains(text), "{text}");
        }
        assert!(texts(&written).len() > 30);
    }
}

#[test]
fn a_form_for_a_self_evaluation_speaks_to_the_employee_and_asks_whether_to_share() {
    let own = Form::new(&connecticut()).kind(Type::SelfEvaluation);
    let page = html(&own);
    assert!(page.contains("<body data-type=\"self\">") && page.contains("data-key=\"shared\""));
    let sheet = markdown(&own);
    assert!(sheet.contains("## My summary") && sheet.contains("| Shared with my evaluator | ☐ yes |"));
    assert!(!sheet.contains("| Evaluator |"), "{sheet}");
    assert!(own.yaml().contains("# `shared: true` prints it beside"));
    let schema: Value = serde_json::from_str(&own.json_schema()).unwrap();
    assert_eq!(schema["properties"]["shared"]["type"], "boolean");
    assert_eq!(schema["properties"]["summary"]["title"], "In my own words");
    let other = Form::new(&connecticut());
    let ui: Value = serde_json::from_str(&other.ui_schema()).unwrap();
    assert_eq!(ui["shared"]["ui:widget"], "hidden");
    assert!(markdown(&other).contains("| Evaluator | | |"));
}

#[test]
fn the_lines_of_a_statement_stay_lines_on_every_form() {
    let rubric = "id: r\nversion: 1.0.0\ntitle: R\ndomains:\n  - id: d\n    title: D\n    indicators:\n      - id: a\n        statement: \
                  |\n          Works reliably:\n          - comes on time\n          - keeps plans\n        guidance: \"Look\\nlisten\"\n";
    let rubric = Rubric::parse("r.yaml", rubric, &Library::empty()).unwrap_or_else(|found| panic!("{found}"));
    let form = Form::new(&rubric);
    let yaml = form.yaml();
    assert!(yaml.contains("  # 1.1 Works reliably:\n  #   - comes on time\n  #   - keeps plans\n"), "{yaml}");
    assert!(yaml.contains("  # What to look for: Look\n  #   listen\n"), "{yaml}");
    let sheet = Renderer::new().form(&form, Format::Markdown).unwrap();
    assert!(sheet.contains("Works reliably:<br>- comes on time<br>- keeps plans"), "{sheet}");
    let page = Renderer::new().form(&form, Format::Html).unwrap();
    assert!(page.contains("Works reliably:\n- comes on time\n- keeps plans"), "{page}");
    let style = page.lines().find(|line| line.contains("legend") && line.contains("white-space: pre-line")).unwrap();
    assert!([".says", ".what", ".statement-of", ".descriptor"].iter().all(|class| style.contains(class)), "{style}");
}

/// Four indicators on the default scale, of which one is described, and four on another, read highest first.
const TWO_SCALES: &str = "
id: r
version: 1.0.0
title: R
scale:
  levels: [{ id: u, label: Poor }, { id: p, label: Sound, description: Works well. }, { id: e, label: Great }]
  meets_at: p
  not_rated: [{ id: na, label: N/A, means: not_applicable }]
scales:
  done:
    order: highest_first
    levels: [{ id: there, label: There }, { id: missing, label: Missing }]
    meets_at: there
    not_rated: [{ id: na, label: N/A, means: not_applicable }, { id: unseen, label: Unseen, means: not_observed }]
comment_required: [u, missing]
domains:
  - id: work
    title: Work
    indicators:
      - { id: quality, statement: Works., descriptors: { u: Rarely., p: Often., e: Always. } }
      - { id: habits, statement: Is punctual. }
      - { id: files, statement: Keeps files., scale: done }
  - id: rules
    title: Rules
    scale: done
    indicators: [{ id: training, statement: Is trained., descriptors: { missing: None., there: All. } }, { id: badge, statement: Has a badge. }]
";

fn of_two_scales() -> Rubric {
    Rubric::parse("r.yaml", TWO_SCALES, &Library::empty()).unwrap_or_else(|found| panic!("{found}"))
}

/// The values of an indicator's choices on a page, in order, and whether each wants a comment.
fn choices_of(page: &str, id: &str) -> Vec<(String, bool)> {
    let begins = format!("name=\"level-{id}\" value=\"");
    let inputs = page.split(&begins).skip(1).map(|rest| rest.split('>').next().unwrap());
    inputs.map(|input| (input.split('"').next().unwrap().to_owned(), input.contains(" data-comment"))).collect()
}

#[test]
fn an_indicator_on_a_page_offers_the_levels_and_choices_of_its_own_scale() {
    let page = html(&Form::new(&of_two_scales()));
    let choices = |id: &str| choices_of(&page, id);
    let named = |of: &[(&str, bool)]| of.iter().map(|(id, wants)| ((*id).to_owned(), *wants)).collect::<Vec<_>>();
    let (default, done) = (
        named(&[("u", true), ("p", false), ("e", false), ("na", false)]),
        named(&[("there", false), ("missing", true), ("na", false), ("unseen", false)]),
    );
    for (id, wanted) in
        [("quality", &default), ("habits", &default), ("files", &done), ("training", &done), ("badge", &done)]
    {
        assert_eq!(&choices(id), wanted, "{id}");
    }
    let of = |id: &str| page.split(&format!("id=\"rating-{id}\"")).nth(1).unwrap().split("</fieldset>").next().unwrap();
    // A descriptor stands at its level, whatever the order of the scale.
    let at = |text: &str, sought: &str| text.find(sought).unwrap_or_else(|| panic!("{sought} in {text}"));
    let training = of("training");
    assert!(at(training, "There<") < at(training, ">All.") && at(training, ">All.") < at(training, "Missing<"));
    assert!(at(training, "Missing<") < at(training, ">None."));
    assert!(!of("quality").contains("There"));
    assert!(page.contains("1 to 4 choose"), "the keys that choose");
}

#[test]
fn a_form_explains_each_scale_that_its_indicators_are_rated_on() {
    let rubric = of_two_scales();
    let explained = [
        (
            "Poor, Sound, Great",
            "(2 indicators): “Sound” meets expectations. “N/A” is no rating and counts in no share. A comment is asked for at “Poor”.",
        ),
        (
            "There, Missing",
            "(3 indicators): “There” meets expectations. “N/A” and “Unseen” are no ratings and count in no share. A comment is asked for at “Missing”.",
        ),
    ];
    let (page, sheet) = (plain(&html(&Form::new(&rubric))), markdown(&Form::new(&rubric)));
    for (levels, rest) in explained {
        assert!(page.contains(&format!("<b dir=\"auto\">{levels}</b> {rest}</p>")), "{page}");
        assert!(sheet.contains(&format!("\n\n**{levels}** {rest}\n")), "{sheet}");
    }
    assert!(page.contains("<dt>Sound</dt><dd dir=\"auto\">Works well.</dd>"), "{page}");
    assert!(sheet.contains("- **Sound**: Works well."), "{sheet}");
    assert!(sheet.contains("\n☐ There\u{2003}☐ Missing\u{2003}☐ N/A\u{2003}☐ Unseen\n"), "{sheet}");
    assert!(sheet.contains("- ☐ There: All.\n- ☐ Missing: None.\n- ☐ N/A\n"), "{sheet}");
    // A form for a part on one scale speaks of that one alone.
    let part = Form::new(&rubric).scope(["rules"]).unwrap();
    let wanted = "for each indicator. “There” meets expectations. “N/A” and “Unseen” are no ratings";
    let (page, sheet) = (plain(&html(&part)), markdown(&part));
    assert!(page.contains(&format!("Choose a level {wanted}")) && sheet.contains(&format!("Mark one level {wanted}")));
    assert!(!page.contains("Sound") && !sheet.contains("Sound"), "{sheet}");
}

#[test]
fn a_form_of_an_evaluation_on_two_scales_has_its_ratings_in_every_format() {
    let rubric = of_two_scales();
    let text = "rubric: { id: r }\nemployee: { id: E-1, name: Ann }\nevaluators: [{ id: E-2, name: Bo }]\n\
        period: { from: 2025-08-25, to: 2026-06-12 }\n\
        ratings: { quality: e, files: { level: missing, comment: Two are lost. }, training: there, badge: unseen }";
    let evaluation = Evaluation::parse("e.yaml", text, &rubric).unwrap_or_else(|found| panic!("{found}"));
    let form = Form::of(&evaluation);
    let page = html(&form);
    let checked = page.split("type=\"radio\"").skip(1).map(|rest| rest.split('>').next().unwrap());
    let checked: Vec<_> = checked.filter(|input| input.ends_with(" checked")).collect();
    let wanted =
        ["quality\" value=\"e", "files\" value=\"missing", "training\" value=\"there", "badge\" value=\"unseen"];
    assert_eq!(checked.len(), wanted.len(), "{checked:?}");
    for (input, wanted) in checked.iter().zip(wanted) {
        assert!(input.contains(&format!("name=\"level-{wanted}\"")), "{input}");
    }
    let sheet = markdown(&form);
    for marked in
        ["☒ Great", "☐ There\u{2003}☒ Missing\u{2003}☐ N/A", "☒ There: All.", "☐ Missing\u{2003}☐ N/A\u{2003}☒ Unseen"]
    {
        assert!(sheet.contains(marked), "{marked} in {sheet}");
    }
    assert_eq!(sheet.matches('☒').count(), 4, "{sheet}");
    let own = markdown(&form.clone().kind(Type::SelfEvaluation));
    assert!(!own.contains('☒'), "{own}");
    let again = Evaluation::parse("e.yaml", &form.yaml(), &rubric).unwrap_or_else(|found| panic!("{found}"));
    assert_eq!(again.fingerprint(), evaluation.fingerprint());
}

#[test]
fn only_an_undescribed_indicator_on_two_levels_is_a_line_of_a_checklist() {
    let page = html(&Form::new(&of_two_scales()));
    let brief: Vec<_> = page.split("class=\"row indicator brief\" id=\"rating-").skip(1).collect();
    let brief: Vec<_> = brief.iter().map(|rest| rest.split('"').next().unwrap()).collect();
    assert_eq!(brief, ["files", "badge"]);
    // A form on one scale has no such lines, nor their style.
    let part = html(&Form::new(&of_two_scales()).scope(["rules"]).unwrap());
    assert!(!part.contains("brief"));
}

/// Two domains on a scale of two levels: one with three indicators next to each other, one with a single one among others.
fn with_a_checklist() -> Rubric {
    let text = "id: r\nversion: 1.0.0\ntitle: R\n\
        scales: { done: { levels: [{ id: missing, label: Missing }, { id: there, label: There }], meets_at: there, not_rated: [{ id: na, label: N/A }] } }\n\
        domains:\n\
        \x20 - { id: work, title: Work, indicators: [{ id: quality, statement: Works well. }, { id: badge, statement: Has a badge., scale: done }, { id: speed, statement: Works fast. }] }\n\
        \x20 - { id: files, title: Files, scale: done, indicators: [{ id: kept, statement: Keeps files. }, { id: notes, title: Notes, statement: 'Keeps | notes.' }, { id: dates, statement: Writes dates., descriptors: { missing: None., there: All. } }, { id: forms, statement: Keeps forms. }, { id: consent, statement: Has consent. }] }\n";
    Rubric::parse("r.yaml", text, &Library::empty()).unwrap_or_else(|found| panic!("{found}"))
}

#[test]
fn indicators_next_to_each_other_on_two_levels_are_a_checklist() {
    let rubric = with_a_checklist();
    let page = html(&Form::new(&rubric));
    let lines = page.split("class=\"row indicator brief checks\" id=\"rating-").skip(1);
    let lines: Vec<_> = lines.map(|rest| rest.split('"').next().unwrap()).collect();
    assert_eq!(lines, ["kept", "notes", "forms", "consent"]);
    // A head for each checklist, with the levels in their order.
    let heads: Vec<_> =
        page.split("<div class=\"checks-head\"").skip(1).map(|rest| rest.split("</div>").next().unwrap()).collect();
    assert_eq!(heads.len(), 2);
    assert!(heads.iter().all(|head| head.contains("<b>Missing</b><b>There</b><b>N&#x2f;A</b>")), "{heads:?}");
    let text = "rubric: { id: r }\nemployee: { id: E-1, name: Ann }\nevaluators: [{ id: E-2, name: Bo }]\n\
        period: { from: 2025-08-25, to: 2026-06-12 }\n\
        ratings: { kept: there, notes: { level: missing, comment: \"Two | are\\nlost.\" }, forms: na, consent: { level: missing, evidence: [{ note: Seen. }] }, badge: there }";
    let evaluation = Evaluation::parse("e.yaml", text, &rubric).unwrap_or_else(|found| panic!("{found}"));
    let sheet = markdown(&Form::of(&evaluation));
    let tables: Vec<&str> = sheet.lines().filter(|line| line.starts_with('|') && line.contains(['☐', '☒'])).collect();
    assert_eq!(
        tables,
        [
            "| **2.1** Keeps files. | ☐ | ☒ | ☐ |  |",
            "| **2.2** **Notes**: Keeps \\| notes. | ☒ | ☐ | ☐ | Two \\| are<br>lost. |",
            "| **2.4** Keeps forms. | ☐ | ☐ | ☒ |  |",
        ]
    );
    assert_eq!(sheet.matches("| | Missing | There | N/A | Comment and evidence |").count(), 2, "{sheet}");
    // An indicator with more to print than a line holds is an entry.
    assert!(sheet.contains("**2.5** Has consent.\n\n☒ Missing") && sheet.contains("- Evidence: Seen."), "{sheet}");
    let again =
        Evaluation::parse("e.yaml", &Form::of(&evaluation).yaml(), &rubric).unwrap_or_else(|found| panic!("{found}"));
    assert_eq!(again.fingerprint(), evaluation.fingerprint());
}

#[test]
fn a_report_prints_a_checklist_as_a_table_with_what_was_said_below_a_line() {
    let rubric = with_a_checklist();
    let text = "rubric: { id: r }\nemployee: { id: E-1, name: Ann }\nevaluators: [{ id: E-2, name: Bo }]\n\
        period: { from: 2025-08-25, to: 2026-06-12 }\n\
        ratings: { kept: there, notes: { level: missing, comment: Two are lost. }, dates: there, forms: na, badge: there }";
    let evaluation = Evaluation::parse("e.yaml", text, &rubric).unwrap_or_else(|found| panic!("{found}"));
    let page = Renderer::new().report(&evaluation.score(), Format::Html).unwrap();
    let tables: Vec<_> = page
        .split("<div class=\"scroll checklist\"")
        .skip(1)
        .map(|rest| rest.split("</table>").next().unwrap())
        .collect();
    assert_eq!(tables.len(), 2);
    let marked = |id: &str| {
        let row = page.split(&format!("<tr id=\"rating-{id}\">")).nth(1).unwrap().split("</tr>").next().unwrap();
        let cells = row.split("<td class=\"check\">").skip(1);
        cells.map(|cell| cell.contains("aria-label=")).collect::<Vec<_>>()
    };
    assert_eq!(marked("kept"), [false, true, false]);
    assert_eq!(marked("notes"), [true, false, false]);
    assert_eq!(marked("forms"), [false, false, true]);
    assert_eq!(marked("consent"), [false; 3]);
    assert!(tables[0].contains("Two are lost.") && tables[1].contains("Not rated yet"));
    // Each indicator stands there once, those between the checklists as entries.
    for indicator in rubric.indicators() {
        assert_eq!(page.matches(&format!(" id=\"rating-{}\"", indicator.id)).count(), 1, "{}", indicator.id);
    }
    assert!(
        page.contains("<li class=\"rating\" id=\"rating-dates\">")
            && page.contains("<li class=\"rating\" id=\"rating-badge\">")
    );
    assert!(page.contains("“There” here means:"));
}
