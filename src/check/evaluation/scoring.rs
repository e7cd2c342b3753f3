//! Rules of the inputs and entered ratings that the scoring policy asks for.

use std::collections::HashSet;

use crate::diagnostic::Code;
use crate::evaluation::{Applying, Entry, Status, Type};
use crate::exact::{Exact, Range};
use crate::policy::{Input, InputKind, InputValue, Policy, Rate, Step};
use crate::rubric::Rubric;
use crate::source::{Any, Either, Entries, Field, Finding, Help, Span, Text, is_blank, note_leading_zero};
use crate::syntax::{
    self,
    evaluation::{Entered, StepEntry},
};

use super::super::{each_once, keys, some_of, value};
use super::Context;
use super::scope::Scope;

/// The evaluation's values for the policy.
#[derive(Default)]
pub(super) struct ScoringEntries {
    /// The policy that applies.
    pub(super) applying: Option<Applying>,
    /// By input.
    pub(super) inputs: Vec<Option<InputValue>>,
    pub(super) entered: Vec<Entry>,
    /// The place of each entered rating.
    places: Vec<Span>,
    /// The slots of what a final evaluation does not enter.
    not_entered: Vec<usize>,
}

pub(super) fn given(
    document: &syntax::Evaluation,
    kind: Option<&Type>,
    scope: &Scope,
    context: &Context<'_>,
) -> ScoringEntries {
    let policies = &context.rubric.0.policies;
    // Without the type and the scope it is not known which of several policies applies.
    if policies.len() > 1 && (kind.is_none() || !scope.all_known) {
        return ScoringEntries::default();
    }
    let applying = Applying::to(context.rubric, kind.unwrap_or(&Type::Formal), scope.chosen());
    let Some(policy) = applying.and_then(|applying| policies.get(applying.policy)) else {
        nothing_asked_for(document.inputs.as_ref(), Code::UnknownInput, "input", context);
        nothing_asked_for(document.entered.as_ref(), Code::UnknownStep, "step", context);
        return ScoringEntries::default();
    };
    let is_scored = kind.is_some() && applying.is_some_and(|applying| applying.scores);
    let inputs = inputs(document, policy, is_scored, context);
    let mut given = ScoringEntries { applying, inputs, ..ScoringEntries::default() };
    entered(document, policy, scope, &mut given, context);
    if is_scored && context.status == Status::Final && scope.all_known {
        given.not_entered = not_entered(document, policy, scope, &given);
    }
    given
}

/// Without a scoring policy, nobody asks for inputs or entered ratings.
fn nothing_asked_for<T>(entries: Option<&Field<Entries<T>>>, code: Code, what: &str, context: &Context<'_>) {
    for (id, key, _) in entries.and_then(Field::get).into_iter().flat_map(Entries::iter) {
        context.findings.error(
            code,
            key.span,
            format!("there is no {what} `{}`: this rubric has no scoring policy", value::shorten(id)),
            "remove it; a host's own data goes under `extra`".to_owned(),
        );
    }
}

fn inputs(
    document: &syntax::Evaluation,
    policy: &Policy,
    is_scored: bool,
    context: &Context<'_>,
) -> Vec<Option<InputValue>> {
    let findings = context.findings;
    let entries = document.inputs.as_ref().and_then(Field::get);
    let mut given: Vec<Option<InputValue>> = vec![None; policy.inputs.len()];
    let mut mentioned = vec![false; policy.inputs.len()];
    let mut all_known = document.inputs.as_ref().is_none_or(|field| field.value.is_some());
    if let Some(entries) = entries {
        let message = |id: &str| format!("the input `{}` is given twice", value::shorten(id));
        each_once(keys(entries), Code::DuplicateKey, findings, message, "keep one of them");
    }
    for (id, key, field) in entries.into_iter().flat_map(Entries::iter) {
        let Some(number) = policy.input(id) else {
            all_known = false;
            let known: Vec<&str> = policy.inputs.iter().map(|input| input.id.as_str()).collect();
            let of_another = of_another(policy, context.rubric, |other| other.input(id).is_some());
            let otherwise = || match known.as_slice() {
                [] => "the scoring policy asks for none; a host's own data goes under `extra`".to_owned(),
                known => format!("the scoring policy asks for {}", some_of(known)),
            };
            let did_you_mean = || findings.did_you_mean(id, known.iter().copied(), otherwise);
            let help = of_another.map_or_else(did_you_mean, Help::from);
            let message = format!("the scoring policy does not ask for `{}`", value::shorten(id));
            findings.error(Code::UnknownInput, key.span, message, help);
            continue;
        };
        if let (Some(input), Some(mentioned), Some(slot)) =
            (policy.inputs.get(number), mentioned.get_mut(number), given.get_mut(number))
        {
            *mentioned = true;
            *slot = field.get().and_then(|any| input_value(input, any, field.span, context));
        }
    }
    if is_scored && all_known {
        for (input, _) in policy.inputs.iter().zip(&mentioned).filter(|(input, is)| !**is && input.is_asked_for()) {
            let place = document.inputs.as_ref().map_or(document.rubric.span, |field| field.span);
            let message = format!("the scoring policy asks for `{}`: {}", input.id, input.label);
            let help = format!("add it under `inputs:`: {}", input.wanted());
            let finding = Finding::new(context.severity(), Code::MissingInput, place, message, help);
            findings.push(finding.about(&input.id));
        }
    }
    given
}

/// The next step for an input or entered rating that another policy of the rubric asks for.
fn of_another(policy: &Policy, rubric: &Rubric, asks: impl Fn(&Policy) -> bool) -> Option<String> {
    let other = rubric.0.policies.iter().find(|other| asks(other))?;
    let named = |policy: &Policy| policy.name().map(|name| format!(" “{}”", value::label(name))).unwrap_or_default();
    Some(format!(
        "another policy{} asks for it; remove it, or change the type or the scope, by which the policy{} applies",
        named(other),
        named(policy)
    ))
}

/// The value of an input, when of its kind and in its range.
pub(super) fn input_value(input: &Input, any: &Any, place: Span, context: &Context<'_>) -> Option<InputValue> {
    let id = value::shorten(&input.id);
    // A number may be written as text where a format cannot carry it.
    let is_number = |text: &str| Exact::parse(text).is_some_and(|number| number.is_written_as_text());
    match (&input.kind, any) {
        (InputKind::Number { from, to, places }, Any::Number(text) | Any::Text(text))
            if matches!(any, Any::Number(_)) || is_number(text) =>
        {
            match (Range { from, to, places: *places }).read(text) {
                Ok(number) => {
                    note_leading_zero(text, place, context.findings);
                    return Some(InputValue::Number(number.exact()));
                }
                Err(fault) => {
                    let help = format!("write {}", input.wanted());
                    context.findings.error(Code::BadNumber, place, format!("`{id}` {fault}"), help);
                }
            }
            None
        }
        (InputKind::Choice(choices), Any::Text(text)) => {
            let position = choices.iter().position(|choice| choice == text);
            if position.is_none() {
                let known: Vec<&str> = choices.iter().map(String::as_str).collect();
                let help =
                    context.findings.did_you_mean(text, known.iter().copied(), || format!("write {}", input.wanted()));
                let message = format!("`{}` is no choice of `{id}`", value::shorten(text));
                context.findings.error(Code::UnknownChoice, place, message, help);
            }
            position.map(InputValue::Choice)
        }
        (_, other) => {
            let message = format!("`{id}` wants {}, but this is {}", input.wanted(), other.describe());
            context.findings.error(Code::WrongType, place, message, format!("write {}", input.wanted()));
            None
        }
    }
}

fn entered(
    document: &syntax::Evaluation,
    policy: &Policy,
    scope: &Scope,
    given: &mut ScoringEntries,
    context: &Context<'_>,
) {
    let Some(entries) = document.entered.as_ref().and_then(Field::get) else { return };
    let message = |id: &str| format!("the step `{}` is entered twice", value::shorten(id));
    each_once(keys(entries), Code::DuplicateKey, context.findings, message, "keep one of them");
    for (id, key, field) in entries.iter() {
        let asked = policy.steps.iter().filter(|step| matches!(step.rate, Some(Rate::Entered)));
        let asked: Vec<&str> = asked.map(|step| step.id.as_str()).collect();
        let Some(step) = policy.step(id).filter(|step| matches!(step.rate, Some(Rate::Entered))) else {
            let is_computed = policy.step(id).is_some();
            let message = match is_computed {
                true => format!("the rating of the step `{}` is computed, and nobody enters it", value::shorten(id)),
                false => format!("there is no step `{}`", value::shorten(id)),
            };
            let list = || match asked.as_slice() {
                [] => "remove it: the scoring policy has no rating that a person enters".to_owned(),
                asked => format!("ratings are entered for {}", some_of(asked)),
            };
            let enters = |step: &Step| matches!(step.rate, Some(Rate::Entered));
            let of_another = of_another(policy, context.rubric, |other| other.step(id).is_some_and(enters));
            let did_you_mean = || context.findings.did_you_mean(id, asked.iter().copied(), list);
            let help = of_another.map_or_else(did_you_mean, Help::from);
            let code = if is_computed { Code::WrongKind } else { Code::UnknownStep };
            context.findings.error(code, key.span, message, help);
            continue;
        };
        let Some(written) = field.get() else { continue };
        match step.each {
            None => one(step, written, field.span, given, context),
            Some(_) => by_subject(policy, step, written, scope, given, context),
        }
    }
}

/// The rating of a step with one result: `rating` and `rationale`.
fn one(step: &Step, written: &StepEntry, place: Span, given: &mut ScoringEntries, context: &Context<'_>) {
    const KEYS: [&str; 2] = ["rating", "rationale"];
    let message = |key: &str| format!("key `{}` stands twice in this mapping", value::shorten(key));
    each_once(keys(written), Code::DuplicateKey, context.findings, message, "keep one of them");
    for (name, key, _) in written.iter().filter(|(name, ..)| !KEYS.contains(name)) {
        let otherwise = || format!("`{}` has one result: write `rating:` and `rationale:`", value::shorten(&step.id));
        let help = context.findings.did_you_mean(name, KEYS, otherwise);
        context.findings.error(Code::UnknownKey, key.span, format!("unknown key `{}`", value::shorten(name)), help);
    }
    let find = |wanted: &str| written.iter().find(|(name, ..)| *name == wanted).map(|(_, _, field)| field);
    let text = |field: &Field<Either<Text, Entered>>| match field.get() {
        Some(Either::Short(text)) => Some(text.0.clone()),
        Some(Either::Long(_)) => {
            let message = "text is wanted here, but this is a group of keys and values".to_owned();
            context.findings.error(Code::WrongType, field.span, message, "write one text".to_owned());
            None
        }
        None => None,
    };
    let Some(field) = find("rating") else {
        let is_mistyped = written.iter().any(|(name, ..)| !KEYS.contains(&name));
        if !is_mistyped {
            let (message, help) = ("`rating` is missing".to_owned(), "add `rating:` here".to_owned());
            context.findings.missing_key("rating", place, message, help);
        }
        return;
    };
    let rating = text(field);
    let rationale = find("rationale").map(|field| (field.span, text(field)));
    let level = rating.as_ref().and_then(|rating| level(step, rating, field.span, context));
    let rationale = self::rationale(rationale, &step.id, field.span, context);
    enter(step, 0, level, rationale, field.span, given);
}

/// The ratings of a step with `each`, by the node that they are for.
fn by_subject(
    policy: &Policy,
    step: &Step,
    written: &StepEntry,
    scope: &Scope,
    given: &mut ScoringEntries,
    context: &Context<'_>,
) {
    let nodes = policy.subjects(step);
    let looked_at = || nodes.iter().filter(|node| step.looks_at_node(node)).map(|node| node.id.as_str());
    let example = looked_at().next().map_or_else(String::new, value::shorten);
    let name = value::shorten(&step.id);
    if let Some((_, key, _)) = written.iter().find(|(key, ..)| ["rating", "rationale"].contains(key)) {
        let message = format!("`{name}` is entered for each part of the rubric that it has a result for");
        let help = format!("write them by their ids: `{example}: {{ rating: …, rationale: … }}`");
        context.findings.error(Code::WrongType, key.span, message, help);
        return;
    }
    let message = |id: &str| format!("`{}` is entered twice", value::shorten(id));
    each_once(keys(written), Code::DuplicateKey, context.findings, message, "keep one of them");
    for (id, key, field) in written.iter() {
        let found = nodes.iter().position(|node| node.id == id && step.looks_at_node(node));
        let Some((subject, node)) = found.and_then(|subject| Some((subject, nodes.get(subject)?))) else {
            let help = context.findings.did_you_mean(id, looked_at(), || {
                format!("`{name}` is entered by their ids, such as `{example}: {{ rating: …, rationale: … }}`")
            });
            let message = format!("no rating of `{name}` is entered for `{}`", value::shorten(id));
            context.findings.error(Code::UnknownNode, key.span, message, help);
            continue;
        };
        if !node.indicators.clone().any(|indicator| scope.holds(policy.in_rubric(indicator))) && scope.all_known {
            let message = format!("`{id}` has an entered rating, but is not in this evaluation's scope");
            let help = "remove the entry, or widen the scope".to_owned();
            context.findings.error(Code::OutOfScope, key.span, message, help);
        }
        match field.get() {
            Some(Either::Long(entered)) => {
                let place = entered.rating.span;
                let level = entered.rating.word().and_then(|rating| level(step, rating, place, context));
                let text = entered.rationale.text().map(str::to_owned);
                let rationale = rationale(Some((entered.rationale.span, text)), id, place, context);
                enter(step, subject, level, rationale, place, given);
            }
            Some(Either::Short(_)) => context.findings.error(
                Code::WrongType,
                field.span,
                "a rating that a person enters has a rationale".to_owned(),
                "write `{ rating: …, rationale: … }`".to_owned(),
            ),
            None => {}
        }
    }
}

fn level(step: &Step, rating: &str, place: Span, context: &Context<'_>) -> Option<usize> {
    let position = step.levels.position(rating);
    if position.is_none() {
        let ids = step.levels.list.iter().map(|level| level.id.as_str());
        let list = || format!("the levels are {}", value::level_names(&step.levels.list));
        let help = context.findings.did_you_mean(rating, ids, list);
        let message = format!("`{}` is no level of the step `{}`", value::shorten(rating), value::shorten(&step.id));
        context.findings.error(Code::UnknownRating, place, message, help);
    }
    position
}

/// Why the rating is what it is; whoever is rated has a right to know.
fn rationale(
    written: Option<(Span, Option<String>)>,
    about: &str,
    place: Span,
    context: &Context<'_>,
) -> Option<String> {
    let is_there = written.as_ref().is_some_and(|(_, text)| text.as_ref().is_none_or(|text| !is_blank(text)));
    if is_there {
        return written.and_then(|(_, text)| text);
    }
    let message = format!("the entered rating of `{}` has no rationale", value::shorten(about));
    let help = "write `rationale:` with what the rating rests on".to_owned();
    context.findings.error(Code::MissingRationale, written.map_or(place, |(place, _)| place), message, help);
    None
}

fn enter(
    step: &Step,
    subject: usize,
    level: Option<usize>,
    rationale: Option<String>,
    place: Span,
    given: &mut ScoringEntries,
) {
    if let Some(rating) = level {
        let slot = step.first.saturating_add(subject);
        given.entered.push(Entry { slot, rating, rationale: rationale.unwrap_or_default() });
        given.places.push(place);
    }
}

/// The slots of results in scope for which no rating is entered.
fn not_entered(document: &syntax::Evaluation, policy: &Policy, scope: &Scope, given: &ScoringEntries) -> Vec<usize> {
    let mentions = |step: &Step, node: Option<&str>| {
        let entries = document.entered.as_ref().and_then(Field::get);
        let of_step = entries.and_then(|entries| entries.iter().find(|(id, ..)| *id == step.id));
        match (of_step, node) {
            (None, _) => false,
            (Some(_), None) => true,
            (Some((_, _, field)), Some(node)) => {
                field.get().is_none_or(|entries| entries.iter().any(|(id, ..)| id == node))
            }
        }
    };
    let entered: HashSet<usize> = given.entered.iter().map(|entry| entry.slot).collect();
    let mut slots = Vec::new();
    for step in policy.steps.iter().filter(|step| matches!(step.rate, Some(Rate::Entered))) {
        if step.each.is_none() && !mentions(step, None) {
            slots.push(step.first);
        }
        let looks_at = |indicator: usize| scope.holds(policy.in_rubric(indicator)) && step.looks_at(indicator);
        for (subject, node) in policy.subjects(step).iter().enumerate().filter(|(_, node)| step.looks_at_node(node)) {
            let slot = step.first.saturating_add(subject);
            let is_mentioned = entered.contains(&slot) || mentions(step, Some(&node.id));
            if !is_mentioned && node.indicators.clone().any(looks_at) {
                slots.push(slot);
            }
        }
    }
    slots
}

impl ScoringEntries {
    pub(super) fn take_places(&mut self) -> Vec<Span> {
        std::mem::take(&mut self.places)
    }

    pub(super) fn take_not_entered(&mut self) -> Vec<usize> {
        std::mem::take(&mut self.not_entered)
    }
}

/// An id under which a text is found.
pub(super) fn rationales(document: &syntax::Evaluation) -> Vec<(&str, &Field<Text>)> {
    let steps = document.entered.as_ref().and_then(Field::get).into_iter().flat_map(Entries::iter);
    let entries = steps.filter_map(|(_, _, field)| field.get()).flat_map(Entries::iter);
    let long = entries.filter_map(|(id, _, field)| match field.get() {
        Some(Either::Long(entered)) => Some((id, &entered.rationale)),
        _ => None,
    });
    long.collect()
}

/// The rationale of a step with one result.
pub(super) fn own_rationales(document: &syntax::Evaluation) -> Vec<(&str, Span, &str)> {
    let steps = document.entered.as_ref().and_then(Field::get).into_iter().flat_map(Entries::iter);
    let mut texts = Vec::new();
    for (id, _, field) in steps {
        for (key, _, field) in field.get().into_iter().flat_map(Entries::iter) {
            if let (true, Some(Either::Short(Text(text)))) = (key == "rationale", field.get()) {
                texts.push((id, field.span, text.as_str()));
            }
        }
    }
    texts
}
