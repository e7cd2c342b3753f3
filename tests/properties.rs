//! What holds for every evaluation, and for every text.

#![allow(clippy::panic, clippy::unwrap_used, clippy::indexing_slicing, reason = "a test that cannot go on fails")]

mod support;

use appraise::{Evaluation, Library, Rubric, Scorecard};
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

/// Everything but the fingerprint, which covers the order in which nothing is said twice.
fn json(scorecard: &Scorecard) -> serde_json::Value {
    serde_json::to_value(scorecard).unwrap()
}

fn shares(scorecard: &Scorecard) -> Vec<Option<String>> {
    let domains =
        scorecard.domains().iter().flat_map(|domain| std::iter::once(&domain.tally).chain(&domain.competencies));
    std::iter::once(scorecard.overall())
        .chain(domains)
        .map(|tally| tally.share_met().map(|share| share.to_string()))
        .collect()
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
        }
        prop_assert_eq!(overall.indicators, 67);
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
    fn an_evaluation_written_as_json_reads_as_the_same(ratings in ratings()) {
        let evaluation = Evaluation::parse("e.yaml", &text(&ratings, "extra: { a: [1, 2.5, null, true, x] }\ncontact_hours_before: 62.75\n"), &rubric()).unwrap();
        let written = serde_json::to_string(&evaluation).unwrap();
        let again = Evaluation::parse("e.json", &written, &rubric()).unwrap_or_else(|found| panic!("{found}"));
        prop_assert_eq!(evaluation.fingerprint(), again.fingerprint());
        prop_assert_eq!(json(&evaluation.score()), json(&again.score()));
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
        let (evaluation, findings) = Evaluation::check("t", &damaged, &rubric());
        prop_assert_eq!(evaluation.is_some(), !findings.has_errors());
        for finding in &findings {
            prop_assert!(finding.start <= finding.end, "{}", findings);
            prop_assert!((finding.start.line as usize) <= damaged.lines().count() + 1);
        }
    }
}
