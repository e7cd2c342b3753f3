//! Rules of practices, and of the rule by which a level follows from them.

use std::collections::{HashMap, HashSet};

use crate::diagnostic::{Code, Severity};
use crate::rubric::{Checklist, Practice, Rule};
use crate::scale::Scale;
use crate::source::{Either, Entries, Field, Finding, Findings, Span, Text};
use crate::syntax::outline::Node;
use crate::syntax::practice::{Derive, DeriveByLevel, DeriveByNumber};
use crate::syntax::{self, form};

use super::super::{alike, each_once, items, keys, some_of, value};
use super::scale::Read;
use super::scales::All;

/// The most practices of an indicator.
const MOST: usize = 100;

/// The practices of an indicator as written.
struct Listed<'a> {
    indicator: &'a str,
    list: &'a Field<Vec<Field<syntax::practice::Practice>>>,
    rule: Option<&'a Field<Derive>>,
    scale: Option<&'a Read>,
}

impl<'a> Listed<'a> {
    fn practices(&self) -> impl Iterator<Item = (Span, &'a syntax::practice::Practice)> {
        items(Some(self.list))
    }

    fn by_number(&self) -> Option<&'a DeriveByNumber> {
        match self.rule?.get()? {
            Either::Long(rule) => Some(rule),
            Either::Short(_) => None,
        }
    }

    fn is_of_numbers(&self) -> bool {
        self.sound().is_some_and(|scale| scale.range().is_some())
    }

    /// The scale, where nothing is wrong with it.
    fn sound(&self) -> Option<&'a Scale> {
        self.scale?.scale.as_ref()
    }
}

/// Every rule of the practices of a rubric.
pub(super) fn practices(document: &syntax::Rubric, nodes: &[Node<'_>], all: &All, findings: &Findings) {
    let listed: Vec<Listed<'_>> = nodes.iter().filter_map(|node| listed(node, all)).collect();
    ids(&listed, nodes, findings);
    unused(document, nodes, &listed, findings);
    let (with_numbers, listed): (Vec<_>, Vec<_>) = listed.into_iter().partition(Listed::is_of_numbers);
    with_numbers.iter().for_each(|listed| on_number_scale(listed, findings));
    for listed in &listed {
        for (_, practice) in listed.practices() {
            value::text(&practice.statement, findings);
        }
        too_many(listed, findings);
        same_statements(listed, findings);
        without_rule(listed, findings);
        levels(listed, all, findings);
        without_practices(listed, findings);
    }
    for of_rule in by_rule(&listed) {
        let Some(rule) = of_rule.first().and_then(|listed| listed.by_number()) else { continue };
        numbers(rule, &of_rule, all, findings);
    }
}

fn listed<'a>(node: &Node<'a>, all: &'a All) -> Option<Listed<'a>> {
    let list = node.indicator()?.practices?;
    let indicator = node.id.word().unwrap_or_default();
    // A list that could not be read may have practices.
    let has_some = list.get().is_none_or(|list| !list.is_empty());
    has_some.then(|| Listed { indicator, list, rule: node.derive, scale: all.of(node) })
}

/// The practices by the rule that they are counted by, in order.
fn by_rule<'l, 'a>(listed: &'l [Listed<'a>]) -> Vec<Vec<&'l Listed<'a>>> {
    let mut numbers: HashMap<*const Field<Derive>, usize> = HashMap::new();
    let mut groups: Vec<Vec<&Listed<'_>>> = Vec::new();
    for listed in listed {
        let Some(rule) = listed.rule else { continue };
        let number = *numbers.entry(std::ptr::from_ref(rule)).or_insert(groups.len());
        match groups.get_mut(number) {
            Some(group) => group.push(listed),
            None => groups.push(vec![listed]),
        }
    }
    groups
}

/// Ids are unique across the rubric, and no ids of its other parts: tables and templates name a practice by its id alone.
fn ids(listed: &[Listed<'_>], nodes: &[Node<'_>], findings: &Findings) {
    if listed.is_empty() {
        return;
    }
    let of_nodes: HashMap<&str, &Node<'_>> =
        nodes.iter().rev().filter_map(|node| Some((node.id.word()?, node))).collect();
    let each = listed.iter().flat_map(Listed::practices).filter_map(|(_, practice)| {
        let id = value::id(&practice.id, findings)?;
        if let Some(node) = of_nodes.get(id) {
            let message = format!("practice `{}` has the id of {}", value::shorten(id), node.tier().one());
            let help = "ids are unique across the rubric: give the practice another";
            findings.repeated(Code::DuplicateId, practice.id.span, node.id.span, message, help.to_owned());
        }
        Some((id, practice.id.span))
    });
    let message = |id: &str| format!("practice `{}` is defined twice", value::shorten(id));
    each_once(each, Code::DuplicateId, findings, message, "ids are unique across the rubric");
}

fn too_many(listed: &Listed<'_>, findings: &Findings) {
    let count = listed.list.get().map_or(0, Vec::len);
    if count > MOST {
        let message = format!("`{}` has {count} practices", value::shorten(listed.indicator));
        let help = format!("an indicator has at most {MOST}: divide it, or join practices that are seen together");
        findings.error(Code::TooManyPractices, listed.list.span, message, help);
    }
}

/// No two practices of an indicator say the same: whoever shows one would be counted twice.
fn same_statements(listed: &Listed<'_>, findings: &Findings) {
    let mut first: HashMap<String, (&str, &Field<Text>)> = HashMap::new();
    for (_, practice) in listed.practices() {
        let field: &Field<Text> = &practice.statement;
        let folded = alike::folded(field.text().unwrap_or_default());
        let id = practice.id.word().unwrap_or_default();
        let Some((other, known)) = first.get(&folded) else {
            first.insert(folded, (id, field));
            continue;
        };
        // Practices with one id are a finding already, and a blank statement is another.
        if *other == id || folded.is_empty() {
            continue;
        }
        let message = format!("`{}` has the same statement as `{}`", value::shorten(id), value::shorten(other));
        let help = "write the difference between the two practices, or remove one".to_owned();
        let finding = Finding::new(Severity::Warning, Code::SameStatements, field.span, message, help);
        findings.push(finding.first_at(known.span).about(listed.indicator));
    }
}

/// Practices give a level, and no number.
fn on_number_scale(listed: &Listed<'_>, findings: &Findings) {
    let message =
        format!("`{}` is rated with a number, which cannot follow from practices", value::shorten(listed.indicator));
    let help = "rate it on a scale of levels, or write the practices in `guidance`".to_owned();
    let finding = Finding::new(Severity::Error, Code::UnderivableLevel, listed.list.span, message, help);
    findings.push(finding.at_key());
}

/// Practices without a rule say nothing about the level.
fn without_rule(listed: &Listed<'_>, findings: &Findings) {
    if listed.rule.is_none() {
        let message = format!(
            "`{}` has practices, but no `derive` says how its level follows from them",
            value::shorten(listed.indicator)
        );
        let help = "write `derive: cumulative`, `derive: majority` or `derive: { at_least: … }` here, at its domain or \
                    competency, or at the top of the rubric";
        let finding = Finding::new(Severity::Error, Code::UnderivableLevel, listed.list.span, message, help.to_owned());
        findings.push(finding.at_key());
    }
}

/// Each practice belongs to a rated level of the indicator's scale, or none does where practices count by their number.
fn levels(listed: &Listed<'_>, all: &All, findings: &Findings) {
    let is_by_number = match listed.rule.map(Field::get) {
        Some(Some(Either::Short(_))) => false,
        Some(Some(Either::Long(rule))) if rule.at_least.get().is_some() => true,
        // Without a rule that could be read, either may be meant.
        _ => return,
    };
    for (place, practice) in listed.practices() {
        let name =
            practice.id.word().map_or_else(|| "this practice".to_owned(), |id| format!("`{}`", value::shorten(id)));
        match (&practice.level, is_by_number) {
            (Some(field), false) => level(field, listed, all, findings),
            (None, false) => findings.lacking(
                Code::UnderivableLevel,
                place,
                format!("{name} belongs to no level"),
                "write `level:` with the level at which this practice is seen".to_owned(),
            ),
            (Some(field), true) => {
                let message = format!("the level of {name} has no effect: `derive` counts practices by their number");
                let help = "remove the level, or write `derive: cumulative` or `derive: majority`".to_owned();
                findings.push(Finding::new(Severity::Error, Code::MisplacedKey, field.span, message, help).at_key());
            }
            (None, true) => {}
        }
    }
}

/// A reference to a rated level of the indicator's scale.
fn level(field: &form::Level, listed: &Listed<'_>, all: &All, findings: &Findings) {
    let (Some(written), Some(levels)) = (field.word(), listed.scale.and_then(|read| read.levels.as_deref())) else {
        return;
    };
    let Some(scale) = listed.sound() else { return };
    match value::level_number(levels, written) {
        Some(number) if number >= scale.rated().len() => {
            let message = format!("`{}` is no rating, so no practice shows it", value::shorten(written));
            let help = format!("name a level: {}", value::level_names(scale.rated()));
            findings.error(Code::UnknownLevel, field.span, message, help);
        }
        Some(_) => {}
        None if all.levels.as_deref().is_some_and(|all| value::level_number(all, written).is_some()) => {
            let indicator = value::shorten(listed.indicator);
            let message = format!("`{indicator}` is rated on another scale, which has no level `{written}`");
            let help = format!("the levels are {}", value::level_names(scale.rated()));
            findings.error(Code::UnknownLevel, field.span, message, help);
        }
        None => value::unknown_level(written, field.span, scale.rated(), findings),
    }
}

/// A level above the lowest without practices is never derived.
fn without_practices(listed: &Listed<'_>, findings: &Findings) {
    let (Some(Either::Short(_)), Some(scale)) = (listed.rule.and_then(Field::get), listed.sound()) else { return };
    if listed.list.get().is_none() {
        return;
    }
    let named: Vec<Option<usize>> = listed
        .practices()
        .map(|(_, practice)| value::level_number(scale.rated(), practice.level.as_ref()?.word()?))
        .collect();
    // A level that is missing or unknown may be meant for one of these.
    if named.len() < listed.list.get().map_or(0, Vec::len) || named.contains(&None) {
        return;
    }
    let is_without = |number: &usize| !named.contains(&Some(*number));
    let without = (1..scale.rated().len()).filter(is_without).filter_map(|number| scale.rated().get(number));
    let without: Vec<&str> = without.map(|level| level.id.as_str()).collect();
    if without.is_empty() {
        return;
    }
    let words = match without.as_slice() {
        [one] => format!("no practice at `{}`, so this level never follows from practices", value::shorten(one)),
        several => format!("no practice at {}, so these levels never follow from practices", some_of(several)),
    };
    let name = format!("`{}`", value::shorten(listed.indicator));
    let help =
        "write practices for it; if evaluators give it by judgment alone, accept this under `allow` with the reason";
    let message = format!("{name} has {words}");
    let finding = Finding::new(Severity::Warning, Code::UnreachableLevel, listed.list.span, message, help.to_owned());
    findings.push(finding.of_several(name, format!("have {words}")).about(listed.indicator));
}

/// The numbers of practices that levels ask for: of the scale's levels above the lowest, rising, and no more than there are.
fn numbers(rule: &DeriveByNumber, of_rule: &[&Listed<'_>], all: &All, findings: &Findings) {
    let Some(entries) = rule.at_least.get() else { return };
    if entries.iter().next().is_none() {
        let message = "`at_least` names no level".to_owned();
        let help = "write how many practices each level asks for: `{ proficient: 3, accomplished: 5 }`".to_owned();
        return findings.error(Code::EmptyList, rule.at_least.span, message, help);
    }
    let message = |level: &str| format!("`{}` stands twice", value::shorten(level));
    each_once(keys(entries), Code::DuplicateKey, findings, message, "keep one of the two numbers");
    let mut told = HashSet::new();
    for listed in of_rule {
        let is_new = listed.scale.is_none_or(|scale| told.insert(std::ptr::from_ref(scale)));
        entries.iter().filter(|_| is_new).for_each(|(_, key, _)| level(&key.clone().into(), listed, all, findings));
    }
    // Levels of two scales are not known on one of them, which is a finding already.
    let Some((first, scale)) = of_rule.first().and_then(|listed| Some((listed, listed.sound()?))) else { return };
    let mut known: Vec<(usize, &str, &Field<u32>)> = Vec::new();
    for (level, _, number) in entries.iter() {
        let Some(position) = value::level_number(scale.rated(), level) else { continue };
        if position == 0 {
            let message = format!("`{}` is the lowest level, which asks for no practices", value::shorten(level));
            let help = "remove it: this is the level of whoever shows fewer practices than the next level asks for";
            findings.push(Finding::new(Severity::Error, Code::MisplacedKey, number.span, message, help).at_key());
        } else if number.get() == Some(&0) {
            let message = format!("0 practices are always seen, so everybody would be at `{}`", value::shorten(level));
            let help = "write the number of practices that the level asks for, 1 or more".to_owned();
            findings.error(Code::BadNumber, number.span, message, help);
        } else {
            known.push((position, level, number));
        }
    }
    known.sort_by_key(|(position, ..)| *position);
    not_rising(&known, findings);
    more_than_there_are(&known, of_rule, findings);
    let is_left_out = |position: &usize| !known.iter().any(|(known, ..)| known == position);
    let left_out = (1..scale.rated().len()).filter(is_left_out).filter_map(|position| scale.rated().get(position));
    let left_out: Vec<&str> = left_out.map(|level| level.id.as_str()).collect();
    if known.len() == entries.iter().count() && !left_out.is_empty() {
        let follow = if left_out.len() == 1 {
            "this level never follows from practices"
        } else {
            "these levels never follow from practices"
        };
        let message = format!("`at_least` leaves out {}, so {follow}", some_of(&left_out));
        let help = "write how many practices it asks for; if evaluators give it by judgment alone, accept this under `allow` with the reason";
        let place = rule.at_least.span;
        let finding = Finding::new(Severity::Warning, Code::UnreachableLevel, place, message, help.to_owned());
        findings.push(finding.about(first.indicator));
    }
}

fn not_rising(known: &[(usize, &str, &Field<u32>)], findings: &Findings) {
    for pair in known.windows(2) {
        let [(_, lower, least), (_, higher, field)] = pair else { continue };
        let (Some(least), Some(number)) = (least.get(), field.get()) else { continue };
        if number <= least && lower != higher {
            let (lower, higher) = (value::shorten(lower), value::shorten(higher));
            let message = format!(
                "`{higher}` asks for {number}, not for more than `{lower}`, so `{lower}` never follows from practices"
            );
            let help = "let each level ask for more practices than the level below it".to_owned();
            findings.error(Code::UnreachableLevel, field.span, message, help);
        }
    }
}

fn more_than_there_are(known: &[(usize, &str, &Field<u32>)], of_rule: &[&Listed<'_>], findings: &Findings) {
    let counts = of_rule.iter().filter_map(|listed| Some((listed.indicator, listed.list.get()?.len())));
    let counts: Vec<(&str, usize)> = counts.collect();
    for (_, level, field) in known {
        let Some(number) = field.get().and_then(|number| usize::try_from(*number).ok()) else { continue };
        let fewer: Vec<&str> = counts.iter().filter(|(_, count)| *count < number).map(|(id, _)| *id).collect();
        let Some(first) = fewer.first() else { continue };
        let has = match (fewer.len(), counts.iter().find(|(id, _)| id == first)) {
            (1, Some((_, count))) => format!("has {count}"),
            (1, None) => "has fewer".to_owned(),
            _ => "have fewer".to_owned(),
        };
        let message = format!("`{}` asks for {number} practices, but {} {has}", value::shorten(level), some_of(&fewer));
        let help = "ask for no more practices than there are, or write `derive` for that indicator".to_owned();
        let finding = Finding::new(Severity::Error, Code::UnreachableLevel, field.span, message, help);
        findings.push(finding.about(first));
    }
}

/// Every rule counts practices somewhere.
fn unused(document: &syntax::Rubric, nodes: &[Node<'_>], listed: &[Listed<'_>], findings: &Findings) {
    let used: HashSet<*const Field<Derive>> =
        listed.iter().filter_map(|listed| listed.rule).map(std::ptr::from_ref).collect();
    let of_nodes = nodes.iter().filter_map(|node| Some((node.own_derive?, node.id.word(), node.is_rated)));
    let top = document.derive.as_ref().map(|rule| (rule, None, false));
    for (rule, id, is_rated) in top.into_iter().chain(of_nodes) {
        // Read anew from an alias, one rule stands at several places.
        if used.contains(&std::ptr::from_ref(rule)) {
            continue;
        }
        let message = match (id, is_rated) {
            (Some(id), true) => format!("`{}` has `derive`, but no practices", value::shorten(id)),
            (Some(id), _) => {
                format!("no indicator of `{}` has practices that this `derive` counts", value::shorten(id))
            }
            (None, _) => "no indicator has practices that this `derive` counts".to_owned(),
        };
        let help = "write `practices:` at the indicator that the rule is for, or remove the rule".to_owned();
        let finding = Finding::new(Severity::Warning, Code::UnusedDerive, rule.span, message, help).at_key();
        findings.push(match id {
            Some(id) => finding.about(id),
            None => finding,
        });
    }
}

/// The checked practices of an indicator; `None` where it has none.
pub(super) fn checklist(node: &Node<'_>, scale: &Scale) -> Option<Box<Checklist>> {
    let list = node.indicator()?.practices?.get().filter(|list| !list.is_empty())?;
    let rule = match node.derive?.get()? {
        Either::Short(DeriveByLevel::Cumulative) => Rule::Cumulative,
        Either::Short(DeriveByLevel::Majority) => Rule::Majority,
        Either::Long(rule) => Rule::AtLeast(at_least(rule, scale)?),
    };
    let practice = |practice: &Field<syntax::practice::Practice>| {
        let practice = practice.get()?;
        let level = practice.level.as_ref().and_then(|level| level.word());
        Some(Practice {
            id: practice.id.word()?.to_owned(),
            statement: practice.statement.text()?.to_owned(),
            level: level.and_then(|level| scale.number(level)),
        })
    };
    let practices = list.iter().map(practice).collect::<Option<Vec<_>>>()?;
    Some(Box::new(Checklist { practices, rule, lowest: *scale.numbers().first()? }))
}

fn at_least(rule: &DeriveByNumber, scale: &Scale) -> Option<Vec<(usize, usize)>> {
    let entries = rule.at_least.get().into_iter().flat_map(Entries::iter);
    let number = |(level, _, number): (&str, _, &Field<u32>)| {
        Some((scale.number(level)?, usize::try_from(*number.get()?).ok()?))
    };
    let mut levels = entries.map(number).collect::<Option<Vec<_>>>()?;
    levels.sort_unstable();
    Some(levels)
}
