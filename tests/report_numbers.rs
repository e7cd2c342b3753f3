//! The table of numbers in a report: each count stands under the level that it is of.

#![cfg(feature = "render")]
#![allow(clippy::panic, clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod support;

use std::collections::BTreeMap;

use appraise::{Format, Renderer, Scale, Scorecard};

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
    let rubric = support::parsed(&rubric);
    support::draft(&rubric, ratings).score()
}

/// The cells of each HTML table, or the lines of each Markdown table, as texts: a table for each scale.
fn tables(scorecard: &Scorecard, format: Format) -> Vec<Vec<Vec<String>>> {
    let page = Renderer::new().report(scorecard, format).unwrap();
    if format == Format::Markdown {
        let cells = |line: &str| line.trim_matches('|').split('|').map(|cell| cell.trim().to_owned()).collect();
        let rows = |table: &str| {
            let lines = table.lines().take_while(|line| !line.is_empty()).filter(|line| !line.starts_with("--- |"));
            lines
                .map(|line| cells(line.trim_start_matches("| ")))
                .filter(|row: &Vec<String>| row.first().is_some_and(|cell| cell != "---"))
                .collect()
        };
        return page.split("\n| Domain |").skip(1).map(|rest| rows(&format!("| Domain |{rest}"))).collect();
    }
    let text = |cell: &str| {
        let parts = cell.split('<').map(|part| part.split_once('>').map_or("", |(_, text)| text));
        parts.collect::<String>().trim().to_owned()
    };
    let is_cell = |part: &&str| part.starts_with("h ") || part.starts_with("d ");
    let cells = |row: &str| row.split("<t").filter(is_cell).map(|cell| text(&format!("<t{cell}"))).collect();
    let rows = |table: &str| table.split("</table>").next().unwrap().split("<tr>").skip(1).map(cells).collect();
    page.split("<caption id=\"numbers").skip(1).map(rows).collect()
}

/// By label, how many indicators of a domain, or of all, have each level of a scale.
fn counted(scorecard: &Scorecard, domain: Option<usize>, scale: &Scale) -> BTreeMap<String, String> {
    let evaluation = scorecard.evaluation();
    let rubric = evaluation.rubric();
    let domains =
        rubric.domains().iter().enumerate().filter(|(number, _)| domain.is_none_or(|domain| domain == *number));
    let indicators = domains.flat_map(|(_, domain)| domain.all_indicators());
    let on_scale = indicators.filter(|indicator| rubric.scale_of(indicator).unwrap().id() == scale.id());
    let given: Vec<&str> = on_scale
        .map(|indicator| evaluation.level(evaluation.rating(indicator).unwrap()).unwrap().label.as_str())
        .collect();
    let count = |label: &str| given.iter().filter(|given| **given == label).count().to_string();
    scale.levels().iter().map(|level| (level.label.clone(), count(&level.label))).collect()
}

/// The number of a scale, and the headings of the rows of its table.
type Table<'a> = (usize, &'a [&'a str]);

#[test]
fn every_count_of_a_report_stands_under_its_own_level() {
    let highest_first = LOWEST_FIRST.replace("scale: &scale", "scale:\n  order: highest_first");
    let highest_first = highest_first.replace(
        "{ id: low, label: Low }, { id: mid, label: Mid }, { id: high, label: High }",
        "{ id: high, label: High }, { id: mid, label: Mid }, { id: low, label: Low }",
    );
    let elsewhere = SEVERAL.replace("title: A, indicators", "title: A, scale: present, indicators");
    let mixed = SEVERAL.replace("statement: A3.", "statement: A3., scale: present");
    let one = "a1: high, a2: high, a3: mid, b1: unseen, b2: high";
    let both = ["1 A", "2 B", "All domains"];
    let cases: [(&str, &str, &str, &[Table]); 5] = [
        ("lowest first", LOWEST_FIRST, one, &[(0, &both)]),
        ("highest first", &highest_first, one, &[(0, &both)]),
        ("another scale alone", &elsewhere, r#"a1: "yes", a2: "no", a3: "yes", b1: unseen, b2: "yes""#, &[(1, &both)]),
        (
            "a scale a domain",
            SEVERAL,
            r#"a1: high, a2: high, a3: unseen, b1: "yes", b2: "yes""#,
            &[(0, &["1 A"]), (1, &["2 B"])],
        ),
        (
            "two scales in a domain",
            &mixed,
            r#"a1: high, a2: unseen, a3: unseen, b1: "yes", b2: "no""#,
            &[(0, &["1 A"]), (1, &["1 A", "2 B", "All on this scale"])],
        ),
    ];
    for (case, scale, ratings, wanted) in cases {
        let scorecard = scorecard(scale, ratings);
        for format in [Format::Html, Format::Markdown] {
            let tables = tables(&scorecard, format);
            assert_eq!(tables.len(), wanted.len(), "{case}: a table for each scale");
            for (table, (scale, headings)) in tables.iter().zip(wanted) {
                let scale = scorecard.evaluation().rubric().scales().get(*scale).unwrap();
                let (heads, rows) = table.split_first().unwrap();
                let named: Vec<&str> = rows.iter().map(|row| row.first().unwrap().as_str()).collect();
                assert_eq!(named, *headings, "{case}");
                for (row, heading) in rows.iter().zip(*headings) {
                    let domain = both.iter().position(|known| known == heading).filter(|number| *number < 2);
                    let counts: BTreeMap<String, String> =
                        heads.iter().cloned().zip(row.iter().cloned()).skip(1).collect();
                    let expected = counted(&scorecard, domain, scale);
                    for (level, count) in &expected {
                        assert_eq!(counts.get(level), Some(count), "{case}, {heading}, {level}: {row:?}");
                    }
                    let others: Vec<&str> =
                        counts.keys().filter(|head| !expected.contains_key(*head)).map(String::as_str).collect();
                    assert_eq!(others, ["Met", "Rated", "Share"], "{case}, {heading}: {row:?}");
                    let sum: u32 = expected.values().map(|count| count.parse::<u32>().unwrap()).sum();
                    let not_rated: u32 = expected.get("Unseen").map_or(0, |count| count.parse().unwrap());
                    assert_eq!(
                        counts.get("Rated").unwrap(),
                        &(sum - not_rated).to_string(),
                        "{case}, {heading}: {row:?}"
                    );
                }
            }
        }
    }
}
