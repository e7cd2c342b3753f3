//! Rules of the three tiers: domains, competencies, indicators.

#![allow(clippy::arithmetic_side_effects, reason = "numbers of nodes, of which a document has at most `MAX_NODES`")]

use std::collections::HashMap;

use crate::diagnostic::{Code, Severity};
use crate::rubric::Tier;
use crate::source::{Field, Finding, Findings, Span, Word};
use crate::syntax;
use crate::syntax::outline::{Keys, Node, Parts};

use super::super::{alike, items, some_of, value};
use super::spreadsheet;

/// The most indicators of a rubric.
const MAX_INDICATORS: usize = 10_000;

/// Whether every node could be read, and there is one.
pub(super) fn all_read(nodes: &[Node<'_>], document: &syntax::Rubric) -> bool {
    nodes.iter().any(|node| node.is_rated)
        && Parts::of(&document.domains).is_read
        && nodes.iter().flat_map(|node| node.item.parts()).flatten().all(|parts| parts.is_read)
}

/// The rated nodes in order, each with its id and the keys of an indicator.
pub(super) fn indicators<'a>(nodes: &[Node<'a>]) -> impl Iterator<Item = (&'a Field<Word>, Keys<'a>)> {
    nodes.iter().filter_map(|node| Some((node.id, node.indicator()?)))
}

/// Printed numbers are unique: the position, or the given `code`.
pub(super) fn codes(nodes: &[Node<'_>], findings: &Findings) {
    let first = HashMap::with_capacity(nodes.len());
    let mut codes = Codes { findings, first, folded: HashMap::new(), given: Vec::new() };
    nodes.iter().for_each(|node| codes.take(node));
    codes.report();
}

/// The printed numbers of a rubric, and which of them are given.
struct Codes<'f> {
    findings: &'f Findings,
    first: HashMap<String, Span>,
    /// The given ones by what readers see of them, without regard to case.
    folded: HashMap<String, (String, Span)>,
    given: Vec<(String, Span)>,
}

impl Codes<'_> {
    fn take(&mut self, node: &Node<'_>) {
        let Some(field) = node.given_code else {
            self.first.entry(node.position.clone()).or_insert(node.place);
            return;
        };
        let Some(code) = value::text(field, self.findings) else { return };
        spreadsheet::code(field, self.findings);
        self.given.push((code.to_owned(), field.span));
    }

    /// A position is nobody's fault, so what is given gives way to it.
    fn report(mut self) {
        for (code, place) in self.given {
            if let Some(first) = self.first.get(&code) {
                self.findings.repeated(
                    Code::DuplicateCode,
                    place,
                    *first,
                    format!("`{}` is printed twice", value::shorten(&code)),
                    help(&code).to_owned(),
                );
            } else {
                let folded = alike::folded(&code);
                if let Some((other, first)) = self.folded.get(&folded) {
                    let (code, other) = (value::shorten(&code), value::shorten(other));
                    let finding = Finding::new(
                        Severity::Warning,
                        Code::DuplicateCode,
                        place,
                        format!(
                            "`{code}` differs from `{other}` in nothing that a reader sees but its case, if at all"
                        ),
                        "readers know parts of a rubric by their number: give this one another".to_owned(),
                    );
                    self.findings.push(finding.first_at(*first));
                } else {
                    self.folded.insert(folded, (code.clone(), place));
                }
                self.first.insert(code, place);
            }
        }
    }
}

/// Help about a number that stands twice; a spreadsheet makes 1.1 of 1.10.
fn help(code: &str) -> &'static str {
    let is_decimal = code.split_once('.').is_some_and(|(whole, places)| {
        [whole, places].iter().all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit()))
    });
    match is_decimal {
        true => {
            "readers know parts of a rubric by their number: give this one another; a spreadsheet turns 1.10 into 1.1"
        }
        false => "readers know parts of a rubric by their number: give this one another",
    }
}

/// A domain holds competencies or indicators, and every one of them something.
pub(super) fn shape(nodes: &[Node<'_>], document: &syntax::Rubric, findings: &Findings) {
    if document.domains.get().is_some_and(Vec::is_empty) {
        findings.error(
            Code::EmptyRubric,
            document.domains.span,
            "the rubric has no domain".to_owned(),
            "add a domain with at least one indicator".to_owned(),
        );
    }
    for node in nodes.iter().filter(|node| !node.is_rated) {
        let (tier, code, lacks) = match node.tier() {
            Tier::Domain => (
                "domain",
                Code::EmptyDomain,
                "add `indicators:`, or `competencies:` that have some; or write `rated: true` if the domain is rated as a whole",
            ),
            _ => (
                "competency",
                Code::EmptyCompetency,
                "add `indicators:`, or write `rated: true` if the competency is rated as a whole",
            ),
        };
        let name =
            node.id.word().map_or_else(|| format!("this {tier}"), |id| format!("{tier} `{}`", value::shorten(id)));
        if as_a_whole(node, &name, tier, findings) {
            continue;
        }
        let empty = |place, parts, add| {
            findings.error(code, place, format!("{name} has no {parts}"), format!("{add}, or remove the {tier}"));
        };
        match node.item.parts() {
            [Some(competencies), Some(indicators)] => {
                let (fault, help) = match competencies.is_empty && indicators.is_empty {
                    true => (
                        "has both `competencies` and `indicators`, and nothing in either",
                        "keep the one you need, and put at least one indicator into it",
                    ),
                    false => (
                        "has competencies, and indicators of its own",
                        "put these indicators into one of the competencies, or into a competency of their own",
                    ),
                };
                let message = format!("{name} {fault}");
                let finding = Finding::new(Severity::Error, Code::MixedDomain, indicators.place, message, help);
                findings.push(finding.at_key());
            }
            [None, None] => findings.lacking(code, node.place, format!("{name} has no indicators"), lacks.to_owned()),
            [Some(competencies), None] if competencies.is_empty => {
                empty(competencies.place, "competencies", "add one with at least one indicator");
            }
            [None, Some(indicators)] if indicators.is_empty => {
                empty(indicators.place, "indicators", "add at least one");
            }
            _ => {}
        }
    }
}

/// Reports the keys of a domain or competency that is rated itself in one that is not. Returns whether that says all that is
/// wrong with its parts.
fn as_a_whole(node: &Node<'_>, name: &str, tier: &str, findings: &Findings) -> bool {
    let misplaced = |place, message, help| {
        findings.push(Finding::new(Severity::Error, Code::MisplacedKey, place, message, help).at_key());
    };
    let rated = node.item.rated().and_then(|rated| Some((rated.span, *rated.get()?)));
    let parts = ["competencies", "indicators"].into_iter().zip(node.item.parts());
    let parts: Vec<&str> = parts.filter_map(|(name, parts)| parts.map(|_| name)).collect();
    match (rated, node.keys.first()) {
        (Some((place, true)), _) => {
            let message = format!("{name} is rated as a whole, and has `{}`", parts.join("` and `"));
            let help = format!("remove `rated`, or what is in the {tier}: the whole is rated, or each part");
            misplaced(place, message, help);
        }
        (Some((place, false)), _) if !parts.is_empty() => {
            let message = format!("`rated: false` says nothing: {name} is rated by its parts");
            misplaced(
                place,
                message,
                format!("remove it; a {tier} without parts that is rated as a whole has `rated: true`"),
            );
        }
        (None, Some((key, place))) if node.item.rated().is_none() => {
            let message = format!("{name} has `{key}`, but is not rated itself");
            let help = match parts.is_empty() {
                true => format!("write `rated: true` if the {tier} is rated as a whole, without indicators"),
                false => format!("write `{key}` at each indicator of the {tier}"),
            };
            misplaced(place, message, help);
            return parts.is_empty();
        }
        _ => {}
    }
    matches!(rated, Some((_, true))) || node.item.rated().is_some_and(|rated| rated.get().is_none())
}

pub(super) fn count(nodes: &[Node<'_>], document: &syntax::Rubric, findings: &Findings) {
    let count = nodes.iter().filter(|node| node.is_rated).count();
    if count > MAX_INDICATORS {
        findings.error(
            Code::TooManyIndicators,
            document.domains.span,
            format!("the rubric has {count} indicators"),
            format!("a rubric has at most {MAX_INDICATORS}: nobody can rate more"),
        );
    }
}

/// Ids are one namespace, for evaluations and policies refer to any of them by it alone.
pub(super) fn ids(nodes: &[Node<'_>], findings: &Findings) {
    let mut known: HashMap<&str, &Node<'_>> = HashMap::with_capacity(nodes.len());
    for node in nodes {
        let Some(id) = value::id(node.id, findings) else { continue };
        if value::is_reserved_id(id) {
            findings.error(
                Code::ReservedId,
                node.id.span,
                "`indicators` cannot be an id".to_owned(),
                "choose another: in a scoring policy the word stands for all indicators".to_owned(),
            );
        }
        if let Some(first) = known.get(id) {
            let what = node.tier().name();
            let message = if first.tier() == node.tier() {
                format!("{what} `{id}` is defined twice")
            } else {
                format!("{what} `{id}` has the id of {}", first.tier().one())
            };
            findings.repeated(
                Code::DuplicateId,
                node.id.span,
                first.id.span,
                message,
                "ids are unique across the rubric".to_owned(),
            );
        } else {
            known.insert(id, node);
        }
    }
}

pub(super) fn titles(nodes: &[Node<'_>], findings: &Findings) {
    for title in nodes.iter().filter_map(|node| node.title) {
        value::title(title, findings);
    }
}

pub(super) fn statements(nodes: &[Node<'_>], findings: &Findings) {
    for statement in nodes.iter().filter_map(|node| node.statement) {
        value::text(statement, findings);
    }
}

/// `evaluated_by` names a qualification of the rubric.
pub(super) fn evaluated_by(nodes: &[Node<'_>], document: &syntax::Rubric, findings: &Findings) {
    let known: Vec<&str> =
        items(document.qualifications.as_ref()).filter_map(|(_, qualification)| qualification.id.word()).collect();
    for field in nodes.iter().filter_map(|node| node.evaluated_by) {
        let Some(name) = field.word().filter(|name| !known.contains(name)) else { continue };
        if known.iter().any(|known| value::is_mended(known, name)) {
            continue;
        }
        let sound = known.iter().copied().filter(|id| value::can_be_meant(id));
        let help = findings.did_you_mean(name, sound, || {
            if known.is_empty() {
                "define it under `qualifications:`".to_owned()
            } else {
                format!("the rubric's qualifications are {}", some_of(&known))
            }
        });
        findings.error(
            Code::UnknownQualification,
            field.span,
            format!("`{}` is no qualification of this rubric", value::shorten(name)),
            help,
        );
    }
}
