//! One person's evaluations over the years: every rating is somewhere, and every number of a trend is what fractions give.

#![allow(clippy::panic, clippy::unwrap_used, clippy::indexing_slicing, reason = "a test that cannot go on fails")]

use std::collections::{BTreeMap, BTreeSet};
use std::time::{Duration, Instant};

use appraise::history::{self, Drafts, Ending, EntryStatus, History, WhyBeside};
use appraise::{Code, Evaluation, Library, Rubric};

/// Numbers that look as if by chance, the same in every run.
struct Chance(u64);

impl Chance {
    fn below(&mut self, most: u64) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from((self.0 >> 33) % most).unwrap()
    }
}

fn parse(text: &str) -> Rubric {
    Rubric::parse("r.yaml", text, &Library::empty()).unwrap_or_else(|found| panic!("{found}\n{text}"))
}

/// A rubric of the id `plan` with two domains of the indicators named, on a scale of the levels named; the first is not met.
fn rubric(version: u64, levels: &[&str], domains: [&[String]; 2], more: &str) -> Rubric {
    let levels: Vec<String> = levels.iter().map(|id| format!("{{ id: {id}, label: {} }}", id.to_uppercase())).collect();
    let domain = |name: &str, ids: &[String]| {
        let indicators: Vec<String> =
            ids.iter().map(|id| format!("{{ id: {id}, title: Title {id}, statement: Does {id}. }}")).collect();
        format!("  - {{ id: {name}, title: Domain {name}, indicators: [{}] }}\n", indicators.join(", "))
    };
    parse(&format!(
        "id: plan\nversion: {version}.0.0\ntitle: Plan\nscale:\n  levels: [{}]\n  meets_at: mid\n  \
         not_rated: [{{ id: none, label: No opportunity to practice }}]\ndomains:\n{}{}{more}",
        levels.join(", "),
        domain("a", domains[0]),
        domain("b", domains[1]),
    ))
}

fn ids(names: &[&str]) -> Vec<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

/// An evaluation of a school year by its first calendar year.
fn evaluation(rubric: &Rubric, year: usize, ratings: &BTreeMap<String, String>, more: &str) -> Evaluation {
    let ratings: Vec<String> =
        ratings.iter().map(|(id, level)| format!("{id}: {{ level: {level}, comment: As seen in March. }}")).collect();
    let person = if more.contains("employee:") { "" } else { "employee: { id: E-1042, name: Jordan Rivera }\n" };
    let period = if more.contains("period:") {
        String::new()
    } else {
        format!("period: {{ from: {year}-08-25, to: {}-06-12 }}\n", year + 1)
    };
    let text = format!(
        "rubric: {{ id: {}, version: {} }}\n{person}evaluators: [{{ id: E-0007, name: Priya Shah }}]\n{period}ratings: {{ {} }}\n{more}",
        rubric.id(),
        rubric.version(),
        ratings.join(", ")
    );
    Evaluation::parse("e.yaml", &text, rubric).unwrap_or_else(|found| panic!("{found}\n{text}"))
}

fn ratings(pairs: &[(&str, &str)]) -> BTreeMap<String, String> {
    pairs.iter().map(|(id, level)| ((*id).to_owned(), (*level).to_owned())).collect()
}

fn of(evaluations: &[Evaluation]) -> History {
    history::of(evaluations, Drafts::Counted).ok().unwrap_or_else(|found| panic!("{found}"))
}

const LEVELS: [&str; 4] = ["low", "mid", "high", "top"];

/// A few years with rubrics that lose and regain indicators and levels, and ratings by chance.
fn by_chance(chance: &mut Chance) -> Vec<(Evaluation, BTreeMap<String, String>)> {
    let names: Vec<String> = (0..8).map(|number| format!("i{number}")).collect();
    (0..1 + chance.below(5))
        .map(|year| {
            let mut domains: [Vec<String>; 2] = [vec!["a0".to_owned()], vec!["b0".to_owned()]];
            for name in &names {
                match chance.below(5) {
                    0 => {}
                    side => domains[side % 2].push(name.clone()),
                }
            }
            let levels = &LEVELS[..2 + chance.below(3)];
            let rubric = rubric(year as u64 + 1, levels, [&domains[0], &domains[1]], "");
            let mut given = BTreeMap::new();
            for id in domains.iter().flatten() {
                let choices: Vec<&str> = levels.iter().copied().chain(["none"]).collect();
                if chance.below(5) > 0 {
                    given.insert(id.clone(), choices[chance.below(choices.len() as u64)].to_owned());
                }
            }
            (evaluation(&rubric, 2010 + year, &given, ""), given)
        })
        .collect()
}

#[test]
fn no_rating_of_any_year_is_lost() {
    let mut chance = Chance(7);
    let (mut at_their_place, mut without_home) = (0, 0);
    for _ in 0..150 {
        let years = by_chance(&mut chance);
        let evaluations: Vec<Evaluation> = years.iter().map(|(evaluation, _)| evaluation.clone()).collect();
        let history = of(&evaluations);
        assert_eq!(history.years.len(), years.len());
        for (year, (_, given)) in years.iter().enumerate() {
            let mut shown: BTreeMap<String, String> = BTreeMap::new();
            for indicator in history.domains.iter().flat_map(|domain| &domain.indicators) {
                if let Some(label) = &indicator.entries[year].label {
                    at_their_place += 1;
                    assert!(shown.insert(indicator.id.clone(), label.clone()).is_none());
                }
            }
            for row in &history.without_home {
                if let Some(kept) = &row.ratings[year] {
                    without_home += 1;
                    assert!(shown.insert(row.id.clone(), kept.label.clone()).is_none(), "{} twice", row.id);
                    assert_eq!(row.given_for.title, Some(format!("Title {}", row.id)));
                }
            }
            let label = |level: &String| match level.as_str() {
                "none" => "No opportunity to practice".to_owned(),
                level => level.to_uppercase(),
            };
            let wanted: BTreeMap<String, String> = given.iter().map(|(id, level)| (id.clone(), label(level))).collect();
            assert_eq!(shown, wanted);
        }
    }
    assert!(at_their_place > 1000 && without_home > 100, "{at_their_place} {without_home}");
}

/// The lowest terms of a fraction.
fn fraction(numerator: i64, denominator: i64) -> String {
    let (mut a, mut b) = (numerator.abs(), denominator);
    while b != 0 {
        (a, b) = (b, a % b);
    }
    match denominator / a.max(1) {
        _ if numerator == 0 => "0".to_owned(),
        1 => format!("{}", numerator / a),
        below => format!("{}/{below}", numerator / a),
    }
}

#[test]
fn the_numbers_of_a_trend_are_those_of_fractions_worked_out_one_by_one() {
    let mut chance = Chance(11);
    let mut compared = 0;
    for _ in 0..200 {
        let years = by_chance(&mut chance);
        let evaluations: Vec<Evaluation> = years.iter().map(|(evaluation, _)| evaluation.clone()).collect();
        let history = of(&evaluations);
        let newest = evaluations.last().unwrap().rubric();
        let has = |level: &str| newest.levels().iter().any(|known| known.id == level);
        for (number, domain) in newest.domains().iter().enumerate() {
            let place = |year: usize, id: &str| -> Option<usize> {
                let level = years[year].1.get(id).filter(|level| has(level))?;
                LEVELS.iter().position(|known| known == level)
            };
            let mut shares: Vec<(usize, i64, i64)> = Vec::new();
            for year in 0..years.len() {
                let places: Vec<usize> =
                    domain.indicators.iter().filter_map(|indicator| place(year, &indicator.id)).collect();
                let met = places.iter().filter(|place| **place >= 1).count() as i64;
                let count = &history.domains[number].course.counts[year];
                assert_eq!((i64::from(count.met), count.rated as usize), (met, places.len()));
                assert_eq!(count.indicators + count.not_asked, domain.indicators.len() as u32);
                let share = count.share_met().map(|share| share.to_string());
                assert_eq!(share, (!places.is_empty()).then(|| fraction(met, places.len() as i64)));
                if !places.is_empty() {
                    shares.push((year, met, places.len() as i64));
                }
            }
            let trend = &history.domains[number].course.trend;
            let [(from, a, b), .., (to, c, d)] = shares.as_slice() else {
                assert!(trend.is_none());
                continue;
            };
            let trend = trend.as_ref().unwrap();
            assert_eq!((trend.from, trend.to), (*from, *to));
            assert_eq!(trend.change.to_string(), fraction(c * b - a * d, b * d));
            let both: Vec<(usize, usize)> = domain
                .indicators
                .iter()
                .filter_map(|indicator| place(*from, &indicator.id).zip(place(*to, &indicator.id)))
                .collect();
            let count = |is: fn(usize, usize) -> bool| both.iter().filter(|(a, b)| is(*a, *b)).count() as u32;
            assert_eq!(
                [trend.compared, trend.higher, trend.same, trend.lower],
                [both.len() as u32, count(|a, b| b > a), count(|a, b| a == b), count(|a, b| b < a)]
            );
            compared += 1;
        }
    }
    assert!(compared > 100);
}

#[test]
fn different_people_are_refused_by_name_and_one_id_is_one_person_however_it_is_written() {
    let rubric = rubric(1, &LEVELS, [&ids(&["a0"]), &ids(&["b0"])], "");
    let of_person = |year, id: &str, name: &str| {
        evaluation(&rubric, year, &ratings(&[("a0", "mid")]), &format!("employee: {{ id: \"{id}\", name: {name} }}"))
    };
    let found = history::of(&[of_person(2020, "E-1", "Ann Poe"), of_person(2021, "E-2", "Bo Lee")], Drafts::Counted);
    assert!(found.value.is_none());
    let finding = found.diagnostics.iter().next().unwrap();
    assert_eq!(finding.code, Code::OtherEvaluation);
    assert_eq!(finding.message, "one evaluation is of Ann Poe (`E-1`), and another of Bo Lee (`E-2`)");

    let same = [of_person(2020, "r\u{e9}-9", "Ren\u{e9} Poe"), of_person(2021, "RE\u{301}-9", "Ren\u{e9} Poe-Lee")];
    let history = of(&same);
    assert_eq!(
        (history.whom.name.as_str(), history.whom.other_names.as_slice()),
        ("Ren\u{e9} Poe-Lee", &["Ren\u{e9} Poe".to_owned()][..])
    );
}

#[test]
fn of_one_period_one_evaluation_counts_and_the_others_are_named() {
    let rubric = rubric(1, &LEVELS, [&ids(&["a0"]), &ids(&["b0"])], "");
    let all = ratings(&[("a0", "mid"), ("b0", "mid")]);
    let with = |more: &str| evaluation(&rubric, 2020, &all, more);
    let evaluations = [
        with(""),
        with("type: self\nshared: true"),
        with("status: final\ncompleted_on: 2021-05-01"),
        with("status: final\ncompleted_on: 2021-06-01"),
        evaluation(
            &rubric,
            2020,
            &all,
            "type: interim\nperiod: { from: 2020-08-25, to: 2021-01-20 }\nstatus: final\ncompleted_on: 2021-01-20",
        ),
        evaluation(&rubric, 2021, &all, "type: interim\nstatus: final\ncompleted_on: 2022-06-01"),
    ];
    for (drafts, why) in [(Drafts::Counted, WhyBeside::SamePeriod), (Drafts::LeftOut, WhyBeside::Draft)] {
        let history = history::of(&evaluations, drafts).ok().unwrap();
        let counted: Vec<_> =
            history.years.iter().map(|year| (year.label.as_str(), year.completed_on.as_deref())).collect();
        // Of 2021-22 no evaluation of record is at hand.
        assert_eq!(counted, [("2020-21", Some("2021-06-01")), ("2021-22", Some("2022-06-01"))]);
        let mut beside: Vec<_> = history.beside.iter().map(|other| (other.why.as_str(), other.counted)).collect();
        beside.sort_unstable();
        let mut wanted = vec![
            ("on_the_way", Some(0)),
            ("self_evaluation", Some(0)),
            ("same_period", Some(0)),
            (why.as_str(), Some(0)),
        ];
        wanted.sort_unstable();
        assert_eq!(beside, wanted);
    }
    let drafts = history::of(&evaluations[..1], Drafts::LeftOut);
    assert_eq!(drafts.diagnostics.iter().next().unwrap().message, "no evaluation that counts is final");
}

#[test]
fn nothing_of_a_self_evaluation_that_is_not_shared_is_in_a_history() {
    let rubric = rubric(1, &LEVELS, [&ids(&["a0"]), &ids(&["b0"])], "");
    let record = evaluation(&rubric, 2020, &ratings(&[("a0", "mid")]), "");
    let alone = serde_json::to_string(&of(std::slice::from_ref(&record))).unwrap();
    let own = evaluation(&rubric, 2020, &ratings(&[("a0", "top"), ("b0", "top")]), "type: self");
    assert_eq!(serde_json::to_string(&of(&[own.clone(), record])).unwrap(), alone);
    assert!(history::of(&[own], Drafts::Counted).value.is_none());
}

#[test]
fn two_evaluations_of_one_school_year_are_two_columns_and_numbers_are_compared_as_numbers() {
    let text = "
id: points
version: 1.0.0
title: Points
scales: { fifteen: { from: 0, to: 15, places: 1, meets_at: 9, unit: points } }
domains:
  - { id: office, title: Office, scale: fifteen, indicators: [{ id: portfolio, statement: Keeps one. }, { id: log, statement: Keeps a log. }] }
";
    let rubric = parse(text);
    let half = |from: &str, to: &str, first: &str, second: &str| {
        evaluation(
            &rubric,
            2020,
            &ratings(&[("portfolio", first), ("log", second)]),
            &format!("period: {{ from: {from}, to: {to} }}"),
        )
    };
    let history = of(&[half("2021-01-25", "2021-06-12", "12.5", "9"), half("2020-08-25", "2021-01-22", "8.5", "9.5")]);
    assert_eq!(
        history.years.iter().map(|year| year.label.as_str()).collect::<Vec<_>>(),
        ["2020-21, to 2021-01-22", "2020-21, to 2021-06-12"]
    );
    let domain = &history.domains[0];
    assert_eq!(domain.indicators[0].entries[1].label.as_deref(), Some("12.5 points"));
    let trend = domain.course.trend.as_ref().unwrap();
    assert_eq!((trend.change.to_string().as_str(), trend.higher, trend.lower), ("1/2", 1, 1));
}

#[test]
fn results_are_each_years_own_and_scores_of_two_policies_are_not_subtracted() {
    let policy = |high: u64| {
        format!(
            "scoring:\n  points: {{ low: 1, mid: 2, high: {high}, top: 9 }}\n  steps:\n    \
             - {{ id: domain_score, label: Domain score, each: domain, of: indicators, take: mean }}\n    \
             - {{ id: summative, of: domain_score, take: mean }}\n"
        )
    };
    let made = |version, high| rubric(version, &LEVELS, [&ids(&["a0", "a1"]), &ids(&["b0"])], &policy(high));
    let (first, second) = (made(1, 3), made(2, 4));
    let given = |a0: &str, a1: &str| ratings(&[("a0", a0), ("a1", a1), ("b0", "mid")]);
    let years = [
        evaluation(&first, 2020, &given("mid", "low"), ""),
        evaluation(&first, 2021, &given("high", "none"), ""),
        evaluation(&second, 2022, &given("high", "mid"), ""),
    ];
    let score = |history: &History, about: Option<&str>| {
        let row = history.results.iter().find(|row| row.about.as_deref() == about).unwrap();
        let scores: Vec<String> = row
            .results
            .iter()
            .map(|result| result.as_ref().and_then(|result| result.score.as_ref()).unwrap().to_string())
            .collect();
        (scores, row.change.as_ref().map(ToString::to_string))
    };
    // (2 + 1) / 2, then 3 alone, for no opportunity is no number.
    assert_eq!(score(&of(&years[..2]), Some("a")), (vec!["3/2".to_owned(), "3".to_owned()], Some("3/2".to_owned())));
    assert_eq!(score(&of(&years), Some("a")), (vec!["3/2".to_owned(), "3".to_owned(), "3".to_owned()], None));
    assert_eq!(of(&years).years[1].summative.as_deref(), Some("score 2.5"));
}

#[test]
fn goals_end_as_the_last_evaluation_that_has_them_says() {
    let rubric = rubric(1, &LEVELS, [&ids(&["a0"]), &ids(&["b0"])], "");
    let of_year =
        |year, goals: &str| evaluation(&rubric, year, &ratings(&[("a0", "mid")]), &format!("goals: [{goals}]"));
    let history = of(&[
        of_year(
            2020,
            "{ indicator: a0, statement: Plans ahead., status: agreed }, { statement: Reads., status: in_progress }, { statement: Swims., status: met }",
        ),
        of_year(
            2021,
            "{ indicator: a0, statement: \"Plans  ahead.\", status: met, due: 2022-05-01 }, { statement: Writes., status: agreed }",
        ),
    ]);
    let goals: Vec<_> = history.goals.iter().map(|goal| (goal.statement.as_str(), goal.ending)).collect();
    assert_eq!(
        goals,
        [
            ("Plans ahead.", Ending::Met),
            ("Reads.", Ending::NotFollowedUp),
            ("Swims.", Ending::Met),
            ("Writes.", Ending::Open)
        ]
    );
    assert_eq!(
        (history.goals[0].title.as_deref(), history.goals[0].due.as_deref()),
        (Some("Title a0"), Some("2022-05-01"))
    );
}

#[test]
fn contact_hours_add_up_in_the_certificates_cycle_and_a_gap_is_said() {
    let rubric = rubric(1, &LEVELS, [&ids(&["a0"]), &ids(&["b0"])], "");
    let of_year = |year: usize, before: &str, hours: &str| {
        let more = format!(
            "employee: {{ id: E-1, name: Ann, certificate: {{ kind: professional, from: 2020-07-01, to: 2025-06-30 }} }}\n{before}\n\
             professional_development: [{{ date: {year}-11-03, title: Course, contact_hours: {hours}, discipline_specific: true }}]"
        );
        evaluation(&rubric, year, &ratings(&[("a0", "mid")]), &more)
    };
    let hours = of(&[
        of_year(2020, "", "7.5"),
        of_year(2021, "contact_hours_before: 7.5", "6"),
        of_year(2022, "contact_hours_before: 10", "1"),
    ]);
    let hours = &hours.contact_hours;
    let said: Vec<_> = hours
        .years
        .iter()
        .map(|year| {
            (
                year.total.decimal(),
                year.in_cycle.as_ref().unwrap().decimal(),
                year.by_the_year_before.as_ref().map(appraise::Exact::decimal),
            )
        })
        .collect();
    let text = str::to_owned;
    assert_eq!(
        said,
        [
            (text("7.5"), text("7.5"), None),
            (text("6"), text("13.5"), None),
            (text("1"), text("11"), Some(text("13.5")))
        ]
    );
    assert_eq!(hours.in_cycle.as_ref().map(appraise::Exact::decimal), Some(text("11")));
}

#[test]
fn an_indicator_in_other_words_or_unassigned_or_new_is_shown_as_such() {
    let old = parse(
        "id: plan\nversion: 1.0.0\ntitle: Plan\ndomains: [{ id: a, title: A, indicators: [{ id: x, statement: Plans. }, { id: yy, statement: Writes. }] }]",
    );
    let new = parse(
        "id: plan\nversion: 2.0.0\ntitle: Plan\ndomains: [{ id: a, title: A, indicators: [{ id: x, statement: Plans with others. }, { id: yy, statement: Writes. }, { id: z, statement: Reads. }] }]",
    );
    let history = of(&[
        evaluation(&old, 2020, &ratings(&[("x", "has_met")]), "not_assigned: { yy: Not of this position. }"),
        evaluation(&new, 2021, &ratings(&[("x", "has_met"), ("yy", "no_opportunity_to_practice")]), ""),
    ]);
    let indicators = &history.domains[0].indicators;
    let statuses: Vec<_> =
        indicators.iter().map(|indicator| (indicator.entries[0].status, indicator.entries[1].status)).collect();
    assert_eq!(
        statuses,
        [
            (EntryStatus::Rated, EntryStatus::Rated),
            (EntryStatus::NotAssigned, EntryStatus::NotRated),
            (EntryStatus::NotAsked, EntryStatus::Unrated)
        ]
    );
    assert!(indicators[0].entries[0].reworded && !indicators[0].entries[1].reworded);
}

#[test]
fn a_rating_that_followed_from_observations_is_kept_by_a_rubric_without_them() {
    let observed = "observations: { kinds: [{ id: walkthrough, label: Walkthrough }], rating: latest }";
    let old = rubric(1, &LEVELS, [&ids(&["a0", "a1"]), &ids(&["b0"])], observed);
    let new = rubric(2, &LEVELS, [&ids(&["a0"]), &ids(&["b0"])], "");
    let seen = "observations:\n  - { id: one, kind: walkthrough, date: 2020-10-14, ratings: { a0: low, a1: high } }\n  \
                - { id: two, kind: walkthrough, date: 2021-03-02, ratings: { a0: high } }";
    let history =
        of(&[evaluation(&old, 2020, &BTreeMap::new(), seen), evaluation(&new, 2021, &ratings(&[("a0", "mid")]), "")]);
    assert_eq!(history.years.iter().map(|year| year.observations).collect::<Vec<_>>(), [2, 0]);
    assert_eq!(history.domains[0].indicators[0].entries[0].label.as_deref(), Some("HIGH"));
    let kept: Vec<_> = history
        .without_home
        .iter()
        .map(|row| (row.id.as_str(), row.ratings[0].as_ref().unwrap().label.as_str()))
        .collect();
    assert_eq!(kept, [("a1", "HIGH")]);
}

#[test]
fn a_sealed_evaluation_is_shown_as_amended_and_is_migrated_without_its_seal() {
    let old = rubric(1, &LEVELS, [&ids(&["a0", "a1"]), &ids(&["b0"])], "");
    let new = rubric(2, &LEVELS, [&ids(&["a0"]), &ids(&["b0"])], "");
    let mut sealed = evaluation(&old, 2020, &ratings(&[("a0", "low"), ("a1", "mid"), ("b0", "mid")]), "");
    sealed.finish("2021-06-12", "E-0007").unwrap();
    sealed.amend(&[("ratings.a0.level", "high")], "2021-09-15", "E-0100", "Decided in the grievance.").unwrap();
    let history = of(&[sealed.clone(), evaluation(&new, 2021, &ratings(&[("a0", "mid")]), "")]);
    assert_eq!(history.years.iter().map(|year| year.sealed).collect::<Vec<_>>(), [true, false]);
    assert_eq!(history.years.iter().map(|year| year.amendments).collect::<Vec<_>>(), [1, 0]);
    assert_eq!(history.domains[0].indicators[0].entries[0].label.as_deref(), Some("HIGH"));
    assert_eq!(history.without_home.len(), 1);

    let text = serde_json::to_string(&sealed).unwrap();
    let migrated =
        appraise::migrate::migrate("e.json", &text, &new, Some(&old)).unwrap_or_else(|found| panic!("{found}"));
    assert!(migrated.evaluation.seal().is_none() && migrated.evaluation.amendments().is_empty());
    assert_eq!(migrated.evaluation.migrated_from().len(), 1);
}

/// Three years of two rubrics, one with a gap before it: numbers out of 10 and out of 20, levels of a scale of their own, a domain
/// that is rated itself, and an indicator under another id.
#[test]
fn a_number_on_a_scale_that_had_other_bounds_counts_as_it_did_and_is_compared_with_no_other() {
    let text = |version: u32, to: u32, meets_at: u32, renamed: &str| {
        format!(
            "id: points\nversion: {version}.0.0\ntitle: Points\n\
             scales:\n  of_portfolio: {{ from: 0, to: {to}, places: 1, meets_at: {meets_at}, unit: points }}\n  \
             done: {{ levels: [{{ id: absent, label: Absent }}, {{ id: present, label: Present }}], meets_at: present }}\n\
             domains:\n  - {{ id: office, title: Office, indicators: [{{ id: portfolio, statement: Keeps one., scale: of_portfolio }}, \
             {{ id: consent, statement: Has consent., scale: done }}, {{ id: {renamed}, statement: Keeps records. }}] }}\n  \
             - {{ id: conduct, title: Conduct, statement: Conducts oneself well., rated: true }}\n"
        )
    };
    let (old, new) = (parse(&text(1, 10, 6, "records")), parse(&text(2, 20, 12, "files")));
    let given = |portfolio: &str, consent: &str, third: &str| {
        ratings(&[("portfolio", portfolio), ("consent", consent), (third, "has_met"), ("conduct", "has_met")])
    };
    let all = [
        evaluation(&old, 2020, &given("7", "absent", "records"), ""),
        evaluation(&old, 2021, &given("5.5", "present", "records"), ""),
        evaluation(&new, 2023, &given("15.5", "present", "files"), ""),
    ];
    let history = of(&all);
    let office = &history.domains[0];
    let portfolio = &office.indicators[0].entries;
    let told: Vec<_> = portfolio.iter().map(|entry| (entry.meets, entry.other_bounds, entry.rescored)).collect();
    // 7 of 10 met expectations, and 7 of 20 would not.
    assert_eq!(told, [(Some(true), true, false), (Some(false), true, false), (Some(true), false, false)]);
    let trend = office.course.trend.as_ref().unwrap();
    // Of the numbers none is compared with the last year's; consent was absent, and is there.
    assert_eq!((trend.compared, trend.higher, trend.same, trend.lower), (1, 1, 0, 0));
    assert_eq!(history.without_home.len(), 1);
    let conduct = &history.domains[1].indicators[0].entries;
    assert_eq!(conduct.iter().map(|entry| entry.label.as_deref()).collect::<Vec<_>>(), [Some("Has met"); 3]);
    // Between years of one rubric numbers are compared.
    let two = of(&all[..2]);
    let trend = two.domains[0].course.trend.as_ref().unwrap();
    assert_eq!((trend.compared, trend.higher, trend.same, trend.lower), (3, 1, 1, 1));
    #[cfg(feature = "render")]
    for format in [appraise::Format::Html, appraise::Format::Markdown] {
        let page = appraise::Renderer::new().history(&history, format).unwrap();
        assert!(
            page.contains("§ A number on a scale that had other bounds") && page.matches('§').count() == 3,
            "{page}"
        );
    }
}

/// Thirty years of 200 indicators, with a rubric of each year's own.
fn thirty_years() -> Vec<Evaluation> {
    let names = |side: &str| (0..100).map(|number| format!("{side}{number}")).collect::<Vec<_>>();
    (0..30)
        .map(|year: usize| {
            let (a, mut b) = (names("a"), names("b"));
            b[year] = format!("own{year}");
            let rubric = rubric(year as u64 + 1, &LEVELS, [&a, &b], "");
            let given = a.iter().chain(&b).map(|id| (id.clone(), LEVELS[(year + id.len()) % 4].to_owned())).collect();
            evaluation(&rubric, 1990 + year, &given, "")
        })
        .collect()
}

#[test]
fn thirty_years_of_200_indicators_take_no_time_to_speak_of() {
    let evaluations = thirty_years();
    let start = Instant::now();
    let history = of(&evaluations);
    #[cfg(feature = "render")]
    {
        use appraise::{Format, Renderer};
        let page = Renderer::new().history(&history, Format::Html).unwrap();
        assert!(page.matches("Title a99</bdi>").count() == 6 && page.matches("<svg").count() > 6000);
    }
    // Without optimization, on a busy machine.
    assert!(start.elapsed() < Duration::from_secs(60), "{:?}", start.elapsed());
    assert_eq!((history.years.len(), history.domains[1].indicators.len()), (30, 100));
    let lost: BTreeSet<&str> = history.without_home.iter().map(|row| row.id.as_str()).collect();
    // An indicator of each year but the last, and the one that the last year lacks.
    assert_eq!(lost.len(), 30);
}

#[cfg(feature = "render")]
mod pages {
    use appraise::{Format, Renderer};

    use super::*;

    #[test]
    fn texts_of_people_are_escaped_in_both_formats() {
        let evil = "<script>alert(1)</script> | *a* {{ 1 }}";
        let text = format!(
            "id: plan\nversion: 1.0.0\ntitle: \"{evil}\"\nscale:\n  levels: [{{ id: low, label: Low }}, {{ id: mid, label: \"M {evil}\" }}]\n  meets_at: mid\n\
             narratives: [{{ id: plan, label: \"N {evil}\" }}]\n\
             domains: [{{ id: a, title: \"A {evil}\", indicators: [{{ id: x, statement: \"S {evil}\" }}] }}]\n\
             scoring: {{ points: {{ low: 1, mid: 2 }}, steps: [{{ id: s, label: \"L {evil}\", of: indicators, take: mean }}] }}"
        );
        let old = parse(&text);
        let new = parse(&text.replace("id: x", "id: z").replace("1.0.0", "2.0.0"));
        let more = format!(
            "employee: {{ id: \"E {evil}\", name: \"P {evil}\", title: \"T {evil}\" }}\nnarratives: {{ plan: Text. }}\ngoals: [{{ statement: \"G {evil}\" }}]"
        );
        let history = of(&[
            evaluation(&old, 2020, &ratings(&[("x", "mid")]), &more),
            evaluation(&new, 2021, &ratings(&[("z", "mid")]), &more.replace("P <", "Q <")),
        ]);
        assert_eq!(history.without_home.len(), 1);
        let html = Renderer::new().history(&history, Format::Html).unwrap();
        assert!(!html.contains("<script") && html.matches("&lt;script&gt;").count() > 12, "{html}");
        let markdown = Renderer::new().history(&history, Format::Markdown).unwrap();
        let bare = markdown.replace("\\<", "").replace("\\*", "").replace("<br>", "");
        assert!(!bare.contains("<") && !bare.contains("*a"), "{markdown}");
        // Every row of a table has the cells of its heading.
        let cells = |line: &str| line.replace("\\|", "").matches('|').count();
        let mut lines = markdown.lines().peekable();
        while let Some(line) = lines.next() {
            if let Some(next) = lines.peek()
                && line.starts_with('|')
                && next.starts_with('|')
            {
                assert_eq!(cells(line), cells(next), "{line}\n{next}");
            }
        }
    }

    #[test]
    fn a_template_of_the_district_takes_the_place_of_a_block() {
        let rubric = rubric(1, &LEVELS, [&ids(&["a0"]), &ids(&["b0"])], "");
        let history = of(&[evaluation(&rubric, 2020, &ratings(&[("a0", "mid")]), "")]);
        let own = r#"{% extends "builtin/history.html" %}{% block footer %}<p>Riverside</p>{% endblock %}"#;
        let renderer = Renderer::new().with_template("history.html", own).unwrap();
        assert!(renderer.history(&history, Format::Html).unwrap().contains("<p>Riverside</p>"));
        let all = r"{{ context }} {{ history.years|length }} {{ groups[0][0] }} {{ domains[0].bars[0].met }}";
        let renderer = Renderer::new().with_template("history.md", all).unwrap();
        assert_eq!(renderer.history(&history, Format::Markdown).unwrap(), "1 1 0 1 of 1 met (100%)\n");
    }
}

#[cfg(feature = "cli")]
mod command {
    use std::fs;
    use std::path::Path;
    use std::process::Command;

    fn appraise(folder: &Path, arguments: &[&str]) -> (i32, String, String) {
        let run = Command::new(env!("CARGO_BIN_EXE_appraise")).current_dir(folder).args(arguments).output().unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        (run.status.code().unwrap(), text(run.stdout), text(run.stderr))
    }

    /// A folder with two years of one person under two versions of a rubric, and a year of somebody else.
    fn folder() -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        let rubric = |version: &str, more: &str| {
            format!(
                "id: plan\nversion: {version}\ntitle: Plan\ndomains: [{{ id: a, title: A, indicators: [{{ id: x, statement: Plans. }}{more}] }}]\n"
            )
        };
        let evaluation = |id: &str, version: &str, year: usize, ratings: &str| {
            format!(
                "rubric: {{ id: plan, version: {version} }}\nemployee: {{ id: {id}, name: \"=Ann {id}\" }}\nevaluators: [{{ id: E-7, name: Bo }}]\n\
                 period: {{ from: {year}-08-25, to: {}-06-12 }}\nstatus: final\ncompleted_on: {}-06-01\nratings: {{ {ratings} }}\n",
                year + 1,
                year + 1
            )
        };
        fs::create_dir(folder.path().join("all")).unwrap();
        for (name, text) in [
            ("old.yaml", rubric("1.0.0", ", { id: yy, statement: Writes. }")),
            ("new.yaml", rubric("2.0.0", "")),
            ("all/ann20.yaml", evaluation("E-1", "1.0.0", 2020, "x: has_met, yy: has_met")),
            ("all/ann21.yaml", evaluation("e-1", "2.0.0", 2021, "x: exceeds_expectations")),
            ("all/cy.yaml", evaluation("E-2", "2.0.0", 2021, "x: has_met")),
        ] {
            fs::write(folder.path().join(name), text).unwrap();
        }
        folder
    }

    const RUBRICS: [&str; 4] = ["--rubric", "old.yaml", "--rubric", "new.yaml"];

    #[test]
    fn one_person_is_picked_out_of_a_folder_and_different_people_are_refused() {
        let folder = folder();
        let run = |more: &[&str]| appraise(folder.path(), &[&["history", "all"], &RUBRICS[..], more].concat());
        let (status, out, err) = run(&[]);
        assert_eq!((status, out.as_str()), (1, ""));
        assert!(err.contains("one evaluation is of =Ann E-1 (`E-1`), and another of =Ann E-2 (`E-2`)"), "{err}");
        assert!(err.contains("--employee"), "{err}");
        let (status, out, err) = run(&["--employee", " E-1"]);
        assert_eq!((status, err.as_str()), (0, ""));
        assert!(out.starts_with("# History of evaluations: "), "{out}");
        assert!(out.contains("## Ratings without a home in the newest rubric"), "{out}");
        let (status, _, err) = run(&["--employee", "E-9"]);
        assert_eq!(
            (status, err.as_str()),
            (1, "error: none of 3 evaluations is of `E-9`: look the id up in an evaluation\n")
        );
    }

    #[test]
    fn a_missing_version_of_the_rubric_is_an_error_that_says_what_to_do() {
        let folder = folder();
        let arguments = ["history", "all/ann20.yaml", "all/ann21.yaml", "--rubric", "new.yaml", "-o", "out.html"];
        let (status, _, err) = appraise(folder.path(), &arguments);
        assert_eq!(status, 1);
        assert!(err.contains("version 1.0.0 of `plan`"), "{err}");
        assert!(err.ends_with("name the rubric that each evaluation was made against with `--rubric FILE`, several versions of one rubric too\n"), "{err}");
        assert!(!folder.path().join("out.html").exists());
    }

    #[test]
    fn csv_has_a_row_for_each_rating_and_no_formula_and_json_follows_its_schema() {
        let folder = folder();
        let arguments = ["history", "all", "--employee", "E-1", "--format"];
        let run = |format: &str| appraise(folder.path(), &[&arguments, &[format][..], &RUBRICS].concat()).1;
        let table = run("csv");
        let mut rows = csv::Reader::from_reader(table.trim_start_matches('\u{feff}').as_bytes());
        let at = |record: &csv::StringRecord, name: &str| {
            let headings = table.trim_start_matches('\u{feff}').lines().next().unwrap();
            record[headings.split(',').position(|heading| heading == name).unwrap()].to_owned()
        };
        let rows: Vec<csv::StringRecord> = rows.records().map(Result::unwrap).collect();
        assert!(rows.iter().all(|row| at(row, "name").starts_with("'=Ann")));
        let of = |kind: &str| -> Vec<(String, String, String)> {
            let rows = rows.iter().filter(|row| at(row, "row") == kind);
            rows.map(|row| (at(row, "year"), at(row, "id"), at(row, "level"))).collect()
        };
        let text = |a: &str, b: &str, c: &str| (a.to_owned(), b.to_owned(), c.to_owned());
        assert_eq!(of("indicator"), [text("2020-21", "x", "has_met"), text("2021-22", "x", "exceeds_expectations")]);
        assert_eq!(of("without_home"), [text("2020-21", "yy", "has_met")]);

        let json: serde_json::Value = serde_json::from_str(&run("json")).unwrap();
        let (_, schema, _) = appraise(folder.path(), &["schema", "history"]);
        let validator = jsonschema::validator_for(&serde_json::from_str(&schema).unwrap()).unwrap();
        let faults: Vec<String> = validator.iter_errors(&json).map(|error| error.to_string()).collect();
        assert!(faults.is_empty(), "{faults:?}");
    }

    #[test]
    fn help_teaches() {
        let (status, help, _) = appraise(Path::new("."), &["history", "--help"]);
        assert_eq!(status, 0);
        for part in [
            "--employee <ID>",
            "--drafts",
            "Columns of CSV",
            "Evaluations of different people are refused",
            "Examples:",
        ] {
            assert!(help.contains(part), "{part} in\n{help}");
        }
    }
}
