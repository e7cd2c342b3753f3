//! Evaluations that show much: what cannot be worked out is looked for in them.

use super::super::given::{InputValue, Outcome};
use super::super::{InputKind, Policy};
use super::trial::Trial;

/// So many of the ways to give the inputs are tried at most.
const MOST_CORNERS: usize = 16;

/// One evaluation after another, from all at one level to all at another, one indicator at a time; each with the inputs at
/// their corners. The levels are raised one by one from nothing rated, and at once from the lowest, and from nothing, to
/// the highest.
pub(super) fn candidates(policy: &Policy, most: usize) -> impl Iterator<Item = Trial> {
    let count = policy.nodes.indicators().len();
    let rated: Vec<usize> = (0..policy.rated).collect();
    let unrated = (policy.rated < policy.scale.list.len()).then_some(policy.rated);
    let highest = policy.rated.saturating_sub(1);
    let mut raises: Vec<(usize, usize)> =
        rated.windows(2).filter_map(|pair| Some((*pair.first()?, *pair.last()?))).collect();
    raises.push((0, highest));
    raises.extend(unrated.into_iter().flat_map(|unrated| [(unrated, 0), (unrated, highest)]));
    let corners = corners(policy);
    // Of a long chain only some links are tried, the first and the last two among them.
    let stride = (raises.len() * (count + 1) * corners.len()).div_ceil(most.max(1)).clamp(1, count.max(1));
    let links = move || (0..=count).filter(move |raised| raised % stride == 0 || raised + 1 >= count);
    raises.into_iter().flat_map(move |raise| links().map(move |raised| (raise, raised))).flat_map(
        move |((from, to), raised)| {
            let level = |indicator: usize| Outcome::Level(if indicator < raised { to } else { from });
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

/// Ways to give the inputs: all at their least, all at their greatest, and each of them the other way.
fn corners(policy: &Policy) -> Vec<Vec<Option<InputValue>>> {
    let ends: Vec<Vec<Option<InputValue>>> = policy
        .inputs
        .iter()
        .map(|input| {
            let mut ends: Vec<Option<InputValue>> = match &input.kind {
                InputKind::Number { from, to, places } => {
                    let unit = |mode| move |number: &crate::exact::Exact| number.round(*places, mode);
                    let least = unit(crate::exact::RoundingMode::Ceiling)(from);
                    let greatest = unit(crate::exact::RoundingMode::Floor)(to);
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
