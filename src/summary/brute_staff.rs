//! Every staff that there could be, tried against the totals that are printed of one.

use proptest::prelude::*;

use crate::exact::Exact;
use crate::library::Library;
use crate::rubric::Rubric;

use super::StaffTotals;
use super::reported::{Reported, Totals};

/// The report of one person: nothing, or one of a few.
type Choices = Vec<Option<Reported>>;

fn rubric(kinds: usize) -> Rubric {
    let kinds: Vec<String> = (0..kinds).map(|kind| format!("{{ id: k{kind}, label: Kind {kind} }}")).collect();
    let text = format!(
        "id: small\nversion: 1.0.0\ntitle: Small\nservice_data: [{{ id: visits, label: Visits, kind: count }}]\n\
         supervision: {{ kinds: [{}], every: {{ weeks: 1 }} }}\n\
         domains: [{{ id: d, title: D, indicators: [{{ id: i, statement: Does it. }}] }}]\n",
        kinds.join(", ")
    );
    Rubric::parse("small.yaml", &text, &Library::empty()).unwrap_or_else(|found| panic!("{found}\n{text}"))
}

fn visits() -> Choices {
    let of = |number: u64| Some(Reported::made(Some(number), None, [0; 4], None));
    vec![None, of(0), of(1), of(2), of(5)]
}

fn hours() -> Choices {
    let of = |specific, other| Some(Reported::made(None, Some((specific, other)), [0; 4], None));
    vec![None, of(0, 0), of(0, 1), of(1, 0), of(2, 1)]
}

fn goals() -> Choices {
    let of = |goals| Some(Reported::made(None, None, goals, None));
    vec![None, of([1, 0, 0, 0]), of([0, 1, 0, 0]), of([0, 0, 1, 0]), of([0, 0, 0, 1]), of([1, 0, 0, 1])]
}

/// Every way in which so many kinds can be in so many weeks.
fn weeks(kinds: usize, weeks: usize) -> Choices {
    let of = |number: usize| {
        let week = |kind: usize| (0..weeks).map(|week| (number >> (kind * weeks + week)) & 1 == 1).collect();
        Some(Reported::made(None, None, [0; 4], Some((0..kinds).map(week).collect())))
    };
    std::iter::once(None).chain((0..1 << (kinds * weeks)).map(of)).collect()
}

/// The number of kinds of supervision, what a person can report, and how many people there are. Of each there are fewer than 7,000
/// staffs.
fn case(number: usize) -> (usize, Choices, usize) {
    match number {
        0 => (1, visits(), 3),
        1 => (1, visits(), 5),
        2 => (1, hours(), 4),
        3 => (1, hours(), 5),
        4 => (1, goals(), 3),
        5 => (1, goals(), 4),
        6 => (2, weeks(2, 2), 3),
        7 => (3, weeks(3, 1), 3),
        8 => (3, weeks(3, 1), 4),
        _ => (1, weeks(1, 2), 5),
    }
}

/// A number, and how many people are behind it: those with a part that is not zero.
type Cell = (Option<String>, u64);

/// The place of the number of sessions. A staff has the fewest that its weeks need: a week can have more of a kind.
const SESSIONS: usize = 8;

fn number_of(printed: &Option<String>) -> Option<u64> {
    printed.as_ref()?.parse().ok()
}

/// Every number of a staff, as it would be printed with a threshold.
fn printed(rubric: &Rubric, staff: &[&Option<Reported>], threshold: u64) -> Vec<Option<String>> {
    let mut totals = Totals::new(rubric);
    staff.iter().copied().flatten().for_each(|reported| totals.add(reported));
    let of = StaffTotals::of(rubric, &totals, staff.len() as u64, threshold);
    let exact = |number: &Option<Exact>| number.as_ref().map(Exact::to_string);
    let count = |number: Option<u64>| number.map(|number| number.to_string());
    let (service, hours, goals, supervision) =
        (&of.service_data[0], &of.contact_hours, &of.goals, of.supervision.as_ref().unwrap());
    let mut all = vec![
        exact(&service.total),
        exact(&hours.total),
        exact(&hours.discipline_specific),
        count(goals.met),
        count(goals.not_met),
        count(goals.dropped),
        count(goals.open),
        count(goals.total),
        exact(&supervision.sessions),
        supervision.of_any_kind.percent.clone(),
    ];
    all.extend(supervision.kinds.iter().map(|kind| kind.percent.clone()));
    all.extend([service.people, hours.people, goals.people, supervision.people].map(count));
    all
}

/// Whether each number of each choice, of a person alone, is not zero.
fn alone(rubric: &Rubric, choices: &Choices) -> Vec<Vec<bool>> {
    let is_some = |text: Option<String>| text.is_some_and(|text| text != "0");
    choices.iter().map(|choice| printed(rubric, &[choice], 0).into_iter().map(is_some).collect()).collect()
}

/// Every number of a staff, with the people behind it.
fn cells(rubric: &Rubric, alone: &[Vec<bool>], choices: &Choices, staff: &[usize]) -> Vec<Cell> {
    let reported: Vec<&Option<Reported>> = staff.iter().map(|choice| &choices[*choice]).collect();
    let behind = |cell: usize| staff.iter().filter(|choice| alone[**choice][cell]).count() as u64;
    printed(rubric, &reported, 0).into_iter().enumerate().map(|(cell, number)| (number, behind(cell))).collect()
}

/// Every staff, by number: the digits of the number to the base of the choices are the people's choices.
fn staff(mut number: usize, people: usize, choices: usize) -> Vec<usize> {
    let mut next = || {
        let choice = number % choices;
        number /= choices;
        choice
    };
    (0..people).map(|_| next()).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 32, failure_persistence: None, ..ProptestConfig::default() })]

    /// The reader knows everything that is printed together, and that a number that is printed has enough people behind it.
    #[test]
    fn no_withheld_total_of_a_small_staff_can_be_told(
        (number, index, threshold) in (0..10usize, any::<prop::sample::Index>(), 2..4u64)
    ) {
        let (kinds, choices, people) = case(number);
        let rubric = rubric(kinds);
        let alone = alone(&rubric, &choices);
        let cells = |number: usize| cells(&rubric, &alone, &choices, &staff(number, people, choices.len()));
        let all = choices.len().pow(u32::try_from(people).unwrap());
        let truth = index.index(all);
        let reported: Vec<&Option<Reported>> =
            staff(truth, people, choices.len()).into_iter().map(|choice| &choices[choice]).collect();
        let shown = printed(&rubric, &reported, threshold);
        let counted = cells(truth);
        if (people as u64) < threshold {
            prop_assert!(shown.iter().all(Option::is_none));
            return Ok(());
        }
        for (cell, (shown, (number, behind))) in shown.iter().zip(&counted).enumerate() {
            prop_assert!(shown.is_none() || shown == number, "cell {cell}: {shown:?} of {counted:?}");
            prop_assert!(shown.is_none() || *behind >= threshold, "cell {cell}: {shown:?} of {counted:?}");
        }
        // A number that no choice has is nobody's.
        let nobodys: Vec<bool> = (0..shown.len()).map(|cell| !alone.iter().any(|choice| choice[cell])).collect();
        let mut others = vec![false; shown.len()];
        for number in 0..all {
            let other = cells(number);
            let is_as_printed = shown.iter().zip(&other).enumerate().all(|(cell, (shown, (number, behind)))| {
                let is_number = if cell == SESSIONS { number_of(shown) >= number_of(number) } else { shown == number };
                shown.is_none() || (is_number && *behind >= threshold)
            });
            if is_as_printed {
                for (cell, (number, behind)) in other.into_iter().enumerate() {
                    others[cell] |= number != counted[cell].0 || (cell == SESSIONS && behind > 0);
                }
            }
            if (0..shown.len()).all(|cell| others[cell] || shown[cell].is_some() || nobodys[cell]) {
                return Ok(());
            }
        }
        prop_assert!(false, "a withheld number can be told: {shown:?} of {counted:?}, others {others:?}");
    }
}

#[test]
fn a_total_is_withheld_where_one_person_has_more_than_half_of_it() {
    let rubric = rubric(1);
    let of = |numbers: &[u64]| {
        let reported: Vec<Option<Reported>> =
            numbers.iter().map(|number| Some(Reported::made(Some(*number), None, [0; 4], None))).collect();
        printed(&rubric, &reported.iter().collect::<Vec<_>>(), 3)[0].clone()
    };
    assert_eq!(of(&[40, 30, 10]).as_deref(), Some("80"));
    assert_eq!(of(&[41, 30, 10]), None);
    assert_eq!(of(&[1, 1, 0]), None, "two people are behind it");
    assert_eq!(of(&[0, 0, 0, 0]), None, "everybody's zero");
    assert_eq!(of(&[1, 1, 1, 0]).as_deref(), Some("3"));
}

#[test]
fn merged_totals_are_those_of_all() {
    let rubric = rubric(2);
    let choices: Choices = [visits(), hours(), goals(), weeks(2, 1)].concat();
    let (mut whole, mut one, mut other) = (Totals::new(&rubric), Totals::new(&rubric), Totals::new(&rubric));
    for (number, reported) in choices.iter().flatten().enumerate() {
        whole.add(reported);
        if number % 3 == 0 { one.add(reported) } else { other.add(reported) }
    }
    one.merge(&other);
    for threshold in [0, 2, 5] {
        let of = |totals| format!("{:?}", StaffTotals::of(&rubric, totals, 30, threshold));
        assert_eq!(of(&one), of(&whole));
    }
}
