//! The counts of a summary that may be shown.

use serde::{Serialize, Serializer};

use crate::rubric::{Node, Scale};
use crate::scale::{DEFAULT, NumberRange};

use super::numbers::{Numbers, ScaleLevel};
use super::part::Part;
use super::{Span, StaffTotals, Summary};

/// The most needs that are listed.
const MOST_NEEDS: usize = 10;

/// The counts of many evaluations that may be shown: an overview for each rubric, and each of its scales, the time span, and the evaluations left
/// out.
#[derive(Debug, Clone, Default, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Summaries {
    /// The time span in which the periods of all counted evaluations end; null when unknown.
    pub period: Option<Span>,
    /// The number of evaluations in none of the summaries, by reason.
    pub left_out: Uncounted,
    /// The overviews, in the order in which the rubrics came. A rubric with several scales has one for each.
    pub summaries: Vec<Overview>,
    /// The totals of what the evaluations of each rubric report beside the ratings; absent where none reports anything.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub staff: Vec<StaffTotals>,
}

impl From<Vec<Overview>> for Summaries {
    fn from(summaries: Vec<Overview>) -> Self {
        Self { summaries, ..Self::default() }
    }
}

/// The number of evaluations that are not counted, by reason.
#[derive(Debug, Clone, Default, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Uncounted {
    /// Evaluations that cannot be read, or have an error.
    pub unreadable: u64,
    /// Drafts.
    pub drafts: u64,
    /// Self-evaluations, where others are counted.
    pub self_evaluations: u64,
    /// Evaluations of any other type that is not counted.
    pub other_types: u64,
    /// Evaluations whose period ends outside the requested time span.
    pub other_periods: u64,
    /// Evaluations of a person of whom a later one, or another one of the same days, is counted.
    pub superseded: u64,
}

/// The counts of many evaluations of one rubric, on one scale, that may be shown. A count that is `None`, null in JSON, is withheld.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Overview {
    /// The rubric's id.
    pub rubric: String,
    /// The rubric's version.
    pub version: String,
    /// The rubric's title.
    pub title: String,
    /// The rubric's language, such as `en-US`.
    pub language: Option<String>,
    /// The rubric's fingerprint.
    pub fingerprint: String,
    /// The scale whose indicators are counted, `default` for the default one; absent for a rubric with one scale.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub scale: Option<String>,
    /// The numbers of a number scale, as printed: "0 to 15 points"; absent for a scale of levels.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub range: Option<String>,
    /// The least number of evaluations behind a count that is shown.
    pub threshold: u64,
    /// The number of evaluations counted; null when fewer than the threshold, and then nothing is shown.
    pub evaluations: Option<u64>,
    /// The levels of the scale: the rated ones, lowest first, then the choices that are no rating. On a number scale the numbers
    /// below the one that meets expectations and those from it on are counted as two levels, or all numbers as one.
    pub levels: Vec<ScaleLevel>,
    /// The label of the first level, or the number, that meets expectations; empty on a number scale that says nothing of them.
    pub meets_at: String,
    /// The tally of all ratings on the scale.
    pub overall: Counts,
    /// The domains that have indicators on the scale, in the rubric's order.
    pub domains: Vec<DomainCounts>,
    /// The parts of the rubric that call most for professional development, most ratings below expectations first, ranked
    /// by shown counts alone: indicators; where none of their counts may be shown, as for a small staff, competencies, else
    /// domains, else the whole.
    pub needs: Vec<Need>,
}

/// The number of a node's ratings at each level.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Counts {
    /// The number of ratings by the level's id, in the order of the levels.
    #[serde(serialize_with = "by_level")]
    #[cfg_attr(feature = "schema", schemars(with = "std::collections::BTreeMap<String, Option<u64>>"))]
    pub tally: Vec<(String, Option<u64>)>,
    /// The number of missing entries over all evaluations and indicators: unrated, judged as part of a whole, or out of
    /// scope.
    pub no_entry: Option<u64>,
    /// The total: the number of evaluations times the number of indicators.
    pub total: Option<u64>,
}

/// A node of the rubric.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct NodeCounts {
    /// Unique across the rubric.
    pub id: String,
    /// The printed number.
    pub code: String,
    /// The title, or else the statement.
    pub title: String,
    /// Its ratings.
    #[serde(flatten)]
    pub tally: Counts,
    /// The numbers given to an indicator on a number scale; absent for any other node.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub numbers: Option<Numbers>,
}

/// A domain.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct DomainCounts {
    /// The domain itself.
    #[serde(flatten)]
    pub node: NodeCounts,
    /// Its competencies; empty where the domain has indicators of its own.
    pub competencies: Vec<CompetencyCounts>,
    /// The domain's own indicators; empty where it has competencies.
    pub indicators: Vec<NodeCounts>,
}

/// A competency.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct CompetencyCounts {
    /// The competency itself.
    #[serde(flatten)]
    pub node: NodeCounts,
    /// Its indicators.
    pub indicators: Vec<NodeCounts>,
}

/// A part of a rubric: how fine it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Tier {
    /// One indicator.
    Indicator,
    /// A competency, with its indicators counted together.
    Competency,
    /// A domain, with everything in it counted together.
    Domain,
    /// The whole rubric, counted together.
    Rubric,
}

/// A part of the rubric that calls for professional development.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Need {
    /// The tier of the part; the same for all needs listed.
    pub tier: Tier,
    /// Its id; the rubric's id for the whole rubric.
    pub id: String,
    /// Its printed number; empty for the whole rubric.
    pub code: String,
    /// Its title, or else its statement.
    pub title: String,
    /// The title of the domain that it is in; empty for the whole rubric, and for a domain that is rated itself.
    pub domain: String,
    /// The number of its ratings below expectations; for an indicator, each from another evaluation.
    pub below: u64,
    /// Whether the true number may be larger, because a level below expectations is withheld.
    pub at_least: bool,
}

fn by_level<S: Serializer>(tally: &[(String, Option<u64>)], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_map(tally.iter().map(|(level, count)| (level, count)))
}

/// The overview of the counts that are not withheld, by row and column.
pub(super) fn of(summary: &Summary, part: &Part, scale: &Scale, threshold: u64, withheld: &[bool]) -> Overview {
    let rubric = &summary.rubric;
    let is_shown = summary.evaluations >= threshold;
    let rows = Rows { part, scale, withheld, is_shown };
    let overall = rows.tally(0);
    let domains = rows.domains();
    let levels = levels(part, scale);
    let whole = NodeCounts {
        id: rubric.id().to_owned(),
        code: String::new(),
        title: rubric.title().to_owned(),
        tally: overall.clone(),
        numbers: None,
    };
    let range = scale.range();
    let meets_at = match range {
        Some(range) => range.meets_at.as_ref().map(|number| range.with_unit(&number.shown())),
        None => scale.meets_at().map(|level| level.label.clone()),
    };
    Overview {
        rubric: rubric.id().to_owned(),
        version: rubric.version(),
        title: rubric.title().to_owned(),
        language: rubric.language().map(str::to_owned),
        fingerprint: rubric.fingerprint().to_owned(),
        scale: (!rubric.all().is_one()).then(|| scale.id().unwrap_or(DEFAULT).to_owned()),
        threshold,
        evaluations: Some(summary.evaluations).filter(|_| is_shown),
        // Without a number that meets expectations nothing is below it.
        needs: if meets_at.is_some() { needs(&levels, &domains, &whole) } else { Vec::new() },
        range: range.map(NumberRange::words),
        levels,
        meets_at: meets_at.unwrap_or_default(),
        overall,
        domains,
    }
}

/// The number of the level that a level counts as: its own, but for a choice that counts as another.
fn counted(scale: &Scale, level: usize) -> usize {
    scale.counts_as(level).and_then(|counted| scale.position(&counted.id)).unwrap_or(level)
}

/// The columns of a part but that of no entry, as people read them.
fn levels(part: &Part, scale: &Scale) -> Vec<ScaleLevel> {
    let first = part.of_numbers.len();
    let rated = scale.rated().len();
    let levels = scale.in_print().zip(scale.printed()).map(|(number, level)| ScaleLevel {
        id: level.id.clone(),
        label: level.label.clone(),
        number: first + number,
        rated: number < rated,
        meets: (scale.meeting_level()..rated).contains(&counted(scale, number)),
        counts_as: scale.counts_as(number).map(|level| level.label.clone()),
    });
    part.of_numbers.iter().cloned().chain(levels).collect()
}

/// The rows of a part: the whole, then each node.
struct Rows<'a> {
    part: &'a Part,
    scale: &'a Scale,
    withheld: &'a [bool],
    /// Whether the number of evaluations reaches the threshold.
    is_shown: bool,
}

impl Rows<'_> {
    fn tally(&self, row: usize) -> Counts {
        let columns = self.part.columns;
        let counts = self.part.rows.get(row).map(|row| row.counts.as_slice()).unwrap_or_default();
        let total: u64 = counts.iter().sum();
        let withheld = self.withheld.get(row * columns..).unwrap_or_default();
        let shown: Vec<Option<u64>> =
            counts.iter().zip(withheld).map(|(count, withheld)| (!withheld).then_some(*count)).collect();
        let at = |column: usize| shown.get(column).copied().flatten();
        let levels = levels(self.part, self.scale).into_iter();
        let tally = levels.map(|level| (level.id, at(level.number))).collect();
        let no_entry = at(columns - 1);
        Counts { tally, no_entry, total: Some(total).filter(|_| self.is_shown) }
    }

    /// The numbers given to an indicator on a number scale. They tell on what side of the number that meets expectations somebody
    /// is, so they are shown only where the counts of both sides are.
    fn numbers(&self, node: &Node) -> Option<Numbers> {
        let given = self.part.given.get(node.indicators.start).filter(|_| node.is_rated)?;
        let first = (node.number + 1) * self.part.columns;
        let withheld = self.withheld.get(first..first + self.part.of_numbers.len())?;
        let may_be_shown = self.is_shown && !withheld.contains(&true);
        Some(if may_be_shown { given.numbers() } else { Numbers::default() })
    }

    fn domains(&self) -> Vec<DomainCounts> {
        let outline = &self.part.outline;
        let of = |node: &Node| NodeCounts {
            id: node.id.clone(),
            code: node.code.clone(),
            title: node.label().to_owned(),
            tally: self.tally(node.number + 1),
            numbers: self.numbers(node),
        };
        let own = |node| outline.own(node).map(of).collect();
        outline.nest(
            |node| CompetencyCounts { node: of(node), indicators: own(node) },
            |node, competencies| DomainCounts { node: of(node), competencies, indicators: own(node) },
        )
    }
}

impl DomainCounts {
    /// The domain and every node under it, in order. One that is rated itself comes twice: as what it is, and as its own
    /// indicator.
    pub fn nodes(&self) -> impl Iterator<Item = (Tier, &NodeCounts)> {
        let tier = |tier: Tier| move |node| (tier, node);
        let competencies = self.competencies.iter().flat_map(move |competency| {
            [(Tier::Competency, &competency.node)]
                .into_iter()
                .chain(competency.indicators.iter().map(tier(Tier::Indicator)))
        });
        [(Tier::Domain, &self.node)]
            .into_iter()
            .chain(self.indicators.iter().map(tier(Tier::Indicator)))
            .chain(competencies)
    }

    /// The title of the domain, for a node in it; empty for the domain as its own indicator.
    fn within(&self, node: &NodeCounts, tier: Tier) -> &str {
        if tier == Tier::Indicator && node.id == self.node.id { "" } else { &self.node.title }
    }

    /// Every indicator under it, in order.
    pub fn all_indicators(&self) -> impl Iterator<Item = &NodeCounts> {
        self.nodes().filter(|(tier, _)| *tier == Tier::Indicator).map(|(_, node)| node)
    }
}

impl Tier {
    /// The word for the tier, as it is written.
    pub fn name(self) -> &'static str {
        match self {
            Self::Indicator => "indicator",
            Self::Competency => "competency",
            Self::Domain => "domain",
            Self::Rubric => "rubric",
        }
    }
}

/// The needs at the finest tier at which any count below expectations is shown.
fn needs(levels: &[ScaleLevel], domains: &[DomainCounts], whole: &NodeCounts) -> Vec<Need> {
    let need = |tier: Tier, domain: &str, node: &NodeCounts| {
        let below = levels.iter().zip(&node.tally.tally).filter(|(level, _)| level.rated && !level.meets);
        let counts: Vec<Option<u64>> = below.map(|(_, (_, count))| *count).collect();
        let below: u64 = counts.iter().flatten().sum();
        (below > 0).then(|| Need {
            tier,
            id: node.id.clone(),
            code: node.code.clone(),
            title: node.title.clone(),
            domain: domain.to_owned(),
            below,
            at_least: counts.contains(&None),
        })
    };
    let of = |tier: Tier| -> Vec<Need> {
        let parts = domains.iter().flat_map(|domain| domain.nodes().map(|node| (domain.within(node.1, node.0), node)));
        let parts = parts.chain([("", (Tier::Rubric, whole))]);
        parts.filter(|(_, (of, _))| *of == tier).filter_map(|(domain, (_, node))| need(tier, domain, node)).collect()
    };
    let tiers = [Tier::Indicator, Tier::Competency, Tier::Domain, Tier::Rubric];
    let mut needs = tiers.into_iter().map(of).find(|needs| !needs.is_empty()).unwrap_or_default();
    // Of equals, the order of the rubric stays.
    needs.sort_by_key(|need| std::cmp::Reverse(need.below));
    needs.truncate(MOST_NEEDS);
    needs
}
