//! Calls about rubrics, and the schemas of documents.

use serde::{Deserialize, Serialize};

use crate::diff::{self, Difference};
use crate::library::Library;
use crate::rubric::Rubric;
use crate::schema;
use crate::source::Any as Value;

use super::document::Named;
use super::envelope::{Stop, arguments_error};

/// No arguments.
#[derive(Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Nothing {}

/// The rubrics at hand.
#[derive(Serialize, schemars::JsonSchema)]
pub(super) struct Listed {
    /// The rubrics, the bundled ones first.
    rubrics: Vec<AtHand>,
}

/// A rubric at hand.
#[derive(Serialize, schemars::JsonSchema)]
pub(super) struct AtHand {
    id: String,
    version: String,
    title: String,
    fingerprint: String,
}

impl From<&Rubric> for AtHand {
    fn from(rubric: &Rubric) -> Self {
        Self {
            id: rubric.id().to_owned(),
            version: rubric.version(),
            title: rubric.title().to_owned(),
            fingerprint: rubric.fingerprint().to_owned(),
        }
    }
}

/// Lists the rubrics at hand.
#[expect(clippy::unnecessary_wraps, reason = "every call may fail, and they stand in one table")]
pub(super) fn rubrics(library: &Library, Nothing {}: Nothing) -> Result<Listed, Stop> {
    Ok(Listed { rubrics: library.rubrics().iter().map(AtHand::from).collect() })
}

/// Arguments: a rubric.
#[derive(Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Which {
    /// The rubric.
    rubric: Named,
}

/// A whole rubric.
#[derive(Serialize, schemars::JsonSchema)]
pub(super) struct Whole {
    #[serde(flatten)]
    rubric: AtHand,
    /// The rubric as one document in YAML, merged with those that it extends.
    yaml: String,
}

/// One rubric, as a document to store.
pub(super) fn rubric(library: &Library, Which { rubric }: Which) -> Result<Whole, Stop> {
    let rubric = rubric.of(library)?;
    Ok(Whole { yaml: rubric.to_yaml(), rubric: (&rubric).into() })
}

/// Arguments: two rubrics.
#[derive(Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Two {
    /// The rubric before.
    old: Named,
    /// The rubric after.
    new: Named,
}

/// The changes between two rubrics, each with what it means for ratings already given.
pub(super) fn diff(library: &Library, Two { old, new }: Two) -> Result<Difference, Stop> {
    Ok(diff::compare(&old.of(library)?, &new.of(library)?))
}

/// Arguments: a kind of document.
#[derive(Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Kind {
    /// The document: `rubric`, `overlay`, `policy`, `evaluation`, `scorecard`, `goals`, `difference`, `status`, `history` or
    /// `what_if`.
    of: String,
}

/// A JSON Schema.
#[derive(Serialize, schemars::JsonSchema)]
pub(super) struct Described {
    /// The JSON Schema (draft-07).
    #[schemars(with = "serde_json::Value")]
    schema: Value,
}

/// The JSON Schema of a document.
pub(super) fn schema(_: &Library, Kind { of }: Kind) -> Result<Described, Stop> {
    type Make = fn() -> String;
    const KINDS: [(&str, Make); 10] = [
        ("rubric", schema::rubric),
        ("overlay", schema::overlay),
        ("policy", schema::policy),
        ("evaluation", schema::evaluation),
        ("scorecard", schema::scorecard),
        ("goals", schema::goals),
        ("difference", schema::difference),
        ("status", schema::status),
        ("history", schema::history),
        ("what_if", schema::what_if),
    ];
    let found = KINDS.iter().find(|(name, _)| *name == of).and_then(|(_, make)| serde_json::from_str(&make()).ok());
    let unknown = || {
        let known = KINDS.map(|(name, _)| format!("`{name}`")).join(", ");
        arguments_error(format!("there is no schema of `{of}`: there are those of {known}"))
    };
    found.map(|schema| Described { schema }).ok_or_else(unknown)
}
