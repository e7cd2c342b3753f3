//! A kind of evaluation as written.

use crate::source::{Field, Text, Word, document};

#[cfg(feature = "schema")]
use super::form;

document! {
/// A kind of evaluation of the rubric's own. Its ratings are ratings of record, as those of a formal evaluation.
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
}
