//! What pages take from a rubric alone, made once for all evaluations of it.

use std::sync::{Arc, Mutex, OnceLock, PoisonError, RwLock};

use minijinja::value::{Serde, Value};
use minijinja::{Error, State, context};
use serde::Serialize;

use crate::rubric::{Indicator, Rubric};

use super::context::{About, RubricView};

/// How many rubrics a renderer keeps ready.
const MOST_RUBRICS: usize = 16;

/// The rubrics that a renderer has seen, the one used last at the end.
#[derive(Debug, Default)]
pub(super) struct Shelf(Mutex<Vec<Arc<Prepared>>>);

/// What a template made, by indicator and level; the first is for an indicator that is unrated.
type Parts = Arc<[OnceLock<Value>]>;

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
    /// By the template's name, what it made of each indicator at each level.
    parts: RwLock<Vec<(String, Parts)>>,
}

/// An indicator and where it stands.
#[derive(Debug)]
struct Place {
    indicator: Value,
    domain: Value,
    competency: Value,
}

/// An indicator, as the templates of parts see it.
#[derive(Serialize)]
struct Statement<'a> {
    id: &'a str,
    code: &'a str,
    title: Option<&'a str>,
    statement: &'a str,
}

impl<'a> Statement<'a> {
    fn of(indicator: &'a Indicator) -> Self {
        Self {
            id: &indicator.id,
            code: &indicator.code,
            title: indicator.title.as_deref(),
            statement: &indicator.statement,
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
        let levels = view
            .levels()
            .iter()
            .map(|level| (Value::from(level.id), Value::from(level.label), Value::from(Serde(level))))
            .collect();
        let places = rubric.domains().iter().flat_map(|domain| {
            let about = Value::from(Serde(About { id: &domain.id, code: &domain.code, title: &domain.title }));
            domain.placed_indicators().map(move |(competency, indicator)| Place {
                indicator: Value::from(Serde(Statement::of(indicator))),
                domain: about.clone(),
                competency: competency.map_or_else(none, |competency| {
                    Value::from(Serde(About { id: &competency.id, code: &competency.code, title: &competency.title }))
                }),
            })
        });
        Self {
            view: Value::from(Serde(&view)),
            levels,
            places: places.collect(),
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

    /// A level's id and label; none for what is unrated.
    pub(super) fn level(&self, level: Option<usize>) -> (Value, Value) {
        let level = level.and_then(|level| self.levels.get(level));
        level.map_or_else(|| (none(), none()), |(id, label, _)| (id.clone(), label.clone()))
    }

    /// An indicator's id, code, title and statement.
    pub(super) fn indicator(&self, indicator: usize) -> Value {
        self.places.get(indicator).map_or_else(none, |place| place.indicator.clone())
    }

    /// The domain and the competency of an indicator.
    pub(super) fn place(&self, indicator: usize) -> (Value, Value) {
        let place = self.places.get(indicator);
        place.map_or_else(|| (none(), none()), |place| (place.domain.clone(), place.competency.clone()))
    }

    /// What a template makes of an indicator at a level, or unrated.
    pub(super) fn part(
        &self,
        state: &State<'_, '_>,
        name: &str,
        indicator: usize,
        level: Option<usize>,
    ) -> Result<Value, Error> {
        let made = self.made(name);
        let slot = indicator * (self.levels.len() + 1) + level.map_or(0, |level| level + 1);
        let (Some(slot), Some(place)) = (made.get(slot), self.places.get(indicator)) else {
            return Ok(Value::UNDEFINED);
        };
        if let Some(part) = slot.get() {
            return Ok(part.clone());
        }
        let part = state.env().get_template(name)?.render(context! {
            rubric => self.view.clone(),
            domain => place.domain.clone(),
            competency => place.competency.clone(),
            indicator => place.indicator.clone(),
            level => level.and_then(|level| self.levels.get(level)).map_or_else(none, |(.., level)| level.clone()),
        })?;
        Ok(slot.get_or_init(|| Value::from_safe_string(part)).clone())
    }

    fn made(&self, name: &str) -> Parts {
        let find =
            |parts: &[(String, Parts)]| parts.iter().find(|(known, _)| known == name).map(|(_, made)| made.clone());
        if let Some(made) = find(&self.parts.read().unwrap_or_else(PoisonError::into_inner)) {
            return made;
        }
        let mut parts = self.parts.write().unwrap_or_else(PoisonError::into_inner);
        find(&parts).unwrap_or_else(|| {
            let slots = self.places.len() * (self.levels.len() + 1);
            let made: Parts = std::iter::repeat_with(OnceLock::new).take(slots).collect();
            parts.push((name.to_owned(), made.clone()));
            made
        })
    }
}
