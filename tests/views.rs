//! Views: a role is shown its part of an evaluation, and nothing else is in any page or any data made of the view.

#![cfg(feature = "cli")]
#![allow(clippy::panic, clippy::unwrap_used, clippy::indexing_slicing, reason = "a test that cannot go on fails")]

mod support;

use std::collections::BTreeMap;
use std::process::Command;

use appraise::history::{self, Drafts};
use appraise::progress::Standings;
use appraise::summary::Summary;
use appraise::{
    Error, Evaluation, Form, Format, Renderer, Role, Rubric, Scorecard, Status, Type, View, WhyWithheld, agreement,
    changes,
};
use serde_json::{Map, Value, json};

/// Everything that an evaluation can hold is asked for by this rubric.
const RUBRIC: &str = "
id: r
version: 1.0.0
title: R
kinds: [{ id: probation, label: Probation }]
scales: { marks: { from: 0, to: 900, places: 3, meets_at: 450 } }
qualifications: [{ id: clinical, label: Clinical }]
observations:
  kinds: [{ id: announced, label: Announced }, { id: walkthrough, label: Walkthrough }]
  rating: latest
supervision: { kinds: [{ id: weekly, label: Weekly }] }
narratives: [{ id: praise, label: Praise, of: domain }, { id: plan, label: Plan }]
service_data: [{ id: groups, label: Groups, kind: count }, { id: issues, label: Issues, kind: text }]
process:
  steps:
    - { id: observation, kind: announced }
    - { id: conference, who: both, means: conferred }
    - { id: handed_over, label: Draft handed over, count: COUNT, means: delivered }
    - { id: acknowledged, who: employee }
    - { id: final }
    - { id: filed }
  shared_from: SHARED
goals:
  templates: [{ id: again, when: has_not_met, statement: 'Improve {{ indicator.title }}', due: { in_days: 90 } }]
domains:
  - id: planning
    title: Planning
    indicators:
      - { id: plans, title: Plans, statement: Writes plans. }
      - id: safe
        title: Safety
        statement: Keeps the school safe.
        derive: { at_least: { has_met: 1, exceeds_expectations: 2 } }
        practices: [{ id: drills, statement: Drills. }, { id: exits, statement: Exits. }]
      - { id: points, title: Points, statement: Collects points., scale: marks }
  - { id: practice, title: Practice, indicators: [{ id: circles, title: Circles, statement: Leads circles. }, { id: calls, title: Calls, statement: Calls home. }] }
scoring:
  inputs: [{ id: growth, label: Growth, from: 0, to: 900, places: 3 }]
  steps:
    - { id: summative, entered: true }
";

/// Numbers that look as if by chance, the same in every run.
struct Chance(u64);

impl Chance {
    fn below(&mut self, most: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % most
    }

    /// Whether something happens that does so often.
    fn often(&mut self) -> bool {
        self.below(4) > 0
    }
}

/// The parts of an evaluation that a text or number of the document belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Part {
    /// The people: names, ids, titles, schools.
    People,
    /// Texts that both sides know before anything is shared: places of observations, trainings, agreed goals, responses.
    Known,
    /// The evaluators' words, and reasons.
    Words,
    /// Numbers of ratings and inputs.
    Numbers,
}

/// Makes texts and numbers that are found again in any output.
#[derive(Default)]
struct Markers {
    seed: u64,
    texts: BTreeMap<String, Part>,
}

impl Markers {
    /// One word, so that no page breaks or escapes it.
    fn text(&mut self, part: Part) -> String {
        let marker = format!("zq{}y{}x", self.seed, self.texts.len());
        self.texts.insert(marker.clone(), part);
        marker
    }

    /// A number of three places that no other number of the document contains.
    fn number(&mut self) -> Value {
        let marker = format!("{}.{:02}1", 500 + self.texts.len(), self.texts.len() % 100);
        self.texts.insert(marker.clone(), Part::Numbers);
        serde_json::from_str(&marker).unwrap()
    }
}

struct Random {
    chance: Chance,
    markers: Markers,
    evaluators: Vec<String>,
}

impl Random {
    fn evidence(&mut self) -> Value {
        let (kind, at, note) = (self.words(), self.words(), self.words());
        json!([{ "date": "2026-02-03", "kind": kind, "at": at, "note": note }])
    }

    fn words(&mut self) -> Value {
        self.markers.text(Part::Words).into()
    }

    fn by(&mut self) -> Value {
        let number = self.chance.below(self.evaluators.len() as u64);
        self.evaluators[usize::try_from(number).unwrap()].clone().into()
    }

    /// The entries of some indicators, of a document or of an observation.
    fn ratings(&mut self, all: bool) -> Value {
        let mut ratings = Map::new();
        for id in ["plans", "safe", "points", "circles"] {
            if !all && !self.chance.often() {
                continue;
            }
            let levels = ["has_not_met", "has_met", "exceeds_expectations", "no_opportunity_to_practice"];
            let mut entry = json!({ "by": self.by(), "comment": self.words() });
            let level = levels[usize::try_from(self.chance.below(4)).unwrap()];
            match id {
                "points" => entry["level"] = self.markers.number(),
                "safe" => entry["practices"] = json!(["drills"]),
                _ if !all && self.chance.below(4) == 0 => {}
                _ => entry["level"] = level.into(),
            }
            if self.chance.often() {
                entry["evidence"] = self.evidence();
            }
            ratings.insert(id.to_owned(), entry);
        }
        ratings.into()
    }

    fn document(&mut self, kind: &str, is_final: bool, events: &[&str]) -> Value {
        self.evaluators = (0..1 + self.chance.below(3)).map(|_| self.markers.text(Part::People)).collect();
        let evaluators: Vec<Value> = self
            .evaluators
            .clone()
            .into_iter()
            .map(|id| {
                let (name, title) = (self.markers.text(Part::People), self.markers.text(Part::People));
                json!({ "id": id, "name": name, "title": title, "qualifications": ["clinical"] })
            })
            .collect();
        let mut people = || self.markers.text(Part::People);
        let (id, name, title, school, certificate) = (people(), people(), people(), people(), people());
        let mut document = json!({
            "rubric": { "id": "r" },
            "type": kind,
            "employee": {
                "id": id, "name": name, "title": title, "assignments": [{ "school": school, "fte": 0.625 }],
                "hired_on": "2011-04-17", "certificate": { "kind": certificate, "from": "2022-07-01", "to": "2027-06-30" },
            },
            "evaluators": evaluators,
            "period": { "from": "2025-08-25", "to": "2026-06-12" },
            "status": if is_final { "final" } else { "draft" },
            "ratings": self.ratings(is_final),
        });
        if is_final {
            document["completed_on"] = "2026-06-01".into();
        }
        if kind == "self" && self.chance.often() {
            document["shared"] = self.chance.often().into();
        }
        document["not_assigned"] = json!({ "calls": self.words() });
        let mut record: Vec<Value> = Vec::new();
        for event in events {
            let note = self.words();
            record.push(json!({ "date": "2026-05-20", "event": event, "by": self.by(), "note": note }));
        }
        document["record"] = record.into();
        if kind != "self" {
            document["observations"] = (0..self.chance.below(3))
                .map(|number| {
                    let at = self.markers.text(Part::Known);
                    let (id, notes) = (self.markers.text(Part::People), self.words());
                    json!({
                        "id": id, "kind": "walkthrough", "date": format!("2026-03-1{number}"), "by": self.by(),
                        "minutes": 43, "at": at, "notes": notes, "ratings": self.ratings(false),
                    })
                })
                .collect();
        }
        if is_final || self.chance.often() {
            document["inputs"] = json!({ "growth": self.markers.number() });
            document["entered"] = json!({ "summative": { "rating": "has_met", "rationale": self.words() } });
        }
        let statuses = ["agreed", "in_progress", "proposed", "met", "not_met", "dropped"];
        let goals = statuses.iter().filter(|_| self.chance.often()).copied().collect::<Vec<_>>();
        document["goals"] = goals.into_iter().map(|status| {
            let part = if ["agreed", "in_progress"].contains(&status) { Part::Known } else { Part::Words };
            let mut text = || self.markers.text(part);
            let (statement, measure, activity) = (text(), text(), text());
            json!({ "indicator": "plans", "statement": statement, "measure": measure, "activities": [activity], "status": status })
        }).collect();
        document["service_data"] = json!({ "groups": 7, "issues": self.words() });
        let training = self.markers.text(Part::Known);
        document["professional_development"] = json!([{ "date": "2025-10-14", "title": training, "contact_hours": 6 }]);
        document["supervision"] =
            json!([{ "date": "2025-09-03", "kind": "weekly", "by": self.by(), "minutes": 45, "note": self.words() }]);
        document["summary"] = self.words();
        document["narratives"] = json!({ "praise": { "planning": self.words() }, "plan": self.words() });
        let response = self.markers.text(Part::Known);
        document["responses"] = json!([{ "date": "2026-05-25", "by": id, "about": "plans", "text": response }]);
        document["allow"] = json!([{ "code": "missing-event", "because": self.words() }, { "code": "missing-evidence", "because": self.words() }]);
        document["orphaned"] = json!([{
            "kind": "rating", "id": "gone", "given_for": { "rubric": "old", "title": self.words() }, "level": "has_met",
            "comment": self.words(),
        }]);
        document["extra"] = json!({ "mood": self.words(), "form_entries": { "plans": { "comment": self.words() } } });
        document
    }
}

/// An evaluation of everything that it can hold, and its markers.
fn random(seed: u64, kind: &str, is_final: bool, events: &[&str], rubric: &Rubric) -> (Evaluation, Markers) {
    let mut random =
        Random { chance: Chance(seed), markers: Markers { seed, ..Markers::default() }, evaluators: Vec::new() };
    random.chance.below(9);
    let document = random.document(kind, is_final, events);
    let text = serde_json::to_string_pretty(&document).unwrap();
    let mut evaluation = Evaluation::parse("e.json", &text, rubric).unwrap_or_else(|found| panic!("{found}\n{text}"));
    if is_final && random.chance.often() {
        let by = evaluation.evaluators()[0].id.clone();
        let because = random.markers.text(Part::Words);
        let summary = random.markers.text(Part::Words);
        evaluation.finish("2026-06-02", &by).unwrap_or_else(|found| panic!("{found}"));
        evaluation.amend(&[("summary", &summary)], "2026-06-05", &by, &because).unwrap();
    }
    (evaluation, random.markers)
}

fn rubric(shared_from: &str, count: &str) -> Rubric {
    support::parsed(&RUBRIC.replace("SHARED", shared_from).replace("COUNT", count))
}

/// Everything that can be made of an evaluation.
fn outputs(evaluation: &Evaluation) -> Vec<(&'static str, String)> {
    let (renderer, scorecard) = (Renderer::new(), evaluation.score());
    let mut all = vec![
        ("evaluation as JSON", json_of(evaluation)),
        ("evaluation as YAML", evaluation.to_yaml()),
        ("evaluation for typed clients", evaluation.to_json_normalized()),
        ("evaluation for programmers", format!("{evaluation:?}").split("rubric: Rubric").next().unwrap().to_owned()),
        ("scorecard", json_of(&scorecard)),
        (
            "reasons",
            scorecard
                .steps()
                .iter()
                .flat_map(|step| &step.results)
                .flat_map(appraise::Outcome::reasons)
                .map(ToString::to_string)
                .collect(),
        ),
        ("goals", json_of(&scorecard.goals())),
        ("findings", scorecard.diagnostics().to_string()),
        ("progress", json_of(&evaluation.progress("2026-06-30").unwrap())),
        (
            "changes",
            json_of(&changes(
                evaluation,
                &evaluation.view(Role::Outsider).into_evaluation().unwrap_or_else(|| evaluation.clone()),
            )),
        ),
    ];
    for (format, name) in [(Format::Html, "HTML"), (Format::Markdown, "Markdown")] {
        all.push((name, renderer.report(&scorecard, format).unwrap()));
        all.push((name, renderer.goals(&scorecard, format).unwrap()));
        let agreement = agreement::compare([evaluation, evaluation]).unwrap();
        all.push(("beside", renderer.report_beside(&scorecard, &agreement, format).unwrap()));
        let mut standings = Standings::default();
        standings.add(evaluation);
        all.push(("status", renderer.status(&standings.on("2026-06-30").unwrap(), format).unwrap()));
        if let Ok(history) = history::of(std::slice::from_ref(evaluation), Drafts::Counted).ok() {
            all.push(("history", renderer.history(&history, format).unwrap() + &json_of(&history)));
        }
        let forms = [Form::of(evaluation), Form::after(evaluation), Form::response_to(evaluation)];
        for form in forms.into_iter().chain([Form::new(evaluation.rubric()).beside(evaluation)]) {
            all.push(("form", renderer.form(&form, format).unwrap()));
            all.push(("form as data", form.yaml() + &form.json_schema() + &form.ui_schema()));
        }
    }
    let mut summary = Summary::new(evaluation.rubric());
    if summary.add(&scorecard).is_ok() {
        all.push(("summary", json_of(&summary.overviews(1)) + &json_of(&summary.staff(1))));
    }
    all
}

fn json_of(value: &impl serde::Serialize) -> String {
    serde_json::to_string(value).unwrap()
}

/// The markers of these parts that stand in an output.
fn leaks(view: &Evaluation, markers: &Markers, hidden: &[Part]) -> Vec<String> {
    let hidden: Vec<(&String, &Part)> = markers.texts.iter().filter(|(_, part)| hidden.contains(part)).collect();
    let mut leaks = Vec::new();
    for (name, text) in outputs(view) {
        let found = hidden.iter().filter(|(marker, _)| text.contains(marker.as_str()));
        leaks.extend(found.map(|(marker, part)| format!("{name}: {part:?} {marker}")));
    }
    leaks
}

/// Whether every marker stands somewhere in what can be made of the whole evaluation: else the search for leaks would find none.
fn assert_all_are_printed(evaluation: &Evaluation, markers: &Markers) {
    let all: String = outputs(evaluation).into_iter().map(|(_, text)| text).collect();
    let missing: Vec<_> = markers.texts.iter().filter(|(marker, _)| !all.contains(marker.as_str())).collect();
    assert!(missing.is_empty(), "{missing:?}\n{}", evaluation.to_yaml());
}

const KINDS: [&str; 4] = ["formal", "interim", "probation", "self"];

#[test]
fn nothing_that_is_not_shown_is_in_any_page_or_data() {
    let (mut partly, mut nameless, mut nothing, mut whole) = (0, 0, 0, 0);
    for seed in 0..48 {
        let mut chance = Chance(seed * 7 + 1);
        let shared_from = ["handed_over", "conference", "filed"][usize::try_from(chance.below(3)).unwrap()];
        let rubric = rubric(shared_from, "1");
        let events: Vec<&str> = ["observation", "conference", "handed_over", "acknowledged", "filed"]
            .into_iter()
            .filter(|_| chance.below(2) == 0)
            .collect();
        let kind = KINDS[usize::try_from(seed % 4).unwrap()];
        let is_final = chance.below(2) == 0;
        let (evaluation, markers) = random(seed, kind, is_final, &events, &rubric);
        if seed < 8 {
            assert_all_are_printed(&evaluation, &markers);
        }
        let is_shared = kind == "self" || events.contains(&shared_from) || (is_final && shared_from != "filed");
        let of = |role| evaluation.view(role);
        let why = |view: &View| view.withheld().map(|withheld| withheld.why);

        let employee = of(Role::Employee);
        assert_eq!(employee.is_whole(), is_shared, "{kind} {shared_from} {events:?} {is_final}");
        let seen = employee.evaluation().unwrap();
        if is_shared {
            whole += 1;
            assert_eq!(seen.fingerprint(), evaluation.fingerprint());
        } else {
            partly += 1;
            assert_eq!(why(&employee), Some(WhyWithheld::NotShared));
            assert_eq!(leaks(seen, &markers, &[Part::Words, Part::Numbers]), [""; 0], "seed {seed}");
            assert_eq!(seen.score().overall().rated, 0);
            assert!(seen.score().summative().unwrap().rating.is_none());
        }

        let evaluator = of(Role::Evaluator);
        assert_eq!(evaluator.is_whole(), evaluation.is_shared());
        assert_eq!(evaluator.evaluation().is_some(), evaluation.is_shared());

        let outsider = of(Role::Outsider);
        match outsider.evaluation() {
            Some(seen) => {
                nameless += 1;
                assert!(kind != "self" && is_final && is_shared);
                assert_eq!(leaks(seen, &markers, &[Part::People, Part::Known, Part::Words]), [""; 0], "seed {seed}");
                let (own, whole) = (seen.score(), evaluation.score());
                assert_eq!(own.overall().levels, whole.overall().levels);
                let rating =
                    |card: &Scorecard| card.summative().and_then(|result| Some(result.rating.as_ref()?.id.clone()));
                assert_eq!(rating(&own), rating(&whole));
            }
            None => {
                nothing += 1;
                assert!(kind == "self" || !is_final || !is_shared);
                let expected = match (kind, is_final) {
                    ("self", _) => WhyWithheld::SelfEvaluation,
                    (_, false) => WhyWithheld::Draft,
                    _ => WhyWithheld::NotShared,
                };
                assert_eq!(why(&outsider), Some(expected));
            }
        }
    }
    assert!(partly > 8 && nameless > 5 && nothing > 8 && whole > 8, "{partly} {nameless} {nothing} {whole}");
}

#[test]
fn the_employee_keeps_what_both_sides_know() {
    let rubric = rubric("handed_over", "1");
    let (evaluation, markers) = random(3, "formal", false, &["observation", "conference"], &rubric);
    let view = evaluation.view(Role::Employee);
    let seen = view.evaluation().unwrap();
    let known = [Part::People, Part::Known];
    let text = serde_json::to_string(seen).unwrap();
    for (marker, part) in &markers.texts {
        assert_eq!(text.contains(marker.as_str()), known.contains(part), "{part:?} {marker} {text}");
    }
    let days = |evaluation: &Evaluation| {
        evaluation.observations().iter().map(|one| (one.date(), one.kind.clone())).collect::<Vec<_>>()
    };
    assert_eq!(days(seen), days(&evaluation));
    assert_eq!(seen.record().len(), 2);
    assert_eq!(seen.progress("2026-05-30"), evaluation.progress("2026-05-30"));
    assert_eq!(seen.not_assigned().collect::<Vec<_>>(), [("calls", "Not shown")]);
    assert_eq!(
        view.withheld().unwrap().to_string(),
        "the ratings, and what is written with them, are shared with the employee from the step `handed_over` (Draft \
         handed over) on"
    );
    let again = Evaluation::parse("again.json", &text, &rubric).unwrap_or_else(|found| panic!("{found}"));
    assert_eq!(again.fingerprint(), seen.fingerprint());
}

#[test]
fn a_step_that_happens_twice_shares_the_draft_when_it_has_happened_twice() {
    let rubric = rubric("handed_over", "2");
    let of = |events: &[&str]| {
        let (evaluation, _) = random(3, "formal", false, events, &rubric);
        evaluation.view(Role::Employee).withheld().map(ToString::to_string)
    };
    assert!(of(&["handed_over"]).unwrap().ends_with("(Draft handed over) has happened 2 times"));
    assert_eq!(of(&["handed_over", "handed_over"]), None);
    // The word of the five events of every evaluation is the step that means the same.
    assert_eq!(of(&["handed_over", "delivered"]), None);
}

#[test]
fn an_observation_shares_the_draft_where_the_process_says_so() {
    let rubric = support::parsed(
        &RUBRIC
            .replace("kind: announced }", "kind: walkthrough }")
            .replace("SHARED", "observation")
            .replace("COUNT", "1"),
    );
    let (evaluation, _) = (0..20)
        .map(|seed| random(seed, "formal", false, &[], &rubric))
        .find(|(evaluation, _)| !evaluation.observations().is_empty())
        .unwrap();
    assert!(evaluation.view(Role::Employee).is_whole());
}

#[test]
fn without_a_step_that_shares_it_a_draft_is_shared_when_it_is_final() {
    let rubric = support::parsed(
        &RUBRIC.replace("  shared_from: SHARED\n", "").replace(", means: delivered", "").replace("COUNT", "1"),
    );
    let of = |is_final| random(3, "formal", is_final, &["handed_over"], &rubric).0.view(Role::Employee);
    assert!(of(true).is_whole());
    assert_eq!(
        of(false).withheld().unwrap().to_string(),
        "the ratings, and what is written with them, are shared with the employee when the evaluation is final: the process \
         names no earlier step"
    );
}

#[test]
fn a_view_that_leaves_something_out_says_so_and_takes_no_change() {
    let rubric = rubric("handed_over", "1");
    let (draft, _) = random(3, "formal", false, &[], &rubric);
    let mut seen = draft.view(Role::Employee).into_evaluation().unwrap();
    assert!(matches!(seen.rate("plans", "has_met"), Err(Error::PartialView)));
    assert!(matches!(seen.set_comment("plans", Some("Well done.")), Err(Error::PartialView)));
    assert!(matches!(seen.set_summary("Well done."), Err(Error::PartialView)));
    let card = serde_json::to_value(seen.score()).unwrap();
    assert_eq!((&card["withheld"]["why"], &card["withheld"]["step"]), (&json!("not_shared"), &json!("handed_over")));
    let schema: Value = serde_json::from_str(&appraise::schema::scorecard()).unwrap();
    assert!(jsonschema::validator_for(&schema).unwrap().is_valid(&card));
    assert_eq!(serde_json::to_value(draft.score()).unwrap().get("withheld"), None);
    for format in [Format::Html, Format::Markdown] {
        let page = Renderer::new().report(&seen.score(), format).unwrap();
        let text = page.replace("<strong>", "").replace("</strong>", "").replace("**", "");
        assert!(
            text.contains("Not shown here: the ratings, and what is written with them, are shared with the employee"),
            "{page}"
        );
        assert!(!page.contains("Not rated yet\n") && !page.contains("is not complete"), "{page}");
    }
    // A view of a view shows no more.
    let again = seen.view(Role::Evaluator);
    assert_eq!(again.evaluation().unwrap().fingerprint(), seen.fingerprint());
    assert_eq!((again.is_whole(), draft.status(), draft.kind()), (false, Status::Draft, &Type::Formal));
}

#[test]
fn the_changes_between_two_views_name_nothing_that_is_left_out() {
    let rubric = rubric("handed_over", "1");
    let (old, before) = random(3, "formal", false, &[], &rubric);
    let (new, since) = random(5, "formal", false, &["observation"], &rubric);
    let seen = |evaluation: &Evaluation| evaluation.view(Role::Employee).into_evaluation().unwrap();
    let text = serde_json::to_string(&changes(&seen(&old), &seen(&new))).unwrap();
    let whole = serde_json::to_string(&changes(&old, &new)).unwrap();
    for (marker, part) in
        before.texts.iter().chain(&since.texts).filter(|(_, part)| [Part::Words, Part::Numbers].contains(*part))
    {
        assert!(!text.contains(marker.as_str()), "{part:?} {marker}");
    }
    assert!(text.contains("observation") && whole.contains("comment"));
}

fn appraise(arguments: &[&str]) -> (Option<i32>, String, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_appraise"));
    let output = command.args(arguments).current_dir(support::project("examples/year")).output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (output.status.code(), text(output.stdout), text(output.stderr))
}

const ELM_HILL: &str = "../rubrics/elm_hill_school_social_work.yaml";

/// The draft of the example year before it was given to the employee.
fn undelivered() -> tempfile::NamedTempFile {
    let text = support::read(support::project("examples/year/3_draft.yaml"));
    let lines: Vec<&str> = text.lines().filter(|line| !line.contains("event: delivered")).collect();
    assert!(lines.len() < text.lines().count());
    let file = tempfile::Builder::new().suffix(".yaml").tempfile().unwrap();
    std::fs::write(file.path(), lines.join("\n")).unwrap();
    file
}

#[test]
fn the_command_line_refuses_an_employee_what_is_not_shared_with_the_step_that_shares_it() {
    let draft = undelivered();
    let file = draft.path().to_str().unwrap();
    let form = ["form", "--evaluation", file, "--respond", "--base", ELM_HILL];
    for command in [
        &["report", file, "--rubric", ELM_HILL][..],
        &["score", file, "--rubric", ELM_HILL],
        &["goals", file, "--rubric", ELM_HILL],
        &form,
    ] {
        let (status, out, error) = appraise(&[command, &["--for", "employee"]].concat());
        assert_eq!((status, out.as_str()), (Some(1), ""), "{command:?}");
        assert!(
            error.contains(
                "is not shown to the employee: the ratings, and what is written with them, are shared with the \
                            employee from the step `delivered` (Draft given to the employee) on"
            ),
            "{command:?} {error}"
        );
        let (status, out, _) = appraise(&[command, &["--for", "evaluator"]].concat());
        assert_eq!((status, out.is_empty()), (Some(0), false), "{command:?}");
    }
    let (status, _, error) =
        appraise(&["history", file, "5_final.yaml", "--rubric", ELM_HILL, "--for", "employee", "--drafts"]);
    assert_eq!(status, Some(0), "{error}");
    assert!(error.contains("left out: 1 evaluation that the employee is not shown"), "{error}");
}

#[test]
fn the_command_line_shows_an_employee_what_is_shared_and_an_outsider_no_name() {
    for command in ["report", "score", "goals"] {
        let of = |more: &[&str]| appraise(&[&[command, "3_draft.yaml", "--rubric", ELM_HILL], more].concat());
        assert_eq!(of(&["--for", "employee"]).1, of(&[]).1, "{command}");
        assert_eq!(of(&["--for", "board"]).0, Some(1), "{command}");
        let (status, out, error) = appraise(&[command, "5_final.yaml", "--rubric", ELM_HILL, "--for", "peer"]);
        assert_eq!(status, Some(0), "{error}");
        let names = ["Osei", "E-2081", "E-0007", "Shah"];
        assert!(names.iter().all(|name| !out.contains(name)), "{command}: {out}");
    }
    let (status, _, error) = appraise(&["report", "1_self.yaml", "--rubric", ELM_HILL, "--for", "outsider"]);
    assert_eq!((status, error.contains("a self-evaluation is shown to the employee")), (Some(1), true), "{error}");
}

#[test]
fn a_table_of_many_views_has_nothing_that_is_not_shown() {
    let folder = tempfile::tempdir().unwrap();
    let rubric = rubric("handed_over", "1");
    let (mut lines, mut hidden) = (String::new(), Vec::new());
    for seed in 0..6 {
        let (evaluation, markers) = random(seed, "formal", false, &["observation"], &rubric);
        let view = evaluation.view(Role::Employee).into_evaluation().unwrap();
        lines += &format!("{}\n", json_of(&view));
        hidden.extend(markers.texts.into_iter().filter(|(_, part)| [Part::Words, Part::Numbers].contains(part)));
    }
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    std::fs::write(path("all.ndjson"), lines).unwrap();
    std::fs::write(path("r.yaml"), RUBRIC.replace("SHARED", "handed_over").replace("COUNT", "1")).unwrap();
    for format in ["csv", "json", "markdown"] {
        let (status, out, error) =
            appraise(&["batch", &path("all.ndjson"), "--rubric", &path("r.yaml"), "--format", format]);
        assert_eq!(status, Some(0), "{error}");
        let leaks: Vec<_> = hidden.iter().filter(|(marker, _)| out.contains(marker.as_str())).collect();
        assert!(out.contains("formal") || out.contains("Formal"), "{out}");
        assert!(leaks.is_empty(), "{format}: {leaks:?}");
    }
}
