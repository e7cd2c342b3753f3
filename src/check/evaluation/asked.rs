//! Checks an input or entered rating of one scoring policy against another policy.

use crate::evaluation::Status;
use crate::policy::{Input, Policy, Rate};
use crate::rubric::Rubric;
use crate::source::{Any, Either, Field, Findings, Span};
use crate::syntax::evaluation::StepEntry;

use super::Context;
use super::scoring::input_value;

/// Whether one of these policies of the rubric asks for an input, and takes this value for it.
pub(crate) fn takes_input(rubric: &Rubric, policies: &[Policy], id: &str, value: Option<&Any>) -> bool {
    let nowhere = Findings::default();
    let context = Context { rubric, old: None, findings: &nowhere, status: Status::Draft };
    let takes =
        |input: &Input| value.is_none_or(|value| input_value(input, value, Span::default(), &context).is_some());
    policies.iter().any(|policy| policy.inputs.iter().any(|input| input.id == id && takes(input)))
}

/// Whether a person enters this rating under one of these policies: for this step, for these parts of the rubric, at these
/// levels.
pub(crate) fn takes_entry(policies: &[Policy], id: &str, entry: &StepEntry) -> bool {
    policies.iter().any(|policy| policy_takes_entry(policy, id, entry))
}

fn policy_takes_entry(policy: &Policy, id: &str, entry: &StepEntry) -> bool {
    let Some(step) = policy.step(id).filter(|step| matches!(step.rate, Some(Rate::Entered))) else { return false };
    let is_level = |level: &str| step.levels.position(level).is_some();
    let subjects =
        |policy: &Policy, id: &str| policy.subjects(step).iter().any(|node| node.id == id && step.looks_at_node(node));
    match step.each {
        None => entry.iter().all(|(key, _, value)| match value.get() {
            Some(Either::Short(level)) if key == "rating" => is_level(&level.0),
            Some(Either::Long(_)) => false,
            _ => true,
        }),
        Some(_) => entry.iter().all(|(key, _, value)| match value.get() {
            Some(Either::Long(entered)) => subjects(policy, key) && Field::word(&entered.rating).is_none_or(is_level),
            Some(Either::Short(_)) => false,
            None => subjects(policy, key),
        }),
    }
}
