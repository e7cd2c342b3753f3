//! The context of the summary's template: the counts that may be shown, with their bars.

use std::borrow::Cow;

use minijinja::value::Value;
use serde::Serialize;

use crate::exact::Exact;
use crate::summary::{Counts, Need, NodeCounts, Overview, ScaleLevel, Span, Summaries, Tier, Uncounted};
use crate::view::view;

use super::picture::{self, Segment};
use super::staff::StaffView;

view! {
    /// The values that `summary.html` sees.
    /// Besides minijinja's filters a template has `date`, `grouped`, `json`, `at` and `policy_hash`.
    pub(crate) struct SummaryPage<'a> of |all: &'a Summaries|
    let overviews = &all.summaries;
    let summaries = overviews.iter().enumerate().map(|(index, overview)| SummaryView::of(index + 1, overview));
    {
        /// The version of this context.
        context: u32 = super::VERSION,
        /// The language of the first rubric; null where it names none.
        language: Option<&'a str> = overviews.first().and_then(|overview| overview.language.as_deref()),
        /// The days in which the periods of all counted evaluations end; null where that is not known.
        period: Option<&'a Span> = all.period.as_ref(),
        /// The number of evaluations that are in none of the summaries, by the reason.
        left_out: &'a Uncounted = &all.left_out,
        /// A part for each rubric, and each of its scales.
        summaries: Vec<SummaryView<'a>> = summaries.collect(),
        /// The totals of what the evaluations of each rubric report beside the ratings; empty where none reports anything.
        staff: Vec<StaffView<'a>> = (1..).zip(&all.staff).map(|(number, staff)| StaffView::of(staff, number)).collect(),
    }
}

view! {
    /// A rubric, or one of its scales, and what its evaluations came to.
    struct SummaryView<'a> of |number: usize, overview: &'a Overview|
    let says_what_meets = !overview.meets_at.is_empty();
    let below = overview.levels.iter().filter(|level| level.rated && !level.meets && says_what_meets).count();
    let levels = overview.levels.iter().map(|level| LevelView::of(number, level, below)).collect::<Vec<_>>();
    let view = |(tier, node): (Tier, &'a NodeCounts)| {
        let shown = |number: &Option<Exact>| number.as_ref().map(Exact::decimal);
        let numbers = node.numbers.as_ref().map(|it| [&it.lowest, &it.median, &it.highest].map(shown));
        NodeView { numbers, ..NodeView::of(tier.name(), (&node.id, &node.code, &node.title), &node.tally, &levels) }
    };
    let domains = overview
        .domains
        .iter()
        .map(|domain| {
            let mut under: Vec<_> = domain.nodes().skip(1).collect();
            // A competency that is rated itself is one row.
            under.dedup_by_key(|(_, node)| &node.id);
            let (rows, not_listed): (Vec<_>, Vec<_>) = under.into_iter().map(view).partition(NodeView::is_shown);
            DomainView { node: view((Tier::Domain, &domain.node)), not_listed: not_listed.len(), rows }
        })
        .collect::<Vec<_>>();
    let all = if overview.scale.is_some() { "All on this scale" } else { "All domains" };
    let overall = NodeView::of("rubric", ("", "", all), &overview.overall, &levels);
    let mut nodes = domains.iter().flat_map(|domain| std::iter::once(&domain.node).chain(&domain.rows));
    let not_listed = domains.iter().any(|domain| domain.not_listed > 0);
    {
        /// From 1.
        number: usize = number,
        /// The rubric.
        rubric: RubricName<'a> = RubricName {
            id: &overview.rubric,
            version: &overview.version,
            title: &overview.title,
            fingerprint: &overview.fingerprint,
        },
        /// The id of the scale whose indicators are counted here, `default` for the default one; null for a rubric with one scale.
        scale: Option<&'a str> = overview.scale.as_deref(),
        /// The numbers of a number scale, as printed: "0 to 15 points"; null for a scale of levels.
        range: Option<&'a str> = overview.range.as_deref(),
        /// The least number of evaluations behind a count; a count with fewer is withheld.
        threshold: u64 = overview.threshold,
        /// The number of evaluations that were counted; null where it is below the threshold, and then nothing is shown.
        evaluations: Option<u64> = overview.evaluations,
        /// Every level: the rated ones, lowest first, then those that are no rating.
        levels: Vec<LevelView<'a>> = levels,
        /// The level, or the number, at which expectations are met, as people call it; empty on a number scale that says nothing of
        /// them.
        meets_at: &'a str = &overview.meets_at,
        /// Whether a count is withheld anywhere.
        any_withheld: bool = not_listed
            || nodes.clone().any(|node| node.counts.contains(&None) || node.no_entry.is_none()),
        /// Whether anybody lacks an entry somewhere, or that is withheld.
        any_no_entry: bool = nodes.any(|node| node.no_entry != Some(0)),
        /// All domains together.
        overall: NodeView<'a> = overall,
        /// Each domain.
        domains: Vec<DomainView<'a>> = domains,
        /// The indicators that call most for professional development.
        needs: &'a [Need] = &overview.needs,
    }
}

/// The identity of the rubric.
#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
struct RubricName<'a> {
    id: &'a str,
    version: &'a str,
    title: &'a str,
    fingerprint: &'a str,
}

/// A level of the scale.
#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
struct LevelView<'a> {
    /// The id of its pattern on this page: its own id; from the second rubric on, with the rubric's number before it.
    id: String,
    label: &'a str,
    /// The label of the level that it counts as, for a choice that is no rating and counts by the rubric's own words; else null.
    counts_as: Option<&'a str>,
    /// Its number by meaning: 0 is the lowest level, and choices that are no rating have the highest numbers.
    number: usize,
    /// Whether it is a rating.
    rated: bool,
    /// Whether it meets expectations.
    meets: bool,
    /// The steps from the level that meets expectations; negative below it, and null for a choice that is no rating.
    steps_from_met: Option<i64>,
}

/// A domain, with what is in it in one list.
#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
struct DomainView<'a> {
    #[serde(flatten)]
    node: NodeView<'a>,
    /// Its competencies, each followed by its indicators; or its indicators. Those of which no count is shown are left out.
    rows: Vec<NodeView<'a>>,
    /// The number of rows that are left out.
    not_listed: usize,
}

/// A node of the rubric with its counts, and the picture of them.
#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
struct NodeView<'a> {
    /// `rubric`, `domain`, `competency` or `indicator`.
    tier: &'static str,
    id: &'a str,
    code: &'a str,
    title: &'a str,
    /// By level, in their order; null for what is withheld.
    counts: Vec<Option<u64>>,
    /// The number of missing entries; null where it is withheld.
    no_entry: Option<u64>,
    /// All counts together, missing entries too; null when that is withheld.
    total: Option<u64>,
    /// The lowest, the median and the highest number given to an indicator on a number scale, each null where it is withheld; null
    /// for any other node.
    numbers: Option<[Option<String>; 3]>,
    /// A stacked bar, 1000 wide; empty where nothing is shown. What is withheld is its last part, all together.
    segments: Vec<Segment<'a>>,
    /// The bar as SVG, with the patterns of the macro `fills`.
    #[cfg_attr(feature = "schema", schemars(with = "String"))]
    picture: Value,
}

impl<'a> LevelView<'a> {
    /// The level of the summary with a number, on a scale with a number of levels below expectations.
    fn of(summary: usize, level: &'a ScaleLevel, below: usize) -> Self {
        // No id has a hyphen, or begins with a digit.
        let id = if summary == 1 { level.id.clone() } else { format!("{summary}-{}", level.id) };
        let number = i64::try_from(level.number).ok().filter(|_| level.rated);
        let steps_from_met = number.zip(i64::try_from(below).ok()).map(|(number, below)| number.saturating_sub(below));
        let ScaleLevel { label, number, rated, meets, .. } = level;
        let counts_as = level.counts_as.as_deref();
        Self { id, label, counts_as, number: *number, rated: *rated, meets: *meets, steps_from_met }
    }
}

impl<'a> NodeView<'a> {
    /// Whether any count of it is shown, but that nobody lacks an entry.
    fn is_shown(&self) -> bool {
        self.counts.iter().any(Option::is_some) || self.no_entry.is_some_and(|count| count > 0)
    }

    fn of(
        tier: &'static str,
        (id, code, title): (&'a str, &'a str, &'a str),
        tally: &'a Counts,
        levels: &[LevelView<'a>],
    ) -> Self {
        let counts: Vec<Option<u64>> = tally.tally.iter().map(|(_, count)| *count).collect();
        let total = tally.total.unwrap_or_default();
        let shown = counts.iter().flatten().chain(&tally.no_entry).sum::<u64>();
        let levels = levels.iter().zip(&counts).map(|(level, count)| (Some(level.id.clone()), level.label, *count));
        let rest =
            [(None, "No entry", tally.no_entry), (Some("not-shown".to_owned()), "Withheld", total.checked_sub(shown))];
        let parts = levels.chain(rest);
        let parts = parts.map(|(level, label, count)| (level.map(Cow::Owned), label, count.unwrap_or_default()));
        let segments = picture::segments(parts, total);
        let picture = picture::svg(title, &segments);
        Self {
            tier,
            id,
            code,
            title,
            counts,
            no_entry: tally.no_entry,
            total: tally.total,
            numbers: None,
            segments,
            picture,
        }
    }
}
