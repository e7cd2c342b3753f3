//! Lists the nodes of a rubric, each with its attributes that can change.

use crate::rubric::{Rubric, Tier};

/// A domain, competency or indicator, and where it stands.
pub(super) struct Node<'a> {
    pub(super) tier: Tier,
    pub(super) id: &'a str,
    pub(super) code: &'a str,
    pub(super) title: Option<&'a str>,
    pub(super) statement: Option<&'a str>,
    pub(super) guidance: Option<&'a str>,
    pub(super) descriptors: Vec<(&'a str, &'a str)>,
    pub(super) evaluated_by: Option<&'a str>,
    pub(super) critical: bool,
    pub(super) domain: &'a str,
    pub(super) competency: Option<&'a str>,
}

impl<'a> Node<'a> {
    /// The node's name in a change: its statement, which says more than a title.
    pub(super) fn label(&self) -> &'a str {
        self.statement.or(self.title).unwrap_or_default()
    }
}

/// Every node of a rubric, in order.
pub(super) fn nodes(rubric: &Rubric) -> Vec<Node<'_>> {
    let levels = rubric.scale().levels();
    let mut list = Vec::new();
    for domain in rubric.domains() {
        let group = |tier, id, code, title, statement, competency| Node {
            tier,
            id,
            code,
            title: Some(title),
            statement,
            guidance: None,
            descriptors: Vec::new(),
            evaluated_by: None,
            critical: false,
            domain: domain.id.as_str(),
            competency,
        };
        list.push(group(Tier::Domain, &domain.id, &domain.code, &domain.title, domain.statement.as_deref(), None));
        for competency in &domain.competencies {
            let statement = Some(competency.statement.as_str());
            list.push(group(Tier::Competency, &competency.id, &competency.code, &competency.title, statement, None));
        }
        list.extend(domain.placed_indicators().map(|(competency, indicator)| {
            Node {
                tier: Tier::Indicator,
                id: &indicator.id,
                code: &indicator.code,
                title: indicator.title.as_deref(),
                statement: Some(&indicator.statement),
                guidance: indicator.guidance.as_deref(),
                descriptors: indicator
                    .descriptors
                    .iter()
                    .filter_map(|(level, text)| Some((levels.get(*level)?.id.as_str(), text.as_str())))
                    .collect(),
                evaluated_by: indicator.evaluated_by.as_deref(),
                critical: indicator.critical,
                domain: &domain.id,
                competency: competency.map(|competency| competency.id.as_str()),
            }
        }));
    }
    list
}
