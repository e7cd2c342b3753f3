//! The rules of a scoring policy. A document that keeps them becomes a [`Policy`], in which every name is an index.

#[cfg(test)]
mod accepted;
#[cfg(test)]
mod brute;
mod applies;
mod compensatory;
mod condition;
#[cfg(test)]
mod dice;
mod falling;
mod fraction;
mod goals;
mod history;
mod inputs;
mod levels;
mod members;
mod observed;
mod number;
mod points;
mod policies;
mod prove;
#[cfg(test)]
mod random;
mod rate;
mod rated;
mod reference;
mod scales;
mod step;
mod weights;

use std::cell::{Cell, RefCell};
use std::collections::BTreeSet;
use std::sync::{Arc, OnceLock};

use crate::diagnostic::{Code, Severity};
use crate::outline::{self, Node};
use crate::policy::{self, Input, Levels, Policy, Reach};
use crate::rubric::{GoalWhen, Observations, Rubric, Type};
use crate::scale::Scales;
use crate::source::{Field, Finding, Findings, Help, Span, Word};
use crate::syntax::Scoring;
use crate::syntax::scoring::{self, Each, Policies};

use self::applies::Applies;
pub(super) use self::goals::goal_when;
pub(super) use self::inputs::{in_order, places};
pub(super) use self::points::{falls, levels_of_one};
pub(super) use self::policies::{all_read, policies, sound};
use super::{each_once, items, some_of, value};

/// The rubric's side of a policy, as far as it could be read.
#[derive(Clone)]
pub(crate) struct Ground<'a> {
    /// The nodes that the policy can name: those of the rubric, or of them those in its scope.
    pub(crate) nodes: Arc<outline::Outline>,
    /// The nodes of the rubric, where the policy is for a scope.
    pub(crate) whole: Option<Arc<outline::Outline>>,
    /// Whether the id of every node could be read; one that could not may be the one that is meant.
    pub(crate) all_known: bool,
    pub(crate) scales: Option<&'a Scales>,
    /// The observations of a period, where the rubric has some.
    pub(crate) observations: Option<&'a Observations>,
    /// The kinds of evaluation, as documents write them.
    pub(crate) types: Vec<&'a str>,
    /// Whether every node could be read, so that it is known what can be rated.
    pub(crate) is_whole: bool,
    /// The steps that goals go by.
    pub(crate) used_by_goals: Vec<String>,
}

/// The most steps of a policy.
const MOST_STEPS: usize = 100;

/// A policy that was read.
pub(crate) struct Read {
    /// The evaluations that the policy scores.
    applies: Applies,
    /// The policy, when it keeps every rule.
    pub(crate) policy: Option<Policy>,
    /// The steps, sound or not.
    pub(crate) steps: Vec<StepName>,
    /// Whether these are all the steps.
    pub(crate) is_whole: bool,
}

impl Read {
    /// A policy that could not be read.
    fn unread() -> Self {
        Self { applies: Applies::default(), policy: None, steps: Vec::new(), is_whole: false }
    }
}

/// A step, as goals refer to it.
pub(crate) struct StepName {
    pub(crate) id: String,
    /// Whether it gives ratings.
    pub(crate) rates: bool,
    /// The levels it rates with, where they could be read.
    pub(crate) levels: Option<Arc<Levels>>,
}

/// A rubric with another policy, or with several, when each keeps every rule.
pub(crate) fn policy(rubric: &Rubric, scoring: Field<Policies>, findings: &Findings) -> Option<Rubric> {
    let goals = rubric.0.goals.templates.iter().filter_map(|template| match &template.when {
        GoalWhen::Result { step, .. } => Some(step.clone()),
        GoalWhen::Level(_) => None,
    });
    let ground = Ground {
        nodes: rubric.0.outline.clone(),
        whole: None,
        all_known: true,
        scales: Some(rubric.all()),
        observations: rubric.observations(),
        types: Type::built_in().chain(rubric.kinds().iter().map(|kind| kind.id.as_str())).collect(),
        is_whole: true,
        used_by_goals: goals.collect(),
    };
    scoring.get()?;
    let policies = sound(policies(&scoring, &ground, findings))?;
    let mut parts = (*rubric.0).clone();
    parts.policies = policies;
    parts.written.scoring = Some(scoring);
    parts.scoring_fingerprint = OnceLock::new();
    Some(Rubric(Arc::new(parts)))
}

/// Checks a policy as written.
pub(crate) fn scoring(document: &Scoring, place: Span, ground: &Ground<'_>, findings: &Findings) -> Read {
    let errors_before = findings.errors();
    let (id, label) = policies::own_id(document, findings);
    let applies = applies::applies(document, ground, findings);
    let ground = &applies.narrowed(ground);
    let ground = &observed::ground(document, ground);
    let count = document.steps.get().map_or(0, Vec::len);
    if count > MOST_STEPS {
        let help = format!("a policy has at most {MOST_STEPS}: nobody can follow more");
        findings.error(Code::TooManySteps, document.steps.span, format!("the policy has {count} steps"), help);
        return Read { applies, ..Read::unread() };
    }
    // Any step may rest on a key beside the steps that could not be read.
    let in_steps: usize = items(Some(&document.steps)).map(|(place, _)| findings.errors_within(place)).sum();
    let is_read = findings.errors_within(place) == in_steps;
    let scale = ground.scales.map(levels::of_scales);
    let policy_levels = levels::policy(document, ground.scales, findings);
    let points = points::points(document, ground, findings);
    let (inputs, all_inputs) = inputs::inputs(document, findings);
    let compensatory = compensatory::clause(document, findings);
    let outlines = reference::outlines(document, &ground.nodes, policy_levels.as_ref(), findings);
    let checker = Checker {
        ground,
        malformed_nodes: ground.nodes.ids().filter(|id| !value::can_be_meant(id)).collect(),
        findings,
        scale: scale.as_ref(),
        points: points.as_ref(),
        has_points: document.points.is_some(),
        without_points: Cell::new(false),
        inputs: &inputs,
        outlines: &outlines,
        all_known: ground.all_known && all_inputs && outlines.iter().all(|outline| outline.id.is_some()),
        used: RefCell::new(vec![false; outlines.len()]),
        used_inputs: RefCell::new(vec![false; inputs.len()]),
        places: RefCell::new(vec![None; outlines.len()]),
        printed_gaps: RefCell::default(),
    };
    reference::ids(document, ground, findings);
    checker.earlier_results(document);
    if let Some(steps) = document.steps.get() {
        not_empty(steps, document.steps.span, "no step", findings);
    }
    let errors = findings.errors();
    // The steps above the first faulty one: nothing can be said of those that may rest on it.
    let mut sound = 0;
    let steps: Vec<_> = items(Some(&document.steps))
        .enumerate()
        .map(|(number, (place, step))| {
            // Of a step with a key that nothing is called it is not known what it does.
            let is_read = findings.errors_within(place) == 0;
            let step = checker.step(number, place, step).filter(|_| is_read);
            if sound == number && step.is_some() && findings.errors() == errors {
                sound = number.saturating_add(1);
            }
            step
        })
        .collect();
    let scales = ground.scales.map(|scales| Arc::new(scales.without_counting()));
    if let Some(scales) = &scales {
        members::lowered_sums(document, &steps, scales, &ground.nodes, findings);
    }
    let all_read = steps.len() == count && count > 0;
    // A faulty step may mean an unused one.
    if all_read && all_inputs && steps.iter().all(Option::is_some) {
        checker.unused(document);
        checker.unused_points(document, &steps);
    }
    let is_known = errors == errors_before && is_read && all_inputs;
    let sound = if is_known && ground.is_whole { sound } else { 0 };
    let slots = outlines
        .last()
        .map_or(0, |last| last.first.saturating_add(reference::results(last.each.flatten(), &ground.nodes)));
    let policy = |steps: Vec<Option<policy::Step>>, slots: usize| {
        let mut steps: Vec<policy::Step> = steps.into_iter().collect::<Option<_>>()?;
        policy::mark_judged(&mut steps);
        let own_points = points.as_ref().map(|points| points.of_indicators(ground.nodes.indicators().len()));
        let points = points.as_ref().map(|points| points.by_level.clone()).unwrap_or_default();
        let mut by_points: Vec<usize> = (0..points.len()).collect();
        by_points.sort_by_key(|level| points.get(*level));
        Some(Policy {
            id: id.clone(),
            label: label.clone(),
            types: applies.types.clone(),
            scope: applies.scope.clone(),
            nodes: ground.nodes.clone(),
            scale: scale.clone()?,
            scales: scales.clone()?,
            rated: ground.scales?.rated().len(),
            points,
            by_points,
            own_points: own_points.unwrap_or_default(),
            inputs: inputs.iter().map(|input| input.checked.clone()).collect::<Option<_>>()?,
            compensatory: compensatory.clone(),
            steps,
            slots,
        })
    };
    let above: Vec<_> = steps.iter().take(sound).cloned().collect();
    let slots_above = outlines.get(sound).map_or(slots, |next| next.first);
    if let Some(policy) = policy(above, slots_above).filter(|_| findings.proves.get()) {
        prove::prove(document, &policy, findings);
    }
    let known = known(&steps, &outlines);
    for (step, finding) in checker.printed_gaps.take() {
        if is_known && step >= sound && known.get(step) == Some(&true) {
            findings.push(finding);
        }
    }
    let is_whole = all_read && all_inputs && points.is_some();
    Read {
        is_whole: all_read,
        applies: applies.clone(),
        policy: if is_whole { policy(steps, slots) } else { None },
        steps: outlines
            .iter()
            .filter_map(|outline| {
                let id = outline.id?.to_owned();
                Some(StepName { id, rates: outline.rates, levels: outline.levels.clone() })
            })
            .collect(),
    }
}

/// By step, whether it could be read, and every one whose results become its number.
fn known(steps: &[Option<policy::Step>], outlines: &[Outline<'_>]) -> Vec<bool> {
    let mut known: Vec<bool> = Vec::new();
    for step in steps {
        let is_known = |of: usize| known.get(of) == Some(&true);
        let of_slot = |slot: usize| outlines.iter().position(|outline| outline.first == slot);
        let of = step.as_ref().map(|step| &step.of);
        known.push(match of {
            None => false,
            Some(Some(policy::Of::Results(of))) => is_known(*of),
            Some(Some(policy::Of::List(list))) => list.iter().all(|single| match single {
                policy::Single::Input(_) => true,
                policy::Single::Result(slot) => of_slot(*slot).is_some_and(is_known),
            }),
            Some(_) => true,
        });
    }
    known
}

/// The input of every rule.
struct Checker<'a> {
    ground: &'a Ground<'a>,
    /// The ids of nodes that cannot be such.
    malformed_nodes: Vec<&'a str>,
    findings: &'a Findings,
    /// The levels of all scales, where they could be read.
    scale: Option<&'a Arc<Levels>>,
    /// The points of ratings, where they could be read.
    points: Option<&'a points::Points>,
    has_points: bool,
    /// Whether it has been said that there are none.
    without_points: Cell<bool>,
    inputs: &'a [KnownInput<'a>],
    outlines: &'a [Outline<'a>],
    /// Whether every id could be read.
    all_known: bool,
    /// By step and by input, whether something uses it.
    used: RefCell<Vec<bool>>,
    used_inputs: RefCell<Vec<bool>>,
    /// By step, how many places after the point its score has at most, where that is known.
    places: RefCell<Vec<Option<u32>>>,
    /// By step, the printed bounds that leave a gap, if scores can lie in it.
    printed_gaps: RefCell<Vec<(usize, Finding)>>,
}

/// An input, as steps refer to it.
struct KnownInput<'a> {
    id: Option<&'a str>,
    /// The checked value, where every rule is kept.
    checked: Option<Input>,
}

/// A step, as later ones refer to it, whether or not it keeps every rule.
struct Outline<'a> {
    id: Option<&'a str>,
    /// None within: one result. `None` where it could not be read.
    each: Option<Option<Each>>,
    /// The slot of its first result.
    first: usize,
    rates: bool,
    /// Whether a person enters its ratings, each for a whole node.
    is_entered: bool,
    has_score: bool,
    /// Whether its score is a percent.
    is_percent: bool,
    levels: Option<Arc<Levels>>,
    /// The nodes that it looks at. None within: all. `None` where they could not be read.
    under: Option<Option<Vec<&'a Node>>>,
}

impl Outline<'_> {
    /// Whether the step can have a result for a node: it looks at some of the node; at all of it where a person enters the
    /// rating.
    fn has_result(&self, node: &Node) -> bool {
        let Some(Some(parts)) = &self.under else { return true };
        let overlaps =
            |part: &Node| part.indicators.start < node.indicators.end && node.indicators.start < part.indicators.end;
        parts.iter().any(|part| if self.is_entered { node.is_within(part) } else { overlaps(part) })
    }
}

/// The step that is looked at, and what its results need.
struct At {
    number: usize,
    each: Option<Each>,
    reach: RefCell<Vec<Reach>>,
    /// The steps whose results its conditions count.
    counted: RefCell<BTreeSet<usize>>,
    /// Whether it is reported that `under` leaves nothing.
    is_told_empty: Cell<bool>,
    /// Whether conditions may be about the result itself: those of its flags, which come last.
    is_last: Cell<bool>,
}

impl At {
    fn reaches(&self, reach: Reach) {
        let mut all = self.reach.borrow_mut();
        if !all.contains(&reach) {
            all.push(reach);
        }
    }
}

impl Checker<'_> {
    /// An unused step or input is left over, or a sign of a mistake in another step.
    fn unused(&self, document: &Scoring) {
        // A step that gives nothing is reported for that: nothing can use it.
        let gives = |step: &scoring::Step| step.take.is_some() || reference::rates(step);
        let steps: Vec<(Span, &Field<Word>, bool)> =
            items(Some(&document.steps)).map(|(_, step)| (step.id.span, &*step.id, gives(step))).collect();
        let used = self.used.borrow();
        let last = steps.len().saturating_sub(1);
        for (number, (place, id, _)) in steps.iter().enumerate().take(last).filter(|(_, (.., gives))| *gives) {
            let Some(id) = id.word().filter(|id| !self.ground.used_by_goals.iter().any(|used| used == id)) else {
                continue;
            };
            if used.get(number) == Some(&false) {
                let message = format!("nothing uses the step `{}`", value::shorten(id));
                let help = "use it in a later step or in a goal, remove it, or accept this under `allow`".to_owned();
                let finding = Finding::new(Severity::Warning, Code::UnusedStep, *place, message, help);
                self.findings.push(finding.about(id));
            }
        }
        let used = self.used_inputs.borrow();
        for (number, (_, input)) in items(document.inputs.as_ref()).enumerate() {
            let Some(id) = input.id.word() else { continue };
            if used.get(number) == Some(&false) {
                let message = format!("nothing uses the input `{}`", value::shorten(id));
                let help = "use it in a step, or remove it: evaluators would look for it in vain".to_owned();
                let finding = Finding::new(Severity::Warning, Code::UnusedInput, input.id.span, message, help);
                self.findings.push(finding.about(id));
            }
        }
    }

    fn error(&self, code: Code, place: Span, message: String, help: impl Into<Help>) {
        self.findings.error(code, place, message, help);
    }
}

/// A list that has something in it.
fn not_empty<T>(list: &[T], place: Span, what: &str, findings: &Findings) {
    if list.is_empty() {
        let help = "write at least one, or leave it out with its key".to_owned();
        findings.error(Code::EmptyList, place, format!("there is {what} here"), help);
    }
}
