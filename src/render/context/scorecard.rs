//! A scorecard for templates: the values of its JSON, and more fields of each rating.

use std::sync::{Arc, OnceLock};

use minijinja::value::{Enumerator, Object, Value};

use crate::exact::Shown;
use crate::outline::Outline;
use crate::render::prepared::Prepared;
use crate::rubric::{Node, Tier};
use crate::score::{Scorecard, Tally, view};
use crate::syntax::scoring::Each;

use super::lazy::{Plain, keyed, value};
use super::rating::Rows;

/// A scorecard. Each is made when it is asked for: the domains, what most pages ask for and takes little, the fingerprint, which takes
/// long, and all the rest together.
#[derive(Debug)]
pub(super) struct Computed {
    source: Source,
    domains: OnceLock<Value>,
    others: OnceLock<Value>,
}

/// The scorecard behind the values.
#[derive(Debug, Clone)]
struct Source {
    scorecard: Arc<Scorecard>,
    prepared: Arc<Prepared>,
    rows: Arc<Rows>,
}

impl Computed {
    pub(super) fn of(scorecard: &Arc<Scorecard>, prepared: &Arc<Prepared>, rows: &Arc<Rows>) -> Value {
        let source = Source { scorecard: scorecard.clone(), prepared: prepared.clone(), rows: rows.clone() };
        Value::from_object(Self { source, domains: OnceLock::new(), others: OnceLock::new() })
    }

    fn others(&self) -> &Value {
        self.others.get_or_init(|| value(view::Scorecard::<()>::without_domains(&self.source.scorecard)))
    }
}

impl Object for Computed {
    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        self.get_value_by_str(key.as_str()?)
    }

    fn get_value_by_str(self: &Arc<Self>, key: &str) -> Option<Value> {
        match key {
            "domains" => Some(self.domains.get_or_init(|| self.source.domains()).clone()),
            "complete" => Some(self.source.scorecard.is_complete().into()),
            "fingerprint" => Some(self.source.scorecard.evaluation().fingerprint().into()),
            _ => self.others().get_attr(key).ok().filter(|value| !value.is_undefined()),
        }
    }

    fn enumerate(self: &Arc<Self>) -> Enumerator {
        Enumerator::Values(self.others().try_iter().into_iter().flatten().collect())
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
        nodes.map(|node| Plain::of(Section { source: self.clone(), number: node.number })).collect()
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
    fn node(&self) -> Option<(&Node, &Tally)> {
        let node = self.source.outline().get(self.number)?;
        Some((node, self.source.scorecard.tally(node)?))
    }

    fn ratings(&self, node: &Node) -> Value {
        let evaluation = self.source.scorecard.evaluation();
        let own = evaluation.rubric().own_indicators(node).iter();
        let in_scope = own.filter(|indicator| evaluation.is_in_scope(indicator));
        in_scope.map(|indicator| self.source.rows.get(indicator)).collect()
    }
}

keyed! {
    |section: Section, key|
    let (node, tally) = match section.node() {
        Some(both) => both,
        None => return Value::UNDEFINED,
    };
    {
        id | code | title | statement => section.source.prepared.text(section.number, key),
        tally => value(view::Levels::of(tally, section.source.scorecard.evaluation().rubric(), Some(&node.id))),
        indicators => tally.indicators.into(),
        rated => tally.rated.into(),
        met => tally.met.into(),
        unrated => tally.unrated.into(),
        judged => tally.judged.into(),
        share_met => value(tally.share_met().as_ref().map(Shown::from)),
        competencies => match node.tier {
            Tier::Domain => section.source.sections(section.source.outline().competencies(node)),
            _ => Value::UNDEFINED,
        },
        ratings => section.ratings(node),
    }

    /// As in JSON, where the number of those judged as a whole is absent when there are none.
    fn lists(&self, key: &str) -> bool {
        match key {
            "judged" => self.node().is_some_and(|(_, tally)| tally.judged > 0),
            "competencies" => self.node().is_some_and(|(node, _)| node.tier == Tier::Domain),
            _ => true,
        }
    }
}
