//! Rules of the scope: what the document answers for.

use crate::diagnostic::Code;
use crate::source::Field;
use crate::syntax;

use super::super::{each_once, keys, value};
use super::Context;

/// Which indicators the document answers for, and why not the others.
pub(super) struct Scope {
    /// As written; empty for the whole rubric.
    pub(super) ids: Vec<String>,
    pub(super) not_assigned: Vec<(String, String)>,
    in_scope: Vec<bool>,
    assigned: Vec<bool>,
}

impl Scope {
    pub(super) fn holds(&self, indicator: usize) -> bool {
        self.is_chosen(indicator) && self.is_assigned(indicator)
    }

    pub(super) fn is_chosen(&self, indicator: usize) -> bool {
        self.in_scope.get(indicator).copied().unwrap_or_default()
    }

    pub(super) fn is_assigned(&self, indicator: usize) -> bool {
        self.assigned.get(indicator).copied().unwrap_or_default()
    }

    pub(super) fn by_indicator(&self) -> Vec<bool> {
        self.in_scope.iter().zip(&self.assigned).map(|(chosen, assigned)| *chosen && *assigned).collect()
    }
}

pub(super) fn scope(document: &syntax::Evaluation, context: &Context<'_>) -> Scope {
    let size = context.rubric.size();
    let chosen = document.scope.as_ref().and_then(Field::get);
    let mut scope = Scope {
        ids: Vec::new(),
        not_assigned: Vec::new(),
        in_scope: vec![chosen.is_none_or(Vec::is_empty); size],
        assigned: vec![true; size],
    };
    for id in chosen.into_iter().flatten().filter_map(|field| context.known_node(field)) {
        scope.ids.push(id.to_owned());
        mark(&mut scope.in_scope, id, context, true);
    }
    if let Some(entries) = document.not_assigned.as_ref().and_then(Field::get) {
        for (_, key, why) in entries.iter() {
            let why = value::text(why, context.findings);
            let Some(id) = context.known_node(key) else { continue };
            mark(&mut scope.assigned, id, context, false);
            scope.not_assigned.push((id.to_owned(), why.unwrap_or_default().to_owned()));
        }
        each_once(
            keys(entries),
            Code::DuplicateKey,
            context.findings,
            |id| format!("`{id}` is listed twice as not assigned"),
            "remove one of the two",
        );
    }
    scope
}

fn mark(flags: &mut [bool], id: &str, context: &Context<'_>, value: bool) {
    let under = context.rubric.node(id).map(|node| node.indicators.clone());
    for flag in under.and_then(|under| flags.get_mut(under)).into_iter().flatten() {
        *flag = value;
    }
}
