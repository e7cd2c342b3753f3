//! Restores orphans of an earlier migration that have a home again.

use std::collections::HashSet;

use crate::check;
use crate::evaluation::OrphanKind;
use crate::source::{Any, Blank, Either, Entries, Field, Text};
use crate::syntax;
use crate::syntax::evaluation::{Goal, Rating, Response};
use crate::syntax::migration::Orphan;

use super::changes::Moved;
use super::context::words;
use super::orphan::{Rewrite, label_at, put};

impl Rewrite<'_> {
    /// Puts every earlier orphan back whose words the rubric has again, the latest first. What stays is given back.
    pub(super) fn bring_home(
        &mut self,
        document: &mut syntax::Evaluation,
        earlier: Vec<Field<Orphan>>,
    ) -> Vec<Field<Orphan>> {
        let mut taken = self.taken(document);
        self.bring(earlier, |rewrite, moved, orphan| rewrite.bring_one(document, moved, orphan, &mut taken))
    }

    /// Offers each earlier orphan to `put`, the latest first, which gives back an orphan that has no home. Returns these, in their
    /// order.
    pub(super) fn bring(
        &mut self,
        earlier: Vec<Field<Orphan>>,
        mut put: impl FnMut(&Self, &Moved, Orphan) -> Option<Orphan>,
    ) -> Vec<Field<Orphan>> {
        let (mut stay, mut came) = (Vec::new(), Vec::new());
        for Field { span, value } in earlier.into_iter().rev() {
            let value = match (value.as_ref().and_then(Moved::of), value) {
                (Some(moved), Some(orphan)) => match put(self, &moved, orphan) {
                    None => {
                        came.push(moved);
                        continue;
                    }
                    stays => stays,
                },
                (_, value) => value,
            };
            stay.push(Field { span, value });
        }
        stay.reverse();
        self.came_home.extend(came.into_iter().rev());
        stay
    }

    /// Puts an orphan where it belongs; gives it back when it has no home.
    fn bring_one(
        &self,
        document: &mut syntax::Evaluation,
        moved: &Moved,
        orphan: Orphan,
        taken: &mut HashSet<String>,
    ) -> Option<Orphan> {
        let id = moved.id.as_str();
        match moved.kind {
            OrphanKind::Rating => self.rating(document, id, orphan, taken),
            OrphanKind::Goal if self.has_same_words(id, &orphan, true) => {
                let Some(goals) = list(&mut document.goals, orphan.id.span) else { return Some(orphan) };
                let Some(statement) = orphan.statement else { return Some(orphan) };
                let goal = Goal {
                    indicator: Some(orphan.id.into()),
                    statement: statement.into(),
                    measure: orphan.measure,
                    activities: orphan.activities,
                    contact_hours: orphan.contact_hours.map(Into::into),
                    due: orphan.due,
                    status: orphan.status,
                };
                goals.push(Field { span: orphan.kind.span, value: Some(goal) });
                None
            }
            OrphanKind::Response if self.has_same_words(id, &orphan, false) => {
                let Some(responses) = list(&mut document.responses, orphan.id.span) else { return Some(orphan) };
                let Some(text) = orphan.text else { return Some(orphan) };
                let response =
                    Response { date: orphan.date, by: orphan.by, about: Some(orphan.id.into()), text: text.into() };
                responses.push(Field { span: orphan.kind.span, value: Some(response) });
                None
            }
            OrphanKind::ServiceData => self.service_datum(document, id, orphan),
            OrphanKind::Supervision => super::supervision::bring_home(document, id, orphan, self.to),
            OrphanKind::Qualification => self.qualification(document, id, orphan),
            OrphanKind::Type => self.kind_again(document, id, orphan),
            OrphanKind::Event => self.event_again(document, id, orphan),
            _ => Some(orphan),
        }
    }

    /// Whether the rubric has, at an id, the words that the orphan was given for.
    pub(super) fn has_same_words(&self, id: &str, orphan: &Orphan, is_indicator: bool) -> bool {
        let text = |field: &Option<Field<Text>>| field.as_ref().and_then(Field::text).map(str::to_owned);
        let Some(given_for) = orphan.given_for.get() else { return false };
        let is_of_tier = !is_indicator || self.to.node(id).is_some_and(|node| node.is_rated);
        words(self.to, id).is_some_and(|words| {
            let same = |is: Option<&str>, was: &Option<Field<Text>>| is == text(was).as_deref();
            let (title, statement) = (&given_for.title, &given_for.statement);
            // A domain may have no statement, and an indicator no title; without either nothing is known.
            (title.is_some() || statement.is_some())
                && is_of_tier
                && same(words.title, title)
                && same(words.statement, statement)
        })
    }

    /// The indicators that are rated, or not assigned.
    fn taken(&self, document: &syntax::Evaluation) -> HashSet<String> {
        let rated = document.ratings.get().into_iter().flat_map(Entries::iter).map(|(id, ..)| id);
        let entries = document.not_assigned.as_ref().and_then(Field::get);
        let not_assigned = entries.into_iter().flat_map(Entries::iter).flat_map(|(id, ..)| self.to_indicators(id));
        rated.chain(not_assigned).map(str::to_owned).collect()
    }

    fn rating(
        &self,
        document: &mut syntax::Evaluation,
        id: &str,
        orphan: Orphan,
        taken: &mut HashSet<String>,
    ) -> Option<Orphan> {
        let label = orphan.level.as_ref().and_then(Field::get).and_then(|mark| label_at(self.to, id, mark));
        let has_same_level = label.as_deref() == orphan.label.as_ref().and_then(Field::text);
        let evaluators = document.evaluators.get().map_or(0, Vec::len);
        let is_somebodys = orphan.level.is_none() || orphan.by.is_some() || evaluators == 1;
        let is_free = !taken.contains(id);
        let is_home = is_free && has_same_level && is_somebodys && self.has_same_words(id, &orphan, true);
        if !is_home {
            return Some(orphan);
        }
        taken.insert(id.to_owned());
        let place = orphan.kind.span;
        let rating = Rating {
            level: orphan.level,
            practices: None,
            by: orphan.by.map(Into::into),
            comment: orphan.comment,
            evidence: orphan.evidence,
        };
        put(
            Some(&mut document.ratings),
            orphan.id,
            Field { span: place, value: Some(Blank(Some(Either::Long(rating)))) },
        );
        None
    }

    fn service_datum(&self, document: &mut syntax::Evaluation, id: &str, orphan: Orphan) -> Option<Orphan> {
        let asked = self.to.service_data().iter().find(|item| item.id == id);
        let has_same_label = asked.map(|item| item.label.as_str()) == orphan.label.as_ref().and_then(Field::text);
        let fits = |value: &Any| asked.is_some_and(|asked| check::is_of_kind(value, asked.kind));
        put_back(&mut document.service_data, orphan, |value| has_same_label && fits(value))
    }

    /// A kind that the rubric has again, unless the evaluation has got another one meanwhile.
    fn kind_again(&self, document: &mut syntax::Evaluation, id: &str, orphan: Orphan) -> Option<Orphan> {
        let label = self.to.type_of(id).map(|kind| kind.label().to_owned());
        let has_same_label = label.as_deref() == orphan.label.as_ref().and_then(Field::text);
        if document.r#type.is_some() || label.is_none() || !has_same_label {
            return Some(orphan);
        }
        document.r#type = Some(orphan.id.into());
        None
    }

    fn qualification(&self, document: &mut syntax::Evaluation, id: &str, orphan: Orphan) -> Option<Orphan> {
        let known = self.to.qualification(id).map(|known| known.label.as_str());
        let by = orphan.by.as_ref().and_then(Field::word);
        let evaluators = document.evaluators.value.iter_mut().flatten().filter_map(|field| field.value.as_mut());
        let evaluator = evaluators.into_iter().find(|evaluator| evaluator.id.word() == by);
        let (Some(evaluator), true) = (evaluator, known == orphan.label.as_ref().and_then(Field::text)) else {
            return Some(orphan);
        };
        let Some(has) = list(&mut evaluator.qualifications, orphan.id.span) else { return Some(orphan) };
        if !has.iter().any(|has| has.word() == Some(id)) {
            has.push(orphan.id.into());
        }
        None
    }
}

/// A list to add to; `None` where one is there that could not be read.
fn list<T>(field: &mut Option<Field<Vec<T>>>, place: crate::source::Span) -> Option<&mut Vec<T>> {
    field.get_or_insert(Field { span: place, value: Some(Vec::new()) }).value.as_mut()
}

/// Puts a value back under its id, where it is at home and nothing else is given; the orphan, where it stays one.
pub(super) fn put_back(
    into: &mut Option<Field<Entries<Any>>>,
    orphan: Orphan,
    is_home: impl FnOnce(&Any) -> bool,
) -> Option<Orphan> {
    let given = into.as_ref().and_then(Field::get);
    let is_given = given.is_some_and(|entries| entries.iter().any(|(key, ..)| Some(key) == orphan.id.word()));
    let comes_home = !is_given && orphan.value.as_ref().and_then(Field::get).is_some_and(is_home);
    match orphan.value {
        Some(value) if comes_home => {
            let entries = Field { span: orphan.id.span, value: Some(Entries(Vec::new())) };
            put(Some(into.get_or_insert(entries)), orphan.id, value);
            None
        }
        value => Some(Orphan { value, ..orphan }),
    }
}
