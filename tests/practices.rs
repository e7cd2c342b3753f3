//! Practices: checklists that give the level, from the rubric to the report.

#![cfg(feature = "render")]
#![allow(clippy::panic, clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod support;

use appraise::{
    Checked, Code, Employee, Error, Evaluation, Evaluator, Form, Format, Library, Period, Renderer, Rubric, Status,
    Whom,
};

/// North Carolina's way: practices at four levels, and a fifth below them that is what remains; a standard whose one
/// practice of the lowest level is written, too; one whose practices count by their number; and an indicator without any.
const CAROLINA: &str = "
id: carolina
version: 1.0.0
title: School social worker
scale:
  levels:
    - { id: not_demonstrated, label: Not demonstrated }
    - { id: developing, label: Developing }
    - { id: proficient, label: Proficient }
    - { id: accomplished, label: Accomplished }
    - { id: distinguished, label: Distinguished }
  meets_at: proficient
  not_rated: [{ id: not_applicable, label: Not applicable }]
derive: cumulative
domains:
  - id: leadership
    title: Leadership
    competencies:
      - id: s1a
        title: Leads in the school
        statement: Leads in the school.
        indicators:
          - id: team
            statement: Leads a team.
            practices:
              - { id: team_dev, level: developing, statement: Attends the team. }
              - { id: team_pro, level: proficient, statement: Plans with the team. }
              - { id: team_pro2, level: proficient, statement: Brings data to the team. }
              - { id: team_acc, level: accomplished, statement: Leads the team. }
              - { id: team_dis, level: distinguished, statement: Trains others to lead. }
          - id: policy
            statement: Knows policy.
            derive: majority
            practices:
              - { id: policy_dev, level: developing, statement: Reads policy. }
              - { id: policy_pro, level: proficient, statement: Applies policy. }
              - { id: policy_pro2, level: proficient, statement: Explains policy. }
              - { id: policy_pro3, level: proficient, statement: Asks about policy. }
              - { id: policy_acc, level: accomplished, statement: Writes policy. }
              - { id: policy_dis, level: distinguished, statement: Changes policy. }
  - id: service
    title: Service
    derive: { at_least: { developing: 1, proficient: 2, accomplished: 3, distinguished: 4 } }
    indicators:
      - id: access
        statement: Gives access.
        practices:
          - { id: access_hours, statement: Keeps hours. }
          - { id: access_calls, statement: Returns calls. }
          - { id: access_homes, statement: Visits homes. }
          - { id: access_languages, statement: Finds interpreters. }
      - { id: records, statement: Keeps records. }
scoring:
  points: { not_demonstrated: 0, developing: 1, proficient: 2, accomplished: 3, distinguished: 4 }
  steps: [{ id: summative, of: indicators, take: sum }]
";

fn rubric() -> Rubric {
    Rubric::parse("carolina.yaml", CAROLINA, &Library::empty()).unwrap_or_else(|found| panic!("{found}"))
}

fn document(ratings: &str) -> String {
    format!(
        "rubric: {{ id: carolina }}\nemployee: {{ id: E-1042, name: Jordan Rivera }}\n\
         evaluators: [{{ id: E-0007, name: Priya Shah }}]\nperiod: {{ from: 2025-08-25, to: 2026-06-12 }}\nratings:\n{ratings}"
    )
}

fn check(ratings: &str) -> Checked<Evaluation> {
    Evaluation::check("e.yaml", &document(ratings), &rubric())
}

fn evaluation(ratings: &str) -> Evaluation {
    let Checked { value, diagnostics } = check(ratings);
    value.unwrap_or_else(|| panic!("{diagnostics}"))
}

fn level(evaluation: &Evaluation, indicator: &str) -> Option<String> {
    let rubric = evaluation.rubric().clone();
    let rating = evaluation.rating(rubric.indicator(indicator)?)?;
    Some(evaluation.level(rating)?.id.clone())
}

/// Every way to tick the practices of an indicator, and the level by the words of the design, counted another way: from
/// the highest level down, the first of which, and of each lower level that has practices, enough is ticked.
#[test]
fn every_way_to_tick_gives_the_level_that_the_rule_says() {
    const LEVELS: [&str; 5] = ["not_demonstrated", "developing", "proficient", "accomplished", "distinguished"];
    let rubric = rubric();
    for (indicator, enough) in [
        ("team", (|seen: usize, of: usize| seen == of) as fn(usize, usize) -> bool),
        ("policy", |seen, of| 2 * seen > of),
    ] {
        let practices = rubric.indicator(indicator).unwrap().practices();
        for ticked in 0..1_usize << practices.len() {
            let is_ticked = |number: usize| ticked >> number & 1 == 1;
            let is_enough = |level: usize| {
                let of_level = practices.iter().enumerate().filter(|(_, practice)| practice.level() == Some(level));
                let (seen, of) =
                    of_level.fold((0, 0), |(seen, of), (number, _)| (seen + usize::from(is_ticked(number)), of + 1));
                of == 0 || enough(seen, of)
            };
            let expected = (1..5).rev().find(|level| (1..=*level).all(is_enough)).unwrap_or(0);
            let ids =
                practices.iter().enumerate().filter(|(number, _)| is_ticked(*number)).map(|(_, one)| one.id.as_str());
            let ids: Vec<&str> = ids.collect();
            let evaluation = evaluation(&format!("  {indicator}: {{ practices: [{}] }}\n", ids.join(", ")));
            assert_eq!(level(&evaluation, indicator).as_deref(), Some(LEVELS[expected]), "{ids:?}");
        }
    }
    for (count, expected) in LEVELS.iter().enumerate() {
        let ids = ["access_languages", "access_hours", "access_homes", "access_calls"];
        let evaluation = evaluation(&format!("  access: {{ practices: [{}] }}\n", ids[..count].join(", ")));
        assert_eq!(level(&evaluation, "access").as_deref(), Some(*expected));
    }
}

#[test]
fn a_derived_level_counts_as_any_other() {
    let evaluation = evaluation(
        "  team: { practices: [team_dev, team_pro, team_pro2] }\n  policy: { practices: [] }\n  access: { practices: [access_hours, \
         access_calls, access_homes, access_languages] }\n  records: proficient\n",
    );
    let scorecard = evaluation.score();
    assert_eq!((scorecard.overall().rated, scorecard.overall().met), (4, 3));
    assert_eq!(scorecard.summative().unwrap().score.as_ref().unwrap().to_string(), "8");
    let json = serde_json::to_value(&scorecard).unwrap();
    let team = &json["domains"][0]["competencies"][0]["ratings"][0];
    assert_eq!(team["level"], "proficient");
    assert_eq!(
        team["derived"],
        serde_json::json!({
            "level": "proficient", "label": "Proficient", "differs": false,
            "reason": "Proficient: the one practice at Developing and both at Proficient are seen; at Accomplished 0 of 1",
        })
    );
    let seen: Vec<_> =
        team["practices"].as_array().unwrap().iter().map(|practice| practice["seen"].as_bool()).collect();
    assert_eq!(seen, [Some(true), Some(true), Some(true), Some(false), Some(false)]);
    // An indicator without practices has neither key.
    let records = &json["domains"][1]["ratings"][1];
    assert!(records.get("practices").is_none() && records.get("derived").is_none());
}

#[test]
fn an_entry_without_the_key_is_unrated_and_an_empty_list_is_the_lowest_level() {
    let evaluation = evaluation("  team: { comment: Not yet observed. }\n  policy: { practices: [] }\n");
    assert_eq!((level(&evaluation, "team"), level(&evaluation, "policy").as_deref()), (None, Some("not_demonstrated")));
    assert!(evaluation.remark(rubric().indicator("team").unwrap()).is_some());
}

#[test]
fn a_given_level_that_differs_counts_where_a_comment_says_why() {
    let differing = "practices: [team_dev], level: proficient";
    let Checked { value, diagnostics } = check(&format!("  team: {{ {differing} }}\n"));
    assert!(value.is_none());
    assert_eq!(diagnostics.iter().map(|finding| finding.code).collect::<Vec<_>>(), [Code::OtherThanDerived]);
    let Checked { value, diagnostics } = check(&format!("  team: {{ {differing}, comment: Joined in May. }}\n"));
    let evaluation = value.unwrap_or_else(|| panic!("{diagnostics}"));
    assert_eq!(diagnostics.iter().map(|finding| finding.code).collect::<Vec<_>>(), [Code::OtherThanDerived]);
    assert_eq!(level(&evaluation, "team").as_deref(), Some("proficient"));
    let team = evaluation.rubric().indicator("team").unwrap();
    let derived = evaluation.derived(team).unwrap();
    assert_eq!((derived.level.id.as_str(), derived.differs), ("developing", true));
    assert!(!evaluation.rating(team).unwrap().is_derived());
}

#[test]
fn an_evaluation_is_written_as_it_was_read() {
    for ratings in [
        "  team: { practices: [team_dev, team_pro] }\n",
        "  team: { level: developing, practices: [team_dev] }\n",
        "  team: { practices: [], comment: None. }\n",
        "  team: { level: distinguished, practices: [], comment: By judgment. }\n",
        "  team: { level: not_applicable, practices: [] }\n",
        "  team: proficient\n",
    ] {
        let first = evaluation(ratings);
        let yaml = first.to_yaml();
        let again = Evaluation::parse("again.yaml", &yaml, first.rubric()).unwrap_or_else(|found| panic!("{found}"));
        assert_eq!(first.fingerprint(), again.fingerprint(), "{yaml}");
        let written: serde_json::Value = serde_yaml::from_str(&yaml).unwrap();
        let given: serde_json::Value = serde_yaml::from_str(&document(ratings)).unwrap();
        assert_eq!(written["ratings"], given["ratings"]);
    }
    // The order in which practices are named says nothing.
    let fingerprint = |list: &str| evaluation(&format!("  team: {{ practices: [{list}] }}\n")).fingerprint().to_owned();
    assert_eq!(fingerprint("team_pro, team_dev"), fingerprint("team_dev, team_pro"));
    assert_ne!(fingerprint("team_dev"), fingerprint("team_dev, team_pro"));
}

#[test]
fn a_host_says_what_is_seen_and_the_level_follows() {
    let rubric = rubric();
    let whom = Whom::Employee(Employee::new("E-1042", "Jordan Rivera"));
    let period = Period::new("2025-08-25", "2026-06-12").unwrap();
    let mut evaluation = Evaluation::new(&rubric, whom, Evaluator::new("E-0007", "Priya Shah"), period).unwrap();
    evaluation.see("team", &["team_dev"]).unwrap().comment = Some("In the team since May.".to_owned());
    assert_eq!(level(&evaluation, "team").as_deref(), Some("developing"));
    evaluation.see("team", &["team_pro", "team_dev", "team_pro2"]).unwrap();
    assert_eq!(level(&evaluation, "team").as_deref(), Some("proficient"));
    let team = rubric.indicator("team").unwrap();
    let rating = evaluation.rating(team).unwrap();
    assert_eq!(rating.practices().unwrap(), ["team_dev", "team_pro", "team_pro2"]);
    assert!(rating.is_derived() && rating.comment.is_some());
    // A level that a person gives stands until the practices are said again.
    evaluation.rate("team", "accomplished").unwrap();
    assert!(!evaluation.rating(team).unwrap().is_derived() && evaluation.derived(team).unwrap().differs);
    evaluation.see("team", &[]).unwrap();
    assert_eq!(level(&evaluation, "team").as_deref(), Some("not_demonstrated"));
    evaluation.unrate("team").unwrap();
    assert!(evaluation.rating(team).is_none() && evaluation.remark(team).is_some());
    let refused = |result: Result<&mut appraise::Rating, Error>| matches!(result, Err(Error::Practices { .. }));
    assert!(refused(evaluation.see("records", &[])));
    assert!(refused(evaluation.see("team", &["team_dev", "access_hours"])));
    assert!(matches!(evaluation.see("nothing", &[]), Err(Error::UnknownIndicator { .. })));
}

#[test]
fn a_final_evaluation_needs_practices_or_a_level() {
    let all = "  team: { practices: [] , evidence: [{ note: Seen. }] }\n  policy: { practices: [policy_dev, policy_pro, policy_pro2] }\n  \
               access: { practices: [access_hours, access_calls] }\n";
    let of = |ratings: &str| Evaluation::check("e.yaml", &format!("{}status: final\n", document(ratings)), &rubric());
    let codes = |found: &Checked<Evaluation>| found.diagnostics.iter().map(|finding| finding.code).collect::<Vec<_>>();
    assert_eq!(codes(&of(all)), [Code::Incomplete]);
    let whole = of(&format!("{all}  records: proficient\n"));
    assert_eq!(codes(&whole), []);
    assert_eq!(whole.value.unwrap().status(), Status::Final);
}

#[test]
fn a_report_shows_what_is_seen_and_why_the_level_follows() {
    let evaluation = evaluation(
        "  team: { practices: [team_dev, team_pro] }\n  policy: { practices: [], level: proficient, comment: As the principal saw. }\n  \
         access: distinguished\n",
    );
    let scorecard = evaluation.score();
    let html = Renderer::new().report(&scorecard, Format::Html).unwrap();
    for text in [
        "<span class=\"unseen\">Seen: </span><span dir=\"auto\">Plans with the team.</span> <span class=\"note\">(<bdi>Proficient</bdi>)</span>",
        "<span class=\"unseen\">Not seen: </span><span dir=\"auto\">Leads the team.</span>",
        "<span class=\"label\">Why this level:</span> Developing: the one practice at Developing is seen; at Proficient 1 of 2.",
        "“Not demonstrated” follows from the practices, and the evaluator gave “Proficient”.",
        "The practices that are seen are not recorded: the level was given by judgment.",
        "As the principal saw.",
    ] {
        assert!(html.contains(text), "{text}\n{html}");
    }
    let markdown = Renderer::new().report(&scorecard, Format::Markdown).unwrap();
    for text in [
        "  - Seen (Proficient): Plans with the team.",
        "  - Not seen (Accomplished): Leads the team.",
        "  - Why this level: Developing: the one practice at Developing is seen; at Proficient 1 of 2.",
        "  - **“Not demonstrated” follows from the practices, and the evaluator gave “Proficient”.**",
        "  - Not said: Keeps hours.",
    ] {
        assert!(markdown.contains(text), "{text}\n{markdown}");
    }
}

#[test]
fn a_form_has_a_box_for_each_practice_and_says_what_follows() {
    let rubric = rubric();
    let blank = Form::new(&rubric);
    let renderer = Renderer::new();
    let html = renderer.form(&blank, Format::Html).unwrap();
    for text in [
        "data-rule=\"cumulative\" data-lowest=\"not_demonstrated\" data-asking=\"developing proficient accomplished distinguished\"",
        "data-rule=\"at_least\" data-lowest=\"not_demonstrated\" data-asking=\"developing:1 proficient:2 accomplished:3 distinguished:4\"",
        "<input type=\"checkbox\" value=\"team_pro2\"><span dir=\"auto\">Brings data to the team.</span>",
        "None of these is seen",
    ] {
        assert!(html.contains(text), "{text}");
    }
    let markdown = renderer.form(&blank, Format::Markdown).unwrap();
    assert!(
        markdown.contains("*Proficient:*\n\n- [ ] Plans with the team.\n- [ ] Brings data to the team.\n"),
        "{markdown}"
    );
    let given = evaluation("  team: { practices: [team_dev, team_pro] }\n  policy: { practices: [] }\n");
    let filled = Form::of(&given);
    let html = renderer.form(&filled, Format::Html).unwrap();
    assert!(html.contains("value=\"team_dev\" checked") && !html.contains("value=\"team_pro2\" checked"));
    assert!(html.contains("data-nothing checked"));
    assert!(html.contains("Follows: Developing: the one practice at Developing is seen; at Proficient 1 of 2"));
}

#[test]
fn a_goal_names_the_practices_that_the_next_level_asks_for() {
    let goals = "goals: { templates: [{ id: next, when: developing, statement: \"Will show: {{ missing_practices }}.\" }] }\nscoring:";
    let rubric = CAROLINA.replacen("scoring:", goals, 1);
    let rubric = Rubric::parse("carolina.yaml", &rubric, &Library::empty()).unwrap_or_else(|found| panic!("{found}"));
    let ratings =
        "  team: { practices: [team_dev, team_pro] }\n  access: { practices: [access_hours] }\n  records: developing\n";
    let evaluation = Evaluation::parse("e.yaml", &document(ratings), &rubric).unwrap_or_else(|found| panic!("{found}"));
    let goals = evaluation.score().goals();
    let statements: Vec<&str> = goals.goals.iter().map(|goal| goal.statement.as_str()).collect();
    assert_eq!(
        statements,
        [
            "Will show: Brings data to the team.",
            "Will show: Returns calls; Visits homes; Finds interpreters.",
            "Will show: .",
        ]
    );
}

#[cfg(feature = "table")]
#[test]
fn a_table_has_a_line_for_each_practice_and_reads_it_back() {
    use appraise::table;
    let rubric = rubric();
    let text = table::export(&rubric);
    assert!(
        text.contains("\"team_dev | developing | Attends the team.\nteam_pro | proficient | Plans with the team.\n"),
        "{text}"
    );
    assert!(text.contains("\"at_least developing 1, proficient 2, accomplished 3, distinguished 4\""), "{text}");
    let mut options = table::Options::default();
    options.from = Some(rubric.clone());
    let again = table::import("carolina.csv", &text, &options);
    let again = again.value.unwrap_or_else(|| panic!("{}", again.diagnostics));
    let again = Rubric::parse("again.yaml", &again, &Library::empty()).unwrap_or_else(|found| panic!("{found}"));
    assert_eq!(again.fingerprint(), rubric.fingerprint());
    // A rubric without practices has no such columns.
    let plain = Library::bundled().get("connecticut_school_social_work").unwrap();
    let header = table::export(&plain).lines().next().unwrap().to_owned();
    assert!(!header.contains("practices") && !header.contains("derive"), "{header}");
    // The rule at the top of a rubric stands in no cell, so a table alone lacks it.
    let alone = table::import("carolina.csv", &text, &table::Options::default()).diagnostics;
    assert!(alone.iter().any(|finding| finding.code == Code::UnderivableLevel), "{alone}");
}

fn with(from: &str, to: &str) -> Rubric {
    assert!(CAROLINA.contains(from), "{from}");
    let text = CAROLINA.replacen(from, to, 1).replacen("version: 1.0.0", "version: 2.0.0", 1);
    Rubric::parse("carolina2.yaml", &text, &Library::empty()).unwrap_or_else(|found| panic!("{found}"))
}

fn migrated(ratings: &str, new: &Rubric) -> appraise::migrate::Migrated {
    let text = document(ratings).replacen("{ id: carolina }", "{ id: carolina, version: 1.0.0 }", 1);
    appraise::migrate::migrate("e.yaml", &text, new, Some(&rubric())).unwrap_or_else(|found| panic!("{found}"))
}

#[test]
fn practices_that_are_seen_follow_and_the_level_follows_from_them_anew() {
    let ratings = "  team: { practices: [team_dev, team_pro, team_pro2], by: E-0007 }\n  policy: proficient\n";
    // A practice more at a level that was complete.
    let more = "              - { id: team_pro3, level: proficient, statement: Writes minutes. }\n              - { id: team_acc";
    let new = with("              - { id: team_acc", more);
    let now = migrated(ratings, &new);
    assert_eq!(level(&now.evaluation, "team").as_deref(), Some("developing"));
    let derived: Vec<_> =
        now.changes.derived.iter().map(|one| (one.indicator.as_str(), one.old.as_str(), one.new.as_str())).collect();
    assert_eq!(
        (derived, now.changes.rescored.as_slice()),
        (vec![("team", "proficient", "developing")], &["team".to_owned()][..])
    );
    assert!(now.evaluation.orphaned().is_empty());
    // A practice that is gone is kept with its words, and counted no more.
    let gone = with("              - { id: team_pro2, level: proficient, statement: Brings data to the team. }\n", "");
    let now = migrated(ratings, &gone);
    assert_eq!(level(&now.evaluation, "team").as_deref(), Some("proficient"));
    assert!(now.changes.derived.is_empty());
    let [orphan] = now.evaluation.orphaned() else { panic!("one practice is gone") };
    assert_eq!((orphan.kind, orphan.id.as_str()), (appraise::OrphanKind::Practice, "team_pro2"));
    assert_eq!((orphan.about.as_deref(), orphan.by.as_deref()), (Some("team"), Some("E-0007")));
    assert_eq!(orphan.given_for.statement.as_deref(), Some("Brings data to the team."));
    let html = Renderer::new().report(&now.evaluation.score(), Format::Html).unwrap();
    assert!(html.contains("Brings data to the team.") && html.contains("Practice that was seen, given for"), "{html}");
    let again =
        Evaluation::parse("again.yaml", &now.evaluation.to_yaml(), &gone).unwrap_or_else(|found| panic!("{found}"));
    assert_eq!(again.fingerprint(), now.evaluation.fingerprint());
}

#[test]
fn a_level_stays_where_the_new_rubric_has_none_of_the_practices_that_it_followed_from() {
    let ratings = "  access: { practices: [access_hours, access_calls], comment: Well. }\n";
    let start = CAROLINA.find("        practices:\n          - { id: access_hours").unwrap();
    let end = CAROLINA.find("      - { id: records").unwrap();
    let without = with(&CAROLINA[start..end], "");
    let now = migrated(ratings, &without);
    assert_eq!(level(&now.evaluation, "access").as_deref(), Some("proficient"));
    let access = without.indicator("access").unwrap();
    assert!(now.evaluation.rating(access).unwrap().practices().is_none());
    assert_eq!(now.evaluation.orphaned().len(), 2);
    // Without the indicator, the rating is kept with the level that followed.
    let access = CAROLINA.find("      - id: access").unwrap();
    let omitted = with(&CAROLINA[access..end], "");
    let now = migrated(ratings, &omitted);
    let kinds: Vec<_> = now.evaluation.orphaned().iter().map(|orphan| (orphan.kind, orphan.level.as_deref())).collect();
    let (practice, rating) = (appraise::OrphanKind::Practice, appraise::OrphanKind::Rating);
    assert_eq!(kinds, [(practice, None), (practice, None), (rating, Some("proficient"))]);
}

#[test]
fn a_level_that_a_person_gave_stays() {
    let ratings = "  team: { practices: [team_dev], level: accomplished, comment: By judgment. }\n";
    let more = "              - { id: team_dev2, level: developing, statement: Writes minutes. }\n              - { id: team_pro,";
    let now = migrated(ratings, &with("              - { id: team_pro,", more));
    assert_eq!(level(&now.evaluation, "team").as_deref(), Some("accomplished"));
    assert!(now.changes.derived.is_empty());
}

#[test]
fn a_change_of_practices_is_told_to_who_opens_an_older_evaluation() {
    let text = document("  team: { practices: [team_dev] }\n").replacen(
        "{ id: carolina }",
        &format!("{{ id: carolina, version: 1.0.0, fingerprint: \"{}\" }}", rubric().fingerprint()),
        1,
    );
    let new = with("statement: Plans with the team.", "statement: Plans ahead with the team.");
    let mut library = Library::empty();
    library.add(rubric());
    library.add(new);
    let found = library.check("e.yaml", &text).diagnostics;
    assert!(found.iter().all(|finding| !finding.help.contains("none of its own ratings")), "{found}");
}

#[test]
fn the_schema_of_a_form_asks_for_the_practices_of_each_indicator() {
    let rubric = rubric();
    let schema: serde_json::Value = serde_json::from_str(&Form::new(&rubric).json_schema()).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let base: serde_json::Value = serde_yaml::from_str(&document("  {}\n")).unwrap();
    let takes = |ratings: serde_json::Value, status: &str| {
        let mut value = base.clone();
        (value["ratings"], value["status"]) = (ratings, status.into());
        validator.is_valid(&value)
    };
    let json = serde_json::json!({ "team": { "practices": ["team_dev"] }, "policy": { "practices": [] }, "access": "proficient", "records": "proficient" });
    assert!(takes(json.clone(), "draft") && takes(json.clone(), "final"));
    for (indicator, rating) in [
        ("team", serde_json::json!({ "practices": ["policy_dev"] })),
        ("team", serde_json::json!({ "practices": ["team_dev", "team_dev"] })),
        ("records", serde_json::json!({ "practices": [], "level": "proficient" })),
    ] {
        let mut other = json.clone();
        other[indicator] = rating;
        assert!(!takes(other.clone(), "draft"), "{other}");
    }
    let mut open = json;
    open["team"] = serde_json::json!({ "comment": "Later." });
    assert!(takes(open.clone(), "draft") && !takes(open, "final"));
    let pages: serde_json::Value = serde_json::from_str(&Form::new(&rubric).ui_schema()).unwrap();
    assert_eq!(pages["ratings"]["team"]["practices"]["ui:enumNames"][1], "Plans with the team.");
    assert!(pages["ratings"]["records"].get("practices").is_none());
    // A rubric without practices has none of this.
    let plain = Form::new(&Library::bundled().get("connecticut_school_social_work").unwrap()).json_schema();
    assert!(!plain.contains("\"practices\"") && !plain.contains("rating_of_"));
}

#[test]
fn every_word_of_practices_and_each_rule_is_part_of_the_fingerprint() {
    let fingerprint = |from: &str, to: &str| {
        assert!(CAROLINA.contains(from), "{from}");
        let text = CAROLINA.replacen(from, to, 1);
        let rubric = Rubric::parse("r.yaml", &text, &Library::empty()).unwrap_or_else(|found| panic!("{found}"));
        rubric.fingerprint().to_owned()
    };
    let whole = rubric().fingerprint().to_owned();
    for (from, to) in [
        ("Attends the team.", "Attends each team."),
        ("team_dev, level: developing", "team_dev, level: proficient"),
        ("derive: cumulative", "derive: majority"),
        ("derive: majority", "derive: cumulative"),
        ("accomplished: 3, distinguished: 4", "distinguished: 4"),
    ] {
        assert_ne!(fingerprint(from, to), whole, "{from}");
    }
    // No practices are the same in either form.
    assert_eq!(
        fingerprint(
            "{ id: records, statement: Keeps records. }",
            "{ id: records, statement: Keeps records., practices: [] }"
        ),
        whole
    );
}

#[test]
fn an_overlay_replaces_the_practices_of_an_indicator_and_the_rule() {
    let mut library = Library::empty();
    library.add(rubric());
    let text = "
id: county
version: 1.0.0
title: County
extends: carolina@1
derive: majority
change:
  access:
    derive: { at_least: { developing: 1, proficient: 2 } }
    practices: [{ id: access_hours, statement: Keeps hours. }, { id: access_texts, statement: Answers texts. }]
  policy: { practices: null, derive: null }
add:
  - { to: service, id: referrals, statement: Refers., derive: cumulative, practices: [{ id: referrals_follow, level: proficient, statement: Follows up. }] }
allow: [{ code: unreachable-level, because: Given by judgment. }]
";
    let county = Rubric::parse("county.yaml", text, &library).unwrap_or_else(|found| panic!("{found}"));
    let ids = |indicator: &str| -> Vec<String> {
        county.indicator(indicator).unwrap().practices().iter().map(|practice| practice.id.clone()).collect()
    };
    assert_eq!(
        (ids("access"), ids("policy"), ids("referrals")),
        (vec!["access_hours".to_owned(), "access_texts".to_owned()], vec![], vec!["referrals_follow".to_owned()])
    );
    let text = document("  team: { practices: [team_dev, team_pro, team_pro2] }\n").replacen("carolina", "county", 1);
    let evaluation = Evaluation::parse("e.yaml", &text, &county).unwrap_or_else(|found| panic!("{found}"));
    let derived = evaluation.derived(county.indicator("team").unwrap()).unwrap();
    assert!(
        derived.reason.ends_with("more than half of each; at Accomplished 0 of 1, not more than half"),
        "{}",
        derived.reason
    );
}

#[test]
fn evaluations_of_parts_are_combined_with_their_practices() {
    let part = |by: &str, scope: &str, ratings: &str| {
        document(ratings).replacen("E-0007, name: Priya Shah", &format!("{by}, name: Rater {by}"), 1)
            + &format!("scope: [{scope}]\n")
    };
    let first = part("E-0001", "leadership", "  team: { practices: [team_dev] }\n  policy: { practices: [] }\n");
    let second =
        part("E-0002", "service", "  access: { practices: [access_hours, access_calls] }\n  records: proficient\n");
    let (joined, found) = Evaluation::combine(&[("first.yaml", &first), ("second.yaml", &second)], &rubric());
    let joined = joined.unwrap_or_else(|| panic!("{found:?}"));
    let of = |indicator: &str| {
        let rating = joined.rating(joined.rubric().indicator(indicator).unwrap()).unwrap();
        (rating.practices().map(<[String]>::len), rating.is_derived(), rating.by.clone().unwrap())
    };
    assert_eq!(of("team"), (Some(1), true, "E-0001".to_owned()));
    assert_eq!(of("policy"), (Some(0), true, "E-0001".to_owned()));
    assert_eq!(of("access"), (Some(2), true, "E-0002".to_owned()));
    assert_eq!(level(&joined, "access").as_deref(), Some("proficient"));
}

#[test]
fn a_report_calls_no_unrated_indicator_commented_on_for_its_practices() {
    let report = |ratings: &str| Renderer::new().report(&evaluation(ratings).score(), Format::Html).unwrap();
    assert!(!report("  records: proficient\n").contains("commented on"));
    assert!(report("  team: { comment: Not yet observed. }\n").contains("commented on"));
}

#[test]
fn a_report_lists_no_unrecorded_practices_beside_a_choice_that_is_no_rating() {
    let report = |ratings: &str, format| Renderer::new().report(&evaluation(ratings).score(), format).unwrap();
    for format in [Format::Html, Format::Markdown] {
        let page = report("  access: not_applicable\n", format);
        for text in ["Keeps hours.", "Not said", "are not recorded", "commented on"] {
            assert!(!page.contains(text), "{text}\n{page}");
        }
        // The practices that the evaluation does record are printed beside the choice.
        let page =
            report("  access: { practices: [access_calls], level: not_applicable, comment: Left in May. }\n", format);
        for text in ["Keeps hours.", "Returns calls.", "and the evaluator gave “Not applicable”"] {
            assert!(page.contains(text), "{text}\n{page}");
        }
    }
}

#[test]
fn a_report_marks_a_practice_that_is_not_said_otherwise_than_one_that_is_not_seen() {
    let html = Renderer::new()
        .report(&evaluation("  team: { practices: [team_dev] }\n  access: distinguished\n").score(), Format::Html)
        .unwrap();
    for text in [
        "<li class=\"not-seen\"><span class=\"mark\" aria-hidden=\"true\">–</span> <span class=\"unseen\">Not seen: </span>",
        "<li class=\"not-said\"><span class=\"mark\" aria-hidden=\"true\"></span> <span class=\"unseen\">Not said: </span>",
    ] {
        assert!(html.contains(text), "{text}\n{html}");
    }
}
