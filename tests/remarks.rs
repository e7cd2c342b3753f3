//! Texts of an indicator before it has a level: accepted in a draft, kept and printed everywhere, counted nowhere.

#![cfg(feature = "render")]
#![allow(clippy::panic, clippy::unwrap_used, clippy::indexing_slicing, reason = "a test that cannot go on fails")]

mod support;

use appraise::migrate::migrate;
use appraise::{Checked, Code, Evaluation, Form, Format, Library, OrphanKind, Renderer, Rubric};
use serde_json::{Value, json};

const HEAD: &str = "
rubric: { id: small }
employee: { id: E-1, name: Ann }
evaluators: [{ id: E-2, name: Bo }]
period: { from: 2025-08-25, to: 2026-06-12 }
";
const RATINGS: &str = "
ratings:
  plans: { comment: Three plans were late. }
  counsels: has_met
  budget: { level: null, by: E-2, evidence: [{ date: 2025-10-01, kind: records, note: The list of October. }] }
  space: { level: , comment: \"\", evidence: [] }
";

fn evaluation(ratings: &str) -> Evaluation {
    let Checked { value: evaluation, diagnostics: found } =
        support::library().check("e.yaml", &format!("{HEAD}{ratings}"));
    evaluation.unwrap_or_else(|| panic!("{found}"))
}

fn again(evaluation: &Evaluation, text: &str) -> Evaluation {
    Evaluation::parse("again", text, evaluation.rubric()).unwrap_or_else(|found| panic!("{found}"))
}

#[test]
fn a_comment_before_a_level_is_kept_in_json_and_yaml_and_part_of_the_fingerprint() {
    let evaluation = evaluation(RATINGS);
    let json = serde_json::to_value(&evaluation).unwrap();
    let wanted = json!({
        "plans": { "comment": "Three plans were late." },
        "counsels": "has_met",
        "budget": { "by": "E-2", "evidence": [{ "date": "2025-10-01", "kind": "records", "note": "The list of October." }] },
    });
    assert_eq!(json["ratings"], wanted);
    for text in [json.to_string(), evaluation.to_yaml()] {
        let again = again(&evaluation, &text);
        assert_eq!(serde_json::to_value(&again).unwrap(), json);
        assert_eq!(again.fingerprint(), evaluation.fingerprint());
    }
    let other = self::evaluation(&RATINGS.replace("Three", "Four"));
    assert_ne!(other.fingerprint(), evaluation.fingerprint());
}

#[test]
fn a_comment_before_a_level_counts_as_unrated_and_is_in_the_scorecard() {
    let scorecard = evaluation(RATINGS).score();
    let overall = scorecard.overall();
    assert_eq!((overall.rated, overall.unrated), (1, 3));
    assert!(!scorecard.is_complete());
    let json = serde_json::to_value(&scorecard).unwrap();
    assert_eq!(json["unrated"], json!(["plans", "budget", "space"]));
    let plans = &json["domains"][0]["ratings"][0];
    assert_eq!((&plans["level"], &plans["label"]), (&Value::Null, &Value::Null));
    assert_eq!(plans["comment"], "Three plans were late.");
    let budget = &json["domains"][1]["competencies"][0]["ratings"][0];
    assert_eq!((&budget["level"], &budget["by"]), (&Value::Null, &json!("E-2")));
    assert_eq!(budget["evidence"][0]["note"], "The list of October.");
    assert!(scorecard.goals().goals.iter().all(|goal| goal.indicator == "counsels"), "only a rating calls for a goal");
}

#[test]
fn a_report_prints_comments_before_a_level_under_not_rated_yet() {
    let scorecard = evaluation(RATINGS).score();
    for format in [Format::Html, Format::Markdown] {
        let report = Renderer::new().report(&scorecard, format).unwrap();
        let (_, after) = report.split_once("Not rated yet</h2>").or(report.split_once("## Not rated yet")).unwrap();
        assert_eq!(after.matches("commented on").count(), 2, "{after}");
        assert_eq!(after.matches("Three plans were late.").count(), 1);
        assert_eq!(after.matches("The list of October.").count(), 1);
    }
}

#[test]
fn a_form_begins_with_comments_before_a_level_and_shows_those_of_others() {
    let evaluation = evaluation(RATINGS);
    let pages = |form: &Form| {
        let page = |format| Renderer::new().form(form, format).unwrap();
        [page(Format::Html), page(Format::Markdown), form.yaml()]
    };
    for page in pages(&Form::of(&evaluation)) {
        for text in ["Three plans were late.", "The list of October."] {
            assert!(page.contains(text), "{page}");
        }
    }
    let yaml = Form::of(&evaluation).yaml();
    assert_eq!(again(&evaluation, &yaml).fingerprint(), evaluation.fingerprint());
    for page in pages(&Form::new(evaluation.rubric()).beside(&evaluation)) {
        assert!(page.contains("Three plans were late.") && page.contains("Not rated yet"), "{page}");
    }
}

#[test]
fn joined_parts_keep_comments_before_a_level_with_who_wrote_them() {
    let rubric = support::library().get("small").unwrap();
    let part = |scope: &str, by: &str, ratings: &str| {
        format!("{}\nscope: [{scope}]\nratings: {ratings}", HEAD.replace("E-2, name: Bo", by))
    };
    let first = part("practice", "E-2, name: Bo", "{ plans: { comment: Three plans were late. } }");
    let second = part("program", "E-3, name: Cy", "{ space: { evidence: [{ note: The room. }] } }");
    let (joined, found) = Evaluation::combine(&[("first", &first), ("second", &second)], &rubric);
    let json = serde_json::to_value(joined.unwrap_or_else(|| panic!("{found:?}"))).unwrap();
    let wanted = json!({
        "plans": { "by": "E-2", "comment": "Three plans were late." },
        "space": { "by": "E-3", "evidence": [{ "note": "The room." }] },
    });
    assert_eq!(json["ratings"], wanted);
}

fn rubric(version: &str, indicators: &str) -> Rubric {
    let text = format!(
        "{{ id: r, version: {version}, title: R, domains: [{{ id: d, title: D, indicators: [{indicators}] }}] }}"
    );
    Rubric::parse("r.yaml", &text, &Library::empty()).unwrap_or_else(|found| panic!("{found}"))
}

#[test]
fn a_comment_before_a_level_is_migrated_orphaned_and_brought_home() {
    let (plans, reports) = ("{ id: plans, statement: Plans. }", "{ id: reports, statement: Reports. }");
    let old = rubric("1.0.0", &format!("{plans}, {reports}"));
    let (new, back) = (rubric("2.0.0", plans), rubric("3.0.0", &format!("{plans}, {reports}")));
    let text = format!(
        "{}\nratings: {{ plans: {{ comment: Late. }}, reports: {{ comment: On time. }} }}",
        HEAD.replace("{ id: small }", "{ id: r, version: 1.0.0 }")
    );
    let migrated = migrate("e.yaml", &text, &new, Some(&old)).unwrap_or_else(|found| panic!("{found}"));
    let [orphan] = migrated.evaluation.orphaned() else { panic!("one has no home") };
    assert_eq!((orphan.kind, orphan.level.as_deref()), (OrphanKind::Rating, None));
    assert_eq!(orphan.comment.as_deref(), Some("On time."));
    let remark = migrated.evaluation.remark(new.indicator("plans").unwrap());
    assert_eq!(remark.unwrap().comment.as_deref(), Some("Late."));
    for format in [Format::Html, Format::Markdown] {
        let report = Renderer::new().report(&migrated.evaluation.score(), format).unwrap();
        assert!(report.contains("On time.") && report.contains("Late."), "{report}");
    }
    let text = serde_json::to_string(&migrated.evaluation).unwrap();
    let home = migrate("e.json", &text, &back, Some(&new)).unwrap_or_else(|found| panic!("{found}"));
    assert!(home.evaluation.orphaned().is_empty());
    let remark = home.evaluation.remark(back.indicator("reports").unwrap());
    assert_eq!(remark.unwrap().comment.as_deref(), Some("On time."));
}

const SAVED_EARLIER: &str = r#"{
    "rubric": { "id": "small" }, "employee": { "id": "E-1", "name": "Ann" }, "evaluators": [{ "id": "E-2", "name": "Bo" }],
    "period": { "from": "2025-08-25", "to": "2026-06-12" }, "not_assigned": { "space": "Has no room." },
    "ratings": { "counsels": "has_met", "budget": null },
    "extra": { "ticket": 12, "form_entries": {
        "plans": { "comment": "Three plans were late." },
        "budget": { "evidence": [{ "date": "2025-10-01", "note": "The list of October." }] },
        "counsels": { "comment": "Beside a rating." },
        "space": { "level": "has_met", "comment": "Before it was not assigned." },
        "gone": { "comment": "Of no indicator." } } } }"#;

#[test]
fn texts_that_an_earlier_form_kept_under_extra_are_read_among_the_ratings() {
    let Checked { value: evaluation, diagnostics: found } = support::library().check("e.json", SAVED_EARLIER);
    let evaluation = evaluation.unwrap_or_else(|| panic!("{found}"));
    let json = serde_json::to_value(&evaluation).unwrap();
    let wanted = json!({
        "plans": { "comment": "Three plans were late." },
        "counsels": "has_met",
        "budget": { "evidence": [{ "date": "2025-10-01", "note": "The list of October." }] },
    });
    assert_eq!(json["ratings"], wanted);
    // An entry that cannot stand there, or has a rating, stays.
    let kept: Vec<&String> = json["extra"]["form_entries"].as_object().unwrap().keys().collect();
    assert_eq!(
        (kept, &json["extra"]["ticket"]),
        (vec![&"counsels".to_owned(), &"gone".to_owned(), &"space".to_owned()], &json!(12))
    );
    for format in [Format::Html, Format::Markdown] {
        let report = Renderer::new().report(&evaluation.score(), format).unwrap();
        for words in ["Three plans were late.", "The list of October.", "Set aside by a form"] {
            assert!(report.contains(words), "{report}");
        }
        // Entries that were set aside are printed too, and counted nowhere.
        for words in ["Beside a rating.", "Before it was not assigned.", "Of no indicator."] {
            assert_eq!(report.matches(words).count(), 1, "{report}");
        }
    }
    assert_eq!(evaluation.score().overall().rated, 1);
}

#[test]
fn form_entries_that_a_check_would_refuse_stay_under_extra() {
    let library = support::library();
    for (written, faulty) in [
        ("2025-10-01", "in October"),
        ("\"note\": \"The list of October.\"", "\"note\": \" \""),
        ("\"date\"", "\"day\""),
    ] {
        let Checked { value: evaluation, diagnostics: found } =
            library.check("e.json", &SAVED_EARLIER.replace(written, faulty));
        let json = serde_json::to_value(evaluation.unwrap_or_else(|| panic!("{faulty}: {found}"))).unwrap();
        assert!(json["extra"]["form_entries"]["budget"].is_object(), "{faulty}");
    }
}

#[test]
fn a_final_evaluation_with_a_comment_in_place_of_a_level_is_incomplete() {
    for (ratings, is_complete) in [
        (RATINGS, false),
        ("ratings: { plans: { comment: x }, counsels: has_met, budget: has_met, space: has_met }", false),
    ] {
        let text = format!("{HEAD}status: final\n{ratings}");
        let Checked { value: evaluation, diagnostics: found } = support::library().check("e.yaml", &text);
        assert_eq!(evaluation.is_some(), is_complete);
        assert!(found.iter().any(|finding| finding.code == Code::Incomplete), "{found}");
    }
}
