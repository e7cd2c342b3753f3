//! A kind of evaluation as written.

use serde::{Deserialize, Serialize};

use crate::source::{Field, Text, Word};

#[cfg(feature = "schema")]
use super::form;

/// A kind of evaluation of the rubric's own. Its ratings are ratings of record, as those of a formal evaluation.
#[derive(Debug, Clone, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(crate) struct Kind {
    /// The word that evaluations write as their `type`, such as focused.
    #[cfg_attr(feature = "schema", schemars(with = "form::Id"))]
    pub(crate) id: Field<Word>,
    /// What people call it, such as Focused evaluation.
    #[cfg_attr(feature = "schema", schemars(with = "form::Prose"))]
    pub(crate) label: Field<Text>,
    /// What it is for.
    pub(crate) note: Option<Field<Text>>,
}
