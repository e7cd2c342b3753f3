//! Rules of `migrated_from` and `orphaned`.

use crate::evaluation::OrphanKind;
use crate::syntax;

use super::super::{items, value};
use super::{Context, ratings};

/// The documents that this one was made from.
pub(super) fn migrated_from(document: &syntax::Evaluation, context: &Context<'_>) {
    let findings = context.findings;
    for (_, migration) in items(document.migrated_from.as_ref()) {
        value::optional_date(migration.completed_on.as_ref(), findings);
        let Some(reference) = migration.rubric.get() else { continue };
        value::word(&reference.id, findings);
        if let Some(version) = &reference.version {
            value::version(version, findings);
        }
    }
}

/// Orphans name their kind, and hold the key that the kind requires.
pub(super) fn orphaned(document: &syntax::Evaluation, context: &Context<'_>) {
    let findings = context.findings;
    for (place, orphan) in items(document.orphaned.as_ref()) {
        value::word(&orphan.id, findings);
        if let Some(&kind) = orphan.kind.get()
            && let Some(key) = lacks(kind, orphan)
        {
            let message = format!("`{key}` is missing: an orphaned entry of this kind has one");
            findings.missing_key(key, place, message, format!("add `{key}:`"));
        }
        value::optional_date(orphan.date.as_ref(), findings);
        value::optional_date(orphan.due.as_ref(), findings);
        for text in [&orphan.statement, &orphan.text, &orphan.why].into_iter().flatten() {
            value::text(text, findings);
        }
        if let Some(minutes) = &orphan.minutes {
            value::minutes(minutes, findings);
        }
        if let Some(hours) = &orphan.contact_hours {
            value::amount(hours, "contact hours", findings);
        }
        ratings::evidence(orphan.evidence.as_ref(), context);
        if let Some(given_for) = orphan.given_for.get() {
            value::word(&given_for.rubric, findings);
        }
    }
}

/// The key without which nothing would be left of what it was.
fn lacks(kind: OrphanKind, orphan: &syntax::migration::Orphan) -> Option<&'static str> {
    let (key, is_there) = match kind {
        // A remark written before any level is kept without one.
        OrphanKind::Rating | OrphanKind::ObservedRating => {
            // On an observation only practices may have been named, under a rubric that is not at hand.
            let practices = kind == OrphanKind::ObservedRating && orphan.value.is_some();
            ("level", orphan.level.is_some() || orphan.comment.is_some() || orphan.evidence.is_some() || practices)
        }
        OrphanKind::Goal => ("statement", orphan.statement.is_some()),
        OrphanKind::Response | OrphanKind::Narrative => ("text", orphan.text.is_some()),
        OrphanKind::NotAssigned => ("why", orphan.why.is_some()),
        OrphanKind::Qualification => ("by", orphan.by.is_some()),
        OrphanKind::Event => ("date", orphan.date.is_some()),
        OrphanKind::Observation => ("value", orphan.value.is_some()),
        OrphanKind::Practice => ("about", orphan.about.is_some()),
        OrphanKind::Supervision => ("date", orphan.date.is_some()),
        OrphanKind::Scope | OrphanKind::ServiceData | OrphanKind::Input | OrphanKind::Entered | OrphanKind::Type => {
            return None;
        }
    };
    (!is_there).then_some(key)
}
