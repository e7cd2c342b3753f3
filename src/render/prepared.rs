//! What pages take from a rubric alone, made once for all evaluations of it.

use std::sync::{Arc, Mutex, PoisonError, RwLock};

use minijinja::value::{Serde, Value};
use minijinja::{Error, State, context};
use serde::Serialize;

use crate::rubric::{Competency, Domain, Indicator, Rubric};

use super::context::{About, RubricView};
use super::part::{Kind, Part, Parts};

/// How many rubrics a renderer keeps ready.
const MOST_RUBRICS: usize = 16;

/// The rubrics that a renderer has seen, the one used last at the end.
#[derive(Debug, Default)]
pub(super) struct Shelf(Mutex<Vec<Arc<Prepared>>>);

/// A rubric as templates see it, and the parts of pages that rest on nothing else.
#[derive(Debug)]
pub(crate) struct Prepared {
    rubric: Rubric,
    /// The rubric, but for its indicators.
    view: Value,
    /// Each level's id and label, and all of it.
    levels: Vec<(Value, Value, Value)>,
    /// By indicator.
    places: Vec<Place>,
    /// Each domain, and its competencies.
    sections: Vec<(Texts, Vec<Texts>)>,
    /// By the template's name, what it made.
    parts: RwLock<Vec<(String, Arc<Parts>)>>,
}

/// An indicator and where it stands.
#[derive(Debug)]
struct Place {
    texts: Texts,
    indicator: Value,
    domain: Value,
    competency: Value,
}

/// What the rubric says of a node; what it does not is none.
#[derive(Debug, Serialize)]
pub(super) struct Texts {
    id: Value,
    code: Value,
    title: Value,
    statement: Value,
}

impl Texts {
    fn of(id: &str, code: &str, title: Option<&str>, statement: Option<&str>) -> Self {
        Self { id: id.into(), code: code.into(), title: title.into(), statement: statement.into() }
    }

    /// One of them.
    pub(super) fn get(&self, key: &str) -> Value {
        match key {
            "id" => self.id.clone(),
            "code" => self.code.clone(),
            "title" => self.title.clone(),
            "statement" => self.statement.clone(),
            _ => Value::UNDEFINED,
        }
    }
}

fn none() -> Value {
    Value::from(())
}

impl Shelf {
    /// What is ready of a rubric, or is now.
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
        let view = RubricView::of(rubric);
        let mut levels: Vec<_> = view.levels().iter().collect();
        levels.sort_by_key(|level| level.number);
        let levels = levels
            .into_iter()
            .map(|level| (Value::from(level.id), Value::from(level.label), Value::from(Serde(level))))
            .collect();
        let places = rubric.domains().iter().flat_map(|domain| {
            let about = Value::from(Serde(About { id: &domain.id, code: &domain.code, title: &domain.title }));
            domain.placed_indicators().map(move |(competency, indicator)| {
                let Indicator { id, code, title, statement, .. } = indicator;
                let texts = Texts::of(id, code, title.as_deref(), Some(statement));
                Place {
                    indicator: Value::from(Serde(&texts)),
                    texts,
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
            view: Value::from(Serde(&view)),
            levels,
            places: places.collect(),
            sections: sections.collect(),
            parts: RwLock::default(),
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
        level.and_then(|level| self.levels.get(level)).map_or_else(none, |(id, ..)| id.clone())
    }

    /// What people call it.
    pub(super) fn label(&self, level: Option<usize>) -> Value {
        level.and_then(|level| self.levels.get(level)).map_or_else(none, |(_, label, _)| label.clone())
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

    /// What a template makes of a kind of rating, of which no more is known.
    pub(super) fn part(&self, state: &State<'_, '_>, name: &str, kind: Kind, known: Value) -> Result<Part, Error> {
        let place = self.places.get(kind.indicator);
        let level = kind.level.and_then(|level| self.levels.get(level));
        let template = state.env().get_template(name)?;
        Part::made(|blank| {
            template.render(context! {
                rubric => self.view.clone(),
                domain => place.map_or_else(none, |place| place.domain.clone()),
                competency => place.map_or_else(none, |place| place.competency.clone()),
                indicator => place.map_or_else(none, |place| place.indicator.clone()),
                level => level.map_or_else(none, |(.., level)| level.clone()),
                rating => known,
                blank,
            })
        })
    }

    /// The parts that a template made so far.
    pub(super) fn parts(&self, name: &str) -> Arc<Parts> {
        let find = |parts: &[(String, Arc<Parts>)]| {
            parts.iter().find(|(known, _)| known == name).map(|(_, made)| made.clone())
        };
        if let Some(made) = find(&self.parts.read().unwrap_or_else(PoisonError::into_inner)) {
            return made;
        }
        let mut parts = self.parts.write().unwrap_or_else(PoisonError::into_inner);
        find(&parts).unwrap_or_else(|| {
            let made = Arc::new(Parts::new(self.places.len(), self.levels.len()));
            parts.push((name.to_owned(), made.clone()));
            made
        })
    }
}
