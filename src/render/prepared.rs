//! The values that pages take from a rubric alone, made once for all evaluations of it.

use std::sync::{Arc, Mutex, PoisonError};

use minijinja::value::{Serde, Value};

use crate::rubric::{Competency, Domain, Indicator, Rubric};

use super::context::{About, RubricView};

/// How many rubrics a renderer keeps ready.
const MOST_RUBRICS: usize = 16;

/// The rubrics that a renderer has seen, the one used last at the end.
#[derive(Debug, Default)]
pub(super) struct Shelf(Mutex<Vec<Arc<Prepared>>>);

/// A rubric as templates see it.
#[derive(Debug)]
pub(crate) struct Prepared {
    rubric: Rubric,
    /// The rubric, but for its indicators.
    view: Value,
    /// Each level's id and label.
    levels: Vec<(Value, Value)>,
    /// By indicator.
    places: Vec<Place>,
    /// Each domain, and its competencies.
    sections: Vec<(Texts, Vec<Texts>)>,
}

/// An indicator and where it stands.
#[derive(Debug)]
struct Place {
    texts: Texts,
    /// By the level's number, lowest first.
    descriptors: Vec<(usize, Value)>,
    domain: Value,
    competency: Value,
}

/// The texts of a node; none for one that the rubric does not have.
#[derive(Debug)]
struct Texts {
    id: Value,
    code: Value,
    title: Value,
    statement: Value,
}

impl Texts {
    fn of(id: &str, code: &str, title: Option<&str>, statement: Option<&str>) -> Self {
        Self { id: id.into(), code: code.into(), title: title.into(), statement: statement.into() }
    }

    /// The text under a key, undefined under any other.
    fn get(&self, key: &str) -> Value {
        match key {
            "id" => self.id.clone(),
            "code" => self.code.clone(),
            "title" => self.title.clone(),
            "statement" => self.statement.clone(),
            _ => Value::UNDEFINED,
        }
    }
}

/// The value of something absent.
pub(super) fn none() -> Value {
    Value::from(())
}

impl Shelf {
    /// The prepared parts of a rubric; prepares them at the first call.
    pub(super) fn of(&self, rubric: &Rubric) -> Arc<Prepared> {
        let mut shelf = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(last) = shelf.last().filter(|last| last.is_of(rubric)) {
            return last.clone();
        }
        let prepared = match shelf.iter().position(|known| known.is_of(rubric)) {
            Some(place) => shelf.remove(place),
            None => Arc::new(Prepared::of(rubric)),
        };
        if shelf.len() >= MOST_RUBRICS {
            shelf.remove(0);
        }
        shelf.push(prepared.clone());
        prepared
    }
}

impl Prepared {
    fn of(rubric: &Rubric) -> Self {
        let levels = rubric.levels().iter();
        let places = rubric.domains().iter().flat_map(|domain| {
            let about = Value::from(Serde(About { id: &domain.id, code: &domain.code, title: &domain.title }));
            domain.placed_indicators().map(move |(competency, indicator)| {
                let Indicator { id, code, title, statement, descriptors, .. } = indicator;
                Place {
                    texts: Texts::of(id, code, title.as_deref(), Some(statement)),
                    descriptors: descriptors.iter().map(|(level, text)| (*level, text.into())).collect(),
                    domain: about.clone(),
                    competency: competency.map_or_else(none, |Competency { id, code, title, .. }| {
                        Value::from(Serde(About { id, code, title }))
                    }),
                }
            })
        });
        let sections = rubric.domains().iter().map(|domain| {
            let Domain { id, code, title, statement, competencies, .. } = domain;
            let competencies = competencies
                .iter()
                .map(|Competency { id, code, title, statement, .. }| Texts::of(id, code, Some(title), Some(statement)));
            (Texts::of(id, code, Some(title), statement.as_deref()), competencies.collect())
        });
        Self {
            view: Value::from(Serde(RubricView::of(rubric))),
            levels: levels.map(|level| (level.id.as_str().into(), level.label.as_str().into())).collect(),
            places: places.collect(),
            sections: sections.collect(),
            rubric: rubric.clone(),
        }
    }

    fn is_of(&self, rubric: &Rubric) -> bool {
        Arc::ptr_eq(&self.rubric.0, &rubric.0)
    }

    /// The rubric as templates see it.
    pub(super) fn view(&self) -> Value {
        self.view.clone()
    }

    /// A level's id; none for what is unrated.
    pub(super) fn level(&self, level: Option<usize>) -> Value {
        level.and_then(|level| self.levels.get(level)).map_or_else(none, |(id, _)| id.clone())
    }

    /// The printed name.
    pub(super) fn label(&self, level: Option<usize>) -> Value {
        level.and_then(|level| self.levels.get(level)).map_or_else(none, |(_, label)| label.clone())
    }

    /// An indicator's id, code, title or statement.
    pub(super) fn indicator(&self, indicator: usize, key: &str) -> Value {
        self.places.get(indicator).map_or(Value::UNDEFINED, |place| place.texts.get(key))
    }

    /// The same of a domain, or of a competency of it.
    pub(super) fn section(&self, domain: usize, competency: Option<usize>, key: &str) -> Value {
        let texts = self.sections.get(domain).and_then(|(domain, competencies)| match competency {
            None => Some(domain),
            Some(number) => competencies.get(number),
        });
        texts.map_or(Value::UNDEFINED, |texts| texts.get(key))
    }

    /// The domain and the competency of an indicator.
    pub(super) fn place(&self, indicator: usize) -> (Value, Value) {
        let place = self.places.get(indicator);
        place.map_or_else(|| (none(), none()), |place| (place.domain.clone(), place.competency.clone()))
    }

    /// The descriptor of a level at an indicator; none where the rubric has none.
    pub(super) fn descriptor(&self, indicator: usize, level: Option<usize>) -> Value {
        let descriptors = self.places.get(indicator).map(|place| place.descriptors.iter());
        let mut found = descriptors.into_iter().flatten().filter(|(number, _)| Some(*number) == level);
        found.next().map_or_else(none, |(_, text)| text.clone())
    }
}
