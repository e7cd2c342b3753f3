//! Migrates the sessions of supervision.

use std::mem;

use crate::evaluation::OrphanKind;
use crate::rubric::Rubric;
use crate::source::{Field, Text};
use crate::syntax;
use crate::syntax::evaluation::SupervisionSession;
use crate::syntax::migration::Orphan;

use super::context::given_for;
use super::orphan::{Rewrite, text};

impl Rewrite<'_> {
    /// Orphans the sessions of a kind that the new rubric does not have.
    pub(super) fn supervision(&mut self, document: &mut syntax::Evaluation) {
        let Some(sessions) = document.supervision.as_mut().and_then(|list| list.value.as_mut()) else { return };
        let before = sessions.len();
        for field in mem::take(sessions) {
            let kind = field.get().and_then(|session| session.kind.word());
            let is_gone = kind.is_some_and(|id| self.is_gone(|rubric| rubric.supervision_kind(id).is_some()));
            match field {
                Field { span, value: Some(session) } if is_gone => self.orphan_session(session, span),
                field => sessions.push(field),
            }
        }
        // An empty list would say that there was no supervision.
        let has_lost_all = sessions.is_empty() && before > 0;
        if has_lost_all || (sessions.is_empty() && self.is_gone(|rubric| rubric.supervision().is_some())) {
            document.supervision = None;
        }
    }

    fn orphan_session(&mut self, session: SupervisionSession, place: crate::source::Span) {
        let known = self.old.zip(session.kind.word()).and_then(|(old, id)| old.supervision_kind(id));
        // A part of the rubric with the id of the kind is another thing.
        let given_for = given_for(&self.reference, None, "", place);
        let orphan = self.orphan(OrphanKind::Supervision, &session.kind, place);
        orphan.given_for = given_for;
        orphan.label = known.map(|known| text(&known.label, place));
        orphan.date = Some(session.date);
        orphan.by = session.by.map(Into::into);
        orphan.minutes = session.minutes;
        orphan.text = session.note;
    }
}

/// Puts a session back where the rubric has its kind again, with the same label; the orphan, where it stays one.
pub(super) fn bring_home(document: &mut syntax::Evaluation, id: &str, orphan: Orphan, to: &Rubric) -> Option<Orphan> {
    let known = to.supervision_kind(id).map(|kind| kind.label.as_str());
    if known.is_none() || known != orphan.label.as_ref().and_then(Field::<Text>::text) {
        return Some(orphan);
    }
    let Some(date) = orphan.date else { return Some(orphan) };
    let place = orphan.kind.span;
    let none = Field { span: place, value: Some(Vec::new()) };
    let Some(sessions) = &mut document.supervision.get_or_insert(none).value else {
        return Some(Orphan { date: Some(date), ..orphan });
    };
    let (kind, by) = (orphan.id.into(), orphan.by.map(Into::into));
    let session = SupervisionSession { date, kind, by, minutes: orphan.minutes, note: orphan.text };
    sessions.push(Field { span: place, value: Some(session) });
    None
}
