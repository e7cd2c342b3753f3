//! The rule of sums that lack members out of scope, for whose number the bands were not proven.

use crate::diagnostic::{Code, Severity};
use crate::evaluation::Evaluation;
use crate::policy::{Policy, ShortSum};
use crate::source::Finding;
use crate::syntax;

use super::super::{some_of, value};
use super::Context;

/// Warns of each sum that the scope or `not_assigned` lowers: its score is that of fewer members, its bands are for all.
pub(super) fn sums(document: &syntax::Evaluation, evaluation: Option<&Evaluation>, context: &Context<'_>) {
    let scope = document.scope.as_ref().map(|field| field.span);
    let Some(place) = scope.or(document.not_assigned.as_ref().map(|field| field.span)) else { return };
    let Some(evaluation) = evaluation else { return };
    let Some((policy, results)) = evaluation.results() else { return };
    for sum in evaluation.with_supplied(policy, |given| policy.short_sums(given, &results)) {
        let help = "do not set this score beside that of a whole evaluation, nor rely on a rating that rests on it; answer for \
                    all members, or ask the rubric's author for `missing: block` or a policy for this scope"
            .to_owned();
        let finding = Finding::new(Severity::Warning, Code::ShortSum, place, message(policy, &sum), help);
        context.findings.push(finding.about(&sum.step.id));
    }
}

/// "the sum “Preliminary summative” lacks 7 of its 8 members, which this evaluation does not answer for".
fn message(policy: &Policy, sum: &ShortSum<'_>) -> String {
    let name = value::label(sum.step.name());
    let nodes = sum.subjects.iter().filter_map(|subject| policy.subject(sum.step, *subject));
    let ids: Vec<&str> = nodes.map(|node| node.id.as_str()).collect();
    let of = if ids.is_empty() { String::new() } else { format!(" of {}", some_of(&ids)) };
    let lacks = match ids.len() {
        0 | 1 => format!("{} of its {} members", sum.all.saturating_sub(sum.have), sum.all),
        _ => "some of its members".to_owned(),
    };
    format!("the sum “{name}”{of} lacks {lacks}: this evaluation does not answer for them")
}
