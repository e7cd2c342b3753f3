//! A scorecard for templates: the values of its JSON, and more fields of each rating.

use std::sync::{Arc, OnceLock};

use minijinja::value::{Enumerator, Object, Value};

use crate::exact::Shown;
use crate::render::prepared::Prepared;
use crate::score::{Scorecard, Tally, view};

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
    fn domains(&self) -> Value {
        let domains = 0..self.scorecard.domains().len();
        domains.map(|domain| Plain::of(Section { source: self.clone(), domain, competency: None })).collect()
    }
}

/// A domain, or a competency of it.
#[derive(Debug)]
struct Section {
    source: Source,
    domain: usize,
    competency: Option<usize>,
}

impl Section {
    fn tally(&self) -> Option<&Tally> {
        let domain = self.source.scorecard.domains().get(self.domain)?;
        self.competency.map_or(Some(&domain.tally), |number| domain.competencies.get(number))
    }

    /// The competencies of a domain; undefined of a competency.
    fn competencies(&self) -> Value {
        let tallies = self.source.scorecard.domains().get(self.domain).filter(|_| self.competency.is_none());
        let of = |number| Self { source: self.source.clone(), domain: self.domain, competency: Some(number) };
        tallies.map_or(Value::UNDEFINED, |domain| {
            (0..domain.competencies.len()).map(|number| Plain::of(of(number))).collect()
        })
    }

    /// The id of the domain or competency.
    fn id(&self) -> Option<&str> {
        let domain = self.source.scorecard.evaluation().rubric().domains().get(self.domain)?;
        match self.competency {
            None => Some(&domain.id),
            Some(number) => Some(&domain.competencies.get(number)?.id),
        }
    }

    fn ratings(&self) -> Value {
        let evaluation = self.source.scorecard.evaluation();
        let domain = evaluation.rubric().domains().get(self.domain);
        let indicators = domain.and_then(|domain| match self.competency {
            None => Some(&domain.indicators),
            Some(number) => Some(&domain.competencies.get(number)?.indicators),
        });
        let in_scope = indicators.into_iter().flatten().filter(|indicator| evaluation.is_in_scope(indicator));
        in_scope.map(|indicator| self.source.rows.get(indicator)).collect()
    }
}

keyed! {
    |section: Section, key|
    let tally = match section.tally() {
        Some(tally) => tally,
        None => return Value::UNDEFINED,
    };
    {
        id | code | title | statement => section.source.prepared.section(section.domain, section.competency, key),
        tally => value(view::Levels::of(tally, section.source.scorecard.evaluation().rubric(), section.id())),
        indicators => tally.indicators.into(),
        rated => tally.rated.into(),
        met => tally.met.into(),
        unrated => tally.unrated.into(),
        judged => tally.judged.into(),
        share_met => value(tally.share_met().as_ref().map(Shown::from)),
        competencies => section.competencies(),
        ratings => section.ratings(),
    }

    /// As in JSON, where the number of those judged as a whole is absent when there are none.
    fn lists(&self, key: &str) -> bool {
        match key {
            "judged" => self.tally().is_some_and(|tally| tally.judged > 0),
            "competencies" => self.competency.is_none(),
            _ => true,
        }
    }
}
