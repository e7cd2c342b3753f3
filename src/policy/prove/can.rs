//! Evaluates a condition over an interval: which truth values it can have.

use crate::exact::Exact;

use super::super::InputKind;
use super::super::condition::{Compare, Condition, Levelled, NumberTest, Set, Source, Test, Which};
use super::super::supplied::InputValue;
use super::contribution::At;
use super::fold::Examined;
use super::span::Span;

/// The possible truth values of a condition.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Can {
    pub(super) hold: bool,
    pub(super) fail: bool,
    pub(super) be_unknown: bool,
}

impl Can {
    pub(super) fn is_true(self) -> bool {
        self.hold
    }

    pub(super) fn is_true_or_unknown(self) -> bool {
        self.hold || self.be_unknown
    }

    pub(super) fn must_hold(self) -> bool {
        self.hold && !self.fail && !self.be_unknown
    }
}

impl Can {
    fn add(&mut self, holds: bool) {
        self.hold |= holds;
        self.fail |= !holds;
    }
}

impl Examined<'_> {
    /// The possible truth values of a condition, a superset of its values over all evaluations.
    pub(super) fn can(&self, condition: &Condition, at: &At<'_>) -> Can {
        let all = |list: &[Condition]| list.iter().map(|one| self.can(one, at)).collect::<Vec<_>>();
        match condition {
            Condition::Count { set, which, is, number } => {
                let (least, greatest) = self.counted(*set, which, at);
                let be_unknown = !self.policy.counts_not_rated(*set, which) && self.can_be_unrated(*set, which, at);
                Can { be_unknown, ..compared(&whole(least, greatest), *is, number) }
            }
            Condition::Share { set, which, is, percent } => {
                let (least, greatest) = self.counted(*set, which, at);
                let (zero, hundred) = (Exact::zero(), Exact::from(100));
                let span = Span {
                    least: if least == 0 {
                        zero.clone()
                    } else {
                        Exact::ratio(1, 1_000_000_000).unwrap_or(zero.clone())
                    },
                    greatest: if greatest == 0 { zero } else { hundred },
                    grid: None,
                };
                Can { be_unknown: true, ..compared(&span, *is, percent) }
            }
            Condition::Rating { of: Levelled::Indicator(indicator), is } => {
                let mut can = Can::default();
                // A number is no choice that is no rating.
                can.fail |= self.policy.range_of(*indicator).is_some();
                for level in self.policy.levels_at(*indicator).iter().copied() {
                    match is {
                        Test::Is(wanted) if *wanted >= self.policy.rated => can.add(level == *wanted),
                        _ if level < self.policy.rated => can.add(tested(*is, level)),
                        _ => can.be_unknown = true,
                    }
                }
                can
            }
            Condition::Rated { indicator, is, number } => {
                let be_unknown = self.policy.can_lack_rating(&[*indicator]);
                let Some(span) = self.policy.range_of(*indicator).map(Span::numbers) else {
                    return Can { be_unknown: true, ..Can::default() };
                };
                let least = compared(&span, Compare::AtLeast, number);
                let can = match is {
                    NumberTest::AtLeast => least,
                    NumberTest::Below => Can { hold: least.fail, fail: least.hold, ..least },
                    NumberTest::Is => {
                        Can { hold: *number >= span.least && *number <= span.greatest, fail: true, ..least }
                    }
                };
                Can { be_unknown, ..can }
            }
            Condition::Rating { of: Levelled::Result(of), is } => {
                let mut can = Can { be_unknown: true, ..Can::default() };
                let ratings = self.of(*of, at).map(|within| &within.ratings[..]).unwrap_or_default();
                for (rating, _) in ratings.iter().enumerate().filter(|(_, is)| **is) {
                    can.add(tested(*is, rating));
                }
                can
            }
            Condition::Score { of, is, number } => match self.of(*of, at).and_then(|within| within.score.as_ref()) {
                Some(span) => Can { be_unknown: true, ..compared(span, *is, number) },
                None => Can { be_unknown: true, ..Can::default() },
            },
            Condition::Number { input, is, number } => {
                let be_unknown = self.can_be_absent(*input);
                match self.number(*input) {
                    Some(span) => Can { be_unknown, ..compared(&span, *is, number) },
                    None => Can { be_unknown, ..Can::default() },
                }
            }
            Condition::Choice { input, is } => {
                let Some(InputKind::Choice(choices)) = self.policy.inputs.get(*input).map(|input| &input.kind) else {
                    return Can::default();
                };
                let has = |one: usize| self.allowed(*input).has(Some(&InputValue::Choice(one)));
                let mut can = Can { be_unknown: self.can_be_absent(*input), ..Can::default() };
                (0..choices.len()).filter(|one| has(*one)).for_each(|one| can.add(tested(*is, one)));
                can
            }
            Condition::Known(source) => self.can_be_known(*source, at),
            Condition::All(list) => {
                let list = all(list);
                let hold = list.iter().all(|one| one.hold);
                let fail = list.iter().any(|one| one.fail);
                let be_unknown =
                    list.iter().any(|one| one.be_unknown) && list.iter().all(|one| one.hold || one.be_unknown);
                Can { hold, fail, be_unknown }
            }
            Condition::Any(list) => {
                let list = all(list);
                let hold = list.iter().any(|one| one.hold);
                let fail = list.iter().all(|one| one.fail);
                let be_unknown =
                    list.iter().any(|one| one.be_unknown) && list.iter().all(|one| one.fail || one.be_unknown);
                Can { hold, fail, be_unknown }
            }
            Condition::Not(condition) => {
                let can = self.can(condition, at);
                Can { hold: can.fail, fail: can.hold, ..can }
            }
        }
    }

    fn can_be_known(&self, source: Source, at: &At<'_>) -> Can {
        let (hold, fail) = match source {
            Source::Indicator(indicator) => (true, self.policy.can_lack_rating(&[indicator])),
            Source::Result(of) => (true, self.of(of, at).is_none_or(|within| within.can_lack)),
            Source::Input(input) => {
                (!matches!(self.allowed(input), super::case::Allowed::Absent), self.can_be_absent(input))
            }
        };
        Can { hold, fail, be_unknown: false }
    }

    /// Whether nothing in a set may be rated.
    fn can_be_unrated(&self, set: Set, which: &Which, at: &At<'_>) -> bool {
        match set {
            Set::Indicators => self.looked_at(which, at).iter().all(|one| self.policy.can_lack_rating(&[*one])),
            Set::Results(of) => {
                let first = self.policy.steps.get(of).map_or(0, |of| of.first);
                let mut numbers = self.policy.numbers_under(of, at.step, at.subject);
                numbers.all(|number| self.values.get(first + number).is_none_or(|values| values.within.can_lack))
            }
        }
    }

    /// The indicators that a condition looks at.
    fn looked_at(&self, which: &Which, at: &At<'_>) -> Vec<usize> {
        let looked_at = at.sources.looked_at.iter().copied();
        looked_at.filter(|indicator| self.policy.is_looked_at(which, *indicator)).collect()
    }

    /// The fewest and the most that are counted.
    fn counted(&self, set: Set, which: &Which, at: &At<'_>) -> (u64, u64) {
        match set {
            Set::Indicators => {
                let (mut least, mut greatest) = (0, 0);
                for group in self.policy.by_scale(&self.looked_at(which, at)) {
                    let levels = group.first().map_or(&[][..], |one| self.policy.levels_at(*one));
                    let is_number = group.first().is_some_and(|one| self.policy.range_of(*one).is_some());
                    let can_be =
                        |wanted: bool| levels.iter().any(|level| which.has(*level) == wanted) || (is_number && !wanted);
                    greatest += if can_be(true) { group.len() as u64 } else { 0 };
                    least += if can_be(false) { 0 } else { group.len() as u64 };
                }
                (least, greatest)
            }
            Set::Results(of) => {
                let first = self.policy.steps.get(of).map_or(0, |of| of.first);
                let (mut least, mut greatest) = (0, 0);
                for number in self.policy.numbers_under(of, at.step, at.subject) {
                    let Some(within) = self.values.get(first + number).map(|values| &values.within) else { continue };
                    let can = |wanted| within.ratings.iter().enumerate().any(|(l, is)| *is && which.has(l) == wanted);
                    greatest += u64::from(can(true));
                    least += u64::from(!within.can_lack && !can(false));
                }
                (least, greatest)
            }
        }
    }
}

fn whole(least: u64, greatest: u64) -> Span {
    Span { least: Exact::from(least), greatest: Exact::from(greatest), grid: Some(1) }
}

fn tested(is: Test, level: usize) -> bool {
    match is {
        Test::Is(wanted) => level == wanted,
        Test::AtLeast(wanted) => level >= wanted,
        Test::Below(wanted) => level < wanted,
    }
}

fn compared(span: &Span, is: Compare, number: &Exact) -> Can {
    let at_least = span.meets(Some((number, false)), None);
    let more = span.meets(Some((number, true)), None);
    let less = span.meets(None, Some(number));
    let equal = *number >= span.least && *number <= span.greatest;
    let (hold, fail) = match is {
        Compare::AtLeast => (at_least, less),
        Compare::LessThan => (less, at_least),
        Compare::MoreThan => (more, less || equal),
        Compare::AtMost => (less || equal, more),
    };
    Can { hold, fail, be_unknown: false }
}
