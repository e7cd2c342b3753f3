//! Compares the order of nodes that both rubrics have. Only printed numbers that are not given depend on the order.

use std::collections::{BTreeMap, HashSet};

use crate::rubric::Tier;

use super::node::Node;
use super::{Changes, Class};

/// The place of a node: the kind of its parent, the parent's id (empty for the rubric), and the key of the list.
type Place<'a> = (&'static str, &'a str, &'static str);

impl Changes {
    /// Reports each list whose common nodes are in another order. `rubric` is the new rubric's id.
    pub(super) fn orders(&mut self, rubric: &str, before: &[Node<'_>], after: &[Node<'_>]) {
        let (was, is) = (lists(before, after), lists(after, before));
        for (place, is) in is {
            let Some(was) = was.get(&place).filter(|was| **was != is) else { continue };
            let (what, holder, key) = place;
            let holder = if holder.is_empty() { rubric } else { holder };
            self.key(Class::None, what, holder, key, Some(&was.join(", ")), Some(&is.join(", ")));
        }
    }
}

/// The nodes that both rubrics have in the same place, in the order of the first.
fn lists<'a>(nodes: &[Node<'a>], others: &[Node<'a>]) -> BTreeMap<Place<'a>, Vec<&'a str>> {
    let others: HashSet<(Place<'_>, &str)> = others.iter().map(|node| (place(node), node.id)).collect();
    let mut lists: BTreeMap<Place<'a>, Vec<&'a str>> = BTreeMap::new();
    for node in nodes.iter().filter(|node| others.contains(&(place(node), node.id))) {
        lists.entry(place(node)).or_default().push(node.id);
    }
    lists
}

fn place<'a>(node: &Node<'a>) -> Place<'a> {
    match (node.tier, node.competency) {
        (Tier::Domain, _) => ("rubric", "", "domains"),
        (Tier::Competency, _) => ("domain", node.domain, "competencies"),
        (Tier::Indicator, Some(competency)) => ("competency", competency, "indicators"),
        (Tier::Indicator, None) => ("domain", node.domain, "indicators"),
    }
}
