//! Takes a rubric's tree apart into domains, competencies and indicators that can be found by id and moved.

use std::collections::HashMap;

use crate::source::{Findings, Help, Node, NodeKind, Span};
use crate::syntax::rubric::Tier;

/// The number of a part.
pub(super) type Number = usize;

/// Every part, in no order of its own.
#[derive(Default)]
pub(super) struct Arena {
    list: Vec<Part>,
    domains: Vec<Number>,
    /// The operation that took the last domain away.
    emptied: Option<Span>,
    by_id: HashMap<String, Number>,
}

pub(super) struct Part {
    pub(super) tier: Tier,
    /// The mapping; where its children stand there is an empty list meanwhile.
    pub(super) node: Node<'static>,
    pub(super) parent: Option<Number>,
    pub(super) children: Vec<Number>,
    /// The key that omits it.
    pub(super) omitted: Option<Span>,
    pub(super) moved: Option<Span>,
    /// Whether the part moves to another parent, so that its present one can be omitted without it.
    pub(super) leaves: bool,
    /// The operation that took the last child away.
    emptied: Option<Span>,
}

impl Arena {
    /// Takes the domains out of a rubric's tree.
    pub(super) fn take(rubric: &mut Node<'static>) -> Self {
        let mut parts = Self::default();
        let domains = entry(rubric, "domains").map(|(_, list)| children(list)).unwrap_or_default();
        for domain in domains {
            let number = parts.insert(domain, Tier::Domain);
            parts.domains.push(number);
        }
        parts
    }

    /// Puts the domains back.
    pub(super) fn give_back(mut self, rubric: &mut Node<'static>) {
        let domains: Vec<Node<'static>> =
            std::mem::take(&mut self.domains).into_iter().filter_map(|number| self.whole(number)).collect();
        if let Some((_, list)) = entry(rubric, "domains") {
            if let Some(place) = self.emptied.filter(|_| domains.is_empty()) {
                list.span = place;
            }
            list.kind = NodeKind::List(domains);
        }
    }

    /// Adds a part and all that is in it, without a place yet.
    pub(super) fn insert(&mut self, mut node: Node<'static>, tier: Tier) -> Number {
        let within: &[(&str, Tier)] = match tier {
            Tier::Domain => &[("competencies", Tier::Competency), ("indicators", Tier::Indicator)],
            Tier::Competency => &[("indicators", Tier::Indicator)],
            Tier::Indicator => &[],
        };
        let mut taken = (tier, Vec::new());
        for (key, tier) in within {
            // A domain with both keeps the second as it is; the check of the rubric reports it.
            if taken.1.is_empty()
                && let Some((_, list)) = entry(&mut node, key)
            {
                taken = (*tier, children(list));
            }
        }
        let id = node.get("id").and_then(Node::text).map(str::to_owned);
        let number = self.list.len();
        self.list.push(Part {
            tier,
            node,
            parent: None,
            children: Vec::new(),
            omitted: None,
            moved: None,
            leaves: false,
            emptied: None,
        });
        if let Some(id) = id {
            // Of two with one id, which is reported when the rubric is checked, operations mean the first.
            self.by_id.entry(id).or_insert(number);
        }
        let (tier, children) = taken;
        for child in children {
            let child = self.insert(child, tier);
            self.attach(child, Some(number), None);
        }
        number
    }

    pub(super) fn get(&self, number: Number) -> Option<&Part> {
        self.list.get(number)
    }

    pub(super) fn get_mut(&mut self, number: Number) -> Option<&mut Part> {
        self.list.get_mut(number)
    }

    pub(super) fn find(&self, id: &str) -> Option<Number> {
        self.by_id.get(id).copied()
    }

    pub(super) fn id(&self, number: Number) -> &str {
        self.get(number).and_then(|part| part.node.get("id")?.text()).unwrap_or_default()
    }

    /// The id that was probably meant.
    pub(super) fn meant(&self, written: &str, findings: &Findings) -> Help {
        // In the order of the base, so that of two that are as close the choice does not change from run to run.
        // An omitted part cannot be meant: nothing else can be done with it.
        let there = (0..self.list.len()).filter(|number| self.omitted(*number).is_none());
        let ids = there.map(|number| self.id(number));
        findings.did_you_mean(written, ids, || "look up the ids of the base".to_owned())
    }

    /// The part itself or what it is in that is omitted, and where that is said.
    pub(super) fn omitted(&self, number: Number) -> Option<(Number, Span)> {
        let here = self.get(number)?;
        match here.omitted {
            Some(place) => Some((number, place)),
            None if here.leaves => None,
            None => self.omitted(here.parent?),
        }
    }

    /// The siblings of a part: the children of its parent, or the domains.
    pub(super) fn siblings(&self, parent: Option<Number>) -> &[Number] {
        match parent {
            None => &self.domains,
            Some(parent) => self.get(parent).map(|part| part.children.as_slice()).unwrap_or_default(),
        }
    }

    fn siblings_mut(&mut self, parent: Option<Number>) -> Option<&mut Vec<Number>> {
        match parent {
            None => Some(&mut self.domains),
            Some(parent) => self.get_mut(parent).map(|part| &mut part.children),
        }
    }

    /// Takes a part from where it stands; `by` is the operation that does.
    pub(super) fn detach(&mut self, number: Number, by: Span) {
        let Some(parent) = self.get(number).map(|part| part.parent) else { return };
        let Some(siblings) = self.siblings_mut(parent) else { return };
        siblings.retain(|sibling| *sibling != number);
        if siblings.is_empty() {
            match parent.and_then(|parent| self.get_mut(parent)) {
                Some(parent) => parent.emptied = Some(by),
                None => self.emptied = Some(by),
            }
        }
    }

    /// Puts a part into another, or among the domains, at a place; without one, last.
    pub(super) fn attach(&mut self, number: Number, parent: Option<Number>, at: Option<usize>) {
        if let Some(part) = self.get_mut(number) {
            part.parent = parent;
        }
        if let Some(siblings) = self.siblings_mut(parent) {
            siblings.insert(at.unwrap_or(siblings.len()).min(siblings.len()), number);
        }
    }

    /// The part as a tree again.
    fn whole(&mut self, number: Number) -> Option<Node<'static>> {
        let part = self.get_mut(number)?;
        let (emptied, tier) = (part.emptied, part.tier);
        let nothing = Node { span: part.node.span, kind: NodeKind::Map(Vec::new()), explained: false };
        let mut node = std::mem::replace(&mut part.node, nothing);
        let children = std::mem::take(&mut part.children);
        let first = children.first().and_then(|child| self.get(*child)).map(|child| child.tier);
        let children: Vec<_> = children.into_iter().filter_map(|child| self.whole(child)).collect();
        let holds = first.map(|tier| if tier == Tier::Competency { "competencies" } else { "indicators" });
        if let Some(holds) = holds {
            fill(&mut node, holds, children);
        } else if is_rated_itself(&node) && emptied.is_some() {
            if let NodeKind::Map(entries) = &mut node.kind {
                entries.retain(|(key, _)| !["competencies", "indicators"].iter().any(|list| key.text() == Some(list)));
            }
        } else if let Some(place) = emptied {
            // The operation that emptied the part is the place to mend.
            let key = ["competencies", "indicators"].into_iter().find(|key| node.get(key).is_some());
            if let Some((_, list)) = key.and_then(|key| entry(&mut node, key)).filter(|_| tier != Tier::Indicator) {
                list.span = place;
            }
        }
        Some(node)
    }
}

/// Whether a domain or competency says that it is rated itself, so that it has no place for children.
fn is_rated_itself(node: &Node<'static>) -> bool {
    node.get("rated").and_then(Node::text) == Some("true")
}

/// Puts children where those before them stood, under the key that fits them.
fn fill(node: &mut Node<'static>, holds: &str, children: Vec<Node<'static>>) {
    let place = children.first().map_or(node.span, |child| child.span);
    let kind = NodeKind::List(children);
    // A domain that was emptied of competencies may hold indicators now.
    let other = if holds == "competencies" { "indicators" } else { "competencies" };
    for key in [holds, other] {
        if let Some((name, list)) = entry(node, key)
            && matches!(&list.kind, NodeKind::List(items) if items.is_empty())
        {
            if let NodeKind::Scalar { text, .. } = &mut name.kind {
                *text = holds.to_owned().into();
            }
            list.kind = kind;
            return;
        }
    }
    if let NodeKind::Map(entries) = &mut node.kind {
        let name = NodeKind::Scalar { text: holds.to_owned().into(), plain: true };
        entries
            .push((Node { span: place, kind: name, explained: false }, Node { span: place, kind, explained: false }));
    }
}

/// The entry of a mapping under a key.
pub(super) fn entry<'n>(
    mapping: &'n mut Node<'static>,
    key: &str,
) -> Option<(&'n mut Node<'static>, &'n mut Node<'static>)> {
    let NodeKind::Map(entries) = &mut mapping.kind else { return None };
    entries.iter_mut().find(|(name, _)| name.text() == Some(key)).map(|(name, value)| (name, value))
}

/// Takes the items out of a list.
fn children(list: &mut Node<'static>) -> Vec<Node<'static>> {
    match &mut list.kind {
        NodeKind::List(items) => std::mem::take(items),
        _ => Vec::new(),
    }
}
