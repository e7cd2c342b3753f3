//! The context of an orphan: the words of the rubric that it was given for.

use crate::rubric::{Rubric, Tier};
use crate::source::{Field, Span, Text, Word};
use crate::syntax::evaluation::RubricReference;
use crate::syntax::migration::GivenFor;

/// The words of a rubric at an id.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Words<'a> {
    pub(super) code: Option<&'a str>,
    pub(super) title: Option<&'a str>,
    pub(super) domain: Option<&'a str>,
    pub(super) statement: Option<&'a str>,
}

/// The words of a rubric at the id of a domain, competency or indicator; `None` where it has no such id.
pub(super) fn words<'a>(rubric: &'a Rubric, id: &str) -> Option<Words<'a>> {
    let node = rubric.node(id)?;
    let domain = rubric.outline().domain(node);
    Some(Words {
        code: Some(&node.code),
        title: node.title.as_deref(),
        domain: domain.title.as_deref().filter(|_| node.tier != Tier::Domain),
        statement: node.statement.as_deref(),
    })
}

/// The words of the old rubric at an id, as a document has them. Without the rubric, only its id is known.
pub(super) fn given_for(reference: &RubricReference, old: Option<&Rubric>, id: &str, place: Span) -> Field<GivenFor> {
    let words = old.and_then(|old| words(old, id)).unwrap_or_default();
    let text = |text: Option<&str>| text.map(|text| Field { span: place, value: Some(Text(text.to_owned())) });
    let word = |word: &str| Field { span: place, value: Some(Word(word.to_owned())) };
    let value = GivenFor {
        rubric: old.map_or_else(|| Field::clone(&reference.id), |old| word(old.id())),
        version: old.map_or_else(|| reference.version.as_deref().cloned(), |old| Some(word(&old.version()))),
        code: text(words.code),
        title: text(words.title),
        domain: text(words.domain),
        statement: text(words.statement),
    };
    Field { span: place, value: Some(value) }
}
