//! Descriptors and guidance may be lists of bullets: pages print them as lists, and nothing of them is lost.

#![cfg(all(feature = "render", feature = "schema", feature = "table"))]
#![allow(clippy::panic, clippy::unwrap_used, clippy::indexing_slicing, reason = "a test that cannot go on fails")]

mod support;

use appraise::table::{self, Options};
use appraise::{Checked, Evaluation, Form, Format, Library, Renderer, Rubric};

const RUBRIC: &str = "
id: work
version: 1.0.0
title: Work
scale:
  levels: [{ id: low, label: Low }, { id: mid, label: Middle }, { id: high, label: High }]
  meets_at: mid
  described: [low, high]
domains:
  - id: habits
    title: Habits
    indicators:
      - id: time
        statement: Is on time.
        descriptors:
          low: [Is late., \"Misses <b> meetings\\nand calls.\"]
          high: \"- Is early.\\n- Leads meetings.\\n\"
        guidance: [Look at the record., Ask.]
      - { id: words, statement: Keeps to words., descriptors: { low: Breaks them., high: \"One line.\\nAnother.\" } }
";

fn parse(yaml: &str) -> Rubric {
    Rubric::parse("work.yaml", yaml, &Library::empty()).unwrap_or_else(|found| panic!("{found}\n{yaml}"))
}

fn evaluation(level: &str) -> Evaluation {
    let text = format!(
        "rubric: {{ id: work }}\nemployee: {{ id: E-1, name: Pat Doe }}\nevaluators: [{{ id: E-2, name: Sam Roe }}]\n\
         period: {{ from: 2025-08-25, to: 2026-06-12 }}\nratings: {{ time: {level}, words: {level} }}\n"
    );
    Evaluation::parse("doe.yaml", &text, &parse(RUBRIC)).unwrap_or_else(|found| panic!("{found}"))
}

fn has(text: &str, parts: &[&str]) {
    for part in parts {
        assert!(text.contains(part), "`{part}` is not in:\n{text}");
    }
}

#[test]
fn a_report_prints_bullets_as_a_list_however_they_are_written() {
    let report = |level, format| Renderer::new().report(&evaluation(level).score(), format).unwrap();
    has(
        &report("low", Format::Html),
        &["<li>Is late.</li><li>Misses &lt;b&gt; meetings\n  and calls.</li>", "Breaks them."],
    );
    has(&report("high", Format::Html), &["<li>Is early.</li><li>Leads meetings.</li>", "One line.\nAnother."]);
    has(
        &report("low", Format::Markdown),
        &[
            "“Low” here means:\n    - Is late.\n    - Misses \\<b\\> meetings<br>and calls.\n",
            "here means: Breaks them.",
        ],
    );
    has(&report("high", Format::Markdown), &["“High” here means:\n    - Is early.\n    - Leads meetings.\n"]);
}

#[test]
fn a_form_prints_bullets_as_a_list_of_every_kind() {
    let form = Form::new(&parse(RUBRIC));
    let page = |format| Renderer::new().form(&form, format).unwrap();
    has(
        &page(Format::Html),
        &[
            "<ul><li>Look at the record.</li><li>Ask.</li></ul>",
            r#"role="list"><span class="bullet" role="listitem">Is late.</span><span class="bullet" role="listitem">Misses"#,
            r#"role="listitem">Leads meetings.</span>"#,
            r#"<span class="descriptor" dir="auto">Breaks them.</span>"#,
        ],
    );
    has(
        &page(Format::Markdown),
        &[
            "*What to look for:*\n\n- Look at the record.\n- Ask.\n",
            "- ☐ Low:\n  - Is late.\n  - Misses \\<b\\> meetings<br>and calls.\n- ☐ Middle\n- ☐ High:\n  - Is early.\n",
            "- ☐ Low: Breaks them.\n",
        ],
    );
    has(&form.yaml(), &["# What to look for:\n", "• Look at the record.\n", "low:\n", "• Is late.\n", "• Is early.\n"]);
    has(&form.ui_schema(), &["Low: • Is late."]);
}

#[test]
fn bullets_stay_what_they_are_in_yaml_and_in_json() {
    let rubric = parse(RUBRIC);
    has(&rubric.to_yaml(), &["described: [low, high]", "guidance: [Look at the record., Ask.]", "- Is late.\n"]);
    let again = parse(&rubric.to_yaml());
    assert_eq!(again.to_yaml(), rubric.to_yaml());
    assert_eq!(again.fingerprint(), rubric.fingerprint());
    let described: Vec<&str> = rubric.scale().described().map(|level| level.id.as_str()).collect();
    assert_eq!(described, ["low", "high"]);
    let time: Vec<(usize, &str)> = rubric.indicator("time").unwrap().descriptors().collect();
    assert_eq!(time, [(0, "• Is late.\n• Misses <b> meetings\n  and calls."), (2, "• Is early.\n• Leads meetings.")]);
    assert_eq!(rubric.indicator("time").unwrap().guidance.as_deref(), Some("• Look at the record.\n• Ask."));
}

#[test]
fn bullets_of_both_kinds_come_back_through_a_table() {
    let rubric = parse(RUBRIC);
    let table = table::export(&rubric);
    has(&table, &["\"• Is late.\n• Misses <b> meetings\n  and calls.\"", "\"'- Is early.\n- Leads meetings.\n\""]);
    let mut options = Options::default();
    options.from = Some(rubric.clone());
    let again = parse(&table::import("work.csv", &table, &options).value.unwrap());
    assert_eq!(again.fingerprint(), rubric.fingerprint());
    has(&again.to_yaml(), &["low:\n            - Is late.\n", "high: |\n            - Is early.\n"]);
}

#[test]
fn a_new_table_may_have_bullets_with_any_mark() {
    let table = "Domain,Statement,Has not met,Has met,Exceeds expectations\n\
                 Work,Is on time.,\"• Is late.\n• Misses meetings.\",\"- Comes.\n- Stays.\",* Leads.\n\
                 Work,Listens.,No.,Partly - not always.,\"Yes,\n- always.\"\n";
    let Checked { value: yaml, diagnostics: found } = table::import("work.csv", table, &Options::default());
    let yaml = yaml.unwrap_or_else(|| panic!("{found}"));
    assert_eq!(found.iter().count(), 0, "{found}");
    has(
        &yaml,
        &[
            "has_not_met: [Is late., Misses meetings.]",
            "has_met: |-\n            - Comes.\n            - Stays.\n",
            "exceeds_expectations: \"* Leads.\"",
            "has_met: Partly - not always.",
            "Yes,\n",
        ],
    );
    let first =
        parse(&yaml).indicators().next().unwrap().descriptors().map(|(_, text)| text.to_owned()).collect::<Vec<_>>();
    assert_eq!(first, ["• Is late.\n• Misses meetings.", "• Comes.\n• Stays.", "• Leads."]);
}

#[test]
fn another_way_to_write_the_same_bullets_is_no_difference() {
    let rubric = parse(RUBRIC);
    let text = parse(&RUBRIC.replace("\"- Is early.\\n- Leads meetings.\\n\"", "[Is early., Leads meetings.]"));
    assert!(appraise::diff::compare(&rubric, &text).changes.is_empty());
    let other =
        parse(&RUBRIC.replace("Is late., ", "").replace("described: [low, high]\n", "described: [high, low]\n"));
    let changes = appraise::diff::compare(&rubric, &other).changes;
    let keys: Vec<&str> = changes.iter().filter_map(|change| change.key.as_deref()).collect();
    assert_eq!(keys, ["descriptors.low"]);
    let other = RUBRIC.replace("described: [low, high]", "described: [low, mid, high]");
    let Checked { value: other, .. } = Rubric::check("other.yaml", &other, &Library::empty());
    let changes = appraise::diff::compare(&rubric, &other.unwrap()).changes;
    let keys: Vec<&str> = changes.iter().filter_map(|change| change.key.as_deref()).collect();
    assert_eq!(keys, ["scale.described"]);
}

#[test]
fn an_overlay_may_change_and_add_bullets() {
    let mut library = Library::empty();
    library.add(parse(RUBRIC));
    let over = "
id: ours
version: 1.0.0
extends: work
change: { words: { descriptors: { low: [Breaks them., Forgets them.], high: [Keeps them.] }, guidance: [Ask others.] } }
add:
  - { to: habits, id: tools, statement: Keeps tools., descriptors: { low: [Loses them.], high: [Mends them., Lends them.] } }
";
    let ours = Rubric::parse("ours.yaml", over, &library).unwrap_or_else(|found| panic!("{found}"));
    let of = |id: &str| ours.indicator(id).unwrap().descriptors().map(|(_, text)| text.to_owned()).collect::<Vec<_>>();
    assert_eq!(of("words"), ["• Breaks them.\n• Forgets them.", "• Keeps them."]);
    assert_eq!(of("tools"), ["• Loses them.", "• Mends them.\n• Lends them."]);
    assert_eq!(parse(&ours.to_yaml()).fingerprint(), ours.fingerprint());
}
