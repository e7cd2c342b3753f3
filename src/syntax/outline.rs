//! The nodes of a rubric's document in order, each with the number that is printed and the nodes that it is in.

use crate::source::{Field, Span, Text, Word};

use super::Rubric;
use super::rubric::{Competency, Domain, Indicator, Tier};

/// A domain, competency or indicator.
pub(crate) struct Node<'a> {
    pub(crate) place: Span,
    #[cfg_attr(not(feature = "table"), expect(dead_code, reason = "only tables print a node's domain beside it"))]
    pub(crate) domain: &'a Domain,
    /// None for a domain, and for an indicator that hangs directly on one.
    pub(crate) competency: Option<&'a Competency>,
    /// None for a domain or competency.
    pub(crate) indicator: Option<&'a Indicator>,
    pub(crate) id: &'a Field<Word>,
    /// The number that the document gives.
    pub(crate) given_code: Option<&'a Field<Text>>,
    /// The number from the position, which is printed where none is given.
    pub(crate) position: String,
    pub(crate) title: Option<&'a Field<Text>>,
    pub(crate) statement: Option<&'a Field<Text>>,
    /// The qualification that the node itself names.
    pub(crate) evaluated_by: Option<&'a Field<Word>>,
}

impl Node<'_> {
    pub(crate) fn tier(&self) -> Tier {
        match (self.competency, self.indicator) {
            (_, Some(_)) => Tier::Indicator,
            (Some(_), None) => Tier::Competency,
            (None, None) => Tier::Domain,
        }
    }

    /// The number that is printed.
    pub(crate) fn code(&self) -> &str {
        self.given_code.and_then(Field::text).filter(|code| !code.trim().is_empty()).unwrap_or(&self.position)
    }

    /// The title, or the statement where there is none.
    pub(crate) fn label(&self) -> &str {
        self.title.or(self.statement).and_then(Field::text).unwrap_or_default()
    }
}

/// Every node that could be read: each domain, then its indicators and each of its competencies with its indicators.
pub(crate) fn outline(document: &Rubric) -> Vec<Node<'_>> {
    let mut nodes = Vec::new();
    for (number, (place, domain)) in items(Some(&document.domains)) {
        let node = Node {
            place,
            domain,
            competency: None,
            indicator: None,
            id: &domain.id,
            given_code: domain.code.as_deref(),
            position: number.to_string(),
            title: Some(&domain.title),
            statement: domain.statement.as_deref(),
            evaluated_by: domain.evaluated_by.as_deref(),
        };
        let code = node.code().to_owned();
        nodes.push(node);
        nodes.extend(indicators(domain, None, domain.indicators.as_ref(), &code));
        for (number, (place, competency)) in items(domain.competencies.as_ref()) {
            let node = Node {
                place,
                domain,
                competency: Some(competency),
                indicator: None,
                id: &competency.id,
                given_code: competency.code.as_deref(),
                position: format!("{code}.{number}"),
                title: Some(&competency.title),
                statement: Some(&competency.statement),
                evaluated_by: competency.evaluated_by.as_deref(),
            };
            let code = node.code().to_owned();
            nodes.push(node);
            nodes.extend(indicators(domain, Some(competency), competency.indicators.as_ref(), &code));
        }
    }
    nodes
}

fn indicators<'a>(
    domain: &'a Domain,
    competency: Option<&'a Competency>,
    list: Option<&'a Field<Vec<Field<Indicator>>>>,
    parent: &str,
) -> impl Iterator<Item = Node<'a>> {
    items(list).map(move |(number, (place, indicator))| Node {
        place,
        domain,
        competency,
        indicator: Some(indicator),
        id: &indicator.id,
        given_code: indicator.code.as_deref(),
        position: format!("{parent}.{number}"),
        title: indicator.title.as_deref(),
        statement: Some(&indicator.statement),
        evaluated_by: indicator.evaluated_by.as_deref(),
    })
}

/// The items of a list that could be read, numbered from 1.
fn items<T>(list: Option<&Field<Vec<Field<T>>>>) -> impl Iterator<Item = (usize, (Span, &T))> {
    let items = list.and_then(Field::get).into_iter().flatten();
    (1..).zip(items.filter_map(|item| Some((item.span, item.get()?))))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Checked, Library, Rubric};

    #[test]
    fn a_node_is_numbered_by_its_place_under_the_number_that_its_parent_is_printed_with() {
        let text = "
id: numbered
version: 1.0.0
title: Numbered
domains:
  - id: a
    title: A
    indicators: [{ id: a1, statement: Plans ahead }, { id: a2, code: X, statement: Teaches }]
  - id: b
    code: B
    title: Bees
    competencies:
      - { id: c, title: C, statement: See, indicators: [{ id: c1, statement: Listens }] }
      - { id: d, code: D, title: D, statement: Do, indicators: [{ id: d1, statement: Writes }] }
";
        let Checked { value: rubric, diagnostics: found } = Rubric::check("numbered.yaml", text, &Library::empty());
        let rubric = rubric.unwrap_or_else(|| panic!("{found}"));
        let nodes = outline(&rubric.0.written);
        let printed: Vec<&str> = nodes.iter().map(Node::code).collect();
        assert_eq!(printed, ["1", "1.1", "X", "B", "B.1", "B.1.1", "D", "D.1"]);
        let tiers: String = nodes.iter().map(|node| &node.tier().name()[..1]).collect();
        assert_eq!(tiers, "diidcici");
        // The checked rubric prints the same.
        assert!(nodes.iter().all(|node| rubric.node(node.id.word().unwrap()).unwrap().code == node.code()));
    }
}
