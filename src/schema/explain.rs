//! Adds a title and a description to every key of a schema, which editors show.
//!
//! The description is the field's doc comment, and the title the key in words. Keys with the same meaning everywhere are
//! described here, so that a type only documents its own keys.

use schemars::Schema;
use schemars::transform::transform_subschemas;
use serde_json::Value;

use crate::source::in_words;

/// The descriptions of keys with one meaning in every output.
const PLAIN: &[(&str, &str)] = &[
    ("about", "The part of the rubric that it is about."),
    ("activities", "The activities."),
    ("adopted", "The adoption of the rubric: the day and the body."),
    ("applies_to", "The people it applies to."),
    ("assignments", "The schools and programs that the employee works at."),
    ("at", "The place."),
    ("by", "The person who did it."),
    ("certificate", "The professional certificate."),
    ("code", "The printed number, such as 4.1.3."),
    ("comment", "The reason for the rating."),
    ("competency", "The competency that the indicator is in."),
    ("completed_on", "The day the evaluation was completed."),
    ("count", "The number of them."),
    ("date", "The day."),
    ("description", "The meaning, in a sentence."),
    ("discipline_specific", "Whether it is of the employee's own discipline."),
    ("domain", "The domain that the indicator is in."),
    ("due", "The day it is due."),
    ("effective", "The period in which the rubric is in effect."),
    ("evaluators", "The evaluators."),
    ("event", "The event."),
    ("evidence", "The evidence for the rating."),
    ("fingerprint", "`sha256:` and 64 hex digits over its content."),
    ("from", "The first day."),
    ("hired_on", "The day of hire."),
    ("id", "The id, as documents refer to it."),
    ("indicators", "The number of indicators in scope."),
    ("kind", "The kind."),
    ("label", "The name that is printed."),
    ("language", "The language of the texts, such as en-US."),
    ("level", "The level."),
    ("measure", "The measure by which the practice is known."),
    ("met", "The number of rated indicators that meet expectations."),
    ("name", "The name as it is printed."),
    ("not_assigned", "The parts that the employee was not assigned, each with the reason."),
    ("note", "A note."),
    ("period", "The period that is evaluated."),
    ("publisher", "The publisher."),
    ("rated", "The number of rated indicators; a not-rated level is no rating."),
    ("rating", "The rating."),
    ("record", "The events, with their days."),
    ("reference", "The record of the decision."),
    ("responses", "The employee's responses."),
    ("school", "The school or program."),
    ("service_data", "Data beside the ratings."),
    ("source", "The source."),
    ("statement", "The full text."),
    ("status", "The status."),
    ("summary", "The evaluators' narrative."),
    ("text", "The text of the response."),
    ("title", "A short title, or a person's position."),
    ("to", "The last day."),
    ("type", "The kind of evaluation."),
    ("unrated", "The number of indicators without an entry that still need one."),
    (
        "judged",
        "The number of indicators without an entry that need none, since an entered rating judges them as a whole.",
    ),
    ("value", "The reported value."),
    ("version", "The version, such as 1.0.0."),
    ("why", "The reason."),
    ("width", "The width in the drawing."),
    ("years", "The number of years."),
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
            property.entry("title").or_insert_with(|| in_words(key).into());
            if let Some((_, plain)) = PLAIN.iter().find(|(known, _)| known == key) {
                property.entry("description").or_insert_with(|| (*plain).into());
            }
        }
    }
    transform_subschemas(&mut explain, schema);
}

/// Makes one line of each paragraph of a doc comment. An example in Rust, which comes last, is not for those who write documents.
fn join_lines(schema: &mut Schema) {
    if let Some(Value::String(text)) = schema.get_mut("description") {
        let prose = text.split("\n\n```").next().unwrap_or_default();
        let paragraphs = prose.split("\n\n").map(|paragraph| paragraph.replace('\n', " "));
        *text = paragraphs.collect::<Vec<_>>().join("\n\n");
    }
}
