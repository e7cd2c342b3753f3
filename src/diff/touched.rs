//! Finds the changes that touch one rating.

use std::collections::{BTreeSet, HashMap};

use crate::scale::DEFAULT;

use super::{Class, Difference, RubricChange};

/// The kind and id of the part that a change touches. A scale is a part of its own here; the rubric as a whole has no id.
type Subject<'a> = (&'static str, &'a str);

const RUBRIC: Subject<'static> = ("rubric", "");

/// The classes of the changes of each indicator, level and scale, and of the rubric as a whole.
pub(crate) struct Touched<'a> {
    by_subject: HashMap<Subject<'a>, BTreeSet<Class>>,
}

/// A rating, by the ids of its indicator, of the indicator's scale, and of the level.
#[derive(Debug, Clone, Copy)]
pub(crate) struct RatingIds<'a> {
    pub(crate) indicator: &'a str,
    /// `None` for the default scale.
    pub(crate) scale: Option<&'a str>,
    /// `None` for a number.
    pub(crate) level: Option<&'a str>,
}

/// The parts that an id which is rated may be the id of: a domain or competency may be rated itself.
fn rated(id: &str) -> [Subject<'_>; 3] {
    ["indicator", "competency", "domain"].map(|what| (what, id))
}

impl<'a> RatingIds<'a> {
    /// The parts whose changes touch the rating.
    fn subjects(self) -> impl Iterator<Item = Subject<'a>> {
        let scale = ("scale", self.scale.unwrap_or(DEFAULT));
        let level = self.level.map(|level| ("level", level));
        rated(self.indicator).into_iter().chain([scale, RUBRIC]).chain(level)
    }
}

impl Difference {
    /// The number of changes of a class.
    pub fn count(&self, class: Class) -> usize {
        self.changes.iter().filter(|change| change.class == class).count()
    }

    /// The consequences of the changes for single ratings.
    pub(crate) fn touched(&self) -> Touched<'_> {
        let mut touched = Touched { by_subject: HashMap::new() };
        for change in &self.changes {
            touched.by_subject.entry(subject(change)).or_default().insert(change.class);
        }
        touched
    }
}

/// The part that a change touches. Keys of the rubric such as `scale.levels` and `scales.ID.meets_at` are changes of one scale.
fn subject(change: &RubricChange) -> Subject<'_> {
    if change.what != RUBRIC.0 {
        return (change.what, &change.id);
    }
    let key = change.key.as_deref().unwrap_or_default();
    match key.split_once('.').unwrap_or((key, "")) {
        ("scale", _) => ("scale", DEFAULT),
        ("scales", rest) => ("scale", rest.split_once('.').map_or(rest, |(id, _)| id)),
        _ => RUBRIC,
    }
}

impl Touched<'_> {
    /// The gravest class of the changes that touch a rating. One that is given lacks nothing by a change of what else is asked
    /// for: a check tells that.
    pub(crate) fn rating(&self, rating: RatingIds<'_>) -> Class {
        rating
            .subjects()
            .filter_map(|subject| {
                let classes = self.by_subject.get(&subject)?;
                classes.iter().rev().find(|class| **class != Class::Incomplete)
            })
            .copied()
            .max()
            .unwrap_or(Class::None)
    }

    /// Whether an indicator's own words changed, apart from its parents' words.
    pub(crate) fn is_reworded(&self, indicator: &str) -> bool {
        rated(indicator).into_iter().any(|subject| self.has(subject, Class::Wording))
    }

    /// Whether the unit of a number scale is another; `None` stands for the default scale, which has levels.
    pub(crate) fn is_unit_reworded(&self, scale: Option<&str>) -> bool {
        scale.is_some_and(|scale| self.has(("scale", scale), Class::Wording))
    }

    /// Whether the words of a level are others.
    pub(crate) fn is_level_reworded(&self, level: &str) -> bool {
        self.has(("level", level), Class::Wording)
    }

    /// Whether a rating counts differently: by its indicator, its scale, or a choice that counts as another level.
    pub(crate) fn is_rescored(&self, rating: RatingIds<'_>) -> bool {
        rating.subjects().any(|subject| self.has(subject, Class::Rescored))
    }

    fn has(&self, subject: Subject<'_>, class: Class) -> bool {
        self.by_subject.get(&subject).is_some_and(|classes| classes.contains(&class))
    }
}
