//! Several evaluations of one employee and period, each of a part of the rubric, as one.

use serde_json::{Map, Value, json};

use crate::check::{self, Earlier};
use crate::diagnostic::Diagnostics;
use crate::evaluation::{Evaluation, Status};
use crate::rubric::Rubric;
use crate::source;

impl Evaluation {
    /// Joins evaluations of one employee and period, each of its own part of the rubric, into one in which every rating says
    /// by whom it is: the joined one if there is one, and what was found in each.
    ///
    /// `parts` are names and texts, as for [`Evaluation::check`]. The joined evaluation is final when every part is, and
    /// completed on the last of their days. What every part may say (goals, responses, events) comes one after the other,
    /// each once. What can be said only once (an input, a rating that a person enters, the day of hire) is in the joined
    /// one when any part says it; parts that say different things are not joined.
    pub fn combine(parts: &[(&str, &str)], rubric: &Rubric) -> (Option<Self>, Vec<Diagnostics>) {
        let mut read: Vec<Earlier<'_>> = Vec::new();
        let mut found = Vec::new();
        for (name, text) in parts {
            let (evaluation, diagnostics) = source::load(name, text, |document, findings| {
                let evaluation = check::evaluation(&document, rubric, None, findings)?;
                check::combined(&document, &evaluation, &read, findings);
                Some(evaluation)
            });
            found.push(diagnostics);
            read.extend(evaluation.map(|evaluation| Earlier { name, evaluation }));
        }
        if read.len() < parts.len() || read.is_empty() {
            return (None, found);
        }
        let evaluations: Vec<&Self> = read.iter().map(|earlier| &earlier.evaluation).collect();
        // A draft that joins sound parts is sound; a final one may still lack what none of them answers for.
        let document = join(&evaluations, rubric);
        // In lines, so that a finding shows its place; but what can be read is not to become too large by its indentation.
        let text = Some(format!("{document:#}")).filter(|text| text.len() <= source::MAX_BYTES);
        let (joined, diagnostics) = Self::check("combined", &text.unwrap_or_else(|| document.to_string()), rubric);
        if joined.is_none() {
            found.push(diagnostics);
        }
        (joined, found)
    }
}

fn join(parts: &[&Evaluation], rubric: &Rubric) -> Value {
    let mut joined = Map::new();
    for part in parts {
        let Ok(Value::Object(document)) = serde_json::to_value(part) else { continue };
        for (key, value) in document {
            match joined.get_mut(&key) {
                None if key == "ratings" => {
                    joined.insert(key, by_evaluator(value, part));
                }
                None => {
                    joined.insert(key, value);
                }
                Some(before) if key == "ratings" => extend(before, by_evaluator(value, part)),
                Some(before) if key == "evaluators" => add_evaluators(before, value),
                Some(Value::String(before)) if key == "summary" => {
                    let more = value.as_str().unwrap_or_default();
                    if before.as_str() != more {
                        before.push_str(&format!("\n\n{more}"));
                    }
                }
                Some(before) => extend(before, value),
            }
        }
    }
    if check::chosen(parts, rubric).iter().all(|chosen| *chosen) {
        joined.remove("scope");
    }
    let is_final = parts.iter().all(|part| part.status() == Status::Final);
    joined.insert("status".to_owned(), json!(if is_final { Status::Final } else { Status::Draft }));
    // A self-evaluation in parts is shared when every part is.
    if joined.contains_key("shared") {
        joined.insert("shared".to_owned(), parts.iter().all(|part| part.is_shared()).into());
    }
    // Goals are due so many days after it, in a draft too.
    if let Some(last) = parts.iter().filter_map(|part| part.completed_on()).max() {
        joined.insert("completed_on".to_owned(), last.into());
    }
    Value::Object(joined)
}

/// The ratings of a part, each with who gave it.
fn by_evaluator(mut ratings: Value, part: &Evaluation) -> Value {
    let [only] = part.evaluators() else { return ratings };
    for rating in ratings.as_object_mut().into_iter().flat_map(Map::values_mut) {
        match rating {
            Value::Object(entries) => {
                entries.entry("by").or_insert_with(|| only.id.as_str().into());
            }
            level => *level = json!({ "level": level.take(), "by": only.id }),
        }
    }
    ratings
}

/// Adds what is not there yet: entries to a mapping, items to a list. What can be said only once is the same in both.
fn extend(before: &mut Value, more: Value) {
    match (before, more) {
        (Value::Object(before), Value::Object(more)) => {
            for (key, value) in more {
                match before.get_mut(&key) {
                    Some(before) => extend(before, value),
                    None => {
                        before.insert(key, value);
                    }
                }
            }
        }
        (Value::Array(before), Value::Array(more)) => {
            for item in more {
                if !before.contains(&item) {
                    before.push(item);
                }
            }
        }
        _ => {}
    }
}

/// Adds evaluators by their ids; one who is in both has the qualifications of both.
fn add_evaluators(before: &mut Value, more: Value) {
    let (Value::Array(before), Value::Array(more)) = (before, more) else { return };
    for person in more {
        match before.iter_mut().find(|known| known.get("id") == person.get("id")) {
            None => before.push(person),
            Some(known) => extend(known, person),
        }
    }
}
