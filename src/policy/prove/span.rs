//! Intervals on a grid: the possible values of a number between a lower and an upper bound.

use crate::exact::{Exact, RoundingMode};
use crate::scale::NumberRange;

/// The interval from `least` to `greatest`; on a grid, only multiples of `1 / grid`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Span {
    pub(super) least: Exact,
    pub(super) greatest: Exact,
    pub(super) grid: Option<u64>,
}

/// The grid that two grids lie on.
pub(super) fn both(one: Option<u64>, other: Option<u64>) -> Option<u64> {
    let (one, other) = (one?, other?);
    let (mut a, mut b) = (one, other);
    while b != 0 {
        (a, b) = (b, a % b);
    }
    one.checked_div(a)?.checked_mul(other)
}

impl Span {
    pub(super) fn only(number: &Exact) -> Self {
        Self { least: number.clone(), greatest: number.clone(), grid: number.denominator() }
    }

    /// The least span that holds all of these numbers.
    pub(super) fn of<'a>(numbers: impl IntoIterator<Item = &'a Exact>) -> Option<Self> {
        let mut numbers = numbers.into_iter();
        let first = Self::only(numbers.next()?);
        Some(numbers.fold(first, |span, number| span.or(&Self::only(number))))
    }

    /// The least span that holds both.
    pub(super) fn or(&self, other: &Self) -> Self {
        Self {
            least: self.least.clone().min(other.least.clone()),
            greatest: self.greatest.clone().max(other.greatest.clone()),
            grid: both(self.grid, other.grid),
        }
    }

    /// The interval multiplied by a factor, which may be negative.
    pub(super) fn times(&self, factor: &Exact) -> Self {
        let grid = self.grid.zip(factor.denominator()).and_then(|(grid, parts)| grid.checked_mul(parts));
        let (one, other) = (&self.least * factor, &self.greatest * factor);
        let (least, greatest) = if factor.is_negative() { (other, one) } else { (one, other) };
        Self { least, greatest, grid }
    }

    /// The numbers of a number scale.
    pub(super) fn numbers(range: &NumberRange) -> Self {
        Self { least: range.from.clone(), greatest: range.to.clone(), grid: 10u64.checked_pow(range.places) }
    }

    /// The sum of two intervals.
    pub(super) fn plus(&self, other: &Self) -> Self {
        Self {
            least: &self.least + &other.least,
            greatest: &self.greatest + &other.greatest,
            grid: both(self.grid, other.grid),
        }
    }

    pub(super) fn clamped(&self, least: Option<&Exact>, greatest: Option<&Exact>) -> Self {
        let clamp = |number: &Exact| {
            let number = least.map_or(number, |least| number.max(least));
            greatest.map_or(number, |greatest| number.min(greatest)).clone()
        };
        let bounds = [least, greatest].into_iter().flatten();
        let grid = bounds.fold(self.grid, |grid, bound| both(grid, bound.denominator()));
        Self { least: clamp(&self.least), greatest: clamp(&self.greatest), grid }
    }

    pub(super) fn rounded(&self, places: u32, mode: RoundingMode) -> Self {
        Self {
            least: self.least.round(places, mode),
            greatest: self.greatest.round(places, mode),
            grid: 10u64.checked_pow(places),
        }
    }

    /// Whether a number of the span can be at least `from` (or above it, when `is_open`), and below `below` where that is
    /// given.
    pub(super) fn meets(&self, from: Option<(&Exact, bool)>, below: Option<&Exact>) -> bool {
        let mut lowest = self.least.clone();
        let mut is_above = false;
        if let Some((from, is_open)) = from
            && *from >= lowest
        {
            lowest = from.clone();
            is_above = is_open;
        }
        if let Some(grid) = self.grid {
            let scaled = lowest.times(grid);
            let mut step = scaled.round(0, RoundingMode::Ceiling);
            if is_above && step == scaled {
                step = step + Exact::from(1);
            }
            lowest = step.divided_by(&Exact::from(grid)).unwrap_or(lowest);
            is_above = false;
        }
        let fits = |bound: &Exact, is_within: bool| lowest < *bound || (is_within && !is_above && lowest == *bound);
        fits(&self.greatest, true) && below.is_none_or(|below| fits(below, false))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn exact(text: &str) -> Exact {
        Exact::parse(text).unwrap()
    }

    #[test]
    fn a_grid_has_holes() {
        let whole = Span { least: exact("8"), greatest: exact("32"), grid: Some(1) };
        assert!(whole.meets(Some((&exact("20"), true)), Some(&exact("22"))), "21");
        assert!(!whole.meets(Some((&exact("20"), true)), Some(&exact("21"))));
        assert!(!whole.meets(None, Some(&exact("8"))));
        assert!(!whole.meets(Some((&exact("32"), true)), None));
        let any = Span { grid: None, ..whole };
        assert!(any.meets(Some((&exact("20"), true)), Some(&exact("21"))));
        assert!(!any.meets(Some((&exact("32"), true)), None));
        assert_eq!(both(Some(4), Some(6)), Some(12));
        assert_eq!(both(None, Some(6)), None);
    }

    proptest! {
        /// Against trying every number of the grid.
        #[test]
        fn whether_a_number_lies_there_is_what_trying_all_says(
            least in 0u64..40, width in 0u64..40, grid in 1u64..7, from in 0u64..90, below in 0u64..90, is_open: bool,
        ) {
            let part = |number: u64| Exact::ratio(number, 12).unwrap();
            let span = Span { least: part(least), greatest: part(least + width), grid: Some(grid) };
            let numbers = (0..90).map(|number| Exact::ratio(number, grid).unwrap());
            let is_there = numbers.filter(|number| *number >= span.least && *number <= span.greatest).any(|number| {
                (number > part(from) || (!is_open && number == part(from))) && number < part(below)
            });
            prop_assert_eq!(span.meets(Some((&part(from), is_open)), Some(&part(below))), is_there);
        }
    }
}
