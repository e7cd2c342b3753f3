//! Every staff that there could be, tried against what is printed of one.

use proptest::prelude::*;

use crate::library::Library;
use crate::rubric::Rubric;

use super::{DomainCounts, Entry, Overview, Summary};

/// A rubric's domains: by competency, how many indicators; a domain of one group has them directly.
type Shape = &'static [&'static [usize]];

/// The shapes of small rubrics, how many people are evaluated, how many levels there are, whether somebody may have no entry,
/// and the numbers of the indicators that are on a second scale of as many levels. Of each there are at most 20,000 staffs.
const SMALL: [(Shape, usize, usize, bool, &[usize]); 17] = [
    (&[&[2]], 4, 3, false, &[]),
    (&[&[2], &[2]], 3, 2, false, &[]),
    (&[&[1, 1], &[2]], 3, 2, false, &[]),
    (&[&[2, 2]], 3, 2, false, &[]),
    (&[&[1, 1, 1]], 4, 2, false, &[]),
    (&[&[2], &[1]], 3, 3, false, &[]),
    (&[&[1, 2]], 3, 2, true, &[]),
    (&[&[2], &[1]], 4, 2, false, &[]),
    (&[&[1], &[1]], 6, 2, false, &[]),
    (&[&[3]], 3, 2, true, &[]),
    // Two scales: in one domain, each in a domain or competency of its own, and one that is in two domains.
    (&[&[2]], 4, 3, false, &[1]),
    (&[&[2]], 4, 2, true, &[0]),
    (&[&[2], &[2]], 3, 2, false, &[1, 3]),
    (&[&[2], &[1]], 4, 2, false, &[2]),
    (&[&[1, 2]], 3, 2, true, &[0]),
    (&[&[2, 2]], 3, 2, false, &[0, 2, 3]),
    (&[&[1], &[1], &[1]], 3, 2, true, &[0, 2]),
];

fn rubric(shape: Shape, levels: usize, on_second: &[usize]) -> Rubric {
    let scale = |letter: char, indent: usize| {
        let mut text = format!("{:indent$}meets_at: {letter}1\n{:indent$}levels:\n", "", "");
        (0..levels)
            .for_each(|level| text += &format!("{:indent$}- {{ id: {letter}{level}, label: {letter} {level} }}\n", ""));
        text
    };
    let mut text = format!("id: small\nversion: 1.0.0\ntitle: Small\nscale:\n{}", scale('l', 2));
    if !on_second.is_empty() {
        text += &format!("scales:\n  second:\n{}", scale('m', 4));
    }
    text += "domains:\n";
    let mut next = 0;
    let mut indicators = |count: usize, indent: usize| {
        let mut list = format!("{:indent$}indicators:\n", "");
        for _ in 0..count {
            let scale = if on_second.contains(&next) { ", scale: second" } else { "" };
            next += 1;
            list += &format!("{:indent$}- {{ id: i{next}, statement: Does the task {next}.{scale} }}\n", "");
        }
        list
    };
    for (number, groups) in shape.iter().enumerate() {
        text += &format!("  - id: d{number}\n    title: Domain {number}\n");
        match *groups {
            [count] => text += &indicators(*count, 4),
            groups => {
                text += "    competencies:\n";
                for (group, count) in groups.iter().enumerate() {
                    text += &format!(
                        "    - id: d{number}c{group}\n      title: Part {group}\n      statement: Part {group} of domain {number}.\n"
                    );
                    text += &indicators(*count, 6);
                }
            }
        }
    }
    Rubric::parse("small.yaml", &text, &Library::empty()).unwrap_or_else(|found| panic!("{found}\n{text}"))
}

/// By row of a summary, the indicators that count there, in the order in which [`printed`] lists rows: scale by scale.
fn rows(shape: Shape, on_second: &[usize]) -> Vec<Vec<usize>> {
    let all = rows_of_one(shape);
    let on = |second: bool| {
        let of = move |row: &Vec<usize>| row.iter().copied().filter(|it| on_second.contains(it) == second).collect();
        all.iter().map(of).filter(|row: &Vec<usize>| !row.is_empty()).collect::<Vec<_>>()
    };
    [on(false), on(true)].concat()
}

fn rows_of_one(shape: Shape) -> Vec<Vec<usize>> {
    let size = shape.iter().flat_map(|groups| groups.iter()).sum();
    let mut rows = vec![(0..size).collect()];
    let mut next = 0;
    for groups in shape {
        let first = next;
        let mut below = Vec::new();
        for count in *groups {
            let within: Vec<usize> = (next..next + count).collect();
            next += count;
            if groups.len() > 1 {
                below.push(within.clone());
            }
            below.extend(within.into_iter().map(|indicator| vec![indicator]));
        }
        rows.push((first..next).collect());
        rows.extend(below);
    }
    rows
}

/// By row and level, then for those without an entry, what is printed of all scales.
fn printed(overviews: &[Overview]) -> Vec<Option<u64>> {
    let of = |overview: &Overview| {
        let nodes = overview.domains.iter().flat_map(DomainCounts::nodes);
        let tallies = std::iter::once(&overview.overall).chain(nodes.map(|(_, node)| &node.tally));
        tallies.cloned().collect::<Vec<_>>()
    };
    let tallies: Vec<_> = overviews.iter().flat_map(of).collect();
    tallies.iter().flat_map(|tally| tally.tally.iter().map(|(_, count)| *count).chain([tally.no_entry])).collect()
}

/// A staff: by person and indicator, the level, of which the last is no entry.
type Staff = Vec<Vec<usize>>;

/// By row and column, how many ratings of a staff there are, and of how many people.
fn counts(staff: &Staff, rows: &[Vec<usize>], columns: usize) -> Vec<(u64, u64)> {
    let count = |row: &Vec<usize>, column: usize| {
        let each = staff.iter().map(|person| row.iter().filter(|indicator| person[**indicator] == column).count());
        let each: Vec<u64> = each.map(|count| count as u64).collect();
        (each.iter().sum(), each.iter().filter(|count| **count > 0).count() as u64)
    };
    rows.iter().flat_map(|row| (0..columns).map(move |column| count(row, column))).collect()
}

/// Every staff, by number: the digits of the number to the base of the choices are the levels.
fn staff(mut number: usize, people: usize, size: usize, choices: usize) -> Staff {
    let mut level = || {
        let level = number % choices;
        number /= choices;
        level
    };
    (0..people).map(|_| (0..size).map(|_| level()).collect()).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    /// The reader knows what is printed on all tiers together, and that a count that is printed has enough people behind it.
    #[test]
    fn nothing_withheld_of_a_small_staff_can_be_told_from_all_tiers_together(
        (case, number, threshold) in (0..SMALL.len(), any::<prop::sample::Index>(), 2..5u32)
    ) {
        let (shape, people, levels, may_lack, on_second) = SMALL[case];
        let (rows, columns) = (rows(shape, on_second), levels + 1);
        let (size, choices) = (rows_of_one(shape)[0].len(), levels + usize::from(may_lack));
        let all = choices.pow(u32::try_from(people * size).unwrap());
        let truth = staff(number.index(all), people, size, choices);
        let rubric = rubric(shape, levels, on_second);
        let mut summary = Summary::new(&rubric);
        for person in &truth {
            let number = |indicator: usize, level: usize| if on_second.contains(&indicator) { levels + level } else { level };
            let number = |(indicator, level)| u16::try_from(number(indicator, level)).unwrap();
            let levels = person.iter().copied().enumerate().map(|(indicator, level)| (level < levels).then_some(number((indicator, level))));
            summary.add_entry(&Entry { rubric: rubric.clone(), levels: levels.collect(), numbers: Box::default(), reported: None }).unwrap();
        }
        let shown = printed(&summary.overviews(threshold));
        let counted = counts(&truth, &rows, columns);
        let whole = printed(&summary.overviews(0));
        prop_assert_eq!(&whole, &counted.iter().map(|(count, _)| Some(*count)).collect::<Vec<_>>());
        if u64::try_from(people).unwrap() < u64::from(threshold) {
            prop_assert!(shown.iter().all(Option::is_none));
            return Ok(());
        }
        let enough = u64::from(threshold);
        let is_level = |cell: usize| cell % columns + 1 < columns;
        // Nobody wonders whether somebody has no entry where it says that nobody has none.
        let is_known = |cell: usize| !is_level(cell) && counted[cell].0 == 0;
        let mut bounds = vec![(u64::MAX, 0); shown.len()];
        let mut widest = bounds.clone();
        let widen = |bounds: &mut [(u64, u64)], counts: &[(u64, u64)]| {
            for ((least, most), (count, _)) in bounds.iter_mut().zip(counts) {
                (*least, *most) = ((*least).min(*count), (*most).max(*count));
            }
        };
        for number in 0..all {
            let counts = counts(&staff(number, people, size, choices), &rows, columns);
            if (0..shown.len()).any(|cell| is_known(cell) && counts[cell].0 > 0) {
                continue;
            }
            widen(&mut widest, &counts);
            let is_as_printed = shown.iter().zip(&counts).enumerate().all(|(cell, (shown, (count, behind)))| {
                shown.is_none_or(|shown| shown == *count && (!is_level(cell) || *count == 0 || *behind >= enough))
            });
            if is_as_printed {
                widen(&mut bounds, &counts);
            }
        }
        for (cell, (least, most)) in bounds.into_iter().enumerate() {
            let (count, behind) = counted[cell];
            let row = &rows[cell / columns];
            let about = format!("{row:?} column {}: {count} of {behind}, {least} to {most}; {shown:?} of {truth:?}", cell % columns);
            let has_ratings = counted[cell / columns * columns..][..levels].iter().any(|(count, _)| *count > 0);
            match shown[cell] {
                Some(_) => prop_assert!(!is_level(cell) || behind >= enough || !has_ratings, "{about}"),
                None => {
                    prop_assert!(!is_known(cell), "{about}");
                    let away = |(least, most): (u64, u64)| (count - least).max(most - count);
                    prop_assert!(least < most, "{about}");
                    prop_assert!(behind >= enough || away((least, most)) >= away(widest[cell]).min(enough), "{about}");
                }
            }
        }
    }
}
