//! An evaluation that is written for another rubric: nothing that is in it is lost, and nothing is rated that nobody rated.

#![allow(clippy::panic, clippy::unwrap_used, clippy::indexing_slicing, reason = "a test that cannot go on fails")]

mod support;

use appraise::migrate::{Migrated, migrate};
use appraise::{Checked, Code, Evaluation, Library, OrphanKind, Rubric, Status};
use serde_json::{Value, json};

fn old() -> Rubric {
    support::rubric(support::project("tests/documents/rubrics/old/small.yaml"))
}

fn new() -> Rubric {
    support::rubric(support::project("tests/documents/rubrics/small.yaml"))
}

fn full() -> String {
    support::read(support::project("tests/migrate/full.yaml"))
}

fn migrated(text: &str, to: &Rubric, old: Option<&Rubric>) -> Migrated {
    migrate("e.yaml", text, to, old).unwrap_or_else(|found| panic!("{found}"))
}

/// The codes of what keeps an evaluation from being migrated, each with its path.
fn refused(text: &str, to: &Rubric, old: Option<&Rubric>) -> Vec<(Code, String)> {
    let found = migrate("e.yaml", text, to, old).unwrap_err();
    found.iter().map(|finding| (finding.code, finding.path.clone())).collect()
}

#[test]
fn whoever_said_what_has_no_place_any_more_is_named() {
    let text = support::read(support::project("tests/documents/evaluation/missing-key--orphaned.ok.yaml"));
    let scorecard = support::library().check("o.yaml", &text).value.unwrap().score();
    let json = serde_json::to_value(&scorecard).unwrap();
    let named = |number: usize| json["orphaned"][number]["by_name"].clone();
    assert_eq!([named(0), named(1), named(2)], [json!("Priya Shah"), Value::Null, json!("Jordan Rivera")]);
}

/// A rubric of these indicators, in domains that are named for their first letter.
fn rubric(version: &str, indicators: &[(&str, &str)]) -> Rubric {
    let mut domains: Vec<(String, Vec<Value>)> = Vec::new();
    for (id, statement) in indicators {
        let (domain, id) = id.split_once('.').unwrap();
        let indicator = json!({ "id": id, "statement": statement });
        match domains.iter_mut().find(|(known, _)| known == domain) {
            Some((_, list)) => list.push(indicator),
            None => domains.push((domain.to_owned(), vec![indicator])),
        }
    }
    let domain = |(id, indicators): &(String, Vec<Value>)| json!({ "id": id, "title": id, "indicators": indicators });
    let domains: Vec<Value> = domains.iter().map(domain).collect();
    let text = json!({ "id": "r", "version": version, "title": "R", "domains": domains }).to_string();
    Rubric::parse("r.json", &text, &Library::empty()).unwrap_or_else(|found| panic!("{found}"))
}

/// An evaluation against version 1.0.0 of that.
fn of_r(more: &str) -> String {
    format!(
        "rubric: {{ id: r, version: 1.0.0 }}\nemployee: {{ id: E-1, name: Ann }}\n\
         evaluators: [{{ id: E-2, name: Bo }}]\nperiod: {{ from: 2025-08-25, to: 2026-06-12 }}\n{more}\n"
    )
}

fn orphans(evaluation: &Evaluation) -> Vec<(OrphanKind, &str)> {
    evaluation.orphaned().iter().map(|orphan| (orphan.kind, orphan.id.as_str())).collect()
}

fn rated(evaluation: &Evaluation) -> Vec<String> {
    let rubric = evaluation.rubric();
    rubric.indicators().filter(|one| evaluation.rating(one).is_some()).map(|one| one.id.clone()).collect()
}

#[test]
fn orphans_are_kept_with_the_words_they_were_given_for() {
    let Migrated { evaluation, changes, .. } = migrated(&full(), &new(), Some(&old()));
    assert_eq!(rated(&evaluation), ["counsels", "space"]);
    let plans = &evaluation.orphaned()[0];
    // The indicator is there still, its level is not.
    assert_eq!((plans.kind, plans.id.as_str()), (OrphanKind::Rating, "plans"));
    assert_eq!((plans.level.as_deref(), plans.label.as_deref()), (Some("excels"), Some("Excels")));
    assert_eq!(plans.given_for.statement.as_deref(), Some("Writes plans."));
    assert_eq!((plans.given_for.code.as_deref(), plans.given_for.domain.as_deref()), (Some("1.1"), Some("Practice")));
    assert_eq!(plans.evidence[0].at.as_deref(), Some("Barnum School"));
    assert_eq!((changes.ratings, changes.orphaned.len()), (2, evaluation.orphaned().len()));
    assert_eq!((changes.reworded, changes.rescored), (vec!["counsels".to_owned()], vec!["space".to_owned()]));
    assert!(evaluation.diagnostics().is_empty(), "{}", evaluation.diagnostics());
}

#[test]
fn a_final_evaluation_is_a_draft_again_that_names_the_document_it_was_made_from() {
    let signed = Evaluation::parse("full.yaml", &full(), &old()).unwrap();
    let Migrated { evaluation, changes, .. } = migrated(&full(), &new(), Some(&old()));
    assert_eq!((evaluation.status(), evaluation.completed_on()), (Status::Draft, None));
    let [before] = evaluation.migrated_from() else { panic!("one document") };
    assert_eq!((before.status, before.completed_on().as_deref()), (Some(Status::Final), Some("2026-05-29")));
    assert_eq!((before.rubric.id.as_str(), before.rubric.version.as_deref()), ("small", Some("1.0.0")));
    assert_eq!(before.evaluation.as_deref(), Some(signed.fingerprint()));
    assert_eq!((changes.was_final, changes.completed_on.as_deref()), (true, Some("2026-05-29")));
    // The record has the events from before, and no others.
    assert_eq!(evaluation.record().len(), signed.record().len());
    // The evaluation is pinned to the text that it is for now.
    let written = serde_json::to_value(&evaluation).unwrap();
    assert_eq!(written["rubric"]["fingerprint"], new().fingerprint());
    // A draft stays what it is, to the day.
    let draft = full().replace("status: final\n", "");
    let draft = migrated(&draft, &new(), Some(&old()));
    assert_eq!(draft.evaluation.completed_on().as_deref(), Some("2026-05-29"));
    assert_eq!((draft.changes.was_final, draft.evaluation.migrated_from()[0].completed_on()), (false, None));
}

#[test]
fn orphans_are_never_counted() {
    let evaluation = migrated(&full(), &new(), Some(&old())).evaluation;
    let mut without = serde_json::to_value(&evaluation).unwrap();
    without.as_object_mut().unwrap().remove("orphaned");
    let without = Evaluation::parse("e.json", &without.to_string(), &new()).unwrap().score();
    let with = evaluation.score();
    let numbers = |scorecard: &appraise::Scorecard| {
        let json = serde_json::to_value(scorecard).unwrap();
        (json["overall"].clone(), json["domains"].clone(), json["unrated"].clone())
    };
    assert_eq!(numbers(&with), numbers(&without));
    let goals = |scorecard: &appraise::Scorecard| serde_json::to_value(scorecard.goals()).unwrap();
    assert_eq!(goals(&with), goals(&without));
    let json = serde_json::to_value(&with).unwrap();
    assert_eq!(json["orphaned"].as_array().unwrap().len(), evaluation.orphaned().len());
    assert_eq!(json["orphaned"][1]["comment"], "Two of nine came late.\n\nThe others were in time.\n");
}

#[test]
fn an_evaluation_that_returns_to_its_old_rubric_is_as_it_was() {
    let there = migrated(&full(), &new(), Some(&old())).evaluation;
    let there = serde_json::to_string(&there).unwrap();
    let Migrated { evaluation, changes, .. } = migrated(&there, &old(), Some(&new()));
    let mut was = serde_json::to_value(Evaluation::parse("full.yaml", &full(), &old()).unwrap()).unwrap();
    let mut is = serde_json::to_value(&evaluation).unwrap();
    assert_eq!(is["ratings"], was["ratings"]);
    assert_eq!(is["service_data"], was["service_data"]);
    assert_eq!(is["evaluators"], was["evaluators"]);
    for (value, key) in [(&mut was, "goals"), (&mut is, "goals")] {
        value[key].as_array_mut().unwrap().sort_by_key(|goal| goal["statement"].to_string());
    }
    assert_eq!(is["goals"], was["goals"]);
    assert_eq!(is["responses"].as_array().unwrap().len(), 2);
    // People widen the scope; an indicator that is rated is in it.
    assert_eq!(orphans(&evaluation), [(OrphanKind::Scope, "outreach")]);
    assert_eq!(evaluation.scope(), ["practice", "program", "visits"]);
    assert_eq!((changes.came_home.len(), changes.scope), (8, vec!["visits".to_owned()]));
    assert_eq!(evaluation.migrated_from().len(), 2);
}

#[test]
fn an_orphan_comes_home_only_to_the_same_words_where_nothing_took_its_place() {
    let one = rubric("1.0.0", &[("a.plans", "Plans."), ("a.reports", "Reports.")]);
    let two = rubric("2.0.0", &[("a.plans", "Plans.")]);
    let text = of_r("ratings: { plans: has_met, reports: { level: has_met, comment: In time. } }");
    let there = migrated(&text, &two, Some(&one)).evaluation;
    let there = serde_json::to_string(&there).unwrap();
    let same = rubric("3.0.0", &[("a.plans", "Plans."), ("b.reports", "Reports.")]);
    let back = migrated(&there, &same, Some(&two)).evaluation;
    assert_eq!((rated(&back), orphans(&back)), (vec!["plans".to_owned(), "reports".to_owned()], vec![]));
    assert_eq!(back.rating(back.rubric().indicator("reports").unwrap()).unwrap().comment.as_deref(), Some("In time."));

    let other = rubric("3.0.0", &[("a.plans", "Plans."), ("a.reports", "Reports always.")]);
    let stays = migrated(&there, &other, Some(&two));
    assert_eq!(orphans(&stays.evaluation), [(OrphanKind::Rating, "reports")]);
    assert_eq!((stays.changes.unrated, stays.changes.came_home.len()), (vec!["reports".to_owned()], 0));

    // Nobody's rating is taken for another's: somebody rated it meanwhile.
    let mut meanwhile: Value = serde_json::from_str(&there).unwrap();
    meanwhile["rubric"] = json!({ "id": "r", "version": "3.0.0" });
    meanwhile["ratings"]["reports"] = json!("exceeds_expectations");
    let four = rubric("4.0.0", &[("a.plans", "Plans."), ("a.reports", "Reports.")]);
    let rated_again = migrated(&meanwhile.to_string(), &four, Some(&same)).evaluation;
    assert_eq!(orphans(&rated_again), [(OrphanKind::Rating, "reports")]);

    // Without its rubric at hand, the words it was given for are not known, and it stays.
    let unknown = migrated(&text, &two, None).evaluation;
    assert_eq!(unknown.orphaned()[0].given_for.statement, None);
    let stays = migrated(&serde_json::to_string(&unknown).unwrap(), &same, Some(&two)).evaluation;
    assert_eq!(orphans(&stays), [(OrphanKind::Rating, "reports")]);
}

#[test]
fn of_two_orphans_of_one_indicator_the_latest_comes_home() {
    let one = rubric("1.0.0", &[("a.plans", "Plans."), ("a.reports", "Reports.")]);
    let two = rubric("2.0.0", &[("a.plans", "Plans.")]);
    let entry = |comment: &str| {
        format!(
            "{{ kind: rating, id: reports, given_for: {{ rubric: r, statement: Reports. }}, level: has_met, \
             label: Has met, comment: {comment} }}"
        )
    };
    let text = of_r(&format!("ratings: {{ plans: has_met }}\norphaned: [{}, {}]", entry("First"), entry("Last")));
    let text = text.replace("version: 1.0.0", "version: 2.0.0");
    let back = migrated(&text, &one, Some(&two)).evaluation;
    let rating = back.rating(back.rubric().indicator("reports").unwrap()).unwrap();
    assert_eq!(rating.comment.as_deref(), Some("Last"));
    assert_eq!(back.orphaned()[0].comment.as_deref(), Some("First"));
}

#[test]
fn the_scope_is_kept_across_a_migration() {
    let one = rubric("1.0.0", &[("a.x", "X."), ("a.u", "U."), ("b.z", "Z."), ("b.w", "W."), ("c.v", "V.")]);
    // `u` moves out of the scope, `z` into it; `w` leaves what is not assigned, and all of `b` is gone.
    let two = rubric("2.0.0", &[("a.x", "X."), ("a.z", "Z."), ("c.u", "U."), ("c.v", "V."), ("d.w", "W.")]);
    let text = of_r("scope: [a, b]\nnot_assigned: { b: Done by others }\nratings: { x: has_met, u: has_met }");
    let Migrated { evaluation, changes, .. } = migrated(&text, &two, Some(&one));
    assert_eq!(rated(&evaluation), ["x", "u"]);
    assert_eq!(evaluation.scope(), ["a", "u", "w"]);
    assert_eq!(evaluation.not_assigned().collect::<Vec<_>>(), [("z", "Done by others"), ("w", "Done by others")]);
    assert_eq!((changes.scope, changes.not_assigned.len()), (vec!["u".to_owned(), "w".to_owned()], 2));
    assert_eq!(orphans(&evaluation), [(OrphanKind::Scope, "b"), (OrphanKind::NotAssigned, "b")]);
    assert_eq!(evaluation.orphaned()[1].why.as_deref(), Some("Done by others"));
    assert!(evaluation.score().is_complete());

    // A rated indicator under a node that is not assigned stays rated: the rest is listed one by one.
    let text = of_r("not_assigned: { b: Done by others }\nratings: { x: has_met, u: has_met, v: has_met }");
    let three = rubric("3.0.0", &[("a.x", "X."), ("b.u", "U."), ("b.z", "Z."), ("b.w", "W."), ("c.v", "V.")]);
    let evaluation = migrated(&text, &three, Some(&one)).evaluation;
    assert_eq!(rated(&evaluation), ["x", "u", "v"]);
    assert_eq!(evaluation.not_assigned().map(|(id, _)| id).collect::<Vec<_>>(), ["z", "w"]);

    // A scope of which nothing is left is no scope of everything.
    let text = of_r("scope: [c]\nratings: { v: has_met }");
    let four = rubric("4.0.0", &[("a.x", "X.")]);
    assert_eq!(refused(&text, &four, Some(&one)), [(Code::EmptyScope, "scope".to_owned())]);
}

#[test]
fn a_mistake_is_not_taken_for_something_that_is_gone() {
    let text = full()
        .replace("  visits: {", "  vists: has_met\n  space2: { level: has_met, by: E-0100 }\n  counsles: { level: excel, by: E-1 }\n  visits: {")
        .replace("[clinical, union]", "[clinical, unoin]")
        .replace("calls: 31", "cals: 31");
    let found: Vec<String> = refused(&text, &new(), Some(&old())).into_iter().map(|(_, path)| path).collect();
    for path in ["ratings.vists", "ratings.space2", "ratings.counsles", "service_data.cals"] {
        assert!(found.iter().any(|found| found == path), "{path} in {found:?}");
    }
    assert!(found.iter().any(|path| path.starts_with("evaluators[0].qualifications")), "{found:?}");
    // Without the old rubric nobody can tell; a domain's id is a mistake all the same.
    let text = of_r("ratings: { x: has_met, reprots: has_met }");
    let two = rubric("2.0.0", &[("a.x", "X.")]);
    assert_eq!(orphans(&migrated(&text, &two, None).evaluation), [(OrphanKind::Rating, "reprots")]);
    let text = of_r("ratings: { x: has_met, a: has_met }");
    assert_eq!(refused(&text, &two, None), [(Code::UnknownIndicator, "ratings.a".to_owned())]);
}

#[test]
fn inputs_and_entered_ratings_of_a_policy_that_is_not_at_hand_are_kept() {
    let text = of_r(
        "ratings: { x: has_met }\ninputs: { growth: 3.5 }\nentered: { summative: { rating: has_met, rationale: Seen. } }",
    );
    let evaluation = migrated(&text, &rubric("2.0.0", &[("a.x", "X.")]), None).evaluation;
    assert_eq!(orphans(&evaluation), [(OrphanKind::Input, "growth"), (OrphanKind::Entered, "summative")]);
    let value = serde_json::to_value(evaluation.orphaned()[1].value().unwrap()).unwrap();
    assert_eq!(value, json!({ "rating": "has_met", "rationale": "Seen." }));
}

/// The rubric of `tests/documents` with a policy, with some words of that exchanged for others.
fn scored(version: &str, changes: &[(&str, &str)]) -> Rubric {
    let text = support::read(support::project("tests/documents/rubrics/scored.yaml"));
    let version = format!("version: {version}");
    let text = changes.iter().chain([&("version: 1.0.0", version.as_str())]).fold(text, |text, (was, is)| {
        assert!(text.contains(was), "{was}");
        text.replace(was, is)
    });
    Rubric::parse("scored.yaml", &text, &Library::empty()).unwrap_or_else(|found| panic!("{found}"))
}

/// An input stays where the new policy asks for it and takes its value, and an entered rating where it is entered for the
/// same parts of the rubric, at a level that is still there.
#[test]
fn values_that_the_new_policy_shares_stay_and_the_others_are_kept_apart() {
    const RATED: &str = "domain_rating: { practice: { rating: has_met, rationale: As seen. } }";
    const SUMMATIVE: &str = "summative: { rating: exceeds_expectations, rationale: All in all. }";
    const ENTERED: &str = "      entered: true\n      limits:\n        - { at_most: has_met, when: { count: indicators, rated: [has_not_met], at_least: 1 } }\n        \
                           - { at_most: has_met, when: { any: [{ input: stage, is: novice }, { score: total, below: 1 }] } }\n";
    let text = |entered: &str| {
        format!(
            "rubric: {{ id: scored, version: 1.0.0 }}\nemployee: {{ id: E-1, name: A }}\nevaluators: [{{ id: E-2, name: B }}]\n\
             period: {{ from: 2025-08-25, to: 2026-06-12 }}\nratings: {{ plans: has_met }}\n\
             inputs: {{ growth: 3.25, stage: novice }}\nentered: {{ {entered} }}\n"
        )
    };
    let old = scored("1.0.0", &[]);
    let other_levels =
        "      entered: true\n      levels: [{ id: has_not_met, label: Low }, { id: has_met, label: High }]\n";
    let by_domain = "      each: domain\n      entered: true\n";
    let (growth, stage) = ((OrphanKind::Input, "growth"), (OrphanKind::Input, "stage"));
    let (rated, summative) = ((OrphanKind::Entered, "domain_rating"), (OrphanKind::Entered, "summative"));
    for (changes, gone) in [
        (&[][..], &[][..]),
        (&[("to: 4", "to: 3")], &[growth]),
        (&[("novice", "first_year")], &[stage]),
        (&[("id: practice", "id: casework")], &[rated]),
        (&[("domain_rating", "rating_of_domain")], &[rated]),
        (&[(ENTERED, other_levels)], &[summative]),
        (&[(ENTERED, by_domain)], &[summative]),
    ] {
        let new = scored("2.0.0", changes);
        let Migrated { evaluation, .. } = migrated(&text(&format!("{RATED}, {SUMMATIVE}")), &new, Some(&old));
        assert_eq!(orphans(&evaluation), gone, "{changes:?}");
    }
    // One rating of everything is none of a domain, whichever was asked for first.
    let each = "summative: { practice: { rating: has_met, rationale: As seen. } }";
    let Migrated { evaluation, .. } =
        migrated(&text(each), &scored("2.0.0", &[]), Some(&scored("1.0.0", &[(ENTERED, by_domain)])));
    assert_eq!(orphans(&evaluation), [summative]);
    // An entry that neither policy takes is a mistake.
    let new = scored("2.0.0", &[]);
    for wrong in [
        "domain_rating: { program: { rating: hasmet, rationale: As seen. } }",
        "domain_rating: { programs: { rating: has_met, rationale: As seen. } }",
        "summative: { practice: { rating: has_met, rationale: As seen. } }",
        "sumative: { rating: has_met, rationale: As seen. }",
    ] {
        assert_ne!(refused(&text(wrong), &new, Some(&old)), [], "{wrong}");
    }
}

/// Of the ratings that a person enters for each domain, those of the others stay when one domain is gone; and what the policy
/// asks for again comes home, as a rating does.
#[test]
fn values_that_a_policy_asks_for_again_are_restored() {
    let before = "rubric: { id: scored, version: 1.0.0 }\nemployee: { id: E-1, name: A }\nevaluators: [{ id: E-2, name: B }]\n\
                  period: { from: 2025-08-25, to: 2026-06-12 }\nratings: { plans: has_met, budget: has_met }\n\
                inputs: { growth: 3.25, stage: novice }\n\
                entered: { domain_rating: { practice: { rating: has_met, rationale: As seen. }, program: { rating: has_met, rationale: Kept. } }, \
                summative: { rating: has_met, rationale: All in all. } }\n";
    const PROGRAM: &str =
        "  - id: program\n    title: Program\n    indicators: [{ id: budget, statement: Keeps to the budget. }]\n";
    const GROWTH: &str = "    - { id: growth, label: Student growth, from: 1, to: 4, places: 2 }\n";
    let gone = [
        (PROGRAM, ""),
        (GROWTH, ""),
        ("[number, growth, survey]", "[number, survey]"),
        ("id: summative", "id: overall"),
    ];
    let (one, two) = (scored("1.0.0", &[]), scored("2.0.0", &gone));
    let Migrated { evaluation: there, .. } = migrated(before, &two, Some(&one));
    let entered = (OrphanKind::Entered, "domain_rating");
    assert_eq!(
        orphans(&there),
        [(OrphanKind::Rating, "budget"), (OrphanKind::Input, "growth"), entered, (OrphanKind::Entered, "summative")]
    );
    let of_program = &there.orphaned()[2];
    assert_eq!(
        (of_program.given_for.title.as_deref(), of_program.label.as_deref()),
        (Some("Program"), Some("Has met"))
    );
    let written = serde_json::to_value(&there).unwrap();
    let as_seen = json!({ "practice": { "rating": "has_met", "rationale": "As seen." } });
    assert_eq!(written["entered"], json!({ "domain_rating": as_seen }));

    let three = scored("3.0.0", &[]);
    for text in [there.to_yaml(), written.to_string()] {
        let Migrated { evaluation: back, changes, .. } = migrated(&text, &three, Some(&two));
        assert_eq!((orphans(&back), changes.came_home.len()), (vec![], 4));
        let back = serde_json::to_value(&back).unwrap();
        let was = serde_json::to_value(Evaluation::parse("e.yaml", before, &one).unwrap()).unwrap();
        assert_eq!([&back["inputs"], &back["entered"]], [&was["inputs"], &was["entered"]]);
    }
    // Not to other words, nor where the part is not assigned, nor beside what is entered there.
    for (changes, stay) in [
        (("title: Program", "title: Programs"), entered),
        (("label: Student growth", "label: Growth"), (OrphanKind::Input, "growth")),
        (("to: 4", "to: 3"), (OrphanKind::Input, "growth")),
        (
            ("id: domain_rating, each: domain", "id: domain_rating, each: domain, levels: LEVELS, meets_at: has_met"),
            entered,
        ),
    ] {
        let is = changes.1.replace("LEVELS", "[{ id: has_not_met, label: Low }, { id: has_met, label: High }, { id: exceeds_expectations, label: Highest }]");
        let back = migrated(&there.to_yaml(), &scored("3.0.0", &[(changes.0, &is)]), Some(&two)).evaluation;
        assert!(orphans(&back).contains(&stay), "{changes:?}");
    }
    let mut other = written.clone();
    other["rubric"] = json!({ "id": "scored", "version": "3.0.0" });
    other["not_assigned"] = json!({ "budget": "Elsewhere" });
    assert!(orphans(&migrated(&other.to_string(), &scored("4.0.0", &[]), Some(&three)).evaluation).contains(&entered));
    other["not_assigned"] = Value::Null;
    other["entered"]["domain_rating"]["program"] = json!({ "rating": "has_not_met", "rationale": "Anew." });
    let back = migrated(&other.to_string(), &scored("4.0.0", &[]), Some(&three)).evaluation;
    assert!(orphans(&back).contains(&entered) && back.to_yaml().contains("Anew."));
}

#[test]
fn only_the_rubric_it_was_made_against_is_taken_for_the_old_one() {
    let wrong = rubric("1.0.0", &[("a.x", "X.")]);
    assert_eq!(refused(&full(), &new(), Some(&wrong)), [(Code::UnknownRubric, "rubric.id".to_owned())]);
    let later = rubric("1.1.0", &[("a.x", "X.")]);
    let text = of_r("ratings: { x: has_met }");
    let two = rubric("2.0.0", &[("a.x", "X.")]);
    assert_eq!(refused(&text, &two, Some(&later)), [(Code::OtherVersion, "rubric.version".to_owned())]);
    let pinned = text.replace("version: 1.0.0", &format!("fingerprint: \"{}\"", later.fingerprint()));
    assert_eq!(refused(&pinned, &two, Some(&wrong)), [(Code::OtherFingerprint, "rubric.fingerprint".to_owned())]);
    assert!(migrate("e.yaml", &pinned, &two, Some(&later)).is_ok());
}

#[test]
fn an_evaluation_for_the_rubric_already_stays_as_it_is() {
    let rubric = rubric("1.0.0", &[("a.x", "X."), ("a.u", "U.")]);
    for text in [
        of_r("status: final\ncompleted_on: 2026-05-29\nratings: { x: has_met, u: has_met }"),
        of_r("ratings: { x: has_met }")
            .replace("version: 1.0.0", &format!("fingerprint: \"{}\"", rubric.fingerprint())),
    ] {
        let Migrated { evaluation, changes, .. } = migrated(&text, &rubric, None);
        let was = Evaluation::parse("e.yaml", &text, &rubric).unwrap();
        assert_eq!((evaluation.fingerprint(), changes.is_current), (was.fingerprint(), true));
    }
    // An evaluation of an unknown text is pinned, and must be looked at.
    let text = of_r("status: final\nratings: { x: has_met, u: has_met }").replace(", version: 1.0.0", "");
    let unsure = migrated(&text, &rubric, None);
    assert_eq!((unsure.changes.is_current, unsure.evaluation.status()), (false, Status::Draft));
    // A mistake is one here too.
    let text = of_r("ratings: { x: has_met, z: has_met }");
    assert_eq!(refused(&text, &rubric, None), [(Code::UnknownIndicator, "ratings.z".to_owned())]);
}

#[test]
fn a_library_finds_the_text_an_evaluation_was_made_against() {
    let one = rubric("1.0.0", &[("a.x", "X."), ("a.u", "U.")]);
    let one_b = rubric("1.0.0", &[("a.x", "X in other words."), ("a.u", "U.")]);
    let two = rubric("2.0.0", &[("a.x", "X in other words.")]);
    let mut library = Library::empty();
    for rubric in [&two, &one, &one_b] {
        library.add(rubric.clone());
    }
    let pinned = |rubric: &Rubric| {
        of_r("ratings: { x: has_met }").replace("version: 1.0.0", &format!("fingerprint: \"{}\"", rubric.fingerprint()))
    };
    for rubric in [&one, &one_b, &two] {
        let found = library.rubric_for("e.yaml", &pinned(rubric)).unwrap();
        assert_eq!(found.fingerprint(), rubric.fingerprint());
        assert_eq!(library.made_against("e.yaml", &pinned(rubric)).unwrap().fingerprint(), rubric.fingerprint());
        assert!(library.check("e.yaml", &pinned(rubric)).diagnostics.is_empty());
    }
    // With a fingerprint of none of them: of the version, and what changed is not known.
    let none = pinned(&rubric("1.0.0", &[("a.x", "Another.")])).replace("id: r,", "id: r, version: 1.0.0,");
    assert_eq!(library.rubric_for("e.yaml", &none).unwrap().fingerprint(), one_b.fingerprint());
    let Checked { diagnostics: found, .. } = library.check("e.yaml", &none);
    assert!(found.to_string().contains("what changed cannot be known"), "{found}");
    assert!(library.made_against("e.yaml", &none).is_none());

    // Read with another on purpose, what changed is told; and an old one is never read with.
    let Checked { diagnostics: found, .. } = library.check_with("e.yaml", &pinned(&one), &two);
    let finding = found.iter().next().unwrap();
    assert_eq!(
        finding.message,
        "this evaluation was made against another text of `r`; since then: 1 orphaned, 1 wording"
    );
    assert!(finding.help.starts_with("of its own ratings: 1 wording (`x`); "), "{}", finding.help);
    let mut library = Library::empty();
    library.add(two);
    library.add_old(one.clone());
    let Checked { value: read, diagnostics: found } = library.check("e.yaml", &pinned(&one));
    assert_eq!(read.unwrap().rubric().version(), "2.0.0");
    assert!(found.to_string().contains("since then: 1 orphaned, 1 wording"), "{found}");
    assert_eq!(library.ids(), ["r"]);
}

#[test]
fn errors_that_another_rubric_does_not_explain_are_reported_at_their_place() {
    let text = of_r(
        "ratings: { x: has_met, u: { level: has_met, comment: Met with team #3 }, gone: { level: has_met, evidence: [{ date: May, note: Seen }] } }\ncolour: red",
    );
    let found = refused(&text, &rubric("2.0.0", &[("a.x", "X.")]), None);
    let codes: Vec<Code> = found.iter().map(|(code, _)| *code).collect();
    assert!(codes.contains(&Code::NotYaml) || codes.contains(&Code::CutText), "{found:?}");
    let text =
        of_r("ratings:\n  x: has_met\n  gone: { level: has_met, evidence: [{ date: May, note: Seen }] }\ncolour: red");
    let found = migrate("e.yaml", &text, &rubric("2.0.0", &[("a.x", "X.")]), None).unwrap_err();
    let places: Vec<(Code, u32)> = found.iter().map(|finding| (finding.code, finding.start.line)).collect();
    assert_eq!(places, [(Code::BadDate, 7), (Code::UnknownKey, 8)]);
    let organization = text.replace("employee:", "organization:").replace("\ncolour: red", "");
    assert!(
        refused(&organization, &rubric("2.0.0", &[("a.x", "X.")]), None)
            .iter()
            .any(|(code, _)| *code == Code::OtherSubject)
    );
}

#[cfg(feature = "render")]
#[test]
fn the_report_prints_every_orphan_whole() {
    use appraise::{Format, Renderer};
    let scorecard = migrated(&full(), &new(), Some(&old())).evaluation.score();
    for format in [Format::Html, Format::Markdown] {
        let page = Renderer::new().report(&scorecard, format).unwrap().replace('\\', "").replace("&#x27;", "'");
        let page = page.replace("<br>", " ").split_whitespace().collect::<Vec<_>>().join(" ");
        for part in [
            "From an earlier rubric",
            "Reports in time.",
            "Excels",
            "Plans that others copy: see #3",
            "Six of six plans.",
            "Barnum School",
            "The others were in time.",
            "Nine of ten reports come in time.",
            "A calendar",
            "1.5",
            "December 1, 2026",
            "Agreed",
            "I asked for visits in January. #unanswered",
            "June 8, 2026",
            "1.10",
            "31",
            "Works with the community.",
            "A seat in the works council",
            "by ",
            "Dana Cole",
            "Made from",
            "May 29, 2026",
        ] {
            assert!(page.contains(part), "{part} in {format:?}:\n{page}");
        }
    }
}

#[test]
fn an_entered_rating_of_what_is_out_of_scope_now_is_kept_and_an_evaluation_of_nothing_is_told_so() {
    let rubric = |version: &str, domains: &str| {
        let scoring = "scoring: { steps: [{ id: judged, each: domain, of: indicators, entered: true }] }\n";
        let text = format!("id: r\nversion: {version}\ntitle: R\ndomains:\n{domains}{scoring}");
        Rubric::parse("r.yaml", &text, &Library::empty()).unwrap_or_else(|found| panic!("{found}"))
    };
    let domain = |id: &str, indicators: &[&str]| {
        let list: Vec<_> = indicators.iter().map(|id| format!("{{ id: {id}, statement: {id}. }}")).collect();
        format!("  - {{ id: {id}, title: {id}, indicators: [{}] }}\n", list.join(", "))
    };
    let old = rubric("1.0.0", &(domain("a", &["a1", "a2"]) + &domain("b", &["b1"])));
    let new = rubric("2.0.0", &(domain("a", &["a2"]) + &domain("b", &["b1", "a1"])));
    let text = of_r(
        "scope: [a1, b1]\nratings: { a1: has_met, b1: has_met }\nentered: { judged: { a: { rating: has_met, rationale: Seen. }, \
         b: { rating: has_met, rationale: Good. } } }\n",
    );
    let after = migrated(&text, &new, Some(&old));
    assert_eq!(orphans(&after.evaluation), [(OrphanKind::Entered, "judged")]);
    let written = serde_json::to_string(&after.evaluation).unwrap();
    assert!(written.contains("Seen.") && written.contains("Good."), "{written}");
    // Back in its scope, it comes home.
    let again = rubric("3.0.0", &(domain("a", &["a1", "a2"]) + &domain("b", &["b1"])));
    let home = migrated(&written, &again, Some(&new));
    assert_eq!(orphans(&home.evaluation), []);

    let without = rubric("2.0.0", &domain("a", &["a1"]));
    let found = migrate("e.yaml", &of_r("scope: [b]\nratings: { b1: has_met }\n"), &without, Some(&old)).unwrap_err();
    let said: Vec<_> = found.iter().map(|finding| (finding.code, finding.message.as_str())).collect();
    assert_eq!(said, [(Code::EmptyScope, "nothing that this evaluation answers for is in the rubric `r`")]);
}

#[test]
fn a_policy_that_asks_for_something_else_under_the_same_version_is_migrated_too() {
    let rubric = |input: &str| {
        let text = format!(
            "id: r\nversion: 1.0.0\ntitle: R\ndomains: [{{ id: d, title: D, indicators: [{{ id: a1, statement: A. }}] }}]\n\
             scoring: {{ points: {{ has_not_met: 1, has_met: 2, exceeds_expectations: 3 }}, \
             inputs: [{{ id: {input}, label: Growth, from: 1, to: 4 }}], \
             steps: [{{ id: p, of: indicators, take: mean }}, {{ id: s, of: [p, {input}], take: mean }}] }}\n"
        );
        Rubric::parse("r.yaml", &text, &Library::empty()).unwrap_or_else(|found| panic!("{found}"))
    };
    let (old, new) = (rubric("growth"), rubric("progress"));
    let text = of_r("ratings: { a1: has_met }\ninputs: { growth: 2 }\n");
    let after = migrated(&text, &new, Some(&old));
    assert_eq!(orphans(&after.evaluation), [(OrphanKind::Input, "growth")]);
    // With the same policy there is nothing to do.
    assert_eq!(orphans(&migrated(&text, &old, Some(&old)).evaluation), []);
}

#[test]
fn a_migration_names_number_ratings_and_only_ratings_on_the_scale_that_changed() {
    const M: &str = "
id: r
version: 1.0.0
title: R
scale: { levels: [{ id: low, label: Low }, { id: mid, label: Mid }, { id: high, label: High }], meets_at: mid }
scales: { v: { from: 0, to: 20, places: 0 } }
domains: [{ id: d, title: D, indicators: [{ id: a1, statement: Plans. }, { id: a2, statement: Teaches., scale: v }] }]
";
    let parse = |text: &str| Rubric::parse("r.yaml", text, &Library::empty()).unwrap_or_else(|found| panic!("{found}"));
    let changes = |edits: &[(&str, &str)]| {
        let new = edits.iter().fold(M.replace("1.0.0", "2.0.0"), |text, (from, to)| {
            assert!(text.contains(from), "{from}");
            text.replace(from, to)
        });
        migrated(&of_r("ratings: { a1: high, a2: 3 }"), &parse(&new), Some(&parse(M))).changes
    };
    let meets = changes(&[("places: 0", "places: 0, meets_at: 2")]);
    assert_eq!(meets.rescored, ["a2"]);
    let reworded = changes(&[("Plans.", "Plans well."), ("Teaches.", "Teaches well.")]);
    assert_eq!((reworded.reworded, reworded.rescored), (vec!["a1".to_owned(), "a2".to_owned()], vec![]));
    let default = changes(&[("meets_at: mid", "meets_at: high")]);
    assert_eq!(default.rescored, ["a1"]);
    // A scale with another id and nothing else.
    let renamed = changes(&[("scales: { v:", "scales: { w:"), ("scale: v", "scale: w")]);
    assert_eq!(renamed.rescored, Vec::<String>::new());
    // The finding about another version too.
    let mut library = Library::empty();
    library.add(parse(M));
    let new = parse(&M.replace("1.0.0", "2.0.0").replace("meets_at: mid", "meets_at: high"));
    let found = library.check_with("e.yaml", &of_r("ratings: { a1: high, a2: 3 }"), &new).diagnostics;
    assert!(found.to_string().contains("of its own ratings: 1 rescored (`a1`); "), "{found}");
}

/// Practices that a rubric has no more, and has again later: they come home, and the level follows from them anew.
#[test]
fn practices_come_home_where_their_indicator_has_them_again() {
    let rubric = |version: &str, practices: &str| {
        let text = format!(
            "id: r\nversion: {version}\ntitle: R\ndomains: [{{ id: d, title: D, indicators: [{{ id: a1, statement: One.{practices} }}] }}]"
        );
        Rubric::parse("r.yaml", &text, &Library::empty()).unwrap_or_else(|found| panic!("{found}"))
    };
    let listed = |ids: &[(&str, &str)]| {
        let one = |(id, level): &(&str, &str)| format!("{{ id: {id}, level: {level}, statement: Does {id}. }}");
        let list: Vec<String> = ids.iter().map(one).collect();
        format!(", derive: cumulative, practices: [{}]", list.join(", "))
    };
    let both = rubric("1.0.0", &listed(&[("p1", "has_met"), ("p2", "exceeds_expectations")]));
    let one = rubric("2.0.0", &listed(&[("p1", "has_met"), ("p3", "exceeds_expectations")]));
    let none = rubric("3.0.0", "");
    let again = rubric("4.0.0", &listed(&[("p1", "has_met"), ("p2", "exceeds_expectations")]));
    let text = "rubric: { id: r, version: 1.0.0 }\nemployee: { id: E-1, name: Ann }\nevaluators: [{ id: E-2, name: Bo }]\n\
                period: { from: 2025-08-25, to: 2026-06-12 }\nratings: { a1: { practices: [p1, p2] } }\n";
    let there = |to: &Rubric| migrated(text, to, Some(&both)).evaluation;
    let seen = |evaluation: &Evaluation| {
        let json = serde_json::to_value(evaluation).unwrap();
        let mut seen: Vec<String> = json["ratings"]["a1"]["practices"]
            .as_array()
            .map(|list| list.iter().map(|id| id.as_str().unwrap().to_owned()).collect())
            .unwrap_or_default();
        seen.sort();
        seen
    };
    // One of two, and all of them, where the level stayed meanwhile.
    for (middle, lost) in [(&one, vec!["p2"]), (&none, vec!["p1", "p2"])] {
        let away = there(middle);
        let mut orphaned: Vec<&str> = orphans(&away).into_iter().map(|(_, id)| id).collect();
        orphaned.sort_unstable();
        assert_eq!(orphaned, lost);
        let back = migrated(&away.to_yaml(), &again, Some(middle));
        assert_eq!(seen(&back.evaluation), ["p1", "p2"], "{}", back.evaluation.to_yaml());
        assert_eq!((back.evaluation.orphaned().len(), back.changes.came_home.len()), (0, lost.len()));
        let level = back.evaluation.rubric().indicator("a1").and_then(|a1| back.evaluation.rating(a1)).unwrap();
        assert_eq!(back.evaluation.level(level).unwrap().id, "exceeds_expectations");
    }
    // Other words, or a level that somebody gave meanwhile: they stay.
    let reworded =
        rubric("4.0.0", &listed(&[("p1", "has_met"), ("p2", "exceeds_expectations")]).replace("Does p", "Shows p"));
    assert_eq!(migrated(&there(&none).to_yaml(), &reworded, Some(&none)).evaluation.orphaned().len(), 2);
    let given = there(&none).to_yaml().replace("a1: exceeds_expectations", "a1: has_met");
    let given = given.replace("level: exceeds_expectations", "level: has_met");
    assert_eq!(migrated(&given, &again, Some(&none)).evaluation.orphaned().len(), 2, "{given}");
}

#[test]
fn a_migration_names_a_unit_in_other_words_and_the_steps_that_compute_otherwise() {
    let rubric = |version: &str, unit: &str, weights: &str, from: &str| {
        let text = format!(
            "id: r\nversion: {version}\ntitle: R\nscales: {{ points: {{ from: 0, to: 10, meets_at: 5, unit: {unit} }} }}\n\
             domains: [{{ id: d, title: D, scale: points, indicators: [{{ id: a1, statement: One. }}, {{ id: a2, statement: Two. }}] }}]\n\
             scoring:\n  steps:\n    - {{ id: practice, of: indicators, take: mean, weights: {weights} }}\n    \
             - {{ id: charted, of: [practice], take: mean, convert: [{{ from: 0, to: 1 }}, {{ from: {from}, to: 2 }}] }}\n"
        );
        Rubric::parse("r.yaml", &text, &Library::empty()).unwrap_or_else(|found| panic!("{found}"))
    };
    let old = rubric("1.0.0", "points", "{ a1: 50, a2: 50 }", "5");
    let text = "rubric: { id: r, version: 1.0.0 }\nemployee: { id: E-1, name: Ann }\nevaluators: [{ id: E-2, name: Bo }]\n\
                period: { from: 2025-08-25, to: 2026-06-12 }\nratings: { a1: 7 }\n";
    let told = |new: &Rubric| {
        let changes = migrated(text, new, Some(&old)).changes;
        (changes.reworded, changes.scoring)
    };
    let ids = |ids: &[&str]| ids.iter().map(|id| (*id).to_owned()).collect::<Vec<_>>();
    assert_eq!(told(&rubric("2.0.0", "marks", "{ a1: 50, a2: 50 }", "5")), (ids(&["a1"]), vec![]));
    assert_eq!(told(&rubric("2.0.0", "points", "{ a1: 60, a2: 40 }", "5")), (vec![], ids(&["practice"])));
    assert_eq!(told(&rubric("2.0.0", "points", "{ a1: 50, a2: 50 }", "6")), (vec![], ids(&["charted"])));
}
