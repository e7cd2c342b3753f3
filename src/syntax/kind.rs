//! A kind of evaluation as written.

use crate::source::{Field, Text, document};

use super::form;

document! {
/// A kind of evaluation of the rubric's own. Its ratings are ratings of record, as those of a formal evaluation.
pub(crate) struct OwnKind {
    /// The word that evaluations write as their `type`, such as focused.
    pub(crate) id: form::Id,
    /// The name that is printed, such as Focused evaluation.
    pub(crate) label: form::Prose,
    /// The purpose.
    pub(crate) note: Option<Field<Text>>,
}
}
