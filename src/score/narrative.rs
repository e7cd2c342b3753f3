//! The texts beside the ratings, as JSON and templates see them.

use serde::Serialize;

use crate::evaluation::Evaluation;

/// A text beside the ratings.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub(crate) struct Narrative<'a> {
    id: &'a str,
    label: &'a str,
    /// The id of the domain or competency that the text is about; null for the whole.
    about: Option<&'a str>,
    /// The text.
    text: &'a str,
}

/// All of them, in the order of the rubric.
pub(super) fn narratives(evaluation: &Evaluation) -> Vec<Narrative<'_>> {
    let told = evaluation.narratives();
    told.map(|(narrative, about, text)| Narrative { id: &narrative.id, label: &narrative.label, about, text }).collect()
}
