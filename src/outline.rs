//! The outline of a rubric: its nodes in order, each with what is derived from its place.

mod observed;

use std::collections::HashMap;
use std::ops::Range;

use crate::exact::Exact;
use crate::scale::Scales;
use crate::source::{Entries, Field, Number, Text};
use crate::syntax;
pub(crate) use crate::syntax::rubric::Tier;
use crate::syntax::scoring::Each;

pub(crate) use self::observed::{Observed, ObservedKind};

/// A domain, competency or indicator.
#[derive(Debug, Clone)]
pub(crate) struct Node {
    /// Its number in the outline.
    pub(crate) number: usize,
    pub(crate) id: String,
    /// The number that is printed.
    pub(crate) code: String,
    pub(crate) title: Option<String>,
    pub(crate) statement: Option<String>,
    pub(crate) tier: Tier,
    /// Whether evaluations rate it: an indicator, or a domain or competency that is rated itself.
    pub(crate) is_rated: bool,
    /// The number of the scale that what is under it is rated on.
    pub(crate) scale: usize,
    /// The number, in the outline, of the domain or competency that it is in; `None` for a domain.
    pub(crate) parent: Option<usize>,
    /// Its number among those of its tier in the same parent.
    pub(crate) place: usize,
    /// The numbers of the indicators at and under it.
    pub(crate) indicators: Range<usize>,
    /// The points that an indicator has itself, by the ids of levels.
    pub(crate) points: Vec<(String, Exact)>,
    /// The place among the observations of a policy; `None` for a part of the rubric.
    pub(crate) observed: Option<Observed>,
    /// The numbers of the domains at and under it, among the domains; none for an indicator.
    domains: Range<usize>,
    /// The numbers of the competencies at and under it, and of the domains that count as one, among these.
    competencies: Range<usize>,
}

impl Node {
    /// The title, or the statement where there is none.
    pub(crate) fn label(&self) -> &str {
        self.title.as_deref().or(self.statement.as_deref()).unwrap_or_default()
    }

    /// Whether it is a domain or competency without parts, which is its own indicator.
    pub(crate) fn is_rated_itself(&self) -> bool {
        self.is_rated && self.tier != Tier::Indicator
    }

    /// The word for what is rated, with its article.
    pub(crate) fn rated_as(&self) -> &'static str {
        match self.tier {
            Tier::Domain => "a domain that is rated itself",
            Tier::Competency => "a competency that is rated itself",
            Tier::Indicator => "an indicator",
        }
    }

    /// Whether the node is another one, or lies in it.
    pub(crate) fn is_within(&self, other: &Self) -> bool {
        other.tier <= self.tier
            && other.indicators.start <= self.indicators.start
            && self.indicators.end <= other.indicators.end
    }

    /// The numbers of the nodes at and under it, among those that a step has results for.
    pub(crate) fn under(&self, each: Each) -> Range<usize> {
        match each {
            Each::Domain => self.domains.clone(),
            Each::Competency => self.competencies.clone(),
            Each::Observation => self.observed.map_or(0..0, |at| at.observation..at.observation.saturating_add(1)),
        }
    }
}

/// The nodes of a rubric: each domain, then its indicators and each of its competencies with its indicators.
#[derive(Debug, Clone, Default)]
pub(crate) struct Outline {
    nodes: Vec<Node>,
    domains: Vec<usize>,
    /// The competencies, and each domain that has none, which counts as one.
    competencies: Vec<usize>,
    indicators: Vec<usize>,
    by_id: HashMap<String, usize>,
    /// The observations that a policy has results for; none in the outline of a rubric.
    observations: Vec<usize>,
    /// The most observations that one evaluation has.
    at_most: usize,
    /// The number of nodes of the rubric; those of observations follow.
    own_nodes: usize,
    /// The number of indicators of the rubric.
    own: usize,
}

impl Outline {
    /// The outline of a document, in which an id or a text may be missing.
    pub(crate) fn of(document: &[syntax::outline::Node<'_>], scales: Option<&Scales>) -> Self {
        let scale = |node: &syntax::outline::Node<'_>| scales?.find(node.scale.and_then(Field::word));
        let text = |field: Option<&Field<Text>>| field.and_then(Field::text).map(str::to_owned);
        let nodes = document.iter().map(|node| Node {
            number: 0,
            id: node.id.word().unwrap_or_default().to_owned(),
            code: node.code().to_owned(),
            title: text(node.title),
            statement: text(node.statement),
            tier: node.tier(),
            is_rated: node.is_rated,
            scale: scale(node).unwrap_or_default(),
            parent: node.parent,
            place: node.place_in_parent,
            indicators: node.indicators.clone(),
            points: node.indicator().and_then(|keys| keys.points).map(own_points).unwrap_or_default(),
            observed: None,
            domains: 0..0,
            competencies: 0..0,
        });
        Self::listed(nodes.collect())
    }

    /// Of two nodes with the same id the first is found by it.
    fn listed(mut nodes: Vec<Node>) -> Self {
        let by_id = HashMap::with_capacity(nodes.len());
        let mut outline = Self { by_id, ..Self::default() };
        for (number, node) in nodes.iter_mut().enumerate() {
            node.number = number;
            match node.tier {
                Tier::Domain => {
                    outline.domains.push(number);
                    outline.competencies.push(number);
                }
                Tier::Competency => {
                    outline.competencies.pop_if(|last| Some(*last) == node.parent);
                    outline.competencies.push(number);
                }
                Tier::Indicator => {}
            }
            if node.is_rated {
                outline.indicators.push(number);
            }
            outline.by_id.entry(node.id.clone()).or_insert(number);
        }
        outline.own = outline.indicators.len();
        outline.own_nodes = nodes.len();
        outline.nodes = nodes;
        for number in 0..outline.nodes.len() {
            outline.find_under(number);
        }
        outline
    }

    /// Some of the indicators, numbered anew, and what holds them. Codes stay as they are printed.
    pub(crate) fn only(&self, chosen: &[usize]) -> Self {
        let number = |indicator: usize| chosen.partition_point(|other| *other < indicator);
        let mut renumbered = Vec::with_capacity(self.nodes.len());
        let mut kept = Vec::new();
        for node in &self.nodes {
            renumbered.push(kept.len());
            let indicators = number(node.indicators.start)..number(node.indicators.end);
            if !indicators.is_empty() {
                let parent = node.parent.and_then(|parent| renumbered.get(parent).copied());
                kept.push(Node { indicators, parent, ..node.clone() });
            }
        }
        Self::listed(kept)
    }

    pub(crate) fn find(&self, id: &str) -> Option<&Node> {
        self.get(*self.by_id.get(id)?)
    }

    pub(crate) fn get(&self, number: usize) -> Option<&Node> {
        self.nodes.get(number)
    }

    /// The first node that is printed with a number.
    pub(crate) fn printed_as(&self, code: &str) -> Option<&Node> {
        self.iter().find(|node| node.code == code)
    }

    /// Every node of the rubric, in order.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &Node> {
        self.nodes.iter().take(self.own_nodes)
    }

    /// Every id of the rubric, in order.
    pub(crate) fn ids(&self) -> impl Iterator<Item = &str> {
        self.iter().map(|node| node.id.as_str())
    }

    pub(crate) fn indicators(&self) -> Nodes<'_> {
        Nodes { all: &self.nodes, numbers: &self.indicators }
    }

    /// The nodes that a step has results for, in order.
    pub(crate) fn each(&self, each: Each) -> Nodes<'_> {
        let numbers = match each {
            Each::Domain => &self.domains,
            Each::Competency => &self.competencies,
            Each::Observation => &self.observations,
        };
        Nodes { all: &self.nodes, numbers }
    }

    /// The indicators that are in a domain, or in a competency, themselves: the node alone, where it is rated itself.
    pub(crate) fn own(&self, node: &Node) -> impl Iterator<Item = &Node> {
        let itself = self.get(node.number).filter(|node| node.is_rated_itself());
        let after = self.nodes.iter().skip(node.number.saturating_add(1));
        itself.into_iter().chain(after.take_while(|node| node.tier == Tier::Indicator))
    }

    /// The domain or competency whose heading an indicator is printed under; itself, where it is rated itself.
    pub(crate) fn heading<'a>(&'a self, indicator: &'a Node) -> &'a Node {
        let holder = self.around(indicator).next().filter(|_| !indicator.is_rated_itself());
        holder.unwrap_or(indicator)
    }

    /// The competencies of a domain, in order.
    pub(crate) fn competencies(&self, domain: &Node) -> impl ExactSizeIterator<Item = &Node> {
        let under = self.competencies.get(domain.competencies.clone()).unwrap_or_default();
        let numbers = if under == [domain.number] { &[] } else { under };
        Nodes { all: &self.nodes, numbers }.iter()
    }

    /// A value for each domain, made with the values of its competencies.
    pub(crate) fn nest<'a, C, D>(
        &'a self,
        competency: impl Fn(&'a Node) -> C,
        domain: impl Fn(&'a Node, Vec<C>) -> D,
    ) -> Vec<D> {
        let domains = self.each(Each::Domain).iter();
        domains.map(|node| domain(node, self.competencies(node).map(&competency).collect())).collect()
    }

    /// The parents of a node, from its competency or domain outward.
    pub(crate) fn around<'a>(&'a self, node: &'a Node) -> impl Iterator<Item = &'a Node> {
        let outer = |node: &&Node| self.get(node.parent?);
        std::iter::successors(outer(&node), outer)
    }

    /// The domain of a node; itself, if it is one.
    pub(crate) fn domain<'a>(&'a self, node: &'a Node) -> &'a Node {
        self.around(node).last().unwrap_or(node)
    }

    /// The competency that a node is in.
    pub(crate) fn competency<'a>(&'a self, node: &'a Node) -> Option<&'a Node> {
        self.around(node).find(|node| node.tier == Tier::Competency)
    }

    /// The number of a node among those that a step has results for.
    pub(crate) fn subject(&self, each: Each, id: &str) -> Option<usize> {
        self.each(each).iter().position(|node| node.id == id)
    }

    /// Derives what lies at and under a node from the ranges of indicators.
    fn find_under(&mut self, number: usize) {
        let node = self.nodes.get(number).filter(|node| node.tier != Tier::Indicator);
        let Some(indicators) = node.map(|node| node.indicators.clone()) else { return };
        let within = |numbers: &[usize]| {
            let is = |number: &usize, holds: fn(&Range<usize>, &Range<usize>) -> bool| {
                self.nodes.get(*number).is_some_and(|node| holds(&node.indicators, &indicators))
            };
            let first = numbers.partition_point(|number| is(number, |inner, outer| inner.start < outer.start));
            let last = numbers.partition_point(|number| is(number, |inner, outer| inner.end <= outer.end));
            first..last.max(first)
        };
        let (domains, competencies) = (within(&self.domains), within(&self.competencies));
        if let Some(node) = self.nodes.get_mut(number) {
            (node.domains, node.competencies) = (domains, competencies);
        }
    }
}

/// The points that an indicator has itself.
fn own_points(points: &Field<Entries<Number>>) -> Vec<(String, Exact)> {
    let entries = points.get().into_iter().flat_map(Entries::iter);
    entries.filter_map(|(level, _, points)| Some((level.to_owned(), points.get()?.0.clone()))).collect()
}

/// Some nodes of an outline, in order.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Nodes<'a> {
    all: &'a [Node],
    numbers: &'a [usize],
}

impl<'a> Nodes<'a> {
    pub(crate) fn len(self) -> usize {
        self.numbers.len()
    }

    pub(crate) fn get(self, number: usize) -> Option<&'a Node> {
        self.all.get(*self.numbers.get(number)?)
    }

    #[expect(clippy::indexing_slicing, reason = "an outline lists numbers of its own nodes only")]
    pub(crate) fn iter(self) -> impl ExactSizeIterator<Item = &'a Node> + Clone {
        self.numbers.iter().map(move |number| &self.all[*number])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Library, Rubric};

    fn outlined() -> Rubric {
        let text = "
id: outlined
version: 1.0.0
title: Outlined
domains:
  - { id: a, title: A, indicators: [{ id: a1, statement: Plans }, { id: a2, statement: Teaches }] }
  - id: b
    title: B
    competencies:
      - { id: c, title: C, statement: See, indicators: [{ id: c1, statement: Listens }] }
      - { id: d, title: D, statement: Do, indicators: [{ id: d1, statement: Writes }, { id: d2, statement: Reads }] }
  - { id: e, title: E, indicators: [{ id: e1, statement: Reports }] }
";
        Rubric::parse("outlined.yaml", text, &Library::empty()).unwrap_or_else(|found| panic!("{found}"))
    }

    #[test]
    fn a_domain_without_competencies_counts_as_one() {
        let rubric = outlined();
        let outline = rubric.outline();
        let ids = |each| outline.each(each).iter().map(|node| node.id.as_str()).collect::<Vec<_>>();
        assert_eq!(ids(Each::Domain), ["a", "b", "e"]);
        assert_eq!(ids(Each::Competency), ["a", "c", "d", "e"]);
        assert_eq!(outline.find("b").unwrap().indicators, 2..5);
    }

    #[test]
    fn nodes_under_a_node_are_found_by_its_indicators() {
        let rubric = outlined();
        let outline = rubric.outline();
        let under = |id, each| outline.find(id).unwrap().under(each);
        assert_eq!((under("b", Each::Competency), under("a", Each::Competency)), (1..3, 0..1));
        assert_eq!((under("b", Each::Domain), under("c", Each::Domain)), (1..2, 1..1));
        assert_eq!(outline.subject(Each::Competency, "d"), Some(2));
    }

    #[test]
    fn a_node_knows_what_it_is_in_and_a_part_of_the_outline_keeps_that() {
        let rubric = outlined();
        let part = rubric.outline().only(&[1, 4, 5]);
        assert_eq!(part.ids().collect::<Vec<_>>(), ["a", "a2", "b", "d", "d2", "e", "e1"]);
        for outline in [rubric.outline(), &part] {
            let around = |id: &str| {
                let node = outline.find(id).unwrap();
                outline.around(node).map(|node| node.id.as_str()).collect::<Vec<_>>()
            };
            assert_eq!((around("d2"), around("e1"), around("b")), (vec!["d", "b"], vec!["e"], vec![]));
            assert_eq!(outline.domain(outline.find("d2").unwrap()).id, "b");
        }
        assert_eq!(
            (part.find("d").unwrap().indicators.clone(), part.find("d2").unwrap().code.as_str()),
            (1..2, "2.2.2")
        );
    }
}
