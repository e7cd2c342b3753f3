//! The values that pages take from a rubric alone, made once for all evaluations of it.

use std::sync::{Arc, Mutex, PoisonError};

use minijinja::value::{Serde, Value};

use crate::rubric::{Node, Rubric};

use super::{About, RubricView};

/// How many rubrics a renderer keeps ready.
const MOST_RUBRICS: usize = 16;

/// The rubrics that a renderer has seen, the one used last at the end.
#[derive(Debug, Default)]
pub(in crate::render) struct Shelf(Mutex<Vec<Arc<Prepared>>>);

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
    /// By node of the outline.
    texts: Vec<Texts>,
}

/// An indicator's texts and descriptors, and where it stands.
#[derive(Debug)]
struct Place {
    texts: Texts,
    head: Head,
    /// By the level's number, lowest first.
    descriptors: Vec<(usize, Value)>,
    domain: Value,
    competency: Value,
}

/// The head of an indicator's entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::render) enum Head {
    Title,
    Statement,
    /// The heading of the domain or competency, which is rated itself.
    Above,
}

/// The texts of a node.
#[derive(Debug, Clone)]
struct Texts {
    id: Value,
    code: Value,
    title: Value,
    statement: Value,
}

impl Texts {
    fn of(Node { id, code, title, statement, .. }: &Node) -> Self {
        let text = |text: &Option<String>| text.as_deref().into();
        Self { id: id.into(), code: code.into(), title: text(title), statement: text(statement) }
    }

    /// The texts of a node as an indicator: the title of a domain that is rated itself says what is rated, where the domain says no
    /// more.
    fn of_indicator(self, node: &Node) -> Self {
        match node.statement {
            Some(_) => self,
            None => Self { title: none(), statement: self.title, ..self },
        }
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
pub(in crate::render) fn none() -> Value {
    Value::from(())
}

impl Shelf {
    /// The prepared parts of a rubric; prepares them at the first call.
    pub(in crate::render) fn of(&self, rubric: &Rubric) -> Arc<Prepared> {
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
        let outline = rubric.outline();
        let about = |Node { id, code, title, .. }: &Node| {
            Value::from(Serde(About { id, code, title: title.as_deref().unwrap_or_default() }))
        };
        let abouts: Vec<Value> = outline.iter().map(about).collect();
        let about = |node: Option<&Node>| node.and_then(|node| abouts.get(node.number)).cloned().unwrap_or_else(none);
        let texts: Vec<Texts> = outline.iter().map(Texts::of).collect();
        let head = |node: &Node| match node.title {
            _ if node.is_rated_itself() => Head::Above,
            Some(_) => Head::Title,
            None => Head::Statement,
        };
        let places = rubric.indicators().zip(outline.indicators().iter()).map(|(indicator, node)| Place {
            texts: texts.get(node.number).cloned().unwrap_or_else(|| Texts::of(node)).of_indicator(node),
            head: head(node),
            descriptors: indicator.descriptors.iter().map(|(level, text)| (*level, text.into())).collect(),
            domain: about(Some(outline.domain(node))),
            competency: about(outline.competency(node)),
        });
        Self {
            view: Value::from(Serde(RubricView::of(rubric))),
            levels: levels.map(|level| (level.id.as_str().into(), level.label.as_str().into())).collect(),
            places: places.collect(),
            texts,
            rubric: rubric.clone(),
        }
    }

    fn is_of(&self, rubric: &Rubric) -> bool {
        Arc::ptr_eq(&self.rubric.0, &rubric.0)
    }

    /// The rubric as templates see it.
    pub(in crate::render) fn view(&self) -> Value {
        self.view.clone()
    }

    /// A level's id; none for what is unrated.
    pub(in crate::render) fn level(&self, level: Option<usize>) -> Value {
        level.and_then(|level| self.levels.get(level)).map_or_else(none, |(id, _)| id.clone())
    }

    /// The printed name.
    pub(in crate::render) fn label(&self, level: Option<usize>) -> Value {
        level.and_then(|level| self.levels.get(level)).map_or_else(none, |(_, label)| label.clone())
    }

    /// An indicator's id, code, title or statement.
    pub(in crate::render) fn indicator(&self, indicator: usize, key: &str) -> Value {
        self.places.get(indicator).map_or(Value::UNDEFINED, |place| place.texts.get(key))
    }

    /// The head of an indicator's entry.
    pub(in crate::render) fn head(&self, indicator: usize) -> Option<Head> {
        self.places.get(indicator).map(|place| place.head)
    }

    /// A node's id, code, title or statement, by its number in the outline.
    pub(in crate::render) fn text(&self, node: usize, key: &str) -> Value {
        self.texts.get(node).map_or(Value::UNDEFINED, |texts| texts.get(key))
    }

    /// The domain and the competency of an indicator.
    pub(in crate::render) fn place(&self, indicator: usize) -> (Value, Value) {
        let place = self.places.get(indicator);
        place.map_or_else(|| (none(), none()), |place| (place.domain.clone(), place.competency.clone()))
    }

    /// The descriptor of a level at an indicator; none where the rubric has none.
    pub(in crate::render) fn descriptor(&self, indicator: usize, level: Option<usize>) -> Value {
        let descriptors = self.places.get(indicator).map(|place| place.descriptors.iter());
        let mut found = descriptors.into_iter().flatten().filter(|(number, _)| Some(*number) == level);
        found.next().map_or_else(none, |(_, text)| text.clone())
    }
}
