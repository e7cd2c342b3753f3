//! Resolves the names in a policy.

use std::collections::HashMap;
use std::sync::Arc;

use crate::diagnostic::Code;
use crate::outline::{self, Node, Tier};
use crate::policy::{InputKind, Levels, Reach, ResultOf};
use crate::source::{Field, Findings, Help, Span, Word};
use crate::syntax::Scoring;
use crate::syntax::scoring::{Each, Step};

use super::super::{items, value};
use super::{At, Checker, Ground, KnownInput, Outline, fraction, levels};

/// The referent of a name.
pub(super) enum Named<'a> {
    /// An earlier step, by number.
    Step(usize),
    Input(usize),
    Node(&'a Node),
}

/// The referents that a key accepts.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Wanted {
    /// A set to count: `indicators`, or a step with `each`.
    Set,
    /// Something that has a rating: an indicator or a step.
    Rated,
    /// Something that has a number: a step or an input.
    Number,
    Choice,
    /// Something that may be missing: an indicator, a step or an input.
    Known,
    /// The members of a step: `indicators`, a step or an input.
    Members,
    /// One of several members.
    Member,
    /// The chooser of a row or a column: a step or a choice.
    Axis,
    /// A number of times: an input that is a whole number.
    Times,
}

impl Wanted {
    fn none_of_it(self) -> &'static str {
        match self {
            Self::Set => "no step of this policy",
            Self::Rated => "no indicator of the rubric, and no step of this policy",
            Self::Choice | Self::Times => "no input of this policy",
            Self::Known => "no indicator of the rubric, and no step or input of this policy",
            Self::Number | Self::Members | Self::Member | Self::Axis => "no step or input of this policy",
        }
    }

    fn what(self) -> &'static str {
        match self {
            Self::Set => "`indicators`, or a step above this one with `each` that rates",
            Self::Rated => "an indicator, or a step above this one that rates",
            Self::Number => "a step above this one that has a score, or an input that is a number",
            Self::Choice => "an input with `one_of`",
            Self::Known => "an indicator, a step above this one, or an input",
            Self::Members => "`indicators`, a step above this one, or an input",
            Self::Member => "steps above this one with one result each, and inputs",
            Self::Axis => "a step above this one that rates, or an input with `one_of`",
            Self::Times => "an input that is a whole number",
        }
    }

    fn code(self) -> Code {
        if matches!(self, Self::Choice | Self::Times) { Code::UnknownInput } else { Code::UnknownStep }
    }

    fn may_be_step(self, step: &Outline<'_>) -> bool {
        let has_several = step.each.is_none_or(|each| each.is_some());
        match self {
            Self::Set => step.rates && has_several,
            Self::Rated | Self::Axis => step.rates,
            Self::Number => step.has_score,
            Self::Known | Self::Members => true,
            Self::Member => !has_several,
            Self::Choice | Self::Times => false,
        }
    }

    fn may_be_input(self, input: &KnownInput<'_>) -> bool {
        let kind = input.checked.as_ref().map(|input| &input.kind);
        match self {
            Self::Set | Self::Rated => false,
            Self::Known => true,
            Self::Choice | Self::Axis => matches!(kind, None | Some(InputKind::Choice(_))),
            Self::Number | Self::Members | Self::Member => matches!(kind, None | Some(InputKind::Number { .. })),
            Self::Times => matches!(kind, None | Some(InputKind::Number { places: 0, .. })),
        }
    }
}

/// How many results a step has.
pub(super) fn results(each: Option<Each>, nodes: &outline::Outline) -> usize {
    each.map_or(1, |each| nodes.each(each).len())
}

/// "domain", "competency".
pub(super) fn tier_name(each: Each) -> &'static str {
    match each {
        Each::Domain => "domain",
        Each::Competency => "competency",
        Each::Observation => "observation",
    }
}

/// The name of the tier with its article.
fn one_of(each: Each) -> String {
    format!("{} {}", if each == Each::Observation { "an" } else { "a" }, tier_name(each))
}

pub(super) fn outlines<'a>(
    document: &'a Scoring,
    nodes: &'a outline::Outline,
    policy: Option<&Arc<Levels>>,
    findings: &Findings,
) -> Vec<Outline<'a>> {
    let mut first = 0;
    items(Some(&document.steps))
        .map(|(_, step)| {
            let each = match &step.each {
                None => Some(None),
                Some(field) => field.get().copied().map(Some),
            };
            let outline = Outline {
                id: step.id.word(),
                each,
                first,
                rates: rates(step),
                is_entered: step.is_entered(),
                has_score: step.take.is_some() || step.points.is_some(),
                is_percent: fraction::is_percent(step) && step.points.is_none(),
                levels: own_levels(step, policy, findings),
                under: looked_at(step, nodes),
            };
            first = first.saturating_add(results(each.flatten(), nodes));
            outline
        })
        .collect()
}

/// Whether a step gives ratings.
pub(super) fn rates(step: &Step) -> bool {
    step.bands.is_some() || step.rules.is_some() || step.matrix.is_some() || step.is_entered()
}

/// The nodes that a step looks at. None within: all. `None` where that cannot be read.
fn looked_at<'a>(step: &Step, nodes: &'a outline::Outline) -> Option<Option<Vec<&'a Node>>> {
    let Some(field) = &step.under else { return Some(None) };
    let parts = field.get()?.iter().map(|field| nodes.find(field.word()?));
    parts.collect::<Option<_>>().map(Some)
}

fn own_levels(step: &Step, policy: Option<&Arc<Levels>>, findings: &Findings) -> Option<Arc<Levels>> {
    if step.levels.is_none() && step.meets_at.is_none() {
        return policy.cloned();
    }
    let inherited = || policy.map(|policy| (**policy).clone());
    levels::own(step.levels.as_ref(), step.meets_at.as_ref(), inherited, findings)
}

/// Ids of inputs and steps are in one namespace with those of the rubric's nodes.
pub(super) fn ids(document: &Scoring, ground: &Ground<'_>, findings: &Findings) {
    let inputs = items(document.inputs.as_ref()).map(|(_, input)| ("input", &input.id));
    let steps = items(Some(&document.steps)).map(|(_, step)| ("step", &step.id));
    let mut first: HashMap<&str, (&str, Span)> = HashMap::new();
    for (what, field) in inputs.chain(steps) {
        let Some(id) = value::id(field, findings) else { continue };
        let help = "ids of domains, competencies, indicators, steps and inputs are all different".to_owned();
        if id == "indicators" {
            findings.error(
                Code::ReservedId,
                field.span,
                "`indicators` cannot be an id".to_owned(),
                "choose another: in a scoring policy the word stands for all indicators".to_owned(),
            );
        } else if let Some((other, place)) = first.get(id) {
            let message = if *other == what {
                format!("{what} `{id}` is defined twice")
            } else {
                format!("{what} `{id}` has the id of an {other}")
            };
            findings.repeated(Code::DuplicateId, field.span, *place, message, help);
        } else if let Some(node) = ground.whole.as_ref().unwrap_or(&ground.nodes).find(id) {
            let tier = match node.tier {
                Tier::Domain => "a domain",
                Tier::Competency => "a competency",
                Tier::Indicator => "an indicator",
            };
            let message = format!("{what} `{id}` has the id of {tier}");
            findings.error(Code::DuplicateId, field.span, message, help);
        }
        first.entry(id).or_insert((what, field.span));
    }
}

/// A node that a policy can name, or a finding. `malformed` are the ids of nodes that cannot be ids.
pub(super) fn known_node<'g>(
    field: &Field<Word>,
    ground: &'g Ground<'_>,
    malformed: &[&str],
    findings: &Findings,
) -> Option<&'g Node> {
    let id = value::word(field, findings)?;
    let node = ground.nodes.find(id);
    let is_mended = || malformed.iter().any(|known| value::is_mended(known, id));
    if node.is_none() && !is_outside(field, ground, findings) && ground.all_known && !is_mended() {
        let sound = ground.nodes.ids().filter(|id| value::can_be_meant(id));
        let otherwise = || "name a domain, competency or indicator of the rubric".to_owned();
        let help = findings.did_you_mean(id, sound, otherwise);
        let message = format!("`{}` is no domain, competency or indicator of the rubric", value::shorten(id));
        findings.error(Code::UnknownNode, field.span, message, help);
    }
    node
}

/// Whether a name is that of a node outside the policy's scope; reported.
fn is_outside(field: &Field<Word>, ground: &Ground<'_>, findings: &Findings) -> bool {
    let node = ground.whole.as_ref().zip(field.word()).and_then(|(whole, id)| whole.find(id));
    if let Some(node) = node {
        let message = format!("`{}` lies outside the scope that this policy is for", value::shorten(&node.id));
        let help = "name a part of the scope, or add this one to `scope` under `for`".to_owned();
        findings.error(Code::UnknownNode, field.span, message, help);
    }
    node.is_some()
}

impl<'a> Checker<'a> {
    /// The referent of a name, or a finding.
    pub(super) fn named(&self, field: &Field<Word>, at: &At, wanted: Wanted) -> Option<Named<'a>> {
        let id = field.word()?;
        if let Some(step) = self.outlines.iter().position(|outline| outline.id == Some(id)) {
            if let Some(used) = self.used.borrow_mut().get_mut(step)
                && step != at.number
            {
                *used = true;
            }
            if step > at.number || (step == at.number && !at.is_last.get()) {
                let (message, help) = if step == at.number {
                    let help = "name an earlier step; only `flags` can be about the rating of their own step";
                    (format!("the step `{id}` reads itself"), help)
                } else {
                    (format!("the step `{id}` stands below this one"), "move it up, above the step that reads it")
                };
                self.error(Code::LaterStep, field.span, message, help);
                return None;
            }
            return Some(Named::Step(step));
        }
        if let Some(input) = self.inputs.iter().position(|input| input.id == Some(id)) {
            if let Some(used) = self.used_inputs.borrow_mut().get_mut(input) {
                *used = true;
            }
            return Some(Named::Input(input));
        }
        if let Some(node) = self.ground.nodes.find(id) {
            return Some(Named::Node(node));
        }
        if is_outside(field, self.ground, self.findings) {
            return None;
        }
        if self.all_known && !self.is_mended(id) && !self.is_mended_node(id) {
            let above = self.outlines.iter().take(at.number);
            let names = |fits: bool| -> Vec<&str> {
                let steps = above.clone().filter(|step| wanted.may_be_step(step) == fits).map(|step| step.id);
                let inputs =
                    self.inputs.iter().filter(|input| wanted.may_be_input(input) == fits).map(|input| input.id);
                steps.chain(inputs).flatten().filter(|id| value::can_be_meant(id)).collect()
            };
            let known = names(true);
            let all = matches!(wanted, Wanted::Set | Wanted::Members).then_some("indicators");
            let indicators = self.ground.nodes.indicators().iter().map(|node| node.id.as_str());
            let indicators = indicators.filter(|_| matches!(wanted, Wanted::Rated | Wanted::Known));
            // Of names that are like it, one that can stand here is meant before one that cannot.
            let meant = self.findings.closest(id, known.iter().copied().chain(all).chain(indicators));
            let help = match (meant.or_else(|| self.findings.closest(id, names(false))), known.as_slice()) {
                (Some(meant), _) => Help::did_you_mean(id, meant),
                (None, []) => format!("name {}", wanted.what()).into(),
                (None, known) => format!("known here are {}", super::some_of(known)).into(),
            };
            let message = format!("`{}` is {}", value::shorten(id), wanted.none_of_it());
            self.error(wanted.code(), field.span, message, help);
        }
        None
    }

    /// Whether a step or an input with a malformed id is meant.
    fn is_mended(&self, name: &str) -> bool {
        let steps = self.outlines.iter().map(|outline| outline.id);
        let inputs = self.inputs.iter().map(|input| input.id);
        steps.chain(inputs).flatten().any(|id| value::is_mended(id, name))
    }

    /// A node, or a finding.
    pub(super) fn node(&self, field: &Field<Word>) -> Option<&'a Node> {
        known_node(field, self.ground, &self.malformed_nodes, self.findings)
    }

    /// Whether a name is what the malformed id of a node should be.
    fn is_mended_node(&self, name: &str) -> bool {
        self.malformed_nodes.iter().any(|id| value::is_mended(id, name))
    }

    /// One result of an earlier step, which is for `subject` where the step has several.
    pub(super) fn result(
        &self,
        step: usize,
        field: &Field<Word>,
        subject: Option<&Field<Word>>,
        at: &At,
    ) -> Option<ResultOf> {
        let outline = self.outlines.get(step)?;
        let id = value::shorten(outline.id?);
        if step == at.number {
            if let Some(subject) = subject {
                let message = format!("a flag of `{id}` is raised by its own result, not by that of another part");
                self.error(Code::MisplacedKey, subject.span, message, "remove `subject`, or raise it in a later step");
                return None;
            }
            return Some(outline.each?.map_or(ResultOf::Slot(outline.first), |_| ResultOf::Same(step)));
        }
        let of = match (outline.each?, subject) {
            (None, None) => ResultOf::Slot(outline.first),
            (None, Some(subject)) => {
                let message = format!("`{id}` has one result, so it has no subject");
                self.error(Code::MisplacedKey, subject.span, message, "remove `subject`");
                return None;
            }
            (Some(each), Some(subject)) => {
                let node = self.node(subject)?;
                let Some(number) = self.ground.nodes.subject(each, &node.id) else {
                    let tier = tier_name(each);
                    let message = format!("`{id}` has a result for each {tier}, and `{}` is none", node.id);
                    self.error(Code::WrongKind, subject.span, message, format!("name a {tier}"));
                    return None;
                };
                let has_any = self.ground.nodes.each(each).iter().any(|node| outline.has_result(node));
                if has_any && !outline.has_result(node) {
                    let message = format!("`{id}` never has a result for `{}`: its `under` leaves that out", node.id);
                    let help = "name a part that it looks at, or add this one to its `under`";
                    self.error(Code::WrongKind, subject.span, message, help);
                    return None;
                }
                ResultOf::Slot(outline.first.saturating_add(number))
            }
            (Some(each), None) if at.each == Some(each) => ResultOf::Same(step),
            (Some(each), None) => {
                let tier = tier_name(each);
                let message = format!("`{id}` has a result for each {tier}, and this does not say which is meant");
                let help = format!("add `subject:` with the id of a {tier}, or use `count` or `share`");
                self.error(Code::WrongKind, field.span, message, help);
                return None;
            }
        };
        at.reaches(Reach::Result(of));
        Some(of)
    }

    /// Whether the results of a step with `each` can lie under the subjects of this one; else a finding.
    pub(super) fn lies_under(&self, each: Each, field: &Field<Word>, at: &At) -> bool {
        if let Some(own) = at.each.filter(|own| (*own == Each::Observation) != (each == Each::Observation)) {
            let id = value::shorten(field.word().unwrap_or_default());
            let message =
                format!("`{id}` has a result for each {}, and none lies under {}", tier_name(each), one_of(own));
            let help = "take its results in a step without `each`, or name a step with the same `each`";
            self.error(Code::WrongKind, field.span, message, help);
            return false;
        }
        let lies = !(at.each == Some(Each::Competency) && each == Each::Domain);
        if !lies {
            let id = value::shorten(field.word().unwrap_or_default());
            let message = format!("`{id}` has a result for each domain, and none lies under a competency");
            let help = "name a step with `each: competency`, or take this one's `each` as `domain`";
            self.error(Code::WrongKind, field.span, message, help);
        }
        lies
    }
}
