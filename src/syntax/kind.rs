//! A kind of evaluation as written.

use crate::source::{Field, Text, Word, document};

#[cfg(feature = "schema")]
use super::form;

document! {
/// A kind of evaluation of the rubric's own. Its ratings are ratings of record, as those of a formal evaluation.
pub(crate) struct OwnKind {
    /// The word that evaluations write as their `type`, such as focused.
    #[cfg_attr(feature = "schema", schemars(with = "form::Id"))]
    pub(crate) id: Field<Word>,
    /// The name that is printed, such as Focused evaluation.
    #[cfg_attr(feature = "schema", schemars(with = "form::Prose"))]
    pub(crate) label: Field<Text>,
    /// The purpose.
    pub(crate) note: Option<Field<Text>>,
}
}
