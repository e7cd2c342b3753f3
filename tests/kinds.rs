//! Kinds of evaluation of a rubric's own: `kinds: [{ id: focused, label: … }]`.

#![cfg(all(feature = "render", feature = "cli"))]
#![allow(clippy::panic, clippy::unwrap_used, clippy::indexing_slicing, reason = "a test that cannot go on fails")]

mod support;

use std::path::Path;
use std::process::Command;

use appraise::diff::Class;
use appraise::migrate::migrate;
use appraise::{Code, Evaluation, Form, Format, Library, OrphanKind, Renderer, Rubric, Type};
use serde_json::Value;

fn text_of_rubric() -> String {
    support::read(support::project("tests/documents/rubrics/focused.yaml"))
}

fn parsed(text: &str) -> Rubric {
    Rubric::parse("focused.yaml", text, &Library::empty()).unwrap_or_else(|found| panic!("{found}"))
}

fn document(kind: &str) -> String {
    format!(
        "rubric: {{ id: focused }}\ntype: {kind}\nemployee: {{ id: E-1, name: Pat Doe }}\n\
         evaluators: [{{ id: E-2, name: Sam Roe }}]\nperiod: {{ from: 2025-08-25, to: 2026-06-12 }}\n\
         status: final\nratings: {{ plans: has_met, growth: exceeds_expectations, notes: has_met }}\n"
    )
}

fn evaluation() -> Evaluation {
    Evaluation::parse("e.yaml", &document("focused"), &parsed(&text_of_rubric())).unwrap()
}

fn appraise(folder: &Path, arguments: &[&str]) -> (i32, String, String) {
    let run = Command::new(env!("CARGO_BIN_EXE_appraise"))
        .args(arguments)
        .current_dir(folder)
        .env("NO_COLOR", "1")
        .output()
        .unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (run.status.code().unwrap(), text(run.stdout), text(run.stderr))
}

#[test]
fn an_evaluation_of_an_own_kind_has_its_label_and_is_written_back_with_its_id() {
    let evaluation = evaluation();
    let Type::Own(kind) = evaluation.kind() else { panic!("{:?}", evaluation.kind()) };
    assert_eq!((kind.id.as_str(), kind.label.as_str()), ("focused", "Focused evaluation"));
    assert_eq!(kind.note.as_deref(), Some("One criterion."));
    assert!(evaluation.kind().is_of_record() && !Type::Interim.is_of_record());
    let json = serde_json::to_string(&evaluation).unwrap();
    for text in [evaluation.to_yaml(), json] {
        let again = Evaluation::parse("again.yaml", &text, evaluation.rubric()).unwrap();
        assert_eq!((again.kind(), again.fingerprint()), (evaluation.kind(), evaluation.fingerprint()));
    }
    let scorecard: Value = serde_json::to_value(evaluation.score()).unwrap();
    assert_eq!((&scorecard["type"], &scorecard["type_label"]), (&"focused".into(), &"Focused evaluation".into()));
    let renderer = Renderer::new();
    for format in [Format::Html, Format::Markdown] {
        assert!(renderer.report(&evaluation.score(), format).unwrap().contains("Focused evaluation"));
    }
}

#[test]
fn a_form_offers_every_kind_of_the_rubric() {
    let rubric = parsed(&text_of_rubric());
    let form = Form::new(&rubric).kind(rubric.type_of("focused").unwrap());
    let page = Renderer::new().form(&form, Format::Html).unwrap();
    assert!(page.contains(r#"<option value="focused" selected>Focused evaluation</option>"#), "{page}");
    assert!(page.contains(r#"<option value="comprehensive">Comprehensive evaluation</option>"#));
    assert!(page.contains(r#"<span id="kind">Focused evaluation</span>"#));
    assert!(Renderer::new().form(&form, Format::Markdown).unwrap().contains("# Focused evaluation: Two kinds"));
    let yaml = form.yaml();
    assert!(yaml.contains("type: focused\n") && yaml.contains("#   focused: Focused evaluation. One criterion.\n"));
    let schema: Value = serde_json::from_str(&form.json_schema()).unwrap();
    let types = schema["properties"]["type"]["enum"].as_array().unwrap();
    assert_eq!(*types, ["formal", "interim", "self", "comprehensive", "focused"]);
    assert_eq!(schema["properties"]["type"]["default"], "focused");
}

#[test]
fn the_command_for_forms_takes_a_kind_and_refuses_one_that_the_rubric_does_not_have() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("focused.yaml"), text_of_rubric()).unwrap();
    let form = |kind| appraise(folder.path(), &["form", "focused.yaml", "--type", kind, "--format", "yaml"]);
    assert!(form("focused").1.contains("type: focused\n"));
    let (status, _, errors) = form("focussed");
    assert!(
        status == 2 && errors.contains("its kinds are `formal`, `interim`, `self`, `comprehensive`, `focused`"),
        "{errors}"
    );
}

#[test]
fn a_summary_counts_own_kinds_like_formal_evaluations_and_one_kind_on_request() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
    write("focused.yaml", &text_of_rubric());
    for (number, kind) in ["focused", "comprehensive", "formal", "interim"].into_iter().enumerate() {
        write(&format!("e{number}.yaml"), &document(kind).replace("E-1", &format!("E-1{number}")));
    }
    let counted = |more: &[&str]| {
        let all =
            ["summarize", "e0.yaml", "e1.yaml", "e2.yaml", "e3.yaml", "--rubric", "focused.yaml", "--threshold", "0"];
        let (status, _, errors) = appraise(folder.path(), &[&all[..], more].concat());
        (status, errors.lines().next().unwrap_or_default().to_owned())
    };
    assert!(counted(&[]).1.contains("3 evaluations counted"), "{:?}", counted(&[]));
    assert!(counted(&["--type", "focused"]).1.contains("1 evaluation counted"));
    assert!(counted(&["--type", "formal"]).1.contains("1 evaluation counted"));
    let (status, errors) = counted(&["--type", "focussed"]);
    assert!(status == 2 && errors.contains("no rubric of these evaluations has the type `focussed`"), "{errors}");
}

#[test]
fn a_kind_that_the_new_rubric_lacks_is_kept_and_comes_home() {
    let old = parsed(&text_of_rubric());
    let new = text_of_rubric().replace("version: 1.0.0", "version: 2.0.0");
    let without = parsed(&new.replace("  - { id: focused, label: Focused evaluation, note: One criterion. }\n", ""));
    let migrated = migrate("e.yaml", &document("focused"), &without, Some(&old)).unwrap();
    let [orphan] = migrated.evaluation.orphaned() else { panic!("{:?}", migrated.evaluation.orphaned()) };
    assert_eq!(
        (orphan.kind, orphan.id.as_str(), orphan.label.as_deref()),
        (OrphanKind::Type, "focused", Some("Focused evaluation"))
    );
    assert_eq!(migrated.evaluation.kind(), &Type::Formal);
    let report = Renderer::new().report(&migrated.evaluation.score(), Format::Markdown).unwrap();
    assert!(report.contains("Kind of evaluation") && report.contains("Focused evaluation"), "{report}");
    let again = parsed(&new.replace("2.0.0", "3.0.0"));
    let home = migrate("e.yaml", &migrated.evaluation.to_yaml(), &again, Some(&without)).unwrap();
    assert_eq!((home.evaluation.kind().id(), home.evaluation.orphaned().len()), ("focused", 0));
}

#[test]
fn a_comparison_tells_of_kinds_and_the_fingerprint_covers_all_but_their_notes() {
    let text = text_of_rubric();
    let compare = |new: &str| {
        let (old, new) = (parsed(&text), parsed(new));
        let difference = appraise::diff::compare(&old, &new);
        let changes: Vec<String> = difference
            .changes
            .iter()
            .map(|change| format!("{} {} {} {:?}", change.class, change.what, change.id, change.key))
            .collect();
        (changes, old.fingerprint() == new.fingerprint())
    };
    let (changes, is_same) = compare(&text.replace("One criterion.", "One criterion and its growth."));
    assert_eq!((changes, is_same), (vec![r#"none kind focused Some("note")"#.to_owned()], true));
    let (changes, is_same) = compare(&text.replace("Focused evaluation", "Focus year"));
    assert_eq!((changes, is_same), (vec![r#"none kind focused Some("label")"#.to_owned()], false));
    let (changes, is_same) = compare(&text.replace("id: comprehensive", "id: whole"));
    assert_eq!(
        (changes, is_same),
        (vec!["none kind whole None".to_owned(), "orphaned kind comprehensive None".to_owned()], false)
    );
    assert_eq!(Class::Orphaned.as_str(), "orphaned");
    let small = support::read(support::project("tests/documents/rubrics/small.yaml"));
    let with_none = format!("{small}kinds: []\n");
    let fingerprint =
        |text: &str| Rubric::parse("small.yaml", text, &support::library()).unwrap().fingerprint().to_owned();
    assert_eq!(fingerprint(&small), fingerprint(&with_none));
}

#[test]
fn the_kinds_of_an_overlay_replace_those_of_its_base() {
    let mut library = Library::empty();
    library.add(parsed(&text_of_rubric()));
    let overlay =
        "id: ours\nversion: 1.0.0\ntitle: Ours\nextends: focused@1\nkinds: [{ id: brief, label: Brief evaluation }]\n";
    let rubric = Rubric::parse("ours.yaml", overlay, &library).unwrap();
    assert_eq!(rubric.kinds().iter().map(|kind| kind.id.as_str()).collect::<Vec<_>>(), ["brief"]);
    let document = document("focused").replace("id: focused", "id: ours");
    let codes: Vec<Code> =
        Evaluation::check("e.yaml", &document, &rubric).diagnostics.iter().map(|finding| finding.code).collect();
    assert_eq!(codes, [Code::UnknownChoice]);
}
