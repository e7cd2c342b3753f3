//! Rubrics that extend others: what comes of the operations, of chains and circles, and of bases that mean harm.

#![allow(clippy::panic, clippy::unwrap_used, clippy::indexing_slicing, reason = "a test that cannot go on fails")]

mod support;

use std::time::{Duration, Instant};

use appraise::{Checked, Code, Diagnostics, Evaluation, Library, Rubric};
use proptest::prelude::*;
use proptest::sample::Index;

/// Generous, for tests run unoptimized and beside each other.
const SOON: Duration = Duration::from_secs(60);

fn codes(found: &Diagnostics) -> Vec<Code> {
    found.iter().map(|finding| finding.code).collect()
}

/// The rubric that an overlay of the test documents makes.
fn merged(text: &str) -> Rubric {
    Rubric::parse("district.yaml", text, &support::library()).unwrap_or_else(|found| panic!("{found}"))
}

/// The ids in order, with what holds them.
fn outline(rubric: &Rubric) -> String {
    let ids = |indicators: &[appraise::Indicator]| {
        indicators.iter().map(|indicator| indicator.id.clone()).collect::<Vec<_>>().join(" ")
    };
    let domain = |domain: &appraise::Domain| {
        let competencies: Vec<String> = domain
            .competencies
            .iter()
            .map(|competency| format!("{}({})", competency.id, ids(&competency.indicators)))
            .collect();
        format!("{}[{}{}]", domain.id, competencies.join(" "), ids(&domain.indicators))
    };
    rubric.domains().iter().map(domain).collect::<Vec<_>>().join(" ")
}

#[test]
fn operations_are_done_in_their_order() {
    let rubric = merged(&support::read(support::project("tests/documents/overlay/conflicting-operations.ok.yaml")));
    assert_eq!(
        outline(&rubric),
        "conduct[goals ethics] practice[listening(hears) planning(plans reviews) writing(letters notes)] \
         community[visits] program[maps charts]"
    );
    assert_eq!((rubric.id(), rubric.version().as_str(), rubric.title()), ("district", "2025.1.0", "District"));
    assert_eq!(rubric.base().map(Rubric::id), Some("district_base"));
    let goals = rubric.indicator("goals").unwrap();
    assert_eq!((goals.statement.as_str(), goals.evaluated_by.as_deref()), ("Sets all goals.", None));
    assert_eq!((goals.code.as_str(), rubric.domains()[0].code.as_str()), ("Z.1", "Z"));
    assert_eq!(rubric.domains()[1].competencies[1].title, "Plans");
}

/// A finding that a host serializes says in which of the documents its place is.
#[test]
fn a_finding_in_the_base_names_its_file_and_no_other_does() {
    let text = "id: district\nversion: 2025.1.0\nextends: district_base\ncolour: red\nscale:\n  \
                levels: [{ id: has_not_met, label: Not met }, { id: has_met, label: Met }]\n  meets_at: has_met\n";
    let found = Rubric::check("district.yaml", text, &support::library()).diagnostics;
    let json = serde_json::to_value(&found).unwrap();
    let files: Vec<_> = json.as_array().unwrap().iter().map(|finding| finding.get("file")).collect();
    assert_eq!(files, [None, Some(&serde_json::json!("district_base.yaml"))]);
    assert_eq!((&json[0]["code"], &json[1]["code"]), (&"unknown-key".into(), &"unknown-level".into()));
    assert_eq!(json[1]["start"], serde_json::json!({ "line": 18, "column": 82 }));
}

#[test]
fn a_rubric_written_out_whole_is_the_same_rubric() {
    let library = support::library();
    let mut compared = 0;
    for path in support::files_ending("tests/documents/overlay", ".ok.yaml") {
        let text = support::read(&path);
        let Ok(rubric) = Rubric::parse("district.yaml", &text, &library) else { continue };
        let whole = rubric.to_yaml();
        let again = Rubric::parse("whole.yaml", &whole, &Library::empty()).unwrap_or_else(|found| panic!("{found}"));
        assert_eq!(again.fingerprint(), rubric.fingerprint(), "{}", path.display());
        assert!(again.base().is_none());
        compared += 1;
        let json = serde_json::to_string(&rubric).unwrap();
        assert_eq!(Rubric::parse("whole.json", &json, &Library::empty()).unwrap().fingerprint(), rubric.fingerprint());
    }
    assert!(compared >= 4, "only {compared}");
}

#[test]
fn an_overlay_may_be_json_and_extend_json_to_the_letter() {
    let mut library = Library::empty();
    let base = r#"{ "id": "base", "version": "1.0.0", "title": "B", "domains": [{ "id": "d", "title": "D", "indicators":
        [{ "id": "i", "statement": "A \ud83d\ude00 and a \u0085 and a \/ and \"this\"" }, { "id": "j", "statement": "J" }] }] }"#;
    library.add(Rubric::parse("base.json", base, &library).unwrap());
    let overlay = r#"{ "id": "o", "version": "1.0.0", "extends": "base", "omit": { "j": "No \u0041" } }"#;
    let rubric = Rubric::parse("o.json", overlay, &library).unwrap_or_else(|found| panic!("{found}"));
    assert_eq!(rubric.indicator("i").unwrap().statement, "A \u{1f600} and a \u{85} and a / and \"this\"");
    assert_eq!(outline(&rubric), "d[i]");
}

#[test]
fn rubrics_read_together_find_their_bases_in_any_order() {
    let texts = [
        ("c.yaml", "id: c\nversion: 1.0.0\nextends: b@1\nadd: [{ to: d, id: k, statement: K. }]\n"),
        (
            "a.yaml",
            "id: a\nversion: 1.0.0\ntitle: A\ndomains: [{ id: d, title: D, indicators: [{ id: i, statement: I. }] }]\n",
        ),
        ("b.yaml", "id: b\nversion: 1.0.0\nextends: a\nadd: [{ to: d, first: true, id: j, statement: J. }]\n"),
        ("b2.yaml", "id: b\nversion: 2.0.0\nextends: a\n"),
    ];
    for turn in 0..texts.len() {
        let mut documents = texts;
        documents.rotate_left(turn);
        let mut library = Library::empty();
        for Checked { value: rubric, diagnostics: found } in library.read(&documents) {
            assert!(rubric.is_some(), "{found}");
        }
        assert_eq!(outline(&library.get("c").unwrap()), "d[j i k]");
        // Each comes from its base, so that a report can say so.
        let c = library.get("c").unwrap();
        assert_eq!(c.base().and_then(Rubric::base).map(Rubric::id), Some("a"));
    }
}

#[test]
fn every_rubric_of_a_circle_is_told_and_one_that_leads_into_it_too() {
    let text = |id: &str, base: &str| format!("id: {id}\nversion: 1.0.0\nextends: {base}\n");
    let texts = [text("a", "b"), text("b", "c"), text("c", "a"), text("d", "a")];
    let documents: Vec<(&str, &str)> = texts.iter().map(|text| ("r.yaml", text.as_str())).collect();
    let mut library = Library::empty();
    let found: Vec<Vec<Code>> = library.read(&documents).iter().map(|checked| codes(&checked.diagnostics)).collect();
    let circle = vec![Code::CircularBase];
    assert_eq!(found, [circle.clone(), circle.clone(), circle, vec![Code::FaultyBase]]);
}

#[test]
fn findings_of_the_base_are_not_repeated_in_the_overlay() {
    let base = "id: base\nversion: 1.0.0\ntitle: B\ndomains: [{ id: d, title: D, indicators: \
                [{ id: i, statement: I., descriptors: { has_met: Yes. } }, { id: j, statement: J. }] }]\n";
    let mut library = Library::empty();
    let Checked { value: rubric, diagnostics: found } = Rubric::check("base.yaml", base, &library);
    assert_eq!(codes(&found), [Code::MissingDescriptors]);
    library.add(rubric.unwrap());
    let Checked { value: rubric, diagnostics: found } =
        Rubric::check("o.yaml", "id: o\nversion: 1.0.0\nextends: base\n", &library);
    assert_eq!(codes(&found), []);
    library.add(rubric.unwrap());
    // Nor by one further away; but what an overlay does is its own matter.
    let over = "id: p\nversion: 1.0.0\nextends: o\nchange: { j: { descriptors: { has_met: Yes. } } }\n";
    let found = Rubric::check("p.yaml", over, &library).diagnostics;
    assert_eq!(codes(&found), [Code::MissingDescriptors]);
    assert_eq!(found.iter().next().unwrap().file, "p.yaml");
}

#[test]
fn an_overlay_changes_the_points_of_an_indicator_and_clears_them() {
    let base = "id: base\nversion: 1.0.0\ntitle: B\ndomains: [{ id: d, title: D, indicators: [{ id: i, statement: I., \
                points: { has_not_met: 0, has_met: 4, exceeds_expectations: 6 } }] }]\n\
                scoring: { points: { has_not_met: 1, has_met: 2, exceeds_expectations: 3 }, \
                steps: [{ id: total, of: indicators, take: sum }], \
                indicator_points: { i: { exceeds_expectations: 9 } } }\nallow: [{ code: lowered-sum, because: B }]\n";
    let total = |change: &str, points: &str| {
        let mut library = Library::empty();
        library.add(Rubric::parse("base.yaml", base, &library).unwrap());
        let text = format!("id: o\nversion: 1.0.0\nextends: base\nchange: {{ i: {{ points: {change} }} }}\n");
        let rubric = Rubric::parse("o.yaml", &text, &library).unwrap();
        let merged = Rubric::parse("m.yaml", &rubric.to_yaml(), &Library::empty()).unwrap();
        assert_eq!(merged.fingerprint(), rubric.fingerprint());
        let evaluation = format!(
            "rubric: {{ id: o }}\nemployee: {{ id: E-1, name: Ann }}\nevaluators: [{{ id: E-2, name: Bo }}]\n\
             period: {{ from: 2025-08-25, to: 2026-06-12 }}\nratings: {{ i: {{ level: {points}, comment: C. }} }}\n"
        );
        let scorecard = appraise::Evaluation::parse("e.yaml", &evaluation, &rubric).unwrap().score();
        scorecard.summative().unwrap().score.as_ref().unwrap().to_string()
    };
    assert_eq!(total("{ has_met: 5 }", "has_met"), "5");
    assert_eq!(total("{ has_met: 5 }", "exceeds_expectations"), "9");
    assert_eq!(total("{ has_met: 5 }", "has_not_met"), "1", "the base's own are replaced");
    assert_eq!(total("null", "has_met"), "2");
}

#[test]
fn a_finding_in_a_base_is_drawn_in_the_bases_text_though_both_have_one_name() {
    let base = "id: base\nversion: 1.0.0\ntitle: B\ncomment_required: [has_met]\n\
                domains: [{ id: d, title: D, indicators: [{ id: i, statement: I. }] }]\n";
    let mut library = Library::empty();
    library.add(Rubric::parse("rubric.yaml", base, &library).unwrap());
    let over = "# A scale of its own.\nid: o\nversion: 1.0.0\nextends: base\nversions: 1\n\
                scale: { levels: [{ id: low, label: Low }, { id: high, label: High }], meets_at: high }\n";
    let found = Rubric::check("rubric.yaml", over, &library).diagnostics;
    assert_eq!(codes(&found), [Code::UnknownKey, Code::UnknownLevel]);
    let drawn = found.to_string();
    assert!(drawn.contains("4 | comment_required: [has_met]"), "{drawn}");
    assert!(drawn.contains("5 | versions: 1"), "{drawn}");
    let files: Vec<usize> = found.by_file().map(|(_, found)| found.len()).collect();
    assert_eq!(files, [1, 1]);
}

#[test]
fn a_chain_of_a_thousand_is_answered_soon() {
    let start = Instant::now();
    let mut texts = vec![
        "id: r0\nversion: 1.0.0\ntitle: R\ndomains: [{ id: d, title: D, indicators: [{ id: i0, statement: I. }] }]\n"
            .to_owned(),
    ];
    for number in 1..1000 {
        texts.push(format!(
            "id: r{number}\nversion: 1.0.0\nextends: r{}\nadd: [{{ to: d, id: i{number}, statement: I. }}]\n",
            number - 1
        ));
    }
    texts.reverse();
    let documents: Vec<(&str, &str)> = texts.iter().map(|text| ("r.yaml", text.as_str())).collect();
    let mut library = Library::empty();
    let read = library.read(&documents);
    let sound = read.iter().filter(|checked| checked.value.is_some()).count();
    assert_eq!(sound, 64, "the one that stands by itself, and those up to the limit");
    let found: Vec<Code> = read.iter().flat_map(|checked| codes(&checked.diagnostics)).collect();
    assert_eq!(found.iter().filter(|code| **code == Code::TooDeep).count(), 1);
    assert_eq!(found.iter().filter(|code| **code == Code::FaultyBase).count(), 1000 - 64 - 1);
    assert!(start.elapsed() < SOON, "{:?}", start.elapsed());
}

#[test]
fn a_base_of_four_mebibytes_is_answered_soon() {
    let start = Instant::now();
    let statement = "Works. ".repeat(53);
    let indicators: String =
        (0..10_000).map(|number| format!("      - {{ id: i{number}, statement: \"{statement}\" }}\n")).collect();
    let base =
        format!("id: big\nversion: 1.0.0\ntitle: B\ndomains:\n  - id: d\n    title: D\n    indicators:\n{indicators}");
    assert!(base.len() > 4_000_000 && base.len() < appraise::MAX_BYTES, "{}", base.len());
    let omitted: String = (0..5_000).map(|number| format!("  i{number}: No.\n")).collect();
    let moved: String =
        (5_000..9_999).map(|number| format!("  - {{ id: i{number}, to: d, after: i9999 }}\n")).collect();
    let over = format!("id: o\nversion: 1.0.0\nextends: big\nomit:\n{omitted}move:\n{moved}");
    let mut library = Library::empty();
    let read = library.read(&[("o.yaml", over.as_str()), ("big.yaml", base.as_str())]);
    let rubric = read[0].value.as_ref().unwrap_or_else(|| panic!("{}", read[0].diagnostics));
    assert_eq!(rubric.indicators().count(), 5_000);
    assert!(start.elapsed() < SOON, "{:?}", start.elapsed());
}

#[test]
fn thousands_of_operations_on_what_is_not_there() {
    let start = Instant::now();
    let lines = |text: &dyn Fn(usize) -> String| (0..2_000).map(text).collect::<String>();
    let over = format!(
        "id: o\nversion: 1.0.0\nextends: district_base\nomit:\n{}change:\n{}move:\n{}add:\n{}",
        lines(&|number| format!("  x{number}: No.\n")),
        lines(&|number| format!("  y{number}: {{ title: T }}\n")),
        lines(&|number| format!("  - {{ id: z{number}, to: v{number}, after: w{number} }}\n")),
        lines(&|number| format!("  - {{ id: u{number}, to: v{number}, statement: U. }}\n")),
    );
    let found = Rubric::check("o.yaml", &over, &support::library()).diagnostics;
    assert_eq!(found.len(), 12_000);
    assert!(found.iter().all(|finding| finding.code == Code::UnknownNode));
    let _ = found.to_string();
    assert!(start.elapsed() < SOON, "{:?}", start.elapsed());
}

/// A domain of the model: its id, and the ids of its indicators.
type Model = Vec<(String, Vec<String>)>;

/// An operation on the model, its parts chosen among what is there at the time.
#[derive(Debug, Clone)]
enum Operation {
    Move(Index, Index, Spot),
    Add(Index, Spot),
}

#[derive(Debug, Clone)]
enum Spot {
    First,
    Last,
    After(Index),
    Before(Index),
}

fn spot() -> impl Strategy<Value = Spot> {
    prop_oneof![
        Just(Spot::First),
        Just(Spot::Last),
        any::<Index>().prop_map(Spot::After),
        any::<Index>().prop_map(Spot::Before)
    ]
}

/// Puts an id into a list; the key that says so.
fn put(list: &mut Vec<String>, id: &str, spot: &Spot) -> String {
    let (at, key) = match spot {
        Spot::First => (0, ", first: true".to_owned()),
        _ if list.is_empty() => (0, String::new()),
        Spot::Last => (list.len(), String::new()),
        Spot::After(index) => {
            let at = index.index(list.len());
            (at + 1, format!(", after: {}", list[at]))
        }
        Spot::Before(index) => {
            let at = index.index(list.len());
            (at, format!(", before: {}", list[at]))
        }
    };
    list.insert(at, id.to_owned());
    key
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    /// The operations do to the tree what they would do to plain lists.
    #[test]
    fn operations_are_those_of_lists(
        omitted in prop::collection::hash_set(0usize..12, 0..6),
        operations in prop::collection::vec(prop_oneof![
            (any::<Index>(), any::<Index>(), spot()).prop_map(|(what, to, spot)| Operation::Move(what, to, spot)),
            (any::<Index>(), spot()).prop_map(|(to, spot)| Operation::Add(to, spot)),
        ], 0..12),
    ) {
        let mut model: Model = (0..3)
            .map(|domain| (format!("d{domain}"), (0..4).map(|number| format!("i{}", domain * 4 + number)).collect()))
            .collect();
        let list = |model: &Model| {
            let domain = |(id, indicators): &(String, Vec<String>)| {
                let indicators: Vec<String> = indicators.iter().map(|id| format!("{{ id: {id}, statement: S {id}. }}")).collect();
                format!("  - {{ id: {id}, title: T, indicators: [{}] }}\n", indicators.join(", "))
            };
            model.iter().map(domain).collect::<String>()
        };
        let base = format!("id: base\nversion: 1.0.0\ntitle: B\ndomains:\n{}", list(&model));
        let mut omit = String::new();
        for number in &omitted {
            omit.push_str(&format!("  i{number}: No.\n"));
            for (_, indicators) in &mut model {
                indicators.retain(|id| *id != format!("i{number}"));
            }
        }
        let (mut moves, mut adds) = (String::new(), String::new());
        let mut moved = Vec::new();
        for operation in operations.iter().filter(|operation| matches!(operation, Operation::Move(..))) {
            let Operation::Move(what, to, spot) = operation else { continue };
            let ids: Vec<String> = model.iter().flat_map(|(_, ids)| ids.clone()).collect();
            let Some(id) = (!ids.is_empty()).then(|| what.get(&ids).clone()).filter(|id| !moved.contains(id)) else { continue };
            for (_, indicators) in &mut model {
                indicators.retain(|other| *other != id);
            }
            let to = to.index(model.len());
            let key = put(&mut model[to].1, &id, spot);
            moves.push_str(&format!("  - {{ id: {id}, to: {}{key} }}\n", model[to].0));
            moved.push(id);
        }
        for (number, operation) in operations.iter().enumerate() {
            let Operation::Add(to, spot) = operation else { continue };
            let id = format!("n{number}");
            let to = to.index(model.len());
            let key = put(&mut model[to].1, &id, spot);
            adds.push_str(&format!("  - {{ to: {}{key}, id: {id}, statement: S {id}. }}\n", model[to].0));
        }
        let section = |key: &str, lines: &str| if lines.is_empty() { String::new() } else { format!("{key}:\n{lines}") };
        let over = format!(
            "id: o\nversion: 1.0.0\nextends: base\n{}{}{}",
            section("omit", &omit), section("move", &moves), section("add", &adds)
        );
        let mut library = Library::empty();
        library.add(Rubric::parse("base.yaml", &base, &library).unwrap());
        let Checked { value: rubric, diagnostics: found } = Rubric::check("o.yaml", &over, &library);
        if model.iter().any(|(_, indicators)| indicators.is_empty()) {
            prop_assert!(codes(&found).iter().all(|code| *code == Code::EmptyDomain) && !found.is_empty(), "{over}\n{found}");
            return Ok(());
        }
        let expected = format!("id: o\nversion: 1.0.0\ntitle: B\ndomains:\n{}", list(&model));
        let expected = Rubric::parse("e.yaml", &expected, &library).unwrap();
        let rubric = rubric.unwrap_or_else(|| panic!("{over}\n{found}"));
        prop_assert_eq!(outline(&rubric), outline(&expected), "{}", over);
        prop_assert_eq!(rubric.fingerprint(), expected.fingerprint());
    }
}

#[test]
fn an_overlay_accepts_the_evaluations_that_its_base_accepts() {
    let base = "
id: b
version: 1.0.0
title: B
domains: [{ id: a, title: A, indicators: [{ id: a1, statement: One. }, { id: a2, statement: Two. }] }]
comment_required: [has_not_met]
allow: [{ code: missing-evidence, because: Boxes need no evidence. }]
";
    let codes = |allow: &str| {
        let mut library = Library::empty();
        library.add(Rubric::parse("b", base, &library).unwrap());
        let overlay = format!("id: o\nversion: 1.0.0\nextends: b@1\n{allow}");
        let Checked { value: rubric, diagnostics: found } = Rubric::check("o", &overlay, &library);
        assert!(found.is_empty(), "{found}");
        let rubric = rubric.unwrap();
        // The whole document, as it is kept, accepts the same.
        let whole = Rubric::parse("whole", &rubric.to_yaml(), &Library::empty()).unwrap();
        let text = "rubric: { id: o }\nemployee: { id: E-1, name: Ann }\nevaluators: [{ id: E-2, name: Bo }]\n\
                    period: { from: 2025-08-25, to: 2026-06-12 }\nratings: { a1: has_not_met, a2: has_not_met }";
        let codes = |rubric: &Rubric| {
            let found = Evaluation::check("e", text, rubric).diagnostics;
            found.iter().map(|finding| finding.code.as_str()).collect::<Vec<_>>()
        };
        assert_eq!(codes(&rubric), codes(&whole));
        codes(&rubric)
    };
    assert_eq!(codes(""), ["missing-comment", "missing-comment"]);
    assert_eq!(codes("allow: [{ code: missing-comment, at: a2, because: No. }]"), ["missing-comment"]);
}
