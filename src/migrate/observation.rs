//! Moves observations to the new rubric, and the ratings of record that followed from them.

use std::borrow::Cow;
use std::mem;
use std::sync::Arc;

use crate::check;
use crate::evaluation::{Given, OrphanKind};
use crate::rubric::Rubric;
use crate::source::{Any, Blank, Either, Field, Findings, Span, Word};
use crate::syntax::evaluation::{Observation, Rating};
use crate::syntax::{self, Mark};

use super::orphan::{Rewrite, label_at, take, text};
use super::practice::level_of;

/// A rating of record that followed under the old rubric.
struct Followed {
    indicator: String,
    mark: Mark,
    by: Option<String>,
}

impl Rewrite<'_> {
    /// Keeps the observations that have a home, with the ratings that have one. A rating of record that followed, and has no
    /// observation to follow from any more, stays as if a person had given it.
    pub(super) fn observations(&mut self, document: &mut syntax::Evaluation) {
        if document.observations.is_none() {
            return;
        }
        let followed = self.followed(document);
        let list = document.observations.as_mut().and_then(|list| list.value.as_mut()).map(mem::take);
        let mut stay = Vec::new();
        for mut field in list.unwrap_or_default() {
            let kind = field.get().map(|one| Field::clone(&one.kind));
            let is_gone = kind
                .as_ref()
                .and_then(Field::word)
                .is_some_and(|kind| self.is_gone(|rubric| rubric.observation_kind(kind).is_some()));
            match (kind, field.value.take()) {
                (Some(kind), Some(observation)) if is_gone => self.orphan_observation(&kind, observation),
                (_, value) => {
                    field.value = value.map(|observation| self.observed_ratings(observation));
                    stay.push(field);
                }
            }
        }
        for one in followed {
            self.keep_followed(document, &stay, one);
        }
        match &mut document.observations {
            Some(list) if !stay.is_empty() => list.value = Some(stay),
            list => *list = None,
        }
    }

    /// The ratings of record that followed from observations under the old rubric, where that is at hand.
    fn followed(&self, document: &syntax::Evaluation) -> Vec<Followed> {
        let before = self
            .old
            .filter(|old| old.record_rule().is_some())
            .and_then(|old| check::evaluation(&Arc::new(document.clone()), old, None, &Findings::default()));
        let Some(before) = before else { return Vec::new() };
        let levels = before.rubric().levels();
        let one = |indicator: &crate::rubric::Indicator| {
            let rating = before.rating(indicator).filter(|rating| rating.is_followed())?;
            let mark = match rating.given {
                Given::Level(level) => Mark::Level(levels.get(level)?.id.clone()),
                Given::Number(number) => Mark::Number(number.to_string()),
            };
            let by = rating.follows.as_ref().and_then(|follows| follows.by.clone());
            Some(Followed { indicator: indicator.id.clone(), mark, by: rating.by.clone().or(by) })
        };
        before.rubric().indicators().filter_map(one).collect()
    }

    /// Puts a rating that followed among the ratings, unless one follows by the new rubric too.
    fn keep_followed(&mut self, document: &mut syntax::Evaluation, stay: &[Field<Observation>], one: Followed) {
        let rates = |observation: &Observation| {
            let entries = observation.ratings.as_ref().and_then(Field::get);
            entries.is_some_and(|entries| {
                entries.iter().any(|(id, _, entry)| id == one.indicator && has_level(entry.get()))
            })
        };
        if self.to.record_rule().is_some() && stay.iter().filter_map(Field::get).any(rates) {
            if let Mark::Level(level) = one.mark {
                self.derived.push((one.indicator, level));
            }
            return;
        }
        let place = document.ratings.span;
        let field = |id: &str| Field { span: place, value: Some(Word(id.to_owned())) };
        let Some(entries) = document.ratings.value.as_mut() else { return };
        let level = Field { span: place, value: Some(one.mark) };
        let by = one.by.as_deref().map(|by| field(by).into());
        let known = entries.0.iter_mut().find(|(key, _)| key.word() == Some(one.indicator.as_str()));
        match known {
            Some((_, Field { value: Some(Blank(Some(Either::Long(rating)))), .. })) => {
                rating.level = Some(level);
                rating.by = rating.by.take().or(by);
            }
            Some((_, entry)) => entry.value = Some(given(level, by)),
            None => entries.0.push((field(&one.indicator), Field { span: place, value: Some(given(level, by)) })),
        }
    }

    /// The observation by itself, and each of its ratings, in the words of the old rubric.
    fn orphan_observation(&mut self, kind: &Field<Word>, mut observation: Observation) {
        let label = self.old.zip(kind.word()).and_then(|(old, id)| Some(old.observation_kind(id)?.label.clone()));
        let ratings = take(observation.ratings.as_mut());
        observation.ratings = None;
        let said = match Any::of(&observation) {
            Any::Map(entries) => Any::Map(entries.into_iter().filter(|(_, value)| *value != Any::Null).collect()),
            other => other,
        };
        let orphan = self.orphan(OrphanKind::Observation, kind, kind.span);
        orphan.label = label.map(|label| text(&label, kind.span));
        orphan.value = Some(Field { span: kind.span, value: Some(said) });
        orphan.about = Some(Field::clone(&observation.id));
        orphan.by = observation.by.clone().map(Into::into);
        orphan.date = Some(observation.date.clone());
        orphan.text.clone_from(&observation.notes);
        for (key, value) in ratings {
            if let Field { span, value: Some(Blank(Some(entry))) } = value {
                self.orphan_observed(&observation, &key, span, entry);
            }
        }
    }

    /// A rating of an observation that has no home.
    fn orphan_observed(
        &mut self,
        observation: &Observation,
        key: &Field<Word>,
        span: Span,
        entry: Either<Mark, Rating>,
    ) {
        let old = self.old;
        let orphan = self.orphan(OrphanKind::ObservedRating, key, span);
        match entry {
            Either::Short(mark) => orphan.level = Some(Field { span, value: Some(mark) }),
            Either::Long(rating) => {
                orphan.value = rating.practices.as_ref().map(|list| Field { span, value: Some(Any::of(list)) });
                // Where only practices are named, the level is the one that followed from them.
                let seen = rating.practices.as_ref().and_then(Field::get).zip(old);
                let derived = || level_of(seen?.1, key.word()?, seen?.0).map(Mark::Level);
                let derived = || Some(Field { span, value: Some(derived()?) });
                orphan.level = rating.level.or_else(derived);
                orphan.by = rating.by.map(Into::into);
                orphan.comment = rating.comment;
                orphan.evidence = rating.evidence;
            }
        }
        let label = old
            .zip(key.word())
            .and_then(|(old, id)| label_at(old, id, orphan.level.as_ref().and_then(Field::get)?).map(Cow::into_owned));
        orphan.label = label.map(|label| text(&label, span));
        orphan.by = orphan.by.take().or_else(|| observation.by.clone().map(Into::into));
        orphan.date = Some(observation.date.clone());
        orphan.about = Some(Field::clone(&observation.id));
    }

    /// The observation without the ratings that have no home.
    fn observed_ratings(&mut self, mut observation: Observation) -> Observation {
        let kind = observation.kind.word().map(str::to_owned);
        for (key, value) in take(observation.ratings.as_mut()) {
            let mark = match value.get().and_then(|entry| entry.0.as_ref()) {
                Some(Either::Short(mark)) => Some(mark),
                Some(Either::Long(rating)) => rating.level.as_ref().and_then(Field::get),
                None => None,
            };
            let is_gone = key.word().is_some_and(|id| {
                let is_level_gone = |mark| self.is_gone(|rubric| label_at(rubric, id, mark).is_some());
                let is_indicator = self.to.indicator(id).is_some();
                let rates = |rubric: &Rubric| {
                    let of = kind.as_deref().and_then(|kind| rubric.observation_kind(kind));
                    of.zip(rubric.indicator(id)).is_some_and(|(kind, indicator)| kind.rates(indicator))
                };
                self.is_indicator_gone(id) || is_indicator && (mark.is_some_and(is_level_gone) || self.is_gone(rates))
            });
            match (is_gone, value) {
                (true, Field { span, value: Some(Blank(Some(entry))) }) => {
                    self.orphan_observed(&observation, &key, span, entry);
                }
                (true, _) => {}
                (false, value) => super::orphan::put(observation.ratings.as_mut(), key, value),
            }
        }
        observation
    }
}

fn has_level(entry: Option<&Blank<Either<Mark, Rating>>>) -> bool {
    match entry.and_then(|entry| entry.0.as_ref()) {
        Some(Either::Short(_)) => true,
        Some(Either::Long(rating)) => rating.level.is_some() || rating.practices.is_some(),
        None => false,
    }
}

/// A rating by an evaluator.
fn given(level: Field<Mark>, by: Option<syntax::form::Identifier>) -> Blank<Either<Mark, Rating>> {
    Blank(Some(match (by, level) {
        (None, Field { value: Some(mark), .. }) => Either::Short(mark),
        (by, level) => Either::Long(Rating { level: Some(level), by, ..Rating::default() }),
    }))
}
