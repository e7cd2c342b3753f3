//! Values that a host reads of a rubric and of an evaluation, but for those of a scoring policy and of earlier rubrics.

#![allow(clippy::panic, clippy::unwrap_used, clippy::indexing_slicing, reason = "a test that cannot go on fails")]

#[path = "host_features/written.rs"]
mod host_features;
mod support;

use appraise::{
    AgreedGoal, Evaluation, GoalStatus, Library, Period, Rubric, ServiceDataKind, Status, Subject, Type, Whom,
};

const RUBRIC: &str = "
id: host
version: 1.2.0
title: What a host reads
publisher: Riverside
source: Handbook, 2026
language: en-US
adopted: { date: 2025-06-02, by: The board, reference: Minutes }
effective: { from: 2025-07-01, to: 2028-06-30 }
qualifications: [{ id: clinical, label: A clinical license }]
domains:
  - { id: practice, title: Practice, indicators: [{ id: plans, statement: Writes plans., evaluated_by: clinical }, { id: counsels, statement: Counsels. }] }
  - { id: program, title: Program, indicators: [{ id: runs, statement: Runs it. }] }
service_data: [{ id: sessions, label: Sessions, kind: count, source: The log, note: Of the year. }]
professional_development: { contact_hours: 90, years: 5 }
extra: { system: 7 }
";

const EVALUATION: &str = "
rubric: { id: host, version: 1.2.0 }
type: interim
status: final
employee:
  id: E-1
  name: Ann
  title: Counselor
  assignments: [{ school: Elm Hill, fte: 0.6, from: 2025-08-25 }, { school: Barnum, to: 2026-01-30 }]
  hired_on: 2019-08-26
  certificate: { kind: professional, from: 2023-07-01, to: 2028-06-30 }
evaluators: [{ id: E-2, name: Bo, title: Principal, qualifications: [clinical] }]
period: { from: 2025-08-25, to: 2026-06-12 }
completed_on: 2026-05-29
scope: [practice]
not_assigned: { counsels: Done by others }
ratings:
  plans: { level: has_met, comment: Well., evidence: [{ date: 2026-02-03, kind: review, at: Elm Hill, note: Nine of nine. }] }
goals: [{ indicator: plans, statement: Better plans., measure: Nine of ten., activities: [Supervision], contact_hours: 6, due: 2026-12-01, status: agreed }]
service_data: { sessions: 412 }
professional_development: [{ date: 2025-10-10, title: Plans that work, contact_hours: 4.5, discipline_specific: true }]
contact_hours_before: 62
summary: A good year.
responses: [{ date: 2026-06-08, by: E-1, about: plans, text: I agree. }]
record: [{ date: 2026-06-01, event: delivered, by: E-2, note: On paper. }]
extra: { ticket: 12 }
";

fn rubric() -> Rubric {
    Rubric::parse("host.yaml", RUBRIC, &Library::empty()).unwrap_or_else(|found| panic!("{found}"))
}

#[test]
fn a_rubric() {
    let rubric = rubric();
    assert_eq!((rubric.id(), rubric.version().as_str(), rubric.title()), ("host", "1.2.0", "What a host reads"));
    assert_eq!(rubric.publisher(), Some("Riverside"));
    assert_eq!(rubric.source(), Some("Handbook, 2026"));
    assert_eq!(rubric.language(), Some("en-US"));
    let adopted = rubric.adopted().unwrap();
    assert_eq!(adopted.date(), "2025-06-02");
    assert_eq!((adopted.by.as_deref(), adopted.reference.as_deref()), (Some("The board"), Some("Minutes")));
    assert_eq!(rubric.effective(), Some(("2025-07-01".to_owned(), "2028-06-30".to_owned())));
    assert_eq!(rubric.subject(), Subject::Employee);
    assert_eq!(rubric.qualifications()[0].label, "A clinical license");
    let asked = &rubric.service_data()[0];
    assert_eq!((asked.label.as_str(), asked.kind), ("Sessions", ServiceDataKind::Count));
    assert_eq!((asked.source.as_deref(), asked.note.as_deref()), (Some("The log"), Some("Of the year.")));
    let looked_for = rubric.professional_development().unwrap();
    assert_eq!((looked_for.contact_hours.decimal().as_str(), looked_for.years), ("90", 5));
    assert_eq!(serde_json::to_string(&rubric.extra().unwrap()).unwrap(), r#"{"system":7}"#);
    assert!(rubric.base().is_none() && rubric.scoring_fingerprint().is_none());
    assert_eq!(rubric.indicator("runs").unwrap().statement, "Runs it.");
    assert!(rubric.indicator("program").is_none());
}

#[test]
fn an_evaluation() {
    let rubric = rubric();
    let evaluation = Evaluation::parse("e.yaml", EVALUATION, &rubric).unwrap_or_else(|found| panic!("{found}"));
    assert_eq!((evaluation.kind(), evaluation.status()), (&Type::Interim, Status::Final));
    let whom = evaluation.whom();
    assert_eq!((whom.id(), whom.name(), whom.title()), ("E-1", "Ann", Some("Counselor")));
    let Whom::Employee(employee) = whom else { panic!("{whom:?}") };
    assert_eq!(employee.hired_on().as_deref(), Some("2019-08-26"));
    let [elm_hill, barnum] = employee.assignments.as_slice() else { panic!("{employee:?}") };
    assert_eq!((elm_hill.school.as_str(), elm_hill.fte.as_ref().unwrap().decimal()), ("Elm Hill", "0.6".to_owned()));
    assert_eq!(elm_hill.dates(), (Some("2025-08-25".to_owned()), None));
    assert_eq!(barnum.dates(), (None, Some("2026-01-30".to_owned())));
    let certificate = employee.certificate.as_ref().unwrap();
    assert_eq!(certificate.kind.as_deref(), Some("professional"));
    assert_eq!(certificate.valid(), Period::new("2023-07-01", "2028-06-30").unwrap());
    let evaluator = &evaluation.evaluators()[0];
    assert_eq!((evaluator.name.as_str(), evaluator.title.as_deref()), ("Bo", Some("Principal")));
    assert_eq!(evaluator.qualifications, ["clinical"]);
    assert_eq!((evaluation.period().from(), evaluation.period().to()), ("2025-08-25".into(), "2026-06-12".into()));
    assert_eq!(evaluation.completed_on().as_deref(), Some("2026-05-29"));

    assert_eq!(evaluation.scope(), ["practice"]);
    assert_eq!(evaluation.not_assigned().collect::<Vec<_>>(), [("counsels", "Done by others")]);
    let in_scope = |id| evaluation.is_in_scope(rubric.indicator(id).unwrap());
    assert_eq!([in_scope("plans"), in_scope("counsels"), in_scope("runs")], [true, false, false]);
    assert_eq!(evaluation.unrated().count(), 0);
    let rating = evaluation.rating(rubric.indicator("plans").unwrap()).unwrap();
    assert_eq!(evaluation.level(rating).unwrap().label, "Has met");
    assert_eq!((rating.comment.as_deref(), rating.by.as_deref()), (Some("Well."), None));
    let evidence = &rating.evidence[0];
    assert_eq!((evidence.date().as_deref(), evidence.kind.as_deref()), (Some("2026-02-03"), Some("review")));
    assert_eq!((evidence.at.as_deref(), evidence.note.as_str()), (Some("Elm Hill"), "Nine of nine."));

    let [goal]: &[AgreedGoal] = evaluation.goals() else { panic!("{:?}", evaluation.goals()) };
    assert_eq!((goal.indicator.as_deref(), goal.statement.as_str()), (Some("plans"), "Better plans."));
    assert_eq!((goal.measure.as_deref(), goal.due().as_deref()), (Some("Nine of ten."), Some("2026-12-01")));
    assert_eq!((goal.contact_hours.as_ref().unwrap().decimal().as_str(), goal.status), ("6", GoalStatus::Agreed));
    assert_eq!(goal.activities, ["Supervision"]);
    assert_eq!(evaluation.service_data().collect::<Vec<_>>(), [("sessions", "412")]);
    let training = &evaluation.professional_development()[0];
    assert_eq!((training.date(), training.title.as_str()), ("2025-10-10".to_owned(), "Plans that work"));
    assert_eq!((training.contact_hours.decimal().as_str(), training.discipline_specific), ("4.5", Some(true)));
    assert_eq!(evaluation.contact_hours_before().unwrap().decimal(), "62");
    assert_eq!(evaluation.summary(), Some("A good year."));
    let response = &evaluation.responses()[0];
    assert_eq!((response.date().as_deref(), response.by.as_deref()), (Some("2026-06-08"), Some("E-1")));
    assert_eq!((response.about.as_deref(), response.text.as_str()), (Some("plans"), "I agree."));
    let event = &evaluation.record()[0];
    assert_eq!(
        (event.date(), event.event.as_str(), event.by.as_deref()),
        ("2026-06-01".into(), "delivered", Some("E-2"))
    );
    assert_eq!(event.note.as_deref(), Some("On paper."));
    assert_eq!(serde_json::to_string(&evaluation.extra().unwrap()).unwrap(), r#"{"ticket":12}"#);
    assert!(evaluation.migrated_from().is_empty() && evaluation.orphaned().is_empty());
    assert!(evaluation.diagnostics().is_empty(), "{}", evaluation.diagnostics());
}

#[test]
fn a_scorecard_has_the_findings_of_its_evaluation() {
    let text = EVALUATION.replace("comment: Well.", "comment: Call 203-555-0142.");
    let evaluation = Evaluation::parse("e.yaml", &text, &rubric()).unwrap_or_else(|found| panic!("{found}"));
    assert_eq!(evaluation.diagnostics().len(), 1);
    assert_eq!(evaluation.score().diagnostics().to_string(), evaluation.diagnostics().to_string());
}

#[test]
fn an_organization() {
    let rubric = Library::bundled().get("connecticut_district_supports").unwrap();
    let text = "rubric: { id: connecticut_district_supports }\norganization: { id: D-1, name: Riverside }\n\
                evaluators: [{ id: E-2, name: Bo }]\nperiod: { from: 2025-08-25, to: 2026-06-12 }\nratings: {}\n";
    let evaluation = Evaluation::parse("e.yaml", text, &rubric).unwrap_or_else(|found| panic!("{found}"));
    let whom = evaluation.whom();
    assert_eq!((whom.id(), whom.name(), whom.title()), ("D-1", "Riverside", None));
}

#[test]
fn a_period_is_of_real_days_in_their_order() {
    assert!(Period::new("2025-08-25", "2025-08-25").is_some());
    for (from, to) in [("2025-08-25", "2025-08-24"), ("2025-02-29", "2025-03-01"), ("today", "2025-03-01")] {
        assert_eq!(Period::new(from, to), None, "{from} {to}");
    }
}

/// Under `extra` a number is one afterwards too, and the same, in whatever way and format it is written and read.
#[test]
fn a_number_of_the_hosts_is_carried_along() {
    let rubric = support::rubric(support::project("tests/documents/rubrics/small.yaml"));
    let part = |scope: &str, extra: &str| {
        format!(
            r#"{{ "rubric": {{ "id": "small" }}, "employee": {{ "id": "E-1", "name": "A" }}, "evaluators": [{{ "id": "E-2", "name": "B" }}],
               "period": {{ "from": "2025-08-25", "to": "2026-06-12" }}, "scope": ["{scope}"], "ratings": {{}}, "extra": {{ {extra} }} }}"#
        )
    };
    let numbers =
        r#""a": 1e3, "b": 1.5e-7, "c": 0.8333333333333334, "d": 18446744073709551615, "e": -0.00001, "f": [2.5E+300]"#;
    let json = part("practice", &format!(r#"{numbers}, "g": 123456789012345678901, "h": 1E400"#));
    let expected = serde_json::json!({
        "a": 1000, "b": 1.5e-7, "c": 0.833_333_333_333_333_4, "d": u64::MAX, "e": -0.00001, "f": [2.5e300],
        "g": "123456789012345678901", "h": "1E400",
    });
    let extra = |evaluation: &Evaluation| serde_json::to_value(evaluation).unwrap()["extra"].clone();
    let evaluation = Evaluation::parse("e.json", &json, &rubric).unwrap_or_else(|found| panic!("{found}"));
    assert_eq!(extra(&evaluation), expected);
    // Through the tree, from YAML, and joined with another that says the same.
    for text in [
        json.replace(r#""extra""#, "# again\nextra"),
        evaluation.to_yaml(),
        serde_json::to_string(&evaluation).unwrap(),
    ] {
        let again = Evaluation::parse("e.yaml", &text, &rubric).unwrap_or_else(|found| panic!("{found}"));
        assert_eq!((extra(&again), again.fingerprint()), (expected.clone(), evaluation.fingerprint()));
    }
    let other = part("program", &numbers.replace("1e3", "1.0E+3"));
    let (joined, found) = Evaluation::combine(&[("a.json", &json), ("b.json", &other)], &rubric);
    assert_eq!(extra(&joined.unwrap_or_else(|| panic!("{found:?}"))), expected);
}

/// The host may be one that reads every number as it is written, or none: `tests/host_features/run` compares with the same file.
#[test]
fn written_documents_do_not_depend_on_the_features_of_a_host() {
    support::expect(support::project("tests/host_features/expected.txt"), &host_features::written());
}

/// As it is written: `1.10`, forty digits, a zero below zero.
#[test]
fn a_number_of_the_hosts_comes_back_digit_for_digit() {
    let rubric = support::rubric(support::project("tests/documents/rubrics/small.yaml"));
    let numbers = r#"{"big":12345678901234567890123,"f":1.10,"e":1e30,"E":1E+2,"neg":-0,"nz":-0.0,"tiny":1e-400,"huge":1e400,"i64":9223372036854775808,"prec":0.1000000000000000055511151231257827,"l":[[1.0],{"x":2.50}]}"#;
    let part = |scope: &str, extra: &str| {
        format!(
            r#"{{"rubric":{{"id":"small"}},"employee":{{"id":"E-1","name":"A"}},"evaluators":[{{"id":"E-2","name":"B"}}],"period":{{"from":"2025-08-25","to":"2026-06-12"}},{scope}"ratings":{{"plans":"has_met","counsels":"has_met","budget":"no_opportunity_to_practice","space":"has_met"}},"extra":{extra}}}"#
        )
    };
    let text = part("", numbers);
    let evaluation = Evaluation::parse("e.json", &text, &rubric).unwrap_or_else(|found| panic!("{found}"));
    assert_eq!(serde_json::to_string(&evaluation).unwrap(), text);
    let yaml = Evaluation::parse("e.yaml", &evaluation.to_yaml(), &rubric).unwrap_or_else(|found| panic!("{found}"));
    assert_eq!(serde_json::to_string(&yaml).unwrap(), text);
    let ends_with_numbers = |text: String| assert!(text.contains(&format!("\"extra\":{numbers}")), "{text}");
    ends_with_numbers(serde_json::to_string(&evaluation.score()).unwrap());
    let mut finished = evaluation.clone();
    finished.finish("2026-05-29", "E-0007").unwrap_or_else(|found| panic!("{found}"));
    ends_with_numbers(serde_json::to_string(&finished).unwrap());
    let all = r#""plans":"has_met","counsels":"has_met","budget":"no_opportunity_to_practice","space":"has_met""#;
    let first = part(r#""scope":["practice"],"#, numbers).replace(all, r#""plans":"has_met""#);
    let second =
        part(r#""scope":["program"],"#, r#"{"l":[[1],{"x":2.5}],"f":1.1}"#).replace(all, r#""space":"has_met""#);
    let (joined, found) = Evaluation::combine(&[("a", &first), ("b", &second)], &rubric);
    ends_with_numbers(serde_json::to_string(&joined.unwrap_or_else(|| panic!("{found:?}"))).unwrap());
}

/// YAML has numbers that JSON has not: they stay numbers in YAML.
#[test]
fn a_number_that_only_yaml_has_stays_one_in_yaml() {
    let text = "rubric: { id: small }\nemployee: { id: E-1, name: A }\nevaluators: [{ id: E-2, name: B }]\n\
                period: { from: 2025-08-25, to: 2026-06-12 }\nratings: {}\n\
                extra:\n  a: 0x1F\n  b: +1\n  c: .5\n  d: -.inf\n  e: 007\n  f: \"007\"\n";
    let rubric = support::rubric(support::project("tests/documents/rubrics/small.yaml"));
    let evaluation = Evaluation::parse("e.yaml", text, &rubric).unwrap_or_else(|found| panic!("{found}"));
    let yaml = evaluation.to_yaml();
    let (_, extra) = yaml.split_once("extra:\n").unwrap();
    assert_eq!(extra, "  a: 0x1F\n  b: +1\n  c: .5\n  d: -.inf\n  e: 007\n  f: \"007\"\n");
}

/// Two parts that together are all of the rubric are an evaluation of all of it; of less, the scope says of what.
#[test]
fn a_combined_evaluation_answers_for_what_its_parts_do() {
    let rubric = support::rubric(support::project("tests/documents/rubrics/small.yaml"));
    let part = |scope: &str, evaluator: &str| {
        format!(
            "rubric: {{ id: small }}\nemployee: {{ id: E-1, name: A }}\nperiod: {{ from: 2025-08-25, to: 2026-06-12 }}\n\
             evaluators: [{{ id: {evaluator}, name: B, qualifications: [clinical, fiscal] }}]\nscope: [{scope}]\nratings: {{}}\n"
        )
    };
    for (first, second, scope) in [
        ("practice", "program", &[][..]),
        ("practice", "budget, space", &[]),
        ("practice", "budget", &["practice", "budget"]),
        ("counsels", "program", &["counsels", "program"]),
    ] {
        let (combined, found) =
            Evaluation::combine(&[("a.yaml", &part(first, "E-7")), ("b.yaml", &part(second, "E-8"))], &rubric);
        let combined = combined.unwrap_or_else(|| panic!("{found:?}"));
        assert_eq!(combined.scope(), scope, "{first}, {second}");
    }
}

/// An input can be given only once: it is in the joined evaluation, whichever part gives it, and never one of two.
#[test]
fn a_combined_evaluation_has_what_any_of_its_parts_says() {
    let rubric = support::rubric(support::project("tests/documents/rubrics/scored.yaml"));
    let part = |scope: &str, employee: &str, rest: &str| {
        format!(
            "rubric: {{ id: scored }}\nemployee: {{ id: E-1, name: A{employee} }}\nperiod: {{ from: 2025-08-25, to: 2026-06-12 }}\n\
             evaluators: [{{ id: E-2, name: B }}]\nscope: [{scope}]\nratings: {{}}\n{rest}"
        )
    };
    let first = part(
        "practice",
        "",
        "completed_on: 2026-05-01\ninputs: { growth: 3 }\n\
         entered: { domain_rating: { practice: { rating: has_met, rationale: Seen. } }, summative: { rating: has_met, rationale: All. } }",
    );
    let combine = |second: &str| Evaluation::combine(&[("a.yaml", &first), ("b.yaml", second)], &rubric);
    let second = part(
        "program",
        ", title: Social worker, hired_on: 2019-08-26",
        "completed_on: 2026-05-03\ninputs: { growth: 3.0, stage: novice }\n\
         entered: { domain_rating: { program: { rating: has_met, rationale: Kept. } }, summative: { rating: has_met, rationale: All. } }",
    );
    let second = second.replace("id: scored }", &format!("id: scored, fingerprint: \"sha256:{}\" }}", "0".repeat(64)));
    let (combined, found) = combine(&second);
    let combined = serde_json::to_value(combined.unwrap_or_else(|| panic!("{found:?}"))).unwrap();
    assert_eq!(combined["inputs"], serde_json::json!({ "growth": 3, "stage": "novice" }));
    let entered = combined["entered"]["domain_rating"].as_object().unwrap();
    assert_eq!(entered.keys().collect::<Vec<_>>(), ["practice", "program"]);
    assert_eq!(combined["employee"]["hired_on"], "2019-08-26");
    assert_eq!(combined["completed_on"], "2026-05-03");
    assert_eq!(combined["rubric"]["fingerprint"], format!("sha256:{}", "0".repeat(64)));

    let other = part(
        "program",
        "",
        "inputs: { growth: 1 }\n\
         entered: { domain_rating: { practice: { rating: has_met, rationale: Heard. } }, summative: { rating: exceeds_expectations, rationale: All. } }",
    );
    let (combined, found) = combine(&other);
    assert!(combined.is_none());
    let found: Vec<_> = found[1].iter().filter(|finding| finding.code.as_str() == "conflicting-value").collect();
    let messages: Vec<_> = found.iter().map(|finding| finding.message.as_str()).collect();
    assert_eq!(
        messages,
        [
            "the input `growth` differs from that in a.yaml",
            "what is entered for `practice` under `domain_rating` differs from that in a.yaml",
            "what is entered for `summative` differs from that in a.yaml",
        ]
    );
}

/// The words of an indicator's own goal replace the template's; a key that the goal lacks stays the template's.
#[test]
fn an_indicator_may_have_a_goal_of_its_own() {
    let own = "plans, statement: Writes plans., goal: { statement: \"Ten plans of {{ indicator.code }}\", measure: Ten of ten., activities: [Read five, Write five], contact_hours: 4.5 }";
    let text = "id: r\nversion: 1.0.0\ntitle: R\ndomains:\n  - { id: d, title: D, indicators: [{ id: OWN }, { id: counsels, statement: Counsels. }] }\n";
    let rubric =
        Rubric::parse("r.yaml", &text.replace("OWN", own), &Library::empty()).unwrap_or_else(|found| panic!("{found}"));
    let text = "rubric: { id: r }\nemployee: { id: E-1, name: Ann }\nevaluators: [{ id: E-2, name: Bo }]\n\
                period: { from: 2025-08-25, to: 2026-06-12 }\nratings: { plans: has_not_met, counsels: has_not_met }\n";
    let scorecard = Evaluation::parse("e.yaml", text, &rubric).unwrap_or_else(|found| panic!("{found}")).score();
    let goals = serde_json::to_value(scorecard.goals()).unwrap();
    let [own, other] = goals["goals"].as_array().unwrap().as_slice() else { panic!("{goals}") };
    assert_eq!(
        [&own["statement"], &own["measure"], &own["activities"], &own["contact_hours"]],
        [
            &serde_json::json!("Ten plans of 1.1"),
            &"Ten of ten.".into(),
            &serde_json::json!(["Read five", "Write five"]),
            &4.5.into()
        ]
    );
    assert_eq!(other["statement"], "Practice will show: “Counsels.”");
    assert_eq!(own["due"], other["due"]);
}
