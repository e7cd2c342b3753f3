//! Calls that edit an evaluation, however unfinished.

use serde::{Deserialize, Serialize};

use crate::draft::{self, Change, Conflict, Draft};
use crate::library::Library;
use crate::score::{self, Scorecard};

use super::document::Document;
use super::envelope::{Found, Stop};

/// Arguments of changes.
#[derive(Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ToChange<'a> {
    /// The draft: any document, whatever is missing or wrong in it.
    #[serde(borrow)]
    document: Document<'a>,
    /// The changes, made one after the other. Where one cannot be made, none is.
    #[serde(default)]
    changes: Vec<Change>,
    /// The fingerprint that the draft must have before the changes; any when absent.
    #[serde(default)]
    if_match: Option<String>,
}

/// A draft, with what follows from it.
#[derive(Serialize, schemars::JsonSchema)]
pub(super) struct Edited {
    #[schemars(with = "serde_json::Value")]
    document: Draft,
    /// The fingerprint of the draft, which serves as an ETag.
    fingerprint: String,
    /// The scorecard; null where a finding is an error.
    #[schemars(with = "Option<score::view::Scorecard<'static>>")]
    scorecard: Option<Scorecard>,
    /// Everything found in the draft, errors too.
    diagnostics: Found,
}

impl From<Draft> for Edited {
    fn from(draft: Draft) -> Self {
        Self {
            fingerprint: draft.fingerprint().to_owned(),
            scorecard: draft.checked().ok().map(|evaluation| evaluation.score()),
            diagnostics: draft.diagnostics().into(),
            document: draft,
        }
    }
}

/// Changes a draft. What is wrong in it stops nothing.
pub(super) fn apply(library: &Library, request: ToChange<'_>) -> Result<Edited, Stop> {
    let mut draft = Draft::read(library, "document", &request.document.text())?;
    if request.if_match.is_some_and(|wanted| wanted != draft.fingerprint()) {
        return Err(Stop::error(
            "conflict",
            "the draft is another one by now: read it anew, and merge the changes of both with `merge`",
        ));
    }
    for change in &request.changes {
        draft.apply(change)?;
    }
    Ok(draft.into())
}

/// Arguments of a merge.
#[derive(Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ToMerge<'a> {
    /// The draft that both editors began with.
    #[serde(borrow)]
    base: Document<'a>,
    /// One editor's draft, whose value stands where both changed the same.
    #[serde(borrow)]
    ours: Document<'a>,
    /// The other editor's draft.
    #[serde(borrow)]
    theirs: Document<'a>,
}

/// Two drafts in one.
#[derive(Serialize, schemars::JsonSchema)]
pub(super) struct Both {
    #[serde(flatten)]
    edited: Edited,
    /// The places that both changed, each in another way.
    conflicts: Vec<Conflict>,
}

/// Merges what two editors made of one draft; nothing is dropped.
pub(super) fn merge(library: &Library, request: ToMerge<'_>) -> Result<Both, Stop> {
    let read = |name: &str, document: &Document<'_>| Draft::read(library, name, &document.text());
    let (base, ours) = (read("base", &request.base)?, read("ours", &request.ours)?);
    let merged = draft::merge(&base, &ours, &read("theirs", &request.theirs)?);
    Ok(Both { edited: merged.draft.into(), conflicts: merged.conflicts })
}
