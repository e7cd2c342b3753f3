//! Rules of `migrated_from` and `orphaned`, and their checked values.

use crate::evaluation::{GivenFor, Migration, Orphan, OrphanKind, RubricReference};
use crate::source::{Field, Text, Word};
use crate::syntax;

use super::super::{items, value};
use super::{Context, ratings};

/// The documents that this one was made from.
pub(super) fn migrated_from(document: &syntax::Evaluation, context: &Context<'_>) -> Vec<Migration> {
    let findings = context.findings;
    items(document.migrated_from.as_ref())
        .filter_map(|(_, migration)| {
            let completed_on = value::optional_date(migration.completed_on.as_ref(), findings);
            let reference = migration.rubric.get()?;
            let id = value::word(&reference.id, findings);
            if let Some(version) = &reference.version {
                value::version(version, findings);
            }
            Some(Migration {
                rubric: RubricReference {
                    id: id?.to_owned(),
                    version: word(reference.version.as_deref()),
                    fingerprint: word(reference.fingerprint.as_deref()),
                },
                evaluation: word(migration.evaluation.as_ref()),
                status: migration.status.as_ref().and_then(Field::get).copied(),
                completed_on,
            })
        })
        .collect()
}

/// What has no home any more says what it was and holds what makes it one.
pub(super) fn orphaned(document: &syntax::Evaluation, context: &Context<'_>) -> Vec<Orphan> {
    let findings = context.findings;
    items(document.orphaned.as_ref())
        .filter_map(|(place, orphan)| {
            let id = value::word(&orphan.id, findings);
            if let Some(&kind) = orphan.kind.get()
                && let Some(key) = lacks(kind, orphan)
            {
                let message = format!("`{key}` is missing: an orphaned entry of this kind has one");
                findings.missing_key(key, place, message, format!("add `{key}:`"));
            }
            let date = value::optional_date(orphan.date.as_ref(), findings);
            let due = value::optional_date(orphan.due.as_ref(), findings);
            for text in [&orphan.statement, &orphan.text, &orphan.why].into_iter().flatten() {
                value::text(text, findings);
            }
            let hours = orphan.contact_hours.as_ref();
            let contact_hours = hours.and_then(|hours| value::amount(hours, "contact hours", findings)).cloned();
            let evidence = ratings::evidence(orphan.evidence.as_ref(), context);
            let activities = orphan.activities.as_ref().and_then(Field::get).into_iter().flatten();
            Some(Orphan {
                kind: *orphan.kind.get()?,
                id: id?.to_owned(),
                given_for: given_for(orphan.given_for.get()?, context)?,
                about: word(orphan.about.as_ref()),
                level: word(orphan.level.as_ref()),
                label: text(orphan.label.as_ref()),
                by: word(orphan.by.as_ref()),
                date,
                comment: text(orphan.comment.as_ref()),
                evidence,
                statement: text(orphan.statement.as_ref()),
                measure: text(orphan.measure.as_ref()),
                activities: activities.filter_map(|activity| text(Some(activity))).collect(),
                contact_hours,
                due,
                status: orphan.status.as_ref().and_then(Field::get).copied(),
                text: text(orphan.text.as_ref()),
                why: text(orphan.why.as_ref()),
                value: orphan.value.as_ref().and_then(Field::get).cloned(),
            })
        })
        .collect()
}

/// The key without which nothing would be left of what it was.
fn lacks(kind: OrphanKind, orphan: &syntax::migration::Orphan) -> Option<&'static str> {
    let (key, is_there) = match kind {
        // What was written before there was a level is kept without one.
        OrphanKind::Rating => {
            ("level", orphan.level.is_some() || orphan.comment.is_some() || orphan.evidence.is_some())
        }
        OrphanKind::Goal => ("statement", orphan.statement.is_some()),
        OrphanKind::Response | OrphanKind::Narrative => ("text", orphan.text.is_some()),
        OrphanKind::NotAssigned => ("why", orphan.why.is_some()),
        OrphanKind::Qualification => ("by", orphan.by.is_some()),
        OrphanKind::Scope | OrphanKind::ServiceData | OrphanKind::Input | OrphanKind::Entered | OrphanKind::Type => {
            return None;
        }
    };
    (!is_there).then_some(key)
}

fn given_for(written: &syntax::migration::GivenFor, context: &Context<'_>) -> Option<GivenFor> {
    Some(GivenFor {
        rubric: value::word(&written.rubric, context.findings)?.to_owned(),
        version: word(written.version.as_ref()),
        code: text(written.code.as_ref()),
        title: text(written.title.as_ref()),
        domain: text(written.domain.as_ref()),
        statement: text(written.statement.as_ref()),
    })
}

fn word(field: Option<&Field<Word>>) -> Option<String> {
    field.and_then(Field::word).map(str::to_owned)
}

fn text(field: Option<&Field<Text>>) -> Option<String> {
    field.and_then(Field::text).map(str::to_owned)
}
