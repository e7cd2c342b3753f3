//! Documents that mean harm, or are not documents at all: an answer, soon, and never a panic.

#![allow(clippy::panic, clippy::unwrap_used, clippy::indexing_slicing, reason = "a test that cannot go on fails")]

mod support;

use std::time::{Duration, Instant};

use appraise::{Checked, Code, Diagnostics, DocumentKind, Evaluation, Library, MAX_BYTES, Rubric, decode};

/// Generous, for tests run unoptimized and beside each other.
const SOON: Duration = Duration::from_secs(10);

fn rubric(text: &str) -> Diagnostics {
    let start = Instant::now();
    let found = Rubric::check("t.yaml", text, &Library::empty()).diagnostics;
    let _ = found.to_string();
    assert!(start.elapsed() < SOON, "{:?}", start.elapsed());
    found
}

fn evaluation(text: &str) -> Diagnostics {
    let start = Instant::now();
    let small = support::library().get("small").unwrap();
    let found = Evaluation::check("t.yaml", text, &small).diagnostics;
    let _ = found.to_string();
    assert!(start.elapsed() < SOON, "{:?}", start.elapsed());
    found
}

fn codes(found: &Diagnostics) -> Vec<Code> {
    found.iter().map(|finding| finding.code).collect()
}

fn many_indicators(count: usize) -> String {
    let indicators: String =
        (0..count).map(|number| format!("- {{ id: i{number}, statement: S{number} }}\n")).collect();
    format!(
        "id: r\nversion: 1.0.0\ntitle: R\ndomains:\n- id: d\n  title: D\n  indicators:\n{}",
        indicators.replace("- {", "  - {")
    )
}

#[test]
fn a_document_that_is_too_large() {
    let pad = "# pad\n".repeat(MAX_BYTES / 6 + 1);
    assert_eq!(codes(&rubric(&pad)), [Code::TooLarge]);
    assert_eq!(codes(&evaluation(&pad)), [Code::TooLarge]);
    assert_eq!(codes(&decode("t", pad.as_bytes()).unwrap_err()), [Code::TooLarge]);
    let just = format!("id: r\n{}", "#".repeat(MAX_BYTES - 6));
    assert_eq!(just.len(), MAX_BYTES);
    assert!(!codes(&rubric(&just)).contains(&Code::TooLarge));
    assert!(decode("t", just.as_bytes()).is_ok());
}

#[test]
fn ten_thousand_nested_brackets() {
    for (open, close) in [("[", "]"), ("{a: ", "}"), ("{\"a\":", "}")] {
        let text = format!("{}1{}", open.repeat(10_000), close.repeat(10_000));
        assert_eq!(codes(&rubric(&text)), [Code::TooDeep], "{open}");
        assert_eq!(codes(&evaluation(&text)), [Code::TooDeep], "{open}");
    }
    let block: String = (0..5_000).map(|depth| format!("{}a:\n", " ".repeat(depth))).take(300).collect();
    assert_eq!(codes(&rubric(&block)), [Code::TooDeep]);
    let dashes = format!("a: {}x", "- ".repeat(10_000));
    assert!(rubric(&dashes).has_errors());
}

#[test]
fn the_deepest_nesting_that_is_accepted_is_the_same_in_json_and_yaml() {
    let document = |depth: usize| {
        // The root and `extra` are two of the levels.
        let value = format!("{}1{}", "[".repeat(depth - 1), "]".repeat(depth - 1));
        format!(
            "{{\"rubric\": {{\"id\": \"small\"}}, \"employee\": {{\"id\": \"E\", \"name\": \"A\"}}, \
             \"evaluators\": [{{\"id\": \"F\", \"name\": \"B\"}}], \"period\": {{\"from\": \"2025-08-25\", \"to\": \"2026-06-12\"}}, \
             \"ratings\": {{}}, \"extra\": {value}}}"
        )
    };
    let yaml = |text: &str| format!("# not JSON\n{text}");
    assert_eq!(codes(&evaluation(&document(64))), []);
    assert_eq!(codes(&evaluation(&yaml(&document(64)))), []);
    assert_eq!(codes(&evaluation(&document(65))), [Code::TooDeep]);
    assert_eq!(codes(&evaluation(&yaml(&document(65)))), [Code::TooDeep]);
}

#[test]
fn an_alias_bomb() {
    let mut text = "a: &a [x, x, x, x, x, x, x, x, x, x]\n".to_owned();
    for (name, before) in "bcdefghij".chars().zip("abcdefghi".chars()) {
        let ten = vec![format!("*{before}"); 10].join(", ");
        text.push_str(&format!("{name}: &{name} [{ten}]\n"));
    }
    assert_eq!(codes(&rubric(&text)), [Code::TooManyNodes]);
    assert_eq!(codes(&rubric("a: &a [*a]\n")).len(), 1);
}

#[test]
fn aliases_of_a_long_text() {
    let long = |aliases: usize| {
        format!(
            "rubric: {{ id: small }}\nemployee: {{ id: E-1, name: Ann }}\nevaluators: [{{ id: E-2, name: Bo }}]\n\
             period: {{ from: 2025-08-25, to: 2026-06-12 }}\nratings: {{}}\nextra:\n  x: &a |\n    {}\n  list: [{}]\n",
            "z".repeat(300_000),
            vec!["*a"; aliases].join(", ")
        )
    };
    assert_eq!(codes(&evaluation(&long(20))), []);
    assert_eq!(codes(&evaluation(&long(30))), [Code::TooLarge]);
    assert_eq!(codes(&evaluation(&long(20_000))), [Code::TooLarge]);
    // Each of them keeps what the one within it keeps.
    let nested: String = (0..60).map(|number| format!("&a{number} [")).collect();
    let text = format!("extra: {nested}\"\\n{}\"{}\n", "z".repeat(300_000), "]".repeat(60));
    assert_eq!(codes(&rubric(&text)), [Code::TooLarge]);
}

#[test]
fn a_hundred_thousand_values() {
    let text = format!("extra: [{}1]\n", "1,".repeat(100_001));
    assert_eq!(codes(&rubric(&text)), [Code::TooManyNodes]);
    let json = format!("{{\"extra\": [{}1]}}", "1,".repeat(100_001));
    assert_eq!(codes(&rubric(&json)), [Code::TooManyNodes]);
}

#[test]
fn ten_thousand_indicators_and_one_more() {
    assert_eq!(codes(&rubric(&many_indicators(10_000))), []);
    assert_eq!(codes(&rubric(&many_indicators(10_001))), [Code::TooManyIndicators]);
}

#[test]
fn a_hundred_practices_and_one_more() {
    let of = |count: usize| {
        let practice = |number| format!("{{ id: seen_{number}, statement: Plan {number}. }}");
        let practices: Vec<String> = (0..count).map(practice).collect();
        let derive = "derive: { at_least: { has_met: 1, exceeds_expectations: 2 } }";
        rubric(&format!(
            "id: r\nversion: 1.0.0\ntitle: R\n{derive}\ndomains: [{{ id: d, title: D, indicators: [{{ id: i, statement: S., \
             practices: [{}] }}] }}]",
            practices.join(", ")
        ))
    };
    assert_eq!(codes(&of(100)), []);
    assert_eq!(codes(&of(101)), [Code::TooManyPractices]);
}

#[test]
fn an_evaluation_full_of_practices_that_are_not_known() {
    let practice = |number| format!("{{ id: seen_{number}, level: has_met, statement: Plan {number}. }}");
    let indicator = |number: usize| {
        let practices: Vec<String> = (0..90).map(|practice_number| practice(number * 90 + practice_number)).collect();
        format!("{{ id: i{number}, statement: Indicator {number}., practices: [{}] }}", practices.join(", "))
    };
    let indicators: Vec<String> = (0..100).map(indicator).collect();
    let text = format!(
        "id: r\nversion: 1.0.0\ntitle: R\nderive: majority\ndomains: [{{ id: d, title: D, indicators: [{}] }}]",
        indicators.join(", ")
    );
    let rubric = Rubric::parse("r.yaml", &text, &Library::empty()).unwrap_or_else(|found| panic!("{found}"));
    let head = "rubric: {id: r}\nemployee: {id: E, name: A}\nevaluators: [{id: F, name: B}]\n\
                period: {from: 2025-08-25, to: 2026-06-12}\n";
    let unknown: Vec<String> = (0..50_000).map(|number| format!("scen_{number}")).collect();
    let text = format!("{head}ratings: {{ i0: {{ practices: [{}] }} }}\n", unknown.join(", "));
    let found = Evaluation::check("e.yaml", &text, &rubric).diagnostics;
    assert_eq!(found.iter().filter(|finding| finding.code == Code::UnknownPractice).count(), 50_000);
}

#[test]
fn a_text_full_of_addresses() {
    let head = "rubric: {id: small}\nemployee: {id: E, name: A}\nevaluators: [{id: F, name: B}]\n\
                period: {from: 2025-08-25, to: 2026-06-12}\nratings: {}\n";
    for text in ["a@b.org ", "born 3/4/2012 ", "203-555-0142, ", "student 104512 and ", "a@b.", "born on "] {
        let found = evaluation(&format!("{head}summary: \"{}\"\n", text.repeat(600_000 / text.len())));
        // The first twenty of a text, or none.
        assert!([0, 20].contains(&found.len()), "{text}: {}", found.len());
        assert!(codes(&found).iter().all(|code| *code == Code::StudentData));
    }
    let many: String = (0..10_000).map(|_| "- {date: 2026-06-01, event: observed, note: Ask a@b.org}\n").collect();
    assert_eq!(evaluation(&format!("{head}record:\n{many}")).len(), 10_000);
}

#[test]
fn tens_of_thousands_of_mistakes() {
    let keys: String = (0..45_000).map(|number| format!("k{number}: 1\n")).collect();
    let found = rubric(&keys);
    // Every one of them, and the four keys that are missing.
    assert_eq!(found.len(), 45_004);
    assert!(found.to_string().contains("… and 44904 more in t.yaml"));
    let ratings: String = (0..45_000).map(|number| format!("  k{number}: has_met\n")).collect();
    assert_eq!(evaluation(&format!("ratings:\n{ratings}")).len(), 45_004);
    let json: Vec<String> = (0..45_000).map(|number| format!("\"k{number}\":\"has_met\"")).collect();
    assert_eq!(evaluation(&format!("{{\"ratings\":{{{}}}}}", json.join(","))).len(), 45_004);
    let same = many_indicators(9_000).replace("{ id: i", "{ id: x, code: i");
    assert!(rubric(&same).len() >= 8_999);
}

/// More steps than there may be are not looked at one by one.
#[test]
fn very_many_faulty_steps() {
    let policy = format!("scoring:\n  steps:\n{}", "    - { a: 1 }\n".repeat(30_000));
    let head =
        "id: r\nversion: 1.0.0\ntitle: R\ndomains: [{ id: a, title: A, indicators: [{ id: i, statement: I. }] }]\n";
    assert!(codes(&rubric(&format!("{head}{policy}"))).contains(&Code::TooManySteps));
}

/// A text that may be cut is looked for around each text, and no farther.
#[test]
fn very_many_texts_on_lines_of_their_own_and_on_one() {
    let head = "rubric: {id: small}\nemployee: {id: E, name: A}\nevaluators: [{id: F, name: B}]\n\
                period: {from: 2025-08-25, to: 2026-06-12}\nratings: {}\n";
    let pad = "#".repeat(1_000_000);
    for item in ["  - Text\n", "  - Text  # one\n", "  -\n    Text\n", "  - a:\n", "  -\n", "  - *a\n"] {
        let text = format!("{head}extra:\n  text: &a Text\n  again: *a\n  list:\n{}{pad}\n", item.repeat(30_000));
        assert_eq!(codes(&evaluation(&text)), [], "{item}");
    }
    let text = format!("{head}extra: [&a Text, *a, {}\n\n{pad}\n  ]\n", "Text, ".repeat(30_000));
    assert_eq!(codes(&evaluation(&text)), []);
}

#[test]
fn a_text_full_of_dates_that_are_not_there() {
    let template = format!("{{ id: g, when: has_met, statement: \"{}\" }}", "{{due}}".repeat(40_000));
    let found = rubric(&format!("{}goals: {{ templates: [{template}] }}\n", many_indicators(1)));
    // The first ten, as of everything else that is wrong in a text with placeholders.
    assert_eq!(codes(&found), [Code::UnknownPlaceholder; 10]);
}

/// Quotes are shortened: a long text beside many mistakes does not make quadratic work.
#[test]
fn a_long_id_beside_many_mistakes() {
    let head = |id: &str| {
        format!(
            "rubric: {{ id: small }}\nemployee: {{ id: E-1, name: Ann }}\n\
             evaluators: [{{ id: {id}, name: Bo }}, {{ id: E-3, name: aaab }}]\n\
             period: {{ from: 2025-08-25, to: 2026-06-12 }}\n"
        )
    };
    let short = |found: &Diagnostics| {
        let of = |finding: &appraise::Diagnostic| finding.message.len() + finding.help.len();
        assert!(found.iter().all(|finding| of(finding) < 1_000), "{:?}", found.iter().map(of).max());
    };
    for id in ["a".repeat(200_000), "a_".repeat(100_000) + "a", "x aaaa".repeat(30_000)] {
        for by in ["aaaa", "a_a", "Bo", "E-4"] {
            let ratings = format!("  plans: {{ level: has_met, by: {by} }}\n").repeat(2_000);
            let found = evaluation(&format!("{}ratings:\n{ratings}", head(&id)));
            assert!(found.len() >= 2_000);
            short(&found);
        }
    }
    let id = "a".repeat(200_000);
    let goals = "{ id: g, when: aaaa, statement: S }, ".repeat(5_000);
    let scale = format!(
        "scale: {{ levels: [{{ id: {id}, label: A }}, {{ id: b, label: B }}], meets_at: b }}\n\
         goals: {{ templates: [{goals}] }}\n"
    );
    short(&rubric(&format!("{}{scale}", many_indicators(1))));
    let notes: String = (0..2_000).map(|number| format!("x{number}: Ask a@b.org, ")).collect();
    let described = format!("{{ id: {id}, statement: S, descriptors: {{ {notes} }} }}");
    short(&rubric(&many_indicators(1).replace("{ id: i0, statement: S }", &described)));
    let policy = |of: &str| {
        let rules = "{ rating: has_met, when: { score: aaaa, at_least: 1 } }, ".repeat(3_000);
        let steps = format!("[{{ id: {of}, of: indicators, take: mean }}, {{ id: b, rules: [{rules}] }}]");
        rubric(&format!("{}scoring: {{ steps: {steps} }}\n", many_indicators(1)))
    };
    short(&policy(&id));
    short(&policy(&format!("{id}!")));
}

#[test]
fn texts_full_of_braces() {
    for text in ["}}".repeat(100_000), "{{ x }}".repeat(50_000), "{{".repeat(100_000), "{ ".repeat(100_000)] {
        for quoted in [format!("'{text}'"), format!("\"\\u007b{text}\"")] {
            let goals = format!("goals: {{ templates: [{{ id: g, when: has_met, statement: {quoted} }}] }}\n");
            rubric(&format!("{}{goals}", many_indicators(1)));
        }
    }
}

#[test]
fn thousands_of_everything() {
    let small = |more: &str| {
        evaluation(&format!(
            "rubric: {{ id: small }}\nemployee: {{ id: E-1, name: Ann }}\nevaluators: [{{ id: E-2, name: Bo }}]\n\
             period: {{ from: 2025-08-25, to: 2026-06-12 }}\nratings: {{}}\n{more}\n"
        ))
    };
    let list = |count: usize, item: &str| vec![item; count].join(", ");
    assert_eq!(small(&format!("scope: [{}]", list(40_000, "nothing"))).len(), 40_000);
    let allow = list(8_000, "{ code: missing-comment, at: plans, because: B }");
    assert_eq!(codes(&small(&format!("allow: [{allow}]"))), vec![Code::UnusedAllow; 8_000]);
    assert_eq!(codes(&small(&format!("goals: [{}]", list(9_000, "{ indicator: plans, statement: S }")))), []);
}

#[test]
fn goals_of_ten_thousand_indicators_by_hundreds_of_templates() {
    let templates = vec!["{ id: g, when: has_met, statement: S }"; 300].join(", ");
    let text =
        format!("{}goals: {{ templates: [{}] }}\n", many_indicators(9_000), templates).replace("{ id: g,", "{ id: g0,");
    let numbered = (0..300).fold(text, |text, number| text.replacen("{ id: g0,", &format!("{{ id: t{number},"), 1));
    let rubric = Rubric::parse("r.yaml", &numbered, &Library::empty()).unwrap_or_else(|found| panic!("{found}"));
    let ratings: String = (0..9_000).map(|number| format!("i{number}: has_met\n  ")).collect();
    let evaluation = format!(
        "rubric: {{ id: r }}\nemployee: {{ id: E-1, name: Ann }}\nevaluators: [{{ id: E-2, name: Bo }}]\n\
         period: {{ from: 2025-08-25, to: 2026-06-12 }}\nratings:\n  {ratings}\n"
    );
    let evaluation = Evaluation::parse("e.yaml", &evaluation, &rubric).unwrap_or_else(|found| panic!("{found}"));
    let start = Instant::now();
    let goals = evaluation.score().goals();
    assert!(start.elapsed() < SOON);
    assert_eq!((goals.goals.len(), goals.more), (3, 8_997));
}

/// A rubric of so many competencies with an indicator each, and a policy.
fn with_policy(competencies: usize, policy: &str) -> String {
    let one = |number: usize| {
        format!(
            "{{ id: c{number}, title: C{number}, statement: C., indicators: [{{ id: i{number}, statement: I{number}. }}] }}"
        )
    };
    let competencies: Vec<String> = (0..competencies).map(one).collect();
    format!(
        "id: r\nversion: 1.0.0\ntitle: R\ndomains: [{{ id: d, title: D, competencies: [{}] }}]\nscoring:\n  \
         points: {{ has_not_met: 1, has_met: 2, exceeds_expectations: 3 }}\n{policy}",
        competencies.join(", ")
    )
}

#[test]
fn policies_of_very_many_parts() {
    let start = Instant::now();
    let weights: String = (0..9_000).map(|number| format!("x{number}: 1, ")).collect();
    let text = with_policy(
        3_000,
        &format!(
            "  steps:\n    - {{ id: a, each: competency, of: indicators, take: mean }}\n    \
             - {{ id: b, of: a, take: mean, weights: {{ {weights} }} }}\n"
        ),
    );
    assert_eq!(rubric(&text).len(), 9_001);
    let steps: String = (0..99)
        .map(|number| format!("    - {{ id: s{number}, each: competency, of: indicators, take: mean }}\n"))
        .collect();
    let conditions: Vec<String> =
        (0..99).map(|number| format!("{{ score: s{number}, subject: c0, at_least: 2 }}")).collect();
    let last = format!(
        "    - {{ id: last, rules: [{{ rating: has_met, when: {{ all: [{}] }} }}, {{ rating: has_not_met }}] }}\n",
        conditions.join(", ")
    );
    let text = with_policy(3_000, &format!("  steps:\n{steps}{last}"));
    let Checked { value: large, diagnostics: found } = Rubric::check("r.yaml", &text, &Library::empty());
    let large = large.unwrap_or_else(|| panic!("{found}"));
    assert!(found.iter().any(|one| one.code == Code::NotProven && one.message.contains(" results:")), "{found}");
    let ratings: String = (0..3_000).map(|number| format!("i{number}: has_met\n  ")).collect();
    let evaluation = format!(
        "rubric: {{ id: r }}\nemployee: {{ id: E-1, name: Ann }}\nevaluators: [{{ id: E-2, name: Bo }}]\n\
         period: {{ from: 2025-08-25, to: 2026-06-12 }}\nratings:\n  {ratings}\n"
    );
    let evaluation = Evaluation::parse("e.yaml", &evaluation, &large).unwrap_or_else(|found| panic!("{found}"));
    let scorecard = evaluation.score();
    let summative = scorecard.summative().unwrap();
    assert_eq!(summative.rating.as_ref().unwrap().id, "has_met");
    assert!(!summative.reasons().is_empty());
    let more = with_policy(1, &format!("  steps:\n{steps}{last}{last}"));
    assert_eq!(codes(&rubric(&more)), [Code::TooManySteps]);
    assert!(start.elapsed() < 4 * SOON);
}

#[test]
fn conditions_within_conditions_are_as_deep_in_json_as_in_yaml() {
    let document = |depth: usize| {
        let (open, close) = ("{\"not\": ".repeat(depth), "}".repeat(depth));
        format!(
            "{{\"id\": \"r\", \"version\": \"1.0.0\", \"title\": \"R\", \"domains\": [{{\"id\": \"d\", \"title\": \"D\", \
             \"indicators\": [{{\"id\": \"i\", \"statement\": \"I.\"}}]}}], \"scoring\": {{\"steps\": [{{\"id\": \"s\", \"rules\": \
             [{{\"rating\": \"has_met\", \"when\": {open}{{\"rating\": \"i\", \"is\": \"has_met\"}}{close}}}, {{\"rating\": \"has_not_met\"}}]}}]}}}}"
        )
    };
    let yaml = |text: &str| format!("# not JSON\n{text}");
    let deepest = (1..80).take_while(|depth| !rubric(&yaml(&document(*depth))).has_errors()).last();
    assert_eq!(deepest, Some(57));
    for depth in [57, 58, 5_000] {
        assert_eq!(codes(&rubric(&document(depth))), codes(&rubric(&yaml(&document(depth)))), "{depth}");
    }
    assert_eq!(codes(&rubric(&document(58))), [Code::TooDeep]);
}

/// The codes of findings but for those about characters that nobody sees.
fn but_for_characters(found: &Diagnostics) -> Vec<Code> {
    let is_other = |code: &Code| ![Code::ControlCharacter, Code::GarbledText].contains(code);
    codes(found).into_iter().filter(is_other).collect()
}

/// Valid JSON is never "not YAML", even where the two differ and something else is wrong.
#[test]
fn json_that_yaml_would_refuse() {
    let document = |name: &str, more: &str| {
        format!(
            "{{\"rubric\": {{\"id\": \"small\"}}, \"employee\": {{\"id\": \"E\", \"name\": {name}}}, \
             \"evaluators\": [{{\"id\": \"F\", \"name\": \"B\"}}], \
             \"period\": {{\"from\": \"2025-08-25\", \"to\": \"2026-06-12\"}}, \"ratings\": {{}}{more}}}"
        )
    };
    let unused = ", \"allow\": [{\"code\": \"incomplete\", \"because\": \"B\"}]";
    let key = format!(", \"extra\": {{\"{}\": 1}}", "k".repeat(2_000));
    let small = support::library().get("small").unwrap();
    // Larger than what is read the fast way.
    let large = format!(", \"summary\": \"{}\u{85}\u{9f}\"", "words ".repeat(50_000));
    for (name, more) in [
        ("\"a\u{7f}b\"", large.as_str()),
        ("\"a\u{7f}b\"", ""),
        ("\"a\u{80}\u{9f}b\u{fffe}\"", ""),
        ("\"\\ud83d\\ude00 \\/ \\u007f\"", ""),
        ("\"Ann\"", key.as_str()),
    ] {
        assert_eq!(but_for_characters(&evaluation(&document(name, more))), [], "{name}");
        assert_eq!(DocumentKind::of(&document(name, more)), DocumentKind::Evaluation, "{name}");
        let text = document(name, &format!("{more}{unused}"));
        let Checked { value: with_warning, diagnostics: found } = Evaluation::check("e.json", &text, &small);
        assert_eq!(but_for_characters(&found), [Code::UnusedAllow], "{name}");
        let written: serde_json::Value = serde_json::from_str(&text).unwrap();
        assert_eq!(with_warning.unwrap().whom().name(), written["employee"]["name"].as_str().unwrap());
    }
}

#[test]
fn bytes_that_are_no_text() {
    for text in [
        "", " ", "\n\n", "# only a comment\n", "---\n", "\u{feff}", "\0", "\u{1}\u{2}", "%YAML 9.9\n---\n", "\t\t",
        "---\n---\n", "*a", "&a", "!", "? :", "{", "}", "'", "\"\\", "|", ">9",
    ] {
        assert!(rubric(text).has_errors(), "{text:?}");
        assert!(evaluation(text).has_errors(), "{text:?}");
    }
    let found = decode("t", b"id: \xff\xfe").unwrap_err();
    assert_eq!(codes(&found), [Code::NotUtf8]);
    let place = found.iter().next().unwrap();
    assert_eq!((place.start.line, place.start.column), (1, 5));
}

#[test]
fn numbers_that_no_machine_holds() {
    let nines = "9".repeat(5_000);
    let text = format!(
        "goals: {{ limit: {nines}, templates: [{{ contact_hours: {nines} }}] }}\nformat: {nines}\nextra: {nines}\n"
    );
    assert_eq!(codes(&rubric(&text)).iter().filter(|code| **code == Code::BadNumber).count(), 3);
}
