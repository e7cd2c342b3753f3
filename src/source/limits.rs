//! The findings about a text that is larger or deeper than any document, or is none.

use crate::diagnostic::{Code, Severity};

use super::MAX_DEPTH;
use super::findings::Finding;
use super::span::Span;

pub(crate) fn too_large() -> Finding {
    Finding::new(
        Severity::Error,
        Code::TooLarge,
        Span::default(),
        "the document is larger than 4 MiB".to_owned(),
        "a rubric or an evaluation has a few hundred kilobytes at most; check that this is the right file".to_owned(),
    )
}

pub(super) fn not_utf8(at: usize, help: &str) -> Finding {
    let at = u32::try_from(at).unwrap_or(u32::MAX);
    Finding::new(
        Severity::Error,
        Code::NotUtf8,
        Span { start: at, end: at, ..Span::default() },
        "the file is not text in UTF-8".to_owned(),
        help.to_owned(),
    )
}

/// More nesting than [`MAX_DEPTH`].
pub(super) fn too_deep(at: Span) -> Finding {
    Finding::new(
        Severity::Error,
        Code::TooDeep,
        at,
        format!("nested more than {MAX_DEPTH} deep"),
        "no document of this format nests that deep; check that this is the right file".to_owned(),
    )
}

/// More values than [`MAX_NODES`].
pub(super) fn too_many(at: Span) -> Finding {
    Finding::new(
        Severity::Error,
        Code::TooManyNodes,
        at,
        "the document has more than 100,000 values".to_owned(),
        "aliases count as what they stand for; check that this is the right file".to_owned(),
    )
}
