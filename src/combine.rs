//! Joins evaluations of one employee and period, each of a part of the rubric, into one.

use std::sync::Arc;

use crate::check::{self, Earlier};
use crate::diagnostic::{Checked, Diagnostics};
use crate::evaluation::{Evaluation, Status};
use crate::rubric::Rubric;
use crate::source::{self, Any};
use crate::syntax::Source;

impl Evaluation {
    /// Joins evaluations of one employee and period, each of its own part of the rubric, into one in which every rating says
    /// by whom it is: the joined one if there is one, and what was found in each.
    ///
    /// `parts` are names and texts, as for [`Evaluation::check`]. The joined evaluation is final when every part is, and
    /// completed on the last of their days. What every part may say (goals, responses, events) comes one after the other,
    /// each once; so do observations, and parts that differ in their observations only may answer for the same. What can be said
    /// only once (an input, a rating that a person enters, the day of hire) is in the joined
    /// one when any part says it; parts that say different things are not joined.
    pub fn combine(parts: &[(&str, &str)], rubric: &Rubric) -> (Option<Self>, Vec<Diagnostics>) {
        let mut read: Vec<Earlier<'_>> = Vec::new();
        let mut found = Vec::new();
        for (name, text) in parts {
            let Checked { value: evaluation, diagnostics } = Source::parse(name, text).load(|document, findings| {
                let document = Arc::new(document);
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
        let lines = serde_json::to_string_pretty(&document).unwrap_or_default();
        let text = Some(lines).filter(|text| text.len() <= source::MAX_BYTES);
        let text = text.unwrap_or_else(|| serde_json::to_string(&document).unwrap_or_default());
        let Checked { value: joined, diagnostics } = Self::check("combined", &text, rubric);
        if joined.is_none() {
            found.push(diagnostics);
        }
        (joined, found)
    }
}

fn join(parts: &[&Evaluation], rubric: &Rubric) -> Any {
    let mut joined = Vec::new();
    for part in parts {
        for (key, value) in entries(Any::of(part)) {
            let value = match key.as_str() {
                "ratings" => by_evaluator(value, part),
                "observations" => by_observer(value, part),
                _ => value,
            };
            match (key.as_str(), find(&mut joined, &key), value) {
                (_, None, value) => joined.push((key, value)),
                ("evaluators", Some(before), value) => add_evaluators(before, value),
                ("summary", Some(Any::Text(before)), Any::Text(more)) => {
                    if *before != more {
                        before.push_str(&format!("\n\n{more}"));
                    }
                }
                (_, Some(before), value) => extend(before, value),
            }
        }
    }
    if check::chosen(parts, rubric).iter().all(|chosen| *chosen) {
        joined.retain(|(key, _)| key != "scope");
    }
    let is_final = parts.iter().all(|part| part.status() == Status::Final);
    let status = if is_final { Status::Final } else { Status::Draft };
    // A self-evaluation in parts is shared when every part is.
    if let Some(shared) = find(&mut joined, "shared") {
        *shared = Any::Bool(parts.iter().all(|part| part.is_shared()));
    }
    let joined = Any::Map(joined).with("status", Any::of(&status));
    // Goals are due so many days after it, in a draft too.
    match parts.iter().filter_map(|part| part.completed_on()).max() {
        Some(last) => joined.with("completed_on", Any::Text(last)),
        None => joined,
    }
}

fn entries(value: Any) -> Vec<(String, Any)> {
    match value {
        Any::Map(entries) => entries,
        _ => Vec::new(),
    }
}

fn find<'a>(entries: &'a mut [(String, Any)], key: &str) -> Option<&'a mut Any> {
    entries.iter_mut().find(|(known, _)| known == key).map(|(_, value)| value)
}

/// The ratings of a part, each with who gave it.
fn by_evaluator(ratings: Any, part: &Evaluation) -> Any {
    let [only] = part.evaluators() else { return ratings };
    let by = || ("by".to_owned(), Any::Text(only.id.clone()));
    let signed = entries(ratings).into_iter().map(|(id, rating)| {
        let mut keys = match rating {
            Any::Map(keys) => keys,
            level => vec![("level".to_owned(), level)],
        };
        if find(&mut keys, "by").is_none() {
            keys.push(by());
        }
        (id, Any::Map(keys))
    });
    Any::Map(signed.collect())
}

/// The observations of a part, each with who observed.
fn by_observer(observations: Any, part: &Evaluation) -> Any {
    let (Any::List(list), [only]) = (observations.clone(), part.evaluators()) else { return observations };
    let signed = list.into_iter().map(|observation| match observation.get("by") {
        Some(_) => observation,
        None => observation.with("by", Any::Text(only.id.clone())),
    });
    Any::List(signed.collect())
}

/// Adds what is not there yet: entries to a mapping, items to a list. What can be said only once is the same in both.
fn extend(before: &mut Any, more: Any) {
    match (before, more) {
        (Any::Map(before), Any::Map(more)) => {
            for (key, value) in more {
                match find(before, &key) {
                    Some(before) => extend(before, value),
                    None => before.push((key, value)),
                }
            }
        }
        (Any::List(before), Any::List(more)) => {
            for item in more {
                if !before.iter().any(|known| check::same(known, &item)) {
                    before.push(item);
                }
            }
        }
        _ => {}
    }
}

/// Adds evaluators by their ids; one who is in both has the qualifications of both.
fn add_evaluators(before: &mut Any, more: Any) {
    let (Any::List(before), Any::List(more)) = (before, more) else { return };
    for person in more {
        match before.iter_mut().find(|known| known.get("id") == person.get("id")) {
            None => before.push(person),
            Some(known) => extend(known, person),
        }
    }
}
