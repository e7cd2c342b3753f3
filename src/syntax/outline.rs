//! The nodes of a rubric's document in order, each with the number that is printed and the nodes that it is in.

use std::ops::Range;

use crate::source::{Entries, Field, Flag, Number, Span, Text, Word};

use super::practice::{Derive, Practice};
use super::rubric::{Competency, Domain, Indicator, IndicatorGoal, Tier};
use super::{Passage, Rubric};

/// A domain, competency or indicator.
pub(crate) struct Node<'a> {
    pub(crate) place: Span,
    pub(crate) item: Item<'a>,
    pub(crate) id: &'a Field<Word>,
    /// The number that the document gives.
    pub(crate) given_code: Option<&'a Field<Text>>,
    /// The number from the position, which is printed where none is given.
    pub(crate) position: String,
    pub(crate) title: Option<&'a Field<Text>>,
    pub(crate) statement: Option<&'a Field<Text>>,
    /// The qualification that the node itself names.
    pub(crate) evaluated_by: Option<&'a Field<Word>>,
    /// The qualification needed to rate what is under it: its own, or else that of what it is in.
    pub(crate) qualification: Option<&'a Field<Word>>,
    /// The scale that the node itself names.
    pub(crate) own_scale: Option<&'a Field<Word>>,
    /// The scale that what is under it is rated on: its own, or else that of what it is in.
    pub(crate) scale: Option<&'a Field<Word>>,
    /// The rule for practices that the node itself gives.
    pub(crate) own_derive: Option<&'a Field<Derive>>,
    /// The rule by which the levels at and under it follow from practices: its own, or else that of what it is in.
    pub(crate) derive: Option<&'a Field<Derive>>,
    /// The number, in the outline, of the domain or competency that it is in.
    pub(crate) parent: Option<usize>,
    /// Its number among those of its tier in the same parent.
    pub(crate) place_in_parent: usize,
    /// The numbers of the indicators at and under it.
    pub(crate) indicators: Range<usize>,
    /// The keys of an indicator that are written in it.
    pub(crate) keys: Keys<'a>,
    /// Whether evaluations rate it: an indicator, or a domain or competency that is rated itself.
    pub(crate) is_rated: bool,
}

/// The keys of an indicator, which a domain or competency that is rated itself has too.
#[derive(Clone, Copy)]
pub(crate) struct Keys<'a> {
    pub(crate) guidance: Option<&'a Field<Passage>>,
    pub(crate) descriptors: Option<&'a Field<Entries<Passage>>>,
    pub(crate) points: Option<&'a Field<Entries<Number>>>,
    pub(crate) practices: Option<&'a Field<Vec<Field<Practice>>>>,
    pub(crate) critical: Option<&'a Field<Flag>>,
    pub(crate) goal: Option<&'a Field<IndicatorGoal>>,
}

/// The node as the document has it.
#[derive(Clone, Copy)]
pub(crate) enum Item<'a> {
    Domain(&'a Domain),
    Competency(&'a Competency),
    Indicator(&'a Indicator),
}

/// A list of domains, competencies or indicators, as it is written.
pub(crate) struct Parts {
    pub(crate) place: Span,
    pub(crate) is_empty: bool,
    /// Whether the list and every item could be read.
    pub(crate) is_read: bool,
}

impl Parts {
    pub(crate) fn of<T>(list: &Field<Vec<Field<T>>>) -> Self {
        let items = list.get();
        Self {
            place: list.span,
            is_empty: items.is_some_and(Vec::is_empty),
            is_read: items.is_some_and(|items| items.iter().all(|item| item.get().is_some())),
        }
    }
}

impl Keys<'_> {
    /// The first of the keys that is written, with its name.
    pub(crate) fn first(self) -> Option<(&'static str, Span)> {
        let Self { guidance, descriptors, points, practices, critical, goal } = self;
        let keys = [
            ("guidance", guidance.map(|key| key.span)),
            ("descriptors", descriptors.map(|key| key.span)),
            ("points", points.map(|key| key.span)),
            ("practices", practices.map(|key| key.span)),
            ("critical", critical.map(|key| key.span)),
            ("goal", goal.map(|key| key.span)),
        ];
        keys.into_iter().find_map(|(name, place)| Some((name, place?)))
    }
}

impl<'a> Item<'a> {
    fn keys(self) -> Keys<'a> {
        macro_rules! keys {
            ($of:ident: $($key:ident),*) => { Keys { $($key: $of.$key.as_ref()),* } };
        }
        match self {
            Self::Domain(of) => keys!(of: guidance, descriptors, points, practices, critical, goal),
            Self::Competency(of) => keys!(of: guidance, descriptors, points, practices, critical, goal),
            Self::Indicator(of) => keys!(of: guidance, descriptors, points, practices, critical, goal),
        }
    }

    /// Whether a domain or competency is rated as a whole, as it says itself; `None` for an indicator.
    pub(crate) fn rated(self) -> Option<&'a Field<Flag>> {
        match self {
            Self::Domain(of) => of.rated.as_ref(),
            Self::Competency(of) => of.rated.as_ref(),
            Self::Indicator(_) => None,
        }
    }

    /// Whether evaluations rate it: an indicator, or what says so and has no parts of its own.
    fn is_rated(self) -> bool {
        let has_parts = || self.parts().iter().any(Option::is_some);
        matches!(self, Self::Indicator(_)) || (self.rated().and_then(Field::get) == Some(&true) && !has_parts())
    }

    /// The competencies, and the indicators, that are written in it.
    pub(crate) fn parts(self) -> [Option<Parts>; 2] {
        match self {
            Self::Domain(it) => [it.competencies.as_ref().map(Parts::of), it.indicators.as_ref().map(Parts::of)],
            Self::Competency(it) => [None, it.indicators.as_ref().map(Parts::of)],
            Self::Indicator(_) => [None, None],
        }
    }
}

impl<'a> Node<'a> {
    pub(crate) fn tier(&self) -> Tier {
        match self.item {
            Item::Domain(_) => Tier::Domain,
            Item::Competency(_) => Tier::Competency,
            Item::Indicator(_) => Tier::Indicator,
        }
    }

    /// The keys of what evaluations rate; `None` for a domain or competency that is not rated itself.
    pub(crate) fn indicator(&self) -> Option<Keys<'a>> {
        self.is_rated.then_some(self.keys)
    }

    /// The number that is printed.
    pub(crate) fn code(&self) -> &str {
        self.given_code.and_then(Field::text).filter(|code| !code.trim().is_empty()).unwrap_or(&self.position)
    }
}

/// Every node that could be read: each domain, then its indicators and each of its competencies with its indicators.
pub(crate) fn outline(document: &Rubric) -> Vec<Node<'_>> {
    let mut nodes = Nodes { derive: document.derive.as_ref(), ..Nodes::default() };
    for (number, (place, domain)) in items(Some(&document.domains)) {
        let within = nodes.push(None, number, place, Item::Domain(domain));
        nodes.indicators(within, domain.indicators.as_ref());
        for (number, (place, competency)) in items(domain.competencies.as_ref()) {
            let within = nodes.push(Some(within), number, place, Item::Competency(competency));
            nodes.indicators(within, competency.indicators.as_ref());
        }
    }
    nodes.list
}

/// The nodes so far.
#[derive(Default)]
struct Nodes<'a> {
    list: Vec<Node<'a>>,
    /// How many of them are indicators.
    size: usize,
    /// The rule for practices at the top of the rubric.
    derive: Option<&'a Field<Derive>>,
}

impl<'a> Nodes<'a> {
    /// Adds a node behind what is there; its number.
    fn push(&mut self, parent: Option<usize>, number: usize, place: Span, item: Item<'a>) -> usize {
        let (id, given_code, title, statement, evaluated_by) = match item {
            Item::Domain(it) => {
                (&*it.id, it.code.as_deref(), Some(&*it.title), it.statement.as_deref(), it.evaluated_by.as_deref())
            }
            Item::Competency(it) => {
                (&*it.id, it.code.as_deref(), Some(&*it.title), Some(&*it.statement), it.evaluated_by.as_deref())
            }
            Item::Indicator(it) => {
                (&*it.id, it.code.as_deref(), it.title.as_deref(), Some(&*it.statement), it.evaluated_by.as_deref())
            }
        };
        let (own_scale, own_derive) = match item {
            Item::Domain(it) => (it.scale.as_deref(), it.derive.as_ref()),
            Item::Competency(it) => (it.scale.as_deref(), it.derive.as_ref()),
            Item::Indicator(it) => (it.scale.as_deref(), it.derive.as_ref()),
        };
        let above = parent.and_then(|parent| self.list.get(parent));
        let (first, is_rated) = (self.size, item.is_rated());
        self.size = first.saturating_add(usize::from(is_rated));
        self.list.push(Node {
            place,
            item,
            id,
            given_code,
            position: above.map_or_else(|| number.to_string(), |above| format!("{}.{number}", above.code())),
            title,
            statement,
            evaluated_by,
            qualification: evaluated_by.or_else(|| above?.qualification),
            own_scale,
            scale: own_scale.or_else(|| above?.scale),
            own_derive,
            derive: own_derive.or_else(|| above.map_or(self.derive, |above| above.derive)),
            parent,
            place_in_parent: number.saturating_sub(1),
            indicators: first..first,
            keys: item.keys(),
            is_rated,
        });
        let number = self.list.len().saturating_sub(1);
        let mut holder = Some(number).filter(|_| is_rated);
        while let Some(node) = holder.and_then(|number| self.list.get_mut(number)) {
            node.indicators.end = self.size;
            holder = node.parent;
        }
        number
    }

    /// Adds the indicators that are in a node.
    fn indicators(&mut self, within: usize, list: Option<&'a Field<Vec<Field<Indicator>>>>) {
        for (number, (place, indicator)) in items(list) {
            self.push(Some(within), number, place, Item::Indicator(indicator));
        }
    }
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
