//! The kind of the evaluation: a built-in one, or one of the rubric's own.

use crate::rubric::Type;
use crate::syntax;

use super::super::value;
use super::Context;

/// The kind, formal where the document does not say; `None` where it names no kind of the rubric.
pub(super) fn kind(document: &syntax::Evaluation, context: &Context<'_>) -> Option<Type> {
    let Some(field) = &document.r#type else { return Some(Type::Formal) };
    let word = value::word(field, context.findings)?;
    let known = context.rubric.type_of(word);
    if known.is_none() {
        let all: Vec<Type> = context.rubric.types().collect();
        let ids: Vec<&str> = all.iter().map(Type::id).collect();
        let once = context.once(|old| old.type_of(word).is_some());
        value::unknown_kind(word, field.span, &ids, once, context.findings);
    }
    known
}
