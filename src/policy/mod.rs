//! A checked scoring policy: every name is an index, every number is exact, every step reads only earlier ones.
//!
//! [`Policy::run`] computes the results of [`Given`] values. It cannot fail, rounds only where a step says so, and ends.
//! The same code, run with a recorder, gives the [`Reason`]s of a result. Both take plain outcomes, so that a proof can run
//! the policy on ratings that nobody gave.

#![allow(
    clippy::arithmetic_side_effects,
    reason = "counts of members and results, of which there are thousands; every number that a policy gives is an `Exact`"
)]

mod applies;
mod condition;
mod counted;
mod decide;
#[cfg(feature = "render")]
mod described;
mod event;
mod input;
mod judged;
mod left_out;
mod members;
mod points;
mod prove;
mod reason;
mod reason_words;
mod record;
mod run;
mod scales;
mod short;
mod state;
mod supplied;
mod trace;
mod unknown;
mod weights;
mod words;

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::exact::{Exact, RoundingMode};
use crate::outline::{Node, Nodes, Outline};
use crate::scale::{Level, Scales};
pub use crate::syntax::scoring::Take;
use crate::syntax::scoring::{Each, Missing};

pub(crate) use self::condition::{Compare, Condition, Levelled, NumberTest, Set, Source, Test, Which};
pub(crate) use self::event::Event;
pub(crate) use self::input::{FromHistory, Input, InputKind};
pub(crate) use self::judged::mark_judged;
pub(crate) use self::prove::{Bounds, Known, Witness};
#[cfg(test)]
pub(crate) use self::prove::{Happened, Trial};
pub use self::reason::{Fact, LeftOut, Reason, Term, Why};
pub(crate) use self::short::ShortSum;
pub(crate) use self::state::{State, StepResult};
pub(crate) use self::supplied::{InputValue, Outcome, Supplied};
pub(crate) use self::weights::Weights;

/// A scoring policy that has been checked.
#[derive(Debug, Clone)]
pub(crate) struct Policy {
    pub(crate) id: Option<String>,
    pub(crate) label: Option<String>,
    /// The types of evaluations that are scored, as documents write them; all when it is none.
    pub(crate) types: Option<Vec<String>>,
    /// The numbers of the indicators in the rubric that an evaluation answers for, in order; any when it is none. The
    /// policy's own numbers of indicators count these alone.
    pub(crate) scope: Option<Vec<usize>>,
    pub(crate) nodes: Arc<Outline>,
    /// The levels of all scales: the rated ones, then the not-rated ones.
    pub(crate) scale: Arc<Levels>,
    /// The scales, without the choices that count as a level: such a choice is the level.
    pub(crate) scales: Arc<Scales>,
    /// How many of them are rated.
    pub(crate) rated: usize,
    /// The points of each rated level, 0 on a scale without points; empty when the policy gives none.
    pub(crate) points: Vec<Exact>,
    /// The rated levels by rising points.
    pub(crate) by_points: Vec<usize>,
    /// By indicator, the points of each rated level of its scale, lowest first; empty within where they are those of all, and
    /// empty as a whole where no indicator has points of its own.
    pub(crate) own_points: Vec<Vec<Exact>>,
    pub(crate) inputs: Vec<Input>,
    /// The clause that lets a high rating make up for a low one, where the instrument has one.
    pub(crate) compensatory: Option<String>,
    pub(crate) steps: Vec<Step>,
    /// How many results all steps have together.
    pub(crate) slots: usize,
}

/// Levels, lowest first.
#[derive(Debug, Clone)]
pub(crate) struct Levels {
    /// Whether people read them highest first, as the scale they are taken from.
    pub(crate) is_highest_first: bool,
    pub(crate) list: Vec<Level>,
    /// The first that meets expectations, where that is known.
    pub(crate) meets_at: Option<usize>,
}

impl Levels {
    pub(crate) fn position(&self, id: &str) -> Option<usize> {
        self.list.iter().position(|level| level.id == id)
    }

    /// The levels as people read them.
    #[cfg(feature = "render")]
    pub(crate) fn printed(&self) -> impl Iterator<Item = &Level> {
        let last = self.list.len().checked_sub(1);
        let turned = move |number: usize| last.and_then(|last| last.checked_sub(number)).unwrap_or(number);
        let at = move |number| if self.is_highest_first { turned(number) } else { number };
        (0..self.list.len()).filter_map(move |number| self.list.get(at(number)))
    }

    pub(crate) fn label(&self, level: usize) -> &str {
        self.list.get(level).map_or("", |level| level.label.as_str())
    }
}

/// One computation.
///
/// Its results stand in slots, from `first` on: one, or one for each node of its tier, in scope or not.
#[derive(Debug, Clone)]
pub(crate) struct Step {
    pub(crate) id: String,
    pub(crate) label: Option<String>,
    pub(crate) because: Option<String>,
    pub(crate) each: Option<Each>,
    pub(crate) first: usize,
    /// The nodes that it looks at; all when it is none.
    pub(crate) under: Option<Vec<Node>>,
    pub(crate) of: Option<Of>,
    pub(crate) take: Option<Take>,
    pub(crate) weights: Weights,
    pub(crate) missing: Missing,
    /// The percent of the members that must have a score.
    pub(crate) minimum_rated: Option<Exact>,
    pub(crate) rescale: Option<Rescale>,
    pub(crate) adjust: Vec<Adjust>,
    /// The least and the greatest number.
    pub(crate) clamp: (Option<Exact>, Option<Exact>),
    /// The look-up table, rising; empty where the number stays.
    pub(crate) convert: Vec<Row>,
    pub(crate) round: Vec<Round>,
    pub(crate) rate: Option<Rate>,
    /// Whether an entered rating counts although nothing under its subject is rated.
    pub(crate) without_ratings: bool,
    /// Whether a result of it may rest on such entered ratings alone, its own or those of steps that it reads.
    pub(crate) may_be_judged: bool,
    /// The levels of its ratings.
    pub(crate) levels: Arc<Levels>,
    pub(crate) limits: Vec<Limit>,
    /// The score that later steps see, by rating; empty where it is the number itself.
    pub(crate) points: Vec<Exact>,
    pub(crate) flags: Vec<Flag>,
    /// Everything that a result needs, found in `of` and the conditions.
    pub(crate) reach: Vec<Reach>,
}

/// The members of a step.
#[derive(Debug, Clone)]
pub(crate) enum Of {
    /// Every indicator under the subject.
    Indicators,
    /// The results, under the subject, of a step with `each`.
    Results(usize),
    List(Vec<Single>),
}

/// A member that stands by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Single {
    /// The result in this slot.
    Result(usize),
    Input(usize),
}

/// A range, and the one it is moved into.
#[derive(Debug, Clone)]
pub(crate) struct Rescale {
    pub(crate) from: (Exact, Exact),
    pub(crate) to: (Exact, Exact),
}

#[derive(Debug, Clone)]
pub(crate) struct Adjust {
    pub(crate) add: Exact,
    /// The input, a whole number, that says how often it is added; once when it is none.
    pub(crate) per: Option<usize>,
    /// Always when it is none.
    pub(crate) when: Option<Condition>,
}

/// Numbers from a bound up to the next row's, and the number that they become.
#[derive(Debug, Clone)]
pub(crate) struct Row {
    pub(crate) from: Exact,
    pub(crate) to: Exact,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Round {
    pub(crate) places: u32,
    pub(crate) mode: RoundingMode,
}

/// How a step comes to its rating.
#[derive(Debug, Clone)]
pub(crate) enum Rate {
    /// By the number; rising lower bounds.
    Bands(Vec<Band>),
    /// The first that is true decides.
    Rules(Vec<Rule>),
    Matrix(Matrix),
    /// A person enters it.
    Entered,
}

/// Numbers from a bound up to the next band's.
#[derive(Debug, Clone)]
pub(crate) struct Band {
    pub(crate) from: Exact,
    /// As printed. No band holds a number above it and below the next band.
    pub(crate) to: Option<Exact>,
    pub(crate) rating: usize,
}

#[derive(Debug, Clone)]
pub(crate) struct Rule {
    pub(crate) rating: usize,
    /// Always when it is none.
    pub(crate) when: Option<Condition>,
}

/// A table of ratings by two others.
#[derive(Debug, Clone)]
pub(crate) struct Matrix {
    pub(crate) rows: Axis,
    pub(crate) columns: Axis,
    /// Row by row.
    pub(crate) cells: Vec<Vec<Cell>>,
}

/// The chooser of a row or a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Axis {
    Result(ResultOf),
    Choice(usize),
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Cell {
    pub(crate) rating: usize,
    pub(crate) flag: Option<String>,
}

/// One result of an earlier step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ResultOf {
    /// The one in this slot.
    Slot(usize),
    /// The result of a step for the same subject.
    Same(usize),
}

#[derive(Debug, Clone)]
pub(crate) struct Limit {
    pub(crate) bound: Bound,
    pub(crate) when: Condition,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Bound {
    AtMost(usize),
    AtLeast(usize),
}

#[derive(Debug, Clone)]
pub(crate) struct Flag {
    pub(crate) flag: String,
    pub(crate) when: Condition,
}

/// Something that a result needs. Where it is unrated, blocked or absent, the result is blocked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reach {
    /// Every indicator under the subject.
    Indicators,
    /// Every indicator under the subject that is rated on a scale.
    OnScale(usize),
    /// The results of a step under the subject.
    Results(usize),
    Result(ResultOf),
    Indicator(usize),
    Input(usize),
    /// The rating that a person enters.
    Entered,
}

impl Policy {
    /// Whether an input is the result of an earlier evaluation.
    pub(crate) fn asks_for_history(&self) -> bool {
        self.inputs.iter().any(|input| input.from_history.is_some())
    }

    /// The nodes that a step has results for; none for a step with one result.
    pub(crate) fn subjects(&self, step: &Step) -> Nodes<'_> {
        step.each.map_or_else(Nodes::default, |each| self.nodes.each(each))
    }

    /// The slots of a step's results.
    pub(crate) fn slots(&self, step: &Step) -> std::ops::Range<usize> {
        step.first..step.first + step.each.map_or(1, |each| self.nodes.each(each).len())
    }

    /// The step whose result stands in a slot, and the subject's number.
    pub(crate) fn at(&self, slot: usize) -> Option<(&Step, usize)> {
        let after = self.steps.partition_point(|step| step.first <= slot);
        let step = self.steps.get(after.checked_sub(1)?)?;
        Some((step, slot - step.first))
    }

    /// The node that a result is for; none for a step with one result.
    pub(crate) fn subject(&self, step: &Step, subject: usize) -> Option<&Node> {
        self.subjects(step).get(subject)
    }

    pub(crate) fn step(&self, id: &str) -> Option<&Step> {
        self.steps.iter().find(|step| step.id == id)
    }

    pub(crate) fn input(&self, id: &str) -> Option<usize> {
        self.inputs.iter().position(|input| input.id == id)
    }

    /// The results of a step with `each` that a result of another looks at, in scope or not, by their subject's number.
    pub(crate) fn numbers_under(&self, of: usize, step: &Step, subject: usize) -> impl Iterator<Item = usize> {
        let nodes = self.steps.get(of).map(|of| self.subjects(of)).unwrap_or_default();
        let is_looked_at = move |number: &usize| nodes.get(*number).is_some_and(|node| step.looks_at_node(node));
        self.range_under(of, step, subject).filter(is_looked_at)
    }

    /// Whether a result of a step with `each`, by its subject's number, is one that a result of another looks at.
    pub(crate) fn is_under(&self, of: usize, number: usize, step: &Step, subject: usize) -> bool {
        let node = self.steps.get(of).and_then(|of| self.subjects(of).get(number));
        self.range_under(of, step, subject).contains(&number) && node.is_some_and(|node| step.looks_at_node(node))
    }

    fn range_under(&self, of: usize, step: &Step, subject: usize) -> std::ops::Range<usize> {
        let Some(of) = self.steps.get(of) else { return 0..0 };
        match (of.each, self.subject(step, subject)) {
            (Some(each), Some(node)) => node.under(each),
            _ => 0..self.subjects(of).len(),
        }
    }

    /// The slot of a result that another names, by that one's subject.
    fn slot_of(&self, of: ResultOf, subject: usize) -> Option<usize> {
        match of {
            ResultOf::Slot(slot) => Some(slot),
            ResultOf::Same(step) => Some(self.steps.get(step)?.first + subject),
        }
    }

    /// The indicators that a result rests on, whether it looks at them itself or through other results.
    pub(crate) fn rests_on(&self, step: &Step, subject: usize) -> BTreeSet<usize> {
        let (mut found, mut seen, mut open) = (BTreeSet::new(), BTreeSet::new(), vec![step.first + subject]);
        while let Some(slot) = open.pop() {
            let Some((step, subject)) = self.at(slot).filter(|_| seen.insert(slot)) else { continue };
            let all = self.subject(step, subject).map_or(0..self.nodes.of_rubric(), |node| node.indicators.clone());
            for reach in &step.reach {
                match *reach {
                    // Who enters a rating has looked at all that the step does.
                    Reach::Indicators | Reach::Entered => found.extend(all.clone().filter(|one| step.looks_at(*one))),
                    Reach::OnScale(scale) => {
                        let is_on = |one: &usize| step.looks_at(*one) && self.is_on_scale(*one, scale);
                        found.extend(all.clone().filter(is_on));
                    }
                    Reach::Indicator(indicator) => found.extend([indicator]),
                    Reach::Results(of) => {
                        let first = self.steps.get(of).map_or(0, |of| of.first);
                        open.extend(self.numbers_under(of, step, subject).map(|number| first + number));
                    }
                    Reach::Result(of) => open.extend(self.slot_of(of, subject)),
                    Reach::Input(_) => {}
                }
            }
        }
        found
    }

    /// The slot of the summative rating: the last step's, if it has one result.
    pub(crate) fn summative(&self) -> Option<usize> {
        self.steps.last().filter(|step| step.each.is_none()).map(|step| step.first)
    }
}

impl Step {
    /// The name that is printed.
    pub(crate) fn name(&self) -> &str {
        self.label.as_deref().unwrap_or(&self.id)
    }

    /// Whether an indicator lies within what the step looks at.
    pub(crate) fn looks_at(&self, indicator: usize) -> bool {
        self.under.as_ref().is_none_or(|under| under.iter().any(|node| node.indicators.contains(&indicator)))
    }

    /// Whether the result is not one that a person would enter for a node of which the step looks at a part only.
    pub(crate) fn can_be_entered(&self, policy: &Policy, subject: usize) -> bool {
        let is_entered = matches!(self.rate, Some(Rate::Entered));
        !is_entered || policy.subject(self, subject).is_none_or(|node| self.looks_at_node(node))
    }

    /// Whether a node lies within what the step looks at, whole.
    pub(crate) fn looks_at_node(&self, node: &Node) -> bool {
        self.under.as_ref().is_none_or(|under| under.iter().any(|under| node.is_within(under)))
    }
}
