//! Compares the scales of two rubrics.

use crate::rubric::{Indicator, Level, Rubric, Scale};
use crate::scale::{DEFAULT, Means, NumberRange, Scales};

use super::{ChangeKind, Changes, Class};

/// The scales that have another id now and are the same else, for the same indicators: the old id and the new one of each.
pub(super) fn renamed(old: &Rubric, new: &Rubric) -> Vec<(String, String)> {
    let only = |rubric: &'_ Rubric, other: &Rubric| -> Vec<usize> {
        let scales = rubric.scales().iter().enumerate();
        scales.filter(|(_, scale)| other.all().find(scale.id()).is_none()).map(|(number, _)| number).collect()
    };
    let gone = only(old, new);
    let renamed = only(new, old).into_iter().filter_map(|number| {
        let after = new.scales().get(number)?;
        let is_same = |before: &&usize| {
            let was = old.scales().get(**before);
            was.is_some_and(|was| has_the_same_levels(was, after))
                && has_the_same_indicators(old, **before, new, number)
        };
        let before = old.scales().get(*gone.iter().find(is_same)?)?;
        Some((before.id()?.to_owned(), after.id()?.to_owned()))
    });
    renamed.collect()
}

fn has_the_same_levels(before: &Scale, after: &Scale) -> bool {
    let ids = |levels: &[Level]| levels.iter().map(|level| level.id.clone()).collect::<Vec<_>>();
    ids(before.rated()) == ids(after.rated())
        && ids(choices(before)) == ids(choices(after))
        && before.range() == after.range()
}

/// Whether of the indicators that both rubrics have the same are on the scales with these numbers.
fn has_the_same_indicators(old: &Rubric, before: usize, new: &Rubric, after: usize) -> bool {
    let pairs = old.indicators().filter_map(|indicator| Some((indicator.scale, new.indicator(&indicator.id)?.scale)));
    let mut on_one = pairs.map(|(was, is)| (was == before, is == after)).filter(|(was, is)| *was || *is).peekable();
    on_one.peek().is_some() && on_one.all(|(was, is)| was && is)
}

impl Changes {
    /// The id that a scale of the old rubric has now.
    pub(super) fn now<'a>(&'a self, id: &'a str) -> &'a str {
        self.renamed.iter().find(|(before, _)| before == id).map_or(id, |(_, after)| after)
    }

    /// The changes of levels, and of each scale.
    pub(super) fn scale(&mut self, old: &Rubric, new: &Rubric) {
        let (before, after) = (old.all(), new.all());
        for level in after.levels() {
            let Some(was) = before.number(&level.id).and_then(|number| before.level(number)) else {
                self.push(Class::None, ChangeKind::Added, "level", &level.id, None, Some(&level.label));
                continue;
            };
            self.text(Class::Wording, "level", &level.id, "label", Some(&was.label), Some(&level.label));
            let (was, is) = (was.description.as_deref(), level.description.as_deref());
            self.text(Class::Wording, "level", &level.id, "description", was, is);
            let means =
                |scales: &Scales| scales.number(&level.id).and_then(|number| scales.means(number)).map(Means::name);
            self.key(Class::None, "level", &level.id, "means", means(before), means(after));
            let counts = |scales: &'_ Scales| {
                let counted = scales.number(&level.id).and_then(|number| scales.counts_as(number))?;
                scales.level(counted).map(|level| level.id.clone())
            };
            let (was, is) = (counts(before), counts(after));
            self.key(Class::Rescored, "level", &level.id, "counts_as", was.as_deref(), is.as_deref());
            self.scales_of(&level.id, old, new);
        }
        for level in before.levels().iter().filter(|level| after.number(&level.id).is_none()) {
            self.push(Class::Orphaned, ChangeKind::Removed, "level", &level.id, Some(&level.label), None);
        }
        for (was, is) in self.renamed.clone() {
            self.key(Class::None, "rubric", new.id(), &format!("scales.{is}"), Some(&was), Some(&is));
        }
        for scale in after.each() {
            let known = before.each().iter().find(|known| known.id().map(|id| self.now(id)) == scale.id());
            let key = scale.id().map_or_else(|| "scale".to_owned(), |id| format!("scales.{id}"));
            // The levels of a new scale are changes of their own.
            known.into_iter().for_each(|known| self.one_scale(&key, new.id(), known, scale));
        }
    }

    /// The scales that a level is of, where they are others now. A rating at the level is without a place when its indicator has no
    /// such level any more.
    fn scales_of(&mut self, id: &str, old: &Rubric, new: &Rubric) {
        fn on<'a>(rubric: &'a Rubric, id: &'a str) -> impl Iterator<Item = &'a Scale> {
            rubric.all().each().iter().filter(move |scale| scale.number(id).is_some())
        }
        let was: Vec<&str> = on(old, id).map(|scale| scale.id().map_or(DEFAULT, |id| self.now(id))).collect();
        let is: Vec<&str> = on(new, id).map(|scale| scale.id().unwrap_or(DEFAULT)).collect();
        let (was, is) = (was.join(", "), is.join(", "));
        if was == is {
            return;
        }
        let has = |rubric: &Rubric, indicator: &Indicator| {
            rubric.all().each().get(indicator.scale).is_some_and(|scale| scale.number(id).is_some())
        };
        let is_lost = old.indicators().any(|indicator| {
            has(old, indicator) && new.indicator(&indicator.id).is_some_and(|indicator| !has(new, indicator))
        });
        let class = if is_lost { Class::Orphaned } else { Class::None };
        self.key(class, "level", id, "scale", Some(&was), Some(&is));
    }

    /// The changes of one scale, under its key.
    fn one_scale(&mut self, key: &str, id: &str, before: &Scale, after: &Scale) {
        // Compares the shared levels in the order of each: another order is another scale.
        let shared = |levels: &[Level], other: &[Level]| {
            let ids = levels.iter().filter(|level| other.iter().any(|known| known.id == level.id));
            ids.map(|level| level.id.as_str()).collect::<Vec<_>>().join(", ")
        };
        let (was, is) = (shared(before.rated(), after.levels()), shared(after.rated(), before.levels()));
        self.key(Class::Rescored, "rubric", id, &format!("{key}.levels"), Some(&was), Some(&is));
        let (was, is) = (shared(choices(before), after.levels()), shared(choices(after), before.levels()));
        self.key(Class::None, "rubric", id, &format!("{key}.not_rated"), Some(&was), Some(&is));
        let order = |scale: &Scale| if scale.is_highest_first() { "highest_first" } else { "lowest_first" };
        self.key(Class::None, "rubric", id, &format!("{key}.order"), Some(order(before)), Some(order(after)));
        // All levels, where the scale names none, are no change of what is described.
        let described = |scale: &Scale| scale.described().map(|level| level.id.as_str()).collect::<Vec<_>>().join(", ");
        if before.is_described_in_part() || after.is_described_in_part() {
            let (was, is) = (described(before), described(after));
            self.key(Class::None, "rubric", id, &format!("{key}.described"), Some(&was), Some(&is));
        }
        self.range(key, id, before, after);
        let meets_from = |scale: &Scale| Some(scale.range()?.meets_at.as_ref()?.shown());
        let meets = |scale: &Scale| scale.meets_at().map(|level| level.id.clone()).or_else(|| meets_from(scale));
        let (was, is) = (meets(before), meets(after));
        self.key(Class::Rescored, "rubric", id, &format!("{key}.meets_at"), was.as_deref(), is.as_deref());
    }
}

impl Changes {
    /// The changes of a number scale. A number that was given may be outside a narrower range; in a wider one it counts as
    /// before.
    fn range(&mut self, key: &str, id: &str, before: &Scale, after: &Scale) {
        let (was, is) = match (before.range(), after.range()) {
            (Some(was), Some(is)) => (was, is),
            (None, None) => return,
            (was, is) => {
                let words = |range: Option<&NumberRange>| {
                    range.map_or_else(|| "levels".to_owned(), |range| range.range().wanted())
                };
                return self.key(Class::Orphaned, "rubric", id, key, Some(&words(was)), Some(&words(is)));
            }
        };
        let mut bound = |name: &str, is_narrower: bool, was: String, is: String| {
            let class = if is_narrower { Class::Orphaned } else { Class::None };
            self.key(class, "rubric", id, &format!("{key}.{name}"), Some(&was), Some(&is));
        };
        bound("from", is.from > was.from, was.from.shown(), is.from.shown());
        bound("to", is.to < was.to, was.to.shown(), is.to.shown());
        bound("places", is.places < was.places, was.places.to_string(), is.places.to_string());
        self.key(Class::Wording, "rubric", id, &format!("{key}.unit"), was.unit.as_deref(), is.unit.as_deref());
    }
}

/// The choices that are no ratings.
fn choices(scale: &Scale) -> &[Level] {
    scale.levels().get(scale.rated().len()..).unwrap_or_default()
}
