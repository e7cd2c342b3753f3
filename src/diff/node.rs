//! Lists the nodes of a rubric, each with its attributes that can change.

use crate::diagnostic::Severity;
use crate::exact::Exact;
use crate::rubric::{Indicator, Rubric, Scale, Tier};

/// A domain, competency or indicator, and where it stands.
pub(super) struct Node<'a> {
    pub(super) tier: Tier,
    /// Whether evaluations rate it: an indicator, or a domain or competency that is rated itself.
    pub(super) is_rated: bool,
    pub(super) id: &'a str,
    pub(super) code: &'a str,
    pub(super) title: Option<&'a str>,
    pub(super) statement: Option<&'a str>,
    pub(super) guidance: Option<&'a str>,
    pub(super) descriptors: Vec<(&'a str, &'a str)>,
    pub(super) evaluated_by: Option<&'a str>,
    /// Whether a rating by somebody without that qualification is an error.
    pub(super) is_qualification_enforced: bool,
    /// The id of the scale of an indicator; `None` for the default one.
    pub(super) scale: Option<&'a str>,
    /// Whether an indicator is rated with a number.
    pub(super) is_number: bool,
    /// The ids of the levels of the scale of an indicator.
    pub(super) levels: Vec<&'a str>,
    pub(super) critical: bool,
    /// The points that an indicator has itself, by level.
    pub(super) points: &'a [(String, Exact)],
    pub(super) domain: &'a str,
    pub(super) competency: Option<&'a str>,
}

impl<'a> Node<'a> {
    /// The node's name in a change: its statement, which says more than a title.
    pub(super) fn label(&self) -> &'a str {
        self.statement.or(self.title).unwrap_or_default()
    }
}

/// Every node of a rubric: each domain, then its competencies, then its indicators.
pub(super) fn nodes(rubric: &Rubric) -> Vec<Node<'_>> {
    let (levels, outline) = (rubric.levels(), rubric.outline());
    let mut nodes: Vec<_> = outline.iter().collect();
    nodes.sort_by_key(|node| (outline.domain(node).place, node.tier));
    let attributes = nodes.into_iter().map(|node| {
        let indicator = rubric.indicator_at(node.indicators.start).filter(|_| node.is_rated);
        let scale = indicator.and_then(|indicator| rubric.scale_of(indicator));
        let evaluated_by = indicator.and_then(|indicator| indicator.evaluated_by.as_deref());
        let described = indicator.into_iter().flat_map(Indicator::descriptors);
        Node {
            tier: node.tier,
            is_rated: node.is_rated,
            id: &node.id,
            code: &node.code,
            title: node.title.as_deref(),
            statement: node.statement.as_deref(),
            guidance: indicator.and_then(|indicator| indicator.guidance.as_deref()),
            descriptors: described.filter_map(|(level, text)| Some((levels.get(level)?.id.as_str(), text))).collect(),
            evaluated_by,
            is_qualification_enforced: evaluated_by
                .and_then(|id| rubric.qualification(id))
                .is_some_and(|qualification| qualification.severity == Severity::Error),
            scale: scale.and_then(Scale::id),
            is_number: scale.is_some_and(|scale| scale.range().is_some()),
            levels: scale.into_iter().flat_map(Scale::levels).map(|level| level.id.as_str()).collect(),
            critical: indicator.is_some_and(|indicator| indicator.critical),
            points: &node.points,
            domain: &outline.domain(node).id,
            competency: outline.competency(node).map(|competency| competency.id.as_str()),
        }
    });
    attributes.collect()
}
