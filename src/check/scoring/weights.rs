//! Rules of weights.

use std::collections::HashSet;
use std::ops::Range;

use crate::diagnostic::Code;
use crate::exact::Exact;
use crate::policy::{Node, Of, Single};
use crate::source::{Entries, Field, Help, Number};
use crate::syntax::scoring::{Step, Take};

use super::super::{each_once, keys, some_of, value};
use super::{At, Checker};

/// Members that are weighed against each other, each with its number among all.
pub(super) type Group<'a> = Vec<(usize, &'a str)>;

impl Checker<'_> {
    /// What each member weighs; empty where all count alike, `None` where the weights are faulty.
    pub(super) fn weights(&self, step: &Step, of: Option<&Of>, at: &At) -> Option<Vec<Exact>> {
        let Some(field) = &step.weights else { return Some(Vec::new()) };
        let take = step.take.as_ref().and_then(Field::get)?;
        if !matches!(take, Take::Mean | Take::Sum) {
            self.misplaced(field.span, "only a mean or a sum has weights", "remove them, or write `take: mean`");
            return None;
        }
        let entries = field.get()?;
        let groups = match of? {
            Of::Indicators => {
                let help = "take a step for each domain or competency first, and weigh its results";
                self.misplaced(field.span, "indicators count alike, and have no weights", help);
                return None;
            }
            Of::List(list) => vec![self.of_list(list)],
            Of::Results(step) => {
                // Which results there are is not known, where that cannot be read.
                self.outlines.get(*step)?.under.as_ref()?;
                self.of_results(*step, at)
            }
        };
        let members: Group<'_> = groups.iter().flatten().copied().collect();
        if members.is_empty() {
            // That no member is left is told where they are chosen.
            return None;
        }
        let is_list = matches!(of, Some(Of::List(_)));
        self.names(field, entries, &members, is_list);
        if *take == Take::Mean {
            for group in &groups {
                self.total(field, entries, group);
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
                .map(|(number, node)| (number, node.id.as_str()))
                .collect()
        };
        let groups = match at.each {
            None => vec![group(0..nodes.each(each).len())],
            Some(own) => nodes.each(own).iter().map(|node| group(nodes.within(each, &node.indicators))).collect(),
        };
        groups.into_iter().filter(|group| !group.is_empty()).collect()
    }

    /// Every member has a weight, and nothing else has one.
    fn names(&self, field: &Field<Entries<Number>>, entries: &Entries<Number>, members: &Group<'_>, is_list: bool) {
        let ids: Vec<&str> = members.iter().map(|(_, id)| *id).collect();
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
            if weight.get().is_some_and(|Number(weight)| !weight.is_positive()) {
                let message = format!("the weight of `{}` is not above 0", value::shorten(id));
                let help = if is_list {
                    "write a positive number, or leave the member out of `of`".to_owned()
                } else {
                    format!("write a positive number, or name the parts that count: `under: [{counted}]`")
                };
                self.error(Code::BadNumber, weight.span, message, help);
            }
        }
        let missing: Vec<&str> = without.into_iter().filter(|id| !meant.contains(id)).collect();
        if !missing.is_empty() {
            let message = format!("there is no weight for {}", some_of(&missing));
            let help = "give a weight to every member: one that is left out would count nothing";
            self.error(Code::MissingWeight, field.span, message, help);
        }
    }

    /// The weights of a mean are percentages, or parts of 1. Of some of them only too much can be told.
    fn total(&self, field: &Field<Entries<Number>>, entries: &Entries<Number>, group: &Group<'_>) {
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
            self.error(Code::WeightsTotal, field.span, message, total_help(&total, is_alike, is_all));
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
