//! Compares the ratings of several evaluations of one person: how far they agree, and where they differ most.

use serde::Serialize;

use crate::error::Error;
use crate::evaluation::{Evaluation, Period, Status};
use crate::exact::Exact;
use crate::rubric::{Indicator, Rubric, Scale};
use crate::scale::{DEFAULT, NumberRange};

/// Evaluations of one employee or organization side by side, such as a self-evaluation and the supervisor's.
///
/// A choice that is no rating is shown, and is neither agreement nor disagreement.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Agreement {
    /// The evaluations, in the order they were given.
    pub raters: Vec<Rater>,
    /// The indicators that at least two evaluations answer for, in the rubric's order.
    pub indicators: Vec<Compared>,
    /// The agreement of every two evaluations.
    pub pairs: Vec<Pair>,
}

/// One of the evaluations compared.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Rater {
    /// The kind of evaluation, as printed: "Self-evaluation".
    pub label: String,
    /// The names of the evaluators.
    pub names: Vec<String>,
    /// The evaluation's period, which tells evaluations of two years apart.
    #[cfg_attr(feature = "schema", schemars(with = "crate::score::view::Period"))]
    pub period: Period,
    /// Whether it is final.
    pub is_final: bool,
    /// Its number, from 1, among evaluations that agree in all other fields; `None` for the only one.
    pub number: Option<usize>,
}

/// One indicator, with the ratings of each evaluation.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Compared {
    /// The indicator's id.
    pub id: String,
    /// Its printed number.
    pub code: String,
    /// Its title, or else its statement.
    pub title: String,
    /// The levels given, in the order of the raters; null for an evaluation without an entry.
    pub given: Vec<Option<GivenLevel>>,
    /// The number of levels between the highest and the lowest rating; null with fewer than two ratings, and on a number scale.
    pub difference: Option<usize>,
    /// On a number scale the difference between the highest and the lowest number; absent with fewer than two, and for levels.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub apart: Option<Exact>,
}

/// A level or number that somebody gave.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct GivenLevel {
    /// The level's id; empty for a number.
    pub level: String,
    /// The name that is printed; a number with its unit.
    pub label: String,
    /// Its number in its scale, from 0; null for a choice that is no rating, and for a number.
    pub number: Option<usize>,
    /// The number, on a number scale; absent for a level or choice.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<Exact>,
}

/// The agreement of two of the evaluations.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Pair {
    /// The number of the first among the raters, from 0.
    pub first: usize,
    /// The number of the second.
    pub second: usize,
    /// The number of indicators that both rated.
    pub compared: usize,
    /// The number of indicators that both rated at the same level, or with the same number.
    pub exact: usize,
    /// The number of indicators that both rated at the same level or at adjacent ones, or with the same number.
    pub adjacent: usize,
    /// Cohen's kappa with quadratic weights; null where undefined: no indicator compared, or all ratings at one level; and where
    /// the rubric has several scales, for levels of two scales have no distance.
    pub kappa: Option<Exact>,
    /// The agreement on each scale that indicators are rated on; absent for a rubric with one scale.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub scales: Vec<OnScale>,
}

/// The agreement of two evaluations on one of several scales.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct OnScale {
    /// The scale's id; `default` for the default one.
    pub scale: String,
    /// The labels of its levels, as they are printed; the numbers of a number scale as one: "0 to 15 points".
    pub levels: Vec<String>,
    /// The number of indicators on the scale that both rated.
    pub compared: usize,
    /// The number of indicators that both rated at the same level, or with the same number.
    pub exact: usize,
    /// The number of indicators that both rated at the same level or at adjacent ones; null on a number scale.
    pub adjacent: Option<usize>,
    /// The mean difference of the two numbers, without a sign; null for levels, and where nothing is compared.
    pub mean_difference: Option<Exact>,
    /// Cohen's kappa with quadratic weights; null where undefined: no indicator compared, all ratings at one level, or a number
    /// scale.
    pub kappa: Option<Exact>,
}

impl Pair {
    /// The share of the compared at the same level; `None` when nothing is compared.
    pub fn share_exact(&self) -> Option<Exact> {
        share(self.exact, self.compared)
    }

    /// The share of the compared at the same level or the next; `None` when nothing is compared.
    pub fn share_adjacent(&self) -> Option<Exact> {
        share(self.adjacent, self.compared)
    }
}

impl OnScale {
    /// The share of the compared at the same level; `None` when nothing is compared.
    pub fn share_exact(&self) -> Option<Exact> {
        share(self.exact, self.compared)
    }

    /// The share of the compared at the same level or the next; `None` when nothing is compared, and on a number scale.
    pub fn share_adjacent(&self) -> Option<Exact> {
        share(self.adjacent?, self.compared)
    }
}

fn share(part: usize, whole: usize) -> Option<Exact> {
    Exact::ratio(u64::try_from(part).ok()?, u64::try_from(whole).ok()?)
}

impl Agreement {
    /// The indicators on which the ratings differ, the largest differences first.
    pub fn differences(&self) -> impl Iterator<Item = &Compared> {
        let is_apart = |compared: &&Compared| {
            compared.difference.is_some_and(|levels| levels > 0)
                || compared.apart.as_ref().is_some_and(|by| !by.is_zero())
        };
        let mut differing: Vec<&Compared> = self.indicators.iter().filter(is_apart).collect();
        // Numbers come behind levels.
        differing.sort_by(|a, b| (b.difference, &b.apart).cmp(&(a.difference, &a.apart)));
        differing.into_iter()
    }
}

/// Compares evaluations of the same employee or organization with the same rubric, two or more.
///
/// ```
/// use appraise::{Evaluation, Library, agreement};
///
/// let library = Library::bundled();
/// let rubric = library.get("connecticut_school_social_work").expect("it is bundled");
/// let read = |ratings: &str| {
///     let text = format!(
///         "rubric: {{ id: connecticut_school_social_work }}\nemployee: {{ id: E-1, name: Ann }}\n\
///          evaluators: [{{ id: E-2, name: Bo }}]\nperiod: {{ from: 2025-08-25, to: 2026-06-12 }}\nratings: {{ {ratings} }}"
///     );
///     Evaluation::parse("e.yaml", &text, &rubric)
/// };
/// let own = read("self_growth: exceeds_expectations, informed_consent: has_met")?;
/// let theirs = read("self_growth: has_met, informed_consent: has_met")?;
/// let agreement = agreement::compare([&own, &theirs])?;
/// assert_eq!((agreement.pairs[0].compared, agreement.pairs[0].exact), (2, 1));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
///
/// [`Error::OtherRubric`] when an evaluation is by another rubric, or its rubric has another scale; [`Error::OtherWhom`]
/// when it is about another employee or organization.
pub fn compare<'a>(evaluations: impl IntoIterator<Item = &'a Evaluation>) -> Result<Agreement, Error> {
    let all: Vec<&Evaluation> = evaluations.into_iter().collect();
    let Some(first) = all.first() else {
        return Ok(Agreement { raters: Vec::new(), indicators: Vec::new(), pairs: Vec::new() });
    };
    let rubric = first.rubric();
    let of_scale =
        |scale: &Scale| (scale.rated().len(), scale.levels().iter().map(|level| level.id.clone()).collect::<Vec<_>>());
    let levels = |rubric: &Rubric| rubric.scales().iter().map(of_scale).collect::<Vec<_>>();
    let wanted = levels(rubric);
    let is_on_same_scale = |other: &Rubric, indicator: &Indicator| {
        other.indicator(&indicator.id).is_none_or(|theirs| theirs.scale == indicator.scale)
    };
    for other in &all {
        let same_levels = levels(other.rubric()) == wanted
            && rubric.indicators().all(|indicator| is_on_same_scale(other.rubric(), indicator));
        if other.rubric().id() != rubric.id() || !same_levels {
            let (wanted, given) = (rubric.id().to_owned(), other.rubric().id().to_owned());
            return Err(Error::OtherRubric { wanted, given });
        }
        // Two people do not disagree, and what is said of one is no business of the other's.
        if other.whom().identity() != first.whom().identity() {
            let (wanted, given) = (first.whom().id().to_owned(), other.whom().id().to_owned());
            return Err(Error::OtherWhom { wanted, given });
        }
    }
    let indicators: Vec<Compared> = rubric
        .indicators()
        .filter_map(|indicator| {
            let in_scope = |one: &&&Evaluation| {
                one.rubric().indicator(&indicator.id).is_some_and(|theirs| one.is_in_scope(theirs))
            };
            (all.iter().filter(in_scope).count() > 1).then(|| {
                let given: Vec<Option<GivenLevel>> = all.iter().map(|one| given(one, &indicator.id)).collect();
                let numbers = || given.iter().flatten().filter_map(|given| given.number);
                let difference = match (numbers().max(), numbers().min(), numbers().count()) {
                    (Some(most), Some(least), 2..) => Some(most.abs_diff(least)),
                    _ => None,
                };
                Compared {
                    id: indicator.id.clone(),
                    code: indicator.code.clone(),
                    title: indicator.title.as_ref().unwrap_or(&indicator.statement).clone(),
                    apart: apart(&given),
                    given,
                    difference,
                }
            })
        })
        .collect();
    let pairs = (0..all.len())
        .flat_map(|first| (first..all.len()).skip(1).map(move |second| (first, second)))
        .map(|(first, second)| pair(first, second, &indicators, rubric))
        .collect();
    Ok(Agreement { raters: raters(&all), indicators, pairs })
}

/// The raters, each with the fields that tell the evaluations apart.
fn raters(all: &[&Evaluation]) -> Vec<Rater> {
    let mut raters: Vec<Rater> = all
        .iter()
        .map(|one| Rater {
            label: one.kind().label().to_owned(),
            names: one.evaluators().iter().map(|evaluator| evaluator.name.clone()).collect(),
            period: one.period(),
            is_final: one.status() == Status::Final,
            number: None,
        })
        .collect();
    let numbers: Vec<Option<usize>> = (0..)
        .zip(&raters)
        .map(|(place, rater)| {
            let alike = |others: &[Rater]| others.iter().filter(|other| other.is_like(rater)).count();
            let before = raters.get(..place).map_or(0, alike);
            (alike(&raters) > 1).then_some(before.saturating_add(1))
        })
        .collect();
    raters.iter_mut().zip(numbers).for_each(|(rater, number)| rater.number = number);
    raters
}

impl Rater {
    /// Whether nothing but a number tells it from another one.
    fn is_like(&self, other: &Self) -> bool {
        self.label == other.label
            && self.names == other.names
            && self.period == other.period
            && self.is_final == other.is_final
    }
}

fn given(evaluation: &Evaluation, indicator: &str) -> Option<GivenLevel> {
    let indicator = evaluation.rubric().indicator(indicator)?;
    let (rating, scale) = (evaluation.rating(indicator)?, evaluation.rubric().scale_of(indicator)?);
    if let (Some(number), Some(range)) = (rating.number(), scale.range()) {
        let value = Some(number.exact());
        return Some(GivenLevel { level: String::new(), label: range.label(number), number: None, value });
    }
    let level = evaluation.level(rating)?;
    let number = scale.position(&level.id).filter(|number| *number < scale.rated().len());
    Some(GivenLevel { level: level.id.clone(), label: level.label.clone(), number, value: None })
}

/// The difference between the highest and the lowest of the numbers given; `None` with fewer than two.
fn apart(given: &[Option<GivenLevel>]) -> Option<Exact> {
    let numbers = || given.iter().flatten().filter_map(|given| given.value.as_ref());
    let (most, least) = (numbers().max()?, numbers().min()?);
    (numbers().count() > 1).then(|| most - least)
}

fn pair(first: usize, second: usize, indicators: &[Compared], rubric: &Rubric) -> Pair {
    let number = |compared: &Compared, rater: usize| compared.given.get(rater)?.as_ref()?.number;
    let both = |compared: &Compared| Some((number(compared, first)?, number(compared, second)?));
    let of = |scale: Option<usize>| -> Vec<(usize, usize)> {
        let is_on = |compared: &&Compared| {
            scale.is_none_or(|scale| rubric.indicator(&compared.id).is_some_and(|indicator| indicator.scale == scale))
        };
        indicators.iter().filter(is_on).filter_map(both).collect()
    };
    let numbers = if rubric.all().is_one() { Vec::new() } else { rubric.scales_under(None) };
    let values = |scale: Option<usize>| -> Vec<(&Exact, &Exact)> {
        let is_on = |compared: &&Compared| {
            scale.is_none_or(|scale| rubric.indicator(&compared.id).is_some_and(|indicator| indicator.scale == scale))
        };
        indicators.iter().filter(is_on).filter_map(|compared| both_values(compared, first, second)).collect()
    };
    let on_scale = |number: usize| {
        let scale = rubric.scales().get(number)?;
        Some(match scale.range() {
            Some(range) => numbers_on(scale, range, &values(Some(number))),
            None => levels_on(scale, &of(Some(number))),
        })
    };
    let (both, numbers_of_both) = (of(None), values(None));
    let same = numbers_of_both.iter().filter(|(a, b)| a == b).count();
    Pair {
        first,
        second,
        compared: both.len().saturating_add(numbers_of_both.len()),
        exact: within(&both, 0).saturating_add(same),
        adjacent: within(&both, 1).saturating_add(same),
        kappa: if rubric.all().is_one() { kappa(&both, rubric.scale().rated().len()) } else { None },
        scales: numbers.into_iter().filter_map(on_scale).collect(),
    }
}

/// The numbers that two raters gave an indicator.
fn both_values(compared: &Compared, first: usize, second: usize) -> Option<(&Exact, &Exact)> {
    let value = |rater: usize| compared.given.get(rater)?.as_ref()?.value.as_ref();
    Some((value(first)?, value(second)?))
}

/// The agreement on a scale of levels.
fn levels_on(scale: &Scale, both: &[(usize, usize)]) -> OnScale {
    let rated = scale.printed().take(scale.rated().len());
    OnScale {
        scale: scale.id().unwrap_or(DEFAULT).to_owned(),
        levels: rated.map(|level| level.label.clone()).collect(),
        compared: both.len(),
        exact: within(both, 0),
        adjacent: Some(within(both, 1)),
        mean_difference: None,
        kappa: kappa(both, scale.rated().len()),
    }
}

/// The agreement on a number scale.
fn numbers_on(scale: &Scale, range: &NumberRange, both: &[(&Exact, &Exact)]) -> OnScale {
    let differences = both.iter().map(|(a, b)| if a < b { *b - *a } else { *a - *b });
    let sum = differences.fold(Exact::zero(), |sum, difference| sum + difference);
    OnScale {
        scale: scale.id().unwrap_or(DEFAULT).to_owned(),
        levels: vec![range.words()],
        compared: both.len(),
        exact: both.iter().filter(|(a, b)| a == b).count(),
        adjacent: None,
        mean_difference: u64::try_from(both.len()).ok().and_then(|count| sum.divided_by(&Exact::from(count))),
        kappa: None,
    }
}

/// The number of pairs that are at most so many levels apart.
fn within(both: &[(usize, usize)], most: usize) -> usize {
    both.iter().filter(|(a, b)| a.abs_diff(*b) <= most).count()
}

/// Cohen's kappa: one minus the observed disagreement divided by the disagreement expected by chance, both weighted by the
/// squared distance of levels. Integers until the division.
#[expect(
    clippy::arithmetic_side_effects,
    reason = "at most 10,000 indicators, squared, by the square of 20 levels: far below 2 to the power of 64"
)]
fn kappa(both: &[(usize, usize)], levels: usize) -> Option<Exact> {
    let weight = |a: usize, b: usize| u64::try_from(a.abs_diff(b).pow(2)).unwrap_or_default();
    let count = |matches: &dyn Fn(&(usize, usize)) -> bool| {
        u64::try_from(both.iter().filter(|pair| matches(pair)).count()).unwrap_or_default()
    };
    let all = count(&|_| true);
    let observed: u64 = both.iter().map(|(a, b)| weight(*a, *b)).sum::<u64>() * all;
    let expected: u64 = (0..levels)
        .flat_map(|a| (0..levels).map(move |b| (a, b)))
        .map(|(a, b)| weight(a, b) * count(&|(first, _)| *first == a) * count(&|(_, second)| *second == b))
        .sum();
    Some(Exact::from(1) - Exact::ratio(observed, expected)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kappa_is_as_worked_out_by_hand() {
        // Three levels, ten pairs: observed 1·2 + 4·1 = 6, times 10; expected Σ (a−b)² of the margins 3,4,3 and 2,5,3.
        let both = [(0, 0), (0, 0), (0, 1), (1, 1), (1, 1), (1, 1), (1, 2), (2, 2), (2, 2), (2, 0)];
        let expected = 3 * 4 + 3 * 3 * 4 + 4 * 3 + 4 * 3 + 3 * 3 * 4 + 3 * 4;
        assert_eq!(kappa(&both, 3), Some(Exact::from(1) - Exact::ratio(60, expected).unwrap()));
    }

    #[test]
    fn kappa_is_one_when_all_agree_less_than_zero_when_they_oppose_and_not_defined_without_spread() {
        assert_eq!(kappa(&[(0, 0), (1, 1), (2, 2)], 3), Some(Exact::from(1)));
        assert!(kappa(&[(0, 2), (2, 0)], 3).unwrap().is_negative());
        assert_eq!(kappa(&[(1, 1), (1, 1)], 3), None);
        assert_eq!(kappa(&[], 3), None);
        // Both at one level, but not the same: as much disagreement as chance would give.
        assert_eq!(kappa(&[(0, 1), (0, 1)], 3), Some(Exact::from(0)));
    }
}
