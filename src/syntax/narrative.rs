//! Narratives as written: what a rubric asks for, and the texts in an evaluation.

use serde::{Deserialize, Serialize};

use crate::source::{Blank, Either, Entries, Field, Flag, Span, Text, document, words};

use super::form;

document! {
/// A text that people write beside the ratings: about the whole, or about each domain or competency.
pub(crate) struct Narrative {
    /// The id that evaluations use; unique among the narratives, and no id of a domain, competency or indicator.
    pub(crate) id: form::Id,
    /// The name that is printed, such as Commendations.
    pub(crate) label: form::Prose,
    /// The parts that the text is written about: the whole (when absent), each domain, or each competency.
    pub(crate) of: Option<Field<NarrativeOf>>,
    /// Whether a final evaluation needs the text: about the whole, or about every domain or competency in its scope.
    pub(crate) required: Option<Field<Flag>>,
}
}

/// The parts of a rubric that a narrative is written about.
///
/// ```
/// use appraise::{Library, NarrativeOf, Rubric};
///
/// let text = "
/// id: plan
/// version: 1.0.0
/// title: Plan
/// narratives: [{ id: commendations, label: Commendations, of: domain }]
/// domains: [{ id: planning, title: Planning, indicators: [{ id: calendar, statement: Keeps a calendar. }] }]";
/// let rubric = Rubric::parse("plan.yaml", text, &Library::empty())?;
/// assert_eq!(rubric.narratives()[0].of, NarrativeOf::Domain);
/// # Ok::<(), appraise::Diagnostics>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum NarrativeOf {
    /// The whole: one text.
    #[default]
    Whole,
    /// Each domain: a text by its id.
    Domain,
    /// Each competency: a text by its id. A domain that holds indicators directly counts as one competency.
    Competency,
}

impl NarrativeOf {
    /// The word that stands for it in a document.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Whole => "whole",
            Self::Domain => "domain",
            Self::Competency => "competency",
        }
    }
}

words! { NarrativeOf }

/// An evaluation's entry for one narrative: one text about the whole, or a text for each domain or competency, by its id.
pub(crate) type Narrated = Blank<Either<Text, Entries<Blank<Text>>>>;

/// A text of a narrative.
pub(crate) struct Told<'a> {
    pub(crate) narrative: &'a str,
    /// The id of the domain or competency that the text is about; `None` for the whole.
    pub(crate) part: Option<&'a str>,
    /// The place of the narrative's id, or of the part's.
    pub(crate) key: Span,
    pub(crate) place: Span,
    pub(crate) text: &'a str,
}

/// The texts that could be read, without the blank places of a form.
pub(super) fn told(narratives: Option<&Field<Entries<Narrated>>>) -> impl Iterator<Item = Told<'_>> {
    let entries = narratives.and_then(Field::get).into_iter().flat_map(Entries::iter);
    entries.flat_map(|(narrative, key, entry)| {
        let (whole, parts) = match entry.get().and_then(|Blank(entry)| entry.as_ref()) {
            Some(Either::Short(Text(text))) => (Some(text), None),
            Some(Either::Long(parts)) => (None, Some(parts)),
            None => (None, None),
        };
        let whole = whole.map(|text| Told { narrative, part: None, key: key.span, place: entry.span, text });
        let parts = parts.into_iter().flat_map(Entries::iter).filter_map(move |(part, key, field)| {
            let Text(text) = field.get()?.0.as_ref()?;
            Some(Told { narrative, part: Some(part), key: key.span, place: field.span, text })
        });
        whole.into_iter().chain(parts)
    })
}
