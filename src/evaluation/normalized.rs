//! An evaluation in which every key has one type, for typed clients and columns.

use crate::source::Any;

use super::Evaluation;

/// The key of a text or an entered rating that is about the whole, beside those about parts. No part of a rubric has one that
/// is about the whole, too.
const WHOLE: &str = "whole";

impl Evaluation {
    /// The document as JSON in which each key has one type, for typed clients and columns: every rating is in its long form, with
    /// the level or the number as a text under `level`, and a list of evidence; values of inputs and service data are texts; a
    /// narrative and an entered rating about the whole stand under the key `whole`, as those about parts stand under their ids.
    /// Only `extra`, and the `value` of an orphan, are of any type.
    ///
    /// Other programs read this JSON; it is no evaluation to read again.
    ///
    /// ```
    /// let text = "
    /// rubric: { id: connecticut_school_social_work }
    /// employee: { id: E-1042, name: Jordan Rivera }
    /// evaluators: [{ id: E-0007, name: Priya Shah, qualifications: [school_social_work] }]
    /// period: { from: 2025-08-25, to: 2026-06-12 }
    /// ratings: { deadlines: has_met }";
    /// let evaluation = appraise::Library::bundled().check("rivera.yaml", text).value.expect("it keeps every rule");
    /// assert!(evaluation.to_json_normalized().contains(r#""ratings":{"deadlines":{"level":"has_met","evidence":[]}}"#));
    /// ```
    pub fn to_json_normalized(&self) -> String {
        let Any::Map(mut entries) = Any::of(self) else { return String::new() };
        for (key, value) in &mut entries {
            match key.as_str() {
                "ratings" => each(value, rating),
                "observations" => {
                    items(value, |observation| under(observation, "ratings", |ratings| each(ratings, rating)));
                }
                "inputs" | "service_data" => each(value, text),
                "narratives" => each(value, |narrative| {
                    if !matches!(narrative, Any::Map(_)) {
                        about_the_whole(narrative);
                    }
                }),
                "entered" => each(value, |step| {
                    if matches!(step.get("rating"), Some(Any::Text(_))) {
                        about_the_whole(step);
                    }
                }),
                "orphaned" => items(value, |orphan| under(orphan, "level", text)),
                _ => {}
            }
        }
        // Every key is text, so that it can always be written.
        serde_json::to_string(&Any::Map(entries)).unwrap_or_default()
    }
}

fn each(value: &mut Any, change: impl Fn(&mut Any)) {
    if let Any::Map(entries) = value {
        entries.iter_mut().for_each(|(_, value)| change(value));
    }
}

fn items(value: &mut Any, change: impl Fn(&mut Any)) {
    if let Any::List(items) = value {
        items.iter_mut().for_each(change);
    }
}

fn under(value: &mut Any, key: &str, change: impl Fn(&mut Any)) {
    if let Any::Map(entries) = value {
        entries.iter_mut().filter(|(known, _)| known == key).for_each(|(_, value)| change(value));
    }
}

fn text(value: &mut Any) {
    if let Any::Number(digits) = value {
        *value = Any::Text(std::mem::take(digits));
    }
}

fn about_the_whole(value: &mut Any) {
    let whole = std::mem::replace(value, Any::Null);
    *value = Any::Map(vec![(WHOLE.to_owned(), whole)]);
}

fn rating(value: &mut Any) {
    if !matches!(value, Any::Map(_)) {
        let level = std::mem::replace(value, Any::Null);
        *value = Any::Map(vec![("level".to_owned(), level)]);
    }
    under(value, "level", text);
    if let Any::Map(entries) = value
        && !entries.iter().any(|(key, _)| key == "evidence")
    {
        entries.push(("evidence".to_owned(), Any::List(Vec::new())));
    }
}
