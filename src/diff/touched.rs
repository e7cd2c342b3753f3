//! Finds the changes that touch one rating.

use std::collections::{BTreeSet, HashMap};

use super::{Class, Difference};

/// The classes of the changes of each indicator and level, and of the scale.
pub(crate) struct Touched<'a> {
    by_subject: HashMap<(&'static str, &'a str), BTreeSet<Class>>,
    scale: BTreeSet<Class>,
}

impl Difference {
    /// The number of changes of a class.
    pub fn count(&self, class: Class) -> usize {
        self.changes.iter().filter(|change| change.class == class).count()
    }

    /// The consequences of the changes for single ratings.
    pub(crate) fn touched(&self) -> Touched<'_> {
        let mut touched = Touched { by_subject: HashMap::new(), scale: BTreeSet::new() };
        for change in &self.changes {
            let classes = if change.what == "rubric" {
                &mut touched.scale
            } else {
                touched.by_subject.entry((change.what, &change.id)).or_default()
            };
            classes.insert(change.class);
        }
        touched
    }
}

impl Touched<'_> {
    /// The gravest class of the changes that a rating of this indicator at this level meets with.
    pub(crate) fn rating(&self, indicator: &str, level: &str) -> Class {
        let of = |what, id| self.by_subject.get(&(what, id)).into_iter().flatten();
        let all = of("indicator", indicator).chain(of("level", level)).chain(&self.scale);
        all.copied().max().unwrap_or(Class::None)
    }

    /// Whether an indicator's own words changed, apart from its parents' words.
    pub(crate) fn is_reworded(&self, indicator: &str) -> bool {
        self.has(("indicator", indicator), Class::Wording)
    }

    /// Whether the words of a level are others.
    pub(crate) fn is_level_reworded(&self, level: &str) -> bool {
        self.has(("level", level), Class::Wording)
    }

    /// Whether a rating of an indicator counts differently.
    pub(crate) fn is_rescored(&self, indicator: &str) -> bool {
        self.has(("indicator", indicator), Class::Rescored) || self.scale.contains(&Class::Rescored)
    }

    fn has(&self, subject: (&'static str, &str), class: Class) -> bool {
        self.by_subject.get(&subject).is_some_and(|classes| classes.contains(&class))
    }
}
