//! Rules of the descriptors of an indicator's levels.

use std::collections::{HashMap, HashSet};

use crate::diagnostic::{Code, Severity};
use crate::scale::{self, DEFAULT};
use crate::source::{Entries, Field, Finding, Findings, OneOrList, Word};
use crate::syntax::Passage;
use crate::syntax::outline::Node;

use super::super::{each_once, keys, some_of, value};
use super::scale as scale_rules;
use super::scales::{All, named};

/// Descriptors are by level.
pub(super) fn descriptors(nodes: &[Node<'_>], all: &All, findings: &Findings) {
    for (node, _, entries) in described(nodes) {
        let read = all.of(node);
        let levels = read.and_then(|read| read.levels.as_deref());
        let is_number = read.and_then(|read| read.scale.as_ref()).is_some_and(|scale| scale.range().is_some());
        for (level, key, text) in entries.iter() {
            let is_other = levels.is_some_and(|levels| value::level_number(levels, level).is_none());
            match all.with_level(level).filter(|_| is_other) {
                _ if is_number && is_other => of_number(key, node, findings),
                Some(other) => of_another_scale(key, other, node, findings),
                None => _ = levels.and_then(|levels| scale_rules::level(key, levels, findings)),
            }
            value::passage(text, findings);
        }
        each_once(
            keys(entries),
            Code::DuplicateKey,
            findings,
            |name| format!("level `{name}` is described twice"),
            "remove one of the two descriptors",
        );
    }
    // A text that says nothing is as good as none; a list is meant to say something.
    let guidance = nodes.iter().filter_map(|node| node.indicator()?.guidance);
    for list in guidance.filter(|guidance| matches!(guidance.get(), Some(OneOrList::List(_)))) {
        value::passage(list, findings);
    }
}

/// A number has no descriptors, but a choice that is no rating may have one.
fn of_number(key: &Field<Word>, node: &Node<'_>, findings: &Findings) {
    let message = format!("`{}` is rated with a number, which has no descriptors", value::shorten(name(node)));
    let help = "write in `guidance` how a number is found, or rate the indicator on a scale of levels";
    findings.error(Code::UnknownLevel, key.span, message, help.to_owned());
}

/// A descriptor of a level that is of another scale than the indicator's.
fn of_another_scale(key: &Field<Word>, other: &str, node: &Node<'_>, findings: &Findings) {
    let own = node.scale.and_then(Field::word).unwrap_or(DEFAULT);
    let (level, name) = (value::shorten(key.word().unwrap_or_default()), value::shorten(name(node)));
    let message = format!("`{level}` is a level of {}, but `{name}` is rated on {}", named(other), named(own));
    let help = format!("describe a level of {}, or rate `{name}` on {}", named(own), named(other));
    findings.error(Code::UnknownLevel, key.span, message, help);
}

/// A descriptor tells its level from the others: no two are the same.
pub(super) fn same(nodes: &[Node<'_>], findings: &Findings) {
    for (node, _, entries) in described(nodes) {
        let mut first = HashMap::new();
        for (level, key, text) in entries.iter() {
            let Some(words) = text.plain().map(|text| words(&text)).filter(|words| !words.is_empty()) else { continue };
            let Some((other, place)) = first.get(&words).copied() else {
                first.insert(words, (level, key.span));
                continue;
            };
            // A level that is described twice is a finding already.
            if other == level {
                continue;
            }
            let finding = Finding::new(
                Severity::Warning,
                Code::SameDescriptors,
                text.span,
                format!(
                    "`{}` and `{}` are described with the same words",
                    value::shorten(other),
                    value::shorten(level)
                ),
                "write the difference between the two levels at this indicator".to_owned(),
            );
            findings.push(finding.first_at(place).about(name(node)));
        }
    }
}

/// Who describes one rated level describes them all, or those of the scale's `described`: else the evaluator guesses at the
/// rest. Indicators that lack the same levels are told once.
pub(super) fn missing(nodes: &[Node<'_>], all: &All, findings: &Findings) {
    for (node, field, entries) in described(nodes) {
        let Some(scale) = all.of(node).filter(|read| !read.may_describe).and_then(|read| read.scale.as_ref()) else {
            continue;
        };
        let known: HashSet<&str> = entries.iter().map(|(level, ..)| level).collect();
        // One that is no rating by its label is a finding of its own.
        let rated = scale.described().filter(|level| !scale::is_not_rated(&level.label));
        let rated = rated.map(|level| level.id.as_str());
        let (there, missing): (Vec<&str>, Vec<&str>) = rated.partition(|level| known.contains(level));
        // A level that is not known may be meant for one of these.
        let all_known = known.iter().all(|level| scale.position(level).is_some());
        if there.is_empty() || missing.is_empty() || !all_known {
            continue;
        }
        let help = match scale.is_described_in_part() {
            true => "describe every level that `described` of the scale names, or none",
            false => {
                "describe every level that is a rating, or none; where the others are left out on purpose throughout, name the described ones in the scale: `described: […]`"
            }
        };
        let finding = Finding::new(
            Severity::Warning,
            Code::MissingDescriptors,
            field.span,
            format!("`{}` describes {}, but not {}", value::shorten(name(node)), some_of(&there), some_of(&missing)),
            help.to_owned(),
        );
        let of_several = format!("describe {}, but not {}", some_of(&there), some_of(&missing));
        let named = format!("`{}`", value::shorten(name(node)));
        findings.push(finding.of_several(named, of_several).about(name(node)));
    }
}

/// Where the scale says which levels are described, no other rated level is.
pub(super) fn unexpected(nodes: &[Node<'_>], all: &All, findings: &Findings) {
    for (node, _, entries) in described(nodes) {
        let Some(scale) = all.of(node).filter(|read| !read.may_describe).and_then(|read| read.scale.as_ref()) else {
            continue;
        };
        let is_expected = |id: &str| scale.described().any(|level| level.id == id);
        for (level, key, _) in entries.iter() {
            if is_expected(level) || !scale.rated().iter().any(|rated| rated.id == level) {
                continue;
            }
            let level = value::shorten(level);
            let finding = Finding::new(
                Severity::Warning,
                Code::UnexpectedDescriptor,
                key.span,
                format!("`{level}` is described, but `described` of the scale leaves it out"),
                format!("add `{level}` to `described`, or remove this descriptor"),
            );
            findings.push(finding.about(name(node)));
        }
    }
}

/// The indicators that have descriptors, in order.
fn described<'a>(
    nodes: &'a [Node<'a>],
) -> impl Iterator<Item = (&'a Node<'a>, &'a Field<Entries<Passage>>, &'a Entries<Passage>)> {
    nodes.iter().filter_map(|node| {
        let field = node.indicator()?.descriptors?;
        Some((node, field, field.get()?))
    })
}

fn name<'a>(node: &Node<'a>) -> &'a str {
    node.id.word().unwrap_or_default()
}

/// A text without what readers do not see: its case and its white space.
fn words(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}
