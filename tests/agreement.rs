//! Evaluations side by side: what counts, what does not, and what the report says of it.

#![allow(clippy::panic, clippy::unwrap_used, clippy::indexing_slicing, reason = "a test that cannot go on fails")]

mod support;

use appraise::agreement::{self, Agreement};
use appraise::{Error, Evaluation, Library, Rubric};

fn rubric(id: &str, levels: &str) -> Rubric {
    let text = format!(
        "id: {id}\nversion: 1.0.0\ntitle: R\nscale: {{ levels: [{levels}], meets_at: b, not_rated: [{{ id: none, label: None }}] }}\n\
         domains: [{{ id: d, title: D, indicators: [{{ id: i1, statement: One }}, {{ id: i2, statement: Two }}, \
         {{ id: i3, statement: Three }}, {{ id: i4, statement: Four }}, {{ id: i5, statement: Five }}] }}]\n"
    );
    Rubric::parse("r.yaml", &text, &Library::empty()).unwrap_or_else(|found| panic!("{found}"))
}

const LEVELS: &str = "{ id: a, label: A }, { id: b, label: B }, { id: c, label: C }";

fn evaluation(rubric: &Rubric, rest: &str) -> Evaluation {
    let text = format!(
        "rubric: {{ id: {} }}\nemployee: {{ id: E-1, name: Ann }}\nevaluators: [{{ id: E-2, name: Bo }}]\n\
         period: {{ from: 2025-08-25, to: 2026-06-12 }}\n{rest}",
        rubric.id()
    );
    Evaluation::parse("e.yaml", &text, rubric).unwrap_or_else(|found| panic!("{found}"))
}

fn ids<'a>(compared: impl Iterator<Item = &'a agreement::Compared>) -> Vec<&'a str> {
    compared.map(|compared| compared.id.as_str()).collect()
}

#[test]
fn an_unrated_indicator_is_neither_agreement_nor_disagreement() {
    let rubric = rubric("r", LEVELS);
    let one = evaluation(&rubric, "ratings: { i1: a, i2: b, i3: none, i4: c }");
    let other = evaluation(&rubric, "ratings: { i1: c, i2: b, i3: a, i4: b, i5: a }");
    let Agreement { indicators, pairs, .. } = agreement::compare([&one, &other]).unwrap();
    let differences: Vec<Option<usize>> = indicators.iter().map(|compared| compared.difference).collect();
    assert_eq!(differences, [Some(2), Some(0), None, Some(1), None]);
    assert_eq!((pairs[0].compared, pairs[0].exact, pairs[0].adjacent), (3, 1, 2));
    // One minus 15/9. There is 4 + 0 + 1, times 3 pairs; chance gives, of one a, b and c each and of two b and one c, 2 + 4 + 1 + 2.
    assert_eq!(pairs[0].kappa.as_ref().unwrap().to_string(), "-2/3");
    assert_eq!(pairs[0].share_adjacent().unwrap().to_string(), "2/3");
}

#[test]
fn the_largest_differences_come_first_and_what_one_does_not_answer_for_not_at_all() {
    let rubric = rubric("r", LEVELS);
    let one = evaluation(&rubric, "scope: [i1, i2, i3]\nratings: { i1: a, i2: b, i3: c }");
    let other = evaluation(&rubric, "ratings: { i1: b, i2: b, i3: a, i4: a, i5: c }");
    let agreement = agreement::compare([&one, &other]).unwrap();
    assert_eq!(ids(agreement.indicators.iter()), ["i1", "i2", "i3"]);
    assert_eq!(ids(agreement.differences()), ["i3", "i1"]);
}

#[test]
fn more_than_two_are_compared_two_by_two() {
    let rubric = rubric("r", LEVELS);
    let all = ["i1: a, i2: a", "i1: b, i2: a", "i1: c"]
        .map(|ratings| evaluation(&rubric, &format!("ratings: {{ {ratings} }}")));
    let agreement = agreement::compare(&all).unwrap();
    let pairs: Vec<_> =
        agreement.pairs.iter().map(|pair| (pair.first, pair.second, pair.compared, pair.exact)).collect();
    assert_eq!(pairs, [(0, 1, 2, 1), (0, 2, 1, 0), (1, 2, 1, 0)]);
    assert_eq!(agreement.indicators[0].difference, Some(2));
    assert!(agreement.pairs[0].kappa.is_some() && agreement.indicators[2].difference.is_none());
}

#[test]
fn another_rubric_or_scale_cannot_be_compared() {
    let one = evaluation(&rubric("r", LEVELS), "ratings: {}");
    for other in [rubric("other", LEVELS), rubric("r", "{ id: a, label: A }, { id: b, label: B }")] {
        let error = agreement::compare([&one, &evaluation(&other, "ratings: {}")]).unwrap_err();
        assert!(matches!(error, Error::OtherRubric { .. }), "{error}");
    }
}

#[test]
fn another_person_cannot_be_compared() {
    let rubric = rubric("r", LEVELS);
    let text = |id: &str| {
        format!(
            "rubric: {{ id: r }}\nemployee: {{ id: {id}, name: Zoe }}\nevaluators: [{{ id: E-2, name: Bo }}]\n\
             period: {{ from: 2025-08-25, to: 2026-06-12 }}\nratings: {{ i1: a }}\n"
        )
    };
    let one = evaluation(&rubric, "ratings: { i1: a }");
    let same = Evaluation::parse("e.yaml", &text("E-1"), &rubric).unwrap_or_else(|found| panic!("{found}"));
    let other = Evaluation::parse("e.yaml", &text("E-9"), &rubric).unwrap_or_else(|found| panic!("{found}"));
    assert_eq!(agreement::compare([&one, &same]).unwrap().pairs[0].compared, 1);
    let error = agreement::compare([&one, &same, &other]).unwrap_err();
    assert!(matches!(error, Error::OtherWhom { .. }), "{error}");
    assert_eq!(
        error.to_string(),
        "an evaluation of `E-9` cannot be compared with one of `E-1`: set evaluations of the same one side by side"
    );
}

#[test]
fn one_person_is_compared_however_the_id_is_written() {
    let rubric = rubric("r", LEVELS);
    let of = |id: &str| {
        let text = format!(
            "rubric: {{ id: r }}\nemployee: {{ id: '{id}', name: Zoe }}\nevaluators: [{{ id: E-2, name: Bo }}]\n\
             period: {{ from: 2025-08-25, to: 2026-06-12 }}\nratings: {{ i1: a }}\n"
        );
        Evaluation::parse("e.yaml", &text, &rubric).unwrap_or_else(|found| panic!("{found}"))
    };
    // Capitals, blanks around it, and an accent that is a sign of its own.
    let all = ["Ren\u{e9}-9", "REN\u{c9}-9", " ren\u{e9}-9 ", "rene\u{301}-9"].map(of);
    for other in &all {
        assert_eq!(agreement::compare([&all[0], other]).unwrap().pairs[0].compared, 1, "{}", other.whom().id());
        let earlier = std::slice::from_ref(other);
        assert!(all[0].with_history(earlier).value.is_some(), "{}", other.whom().id());
    }
    assert!(agreement::compare([&all[0], &of("Rene-9")]).is_err());
    assert!(all[0].with_history(&[of("Rene-9")]).value.is_none());
}

#[test]
fn evaluations_that_differ_only_by_period_or_by_nothing_are_told_apart() {
    let rubric = rubric("r", LEVELS);
    let of = |from: &str, to: &str| {
        let text = format!(
            "rubric: {{ id: r }}\nemployee: {{ id: E-1, name: Ann }}\nevaluators: [{{ id: E-2, name: Bo }}]\n\
             period: {{ from: {from}, to: {to} }}\nratings: {{ i1: a }}\n"
        );
        Evaluation::parse("e.yaml", &text, &rubric).unwrap_or_else(|found| panic!("{found}"))
    };
    let all = [of("2024-08-26", "2025-06-13"), of("2025-08-25", "2026-06-12"), of("2025-08-25", "2026-06-12")];
    let raters = agreement::compare(&all).unwrap().raters;
    let told: Vec<_> = raters.iter().map(|rater| (rater.period.from(), rater.period.to(), rater.number)).collect();
    let day = str::to_owned;
    assert_eq!(
        told,
        [
            (day("2024-08-26"), day("2025-06-13"), None),
            (day("2025-08-25"), day("2026-06-12"), Some(1)),
            (day("2025-08-25"), day("2026-06-12"), Some(2)),
        ]
    );
}

#[cfg(feature = "render")]
#[test]
fn every_heading_of_a_comparison_says_who_and_when() {
    use appraise::{Format, Renderer};
    let rubric = rubric("r", LEVELS);
    let text = |year: u32, level: &str| {
        format!(
            "rubric: {{ id: r }}\nemployee: {{ id: E-1, name: Ann }}\nevaluators: [{{ id: E-2, name: Bo }}]\n\
             period: {{ from: {year}-08-25, to: {}-06-12 }}\nratings: {{ i1: {level} }}\n",
            year + 1
        )
    };
    let read = |text: &str| Evaluation::parse("e.yaml", text, &rubric).unwrap_or_else(|found| panic!("{found}"));
    let all = [read(&text(2025, "a")), read(&text(2024, "b")), read(&text(2023, "c"))];
    let agreement = agreement::compare(&all).unwrap();
    let scorecard = all[0].score();
    let renderer = Renderer::new();
    let page = renderer.report_beside(&scorecard, &agreement, Format::Markdown).unwrap();
    let headings: Vec<&str> = page.lines().filter(|line| line.starts_with("### Formal evaluation by Bo")).collect();
    let of = |year: u32| format!("by Bo (August 25, {year} to June 12, {}, draft)", year + 1);
    assert_eq!(headings.len(), 3, "{page}");
    for (heading, (first, second)) in headings.iter().zip([(2025, 2024), (2025, 2023), (2024, 2023)]) {
        assert_eq!(*heading, format!("### Formal evaluation {}, and formal evaluation {}", of(first), of(second)));
    }
    let columns = page.lines().find(|line| line.starts_with("| Indicator | Formal evaluation by Bo, ")).unwrap();
    for year in [2023, 2024, 2025] {
        assert!(columns.contains(&format!("Bo, August 25, {year} to June 12, {}, draft |", year + 1)), "{columns}");
    }
    let page = renderer.report_beside(&scorecard, &agreement, Format::Html).unwrap();
    let headings: Vec<&str> = page.lines().filter(|line| line.contains("<h3>Formal evaluation by")).collect();
    assert_eq!(headings.iter().collect::<std::collections::BTreeSet<_>>().len(), 3, "{headings:?}");
    assert_eq!(page.matches("August 25, 2024 to</span> <span class=\"date\">June 12, 2025").count(), 4);
}

#[cfg(feature = "render")]
#[test]
fn the_report_says_how_far_they_agree_and_where_they_do_not() {
    use appraise::{Format, Renderer};
    let read = |name: &str| {
        let text = support::read(support::project(&format!("examples/evaluations/{name}.yaml")));
        let rubric = support::library_of_examples().rubric_for(name, &text).unwrap();
        Evaluation::parse(name, &text, &rubric).unwrap_or_else(|found| panic!("{found}"))
    };
    let (theirs, own) = (read("rivera_final"), read("rivera_self"));
    let agreement = agreement::compare([&theirs, &own]).unwrap();
    let scorecard = theirs.score();
    let renderer = Renderer::new();
    for format in [Format::Html, Format::Markdown] {
        let page = renderer.report_beside(&scorecard, &agreement, format).unwrap();
        for part in ["Side by side", "55 (87%)", "62 (98%)", "0.523711", "Students select their own objectives"] {
            assert!(page.contains(part), "{part}");
        }
        assert!(!renderer.report(&scorecard, format).unwrap().contains("Side by side"));
    }
}

/// Indicators `a1` to `a6` on a scale of four levels, `b1` to `b4` on one of two, which share a choice that is no rating.
fn of_two_scales() -> Rubric {
    let indicators = |letter: char, count: usize| {
        (1..=count)
            .map(|number| format!("{{ id: {letter}{number}, statement: Does {letter}{number}. }}"))
            .collect::<Vec<_>>()
            .join(", ")
    };
    let choice = "not_rated: [{ id: unseen, label: Unseen }]";
    let text = format!(
        "id: r\nversion: 1.0.0\ntitle: R\n\
         scale: {{ levels: [{{ id: l1, label: L1 }}, {{ id: l2, label: L2 }}, {{ id: l3, label: L3 }}, {{ id: l4, label: L4 }}], meets_at: l3, {choice} }}\n\
         scales: {{ checks: {{ order: highest_first, levels: [{{ id: done, label: Done }}, {{ id: not_done, label: Not done }}], meets_at: done, {choice} }} }}\n\
         domains: [{{ id: a, title: A, indicators: [{}] }}, {{ id: b, title: B, scale: checks, indicators: [{}] }}]\n",
        indicators('a', 6),
        indicators('b', 4)
    );
    Rubric::parse("r.yaml", &text, &Library::empty()).unwrap_or_else(|found| panic!("{found}"))
}

/// Weighted kappa from a table of shares, as textbooks write it: the weight of a cell is one minus the square of the distance over
/// the square of the longest; kappa is the agreement beyond chance, over all that there could be. A numerator and a denominator.
fn kappa_by_shares(both: &[(i128, i128)], levels: i128) -> (i128, i128) {
    let all = both.len() as i128;
    let longest = (levels - 1).pow(2);
    // In units of one over `all` squared times `longest`.
    let weight = |a: i128, b: i128| longest - (a - b).pow(2);
    let observed: i128 = both.iter().map(|(a, b)| weight(*a, *b) * all).sum();
    let chance: i128 = both.iter().map(|(a, _)| both.iter().map(|(_, b)| weight(*a, *b)).sum::<i128>()).sum();
    (observed - chance, all * all * longest - chance)
}

#[test]
fn agreement_is_told_for_each_scale_by_itself() {
    let rubric = of_two_scales();
    let one = evaluation(
        &rubric,
        "ratings: { a1: l1, a2: l2, a3: l4, a4: l3, a5: unseen, a6: l2, b1: done, b2: not_done, b3: done, b4: unseen }",
    );
    let other = evaluation(
        &rubric,
        "ratings: { a1: l2, a2: l2, a3: l1, a4: l4, a5: l1, b1: done, b2: done, b3: not_done, b4: unseen }",
    );
    let agreement = agreement::compare([&one, &other]).unwrap();
    let pair = &agreement.pairs[0];
    assert_eq!((pair.compared, pair.exact, pair.adjacent), (7, 2, 6));
    // Levels of different scales have no distance.
    assert!(pair.kappa.is_none());
    let told: Vec<_> = pair.scales.iter().map(|on| (on.scale.as_str(), on.compared, on.exact, on.adjacent)).collect();
    assert_eq!(told, [("default", 4, 1, Some(3)), ("checks", 3, 1, Some(3))]);
    assert_eq!(pair.scales[1].levels, ["Done", "Not done"]);
    for (on_scale, (both, levels)) in
        pair.scales.iter().zip([(vec![(0, 1), (1, 1), (3, 0), (2, 3)], 4), (vec![(1, 1), (0, 1), (1, 0)], 2)])
    {
        let (numerator, denominator) = kappa_by_shares(&both, levels);
        let kappa = on_scale.kappa.as_ref().unwrap().to_string();
        let (above, below) = kappa.split_once('/').unwrap_or((&kappa, "1"));
        let (above, below): (i128, i128) = (above.parse().unwrap(), below.parse().unwrap());
        assert_eq!(above * denominator, numerator * below, "{kappa} is not {numerator}/{denominator}");
    }
    // A level's number is that on its scale, and the difference is in levels of it.
    let numbers = |id: &str| {
        let compared = agreement.indicators.iter().find(|compared| compared.id == id).unwrap();
        (
            compared.given.iter().map(|given| given.as_ref().and_then(|given| given.number)).collect::<Vec<_>>(),
            compared.difference,
        )
    };
    assert_eq!(numbers("b2"), (vec![Some(0), Some(1)], Some(1)));
    assert_eq!(numbers("a3"), (vec![Some(3), Some(0)], Some(3)));
    assert_eq!(numbers("b4"), (vec![None, None], None));
    // A rubric with one scale has nothing to tell of others.
    let single = self::rubric("r", LEVELS);
    let alone =
        agreement::compare([&evaluation(&single, "ratings: { i1: a }"), &evaluation(&single, "ratings: { i1: b }")])
            .unwrap();
    assert!(!serde_json::to_string(&alone).unwrap().contains("scales"));
}

#[test]
fn the_same_levels_on_other_scales_cannot_be_compared() {
    let text = |split: &str| {
        format!(
            "id: r\nversion: 1.0.0\ntitle: R\n{split}\ndomains: [{{ id: d, title: D, indicators: [{{ id: i, statement: I. }}] }}, {{ id: e, title: E, scale: s, indicators: [{{ id: j, statement: J. }}] }}]\n"
        )
    };
    let read = |split: &str| {
        Rubric::parse("r.yaml", &text(split), &Library::empty()).unwrap_or_else(|found| panic!("{found}"))
    };
    let level = |id: &str| format!("{{ id: {id}, label: {id} }}");
    let scales = |first: &[&str], second: &[&str]| {
        let list = |ids: &[&str]| {
            format!(
                "{{ levels: [{}], meets_at: {} }}",
                ids.iter().map(|id| level(id)).collect::<Vec<_>>().join(", "),
                ids[0]
            )
        };
        format!("scale: {}\nscales: {{ s: {} }}", list(first), list(second))
    };
    let one = read(&scales(&["k", "l", "m"], &["p", "q"]));
    let other = read(&scales(&["k", "l"], &["m", "p", "q"]));
    let error = agreement::compare([&evaluation(&one, "ratings: {}"), &evaluation(&other, "ratings: {}")]).unwrap_err();
    assert!(matches!(error, Error::OtherRubric { .. }), "{error}");
}

#[cfg(feature = "render")]
#[test]
fn the_report_has_the_agreement_on_each_scale_and_no_kappa_of_all() {
    use appraise::{Format, Renderer};
    let rubric = of_two_scales();
    let one = evaluation(&rubric, "ratings: { a1: l1, a2: l2, b1: done, b2: not_done }");
    let other = evaluation(&rubric, "ratings: { a1: l2, a2: l2 }");
    let agreement = agreement::compare([&one, &other]).unwrap();
    for format in [Format::Html, Format::Markdown] {
        let page = Renderer::new().report_beside(&one.score(), &agreement, format).unwrap();
        for part in [
            "L1, L2, L3, L4", "Done, Not done", "1 (50%)", "2 (100%)", "not defined",
            "there is no kappa of all together",
        ] {
            assert!(page.contains(part), "{part}: {page}");
        }
    }
}

#[test]
fn numbers_are_compared_by_their_difference() {
    let text = "id: r\nversion: 1.0.0\ntitle: R\nscales: { points: { from: 0, to: 15, places: 1, meets_at: 9, unit: points } }\n\
        domains: [{ id: d, title: D, indicators: [{ id: i, statement: I. }] }, { id: num, title: N, scale: points, indicators: \
        [{ id: n1, statement: N1. }, { id: n2, statement: N2. }, { id: n3, statement: N3. }, { id: n4, statement: N4. }] }]\n";
    let rubric = Rubric::parse("r.yaml", text, &Library::empty()).unwrap_or_else(|found| panic!("{found}"));
    let one = evaluation(&rubric, "ratings: { i: has_met, n1: 12.5, n2: 3, n3: 7.0, n4: 1 }");
    let other = evaluation(&rubric, "ratings: { i: has_met, n1: 9, n2: 4.5, n3: 7 }");
    let agreement = agreement::compare([&one, &other]).unwrap();
    let pair = &agreement.pairs[0];
    assert_eq!((pair.compared, pair.exact, pair.adjacent, pair.kappa.is_none()), (4, 2, 2, true));
    let on = &pair.scales[1];
    assert_eq!((on.scale.as_str(), on.levels.as_slice()), ("points", ["0 to 15 points".to_owned()].as_slice()));
    assert_eq!((on.compared, on.exact, on.adjacent, on.kappa.is_none()), (3, 1, None, true));
    // 3.5, 1.5 and 0.
    assert_eq!(on.mean_difference.as_ref().unwrap().to_string(), "5/3");
    assert_eq!(ids(agreement.differences()), ["n1", "n2"]);
    let apart: Vec<_> = agreement.indicators.iter().map(|one| one.apart.as_ref().map(ToString::to_string)).collect();
    assert_eq!(apart, [None, Some("7/2".to_owned()), Some("3/2".to_owned()), Some("0".to_owned()), None]);
    assert_eq!(agreement.indicators[1].given[0].as_ref().unwrap().label, "12.5 points");
    #[cfg(feature = "render")]
    for format in [appraise::Format::Html, appraise::Format::Markdown] {
        let page = appraise::Renderer::new().report_beside(&one.score(), &agreement, format).unwrap();
        for part in ["0 to 15 points", "mean difference 1.666667", "apart by 3.5", "12.5 points"] {
            assert!(page.contains(part), "{part}: {page}");
        }
    }
}
