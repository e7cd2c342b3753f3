//! The table of numbers in a report: each count stands under the level that it is of.

#![cfg(feature = "render")]
#![allow(clippy::panic, clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::collections::BTreeMap;

use appraise::{Evaluation, Format, Library, Renderer, Rubric, Scorecard};
use serde_json::Value;

const LOWEST_FIRST: &str = "
scale: &scale
  levels: [{ id: low, label: Low }, { id: mid, label: Mid }, { id: high, label: High }]
  meets_at: mid
  not_rated: [{ id: unseen, label: Unseen }]
domains:
  - { id: a, title: A, indicators: [{ id: a1, statement: A1. }, { id: a2, statement: A2. }, { id: a3, statement: A3. }] }
  - { id: b, title: B, indicators: [{ id: b1, statement: B1. }, { id: b2, statement: B2. }] }
";

const SEVERAL: &str = r#"
scale:
  levels: [{ id: low, label: Low }, { id: mid, label: Mid }, { id: high, label: High }]
  meets_at: mid
  not_rated: [{ id: unseen, label: Unseen }]
scales:
  present:
    levels: [{ id: "no", label: "No" }, { id: "yes", label: "Yes" }]
    meets_at: "yes"
    not_rated: [{ id: unseen, label: Unseen }]
domains:
  - { id: a, title: A, indicators: [{ id: a1, statement: A1. }, { id: a2, statement: A2. }, { id: a3, statement: A3. }] }
  - { id: b, title: B, scale: present, indicators: [{ id: b1, statement: B1. }, { id: b2, statement: B2. }] }
"#;

fn scorecard(scale: &str, ratings: &str) -> Scorecard {
    let rubric = format!("id: r\nversion: 1.0.0\ntitle: R\n{scale}").replace("scale: &scale", "scale:");
    let rubric = Rubric::parse("r.yaml", &rubric, &Library::empty()).unwrap_or_else(|found| panic!("{found}"));
    let text = format!(
        "rubric: {{ id: r }}\nemployee: {{ id: E-1, name: Ann }}\nevaluators: [{{ id: E-2, name: Bo }}]\n\
         period: {{ from: 2025-08-25, to: 2026-06-12 }}\nratings: {{ {ratings} }}"
    );
    Evaluation::parse("e.yaml", &text, &rubric).unwrap_or_else(|found| panic!("{found}")).score()
}

/// The cells of the HTML table, or the lines of the Markdown table, as texts.
fn rows(scorecard: &Scorecard, format: Format) -> Vec<Vec<String>> {
    let page = Renderer::new().report(scorecard, format).unwrap();
    if format == Format::Markdown {
        let table = page.lines().skip_while(|line| !line.starts_with("| Domain |")).take_while(|line| !line.is_empty());
        let cells = |line: &str| line.trim_matches('|').split('|').map(|cell| cell.trim().to_owned()).collect();
        return table.filter(|line| !line.starts_with("| ---")).map(cells).collect();
    }
    let table = page.split("<caption id=\"numbers\">").nth(1).unwrap().split("</table>").next().unwrap();
    let text = |cell: &str| {
        let parts = cell.split('<').map(|part| part.split_once('>').map_or("", |(_, text)| text));
        parts.collect::<String>().trim().to_owned()
    };
    let is_cell = |part: &&str| part.starts_with("h ") || part.starts_with("d ");
    let cells = |row: &str| row.split("<t").filter(is_cell).map(|cell| text(&format!("<t{cell}"))).collect();
    table.split("<tr>").skip(1).map(cells).collect()
}

/// Each row of the table by its heading: the counts by the labels of their columns, without those that say nothing.
fn counts(scorecard: &Scorecard, format: Format) -> BTreeMap<String, BTreeMap<String, String>> {
    let rows = rows(scorecard, format);
    let (heads, rows) = rows.split_first().unwrap();
    let named = |row: &Vec<String>| {
        let cells = heads.iter().zip(row).skip(1).filter(|(_, count)| *count != "–");
        (row.first().unwrap().clone(), cells.map(|(head, count)| (head.clone(), count.clone())).collect())
    };
    rows.iter().map(named).collect()
}

/// The tally of the scorecard's JSON, by the labels of levels.
fn tally(scorecard: &Scorecard, node: &Value) -> BTreeMap<String, String> {
    let labels =
        |id: &str| scorecard.evaluation().rubric().levels().iter().find(|level| level.id == id).unwrap().label.clone();
    node["tally"].as_object().unwrap().iter().map(|(id, count)| (labels(id), count.to_string())).collect()
}

#[test]
fn every_count_of_a_report_stands_under_its_own_level() {
    let highest_first = LOWEST_FIRST.replace("scale: &scale", "scale:\n  order: highest_first");
    let highest_first = highest_first.replace(
        "{ id: low, label: Low }, { id: mid, label: Mid }, { id: high, label: High }",
        "{ id: high, label: High }, { id: mid, label: Mid }, { id: low, label: Low }",
    );
    let elsewhere = SEVERAL.replace("title: A, indicators", "title: A, scale: present, indicators");
    let one = "a1: high, a2: high, a3: mid, b1: unseen, b2: high";
    let cases = [
        ("lowest first", LOWEST_FIRST, one),
        ("highest first", &highest_first, one),
        ("another scale alone", &elsewhere, r#"a1: "yes", a2: "no", a3: "yes", b1: unseen, b2: "yes""#),
        ("several scales", SEVERAL, r#"a1: high, a2: high, a3: unseen, b1: "yes", b2: "yes""#),
    ];
    for (case, scale, ratings) in cases {
        let scorecard = scorecard(scale, ratings);
        let json = serde_json::to_value(&scorecard).unwrap();
        for format in [Format::Html, Format::Markdown] {
            let heads = rows(&scorecard, format).remove(0).into_iter().skip(1);
            let mut levels: Vec<String> =
                heads.filter(|head| !["Rated", "Met", "Share"].contains(&head.as_str())).collect();
            levels.sort();
            let known: Vec<String> = tally(&scorecard, &json["overall"]).into_keys().collect();
            assert_eq!(levels, known, "{case}: a column for each level that an indicator can have, and no other");
            let counts = counts(&scorecard, format);
            let nodes = json["domains"].as_array().unwrap().iter().zip(["1 A", "2 B"]);
            for (node, heading) in nodes.chain([(&json["overall"], "All domains")]) {
                let row = &counts[heading];
                let wanted = tally(&scorecard, node);
                for (level, count) in &wanted {
                    assert_eq!(row.get(level), Some(count), "{case}, {heading}, {level}: {row:?}");
                }
                let others = row.keys().filter(|head| !wanted.contains_key(*head));
                let others: Vec<&str> = others.map(String::as_str).collect();
                assert_eq!(others, ["Met", "Rated", "Share"], "{case}, {heading}: {row:?}");
            }
        }
    }
}
