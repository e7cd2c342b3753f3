//! Rules of `scope` and `not_assigned`: the part of the rubric that the document answers for.

use crate::diagnostic::Code;
use crate::evaluation::OrphanKind;
use crate::source::Field;
use crate::syntax;

use super::super::{each_once, keys, value};
use super::Context;

/// The indicators that the document answers for, and the reasons for leaving out the others.
pub(super) struct Scope {
    /// As written; empty for the whole rubric.
    pub(super) ids: Vec<String>,
    pub(super) not_assigned: Vec<(String, String)>,
    /// Whether every id in it is known; one that is not may stand for any indicator.
    pub(super) all_known: bool,
    chosen: Vec<bool>,
    /// By indicator, the entry under `not_assigned` that it falls under.
    unassigned: Vec<Option<usize>>,
}

impl Scope {
    pub(super) fn holds(&self, indicator: usize) -> bool {
        self.is_chosen(indicator) && self.not_assigned_by(indicator).is_none()
    }

    pub(super) fn is_chosen(&self, indicator: usize) -> bool {
        self.chosen.get(indicator).copied().unwrap_or_default()
    }

    /// The id under `not_assigned` that an indicator falls under.
    pub(super) fn not_assigned_by(&self, indicator: usize) -> Option<&str> {
        let entry = self.unassigned.get(indicator).copied().flatten()?;
        self.not_assigned.get(entry).map(|(id, _)| id.as_str())
    }

    /// By indicator, whether the scope as written holds it, assigned or not.
    pub(super) fn chosen(&self) -> &[bool] {
        &self.chosen
    }

    pub(super) fn by_indicator(&self) -> Vec<bool> {
        (0..self.chosen.len()).map(|indicator| self.holds(indicator)).collect()
    }
}

pub(super) fn scope(document: &syntax::Evaluation, context: &Context<'_>) -> Scope {
    let size = context.rubric.size();
    let written = document.scope.as_ref().and_then(Field::get);
    let mut scope = Scope {
        ids: Vec::new(),
        not_assigned: Vec::new(),
        all_known: true,
        chosen: vec![written.is_none_or(Vec::is_empty); size],
        unassigned: vec![None; size],
    };
    for field in written.into_iter().flatten() {
        let Some(id) = context.known_node(field) else {
            scope.all_known = false;
            continue;
        };
        scope.ids.push(id.to_owned());
        set(&mut scope.chosen, id, context, true);
    }
    if let Some(entries) = document.not_assigned.as_ref().and_then(Field::get) {
        for (_, key, why) in entries.iter() {
            let why = value::text(why, context.findings);
            let Some(id) = context.known_node(key) else {
                scope.all_known = false;
                continue;
            };
            set(&mut scope.unassigned, id, context, Some(scope.not_assigned.len()));
            scope.not_assigned.push((id.to_owned(), why.unwrap_or_default().to_owned()));
        }
        each_once(
            keys(entries),
            Code::DuplicateKey,
            context.findings,
            |id| format!("`{}` is listed twice as not assigned", value::shorten(id)),
            "remove one of the two",
        );
    }
    scope
}

/// The document answers for something.
pub(super) fn empty(document: &syntax::Evaluation, scope: &Scope, context: &Context<'_>) {
    let (place, message, help) = match &document.scope {
        // As in one that is written for a rubric without any of it.
        Some(field) if field.get().is_some_and(Vec::is_empty) && has_orphaned_scope(document) => (
            field.span,
            format!("nothing that this evaluation answers for is in the rubric `{}`", context.rubric.id()),
            "keep it with the rubric that it was made against; for this one, evaluate anew".to_owned(),
        ),
        Some(field) if field.get().is_some_and(Vec::is_empty) => (
            field.span,
            "the scope is empty: this evaluation answers for nothing".to_owned(),
            "name the parts that the evaluation answers for, or remove `scope` if it answers for the whole rubric"
                .to_owned(),
        ),
        _ if scope.all_known && !scope.by_indicator().contains(&true) => (
            document.not_assigned.as_ref().map_or(document.ratings.span, |field| field.span),
            "everything in the scope is listed as not assigned".to_owned(),
            "remove the assigned parts from `not_assigned`; an evaluation needs a part to rate".to_owned(),
        ),
        _ => return,
    };
    context.findings.error(Code::EmptyScope, place, message, help);
}

/// Whether the document answered for something of an earlier rubric that is no more.
fn has_orphaned_scope(document: &syntax::Evaluation) -> bool {
    let orphans = document.orphaned.as_ref().and_then(Field::get).into_iter().flatten();
    orphans.filter_map(Field::get).any(|orphan| orphan.kind.get() == Some(&OrphanKind::Scope))
}

/// Sets what belongs to every indicator at or under a node.
fn set<T: Copy>(flags: &mut [T], id: &str, context: &Context<'_>, value: T) {
    let under = context.rubric.node(id).map(|node| node.indicators.clone());
    for flag in under.and_then(|under| flags.get_mut(under)).into_iter().flatten() {
        *flag = value;
    }
}
