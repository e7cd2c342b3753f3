//! The points of an indicator's levels, as pages print them.

use std::borrow::Cow;

use crate::exact::Exact;
use crate::policy::Policy;
use crate::rubric::{Indicator, Rubric};

/// The points that an indicator has of its own at a level: those of a policy, or of the rubric where it has no policy. Of
/// several policies those that all agree on.
fn own(rubric: &Rubric, policy: Option<&Policy>, indicator: &Indicator, level: usize) -> Option<Exact> {
    if let Some(policy) = policy {
        return policy.own_points_at(indicator.index, level).cloned();
    }
    let policies = &rubric.0.policies;
    if policies.is_empty() {
        let node = rubric.outline().indicators().get(indicator.index)?;
        let id = &rubric.levels().get(level)?.id;
        return node.points.iter().find(|(known, _)| known == id).map(|(_, points)| points.clone());
    }
    let mut all = policies.iter().filter_map(|policy| policy.own_points_at(indicator.index, level));
    let first = all.next()?;
    all.all(|other| other == first).then(|| first.clone())
}

/// Whether an indicator has points of its own at some level.
pub(crate) fn has_own_at(rubric: &Rubric, indicator: &Indicator) -> bool {
    let has_points = |policy: &Policy| {
        (0..rubric.levels().len()).any(|level| policy.own_points_at(indicator.index, level).is_some())
    };
    let node = rubric.outline().indicators().get(indicator.index);
    rubric.0.policies.iter().any(has_points) || node.is_some_and(|node| !node.points.is_empty())
}

/// Whether some indicator has points of its own.
pub(crate) fn has_own(rubric: &Rubric) -> bool {
    let of_policies = rubric.0.policies.iter().any(|policy| !policy.own_points.is_empty());
    of_policies || rubric.outline().indicators().iter().any(|node| !node.points.is_empty())
}

/// A level's label, with the points that the indicator has there of its own: "Full marks, 10 points".
pub(crate) fn labelled<'r>(
    rubric: &'r Rubric,
    policy: Option<&Policy>,
    indicator: &Indicator,
    level: usize,
) -> Cow<'r, str> {
    let label = rubric.levels().get(level).map_or("", |level| level.label.as_str());
    match own(rubric, policy, indicator, level) {
        Some(points) => format!("{label}, {}", in_words(&points)).into(),
        None => label.into(),
    }
}

/// "1 point", "2.5 points".
fn in_words(points: &Exact) -> String {
    let unit = if *points == Exact::from(1) { "point" } else { "points" };
    format!("{} {unit}", points.shown())
}
