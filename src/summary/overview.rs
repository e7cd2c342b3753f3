//! The counts of a summary that may be shown.

use serde::{Serialize, Serializer};

use crate::rubric::{Node, Scale};
use crate::scale::DEFAULT;

use super::part::Part;
use super::{Span, Summary};

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
    /// The least number of evaluations behind a count that is shown.
    pub threshold: u64,
    /// The number of evaluations counted; null when fewer than the threshold, and then nothing is shown.
    pub evaluations: Option<u64>,
    /// The levels of the scale: the rated ones, lowest first, then the choices that are no rating.
    pub levels: Vec<ScaleLevel>,
    /// The label of the first level that meets expectations.
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
    /// The title of its domain; empty for the whole rubric.
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
    let rated = scale.rated().len();
    let levels = scale.in_print().zip(scale.printed()).map(|(number, level)| ScaleLevel {
        id: level.id.clone(),
        label: level.label.clone(),
        number,
        rated: number < rated,
        meets: (scale.meeting_level()..rated).contains(&counted(scale, number)),
        counts_as: scale.counts_as(number).map(|level| level.label.clone()),
    });
    let levels: Vec<ScaleLevel> = levels.collect();
    let whole = NodeCounts {
        id: rubric.id().to_owned(),
        code: String::new(),
        title: rubric.title().to_owned(),
        tally: overall.clone(),
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
        needs: needs(&levels, &domains, &whole),
        levels,
        meets_at: scale.meets_at().map_or_else(String::new, |level| level.label.clone()),
        overall,
        domains,
    }
}

/// The number of the level that a level counts as: its own, but for a choice that counts as another.
fn counted(scale: &Scale, level: usize) -> usize {
    scale.counts_as(level).and_then(|counted| scale.position(&counted.id)).unwrap_or(level)
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
        let levels = self.scale.in_print().zip(self.scale.printed());
        let tally = levels.map(|(number, level)| (level.id.clone(), at(number))).collect();
        let no_entry = at(self.scale.levels().len());
        Counts { tally, no_entry, total: Some(total).filter(|_| self.is_shown) }
    }

    fn domains(&self) -> Vec<DomainCounts> {
        let outline = &self.part.outline;
        let of = |node: &Node| NodeCounts {
            id: node.id.clone(),
            code: node.code.clone(),
            title: node.label().to_owned(),
            tally: self.tally(node.number + 1),
        };
        let own = |node| outline.own(node).map(of).collect();
        outline.nest(
            |node| CompetencyCounts { node: of(node), indicators: own(node) },
            |node, competencies| DomainCounts { node: of(node), competencies, indicators: own(node) },
        )
    }
}

impl DomainCounts {
    /// The domain and every node under it, in order.
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
        let parts = domains.iter().flat_map(|domain| domain.nodes().map(|node| (&*domain.node.title, node)));
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
