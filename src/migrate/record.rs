//! Migrates the record of events.

use std::mem;

use crate::evaluation::OrphanKind;
use crate::rubric::Rubric;
use crate::source::{Field, Text};
use crate::syntax;
use crate::syntax::evaluation::Event;
use crate::syntax::migration::Orphan;

use super::orphan::{Rewrite, text};

/// Whether an evaluation of the rubric can record an event.
fn has(rubric: &Rubric, event: &str) -> bool {
    rubric.process().events().any(|known| known == event)
}

impl Rewrite<'_> {
    /// Orphans the events that are no step of the new rubric's process.
    pub(super) fn record(&mut self, document: &mut syntax::Evaluation) {
        let Some(record) = document.record.as_mut().and_then(|list| list.value.as_mut()) else { return };
        for field in mem::take(record) {
            let id = field.get().map(|event| &*event.event);
            let gone = id.filter(|id| id.word().is_some_and(|id| self.is_gone(|rubric| has(rubric, id)))).cloned();
            match (gone, field) {
                (Some(id), Field { span, value: Some(event) }) => {
                    let label = self.old.zip(id.word()).map(|(old, id)| text(old.process().label(id), span));
                    let orphan = self.orphan(OrphanKind::Event, &id, span);
                    orphan.label = label;
                    orphan.date = Some(event.date);
                    orphan.by = event.by;
                    orphan.text = event.note;
                }
                (_, field) => record.push(field),
            }
        }
        if document.record.as_ref().and_then(Field::get).is_some_and(Vec::is_empty) {
            document.record = None;
        }
    }

    /// Puts an event back whose step the rubric has again, by the same name; gives it back where it has none.
    pub(super) fn event_again(&self, document: &mut syntax::Evaluation, id: &str, orphan: Orphan) -> Option<Orphan> {
        let label = orphan.label.as_ref().and_then(Field::text);
        if !has(self.to, id) || label != Some(self.to.process().label(id)) {
            return Some(orphan);
        }
        let none = Field { span: orphan.id.span, value: Some(Vec::new()) };
        let Some(record) = &mut document.record.get_or_insert(none).value else { return Some(orphan) };
        let Orphan { kind, id, date: Some(date), by, text, .. } = orphan else { return Some(orphan) };
        let note: Option<Field<Text>> = text;
        record.push(Field { span: kind.span, value: Some(Event { date, event: id.into(), by, note }) });
        None
    }
}
