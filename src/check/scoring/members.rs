//! Rules of the members of a step: `of` and `under`, the weights of the members, and sums that a member without a score
//! lowers.

use std::collections::HashSet;
use std::ops::Range;

use crate::diagnostic::{Code, Severity};
use crate::exact::Exact;
use crate::outline::{Node, Outline};
use crate::policy::{self, InputKind, Of, Reach, Single};
use crate::scale::Scales;
use crate::source::{Entries, Field, Finding, Findings, Help, Number, OneOrList, Span, Word};
use crate::syntax::Scoring;
use crate::syntax::scoring::{Each, Missing, Step, Take, Weights};

use super::super::{each_once, items, keys, some_of, value};
use super::points::Points;
use super::reference::{Named, Wanted, tier_name};
use super::{At, Checker, not_empty};

/// Members that are weighed against each other, each with its number among all.
pub(super) type Group<'a> = Vec<(usize, &'a str)>;

impl Checker<'_> {
    /// The members, or a finding.
    pub(super) fn members(&self, step: &Step, at: &At) -> Option<Of> {
        let field = step.of.as_ref()?;
        let take = step.take.as_ref();
        let list = match field.get()? {
            OneOrList::One(word) => {
                let name = Field { span: field.span, value: Some(word.clone()) };
                if word.0 == "indicators" {
                    return self.indicators(take, at);
                }
                return self.one(&name, take, step, at);
            }
            OneOrList::List(list) => list,
        };
        not_empty(list, field.span, "no member", self.findings);
        let named = list.iter().filter_map(|name| Some((name.word()?, name.span)));
        let message = |name: &str| format!("`{}` stands twice", value::shorten(name));
        each_once(named, Code::RepeatedItem, self.findings, message, "remove one: a member counts once, by its weight");
        self.stands_alone(step, at);
        let members: Vec<Option<Single>> = list.iter().map(|name| self.single(name, take, at)).collect();
        members.into_iter().collect::<Option<_>>().map(Of::List)
    }

    fn indicators(&self, take: Option<&Field<Take>>, at: &At) -> Option<Of> {
        at.reaches(Reach::Indicators);
        let Some(take) = take else { return Some(Of::Indicators) };
        let has_own = self.points.is_some_and(Points::has_own);
        if *take.get()? == Take::ShareMeeting {
            self.has_share(take.span, at)?;
        }
        if !self.has_points && !has_own && *take.get()? != Take::ShareMeeting && self.counts_levels(at)? {
            // Told once: what is missing is missing for all steps.
            if !self.without_points.replace(true) {
                let message = "this step counts ratings, but the policy gives no points for them".to_owned();
                let help = "add `points:` under `scoring:`, with a number for each rated level, or to each indicator";
                self.error(Code::MissingPoints, take.span, message, help);
            }
            return None;
        }
        if *take.get()? != Take::ShareMeeting {
            self.have_points(take.span, at)?;
        }
        Some(Of::Indicators)
    }

    fn one(&self, name: &Field<Word>, take: Option<&Field<Take>>, step: &Step, at: &At) -> Option<Of> {
        let id = value::shorten(name.word()?);
        match self.named(name, at, Wanted::Members)? {
            Named::Step(number) => {
                let Some(each) = self.outlines.get(number)?.each? else {
                    self.stands_alone(step, at);
                    return self.of_step(number, name, take, at).map(|single| Of::List(vec![single]));
                };
                if !self.lies_under(each, name, at) || !self.has_what_is_taken(number, name, take) {
                    return None;
                }
                at.reaches(Reach::Results(number));
                Some(Of::Results(number))
            }
            Named::Input(_) => {
                self.stands_alone(step, at);
                self.single(name, take, at).map(|single| Of::List(vec![single]))
            }
            Named::Node(_) => {
                let message = format!("`{id}` is a part of the rubric, not a member");
                let help = format!("write `of: indicators` and `under: [{id}]`, or name a step");
                self.error(Code::WrongKind, name.span, message, help);
                None
            }
        }
    }

    /// A member of a list: a step with one result, or an input with a number.
    fn single(&self, name: &Field<Word>, take: Option<&Field<Take>>, at: &At) -> Option<Single> {
        let id = value::shorten(name.word()?);
        let wrong = |message: String, help: &str| {
            self.error(Code::WrongKind, name.span, message, help);
            None
        };
        if id == "indicators" {
            let help = "write `of: indicators` alone, or a step that takes them first";
            return wrong("`indicators` are no member of a list".to_owned(), help);
        }
        match self.named(name, at, Wanted::Member)? {
            Named::Step(number) => {
                if let Some(each) = self.outlines.get(number)?.each? {
                    let message =
                        format!("`{id}` has a result for each {}, and a list wants one each", tier_name(each));
                    return wrong(message, "write its name alone, `of: <step>`, in a step of its own");
                }
                self.of_step(number, name, take, at)
            }
            Named::Input(number) => {
                if matches!(self.inputs.get(number)?.checked.as_ref()?.kind, InputKind::Choice(_)) {
                    return wrong(
                        format!("the input `{id}` is a choice, not a number"),
                        "use it in a condition or a matrix",
                    );
                }
                if take.and_then(Field::get) == Some(&Take::ShareMeeting) {
                    return wrong(format!("the input `{id}` is no rating, so it meets nothing"), "take another number");
                }
                at.reaches(Reach::Input(number));
                Some(Single::Input(number))
            }
            Named::Node(_) => {
                wrong(format!("`{id}` is a part of the rubric, not a member"), "name earlier steps and inputs")
            }
        }
    }

    fn of_step(&self, number: usize, name: &Field<Word>, take: Option<&Field<Take>>, at: &At) -> Option<Single> {
        if !self.has_what_is_taken(number, name, take) {
            return None;
        }
        let slot = self.outlines.get(number)?.first;
        at.reaches(Reach::Result(crate::policy::ResultOf::Slot(slot)));
        Some(Single::Result(slot))
    }

    /// Whether an earlier step has the score, or the rating, that is taken of it.
    fn has_what_is_taken(&self, number: usize, name: &Field<Word>, take: Option<&Field<Take>>) -> bool {
        let (Some(outline), Some(take)) = (self.outlines.get(number), take.and_then(Field::get)) else { return true };
        let id = value::shorten(name.word().unwrap_or_default());
        if *take == Take::ShareMeeting {
            if !outline.rates {
                let message = format!("the step `{id}` gives no rating, so it meets nothing");
                self.error(Code::WrongKind, name.span, message, "give it `bands`, or take another number");
                return false;
            }
            if outline.levels.as_ref().is_some_and(|levels| levels.meets_at.is_none()) {
                let message = format!("the levels of `{id}` do not say which of them meets expectations");
                self.error(Code::MissingMeetsAt, name.span, message, "add `meets_at:` beside its `levels:`");
                return false;
            }
            return true;
        }
        // A step that gives neither is a finding of its own.
        if !outline.has_score && outline.rates {
            let message = format!("the step `{id}` gives a rating without a score");
            let help = "add `points:` to it, with a number for each of its levels";
            self.error(Code::MissingPoints, name.span, message, help);
        }
        outline.has_score
    }

    /// Members that stand by themselves lie under nothing.
    fn stands_alone(&self, step: &Step, at: &At) {
        let help = "remove it, or name `indicators` or a step with `each` in `of`";
        if let (Some(each), Some(field)) = (at.each, &step.each) {
            let message = format!("no {} has these members of its own", tier_name(each));
            self.error(Code::MisplacedKey, field.span, message, help);
        }
        if let Some(under) = &step.under {
            let message = "these members lie under no part of the rubric".to_owned();
            self.error(Code::MisplacedKey, under.span, message, help);
        }
    }

    /// The nodes that a step looks at; `None` within where it looks at all, `None` where they could not be read.
    pub(super) fn under(&self, step: &Step) -> Option<Option<Vec<Node>>> {
        let Some(field) = &step.under else { return Some(None) };
        let list = field.get()?;
        not_empty(list, field.span, "no part of the rubric", self.findings);
        let named = list.iter().filter_map(|name| Some((name.word()?, name.span)));
        let message = |name: &str| format!("`{}` stands twice", value::shorten(name));
        each_once(named, Code::RepeatedItem, self.findings, message, "remove one of them");
        let nodes: Vec<Option<&Node>> = list.iter().map(|name| self.node(name)).collect();
        nodes.into_iter().map(Option::<&Node>::cloned).collect::<Option<_>>().map(Some)
    }

    /// A key that wants another beside it.
    pub(super) fn misplaced(&self, place: Span, message: &str, help: &str) {
        self.error(Code::MisplacedKey, place, message.to_owned(), help);
    }
}

impl Checker<'_> {
    /// The weights of the members; `None` where they are faulty.
    pub(super) fn weights(&self, step: &Step, of: Option<&Of>, at: &At) -> Option<policy::Weights> {
        let Some(field) = &step.weights else { return Some(policy::Weights::default()) };
        let take = *step.take.as_ref().and_then(Field::get)?;
        if !matches!(take, Take::Mean | Take::Sum) {
            self.misplaced(field.span, "only a mean or a sum has weights", "remove them, or write `take: mean`");
            return None;
        }
        let of = of?;
        match field.get()? {
            Weights::Alike(entries) => {
                let list = self.list_of_weights(field.span, entries, take, of, at)?;
                Some(policy::Weights { by: None, lists: vec![list] })
            }
            Weights::ByChoice(entries) => {
                let list = |place: Span, entries: &_| self.list_of_weights(place, entries, take, of, at);
                self.weights_by_choice(field.span, entries, at, list)
            }
        }
    }

    /// The weight of each member; `None` where the weights are faulty.
    fn list_of_weights(
        &self,
        place: Span,
        entries: &Entries<Number>,
        take: Take,
        of: &Of,
        at: &At,
    ) -> Option<Vec<Exact>> {
        let groups = match of {
            Of::Indicators => return self.weights_of_indicators(place, entries, at),
            Of::List(list) => vec![self.of_list(list)],
            Of::Results(step) => {
                // The members are unknown where `under` could not be read.
                self.outlines.get(*step)?.under.as_ref()?;
                self.of_results(*step, at)
            }
        };
        let members: Group<'_> = groups.iter().flatten().copied().collect();
        if members.is_empty() {
            // The rule of `of` and `under` reports a step without members.
            return None;
        }
        let is_list = matches!(of, Of::List(_));
        self.names(place, entries, &members, is_list);
        // Of observations it is not known how many there will be.
        let are_counted = !matches!(of, Of::Results(step) if self.is_of_observations(*step));
        if take == Take::Mean && are_counted {
            for group in &groups {
                self.total(place, entries, group);
            }
        }
        let size = members.iter().map(|(number, _)| number.saturating_add(1)).max()?;
        let mut weights = vec![Exact::zero(); size];
        for (number, id) in members {
            let given = entries.iter().find(|(key, ..)| *key == id)?.2.get()?;
            *weights.get_mut(number)? = given.0.clone();
        }
        Some(weights)
    }

    fn of_list(&self, list: &[Single]) -> Group<'_> {
        let id = |single: &Single| match single {
            Single::Result(slot) => self.outlines.iter().find(|outline| outline.first == *slot)?.id,
            Single::Input(input) => self.inputs.get(*input)?.id,
        };
        list.iter().enumerate().filter_map(|(number, single)| Some((number, id(single)?))).collect()
    }

    /// The results of a step, by the subject that they lie under.
    pub(super) fn of_results(&self, step: usize, at: &At) -> Vec<Group<'_>> {
        let nodes = &self.ground.nodes;
        let Some(outline) = self.outlines.get(step) else { return Vec::new() };
        let Some(each) = outline.each.flatten() else { return Vec::new() };
        let under = self.outlines.get(at.number).and_then(|own| own.under.as_ref()?.as_ref());
        let looked_at = |node: &Node| under.is_none_or(|under| under.iter().any(|under| node.is_within(under)));
        let group = |range: Range<usize>| -> Group<'_> {
            let members = nodes.each(each).iter().enumerate().skip(range.start).take(range.len());
            members
                .filter(|(_, node)| outline.has_result(node) && looked_at(node))
                .map(|(number, node)| (number, self.weighed_as(node)))
                .collect()
        };
        let groups = match at.each {
            None => vec![group(0..nodes.each(each).len())],
            Some(own) => nodes.each(own).iter().map(|node| group(node.under(each))).collect(),
        };
        groups.into_iter().filter(|group| !group.is_empty()).collect()
    }

    /// Every member has a weight, and nothing else has one.
    fn names(&self, place: Span, entries: &Entries<Number>, members: &Group<'_>, is_list: bool) {
        let mut ids: Vec<&str> = members.iter().map(|(_, id)| *id).collect();
        // Observations of one kind have one weight.
        ids.dedup();
        let (known, given): (HashSet<&str>, HashSet<&str>) =
            (ids.iter().copied().collect(), entries.iter().map(|(id, ..)| id).collect());
        let without: Vec<&str> = ids.iter().copied().filter(|id| !given.contains(id)).collect();
        let message = |id: &str| format!("`{}` has two weights", value::shorten(id));
        each_once(keys(entries), Code::DuplicateKey, self.findings, message, "keep one of them");
        let malformed: Vec<&str> = without.iter().copied().filter(|id| !value::is_id(id)).collect();
        let sound: Vec<&str> = without.iter().copied().filter(|id| value::is_id(id)).collect();
        let mut meant: Vec<&str> = Vec::new();
        let counted = of_weight(entries);
        for (id, key, weight) in entries.iter() {
            let mended = malformed.iter().find(|member| value::is_mended(member, id));
            meant.extend(mended);
            if !known.contains(id) && mended.is_none() {
                let close = self.findings.closest(id, sound.iter().copied());
                meant.extend(close);
                let help = match close {
                    Some(close) => Help::did_you_mean(id, close),
                    None => format!("the members are {}", some_of(&ids)).into(),
                };
                let message = format!("`{}` is no member of this step", value::shorten(id));
                self.error(Code::UnknownMember, key.span, message, help);
            }
            if let Some(Number(number)) = weight.get().filter(|Number(weight)| !weight.is_positive()) {
                let otherwise = match is_list {
                    true => "leave the member out of `of`".to_owned(),
                    false => format!("name the parts that count: `under: [{counted}]`"),
                };
                self.not_positive(id, number, weight.span, &otherwise);
            }
        }
        let missing: Vec<&str> = without.into_iter().filter(|id| !meant.contains(id)).collect();
        if !missing.is_empty() {
            let message = format!("there is no weight for {}", some_of(&missing));
            let help = "give a weight to every member: one that is left out would count nothing";
            self.error(Code::MissingWeight, place, message, help);
        }
    }

    /// The weights of a mean are percentages, or parts of 1. Of some of them only too much can be told.
    fn total(&self, place: Span, entries: &Entries<Number>, group: &Group<'_>) {
        let weights = group.iter().filter_map(|(_, id)| entries.iter().find(|(key, ..)| key == id));
        let numbers: Vec<Option<&Number>> = weights.map(|(_, _, weight)| weight.get()).collect();
        let all_read = numbers.iter().all(|number| number.is_some_and(|Number(number)| number.is_positive()));
        let is_all = all_read && numbers.len() == group.len();
        let numbers: Vec<&Exact> = numbers.into_iter().flatten().map(|Number(number)| number).collect();
        let total: Exact = numbers.iter().copied().cloned().sum();
        let hundred = Exact::from(100);
        let is_right = total == hundred || total == Exact::from(1);
        if (is_all && !is_right) || (!is_all && total > hundred) {
            let whose: Vec<&str> = group.iter().map(|(_, id)| *id).collect();
            let message = format!("the weights of {} add up to {}", some_of(&whose), total.shown());
            let is_alike = is_all && numbers.windows(2).all(|pair| matches!(pair, [one, next] if one == next));
            self.error(Code::WeightsTotal, place, message, total_help(&total, is_alike, is_all));
        }
    }
}

/// The next step for weights with this total: thirds written as 33.3 are weights that are all alike.
fn total_help(total: &Exact, is_alike: bool, is_all: bool) -> String {
    if is_alike {
        return "remove `weights`: without it all members count alike, exactly".to_owned();
    }
    let (one, two, hundred) = (Exact::from(1), Exact::from(2), Exact::from(100));
    let target = if *total < two { one } else { hundred };
    let lack = &target - total;
    let by = if lack.is_positive() { "too little" } else { "too much" };
    let lack = if lack.is_positive() { lack } else { total - &target };
    match is_all {
        true => format!("let them add up to exactly 100, or to 1: {} is {by} by {}", total.shown(), lack.shown()),
        false => "let them add up to 100, or to 1".to_owned(),
    }
}

/// The ids of the members that have a weight, as they stand in a list, in so far as a reader can take them in.
fn of_weight(entries: &Entries<Number>) -> String {
    const SHOWN: usize = 5;
    let is_positive = |weight: &Field<Number>| weight.get().is_some_and(|Number(weight)| weight.is_positive());
    let mut ids = entries.iter().filter(|(.., weight)| is_positive(weight)).map(|(id, ..)| value::shorten(id));
    let shown: Vec<String> = ids.by_ref().take(SHOWN).collect();
    format!("{}{}", shown.join(", "), if ids.next().is_some() { ", …" } else { "" })
}

/// "No opportunity" is no number, yet a sum without it is the sum with a 0 in its place.
pub(super) fn lowered_sums(
    document: &Scoring,
    steps: &[Option<policy::Step>],
    scales: &Scales,
    nodes: &Outline,
    findings: &Findings,
) {
    // Without a level that is no rating, whatever is in scope has a score.
    let has_observations = nodes.each(Each::Observation).len() > 0;
    if scales.each().iter().all(|scale| scale.not_rated().is_empty()) && !has_observations {
        return;
    }
    let may_lack_indicator =
        |node: &Node| scales.each().get(node.scale).is_some_and(|scale| !scale.not_rated().is_empty());
    let mut may_lack: Vec<bool> = Vec::new();
    for ((_, written), step) in items(Some(&document.steps)).zip(steps) {
        let Some(step) = step else {
            may_lack.push(false);
            continue;
        };
        let of_result = |slot: usize| {
            let of = steps.iter().position(|of| of.as_ref().is_some_and(|of| of.each.is_none() && of.first == slot));
            of.and_then(|of| may_lack.get(of)).copied().unwrap_or_default()
        };
        let (any, all) = match &step.of {
            None => (false, false),
            Some(Of::Indicators) => {
                let looked_at = || nodes.indicators().iter().filter(|node| step.looks_at_node(node));
                (looked_at().any(may_lack_indicator), looked_at().all(may_lack_indicator))
            }
            Some(Of::Results(of)) => may_lack.get(*of).map_or((false, false), |may| (*may, *may)),
            Some(Of::List(list)) => {
                // An optional input may be meant to add to a sum where there is one.
                let may: Vec<bool> =
                    list.iter().map(|single| matches!(single, Single::Result(slot) if of_result(*slot))).collect();
                (may.contains(&true), !may.contains(&false))
            }
        };
        let excludes = step.missing == Missing::Exclude;
        let needs_all = step.minimum_rated.as_ref().is_some_and(|percent| *percent >= Exact::from(100));
        if step.take == Some(Take::Sum)
            && any
            && excludes
            && !needs_all
            && let Some(take) = &written.take
        {
            let message =
                format!("a member without a score lowers the sum of `{}`, as a 0 would", value::shorten(&step.id));
            let help = "write `missing: block` or `minimum_rated: 100`, take a mean, or accept this under `allow`";
            let finding = Finding::new(Severity::Warning, Code::LoweredSum, take.span, message, help.to_owned());
            findings.push(finding.about(&step.id));
        }
        let falls_short = step.minimum_rated.is_some() && any;
        let is_observed = step.each == Some(Each::Observation);
        may_lack.push(is_observed || step.take.is_none() || (excludes && (all || falls_short)));
    }
}
