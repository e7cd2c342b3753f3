//! The part of a form's JSON Schema that the scoring policy asks for.

use crate::source::Any;

use super::Form;
use super::asked::{Asked, Entered, Input};
use super::part::{choices, map, names, object, open, text, words};

/// The inputs or the entered ratings, where the policy asks for any. Of several policies another one may have scored an
/// evaluation that is stored: what that policy asked for is taken too.
pub(super) fn property(form: &Form, key: &str) -> Option<Any> {
    let is_open = form.rubric.0.policies.len() > 1;
    let asked = Asked::of(form);
    let keys: Vec<(&str, Any)> = match key {
        "inputs" => asked.iter().flat_map(|asked| &asked.inputs).map(|item| (item.id, input(item))).collect(),
        _ => asked.iter().flat_map(|asked| &asked.entered).map(|step| (step.id, entered(step))).collect(),
    };
    (is_open || !keys.is_empty()).then(|| if is_open { open("", keys) } else { object("", keys, &[]) })
}

fn input(input: &Input<'_>) -> Any {
    let schema = match &input.range {
        // How many places there may be is not said: validators divide in binary, and refuse 2.3 as no multiple of 0.1.
        Some(range) => map([
            ("type", text(if range.places == 0 { "integer" } else { "number" })),
            ("minimum", Any::Number(range.from.clone())),
            ("maximum", Any::Number(range.to.clone())),
            ("description", text(&range.words)),
        ]),
        None => choices(input.choices.iter().map(|choice| choice.id)),
    };
    schema.with("title", text(input.label))
}

/// A rating with its rationale, or one for each part; neither goes without the other.
fn entered(step: &Entered<'_>) -> Any {
    let one = |title: &str| {
        let levels = choices(step.levels.iter().map(|level| level.id)).with("title", text("Rating"));
        let both =
            map([("rating", Any::List(vec![text("rationale")])), ("rationale", Any::List(vec![text("rating")]))]);
        object(title, [("rating", levels), ("rationale", words("Rationale"))], &[]).with("dependencies", both)
    };
    let parts: Vec<(&str, Any)> = step.parts.iter().filter_map(|part| Some((part.id?, one(&part.name)))).collect();
    let schema = if parts.is_empty() { one(step.label) } else { object(step.label, parts, &[]) };
    match step.limits.as_slice() {
        [] => schema,
        limits => schema.with("description", text(&format!("Limits: {}", limits.join("; ")))),
    }
}

/// The labels of the choices of the inputs, for a page.
pub(super) fn inputs(form: &Form) -> Any {
    let asked = Asked::of(form);
    let with_choices = asked.iter().flat_map(|asked| &asked.inputs).filter(|input| !input.choices.is_empty());
    let inputs = with_choices.map(|input| (input.id, names(input.choices.iter().map(|choice| choice.label))));
    map(inputs.collect::<Vec<_>>())
}

/// How a page shows the entered ratings: as radio buttons and a text area.
pub(super) fn pages(form: &Form) -> Any {
    let one = |step: &Entered<'_>| {
        let rating = names(step.levels.iter().map(|level| level.label)).with("ui:widget", text("radio"));
        map([("rating", rating), ("rationale", map([("ui:widget", text("textarea"))]))])
    };
    let asked = Asked::of(form);
    let steps = asked.iter().flat_map(|asked| &asked.entered).map(|step| {
        let parts: Vec<(&str, Any)> = step.parts.iter().filter_map(|part| Some((part.id?, one(step)))).collect();
        (step.id, if parts.is_empty() { one(step) } else { map(parts) })
    });
    map(steps.collect::<Vec<_>>())
}
