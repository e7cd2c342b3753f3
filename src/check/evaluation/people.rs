//! Rules of the people in an evaluation: the employee or organization, and the evaluators.

use std::collections::HashMap;

use crate::diagnostic::{Code, Severity};
use crate::evaluation::placeholder::FILL_IN;
use crate::evaluation::{Employee, Evaluator, Type, Whom};
use crate::rubric::Subject;
use crate::source::{Field, Finding, Help, Plain, Span, Word, is_blank};
use crate::syntax;

use super::super::{alike, each_once, items, some_of, value};
use super::{Context, assignments};

/// An employee or an organization, as the rubric's subject says.
pub(super) fn whom(document: &syntax::Evaluation, context: &Context<'_>) -> Option<Whom> {
    let findings = context.findings;
    let (wanted, other, key) = match context.rubric.subject() {
        Subject::Employee => ("employee", document.organization.as_ref().map(|field| field.span), "organization"),
        Subject::Organization => ("organization", document.employee.as_ref().map(|field| field.span), "employee"),
    };
    let is_there = match context.rubric.subject() {
        Subject::Employee => document.employee.is_some(),
        Subject::Organization => document.organization.is_some(),
    };
    if let Some(span) = other {
        findings.error(
            Code::OtherSubject,
            span,
            format!("the rubric `{}` is about an {wanted}, and this evaluation about an {key}", context.rubric.id()),
            if is_there {
                format!("remove `{key}:`")
            } else {
                format!("write `{wanted}:` with `id` and `name` instead")
            },
        );
    }
    let employee = document.employee.as_ref().and_then(Field::get).map(|written| employee(written, context));
    let organization = document.organization.as_ref().and_then(Field::get).map(|written| {
        let (id, name) = (value::word(&written.id, findings), value::text(&written.name, findings));
        id.and(name).and_then(|_| written.checked())
    });
    match context.rubric.subject() {
        Subject::Employee if is_there => employee?.map(Whom::Employee),
        Subject::Organization if is_there => organization?.map(Whom::Organization),
        _ => {
            if other.is_none() {
                findings.missing_key(
                    wanted,
                    crate::source::Span::default(),
                    format!("`{wanted}` is missing"),
                    format!("add `{wanted}:` with `id` and `name`"),
                );
            }
            None
        }
    }
}

/// Only a self-evaluation is the employee's to share.
pub(super) fn shared(document: &syntax::Evaluation, kind: Option<&Type>, context: &Context<'_>) {
    if let Some(shared) = document.shared.as_ref().filter(|_| kind.is_some_and(|kind| *kind != Type::SelfEvaluation)) {
        context.findings.error(
            Code::MisplacedKey,
            shared.span,
            "`shared` stands in an evaluation that is no self-evaluation".to_owned(),
            "remove `shared`, or write `type: self` if the employee evaluates".to_owned(),
        );
    }
}

fn employee(written: &syntax::evaluation::Employee, context: &Context<'_>) -> Option<Employee> {
    let findings = context.findings;
    let (id, name) = (value::word(&written.id, findings), value::text(&written.name, findings));
    value::optional_date(written.hired_on.as_ref(), findings);
    for (_, assignment) in items(written.assignments.as_ref()) {
        value::text(&assignment.school, findings);
        if let Some(share) = &assignment.fte {
            value::amount(share, "a share of a position", findings);
        }
        match (&assignment.from, &assignment.to) {
            (Some(from), Some(to)) => _ = value::dates_in_order(from, to, findings),
            (from, to) => from.iter().chain(to).for_each(|date| _ = value::date(date, findings)),
        }
    }
    assignments::excess_fte(written, context);
    if let Some(certificate) = written.certificate.as_ref().and_then(Field::get) {
        value::dates_in_order(&certificate.from, &certificate.to, findings);
    }
    id.and(name).and_then(|_| written.checked())
}

/// One evaluator at least, each with an id of their own and qualifications that the rubric knows.
pub(super) fn evaluators(document: &syntax::Evaluation, context: &Context<'_>) -> Option<Vec<Evaluator>> {
    let findings = context.findings;
    let list = document.evaluators.get()?;
    if list.is_empty() {
        findings.error(
            Code::NoEvaluator,
            document.evaluators.span,
            "the list of evaluators is empty".to_owned(),
            "name at least one evaluator with `id` and `name`".to_owned(),
        );
        return None;
    }
    each_once(
        items(Some(&document.evaluators)).filter_map(|(_, evaluator)| Some((evaluator.id.word()?, evaluator.id.span))),
        Code::DuplicateEvaluator,
        findings,
        |id| format!("evaluator `{}` is listed twice", value::shorten(id)),
        "list each person once, with all qualifications",
    );
    similar_ids(document, context);
    // With a faulty entry, who is not among the evaluators cannot be known: all of them are read, or none.
    let sound: Vec<Option<Evaluator>> =
        items(Some(&document.evaluators)).map(|(_, evaluator)| self::evaluator(evaluator, context)).collect();
    if sound.len() < list.len() {
        return None;
    }
    sound.into_iter().collect()
}

/// Ids that readers take for one and the same.
fn similar_ids(document: &syntax::Evaluation, context: &Context<'_>) {
    let mut first: HashMap<String, (&str, Span)> = HashMap::new();
    for (_, evaluator) in items(Some(&document.evaluators)) {
        let Some(id) = evaluator.id.word() else { continue };
        let (other, place) = *first.entry(alike::folded(id)).or_insert((id, evaluator.id.span));
        if other != id {
            let (id, other) = (value::shorten(id), value::shorten(other));
            let message = format!(
                "the ids `{id}` and `{other}` of two evaluators differ in case, white space or Unicode form only"
            );
            let help = "list each person once; two people need ids that readers can tell apart".to_owned();
            let finding = Finding::new(Severity::Warning, Code::SimilarId, evaluator.id.span, message, help);
            context.findings.push(finding.first_at(place));
        }
    }
}

fn evaluator(written: &syntax::evaluation::Evaluator, context: &Context<'_>) -> Option<Evaluator> {
    let id = value::word(&written.id, context.findings);
    let name = value::text(&written.name, context.findings);
    let has_known = qualifications(written, context);
    id.and(name).filter(|_| has_known).and_then(|_| written.checked())
}

/// Whether the rubric knows them all.
fn qualifications(evaluator: &syntax::evaluation::Evaluator, context: &Context<'_>) -> bool {
    let known: Vec<&str> =
        context.rubric.qualifications().iter().map(|qualification| qualification.id.as_str()).collect();
    let mut has_known = true;
    for field in evaluator.qualifications.as_ref().and_then(Field::get).into_iter().flatten() {
        let Some(name) = field.word() else { continue };
        if known.contains(&name) {
            continue;
        }
        let otherwise = || match known.as_slice() {
            [] => "the rubric has none; write the evaluator's position into `title`".to_owned(),
            known => format!("the rubric's qualifications are {}", some_of(known)),
        };
        let once = context.once(|old| old.qualification(name).is_some());
        let help =
            once.map_or_else(|| context.findings.did_you_mean(name, known.iter().copied(), otherwise), Help::from);
        has_known = false;
        context.findings.error(
            Code::UnknownQualification,
            field.span,
            format!("`{}` is no qualification of the rubric", value::shorten(name)),
            help,
        );
    }
    has_known
}

/// A form begins with ids and names that nobody has.
pub(super) fn unfilled(document: &syntax::Evaluation, context: &Context<'_>) {
    let employee = document.employee.as_ref().and_then(Field::get).map(|employee| (&employee.id, &employee.name));
    let organization = document.organization.as_ref().and_then(Field::get).map(|whom| (&whom.id, &whom.name));
    let evaluators = items(Some(&document.evaluators)).map(|(_, evaluator)| (&evaluator.id, &evaluator.name));
    for (id, name) in employee.into_iter().chain(organization).chain(evaluators) {
        if id.word() == Some(FILL_IN) {
            context.unfilled(id.span, "this id", "write the district's own identifier of this person or organization");
        }
        if name.text() == Some(FILL_IN) {
            context.unfilled(name.span, "this name", "write the name as it is to be printed");
        }
    }
}

/// Nobody but in a self-evaluation evaluates themselves, and there nobody else alone does.
pub(super) fn own_evaluator(document: &syntax::Evaluation, kind: Option<&Type>, context: &Context<'_>) {
    let employee = document.employee.as_ref().and_then(Field::get);
    let own = employee.and_then(|employee| employee.id.word()).filter(|id| !is_blank(id) && *id != FILL_IN);
    let (Some(own), Some(kind)) = (own, kind) else { return };
    let mut evaluators = items(Some(&document.evaluators)).map(|(_, evaluator)| &evaluator.id);
    let own_id = evaluators.find(|id| id.word().is_some_and(|id| alike::folded(id) == alike::folded(own)));
    if *kind == Type::SelfEvaluation {
        if own_id.is_none() {
            other_evaluator(document, employee.and_then(|employee| employee.name.text()), context);
        }
    } else if let Some(id) = own_id {
        context.findings.warning(
            Code::OwnEvaluator,
            id.span,
            format!("the employee is an evaluator of this {} too", kind.label().to_lowercase()),
            "name who evaluates instead; if it is the employee's own, write `type: self`".to_owned(),
        );
    } else {
        same_name(document, employee.and_then(|employee| employee.name.text()), context);
    }
}

/// An evaluator under another id has the employee's name: probably the employee, with a mistyped id.
fn same_name(document: &syntax::Evaluation, own_name: Option<&str>, context: &Context<'_>) {
    let Some(own) = own_name.filter(|name| !is_blank(name) && *name != FILL_IN) else { return };
    let mut evaluators = items(Some(&document.evaluators)).map(|(_, evaluator)| evaluator);
    let has_name = |name: Option<&str>| name.is_some_and(|name| alike::folded(name) == alike::folded(own));
    let Some(evaluator) = evaluators.find(|evaluator| has_name(evaluator.name.text())) else { return };
    let message = format!(
        "the evaluator `{}` has the name of the employee",
        value::shorten(evaluator.id.word().unwrap_or_default())
    );
    let help = "name who evaluates instead; if two people have this name, accept this under `allow`".to_owned();
    context.findings.warning(Code::OwnEvaluator, evaluator.name.span, message, help);
}

/// The employee is not found by the id among the evaluators of a self-evaluation; one of the employee's name is the employee.
fn other_evaluator(document: &syntax::Evaluation, own_name: Option<&str>, context: &Context<'_>) {
    let mut others = items(Some(&document.evaluators)).map(|(_, evaluator)| evaluator);
    let Some(first) = others.next() else { return };
    let is_own =
        |name: Option<&str>| name.zip(own_name).is_some_and(|(one, own)| alike::folded(one) == alike::folded(own));
    let is_unread = |id: &Field<Word>| id.word().is_none_or(|id| is_blank(id) || id == FILL_IN);
    let mut all = std::iter::once(first).chain(others);
    if all.any(|evaluator| is_own(evaluator.name.text()) || is_unread(&evaluator.id)) {
        return;
    }
    let message = match first.name.text() {
        Some(name) => format!("`{}` is the evaluator of this self-evaluation, not the employee", value::shorten(name)),
        None => "somebody else is the evaluator of this self-evaluation, not the employee".to_owned(),
    };
    let help = "name the employee as the evaluator; if another person evaluates, remove `type: self`".to_owned();
    context.findings.warning(Code::OtherEvaluator, first.id.span, message, help);
}
