//! The levels that are counted, and the numbers given on a number scale.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::exact::Exact;
use crate::scale::NumberRange;

/// A level of the scale.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct ScaleLevel {
    /// The id that ratings use.
    pub id: String,
    /// The name that is printed.
    pub label: String,
    /// Its number in the list, from 0.
    pub number: usize,
    /// Whether it is a rating.
    pub rated: bool,
    /// Whether it meets expectations, or counts as a level that does.
    pub meets: bool,
    /// The label of the level that it counts as, for a choice that is no rating and counts by the rubric's own words; absent
    /// elsewhere. Its count is its own column's all the same.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub counts_as: Option<String>,
}

/// The numbers given to an indicator; each is `None`, null in JSON, where it is withheld.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Numbers {
    /// The lowest number.
    pub lowest: Option<Exact>,
    /// The number in the middle; of an even number of numbers, the mean of the two in the middle.
    pub median: Option<Exact>,
    /// The highest number.
    pub highest: Option<Exact>,
}

/// How often each number was given to an indicator.
#[derive(Debug, Clone, Default)]
pub(super) struct Given(BTreeMap<Exact, u64>);

impl Given {
    pub(super) fn add(&mut self, number: Exact, times: u64) {
        *self.0.entry(number).or_default() += times;
    }

    pub(super) fn merge(&mut self, other: &Self) {
        other.0.iter().for_each(|(number, times)| self.add(number.clone(), *times));
    }

    /// The lowest, the median and the highest number; each `None` when none was given.
    pub(super) fn numbers(&self) -> Numbers {
        let all: u64 = self.0.values().sum();
        let at = |place: u64| {
            let mut before = 0;
            let reaches = |(_, times): &(&Exact, &u64)| {
                before += **times;
                before > place
            };
            self.0.iter().find(reaches).map(|(number, _)| number.clone())
        };
        let middle = at(all / 2);
        // Of an even number of numbers, the mean of the two in the middle.
        let median = match all.checked_sub(1).and_then(|last| at(last / 2)) {
            Some(lower) => middle.and_then(|upper| (&lower + &upper).divided_by(&Exact::from(2))),
            None => None,
        };
        let (lowest, highest) = (self.0.keys().next().cloned(), self.0.keys().next_back().cloned());
        Numbers { lowest, median, highest }
    }
}

/// The columns in which numbers are counted: below and from the number that meets expectations on, or one for all of them. Their
/// ids have a hyphen, which the id of no level has.
pub(super) fn columns(range: &NumberRange) -> Vec<ScaleLevel> {
    let column = |number: usize, id: String, label: String, meets: bool| ScaleLevel {
        id,
        label,
        number,
        rated: true,
        meets,
        counts_as: None,
    };
    match &range.meets_at {
        Some(at) => {
            let shown = at.shown();
            let label = range.with_unit(&shown);
            vec![
                column(0, format!("below-{shown}"), format!("Below {label}"), false),
                column(1, format!("from-{shown}"), format!("{label} or more"), true),
            ]
        }
        None => vec![column(0, "any-number".to_owned(), range.words(), false)],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_median_is_the_middle_or_the_mean_of_the_two_in_the_middle() {
        let of = |numbers: &[&str]| {
            let mut given = Given::default();
            numbers.iter().for_each(|number| given.add(Exact::parse(number).unwrap(), 1));
            let Numbers { lowest, median, highest } = given.numbers();
            [lowest, median, highest].map(|number| number.map(|number| number.shown()).unwrap_or_default())
        };
        assert_eq!(of(&[]), ["", "", ""]);
        assert_eq!(of(&["3"]), ["3", "3", "3"]);
        assert_eq!(of(&["9", "2"]), ["2", "5.5", "9"]);
        assert_eq!(of(&["9", "2", "2"]), ["2", "2", "9"]);
        assert_eq!(of(&["10", "2.5", "2.5", "7", "8", "-1"]), ["-1", "4.75", "10"]);
    }
}
