//! Rules of inputs that are results of earlier evaluations.

use crate::diagnostic::{Code, Severity};
use crate::policy::InputKind;
use crate::source::{Field, Finding};
use crate::syntax::Scoring;

use super::super::{items, some_of, value};
use super::Checker;

impl Checker<'_> {
    /// The step that an input comes from gives such a value, as far as this policy knows it. An earlier version of the rubric may
    /// have had a step that this one has no more.
    pub(super) fn earlier_results(&self, document: &Scoring) {
        for ((_, written), input) in items(document.inputs.as_ref()).zip(self.inputs) {
            let Some(from) = written.from_history.as_ref().and_then(Field::get) else { continue };
            let Some(name) = from.step.word() else { continue };
            let place = from.step.span;
            let step = value::shorten(name);
            let Some(number) = self.outlines.iter().position(|outline| outline.id == Some(name)) else {
                self.unknown_earlier_step(&from.step, name);
                continue;
            };
            if let Some(used) = self.used.borrow_mut().get_mut(number) {
                *used = true;
            }
            let (Some(outline), Some(input)) = (self.outlines.get(number), &input.checked) else { continue };
            let wrong = |message: String, help: &str| self.error(Code::WrongKind, place, message, help);
            if outline.each.flatten().is_some() {
                wrong(format!("the step `{step}` has several results"), "name a step with one result");
                continue;
            }
            match &input.kind {
                InputKind::Number { .. } if !outline.has_score => {
                    wrong(
                        format!("the step `{step}` has no score, and this input is a number"),
                        "name a step with a score, or give the input `one_of` with the ratings",
                    );
                }
                InputKind::Choice(_) if !outline.rates => {
                    wrong(
                        format!("the step `{step}` gives no rating, and this input has choices"),
                        "name a step that rates, or give the input `from` and `to`",
                    );
                }
                InputKind::Choice(choices) => {
                    let levels = outline.levels.iter().flat_map(|levels| &levels.list);
                    let without: Vec<&str> = levels
                        .map(|level| level.id.as_str())
                        .filter(|id| !choices.iter().any(|known| known == id))
                        .collect();
                    if !without.is_empty() {
                        let message = format!(
                            "the step `{step}` can rate {}, which the choices of this input lack",
                            some_of(&without)
                        );
                        wrong(message, "add each rating of the step to `one_of`, by its id");
                    }
                }
                InputKind::Number { .. } => {}
            }
        }
    }

    /// A step that this policy does not have.
    fn unknown_earlier_step(&self, field: &Field<crate::source::Word>, name: &str) {
        if !self.all_known {
            return;
        }
        let known: Vec<&str> = self.outlines.iter().filter_map(|outline| outline.id).collect();
        let otherwise = || {
            "name a step of this policy, or accept this under `allow` where an earlier version had the step".to_owned()
        };
        let help = self.findings.did_you_mean(name, known.iter().copied(), otherwise);
        let message =
            format!("`{}` is no step of this policy, whose earlier result would be taken", value::shorten(name));
        let finding = Finding::new(Severity::Warning, Code::UnknownStep, field.span, message, help);
        self.findings.push(finding.about(name));
    }
}
