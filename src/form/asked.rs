//! The inputs and entered ratings that the rubric's scoring policy asks an evaluator for.

use serde::Serialize;

use crate::evaluation::{Applying, Type};
use crate::policy::{InputKind, Policy, Rate, Step};
use crate::rubric::NumberRange;
use crate::view::view;

use super::Form;

/// The inputs and entered ratings that the scoring policy asks for.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub(super) struct Asked<'a> {
    /// The kinds of evaluations that it is asked of.
    pub(super) types: Vec<&'a str>,
    /// The inputs.
    pub(super) inputs: Vec<Input<'a>>,
    /// The ratings that a person enters, with a rationale.
    pub(super) entered: Vec<Entered<'a>>,
}

view! {
    /// An input: a number in a range, or a choice.
    #[derive(Debug)]
    pub(super) struct Input<'a> of |input: &'a crate::policy::Input|
    let (range, choices) = match &input.kind {
        InputKind::Number { from, to, places } => {
            let (from, to) = (from.decimal(), to.decimal());
            (Some(Range { from, to, places: *places, words: input.wanted() }), Vec::new())
        }
        InputKind::Choice(choices) => {
            let choices = choices.iter().zip(&input.choice_labels);
            (None, choices.map(|(id, label)| Choice { id, label }).collect())
        }
    };
    {
        pub(super) id: &'a str = &input.id,
        pub(super) label: &'a str = &input.label,
        /// Whether it may be missing.
        pub(super) optional: bool = !input.is_asked_for(),
        /// Where its value comes from when nothing is filled in, for the result of an earlier evaluation: "taken from the evaluation of
        /// the school year before where it stays empty"; else null.
        pub(super) from_history: Option<String> = earlier(input),
        /// The numbers that it may be; null for a choice.
        pub(super) range: Option<Range> = range,
        /// The choices; empty for a number.
        pub(super) choices: Vec<Choice<'a>> = choices,
    }
}

/// The numbers that an input may be.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub(super) struct Range {
    /// The least, as a decimal.
    pub(super) from: String,
    /// The greatest, as a decimal.
    pub(super) to: String,
    /// The most digits after the point.
    pub(super) places: u32,
    /// The allowed values in words: "a whole number from 1 to 4".
    pub(super) words: String,
}

impl Range {
    /// The numbers of a number scale, with their unit in the words.
    pub(super) fn of(range: &NumberRange) -> Self {
        let words = range.with_unit(&range.range().wanted());
        Self { from: range.from.decimal(), to: range.to.decimal(), places: range.places, words }
    }
}

view! {
    /// A step whose rating a person enters.
    #[derive(Debug)]
    pub(super) struct Entered<'a> of |step: &'a Step, policy: &'a Policy, form: &'a Form|
    {
        pub(super) id: &'a str = &step.id,
        pub(super) label: &'a str = step.name(),
        /// The clause that it comes from.
        pub(super) because: Option<&'a str> = step.because.as_deref(),
        /// The limits of the policy in words: "at most “Has met” where at least 1 of the indicators is rated “Has not met”".
        pub(super) limits: Vec<String> = policy.limits_in_words(step),
        /// The ratings it may be, lowest first.
        pub(super) levels: Vec<Choice<'a>> =
            step.levels.printed().map(|level| Choice { id: &level.id, label: &level.label }).collect(),
        /// The subjects of entered ratings: the domains or competencies on the form, or a single one.
        pub(super) parts: Vec<Part<'a>> = Part::of(step, policy, form),
    }
}

/// A rating that may be entered, or a choice of an input.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub(super) struct Choice<'a> {
    pub(super) id: &'a str,
    pub(super) label: &'a str,
}

/// The subject of an entered rating.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub(super) struct Part<'a> {
    /// The id of the domain or competency; null for a step with one rating.
    pub(super) id: Option<&'a str>,
    /// The name of the rating: "Judgment, Care".
    pub(super) name: String,
    /// Whether the entry judges it as a whole: then its indicators may stay unrated in a final evaluation.
    pub(super) is_whole: bool,
}

impl<'a> Asked<'a> {
    /// The requests of the policy that applies to the form's type and scope; `None` without a policy, or where it asks for
    /// nothing.
    pub(super) fn of(form: &'a Form) -> Option<Self> {
        Self::of_policy(form, applying(form, form.type_word())?)
    }

    /// The requests of the other policies, each for the types that it scores with the form's scope.
    pub(super) fn others(form: &'a Form) -> Vec<Self> {
        let own = applying(form, form.type_word());
        let others = (0..form.rubric.0.policies.len()).filter(|number| Some(*number) != own);
        others.filter_map(|number| Self::of_policy(form, number)).filter(|asked| !asked.types.is_empty()).collect()
    }

    fn of_policy(form: &'a Form, number: usize) -> Option<Self> {
        let policy = form.rubric.0.policies.get(number)?;
        let chosen = form.chosen();
        let types = Type::built_in().chain(form.rubric.kinds().iter().map(|kind| kind.id.as_str()));
        let is_scored = |word: &&str| {
            let kind = form.rubric.type_of(word);
            let applying = kind.and_then(|kind| Applying::to(&form.rubric, &kind, &chosen));
            applying == Some(Applying { policy: number, scores: true })
        };
        let asked = Self {
            types: types.filter(is_scored).collect(),
            inputs: policy.inputs.iter().map(Input::of).collect(),
            entered: policy
                .steps
                .iter()
                .filter(|step| matches!(step.rate, Some(Rate::Entered)))
                .map(|step| Entered::of(step, policy, form))
                .filter(|entered| !entered.parts.is_empty())
                .collect(),
        };
        (!asked.inputs.is_empty() || !asked.entered.is_empty()).then_some(asked)
    }
}

/// The number of the policy that applies to an evaluation of this type with the form's scope.
fn applying(form: &Form, word: &str) -> Option<usize> {
    let kind = form.rubric.type_of(word).unwrap_or(Type::Formal);
    Applying::to(&form.rubric, &kind, &form.chosen()).map(|applying| applying.policy)
}

/// Why no policy is for the scope of the form; the scopes of those that are for its kind.
pub(super) fn unscored_scope(form: &Form) -> Option<String> {
    let kind = form.rubric.type_of(form.type_word())?;
    let of_kind = || form.rubric.0.policies.iter().filter(|policy| policy.scores(kind.id()));
    let chosen = form.chosen();
    if of_kind().next().is_none() || of_kind().any(|policy| policy.fits(kind.id(), &chosen)) {
        return None;
    }
    let names: Vec<&str> = of_kind().filter_map(|policy| policy.name()).collect();
    let names = if names.is_empty() { String::new() } else { format!(" (“{}”)", names.join("”, “")) };
    let kind = kind.label().to_lowercase();
    Some(format!(
        "no scoring policy of the rubric{names} is for a {kind} with this scope: it will have no summative rating"
    ))
}

/// Where the value of an input comes from when nothing is filled in.
fn earlier(input: &crate::policy::Input) -> Option<String> {
    let when = match input.from_history.as_ref()?.years_ago {
        1 => "the school year before".to_owned(),
        years => format!("{years} school years before"),
    };
    Some(format!("taken from the evaluation of {when} where it stays empty"))
}

impl<'a> Part<'a> {
    fn of(step: &'a Step, policy: &'a Policy, form: &'a Form) -> Vec<Self> {
        let on_form: Vec<usize> =
            form.rubric.indicators().filter(|item| form.holds(item)).map(|item| item.index).collect();
        let is_on_form = |range: &std::ops::Range<usize>| {
            range.clone().any(|index| step.looks_at(index) && on_form.contains(&policy.in_rubric(index)))
        };
        let is_whole = |slot: usize| !policy.judged_whole(slot).is_empty();
        if step.each.is_none() {
            return vec![Self { id: None, name: step.name().to_owned(), is_whole: is_whole(step.first) }];
        }
        let nodes = policy.subjects(step).iter().zip(policy.slots(step));
        nodes
            .filter(|(node, _)| step.looks_at_node(node) && is_on_form(&node.indicators))
            .map(|(node, slot)| Self {
                id: Some(&node.id),
                name: format!("{}, {}", step.name(), node.label()),
                is_whole: is_whole(slot),
            })
            .collect()
    }
}
