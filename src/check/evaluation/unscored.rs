//! An evaluation that no scoring policy is for, by its scope.

use crate::diagnostic::{Code, Severity};
use crate::evaluation::Evaluation;
use crate::source::Finding;
use crate::syntax;

use super::Context;

/// Warns where the rubric scores evaluations of this type, and none with this scope.
pub(super) fn unscored(document: &syntax::Evaluation, evaluation: Option<&Evaluation>, context: &Context<'_>) {
    let Some(message) = evaluation.and_then(Evaluation::unscored_scope) else { return };
    let place = document.scope.as_ref().map(|field| field.span);
    let place = place.or(document.r#type.as_ref().map(|field| field.span)).unwrap_or(document.rubric.span);
    let help =
        "write the `scope` that a policy of the rubric is for, or leave this evaluation without a summative rating";
    context.findings.push(Finding::new(Severity::Warning, Code::UnscoredScope, place, message, help.to_owned()));
}
