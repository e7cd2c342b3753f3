//! Texts that a rubric asks for beside the ratings: `narratives: [{ id: commendations, label: …, of: domain }]`.

#![cfg(all(feature = "render", feature = "cli"))]
#![allow(clippy::panic, clippy::unwrap_used, clippy::indexing_slicing, reason = "a test that cannot go on fails")]

mod support;

use appraise::diff::{self, Class};
use appraise::migrate::migrate;
use appraise::table::{self, Options};
use appraise::{
    Code, Error, Evaluation, Form, Format, Library, NarrativeOf, OrphanKind, Renderer, Rubric, Status, Type,
};
use serde_json::{Value, json};

fn text_of_rubric() -> String {
    support::read(support::project("tests/documents/rubrics/narrated.yaml"))
}

fn parsed(text: &str) -> Rubric {
    Rubric::parse("narrated.yaml", text, &Library::empty()).unwrap_or_else(|found| panic!("{found}"))
}

fn rubric() -> Rubric {
    parsed(&text_of_rubric())
}

/// The rubric with one change of its text.
fn changed(from: &str, to: &str) -> Rubric {
    let text = text_of_rubric();
    assert!(text.contains(from), "{from}");
    parsed(&text.replace(from, to))
}

#[test]
fn a_narrative_is_about_the_whole_or_about_each_domain_or_competency() {
    let rubric = rubric();
    let parts = |id: &str| rubric.narratives().iter().find(|narrative| narrative.id == id).unwrap().parts(&rubric);
    assert_eq!(parts("commendations"), [Some("planning"), Some("practice")]);
    // A domain that holds indicators directly counts as one competency.
    assert_eq!(parts("next_steps"), [Some("planning"), Some("groups"), Some("advice")]);
    assert_eq!(parts("plan"), [None]);
    let plan = &rubric.narratives()[2];
    assert_eq!((plan.of, plan.required), (NarrativeOf::Whole, true));
}

#[test]
fn a_rubric_is_written_back_with_its_narratives() {
    let rubric = rubric();
    for text in [rubric.to_yaml(), serde_json::to_string(&rubric).unwrap()] {
        let again = parsed(&text);
        assert_eq!((again.narratives(), again.fingerprint()), (rubric.narratives(), rubric.fingerprint()));
    }
}

#[test]
fn the_fingerprint_covers_narratives_and_leaves_out_defaults() {
    let plain = rubric();
    for (from, to) in [("label: Next steps", "label: Steps"), ("of: domain", "of: whole"), (", required: true", "")] {
        assert_ne!(changed(from, to).fingerprint(), plain.fingerprint(), "{to}");
    }
    for (from, to) in
        [("of: domain", "of: domain, required: false"), ("Plan for next year,", "Plan for next year, of: whole,")]
    {
        assert_eq!(changed(from, to).fingerprint(), plain.fingerprint(), "{to}");
    }
    let small = support::read(support::project("tests/documents/rubrics/small.yaml"));
    assert_eq!(parsed(&format!("{small}narratives: []\n")).fingerprint(), parsed(&small).fingerprint());
}

#[test]
fn the_narratives_of_an_overlay_replace_those_of_its_base() {
    let mut library = Library::empty();
    library.add(rubric());
    let head = "id: ours\nversion: 1.0.0\ntitle: Ours\nextends: narrated@1\n";
    let inherits = Rubric::parse("ours.yaml", head, &library).unwrap();
    assert_eq!(inherits.narratives(), rubric().narratives());
    let own = format!("{head}narratives: [{{ id: strengths, label: Strengths }}]\n");
    let own = Rubric::parse("ours.yaml", &own, &library).unwrap();
    assert_eq!(own.narratives().iter().map(|narrative| narrative.id.as_str()).collect::<Vec<_>>(), ["strengths"]);
}

/// A text of the old rubric, its replacement, and the changes: class, id and key.
type Compared = (&'static str, &'static str, &'static [(Class, &'static str, Option<&'static str>)]);

#[test]
fn a_comparison_tells_what_becomes_of_texts_already_written() {
    let cases: [Compared; 6] = [
        ("label: Next steps", "label: Steps", &[(Class::Wording, "next_steps", Some("label"))]),
        ("of: domain", "of: competency", &[(Class::Orphaned, "commendations", Some("of"))]),
        (", required: true", "", &[(Class::None, "plan", Some("required"))]),
        ("of: domain }", "of: domain, required: true }", &[(Class::Incomplete, "commendations", Some("required"))]),
        ("  - { id: plan, label: Plan for next year, required: true }\n", "", &[(Class::Orphaned, "plan", None)]),
        ("of: domain }\n", "of: domain }\n  - { id: growth, label: Growth }\n", &[(Class::None, "growth", None)]),
    ];
    for (from, to, expected) in cases {
        let difference = diff::compare(&rubric(), &changed(from, to));
        let found: Vec<_> =
            difference.changes.iter().map(|change| (change.class, change.id.as_str(), change.key.as_deref())).collect();
        assert_eq!(found, expected, "{to}");
    }
}

#[test]
fn a_comparison_tells_of_texts_about_a_part_that_is_gone_or_new() {
    let required = text_of_rubric().replace("of: domain }", "of: domain, required: true }");
    let (old, new) = (parsed(&required), parsed(&required.replace("id: planning", "id: calendars")));
    let difference = diff::compare(&old, &new);
    let parts = difference.changes.iter().filter(|change| change.key.as_deref() == Some("parts"));
    let parts: Vec<_> =
        parts.map(|change| (change.class, change.id.as_str(), change.old.as_deref(), change.new.as_deref())).collect();
    let expected = [
        (Class::Orphaned, "commendations", Some("planning"), None),
        (Class::Incomplete, "commendations", None, Some("calendars")),
        (Class::Orphaned, "next_steps", Some("planning"), None),
    ];
    assert_eq!(parts, expected);
}

const HEAD: &str = "rubric: { id: narrated }
employee: { id: E-1042, name: Jordan Rivera }
evaluators: [{ id: E-0007, name: Priya Shah }]
period: { from: 2025-08-25, to: 2026-06-12 }
";

const RATED: &str = "ratings: { plans: has_met, circles: has_met, teams: has_met }
narratives:
  commendations: { planning: \"Every plan was ready in August.\", practice: \"Calm circles.\" }
  next_steps: { groups: \"Lead a circle for parents.\" }
  plan: \"Lead the crisis team.\"
";

fn evaluation() -> Evaluation {
    Evaluation::parse("e.yaml", &format!("{HEAD}status: final\n{RATED}"), &rubric())
        .unwrap_or_else(|found| panic!("{found}"))
}

#[test]
fn an_evaluation_is_written_back_with_its_texts_and_without_blank_places() {
    let evaluation = evaluation();
    for text in [evaluation.to_yaml(), serde_json::to_string(&evaluation).unwrap()] {
        let again = Evaluation::parse("again.yaml", &text, evaluation.rubric()).unwrap();
        assert_eq!(again.fingerprint(), evaluation.fingerprint());
        assert_eq!(again.narratives().collect::<Vec<_>>(), evaluation.narratives().collect::<Vec<_>>());
    }
    let blank = RATED
        .replace("plan: \"Lead", "# a comment\n  plan: \"Lead")
        .replace("groups:", "advice: , planning: , groups:");
    let with_places = Evaluation::parse("e.yaml", &format!("{HEAD}status: final\n{blank}"), &rubric()).unwrap();
    assert_eq!(with_places.fingerprint(), evaluation.fingerprint());
    assert!(!with_places.to_yaml().contains("advice"));
}

#[test]
fn a_text_set_in_code_is_as_one_that_was_read() {
    let mut evaluation = evaluation();
    let before = evaluation.to_yaml();
    evaluation.set_narrative("next_steps", Some("advice"), Some("Meet weekly.")).unwrap();
    assert_eq!((evaluation.status(), evaluation.narratives().count()), (Status::Draft, 5));
    evaluation.set_narrative("next_steps", Some("advice"), None).unwrap();
    let mut finished = evaluation.clone();
    finished.finish("2026-06-01", "E-0007").unwrap();
    assert!(matches!(finished.set_narrative("plan", None, None), Err(Error::Sealed)));
    let written = finished.to_yaml().replace("completed_on: 2026-06-01\n", "");
    assert!(written.contains("advice") == before.contains("advice") && written.contains("seal:"), "{written}");
    let refused = [
        evaluation.set_narrative("commendation", None, Some("Calm.")).unwrap_err(),
        evaluation.set_narrative("next_steps", Some("practice"), Some("Calm.")).unwrap_err(),
        evaluation.set_narrative("plan", Some("planning"), Some("Calm.")).unwrap_err(),
        evaluation.set_narrative("plan", None, Some(" ")).unwrap_err(),
    ];
    let codes = refused.iter().map(|error| match error {
        Error::Refused { finding } => finding.code,
        other => panic!("{other}"),
    });
    assert_eq!(
        codes.collect::<Vec<_>>(),
        [Code::UnknownNarrative, Code::UnknownNode, Code::WrongType, Code::BlankText]
    );
    evaluation.set_narrative("plan", None, None).unwrap();
    let found = evaluation.finish("2026-06-01", "E-0007").unwrap_err();
    assert_eq!(found.iter().map(|finding| finding.code).collect::<Vec<_>>(), [Code::MissingNarrative]);
}

#[test]
fn evaluations_of_parts_are_combined_with_the_texts_of_both() {
    let part = |scope: &str, by: &str, rest: &str| format!("{}scope: [{scope}]\n{rest}", HEAD.replace("E-0007", by));
    let planning = part(
        "planning",
        "E-0007",
        "ratings: { plans: has_met }\nnarratives: { commendations: { planning: Ready. }, plan: Lead. }\n",
    );
    let practice =
        "ratings: { circles: has_met, teams: has_met }\nnarratives: { commendations: { practice: Calm. } }\n";
    let combined = |other: &str| {
        Evaluation::combine(&[("a.yaml", &planning), ("b.yaml", &part("practice", "E-0008", other))], &rubric())
    };
    let (joined, found) = combined(practice);
    let joined = joined.unwrap_or_else(|| panic!("{found:?}"));
    assert_eq!(joined.narrative("commendations", Some("planning")), Some("Ready."));
    assert_eq!(joined.narrative("commendations", Some("practice")), Some("Calm."));
    assert_eq!(joined.narrative("plan", None), Some("Lead."));
    let (joined, _) = combined(&practice.replace("Calm. } }", "Calm. }, plan: Lead. }"));
    assert_eq!(joined.unwrap().narrative("plan", None), Some("Lead."));
    let (joined, found) = combined(&practice.replace("Calm. } }", "Calm. }, plan: Rest. }"));
    assert!(joined.is_none());
    let conflict = found[1].iter().find(|finding| finding.code == Code::ConflictingValue).unwrap();
    assert_eq!(conflict.message, "the narrative `plan` differs from that in a.yaml");
    // A part needs no text about the whole; the whole does.
    let (joined, _) = Evaluation::combine(
        &[
            ("a.yaml", &planning.replace(", plan: Lead.", "").replace("scope", "status: final\nscope")),
            ("b.yaml", &part("practice", "E-0008", practice).replace("scope", "status: final\nscope")),
        ],
        &rubric(),
    );
    assert!(joined.is_none());
}

/// A text without a place: its narrative, the part that it is about, the words of the part, and the text.
type Left<'a> = (&'a str, Option<&'a str>, Option<&'a str>, Option<&'a str>);

/// The texts that a migration left without a place.
fn orphaned(evaluation: &Evaluation) -> Vec<Left<'_>> {
    let orphans = evaluation.orphaned().iter();
    orphans
        .map(|orphan| {
            assert_eq!(orphan.kind, OrphanKind::Narrative);
            (orphan.id.as_str(), orphan.about.as_deref(), orphan.given_for.title.as_deref(), orphan.text.as_deref())
        })
        .collect()
}

#[test]
fn a_text_without_a_place_in_the_new_rubric_is_kept_printed_and_comes_home() {
    let old = rubric();
    let document = evaluation().to_yaml();
    let newer = |edits: &[(&str, &str)]| {
        let mut text = text_of_rubric().replace("version: 1.0.0", "version: 2.0.0");
        for (from, to) in edits {
            assert!(text.contains(from), "{from}");
            text = text.replace(from, to);
        }
        parsed(&text)
    };
    let without_plan = newer(&[("  - { id: plan, label: Plan for next year, required: true }\n", "")]);
    let of_whole = newer(&[("Commendations, of: domain", "Commendations")]);
    let planning = "  - { id: planning, title: Planning, indicators: [{ id: plans, statement: Writes plans. }] }\n";
    let moved = newer(&[
        (planning, ""),
        (
            "indicators: [{ id: circles, statement: Leads circles. }]",
            "indicators: [{ id: circles, statement: Leads circles. }, { id: plans, statement: Writes plans. }]",
        ),
    ]);
    for (new, expected) in [
        (&without_plan, vec![("plan", None, None, Some("Lead the crisis team."))]),
        (
            &of_whole,
            vec![
                ("commendations", Some("planning"), Some("Planning"), Some("Every plan was ready in August.")),
                ("commendations", Some("practice"), Some("Practice"), Some("Calm circles.")),
            ],
        ),
        (&moved, vec![("commendations", Some("planning"), Some("Planning"), Some("Every plan was ready in August."))]),
    ] {
        let migrated = migrate("e.yaml", &document, new, Some(&old)).unwrap_or_else(|found| panic!("{found}"));
        assert_eq!(orphaned(&migrated.evaluation), expected);
        let written = migrated.evaluation.narratives().count();
        assert_eq!(written + expected.len(), 4);
        for format in [Format::Markdown, Format::Html] {
            let report = Renderer::new().report(&migrated.evaluation.score(), format).unwrap();
            assert!(expected.iter().all(|(.., text)| report.contains(text.unwrap())), "{report}");
        }
        // The next version has the place again.
        let again = newer(&[("version: 2.0.0", "version: 3.0.0")]);
        let home = migrate("e.yaml", &migrated.evaluation.to_yaml(), &again, Some(new)).unwrap();
        assert_eq!((home.evaluation.narratives().count(), home.evaluation.orphaned().len()), (4, 0));
        assert_eq!(home.changes.came_home.len(), expected.len());
    }
}

#[test]
fn an_evaluation_of_a_part_keeps_its_texts_when_the_part_moves_away() {
    let old = rubric();
    let document = format!(
        "{HEAD}scope: [practice]\nratings: {{ circles: has_met, teams: has_met }}\nnarratives: {{ next_steps: {{ groups: Invite parents. }} }}\n"
    );
    // The new group holds another indicator; the one that was rated lies in the other.
    let new = text_of_rubric()
        .replace("version: 1.0.0", "version: 2.0.0")
        .replace("{ id: circles, statement: Leads circles. }", "{ id: clubs, statement: Leads clubs. }")
        .replace("[{ id: teams,", "[{ id: circles, statement: Leads circles. }, { id: teams,");
    let migrated = migrate("e.yaml", &document, &parsed(&new), Some(&old)).unwrap();
    assert_eq!(migrated.evaluation.narrative("next_steps", Some("groups")), Some("Invite parents."));
}

#[test]
fn a_report_prints_each_text_beside_its_part_and_that_of_the_whole_after_the_summary() {
    let scorecard = evaluation().score();
    let report = Renderer::new().report(&scorecard, Format::Markdown).unwrap();
    let at = |text: &str| report.find(text).unwrap_or_else(|| panic!("{text} in\n{report}"));
    let order = [
        at("### 1 Planning"),
        at("Every plan was ready in August."),
        at("### 2 Practice"),
        at("#### Groups (2.1)"),
        at("Lead a circle for parents."),
        at("#### Advice (2.2)"),
        at("Calm circles."),
        at("## Plan for next year"),
        at("Lead the crisis team."),
    ];
    assert!(order.is_sorted(), "{order:?}\n{report}");
    let html = Renderer::new().report(&scorecard, Format::Html).unwrap();
    let at = |text: &str| html.find(text).unwrap_or_else(|| panic!("{text} in\n{html}"));
    let order = [
        at("Every plan was ready in August."),
        at("Lead a circle for parents."),
        at("Calm circles."),
        at("Lead the crisis team."),
    ];
    assert!(order.is_sorted(), "{order:?}");
    let hostile = RATED.replace("Calm circles.", "<b>Calm</b> & kind");
    let hostile = Evaluation::parse("e.yaml", &format!("{HEAD}{hostile}"), &rubric()).unwrap();
    let html = Renderer::new().report(&hostile.score(), Format::Html).unwrap();
    assert!(html.contains("&lt;b&gt;Calm") && !html.contains("<b>Calm"), "{html}");
}

#[test]
fn a_scorecard_in_json_has_the_texts() {
    let scorecard = serde_json::to_value(evaluation().score()).unwrap();
    let texts = scorecard["narratives"].as_array().unwrap();
    assert_eq!(texts.len(), 4);
    let of_groups =
        json!({ "id": "next_steps", "label": "Next steps", "about": "groups", "text": "Lead a circle for parents." });
    assert_eq!(texts[2], of_groups);
    assert_eq!(texts[3]["about"], Value::Null);
    let without = Evaluation::parse("e.yaml", &format!("{HEAD}ratings: {{}}\n"), &rubric()).unwrap();
    assert!(serde_json::to_value(without.score()).unwrap().get("narratives").is_none());
}

#[test]
fn a_form_asks_for_each_text_beside_its_part() {
    let rubric = rubric();
    let page = Renderer::new().form(&Form::new(&rubric), Format::Html).unwrap();
    for key in ["commendations.planning", "commendations.practice", "next_steps.planning", "next_steps.groups", "plan"]
    {
        assert_eq!(page.matches(&format!("data-key=\"narratives.{key}\"")).count(), 1, "{key}");
    }
    assert!(page.contains("data-key=\"narratives.plan\" rows=\"2\" dir=\"auto\" data-final>"), "{page}");
    let sheet = Renderer::new().form(&Form::of(&evaluation()), Format::Markdown).unwrap();
    assert!(sheet.contains("**Commendations, Planning**: Every plan was ready in August."), "{sheet}");
    assert!(sheet.contains("**Plan for next year** (required): Lead the crisis team."), "{sheet}");
    let part = Form::of(&evaluation()).scope(["groups"]).unwrap();
    let page = Renderer::new().form(&part, Format::Html).unwrap();
    // The domain that the part lies in is on the form, the other is not; and a part needs no text about the whole.
    assert!(page.contains("narratives.commendations.practice") && !page.contains("Every plan was ready in August."));
    let sheet = Renderer::new().form(&part, Format::Markdown).unwrap();
    assert!(sheet.contains("**Plan for next year**: Lead"), "{sheet}");
}

#[test]
fn a_form_in_yaml_is_an_evaluation_with_a_place_for_each_text() {
    let rubric = rubric();
    let blank = Form::new(&rubric).yaml();
    let of_blank = Evaluation::check("form.yaml", &blank, &rubric);
    assert!(of_blank.value.is_some(), "{}", of_blank.diagnostics);
    assert!(blank.contains("  # Plan for next year (required)\n  plan:\n"), "{blank}");
    assert!(blank.contains("    # 2.1 Groups\n    groups:\n"), "{blank}");
    let filled = Form::of(&evaluation()).yaml();
    let again = Evaluation::parse("form.yaml", &filled, &rubric).unwrap_or_else(|found| panic!("{found}"));
    assert_eq!(again.fingerprint(), evaluation().fingerprint());
}

#[test]
fn a_forms_schema_takes_texts_where_the_check_does_and_wants_the_required_ones() {
    let rubric = rubric();
    let schema: Value = serde_json::from_str(&Form::new(&rubric).json_schema()).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let sound = serde_json::to_value(evaluation()).unwrap();
    assert!(
        validator.is_valid(&sound),
        "{:?}",
        validator.iter_errors(&sound).map(|error| error.to_string()).collect::<Vec<_>>()
    );
    type Edit = fn(&mut Value);
    let cases: [(&str, Edit); 5] = [
        ("the required text is missing", |value| _ = value["narratives"].as_object_mut().unwrap().remove("plan")),
        ("one text where each domain has its own", |value| value["narratives"]["commendations"] = "Calm.".into()),
        ("a domain where each competency has its own", |value| {
            value["narratives"]["next_steps"]["practice"] = "Calm.".into();
        }),
        ("a blank text", |value| value["narratives"]["plan"] = " ".into()),
        ("a narrative that nobody asks for", |value| value["narratives"]["growth"] = "Calm.".into()),
    ];
    for (case, change) in cases {
        let mut value = sound.clone();
        change(&mut value);
        assert!(!validator.is_valid(&value), "{case}");
        assert!(Evaluation::check("e.json", &value.to_string(), &rubric).diagnostics.has_errors(), "{case}");
    }
    let mut draft = sound;
    draft["status"] = "draft".into();
    draft["narratives"].as_object_mut().unwrap().remove("plan");
    assert!(validator.is_valid(&draft));
    let ui: Value = serde_json::from_str(&Form::new(&rubric).ui_schema()).unwrap();
    assert_eq!(ui["narratives"]["next_steps"]["groups"]["ui:widget"], "textarea");
}

#[test]
fn a_self_evaluation_begins_without_the_evaluators_texts_and_holds_its_own() {
    let own = Form::of(&evaluation()).kind(Type::SelfEvaluation).yaml();
    assert!(!own.contains("Calm circles.") && own.contains("narratives:"), "{own}");
    let next = Form::after(&evaluation()).yaml();
    assert!(!next.contains("Calm circles."), "{next}");
}

#[test]
fn a_narrative_that_every_domain_needs_is_missing_for_those_in_scope() {
    let rubric = parsed(&support::read(support::project("tests/documents/rubrics/narrative_per_domain.yaml")));
    let head = HEAD.replace("narrated", "narrative_per_domain");
    let found = |rest: &str| -> Vec<String> {
        let found = Evaluation::check("e.yaml", &format!("{head}{rest}"), &rubric).diagnostics;
        found.iter().map(|finding| format!("{}: {}", finding.severity, finding.message)).collect()
    };
    let missing = "“Narrative” is missing for";
    assert_eq!(found("ratings: { a: has_met }"), [""; 0], "a draft that is not rated yet is not asked for it");
    assert_eq!(found("ratings: { a: has_met, b: has_met }"), [format!("warning: {missing} `d1`, `d2`")]);
    let one = "ratings: { a: has_met, b: has_met }\nnarratives: { narrative: { d1: Plans well. } }\n";
    assert_eq!(found(&format!("status: final\n{one}")), [format!("error: {missing} `d2`")]);
    assert_eq!(found(&format!("scope: [d1]\n{}", one.replace(", b: has_met", ""))), [""; 0]);
    let accepted = format!("{one}allow: [{{ code: missing-narrative, at: narrative, because: Written in June. }}]\n");
    assert_eq!(found(&accepted), [""; 0]);
}

#[test]
fn a_table_takes_over_the_narratives_of_the_rubric_that_it_is_written_for() {
    let mut options = Options::default();
    options.from = Some(rubric());
    let again = table::import("narrated.csv", &table::export(&rubric()), &options).ok();
    let again = parsed(&again.unwrap_or_else(|found| panic!("{found}")));
    assert_eq!((again.narratives(), again.fingerprint()), (rubric().narratives(), rubric().fingerprint()));
}
