//! Rules of every text that people write in an evaluation.

use crate::source::{Any, Blank, Either, Entries, Field, Text};
use crate::syntax;

use super::super::items;
use super::super::privacy::{Privacy, Staff};
use super::{Context, scoring};

/// Nothing that is printed identifies a student.
pub(super) fn student_data(document: &syntax::Evaluation, context: &Context<'_>) {
    let privacy = Privacy { staff: staff(document), findings: context.findings };
    let whole = context.rubric.id();
    for (id, _, why) in document.not_assigned.as_ref().and_then(Field::get).into_iter().flat_map(Entries::iter) {
        privacy.check(why, id);
    }
    for (id, _, rating) in document.ratings.get().into_iter().flat_map(Entries::iter) {
        let Some(Blank(Some(Either::Long(rating)))) = rating.get() else { continue };
        for text in rating.comment.iter().chain(of_evidence(rating.evidence.as_ref())) {
            privacy.check(text, id);
        }
    }
    for (_, observation) in items(document.observations.as_ref()) {
        let about = observation.id.word().unwrap_or(whole);
        for text in observation.notes.iter().chain(&observation.at) {
            privacy.check(text, about);
        }
        for (id, _, rating) in observation.ratings.as_ref().and_then(Field::get).into_iter().flat_map(Entries::iter) {
            let Some(Blank(Some(Either::Long(rating)))) = rating.get() else { continue };
            for text in rating.comment.iter().chain(of_evidence(rating.evidence.as_ref())) {
                privacy.check(text, id);
            }
        }
    }
    for (id, rationale) in scoring::rationales(document) {
        privacy.check(rationale, id);
    }
    for (id, place, rationale) in scoring::own_rationales(document) {
        privacy.check_in(rationale, place, id);
    }
    for (_, goal) in items(document.goals.as_ref()) {
        let about = goal.indicator.as_deref().and_then(Field::word).unwrap_or(whole);
        let activities = goal.activities.as_ref().and_then(Field::get).into_iter().flatten();
        for text in std::iter::once(&*goal.statement).chain(&goal.measure).chain(activities) {
            privacy.check(text, about);
        }
    }
    for (id, _, value) in document.service_data.as_ref().and_then(Field::get).into_iter().flat_map(Entries::iter) {
        if let Some(Any::Text(text)) = value.get() {
            privacy.check_in(text, value.span, id);
        }
    }
    for (_, training) in items(document.professional_development.as_ref()) {
        privacy.check(&training.title, whole);
    }
    for told in document.told() {
        privacy.check_in(told.text, told.place, told.part.unwrap_or(told.narrative));
    }
    for (_, response) in items(document.responses.as_ref()) {
        let about = response.about.as_deref().and_then(Field::word).unwrap_or(whole);
        privacy.check(&response.text, about);
    }
    for (_, orphan) in items(document.orphaned.as_ref()) {
        let about = orphan.id.word().unwrap_or(whole);
        let activities = orphan.activities.as_ref().and_then(Field::get).into_iter().flatten();
        let own = [&orphan.comment, &orphan.statement, &orphan.measure, &orphan.text, &orphan.why];
        for text in own.into_iter().flatten().chain(of_evidence(orphan.evidence.as_ref())).chain(activities) {
            privacy.check(text, about);
        }
        if let Some(Field { span, value: Some(value) }) = &orphan.value {
            of_value(value, &mut |text| privacy.check_in(text, *span, about));
        }
    }
    let sessions = items(document.supervision.as_ref()).filter_map(|(_, session)| session.note.as_ref());
    for (_, amendment) in items(document.amendments.as_ref()) {
        privacy.check(&amendment.because, whole);
    }
    let notes = items(document.record.as_ref()).filter_map(|(_, event)| event.note.as_ref()).chain(sessions);
    for text in document.summary.iter().chain(notes) {
        privacy.check(text, whole);
    }
}

/// The texts of a value, and of those within.
fn of_value(value: &Any, check: &mut dyn FnMut(&str)) {
    match value {
        Any::Text(text) => check(text),
        Any::List(items) => items.iter().for_each(|item| of_value(item, check)),
        Any::Map(entries) => entries.iter().for_each(|(_, value)| of_value(value, check)),
        Any::Null | Any::Bool(_) | Any::Number(_) => {}
    }
}

/// The texts of evidence, all of which are printed.
fn of_evidence(list: Option<&Field<Vec<Field<syntax::evaluation::Evidence>>>>) -> impl Iterator<Item = &Field<Text>> {
    items(list).flat_map(|(_, evidence)| std::iter::once(&*evidence.note).chain(&evidence.kind).chain(&evidence.at))
}

/// The people whom the evaluation lists.
fn staff(document: &syntax::Evaluation) -> Staff {
    let employee = document.employee.as_ref().and_then(Field::get).and_then(|employee| employee.name.text());
    let evaluators = items(Some(&document.evaluators)).filter_map(|(_, evaluator)| evaluator.name.text());
    Staff::of(employee.into_iter().chain(evaluators))
}
