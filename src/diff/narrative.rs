//! Compares the narratives that two rubrics ask for.

use crate::rubric::{Narrative, Rubric};

use super::{ChangeKind, Changes, Class};

impl Changes {
    /// A narrative that is gone, or is about other parts, leaves the texts that were written without a place, and so does a
    /// part that is gone. A required narrative that is new, or has a new part, makes evaluations incomplete.
    pub(super) fn narratives(&mut self, old: &Rubric, new: &Rubric) {
        let asked = |narrative: &Narrative| if narrative.required { Class::Incomplete } else { Class::None };
        for narrative in new.narratives() {
            let (id, label) = (&narrative.id, Some(narrative.label.as_str()));
            let Some(was) = old.narrative(id) else {
                self.push(asked(narrative), ChangeKind::Added, "narrative", id, None, label);
                continue;
            };
            self.text(Class::Wording, "narrative", id, "label", Some(&was.label), label);
            let (before, after) = (was.of.name(), narrative.of.name());
            self.key(Class::Orphaned, "narrative", id, "of", Some(before), Some(after));
            let required = |narrative: &Narrative| narrative.required.then_some("true");
            self.key(asked(narrative), "narrative", id, "required", required(was), required(narrative));
            if was.of == narrative.of {
                let (before, after) = (was.parts(old), narrative.parts(new));
                let gone = only(&before, &after);
                self.key(Class::Orphaned, "narrative", id, "parts", gone.as_deref(), None);
                let added = only(&after, &before).filter(|_| narrative.required);
                self.key(Class::Incomplete, "narrative", id, "parts", None, added.as_deref());
            }
        }
        for was in old.narratives().iter().filter(|was| new.narrative(&was.id).is_none()) {
            self.push(Class::Orphaned, ChangeKind::Removed, "narrative", &was.id, Some(&was.label), None);
        }
    }
}

/// The parts that only the first list has; `None` where the second has all of them.
fn only(parts: &[Option<&str>], others: &[Option<&str>]) -> Option<String> {
    let own: Vec<&str> = parts.iter().filter(|part| !others.contains(part)).flatten().copied().collect();
    (!own.is_empty()).then(|| own.join(", "))
}
