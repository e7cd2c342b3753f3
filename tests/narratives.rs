//! Texts that a rubric asks for beside the ratings: `narratives: [{ id: commendations, label: …, of: domain }]`.

#![cfg(all(feature = "render", feature = "cli"))]
#![allow(clippy::panic, clippy::unwrap_used, clippy::indexing_slicing, reason = "a test that cannot go on fails")]

mod support;

use appraise::diff::{self, Class};
use appraise::{Library, NarrativeOf, Rubric};

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

#[test]
fn a_comparison_tells_what_becomes_of_texts_already_written() {
    let cases: [(&str, &str, &[(Class, &str, Option<&str>)]); 6] = [
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
