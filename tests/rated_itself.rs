//! A domain or competency that is rated itself, from the rubric to every page, table and comparison.

#![cfg(all(feature = "render", feature = "table"))]
#![allow(clippy::panic, clippy::unwrap_used, reason = "a test that cannot go on fails")]

use appraise::diff::compare;
use appraise::summary::{DomainCounts, Summary};
use appraise::table::{self, Options};
use appraise::{Checked, Code, Evaluation, Form, Format, Library, Renderer, Rubric, migrate};
use serde_json::{Value, json};

/// Two domains that are rated as a whole, and one with a competency that is, beside one with indicators.
const WHOLE: &str = "
id: whole
version: 1.0.0
title: Rated as a whole
qualifications: [{ id: administration, label: Administration }]
scales: { drills: { from: 0, to: 10, meets_at: 5 } }
narratives: [{ id: praise, label: Commendations, of: domain }]
domains:
  - id: leadership
    title: Leadership
    statement: Leads the school.
    evaluated_by: administration
    rated: true
    guidance: [Watch a meeting., Read the plan.]
    descriptors: { has_not_met: Seldom leads., has_met: Leads., exceeds_expectations: Lets others lead. }
    points: { exceeds_expectations: 4 }
    critical: true
    goal: { statement: \"Lead: {{ indicator.title }}\" }
  - { id: climate, title: Climate, rated: true }
  - { id: safety, title: Safety, statement: Holds drills., scale: drills, rated: true }
  - id: teaching
    title: Teaching
    competencies:
      - id: goals
        title: Goals
        statement: Sets goals.
        rated: true
        derive: cumulative
        practices:
          - { id: goals_set, level: has_met, statement: Has goals. }
          - { id: goals_shared, level: exceeds_expectations, statement: Shares goals. }
      - { id: plans, title: Plans, statement: Makes plans., indicators: [{ id: writes, statement: Writes plans. }] }
scoring:
  points: { has_not_met: 1, has_met: 2, exceeds_expectations: 3 }
  indicator_points: { climate: { exceeds_expectations: 5 } }
  steps:
    - { id: by_domain, each: domain, of: indicators, take: mean, under: [leadership, climate, teaching] }
    - { id: by_competency, each: competency, of: indicators, take: mean, under: [leadership, climate, teaching] }
    - id: total
      of: indicators
      take: mean
      under: [leadership, climate, teaching]
      weights: { leadership: 3, teaching: 2, climate: 1 }
      flags:
        - { flag: weak, when: { rating: leadership, below: has_met } }
        - { flag: drilled, when: { rating: safety, at_least: 5 } }
        - { flag: seen, when: { known: climate } }
allow: [{ code: unused-step, because: Printed., at: by_domain }, { code: unused-step, because: Printed., at: by_competency }]
";

const RATINGS: &str = "
  leadership: { level: has_not_met, comment: Nobody leads., evidence: [{ note: No meeting was held. }] }
  climate: exceeds_expectations
  safety: 7
  goals: { practices: [goals_set] }
  writes: { level: has_met }
narratives: { praise: { climate: Warm. } }
";

fn rubric() -> Rubric {
    changed(&[])
}

/// The rubric with some words of its text replaced.
fn changed(edits: &[(&str, &str)]) -> Rubric {
    let text = edits.iter().fold(WHOLE.to_owned(), |text, (from, to)| {
        assert!(text.contains(from), "{from}");
        text.replace(from, to)
    });
    Rubric::parse("whole.yaml", &text, &Library::empty()).unwrap_or_else(|found| panic!("{found}"))
}

fn document(more: &str, ratings: &str) -> String {
    format!(
        "rubric: {{ id: whole, version: 1.0.0 }}\nemployee: {{ id: E-1042, name: Jordan Rivera }}\n\
         evaluators: [{{ id: E-0007, name: Priya Shah, qualifications: [administration] }}]\n\
         period: {{ from: 2025-08-25, to: 2026-06-12 }}\n{more}ratings:{ratings}"
    )
}

fn evaluation() -> Evaluation {
    Evaluation::parse("rivera.yaml", &document("", RATINGS), &rubric()).unwrap_or_else(|found| panic!("{found}"))
}

/// How often a text stands in another.
fn count(text: &str, in_it: &str) -> usize {
    in_it.matches(text).count()
}

#[test]
fn a_domain_and_a_competency_are_their_own_indicators() {
    let rubric = rubric();
    let ids: Vec<&str> = rubric.indicators().map(|indicator| indicator.id.as_str()).collect();
    assert_eq!(ids, ["leadership", "climate", "safety", "goals", "writes"]);
    let codes: Vec<&str> = rubric.indicators().map(|indicator| indicator.code.as_str()).collect();
    assert_eq!(codes, ["1", "2", "3", "4.1", "4.2.1"]);
    // The title says what is rated, where there is no statement.
    let climate = rubric.indicator("climate").unwrap();
    assert_eq!((climate.title.as_deref(), climate.statement.as_str()), (None, "Climate"));
    assert_eq!(rubric.indicator("leadership").unwrap().evaluated_by.as_deref(), Some("administration"));
    assert!(rubric.indicator("teaching").is_none() && rubric.indicator("plans").is_none());
}

#[test]
fn its_rating_is_counted_once_and_reaches_every_step() {
    let scorecard = evaluation().score();
    assert_eq!((scorecard.overall().indicators, scorecard.overall().rated, scorecard.overall().met), (5, 5, 4));
    let domains: Vec<u32> = scorecard.domains().iter().map(|domain| domain.tally.indicators).collect();
    assert_eq!(domains, [1, 1, 1, 2]);
    let scores = |step: &str| -> Vec<(String, String)> {
        let step = scorecard.steps().iter().find(|known| known.id == step).unwrap();
        let of = |outcome: &appraise::Outcome| {
            (outcome.subject.clone().unwrap_or_default(), outcome.score.as_ref().unwrap().to_string())
        };
        step.results.iter().map(of).collect()
    };
    let named = |list: &[(&str, &str)]| -> Vec<(String, String)> {
        list.iter().map(|(subject, score)| ((*subject).to_owned(), (*score).to_owned())).collect()
    };
    // Points of the policy's `indicator_points` come before those of `points`.
    assert_eq!(scores("by_domain"), named(&[("leadership", "1"), ("climate", "5"), ("teaching", "2")]));
    assert_eq!(
        scores("by_competency"),
        named(&[("leadership", "1"), ("climate", "5"), ("goals", "2"), ("plans", "2")])
    );
    // (3 · 1 + 1 · 5 + 2 · 2 + 2 · 2) / 8
    assert_eq!(scores("total"), named(&[("", "2")]));
    assert_eq!(scorecard.steps().last().unwrap().results[0].flags, ["weak", "drilled", "seen"]);
}

#[test]
fn the_json_of_a_scorecard_has_its_rating_under_it() {
    let card = serde_json::to_value(evaluation().score()).unwrap();
    let leadership = &card["domains"][0];
    assert_eq!((&leadership["id"], &leadership["ratings"][0]["id"]), (&json!("leadership"), &json!("leadership")));
    assert_eq!(leadership["ratings"][0]["descriptor"], "Seldom leads.");
    assert_eq!(card["domains"][3]["competencies"][0]["ratings"][0]["derived"]["level"], "has_met");
}

#[test]
fn an_evaluation_is_written_back_and_limited_to_it() {
    let evaluation = evaluation();
    let again = Evaluation::parse("again.json", &serde_json::to_string(&evaluation).unwrap(), &rubric()).unwrap();
    assert_eq!(evaluation.fingerprint(), again.fingerprint());
    let more = "scope: [leadership, teaching]\nnot_assigned: { goals: Another teaches. }\n";
    let part = Evaluation::parse("part.yaml", &document(more, "\n  writes: has_met\n"), &rubric()).unwrap();
    let unrated: Vec<&str> = part.unrated().map(|indicator| indicator.id.as_str()).collect();
    assert_eq!((part.score().overall().indicators, unrated), (2, vec!["leadership"]));
}

#[test]
fn a_rating_of_a_domain_that_is_not_rated_itself_is_refused() {
    let found = Evaluation::check("rivera.yaml", &document("", "\n  teaching: has_met\n"), &rubric()).diagnostics;
    assert_eq!(found.iter().map(|finding| finding.code).collect::<Vec<_>>(), [Code::UnknownIndicator], "{found}");
}

#[test]
fn no_page_shows_it_twice() {
    let (rubric, evaluation) = (rubric(), evaluation());
    let renderer = Renderer::new();
    let report = renderer.report(&evaluation.score(), Format::Markdown).unwrap();
    let ratings = report.split("\n## Ratings\n").nth(1).unwrap().split("\n## ").next().unwrap();
    assert!(ratings.contains("### 1 Leadership\n\nLeads the school.\n\n- **Has not met, 1 point**\n"), "{ratings}");
    assert!(ratings.contains("### 2 Climate\n\n- **Exceeds expectations, 5 points**\n"), "{ratings}");
    assert!(ratings.contains("#### Goals (4.1)\n\nSets goals.\n\n- **Has met**\n"), "{ratings}");
    assert_eq!((count("Leads the school.", ratings), count("Climate", ratings)), (1, 2), "{ratings}");
    // Where a rating stands, its own title is no place.
    assert!(report.contains("- Leadership (1): **Has not met, 1 point**"), "{report}");
    let page = renderer.report(&evaluation.score(), Format::Html).unwrap();
    assert_eq!(count("Leads the school.", &page), 1);
    assert!(page.contains("<a href=\"#rating-leadership\"><span class=\"code\">1</span> <bdi>Leadership</bdi></a><br>\n          <span class=\"where\"></span>"));

    let form = Form::new(&rubric);
    let sheet = renderer.form(&form, Format::Markdown).unwrap();
    assert_eq!(count("Leads the school.", &sheet), 1, "{sheet}");
    assert!(sheet.contains("## 2 Climate\n\n☐ Has not met"), "{sheet}");
    assert!(sheet.contains("### 4.1 Goals\n\nSets goals.\n\n*Has met:*"), "{sheet}");
    let yaml = form.yaml();
    assert!(yaml.contains("# ---- 1 Leadership ----\n\n  # Leads the school.\n"), "{yaml}");
    assert!(yaml.contains("# 4.1 Goals: Sets goals.\n"), "{yaml}");
    let page = renderer.form(&form, Format::Html).unwrap();
    assert_eq!(count("Leads the school.", &page), 1);
    // Responses and goals name it by one choice, as a domain and as an indicator.
    assert!(page.contains("<option value=\"leadership\" data-tier=\"domain indicator\">1 Leadership</option>"));
    assert!(page.contains("<option value=\"goals\" data-tier=\"competency indicator\">4.1 Goals</option>"));
    assert_eq!(count("<option value=\"leadership\" data-tier", &page), 1);
}

#[test]
fn a_goal_is_proposed_from_its_own_words() {
    let scorecard = evaluation().score();
    let goal = scorecard.goals().goals.into_iter().next().unwrap();
    assert_eq!((goal.indicator.as_str(), goal.statement.as_str()), ("leadership", "Lead: Leadership"));
}

#[test]
fn a_table_has_a_row_for_it_and_reads_back_as_the_same_rubric() {
    let rubric = rubric();
    let exported = table::export(&rubric);
    let rows: Vec<&str> = exported.lines().filter(|line| line.starts_with("climate,")).collect();
    assert_eq!((rows.len(), count(",yes,", rows[0])), (1, 1), "{exported}");
    let mut options = Options::default();
    options.from = Some(rubric.clone());
    let Checked { value: text, diagnostics: found } = table::import("whole.csv", &exported, &options);
    let text = text.unwrap_or_else(|| panic!("{found}"));
    let again = Rubric::parse("again.yaml", &text, &Library::empty()).unwrap_or_else(|found| panic!("{found}"));
    assert_eq!(again.fingerprint(), rubric.fingerprint(), "{text}");
    assert!(compare(&rubric, &again).changes.is_empty(), "{text}");
    // A rubric without one has no such column.
    let connecticut = Library::bundled().get("connecticut_school_social_work").unwrap();
    assert!(!table::export(&connecticut).lines().next().unwrap().contains("rated"));
}

#[test]
fn a_districts_own_table_says_so_with_yes() {
    let text = "Domain,Domain statement,Rated,Statement\nLeadership,Leads the school.,yes,\nClimate,,,Greets all.\n";
    let Checked { value, diagnostics: found } = table::import("district.csv", text, &Options::default());
    let text = value.unwrap_or_else(|| panic!("{found}"));
    assert!(found.is_empty() && text.contains("rated: true"), "{found}{text}");
    let faulty = |row: &str| {
        let text = format!("Domain,Domain statement,Rated,Statement\nLeadership,Leads.,yes,\n{row}\n");
        let found = table::import("district.csv", &text, &Options::default()).diagnostics;
        found.iter().map(|finding| (finding.code, finding.path.clone())).collect::<Vec<_>>()
    };
    assert_eq!(faulty("Climate,,yes,Greets all."), [(Code::ConflictingCell, "rows[1].statement".to_owned())]);
    assert_eq!(faulty("Leadership,,yes,"), [(Code::ConflictingCell, "rows[1].rated".to_owned())]);
    assert_eq!(faulty("Climate,,perhaps,"), [(Code::UnknownChoice, "rows[1].rated".to_owned())]);
}

#[test]
fn a_difference_says_that_a_domain_is_rated_itself_now_or_no_more() {
    let lines = |old: &Rubric, new: &Rubric| -> Vec<String> {
        let line = |change: &appraise::diff::RubricChange| {
            let key = change.key.as_deref().unwrap_or_default();
            format!("{} {} {} {} {key}", change.class, change.kind.as_str(), change.what, change.id)
        };
        compare(old, new).changes.iter().map(line).collect()
    };
    let held = divided();
    let gained = lines(&held, &rubric());
    assert!(gained.contains(&"incomplete changed domain climate rated".to_owned()), "{gained:?}");
    assert!(gained.contains(&"orphaned removed indicator greets ".to_owned()), "{gained:?}");
    let lost = lines(&rubric(), &held);
    assert!(lost.contains(&"orphaned changed domain climate rated".to_owned()), "{lost:?}");
    assert!(lost.contains(&"incomplete added indicator greets ".to_owned()), "{lost:?}");
    let reworded =
        changed(&[("Seldom leads.", "Never leads."), ("{ exceeds_expectations: 4 }", "{ exceeds_expectations: 6 }")]);
    let edits = lines(&rubric(), &reworded);
    assert_eq!(
        edits,
        [
            "wording reworded domain leadership descriptors.has_not_met",
            "rescored changed domain leadership points.exceeds_expectations"
        ]
    );
    // The id is rated before and after, whatever tier it is of.
    let tiers = changed(&[
        (
            "plans, title: Plans, statement: Makes plans., indicators: [{ id: writes,",
            "writes, title: Writes, rated: true,",
        ),
        ("statement: Writes plans. }] }", "statement: Writes plans. }"),
    ]);
    let told = lines(&rubric(), &tiers);
    assert!(told.contains(&"rescored changed competency writes tier".to_owned()), "{told:?}");
    assert!(!told.iter().any(|line| line.starts_with("orphaned") || line.starts_with("incomplete")), "{told:?}");
}

/// The rubric in which a domain that was rated itself holds an indicator.
fn divided() -> Rubric {
    changed(&[
        ("title: Climate, rated: true }", "title: Climate, indicators: [{ id: greets, statement: Greets. }] }"),
        ("indicator_points: { climate: { exceeds_expectations: 5 } }", "indicator_points: {}"),
        ("{ known: climate }", "{ known: greets }"),
    ])
}

#[test]
fn a_migration_keeps_its_rating_orphans_it_and_brings_it_home() {
    let newer = changed(&[("version: 1.0.0", "version: 1.1.0"), ("Seldom leads.", "Never leads.")]);
    let text = document("", RATINGS);
    let kept = migrate::migrate("rivera.yaml", &text, &newer, Some(&rubric())).unwrap();
    assert_eq!((kept.evaluation.orphaned().len(), kept.evaluation.unrated().count()), (0, 0));
    assert_eq!(kept.changes.reworded.iter().map(String::as_str).collect::<Vec<_>>(), ["leadership"]);

    let moved = migrate::migrate("rivera.yaml", &text, &divided(), Some(&rubric())).unwrap().evaluation;
    let orphans: Vec<(String, Option<&str>)> =
        moved.orphaned().iter().map(|orphan| (orphan.id.clone(), orphan.given_for.title.as_deref())).collect();
    assert_eq!(orphans[0], ("climate".to_owned(), Some("Climate")), "{orphans:?}");
    assert_eq!(moved.unrated().map(|indicator| indicator.id.as_str()).collect::<Vec<_>>(), ["greets"]);

    let text = serde_json::to_string(&moved).unwrap();
    let back = migrate::migrate("rivera.json", &text, &rubric(), Some(&divided())).unwrap().evaluation;
    assert!(back.rating(rubric().indicator("climate").unwrap()).is_some(), "{text}");
}

#[test]
fn a_summary_counts_it_as_a_domain_and_as_an_indicator() {
    let rubric = rubric();
    let mut counted = Summary::new(&rubric);
    let levels = ["has_not_met", "has_met", "exceeds_expectations"];
    let seen = ["", "goals_set", "goals_set, goals_shared"];
    for number in 0..36 {
        let at = |every: usize| number / every % 3;
        let ratings = format!(
            "\n  leadership: {}\n  climate: {}\n  safety: {}\n  goals: {{ practices: [{}] }}\n  writes: {}\n",
            levels[at(1)],
            levels[at(3)],
            number % 10,
            seen[at(2)],
            levels[at(4)],
        );
        let checked = Evaluation::parse("many.yaml", &document("", &ratings), &rubric);
        counted.add(&checked.unwrap_or_else(|found| panic!("{found}")).score()).unwrap();
    }
    let overviews = counted.overviews(1);
    let nodes: Vec<(&str, &str)> = overviews[0]
        .domains
        .iter()
        .flat_map(DomainCounts::nodes)
        .map(|(tier, node)| (tier.name(), node.id.as_str()))
        .collect();
    let leadership = [("domain", "leadership"), ("indicator", "leadership")];
    let goals = [("competency", "goals"), ("indicator", "goals"), ("competency", "plans"), ("indicator", "writes")];
    assert!(nodes.starts_with(&leadership) && nodes.ends_with(&goals), "{nodes:?}");
    let need = &overviews[0].needs[0];
    assert_eq!(
        (need.tier.name(), need.id.as_str(), need.below, need.domain.as_str()),
        ("indicator", "leadership", 12, "")
    );
    // On a scale of numbers its numbers stand beside the counts.
    assert!(overviews[1].domains[0].indicators[0].numbers.is_some());
    let page = Renderer::new().summary(&overviews.into()).unwrap();
    let rows = |tier: &str, code: &str| {
        count(&format!("<tr class=\"{tier}\"><th scope=\"row\"><span class=\"code\">{code}<"), &page)
    };
    assert_eq!([rows("indicator", "1"), rows("competency", "4.1"), rows("indicator", "4.1")], [0, 1, 0], "{page}");
    // Under the heading of the domain its row needs no second name.
    assert_eq!(count("<tr class=\"indicator\"><th scope=\"row\">Rated as a whole<", &page), 3, "{page}");
}

#[test]
fn an_overlay_makes_a_domain_rated_itself_and_the_reverse() {
    let base = rubric();
    let mut library = Library::empty();
    library.add(base);
    let check = |operations: &str| {
        let text = format!("id: ours\nversion: 1.0.0\ntitle: Ours\nextends: whole@1\nscoring: null\n{operations}");
        Rubric::parse("ours.yaml", &text, &library).unwrap_or_else(|found| panic!("{found}"))
    };
    let ids = |rubric: &Rubric| rubric.indicators().map(|indicator| indicator.id.clone()).collect::<Vec<_>>();
    let whole = check("omit: { writes: Ours are whole. }\nchange: { plans: { rated: true } }\n");
    assert_eq!(ids(&whole), ["leadership", "climate", "safety", "goals", "plans"]);
    let parts = check("change: { climate: { rated: null } }\nadd: [{ to: climate, id: greets, statement: Greets. }]\n");
    assert_eq!(ids(&parts), ["leadership", "greets", "safety", "goals", "writes"]);
    let added = check("add: [{ to: teaching, id: notes, title: Notes, statement: Takes notes., rated: true }]\n");
    assert_eq!(ids(&added), ["leadership", "climate", "safety", "goals", "writes", "notes"]);
}

#[test]
fn a_rubric_is_written_back_with_it() {
    let rubric = rubric();
    let written: Value = serde_json::to_value(&rubric).unwrap();
    assert_eq!(written["domains"][0]["rated"], true);
    for text in [written.to_string(), rubric.to_yaml()] {
        let again = Rubric::parse("again", &text, &Library::empty()).unwrap_or_else(|found| panic!("{found}"));
        assert_eq!(again.fingerprint(), rubric.fingerprint());
    }
    assert_ne!(changed(&[("Seldom leads.", "Never leads.")]).fingerprint(), rubric.fingerprint());
}
