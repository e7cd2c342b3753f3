//! A rubric goes through a spreadsheet and comes back as it was.

#![cfg(feature = "table")]
#![allow(clippy::panic, clippy::unwrap_used, clippy::indexing_slicing, reason = "a test that cannot go on fails")]

mod support;

use std::time::{Duration, Instant};

use appraise::table::{self, Options};
use appraise::{Checked, Code, Library, Rubric};
use proptest::prelude::*;

fn parse(yaml: &str) -> Rubric {
    Rubric::parse("made.yaml", yaml, &Library::empty()).unwrap_or_else(|found| panic!("{found}\n{yaml}"))
}

fn import(text: &str, options: &Options) -> String {
    let Checked { value: yaml, diagnostics: found } = table::import("table.csv", text, options);
    yaml.unwrap_or_else(|| panic!("{found}\n{text}"))
}

/// With the options that a table needs to be the same rubric again.
fn back(rubric: &Rubric) -> Options {
    let mut options = Options::default();
    options.from = Some(rubric.clone());
    options
}

#[test]
fn every_rubric_at_hand_comes_back_as_it_was() {
    let library = support::library();
    for rubric in library.ids().iter().map(|id| library.get(id).unwrap()) {
        let yaml = import(&table::export(&rubric), &back(&rubric));
        assert_eq!(parse(&yaml).fingerprint(), rubric.fingerprint(), "{}", rubric.id());
        assert!(appraise::diff::compare(&rubric, &parse(&yaml)).changes.is_empty());
    }
    let every_key = support::read(support::project("tests/documents/rubric/missing-key--every-optional-key.ok.yaml"));
    let rubric = parse(&every_key);
    let again = parse(&import(&table::export(&rubric), &back(&rubric)));
    assert_eq!(again.fingerprint(), rubric.fingerprint());
    assert_eq!((again.service_data().len(), again.publisher()), (3, Some("Board of Education")));
}

#[test]
fn a_table_names_the_scale_of_a_part_or_leaves_it_as_it_is() {
    let rubric = support::rubric("tests/documents/rubrics/scales.yaml");
    let scales = |yaml: &str| -> Vec<(String, Option<String>)> {
        let rubric = parse(yaml);
        let of = |indicator: &appraise::Indicator| rubric.scale_of(indicator).unwrap().id().map(str::to_owned);
        rubric.indicators().map(|indicator| (indicator.statement.clone(), of(indicator))).collect()
    };
    let is_compliance = |statement: &str| (statement.to_owned(), Some("compliance".to_owned()));
    // Without columns of scales the parts of the other rubric keep theirs: an indicator its own, and all else its domain's.
    let text = "domain,statement,Not in place,In place,Has met\nRecords,Keeps files.,None,All,\n,Writes reports.,,,Good ones\n";
    let kept = scales(&import(text, &back(&rubric)));
    assert_eq!(kept, [is_compliance("Keeps files."), ("Writes reports.".to_owned(), None)]);
    // With one, the table decides, in capitals or not.
    let text = "Domain,Statement,Scale,In place,Not in place\nNew,Keeps files.,Compliance,All,None\n,Keeps notes.,,,\n,Writes.,default,,\n";
    let chosen = scales(&import(text, &back(&rubric)));
    let default = |statement: &str| (statement.to_owned(), None);
    assert_eq!(chosen, [is_compliance("Keeps files."), default("Keeps notes."), default("Writes.")]);
    // A row with a title alone may name the scale of what is below it.
    let text = "Domain,Statement,Domain scale\nNew,,compliance\n,Keeps files.,\n";
    assert_eq!(scales(&import(text, &back(&rubric))), [is_compliance("Keeps files.")]);
}

#[test]
fn a_level_called_alike_in_two_scales_is_looked_up_in_the_scale_of_its_row() {
    let text = "
id: alike
version: 1.0.0
title: Alike
scale: { levels: [{ id: low, label: Not yet }, { id: met, label: Met }], meets_at: met }
scales: { drills: { levels: [{ id: missed, label: Not yet }, { id: held, label: Met }], meets_at: held } }
domains:
  - { id: practice, title: Practice, indicators: [{ id: plans, statement: Plans. }] }
  - { id: safety, title: Safety, scale: drills, indicators: [{ id: fire, statement: Holds fire drills. }] }
scoring: { points: { low: 0, met: 1, missed: 0, held: 1 }, steps: [{ id: s, of: indicators, take: mean }] }
";
    let rubric = Rubric::parse("alike.yaml", text, &Library::empty()).unwrap_or_else(|found| panic!("{found}"));
    let table = "domain_id,domain,domain_scale,id,statement,points,practices,derive,Not yet,Met\n\
        practice,Practice,,plans,Plans.,Met=2,p1 | Met | Has a plan.,cumulative,Has none.,Has one.\n\
        safety,Safety,drills,fire,Holds fire drills.,Met=3,p2 | Met | Holds one.,at_least Met 1,Holds none.,Holds one.\n"
        .replace("p2 | Met |", "p2 |  |");
    let yaml = import(&table, &back(&rubric));
    let read: serde_json::Value = serde_json::to_value(parse(&yaml)).unwrap();
    let [plans, fire] = [0, 1].map(|domain| read["domains"][domain]["indicators"][0].clone());
    let wanted = |level: &str, lowest: &str, points: u8, texts: [&str; 2]| serde_json::json!([{ level: points }, { lowest: texts[0], level: texts[1] }]);
    let of = |indicator: &serde_json::Value| serde_json::json!([indicator["points"], indicator["descriptors"]]);
    assert_eq!(of(&plans), wanted("met", "low", 2, ["Has none.", "Has one."]), "{yaml}");
    assert_eq!(of(&fire), wanted("held", "missed", 3, ["Holds none.", "Holds one."]), "{yaml}");
    assert_eq!(
        (&plans["practices"][0]["level"], &fire["derive"]["at_least"]),
        (&"met".into(), &serde_json::json!({ "held": 1 }))
    );
    // An export names each level so that no other can be meant.
    let exported = table::export(&parse(&yaml));
    assert!(exported.lines().next().unwrap().ends_with(",low,met,missed,held"), "{exported}");
    assert_eq!(parse(&import(&exported, &back(&rubric))).fingerprint(), parse(&yaml).fingerprint());
}

#[test]
fn points_of_indicators_are_a_column_where_some_indicator_has_them() {
    let text = std::fs::read_to_string(support::project("tests/policies/canvas_points.yaml")).unwrap();
    let rubric = Rubric::parse("canvas.yaml", &text, &Library::empty()).unwrap();
    let table = table::export(&rubric);
    assert!(table.contains(",points,") && table.contains(",\"none=0; partial=6; full=10\","), "{table}");
    let same = Rubric::parse("t.yaml", &import(&table, &back(&rubric)), &Library::empty()).unwrap();
    assert_eq!(same.fingerprint(), rubric.fingerprint());
    let points = |table: &str| {
        let yaml = import(table, &back(&rubric));
        yaml.lines().filter(|line| line.contains("artifacts") || line.contains(": 10")).collect::<Vec<_>>().join("\n")
    };
    // A table that says nothing about points leaves them; one with the column says all.
    let heads = "domain_id,domain,id,statement,scale";
    let rows = |more: [&str; 3]| {
        let [one, two, three] = more;
        format!(
            "portfolio,Portfolio,reflection,Reflects on practice.,{one}\n\
             ,,artifacts,Artifacts are chosen well.,{two}\n,,format,Is complete.,all_or_nothing{three}\n"
        )
    };
    assert!(points(&format!("{heads}\n{}", rows(["", "", ""]))).contains("full: 10"));
    let labels =
        rows([",No marks=0; Partial = 3; Full marks=5.5", ",none=0;partial=4;full=5", ",nothing=0; everything=2;"]);
    let yaml = import(&format!("{heads},points\n{labels}"), &back(&rubric));
    assert!(yaml.contains("full: 5.5") && yaml.contains("partial: 4") && !yaml.contains("full: 10"), "{yaml}");
    assert!(!table::export(&support::library().get("connecticut_school_social_work").unwrap()).contains("points"));
}

#[test]
fn a_rubric_of_one_scale_has_no_column_of_scales_unless_a_part_names_the_scale() {
    let text =
        "{ id: a, version: 1.0.0, title: A, domains: [{ id: d, title: D, indicators: [{ id: i, statement: S }] }] }";
    let header = |yaml: &str| table::export(&parse(yaml)).lines().next().unwrap().to_owned();
    assert!(!header(text).contains("scale"), "{}", header(text));
    let named = text.replace("title: D", "title: D, scale: default");
    assert!(header(&named).contains(",domain_scale,"), "{}", header(&named));
    let rubric = parse(&named);
    assert_eq!(parse(&import(&table::export(&rubric), &back(&rubric))).fingerprint(), rubric.fingerprint());
}

#[test]
fn a_qualification_is_found_by_its_id_also_where_another_is_called_so() {
    let rubric = parse(
        "id: r\nversion: 1.0.0\ntitle: R\nqualifications: [{ id: social_work, label: Supervisor }, { id: supervisor, label: Clinical supervisor }]\n\
         domains: [{ id: a, title: A, indicators: [{ id: a1, statement: One., evaluated_by: supervisor }, { id: a2, statement: Two., evaluated_by: social_work }] }]\n",
    );
    let table = table::export(&rubric);
    assert_eq!(parse(&import(&table, &back(&rubric))).fingerprint(), rubric.fingerprint());
    // A person writes the label, in capitals or not.
    for (written, id) in [("Supervisor", "social_work"), ("CLINICAL SUPERVISOR", "supervisor")] {
        let again = parse(&import(&table.replace(",supervisor,", &format!(",{written},")), &back(&rubric)));
        assert_eq!(again.indicators().next().unwrap().evaluated_by.as_deref(), Some(id), "{written}");
    }
}

#[test]
fn another_rubric_gives_everything_that_a_table_does_not_hold() {
    let every_key = support::read(support::project("tests/documents/rubric/missing-key--every-optional-key.ok.yaml"));
    let rubric = parse(&every_key);
    let mut options = back(&rubric);
    options.version = Some("2.0.0".to_owned());
    // No ids: what says the same keeps its own, and what is new gets none that was somebody else's.
    let text = "domain,competency,statement,Met\nPractice,Writing,Writes budgets.,Budgets.\n,,Writes plans.,\n\
                Program,,Keeps to the budget.,\nProgram,,Plans,\n";
    let yaml = import(text, &options);
    let again = parse(&yaml);
    let ids: Vec<&str> = again.indicators().map(|indicator| indicator.id.as_str()).collect();
    assert_eq!(ids, ["writes_budgets", "plans", "budget", "plans_2"]);
    assert_eq!(again.scale().rated().len(), 2);
    assert!(yaml.contains("activities:"), "the goal of `plans` stays:\n{yaml}");
    assert_eq!((again.id(), again.version().as_str()), ("example", "2.0.0"));
}

#[test]
fn a_districts_table_is_a_rubric_that_reads_as_written() {
    let text = "sep=;\r\nDomain;Competency;Code;Title;Statement;Has not met;Has met;Exceeds expectations;Evaluated by\r\n\
                Counseling;Self-concept;1.1;;Helps students see their strengths.;Not yet;Mostly;Always;Clinical license\r\n\
                ;;1.10;Plans;\"Plans; and reviews.\";;;;\r\n\
                Advocacy;;2.1;;Speaks up.;;;;\r\n";
    let Checked { value: yaml, diagnostics: found } =
        table::import("Hartford Public-Schools.csv", text, &Options::default());
    assert!(found.is_empty(), "{found}");
    support::expect(support::project("tests/table.yaml"), &yaml.unwrap());
}

#[test]
fn a_level_that_could_be_a_column_is_marked_as_a_level() {
    let rubric = parse(
        "{ id: a, version: 1.0.0, title: A, scale: { meets_at: code, levels: [{ id: code, label: Title }, { id: x, label: Level X }, \
         { id: z, label: ' Z ' }] }, domains: [{ id: d, title: D, indicators: [{ id: i, statement: S, descriptors: { code: one, x: \
         two, z: three } }] }] }",
    );
    let text = table::export(&rubric);
    assert!(text.contains(",level: code,Level X,z\r\n"), "{text}");
    assert_eq!(parse(&import(&text, &back(&rubric))).fingerprint(), rubric.fingerprint());
}

#[test]
fn no_cell_is_one_that_a_spreadsheet_runs() {
    let rubric = parse(
        "{ id: a, version: 1.0.0, title: A, domains: [{ id: d, title: '=D', indicators: [{ id: i, code: '-1', statement: '@S', \
         title: '+1', guidance: '\t=HYPERLINK(\"http://example.org\")' }] }] }",
    );
    let text = table::export(&rubric);
    for cell in ["'=D", "'-1", "'@S", "'+1", "\"'\t=HYPERLINK"] {
        assert!(text.contains(&format!(",{cell}")), "{cell}: {text}");
    }
    assert_eq!(parse(&import(&text, &back(&rubric))).fingerprint(), rubric.fingerprint());
}

#[test]
fn options_that_cannot_be_are_findings_of_their_own() {
    let mut options = Options::default();
    options.id = Some("Our Rubric".to_owned());
    let Checked { value: yaml, diagnostics: found } = table::import("table.csv", "domain,statement\nA,B\n", &options);
    assert!(yaml.is_none());
    assert_eq!(found.to_string().lines().next().unwrap(), "error[malformed-id]: `Our Rubric` cannot be an id");
    assert_eq!(found.file(), "--id");
}

#[test]
fn a_table_may_have_levels_of_its_own() {
    let text = "Domain,Statement,Unsatisfactory,Basic,Highly effective\nPlanning,Knows content.,a,b,c\n";
    let mut options = Options::default();
    options.levels = ["Unsatisfactory", "Basic", "Highly effective"].map(str::to_owned).to_vec();
    options.meets_at = Some("basic".to_owned());
    let rubric = parse(&import(text, &options));
    let ids: Vec<&str> = rubric.scale().levels().iter().map(|level| level.id.as_str()).collect();
    assert_eq!(ids, ["unsatisfactory", "basic", "highly_effective"]);
    assert_eq!(rubric.scale().meets_at().unwrap().label, "Basic");
    assert!(table::export(&rubric).contains(",a,b,c\r\n"));
    options.meets_at = Some("Basics".to_owned());
    let Checked { diagnostics: found, .. } = table::import("table.csv", text, &options);
    assert!(found.to_string().contains("did you mean `Basic`?"), "{found}");
}

/// Ids and labels, lowest first, then those of the choices that are no rating.
fn levels(rubric: &Rubric) -> Vec<(&str, &str)> {
    rubric.scale().levels().iter().map(|level| (level.id.as_str(), level.label.as_str())).collect()
}

fn options(levels: &[&str], meets_at: &str) -> Options {
    let mut options = Options::default();
    options.levels = levels.iter().map(|level| (*level).to_owned()).collect();
    options.meets_at = Some(meets_at.to_owned());
    options
}

fn codes(found: &appraise::Diagnostics) -> Vec<&str> {
    found.iter().map(|finding| finding.code.as_str()).collect()
}

#[test]
fn a_level_named_not_applicable_is_imported_as_a_choice_that_is_no_rating() {
    let text = "domain;statement;Ineffective;Effective;N/A\nPlanning;Plans the year.;No plan;A plan;\n";
    let insisted = options(&["Ineffective", "Effective", "N/A"], "Effective");
    let Checked { value: yaml, diagnostics: found } = table::import("t.csv", text, &insisted);
    assert_eq!(codes(&found), ["not-rated-as-level"], "{found}");
    let rubric = parse(&yaml.unwrap());
    assert_eq!(rubric.scale().rated().len(), 2);
    let ids = [("ineffective", "Ineffective"), ("effective", "Effective"), ("not_applicable", "N/A")];
    assert_eq!(levels(&rubric), ids);

    let mut said = options(&["Ineffective", "Effective"], "Effective");
    said.not_rated = vec!["N/A".to_owned()];
    let Checked { value: yaml, diagnostics: found } = table::import("t.csv", text, &said);
    assert!(found.is_empty(), "{found}");
    assert_eq!(parse(&yaml.unwrap()).fingerprint(), rubric.fingerprint());

    let Checked { value: yaml, diagnostics: found } =
        table::import("t.csv", text, &options(&["Ineffective", "Effective", "N/A"], "N/A"));
    assert!(yaml.is_none() && found.to_string().contains("`N/A` is no rating, so nothing is met at it"), "{found}");
}

#[test]
fn any_label_may_be_declared_to_be_no_rating() {
    let mut given = options(&["Met", "Later"], "Met");
    given.levels.insert(0, "Not met".to_owned());
    given.not_rated = vec!["later".to_owned(), "Not observed".to_owned()];
    let rubric = parse(&import("domain,statement,Later,Not observed\nA,B,x,y\n", &given));
    let ids: Vec<&str> = levels(&rubric).into_iter().map(|(id, _)| id).collect();
    assert_eq!((ids, rubric.scale().rated().len()), (vec!["not_met", "met", "later", "not_observed"], 2));
}

#[test]
fn levels_without_letters_have_ids_and_make_no_further_findings() {
    let numbers = options(&["1", "2", "3", "4"], "3");
    let rubric = parse(&import("domain,statement,1,2,3,4\nPlanning,Plans.,None,Some,Most,All\n", &numbers));
    assert_eq!(levels(&rubric), [("level_1", "1"), ("level_2", "2"), ("level_3", "3"), ("level_4", "4")]);
    let shares = options(&["0-59%", "60-100%", "60–100 % and more", "★★★"], "60-100%");
    let rubric = parse(&import("domain,statement,0-59%,60-100%\nPlanning,Plans.,Some,Most\n", &shares));
    let ids: Vec<&str> = levels(&rubric).into_iter().map(|(id, _)| id).collect();
    assert_eq!(ids, ["level_0_59", "level_60_100", "more", "level_4"]);
    let Checked { diagnostics: found, .. } =
        table::import("t.csv", "domain,statement\nA,B\n", &options(&["Met", "met"], "met"));
    assert_eq!(codes(&found), ["duplicate-level"], "{found}");
}

#[test]
fn levels_that_are_given_best_first_are_kept_so_and_mean_what_they_say() {
    let text =
        "domain,statement,Distinguished,Accomplished,Emerging,Unsatisfactory\nPlanning,Plans.,All,Most,Some,None\n";
    let mut given = options(&["Distinguished", "Accomplished", "Emerging", "Unsatisfactory"], "Accomplished");
    let Checked { diagnostics: found, .. } = table::import("t.csv", text, &given);
    assert_eq!(codes(&found), ["reversed-scale"], "{found}");
    assert!(found.to_string().contains("--best-first"), "{found}");

    given.best_first = true;
    let Checked { value: yaml, diagnostics: found } = table::import("t.csv", text, &given);
    assert!(found.is_empty(), "{found}");
    let rubric = parse(&yaml.unwrap());
    let lowest_first: Vec<&str> = levels(&rubric).into_iter().map(|(id, _)| id).collect();
    assert_eq!(lowest_first, ["unsatisfactory", "emerging", "accomplished", "distinguished"]);
    assert_eq!(rubric.scale().meets_at().unwrap().id, "accomplished");
    let again = table::export(&rubric);
    assert!(again.contains(",Distinguished,Accomplished,Emerging,Unsatisfactory\r\n"), "{again}");
    assert!(again.contains(",All,Most,Some,None\r\n"), "{again}");
    assert_eq!(parse(&import(&again, &back(&rubric))).fingerprint(), rubric.fingerprint());
}

#[test]
fn a_row_with_a_title_alone_begins_a_domain_or_competency() {
    let text = "Plan of 2025\n\nDomain;Competency;Statement\nDomain 1: Planning;;\n;;Plans the year.\nDomain 2: Services;;\n\
                ;Visits;\n;;Visits homes.\n;;Visits schools.\n;Records;\n;;Keeps records.\n";
    let Checked { value: yaml, diagnostics: found } = table::import("t.csv", text, &Options::default());
    assert_eq!(codes(&found), ["title-row"], "{found}");
    let rubric = parse(&yaml.unwrap());
    let titles: Vec<&str> = rubric.domains().iter().map(|domain| domain.title.as_str()).collect();
    assert_eq!(titles, ["Domain 1: Planning", "Domain 2: Services"]);
    let of_services: Vec<(&str, usize)> = rubric.domains()[1]
        .competencies
        .iter()
        .map(|competency| (competency.title.as_str(), competency.indicators.len()))
        .collect();
    assert_eq!(of_services, [("Visits", 2), ("Records", 1)]);
    assert_eq!(rubric.domains()[0].indicators[0].statement, "Plans the year.");
}

#[test]
fn a_line_break_of_any_kind_within_a_text_comes_back() {
    let rubric = parse(
        "{ id: a, version: 1.0.0, title: A, domains: [{ id: d, title: D, statement: \"one\\rtwo\", indicators: [{ id: i, statement: \
         \"Plans:\\n- the year\\n\\n- the week\\n\", guidance: \"\\r=2\" }] }] }",
    );
    let again = parse(&import(&table::export(&rubric), &back(&rubric)));
    assert_eq!(again.fingerprint(), rubric.fingerprint());
    assert_eq!(again.domains()[0].indicators[0].statement, "Plans:\n- the year\n\n- the week\n");
    // A table that was written on Windows has two characters for one line break.
    let windows = parse(&import("domain,statement\r\nA,\"one\r\ntwo\"\r\n", &Options::default()));
    assert_eq!(windows.domains()[0].indicators[0].statement, "one\ntwo");
}

#[test]
fn a_fault_of_the_policy_that_a_table_takes_over_is_found_in_the_other_rubrics_file() {
    let from = "id: from\nversion: 1.0.0\ntitle: From\ndomains:\n  - { id: planning, title: Planning, indicators: \
                [{ id: plans, statement: Plans. }] }\nscoring:\n  points: { has_not_met: 1, has_met: 2, \
                exceeds_expectations: 3 }\n  steps:\n    - { id: total, of: indicators, under: [planning], take: mean }\n";
    let from = Rubric::parse("from.yaml", from, &Library::empty()).unwrap();
    let mut options = Options::default();
    options.from = Some(from);
    let Checked { value: yaml, diagnostics: found } =
        table::import("table.csv", "domain,statement\nServices,Plans the year.\n", &options);
    assert!(yaml.is_none());
    let found: Vec<_> = found.iter().map(|finding| (finding.code, finding.file.as_str(), &*finding.path)).collect();
    assert_eq!(found, [(Code::UnknownNode, "from.yaml", "scoring.steps[0].under[0]")]);
}

#[test]
fn hostile_tables_are_answered_in_time() {
    let begin = Instant::now();
    let codes = |text: &str| -> Vec<String> {
        let Checked { value: yaml, diagnostics: found } = table::import("table.csv", text, &Options::default());
        assert_eq!(yaml.is_none(), found.has_errors());
        found.iter().map(|finding| finding.code.to_string()).take(200).collect()
    };
    let mib = 1024 * 1024;
    assert_eq!(codes(&"x".repeat(4 * mib + 1)), ["too-large"]);
    assert_eq!(codes(&",".repeat(4 * mib)), ["empty-document"]);
    assert_eq!(codes(&"\n".repeat(4 * mib)), ["empty-document"]);
    assert_eq!(codes(&"\"".repeat(4 * mib)).len(), 1);
    assert_eq!(codes(&format!("domain,statement\n{}", ",\n".repeat(2 * mib - 10))), ["empty-rubric"]);
    assert_eq!(codes(&format!("domain,statement\n{}", "a,b\n".repeat(20_000))), ["too-many-indicators"]);
    assert_eq!(codes(&format!("domain,statement\n{}", "a\n".repeat(10_000))).len(), 200);
    assert_eq!(codes(&format!("domain,statement,{}\na,b\n", "x,".repeat(mib))), ["unknown-column"]);
    let rows: String = (0..10_000).map(|row| format!("d{row},c{row},s{row},{row},t,g\n")).collect();
    assert_eq!(codes(&format!("domain,competency,statement,code,title,guidance\n{rows}")), ["too-many-nodes"]);
    let rows: String = (0..10_000).map(|_| "same,same\n").collect();
    assert_eq!(codes(&format!("domain,statement\n{rows}")), ["same-statements"]);
    assert!(begin.elapsed() < Duration::from_secs(60), "{:?}", begin.elapsed());
}

/// Signs that make trouble in YAML, in CSV or in a spreadsheet.
fn tricky() -> impl Strategy<Value = String> {
    let parts = prop::sample::select(vec![
        "a", "Plans", " ", "  ", "\n", "\n\n", "\"", "\"\"", "'", ",", ";", "\t", ": ", " #", "=", "+", "-", "@",
        "1.10", "007", "no", "null", "é", "日本", "😀", "א", "\u{202e}", "\u{feff}", "{{ due }}", "- ", "• ", "\n• ",
        "\n- ", "|", ">", "%", "&", "*", "!", "\u{85}", "\u{2028}", "\u{7}", "long words that go on and on ",
    ]);
    let text = prop::collection::vec(parts, 0..12).prop_map(|parts| parts.concat());
    prop_oneof![3 => text, 1 => "[ -~\n]{0,200}", 1 => Just("1.10".to_owned())]
        .prop_filter("a text says something", |text| !is_blank(text))
}

/// Whether every character is white space, or takes no place.
fn is_blank(text: &str) -> bool {
    text.chars().all(|c| c.is_whitespace() || matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}'))
}

fn title() -> impl Strategy<Value = String> {
    tricky().prop_map(|text| text.chars().take(50).collect::<String>()).prop_filter("blank", |text| !is_blank(text))
}

/// A group of keys; those without a value are absent. What JSON can say, YAML reads.
fn node(keys: Vec<(&'static str, Option<String>)>) -> serde_json::Map<String, serde_json::Value> {
    keys.into_iter().filter_map(|(key, value)| Some((key.to_owned(), value?.into()))).collect()
}

type Texts = (String, Option<String>, Option<String>);

fn texts() -> impl Strategy<Value = Texts> {
    (title(), prop::option::of(tricky()), prop::option::of(tricky()))
}

const LEVELS: [&str; 4] = ["has_not_met", "has_met", "exceeds_expectations", "no_opportunity_to_practice"];

/// The scales beside the built-in one. Labels are those of other levels too, and of columns.
fn scales() -> serde_json::Value {
    let level = |id: &str, label: &str| serde_json::json!({ "id": id, "label": label });
    let scale = |levels: [serde_json::Value; 2], order: &str| {
        serde_json::json!({
            "order": order, "meets_at": levels[0]["id"], "levels": levels,
            "not_rated": [level("no_opportunity_to_practice", "No opportunity to practice"), level("gone", "Gone")],
        })
    };
    serde_json::json!({
        "yes_no": scale([level("no", "Has not met"), level("yes", "Has met")], "lowest_first"),
        "turned": scale([level("scale", "Code"), level("has", "Has not met")], "highest_first"),
    })
}

/// The levels of each of these scales.
const SCALES: [(&str, [&str; 4]); 3] = [
    ("default", LEVELS),
    ("yes_no", ["no", "yes", "gone", "no_opportunity_to_practice"]),
    ("turned", ["has", "scale", "gone", "no_opportunity_to_practice"]),
];

/// The same domains, with parts on scales that random numbers choose, and descriptors at their levels.
fn on_scales(mut domains: serde_json::Value, choices: &[usize]) -> serde_json::Value {
    fn walk(node: &mut serde_json::Value, above: usize, choices: &mut impl Iterator<Item = usize>) {
        let chosen = choices.next().and_then(|choice| choice.checked_sub(3)).filter(|chosen| *chosen < SCALES.len());
        let scale = chosen.unwrap_or(above);
        if let Some(chosen) = chosen {
            node["scale"] = SCALES[chosen].0.into();
        }
        if let Some(described) = node.get_mut("descriptors").and_then(serde_json::Value::as_object_mut) {
            let old = std::mem::take(described);
            let at = |level: &str| LEVELS.iter().position(|known| *known == level).unwrap();
            described.extend(old.into_iter().map(|(level, text)| (SCALES[scale].1[at(&level)].to_owned(), text)));
        }
        // Points of its own, at an indicator for which a number is drawn twice.
        if node.get("indicators").is_none() && node.get("competencies").is_none() && choices.next() == Some(1) {
            let [lowest, next, ..] = SCALES[scale].1;
            node["points"] = serde_json::json!({ lowest: -0.25, next: 1234567.0000001 });
        }
        for key in ["competencies", "indicators"] {
            for child in node.get_mut(key).and_then(serde_json::Value::as_array_mut).into_iter().flatten() {
                walk(child, scale, choices);
            }
        }
    }
    let mut choices = choices.iter().copied().cycle();
    for domain in domains.as_array_mut().unwrap() {
        walk(domain, 0, &mut choices);
    }
    domains
}

/// Domains with indicators, or with competencies that have some.
fn domains() -> impl Strategy<Value = serde_json::Value> {
    let indicator = (tricky(), prop::option::of(title()), texts(), prop::option::of(any::<bool>()), 0usize..16);
    let group =
        (texts(), prop::collection::vec((texts(), prop::collection::vec(indicator, 1..4)), 1..3), any::<bool>());
    prop::collection::vec(group, 1..4).prop_map(|groups| {
        let mut number = 0;
        let mut id = || {
            number += 1;
            format!("n{number}")
        };
        let mut domains = Vec::new();
        for ((title, statement, _), competencies, is_direct) in groups {
            let mut domain = node(vec![("id", Some(id())), ("title", Some(title)), ("statement", statement)]);
            let mut lists = Vec::new();
            for ((title, statement, _), indicators) in competencies {
                let statement = statement.unwrap_or_else(|| title.clone());
                let mut competency =
                    node(vec![("id", Some(id())), ("title", Some(title)), ("statement", Some(statement))]);
                let indicators =
                    indicators.into_iter().map(|(statement, title, (text, code, guidance), critical, levels)| {
                        let own = id();
                        // A number of its own, whatever else it holds.
                        let code = code.map(|code| format!("{code}/{own}"));
                        let mut indicator = node(vec![
                            ("id", Some(own)),
                            ("code", code),
                            ("title", title),
                            ("statement", Some(statement)),
                            ("guidance", guidance),
                        ]);
                        if let Some(critical) = critical {
                            indicator.insert("critical".to_owned(), critical.into());
                        }
                        let described = LEVELS.iter().enumerate().filter(|(at, _)| levels & (1 << at) != 0);
                        let descriptor = |at: usize| match levels & 8 {
                            0 => serde_json::Value::from(format!("{text}{at}")),
                            _ => [format!("{text}{at}"), text.clone()].to_vec().into(),
                        };
                        let descriptors: serde_json::Map<_, _> =
                            described.map(|(at, level)| ((*level).to_owned(), descriptor(at))).collect();
                        if !descriptors.is_empty() {
                            indicator.insert("descriptors".to_owned(), descriptors.into());
                        }
                        serde_json::Value::from(indicator)
                    });
                let indicators: Vec<_> = indicators.collect();
                if is_direct {
                    lists.extend(indicators);
                } else {
                    competency.insert("indicators".to_owned(), indicators.into());
                    lists.push(competency.into());
                }
            }
            domain.insert(if is_direct { "indicators" } else { "competencies" }.to_owned(), lists.into());
            domains.push(serde_json::Value::from(domain));
        }
        domains.into()
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_rubric_comes_back_as_it_was(domains in domains(), separator in prop::sample::select(vec![',', ';', '\t'])) {
        let document = serde_json::json!({ "id": "made", "version": "1.2.3", "title": "Made", "domains": domains });
        let rubric = parse(&document.to_string());
        let mut options = Options::default();
        (options.id, options.version) = (Some("made".to_owned()), Some("1.2.3".to_owned()));
        let text = table::export(&rubric);
        let again = parse(&import(&text, &options));
        prop_assert_eq!(again.fingerprint(), rubric.fingerprint(), "{}", text);
        // As another spreadsheet would write it: every cell in quotes, without the byte order mark.
        let quoted = requoted(&text, separator);
        let again = parse(&import(&quoted, &options));
        prop_assert_eq!(again.fingerprint(), rubric.fingerprint(), "{}", quoted);
    }

    #[test]
    fn any_rubric_with_several_scales_comes_back_as_it_was(
        domains in domains(),
        choices in prop::collection::vec(0usize..6, 1..30),
        separator in prop::sample::select(vec![',', ';', '\t']),
    ) {
        let domains = on_scales(domains, &choices);
        let document = |domains: &serde_json::Value| parse(
            &serde_json::json!({ "id": "made", "version": "1.2.3", "title": "Made", "scales": scales(), "domains": domains }).to_string(),
        );
        let rubric = document(&domains);
        let text = table::export(&rubric);
        // Another rubric that has the scales is enough.
        let mut options = back(&document(&serde_json::json!([{ "id": "d", "title": "D", "indicators": [{ "id": "i", "statement": "I." }] }])));
        for table in [text.clone(), requoted(&text, separator)] {
            let again = parse(&import(&table, &options));
            prop_assert_eq!(again.fingerprint(), rubric.fingerprint(), "{}", table);
            prop_assert!(appraise::diff::compare(&rubric, &again).changes.is_empty());
        }
        options.from = Some(rubric.clone());
        prop_assert_eq!(table::export(&parse(&import(&text, &options))), text);
    }

    #[test]
    fn any_practices_come_back_as_they_were(
        statements in prop::collection::vec(tricky(), 1..6),
        rule in 0usize..3,
        separator in prop::sample::select(vec![',', ';', '\t']),
    ) {
        let level = |number: usize| ["has_met", "exceeds_expectations"][number % 2];
        let practice = |(number, statement): (usize, &String)| {
            let mut practice = serde_json::json!({ "id": format!("p{number}"), "statement": statement });
            if rule < 2 {
                practice["level"] = level(number).into();
            }
            practice
        };
        let practices: Vec<serde_json::Value> = statements.iter().enumerate().map(practice).collect();
        let derive = [serde_json::json!("cumulative"), "majority".into(), serde_json::json!({ "at_least": { "has_met": 1 } })][rule].clone();
        let indicator = serde_json::json!({ "id": "i", "statement": "I.", "practices": practices });
        let other = serde_json::json!({ "id": "j", "statement": "J.", "derive": "majority", "practices": [
            { "id": "q", "level": "has_met", "statement": "Q." },
        ] });
        let domains = serde_json::json!([{ "id": "d", "title": "D", "derive": derive, "competencies": [
            { "id": "c", "title": "C", "statement": "C.", "derive": derive, "indicators": [indicator, other] },
        ] }]);
        let rubric = parse(&serde_json::json!({ "id": "made", "version": "1.2.3", "title": "Made", "domains": domains }).to_string());
        let text = table::export(&rubric);
        for table in [text.clone(), requoted(&text, separator)] {
            let mut options = Options::default();
            (options.id, options.version, options.title) = (Some("made".to_owned()), Some("1.2.3".to_owned()), Some("Made".to_owned()));
            let again = parse(&import(&table, &options));
            prop_assert_eq!(again.fingerprint(), rubric.fingerprint(), "{}", table);
        }
        // A table without these columns leaves practices as they are.
        let without = "domain_id,domain,competency_id,competency,competency_statement,id,statement\nd,D,c,C,C.,i,I.\nd,D,c,C,,j,J.\n";
        let again = parse(&import(without, &back(&rubric)));
        prop_assert_eq!(again.fingerprint(), rubric.fingerprint());
    }

    #[test]
    fn any_text_can_be_imported(text in "((domain|statement|competency|Has met|id|code|practices|derive)(,|;|\n))*([a-b \"',;=\n\r\té1.]|😀){0,200}") {
        let Checked { value: yaml, diagnostics: found } = table::import("table.csv", &text, &Options::default());
        prop_assert_eq!(yaml.is_none(), found.has_errors());
        if let Some(yaml) = yaml {
            parse(&yaml);
        }
    }
}

/// The same table, written by somebody else.
fn requoted(text: &str, separator: char) -> String {
    let mut out = String::new();
    let mut is_quoted = false;
    let mut begins = true;
    for character in text.trim_start_matches('\u{feff}').replace("\r\n", "\n").chars() {
        let ends = !is_quoted && matches!(character, ',' | '\n');
        if begins {
            out.push_str(if character == '"' { "" } else { "\"" });
            begins = false;
        }
        match character {
            '"' => {
                is_quoted = !is_quoted;
                out.push('"');
            }
            _ if ends => {
                // The quotes so far are in pairs where the cell was in quotes already.
                out.push_str(if out.matches('"').count().is_multiple_of(2) { "" } else { "\"" });
                out.push(if character == ',' { separator } else { '\n' });
                begins = true;
            }
            _ => out.push(character),
        }
    }
    out
}
