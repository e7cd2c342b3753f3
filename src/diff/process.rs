//! Compares the processes of two rubrics.

use crate::fingerprint;
use crate::rubric::{ProcessStep, Rubric, Time};
use crate::source::Field;
use crate::syntax;

use super::{ChangeKind, Changes, Class};

/// The name of a step of a process in a comparison.
const STEP: &str = "process step";

impl Changes {
    /// No rating already given means anything else by another process; an event of a step that is gone has no place.
    pub(super) fn process(&mut self, old: &Rubric, new: &Rubric) {
        let (was, is) = (steps(old), steps(new));
        for step in is {
            let (id, label) = (&step.id, Some(step.label.as_str()));
            let Some(before) = was.iter().find(|before| before.id == *id) else {
                self.push(Class::None, ChangeKind::Added, STEP, id, None, label);
                continue;
            };
            self.text(Class::None, STEP, id, "label", Some(&before.label), label);
            for (key, value) in KEYS {
                self.key(Class::None, STEP, id, key, value(before, old).as_deref(), value(step, new).as_deref());
            }
            self.text(Class::None, STEP, id, "note", before.note.as_deref(), step.note.as_deref());
        }
        for gone in was.iter().filter(|before| !is.iter().any(|step| step.id == before.id)) {
            // Every evaluation can record the five events that rubrics without a process have.
            let is_readable = new.process().events().any(|event| event == gone.id);
            let class = if is_readable { Class::None } else { Class::Orphaned };
            self.push(class, ChangeKind::Removed, STEP, &gone.id, Some(&gone.label), None);
        }
        self.beside_steps(old, new);
    }

    fn beside_steps(&mut self, old: &Rubric, new: &Rubric) {
        let id = new.id();
        let order = |rubric: &Rubric, other: &Rubric| {
            let both = steps(rubric).iter().filter(|step| steps(other).iter().any(|also| also.id == step.id));
            both.map(|step| step.id.as_str()).collect::<Vec<_>>().join(", ")
        };
        self.key(Class::None, "rubric", id, "process.steps", Some(&order(old, new)), Some(&order(new, old)));
        let shared = |rubric: &Rubric| Some(rubric.own_process()?.shared_from()?.id.clone());
        self.key(Class::None, "rubric", id, "process.shared_from", shared(old).as_deref(), shared(new).as_deref());
        let note = |rubric: &Rubric| rubric.own_process()?.note().map(str::to_owned);
        self.text(Class::None, "rubric", id, "process.note", note(old).as_deref(), note(new).as_deref());
        let calendar = |rubric: &syntax::Rubric| {
            let process = rubric.process.as_ref().and_then(Field::get);
            process.and_then(|process| Some(fingerprint::value(process.calendar.as_ref()?)))
        };
        if calendar(&old.0.written) != calendar(&new.0.written) {
            self.section("rubric", id, "process.calendar");
        }
    }
}

fn steps(rubric: &Rubric) -> &[ProcessStep] {
    rubric.own_process().map_or(&[], |process| process.steps())
}

/// The value of a key of a step, as a person reads it.
type Value = fn(&ProcessStep, &Rubric) -> Option<String>;

const KEYS: [(&str, Value); 7] = [
    ("who", |step, _| Some(step.who.as_str().to_owned())),
    ("by", |step, _| step.by()),
    ("within", |step, rubric| {
        let within = step.within?;
        let after = &rubric.process().steps().get(within.after)?.id;
        Some(match within.time {
            Time::Days(days) => format!("{days} days after {after}"),
            Time::SchoolDays(days) => format!("{days} school days after {after}"),
        })
    }),
    ("optional", |step, _| step.optional.then(|| "true".to_owned())),
    ("count", |step, _| Some(step.count.to_string())),
    ("kind", |step, _| step.kind.clone()),
    ("means", |step, _| step.means.map(|means| means.as_str().to_owned())),
];
