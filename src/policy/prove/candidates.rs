//! Sample evaluations likely to trigger each event, searched where enumeration fails; all evaluations where they are few.

use crate::exact::{Exact, RoundingMode};
use crate::syntax::scoring::Each;

use super::super::Node;
use super::super::scales::at;
use super::super::supplied::{InputValue, Outcome};
use super::super::{InputKind, Policy, Rate};
use super::case::{Allowed, Case};
use super::classes::Outcomes;
use super::trial::Trial;
use super::values;

/// The number of parts that a range of numbers is divided into.
const PARTS: usize = 1_000;

/// The most combinations of inputs that are tried.
const MOST_CORNERS: usize = 16;

/// A sequence of evaluations, from all indicators at one level to all at another, one indicator at a time; each with the
/// inputs at the corners of their ranges. Levels rise one by one from unrated, and at once from the lowest, and from
/// unrated, to the highest.
pub(super) fn chains(policy: &Policy, most: usize) -> impl Iterator<Item = Trial> + '_ {
    let count = policy.nodes.indicators().len();
    let levels = policy.scales.each().iter().map(|scale| if scale.range().is_some() { 3 } else { scale.rated().len() });
    let highest = levels.max().unwrap_or(1).saturating_sub(1);
    let mut raises: Vec<(Option<usize>, usize)> = (0..highest).map(|rank| (Some(rank), rank + 1)).collect();
    raises.push((Some(0), highest));
    if policy.has_not_rated() {
        raises.extend([(None, 0), (None, highest)]);
    }
    let corners = corners(policy);
    // Of a long chain only some links are tried, the first and the last two among them.
    let stride = (raises.len() * (count + 1) * corners.len()).div_ceil(most.max(1)).clamp(1, count.max(1));
    let links = move || (0..=count).filter(move |raised| raised % stride == 0 || raised + 1 >= count);
    raises.into_iter().flat_map(move |raise| links().map(move |raised| (raise, raised))).flat_map(
        move |((from, to), raised)| {
            let level = |one: usize| ranked(policy, one, if one < raised { Some(to) } else { from });
            let outcomes: Vec<Outcome> = (0..count).map(level).collect();
            let trial = move |inputs: &Vec<Option<InputValue>>| Trial {
                outcomes: outcomes.clone(),
                inputs: inputs.clone(),
                entered: Vec::new(),
            };
            corners.iter().map(trial).collect::<Vec<_>>()
        },
    )
}

/// Evaluations at the ends of a case: every number at its least and at its greatest, every indicator at the lowest level, at
/// the highest, and not rated.
pub(super) fn ends<'p>(policy: &'p Policy, case: &'p Case) -> impl Iterator<Item = Trial> + 'p {
    let has_choices = policy.has_not_rated();
    let ranks = [Some(0), Some(usize::MAX)].into_iter().chain(has_choices.then_some(None));
    ranks.flat_map(move |rank| {
        [false, true].map(|is_greatest| Trial {
            outcomes: (0..policy.nodes.indicators().len()).map(|one| ranked(policy, one, rank)).collect(),
            inputs: policy
                .inputs
                .iter()
                .zip(case)
                .map(|(input, allowed)| end(&input.kind, allowed, is_greatest))
                .collect(),
            entered: Vec::new(),
        })
    })
}

/// An indicator at a rank among the rated levels of its scale, 0 being the lowest, or at its highest level where it has fewer;
/// not rated where there is no rank and it has such a choice.
fn ranked(policy: &Policy, indicator: usize, rank: Option<usize>) -> Outcome {
    if policy.nodes.observed(indicator).is_some_and(|observed| !observed.is_common || rank.is_none()) {
        return Outcome::OutOfScope;
    }
    let not_rated = if rank.is_none() { policy.not_rated(indicator) } else { None };
    if let (Some(range), None) = (policy.range_of(indicator), not_rated) {
        return match rank {
            None | Some(0) => at(&range.from),
            Some(1) => policy.meeting(indicator),
            Some(_) => at(&range.to),
        };
    }
    let highest = policy.scale_of(indicator).map_or(0, |scale| scale.rated().len()).saturating_sub(1);
    let level = policy.levels_at(indicator).get(rank.unwrap_or_default().min(highest)).copied().unwrap_or_default();
    not_rated.unwrap_or(Outcome::Level(level))
}

fn end(kind: &InputKind, allowed: &Allowed, is_greatest: bool) -> Option<InputValue> {
    let number = |from: &Exact, to: &Exact, places: u32| {
        let number =
            if is_greatest { to.round(places, RoundingMode::Floor) } else { from.round(places, RoundingMode::Ceiling) };
        Some(InputValue::Number(number))
    };
    match (kind, allowed) {
        (_, Allowed::Absent) => None,
        (_, Allowed::Choice(choice)) => Some(InputValue::Choice(*choice)),
        (InputKind::Number { places, .. }, Allowed::Number(from, to)) => number(from, to, *places),
        (InputKind::Number { from, to, places }, _) => number(from, to, *places),
        (InputKind::Choice(_), _) => Some(InputValue::Choice(0)),
    }
}

/// Ways to give the inputs: all at their least, all at their greatest, and each of them the other way.
fn corners(policy: &Policy) -> Vec<Vec<Option<InputValue>>> {
    let ends: Vec<Vec<Option<InputValue>>> = policy
        .inputs
        .iter()
        .map(|input| {
            let mut ends: Vec<Option<InputValue>> = match &input.kind {
                InputKind::Number { from, to, places } => {
                    let unit = |mode| move |number: &Exact| number.round(*places, mode);
                    let least = unit(RoundingMode::Ceiling)(from);
                    let greatest = unit(RoundingMode::Floor)(to);
                    [least, greatest].map(|number| Some(InputValue::Number(number))).to_vec()
                }
                InputKind::Choice(choices) => (0..choices.len()).map(|c| Some(InputValue::Choice(c))).collect(),
            };
            ends.extend(input.optional.then_some(None));
            ends
        })
        .collect();
    let least: Vec<Option<InputValue>> = ends.iter().map(|ends| ends.first().cloned().flatten()).collect();
    let mut corners = vec![least.clone()];
    let ways: usize = ends.iter().map(Vec::len).fold(1, usize::saturating_mul);
    if ways <= MOST_CORNERS {
        for (input, ends) in ends.iter().enumerate() {
            let known = corners.clone();
            for end in ends.iter().skip(1) {
                corners.extend(known.iter().cloned().map(|corner| with(corner, input, end)));
            }
        }
        return corners;
    }
    let greatest = ends.iter().zip(&policy.inputs).map(|(ends, _)| ends.get(1).or(ends.first()).cloned().flatten());
    corners.push(greatest.collect());
    for (input, ends) in ends.iter().enumerate() {
        corners.extend(ends.iter().skip(1).map(|end| with(least.clone(), input, end)));
    }
    corners.truncate(MOST_CORNERS);
    corners
}

fn with(mut corner: Vec<Option<InputValue>>, input: usize, value: &Option<InputValue>) -> Vec<Option<InputValue>> {
    if let Some(place) = corner.get_mut(input) {
        place.clone_from(value);
    }
    corner
}

/// Every evaluation over the levels that differ in effect; `None` for more than `most`.
pub(super) fn all(policy: &Policy, classes: &[Outcomes], most: usize) -> Option<impl Iterator<Item = Trial>> {
    let inputs: Vec<Vec<Option<InputValue>>> =
        policy.inputs.iter().map(|input| of_input(&input.kind, input.optional, most)).collect::<Option<_>>()?;
    let of_node = |node: &Node| classes.get(node.scale).filter(|outcomes| outcomes.is_whole);
    let classes: Vec<Vec<Outcome>> = policy
        .nodes
        .indicators()
        .iter()
        .map(|node| {
            let absent = node.observed.map(|_| Outcome::OutOfScope);
            of_node(node).map(|outcomes| outcomes.list.iter().copied().chain(absent).collect())
        })
        .collect::<Option<_>>()?;
    let entries: Vec<(usize, usize)> = entered(policy);
    let ways = classes.iter().map(Vec::len).chain(inputs.iter().map(Vec::len));
    let mut ways = ways.chain(entries.iter().map(|(_, levels)| *levels));
    let count = ways.try_fold(1, |all: usize, some| all.checked_mul(some).filter(|all| *all <= most))?;
    let slots = policy.slots;
    Some((0..count).map(move |number| {
        let mut left = number;
        let mut digit = |ways: usize| {
            let digit = left % ways.max(1);
            left /= ways.max(1);
            digit
        };
        let outcomes = classes
            .iter()
            .map(|classes| classes.get(digit(classes.len())).copied().unwrap_or(Outcome::Unrated))
            .collect();
        let inputs = inputs.iter().map(|values| values.get(digit(values.len())).cloned().flatten()).collect();
        let mut entered = vec![None; slots];
        for (slot, levels) in &entries {
            if let Some(entry) = entered.get_mut(*slot) {
                *entry = Some(digit(*levels));
            }
        }
        Trial { outcomes, inputs, entered }
    }))
}

/// Evaluations of all kinds, the same for the same policy: whole domains at one level, one or two indicators that differ,
/// and any level for each.
pub(super) fn mixed(policy: &Policy, classes: &[Outcomes], most: usize) -> impl Iterator<Item = Trial> {
    let corners = corners(policy);
    let entries = entered(policy);
    let sizes = classes.iter().map(|outcomes| outcomes.list.len());
    let ways = sizes.fold(1, |all: usize, of| if all.is_multiple_of(of.max(1)) { all } else { all.saturating_mul(of) });
    let mut state = 0x9E37_79B9_7F4A_7C15_u64;
    let mut roll = move |sides: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        usize::try_from(state >> 33).unwrap_or_default() % sides.max(1)
    };
    (0..most).map(move |number| {
        // A number, from which the level on each scale follows.
        let mut level = || roll(ways);
        let base = level();
        let mut levels = vec![base; policy.nodes.indicators().len()];
        for domain in policy.nodes.each(Each::Domain).iter() {
            let own = if number % 4 == 3 { base } else { level() };
            for indicator in domain.indicators.clone() {
                if let Some(place) = levels.get_mut(indicator) {
                    *place = if number % 4 == 0 { level() } else { own };
                }
            }
        }
        let others = [level(), level()];
        for other in others.into_iter().filter(|_| number % 4 > 1) {
            let at = roll(levels.len());
            if let Some(place) = levels.get_mut(at) {
                *place = other;
            }
        }
        let outcomes = policy.nodes.indicators().iter().zip(&levels).map(|(node, level)| {
            let classes = classes.get(node.scale).map_or(&[][..], |outcomes| outcomes.list.as_slice());
            if node.observed.is_some_and(|observed| !observed.is_common) {
                return Outcome::OutOfScope;
            }
            classes.get(level % classes.len().max(1)).copied().unwrap_or(Outcome::Unrated)
        });
        let outcomes = outcomes.collect();
        let mut inputs = corners.get(roll(corners.len())).cloned().unwrap_or_default();
        for (value, input) in inputs.iter_mut().zip(&policy.inputs) {
            if let (Some(InputValue::Number(number)), InputKind::Number { from, to, places }) = (value, &input.kind)
                && roll(4) > 0
            {
                let share = Exact::ratio(roll(PARTS) as u64, PARTS as u64).unwrap_or_else(Exact::zero);
                let between = from + &(&(to - from) * &share);
                *number = between.round(*places, RoundingMode::Ceiling).min(to.round(*places, RoundingMode::Floor));
            }
        }
        let mut entered = vec![None; policy.slots];
        for (slot, levels) in &entries {
            let (level, is_open) = (roll(*levels), roll(2) == 0);
            if let Some(entry) = entered.get_mut(*slot).filter(|_| !is_open) {
                *entry = Some(level);
            }
        }
        Trial { outcomes, inputs, entered }
    })
}

/// The slots of entered ratings, each with how many levels it has.
fn entered(policy: &Policy) -> Vec<(usize, usize)> {
    let steps = policy.steps.iter().filter(|step| matches!(step.rate, Some(Rate::Entered)));
    steps.flat_map(|step| policy.slots(step).map(|slot| (slot, step.levels.list.len()))).collect()
}

/// Every value of an input; `None` for more than `most`.
pub(super) fn of_input(kind: &InputKind, is_optional: bool, most: usize) -> Option<Vec<Option<InputValue>>> {
    let mut values: Vec<Option<InputValue>> = match kind {
        InputKind::Choice(choices) => (0..choices.len()).map(|choice| Some(InputValue::Choice(choice))).collect(),
        InputKind::Number { from, to, places } => {
            let numbers = values::numbers(from, to, *places, most as u64)?;
            numbers.into_iter().map(|number| Some(InputValue::Number(number))).collect()
        }
    };
    values.extend(is_optional.then_some(None));
    Some(values)
}
