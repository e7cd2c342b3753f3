//! Rules of an evaluation that is combined with others: they are about the same, and no part is answered for twice.

use crate::diagnostic::Code;
use crate::evaluation::Evaluation;
use crate::rubric::Rubric;
use crate::source::{Any, Entries, Field, Findings, Span};
use crate::syntax;

use super::super::{items, some_of, value};

/// An evaluation that has been read, and what findings call it.
pub(crate) struct Earlier<'a> {
    pub(crate) name: &'a str,
    pub(crate) evaluation: Evaluation,
}

/// Checks an evaluation against those that it is combined with.
pub(crate) fn combined(
    document: &syntax::Evaluation,
    evaluation: &Evaluation,
    earlier: &[Earlier<'_>],
    findings: &Findings,
) {
    // What differs from the first differs from all.
    if let Some(first) = earlier.first() {
        about_the_same(document, evaluation, first, findings);
    }
    for other in earlier {
        overlapping_scope(document, evaluation, other, findings);
        conflicting_values(document, evaluation, other, findings);
    }
}

/// The same employee, period and kind.
fn about_the_same(document: &syntax::Evaluation, evaluation: &Evaluation, first: &Earlier<'_>, findings: &Findings) {
    let differs = |place: Span, what: &str, here: &str, there: &str| {
        let (here, there) = (value::shorten(here), value::shorten(there));
        let message = format!("{what} is `{here}` here, but `{there}` in {}", first.name);
        let help = "combine evaluations of the same employee, period and kind".to_owned();
        findings.error(Code::OtherEvaluation, place, message, help);
    };
    let (here, there) = (evaluation.whom().id(), first.evaluation.whom().id());
    if here != there {
        let employee = document.employee.as_ref().and_then(Field::get).map(|employee| employee.id.span);
        let organization = document.organization.as_ref().and_then(Field::get).map(|whom| whom.id.span);
        differs(employee.or(organization).unwrap_or_default(), "the one it is about", here, there);
    }
    let dates = |evaluation: &Evaluation| format!("{} to {}", evaluation.period().from(), evaluation.period().to());
    if evaluation.period() != first.evaluation.period() {
        differs(document.period.span, "the period", &dates(evaluation), &dates(&first.evaluation));
    }
    if evaluation.kind() != first.evaluation.kind() {
        let place = document.r#type.as_ref().map_or(document.rubric.span, |field| field.span);
        differs(place, "the kind", evaluation.kind().label(), first.evaluation.kind().label());
    }
}

/// No indicator is answered for in both, were it one that is not assigned.
fn overlapping_scope(document: &syntax::Evaluation, evaluation: &Evaluation, other: &Earlier<'_>, findings: &Findings) {
    let rubric = evaluation.rubric();
    let both: Vec<&str> = rubric
        .indicators()
        .filter(|indicator| [evaluation, &other.evaluation].iter().all(|one| is_chosen(one, indicator.index)))
        .map(|indicator| indicator.id.as_str())
        .collect();
    if both.is_empty() {
        return;
    }
    let place = document.scope.as_ref().map_or(document.ratings.span, |field| field.span);
    let verb = if both.len() == 1 { "is" } else { "are" };
    findings.error(
        Code::OverlappingScope,
        place,
        format!("{} {verb} answered for in {} too", some_of(&both), other.name),
        "give each evaluation under `scope` the part that it alone answers for".to_owned(),
    );
}

fn is_chosen(evaluation: &Evaluation, indicator: usize) -> bool {
    let under = |id: &String| evaluation.rubric().node(id).is_some_and(|node| node.indicators.contains(&indicator));
    evaluation.scope().is_empty() || evaluation.scope().iter().any(under)
}

/// What can be said only once is said in one of them, or the same in both.
fn conflicting_values(
    document: &syntax::Evaluation,
    evaluation: &Evaluation,
    other: &Earlier<'_>,
    findings: &Findings,
) {
    let (here, there) = (&*evaluation.0, &*other.evaluation.0);
    let conflict = |place: Span, what: &str| {
        let message = format!("{what} differs from that in {}", other.name);
        let help = "leave it in one of the two, or make them agree".to_owned();
        findings.error(Code::ConflictingValue, place, message, help);
    };
    for (id, _, value) in document.service_data.as_ref().and_then(Field::get).into_iter().flat_map(Entries::iter) {
        let theirs = there.service_data.iter().find(|item| item.id == id);
        if let (Some(theirs), Some(ours)) = (theirs, value.get())
            && theirs.value != *ours
        {
            conflict(value.span, &format!("`{id}`"));
        }
    }
    for (id, _, why) in document.not_assigned.as_ref().and_then(Field::get).into_iter().flat_map(Entries::iter) {
        let theirs = there.not_assigned.iter().find(|(other, _)| other == id);
        if theirs.is_some_and(|(_, theirs)| why.text().is_some_and(|why| why != theirs)) {
            conflict(why.span, &format!("why `{id}` is not assigned"));
        }
    }
    if let (Some(field), Some(ours), Some(theirs)) =
        (&document.contact_hours_before, &here.contact_hours_before, &there.contact_hours_before)
        && ours != theirs
    {
        conflict(field.span, "`contact_hours_before`");
    }
    if let (Some(field), Some(ours), Some(theirs)) = (&document.extra, &here.extra, &there.extra)
        && !agree(ours, theirs)
    {
        conflict(field.span, "`extra`");
    }
    for (_, written) in items(Some(&document.evaluators)) {
        let theirs = written.id.word().and_then(|id| other.evaluation.evaluator(id));
        if let (Some(theirs), Some(name)) = (theirs, written.name.text())
            && theirs.name != name
        {
            conflict(written.name.span, &format!("the name of `{}`", value::shorten(&theirs.id)));
        }
    }
}

/// Whether both can be kept: groups by their keys, everything else when it is the same.
fn agree(ours: &Any, theirs: &Any) -> bool {
    let (Any::Map(ours), Any::Map(theirs)) = (ours, theirs) else { return ours == theirs };
    ours.iter().all(|(key, value)| {
        let same = theirs.iter().find(|(other, _)| other == key);
        same.is_none_or(|(_, theirs)| agree(value, theirs))
    })
}

/// Which indicators are answered for by any of several evaluations.
pub(crate) fn chosen(evaluations: &[&Evaluation], rubric: &Rubric) -> Vec<bool> {
    (0..rubric.size()).map(|indicator| evaluations.iter().any(|one| is_chosen(one, indicator))).collect()
}
