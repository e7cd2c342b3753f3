//! Rules of the rubric's own kinds of evaluation.

use crate::diagnostic::Code;
use crate::rubric::Type;
use crate::source::Findings;
use crate::syntax;

use super::super::{items, value};
use super::own_ids;

/// The ids as written.
pub(super) fn ids(document: &syntax::Rubric) -> impl Iterator<Item = &str> {
    items(document.kinds.as_ref()).filter_map(|(_, kind)| kind.id.word())
}

/// Ids that are well-formed, each once, and none of the built-in words; labels that say something.
pub(super) fn kinds(document: &syntax::Rubric, findings: &Findings) {
    let list = || items(document.kinds.as_ref());
    own_ids(list().map(|(_, kind)| &*kind.id), "kind of evaluation", findings);
    for (_, kind) in list() {
        value::text(&kind.label, findings);
        if let Some(id) = kind.id.word().filter(|id| Type::built_in().any(|known| known == *id)) {
            let message = format!("the kind of evaluation `{id}` is built in");
            let help = "choose another id for a kind of the rubric's own, or remove it".to_owned();
            findings.error(Code::ReservedId, kind.id.span, message, help);
        }
    }
}
