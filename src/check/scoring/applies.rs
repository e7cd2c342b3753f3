//! Rules of the evaluations that a policy scores.

use crate::diagnostic::Code;
use crate::source::Findings;
use crate::syntax::Scoring;

use super::{Ground, each_once, not_empty, value};

/// The types of evaluations, as documents write them; `None` for all.
pub(super) fn types(document: &Scoring, ground: &Ground<'_>, findings: &Findings) -> Option<Vec<String>> {
    let field = document.r#for.as_ref()?;
    let types = field.get()?;
    not_empty(types, field.span, "no type of evaluation", findings);
    let names = || types.iter().filter_map(|field| Some((field.word()?, field.span)));
    each_once(names(), Code::RepeatedItem, findings, |name| format!("`{name}` stands twice"), "remove one of them");
    for (name, place) in names().filter(|(name, _)| !ground.types.contains(name)) {
        value::unknown_kind(name, place, &ground.types, None, findings);
    }
    Some(names().map(|(name, _)| name.to_owned()).collect())
}
