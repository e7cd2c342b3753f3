//! Errors of a template's author.

use minijinja::{Error, ErrorKind};

/// Says what is wrong and tells nothing of an evaluation, so that it may be shown to anyone.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub(super) struct Misuse(String);

/// The error of a template.
pub(super) fn misuse(reason: impl Into<String>) -> Error {
    let reason = reason.into();
    Error::new(ErrorKind::InvalidOperation, reason.clone()).with_source(Misuse(reason))
}
