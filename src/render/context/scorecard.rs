//! A scorecard for templates: the values of its JSON, and more fields of each rating.

use std::sync::{Arc, OnceLock};

use minijinja::value::Value;

use super::prepared::Prepared;
use crate::outline::Outline;
use crate::rubric::{Node, Tier};
use crate::score::{Scorecard, view};
use crate::syntax::scoring::Each;

use super::lazy::{OfJson, Shown, value};
use super::rating::Rows;

/// A scorecard, but for the fingerprint, which takes long, and the domains.
#[derive(Debug)]
struct Computed {
    source: Source,
    domains: OnceLock<Value>,
}

/// The scorecard behind the values.
#[derive(Debug, Clone)]
struct Source {
    scorecard: Arc<Scorecard>,
    prepared: Arc<Prepared>,
    rows: Arc<Rows>,
}

pub(super) fn computed(scorecard: &Arc<Scorecard>, prepared: &Arc<Prepared>, rows: &Arc<Rows>) -> Value {
    let source = Source { scorecard: scorecard.clone(), prepared: prepared.clone(), rows: rows.clone() };
    OfJson::of(Computed { source, domains: OnceLock::new() })
}

impl Shown for Computed {
    const MORE: &'static [&'static str] = &[];

    fn own(&self, key: &str) -> Option<Value> {
        match key {
            "domains" => Some(self.domains.get_or_init(|| self.source.domains()).clone()),
            "complete" => Some(self.source.scorecard.is_complete().into()),
            "fingerprint" => Some(self.source.scorecard.evaluation().fingerprint().into()),
            _ => None,
        }
    }

    fn json(&self) -> Value {
        value(view::Scorecard::<()>::of(&self.source.scorecard))
    }
}

impl Source {
    fn outline(&self) -> &Outline {
        self.scorecard.evaluation().rubric().outline()
    }

    fn domains(&self) -> Value {
        self.sections(self.outline().each(Each::Domain).iter())
    }

    fn sections<'a>(&self, nodes: impl Iterator<Item = &'a Node>) -> Value {
        nodes.map(|node| OfJson::of(Section { source: self.clone(), number: node.number })).collect()
    }
}

/// A domain, or a competency of it.
#[derive(Debug)]
struct Section {
    source: Source,
    /// Its number in the outline.
    number: usize,
}

impl Section {
    fn node(&self) -> Option<&Node> {
        self.source.outline().get(self.number)
    }

    fn ratings(&self, node: &Node) -> Value {
        let evaluation = self.source.scorecard.evaluation();
        let own = evaluation.rubric().own_indicators(node).iter();
        let in_scope = own.filter(|indicator| evaluation.is_in_scope(indicator));
        in_scope.map(|indicator| self.source.rows.get(indicator)).collect()
    }
}

impl Shown for Section {
    const MORE: &'static [&'static str] = &[];

    fn own(&self, key: &str) -> Option<Value> {
        let node = self.node()?;
        match key {
            "id" | "code" | "title" | "statement" => Some(self.source.prepared.text(self.number, key)),
            // Pages ask every node for these; the JSON would be made for all of them.
            "indicators" => Some(self.source.scorecard.tally(node)?.indicators.into()),
            "judged" => Some(self.source.scorecard.tally(node)?.judged.into()),
            "competencies" if node.tier == Tier::Domain => {
                Some(self.source.sections(self.source.outline().competencies(node)))
            }
            "ratings" => Some(self.ratings(node)),
            _ => None,
        }
    }

    fn json(&self) -> Value {
        let scorecard = &self.source.scorecard;
        match self.node() {
            Some(node) if node.tier == Tier::Domain => {
                value(view::Domain::<()>::of(scorecard, node, Vec::new(), Vec::new()))
            }
            Some(node) => value(view::Competency::<()>::of(scorecard, node, Vec::new())),
            None => Value::UNDEFINED,
        }
    }
}
