//! Program evaluations: what a district provides, beside what its staff did and how they were rated; and the totals of a staff.

#![cfg(all(feature = "render", feature = "cli"))]
#![allow(clippy::panic, clippy::unwrap_used, clippy::indexing_slicing, reason = "a test that cannot go on fails")]

mod support;

use appraise::summary::{Program, Summaries, Summary};
use appraise::{Error, Evaluation, Format, Library, Renderer, Rubric, Scorecard};
use serde_json::{Value, json};

fn rubric() -> Rubric {
    Library::bundled().get("connecticut_school_social_work").unwrap()
}

/// One of a staff: every second week has clinical supervision, the first person also administrative supervision once.
fn member(number: usize) -> Value {
    let weeks = ["09-03", "09-17", "10-01", "10-15", "10-29", "11-12", "11-26", "12-10"];
    let mut sessions: Vec<Value> = weeks
        .iter()
        .map(|day| json!({ "date": format!("2025-{day}"), "kind": "clinical", "by": "S", "minutes": 40 }))
        .collect();
    if number == 0 {
        sessions.push(json!({ "date": "2025-09-04", "kind": "administrative", "by": "S", "minutes": 25 }));
    }
    json!({
        "rubric": { "id": "connecticut_school_social_work" },
        "employee": { "id": format!("E-{number}"), "name": format!("Person {number}") },
        "evaluators": [{ "id": "S", "name": "Priya Shah", "qualifications": ["school_social_work"] }],
        "period": { "from": "2025-09-01", "to": "2025-12-21" },
        "ratings": { "self_growth": "has_met", "deadlines": "exceeds_expectations" },
        "service_data": { "sessions": 400 + number, "home_visits": usize::from(number < 2), "special_education": 10.5 },
        "professional_development": [
            { "date": "2025-10-14", "title": "Trauma", "contact_hours": 6, "discipline_specific": true },
            { "date": "2025-11-14", "title": "Data", "contact_hours": 1.5, "discipline_specific": number < 3 },
            { "date": "2024-11-14", "title": "Before the period", "contact_hours": 99 },
        ],
        "goals": [
            { "statement": "Students choose objectives.", "status": if number < 6 { "met" } else { "in_progress" } },
            { "statement": "Plans are in time.", "status": if number == 7 { "dropped" } else { "met" } },
        ],
        "supervision": sessions,
    })
}

fn scored(value: &Value) -> Scorecard {
    Evaluation::check("e.json", &value.to_string(), &rubric())
        .value
        .unwrap_or_else(|| panic!("{}", Evaluation::check("e.json", &value.to_string(), &rubric()).diagnostics))
        .score()
}

fn staff(size: usize, threshold: u32) -> Summaries {
    let mut summary = Summary::new(&rubric());
    (0..size).for_each(|number| summary.add(&scored(&member(number))).unwrap());
    let mut summaries = Summaries::from(summary.overviews(threshold));
    summaries.staff = summary.staff(threshold).into_iter().collect();
    summaries
}

const SUPPORTS: &str = "
rubric: { id: connecticut_district_supports }
organization: { id: D-12, name: Harlow <Public> Schools }
evaluators: [{ id: E-0001, name: Ana Ortiz }]
period: { from: 2025-08-25, to: 2026-06-12 }
summary: A second supervisor was hired in January.
ratings:
  supervision_and_evaluation: { level: partly_in_place, comment: Administrative supervision is rare. }
  job_descriptions: in_place
";

fn supports() -> Scorecard {
    Library::bundled().check("supports.yaml", SUPPORTS).value.unwrap().score()
}

#[test]
fn totals_of_a_staff_are_added_up_and_small_ones_withheld() {
    let summaries = staff(10, 5);
    let totals = serde_json::to_value(&summaries.staff[0]).unwrap();
    let item = |id: &str| {
        let items = totals["service_data"].as_array().unwrap();
        items.iter().find(|item| item["id"] == id).unwrap_or_else(|| panic!("{id}")).clone()
    };
    let decimal = |value: &Value| value["decimal"].as_str().map(str::to_owned);
    assert_eq!(decimal(&item("sessions")["total"]).as_deref(), Some("4045"));
    assert_eq!(
        (decimal(&item("special_education")["total"]).as_deref(), &item("special_education")["people"]),
        (Some("105"), &json!(10))
    );
    // Two people made all home visits; and nobody reports consultations.
    assert_eq!((item("home_visits")["total"].clone(), item("home_visits")["people"].clone()), (Value::Null, json!(10)));
    assert_eq!(
        (item("staff_consultations")["total"].clone(), item("staff_consultations")["people"].clone()),
        (Value::Null, Value::Null)
    );
    // Texts are no numbers.
    assert!(totals["service_data"].as_array().unwrap().iter().all(|item| item["kind"] != "text"));
    // Hours before the period are not of it. Three people have only hours of their own discipline: seven have others.
    assert_eq!(decimal(&totals["contact_hours"]["total"]).as_deref(), Some("75"));
    assert_eq!(decimal(&totals["contact_hours"]["discipline_specific"]).as_deref(), Some("64.5"));
    // One person dropped a goal, and four have one open: none of the two is told, nor by subtraction.
    let goals = &totals["goals"];
    assert_eq!((&goals["total"], &goals["people"]), (&json!(20), &json!(10)));
    assert_eq!((&goals["dropped"], &goals["open"], &goals["not_met"]), (&Value::Null, &Value::Null, &Value::Null));
    // Eight of sixteen weeks; administrative supervision was one person's, and is not told by the others.
    let supervision = &totals["supervision"];
    assert_eq!((&supervision["of_any_kind"]["percent"], &supervision["people"]), (&json!("50"), &json!(10)));
    let kinds: Vec<&Value> = supervision["kinds"].as_array().unwrap().iter().map(|kind| &kind["percent"]).collect();
    assert_eq!(kinds, [&Value::Null, &json!("50"), &Value::Null]);
    assert_eq!(decimal(&supervision["sessions"]).as_deref(), Some("81"));
    let whole = serde_json::to_value(&staff(10, 0).staff[0]).unwrap();
    assert_eq!(
        (&whole["goals"]["dropped"], &whole["goals"]["open"], &whole["goals"]["met"]),
        (&json!(1), &json!(4), &json!(15))
    );
}

#[test]
fn nothing_of_too_few_is_shown_and_nothing_is_said_where_nothing_is_reported() {
    let totals = serde_json::to_value(&staff(4, 5).staff[0]).unwrap();
    fn numbers(value: &Value) -> Vec<String> {
        match value {
            Value::Object(map) => map
                .iter()
                .filter(|(key, _)| !["threshold", "every_weeks", "version"].contains(&key.as_str()))
                .flat_map(|(_, value)| numbers(value))
                .collect(),
            Value::Array(items) => items.iter().flat_map(numbers).collect(),
            Value::Number(number) => vec![number.to_string()],
            Value::String(text) if text.parse::<u64>().is_ok() => vec![text.clone()],
            _ => Vec::new(),
        }
    }
    assert_eq!(numbers(&totals), [""; 0], "{totals}");
    let mut summary = Summary::new(&rubric());
    let mut silent = member(0);
    silent
        .as_object_mut()
        .unwrap()
        .retain(|key, _| !["service_data", "professional_development", "goals", "supervision"].contains(&key.as_str()));
    summary.add(&scored(&silent)).unwrap();
    assert!(summary.staff(0).is_none());
    let json = serde_json::to_value(Summaries::from(summary.overviews(0))).unwrap();
    assert!(json.get("staff").is_none());
}

#[test]
fn a_program_evaluation_is_of_an_organization() {
    let error = Program::new(scored(&member(0)), Summaries::default()).unwrap_err();
    assert!(matches!(error, Error::OtherSubject { .. }), "{error}");
}

#[test]
fn a_board_reads_supports_supervision_service_and_ratings_in_one_document() {
    let program = Program::new(supports(), staff(10, 5)).unwrap();
    let markdown = Renderer::new().program(&program, Format::Markdown).unwrap();
    for line in [
        "> **DRAFT.** The evaluation of the district’s supports is not final.",
        "- District supports at “In place” or above: 1 of 2 rated (50%)",
        "- Weeks with supervision: 50%",
        "- Staff evaluations counted: 10",
        "A second supervisor was hired in January.",
        "| Supervision and evaluation | Partly in place | Administrative supervision is rare. |",
        "| Clinical supervision | 50% |",
        "| Administrative supervision | withheld |",
        "| Sessions held with students | 4,045 | 10 |",
        "| Home visits | withheld | 10 |",
        "- All: 20, of 10 people",
        "- Dropped: withheld",
        "A yardstick for the district, and no finding about any employee; asked of the district: weekly.",
    ] {
        assert!(markdown.contains(line), "{line} in\n{markdown}");
    }
    assert!(!markdown.contains("Person 0") && !markdown.contains("<Public>"), "{markdown}");
    let order = [
        "## At a glance", "## What the district provides", "### What staff did", "### Goals", "## How staff were rated",
    ]
    .map(|heading| markdown.find(heading).unwrap_or_else(|| panic!("{heading}")));
    assert!(order.is_sorted());
    let html = Renderer::new().program(&program, Format::Html).unwrap();
    for text in [
        "Harlow &lt;Public&gt; Schools",
        "From the staff’s evaluations: supervision in 50% of weeks",
        "4,045",
        "no finding about any employee",
    ] {
        assert!(html.contains(text), "{text} in\n{html}");
    }
    assert!(!html.contains("Person 0"));
    let json = serde_json::to_value(&program).unwrap();
    assert_eq!(json["supports"]["organization"]["id"], "D-12");
    assert_eq!(json["staff"]["staff"][0]["evaluations"], 10);
    let schema: Value = serde_json::from_str(&appraise::schema::program()).unwrap();
    let found: Vec<String> =
        jsonschema::validator_for(&schema).unwrap().iter_errors(&json).map(|error| error.to_string()).collect();
    assert_eq!(found, [""; 0]);
}

#[test]
fn a_summary_page_shows_the_totals_after_the_ratings() {
    let html = Renderer::new().summary(&staff(10, 5)).unwrap();
    for text in ["Beside the ratings: <bdi>", "Supervision that the district provided", "4,045", "What staff did"] {
        assert!(html.contains(text), "{text} in\n{html}");
    }
    let few = Renderer::new().summary(&staff(4, 5)).unwrap();
    assert!(few.contains("nothing that they report is shown") && !few.contains("What staff did"));
}

#[test]
fn a_districts_own_template_replaces_a_part_of_the_document() {
    let renderer = Renderer::new()
        .with_template(
            "program.md",
            "{% extends \"builtin/program.md\" %}{% block header %}# {{ name }}, for the board{% endblock %}",
        )
        .unwrap();
    let text = renderer.program(&Program::new(supports(), Summaries::default()).unwrap(), Format::Markdown).unwrap();
    assert!(
        text.starts_with("# Harlow ")
            && text.contains("for the board\n")
            && text.contains("## What the district provides"),
        "{text}"
    );
}

/// Runs `appraise` in a folder; its exit status, output and messages.
fn run(folder: &std::path::Path, arguments: &[&str]) -> (i32, String, String) {
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_appraise"))
        .args(arguments)
        .current_dir(folder)
        .output()
        .unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}

#[test]
fn the_command_makes_one_document_of_the_supports_and_the_staff() {
    let folder = tempfile::tempdir().unwrap();
    let lines: String = (0..10)
        .map(|number| {
            let mut value = member(number);
            value["ratings"] = json!({ "self_growth": "has_met" });
            value["scope"] = json!(["self_growth"]);
            value["status"] = "final".into();
            format!("{value}\n")
        })
        .collect();
    std::fs::write(folder.path().join("staff.ndjson"), lines).unwrap();
    std::fs::write(folder.path().join("supports.yaml"), SUPPORTS).unwrap();
    let summarize = |more: &[&str]| {
        run(folder.path(), &[&["summarize", "staff.ndjson", "--program", "supports.yaml"], more].concat())
    };
    let (status, markdown, messages) = summarize(&[]);
    assert_eq!(status, 0, "{messages}");
    assert!(markdown.starts_with("# Program evaluation: Harlow ") && markdown.contains("4,045"), "{markdown}");
    let (status, json, _) = summarize(&["--format", "json"]);
    let json: Value = serde_json::from_str(&json).unwrap();
    assert_eq!((status, &json["staff"]["staff"][0]["evaluations"]), (0, &json!(10)));
    let (status, _, messages) = summarize(&["-o", "program.html"]);
    assert_eq!(status, 0, "{messages}");
    assert!(support::read(folder.path().join("program.html")).contains("<h2>What the district provides</h2>"));
    let (status, _, messages) = summarize(&["--format", "csv"]);
    assert_eq!(status, 2, "{messages}");
    let (status, _, messages) = run(folder.path(), &["summarize", "staff.ndjson", "--format", "markdown"]);
    assert!(status == 2 && messages.contains("Markdown needs --program"), "{messages}");
    let first = member(0).to_string();
    std::fs::write(folder.path().join("one.json"), first).unwrap();
    let (status, _, messages) = run(folder.path(), &["summarize", "staff.ndjson", "--program", "one.json"]);
    assert!(status == 1 && messages.contains("is not for an evaluation of an organization"), "{status}: {messages}");
}
