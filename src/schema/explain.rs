//! Adds a title and a description to every key of a schema, which editors show.
//!
//! The description is the field's doc comment, and the title the key in words. Keys with the same meaning everywhere are
//! described here, so that a type only documents its own keys.

use schemars::Schema;
use schemars::transform::transform_subschemas;
use serde_json::Value;

/// Keys that say what they are, in what the program writes.
const PLAIN: &[(&str, &str)] = &[
    ("about", "The part of the rubric that it is about."),
    ("activities", "What will be done."),
    ("adopted", "When and by whom the rubric was adopted."),
    ("applies_to", "Whom it applies to."),
    ("assignments", "Where the employee works."),
    ("at", "The place."),
    ("by", "By whom."),
    ("certificate", "The professional certificate."),
    ("code", "The printed number, such as 4.1.3."),
    ("comment", "Why the rating was given."),
    ("competency", "The competency that the indicator is in."),
    ("completed_on", "The day the evaluation was completed."),
    ("count", "How many there are."),
    ("date", "The day."),
    ("description", "What it means."),
    ("discipline_specific", "Whether it is of the employee's own discipline."),
    ("domain", "The domain that the indicator is in."),
    ("due", "The day it is due."),
    ("effective", "When the rubric is in effect."),
    ("evaluators", "Who evaluates."),
    ("event", "What happened."),
    ("evidence", "What the rating rests on."),
    ("fingerprint", "`sha256:` and 64 hex digits over what it says."),
    ("from", "The first day."),
    ("hired_on", "The day of hire."),
    ("id", "The id, as documents refer to it."),
    ("indicators", "How many indicators are in scope."),
    ("kind", "The kind."),
    ("label", "What people call it."),
    ("language", "The language of the texts, such as en-US."),
    ("level", "The level."),
    ("measure", "How it will be known."),
    ("met", "How many of the rated meet expectations."),
    ("name", "The name as it is printed."),
    ("not_assigned", "What the employee was not assigned, and why."),
    ("note", "More about it."),
    ("period", "The time that is evaluated."),
    ("publisher", "Who publishes it."),
    ("rated", "How many have a rating; a not-rated level is none."),
    ("rating", "The rating."),
    ("record", "What happened when."),
    ("reference", "Where the decision is recorded."),
    ("responses", "What the employee said to the evaluation."),
    ("school", "The school or program."),
    ("service_data", "Data beside the ratings."),
    ("source", "Where it comes from."),
    ("statement", "The full text."),
    ("status", "How it stands."),
    ("summary", "The evaluators' narrative."),
    ("text", "What was said."),
    ("title", "A short title, or a person's position."),
    ("to", "The last day."),
    ("type", "The kind of evaluation."),
    ("unrated", "How many have no entry."),
    ("value", "What was reported."),
    ("version", "The version, such as 1.0.0."),
    ("why", "Why."),
    ("width", "The width in the drawing."),
    ("years", "For how many years."),
];

/// Gives every key a title and a description.
pub(super) fn explain(schema: &mut Schema) {
    join_lines(schema);
    if let Some(properties) = schema.get_mut("properties").and_then(Value::as_object_mut) {
        for (key, value) in properties {
            // Any value at all.
            if *value == Value::Bool(true) {
                *value = Value::Object(serde_json::Map::new());
            }
            let Some(property) = value.as_object_mut() else { continue };
            property.entry("title").or_insert_with(|| title(key).into());
            if let Some((_, plain)) = PLAIN.iter().find(|(known, _)| known == key) {
                property.entry("description").or_insert_with(|| (*plain).into());
            }
        }
    }
    transform_subschemas(&mut explain, schema);
}

/// A doc comment's lines end where the source does; a paragraph is one line to a reader.
fn join_lines(schema: &mut Schema) {
    if let Some(Value::String(text)) = schema.get_mut("description") {
        let paragraphs = text.split("\n\n").map(|paragraph| paragraph.replace('\n', " "));
        *text = paragraphs.collect::<Vec<_>>().join("\n\n");
    }
}

/// The key in words: `evaluated_by` is "Evaluated by".
fn title(key: &str) -> String {
    let words = key.replace('_', " ");
    let mut rest = words.chars();
    rest.next().map(|first| first.to_uppercase().chain(rest).collect()).unwrap_or_default()
}
