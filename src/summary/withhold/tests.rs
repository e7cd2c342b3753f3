//! Tests of the bounds that a reader can derive for withheld counts.

use proptest::prelude::*;

use super::*;

/// A table from its tree and the counts of the rows at the bottom, one evaluation a person.
fn rows(parents: &[Option<usize>], leaves: &[Vec<u64>]) -> Vec<Row> {
    let columns = leaves[0].len();
    let bottom = bottom(parents);
    let cost = |row: usize| if bottom.contains(&row) { 1 } else { 100 };
    let mut rows: Vec<Row> =
        parents.iter().enumerate().map(|(row, parent)| Row::new(*parent, columns, cost(row))).collect();
    for (row, counts) in bottom.iter().zip(leaves) {
        let mut next = Some(*row);
        while let Some(row) = next {
            for (column, count) in counts.iter().enumerate() {
                rows[row].counts[column] += count;
                // At least so many stand behind it.
                rows[row].people[column] = rows[row].people[column].max(*count);
            }
            next = rows[row].parent;
        }
    }
    rows
}

fn bottom(parents: &[Option<usize>]) -> Vec<usize> {
    (0..parents.len()).filter(|row| !parents.contains(&Some(*row))).collect()
}

fn withheld(rows: &[Row], threshold: u64) -> Vec<bool> {
    Table { rows, worth: vec![1; rows[0].counts.len()] }.withheld(threshold)
}

/// Every row of so many columns that adds up to `total` and has the counts that are shown.
fn candidates(shown: &[Option<u64>], total: u64) -> Vec<Vec<u64>> {
    let Some((first, rest)) = shown.split_first() else {
        return if total == 0 { vec![Vec::new()] } else { Vec::new() };
    };
    let choices = match first {
        Some(count) => *count..=*count,
        None => 0..=total,
    };
    let mut all = Vec::new();
    for count in choices.filter(|count| *count <= total) {
        all.extend(candidates(rest, total - count).into_iter().map(|row| [vec![count], row].concat()));
    }
    all
}

/// By cell, the least and the most that it can be: every table there is, tried one after another.
fn bounds(parents: &[Option<usize>], truth: &[Row], withheld: &[bool]) -> Vec<(u64, u64)> {
    let columns = truth[0].counts.len();
    let shown = |row: usize, counts: &[Row]| -> Vec<Option<u64>> {
        (0..columns).map(|column| (!withheld[row * columns + column]).then(|| counts[row].counts[column])).collect()
    };
    let bottom = bottom(parents);
    let total: u64 = truth[bottom[0]].counts.iter().sum();
    let choices: Vec<Vec<Vec<u64>>> = bottom.iter().map(|row| candidates(&shown(*row, truth), total)).collect();
    let mut bounds = vec![(u64::MAX, 0); truth.len() * columns];
    let mut chosen = vec![0; choices.len()];
    loop {
        let leaves: Vec<Vec<u64>> = choices.iter().zip(&chosen).map(|(rows, at)| rows[*at].clone()).collect();
        let table = rows(parents, &leaves);
        if (0..truth.len()).all(|row| shown(row, &table) == shown(row, truth)) {
            for (cell, (least, most)) in bounds.iter_mut().enumerate() {
                let count = table[cell / columns].counts[cell % columns];
                (*least, *most) = ((*least).min(count), (*most).max(count));
            }
        }
        let Some(place) = (0..chosen.len()).find(|place| chosen[*place] + 1 < choices[*place].len()) else {
            return bounds;
        };
        chosen[place] += 1;
        chosen[..place].fill(0);
    }
}

const TREES: [&[Option<usize>]; 6] = [
    &[None, Some(0)],
    &[None, Some(0), Some(0)],
    &[None, Some(0), Some(1), Some(1)],
    &[None, Some(0), Some(0), Some(0)],
    &[None, Some(0), Some(1), Some(1), Some(0), Some(4)],
    &[None, Some(0), Some(1), Some(2), Some(2), Some(0), Some(5)],
];

/// A tree, and for each row at its bottom how many of so many people got which level.
fn tables() -> impl Strategy<Value = (&'static [Option<usize>], Vec<Vec<u64>>, u64)> {
    (prop::sample::select(TREES.to_vec()), 2..4usize, 2..5u64, 1..4u64).prop_flat_map(
        |(parents, columns, people, threshold)| {
            // With a last column in which nobody lacks an entry, or somebody does.
            let given = prop::collection::vec(0..=columns, usize::try_from(people).unwrap());
            let leaves = prop::collection::vec(given, bottom(parents).len()).prop_map(move |leaves| {
                let count = |given: Vec<usize>| {
                    (0..=columns).map(|column| given.iter().filter(|level| **level == column).count() as u64).collect()
                };
                leaves.into_iter().map(count).collect()
            });
            (Just(parents), leaves, Just(threshold))
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn nothing_withheld_can_be_told_from_what_is_shown((parents, leaves, threshold) in tables()) {
        cannot_be_told(parents, &leaves, threshold)?;
    }
}

/// Nothing that is withheld can be told from what is shown, and what is small could be as far away as the threshold.
fn cannot_be_told(parents: &[Option<usize>], leaves: &[Vec<u64>], threshold: u64) -> Result<(), TestCaseError> {
    let truth = rows(parents, leaves);
    let hidden = withheld(&truth, threshold);
    let columns = leaves[0].len();
    // The public fact that nobody lacks an entry.
    let is_known = |cell: usize| cell % columns + 1 == columns && truth[cell / columns].counts[columns - 1] == 0;
    prop_assert!((0..hidden.len()).all(|cell| !(hidden[cell] && is_known(cell))));
    let all: Vec<bool> = (0..hidden.len()).map(|cell| !is_known(cell)).collect();
    let widest = bounds(parents, &truth, &all);
    for (cell, (least, most)) in bounds(parents, &truth, &hidden).into_iter().enumerate() {
        let (row, column) = (&truth[cell / columns], cell % columns);
        let away = |(least, most): (u64, u64)| (row.counts[column] - least).max(most - row.counts[column]);
        let is_small = row.people[column] < threshold;
        prop_assert!(
            !hidden[cell] || !is_small || away((least, most)) >= away(widest[cell]).min(threshold),
            "row {} column {column}: only {least} to {most}",
            cell / columns
        );
        prop_assert!(!hidden[cell] || least < most, "row {} column {column}: {least}", cell / columns);
        let is_level = column + 1 < columns;
        let has_ratings = row.counts[..columns - 1].iter().any(|count| *count > 0);
        prop_assert!(hidden[cell] || !is_level || row.people[column] >= threshold || !has_ratings);
    }
    Ok(())
}

/// The counterparts of what is small are small themselves, in a row without any rating.
#[test]
fn counts_withheld_for_the_sake_of_others_cannot_be_told_either() {
    let leaves = [vec![0, 0, 2], vec![0, 0, 2], vec![2, 0, 0]];
    cannot_be_told(TREES[4], &leaves, 3).unwrap();
}

/// A reader may try all tables there are: those that are printed alike must differ in what is withheld.
#[test]
fn nor_can_it_be_told_by_whoever_knows_the_rule_of_one_row_with_three_levels() {
    let threshold = 5;
    for people in threshold..=20 {
        let mut printed_alike: HashMap<Vec<Option<u64>>, Vec<Vec<u64>>> = HashMap::new();
        for counts in candidates(&[None, None, None, Some(0)], people) {
            let truth = rows(TREES[0], std::slice::from_ref(&counts));
            let hidden = withheld(&truth, threshold);
            let print = |(count, hidden): (&u64, &bool)| (!hidden).then_some(*count);
            printed_alike.entry(counts.iter().zip(&hidden[4..]).map(print).collect()).or_default().push(counts);
        }
        for (print, tables) in printed_alike {
            for column in (0..3).filter(|column| print[*column].is_none()) {
                let counts = || tables.iter().map(|counts| counts[column]);
                let is_small = counts().any(|count| count < threshold);
                assert!(
                    !is_small || (0..threshold).all(|few| counts().any(|count| count == few)),
                    "{print:?}: {tables:?}"
                );
            }
        }
    }
}

#[test]
fn counts_that_are_large_everywhere_are_shown() {
    let truth = rows(TREES[4], &[vec![10, 20, 30, 0], vec![30, 20, 10, 0], vec![5, 50, 5, 0]]);
    assert!(withheld(&truth, 5).iter().all(|withheld| !withheld));
}

#[test]
fn a_small_count_takes_another_of_its_row_and_the_two_of_a_sibling_with_it() {
    let truth = rows(TREES[1], &[vec![3, 20, 40, 0], vec![30, 20, 13, 0]]);
    let hidden = withheld(&truth, 5);
    let shown = |row: usize| hidden[row * 4..][..4].iter().map(|hidden| !hidden).collect::<Vec<_>>();
    assert_eq!(shown(0), [true; 4], "the total");
    for row in [1, 2] {
        assert!(!shown(row)[0] && shown(row)[3], "{hidden:?}");
        assert_eq!(shown(row).iter().filter(|shown| !**shown).count(), 2, "{hidden:?}");
    }
}

#[test]
fn where_all_got_the_same_nothing_of_it_is_shown() {
    let truth = rows(TREES[1], &[vec![0, 20, 0, 0], vec![0, 20, 0, 0]]);
    let hidden = withheld(&truth, 5);
    for row in 0..3 {
        assert_eq!(hidden[row * 4..][..4], [true, true, true, false], "{hidden:?}");
    }
}

#[test]
fn nothing_is_withheld_when_nothing_is_too_small() {
    let truth = rows(TREES[1], &[vec![0, 20, 1, 0], vec![0, 20, 0, 1]]);
    assert!(withheld(&truth, 0).iter().all(|withheld| !withheld));
}

/// The table of a large rubric: it must not take the square of its size.
#[test]
fn a_large_table_takes_its_time_but_not_too_much() {
    let mut parents = vec![None];
    let mut leaves = Vec::new();
    for domain in 0..20u64 {
        let parent = parents.len();
        parents.push(Some(0));
        for indicator in 0..50u64 {
            parents.push(Some(parent));
            let (low, high) = ((domain * 7 + indicator * 13) % 9, (domain + indicator * 5) % 30);
            leaves.push(vec![low, 100 - low - high, high, 0]);
        }
    }
    let truth = rows(&parents, &leaves);
    let began = std::time::Instant::now();
    let hidden = withheld(&truth, 5);
    assert!(hidden.iter().any(|hidden| *hidden) && hidden.iter().any(|hidden| !hidden));
    assert!(began.elapsed().as_secs() < 20, "{:?}", began.elapsed());
}
