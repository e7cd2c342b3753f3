//! Builds the checked evaluation from a document that keeps every rule.

use std::sync::{Arc, OnceLock};

use crate::evaluation::{Evaluation, EvaluationData, Evaluator, Observation, ServiceValue, Type, Whom};
use crate::rubric::Rubric;
use crate::source::{Entries, Field, Plain};
use crate::syntax;
use crate::syntax::evaluation::Stated;

use super::rules::Ratings;
use super::scope::Scope;
use super::scoring::ScoringEntries;

/// Values that the rules have read already.
pub(super) struct CheckedParts<'a> {
    pub(super) rubric: &'a Rubric,
    pub(super) kind: Type,
    pub(super) whom: Whom,
    pub(super) evaluators: Vec<Evaluator>,
    pub(super) scope: Scope,
    pub(super) ratings: Ratings,
    pub(super) observations: Vec<Observation>,
    pub(super) given: ScoringEntries,
}

/// Builds the evaluation. `None` only where a required value is absent, and then a finding says so.
pub(super) fn evaluation(document: &Arc<syntax::Evaluation>, checked: CheckedParts<'_>) -> Option<Evaluation> {
    let reference = document.rubric.get()?;
    let in_scope = checked.scope.by_indicator();
    Some(Evaluation(Arc::new(EvaluationData {
        rubric: checked.rubric.clone(),
        document: super::narratives::without_blanks(document.clone()),
        stated_version: reference.version.checked()?,
        stated_fingerprint: reference.fingerprint.checked()?,
        kind: checked.kind,
        status: super::status(document),
        whom: checked.whom,
        evaluators: checked.evaluators,
        period: document.period.checked()?,
        stated: Stated::of(document)?,
        not_assigned: checked.scope.not_assigned,
        in_scope,
        ratings: checked.ratings.by_indicator,
        remarks: checked.ratings.remarks,
        observations: checked.observations,
        applying: checked.given.applying,
        inputs: checked.given.inputs,
        text: None,
        history: Vec::new(),
        entered: checked.given.entered,
        service_data: document
            .service_data
            .as_ref()
            .and_then(Field::get)
            .into_iter()
            .flat_map(Entries::iter)
            .filter_map(|(id, _, value)| Some(ServiceValue { id: id.to_owned(), value: value.get()?.clone() }))
            .collect(),
        judged: OnceLock::new(),
        fingerprint: OnceLock::new(),
        diagnostics: OnceLock::new(),
        withheld: None,
    })))
}
