//! Orphaned entries, as JSON and templates see them; never counted.

use crate::evaluation::{Evaluation, GivenFor as Given, GoalStatus, Orphan as Kept, OrphanKind};
use crate::exact::Exact;
use crate::source::Any;
use crate::view::view;

use super::rating::Evidence;

view! {
    /// Something that has no home in the rubric any more; never counted. A key that its kind does not have is null or empty.
    #[derive(Debug)]
    pub(crate) struct Orphan<'a> of |kept: &'a Kept, evaluation: &'a Evaluation|
    {
        /// The kind of the orphan.
        kind: OrphanKind = kept.kind,
        /// The kind for people: "Rating".
        kind_label: &'static str = match kept.kind {
            OrphanKind::Rating if kept.level.is_none() => "Not rated yet",
            kind => kind.label(),
        },
        /// The id it was written for.
        id: &'a str = &kept.id,
        /// The node or step of the orphan, in the words of the rubric that had it.
        given_for: GivenFor<'a> = GivenFor::of(&kept.given_for),
        /// The id of the domain or competency that a narrative was about, of the indicator that a practice belonged to, or of
        /// the observation that a rating was given on.
        #[serde(skip_serializing_if = "Option::is_none")]
        about: Option<&'a str> = kept.about.as_deref(),
        /// The level of a rating, given or entered.
        level: Option<&'a str> = kept.level.as_deref(),
        /// The label of the level, the qualification, the kind, the kind of observation, the narrative, the input or the item
        /// of service data.
        label: Option<&'a str> = kept.label.as_deref(),
        /// The id of who gave the rating, observed, wrote the response or has the qualification.
        by: Option<&'a str> = kept.by.as_deref(),
        /// The name of that person, or the id where it is nobody of this evaluation.
        by_name: Option<&'a str> = kept.by.as_deref().map(|id| evaluation.name_of(id)),
        /// The day of a response, an observation or a session of supervision.
        date: Option<String> = kept.date(),
        comment: Option<&'a str> = kept.comment.as_deref(),
        evidence: Vec<Evidence<'a>> = kept.evidence.iter().map(Evidence::of).collect(),
        /// The evidence of a goal: an observable change in practice.
        statement: Option<&'a str> = kept.statement.as_deref(),
        measure: Option<&'a str> = kept.measure.as_deref(),
        activities: &'a [String] = &kept.activities,
        /// A goal's contact hours, as a decimal.
        contact_hours: Option<String> = kept.contact_hours.as_ref().map(Exact::decimal),
        due: Option<String> = kept.due(),
        /// The status of a goal.
        status: Option<GoalStatus> = kept.status,
        /// The status of a goal for people: "In progress".
        status_label: Option<&'static str> = kept.status.map(GoalStatus::label),
        /// The minutes of a session of supervision; absent where there are none.
        #[serde(skip_serializing_if = "Option::is_none")]
        minutes: Option<u32> = kept.minutes,
        /// The response, narrative, notes of an observation, or note of a session of supervision.
        text: Option<&'a str> = kept.text.as_deref(),
        /// Why it was not assigned.
        why: Option<&'a str> = kept.why.as_deref(),
        /// The service data, input or entered rating; an observation without its ratings, which are orphans of their own.
        value: Option<&'a Any> = kept.value.as_ref(),
    }
}

view! {
    /// The node or step of an orphan, in the words of the rubric that had it; null where they are unknown.
    #[derive(Debug)]
    struct GivenFor<'a> of |of: &'a Given|
    {
        /// The id of the rubric that had it.
        rubric: &'a str = &of.rubric,
        version: Option<&'a str> = of.version.as_deref(),
        /// The number it was printed with.
        code: Option<&'a str> = of.code.as_deref(),
        title: Option<&'a str> = of.title.as_deref(),
        /// The title of the domain it was in.
        domain: Option<&'a str> = of.domain.as_deref(),
        statement: Option<&'a str> = of.statement.as_deref(),
    }
}

/// All of them, in the order of the document.
pub(super) fn orphans(evaluation: &Evaluation) -> Vec<Orphan<'_>> {
    evaluation.orphaned().iter().map(|kept| Orphan::of(kept, evaluation)).collect()
}
