//! Compares the narratives that two rubrics ask for.

use crate::rubric::{Narrative, Rubric};

use super::{Changes, Class};

impl Changes {
    /// A narrative that is gone, or is about other parts, leaves the texts that were written without a place, and so does a
    /// part that is gone. A required narrative that is new, or has a new part, makes evaluations incomplete.
    pub(super) fn narratives(&mut self, old: &Rubric, new: &Rubric) {
        let asked = |narrative: &Narrative| if narrative.required { Class::Incomplete } else { Class::None };
        let (what, both) = ("narrative", (old.narratives(), new.narratives()));
        self.each(
            what,
            both,
            |one| (&one.id, &one.label),
            (asked, Class::Orphaned),
            |changes, was, is| {
                changes.text(Class::Wording, what, &is.id, "label", Some(&was.label), Some(&is.label));
                changes.key(Class::Orphaned, what, &is.id, "of", Some(was.of.name()), Some(is.of.name()));
                let required = |narrative: &Narrative| narrative.required.then_some("true");
                changes.key(asked(is), what, &is.id, "required", required(was), required(is));
                if was.of == is.of {
                    let (before, after) = (was.parts(old), is.parts(new));
                    let gone = only(&before, &after);
                    changes.key(Class::Orphaned, what, &is.id, "parts", gone.as_deref(), None);
                    let added = only(&after, &before).filter(|_| is.required);
                    changes.key(Class::Incomplete, what, &is.id, "parts", None, added.as_deref());
                }
            },
        );
    }
}

/// The parts that only the first list has; `None` where the second has all of them.
fn only(parts: &[Option<&str>], others: &[Option<&str>]) -> Option<String> {
    let own: Vec<&str> = parts.iter().filter(|part| !others.contains(part)).flatten().copied().collect();
    (!own.is_empty()).then(|| own.join(", "))
}
