//! Calls that finish, amend and verify an evaluation.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use crate::evaluation::Evaluation;
use crate::library::Library;
use crate::verify::{self, Verification};

use super::document::{AnyDocument, Document};
use super::documents::One;
use super::envelope::{Found, Stop};

/// Arguments of a seal.
#[derive(Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ToFinish<'a> {
    /// The draft.
    #[serde(borrow)]
    document: Document<'a>,
    /// The day on which it is completed.
    on: String,
    /// The id of the evaluator who completes it.
    by: String,
}

/// An evaluation that was changed.
#[derive(Serialize, schemars::JsonSchema)]
pub(super) struct Changed {
    #[schemars(with = "AnyDocument")]
    document: Evaluation,
    /// The fingerprint of the evaluation.
    fingerprint: String,
    /// The warnings.
    diagnostics: Found,
}

impl From<Evaluation> for Changed {
    fn from(evaluation: Evaluation) -> Self {
        Self {
            fingerprint: evaluation.fingerprint().to_owned(),
            diagnostics: evaluation.diagnostics().into(),
            document: evaluation,
        }
    }
}

/// Completes a draft and seals it.
pub(super) fn finish(library: &Library, request: ToFinish<'_>) -> Result<Changed, Stop> {
    let mut evaluation = request.document.evaluation("document", library)?;
    evaluation.finish(&request.on, &request.by)?;
    Ok(evaluation.into())
}

/// Arguments of an amendment.
#[derive(Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ToAmend<'a> {
    /// The sealed evaluation.
    #[serde(borrow)]
    document: Document<'a>,
    /// The new values by place, such as `ratings.deadlines.level`; `null` takes a value out.
    #[schemars(with = "BTreeMap<String, serde_json::Value>")]
    set: BTreeMap<String, Box<RawValue>>,
    /// The day of the amendment.
    on: String,
    /// The id of the evaluator who makes it.
    by: String,
    /// The reason.
    because: String,
}

/// Amends a sealed evaluation, which keeps what was sealed.
pub(super) fn amend(library: &Library, request: ToAmend<'_>) -> Result<Changed, Stop> {
    let mut evaluation = request.document.evaluation("document", library)?;
    let changes: Vec<(&str, &RawValue)> = request.set.iter().map(|(at, to)| (at.as_str(), to.as_ref())).collect();
    evaluation.amend(&changes, &request.on, &request.by, &request.because)?;
    Ok(evaluation.into())
}

/// Verifies a sealed evaluation, or the HTML report of one. A doubt is a result too.
#[expect(clippy::unnecessary_wraps, reason = "every call may fail, and they stand in one table")]
pub(super) fn verify(library: &Library, One { document }: One<'_>) -> Result<Verification, Stop> {
    Ok(Verification::of("document", 1, &verify::verify(&document.text(), library)))
}
