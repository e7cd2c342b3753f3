//! Decides which entries have a home in the new rubric, and which go under `orphaned`.

use std::borrow::Cow;
use std::mem;

use crate::check;
use crate::diff::Difference;
use crate::evaluation::{Evaluation, OrphanKind};
use crate::rubric::Rubric;
use crate::source::{Either, Entries, Field, Plain, Span, Text, Word};
use crate::syntax::evaluation::{Rating, RubricReference};
use crate::syntax::migration::Orphan;
use crate::syntax::{self, Mark};

use super::changes::{Changes, Moved};
use super::context::given_for;

/// A document on its way from one rubric to another.
pub(super) struct Rewrite<'a> {
    pub(super) to: &'a Rubric,
    /// The rubric it was made against, where that is at hand.
    pub(super) old: Option<&'a Rubric>,
    pub(super) reference: RubricReference,
    /// The indicators of both, by their number.
    to_ids: Vec<&'a str>,
    old_ids: Vec<&'a str>,
    pub(super) orphans: Vec<Field<Orphan>>,
    pub(super) came_home: Vec<Moved>,
    /// By indicator, the level that followed from practices under the old rubric.
    pub(super) derived: Vec<(String, String)>,
    pub(super) added_scope: Vec<String>,
    pub(super) added_not_assigned: Vec<String>,
}

impl<'a> Rewrite<'a> {
    pub(super) fn new(to: &'a Rubric, old: Option<&'a Rubric>, reference: RubricReference) -> Self {
        let ids = |rubric: &'a Rubric| rubric.indicators().map(|indicator| indicator.id.as_str()).collect();
        Self {
            to,
            old,
            reference,
            to_ids: ids(to),
            old_ids: old.map(ids).unwrap_or_default(),
            orphans: Vec::new(),
            came_home: Vec::new(),
            derived: Vec::new(),
            added_scope: Vec::new(),
            added_not_assigned: Vec::new(),
        }
    }

    /// Every key whose values the rubric gives their meaning.
    pub(super) fn everything(&mut self, document: &mut syntax::Evaluation) {
        // Entries orphaned before may be restored; entries orphaned now may not.
        let earlier = document.orphaned.as_mut().and_then(|list| list.value.as_mut()).map(mem::take);
        self.kind(document);
        self.observations(document);
        self.practices(document);
        self.ratings(document);
        self.goals(document);
        self.responses(document);
        self.record(document);
        self.service_data(document);
        self.supervision(document);
        self.qualifications(document);
        let earlier = self.bring_home(document, earlier.unwrap_or_default());
        let earlier = self.bring_home_practices(document, earlier);
        let was_held = self.was_held(document);
        self.scope(document);
        self.of_a_policy(document);
        self.entries_without_scope(document, &was_held);
        self.narratives(document, &was_held);
        let earlier = self.bring_home_to_policy(document, earlier);
        let earlier = self.bring_home_narratives(document, earlier);
        let orphans: Vec<_> = earlier.into_iter().chain(self.orphans.iter().cloned()).collect();
        if !orphans.is_empty() {
            let span = document.orphaned.as_ref().map_or(document.ratings.span, |list| list.span);
            document.orphaned = Some(Field { span, value: Some(orphans) });
        }
    }

    /// Whether something has no home. Where the old rubric is known it is one that this had: any other is a mistake, and
    /// stays where it is for the check to find.
    pub(super) fn is_gone(&self, is_there: impl Fn(&Rubric) -> bool) -> bool {
        !is_there(self.to) && self.old.is_none_or(is_there)
    }

    /// The indicators of the new rubric at and under a node.
    pub(super) fn to_indicators(&self, id: &str) -> Vec<&'a str> {
        under(self.to, &self.to_ids, id)
    }

    /// The indicators of the old rubric at and under a node; none where that rubric is not at hand.
    pub(super) fn old_indicators(&self, id: &str) -> Vec<&'a str> {
        self.old.map(|old| under(old, &self.old_ids, id)).unwrap_or_default()
    }

    pub(super) fn orphan(&mut self, kind: OrphanKind, id: &Field<Word>, place: Span) -> &mut Orphan {
        let given_for = given_for(&self.reference, self.old, id.word().unwrap_or_default(), id.span);
        let orphan =
            Orphan { kind: Field { span: place, value: Some(kind) }, id: id.clone(), given_for, ..Orphan::default() };
        self.orphans.push_mut(Field { span: place, value: None }).value.insert(orphan)
    }

    pub(super) fn is_indicator_gone(&self, id: &str) -> bool {
        let is_indicator = |rubric: &Rubric| rubric.node(id).is_some_and(|node| node.is_rated);
        match self.old {
            Some(old) => is_indicator(old) && !is_indicator(self.to),
            // A domain's id may as well be a mistake.
            None => self.to.node(id).is_none(),
        }
    }

    fn ratings(&mut self, document: &mut syntax::Evaluation) {
        for (key, value) in take(Some(&mut document.ratings)) {
            let given = value.get().and_then(|value| value.0.as_ref());
            if given.is_none() && key.word().is_some_and(|id| self.is_indicator_gone(id)) {
                // An empty place for something that is gone holds nothing that could be kept.
                continue;
            }
            // The indicator's id and the level or number, which what is written before there is one lacks.
            let rating = match (key.word(), given) {
                (Some(id), Some(Either::Short(mark))) => Some((id, Some(mark))),
                (Some(id), Some(Either::Long(Rating { level: None, .. }))) => Some((id, None)),
                (Some(id), Some(Either::Long(Rating { level: Some(level), .. }))) => {
                    level.get().map(|mark| (id, Some(mark)))
                }
                _ => None,
            };
            let is_gone = rating.is_some_and(|(id, mark)| {
                let is_level_gone = |mark| self.is_gone(|rubric| label_at(rubric, id, mark).is_some());
                // Of an id that is no indicator, no level is known: the id is the mistake.
                let is_indicator = self.to.indicator(id).is_some();
                self.is_indicator_gone(id) || (is_indicator && mark.is_some_and(is_level_gone))
            });
            if !is_gone {
                put(Some(&mut document.ratings), key, value);
                continue;
            }
            let old = self.old;
            let orphan = self.orphan(OrphanKind::Rating, &key, value.span);
            match value.value.and_then(|value| value.0) {
                Some(Either::Short(mark)) => orphan.level = Some(Field { span: value.span, value: Some(mark) }),
                Some(Either::Long(rating)) => {
                    orphan.level = rating.level;
                    orphan.by = rating.by.map(Into::into);
                    orphan.comment = rating.comment;
                    orphan.evidence = rating.evidence;
                }
                None => {}
            }
            let mark = orphan.level.as_ref().and_then(Field::get);
            let label = old.zip(mark).and_then(|(old, mark)| match mark {
                Mark::Level(id) => old.levels().iter().find(|known| known.id == *id).map(|level| level.label.clone()),
                Mark::Number(_) => label_at(old, orphan.id.word()?, mark).map(Cow::into_owned),
            });
            orphan.label = label.map(|label| text(&label, value.span));
        }
    }

    fn goals(&mut self, document: &mut syntax::Evaluation) {
        let Some(goals) = document.goals.as_mut().and_then(|goals| goals.value.as_mut()) else { return };
        for field in mem::take(goals) {
            let indicator = field.get().and_then(|goal| goal.indicator.as_ref());
            let gone = indicator.filter(|id| id.word().is_some_and(|id| self.is_indicator_gone(id))).cloned();
            match (gone, field) {
                (Some(id), Field { span, value: Some(goal) }) => {
                    let orphan = self.orphan(OrphanKind::Goal, &id, span);
                    orphan.statement = Some(goal.statement.into());
                    orphan.measure = goal.measure;
                    orphan.activities = goal.activities;
                    orphan.contact_hours = goal.contact_hours.map(Into::into);
                    orphan.due = goal.due;
                    orphan.status = goal.status;
                }
                (_, field) => goals.push(field),
            }
        }
    }

    fn responses(&mut self, document: &mut syntax::Evaluation) {
        let Some(responses) = document.responses.as_mut().and_then(|list| list.value.as_mut()) else { return };
        for field in mem::take(responses) {
            let about = field.get().and_then(|response| response.about.as_ref());
            let is_gone = |id: &str| self.is_gone(|rubric| rubric.node(id).is_some());
            let gone = about.filter(|id| id.word().is_some_and(is_gone)).cloned();
            match (gone, field) {
                (Some(id), Field { span, value: Some(response) }) => {
                    let orphan = self.orphan(OrphanKind::Response, &id, span);
                    orphan.date = response.date;
                    orphan.by = response.by;
                    orphan.text = Some(response.text.into());
                }
                (_, field) => responses.push(field),
            }
        }
    }

    fn service_data(&mut self, document: &mut syntax::Evaluation) {
        for (key, value) in take(document.service_data.as_mut()) {
            // A count does not become a text by its new rubric.
            let fits = |rubric: &Rubric| {
                let item = rubric.service_data().iter().find(|item| Some(item.id.as_str()) == key.word());
                item.is_some_and(|item| value.get().is_none_or(|value| check::is_of_kind(value, item.kind)))
            };
            if key.word().is_none() || !self.is_gone(fits) {
                put(document.service_data.as_mut(), key, value);
                continue;
            }
            let asked = self.old.map(Rubric::service_data).unwrap_or_default();
            let asked = asked.iter().find(|item| Some(item.id.as_str()) == key.word());
            let orphan = self.orphan(OrphanKind::ServiceData, &key, value.span);
            orphan.label = asked.map(|item| text(&item.label, value.span));
            orphan.value = Some(value);
        }
    }

    /// Orphans a kind of evaluation that the new rubric does not have; without it the evaluation is a formal one.
    fn kind(&mut self, document: &mut syntax::Evaluation) {
        let Some(field) = document.r#type.take() else { return };
        if !field.word().is_some_and(|id| self.is_gone(|rubric| rubric.type_of(id).is_some())) {
            document.r#type = Some(field);
            return;
        }
        let known = self.old.zip(field.word()).and_then(|(old, id)| old.type_of(id));
        let orphan = self.orphan(OrphanKind::Type, &field, field.span);
        orphan.label = known.map(|known| text(known.label(), field.span));
    }

    fn qualifications(&mut self, document: &mut syntax::Evaluation) {
        for evaluator in document.evaluators.value.iter_mut().flatten().filter_map(|field| field.value.as_mut()) {
            let Some(has) = evaluator.qualifications.as_mut().and_then(|list| list.value.as_mut()) else { continue };
            for field in mem::take(has) {
                if !field.word().is_some_and(|id| self.is_gone(|rubric| rubric.qualification(id).is_some())) {
                    has.push(field);
                    continue;
                }
                let known = self.old.zip(field.word()).and_then(|(old, id)| old.qualification(id));
                let orphan = self.orphan(OrphanKind::Qualification, &field, field.span);
                orphan.label = known.map(|known| text(&known.label, field.span));
                orphan.by = Some(Field::clone(&evaluator.id));
            }
        }
    }

    /// The changes made, for the report. `None` where the reference to the old rubric could not be read.
    pub(super) fn changes(
        self,
        was: &syntax::Evaluation,
        evaluation: &Evaluation,
        difference: Option<&Difference>,
    ) -> Option<Changes> {
        let was_final = was.status.as_ref().and_then(Field::get) == Some(&syntax::evaluation::Status::Final);
        let completed_on = was.completed_on.as_ref().filter(|_| was_final).and_then(Field::get);
        let is_new = |id: &str| self.old.is_none_or(|old| old.indicator(id).is_none());
        let mut changes = Changes {
            derived: self.rederived(evaluation),
            is_current: false,
            old_is_known: self.old.is_some(),
            was_final,
            completed_on: completed_on.map(|day| day.0.to_string()),
            orphaned: self.orphans.iter().filter_map(Field::get).filter_map(Moved::of).collect(),
            unrated: evaluation
                .unrated()
                .filter(|indicator| is_new(&indicator.id))
                .map(|indicator| indicator.id.clone())
                .collect(),
            came_home: self.came_home,
            scope: self.added_scope,
            not_assigned: self.added_not_assigned,
            ..Changes::none(evaluation, self.reference.checked()?)
        };
        if let Some(difference) = difference {
            changes.classify(evaluation, difference);
        }
        Some(changes)
    }
}

fn under<'a>(rubric: &Rubric, ids: &[&'a str], id: &str) -> Vec<&'a str> {
    let range = rubric.node(id).map(|node| node.indicators.clone()).unwrap_or_default();
    ids.get(range).unwrap_or_default().to_vec()
}

pub(super) fn text(text: &str, place: Span) -> Field<Text> {
    Field { span: place, value: Some(Text(text.to_owned())) }
}

/// The entries of a mapping, which is left empty.
pub(super) fn take<T>(entries: Option<&mut Field<Entries<T>>>) -> Vec<(Field<Word>, Field<T>)> {
    entries.and_then(|field| field.value.as_mut()).map(|entries| mem::take(&mut entries.0)).unwrap_or_default()
}

/// Puts an entry back.
pub(super) fn put<T>(entries: Option<&mut Field<Entries<T>>>, key: Field<Word>, value: Field<T>) {
    if let Some(entries) = entries.and_then(|field| field.value.as_mut()) {
        entries.0.push((key, value));
    }
}

/// The label of a level, or a number with its unit, where an indicator is rated on a scale that has it.
pub(super) fn label_at<'a>(rubric: &'a Rubric, indicator: &str, mark: &Mark) -> Option<Cow<'a, str>> {
    let scale = rubric.scale_of(rubric.indicator(indicator)?)?;
    match mark {
        Mark::Level(level) => Some(scale.level(level)?.label.as_str().into()),
        Mark::Number(digits) => {
            let range = scale.range()?;
            range.range().read(digits).ok().map(|number| range.label(number).into())
        }
    }
}
