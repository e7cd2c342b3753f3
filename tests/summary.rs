//! Many evaluations counted together: what is shown is so, and nothing that is withheld can be told from it.

#![allow(clippy::panic, clippy::unwrap_used, clippy::indexing_slicing, reason = "a test that cannot go on fails")]

mod support;

use std::collections::BTreeMap;

use appraise::summary::{Counts, DomainCounts, NodeCounts, Overview, Summary, Tier};
use appraise::{Evaluation, Library, Rubric, Scorecard};

fn rubric() -> Rubric {
    Library::bundled().get("connecticut_school_social_work").unwrap()
}

/// Numbers that look as if by chance, the same in every run.
struct Chance(u64);

impl Chance {
    fn below(&mut self, most: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % most
    }
}

/// A number of evaluations, most of their ratings at levels that meet expectations.
fn scorecards(rubric: &Rubric, number: u64, chance: &mut Chance) -> Vec<Scorecard> {
    let levels = ["has_not_met", "has_met", "has_met", "has_met", "exceeds_expectations", "no_opportunity_to_practice"];
    (0..number)
        .map(|number| {
            let mut ratings = serde_json::Map::new();
            for indicator in rubric.indicators() {
                let level =
                    if chance.below(4) == 0 { levels[usize::try_from(chance.below(6)).unwrap()] } else { "has_met" };
                if chance.below(60) > 0 {
                    ratings.insert(indicator.id.clone(), level.into());
                }
            }
            let text = serde_json::json!({
                "rubric": { "id": rubric.id() },
                "employee": { "id": format!("E-{number}"), "name": "N" },
                "evaluators": [{ "id": "S", "name": "S", "qualifications": ["school_social_work"] }],
                "period": { "from": "2025-08-25", "to": "2026-06-12" },
                "ratings": ratings,
            });
            Evaluation::parse("e.json", &text.to_string(), rubric).unwrap().score()
        })
        .collect()
}

fn summary(rubric: &Rubric, scorecards: &[Scorecard]) -> Summary {
    let mut summary = Summary::new(rubric);
    for scorecard in scorecards {
        summary.add(scorecard).unwrap();
    }
    summary
}

/// A part of an overview: its counts with that of no entry at the end, their total, and the parts it is made of.
type Part = (Vec<Option<u64>>, u64, Vec<String>);

/// Every part of an overview, by its id.
fn parts(overview: &Overview) -> BTreeMap<String, Part> {
    let mut parts = BTreeMap::new();
    let mut add = |id: &str, tally: &Counts, of: Vec<String>| {
        let counts = tally.tally.iter().map(|(_, count)| *count).chain([tally.no_entry]).collect();
        parts.insert(id.to_owned(), (counts, tally.total.unwrap(), of));
    };
    let ids = |nodes: &[NodeCounts]| nodes.iter().map(|node| node.id.clone()).collect::<Vec<_>>();
    add("", &overview.overall, overview.domains.iter().map(|domain| domain.node.id.clone()).collect());
    for domain in &overview.domains {
        let competencies = domain.competencies.iter().map(|competency| competency.node.id.clone());
        add(&domain.node.id, &domain.node.tally, ids(&domain.indicators).into_iter().chain(competencies).collect());
        for competency in &domain.competencies {
            add(&competency.node.id, &competency.node.tally, ids(&competency.indicators));
        }
        for indicator in domain.all_indicators() {
            add(&indicator.id, &indicator.tally, Vec::new());
        }
    }
    parts
}

/// A count: of a part, in a column.
type Cell = (String, usize);
type Bounds = BTreeMap<Cell, (u64, u64)>;

/// Counts that make another one, or a number that is known.
struct Sum {
    terms: Vec<Cell>,
    is: Result<Cell, u64>,
}

/// The least and the most of every count that a patient reader finds: along rows, and from totals, again and again.
fn bounds(overview: &Overview) -> Bounds {
    let parts = parts(overview);
    let columns = overview.levels.len() + 1;
    let mut bounds = Bounds::new();
    let mut sums = Vec::new();
    for (id, (counts, total, of)) in &parts {
        for (column, count) in counts.iter().enumerate() {
            bounds.insert((id.clone(), column), count.map_or((0, *total), |count| (count, count)));
            if !of.is_empty() {
                let terms = of.iter().map(|part| (part.clone(), column)).collect();
                sums.push(Sum { terms, is: Ok((id.clone(), column)) });
            }
        }
        sums.push(Sum { terms: (0..columns).map(|column| (id.clone(), column)).collect(), is: Err(*total) });
    }
    loop {
        let before = bounds.clone();
        for Sum { terms, is } in &sums {
            let (least, most) =
                terms.iter().map(|cell| bounds[cell]).fold((0, 0), |(a, b), (least, most)| (a + least, b + most));
            let (total_least, total_most) = match is {
                Err(total) => (*total, *total),
                Ok(cell) => {
                    let known = bounds[cell];
                    let narrowed = (known.0.max(least), known.1.min(most));
                    bounds.insert(cell.clone(), narrowed);
                    narrowed
                }
            };
            for cell in terms {
                let own = bounds[cell];
                let (others_least, others_most) = (least - own.0, most - own.1);
                let narrowed =
                    (own.0.max(total_least.saturating_sub(others_most)), own.1.min(total_most - others_least));
                bounds.insert(cell.clone(), narrowed);
            }
        }
        if bounds == before {
            return bounds;
        }
    }
}

#[test]
fn shown_counts_are_true_and_withheld_counts_stay_unknown() {
    let rubric = rubric();
    let mut chance = Chance(7);
    let (mut shown, mut hidden) = (0, 0);
    for number in [5, 12, 40, 150] {
        let scorecards = scorecards(&rubric, number, &mut chance);
        let summary = summary(&rubric, &scorecards);
        let (all, overview) = (parts(&summary.overviews(0).remove(0)), summary.overviews(5).remove(0));
        let (parts, bounds) = (parts(&overview), bounds(&overview));
        for (id, (counts, ..)) in &parts {
            for (column, count) in counts.iter().enumerate() {
                let truth = all[id].0[column].unwrap();
                match count {
                    Some(count) => {
                        assert_eq!(*count, truth, "{id} {column}");
                        let is_no_entry = column + 1 == counts.len();
                        assert!(*count >= 5 || (is_no_entry && *count == 0), "{id} {column}: {count}");
                        shown += 1;
                    }
                    None => {
                        let (least, most) = bounds[&(id.clone(), column)];
                        assert!(least < most && (least..=most).contains(&truth), "{id} {column}: {least} to {most}");
                        hidden += 1;
                    }
                }
            }
        }
    }
    assert!(shown > 300 && hidden > 300, "{shown} shown, {hidden} withheld");
}

#[test]
fn a_count_of_many_ratings_by_few_people_is_withheld() {
    let rubric = rubric();
    let mut scorecards = scorecards(&rubric, 0, &mut Chance(1));
    for number in 0..20 {
        // One person has met nothing of six indicators; all others exceed or meet by turns.
        let level = if number == 0 { "has_not_met" } else { ["has_met", "exceeds_expectations"][number % 2] };
        let ratings: serde_json::Map<String, serde_json::Value> =
            rubric.indicators().take(6).map(|indicator| (indicator.id.clone(), level.into())).collect();
        let text = serde_json::json!({
            "rubric": { "id": rubric.id() }, "employee": { "id": format!("E-{number}"), "name": "N" },
            "evaluators": [{ "id": "S", "name": "S" }], "period": { "from": "2025-08-25", "to": "2026-06-12" },
            "scope": ["professional_responsibilities"], "ratings": ratings,
        });
        scorecards.push(Evaluation::parse("e.json", &text.to_string(), &rubric).unwrap().score());
    }
    let summary = summary(&rubric, &scorecards);
    let of = |threshold: u32| summary.overviews(threshold).remove(0).domains[0].node.tally.tally[0].clone();
    assert_eq!(of(0), ("has_not_met".to_owned(), Some(6)));
    assert_eq!(of(5), ("has_not_met".to_owned(), None));
}

#[test]
fn of_fewer_evaluations_than_the_threshold_not_even_their_number_is_shown() {
    let rubric = rubric();
    let overview = summary(&rubric, &scorecards(&rubric, 4, &mut Chance(3))).overviews(5).remove(0);
    let json = serde_json::to_value(&overview).unwrap();
    assert!(
        json["evaluations"].is_null() && json["overall"]["total"].is_null() && json["overall"]["no_entry"].is_null()
    );
    assert!(json["overall"]["tally"].as_object().unwrap().values().all(serde_json::Value::is_null));
    assert!(overview.needs.is_empty());
}

#[test]
fn two_halves_merged_are_the_whole() {
    let rubric = rubric();
    let scorecards = scorecards(&rubric, 60, &mut Chance(11));
    let (first, second) = scorecards.split_at(23);
    let mut merged = summary(&rubric, first);
    merged.merge(&summary(&rubric, second)).unwrap();
    let json = |summary: &Summary| serde_json::to_string(&summary.overviews(5).remove(0)).unwrap();
    assert_eq!(json(&merged), json(&summary(&rubric, &scorecards)));
    // And it can be added to.
    merged.add(&scorecards[0]).unwrap();
    let again = scorecards.iter().chain(&scorecards[..1]).cloned().collect::<Vec<_>>();
    assert_eq!(json(&merged), json(&summary(&rubric, &again)));

    let other = Library::bundled().get("connecticut_district_supports").unwrap();
    assert!(merged.merge(&Summary::new(&other)).is_err());
    assert!(Summary::new(&other).add(&scorecards[0]).is_err());
}

#[test]
fn needs_are_ranked_by_what_is_shown_and_by_nothing_else() {
    let rubric = rubric();
    let overview = summary(&rubric, &scorecards(&rubric, 150, &mut Chance(5))).overviews(5).remove(0);
    assert!(overview.needs.len() > 3);
    assert!(overview.needs.is_sorted_by_key(|need| std::cmp::Reverse(need.below)));
    let parts = parts(&overview);
    for need in &overview.needs {
        assert_eq!(parts[&need.id].0[0], Some(need.below), "{}", need.id);
    }
}

/// How many needs of each tier an overview lists; each is the sum of what is shown below expectations.
fn tiers_of_needs(overview: &Overview) -> Vec<Tier> {
    let parts = parts(overview);
    for need in &overview.needs {
        let id = if need.tier == Tier::Rubric { "" } else { need.id.as_str() };
        assert_eq!(parts[id].0[0], Some(need.below), "{}", need.id);
    }
    let mut tiers: Vec<Tier> = overview.needs.iter().map(|need| need.tier).collect();
    tiers.dedup();
    tiers
}

#[test]
fn a_small_staff_sees_the_needs_of_the_finest_part_of_which_a_count_may_be_shown() {
    let rubric = rubric();
    let mut seen = Vec::new();
    for number in [150, 12] {
        let scorecards = scorecards(&rubric, number, &mut Chance(5));
        let overview = summary(&rubric, &scorecards).overviews(5).remove(0);
        let tiers = tiers_of_needs(&overview);
        assert_eq!(tiers.len(), 1, "{number}: {tiers:?}");
        // No finer part has a count that may be shown.
        let finer = |tier: Tier, nodes: Vec<&NodeCounts>| {
            tier >= tiers[0] || nodes.iter().all(|node| node.tally.tally[0].1.unwrap_or_default() == 0)
        };
        assert!(finer(Tier::Indicator, overview.domains.iter().flat_map(DomainCounts::all_indicators).collect()));
        let competencies = overview.domains.iter().flat_map(|domain| &domain.competencies);
        assert!(finer(Tier::Competency, competencies.map(|competency| &competency.node).collect()));
        assert!(finer(Tier::Domain, overview.domains.iter().map(|domain| &domain.node).collect()));
        seen.extend(tiers);
    }
    assert!(seen[0] == Tier::Indicator && seen[1] > Tier::Indicator, "{seen:?}");
}

#[cfg(feature = "cli")]
mod command {
    use std::fs;
    use std::path::Path;
    use std::process::Command;

    use super::{Chance, rubric, scorecards, support};
    use serde_json::{Value, json};

    struct Run {
        status: i32,
        stdout: String,
        stderr: String,
    }

    fn summarize(folder: &Path, arguments: &[&str]) -> Run {
        let output = Command::new(env!("CARGO_BIN_EXE_appraise"))
            .arg("summarize")
            .args(arguments)
            .current_dir(folder)
            .env("NO_COLOR", "1")
            .output()
            .unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        Run { status: output.status.code().unwrap(), stdout: text(output.stdout), stderr: text(output.stderr) }
    }

    /// Evaluations as lines, each edited.
    fn lines(number: u64, edit: impl Fn(u64, &mut Value)) -> String {
        let scorecards = scorecards(&rubric(), number, &mut Chance(number));
        let line = |(number, scorecard): (u64, &appraise::Scorecard)| {
            let mut value = serde_json::to_value(scorecard.evaluation()).unwrap();
            edit(number, &mut value);
            format!("{value}\n")
        };
        (0..).zip(&scorecards).map(line).collect()
    }

    #[test]
    fn who_is_counted_is_said() {
        let folder = tempfile::tempdir().unwrap();
        let text = lines(30, |number, value| match number {
            0..3 => value["type"] = json!("self"),
            3..5 => value["period"] = json!({ "from": "2024-08-25", "to": "2025-06-12" }),
            5 => value["employee"]["id"] = json!("E-29"),
            6 => value["ratings"]["self_growth"] = json!("good"),
            _ => {}
        });
        fs::write(folder.path().join("all.ndjson"), text).unwrap();
        let run = summarize(folder.path(), &["all.ndjson", "--drafts", "--from", "2025-07-01", "--to", "2026-06-30"]);
        assert_eq!(run.status, 1);
        let said = "23 evaluations counted, of periods that end from 2025-07-01 to 2026-06-30; left out: 1 that cannot be \
                    read, 3 self-evaluations, 2 of other periods, 1 superseded by another of the same person\n\
                    left out, self-evaluations: N (E-0), N (E-1), N (E-2)\n\
                    left out, evaluations of other periods: N (E-3), N (E-4)\n\
                    left out, of the same person and days as one that is counted: N (E-29)\n";
        assert!(run.stderr.ends_with(said), "{}", run.stderr);
        let not_counted = "Not counted: 1 that cannot be read, 3 self-evaluations, 2 of other periods, 1 superseded";
        assert!(run.stdout.contains(not_counted) && !run.stdout.contains("E-3"), "{}", run.stdout);
        assert!(run.stderr.contains("error[unknown-level]") && run.stderr.contains("all.ndjson:7:"), "{}", run.stderr);
        assert!(run.stdout.contains("\n23 evaluations\n"), "{}", run.stdout);

        let run = summarize(folder.path(), &["all.ndjson"]);
        assert_eq!((run.status, run.stdout.as_str()), (1, ""));
        assert!(run.stderr.ends_with("error: there is no evaluation to count\n"), "{}", run.stderr);
        assert_eq!(summarize(folder.path(), &["all.ndjson", "--from", "2025"]).status, 2);
    }

    #[test]
    fn one_id_is_one_person_however_it_is_written() {
        let folder = tempfile::tempdir().unwrap();
        let text = lines(12, |number, value| {
            if number < 7 {
                value["employee"]["id"] =
                    json!(["E-99", "e-99", "E-99 ", " E-99"][usize::try_from(number % 4).unwrap()]);
            }
            if (1..4).contains(&number) {
                value["employee"]["name"] = json!(format!("Jo{}n Roe", "h".repeat(usize::try_from(number).unwrap())));
            }
        });
        fs::write(folder.path().join("all.ndjson"), text).unwrap();
        let run = summarize(folder.path(), &["all.ndjson", "--drafts"]);
        let said = "6 evaluations counted, of the school year 2025-26; left out: 6 superseded by another of the same person \
                    (3 by another name, with the same id)\n";
        assert!(run.stderr.starts_with(said), "{}", run.stderr);
        assert!(run.stdout.contains("\n6 evaluations\n"), "{}", run.stdout);
        // With their names they were seven people.
        let run = summarize(folder.path(), &["all.ndjson", "--drafts", "--threshold", "7"]);
        assert!(run.stdout.contains("Fewer than 7 evaluations"), "{}", run.stdout);
    }

    const SMALL: &str = "id: small\nversion: 1.0.0\ntitle: Small\nscale: { levels: [{ id: low, label: Low }, \
                         { id: high, label: High }], meets_at: high }\ndomains: [{ id: d, title: D, indicators: \
                         [{ id: a, statement: A }] }]\n";

    /// An evaluation with the small rubric.
    fn small(id: &str, status: &str, (from, to, completed_on): (&str, &str, &str), level: &str) -> Value {
        json!({
            "rubric": { "id": "small" }, "employee": { "id": id, "name": format!("Name of {id}") },
            "evaluators": [{ "id": "S", "name": "S" }], "status": status, "period": { "from": from, "to": to },
            "completed_on": completed_on,
            "ratings": { "a": { "level": level, "comment": "c", "evidence": [{ "date": to, "note": "n" }] } },
        })
    }

    fn lines_of(evaluations: &[Value]) -> String {
        evaluations.iter().map(|value| format!("{value}\n")).collect()
    }

    /// How many are at the level `low` and at `high`.
    fn low_and_high(folder: &Path, arguments: &[&str]) -> (Option<u64>, Option<u64>) {
        let run = summarize(
            folder,
            &[&["--rubric", "small.yaml", "--threshold", "0", "--format", "json"], arguments].concat(),
        );
        let json: Value = serde_json::from_str(&run.stdout).unwrap_or_else(|_| panic!("{}", run.stderr));
        let tally = &json["summaries"][0]["overall"]["tally"];
        (tally["low"].as_u64(), tally["high"].as_u64())
    }

    const JANUARY: (&str, &str, &str) = ("2025-08-25", "2026-01-20", "2026-01-20");
    const MAY: (&str, &str, &str) = ("2025-08-25", "2026-06-12", "2026-05-20");
    const JUNE: (&str, &str, &str) = ("2025-08-25", "2026-06-12", "2026-06-10");
    const YEAR_BEFORE: (&str, &str, &str) = ("2024-08-26", "2025-06-13", "2025-06-01");

    #[test]
    fn of_one_person_the_latest_final_evaluation_is_counted_wherever_it_stands() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        fs::write(root.join("small.yaml"), SMALL).unwrap();
        let mut evaluations = vec![
            small("E-1", "final", JANUARY, "low"),
            small("E-1", "final", MAY, "low"),
            small("E-1", "final", JUNE, "high"),
            small("E-1", "draft", JUNE, "low"),
        ];
        for _ in 0..evaluations.len() {
            evaluations.rotate_left(1);
            fs::write(root.join("all.ndjson"), lines_of(&evaluations)).unwrap();
            for more in [&["all.ndjson"][..], &["all.ndjson", "--drafts"]] {
                assert_eq!(low_and_high(root, more), (Some(0), Some(1)), "{evaluations:?}");
            }
        }
        let run = summarize(root, &["all.ndjson", "--rubric", "small.yaml"]);
        let said = "left out, drafts: Name of E-1 (E-1)\nleft out, superseded by a later evaluation of the same person: \
                    Name of E-1 (E-1), Name of E-1 (E-1)\n";
        assert!(run.stderr.ends_with(said), "{}", run.stderr);
        let run = summarize(root, &["all.ndjson", "--rubric", "small.yaml", "--messages", "json"]);
        let message: Value = serde_json::from_str(&run.stderr).unwrap();
        let left_out = message["left_out"].as_array().unwrap();
        assert_eq!(left_out.len(), 3);
        let draft = left_out.iter().find(|one| one["why"] == "draft").unwrap();
        assert_eq!((draft["id"].as_str(), draft["period_to"].as_str()), (Some("E-1"), Some("2026-06-12")));
        assert!(draft["place"].as_str().unwrap().starts_with("all.ndjson"), "{draft}");
    }

    #[test]
    fn a_later_version_of_the_rubric_supersedes_an_earlier_one() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        fs::write(root.join("small.yaml"), SMALL).unwrap();
        fs::write(
            root.join("newer.yaml"),
            SMALL.replace("1.0.0", "1.1.0").replace("statement: A", "statement: Another"),
        )
        .unwrap();
        let mut early = small("E-1", "final", JANUARY, "low");
        early["rubric"]["version"] = json!("1.0.0");
        let mut late = small("E-1", "final", JUNE, "high");
        late["rubric"]["version"] = json!("1.1.0");
        fs::write(root.join("all.ndjson"), lines_of(&[early, late])).unwrap();
        let counted = low_and_high(root, &["all.ndjson", "--rubric", "newer.yaml"]);
        assert_eq!(counted, (Some(0), Some(1)));
    }

    #[test]
    fn evaluations_of_several_years_are_refused_until_one_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        fs::write(root.join("small.yaml"), SMALL).unwrap();
        let evaluations = [
            small("E-1", "final", YEAR_BEFORE, "low"),
            small("E-1", "final", JUNE, "high"),
            small("E-2", "final", JUNE, "high"),
            small("E-3", "draft", ("2023-08-25", "2024-06-14", "2024-06-01"), "low"),
        ];
        fs::write(root.join("all.ndjson"), lines_of(&evaluations)).unwrap();
        let run = summarize(root, &["all.ndjson", "--rubric", "small.yaml", "-o", "out.json"]);
        assert_eq!(
            (run.status, run.stdout.as_str(), run.stderr.as_str()),
            (
                2,
                "",
                "error: these evaluations are of several school years, by the last day of their periods: 2024-25 (1), \
                 2025-26 (2); name the one to count, as with `--period 2025-26`, or the days in which a period must end, as \
                 with `--period 2025-08-25..2026-06-12`\n"
            )
        );
        assert!(!root.join("out.json").exists());
        let of = |more: &[&str]| low_and_high(root, &[&["all.ndjson"], more].concat());
        assert_eq!(of(&["--period", "2025-26"]), (Some(0), Some(2)));
        assert_eq!(of(&["--period", "2024-2025"]), (Some(1), Some(0)));
        assert_eq!(of(&["--period", "2025-08-25..2026-06-12"]), (Some(0), Some(2)));
        assert_eq!(of(&["--from", "2025-07-01"]), (Some(0), Some(2)));
        // Of several years that are named together, each person counts once.
        assert_eq!(of(&["--period", "2024-07-01..2026-06-30"]), (Some(0), Some(2)));
        for wrong in ["2025", "2025-27", "2026-06-12..2025-08-25"] {
            let run = summarize(root, &["all.ndjson", "--period", wrong]);
            assert_eq!(run.status, 2);
            assert!(run.stderr.contains("write a school year as 2025-26, or two days"), "{}", run.stderr);
        }
    }

    #[test]
    fn an_id_with_its_accents_written_in_two_ways_is_one_person() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        fs::write(root.join("small.yaml"), SMALL).unwrap();
        let ids = ["R\u{e9}-9", "Re\u{301}-9", "E-1", "E-2", "E-3", "E-4"];
        let evaluations = ids.map(|id| small(id, "final", JUNE, "high"));
        fs::write(root.join("all.ndjson"), lines_of(&evaluations)).unwrap();
        let run = summarize(root, &["all.ndjson", "--rubric", "small.yaml"]);
        assert!(run.stdout.contains("\n5 evaluations\n"), "{}", run.stdout);
        let run = summarize(root, &["all.ndjson", "--rubric", "small.yaml", "--threshold", "6"]);
        assert!(run.stdout.contains("Fewer than 6 evaluations"), "{}", run.stdout);
    }

    #[test]
    fn how_many_are_too_few_is_not_said() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        let notes = |number: u64, threshold: &str| {
            fs::write(root.join("all.ndjson"), lines(number, |_, _| {})).unwrap();
            summarize(root, &["all.ndjson", "--drafts", "--threshold", threshold]).stderr
        };
        let few =
            "fewer than 5 evaluations of `connecticut_school_social_work` 1.0.0 counted, of the school year 2025-26\n";
        assert_eq!((notes(3, "5").as_str(), notes(1, "5").as_str()), (few, few));
        assert_eq!(notes(1, "0"), "1 evaluation counted, of the school year 2025-26\n");
        let run = summarize(root, &["all.ndjson", "--drafts", "--threshold", "1"]);
        assert!(run.stdout.contains("\n1 evaluation\n"), "{}", run.stdout);
    }

    #[test]
    fn every_format_shows_the_same_and_withholds_the_same() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        fs::write(root.join("all.ndjson"), lines(40, |_, _| {})).unwrap();
        let run = |more: &[&str]| {
            let run = summarize(root, &[&["all.ndjson", "--drafts"], more].concat());
            assert_eq!((run.status, run.stderr.as_str()), (0, "40 evaluations counted, of the school year 2025-26\n"));
            run.stdout
        };
        let json: Value = serde_json::from_str(&run(&["--format", "json"])).unwrap();
        let schema: Value = serde_json::from_str(&appraise::schema::summary()).unwrap();
        let validator = jsonschema::validator_for(&schema).unwrap();
        assert!(
            validator.is_valid(&json),
            "{:?}",
            validator.iter_errors(&json).map(|e| e.to_string()).collect::<Vec<_>>()
        );
        let overall = &json["summaries"][0]["overall"]["tally"];
        let counts: Vec<Option<u64>> = overall.as_object().unwrap().values().map(Value::as_u64).collect();
        assert!(counts.iter().flatten().count() > 1, "{overall}");

        let csv = run(&["--format", "csv"]);
        let header = "rubric,rubric_version,evaluations,tier,id,code,title,level,label,count,period_from,period_to\n";
        assert!(csv.strip_prefix('\u{feff}').is_some_and(|csv| csv.starts_with(header)), "{csv}");
        let whole: Vec<&str> = csv.lines().filter(|line| line.contains(",40,rubric,")).collect();
        assert_eq!(whole.len(), 5);
        let has_met = overall["has_met"].as_u64().unwrap();
        assert!(
            whole.iter().any(|line| line.ends_with(&format!(",has_met,Has met,{has_met},2025-07-01,2026-06-30"))),
            "{whole:?}"
        );
        assert_eq!(csv.lines().count(), 1 + 5 * (1 + 8 + 12 + 67));

        let text = run(&[]);
        let last = text.lines().find(|line| line.starts_with("All ")).unwrap();
        let shown: Vec<String> =
            counts.iter().map(|count| count.map_or("*".to_owned(), |count| count.to_string())).collect();
        let mut cells: Vec<&str> = last.split_whitespace().skip(1).collect();
        cells.truncate(4);
        // In the order of the levels, which a JSON object does not keep.
        for cell in cells {
            assert!(shown.contains(&cell.replace(',', "")), "{last}");
        }
        // Programs read plain digits, people thousands apart.
        let apart = format!("{},{:03}", has_met / 1000, has_met % 1000);
        assert!(has_met > 1000 && last.contains(&format!(" {apart} ")), "{last}");
        assert!(text.contains("\n* withheld: fewer than 5 evaluations"), "{text}");

        assert_eq!(run(&["-o", "all.html"]), "");
        let html = support::read(root.join("all.html"));
        assert!(
            html.contains("40 evaluations were counted.")
                && html.contains("School year 2025-26: evaluations with a period that ends from")
                && html.contains(&format!(">{apart}<"))
                && html.contains(">withheld</span>")
        );
        fs::create_dir(root.join("templates")).unwrap();
        fs::write(root.join("templates/summary.html"), "{{ summaries[0].evaluations }} of ours").unwrap();
        assert_eq!(run(&["--templates", "templates", "--format", "html"]), "40 of ours\n");
        assert_eq!(run(&["--threshold", "0"]).matches('*').count(), 0);
        let few = summarize(root, &["all.ndjson", "--drafts", "--threshold", "41"]);
        assert!(few.stdout.contains("Fewer than 41 evaluations: nothing of them is shown."), "{}", few.stdout);
    }

    #[test]
    fn each_rubric_has_a_summary_of_its_own() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        fs::write(root.join("r.yaml"), "id: r\nversion: 1.0.0\ntitle: Another <b>\nscale: { levels: [{ id: has_met, label: Low }, { id: high, label: High }], meets_at: high }\ndomains: [{ id: d, title: D, indicators: [{ id: a, statement: A }] }]\n").unwrap();
        let mut text = lines(20, |_, _| {});
        for number in 0..20 {
            let mut other: Value = serde_json::from_str(text.lines().next().unwrap()).unwrap();
            other["rubric"] = json!({ "id": "r" });
            other["evaluators"] = json!([{ "id": "S", "name": "S" }]);
            other["employee"]["id"] = json!(format!("R-{number}"));
            other["ratings"] = json!({ "a": if number < 9 { "has_met" } else { "high" } });
            text.push_str(&format!("{other}\n"));
        }
        fs::write(root.join("all.ndjson"), text).unwrap();
        let arguments = ["all.ndjson", "--drafts", "--rubric", "r.yaml"];
        let run = summarize(root, &arguments);
        let said = "40 evaluations counted, of the school year 2025-26\n";
        assert_eq!((run.status, run.stderr.as_str()), (0, said));
        assert!(run.stdout.contains("\nAnother <b> 1.0.0\n20 evaluations\n"), "{}", run.stdout);
        assert!(run.stdout.contains("9 1.1 A, D\n"), "{}", run.stdout);
        let run = summarize(root, &[&arguments[..], &["--format", "html"]].concat());
        assert!(run.stdout.contains("Another &lt;b&gt;"), "{}", run.stdout);
        // `has_met` is at another place of the other scale, and so has another pattern.
        for pattern in ["id=\"fill-has_met\"", "id=\"fill-2-has_met\"", "id=\"fill-2-high\"", "url(#fill-2-has_met)"] {
            assert!(run.stdout.contains(pattern), "{pattern}");
        }
    }
}
