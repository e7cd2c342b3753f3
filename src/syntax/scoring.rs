//! A scoring policy as written: the `scoring` section of a rubric, or a document of its own.

use serde::{Deserialize, Serialize};

use crate::diagnostic::Code;
use crate::exact::RoundingMode;
use crate::source::{Either, Entries, Field, Flag, Number, OneOrList, Read, Reader, Word, document, words};

use super::condition::Condition;
use super::form;
use super::scale::Level;

document! {
/// The policy that combines ratings into a summative rating: a list of steps, each of which sees only the steps above it.
pub(crate) struct Scoring {
    /// The policy's name in reports, JSON and comparisons, where a rubric has several policies.
    pub(crate) id: Option<form::Id>,
    /// The name that people read.
    pub(crate) label: Option<form::Prose>,
    /// The evaluations that the policy scores: a list of types, or `type` and `scope`; all evaluations when absent. An
    /// evaluation that no policy is for gets the profile of ratings.
    #[cfg_attr(feature = "schema", schemars(with = "Option<OneOrList<For, form::Type>>"))]
    pub(crate) r#for: Option<Field<OneOrList<For, Word>>>,
    /// The levels that steps rate with, lowest first; the scale's levels when absent.
    pub(crate) levels: Option<Field<Vec<Field<Level>>>>,
    /// The first of these levels that meets expectations.
    pub(crate) meets_at: Option<Field<Word>>,
    /// The points of every rated level of the scale; rising with the levels. May be absent where each indicator that a step
    /// counts has points of its own.
    pub(crate) points: Option<Field<Entries<Number>>>,
    /// The points of single indicators, by indicator and then by level. A level that is not named has the points of the
    /// indicator itself, else those of `points`.
    pub(crate) indicator_points: Option<Field<Entries<Entries<Number>>>>,
    /// The values that evaluations give beside the ratings, such as a measure of student growth.
    pub(crate) inputs: Option<Field<Vec<Field<Input>>>>,
    /// Whether a high rating makes up for a low one by the instrument's own words. Then `because` is required, and no
    /// `compensation-paradox` is reported.
    pub(crate) compensatory: Option<Field<Flag>>,
    /// The clause that says so; printed with the reasons of the last step.
    pub(crate) because: Option<form::Prose>,
    /// The computations, in order. The last one gives the summative rating.
    pub(crate) steps: Field<Vec<Field<Step>>>,
}
}

document! {
/// The evaluations that a policy scores.
pub(crate) struct For {
    /// One type of evaluation, or a list of types; every type when absent.
    #[cfg_attr(feature = "schema", schemars(with = "Option<OneOrList<form::Type>>"))]
    pub(crate) r#type: Option<Field<OneOrList<Word>>>,
    /// The ids of domains, competencies or indicators: evaluations whose `scope` is exactly these indicators; every scope when
    /// absent.
    #[cfg_attr(feature = "schema", schemars(with = "Option<Vec<form::Node>>"))]
    pub(crate) scope: Option<Field<Vec<Field<Word>>>>,
}
}

/// One policy, or several: the first whose `for` fits an evaluation scores the evaluation.
pub(crate) type Policies = OneOrList<Scoring>;

document! {
/// A policy in a document that has the key `scoring` at its top.
pub(crate) struct Document {
    pub(crate) scoring: Field<Policies>,
}
}

document! {
/// A value that an evaluation gives beside the ratings: a number in a range, or a choice.
pub(crate) struct Input {
    /// The id that steps and evaluations use.
    pub(crate) id: form::Id,
    /// The name that is printed.
    pub(crate) label: form::Prose,
    /// The least number.
    pub(crate) from: Option<Field<Number>>,
    /// The greatest number.
    pub(crate) to: Option<Field<Number>>,
    /// The most digits after the point; 2 when absent.
    pub(crate) places: Option<form::Whole>,
    /// The choices, instead of a number: each an id, or an id with the label that people read.
    pub(crate) one_of: Option<Field<InputChoices>>,
    /// Whether the choices stand in order, lowest first: then conditions can compare them with `at_least` and `below`.
    pub(crate) ordered: Option<Field<Flag>>,
    /// Whether it may be missing from an evaluation.
    pub(crate) optional: Option<Field<Flag>>,
    /// The earlier evaluation of the same person whose result is the value: the score for a number, the rating for a choice.
    /// The host gives that evaluation; a value that the evaluation itself gives comes before it.
    pub(crate) from_history: Option<Field<FromHistory>>,
}
}

document! {
/// A result of an earlier evaluation.
pub(crate) struct FromHistory {
    /// The step whose result it is.
    pub(crate) step: form::Id,
    /// How many school years earlier: 1 is the school year before.
    pub(crate) years_ago: form::Whole,
}
}

/// Choices, each an id alone or with a label.
pub(crate) type InputChoices = Vec<Field<Either<Word, InputChoice>>>;

document! {
/// A choice of an input with a label.
pub(crate) struct InputChoice {
    /// The id that conditions and evaluations use.
    pub(crate) id: form::Id,
    /// The name that is printed.
    pub(crate) label: form::Prose,
}
}

document! {
/// One computation, in this order: take, rescale, adjust, clamp, convert, round; then bands, rules, matrix or entered; then limits,
/// points, flags.
pub(crate) struct Step {
    /// The id that later steps use.
    pub(crate) id: form::Id,
    /// The name that is printed.
    pub(crate) label: Option<form::Prose>,
    /// One result for every domain or competency in scope, or for every observation; one result in all when absent.
    pub(crate) each: Option<Field<Each>>,
    /// Its members: `indicators`, an earlier step, or a list of earlier steps with one result and of inputs.
    pub(crate) of: Option<Field<OneOrList<Word>>>,
    /// The ids of domains, competencies or indicators: the step reads only the members under them.
    pub(crate) under: Option<Field<Vec<Field<Word>>>>,
    /// The number that is taken of the members.
    pub(crate) take: Option<Field<Take>>,
    /// The weight of every member, for a mean or a sum. In a mean, weights of steps and inputs add up to 100 or to 1.
    /// Of `indicators`, the id of a domain or competency weighs each indicator under it, and the nearest id counts;
    /// `others` weighs each indicator that is not named, and `total` is the sum of all, which is checked. Results for each
    /// observation are weighed by the kind of observation. `by` names an
    /// input with choices; then each choice has weights of its own.
    pub(crate) weights: Option<Field<Weights>>,
    /// The treatment of members without a score; they are left out when absent.
    pub(crate) missing: Option<Field<Missing>>,
    /// The percent of the members that must have a score.
    pub(crate) minimum_rated: Option<Field<Number>>,
    /// Moves the number from one range into another.
    pub(crate) rescale: Option<Field<Rescale>>,
    /// Added to the number, in order.
    pub(crate) adjust: Option<Field<Vec<Field<Adjust>>>>,
    /// The least and the greatest that the number can be.
    pub(crate) clamp: Option<Field<Clamp>>,
    /// A look-up table: the number becomes the `to` of the last row that it reaches. The rows rise.
    pub(crate) convert: Option<Field<Vec<Field<Row>>>>,
    /// One rounding, or several in order. Nothing is rounded without it.
    pub(crate) round: Option<Field<OneOrList<Round>>>,
    /// Rates by the number: rising lower bounds, each inclusive.
    pub(crate) bands: Option<Field<Vec<Field<Band>>>>,
    /// Rates by conditions: the first that is true decides.
    pub(crate) rules: Option<Field<Vec<Field<Rule>>>>,
    /// Rates by two ratings or choices.
    pub(crate) matrix: Option<Field<Matrix>>,
    /// Whether a person enters this rating, with a rationale: `true`, or how.
    pub(crate) entered: Option<Field<Either<Flag, EnteredHow>>>,
    /// The least or greatest rating where a condition is true, in order.
    pub(crate) limits: Option<Field<Vec<Field<Limit>>>>,
    /// The levels that this step rates with, where they are not the policy's.
    pub(crate) levels: Option<Field<Vec<Field<Level>>>>,
    /// The first of its levels that meets expectations.
    pub(crate) meets_at: Option<Field<Word>>,
    /// The score that later steps see, by rating; rising with the levels.
    pub(crate) points: Option<Field<Entries<Number>>>,
    /// Words that stand beside the rating where a condition is true. They come last, so a condition can be about the rating
    /// and score of this step too.
    pub(crate) flags: Option<Field<Vec<Field<FlagWhen>>>>,
    /// The clause that this step comes from; printed with the reasons.
    pub(crate) because: Option<form::Prose>,
}
}

/// The nodes that a step has results for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub(crate) enum Each {
    /// Every domain.
    Domain,
    /// Every competency; a domain that holds its indicators directly counts as one.
    Competency,
    /// Every observation of the evaluation, with the indicators that are rated on it.
    Observation,
}

/// The number that is taken of the members.
///
/// ```
/// # use appraise::{Evaluation, Library, Rubric};
/// # let read = |path: &str| std::fs::read_to_string(format!("examples/{path}"));
/// # let rubric = Rubric::parse("r.yaml", &read("rubrics/riverside_school_counselor.yaml")?, &Library::empty())?;
/// # let scorecard = Evaluation::parse("e.yaml", &read("evaluations/novak_scored.yaml")?, &rubric)?.score();
/// # let practice = &scorecard.steps()[1].results[0];
/// use appraise::{Reason, Take};
///
/// assert!(practice.reasons().iter().any(|reason| matches!(reason, Reason::Taken { take: Take::Mean, members: 3, .. })));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Take {
    /// The mean, weighted where weights are given.
    Mean,
    /// The sum, weighted where weights are given.
    Sum,
    /// The middle one; of an even count, the mean of the middle two.
    Median,
    /// The lowest.
    Lowest,
    /// The highest.
    Highest,
    /// The percentage of the rated members that meet expectations.
    ShareMeeting,
}

/// The weights of a step's members: by member, or by the choice of an input and then by member.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(untagged)]
pub(crate) enum Weights {
    /// By member.
    Alike(Entries<Number>),
    /// `by` names the input; each other key is a choice of the input.
    ByChoice(Entries<Either<InputName, Entries<Number>>>),
}

/// The name of the input by whose choice members are weighed.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub(crate) struct InputName(pub(crate) Word);

impl Read for InputName {
    fn read(reader: Reader<'_>) -> Option<Self> {
        if let Some(number) = reader.number() {
            let message = format!("the weights under a choice are by member, and this is the number {number}");
            reader.note(Code::WrongType, message, format!("write the weight of each member: `{{ others: {number} }}`"));
            return None;
        }
        Read::read(reader).map(Self)
    }
}

impl Read for Weights {
    fn read(reader: Reader<'_>) -> Option<Self> {
        match reader.holds_a_mapping() || reader.has_text_under("by") {
            true => Read::read(reader).map(Self::ByChoice),
            false => Read::read(reader).map(Self::Alike),
        }
    }
}

/// The treatment of members without a score.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub(crate) enum Missing {
    /// The member is left out.
    Exclude,
    /// The result is blocked without the member.
    Block,
}

document! {
/// A range, and the range it is moved into.
pub(crate) struct Rescale {
    /// The range that the number is in: its least and its greatest.
    pub(crate) from: Field<Vec<Field<Number>>>,
    /// The range that it is moved into.
    pub(crate) to: Field<Vec<Field<Number>>>,
}
}

document! {
/// A constant added to the number.
pub(crate) struct Adjust {
    /// The constant; negative for a deduction.
    pub(crate) add: Field<Number>,
    /// The input that says how often the constant is added: a whole number from 0 on, which every evaluation gives. Once
    /// when absent.
    #[cfg_attr(feature = "schema", schemars(with = "Option<form::Id>"))]
    pub(crate) per: Option<Field<Word>>,
    /// Only where this is true; always when absent.
    pub(crate) when: Option<Field<Condition>>,
}
}

document! {
/// The least and the greatest that the number can be.
pub(crate) struct Clamp {
    /// The least.
    pub(crate) from: Option<Field<Number>>,
    /// The greatest.
    pub(crate) to: Option<Field<Number>>,
}
}

document! {
/// A row of a look-up table: the numbers from a bound up to the next row's, and the number that they become.
pub(crate) struct Row {
    /// The lower bound, inclusive.
    pub(crate) from: Field<Number>,
    /// The number that they become.
    pub(crate) to: Field<Number>,
}
}

document! {
/// A rounding.
pub(crate) struct Round {
    /// The digits after the point.
    pub(crate) places: form::Whole,
    /// The rounding mode.
    pub(crate) mode: Field<RoundingMode>,
}
}

document! {
/// The numbers from a bound up to the next band's, and their rating.
pub(crate) struct Band {
    /// The lower bound, inclusive.
    pub(crate) from: Field<Number>,
    /// The upper bound, where the clause prints one; then it is checked against the next band's lower one.
    pub(crate) to: Option<Field<Number>>,
    /// The rating.
    pub(crate) rating: Field<Word>,
}
}

document! {
/// A rating and the condition it is given on.
pub(crate) struct Rule {
    /// The rating.
    pub(crate) rating: Field<Word>,
    /// The condition; only the last rule may have none, and takes all that is left.
    pub(crate) when: Option<Field<Condition>>,
}
}

document! {
/// A table of ratings by two others.
pub(crate) struct Matrix {
    /// The step, or the input with choices, whose rating is the row.
    pub(crate) rows: Field<Word>,
    /// The step, or the input with choices, whose rating is the column.
    pub(crate) columns: Field<Word>,
    /// By row and then by column: a rating, or a rating with a flag.
    pub(crate) cells: Field<Entries<Entries<Either<Word, Cell>>>>,
}
}

document! {
/// A cell with a flag.
pub(crate) struct Cell {
    /// The rating.
    pub(crate) rating: Field<Word>,
    /// A word that stands beside the rating, such as `review`.
    pub(crate) flag: Option<Field<Word>>,
}
}

document! {
/// The greatest or the least rating where a condition is true.
pub(crate) struct Limit {
    /// The greatest rating.
    pub(crate) at_most: Option<Field<Word>>,
    /// Or the least.
    pub(crate) at_least: Option<Field<Word>>,
    /// The condition.
    pub(crate) when: Field<Condition>,
}
}

document! {
/// The way in which a person enters a rating.
pub(crate) struct EnteredHow {
    /// Whether the entry counts although no indicator under its domain, its competency or the whole rubric is rated: the part
    /// is judged as a whole. Where it is entered, a final evaluation may leave these indicators unrated.
    pub(crate) without_ratings: Option<Field<Flag>>,
}
}

impl Step {
    /// Whether a person enters the rating, as far as that could be read.
    pub(crate) fn is_entered(&self) -> bool {
        self.entered.as_ref().is_some_and(|entered| !matches!(entered.get(), Some(Either::Short(false))))
    }

    /// Whether an entry counts without a rating.
    pub(crate) fn is_entered_without_ratings(&self) -> bool {
        match self.entered.as_ref().and_then(Field::get) {
            Some(Either::Long(how)) => how.without_ratings.as_ref().and_then(Field::get) == Some(&true),
            _ => false,
        }
    }
}

document! {
/// A word that stands beside the rating where a condition is true.
#[cfg_attr(feature = "schema", schemars(rename = "Flag"))]
pub(crate) struct FlagWhen {
    /// The word, such as `review`.
    pub(crate) flag: Field<Word>,
    /// The condition.
    pub(crate) when: Field<Condition>,
}
}

words! { Each, Take, Missing, RoundingMode }
