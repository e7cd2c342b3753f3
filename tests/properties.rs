//! Statements about every evaluation, and about every text.

#![allow(clippy::panic, clippy::unwrap_used, clippy::indexing_slicing, reason = "a test that cannot go on fails")]

mod support;

use appraise::{Checked, Evaluation, Exact, Library, Rubric, Scorecard};
use proptest::prelude::*;
use proptest::sample::subsequence;

fn rubric() -> Rubric {
    Library::bundled().get("connecticut_school_social_work").unwrap()
}

const LEVELS: [&str; 4] = ["has_not_met", "has_met", "exceeds_expectations", "no_opportunity_to_practice"];

/// Some of the indicators, in any order, each with a level.
fn ratings() -> impl Strategy<Value = Vec<(String, &'static str)>> {
    let ids: Vec<String> = rubric().indicators().map(|indicator| indicator.id.clone()).collect();
    let some = subsequence(ids, 0..=67).prop_shuffle();
    some.prop_flat_map(|ids| {
        let levels = prop::collection::vec(prop::sample::select(&LEVELS[..]), ids.len());
        levels.prop_map(move |levels| ids.clone().into_iter().zip(levels).collect())
    })
}

fn text(ratings: &[(String, &str)], more: &str) -> String {
    let ratings: String = ratings
        .iter()
        .map(|(id, level)| format!("  {id}: {{ level: {level}, comment: Seen., evidence: [{{ note: Seen. }}] }}\n"))
        .collect();
    format!(
        "rubric: {{ id: connecticut_school_social_work }}\nemployee: {{ id: E-1, name: Ann }}\n\
         evaluators: [{{ id: E-2, name: Bo, qualifications: [school_social_work] }}]\n\
         period: {{ from: 2025-08-25, to: 2026-06-12 }}\n{more}ratings:{}{ratings}",
        if ratings.is_empty() { " {}\n" } else { "\n" },
    )
}

fn score(ratings: &[(String, &str)]) -> Scorecard {
    Evaluation::parse("e.yaml", &text(ratings, ""), &rubric()).unwrap_or_else(|found| panic!("{found}")).score()
}

/// Everything computed from an evaluation, and its fingerprint.
fn json(scorecard: &Scorecard) -> serde_json::Value {
    serde_json::to_value(scorecard).unwrap()
}

/// The same wherever things stand in the document: findings by what they say, not by their places.
fn json_without_places(scorecard: &Scorecard) -> serde_json::Value {
    let mut value = json(scorecard);
    let mut findings: Vec<String> =
        scorecard.diagnostics().iter().map(|finding| format!("{} {}", finding.code, finding.message)).collect();
    findings.sort();
    value["diagnostics"] = serde_json::json!(findings);
    value
}

fn shares(scorecard: &Scorecard) -> Vec<Option<String>> {
    let domains =
        scorecard.domains().iter().flat_map(|domain| std::iter::once(&domain.tally).chain(&domain.competencies));
    std::iter::once(scorecard.overall())
        .chain(domains)
        .map(|tally| tally.share_met().map(|share| share.to_string()))
        .collect()
}

/// Numbers as an evaluation may hold them, with so many digits before the point and after it; a zero at the end is said
/// too.
fn decimal(whole: usize, places: usize) -> impl Strategy<Value = String> {
    let regex = if places == 0 {
        format!("(0|[1-9][0-9]{{0,{}}})", whole - 1)
    } else {
        format!("(0|[1-9][0-9]{{0,{}}})(\\.[0-9]{{1,{places}}})?", whole - 1)
    };
    prop::string::string_regex(&regex).unwrap()
}

/// A text that a person may write, quoted.
fn prose() -> impl Strategy<Value = String> {
    "[ -~\n“”é日😀\u{5d0}]{0,60}".prop_map(|text| serde_json::json!(format!("So: {text}")).to_string())
}

/// Values that an evaluation may have beside its ratings; `free` are indicators that it does not rate.
fn more(free: Vec<String>) -> impl Strategy<Value = String> {
    let most = free.len().min(12);
    let not_assigned = subsequence(free, 0..=most).prop_shuffle();
    let not_assigned = not_assigned.prop_flat_map(|ids| {
        let why = prop::collection::vec(prose(), ids.len());
        why.prop_map(move |why| ids.iter().zip(why).map(|(id, why)| format!("  {id}: {why}\n")).collect::<String>())
    });
    let services = (decimal(9, 0), decimal(9, 4), prose()).prop_map(|(count, hours, text)| {
        format!("  sessions: {count}\n  special_education: {hours}\n  issues: {text}\n")
    });
    let responses = prop::collection::vec((prop::option::of(2025..2027), prose()), 0..4).prop_map(|responses| {
        let one = |(year, text): &(Option<i32>, String)| match year {
            Some(year) => format!("- {{ date: {year}-06-08, by: E-1, about: counselor, text: {text} }}\n"),
            None => format!("- {{ text: {text} }}\n"),
        };
        responses.iter().map(one).collect::<String>()
    });
    // Digits of any number: 15 of them go through a binary fraction unchanged.
    let extra = (decimal(15, 0), decimal(9, 6), decimal(3, 12));
    let hours = (decimal(9, 4), decimal(9, 4));
    (not_assigned, services, responses, extra, hours).prop_map(
        |(not_assigned, services, responses, (a, b, c), (before, training))| {
            let section =
                |key: &str, lines: &str| if lines.is_empty() { String::new() } else { format!("{key}:\n{lines}") };
            format!(
                "{}{}{}extra: {{ a: [1, -{a}, null, true, x], b: {b}, c: {c} }}\ncontact_hours_before: {before}\n\
                 professional_development: [{{ date: 2025-10-14, title: Ethics, contact_hours: {training} }}]\n",
                section("not_assigned", &not_assigned),
                section("service_data", &services),
                section("responses", &responses),
            )
        },
    )
}

/// Ratings, and the rest of an evaluation that has them.
fn document() -> impl Strategy<Value = String> {
    let ratings = ratings().prop_filter("one is left to be in scope", |ratings| !ratings.is_empty());
    ratings.prop_flat_map(|ratings| {
        let is_free = |id: &String| !ratings.iter().any(|(rated, _)| rated == id);
        let free = rubric().indicators().map(|indicator| indicator.id.clone()).filter(is_free).collect();
        more(free).prop_map(move |more| text(&ratings, &more))
    })
}

/// Goals as a rubric's author may write them, and whether they keep to the limits that are known here.
fn goal_plan() -> impl Strategy<Value = (String, bool)> {
    let due = prop_oneof![
        4 => (0u64..=3650).prop_map(|days| (format!("{{ in_days: {days} }}"), true)),
        1 => (3651..=u64::from(u32::MAX) + 1).prop_map(|days| (format!("{{ in_days: {days} }}"), false)),
        2 => (1..=12, 1..=28).prop_map(|(month, day)| (format!("{{ by: {month:02}-{day:02} }}"), true)),
        1 => Just(("{ by: 02-29 }".to_owned(), true)),
    ];
    let template = (prop::sample::select(&LEVELS[..]), due, decimal(9, 4), prose());
    let plan = (prop_oneof![0u64..100, Just(u64::from(u32::MAX))], prop::collection::vec(template, 1..5));
    plan.prop_map(|(limit, templates)| {
        let within = templates.iter().all(|(_, (_, within), ..)| *within);
        let lines = templates.iter().enumerate().map(|(number, (level, (due, _), hours, text))| {
            format!(
                "    - {{ id: g{number}, when: {level}, due: {due}, contact_hours: {hours}, \
                 statement: \"{{{{ indicator.title }}}} by {{{{ due }}}}\", activities: [{}] }}\n",
                // Braces would have to be placeholders.
                text.replace(['{', '}'], "")
            )
        });
        (format!("goals:\n  limit: {limit}\n  templates:\n{}", lines.collect::<String>()), within)
    })
}

/// Scores it, and makes every page of it.
fn print(evaluation: &Evaluation) {
    let scorecard = evaluation.score();
    let goals = scorecard.goals();
    serde_json::to_value(&scorecard).unwrap();
    serde_json::to_value(&goals).unwrap();
    #[cfg(feature = "render")]
    for format in [appraise::Format::Html, appraise::Format::Markdown] {
        appraise::Renderer::new().report(&scorecard, format).unwrap();
        appraise::Renderer::new().goals(&scorecard, format).unwrap();
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn tallies_add_up_at_every_tier(ratings in ratings()) {
        let scorecard = score(&ratings);
        let sums = |tallies: Vec<&appraise::Tally>| {
            let levels = (0..4).map(|level| tallies.iter().map(|tally| tally.levels[level]).sum::<u32>()).collect::<Vec<_>>();
            let of = |get: fn(&appraise::Tally) -> u32| tallies.iter().map(|tally| get(tally)).sum::<u32>();
            (levels, of(|t| t.indicators), of(|t| t.rated), of(|t| t.met), of(|t| t.unrated))
        };
        let one = |tally: &appraise::Tally| (tally.levels.clone(), tally.indicators, tally.rated, tally.met, tally.unrated);
        let overall = scorecard.overall();
        prop_assert_eq!(one(overall), sums(scorecard.domains().iter().map(|domain| &domain.tally).collect()));
        for domain in scorecard.domains().iter().filter(|domain| !domain.competencies.is_empty()) {
            prop_assert_eq!(one(&domain.tally), sums(domain.competencies.iter().collect()));
        }
        for tally in scorecard.domains().iter().map(|domain| &domain.tally).chain([overall]) {
            prop_assert_eq!(tally.levels.iter().sum::<u32>() + tally.unrated, tally.indicators);
            prop_assert_eq!(tally.rated, tally.levels[0] + tally.levels[1] + tally.levels[2]);
            prop_assert_eq!(tally.met, tally.levels[1] + tally.levels[2]);
            let share = tally.share_met().map(|share| &share * &Exact::from(u64::from(tally.rated)) == u64::from(tally.met).into());
            prop_assert_eq!(share, (tally.rated > 0).then_some(true));
        }
        prop_assert_eq!(overall.indicators, 67);
        prop_assert_eq!(scorecard.is_complete(), overall.unrated == 0);
        prop_assert_eq!(overall.unrated as usize, 67 - ratings.len());
    }

    #[test]
    fn the_order_of_ratings_changes_nothing(ratings in ratings()) {
        let mut sorted = ratings.clone();
        sorted.sort();
        prop_assert_eq!(json(&score(&ratings)), json(&score(&sorted)));
    }

    #[test]
    fn a_not_rated_rating_never_changes_a_share(ratings in ratings()) {
        let unrated: Vec<String> = {
            let rated: Vec<&String> = ratings.iter().map(|(id, _)| id).collect();
            rubric().indicators().map(|indicator| indicator.id.clone()).filter(|id| !rated.contains(&id)).collect()
        };
        let mut more = ratings.clone();
        more.extend(unrated.into_iter().map(|id| (id, "no_opportunity_to_practice")));
        let (before, after) = (score(&ratings), score(&more));
        prop_assert_eq!(shares(&before), shares(&after));
        prop_assert!(after.is_complete());
    }

    #[test]
    fn an_evaluation_written_as_json_reads_as_the_same(document in document()) {
        let evaluation = Evaluation::parse("e.yaml", &document, &rubric()).unwrap_or_else(|found| panic!("{found}"));
        let written = serde_json::to_string(&evaluation).unwrap();
        let again = Evaluation::parse("e.json", &written, &rubric()).unwrap_or_else(|found| panic!("{found}"));
        prop_assert_eq!(evaluation.fingerprint(), again.fingerprint());
        prop_assert_eq!(json_without_places(&evaluation.score()), json_without_places(&again.score()));
        // The order of what is listed in the report is its author's.
        prop_assert!(evaluation.not_assigned().eq(again.not_assigned()));
        prop_assert_eq!(written, serde_json::to_string(&again).unwrap());
    }

    #[test]
    fn whatever_the_checks_accept_can_be_printed(
        (goals, within) in goal_plan(),
        ratings in ratings(),
        period in prop::sample::select(&["{ from: 2025-08-25, to: 2026-06-12 }", "{ from: 1000-01-01, to: 9999-12-31 }"][..]),
    ) {
        let bundled = Library::bundled();
        let base = bundled.text("connecticut_school_social_work").unwrap();
        let Checked { value: rubric, diagnostics: found } = Rubric::check("r.yaml", &format!("{base}\n{goals}"), &Library::empty());
        // A date too far away is refused, or printed without harm.
        prop_assert!(rubric.is_some() || !within, "{}", found);
        if let Some(rubric) = rubric {
            let text = text(&ratings, "").replace("{ from: 2025-08-25, to: 2026-06-12 }", period);
            let evaluation = Evaluation::check("e.yaml", &text, &rubric).value;
            print(&evaluation.unwrap());
        }
    }

    #[test]
    fn any_text_can_be_checked(text in ".{0,400}") {
        let _ = Rubric::check("t", &text, &Library::empty());
        let _ = Evaluation::check("t", &text, &rubric());
    }

    /// Texts that get past the parser more often than arbitrary ones do.
    #[test]
    fn any_yaml_like_text_can_be_checked(text in "((id|title|domains|ratings|scale|rubric|- |  |\\{|\\}|\\[|\\]|: |\n|\"|'|,|&a |\\*a |#|\\{\\{ due \\}\\}|x|1.10|no|\u{1F600}|\t|é)){0,120}") {
        let _ = Rubric::check("t", &text, &Library::empty());
        let _ = Evaluation::check("t", &text, &rubric());
    }

    /// A sound document with a piece cut out or doubled.
    #[test]
    fn any_damage_to_a_document_is_found_or_harmless(from in 0usize..12000, length in 0usize..400, double: bool) {
        let sound = support::read(support::project("examples/evaluations/rivera_final.yaml"));
        let boundary = |mut at: usize| { at = at.min(sound.len()); while !sound.is_char_boundary(at) { at -= 1 } at };
        let (start, end) = (boundary(from), boundary(from + length));
        let damaged = if double {
            format!("{}{}{}", &sound[..end], &sound[start..end], &sound[end..])
        } else {
            format!("{}{}", &sound[..start], &sound[end..])
        };
        let Checked { value: evaluation, diagnostics: findings } = Evaluation::check("t", &damaged, &rubric());
        prop_assert_eq!(evaluation.is_some(), !findings.has_errors());
        if let Some(evaluation) = evaluation {
            print(&evaluation);
        }
        for finding in &findings {
            prop_assert!(finding.start <= finding.end, "{}", findings);
            prop_assert!((finding.start.line as usize) <= damaged.lines().count() + 1);
        }
    }
}
