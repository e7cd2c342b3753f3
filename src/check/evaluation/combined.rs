//! Rules of evaluations that are combined: one person, one period, and no part of the rubric twice.

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

use crate::diagnostic::Code;
use crate::evaluation::{AgreedGoal, Assignment, Employee, Evaluation, EvaluationData, Whom};
use crate::exact::Exact;
use crate::rubric::Rubric;
use crate::source::{self, Any, Entries, Field, Findings, Mapping, Span};
use crate::syntax;

use super::super::{alike, items, some_of, value};

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
    not_sealed(document, findings);
    // A part that differs from the first differs from all.
    if let Some(first) = earlier.first() {
        about_the_same(document, evaluation, first, findings);
    }
    for other in earlier {
        overlapping_scope(document, evaluation, other, findings);
        conflicting_values(document, evaluation, other, findings);
    }
}

/// A sealed evaluation stays a document of its own: combined with others it would have no seal.
fn not_sealed(document: &syntax::Evaluation, findings: &Findings) {
    if let Some(seal) = &document.seal {
        let message = "this evaluation is sealed, and cannot be combined with another".to_owned();
        let help = "combine the drafts of the parts, and finish what they make together".to_owned();
        findings.error(Code::SealedEvaluation, seal.span, message, help);
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
        differs(
            employee.or(organization).unwrap_or_default(),
            "the person or organization that is evaluated",
            here,
            there,
        );
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
    if both.is_empty() || differ_in_observations(evaluation, &other.evaluation) {
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

/// Whether two parts differ in their observations only: one of them has no other ratings, or both have the same.
fn differ_in_observations(one: &Evaluation, other: &Evaluation) -> bool {
    let has_own =
        |evaluation: &Evaluation| entry(evaluation, "ratings").is_some_and(|own| own != serde_json::json!({}));
    let has_observations = [one, other].iter().any(|one| !one.observations().is_empty());
    has_observations && (!has_own(one) || !has_own(other) || entry(one, "ratings") == entry(other, "ratings"))
}

/// An observation of one id is one observation.
fn conflicting_observations(
    document: &syntax::Evaluation,
    here: &Evaluation,
    there: &Evaluation,
    conflict: &dyn Fn(Span, &str),
) {
    let places = items(document.observations.as_ref()).map(|(_, written)| written.id.span);
    let (Some(ours), Some(theirs)) = (entry(here, "observations"), entry(there, "observations")) else { return };
    // The only evaluator observed, whether or not the document says so.
    let list = |all: serde_json::Value, part: &Evaluation| {
        let mut list = all.as_array().cloned().unwrap_or_default();
        if let [only] = part.evaluators() {
            for one in list.iter_mut().filter_map(serde_json::Value::as_object_mut) {
                one.entry("by").or_insert_with(|| only.id.clone().into());
            }
        }
        list
    };
    let theirs = list(theirs, there);
    for (place, ours) in places.zip(list(ours, here)) {
        let known = theirs.iter().find(|theirs| theirs.get("id") == ours.get("id"));
        if known.is_some_and(|known| *known != ours) {
            let id = ours.get("id").and_then(serde_json::Value::as_str).unwrap_or_default();
            conflict(place, &format!("the observation `{}`", value::shorten(id)));
        }
    }
}

fn is_chosen(evaluation: &Evaluation, indicator: usize) -> bool {
    let under = |id: &String| evaluation.rubric().node(id).is_some_and(|node| node.indicators.contains(&indicator));
    evaluation.scope().is_empty() || evaluation.scope().iter().any(under)
}

/// Values that an evaluation has once stand in one part, or equal in both.
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
    conflicting_reference(document, here, there, &conflict);
    if let (Whom::Employee(ours), Whom::Employee(theirs)) = (&here.whom, &there.whom)
        && let Some(written) = document.employee.as_ref().and_then(Field::get)
        && ours.id == theirs.id
    {
        conflicting_employee(written, ours, theirs, &conflict);
    }
    if let (Whom::Organization(ours), Whom::Organization(theirs)) = (&here.whom, &there.whom)
        && let Some(written) = document.organization.as_ref().and_then(Field::get)
        && ours.id == theirs.id
        && ours.name != theirs.name
    {
        conflict(written.name.span, "the organization's name");
    }
    conflicting_evaluators(document, &other.evaluation, &conflict);
    conflicting_entries(document, here, there, &conflict);
    conflicting_goals(document, here, there, &conflict);
    conflicting_sessions(document, here, there, &conflict);
    conflicting_observations(document, evaluation, &other.evaluation, &conflict);
    for told in document.told() {
        let theirs = other.evaluation.narrative(told.narrative, told.part);
        if theirs.is_some_and(|theirs| theirs != told.text) {
            let about = told.part.map(|part| format!(" about `{}`", value::shorten(part))).unwrap_or_default();
            conflict(told.place, &format!("the narrative `{}`{about}", value::shorten(told.narrative)));
        }
    }
    for (id, _, value) in document.service_data.as_ref().and_then(Field::get).into_iter().flat_map(Entries::iter) {
        let theirs = there.service_data.iter().find(|item| item.id == id);
        if let (Some(theirs), Some(ours)) = (theirs, value.get())
            && !same(ours, &theirs.value)
        {
            conflict(value.span, &format!("`{id}`"));
        }
    }
    for (id, _, why) in document.not_assigned.as_ref().and_then(Field::get).into_iter().flat_map(Entries::iter) {
        let theirs = there.not_assigned.iter().find(|(other, _)| other == id);
        if theirs.is_some_and(|(_, theirs)| why.text().is_some_and(|why| why != theirs)) {
            conflict(why.span, &format!("the reason why `{id}` is not assigned"));
        }
    }
    for key in syntax::Evaluation::KEYS.iter().filter(|key| !JOINED.contains(key)) {
        if let (Some(place), Some(ours), Some(theirs)) =
            (document.place_of(key), written(document, key), written(&there.document, key))
            && ours != theirs
        {
            conflict(place, &format!("`{key}`"));
        }
    }
    if let (Some(field), Some(theirs)) = (&here.document.extra, &there.document.extra)
        && let (Some(ours), Some(theirs)) = (field.get(), theirs.get())
        && !agree(ours, theirs)
    {
        conflict(field.span, "`extra`");
    }
}

/// The keys that are joined, or compared by rules of their own. Every other key has one value, the same in all parts.
const JOINED: [&str; 30] = [
    "format", "rubric", "type", "employee", "organization", "evaluators", "period", "completed_on", "status", "shared",
    "scope", "not_assigned", "ratings", "observations", "inputs", "entered", "goals", "service_data",
    "professional_development", "supervision", "summary", "narratives", "responses", "record", "allow",
    "migrated_from", "orphaned", "seal", "amendments", "extra",
];

/// The entry with a key as a document has it; `None` where it is absent.
fn entry(part: &impl Serialize, key: &str) -> Option<serde_json::Value> {
    serde_json::to_value(part).ok()?.get(key).cloned()
}

/// The entry with a key of the document; `None` where it is absent.
fn written(document: &syntax::Evaluation, key: &str) -> Option<serde_json::Value> {
    let mut map = serde_json::value::Serializer.serialize_map(None).ok()?;
    document.write(key, &mut map).ok()?;
    map.end().ok()?.get(key).cloned()
}

/// Whether both say something, and not the same.
fn differ<T: PartialEq>(ours: &Option<T>, theirs: &Option<T>) -> bool {
    matches!((ours, theirs), (Some(ours), Some(theirs)) if ours != theirs)
}

/// Parts that were made against different states of the rubric: it would be forgotten that one of them is not of this one.
fn conflicting_reference(
    document: &syntax::Evaluation,
    here: &EvaluationData,
    there: &EvaluationData,
    conflict: &dyn Fn(Span, &str),
) {
    let Some(written) = document.rubric.get() else { return };
    match (&written.version, &written.fingerprint) {
        (Some(field), _) if differ(&here.stated_version, &there.stated_version) => {
            conflict(field.span, "the version of the rubric");
        }
        (_, Some(field)) if differ(&here.stated_fingerprint, &there.stated_fingerprint) => {
            conflict(field.span, "the fingerprint of the rubric");
        }
        _ => {}
    }
}

fn conflicting_employee(
    written: &syntax::evaluation::Employee,
    ours: &Employee,
    theirs: &Employee,
    conflict: &dyn Fn(Span, &str),
) {
    for key in
        syntax::evaluation::Employee::KEYS.iter().filter(|key| !["id", "assignments", "certificate"].contains(key))
    {
        if let (Some(place), Some(ours), Some(theirs)) = (written.place_of(key), entry(ours, key), entry(theirs, key))
            && ours != theirs
        {
            match *key {
                "hired_on" => conflict(place, "the day of hire"),
                key => conflict(place, &format!("the employee's {}", key.replace('_', " "))),
            }
        }
    }
    if let (Some(field), Some(ours), Some(theirs)) = (&written.certificate, &ours.certificate, &theirs.certificate)
        && (ours.valid() != theirs.valid() || differ(&ours.kind, &theirs.kind))
    {
        conflict(field.span, "the certificate");
    }
    // Schools are added up, but one and the same is not kept with two shares.
    for ((place, _), ours) in items(written.assignments.as_ref()).zip(&ours.assignments) {
        let is_same =
            |theirs: &&Assignment| (&ours.school, ours.from, ours.to) == (&theirs.school, theirs.from, theirs.to);
        let mut known = theirs.assignments.iter().filter(is_same).peekable();
        if known.peek().is_some() && known.all(|theirs| theirs.fte != ours.fte) {
            conflict(place, &format!("the assignment to “{}”", value::shorten(&ours.school)));
        }
    }
}

fn conflicting_evaluators(document: &syntax::Evaluation, other: &Evaluation, conflict: &dyn Fn(Span, &str)) {
    for (_, written) in items(Some(&document.evaluators)) {
        let Some(theirs) = written.id.word().and_then(|id| other.evaluator(id)) else { continue };
        if written.name.text().is_some_and(|name| name != theirs.name) {
            conflict(written.name.span, &format!("the name of `{}`", value::shorten(&theirs.id)));
        }
        if let (Some(field), Some(title)) = (&written.title, &theirs.title)
            && field.text().is_some_and(|ours| ours != title)
        {
            conflict(field.span, &format!("the title of `{}`", value::shorten(&theirs.id)));
        }
    }
}

/// Inputs have one value each, entered ratings one level and one rationale.
fn conflicting_entries(
    document: &syntax::Evaluation,
    here: &EvaluationData,
    there: &EvaluationData,
    conflict: &dyn Fn(Span, &str),
) {
    let asking = |parts: &EvaluationData| here.rubric.0.policies.get(parts.applying?.policy);
    for (id, _, value) in document.inputs.as_ref().and_then(Field::get).into_iter().flat_map(Entries::iter) {
        let given = |parts: &EvaluationData| parts.inputs.get(asking(parts)?.input(id)?).cloned().flatten();
        if differ(&given(here), &given(there)) {
            conflict(value.span, &format!("the input `{id}`"));
        }
    }
    let entry = |parts: &EvaluationData, step: &str, node: Option<&str>| {
        let policy = asking(parts)?;
        let step = policy.step(step)?;
        let subject = match (step.each, node) {
            (Some(each), Some(node)) => policy.nodes.subject(each, node)?,
            _ => 0,
        };
        let slot = step.first.saturating_add(subject);
        let entry = parts.entered.iter().find(|entry| entry.slot == slot)?;
        Some((step.levels.list.get(entry.rating)?.id.clone(), entry.rationale.clone()))
    };
    for (id, _, written) in document.entered.as_ref().and_then(Field::get).into_iter().flat_map(Entries::iter) {
        let check = |node: Option<&str>, place: Span, what: &str| {
            if differ(&entry(here, id, node), &entry(there, id, node)) {
                conflict(place, &format!("what is entered for {what}"));
            }
        };
        match asking(here).and_then(|policy| policy.step(id)?.each) {
            None => check(None, written.span, &format!("`{id}`")),
            Some(_) => {
                for (node, _, field) in written.get().into_iter().flat_map(Entries::iter) {
                    check(Some(node), field.span, &format!("`{node}` under `{id}`"));
                }
            }
        }
    }
}

/// A goal of the same words about the same indicator is one goal, and stands in one way.
fn conflicting_goals(
    document: &syntax::Evaluation,
    here: &EvaluationData,
    there: &EvaluationData,
    conflict: &dyn Fn(Span, &str),
) {
    for ((place, _), ours) in items(document.goals.as_ref()).zip(&here.stated.goals) {
        let words = |goal: &AgreedGoal| (goal.indicator.clone(), alike::folded(&goal.statement));
        let mut known = there.stated.goals.iter().filter(|theirs| words(theirs) == words(ours)).peekable();
        if known.peek().is_some() && known.all(|theirs| theirs != ours) {
            conflict(place, &format!("the goal “{}”", value::shorten(&ours.statement)));
        }
    }
}

/// Supervision of one kind on one day is one session, and the same in both.
fn conflicting_sessions(
    document: &syntax::Evaluation,
    here: &EvaluationData,
    there: &EvaluationData,
    conflict: &dyn Fn(Span, &str),
) {
    let sessions = here.stated.supervision.iter().flatten();
    for ((place, _), ours) in items(document.supervision.as_ref()).zip(sessions) {
        let theirs = there.stated.supervision.iter().flatten();
        let mut known = theirs.filter(|theirs| (theirs.date, &theirs.kind) == (ours.date, &ours.kind)).peekable();
        if known.peek().is_some() && known.all(|theirs| theirs != ours) {
            conflict(place, &format!("supervision of the kind `{}` on {}", value::shorten(&ours.kind), ours.date));
        }
    }
}

/// Whether both can be kept: groups by their keys, everything else when it is the same.
fn agree(ours: &Any, theirs: &Any) -> bool {
    let (Any::Map(ours), Any::Map(theirs)) = (ours, theirs) else { return same(ours, theirs) };
    ours.iter().all(|(key, value)| {
        let theirs = theirs.iter().find(|(other, _)| other == key);
        theirs.is_none_or(|(_, theirs)| agree(value, theirs))
    })
}

/// Whether both are the same, however their numbers are written and their keys are ordered.
pub(crate) fn same(ours: &Any, theirs: &Any) -> bool {
    match (ours, theirs) {
        (Any::Number(ours), Any::Number(theirs)) => {
            ours == theirs
                || Exact::parse(ours).is_some_and(|ours| Some(ours) == Exact::parse(theirs))
                || source::in_full(ours).is_some_and(|ours| Some(ours) == source::in_full(theirs))
        }
        (Any::List(ours), Any::List(theirs)) => {
            ours.len() == theirs.len() && ours.iter().zip(theirs).all(|(ours, theirs)| same(ours, theirs))
        }
        (Any::Map(ours), Any::Map(theirs)) => {
            let has = |(key, value): &(String, Any)| {
                let theirs = theirs.iter().find(|(other, _)| other == key);
                theirs.is_some_and(|(_, theirs)| same(value, theirs))
            };
            ours.len() == theirs.len() && ours.iter().all(has)
        }
        _ => ours == theirs,
    }
}

/// The indicators that any of several evaluations answers for.
pub(crate) fn chosen(evaluations: &[&Evaluation], rubric: &Rubric) -> Vec<bool> {
    (0..rubric.size()).map(|indicator| evaluations.iter().any(|one| is_chosen(one, indicator))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_keys_with_rules_of_their_own_are_keys_of_an_evaluation() {
        assert_eq!(JOINED.iter().find(|key| !syntax::Evaluation::KEYS.contains(key)), None);
    }

    #[test]
    fn a_value_that_is_only_carried_is_compared_as_it_is_written() {
        let read = |text| -> syntax::Evaluation { crate::Source::parse("", text).read(&Findings::default()).unwrap() };
        let (one, other) = (read("{ contact_hours_before: 62.50 }"), read("contact_hours_before: 62.5"));
        assert_eq!(written(&one, "contact_hours_before"), written(&other, "contact_hours_before"));
        assert_eq!(one.place_of("contact_hours_before").map(|place| (place.start, place.end)), Some((24, 29)));
        assert_eq!((written(&one, "summary"), one.place_of("summary")), (None, None));
    }
}
