//! Compares the narratives that two rubrics ask for.

use crate::rubric::{Narrative, Rubric};

use super::{ChangeKind, Changes, Class};

impl Changes {
    /// A narrative that is gone, or is about other parts, leaves the texts that were written without a place. One that is new
    /// and required, or that is required now, makes evaluations incomplete.
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
        }
        for was in old.narratives().iter().filter(|was| new.narrative(&was.id).is_none()) {
            self.push(Class::Orphaned, ChangeKind::Removed, "narrative", &was.id, Some(&was.label), None);
        }
    }
}
