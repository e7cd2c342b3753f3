//! Conditions of a scoring policy, as written.

use std::fmt;

use serde::de::{Deserializer, EnumAccess, VariantAccess, Visitor};
use serde::{Deserialize, Serialize};

use crate::source::{Field, Number, Word};

/// A condition: a mapping of which one key says what it is about.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(untagged)]
pub(crate) enum Condition {
    Count(Count),
    Share(Share),
    Rating(Rating),
    Score(Score),
    Choice(Choice),
    Known(Known),
    All(All),
    Any(Any),
    Not(Not),
}

/// The keys that say what a condition is about, for the reader.
const KEYS: &str = "$keyed count share rating score input known all any not";

impl<'de> Deserialize<'de> for Condition {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct ConditionVisitor;
        impl<'de> Visitor<'de> for ConditionVisitor {
            type Value = Condition;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a condition")
            }

            /// Each variant reads the whole mapping, the key that names it too.
            fn visit_enum<A: EnumAccess<'de>>(self, access: A) -> Result<Condition, A::Error> {
                let (key, variant): (String, _) = access.variant()?;
                match key.as_str() {
                    "count" => variant.newtype_variant().map(Condition::Count),
                    "share" => variant.newtype_variant().map(Condition::Share),
                    "rating" => variant.newtype_variant().map(Condition::Rating),
                    "score" => variant.newtype_variant().map(Condition::Score),
                    "input" => variant.newtype_variant().map(Condition::Choice),
                    "known" => variant.newtype_variant().map(Condition::Known),
                    "all" => variant.newtype_variant().map(Condition::All),
                    "any" => variant.newtype_variant().map(Condition::Any),
                    _ => variant.newtype_variant().map(Condition::Not),
                }
            }
        }
        deserializer.deserialize_newtype_struct(KEYS, ConditionVisitor)
    }
}

/// How many of a set are rated so.
#[derive(Debug, Clone, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(crate) struct Count {
    /// The set: `indicators`, or an earlier step with `each`; those under the subject.
    pub(crate) count: Field<Word>,
    /// The levels that are counted.
    pub(crate) rated: Option<Field<Vec<Field<Word>>>>,
    /// Or this level and those above it.
    pub(crate) rated_at_least: Option<Field<Word>>,
    /// Or the levels below this one.
    pub(crate) rated_below: Option<Field<Word>>,
    /// So many or more.
    pub(crate) at_least: Option<Field<Number>>,
    /// Or so many or fewer.
    pub(crate) at_most: Option<Field<Number>>,
    /// Or more than so many.
    pub(crate) more_than: Option<Field<Number>>,
    /// Or fewer than so many.
    pub(crate) less_than: Option<Field<Number>>,
}

/// What percent of those of a set that are rated are rated so.
#[derive(Debug, Clone, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(crate) struct Share {
    /// The set: `indicators`, or an earlier step with `each`; those under the subject.
    pub(crate) share: Field<Word>,
    /// The levels that are counted.
    pub(crate) rated: Option<Field<Vec<Field<Word>>>>,
    /// Or this level and those above it.
    pub(crate) rated_at_least: Option<Field<Word>>,
    /// Or the levels below this one.
    pub(crate) rated_below: Option<Field<Word>>,
    /// So many percent or more.
    pub(crate) at_least: Option<Field<Number>>,
    /// Or so many percent or fewer.
    pub(crate) at_most: Option<Field<Number>>,
    /// Or more than so many percent.
    pub(crate) more_than: Option<Field<Number>>,
    /// Or fewer than so many percent.
    pub(crate) less_than: Option<Field<Number>>,
}

/// The rating of an indicator or of an earlier step.
#[derive(Debug, Clone, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(crate) struct Rating {
    /// The indicator or step.
    pub(crate) rating: Field<Word>,
    /// The domain or competency whose result it is, where the step has `each`.
    pub(crate) subject: Option<Field<Word>>,
    /// Just this level; of an indicator, it may be a not-rated one.
    pub(crate) is: Option<Field<Word>>,
    /// Or this level or one above it.
    pub(crate) at_least: Option<Field<Word>>,
    /// Or a level below this one.
    pub(crate) below: Option<Field<Word>>,
}

/// The score of an earlier step, or the number of an input.
#[derive(Debug, Clone, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(crate) struct Score {
    /// The step or input.
    pub(crate) score: Field<Word>,
    /// The domain or competency whose result it is, where the step has `each`.
    pub(crate) subject: Option<Field<Word>>,
    /// This or more.
    pub(crate) at_least: Option<Field<Number>>,
    /// Or less than this.
    pub(crate) below: Option<Field<Number>>,
}

/// The choice of an input.
#[derive(Debug, Clone, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(crate) struct Choice {
    /// The input.
    pub(crate) input: Field<Word>,
    /// The choice.
    pub(crate) is: Field<Word>,
}

/// The indicator is rated, the step has a result, the input is given. A not-rated choice is no rating.
#[derive(Debug, Clone, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(crate) struct Known {
    /// The indicator, step or input.
    pub(crate) known: Field<Word>,
    /// The domain or competency whose result it is, where the step has `each`.
    pub(crate) subject: Option<Field<Word>>,
}

/// Every one of these is true.
#[derive(Debug, Clone, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(crate) struct All {
    /// The conditions.
    pub(crate) all: Field<Vec<Field<Condition>>>,
}

/// At least one of these is true.
#[derive(Debug, Clone, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(crate) struct Any {
    /// The conditions.
    pub(crate) any: Field<Vec<Field<Condition>>>,
}

/// This is false.
#[derive(Debug, Clone, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(crate) struct Not {
    /// The condition.
    pub(crate) not: Box<Field<Condition>>,
}
