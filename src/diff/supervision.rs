//! Compares the supervision that two rubrics ask for.

use crate::rubric::{Rubric, Supervision, SupervisionKind};

use super::{Changes, Class};

impl Changes {
    /// Sessions of a kind that is gone have no place any more. No rating means anything else by supervision.
    pub(super) fn supervision(&mut self, old: &Rubric, new: &Rubric) {
        let what = "supervision";
        self.each(
            what,
            (kinds(old), kinds(new)),
            |kind| (&kind.id, &kind.label),
            (|_: &SupervisionKind| Class::None, Class::Orphaned),
            |changes, was, is| {
                changes.text(Class::Wording, what, &is.id, "label", Some(&was.label), Some(&is.label));
            },
        );
        self.asked(old, new, "supervision.every.weeks", |asked| asked.every_weeks.map(|weeks| weeks.to_string()));
        self.asked(old, new, "supervision.source", |asked| asked.source.clone());
        self.asked(old, new, "supervision.note", |asked| asked.note.clone());
    }

    fn asked(&mut self, old: &Rubric, new: &Rubric, key: &str, value: impl Fn(&Supervision) -> Option<String>) {
        let (was, is) = (old.supervision().and_then(&value), new.supervision().and_then(&value));
        self.key(Class::None, "rubric", new.id(), key, was.as_deref(), is.as_deref());
    }
}

fn kinds(rubric: &Rubric) -> &[SupervisionKind] {
    rubric.supervision().map_or(&[], |asked| &asked.kinds)
}
