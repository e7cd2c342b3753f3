//! A scorecard for templates: the values of its JSON, and more fields of each rating.

use std::sync::{Arc, OnceLock};

use minijinja::value::{Enumerator, Object, Value};

use crate::exact::Shown;
use crate::render::prepared::Prepared;
use crate::rubric::Indicator;
use crate::score::{Scorecard, Tally, view};

use super::lazy::{Keyed, Plain, value};
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
        domains.map(|domain| Plain::of(Domain(Section { source: self.clone(), domain, competency: None }))).collect()
    }
}

/// A domain, or a competency of it.
#[derive(Debug)]
struct Section {
    source: Source,
    domain: usize,
    competency: Option<usize>,
}

#[derive(Debug)]
struct Domain(Section);

#[derive(Debug)]
struct Competency(Section);

impl Keyed for Domain {
    const KEYS: &'static [&'static str] = &[
        "id",
        "code",
        "title",
        "statement",
        "tally",
        "indicators",
        "rated",
        "met",
        "unrated",
        "judged",
        "share_met",
        "competencies",
        "ratings",
    ];

    fn lists(&self, key: &str) -> bool {
        self.0.lists(key)
    }

    fn make(&self, key: &str) -> Value {
        let section = &self.0;
        if key != "competencies" {
            return section.make(key);
        }
        let tallies = section.source.scorecard.domains().get(section.domain).map(|domain| domain.competencies.len());
        (0..tallies.unwrap_or_default())
            .map(|number| {
                let (source, domain) = (section.source.clone(), section.domain);
                Plain::of(Competency(Section { source, domain, competency: Some(number) }))
            })
            .collect()
    }
}

impl Keyed for Competency {
    const KEYS: &'static [&'static str] = &[
        "id",
        "code",
        "title",
        "statement",
        "tally",
        "indicators",
        "rated",
        "met",
        "unrated",
        "judged",
        "share_met",
        "ratings",
    ];

    fn lists(&self, key: &str) -> bool {
        self.0.lists(key)
    }

    fn make(&self, key: &str) -> Value {
        self.0.make(key)
    }
}

impl Section {
    fn tally(&self) -> Option<&Tally> {
        let domain = self.source.scorecard.domains().get(self.domain)?;
        self.competency.map_or(Some(&domain.tally), |number| domain.competencies.get(number))
    }

    /// As in JSON, where it is absent when it is none.
    fn lists(&self, key: &str) -> bool {
        key != "judged" || self.tally().is_some_and(|tally| tally.judged > 0)
    }

    /// The id of the domain or competency.
    fn id(&self) -> Option<&str> {
        let domain = self.source.scorecard.evaluation().rubric().domains().get(self.domain)?;
        match self.competency {
            None => Some(&domain.id),
            Some(number) => Some(&domain.competencies.get(number)?.id),
        }
    }

    fn indicators(&self) -> &[Indicator] {
        let domain = self.source.scorecard.evaluation().rubric().domains().get(self.domain);
        let indicators = domain.and_then(|domain| match self.competency {
            None => Some(&domain.indicators),
            Some(number) => Some(&domain.competencies.get(number)?.indicators),
        });
        indicators.map_or(&[], |indicators| indicators)
    }

    fn make(&self, key: &str) -> Value {
        let evaluation = self.source.scorecard.evaluation();
        let Some(tally) = self.tally() else { return Value::UNDEFINED };
        match key {
            "tally" => value(view::Levels::of(tally, evaluation.rubric(), self.id())),
            "indicators" => tally.indicators.into(),
            "rated" => tally.rated.into(),
            "met" => tally.met.into(),
            "unrated" => tally.unrated.into(),
            "judged" => tally.judged.into(),
            "share_met" => value(tally.share_met().as_ref().map(Shown::from)),
            "ratings" => {
                let in_scope = self.indicators().iter().filter(|indicator| evaluation.is_in_scope(indicator));
                in_scope.map(|indicator| self.source.rows.get(indicator)).collect()
            }
            _ => self.source.prepared.section(self.domain, self.competency, key),
        }
    }
}
