//! Moves the practices that are seen to the new rubric. One that its indicator has no more goes under `orphaned`.

use std::collections::BTreeMap;
use std::mem;

use crate::evaluation::{Evaluation, OrphanKind};
use crate::rubric::{Indicator, Rubric};
use crate::source::{Blank, Either, Entries, Field, Word};
use crate::syntax::evaluation::Rating;
use crate::syntax::form::Identifier;
use crate::syntax::migration::Orphan;
use crate::syntax::{self, Mark};

use super::changes::{Moved, Rederived};
use super::orphan::{Rewrite, text};

type Entry = Blank<Either<Mark, Rating>>;

/// The indicator, the practice, and who saw it.
type Gone = (Field<Word>, Field<Word>, Option<Identifier>);

impl Rewrite<'_> {
    /// Keeps the practices that the new rubric has at the same indicator: the level follows from them anew. Where it has none of
    /// them, the level that followed stays, as if a person had given it.
    pub(super) fn practices(&mut self, document: &mut syntax::Evaluation) {
        let mut gone = Vec::new();
        if let Some(entries) = document.ratings.value.as_mut() {
            let derived = self.practices_of(entries, &mut gone);
            self.derived.extend(derived);
        }
        // Of an observation, the rating of record is compared that follows from it.
        for observation in document.observations.iter_mut().filter_map(|list| list.value.as_mut()).flatten() {
            let ratings = observation.value.as_mut().and_then(|observation| observation.ratings.as_mut());
            if let Some(entries) = ratings.and_then(|ratings| ratings.value.as_mut()) {
                self.practices_of(entries, &mut gone);
            }
        }
        self.orphan_practices(gone);
    }

    /// Takes the practices without a home out of a list of ratings, and adds them to `gone`. Returns, by indicator, the levels that
    /// followed from practices.
    fn practices_of(&self, entries: &mut Entries<Entry>, gone: &mut Vec<Gone>) -> Vec<(String, String)> {
        let mut derived = Vec::new();
        for (key, value) in &mut entries.0 {
            let Some(Either::Long(rating)) = value.value.as_mut().and_then(|entry| entry.0.as_mut()) else { continue };
            let (Some(id), Some(list)) = (key.word(), rating.practices.as_mut().and_then(|list| list.value.as_mut()))
            else {
                continue;
            };
            let followed = rating.level.is_none().then(|| self.old.and_then(|old| level_of(old, id, list))).flatten();
            if let Some(level) = &followed {
                derived.push((id.to_owned(), level.clone()));
            }
            let has = |rubric: &Rubric, practice: &str| {
                let indicator = rubric.indicator(id);
                indicator.is_some_and(|indicator| has_practice(indicator, practice))
            };
            let is_gone =
                |item: &Field<Word>| item.word().is_some_and(|practice| self.is_gone(|rubric| has(rubric, practice)));
            let (lost, kept): (Vec<_>, Vec<_>) = mem::take(list).into_iter().partition(is_gone);
            let has_checklist = self.to.indicator(id).is_some_and(|indicator| !indicator.practices().is_empty());
            let had_some = !lost.is_empty();
            let place = key.span;
            gone.extend(lost.into_iter().map(|practice| (key.clone(), practice, rating.by.clone())));
            if kept.is_empty() && (had_some || !has_checklist) {
                rating.practices = None;
                rating.level = rating.level.take().or_else(|| {
                    let level = Mark::Level(followed?);
                    Some(Field { span: place, value: Some(level) })
                });
            } else {
                *list = kept;
            }
        }
        derived
    }

    fn orphan_practices(&mut self, gone: Vec<Gone>) {
        for (indicator, practice, by) in gone {
            let Some(id) = practice.word() else { continue };
            let of = self.old.and_then(|old| old.indicator(indicator.word()?));
            let statement = of.and_then(|of| of.practices().iter().find(|known| known.id == id));
            let statement = statement.map(|practice| practice.statement.clone());
            let domain = self.old.zip(of).and_then(|(old, of)| {
                let node = old.node(&of.id)?;
                old.outline().domain(node).title.clone()
            });
            let code = of.map(|of| of.code.clone());
            let orphan = self.orphan(OrphanKind::Practice, &practice, practice.span);
            (orphan.about, orphan.by) = (Some(indicator), by.map(Into::into));
            if let Some(given_for) = &mut orphan.given_for.value {
                let words = |words: Option<String>| words.map(|words| text(&words, practice.span));
                (given_for.code, given_for.domain, given_for.statement) =
                    (words(code), words(domain), words(statement));
            }
        }
    }

    /// Puts the earlier orphans back that are practices which their indicator has again, in the same words. Where the level
    /// stayed when they went, it follows from them anew; where it is another, somebody gave it, and they stay. So do those of an
    /// evaluation with observations.
    pub(super) fn bring_home_practices(
        &mut self,
        document: &mut syntax::Evaluation,
        earlier: Vec<Field<Orphan>>,
    ) -> Vec<Field<Orphan>> {
        // An orphan does not say whether its practice was seen on an observation, nor on which one.
        if document.observations.is_some() {
            return earlier;
        }
        let about = |orphan: &Field<Orphan>| -> Option<String> {
            let orphan = orphan.get().filter(|orphan| orphan.kind.get() == Some(&OrphanKind::Practice))?;
            let indicator = self.to.indicator(orphan.about.as_ref()?.word()?)?;
            let practice = indicator.practices().iter().find(|known| Some(known.id.as_str()) == orphan.id.word())?;
            let statement = orphan.given_for.get()?.statement.as_ref()?.text()?;
            (practice.statement == statement).then(|| indicator.id.clone())
        };
        let (home, mut stay): (Vec<_>, Vec<_>) =
            earlier.into_iter().map(|orphan| (about(&orphan), orphan)).partition(|(about, _)| about.is_some());
        let mut by_indicator: BTreeMap<String, Vec<Field<Orphan>>> = BTreeMap::new();
        for (about, orphan) in home {
            by_indicator.entry(about.unwrap_or_default()).or_default().push(orphan);
        }
        for (indicator, orphans) in by_indicator {
            let seen = orphans.iter().filter_map(|orphan| Some(orphan.get()?.id.clone())).collect();
            match self.see_again(document, &indicator, seen) {
                true => self.came_home.extend(orphans.iter().filter_map(|orphan| Moved::of(orphan.get()?))),
                false => stay.extend(orphans.into_iter().map(|orphan| (None, orphan))),
            }
        }
        stay.into_iter().map(|(_, orphan)| orphan).collect()
    }

    /// Notes practices as seen at an indicator that has an entry; `false` where they contradict it.
    fn see_again(&self, document: &mut syntax::Evaluation, indicator: &str, seen: Vec<Field<Word>>) -> bool {
        let entries = document.ratings.value.as_mut().map(|entries| entries.0.as_mut_slice()).unwrap_or_default();
        let Some((_, entry)) = entries.iter_mut().find(|(key, _)| key.word() == Some(indicator)) else { return false };
        let place = entry.span;
        let Some(Blank(Some(given))) = entry.value.as_mut() else { return false };
        if let Either::Short(mark) = given {
            let level = Some(Field { span: place, value: Some(mark.clone()) });
            *given = Either::Long(Rating { level, practices: None, by: None, comment: None, evidence: None });
        }
        let Either::Long(rating) = given else { return false };
        if let Some(list) = &mut rating.practices {
            let Some(list) = &mut list.value else { return false };
            let is_new = |practice: &Field<Word>| list.iter().all(|known| known.word() != practice.word());
            let new: Vec<_> = seen.into_iter().filter(is_new).collect();
            list.extend(new);
            return true;
        }
        let stayed = rating.level.as_ref().and_then(Field::get).map(Mark::text);
        if stayed.is_some() && stayed != level_of(self.to, indicator, &seen).as_deref() {
            return false;
        }
        rating.level = None;
        rating.practices = Some(Field { span: place, value: Some(seen) });
        true
    }

    /// The levels that followed from practices or observations, and are others now.
    pub(super) fn rederived(&self, evaluation: &Evaluation) -> Vec<Rederived> {
        let is_other = |(id, old): &(String, String)| {
            let rating = evaluation.rating(evaluation.rubric().indicator(id)?)?;
            let new = evaluation
                .level(rating)
                .filter(|new| (rating.is_derived() || rating.is_followed()) && new.id != *old)?;
            Some(Rederived { indicator: id.clone(), old: old.clone(), new: new.id.clone() })
        };
        self.derived.iter().filter_map(is_other).collect()
    }
}

fn has_practice(indicator: &Indicator, id: &str) -> bool {
    indicator.practices().iter().any(|practice| practice.id == id)
}

/// The id of the level that follows from practices under a rubric.
pub(super) fn level_of(rubric: &Rubric, indicator: &str, seen: &[Field<Word>]) -> Option<String> {
    let checklist = rubric.indicator(indicator)?.checklist.as_ref()?;
    let derivation = checklist.derive(|practice| seen.iter().any(|item| item.word() == Some(practice.id.as_str())));
    Some(rubric.levels().get(derivation.level)?.id.clone())
}
