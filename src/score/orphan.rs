//! Orphaned entries, as JSON and templates see them; never counted.

use serde::Serialize;

use crate::evaluation::{Evaluation, GoalStatus, Orphan as Kept, OrphanKind};
use crate::exact::Exact;
use crate::source::Any;

use super::rating::Evidence;

/// Something that has no home in the rubric any more; never counted. A key that its kind does not have is null or empty.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub(crate) struct Orphan<'a> {
    /// The kind of the orphan.
    kind: OrphanKind,
    /// The kind for people: "Rating".
    kind_label: &'static str,
    /// The id it was written for.
    id: &'a str,
    /// The node or step of the orphan, in the words of the rubric that had it.
    given_for: GivenFor<'a>,
    /// The id of the domain or competency that a narrative was about.
    #[serde(skip_serializing_if = "Option::is_none")]
    about: Option<&'a str>,
    /// The level of a rating, given or entered.
    level: Option<&'a str>,
    /// The label of the level, the qualification, the kind, the narrative, the input or the item of service data.
    label: Option<&'a str>,
    /// The id of who gave the rating, wrote the response or has the qualification.
    by: Option<&'a str>,
    /// The name of that person, or the id where it is nobody of this evaluation.
    by_name: Option<&'a str>,
    /// The day of a response.
    date: Option<String>,
    comment: Option<&'a str>,
    evidence: Vec<Evidence<'a>>,
    /// The evidence of a goal: an observable change in practice.
    statement: Option<&'a str>,
    measure: Option<&'a str>,
    activities: &'a [String],
    /// A goal's contact hours, as a decimal.
    contact_hours: Option<String>,
    due: Option<String>,
    /// How a goal stood.
    status: Option<GoalStatus>,
    /// The same for people: "In progress".
    status_label: Option<&'static str>,
    /// The response or narrative.
    text: Option<&'a str>,
    /// Why it was not assigned.
    why: Option<&'a str>,
    /// The service data, input or entered rating.
    value: Option<&'a Any>,
}

/// The node or step of an orphan, in the words of the rubric that had it; null where they are unknown.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
struct GivenFor<'a> {
    /// The id of the rubric that had it.
    rubric: &'a str,
    version: Option<&'a str>,
    /// The number it was printed with.
    code: Option<&'a str>,
    title: Option<&'a str>,
    /// The title of the domain it was in.
    domain: Option<&'a str>,
    statement: Option<&'a str>,
}

/// All of them, in the order of the document.
pub(super) fn orphans(evaluation: &Evaluation) -> Vec<Orphan<'_>> {
    evaluation.orphaned().iter().map(|kept| orphan(kept, evaluation)).collect()
}

fn orphan<'a>(kept: &'a Kept, evaluation: &'a Evaluation) -> Orphan<'a> {
    let given_for = &kept.given_for;
    Orphan {
        kind: kept.kind,
        kind_label: match kept.kind {
            OrphanKind::Rating if kept.level.is_none() => "Not rated yet",
            kind => kind.label(),
        },
        id: &kept.id,
        given_for: GivenFor {
            rubric: &given_for.rubric,
            version: given_for.version.as_deref(),
            code: given_for.code.as_deref(),
            title: given_for.title.as_deref(),
            domain: given_for.domain.as_deref(),
            statement: given_for.statement.as_deref(),
        },
        about: kept.about.as_deref(),
        level: kept.level.as_deref(),
        label: kept.label.as_deref(),
        by: kept.by.as_deref(),
        by_name: kept.by.as_deref().map(|id| evaluation.name_of(id)),
        date: kept.date(),
        comment: kept.comment.as_deref(),
        evidence: kept.evidence.iter().map(Evidence::of).collect(),
        statement: kept.statement.as_deref(),
        measure: kept.measure.as_deref(),
        activities: &kept.activities,
        contact_hours: kept.contact_hours.as_ref().map(Exact::decimal),
        due: kept.due(),
        status: kept.status,
        status_label: kept.status.map(GoalStatus::label),
        text: kept.text.as_deref(),
        why: kept.why.as_deref(),
        value: kept.value.as_ref(),
    }
}
