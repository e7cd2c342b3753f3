//! The rule of everything that people write in an evaluation.

use crate::source::{Any, Blank, Either, Entries, Field};
use crate::syntax;

use super::super::{items, privacy};
use super::{Context, scoring};

/// Nothing that is printed identifies a student.
pub(super) fn student_data(document: &syntax::Evaluation, context: &Context<'_>) {
    let findings = context.findings;
    let whole = context.rubric.id();
    for (id, _, why) in document.not_assigned.as_ref().and_then(Field::get).into_iter().flat_map(Entries::iter) {
        privacy::student_data(why, id, findings);
    }
    for (id, _, rating) in document.ratings.get().into_iter().flat_map(Entries::iter) {
        let Some(Blank(Some(Either::Long(rating)))) = rating.get() else { continue };
        let notes = items(rating.evidence.as_ref()).map(|(_, evidence)| &evidence.note);
        for text in rating.comment.iter().chain(notes) {
            privacy::student_data(text, id, findings);
        }
    }
    for (id, rationale) in scoring::rationales(document) {
        privacy::student_data(rationale, id, findings);
    }
    for (id, place, rationale) in scoring::own_rationales(document) {
        privacy::student_data_in(rationale, place, id, findings);
    }
    for (_, goal) in items(document.goals.as_ref()) {
        let about = goal.indicator.as_ref().and_then(Field::word).unwrap_or(whole);
        let activities = goal.activities.as_ref().and_then(Field::get).into_iter().flatten();
        for text in std::iter::once(&goal.statement).chain(&goal.measure).chain(activities) {
            privacy::student_data(text, about, findings);
        }
    }
    for (id, _, value) in document.service_data.as_ref().and_then(Field::get).into_iter().flat_map(Entries::iter) {
        if let Some(Any::Text(text)) = value.get() {
            privacy::student_data_in(text, value.span, id, findings);
        }
    }
    for (_, training) in items(document.professional_development.as_ref()) {
        privacy::student_data(&training.title, whole, findings);
    }
    for (_, response) in items(document.responses.as_ref()) {
        let about = response.about.as_ref().and_then(Field::word).unwrap_or(whole);
        privacy::student_data(&response.text, about, findings);
    }
    for (_, orphan) in items(document.orphaned.as_ref()) {
        let about = orphan.id.word().unwrap_or(whole);
        let notes = items(orphan.evidence.as_ref()).map(|(_, evidence)| &evidence.note);
        let activities = orphan.activities.as_ref().and_then(Field::get).into_iter().flatten();
        let own = [&orphan.comment, &orphan.statement, &orphan.measure, &orphan.text, &orphan.why];
        for text in own.into_iter().flatten().chain(notes).chain(activities) {
            privacy::student_data(text, about, findings);
        }
        if let Some(Field { span, value: Some(Any::Text(text)) }) = &orphan.value {
            privacy::student_data_in(text, *span, about, findings);
        }
    }
    let notes = items(document.record.as_ref()).filter_map(|(_, event)| event.note.as_ref());
    for text in document.summary.iter().chain(notes) {
        privacy::student_data(text, whole, findings);
    }
}
