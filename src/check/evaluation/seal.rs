//! Rules of the seal, and of the amendments after it.

use crate::diagnostic::Code;
use crate::seal;
use crate::source::{Any, Field, Findings, Plain};
use crate::syntax;

use super::super::{items, value};
use super::{Context, dates};

/// The seal holds, and the amendments lead back to what was sealed.
pub(super) fn seal(document: &syntax::Evaluation, context: &Context<'_>) {
    let findings = context.findings;
    if is_without(document) {
        return;
    }
    if let Some(seal) = document.seal.as_ref().and_then(Field::get) {
        value::word(&seal.by, findings);
    }
    for (_, amendment) in items(document.amendments.as_ref()) {
        value::word(&amendment.by, findings);
        value::text(&amendment.because, findings);
        value::text(&amendment.at, findings);
    }
    dates::sealed(document, context);
    holds(document, findings);
}

/// Reports the first thing about the seal and the amendments that does not hold.
pub(crate) fn holds(document: &syntax::Evaluation, findings: &Findings) {
    if is_without(document) || !is_read(document) {
        return;
    }
    if let Err(doubt) = seal::original(&Any::of(document)) {
        let amendments = document.amendments.as_ref();
        let amendment = doubt.amendment().and_then(|number| amendments?.get()?.get(number.checked_sub(1)?));
        let place = amendment.map(|amendment| amendment.span).or(document.seal.as_ref().map(|seal| seal.span));
        let place = place.or(amendments.map(|amendments| amendments.span)).unwrap_or_default();
        let (message, help) = match document.seal {
            Some(_) => (
                doubt.to_string(),
                "go back to the document as it was sealed, and change it with `appraise amend`, which keeps what was there",
            ),
            None => (
                "this evaluation has amendments, but no seal".to_owned(),
                "amendments belong to a sealed evaluation: go back to the document with its seal, or remove them",
            ),
        };
        findings.error(Code::BrokenSeal, place, message, help.to_owned());
    }
}

/// Whether there is neither a seal nor an amendment. An empty list, with which a host's page begins, has none.
fn is_without(document: &syntax::Evaluation) -> bool {
    let is_empty = |list: &Field<Vec<_>>| list.get().is_some_and(Vec::is_empty);
    document.seal.is_none() && document.amendments.as_ref().is_none_or(is_empty)
}

/// Whether all of both could be read; what could not has a finding already.
fn is_read(document: &syntax::Evaluation) -> bool {
    let seal = document.seal.as_ref().is_none_or(|seal| seal.checked().is_some());
    let amendments = document
        .amendments
        .as_ref()
        .is_none_or(|list| list.get().is_some_and(|list| list.iter().all(|amendment| amendment.checked().is_some())));
    seal && amendments
}
