//! Evaluations side by side, for templates.

use crate::agreement::{Agreement, Compared, OnScale, Pair, Rater};
use crate::exact::Exact;
use crate::view::view;

view! {
    /// Evaluations side by side.
    pub(super) struct Beside<'a> of |agreement: &'a Agreement|
    let rater = |number: usize| agreement.raters.get(number);
    let agreeing = |pair: &'a Pair| Some(Agreeing::of(pair, rater(pair.first)?, rater(pair.second)?));
    {
        /// The people whose ratings stand side by side.
        raters: &'a [Rater] = &agreement.raters,
        /// Every two of them.
        pairs: Vec<Agreeing<'a>> = agreement.pairs.iter().filter_map(agreeing).collect(),
        /// The indicators that are rated differently, the largest differences first.
        differences: Vec<&'a Compared> = agreement.differences().collect(),
        /// The indicators that fewer than two rated.
        not_compared: Vec<&'a Compared> = agreement.indicators.iter().filter(|one| one.difference.is_none() && one.apart.is_none()).collect(),
        /// Every indicator that at least two answer for, in the rubric's order.
        indicators: &'a [Compared] = &agreement.indicators,
    }
}

view! {
    /// The agreement of two evaluations.
    struct Agreeing<'a> of |pair: &'a Pair, first: &'a Rater, second: &'a Rater|
    {
        /// The one.
        first: &'a Rater = first,
        /// The other.
        second: &'a Rater = second,
        /// The number of indicators that both rated.
        compared: usize = pair.compared,
        /// The number of indicators that both rated at the same level.
        exact: usize = pair.exact,
        /// The number of indicators that both rated at the same level or one apart.
        adjacent: usize = pair.adjacent,
        /// The share of indicators at the same level, in percent, rounded; null when nothing is compared.
        percent_exact: Option<String> = pair.share_exact().as_ref().map(Exact::percent),
        /// The share of indicators at the same level or one apart, in percent, rounded; null when nothing is compared.
        percent_adjacent: Option<String> = pair.share_adjacent().as_ref().map(Exact::percent),
        /// Cohen's kappa, with at most six places; null where it is not defined.
        kappa: Option<String> = pair.kappa.as_ref().map(Exact::decimal),
        /// The agreement on each scale; empty for a rubric with one scale.
        scales: Vec<AgreeingOnScale<'a>> = pair.scales.iter().map(AgreeingOnScale::of).collect(),
    }
}

view! {
    /// The agreement of two evaluations on one of several scales.
    struct AgreeingOnScale<'a> of |on_scale: &'a OnScale|
    {
        /// The scale's id; `default` for the default one.
        scale: &'a str = &on_scale.scale,
        /// The labels of its levels, as they are printed.
        levels: &'a [String] = &on_scale.levels,
        /// The number of indicators on the scale that both rated.
        compared: usize = on_scale.compared,
        /// The number of indicators that both rated at the same level, or with the same number.
        exact: usize = on_scale.exact,
        /// The number of indicators that both rated at the same level or one apart; null on a number scale.
        adjacent: Option<usize> = on_scale.adjacent,
        /// The mean difference of the two numbers, with at most six places; null for levels, and where nothing is compared.
        mean_difference: Option<String> = on_scale.mean_difference.as_ref().map(Exact::decimal),
        /// The share of indicators at the same level, or with the same number, in percent, rounded; null when nothing is compared.
        percent_exact: Option<String> = on_scale.share_exact().as_ref().map(Exact::percent),
        /// The share of indicators at the same level or one apart, in percent, rounded; null when nothing is compared.
        percent_adjacent: Option<String> = on_scale.share_adjacent().as_ref().map(Exact::percent),
        /// Cohen's kappa, with at most six places; null where it is not defined.
        kappa: Option<String> = on_scale.kappa.as_ref().map(Exact::decimal),
    }
}
