//! The subjects of a policy's steps: the nodes of the rubric, by index.

use std::collections::HashMap;
use std::ops::Range;

pub(crate) use crate::syntax::rubric::Tier;
use crate::syntax::scoring::Each;

/// A node as a rubric lists it: each domain, then what is in it.
pub(crate) struct Listed<'a> {
    pub(crate) tier: Tier,
    pub(crate) id: &'a str,
    /// The number that is printed.
    pub(crate) code: &'a str,
    /// The title, or the statement where there is none.
    pub(crate) label: &'a str,
}

/// A domain, competency or indicator.
#[derive(Debug, Clone)]
pub(crate) struct Node {
    pub(crate) id: String,
    /// The number that is printed.
    pub(crate) code: String,
    pub(crate) label: String,
    pub(crate) tier: Tier,
    /// The numbers of the indicators at and under it.
    pub(crate) indicators: Range<usize>,
}

impl Node {
    /// Whether the node is another one, or lies in it.
    pub(crate) fn is_within(&self, other: &Self) -> bool {
        other.tier <= self.tier
            && other.indicators.start <= self.indicators.start
            && self.indicators.end <= other.indicators.end
    }
}

/// The nodes of a rubric.
#[derive(Debug, Clone, Default)]
pub(crate) struct Nodes {
    domains: Vec<Node>,
    /// The competencies, and each domain that holds its indicators directly, which counts as one.
    competencies: Vec<Node>,
    indicators: Vec<Node>,
    by_id: HashMap<String, (Tier, usize)>,
}

impl Nodes {
    /// Of two nodes with the same id the first is found by it.
    pub(crate) fn of<'a>(listed: impl IntoIterator<Item = Listed<'a>>) -> Self {
        let mut nodes = Self::default();
        // Whether the open domain has competencies.
        let mut is_grouped = true;
        for node in listed {
            let next = nodes.indicators.len();
            match node.tier {
                Tier::Domain => {
                    nodes.direct(is_grouped);
                    is_grouped = false;
                }
                Tier::Competency => is_grouped = true,
                Tier::Indicator => {}
            }
            let made = Node {
                id: node.id.to_owned(),
                code: node.code.to_owned(),
                label: node.label.to_owned(),
                tier: node.tier,
                indicators: next..next + usize::from(node.tier == Tier::Indicator),
            };
            if node.tier == Tier::Indicator {
                let competency = nodes.competencies.last_mut().filter(|_| is_grouped);
                for parent in nodes.domains.last_mut().into_iter().chain(competency) {
                    parent.indicators.end = next + 1;
                }
            }
            let list = match node.tier {
                Tier::Domain => &mut nodes.domains,
                Tier::Competency => &mut nodes.competencies,
                Tier::Indicator => &mut nodes.indicators,
            };
            nodes.by_id.entry(made.id.clone()).or_insert((node.tier, list.len()));
            list.push(made);
        }
        nodes.direct(is_grouped);
        nodes
    }

    /// Some of the indicators, numbered anew, and what holds them. Codes stay as they are printed.
    pub(crate) fn only(&self, chosen: &[usize]) -> Self {
        let kept = |nodes: &[Node]| -> Vec<Node> {
            let number = |place: usize| chosen.partition_point(|indicator| *indicator < place);
            let within = |node: &Node| number(node.indicators.start)..number(node.indicators.end);
            let some = nodes.iter().filter(|node| !within(node).is_empty());
            some.map(|node| Node { indicators: within(node), ..node.clone() }).collect()
        };
        let (domains, competencies, indicators) =
            (kept(&self.domains), kept(&self.competencies), kept(&self.indicators));
        let mut by_id = HashMap::new();
        for (tier, nodes) in
            [(Tier::Domain, &domains), (Tier::Competency, &competencies), (Tier::Indicator, &indicators)]
        {
            for (number, node) in nodes.iter().enumerate().filter(|(_, node)| node.tier == tier) {
                by_id.entry(node.id.clone()).or_insert((tier, number));
            }
        }
        Self { domains, competencies, indicators, by_id }
    }

    /// The last domain counts as a competency if it has none.
    fn direct(&mut self, is_grouped: bool) {
        if !is_grouped && let Some(domain) = self.domains.last() {
            self.competencies.push(domain.clone());
        }
    }

    pub(crate) fn find(&self, id: &str) -> Option<&Node> {
        let (tier, number) = self.by_id.get(id)?;
        self.of_tier(*tier).get(*number)
    }

    pub(crate) fn ids(&self) -> impl Iterator<Item = &str> {
        self.domains.iter().chain(&self.competencies).chain(&self.indicators).map(|node| node.id.as_str())
    }

    pub(crate) fn indicators(&self) -> &[Node] {
        &self.indicators
    }

    fn of_tier(&self, tier: Tier) -> &[Node] {
        match tier {
            Tier::Domain => &self.domains,
            Tier::Competency => &self.competencies,
            Tier::Indicator => &self.indicators,
        }
    }

    /// The nodes that a step has results for, in order.
    pub(crate) fn each(&self, each: Each) -> &[Node] {
        match each {
            Each::Domain => &self.domains,
            Each::Competency => &self.competencies,
        }
    }

    /// The number of a node among those that a step has results for.
    pub(crate) fn subject(&self, each: Each, id: &str) -> Option<usize> {
        self.each(each).iter().position(|node| node.id == id)
    }

    /// The numbers of those under a range of indicators.
    pub(crate) fn within(&self, each: Each, range: &Range<usize>) -> Range<usize> {
        let nodes = self.each(each);
        let first = nodes.partition_point(|node| node.indicators.start < range.start);
        let last = nodes.partition_point(|node| node.indicators.end <= range.end);
        first..last.max(first)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn nodes() -> Nodes {
        let node = |tier, id| Listed { tier, id, code: id, label: id };
        use Tier::{Competency, Domain, Indicator};
        Nodes::of([
            node(Domain, "a"),
            node(Indicator, "a1"),
            node(Indicator, "a2"),
            node(Domain, "b"),
            node(Competency, "c"),
            node(Indicator, "c1"),
            node(Competency, "d"),
            node(Indicator, "d1"),
            node(Indicator, "d2"),
            node(Domain, "e"),
            node(Indicator, "e1"),
        ])
    }

    #[test]
    fn a_domain_without_competencies_counts_as_one() {
        let nodes = nodes();
        let ids = |each| nodes.each(each).iter().map(|node| node.id.as_str()).collect::<Vec<_>>();
        assert_eq!(ids(Each::Domain), ["a", "b", "e"]);
        assert_eq!(ids(Each::Competency), ["a", "c", "d", "e"]);
        assert_eq!(nodes.find("b").unwrap().indicators, 2..5);
    }

    #[test]
    fn what_lies_under_a_node_is_found_by_its_indicators() {
        let nodes = nodes();
        assert_eq!(nodes.within(Each::Competency, &(2..5)), 1..3);
        assert_eq!(nodes.within(Each::Competency, &(0..2)), 0..1);
        assert_eq!(nodes.within(Each::Domain, &(2..3)), 1..1);
        assert_eq!(nodes.within(Each::Domain, &(0..6)), 0..3);
        assert_eq!(nodes.subject(Each::Competency, "d"), Some(2));
    }
}
